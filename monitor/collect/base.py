"""What every source shares: reconnecting, backoff, cursor, metrics and shutdown come from here."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

from .. import sight
from ..errors import Fenced, StoreDown, TryLater
from ..model import Arrival, Post
from ..sight import Sight
from ..stream import Hold
from ..telemetry import Telemetry
from ..watchlist import Watchlist
from .inbox import Inbox

log = logging.getLogger(__name__)
LONGEST_WAIT = 60.0


class Source(BaseModel):
    """The settings of one kind of source and how its posts come in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cursor: str | None = None

    def watch(self, watchlist: Watchlist) -> None:
        """Told once at the start whom the service watches, for a source that looks people up by itself."""

    def told(self) -> str:
        """What `monitor check` says of it, in a line without secrets; raises UserError or OSError if it cannot work."""
        return ""

    def published(self, post: Post) -> None:
        """Told of each post of this source that matched and is stored, for a source that keeps authors."""

    def posts(self, http: Any, cursor: str | None) -> AsyncGenerator[Arrival, None]:
        """Arrivals after a cursor. It ends when there is no more; OSError and TryLater mean: again, later.

        An Arrival without a post says that the source is open though it has nothing to tell.
        """
        raise NotImplementedError


class Claims(Protocol):
    """What the supervisor needs of the stream."""

    async def claim(self, source: str, owner: str) -> Hold | float: ...

    async def renew(self, hold: Hold, lease_ms: int = ..., sight: Sight | None = ...) -> None: ...


def backoff() -> Iterator[float]:
    """Delays in seconds: random from half of a bound that doubles up to it, never above LONGEST_WAIT."""
    bound = 0.5
    while True:
        yield random.uniform(bound / 2, bound)
        bound = min(LONGEST_WAIT, bound * 2)


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
    news: asyncio.Event = field(default_factory=asyncio.Event)
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
        told = False
        while True:
            claimed = await self.streams.claim(self.name, self.owner)
            if isinstance(claimed, Hold):
                if claimed.cursor is None:
                    claimed.cursor = self.source.cursor
                if self.hold and claimed.epoch == self.hold.epoch + 1:
                    claimed.sight = self.hold.sight
                else:
                    claimed.sight = sight.taken_over(claimed.sight, claimed.alive, datetime.now(UTC))
                self.hold = claimed
                self.news.set()
                return
            self._unwatch()
            if not told:
                log.info("%s is read by another process", self.name)
            told = True
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
        self._see(sight.ended)
        log.info("%s has come to its end", self.name)

    async def _pull(self, hold: Hold) -> None:
        async with contextlib.aclosing(self.source.posts(self.http, hold.cursor)) as posts:
            async for arrival in posts:
                self._in_sight()
                if arrival.gap:
                    self._see(partial(sight.missed, gap=arrival.gap))
                if arrival.at == 0.0:
                    arrival = arrival._replace(at=time.monotonic())
                if self.seen is not None:
                    self.seen(arrival)
                await self.inbox.put(self.name, hold, arrival)

    def _unwatch(self) -> None:
        """Another process reads it: what that one does not see, that one counts."""
        self.count_blind()
        self.blind_since = self.hold = None

    def _in_sight(self) -> None:
        if self.blind_since is None and self.hold and self.hold.sight.state == "open":
            return
        self.telemetry.source[self.name].up.set(1)
        self._see(sight.opened)
        self.count_blind()
        self.blind_since = None

    def _see(self, change: Callable[..., Sight]) -> None:
        """Note what is seen of the source now; keep_leases writes it down."""
        if self.hold:
            self.hold.sight = change(self.hold.sight, now=datetime.now(UTC))
            self.news.set()

    def count_blind(self) -> None:
        """Add the time since the fault, or since it was last added, to the seconds without sight."""
        if self.blind_since is not None:
            now = time.monotonic()
            self.telemetry.source[self.name].blind.inc(now - self.blind_since)
            self.blind_since = now

    def _fault(self, reason: str, error: Exception | None) -> None:
        metrics = self.telemetry.source[self.name]
        metrics.up.set(0)
        if self.blind_since is None:
            self.blind_since = time.monotonic()
        if reason != "fenced":
            self._see(partial(sight.blinded, reason=reason))
        metrics.errors[reason if reason in metrics.errors else "other"].inc()
        log.warning("%s: %s%s", self.name, reason, f" ({error})" if error else "")


async def keep_leases(
    supervisors: list[Supervisor],
    streams: Claims,
    telemetry: Telemetry,
    news: asyncio.Event,
    every: float = 3.0,
) -> None:
    """Renew what this process reads, so that a quiet source is not taken over. Runs until cancelled.

    `news` is set when something else is seen of a source: that is written down at once.
    """
    while True:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(every):
                await news.wait()
        news.clear()
        for supervisor in supervisors:
            hold = supervisor.hold
            supervisor.count_blind()
            if hold and not hold.lost:
                try:
                    await streams.renew(hold, sight=hold.sight)
                except StoreDown:
                    telemetry.store_up.set(0)


async def give_up(supervisors: list[Supervisor], streams: Claims) -> None:
    """Let another process take over at once."""
    for supervisor in supervisors:
        if supervisor.hold and not supervisor.hold.lost:
            with contextlib.suppress(StoreDown):
                await streams.renew(supervisor.hold, 0, supervisor.hold.sight)
