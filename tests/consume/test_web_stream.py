"""GET /api/stream: nothing missed and nothing twice, whoever comes, goes, is slow, or is killed."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import re
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from monitor.consume.web import hub as hubs
from monitor.consume.web import live, news
from monitor.consume.web.hub import Client, Hub
from monitor.consume.web.live import missed_events
from monitor.model import encode
from monitor.store import Store
from monitor.stream import Stream, id_order
from tests.conftest import wait_until
from tests.lab import post, reaction
from tests.running import TOKEN, Running
from tests.test_kill import write_watchlist

from .events import Events, store_pid
from .test_web_history import Writer, stream_of

AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}


def said(*ids: str, text: str = "Mara Venn speaks", **fields: Any) -> bytes:
    now = datetime.now(UTC).isoformat()
    values = [json.loads(encode(post(id, text, **fields))) for id in ids]
    return json.dumps([{**value, "created_at": now} for value in values]).encode()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("stream")
    endpoint = {"name": "ops", "url": "http://127.0.0.1:9/", "secret": "whsec_" + "A" * 32}
    endpoint |= {"min_status": "rumoured", "allow_private": True}
    running = Running(
        folder, watchlist=write_watchlist(folder / "lab.yaml"), alerts={"endpoints": [endpoint]}
    ).start()
    yield running
    assert running.stop() == 0


# In process: a hub on a real store.


@asynccontextmanager
async def following(stream: Stream) -> AsyncIterator[Hub]:
    reader = stream.store.reader()
    own = Stream(reader, stream.keys, retention=3600, thread_window=3600)
    hub = Hub(own)
    task = asyncio.create_task(hub.run())
    await wait_until(lambda: hub.ready)
    yield hub
    task.cancel()
    await asyncio.wait([task])
    await reader.close()


class Onlooker:
    """A client in process: it joins after a place, catches up, and takes what comes."""

    def __init__(self, stream: Stream, hub: Hub, after: list[str] | None = None) -> None:
        self._stream, self._hub, self._after = stream, hub, after
        self.cut = False
        self.had: list[str] = []
        self.ids: list[str] = []
        self.last = ""
        self.whole = True

    async def run(self, pause: Callable[[], float] = lambda: 0.0) -> None:
        client = Client(cut=self._was_cut, gone=lambda: False)
        at = self._hub.join(client)
        assert at is not None
        if self._after is not None:
            missed, self.whole = await missed_events(self._stream, self._after, at, time.time())
            self._take(b"".join(missed))
        while (events := await client.take(0.5)) is not None:
            self._take(events)
            await asyncio.sleep(pause())
        self._hub.leave(client)

    def _was_cut(self) -> None:
        self.cut = True

    def _take(self, events: bytes) -> None:
        for id, data in re.findall(r"id: (\S+)\nevent: reaction\ndata: (.*)\n\n", events.decode()):
            assert json.loads(data)["id"] in id.split(",")
            self.last = id
            self.ids.append(json.loads(data)["post"]["id"])


async def fill(writer: Writer, name: str, count: int, source: str = "story") -> None:
    for begin in range(0, count, 10):
        await writer.put(
            *(reaction(post(f"{name}{n:04}")) for n in range(begin, min(count, begin + 10))), source=source
        )
        await asyncio.sleep(0)


@pytest.mark.parametrize("partitions", [1, 3])
async def test_no_gap_and_no_double_at_the_seam(store: Store, prefix: str, partitions: int) -> None:
    """Onlookers join all the time while three writers write, from places all over the streams."""
    stream = stream_of(store, prefix, partitions)
    begin = ["0-0"] * partitions
    async with following(stream) as hub:
        tasks, onlookers = [], []
        sources = ["story", "push", "hackernews"]
        writers = [Writer(stream) for _ in sources]
        pairs = zip(writers, sources, strict=True)
        writing = [asyncio.create_task(fill(writer, source, 300, source)) for writer, source in pairs]
        while not all(task.done() for task in writing) and len(onlookers) < 40:
            if sum(writer.written for writer in writers) < 30 * len(onlookers):
                await asyncio.sleep(0)
                continue
            former = onlookers[len(onlookers) // 2] if onlookers else None
            after = former.last.split(",") if former and former.last else begin
            onlookers.append(one := Onlooker(stream, hub, after))
            one.had = [*former.had, *former.ids] if former and former.last else []
            tasks.append(asyncio.create_task(one.run()))
            await asyncio.sleep(0)
        await asyncio.wait(writing)
        wanted = sorted(f"{source}{n:04}" for source in sources for n in range(300))
        for one in onlookers:
            await wait_until(lambda one=one: len(one.had) + len(one.ids) >= 900, what="all came")
            assert sorted(one.had + one.ids) == wanted
            assert one.whole and not one.cut
        assert len(onlookers) > 5
    await asyncio.wait(tasks)


async def test_what_was_missed_is_bounded_and_says_so(
    store: Store, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = stream_of(store, prefix)
    await fill(Writer(stream), "p", 60)
    entries = await stream.read("p0", "0-0", count=1000)
    at = {"p0": entries[-1].id}

    async def missed(after: str, now: float | None = None) -> tuple[int, bool]:
        events, whole = await missed_events(stream, [after], at, now or time.time())
        return len(events), whole

    assert await missed("0-0") == (60, True)
    day = f"{entries[0].id.partition('-')[0]}-0"
    assert await missed(day) == (60 - (entries[0].id == day), True)
    assert await missed(entries[19].id) == (40, True)
    assert await missed(at["p0"]) == (0, True)
    assert await missed(at["p0"], time.time() + 10 * 86400) == (0, True)
    assert await missed(day, time.time() + 86401) == (0, False)
    ahead = f"{10**13}-0"
    assert await missed(ahead) == (0, False)  # the stream was rolled back
    monkeypatch.setattr(live, "MOST_MISSED", 30)
    assert await missed(day) == (30, False)
    monkeypatch.setattr(live, "MOST_MISSED_BYTES", 1)
    assert (await missed(day))[1] is False


async def test_edits_deletes_and_late_ones(store: Store, prefix: str) -> None:
    stream = stream_of(store, prefix)
    writer = Writer(stream)
    async with following(stream) as hub:
        client = Client(cut=lambda: None, gone=lambda: False)
        at = hub.join(client)
        assert at == {"p0": "0-0"}
        told: list[dict[str, Any]] = []

        async def next() -> dict[str, Any]:
            while not told:
                for data in re.findall(r"data: (.*)\n", (await client.take(5) or b"").decode()):
                    told.append(json.loads(data)["post"])
            return told.pop(0)

        await writer.put(reaction(post("a", "one", revision="1")))
        assert (await next())["text"] == "one"
        await writer.put(reaction(post("a", "three", revision="3")))
        assert (await next())["text"] == "three"
        await writer.put(reaction(post("a", "two, late", revision="2")), reaction(post("b")))
        assert (await next())["id"] == "b"
        await writer.put(reaction(post("a", "", deleted=True)))
        gone = await next()
        assert (gone["id"], gone["deleted"], gone["text"]) == ("a", True, "")
        nobody = reaction(post("b", "about nobody now", revision="2"), person="nobody")
        await writer.put(nobody)
        gone = await next()
        assert (gone["id"], gone["deleted"], gone["text"]) == ("b", True, "")


async def test_one_who_is_too_slow_is_cut_and_the_others_are_not(store: Store, prefix: str) -> None:
    stream = stream_of(store, prefix)
    async with following(stream) as hub:
        slow, quick = Onlooker(stream, hub), Onlooker(stream, hub)
        tasks = [asyncio.create_task(slow.run(lambda: 3600)), asyncio.create_task(quick.run())]
        await asyncio.sleep(0)
        await fill(Writer(stream), "a", 10)
        await wait_until(lambda: slow.ids)
        await fill(Writer(stream), "b", hubs.MOST_WAITING + 100)
        await wait_until(lambda: len(quick.ids) == hubs.MOST_WAITING + 110)
        assert slow.cut and not quick.cut
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def test_whoever_is_gone_makes_room_at_once(
    store: Store, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "MOST_CLIENTS", 2)
    async with following(stream_of(store, prefix)) as hub:
        left: list[str] = []
        first, second, third = (
            Client(cut=lambda: None, gone=lambda name=name: name in left) for name in ("1", "2", "3")
        )
        assert hub.join(first) and hub.join(second)
        assert hub.join(third) is None
        left.append("1")
        assert hub.join(third) and len(hub) == 2
        assert await first.take(5) is None


async def test_people_are_told_though_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    walls = iter([2_000_000_000.0, 1_000_000_000.0])
    monkeypatch.setattr(news, "PEOPLE_EVERY", 0.01)
    monkeypatch.setattr(news, "time", SimpleNamespace(time=lambda: next(walls), monotonic=time.monotonic))

    class Few:
        async def persons(self, now: float) -> list[dict[str, Any]]:
            return [{"id": "mara-venn", "now": now, "windows": []}]

    told: list[bytes] = []
    teller = news.News(cast(Any, Few()), cast(Any, SimpleNamespace(tell=told.append)))
    for count in (1, 2):
        await asyncio.sleep(0.02)
        await teller._look_at_people()
        assert len(told) == count


async def test_a_stream_that_was_rolled_back_is_followed_again(store: Store, prefix: str) -> None:
    """G6: the hub goes back with it and tells the clients to read anew."""
    stream = stream_of(store, prefix)
    key = stream.keys.reactions("p0")
    async with following(stream) as hub:
        await fill(Writer(stream), "a", 10)
        await wait_until(lambda: id_order(hub.at["p0"]) > (0, 0))
        client = Client(cut=lambda: None, gone=lambda: False)
        assert hub.join(client)
        await store.call("DEL", key)
        await store.call("XADD", key, "5-0", "d", encode(reaction(post("older"))))
        events = b""
        while b"reset" not in events:
            events += await client.take(5) or b""
        await store.call("XADD", key, "5-1", "d", encode(reaction(post("newer"))))
        while b"newer" not in events:
            events += await client.take(5) or b""
        assert hub.at == {"p0": "5-1"}
    assert await client.take(1) is None


# A real service.


def test_everything_is_told(running: Running) -> None:
    with Events(running.port) as events:
        head = events.response.headers
        assert events.response.status == 200
        assert head["Content-Type"].startswith("text/event-stream") and head["Cache-Control"] == "no-store"
        assert head["X-Accel-Buffering"] == "no" and head["X-Content-Type-Options"] == "nosniff"
        assert "Content-Encoding" not in head
        events.until(lambda: events.of("people") and events.of("sources"), "how things stand")
        assert running.push(said("t1", text="I have left Orrin Lab. Mara Venn", handle="maravenn"))[0] == 202
        events.until(lambda: "t1" in events.posts(), "the reaction")
        events.until(lambda: events.of("case"), "the case")
        events.until(lambda: events.of("alert"), "the alert")
        assert events.of("case")[-1]["status"] == "confirmed" and events.of("case")[-1]["listed"] is True
        events.until(lambda: events.of("people")[-1]["items"][0]["status"] == "confirmed", "the person")
        events.until(
            lambda: [d["attempts"] > 0 for d in events.of("alert")[-1]["deliveries"]] == [True],
            "an attempt failed",
        )
        kinds = {event.name: event.id for event in events.all}
        assert set(kinds) == {"reaction", "case", "alert", "people", "sources"}
        assert kinds["reaction"] and not any(kinds[name] for name in ("case", "alert", "people", "sources"))
        act = "/api/cases/orrin-lab-mara-venn-1/dismiss"
        assert running.request("POST", act, b"", **AUTHORIZED)[0] == 200
        events.until(lambda: events.of("case")[-1]["status"] == "dismissed", "the act is told")


def test_people_are_told_seldom_and_only_when_something_changed(running: Running) -> None:
    with Events(running.port) as events:
        events.until(lambda: events.of("people"), "how things stand")
        for number in range(20):
            assert running.push(said(f"s{number}"))[0] == 202
            time.sleep(0.1)
        events.until(lambda: len(events.posts()) == 20, "the reactions")
        events.until(
            lambda: counts(events.of("people")[-1]) == counts(json.loads(running.get("/api/people")[1])),
            "the last of it",
        )
        # By the service's clock: on the way one may be held up.
        times = [as_of(told) for told in events.of("people")]
        assert all(b - a > 1.5 for a, b in itertools.pairwise(times)), times
        quiet = len(events.of("people"))
        time.sleep(1.5)
        assert len(events.of("people")) == quiet
        assert events.of("people")[-1]["items"] == without_time(
            json.loads(running.get("/api/people")[1])["items"], events.of("people")[-1]["items"]
        )


def as_of(people: dict[str, Any]) -> float:
    return datetime.fromisoformat(people["items"][0]["windows"][0]["as_of"]).timestamp()


def counts(people: dict[str, Any]) -> list[int]:
    return [window["count"] for person in people["items"] for window in person["windows"]]


def without_time(items: list[Any], like: list[Any]) -> list[Any]:
    for person, other in zip(items, like, strict=True):
        for window, old in zip(person["windows"], other["windows"], strict=True):
            window["as_of"] = old["as_of"]
    return items


@pytest.mark.parametrize("header", [True, False])
def test_it_resumes_by_id(running: Running, header: bool) -> None:
    name = f"r{header:d}"
    with Events(running.port) as events:
        assert running.push(said(f"{name}1", f"{name}2"))[0] == 202
        events.until(lambda: len(events.posts()) >= 2, "live")
        first = [event.id for event in events.all if event.name == "reaction"]
    assert running.push(said(f"{name}3", f"{name}4"))[0] == 202
    with Events(running.port, first[0], header=header) as events:
        assert running.push(said(f"{name}5"))[0] == 202
        events.until(lambda: len(events.posts()) >= 4, "what was missed, and live")
        assert events.posts() == [f"{name}{n}" for n in (2, 3, 4, 5)]
        assert events.of("reset") == []
    for unknown in ("rubbish", "1-1,2-2", f"{10**13}-0", f"{2**64 - 1}-{2**64 - 1}"):
        if header or unknown != "rubbish":
            with Events(running.port, unknown, header=header) as events:
                events.until(lambda events=events: events.of("reset"), "it begins anew")
                assert events.posts() == []


def test_kill_9_and_a_restart_are_one_stream(tmp_path: Path) -> None:
    running = Running(tmp_path, watchlist=write_watchlist(tmp_path / "lab.yaml")).start()
    seen, last, wanted = [], None, []
    for round in range(1):
        with Events(running.port, last) as events:
            ids = [f"k{round}-{n}" for n in range(5)]
            wanted += ids
            assert running.push(said(*ids))[0] == 202
            events.until(lambda events=events: len(events.posts()) >= 3, "some came")
            running.kill()
            assert events.ended.wait(60)
            seen += events.posts()
            last = events.last_id
        running.start()
    with Events(running.port, last) as events:
        assert running.push(said("end"))[0] == 202
        events.until(lambda: "end" in events.posts(), "live again")
        seen += events.posts()
    assert seen == [*wanted, "end"]
    assert running.stop() == 0


def test_fifty_look_on_and_the_next_is_told_to_wait(running: Running) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(Events(running.port)) for _ in range(50)]
        status, _, headers = running.request("GET", "/api/stream")
        assert (status, headers["Retry-After"]) == (503, "5")
        assert running.push(said("f1"))[0] == 202
        for events in clients:
            events.until(lambda events=events: events.posts() == ["f1"], "each has it")
        clients[0].close()
        another = running.until(lambda: open_stream(running), "there is room again")
        another.close()


def open_stream(running: Running) -> Events | None:
    events = Events(running.port)
    if events.response.status == 200:
        return events
    events.close()
    return None


def test_one_who_never_reads_is_cut(tmp_path: Path) -> None:
    """Its socket is full, and the service neither waits for it nor keeps all that it misses."""
    running = Running(tmp_path, watchlist=write_watchlist(tmp_path / "lab.yaml")).start()
    stuck = socket.socket()
    stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stuck.connect(("127.0.0.1", running.port))
    stuck.sendall(b"GET /api/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
    stuck.settimeout(60)
    assert stuck.recv(15).startswith(b"HTTP/1.1 200")
    with Events(running.port) as events:
        for number in range(16):
            long = f"Mara Venn {number} " + "x" * 1_000_000
            assert running.push(said(f"big{number}", text=long))[0] == 202
            events.until(lambda n=number: len(events.posts()) == n + 1, "the others get all of it")
        received = 0
        with suppress(ConnectionResetError):
            while piece := stuck.recv(1_000_000):
                received += len(piece)
        assert received < 12_000_000
        assert not events.ended.is_set()
    stuck.close()
    assert running.stop() == 0


def test_a_store_that_goes_away_loses_no_client(tmp_path: Path) -> None:
    running = Running(tmp_path, watchlist=write_watchlist(tmp_path / "lab.yaml")).start()
    pid = store_pid(running)
    with Events(running.port) as events:
        assert running.push(said("before"))[0] == 202
        events.until(lambda: events.posts() == ["before"], "live")
        os.kill(pid, signal.SIGKILL)  # the embedded store is started again by the service
        running.until(lambda: running.push(said("after"))[0] == 202, "it is back")
        events.until(lambda: events.posts() == ["before", "after"], "it goes on")
        assert not events.ended.is_set()
    assert running.stop() == 0


def test_it_ends_at_once_with_clients_looking_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = {"watchlist": write_watchlist(tmp_path / "lab.yaml")}
    running = Running(tmp_path, **settings).start()
    with ExitStack() as stack:
        clients = [stack.enter_context(Events(running.port)) for _ in range(10)]
        for events in clients:
            events.until(lambda events=events: events.of("people"), "it is open")
        began = time.monotonic()
        assert running.stop() == 0
        took = time.monotonic() - began
        assert all(events.ended.wait(60) for events in clients)
        # A stream that does not end by itself is waited for, and then cut off.
        assert all(events.whole for events in clients)
    with capsys.disabled():
        print(f"\npage: from the signal to the exit, with ten looking on: {took:.2f} s")
    assert b"Traceback" not in running.log.read_bytes()
