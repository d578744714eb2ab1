"""Look-ups beside the stream: known handles, bios before and after, an AppView that fails."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from monitor.collect import bluesky, jetstream
from monitor.collect.bluesky import Authors, Profile, get_profiles
from monitor.collect.bluesky_records import instant, profile_post, tid
from monitor.collect.jetstream import Jetstream
from monitor.errors import TryLater
from monitor.http import Http
from monitor.model import Arrival, Author
from monitor.watchlist import Watchlist, parse
from tests.collect import jetstream_server
from tests.collect.jetstream_server import DIDS, AppView, Log, Server
from tests.conftest import wait_until

NOW = time.time_ns() // 1000
MARA, LAB_DID, OTHER, TOMAS = DIDS[0], DIDS[1], DIDS[2], DIDS[3]
WATCHED: Watchlist = parse(
    {
        "organisation": {"id": "orrin", "name": "Orrin Lab", "handles": {"bluesky": "@orrin.example"}},
        "people": [
            {"id": "mara", "name": "Mara Venn", "handles": {"bluesky": ["Mara.example", "not a handle"]}},
            {"id": "tomas", "name": "Tomas Reed", "handles": {"bluesky": TOMAS, "x": "tom.example"}},
        ],
    },
    "lab",
)
ACCOUNTS: dict[str, dict[str, Any]] = {
    MARA: {
        "handle": "mara.example",
        "displayName": "Mara",
        "description": "at Orrin Lab",
        "followersCount": 12,
    },
    LAB_DID: {"handle": "orrin.example"},
    OTHER: {"handle": "somebody.example", "displayName": "Some Body"},
    TOMAS: {"handle": "handle.invalid", "description": None},
}


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with jetstream_server.jetstream(Server(Log(NOW - 10_000_000))) as server:
        yield server


@pytest.fixture
async def view(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[AppView]:
    monkeypatch.setattr(bluesky, "PAUSE", 0.02)
    monkeypatch.setattr(jetstream, "TICK", 0.05)
    async with jetstream_server.appview(
        AppView({did: dict(fields) for did, fields in ACCOUNTS.items()})
    ) as view:
        yield view


class Reading:
    """A source that is read into a list."""

    def __init__(self, one: Jetstream) -> None:
        self.source, self.arrivals = one, list[Arrival]()

    async def run(self, cursor: str | None = None) -> None:
        async with Http() as http, contextlib.aclosing(self.source.posts(http, cursor)) as posts:
            async for arrival in posts:
                self.arrivals.append(arrival)

    @property
    def last(self) -> Any:
        return next((a.post for a in reversed(self.arrivals) if a.post and not a.polled), None)

    @property
    def polled(self) -> list[Any]:
        return [a.post for a in self.arrivals if a.polled]


@contextlib.asynccontextmanager
async def reading(server: Server, appview: str | None) -> AsyncIterator[Reading]:
    one = Jetstream(urls=[server.url], appview=appview, quiet=None)
    one.watch(WATCHED)
    found = Reading(one)
    task = asyncio.create_task(found.run())
    try:
        await wait_until(lambda: server.connected, what="it is connected")
        yield found
    finally:
        task.cancel()
        await asyncio.wait([task])
        if not task.cancelled():
            task.result()


async def test_known_handles_are_looked_up_and_carried(server: Server, view: AppView) -> None:
    async with reading(server, view.url) as found:
        await wait_until(lambda: len(found.polled) == 3, what="the profiles are polled")
        assert view.asked == [sorted([TOMAS, "mara.example", "orrin.example"])], "one request for all"
        server.log.post("I leave", did=MARA)
        await wait_until(lambda: found.last, what="it comes")
        author = Author(id=MARA, handle="mara.example", name="Mara", bio="at Orrin Lab", followers=12)
        assert found.last.author == author
        server.log.post("me too", did=TOMAS)
        server.log.post("who?", did=OTHER)
        await wait_until(lambda: found.last.text == "who?", what="it comes")
        assert found.last.author == Author(id=OTHER)
    mara = next(post for post in found.polled if post.author.id == MARA)
    assert (mara.kind, mara.text, mara.before, mara.author) == ("profile", "at Orrin Lab", None, author)
    assert {post.text for post in found.polled} == {"at Orrin Lab", ""}
    assert tid(NOW) < mara.revision < tid(time.time_ns() // 1000)


async def test_a_changed_bio_carries_the_one_before(server: Server, view: AppView) -> None:
    async with reading(server, view.url) as found:
        await wait_until(lambda: found.polled, what="the profiles are polled")
        rev = [tid(time.time_ns() // 1000 + step) for step in range(4)]
        server.log.profile(MARA, "ex Orrin Lab", name="Mara V.", rev=rev[0])
        await wait_until(lambda: found.last and found.last.text == "ex Orrin Lab", what="the change comes")
        assert (found.last.before, found.last.author.handle) == ("at Orrin Lab", "mara.example")
        server.log.profile(MARA, "ex Orrin Lab", rev=rev[1])
        await wait_until(lambda: found.last.revision == rev[1], what="a pin comes")
        assert found.last.before == "ex Orrin Lab"
        server.log.profile(MARA, None, operation="delete", rev=rev[2])
        await wait_until(lambda: found.last.text == "", what="the delete comes")
        assert (found.last.before, found.last.deleted) == ("ex Orrin Lab", False)
        server.log.profile(OTHER, "nobody that we know", rev=rev[3])
        await wait_until(lambda: found.last.author.id == OTHER, what="another one")
        assert found.last.before is None


async def test_what_was_said_while_nobody_read_waits_for_the_known_handles_once(
    server: Server, view: AppView, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = server.log.post("I left", did=MARA)
    one = Jetstream(urls=[server.url], appview=view.url, quiet=None)
    one.watch(WATCHED)

    async def first() -> Any:
        async with Http() as http, contextlib.aclosing(one.posts(http, str(event.time_us))) as posts:
            return await anext(a.post async for a in posts if a.post and not a.polled)

    assert (await first()).author.handle == "mara.example"
    monkeypatch.setattr(jetstream, "KNOWN", 0.3)

    async def hang(request: web.Request) -> None:
        await asyncio.sleep(1)

    view.behave = hang
    one.watch(WATCHED)
    begun = time.monotonic()
    assert (await first()).text == "I left"
    assert time.monotonic() - begun >= 0.3
    monkeypatch.setattr(jetstream, "KNOWN", 3600)
    async with asyncio.timeout(60):
        assert (await first()).text == "I left", "once"


async def test_a_look_up_that_a_break_ends_is_made_again(server: Server, view: AppView) -> None:
    async def hang(request: web.Request) -> None:
        await asyncio.sleep(0.5)

    view.behave = hang
    async with reading(server, view.url) as found:
        await wait_until(lambda: view.asked, what="it is asked")
    view.behave = None
    task = asyncio.create_task(found.run())
    await wait_until(lambda: len(found.polled) == 3, what="the profiles are polled")
    task.cancel()
    await asyncio.wait([task])


async def test_a_reader_that_was_held_up_does_not_blame_the_host(server: Server) -> None:
    one = Jetstream(urls=[server.url], appview=None, quiet="0.3s")
    event = server.log.post("0")
    for number in range(1, 1200):
        server.log.post(str(number))
    async with Http() as http, contextlib.aclosing(one.posts(http, str(event.time_us))) as posts:
        seen = [await anext(posts) for _ in range(3)]
        await asyncio.sleep(0.5)
        while len(seen) < 1201:
            seen.append(await anext(posts))
    assert seen[-1].post and seen[-1].post.text == "1199"


def test_an_event_that_comes_again_has_the_same_bio_before() -> None:
    authors = Authors(WATCHED)
    profiles = [Profile(MARA, "mara.example", None, "one")]
    authors.polled(profiles, NOW, 0.0)
    two = profile_post(MARA, tid(NOW + 1), "two", Author(id=MARA), instant(NOW))
    three = profile_post(MARA, tid(NOW + 2), "three", Author(id=MARA), instant(NOW))
    assert [authors.with_before(post, 1.0).before for post in (two, three, two, three)] == [
        "one",
        "two",
        "one",
        "two",
    ]
    assert authors.author(MARA).bio == "three"


def test_a_look_up_right_behind_an_event_is_not_believed() -> None:
    """The AppView may be behind the stream, and would change the bio back."""
    authors = Authors(WATCHED)
    profiles = [Profile(MARA, "mara.example", None, "old")]
    assert len(authors.polled(profiles, NOW, 0.0)) == 1
    authors.with_before(profile_post(MARA, tid(NOW + 1), "new", Author(id=MARA), instant(NOW)), 1000.0)
    assert authors.polled(profiles, NOW + 2, 1010.0) == []
    assert len(authors.polled(profiles, NOW + 3, 2000.0)) == 1


async def test_a_handle_that_went_to_another_account_is_known_there_only(
    server: Server, view: AppView, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(server, view.url) as found:
        await wait_until(lambda: found.polled, what="the profiles are polled")
        view.accounts[MARA]["handle"] = "gone.example"
        view.accounts[OTHER]["handle"] = "mara.example"
        server.log.identity(MARA, "gone.example")
        server.log.post("after", did=MARA)
        await wait_until(lambda: found.last, what="it comes")
        assert found.last.author == Author(id=MARA), "not until it is looked up"
        found.source._authors.poll_due = 0.0
        await wait_until(lambda: len(view.asked) > 1, what="it is looked up again")
        await wait_until(lambda: found.source._authors.author(OTHER).handle, what="it is known")
        assert found.source._authors.author(MARA).handle is None


async def test_the_handle_of_an_identity_event_is_not_believed(server: Server, view: AppView) -> None:
    async with reading(server, view.url) as found:
        await wait_until(lambda: found.polled, what="the profiles are polled")
        server.log.identity(OTHER, "mara.example")
        server.log.post("I leave Orrin Lab", did=OTHER)
        await wait_until(lambda: found.last, what="it comes")
        assert found.last.author == Author(id=OTHER)


async def test_authors_of_what_was_published_are_looked_up_for_the_next_time(
    server: Server, view: AppView
) -> None:
    async with reading(server, view.url) as found:
        await wait_until(lambda: found.polled, what="the profiles are polled")
        server.log.post("one", did=OTHER)
        await wait_until(lambda: found.last, what="it comes")
        assert found.last.author == Author(id=OTHER)
        for _ in range(3):
            found.source.published(found.last)
        await wait_until(lambda: len(view.asked) == 2, what="it is looked up")
        await wait_until(lambda: found.source._authors.author(OTHER).name, what="it is known")
        server.log.post("two", did=OTHER)
        await wait_until(lambda: found.last.text == "two", what="it comes")
        assert (found.last.author.handle, found.last.author.name) == ("somebody.example", "Some Body")
        found.source.published(found.last)
        await asyncio.sleep(0.1)
        assert view.asked[1:] == [[OTHER]], "once"
        server.log.identity(OTHER)
        await wait_until(lambda: len(view.asked) == 3, what="it is looked up again after a change")


@pytest.mark.parametrize("status", [429, 500, 404, 200])
async def test_an_appview_that_fails_delays_no_post(
    server: Server,
    view: AppView,
    status: int,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bluesky, "PAUSE", 20.0)  # ten minutes after a fault

    async def fail(request: web.Request) -> web.Response:
        return web.Response(status=status, headers={"Retry-After": "1"}, text="<html>")

    view.behave = fail
    with caplog.at_level(logging.WARNING):
        async with reading(server, view.url) as found:
            await wait_until(lambda: view.asked, what="it is asked")
            server.log.post("one", did=MARA)
            await wait_until(lambda: found.last, what="it comes")
            assert found.last.author == Author(id=MARA)
            await wait_until(lambda: "look-ups" in caplog.text, what="it is said")
            found.source.published(found.last)
            await asyncio.sleep(0.2)
            assert caplog.text.count("look-ups") == 1 and len(view.asked) <= 2


async def test_an_appview_that_hangs_or_is_absent_delays_no_post_and_no_end(
    server: Server, view: AppView
) -> None:
    async def hang(request: web.Request) -> None:
        await asyncio.sleep(3600)

    view.behave = hang
    for url in (view.url, "http://127.0.0.1:9", None):
        async with asyncio.timeout(12):  # a look-up gives up after fifteen seconds
            async with reading(server, url) as found:
                server.log.post("one", did=MARA)
                await wait_until(lambda: found.last, what="it comes")
        await wait_until(lambda: not server.connected, what="it is gone")


async def test_odd_answers(view: AppView) -> None:
    rows = [
        {
            "did": MARA,
            "handle": "x" * 900,
            "displayName": "y" * 900,
            "description": "z" * 9000,
            "followersCount": -1,
        },
        {"did": "did:plc:a/b", "handle": "a.example"},
        {"did": OTHER, "handle": 7},
        7,
        {"did": TOMAS, "handle": "handle.invalid", "followersCount": 2**70},
    ]

    async def odd(request: web.Request) -> web.Response:
        return web.json_response({"profiles": rows})

    view.behave = odd
    async with Http() as http:
        found = await get_profiles(http, view.url, ["127.0.0.1"], [MARA])
        assert [profile.did for profile in found] == [MARA, TOMAS]
        author = found[0].author()
        assert [len(part or "") for part in (author.handle, author.name, author.bio)] == [512, 512, 5000]
        assert (author.followers, found[1].author()) == (None, Author(id=TOMAS))
        with pytest.raises((TryLater, OSError)):
            await get_profiles(http, view.url, False, [MARA])


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bluesky, "MOST_AUTHORS", 10)
    monkeypatch.setattr(bluesky, "MOST_WAITING", 30)
    authors = Authors(WATCHED)
    for did in DIDS:
        authors.want(did, 0.0)
    authors.want("did:plc:a/b", 0.0)
    authors.want(None, 0.0)
    first, rest = authors.next_batch(), authors.next_batch()
    assert first == DIDS[:25] and rest == DIDS[25:30] and authors.next_batch() == []
    authors.learn([Profile(did, "a.example") for did in DIDS], 0.0)
    assert authors.author(DIDS[-1]).handle and authors.author(DIDS[0]).handle is None
    authors.want(DIDS[-1], 60.0)
    assert authors.next_batch() == []
    authors.want(DIDS[-1], bluesky.FRESH + 1)
    assert authors.next_batch() == [DIDS[-1]]
