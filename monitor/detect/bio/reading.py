"""Profiles: a description that now says 'formerly' of the watched organisation, or that its owner is still there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from ...model import Claim, Match
from ...simplified import simplified
from ..english.standing import _DENIAL, _PAST
from ..profile import listed_before
from ..regex import regex
from ..scene import Scene
from ..vocabulary import COMPANIES, COMPANIES_ZH, OTHER_UNITS, OTHER_UNITS_ZH
from . import words as said

_FORMER = regex(f"(?P<one>{said.PAST_ONE})|(?P<verb>{said.PAST_VERB})|(?P<list>{said.PAST_LIST})")
_BEHIND = regex(
    rf"(?:'s)?(?:[ @-]{{1,2}}[\w&']+(?<![\u4e00-\u9fff])){{0,5}}?[\s,()（]{{0,2}}(?:{said.PAST_BEHIND})|(?:{said.PAST_BEHIND})"
)
_STOP = regex(
    r"\b(?:now|currently|current|presently|today|these days|but|since)\b|现(?:在|任|于|为|役|职)?|目前|如今|[|｜;；。\n•·]|(?<!\bprev)(?<!\bex)\.\s|→|➡|->"
)
_ITEM = regex(r"[,，/&+、]|\band\b")
_YEARS = regex(r"\(?(?:(?:19|20)\d\d ?(?:[-–—~至到]|to) ?)((?:19|20)\d\d)\)?|['’](?:\d\d)[-–]['’]?(\d\d)")
_YEAR_ZH = regex(r"(?<!\d)((?:19|20)\d\d) ?年")
_NO = regex(r"(?:\bnot|\bnever|n't|\bnon-|\bno|没有?|未|不|从没|如何)[\s-]*(?:yet )?$")
_FOR_US = regex(r"\b(?:for|join(?:ed|ing|s)?|to|into|then)\b|加入|入职|来到")

# No profile is longer, and none needs more places; it bounds the work on a hostile one.
_LONGEST = 2_000
_MOST = 30


def claims(scene: Scene, matches: Sequence[Match]) -> list[Claim]:
    """At most one claim, of the profile's owner."""
    owner = scene.author
    if owner is None:
        return []
    scene = scene._replace(
        text=simplified(scene.text[:_LONGEST]),
        organisation=[span for span in scene.organisation[:_MOST] if span[1] <= _LONGEST],
    )
    denial = _denial(scene)
    if denial is not None:
        return [Claim(owner, "denied", *scene.folded.original(*denial), "bio.denied")]
    span = former_span(scene)
    if span is not None:
        if _said_before(scene):
            return []
        return [Claim(owner, "profile_changed", *scene.folded.original(*span), "bio.former")]
    stays = _stays(scene)
    return [] if stays is None else [Claim(owner, "denied", *scene.folded.original(*stays), "bio.denied")]


def _signed(scene: Scene) -> str:
    """The text with § for each letter of the organisation."""
    letters = list(scene.text)
    for start, end in scene.organisation:
        letters[start:end] = "§" * (end - start)
    return "".join(letters)


def _denial(scene: Scene) -> tuple[int, int] | None:
    """Where the owner says in plain words that they have not left."""
    if not (scene.author_watched or scene.organisation):
        return None
    signs = _signed(scene)
    for m in said.NOT_GONE.finditer(signs):
        behind = signs[m.end() : m.end() + 24]
        if said.NOT_GONE_END.match(behind) or re.match(r"\W*(?:from |the |my )?§", behind):
            return m.span()
    plain = said.NOT_EX.search(signs) or said.NOT_GONE_ZH.search(signs)
    if plain:
        return plain.span()
    bye = said.BYE.search(signs)
    if bye and (_DENIAL.search(signs) or "离职" in bye.group()):
        return bye.span()
    still = said.STILL.search(signs)
    return still.span() if still and said.SET_RIGHT.search(signs) and _at_ours(signs, still) else None


def _stays(scene: Scene) -> tuple[int, int] | None:
    """Where a profile without a word of an end says that its owner is still there."""
    if not (scene.author_watched or scene.organisation):
        return None
    signs = _signed(scene)
    for m in said.STILL.finditer(signs):
        if _at_ours(signs, m) and (scene.author_watched or "§" in signs[m.start() : m.end() + 24]):
            return m.span()
    alone = said.STILL_ALONE.search(signs) if scene.author_watched else None
    zh = said.STILL_ZH.search(signs)
    if zh and (
        "§" in signs[zh.start() : zh.end() + 1] or scene.author_watched or said.SET_RIGHT_ZH.search(signs)
    ):
        return zh.span()
    return alone.span() if alone else None


def _at_ours(signs: str, still: re.Match[str]) -> bool:
    """Is it the job where somebody still is: 'still at ORG', 'still here', and not 'still in Cambridge'?"""
    word, behind = still.group().split()[-1], signs[still.end() : still.end() + 16]
    if word in ("at", "with", "in"):
        return re.match(r"\W*(?:the )?(?:§|lab\b|company\b|job\b|desk\b)", behind) is not None
    return word != "here" or re.match(r"\s*(?:[.,;!|)]|$|at §)", behind) is not None


def former_span(scene: Scene) -> tuple[int, int] | None:
    """Where the words say that the owner was with the organisation, None if they do not."""
    for start, end in _led_to(scene):
        return start, end
    signs = _signed(scene)
    for start, end in scene.organisation:
        behind = _ended(scene, start, end) or _over(signs, start, end)
        if behind is not None and _counts(scene, start, (start, end), behind):
            return start, behind
        if _out_of(signs, start, end) and _counts(scene, start, (start, end), end):
            return start, end
    return None


