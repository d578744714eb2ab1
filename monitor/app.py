"""The whole service on one screen: what is opened, what runs, and in what order it stops.

sources -> inbox -> pipeline (match, score, claim) -> reactions -+-> cases -> alerts -> deliveries
                                                                  +-> windows -> /metrics
                                                                  +-> hub -> the page
"""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, suppress
from functools import partial
from typing import Any

from . import collect, watchlist
from .collect.base import Supervisor, give_up, keep_leases
from .collect.inbox import Inbox
from .collect.push import Push, submit
from .consume.cases import CaseBook, Cases
from .consume.erase import keep_cases
from .consume.notify import apprise
from .consume.notify.deliver import GRACE
from .consume.notify.digest import Changed
from .consume.notify.outbox import Outbox
from .consume.notify.role import Notifier
from .consume.notify.signal import Signal
from .consume.notify.tend import watch_due
from .consume.web.hub import Hub
from .consume.web.listen import listen
from .consume.web.news import News
from .consume.web.server import Parts, Shown
from .consume.web.view import View
from .consume.windows.consumer import WindowConsumer, watch_streams
from .detect.rules import CaseRules
from .forget import forget_opted_out
from .late import LateScores
from .model import Arrival, Post
from .opened import Opened, telemetry_of
from .pipeline import Pipeline
from .readers import readers_of
from .score.scorers import check, is_late
from .score.workers import Worker
from .settings import Settings

DRAIN = 2.5


