"""Attempts before the schedule's own time: asked for by the receiver, or as the endpoint works again."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from monitor.consume.notify.outbox import Outbox
from monitor.consume.notify.policy import Answer, Verdict, judge
from monitor.endpoint import AlertSettings
from monitor.keys import Keys
from monitor.store import Store

from ..conftest import wait_until
from .receiver import Receiver, Runner, settled, status
from .test_notify_outbox import DEAD, DELIVERED, RETRY, alert, outbox, taken, write

__all__ = ["outbox"]
SCHEDULE = AlertSettings().retry
WHOLE = sum(SCHEDULE)
LONG = Verdict("retry", 72_000.0, "http 503", 72_000.0)


def no(after: float | None = None) -> Answer:
    return Answer("retry", "http 503", 503, after)


@pytest.mark.parametrize(
    ("answer", "failed", "early", "left", "verdict"),
    [
        # Sooner than the schedule: the step is not over.
        (no(1), 2, 0, 0.0, Verdict("retry", 1.0, "http 503", 120.0)),
        (no(1), 3, 0, 119.0, Verdict("retry", 2.0, "http 503", 119.0, early=True)),
        (no(1), 3, 4, 80.0, Verdict("retry", 32.0, "http 503", 80.0, early=True)),
        (no(1), 3, 5, 30.0, Verdict("retry", 64.0, "http 503", 0.0, early=True)),
        (no(0.0), 9, 99, 70_000.0, Verdict("retry", 3600.0, "http 503", 70_000.0, early=True)),
        (no(float("nan")), 0, 0, 0.0, Verdict("retry", 1.0, "http 503", 5.0)),
        # As late as it asks for, within an hour.
        (no(77), 0, 0, 0.0, Verdict("retry", 77.0, "http 503")),
        (no(1e9), 0, 0, 0.0, Verdict("retry", 3600.0, "http 503")),
        (no(3600), 9, 0, 0.0, Verdict("retry", 3600.0, "http 503", 72_000.0)),
        # Without a word back to the schedule.
        (no(), 3, 7, 40.0, Verdict("retry", 40.0, "http 503", early=True)),
        (no(), 3, 7, -0.1, Verdict("retry", 600.0, "http 503")),
        # The last step ends when its time is over, and no sooner.
        (no(1), 10, 3, 0.5, Verdict("retry", 16.0, "http 503", 0.0, early=True)),
        (no(), 10, 3, 0.5, Verdict("retry", 0.5, "http 503", early=True)),
        (no(1), 10, 3, 0.0, Verdict("dead", 0.0, "http 503")),
        (Answer("dead", "refused"), 3, 0, 50.0, Verdict("dead", 0.0, "refused")),
        (Answer("delivered"), 10, 3, 0.0, Verdict("delivered")),
    ],
)
def test_an_attempt_before_its_time_uses_up_no_step(
    answer: Answer, failed: int, early: int, left: float, verdict: Verdict
) -> None:
    assert judge(answer, failed, SCHEDULE, 0.5, early, left) == verdict


def lived(asks: Callable[[int], float | None], chance: float) -> tuple[int, float]:
    """How many attempts a receiver gets that never takes one, and after how long it is given up (s)."""
    now = own = 0.0
    steps = 0
    for attempts in itertools.count():
        verdict = judge(no(asks(attempts)), steps, SCHEDULE, chance, attempts - steps, own - now)
        if verdict.outcome == "dead":
            return attempts + 1, now
        steps += not verdict.early
        own = now + (verdict.own or verdict.after)
        now += verdict.after
    raise AssertionError


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
@pytest.mark.parametrize(
    "asks",
    [
        lambda n: None,
        lambda n: 1.0,
        lambda n: 60.0,
        lambda n: 3600.0,
        lambda n: 1e6,
        lambda n: 1.0 if n % 2 else None,
        lambda n: float(n * 97 % 5000),
    ],
    ids=["nothing", "a second", "a minute", "an hour", "more", "now and then", "this and that"],
)
def test_nothing_is_given_up_before_the_whole_schedule_is_over(
    asks: Callable[[int], float | None], chance: float
) -> None:
    attempts, after = lived(asks, chance)
    assert WHOLE * 0.8 * 0.999 <= after <= WHOLE * 1.2 + 11 * 3600
    assert attempts <= 90


def test_without_a_wish_it_is_the_schedule() -> None:
    assert lived(lambda n: None, 0.5) == (11, pytest.approx(WHOLE))


async def test_what_an_early_attempt_leaves_of_the_schedule_is_kept(
    outbox: Outbox, store: Store, keys: Keys
) -> None:
    await write(store, keys, alert("c1-v1"))
    await outbox.settle(await taken(outbox), Verdict("retry", 0.01, "http 503", 60.0), 503)
    for early in range(2):
        lease = await wait_until(lambda: outbox_lease(outbox))
        assert (lease.failed, lease.steps) == (1 + early, 1) and 55 < lease.left < 60
        again = Verdict("retry", 0.01, "http 503", lease.left, early=True)
        await outbox.settle(lease, again, 503)
    other = Outbox(store, keys)  # a restart
    lease = await wait_until(lambda: outbox_lease(other))
    assert (lease.failed, lease.steps) == (3, 1) and 50 < lease.left < 60
    await outbox.settle(lease, RETRY, 503, attempted=False)  # quiet hours
    lease = await wait_until(lambda: outbox_lease(other))
    assert (lease.failed, lease.steps) == (3, 1) and 50 < lease.left < 60
    await outbox.settle(lease, DEAD, 400)
    await outbox.replay("c1-v1")
    lease = await taken(outbox)
    assert (lease.failed, lease.steps, lease.left) == (0, 0, 0.0)
    await outbox.settle(lease, DELIVERED, 200)


async def outbox_lease(outbox: Outbox):  # type: ignore[no-untyped-def]
    return (await outbox.lease("ops", "a")).lease


async def test_a_record_of_an_older_release_has_used_up_a_step_an_attempt(
    outbox: Outbox, store: Store, keys: Keys
) -> None:
    await write(store, keys, alert("c1-v1"))
    await store.call("HSET", keys.delivery("c1-v1:ops"), "attempts", 4)
    lease = await taken(outbox)
    assert lease.steps == 4
    await outbox.settle(lease, RETRY, 500)
    lease = await wait_until(lambda: outbox_lease(outbox))
    assert (lease.failed, lease.steps) == (5, 5)
    await outbox.settle(lease, DELIVERED, 200)


async def order(outbox: Outbox) -> list[str]:
    """What would be sent now, in its order."""
    got = []
    while lease := await outbox_lease(outbox):
        got.append(lease.webhook_id)
        await outbox.settle(lease, DELIVERED, 200)
    return got


async def failed(outbox: Outbox, store: Store, keys: Keys, *ids: str, verdict: Verdict = LONG) -> None:
    for id in ids:
        await write(store, keys, alert(id))
        assert await outbox.settle(await taken(outbox), verdict, 503)


async def behind(store: Store, keys: Keys, id: str, before: str) -> None:
    await write(store, keys, alert(id))
    await store.call("HSET", keys.delivery(f"{id}:ops"), "before", f"{before}:ops")


async def test_what_failed_goes_when_the_endpoint_answers(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    """Another case's alert, or a test, that arrives: all of it, that of one case in its order."""
    await failed(outbox, store, keys, "mara-v1", "tomas-v1")
    await behind(store, keys, "mara-v2", "mara-v1")
    await store.call("ZADD", keys.due("ops"), "9999999999999", "mara-v2:ops")
    await store.call("HSET", keys.delivery("mara-v2:ops"), "waits", "1")
    # They failed a while ago.
    for id in ("mara-v1:ops", "tomas-v1:ops"):
        await store.call("HINCRBY", keys.delivery(id), "last_at", -5000)
    run(outbox, receiver)
    await outbox.test("ops")
    run.wake.set()
    await settled(outbox)
    assert sorted(receiver.ids[1:]) == ["mara-v1", "mara-v2", "tomas-v1"]
    assert receiver.ids.index("mara-v1") < receiver.ids.index("mara-v2")


