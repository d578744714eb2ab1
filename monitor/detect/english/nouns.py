"""English departures that something else names: dismissals, losses, nouns, former people, replacements."""

from __future__ import annotations

import re

from ..events import Reading, Site
from ..regex import regex
from ..vocabulary import COMPANIES
from . import losses, people
from . import scope as scopes
from .shape import BE_BEFORE, NOUN_BEFORE

_OWNED_NOUN = regex(
    r"(?:\b(?:the|a|an|this|that|his|her|their|my|its|no|any|another|your|of)|'s?) (?:[\w-]+ ){0,2}$"
)


def noun(site: Site) -> Reading:
    word = site.scene.text[site.start : site.end]
    if (
        word in ("exit", "exits")
        and not _OWNED_NOUN.search(site.before)
        and not re.match(
            r"\s*(?:of|:|rumou?rs?|reports?|talks?|speculation|claims|stor(?:y|ies)|plans?)", site.after
        )
    ):
        return None
    who = people.owner(site)
    scope = scopes.prepositional(site)
    if scope == "other" and who and who[0].start >= site.end:
        scope = "open"
    if scope == "other" and not re.match(r"\s*(?:from|at|with|in|on|to|for)\b", site.after):
        scope = "open"
    return who, scope


def noun_ours(site: Site) -> Reading:
    """'X's graduation from ORG': nouns of many uses."""
    read = noun(site)
    return read if read is not None and read[1] == "ours" else None


def notice_to(site: Site) -> Reading:
    """'gave ORG two weeks' notice': the organisation stands within the cue."""
    span = site.scene.organisation_in(site.start, site.end)
    return (people.subject(site), "ours") if span else None


_THERE = regex(
    r"\s*(?:an? |the |our |its )?(?:[\w-]+ ){0,4}(?:there|here|of the lab|of the team)(?=\s*[,.;!]|$)"
)


def former(site: Site) -> Reading:
    """'ex-ORG lead X', 'X, formerly of ORG', 'X's bio now reads "ex-ORG"'."""
    span = site.scene.organisation_in(site.end, min(site.high, site.end + 60))
    text = site.scene.text
    behind_organisation = people.behind(site, site.end, 80)
    if (
        behind_organisation
        and re.search(r",| and ", text[site.end : behind_organisation[0].start])
        and not NOUN_BEFORE.search(site.before)
    ):
        behind_organisation = []
    if behind_organisation and (span is None or span[0] > behind_organisation[0].start):
        return (
            (behind_organisation, "job")
            if behind_organisation[0].watched and not _company_between(site, behind_organisation[0].start)
            else None
        )
    if span is None and _THERE.match(site.after):
        return people.subject(site), "job"
    if (
        span is None
        or _company_between(site, span[0])
        or scopes.NOT_JOB.search(text[site.end : span[1] + 24])
    ):
        return None
    if scopes.organisation_behind(site) != "ours":
        return None
    if behind_organisation:
        return behind_organisation, "ours"
    profile = re.search(
        r"(?:bio|profile|page|header|tagline|linkedin|account|description|about line)\b[^.]{0,64}$",
        site.before,
    )
    if profile:
        whose = [
            m for m in site.scene.mentions if site.low <= m.start and m.end <= site.low + profile.start()
        ]
        return whose[-1:], "ours"
    return people.subject(site), "ours"


def _company_between(site: Site, until: int) -> bool:
    return any(word in COMPANIES for word in re.findall(r"\w+", site.scene.text[site.end : until]))


_PROMOTED = regex(
    r"\b(?:promot\w+|elevated to|moves up|moved up|becomes? (?:cto|ceo|chief scientist|vp)|transfer\w*|rotat\w+)\b"
)


def replace(site: Site) -> Reading:
    if re.search(
        r"\b(?:host|speaker|moderator|chair|captain|editor|treasurer|referee|on-?call|driver|reading group|book club)\b",
        site.after[:80],
    ):
        return None
    if (BE_BEFORE.search(site.before) and not site.before.endswith("and ")) or re.match(
        r"\s*(?:by|with|as)\b", site.after
    ):
        who, scope = people.subject(site), "open"
    else:
        who, scope = people.behind(site, site.end, 40), "open"
    if _PROMOTED.search(site.scene.text, site.low, site.high):
        return None
    if re.search(
        r"\b(?:temporar\w*|interim while|while (?:he|she) is|on leave|during|for the (?:day|week)|this week|on stage|keynote|livestream|stream|podcast|webinar|panel|show|stand(?:s|ing)? in)",
        site.scene.text[site.low : site.high],
    ):
        return None
    return [m for m in who if m.kind != "first"], scope


_SHOES = regex(
    r"'s? (?:\w+ ){0,2}(?:chair|shoes|seat|post|role|place|spot|boots|desk|job|position|team|duties|responsibilities)\b(?! (?:on|at) (?:the )?(?:panel|stage|table|podium|podcast))"
)


def shoes(site: Site) -> Reading:
    """'Y fills X's chair': X, whose place is taken."""
    scene = site.scene
    who = next((m for m in scene.mentions if site.end <= m.start < site.end + 40 and m.kind == "name"), None)
    if who is None or not _SHOES.match(scene.text, who.end):
        return None
    if re.search(
        r"\b(?:temporar|interim|while|during|tonight|keynote|livestream|stream|podcast|webinar|panel|stage|for the (?:day|week)|leave)\b",
        scene.text[site.low : site.high],
    ):
        return None
    return [who], "open"


_SPARE = regex(
    r" (?:keyboard|laptop|parts?|card|badge|phone|bus|gpus?|chair|mug|servers?|battery|fan|cable|hardware|tokenizer|model|monitor|mouse|bike|wheel|screen|key|glasses|hip|knee|teacher|referee|goalkeeper|speaker)\b"
)


def successor(site: Site) -> Reading:
    if _SPARE.match(site.after):
        return None
    who = people.owner(site)
    if re.match(r"\s*(?:to|for)\s", site.after):
        who = people.behind(site, site.end + 4)
    return who, "open"


def ends(site: Site) -> Reading:
    """'ending X's tenure': the owner stands within the cue."""
    within = [m for m in site.scene.mentions if site.start < m.start and m.end <= site.end]
    if not within:
        return None
    owned = re.match(r"'s?\s", site.scene.text[within[-1].end :][:3])
    return (within[-1:], losses.near_scope(site)) if owned or within[-1].kind in ("third", "first") else None


def owned(site: Site) -> Reading:
    """'X's bio no longer says ORG': the owner of the thing, with the organisation near."""
    scene = site.scene
    number = scene.sentence_of(site.start)
    low = scene.sentences[max(0, number - 1)][0]
    if scene.organisation_in(low, min(len(scene.text), site.high + 60)) is None:
        return None
    who = people.owner(site)
    within = [m for m in scene.mentions if site.start < m.start and m.end <= site.end]
    return who or people.subject(site) if within or who else [], "open"