class Service:
    """Everything that one process runs. A mistake in the settings shows at once, as UserError."""

    def __init__(
        self,
        settings: Settings,
        seen: Callable[[Arrival], None] | None = None,
        received: Callable[[], Sequence[dict[str, Any]]] | None = None,
    ) -> None:
        self.settings = settings
        self.watchlist = watchlist.load(settings.watchlist)
        self.sources = collect.build(settings.sources) if "collect" in settings.roles else {}
        for source in self.sources.values():
            source.watch(self.watchlist)
        if "notify" in settings.roles:
            apprise.check(settings.alerts.endpoints)
        if is_late(settings.sentiment.scorer):
            check(settings.sentiment.scorer, settings.sentiment.model)
        people = [person.id for person in self.watchlist.people]
        self.telemetry = telemetry_of(settings, people, list(self.sources))
        self.readers = readers_of(settings, self.watchlist, live=True)
        self.inbox, self.wake, self.news = Inbox(), Signal(), asyncio.Event()
        self.opened = Opened(settings)
        self.port = 0
        self._seen, self._received = seen, received
        self._tasks: dict[str, asyncio.Task[Any]] = {}

    async def run(self, stop: asyncio.Event, ready: asyncio.Event | None = None) -> None:
        """Open, run until `stop` is set, and stop from front to back."""
        async with AsyncExitStack() as stack:
            await self.opened.open(stack)
            self._build(stack)
            self.port = await listen(stack, self.settings.http, self._parts())
            async with asyncio.TaskGroup() as group:
                self._start(group)
                # What a start has read stays: no later collection needs to walk through it.
                gc.collect()
                gc.freeze()
                if ready:
                    ready.set()
                await stop.wait()
                await self._stop()

    def _build(self, stack: AsyncExitStack) -> None:
        opened, settings, telemetry = self.opened, self.settings, self.telemetry
        store, keys = opened.store, opened.keys
        whose = {"id": self.watchlist.organisation.id, "name": self.watchlist.organisation.name}
        self.outbox = Outbox(store, keys, organisation=whose)
        self.book = CaseBook(store, keys, CaseRules(self.watchlist, settings.alerts))
        reader = opened.reader(stack)
        self.windows = WindowConsumer(self.watchlist, settings.windows, reader, keys.tags())
        mood, reader = self.windows.mood, opened.reader(stack)
        names = list(settings.sources)
        self.cases = Cases(self.book, reader, store, keys, telemetry, self.wake.set, mood, names)
        one = partial(
            Supervisor, streams=opened.stream, inbox=self.inbox, telemetry=telemetry, news=self.news
        )
        self.supervisors = [
            one(name, source, http=opened.http, owner=opened.instance, seen=self._seen)
            for name, source in self.sources.items()
        ]
        self.shown = self._show(stack) if "web" in settings.roles else None

    def _show(self, stack: AsyncExitStack) -> Shown:
        kept = (lambda: self.cases.ready) if "cases" in self.settings.roles else None
        parts = (self.watchlist, self.windows, self.book, self.outbox, self.opened.stream)
        view = View(self.settings, *parts, kept=kept, received=self._received)
        hub = Hub(self.opened.reader(stack))
        return Shown(view, hub, News(view, hub))

    def _start(self, group: asyncio.TaskGroup) -> None:
        def start(name: str, work: Coroutine[Any, Any, Any]) -> None:
            self._tasks[name] = group.create_task(work, name=name)

        opened, roles, telemetry = self.opened, self.settings.roles, self.telemetry
        spared = asyncio.Event()  # Of whoever opted out nothing is left to be told.
        if opened.embedded:
            start("embedded", opened.embedded.watch())
        start("loop", telemetry.watch_loop())
        stands: dict[str, Callable[[], dict[str, str]]] = {
            "cases": lambda: self.cases.at,
            "windows": lambda: self.windows.at,
        }
        start("streams", watch_streams(opened.stream, opened.keys.tags(), telemetry, stands))
        if "collect" in roles:
            for supervisor in self.supervisors:
                start(f"collect:{supervisor.name}", supervisor.run())
            start("leases", keep_leases(self.supervisors, opened.stream, telemetry, self.news))
            if late := self._late():
                start("late", late.run())
            pipeline = Pipeline(self.readers, opened.stream, telemetry, self._published, late)
            start("pipeline", pipeline.run(self.inbox))
        if "web" in roles or "cases" in roles:
            telemetry.read_windows_with(self.windows.read)
            start("windows", self.windows.run())
        if self.shown:
            start("page", self.shown.hub.run())
            start("news", self.shown.news.run())
        if "cases" in roles:
            start("cases", self.cases.run())
            start("due", watch_due(self.outbox, telemetry))
            start("retention", keep_cases(opened.store, opened.keys, self.settings.cases.retention))
            book = CaseBook(opened.store, opened.keys, self.book.rules)
            start("optout", forget_opted_out(self.watchlist, opened.stream, book, spared))
        else:
            spared.set()
        if "notify" in roles:
            for name, work in self._notifier().tasks():
                start(name, _after(spared, work))

    def _notifier(self) -> Notifier:
        opened, book = self.opened, self.book
        return Notifier(
            *(self.settings.alerts, self.watchlist, opened.store, opened.keys, self.outbox, opened.http),
            *(self.telemetry, self.wake, opened.instance),
            sights=partial(opened.stream.sights, list(self.settings.sources)),
            changed=Changed(lambda: CaseBook(opened.store, opened.keys, book.rules)),
            mood_of=self.windows.mood if "windows" in self._tasks else None,
        )

    def _late(self) -> LateScores | None:
        """What scores again, later, if the scorer is one that the stream does not wait for."""
        name, model = self.settings.sentiment.scorer, self.settings.sentiment.model
        if not is_late(name):
            return None
        workers = [Worker(name, model) for _ in range(max(1, min(4, (os.cpu_count() or 1) - 1)))]
        return LateScores(workers, self.readers, self.inbox.late, self.telemetry.registry)

    async def _stop(self) -> None:
        """Inflow and onlookers first, then what waits in the inbox, then the rest; the store is closed last."""
        inflow = [name for name in self._tasks if name.startswith("collect:")]
        await self._end([*inflow, "late", "page", "news"])
        self.inbox.close()
        if "pipeline" in self._tasks:
            await asyncio.wait([self._tasks["pipeline"]], timeout=DRAIN)
        await self._end([name for name in self._tasks if name != "embedded"], GRACE + 0.5)
        with suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                await give_up(self.supervisors, self.opened.stream)
        await self._end(["embedded"])

    async def _end(self, names: list[str], within: float = 1.0) -> None:
        tasks = [self._tasks[name] for name in names if name in self._tasks]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=within)

    def _published(self, source: str, post: Post) -> None:
        self.sources[source].published(post)

    def _parts(self) -> Parts:
        push = next((s for s in self.supervisors if isinstance(s.source, Push)), None)
        return Parts(
            telemetry=self.telemetry,
            failing=self.failing,
            submit=partial(submit, push, self.inbox, self.opened.store.alive) if push else None,
            dropped=self.telemetry.source[push.name].dropped if push else {},
            operate=self.cases.operate if "cases" in self.settings.roles else None,
            shown=self.shown,
        )

    async def failing(self) -> list[str]:
        """What keeps this process from being ready; a source that is down is none of it."""
        page = self.shown is not None and self.shown.hub.ready
        waits = {"windows": self.windows.ready, "cases": self.cases.ready, "page": page}
        failing = [name for name, ready in waits.items() if name in self._tasks and not ready]
        return failing if await self.opened.store.alive() else ["store", *failing]

    async def settled(self, source: str) -> bool:
        """Has a source come to its end, and have the cases read all that it said?"""
        if not self._tasks[f"collect:{source}"].done() or len(self.inbox):
            return False
        return all([await self.cases.caught_up(tag) for tag in self.opened.keys.tags()])


async def _after(event: asyncio.Event, work: Coroutine[Any, Any, Any]) -> None:
    try:
        await event.wait()
    except asyncio.CancelledError:
        work.close()
        raise
    await work
