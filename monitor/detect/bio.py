"""Profiles: a description that now says 'formerly' of the watched organisation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Claim, Match
from .english_standing import _DENIAL, _PAST
from .profile import listed_before
from .scene import Scene
from .vocabulary import OTHER_UNITS, OTHER_UNITS_ZH

_FORMER = re.compile(
    r"(?<![\w])(?:ex[- :./@]{1,3}|former(?:ly)?\b|prev(?:iously|ious|\.)?(?!\w)|once (?:of|at|with)\b|past\b:?|used to\b|was\b|recently (?:left|departed)|left\b|departed\b|resigned from\b|until recently\b|alum(?:nus|na|ni)?\b:?|"
    r"early\b(?= @)|then\b|late of\b|recovering\b|escaped\b|graduated from\b|free of\b|retired from\b|no longer\b|ex$|(?:in (?:a|my|another) )?(?:past|former|previous|other|another|earlier) li(?:fe|ves)\b|post-(?!train|pre|doc|grad)(?=\w)|after \w+ years (?:at|with)\b|survivor of\b|emeritus\b|laid off\b|fired (?:by|from)\b|parted (?:ways )?(?:with|from)\b|moved on from\b|(?:previous|past|earlier|before)(?:ly)?:|led\b|headed\b)"
    r"|前(?!端|沿|后|線|线|进|景|途|面|缀|言|台|瞻|锋)|曾任|曾在|曾经|曾是|曾就职|原(?!创|创作|理|生|因|则|型|子)|已离开|离开|离职|毕业于|毕业"
)
_STOP = re.compile(
    r"\b(?:now|currently|current|presently|today|these days|but)\b|现(?:在|任|于|为)?|目前|如今|[|;；。\n•·]|\.\s|→|➡|->"
)
_CURRENT_LINK = re.compile(r"\b(?:at|now|@work|building|leading|lead|working on|work on|works? at)\b")
_AFTER = re.compile(
    r"(?:'s)?[\s,()]{0,2}(?:\w+ ){0,2}(?:alum(?:nus|na|ni)?|\(former\)|\(ex\)|veteran|\(prev\)|\(past\)|\(left\)|refugee|survivor|\(前\)|出身|毕业|已?离职|已离|校友|前员工|离职员工)"
)
_NOT_STAFF = re.compile(
    r"\b(?:intern|internship|user|fan|customer|hater|visiting|contractor for a day|merchant|seller|shareholder|investor)\b|实习|用户|粉丝|股东|商家"
)
_YEARS = re.compile(r"\(?(?:(?:19|20)\d\d ?[-–—~至到] ?)((?:19|20)\d\d)\)?|['’](?:\d\d)[-–]['’]?(\d\d)")
_STILL = re.compile(
    r"\b(?:have not|haven't|has not|did not|didn't|never) (?:left|quit|resigned?|leave)\b|\bnot leaving\b|没有?离职|并未离职"
)
_BYE = re.compile(r"rumou?rs? of|reports of|离职.{0,6}(?:谣|假|不实)|没离职|未离职|还在")


def claims(scene: Scene, matches: Sequence[Match]) -> list[Claim]:
    """At most one claim, of the profile's owner."""
    owner = scene.author
    if owner is None:
        return []
    denial = _denial(scene)
    if denial is not None:
        return [Claim(owner, "denied", *scene.folded.original(*denial), "bio.denied")]
    span = former_span(scene)
    if span is None or _said_before(scene):
        return []
    return [Claim(owner, "profile_changed", *scene.folded.original(*span), "bio.former")]


def _denial(scene: Scene) -> tuple[int, int] | None:
    plain = _STILL.search(scene.text)
    if plain and (scene.author_watched or scene.organisation):
        return plain.span()
    m = _BYE.search(scene.text)
    if m is None or not (_DENIAL.search(scene.text) or "离职" in m.group() or "还在" in m.group()):
        return None
    return m.span() if scene.author_watched or scene.organisation else None


def former_span(scene: Scene) -> tuple[int, int] | None:
    """Where the words say that the owner was with the organisation, None if they do not."""
    for m in _FORMER.finditer(scene.text):
        end = _list_end(scene.text, m.end())
        span = scene.organisation_in(m.start(), end)
        if span and _counts(scene, m.start(), span):
            return m.start(), span[1]
    for start, end in scene.organisation:
        ended = _ended(scene, end)
        if ended is not None:
            return start, ended
        behind = _AFTER.match(scene.text, end)
        if behind and _counts(scene, start, (start, behind.end())):
            return start, behind.end()
    return None


def _ended(scene: Scene, end: int) -> int | None:
    """Where a closed range of years behind the organisation ends, when it ends this year."""
    m = re.match(r"[\s,:(|]{0,3}(?:20\d\d) ?[-–—~至到] ?(20\d\d)\)?", scene.text[end : end + 24])
    return end + m.end() if m and int(m.group(1)) == scene.post.created_at.year else None


def _list_end(text: str, start: int) -> int:
    """Where the list behind a word like 'formerly' ends; 'ex-A, now B' stops at now."""
    stop = _STOP.search(text, start, start + 102)
    end = min(stop.start() if stop else len(text), start + 90)
    words = text[start:end]
    link = re.search(r"(?<=\w),\s*(?:[\w-]+ ){0,2}(?:at|now|@)\s", words)
    return start + link.start() if link else end


def _counts(scene: Scene, start: int, span: tuple[int, int]) -> bool:
    text, year = scene.text, scene.post.created_at.year
    near = text[start : span[1] + 40]
    before = text[start : span[0]]
    if _NOT_STAFF.search(text[start : span[1] + 16]):
        return False
    unit = re.match(r"(?:'s)? (\w+)", text[span[1] : span[1] + 20])
    if (unit and unit.group(1) in OTHER_UNITS) or text[span[1] :].startswith(OTHER_UNITS_ZH):
        return scene.author_watched
    for m in _YEARS.finditer(near):
        last = int(m.group(1)) if m.group(1) else 2000 + int(m.group(2))
        if last < year:
            return False
    if any(int(m.group(1) or m.group(2)) < year for m in _PAST.finditer(near)):
        return False
    return not _speaks_of_something_else(before, text[:start])


def _speaks_of_something_else(before: str, earlier: str) -> bool:
    """'formerly shy, at ORG': words between that are neither titles nor other employers."""
    if re.match(r"(?:ex|former|formerly|previously|prev)\b", before) and re.search(
        r"\b(?:shy|fat|tall|drummer|cool|young|human|happy)\b", before
    ):
        return True
    return earlier.endswith(("not ", "non-"))


def _said_before(scene: Scene) -> bool:
    return listed_before(
        scene.post.before,
        (scene.text[start:end] for start, end in scene.organisation),
        lambda text: (text[m.start() : _list_end(text, m.end())] for m in _FORMER.finditer(text)),
    )
