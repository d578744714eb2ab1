"""Batches through the real store: profiles and their changes, accounts that are gone, edits and deletes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from monitor.collect.inbox import Inbox
from monitor.keys import Keys
from monitor.model import Arrival, Post
from monitor.pipeline import Pipeline, Readers
from monitor.store import Store
from monitor.stream import Entry, Hold, Stream
from monitor.telemetry import Telemetry
from tests.conftest import wait_until
from tests.lab import LAB, post

BIO = "at://did:plc:mara/app.bsky.actor.profile/self"


class Line:
    """One source's way into the stream."""

    def __init__(self, stream: Stream, hold: Hold) -> None:
        self.stream, self.hold, self.inbox = stream, hold, Inbox()
        self.telemetry = Telemetry(
            people=["mara-venn", "tomas-reed", "ida-holt"], sources=["s"], windows=["1h"],
            endpoints=[], config_hash="", version="",
        )  # fmt: skip
        self.published: list[str] = []
        self.pipeline = Pipeline(Readers(LAB), stream, self.telemetry, self._note)

    def _note(self, source: str, post: Post) -> None:
        self.published.append(post.id)

    async def take(self, *arrivals: Arrival) -> list[Entry]:
        """Send them as one batch, and give back all that is in the stream then."""
        for arrival in arrivals:
            await self.inbox.put("s", self.hold, arrival)
        await wait_until(lambda: len(self.inbox) == 0, 5, "the batch is stored")
        return await self.stream.read("p0", "0-0")

    def dropped(self, reason: str) -> float:
        return float(self.telemetry.source["s"].dropped[reason]._value.get())


@pytest_asyncio.fixture
async def line(store: Store, prefix: str) -> AsyncIterator[Line]:
    stream = Stream(store, Keys(prefix), retention=86400.0, thread_window=3600.0)
    hold = await stream.claim("s", "me")
    assert isinstance(hold, Hold)
    line = Line(stream, hold)
    running = asyncio.ensure_future(line.pipeline.run(line.inbox))
    yield line
    line.inbox.close()
    await running


def bio(text: str, revision: str, **more: Any) -> Arrival:
    one = post(BIO, text, handle="maravenn", kind="profile", revision=revision)
    return Arrival(one, revision, **more)


def texts(entries: list[Entry]) -> list[tuple[str | None, str, list[str]]]:
    rows = [entry.reaction for entry in entries if entry.reaction]
    return [(row.post.before, row.post.text, [claim.claim for claim in row.claims]) for row in rows]


async def test_a_looked_up_profile_is_a_baseline_and_a_later_one_a_change(line: Line) -> None:
    assert texts(await line.take(bio("Orrin Lab", "3a", polled=True))) == [("Orrin Lab", "Orrin Lab", [])]
    again = await line.take(bio("Orrin Lab", "3b", polled=True))
    assert len(again) == 1, "the same words are no news"
    found = texts(await line.take(bio("ex-Orrin Lab", "3c", polled=True)))
    assert found[1:] == [("Orrin Lab", "ex-Orrin Lab", ["profile_changed"])]


async def test_a_profile_event_gets_the_text_before(line: Line) -> None:
    found = texts(await line.take(bio("Formerly Orrin Lab", "3a")))
    assert found == [(None, "Formerly Orrin Lab", ["profile_changed"])], "the first one has none"
    # The same words once more, as when a post is pinned; then twice another text in one batch.
    found = texts(
        await line.take(bio("Formerly Orrin Lab", "3b"), bio("Orrin Lab", "3c"), bio("ex Orrin", "3d"))
    )
    assert found[1:] == [
        ("Formerly Orrin Lab", "Orrin Lab", []),
        ("Orrin Lab", "ex Orrin", ["profile_changed"]),
    ]


async def test_an_account_that_is_gone_takes_its_posts_along(line: Line) -> None:
    author = {"id": "did:plc:a", "handle": "a"}
    mine = [post(f"at://did:plc:a/p/{n}", f"Mara Venn again, {n}", author=author) for n in range(3)]
    other = post("at://did:plc:b/p/1", "Mara Venn too", author={"id": "did:plc:b"})
    assert len(await line.take(*(Arrival(one, one.id) for one in (*mine, other)))) == 4
    assert line.published == [one.id for one in (*mine, other)]
    left = await line.take(
        Arrival(None, "x", account=("x", "did:plc:a")), Arrival(None, "y", account=("x", "?"))
    )
    live = [e.reaction.post.id for e in left if e.reaction and not e.reaction.post.deleted]
    assert live == [other.id]
    assert all(e.reaction.post.text == "" for e in left if e.reaction and e.reaction.post.deleted)


async def test_an_unknown_delete_is_counted_and_goes_no_further(line: Line) -> None:
    gone = post("never", "", deleted=True, revision="3a")
    assert await line.take(Arrival(gone, "1")) == []
    assert line.dropped("unknown_delete") == 1
    edited = post("later", "Mara Venn", revision="3a"), post("later", "nobody", revision="3b")
    found = await line.take(*(Arrival(one, one.revision) for one in edited))
    assert [e.reaction.post.text for e in found if e.reaction] == ["Mara Venn", "nobody"]
    await line.take(Arrival(post("later", "", deleted=True, revision="3c"), "3c"))
    assert line.dropped("unknown_delete") == 1


async def test_a_busy_source_fills_its_batches_and_a_quiet_one_waits_for_nothing(line: Line) -> None:
    steps = line.hold.seq
    for number in range(300):
        await line.inbox.put("s", line.hold, Arrival(post(f"n{number}", "nobody"), str(number)))
        if number % 10 == 0:
            await asyncio.sleep(0.001)
    await wait_until(lambda: len(line.inbox) == 0)
    assert line.hold.seq - steps < 30
    await asyncio.sleep(0.05)
    begun = time.monotonic()
    await line.inbox.put("s", line.hold, Arrival(post("quiet", "nobody"), "q"))
    assert line.inbox._last + 0.01 < begun, "the moment is over, so nothing waits"
