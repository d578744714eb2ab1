"""A feed that grows and changes while its reader is cut off and killed: all of it is stored, and once."""

from __future__ import annotations

import asyncio
import collections
import json
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from monitor.collect.base import Inbox, Supervisor
from monitor.collect.feed import Feed
from monitor.http import Http
from monitor.instance import instance_of
from monitor.keys import Keys
from monitor.model import Reaction
from monitor.pipeline import Pipeline
from monitor.readers import Readers
from monitor.store import Store
from monitor.stream import Stream
from monitor.telemetry import Telemetry
from tests.collect.feed_server import Answer, FeedServer, broken, cached, item, rss, status
from tests.conftest import wait_until
from tests.lab import LAB
from tests.running import Running
from tests.test_kill import write_watchlist

CUTS = 50
KILLS = 3


class Growing:
    """A feed to which items come, and of which items change; `versions` is how it stands."""

    def __init__(self, choose: random.Random) -> None:
        self.choose = choose
        self.versions: dict[str, int] = {}

    def step(self) -> None:
        """Up to three new items, and now and then an edit."""
        for _ in range(self.choose.randrange(4)):
            self.versions[str(len(self.versions))] = 1
        if self.versions and self.choose.random() < 0.5:
            self.versions[self.choose.choice(list(self.versions))] += 1

    def titles(self) -> dict[str, str]:
        return {id: f"Mara Venn on kernel {id}, version {v}" for id, v in self.versions.items()}

    def as_json(self) -> str:
        rows = [{"id": id, "title": title} for id, title in reversed(self.titles().items())]
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": rows})

    def as_rss(self) -> str:
        return rss(*(item(id, title) for id, title in reversed(self.titles().items())))

    def answer(self, body: str) -> Answer:
        """The body, in one of ten cases behind a fault."""
        full = cached(body, f'"{sum(self.versions.values())}"')
        return full if self.choose.random() > 0.1 else self.choose.choice([broken, status(503), full])


@asynccontextmanager
async def reading(streams: Stream, feed: Feed, http: Http, owner: str = "me") -> AsyncIterator[Telemetry]:
    """A reader as the service has it, from the stored cursor on; cut off in the midst with the block."""
    telemetry = Telemetry(
        people=[person.id for person in LAB.people], sources=["news"], windows=["5m"], endpoints=[],
        config_hash="h", version="v",
    )  # fmt: skip
    inbox = Inbox()
    supervisor = Supervisor("news", feed, streams, inbox, telemetry, http, owner)
    pipeline = Pipeline(Readers(LAB), streams, telemetry)
    tasks = [asyncio.ensure_future(supervisor.run()), asyncio.ensure_future(pipeline.run(inbox))]
    try:
        yield telemetry
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        assert all(task.cancelled() for task in tasks), tasks


async def stored(streams: Stream) -> list[Reaction]:
    found: list[Reaction] = []
    at = "0-0"
    while entries := await streams.read("p0", at, count=500):
        at = entries[-1].id
        found += [entry.reaction for entry in entries if entry.reaction]
    return found


async def is_all_there(streams: Stream, growing: Growing) -> bool:
    texts = {reaction.post.text for reaction in await stored(streams)}
    return texts >= set(growing.titles().values())


def check(found: list[Reaction], titles: dict[str, str], host: str = "127.0.0.1") -> None:
    """Each item stands as the feed has it, no revision of it is there twice, and none goes backwards."""
    texts = collections.defaultdict(list)
    for reaction in found:
        texts[reaction.post.id.removeprefix(f"{host}#")].append(reaction.post.text)
    assert {id: seen[-1] for id, seen in texts.items()} == titles
    assert all(len(seen) == len(set(seen)) for seen in texts.values())
    assert all(seen == sorted(seen, key=lambda text: int(text.split()[-1])) for seen in texts.values())
    revisions = collections.Counter((r.post.id, r.post.revision) for r in found)
    assert max(revisions.values()) == 1


