"""Warm and cold words of somebody else in particular: by name, as "X's boss", or of the post that is answered.

What is aimed at the organisation or at a crowd is for crowd.py, which cues.py asks first.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from .marked import Marked
from .words import ORGANISATION, PERSON, Word


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MOST = 100  # names of strangers that are looked at
_NAME = re.compile(
    r"(?<![A-Za-z0-9_])(?:@[A-Za-z0-9_.]{2,30}|[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)?(?: [A-Z][a-z]+(?:-[A-Z][a-z]+)?){0,2})(?![A-Za-z])"
)
_NO_NAME = _set(
    """He She It This That These Those They We You There Here What Who Everyone Everybody Nobody Someone Somebody Anyone Anybody
    Everything Nothing Something All Man Dude Guy Bro Boss Lady Woman Queen King Legend One The A An My Our Your His Her Their Its
    Such So And But Or If When Why How Thank Thanks Poor Dear Fuck Screw Hey Hi Yes No Not Both Some Many Few Most Now Then Today
    Mr Mrs Ms Dr Well Good Great Best Hello Goodbye Bye Farewell Congrats Happy Sad Every Another Because Also Only Even Just As At In
    On For To From With By Of After Before Since While Imagine Wow Damn God Love Miss Missing Heart"""
)
_WORD = re.compile("[A-Za-z]{4,}")
_TITLE = 0.6  # of so many words with a capital a text is a headline, whose capitals name nobody
# Whom somebody else is to a person: "X's husband", "her replacement".
_KIN = (
    r"(?:husband|wife|partner|boyfriend|girlfriend|boss|manager|supervisor|replacement|successor|predecessor|brother|sister|"
    r"friend|son|daughter|father|mother|dad|mom|mum|fan|critic|hater|colleague|coworker|employer|assistant|lawyer|agent|"
    r"neighbou?r|landlord|ex|cofounder|stalker|follower|rival|bosses)"
)
_RELATED = re.compile(
    rf"(?:\b(?:her|his|their|my|our|your)|{PERSON}s)(?: (?!and|or)[a-z]+)? {_KIN}s?\b"
    rf"|\b(?:guy|man|woman|dude|person|people|one|ones|those|anyone|everyone|ceo|manager|boss|exec|clown|idiot|team|company)s? (?:who|that)"
    rf"(?: (?!is|are|was|were|made|makes)[a-z]+){{1,3}} {PERSON}(?!s)|\bwhoever(?: [a-z]+){{1,3}} {PERSON}(?!s)"
    rf"|{PERSON}的(?:老公|丈夫|老婆|妻子|老板|上司|领导|继任者?|接班人|接替者|同事|朋友|粉丝|前任|下属)|(?:接替|取代|顶替){PERSON}的(?:人|那个人|那位|家伙)"
)
_BE = (
    r"(?:is|was|are|were|isnt|wasnt|s|has been|will be|can|should|has|had|does|did|needs|deserves?|looks?|seems?|sounds?|sucks?|lie[sd]|"
    r"ruin(?:s|ed)|got|gets|keeps?|remains?|always|never|really|just)"
)
_SUBJECT = re.compile(
    rf"(?: (?:from|at|of|over at) (?:the )?[a-z{ORGANISATION}]+)?,?(?:s| {_BE}\b|(?=[是就真太很也]))"
    rf"(?:(?!\b(?:he|she|him|her|hes|shes|i|im|we|they|you|youre)\b)[^.!?;\n{PERSON}]){{0,60}}$"
)
_APPOSED = re.compile(
    r" ?[,—–(-] ?(?:(?:an?|the|that|this|who is|whos|what an?|such an?|another|some) (?:[a-z]+ ){0,3})?$"
)
_END = frozenset(f".!?\n{PERSON}")
_FAR = 90  # characters from a stranger to what is said of them
_TO = re.compile(r"(?:|.*[ ,])(?:in|at|for|to|from|of|with|by|about|and|on|over|than|like|vs|as|or|&) $")
_NEXT = re.compile(r"[.!] (?:he|she|hes|shes)\b[^.!?\n]*$")
_COMPARED = re.compile(rf"(?: [a-z]+)? (?:compared (?:to|with)|next to|unlike) {PERSON}")
_CALLED = re.compile(r"(?: [a-z]+){0,5},? ?$")
# What is answered, as a thing that can be good or bad.
_POST = (
    r"(?:thread|post|article|headline|take|tweet|clickbait|reporting|report|summary|write ?up|writeup|link|scoop|comment|question|site|website|subreddit|"
    r"news|piece|video|reply|title|thumbnail|journalism|rumou?r|leak|context|info|update|clip|screenshot|poll|meme|analysis|argument|logic|opinion|"
    r"speculation|find|explainer|recap|source|sources)s?\b"
)
_POST_BEHIND = re.compile(rf"(?: (?!of|about|at|for|she|he|but)[a-z]+)?,? {_POST}(?! by| from| of {PERSON})")
_POST_BEFORE = re.compile(
    rf"\b{_POST}(?:s| is| was| are| were| looks?| sounds?| seems?)*(?: (?!she|he|about)[a-z]+){{0,3}} $"
)
_POST_WITHIN = re.compile(rf"\b{_POST}$")
_FOR_POST = re.compile(
    r"(?: so much| a lot| a ton| man| bro| op)?,? for (?:(?:the|this|that|your|all the|a|these) )?(?:(?:quick|kind|great|detailed|nice|good) )?"
    rf"(?:{_POST}|heads up|tip|sharing|posting|explaining|clarif|confirming|letting|reporting|covering|breaking|digging|translating|"
    r"flagging|linking|asking|replying|reading|watching|following|listening)"
)
_POSTER = re.compile(
    r"source ?\?|trust me bro|\bop\b|\bfake news\b|clickbait|rage ?bait|\bif you (?:believe|think|buy|trust)|\b(?:dumb|stupid) question|"
    r"delete this|bot account|who asked|slow news day|\b(?:this|that|a) (?:sub|site)\b|\byou people\b|标题党|楼主|小编|评论区|营销号|这(?:个|篇)?(?:标题|帖子?|文章|新闻|视频)"
)
_POST_ZH = re.compile(
    r"(?:了|啦|你的?|楼主的?|博主的?|up主的?|大佬的?|小编的?|这个|的)*(?:分享|搬运|科普|爆料|整理|总结|提醒|告知|转发|更新|楼主|博主|标题|帖子|文章|新闻|报道)"
)


class Stranger(NamedTuple):
    """Somebody else, or the answered post, at text[at:to] of a marked text. `full`: by first name and surname."""

    at: int
    to: int
    full: bool


def strangers(marked: Marked) -> list[Stranger]:
    """In order; what stands in a match is none."""
    found = [Stranger(*one.span(), True) for one in islice(_RELATED.finditer(marked.text), _MOST)]
    original, known = marked.source, marked.known
    names = [one for one in islice(_NAME.finditer(original), _MOST) if one[0] not in known]
    if names and not _is_title(original, known):
        found += filter(None, [_named(marked, one, known) for one in names])
    return sorted(found)


def _is_title(text: str, known: frozenset[str]) -> bool:
    words = [word for word in _WORD.findall(text, 0, 2000) if word not in known]
    return len(words) > 3 and sum(word[0].isupper() for word in words) >= _TITLE * len(words)


def _named(marked: Marked, one: re.Match[str], known: frozenset[str]) -> Stranger | None:
    words = one[0].split()
    while words and (words[0] in _NO_NAME or words[0].endswith("ing")):
        words = words[1:]
    if not words or known & set(words):
        return None
    at, to = marked.place(one.end() - len(" ".join(words))), marked.place(one.end())
    if at >= to or {PERSON, ORGANISATION} & set(marked.text[at:to]):
        return None
    return Stranger(at, to, len(words) > 1)


def is_of_stranger(
    marked: Marked, begin: int, at: int, to: int, word: Word, found: Sequence[Stranger]
) -> bool:
    """Is the phrase text[at:to] of a clause that begins at `begin`, without a watched name in it, said of a stranger?"""
    if word.toward < 0 and _COMPARED.match(marked.text, to):
        return True
    if not marked.names and _is_of_post(marked.text, begin, at, to, word):
        return True
    behind = bisect_left(found, (at,))
    for one in found[max(0, behind - 5) : behind][::-1]:
        if one.to <= at and (said := _is_said_of(marked, one, at, word)) is not None:
            return said
    if marked.names or word.kinds[:1] == ("sadness",):
        return False
    return any(_is_called(marked.text, to, one) for one in found[behind : behind + 1])


def _is_said_of(marked: Marked, one: Stranger, at: int, word: Word) -> bool | None:
    """Is the phrase at text[at:] said of a stranger before it? None: of one further ahead, if of any."""
    text, cold = marked.text, word.toward < 0
    gap = text[one.to : min(at, one.to + _FAR)]
    if one.full and cold and _NEXT.match(gap):
        return True
    if at - one.to >= _FAR or not _END.isdisjoint(gap):
        return False
    if text[one.at] == "@" and gap.startswith(" you") and not marked.names:
        return True
    if word.kinds[:1] == ("sadness",):
        return False  # Who else is sad is sad over the one who is watched.
    if _SUBJECT.match(gap) and not _TO.match(text, max(0, one.at - 20), one.at):
        return True
    return True if one.full and cold and (_APPOSED.match(gap) or not marked.names) else None


def _is_called(text: str, to: int, one: Stranger) -> bool:
    """Is the phrase before text[to] addressed to, or said of, the stranger behind it: "thanks for the scoop Anna"?"""
    gap = text[to : one.at]
    if one.at < to or len(gap) >= 60 or not _CALLED.fullmatch(gap) or _TO.match(gap):
        return False
    return one.full or text[one.to : one.to + 1] in ("", " ", ".", ",", "!", "?", "\n")


# Asked again for each phrase of a text.
@lru_cache(maxsize=2)
def _asks_poster(text: str) -> bool:
    return _POSTER.search(text) is not None


def _is_of_post(text: str, begin: int, at: int, to: int, word: Word) -> bool:
    """Is the phrase said of the post that is answered? For a text that names nobody."""
    if word.toward < 0 and word.way != "victim" and _asks_poster(text):
        return True
    if "sadness" in word.kinds or word.way == "victim":
        return False
    if _POST_BEHIND.match(text, to) or _POST_WITHIN.search(text, at, to) or _POST_ZH.match(text, to):
        return True
    if _POST_BEFORE.search(text, max(begin, at - 60), at):
        return True
    if "gratitude" not in word.kinds:
        return False
    return _FOR_POST.match(text, to) is not None
