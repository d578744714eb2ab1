"""What an article tells across its sentences: who was replaced or hired away, which report is called false, and what
belongs to an earlier year. Short texts pass as the sentence rules read them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...simplified import simplified
from .. import layout
from ..chinese import people as chinese_people
from ..chinese.standing import standing as chinese_standing
from ..english import people as english_people
from ..english.cues import Cue
from ..english.standing import standing as english_standing
from ..events import Event, Site, Standing
from ..scene import LONG, Mention, Scene
from . import spheres
from . import words as told
from .series import series, with_listed

# No text needs more places of one kind than this; it bounds the work on a hostile one.
_MOST = 60


def reread(scene: Scene, events: list[Event]) -> list[Event]:
    """The events of a text after its whole has been read; those of a short text as they are."""
    if not scene.long:
        return events
    kept = [one for one in events if not (earlier(scene, one) or _strayed(scene, one))]
    kept = [with_listed(scene, one) for one in kept]
    found = [
        *kept,
        *_hired(scene),
        *_joins(scene),
        *_succeeded(scene),
        *_listed(scene),
        *_rumours(scene),
        *series(scene, kept),
    ]
    found = [_own_word(scene, _asked(scene, one)) for one in found]
    return sorted(_called_false(scene, found), key=lambda one: one.start)


def _site(scene: Scene, rule: str, start: int, end: int) -> Site:
    low, high = scene.sentences[scene.sentence_of(start)]
    return Site(scene, Cue(rule, None, "article", rule), start, min(end, high), low, high)


def _places(pattern: re.Pattern[str], scene: Scene) -> Iterator[re.Match[str]]:
    for number, m in enumerate(pattern.finditer(scene.text)):
        if number >= _MOST:
            return
        if not layout.within(scene.aside, m.start()):
            yield m


def earlier(scene: Scene, event: Event) -> bool:
    """Is an event told under a year before the post's: '2024 was ... In May she quit', 'that year he left'?"""
    begin = scene.text.rfind("\n", 0, event.start) + 1
    stayed = scene.text.startswith(("stayed", "remained"), event.start)
    if begin == 0 or ("denied" in event.standing and not stayed):
        return False
    high = scene.sentences[scene.sentence_of(event.start)][1]
    dated = told.DATED.match(scene.text, event.end, min(high, event.end + 30)) or told.YEAR.search(
        scene.text, event.start, event.end + 4
    )
    if _dated_behind(scene, high) or (dated and int(dated.group(1)) < scene.post.created_at.year):
        return True
    before = scene.text[begin : event.start]
    years = list(told.YEAR.finditer(before))
    if not years or int(years[-1].group(1)) >= scene.post.created_at.year:
        return False
    way = before[years[-1].end() :]
    if told.THAT_YEAR.search(way) or told.THAT_YEAR.search(scene.text, event.end, min(high, event.end + 40)):
        return True
    rest = scene.text[event.end : min(high, event.end + 60)]
    if (
        len(way) < 14
        and not told.NOW.search(way)
        and scene.sentence_of(event.start - len(way)) == scene.sentence_of(event.start)
    ):
        return True
    framed = told.FRAME.search(before[: years[-1].start()]) is not None
    recent = told.NOW if framed else told.RECENT
    return recent.search(way + " # " + rest) is None and (framed or scene.sentence_of(event.start) > 3)


def _dated_behind(scene: Scene, high: int) -> bool:
    """Does the next sentence of the paragraph date the leaving before the post's year: 'X was first. He left in 2023'?"""
    if high >= len(scene.text) or "\n" in scene.text[high - 1 : high + 1]:
        return False
    behind = scene.sentences[scene.sentence_of(high)][1]
    m = told.LEFT_IN.search(scene.text, high, behind)
    if m is not None and any(one.kind == "name" for one in scene.named(high, m.end())):
        return False
    return m is not None and int(m.group(1) or m.group(2) or m.group(3)) < scene.post.created_at.year


