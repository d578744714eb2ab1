"""The jetstream source against a server that misbehaves: hosts, cursor, gaps, faults."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from monitor.collect import SOURCES, build, jetstream
from monitor.collect.bluesky_records import instant
from monitor.collect.hosts import allow_of
from monitor.collect.jetstream import HOSTS, Jetstream
from monitor.collect.tape import Handed
from monitor.errors import TryLater, UserError
from monitor.http import Http
from monitor.model import Arrival
from monitor.settings import SourceSettings
from tests.collect import jetstream_server
from tests.collect.jetstream_server import DIDS, LIKE, Act, Event, Log, Server
from tests.conftest import wait_until

HOUR = 3600 * 1_000_000
NOW = time.time_ns() // 1000
ENVELOPE = f'{{"did":"{DIDS[0]}",'


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with jetstream_server.jetstream(Server(Log(NOW - 10_000_000))) as server:
        yield server


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    async with Http() as http:
        yield http


def source(*servers: Server, **settings: Any) -> Jetstream:
    return Jetstream(urls=[server.url for server in servers], appview=None, **settings)


async def read(
    one: Jetstream,
    http: Http,
    cursor: str | None,
    until: Callable[[list[Arrival]], Any],
    timeout: float = 180.0,
) -> list[Arrival]:
    """What comes until the predicate holds."""
    found: list[Arrival] = []
    async with asyncio.timeout(timeout), contextlib.aclosing(one.posts(http, cursor)) as posts:
        async for arrival in posts:
            found.append(arrival)
            if until(found):
                return found
    return found


async def fault(one: Jetstream, http: Http, cursor: str | None = None) -> tuple[str, list[Arrival]]:
    """The reason of the fault that ends it, and what came before."""
    found: list[Arrival] = []
    with pytest.raises(TryLater) as raised:
        async with asyncio.timeout(60), contextlib.aclosing(one.posts(http, cursor)) as posts:
            async for arrival in posts:
                found.append(arrival)
    return raised.value.reason, found


def texts(arrivals: list[Arrival]) -> list[str]:
    return [arrival.post.text for arrival in arrivals if arrival.post]


def count(number: int) -> Callable[[list[Arrival]], bool]:
    return lambda found: len(texts(found)) >= number


def before(event: Event) -> str:
    """A cursor that leads to the event, with the overlap."""
    return str(event.time_us)


async def test_a_first_start_is_a_live_tail_and_a_later_one_replays_the_overlap(
    server: Server, http: Http
) -> None:
    server.log.post("long ago")
    one = source(server)
    async with asyncio.TaskGroup() as group:
        reading = group.create_task(read(one, http, None, count(1)))
        await wait_until(lambda: server.connected, what="it is connected")
        event = server.log.post("now", step=6_000_000)
        found = await reading
    assert texts(found) == ["now"] and found[0] == Arrival(None, None, found[0].at)
    assert found[-1].cursor == str(event.time_us)
    assert server.asked[0]["cursor"] is None
    assert server.asked[0]["wanted"] == ["app.bsky.feed.post", "app.bsky.actor.profile"]
    server.log.post("later")
    found = await read(source(server), http, found[-1].cursor, count(2))
    assert server.asked[1]["cursor"] == str(event.time_us - 5_000_000)
    assert texts(found) == ["now", "later"]


async def test_the_cursor_is_the_highest_time_and_moves_on_where_nothing_matters(
    server: Server, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jetstream, "TICK", 0.05)
    first = server.log.post("a")
    server.log.post("b", step=-33_000)
    server.log.now = first.time_us
    server.log.commit(DIDS[1], LIKE, {"subject": 7})
    server.log.add({"did": DIDS[1], "time_us": server.log.now, "kind": "sync"})
    last = server.log.identity(DIDS[2])
    one = source(server)
    begun = time.monotonic()
    found = await read(one, http, before(first), lambda found: found[-1].cursor == str(last.time_us))
    assert texts(found) == ["a", "b"] and {a.cursor for a in found[:3]} == {str(first.time_us)}
    assert found[-1].post is None and time.monotonic() - begun > 0.9


async def test_silence_with_pings_is_a_fault_of_a_stream_that_is_never_quiet(
    server: Server, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jetstream, "TICK", 0.05)
    server.otherwise = Act(mute=True)
    one = source(server, quiet="0.4s")
    reason, found = await fault(one, http)
    assert reason == "timeout" and [a.cursor for a in found] == [None], "nothing is made up"
    with contextlib.suppress(TimeoutError):
        assert await read(source(server, quiet=None), http, None, count(1), timeout=0.8) is None


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (Act(status=503), "http_5xx"),
        (Act(status=400), "http_4xx"),
        (Act(status=429, headers={"Retry-After": "7"}), "rate_limited"),
        (Act(status=200), "protocol"),
        (Act(close_after=(1, 1001)), "unreachable"),
        (Act(close_after=(1, 1008)), "protocol"),
        (Act(close_after=(1, 1007)), "protocol"),
        (Act(drop_after=1), "unreachable"),
    ],
)
async def test_a_fault_takes_the_next_host(server: Server, http: Http, act: Act, reason: str) -> None:
    event = server.log.post("a")
    async with jetstream_server.jetstream(Server(server.log)) as other:
        one = source(server, other)
        server.acts = [act]
        found, arrivals = await fault(one, http, before(event))
        assert found == reason
        assert len(texts(arrivals)) == (1 if act.status == 101 else 0)
        await read(one, http, before(event), lambda found: True)
        assert (len(server.asked), len(other.asked)) == (1, 1), "the one that failed is not the next one"


async def test_retry_after_counts_only_where_there_is_no_other_host(server: Server, http: Http) -> None:
    server.otherwise = Act(status=429, headers={"Retry-After": "7"})
    for servers, after in (([server], 7.0), ([server, server], None)):
        with pytest.raises(TryLater) as raised:
            await read(source(*servers), http, None, count(1))
        assert raised.value.after == after


async def test_a_host_that_is_not_there(http: Http) -> None:
    reason, found = await fault(Jetstream(urls=["ws://127.0.0.1:9"], appview=None), http)
    assert reason == "unreachable" and not found


async def test_the_store_being_slow_is_no_fault_of_a_host(server: Server, http: Http) -> None:
    async with jetstream_server.jetstream(Server(server.log)) as other:
        one = source(server, other)
        for _ in range(3):
            await read(one, http, None, lambda found: True)
        assert (len(server.asked), len(other.asked)) == (3, 0)


async def test_what_comes_twice_is_handed_over_once(server: Server, http: Http) -> None:
    events = [server.log.post(f"n{n}") for n in range(30)]
    server.acts = [Act(twice=True)]
    one = source(server)
    async with asyncio.TaskGroup() as group:
        reading = group.create_task(read(one, http, before(events[0]), count(31)))
        await wait_until(lambda: server.sent >= 30, what="the replay is over")
        server.log.post("live")
        found = await reading
    assert texts(found) == [f"n{n}" for n in range(30)] + ["live"]


async def test_only_what_is_surely_stored_is_not_handed_over_again(server: Server, http: Http) -> None:
    first = server.log.post("a")
    server.log.post("b", step=-10_000)
    server.log.post("c", step=20_000)
    one = source(server)
    found = await read(one, http, before(first), count(3))
    at = str(first.time_us)
    assert [a.cursor for a in found if a.post][:2] == [at, at]
    again = await read(one, http, at, count(3))
    assert texts(again) == ["a", "b", "c"], "b may have come after the step that stored the cursor"
    server.log.post("d")
    assert texts(await read(one, http, found[-1].cursor, count(2))) == ["c", "d"]
    assert texts(await read(source(server), http, found[-1].cursor, count(4))) == ["a", "b", "c", "d"]


def test_the_memory_of_what_was_handed_over_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.collect.tape.MOST_KEYS", 100)
    handed = Handed()
    for number in range(10_000):
        assert handed.add((str(number),), number)
        assert not handed.add((str(number),), number)
    assert len(handed._new) + len(handed._old) <= 200


async def test_a_cursor_that_the_host_moves_is_a_gap(server: Server, http: Http) -> None:
    log = server.log
    log.now = NOW - 40 * HOUR
    old = log.post("too old")
    log.now = NOW - 36 * HOUR
    kept = log.post("the oldest one")
    server.otherwise = Act(clamp_to=kept.time_us)
    for quiet in ("60s", None):
        one = source(server, quiet=quiet)
        found = await read(one, http, before(old), count(1))
        assert [a.gap for a in found if a.gap] == [(instant(old.time_us), instant(kept.time_us))]
        again = await read(one, http, found[-1].cursor, lambda found: len(found) == 1)
        assert not any(a.gap for a in again), "it is told once"


async def test_a_quiet_stream_has_no_gap(server: Server, http: Http) -> None:
    log = server.log
    log.now = NOW - 2 * HOUR
    old = log.post("old")
    log.now = NOW - HOUR
    log.post("the next one, an hour later")
    server.otherwise = Act(clamp_to=log.now)
    found = await read(source(server, quiet=None), http, before(old), count(1))
    assert not any(a.gap for a in found)
    found = await read(source(server), http, before(old), count(1))
    assert [a.gap for a in found if a.gap], "the whole of Bluesky is not silent for an hour"


async def test_a_cursor_in_the_future_is_a_live_tail_and_does_not_stay(server: Server, http: Http) -> None:
    one = source(server)
    for ahead in (HOUR, 400 * 24 * HOUR):
        async with asyncio.TaskGroup() as group:
            reading = group.create_task(read(one, http, str(NOW + ahead), count(1)))
            await wait_until(lambda: server.connected, what="it is connected")
            event = server.log.post("now")
            found = await reading
        assert found[-1].cursor == str(event.time_us) and not any(a.gap for a in found)
        await wait_until(lambda: not server.connected, what="it is gone")
    assert [row["cursor"] for row in server.asked] == [str(NOW + HOUR - 5_000_000), None]


async def test_a_cursor_of_another_kind_of_source_is_none(server: Server, http: Http) -> None:
    await read(source(server), http, "4711", lambda found: True)
    assert server.asked[0]["cursor"] is None


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        ("rubbish", "bad_json"),
        ('{"did": 7}', "bad_field"),
        ('{"text": "\\ud800"}', "bad_text"),
        ('{"did":"did:plc:x y","time_us":1,"kind":"commit"}', "bad_field"),
        (ENVELOPE + '"time_us":9999999999999999,"kind":"commit"}', "bad_field"),
        (ENVELOPE + '"time_us":1700000000000000,"kind":"commit"}', "bad_field"),
        ('{"text": "' + "x" * 2 * 1024 * 1024 + '"}', "too_large"),
    ],
)  # fmt: skip
async def test_a_frame_that_is_none_is_dropped_and_the_stream_goes_on(
    server: Server, http: Http, frame: str, reason: str
) -> None:
    first = server.log.post("a")
    server.log.raw(frame)
    server.log.post("b")
    found = await read(source(server), http, before(first), count(2))
    assert texts(found) == ["a", "b"]
    assert [a.dropped for a in found if a.dropped] == [reason]
    assert len(server.asked) == 1


async def test_a_binary_frame_is_a_quarrel(server: Server, http: Http) -> None:
    first = server.log.post("a")
    server.log.raw(b"\x28\xb5\x2f\xfd")
    reason, found = await fault(source(server), http, before(first))
    assert reason == "protocol" and texts(found) == ["a"]


HUGE = '{"text": "' + "x" * 8 * 1024 * 1024 + '"}'


@pytest.mark.parametrize(("frame", "reason"), [(HUGE, "too_large"), (b"text:\xff\xfe", "bad_text")])
@pytest.mark.parametrize("late", [0, 2])
async def test_a_frame_that_ends_every_connection_is_left_behind(
    server: Server, http: Http, frame: str | bytes, reason: str, late: int
) -> None:
    """Also where the store's cursor is behind (`late`) when the next connections are made."""
    first = server.log.post("a")
    last = server.log.identity(DIDS[1])
    server.log.raw(frame, last.time_us + 30_000)
    server.log.post("b", step=1_000_000)
    one, cursor = source(server), before(first)
    found: list[Arrival] = []
    while "b" not in texts(found) and len(server.asked) < 12:
        try:
            async with asyncio.timeout(60), contextlib.aclosing(one.posts(http, cursor)) as posts:
                async for arrival in posts:
                    found.append(arrival)
                    if arrival.post and arrival.post.text == "b":
                        break
        except TryLater as error:
            assert error.reason == "protocol"
        if len(server.asked) > late:
            cursor = found[-1].cursor or ""
    assert "b" in texts(found) and 3 <= len(server.asked) <= 8
    assert [a.dropped for a in found if a.dropped] == [reason]
    gaps = [a.gap for a in found if a.gap]
    assert gaps[0][0] == instant(last.time_us) and (gaps[-1][1] - gaps[0][0]).total_seconds() < 0.5


