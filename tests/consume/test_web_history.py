"""Pages of reactions: all pages together are all live reactions, whatever was edited, deleted or trimmed."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from monitor.consume.web import history
from monitor.consume.web import reactions as pages
from monitor.consume.web.answers import Refused
from monitor.consume.web.query import OfReactions, read_cursor, read_position
from monitor.consume.web.reactions import page_of
from monitor.keys import Keys
from monitor.model import Claim, Reaction, Sentiment, encode
from monitor.store import Store
from monitor.stream import Hold, Stream, id_order
from tests.lab import LAB, NOW, at, post, reaction

PEOPLE = {person.id for person in LAB.people}
Ids = list[str]


class Writer:
    """Puts reactions into the streams, each source under its own claim."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.written = 0
        self._holds: dict[str, Hold] = {}

    async def put(self, *reactions: Reaction, source: str = "story") -> str:
        if source not in self._holds:
            hold = await self.stream.claim(source, "me")
            assert isinstance(hold, Hold)
            self._holds[source] = hold
        texts = [b"" for _ in reactions]
        place = await self.stream.step(self._holds[source], reactions, "1", texts).send()
        self.written += len(reactions)
        return place


def stream_of(store: Store, prefix: str, partitions: int = 1) -> Stream:
    return Stream(store, Keys(prefix, partitions), retention=3600, thread_window=3600)


@pytest.fixture
def stream(store: Store, prefix: str) -> Stream:
    return stream_of(store, prefix)


@pytest.fixture
def writer(stream: Stream) -> Writer:
    return Writer(stream)


async def walk(stream: Stream, **query: Any) -> list[dict[str, Any]]:
    """The items of all pages."""
    items: list[dict[str, Any]] = []
    cursor = None
    for _ in range(1000):
        found, cursor = await page_of(stream, OfReactions(**query, cursor=cursor), PEOPLE)
        assert len(found) <= query.get("limit", 50)
        items += json.loads(encode(found))
        if cursor is None:
            return items
    raise AssertionError("it does not end")


def ids_of(items: Sequence[dict[str, Any]]) -> Ids:
    return [item["post"]["id"] for item in items]


@pytest.mark.parametrize("partitions", [1, 3])
async def test_all_pages_are_all_live_reactions(store: Store, prefix: str, partitions: int) -> None:
    """Against what a reader of the whole stream keeps, one entry after the other."""
    stream = stream_of(store, prefix, partitions)
    writer, choose = Writer(stream), random.Random(partitions)
    sources = ["story", "push", "bluesky", "feed", "hackernews"]
    for number in range(300):
        id = f"p{choose.randrange(120)}"
        source = sources[choose.randrange(5) if partitions == 1 else int(id[1:]) % 5]
        deleted = choose.random() < 0.1
        one = reaction(
            post(id, f"Mara Venn speaks {number}", revision=str(choose.randrange(9)), deleted=deleted)
        )
        await writer.put(one, source=source)
    entries = [
        (id_order(entry.id), entry)
        for tag in stream.keys.tags()
        for entry in await stream.read(tag, "0-0", count=1000)
    ]
    live: dict[str, Any] = {}
    for _, entry in sorted(entries, key=lambda pair: pair[0]):
        assert entry.reaction
        was = live.get(entry.reaction.post.id)
        if was is None or entry.reaction.post.deleted or newer(entry.reaction, was.reaction):
            live[entry.reaction.post.id] = entry
    wanted = [entry for entry in live.values() if not entry.reaction.post.deleted]
    wanted.sort(key=lambda entry: id_order(entry.id), reverse=True)
    assert 20 < len(wanted) < 120
    for limit in (1, 7, 50, 200):
        assert [item["id"] for item in await walk(stream, limit=limit)] == [entry.id for entry in wanted]


def newer(new: Reaction, old: Reaction) -> bool:
    if old.post.deleted and new.post.revision == old.post.revision:
        return False
    return int(new.post.revision) >= int(old.post.revision)


async def test_filters(stream: Stream, writer: Writer) -> None:
    def one(id: str, **fields: Any) -> Reaction:
        made = reaction(post(id, **{k: v for k, v in fields.items() if k in ("minute", "source")}))
        return replace(made, **{k: v for k, v in fields.items() if k not in ("minute", "source")})

    await writer.put(
        one("a"),
        one("b", about=["tomas-reed"], via="push"),
        one("c", source="bluesky", minute=5),
        one("d", about=[], claims=[Claim("Somebody Else", "reported", 0, 4, "r")], minute=6),
        one("e", sentiment=Sentiment(0.5, "positive"), minute=7),
        one("f", about=[], minute=8),
        replace(one("g"), post=post("g", minute=500), scored_at=at(9)),
    )
    assert ids_of(await walk(stream)) == list("gedcba")
    assert ids_of(await walk(stream, person="mara-venn")) == list("geca")
    assert ids_of(await walk(stream, person="tomas-reed")) == ["b"]
    assert ids_of(await walk(stream, person="ida-holt")) == []
    assert ids_of(await walk(stream, person="unlisted")) == ["d"]
    assert ids_of(await walk(stream, source="bluesky")) == ["c"]
    assert ids_of(await walk(stream, source="push")) == ["b"]
    assert ids_of(await walk(stream, source="test")) == list("gedca")
    assert ids_of(await walk(stream, label="positive")) == ["e"]
    assert ids_of(await walk(stream, since=at(6))) == list("ged")
    assert ids_of(await walk(stream, since=at(9))) == ["g"]
    assert ids_of(await walk(stream, since=NOW + timedelta(days=9000))) == []


