"""Replay and the supervisor: resuming, pacing, backing off, and what a fault of one source may do."""

from __future__ import annotations

import asyncio
import itertools
import os
import time
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from monitor.collect import base
from monitor.collect import inbox as inbox_module
from monitor.collect.base import Source, Supervisor
from monitor.collect.inbox import ROOM, Batch, Inbox
from monitor.collect.push import Push
from monitor.collect.replay import Replay
from monitor.errors import Fenced, StoreDown, TryLater, UserError
from monitor.model import MAX_POST_BYTES, Arrival, encode
from monitor.stream import Hold
from monitor.telemetry import Telemetry
from tests.conftest import wait_until
from tests.lab import post


async def arrivals(source: Source, cursor: str | None = None) -> list[Arrival]:
    return [arrival async for arrival in source.posts(None, cursor)]


def write(path: Path, *lines: bytes) -> Path:
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


async def test_replay_yields_every_line_and_resumes_after_the_cursor(tmp_path: Path) -> None:
    good = [encode(post(str(n))) for n in range(3)]
    huge = b'{"text": "' + b"x" * (MAX_POST_BYTES + 5) + b'"}'
    path = write(
        tmp_path / "p.jsonl", good[0], b"rubbish", b"", huge, good[1], b'{"id":7}', good[2][:-9], good[2]
    )
    found = await arrivals(Replay(path=path))
    assert [(a.post.id if a.post else a.dropped, a.cursor) for a in found] == [
        ("0", "1"), ("bad_json", "2"), ("too_large", "4"), ("1", "5"),
        ("bad_field", "6"), ("bad_json", "7"), ("2", "8"),
    ]  # fmt: skip
    rest = await arrivals(Replay(path=path), "5")
    assert [a.cursor for a in rest] == ["6", "7", "8"]
    assert await arrivals(Replay(path=path), "8") == []


async def test_replay_keeps_time_and_can_make_the_first_post_now(tmp_path: Path) -> None:
    path = write(tmp_path / "p.jsonl", *(encode(post(str(n), minute=n)) for n in range(3)))
    begun, before = time.monotonic(), datetime.now(UTC)
    found = await arrivals(Replay(path=path, speed=600, rebase=True))
    assert time.monotonic() - begun > 0.15
    first, _, last = [a.post.created_at for a in found if a.post]
    assert before <= first <= datetime.now(UTC)
    assert (last - first).total_seconds() == 120


async def test_a_missing_file_is_tried_again_later(tmp_path: Path) -> None:
    with pytest.raises(TryLater):
        await arrivals(Replay(path=tmp_path / "none"))


class Streams:
    """A stream that hands out claims; `script` says what each claim does."""

    def __init__(self, *script: Any) -> None:
        self.script = iter(script)
        self.cursor: str | None = None
        self.epochs = itertools.count(1)

    async def claim(self, source: str, owner: str) -> Hold | float:
        step = next(self.script, None)
        if isinstance(step, Exception):
            raise step
        return step if isinstance(step, float) else Hold(source, next(self.epochs), 0, self.cursor)

    async def renew(self, hold: Hold, lease_ms: int = 0, sight: object = None) -> None:
        pass


class Scripted(Source):
    """Each opening does the next thing: posts with cursors, then an error or the end."""

    async def posts(self, http: Any, cursor: str | None) -> AsyncGenerator[Arrival, None]:
        OPENED.append(cursor)
        step = next(STEPS)
        for number in range(3):
            at = str(int(cursor or 0) + number + 1)
            yield Arrival(post(at), at)
        if step is not None:
            raise step


OPENED: list[str | None] = []
STEPS: Any = iter(())


@pytest.fixture
def supervise(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Supervisor]:
    monkeypatch.setattr(base, "backoff", lambda: itertools.repeat(0.01))

    def build(*steps: Exception | None, streams: Streams | None = None) -> Supervisor:
        global STEPS
        STEPS = iter(steps)
        OPENED.clear()
        telemetry = Telemetry(
            people=[], sources=["s"], windows=["5m"], endpoints=[], config_hash="h", version="v"
        )
        return Supervisor("s", Scripted(), streams or Streams(), Inbox(), telemetry, None, "me")

    return build


async def drain(supervisor: Supervisor, streams: Streams | None = None) -> list[str | None]:
    """What came out of the inbox until the source ended; the store's cursor follows."""
    taken: list[str | None] = []
    async with asyncio.TaskGroup() as group:
        running = group.create_task(supervisor.run())
        while not running.done() or len(supervisor.inbox):
            if len(supervisor.inbox):
                batch = await supervisor.inbox.get()
                assert batch
                taken += [arrival.cursor for arrival in batch.arrivals]
                if streams:
                    streams.cursor = taken[-1]
                supervisor.inbox.done(batch)
            await asyncio.sleep(0)
    return taken


async def test_a_source_goes_on_at_its_cursor_after_every_kind_of_fault(
    supervise: Callable[..., Supervisor],
) -> None:
    streams = Streams(StoreDown("unreachable"), 0.01)
    faults = [OSError("gone"), TryLater("rate_limited", 0.01), Fenced("s"), TimeoutError(), None]
    supervisor = supervise(*faults, streams=streams)
    taken = await drain(supervisor, streams)
    assert taken == [str(n) for n in range(1, 16)]
    assert OPENED == [None, "3", "6", "9", "12"]
    errors = supervisor.telemetry.source["s"].errors
    counted = {reason: errors[reason]._value.get() for reason in ("unreachable", "rate_limited", "store")}
    assert counted == {"unreachable": 2, "rate_limited": 1, "store": 1}


