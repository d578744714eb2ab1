"""English last days, ended times and goodbyes to the organisation."""

from __future__ import annotations

import re

from ..events import Reading, Site
from ..regex import regex
from ..scene import Mention
from . import people
from . import scope as scopes


def day(site: Site) -> Reading:
    scope = _day_scope(site)
    if re.search(
        r"\bintern(?:ed|ship|ing|s)?\b|\b(?:beta|trial|exam|school|camp|festival|conference|hackathon) ",
        site.scene.text[site.low : site.high],
    ):
        return None
    before = [m for m in site.scene.mentions if site.low <= m.start and m.end <= site.start]
    if (
        before
        and site.start - before[-1].end < 40
        and not _OTHER_OWNER.search(_without_organisation(site, before[-1].end))
    ):
        return people.group(site.scene, before[-1], site.low), scope
    named = (
        people.behind(site, site.end + (len(" for") if site.after.startswith(" for ") else 0), 20)
        if site.after.startswith(" for ")
        else []
    )
    if named:
        return named, scope
    if before:
        return people.subject(site), scope
    return people.left_out(site) or _today(site), scope


def _without_organisation(site: Site, begin: int) -> str:
    words = site.scene.text[begin : site.start]
    for low, high in site.scene.organisation:
        if begin <= low and high <= site.start:
            words = words.replace(site.scene.text[low:high] + " ", "")
    return words.removesuffix("'s ")


_OTHER_OWNER = regex(r"'s? (?!last|final|official|very|time|own)\w+|\b(?:of|with|in|at) the\b|said")


def _today(site: Site) -> list[Mention]:
    """'Today is the last day ...' without any person: the author's."""
    if re.search(
        r"\b(?:today|tomorrow|yesterday|friday|monday|tuesday|wednesday|thursday|this|was|is)\b[\w\s,']{0,25}$",
        site.before,
    ):
        return people.author_or_topic(site)
    return []


def _day_scope(site: Site) -> str:
    within = site.scene.organisation_in(site.start, site.end)
    if within and site.cue.rule == "en.day.time_ended":
        tail = site.scene.text[within[1] : within[1] + 30]
        return "other" if scopes.HEAD.match(tail) or re.match(r" \d", tail) else "ours"
    behind = scopes.organisation_behind(site)
    if behind is not None:
        return behind
    after = site.after
    if re.match(
        r"\s*(?:of|to|for|in|on|at)\b (?!work|employment|me|him|her|the (?:team|company|lab|office|job)|my|his|tuesday|monday|wednesday|thursday|friday|march|april|may|june|this|next)",
        after,
    ):
        named = people.behind(site, site.end + 4, 8) if after.startswith(" for ") else []
        return "open" if named else "other"
    return "open"


def week(site: Site) -> Reading:
    """'This is my last week', and not 'last week'."""
    if not re.search(r"(?:\bmy|\bhis|\bher|\btheir|'s) (?:very )?$", site.before):
        return None
    return day(site)


def chapter(site: Site) -> Reading:
    named = site.scene.organisation_in(site.low, site.high)
    about = re.match(r" (?:on|about|between) ", site.after) and scopes.organisation_behind(site) is None
    return people.subject(site), "ours" if named and not about else "other"


_BIDS = regex(
    r"\b(?:bids?|bade|bidding|waves?|waved|kiss(?:es|ed)|wish(?:es|ed)|tells?|told|blows?|blew) (?P<org>[\w -]{2,24}?)(?: an?)?(?: \w+)? $"
)


def farewell(site: Site) -> Reading:
    """Who says goodbye to the organisation; a goodbye to a person says nothing."""
    told = _BIDS.search(site.before)
    if told and any(span[1] == site.low + told.end("org") for span in site.scene.organisation):
        return people.subject(site._replace(start=site.low + told.start())), "bye"
    owned = re.search(r"(?:'s|\bhis|\bher|\btheir|\bmy) (?:\w+ )?$", site.before)
    if owned and (not re.match(r" to\b", site.after) or _to_us(site)):
        return people.owner(site), "job"
    m = re.match(r"(?:,| to| and \w+)*[,.!]?\s*(?:(?:my|the|dear|beloved|old|sweet|lovely) )*", site.after)
    begin = site.end + (m.end() if m else 0)
    span = site.scene.organisation_in(begin, site.high)
    if span is None or span[0] > begin + 2:
        return (people.subject(site), "bye") if _thanks_before(site) else None
    tail = site.scene.text[span[1] : span[1] + 30]
    if scopes.HEAD.match(tail) or re.match(r"'s|[ -]?[\d.]+\b", tail):
        return None
    return people.subject(site), "bye"