async def test_an_edit_is_shown_as_it_stands_and_a_delete_not_at_all(stream: Stream, writer: Writer) -> None:
    await writer.put(reaction(post("a", "one", revision="1")), reaction(post("b")))
    await writer.put(reaction(post("a", "three", revision="3")), reaction(post("a", "two", revision="2")))
    assert [(i["post"]["id"], i["post"]["text"]) for i in await walk(stream)] == [
        ("a", "three"),
        ("b", "Mara Venn has left Orrin Lab."),
    ]
    await writer.put(reaction(post("a", "", deleted=True)))
    assert ids_of(await walk(stream)) == ["b"]
    await writer.put(replace(reaction(post("b", "now it is about nobody", revision="2")), about=[]))
    assert ids_of(await walk(stream)) == []


async def test_what_cannot_be_read_or_is_gone_is_skipped(stream: Stream, writer: Writer) -> None:
    await writer.put(*(reaction(post(f"{n}")) for n in range(6)))
    key = stream.keys.reactions("p0")
    entries = await stream.read("p0", "0-0", count=1000)
    await stream.store.call("XADD", key, "*", "d", b"\xff{")
    await stream.store.call("XADD", key, "*", "other", "field")
    await stream.store.call("XADD", key, "*", "d", b'{"post": 1}')
    await stream.store.call("XDEL", key, entries[2].id)
    assert ids_of(await walk(stream, limit=2)) == ["5", "4", "3", "1", "0"]
    await stream.store.call("XTRIM", key, "MINID", entries[3].id)
    assert ids_of(await walk(stream, limit=2)) == ["5", "4", "3"]
    await stream.store.call("DEL", key)
    assert await walk(stream) == []


async def test_a_request_does_bounded_work(
    stream: Stream, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_SCANNED", 100)
    for begin in range(0, 400, 200):
        await writer.put(*(reaction(post(f"{n}")) for n in range(begin, begin + 200)))
    items, cursor = await page_of(stream, OfReactions(person="ida-holt"), PEOPLE)
    assert (items, cursor) == ([], (await stream.read("p0", "0-0", count=1000))[300].id)
    assert len(await walk(stream, person="mara-venn", limit=200)) == 400
    assert await walk(stream, person="ida-holt") == []


async def test_large_posts_make_small_pages_and_small_reads(
    stream: Stream, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    real = stream.store.call

    async def call(*args: Any, **options: Any) -> Any:
        if args[0] == "XREVRANGE":
            counts.append(args[-1])
        return await real(*args, **options)

    monkeypatch.setattr(stream.store, "call", call)
    for n in range(60):
        await writer.put(reaction(post(f"{n}", "Mara Venn " + "x" * 700_000)))
    items, cursor = await page_of(stream, OfReactions(limit=200), PEOPLE)
    assert 5 <= len(items) <= 7 and cursor
    assert len(await walk(stream)) == 60
    assert set(counts) == {history.FIRST_CHUNK}
    counts.clear()
    back = history.History(stream, [("+", "-")])
    while await back.next():
        pass
    assert set(counts[1:]) == {5}


@pytest.mark.parametrize(
    "text", ["", "x", "1", "1-", "-1-1", "1-1-1", "1-1.", "1-1.999", "1" * 30 + "-1", "٣-1"]
)
def test_a_cursor_is_one_of_ours(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_cursor(text)
    assert refused.value.status == 400


ids = st.integers(0, 2**70).map(str)
places = st.lists(st.tuples(ids, ids).map("-".join), max_size=4).map(",".join)


@settings(deadline=None)
@given(st.text(max_size=60) | places, st.integers(1, 3))
def test_a_place_is_refused_or_one_that_the_store_takes(text: str, partitions: int) -> None:
    try:
        place = read_position(text, partitions)
    except Refused as refused:
        assert refused.status == 400
        return
    assert place is None or len(place) == partitions
    assert all(max(id_order(id)) < 2**64 for id in place or ())


@pytest.mark.parametrize("cursor", ["0-0", "0-1", f"{2**64 - 1}-{2**64 - 1}", "5-5.63"])
async def test_the_ends_of_what_a_cursor_may_be(stream: Stream, writer: Writer, cursor: str) -> None:
    await writer.put(reaction(post("a")))
    items, _ = await page_of(stream, OfReactions(cursor=cursor), PEOPLE)
    assert len(items) == cursor.startswith("1844")
