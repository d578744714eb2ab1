"""The service as a process: start, stop, a second one beside it, and what a restart finds."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from monitor.embedded import binary, socket_of
from monitor.model import encode
from tests.conftest import opened, serve, wait_until
from tests.lab import LAB, post
from tests.receiver import SECRET, receiver
from tests.running import Running
from tests.test_alerts_kill import command
from tests.test_kill import write_posts, write_watchlist
from tests.test_push import children, command_of


def replaying(folder: Path) -> Running:
    """A service in the middle of a replay."""
    write_posts(folder / "posts.jsonl", 5000)
    story = {"kind": "replay", "path": str(folder / "posts.jsonl")}
    watchlist = write_watchlist(folder / "lab.yaml")
    return Running(folder, watchlist=watchlist, sources={"story": story}).start()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_zero_and_nothing_is_left(tmp_path: Path, number: signal.Signals) -> None:
    running = replaying(tmp_path)
    assert running.stop(number) == 0
    left = subprocess.run(["pgrep", "-f", str(tmp_path)], capture_output=True)
    assert left.stdout == b""
    assert b"Traceback" not in running.log.read_bytes()


def test_a_signal_in_the_middle_of_the_start_ends_it_too(tmp_path: Path) -> None:
    running = Running(tmp_path).start(ready=False)
    running.until(lambda: (running.data / "instance").exists(), "it has begun")
    assert running.stop() == 0


def test_a_second_one_on_the_same_data_names_the_first(tmp_path: Path) -> None:
    running = Running(tmp_path).start()
    second = subprocess.run(
        [sys.executable, "-m", "monitor", "run", "--config", running.config], capture_output=True, timeout=300
    )
    assert second.returncode == 2
    assert running.process and str(running.process.pid) in second.stderr.decode()
    assert second.stderr.decode().splitlines()[-1].startswith("monitor: ")
    running.until(lambda: running.get("/readyz")[0] == 200, "the first one goes on")
    assert running.stop() == 0


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    running = Running(tmp_path).start()
    other = Running(tmp_path / "data", data_dir=str(tmp_path / "b"), http={"port": running.port}).start(False)
    assert other.process and other.process.wait(100) == 2
    assert f"http.port: 127.0.0.1:{running.port}: " in other.tail()
    assert "Traceback" not in other.tail()
    assert running.stop() == 0


def test_windows_and_cases_are_there_again_after_a_kill(tmp_path: Path) -> None:
    running = Running(tmp_path, watchlist=write_watchlist(tmp_path / "lab.yaml")).start()
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 5))
    for number in range(5):
        one = json.loads(encode(post(f"{number}", f"Mara Venn is great {number % 4}")))
        assert running.push(json.dumps({**one, "created_at": now}).encode())[0] == 202
    line = 'monitor_window_{}{{person="mara-venn",window="1h"}}'
    running.until(lambda: running.metric(line.format("reactions")) == 5, "the window has them")
    before = [
        running.metric(line.format(name)) for name in ("reactions", "voices", "sentiment_mean", "surge")
    ]
    assert before[1] == 4
    assert running.metric('monitor_reactions_total{label="positive",person="mara-venn"}') == 5
    running.kill()
    running.start()
    after = [running.metric(line.format(name)) for name in ("reactions", "voices", "sentiment_mean", "surge")]
    assert after == before
    assert running.stop() == 0


def test_two_processes_share_a_store_and_a_source_is_read_once(
    tmp_path: Path, store_url: str, prefix: str
) -> None:
    """G5: the second waits for the first one's lease, and takes over when the first is killed."""
    write_posts(tmp_path / "posts.jsonl", 4000)
    settings = {
        "watchlist": write_watchlist(tmp_path / "lab.yaml"),
        "store": {"url": store_url, "prefix": prefix},
        "sources": {"story": {"kind": "replay", "path": str(tmp_path / "posts.jsonl"), "speed": 1}},
    }
    source = (tmp_path / "posts.jsonl").read_text().splitlines()
    stamped = []
    for number, line in enumerate(source):
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1777000000 + number // 20))
        stamped.append(json.dumps({**json.loads(line), "created_at": at}))
    (tmp_path / "posts.jsonl").write_text("\n".join(stamped) + "\n")
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    one, two = (Running(folder, **settings) for folder in folders)
    collected = 'monitor_posts_collected_total{source="story"}'
    one.start()
    one.until(lambda: one.metric(collected) > 20, "the first reads")
    two.start()
    two.until(lambda: b"story is read by another process" in two.log.read_bytes(), "the second stands by")
    assert two.metric(collected) == 0
    one.kill()
    two.until(lambda: two.metric(collected) > 20, "the second takes over")
    status = two.metric('monitor_source_up{source="story"}')
    assert status == 1
    assert two.stop() == 0
    assert os.path.exists(tmp_path / "one" / "data" / "instance")


