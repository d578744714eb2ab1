"""People in a text beyond the watchlist: names with capitals, and pronouns."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..organisation import Span
from .vocabulary import COMPANIES, NOT_NAMES


class Speaker(NamedTuple):
    """The author as a person: watched id or written name, None where no person is known to speak."""

    key: str | None
    watched: bool


_NAME = re.compile(
    r"(?<![\w@#/.-])[A-Z][a-zà-ÿ'’]{1,20}(?:-[A-Z]?[a-zà-ÿ]{1,20})?(?:(?: (?:de|van|von|der|den|la|el|bin|al))? [A-Z][a-zà-ÿ'’]{1,20}(?:-[A-Z]?[a-zà-ÿ]{1,20})?){1,3}(?![\w])"
)
_PRONOUN = re.compile(
    r"(?<![\w@-])(?<!\w')(?:(?P<first>i|i'm|im|i've|ive|i'll|i'd|me|my|mine|myself)"
    r"|(?P<second>you|you're|you've|you'll|your|ur|u)"
    r"|(?P<third>he|he's|he'll|he'd|she|she's|she'll|she'd|they|they're|they've|they'll|him|her|them|his|their|both)"
    r"|(?P<who>who|who's|whose))(?![\w-])"
    r"|(?P<first_zh>我(?!们|們|司|国|國|家的)|本人|老子|俺|咱(?!们|們))|(?P<second_zh>[你您](?!们|們))|(?P<third_zh>[他她佢](?!们|們|人|哋)|其(?=[工职職位]))"
)


def pronouns(text: str) -> list[tuple[int, int, str]]:
    """(start, end, kind) of the pronouns of a folded text; kind is first, second, third or who."""
    return [(m.start(), m.end(), str(m.lastgroup).removesuffix("_zh")) for m in _PRONOUN.finditer(text)]


def latin_names(letters: str, organisation: list[Span]) -> list[tuple[int, int, str]]:
    """(start, end, name) of what looks like a person's full name, by its capitals."""
    found = []
    for m in _NAME.finditer(letters):
        for start, end in _runs(letters, m.start(), m.end(), organisation):
            found.append((start, end, letters[start:end]))
    return found


def _runs(letters: str, start: int, end: int, organisation: list[Span]) -> list[Span]:
    """The parts of a run of capitalised words that are no titles, organisations or common words."""
    parts: list[list[Span]] = [[]]
    for word in re.finditer(r"\S+", letters[start:end]):
        low, high = start + word.start(), start + word.end()
        plain = word.group().lower()
        if plain.endswith(("'s", "’s")):
            plain, high = plain[:-2], high - 2
            ends = True
        else:
            ends = False
        if plain in NOT_NAMES or plain in COMPANIES or any(s < high and low < e for s, e in organisation):
            parts.append([])
            continue
        parts[-1].append((low, high))
        if ends:
            parts.append([])
    return [(part[0][0], part[-1][1]) for part in parts if 2 <= len(part) <= 3]
