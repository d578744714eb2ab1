"""The words of a text that show a reaction, each with its place, its person and its scope."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

import ahocorasick_rs

from .crowd import is_of_crowd
from .frames import framed
from .layout import Layout
from .marked import Marked, Name
from .negation import scoped
from .products import is_of_product
from .strangers import is_of_stranger, strangers
from .topics import is_topic
from .words import HARMLESS, PERSON, Word, table
from .wrongs import BETWEEN, OBJECT, Wrong, wrongs

# Nobody needs more words than this to be understood; it bounds the work on a hostile text.
MOST = 200
# Of the phrases, those that lie over each other too: a run of one emoji is thousands.
_MOST_HITS = 20 * MOST
_JOINED = 20  # names that an "and" joins
_PLACE = attrgetter("at")
_LETTER = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
# A clause that is no more than an item of a list of people, or tells only that they go.
_GOES = re.compile(r"leav|left|quit|gone|out\b|resign|depart|walk|join|step|走|离|辞|再见|卸任")
_BARE = re.compile(r"\W*(?:\w{1,20}\W{1,3}){0,2}")
# What is said of the last of several who were named, or of only one of them.
_APPOSED = re.compile(r" ?(?:an?|the|who|whos|what an?|such an?|that|this|one of) ")
_ONE = re.compile(r"[ \"“]*(?:he|she|hes|shes|his|her|him|这人|他(?!们)|她(?!们))(?![a-z])")
_BETTER = re.compile(rf"{PERSON} ?(?:>+|(?:is |was )?(?:better than|over|beats)) ?{PERSON}")
# "Calling X a fraud is the dumbest take": the words are others', and what follows is said of them.
_TAKE = re.compile(
    rf"(?:[\"“「][^\"”」\n]{{0,120}}[\"”」]|\b(?:calling|saying|claiming|suggesting|pretending|thinking|believing)(?: that)? {PERSON}[^.!?\n]{{0,60}}?)"
    r" (?:is|was)(?: (?:just|so|such|literally|honestly|actually|simply|the|an?|some|really|pretty|quite|plain))*"
    r" (?:[a-z]+est|most [a-z]+|worst|dumb|stupid|idiotic|wrong|false|insane|wild|crazy|bullshit|bs|nonsense|lie|ridiculous|absurd|unfair|"
    r"garbage|trash|lying|take|slander|libel|disgusting)\b"
)
_SUBJECT = re.compile(f"{PERSON}{BETWEEN} $")
_AND = re.compile(r" ?(?:and|&|\+|/|和|与|跟|还有|及|plus|or|以及|同) ?")


class Cue(NamedTuple):
    """A phrase at text[at:to] of the marked text. `people`: of whom it is said, [] for nobody known.

    `toward` is what it says of them by itself, -1..1, after negation; `kinds` what is left of them then. `doers`: who is
    said to have done it to them.
    """

    word: Word
    at: int
    to: int
    clause: int
    kinds: tuple[str, ...]
    toward: float
    people: tuple[str, ...]
    doers: tuple[str, ...] = ()


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[tuple[str, Word, bool]]]:
    rows = [(phrase.rstrip("*").strip(), word, phrase.endswith("*")) for phrase, word in table().items()]
    rows = [row for row in rows if row[0]]
    return ahocorasick_rs.AhoCorasick([row[0] for row in rows]), rows


def cues(marked: Marked, plan: Layout, thread: Sequence[str] = ()) -> list[Cue]:
    """The phrases of the tables, the longest at each place, in order. `thread`: who is meant where nobody is named."""
    deeds = {(one.at, one.to): one for one in wrongs(marked.text)}
    hits = _found(marked.text, list(deeds.values()))
    found = [(at, to, word, plan.clause(at)) for at, to, word in hits if word != HARMLESS][:MOST]
    if not found:
        return []
    told = {clause for _, _, word, clause in found if word.kinds != ("report",)}
    heirs = _heirs(marked.text, plan, told, thread)
    result: list[Cue] = []
    unwatched = strangers(marked)
    last: Cue | None = None
    takes = [one.span() for one in _TAKE.finditer(marked.text)] if marked.names else []
    for at, to, word, clause in found:
        begin, end = plan.begins[clause], plan.ends[clause]
        if (word.toward < 0 or "anger" in word.kinds) and is_topic(marked.text, begin, end, at, to):
            result.append(Cue(HARMLESS, at, to, clause, (), 0.0, ()))
            continue
        kinds, toward = scoped(marked.text, begin, at, to, word)
        if not (kinds or toward or word.way):
            continue
        if any(start <= at < stop for start, stop in takes):
            result.append(Cue(word, at, to, clause, kinds, 0.0, ()))
            continue
        if (at, to) in deeds:
            doers, people = _parties(marked, deeds[at, to], thread)
            last = Cue(word, at, to, clause, kinds, toward, people, doers if toward > 0 else ())
            result.append(last)
            continue
        people = _of_whom(marked, plan, clause, (at, to), word, heirs)
        if word.toward < 0 and is_of_product(marked.text, begin, at, to):
            people = ()
        if people and not any(at <= name.at < to for name in plan.names[clause]):
            if is_of_stranger(marked, begin, at, to, word, unwatched):
                people = ()
            elif not plan.names[clause]:
                people = _apart(marked.text, plan, clause, toward, people, result)
                people = _sided(last, word, toward, people)
        result.append(Cue(word, at, to, clause, kinds, toward, people))
    added = {cue.at - 1 for cue in result if cue.toward < 0}
    return [cue for cue in result if not _only_adds(marked.text, cue, added)]


def _parties(marked: Marked, deed: Wrong, thread: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who did it, and to whom: for a pronoun the only other one of whom the text or the thread is."""
    place = bisect_left(marked.names, deed.doer, key=_PLACE)
    if place == len(marked.names) or marked.names[place].at != deed.doer:
        return (), ()
    doers = _joined(marked.text, marked.names, place, -1)
    if deed.victim >= 0:
        return doers, tuple(
            name.person for name in marked.names if name.at == deed.victim and name.person not in doers
        )
    return doers, _only_other(marked, doers, thread) if deed.victim == -1 else ()


