"""Which of two revisions of a post stands: numbers, TIDs and times have an order, content hashes none."""

from __future__ import annotations

import re

_HASH = re.compile(r"[0-9a-fA-F]{16,}")


def supersedes(new: str, old: str) -> bool:
    """Does an entry with revision `new`, arriving later, replace the one with revision `old`?

    Numbers compare as numbers, content hashes have no order but that of arrival, all else compares as
    text; an equal revision replaces (a late score).
    """
    if _is_number(new) and _is_number(old):
        return int(new) >= int(old)
    if _is_hash(new) and _is_hash(old):
        return True
    return new >= old


def _is_number(revision: str) -> bool:
    return revision.isascii() and revision.isdecimal()


def _is_hash(revision: str) -> bool:
    return not _is_number(revision) and _HASH.fullmatch(revision) is not None
