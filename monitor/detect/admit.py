"""Which persons of an event may be claimed: a watched person by little, anybody else only with the organisation."""

from __future__ import annotations

import re
from collections.abc import Collection

from . import layout, people
from .articles import joiners, spheres
from .chinese.unlisted import names_a_person
from .events import Event
from .regex import regex
from .scene import LONG, Mention, Scene
from .staff import OF_A_JOB, STAFF, SURELY_STAFF, of_a_user
from .vocabulary import ARMS, COMPANIES, COMPANIES_ZH, OTHER_UNITS, OTHER_UNITS_ZH

# In an article a bare 'X left' is believed in its first sentences; further down the lab or a job stands beside it.
LEAD = 2
# A Chinese note of this length speaks of one thing: the organisation may stand anywhere in it.
_NOTE = 120


def admitted(scene: Scene, event: Event) -> list[Event]:
    """The event with those of its persons that the text ties to the watched organisation; [] if nobody is left."""
    if scene.long:
        kept = [m for m in event.persons if m.key and _in_article(scene, event, m)]
    else:
        kept = [m for m in event.persons if m.key and _by_text(scene, event, m)]
    return [event._replace(persons=kept)] if kept else []


def _by_text(scene: Scene, event: Event, person: Mention) -> bool:
    return _watched(scene, event, person) if person.watched else _unlisted(scene, event, person)


def _in_article(scene: Scene, event: Event, person: Mention) -> bool:
    """The same for an article, where other people, other organisations and page furniture stand round an event."""
    if layout.within(scene.aside, event.start) and not (person.watched and person.kind == "name"):
        return False
    if (
        not scene.organisation
        and person.key != scene.author
        and not spheres.of_our_trade(scene, person.watched)
    ):
        return False
    if person.kind == "first" and not person.watched and people.is_outlet(person.key):
        return False
    if event.scope == "ours" and person.kind != "first":
        return _by_text(scene, event, person)
    low, high = scene.sentences[scene.sentence_of(event.start)]
    here = spheres.here(scene, event, low, high)
    around = spheres.clause(scene, event, person)
    if spheres.names_body(around) and event.scope != "ours":
        return False
    if event.scope != "ours" and not here and spheres.of_a_body(scene):
        return False
    if person.watched:
        return _watched(scene, event, person)
    if person.kind == "first" and person.key == scene.author:
        return _unlisted(scene, event, person)
    known = spheres.firms(scene)
    if joiners.comes_to_us(scene, person.key) or (spheres.names_other(around, known) and not here):
        return False
    if here:
        return not spheres.nearer_other(scene, low, event.start, known) and _unlisted(scene, event, person)
    if _unit_named(scene, low, high) or event.scope == "other":
        return False
    whose = spheres.affiliation(scene, person.key, known)
    return whose == "ours" and (spheres.of_work(event) or event.scope in ("job", "open"))


def _watched(scene: Scene, event: Event, person: Mention) -> bool:
    if event.scope == "bye":
        return person.kind == "first" or person.kind == "name"
    if event.scope != "open":
        return True
    number = scene.sentence_of(event.start)
    low, high = scene.sentences[number]
    if (
        len(scene.text) > LONG
        and number > LEAD
        and not (
            spheres.of_work(event)
            or _LEAVES_WORK.search(scene.text[max(0, event.start - 8) : event.end + 14])
        )
    ):
        near = (
            scene.sentences[max(0, number - 1)][0],
            scene.sentences[min(number + 1, len(scene.sentences) - 1)][1],
        )
        if scene.organisation_in(*near) is None and not _names_job(scene.text[low:high]):
            return False
    return not _company_object(scene, event, low, high)


# "said he was leaving." speaks of work; "was leaving the room" does not.
_LEAVES_WORK = regex(
    r"(?:is|was|are|were|be|'s) (?:also )?leaving(?=[.,;\"']| in | at the end| for good| to (?:start|found|join))"
)
_JOB = regex(
    r"\b(?:job|role|post|position|lab|company|team|resign\w*|chief|lead|leader|head|successor|colleagues|staff|career)\b"
    r"|离职|離職|辞|辭|卸任|离任|職|职|负责人|公司|团队|团队|岗"
)


def _names_job(words: str) -> bool:
    return _JOB.search(words) is not None


def _company_object(scene: Scene, event: Event, low: int, high: int) -> bool:
    """Is another company, and not ours, what stands before the verb as a place: 'at OTHER, X left'?"""
    m = re.match(r"\W*(?:at|in|from) (\w+)\b", scene.text[low:high])
    return bool(m and m.group(1) in COMPANIES)


def _unlisted(scene: Scene, event: Event, person: Mention) -> bool:
    if person.kind == "first" and person.key == scene.author:
        if not person.key.isascii() and not names_a_person(person.key):
            return False
        if "denied" in event.standing and person.start == person.end:
            return False
        return _author_works_there(scene, event)
    if (".stay." in event.rule and event.scope != "ours") or ".hint." in event.rule:
        return person.kind == "name" and _tied(scene, event, person)
    if event.scope == "ours":
        return not _other_unit(scene, event)
    if event.scope in ("other", "bye"):
        return False
    return _tied(scene, event, person)


