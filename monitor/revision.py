"""Posts that change: which of two revisions stands, what a delete leaves, what a profile said before (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from .identity import post_key
from .model import Author, Post

_HASH = re.compile(r"[0-9a-fA-F]{16,}")
LATE = "+late"
LONGEST = 512  # characters, of a Post's
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:")


def late_of(revision: str) -> str:
    """The revision of a late score: above that of the post that it scores, below any that the source says later.

    One that is too long to be marked stays as it is.
    """
    marked = bare(revision) + LATE
    return marked if len(marked) <= LONGEST else revision


def bare(revision: str) -> str:
    """What the source called it: the revision without the sign of a late score."""
    return revision.removesuffix(LATE)


def supersedes(new: str, old: str) -> bool:
    """Does an entry with revision `new`, arriving later, replace the one with revision `old`?

    Numbers compare as numbers, times as times, all else (TIDs) as text. Content hashes have no order but that
    of arrival, with whatever they are mixed. None at all is the lowest; an equal one replaces. A late score is
    above the revision that it scores, and compares as that one with any other.
    """
    if bare(new) == bare(old):
        return new.endswith(LATE) or not old.endswith(LATE)
    new, old = bare(new), bare(old)
    if not new or not old:
        return not old
    if _is_number(new) and _is_number(old):
        return int(new) >= int(old)
    if _is_hash(new) or _is_hash(old):
        return True
    times = _time(new), _time(old)
    if times[0] and times[1]:
        return times[0] >= times[1]
    return new >= old


def _is_number(revision: str) -> bool:
    return revision.isascii() and revision.isdecimal()


def _is_hash(revision: str) -> bool:
    return not _is_number(revision) and _HASH.fullmatch(revision) is not None


def _time(revision: str) -> datetime | None:
    """An ISO 8601 time with its zone; None for anything else, which TIDs are as well."""
    if not _TIME.match(revision):
        return None
    try:
        time = datetime.fromisoformat(revision)
        return time.astimezone(UTC) if time.tzinfo else None
    except (ValueError, OverflowError):
        return None


def copy_of(key: str | None, post: Post) -> tuple[str | None, str | None]:
    """Platform and id of the first post with the same text, unless that is the post itself."""
    if key is None or key == post_key(post.source, post.id):
        return None, None
    source, _, id = key.partition(post_key("", ""))
    return source, id


def without_words(post: Post) -> Post:
    """A deleted post: nothing that it said is left."""
    author = msgspec.structs.replace(post.author, bio=None)
    return msgspec.structs.replace(post, text="", before=None, author=author, engagement={})


def change_of(post: Post, stored: str | None, polled: bool) -> Post | None:
    """A profile with the text before it; None when it says what is stored already.

    A profile that was looked up for the first time is a baseline: it changed nothing.
    """
    if stored == post.text:
        return None
    if post.before is not None:
        return post
    return msgspec.structs.replace(post, before=post.text if polled and stored is None else stored)


def deletes(account: tuple[str, str], ids: Sequence[str], now: datetime) -> list[Post]:
    """A delete for each post of an account that is gone."""
    source, author = account
    return [
        Post(source=source, id=id, author=Author(id=author), text="", created_at=now, deleted=True)
        for id in ids
    ]
