"""Who asked not to be watched: written names compared whatever their case, form, script and order (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .fold import fold
from .simplified import simplified

_APART = re.compile(r"[\s,·・•_]+")
_LONGEST = 300


class OptOut:
    """The names of people who are never matched, claimed, counted or stored."""

    def __init__(self, names: Iterable[str]) -> None:
        self._forms = frozenset(form for name in names for form in comparable_forms(name))

    def __bool__(self) -> bool:
        return bool(self._forms)

    def has(self, name: str) -> bool:
        """Is this one of the names, in any written form?"""
        return bool(self._forms) and not self._forms.isdisjoint(comparable_forms(name))


def comparable_forms(name: str) -> set[str]:
    """A name as it compares: folded, simplified, its parts in one order, a hyphen as nothing and as a gap."""
    folded = simplified(fold(name[:_LONGEST])).replace("\u2013", "-")
    found = {
        " ".join(sorted(filter(None, _APART.split(folded.replace("-", between))))) for between in ("", " ")
    }
    return found - {""}
