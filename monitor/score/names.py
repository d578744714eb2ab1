"""Names that are words (Grace, Joy, Rob, Rich, 高兴): masked before a text is scored, so that they lend it no feeling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..errors import UserError
from ..model import Match
from ..simplified import simplified
from ..watchlist import Person, Watchlist
from .grams import MASK
from .marked import named
from .vader import Vader
from .words import table

# What follows the word and not the name at the beginning of a sentence.
_AS_WORD = re.compile(
    r" (?:under|of|for|over|upon|coming from|and [a-z]|sheer|people|man|men|kids|history|to (?:see|the|all|be|have)\b)"
)
_OPENING, _ENDS = frozenset(" \t\"'“("), frozenset(".!?\n:")
_TOKEN = re.compile("[A-Za-z]+")
_HAN = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]+"
_HAN_NAME, _LETTERS = re.compile(_HAN), re.compile(rf"{_HAN}|[^\W\d_]+")
# Of 40 usual Chinese names the model takes none for so clear a word.
_CLEARLY = 0.75


class WordName(NamedTuple):
    """A part of a watched person's name that is a word, and what it scores by itself, -1..1."""

    person: str
    name: str
    word: str
    compound: float


def word_names(watchlist: Watchlist) -> list[WordName]:
    """The names that a check of the watchlist warns of, in its order; scored as lexicon words unless masked."""
    vader = Vader()
    found: dict[tuple[str, str], WordName] = {}
    for person in watchlist.people:
        handles = [handle for known in person.handles.values() for handle in known]
        for name in [*person.full_names, *person.short_names, *handles]:
            for word in _TOKEN.findall(name):
                compound = vader.score(word).compound
                if compound:
                    found.setdefault((person.id, word.lower()), WordName(person.id, name, word, compound))
    return list(found.values())


def chinese_word_names(watchlist: Watchlist) -> list[WordName]:
    """The Chinese names that the model or the tables take for a word; none where the model is not there."""
    from .blend import Blend

    names = [
        (person.id, name)
        for person in watchlist.people
        for name in dict.fromkeys([*person.full_names, *person.short_names])
        if _HAN_NAME.fullmatch(name)
    ]
    try:
        blend = Blend() if names else None
    except UserError:
        return []
    found = []
    for person, name in names:
        compound = (blend and blend.score(name).compound) or 0.0
        if abs(compound) >= _CLEARLY or not _phrases().isdisjoint(_parts(simplified(name))):
            found.append(WordName(person, name, name, compound))
    return found


def _phrases() -> set[str]:
    """What the tables know to be felt, of two letters or more."""
    return {phrase for phrase, word in table().items() if (word.kinds or word.toward) and len(phrase) > 1}


def _parts(name: str) -> set[str]:
    return {name[at:to] for at in range(len(name)) for to in range(at + 2, len(name) + 1)}


class NameMask:
    """Blanks such names. Case tells a name from the word, but for what stands in the span of a match or begins a
    sentence about the thing."""

    def __init__(self, watchlist: Watchlist) -> None:
        words: dict[str, set[str]] = {}
        for one in word_names(watchlist):
            words.setdefault(one.person, set()).update((one.word.capitalize(), one.word.upper()))
        self._names = {
            person: re.compile(rf"(?<![A-Za-z])(?:{_either(forms)})(?![A-Za-z])")
            for person, forms in words.items()
        }
        self._parts = {
            person.id: re.compile(rf"(?<![\w@])(?:{_either(parts)})(?!\w)")
            for person in watchlist.people
            if (parts := _name_parts(person) - words.get(person.id, set()))
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

    def blanked(self, text: str, matches: Sequence[Match]) -> str:
        """The text, as long as before, without the names that matched, words or not, and without parts of them
        elsewhere; handles stay."""
        pieces, done = [], 0
        for match in named(matches):
            if "@" not in text[max(0, match.start - 1) : match.start + 1]:
                pieces += [text[done : match.start], _LETTERS.sub(_blank, text[match.start : match.end])]
                done = match.end
        text = "".join([*pieces, text[done:]])
        for person in {match.person for match in matches} & self._parts.keys():
            text = self._parts[person].sub(_blank, text)
        return text


def _name_parts(person: Person) -> set[str]:
    """The words of a person's names in Latin letters, as names are written."""
    words = {word for name in (*person.full_names, *person.short_names) for word in _TOKEN.findall(name)}
    return {form for word in words if len(word) > 1 for form in (word.capitalize(), word.upper(), word)}


def _either(forms: Iterable[str]) -> str:
    return "|".join(sorted(forms, key=len, reverse=True))


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
    if len(word) == 1 or _HAN_NAME.match(word):
        return MASK * len(word)
    return ("X" if word.isupper() else "x") + MASK * (len(word) - 1)
