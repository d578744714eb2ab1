"""A whole service with a slow scorer: its processes die and are made anew, and none is left behind."""

from __future__ import annotations

import json
import os
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.running import Running
from tests.test_kill import write_watchlist

SLOW = "tests.score.test_late:Slow"
STORED = 'monitor_late_scores_total{outcome="stored"}'


def workers(running: Running) -> list[int]:
    """The processes of the scorer."""
    assert running.process
    children = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children").read_text().split()
    return [int(pid) for pid in children if b"score.workers" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def push(running: Running, id: str, text: str) -> None:
    one = {"source": "x", "id": id, "text": text, "created_at": datetime.now(UTC).isoformat()}
    assert running.push(json.dumps(one).encode())[0] == 202


def reactions(running: Running) -> dict[str, Any]:
    items = json.loads(running.get("/api/reactions?person=mara-venn")[1])["items"]
    found = {}
    for item in items:
        assert item["post"]["id"] not in found, "one reaction a post: the late score in the first one's place"
        found[item["post"]["id"]] = item
    return found


@pytest.mark.timeout(600)  # a process of the scorer is made anew ten times, and each waits for its turn
@pytest.mark.parametrize("end", ["stop", "kill"])
def test_late_scores_arrive_though_their_processes_are_killed(tmp_path: Path, end: str) -> None:
    watchlist = write_watchlist(tmp_path / "lab.yaml")
    running = Running(tmp_path, watchlist=watchlist, sentiment={"scorer": SLOW}).start()
    push(running, "1", "Mara Venn has left Orrin Lab.")
    running.until(lambda: running.metric(STORED) == 1, "the late score is stored")
    assert reactions(running)["1"]["sentiment"]["scorer"] == "slow"
    cases = 'monitor_departure_cases{status="rumoured"}'
    running.until(lambda: running.metric(cases) == 1, "there is a case")
    for pid in workers(running):
        os.kill(pid, signal.SIGKILL)
    push(running, "2", "Mara Venn, heartbroken")
    push(running, "3", "Mara Venn, please die")
    running.until(lambda: running.metric(STORED) == 2, "a new process scores")
    failed = 'monitor_late_scores_total{outcome="failed"}'
    running.until(lambda: running.metric(failed) == 1, "what kills it twice keeps its first score")
    found = reactions(running)
    assert [found[id]["sentiment"]["scorer"] for id in "123"] == ["slow", "slow", "blend"]
    assert running.metric(cases) == 1
    push(running, "4", "Mara Venn again")
    running.until(lambda: running.metric(STORED) == 3, "it goes on")
    left = workers(running)
    assert left
    if end == "stop":
        assert running.stop() == 0
        assert b"Traceback" not in running.log.read_bytes()
    else:
        running.kill()
    running.process = None
    running.until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left), "no process is left")
