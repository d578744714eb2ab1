"""The words of a text that show a reaction, each with its place, its person and its scope."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

import ahocorasick_rs

from .frames import framed
from .layout import Layout
from .marked import Marked, Name
from .negation import scoped
from .others import is_of_others
from .topics import is_topic
from .words import HARMLESS, Word, table

# Nobody needs more words than this to be understood; it bounds the work on a hostile text.
MOST = 200
# Of the phrases, those that lie over each other too: a run of one emoji is thousands.
_MOST_HITS = 20 * MOST
_JOINED = 20  # names that an "and" joins
_PLACE = attrgetter("at")
_LETTER = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_AND = re.compile(r" ?(?:and|&|\+|/|和|与|跟|还有|及|plus|or|以及|同) ?")


class Cue(NamedTuple):
    """A phrase at text[at:to] of the marked text. `people`: of whom it is said, [] for nobody known.

    `toward` is what it says of them by itself, -1..1, after negation; `kinds` what is left of them then.
    """

    word: Word
    at: int
    to: int
    clause: int
    kinds: tuple[str, ...]
    toward: float
    people: tuple[str, ...]


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[tuple[str, Word, bool]]]:
    rows = [(phrase.rstrip("*").strip(), word, phrase.endswith("*")) for phrase, word in table().items()]
    rows = [row for row in rows if row[0]]
    return ahocorasick_rs.AhoCorasick([row[0] for row in rows]), rows


def cues(marked: Marked, plan: Layout, thread: Sequence[str] = ()) -> list[Cue]:
    """The phrases of the tables, the longest at each place, in order. `thread`: who is meant where nobody is named."""
    found = [(at, to, word, plan.clause(at)) for at, to, word in _found(marked.text) if word != HARMLESS][
        :MOST
    ]
    if not found:
        return []
    heirs = _heirs(plan, {clause for _, _, _, clause in found}, thread)
    result = []
    for at, to, word, clause in found:
        begin, end = plan.begins[clause], plan.ends[clause]
        if (word.toward < 0 or "anger" in word.kinds) and is_topic(marked.text, begin, end, at, to):
            result.append(Cue(HARMLESS, at, to, clause, (), 0.0, ()))
            continue
        kinds, toward = scoped(marked.text, begin, at, to, word)
        if kinds or toward or word.way:
            people = _of_whom(marked, plan, clause, (at, to), word, heirs)
            result.append(Cue(word, at, to, clause, kinds, toward, people))
    added = {cue.at - 1 for cue in result if cue.toward < 0}
    return [cue for cue in result if not _only_adds(marked.text, cue, added)]


def _only_adds(text: str, cue: Cue, cold: set[int]) -> bool:
    """ "Incredibly rude": no praise, only more of the word behind it. `cold`: the ends of what stands before cold words."""
    return cue.toward > 0 and cue.to in cold and text.endswith("ly", 0, cue.to)


def _found(text: str) -> list[tuple[int, int, Word]]:
    automaton, rows = _automaton()
    hits = []
    for index, at, to in automaton.find_matches_as_indexes(text, overlapping=True):
        phrase, word, open_end = rows[index]
        if at and phrase[0] in _LETTER and text[at - 1] in _LETTER:
            continue
        if not open_end and to < len(text) and phrase[-1] in _LETTER and text[to] in _LETTER:
            continue
        hits.append((at, to, word))
        if len(hits) == _MOST_HITS:  # They come in the text's order.
            break
    hits += framed(text)
    kept: list[tuple[int, int, Word]] = []
    for hit in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
        elif hit[1] - hit[0] > kept[-1][1] - kept[-1][0]:
            kept[-1] = hit
    return kept


def _heirs(plan: Layout, told: set[int], thread: Sequence[str]) -> list[tuple[str, ...]]:
    """By clause, of whom it speaks: whom it names, else those named before, else the first to be named."""
    heirs: list[tuple[str, ...]] = []
    now: tuple[str, ...] = ()
    fresh = False
    for clause, names in enumerate(plan.names):
        own = tuple(dict.fromkeys(name.person for name in names))
        if own:
            now = tuple(dict.fromkeys([*now, *own])) if fresh else own
            fresh = clause not in told
        heirs.append(own or now)
        fresh = fresh and clause not in told
    first = next((one for one in heirs if one), tuple(thread))
    return [one or first for one in heirs]


def _of_whom(
    marked: Marked, plan: Layout, clause: int, span: tuple[int, int], word: Word, heirs: list[tuple[str, ...]]
) -> tuple[str, ...]:
    names = plan.names[clause]
    if names:
        first, last = (bisect_left(names, place, key=_PLACE) for place in span)
        if first < last:
            return tuple(name.person for name in names[first:last])
    several = bool(names) and len(heirs[clause]) > 1  # The heirs of a clause that names people are these.
    if is_of_others(marked, plan, clause, span, word, several):
        return ()
    if not several:
        return heirs[clause]
    return _nearest(marked.text, names, span)


def _nearest(text: str, names: list[Name], span: tuple[int, int]) -> tuple[str, ...]:
    """Of several names in one clause the last before the words, else the first after; and what is joined to it."""
    before = bisect_left(names, span[0], key=_PLACE)
    return _joined(text, names, before - 1, -1) if before else _joined(text, names, 0, 1)


def _joined(text: str, names: list[Name], at: int, step: int) -> tuple[str, ...]:
    """A name and those that an "and" joins to it, in steps of 1 or -1."""
    group = [names[at].person]
    while 0 <= at + step < len(names) and len(group) < _JOINED:
        one, two = sorted((names[at].at, names[at + step].at))
        if not _AND.fullmatch(text, one + 1, two):
            break
        at += step
        group.append(names[at].person)
    return tuple(dict.fromkeys(group))
