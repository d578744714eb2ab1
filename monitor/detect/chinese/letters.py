"""Traditional letters as simplified ones, which the Chinese tables are written in (shared, see simplified.py)."""

from __future__ import annotations

from ...simplified import simplified

__all__ = ["simplified"]
