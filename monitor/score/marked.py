"""A text made ready for the word tables: folded, simplified, names and organisation as one sign each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..fold import fold_with_offsets
from ..model import Match
from ..simplified import simplified
from .words import ORGANISATION, PERSON

# A longer text is judged by its beginning.
MAX_CHARACTERS = 20_000

_SQUEEZED = re.compile(f"{PERSON}+|{ORGANISATION}+|'+|[^\\S ]\\s*|  +|([a-z])\\1{{2,}}|[\ufe0f\u200d]+")

Span = tuple[int, int]
FindSpans = Callable[[str], Sequence[Span]]


class Name(NamedTuple):
    """Where a marked text names a person; at `at` stands one sign."""

    person: str
    at: int


class Marked(NamedTuple):
    """The ready text, its names in order, where in the original its pieces begin; the original, and the words of its names."""

    text: str
    names: list[Name]
    begins: list[int]
    shifts: list[int]
    source: str = ""
    known: frozenset[str] = frozenset()

    def original(self, at: int) -> int:
        """A place of the ready text as one of the original, in code points."""
        return at + self.shifts[bisect_right(self.begins, at) - 1]

    def place(self, original: int) -> int:
        """The first place of the ready text that stands for one of the original or for what follows it."""
        return bisect_left(range(len(self.text)), original, key=self.original)


def named(matches: Sequence[Match]) -> list[Match]:
    """The matches that stand in the words, without those that lie in another one."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start, -m.end)):
        if match.end > match.start and match.rule != "author" and (not kept or match.start >= kept[-1].end):
            kept.append(match)
    return kept


def mark(text: str, matches: Sequence[Match], organisation: FindSpans) -> Marked:
    """`organisation` finds its names in a folded text."""
    text = text[:MAX_CHARACTERS]
    spans = [match for match in named(matches) if match.end <= len(text)]
    folded = fold_with_offsets(_signed(text, [(m.start, m.end, PERSON) for m in spans]))
    places = [(start, end, ORGANISATION) for start, end in organisation(folded.text)]
    plain = simplified(_signed(folded.text, places)[:MAX_CHARACTERS])
    pieces: list[str] = []
    begins, shifts, size, done = [0], [0], 0, 0
    names: list[Name] = []
    owners = {m.start: m.person for m in spans}
    for found in _SQUEEZED.finditer(plain):
        pieces.append(plain[done : found.start()])
        size += found.start() - done
        sign = _sign(found[0])
        if found[0][0] == PERSON:
            start = folded.original(found.start(), found.end())[0]
            names += [Name(owners[start], size)] if start in owners else []
        pieces.append(sign)
        size, done = size + len(sign), found.end()
        begins.append(size)
        shifts.append(done - size)
    pieces.append(plain[done:])
    if folded.offsets is not None:
        begins, shifts = _by_letter("".join(pieces), begins, shifts, folded.offsets)
    known = frozenset(word for match in spans for word in text[match.start : match.end].split())
    return Marked("".join(pieces), names, begins, shifts, text, known)


def _sign(found: str) -> str:
    if found[0] in "'\ufe0f\u200d":
        return ""
    if found.isspace():
        return "\n" if "\n" in found else " "
    return found[0]


def _signed(text: str, places: Sequence[tuple[int, int, str]]) -> str:
    pieces, done = [], 0
    for start, end, sign in places:
        pieces += [text[done:start], sign * (end - start)]
        done = end
    return "".join([*pieces, text[done:]]) if places else text


def _by_letter(
    text: str, begins: list[int], shifts: list[int], offsets: list[int]
) -> tuple[list[int], list[int]]:
    """The same map where the folded text has other offsets than the original."""
    found, piece = [], 0
    for at in range(len(text) + 1):
        while piece + 1 < len(begins) and begins[piece + 1] <= at:
            piece += 1
        place = min(at + shifts[piece], len(offsets))
        found.append((offsets[place] if place < len(offsets) else offsets[-1] + 1 if offsets else 0) - at)
    return list(range(len(text) + 1)), found