async def test_a_bug_in_a_source_is_not_hidden(supervise: Callable[..., Supervisor]) -> None:
    with pytest.raises(ExceptionGroup) as group:
        await drain(supervise(KeyError("bug")))
    assert group.group_contains(KeyError)


async def test_retry_after_is_honoured(supervise: Callable[..., Supervisor]) -> None:
    begun = time.monotonic()
    await drain(supervise(TryLater("rate_limited", 0.3), None))
    assert time.monotonic() - begun >= 0.3


async def test_a_full_inbox_makes_its_source_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "ROOM", 5)
    inbox, hold = Inbox(), Hold("s", 1, 0, None)
    async with asyncio.TaskGroup() as group:

        async def fill() -> None:
            for number in range(8):
                await inbox.put("s", hold, Arrival(None, str(number)))

        filling = group.create_task(fill())
        await wait_until(lambda: len(inbox) == 5, what="five wait")
        await asyncio.sleep(0.02)
        assert not filling.done() and len(inbox) == 5
        batch = await inbox.get()
        assert batch and len(batch.arrivals) == 5
        inbox.done(batch)
        await wait_until(filling.done, what="the rest goes in")
    inbox.close()
    rest = await inbox.get()
    assert isinstance(rest, Batch) and [a.cursor for a in rest.arrivals] == ["5", "6", "7"]
    assert await inbox.get() is None


async def test_a_lost_claim_stops_the_reader() -> None:
    inbox, hold = Inbox(), Hold("s", 1, 0, None)
    hold.gone.set()
    with pytest.raises(Fenced):
        await inbox.put("s", hold, Arrival(None, "1"))


async def test_push_is_told_when_too_much_waits() -> None:
    inbox, hold = Inbox(), Hold("s", 1, 0, None)
    inbox.submit("s", hold, [Arrival(None, None)] * 4 * ROOM)
    with pytest.raises(TryLater):
        inbox.submit("s", hold, [Arrival(None, None)])


async def test_leases_are_kept_until_they_are_lost(supervise: Callable[..., Supervisor]) -> None:
    supervisor = supervise(None)
    supervisor.hold = Hold("s", 1, 0, None)
    renewed: list[Hold] = []

    class Keeping(Streams):
        async def renew(self, hold: Hold, lease_ms: int = 0, sight: object = None) -> None:
            renewed.append(hold)
            if len(renewed) == 3:
                hold.gone.set()

    leases = base.keep_leases([supervisor], Keeping(), supervisor.telemetry, supervisor.news, every=0.01)
    keeping = asyncio.create_task(leases)
    await wait_until(lambda: len(renewed) == 3, what="it is renewed")
    await asyncio.sleep(0.1)
    keeping.cancel()
    await asyncio.wait([keeping])
    assert len(renewed) == 3 and keeping.cancelled()


async def test_who_stands_by_says_so_once(
    supervise: Callable[..., Supervisor], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    streams = Streams(*[-0.1] * 5)
    await drain(supervise(None, streams=streams), streams)
    assert [r.getMessage() for r in caplog.records].count("s is read by another process") == 1


def test_the_backoff_doubles_up_to_its_bound() -> None:
    delays = list(itertools.islice(base.backoff(), 12))
    assert all(0.25 <= delay <= 60 for delay in delays)
    assert delays[0] <= 0.5 and delays[-1] >= 30


async def test_a_quiet_source_is_claimed_again_when_it_is_lost(supervise: Callable[..., Supervisor]) -> None:
    """A source that says nothing, as push does, must notice that another process took it."""
    streams = Streams()
    supervisor = supervise(None, streams=streams)
    supervisor.source = Push()
    async with asyncio.TaskGroup() as group:
        running = group.create_task(supervisor.run())
        first = await wait_until(lambda: supervisor.hold, what="it is claimed")
        begun = time.monotonic()
        first.gone.set()
        await wait_until(lambda: supervisor.hold is not first, what="it is claimed again")
        await wait_until(lambda: supervisor.blind_since is None, what="it is in sight, quiet as it is")
        running.cancel()
    metrics = supervisor.telemetry.source["s"]
    assert metrics.up._value.get() == 1 and metrics.blind._value.get() <= time.monotonic() - begun
    assert supervisor.hold and supervisor.hold.epoch == 2


async def test_a_replay_refuses_what_is_no_file_and_no_line(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UserError, match="no regular file"):
        await arrivals(Replay(path=tmp_path / "pipe"))
    with pytest.raises(ValueError, match="number of a line"):
        Replay(path=tmp_path, cursor="²")


async def test_a_time_that_cannot_be_moved_is_dropped(tmp_path: Path) -> None:
    times = ("2026-05-01T00:00:00Z", "9999-12-31T00:00:00Z", "2026-05-01T00:00:01Z")
    rows = [encode(msgspec.structs.replace(post(at), created_at=datetime.fromisoformat(at))) for at in times]
    found = await arrivals(Replay(path=write(tmp_path / "p.jsonl", *rows), rebase=True))
    assert [arrival.dropped for arrival in found] == [None, "bad_field", None]
