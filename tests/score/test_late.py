"""Scores that come late: processes of their own, the update in the stream, what is lost and what is not."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio
from prometheus_client import CollectorRegistry

from monitor.collect.inbox import Inbox
from monitor.consume.windows.state import Windows
from monitor.detect.evidence import item_of
from monitor.detect.rules import CaseRules
from monitor.endpoint import AlertSettings
from monitor.errors import UserError
from monitor.keys import Keys
from monitor.late import LateScores, _as_update
from monitor.model import Arrival, Reaction, Sentiment
from monitor.pipeline import Pipeline
from monitor.readers import Readers, Run
from monitor.revision import supersedes
from monitor.score.scorers import Text, check, is_late, scorer
from monitor.score.workers import Worker
from monitor.store import Store
from monitor.stream import Entry, Hold, Stream
from monitor.telemetry import Telemetry
from tests.conftest import wait_until
from tests.lab import LAB, NOW, post

MARA = "mara-venn"


class Slow:
    """A late scorer: 0.5 for everything; some words make it slow, silent, wrong or dead."""

    late = True
    name = "slow"

    @classmethod
    def check(cls, model: Path | None) -> None:
        if model == Path("/nowhere"):
            raise ValueError("/nowhere: no such model")
        if model == Path("/odd"):
            raise RuntimeError("an odd one")

    def __init__(self, model: Path | None = None) -> None:
        if model:
            raise OSError("no memory")

    def batch(self, texts: Sequence[Text]) -> list[Sentiment]:
        print("a scorer may print")
        for text, _ in texts:
            if "sleep" in text:
                time.sleep(60)
            if "die" in text:
                os.kill(os.getpid(), signal.SIGKILL)
        few = texts[1:] if any("short" in text for text, _ in texts) else texts
        return [
            Sentiment(float("nan"), "neutral", self.name)
            if "nan" in text
            else Sentiment(None, "unscored", self.name)
            if "unread" in text
            else Sentiment(0.5, "positive", self.name, "en")
            for text, _ in few
        ]


SLOW = "tests.score.test_late:Slow"


def test_a_late_scorer_by_its_path() -> None:
    assert is_late(SLOW) and not is_late("blend") and not is_late("tests.score.test_blend:Flat")
    assert scorer(SLOW).score("a lab").compound == 0.5, "where it can be waited for, it is"
    assert scorer(SLOW).score("too short").label == "unscored", "no answer for the one text that was asked"
    for refused in (Path("/nowhere"), Path("/odd"), Path("/x")):
        with pytest.raises(UserError, match=r"^sentiment\.scorer: tests\.score\.test_late:Slow: "):
            scorer(SLOW, refused)
    with pytest.raises(UserError, match="no such model"):
        check(SLOW, Path("/nowhere"))


async def test_a_process_scores_and_is_made_anew_when_it_is_killed() -> None:
    worker = Worker(SLOW, None)
    try:
        found = await worker.score([("one", None), ("two unread", "en")])
        assert found and [one.compound for one in found] == [0.5, None]
        first = worker.pid
        assert first and first != os.getpid()
        os.kill(first, signal.SIGKILL)
        found = await worker.score([("three", None)])
        assert found and found[0].scorer == "slow" and worker.pid != first
        assert await worker.score([("die", None)]) is None
        assert await worker.score([("short", None)]) is None
        assert await worker.score([("nan", None)]) is None
        assert await worker.score([("four", None)]) is not None
        last = worker.pid
    finally:
        await worker.close()
    assert last and not Path(f"/proc/{last}").exists()


async def test_a_scorer_that_cannot_be_made_or_does_not_answer_gives_nothing() -> None:
    broken, silent = Worker(SLOW, Path("/x")), Worker(SLOW, None, answer=1.0)
    try:
        assert await broken.score([("one", None)]) is None
        assert await silent.score([("sleep", None)]) is None
        assert silent.pid is None, "it was ended"
    finally:
        await broken.close()
        await silent.close()


async def test_a_process_does_not_outlive_its_parent() -> None:
    worker = Worker(SLOW, None)
    await worker.score([("one", None)])
    process, pid = worker._process, worker.pid
    assert process and process.stdin and pid
    process.stdin.close()
    await wait_until(lambda: not Path(f"/proc/{pid}").exists(), what="it ends with its input")
    await worker.close()


class Line:
    """One source's way into the stream, with late scores of a worker that the test lets go."""

    def __init__(self, stream: Stream, hold: Hold, room: int = 100) -> None:
        self.stream, self.hold, self.inbox = stream, hold, Inbox()
        telemetry = Telemetry(
            people=[MARA, "tomas-reed", "ida-holt"], sources=["s"], windows=["1h"],
            endpoints=[], config_hash="", version="",
        )  # fmt: skip
        self.readers = Readers(LAB)
        self.go = asyncio.Event()
        self.read: list[str] = []
        self.late = LateScores([self], self.readers, self.inbox.late, CollectorRegistry(), room)
        self.pipeline = Pipeline(self.readers, stream, telemetry, late=self.late)

    async def score(self, texts: Sequence[Text]) -> list[Sentiment] | None:
        await self.go.wait()
        self.read += [text for text, _ in texts]
        return None if any("lost" in text for text, _ in texts) else Slow().batch(texts)

    async def close(self) -> None:
        pass

    async def put(self, *arrivals: Arrival) -> None:
        for arrival in arrivals:
            await self.inbox.put("s", self.hold, arrival)
        await wait_until(lambda: len(self.inbox) == 0, 30, "the batch is stored")

    async def all(self) -> list[Entry]:
        return await self.stream.read("p0", "0-0", count=5000)

    def outcomes(self) -> dict[str, float]:
        return {name: one._value.get() for name, one in self.late.outcomes.items() if one._value.get()}


