"""monitor forget: nothing of an author or a person is left in the store, and nothing else is lost."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import random
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from monitor import keys as table
from monitor.alert import Mood
from monitor.authors import Authors
from monitor.consume import forgetting
from monitor.consume.cases import CaseBook
from monitor.consume.forgetting import Forgetting
from monitor.consume.notify.outbox import Outbox
from monitor.consume.notify.policy import Verdict
from monitor.consume.windows.consumer import WindowConsumer
from monitor.detect.rules import CaseRules
from monitor.embedded import socket_of
from monitor.endpoint import AlertSettings
from monitor.errors import ReplyError, UserError
from monitor.keys import Keys
from monitor.model import Reaction, Who, post_of
from monitor.sametext import text_digest
from monitor.store import Store
from monitor.stream import Hold, Stream, id_ms
from tests.conftest import opened, wait_until
from tests.consume.events import Events
from tests.lab import LAB, reaction
from tests.receiver import SECRET, receiver
from tests.running import Running
from tests.test_kill import write_watchlist

DID = "did:plc:zzyzx234"
HANDLE = "gossip.zzyzx.example"
NAME = "Zyx Gossip"
TEXT = "Mara Venn has left Orrin Lab. Zzyzx!"
LEFT = ("zzyzx", "Zyx Gossip", "gossip.")


async def dump(store: Store, prefix: str) -> dict[str, str]:
    """Every key under a prefix with all that it holds, as text."""
    found: dict[str, str] = {}
    cursor = b"0"
    while True:
        cursor, names = await store.call("SCAN", cursor, "MATCH", f"{prefix}*", "COUNT", 1000)
        for name in names:
            found[name.decode()] = repr(await _value(store, name))
        if cursor == b"0":
            return found


async def _value(store: Store, name: bytes) -> Any:
    kind = await store.call("TYPE", name)
    look: dict[bytes, list[str | bytes]] = {
        b"string": ["GET", name],
        b"hash": ["HGETALL", name],
        b"set": ["SMEMBERS", name],
        b"zset": ["ZRANGE", name, "0", "-1", "WITHSCORES"],
        b"stream": ["XRANGE", name, "-", "+"],
    }
    return await store.call(*look[kind])


def holding(found: dict[str, str], words: Sequence[str]) -> list[str]:
    """Where one of these words stands, with what is around it."""
    places = []
    for key, value in found.items():
        text = f"{key} {value}"
        for word in words:
            at = text.casefold().find(word.casefold())
            if at >= 0:
                places.append(f"{key}: {text[max(0, at - 150) : at + 150]}")
    return places


def gossip(number: int, text: str = TEXT, **fields: Any) -> dict[str, Any]:
    """A post of the author that is to be forgotten, as it is pushed."""
    return {
        "source": "bluesky",
        "id": f"at://{DID}/post/{number}",
        "url": f"https://bsky.example/profile/{HANDLE}/post/{number}",
        "author": {"id": DID, "handle": HANDLE, "name": NAME},
        "text": text,
        "created_at": datetime.now(UTC).isoformat(),
        **fields,
    }


def other(id: str, text: str = "Mara Venn gave a talk at Orrin Lab.", **fields: Any) -> dict[str, Any]:
    said = {"source": "bluesky", "id": id, "author": {"id": f"did:{id}", "handle": f"{id}.example"}}
    return {**said, "text": text, "created_at": datetime.now(UTC).isoformat(), **fields}


def lines(*posts: dict[str, Any]) -> bytes:
    return json.dumps(list(posts)).encode()


def command(running: Running, *words: str, code: int = 0) -> str:
    argv = [sys.executable, "-W", "error", "-m", "monitor", *words, "--config", str(running.config)]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL)
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


def settings(folder: Path, url: str, **more: Any) -> dict[str, Any]:
    endpoint = {"name": "ops", "url": url, "secret": SECRET, "allow_private": True, "min_status": "rumoured"}
    alerts = {"retry": ["300ms"] * 20, "endpoints": [endpoint]}
    return {"watchlist": write_watchlist(folder / "lab.yaml"), "alerts": alerts, **more}


def items(running: Running, path: str) -> list[dict[str, Any]]:
    return running.items(path)


async def everything(running: Running) -> dict[str, str]:
    async with opened(f"unix://{socket_of(running.data)}") as store:
        found = await dump(store, "")
    paths = ("people", "reactions?limit=200", "windows", "cases", "alerts", "sources", "service")
    for path in paths:
        answer = running.until(
            lambda path=path: (got := running.get(f"/api/{path}"))[0] == 200 and got[1],  # type: ignore[misc]
            f"{path} answers",
        )
        found[path] = answer.decode()
    found["log"] = running.log.read_text()
    return found


async def all_gone(running: Running, words: Sequence[str], but: Sequence[str] = ()) -> None:
    """These words stand nowhere any more, as soon as all parts of the service have followed."""
    left: list[str] = []

    async def gone() -> bool:
        left[:] = holding({k: v for k, v in (await everything(running)).items() if k not in but}, words)
        return not left

    with suppress(pytest.fail.Exception):
        await wait_until(gone)
    assert not "\n".join(left)


def on_disk(running: Running, word: str) -> list[Path]:
    """The files of the embedded store in which a word stands."""
    found = []
    for path in running.data.rglob("*"):
        with suppress(OSError):
            if path.is_file() and word.encode() in path.read_bytes().lower():
                found.append(path)
    return found


async def test_an_author_is_forgotten_in_a_running_service(tmp_path: Path) -> None:
    with receiver() as received:
        running = Running(tmp_path, **settings(tmp_path, received.url)).start()
        said = [
            gossip(1),
            gossip(2, "Zzyzx! Mara Venn has left Orrin Lab.", revision="2", parent_id=f"at://{DID}/post/1"),
            other("copy", "It is true: Mara Venn has left Orrin Lab."),
            other("reply", "So sad", parent_id=f"at://{DID}/post/1", root_id=f"at://{DID}/post/1"),
            other("kept"),
        ]
        copy = other("twin", "Mara Venn is on holiday.")
        first = gossip(3, "Mara Venn is on holiday")
        assert running.push(lines(*said, first))[0] == 202
        assert running.push(lines(copy))[0] == 202
        assert running.push(lines(gossip(3, "", deleted=True, author={"id": DID})))[0] == 202
        running.until(lambda: len(received.alerts()) == 2, "rumour and report are told")
        assert holding(await everything(running), LEFT) and on_disk(running, "zzyzx")
        assert "would remove 3 posts" in command(running, "forget", "--author", HANDLE, "--dry-run")
        assert "removed 3 posts" in (told := command(running, "forget", "--author", f"@{HANDLE.upper()}"))
        assert "2 pieces of evidence" in told
        await all_gone(running, LEFT)
        running.until(lambda: not on_disk(running, "zzyzx"), "the file of the store follows")
        running.until(lambda: len(received.alerts()) == 3, "who was told is told")
        window = "/api/windows?person=mara-venn"
        running.until(lambda: items(running, "/api/cases")[0]["status"] == "rumoured", "the case follows")
        case = items(running, "/api/cases")[0]
        assert [e["post_id"] for e in case["evidence"]] == ["copy"]
        ids = [one["post"]["id"] for one in items(running, "/api/reactions")]
        assert sorted(ids) == ["copy", "kept", "reply", "twin"]
        running.until(lambda: items(running, window)[0]["count"] == 4, "the windows follow")
        # What is sent again does not come back, and a second run finds nothing.
        assert running.push(lines(*said[:2], first))[0] == 202
        assert running.push(lines(gossip(1, "edited zzyzx", revision="9")))[0] == 202
        assert "removed 0 posts, 0 cases, 0 pieces of evidence, 0 alerts" in command(
            running, "forget", "--author", f"bluesky:{DID}"
        )
        assert running.stop() == 0
        running.start()
        assert items(running, window)[0]["count"] == 4
        await all_gone(running, LEFT)
        assert [one["type"] for one in received.alerts()] == [
            "departure.rumoured",
            "departure.reported",
            "departure.rumoured",
        ]
        assert running.stop() == 0


class Cut(Exception):
    pass


class Cutting:
    """A store that is gone after so many calls: what a kill -9 of the command leaves behind."""

    def __init__(self, store: Store, calls: int) -> None:
        self._store, self.left = store, calls

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def _count(self) -> None:
        if self.left == 0:
            raise Cut
        self.left -= 1

    async def call(self, *args: Any, **more: Any) -> Any:
        self._count()
        return await self._store.call(*args, **more)

    async def many(self, *args: Any, **more: Any) -> Any:
        self._count()
        return await self._store.many(*args, **more)

    async def run(self, *args: Any, **more: Any) -> Any:
        self._count()
        return await self._store.run(*args, **more)


class Refusing:
    """A store that refuses so many calls."""

    def __init__(self, store: Store, calls: int) -> None:
        self._store, self.left = store, calls

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def call(self, *args: Any, **more: Any) -> Any:
        if self.left:
            self.left -= 1
            raise ReplyError("NOPERM", "no permission")
        return await self._store.call(*args, **more)


ENDPOINT = {"name": "ops", "url": "https://hook.example/", "secret": SECRET, "min_status": "rumoured"}
RULES = CaseRules(LAB, AlertSettings.model_validate({"endpoints": [ENDPOINT]}))


def stream_of(store: Any, prefix: str, partitions: int = 1) -> Stream:
    return Stream(store, Keys(prefix, partitions), retention=30 * 86400, thread_window=14 * 86400)


async def put(stream: Stream, *reactions: Reaction, source: str = "story") -> str:
    hold = await stream.claim(source, "me")
    assert isinstance(hold, Hold)
    texts = [text_digest(one.post.text) for one in reactions]
    return await stream.step(hold, reactions, None, texts).send()


async def judge(stream: Stream, *reactions: Reaction, rules: CaseRules | None = None) -> None:
    """What the running service does with these: cases, alerts and deliveries."""
    rules = rules or RULES
    book = CaseBook(stream.store, stream.keys, rules)
    await book.load()
    for one in reactions:
        for id, bearing in rules.targets(one, book.files):
            now = datetime.now(UTC)
            file, transition = rules.decide(book.files.get(id), one, bearing, now)
            if file is None:
                continue
            made = rules.plan(transition, Mood(), now) if transition else None
            assert await book.write(made.file if made else file, made, now.timestamp(), None)


def by_author(number: int, text: str = TEXT, *claims: Any, **fields: Any) -> Reaction:
    said = gossip(number, text, **{**fields, "created_at": datetime.now(UTC)})
    return reaction(post_of(said), *claims)


def by_other(id: str, text: str, *claims: Any, **fields: Any) -> Reaction:
    said = other(id, text, **{**fields, "created_at": datetime.now(UTC)})
    return reaction(post_of(said), *claims)


async def fill(store: Store, prefix: str, partitions: int = 1) -> Stream:
    """An author's posts in two partitions, with answers, copies, a case, its alerts and their deliveries."""
    stream = stream_of(store, prefix, partitions)
    id = f"at://{DID}/post/1"
    said = [
        by_author(1, TEXT, "reported"),
        by_author(2, f"{TEXT} Again.", "reported"),
        by_author(2, f"{TEXT} Again, and again.", "reported", revision="2"),
        by_other("a", "It is true: Mara Venn has left.", "reported"),
        msgspec.structs.replace(by_other("copy", TEXT[:-7], "reported"), duplicate_of=id),
        by_other("reply", "So sad", parent_id=id, root_id=id),
    ]
    await put(stream, *said)
    await put(stream, by_author(3, "Mara Venn, zzyzx"), by_other("b", "Mara Venn."), source="other")
    await put(stream, by_author(4, "Mara Venn"), source="other")
    await put(stream, by_author(4, "", deleted=True, author={"id": DID}), source="other")
    await judge(stream, *said)
    return stream


