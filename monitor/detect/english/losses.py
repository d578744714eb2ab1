"""English departures that others bring about: dismissals, poaching, losses, and those whom somebody follows out."""

from __future__ import annotations

import re

from ..events import Reading, Site
from ..regex import regex
from . import beyond, people
from . import scope as scopes
from .shape import BE_BEFORE

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


_PLAIN_FORM = regex(
    r"(?:fire|sack|oust|axe|poach|lure|snatch|snap up|snag|nab|headhunt|terminate|dismiss|boot|eject)(?:s|es)?"
)


def oust(site: Site) -> Reading:
    text = site.scene.text
    word = text[site.start : site.end]
    begin = site.start + 4 if word.startswith(("lets ", "let ", "shows ")) and word != "let go" else site.end
    after = people.behind(site, begin)
    if site.cue.rule in POACHED and after and _taken_from_elsewhere(site, after[-1].end):
        return None
    active = bool(after) and word.startswith(("pushed ", "forced ", "kicked ", "escorted ", "made "))
    passive = (BE_BEFORE.search(site.before) and not _PLAIN_FORM.fullmatch(word)) or (
        not active
        and word.startswith(
            ("got", "given", "shown", "laid", "pushed ", "forced out", "made", "escorted", "kicked")
        )
    )
    if after and not passive:
        return after, near_scope(site)
    if passive or re.search(r"\b(?:by|from|at|over|after|in)\b", site.after[:8]):
        who = people.subject(site)
        scope = scopes.prepositional(site)
        return who, "open" if scope == "other" and beyond.aside(site) else scope
    return None


def near_scope(site: Site) -> str:
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
    if not who or (site.cue.rule != "en.lose.sees_off" and _another_loses(site)):
        return None
    tail = site.scene.text[who[-1].end : who[-1].end + 30]
    if re.match(
        r"'s?\s|(?: \w+){0,2} (?:in|at|on) (?:the |a )?(?:\w+ )?(?:chess|crowd|poker|final|game|match|pool|ping-?pong|table tennis|badminton|mario kart|corridors?|maze|fog|mall|market|metro|train|hike|trail|airport|station|queue)| to (?:sleep|jet ?lag|traffic|the flu|a cold|a fever|covid|lunch|a meeting|meetings|a bug|a nap)|(?: \w+)? (?:halfway|midway|somewhere|again|for (?:an hour|ten|five|a minute|a moment))",
        tail,
    ):
        return None
    return who, near_scope(site)


_WE_LOSE = regex(
    r"(?:^|[.,;:!?(—–-]|\b(?:we|we've|they|they've|it|you|to|of|by|after|from|about|and|why|how|when|that|team|lab|company|group|org|everyone|folks|is|just|also|now|has|have|had|will|could|may|might|managed)\b)\W*(?:(?:is|are|has|have|had|just|also|now|really|actually|officially|finally|already|will|to|about|be|been|gonna|going|could|may|might|set|managed|reportedly|apparently)\W+)*$"
)


def _another_loses(site: Site) -> bool:
    """Is it another company, or a band, that loses the person?"""
    head = re.split(r"[,;:!?]", site.before)[-1]
    if site.scene.organisation_in(site.low, site.start):
        return False
    words = re.sub(
        r"\b(?:has|have|had|is|just|also|now|will|may|might|could|to|about|be|been|reportedly)\b", "", head
    )
    named = re.search(r"\b(?:our|my|the|a|his|her|their|this) (?:[\w'-]+ )+\s*$", words)
    if named and not re.search(
        r"\b(?:lab|team|company|group|org|firm|giant|unit|world|field|industry|country|community|project|day|week)\b",
        words,
    ):
        return True
    start = site.start - len(head)
    original = site.scene.letters[start : site.start].strip()
    return bool(
        re.match(
            r"[A-Z][\w&.-]+(?: [A-Z][\w&.-]+)*(?: (?:has|have|had|is|just|also|now|will|may|about|to))*$",
            original,
        )
    ) and original.split()[0].lower() not in (
        "losing",
        "just",
        "so",
        "now",
        "after",
        "and",
        "we",
        "breaking",
        "they",
        "it",
        "confirmed",
        "is",
        "did",
    )


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
    if span and re.search(
        r"\b(?:(?:day|week|month|release|season|year) (?:one|two|1|2|zero|0)|first (?:day|week|standup|meeting|release|month)|life) $",
        site.before,
    ):
        who = people.behind(site, site.end, 12)
        return (who, "ours") if who else None
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


def inside(site: Site) -> Reading:
    """'gave X the boot': the person stands within the cue."""
    within = [m for m in site.scene.mentions if site.start < m.start and m.end <= site.end]
    if site.cue.rule == "en.oust.removes" and site.scene.organisation_in(site.low, site.start) is None:
        return None
    if not within or not re.fullmatch(r"\w+ (?:the |@)?", site.scene.text[site.start : within[0].start]):
        return None
    return people.following(site.scene, within[0], site.end), near_scope(site)


def follow_out(site: Site) -> Reading:
    """'A and B follow C out of ORG': all of them."""
    within = [m for m in site.scene.mentions if site.start < m.start and m.end <= site.end]
    who = people.subject(site)
    return (who + within, beyond.elsewhere(site)) if who and within else None


def stay_in(site: Site) -> Reading:
    """'ORG talked X into staying': the person stands within the cue."""
    within = [m for m in site.scene.mentions if site.start < m.start and m.end <= site.end]
    return (within, near_scope(site)) if within else None


def no_more(site: Site) -> Reading:
    """'No more X at ORG'."""
    who = people.behind(site, site.end, 12)
    if not who:
        return None
    tail = site.scene.text[who[-1].end : site.high]
    m = re.match(r" (?:at|in|on|with|for) (?:the )?", tail)
    span = site.scene.organisation_in(who[-1].end + m.end(), site.high) if m else None
    return (who, "ours") if m and span and span[0] == who[-1].end + m.end() else None


def seen(site: Site) -> Reading:
    """'Has anyone seen X at ORG?'"""
    who = people.behind(site, site.end, 20)
    near = site.scene.organisation_in(site.low, site.high)
    return ([m for m in who if m.watched], "open") if near else None
