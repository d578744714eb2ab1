"""From a digest to single alerts and back: whoever heard of a case one way is corrected the other way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import msgspec
import pytest

from monitor.alert import Alert
from monitor.consume.cases import CaseBook
from monitor.consume.notify.digest import Changed, Digests, tell_digests
from monitor.consume.notify.outbox import Outbox
from monitor.detect.rules import CaseRules
from monitor.endpoint import AlertSettings, Endpoint
from monitor.keys import Keys
from monitor.store import Store

from ..conftest import wait_until
from ..detect.life import DENIAL, HEDGE, OUTLET, SELF, gone
from ..lab import LAB, at, post, reaction
from .test_cases_book import take
from .test_notify_outbox import DELIVERED, taken

CHAT = {"name": "chat", "url": "https://c.example/KEY", "format": "slack"}
PING = {"name": "ping", "url": "https://p.example/KEY", "format": "slack"}
MARA = "orrin-lab-mara-venn-1"
TOMAS = reaction(post("t", url="https://daily.example/t", minute=1250), "reported", person="tomas-reed")
# In minutes: the first digest comes at 8:00 on the day after the first post.
FIRST = 1200


class Killed(Exception):
    """The process ends here."""


class Running:
    """The parts of a service that decide whom to tell, with one endpoint that has a digest or none."""

    def __init__(self, store: Store, keys: Keys, digest: str | None, **more: Any) -> None:
        self.store, self.keys, self.outbox = store, keys, Outbox(store, keys)
        self.alerts = AlertSettings.model_validate({"endpoints": [{**CHAT, "digest": digest, **more}, PING]})
        self.rules = CaseRules(LAB, self.alerts)
        self.book = self.open_book()
        self.written: list[Alert] = []
        changed = Changed(self.open_book)
        self.digests = Digests(self.alerts, LAB, self.outbox, store, keys, changed, self.written.append)

    @property
    def chat(self) -> Endpoint:
        return self.alerts.endpoints[0]

    def open_book(self) -> CaseBook:
        return CaseBook(self.store, self.keys, self.rules)

    async def feed(self, one: Any, minute: float) -> None:
        await self.book.load()
        await take(self.book, one, at(minute))

    async def look(self, minute: float) -> None:
        tell = self.digests.end if self.chat.digest is None else self.digests.tell
        await tell(self.chat, at(minute))

    async def heard(self, name: str = "chat") -> list[str]:
        """What was written for an endpoint: type and id, oldest first."""
        sent = [one.alert for one in reversed(await self.outbox.list()) if name in one.alert.endpoints]
        return [f"{alert.type.rpartition('.')[2]} {alert.id}" for alert in sent]

    async def all_arrive(self) -> None:
        while (found := await self.outbox.lease("chat", "x")).lease:
            await self.outbox.settle(found.lease, DELIVERED, 200)

    async def mark(self) -> bytes | None:
        found: bytes | None = await self.store.call("HGET", self.keys.digests, "chat")
        return found


DIGEST = "digest digest-chat-20260505"


@pytest.fixture
async def told(store: Store, keys: Keys) -> Running:
    """A service whose endpoint was told by a digest that somebody is reported to leave."""
    running = Running(store, keys, "08:00")
    await running.look(-60)
    await running.feed(OUTLET, 3)
    await running.look(FIRST)
    assert await running.heard() == [DIGEST]
    return running


async def denied(one: Running) -> None:
    await one.feed(DENIAL, 1400)


async def retracted(one: Running) -> None:
    await one.feed(gone(OUTLET), 1400)


async def dismissed(one: Running) -> None:
    await one.book.operate(MARA, "dismiss", "no")


async def confirmed(one: Running) -> None:
    await one.feed(SELF, 1400)


CHANGES = [
    (denied, "denied"),
    (retracted, "retracted"),
    (dismissed, "retracted"),
    (confirmed, "confirmed"),
]


@pytest.mark.parametrize(("change", "status"), CHANGES)
@pytest.mark.parametrize("when", ["after", "at the start", "before"])
async def test_what_corrects_a_digest_reaches_an_endpoint_that_has_none_any_more(
    told: Running,
    store: Store,
    keys: Keys,
    change: Callable[[Running], Awaitable[None]],
    status: str,
    when: str,
) -> None:
    """`before`: the digest that would have told it never came; `at the start`: the cases were quicker."""
    await told.all_arrive()
    if when == "before":
        await change(told)
    single = Running(store, keys, None)
    if when == "at the start":
        await change(single)
    await single.look(1410)
    if when == "after":
        assert await single.heard() == [DIGEST]
        await change(single)
    await single.look(1420)
    assert await single.heard() == [DIGEST, f"{status} {MARA}-v2"]
    assert await single.heard("ping") == [f"reported {MARA}-v1", f"{status} {MARA}-v2"]
    lease = await taken(single.outbox, endpoint="chat")
    assert lease.alert and lease.alert.data.case and lease.alert.data.case.id == MARA
    assert lease.alert.data.previous_status == "reported"


async def test_what_is_new_since_the_last_digest_is_told_and_nothing_older(
    told: Running, store: Store, keys: Keys
) -> None:
    await told.feed(TOMAS, 1250)
    await told.feed(reaction(post("r", minute=1251), "rumoured", person="Joe Doe"), 1251)
    single = Running(store, keys, None)
    await single.look(1300)
    await Running(store, keys, None).look(1301)
    assert await single.heard() == [DIGEST, "reported orrin-lab-tomas-reed-1-v1"]
    assert [one.id for one in single.written] == ["orrin-lab-tomas-reed-1-v1"]
    assert await single.mark() is None


async def test_a_correction_comes_after_the_digest_that_it_corrects(
    told: Running, store: Store, keys: Keys
) -> None:
    """The endpoint is down, so that the digest is still on its way."""
    single = Running(store, keys, None)
    await single.look(1300)
    await denied(single)
    assert (
        await store.call("HGET", keys.delivery(f"{MARA}-v2:chat"), "before") == b"digest-chat-20260505:chat"
    )


@pytest.mark.parametrize("call", range(14))
async def test_killed_between_any_two_steps(
    told: Running, store: Store, keys: Keys, call: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    await told.feed(TOMAS, 1250)
    await told.feed(gone(OUTLET), 1260)
    single, made = Running(store, keys, None), 0

    def dying(real: Any) -> Any:
        async def one(*args: Any, **more: Any) -> Any:
            nonlocal made
            if made == call:
                raise Killed
            made += 1
            return await real(*args, **more)

        return one

    with monkeypatch.context() as patch:
        patch.setattr(store, "run", dying(store.run))
        patch.setattr(store, "call", dying(store.call))
        with suppress(Killed):
            await single.look(1300)
    again = Running(store, keys, None)
    for minute in (1301, 1302):
        await again.look(minute)
    singles = [f"reported {TOMAS_ID}-v1", f"retracted {MARA}-v2"]
    assert sorted((await again.heard())[1:]) == singles
    assert await again.mark() is None


TOMAS_ID = "orrin-lab-tomas-reed-1"


async def test_two_processes_go_over_once(told: Running, store: Store, keys: Keys) -> None:
    await told.feed(gone(OUTLET), 1260)
    both = [Running(store, keys, None) for _ in range(2)]
    async with asyncio.TaskGroup() as group:
        for one in (*both, *both):
            group.create_task(one.look(1300))
    assert await told.heard() == [DIGEST, f"retracted {MARA}-v2"]
    assert sum(len(one.written) for one in both) == 1


async def test_the_task_goes_over_as_it_starts(told: Running, store: Store, keys: Keys) -> None:
    single = Running(store, keys, None)
    task = asyncio.create_task(tell_digests(single.digests, every=600))

    async def gone_over() -> bool:
        return await single.mark() is None

    await wait_until(gone_over)
    assert not task.done() and await single.heard() == [DIGEST]
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_digest_that_is_there_again_on_the_same_day_tells_what_is_new(
    told: Running, store: Store, keys: Keys
) -> None:
    single = Running(store, keys, None)
    await single.look(1210)
    await single.feed(SELF, 1215)
    await single.all_arrive()
    again = Running(store, keys, "20:00")
    await again.look(1220.1)
    await again.feed(TOMAS, 1250)
    await again.look(FIRST + 720)
    assert await again.heard() == [DIGEST, f"confirmed {MARA}-v2", "digest digest-chat-20260505T2000"]
    (last,) = again.written
    assert last.data.digest and not isinstance(last.data.digest, msgspec.UnsetType)
    assert [case.id for case in last.data.digest.cases] == [TOMAS_ID]


@pytest.mark.parametrize("lowered", [False, True])
async def test_a_digest_corrects_what_single_alerts_told(store: Store, keys: Keys, lowered: bool) -> None:
    """Also where they have told of less since than the endpoint would be told of at first."""
    single = Running(store, keys, None)
    await single.look(0)
    await single.feed(HEDGE, 2)
    await single.feed(OUTLET, 3)
    if lowered:
        await single.feed(gone(OUTLET), 30)
    await single.all_arrive()
    heard = await single.heard()
    assert [one.split()[0] for one in heard] == ["reported", *(["rumoured"] if lowered else [])]
    daily = Running(store, keys, "08:00")
    await daily.look(600)
    await daily.feed(DENIAL, 700)
    await daily.look(FIRST)
    assert await daily.heard() == [*heard, DIGEST]
    (digest,) = daily.written
    assert digest.data.digest and not isinstance(digest.data.digest, msgspec.UnsetType)
    assert [(case.id, case.status) for case in digest.data.digest.cases] == [(MARA, "denied")]


async def test_a_digest_comes_after_the_single_alerts_that_were_on_their_way(
    store: Store, keys: Keys
) -> None:
    """The endpoint was down: what it gets last must be what is true."""
    single = Running(store, keys, None)
    await single.feed(OUTLET, 3)
    daily = Running(store, keys, "08:00")
    await daily.look(600)
    await daily.feed(DENIAL, 700)
    await daily.look(FIRST)
    assert await daily.heard() == [f"reported {MARA}-v1"]
    await daily.all_arrive()
    await daily.look(FIRST + 1)
    assert await daily.heard() == [f"reported {MARA}-v1", DIGEST]


@pytest.mark.parametrize(("change", "status"), CHANGES)
@pytest.mark.parametrize("when", ["after", "before"])
async def test_who_is_to_hear_of_departures_no_more_hears_what_corrects_a_digest(
    told: Running,
    store: Store,
    keys: Keys,
    change: Callable[[Running], Awaitable[None]],
    status: str,
    when: str,
) -> None:
    await told.all_arrive()
    await told.feed(TOMAS, 1250)
    if when == "before":
        await change(told)
    other = Running(store, keys, None, events=["source"])
    task = asyncio.create_task(tell_digests(other.digests, every=600))

    async def gone_over() -> bool:
        return await other.mark() is None

    await wait_until(gone_over)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    if when == "after":
        assert await other.heard() == [DIGEST]
        await change(other)
    corrects = status in ("denied", "retracted")
    assert await other.heard() == [DIGEST, *([f"{status} {MARA}-v2"] if corrects else [])]
