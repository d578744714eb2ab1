"""Our scores are the package's, bit for bit: on its own examples, on the texts of the repository, on invented ones."""

from __future__ import annotations

import ast
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from string import punctuation

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from vaderSentiment import vaderSentiment as package

from monitor.score.valence import NEUTRAL, Valence

ROOT = Path(__file__).parent.parent.parent
PACKAGE, OURS = package.SentimentIntensityAnalyzer(), Valence()
LEXICON, EMOJI = sorted(PACKAGE.lexicon), sorted(PACKAGE.emojis)
FEW = [
    "kind",
    "of",
    "but",
    "no",
    "doubt",
    "without",
    "never",
    "so",
    "this",
    "least",
    "at",
    "very",
    "or",
    "nor",
]
FEW += [
    "the",
    "just",
    "enough",
    "sort",
    "a",
    "n't",
    "xn't",
    "but'",
    "good",
    "bad",
    "GREAT",
    "house",
    "to",
    "VERY",
]
ODD = [
    "İ",
    "goodİ",
    "K",
    "Kind",
    "Kiss",
    "ſ",
    "Σ",
    "ΑΣ",
    "ß",
    "𝐆𝐎𝐎𝐃",
    "ℹ",
    "’",
    "\u200d",
    "\ufeff",
    "½",
    "\ud83d",
    "",
]
BLANKS = [" ", "  ", "\n", "\t", "\u00a0", "\u2003", "\x1c", "\x85", "\u200b", ""]


def differing(text: str) -> str:
    """Empty, or what differs; repr tells a float from an int and -0.0 from 0.0."""
    wanted = PACKAGE.polarity_scores(text)
    found = OURS.scores(text)
    if repr(found._asdict()) == repr(wanted) and repr(OURS.compound(text)) == repr(wanted["compound"]):
        return ""
    return f"{text!r}: {found}, not {wanted}; compound {OURS.compound(text)}"


TABLES = [
    FEW,
    FEW,
    ODD,
    LEXICON,
    LEXICON,
    EMOJI,
    [*package.BOOSTER_DICT],
    package.NEGATE,
    [*package.SPECIAL_CASES],
]
FORMS = [("", " ")] * 16 + [("", blank) for blank in BLANKS] + [("", mark + " ") for mark in punctuation]
FORMS += [("(", ") "), ("#", " "), ("'", "' "), ("-", " "), ("® ", ""), ("", "😂")]
FORMS += [("", marks + " ") for marks in ("??", "???", "!!!!!", "?!")]
CASES = [str, str, str, str.upper, str.title]


@st.composite
def words(draw: st.DrawFn) -> str:
    word = draw(st.sampled_from(TABLES[draw(st.integers(0, len(TABLES) - 1))]))
    before, after = draw(st.sampled_from(FORMS))
    return before + draw(st.sampled_from(CASES))(word) + after


@settings(max_examples=500, deadline=None)
@given(st.lists(words(), max_size=12).map("".join))
@example("")
@example(" \n")
@example("no no good")
@example("no good, nor a no good or bad")
@example("never so so good. never this bad! x so y good")
@example("without a doubt good, without doubt bad, without any real doubt fine")
@example("that is KIND of good and the least good. At least good, very least bad. least good")
@example("They just enough sort of kind of good bad ass kiss of death to die for")
@example("KIND \N{KELVIN SIGN}IND \N{KELVIN SIGN}ISS \N{KELVIN SIGN}ind VERY \N{KELVIN SIGN}ind :D D :d")
@example("^urs :) :-D (: ) 8) ;d xd d: ok, ok")
@example("good but bad but good great bad good fine good but good bad bad 😂")
@example("a😂b 😂\n😂😂❗‼ ℹ® K͏İ")
def test_invented_texts(text: str) -> None:
    assert not differing(text)


@settings(max_examples=200, deadline=None)
@given(st.text(), st.sampled_from(LEXICON), st.text())
def test_any_characters(before: str, word: str, after: str) -> None:
    assert not differing(f"{before} {word}{after}")
    assert not differing(f"{before}{word.upper()} {after}")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["good", "bad", "great", "but", "very", "GOOD", "x", "😂"]), max_size=60))
def test_but_with_equal_values_before_and_after(text: list[str]) -> None:
    assert not differing(" ".join(text))


def test_every_entry_of_the_tables() -> None:
    everything = [*LEXICON, *EMOJI, *package.BOOSTER_DICT, *package.NEGATE, *package.SPECIAL_CASES]
    texts = [f"NOT {word} so {word}, but ({word.upper()}) GOOD!" for word in everything]
    assert not [found for found in map(differing, [*everything, *texts]) if found]


def test_the_examples_of_the_package() -> None:
    source = ast.parse(Path(package.__file__).read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(source) if isinstance(node, ast.Constant)]
    examples = [text for text in texts if isinstance(text, str) and " " in text]
    assert "VADER is VERY SMART, uber handsome, and FRIGGIN FUNNY!!!" in examples and len(examples) > 80
    assert not [found for found in map(differing, examples) if found]


@pytest.mark.parametrize("folder", ["seeds", "tests/detect/data"])
def test_the_texts_of_the_repository(folder: str) -> None:
    files = sorted((ROOT / folder).glob("*.jsonl"))
    lines = [line for path in files for line in path.read_text(encoding="utf-8").split("\n") if line]
    texts = [text for line in lines if (text := json.loads(line)["text"])]
    assert len(texts) > 400
    assert not [found for found in map(differing, texts) if found]


def test_no_letter_but_one_grows_in_lower_case_and_none_turns_into_a_mark() -> None:
    """What lets us put the whole text in lower case before its words are known."""
    letters = [chr(code) for code in range(sys.maxunicode + 1)]
    assert [letter for letter in letters if len(letter.lower()) != 1] == ["İ"]
    assert [letter for letter in letters if letter > "\x7f" and letter.lower() < "\x80"] == [
        "İ",
        "\N{KELVIN SIGN}",
    ]
    marks = set(punctuation)
    changed = [letter for letter in letters if letter.lower() != letter]
    assert not [x for x in changed if x.isspace() or x.lower().isspace() or {x, x.lower()} & marks]


def test_a_text_without_a_word_of_the_lexicon() -> None:
    assert OURS.scores("the train of ten to nine") is NEUTRAL
    assert OURS.scores("") == (0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    "unit", ["😂", "but good great ", "VERY GOOD ", "no but n't bad ", ":) ", "é!", "(" * 9]
)
def test_long_texts_take_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit)) + " x"
        return min(timed(text) for _ in range(3))

    def timed(text: str) -> float:
        began = time.thread_time()
        OURS.scores(text)
        return time.thread_time() - began

    assert seconds(80_000) < 40 * seconds(8000) + 0.01, "ten times the text; a square would be 100 times"


def test_threads_may_share_one() -> None:
    texts = [f"not {a} but {b.upper()}!" for a, b in zip(LEXICON[::7], LEXICON[3::7], strict=False)]
    wanted = list(map(OURS.scores, texts))
    with ThreadPoolExecutor(4) as pool:
        assert all(found == wanted for found in pool.map(lambda _: list(map(OURS.scores, texts)), range(8)))
