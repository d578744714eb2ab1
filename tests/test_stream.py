"""Posts, marks, indexes and cursor in one step: once, in order, fenced (G1, G2, G5, G6)."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import msgspec
import pytest

from monitor.errors import Fenced, ReplyError
from monitor.identity import post_key
from monitor.keys import Keys
from monitor.model import Reaction
from monitor.sametext import text_digest
from monitor.store import Store
from monitor.stream import Hold, Stream
from tests.conftest import debian, opened, serve
from tests.lab import post, reaction

A = post_key("x", "a")


@pytest.fixture(params=["valkey", pytest.param("redis-server", marks=pytest.mark.debian)])
async def stream(request: Any, store: Store, prefix: str, tmp_path: Any) -> Any:
    keys = Keys(prefix)
    if request.param == "valkey":
        yield Stream(store, keys, retention=3600, thread_window=3600)
        return
    async with serve(debian("redis-server"), tmp_path) as server, opened(server.url) as other:
        yield Stream(other, keys, retention=3600, thread_window=3600)


async def held(stream: Stream, owner: str = "me") -> Hold:
    hold = await stream.claim("story", owner)
    assert isinstance(hold, Hold)
    return hold


async def put(stream: Stream, hold: Hold, cursor: str, *reactions: Reaction) -> str:
    texts = [text_digest(one.post.text) for one in reactions]
    return await stream.step(hold, reactions, cursor, texts).send()


async def stored(stream: Stream) -> list[str]:
    entries = await stream.read("p0", "0-0", count=1000)
    return [entry.reaction.post.id for entry in entries if entry.reaction]


async def test_a_post_is_stored_once_and_the_cursor_moves_with_it(stream: Stream) -> None:
    hold = await held(stream)
    a, b = reaction(post("a"), "reported"), reaction(post("b"))
    assert await put(stream, hold, "1", a, b, a) == "aad"
    assert await put(stream, hold, "2", b) == "d"
    assert await put(stream, hold, "3") == ""
    assert await stored(stream) == ["a", "b"]
    assert (await held(stream)).cursor == "3"


async def test_a_step_that_is_sent_again_is_applied_once(stream: Stream) -> None:
    hold = await held(stream)
    step = stream.step(hold, [reaction(post("a"))], "1", [b""])
    assert await step.send() == "a"
    hold.seq -= 1
    assert await step.send() == "a"
    assert await stored(stream) == ["a"]
    assert hold.seq == 1


async def test_an_older_owner_is_fenced_however_late_its_write_comes(stream: Stream) -> None:
    old = await held(stream)
    late = stream.step(old, [reaction(post("late"))], "9", [b""])
    new = await held(stream)
    await put(stream, new, "1", reaction(post("a")))
    with pytest.raises(Fenced):
        await late.send()
    assert old.lost
    assert await stored(stream) == ["a"]
    assert (await held(stream)).cursor == "1"


async def test_a_source_that_another_process_reads_is_left_to_it(stream: Stream) -> None:
    begun = time.monotonic()
    hold = await held(stream)
    wait = await stream.claim("story", "another")
    assert isinstance(wait, float) and 9.99 - (time.monotonic() - begun) <= wait <= 10
    await stream.renew(hold, 0)
    taken = await stream.claim("story", "another")
    assert isinstance(taken, Hold) and taken.epoch == hold.epoch + 1
    await stream.renew(hold)
    assert hold.lost


async def test_a_step_out_of_order_is_refused(stream: Stream) -> None:
    hold = await held(stream)
    hold.seq = 5
    with pytest.raises(Fenced):
        await put(stream, hold, "1", reaction(post("a")))
    hold = await held(stream)
    await put(stream, hold, "1", reaction(post("a")))
    hold.seq -= 1
    with pytest.raises(Fenced):
        await put(stream, hold, "2", reaction(post("b")))
    assert await stored(stream) == ["a"]


async def test_wrong_arguments_and_a_wrong_type_write_nothing(stream: Stream) -> None:
    hold = await held(stream)
    step = stream.step(hold, [reaction(post("a"))], "1", [b""])
    step._args.append("one too many")
    with pytest.raises(ReplyError, match="BADARG"):
        await step.send()
    await stream.store.call("SET", stream.keys.reactions("p0"), "rubbish")
    with pytest.raises(ReplyError, match="BADTYPE"):
        await put(stream, hold, "1", reaction(post("a")))
    assert (await held(stream)).cursor is None


async def test_a_delete_takes_every_older_entry_with_it(stream: Stream) -> None:
    hold = await held(stream)
    first = post("a", "secret words")
    second = msgspec.structs.replace(first, revision="2", text="other secret words")
    gone = msgspec.structs.replace(first, deleted=True, text="")
    assert await put(stream, hold, "1", reaction(first), reaction(second), reaction(post("b"))) == "aaa"
    assert await stream.known("story", [A, "nobody"]) == {A}
    older, newer = (await stream.read("p0", "0-0"))[:2]
    assert await stream.superseded("p0", older) and not await stream.superseded("p0", newer)
    assert await put(stream, hold, "2", reaction(gone)) == "a"
    assert await put(stream, hold, "3", reaction(gone)) == "d"
    entries = await stream.read("p0", "0-0")
    assert [(e.reaction.post.id, e.reaction.post.text) for e in entries if e.reaction] == [
        ("b", "Mara Venn has left Orrin Lab."),
        ("a", ""),
    ]
    late = msgspec.structs.replace(first, revision="0")
    assert await put(stream, hold, "4", reaction(late)) == "d", "a deleted post stays deleted"
    unknown = msgspec.structs.replace(gone, id="never stored")
    assert await put(stream, hold, "5", reaction(unknown)) == "u"


async def test_a_post_that_outlives_a_bucket_goes_with_its_author(stream: Stream) -> None:
    stream.retention = 1000 * 86_400.0  # no bucket ends meanwhile
    hold = await held(stream)
    first = post("a", author={"id": "7", "handle": "ann"})
    await put(stream, hold, "1", reaction(first))
    for index in ("entries", "authors", "seen"):
        both = stream.keys.buckets("p0", index, time.time(), stream.retention)
        await stream.store.call("RENAME", both.current, both.previous)
    await put(stream, hold, "2", reaction(msgspec.structs.replace(first, revision="2")))
    assert await stream.of_authors("story", [("x", "7")]) == {("x", "7"): ["a"]}
    both = stream.keys.buckets("p0", "authors", time.time(), stream.retention)
    await stream.store.call("DEL", both.previous)
    assert await stream.of_authors("story", [("x", "7")]) == {("x", "7"): ["a"]}


async def test_a_sight_that_cannot_be_read_is_none(stream: Stream) -> None:
    await held(stream)
    await stream.store.call("HSET", stream.keys.cursor("story"), "sight", '{"state": "squinting"}')
    assert (await stream.sights(["story"]))["story"].state == "opening"
    assert (await held(stream)).sight.state == "opening"


async def test_threads_and_texts_are_found_again(stream: Stream) -> None:
    hold = await held(stream)
    await put(stream, hold, "1", reaction(post("a", "One text!")), reaction(post("b", "ONE text")))
    assert await stream.about([A, "nobody"]) == {A: ["mara-venn"]}
    digest = text_digest("one TEXT")
    assert await stream.first_of([digest, b"0" * 16]) == {digest: A}
    assert await stream.about([]) == {}


async def test_old_entries_go_by_retention(stream: Stream) -> None:
    await stream.store.call("XADD", stream.keys.reactions("p0"), "1-1", "d", "{}")
    stream.retention = 0.0001
    await stream.store.many(
        [["XADD", stream.keys.reactions("p0"), f"2-{n + 1}", "d", "x"] for n in range(500)]
    )
    await put(stream, await held(stream), "1", reaction(post("a")))
    assert await stream.length("p0") < 200


async def test_a_reader_is_woken_and_passes_over_what_it_cannot_read(stream: Stream) -> None:
    hold = await held(stream)
    async with asyncio.TaskGroup() as group:
        reading = group.create_task(stream.read("p0", "0-0", block_ms=60_000))
        await asyncio.sleep(0.05)
        await stream.store.call("XADD", stream.keys.reactions("p0"), "*", "d", b"\xff no json")
    assert [entry.reaction for entry in reading.result()] == [None]
    await stream.store.call("XADD", stream.keys.reactions("p0"), "*", "d", b'"\xff\xfe"')
    await put(stream, hold, "1", reaction(post("a")))
    assert await stored(stream) == ["a"]


async def test_a_reader_ahead_of_a_rolled_back_stream_rewinds(stream: Stream) -> None:
    assert await stream.resume_at("p0", "0-0") == "0-0"
    await put(stream, await held(stream), "1", reaction(post("a")))
    last = await stream.last_id("p0")
    assert await stream.resume_at("p0", "99999999999999-0") == last
    assert await stream.resume_at("p0", "5-0") == "5-0"


async def test_every_key_has_its_line_and_every_rotating_one_a_bound(stream: Stream) -> None:
    from monitor import keys as table

    await put(stream, await held(stream), "1", reaction(post("a")))
    found = await stream.store.call("KEYS", f"{stream.keys.prefix}:*")
    for name in (key.decode().removeprefix(f"{stream.keys.prefix}:") for key in found):
        kind = name.split(":")[1]
        assert f"{{pN}}:{kind}" in (table.__doc__ or "")
        if kind not in ("reactions", "cursor"):
            assert int(await stream.store.call("TTL", f"{stream.keys.prefix}:{name}")) > 3600
