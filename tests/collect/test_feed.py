"""A feed over HTTP, from a server that misbehaves: what is asked, what comes of it, and how long it waits."""

from __future__ import annotations

import asyncio
import contextlib
import json
import resource
import socket
import time
from collections.abc import AsyncGenerator, AsyncIterator
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from monitor.collect import build, feed, feed_cursor, feed_fetch
from monitor.collect.feed import Feed
from monitor.errors import TryLater, UserError
from monitor.http import Http
from monitor.model import Arrival
from monitor.settings import SourceSettings
from monitor.telemetry import ERROR_REASONS
from tests.collect.feed_server import (
    JSON,
    FeedServer,
    bomb,
    broken,
    cached,
    endless,
    item,
    moved,
    packed,
    page,
    plainly,
    rss,
    slow,
    status,
)
from tests.conftest import wait_until

OLD, NEW = ("1", "Old"), ("2", "New")


def doc(*rows: tuple[str, str]) -> str:
    """A feed of ids and titles, the newest first; as JSON, which needs no process to be read."""
    items = [{"id": id, "title": title} for id, title in rows]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    async with Http() as opened:
        yield opened


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as running:
        yield running


@pytest.fixture(autouse=True)
def no_waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Polls follow each other at once; what would have been waited is noted."""
    waits: list[float] = []

    def short(self: Feed, *args: Any) -> float:
        waits.append(pause(self, *args))
        return 0.001

    pause = Feed._pause
    monkeypatch.setattr(Feed, "_pause", short)
    return waits


def source(server: FeedServer, **settings: Any) -> Feed:
    return Feed(**{"url": server.url(), "every": 0.05, **settings})


async def poll(source: Feed, http: Http, cursor: str | None = None, times: int = 1) -> list[Arrival]:
    """The arrivals of so many polls that went well."""
    found: list[Arrival] = []
    async with contextlib.aclosing(source.posts(http, cursor)) as posts:
        async for arrival in posts:
            found.append(arrival)
            times -= arrival.post is None and arrival.dropped is None
            if times == 0:
                break
    return found


async def refused(source: Feed, http: Http, cursor: str | None = None) -> TryLater:
    """How the next poll fails, in terms that the supervisor counts."""
    with pytest.raises(TryLater) as caught:
        await poll(source, http, cursor)
    assert caught.value.reason in ERROR_REASONS
    return caught.value


def texts(arrivals: list[Arrival]) -> list[str]:
    return [arrival.post.text for arrival in arrivals if arrival.post]


def last(arrivals: list[Arrival]) -> str:
    assert arrivals[-1].cursor is not None
    return arrivals[-1].cursor


async def test_rss_over_http(server: FeedServer, http: Http) -> None:
    one, two = item("1", "Old"), item("2", "New", "<p>a</p>b")
    server.say(page(rss(one)), page(rss(two, one)))
    assert texts(await poll(source(server), http, times=2)) == ["Old", "New\n\na\n\nb"]


async def test_items_come_oldest_first_and_once(server: FeedServer, http: Http) -> None:
    server.say(page(doc(OLD)), page(doc(NEW, OLD)), page(doc(NEW, OLD) + " "))
    assert texts(await poll(source(server), http, times=3)) == ["Old", "New"]


@pytest.mark.parametrize("etag", ['W/"a-b"', '"x"', "unquoted", "W/weird"])
@pytest.mark.parametrize("modified", ["", "Mon, 04 May 2026 10:00:00 GMT", "not a date"])
async def test_validators_go_back_as_they_came(
    server: FeedServer, http: Http, etag: str, modified: str
) -> None:
    server.say(cached(doc(OLD), etag, modified))
    arrivals = await poll(source(server), http, times=2)
    assert texts(arrivals) == ["Old"]
    assert arrivals[-1] == Arrival(None, arrivals[-2].cursor)
    assert server.asked[1].headers["If-None-Match"] == etag
    assert server.asked[1].headers.get("If-Modified-Since", "") == modified
    assert "If-None-Match" not in server.asked[0].headers
    assert server.asked[0].headers["Accept"].startswith("application/rss+xml")
    await poll(source(server), http, last(arrivals))
    assert server.asked[2].headers["If-None-Match"] == etag


async def test_a_changed_etag_with_the_same_body_is_nothing_new(server: FeedServer, http: Http) -> None:
    answers = [page(doc(OLD), ETag=f'"{n}"') for n in range(3)]
    server.say(*answers)
    arrivals = await poll(source(server), http, times=3)
    assert texts(arrivals) == ["Old"]
    assert [asked.headers.get("If-None-Match") for asked in server.asked] == [None, '"0"', '"1"']


async def test_validators_are_kept_only_after_the_body_was_read(server: FeedServer, http: Http) -> None:
    server.say(
        page("<html></html>", "text/html", ETag='"html"'),
        page(rss(item("1", "Old"))[:-9], ETag='"cut"'),
        page(doc(NEW, OLD)),
    )
    assert (await refused(source(server), http)).reason == "protocol"
    arrivals = await poll(source(server), http, times=2)
    assert texts(arrivals) == ["Old", "New"]
    assert all("If-None-Match" not in asked.headers for asked in server.asked)


async def test_a_304_that_nobody_asked_for_is_a_fault(server: FeedServer, http: Http) -> None:
    server.say(status(304))
    assert (await refused(source(server), http)).reason == "protocol"


@pytest.mark.parametrize("code", [301, 308])
async def test_a_move_counts_once_it_has_held_three_times(server: FeedServer, http: Http, code: int) -> None:
    server.say(moved(code, "/new#fragment"))
    server.say(page(doc(OLD)), path="/new")
    arrivals = await poll(source(server), http, times=2)
    arrivals += await poll(source(server), http, last(arrivals), times=3)
    assert texts(arrivals) == ["Old"]
    assert (server.times("/feed"), server.times("/new")) == (3, 5)


async def test_a_move_that_does_not_hold_is_none(server: FeedServer, http: Http) -> None:
    twice = [moved(301, "/new")] * 2
    server.say(*twice, page(doc(OLD)), *twice, moved(301, "/other"), moved(301, "/new"))
    server.say(page(doc(OLD)), path="/new")
    server.say(page(doc(OLD)), path="/other")
    await poll(source(server), http, times=8)
    assert server.times("/feed") == 8


@pytest.mark.parametrize("code", [302, 303, 307])
async def test_a_detour_is_for_this_time_only(server: FeedServer, http: Http, code: int) -> None:
    server.say(moved(code, "/new"))
    server.say(page(doc(OLD)), path="/new")
    await poll(source(server), http, times=5)
    assert server.times("/feed") == 5


async def test_a_new_place_that_fails_leads_back_to_the_old_one(server: FeedServer, http: Http) -> None:
    server.say(*[moved(301, "/new")] * 3, page(doc(NEW, OLD)))
    server.say(*[page(doc(OLD))] * 4, status(404), path="/new")
    arrivals = await poll(source(server), http, times=5)
    assert texts(arrivals) == ["Old", "New"]
    assert "new" not in json.loads(last(arrivals)).get("url", "")


async def test_a_feed_that_is_over_is_asked_for_once_a_day(server: FeedServer, http: Http) -> None:
    server.say(page(doc(OLD)), status(410))
    cursor = last(await poll(source(server), http))
    fault = await refused(source(server), http, cursor)
    assert (fault.reason, fault.after) == ("http_4xx", 86400)
    assert "over" in str(fault)


@pytest.mark.parametrize(
    ("code", "reason"),
    [(401, "http_4xx"), (403, "http_4xx"), (404, "http_4xx"), (429, "rate_limited"), (500, "http_5xx")]
    + [(503, "http_5xx"), (204, "protocol"), (206, "protocol"), (300, "protocol"), (304, "protocol")],
)
async def test_a_status_that_is_no_feed_backs_off(
    server: FeedServer, http: Http, code: int, reason: str
) -> None:
    server.say(status(code))
    asked = source(server, url=server.url(), every=60)
    waits = []
    for _ in range(9):
        fault = await refused(asked, http)
        assert fault.reason == reason and fault.after
        waits.append(fault.after)
    assert 54 <= waits[0] <= 66 and 108 <= waits[1] <= 132 and 3240 <= waits[8] <= 3960


@pytest.mark.parametrize("code", [429, 503])
async def test_retry_after_in_both_forms(server: FeedServer, http: Http, code: int) -> None:
    now = time.time()
    server.say(status(code, Retry_After="120"), status(code, Retry_After=formatdate(now + 90, usegmt=True)))
    seconds, date = await refused(source(server), http), await refused(source(server), http)
    assert seconds.after == 120 and date.after and 89 - (time.time() - now) <= date.after <= 90


@pytest.mark.parametrize(
    ("every", "headers", "more", "least", "most"),
    [
        (60, {}, "", 54, 66),
        (60, {"Cache_Control": "public, max-age=600"}, "", 540, 660),
        (60, {"Cache_Control": "max-age=99999999"}, "", 3240, 3960),
        (60, {"Cache_Control": "no-cache, x-max-age=600"}, "", 54, 66),
        (60, {}, "<ttl>30</ttl>", 1620, 1980),
        (60, {}, "<ttl>9999999</ttl>", 3240, 3960),
        (60, {}, "<ttl>-5</ttl>", 54, 66),
        (60, {"Retry_After": "300"}, "", 270, 330),
        (7200, {"Cache_Control": "max-age=5"}, "", 6480, 7920),
    ],
)  # fmt: skip
async def test_how_long_until_the_next_poll(
    server: FeedServer, http: Http, no_waits: list[float],
    every: float, headers: dict[str, str], more: str, least: float, most: float,
) -> None:  # fmt: skip
    server.say(page(rss(item("1", "Old"), more=more) if more else doc(OLD), **headers))
    await poll(source(server, every=every), http, times=2)
    assert least <= no_waits[0] <= most


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", "<!doctype html><html><body><h1>Please sign in</h1></body></html>"),
        ("application/rss+xml", "<html><body>maintenance</body></html>"),
        ("application/json", '{"error": "no such route"}'),
        ("text/plain", "Not found"),
        ("application/rss+xml", ""),
        ("application/rss+xml", " \n "),
    ],
)
async def test_what_is_no_feed_is_no_empty_feed(server: FeedServer, http: Http, kind: str, body: str) -> None:
    server.say(page(body, kind))
    fault = await refused(source(server), http)
    assert fault.reason == "protocol" and fault.after


async def test_an_empty_feed_is_a_feed(server: FeedServer, http: Http) -> None:
    server.say(page(rss()))
    (arrival,) = await poll(source(server), http)
    assert arrival.post is None and arrival.dropped is None


async def test_a_json_feed_over_http(server: FeedServer, http: Http) -> None:
    rows = [{"id": 2, "title": "New"}, {"id": 1, "title": "Old"}, {"id": 0}]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": rows})
    server.say(page(body, JSON), page("\ufeff" + body, "text/plain"))
    arrivals = await poll(source(server, platform="blog"), http, times=2)
    assert [a.post.source for a in arrivals if a.post] == ["blog", "blog"]
    assert [a.post.id for a in arrivals if a.post] == ["127.0.0.1#1", "127.0.0.1#2"]
    assert [arrival.dropped for arrival in arrivals] == ["bad_field", None, None, None, None]


@pytest.mark.parametrize(
    ("answer", "reason", "limit"),
    [(broken, "unreachable", 30.0), (slow, "timeout", 0.3), (endless, "protocol", 30.0)],
)
async def test_bodies_that_do_not_end_as_they_should(
    server: FeedServer, http: Http, monkeypatch: pytest.MonkeyPatch, answer: Any, reason: str, limit: float
) -> None:
    server.say(page(doc(OLD)), answer, page(doc(NEW, OLD)))
    cursor = last(await poll(source(server), http))
    with monkeypatch.context() as soon:
        soon.setattr(feed_fetch, "TIMEOUT", limit)
        assert (await refused(source(server), http, cursor)).reason == reason
    assert texts(await poll(source(server), http, cursor)) == ["New"]


async def test_a_packed_feed_is_unpacked_and_a_bomb_is_not(server: FeedServer, http: Http) -> None:
    server.say(packed(plainly(doc(OLD))), packed(bomb(100)))
    asked = source(server)
    assert texts(await poll(asked, http)) == ["Old"]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    fault = await refused(asked, http)
    assert fault.reason == "protocol" and "larger" in str(fault)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000, "in kilobytes"


ENTITIES = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'x' * 10}'>" for n in range(10))
EVIL = {
    "entities": f"<!DOCTYPE rss [{ENTITIES}]><rss version='2.0'><channel><item><title>&e9;</title></item></channel></rss>",
    "external": "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + rss(item("1", "a&x;b")).partition("?>")[2],
    "nested": "<rss version='2.0'><channel><item><title>" + "<a>" * 20_000,
    "attributes": "<rss version='2.0'>" + "<a b='" * 30_000,
}  # fmt: skip


@pytest.mark.parametrize("body", EVIL.values(), ids=EVIL.keys())
async def test_documents_that_are_bombs(server: FeedServer, http: Http, body: str) -> None:
    server.say(page(body))
    try:
        arrivals = await poll(source(server), http)
    except TryLater as error:
        assert error.reason == "protocol"
    else:
        assert all(len(text) <= 100_000 and "root:" not in text for text in texts(arrivals))


LONG_AUTHOR = f"<rss version='2.0'><channel><item><author>{'a' * 400_000}</author></item></channel></rss>"


def parsers() -> list[str]:
    """The processes of this one that read a feed."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            pids = (task / "children").read_text().split()
            found += [pid for pid in pids if b"feed_xml.py" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    return found


async def test_a_document_that_holds_the_parser_is_left_and_the_loop_goes_on(
    server: FeedServer, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The forty kilobytes hold a regular expression of feedparser for minutes, were they read as they are."""
    monkeypatch.setattr(feed, "PARSING", 0.5)
    server.say(page(LONG_AUTHOR))
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += len(parsers()) > 0
            await asyncio.sleep(0.01)

    ticking = asyncio.ensure_future(tick())
    fault = await refused(source(server), http)
    ticking.cancel()
    assert fault.reason == "protocol" and "too long" in str(fault)
    assert ticks > 1, "others have their turn while it is read"


async def test_a_hundred_thousand_items_do_not_hold_the_loop(
    server: FeedServer, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "PARSING", 0.5)
    server.say(page("<rss version='2.0'><channel>" + item("", "t") * 100_000 + "</channel></rss>"))
    fault = await refused(source(server), http)
    assert fault.reason == "protocol"


async def test_an_item_of_megabytes_is_cut(server: FeedServer, http: Http) -> None:
    server.say(page(rss(item("1", "Title", "<p>words</p>" * 400_000))))
    (text,) = texts(await poll(source(server), http))
    assert text.startswith("Title\n\nwords") and len(text) <= 100_000


LOOPS = {
    "loop": ([moved(302, "/feed")], "protocol"),
    "nowhere": ([status(302)], "protocol"),
    "file": ([moved(301, "file:///etc/passwd")], "protocol"),
    "no host": ([moved(301, "http://")], "protocol"),
    "metadata": ([moved(302, "http://169.254.169.254/latest/meta-data/")], "unreachable"),
    "metadata as a number": ([moved(302, "http://2852039166/")], "unreachable"),
    "private": ([moved(301, "http://10.0.0.1/")], "unreachable"),
    "private name": ([moved(307, "http://inside.example/")], "unreachable"),
    "other loopback": ([moved(302, "http://127.0.0.2/")], "unreachable"),
    "loopback of IPv6": ([moved(302, "http://[::1]/")], "unreachable"),
}


@pytest.mark.parametrize(("answers", "reason"), LOOPS.values(), ids=LOOPS.keys())
async def test_redirects_that_are_refused(
    server: FeedServer, http: Http, monkeypatch: pytest.MonkeyPatch, answers: Any, reason: str
) -> None:
    names(monkeypatch, "inside.example", "10.0.0.1")
    server.say(*answers)
    fault = await refused(source(server), http)
    assert fault.reason == reason and fault.after
    assert server.times() <= feed_fetch.MOST_REDIRECTS + 1


def names(monkeypatch: pytest.MonkeyPatch, name: str, address: str) -> None:
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *rest: Any, **more: Any) -> Any:
        return real(address if host == name else host, port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


async def test_a_name_that_leads_inside_needs_leave(
    server: FeedServer, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    names(monkeypatch, "news.example", "127.0.0.1")
    server.say(page(doc(OLD)))
    url = server.url(host="news.example")
    assert (await refused(Feed(url=url), http)).reason == "unreachable"
    assert server.asked == []
    for allowed in (True, ["127.0.0.0/8"]):
        assert texts(await poll(Feed(url=url, allow_private=allowed), http)) == ["Old"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::ffff:127.0.0.1]"])
async def test_what_the_settings_name_is_reached(server: FeedServer, http: Http, host: str) -> None:
    server.say(page(doc(OLD)))
    assert texts(await poll(Feed(url=server.url(host=host)), http)) == ["Old"]


async def test_credentials_go_nowhere_else(server: FeedServer, http: Http) -> None:
    server.say(moved(302, "/open"))
    server.say(page(doc(OLD)), path="/open")
    arrivals = await poll(Feed(url=server.url(host="jo:SECRET@127.0.0.1")), http)
    assert "Authorization" in server.asked[0].headers and "Authorization" not in server.asked[1].headers
    assert "SECRET" not in str(arrivals)


async def test_an_edit_has_a_higher_revision_and_absence_is_no_delete(server: FeedServer, http: Http) -> None:
    server.say(*(page(doc(*rows)) for rows in ([OLD], [NEW], [NEW, ("1", "Old, edited")], [NEW, OLD])))
    found = [a.post for a in await poll(source(server), http, times=4) if a.post]
    assert [post.text for post in found] == ["Old", "New", "Old, edited", "Old"]
    assert [post.id[-1] for post in found] == ["1", "2", "1", "1"]
    assert [len(post.revision) for post in found] == [0, 0, 16, 16] and not any(p.deleted for p in found)


async def test_a_cut_between_items_skips_nothing(server: FeedServer, http: Http) -> None:
    server.say(cached(doc(*((str(n), str(n)) for n in range(9, -1, -1))), '"e"'))
    arrivals = await poll(source(server), http)
    assert len(arrivals) == 11
    for at, arrival in enumerate(arrivals):
        rest = await poll(source(server), http, arrival.cursor)
        assert texts(rest) == [str(n) for n in range(at + 1, 10)]


async def test_in_the_middle_of_a_document_no_validator_stands(server: FeedServer, http: Http) -> None:
    server.say(cached(doc(OLD), '"1"'), cached(doc(("3", "Newest"), NEW, OLD), '"2"'))
    arrivals = await poll(source(server), http, times=2)
    assert texts(arrivals) == ["Old", "New", "Newest"]
    etags = [json.loads(arrival.cursor or "").get("etag") for arrival in arrivals]
    assert etags == [None, '"1"', None, None, '"2"']


async def test_the_cursor_remembers_the_last_two_documents(server: FeedServer, http: Http) -> None:
    server.say(*(page(doc(*((f"{n}-{m}", "t") for m in range(3)))) for n in range(9)))
    arrivals = await poll(source(server), http, times=9)
    assert len(texts(arrivals)) == 27
    assert len(feed_cursor.seen_of(feed_cursor.decode(last(arrivals)))) == 6


async def test_a_cursor_of_another_kind_begins_anew(server: FeedServer, http: Http) -> None:
    server.say(page(doc(OLD)))
    for cursor in ("77", '{"feed": "another"}', ""):
        assert texts(await poll(source(server), http, cursor)) == ["Old"]


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({}, "sources.news.url"),
        ({"url": "ftp://a.example/"}, "no http"),
        ({"url": "https:///x"}, "no http"),
        ({"url": "https://a.example/ x"}, "no http"),
        ({"url": "https://[::1"}, "no http"),
        ({"urls": ["https://a.example/", "https://b.example/"]}, "exactly one"),
        ({"urls": []}, "exactly one"),
        ({"url": "https://a.example/", "urls": ["https://b.example/"]}, "no such setting"),
        ({"url": "https://a.example/", "every": "5s"}, "sources.news.every: .*at least 30s"),
        ({"url": "http://127.0.0.1/", "every": "10ms"}, "at least 0.05s"),
        ({"url": "https://a.example/", "platform": "Daily News"}, "sources.news.platform"),
        ({"url": "https://a.example/", "allow_private": ["x"]}, "sources.news.allow_private"),
        ({"url": "https://a.example/", "cursor": "7"}, "sources.news.cursor: .*monitor itself has stored"),
        ({"url": "https://a.example/", "interval": "5m"}, "no such setting"),
    ],
)
def test_settings_that_are_refused(settings: dict[str, Any], error: str) -> None:
    with pytest.raises(UserError, match=error):
        build({"news": SourceSettings(kind="feed", **settings)})


def test_settings_as_they_are_written() -> None:
    one = build({"news": SourceSettings(kind="feed", urls=["https://a.example/f#x"], every="1h")})["news"]
    assert isinstance(one, Feed)
    assert (one.url, one.every, one.platform) == ("https://a.example/f", 3600.0, "news")
    default = Feed(url="https://a.example/f", cursor='{"feed": "x"}')
    assert (default.every, default.allow_private) == (300.0, False)


async def test_a_reader_that_is_cancelled_leaves_no_process(server: FeedServer, http: Http) -> None:
    server.say(page(LONG_AUTHOR))
    posts: AsyncGenerator[Arrival, None] = source(server).posts(http, None)
    reading = asyncio.ensure_future(anext(posts))
    await wait_until(parsers, what="it is parsed")
    reading.cancel()
    await asyncio.wait([reading], timeout=60)
    assert reading.cancelled() and not parsers()


async def test_a_long_document_lets_others_run_between_its_items(server: FeedServer, http: Http) -> None:
    server.say(page(doc(*((str(n), str(n)) for n in range(200)))))
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    running = asyncio.ensure_future(others())
    begun = 0
    async with contextlib.aclosing(source(server).posts(http, None)) as arrivals:
        async for arrival in arrivals:
            begun = begun or turns
            if arrival.post is None:
                break
    running.cancel()
    assert turns - begun >= 200
