"""The spellings under which a watched person is looked for."""

from __future__ import annotations

from typing import NamedTuple

from ..fold import fold
from ..simplified import written_forms
from ..watchlist import Person


class Alias(NamedTuple):
    """One folded spelling of one person; `rule` is name, handle or short, `shown` is the watchlist's spelling."""

    person: str
    text: str
    shown: str
    rule: str
    latin: bool


def aliases_of(person: Person) -> list[Alias]:
    """All spellings of a person, each once, the strongest rule first."""
    found: dict[str, Alias] = {}
    for name in person.full_names:
        for spelling in _spellings(fold(name)):
            found.setdefault(spelling, _alias(person, spelling, name, "name"))
    for handles in person.handles.values():
        for handle in handles:
            plain = fold(handle).removeprefix("@")
            found.setdefault(plain, _alias(person, plain, handle, "handle"))
    for name in person.short_names:
        for spelling in written_forms(fold(name)):
            found.setdefault(spelling, _alias(person, spelling, name, "short"))
    return list(found.values())


def glued(alias: Alias) -> bool:
    """Is this the spelling of a full name without its space, as hashtags have it?"""
    return alias.rule == "name" and alias.latin and " " not in alias.text


def _spellings(name: str) -> list[str]:
    if not name.isascii():
        return written_forms(name)
    if " " not in name:
        return [name]
    parts = name.split()
    return [name, "".join(parts), "-".join(parts), "  ".join(parts), "\n".join(parts)]


def _alias(person: Person, text: str, shown: str, rule: str) -> Alias:
    return Alias(person.id, text, shown, rule, text[0].isascii())
