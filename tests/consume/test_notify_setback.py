"""The store's clock was ahead and is set right: what it put off is not put off by as much more."""

from __future__ import annotations

import pytest

from monitor.consume.notify.outbox import Outbox
from monitor.consume.notify.policy import Verdict
from monitor.consume.notify.tend import tend
from monitor.keys import Keys
from monitor.store import Store

from ..conftest import wait_until
from .receiver import Receiver, Runner
from .test_notify_early import behind, outbox_lease
from .test_notify_outbox import DELIVERED, alert, outbox, taken, write
from .test_notify_tend import running

__all__ = ["outbox"]
HOURS = 8 * 3600 * 1000
HALF_A_DAY = Verdict("retry", 43_200.0, "http 503", 50_000.0)


async def stands(store: Store, keys: Keys, id: str) -> dict[str, int]:
    """The times in a record, with its place in the due index."""
    fields = ("created", "last_at", "own")
    found = await store.call("HMGET", keys.delivery(id), *fields)
    times = {name: int(value) for name, value in zip(fields, found, strict=True) if value}
    return times | {"due": int(await store.call("ZSCORE", keys.due("ops"), id))}


async def was_ahead(store: Store, keys: Keys, *ids: str) -> None:
    """As if all had been written by a clock that was hours ahead."""
    await store.call("ZADD", keys.endpoints, 1, "ops")
    for id in ids:
        for field in (await stands(store, keys, id)).keys() - {"due"}:
            await store.call("HINCRBY", keys.delivery(id), field, HOURS)
        await store.call("ZINCRBY", keys.due("ops"), HOURS, id)


async def now_of(store: Store) -> int:
    seconds, micros = await store.call("TIME")
    return int(seconds) * 1000 + int(micros) // 1000


async def test_a_retry_comes_after_the_wait_that_was_meant(outbox: Outbox, store: Store, keys: Keys) -> None:
    await write(store, keys, alert("a-v1"))
    await outbox.settle(await taken(outbox), HALF_A_DAY, 503)
    was = await stands(store, keys, "a-v1:ops")
    await was_ahead(store, keys, "a-v1:ops")
    assert await outbox.set_back() == 1
    now = await stands(store, keys, "a-v1:ops")
    assert was["last_at"] <= now["last_at"] <= await now_of(store)
    for time in ("due", "own"):
        assert now[time] - now["last_at"] == was[time] - was["last_at"]
    assert await outbox.set_back() == 0, "once"


async def test_what_was_due_at_once_and_what_waits_behind_it(
    outbox: Outbox, store: Store, keys: Keys
) -> None:
    await write(store, keys, alert("a-v1"))
    await outbox.settle(await taken(outbox), HALF_A_DAY, 503)
    await behind(store, keys, "a-v2", "a-v1")
    assert (await outbox.lease("ops", "a")).lease is None
    await write(store, keys, alert("b-v1"))
    await was_ahead(store, keys, "a-v1:ops", "a-v2:ops", "b-v1:ops")
    assert (await outbox.lease("ops", "a")).lease is None
    assert await outbox.set_back() == 3
    for id in ("b-v1", "a-v1", "a-v2"):
        lease = await wait_until(lambda: outbox_lease(outbox))
        assert lease.webhook_id == id
        await outbox.settle(lease, DELIVERED, 200)
        await outbox.answers("ops")


@pytest.mark.parametrize("tried", [False, True])
async def test_without_a_jump_nothing_moves(outbox: Outbox, store: Store, keys: Keys, tried: bool) -> None:
    await write(store, keys, alert("a-v1"))
    await store.call("ZADD", keys.endpoints, 1, "ops")
    if tried:
        await outbox.settle(await taken(outbox), HALF_A_DAY, 503)
    else:
        await store.call("ZINCRBY", keys.due("ops"), HOURS, "a-v1:ops")
    was = await stands(store, keys, "a-v1:ops")
    assert await outbox.set_back() == 0 and await stands(store, keys, "a-v1:ops") == was


async def test_what_is_held_until_a_time_of_day_stays_held(outbox: Outbox, store: Store, keys: Keys) -> None:
    """Whoever decides on cases would take it back without a word, although it had gone out."""
    await write(store, keys, alert("a-v1"))
    await store.call("ZINCRBY", keys.due("ops"), HOURS, "a-v1:ops")
    await was_ahead(store, keys, "a-v1:ops")
    was = await stands(store, keys, "a-v1:ops")
    assert await outbox.set_back() == 0 and await stands(store, keys, "a-v1:ops") == was


async def test_a_lease_ends_in_time(store: Store, keys: Keys) -> None:
    outbox = Outbox(store, keys, lease=0.05)
    await write(store, keys, alert("a-v1"))
    lost = await taken(outbox, "killed")
    await was_ahead(store, keys, "a-v1:ops")
    assert await outbox.set_back() == 1
    assert await wait_until(lambda: outbox_lease(outbox))
    assert await outbox.settle(lost, DELIVERED, 200) is None, "two never have it"


async def test_a_delivery_that_failed_by_the_wrong_clock_arrives(
    run: Runner, receiver: Receiver, outbox: Outbox, store: Store, keys: Keys
) -> None:
    await write(store, keys, alert("a-v1"))
    await outbox.settle(await taken(outbox), Verdict("retry", 0.05, "http 503", 0.05), 503)
    await was_ahead(store, keys, "a-v1:ops")
    async with running(tend(outbox, run.telemetry, every=0.02)):
        run(outbox, receiver)
        await wait_until(lambda: receiver.ids == ["a-v1"])