async def test_an_account_that_is_gone_is_told_once_and_others_are_not(server: Server, http: Http) -> None:
    first = server.log.post("a")
    server.log.account(DIDS[3], "deactivated")
    gone = server.log.account(DIDS[4], "takendown")
    server.log.account(DIDS[5], None)
    server.log.events.append(gone)
    server.log.post("b")
    found = await read(source(server), http, before(first), count(2))
    accounts = [(a.account, a.cursor) for a in found if a.account]
    assert accounts == [(("bluesky", DIDS[4]), str(gone.time_us))]


async def test_the_own_end_is_quick_while_a_host_sends(server: Server, http: Http) -> None:
    for number in range(3000):
        server.log.post(str(number))
    server.otherwise = Act(pace=0.0001)
    async with asyncio.timeout(25):  # aiohttp itself would wait for ten seconds each time
        for _ in range(3):
            await read(source(server), http, before(server.log.events[0]), count(100))


async def test_reposts_are_an_option(server: Server, http: Http) -> None:
    await read(source(server, reposts=True), http, None, lambda found: True)
    assert server.asked[0]["wanted"][-1] == "app.bsky.feed.repost"


async def test_a_url_keeps_its_path_and_query(http: Http) -> None:
    async with jetstream_server.jetstream(path="/xrpc/x") as server:
        url = f"{server.url}/xrpc/x?wantedDids={DIDS[0]}&wantedDids={DIDS[1]}"
        await read(Jetstream(urls=[url], appview=None), http, None, lambda found: True)
        assert server.asked[0]["query"]["wantedDids"] == DIDS[0]


