"""What every source shares: reconnecting, backoff, cursor, metrics and shutdown come from here."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

from ..errors import Fenced, StoreDown, TryLater
from ..model import Arrival
from ..stream import Hold
from ..telemetry import Telemetry

log = logging.getLogger(__name__)
ROOM = 2000
MOST_POSTS = 256
MOST_CHARACTERS = 4_000_000
LONGEST_WAIT = 60.0


class Source(BaseModel):
    """The settings of one kind of source and how its posts come in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cursor: str | None = None

    def posts(self, http: Any, cursor: str | None) -> AsyncGenerator[Arrival, None]:
        """Arrivals after a cursor. It ends when there is no more; OSError and TryLater mean: again, later.

        An Arrival without a post says that the source is open though it has nothing to tell.
        """
        raise NotImplementedError


@dataclass(slots=True, eq=False)
class Batch:
    """Arrivals of one source that are stored in one step; `stored` is told how it went (push waits)."""

    source: str
    hold: Hold
    arrivals: list[Arrival]
    stored: asyncio.Future[None] | None = None
    characters: int = 0

    def has_room(self) -> bool:
        """A batch stays small enough for one step: 256 posts, 4 million characters."""
        return self.stored is None and len(self.arrivals) < MOST_POSTS and self.characters < MOST_CHARACTERS

    def add(self, arrival: Arrival) -> None:
        self.arrivals.append(arrival)
        self.characters += len(arrival.post.text) if arrival.post else 0

    def settle(self, error: Exception | None) -> None:
        """Tell whoever waits for it; it may have gone."""
        if self.stored and not self.stored.done():
            if error:
                self.stored.set_exception(error)
            else:
                self.stored.set_result(None)


class Claims(Protocol):
    """What the supervisor needs of the stream."""

    async def claim(self, source: str, owner: str) -> Hold | float: ...

    async def renew(self, hold: Hold, lease_ms: int = ...) -> None: ...


@dataclass(slots=True)
class Inbox:
    """The bounded hand-over between sources and the pipeline: a full one makes its source wait."""

    _batches: deque[Batch] = field(default_factory=deque)
    _size: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _room: asyncio.Event = field(default_factory=asyncio.Event)
    closed: bool = False

    def __len__(self) -> int:
        return self._size

    async def put(self, source: str, hold: Hold, arrival: Arrival) -> None:
        """Add one arrival; it joins the newest waiting batch of its source. Raises Fenced if it is lost."""
        while self._size >= ROOM:
            self._room.clear()
            await self._room.wait()
        if hold.lost:
            raise Fenced(source)
        last = self._batches[-1] if self._batches else None
        if last and last.hold is hold and last.has_room():
            last.add(arrival)
        else:
            self._batches.append(Batch(source, hold, []))
            self._batches[-1].add(arrival)
        self._size += 1
        self._news.set()

    def submit(self, source: str, hold: Hold, arrivals: list[Arrival]) -> list[asyncio.Future[None]]:
        """Batches of their own, all or none; each future ends when its batch is stored.

        Raises TryLater when too much waits already.
        """
        if self._size and self._size + len(arrivals) > 4 * ROOM:
            raise TryLater("rate_limited", 1.0)
        loop = asyncio.get_running_loop()
        batches: list[Batch] = []
        for arrival in arrivals:
            if not batches or not batches[-1].has_room():
                batches.append(Batch(source, hold, []))
            batches[-1].add(arrival)
        for batch in batches:
            batch.stored = loop.create_future()
        self._batches.extend(batches)
        self._size += len(arrivals)
        self._news.set()
        return [batch.stored for batch in batches if batch.stored]

    async def get(self) -> Batch | None:
        """The next batch; None when the inbox is closed and empty."""
        while not self._batches:
            if self.closed:
                return None
            self._news.clear()
            await self._news.wait()
        return self._batches.popleft()

    def done(self, batch: Batch) -> None:
        """The batch has left the pipeline: there is room again."""
        self._size -= len(batch.arrivals)
        self._room.set()

    def close(self) -> None:
        self.closed = True
        self._news.set()


