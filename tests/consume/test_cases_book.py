"""The cases as several processes read and write them in one store."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from monitor.alert import Mood
from monitor.casefile import File
from monitor.consume import cases
from monitor.consume.cases import CaseBook, Cases
from monitor.detect.rules import CaseRules
from monitor.endpoint import AlertSettings
from monitor.keys import Keys
from monitor.model import ClaimKind, Reaction, encode
from monitor.store import Store
from monitor.stream import Entry, Stream
from monitor.telemetry import Telemetry
from tests.lab import LAB, at, post, reaction

OPS = {
    "name": "ops",
    "url": "https://ops.example/",
    "secret": "whsec_" + "QUFB" * 8,
    "min_status": "rumoured",
}
RULES = CaseRules(LAB, AlertSettings.model_validate({"endpoints": [OPS]}))
FIRST, SECOND = "orrin-lab-mara-venn-1", "orrin-lab-mara-venn-2"


def says(id: str, kind: ClaimKind, minute: float, **more: Any) -> Reaction:
    """What the person says themself; `returned` is a field of the claim, the others are of the post."""
    returned = more.pop("returned", False)
    one = reaction(post(id, f"words of {id}", minute=minute, handle="maravenn", **more), kind)
    return msgspec.structs.replace(one, claims=[msgspec.structs.replace(one.claims[0], returned=returned)])


LEFT, BACK, AGAIN = (
    says("a", "self_announced", 0),
    says("b", "denied", 9, returned=True),
    says("c", "self_announced", 20),
)


async def take(book: CaseBook, one: Reaction, now: datetime | None = None) -> None:
    """Write what a reaction means for every case, as the consumer does."""
    for id, bearing in book.rules.targets(one, book.files):
        moment = now or one.scored_at
        was = book.files.get(id)
        file, transition = book.rules.decide(was, one, bearing, moment)
        if file is not None and file != was:
            made = book.rules.plan(transition, Mood(), moment) if transition else None
            assert await book.write(made.file if made else file, made, moment.timestamp(), None)


async def test_a_clock_that_is_set_back_hides_no_case(
    store: Store, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, now = Keys(prefix), 1_800_000_000.0
    monkeypatch.setattr(cases.time, "time", lambda: now)
    writer, reader = CaseBook(store, keys, RULES), CaseBook(store, keys, RULES)
    assert await reader.refresh(1.0) and reader.files == {}

    now -= 3600
    said = reaction(post("one"), "reported", arrived=datetime.fromtimestamp(now, UTC))
    ((id, claim),) = RULES.targets(said, {})
    file, _ = RULES.decide(None, said, claim, datetime.fromtimestamp(now, UTC))
    assert file is not None and await writer.write(file, None, now, None)
    now += 2
    assert await reader.refresh(1.0) and set(reader.files) == {id}
    assert not await reader.refresh(1.0)


async def test_two_episodes_come_back_as_they_were(store: Store, prefix: str) -> None:
    book, other = CaseBook(store, Keys(prefix), RULES), CaseBook(store, Keys(prefix), RULES)
    for one in (LEFT, AGAIN, BACK):
        await take(book, one, at(30))
    await other.load()
    assert other.files == book.files and set(book.files) == {FIRST, SECOND}
    assert [other.files[id].case.status for id in (FIRST, SECOND)] == ["denied", "confirmed"]
    assert other.files[SECOND].since == BACK.post.created_at and other.files[SECOND].case.episode == 2
    await take(other, says("d", "self_announced", 25), at(31))
    assert len(other.files[SECOND].items) == 2


async def test_a_held_delivery_is_withdrawn_without_an_alert(store: Store, prefix: str) -> None:
    """A rumour is told, the report is held; it is deleted before it was sent."""
    keys = Keys(prefix)
    book = CaseBook(store, keys, RULES)
    rumour = reaction(post("r"), "rumoured")
    report = reaction(post("o", "it is so", url="https://daily.example/o"), "reported")
    await take(book, rumour)
    await take(book, report, at(0) + timedelta(seconds=1))
    held = keys.delivery(f"{FIRST}-v2:ops")
    assert await store.call("HGET", held, "state") == b"due"
    deleted = msgspec.structs.replace(report.post, deleted=True, text="")
    await take(book, msgspec.structs.replace(report, post=deleted, claims=[]), at(0) + timedelta(seconds=2))
    assert book.files[FIRST].case.status == "rumoured"
    assert await store.call("HGET", held, "state") == b"superseded"
    assert await store.call("ZRANGE", keys.due("ops"), 0, -1) == [f"{FIRST}-v1:ops".encode()]


async def test_an_act_that_changes_nothing_is_written_and_tells_nobody(store: Store, prefix: str) -> None:
    book, other = CaseBook(store, Keys(prefix), RULES), CaseBook(store, Keys(prefix), RULES)
    await take(book, LEFT)
    case, made = await book.operate(FIRST, "confirm", "seen the memo")
    assert made is None and case.history[-1].note == "seen the memo"
    await other.load()
    assert other.files[FIRST].case.history[-1].rule == "operator.confirm"


async def test_a_case_that_an_older_version_stored_goes_on(store: Store, prefix: str) -> None:
    """Without the digest of the words, the episode, the facts and what endpoints heard."""
    keys = Keys(prefix)
    book = CaseBook(store, keys, RULES)
    await take(book, reaction(post("one", minute=1), "reported"))
    await take(book, reaction(post("two", minute=2), "reported", duplicate_of="one"))
    stored = json.loads(encode(book.files[FIRST]))
    for item in stored["items"]:
        for name in ("words", "occurred_at", "destination", "replacement", "returned"):
            item.pop(name)
    for told in stored["told"].values():
        for name in ("held", "heard", "rises", "rose"):
            told.pop(name)
    for name in ("since", "risen"):
        stored.pop(name)
    for name in ("destination", "replacement"):
        stored["case"].pop(name)
    await store.call("HSET", keys.case(FIRST), "s", json.dumps(stored))
    old = await book.reload(FIRST)
    assert isinstance(old, File) and old.case.voices == 1
    await take(book, reaction(post("three", minute=3), "reported", duplicate_of="one"))
    assert (book.files[FIRST].case.status, book.files[FIRST].case.voices) == ("rumoured", 1)
    await take(book, says("no", "denied", 9))
    assert book.files[FIRST].case.status == "denied"
    assert await store.call("HGET", keys.delivery(f"{FIRST}-v2:ops"), "state") == b"due"


async def test_where_another_writer_was_first_the_episodes_are_judged_anew(store: Store, prefix: str) -> None:
    """An operator acts while a late return is being taken in."""
    keys = Keys(prefix)
    book, operator = CaseBook(store, keys, RULES), CaseBook(store, keys, RULES)
    await take(book, LEFT)
    await take(book, AGAIN)
    await operator.operate(FIRST, "confirm", "a note")
    stream = Stream(store, keys, retention=86400.0, thread_window=3600.0)
    telemetry = Telemetry(
        people=["mara-venn", "tomas-reed", "ida-holt"], sources=[], windows=["1h"], endpoints=["ops"],
        config_hash="", version="",
    )  # fmt: skip
    consumer = Cases(book, stream, store, keys, telemetry, lambda: None)
    late = msgspec.structs.replace(BACK, scored_at=at(30))
    await consumer._take("p0", Entry("1-1", late))
    await operator.load()
    assert operator.files == book.files
    assert [item.evidence.post_id for item in book.files[FIRST].items] == ["a", "b"]
    assert [item.evidence.post_id for item in book.files[SECOND].items] == ["c"]
    assert [line.rule for line in book.files[FIRST].case.history][1:2] == ["operator.confirm"]
    assert book.files[SECOND].case.status == "confirmed"
