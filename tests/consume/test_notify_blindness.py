"""A source out of sight is told of once, and once more when it is over; whatever restarts and flickers."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from monitor.alert import Alert
from monitor.consume.notify.blindness import blind_spots, drop_removed, notices, tell_blindness, tell_once
from monitor.consume.notify.outbox import Outbox
from monitor.endpoint import AlertSettings
from monitor.errors import StoreDown
from monitor.keys import Keys
from monitor.model import Blind
from monitor.sight import Sight, blinded, ended, missed, opened, shown, taken_over
from monitor.store import Store
from monitor.stream import Stream

from ..conftest import wait_until
from ..lab import at

OPS = {"name": "ops", "url": "https://o.example/KEY", "format": "slack", "events": ["departure", "source"]}
DEAF = {"name": "deaf", "url": "https://d.example/KEY", "format": "slack"}
ALERTS = AlertSettings.model_validate({"endpoints": [OPS, DEAF], "blind_after": "10m"})
# What happens to a source at which minute.
Step = tuple[float, str]


def lived(*steps: Step) -> Sight:
    """A source's sight as its readers write it down."""
    sight = Sight()
    for minute, what in steps:
        now = at(minute)
        if what == "opened":
            sight = opened(sight, now)
        elif what == "ended":
            sight = ended(sight, now)
        elif what == "missed":
            sight = missed(sight, (at(minute - 30), now), now)
        elif what == "taken":
            sight = taken_over(sight, now - timedelta(minutes=5), now)
        else:
            sight = blinded(sight, what, now)
    return sight


def told(steps: list[Step], until: float, alive: float | None = None) -> list[tuple[float, str]]:
    """What is told when somebody looks every 15 seconds: (minute, id without its source)."""
    open_since: dict[str, datetime] = {}
    found = []
    minute = 0.0
    while minute <= until:
        sight = lived(*(step for step in steps if step[0] <= minute))
        seen = shown(sight, at(alive) if alive is not None else None, at(minute))
        for name, alert in notices({"x": seen}, open_since, ALERTS, at(minute)):
            found.append((minute, alert.id.removeprefix("source-x-")))
            blind = alert.data.source
            assert isinstance(blind, Blind)
            if blind.to is None:
                open_since[name] = blind.from_
            else:
                del open_since[name]
        minute += 0.25
    return found


