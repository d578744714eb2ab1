"""The parts that every message is made of: its shape, names, lines, times, the title of a case. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from ...alert import Alert, Mood
from ...model import Blind, Case, Evidence
from .hostile import Link, clip, plain
from .wording import Wording

WORDS = 280
PIECES = 3
GAPS = 5
_STRENGTH = {"strong": 3, "medium": 2, "weak": 1, "none": 0}


class Piece(NamedTuple):
    """One piece of evidence: the words in quotes ("" where there is no room), who, when and what, the link.

    Of a digest it is a line on one case, without words.
    """

    words: str
    by: str
    link: Link | None


class Message(NamedTuple):
    """An alert to show. `kind` is rumoured, reported, confirmed, denied, retracted, test or notice."""

    kind: str
    title: str
    who: str
    standing: str
    pieces: list[Piece]
    notes: list[str]
    foot: str = ""


def names_of(alert: Alert, case: Case | None, wording: Wording) -> dict[str, str]:
    """The name of a person and that of the organisation."""
    person, organisation = alert.data.person or {}, alert.data.organisation or {}
    return {
        "name": line(person.get("name") or (case and case.name), 60) or wording.somebody,
        "organisation": line(organisation.get("name") or (case and case.organisation), 40)
        or wording.organisation,
    }


def title_of(case: Case | None, status: str, names: dict[str, str], wording: Wording) -> str:
    """What is said of a case, and by whom it is reported: never more than its status."""
    title = wording.returned if status == "denied" and is_return(case) else wording.titles[status]
    return title.format(**names, by=_by(case, wording))


def _by(case: Case | None, wording: Wording) -> str:
    """Who reports it, in a title."""
    return wording.by.get(rule_of(case).partition(".")[0]) or voices(case.voices if case else 0, wording)


def rule_of(case: Case | None) -> str:
    """The rule that gave a case its status; an operator's act that changed nothing gave none."""
    changes = (one.rule for one in reversed(case.history if case else []) if one.to != one.from_)
    return next(changes, "").partition(" ")[0]


def is_return(case: Case | None) -> bool:
    """Did the last change come from the word that the person is back?"""
    return rule_of(case).endswith(".return")


def voices(count: int, wording: Wording) -> str:
    """How many voices there are."""
    none, one, more = wording.voices
    return none if count < 1 else one if count == 1 else more.format(count=count)


def reactions(mood: Mood | None, wording: Wording) -> str:
    """How people react."""
    if mood is None or not mood.count_1h:
        return wording.no_reactions
    mean = wording.unscored if mood.mean_1h is None else wording.mean.format(mean=mood.mean_1h)
    return wording.reactions.format(count=mood.count_1h, mean=mean)


def blind(gaps: Sequence[Blind], wording: Wording) -> str:
    """What could not be seen, the newest last; "" where nothing was out of sight."""
    over, open_ = wording.span
    spans = [
        (over if gap.to else open_).format(
            source=line(gap.source, 64), start=when(gap.from_), end=gap.to and when(gap.to)
        )
        for gap in gaps[-GAPS:]
    ]
    if len(gaps) > GAPS:
        spans.append(wording.more.format(count=len(gaps) - GAPS))
    return wording.blind.format(spans=wording.comma.join(spans)) if spans else ""


def chosen(case: Case | None, status: str) -> list[Evidence]:
    """The evidence to show, the strongest first and of those the newest; a withdrawn claim is not repeated."""
    if case is None or status == "retracted":
        return []
    denies = status == "denied"
    fitting = [one for one in case.evidence if (one.claim == "denied") is denies]
    found: dict[str, Evidence] = {}
    for one in best_first(fitting, status):
        found.setdefault(plain(one.excerpt).casefold(), one)
    return list(found.values())[:PIECES]


def best_first(evidence: Sequence[Evidence], status: str) -> list[Evidence]:
    """Evidence that says what the status says first, the strongest of it before the rest and of those the newest."""
    denies = status == "denied"

    def rank(one: Evidence) -> tuple[bool, int, datetime]:
        return (one.claim == "denied") is denies, _STRENGTH[one.strength], one.created_at

    return sorted(evidence, key=rank, reverse=True)


def joined(sentences: Sequence[str], wording: Wording) -> str:
    """Sentences one after the other, as the language has it."""
    return ("" if wording.comma == "；" else " ").join(sentences)


def when(at: datetime) -> str:
    """A moment to the minute, in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def line(value: object, room: int) -> str:
    """What others wrote as one plain line of at most `room` characters; "" for nothing."""
    return clip(plain(str(value)), room) if value else ""


def inner(text: str) -> str:
    """Words inside quotation marks: they cannot end the quotation and go on in our voice."""
    return text.translate({ord("“"): "‘", ord("”"): "’"})
