"""What a text tells about a departure beside the fact: the two labelled sets hold their figures."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor import watchlist
from monitor.detect import people
from monitor.detect.particulars.reading import Facts, facts
from monitor.detect.scene import split_sentences
from monitor.fold import fold
from monitor.organisation import OrganisationFinder, Span
from tests.cost import assert_linear
from tests.detect.figures import Count, read_file

DATA = Path(__file__).parent / "data"
FINDER = OrganisationFinder(watchlist.load(str(DATA / "watchlist.yaml")))
FIELDS = ("occurred_at", "destination", "replacement", "returned")


def places(text: str, names: list[str]) -> list[Span]:
    """Where the names stand, as whole words where they are Latin."""
    found: list[Span] = []
    for name in sorted(names, key=len, reverse=True):
        at = text.find(fold(name))
        while at >= 0:
            end = at + len(name)
            whole = not name.isascii() or not (
                (at and text[at - 1].isalnum() and text[at - 1].isascii())
                or (text[end : end + 1].isalnum() and text[end].isascii())
            )
            if whole and not any(s < end and at < e for s, e in found):
                found.append((at, end))
            at = text.find(fold(name), end)
    return sorted(found)


def read(record: dict[str, Any]) -> Facts:
    letters = record["text"]
    text = fold(letters)
    assert len(text) == len(letters)
    leaver, others = places(text, record["person"]), places(text, record["others"])
    for start, end, kind in people.pronouns(text):
        taken = any(s < end and start < e for s, e in leaver + others)
        if leaver and not taken and kind == "third" and start > leaver[0][0]:
            leaver.append((start, end))
    start = text.index(fold(record["cue"]))
    return facts(
        text,
        start,
        start + len(record["cue"]),
        split_sentences(text),
        sorted(leaver),
        others,
        FINDER.spans(text),
        letters,
        datetime.fromisoformat(record["created_at"]),
        record["denied"],
    )


def wanted(record: dict[str, Any]) -> dict[str, Any]:
    value = dict(record["facts"])
    if value["occurred_at"]:
        value["occurred_at"] = datetime.fromisoformat(value["occurred_at"]).replace(tzinfo=UTC)
    return value


def measure(name: str, shown: bool = False) -> dict[str, Count]:
    """Counts by field: a wrong value is both a false find and, where there was one to find, a miss."""
    counts = {field: Count() for field in FIELDS}
    for record in read_file(DATA / name):
        right, found = wanted(record), read(record)._asdict()
        for field in FIELDS:
            a, b = ({value} - {None, False} for value in (right[field], found[field]))
            counts[field].add(a, b)
            if shown and a != b:
                print(field, a or "-", "->", b or "-", json.dumps(record, ensure_ascii=False)[:240])
    return counts


# What the sets reach, precision and recall. The exam was written before the rules and is not read for them. A change may raise these, not
# lower them. The exam's texts are for measuring only: who writes rules reads facts_build.jsonl.
LEAST = {
    "facts_build.jsonl": {
        "occurred_at": (1.0, 1.0),
        "destination": (1.0, 0.97),
        "replacement": (1.0, 0.92),
        "returned": (1.0, 1.0),
    },
    "facts_exam.jsonl": {
        "occurred_at": (0.97, 1.0),
        "destination": (1.0, 0.9),
        "replacement": (1.0, 0.92),
        "returned": (1.0, 1.0),
    },
}


@pytest.mark.parametrize("name", LEAST)
def test_the_figures_hold(name: str) -> None:
    counts = measure(name)
    for field, (precision, recall) in LEAST[name].items():
        count = counts[field]
        assert count.precision >= precision and count.recall >= recall, (field, count)


def told(
    text: str, cue: str, *others: str, created: str = "2026-03-20T10:00:00Z", denied: bool = False
) -> Facts:
    """The facts of a text about Mara Venn."""
    record = {"text": text, "cue": cue, "person": ["Mara Venn", "Venn"], "others": list(others)}
    return read(record | {"created_at": created, "denied": denied})


@pytest.mark.parametrize(
    ("text", "created", "day"),
    [
        ("Mara Venn leaves Orrin on 31 March.", "2026-03-20T10:00:00Z", "2026-03-31"),
        ("Mara Venn will leave Orrin in January.", "2026-12-20T10:00:00Z", "2027-01-01"),
        ("Mara Venn left Orrin in January.", "2026-12-20T10:00:00Z", "2026-01-01"),
        ("Mara Venn left Orrin on 31 December.", "2027-01-02T00:00:00Z", "2026-12-31"),
        ("Mara Venn left Orrin yesterday.", "2028-03-01T00:30:00Z", "2028-02-29"),
        ("Mara Venn left Orrin yesterday.", "2026-03-20T01:00:00+08:00", "2026-03-18"),
        ("Mara Venn leaves Orrin at the end of February.", "2028-01-10T00:00:00Z", "2028-02-29"),
        ("Mara Venn leaves Orrin next month.", "2026-12-31T23:00:00Z", "2027-01-01"),
        ("Mara Venn leaves Orrin on 30 February.", "2026-01-10T00:00:00Z", None),
        ("Mara Venn left Orrin on 99 March 2026.", "2026-01-10T00:00:00Z", None),
    ],
)
def test_a_day_is_reckoned_from_the_post_in_utc(text: str, created: str, day: str | None) -> None:
    cue = next(word for word in text.split() if word in ("leaves", "leave", "left"))
    at = told(text, cue, created=created).occurred_at
    assert (at and at.date().isoformat()) == day
    assert at is None or (at.tzinfo is UTC and at.hour == at.minute == 0)


def test_the_watched_organisation_is_no_destination() -> None:
    assert told("Mara Venn left Orrin to join Veltra Orrin.", "left").destination is None
    assert told("Mara Venn left Tessaly to join Orrin.", "left").destination is None


def test_a_part_of_a_name_gives_the_full_one_or_none() -> None:
    text = "Mara Venn left Orrin. Tomas Reed has been there since 2020. From April Reed takes over."
    assert told(text, "left", "Tomas Reed", "Reed").replacement == "Tomas Reed"
    assert told("Mara Venn left Orrin. Reed takes over.", "left", "Reed").replacement is None


def test_a_denied_departure_tells_of_nothing_but_a_return() -> None:
    text = (
        "Mara Venn is back at Orrin after a month; she did join Tessaly on 3 March, and Tomas Reed took over."
    )
    assert told(text, "back at", "Tomas Reed", denied=True) == Facts(None, None, None, True)


def test_names_are_short_and_as_written() -> None:
    long = "Grand " + "Tessaly" * 20
    assert told(f"Mara Venn left Orrin to join {long}.", "left").destination in (None, "Grand")
    assert told("Mara Venn left Orrin to join TESSALY Ai.", "left").destination == "TESSALY Ai"


@pytest.mark.parametrize(
    "unit",
    [
        "to join ",
        "on 3 March, ",
        "on 1/1/",
        "Tomas Reed takes over ",
        "for the ",
        "由高鸣",
        "加入",
        "3月",
        "a very very ",
        ", , ",
        "Xx ",
        "X& ",
        "replaced as head of speech ",
        "back to Orrin ",
        "(",
        "一家",
        "¤",
        "poached ",
    ],
)
@pytest.mark.parametrize("denied", [False, True])
def test_a_hostile_text_takes_time_in_proportion_to_its_length(unit: str, denied: bool) -> None:
    now = datetime(2026, 3, 20, tzinfo=UTC)

    def read(text: str) -> Facts:
        folded = fold(text)
        everybody = places(folded[:20_000], ["Tomas Reed", "高鸣"])
        return facts(folded, 14, 18, [(0, len(folded))], [(0, 9)], everybody, [(19, 24)], text, now, denied)

    assert_linear(read, lambda length: "Mara Venn has left Orrin " + unit * (length // len(unit)), 100_000)


@pytest.mark.parametrize(
    ("text", "cue", "day"),
    [
        ("Orrin hired Zhou Hao to replace Mara Venn, who left on Monday.", "replace", "2026-03-16"),
        (
            "Orrin has brought in Zhou Hao to succeed Mara Venn, who resigned on Thursday.",
            "succeed",
            "2026-03-19",
        ),
        ("Zhou Hao will replace Mara Venn, who has stepped down on Tuesday.", "replace", "2026-03-17"),
        ("Mara Venn will leave Orrin on Monday.", "leave", "2026-03-23"),
    ],
)
def test_the_verb_beside_a_day_gives_its_tense(text: str, cue: str, day: str) -> None:
    at = told(text, cue, "Zhou Hao", created="2026-03-22T10:00:00Z").occurred_at
    assert at is not None and at.date().isoformat() == day


@pytest.mark.parametrize(
    ("text", "cue", "name"),
    [
        ("Mara Venn已离开奥林。接替她的是来自谷歌的周浩。", "离开", "周浩"),
        ("Mara Venn已离开奥林，接替她的是原谷歌工程师周浩。", "离开", None),
        ("Mara Venn已离开奥林，接替她的人是周浩。", "离开", "周浩"),
        ("Mara Venn已离开奥林，接任者是刚从谷歌来的周浩。", "离开", "周浩"),
        ("Mara Venn从奥林离职，由周浩接任。", "离职", "周浩"),
        ("Mara Venn从奥林离职，周浩接任。", "离职", "周浩"),
        ("Mara Venn从奥林离职，马上接任新职。", "离职", None),
    ],
)
def test_where_the_next_one_comes_from_stands_before_the_name(text: str, cue: str, name: str | None) -> None:
    assert told(text, cue, created="2026-03-22T10:00:00Z").replacement == name
