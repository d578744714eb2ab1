"""English verbs and states: who is said to go, to be gone, or to stay."""

from __future__ import annotations

import re

from ..events import Reading, Site
from ..regex import regex
from . import beyond, people
from . import scope as scopes
from .shape import BE_BEFORE, NOUN_BEFORE

_ON_LEAVE = regex(
    r"\b(?:sick|parental|paternity|maternity|medical|annual|gardening|on|family|paid|unpaid|extended|study|compassionate|bereavement|marriage|wedding|adoption|stress|exam|casual|earned|privilege|approved|pat|mat|care|childcare|hospitali[sz]ation|shore|garden|annual|apply|applied|taking|takes|took|take|give|gives|granted|tea|bay|maple|autumn) $"
)

_ADJECTIVE = regex(
    r"(?:\b(?:the|stage|what's|what is|nothing|anything|something|far|bottom|top|upper|lower|turn|turned|swipe|on|to|and right|only|\d+|much|time|bits?|who's|hours|days|minutes|credits?|is anything|any|one|two|three)\s)$"
)

# 'to fill the hole that X left'
_GAP = regex(
    r"\bthe (?:[\w-]+ )?(?:hole|gap|void|vacuum|vacancy|crater) (?:that |which )?(?:@?[\w.'-]+ ){1,3}$"
)


def go(site: Site) -> Reading:
    word = site.scene.text[site.start : site.end]
    if word in ("exit", "exits", "leave", "leaves") and (
        NOUN_BEFORE.search(site.before) or _ON_LEAVE.search(site.before)
    ):
        return None
    if word == "exit" and re.search(
        r"\b(?:fire|emergency|side|back|rear|nearest|every|each|motorway|highway|early) $", site.before
    ):
        return None
    if word == "left" and re.search(r"[,(] ?$", site.before) and re.match(r"\s?[,)]", site.after):
        return None
    if word == "left" and _ADJECTIVE.search(site.before[-24:]):
        return None
    scope = "open" if word == "left" and _GAP.search(site.before) else scopes.direct_object(site)
    if beyond.moves_within(site) or beyond.joins_us(site):
        return None
    if word == "departing" and not BE_BEFORE.search(site.before):
        who = people.behind(site, site.end)
        if who:
            ours = site.scene.organisation_in(site.end, who[0].start)
            return who, "ours" if ours else "open"
    return people.subject(site), scope


_MOOD = regex(
    r"\b(?:so|very|quite|rather|pretty|looks?|looked|looking|sounds?|sounded|seems?|seemed|feels?|felt|feeling|bit|too|more|most|tired|smiles?|nods?|nodded|shrugs?|shrugged|sighs?|sighed|most) (?:\w+ly )?$"
)

_OTHER_POST = regex(
    r"\b(?:board|committee|council|trustees?|jury|club|society|association|union|choir|orchestra|band|league|parish|authority)\b"
)

_WITH_A_THING = regex(
    r"\band (?:his|her|their|the) (?!(?:\w+ )?(?:team|group|co-?founder|deputy|colleagues?|lab|company|employer|boss|lead|leader|manager|mentor)\b)[\w -]{2,36}? (?:have |has |are |had |will |to )?$"
)


def quit(site: Site) -> Reading:
    if site.cue.stem in ("mov", "walk", "step") and NOUN_BEFORE.search(site.before):
        return None
    if site.cue.stem == "part" and _WITH_A_THING.search(site.before):
        return None
    if site.cue.stem == "resi" and (NOUN_BEFORE.search(site.before) or _MOOD.search(site.before)):
        return None
    scope = scopes.prepositional(site)
    if scope == "other" and not re.match(r"\s*(?:from|as|at|of|with|out|in|on)\b", site.after):
        scope = scopes.direct_object(site)
    if (
        scope == "open"
        and _OTHER_POST.search(site.before)
        and not site.scene.organisation_in(site.low, site.high)
    ):
        return None
    return (people.subject(site), scope) if not beyond.joins_us(site) else None


def strict(site: Site) -> Reading:
    return people.subject(site), scopes.strict(site)


def idiom(site: Site) -> Reading:
    """Whatever follows, unless it names another place: 'handed in his notice at the bakery'."""
    return people.subject(site), beyond.elsewhere(site)


_FOR_A_WHILE = regex(
    r"\b(?:until|till|for (?:a|the|two|three|\d)|on (?:\w+ )?(?:leave|holiday|vacation|honeymoon|sabbatical)|this week|today|tomorrow|next week)\b"
)

_FOR_A_WHILE = regex(
    r"\b(?:until|till|for (?:a|the|two|three|\d)|on (?:\w+ )?(?:leave|holiday|vacation|honeymoon|sabbatical)|this week|today|tomorrow|next week)\b"
)


def _to_us(site: Site) -> bool:
    """'moves from code to vision at ORG'."""
    span = site.scene.organisation_in(site.end, site.high)
    return span is not None and " to " in site.scene.text[site.end : span[0]]


