"""The streams read backwards, newest first, several partitions as one; and which entries still stand."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from ...identity import post_key
from ...model import Post, Reaction
from ...revision import supersedes
from ...stream import Stream, id_order

FIRST_CHUNK = 16
MOST_ROWS = 500
MOST_BYTES = 4_000_000
MOST_REVISIONS = 20
_decoder = msgspec.json.Decoder(Reaction)

Order = tuple[int, int, int]  # milliseconds, number, partition


class Row(NamedTuple):
    """One entry: where it stands, and what it says; None where it cannot be read."""

    order: Order
    tag: str
    id: str
    reaction: Reaction | None
    size: int


class _Tail:
    """The end of one partition's stream, in chunks that stay small where its entries are large."""

    def __init__(self, stream: Stream, number: int, tag: str, before: str, until: str) -> None:
        self._stream, self._number, self._tag = stream, number, tag
        self._before, self._until = before, until
        self._count = FIRST_CHUNK
        self.rows: list[Row] = []  # the newest last
        self.over = before == "(0-0"

    async def fill(self) -> None:
        """Have a row at hand, unless there is none any more."""
        if self.rows or self.over:
            return
        key = self._stream.keys.reactions(self._tag)
        found = await self._stream.store.call(
            "XREVRANGE", key, self._before, self._until, "COUNT", self._count
        )
        self.rows = [self._row(id.decode(), fields or ()) for id, fields in reversed(found)]
        self.over = len(found) < self._count
        if found:
            self._before = f"({found[-1][0].decode()}"
            self.over = self.over or self._before == "(0-0"
            size = sum(row.size for row in self.rows) // len(found)
            self._count = max(1, min(MOST_ROWS, 2 * self._count, MOST_BYTES // max(1, size)))

    def _row(self, id: str, fields: Sequence[bytes]) -> Row:
        data = dict(zip(fields[::2], fields[1::2], strict=True)).get(b"d", b"")
        try:
            reaction = _decoder.decode(data)
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            reaction = None
        return Row((*id_order(id), self._number), self._tag, id, reaction, len(data))


class History:
    """Walks back over all partitions; `bounds` are the first and the last id of each, as XREVRANGE takes them."""

    def __init__(self, stream: Stream, bounds: Sequence[tuple[str, str]]) -> None:
        self._tails = [
            _Tail(stream, number, tag, *bounds[number]) for number, tag in enumerate(stream.keys.tags())
        ]

    async def next(self) -> Row | None:
        """The next older entry; None when there is none."""
        for tail in self._tails:
            await tail.fill()
        newest = max((tail for tail in self._tails if tail.rows), key=_head, default=None)
        return newest.rows.pop() if newest else None


def _head(tail: _Tail) -> Order:
    return tail.rows[-1].order


def before(start: Order | None, number: int) -> str:
    """What lies before a place (or from the newest on), as the first bound of a partition."""
    if start is None:
        return "+"
    ms, count, partition = start
    return f"{ms}-{count}" if number < partition else f"({ms}-{count}"


async def standing(stream: Stream, rows: Sequence[Row]) -> list[bool]:
    """Which rows are the newest word on their posts: no later revision, no delete of them is stored."""
    keys = list({key: None for row in rows if (key := _key(row))})
    places = await _places(stream, keys)
    several = [key for key, found in places.items() if len(found) > 1]
    asked = [(key, tag, id) for key in several for tag, id in places[key]]
    found = await stream.store.many([["XRANGE", stream.keys.reactions(tag), id, id] for _, tag, id in asked])
    revisions: dict[str, list[tuple[tuple[int, int], str, Post]]] = {}
    for (key, tag, id), entry in zip(asked, found, strict=True):
        post = _post_of(entry)
        if post:
            revisions.setdefault(key, []).append((id_order(id), tag, post))
    last = {key: _last(among) for key, among in revisions.items()}
    return [_stands(row, places, last) for row in rows]


def _stands(
    row: Row, places: dict[str, list[tuple[str, str]]], last: dict[str, tuple[tuple[int, int], str]]
) -> bool:
    key = _key(row)
    if not key:
        return False
    if key in last:
        return last[key] == (id_order(row.id), row.tag)
    return not places.get(key) or (row.tag, row.id) in places[key]


async def _places(stream: Stream, keys: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Post keys to the partition and id of each of their entries, oldest first in each partition."""
    if not keys:
        return {}
    tags, now = stream.keys.tags(), time.time()
    buckets = [(tag, b) for tag in tags for b in stream.keys.buckets(tag, "entries", now, stream.retention)]
    replies = await stream.store.many([["HMGET", bucket, *keys] for _, bucket in buckets])
    found: dict[str, dict[str, list[str]]] = {}
    for (tag, _), reply in zip(buckets, replies, strict=True):
        for key, ids in zip(keys, reply, strict=True):
            if ids is not None:
                words = ids.decode().removeprefix("! ").split()[-MOST_REVISIONS:]
                found.setdefault(key, {}).setdefault(tag, words)
    return {key: [(tag, id) for tag, ids in by.items() for id in ids] for key, by in found.items()}


def _last(revisions: Sequence[tuple[tuple[int, int], str, Post]]) -> tuple[tuple[int, int], str]:
    """The one that stands, as the windows judge it: entries in the order of the stream."""
    ordered = sorted(revisions, key=lambda one: one[:2])
    (at, tag, post), *later = ordered
    stands, revision, deleted = (at, tag), post.revision, post.deleted
    for at, tag, post in later:
        gone = post.deleted and not post.revision
        late = deleted and post.revision == revision
        if gone or (not late and supersedes(post.revision, revision)):
            stands, deleted = (at, tag), post.deleted
            revision = revision if gone else post.revision
    return stands


def _key(row: Row) -> str:
    return post_key(row.reaction.post.source, row.reaction.post.id) if row.reaction else ""


def _post_of(entry: Sequence[Sequence[bytes | Sequence[bytes]]]) -> Post | None:
    fields = entry[0][1] if entry else ()
    try:
        return _decoder.decode(dict(zip(fields[::2], fields[1::2], strict=True))[b"d"]).post  # type: ignore[arg-type]
    except (KeyError, msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