def test_a_frozen_store_does_not_keep_it_from_ending(tmp_path: Path) -> None:
    running = replaying(tmp_path)
    (server,) = [pid for pid in children(running) if "valkey" in command_of(pid)]
    os.kill(int(server), signal.SIGSTOP)
    assert running.stop() == 0


async def test_a_full_store_pauses_the_sources_and_nothing_is_lost(tmp_path: Path) -> None:
    """G4, with a server whose memory ends in the middle of the replay and is then given more."""
    write_posts(tmp_path / "posts.jsonl", 6000)
    async with serve(binary(), tmp_path, "--maxmemory", "4mb", "--maxmemory-policy", "noeviction") as server:
        running = Running(
            tmp_path,
            watchlist=write_watchlist(tmp_path / "lab.yaml"),
            store={"url": server.url},
            sources={"story": {"kind": "replay", "path": str(tmp_path / "posts.jsonl")}},
        ).start()
        running.until(lambda: "does not take posts (full)" in running.tail(), "it is full")
        running.until(lambda: running.metric("monitor_store_up") == 0, "the gauge says so")
        assert running.get("/healthz")[0] == 200
        async with opened(server.url) as store:
            await store.call("CONFIG", "SET", "maxmemory", "0")
            running.until(lambda: "has come to its end" in running.tail(), "the replay ends")
            collected = 'monitor_posts_collected_total{source="story"}'
            running.until(lambda: running.metric(collected) == 6000, "all are stored")
            assert await store.call("XLEN", "monitor:{p0}:reactions") == 6000
        assert running.stop() == 0


def test_a_store_that_is_not_there_or_too_old_is_one_line(tmp_path: Path) -> None:
    running = Running(tmp_path, store={"url": "redis://:hunter2@127.0.0.1:1/0"}).start(ready=False)
    assert running.process and running.process.wait(100) == 2
    assert "monitor: store.url: " in running.tail() and "hunter2" not in running.tail()


def test_what_cannot_be_read_is_counted_and_nothing_else_is_disturbed(tmp_path: Path) -> None:
    good = [encode(post(f"good {n}", f"Mara Venn speaks {n}")) for n in range(3)]
    huge = (
        b'{"source":"x","id":"huge","created_at":"2026-05-01T10:00:00Z","text":"' + b"x" * 5_000_000 + b'"}'
    )
    lone = b'{"source":"x","id":"lone","created_at":"2026-05-01T10:00:00Z","text":"\\ud800"}'
    rubbish = [good[0], huge, good[1], b"\xff\xfe{}", lone, good[2][:-30], b"", good[2]]
    (tmp_path / "posts.jsonl").write_bytes(b"\n".join(rubbish) + b"\n")
    running = Running(
        tmp_path,
        watchlist=write_watchlist(tmp_path / "lab.yaml"),
        sources={"story": {"kind": "replay", "path": str(tmp_path / "posts.jsonl")}},
    ).start()
    running.until(lambda: "has come to its end" in running.tail(), "the replay ends")
    line = 'monitor_posts_dropped_total{{reason="{}",source="story"}}'
    neutral = 'monitor_reactions_total{label="neutral",person="mara-venn"}'
    running.until(lambda: running.metric(neutral) == 3, "what can be read is stored")
    for reason, count in {"too_large": 1, "bad_text": 1, "bad_json": 2}.items():
        running.until(lambda r=reason, n=count: running.metric(line.format(r)) == n, f"{count} of {reason}")  # type: ignore[misc]
    running.until(lambda: running.log.read_text().count("dropped at") == 3, "each kind is told once")
    assert running.stop() == 0


