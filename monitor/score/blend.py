"""The default scorer: English by words over VADER's figures, Chinese by letters, any other language unscored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from msgspec import UNSET

from ..errors import UserError
from ..model import Label, Sentiment
from . import leaning
from .grams import MASK, MASKED, MAX_CHARACTERS, chinese, english, once, with_known_emoji, words_of
from .language import Tongue, is_foreign, tongue_of
from .valence import Scores, Valence
from .weights import MODELS, Odds, load

FILES = ("en.weights", "zh.weights")
LABELS: tuple[Label, Label, Label] = ("negative", "neutral", "positive")

_HAN_WORTH = 2 / 3  # of an English word
_ASCII = re.compile(f"[!-~{MASK}]+")
_ORNATE = re.compile("[\uff21-\uff5a\U0001d400-\U0001d7ff]")  # full-width and mathematical letters
_TELL_NOTHING = re.compile("[\u2010-\u205e\u20a0-\u20bf\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]+")
_CLAUSE_END = re.compile(
    r"[.!?;:]+(?=\s|$)|[,—–](?=\s)|\s(?:but|while|although|whereas|because)(?=\s)|[，。！？；：、…\n]+"
)
_MANY = 2000
_NEAR = 60  # characters around the words about somebody that are read at most
_NEAR_SHARE = 0.4


class Blend:
    """Scores texts. Only the last one's odds are kept, as one whole, so threads may share one."""

    name = "blend"
    takes_blanks = True  # reads a text without its names, see names.NameMask

    def __init__(self, models: Path | None = None) -> None:
        """`models`: a folder; what it has of en.weights and zh.weights stands in for the package's own.

        UserError if it has neither, or if a file is damaged.
        """
        self._english, self._chinese = (load(path, path.stem) for path in _files(models))
        self._valence = Valence()
        leaning.weights()  # Its damage is to show now, not at the first text that it is asked about.
        self._last: tuple[tuple[int, int, str | None] | None, tuple[Odds | None, str | None]] = (
            None,
            (None, None),
        )

    def score(self, text: str, lang: str | None = None) -> Sentiment:
        """compound = P(positive) - P(negative). `lang`: the source's hint; the result's: what the text was read as.

        Text beyond MAX_CHARACTERS is not read. Unscored where no model reads the language.
        """
        odds, read_as = self._whole(text, lang)
        return self._sentiment(odds, read_as, text)

    def score_about(self, text: str, spans: Sequence[tuple[int, int]], lang: str | None = None) -> Sentiment:
        """How the text speaks of what stands at `spans` (code points, end exclusive), 0.4 of it by the clauses around that.

        These are read in the language of the whole text.
        """
        odds, read_as = self._whole(text, lang)
        if odds is None or not spans:
            return self._sentiment(odds, read_as, text)
        near, _ = self._read(around(text, spans), read_as, (read_as,))
        if near is not None:
            odds = _mixed(odds, near, _NEAR_SHARE)
        return self._sentiment(odds, read_as, text)

    def _whole(self, text: str, lang: str | None) -> tuple[Odds | None, str | None]:
        """What the whole text was read as. A post is asked about again for each person in it."""
        key = hash(text), len(text), lang
        asked, found = self._last
        if asked != key:
            found = self._read(text, lang)
            self._last = key, found
        return found

    def _sentiment(self, odds: Odds | None, read_as: str | None, text: str) -> Sentiment:
        cut = MAX_CHARACTERS if len(text) > MAX_CHARACTERS else UNSET
        if odds is None:
            return Sentiment(None, "unscored", self.name, read_as, cut)
        compound = round(odds[2] - odds[0], 4) + 0.0  # no -0.0
        tied = compound == 0 or odds[1] == max(odds)
        label = "neutral" if tied else LABELS[odds.index(max(odds))]
        return Sentiment(compound, label, self.name, read_as, cut)

    def _read(
        self, text: str, hint: str | None, known: tuple[str | None] | None = None
    ) -> tuple[Odds | None, str | None]:
        """(None, the language) where nothing can be read. `known`: the language, if it has been found."""
        text = text[:MAX_CHARACTERS]
        ascii = text.isascii()
        if not ascii and _ORNATE.search(text):
            text = unicodedata.normalize("NFKC", text)[:MAX_CHARACTERS]
            ascii = text.isascii()
        # Mostly ASCII, as with an emoji or two: the words will be wanted twice.
        spelled = not ascii and len(text) < _MANY and len(text.encode("utf-8", "replace")) < 1.5 * len(text)
        words = words_of(text) if ascii or spelled else None
        if known:
            tongue = Tongue(known[0])
        else:
            told = MASKED.sub("", text) if MASK in text else text  # A name is of no language.
            tongue = tongue_of(_lettered(told) if spelled else told, hint, words)
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
        if lang is None and (
            _felt(self._valence.scores(with_known_emoji(text))) or (MASK in text and not is_foreign(hint))
        ):
            return self._in_english(text, words), hint
        return None, lang or hint

    def _in_english(self, text: str, words: list[str] | None = None) -> Odds:
        words = words_of(text) if words is None else words
        return self._english.probabilities(once(english(text, words, self._valence)))

    def _with_english(self, odds: Odds, text: str, han: float, latin: int) -> Odds:
        """A Chinese text's odds with those of the English words in it, if VADER finds feeling in these."""
        spelled = " ".join(_ASCII.findall(text))
        if not _felt(self._valence.scores(spelled)):
            return odds
        return _mixed(odds, self._in_english(spelled), latin / (latin + han))


def _lettered(text: str) -> str:
    """The text without the marks and emoji that tell no language, if only ASCII remains then; else the text."""
    rest = _TELL_NOTHING.sub("", text)
    return rest if rest.isascii() else text


def _files(models: Path | None) -> list[Path]:
    try:
        own = [path for name in FILES if models and (path := models.expanduser() / name).exists()]
    except (OSError, RuntimeError) as error:  # a folder that cannot be entered, a user that there is not
        raise UserError(f"sentiment.model: {models}: {getattr(error, 'strerror', None) or error}") from None
    if models and not own:
        raise UserError(f"sentiment.model: {models} has neither of {', '.join(FILES)}")
    return [next((path for path in own if path.name == name), MODELS / name) for name in FILES]


def _felt(scores: Scores) -> bool:
    return scores.neg > 0 or scores.pos > 0


def _mixed(one: Odds, other: Odds, share: float) -> Odds:
    """The odds with the share (0..1) of the other's."""
    return (
        one[0] + share * (other[0] - one[0]),
        one[1] + share * (other[1] - one[1]),
        one[2] + share * (other[2] - one[2]),
    )


def around(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The clauses of the spans, each cut at _NEAR characters from its span."""
    found: list[str] = []
    for start, end in spans[:20]:
        first, last = max(0, start - _NEAR), min(len(text), end + _NEAR)
        breaks = list(_CLAUSE_END.finditer(text, first, last))
        first = max([one.end() for one in breaks if one.end() <= start], default=first)
        last = min([one.end() for one in breaks if one.start() >= end], default=last)
        found.append(text[first:last].strip())
    return " ".join(dict.fromkeys(found))
