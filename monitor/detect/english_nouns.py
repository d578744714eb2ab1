"""English departures that something else names: dismissals, losses, nouns, former people, replacements."""

from __future__ import annotations

import re

from . import english_people as people
from . import english_scope as scopes
from .english_shape import BE_BEFORE, NOUN_BEFORE
from .events import Reading, Site
from .vocabulary import COMPANIES

POACHED = {
    f"en.oust.{word}" for word in ("poach", "lur", "hired away", "snatch", "snap", "snag", "nab", "headhunt")
}


def _taken_from_elsewhere(site: Site, end: int) -> bool:
    """Is the organisation the one that poaches, or the person taken from another one?"""
    source = re.match(r",? (?:away )?from (?:the )?", site.scene.text[end : site.high])
    if source:
        span = site.scene.organisation_in(end, end + source.end() + 40)
        return span is None or span[0] > end + source.end() + 2
    return any(site.start - 5 <= high <= site.start for _, high in site.scene.organisation)


def oust(site: Site) -> Reading:
    text = site.scene.text
    word = text[site.start : site.end]
    begin = site.start + 4 if word.startswith(("lets ", "let ", "shows ")) and word != "let go" else site.end
    after = people.behind(site, begin)
    if site.cue.rule in POACHED and after and _taken_from_elsewhere(site, after[-1].end):
        return None
    passive = BE_BEFORE.search(site.before) or word.startswith(
        ("got", "given", "shown", "laid", "pushed", "forced out", "made", "escorted", "kicked")
    )
    if after and not passive:
        return after, _oust_scope(site)
    if passive or re.search(r"(?:by|from|at|over|after|in)\b", site.after[:8]):
        who = people.subject(site)
        scope = scopes.prepositional(site)
        return who, "open" if scope == "other" and re.match(r"\s*by\b", site.after) else scope
    return None


def _oust_scope(site: Site) -> str:
    near = site.scene.organisation_in(max(site.low, site.start - 60), min(site.high, site.end + 90))
    return "ours" if near else "open"


def hire(site: Site) -> Reading:
    """'OTHER hires ORG's X': only with the organisation right before the person, or behind 'from'."""
    who = people.behind(site, site.end)
    if not who:
        return None
    span = site.scene.organisation_in(site.end, who[0].start)
    from_us = re.match(r" (?:away )?from (?:the )?", site.scene.text[who[-1].end : who[-1].end + 24])
    if from_us:
        begin = who[-1].end + from_us.end()
        source = site.scene.organisation_in(begin, begin + 30)
        return (who, "ours") if source and source[0] <= begin + 1 else None
    owner_before = site.scene.organisation_in(site.low, site.start)
    return (who, "ours") if span and not owner_before and not site.before.rstrip().endswith("just") else None


def lose(site: Site) -> Reading:
    who = people.behind(site, site.end)
    if not who:
        return None
    tail = site.scene.text[who[-1].end : who[-1].end + 30]
    if re.match(r"'s?\s|(?: \w+){0,2} (?:in|at) (?:the )?(?:chess|crowd|poker|final|game|match)", tail):
        return None
    return who, _oust_scope(site)


def loss(site: Site) -> Reading:
    """'ORG bids farewell to X', 'ORG plans life after X': the organisation stands before, the person behind."""
    if site.scene.organisation_in(site.low, site.start) is None:
        return None
    who = people.behind(site, site.end)
    if not who or re.match(r"'s?\b", site.scene.text[who[-1].end : who[-1].end + 3]):
        return None
    return [m for m in who if m.kind == "name"], "ours"


def without(site: Site) -> Reading:
    """'ORG without X' at the start of a sentence presupposes the departure."""
    span = site.scene.organisation_in(site.low, site.start)
    if span is None or not re.fullmatch(
        r"\W*(?:the |life at |what is |inside )*", site.scene.text[site.low : span[0]]
    ):
        return None
    if site.scene.text[span[1] : site.start].strip():
        return None
    who = people.behind(site, site.end, 12)
    if not who or not re.match(
        r"\s*(?:[:,.!?—–=]|$|from|is|now|equals|will|can|looks|has|needs|feels|means|does)",
        site.scene.text[who[-1].end : site.high],
    ):
        return None
    return who, "ours"


def noun(site: Site) -> Reading:
    word = site.scene.text[site.start : site.end]
    if (
        word in ("exit", "exits")
        and not NOUN_BEFORE.search(site.before)
        and not re.match(
            r"\s*(?:of|:|rumou?rs?|reports?|talks?|speculation|claims|stor(?:y|ies)|plans?)", site.after
        )
    ):
        return None
    who = people.owner(site)
    scope = scopes.prepositional(site)
    if scope == "other" and re.match(r"\s*of\b", site.after):
        scope = "open"
    return who, scope


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


_PROMOTED = re.compile(
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
        r"\b(?:temporar\w*|interim while|while (?:he|she) is|on leave|during|for the (?:day|week)|on stage|keynote)",
        site.scene.text[site.low : site.high],
    ):
        return None
    return [m for m in who if m.kind != "first"], scope


_SHOES = re.compile(
    r"'s? (?:\w+ ){0,2}(?:chair|shoes|seat|post|role|place|spot|boots|desk|job|position|team|duties|responsibilities)\b(?! (?:on|at) (?:the )?(?:panel|stage|table|podium|podcast))"
)


def shoes(site: Site) -> Reading:
    """'Y fills X's chair': X, whose place is taken."""
    scene = site.scene
    who = next((m for m in scene.mentions if site.end <= m.start < site.end + 40 and m.kind == "name"), None)
    if who is None or not _SHOES.match(scene.text, who.end):
        return None
    if re.search(
        r"\b(?:temporar|interim|while|during|tonight|keynote|panel|stage|for the (?:day|week)|leave)\b",
        scene.text[site.low : site.high],
    ):
        return None
    return [who], "open"


def successor(site: Site) -> Reading:
    who = people.owner(site)
    if re.match(r"\s*(?:to|for)\s", site.after):
        who = people.behind(site, site.end + 4)
    return who, "open"
