"""A real service with an endpoint that is gone, or that gives up: the other endpoint is told, `check` and /metrics say so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.receiver import SECRET, Received, receiver
from tests.running import Running
from tests.test_alerts_kill import command, delivered, farewell
from tests.test_kill import write_watchlist

ID = "orrin-lab-mara-venn-1-v1"


def service(folder: Path, ops: Received, other: Received, retry: list[str]) -> Running:
    both = {"secret": SECRET, "allow_private": True, "min_status": "rumoured"}
    endpoints = [
        {"name": "ops", "url": ops.url, **both},
        {"name": "other", "url": other.url, "events": ["delivery"], **both},
    ]
    lab = write_watchlist(folder / "lab.yaml")
    return Running(folder, watchlist=lab, alerts={"retry": retry, "endpoints": endpoints})


def up(running: Running, name: str = "ops") -> float:
    return running.metric(f'monitor_endpoint_up{{endpoint="{name}"}}')


def told(other: Received) -> dict[str, Any]:
    (alert,) = other.alerts()
    return alert


def check(running: Running) -> tuple[int, str]:
    argv = [sys.executable, "-m", "monitor", "check", "--config", str(running.config)]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout


def test_an_endpoint_that_is_gone(tmp_path: Path) -> None:
    with receiver(410) as ops, receiver() as other:
        running = service(tmp_path, ops, other, ["100ms"] * 3).start()
        assert up(running) == up(running, "other") == 1
        assert running.push(farewell())[0] == 202
        running.until(other.alerts, "the other endpoint is told")
        alert = told(other)
        assert (alert["type"], alert["data"]["delivery"]["webhook_id"]) == ("endpoint.disabled", ID)
        running.until(lambda: up(running) == 0, "the gauge says so")
        status, shown = check(running)
        assert status == 1 and "disabled since" in shown and "hidden" not in shown
        assert running.push(farewell(deleted=True))[0] == 202
        running.until(lambda: running.metric('monitor_dead_letters{endpoint="ops"}') == 2, "not even tried")
        assert len(ops.attempts) == 1

        running.kill()
        running.start()
        running.until(lambda: up(running) == 0, "also after a restart")
        command(running, "alerts", "test", "ops")
        running.until(lambda: up(running) == 1, "a test that arrives enables it")
        assert check(running)[0] == 0
        assert len(command(running, "alerts", "replay", "ops").splitlines()) == 2
        running.until(lambda: len(ops.alerts()) == 3, "what was missed arrives")
        assert running.stop() == 0
        assert ops.unsigned == other.unsigned == 0
        assert len(other.alerts()) == 1


def test_a_delivery_that_is_given_up(tmp_path: Path) -> None:
    with receiver(500, 500, 500) as ops, receiver(500) as other:
        running = service(tmp_path, ops, other, ["100ms"] * 2).start()
        assert running.push(farewell())[0] == 202
        running.until(other.alerts, "the other endpoint is told")
        alert = told(other)
        assert alert["type"] == "delivery.dead"
        found = {"endpoint": "ops", "webhook_id": ID, "type": "departure.confirmed", "attempts": 3}
        assert alert["data"]["delivery"] == {**found, "reason": "http 500"}
        running.until(lambda: running.metric('monitor_alerts_total{type="delivery.dead"}') == 1, "it counts")
        running.until(lambda: delivered(running, "other") == 1, "what the other endpoint was told is settled")
        listed = command(running, "alerts", "list")
        assert "ops: dead (http 500, 3 tried)" in listed and "other: delivered" in listed
        command(running, "alerts", "replay", ID)
        running.until(ops.alerts, "it arrives")
        assert running.stop() == 0
