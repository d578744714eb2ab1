"""What nearly went wrong: quiet hours that are come late to, other clocks, orderly ends, orders of notices."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import msgspec
import pytest
from aiohttp import web

import monitor.consume.notify.deliver as deliver
import monitor.consume.notify.tend as tending
from monitor.alert import Alert, AlertData, Digest
from monitor.consume.cases import CaseBook
from monitor.consume.forgetting import People
from monitor.consume.notify.outbox import Outbox
from monitor.consume.notify.scrub import amend
from monitor.detect.rules import CaseRules
from monitor.endpoint import AlertSettings
from monitor.keys import Keys
from monitor.model import Blind
from monitor.optout import OptOut
from monitor.store import Store

from ..conftest import wait_until
from ..detect.life import DENIAL, LATER, OUTLET, SURE, Life
from ..lab import LAB, at, post, reaction
from .receiver import Receiver, Runner, deliveries, settled, status
from .test_cases_book import OPS, take
from .test_notify_daily import case, day
from .test_notify_digest import MARA, Fake
from .test_notify_outbox import DEAD, RETRY, alert, taken, write

NIGHT = timedelta(hours=1), timedelta(hours=2)


def quiet() -> str:
    """Quiet hours that began a while ago and end in a while."""
    now = datetime.now(UTC)
    return f"{now - NIGHT[0]:%H:%M}-{now + NIGHT[1]:%H:%M}"


async def test_what_is_late_or_tried_again_is_quiet_too(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    """Due, and once refused, before the quiet hours: nobody is woken by the next attempt. A test goes all the same."""
    await write(store, keys, alert("c1-v1"), at=time.time() - 7200)
    await outbox.settle(await taken(outbox), RETRY, 500)
    await asyncio.sleep(0.06)
    run(outbox, receiver, quiet=quiet())
    await outbox.test("ops")
    await wait_until(lambda: run.counted()["delivered"] == 1)
    found = {one.webhook_id: one for one in await deliveries(outbox)}
    late = found["c1-v1"]
    assert (late.state, late.attempts, late.last_status, late.last_error) == ("due", 1, 500, "http 500")
    assert late.next_at and late.next_at > datetime.now(UTC) + NIGHT[1] - timedelta(minutes=2)
    assert [id.startswith("test-ops-") for id in receiver.ids] == [True]
    assert run.counted() == {"delivered": 1, "retry": 0, "dead": 0}


async def test_after_the_quiet_hours_it_goes(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    await write(store, keys, alert("c1-v1"))
    now = datetime.now(UTC)
    over = f"{now - timedelta(hours=2):%H:%M}-{now - timedelta(minutes=1):%H:%M}"
    run(outbox, receiver, quiet=over)
    await settled(outbox)


@pytest.mark.parametrize("minutes", [-5, 5])
async def test_a_first_alert_goes_at_once_whatever_clock_its_writer_has(
    store: Store, keys: Keys, outbox: Outbox, minutes: float
) -> None:
    rules = CaseRules(LAB, AlertSettings.model_validate({"endpoints": [OPS], "max_age": "4000d"}))
    begun = time.monotonic()
    book, now = CaseBook(store, keys, rules), datetime.now(UTC) + timedelta(minutes=minutes)
    await take(book, reaction(post("r"), "rumoured"), now)
    report = reaction(post("o", "it is so", url="https://daily.example/o"), "reported")
    await take(book, report, now + timedelta(seconds=1))
    lease = await taken(outbox)
    assert lease.alert and lease.alert.type == "departure.rumoured"
    await outbox.settle(lease, DEAD, 500)
    _, wait, _ = await outbox.lease("ops", "a")
    assert wait is not None and 8.9 - (time.monotonic() - begun) < wait <= 9.1, (
        "a further rise is held as long as was meant"
    )
    assert [abs(one.created.timestamp() - time.time()) < 60 for one in await deliveries(outbox)] == [True] * 2


async def test_an_orderly_end_waits_for_an_answer_that_is_on_its_way(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliver, "GRACE", 60.0)
    ends = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        await ends.wait()
        return web.Response()

    receiver.answers = [slow]
    await write(store, keys, alert("c1-v1"))
    first = run(outbox, receiver)
    await wait_until(lambda: receiver.got)
    first.cancel()
    await asyncio.sleep(0.02)
    ends.set()
    await asyncio.wait([first], timeout=60)
    assert first.cancelled()
    run(outbox, receiver)
    await settled(outbox)
    assert receiver.ids == ["c1-v1"]


async def test_what_is_over_never_comes_before_what_it_ends(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    """The first attempt to say that a source is out of sight failed, and meanwhile it is seen again."""
    now = datetime.now(UTC)
    ids = ["source-x-20260101T000000", "source-x-20260101T000000-over", "source-x-20260102T000000"]
    told = [
        Alert(
            id=id,
            type="source.blind",
            timestamp=now,
            data=AlertData(source=Blind(source="x", from_=now, to=now if "over" in id else None)),
            endpoints=["ops"],
        )
        for id in ids
    ]
    other = msgspec.structs.replace(told[0], id="source-x-y-20260101T000000")
    receiver.answers = [status(500)]
    run(outbox, receiver, schedule=[3600, 3600])
    await outbox.announce(told[0], after="source-x-")
    await wait_until(lambda: len(receiver.got) == 1)
    for one in told[1:]:
        assert await outbox.announce(one, after="source-x-")
    assert await outbox.announce(other, after="source-x-y-")
    await wait_until(lambda: len(receiver.got) > 1)
    for id in ids:  # What waits is looked at again when the one before it is due.
        await store.call("ZADD", keys.due("ops"), "XX", 1, f"{id}:ops")
    await settled(outbox)
    assert [id for id in receiver.ids if id != other.id] == [ids[0], *ids]
    assert receiver.ids.index(other.id) == 1, "another source waits for none of that"


async def test_a_digest_out_of_which_all_was_taken_is_not_sent(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    now = datetime.now(UTC)
    digest = Digest(from_=now - timedelta(days=1), to=now, cases=[case(("reported", 0.5))])
    data = AlertData(digest=digest)
    one = Alert(id="digest-ops-20260505", type="monitor.digest", timestamp=now, data=data, endpoints=["ops"])
    await outbox.announce(one)
    assert await amend(store, keys, People(["mara-venn"], OptOut([])).alert_of_other) == 1
    run(outbox, receiver)
    await settled(outbox, "superseded")
    assert receiver.got == [] and await outbox.dead_letters() == {}


async def test_a_clock_that_was_ahead_for_a_while_does_not_silence_digests(store: Store, keys: Keys) -> None:
    fake = Fake(store, keys)
    await fake.tell(30.5)
    await fake.tell(0.4)
    fake.cases = [MARA]
    await fake.tell(1.1)
    assert [id for id, _ in await fake.told()] == ["digest-chat-20260505"]


async def test_a_clock_that_is_a_little_behind_another_moves_nothing(store: Store, keys: Keys) -> None:
    fake = Fake(store, keys)
    await fake.tell(0.5)
    mark = await fake.mark()
    await fake.digests.tell(fake.endpoint, day(0.5) - timedelta(seconds=30))
    assert await fake.mark() == mark


@pytest.mark.parametrize("record", ["null", "3", "[]", '{"endpoints":null}'])
async def test_trim_outlives_what_is_no_alert(outbox: Outbox, store: Store, keys: Keys, record: str) -> None:
    await store.call("XADD", keys.alerts, "1-1", "d", record)
    assert await outbox.trim() == 0


def test_an_endpoint_that_is_out_of_the_settings_for_a_while_comes_back_to_the_correction() -> None:
    """Else what it has not got yet would be sent when it is there again, though it is not true any more."""
    life = Life(CaseRules(LAB, AlertSettings.model_validate({"endpoints": [OPS, SURE]}))).feed(OUTLET, at(1))
    life.rules = CaseRules(LAB, AlertSettings.model_validate({"endpoints": [SURE]}))
    life.feed(DENIAL, at(60))
    assert life.heard("ops") == ["reported", "denied"] and life.heard("sure") == []
    assert life.due["orrin-lab-mara-venn-1-v2:ops"].before == "orrin-lab-mara-venn-1-v1:ops"
    life.feed(LATER, at(70))
    assert life.heard("ops") == ["reported", "denied"], "news is for those that are there"
    assert life.heard("sure") == ["confirmed"]


async def test_after_a_long_sleep_nothing_is_given_up_before_all_are_awake(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes slept for eight days; the one that wakes first does not take the other's endpoint as removed."""
    slept = awake = 0.0
    rounds, trim = 0, outbox.trim
    clock = SimpleNamespace(monotonic=lambda: awake, time=lambda: time.time() + slept)
    monkeypatch.setattr(tending, "time", clock)

    async def counted() -> int:
        nonlocal rounds
        rounds += 1
        return await trim()

    async def looks() -> None:
        """Until it has looked from the beginning to the end."""
        seen = rounds
        await wait_until(lambda: rounds > seen + 1)

    monkeypatch.setattr(outbox, "trim", counted)
    await outbox.seen(["there"])
    await write(store, keys, alert("c1-v1", ["there"]), at=time.time() - 8 * 86400)
    task = asyncio.create_task(tending.tend(outbox, run.telemetry, every=0.02, settle_in=600))
    run.tasks.append(task)
    await looks()
    awake = 700.0
    await looks()
    slept = 8 * 86400.0
    await looks()
    await store.call("ZADD", keys.endpoints, 1, "there")
    awake = 1200.0
    await looks()
    assert await outbox.dead() == []
    awake = 1300.0
    await wait_until(outbox.dead)
