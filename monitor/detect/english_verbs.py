"""English verbs and states: who is said to go, to be gone, or to stay."""

from __future__ import annotations

import re

from . import english_people as people
from . import english_scope as scopes
from .english_shape import BE_BEFORE, NOUN_BEFORE
from .events import Reading, Site
from .vocabulary import COMPANIES, NOT_NAMES, words

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


_MOOD = re.compile(
    r"\b(?:so|very|quite|rather|pretty|looks?|looked|looking|sounds?|sounded|seems?|seemed|feels?|felt|feeling|bit|too|more|most|tired|smiles?|nods?|nodded|shrugs?|shrugged|sighs?|sighed|most) (?:\w+ly )?$"
)


def quit(site: Site) -> Reading:
    if site.cue.stem == "resi" and (NOUN_BEFORE.search(site.before) or _MOOD.search(site.before)):
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


_NEXT_THING = words(
    "found start join launch rival startup build teach make write create pursue try something pastures academia competitor"
)
_COMPANY = re.compile(
    r" (?:a |the |an )?(?:[A-Z][\w.-]+ ){0,2}(?:Labs?|AI|Compute|Robotics|Systems|Research|Technolog(?:y|ies)|Networks|Dynamics|Capital|Ventures|Inc|Corp|University|Institute)\b"
)
_NAME_ALONE = re.compile(
    r" (?!Twitter|Bluesky|Mastodon|LinkedIn|GitHub|Discord|Slack|Instagram|Threads|TikTok|Zoom|WeChat|Weibo|Reddit|YouTube|X\b)[A-Z][\w-]{2,}(?: [A-Z][\w-]+){0,2}(?=[.,;!?]|$| as (?!a (?:guest|speaker|judge))| to (?:lead|head|run|build|start)| next (?:week|month)| in (?:a|the) )"
)
_NO_MOVE = re.compile(
    r"\b(?:podcast|panel|board|webinar|stage|keynote|show|stream|talk|conference|summit|meetup|dinner|livestream|advis\w+)\b"
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
        who = people.subject_near(site)
        ours = who and site.scene.organisation_in(max(site.low, who[0].start - 24), site.start)
        return (who, "ours") if ours else ([m for m in who if m.watched], "job")
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


def near(site: Site) -> Reading:
    """Idioms that mean a departure only where the organisation is named beside them, or a watched author speaks."""
    scene = site.scene
    number = scene.sentence_of(site.start)
    low = scene.sentences[max(0, number - 1)][0]
    high = scene.sentences[min(len(scene.sentences) - 1, number + 1)][1]
    who = people.subject(site) or people.owner(site)
    if scene.organisation_in(low, high) is None and not (who and who[0].watched and who[0].kind == "first"):
        return None
    inside = scopes.organisation_behind(site)
    if inside is not None and re.search(r"\b(?:at|with|from)$", scene.text[site.start : site.end]):
        return None
    return who, "open"


def see(site: Site) -> Reading:
    """'Sorry to see you go'."""
    if not re.search(
        r"\b(?:sorry|sad|hate|hard|tough|sucks?|hurts?|pity|shame|heartbreaking|weird|strange)\b[^.]{0,20}$",
        site.before,
    ):
        return None
    within = [m for m in site.scene.mentions if site.start <= m.start and m.end <= site.end]
    return within[:1], "open"
