"""Whether an author's bio or handle says that they work for the watched organisation now."""

from __future__ import annotations

import re

from ..fold import fold
from ..identity import bare_handle
from ..model import Author
from ..organisation import OrganisationFinder
from .chinese.unlisted import names_a_person
from .people import is_outlet
from .regex import regex

# No network lets a bio be longer; it bounds the work on a hostile one.
_BIO = 600
_PART = regex(r"[|;/•·\n,。；、!?]|\.\s|\s[-–—~]\s|\s+(?:and|then|now)\s+")
_NOT_NOW = regex(
    r"\bex\b|\bex-|\bformer|\bprev\b|\bprevious|\bpast\b|\balum|\bused to\b|\bonce\b|\bwas\b|\bformerly|\bleft\b|\buntil\b|\bpre-|\bold\b|\bincoming\b|"
    r"\bjoining\b|\bsoon\b|\bretired\b|\b(?:19|20)\d\d ?[-–—] ?(?:19|20)?\d\d\b|前|曾|离职|毕业于|原|退休|即将"
)
_NO_STAFF = regex(
    r"\b(?:fan|fans|user|users|lover|enthusiast|customer|client|seller|merchant|partner|investor|shareholder|holder|unofficial|parody|news|"
    r"updates|not affiliated|no affiliation|community|ambassador|powered|built with|building on|based on|views on|opinions on|about|"
    r"love|loves|love|hate|hates|watching|covering|covers|reporter|journalist|writer on|critic|intern|internship)\b|粉丝|用户|爱好者|股东|客户|商家|资讯|关注|实习|记者"
)
_ROLE = regex(
    r"\b(?:research(?:er)?|engineer(?:ing)?|scientist|staff|lead|leads|leading|head|manager|director|developer|designer|member|team|mts|swe|pm|"
    r"product|chief|principal|founder|co-?founder|works?|working|employee|recruiter|architect|analyst|training|inference|infra|speech|vision)\b"
    r"|研究员|工程师|科学家|算法|产品|员工|负责|开发|团队|架构|任职|就职|工作|技术|主管|总监|研发|设计"
)
_AT = regex(r"(?:^|\s|\W)(?:at|@|with|in|of|for)\s*(?:the\s+)?@?$|[@＠在]\s*$")


def works_there(author: Author, finder: OrganisationFinder) -> bool:
    """Does an author who signs with a full name say in bio or handle that they are of the organisation, and still are?"""
    name = (author.name or "").strip()
    if not (author.bio or author.handle) or not _full(name):
        return False
    bio = (author.bio or "")[:_BIO]
    if bio and finder.mentioned(bio):
        return _by_bio(fold(bio), finder)
    return _by_handle(bare_handle(author.handle) or "", fold(name), finder)


def _full(name: str) -> bool:
    if is_outlet(name) or len(name) > 60:
        return False
    return names_a_person(name) and (not name.isascii() or all(part[0].isupper() for part in name.split()))


def _by_bio(bio: str, finder: OrganisationFinder) -> bool:
    if _NO_STAFF.search(bio) and not _ROLE.search(bio):
        return False
    start = 0
    for mark in (*_PART.finditer(bio), None):
        part = bio[start : mark.start() if mark else len(bio)]
        start = mark.end() if mark else start
        if _of_staff(part, finder):
            return True
    return False


def _of_staff(part: str, finder: OrganisationFinder) -> bool:
    """'Compilers @ ORG', '@org', 'researcher at ORG', 'ORG 算法工程师': one part of a bio, between its commas."""
    if _NOT_NOW.search(part) or _NO_STAFF.search(part):
        return False
    handle = part.strip().removeprefix("@")
    spans = finder.spans(part)
    if spans and (_ROLE.search(part) or any(_AT.search(part[:low]) for low, _ in spans)):
        return True
    return len(spans) == 1 and spans[0][1] - spans[0][0] >= len(handle)


def _by_handle(handle: str, name: str, finder: OrganisationFinder) -> bool:
    """'anna_orrinlab' of an Anna: the organisation and a part of the author's own name."""
    parts = [part for part in re.split(r"[_.-]+", handle.lower()) if part]
    if not 2 <= len(parts) <= 4:
        return False
    ours = {re.sub(r"[\s_]", "", word) for word in finder.words if word.isascii() and len(word) > 3}
    around = [
        parts[:low] + parts[high:]
        for low in range(len(parts))
        for high in range(low + 1, len(parts) + 1)
        if "".join(parts[low:high]) in ours
    ]
    words = name.split()
    return any(rest and all(any(_alike(one, word) for word in words) for one in rest) for rest in around)


def _alike(part: str, word: str) -> bool:
    return len(part) >= 2 and (word.startswith(part[:3]) or part.startswith(word[:3])) and part.isalpha()
