"""The service's own health, end to end: what breaks is told to who should get up, and so is that it is mended."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitor.model import encode
from tests.conftest import debian
from tests.deploy.test_schema import wrong
from tests.deploy.tools import (
    RULES,
    alertmanager_config,
    free_port,
    load,
    prometheus_config,
    server,
    until,
)
from tests.lab import post
from tests.receiver import SECRET, receiver
from tests.running import TOKEN, Running
from tests.test_kill import write_watchlist

pytestmark = pytest.mark.debian


class Store:
    """A Redis of the test's own that keeps what it had when it is killed."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}"
        self.folder = folder
        folder.mkdir()
        self.start()

    def start(self) -> None:
        options = ("--port", str(self.port), "--dir", str(self.folder), "--save", "", "--appendonly", "yes")
        out = subprocess.DEVNULL
        self.process = subprocess.Popen([debian("redis-server"), *options], stdout=out, stderr=out)
        until(self._listens, "the store listens")

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class World:
    """What runs: the store, the service with its receivers, Prometheus, and who Alertmanager tells."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        for tool in ("redis-server", "prometheus", "prometheus-alertmanager"):
            debian(tool)
        self.folder = folder
        self.store = Store(folder / "store")
        stack.callback(self.store.kill)
        # press fails as often as it is tried, so that its alert is given up; from then on it works.
        self.ops, self.press, self.told = (
            stack.enter_context(receiver(*answers)) for answers in ((), (500, 500), ())
        )
        self.service = Running(folder, **self._settings()).start()
        stack.callback(self.service.stop)
        ports = {"alertmanager": free_port(), "prometheus": free_port(), "monitor": self.service.port}
        stack.enter_context(self._alertmanager(ports["alertmanager"]))
        self.prometheus = stack.enter_context(self._prometheus(ports))

    def _settings(self) -> dict[str, Any]:
        shared = {"secret": SECRET, "allow_private": True}
        wide = {"events": ["departure", "delivery"], "min_status": "rumoured"}
        return {
            "watchlist": write_watchlist(self.folder / "lab.yaml"),
            "store": {"url": self.store.url},
            "alerts": {
                "retry": ["200ms"],
                "endpoints": [
                    {"name": "ops", "url": self.ops.url, **wide, **shared},
                    {"name": "press", "url": self.press.url, **shared},
                ],
            },
        }

    def _alertmanager(self, port: int) -> Any:
        """alertmanager.yml as it is, told at once and with its ends."""
        path = alertmanager_config(self.folder, self.told.url, "urgent", "service")
        config = load(path)
        for part in (config["route"], *config["route"]["routes"]):
            part |= {"group_wait": "1s", "group_interval": "1s"}
        for one in config["receivers"]:
            for hook in one.get("webhook_configs", []):
                hook["send_resolved"] = True
        path.write_text(yaml.safe_dump(config))
        options = [
            f"--config.file={path}",
            f"--storage.path={self.folder / 'alertmanager'}",
            f"--web.listen-address=127.0.0.1:{port}",
            "--cluster.listen-address=",
        ]
        return server("prometheus-alertmanager", port, self.folder / "alertmanager.log", *options)

    def _prometheus(self, ports: dict[str, int]) -> Any:
        """prometheus.yml and its rules as they are, but for the pace: a store is down after two seconds."""
        targets = {job: f"127.0.0.1:{port}" for job, port in ports.items()}
        path = prometheus_config(self.folder, targets, TOKEN)
        rules = self.folder / "service.yml"
        text = (RULES / "service.yml").read_text()
        hasty = text.replace(
            "expr: monitor_store_up == 0\n        for: 1m", "expr: monitor_store_up == 0\n        for: 2s"
        )
        assert hasty != text
        rules.write_text(hasty)
        config = load(path)
        config["global"] = {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"}
        others = {str(one) for one in RULES.glob("*.yml")} - {str(RULES / "service.yml")}
        config["rule_files"] = [*sorted(others), str(rules)]
        path.write_text(yaml.safe_dump(config))
        options = [
            f"--config.file={path}",
            f"--storage.tsdb.path={self.folder / 'prometheus'}",
            f"--web.listen-address={targets['prometheus']}",
        ]
        return server("prometheus", ports["prometheus"], self.folder / "prometheus.log", *options)

    def said(self, name: str, status: str) -> dict[str, Any] | None:
        """The message by which the one who should get up was told this of an alert."""
        with self.told.lock:
            messages = [body for bodies in self.told.accepted.values() for body in bodies]
        for message in messages:
            for one in message["alerts"]:
                if one["labels"]["alertname"] == name and one["status"] == status:
                    assert message["receiver"] == "urgent"
                    return dict(one)
        return None

    def command(self, *words: str) -> str:
        argv = [sys.executable, "-m", "monitor", *words, "--config", str(self.service.config)]
        environ = {name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")}
        ran = subprocess.run(argv, capture_output=True, text=True, timeout=300, env=environ)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with ExitStack() as stack:
        yield World(tmp_path_factory.mktemp("health"), stack)


def say(world: World, id: str, text: str, handle: str, **more: Any) -> None:
    one = json.loads(encode(post(id, text, handle=handle)))
    line = {**one, "created_at": datetime.now(UTC).isoformat(), **more}
    assert world.service.push(json.dumps(line).encode())[0] == 202


def sent(world: World, *types: str) -> bool:
    """Has ops got all of these?"""
    return set(types) <= {one["type"] for one in world.ops.alerts()}


def test_a_dead_letter_is_told_and_mended_by_its_replay(world: World) -> None:
    say(world, "own", "I am leaving Orrin Lab today.", "maravenn")
    told = until(lambda: world.said("DeadLetters", "firing"), "it fires")
    assert told["labels"]["endpoint"] == "press" and told["labels"]["severity"] == "critical"
    assert "press" in told["annotations"]["summary"]

    (id,) = {
        word for word in world.command("alerts", "dead").split() if word.startswith("orrin-lab-mara-venn")
    }
    world.command("alerts", "replay", id)
    until(world.press.alerts, "it is delivered after all")
    until(lambda: world.said("DeadLetters", "resolved"), "that is told too")


def test_a_store_that_is_down_is_told_until_it_is_back(world: World) -> None:
    say(world, "one", "Tomas Reed has left Orrin Lab.", "someone")
    until(lambda: sent(world, "departure.rumoured"), "it is rumoured")
    say(world, "two", "So it is true: Tomas Reed left Orrin Lab, his desk is empty.", "another")
    world.store.kill()
    told = until(lambda: world.said("StoreDown", "firing"), "it fires")
    assert told["labels"]["severity"] == "critical" and told["annotations"]["runbook"]
    world.store.start()
    until(lambda: world.said("StoreDown", "resolved"), "that is told too")
    until(lambda: world.service.get("/readyz")[0] == 200, "it is ready again")


def test_what_the_service_sends_is_by_the_schema(world: World) -> None:
    until(lambda: sent(world, "departure.confirmed", "departure.reported"), "they are sent")
    world.command("alerts", "test", "ops")
    say(world, "no", "I am not leaving Orrin Lab.", "maravenn")
    for id, handle in (("one", "someone"), ("two", "another")):
        say(world, id, "", handle, deleted=True, revision="2")
    until(lambda: sent(world, "monitor.test", "departure.denied", "departure.retracted"), "corrections too")
    bodies = [*world.ops.alerts(), *world.press.alerts()]
    assert [fault for one in bodies for fault in wrong(one)] == []
    assert world.ops.unsigned == world.press.unsigned == 0


def test_another_endpoint_hears_of_the_dead_letter(world: World) -> None:
    until(lambda: sent(world, "delivery.dead"), "it was told")
    (one,) = [one for one in world.ops.alerts() if one["type"] == "delivery.dead"]
    assert one["data"]["delivery"]["endpoint"] == "press" and not wrong(one)
    assert "delivery.dead" not in {one["type"] for one in world.press.alerts()}
