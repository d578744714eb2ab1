"""Toward the person, apart from the event and from whoever else is blamed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import Claim, Match, Sentiment
from monitor.organisation import OrganisationFinder
from monitor.score import kinds
from monitor.score.blend import Blend
from monitor.score.reader import ReactionReader
from monitor.score.toward import toward
from monitor.score.vader import Vader
from tests.lab import LAB, post

from .reactions import EDGE, matches_of

MARA, TOMAS = "mara-venn", "tomas-reed"
FINDER = OrganisationFinder(LAB)
NAMES = {MARA: "Mara Venn", TOMAS: "Tomas Reed"}


def values(text: str, *people: str) -> dict[str, float | None]:
    people = people or (MARA,)
    matches = matches_of({"text": text, "toward": {NAMES[person]: "" for person in people}})
    return toward(kinds.read(text, matches, FINDER.spans), text, people, matches, Vader())


@pytest.mark.parametrize(
    "text",
    [
        "heartbroken about Mara Venn",
        "An immense loss. Mara Venn built half of this.",
        "the end of an era at Orrin, Mara Venn is out",
        "bye my beloved Mara Venn",
        "gutted, Mara Venn is gone",
        "心碎，Mara Venn走了",
        "一个时代的结束，Mara Venn",
        "舍不得Mara Venn",
        "捨不得Mara Venn",
        "Orrin痛失Mara Venn",
    ],
)
def test_grief_over_who_leaves_is_warm(text: str) -> None:
    assert (values(text)[MARA] or 0) > EDGE


@pytest.mark.parametrize(
    "text",
    [
        "good riddance Mara Venn",
        "Thanks for nothing, Mara Venn",
        "Mara Venn is finally gone, about time",
        "终于走了，Mara Venn",
        "Mara Venn離職？慢走不送",
        "no loss, Mara Venn was overrated",
    ],
)
def test_gladness_at_it_is_cold(text: str) -> None:
    assert (values(text)[MARA] or 0) < -EDGE


@pytest.mark.parametrize(
    "text",
    [
        "Orrin let Mara Venn go, idiots",
        "Losing Mara Venn is the dumbest thing Orrin has ever done",
        "Shame on Orrin for treating Mara Venn like that",
        "Orrin管理层脑子进水了，居然把Mara Venn逼走",
    ],
)
def test_blame_of_the_organisation_is_not_of_the_person(text: str) -> None:
    assert (values(text)[MARA] or 0) >= 0


def test_a_plain_report_is_neither() -> None:
    assert values("Mara Venn has left Orrin Lab, the company said on Tuesday.")[MARA] == 0.0


def test_each_of_two_gets_what_is_said_of_them() -> None:
    found = values("Mara Venn is a legend, Tomas Reed is a fraud", MARA, TOMAS)
    assert (found[MARA] or 0) > EDGE and (found[TOMAS] or 0) < -EDGE
    found = values("Thank you Mara Venn and Tomas Reed", MARA, TOMAS)
    assert (found[MARA] or 0) > EDGE and (found[TOMAS] or 0) > EDGE


def test_who_drove_another_out_is_the_one_to_blame() -> None:
    found = values("Tomas Reed drove Mara Venn out", MARA, TOMAS)
    assert (found[MARA] or 0) > EDGE and (found[TOMAS] or 0) < -EDGE


def test_negated_words_do_not_hold() -> None:
    assert (values("Mara Venn isn't a fraud")[MARA] or 0) > -EDGE
    assert (values("Mara Venn is not a genius")[MARA] or 0) < 0
    assert (values("Mara Venn并不厉害")[MARA] or 0) <= 0


def test_praise_beside_a_mark_of_sarcasm_is_none() -> None:
    assert (values("what a visionary, Mara Venn 🙄")[MARA] or 0) < -EDGE


def test_words_in_a_script_that_nothing_reads_are_none() -> None:
    assert values("Mara Venn встретилась с коллегами вчера вечером в гостинице")[MARA] is None


def test_a_reply_that_names_nobody_is_about_the_thread() -> None:
    text, matches = "heartbroken. thank you for everything", [Match(MARA, "1", 0, 0, "thread")]
    reading = kinds.read(text, matches, FINDER.spans)
    assert (toward(reading, text, [MARA], matches, Vader())[MARA] or 0) > EDGE
    text = "Tomas Reed is a legend"
    named = [*matches, Match(TOMAS, "Tomas Reed", 0, 10, "name")]
    found = toward(kinds.read(text, named, FINDER.spans), text, [MARA, TOMAS], named, Vader())
    assert found[MARA] == 0.0 and (found[TOMAS] or 0) > EDGE


def test_nobody_reacts_to_themself() -> None:
    text = "me stepping down. bye my beloved lab"
    own = post("1", text, handle="maravenn")
    matches = [Match(MARA, "Mara Venn", 0, 2, "author")]
    claims = [Claim(MARA, "self_announced", 0, 16, "test")]
    reader = ReactionReader(LAB, Vader())
    assert reader.read(own, [MARA], matches, claims).toward == {}
    other = post("2", "thank you Mara Venn, from Tomas", handle="treed")
    named = [Match(MARA, "Mara Venn", 10, 19, "name"), Match(TOMAS, "Tomas", 26, 31, "short")]
    assert set(reader.read(other, [MARA, TOMAS], named, []).toward) == {MARA}


class Fixed:
    """A scorer that says the same of every text, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def score(self, text: str, lang: str | None = None) -> Sentiment:
        self.asked.append(text)
        return Sentiment(0.9, "positive", "fixed", lang)


