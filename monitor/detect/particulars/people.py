"""Who takes the post of the one who leaves, and whether the one who left is back, by the English words."""

from __future__ import annotations

import re

from ...organisation import Span
from ..english.words import Phrases
from ..people import latin_names
from ..regex import regex
from . import words as table
from .ground import Ground
from .places import LONGEST, doubted

_NAMED_AFTER, _FOLLOWS = Phrases(table.NAMED_AFTER), Phrases(table.FOLLOWS)
_NAMED, _TO_FOLLOW = Phrases(table.NAMED), Phrases(table.TO_FOLLOW)
_CAME_BACK, _BACK_TO, _STAYED = Phrases(table.CAME_BACK), Phrases(table.BACK_TO), Phrases(table.STAYED)
_APPOSITION = regex(r"(?:'s)?(?:(?:,[^,.;:]{1,80}){1,2},|\s?\([^)]{1,60}\))?[\s,]*(?:who )?")
_LINK = regex(
    r"(?:[:,—–-]|\s|as|is|will|be|named|comes|now|(?:her|his|their) (?:deputy|colleague|no 2)|,? effective immediately)*[\s,]*"
)
# "replaced as head of speech by".
_ROLE = regex(r" (?:as|in) [^.,;:]{3,60}? by(?= )")
_YEAR = regex(r"[^.;,]{0,30}?\b(?:in|since) (?:\w+ )?((?:19|20)\d\d)\b")


def replacement(ground: Ground) -> str | None:
    """The full name of the one who follows, as written."""
    text = ground.text
    behind = ground.spans(_NAMED_AFTER, ground.low, ground.last)
    named = ground.spans(_NAMED, ground.low, ground.last)
    follows = ground.spans(_FOLLOWS, ground.low, ground.last)
    if not (behind or named or follows):
        return None
    names = _names(ground)
    found: list[Span] = []
    for start, end in behind:
        found += _object(ground, names, start, end)
    for start, end in named:
        found += _appointed(ground, names, start, end)
    for start, end in follows:
        if not text.startswith(" by ", end):
            found += _subject(ground, names, start, end)
    return next((name for span in sorted(found) if (name := full_name(ground, span))), None)


def _names(ground: Ground) -> list[Span]:
    """The names of other people around, those of the text by their capitals included."""
    shift = ground.low
    organisation = [(s - shift, e - shift) for s, e in ground.organisation]
    more = [
        (s + shift, e + shift) for s, e, _ in latin_names(ground.letters[shift : ground.last], organisation)
    ]
    return sorted(ground.others + [span for span in more if not ground.touches_person(*span)])


def full_name(ground: Ground, span: Span) -> str | None:
    """The name at a span; of a single Latin name the full one that the text gives elsewhere."""
    name = ground.letters[span[0] : span[1]].strip()
    if not name.isascii() or " " in name:
        return name if 2 <= len(name) <= LONGEST and not name.startswith("@") else None
    for start, end in ground.everyone:
        whole = ground.letters[start:end]
        if " " in whole and name in whole.split() and len(whole) <= LONGEST:
            return whole
    return None


def _sure(ground: Ground, start: int, end: int) -> bool:
    """No denial or doubt between what was said of the departure and the words at `end`."""
    if start < ground.end <= end:
        start = ground.end
    return not doubted(ground, start, end)


def _object(ground: Ground, names: list[Span], start: int, end: int) -> list[Span]:
    """The name behind 'replaced by' and its like."""
    role = _ROLE.match(ground.text, end)
    link = _LINK.match(ground.text, role.end() if role else end)
    at = link.end() if link else end
    low = ground.sentence(start)[0]
    # "who replaced Y" names the one before.
    if role is None and ground.text[start:end] in ("replaced", "succeeded"):
        return []
    if not ground.subject_is_leaver(start) or not _sure(ground, low, start):
        return []
    return [span for span in names if span[0] == at][:1]