def _led_to(scene: Scene) -> Iterator[tuple[int, int]]:
    """The stretches from a word of an end to the organisation."""
    for m in islice(_FORMER.finditer(scene.text), _MOST):
        if _NO.search(scene.text[max(0, m.start() - 10) : m.start()]) and m.group() != "longer":
            continue
        high = _list_end(scene.text, m.end())
        span = scene.organisation_in(m.start(), high)
        if span and _reaches(scene, m, span) and _counts(scene, m.start(), span, span[1]):
            yield m.start(), span[1]


def _reaches(scene: Scene, m: re.Match[str], span: tuple[int, int]) -> bool:
    """Does the word of an end speak of the organisation, over what stands between?"""
    between = scene.text[m.end() : span[0]]
    if m.lastgroup == "verb":
        if m.group() == "被":
            return not between.strip() and said.BY_ZH.match(scene.text, span[1]) is not None
        found = said.BETWEEN.match(between)
        return found is not None and found.end() == len(between)
    if said.HABIT.match(scene.text, m.start()) and "ex" not in between.split()[-1:]:
        return False
    if m.group().startswith(("led", "headed")) and _FOR_US.search(between):
        return False
    items = [one for one in _ITEM.split(between)[:-1] if one.strip()]
    if m.lastgroup == "one" and not re.search("[/&+、]|and ", between):
        return all(said.JOB.search(one) for one in items)
    low = m.end()
    return all(_is_employment(scene, one, low) for one in items)


def _is_employment(scene: Scene, item: str, low: int) -> bool:
    """Is it an employer or a job: a name with a capital, a handle, a known company, a title?"""
    if said.JOB.search(item) or any(name in item for name in COMPANIES_ZH):
        return True
    words = re.findall(r"[\w@.]+", item)
    if any(word in COMPANIES or word.startswith("@") for word in words):
        return True
    at = scene.text.find(item, low)
    capital = re.search(r"[^\W\d_]", scene.letters[at : at + len(item)]) if at >= 0 else None
    return capital is not None and capital.group().isupper()


def _over(signs: str, start: int, end: int) -> int | None:
    """Where the words behind the organisation end that say that it is over."""
    stop = _STOP.search(signs, end)
    m = _BEHIND.match(signs, end, min(len(signs), end + 70))
    if m and not (stop and stop.start() < m.end() - 1 and stop.group() not in ("。", "|")):
        return m.end()
    zh = said.BEHIND_ZH.match(signs, end, min(len(signs), end + 40))
    return zh.end() if zh else None


def _out_of(signs: str, start: int, end: int) -> bool:
    """'out of ORG', 'has been at ORG', 'did speech for ORG, now bees'."""
    before, after = signs[max(0, start - 70) : start].rstrip(), signs[end : end + 24]
    if before.endswith(("从", "自", "由")) and said.OUT_OF_ZH.match(after):
        return not re.search("[没未不]$", before[:-1])
    if before.endswith("在") and said.BEEN_ZH.match(after):
        return True
    if said.DID_ZH.search(before) or said.BEFORE_ZH.search(before):
        return True
    before = signs[max(0, start - 70) : start]
    if said.SPENT.search(before):
        return True
    return bool(said.DID.search(before) and said.NOW.search(signs, end))


def _ended(scene: Scene, start: int, end: int) -> int | None:
    """Where a closed range of years beside the organisation ends, when it ends this year."""
    year = scene.post.created_at.year
    m = re.match(r"[\s,:(（|]{0,3}(?:20\d\d) ?(?:[-–—~至到]|to) ?(20\d\d)[)）]?", scene.text[end : end + 24])
    if m:
        return end + m.end() if int(m.group(1)) == year else None
    before = re.search(
        r"(?:20\d\d) ?(?:[-–—~至到]|to) ?(20\d\d)[)）]?[\s,:]{0,2}(?:at |在)?$",
        scene.text[max(0, start - 20) : start],
    )
    return end if before and int(before.group(1)) == year else None


def _list_end(text: str, start: int) -> int:
    """Where the list behind a word like 'formerly' ends; 'ex-A, now B' stops at now."""
    stop = _STOP.search(text, start, start + 102)
    end = min(stop.start() if stop else len(text), start + 90)
    words = text[start:end]
    link = re.search(r"(?<=\w)[,，]\s*(?:[\w-]+ ){0,2}(?:at|now|@)\s", words)
    return start + link.start() if link else end


def _counts(scene: Scene, start: int, span: tuple[int, int], end: int) -> bool:
    """Is it staff of the lab, and did it end this year, or at no time that is told?"""
    text, year = scene.text, scene.post.created_at.year
    stop = _STOP.search(text, end)
    near = text[start : min(end + 40, stop.start() if stop else len(text))]
    if said.NOT_STAFF.search(text[max(0, start - 12) : max(end, span[1] + 16)]):
        return False
    unit = re.match(r"(?:'s)? (\w+)", text[span[1] : span[1] + 20])
    if (unit and unit.group(1) in OTHER_UNITS) or text[span[1] :].startswith(OTHER_UNITS_ZH):
        return scene.author_watched
    for m in _YEARS.finditer(near):
        if (int(m.group(1)) if m.group(1) else 2000 + int(m.group(2))) < year:
            return False
    told = text[max(0, start - 10) : start] + near
    if any(int(m.group(1)) < year for m in _YEAR_ZH.finditer(told)) or "去年" in told or "前年" in told:
        return False
    return not any(int(m.group(1) or m.group(2)) < year for m in _PAST.finditer(near))


def _said_before(scene: Scene) -> bool:
    return listed_before(
        scene.post.before,
        (scene.text[start:end] for start, end in scene.organisation),
        lambda text: (text[m.start() : _list_end(text, m.end())] for m in _FORMER.finditer(text)),
    )
