"""An endpoint that answers 410 is disabled, says so through the others, and comes back by a test or another URL."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest

from monitor.consume.notify.outbox import Outbox
from monitor.consume.notify.records import Disabled, mark_of
from monitor.consume.notify.undelivered import Notices
from monitor.endpoint import Endpoint
from monitor.keys import Keys
from monitor.store import Store

from ..conftest import wait_until
from .receiver import Receiver, Runner, deliveries, settled, status
from .test_notify import SECRET
from .test_notify_outbox import alert, write


def endpoint(name: str, url: str = "https://ops.example/KEY", *events: str) -> Endpoint:
    return Endpoint(name=name, url=url, secret=SECRET, events=events or ["departure"])  # type: ignore[arg-type]


async def by_id(outbox: Outbox) -> dict[str, Any]:
    return {one.id: one for one in await deliveries(outbox)}


async def test_gone_disables_and_what_follows_is_not_even_tried(
    run: Runner,
    outbox: Outbox,
    store: Store,
    keys: Keys,
    receiver: Receiver,
    caplog: pytest.LogCaptureFixture,
) -> None:
    receiver.answers = [status(410, Retry_After="1")]
    assert run.is_up()
    run(outbox, receiver)
    for number in range(3):
        await write(store, keys, alert(f"c{number}-v1"))
    await settled(outbox, "dead")
    found = await by_id(outbox)
    first = found["c0-v1:ops"]
    assert (first.attempts, first.last_status, first.last_error) == (1, 410, "gone")
    for id in ("c1-v1:ops", "c2-v1:ops"):
        assert (found[id].attempts, found[id].last_status) == (0, None)
        assert found[id].last_error == "endpoint disabled"
    assert len(receiver.got) == 1
    assert run.counted() == {"delivered": 0, "retry": 0, "dead": 1}
    assert not run.is_up()
    ((name, disabled),) = (await outbox.disabled()).items()
    assert (name, disabled.reason, len(disabled.mark)) == ("ops", "gone", 12)
    assert "KEY" not in str(await store.call("HGETALL", keys.disabled))
    assert [r.levelno for r in caplog.records if "disabled: dead letter" in r.getMessage()] == [logging.ERROR]


async def test_a_test_goes_out_and_a_2xx_enables(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    receiver.answers = [status(410), status(410)]
    run(outbox, receiver)
    await write(store, keys, alert("c1-v1"))
    await wait_until(outbox.disabled)
    (was,) = (await outbox.disabled()).values()
    await outbox.test("ops")
    await wait_until(lambda: len(receiver.got) == 2)
    await wait_until(lambda: dead(outbox, 2))
    assert list((await outbox.disabled()).values()) == [was]  # since the first time
    id = await outbox.test("ops")
    await wait_until(lambda: len(receiver.got) == 3)
    await wait_until(lambda: state(outbox, id, "delivered"))
    assert await outbox.disabled() == {}
    await wait_until(run.is_up)
    await outbox.replay("c1-v1")
    await wait_until(lambda: state(outbox, "c1-v1:ops", "delivered"))


async def dead(outbox: Outbox, count: int) -> bool:
    return len(await outbox.dead()) == count


async def state(outbox: Outbox, id: str, state: str) -> bool:
    return bool((await by_id(outbox))[id].state == state)


async def test_an_alert_does_not_enable_what_was_disabled_meanwhile(
    outbox: Outbox, store: Store, keys: Keys, run: Runner, receiver: Receiver
) -> None:
    """A late success of another process, sent before the 410 came."""

    mark = mark_of(Endpoint(name="ops", url=receiver.url, secret=SECRET, allow_private=True))

    async def disables(request: Any) -> Any:
        record = b'{"at":"2026-03-01T00:00:00Z","reason":"gone","mark":"%s"}' % mark.encode()
        await store.call("HSET", keys.disabled, "ops", record)
        return await status(200)(request)

    receiver.answers = [disables]
    run(outbox, receiver)
    await write(store, keys, alert("c1-v1"))
    await wait_until(lambda: state(outbox, "c1-v1:ops", "delivered"))
    await wait_until(lambda: not run.is_up())
    assert list(await outbox.disabled()) == ["ops"]


async def test_another_url_enables(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    receiver.otherwise = status(410)
    first = run(outbox, receiver)
    await write(store, keys, alert("c1-v1"))
    await wait_until(outbox.disabled)
    first.cancel()
    again = run(outbox, receiver)  # the same URL: still disabled after a restart
    await wait_until(lambda: not run.is_up())
    await write(store, keys, alert("c2-v1"))
    await wait_until(lambda: state(outbox, "c2-v1:ops", "dead"))
    assert len(receiver.got) == 1
    again.cancel()
    async with Receiver().running() as other:
        run(outbox, other)
        await write(store, keys, alert("c3-v1"))
        await wait_until(lambda: other.ids == ["c3-v1"])
        await wait_until(lambda: state(outbox, "c3-v1:ops", "delivered"))
        assert await outbox.disabled() == {}
        await wait_until(run.is_up)


async def test_the_others_that_ask_for_it_are_told_once(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    async with Receiver().running() as told:
        notices = Notices(
            [
                endpoint("ops", "https://x.example/", "delivery"),
                endpoint("chat", "https://x.example/", "delivery"),
                endpoint("deaf"),
            ]
        )
        receiver.otherwise = status(410)
        run(outbox, receiver, notices=notices)
        run(outbox, told, "chat", notices=notices)
        for number in range(5):
            await write(store, keys, alert(f"c{number}-v1"))
        run.wake.set()
        await wait_until(lambda: told.got)
        await wait_until(lambda: dead(outbox, 5))
        await outbox.test("ops")
        await wait_until(lambda: dead(outbox, 6))
        await asyncio.sleep(0.05)
        ((headers, body, _),) = told.got
        message = json.loads(body)
        assert headers["webhook-id"].startswith("disabled-ops-") and "." not in headers["webhook-id"]
        assert message["type"] == "endpoint.disabled"
        assert message["data"]["delivery"] == {
            **{"endpoint": "ops", "webhook_id": "c0-v1", "type": "departure.reported"},
            **{"attempts": 1, "reason": "gone"},
        }
        assert "ops" in message["data"]["message"]
        assert run.telemetry.alerts["endpoint.disabled"]._value.get() == 1
        assert run.telemetry.alerts["delivery.dead"]._value.get() == 0


async def test_enable_is_only_for_what_was_read(outbox: Outbox, store: Store, keys: Keys) -> None:
    await store.call(
        "HSET", keys.disabled, "ops", b'{"at":"2026-03-01T00:00:00Z","reason":"gone","mark":"x"}'
    )
    await store.call("HSET", keys.disabled, "odd", b"{")
    ((name, was),) = (await outbox.disabled()).items()
    other = Disabled(at=was.at, reason="gone", mark="y")
    assert not await outbox.enable(name, other)
    assert await outbox.enable(name, was)
    assert not await outbox.enable(name, was)
    assert (await outbox.lease("odd", "a")).disabled is None


def test_the_mark_tells_urls_apart_and_nothing_else() -> None:
    marks = {mark_of(endpoint("a", url)) for url in ("https://x.example/1", "https://x.example/2")}
    assert len(marks) == 2
    assert mark_of(endpoint("a", "https://x.example/1")) == mark_of(endpoint("b", "https://x.example/1"))
