"""Sentiment by the scores of the vaderSentiment package, exactly; a text that is not in Latin script is unscored."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import UNSET

from ..model import Label, Sentiment
from .valence import Valence

# A longer text is judged by its beginning. Scoring takes linear time; this bounds it for one post: words 4 ms, emoji 80 ms.
MAX_CHARACTERS = 20_000

BEYOND_ASCII = re.compile("[^\x00-\x7f]")


class Vader:
    """The scorer that users know. Pure but for its lexicon, which is read once."""

    name = "vader"

    def __init__(self) -> None:
        self._valence = Valence()

    def score(self, text: str, lang: str | None = None) -> Sentiment:
        """Compound -1..1 with the package's own thresholds of +-0.05 for the label."""
        cut = MAX_CHARACTERS if len(text) > MAX_CHARACTERS else UNSET
        text = text[:MAX_CHARACTERS]
        if script_of(text) == "other" or not text or text.isspace():
            return Sentiment(None, "unscored", self.name, lang, cut)
        compound = self._valence.compound(text)
        return Sentiment(compound, label_of(compound), self.name, lang, cut)


def label_of(compound: float) -> Label:
    """positive from 0.05, negative up to -0.05, else neutral (the package's README)."""
    if compound >= 0.05:
        return "positive"
    return "negative" if compound <= -0.05 else "neutral"


def script_of(text: str) -> str:
    """ "latin" where Latin letters are more than twice the others, "none" without letters, else "other"."""
    if text.isascii():
        return "latin"
    letters = list(filter(str.isalpha, BEYOND_ASCII.findall(text)))
    other = len(letters) - sum(map(_is_latin, letters))
    if not other:
        return "latin" if letters or any(map(str.isalpha, text)) else "none"
    return "latin" if sum(map(str.isalpha, text)) - other > 2 * other else "other"


@lru_cache(maxsize=4096)
def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith(("LATIN", "FULLWIDTH LATIN", "FEMININE", "MASCULINE"))
