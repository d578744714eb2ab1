"""English last days, ended times and goodbyes to the organisation."""

from __future__ import annotations

import re

from . import english_people as people
from . import english_scope as scopes
from .events import Reading, Site
from .scene import Mention


def day(site: Site) -> Reading:
    scope = _day_scope(site)
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


_OTHER_OWNER = re.compile(r"'s? (?!last|final|official|very|time|own)\w+|\b(?:of|with|in|at) the\b|said")


def _today(site: Site) -> list[Mention]:
    """'Today is the last day ...' without any person: the author's."""
    if re.search(
        r"\b(?:today|tomorrow|yesterday|friday|monday|tuesday|wednesday|thursday|this|was|is)\b[\w\s,']{0,25}$",
        site.before,
    ):
        return people.author_or_topic(site)
    return []


def _day_scope(site: Site) -> str:
    if site.scene.organisation_in(site.start, site.end) and site.cue.rule == "en.day.time_ended":
        return "ours"
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
    return people.subject(site), "ours" if named else "other"


def farewell(site: Site) -> Reading:
    """Who says goodbye to the organisation; a goodbye to a person says nothing."""
    owned = re.search(r"(?:'s|\bhis|\bher|\btheir|\bmy) (?:\w+ )?$", site.before)
    if owned and (not re.match(r" to\b", site.after) or site.scene.organisation_in(site.end, site.end + 24)):
        return people.owner(site), "job"
    m = re.match(r"(?:,| to| and \w+)*[,.!]?\s*(?:(?:my|the|dear|beloved|old|sweet|lovely) )*", site.after)
    begin = site.end + (m.end() if m else 0)
    span = site.scene.organisation_in(begin, site.high)
    if span is None or span[0] > begin + 2:
        return None
    tail = site.scene.text[span[1] : span[1] + 30]
    if scopes.HEAD.match(tail) or re.match(r"'s|[ -]?[\d.]+\b", tail):
        return None
    return people.subject(site), "bye"


_POST_BEFORE = re.compile(
    r"\b(?:held|had|occupied|led|ran|headed|served as [\w ,-]{2,40}|was|worked|heads?)(?: (?:it|there|here))?(?: [\w-]+){0,6} $"
)
_POST_BEHIND = re.compile(
    r"[\w ]{0,14}?,? (?:the |an? )?(?:[\w'-]+ ){0,3}?(?:head|lead|leader|chief|boss|director|manager|researcher|scientist|engineer|vp|cto|ceo)\b"
)


def until(site: Site) -> Reading:
    """'X, until last week the head of ORG', 'the post that X held until Friday'."""
    scene = site.scene
    if re.search(r"\bnot $", site.before):
        return None
    behind = _POST_BEHIND.match(site.after)
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