@pytest_asyncio.fixture
async def line(store: Store, prefix: str) -> AsyncIterator[Line]:
    stream = Stream(store, Keys(prefix), retention=86400.0, thread_window=3600.0)
    hold = await stream.claim("s", "me")
    assert isinstance(hold, Hold)
    line = Line(stream, hold)
    running = [asyncio.ensure_future(line.pipeline.run(line.inbox)), asyncio.ensure_future(line.late.run())]
    yield line
    line.inbox.close()
    await running[0]
    running[1].cancel()
    await asyncio.wait(running)


def arrival(id: str, text: str, revision: str = "", **more: object) -> Arrival:
    return Arrival(post(id, text, revision=revision, **more), f"cursor {id} {revision}")


def scores(entries: list[Entry]) -> list[tuple[str, str]]:
    return [(one.post.id, one.sentiment.scorer) for e in entries if (one := e.reaction)]


async def test_a_late_score_is_a_new_entry_of_the_same_post(line: Line) -> None:
    await line.put(arrival("a", "Mara Venn has left Orrin Lab."), arrival("b", "nobody"))
    assert scores(await line.all()) == [("a", "blend")], "the stream does not wait"
    cursor = line.hold.cursor
    line.go.set()
    await wait_until(lambda: not line.late.pending, 30, "the late score is stored")
    entries = await line.all()
    assert scores(entries) == [("a", "blend"), ("a", "slow")] and line.hold.cursor == cursor
    first, second = (entry.reaction for entry in entries)
    assert first and second and second.sentiment.compound == 0.5
    assert (first.claims, first.matches) == (second.claims, second.matches)
    assert msgspec.structs.replace(second.post, revision="") == first.post
    assert second.post.revision > first.post.revision and supersedes(
        second.post.revision, first.post.revision
    )
    windows = Windows(LAB, [3600])
    for one in (first, second):
        windows.add(one, one.scored_at.timestamp())
    last = windows.read(MARA, 3600, max(second.scored_at, second.post.created_at).timestamp() + 1)
    assert last.count <= 1
    # The post once more, as after a restart of the source: it is known.
    await line.put(arrival("a", "Mara Venn has left Orrin Lab."))
    assert len(await line.all()) == 2 and line.outcomes() == {"stored": 1.0}


async def test_the_windows_take_the_late_score_in_the_first_ones_place() -> None:
    readers, windows = Readers(LAB), Windows(LAB, [3600])
    first = Run(readers).react(post("a", "Mara Venn of Orrin Lab, hm, the cheese", minute=-1), "s", NOW)
    found = {text: Sentiment(-0.9, "negative", "slow") for text in readers.asks(first)}
    late = readers.rescored(first, found, NOW)
    assert late and late.sentiment.compound == -0.9
    windows.add(first, NOW.timestamp())
    before = windows.read(MARA, 3600, NOW.timestamp())
    windows.add(late, NOW.timestamp())
    after = windows.read(MARA, 3600, NOW.timestamp())
    assert before.count == after.count == 1 and after.ratios["negative"] == 1 and after.mean != before.mean


