"""Where a reader of a Jetstream stands: its cursor, what it has handed over, what it has missed."""

from __future__ import annotations

import time
from datetime import datetime

from ..errors import Malformed
from ..model import Arrival, Post
from .bluesky import Authors
from .bluesky_records import instant
from .jetstream_events import Frame, is_gone, key_of, read_commit, read_frame

OVERLAP = 5_000_000
MINUTE = 60.0
WINDOW = 36 * 3600 * 1_000_000
DISORDER = 1_000_000
TELL_EVERY = 1.0
MOST_KEYS = 50_000


class Handed:
    """What was handed over lately, each with the cursor that went with it."""

    def __init__(self) -> None:
        self._new: dict[tuple[str, ...], int] = {}
        self._old: dict[tuple[str, ...], int] = {}
        self._since = 0

    def add(self, key: tuple[str, ...], cursor: int) -> bool:
        """Remember it; False if it was handed over before."""
        if key in self._new or key in self._old:
            return False
        if cursor - self._since > 2 * OVERLAP or len(self._new) >= MOST_KEYS:
            self._old, self._new, self._since = self._new, {}, cursor
        self._new[key] = cursor
        return True

    def forget(self, stored: int | None) -> None:
        """Keep what is stored for certain: it went with a cursor below the stored one."""
        for keys in (self._new, self._old):
            for key in [key for key, cursor in keys.items() if stored is None or cursor >= stored]:
                del keys[key]


class Tape:
    """One connection's reading. Times are unix microseconds.

    A gap: the first event comes later than the cursor by more than such a stream is ever silent (`quiet`, s),
    or, where it may be silent (None), by more than a minute with a cursor older than what hosts keep, for
    an old cursor is moved to the oldest event without a word. An event from before what was asked for shows
    that the cursor lay in the future, and that the host begins with now.
    """

    def __init__(self, at: int | None, handed: Handed, authors: Authors, quiet: float | None) -> None:
        self._at = at
        self._handed = handed
        self._authors = authors
        self._quiet = quiet
        self._first = True
        self._told = ""
        self._told_at = 0.0
        self.cursor = None if at is None else str(at)
        self.gap: tuple[datetime, datetime] | None = None

    def skip(self, to: int) -> None:
        """Go on behind a stretch that cannot be read."""
        assert self._at is not None
        self.gap = instant(self._at), instant(to)
        self._at, self.cursor = to, str(to)

    def take(self, text: str) -> Arrival | None:
        """One frame; None where there is nothing to tell but the cursor."""
        now = time.time_ns() // 1000
        try:
            frame = read_frame(text, now)
            self._move(frame.time_us, now)
            if frame.kind == "commit":
                return self._commit(frame)
        except Malformed as error:
            return Arrival(None, self.cursor, time.monotonic(), error.reason)
        if frame.kind in ("identity", "account"):
            self._authors.changed(frame.did, time.monotonic())
            if is_gone(frame) and self._handed.add(key_of(frame), self._at or 0):
                return Arrival(None, self.cursor, time.monotonic(), account=("bluesky", frame.did))
        return None

    def here(self, polled: Post | None = None, dropped: str | None = None) -> Arrival:
        """Where we are, with the gap if there is one; or a profile that was looked up."""
        now = time.monotonic()
        gap = None
        if polled is None:
            gap, self.gap = self.gap, None
        self._told, self._told_at = self.cursor or "", now
        return Arrival(polled, self.cursor, now, dropped, polled is not None, gap)

    def is_ahead(self, now: float) -> bool:
        """Has the cursor moved though nothing was handed over for a while?"""
        return self.cursor is not None and self.cursor != self._told and now - self._told_at >= TELL_EVERY

    def _commit(self, frame: Frame) -> Arrival | None:
        post = read_commit(frame, self._authors.author(frame.did))
        if post is None or not self._handed.add(key_of(frame), self._at or 0):
            return None
        now = time.monotonic()
        if post.kind == "profile":
            post = self._authors.with_before(post, now)
        self._told, self._told_at = self.cursor or "", now
        return Arrival(post, self.cursor, now)

    def _move(self, time_us: int, now: int) -> None:
        if self._first:
            self._first = False
            self._begin(time_us, now)
        if self._at is None or time_us > self._at:
            self._at, self.cursor = time_us, str(time_us)

    def _begin(self, time_us: int, now: int) -> None:
        if self._at is None:
            return
        silence = self._quiet
        if silence is None and now - self._at > WINDOW:
            silence = MINUTE
        if time_us < self._at - OVERLAP - DISORDER:
            self._at = None
        elif silence is not None and time_us - self._at > silence * 1e6 + OVERLAP:
            self.gap = instant(self._at), instant(time_us)
