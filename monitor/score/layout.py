"""The clauses of a marked text, and whom each one names."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from .marked import Marked, Name

_CLAUSE = re.compile(
    r"[.!?;:…\n。！？；：]+|[,，、]|[—–]|\b(?:but|while|whereas|though|although|yet|however)\b|但是?|而(?!且)|可是|不过(?!如此)|却|倒是"
)


class Layout(NamedTuple):
    """The clauses of a marked text by their beginnings, and whom each one names."""

    begins: list[int]
    names: list[list[Name]]
    ends: list[int]

    def clause(self, at: int) -> int:
        return bisect_right(self.begins, at) - 1


def layout(marked: Marked) -> Layout:
    begins = [0, *(found.end() for found in _CLAUSE.finditer(marked.text))]
    names: list[list[Name]] = [[] for _ in begins]
    for name in marked.names:
        names[bisect_right(begins, name.at) - 1].append(name)
    return Layout(begins, names, [*begins[1:], len(marked.text)])
