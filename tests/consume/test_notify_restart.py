"""What a restart, several instances and lost replies leave of a delivery: nothing lost, nothing twice."""

from __future__ import annotations

import asyncio
import sys
import time
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import web

import monitor.consume.notify.deliver as module
from monitor.consume.notify.outbox import LEASE, Outbox, Taken
from monitor.errors import StoreDown
from monitor.keys import Keys
from monitor.store import Store

from ..conftest import wait_until
from .receiver import Receiver, Runner, deliveries, hangs, resets, settled, status
from .test_notify import SECRET
from .test_notify_outbox import alert, write


class Flaky(Store):
    """Executes some calls and says that it did not: what a lost reply looks like."""

    lose: Counter[str]

    async def run(self, script: str, keys: Any, args: Any, timeout: float | None = None) -> Any:
        reply = await super().run(script, keys, args, timeout)
        if self.lose[script]:
            self.lose[script] -= 1
            raise StoreDown("timeout")
        return reply


async def test_a_restart_in_the_middle_of_an_attempt(
    run: Runner, store: Store, keys: Keys, receiver: Receiver
) -> None:
    outbox = Outbox(store, keys, lease=3600)
    receiver.answers = [status(500), hangs]
    await write(store, keys, alert("c1-v1"))
    first = run(outbox, receiver)
    await wait_until(lambda: len(receiver.got) == 2)
    first.cancel()
    await asyncio.wait([first], timeout=10)  # the attempt itself would hang for a minute
    assert first.cancelled()

    other = run(outbox, receiver, instance="two")
    await asyncio.sleep(0.3)
    assert len(receiver.got) == 2  # the lease holds against another instance
    other.cancel()
    await asyncio.wait([other])
    assert [one.state for one in await deliveries(outbox)] == ["sending"]
    run(outbox, receiver, instance="one")
    (delivery,) = await settled(outbox)
    assert delivery.attempts == 2  # the one that failed and this one: what was cut short has no outcome
    assert receiver.ids == ["c1-v1"] * 3


SENDER = """
import asyncio, sys
from monitor.consume.notify.deliver import deliver
from monitor.consume.notify.outbox import Outbox
from monitor.consume.notify.signal import Signal
from monitor.http import Http
from monitor.keys import Keys
from monitor.endpoint import Endpoint
from monitor.store import Store
from monitor.telemetry import Telemetry

async def main(store, prefix, url, secret, instance="one", lease="60"):
    endpoint = Endpoint(name="ops", url=url, secret=secret, allow_private=True)
    telemetry = Telemetry(people=[], sources=[], windows=[], endpoints=["ops"], config_hash="", version="")
    outbox = Outbox(await Store.open(store), Keys(prefix), lease=float(lease))
    async with Http() as http:
        await deliver(endpoint, outbox, http, telemetry, [0.05] * 20, Signal(), instance)

asyncio.run(main(*sys.argv[1:]))
"""


async def test_kill_9_between_the_attempt_and_its_outcome(
    run: Runner, outbox: Outbox, store: Store, store_url: str, keys: Keys, receiver: Receiver
) -> None:
    receiver.answers = [hangs]
    await write(store, keys, alert("c1-v1"))
    args = ["-c", SENDER, store_url, keys.prefix, receiver.url, SECRET, "one", "3600"]
    process = await asyncio.create_subprocess_exec(sys.executable, *args)
    await wait_until(lambda: receiver.got)
    process.kill()
    await process.wait()
    run(outbox, receiver, instance="one")
    (delivery,) = await settled(outbox)
    assert delivery.attempts == 1
    assert receiver.ids == ["c1-v1"] * 2


async def test_two_processes_send_each_attempt_once_and_one_takes_over_when_the_other_is_killed(
    outbox: Outbox, store: Store, store_url: str, keys: Keys, receiver: Receiver
) -> None:
    receiver.answers = [status(500), status(200), resets, status(200)] * 10
    for number in range(40):
        await write(store, keys, alert(f"c{number:02}-v1"))
    args = [sys.executable, "-c", SENDER, store_url, keys.prefix, receiver.url, SECRET]
    processes = {name: await asyncio.create_subprocess_exec(*args, name, "3600") for name in ("one", "two")}
    try:
        found = await settled(outbox)
        assert Counter(receiver.ids) == {one.webhook_id: one.attempts for one in found}
        assert {one.attempts for one in found} != {1}

        receiver.answers = [hangs]
        await write(store, keys, alert("last-v1"))
        await wait_until(lambda: receiver.ids[-1] == "last-v1")
        owner = (await store.call("HGET", keys.delivery("last-v1:ops"), "owner")).decode()
        processes[owner].kill()
        await processes[owner].wait()
        assert receiver.ids.count("last-v1") == 1
        await store.call("ZADD", keys.due("ops"), "XX", 1, "last-v1:ops")  # the lease ends
        found = await settled(outbox)
        assert receiver.ids.count("last-v1") == 2
    finally:
        for process in processes.values():
            if process.returncode is None:
                process.kill()
                await process.wait()


