"""Where somebody goes by the text: an employer's name as written, or what the text calls the new venture."""

from __future__ import annotations

import re

from ...organisation import Span
from ..english.words import Phrases
from ..regex import regex
from ..vocabulary import COMPANIES, MONTHS, NOT_NAMES, WEEKDAYS
from . import words as table
from .ground import Ground

LONGEST = 60
_JOIN, _FOUND = Phrases(table.JOIN), Phrases(table.FOUND)
_NOT_GOING, _PERHAPS = Phrases(table.NOT_GOING), Phrases(table.PERHAPS)
_CALENDAR = frozenset([*MONTHS, *WEEKDAYS])
_CAP = r"(?:[A-Z0-9][\w]*(?:[.&+-]\w+)*|[a-z]{1,2}[A-Z]\w*)"
_NAME = regex(rf"(?:@\w{{2,30}}|{_CAP}(?: (?:of (?:the )?|& |and the )?{_CAP}){{0,4}})")
_NAME_BEFORE = regex(rf"({_CAP}(?: {_CAP}){{0,3}}) (?:has |have |just |now |also |reportedly |quietly )*$")
_TAKES = regex(
    rf"(?<!\w)(?:{'|'.join(sorted(table.TAKES))})(?: away| up)?(?: (?:former|ex-?\w*|[\w-]+'s|tech|top|star|lead|researcher|scientist|engineer|head|veteran|chief|away|its|the|of|from)){{0,6}} $"
)
_LOWER = regex(r"[a-z0-9.]+")
_THING = regex(
    rf"(?:{'|'.join(sorted(table.DETERMINERS))}) (?:own )?(?:[\w-]+ ){{0,4}}?(?:{'|'.join(sorted(table.HEADS))})(?![\w-])(?: (?:lab|firm|company|start-up|startup))?"
)
_CALLED = regex(r",? (?:called|named|dubbed) ")
_ROLE = regex(
    r"(?:to take |to take up |to start |take )?(?:an? |the )?(?:[\w-]+ ){0,3}(?:job|role|position|post|gig|seat|team|group|folks|people|crew|department|lab) (?:at|with) (?:the )?"
)
_BECOMES = regex(
    r"(?<!\w)(?:to (?:head|lead|run|become|be|oversee|take|direct|work)|becoming)\b[^.,;:]{1,60}?\b(?:at|(?:ceo|cto|coo|scientist|officer|head|president|chief|director|dean|founder) of) (?:the )?"
)
# What tells that it was long ago.
_LONG_AGO = regex(
    r"[^.;,]{0,12}?\b(?:before|until|prior|earlier|previously|out of|straight|from college|after (?:his|her|their|my|college|graduat|finishing|univers)|as an? (?:intern|undergrad|student|junior|graduate))"
)
_LEAVES_FOR = regex(r"(?:\S+ ){0,6}?for ")
_BEGUN = ("joined", "founded", "started", "went", "moved")
_LEAVES_TO = regex(r"(?:\S+ )??to ")
_NEXT_FOR = regex(".*?for ", re.S)
_LINK = regex(r"(?:(?: is at| is| at| to| as| now at)(?=[ :]))?:? ?(?:with |by )?")
_PAST_YEAR = regex(r"[^.;]{0,24}?\b(?:in|since|back in|from) (?:\w+ )?((?:19|20)\d\d)\b")
_NOT_JOINED = regex(
    r" (?:board|advisory|meeting|event|conference|summit|workshop|podcast|protest|strike|union|office|campus|discord|stage|party|chorus|headquarters|hq)\b|'s (?:board|advisory|summit|conference|event|campus|office|lawsuit|call)\b"
)


def destination(ground: Ground, told: bool) -> str | None:
    """The employer or venture that the English words of a text name for the one who leaves.

    `told`: there might be words of joining or founding.
    """
    taker = _taker(ground)
    if taker:
        return taker
    for read in (_leaves_for, _triggered, _becomes) if told else (_leaves_for, _becomes):
        found = read(ground)
        if found:
            return ground.letters[found[0] : found[1]]
    return None


