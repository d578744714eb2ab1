"""What an alert says, once for all chat formats: title, who, how sure, the words, the mood, the gaps. Pure.

Every line is plain text (hostile.plain) of bounded length; a format has only to escape it its own way.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from ...alert import Alert, Mood
from ...casefile import RANK
from ...model import Blind, Case, Change, Evidence, Status
from .hostile import Link, clip, link, plain
from .wording import WORDINGS, Language, Wording

WORDS = 280
PIECES = 3
GAPS = 5
LONGEST_NOTICE = 1500
_STRENGTH = {"strong": 3, "medium": 2, "weak": 1, "none": 0}


class Piece(NamedTuple):
    """One piece of evidence: the words in quotes ("" where there is no room), who, when and what, the link."""

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
    foot: str


def compose(alert: Alert, language: Language = "en", words: int = WORDS) -> Message:
    """What to say of an alert, with at most `words` characters of each quotation."""
    wording = WORDINGS[language]
    topic, _, status = alert.type.partition(".")
    if topic == "departure" and status in wording.titles:
        return _departure(alert, status, wording, words)
    is_test = alert.type == "monitor.test"
    says = wording.test if is_test else clip(plain(alert.data.message or ""), LONGEST_NOTICE)
    return Message(
        kind="test" if is_test else "notice",
        title=wording.notices.get(alert.type, wording.notices[""]),
        who="",
        standing=says,
        pieces=[],
        notes=[],
        foot=_foot(alert, wording),
    )


def _departure(alert: Alert, status: str, wording: Wording, words: int) -> Message:
    case, data = alert.data.case, alert.data
    person, organisation = data.person or {}, data.organisation or {}
    names = {
        "name": _line(person.get("name") or (case and case.name), 60) or wording.somebody,
        "organisation": _line(organisation.get("name") or (case and case.organisation), 40)
        or wording.organisation,
    }
    role = _line(person.get("role"), 80) or (wording.unlisted if person.get("listed") is False else "")
    told = _facts(case, wording) if case and status in RANK else ""
    notes = [told, _reactions(data.reaction, wording), _blind(case.blind if case else [], wording)]
    title = wording.returned if status == "denied" and _is_return(case) else wording.titles[status]
    return Message(
        kind=status,
        title=title.format(**names, by=_by(case, wording)),
        who=" · ".join(part for part in (names["name"], role, names["organisation"]) if part),
        standing=_standing(alert, status, names, wording),
        pieces=[_piece(one, wording, words) for one in chosen(case, status)],
        notes=[note for note in notes if note],
        foot=_foot(alert, wording),
    )


def chosen(case: Case | None, status: str) -> list[Evidence]:
    """The evidence to show, the strongest first and of those the newest; a withdrawn claim is not repeated."""
    if case is None or status == "retracted":
        return []
    denies = status == "denied"
    fitting = [one for one in case.evidence if (one.claim == "denied") is denies]
    ranked = sorted(fitting, key=lambda one: (_STRENGTH[one.strength], one.created_at), reverse=True)
    found: dict[str, Evidence] = {}
    for one in ranked:
        found.setdefault(plain(one.excerpt).casefold(), one)
    return list(found.values())[:PIECES]


def _standing(alert: Alert, status: str, names: dict[str, str], wording: Wording) -> str:
    """How sure it is and by whom, what was before, and of a correction what it takes back."""
    case, data = alert.data.case, alert.data
    last = case.history[-1] if case and case.history else None
    key = "dismissed" if case and case.status == "dismissed" else status
    rule = last.rule.partition(" ")[0] if last else ""
    by = f"{status} by {rule if _is_return(case) else rule.partition('.')[0]}"
    voices = _voices(case.voices if case else 0, wording)
    lines = [wording.standing.get(by, wording.standing[key]).format(**names, voices=voices)]
    told = data.previous_status
    if status not in RANK:
        lines.append((wording.ends if _is_return(case) else wording.takes_back).format(**names))
        told = _told(told, case.history if case else [])
    elif RANK.get(told or "", 0) > RANK[status]:
        lines.append(wording.lowers)
    if told:
        lines.append(wording.before.format(state=wording.states[told]))
    if last and last.note:
        lines.append(wording.note.format(note=_inner(clip(plain(last.note), WORDS))))
    return ("" if wording is WORDINGS["zh"] else " ").join(lines)


def _is_return(case: Case | None) -> bool:
    """Did the last change come from the word that the person is back?"""
    rule = case.history[-1].rule if case and case.history else ""
    return rule.partition(" ")[0].endswith(".return")


def _facts(case: Case, wording: Wording) -> str:
    """When, whereto and who follows, where the evidence tells; the names are others' words, so quoted."""
    at = case.occurred_at.astimezone(UTC) if case.occurred_at else None
    told = {
        # The first of a month stands for the month where no day is named.
        "occurred_at": f"{at:%Y-%m}" if at and at.day == 1 else f"{at:%Y-%m-%d}" if at else "",
        "destination": _inner(_line(case.destination, 80)),
        "replacement": _inner(_line(case.replacement, 80)),
    }
    facts = [wording.facts[key].format(value=value) for key, value in told.items() if value]
    return wording.facts[""].format(facts=wording.comma.join(facts)) if facts else ""


