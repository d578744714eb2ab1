"""`monitor demo --once`, as the README tells a stranger to call it."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from monitor import demo
from monitor.story import seeds, shortened, story

HOUR = 3600.0


def test_the_story_is_told_and_every_alert_is_delivered(tmp_path: Path) -> None:
    environ = {**os.environ, "MONITOR_STORE__URL": "redis://127.0.0.1:1/0", **browser(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-W", "error", "-m", "monitor", "demo", "--once"],
        capture_output=True, text=True, timeout=300, cwd=tmp_path, env=environ,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    summary = json.loads(run.stdout.splitlines()[-1])
    assert summary["cases"] == {"junyang-lin": "confirmed", "binyuan-hui": "reported", "bowen-yu": "reported"}
    assert summary["alerts"] == summary["deliveries"] == 3
    assert summary["posts"] > 300
    assert 100 < summary["reactions"] < summary["posts"]
    assert 0 < summary["post_to_delivery_seconds"]["p50"] <= summary["post_to_delivery_seconds"]["max"]
    assert "departure.confirmed: Junyang Lin" in run.stdout
    assert run.stderr == ""
    assert not (tmp_path / "opened").exists()


def browser(folder: Path) -> dict[str, str]:
    """An environment with a graphical session, and a browser that writes down what it is to open."""
    program = folder / "browser"
    program.write_text(f'#!/bin/sh\necho $$ > {folder}/pid\necho "$1" >> {folder}/opened\nexec sleep 120\n')
    program.chmod(0o755)
    return {"DISPLAY": ":99", "WAYLAND_DISPLAY": "", "BROWSER": f"{program} %s"}


@contextmanager
def on_a_terminal(*arguments: str, **environ: str) -> Iterator[tuple[subprocess.Popen[bytes], Any]]:
    """`monitor demo` with a terminal as its standard output, and what it has written so far."""
    terminal, end = pty.openpty()
    written = bytearray()

    def read() -> None:
        with suppress(OSError):  # once nobody has the other end
            while more := os.read(terminal, 65536):
                written.extend(more)

    def screen() -> str:
        return bytes(written).decode(errors="replace")

    # All the time: who writes to a terminal that nobody reads is held up.
    reading = threading.Thread(target=read, daemon=True)
    reading.start()
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "monitor", "demo", *arguments],
        stdout=end,
        stderr=subprocess.PIPE,
        env={**os.environ, "DISPLAY": "", "WAYLAND_DISPLAY": "", **environ},
    )
    try:
        yield process, screen
    finally:
        process.kill()
        process.communicate()
        os.close(end)
        reading.join(10)
        os.close(terminal)


def until(look: Any, what: str, timeout: float = 180.0) -> Any:
    deadline = time.monotonic() + timeout
    while not (found := look()):
        assert time.monotonic() < deadline, what
        time.sleep(0.05)
    return found


def test_a_log_is_told_where_the_page_is() -> None:
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "monitor", "demo"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        try:
            found = re.fullmatch(r"monitor demo  (http://127\.0\.0\.1:\d+/)\n", process.stdout.readline())
            assert found
            with urllib.request.urlopen(found[1] + "api/service", timeout=60) as answer:
                assert json.loads(answer.read())["demo"] is True
        finally:
            process.kill()


def test_on_a_terminal_the_page_is_there_and_is_opened(tmp_path: Path) -> None:
    with on_a_terminal("--speed", "2600", **browser(tmp_path)) as (process, screen):
        url = until(lambda: re.search(r"monitor demo  (http://127\.0\.0\.1:\d+/) ", screen()), "its URL")[1]
        until(lambda: (tmp_path / "opened").exists() and (tmp_path / "opened").read_text(), "the browser")
        assert (tmp_path / "opened").read_text() == f"{url}\n"

        def read(path: str) -> Any:
            with urllib.request.urlopen(url + path, timeout=60) as answer:
                return answer.read()

        assert b"<html" in read("")
        assert json.loads(read("api/service"))["demo"] is True
        (*_, first) = until(lambda: json.loads(read("api/received"))["items"], "something is received")
        assert first.pop("seconds") > 0
        assert datetime.fromisoformat(first.pop("at")).tzinfo
        assert first == {
            "webhook_id": "alibaba-qwen-junyang-lin-1-v1",
            "type": "departure.confirmed",
            "case": "alibaba-qwen-junyang-lin-1",
            "name": "Junyang Lin",
            "status": "confirmed",
            "verified": True,
        }
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)  # the browser is still there
        assert process.stderr and process.stderr.read() == b""


def test_without_a_graphical_session_nothing_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert not demo.can_show()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert demo.can_show()
    monkeypatch.delenv("WAYLAND_DISPLAY")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert demo.can_show()


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
