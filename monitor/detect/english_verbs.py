"""English verbs and states: who is said to go, to be gone, or to stay."""

from __future__ import annotations

import re

from . import english_people as people
from . import english_scope as scopes
from .english_roles import without_place
from .english_shape import BE_BEFORE, NOUN_BEFORE
from .events import Reading, Site
from .vocabulary import COMPANIES, NOT_NAMES, words

_ON_LEAVE = re.compile(
    r"\b(?:sick|parental|paternity|maternity|medical|annual|gardening|on|family|paid|unpaid|extended|study|compassionate|bereavement|marriage|wedding|adoption|stress|exam|casual|earned|privilege|approved|pat|mat|care|childcare|hospitali[sz]ation|shore|garden|annual|apply|applied|taking|takes|took|take|give|gives|granted|tea|bay|maple|autumn) $"
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
    scope = scopes.direct_object(site)
    if scopes.moves_within(site) or scopes.joins_us(site):
        return None
    return people.subject(site), scope


_MOOD = re.compile(
    r"\b(?:so|very|quite|rather|pretty|looks?|looked|looking|sounds?|sounded|seems?|seemed|feels?|felt|feeling|bit|too|more|most|tired|smiles?|nods?|nodded|shrugs?|shrugged|sighs?|sighed|most) (?:\w+ly )?$"
)


def quit(site: Site) -> Reading:
    if site.cue.stem == "resi" and (NOUN_BEFORE.search(site.before) or _MOOD.search(site.before)):
        return None
    scope = scopes.prepositional(site)
    if scope == "other" and not re.match(r"\s*(?:from|as|at|of|with|out|in|on)\b", site.after):
        scope = scopes.direct_object(site)
    return (people.subject(site), scope) if not scopes.joins_us(site) else None


def strict(site: Site) -> Reading:
    return people.subject(site), scopes.strict(site)


def idiom(site: Site) -> Reading:
    """Whatever follows, unless it names another place: 'handed in his notice at the bakery'."""
    return people.subject(site), scopes.elsewhere(site)


_FOR_A_WHILE = re.compile(
    r"\b(?:until|till|for (?:a|the|two|three|\d)|on (?:\w+ )?(?:leave|holiday|vacation|honeymoon|sabbatical)|this week|today|tomorrow|next week)\b"
)


_FOR_A_WHILE = re.compile(
    r"\b(?:until|till|for (?:a|the|two|three|\d)|on (?:\w+ )?(?:leave|holiday|vacation|honeymoon|sabbatical)|this week|today|tomorrow|next week)\b"
)


def ours(site: Site) -> Reading:
    """Common verbs that mean leaving only where the organisation follows: 'fled ORG'."""
    if site.scene.text.startswith("away", site.start) and _FOR_A_WHILE.search(site.after):
        return None
    if (
        NOUN_BEFORE.search(site.before)
        or scopes.organisation_behind(site) != "ours"
        or scopes.moves_within(site)
    ):
        return None
    return people.subject(site), "ours"


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
    if _VISIT.search(site.after[:70]):
        return None
    return (people.subject(site), "ours") if site.scene.organisation_in(site.low, site.high) else None


_VISIT = re.compile(
    r"\bto (?:give|visit|speak|meet|present|talk|see|pick|attend|judge|teach|discuss|buy|demo|collect|record|film|hear)\b|\bfor (?:lunch|dinner|coffee|a (?:talk|day|visit|meeting|chat|demo|panel|week|workshop|keynote))\b|\b(?:event|summit|conference|meetup|party|campus|office tour)\b"
)


def future(site: Site) -> Reading:
    """'is considering his future' hedges a departure by itself."""
    if re.search(
        r"\b(?:speculation|questions?|doubts?|uncertain\w*|rumou?rs?|talk|clouds?|concerns?)\b[^.;]{0,40}$",
        site.before,
    ):
        return people.owner(site), "open"
    if not re.search(
        r"\b(?:consider|weigh|mull|ponder|reconsider|field)\w* (?:(?:his|her|their|my) )?$", site.before
    ):
        return None
    return people.subject(site._replace(start=site.start - 4)), "open"


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


def near(site: Site) -> Reading:
    """Idioms that mean a departure only where the organisation is named beside them, or a watched author speaks."""
    scene = site.scene
    number = scene.sentence_of(site.start)
    low = scene.sentences[max(0, number - 1)][0]
    high = scene.sentences[min(len(scene.sentences) - 1, number + 1)][1]
    who = people.subject(site) or people.owner(site)
    if scene.organisation_in(low, high) is None and not (who and who[0].watched and who[0].kind == "first"):
        return None
    if (
        site.scene.text[site.end - 5 : site.end] in ("leave", "aving")
        and scopes.direct_object(site) == "other"
    ):
        return None
    inside = scopes.organisation_behind(site)
    if inside is not None and re.search(r"\b(?:at|with|from)$", scene.text[site.start : site.end]):
        return None
    return who, "open"


def offish(site: Site) -> Reading:
    """'Heard you're off?', with the organisation near."""
    return near(site) if BE_BEFORE.search(site.before) else None


def couple(site: Site) -> Reading:
    """'X and ORG have split'."""
    scene = site.scene
    pairs = [
        m
        for m in scene.mentions
        if site.low <= m.start and m.end <= site.start and m.kind in ("name", "first")
        for low, high in scene.organisation
        if re.fullmatch(
            r"\s*(?:and|&)\s*(?:the )?",
            scene.text[m.end : low] if m.end <= low else scene.text[high : m.start],
        )
        and re.fullmatch(
            r"\s*(?:are|have|has|will|to|'re|both)?\s*(?:now |just |finally )?",
            scene.text[max(m.end, high) : site.start],
        )
    ]
    return (pairs[:1], "ours") if pairs else None


def me(site: Site) -> Reading:
    """'I'm off.', 'Out on the 30th.': who says I, with the organisation near or a watched author."""
    scene = site.scene
    number = scene.sentence_of(site.start)
    low, high = (
        scene.sentences[max(0, number - 2)][0],
        scene.sentences[min(len(scene.sentences) - 1, number + 1)][1],
    )
    within = [m for m in scene.mentions if site.start <= m.start and m.end <= site.end and m.kind == "first"]
    who = within[:1] or (
        [] if people.subject(site) or not people.opens_clause(site) else people.author_or_topic(site)
    )
    if not who or who[0].kind != "first":
        return None
    if scene.organisation_in(low, high) is None and not (who[0].watched and site.end >= site.high - 2):
        return None
    return who, "open"


def time(site: Site) -> Reading:
    """'Time for something new', said of oneself or of the one the text speaks of, with the organisation near."""
    read = near(site)
    if read is None:
        return None
    return read[0] or people.author_or_topic(site), read[1]


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


def bound(site: Site) -> Reading:
    named = site.scene.organisation_in(site.low, site.high)
    return (people.subject(site), "ours") if named else None


def see(site: Site) -> Reading:
    """'Sorry to see you go'."""
    if not re.search(
        r"\b(?:sorry|sad|hate|hard|tough|sucks?|hurts?|pity|shame|heartbreaking|weird|strange)\b[^.]{0,20}$",
        site.before,
    ):
        return None
    within = [m for m in site.scene.mentions if site.start <= m.start and m.end <= site.end]
    return within[:1], "open"
