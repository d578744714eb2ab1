"""The default scorer: English by words over VADER's figures, Chinese by letters, any other language unscored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import UNSET

from ..model import Label, Sentiment
from .grams import MAX_CHARACTERS, chinese, english, words_of
from .language import Tongue, tongue_of
from .valence import Scores, Valence
from .weights import load

MODELS = Path(__file__).parent / "models"
LABELS: tuple[Label, Label, Label] = ("negative", "neutral", "positive")

Odds = tuple[float, float, float]  # of negative, neutral, positive; they sum to 1

_HAN_WORTH = 2 / 3  # of an English word
_ASCII = re.compile(r"[!-~]+")
_ORNATE = re.compile("[\uff21-\uff5a\U0001d400-\U0001d7ff]")  # full-width and mathematical letters
_CLAUSE_END = re.compile(
    r"[.!?;:]+(?=\s|$)|[,—–](?=\s)|\s(?:but|while|although|whereas|because)(?=\s)|[，。！？；：、…\n]+"
)
_MANY = 2000
_NEAR = 60  # characters around the words about somebody that are read at most
_NEAR_SHARE = 0.4


class Blend:
    """Scores texts. Nothing changes after the models are read, so threads may share one."""

    name = "blend"

    def __init__(self, models: Path = MODELS) -> None:
        """UserError if a model file is missing or damaged."""
        self._english, self._chinese = load(models / "en.weights", "en"), load(models / "zh.weights", "zh")
        self._valence = Valence()

    def score(self, text: str, lang: str | None = None) -> Sentiment:
        """compound = P(positive) - P(negative). `lang`: the source's hint; the result's: what the text was read as.

        Text beyond MAX_CHARACTERS is not read. Unscored where no model reads the language.
        """
        odds, read_as = self._read(text, lang)
        return self._sentiment(odds, read_as, text)

    def batch(self, texts: Iterable[tuple[str, str | None]]) -> list[Sentiment]:
        """The scores of (text, language hint) pairs, in their order."""
        return [self.score(text, lang) for text, lang in texts]

    def score_about(self, text: str, spans: Sequence[tuple[int, int]], lang: str | None = None) -> Sentiment:
        """How the text speaks of what stands at `spans` (code points, end exclusive), 0.4 of it by the clauses around that."""
        odds, read_as = self._read(text, lang)
        if odds is None or not spans:
            return self._sentiment(odds, read_as, text)
        near, _ = self._read(_around(text, spans), read_as, (read_as,))
        if near is not None:
            odds = _mixed(odds, near, _NEAR_SHARE)
        return self._sentiment(odds, read_as, text)

    def _sentiment(self, odds: Odds | None, read_as: str | None, text: str) -> Sentiment:
        cut = MAX_CHARACTERS if len(text) > MAX_CHARACTERS else UNSET
        if odds is None:
            return Sentiment(None, "unscored", self.name, read_as, cut)
        return Sentiment(round(odds[2] - odds[0], 4), LABELS[odds.index(max(odds))], self.name, read_as, cut)

    def _read(
        self, text: str, hint: str | None, known: tuple[str | None] | None = None
    ) -> tuple[Odds | None, str | None]:
        """(None, the language) where nothing can be read. `known`: the language, if it has been found."""
        text = text[:MAX_CHARACTERS]
        if not text.isascii() and _ORNATE.search(text):
            text = unicodedata.normalize("NFKC", text)[:MAX_CHARACTERS]
        # Mostly ASCII, as with an emoji or two: the words will be wanted twice.
        spelled = len(text) < _MANY and len(text.encode("utf-8", "replace")) < 1.5 * len(text)
        words = words_of(text) if spelled or text.isascii() else None
        tongue = Tongue(known[0]) if known else tongue_of(text, hint, words)
        lang = tongue.lang
        if lang == "zh":
            odds = self._chinese.probabilities(chinese(text))
            if tongue.latin:
                odds = self._with_english(odds, text, tongue.han * _HAN_WORTH, tongue.latin)
            return odds, lang
        if lang == "en":
            odds = self._in_english(text, words)
            if tongue.han > 1:
                han = self._chinese.probabilities(chinese(text))
                share = tongue.han * _HAN_WORTH
                odds = _mixed(odds, han, share / (share + tongue.latin))
            return odds, lang
        if lang is None and _felt(self._valence.scores(text)):
            return self._in_english(text, words), hint
        return None, lang or hint

    def _in_english(self, text: str, words: list[str] | None = None) -> Odds:
        return self._english.probabilities(
            english(text, words_of(text) if words is None else words, self._valence)
        )

    def _with_english(self, odds: Odds, text: str, han: float, latin: int) -> Odds:
        """A Chinese text's odds with those of the English words in it, if VADER finds feeling in these."""
        spelled = " ".join(_ASCII.findall(text))
        if not _felt(self._valence.scores(spelled)):
            return odds
        return _mixed(odds, self._in_english(spelled), latin / (latin + han))


def _felt(scores: Scores) -> bool:
    return scores.neg > 0 or scores.pos > 0


def _mixed(one: Odds, other: Odds, share: float) -> Odds:
    """The odds with the share (0..1) of the other's."""
    return (
        one[0] + share * (other[0] - one[0]),
        one[1] + share * (other[1] - one[1]),
        one[2] + share * (other[2] - one[2]),
    )


def _around(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The clauses of the spans, each cut at _NEAR characters from its span."""
    found: list[str] = []
    for start, end in spans[:20]:
        first, last = max(0, start - _NEAR), min(len(text), end + _NEAR)
        breaks = list(_CLAUSE_END.finditer(text, first, last))
        first = max([one.end() for one in breaks if one.end() <= start], default=first)
        last = min([one.end() for one in breaks if one.start() >= end], default=last)
        found.append(text[first:last].strip())
    return " ".join(dict.fromkeys(found))