async def test_another_instance_takes_over_when_the_lease_ends(
    run: Runner, store: Store, keys: Keys, receiver: Receiver
) -> None:
    outbox = Outbox(store, keys, lease=0.3)
    receiver.answers = [hangs]
    await write(store, keys, alert("c1-v1"))
    begun = time.monotonic()
    run(outbox, receiver)
    await wait_until(lambda: receiver.got)
    run(outbox, receiver, instance="two")
    await settled(outbox)
    assert receiver.got[1][2] - begun > 0.29


def test_a_lease_outlasts_every_attempt_and_is_no_longer_than_that_takes() -> None:
    assert module.LATEST + module.TIMEOUT + 5 <= LEASE <= 30


async def test_whoever_stalled_between_lease_and_attempt_does_not_make_it(
    run: Runner, store: Store, keys: Keys, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lease is granted, then nothing moves for longer than it lasts: meanwhile another process has sent it."""
    moves, stalled, given_back = asyncio.Event(), 0.0, 0
    clock = SimpleNamespace(monotonic=lambda: time.monotonic() + stalled, time=time.time)
    monkeypatch.setattr(module, "time", clock)

    class Stalling(Outbox):
        async def take_back(self, endpoint: str, owner: str, mark: str = "") -> int:
            nonlocal given_back
            given_back += moves.is_set()
            return await super().take_back(endpoint, owner, mark)

        async def lease(self, endpoint: str, owner: str, *, only_test: bool = False) -> Taken:
            taken = await super().lease(endpoint, owner, only_test=only_test)
            if taken.lease:
                await moves.wait()
            return taken

    await write(store, keys, alert("c1-v1"))
    stalls = run(Stalling(store, keys, lease=3600), receiver)

    async def leased() -> bool:
        return bool(await store.call("HGET", keys.delivery("c1-v1:ops"), "fence"))

    await wait_until(leased)
    stalled = module.LATEST + 1
    await store.call("ZADD", keys.due("ops"), "XX", 1, "c1-v1:ops")  # the lease ends
    outbox = Outbox(store, keys, lease=3600)
    run(outbox, receiver, instance="two")
    await settled(outbox)
    moves.set()
    await wait_until(lambda: given_back)
    await write(store, keys, alert("c2-v1"))
    await settled(outbox)
    assert Counter(receiver.ids) == {"c1-v1": 1, "c2-v1": 1}
    assert not stalls.done()


async def test_the_schedule_survives_a_restart(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    receiver.answers = [status(500)] * 2
    await write(store, keys, alert("c1-v1"))
    first = run(outbox, receiver, schedule=[0.01, 1.0])

    async def tried_twice() -> bool:
        return [one.attempts for one in await deliveries(outbox)] == [2]

    await wait_until(tried_twice)
    first.cancel()
    run(outbox, receiver, schedule=[0.01, 1.0])
    await settled(outbox)
    assert len(receiver.got) == 3 and receiver.got[2][2] - receiver.got[1][2] > 0.79


async def test_two_instances_never_send_the_same_attempt(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    receiver.answers = [status(500), resets, status(200)] * 20
    for number in range(60):
        await write(store, keys, alert(f"c{number}-v1"))
    for instance in ("one", "two", "three"):
        run(outbox, receiver, instance=instance, schedule=[0.01] * 20)
    found = await settled(outbox)
    assert Counter(receiver.ids) == {delivery.webhook_id: delivery.attempts for delivery in found}
    assert run.counted() == {"delivered": 60, "retry": len(receiver.got) - 60, "dead": 0}


async def test_lost_replies_of_the_store(
    run: Runner, outbox: Outbox, store_url: str, keys: Keys, store: Store, receiver: Receiver
) -> None:
    flaky: Any = await Flaky.open(store_url)
    flaky.lose = Counter(lease=3, settle=3, takeback=2)
    for number in range(4):
        await write(store, keys, alert(f"c{number}-v1"))
    task = run(Outbox(flaky, keys), receiver)
    await settled(outbox)
    assert flaky.lose.total() == 0
    assert Counter(receiver.ids) == {f"c{number}-v1": 1 for number in range(4)}
    task.cancel()
    await asyncio.wait([task])
    await flaky.close()


async def test_an_attempt_in_flight_ends_before_the_service_does(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow receiver is not told twice, and where nothing is in flight nobody waits."""
    monkeypatch.setattr(module, "GRACE", 30.0)
    go_on = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        await go_on.wait()
        return web.Response()

    receiver.answers = [slow]
    await write(store, keys, alert("c1-v1"))
    task, idle = run(outbox, receiver), run(outbox, receiver, "chat")
    await wait_until(lambda: receiver.got)
    task.cancel()
    idle.cancel()
    await asyncio.wait([idle], timeout=20)
    assert idle.cancelled() and not task.done()
    go_on.set()
    await asyncio.wait([task], timeout=20)
    assert task.cancelled()
    (delivery,) = await settled(outbox)
    assert (delivery.attempts, receiver.ids) == (1, ["c1-v1"])
