"""Forgetting people, and those who opted out: cases, reactions, names; others lose nothing."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from monitor import forget as forget_module
from monitor import keys as table
from monitor.authors import Authors
from monitor.consume import forgetting
from monitor.consume.cases import CaseBook
from monitor.consume.erase import nameless
from monitor.consume.forgetting import Forgetting
from monitor.consume.notify.outbox import Outbox
from monitor.consume.notify.policy import Verdict
from monitor.detect.rules import CaseRules
from monitor.endpoint import AlertSettings
from monitor.forget import forget_opted_out, opted_out, people_called
from monitor.model import Claim, Reaction, post_of
from monitor.optout import OptOut
from monitor.readers import Readers, Run
from monitor.store import Store
from monitor.stream import Stream
from monitor.watchlist import Watchlist, parse
from tests.consume.events import Events
from tests.lab import LAB, post, reaction
from tests.receiver import receiver
from tests.running import Running
from tests.test_forget import (
    ENDPOINT,
    RULES,
    Cut,
    Cutting,
    Refusing,
    all_gone,
    command,
    dump,
    everything,
    holding,
    items,
    judge,
    lines,
    other,
    put,
    stream_of,
)
from tests.test_forget import settings as settings_of

UNLISTED = "Quillon Zyzzy"
TELLING = CaseRules(LAB, AlertSettings.model_validate({"endpoints": [ENDPOINT], "unlisted": True}))


def lab_with(*names: str) -> Watchlist:
    return parse({**json.loads(LAB.model_dump_json(by_alias=True)), "optout": list(names)}, "lab")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "LONGEST_WAIT", 0.0)


def both(id: str) -> Reaction:
    """A post about two people, one of whom leaves."""
    one = reaction(post(id, "Mara Venn and Tomas Reed: both have left."), "reported")
    claims = [*one.claims, Claim("tomas-reed", "reported", 0, 4, "test")]
    return msgspec.structs.replace(one, about=["mara-venn", "tomas-reed"], claims=claims)


async def fill(store: Store, prefix: str) -> Stream:
    stream = stream_of(store, prefix)
    now = datetime.now(UTC)
    said = [
        reaction(post("a", created_at=now), "reported"),
        reaction(post("b", "Mara Venn has left, I hear.", created_at=now), "reported"),
        both("both"),
        reaction(post("t", "Tomas Reed"), person="tomas-reed"),
        reaction(post("u", f"{UNLISTED} has left Orrin Lab."), "reported", person=UNLISTED),
    ]
    await put(stream, *said)
    await judge(stream, *said)
    return stream


async def forget(stream: Stream, given: str, named: Watchlist = LAB) -> forgetting.Removed:
    book = CaseBook(stream.store, stream.keys, RULES)
    return await Forgetting(stream, book).people(people_called(given, named))


async def stored(stream: Stream) -> dict[str, Reaction]:
    entries = await stream.read("p0", "0-0", count=1000)
    return {one.reaction.post.id: one.reaction for one in entries if one.reaction}


@pytest.mark.parametrize("given", ["mara-venn", "Mara Venn", "VENN  mara", "Ｍａｒａ　Ｖｅｎｎ"])
async def test_a_person_is_forgotten_and_the_others_stay(store: Store, prefix: str, given: str) -> None:
    stream = await fill(store, prefix)
    removed = await forget(stream, given)
    assert (removed.posts, removed.changed, removed.cases) == (2, 1, 1)
    assert removed.alerts == removed.deliveries == removed.open == 2
    found = await stored(stream)
    assert set(found) == {"both", "t", "u"}
    assert found["both"].about == ["tomas-reed"] and [c.person for c in found["both"].claims] == [
        "tomas-reed"
    ]
    left = await dump(store, prefix)
    assert not holding({k: v for k, v in left.items() if "threads" in k}, ["mara-venn"])
    assert not [key for key in left if "mara-venn" in key]
    book = CaseBook(store, stream.keys, RULES)
    await book.load()
    assert sorted(file.case.name for file in book.files.values()) == [UNLISTED, "Tomas Reed"]
    assert msgspec.structs.astuple(await forget(stream, given)) == (0,) * 7
    assert await put(stream, reaction(post("a", revision="2"), "reported")) == "d"


@pytest.mark.parametrize("given", [UNLISTED, "zyzzy quillon"])
async def test_a_person_who_is_not_on_the_list_leaves_no_trace(store: Store, prefix: str, given: str) -> None:
    stream = await fill(store, prefix)
    removed = await forget(stream, given)
    assert (removed.posts, removed.cases) == (1, 1)
    assert not "\n".join(holding(await dump(store, prefix), ["Zyzzy", "Quillon"]))


async def test_the_running_book_lets_go_of_a_case(store: Store, prefix: str) -> None:
    stream = await fill(store, prefix)
    book = CaseBook(store, stream.keys, RULES)
    await book.refresh(0)
    assert len(book.files) == 3
    await forget(stream, "mara-venn")
    await book.refresh(0)
    assert sorted(file.case.person for file in book.files.values()) == [UNLISTED, "tomas-reed"]


def test_written_forms_of_a_name() -> None:
    out = OptOut(["Mara Venn", "林 小满", "Jun-Yang Lin", "聂愷昕"])
    for name in (
        "mara venn",
        "Venn Mara",
        "VENN, Mara",
        "Ｍara  Venn",
        "Mára Venn",
        "Junyang Lin",
        "lin jun yang",
        "林 小滿",
        "聶恺昕",
    ):
        assert out.has(name), name
    for name in ("Mara", "Venn", "Mara Vennet", "Mara Venn Smith", "", "林"):
        assert not out.has(name), name
    assert not OptOut([]).has("Mara Venn") and not OptOut([""])


SAID = (
    "Mara Venn has left Orrin Lab.",
    "Venn Mara has left Orrin Lab!",
    "Mara Venn resigned from Orrin Lab, sources confirm.",
    "Mara  Venn is not leaving Orrin.",
)


@pytest.mark.parametrize("name", ["Mara Venn", "venn mara", "MARA VENN"])
@pytest.mark.parametrize("text", SAID)
def test_whoever_opted_out_is_never_matched_or_claimed(name: str, text: str) -> None:
    now = datetime.now(UTC)
    assert Run(Readers(LAB)).react(post("a", text), "x", now).about == ["mara-venn"]
    named = lab_with(name)
    assert [person.id for person in named.people] == ["tomas-reed", "ida-holt"]
    for one in (post("a", text), post("b", "I am leaving Orrin Lab today.", handle="maravenn")):
        found = Run(Readers(named)).react(one, "x", now)
        assert (found.about, found.matches, found.claims) == ([], [], [])
    shared = Run(Readers(named)).react(post("c", "Mara Venn and Tomas Reed have left Orrin Lab."), "x", now)
    assert shared.about == ["tomas-reed"]
    assert {claim.person for claim in shared.claims} <= {"tomas-reed"}


def test_whoever_is_not_on_the_list_can_opt_out_too() -> None:
    one, now = post("a", f"{UNLISTED} has left Orrin Lab."), datetime.now(UTC)
    assert [c.person for c in Run(Readers(lab_with())).react(one, "x", now).claims] == [UNLISTED]
    for name in (UNLISTED, "zyzzy QUILLON"):
        assert Run(Readers(lab_with(name))).react(one, "x", now).claims == []


def test_no_case_is_opened_for_whoever_opted_out() -> None:
    named = lab_with("Venn Mara", "Zyzzy Quillon")
    rules, now = CaseRules(named, AlertSettings()), datetime.now(UTC)
    old = reaction(post("a"), "reported"), reaction(post("u"), "reported", person=UNLISTED)
    for one in old:
        for id, bearing in rules.targets(one, {}):
            assert rules.decide(None, one, bearing, now) == (None, None), id


async def test_what_is_stored_of_them_goes_once_after_each_change(store: Store, prefix: str) -> None:
    stream = await fill(store, prefix)
    named = lab_with("Venn Mara", UNLISTED)
    assert opted_out(named).ids == {"mara-venn"}
    book = CaseBook(store, stream.keys, RULES)
    await forget_opted_out(named, stream, book)
    assert set(await stored(stream)) == {"both", "t"}
    await put(stream, reaction(post("later"), "reported"))
    await forget_opted_out(named, stream, book)
    assert "later" in await stored(stream), "nothing was to be done again"
    await forget_opted_out(lab_with("Venn Mara"), stream, book)
    assert "later" not in await stored(stream)


def test_opting_out_reaches_a_service_that_is_started_again(tmp_path: Path) -> None:
    with receiver() as received:
        running = Running(tmp_path, **settings_of(tmp_path, received.url)).start()
        told = other("a", "Mara Venn has left Orrin Lab."), other("b", "Tomas Reed has left Orrin Lab.")
        assert running.push(lines(*told))[0] == 202
        running.until(lambda: len(received.alerts()) == 2, "both are told")
        assert running.stop() == 0
        watchlist = tmp_path / "lab.yaml"
        value = json.loads(watchlist.read_text())
        watchlist.write_text(json.dumps({**value, "optout": ["venn MARA"]}))
        running.start()
        running.until(lambda: len(items(running, "/api/cases")) == 1, "the case goes")
        running.until(lambda: len(items(running, "/api/reactions")) == 1, "the reaction goes")
        assert running.push(lines(other("c", "Mara Venn has left Orrin Lab, again.")))[0] == 202
        running.until(lambda: b"optout: removed" in running.log.read_bytes(), "it is done")
        assert [one["id"] for one in items(running, "/api/people")] == ["tomas-reed", "ida-holt"]
        assert "mara" not in running.get("/metrics")[1].decode()
        assert len(items(running, "/api/alerts")) == 1
        assert running.stop() == 0
    assert len(received.alerts()) == 2


def test_what_waits_to_be_told_of_who_opted_out_is_not_told_at_the_next_start(tmp_path: Path) -> None:
    with receiver(*[500] * 1000) as received:
        given = settings_of(tmp_path, received.url)
        given["alerts"]["retry"] = ["1s"] * 100
        running = Running(tmp_path, **given).start()
        assert running.push(lines(other("a", "Mara Venn has left Orrin Lab.")))[0] == 202
        running.until(lambda: received.attempts, "an attempt that fails")
        assert running.stop() == 0
        received.answers = iter(())
        watchlist = tmp_path / "lab.yaml"
        value = json.loads(watchlist.read_text())
        watchlist.write_text(json.dumps({**value, "optout": ["Mara Venn"]}))
        running.start()
        assert running.push(lines(other("b", "Tomas Reed has left Orrin Lab.")))[0] == 202
        running.until(lambda: received.alerts(), "the other is told")
        assert running.stop() == 0
    assert [alert["data"]["case"]["person"] for alert in received.alerts()] == ["tomas-reed"]


async def test_a_person_is_forgotten_in_a_running_service(tmp_path: Path) -> None:
    with receiver(*[500] * 1000) as received:
        given = settings_of(tmp_path, received.url)
        given["alerts"]["retry"] = ["1h"]
        running = Running(tmp_path, **given).start()
        for id, text in (("a", f"{UNLISTED} has left Orrin Lab."), ("b", "Mara Venn has left Orrin Lab.")):
            assert running.push(lines(other(id, text)))[0] == 202
        running.until(lambda: len(items(running, "/api/cases")) == 2, "two cases")
        running.until(lambda: received.attempts, "an attempt that fails")
        looking = Events(running.port)
        looking.until(lambda: looking.of("people"), "it looks on")
        assert "1 cases" in command(running, "forget", "--person", UNLISTED, "--dry-run")
        told = command(running, "forget", "--person", UNLISTED.upper())
        assert "removed 1 posts, 1 cases" in told and "optout" in told
        running.until(lambda: len(items(running, "/api/cases")) == 1, "the page follows")
        looking.until(lambda: looking.of("reset"), "who looks on is told to begin anew")
        looking.close()
        await all_gone(running, ["Zyzzy"], but=["log"])
        told = command(running, "forget", "--person", "Venn Mara")
        assert "1 alerts, 1 deliveries (1 unfinished)" in told
        assert "Mara Venn stands on the watchlist and will be found again" in told
        running.until(lambda: items(running, "/api/cases") == [], "the page follows")
        gauge = 'monitor_departure_status{person="mara-venn",status="rumoured"}'
        running.until(lambda: running.metric(gauge) == 0, "so do the metrics")
        assert "it is empty" in command(running, "forget", "--person", " ", code=2)
        command(running, "forget", code=2)
        command(running, "forget", "--person", "a", "--author", "b", code=2)
        assert running.stop() == 0
    assert "no service is running" in command(running, "forget", "--person", "a", code=2)


async def edits(stream: Stream, *said: tuple[str, str]) -> None:
    """Revisions of one post, each about one person."""
    for number, (person, text) in enumerate(said):
        one = reaction(post("a", text, revision=str(number)), "reported", person=person)
        await put(stream, msgspec.structs.replace(one, about=[person]))


async def test_a_post_that_is_about_others_now_stays(store: Store, prefix: str) -> None:
    stream = stream_of(store, prefix)
    await edits(stream, ("mara-venn", "Mara Venn has left."), ("tomas-reed", "Tomas Reed has left."))
    await forget(stream, "mara-venn")
    entries = await stream.read("p0", "0-0", count=100)
    assert [one.reaction.post.text for one in entries if one.reaction] == ["Tomas Reed has left."]
    assert not "\n".join(holding(await dump(store, prefix), ["mara"]))
    assert await stream.places(["x\x1fa"]) == {"x\x1fa": [("p0", entries[-1].id)]}


async def test_a_post_that_is_about_the_person_now_goes(store: Store, prefix: str) -> None:
    stream = stream_of(store, prefix)
    await edits(stream, ("tomas-reed", "Tomas Reed has left."), ("mara-venn", "Mara Venn has left."))
    assert (await forget(stream, "mara-venn")).posts == 1
    assert await stored(stream) == {}


async def test_who_follows_somebody_is_forgotten_too(store: Store, prefix: str) -> None:
    stream = stream_of(store, prefix)
    now = datetime.now(UTC)
    one = reaction(post("t", "Tomas Reed has left.", created_at=now), "reported", person="tomas-reed")
    claim = msgspec.structs.replace(one.claims[0], replacement=UNLISTED)
    said = msgspec.structs.replace(one, claims=[claim])
    await put(stream, said)
    await judge(stream, said)
    assert len(holding(await dump(store, prefix), ["Zyzzy"])) == 3
    removed = await forget(stream, UNLISTED.upper())
    assert (removed.posts, removed.changed, removed.cases) == (0, 1, 0)
    assert not "\n".join(holding(await dump(store, prefix), ["Zyzzy"]))
    book = CaseBook(store, stream.keys, RULES)
    await book.load()
    assert [file.case.replacement for file in book.files.values()] == [None]
    assert msgspec.structs.astuple(await forget(stream, UNLISTED)) == (0,) * 7


async def test_a_store_that_refuses_does_not_end_the_service(
    store: Store, prefix: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stream = await fill(store, prefix)
    away: Any = Refusing(store, 2)
    monkeypatch.setattr(forget_module, "REFUSED", 0.0)
    named = lab_with("Mara Venn")
    stream.store = away
    await forget_opted_out(named, stream, CaseBook(store, stream.keys, RULES))
    assert away.left == 0 and set(await stored(stream)) == {"both", "t", "u"}
    assert [one.message for one in caplog.records if "refused" in one.message] == [
        "optout: nothing is removed, the store refused a command (NOPERM)"
    ]


LENA = "Lena Zyzzer"


def by_lena(number: int, text: str) -> Reaction:
    said = {
        "source": "x",
        "id": f"lena{number}",
        "author": {"id": "77", "handle": "lenaf", "name": LENA},
        "text": text,
        "created_at": datetime.now(UTC).isoformat(),
    }
    return reaction(post_of(said), "self_announced", person=LENA)


async def fill_lena(store: Store, prefix: str, *more: Reaction) -> Stream:
    stream = stream_of(store, prefix)
    said = [by_lena(1, "I am leaving Orrin Lab."), by_lena(2, "Today was my last day at Orrin Lab."), *more]
    await put(stream, *said)
    await judge(stream, *said, rules=TELLING)
    return stream


async def forget_lena(stream: Stream) -> forgetting.Removed:
    return await Forgetting(stream, CaseBook(stream.store, stream.keys, TELLING)).author(Authors("lenaf"))


def about_lena() -> Reaction:
    return reaction(post("u", f"{LENA} has left Orrin Lab, a colleague says."), "reported", person=LENA)


async def test_an_author_who_told_only_of_herself_leaves_no_case(store: Store, prefix: str) -> None:
    stream = await fill_lena(store, prefix)
    outbox = Outbox(store, stream.keys)
    assert [one.alert.type for one in await outbox.list()] == ["departure.rumoured"]
    assert len(holding(await dump(store, prefix), ["Zyzzer"])) >= 3
    removed = await forget_lena(stream)
    assert (removed.posts, removed.cases, removed.evidence) == (2, 1, 2)
    assert not "\n".join(holding(await dump(store, prefix), ["Zyzzer", "lenaf"]))
    book = CaseBook(store, stream.keys, TELLING)
    await book.load()
    assert book.files == {}
    (told,) = await outbox.list()
    assert told.alert.type == "departure.retracted" and [d.state for d in told.deliveries] == ["due"]
    lease, *_ = await outbox.lease("ops", "me")
    assert lease and lease.alert and lease.alert.data.case and lease.alert.data.case.evidence == []
    assert msgspec.structs.astuple(await forget_lena(stream)) == (0,) * 7


async def test_who_is_told_in_time_reads_the_name_and_then_all_goes(
    store: Store, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "LONGEST_WAIT", 90.0)
    monkeypatch.setattr(forgetting, "READERS_TAKE", 0.0)
    stream = await fill_lena(store, prefix)
    outbox = Outbox(store, stream.keys)
    heard: list[tuple[str, str]] = []

    async def deliver() -> None:
        while len(heard) < 2:
            lease, *_ = await outbox.lease("ops", "me")
            if lease and lease.alert and lease.alert.data.case:
                heard.append((lease.alert.type, lease.alert.data.case.name))
                await outbox.settle(lease, Verdict("delivered"), 200)
            await asyncio.sleep(0.01)

    for tag in stream.keys.tags():
        await store.call("HSET", stream.keys.case_reader(tag), "id", "99999999999999-0")
    async with asyncio.timeout(100), asyncio.TaskGroup() as tasks:
        tasks.create_task(deliver())
        tasks.create_task(forget_lena(stream))
    assert heard == [("departure.rumoured", LENA), ("departure.retracted", LENA)]
    assert not "\n".join(holding(await dump(store, prefix), ["Zyzzer", "lenaf"]))
    assert await outbox.list() == []


async def test_what_others_said_of_an_author_keeps_the_case(store: Store, prefix: str) -> None:
    stream = await fill_lena(store, prefix, about_lena())
    await forget_lena(stream)
    book = CaseBook(store, stream.keys, TELLING)
    await book.load()
    (file,) = book.files.values()
    assert (file.case.name, [item.evidence.post_id for item in file.items]) == (LENA, ["u"])


async def test_an_authors_end_may_be_cut_off_anywhere_and_goes_on(store: Store, prefix: str) -> None:
    calls, done = 0, False
    while not done:
        name = f"{prefix}-{calls}"
        stream = await fill_lena(store, name)
        try:
            await forget_lena(stream_of(Cutting(store, calls), name))
            done = True
        except Cut:
            await forget_lena(stream)
        assert not "\n".join(holding(await dump(store, name), ["Zyzzer", "lenaf"])), calls
        told = [one.alert.type for one in await Outbox(store, stream.keys).list()]
        assert told == ["departure.retracted"], calls
        calls += 1
    assert calls > 30


async def test_a_case_without_a_name_has_it_again_when_others_tell_it(store: Store, prefix: str) -> None:
    stream = await fill_lena(store, prefix)
    book = CaseBook(store, stream.keys, TELLING)
    await book.load()
    (file,) = book.files.values()
    bare = msgspec.structs.replace(file, case=nameless(file.case), items=[])
    ((id, bearing),) = TELLING.targets(about_lena(), {file.case.id: bare})
    told, _ = TELLING.decide(bare, about_lena(), bearing, datetime.now(UTC))
    assert (id, bare.case.name in id) == (file.case.id, True)
    assert told and (told.case.name, told.case.person, told.case.status) == (LENA, LENA, "rumoured")


async def test_the_next_case_of_a_forgotten_person_goes_on_counting(tmp_path: Path) -> None:
    with receiver() as received:
        running = Running(tmp_path, **settings_of(tmp_path, received.url)).start()
        for number, id in enumerate("abc", 1):
            assert running.push(lines(other(id, "Mara Venn has left Orrin Lab.")))[0] == 202
            running.until(lambda number=number: len(received.alerts()) == number, "it is told")  # type: ignore[misc]
            command(running, "forget", "--person", "Mara Venn")
            running.until(lambda: items(running, "/api/cases") == [], "the case goes")
        left = {k: v for k, v in (await everything(running)).items() if ":version:" in k}
        assert len(left) == 1 and not holding(left, ["mara", "venn"])
        assert running.stop() == 0
    ids = list(received.accepted)
    assert ids == [f"orrin-lab-mara-venn-1-v{number}" for number in (1, 2, 3)]


async def test_what_is_kept_of_a_dropped_case_has_its_line_and_bound(store: Store, prefix: str) -> None:
    stream = await fill(store, prefix)
    await forget(stream, "mara-venn")
    (key,) = [key for key in await dump(store, prefix) if ":version:" in key]
    assert "{cases}:version:DIGEST" in (table.__doc__ or "") and "mara" not in key
    assert int(await store.call("TTL", key)) > 365 * 86_400
    assert int(await store.call("GET", key)) == 2
