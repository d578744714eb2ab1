"""English words of going somewhere else: 'joins OTHER', 'is off to OTHER', 'X (ORG) to OTHER'."""

from __future__ import annotations

import re

from ..events import Reading, Site
from ..regex import regex
from ..vocabulary import COMPANIES, NOT_NAMES, words
from . import people
from .roles import without_place

_NEXT_THING = words(
    "found start join launch rival startup build teach make write create pursue try something pastures academia competitor"
)
_COMPANY = regex(
    r" (?:a |the |an )?(?:[A-Z][\w.-]+ ){0,2}(?:Labs?|AI|Compute|Robotics|Systems|Research|Technolog(?:y|ies)|Networks|Dynamics|Capital|Ventures|Inc|Corp|University|Institute)\b"
)
_NAME_ALONE = regex(
    r" (?!Twitter|Bluesky|Mastodon|LinkedIn|GitHub|Discord|Slack|Instagram|Threads|TikTok|Zoom|WeChat|Weibo|Reddit|YouTube|X\b)[A-Z][\w-]{2,}(?: [A-Z][\w-]+){0,2}(?=[.,;!?]|$| as (?!a (?:guest|speaker|judge))| to (?:lead|head|run|build|start)| next (?:week|month)| in (?:a|the) )"
)
_NO_MOVE = regex(
    r"\b(?:podcast|panel|board|webinar|stage|keynote|show|stream|talk|conference|summit|meetup|dinner|livestream|advis\w+)\b"
)
_VISIT = regex(
    r"\bto (?:give|visit|speak|meet|present|talk|see|pick|attend|judge|teach|discuss|buy|demo|collect|record|film|hear)\b|\bfor (?:lunch|dinner|coffee|a (?:talk|day|visit|meeting|chat|demo|panel|week|workshop|keynote))\b|\b(?:event|summit|conference|meetup|party|campus|office tour)\b"
)


def _company_name(site: Site, *makes: re.Pattern[str]) -> bool:
    """Does what looks like another organisation's name stand behind the cue?"""
    after = site.scene.letters[site.end : site.end + 60]
    if _NO_MOVE.search(after.lower()) or site.scene.organisation_in(site.end, site.end + 16) is not None:
        return False
    if any(m.start <= site.end + 1 < m.end for m in site.scene.mentions if m.watched):
        return False
    first = re.match(r" (?:the |a |an )?([A-Za-z]+)", after)
    if first is None or (first.group(1)[0].isupper() and first.group(1).lower() in NOT_NAMES):
        return False
    return any(make.match(after) for make in makes)


def off(site: Site) -> Reading:
    """'is off to OTHER', 'is off to found something', where the organisation is named too."""
    word = re.match(r" (?:a |an )?(\w+)", site.after)
    if word is None or not (
        word.group(1) in COMPANIES or word.group(1) in _NEXT_THING or _company_name(site, _COMPANY)
    ):
        return None
    if _VISIT.search(site.after[:70]):
        return None
    return (people.subject(site), "ours") if site.scene.organisation_in(site.low, site.high) else None


def join(site: Site) -> Reading:
    """Joining another company counts only where the text says that they come from the organisation."""
    if _joins_other(site):
        who = people.subject_near(site)
        if who and site.scene.organisation_in(max(site.low, who[0].start - 24), site.start):
            return who, "ours"
        if any(m.watched for m in who):
            return [m for m in who if m.watched], "job"
    after = site.after[:90]
    m = re.search(r"\b(?:from|after (?:[\w-]+ ){0,4}(?:at|with|leading|running|building)|leaving)\b", after)
    span = site.scene.organisation_in(site.end + m.end(), site.high) if m else None
    if (
        m is None
        or span is None
        or span[0] - site.end - m.end() > 44
        or re.search(r"[,.;:]", after[m.end() : span[0] - site.end])
        or not _other_object(site)
    ):
        return None
    return people.subject(site), "ours"


def _joins_other(site: Site) -> bool:
    m = re.match(
        r" (\w+)(?: [A-Z]?\w+)?(?=[.,;!]|$| as\b| to (?:lead|head|run|build)| after\b| next\b| from\b)",
        site.after,
    )
    if m and m.group(1) in COMPANIES:
        return True
    return bool(site.scene.organisation) and _company_name(site, _COMPANY, _NAME_ALONE)


def _other_object(site: Site) -> bool:
    first = site.scene.organisation_in(site.end, site.end + 24)
    return first is None or not re.fullmatch(r"\s*(?:the )?", site.scene.text[site.end : first[0]])


def bare_to(site: Site) -> Reading:
    """'X (ORG) to OTHER', 'ORG's X to OTHER': nothing else between the person and the goal."""
    scene = site.scene
    before = [m for m in scene.mentions if site.low <= m.start and m.end <= site.start and m.kind == "name"]
    span = scene.organisation_in(site.low, site.start)
    if span and not before and re.search(r"\bfrom (?:the )?$", scene.text[site.low : span[0]]):
        behind = re.match(r"\s*[:—–-]\s*", site.after)
        who = people.behind(site, site.end + behind.end(), 4) if behind else []
        return (who, "ours") if who else None
    if site.cue.rule == "en.join.arrow":
        span = scene.organisation_in(0, len(scene.text))
    if not before or span is None:
        return None
    gap = without_place(scene, before[-1].end, site.start)
    if not re.fullmatch(r"\s*(?:\([^()]{0,24}\))?[\s,:]*(?:is |to be |leaves |moves )?", gap):
        return None
    return people.group(scene, before[-1], site.low), "ours"


def new_job(site: Site) -> Reading:
    """'Congrats to X on the new role at OTHER': with the organisation named elsewhere."""
    firm = re.match(r" (?:the )?([\w.]+)", site.after)
    named = [m for m in site.scene.named(site.low, site.start) if m.kind == "name"]
    if firm is None or firm.group(1) not in COMPANIES or len(named) != 1 or not site.scene.organisation:
        return None
    way = re.fullmatch(
        r",? (?:on|for|with) (?:his|her|their|the|your|a|an) (?:exciting |big )?",
        site.scene.text[named[0].end : site.start],
    )
    return (named, "ours") if way else None


def news(site: Site) -> Reading:
    """'If the X news is true': with the organisation named beside it."""
    named = [
        m for m in site.scene.named(site.low, site.start) if m.kind == "name" and m.end == site.start - 1
    ]
    whether = re.search(r"\b(?:if|whether|hope|assuming)\b", site.before)
    return (named, "ours") if named and whether and site.scene.organisation else None


def bound(site: Site) -> Reading:
    named = site.scene.organisation_in(site.low, site.high)
    return (people.subject(site), "ours") if named else None