def _thanks_before(site: Site) -> bool:
    """'Thank you ORG, and bye.'"""
    ours = [s for s in site.scene.organisation if site.start - 12 <= s[1] <= site.start]
    behind = re.match(r"\s*(?:$|[.!,;\"')…]|[^\w\s])", site.after)
    way = site.scene.text[ours[-1][1] : site.start] if ours else "x"
    return bool(behind and re.fullmatch(r"[\s,.!—–-]*(?:and|so)?[\s,]*(?:good)?", way))


def _to_us(site: Site) -> bool:
    span = site.scene.organisation_in(site.end, site.end + 24)
    return span is not None and bool(
        re.fullmatch(r" to (?:the |his |her |their |my )?", site.scene.text[site.end : span[0]])
    )


_POST_BEFORE = regex(
    r"\b(?:held|had|occupied|led|ran|headed|served as [\w ,-]{2,40}|was|worked|heads?)(?: (?:it|there|here))?(?: [\w-]+){0,6} $"
)
_POST_BEHIND = regex(
    r"[\w ]{0,14}?,? (?:the |an? )?(?:[\w'-]+ ){0,3}?(?:head|lead|leader|chief|boss|director|manager|researcher|scientist|engineer|vp|cto|ceo)\b"
)


def until(site: Site) -> Reading:
    """'X, until last week the head of ORG', 'the post that X held until Friday'."""
    scene = site.scene
    if re.search(r"\bnot $", site.before):
        return None
    span = scene.organisation_in(site.end, site.high)
    behind = _POST_BEHIND.match(site.after) or (
        span
        and re.fullmatch(r"[\w ]{0,14}\b(?:of|at|with|from|in) (?:the )?", scene.text[site.end : span[0]])
    )
    if not (behind or _POST_BEFORE.search(site.before)):
        return None
    if (
        scene.organisation_in(scene.sentences[max(0, scene.sentence_of(site.start) - 1)][0], site.high)
        is None
    ):
        return None
    before = [m for m in scene.mentions if site.low <= m.start and m.end <= site.start]
    if not before or site.start - before[-1].end > 60:
        return None
    return [before[-1]], "open"


_IS_LAST = regex(
    r"\b(?:that|this|it|it's|that's|which|today|tomorrow|yesterday|\w+day|here)(?:(?: \w+)? (?:is|was|be|marks?)|'s|,)? (?:officially |probably )?(?:(?:my|his|her|their)|[\w.-]+'s) (?:very |absolute |actual )?$"
)
_LAST_WHEN = regex(
    r"(?: \w+){0,3}? (?:lands|landed|ships|shipped|goes out|went out|is|was) (?:on |in |at )?(?:today|tomorrow|yesterday|this|the \d|\w+day|\d)"
)


def thing(site: Site) -> Reading:
    """'That was my last commit to ORG': not the latest one, and with the organisation near."""
    scene, word = site.scene, site.scene.text[site.start : site.end]
    number = scene.sentence_of(site.start)
    low = scene.sentences[max(0, number - 1)][0]
    owner = [m for m in scene.mentions if site.low <= m.start and m.end <= site.start][-1:]
    mine = bool(owner) and owner[0].kind == "first" and owner[0].watched
    if not mine and scene.organisation_in(low, site.high) is None:
        return None
    ultimate = word.startswith(("final", "last ever")) or site.before.endswith(("very ", "absolute "))
    if not (ultimate or _IS_LAST.search(site.before) or _LAST_WHEN.match(site.after)):
        return None
    if owner and re.fullmatch(r"(?:'s?)? (?:\w+ )?", scene.text[owner[0].end : site.start]):
        return owner, "open"
    return None


_HAS = regex(r"[^,;:]*,? has ")


def job_day(site: Site) -> Reading:
    """'X of ORG has called it a day', 'X has called it a day after six years'; one who goes home for the night has not."""
    ours = [span for span in site.scene.organisation if site.low <= span[0] and span[1] <= site.start]
    told = bool(ours) and _HAS.fullmatch(site.scene.text, ours[-1][1], site.start) is not None
    years = re.match(r" after [\w ]{1,20}years", site.after)
    if not (told or years or scopes.organisation_behind(site) == "ours"):
        return None
    return people.subject(site), "open"
