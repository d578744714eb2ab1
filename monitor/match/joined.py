"""Surnames that are too common to look for alone: beside another watched name, or in a text that gives the full name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..fold import fold
from ..watchlist import Watchlist
from . import namesakes

# What stands between two people of one list: 'A and B', 'A, B and C'.
_JOINS = re.compile(r" ?(?:,|, and|, or|,? ?&|/) ?| (?:and|or) ")
# A firm has such a name too: 'Bai and Partners'.
_FIRM = re.compile(r" ?(?:,|and|&)? (?:partners|associates|co\b|sons|company|bros)")


class Named(NamedTuple):
    """A place that is a person's: its bounds in the folded text, and whether it gives the full name."""

    start: int
    end: int
    person: str
    full: bool


class Surnames:
    """The surnames of a watchlist that are no short names of their people."""

    def __init__(self, watchlist: Watchlist) -> None:
        self._owner: dict[str, tuple[str, str]] = {}
        for person in watchlist.people:
            parts = person.name.split()
            short = {fold(name) for name in person.short_names}
            surname = (
                fold(parts[-1]) if len(parts) > 1 and parts[-1].isascii() and parts[-1].isalpha() else ""
            )
            if len(surname) > 1 and surname not in short:
                # Of two people with one surname nobody is meant by it.
                self._owner[surname] = ("", "") if surname in self._owner else (person.id, parts[-1])
        self._any = re.compile(
            rf"(?<![\w@#/.'-])(?:{'|'.join(map(re.escape, self._owner)) or '(?!)'})(?![\w-])"
        )

    def find(self, setting: namesakes.Setting, named: Sequence[Named]) -> list[tuple[str, str, int, int]]:
        """(person, surname, start, end) of the places that mean somebody, beside those in `named`."""
        if not any(surname in setting.folded for surname in self._owner):
            return []
        known = list(named)
        found = []
        for m in self._any.finditer(setting.folded):
            person, shown = self._owner[m.group()]
            start, end = m.span()
            if (
                not person
                or not setting.letters[start].isupper()
                or _FIRM.match(setting.folded, end)
                or any(one.start < end and start < one.end for one in known)
                or namesakes.stuck_to_name(setting, start, end, frozenset()) is not None
            ):
                continue
            full = any(one.full and one.person == person for one in known)
            if full or any(
                one.person != person and _joined(setting.folded, one, start, end) for one in known
            ):
                known.append(Named(start, end, person, False))
                found.append((person, shown, start, end))
        return found


def _joined(text: str, one: Named, start: int, end: int) -> bool:
    """Does a list join a place and another person's?"""
    low, high = (one.end, start) if one.end <= start else (end, one.start)
    return 0 < high - low < 7 and _JOINS.fullmatch(text, low, high) is not None
