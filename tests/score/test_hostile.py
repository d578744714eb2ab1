"""Texts made to cost much: time and memory stay in bounds, and what they say is still read."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from monitor import fold, simplified
from monitor.model import Match
from monitor.organisation import OrganisationFinder
from monitor.score import kinds
from monitor.score.toward import toward
from monitor.score.vader import Vader
from tests.cost import assert_linear
from tests.lab import LAB

MARA, TOMAS = "mara-venn", "tomas-reed"
FINDER = OrganisationFinder(LAB)
LONG = 20_000


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
        lambda n: "nice one, " * (n // 10),
        lambda n: "oh great, " * (n // 100) + "lorem ipsum dolor " * (n // 20),
        lambda n: "Mara Tomas " * (3 * n // 40) + "idiot " * (n // 40),
        lambda n: "Mara and Tomas and " * (n // 20) + "is overrated " * (n // 250),
        lambda n: "pushed out " * (n // 40) + "Mara Tomas " * (13 * n // 200),
        lambda n: "?" * n,
        lambda n: "\N{LOUDLY CRYING FACE}" * n,
        lambda n: "㍿" * n,
        lambda n: "각" * n,
        lambda n: '"visionary" ' * (n // 12),
        lambda n: "Mara " + "so " * (n // 3) + "good",
        lambda n: "Mara真的" * (n // 6) + "烦",
        lambda n: "nobody explains as well as Mara " * (n // 32),
        lambda n: "Mara discussed abuse, fraud, " * (n // 29),
        lambda n: "i dont think Mara is is just finally angry at Mara " * (n // 51),
        lambda n: "about Mara fraud and fraud and garbage " * (n // 39),
        lambda n: "Mara研究被骗垃圾" * (n // 10),
    ],
    ids=range(17),
)
def test_a_long_text_takes_time_in_proportion_to_its_length(text: Callable[[int], str]) -> None:
    scorer = Vader()

    def read(text: str) -> kinds.Reading:
        matches = _matches(text)
        reading = kinds.read(text, matches, FINDER.spans)
        kinds.kinds(reading, text)
        toward(reading, text, [MARA, TOMAS], matches, scorer)
        return reading

    assert_linear(read, text, LONG)
    reading = read(text(LONG))
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
