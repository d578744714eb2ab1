"""What a reaction does: thanks, mourns, praises, mocks, worries ..., each kind with the words that show it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..model import KINDS, Match
from .cues import Cue, Layout, cues, layout
from .marked import FindSpans, Marked, mark
from .words import ORGANISATION, PERSON

# In a text of up to so many characters a mark of sarcasm is about all of it.
SHORT = 280
FEELING = re.compile(
    r"[!?！？🤔-🤯😀-🙏❤💔]|\b(?:i|im|ive|my|me|we|our|lol|lmao|tbh|imo|imho|ngl|fr|tho|gonna|wanna|kinda|man|bro|dude|so|really|"
    r"just|ugh|hmm|hm|guess|feel|feels|think|honestly|anyone|curious|hope|makes sense|maybe|btw)\b"
    r"|我|咱|吧|啊|呢|嘛|呀|啦|哦|吗|么$|了$|有人|谁|觉得|感觉|其实"
)
_QUOTES = frozenset('"「『“”')


class Kind(NamedTuple):
    """One kind that holds, and the words for it at post.text[start:end]."""

    kind: str
    start: int
    end: int
    words: str


class Reading(NamedTuple):
    """A text as the tables read it."""

    marked: Marked
    plan: Layout
    cues: list[Cue]


def read(text: str, matches: Sequence[Match], organisation: FindSpans) -> Reading:
    """The words that show something, without those that sarcasm turns; for kinds() and for toward()."""
    marked = mark(text, matches, organisation)
    plan = layout(marked)
    thread = tuple(dict.fromkeys(match.person for match in matches))
    found = cues(marked, plan, thread)
    return Reading(marked, plan, _unmeant(marked, found))


def kinds(reading: Reading, text: str) -> list[Kind]:
    """The kinds that hold, in the order of model.KINDS, each by its first words."""
    marked, _, found = reading
    first: dict[str, Cue] = {}
    warm = any(cue.toward > 0 for cue in found)
    cold = any(cue.toward < 0 and cue.word.way != "laugh" for cue in found)
    for cue in found:
        if cue.word.way == "laugh" and warm and not cold:
            continue
        for kind in cue.kinds:
            first.setdefault(kind, cue)
    if "report" in first and (len(first) > 1 or warm or cold or FEELING.search(marked.text)):
        del first["report"]
    return [_kind(kind, first[kind], marked, text) for kind in KINDS if kind in first]


def said_of(reading: Reading, text: str, person: str) -> list[Kind]:
    """The words that are warm or cold toward a person."""
    found = [cue for cue in reading.cues if cue.toward and person in cue.people]
    return [_kind("warm" if cue.toward > 0 else "cold", cue, reading.marked, text) for cue in found]


def _kind(kind: str, cue: Cue, marked: Marked, text: str) -> Kind:
    start, end = marked.original(cue.at), marked.original(cue.to - 1) + 1
    if marked.text[cue.to - 1] in (PERSON, ORGANISATION):
        end = marked.original(cue.to)
    return Kind(kind, start, end, text[start:end])


def _unmeant(marked: Marked, found: list[Cue]) -> list[Cue]:
    """Praise and thanks in scare quotes, or in one breath with a mark of sarcasm, are mockery."""
    marks = [cue for cue in found if cue.word.way == "sarcasm"][:20]
    short = len(marked.text) <= SHORT
    result = []
    for cue in found:
        fond = cue.toward > 0 and cue.word.way != "victim" and cue.kinds[:1] != ("sadness",)
        turned = fond and any(
            (short or abs(one.clause - cue.clause) < 3) and set(one.people) & set(cue.people) for one in marks
        )
        quoted = "praise" in cue.kinds and _is_quoted(marked.text, cue)
        result.append(cue._replace(kinds=("mockery",), toward=-0.5) if turned or quoted else cue)
    return result


def _is_quoted(text: str, cue: Cue) -> bool:
    return text[cue.at - 1 : cue.at] in _QUOTES and cue.at > 0 and text[cue.to : cue.to + 1] in _QUOTES
