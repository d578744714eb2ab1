"""`monitor demo --once`, as the README tells a stranger to call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

from monitor.story import seeds, shortened, story

HOUR = 3600.0


def test_the_story_is_told_and_every_alert_is_delivered(tmp_path: Path) -> None:
    environ = {**os.environ, "MONITOR_STORE__URL": "redis://127.0.0.1:1/0"}
    begun = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-W", "error", "-m", "monitor", "demo", "--once"],
        capture_output=True, text=True, timeout=60, cwd=tmp_path, env=environ,
    )  # fmt: skip
    took = time.monotonic() - begun
    assert run.returncode == 0, run.stderr
    summary = json.loads(run.stdout.splitlines()[-1])
    assert summary["cases"] == {"junyang-lin": "confirmed", "binyuan-hui": "reported", "bowen-yu": "reported"}
    assert summary["alerts"] == summary["deliveries"] == 3
    assert summary["posts"] > 300
    assert 100 < summary["reactions"] < summary["posts"]
    assert 0 < summary["post_to_delivery_seconds"]["p50"] <= summary["post_to_delivery_seconds"]["max"] < 5
    assert took < 60
    assert "departure.confirmed: Junyang Lin" in run.stdout
    assert run.stderr == ""


def test_the_story_leaves_out_one_and_cuts_long_gaps() -> None:
    posts = story(seeds(), 190)
    ids = [post["id"] for post in posts]
    assert "seed-008" not in ids and {"seed-001", "seed-106", "seed-111"} <= set(ids)
    times = [datetime.fromisoformat(post["created_at"]) for post in posts]
    assert times == sorted(times)
    assert ids.index("seed-001") < ids.index("seed-003") < ids.index("seed-101")


def test_a_gap_over_an_hour_is_cut_to_an_hour() -> None:
    times = [0.0, 0.5 * HOUR, 10 * HOUR, 11 * HOUR]
    assert [shortened(at, times) / HOUR for at in times] == [0, 0.5, 1.5, 2.5]
    assert 0.5 < shortened(5 * HOUR, times) / HOUR < 1.5
    assert 2.5 < shortened(11.2 * HOUR, times) / HOUR <= 3
    assert shortened(-HOUR, times) == 0