def _by(case: Case | None, wording: Wording) -> str:
    """Who reports it, in a title."""
    rule = case.history[-1].rule.partition(".")[0] if case and case.history else ""
    return wording.by.get(rule) or _voices(case.voices if case else 0, wording)


def _told(previous: Status | None, history: Sequence[Change]) -> Status | None:
    """The last status that said that somebody leaves."""
    statuses = [previous, *(status for change in reversed(history) for status in (change.to, change.from_))]
    return next((status for status in statuses if status in RANK), None)


def _voices(count: int, wording: Wording) -> str:
    none, one, more = wording.voices
    return none if count < 1 else one if count == 1 else more.format(count=count)


def _piece(evidence: Evidence, wording: Wording, words: int) -> Piece:
    where = link(evidence.url)
    handle = _line((evidence.author.handle or "").removeprefix("@"), 60)
    author = f"@{handle}" if handle else _line(evidence.author.name, 60) or (where.host if where else "")
    rule = evidence.rule.partition(" ")[0]
    what = wording.origins.get(rule) or wording.claims[evidence.claim]
    said = _inner(clip(plain(evidence.excerpt), words)) if words else ""
    parts = (_line(evidence.source, 64), clip(author, 80), when(evidence.created_at), what)
    return Piece(f"“{said}”" if said else "", " · ".join(part for part in parts if part), where)


def _inner(text: str) -> str:
    """Words inside quotation marks: they cannot end the quotation and go on in our voice."""
    return text.translate({ord("“"): "‘", ord("”"): "’"})


def _reactions(mood: Mood | None, wording: Wording) -> str:
    if mood is None or not mood.count_1h:
        return wording.no_reactions
    mean = wording.unscored if mood.mean_1h is None else wording.mean.format(mean=mood.mean_1h)
    return wording.reactions.format(count=mood.count_1h, mean=mean)


def _blind(gaps: Sequence[Blind], wording: Wording) -> str:
    over, open_ = wording.span
    spans = [
        (over if gap.to else open_).format(
            source=_line(gap.source, 64), start=when(gap.from_), end=gap.to and when(gap.to)
        )
        for gap in gaps[-GAPS:]
    ]
    if len(gaps) > GAPS:
        spans.append(wording.more.format(count=len(gaps) - GAPS))
    return wording.blind.format(spans=wording.comma.join(spans)) if spans else ""


def _foot(alert: Alert, wording: Wording) -> str:
    case = alert.data.case
    id = wording.case.format(id=_line(case.id, 160)) if case else _line(alert.id, 160)
    return f"monitor · {when(alert.timestamp)} · {id}"  # A keyword that a bot may ask for: always there.


def when(at: datetime) -> str:
    """A moment to the minute, in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _line(value: object, room: int) -> str:
    return clip(plain(str(value)), room) if value else ""
