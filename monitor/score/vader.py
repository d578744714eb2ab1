"""Sentiment by the vaderSentiment package, exactly; a text that is not in Latin script is unscored."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from ..model import Label, Sentiment

# The package needs quadratic time for many emoji (300 block it for over 100 ms) and for many a "but",
# so a longer text is scored by its beginning.
MAX_CHARACTERS = 2000
MAX_EMOJI = 60


class Vader:
    """The scorer that users know. Pure but for its lexicon, which is read once."""

    name = "vader"

    def __init__(self) -> None:
        self._analyzer = SentimentIntensityAnalyzer()
        self._emoji: frozenset[str] = frozenset(self._analyzer.emojis)

    def score(self, text: str, lang: str | None = None) -> Sentiment:
        """Compound -1..1 with the package's own thresholds of +-0.05 for the label."""
        script = script_of(text)
        if script == "other" or not text.strip():
            return Sentiment(None, "unscored", self.name, lang)
        compound = float(self._analyzer.polarity_scores(self._cut(text))["compound"])
        return Sentiment(compound, label_of(compound), self.name, lang)

    def _cut(self, text: str) -> str:
        text = text[:MAX_CHARACTERS]
        if text.isascii():
            return text
        seen = 0
        for place, character in enumerate(text):
            seen += character in self._emoji
            if seen > MAX_EMOJI:
                return text[:place]
        return text


def label_of(compound: float) -> Label:
    """positive from 0.05, negative up to -0.05, else neutral (the package's README)."""
    if compound >= 0.05:
        return "positive"
    return "negative" if compound <= -0.05 else "neutral"


def script_of(text: str) -> str:
    """ "latin" where Latin letters are more than twice the others, "none" without letters, else "other"."""
    if text.isascii():
        return "latin"
    latin = other = 0
    for character in text[:MAX_CHARACTERS]:
        if character.isalpha():
            if _is_latin(character):
                latin += 1
            else:
                other += 1
    if latin + other == 0:
        return "none"
    return "latin" if latin > 2 * other else "other"


@lru_cache(maxsize=4096)
def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith(("LATIN", "FULLWIDTH LATIN", "FEMININE", "MASCULINE"))
