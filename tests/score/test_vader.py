"""The scorer: which texts it scores, the label, and the cut of long texts."""

from __future__ import annotations

import msgspec
import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from monitor.model import Sentiment
from monitor.score.vader import MAX_CHARACTERS, Vader, label_of, script_of
from tests.cost import assert_linear

VADER = Vader()


def test_the_package_s_compound_and_label() -> None:
    assert VADER.score("Mara Venn is VERY kind :) !", "en") == Sentiment(
        SentimentIntensityAnalyzer().polarity_scores("Mara Venn is VERY kind :) !")["compound"],
        "positive",
        "vader",
        "en",
    )
    assert VADER.score("What a horrible week.").label == "negative"
    assert VADER.score("The train leaves at ten.") == Sentiment(0.0, "neutral", "vader", None)


@pytest.mark.parametrize("text", ["", " \n", "感谢开源", "спасибо", "我们的 model 很好很强很快"])
def test_not_scored(text: str) -> None:
    assert VADER.score(text, "zh") == Sentiment(None, "unscored", "vader", "zh")


def test_emoji_alone_are_scored() -> None:
    assert VADER.score("😂❤️").label == "positive"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("12:30 :)", "latin"),
        ("déjà vu", "latin"),
        ("Ｇｏｏｄ", "latin"),
        ("😂 …", "none"),
        ("½ ’", "none"),
        ("abc де", "other"),
        ("abcde де", "latin"),
        ("émigré де", "latin"),
        ("中文 ok", "other"),
    ],
)
def test_script(text: str, script: str) -> None:
    assert script_of(text) == script


def test_label_at_the_thresholds() -> None:
    assert [label_of(x) for x in (0.05, 0.0499, 0.0, -0.0499, -0.05)] == (
        ["positive", "neutral", "neutral", "neutral", "negative"]
    )


def test_a_long_text_is_scored_by_its_beginning() -> None:
    start = ("good " * MAX_CHARACTERS)[:MAX_CHARACTERS]
    assert VADER.score(start + " horrible" * 100_000) == msgspec.structs.replace(
        VADER.score(start), cut=MAX_CHARACTERS
    )


@pytest.mark.parametrize("unit", ["😂", "good but bad ", "好", "É "])
def test_a_megabyte_takes_no_longer_than_its_beginning(unit: str) -> None:
    assert_linear(VADER.score, lambda length: unit * (length // len(unit.encode())), 1_000_000)
