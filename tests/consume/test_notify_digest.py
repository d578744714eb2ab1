"""Digests out of a real store: once a day, missed ones once, nothing lost and nothing twice when killed between."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from monitor.alert import Alert, Mood
from monitor.casefile import File
from monitor.consume.cases import CaseBook
from monitor.consume.notify.digest import Changed, Digests, tell_digests
from monitor.consume.notify.outbox import Outbox, Sent
from monitor.detect.rules import CaseRules
from monitor.endpoint import AlertSettings, Endpoint
from monitor.errors import StoreDown
from monitor.keys import Keys
from monitor.model import Case
from monitor.store import Store

from ..conftest import wait_until
from ..detect.life import OUTLET, SELF, Life, gone
from ..lab import LAB, at
from .test_notify_daily import case, day

CHAT = {"name": "chat", "url": "https://c.example/KEY", "format": "slack", "digest": "08:00"}
PING = {"name": "ping", "url": "https://p.example/KEY", "format": "slack"}


class Killed(Exception):
    """The process ends here."""


class Fake:
    """Digests over a list of cases; `die` is the call after which the process is killed."""

    def __init__(self, store: Store, keys: Keys, *endpoints: dict[str, Any]) -> None:
        self.alerts = AlertSettings.model_validate({"endpoints": [*(endpoints or (CHAT,)), PING]})
        self.cases: list[Case] = []
        self.written: list[Alert] = []
        self.outbox, self.store, self.keys = Outbox(store, keys), store, keys
        self.asked: list[datetime] = []
        self.digests = Digests(
            self.alerts, LAB, self.outbox, store, keys, self.changed, self.written.append, self.mood
        )

    async def changed(self, since: datetime) -> Iterable[File]:
        self.asked.append(since)
        return [File(case=one) for one in self.cases if one.changed_at >= since]

    def mood(self, person: str, now: float) -> Mood:
        return {"mara-venn": Mood(3, 0.5, 2), "tomas-reed": Mood(1, -0.5, 1)}.get(person, Mood())

    @property
    def endpoint(self) -> Endpoint:
        return self.alerts.endpoints[0]

    async def tell(self, days: float) -> None:
        await self.digests.tell(self.endpoint, day(days))

    async def sent(self) -> list[Sent]:
        return list(reversed(await self.outbox.list()))

    async def told(self) -> list[tuple[str, list[str]]]:
        """The ids and cases of what was written, oldest first."""
        return [
            (one.alert.id, [case.person for case in _digest(one.alert).cases]) for one in await self.sent()
        ]

    async def mark(self) -> str:
        return (await self.store.call("HGET", self.keys.digests, "chat")).decode()


def _digest(alert: Alert) -> Any:
    assert alert.data.digest is not msgspec.UNSET
    return alert.data.digest


@pytest.fixture
async def fake(store: Store, keys: Keys) -> Fake:
    fake = Fake(store, keys)
    await fake.tell(0.3)
    return fake


MARA, TOMAS = case(("reported", 0.5)), case(("reported", 1.5), person="tomas-reed")


async def test_once_a_day_at_its_time(fake: Fake) -> None:
    fake.cases = [MARA]
    await fake.tell(0.9999)
    assert await fake.told() == []
    await fake.tell(1)
    await fake.tell(1.0001)
    (one,) = await fake.sent()
    assert one.alert.id == "digest-chat-20260505" and one.alert.type == "monitor.digest"
    assert one.alert.endpoints == ["chat"] and [d.endpoint for d in one.deliveries] == ["chat"]
    assert _digest(one.alert).cases[0].id == MARA.id
    assert one.alert.data.reaction == Mood(3, 0.5, 2) and [a.id for a in fake.written] == [one.alert.id]
    fake.cases.append(TOMAS)
    await fake.tell(2.1)
    assert (await fake.told())[1:] == [("digest-chat-20260506", ["tomas-reed"])]


async def test_nothing_when_nothing_changed(fake: Fake) -> None:
    fake.cases = [MARA]
    for days in (1, 2, 3):
        await fake.tell(days)
    assert len(await fake.told()) == 1 and len(fake.asked) == 3
    assert await fake.mark() == str(int(day(3).timestamp() * 1000))


async def test_the_first_start_tells_nothing_of_before(store: Store, keys: Keys) -> None:
    fake = Fake(store, keys)
    fake.cases = [MARA]
    await fake.tell(0.9)
    await fake.tell(1)
    assert await fake.told() == []


async def test_what_was_missed_comes_once(fake: Fake) -> None:
    fake.cases = [MARA, TOMAS]
    await fake.tell(4.4)
    await fake.tell(4.5)
    assert await fake.told() == [("digest-chat-20260508", ["tomas-reed", "mara-venn"])]
    assert (await fake.sent())[0].alert.data.reaction == Mood(4, 0.25, 3)


@pytest.mark.parametrize("later", [1.01, 2.2, 3.5])
@pytest.mark.parametrize("call", range(8))
async def test_killed_between_any_two_steps(
    fake: Fake, call: int, later: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each call to the store in turn: each case is told once, however much later it goes on."""
    fake.cases = [MARA]
    made, run, ask = 0, fake.store.run, fake.store.call

    def dying(real: Any) -> Any:
        async def one(*args: Any, **more: Any) -> Any:
            nonlocal made
            if made == call:
                raise Killed
            made += 1
            return await real(*args, **more)

        return one

    with monkeypatch.context() as patch:
        patch.setattr(fake.store, "run", dying(run))
        patch.setattr(fake.store, "call", dying(ask))
        with suppress(Killed):
            await fake.tell(1)
    fake.cases.append(TOMAS)
    for _ in range(3):
        await fake.tell(later)
    await fake.tell(4)
    people = [person for _, cases in await fake.told() for person in cases]
    assert sorted(people) == ["mara-venn", "tomas-reed"]
    ids = [id for id, _ in await fake.told()]
    assert len(set(ids)) == len(ids) <= 2
    assert await fake.mark() == str(int(day(4).timestamp() * 1000))