def _taker(ground: Ground) -> str | None:
    """'Hexavale poached X': the name before a verb of taking, where the one taken follows."""
    for taken, taken_end in ground.leaver[:4]:
        low = max(ground.low, taken - 110)
        m = _TAKES.search(ground.text, low, min(taken, ground.high))
        name = _NAME_BEFORE.search(ground.letters[low : m.start()]) if m else None
        if m is None or name is None or _PAST_YEAR.match(ground.text, taken_end):
            continue
        span = _trimmed(ground, low + name.start(1), low + name.end(1))
        if span and _is_employer(ground, *span) and not doubted(ground, ground.low, m.start()):
            return ground.letters[span[0] : span[1]]
    return None


def _leaves_for(ground: Ground) -> Span | None:
    """'left Orrin for X', 'exits to X': right behind the departure, with nothing but an object between."""
    m = _LEAVES_TO.match(ground.text, min(ground.end + 1, ground.high), ground.high)
    words = set(re.findall(r"[a-z]+", ground.text[ground.start : ground.end]))
    if m and words & table.GOES:
        found = named(ground, m.end())
        if found and not doubted(ground, ground.end, m.start()):
            return found
    m = _LEAVES_FOR.match(ground.text, min(ground.end + 1, ground.high), ground.high)
    while m is not None and m.end() - ground.end < 70:
        clean = not re.search(r"[,;:()]|\b(?:to|and|or|on) ", m.group()) and not doubted(
            ground, ground.end, m.end()
        )
        place = _ROLE.match(ground.text, m.end())
        found = named(ground, place.end() if place else m.end()) if clean else None
        if found:
            return found
        nxt = ground.text.find(" for ", m.end() - 1, ground.high)
        m = _NEXT_FOR.match(ground.text, m.end(), nxt + 5) if nxt >= 0 else None
    return None


def _triggered(ground: Ground) -> Span | None:
    text = ground.text
    for phrases in (_JOIN, _FOUND):
        for start, end in ground.spans(phrases, ground.low, ground.last):
            m = _LINK.match(text, end)
            at = m.end() if m else end
            beside = next((e for s, e in ground.others if s == at), None)
            if beside is not None:
                # "joining Y at X".
                at = beside + 4 if text.startswith((" at ", " to "), beside) else at
            elif text.startswith("follow", start):
                continue
            role = _ROLE.match(text, at)
            found = named(ground, role.end() if role else at, phrases is _FOUND)
            if found and _is_theirs(ground, start, found) and _is_no_town(ground, start, found):
                return found
    return None


def _is_no_town(ground: Ground, start: int, found: Span) -> bool:
    """'Moving to X': does the name look like an employer's, or does a role follow?"""
    text, name = ground.text, ground.letters[found[0] : found[1]]
    if not text.startswith(table.MOVES, start) or _ROLE_BEHIND.match(text, found[1]):
        return True
    words = text[found[0] : found[1]].split()
    inner = any(c.isupper() for word in name.split() for c in word[1:])
    known = words[0] in COMPANIES or words[0] in table.DETERMINERS
    return inner or known or name.startswith("@") or bool(table.SIGNS.intersection(words))


_ROLE_BEHIND = regex(r",? (?:as|where|to (?:lead|head|run|work|build)|next(?!\w))")


def _becomes(ground: Ground) -> Span | None:
    """'to head research at X', 'becoming chief scientist of X', in the sentence of the departure."""
    for m in _BECOMES.finditer(ground.text, ground.end, ground.high):
        found = named(ground, m.end())
        if found and _is_theirs(ground, m.start(), found):
            return found
    return None


