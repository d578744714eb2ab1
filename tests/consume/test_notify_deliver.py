"""Delivery to a real receiver that misbehaves on demand, over a real store."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import time
from email.utils import formatdate
from typing import Any

import pytest
from aiohttp import web
from standardwebhooks import Webhook

import monitor.consume.notify.deliver as module
from monitor.consume.notify import breaker, sending, standard
from monitor.consume.notify.attempt import Attempt
from monitor.consume.notify.breaker import Breaker
from monitor.consume.notify.outbox import Delivery, Lease, Outbox
from monitor.consume.notify.policy import Answer, Verdict
from monitor.consume.notify.tend import tend
from monitor.keys import Keys
from monitor.store import Store

from ..conftest import wait_until
from .receiver import (
    Answers,
    Receiver,
    Runner,
    deliveries,
    endless,
    hangs,
    hangs_too_long,
    resets,
    settled,
    status,
)
from .test_notify import OTHER, SECRET
from .test_notify_outbox import alert, write


async def test_a_signed_message_arrives(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    begun = time.time()
    run(outbox, receiver, secret=[SECRET, OTHER])
    await write(store, keys, alert("c1-v1"))
    (delivery,) = await settled(outbox)
    ((headers, body, _),) = receiver.got
    assert headers["webhook-id"] == delivery.webhook_id == "c1-v1"
    for secret in (SECRET, OTHER):
        assert Webhook(secret).verify(body, headers)["type"] == "departure.reported"
    assert headers["content-type"] == "application/json"
    assert headers["user-agent"].startswith("monitor/")
    assert run.counted() == {"delivered": 1, "retry": 0, "dead": 0}
    assert 0 <= run.telemetry.endpoint["ops"].seconds._sum.get() <= time.time() - begun + 0.01


async def test_the_signal_makes_it_go_at_once(
    run: Runner,
    outbox: Outbox,
    store: Store,
    keys: Keys,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LONGEST_IDLE", 3600.0)
    run(outbox, receiver)
    await asyncio.sleep(0.1)
    for number in range(5):
        await write(store, keys, alert(f"c{number}-v1"))
        run.wake.set()
        await wait_until(lambda n=number: len(receiver.got) > n)
        await asyncio.sleep(0.02)


async def test_it_goes_without_a_signal_too(run: Runner, outbox: Outbox, receiver: Receiver) -> None:
    run(outbox, receiver)
    await asyncio.sleep(0.05)
    await outbox.test("ops")
    await settled(outbox)
    assert json.loads(receiver.got[0][1])["type"] == "monitor.test"


async def test_failures_are_tried_again(
    run: Runner,
    outbox: Outbox,
    store: Store,
    keys: Keys,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    elsewhere = status(302, Location=receiver.url.replace("hook", "elsewhere"))
    receiver.answers = [status(500), resets, hangs_too_long(monkeypatch), elsewhere, status(404)]
    run(outbox, receiver)
    await write(store, keys, alert("c1-v1"))
    (delivery,) = await settled(outbox)
    assert (delivery.attempts, delivery.last_status, delivery.last_error) == (6, 200, "")
    assert receiver.ids == ["c1-v1"] * 6
    assert len({body for _, body, _ in receiver.got}) == 1
    for headers, body, _ in receiver.got:
        Webhook(SECRET).verify(body, headers)
    assert run.counted() == {"delivered": 1, "retry": 5, "dead": 0}
    lines = [record.getMessage() for record in caplog.records if record.name == module.__name__]
    assert lines == ["delivery failed, will be tried again", "delivery works again"]
    assert "KEY" not in str([vars(record) for record in caplog.records if record.name.startswith("monitor")])


async def test_after_the_last_delay_it_is_dead(
    run: Runner,
    outbox: Outbox,
    store: Store,
    keys: Keys,
    receiver: Receiver,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    delays: list[float] = []
    real = outbox.settle

    async def noted(lease: Lease, verdict: Verdict, *args: Any, **more: Any) -> Any:
        delays.append(verdict.after)
        return await real(lease, verdict, *args, **more)

    monkeypatch.setattr(outbox, "settle", noted)
    receiver.answers = [status(500)] * 3
    run(outbox, receiver, schedule=[0.02, 0.4])
    await write(store, keys, alert("c1-v1"))
    (delivery,) = await settled(outbox, "dead")
    assert (delivery.attempts, delivery.last_error) == (3, "http 500")
    first, second, third = (at for _, _, at in receiver.got)
    assert delays == [pytest.approx(0.02, rel=0.2), pytest.approx(0.4, rel=0.2), 0.0]
    assert second - first > 0.015 and third - second > 0.3
    assert run.counted() == {"delivered": 0, "retry": 2, "dead": 1}
    await wait_until(lambda: run.dead_letters() == 1)
    assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR"]
    await outbox.replay("c1-v1")
    await settled(outbox)


async def test_gone_is_dead_at_once(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    receiver.answers = [status(410, Retry_After="1")]
    run(outbox, receiver)
    await write(store, keys, alert("c1-v1"))
    (delivery,) = await settled(outbox, "dead")
    assert (delivery.attempts, delivery.last_status, delivery.last_error) == (1, 410, "gone")


async def test_a_lost_alert_is_dead_at_once(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    await store.call("XDEL", keys.alerts, await write(store, keys, alert("c1-v1")))
    run(outbox, receiver)
    (dead,) = await wait_until(outbox.dead)
    assert (dead.last_error, receiver.got) == ("the alert is lost", [])


@pytest.mark.parametrize("form", ["seconds", "date"])
@pytest.mark.parametrize("code", [429, 503, 500])
async def test_retry_after_replaces_the_delay(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver, form: str, code: int
) -> None:
    async def asks(request: web.Request) -> web.StreamResponse:
        wait = "1000" if form == "seconds" else formatdate(time.time() + 1000, usegmt=True)
        return await status(code, Retry_After=wait)(request)

    receiver.answers = [asks]
    run(outbox, receiver)
    await write(store, keys, alert("c1-v1"))
    (delivery,) = await wait_until(lambda: tried(outbox))
    assert (delivery.state, delivery.last_error) == ("due", f"http {code}")
    assert 900 < (delivery.next_at - delivery.last_at).total_seconds() <= 1001


async def test_after_five_failures_one_probe_at_a_time(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver, rests: list[float]
) -> None:
    """An endpoint that is down for a while: its deliveries do not use up their attempts."""
    receiver.answers = [status(503)] * 8
    for number in range(20):
        await write(store, keys, alert(f"c{number:02}-v1"), time.time() - 100 + number)
    run(outbox, receiver, schedule=[0.3, 0.3, 30, 30])
    await wait_until(lambda: not run.is_up())
    found = await settled(outbox)
    assert run.is_up()
    assert run.counted() == {"delivered": 20, "retry": 8, "dead": 0}
    assert max(delivery.attempts for delivery in found) <= 4
    times = [at for _, _, at in receiver.got]
    # Four go without a rest; once one has worked, all go.
    assert rests == pytest.approx([0, 0, 0, 0, 0.3, 0.6, 1.2, 2.4], abs=1e-3)
    between = [later - earlier for earlier, later in itertools.pairwise(times[4:9])]
    assert all(0.98 * rest < went for rest, went in zip(rests[4:], between, strict=True)), between


async def test_a_test_goes_at_once_though_the_endpoint_rests(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One attempt each, past whatever is due: one that fails leaves the rest as it is, one that arrives ends it for all."""
    monkeypatch.setattr(breaker, "FIRST", 300.0)
    receiver.otherwise = status(503)
    for number in range(5):
        await write(store, keys, alert(f"c{number}-v1"))
    run(outbox, receiver, schedule=[300.0] * 5)
    await wait_until(lambda: len(receiver.got) == 5)
    for number in range(20):
        await write(store, keys, alert(f"late{number:02}-v1"))
    refused = await outbox.test("ops")
    await wait_until(lambda: len(receiver.got) > 5)

    async def noted() -> Delivery | None:
        return next((d for d in await deliveries(outbox) if d.id == refused and d.attempts), None)

    first = await wait_until(noted)
    assert (first.state, first.last_error, run.is_up()) == ("due", "http 503", False)
    receiver.otherwise = status(200)
    arrives = await outbox.test("ops")
    await wait_until(lambda: len(receiver.got) == 5 + 2 + 20 + 6)  # and what failed before
    assert [f"{id}:ops" for id in receiver.ids[5:7]] == [refused, arrives]
    assert set(receiver.ids[7:]) == {*receiver.ids[:6], *(f"late{number:02}-v1" for number in range(20))}
    assert run.is_up()