def _author_works_there(scene: Scene, event: Event) -> bool:
    """An author who is not watched says 'I': is it staff that leaves, and not a user?"""
    text = scene.text
    number = scene.sentence_of(event.start)
    low, high = (
        scene.sentences[max(0, number - 2)][0],
        scene.sentences[min(len(scene.sentences) - 1, number + 1)][1],
    )
    if len(text) > LONG:
        text = text[low:high]
    if not scene.organisation or any(unit in text for unit in OTHER_UNITS_ZH):
        return False
    if of_a_user(text):
        return False
    if event.rule.startswith("zh") and len(text) < _NOTE:
        low, high = 0, len(text)
    if scene.organisation_in(low, high) is None or (
        event.scope not in ("ours", "bye") and _names_company(scene.text[low:high])
    ):
        return False
    if event.rule in _VAGUE:
        return SURELY_STAFF.search(text) is not None
    return (
        event.rule.startswith("zh")
        or bool(STAFF.search(text))
        or event.rule.startswith(_OF_STAFF)
        or event.rule in ("en.verb.quit", "en.verb.resign")
        or (event.scope == "ours" and _full_name(scene.author or ""))
    )


def may_be_staff(scene: Scene, rules: Collection[str]) -> bool:
    """Could an author who is not watched be staff, where `rules` read what no rule would believe of them?"""
    if of_a_user(scene.text) and not OF_A_JOB.search(scene.text):
        return False
    vague = bool(rules) and all(rule in _VAGUE for rule in rules)
    return not vague or SURELY_STAFF.search(scene.text) is not None


# A user does this too: moves on from a product, says goodbye to it.
_VAGUE = ("en.idiom.breaks_with", "en.verb.move_on", "en.farewell.goodbye")


# Only staff leaves in these words.
_OF_STAFF = (
    "en.oust", "en.idiom", "en.day.last", "en.noun", "en.state.no_longer", "en.state.anymore", "en.state.no_more",
    "en.state.not_coming", "en.state.wont_be", "en.state.off", "en.state.i_go", "en.former", "en.join",
)  # fmt: skip


def _full_name(name: str) -> bool:
    """Does the author sign like a person, 'Lucía Ferrán', and not like an account, 'papaya builds'?"""
    parts = name.split()
    return 2 <= len(parts) <= 4 and all(part[0].isupper() and part[1:].islower() for part in parts)


def _other_unit(scene: Scene, event: Event) -> bool:
    low, high = scene.sentences[scene.sentence_of(event.start)]
    for start, end in scene.organisation:
        if low <= start < high:
            tail = scene.text[end : end + 16]
            word = re.match(r"(?:'s)? (\w+)", tail)
            if tail.startswith(OTHER_UNITS_ZH) or (word and word.group(1) in ARMS):
                return True
    return False


def _unit_named(scene: Scene, low: int, high: int) -> bool:
    """Does the sentence speak of a part of the group that is not the lab: 'who ran the grocery arm'?"""
    words = scene.text[low:high]
    return any(word in OTHER_UNITS for word in re.findall(r"[a-z]+", words)) or any(
        unit in words for unit in OTHER_UNITS_ZH
    )


_GOAL = regex(r"\b(?:to join|joins|joining|and joins|to lead|to head|for|to) (?:the )?\w+")


def _tied(scene: Scene, event: Event, person: Mention) -> bool:
    """Is the organisation named in the person's sentence or the one before, and no other company nearer?"""
    number = scene.sentence_of(event.start)
    low, high = scene.sentences[number]
    if (
        _other_unit(scene, event)
        or _unit_named(scene, low, high)
        or _names_company(
            scene.text[low : event.end] + _GOAL.sub(" ", scene.text[event.end : event.end + 40])[:30]
        )
    ):
        return False
    if scene.organisation_in(low, event.end) or scene.organisation_in(low, min(high, event.end + 60)):
        return True
    if event.rule.startswith("zh") and len(scene.text) <= LONG and _comes_to_us(scene):
        return False
    if (
        number == 0
        and len(scene.sentences) > 1
        and (event.standing in ("rumoured", "denied") or event.rule.startswith("zh"))
        and scene.organisation_in(*scene.sentences[1])
    ):
        return not _names_company(scene.text[: scene.sentences[1][1]])
    if number == 0 or _names_company(scene.text[scene.sentences[number - 1][0] : low]):
        return False
    return scene.organisation_in(scene.sentences[max(0, number - 2)][0], low) is not None


def _comes_to_us(scene: Scene) -> bool:
    """Does the text say that somebody joins the organisation: '加入ORG'?"""
    return any(
        scene.text[max(0, start - 3) : start].rstrip("了 ").endswith(_JOIN) for start, _ in scene.organisation
    )


_JOIN = ("加入", "入职", "加盟", "来到")


def _names_company(words: str) -> bool:
    return any(word in COMPANIES for word in re.findall(r"[a-z.]+", words)) or any(
        name in words for name in COMPANIES_ZH
    )