async def test_a_store_that_lost_everything_takes_pushes_again(tmp_path: Path) -> None:
    """The claim is gone with the data: the source must be claimed anew, though it says nothing itself."""
    running = Running(tmp_path, watchlist=write_watchlist(tmp_path / "lab.yaml")).start()
    assert running.push(encode(post("before")))[0] == 202
    async with opened(f"unix://{socket_of(running.data)}") as store:
        await store.call("FLUSHALL")
    running.until(lambda: running.push(encode(post("after")))[0] == 202, "a push is taken again")
    assert running.stop() == 0


def test_a_thread_of_somebody_no_longer_watched_does_no_harm(tmp_path: Path) -> None:
    running = Running(tmp_path, watchlist=write_watchlist(tmp_path / "lab.yaml")).start()
    assert running.push(encode(post("root", "Tomas Reed speaks")))[0] == 202
    assert running.stop() == 0
    fewer = LAB.model_dump(mode="json", by_alias=True)
    fewer["people"] = [person for person in fewer["people"] if person["id"] != "tomas-reed"]
    (tmp_path / "lab.yaml").write_text(json.dumps(fewer))
    running.start()
    assert running.push(encode(post("reply", "well said", parent_id="root")))[0] == 202
    running.until(lambda: running.get("/readyz")[0] == 200, "it goes on")
    assert running.stop() == 0


@pytest.mark.parametrize("moment", ["at its start", "in the story"])
async def test_the_demo_is_interrupted_quietly(tmp_path: Path, moment: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "monitor", "demo", "--speed", "2600"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    await wait_until(lambda: takes_signals(process.pid), what="it takes signals")
    if moment == "in the story":
        assert process.stdout
        assert b"monitor demo" in await asyncio.to_thread(process.stdout.readline)
        assert b"departure." in await asyncio.to_thread(process.stdout.readline)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=300)
    assert (process.returncode, err) == (0, b""), out


def takes_signals(pid: int) -> bool:
    """Whether a process has set what becomes of SIGTERM, the last one for which it does; Python itself sets SIGINT."""
    status = Path(f"/proc/{pid}/status").read_text()
    return bool(int(status.split("SigCgt:")[1].split()[0], 16) >> (signal.SIGTERM - 1) & 1)


def test_a_source_that_is_not_seen_stands_in_the_alert(tmp_path: Path) -> None:
    """The files of a replay that are not there are a source at fault; push goes on."""
    with receiver() as received:
        endpoint = {"name": "ops", "url": received.url, "secret": SECRET, "min_status": "rumoured"}
        sources = {"push": {"kind": "push"}, "story": {"kind": "replay", "path": str(tmp_path / "none")}}
        running = Running(
            tmp_path,
            watchlist=write_watchlist(tmp_path / "lab.yaml"),
            sources=sources,
            alerts={"endpoints": [{**endpoint, "allow_private": True}]},
        ).start()
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        one = {"source": "x", "id": "1", "text": "Mara Venn has left Orrin Lab.", "created_at": now}
        other = {**one, "id": "2", "text": "Tomas Reed has left Orrin Lab."}
        assert running.push(json.dumps(other).encode())[0] == 202
        running.until(lambda: running.items("/api/cases"), "a case")

        def blind() -> bool:
            return any(one["state"] == "blind" for one in running.items("/api/sources"))

        running.until(blind, "the fault is written down")
        # The case reader looks every two seconds, at once for the cases that others changed and for the sources.
        command(running, "cases", "dismiss", "orrin-lab-tomas-reed-1", "--note", "a test")
        dismissed = 'monitor_departure_cases{status="dismissed"}'
        running.until(lambda: running.metric(dismissed) == 1, "the case reader has looked")
        assert running.push(json.dumps(one).encode())[0] == 202

        def told() -> list[Any]:
            cases = [alert["data"]["case"] for alert in received.alerts()]
            return [case for case in cases if case["person"] == "mara-venn"]

        (case,) = running.until(told, "the alert is there")
        (spot,) = case["blind"]
        assert (spot["source"], spot["to"]) == ("story", None)
        assert running.metric('monitor_source_up{source="story"}') == 0
        running.until(lambda: running.get("/readyz")[0] == 200, "it is ready")
        assert running.stop() == 0