def _strayed(scene: Scene, event: Event) -> bool:
    """Has the sentence rule taken a person of another paragraph, or of the far side of a quotation mark?"""
    line = scene.text.rfind("\n", 0, event.start) + 1
    low = scene.sentences[scene.sentence_of(event.start)][0]
    english = not event.rule.startswith("zh") and not any(m.start >= low for m in event.persons)
    for m in event.persons:
        if m.kind == "name" and m.end <= line and scene.sentence_of(event.start) > 2 and english:
            return True
        if m.kind != "first" and m.end <= low and english and len(scene.text[low : event.start].split()) > 3:
            return True
        if told.PHYSICAL.match(scene.text, event.end) and event.rule.startswith(told.MOVES):
            return True
        if event.rule.startswith(told.REPLACED) and _promoted(scene, m.key):
            return True
        if m.start >= event.end and '"' in scene.text[event.end : m.start]:
            return True
    return False


def _own_word(scene: Scene, event: Event) -> Event:
    """'X said he had no plans to leave ORG' is a denial; 'X has no plans to leave' a weak one."""
    if event.standing != "weakly_denied" or event.scope != "ours":
        return event
    low = scene.sentences[scene.sentence_of(event.start)][0]
    return event._replace(standing="denied") if told.OWN_WORD.search(scene.text, low, event.start) else event


def _asked(scene: Scene, event: Event) -> Event:
    """'Weekly notes: Is X on her way out?' asks."""
    if event.standing != "asserted":
        return event
    low, high = scene.sentences[scene.sentence_of(event.start)]
    sentence = scene.text[low:high].rstrip()
    if not sentence.endswith("?"):
        return event
    opening = sentence[: event.start - low].rsplit(":", 1)[-1]
    return event._replace(standing="rumoured") if told.QUESTION.match(opening) else event


def _hired(scene: Scene) -> Iterator[Event]:
    """'OTHER has recruited X, head of post-training at ORG'; 'OTHER hires ORG's X'."""
    known = spheres.firms(scene)
    for m in _places(told.HIRES, scene):
        site = _site(scene, "art.hired", m.start(), m.end())
        before = scene.text[max(site.low, m.start() - 50) : m.start()]
        if scene.organisation_in(site.low, m.start()) or not spheres.names_other(before, known):
            continue
        who = next(
            (
                one
                for one in scene.mentions
                if one.kind == "name" and m.end() <= one.start < min(site.high, m.end() + 70)
            ),
            None,
        )
        if who is None:
            continue
        held = scene.organisation_in(m.end(), who.start) or scene.organisation_in(
            who.end, min(site.high, who.end + 90)
        )
        if held is None or (held[0] > who.end and not told.OF_US.fullmatch(scene.text, who.end, held[0])):
            continue
        sure = english_standing(site)
        if sure in ("asserted", "rumoured"):
            yield Event([who], m.start(), who.end, sure, "art.hired", "ours")


def _joins(scene: Scene) -> Iterator[Event]:
    """'X, head of data at ORG, is joining OTHER': somebody of ours, now."""
    known = spheres.firms(scene)
    for m in _places(told.JOINS, scene):
        site = _site(scene, "art.joins", m.start(), m.end())
        goal = re.split(r"[,.;]| (?:from|as|after)\b", scene.text[m.end() : min(site.high, m.end() + 44)])[0]
        ours = scene.organisation_in(m.end(), m.end() + 44)
        if ours is not None or not spheres.names_other(goal, known) or told.NO_JOB.search(goal):
            continue
        who = [
            one
            for one in english_people.subject(site)
            if one.kind != "second" and (one.watched or spheres.affiliation(scene, one.key, known) == "ours")
        ]
        sure = english_standing(site)
        if who and sure in ("asserted", "rumoured"):
            yield Event(who, m.start(), m.end(), sure, "art.joins", "job")


def _succeeded(scene: Scene) -> Iterator[Event]:
    """'Y takes over the position from X'; 'her post has been filled'."""
    for m in _places(told.SUCCEEDS, scene):
        site = _site(scene, "art.succeeded", m.start(), m.end())
        who = [one for one in english_people.behind(site, m.end(), 60) if one.kind in ("name", "third")][:1]
        yield from _replaced(scene, site, who)
    for m in _places(told.POST_FILLED, scene):
        site = _site(scene, "art.filled", m.start(), m.end())
        who = [one for one in scene.mentions if m.start() - 1 <= one.start < m.end() or one.end == m.start()][
            :1
        ]
        yield from _replaced(scene, site, who)