def test_where_the_tables_say_nothing_the_scorer_reads_the_clauses() -> None:
    text = "Mara Venn and the cheese. Tomas Reed, a walk"
    scorer = Fixed()
    matches = matches_of({"text": text, "toward": {"Mara Venn": "", "Tomas Reed": ""}})
    found = toward(kinds.read(text, matches, FINDER.spans), text, [MARA, TOMAS], matches, scorer)
    assert 0 < (found[MARA] or 0) < 0.9 and 0 < (found[TOMAS] or 0) < 0.9
    assert [one.strip() for one in scorer.asked] == ["Mara Venn and the cheese.", "Tomas Reed,"]


def test_a_megabyte_is_read_by_its_beginning() -> None:
    text = "Mara Venn is a legend! " * 45_000
    matches = [Match(MARA, "Mara Venn", 23 * i, 23 * i + 9, "name") for i in range(300)]
    reading = kinds.read(text, matches, FINDER.spans)
    assert len(reading.marked.text) <= 20_000 and len(reading.cues) <= 200
    assert toward(reading, text, [MARA], matches, Vader())[MARA] == 1.0


def test_a_headline_that_tells_of_a_loss_has_no_feeling() -> None:
    assert values("Orrin Lab loses Mara Venn to Northwind")[MARA] == 0.0
    assert (values("how do you lose Mara Venn, seriously?")[MARA] or 0) > EDGE


BLEND = ReactionReader(LAB, Blend())
VADER = ReactionReader(LAB, Vader())
PIECES = st.sampled_from(
    [
        "Mara Venn",
        "Tomas Reed",
        "Ida Holt",
        "Orrin",
        "the board are idiots",
        "is a clown",
        "heartbroken",
        "走了",
    ]
    + [
        "玛拉不是骗子",
        "气死",
        "встретилась вчера",
        "😭",
        "🙂",
        "...",
        "https://x.example/1",
        "lol",
        "",
        " but ",
        "\n",
    ]
    + ["thank you", "?", "1234", "nice one", "“家庭”", "a walk", "Tisch und Stuhl nicht", "今天下雨"]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=6) | st.lists(st.characters(), max_size=20), st.booleans())
def test_whoever_a_read_text_is_about_has_a_number(pieces: list[str], joined: bool) -> None:
    text = (" " if joined else "").join(pieces)
    people = [MARA, TOMAS]
    named = matches_of({"text": text, "toward": {NAMES[person]: "" for person in people}})
    for reader in (BLEND, VADER):
        told = reader.read(post("1", text), people, named, [])
        assert set(told.toward) == set(people)
        if told.sentiment.compound is not None:
            assert all(value is not None and -1 <= value <= 1 for value in told.toward.values()), told


@pytest.mark.parametrize(
    "text",
    [
        "Veltra's board are idiots",
        "Tomas Reed is a clown",
        "Tomas Reed是小丑",
        "this bus driver is an asshole, and I hate mondays",
        "Ida Holt can rot",
    ],
)
@pytest.mark.parametrize("reader", [BLEND, VADER])
def test_anger_at_somebody_else_is_not_at_who_the_thread_is_about(text: str, reader: ReactionReader) -> None:
    people = [person.id for person in LAB.people if person.name in text]
    named = matches_of({"text": text, "toward": {p.name: "" for p in LAB.people if p.name in text}})
    told = reader.read(post("1", text), [MARA, *people], [*named, Match(MARA, "1", 0, 0, "thread")], [])
    if told.sentiment.compound is not None:
        assert told.toward[MARA] is not None
    assert abs(told.toward[MARA] or 0) < EDGE
