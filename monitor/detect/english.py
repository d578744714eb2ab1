"""English departures: each cue in the text becomes an event, by the frame of its row in the table."""

from __future__ import annotations

import re
from collections.abc import Callable

import ahocorasick_rs

from ..organisation import is_word
from . import english_people as people
from . import english_scope as scopes
from .english_cues import CUES, Cue
from .english_standing import standing
from .events import Event, Site, Standing
from .scene import Mention, Scene
from .vocabulary import COMPANIES

Frame = Callable[[Site], tuple[list[Mention], str] | None]

_STEMS = [cue.stem for cue in CUES]
_AUTOMATON = ahocorasick_rs.AhoCorasick(_STEMS)
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:the|a|an|this|that|his|her|their|my|its|no|any|another|your|big|sudden|abrupt|shock|surprise|of)|'s) $"
)
_ON_LEAVE = re.compile(
    r"\b(?:sick|parental|paternity|maternity|medical|annual|gardening|on|family|paid|unpaid|extended|study) $"
)
_ADJECTIVE = re.compile(
    r"(?:\b(?:the|stage|what's|what is|nothing|anything|something|far|bottom|top|upper|lower|turn|turned|swipe|on|to|and right|only|\d+|much|time|bits?|who's|hours|days|minutes|credits?|is anything|any|one|two|three)\s)$"
)
_BE_BEFORE = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|am|'s|'re|'m|get|gets|got|getting|isn't|wasn't|aren't|not|now|just|also|already|officially|both|him|her|them|and|to be|suddenly|finally|abruptly|reportedly|has been|have been)|'s|'re|'m|isn't|wasn't)\s+(?:\w+ly )?(?:\w+ly )?$"
)


Place = tuple[Cue, int, int]


def cues(folded: str) -> list[Place]:
    """The cues of a folded text with their places, in order."""
    found = []
    for index, start, _ in _AUTOMATON.find_matches_as_indexes(folded, overlapping=True):
        if start and is_word(folded[start - 1]):
            continue
        m = CUES[index].pattern.match(folded, start)
        if m is not None:
            found.append((CUES[index], start, m.end()))
    return sorted(found, key=lambda place: (place[1], -place[2]))


def events(scene: Scene) -> list[Event]:
    """All departures that the English words of a text speak of, in order."""
    found: list[Event] = []
    for site in _sites(scene):
        if site.cue.frame.startswith("same"):
            one = _same(site, found)
        else:
            one = _event(site)
        if one is not None:
            found.append(one)
    return found


def _sites(scene: Scene) -> list[Site]:
    sites = []
    for cue, start, end in cues(scene.text):
        low, high = scene.sentences[scene.sentence_of(start)]
        sites.append(Site(scene, cue, start, min(end, high), low, high))
    return sites


def _event(site: Site) -> Event | None:
    read = FRAMES[site.cue.frame](site)
    if read is None or not read[0] or read[1] == "other":
        return None
    persons, scope = read
    sure = standing(site)
    if site.cue.frame in _STAYS:
        sure = _turned(site.cue.frame, sure)
    if sure == "none":
        return None
    return Event(persons, site.start, site.end, sure, site.cue.rule, scope)


_STAYS = frozenset({"stay", "anywhere", "back"})


def _turned(frame: str, sure: Standing) -> Standing:
    """What the standing of 'stays' says of the departure: 'is not staying' is one."""
    if sure == "asserted" or (frame == "anywhere" and sure == "weakly_denied"):
        return "denied"
    return "asserted" if sure == "weakly_denied" else sure


def _go(site: Site) -> tuple[list[Mention], str] | None:
    word = site.scene.text[site.start : site.end]
    if word in ("exit", "exits", "leave", "leaves") and (
        _NOUN_BEFORE.search(site.before) or _ON_LEAVE.search(site.before)
    ):
        return None
    if word == "left" and _ADJECTIVE.search(site.before[-24:]):
        return None
    return people.subject(site), scopes.direct_object(site)


def _quit(site: Site) -> tuple[list[Mention], str] | None:
    if _NOUN_BEFORE.search(site.before) and site.cue.stem == "resi":
        return None
    return people.subject(site), scopes.prepositional(site)


def _strict(site: Site) -> tuple[list[Mention], str] | None:
    return people.subject(site), scopes.strict(site)


