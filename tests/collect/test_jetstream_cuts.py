"""Fifty cuts: with the real store and pipeline, nothing that matches is missing, nothing is twice, deletes hold."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.collect import base
from monitor.collect.base import Supervisor
from monitor.collect.inbox import Inbox
from monitor.collect.jetstream import Jetstream
from monitor.embedded import socket_of
from monitor.http import Http
from monitor.keys import Keys
from monitor.pipeline import Pipeline
from monitor.readers import Readers
from monitor.store import Store
from monitor.stream import Stream
from monitor.telemetry import Telemetry
from tests.collect import jetstream_server
from tests.collect.jetstream_server import DIDS, LIKE, Act, Log, Server
from tests.conftest import opened, wait_until
from tests.lab import LAB
from tests.running import Running
from tests.test_kill import write_watchlist

SECOND = 1_000_000


class Told:
    """Invented events as they happen, and what has to be in the stream because of them."""

    def __init__(self, seed: int, start: int, step: int) -> None:
        self.log, self.choose, self.step = Log(start), random.Random(seed), step
        self.first = start
        self.alive: dict[str, str] = {}
        self.deleted: set[str] = set()
        self._numbers = itertools.count()

    def more(self, count: int) -> None:
        """So many events: posts about somebody and nobody, answers, deletes, likes, identities, steps back."""
        for _ in range(count):
            self._one(self.choose.random(), self.choose.choice(DIDS))
            if self.choose.random() < 0.05:
                self.log.now -= min(33_000, self.step)

    def _one(self, dice: float, did: str) -> None:
        log, number, step = self.log, next(self._numbers), self.step
        if dice < 0.35:
            text = f"Mara Venn and the {self.choose.choice(['talk', 'paper', 'demo'])} {number}"
            event = log.post(text, did=did, rkey=f"3p{number:011d}", step=step)
            self.alive[f"at://{did}/app.bsky.feed.post/3p{number:011d}"] = text
            assert event.time_us <= log.now
        elif dice < 0.65:
            log.post(f"nice weather {number}", did=did, step=step)
        elif dice < 0.72 and self.alive:
            gone = self.choose.choice(list(self.alive))
            self.deleted.add(gone)
            del self.alive[gone]
            log.delete(gone.rpartition("/")[2], did=gone.split("/")[2], step=step)
        elif dice < 0.76 and self.alive:
            again = self.choose.choice(list(self.alive))
            self.alive[again] = f"Mara Venn, edited {number}"
            log.post(
                self.alive[again], did=again.split("/")[2], rkey=again.rpartition("/")[2], step=step, operation="update"
            )  # fmt: skip
        elif dice < 0.85:
            log.commit(did, LIKE, {"subject": {"uri": "at://x"}}, step=step)
        elif dice < 0.93:
            log.identity(did)
        elif dice < 0.97:
            log.profile(did, f"a bio {number}")
        else:
            log.account(did, "deactivated")

    async def missing(self, stream: Stream) -> set[str]:
        """What should be in the stream and is not, as it should be."""
        found = await entries(stream)
        alive = {id for id, text in self.alive.items() if text not in {text for text, _ in found.get(id, [])}}
        gone = {id for id in self.deleted if id in found and found[id] != [("", True)]}
        return alive | gone | (self.deleted - set(found))

    async def check(self, stream: Stream) -> None:
        """Nothing twice, no words of what was deleted, nothing that was not said."""
        found = await entries(stream)
        assert set(found) == set(self.alive) | self.deleted
        twice = {id: rows for id, rows in found.items() if max(Counter(rows).values()) > 1}
        assert not twice
        assert all(found[id] == [("", True)] for id in self.deleted)
        assert all(found[id][-1] == (text, False) for id, text in self.alive.items())


async def entries(stream: Stream) -> dict[str, list[tuple[str, bool]]]:
    """Post id to the texts of its entries, in order, and whether they are deletes."""
    found: dict[str, list[tuple[str, bool]]] = {}
    at = "0-0"
    while rows := await stream.read("p0", at, count=1000):
        at = rows[-1].id
        for row in rows:
            assert row.reaction is not None
            post = row.reaction.post
            found.setdefault(post.id, []).append((post.text, post.deleted))
    return found


class Reader:
    """The reading half of the service in this process: to be stopped at any moment and begun again."""

    def __init__(self, stream: Stream, source: Jetstream) -> None:
        self.stream, self.source = stream, source
        people = [person.id for person in LAB.people]
        self.telemetry = Telemetry(
            people=people, sources=["s"], windows=["1h"], endpoints=[], config_hash="", version=""
        )

    @contextlib.asynccontextmanager
    async def run(self) -> AsyncIterator[None]:
        inbox = Inbox()
        async with Http() as http:
            supervisor = Supervisor("s", self.source, self.stream, inbox, self.telemetry, http, "me")
            pipeline = Pipeline(Readers(LAB), self.stream, self.telemetry)
            tasks = [asyncio.ensure_future(work) for work in (supervisor.run(), pipeline.run(inbox))]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.wait(tasks)
            for task in tasks:
                with contextlib.suppress(asyncio.CancelledError):
                    task.result()


def acts(choose: random.Random, count: int) -> list[Act]:
    """What the next connections come to: most are lost in the middle."""
    kinds = [lambda n: Act(drop_after=n)] * 6
    kinds += [
        lambda n: Act(close_after=(n, 1001)),
        lambda n: Act(close_after=(n, 1008)),
        lambda n: Act(status=503),
    ]
    kinds += [
        lambda n: Act(twice=True, drop_after=n),
        lambda n: Act(pace=0.0005, drop_after=n),
        lambda n: Act(status=400),
    ]
    return [choose.choice(kinds)(choose.randint(120, 330)) for _ in range(count)]


@pytest.mark.parametrize("seed", range(2, 12) if os.environ.get("CHAOS") == "1" else [2])
async def test_fifty_cuts_of_connection_and_reader(
    store: Store, prefix: str, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(base, "backoff", lambda: itertools.repeat(0.01))
    stream = Stream(store, Keys(prefix), retention=86400.0, thread_window=3600.0)
    told = Told(seed, time.time_ns() // 1000 - 600 * SECOND, step=50_000)
    choose = random.Random(seed)
    async with (
        jetstream_server.jetstream(Server(told.log)) as one,
        jetstream_server.jetstream(Server(told.log)) as two,
    ):
        one.acts, two.acts = acts(choose, 25), acts(choose, 25)
        source = Jetstream(urls=[one.url, two.url], appview=None, quiet=None, cursor=str(told.first))
        reader = Reader(stream, source)
        for _ in range(10):
            async with reader.run():
                for _ in range(10):
                    told.more(50)
                    await asyncio.sleep(choose.uniform(0.001, 0.05))
        async with reader.run():

            def have_behaved_badly() -> bool:
                for server in (one, two):
                    if not server.acts:
                        server.cut()  # it is the other one's turn
                return not (one.acts or two.acts)

            await wait_until(have_behaved_badly, what="the servers have behaved badly enough")

            async def all_there() -> bool:
                return not await told.missing(stream)

            await wait_until(all_there, what="all is there")
        await told.check(stream)
    cuts = len(one.asked) + len(two.asked) - 1
    assert len(told.log.events) == 5000 and cuts >= 45, cuts
    assert len(told.alive) > 800 and len(told.deleted) > 100


@pytest.mark.timeout(600)
async def test_kills_of_the_process(tmp_path: Path) -> None:
    told = Told(3, time.time_ns() // 1000 - 60 * SECOND, step=5_000)
    choose = random.Random(3)
    async with jetstream_server.jetstream(Server(told.log)) as server:
        server.otherwise = Act(pace=0.0002)
        bluesky = {
            "kind": "jetstream",
            "urls": [server.url],
            "appview": None,
            "quiet": None,
            "cursor": str(told.first),
        }
        lab = write_watchlist(tmp_path / "lab.yaml")
        running = Running(tmp_path, watchlist=lab, sources={"bluesky": bluesky}, roles=["collect"])
        saying = asyncio.create_task(say(told))
        try:
            for number in range(5):
                await asyncio.to_thread(running.start, ready=False)
                await wait_until(lambda: len(server.asked) > number, what="it reads")  # noqa: B023
                sent = server.sent
                await wait_until(lambda: server.sent > sent + choose.randint(50, 500), what="in the middle")  # noqa: B023
                await asyncio.to_thread(running.kill)
            await asyncio.to_thread(running.start, ready=False)
            await saying
            await wait_until(lambda: len(server.asked) >= 6, what="it reads again")
            async with opened(f"unix://{socket_of(running.data)}") as store:
                stream = Stream(store, Keys("monitor"), retention=3600, thread_window=3600)

                async def all_there() -> bool:
                    return not await told.missing(stream)

                await wait_until(all_there, what="all is there")
                await told.check(stream)
        finally:
            saying.cancel()
            assert await asyncio.to_thread(running.stop) == 0
    assert len(server.asked) >= 6 and {row["cursor"] for row in server.asked[1:]} != {
        server.asked[0]["cursor"]
    }
    assert len(told.log.events) == 2000


async def say(told: Told) -> None:
    """Two thousand events, a few at a time, while the process comes and goes."""
    for _ in range(200):
        told.more(10)
        await asyncio.sleep(0.04)
