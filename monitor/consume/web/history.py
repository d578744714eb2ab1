"""The streams read backwards, newest first, several partitions as one; and which entries still stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...identity import post_key
from ...model import Post, Reaction
from ...revision import bare, supersedes
from ...stream import Entry, Stream, id_order, next_chunk

FIRST_CHUNK = 16
MOST_BYTES = 4_000_000
MOST_REVISIONS = 20

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
        found = await self._stream.back(self._tag, self._before, self._until, self._count)
        self.rows = [self._row(entry) for entry in reversed(found)]
        self.over = len(found) < self._count
        if found:
            self._before = f"({found[-1].id}"
            self.over = self.over or self._before == "(0-0"
            self._count = next_chunk(found, self._count, MOST_BYTES)

    def _row(self, entry: Entry) -> Row:
        return Row((*id_order(entry.id), self._number), self._tag, *entry)


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
    places = await stream.places(keys, most=MOST_REVISIONS)
    several = [key for key, found in places.items() if len(found) > 1]
    asked = [(key, tag, id) for key in several for tag, id in places[key]]
    entries = await stream.entries([(tag, id) for _, tag, id in asked])
    revisions: dict[str, list[tuple[tuple[int, int], str, Post]]] = {}
    for (key, tag, id), entry in zip(asked, entries, strict=True):
        if entry.reaction:
            revisions.setdefault(key, []).append((id_order(id), tag, entry.reaction.post))
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


def _last(revisions: Sequence[tuple[tuple[int, int], str, Post]]) -> tuple[tuple[int, int], str]:
    """The one that stands, as the windows judge it: entries in the order of the stream."""
    ordered = sorted(revisions, key=lambda one: one[:2])
    (at, tag, post), *later = ordered
    stands, revision, deleted = (at, tag), post.revision, post.deleted
    for at, tag, post in later:
        gone = post.deleted and not post.revision
        late = deleted and bare(post.revision) == bare(revision)
        if gone or (not late and supersedes(post.revision, revision)):
            stands, deleted = (at, tag), post.deleted
            revision = revision if gone else post.revision
    return stands


def _key(row: Row) -> str:
    return post_key(row.reaction.post.source, row.reaction.post.id) if row.reaction else ""