async def test_an_edit_or_delete_meanwhile_wins(line: Line) -> None:
    await line.put(arrival("a", "Mara Venn left", "1" * 16), arrival("b", "Mara Venn stays", "3a"))
    await line.put(arrival("a", "Mara Venn is back", "2" * 16))
    await line.put(Arrival(post("b", "", deleted=True, revision="3b"), "d"))
    line.go.set()
    await wait_until(lambda: not line.late.pending, 30)
    entries = [entry.reaction for entry in await line.all() if entry.reaction]
    late = [one.post.text for one in entries if one.sentiment.scorer == "slow"]
    assert late == ["Mara Venn is back"], "a hash has no order: the older revision's score must not come last"
    assert line.outcomes() == {"stored": 1.0, "stale": 2.0}


async def test_too_many_that_wait_are_given_up_oldest_first(line: Line) -> None:
    await line.put(*(arrival(f"n{n}", f"Mara Venn, number {n}") for n in range(150)))
    assert line.late.pending == 100
    line.go.set()
    await wait_until(lambda: not line.late.pending, 30)
    late = [id for id, by in scores(await line.all()) if by == "slow"]
    assert late[-1] == "n149" and line.outcomes() == {"stored": 100.0, "given_up": 50.0}


async def test_what_it_does_not_read_or_answer_keeps_its_first_score(line: Line) -> None:
    await line.put(
        arrival("0", "Mara Venn"), arrival("a", "Mara Venn unread"), arrival("b", "Mara Venn lost")
    )
    await line.put(arrival("c", "Mara Venn, too"))
    line.go.set()
    await wait_until(lambda: not line.late.pending, 30)
    assert scores(await line.all())[4:] == [("0", "slow"), ("c", "slow")], "one lost text loses no other"
    assert line.outcomes() == {"stored": 2.0, "unscored": 1.0, "failed": 1.0}


async def test_a_source_that_is_lost_takes_no_late_scores(line: Line) -> None:
    await line.put(arrival("a", "Mara Venn"))
    line.hold.gone.set()
    line.go.set()
    await wait_until(lambda: not line.late.pending, 30)
    assert line.outcomes() == {"given_up": 1.0} and len(await line.all()) == 1


@pytest.mark.parametrize(
    ("revision", "edit", "delete"), [("", "3a", ""), ("3a", "3b", "3c"), ("9", "10", "11")]
)
def test_the_windows_order_edits_deletes_and_late_scores(revision: str, edit: str, delete: str) -> None:
    readers = Readers(LAB)

    def reaction(text: str, revision: str, **more: object) -> Reaction:
        return Run(readers).react(post("a", text, minute=-1, revision=revision, **more), "s", NOW)

    def late(first: Reaction) -> Reaction:
        return _as_update(msgspec.structs.replace(first, sentiment=Sentiment(0.5, "positive", "slow")))

    first, second = reaction("Mara Venn of Orrin Lab", revision), reaction("Mara Venn is out", edit)
    gone = reaction("", delete, deleted=True)
    windows, counts = Windows(LAB, [3600]), []
    for one in (first, late(first), second, late(first), late(second), gone, late(second)):
        windows.add(one, NOW.timestamp())
        found = windows.read(MARA, 3600, NOW.timestamp())
        counts.append((found.count, found.ratios["positive"] if found.count else None))
    assert [count for count, _ in counts] == [1, 1, 1, 1, 1, 0, 0]
    assert counts[1][1] == 1 and counts[2] == counts[3], "an edit wins over a late score of the older words"
    assert counts[4][1] == 1


async def test_a_post_with_a_late_score_is_deleted_whole(line: Line) -> None:
    line.go.set()
    await line.put(arrival("a", "Mara Venn left"), arrival("b", "Mara Venn stays", "3a"))
    await wait_until(lambda: not line.late.pending, 30)
    assert len(await line.all()) == 4
    await line.put(Arrival(post("a", "", deleted=True), "d"), Arrival(post("b", "", deleted=True), "e"))
    left = [entry.reaction for entry in await line.all() if entry.reaction]
    assert [(one.post.id, one.post.deleted) for one in left] == [("a", True), ("b", True)]


def test_a_late_score_is_the_same_evidence() -> None:
    first = Run(Readers(LAB)).react(post("a", "Mara Venn has left Orrin Lab."), "s", NOW)
    rules = CaseRules(LAB, AlertSettings())
    items = [item_of(one, first.claims[0], LAB) for one in (first, _as_update(first))]
    assert items[0] == items[1]
    assert rules.targets(_as_update(first), {}) == rules.targets(first, {})
