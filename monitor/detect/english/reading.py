"""English departures: each cue in the text becomes an event, by the frame of its row in the table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from functools import lru_cache

import ahocorasick_rs

from ...organisation import is_word
from ..events import Event, Reading, Site, Standing
from ..regex import regex
from ..scene import Mention, Scene
from . import days, joins, losses, nouns, people, stays, verbs
from .cues import CUES, Cue
from .standing import standing
from .turns import told_of_oneself

# No text needs more cues than this; it bounds the work on a hostile one.
_MOST = 100
_BY_STEM: dict[str, list[Cue]] = {}
for _cue in CUES:
    _BY_STEM.setdefault(_cue.stem, []).append(_cue)
STEMS = sorted(_BY_STEM)
_ROWS = [_BY_STEM[stem] for stem in STEMS]
_AUTOMATON = ahocorasick_rs.AhoCorasick(STEMS)
_UNDOING = ("un-", "de-", "non-")


Place = tuple[Cue, int, int]


@lru_cache(maxsize=4)
def cues(folded: str) -> tuple[Place, ...]:
    """The cues of a folded text with their places, in order; a reader asks twice for the same text."""
    longest: dict[tuple[str, int], Place] = {}
    for cue, start, end in _matching(folded, _AUTOMATON.find_matches_as_indexes(folded, overlapping=True)):
        place = cue, start, end
        other = longest.setdefault((cue.frame, start), place)
        if _rank(place) < _rank(other):
            longest[cue.frame, start] = place
    return tuple(sorted(longest.values(), key=_order))


def has_cue(folded: str, but: Set[str]) -> bool:
    """Does a folded text hold any cue beside those in `but`?"""
    return any(folded[low:high] not in but for _, low, high in cues(folded))


def stands(stem: int, folded: str, start: int, end: int, but: Set[str]) -> bool:
    """Does a cue of a stem, by its number in STEMS, stand at a place where a word begins, beside those in `but`?"""
    if folded.endswith(_UNDOING, 0, start):
        return False
    for _, pattern, _, _ in _ROWS[stem]:
        if pattern is None:
            after = folded[end : end + 1]
            last = 0 if after.isalnum() or after == "_" else end
        else:
            m = pattern.match(folded, start)
            last = 0 if m is None else m.end()
        if last and folded[start:last] not in but:
            return True
    return False


def _matching(folded: str, hits: Sequence[tuple[int, int, int]]) -> Iterator[Place]:
    """All rows that match, also those that a longer one of their frame stands for."""
    for index, start, end in hits:
        if start and (is_word(folded[start - 1]) or folded.endswith(_UNDOING, 0, start)):
            continue
        for cue in _ROWS[index]:
            if cue.pattern is None:
                after = folded[end : end + 1]
                if not (after.isalnum() or after == "_"):
                    yield cue, start, end
            elif (m := cue.pattern.match(folded, start)) is not None:
                yield cue, start, m.end()


def _rank(place: Place) -> tuple[int, bool]:
    """The longer words first, and what says it before what only hints."""
    return -place[2], place[0].rule.startswith("en.hint")


def _order(place: Place) -> tuple[int, int, bool]:
    return place[1], *_rank(place)


def events(scene: Scene) -> list[Event]:
    """All departures that the English words of a text speak of, in order."""
    found: list[Event] = []
    for site in _sites(scene):
        one = _same(site, found) if site.cue.frame in _AFTER_OTHERS else _event(site)
        if one is not None:
            found.append(one)
    return found


def _sites(scene: Scene) -> list[Site]:
    sites = []
    for cue, start, end in cues(scene.text)[:_MOST]:
        low, high = scene.sentences[scene.sentence_of(start)]
        sites.append(Site(scene, cue, start, min(end, high), low, high))
    return sites


def _event(site: Site) -> Event | None:
    read = FRAMES[site.cue.frame](site)
    if read is None or not read[0] or read[1] == "other":
        return None
    persons, scope = read
    sure = "rumoured" if site.cue.frame == "news" else standing(site)
    if site.cue.frame in _STAYS:
        if sure == "rumoured" and _TALK.search(site.before) and "?" not in site.after[-2:]:
            sure = "asserted"
        sure = _turned(site.cue.frame, sure)
    elif sure in ("asserted", "rumoured") and told_of_oneself(site, persons):
        sure = "denied"
    if sure == "asserted" and site.cue.rule.startswith("en.hint."):
        sure = "rumoured"
    if sure == "denied" and site.cue.rule.startswith(("en.hint.", "en.join.")):
        sure = "weakly_denied"
    if sure == "none" or ("denied" in sure and site.cue.rule in losses.POACHED):
        return None
    return Event(persons, site.start, site.end, sure, site.cue.rule, scope)


# "Despite the rumours X stays": talk before a staying hedges the departure, not the staying.
_TALK = regex(r"\b(?:rumou?rs?|speculation|reports|talk|gossip|chatter|buzz|noise|headlines|hearsay)\b")
_AFTER_OTHERS = frozenset(
    {"same", "same_after", "same_fact", "same_own", "undone", "yes_same", "not_same", "next"}
)
_STAYS = frozenset({"rehire", "stay", "stay_in", "anywhere", "back", "contract", "retain"})


def _turned(frame: str, sure: Standing) -> Standing:
    """What the standing of 'stays' says of the departure: 'is not staying' is one."""
    if sure == "asserted" or (frame == "anywhere" and sure == "weakly_denied"):
        return "denied"
    return "asserted" if sure == "weakly_denied" else sure


def _same(site: Site, before: list[Event]) -> Event | None:
    """'Y did likewise': the standing of the event before, for another person of the same kind."""
    if not before:
        return None
    who = people.behind(site, site.end, 20) if site.cue.frame == "same_after" else people.subject(site)
    if site.cue.rule == "en.same.with":
        who = _with(site)
    last = before[-1]
    known = {m.key for m in last.persons}
    if site.cue.frame == "next":
        if not re.search(r"\b(?:be|is|are|was)(?: the)? $", site.before):
            return None
        return Event(who, site.start, site.end, "rumoured", site.cue.rule, last.scope) if who else None
    if site.cue.frame == "not_same":
        who = [m for m in people.subject_near(site) if m.key not in known and m.kind == "name"]
        turned: Standing = "asserted" if ".stay." in last.rule else "denied"
        return Event(who, site.start, site.end, turned, site.cue.rule, last.scope) if who else None
    if site.cue.frame == "undone":
        who = [m for m in who if m.key in known]
        gone = last.standing == "asserted" and site.start > last.end and "stay" not in last.rule
        gone = gone and standing(site) == "asserted" and not stays.goes_elsewhere(site)
        return Event(who, site.start, site.end, "denied", site.cue.rule, last.scope) if who and gone else None
    who = [m for m in who if m.key not in known]
    if site.cue.frame == "yes_same":
        who = [m for m in who if m.kind == "name" and m.end == site.start - 1]
        sure = "denied" in last.standing
        return (
            Event(who, site.start, site.end, "asserted", site.cue.rule, last.scope) if who and sure else None
        )
    if site.cue.frame == "same_own":
        return _also(site, [m for m in who if m.kind in ("name", "third", "first")], last)
    if site.cue.frame == "same_fact":
        return Event(who, site.start, site.end, "asserted", site.cue.rule, last.scope) if who else None
    return Event(who, site.start, site.end, last.standing, site.cue.rule, last.scope) if who else None


def _with(site: Site) -> list[Mention]:
    """'..., with X following': X."""
    who = [m for m in site.scene.named(site.low, site.start) if m.kind == "name" and m.end == site.start - 1]
    return who if who and site.scene.text.endswith(("with ", " and "), 0, who[0].start) else []


def _also(site: Site, who: list[Mention], last: Event) -> Event | None:
    """'Y may follow': as sure as its own words are, where the event before is told as one."""
    gap = site.scene.text[who[-1].end : site.start] if who else ""
    if not who or len(gap) > 40 or last.standing not in ("asserted", "rumoured") or "stay" in last.rule:
        return None
    sure = standing(site)
    if who[0].kind == "first" and sure != "weakly_denied":
        return None
    if sure == "asserted" and last.standing == "rumoured":
        sure = "rumoured"
    return None if sure == "none" else Event(who, site.start, site.end, sure, site.cue.rule, last.scope)


FRAMES: dict[str, Callable[[Site], Reading]] = {
    "go": verbs.go,
    "see": verbs.see,
    "quit": verbs.quit,
    "strict": verbs.strict,
    "idiom": verbs.idiom,
    "ours": verbs.ours,
    "inside": losses.inside,
    "ends": nouns.ends,
    "owned": nouns.owned,
    "follow_out": losses.follow_out,
    "offish": verbs.offish,
    "me": verbs.me,
    "couple": verbs.couple,
    "no_more": losses.no_more,
    "seen": losses.seen,
    "stay_in": losses.stay_in,
    "time": verbs.time,
    "bare_to": joins.bare_to,
    "bound": joins.bound,
    "thing": days.thing,
    "state": verbs.state,
    "out": verbs.out,
    "anymore": verbs.anymore,
    "future": verbs.future,
    "off": joins.off,
    "join": joins.join,
    "new_job": joins.new_job,
    "news": joins.news,
    "near": verbs.near,
    "until": days.until,
    "loss": losses.loss,
    "shoes": nouns.shoes,
    "contract": stays.contract,
    "retain": stays.retain,
    "stay": stays.stay,
    "anywhere": stays.anywhere,
    "back": stays.back,
    "rehire": stays.rehire,
    "day": days.day,
    "job_day": days.job_day,
    "week": days.week,
    "chapter": days.chapter,
    "farewell": days.farewell,
    "oust": losses.oust,
    "hire": losses.hire,
    "lose": losses.lose,
    "without": losses.without,
    "noun": nouns.noun,
    "noun_ours": nouns.noun_ours,
    "notice_to": nouns.notice_to,
    "former": nouns.former,
    "replace": nouns.replace,
    "successor": nouns.successor,
}