def _only_other(marked: Marked, people: Sequence[str], thread: Sequence[str] = ()) -> tuple[str, ...]:
    others = dict.fromkeys([*(name.person for name in marked.names), *thread])
    rest = tuple(person for person in others if person not in people)
    return rest if len(rest) == 1 else ()


def _apart(
    text: str, plan: Layout, clause: int, toward: float, people: tuple[str, ...], before: Sequence[Cue]
) -> tuple[str, ...]:
    """Of several who were named, whom a clause means that names nobody: "..., a bully", "She is ..."."""
    if len(people) < 2 or not clause:
        return people
    begin = plan.begins[clause]
    names = next((names for names in plan.names[clause - 1 :: -1] if names), [])
    better = _BETTER.search(text, names[0].at, begin) if names else None
    if better:
        return (names[0 if toward > 0 else -1].person,)
    if plan.names[clause - 1] and text[begin - 1] in ",，、—–" and _APPOSED.match(text, begin):
        return _joined(text, names, len(names) - 1, -1)
    if not _ONE.match(text, begin):
        return people
    unlike = {person for cue in before if cue.toward * toward < 0 for person in cue.people}
    left = tuple(person for person in people if person not in unlike)
    return left if len(left) == 1 else ()


def _sided(deed: Cue | None, word: Word, toward: float, people: tuple[str, ...]) -> tuple[str, ...]:
    """After words on who wronged whom, blame is of the one and warm words are of the other."""
    if deed is None or not deed.doers or not set(people) <= {*deed.doers, *deed.people}:
        return people
    if toward > 0:
        return deed.people
    return deed.doers if word.way == "blame" or "anger" in word.kinds else people


def _only_adds(text: str, cue: Cue, cold: set[int]) -> bool:
    """ "Incredibly rude": no praise, only more of the word behind it. `cold`: the ends of what stands before cold words."""
    return cue.toward > 0 and cue.to in cold and text.endswith("ly", 0, cue.to)


def _found(text: str, deeds: Sequence[Wrong]) -> list[tuple[int, int, Word]]:
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
    hits = [(one.at, one.to, one.word) for one in deeds] + framed(text) + hits
    kept: list[tuple[int, int, Word]] = []
    for hit in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
        elif hit[1] - hit[0] > kept[-1][1] - kept[-1][0]:
            kept[-1] = hit
    return kept


def _heirs(text: str, plan: Layout, told: set[int], thread: Sequence[str]) -> list[tuple[str, ...]]:
    """By clause, of whom it speaks: whom it names, else those named before, else the first to be named."""
    heirs: list[tuple[str, ...]] = []
    now: tuple[str, ...] = ()
    fresh = False
    for clause, names in enumerate(plan.names):
        own = tuple(dict.fromkeys(name.person for name in names))
        if own:
            now = tuple(dict.fromkeys([*now, *own])) if fresh else own
            begin, end = plan.begins[clause], plan.ends[clause]
            bare = end - begin < 60 and _BARE.fullmatch(text, begin, end) is not None
            fresh = bare or _GOES.search(text, begin, end) is not None
        elif _ONE.match(text, plan.begins[clause]):
            fresh = False
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
    if (subject := _subject(marked.text, plan.begins[clause], span)) >= 0:
        one = bisect_left(names, subject, key=_PLACE)
        return _only_other(marked, [name.person for name in names[one : one + 1]])
    several = bool(names) and len(heirs[clause]) > 1  # The heirs of a clause that names people are these.
    if is_of_crowd(marked, plan, clause, span, word, several):
        return ()
    if not several:
        return heirs[clause]
    return _nearest(marked.text, names, span)


def _subject(text: str, begin: int, span: tuple[int, int]) -> int:
    """Where the name is whose verb has "her" or "him" as its object, -1 if none: that is somebody else."""
    found = OBJECT.search(text, *span)
    if found is None or text[span[0] - 1 : span[0]] != " ":
        return -1
    before = _SUBJECT.search(text, max(begin, span[0] - 60), span[0])
    return before.start() if before else -1


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
