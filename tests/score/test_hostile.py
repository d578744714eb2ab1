"""Texts made to cost much: time and memory stay in bounds, and what they say is still read."""

from __future__ import annotations

import re
from time import process_time

import pytest

from monitor import fold, simplified
from monitor.model import Match
from monitor.organisation import OrganisationFinder
from monitor.score import kinds
from monitor.score.toward import toward
from monitor.score.vader import Vader
from tests.lab import LAB

MARA, TOMAS = "mara-venn", "tomas-reed"
FINDER = OrganisationFinder(LAB)
LONG = 20_000
MOST_SECONDS = 0.25  # on a busy machine; each takes a tenth of it or less


def _matches(text: str) -> list[Match]:
    found = [
        Match(person, name, one.start(), one.end(), "name")
        for person, name in ((MARA, "Mara"), (TOMAS, "Tomas"))
        for one in re.finditer(name, text)
    ]
    return [*found, Match(MARA, "1", 0, 0, "thread")]


@pytest.mark.parametrize(
    "text",
    [
        "nice one, " * (LONG // 10),
        "oh great, " * 200 + "lorem ipsum dolor " * 1000,
        "Mara Tomas " * 1500 + "idiot " * 500,
        "Mara and Tomas and " * 1000 + "is overrated " * 80,
        "pushed out " * 500 + "Mara Tomas " * 1300,
        "?" * LONG,
        "\N{LOUDLY CRYING FACE}" * LONG,
        "㍿" * LONG,
        "각" * LONG,
        '"visionary" ' * (LONG // 12),
    ],
    ids=range(10),
)
def test_a_long_text_takes_no_more_than_a_moment(text: str) -> None:
    matches = _matches(text)
    # The tables and the lexicon are read once, at the start of the service.
    kinds.read("", [], FINDER.spans)
    scorer = Vader()
    scorer.score("nice")
    began = process_time()
    reading = kinds.read(text, matches, FINDER.spans)
    kinds.kinds(reading, text)
    toward(reading, text, [MARA, TOMAS], matches, scorer)
    assert process_time() - began < MOST_SECONDS
    assert len(reading.marked.text) <= LONG and len(reading.cues) <= 200


def test_texts_of_all_letters_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    most = max(len(fold._TABLE), len(simplified._TABLE)) + 1000
    monkeypatch.setattr(fold, "_MOST", most)
    monkeypatch.setattr(simplified, "_MOST", most)
    for first in range(0xA0000, 0xA8000, 4096):  # of private use: no other test needs them
        text = "國" + "".join(map(chr, range(first, first + 4096)))
        assert fold.fold(text)[1:] == text[1:] and simplified.simplified(text) == "国" + text[1:]
    assert len(fold._TABLE) == len(simplified._TABLE) == most
    assert fold.fold("Ａ\u0301ﬃ") == "affi"
    assert (
        fold.fold_with_offsets("ꬓ ﷺ é ㊿ \ufb4f").offsets is not None
    )  # odd ones, met when the table is full