async def test_two_processes_tell_it_once(fake: Fake, store: Store, keys: Keys) -> None:
    other = Fake(store, keys)
    fake.cases = other.cases = [MARA, TOMAS]
    for days in (1, 1.5, 2, 3.2):
        async with asyncio.TaskGroup() as group:
            for one in (fake, other, fake, other):
                group.create_task(one.tell(days))
    assert await fake.told() == [
        ("digest-chat-20260505", ["mara-venn"]),
        ("digest-chat-20260506", ["tomas-reed"]),
    ]
    assert len(fake.written) + len(other.written) == 2


async def test_a_process_that_is_late_moves_no_mark_back(fake: Fake, store: Store, keys: Keys) -> None:
    """It has read the mark, sleeps for a day while another one tells, and goes on."""
    slow, fake.cases = Fake(store, keys), [MARA]
    slow.cases = fake.cases
    woken = asyncio.Event()
    changed = slow.changed

    async def sleepy(since: datetime) -> Iterable[File]:
        await woken.wait()
        return await changed(since)

    slow.digests.changed = sleepy
    task = asyncio.create_task(slow.tell(1))
    await wait_until(lambda: _has_colon(fake))
    await fake.tell(1.001)
    fake.cases.append(TOMAS)
    await fake.tell(2)
    woken.set()
    await task
    assert await fake.mark() == str(int(day(2).timestamp() * 1000))
    assert [cases for _, cases in await fake.told()] == [["mara-venn"], ["tomas-reed"]]


async def _has_colon(fake: Fake) -> bool:
    return ":" in await fake.mark()


async def test_another_time_of_day_on_the_same_day(fake: Fake, store: Store, keys: Keys) -> None:
    fake.cases = [MARA]
    await fake.tell(1)
    evening = Fake(store, keys, {**CHAT, "digest": "20:00"})
    evening.cases = [MARA, case(("reported", 1.2), person="tomas-reed")]
    await evening.tell(1.6)
    assert await evening.told() == [
        ("digest-chat-20260505", ["mara-venn"]),
        ("digest-chat-20260505T2000", ["tomas-reed"]),
    ]


