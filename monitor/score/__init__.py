"""Reactions to sentiment."""
