"""Names that are words lend a text no feeling."""

from __future__ import annotations

from time import process_time

from monitor.model import Match
from monitor.score.names import NameMask, word_names
from monitor.score.reader import ReactionReader
from monitor.score.vader import Vader
from monitor.watchlist import Watchlist, parse
from tests.lab import LAB, post

GRACES: Watchlist = parse(
    {
        "organisation": {"id": "orrin-lab", "name": "Orrin Lab"},
        "people": [
            {"id": "grace-venn", "name": "Grace Venn", "short_names": ["Grace"]},
            {"id": "rob-rich", "name": "Rob Rich", "handles": {"x": "robrich"}},
            {"id": "mara-venn", "name": "Mara Venn"},
        ],
    },
    "graces",
)
GRACE = Match("grace-venn", "Grace Venn", 0, 10, "name")


def test_the_check_warns_of_names_that_are_words() -> None:
    found = [(one.person, one.word) for one in word_names(GRACES)]
    assert found == [("grace-venn", "Grace"), ("rob-rich", "Rob"), ("rob-rich", "Rich")]
    assert word_names(LAB) == []
    assert all(one.compound for one in word_names(GRACES))


def test_the_name_is_blanked_wherever_it_stands_and_the_word_stays() -> None:
    text = "Grace Venn left. Grace wrote it with grace, gracefully"
    masked = NameMask(GRACES).masked(text, [GRACE])
    assert masked == "Xxxxx Venn left. Xxxxx wrote it with grace, gracefully"
    assert len(masked) == len(text)


def test_only_names_of_those_it_is_about() -> None:
    assert NameMask(GRACES).masked("Rob met Grace Venn", [GRACE]) == "Rob met Xxxxx Venn"
    assert NameMask(GRACES).masked("Rich in Grace", []) == "Rich in Grace"


def test_a_full_name_counts_in_any_case_and_a_single_word_does_not() -> None:
    mask = NameMask(GRACES)
    assert mask.masked("grace venn left", [GRACE]) == "xxxxx venn left"
    assert mask.masked("GRACE VENN left", [GRACE]) == "XXXXX VENN left"
    short = Match("grace-venn", "Grace", 0, 5, "short")
    assert mask.masked("grace left", [short]) == "grace left"


def test_a_masked_name_scores_nothing() -> None:
    vader, text = Vader(), "Grace Venn moved to a desk by the door"
    assert (vader.score(text).compound or 0) > 0
    told = ReactionReader(GRACES, vader).read(post("1", text), ["grace-venn"], [GRACE], [])
    assert told.sentiment.compound == 0 and told.toward == {"grace-venn": 0.0}


def test_a_blank_is_in_no_lexicon() -> None:
    vader = Vader()
    for length in range(1, 20):
        for word in ("x" * length, "X" * length, "X" + "x" * (length - 1)):
            assert vader.score(f"it is {word} there").compound == 0


def test_a_word_that_begins_a_sentence_stays() -> None:
    mask = NameMask(GRACES)
    assert mask.masked("Grace under fire: Grace Venn", [_at("Grace under fire: Grace Venn")]) == (
        "Grace under fire: Xxxxx Venn"
    )
    text = "Grace and patience, that is Grace Venn. Grace left with grace."
    assert mask.masked(text, [_at(text)]) == "Grace and patience, that is Xxxxx Venn. Xxxxx left with grace."
    text = "Grace Venn is out. Grace, Mara and Tomas led it."
    assert mask.masked(text, [_at(text)]) == "Xxxxx Venn is out. Xxxxx, Mara and Tomas led it."


def _at(text: str) -> Match:
    at = text.index("Grace Venn")
    return Match("grace-venn", "Grace Venn", at, at + 10, "name")


def test_many_names_take_linear_time() -> None:
    mask = NameMask(GRACES)
    text = "Grace " * 170_000
    began = process_time()
    assert mask.masked(text, [Match("grace-venn", "1", 0, 0, "thread")]) == "Xxxxx " * 170_000
    assert mask.masked("Grace" + " " * 100_000 + "Grace of", [GRACE])[:5] == "Xxxxx"
    assert process_time() - began < 3
