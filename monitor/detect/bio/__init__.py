"""Profiles: a description that says former."""
