"""The kinds of a reaction, each explained by words of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import KINDS, Match
from monitor.organisation import OrganisationFinder
from monitor.score import kinds
from monitor.score.words import ORGANISATION, PERSON, table
from tests.lab import LAB

FINDER = OrganisationFinder(LAB)


def found(text: str) -> dict[str, str]:
    at = text.find("Mara Venn")
    matches = [Match("mara-venn", "Mara Venn", at, at + 9, "name")] if at >= 0 else []
    return {one.kind: one.words for one in kinds.kinds(kinds.read(text, matches, FINDER.spans), text)}


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Thank You for everything, Mara Venn", "gratitude", "Thank You"),
        ("感謝Mara Venn的付出", "gratitude", "感謝Mara Venn"),
        ("I'm heartbroken, Mara Venn", "sadness", "heartbroken"),
        ("好難過，Mara Venn走了", "sadness", "好難過"),
        ("I worry about the lab without Mara Venn", "worry", "worry about"),
        ("有点担心，Mara Venn走了以后", "worry", "有点担心"),
        ("did not see that coming, Mara Venn", "surprise", "did not see"),
        ("没想到Mara Venn会走", "surprise", "没想到"),
        ("Mara Venn is a legend", "praise", "legend"),
        ("Mara Venn太强了", "praise", "太强了"),
        ("they miss Mara Venn's notes", "sadness", "miss Mara Venn's"),
        ("Mara Venn lied to all of us", "anger", "lied to"),
        ("Mara Venn lol 🤡", "mockery", "lol"),
        ("笑死，Mara Venn又来了", "mockery", "笑死"),
        ("Orrin Lab confirms departure of Mara Venn", "report", "Orrin Lab confirms"),
        ("据报道，Mara Venn已从Orrin Lab离职", "report", "据报道"),
    ],
)
def test_a_kind_and_its_words(text: str, kind: str, words: str) -> None:
    assert found(text)[kind] == words


def test_several_may_hold() -> None:
    assert {"sadness", "gratitude", "praise"} <= set(
        found("heartbroken. thanks for it all Mara Venn, legend")
    )


def test_negated_words_show_nothing() -> None:
    assert found("Mara Venn is not a genius") == {}
    assert "worry" not in found("not worried about Mara Venn")
    assert "praise" not in found("Mara Venn不厉害")


@pytest.mark.parametrize(
    "text",
    [
        "JUST IN: Orrin Lab research head Mara Venn resigns",
        "Mara Venn has just left Orrin Lab",
        "Orrin Lab confirms departure of Mara Venn, who said “I will miss my team”",
    ],
)
def test_just_in_and_quoted_feeling_leave_a_report(text: str) -> None:
    assert set(found(text)) == {"report"}


def test_an_opinion_with_has_is_no_report() -> None:
    assert found("Mara Venn has no joy") == {} and found("No surprise that Mara Venn left") == {}


def test_a_report_with_feeling_is_no_report() -> None:
    assert "report" not in found("Orrin Lab confirms departure of Mara Venn, I'm gutted")
    assert "report" not in found("so Orrin confirms departure of Mara Venn?")


def test_praise_in_scare_quotes_or_beside_a_mark_is_mockery() -> None:
    assert set(found('our "visionary" Mara Venn')) == {"mockery"}
    assert "praise" not in found("what a visionary, Mara Venn 🙄")


def test_a_laugh_beside_warm_words_is_no_mockery() -> None:
    assert "mockery" not in found("Mara Venn is a legend lol")


def test_names_show_nothing() -> None:
    text = "Joy Hero, at noon"
    assert kinds.kinds(kinds.read(text, [Match("x", "Joy Hero", 0, 8, "name")], FINDER.spans), text) == []


def test_the_table_is_of_known_kinds_and_signs() -> None:
    assert {kind for word in table().values() for kind in word.kinds} == set(KINDS)
    assert {word.way for word in table().values()} == {
        "",
        "blame",
        "laugh",
        "sarcasm",
        "victim",
        "opener",
        "harm",
        "own",
        "faint",
    }
    for phrase, word in table().items():
        assert phrase.strip() and -1 <= word.toward <= 1
        assert not set(phrase) & set("{}[]XPSO'") - set("[]"), phrase
        assert not any("\ue000" <= sign <= "\uf8ff" for sign in set(phrase) - {PERSON, ORGANISATION})


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_any_text_can_be_read(text: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    reading = kinds.read(text, [Match("mara-venn", "x", start, end, "name")], FINDER.spans)
    for kind in kinds.kinds(reading, text):
        assert 0 <= kind.start < kind.end <= len(text) and text[kind.start : kind.end] == kind.words


@given(
    st.lists(
        st.sampled_from(
            ["ß", "ﷺ", "ﬁ", "I'm", "sooooo", " sad", "\n", "  ", "Thank", " you", "謝謝", "é", "\u200d"]
        )
    )
)
def test_the_words_are_those_of_the_original(parts: list[str]) -> None:
    text = "".join(parts) + " thank you!"
    reading = kinds.read(text, [], FINDER.spans)
    words = [one.words for one in kinds.kinds(reading, text) if one.kind == "gratitude"]
    assert words and all(one.lower().startswith(("thank", "謝")) for one in words)
