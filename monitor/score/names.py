"""Names that are words (Grace, Joy, Rob, Rich): masked before a text is scored, so that they lend it no feeling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..model import Match
from ..watchlist import Watchlist
from .grams import MASK
from .marked import named
from .vader import Vader

# What follows the word and not the name at the beginning of a sentence.
_AS_WORD = re.compile(
    r" (?:under|of|for|over|upon|coming from|and [a-z]|sheer|people|man|men|kids|history|to (?:see|the|all|be|have)\b)"
)
_OPENING, _ENDS = frozenset(" \t\"'“("), frozenset(".!?\n:")
_TOKEN = re.compile("[A-Za-z]+")


class WordName(NamedTuple):
    """A part of a watched person's name that stands in the lexicon, and what it scores by itself, -1..1."""

    person: str
    name: str
    word: str
    compound: float


def word_names(watchlist: Watchlist, vader: Vader | None = None) -> list[WordName]:
    """The names that a check of the watchlist warns of, in its order; scored as lexicon words unless masked."""
    vader = vader or Vader()
    found: dict[tuple[str, str], WordName] = {}
    for person in watchlist.people:
        handles = [handle for known in person.handles.values() for handle in known]
        for name in [*person.full_names, *person.short_names, *handles]:
            for word in _TOKEN.findall(name):
                compound = vader.score(word).compound
                if compound:
                    found.setdefault((person.id, word.lower()), WordName(person.id, name, word, compound))
    return list(found.values())


class NameMask:
    """Blanks such names. Case tells a name from the word, but for what stands in the span of a match or begins a
    sentence about the thing."""

    def __init__(self, watchlist: Watchlist, vader: Vader | None = None) -> None:
        words: dict[str, set[str]] = {}
        for one in word_names(watchlist, vader):
            words.setdefault(one.person, set()).update((one.word.capitalize(), one.word.upper()))
        self._names = {
            person: re.compile(
                rf"(?<![A-Za-z])(?:{'|'.join(sorted(forms, key=len, reverse=True))})(?![A-Za-z])"
            )
            for person, forms in words.items()
        }

    def masked(self, text: str, matches: Sequence[Match]) -> str:
        """The text, as long as before, without the names of those whom it is about."""
        people = {match.person for match in matches} & self._names.keys()
        if not people:
            return text
        # Small letters in the place of a full name are the name all the same.
        full = [match for match in named(matches) if match.person in people and " " in match.alias]
        pieces, done = [], 0
        for match in full:
            name = self._names[match.person].pattern
            inside = re.sub(name, _blank, text[match.start : match.end], flags=re.IGNORECASE)
            pieces += [text[done : match.start], inside]
            done = match.end
        text = "".join([*pieces, text[done:]])
        for person in people:
            text = self._names[person].sub(_blanked, text)
        return text


def _blanked(found: re.Match[str]) -> str:
    """The name's blank; but where a sentence begins and goes on as with a thing ("Grace under fire") the word stays."""
    text, at = found.string, found.start()
    while at and text[at - 1] in _OPENING:
        at -= 1
    begins = not at or text[at - 1] in _ENDS
    return found[0] if begins and _AS_WORD.match(text, found.end()) else _blank(found)


def _blank(found: re.Match[str]) -> str:
    """A word of no lexicon and no model, as long, and in capitals only where the name is."""
    word = found[0]
    return ("X" if word.isupper() else "x") + MASK * (len(word) - 1)