async def test_what_is_held_back_on_purpose_stays_held(outbox: Outbox, store: Store, keys: Keys) -> None:
    await write(store, keys, alert("held-v1"))
    await store.call("ZADD", keys.due("ops"), "9999999999999", "held-v1:ops")
    assert await outbox.answers("ops") == []
    assert await outbox.hasten("ops") == [] == await outbox.hasten("held-v1")
    assert await outbox_lease(outbox) is None


async def test_one_that_is_always_refused_is_tried_ever_less_beside_its_schedule(
    outbox: Outbox, store: Store, keys: Keys
) -> None:
    await failed(outbox, store, keys, "bad-v1")
    record = keys.delivery("bad-v1:ops")
    for early, apart in ((0, 1000), (3, 8000), (20, 3_600_000)):
        await store.call("HSET", record, "attempts", 1 + early)
        await store.call("ZADD", keys.due("ops"), "9999999999999", "bad-v1:ops")
        assert await outbox.answers("ops") == ["bad-v1:ops"]
        last = int(await store.call("HGET", record, "last_at"))
        assert int(await store.call("ZSCORE", keys.due("ops"), "bad-v1:ops")) == last + apart
        assert await outbox.answers("ops") == []


async def test_news_of_a_case_tries_what_it_waits_for_at_once(
    outbox: Outbox, store: Store, keys: Keys
) -> None:
    await failed(outbox, store, keys, "mara-v1")
    await store.call("HINCRBY", keys.delivery("mara-v1:ops"), "last_at", -5000)
    await behind(store, keys, "mara-v2", "mara-v1")
    lease = await wait_until(lambda: outbox_lease(outbox))
    assert (lease.webhook_id, lease.left > 3600) == ("mara-v1", True)
    await outbox.settle(lease, Verdict("retry", lease.left, "http 503", early=True), 503)
    assert await outbox_lease(outbox) is None, "once each"
    await store.call("HINCRBY", keys.delivery("mara-v1:ops"), "last_at", -9000)
    await behind(store, keys, "mara-v3", "mara-v2")
    assert (await wait_until(lambda: outbox_lease(outbox))).webhook_id == "mara-v1"