async def test_fifty_cuts_lose_nothing_and_double_nothing(store: Store, prefix: str) -> None:
    choose = random.Random(20260504)
    growing = Growing(choose)
    streams = Stream(store, Keys(prefix), retention=3600, thread_window=3600)
    async with FeedServer() as server, Http() as http:
        feed = Feed(url=server.url(), every=0.05)
        begun = cut = 0
        while cut < CUTS:
            begun, asked = begun + 1, server.times()
            assert begun < 20 * CUTS, "the cuts are to fall into the reading"
            growing.step()
            server.say(growing.answer(growing.as_json()), cached(growing.as_json(), '"last"'))
            async with reading(streams, feed, http):
                await asyncio.sleep(choose.uniform(0, 0.08))
            cut += server.times() > asked
        server.say(cached(growing.as_json(), '"end"'))
        async with reading(streams, feed, http) as telemetry:
            await wait_until(partial(is_all_there, streams, growing), what="all is stored")
            asked = server.times()
            await wait_until(lambda: server.times() >= asked + 3, what="it is polled on")
            assert telemetry.source["news"].up._value.get() == 1
    assert len(growing.versions) > 50 and server.times() > CUTS
    check(await stored(streams), growing.titles())


async def test_kill_9_of_a_real_service(store: Store, store_url: str, prefix: str, tmp_path: Path) -> None:
    choose = random.Random(7)
    growing = Growing(choose)
    streams = Stream(store, Keys(prefix), retention=3600, thread_window=3600)
    async with FeedServer() as server, Http() as http:
        running = Running(
            tmp_path,
            watchlist=write_watchlist(tmp_path / "lab.yaml"),
            store={"url": store_url, "prefix": prefix},
            roles=["collect"],
            sources={"news": {"kind": "feed", "url": server.url(), "every": "50ms"}},
        )
        for life in range(KILLS):
            asked = server.times()
            running.start(ready=False)
            try:
                await wait_until(lambda asked=asked: server.times() > asked, what="it polls")
                for _ in range(choose.randrange(1, 4)):
                    growing.step()
                    server.say(cached(growing.as_rss(), f'"{choose.random()}"'))
                    await asyncio.sleep(choose.uniform(0.02, 0.4))
                if life == KILLS - 1:
                    await wait_until(
                        partial(stored, streams), what="something is stored before the last kill"
                    )
            finally:
                running.kill()
        growing.step()
        server.say(cached(growing.as_rss(), '"end"'))
        async with AsyncExitStack() as stack:
            owner = instance_of(running.data, stack)
            feed = Feed(url=server.url(), every=0.05)
            await stack.enter_async_context(reading(streams, feed, http, owner))
            await wait_until(partial(is_all_there, streams, growing), what="all is stored")
            asked = server.times()
            await wait_until(lambda: server.times() >= asked + 3, what="it is polled on")
    check(await stored(streams), growing.titles())


async def test_a_feed_that_fails_is_blind_and_one_that_is_quiet_is_not(store: Store, prefix: str) -> None:
    streams = Stream(store, Keys(prefix), retention=3600, thread_window=3600)
    async with FeedServer() as server, Http() as http:
        server.say(status(404), cached("{}", '"x"'), cached(Growing(random.Random()).as_json(), '"e"'))
        async with reading(streams, Feed(url=server.url(), every=0.05), http) as telemetry:
            metrics = telemetry.source["news"]
            await wait_until(lambda: metrics.up._value.get() == 1, 30, "it is in sight")
            await wait_until(lambda: server.times() >= 6, 30, "it is quiet")
            assert metrics.up._value.get() == 1
            errors = {reason: int(counter._value.get()) for reason, counter in metrics.errors.items()}
            assert {reason: n for reason, n in errors.items() if n} == {"http_4xx": 1, "protocol": 1}


async def test_a_feed_that_is_over_says_so_once_and_is_left_alone(
    store: Store, prefix: str, caplog: pytest.LogCaptureFixture
) -> None:
    streams = Stream(store, Keys(prefix), retention=3600, thread_window=3600)
    async with FeedServer() as server, Http() as http:
        server.say(status(410))
        async with reading(streams, Feed(url=server.url(), every=0.05), http) as telemetry:
            await wait_until(lambda: "the feed is over" in caplog.text, what="it is said")
            await asyncio.sleep(0.3)
            assert telemetry.source["news"].up._value.get() == 0
    assert server.times() == 1
    assert [record.getMessage() for record in caplog.records if "over" in record.getMessage()] == [
        "news: http_4xx (the feed is over (410); it is asked for again in a day)"
    ]
