"""What the others are told of a dead letter, and alerts that no case writes: once, whoever writes them again."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from monitor import keys as table
from monitor.alert import Undelivered
from monitor.consume.notify.outbox import Outbox
from monitor.consume.notify.policy import Verdict
from monitor.consume.notify.records import Disabled
from monitor.consume.notify.undelivered import SILENT, Notice, Notices, case_of, undelivered
from monitor.errors import StoreDown
from monitor.keys import Keys
from monitor.store import Store

from ..conftest import wait_until
from .receiver import Receiver, Runner, status
from .test_notify_gone import dead, endpoint
from .test_notify_outbox import DEAD, alert, outbox_state, taken, write
from .test_notify_restart import Flaky

NOW = 1_772_001_600.0  # 2026-02-25T06:40:00Z
ALL = [
    endpoint("ops", "https://a.example/", "delivery"),
    endpoint("chat", "https://b.example/", "delivery"),
    endpoint("deaf"),
]
TOLD = Notices(ALL)


def about(type: str = "departure.reported", name: str = "ops") -> Undelivered:
    return undelivered(name, "c1-v1", type, 11, "http 400: you said “x”")


def test_a_notice_goes_to_the_others_that_ask_for_it() -> None:
    notice = TOLD.dead(about(), NOW)
    assert notice is not None
    assert notice.alert.endpoints == ["chat"]
    assert notice.due == {"chat": NOW}
    assert notice.alert.id == f"dead-ops-{int(NOW // 600)}"
    assert notice.alert.data.delivery == Undelivered(
        endpoint="ops", webhook_id="c1-v1", type="departure.reported", attempts=11, reason="http 400"
    )
    assert notice.alert.data.message == "An alert could not be delivered to ops and was given up: http 400."
    refused = undelivered("ops", "c1-v1", "departure.reported", 1, "http 200: invalid_payload")
    assert refused.reason == "http 200, but not accepted"
    again = TOLD.dead(about(), NOW + 1)
    assert again is not None and again.alert.id == notice.alert.id
    assert TOLD.dead(about(), NOW + 600).alert.id != notice.alert.id  # type: ignore[union-attr]


def test_whose_case_a_notice_names() -> None:
    told = undelivered("ops", "lab-mara-venn-1-v12", "departure.reported", 3, "http 500")
    notice = TOLD.dead(told, NOW)
    assert notice is not None
    assert case_of(notice.alert, {"lab-tomas-reed-1", "lab-mara-venn-1"}) == "lab-mara-venn-1"
    assert case_of(notice.alert, {"lab-mara.venn-1"}) == "lab-mara.venn-1"
    assert case_of(notice.alert, {"lab-mara-venn-2", "lab-mara"}) is None
    assert case_of(alert("test-ops-1"), {"lab-mara-venn-1"}) is None


def test_nobody_to_tell() -> None:
    assert Notices().dead(about(), NOW) is None
    assert Notices(ALL[:1]).dead(about(), NOW) is None
    assert Notices(ALL[2:]).disabled(about(), NOW) is None


@pytest.mark.parametrize("type", SILENT)
def test_no_notice_of_a_notice(type: str) -> None:
    assert TOLD.dead(about(type), NOW) is None
    assert TOLD.disabled(about(type), NOW) is not None  # an endpoint is disabled but once


def test_quiet_hours_are_kept_to() -> None:
    quiet = ALL[1].model_copy(update={"quiet": "06:00-07:00"})
    notice = replace(TOLD, endpoints=[ALL[0], quiet]).dead(about(), NOW)
    assert notice is not None and notice.due == {"chat": NOW + 1200}


async def test_a_dead_letter_is_told_in_the_same_step_and_once(
    outbox: Outbox, store: Store, keys: Keys
) -> None:
    for number in range(3):
        await write(store, keys, alert(f"c{number}-v1"))
    told = []
    for _ in range(3):
        settled = await outbox.settle(await taken(outbox), DEAD, 400, notice=TOLD.dead(about(), NOW))
        assert settled is not None
        told.append(settled.told)
    assert told == [True, False, False]
    (notice,) = [sent for sent in await outbox.list() if sent.alert.type == "delivery.dead"]
    assert [(d.endpoint, d.state, d.attempts) for d in notice.deliveries] == [("chat", "due", 0)]
    lease = await taken(outbox, endpoint="chat")
    assert lease.alert == notice.alert
    assert int(await store.call("TTL", keys.announced(notice.alert.id))) > 86400


async def test_a_lease_that_is_lost_tells_nobody(store: Store, keys: Keys) -> None:
    outbox = Outbox(store, keys, lease=0.01)
    await write(store, keys, alert("c1-v1"))
    old = await taken(outbox, "a")
    await asyncio.sleep(0.02)
    await taken(outbox, "b")
    assert await outbox.settle(old, DEAD, 400, notice=TOLD.dead(about(), NOW)) is None
    assert len(await outbox.list()) == 1


async def test_given_up_is_told_through_the_others(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    async with Receiver().running() as told:
        receiver.otherwise = status(500)
        run(outbox, receiver, schedule=[0.01], notices=TOLD)
        run(outbox, told, "chat", notices=TOLD)
        for number in range(2):
            await write(store, keys, alert(f"c{number}-v1"))
        await outbox.test("ops")
        run.wake.set()
        await wait_until(lambda: dead(outbox, 3))
        announced = run.telemetry.alerts["delivery.dead"]._value
        await wait_until(lambda: told.got and announced.get() == len(told.ids))
        assert all(id.startswith("dead-ops-") for id in told.ids)
        assert len(set(told.ids)) == len(told.ids) <= 2  # two where ten minutes end in between
        data = json.loads(told.got[0][1])["data"]
        assert data["delivery"]["reason"] == "http 500" and data["delivery"]["attempts"] == 2


async def test_all_endpoints_dead_is_no_circle(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    async with Receiver().running() as other:
        receiver.otherwise = other.otherwise = status(500)
        for name, one in (("ops", receiver), ("chat", other)):
            run(outbox, one, name, schedule=[], notices=TOLD)
        await write(store, keys, alert("c1-v1", ["ops", "chat"]))
        run.wake.set()
        await wait_until(lambda: dead(outbox, 4))
        await asyncio.sleep(0.3)
        kinds = sorted(sent.alert.type for sent in await outbox.list())
        assert kinds == ["delivery.dead", "delivery.dead", "departure.reported"]


async def test_announced_once_whoever_says_it_again(outbox: Outbox, store: Store, keys: Keys) -> None:
    said = alert("source-bluesky-20260301T000000", ["ops", "chat"])
    later = time.time() + 1000
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(outbox.announce(said, {"chat": later})) for _ in range(8)]
    assert sorted(task.result() for task in tasks) == [False] * 7 + [True]
    (sent,) = await outbox.list()
    assert sent.alert == said
    assert [(d.endpoint, d.state) for d in sent.deliveries] == [("ops", "due"), ("chat", "due")]
    assert (await taken(outbox)).alert == said
    lease, wait, _ = await outbox.lease("chat", "a")
    assert lease is None and wait is not None and 900 < wait <= 1000
    await store.call("EXPIRE", keys.announced(said.id), 600)
    assert not await outbox.announce(said)
    assert int(await store.call("TTL", keys.announced(said.id))) > 30 * 86400
    assert await outbox.announce(alert("source-x-1", []))
    assert [one.deliveries for one in await outbox.list() if one.alert.id == "source-x-1"] == [[]]


async def test_an_announcement_whose_reply_is_lost_is_written_once(
    store_url: str, outbox: Outbox, keys: Keys
) -> None:
    flaky: Any = await Flaky.open(store_url)
    flaky.lose = Counter(announce=1)
    with pytest.raises(StoreDown):
        await Outbox(flaky, keys).announce(alert("digest-ops-20260301"))
    assert not await Outbox(flaky, keys).announce(alert("digest-ops-20260301"))
    assert len(await outbox.list()) == 1
    await flaky.close()


async def test_what_is_due_at_a_removed_endpoint_is_given_up(
    outbox: Outbox, store: Store, keys: Keys
) -> None:
    week = 7 * 86400
    for number in range(3):
        await write(store, keys, alert(f"c{number}-v1", ["ops", "left"]), time.time() - 400 * 86400 + number)
    await write(store, keys, alert("new-v1", ["left"]))
    assert await outbox.abandon() == {}  # nobody knows that name yet
    assert await outbox.trim() == 0  # it is in the way, and so becomes known
    await outbox.seen(["ops"])
    assert await outbox.abandon() == {}
    await store.call("ZADD", keys.endpoints, int((time.time() - week - 1) * 1000), "left")
    assert await outbox.abandon(at_most=2) == {"left": 2}
    assert await outbox.abandon() == {"left": 1}
    gone = await outbox.dead()
    assert {one.last_error for one in gone} == {"endpoint removed"}
    assert {one.id for one in gone} == {f"c{n}-v1:left" for n in range(3)}
    assert await store.call("ZSCORE", keys.endpoints, "left")  # what is newer is still due
    await outbox.seen(["left"])
    assert await outbox.abandon() == {}
    for _ in range(3):
        await outbox.settle(await taken(outbox), Verdict("delivered"), 200)
    assert await outbox.trim() == 3
    await store.call("ZREM", keys.due("left"), "new-v1:left")
    await store.call("HSET", keys.delivery("new-v1:left"), "state", "delivered")
    await store.call("ZADD", keys.endpoints, 1, "left")
    await store.call("HSET", keys.disabled, "left", "{}")
    assert await outbox.abandon() == {}
    assert await store.call("ZSCORE", keys.endpoints, "left") is None
    assert await store.call("HEXISTS", keys.disabled, "left") == 0


async def test_every_key_of_alerts_has_its_line(outbox: Outbox, store: Store, keys: Keys) -> None:
    await write(store, keys, alert("c1-v1"))
    await outbox.seen(["ops"])
    gone = Disabled(at=datetime.now(UTC), reason="gone", mark="x")
    await outbox.settle(
        await taken(outbox),
        Verdict("gone", 0.0, "gone"),
        410,
        notice=TOLD.disabled(about(), NOW),
        disable=gone,
    )
    found = [key.decode() for key in await store.call("KEYS", f"{keys.prefix}:*")]
    kinds = {key.removeprefix(f"{keys.cases}:").partition(":")[0] for key in found}
    assert {"alerts", "delivery", "due", "dead", "disabled", "endpoints", "announced"} == kinds
    for kind in kinds:
        assert f"{{cases}}:{kind}" in (table.__doc__ or "")
    assert all(one.state != "sending" for one in await outbox_state(store, keys))


async def test_two_organisations_at_one_receiver_send_different_ids(store: Store, keys: Keys) -> None:
    """What is of no case says whose it is, in its id too; what is announced twice is one all the same."""
    ids = set()
    for name in ("orrin-lab", "north-lab"):
        outbox = Outbox(store, keys, organisation={"id": name, "name": name.title()})
        for _ in range(2):
            await outbox.announce(alert("digest-ops-20260303"))
        await write(store, keys, alert(f"{name}-mara-venn-1-v1"))
        while lease := (await outbox.lease("ops", "a")).lease:
            notice = Notice(alert("dead-ops-1", ["chat"]), {}) if lease.webhook_id.endswith("-v1") else None
            await outbox.settle(lease, DEAD, 400, notice=notice)
        for sent in await outbox.list():
            ids.add(sent.alert.id)
            if "-v1" not in sent.alert.id:
                assert (sent.alert.data.organisation or {})["id"] in sent.alert.id
    assert sorted(ids) == sorted(
        f"{what}-{name}" if what else f"{name}-mara-venn-1-v1"
        for what in ("digest-ops-20260303", "dead-ops-1", "")
        for name in ("orrin-lab", "north-lab")
    )
