"""Rolling windows over reactions by event time (design section 8): pure, exact at any moment."""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import TypeVar

from msgspec import Struct

from ...identity import author_key
from ...model import LABELS, Post, Reaction
from ...revision import bare, supersedes
from ...watchlist import Watchlist
from .cell import BASELINE, Cell, Entry, PostKey, Window, window_of
from .series import SCALE, SPANS, Point, Series

_LABEL = {label: i for i, label in enumerate(LABELS)}

K = TypeVar("K")


class _Seen(Struct, gc=False):
    """The newest word on one post; `author` is None when the post is deleted."""

    revision: str
    arrival: int
    author: str | None
    entries: dict[str, Entry]


class Windows:
    """Windows of each watched person; `horizon` is the seconds of history that a rebuild must read.

    A post is known until a horizon has passed since its last entry arrived. `now` is POSIX seconds
    and may go back: windows are then exact as far as the known posts reach.
    """

    # To cut a list at its front costs its whole length, so that waits until it is worth it.
    trim_after = 1000

    def __init__(self, watchlist: Watchlist, lengths: Sequence[int]) -> None:
        self.horizon = (BASELINE + 1) * max(lengths)
        self._watchlist = watchlist
        self._cells = {p.id: {length: Cell(length) for length in lengths} for p in watchlist.people}
        self._timelines: dict[str, list[Entry]] = {p.id: [] for p in watchlist.people}
        self._series = {p.id: Series() for p in watchlist.people}
        self._seen: dict[PostKey, _Seen] = {}
        self._arrivals: list[tuple[int, PostKey]] = []
        self._copies: dict[PostKey, dict[Cell, int]] = {}
        self._serial = 0
        self._forgotten = 0

    def add(self, reaction: Reaction, now: float) -> None:
        """One entry of the stream, in the stream's order: a new post, an edit, a late score or a delete."""
        second = math.floor(now)
        self._forget(second)
        post, arrival = reaction.post, math.floor(reaction.scored_at.timestamp())
        key = (post.source, post.id)
        old = self._seen.get(key)
        if old is not None:
            arrival = max(arrival, old.arrival)
        heapq.heappush(self._arrivals, (arrival, key))
        if old is not None and _is_stale(post, old):
            old.arrival = arrival
            return
        self._take_out(old)
        new = _Seen(post.revision, arrival, None if post.deleted else author_key(post), {})
        if old is not None and post.deleted and not post.revision:
            new.revision = old.revision
        self._seen[key] = new
        self._move_copies(key, old.author if old else None, new.author)
        if not post.deleted:
            self._put_in(new, reaction, second - self.horizon)

    def read(self, person: str, length: int, now: float) -> Window:
        """The window of `length` seconds that ends at `now`; KeyError for a person or length not watched."""
        second = math.floor(now)
        self._forget(second)
        cell, timeline = self._cells[person][length], self._timelines[person]
        self._slide(cell, timeline, second)
        start = second - length
        before = _up_to(timeline, start) - _up_to(timeline, start - BASELINE * length)
        return window_of(cell, before)

    def read_of(self, source: str, person: str, length: int, now: float) -> Window:
        """The same of one source alone, a platform or a configured name; it looks at the whole timeline."""
        second = math.floor(now)
        self._forget(second)
        cell, before = Cell(length), 0
        for entry in _between(self._timelines[person], second - (BASELINE + 1) * length, second):
            if source not in (entry.source, entry.via):
                continue
            if entry.second <= second - length:
                before += 1
            else:
                cell.add(entry, 1)
                voice = entry.author if entry.copy_of is None else self._voice(entry.copy_of)
                _shift(cell.voices, voice, 1)
        return window_of(cell, before)

    def spans(self) -> list[str]:
        """The spans of series.SPANS that the history reaches over."""
        return [span for span, (length, _) in SPANS.items() if length <= self.horizon]

    def series(self, person: str, span: str, now: float) -> list[Point]:
        """What was said about a person, step by step up to `now`; the population is that of the windows."""
        second, timeline = math.floor(now), self._timelines[person]
        ahead = timeline[_up_to(timeline, second) :]
        return self._series[person].read(span, second, [(e.second, e.label, e.score) for e in ahead])

    def _put_in(self, seen: _Seen, reaction: Reaction, oldest: int) -> None:
        post = reaction.post
        second = math.floor(min(post.created_at, reaction.scored_at).timestamp())
        own = self._watchlist.author_person(post.source, post.author) if reaction.about else None
        source = reaction.duplicate_source or post.source
        copy_of = (source, reaction.duplicate_of) if reaction.duplicate_of else None
        label = _LABEL[reaction.sentiment.label]
        for person in set(reaction.about) & self._timelines.keys():
            if second <= oldest or (own is not None and own.id == person):
                continue
            self._serial += 1
            score = _score(reaction, person)
            author = seen.author or ""
            entry = Entry(second, self._serial, label, score, author, copy_of, post.source, reaction.via)
            seen.entries[person] = entry
            insort(self._timelines[person], entry)
            self._series[person].add(second, label, score, 1)
            self._count(person, entry, 1)

    def _take_out(self, seen: _Seen | None) -> None:
        for person, entry in seen.entries.items() if seen else ():
            timeline = self._timelines[person]
            i = bisect_left(timeline, entry)
            if i < len(timeline) and timeline[i] is entry:
                del timeline[i]
                self._series[person].add(entry.second, entry.label, entry.score, -1)
                self._count(person, entry, -1)

    def _count(self, person: str, entry: Entry, sign: int) -> None:
        for cell in self._cells[person].values():
            if cell.at - cell.length < entry.second <= cell.at:
                self._tally(cell, entry, sign)

    def _tally(self, cell: Cell, entry: Entry, sign: int) -> None:
        cell.add(entry, sign)
        voice = entry.author
        if entry.copy_of is not None:
            voice = self._voice(entry.copy_of)
            cells = self._copies.setdefault(entry.copy_of, {})
            _shift(cells, cell, sign)
            if not cells:
                del self._copies[entry.copy_of]
        _shift(cell.voices, voice, sign)

    def _voice(self, original: PostKey) -> str:
        seen = self._seen.get(original)
        return _voice_of(original, seen.author if seen else None)

    def _move_copies(self, original: PostKey, old: str | None, new: str | None) -> None:
        """The copies of a post change their voice when its author becomes known, unknown or another."""
        if old == new:
            return
        for cell, n in self._copies.get(original, {}).items():
            _shift(cell.voices, _voice_of(original, old), -n)
            _shift(cell.voices, _voice_of(original, new), n)

    def _slide(self, cell: Cell, timeline: list[Entry], at: int) -> None:
        if at == cell.at:
            return
        was, length = cell.at, cell.length
        if at > was:
            leave, enter = (was - length, min(was, at - length)), (max(was, at - length), at)
        else:
            leave, enter = (max(at, was - length), was), (at - length, min(at, was - length))
        for entry in _between(timeline, *leave):
            self._tally(cell, entry, -1)
        for entry in _between(timeline, *enter):
            self._tally(cell, entry, 1)
        cell.at = at

    def _forget(self, second: int) -> None:
        arrivals, oldest = self._arrivals, second - self.horizon
        while arrivals and arrivals[0][0] <= oldest:
            arrival, key = heapq.heappop(arrivals)
            seen = self._seen.get(key)
            if seen is None or seen.arrival > arrival:
                continue
            del self._seen[key]
            self._move_copies(key, seen.author, None)
            self._forgotten += 1
        if self._forgotten > self.trim_after + len(self._seen) // 4:
            self._trim(second)

    def _trim(self, second: int) -> None:
        self._forgotten = 0
        for person, timeline in self._timelines.items():
            for cell in self._cells[person].values():
                self._slide(cell, timeline, max(second, cell.at))
            del timeline[: _up_to(timeline, second - self.horizon)]
            self._series[person].forget(second - self.horizon)


