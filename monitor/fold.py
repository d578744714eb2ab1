"""Folds text for comparison: one case, plain letters, no marks; with the way back to the offsets of the original."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_PLAIN = {0x2018: "'", 0x2019: "'", 0x02BC: "'", 0x2010: "-", 0x2011: "-", 0x201C: '"', 0x201D: '"'}
# A sign that stands for a whole sentence (U+FDFA is 18 letters) is one letter: a text must not grow by folding.
_LONGEST = 4
_odd: set[str] = set()


class _Table(dict[int, str]):
    """A translation table that fills itself: what a character folds to is worked out once."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        if len(folded) != 1:
            _odd.add(chr(code))
        return folded


def _fold_character(character: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    folded = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    return folded if len(folded) <= _LONGEST else character.casefold()[:1]


_TABLE = _Table(_PLAIN)


@lru_cache(maxsize=64)
def fold(text: str) -> str:
    """The text in one case, full-width forms plain, without combining marks and format characters."""
    return text.lower() if text.isascii() else text.translate(_TABLE)


_NEEDS_TABLE = re.compile(
    "[^\\x00-\\x7f\u3000-\u303f\u4e00-\u9fff\uff01-\uff0f\uff1a-\uff1f\U0001f300-\U0001f64f]"
)


def fold_for_search(text: str) -> str:
    """Like fold, but full-width punctuation may stay: enough, and faster, for finding words."""
    if text.isascii():
        return text.lower()
    return fold(text) if _NEEDS_TABLE.search(text) else text.lower()


class Folded(NamedTuple):
    """Folded text; `offsets[i]` is where its character i stands in the original, None: at i as well."""

    text: str
    offsets: list[int] | None
    length: int

    def original(self, start: int, end: int) -> tuple[int, int]:
        """A span of the folded text as a span of the original, in code points, end exclusive."""
        if self.offsets is None:
            return start, end
        if start >= end:
            return (0, 0) if start >= len(self.offsets) else (self.offsets[start], self.offsets[start])
        return self.offsets[start], self.offsets[end - 1] + 1


def fold_with_offsets(text: str) -> Folded:
    """The folded text with the map back to `text`."""
    folded = fold(text)
    if text.isascii() or _odd.isdisjoint(text):
        return Folded(folded, None, len(text))
    offsets = [i for i, character in enumerate(text) for _ in _TABLE[ord(character)]]
    return Folded(folded, offsets, len(text))
