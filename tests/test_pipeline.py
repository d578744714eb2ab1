"""Batches through the real store: profiles and their changes, accounts that are gone, edits and deletes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from monitor.collect import inbox as inbox_module
from monitor.collect.inbox import Inbox
from monitor.keys import Keys
from monitor.model import Arrival, Claim, Post
from monitor.pipeline import Pipeline
from monitor.readers import Readers
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
        await wait_until(lambda: len(self.inbox) == 0, 30, "the batch is stored")
        return await self.stream.read("p0", "0-0", count=5000)

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


async def test_a_busy_source_fills_its_batches_and_a_quiet_one_waits_for_nothing(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_module, "MOMENT", 0.2)  # the ten that follow come in it on a busy machine, too
    steps = line.hold.seq
    for number in range(300):
        await line.inbox.put("s", line.hold, Arrival(post(f"n{number}", "nobody"), str(number)))
        if number % 10 == 0:
            await asyncio.sleep(0.001)
    await wait_until(lambda: len(line.inbox) == 0)
    assert line.hold.seq - steps < 30
    monkeypatch.undo()
    await asyncio.sleep(0.05)
    begun = time.monotonic()
    await line.inbox.put("s", line.hold, Arrival(post("quiet", "nobody"), "q"))
    assert line.inbox._last + 0.01 < begun, "the moment is over, so nothing waits"


@pytest.mark.parametrize("text", ["Orrin Lab alum", "Orrin Lab 2022-2026. Tea", "I have not left Orrin Lab"])
async def test_what_a_bio_says_already_is_no_news(line: Line, text: str) -> None:
    """However it is put: a false report about somebody at the first look-up would be the worst of all."""
    found = texts(await line.take(bio(text, "3a", polled=True)))
    assert found == [(text, text, [])]
    found = texts(await line.take(bio(text + ". Climbing", "3b"), bio("Orrin Lab", "3c"), bio(text, "3d")))
    assert [claims for _, _, claims in found[:3]] == [[], [], []]
    assert len(found[3][2]) == 1, "it is news after the bio did not say it"


async def test_a_profile_that_comes_back_after_its_account_was_gone_is_a_baseline(line: Line) -> None:
    who = {"id": "did:plc:mara", "handle": "maravenn"}

    def own(text: str, revision: str) -> Arrival:
        one = post(BIO, text, author=who, kind="profile", revision=revision)
        return Arrival(one, revision, polled=True)

    await line.take(own("Orrin Lab", "3a"))
    gone = Arrival(None, "x", account=("x", "did:plc:mara"))
    assert texts(await line.take(gone)) == [(None, "", [])]
    found = texts(await line.take(own("ex Orrin Lab", "3b"), own("Orrin Lab", "3c"), own("ex Orrin", "3d")))
    assert [claims for _, _, claims in found[1:]] == [[], [], ["profile_changed"]]
    assert [text for _, text, _ in texts(await line.take(gone, own("Orrin Lab", "3a")))] == ["", ""]


async def test_of_a_post_that_changes_without_an_end_the_newest_revisions_are_kept(line: Line) -> None:
    edits = [Arrival(post("e", f"Mara Venn, {n}", revision=str(n + 1)), str(n)) for n in range(500)]
    entries = await line.take(*edits)
    assert len(entries) < 100
    assert entries[-1].reaction and entries[-1].reaction.post.text == "Mara Venn, 499"
    left = await line.take(Arrival(post("e", "", deleted=True, revision="501"), "x"))
    assert [text for _, text, _ in texts(left)] == [""], "a delete finds them all"


async def test_an_account_that_is_gone_is_a_batch_of_its_own() -> None:
    """Each may stand for thousands of deletes, and a step holds up the store."""
    inbox, hold = Inbox(), Hold("s", 1, 0, None)
    for number in range(3):
        await inbox.put("s", hold, Arrival(post(str(number)), str(number)))
        await inbox.put("s", hold, Arrival(None, str(number), account=("x", "a")))
    batches = [await inbox.get() for _ in range(6)]
    assert [len(batch.arrivals) for batch in batches if batch] == [1] * 6


async def test_an_account_takes_along_what_it_has_just_said(line: Line) -> None:
    one = post("a", "Mara Venn is gone", author={"id": "7"})
    left = await line.take(Arrival(one, "1"), Arrival(None, "2", account=("x", "7")))
    assert [text for _, text, _ in texts(left)] == [""]


@pytest.mark.parametrize("name", ["Nobody Atall", "atall  NOBODY"])
def test_who_opted_out_is_named_neither_as_a_successor_nor_as_a_destination(name: str) -> None:
    one = post("a", "Mara Venn has left Orrin Lab.")
    more = {"destination": name, "replacement": name}
    claims = [Claim("mara-venn", "reported", 0, 9, "test", **more)]
    other = Claim("tomas-reed", "reported", 0, 9, "test", destination="Brightwater", replacement="Ida Holt")
    found = Readers(LAB).reading(one, [], [*claims, other], {}).claims
    assert [(claim.destination, claim.replacement) for claim in found] == [
        (None, None),
        ("Brightwater", "Ida Holt"),
    ]
