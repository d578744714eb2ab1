"""Posts from a JSON Lines file: as fast as the pipeline takes them, in real time, or N times as fast."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import msgspec
from pydantic import Field, field_validator

from ..errors import Malformed, TryLater, UserError
from ..model import MAX_POST_BYTES, Arrival, Post, decode_post
from .base import Source


class Replay(Source):
    """A file of posts, one a line. The cursor is the number of the last line that was read.

    speed N: N times real time by created_at; 0: without waiting. rebase: the first post is now.
    """

    path: Path
    speed: float = Field(default=0, ge=0)
    rebase: bool = False

    @field_validator("cursor")
    @classmethod
    def _is_a_line(cls, value: str | None) -> str | None:
        if value is not None and not (value.isascii() and value.isdecimal()):
            raise ValueError("the cursor of a replay is the number of a line")
        return value

    @field_validator("path")
    @classmethod
    def _home(cls, value: Path) -> Path:
        return value.expanduser()

    def told(self) -> str:
        with self.path.open("rb"):
            return str(self.path)

    async def posts(self, http: Any, cursor: str | None) -> AsyncGenerator[Arrival, None]:
        """Every line after the cursor's, a line that is no post as a drop; ends with the file."""
        done = int(cursor) if cursor and cursor.isascii() and cursor.isdecimal() else 0
        clock = _Clock(self.speed, self.rebase)
        if self.path.exists() and not self.path.is_file():
            raise UserError(f"replay: {self.path} is no regular file")
        try:
            file = self.path.open("rb")
        except OSError as error:
            raise TryLater("unreachable", 30.0, f"{self.path}: {error.strerror}") from error
        with file:
            for number, line in enumerate(lines(file), 1):
                if number % 64 == 0:
                    await asyncio.sleep(0)
                if number <= done or line == b"":
                    continue
                arrival = self._read(line, str(number), clock)
                if arrival.post:
                    await clock.wait(arrival.post)
                yield arrival

    def _read(self, line: bytes | None, cursor: str, clock: _Clock) -> Arrival:
        try:
            if line is None:
                raise Malformed("too_large")
            return Arrival(clock.moved(decode_post(line)), cursor)
        except Malformed as error:
            return Arrival(None, cursor, dropped=error.reason)


def lines(file: IO[bytes]) -> Iterator[bytes | None]:
    """Each line of a file without its white space; None for one over MAX_POST_BYTES, passed over unread."""
    while line := file.readline(MAX_POST_BYTES + 1):
        if len(line) > MAX_POST_BYTES and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_POST_BYTES)
            yield None
        else:
            yield line.strip()


class _Clock:
    """When a post is due, and which time it carries. The first one that is read sets both."""

    def __init__(self, speed: float, rebase: bool) -> None:
        self._speed = speed
        self._rebase = rebase
        self._first: datetime | None = None
        self._shift = timedelta(0)
        self._begun = 0.0

    def moved(self, post: Post) -> Post:
        if self._first is None:
            self._first, self._begun = post.created_at, time.monotonic()
            self._shift = datetime.now(UTC) - post.created_at
        if not self._rebase:
            return post
        try:
            return msgspec.structs.replace(post, created_at=post.created_at + self._shift)
        except OverflowError as error:
            raise Malformed("bad_field", "created_at is out of range") from error

    async def wait(self, post: Post) -> None:
        if not self._speed or self._first is None:
            return
        at = post.created_at - (self._shift if self._rebase else timedelta(0))
        due = self._begun + (at - self._first).total_seconds() / self._speed
        await asyncio.sleep(max(0.0, due - time.monotonic()))
