"""What a text lets a person say or feel is no reaction to that person; what others say of them is."""

from __future__ import annotations

from time import process_time

import pytest

from monitor.match.names import Matcher
from monitor.model import Match, Reaction
from monitor.organisation import OrganisationFinder
from monitor.readers import Readers, Run
from monitor.score import kinds
from monitor.score.reader import ReactionReader
from monitor.score.scorers import scorer
from monitor.score.whose import speeches
from monitor.watchlist import Watchlist, parse
from tests.lab import NOW, post

WATCHED: Watchlist = parse(
    {
        "organisation": {"id": "orrin-lab", "name": "Orrin Lab", "aliases": ["Orrin", "奥林"]},
        "people": [
            {"id": "mara", "name": "Mara Venn", "handles": {"x": "maravenn"}},
            {"id": "tomas", "name": "Tomas Reed"},
            {"id": "qiao", "name": "乔黎安"},
        ],
    },
    "watched",
)
READERS, FINDER = Readers(WATCHED), OrganisationFinder(WATCHED)
FAREWELL = "me stepping down. bye my beloved Orrin"


def read(text: str) -> Reaction:
    return Run(READERS).react(post("1", text), "test", NOW)


@pytest.mark.parametrize(
    "text",
    [
        f'Mara Venn: "{FAREWELL}"',
        f"Mara Venn: “{FAREWELL}",
        "“Me stepping down. Bye my beloved Orrin,” Mara Venn wrote on Tuesday as she left Orrin Lab.",
        "“It was an honour. I will miss you,” said Orrin's head Mara Venn. “Thank you for everything.”",
        'Mara Venn\'s farewell post: "thank you all, heartbroken to go"',
        '"Goodbye my beloved Orrin" — Mara Venn',
        "乔黎安:“感谢奥林,一路走来,再见”",
        "乔黎安在告别信中写道：「感谢奥林，很难过」",
        "“谢谢大家，我爱你们”，乔黎安说",
        "Mara Venn was angry at the board",
        "Mara Venn is worried about AI safety",
        "Mara Venn thanked the team",
        "乔黎安感谢了团队",
        "乔黎安很生气",
    ],
)
def test_what_a_person_says_or_feels_is_no_reaction_to_them(text: str) -> None:
    found = read(text)
    assert all(abs(value or 0) < 0.05 for value in found.toward.values()) and found.toward, found.toward
    assert not set(found.kinds) - {"report"}


@pytest.mark.parametrize(
    ("text", "person", "least"),
    [
        ('Tomas Reed said: "Mara Venn is a genius, I will miss her"', "mara", 0.5),
        ('To Mara Venn: "thank you for everything, legend"', "mara", 0.5),
        ('The team told Mara Venn: "we will miss you, legend"', "mara", 0.5),
        ('My favourite quote about Mara Venn: "she is a legend"', "mara", 0.5),
        ('Mara Venn resigned. Everyone: "noooo, we love you"', "mara", 0.5),
        ('Mara Venn said "bye". Heartbroken, I will miss her so much', "mara", 0.5),
        ("对乔黎安说：“谢谢你，再见”", "qiao", 0.5),
        ("乔黎安离职,网友说:“太可惜了,舍不得她”", "qiao", 0.5),
        ("Mara Venn thank you so much", "mara", 0.5),
        ("乔黎安感谢你", "qiao", 0.5),
        ("为乔黎安难过", "qiao", 0.5),
    ],
)
def test_what_others_say_of_them_is(text: str, person: str, least: float) -> None:
    assert (read(text).toward[person] or 0) >= least


@pytest.mark.parametrize(
    ("text", "cold"),
    [
        ('Mara Venn, the "genius", is gone', True),
        ("I am angry at Mara Venn", True),
        ("乔黎安被骂“骗子”", True),
    ],
)
def test_scare_quotes_and_anger_at_a_person_stay_cold(text: str, cold: bool) -> None:
    assert any((value or 0) < -0.5 for value in read(text).toward.values()) is cold


@pytest.mark.parametrize(
    "text",
    ["Not surprised Mara Venn left", "nobody is surprised that Mara Venn left", "Mara Venn走了,毫不意外"],
)
def test_surprise_that_is_denied_is_none(text: str) -> None:
    assert "surprise" not in read(text).kinds


@pytest.mark.parametrize(
    "text",
    [
        "shocked, Mara Venn left",
        "Not gonna lie, shocked Mara Venn left",
        "Never been more shocked: Mara Venn left",
    ],
)
def test_surprise_stays(text: str) -> None:
    assert "surprise" in read(text).kinds


def test_a_repost_of_ones_own_farewell_is_neutral_toward_them() -> None:
    run = Run(READERS)
    own = run.react(post("1", FAREWELL, handle="maravenn"), "test", NOW)
    assert own.about == ["mara"] and own.toward == {}
    bare = run.react(post("2", FAREWELL, repost_of="1"), "test", NOW)
    assert bare.about == ["mara"] and bare.toward == {"mara": 0.0}
    words = run.react(post("3", "heartbroken, thank you for everything", quote_of="1"), "test", NOW)
    assert (words.toward["mara"] or 0) > 0.5
    named = run.react(post("4", "Mara Venn is a legend"), "test", NOW)
    again = run.react(post("5", "Mara Venn is a legend", repost_of="4"), "test", NOW)
    assert again.toward == named.toward


def test_a_late_score_leaves_such_a_repost_neutral() -> None:
    run = Run(READERS)
    run.react(post("1", FAREWELL, handle="maravenn"), "test", NOW)
    bare = run.react(post("2", FAREWELL, repost_of="1"), "test", NOW)
    blend = scorer()
    update = READERS.rescored(bare, {text: blend.score(*text) for text in READERS.asks(bare)}, NOW)
    assert update is not None and update.toward == {"mara": 0.0}


def test_many_quotations_take_linear_time() -> None:
    matcher, reader = Matcher(WATCHED), ReactionReader(WATCHED, scorer())
    for piece in (
        'Mara Venn said "bye" ',
        '"',
        'she said "',
        "Mara Venn: “",
        "乔黎安说「",
        "Mara Venn is very ",
    ):
        one = post("1", piece * (20_000 // len(piece)))
        matches: list[Match] = matcher.find(one)
        marked = kinds.read(one.text, matches, FINDER.spans).marked
        began = process_time()
        speeches(marked)
        assert process_time() - began < 1, piece
        reader.read(one, ["mara"], matches[:200], [])
