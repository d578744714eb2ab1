"""Whom pronouns, roles and the voices of a conversation mean.

In a short text a pronoun means the first person of the sentence that named somebody last. In an article it looks a
few sentences back for a person whose pronoun the text has used before, and stops at people without a name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from .. import people
from ..people import Mention
from ..regex import regex
from . import roles
from .voices import (
    announced_speaker,
    answering,
    interviewed,
    quote_around,
    quote_speaker,
    retold_speaker,
    turn_around,
    voice,
)

if TYPE_CHECKING:
    from ...organisation import Span
    from ..scene import Scene

# How many sentences back a pronoun looks in a long text; each that it is found in carries it on.
_BACK = 2


def with_pronouns(scene: Scene) -> list[Mention]:
    """The named mentions together with the pronouns that could be resolved."""
    names = scene.mentions
    offices = roles.by_office(scene) if scene.long else []
    taken = [m.start for m in names]
    found = [*names, *offices]
    chain: list[Mention] = []
    sides = _sides(scene, names) if scene.long else {}
    for start, end, kind in people.pronouns(scene.text):
        at = bisect_left(taken, end)
        if at and names[at - 1].end > start:
            continue
        one = _resolved(scene, start, end, kind, chain, sides)
        if one is not None:
            found.append(one)
            if kind == "third":
                chain.append(one)
    return sorted(found)


def _resolved(
    scene: Scene, start: int, end: int, kind: str, chain: list[Mention], sides: dict[str, str]
) -> Mention | None:
    quote = quote_around(scene, start)
    if kind == "first" and scene.text[start:end] == "本人":
        same = scene.named(scene.sentences[scene.sentence_of(start)][0], start)
        if same:
            return _as(same[-1], start, end, "third")
    if kind == "first":
        return _first(scene, start, end, quote)
    if kind == "second":
        if quote is not None:
            return None
        turn = turn_around(scene, start)
        if turn is not None or scene.turns:
            return _as(answering(scene, turn), start, end, kind)
        return _as(_addressed(scene, start), start, end, kind)
    if scene.long and kind == "third":
        return _as(_far_antecedent(scene, start, end, quote, chain, sides), start, end, kind)
    return _as(_antecedent(scene, start, kind), start, end, kind)


def _first(scene: Scene, start: int, end: int, quote: Span | None) -> Mention | None:
    if quote is not None:
        return _as(quote_speaker(scene, quote), start, end, "first")
    turn = turn_around(scene, start)
    if turn is not None:
        return _as(voice(scene, turn), start, end, "first")
    speaker = retold_speaker(scene) or announced_speaker(scene, start) or interviewed(scene, start)
    if speaker is not None:
        return _as(speaker, start, end, "first")
    if scene.author is None or (scene.turns and not scene.author_watched):
        return None
    return Mention(start, end, scene.author, "first", scene.author_watched)


def _as(source: Mention | None, start: int, end: int, kind: str) -> Mention | None:
    return None if source is None else Mention(start, end, source.key, kind, source.watched)


def _addressed(scene: Scene, at: int) -> Mention | None:
    names = [m for m in scene.mentions if m.kind == "name"]
    if not names:
        return None
    before = [m for m in names if m.end <= at]
    if scene.long:
        return None if not before or at - before[-1].end > 120 else before[-1]
    high = scene.sentences[min(len(scene.sentences) - 1, scene.sentence_of(at) + 1)][1]
    return before[-1] if before else (names[0] if names[0].start < high else None)


def _antecedent(scene: Scene, at: int, kind: str) -> Mention | None:
    names = [m for m in scene.mentions if m.kind == "name"]
    before = [m for m in names if m.end <= at]
    if kind == "who":
        near = before[-1] if before and at - before[-1].end < 60 else None
        if near is not None and scene.long and scene.sentence_of(near.start) != scene.sentence_of(at):
            return None
        return near
    number = scene.sentence_of(at)
    low, high = scene.sentences[number]
    same = [m for m in before if m.start >= low]
    if same:
        return _in_sentence(scene, same, low, at)
    if before:
        if _of_another_firm(scene, before[-1].end, at):
            return None
        first = scene.sentences[scene.sentence_of(before[-1].start)][0]
        return next(m for m in before if m.start >= first)
    return next((m for m in names if at < m.start < high), None)


# 'OTHER's chief scientist says that he': somebody without a name.
_BOSS = regex(
    r"(?:^|[\n.!?;:\"] ?)(?P<firm>[\w.-]{1,30})'s (?:[\w'-]+ ){0,3}?(?:manager|chief|boss|founder|officer|director|executive|scientist|president|chair|chairman|chairwoman|head|lead|owner|spokes\w+)\b"
)


def _of_another_firm(scene: Scene, start: int, at: int) -> bool:
    """Does an officer of another firm, who has no name, stand before a pronoun?"""
    found = _BOSS.search(scene.text, start, at)
    return found is not None and scene.organisation_in(found.start("firm"), found.end("firm") + 2) is None


_WHO_SAYS = regex(
    r",? who (?:swears?|says|said|insists?|claims?|claimed|told [\w ]{1,20}|maintains?|vows?|vowed)(?: that)? $"
)


_SAYS = regex(
    r"(?: of [\w ]{2,20})? (?:also |had |has |then |later )?(?:said|says|wrote|writes|announced|called to say|explained|confirmed|replied|posted|insisted|let (?:\w+ ){1,3}know|told (?!\w+ \w+ \w+ \w+)[\w ]{2,24})(?: (?:on|last|this) \w+)?(?: that)? "
)


def _in_sentence(scene: Scene, same: list[Mention], low: int, at: int) -> Mention:
    """Of the persons whom a sentence has named before a pronoun: the clause's own, else the sentence's first."""
    if _WHO_SAYS.search(scene.text, same[-1].end, at) or _SAYS.fullmatch(scene.text, same[-1].end, at):
        return same[-1]
    clause = max(scene.text.rfind(mark, low, at) for mark in (",", ";", ":"))
    return next((m for m in same if m.start > clause), same[0])


_HE = frozenset(("he", "he's", "he'll", "he'd", "him", "his", "他"))
_SHE = frozenset(("she", "she's", "she'll", "she'd", "her", "她"))


def _side(word: str) -> str:
    return "m" if word in _HE else "f" if word in _SHE else ""


_TITLE_BEFORE = regex(r"\b(?:(mr|lord|sir|king)|(ms|mrs|miss|madam|lady|dame))\.? $")
_TITLE_AFTER = regex(r"\s?(?:(先生)|(女士|小姐))")


def _sides(scene: Scene, names: list[Mention]) -> dict[str, str]:
    """By which pronoun a long text speaks of each person: m or f, where titles or unmistakable sentences tell."""
    votes: dict[str, Counter[str]] = {}
    for m in names:
        title = _TITLE_BEFORE.search(scene.text, max(0, m.start - 8), m.start) or _TITLE_AFTER.match(
            scene.text, m.end
        )
        if title:
            votes.setdefault(m.key, Counter())["m" if title.group(1) else "f"] += 20
    spoken = [(s, _side(scene.text[s:e])) for s, e, kind in people.pronouns(scene.text) if kind == "third"]
    at = place = 0
    for low, high in scene.sentences:
        keys = []
        while place < len(names) and names[place].start < high:
            keys.append(names[place].key)
            place += 1
        sides = set()
        while at < len(spoken) and spoken[at][0] < high:
            if spoken[at][1] and quote_around(scene, spoken[at][0]) is None:
                sides.add(spoken[at][1])
            at += 1
        if len(set(keys)) == 1 and len(sides) == 1 and not _SOMEBODY.search(scene.text, low, high):
            votes.setdefault(keys[0], Counter())[sides.pop()] += 1
    return {key: sure for key, count in votes.items() if (sure := _surer(count))}


def _surer(count: Counter[str]) -> str:
    if count["m"] >= 2 * count["f"] + 1:
        return "m"
    return "f" if count["f"] >= 2 * count["m"] + 1 else ""


# A person who is not named, as the subject of a sentence: a pronoun behind it means them.
_SOMEBODY = regex(
    r"(?:^|[\n.!?;:\"] ?)(?:(?:the|a|an|his|her|its|their|one|another|our|my) (?:[\w'-]+ ){0,3}"
    r"(?:manager|chief|spokes\w+|founder|boss|officer|director|executive|analyst|colleague|engineer|researcher|professor|"
    r"minister|judge|mother|father|wife|husband|brother|sister|friend|student|investor|lawyer|reporter|man|woman|president|"
    r"chair|chairman|chairwoman|head|lead|partner|owner|author|witness|customer|user|scientist|recruiter)\b|(?:mr|mrs|ms|dr|prof)\.? [a-z])"
    r"|(?:一[位名个]|有)(?:[\u4e00-\u9fff]{0,8})(?:人士?|员工|同事|工程师|研究员|分析师|投资人|学生|用户|高管|朋友|猎头|老师)(?!名|们|[^,。]{0,4}(?:说|称|表示|透露|告诉)[^,。]{0,3}(?:[他她]|$))"
)
# "of X", "by X": somebody in the shade of the sentence, not its subject.
_SHADE = regex(
    r"(?:\b(?:of|by|from|with|for|than|under|like|to|at|replac\w+|succeed\w*|told|joined|hired|and)|接替|接任|由|向|和|与|替|比) ?$"
)


_OPENING = regex(
    r"\W*(?:after|before|since|when|while|although|with|like|following|unlike|under|besides|despite|in addition to|as)\b[^,.\n]{3,90},"
    r"|\W*(?:继|随着|除了)[^,。\n]{2,24}(?:之后|后|外),?"
)


def _behind_opening(scene: Scene, named: list[Mention], low: int) -> list[Mention]:
    """Of 'After the exit of A, eyes turn to B': B; all where nobody stands behind an opening clause."""
    opening = _OPENING.match(scene.text, low)
    behind = [m for m in named if opening is not None and m.start >= opening.end()]
    return behind or named


_BESIDE = regex(r"\b(?:of|by|from|for|than|under|like|to) $")


def _beside_somebody(scene: Scene, low: int, one: Mention) -> bool:
    """'The scientist, whose farewell to X': somebody without a name is the subject, and X only stands beside."""
    return (
        _BESIDE.search(scene.text, max(low, one.start - 6), one.start) is not None
        and _SOMEBODY.search(scene.text, max(0, low - 1), one.start) is not None
    )


def _far_antecedent(
    scene: Scene, at: int, end: int, quote: Span | None, chain: list[Mention], sides: dict[str, str]
) -> Mention | None:
    """Whom he or she means in an article; None where nobody near fits."""
    side = _side(scene.text[at:end])
    speaker = quote_speaker(scene, quote) if quote is not None else None

    def fits(one: Mention) -> bool:
        other = sides.get(one.key, "")
        return not (side and other and side != other) and (speaker is None or one.key != speaker.key)

    number = scene.sentence_of(at)
    low, high = scene.sentences[number]
    names = [m for m in scene.mentions if m.kind == "name"]
    same = [m for m in names if low <= m.start and m.end <= at and fits(m)]
    if same:
        light = [m for m in same if not _SHADE.search(scene.text, max(low, m.start - 14), m.start)]
        if not light and _beside_somebody(scene, low, same[0]):
            return None
        return _in_sentence(scene, light or same, low, at)
    last = chain[-1] if chain and fits(chain[-1]) else None
    for back in range(number - 1, max(-1, number - 1 - _BACK), -1):
        first, behind = scene.sentences[back]
        told = [m for m in names if first <= m.start < behind and fits(m)]
        if told and _of_another_firm(scene, told[-1].end, at):
            return None
        if told:
            told = _behind_opening(scene, told, first)
            light = [m for m in told if not _SHADE.search(scene.text, max(first, m.start - 14), m.start)]
            found = (light or told)[0]
            if not light and _beside_somebody(scene, first, found):
                return None
            if last is not None and last.key != found.key and not light and last.start >= first:
                found = last
            return None if _SOMEBODY.search(scene.text, max(found.end, found.start), at) else found
        if last is not None and first <= last.start < behind:
            return None if _SOMEBODY.search(scene.text, last.end, at) else last
    if last is not None and low <= last.start:
        return last
    return next((m for m in names if at < m.start < high and fits(m)), None) if number == 0 else None