BEGIN = "20260504T120100"
LIVES: dict[str, tuple[list[Step], list[tuple[float, str]]]] = {
    "never blind": ([(0, "opened")], []),
    "never read": ([], []),
    "not for long": ([(0, "opened"), (1, "http"), (10.9, "opened")], []),
    "for ten minutes": ([(0, "opened"), (1, "http")], [(11, BEGIN)]),
    "and seen again": ([(0, "opened"), (1, "http"), (30, "opened")], [(11, BEGIN), (31, f"{BEGIN}-over")]),
    "its fault is another one": ([(0, "opened"), (1, "http"), (5, "timeout")], [(11, BEGIN)]),
    "never opened": ([(1, "http")], [(11, BEGIN)]),
    "a short look": (
        [(0, "opened"), (1, "http"), (8, "opened"), (8.5, "http"), (40, "opened")],
        [(11, BEGIN), (41, f"{BEGIN}-over")],
    ),
    "seen for two minutes": (
        [(0, "opened"), (1, "http"), (8, "opened"), (10, "http"), (40, "opened")],
        [(20, "20260504T121000"), (41, "20260504T121000-over")],
    ),
    "it flickers all the time": (
        [(0, "opened"), *((1 + n / 2, "opened" if n % 2 else "http") for n in range(400))],
        [(11, BEGIN)],
    ),
    "a restart while it is blind": (
        [(0, "opened"), (1, "http"), (20, "taken"), (20.5, "http"), (50, "opened")],
        [(11, BEGIN), (51, f"{BEGIN}-over")],
    ),
    "a restart that takes long to try": (
        [(0, "opened"), (1, "http"), (20, "taken"), (23, "http"), (50, "opened")],
        [(11, BEGIN), (51, f"{BEGIN}-over")],
    ),
    "a restart after which it is seen": (
        [(0, "opened"), (1, "http"), (20, "taken"), (25, "opened")],
        [(11, BEGIN), (25, f"{BEGIN}-over")],
    ),
    "it has no more to tell": ([(0, "opened"), (1, "http"), (20, "ended")], [(11, BEGIN), (21, f"{BEGIN}-over")]),
    "what was missed is no blindness now": ([(0, "opened"), (40, "missed")], []),
    "twice": (
        [(0, "opened"), (1, "http"), (15, "opened"), (30, "http"), (45, "opened")],
        [(11, BEGIN), (16, f"{BEGIN}-over"), (40, "20260504T123000"), (46, "20260504T123000-over")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "wanted"), LIVES.values(), ids=LIVES)
def test_what_is_told_of_a_source(steps: list[Step], wanted: list[tuple[float, str]]) -> None:
    assert told(steps, 60) == wanted


def test_a_source_that_nobody_reads_is_out_of_sight() -> None:
    assert told([(0, "opened")], 60, alive=1) == [(11, BEGIN)]
    seen = shown(lived((0, "opened")), at(1), at(20))
    ((_, alert),) = notices({"bluesky": seen}, {}, ALERTS, at(20))
    assert alert.data.message == "bluesky: not seen since 2026-05-04 12:01:00 UTC: stopped"
    assert alert.endpoints == ["ops"] and alert.type == "source.blind"
    assert alert.data.source == Blind(source="bluesky", from_=at(1))
    assert told([(0, "opened"), (5, "ended")], 60, alive=6) == []


def test_what_was_told_is_ended_though_its_gaps_are_forgotten() -> None:
    ((_, alert),) = notices({"x": Sight(state="open", since=at(5))}, {"x": at(1)}, ALERTS, at(50))
    assert alert.id == f"source-x-{BEGIN}-over"
    assert alert.data.source == Blind(source="x", from_=at(1), to=at(50))


def test_nobody_wants_to_know() -> None:
    deaf = AlertSettings.model_validate({"endpoints": [DEAF]})
    assert notices({"x": shown(lived((1, "http")), None, at(50))}, {}, deaf, at(50)) == []


class Watch:
    """Looks at sources in a real store; what they show is given."""

    def __init__(self, store: Store, keys: Keys, alerts: AlertSettings = ALERTS) -> None:
        self.store, self.keys, self.outbox, self.alerts = store, keys, Outbox(store, keys), alerts
        self.seen: Mapping[str, Sight] = {}
        self.written: list[Alert] = []

    async def sights(self) -> Mapping[str, Sight]:
        return self.seen

    async def look(self, now: datetime) -> None:
        await tell_once(
            self.sights, self.outbox, self.store, self.keys, self.alerts, self.written.append, now
        )

    async def start(self) -> None:
        """What a start of the service does before its first look."""
        await drop_removed(self.sights, self.store, self.keys)

    async def ids(self) -> list[str]:
        return [one.alert.id for one in reversed(await self.outbox.list())]


@pytest.fixture
def watch(store: Store, keys: Keys) -> Watch:
    return Watch(store, keys)


def blind(minute: float) -> dict[str, Sight]:
    return {"x": shown(lived((0, "opened"), (1, "http")), None, at(minute))}


def again(minute: float) -> dict[str, Sight]:
    return {"x": shown(lived((0, "opened"), (1, "http"), (30, "opened")), None, at(minute))}


async def test_once_and_once_when_it_is_over(watch: Watch) -> None:
    for minute in (5, 11, 11.25, 20):
        watch.seen = blind(minute)
        await watch.look(at(minute))
    assert await watch.ids() == [f"source-x-{BEGIN}"]
    for minute in (30.5, 31, 32, 50):
        watch.seen = again(minute)
        await watch.look(at(minute))
    assert await watch.ids() == [f"source-x-{BEGIN}", f"source-x-{BEGIN}-over"]
    assert [one.id for one in watch.written] == await watch.ids()
    assert not await watch.store.call("EXISTS", watch.keys.blind)
    first = (await watch.outbox.list())[1]
    assert [delivery.endpoint for delivery in first.deliveries] == ["ops"]


async def test_a_source_that_is_removed_is_noted_no_more_and_never_told_as_seen_again(watch: Watch) -> None:
    """It was out of sight when it was taken out of the settings; much later it is there again, and is seen."""
    watch.seen = {**blind(12), "y": blind(12)["x"]}
    await watch.look(at(12))
    assert await watch.store.call("HKEYS", watch.keys.blind) == [b"x", b"y"]
    watch.seen = {"y": blind(13)["x"]}
    await watch.start()
    assert await watch.store.call("HKEYS", watch.keys.blind) == [b"y"]
    await watch.look(at(13))
    watch.seen = {name: again(50)["x"] for name in ("x", "y")}
    await watch.start()
    await watch.look(at(50))
    begun = [f"source-{name}-{BEGIN}" for name in ("x", "y")]
    assert await watch.ids() == [*begun, f"{begun[1]}-over"]
    assert not await watch.store.call("EXISTS", watch.keys.blind)


async def test_the_task_drops_what_is_removed_as_it_starts(watch: Watch) -> None:
    await watch.store.call("HSET", watch.keys.blind, "x", 1)
    watch.seen = {"y": Sight(state="open", since=at(1))}
    task = asyncio.create_task(
        tell_blindness(
            watch.sights, watch.outbox, watch.store, watch.keys, ALERTS, watch.written.append, every=600
        )
    )

    async def dropped() -> bool:
        return not await watch.store.call("EXISTS", watch.keys.blind)

    await wait_until(dropped)
    assert not task.done() and watch.written == []
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_start_keeps_the_notes_of_all_sources_that_are_in_the_settings(watch: Watch) -> None:
    watch.seen = blind(12)
    await watch.look(at(12))
    await watch.start()
    watch.seen = again(40)
    await watch.look(at(40))
    assert await watch.ids() == [f"source-x-{BEGIN}", f"source-x-{BEGIN}-over"]


async def test_the_end_is_told_only_where_the_begin_was(watch: Watch) -> None:
    watch.seen = again(40)
    await watch.look(at(40))
    assert await watch.ids() == []


@pytest.mark.parametrize("call", range(8))
async def test_killed_between_any_two_steps(watch: Watch, call: int, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(Exception):
        pass

    made, real = 0, watch.store.call

    async def dying(*args: Any, **more: Any) -> Any:
        nonlocal made
        if made == call:
            raise Killed
        made += 1
        return await real(*args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(watch.store, "call", dying)
        with suppress(Killed):
            for minute, seen in ((12, blind(12)), (32, again(32))):
                watch.seen = seen
                await watch.look(at(minute))
    for minute, seen in ((33, blind(33)), (34, again(34)), (35, again(35))):
        watch.seen = seen
        await watch.look(at(minute))
    assert await watch.ids() == [f"source-x-{BEGIN}", f"source-x-{BEGIN}-over"]


async def test_two_processes_tell_it_once(watch: Watch, store: Store, keys: Keys) -> None:
    other = Watch(store, keys)
    for minute in (12, 13, 32, 33):
        watch.seen = other.seen = blind(minute) if minute < 30 else again(minute)
        async with asyncio.TaskGroup() as group:
            for one in (watch, other, watch):
                group.create_task(one.look(at(minute)))
    assert await watch.ids() == [f"source-x-{BEGIN}", f"source-x-{BEGIN}-over"]
    assert len(watch.written) + len(other.written) == 2


async def test_quiet_hours_hold_and_keep_the_order(store: Store, keys: Keys) -> None:
    now = datetime.now(UTC)
    end = (now + timedelta(hours=2)).replace(second=0, microsecond=0)
    begin = now - timedelta(hours=1)
    quiet = {**OPS, "quiet": f"{begin:%H:%M}-{end:%H:%M}"}
    watch = Watch(store, keys, AlertSettings.model_validate({"endpoints": [quiet, {**OPS, "name": "loud"}]}))
    sight = blinded(opened(Sight(), begin - timedelta(hours=1)), "http", begin)
    watch.seen = {"x": shown(sight, None, now)}
    await watch.look(now)
    watch.seen = {"x": opened(sight, now - timedelta(minutes=2))}
    await watch.look(now)
    over, first = await watch.outbox.list()
    dues = {(one.alert.id[-5:], d.endpoint): d.next_at for one in (first, over) for d in one.deliveries}
    assert dues[first.alert.id[-5:], "ops"] == end
    assert dues["-over", "ops"] == end + timedelta(seconds=1)
    loud = dues["-over", "loud"]
    assert loud and loud <= datetime.now(UTC)


async def test_the_sights_of_a_real_stream(store: Store, keys: Keys) -> None:
    """A lease that nobody renews: the source is out of sight from its end on."""
    stream = Stream(store, keys, retention=86400.0, thread_window=86400.0)
    hold = await stream.claim("x", "one")
    assert not isinstance(hold, float)
    await stream.renew(hold, 1, sight=opened(hold.sight, datetime.now(UTC)))
    watch = Watch(store, keys, AlertSettings.model_validate({"endpoints": [OPS], "blind_after": "100ms"}))

    async def sights() -> Mapping[str, Sight]:
        return await stream.sights(["x", "y"])

    task = asyncio.create_task(
        tell_blindness(sights, watch.outbox, store, keys, watch.alerts, watch.written.append, every=0.02)
    )
    await wait_until(lambda: watch.written)
    (alert,) = watch.written
    assert alert.data.message and alert.data.message.endswith("stopped")
    assert alert.data.source is not msgspec.UNSET and alert.data.source.source == "x"
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_the_task_outlives_a_store_that_is_down(watch: Watch) -> None:
    asked = 0

    async def sights() -> Mapping[str, Sight]:
        nonlocal asked
        asked += 1
        if asked < 3:
            raise StoreDown("unreachable", "gone")
        return blind(12)

    task = asyncio.create_task(
        tell_blindness(
            sights, watch.outbox, watch.store, watch.keys, ALERTS, watch.written.append, every=0.01
        )
    )
    await wait_until(lambda: watch.written)
    assert not task.done()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def test_the_gap_in_an_alert_is_whole_over_a_restart() -> None:
    """Out of sight since minute 1; the service restarts at 40, opens the source, and fails again."""
    begun = lived((0, "opened"), (1, "http"))
    restarted = taken_over(begun, at(39), at(40))
    failed = blinded(restarted, "http", at(40) + timedelta(seconds=5))
    for sight in (shown(begun, None, at(39)), restarted, shown(failed, None, at(41))):
        assert blind_spots({"x": sight}, at(41)) == [Blind(source="x", from_=at(1))]
    over = opened(failed, at(42))
    assert blind_spots({"x": shown(over, None, at(43))}, at(43)) == []
    lost = missed(over, (at(1), at(30)), at(43))
    assert blind_spots({"x": lost}, at(43)) == [Blind(source="x", from_=at(1), to=at(30))]