async def test_other_settings_try_again_what_failed_with_the_old_ones(
    outbox: Outbox, store: Store, keys: Keys
) -> None:
    await write(store, keys, alert("mara-v1"))
    await outbox.settle(await taken(outbox), LONG, 503, mark="old")
    await behind(store, keys, "mara-v2", "mara-v1")
    assert await outbox_lease(outbox) is None
    await outbox.take_back("ops", "a", "old")
    assert await outbox_lease(outbox) is None
    await outbox.take_back("ops", "a", "new")
    assert await order(outbox) == ["mara-v1", "mara-v2"]


@pytest.mark.parametrize("what", ["ops", "mara-v1", "mara-v1:ops", "mara-v2"])
async def test_a_person_brings_forward_what_waits(
    outbox: Outbox, store: Store, keys: Keys, what: str
) -> None:
    await failed(outbox, store, keys, "mara-v1")
    await behind(store, keys, "mara-v2", "mara-v1")
    assert await outbox_lease(outbox) is None
    assert set(await outbox.hasten(what)) >= {"mara-v1:ops"}
    assert (await wait_until(lambda: outbox_lease(outbox))).webhook_id == "mara-v1"


async def test_a_short_wait_that_was_asked_for_uses_up_no_step(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    receiver.answers = [status(429, Retry_After="1")] * 2
    run(outbox, receiver, schedule=[60])
    await write(store, keys, alert("c1-v1"))
    (delivery,) = await settled(outbox)
    first, second, third = (at for _, _, at in receiver.got)
    assert second - first > 0.99 and third - second > 1.99
    assert delivery.attempts == 3