# 'gave a talk on the history of ORG', 'a day away from ORG'.
_ABOUT = regex(r"\b(?:about|on|through|of|for|with|in) (?:the |a |an |its |some )?(?:[\w-]+ )?$")


def ours(site: Site) -> Reading:
    """Common verbs that mean leaving only where the organisation follows: 'fled ORG'."""
    if site.scene.text.startswith("away", site.start) and _FOR_A_WHILE.search(site.after):
        return None
    if site.cue.rule == "en.join.from" and _to_us(site):
        return None
    if (
        NOUN_BEFORE.search(site.before)
        or _ABOUT.search(site.before)
        or scopes.organisation_behind(site) != "ours"
        or beyond.moves_within(site)
    ):
        return None
    return people.subject(site), "ours"


def state(site: Site) -> Reading:
    text = site.scene.text
    word = text[site.start : site.end]
    scope = scopes.prepositional(site)
    if word.startswith("no longer") and scope in ("open", "other") and not word.endswith("there"):
        after = text[site.end : site.end + 40]
        of_it = word.endswith("of") and re.match(r" (?:it|us|them|that|things|the)\b", after)
        job = (of_it or scopes.JOB.match(after)) and not scopes.NOT_JOB.search(after)
        scope = "job" if job else "other"
    return people.subject(site), scope


def out(site: Site) -> Reading:
    near = [m for m in site.scene.mentions if m.end <= site.start and m.end >= site.start - 2]
    if re.search(
        r"\b(?:carry|drag|wheel|throw|force|haul|stretcher|let|help|get|take|find|hear|ask) (?:me|him|her|them|us) $",
        site.before,
    ):
        return None
    opens = people.opens_clause(site) and scopes.organisation_behind(site) == "ours"
    if not (BE_BEFORE.search(site.before) or near or opens):
        return None
    if re.match(r" of (?!work)", site.after) and scopes.organisation_behind(site) is None:
        return None
    return people.subject(site), scopes.prepositional(site)


def anymore(site: Site) -> Reading:
    """'X isn't at ORG anymore': the negation and the organisation stand before the cue."""
    m = re.search(
        r"(?:n't|\bnot|\bno longer) (?:\w+ ){0,2}(?:at|with|for|in|on|from|of|leads?|leading|run|works?|there|here)\b",
        site.before,
    )
    if m is None:
        return None
    start = site.low + m.start()
    named = site.scene.organisation_in(start, site.start)
    who = people.subject(site._replace(start=start, end=start))
    return who, "ours" if named else "open"


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


_RACE = regex(r"\b(?:relay|race|marathon|olympic|triathlon|sports day)\b")


def _aside(site: Site) -> bool:
    """Is it a club or a school that is left, a job for others, or a profile that names the organisation still?"""
    scene = site.scene
    sentence = scene.text[site.low : site.high]
    if scopes.NOT_JOB.search(site.after[:60]) or _RACE.search(sentence):
        return True
    if scopes.NOT_JOB.search(sentence) and scene.organisation_in(site.low, site.high) is None:
        return True
    if site.cue.rule == "en.idiom.between_jobs":
        return re.match(r" for (?:an?|my|our|his|her|some|two|three|four|\d+) ", site.after) is not None
    if site.cue.rule != "en.hint.profile":
        return False
    span = next((s for s in reversed(scene.organisation) if site.end < s[0] < site.high), None)
    return (
        span is not None
        and re.search(r"\bto [\"']?[^\"']{0,30}$", scene.text[site.end : span[0]]) is not None
    )


# 'In talks with the city about ORG': a deal.
_TALKS_ABOUT = regex(
    r"in (?:[\w-]+ )?talks (?:with|to) [^.;!?]{2,60}? (?:about|on|over|for) (?!(?:(?:a|an|his|her|their|the|possible|potential|new|senior) )*(?:move|jobs?|roles?|joining|jump|switch|offers?|positions?|exit|departure|leaving|future|months?|weeks?|days?)\b)"
)


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
    if (
        beyond.elsewhere(site) == "other"
        or _aside(site)
        or _TALKS_ABOUT.match(scene.text, site.start, site.high)
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


_SHARES = regex(r"\b(?:shares|stock|stake|portfolio|holdings|dividends?|shorted|calls|puts)\b")


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
    if not who or who[0].kind != "first" or _SHARES.search(scene.text, low, high):
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


def see(site: Site) -> Reading:
    """'Sorry to see you go'."""
    if not re.search(
        r"\b(?:sorry|sad|hate|hard|tough|sucks?|hurts?|pity|shame|heartbreaking|weird|strange)\b[^.]{0,20}$",
        site.before,
    ):
        return None
    within = [m for m in site.scene.mentions if site.start <= m.start and m.end <= site.end]
    return within[:1], "open"
