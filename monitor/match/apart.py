"""Names that the text has given to somebody else before: 'Lin Hao has left. Lin was ...'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import words
from .namesakes import Setting
from .refusal import Refusal

if TYPE_CHECKING:
    from .names import Candidate

_OF_AN_OFFICE = re.compile(r" (?:from|in) (?:the )?([a-z]+)\b")
_NO_PERSON = re.compile(r", (?:our|my|the|an?) [^.,;:!?\n]{0,40}?\b(?:bot|chatbot|cat|dog|hamster|parrot)\b")


def somebody_else(setting: Setting, end: int) -> Refusal | None:
    """Is a short name that of somebody in another office, or of no person: 'X from accounting', 'X, our chatbot'?"""
    office = _OF_AN_OFFICE.match(setting.folded, end)
    if office is not None and office[1] in words.OFFICES:
        return Refusal(f"belongs to somebody in {office[1]}", taken=True)
    return Refusal("belongs to no person", taken=True) if _NO_PERSON.match(setting.folded, end) else None


def _owned(setting: Setting, start: int) -> bool:
    """Does the organisation's name stand right before: 'ORG's X'?"""
    return any(start - 4 <= e <= start for _, e in setting.organisation)


_NOT_THIS = re.compile(r"(?:\bnot (?:the )?|不是|并非|以为是)$")


def _not_this_one(setting: Setting, start: int) -> bool:
    """Do the words before a name, over the organisation's, say that it is not meant: 'not ORG's X'?"""
    low = next((s for s, e in setting.organisation if e <= start <= e + 4), start)
    return _NOT_THIS.search(setting.folded, max(0, low - 10), low) is not None


_OPENS_CLAUSE = frozenset(' ,.。!?;:\n"“「(、')


def surname_opens(setting: Setting, start: int) -> Refusal | None:
    """Does a surname that is a word too stand before a given name, where a clause begins?"""
    before = setting.folded[start - 1 : start]
    opens = start == 1 or setting.folded[start - 2 : start - 1] in _OPENS_CLAUSE
    if start and opens and before in words.CLAUSE_SURNAMES_ZH:
        return Refusal(f"belongs to the name of a {before}", taken=True)
    return None


def without_namesakes(found: list[Candidate], setting: Setting) -> list[Candidate]:
    """The places of a text that first names somebody else so: the short name is theirs, and 'not ORG's X' rules X out."""
    kept: list[Candidate] = []
    own: set[str] = set()
    other: set[str] = set()
    refused: set[str] = set()
    for one in found:
        if one.accepted and one.person in refused and _not_this_one(setting, one.start):
            one = one._replace(accepted=False, why="the text says that it is not this one")
        elif one.accepted and one.rule == "short" and one.person in other and not _owned(setting, one.start):
            one = one._replace(accepted=False, why="the text has named somebody else so")
        elif one.accepted and one.rule != "short":
            own.add(one.person)
        elif not one.accepted:
            refused.add(one.person)
            if one.taken and one.person not in own:
                other.add(one.person)
        kept.append(one)
    return kept
