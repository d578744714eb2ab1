"""What is seen of a source: gaps noticed, written down, and shown to whoever asks the store."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from datetime import timedelta
from typing import Any

import pytest_asyncio

from monitor import sight
from monitor.collect import base
from monitor.collect.base import Source, Supervisor, keep_leases
from monitor.collect.inbox import Inbox
from monitor.errors import TryLater
from monitor.keys import Keys
from monitor.model import Arrival
from monitor.sight import Gap, Sight
from monitor.store import Store
from monitor.stream import Hold, Stream
from monitor.telemetry import Telemetry
from tests.conftest import wait_until
from tests.lab import at


def test_a_fault_becomes_a_gap_when_it_is_over() -> None:
    seen = sight.opened(Sight(), at(0))
    seen = sight.blinded(seen, "timeout", at(1))
    seen = sight.blinded(seen, "http_5xx", at(2))
    assert (seen.state, seen.since, seen.reason) == ("blind", at(1), "http_5xx")
    assert sight.shown(seen, at(9), at(3)).gaps == [Gap(from_=at(1), reason="http_5xx")]
    seen = sight.opened(seen, at(4))
    assert (seen.state, seen.reason) == ("open", None)
    assert seen.gaps == [Gap(from_=at(1), to=at(4), reason="http_5xx")]
    assert sight.opened(seen, at(5)) is seen


def test_a_short_fault_is_none_and_old_gaps_go() -> None:
    seen = sight.opened(Sight(), at(0))
    blink = sight.opened(sight.blinded(seen, "reset", at(1)), at(1) + timedelta(milliseconds=300))
    assert blink.gaps == []
    for minute in range(2, 200, 2):
        seen = sight.opened(sight.blinded(seen, "reset", at(minute)), at(minute + 1))
    assert len(seen.gaps) == sight.KEPT_GAPS
    assert seen.gaps[-1].to == at(199)


def test_the_time_without_a_reader_is_a_gap() -> None:
    seen = sight.opened(Sight(), at(0))
    assert sight.taken_over(seen, at(5), at(5.1)).gaps == []
    assert sight.taken_over(seen, at(5), at(9)).gaps == [Gap(from_=at(5), to=at(9), reason="stopped")]
    blind = sight.blinded(seen, "timeout", at(3))
    assert sight.taken_over(blind, at(5), at(9)).gaps == [Gap(from_=at(3), to=at(9), reason="stopped")]
    assert sight.taken_over(sight.ended(seen, at(1)), at(5), at(9)).gaps == []
    assert sight.shown(seen, at(5), at(9)).reason == "stopped"


def test_what_will_not_come_any_more_is_marked() -> None:
    seen = sight.missed(sight.opened(Sight(), at(9)), (at(1), at(12)), at(10))
    assert seen.gaps == [Gap(from_=at(1), to=at(10), reason="missed", lost=True)]
    assert seen.state == "open"
    backwards = sight.missed(seen, (at(20), at(30)), at(10)).gaps[-1]
    assert backwards.from_ == backwards.to == at(10)


class Faulty(Source):
    """Open, then at fault for as long as FAULTS holds, then open again; tells of a gap at the end."""

    async def posts(self, http: Any, cursor: str | None) -> AsyncGenerator[Arrival, None]:
        yield Arrival(None, None)
        if FAULTS:
            raise FAULTS.pop()
        yield Arrival(None, None, gap=(at(0), at(1)))
        await asyncio.Event().wait()


FAULTS: list[Exception] = []


@pytest_asyncio.fixture
async def stream(store: Store, prefix: str) -> AsyncIterator[Stream]:
    yield Stream(store, Keys(prefix), retention=86400.0, thread_window=3600.0)


@contextlib.asynccontextmanager
async def supervised(stream: Stream, source: Source) -> AsyncIterator[Supervisor]:
    telemetry = Telemetry(people=[], sources=["s"], windows=["1h"], endpoints=[], config_hash="", version="")
    supervisor = Supervisor("s", source, stream, Inbox(), telemetry, None, "me")
    leases = keep_leases([supervisor], stream, telemetry, supervisor.news)
    tasks = [asyncio.ensure_future(work) for work in (supervisor.run(), leases)]
    yield supervisor
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    await base.give_up([supervisor], stream)


async def test_faults_and_gaps_are_seen_through_the_store(stream: Stream) -> None:
    assert await stream.sights(["s"]) == {"s": Sight()}
    FAULTS[:] = [TryLater("http_5xx", 1.2)]

    async def state() -> str:
        return (await stream.sights(["s"]))["s"].state

    async with supervised(stream, Faulty()):

        async def is_blind() -> bool:
            return await state() == "blind"

        await wait_until(is_blind, 30, "it is blind")
        seen = (await stream.sights(["s"]))["s"]
        assert (seen.reason, seen.gaps[-1].to) == ("http_5xx", None)

        async def is_open() -> bool:
            return await state() == "open"

        await wait_until(is_open, 30, "it is open")

        async def has_gaps() -> bool:
            return len((await stream.sights(["s"]))["s"].gaps) == 2

        await wait_until(has_gaps, 30, "both gaps are there")
        fault, lost = (await stream.sights(["s"]))["s"].gaps
        assert fault.reason == "http_5xx" and fault.to and fault.to - fault.from_ > timedelta(seconds=1)
        assert lost == Gap(from_=at(0), to=at(1), reason="missed", lost=True)
    stopped = (await stream.sights(["s"]))["s"]
    assert (stopped.state, stopped.reason) == ("blind", "stopped")


async def test_a_fault_goes_on_over_a_new_claim_of_the_same_reader(stream: Stream) -> None:
    FAULTS[:] = [TryLater("timeout", 0.3), TryLater("reset", 0.9)]

    class Never(Faulty):
        async def posts(self, http: Any, cursor: str | None) -> AsyncGenerator[Arrival, None]:
            if FAULTS:
                raise FAULTS.pop()
            yield Arrival(None, None)
            await asyncio.Event().wait()

    async with supervised(stream, Never()):

        async def is_open() -> bool:
            return (await stream.sights(["s"]))["s"].state == "open"

        await wait_until(is_open, 30, "it is open")
        (gap,) = (await stream.sights(["s"]))["s"].gaps
        assert gap.to and gap.to - gap.from_ > timedelta(seconds=1.1), "one gap over both faults"


async def test_what_another_process_reads_does_not_count_as_blind_here(stream: Stream) -> None:
    FAULTS.clear()
    async with supervised(stream, Faulty()) as supervisor:
        await wait_until(lambda: supervisor.hold and supervisor.hold.sight.state == "open", 30, "it is open")
        first = supervisor.hold
        assert first
        await stream.store.call("HDEL", stream.keys.cursor("s"), "lease")
        other = await stream.claim("s", "another")
        assert isinstance(other, Hold)
        supervisor.news.set()
        await wait_until(lambda: first.lost and supervisor.hold is None, 30, "it is fenced")
        blind = supervisor.telemetry.source["s"].blind
        counted = blind._value.get()
        supervisor.count_blind()
        assert supervisor.blind_since is None and blind._value.get() == counted
        await stream.renew(other, 0)
        await wait_until(
            lambda: supervisor.telemetry.source["s"].up._value.get() == 1, 30, "it is read again"
        )
