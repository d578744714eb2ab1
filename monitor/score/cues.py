"""The words of a text that show a reaction, each with its place, its person and its scope."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

import ahocorasick_rs

from .marked import Marked, Name
from .negation import scoped
from .words import HARMLESS, ORGANISATION, Word, table

# Nobody needs more words than this to be understood; it bounds the work on a hostile text.
MOST = 200
# Of the phrases, those that lie over each other too: a run of one emoji is thousands.
_MOST_HITS = 20 * MOST
_JOINED = 20  # names that an "and" joins
_PLACE = attrgetter("at")
# Whom words of blame are aimed at stands so near, in characters.
NEAR = 200

_LETTER = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_CLAUSE = re.compile(
    r"[.!?;:…\n。！？；：]+|[,，、]|[—–]|\b(?:but|while|whereas|though|although|yet|however)\b|但是?|而(?!且)|可是|不过(?!如此)|却|倒是"
)
_AND = re.compile(r" ?(?:and|&|\+|/|和|与|跟|还有|及|plus|or|以及|同) ?")
# Said of several: not of the one person who is named.
_MANY = frozenset(
    [
        "idiots",
        "clowns",
        "cowards",
        "fools",
        "morons",
        "liars",
        "frauds",
        "rats",
        "crooks",
        "traitors",
        "jerks",
    ]
    + ["assholes", "bastards", "hypocrites", "thieves", "snakes", "bozos", "amateurs", "vultures", "bullies"]
    + ["weasels", "sellouts", "imbeciles", "scammers", "grifters", "fuckers", "monsters", "scumbags"]
)
_ORGANISATION = re.compile(ORGANISATION)
_OTHERS = re.compile(
    f"{ORGANISATION}|\\b(?:company|companies|management|managers|leadership|board|execs?|executives?|bosses|hr|lab|they|those|place|"
    "corporate|corp|suits|firm|employer|whoever|industry)\\b|公司|管理层|高层|领导层?|上层|上头|老板|资本|资方|董事|平台|大厂|hr|他们"
)
# The organisation as the subject of what follows, or as the object of what is felt.
_BEING = "is|are|was|were|has been|have been|looks?|seems?"
_HOW = "so|very|just|really|such|an?|the|too|totally|always|now"
_HOW_ZH = "真的|真|太|很|就|都|也|实在|确实|越来越|已经|好|挺|让人|令人|是|的"
_SUBJECT = re.compile(
    rf"(?:{_OTHERS.pattern})(?:s?(?: [a-z]+)? (?:{_BEING})(?: (?:{_HOW}))* |(?:{_HOW_ZH})*)$"
    rf"|对(?:{_OTHERS.pattern})(?:很|太|真|非常|好|挺|有点)*$"
)
_SUBJECT_ALONE = re.compile(rf"(?:{_OTHERS.pattern}) $")
_OBJECT = re.compile(rf" (?:in|with|by) (?:the )?(?:{_OTHERS.pattern})")
_FELT = ("disappointed", "ashamed", "unimpressed", "embarrassed")
_VERBS = ("cant be", "cannot be", "can not be", "should", "could")
_WITHOUT = ("better", "free")  # "Orrin is better off": without the person.
# Who has nothing to do with it, as the subject of the blame.
_STRANGERS = re.compile(
    r"\b(?:moderators?|mods|reporters?|journalists?|commenters|headline|driver|landlord|neighbou?rs?|recruiters?|vcs?|"
    r"shareholders|politicians?|reply guys|trolls)\b|记者|小编|网友|评论区|营销号|司机|房东|猎头|友商"
)
_CROWD = re.compile(
    r"\b(?:anyone|anybody|whoever|everyone|people|those|haters|trolls|folks|some of you) (?:who|that|still|celebrat|cheer|call|say|blam|"
    r"attack|mock|dunk|making|laugh|claim|hating|piling)|(?:骂|喷|黑|嘲|笑话|说|攻击|质疑)(?:\ue000|他|她)[^，。！？,.!?]{0,8}的(?:人|都|是|$)|喷子|黑子|键盘侠"
)
_WHO = re.compile(
    r"\b(?:he|she|him|her|hes|shes|his|this (?:guy|man|woman|dude|person|clown)|that (?:guy|man|woman|dude)|dude|you)\b|他(?!们)|她(?!们)|这人|此人|这货|这种人|你"
)


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


class Layout(NamedTuple):
    """The clauses of a marked text by their beginnings, and whom each one names."""

    begins: list[int]
    names: list[list[Name]]

    def clause(self, at: int) -> int:
        return bisect_right(self.begins, at) - 1


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[tuple[str, Word, bool]]]:
    rows = [(phrase.rstrip("*").strip(), word, phrase.endswith("*")) for phrase, word in table().items()]
    rows = [row for row in rows if row[0]]
    return ahocorasick_rs.AhoCorasick([row[0] for row in rows]), rows


def layout(marked: Marked) -> Layout:
    begins = [0, *(found.end() for found in _CLAUSE.finditer(marked.text))]
    names: list[list[Name]] = [[] for _ in begins]
    for name in marked.names:
        names[bisect_right(begins, name.at) - 1].append(name)
    return Layout(begins, names)


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
        kinds, toward = scoped(marked.text, plan.begins[clause], at, to, word)
        if kinds or toward or word.way:
            people = _of_whom(marked, plan, clause, (at, to), word, heirs)
            result.append(Cue(word, at, to, clause, kinds, toward, people))
    return result


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
    if word.way == "blame" and _is_of_others(marked, plan, clause, span, _OTHERS, several):
        return ()
    if "mockery" in word.kinds and _is_of_others(marked, plan, clause, span, _ORGANISATION, several):
        return ()
    if word.way == "" and word.toward < 0 and _is_told_of_others(marked, plan, clause, span):
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


def _is_of_others(
    marked: Marked,
    plan: Layout,
    clause: int,
    span: tuple[int, int],
    others: re.Pattern[str],
    several: bool,
) -> bool:
    """Are words of blame aimed at the organisation, or at people who are not named? `several`: people of the clause."""
    if marked.text[span[0] : span[1]] in _MANY and not several:
        return True
    if _is_called(marked, plan, clause):
        return True
    begin = max(plan.begins[clause], span[0] - NEAR)
    end = plan.begins[clause + 1] if clause + 1 < len(plan.begins) else len(marked.text)
    end = min(end, span[1] + NEAR)
    near = [_distance(span, *found.span()) for found in others.finditer(marked.text, begin, end)]
    own = [_distance(span, *found.span()) for found in _WHO.finditer(marked.text, begin, end)]
    names = plan.names[clause]
    after = bisect_left(names, span[0], key=_PLACE)
    own += [_distance(span, name.at, name.at + 1) for name in names[max(0, after - 1) : after + 1]]
    if near:
        return min(near) < min(own, default=1000)
    if _CROWD.search(marked.text, begin, end) or _STRANGERS.search(marked.text, begin, span[0]):
        return True
    return not own and bool(others.search(marked.text, max(0, begin - NEAR), begin))


def _is_told_of_others(marked: Marked, plan: Layout, clause: int, span: tuple[int, int]) -> bool:
    """Does the organisation stand right before or behind the words, as what they are said of?"""
    text, (at, to) = marked.text, span
    if text.startswith(_FELT, at):
        first = plan.names[clause][:1]
        return not (first and first[0].at < at) and _OBJECT.match(text, to) is not None
    if text.startswith(_WITHOUT, at):
        return False
    before = text[max(plan.begins[clause], at - 40) : at]
    return (_SUBJECT_ALONE if text.startswith(_VERBS, at) else _SUBJECT).search(before) is not None


def _is_called(marked: Marked, plan: Layout, clause: int) -> bool:
    """Does the clause name nobody and stand beside the organisation's name in address: "Orrin, you ...", "..., Orrin."?"""
    if plan.names[clause]:
        return False
    begin = plan.begins[clause]
    end = plan.begins[clause + 1] if clause + 1 < len(plan.begins) else len(marked.text)
    called = marked.text[max(0, begin - 3) : begin].rstrip(" ,，:：").endswith(ORGANISATION)
    after = marked.text[end : end + 4].lstrip(" @")
    return called or (
        after.startswith(ORGANISATION) and after[1:2] in ("", ".", "!", "?", "。", "！", "？", "\n")
    )


def _distance(span: tuple[int, int], at: int, to: int) -> int:
    return max(at - span[1], span[0] - to, 0)