def _is_theirs(ground: Ground, start: int, found: Span) -> bool:
    """Is it the one who leaves who goes there, for sure and not long ago?"""
    text, end = ground.text, found[1]
    low, high = ground.sentence(start)
    if not ground.subject_is_leaver(start):
        return False
    past = _PAST_YEAR.match(text, end, high)
    if _LONG_AGO.match(text, end, high):
        return False
    if past and int(past[1]) < ground.today.year:
        return False
    if start < ground.end and ground.start < end:
        return not ground.holds(_NOT_GOING, low, start)
    if start >= ground.end:
        begin = max(ground.end, low)
        if doubted(ground, begin, start):
            return False
    else:
        return not (doubted(ground, low, start) or text.startswith(_BEGUN, start))
    if low >= ground.high:
        # In a later sentence the past is as likely what was before.
        if text.startswith(("went", "moved", "started", "landed", "founded", "worked"), start):
            return False
        return not text[high - 2 : high].rstrip().endswith("?") and _goes_on(ground, low, start)
    return True


def _goes_on(ground: Ground, low: int, start: int) -> bool:
    """Does a later sentence still speak of the one who leaves?"""
    if any(low <= s < start for s, _ in ground.leaver):
        return True
    begun = ground.text[low:start].lstrip()
    return (
        len(begun) <= 40
        and not begun.startswith(("the ", "it ", "they ", "we "))
        and not any(low <= s < start for s, _ in ground.organisation)
    )


def doubted(ground: Ground, start: int, end: int) -> bool:
    """Does text[start:end], or its last 120 characters, hold a denial or a doubt?"""
    start = max(start, end - 120)
    if ground.holds(_NOT_GOING, start, end):
        return True
    text = ground.text
    return any(
        text[s:e] != "may" or not _MONTH_MAY.search(text, s - 8, e + 3)
        for s, e in ground.spans(_PERHAPS, start, end)
    )


_MONTH_MAY = regex(r"(?:\d|\b(?:in|of|by|since|until|early|late|mid))[ -]may|may \d")


def named(ground: Ground, at: int, founded: bool = False) -> Span | None:
    """The name or venture that begins at `at`, None where it is no employer's."""
    text, letters = ground.text, ground.letters
    thing = _THING.match(text, at, ground.last)
    if thing:
        called = _CALLED.match(text, thing.end())
        return (named(ground, called.end()) if called else None) or (thing.start(), thing.end())
    if text.startswith("the ", at):
        at += 4
    m = _NAME.match(letters, at, ground.last)
    if m is None:
        m = _LOWER.match(text, at, ground.last)
        word = m.group().rstrip(".") if m else ""
        known = word in COMPANIES and word not in table.NOT_COMPANIES
        span: Span | None = (at, at + len(word)) if known else None
    else:
        span = _trimmed(ground, m.start(), m.end())
    if span is None or not _is_employer(ground, *span) or _NOT_JOINED.match(text, span[1]):
        return None
    return None if founded and text.startswith("-", span[1]) else span


def _trimmed(ground: Ground, start: int, end: int) -> Span | None:
    """A name without the days, titles and small words at its ends."""
    words = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", ground.letters[start:end])]
    stop = next((i for i, (s, e) in enumerate(words) if ground.text[s:e] in _CALENDAR), len(words))
    words = words[:stop]
    while words and ground.text[words[-1][0] : words[-1][1]] in ("of", "the", "and", "&"):
        words.pop()
    return (words[0][0], words[-1][1]) if words else None


def _is_employer(ground: Ground, start: int, end: int) -> bool:
    if (
        ground.touches_organisation(start, end)
        or ground.touches_person(start, end)
        or not 2 <= end - start <= LONGEST
    ):
        return False
    tokens = [
        t for t in re.findall(r"[\w.&@'+-]+", ground.text[start:end]) if t not in ("of", "the", "and", "&")
    ]
    if not tokens or all(t in table.PLACES for t in tokens) or tokens[0] in _CALENDAR:
        return False
    if ground.letters[start:end].isupper() and ground.letters[ground.low : ground.high].isupper():
        return False
    return any(t not in NOT_NAMES and not t.isdigit() for t in tokens)
