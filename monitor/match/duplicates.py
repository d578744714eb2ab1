"""Near-duplicates by equal words: copies of one text are one voice (the rule is shared, see sametext.py)."""

from __future__ import annotations

from ..sametext import text_digest

__all__ = ["text_digest"]
