"""What the writing of a text adds to its words for VADER: emoji and their names, capitals, marks."""

from __future__ import annotations

import re
from collections.abc import Callable

BEYOND_ASCII = re.compile("([^\x00-\x7f])")
BRIEF = 1000  # characters: so short a text is searched for a word faster than split


class Capitals:
    """Which words of a text are in capitals. It is split only where a word may be: the most part of texts never is."""

    __slots__ = ("_text", "_varied", "_words")

    def __init__(self, text: str) -> None:
        self._text, self._varied = text, False
        self._words: list[str] | None = None

    def stress(self, word: str, place: int) -> bool:
        """Whether this word, given in lower case, is in capitals where not all words are."""
        if self._words is None:
            if len(self._text) < BRIEF and word.upper() not in self._text:
                return False
            self._words = self._text.split()
            self._varied = not all(map(str.isupper, self._words))
        return self._varied and self._words[place].isupper()


def spelling(names: dict[str, str]) -> Callable[[str], str]:
    """A function that puts a blank and its name for every emoji; what follows stays attached, as in the package."""
    spelled = {character: " " + name for character, name in names.items()}

    def spell(text: str) -> str:
        if text.isascii():
            return text
        parts = BEYOND_ASCII.split(text)
        marks = parts[1::2]
        if spelled.keys().isdisjoint(marks):
            return text
        parts[1::2] = map(spelled.get, marks, marks)
        return "".join(parts)

    return spell


def emphasis_of(text: str) -> float:
    """Up to four exclamation marks count, and question marks from the second on."""
    shouted = min(text.count("!"), 4) * 0.292 if "!" in text else 0.0
    questions = text.count("?") if "?" in text else 0
    if questions < 2:
        return shouted
    return shouted + (questions * 0.18 if questions <= 3 else 0.96)
