"""POST /api/posts and the HTTP server's guards, against a running service."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from monitor.embedded import socket_of
from monitor.keys import Keys
from monitor.model import MAX_POST_BYTES, encode
from monitor.stream import Stream
from tests.conftest import debian, opened
from tests.lab import post
from tests.running import Running
from tests.test_kill import ids_in, judged, write_watchlist


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("push")
    running = Running(folder, watchlist=write_watchlist(folder / "lab.yaml")).start()
    yield running
    assert running.stop() == 0


BIG = b'{"source":"x","id":"b","created_at":"2026-01-01T00:00:00Z","text":"' + b"x" * MAX_POST_BYTES + b'"}'
DEEP = b'{"source":"x","id":"1","text":"t","created_at":"2026-01-01T00:00:00Z","engagement":{"a":' + (
    b"[" * 900 + b"]" * 900 + b"}}"
)


def line(id: str, **fields: Any) -> bytes:
    return encode(post(id, **fields))


async def test_a_post_a_list_and_json_lines_are_stored_before_the_answer(running: Running) -> None:
    assert running.push(line("p1")) == (202, {"stored": 1})
    assert running.push(b"[" + line("p2") + b"," + line("p3") + b"]") == (202, {"stored": 2})
    assert running.push(line("p4") + b"\n\n" + line("p5") + b"\n", "application/x-ndjson")[0] == 202
    pretty = json.dumps(json.loads(line("p6")), indent=1).encode()
    assert running.push(pretty) == (202, {"stored": 1})
    assert running.push(line("p1"))[0] == 202
    assert running.push(b"[]") == (202, {"stored": 0})
    ids = await ids_in(running)
    assert sorted(id for id in ids if id.startswith("p")) == ["p1", "p2", "p3", "p4", "p5", "p6"]
    assert running.metric('monitor_posts_duplicate_total{source="push"}') == 1


@pytest.mark.parametrize(
    ("body", "kind", "status", "words"),
    [
        (b"{", "application/json", 422, "line 1"),
        (b"", "application/json", 422, "empty"),
        (b"7", "application/json", 422, "line 1"),
        (b'{"source":"x"}', "application/json", 422, "`id`"),
        (
            line("ok") + b'\n{"source":"x","id":"1","text":"t","created_at":"now"}',
            "application/x-ndjson",
            422,
            "line 2",
        ),
        (
            b'[{"source":"x","id":"1","text":7,"created_at":"2026-01-01T00:00:00Z"}]',
            "application/json",
            422,
            "$.text",
        ),
        (line("cut")[:-20], "application/json", 422, "line 1"),
        (line("a") + b"\xff\xfe", "application/json", 422, "line 1"),
        (
            b'{"source":"x","id":"1","text":"\\ud800","created_at":"2026-01-01T00:00:00Z"}',
            "application/json",
            422,
            "line 1",
        ),
        (b"[" * 100_000, "application/json", 422, "line 1"),
        (line("a"), "text/plain", 415, "application/json"),
        (BIG, "application/json", 413, "at most"),
        (b"[" + BIG + b"]", "application/json", 413, "at most"),
        (b"[" + b",".join([line("many")] * 5001) + b"]", "application/json", 413, "at most 5000 posts"),
        (b"\n".join([line("many")] * 5001), "application/json", 413, "at most 5000 posts"),
        (DEEP, "application/json", 422, "line 1"),
        (b" " * 9_000_000, "application/json", 413, "at most"),
    ],
)
def test_what_cannot_be_taken_is_named(
    running: Running, body: bytes, kind: str, status: int, words: str
) -> None:
    series = 'monitor_posts_dropped_total{{reason="{}",source="push"}}'
    reasons = [series.format(reason) for reason in ("bad_json", "bad_field", "bad_text", "too_large")]
    before = sum(map(running.metric, reasons))
    got, answer = running.push(body, kind)
    assert got == status
    assert words in answer["error"]
    assert sum(map(running.metric, reasons)) == before + (status != 415)


def test_a_body_that_is_not_what_it_says(running: Running) -> None:
    authorization = {"Authorization": "Bearer a-token-of-the-tests", "Content_Encoding": "gzip"}
    status, body, headers = running.request(
        "POST", "/api/posts", b"no gzip", Content_Type="application/json", **authorization
    )
    assert (status, headers["X-Content-Type-Options"]) == (400, "nosniff"), body


def test_a_hostile_text_does_not_stop_the_clock(running: Running) -> None:
    """Strings of combining marks, and megabytes about a watched name, are read while whoever sends them waits."""
    marks = "Mara Venn " + "\u0301\u0316" * 120_000
    stuffed = ("Mara Venn has left, said nobody. " * 60_000)[: MAX_POST_BYTES // 2]
    for number, text in enumerate([marks, stuffed, "Venn" * 250_000]):
        assert running.push(line(f"hostile {number}", text=text))[0] == 202
    assert running.get("/healthz")[0] == 200


async def test_a_newer_revision_and_a_delete_take_words_back(running: Running) -> None:
    """Both revisions in one request: the one that was withdrawn opens no case."""
    gauge = 'monitor_departure_status{{person="tomas-reed",status="{}"}}'
    first = line("edit", text="Tomas Reed has left Orrin Lab for good.", revision="1")
    second = line("edit", text="Sorry, that was wrong.", revision="2")
    assert running.push(first + b"\n" + second)[0] == 202
    secret = line("gone", text="Tomas Reed said secret words", handle="x")
    assert running.push(secret)[0] == 202
    assert running.push(line("gone", text="Tomas Reed said secret words", deleted=True))[0] == 202
    async with opened(f"unix://{socket_of(running.data)}") as store:
        stream = Stream(store, Keys("monitor"), retention=3600, thread_window=3600)
        entries = [e.reaction for e in await stream.read("p0", "0-0", count=1000) if e.reaction]
        last = {one.post.id: one.post for one in entries}
    assert last["edit"].revision == "2"
    assert (last["gone"].deleted, last["gone"].text) == (True, "")
    assert not any("secret words" in one.post.text for one in entries)
    await judged(running)
    assert running.metric(gauge.format("rumoured")) == 0


def test_without_the_token_nothing_is_taken(running: Running) -> None:
    assert running.push(line("x"), token="wrong")[0] == 401
    status, _, headers = running.request("POST", "/api/posts", line("x"), Content_Type="application/json")
    assert (status, headers["WWW-Authenticate"]) == (401, "Bearer")
    assert running.request("POST", "/api/cases/x/confirm", b"")[0] == 401


def test_another_host_is_refused_and_headers_are_strict(running: Running) -> None:
    assert running.request("GET", "/metrics", Host="evil.example")[0] == 421
    assert running.request("GET", "/metrics", Host="127.0.0.1.evil.example")[0] == 421
    assert running.request("GET", "/metrics", Host=f"localhost:{running.port}")[0] == 200
    status, _, headers = running.request("GET", "/healthz", Host="anything")
    assert status == 200
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert running.request("GET", "/nothing")[0] == 404
    assert running.request("DELETE", "/metrics", Authorization="Bearer a-token-of-the-tests")[0] == 405


def test_an_unknown_case_is_named(running: Running) -> None:
    authorization = {"Authorization": "Bearer a-token-of-the-tests"}
    status, body, _ = running.request("POST", "/api/cases/none/confirm", b"", **authorization)
    assert status == 404 and b"no case none" in body
    assert running.request("POST", "/api/cases/none/confirm", b"[7]", **authorization)[0] == 422


def test_a_case_is_judged_over_http(running: Running) -> None:
    running.push(line("claim", text="Tomas Reed has left Orrin Lab, colleagues say goodbye."))
    path, token = "/api/cases/orrin-lab-tomas-reed-1", {"Authorization": "Bearer a-token-of-the-tests"}
    gauge = 'monitor_departure_status{person="tomas-reed",status="rumoured"}'
    running.until(lambda: running.metric(gauge) == 1, "a case")
    status, body, _ = running.request("POST", f"{path}/dismiss", b'{"note":"a joke"}', **token)
    assert (status, json.loads(body)["status"]) == (200, "dismissed")
    status, body, _ = running.request("POST", f"{path}/reopen", b"", **token)
    assert json.loads(body)["status"] == "rumoured"
    assert json.loads(body)["history"][1]["note"] == "a joke"


@pytest.mark.debian
def test_the_metrics_are_clean_for_promtool(running: Running, tmp_path: Path) -> None:
    import subprocess

    body = running.get("/metrics")[1]
    check = subprocess.run([debian("promtool"), "check", "metrics"], input=body, capture_output=True)
    assert (check.returncode, check.stdout) == (0, b""), check


def test_a_store_that_does_not_answer_means_503_and_later_all_is_well(running: Running) -> None:
    """The server is frozen: the push is refused, then taken once it answers; nothing is stored twice."""
    (server,) = [int(pid) for pid in children(running) if "valkey" in command_of(pid)]
    os.kill(server, signal.SIGSTOP)
    try:
        status, answer = running.push(line("frozen"))
        assert (status, running.get("/readyz")[0], running.get("/healthz")[0]) == (503, 503, 200)
        assert "send it again" in answer["error"]
    finally:
        os.kill(server, signal.SIGCONT)
    running.until(lambda: running.get("/readyz")[0] == 200, "it is ready again")
    running.until(lambda: running.push(line("frozen"))[0] == 202, "a push is taken again")
    running.until(lambda: running.metric("monitor_store_up") == 1, "the gauge says so")


async def test_a_store_that_dies_comes_back_with_all_that_was_acknowledged(running: Running) -> None:
    before = await ids_in(running)
    (server,) = [int(pid) for pid in children(running) if "valkey" in command_of(pid)]
    os.kill(server, signal.SIGKILL)
    running.until(lambda: running.push(line("after"))[0] == 202, "a push is taken again")
    after = await ids_in(running)
    assert after.count("after") == 1
    assert set(before) <= set(after)
    assert socket_of(running.data).exists()


def children(running: Running) -> list[str]:
    assert running.process is not None
    found: list[str] = []
    for task in Path(f"/proc/{running.process.pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread may end while we look
            found += (task / "children").read_text().split()
    return found


def command_of(pid: str) -> str:
    """ "" for a process that is gone."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode()
    return ""