def _appointed(ground: Ground, names: list[Span], start: int, end: int) -> list[Span]:
    """'named X as her successor'."""
    low, high = ground.sentence(start)
    for span in names:
        if span[0] == end + 1:
            stop = min(high, span[1] + 90)
            to_follow = ground.spans(_TO_FOLLOW, span[1], stop)
            if to_follow and to_follow[0][0] - span[1] < 40 and _sure(ground, low, start):
                return [span] if _of_leaver(ground, to_follow[0][1]) else []
    return []


def _subject(ground: Ground, names: list[Span], start: int, end: int) -> list[Span]:
    """'X takes over': the name right before, with a title at most between."""
    low, _ = ground.sentence(start)
    before = [span for span in names if low <= span[0] and span[1] <= start]
    if not before:
        return []
    span = before[-1]
    gap = _APPOSITION.match(ground.text, span[1], start)
    begin = gap.end() if gap else span[1]
    # "..., who replaced X": the one who leaves stands nearer.
    if any(begin <= s and e <= start for s, e in ground.leaver) or start - span[1] > 110:
        return []
    rest = ground.text[begin:start]
    if any(word not in table.AUXILIARY for word in re.findall(r"[\w]+", rest)):
        return []
    if "," in rest.strip(" ,") or not _sure(ground, low, span[0]) or not _of_leaver(ground, end):
        return []
    year = _YEAR.match(ground.text, end)
    if year and int(year[1]) < ground.today.year:
        return []
    return [span] if _is_post(ground, start, end) else []


def _of_leaver(ground: Ground, end: int) -> bool:
    """Is the one whose post is taken not somebody else?"""
    stop = min(ground.sentence(end - 1)[1], end + 30)
    after = [span for span in ground.others if end <= span[0] <= stop]
    first = min((s for s, _ in ground.leaver if s >= end), default=stop)
    return not after or after[0][0] > first or ground.text[end : after[0][0]].count(",") > 0


def _is_post(ground: Ground, start: int, end: int) -> bool:
    """Is it a post or a person that is taken over, and no lease?"""
    words = re.findall(r"[a-z]+", ground.text[end : end + 60])
    trigger = ground.text[start:end]
    if trigger.endswith("over") or trigger.endswith((" in", " up")):
        at_end = not re.match(r"\s*\w", ground.text[end : end + 2]) or not words
        if at_end:
            return True
        if words[0] not in table.TAKEN:
            return False
        return (
            words[0] not in ("the", "her", "his", "their", "my")
            or bool(table.TEAM & set(words[1:5]))
            or _names_leaver(ground, end)
        )
    if trigger.endswith((" the", " her", " his", " their", " my", "orrin's")):
        return bool(table.TEAM & set(words[:4]))
    if trigger.startswith(("inherit", "succeed", "replac")):
        return bool(words) and (
            words[0] in ("him", "her", "them", "me", "his", "their", "the", "as")
            or _names_leaver(ground, end)
        )
    return True


def _names_leaver(ground: Ground, end: int) -> bool:
    return any(end <= s <= end + 30 for s, _ in ground.leaver)


# Of a denial these words alone say that somebody came back.
_TAKEN_BACK = regex(
    r"(?:re-?hir|reinstat|rejoin|returned|c[ao]m(?:e|es|ing) back|(?:is |was |are )?back\b|\w+ .*\bback$)"
)


def returned(ground: Ground) -> bool:
    """Does the text say that somebody came back who had left? Only asked of a denied departure."""
    stop = ground.next_end
    if ground.holds(_STAYED, ground.low, stop):
        return False
    if _TAKEN_BACK.match(ground.text, ground.start, ground.end):
        return True
    for start, _ in ground.spans(_CAME_BACK, ground.low, stop):
        if ground.subject_is_leaver(start) and _sure(ground, max(ground.low, start - 30), start):
            return True
    for start, end in ground.spans(_BACK_TO, ground.low, stop):
        ours = any(end <= s <= end + 14 for s, _ in ground.organisation)
        home = re.match(
            r",? (?:the (?:company|lab|team|fold|group)|us|aboard|after \w+ (?:\w+ )?(?:weeks|months|years?))\b",
            ground.text[end : end + 40],
        )
        sure = _sure(ground, max(ground.low, start - 30), start)
        if (ours or home) and sure and ground.subject_is_leaver(start):
            return True
    return False
