"""The whole service on one screen: what is opened, what runs, and in what order it stops.

sources -> inbox -> pipeline (match, score, claim) -> reactions -+-> cases -> alerts -> deliveries
                                                                  +-> windows -> /metrics
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from functools import partial
from typing import Any

from . import __version__, collect, watchlist
from .collect.base import Inbox, Supervisor, give_up, keep_leases
from .collect.push import Push, submit
from .consume.cases import CaseBook, Cases
from .consume.notify.deliver import deliver, tend
from .consume.notify.outbox import Outbox
from .consume.notify.signal import Signal
from .consume.web.listen import listen
from .consume.web.server import Parts
from .consume.windows.consumer import WindowConsumer, watch_streams
from .detect.rules import CaseRules
from .embedded import Embedded
from .http import Http
from .instance import instance_of
from .keys import Keys
from .model import Arrival
from .pipeline import Pipeline, Readers
from .settings import Settings
from .store import Store
from .stream import Stream
from .telemetry import Telemetry

DRAIN = 4.0


class Service:
    """Everything that one process runs. A mistake in the settings shows at once, as UserError."""

    def __init__(self, settings: Settings, seen: Callable[[Arrival], None] | None = None) -> None:
        self.settings = settings
        self.watchlist = watchlist.load(settings.watchlist)
        self.sources = collect.build(settings.sources) if "collect" in settings.roles else {}
        self.telemetry = telemetry_of(settings, [person.id for person in self.watchlist.people])
        self.keys = Keys(settings.store.prefix, settings.store.partitions)
        self.readers = Readers(self.watchlist, claims=settings.claims)
        self.rules = CaseRules(self.watchlist, settings.alerts)
        self.inbox = Inbox()
        self.port = 0
        self._seen = seen
        self._tasks: dict[str, asyncio.Task[Any]] = {}

    async def run(self, stop: asyncio.Event, ready: asyncio.Event | None = None) -> None:
        """Open, run until `stop` is set, and stop from front to back."""
        async with AsyncExitStack() as opened:
            await self._open(opened)
            self.port = await listen(opened, self.settings.http, self._parts())
            async with asyncio.TaskGroup() as group:
                self._start(group)
                if ready:
                    ready.set()
                await stop.wait()
                await self._stop()

    async def _open(self, opened: AsyncExitStack) -> None:
        settings = self.settings
        self.instance = instance_of(settings.data_dir, opened)
        self._embedded = None
        url = settings.store.url.get_secret_value() if settings.store.url else None
        if url is None:
            self._embedded = Embedded(settings.data_dir, settings.store.max_memory)
            opened.push_async_callback(self._embedded.stop)
            await self._embedded.start()
            url = self._embedded.url
        self.store = await Store.open(url)
        opened.push_async_callback(self.store.close)
        self.http = await opened.enter_async_context(Http())
        self.stream = self._stream(self.store)
        readers = [self.store.reader(), self.store.reader()]
        for reader in readers:
            opened.push_async_callback(reader.close)
        self.book = CaseBook(self.store, self.keys, self.rules)
        self.outbox, wake = Outbox(self.store, self.keys), Signal()
        windows = partial(WindowConsumer, self.watchlist, settings.windows)
        self.windows = windows(self._stream(readers[0]), self.keys.tags())
        streams = self._stream(readers[1])
        mood = self.windows.mood
        self.cases = Cases(self.book, streams, self.store, self.keys, self.telemetry, wake.set, mood)
        self._wake = wake
        one = partial(Supervisor, streams=self.stream, inbox=self.inbox, telemetry=self.telemetry)
        self.supervisors = [
            one(name, source, http=self.http, owner=self.instance, seen=self._seen)
            for name, source in self.sources.items()
        ]

    def _stream(self, store: Store) -> Stream:
        settings = self.settings
        retention, window = settings.store.retention, settings.thread_window
        return Stream(store, self.keys, retention=retention, thread_window=window)

    def _start(self, group: asyncio.TaskGroup) -> None:
        def start(name: str, work: Coroutine[Any, Any, Any]) -> None:
            self._tasks[name] = group.create_task(work, name=name)

        settings, roles = self.settings, self.settings.roles
        if self._embedded:
            start("embedded", self._embedded.watch())
        start("loop", self.telemetry.watch_loop())
        stands: dict[str, Callable[[], dict[str, str]]] = {
            "cases": lambda: self.cases.at,
            "windows": lambda: self.windows.at,
        }
        start("streams", watch_streams(self.stream, self.keys.tags(), self.telemetry, stands))
        if "collect" in roles:
            for supervisor in self.supervisors:
                start(f"collect:{supervisor.name}", supervisor.run())
            start("leases", keep_leases(self.supervisors, self.stream))
            start("pipeline", Pipeline(self.readers, self.stream, self.telemetry).run(self.inbox))
        if "web" in roles or "cases" in roles:
            self.telemetry.read_windows_with(self.windows.read)
            start("windows", self.windows.run())
        if "cases" in roles:
            start("cases", self.cases.run())
        if "notify" in roles:
            start("outbox", tend(self.outbox, self.telemetry))
            for endpoint in settings.alerts.endpoints:
                args = (endpoint, self.outbox, self.http, self.telemetry, settings.alerts.retry, self._wake)
                start(f"notify:{endpoint.name}", deliver(*args, self.instance))

    async def _stop(self) -> None:
        """Inflow first, then what waits in the inbox, then the rest; the store is closed last."""
        await self._end([name for name in self._tasks if name.startswith("collect:")])
        self.inbox.close()
        if "pipeline" in self._tasks:
            await asyncio.wait([self._tasks["pipeline"]], timeout=DRAIN)
        await self._end([name for name in self._tasks if name != "embedded"])
        with suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                await give_up(self.supervisors, self.stream)
        await self._end(["embedded"])

    async def _end(self, names: list[str]) -> None:
        tasks = [self._tasks[name] for name in names if name in self._tasks]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=2.0)

    def _parts(self) -> Parts:
        push = next((s for s in self.supervisors if isinstance(s.source, Push)), None)
        return Parts(
            telemetry=self.telemetry,
            failing=self.failing,
            submit=partial(submit, push, self.inbox) if push else None,
            dropped=self.telemetry.source[push.name].dropped if push else {},
            operate=self.book.operate if "cases" in self.settings.roles else None,
        )

    def source_done(self, name: str) -> bool:
        """Has a source come to its end, with nothing of it left in the inbox?"""
        return self._tasks[f"collect:{name}"].done() and not len(self.inbox)

    async def caught_up(self) -> bool:
        """Have the cases read all that is in the streams?"""
        return all([await self.cases.caught_up(tag) for tag in self.keys.tags()])

    async def failing(self) -> list[str]:
        """What keeps this process from being ready; a source that is down is none of it."""
        waits = {"windows": self.windows.ready, "cases": self.cases.ready}
        failing = [name for name, ready in waits.items() if name in self._tasks and not ready]
        return failing if await self.store.alive() else ["store", *failing]


def telemetry_of(settings: Settings, people: list[str]) -> Telemetry:
    """Every metric of these settings."""
    return Telemetry(
        people=people,
        sources=list(settings.sources) if "collect" in settings.roles else [],
        windows=settings.windows,
        endpoints=[endpoint.name for endpoint in settings.alerts.endpoints],
        config_hash=settings.config_hash(),
        version=__version__,
    )
