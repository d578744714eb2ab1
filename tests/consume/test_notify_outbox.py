"""Leases, settling, dead letters and trimming in a real store."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.alert import Alert, AlertData
from monitor.consume.notify.outbox import LEASE, LONGEST_ERROR, Disabled, Lease, Outbox
from monitor.consume.notify.policy import Verdict
from monitor.consume.notify.undelivered import Notice
from monitor.embedded import binary
from monitor.errors import StoreDown, UserError
from monitor.keys import Keys
from monitor.model import encode
from monitor.store import Store

from ..conftest import debian, serve

DELIVERED = Verdict("delivered")
RETRY = Verdict("retry", 0.05, "http 500")
DEAD = Verdict("dead", 0.0, "gone")
GONE = Verdict("gone", 0.0, "gone")


def alert(id: str, endpoints: Sequence[str] = ("ops",)) -> Alert:
    now = datetime.now(UTC)
    return Alert(id=id, type="departure.reported", timestamp=now, data=AlertData(), endpoints=list(endpoints))


async def write(store: Store, keys: Keys, alert: Alert, at: float | None = None) -> str:
    """What the cases stage does with an alert; `at` (POSIX seconds) makes it an old one."""
    stream_id = "*" if at is None else f"{int(at * 1000)}-1"
    now = int((time.time() if at is None else at) * 1000)
    entry = (await store.call("XADD", keys.alerts, stream_id, "d", encode(alert), "person", "x")).decode()
    for name in alert.endpoints:
        id = f"{alert.id}:{name}"
        record = ("alert", entry, "webhook_id", alert.id, "endpoint", name)
        await store.call(*("HSET", keys.delivery(id), *record, "attempts", 0, "state", "due", "created", now))
        await store.call("ZADD", keys.due(name), now, id)
    return entry


@pytest.fixture
async def outbox(store: Store, keys: Keys) -> AsyncIterator[Outbox]:
    yield Outbox(store, keys)
    # Whatever a test did: a delivery is in the due index as long as it is open, and no longer.
    for sent in await outbox_state(store, keys):
        assert (sent.state in ("due", "sending")) is (sent.next_at is not None), sent


async def outbox_state(store: Store, keys: Keys):  # type: ignore[no-untyped-def]
    return [delivery for sent in await Outbox(store, keys).list(1000) for delivery in sent.deliveries]


async def taken(outbox: Outbox, owner: str = "a", endpoint: str = "ops") -> Lease:
    lease = (await outbox.lease(endpoint, owner)).lease
    assert lease is not None
    return lease


async def test_an_empty_outbox(outbox: Outbox) -> None:
    assert await outbox.lease("ops", "a") == (None, None, None)
    assert await outbox.take_back("ops", "a") == 0
    assert await outbox.trim() == 0
    assert await outbox.list() == []
    assert await outbox.dead() == []
    assert await outbox.dead_letters() == {}


async def test_a_lease_brings_the_alert_and_is_ours_alone(outbox: Outbox, store: Store, keys: Keys) -> None:
    written = alert("c1-v1", ["ops", "chat"])
    await write(store, keys, written)
    begun = time.monotonic()
    lease = await taken(outbox)
    assert lease == Lease("c1-v1:ops", "ops", "a", 1, "c1-v1", 0, written)
    nothing, wait, _ = await outbox.lease("ops", "b")
    assert nothing is None
    assert wait is not None and wait + (time.monotonic() - begun) > LEASE - 0.1 and wait <= LEASE
    assert (await taken(outbox, "b", "chat")).id == "c1-v1:chat"


async def test_what_is_due_longest_comes_first(outbox: Outbox, store: Store, keys: Keys) -> None:
    now = time.time()
    for number in (3, 1, 2):
        await write(store, keys, alert(f"c{number}-v1"), now - 100 + number if number == 3 else None)
    assert (await taken(outbox)).id == "c3-v1:ops"


async def test_delivered(outbox: Outbox, store: Store, keys: Keys) -> None:
    begun = time.monotonic()
    await write(store, keys, alert("c1-v1"))
    lease = await taken(outbox)
    await asyncio.sleep(0.02)
    settled = await outbox.settle(lease, DELIVERED, 204)
    assert settled is not None and 0.02 <= settled.age <= time.monotonic() - begun + 0.01 and not settled.told
    assert await outbox.lease("ops", "a") == (None, None, None)
    assert 29.9 * 86400 < await store.call("TTL", keys.delivery(lease.id)) <= 30 * 86400
    ((sent,),) = [(await outbox.list())[0].deliveries]
    assert (sent.state, sent.attempts, sent.last_status, sent.last_error) == ("delivered", 1, 204, "")
    assert sent.delivered_at == sent.last_at is not None


async def test_a_retry_is_due_again_when_its_time_comes(outbox: Outbox, store: Store, keys: Keys) -> None:
    await write(store, keys, alert("c1-v1"))
    await outbox.settle(await taken(outbox), Verdict("retry", 3600, "x" * 999), None)
    nothing, wait, _ = await outbox.lease("ops", "a")
    assert nothing is None
    assert wait is not None and 3500 < wait <= 3600
    (sent,) = (await outbox.list())[0].deliveries
    assert (sent.state, sent.attempts, sent.last_status) == ("due", 1, None)
    assert sent.last_error == "x" * LONGEST_ERROR
    await write(store, keys, alert("c2-v1"))
    await outbox.settle(await taken(outbox), RETRY, 500)
    await asyncio.sleep(0.06)
    again = await taken(outbox)
    assert (again.webhook_id, again.failed) == ("c2-v1", 1)


async def test_a_dead_letter_and_its_replay(outbox: Outbox, store: Store, keys: Keys) -> None:
    await write(store, keys, alert("c1-v1", ["ops", "chat"]))
    await outbox.settle(await taken(outbox), RETRY, 500)
    await asyncio.sleep(0.06)
    await outbox.settle(await taken(outbox), DEAD, 410)
    assert await outbox.lease("ops", "a") == (None, None, None)
    assert await outbox.dead_letters() == {"ops": 1}
    (dead,) = await outbox.dead()
    assert (dead.id, dead.state, dead.attempts, dead.last_error) == ("c1-v1:ops", "dead", 2, "gone")

    assert await outbox.replay("c1-v1") == ["c1-v1:ops"]  # the other is on its way already
    assert await outbox.replay("c1-v1") == []
    assert await outbox.dead_letters() == {}
    lease = await taken(outbox)
    assert (lease.failed, lease.webhook_id) == (0, "c1-v1")
    await outbox.settle(lease, DELIVERED, 200)

    assert await outbox.replay("c1-v1:ops") == ["c1-v1:ops"]
    assert await store.call("TTL", keys.delivery("c1-v1:ops")) == -1
    for what in ("c1", "c1-v1:nobody", "c2-v1", ""):
        with pytest.raises(UserError, match="monitor alerts list"):
            await outbox.replay(what)


async def test_what_a_newer_message_replaced_is_not_replayed(
    outbox: Outbox, store: Store, keys: Keys
) -> None:
    await write(store, keys, alert("c1-v1"))
    await store.call("ZREM", keys.due("ops"), "c1-v1:ops")
    await store.call("HSET", keys.delivery("c1-v1:ops"), "state", "superseded")
    assert [delivery.state for delivery in await outbox_state(store, keys)] == ["superseded"]
    assert await outbox.replay("c1-v1") == []


async def test_replay_of_a_delivery_that_is_forgotten(outbox: Outbox, store: Store, keys: Keys) -> None:
    for number in range(250):
        await write(store, keys, alert(f"c{number}-v1"))
    await store.call("DEL", keys.delivery("c3-v1:ops"))
    await store.call("ZREM", keys.due("ops"), "c3-v1:ops")
    assert await outbox.replay("c3-v1:ops") == ["c3-v1:ops"]


async def test_a_lease_that_ended_is_fenced(store: Store, keys: Keys) -> None:
    outbox = Outbox(store, keys, lease=0.05)
    await write(store, keys, alert("c1-v1"))
    old = await taken(outbox, "a")
    await asyncio.sleep(0.06)
    new = await taken(outbox, "b")
    for verdict in (DELIVERED, RETRY, DEAD):
        assert await outbox.settle(old, verdict, 200) is None
    assert await outbox.settle(new, RETRY, 500) is not None
    await asyncio.sleep(0.06)
    again = await taken(outbox, "a")
    assert await outbox.settle(old, DELIVERED, 200) is None
    assert await outbox.settle(again, DELIVERED, 200) is not None
    assert await outbox.settle(again, DELIVERED, 200) is None


async def test_a_late_settle_of_an_ended_lease_counts_if_nobody_took_it(store: Store, keys: Keys) -> None:
    outbox = Outbox(store, keys, lease=0.02)
    await write(store, keys, alert("c1-v1"))
    lease = await taken(outbox)
    await asyncio.sleep(0.03)
    assert await outbox.settle(lease, DELIVERED, 200) is not None


async def test_what_was_delivered_stays_delivered_when_the_store_is_rolled_back(
    outbox: Outbox, store: Store, keys: Keys
) -> None:
    """A store that was killed comes back without the last second: it has forgotten the lease."""
    await write(store, keys, alert("c1-v1"))
    key, due = keys.delivery("c1-v1:ops"), keys.due("ops")
    before, score = await store.call("HGETALL", key), await store.call("ZSCORE", due, "c1-v1:ops")
    lease = await taken(outbox)
    await store.call("DEL", key)
    await store.call("HSET", key, *before)
    await store.call("ZADD", due, score, "c1-v1:ops")
    for verdict in (RETRY, DEAD):
        assert await outbox.settle(lease, verdict, 500) is None
    assert await outbox.settle(lease, DELIVERED, 200) is not None
    assert await outbox.lease("ops", "a") == (None, None, None)
    assert await outbox.settle(lease, DELIVERED, 200) is None


async def test_a_settle_without_an_attempt_counts_none(outbox: Outbox, store: Store, keys: Keys) -> None:
    await write(store, keys, alert("c1-v1"))
    await outbox.settle(await taken(outbox), DEAD, None, attempted=False)
    (dead,) = await outbox.dead()
    assert (dead.attempts, dead.last_status) == (0, None)


async def test_all_dead_letters_of_an_endpoint_are_replayed_by_its_name(
    outbox: Outbox, store: Store, keys: Keys
) -> None:
    for number in range(3):
        await write(store, keys, alert(f"c{number}-v1", ["ops", "chat"]))
        await outbox.settle(await taken(outbox), DEAD, 400)
    await outbox.settle(await taken(outbox, endpoint="chat"), DEAD, 400)
    assert await outbox.replay("ops") == [f"c{number}-v1:ops" for number in range(3)]
    assert await outbox.dead_letters() == {"chat": 1}
    with pytest.raises(UserError):
        await outbox.replay("ops")


async def test_only_the_same_instance_takes_its_leases_back(outbox: Outbox, store: Store, keys: Keys) -> None:
    for number in range(3):
        await write(store, keys, alert(f"c{number}-v1"))
    mine, others = await taken(outbox, "a"), await taken(outbox, "b")
    await outbox.settle(await taken(outbox, "a"), Verdict("retry", 60, "http 500"), 500)
    assert await outbox.take_back("ops", "c") == 0
    assert await outbox.take_back("ops", "a") == 1
    again = await taken(outbox, "a")
    assert again.id == mine.id != others.id
    assert again.fence > mine.fence
    assert await outbox.settle(mine, DELIVERED, 200) is None


async def test_a_record_that_is_gone_leaves_the_index(outbox: Outbox, store: Store, keys: Keys) -> None:
    await store.call("ZADD", keys.due("ops"), 1, "c1-v1:ops")
    assert await outbox.lease("ops", "a") == (None, None, None)


@pytest.mark.parametrize(
    "lost",
    [None, b"{", b'{"id": "\xff\xfe"}', b"[" * 100_000],
    ids=["deleted", "broken off", "no UTF-8", "deep"],
)
async def test_an_alert_that_is_lost(outbox: Outbox, store: Store, keys: Keys, lost: bytes | None) -> None:
    entry = await write(store, keys, alert("c1-v1"))
    await store.call("XDEL", keys.alerts, entry)
    if lost:
        bad = (await store.call("XADD", keys.alerts, "*", "person", "x", "d", lost)).decode()
        await store.call("HSET", keys.delivery("c1-v1:ops"), "alert", bad)
    assert (await taken(outbox)).alert is None
    assert await outbox.list() == []


async def test_the_newest_come_first(outbox: Outbox, store: Store, keys: Keys) -> None:
    for number in range(5):
        await write(store, keys, alert(f"c{number}-v1", ["ops", "chat"] if number else []))
    listed = await outbox.list(3)
    assert [sent.alert.id for sent in listed] == ["c4-v1", "c3-v1", "c2-v1"]
    assert [d.endpoint for d in listed[0].deliveries] == ["ops", "chat"]
    assert encode(listed)
    assert (await outbox.list(5))[-1].deliveries == []


async def test_a_test_alert(outbox: Outbox) -> None:
    first = await outbox.test("ops")
    lease = await taken(outbox)
    assert lease.alert is not None
    assert lease.alert.type == "monitor.test"
    assert "test" in (lease.alert.data.message or "")
    assert lease.webhook_id == lease.alert.id == first.removesuffix(":ops")
    assert "." not in lease.webhook_id
    second = await outbox.test("ops")
    assert second != first
    assert await outbox.replay(second) == []


async def test_trim_stops_at_the_first_unfinished(outbox: Outbox, store: Store, keys: Keys) -> None:
    long_ago = time.time() - 400 * 86400
    for number in range(6):
        await write(store, keys, alert(f"c{number}-v1", ["ops"] if number != 2 else []), long_ago + number)
    await write(store, keys, alert("new-v1"))
    assert await outbox.trim() == 0
    await outbox.settle(await taken(outbox), DEAD, 410)
    await outbox.settle(await taken(outbox), DELIVERED, 200)
    assert await outbox.dead_letters() == {"ops": 1}
    assert await outbox.trim(at_most=2) == 2
    assert await outbox.dead_letters() == {}
    assert await store.call("EXISTS", keys.delivery("c0-v1:ops")) == 0
    await outbox.settle(await taken(outbox), Verdict("retry", 60), 500)
    await outbox.settle(await taken(outbox), DELIVERED, 200)
    assert await outbox.trim() == 1  # the one without deliveries; then one is due
    left = [sent.alert.id for sent in await outbox.list()]
    assert left == ["new-v1", "c5-v1", "c4-v1", "c3-v1"]


async def test_trim_leaves_what_it_cannot_read(outbox: Outbox, store: Store, keys: Keys) -> None:
    await store.call("XADD", keys.alerts, "1-1", "d", "{")
    assert await outbox.trim() == 0


@pytest.mark.parametrize("kind", ["valkey", pytest.param("redis", marks=pytest.mark.debian)])
async def test_a_full_store_still_delivers(tmp_path: Path, keys: Keys, kind: str) -> None:
    server = debian("redis-server") if kind == "redis" else binary()
    async with serve(server, tmp_path) as running:
        store = await Store.open(running.unix)
        outbox = Outbox(store, keys)
        for number in range(3):
            await write(store, keys, alert(f"c{number}-v1"))
        await store.call("CONFIG", "SET", "maxmemory", "1")
        with pytest.raises(StoreDown):
            await store.call("SET", "x", "x")
        for verdict in (DELIVERED, RETRY, DEAD):
            assert await outbox.settle(await taken(outbox), verdict, 200) is not None
        await asyncio.sleep(0.06)  # RETRY
        notice, gone = Notice(alert("disabled-ops-1", ["chat"]), {}), Disabled(at=datetime.now(UTC))
        told = await outbox.settle(await taken(outbox), GONE, 410, notice=notice, disable=gone)
        assert told is not None and told.told
        assert list(await outbox.disabled()) == ["ops"]
        assert (await taken(outbox, endpoint="chat")).webhook_id == "disabled-ops-1"
        assert await outbox.abandon() == {}
        assert await outbox.take_back("ops", "a") == 0
        assert await outbox.trim() == 0
        await store.close()
