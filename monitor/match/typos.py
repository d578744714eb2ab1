"""Full names with one typing error, looked for only where the organisation is named."""

from __future__ import annotations

import re

import ahocorasick_rs

from ..fold import fold
from ..organisation import Span
from ..watchlist import Watchlist
from .sounds import alike, shaped_like
from .words import LETTERS_AFTER_ZH, RARE_SURNAMES_ZH, SURNAMES_ZH

_WORD = re.compile(r"[a-z]{3,20}")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_SHORTEST = 5
_SHORTEST_ALONE = 6
_LONGEST = 20_000


class TypoFinder:
    """Finds given names with one error: of six letters or more alone, of five beside the right surname."""

    def __init__(self, watchlist: Watchlist) -> None:
        self._given: dict[str, tuple[str, str]] = {}
        self._surnames: dict[str, set[str]] = {}
        for person in watchlist.people:
            for name in person.full_names:
                parts = fold(name).split()
                if len(parts) == 2 and name.isascii():
                    self._add(person.id, name, parts)
        self._pairs = [
            (person.id, name, *fold(name).split())
            for person in watchlist.people
            for name in person.full_names
            if name.isascii() and len(name.split()) == 2
        ]
        parts = sorted({part for _, _, *both in self._pairs for part in both})
        variants = _chinese_variants(watchlist)
        self._owners = list(variants.values())
        self._variants = ahocorasick_rs.AhoCorasick(list(variants))
        traces = sorted({part for given in self._given for part in _traces(given)})
        # One pass for all three: the parts of names first, then the traces, then the variants.
        self._parts_end, self._traces_end = len(parts), len(parts) + len(traces)
        self._any = ahocorasick_rs.AhoCorasick([*parts, *traces, *variants])
        self._shapes: dict[tuple[str, int], list[str]] = {}
        for given in self._given:
            for length in range(len(given) - 1, len(given) + 2):
                self._shapes.setdefault((given[0], length), []).append(given)

    def find(self, folded: str, taken: list[Span]) -> list[tuple[str, str, int, int]]:
        """(person, full name, start, end) of each misspelt name in a folded text, outside the places taken."""
        folded = folded[:_LONGEST]
        parts: list[Span] = []
        traced = varied = False
        for at, start, end in self._any.find_matches_as_indexes(folded, overlapping=True):
            if at >= self._traces_end:
                varied = True
            elif not _overlap(start, end, taken):
                if at >= self._parts_end:
                    traced = True
                else:
                    parts.append((start, end))
        found = self._given_misspelt(folded, taken) if traced else []
        if parts and not found:
            found = self._surname_misspelt(folded, parts)
        return found + self._chinese_misspelt(folded, taken) if varied else found

    def _chinese_misspelt(self, folded: str, taken: list[Span]) -> list[tuple[str, str, int, int]]:
        """A Chinese full name with one letter that sounds or looks like the right one."""
        return [
            (*self._owners[index], start, end)
            for index, start, end in self._variants.find_matches_as_indexes(folded)
            if not any(s < end and start < e for s, e in taken)
            and folded[end : end + 1] not in LETTERS_AFTER_ZH
        ]

    def _surname_misspelt(self, folded: str, parts: list[Span]) -> list[tuple[str, str, int, int]]:
        """'Ming Goa': one part of the name is right, the other, of three letters or more, has one error."""
        found = []
        for start, end in parts:
            if folded[end : end + 1] in _LETTERS or (start and folded[start - 1] in _LETTERS):
                continue
            near = [m for m in _WORD.finditer(folded, max(0, start - 21), min(len(folded), end + 21))]
            here = next((i for i, m in enumerate(near) if m.span() == (start, end)), None)
            if here is None:
                continue
            for person, name, first, second in self._pairs:
                other = here + 1 if near[here].group() == first else here - 1
                wanted = second if near[here].group() == first else first
                if near[here].group() not in (first, second) or not 0 <= other < len(near):
                    continue
                word = near[other]
                low, high = min(start, word.start()), max(end, word.end())
                if high - low == len(word.group()) + end - start + 1 and one_error(word.group(), wanted):
                    found.append((person, name, low, high))
                    break
        return found

    def _given_misspelt(self, folded: str, taken: list[Span]) -> list[tuple[str, str, int, int]]:
        meant = {word: names for word in _WORD.findall(folded) if (names := self._meant(word))}
        if not meant:
            return []
        words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(folded)]
        found = []
        for i, (word, start, end) in enumerate(words):
            for given in meant.get(word, ()):
                person, name = self._given[given]
                whole = self._with_surname(person, words, i, start, end)
                if whole == (start, end) and len(given) < _SHORTEST_ALONE:
                    continue
                if not _overlap(*whole, taken):
                    found.append((person, name, *whole))
                break
        return found

    def _meant(self, word: str) -> list[str]:
        """The given names of which a word is a spelling with one error."""
        alike = self._shapes.get((word[0], len(word)))
        if not alike or word in self._given:
            return []
        return [given for given in alike if one_error(word, given)]

    def _add(self, person: str, name: str, parts: list[str]) -> None:
        first, second = parts
        given = max(parts, key=len)
        if len(given) >= _SHORTEST:
            self._given.setdefault(given, (person, name))
            self._surnames.setdefault(person, set()).add(second if given == first else first)

    def _with_surname(
        self, person: str, words: list[tuple[str, int, int]], i: int, start: int, end: int
    ) -> tuple[int, int]:
        if i + 1 < len(words) and words[i + 1][0] in self._surnames[person] and words[i + 1][1] == end + 1:
            return start, words[i + 1][2]
        if i and words[i - 1][0] in self._surnames[person] and words[i - 1][2] == start - 1:
            return words[i - 1][1], end
        return start, end


def _overlap(start: int, end: int, taken: list[Span]) -> bool:
    return bool(taken) and any([s < end and start < e for s, e in taken])


def _chinese_variants(watchlist: Watchlist) -> dict[str, tuple[str, str]]:
    """(person, full name) by spelling with one wrong letter; of a name of two letters only what looks the same."""
    names = {
        fold(n): (p.id, n) for p in watchlist.people for n in p.full_names if "\u4e00" <= n[0] <= "\u9fff"
    }
    surnames = SURNAMES_ZH | RARE_SURNAMES_ZH
    found: dict[str, tuple[str, str]] = {}
    for name, owner in names.items():
        for at, letter in enumerate(name):
            for other in sorted(alike(letter) if len(name) > 2 else shaped_like(letter)):
                spelling = name[:at] + other + name[at + 1 :]
                if spelling not in names and not (at == 0 and other in surnames):
                    found.setdefault(spelling, owner)
    return found


def _traces(name: str) -> list[str]:
    """Parts of a name, one of which every spelling with one error still holds."""
    half = len(name) // 2
    swapped = name[: half - 1] + name[half] + name[half - 1]
    return [name[:half], name[half:], swapped]


def one_error(word: str, name: str) -> bool:
    """Is `word` one letter more, less or other than `name`, or two neighbours swapped? The first letter holds."""
    if word == name or word[:1] != name[:1]:
        return False
    i = 0
    while i < min(len(word), len(name)) and word[i] == name[i]:
        i += 1
    if len(word) == len(name):
        swapped = word[i + 1 : i + 2] + word[i : i + 1]
        return word[i + 1 :] == name[i + 1 :] or swapped + word[i + 2 :] == name[i:]
    longer, shorter = (word, name) if len(word) > len(name) else (name, word)
    return longer[i + 1 :] == shorter[i:]
