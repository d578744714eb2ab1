"""Two services on one store: each attempt is one service's, and what a killed one had in hand goes to the other."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from monitor.consume.notify.outbox import Outbox
from monitor.embedded import binary
from monitor.keys import Keys
from tests.conftest import opened, serve
from tests.receiver import SECRET, receiver
from tests.running import Running
from tests.test_kill import write_watchlist

LEASE = 3
SHORT = f"""
import monitor.consume.notify.outbox as outbox
outbox.LEASE = {LEASE}
"""


def service(folder: Path, url: str, store: str) -> Running:
    folder.mkdir()
    endpoint = {"name": "ops", "url": url, "secret": SECRET, "allow_private": True}
    return Running(
        folder,
        watchlist=write_watchlist(folder / "lab.yaml"),
        store={"url": store},
        alerts={"retry": ["100ms"] * 20, "endpoints": [endpoint]},
    )


async def test_two_services_send_each_attempt_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(SHORT)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    answers: list[Any] = [500, 204, "reset", 204, 204, "429", 204, 204] * 6
    async with serve(binary(), tmp_path) as server, opened(server.url) as store:
        outbox = Outbox(store, Keys("monitor"))
        with receiver(*answers) as received:
            one, two = (service(tmp_path / name, received.url, server.url) for name in ("one", "two"))
            for running in (one, two):
                await asyncio.to_thread(running.start)
            for _ in range(30):
                await outbox.test("ops")
            await asyncio.to_thread(two.until, lambda: len(received.alerts()) == 30, "all arrive", 60)
            await asyncio.to_thread(two.until, lambda: sent(one) + sent(two) == 30, "all are settled")
            assert all(sent(running) for running in (one, two)), "both took part"
            attempts = [id for id, _ in received.attempts]
            for delivery in [d for found in await outbox.list(50) for d in found.deliveries]:
                assert (delivery.state, delivery.attempts) == (
                    "delivered",
                    attempts.count(delivery.webhook_id),
                )

            for _ in range(10):
                await outbox.test("ops")
            one.kill()
            await asyncio.to_thread(
                two.until, lambda: len(received.alerts()) == 40, "the other takes over", 5 * LEASE
            )
            assert two.stop() == 0
    assert received.unsigned == 0
    twice = {id: len(bodies) for id, bodies in received.accepted.items() if len(bodies) > 1}
    assert len(twice) <= 1, f"only what the killed one had in hand: {twice}"


def sent(running: Running) -> float:
    return running.metric('monitor_deliveries_total{endpoint="ops",outcome="delivered"}')
