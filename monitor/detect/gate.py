"""Whether a text may speak of a departure at all: one pass for the words of both languages, cheap for those that do not."""

from __future__ import annotations

from functools import cache

import ahocorasick_rs

from ..organisation import WORD, stands_alone
from .chinese import reading as chinese
from .chinese.cues import CUES
from .english import reading as english
from .weighing.lexicon import OF_MANY_USES, openings


@cache
def gate() -> Gate:
    """The gate of the package's words; it takes a while to build."""
    return Gate(openings())


class Gate:
    """Finds the phrases that tell by themselves, the Chinese cues and the stems of the English ones."""

    def __init__(self, telling: list[str]) -> None:
        self._chinese = len(telling)
        self._english = self._chinese + len(CUES)
        words = [*telling, *(cue.word for cue in CUES), *english.STEMS]
        self._automaton = ahocorasick_rs.AhoCorasick(words)

    def opens(self, folded: str) -> bool:
        """Might a folded text speak of somebody leaving or staying?"""
        text = chinese.simplified(folded)
        asked = stemmed = False
        for at, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            inside = start and text[start - 1] in WORD
            if at >= self._english:
                if not (inside or stemmed):
                    stemmed = english.stands(at - self._english, folded, start, end, OF_MANY_USES)
            elif at >= self._chinese:
                asked = True
            elif not (inside and text[start] in WORD) and stands_alone(text, start, end):
                return True
        if asked and not text.isascii() and chinese.has_cue(folded):
            return True
        return stemmed and english.has_cue(folded, OF_MANY_USES)