async def test_a_test_that_fails_does_not_prolong_a_rest(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[float] = []
    real = Breaker.failed

    def counting(self: Breaker, now: float, asked: float = 0.0) -> Breaker:
        failed.append(now)
        return real(self, now, asked)

    monkeypatch.setattr(Breaker, "failed", counting)
    receiver.otherwise = status(429, Retry_After="600")
    await write(store, keys, alert("c0-v1"))
    run(outbox, receiver, schedule=[300.0] * 5)
    await wait_until(lambda: failed)
    ids = [await outbox.test("ops") for _ in range(3)]

    async def tried() -> bool:
        found = {one.id: one for one in await deliveries(outbox)}
        return all(found[id].attempts == 1 for id in ids)

    await wait_until(tried)
    assert len(failed) == 1 and len(receiver.got) == 4


async def test_a_proxy_is_used_where_the_settings_name_one(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    async with Receiver().running() as proxy:
        run(outbox, receiver, proxy=proxy.url.partition("/hook")[0])
        await write(store, keys, alert("c1-v1"))
        await settled(outbox)
        assert (receiver.got, proxy.ids) == ([], ["c1-v1"])


class Own:
    """A format that makes its own connections."""

    def __init__(self, *answers: Answer | type[Exception] | None) -> None:
        self.answers = list(answers)
        self.got: list[str] = []

    async def send(self, attempt: Attempt) -> Answer:
        self.got.append(attempt.id)
        answer = self.answers.pop(0)
        if answer is None:
            await asyncio.sleep(60)
        if isinstance(answer, type):
            raise answer(attempt.url)
        assert isinstance(answer, Answer)
        return answer


async def test_a_format_may_send_by_itself(
    run: Runner,
    outbox: Outbox,
    store: Store,
    keys: Keys,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    own = Own(None, KeyError, Answer("retry", f"{receiver.url} said no"), Answer("delivered"))
    monkeypatch.setitem(sending.SENDERS, "apprise", own)
    monkeypatch.setattr(module, "TIMEOUT", 0.2)
    run(outbox, receiver, format="apprise", secret=[], allow_private=True)
    await write(store, keys, alert("c1-v1"))
    (delivery,) = await settled(outbox)
    assert (own.got, delivery.attempts, receiver.got) == (["c1-v1"] * 4, 4, [])
    (line,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert line.getMessage() == "format apprise failed"
    assert line.place.startswith("KeyError at test_notify_deliver.py:")  # type: ignore[attr-defined]
    assert "KEY" not in str([vars(record) for record in caplog.records if record.name.startswith("monitor")])


async def test_an_alert_that_no_format_can_write_stops_no_other(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(attempt: Attempt) -> None:
        if attempt.id == "bad-v1":
            raise RecursionError
        return real(attempt)  # type: ignore[return-value]

    real = standard.request
    monkeypatch.setattr(standard, "request", fails)
    run(outbox, receiver, schedule=[])
    await write(store, keys, alert("bad-v1"))
    await write(store, keys, alert("good-v1"))
    await wait_until(lambda: receiver.ids == ["good-v1"])
    (dead,) = await wait_until(outbox.dead)
    assert (dead.id, dead.last_error) == ("bad-v1:ops", "format standard failed")


async def tried(outbox: Outbox) -> list[Delivery]:
    return [delivery for delivery in await deliveries(outbox) if delivery.attempts]


async def test_a_receiver_that_asks_for_quiet_gets_it(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver, rests: list[float]
) -> None:
    receiver.answers = [status(429, Retry_After="1")]
    for number in range(3):
        await write(store, keys, alert(f"c{number}-v1"))
    run(outbox, receiver)
    await settled(outbox)
    times = [at for _, _, at in receiver.got]
    assert times[1] - times[0] > 0.99
    assert rests == [pytest.approx(1)] and len(times) == 4, "then all go"


@pytest.mark.parametrize("answer", [endless, status(202), status(204)])
async def test_what_counts_is_the_status(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver, answer: Answers
) -> None:
    receiver.answers = [answer]
    run(outbox, receiver)
    await write(store, keys, alert("c1-v1"))
    (delivery,) = await settled(outbox)
    assert delivery.attempts == 1


async def test_a_private_address_is_refused(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    run(outbox, receiver, schedule=[], allow_private=["10.0.0.0/8"])
    await write(store, keys, alert("c1-v1"))
    (delivery,) = await settled(outbox, "dead")
    assert (delivery.last_error, receiver.got) == ("the address is not public", [])


async def test_a_dead_endpoint_delays_no_other(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TIMEOUT", 3600.0)
    async with Receiver().running() as dead:
        dead.answers = [hangs] * 10
        run(outbox, dead)
        run(outbox, receiver, "chat")
        for number in range(5):
            await write(store, keys, alert(f"c{number}-v1", ["ops", "chat"]))
        run.wake.set()
        await wait_until(lambda: len(receiver.got) == 5)
        await wait_until(lambda: run.counted("chat") == {"delivered": 5, "retry": 0, "dead": 0})
        await wait_until(lambda: dead.got)
        assert dead.ids == ["c0-v1"], "the other one still waits for its first answer"


async def test_tend_keeps_gauges_and_bounds(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    await write(store, keys, alert("old-v1", []), time.time() - 400 * 86400)
    receiver.answers = [status(500)]
    await write(store, keys, alert("c1-v1"))
    task = run(outbox, receiver, schedule=[])
    await wait_until(outbox.dead)
    await outbox.replay("c1-v1")  # as the command line does it, in a process of its own
    async with asyncio.TaskGroup() as group:
        tending = group.create_task(tend(outbox, run.telemetry, every=0.05))
        await wait_until(lambda: run.dead_letters() == 0)
        assert await wait_until(lambda: only_new(outbox))
        names = await store.call("ZRANGE", keys.endpoints, 0, -1)
        assert sorted(names) == [b"chat", b"ops"]
        tending.cancel()
    assert not task.done()


async def test_tend_gives_up_what_nobody_has_once_all_have_settled_in(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    long_ago = time.time() - 8 * 86400
    await write(store, keys, alert("c1-v1", ["ops", "left"]), long_ago)
    await store.call("ZADD", keys.endpoints, int(long_ago * 1000), "ops", int(long_ago * 1000), "left")
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(tend(outbox, run.telemetry, every=0.02))
        await asyncio.sleep(0.2)
        assert await outbox.dead_letters() == {}
        waiting.cancel()
        tending = group.create_task(tend(outbox, run.telemetry, every=0.02, settle_in=0.1))
        (dead,) = await wait_until(outbox.dead)
        assert (dead.id, dead.last_error) == ("c1-v1:left", "endpoint removed")
        tending.cancel()


async def only_new(outbox: Outbox) -> bool:
    return [sent.alert.id for sent in await outbox.list()] == ["c1-v1"]


async def test_an_idle_process_follows_what_another_delivered(
    run: Runner,
    outbox: Outbox,
    store: Store,
    keys: Keys,
    receiver: Receiver,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Its breaker is open; the other process, for which the endpoint answers, sends all that there is."""
    caplog.set_level(logging.INFO)
    receiver.otherwise = status(503)
    for number in range(5):
        await write(store, keys, alert(f"c{number}-v1"))
    run(outbox, receiver, schedule=[0.2] * 50)
    await wait_until(lambda: not run.is_up(), what="it rests")

    async def all_sent() -> bool:
        while lease := (await outbox.lease("ops", "two")).lease:
            await outbox.settle(lease, Verdict("delivered"), 200)
        return all(one.state == "delivered" for sent in await outbox.list() for one in sent.deliveries)

    async with asyncio.timeout(60):
        while not await all_sent():
            await asyncio.sleep(0.02)
    await wait_until(run.is_up, 60, "its rest is over")
    assert "nothing waits for the endpoint any more" in caplog.messages
