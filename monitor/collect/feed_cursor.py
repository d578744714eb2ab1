"""What a feed's reader remembers between two polls, as the cursor that is stored with its posts."""

from __future__ import annotations

import base64
import binascii
import hashlib
import logging
import struct
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ..model import Post
from .feed_items import Draft

log = logging.getLogger(__name__)
MOST_SEEN = 2000
_RECORD = struct.Struct(">6s6sI")
_LATEST = 2**32 - 1


class Cursor(Struct, frozen=True, omit_defaults=True):
    """The state of one feed. `feed` is name_of the URL in the settings: another URL begins anew.

    `url` is where the feed has moved for good; `moved` and `times` are the move that is being proved.
    `at` is name_of the URL whose answer had the validators (verbatim); `body` is the body's digest, `ttl` is
    in seconds.
    `seen` holds a record of 16 bytes an item, the one met last at the end; `held` is how many items the
    last document had.
    """

    feed: str
    url: str = ""
    moved: str = ""
    times: int = 0
    at: str = ""
    etag: str = ""
    modified: str = ""
    body: str = ""
    ttl: float = 0.0
    held: int = 0
    seen: str = ""


class Sight(NamedTuple):
    """What is known of an item: a digest of its text, and a time in whole seconds since 1970.

    The time is its last revision's, or when it was first seen where it has none.
    """

    text: bytes
    time: int


Seen = dict[bytes, Sight]
_decoder = msgspec.json.Decoder(Cursor)


def decode(text: str) -> Cursor:
    """Raises ValueError for a text that is no cursor of a feed."""
    try:
        cursor = _decoder.decode(text)
        _unpacked(cursor.seen)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, binascii.Error, struct.error) as error:
        raise ValueError("the cursor of a feed is a JSON object that monitor itself has stored") from error
    return cursor


def name_of(url: str) -> str:
    """A URL as it stands in a cursor: a digest, for a URL may hold a password."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def resumed(text: str | None, url: str) -> Cursor:
    """The cursor to go on with: a stored one if it can be read and is of this URL, else an empty one."""
    fresh = Cursor(name_of(url))
    if text is None:
        return fresh
    try:
        cursor = decode(text)
    except ValueError as error:
        log.warning("%s; the feed is read anew", error)
        return fresh
    return cursor if cursor.feed == fresh.feed else fresh


def encode(cursor: Cursor) -> str:
    return msgspec.json.encode(cursor).decode()


def seen_of(cursor: Cursor) -> Seen:
    return _unpacked(cursor.seen)


def with_seen(cursor: Cursor, seen: Seen) -> Cursor:
    """The cursor in the middle of a document: without validators, so that the rest is read again."""
    rows = list(seen.items())[-MOST_SEEN:]
    packed = b"".join(_RECORD.pack(id, *sight) for id, sight in rows)
    text = base64.b64encode(packed).decode()
    return replace(cursor, seen=text, at="", etag="", modified="", body="")


def forget(seen: Seen, held: int, before: int) -> None:
    """Leave what the last two documents held; what was met last is at the end."""
    while len(seen) > min(MOST_SEEN, held + before):
        del seen[next(iter(seen))]


def revised(draft: Draft, seen: Seen, now: datetime) -> Post | None:
    """The post to hand over, with its revision; None for one that stands as it was. Notes it in `seen`.

    First sight has the revision "" or the time of its update. An edit has a higher time (that of an edit
    which leaves the update's time as it was is `now`), or where there are no times the digest of its text
    and of `now`: a text that comes back is an edit, too.
    """
    id, text = _digest(draft.post.id), _digest(draft.post.text)
    was = seen.pop(id, None)
    if was and was.text == text:
        seen[id] = was
        return None
    at = int(now.timestamp())
    updated = None if draft.updated is None else int(min(max(draft.updated, 0), at))
    if was is None:
        seen[id] = Sight(text, at if updated is None else updated)
        return replace(draft.post, revision="" if updated is None else _rfc3339(updated))
    if updated is not None:
        time = min(updated if updated > was.time else max(at, was.time + 1), _LATEST)
        seen[id] = Sight(text, time)
        return replace(draft.post, revision=_rfc3339(time))
    seen[id] = Sight(text, was.time)
    created = draft.post.created_at if draft.dated else datetime.fromtimestamp(was.time, UTC)
    return replace(draft.post, revision=_hash(f"{at} {draft.post.text}"), created_at=created)


def _rfc3339(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest()


def _hash(text: str) -> str:
    """Sixteen hex digits; the first is a letter, for a revision of digits only would count as a number."""
    return "c" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:15]


def _unpacked(packed: str) -> Seen:
    rows = _RECORD.iter_unpack(base64.b64decode(packed, validate=True))
    return {id: Sight(text, time) for id, text, time in rows}