async def test_a_day_to_which_a_clock_came_too_early_comes_again(fake: Fake) -> None:
    fake.cases = [MARA]
    await fake.tell(2.1)
    await fake.tell(1.2)  # It is set right.
    fake.cases.append(TOMAS)
    for days in (2, 2, 2.1, 3):
        await fake.tell(days)
    began = str(int(day(1.2).timestamp() * 1000))
    assert await fake.told() == [
        ("digest-chat-20260506", ["mara-venn"]),
        (f"digest-chat-20260506T{began}", ["tomas-reed"]),
    ]


async def test_by_the_clock_of_its_place_and_not_in_quiet_hours(store: Store, keys: Keys) -> None:
    shanghai = {**CHAT, "digest": "06:30", "quiet": "22:00-07:00", "timezone": "Asia/Shanghai"}
    fake = Fake(store, keys, shanghai)
    now = datetime.now(UTC)
    # The outbox takes a due time as it is: tomorrow, so that it lies ahead.
    late = (now + timedelta(days=1)).replace(hour=22, minute=30, second=0, microsecond=0)
    await fake.digests.tell(fake.endpoint, late - timedelta(hours=20))
    said = late - timedelta(hours=2)
    fake.cases = [msgspec.structs.replace(_moved(said), changed_at=said)]
    await fake.digests.tell(fake.endpoint, late - timedelta(seconds=1))
    assert await fake.told() == []
    await fake.digests.tell(fake.endpoint, late)
    (one,) = await fake.sent()
    local = late + timedelta(hours=8)
    assert one.alert.id == f"digest-chat-{local:%Y%m%d}" and local.date() != late.date()
    assert one.deliveries[0].next_at == late.replace(hour=23, minute=0)


def _moved(said: datetime) -> Case:
    one = case(("reported", 0.5), evidence=[])
    return msgspec.structs.replace(one, history=[msgspec.structs.replace(one.history[0], at=said)])


async def test_a_mark_that_nobody_can_read_begins_anew(fake: Fake) -> None:
    await fake.store.call("HSET", fake.keys.digests, "chat", "x:y")
    fake.cases = [MARA]
    await fake.tell(0.6)
    await fake.tell(2)
    assert await fake.mark() == str(int(day(2).timestamp() * 1000))


async def test_the_cases_are_read_from_the_store(store: Store, keys: Keys) -> None:
    """What the rules made of posts, written as the consumer writes it, comes in the next digest."""
    settings = AlertSettings.model_validate({"endpoints": [CHAT, PING]})
    rules = CaseRules(LAB, settings)
    book, written = CaseBook(store, keys, rules), list[Alert]()
    life = Life(rules).feed(OUTLET, at(3))
    (file,) = life.files.values()
    assert await book.write(file, life.plans[0], at(3).timestamp(), None)
    outbox = Outbox(store, keys)
    digests = Digests(
        settings,
        LAB,
        outbox,
        store,
        keys,
        Changed(lambda: CaseBook(store, keys, rules)),
        written.append,
    )
    chat = settings.endpoints[0]
    await digests.tell(chat, at(-60))
    await digests.tell(chat, at(1440))
    assert [one.id for one in written] == ["digest-chat-20260505"]
    assert _digest(written[0]).cases[0].status == "reported" and written[0].data.reaction is None
    life.feed(SELF, at(1500)).feed(gone(SELF), at(1510)).feed(gone(OUTLET), at(1520))
    file = msgspec.structs.replace(next(iter(life.files.values())), rev=1)
    assert await book.write(file, life.plans[-1], at(1520).timestamp(), None)
    await digests.tell(chat, at(2880))
    assert [_digest(one).cases[0].status for one in written] == ["reported", "retracted"]
    singles = [one for one in await outbox.list() if one.alert.type.startswith("departure")]
    assert singles and all("chat" not in one.alert.endpoints for one in singles)


async def test_the_task_outlives_a_store_that_is_down(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, real = 0, fake.store.call

    async def down(*args: Any, **more: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked < 3:
            raise StoreDown("unreachable", "gone")
        return await real(*args, **more)

    monkeypatch.setattr(fake.store, "call", down)
    task = asyncio.create_task(tell_digests(fake.digests, every=0.01))
    await wait_until(lambda: asked > 3)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