def _is_stale(post: Post, old: _Seen) -> bool:
    if post.deleted and not post.revision:
        return False
    if old.author is None and bare(post.revision) == bare(old.revision):
        return True  # A late score of a deleted post does not bring it back.
    return not supersedes(post.revision, old.revision)


def _score(reaction: Reaction, person: str) -> int | None:
    score = reaction.toward.get(person)
    if score is None:
        # By the display name alone it may be somebody else, so it counts; but it says nothing toward the person.
        if any(match.rule == "author" and match.person == person for match in reaction.matches):
            return None
        score = reaction.sentiment.compound
    return None if score is None else round(score * SCALE)


def _voice_of(original: PostKey, author: str | None) -> str:
    return f"copy of {original[0]} {original[1]}" if author is None else author


def _up_to(timeline: list[Entry], second: int) -> int:
    """How many entries have an event second of at most `second`."""
    return bisect_left(timeline, (second + 1,))


def _between(timeline: list[Entry], after: int, until: int) -> list[Entry]:
    return timeline[_up_to(timeline, after) : _up_to(timeline, until)] if after < until else []


def _shift(counts: dict[K, int], key: K, by: int) -> None:
    """Adds to a count; a key whose count comes to 0 goes."""
    n = counts.get(key, 0) + by
    if n:
        counts[key] = n
    else:
        del counts[key]
