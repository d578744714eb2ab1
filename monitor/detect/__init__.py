"""Texts to claims; claims to case transitions."""
