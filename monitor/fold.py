"""Folds text for comparison: one case, plain letters, no marks; with the way back to the offsets of the original."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_PLAIN = {0x2018: "'", 0x2019: "'", 0x02BC: "'", 0x2010: "-", 0x2011: "-", 0x201C: '"', 0x201D: '"'}
# A sign that stands for a whole sentence (U+FDFA is 18 letters) is one letter: a text must not grow by folding.
_LONGEST = 4
_MOST = 1 << 16  # characters kept: texts that try all of Unicode shall not fill the memory
_odd: set[str] = set()


class _Table(dict[int, str]):
    """A translation table that fills itself: what a character folds to is worked out once."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        if len(self) < _MOST:
            self[code] = folded
        if len(folded) != 1:
            _odd.add(chr(code))
        return folded


def _fold_character(character: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    folded = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    return folded if len(folded) <= _LONGEST else character.casefold()[:1]


_TABLE = _Table(_PLAIN)


def fold(text: str) -> str:
    """The text in one case, full-width forms plain, without combining marks and format characters."""
    if text.isascii():
        return text.lower()
    return _by_table(text) if _FOLDS.search(text) else _narrow(text.lower())


@lru_cache(maxsize=64)
def _by_table(text: str) -> str:
    return text.translate(_TABLE)


# All but these fold to one letter, by case alone or by the pairs below: Chinese text needs no table.
_FOLDS = re.compile(
    "[^\\x00-\x7f\u3001-\u3029\u302e-\u3035\u3037\u303b-\u303f\u4e00-\u9fff\uff01-\uff0f\uff1a-\uff1f\U0001f300-\U0001f64f]"
)
_WIDE = [(chr(code), chr(code - 0xFEE0)) for code in (*range(0xFF01, 0xFF10), *range(0xFF1A, 0xFF20))]


def _narrow(text: str) -> str:
    """The text with full-width punctuation plain."""
    for wide, plain in _WIDE:
        if wide in text:
            text = text.replace(wide, plain)
    return text


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
    if text.isascii():
        return Folded(text.lower(), None, len(text))
    if not _FOLDS.search(text):
        return Folded(_narrow(text.lower()), None, len(text))
    folded = _by_table(text)
    if _odd.isdisjoint(text):
        return Folded(folded, None, len(text))
    offsets: list[int] = []
    behind = 0
    for m in _FOLDS.finditer(text):
        letters = len(_TABLE[ord(m[0])])
        if letters != 1:
            at = m.start()
            offsets += range(behind, at)
            offsets += [at] * letters
            behind = at + 1
    offsets += range(behind, len(text))
    return Folded(folded, offsets, len(text))
