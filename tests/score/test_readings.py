"""Plain sentences, each with how it is to be read: what is said of Mara Venn, and what is only named beside her.

data/readings.txt: what must hold | the text. warm, neutral, cold: toward her, as of reactions.class_of; !cold: anything
but that; +anger, -anger: a kind that must be there, or must not.
"""

from __future__ import annotations

import pytest

from monitor.model import Match
from monitor.organisation import OrganisationFinder
from monitor.score import kinds
from monitor.score.blend import Blend
from monitor.score.toward import Scores, toward
from monitor.score.vader import Vader
from tests.lab import LAB

from .reactions import DATA, class_of, matches_of

FINDER = OrganisationFinder(LAB)
MARA = "mara-venn"
ROWS = [line.split("|", 1) for line in (DATA / "readings.txt").read_text("utf-8").splitlines()]
SCORERS: list[Scores] = [Vader(), Blend()]


def holds(wanted: str, label: str, found: set[str]) -> bool:
    if wanted[0] in "+-":
        return (wanted[1:] in found) == (wanted[0] == "+")
    return label != wanted[1:] if wanted[0] == "!" else label == wanted


@pytest.mark.parametrize(("wanted", "text"), ROWS)
def test_a_plain_sentence_is_read_as_it_is_meant(wanted: str, text: str) -> None:
    matches = matches_of({"text": text, "toward": {"Mara Venn": ""}})
    reading = kinds.read(text, matches, FINDER.spans)
    found = {one.kind for one in kinds.kinds(reading, text)}
    for scorer in SCORERS:
        value = toward(reading, text, [MARA], matches, scorer)[MARA]
        assert all(holds(one, class_of(value), found) for one in wanted.split()), (value, found)


@pytest.mark.parametrize(
    ("label", "texts"),
    [
        (
            "cold",
            "fraud.; what a fraud; total garbage; toxic leader; he is a crook; she's a liar and a thief; so toxic; liar;"
            "absolute trash, always was; lies, lies, lies; scammer; corrupt to the core; the man is a racist;"
            "this is fraud, plain and simple; 骗子; 垃圾人; 就是个骗子，散了吧; 抄袭狗; I don't think she did a good job;"
            "she makes me sick; I can't stand him",
        ),
        (
            "neutral",
            "there is a survey on fraud detection; toxic comment classification is hard; how do spam filters work?",
        ),
        (
            "warm",
            "get well soon!!; congratulations on the new job!; my condolences to you and your family; 节哀; you got this",
        ),
    ],
)
def test_a_reply_that_names_nobody(label: str, texts: str) -> None:
    for text in texts.split(";"):
        matches = [Match(MARA, "1", 0, 0, "thread")]
        reading = kinds.read(text, matches, FINDER.spans)
        assert class_of(toward(reading, text, [MARA], matches, SCORERS[0])[MARA]) == label, text


def test_each_of_two_keeps_their_own_words() -> None:
    names = {"Mara Venn": "", "Tomas Reed": ""}
    for text, label in (
        ("Mara Venn investigates fraud, Tomas Reed is a fraud", ("neutral", "cold")),
        ("Mara Venn wrote a paper on toxic speech and Tomas Reed is toxic", ("neutral", "cold")),
        ("I am angry at Tomas Reed, thank you Mara Venn", ("warm", "cold")),
    ):
        matches = matches_of({"text": text, "toward": names})
        reading = kinds.read(text, matches, FINDER.spans)
        found = toward(reading, text, [MARA, "tomas-reed"], matches, SCORERS[0])
        assert (class_of(found[MARA]), class_of(found["tomas-reed"])) == label, (text, found)
