"""The routes of the page against a running service: shapes, filters, refusals, roles, tokens."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote, urlencode

import pytest
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.consume.web import page
from monitor.consume.web.api import STORE_WAIT
from monitor.consume.web.server import Parts, application
from monitor.consume.web.view import View
from monitor.consume.windows.consumer import WindowConsumer
from monitor.model import Case, Post, Reaction, encode
from monitor.settings import HttpSettings
from monitor.telemetry import Telemetry
from tests.lab import LAB, post
from tests.running import TOKEN, Running
from tests.test_kill import write_watchlist

from .events import store_pid


@cache
def begun() -> datetime:
    """Shortly before the first post: not when this file was collected, which may be minutes earlier."""
    return datetime.now(UTC) - timedelta(seconds=30)


AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}
STATES = {"opening", "open", "blind", "done", "elsewhere"}


def said(id: str, text: str = "Mara Venn is great", seconds: float = 0, **fields: Any) -> bytes:
    value = json.loads(encode(post(id, text, **fields)))
    return json.dumps({**value, "created_at": (begun() + timedelta(seconds=seconds)).isoformat()}).encode()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("page")
    endpoint = {"name": "ops", "url": "http://127.0.0.1:9/SECRET", "secret": "whsec_" + "A" * 32}
    endpoint |= {"min_status": "rumoured", "allow_private": True}
    running = Running(
        folder, watchlist=write_watchlist(folder / "lab.yaml"), alerts={"endpoints": [endpoint]}
    ).start()
    posts = [
        said("a", seconds=0),
        said("b", "Tomas Reed speaks", seconds=1, source="bluesky"),
        said("c", "I have left Orrin Lab. Mara Venn", seconds=2, handle="maravenn"),
        said("d", "Mara Venn is bad and terrible", seconds=3),
        said("e", "Mara Venn <script>alert(1)</script>\u2028\u202e", seconds=4),
    ]
    assert running.push(b"[" + b",".join(posts) + b"]")[0] == 202
    running.until(lambda: items(running, "/api/alerts"), "the alert is there")
    running.until(lambda: items(running, "/api/people")[0]["windows"][1]["count"] == 3, "windows")
    yield running
    assert running.stop() == 0


def read(running: Running, path: str, **query: Any) -> Any:
    status, body, headers = running.request("GET", path + (f"?{urlencode(query)}" if query else ""))
    assert status == 200, body
    assert headers["Content-Type"] == "application/json" and headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "no-referrer"
    return json.loads(body)


def items(running: Running, path: str, **query: Any) -> list[dict[str, Any]]:
    answer = read(running, path, **query)
    assert set(answer) == {"items", "next"}
    return list(answer["items"])


def test_service(running: Running) -> None:
    service = read(running, "/api/service")
    started, now = (datetime.fromisoformat(service.pop(name)) for name in ("started_at", "now"))
    assert now - timedelta(hours=1) < started < now
    assert service.pop("version")
    assert service == {
        "organisation": {"id": "orrin-lab", "name": "Orrin Lab"},
        "windows": ["5m", "1h", "24h"],
        "spans": ["5m", "1h", "24h", "7d"],
        "roles": ["collect", "cases", "notify", "web"],
        "demo": False,
        "operate": True,
    }


def test_people(running: Running) -> None:
    mara, tomas, ida = items(running, "/api/people")
    assert [mara["status"], tomas["status"], ida["status"]] == ["confirmed", None, None]
    assert mara["case"] == "orrin-lab-mara-venn-1" and mara["changed_at"].endswith("Z")
    assert ida["departed"] == {"status": "confirmed", "at": None} and mara["departed"] is None
    assert [window["window"] for window in mara["windows"]] == ["5m", "1h", "24h"]
    assert set(mara) == {
        *("id", "name", "role", "status", "case", "occurred_at", "changed_at", "departed", "windows")
    }
    (five, *_) = ida["windows"]
    assert five.pop("as_of").endswith("Z")
    empty = {"positive": None, "neutral": None, "negative": None, "unscored": None}
    assert five == {"window": "5m", "count": 0, "voices": 0, "mean": None, "ratios": empty, "surge": 0.0}


def test_windows_and_series_agree(running: Running) -> None:
    rows = items(running, "/api/windows")
    assert [(row["person"], row["window"]) for row in rows][:4] == [
        ("mara-venn", "5m"),
        ("mara-venn", "1h"),
        ("mara-venn", "24h"),
        ("tomas-reed", "5m"),
    ]
    assert items(running, "/api/windows", person="tomas-reed")[1]["count"] == 1
    counts = {
        source: [
            row["count"] for row in items(running, "/api/windows", source=source) if row["window"] == "1h"
        ]
        for source in ("x", "bluesky", "push", "nowhere")
    }
    assert counts == {"x": [3, 0, 0], "bluesky": [0, 1, 0], "push": [3, 1, 0], "nowhere": [0, 0, 0]}
    for span, step, length in (("5m", 5, 60), ("1h", 60, 60), ("24h", 900, 96), ("7d", 7200, 84)):
        before = time.time()
        mara, tomas, ida = items(running, "/api/series", span=span)
        after = time.time()
        assert (mara["person"], mara["span"], mara["step"], len(mara["points"])) == (
            *("mara-venn", span, step, length),
        )
        assert [sum(p["count"] for p in one["points"]) for one in (mara, tomas, ida)] == [3, 1, 0]
        times = [datetime.fromisoformat(point["at"]).timestamp() for point in mara["points"]]
        assert all(time % step == 0 for time in times) and times[-1] <= after and before < times[-1] + step
        labels = sum(
            p[label] for p in mara["points"] for label in ("positive", "neutral", "negative", "unscored")
        )
        assert labels == 3
    (one,) = items(running, "/api/series", person="tomas-reed", span="1h")
    assert one["person"] == "tomas-reed"
    assert {p["mean"] for p in one["points"] if not p["count"]} == {None}


def test_reactions(running: Running) -> None:
    found = items(running, "/api/reactions")
    assert [item["post"]["id"] for item in found] == list("edcba")
    assert set(found[0]) == {"id", *Reaction.__struct_fields__}
    assert set(found[0]["post"]) == set(Post.__struct_fields__)
    assert found[0]["post"]["text"] == "Mara Venn <script>alert(1)</script>\u2028\u202e"
    walked, cursor = [], {}
    while True:
        answer = read(running, "/api/reactions", limit=2, **cursor)
        walked += answer["items"]
        if answer["next"] is None:
            break
        cursor = {"cursor": answer["next"]}
    assert walked == found
    assert [i["post"]["id"] for i in items(running, "/api/reactions", person="tomas-reed")] == ["b"]
    assert [i["post"]["id"] for i in items(running, "/api/reactions", label="negative")] == ["d"]
    since = (begun() + timedelta(seconds=3)).isoformat()
    assert [i["post"]["id"] for i in items(running, "/api/reactions", since=since)] == ["e", "d"]
    plain = json.loads(running.get(f"/api/reactions?since={since}")[1])  # its plus is not escaped
    assert [i["post"]["id"] for i in plain["items"]] == ["e", "d"]


def test_cases(running: Running) -> None:
    assert running.push(said("u1", "Ilse Brandt has left Orrin Lab.", handle="orrin_lab"))[0] == 202
    running.until(lambda: len(items(running, "/api/cases")) == 2, "the case of somebody unlisted")
    unlisted, listed = items(running, "/api/cases")
    assert set(listed) == {"listed", *Case.__struct_fields__}
    assert (listed["listed"], unlisted["listed"]) == (True, False)
    assert items(running, "/api/cases", person="mara-venn") == [listed]
    assert items(running, "/api/cases", person=unlisted["person"]) == [unlisted]
    assert items(running, "/api/cases", status="confirmed", person="mara-venn") == [listed]
    assert items(running, "/api/cases", status="denied") == []
    assert read(running, f"/api/cases/{listed['id']}") == listed
    evidence = listed["evidence"][0]
    assert evidence["strength"] == "strong" and evidence["post_id"] == "c"
    words = evidence["excerpt"][evidence["start"] : evidence["end"]]
    assert "left" in words
    claimed = items(running, "/api/reactions", person="unlisted")
    assert [item["post"]["id"] for item in claimed] == ["u1"]


def test_alerts_and_sources_tell_no_secret(running: Running) -> None:

    def tried() -> Any:
        *_, alert = items(running, "/api/alerts")
        (delivery,) = alert["deliveries"]
        return delivery["attempts"] and delivery["state"] != "sending" and alert

    alert = running.until(tried, "an attempt is over")
    assert set(alert) == {"stream_id", "alert", "deliveries"}
    assert alert["alert"]["type"] == "departure.confirmed"
    (delivery,) = alert["deliveries"]
    assert set(delivery) == {
        *("id", "webhook_id", "endpoint", "state", "attempts", "created", "last_at", "last_status"),
        *("last_error", "delivered_at", "next_at"),
    }
    assert (delivery["endpoint"], delivery["state"]) == ("ops", "due")
    assert len(items(running, "/api/alerts", limit=1)) == 1
    (source,) = items(running, "/api/sources")
    assert set(source) == {"name", "kind", "state", "since", "reason", "last_at", "stored", "gaps"}
    assert (source["name"], source["kind"], source["state"]) == ("push", "push", "open")
    assert source["stored"] >= 5 and source["gaps"] == []
    paths = ("service", "people", "windows", "series", "reactions", "cases", "alerts", "sources")
    for path in paths:
        body = running.get(f"/api/{path}")[1]
        assert b"SECRET" not in body and b"127.0.0.1:9" not in body and b"whsec" not in body
        assert TOKEN.encode() not in body and b"NaN" not in body


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/people?x=1", 400, "unknown field `x`"),
        ("/api/service?person=mara-venn", 400, "person"),
        ("/api/windows?person=nobody", 400, "mara-venn"),
        ("/api/windows?person=", 400, "length"),
        ("/api/series?span=2h", 400, "5m, 1h, 24h, 7d"),
        ("/api/series?span=5m&span=1h", 400, "span: given twice"),
        ("/api/reactions?limit=0", 400, "limit"),
        ("/api/reactions?limit=201", 400, "limit"),
        ("/api/reactions?limit=x", 400, "limit"),
        (
            "/api/reactions?label=angry",
            400,
            "label: 'angry' is none of positive, neutral, negative, unscored",
        ),
        ("/api/reactions?kind=rubbish", 400, "gratitude, sadness, worry"),
        ("/api/reactions?since=yesterday", 400, "since"),
        ("/api/reactions?since=2026-05-01T10:00:00", 400, "since"),
        ("/api/reactions?since=null", 400, "since"),
        ("/api/cases?status=null", 400, "status"),
        ("/api/reactions?cursor=abc", 400, "cursor"),
        ("/api/cases?status=gone", 400, "status"),
        ("/api/alerts?limit=1000", 400, "limit"),
        ("/api/stream?after=x", 400, "after"),
        ("/api/stream?x=x", 400, "x"),
        ("/api/cases/none", 404, "no such case"),
        ("/api/received", 404, "demo"),
        ("/api/nothing", 404, "Not Found"),
    ],
)
def test_what_is_not_possible_is_one_line(running: Running, path: str, status: int, words: str) -> None:
    got, body, headers = running.request("GET", path)
    error = json.loads(body)["error"]
    assert (got, words in error) == (status, True), body
    assert "\n" not in error and headers["Content-Security-Policy"].startswith("default-src 'none'; frame")


PARAMETERS = ("person", "source", "label", "since", "limit", "cursor", "span", "status", "after", "x")
PATHS = ("windows", "series", "reactions", "cases", "alerts", "people", "sources", "service", "cases/a")
values = st.text(max_size=30) | st.sampled_from(
    [
        "mara-venn",
        "unlisted",
        "x",
        "1",
        "5m",
        "positive",
        "reported",
        "0-0",
        "9-9.1",
        "1e9",
        "-0",
        "٣",
        "\x00",
    ]
    + ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-02-30T00:00:00Z", "NaN", "1" * 400]
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PATHS), st.dictionaries(st.sampled_from(PARAMETERS), values, max_size=4), st.binary())
def test_no_query_is_a_fault_of_ours(running: Running, path: str, query: dict[str, str], raw: bytes) -> None:
    encoded = urlencode(query, errors="surrogatepass")
    for text in (encoded, f"{encoded}&source={quote(raw)}"):
        status, body, _ = running.request("GET", f"/api/{path}?{text}")
        assert status in (200, 400, 404), (text, body)
        assert json.loads(body).keys() & {"items", "error", "version", "id"}


def test_lists_are_packed_where_it_is_worth_it(running: Running) -> None:
    status, body, headers = running.request("GET", "/api/series?span=5m", Accept_Encoding="gzip")
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert len(json.loads(gzip.decompress(body))["items"]) == 3
    assert "Content-Encoding" not in running.request("GET", "/api/sources", Accept_Encoding="gzip")[2]


def test_the_page_and_its_files(running: Running) -> None:
    status, body, headers = running.request("GET", "/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert headers["Content-Security-Policy"] == page.POLICY and "unsafe" not in page.POLICY
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Cache-Control"] == "no-cache"
    assert running.request("GET", "/", If_None_Match=headers["ETag"])[0] == 304
    assert running.request("GET", "/", If_None_Match='"other"')[:2] == (200, body)
    for path in page.FOLDER.iterdir():
        status, found, headers = running.request("GET", f"/static/{path.name}")
        if path.suffix in page.TYPES:
            assert (status, headers["Content-Type"]) == (200, page.TYPES[path.suffix])
            packed = running.request("GET", f"/static/{path.name}", Accept_Encoding="gzip")
            body = gzip.decompress(packed[1]) if "Content-Encoding" in packed[2] else packed[1]
            assert body == found
        else:
            assert status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/none.js",
        "/static/../server.py",
        "/static/..%2fserver.py",
        "/static/%2e%2e/server.py",
    ]
    + [
        "/static/..%5cserver.py",
        "/static/.js",
        "/static/a%00.js",
        "/static//etc/passwd",
        "/static/x/../page.css/",
    ]
    + ["/static/uPlot.LICENSE", "/static/" + "a" * 5000 + ".js", "/index.html"],
)
def test_nothing_else_is_served(running: Running, path: str) -> None:
    assert running.get(path)[0] in (400, 404)


def test_another_host_is_refused_everywhere(running: Running) -> None:
    for path in ("/", "/static/page.css", "/api/people", "/api/stream"):
        assert running.request("GET", path, Host="evil.example")[0] == 421
    assert running.request("GET", "/healthz", Host="evil.example")[0] == 200


def test_an_act_needs_the_token_and_the_case_says_it(running: Running) -> None:
    path = "/api/cases/orrin-lab-mara-venn-1/confirm"
    assert running.request("POST", path, b"")[0] == 401
    status, body, _ = running.request("POST", path, b'{"note": "seen"}', **AUTHORIZED)
    assert status == 200
    assert read(running, "/api/cases/orrin-lab-mara-venn-1")["version"] == json.loads(body)["version"]
    packed = {**AUTHORIZED, "Content-Encoding": "gzip"}
    status, body, _ = running.request("POST", path, b"not packed at all", **packed)
    assert (status, "Content-Encoding" in json.loads(body)["error"]) == (400, True)


def test_beyond_loopback_the_page_is_open_and_what_it_reads_is_not(tmp_path: Path) -> None:
    http = {"host": "0.0.0.0", "port": 0, "token": TOKEN}
    running = Running(tmp_path, watchlist=write_watchlist(tmp_path / "lab.yaml"), http=http).start()
    for path in ("/", "/static/page.css", "/healthz", "/readyz"):
        assert running.get(path)[0] == 200
    closed = (
        "/api/people",
        "/api/service",
        "/api/stream",
        "/metrics",
        "/static/../api/people",
        "/api/nothing",
    )
    for path in closed:
        assert running.get(path)[0] == 401, path
    for wrong in (
        {},
        {"Authorization": "Bearer"},
        {"Authorization": f"bearer {TOKEN}x"},
        {"Authorization": TOKEN},
    ):
        assert running.request("GET", "/api/people", **wrong)[0] == 401
    assert running.request("GET", "/api/people", **AUTHORIZED)[0] == 200
    assert running.stop() == 0


async def test_roles_a_page_of_its_own_shows_the_same(tmp_path: Path, store_url: str, prefix: str) -> None:
    """One process does all, one only the page: it reads cases, alerts and sources from the store."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    shared = {
        "watchlist": write_watchlist(tmp_path / "lab.yaml"),
        "store": {"url": store_url, "prefix": prefix, "partitions": 2},
        "sources": {
            "push": {"kind": "push"},
            "other": {"kind": "replay", "path": str(tmp_path / "none.jsonl")},
        },
    }
    (tmp_path / "none.jsonl").write_text("")
    alerts = {"endpoints": [{"name": "ops", "url": "https://ops.example/", "secret": "whsec_" + "A" * 32}]}
    both = Running(tmp_path / "one", **shared, alerts=alerts, roles=["collect", "cases", "web"]).start()
    shown = Running(tmp_path / "two", **shared, alerts=alerts, roles=["web"]).start()
    assert both.push(said("c", "I have left Orrin Lab. Mara Venn", handle="maravenn"))[0] == 202
    shown.until(lambda: items(shown, "/api/people")[0]["status"] == "confirmed", "the page knows")
    both.until(lambda: items(both, "/api/people")[0]["status"] == "confirmed", "the other page knows")
    for path in ("/api/cases", "/api/alerts", "/api/reactions", "/api/sources"):
        shown.until(lambda path=path: items(shown, path) == items(both, path), f"{path} is the same")
    assert items(shown, "/api/cases")[0]["id"] == "orrin-lab-mara-venn-1"
    assert items(shown, "/api/alerts")[0]["deliveries"][0]["state"] == "due"

    def states() -> dict[str, str]:
        return {row["name"]: row["state"] for row in items(shown, "/api/sources")}

    shown.until(lambda: states() == {"push": "open", "other": "done"}, "the sources are seen")
    assert read(shown, "/api/service")["operate"] is False
    act = "/api/cases/orrin-lab-mara-venn-1/dismiss"
    assert shown.request("POST", act, b"", **AUTHORIZED)[0] == 404
    assert both.request("POST", act, b"", **AUTHORIZED)[0] == 200
    shown.until(lambda: items(shown, "/api/people")[0]["status"] == "dismissed", "the page knows")
    for one in (shown, both):
        assert one.stop() == 0


