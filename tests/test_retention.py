"""cases.retention: an old case goes with all that hangs on it; a deleted post's words go from everywhere at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.alert import Mood
from monitor.consume import erase
from monitor.consume.cases import CaseBook
from monitor.consume.erase import Dropped, drop, expire
from monitor.consume.notify.outbox import Outbox
from monitor.consume.notify.policy import Verdict
from monitor.detect.rules import MOST_UNLISTED
from monitor.errors import UserError
from monitor.settings import build
from monitor.store import Store
from monitor.stream import Stream
from tests.lab import post, reaction
from tests.receiver import receiver
from tests.running import Running
from tests.test_forget import (
    RULES,
    Refusing,
    all_gone,
    dump,
    everything,
    holding,
    items,
    lines,
    other,
    settings,
    stream_of,
)

DAY = 86_400.0
YEAR = 365 * DAY


async def opened_at(stream: Stream, at: float, person: str = "mara-venn", *posts: str) -> str:
    """A case with its alert and its delivery, last written at a time (POSIX seconds)."""
    book, now = CaseBook(stream.store, stream.keys, RULES), datetime.fromtimestamp(at, UTC)
    await book.load()
    for name in posts or ("a",):
        said = reaction(
            post(f"{person}-{name}", "Somebody has left.", created_at=now), "reported", person=person
        )
        ((id, bearing),) = RULES.targets(said, book.files)
        file, transition = RULES.decide(book.files.get(id), said, bearing, now)
        assert file
        made = RULES.plan(transition, Mood(), now) if transition else None
        assert await book.write(made.file if made else file, made, at, None)
    return id


async def deliver(stream: Stream) -> None:
    outbox = Outbox(stream.store, stream.keys)
    while (lease := (await outbox.lease("ops", "me"))[0]) is not None:
        await outbox.settle(lease, Verdict("delivered", reason=""), 204)


async def test_a_case_that_nothing_changes_goes_with_all_that_hangs_on_it(store: Store, prefix: str) -> None:
    stream, now = stream_of(store, prefix), time.time()
    old = await opened_at(stream, now - YEAR - 60)
    unlisted = await opened_at(stream, now - YEAR - 60, "Ada Unlisted")
    young = await opened_at(stream, now - YEAR + 60, "tomas-reed")
    await deliver(stream)
    dropped = await expire(store, stream.keys, YEAR, now)
    assert dropped == Dropped(cases=2, alerts=1, deliveries=1, open=0)
    left = await dump(store, prefix)
    assert not "\n".join(holding(left, [old, unlisted, "Mara", "Ada"]))
    assert holding(left, [young])
    assert await expire(store, stream.keys, YEAR, now) == Dropped()
    assert (await expire(store, stream.keys, YEAR, now + 120)).cases == 1
    left = await dump(store, prefix)
    assert not "\n".join(holding({k: v for k, v in left.items() if "probe" not in k}, ["tomas"]))


async def test_no_case_goes_before_its_alerts_are_delivered(store: Store, prefix: str) -> None:
    stream, now = stream_of(store, prefix), time.time()
    await opened_at(stream, now - 2 * YEAR)
    before = await dump(store, prefix)
    assert await expire(store, stream.keys, YEAR, now) == Dropped()
    assert await dump(store, prefix) == before
    outbox = Outbox(store, stream.keys)
    lease, *_ = await outbox.lease("ops", "me")
    assert lease
    assert await expire(store, stream.keys, YEAR, now) == Dropped()
    await outbox.settle(lease, Verdict("dead", reason="gone"), 410)
    assert await expire(store, stream.keys, YEAR, now) == Dropped(1, 1, 1, 0)
    assert await outbox.dead() == []


async def test_what_adds_to_a_case_keeps_it(store: Store, prefix: str) -> None:
    stream, now = stream_of(store, prefix), time.time()
    await opened_at(stream, now - 2 * YEAR, "Ada Unlisted")
    await opened_at(stream, now - DAY, "Ada Unlisted", "another")
    assert await expire(store, stream.keys, YEAR, now) == Dropped()


async def test_many_old_cases_make_room_for_new_people(store: Store, prefix: str) -> None:
    stream, now = stream_of(store, prefix), time.time()
    book = CaseBook(store, stream.keys, RULES)
    at = now - 2 * YEAR
    when = datetime.fromtimestamp(at, UTC)
    for number in range(MOST_UNLISTED):
        said = reaction(post(f"u{number}", created_at=when), "reported", person=f"Una {number}")
        ((_, bearing),) = RULES.targets(said, {})
        file, _ = RULES.decide(None, said, bearing, when)
        assert file and await book.write(file, None, at, None)
    late = reaction(post("late"), "reported", person="Ada Late")
    assert RULES.targets(late, book.files) == []
    assert (await expire(store, stream.keys, YEAR, now)).cases == MOST_UNLISTED
    await book.refresh(0)
    assert book.files == {} and len(RULES.targets(late, book.files)) == 1


def test_the_running_service_lets_go_of_old_cases(tmp_path: Path) -> None:
    with receiver() as received:
        running = Running(tmp_path, **settings(tmp_path, received.url, cases={"retention": "3s"})).start()
        assert running.push(lines(other("a", "Mara Venn has left Orrin Lab.")))[0] == 202
        running.until(received.alerts, "it is told, so there is a case")
        running.until(lambda: items(running, "/api/cases") == [], "it goes")
        running.until(lambda: items(running, "/api/alerts") == [], "so does its alert")
        assert len(items(running, "/api/reactions")) == 1
        assert running.stop() == 0


@pytest.mark.parametrize("kind", ["post", "article"])
async def test_the_words_of_a_deleted_post_go_from_everywhere(tmp_path: Path, kind: str) -> None:
    with receiver(*[500] * 3) as received:
        given = settings(tmp_path, received.url)
        running = Running(tmp_path, **given).start()
        said = "Mara Venn has left Orrin Lab. Quuxly so."
        first = other("a", said, kind=kind, author={"id": "1", "handle": "one", "bio": "quuxish"})
        edit = {**first, "text": f"{said} Edited.", "revision": "2"}
        more = other("b", "It is true: Mara Venn has left Orrin Lab."), other("c", "So sad", parent_id="a")
        assert running.push(lines(first, edit, *more))[0] == 202
        running.until(lambda: len(received.alerts()) == 2, "rumour and report are told")
        assert len(holding(await everything(running), ["quux"])) >= 3
        assert running.push(lines({**first, "text": "", "deleted": True, "revision": ""}))[0] == 202
        running.until(lambda: items(running, "/api/cases")[0]["status"] == "rumoured", "it falls")
        running.until(lambda: len(received.alerts()) == 3, "it is told")
        await all_gone(running, ["quux"])
        ids = [one["alert"]["id"] for one in items(running, "/api/alerts")]
        assert ids == [f"orrin-lab-mara-venn-1-v{number}" for number in (3, 2, 1)]
        assert running.stop() == 0
    assert len(received.alerts()) == 3


async def test_the_words_go_after_a_kill_between_the_case_and_the_alerts(tmp_path: Path) -> None:
    with receiver() as received:
        running = Running(tmp_path, **settings(tmp_path, received.url)).start()
        first = other("a", "Mara Venn has left Orrin Lab. Quuxly so.")
        assert running.push(lines(first))[0] == 202
        running.until(received.alerts, "it is told")
        gone = lines({**first, "text": "", "deleted": True})
        assert running.push(gone)[0] == 202
        running.kill()
        running.start()
        running.until(lambda: len(received.alerts()) == 2, "it is taken back")
        await all_gone(running, ["quux"])
        assert running.stop() == 0


def test_the_setting() -> None:
    assert build({}).cases.retention == YEAR
    assert build({"cases": {"retention": "30d"}}).cases.retention == 30 * DAY
    with pytest.raises(UserError, match="cases"):
        build({"cases": {"retention": "never"}})
    with pytest.raises(UserError, match="cases"):
        build({"cases": {"keep": "1d"}})


class Between:
    """A store in which something happens once, just before the alerts are read."""

    def __init__(self, store: Store, act: Callable[[], Awaitable[Any]]) -> None:
        self._store, self._act = store, [act]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def call(self, *args: Any, **more: Any) -> Any:
        found = await self._store.call(*args, **more)
        if args[0] == "XRANGE" and self._act:
            await self._act.pop()()
        return found


async def test_a_case_that_changes_while_its_alerts_are_read_stays(store: Store, prefix: str) -> None:
    stream, now = stream_of(store, prefix), time.time()
    id = await opened_at(stream, now)
    keys = stream.keys
    book = CaseBook(store, keys, RULES)
    between: Any = Between(store, lambda: book.operate(id, "confirm", "it is so"))
    assert await drop(between, keys, [id]) == Dropped()
    assert await store.call("XLEN", keys.alerts) == 2
    assert await drop(store, keys, [id]) == Dropped(1, 2, 2, 2)
    assert await store.call("XLEN", keys.alerts) == 0


async def test_a_store_that_refuses_is_asked_again(
    store: Store, prefix: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stream, now = stream_of(store, prefix), time.time()
    await opened_at(stream, now - 2 * YEAR, "Ada Unlisted")
    await deliver(stream)
    monkeypatch.setattr(erase, "SELDOMEST", 0.01)
    refusing: Any = Refusing(store, 3)
    keeping = asyncio.create_task(erase.keep_cases(refusing, stream.keys, YEAR))
    try:

        async def gone() -> bool:
            return not await store.call("ZCARD", stream.keys.case_index)

        async with asyncio.timeout(60):
            while not await gone():
                assert not keeping.done()
                await asyncio.sleep(0.01)
    finally:
        keeping.cancel()
    assert refusing.left == 0
    assert sum("refused" in one.message for one in caplog.records) == 1