def _replaced(scene: Scene, site: Site, who: list[Mention]) -> Iterator[Event]:
    sentence = scene.text[site.low : site.high]
    if not who or told.STAND_IN.search(sentence) or _promoted(scene, who[0].key):
        return
    sure = english_standing(site)
    if sure in ("asserted", "rumoured"):
        yield Event(who, site.start, site.end, sure, site.cue.rule, "job")


def _promoted(scene: Scene, key: str) -> bool:
    """Does any sentence that names a person speak of a promotion or transfer?"""
    for m in scene.mentions:
        if m.key == key and m.kind == "name":
            low, high = scene.sentences[scene.sentence_of(m.start)]
            if told.PROMOTED.search(scene.text, max(low, m.start - 80), min(high, m.end + 120)):
                return True
    return False


def _listed(scene: Scene) -> Iterator[Event]:
    """Items of a list: 'X: out. ...', 'Y: NOT out.'"""
    for one in scene.mentions:
        line = scene.text.rfind("\n", 0, one.start) + 1
        if one.kind != "name" or scene.text[line : one.start].strip(" *-–•.0123456789"):
            continue
        m = told.ITEM.match(scene.text, one.end)
        if m is not None:
            stays = bool(m.group("not")) != bool(m.group("stay"))
            yield Event([one], one.end, m.end(), "denied" if stays else "asserted", "art.item", "job")


def _rumours(scene: Scene) -> Iterator[Event]:
    """'X is considering an offer from a rival', 'X was expected to go', 'X正与多家公司接触'."""
    for m in _places(told.MAY_LEAVE, scene):
        site = _site(scene, "art.may_leave", m.start(), m.end())
        yield from _rumoured(english_people.subject(site), site, english_standing(site))
    if scene.text.isascii():
        return
    plain = scene._replace(text=simplified(scene.text))
    signs = ""
    for m in _places(told.MAY_LEAVE_ZH, plain):
        signs = signs or chinese_people.marked(plain)
        site = _site(plain, "art.may_leave_zh", m.start(), m.end())
        yield from _rumoured(
            chinese_people.subject(site, signs), site, chinese_standing(site, signs, site.low)
        )


def _rumoured(who: list[Mention], site: Site, sure: Standing) -> Iterator[Event]:
    who = [m for m in who if m.kind in ("name", "third", "who")]
    if who and sure in ("asserted", "rumoured"):
        yield Event(who, site.start, site.end, "rumoured", site.cue.rule, "job")


def _called_false(scene: Scene, events: list[Event]) -> list[Event]:
    """The events, with those denied that the text calls false in a sentence soon behind, or in one that names them."""
    found = list(events)
    for m in _places(told.FALSE, scene):
        number = scene.sentence_of(m.start())
        low, high = scene.sentences[number]
        if high - low > 130 or not told.FALSE_ALONE.match(scene.text, low):
            continue
        back = scene.sentences[max(0, number - 2)][0]
        for at, one in enumerate(found):
            if (
                back <= one.start < low
                and one.standing in ("asserted", "rumoured")
                and _reported(scene, one, low)
            ):
                found[at] = one._replace(
                    standing="denied", scope="job" if one.scope == "other" else one.scope
                )
    for m in _places(told.REPORT_FALSE, scene):
        low, high = scene.sentences[scene.sentence_of(m.start())]
        who = _meant(scene, m.start(), m.end(), low)
        if who is not None:
            found.append(Event([who], m.start(), m.end(), "denied", "art.false", "job"))
    return found


def _reported(scene: Scene, event: Event, until: int) -> bool:
    """Is an event what others say, and not the article's own word: hearsay, a quotation, a question, or 'I read that'?"""
    low = scene.sentences[scene.sentence_of(event.start)][0]
    words = scene.text[low:until]
    return (
        any(m.kind == "first" for m in event.persons)
        or told.HEARSAY.search(words) is not None
        or any(start <= event.start < end for start, end in scene.quotes)
    )


def _meant(scene: Scene, start: int, end: int, low: int) -> Mention | None:
    """Whom a sentence about a false report speaks of: who is named in it, in a headline the one watched person of the lead."""
    named = [m for m in scene.mentions if low <= m.start and m.end <= end and m.kind == "name"]
    if named:
        return named[-1]
    if start > spheres.headline(scene)[1]:
        return None
    lead = [m for m in scene.mentions if m.kind == "name" and m.watched and m.start < LONG]
    return lead[0] if len({m.key for m in lead}) == 1 else None
