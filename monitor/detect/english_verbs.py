"""English verbs and states: who is said to go, to be gone, or to stay."""

from __future__ import annotations

import re

from . import english_people as people
from . import english_scope as scopes
from .english_shape import BE_BEFORE, NOUN_BEFORE
from .events import Reading, Site
from .vocabulary import COMPANIES

_ON_LEAVE = re.compile(
    r"\b(?:sick|parental|paternity|maternity|medical|annual|gardening|on|family|paid|unpaid|extended|study) $"
)


_ADJECTIVE = re.compile(
    r"(?:\b(?:the|stage|what's|what is|nothing|anything|something|far|bottom|top|upper|lower|turn|turned|swipe|on|to|and right|only|\d+|much|time|bits?|who's|hours|days|minutes|credits?|is anything|any|one|two|three)\s)$"
)


def go(site: Site) -> Reading:
    word = site.scene.text[site.start : site.end]
    if word in ("exit", "exits", "leave", "leaves") and (
        NOUN_BEFORE.search(site.before) or _ON_LEAVE.search(site.before)
    ):
        return None
    if word == "left" and re.search(r"[,(] ?$", site.before) and re.match(r"\s?[,)]", site.after):
        return None
    if word == "left" and _ADJECTIVE.search(site.before[-24:]):
        return None
    return people.subject(site), scopes.direct_object(site)


def quit(site: Site) -> Reading:
    if NOUN_BEFORE.search(site.before) and site.cue.stem == "resi":
        return None
    return people.subject(site), scopes.prepositional(site)


def strict(site: Site) -> Reading:
    return people.subject(site), scopes.strict(site)


def idiom(site: Site) -> Reading:
    behind = scopes.organisation_behind(site)
    return people.subject(site), behind or "open"


def state(site: Site) -> Reading:
    text = site.scene.text
    word = text[site.start : site.end]
    scope = scopes.prepositional(site)
    if word.startswith("no longer") and scope in ("open", "other") and not word.endswith("there"):
        after = text[site.end : site.end + 40]
        scope = "job" if scopes.JOB.match(after) and not scopes.NOT_JOB.search(after) else "other"
    return people.subject(site), scope


def out(site: Site) -> Reading:
    near = [m for m in site.scene.mentions if m.end <= site.start and m.end >= site.start - 2]
    opens = people.opens_clause(site) and scopes.organisation_behind(site) == "ours"
    if not (BE_BEFORE.search(site.before) or near or opens):
        return None
    if re.match(r" of (?!work)", site.after) and scopes.organisation_behind(site) is None:
        return None
    return people.subject(site), scopes.prepositional(site)


def anymore(site: Site) -> Reading:
    """'X isn't at ORG anymore': the negation and the organisation stand before the cue."""
    m = re.search(
        r"(?:n't|\bnot|\bno longer) (?:\w+ ){0,2}(?:at|with|for|in|on|leads?|leading|run|works?|there|here)\b",
        site.before,
    )
    if m is None:
        return None
    start = site.low + m.start()
    named = site.scene.organisation_in(start, site.start)
    who = people.subject(site._replace(start=start, end=start))
    return who, "ours" if named else "open"


def off(site: Site) -> Reading:
    """'is off to OTHER', 'is off to found something', where the organisation is named too."""
    word = re.match(r" (?:a |an )?(\w+)", site.after)
    if word is None or not (
        word.group(1) in COMPANIES
        or word.group(1) in ("found", "start", "join", "launch", "rival", "startup")
    ):
        return None
    return (people.subject(site), "ours") if site.scene.organisation_in(site.low, site.high) else None


def future(site: Site) -> Reading:
    """'is considering his future' hedges a departure by itself."""
    if not re.search(
        r"\b(?:consider|weigh|mull|ponder|reconsider|field)\w* (?:(?:his|her|their|my) )?$", site.before
    ):
        return None
    return people.subject(site._replace(start=site.start - 4)), "open"


def join(site: Site) -> Reading:
    """Joining another company counts only where the text says that they come from the organisation."""
    if _joins_other(site):
        return [m for m in people.subject_near(site) if m.watched], "job"
    after = site.after[:90]
    m = re.search(r"\b(?:from|after (?:[\w-]+ ){0,4}(?:at|with|leading|running|building)|leaving)\b", after)
    span = site.scene.organisation_in(site.end + m.end(), site.high) if m else None
    if m is None or span is None or span[0] - site.end - m.end() > 14 or not _other_object(site):
        return None
    return people.subject(site), "ours"


def _joins_other(site: Site) -> bool:
    m = re.match(
        r" (\w+)(?: [A-Z]?\w+)?(?=[.,;!]|$| as\b| to (?:lead|head|run|build)| after\b| next\b| from\b)",
        site.after,
    )
    return bool(m) and m.group(1) in COMPANIES if m else False


def _other_object(site: Site) -> bool:
    first = site.scene.organisation_in(site.end, site.end + 24)
    return first is None or not re.fullmatch(r"\s*(?:the )?", site.scene.text[site.end : first[0]])


def stay(site: Site) -> Reading:
    if re.search(r"\b(?:late|tuned|up|overnight|hotel|hydrated|hungry|my favou?rite)\b", site.after[:30]):
        return None
    scope = scopes.organisation_behind(site) or "open"
    word = site.scene.text[site.start : site.end]
    if (
        word.startswith("still")
        and scope == "open"
        and re.match(r" (?:at|with|on the|there|here|part of)", word[5:] + " ")
    ):
        text = site.scene.text
        if not re.search(r"not|n't|no,|rumou?r|\?", text[max(0, site.low - 80) : site.high]):
            return None
    if word.startswith("still the") and scope != "ours":
        return None
    return people.subject_near(site), scope


def anywhere(site: Site) -> Reading:
    if not re.search(r"(?:\bnot|n't|\baint|\bisnt) $", site.before):
        return None
    return people.subject(site._replace(start=site.start - 4)), "open"


def back(site: Site) -> Reading:
    if scopes.organisation_behind(site) != "ours":
        return None
    if re.search(
        r"\b(?:holiday|vacation|leave|sick|trip|conference|break|weekend|honeymoon|sabbatical)\b",
        site.scene.text[site.low : site.high],
    ):
        return None
    return people.subject(site), "ours"


def see(site: Site) -> Reading:
    """'Sorry to see you go'."""
    if not re.search(
        r"\b(?:sorry|sad|hate|hard|tough|sucks?|hurts?|pity|shame|heartbreaking|weird|strange)\b[^.]{0,20}$",
        site.before,
    ):
        return None
    within = [m for m in site.scene.mentions if site.start <= m.start and m.end <= site.end]
    return within[:1], "open"
