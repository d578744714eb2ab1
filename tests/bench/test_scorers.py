"""The scorers' benchmark measures what it says: the texts' sizes, and the same scores before the same speed counts."""

from __future__ import annotations

from statistics import mean

import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from monitor.score.valence import Valence
from tests.bench import scorers


def test_texts_have_the_length_of_tweets_and_articles() -> None:
    assert scorers.posts("tweets", 0.02) == scorers.posts("tweets", 0.02)
    assert 85 < mean(map(len, scorers.posts("tweets"))) < 130
    assert 2000 < mean(map(len, scorers.posts("articles"))) < 3500


@pytest.mark.parametrize("kind", ["tweets", "articles"])
def test_both_say_the_same_of_them(kind: str) -> None:
    package, ours = SentimentIntensityAnalyzer(), Valence()
    for text in scorers.posts(kind, 0.1):
        assert ours.scores(text)._asdict() == package.polarity_scores(text)


def test_a_quick_look(capsys: pytest.CaptureFixture[str]) -> None:
    """Twice the speed even on a busy machine; the benchmark proper asks for four times."""
    rates = scorers.measure(rounds=3, share=0.05)
    scorers.report(rates)
    assert "articles" in capsys.readouterr().out
    for kind in ("tweets", "articles"):
        assert max(rates[kind, "vader", "cold"]) > 2 * max(rates[kind, "package", "cold"])
