"""The short notation of English phrases: every form of a verb, gaps and choices, and slips of the finger."""

from __future__ import annotations

import re

import pytest

from monitor.detect.english.cues import CUES
from monitor.detect.english.forms import forms, rows, typos
from monitor.detect.english.words import Phrases


@pytest.mark.parametrize(
    ("verb", "others"),
    [
        ("walk", {"walks", "walked", "walking"}),
        ("hop", {"hops", "hopped", "hopping"}),
        ("scrub", {"scrubs", "scrubbed", "scrubbing"}),
        ("visit", {"visits", "visited", "visiting"}),
        ("vacate", {"vacates", "vacated", "vacating"}),
        ("carry", {"carries", "carried", "carrying"}),
        ("throw", {"throws", "threw", "thrown", "throwing"}),
    ],
)
def test_a_verb_has_its_forms(verb: str, others: set[str]) -> None:
    assert set(forms(verb)) == {verb} | others


def test_a_phrase_becomes_a_row_for_each_form_of_its_verb() -> None:
    found = rows("idiom", "idiom.test", "{hand} in OWN ~ badge/key_card")
    assert [stem for stem, *_ in found] == ["hand in ", "hands in ", "handed in ", "handing in "]
    pattern = next(p for stem, p, *_ in found if stem == "handed in ")
    for text in ("handed in his badge", "handed in her old key card", "handed in their very last badge"):
        assert re.match(pattern, text), text
    for text in ("handed in the badge", "handed in his badges", "handed in his report"):
        assert not re.match(pattern, text), text


def test_slips_of_the_finger() -> None:
    assert {"resgined", "resiged", "ressigned"} <= typos("resigned")
    assert "resigned" not in typos("resigned")


def test_phrases_are_found_as_whole_words() -> None:
    phrases = Phrases("word is; {tell} us; on/off the record")
    assert [
        ("word is a sword isle told us off the record"[s:e])
        for s, e in phrases.spans("word is a sword isle told us off the record")
    ] == [
        "word is",
        "told us",
        "off the record",
    ]
    assert phrases.search("swordisle") is None


def test_every_cue_begins_with_its_stem() -> None:
    """The automaton finds stems; a stem with a sign of the notation left in it would never be found."""
    assert not [cue.stem for cue in CUES if not cue.stem or set(cue.stem) & set("{}()/_~\\|")]