def test_the_settings_are_checked() -> None:
    def built(**rest: Any) -> Jetstream:
        one = build({"bluesky": SourceSettings(kind="jetstream", **rest)})["bluesky"]
        assert isinstance(one, Jetstream)
        return one

    assert SOURCES["jetstream"] is Jetstream and built().urls == HOSTS and len(HOSTS) == 4
    assert built(urls=["wss://a.example"]).urls == ["wss://a.example/subscribe"]
    assert built(urls=["ws://10.0.0.1:80/x?y=1"]).urls == ["ws://10.0.0.1/x?y=1"]
    assert built(urls=["ws://a.example"], allow_private=["10.0.0.0/8"]).allow_private == ["10.0.0.0/8"]
    assert built(appview=None, quiet=None).quiet is None
    assert built().told() == "4 hosts, authors from https://public.api.bsky.app"
    assert built(urls=["wss://a.example/x?key=secret"], appview=None).told() == "wss://a.example"
    for bad in (
        {"urls": []},
        {"urls": ["ws://a.example"]},
        {"urls": ["https://a.example"]},
        {"urls": ["wss://"]},
        {"urls": ["wss://a.example?cursor=1"]},
        {"urls": ["wss://a.example?compress=true"]},
        {"appview": "http://a.example"},
        {"cursor": "12"},
        {"cursor": "-1"},
        {"allow_private": ["nowhere"]},
        {"quiet": "0s"},
        {"url": "wss://a.example"},
    ):
        with pytest.raises(UserError, match=r"sources\.bluesky\."):
            built(**bad)