async def run_forget(stream: Stream, given: str = HANDLE) -> Any:
    return await Forgetting(stream, CaseBook(stream.store, stream.keys, RULES)).author(Authors(given))


async def left_ids(stream: Stream) -> list[str]:
    found = []
    for tag in stream.keys.tags():
        found += [one.reaction for one in await stream.read(tag, "0-0", count=1000) if one.reaction]
    return sorted(one.post.id for one in found)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process no reader runs that is to be waited for."""
    monkeypatch.setattr(forgetting, "LONGEST_WAIT", 0.0)


@pytest.mark.parametrize("partitions", [1, 3])
@pytest.mark.parametrize("given", [HANDLE, DID, f"bluesky:{HANDLE}", f"bluesky:{DID}"])
async def test_an_author_is_forgotten_where_no_service_runs(
    store: Store, prefix: str, given: str, partitions: int
) -> None:
    stream = await fill(store, prefix, partitions)
    assert len(holding(await dump(store, prefix), ["zzyzx"])) >= 7
    removed = await run_forget(stream, given)
    assert (removed.posts, removed.cases, removed.evidence, removed.alerts) == (4, 1, 2, 2)
    assert not "\n".join(holding(await dump(store, prefix), LEFT))
    assert await left_ids(stream) == ["a", "b", "copy", "reply"]
    again = await run_forget(stream, given)
    assert msgspec.structs.astuple(again) == (0,) * 7


async def test_another_platform_and_another_handle_are_others(store: Store, prefix: str) -> None:
    stream = await fill(store, prefix)
    before = await left_ids(stream)
    for given in (f"x:{HANDLE}", "gossip", "zzyzx", NAME, f"{HANDLE}.example"):
        assert msgspec.structs.astuple(await run_forget(stream, given)) == (0,) * 7
    assert await left_ids(stream) == before


async def test_it_may_be_cut_off_anywhere_and_goes_on(store: Store, prefix: str) -> None:
    calls = 0
    while True:
        name = f"{prefix}-{calls}"
        stream = await fill(store, name, 2)
        cut = Cutting(store, calls)
        try:
            await run_forget(stream_of(cut, name, 2))
            done = True
        except Cut:
            done = False
        await run_forget(stream)
        assert not "\n".join(holding(await dump(store, name), LEFT)), calls
        assert await left_ids(stream) == ["a", "b", "copy", "reply"], calls
        book = CaseBook(store, stream.keys, RULES)
        await book.load()
        (file,) = book.files.values()
        assert [item.evidence.post_id for item in file.items] == ["a", "copy"], calls
        if done:
            break
        calls += 1
    assert calls > 40


async def test_alerts_keep_their_ids_and_deliveries(store: Store, prefix: str) -> None:
    stream = await fill(store, prefix)
    outbox = Outbox(store, stream.keys)
    before = await outbox.list()
    owner, *_ = await outbox.lease("ops", "me")
    assert owner and owner.alert and "Zzyzx" in owner.alert.data.case.evidence[0].excerpt  # type: ignore[union-attr]
    await outbox.settle(owner, Verdict("retry", after=0.0, reason=f"http 500: I do not like {NAME}"), 500)
    await run_forget(stream)
    after = await outbox.list()
    assert [(one.stream_id, one.alert.id) for one in after] == [
        (one.stream_id, one.alert.id) for one in before
    ]
    assert [one.deliveries[0].state for one in after] == [one.deliveries[0].state for one in before]
    assert after[-1].deliveries[0].last_error == "http 500"
    lease, *_ = await outbox.lease("ops", "me")
    assert lease and lease.alert and lease.webhook_id == owner.webhook_id and lease.failed == 1
    assert not "\n".join(holding(await dump(store, prefix), LEFT))
    # The stream goes on behind its last id.
    await outbox.test("ops")
    assert (await outbox.list())[0].alert.type == "monitor.test"


async def test_a_case_that_rested_on_the_author_alone_falls_and_all_are_told(
    store: Store, prefix: str
) -> None:
    stream = stream_of(store, prefix)
    said = [by_author(1, TEXT, "reported"), by_author(2, f"{TEXT} Twice.", "reported")]
    await put(stream, *said)
    await judge(stream, *said)
    removed = await run_forget(stream)
    assert (removed.posts, removed.cases, removed.evidence) == (2, 1, 2)
    told = await Outbox(store, stream.keys).list()
    assert [one.alert.type for one in told] == ["departure.retracted", "departure.rumoured"]
    assert [[d.state for d in one.deliveries] for one in told] == [["due"], ["due"]]
    assert not "\n".join(holding(await dump(store, prefix), LEFT))


async def test_every_key_that_forgetting_leaves_has_its_line_and_bound(store: Store, prefix: str) -> None:
    stream = await fill(store, prefix)
    before = set(await dump(store, prefix))
    await run_forget(stream)
    made = {key.removeprefix(f"{prefix}:") for key in set(await dump(store, prefix)) - before}
    assert {key.partition(":")[2].partition(":")[0] for key in made} == {"forgotten", "swept"}
    for key in made:
        assert f"{{pN}}:{key.split(':')[1]}" in (table.__doc__ or "")
        assert int(await store.call("TTL", f"{prefix}:{key}")) > 86_400


async def test_what_is_forgotten_does_not_come_back(store: Store, prefix: str) -> None:
    stream = await fill(store, prefix)
    await run_forget(stream)
    late = [
        by_author(1, "zzyzx", "reported", revision="7"),
        by_author(2),
        by_author(4),
        by_author(5, "Mara Venn"),
    ]
    assert await put(stream, *late) == "ddda"
    assert await left_ids(stream) == ["a", f"at://{DID}/post/5", "b", "copy", "reply"]


def test_who_is_meant() -> None:
    by_handle = Authors("X:@Gossip")
    assert (by_handle.source, by_handle.name) == ("X", "gossip")
    assert (Authors("did:plc:abc").source, Authors("did:plc:abc").name) == (None, "did:plc:abc")
    assert Authors("https://m.example/@a").source is None
    for empty in ("", "@", " "):
        with pytest.raises(UserError):
            Authors(empty)
    one = Authors("gossip")
    one.learn("x", Who("17", "@Gossip", "G"))
    assert one.wrote("x", Who("17", "renamed", None))
    assert one.wrote("x", Who(None, "gossip", None))
    assert not one.wrote("bluesky", Who("17", "renamed", None))
    assert not one.wrote("x", Who("18", "another", "gossip"))
    assert one.wrote("news", Who(None, None, "Gossip"))
    by_id = Authors("x:17")
    by_id.learn("x", Who("17", "gossip", None))
    assert by_id.wrote("x", Who(None, "gossip", None)) and not by_id.wrote("x", Who("18", "gossip", None))


def test_the_page_and_the_windows_follow_and_the_command_gives_them_time(tmp_path: Path) -> None:
    running = Running(tmp_path, watchlist=write_watchlist(tmp_path / "lab.yaml")).start()
    assert running.push(lines(gossip(1), gossip(2, "Mara Venn. Zzyzx."), other("kept")))[0] == 202
    window = "/api/windows?person=mara-venn"
    running.until(lambda: items(running, window)[0]["count"] == 3, "three reactions")
    looking, away = Events(running.port), Events(running.port)
    away.until(lambda: away.last_id, "a place")
    away.close()
    argv = [sys.executable, "-m", "monitor", "forget", "--author", DID, "--config", str(running.config)]
    timed = ["sh", "-c", '"$@"; date +%s%N', "sh", *argv]
    process = subprocess.Popen(timed, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    looking.until(lambda: len(looking.of("reaction")) == 2, "both are told to be gone", 60)
    seen = looking.of("reaction")
    running.until(lambda: items(running, window)[0]["count"] == 1, "the windows follow")
    assert [(one["post"]["deleted"], one["post"]["text"]) for one in seen] == [(True, "")] * 2
    told, *_, ended = process.communicate(timeout=300)[0].splitlines()
    assert told.startswith(b"removed 2 posts")
    gone = max(id_ms(one["id"]) for one in seen)
    assert int(ended) / 1e6 - gone >= 1000 * forgetting.READERS_TAKE, "the command waits for those who read"
    # Whoever was away cannot be told what has gone without a trace: the page begins anew.
    back = Events(running.port, away.last_id)
    back.until(lambda: back.of("reset"), "a reset")
    still = Events(running.port, looking.last_id)
    assert running.push(lines(other("next")))[0] == 202
    still.until(lambda: still.posts() == ["next"], "what is new")
    assert not still.of("reset")
    for one in (looking, back, still):
        one.close()
    assert running.stop() == 0


async def test_windows_that_are_rebuilt_meanwhile_begin_again(store: Store, prefix: str) -> None:
    stream = await fill(store, prefix)
    reader = WindowConsumer(LAB, ["5m"], stream_of(store, prefix), ["p0"])
    read = reader._stream.read

    async def cut_in(tag: str, after: str, **more: Any) -> Any:
        entries = await read(tag, after, **more)
        if entries and reader._stream.read is cut_in:  # type: ignore[comparison-overlap]
            reader._stream.read = read  # type: ignore[method-assign]
            await run_forget(stream)
        return entries

    reader._stream.read = cut_in  # type: ignore[method-assign, assignment]
    task = asyncio.create_task(reader.run())
    await wait_until(lambda: reader.ready)
    assert reader.read()["mara-venn", "5m"].count == 4
    task.cancel()
    await asyncio.wait([task])


@pytest.mark.timeout(600)
async def test_a_command_that_is_killed_goes_on_in_a_long_stream(
    tmp_path: Path, store_url: str, store: Store, prefix: str
) -> None:
    """20,000 posts, half of them the author's, no service; a store of store.url, memory as it was."""
    config = tmp_path / "monitor.yaml"
    watchlist = write_watchlist(tmp_path / "lab.yaml")
    config.write_text(
        yaml.safe_dump(
            {
                "watchlist": watchlist,
                "data_dir": str(tmp_path / "data"),
                "store": {"url": store_url, "prefix": prefix, "partitions": 2},
            }
        )
    )
    stream = stream_of(store, prefix, 2)
    for begin in range(0, 20_000, 1000):
        said = []
        for n in range(begin, begin + 1000, 2):
            said += [by_author(n, f"Mara Venn {n}"), by_other(f"o{n}", f"Mara Venn {n}.")]
        await put(stream, *said, source=f"source-{begin % 3000}")
    argv = [sys.executable, "-m", "monitor", "forget", "--author", DID, "--config", str(config)]
    choose = random.Random(11)
    for _ in range(6):
        process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        await asyncio.sleep(choose.uniform(0.8, 4.5))
        process.kill()
        process.wait()
    assert await store.call("EXISTS", stream.keys.reactions("p0"))
    begun = time.monotonic()
    process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    peak = 0
    while process.poll() is None:
        with suppress(FileNotFoundError, ProcessLookupError):
            status = Path(f"/proc/{process.pid}/status").read_text()
            peak = max([peak, *(int(n) for n in re.findall(r"VmHWM:\s+(\d+)", status))])
        await asyncio.sleep(0.05)
    assert process.stdout
    with process.stdout:
        said_at_last = process.stdout.read().decode()
    assert process.returncode == 0
    print(
        f"forget: {said_at_last.split(',')[0]}, {time.monotonic() - begun:.1f} s, peak {peak / 1024:.0f} MB"
    )
    assert not "\n".join(holding(await dump(store, prefix), LEFT))
    assert sum([await stream.length(tag) for tag in stream.keys.tags()]) == 10_000
    assert peak < 150 * 1024


def test_on_a_terminal_it_asks_for_yes(tmp_path: Path, store_url: str, prefix: str) -> None:
    config = tmp_path / "monitor.yaml"
    settings = {"store": {"url": store_url, "prefix": prefix}, "data_dir": str(tmp_path / "data")}
    config.write_text(yaml.safe_dump(settings))
    argv = [sys.executable, "-m", "monitor", "forget", "--author", "@somebody", "--config", str(config)]
    terminal, side = pty.openpty()
    try:
        for more, code, words in (([], 2, "would remove 0 posts"), (["--yes"], 0, "removed 0 posts")):
            done = subprocess.run([*argv, *more], stdin=side, capture_output=True, text=True, timeout=50)
            assert done.returncode == code, done.stderr
            assert words in done.stdout
            assert ("--yes" in done.stderr) is (code == 2)
    finally:
        os.close(terminal)
        os.close(side)