def backoff(first: float = 0.5, longest: float = LONGEST_WAIT) -> Iterator[float]:
    """Delays in seconds: random up to a bound that doubles (full jitter), never above `longest`."""
    bound = first
    while True:
        yield random.uniform(bound / 2, bound)
        bound = min(longest, bound * 2)


@dataclass(slots=True)
class Supervisor:
    """Keeps one source going: claims it, reads it into the inbox, waits after a fault, begins again."""

    name: str
    source: Source
    streams: Claims
    inbox: Inbox
    telemetry: Telemetry
    http: Any
    owner: str
    hold: Hold | None = None
    seen: Callable[[Arrival], None] | None = None
    blind_since: float | None = None

    async def run(self) -> None:
        """Until the source has ended or the task is cancelled."""
        delays = backoff()
        while True:
            begun = time.monotonic()
            try:
                await self._claim()
                await self._read()
                return
            except Fenced:
                self._fault("fenced", None)
            except StoreDown as error:
                self._fault("store", error)
            except TryLater as error:
                self._fault(error.reason, error)
                if error.after is not None:
                    await asyncio.sleep(error.after)
                    continue
            except (OSError, EOFError) as error:
                self._fault("unreachable", error)
            if time.monotonic() - begun > LONGEST_WAIT:
                delays = backoff()
            await asyncio.sleep(next(delays))

    async def _claim(self) -> None:
        while True:
            claimed = await self.streams.claim(self.name, self.owner)
            if isinstance(claimed, Hold):
                if claimed.cursor is None:
                    claimed.cursor = self.source.cursor
                self.hold = claimed
                return
            log.info("%s is read by another process", self.name)
            await asyncio.sleep(min(claimed + 0.1, 2.0))

    async def _read(self) -> None:
        """Read until the source ends; Fenced as soon as it is ours no longer, however quiet it is."""
        assert self.hold is not None
        reading = asyncio.ensure_future(self._pull(self.hold))
        gone = asyncio.ensure_future(self.hold.gone.wait())
        try:
            await asyncio.wait((reading, gone), return_when=asyncio.FIRST_COMPLETED)
            if not reading.done():
                raise Fenced(self.name)
            reading.result()
        finally:
            for task in (reading, gone):
                task.cancel()
            await asyncio.wait((reading, gone))
        self._in_sight()
        log.info("%s has come to its end", self.name)

    async def _pull(self, hold: Hold) -> None:
        async with contextlib.aclosing(self.source.posts(self.http, hold.cursor)) as posts:
            async for arrival in posts:
                self._in_sight()
                if arrival.at == 0.0:
                    arrival = arrival._replace(at=time.monotonic())
                if self.seen is not None:
                    self.seen(arrival)
                await self.inbox.put(self.name, hold, arrival)

    def _in_sight(self) -> None:
        self.telemetry.source[self.name].up.set(1)
        if self.blind_since is not None:
            self._count_blind()
            self.blind_since = None

    def _count_blind(self) -> None:
        """Add the time since the fault, or since it was last added, to the seconds without sight."""
        now = time.monotonic()
        self.telemetry.source[self.name].blind.inc(now - (self.blind_since or now))
        self.blind_since = now

    def _fault(self, reason: str, error: Exception | None) -> None:
        metrics = self.telemetry.source[self.name]
        metrics.up.set(0)
        self._count_blind()
        metrics.errors[reason if reason in metrics.errors else "other"].inc()
        log.warning("%s: %s%s", self.name, reason, f" ({error})" if error else "")


async def keep_leases(
    supervisors: list[Supervisor], streams: Claims, telemetry: Telemetry, every: float = 3.0
) -> None:
    """Renew what this process reads, so that a quiet source is not taken over. Runs until cancelled."""
    while True:
        await asyncio.sleep(every)
        for supervisor in supervisors:
            if supervisor.hold and not supervisor.hold.lost:
                try:
                    await streams.renew(supervisor.hold)
                except StoreDown:
                    telemetry.store_up.set(0)


async def give_up(supervisors: list[Supervisor], streams: Claims) -> None:
    """Let another process take over at once."""
    for supervisor in supervisors:
        if supervisor.hold and not supervisor.hold.lost:
            with contextlib.suppress(StoreDown):
                await streams.renew(supervisor.hold, 0)