def test_an_address_that_is_named_is_allowed_and_no_other() -> None:
    assert allow_of(HOSTS[0], False) is False
    assert allow_of("ws://10.1.2.3/subscribe", False) == ["10.1.2.3"]
    assert allow_of("ws://[::1]/subscribe", False) == ["::1"]
    assert "127.0.0.0/8" in allow_of("ws://localhost/subscribe", False)  # type: ignore[operator]
    assert allow_of(HOSTS[0], True) is True


async def test_a_name_that_leads_to_a_private_address_is_refused(
    server: Server, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Jetstream(urls=[f"wss://localhost.example:{server.port}"], appview=None)
    monkeypatch.setattr(
        "socket.getaddrinfo", lambda *args, **more: [(2, 1, 6, "", ("127.0.0.1", server.port))]
    )
    reason, _ = await fault(one, http)
    assert reason == "unreachable" and not server.asked


async def test_a_burst_is_read_while_the_rate_is_high(server: Server, http: Http) -> None:
    """Frames at a high rate come in bursts, all of them, in order, none much later than it was sent."""
    first = server.log.post("0")
    one = source(server)
    async with asyncio.TaskGroup() as group:
        reading = group.create_task(read(one, http, before(first), count(1000)))
        for number in range(1, 1000):
            server.log.post(str(number))
            await asyncio.sleep(0.0005)
        found = await reading
    assert texts(found) == [str(n) for n in range(1000)]
