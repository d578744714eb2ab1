"""The receiver fails first, and the service is killed in between: the alert arrives, once, signed."""

from __future__ import annotations

import json
from pathlib import Path

from monitor.model import encode
from tests.lab import post
from tests.receiver import SECRET, receiver
from tests.running import Running
from tests.test_kill import write_watchlist


def settings(url: str, retry: list[str], folder: Path) -> dict[str, object]:
    endpoint = {"name": "ops", "url": url, "secret": SECRET, "allow_private": True, "min_status": "rumoured"}
    return {
        "watchlist": write_watchlist(folder / "lab.yaml"),
        "alerts": {"retry": retry, "endpoints": [endpoint]},
    }


def farewell(**fields: bool) -> bytes:
    one = json.loads(encode(post("own", "I am leaving Orrin Lab today.", handle="maravenn", **fields)))
    from datetime import UTC, datetime

    return json.dumps({**one, "created_at": datetime.now(UTC).isoformat()}).encode()


def test_an_alert_outlives_failures_and_kills(tmp_path: Path) -> None:
    with receiver(500, "reset", "429", 503) as received:
        running = Running(tmp_path, **settings(received.url, ["500ms"] * 8, tmp_path)).start()
        assert running.push(farewell())[0] == 202
        for tries in (1, 3):
            running.until(lambda tries=tries: len(received.attempts) >= tries, f"{tries} attempts")
            running.kill()
            running.start()
        running.until(received.alerts, "it arrives")
        ids = {id for id, _ in received.attempts}
        assert ids == {"orrin-lab-mara-venn-1-v1"}
        assert [answer for _, answer in received.attempts][:4] == [500, "reset", "429", 503]
        assert received.unsigned == 0
        running.until(lambda: delivered(running) == 1, "it is settled")
        assert running.stop() == 0
        running.start()
        assert running.push(farewell())[0] == 202
        assert running.stop() == 0
    assert {id: len(bodies) for id, bodies in received.accepted.items()} == {"orrin-lab-mara-venn-1-v1": 1}


def test_a_correction_does_not_overtake_what_it_corrects(tmp_path: Path) -> None:
    with receiver(500, 500) as received:
        running = Running(tmp_path, **settings(received.url, ["700ms"] * 5, tmp_path)).start()
        running.push(farewell())
        running.until(lambda: received.attempts, "a first attempt")
        assert running.push(farewell(deleted=True))[0] == 202
        running.until(lambda: len(received.alerts()) == 2, "both arrive")
        assert [alert["type"] for alert in received.alerts()] == [
            "departure.confirmed",
            "departure.retracted",
        ]
        assert running.stop() == 0


def test_after_the_last_attempt_it_is_a_dead_letter_that_can_be_replayed(tmp_path: Path) -> None:
    with receiver(500, 500, 500) as received:
        running = Running(tmp_path, **settings(received.url, ["100ms", "100ms"], tmp_path)).start()
        running.push(farewell())
        running.until(lambda: running.metric('monitor_dead_letters{endpoint="ops"}') == 1, "a dead letter")
        assert received.alerts() == []
        dead = command(running, "alerts", "dead")
        assert "orrin-lab-mara-venn-1-v1:ops" in dead and "hidden" not in dead
        command(running, "alerts", "replay", "orrin-lab-mara-venn-1-v1")
        running.until(received.alerts, "it arrives")
        running.until(lambda: delivered(running) == 1, "it is settled")
        listed = command(running, "alerts", "list")
        assert "departure.confirmed" in listed and "ops: delivered" in listed
        command(running, "alerts", "test", "ops")
        running.until(lambda: len(received.alerts()) == 2, "the test arrives")
        assert received.alerts()[-1]["type"] == "monitor.test"
        assert "confirmed" in command(running, "cases", "list")
        id = "orrin-lab-mara-venn-1"
        assert json.loads(command(running, "cases", "show", id))["person"] == "mara-venn"
        assert command(running, "cases", "dismiss", id, "--note", "a test").strip() == f"{id}: dismissed"
        running.until(lambda: len(received.alerts()) == 3, "the retraction arrives")
        assert received.alerts()[-1]["type"] == "departure.retracted"
        assert running.stop() == 0
    assert received.unsigned == 0


def command(running: Running, *words: str) -> str:
    import subprocess
    import sys

    argv = [sys.executable, "-m", "monitor", *words, "--config", str(running.config)]
    return subprocess.run(argv, check=True, capture_output=True, text=True, timeout=300).stdout


def delivered(running: Running, endpoint: str = "ops") -> float:
    """How many deliveries this process has written down as accepted."""
    return running.metric(f'monitor_deliveries_total{{endpoint="{endpoint}",outcome="delivered"}}')
