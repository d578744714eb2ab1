"""What is said of deliveries that nobody sends: at the start, by a gauge, and as they are given up."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

import monitor.consume.notify.command as module
from monitor.consume.notify.outbox import Outbox
from monitor.consume.notify.tend import tend, watch_due
from monitor.consume.notify.undelivered import Notices
from monitor.endpoint import Endpoint
from monitor.errors import UserError
from monitor.keys import Keys
from monitor.operate import alerts, check
from monitor.settings import Settings
from monitor.store import Store

from ..conftest import wait_until
from .receiver import Receiver, Runner, status
from .test_notify_operate import path, settings, told
from .test_notify_outbox import DEAD, DELIVERED, alert, outbox, taken, write

__all__ = ["outbox", "path", "settings"]


@asynccontextmanager
async def running(*calls: Any) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(call) for call in calls]
    yield
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_a_start_names_what_waits_for_an_endpoint_that_is_not_there(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(2):
        await write(store, keys, alert(f"c{number}-v1", ["ops", "renamed"]))
    await store.call("ZADD", keys.endpoints, 1, "ops", 1, "renamed", 1, "idle")
    async with running(tend(outbox, run.telemetry, every=0.02)):
        await wait_until(lambda: caplog.records)
        await asyncio.sleep(0.1)
    said = [(line.levelname, line.getMessage(), line.endpoint) for line in caplog.records]  # type: ignore[attr-defined]
    assert said == [("WARNING", "2 deliveries wait for an endpoint that is not in the settings", "renamed")]


async def test_check_names_it_too(path: Path, outbox: Outbox, store: Store, keys: Keys) -> None:
    await write(store, keys, alert("c1-v1", ["renamed"]))
    await store.call("ZADD", keys.endpoints, 1, "renamed", 1, "idle")
    sink = io.StringIO()
    assert await check(path, sink) == 0, sink.getvalue()
    (line,) = [row for row in sink.getvalue().splitlines() if "renamed" in row]
    assert "warning" in line and "1 deliveries wait for it" in line and "idle" not in sink.getvalue()


async def test_the_others_are_told_when_it_is_given_up(
    run: Runner, outbox: Outbox, store: Store, keys: Keys
) -> None:
    long_ago = time.time() - 8 * 86400
    for number in range(2):
        await write(store, keys, alert(f"c{number}-v1", ["left"]), long_ago + number)
    await store.call("ZADD", keys.endpoints, int(long_ago * 1000), "left")
    other = Endpoint(name="chat", url="https://c.example/KEY", format="slack", events=["delivery"])
    async with running(tend(outbox, run.telemetry, every=0.02, settle_in=0.0, notices=Notices([other]))):
        lease = await wait_until(lambda: leased(outbox))
    about = lease.alert.data.delivery
    assert (about.endpoint, about.reason) == ("left", "endpoint removed")
    await outbox.settle(lease, DELIVERED, 200)
    assert await leased(outbox) is None, "one for both"


async def leased(outbox: Outbox) -> Any:
    return (await outbox.lease("chat", "a")).lease


async def test_the_gauge_says_how_long_nobody_has_sent(
    run: Runner, outbox: Outbox, store: Store, keys: Keys
) -> None:
    def shown(name: str = "ops") -> float:
        return float(run.telemetry.endpoint[name].overdue._value.get())

    await write(store, keys, alert("c1-v1"), time.time() - 100)
    await store.call("ZADD", keys.endpoints, 1, "ops", 1, "chat")
    async with running(watch_due(outbox, run.telemetry, every=0.02)):
        await wait_until(lambda: shown() > 99)
        assert shown("chat") == 0 and shown() < 1000
        lease = await taken(outbox)
        await wait_until(lambda: shown() == 0)
        await outbox.settle(lease, DELIVERED, 200)


@pytest.mark.parametrize(
    ("answers", "said", "code"),
    [((), "delivered", 0), ((404,), "failed: http 404; it is tried a few times", 1)],
)
async def test_a_test_says_what_came_of_it(
    run: Runner,
    settings: Settings,
    outbox: Outbox,
    receiver: Receiver,
    answers: tuple[int, ...],
    said: str,
    code: int,
) -> None:
    receiver.answers = [status(one) for one in answers]
    run(outbox, receiver, schedule=[60.0] * 5)
    sink = io.StringIO()
    assert await alerts(settings, "test", "ops", sink) == code
    first, last = sink.getvalue().splitlines()
    assert first.startswith("queued test-ops-") and last == said
    await wait_until(lambda: run.telemetry.alerts["monitor.test"]._value.get() == 1)


async def test_a_test_that_nobody_sends_says_so(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    assert "still waiting" in await told(settings, "test", "ops")


async def test_a_test_is_not_tried_for_days(run: Runner, outbox: Outbox, receiver: Receiver) -> None:
    receiver.otherwise = status(503)
    run(outbox, receiver, schedule=[0.02] * 9)
    id = await outbox.test("ops")

    async def over() -> Any:
        found = await outbox.delivery(id)
        return found if found and found.state == "dead" else None

    assert (await wait_until(over)).attempts == 3
    assert len(receiver.got) == 3


@pytest.mark.parametrize(
    ("action", "what", "words"),
    [
        ("test", None, "which endpoint? there are: ops, chat"),
        ("test", "left", "'left' is no endpoint; there are: ops, chat"),
        ("list", "extra", "takes no 'extra'"),
        ("dead", "left", "'left' is no endpoint"),
    ],
)
async def test_what_is_wrong_is_named(settings: Settings, action: str, what: str | None, words: str) -> None:
    with pytest.raises(UserError) as error:
        await told(settings, action, what)
    assert words in str(error.value)


async def test_the_dead_letters_of_one_endpoint(
    settings: Settings, outbox: Outbox, store: Store, keys: Keys
) -> None:
    await write(store, keys, alert("c1-v1", ["ops", "chat"]))
    for name in ("ops", "chat"):
        await outbox.settle(await taken(outbox, endpoint=name), DEAD, 400)
    assert len((await told(settings, "dead")).splitlines()) == 3
    (_, line) = (await told(settings, "dead", "chat")).splitlines()
    assert line.startswith("c1-v1:chat")
