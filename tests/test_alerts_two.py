"""Two services on one store: each attempt is one service's, and what a killed one had in hand goes to the other."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from monitor.consume.notify.outbox import Outbox
from monitor.embedded import binary
from monitor.keys import Keys
from monitor.store import Store
from tests.conftest import opened, serve
from tests.consume.test_notify_outbox import alert, write
from tests.receiver import SECRET, receiver
from tests.running import Running
from tests.test_kill import write_watchlist

KEYS = Keys("monitor")


def service(folder: Path, url: str, store: str) -> Running:
    folder.mkdir()
    endpoint = {"name": "ops", "url": url, "secret": SECRET, "allow_private": True}
    return Running(
        folder,
        watchlist=write_watchlist(folder / "lab.yaml"),
        store={"url": store},
        alerts={"retry": ["100ms"] * 20, "endpoints": [endpoint]},
    )


async def leases_end(store: Store, owner: str) -> None:
    """As if half a minute had passed: what a process that is dead had in hand is due now."""
    for id in await store.call("ZRANGE", KEYS.due("ops"), 0, -1):
        if await store.call("HGET", KEYS.delivery(id.decode()), "owner") == owner.encode():
            await store.call("ZADD", KEYS.due("ops"), "XX", 0, id)


async def test_two_services_send_each_attempt_once(tmp_path: Path) -> None:
    answers: list[Any] = [500, 204, "reset", 204, 204, "429", 204, 204] * 6
    async with serve(binary(), tmp_path) as server, opened(server.url) as store:
        outbox = Outbox(store, KEYS)
        with receiver(*answers) as received:
            one, two = (service(tmp_path / name, received.url, server.url) for name in ("one", "two"))
            for running in (one, two):
                await asyncio.to_thread(running.start)
            total = 0
            # Where one of them was the faster, there is more to do until both have taken part.
            while not (sent(one) and sent(two)):
                assert total < 600, "both take part"
                for number in range(total, total + 30):
                    await write(store, KEYS, alert(f"c{number}-v1"))
                total += 30
                await asyncio.to_thread(two.until, lambda n=total: len(received.alerts()) == n, "all arrive")
                await asyncio.to_thread(
                    two.until, lambda n=total: sent(one) + sent(two) == n, "all are settled"
                )
            attempts = [id for id, _ in received.attempts]
            for delivery in [d for found in await outbox.list(total) for d in found.deliveries]:
                assert (delivery.state, delivery.attempts) == (
                    "delivered",
                    attempts.count(delivery.webhook_id),
                )

            for number in range(total, total + 10):
                await write(store, KEYS, alert(f"c{number}-v1"))
            one.kill()
            await leases_end(store, (one.data / "instance").read_text())
            await asyncio.to_thread(
                two.until, lambda: len(received.alerts()) == total + 10, "the other takes over"
            )
            assert two.stop() == 0
    assert received.unsigned == 0
    twice = {id: len(bodies) for id, bodies in received.accepted.items() if len(bodies) > 1}
    assert len(twice) <= 1, f"only what the killed one had in hand: {twice}"


def sent(running: Running) -> float:
    return running.metric('monitor_deliveries_total{endpoint="ops",outcome="delivered"}')