async def test_the_series_of_many_people_let_others_have_their_turn() -> None:
    windows = WindowConsumer(LAB, ["5m"], cast(Any, None), [])
    windows.ready = True
    view = View(*cast(Any, (None, LAB, windows, None, None, None)))
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    assert len(await view.series(None, "5m", time.time())) == len(LAB.people)
    assert turns >= len(LAB.people)
    task.cancel()


async def test_without_the_role_there_is_no_page() -> None:
    async def failing() -> list[str]:
        return []

    telemetry = Telemetry(people=[], sources=[], windows=[], endpoints=[], config_hash="", version="")
    server = TestServer(application(HttpSettings(), Parts(telemetry, failing)))
    async with TestClient(server) as client:
        for path in ("/", "/static/page.css", "/api/people", "/api/stream", "/api/cases/x"):
            answer = await client.get(path)
            assert (answer.status, "no role web" in (await answer.json())["error"]) == (404, True)
        for path in ("/metrics", "/healthz", "/readyz"):
            assert (await client.get(path)).status == 200


def test_a_store_that_does_not_answer_is_503(tmp_path: Path) -> None:
    running = Running(tmp_path, watchlist=write_watchlist(tmp_path / "lab.yaml")).start()
    assert running.push(said("a"))[0] == 202
    pid = store_pid(running)
    os.kill(pid, signal.SIGSTOP)
    paths = ("/api/reactions", "/api/alerts", "/api/sources")
    with ThreadPoolExecutor() as threads:
        answers = list(threads.map(lambda path: running.request("GET", path), paths))
    for status, body, headers in answers:
        assert (status, headers["Retry-After"]) == (503, "5")
        assert json.loads(body) == {"error": "the store does not answer"}
    for path in ("people", "windows", "series", "cases"):  # Each part learns of it by its own next call.
        running.until(lambda path=path: running.get(f"/api/{path}")[0] == 503, f"no {path}")
    assert running.get("/api/service")[0] == running.get("/")[0] == 200
    status, body, _ = running.request("GET", "/readyz")
    # That is what is said where the call to the store was not waited for: else the parts would be named too.
    assert (status, json.loads(body)["failing"]) == (503, ["store"]) and STORE_WAIT < 4.5
    os.kill(pid, signal.SIGCONT)
    running.until(lambda: running.get("/readyz")[0] == 200, "it is back")
    running.until(
        lambda: [one["post"]["id"] for one in items(running, "/api/reactions")] == ["a"], "the post"
    )
    running.until(lambda: items(running, "/api/people")[0]["windows"][1]["count"] == 1, "it is counted")
    assert running.stop() == 0