def _idiom(site: Site) -> tuple[list[Mention], str] | None:
    behind = scopes.organisation_behind(site)
    return people.subject(site), behind or "open"


def _state(site: Site) -> tuple[list[Mention], str] | None:
    text = site.scene.text
    word = text[site.start : site.end]
    scope = scopes.prepositional(site)
    if word.startswith("no longer") and scope == "open" and not word.endswith("there"):
        after = text[site.end : site.end + 40]
        scope = "job" if scopes._JOB.match(after) and not scopes._NOT_JOB.search(after) else "other"
    return people.subject(site), scope


def _out(site: Site) -> tuple[list[Mention], str] | None:
    near = [m for m in site.scene.mentions if m.end <= site.start and m.end >= site.start - 2]
    if not (_BE_BEFORE.search(site.before) or near):
        return None
    if re.match(r" of (?!work)", site.after) and scopes.organisation_behind(site) is None:
        return None
    return people.subject(site), scopes.prepositional(site)


def _anymore(site: Site) -> tuple[list[Mention], str] | None:
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


def _day(site: Site) -> tuple[list[Mention], str] | None:
    scope = _day_scope(site)
    before = [m for m in site.scene.mentions if site.low <= m.start and m.end <= site.start]
    if (
        before
        and site.start - before[-1].end < 40
        and not _OTHER_OWNER.search(site.scene.text[before[-1].end : site.start])
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


def _week(site: Site) -> tuple[list[Mention], str] | None:
    """'This is my last week', and not 'last week'."""
    if not re.search(r"(?:\bmy|\bhis|\bher|\btheir|'s) (?:very )?$", site.before):
        return None
    return _day(site)


def _chapter(site: Site) -> tuple[list[Mention], str] | None:
    named = site.scene.organisation_in(site.low, site.high)
    return people.subject(site), "ours" if named else "other"


def _farewell(site: Site) -> tuple[list[Mention], str] | None:
    """Who says goodbye to the organisation; a goodbye to a person says nothing."""
    m = re.match(r"(?:,| to| and \w+)*[,.!]?\s*(?:(?:my|the|dear|beloved|old|sweet|lovely) )*", site.after)
    begin = site.end + (m.end() if m else 0)
    span = site.scene.organisation_in(begin, site.high)
    if span is None or span[0] > begin + 2:
        return None
    tail = site.scene.text[span[1] : span[1] + 30]
    if scopes._HEAD.match(tail) or re.match(r"'s|[ -]?[\d.]+\b", tail):
        return None
    return people.subject(site), "bye"


def _oust(site: Site) -> tuple[list[Mention], str] | None:
    text = site.scene.text
    word = text[site.start : site.end]
    begin = site.start + 4 if word.startswith(("lets ", "shows ")) else site.end
    after = people.behind(site, begin)
    passive = _BE_BEFORE.search(site.before) or word.startswith(
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


def _hire(site: Site) -> tuple[list[Mention], str] | None:
    """'OTHER hires ORG's X': only with the organisation right before the person, or behind 'from'."""
    who = people.behind(site, site.end)
    if not who:
        return None
    span = site.scene.organisation_in(site.end, who[0].start)
    from_us = re.match(r" (?:away )?from (?:the )?", site.scene.text[who[-1].end : who[-1].end + 24])
    if from_us and site.scene.organisation_in(who[-1].end, who[-1].end + 40):
        return who, "ours"
    owner_before = site.scene.organisation_in(site.low, site.start)
    return (who, "ours") if span and not owner_before and not site.before.rstrip().endswith("just") else None


def _lose(site: Site) -> tuple[list[Mention], str] | None:
    who = people.behind(site, site.end)
    if not who:
        return None
    tail = site.scene.text[who[-1].end : who[-1].end + 30]
    if re.match(r"'s?\s|(?: \w+){0,2} (?:in|at) (?:the )?(?:chess|crowd|poker|final|game|match)", tail):
        return None
    return who, _oust_scope(site)


def _without(site: Site) -> tuple[list[Mention], str] | None:
    """'ORG without X' presupposes the departure only in a headline that says so: too weak alone."""
    return None


def _noun(site: Site) -> tuple[list[Mention], str] | None:
    word = site.scene.text[site.start : site.end]
    if (
        word in ("exit", "exits")
        and not _NOUN_BEFORE.search(site.before)
        and not re.match(r"\s*(?:of|:)", site.after)
    ):
        return None
    who = people.owner(site)
    scope = scopes.prepositional(site)
    if scope == "other" and re.match(r"\s*of\b", site.after):
        scope = "open"
    return who, scope


def _former(site: Site) -> tuple[list[Mention], str] | None:
    """'ex-ORG lead X', 'X, formerly of ORG', 'X's bio now reads "ex-ORG"'."""
    span = site.scene.organisation_in(site.end, min(site.high, site.end + 60))
    text = site.scene.text
    behind_organisation = people.behind(site, site.end, 80)
    if (
        behind_organisation
        and re.search(r",| and ", text[site.end : behind_organisation[0].start])
        and not _NOUN_BEFORE.search(site.before)
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
        or scopes._NOT_JOB.search(text[site.end : span[1] + 24])
    ):
        return None
    if scopes.organisation_behind(site) != "ours":
        return None
    if behind_organisation:
        return behind_organisation, "ours"
    return people.subject(site), "ours"


def _company_between(site: Site, until: int) -> bool:
    return any(word in COMPANIES for word in re.findall(r"\w+", site.scene.text[site.end : until]))


def _replace(site: Site) -> tuple[list[Mention], str] | None:
    if _BE_BEFORE.search(site.before) or re.match(r"\s*(?:by|with|as)\b", site.after):
        who, scope = people.subject(site), "open"
    else:
        who, scope = people.behind(site, site.end, 40), "open"
    if re.search(
        r"\b(?:temporar|interim while|while (?:he|she) is|on leave|during|for the (?:day|week)|on stage|keynote)",
        site.scene.text[site.low : site.high],
    ):
        return None
    return [m for m in who if m.kind != "first"], scope


def _successor(site: Site) -> tuple[list[Mention], str] | None:
    who = people.owner(site)
    if re.match(r"\s*(?:to|for)\s", site.after):
        who = people.behind(site, site.end + 4)
    return who, "open"


def _join(site: Site) -> tuple[list[Mention], str] | None:
    """Joining another company counts only where the text says that they come from the organisation."""
    after = site.after[:90]
    m = re.search(r"\b(?:from|after (?:[\w-]+ ){0,4}(?:at|with|leading|running|building)|leaving)\b", after)
    span = site.scene.organisation_in(site.end + m.end(), site.high) if m else None
    if m is None or span is None or span[0] - site.end - m.end() > 14 or not _other_object(site):
        return None
    return people.subject(site), "ours"


def _other_object(site: Site) -> bool:
    first = site.scene.organisation_in(site.end, site.end + 24)
    return first is None or not re.fullmatch(r"\s*(?:the )?", site.scene.text[site.end : first[0]])


def _stay(site: Site) -> tuple[list[Mention], str] | None:
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


def _anywhere(site: Site) -> tuple[list[Mention], str] | None:
    if not re.search(r"(?:\bnot|n't|\baint|\bisnt) $", site.before):
        return None
    return people.subject(site._replace(start=site.start - 4)), "open"


def _back(site: Site) -> tuple[list[Mention], str] | None:
    if scopes.organisation_behind(site) != "ours":
        return None
    if re.search(
        r"\b(?:holiday|vacation|leave|sick|trip|conference|break|weekend|honeymoon|sabbatical)\b",
        site.scene.text[site.low : site.high],
    ):
        return None
    return people.subject(site), "ours"


def _same(site: Site, before: list[Event]) -> Event | None:
    """'Y did likewise': the standing of the event before, for another person of the same kind."""
    if not before:
        return None
    who = people.behind(site, site.end, 20) if site.cue.frame == "same_after" else people.subject(site)
    last = before[-1]
    known = {m.key for m in last.persons}
    who = [m for m in who if m.key not in known]
    return Event(who, site.start, site.end, last.standing, site.cue.rule, last.scope) if who else None


FRAMES: dict[str, Frame] = {
    "go": _go,
    "quit": _quit,
    "strict": _strict,
    "idiom": _idiom,
    "state": _state,
    "out": _out,
    "anymore": _anymore,
    "day": _day,
    "week": _week,
    "chapter": _chapter,
    "farewell": _farewell,
    "oust": _oust,
    "hire": _hire,
    "lose": _lose,
    "without": _without,
    "noun": _noun,
    "former": _former,
    "replace": _replace,
    "successor": _successor,
    "join": _join,
    "stay": _stay,
    "anywhere": _anywhere,
    "back": _back,
}
