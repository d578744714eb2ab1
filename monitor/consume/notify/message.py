"""What an alert says, once for all chat formats: title, who, how sure, the words, the mood, the gaps. Pure.

Every line is plain text (hostile.plain) of bounded length; a format has only to escape it its own way.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from ...alert import Alert
from ...casefile import RANK
from ...model import Case, Change, Evidence, Status
from . import notice_message
from .hostile import clip, link, plain
from .phrases import WORDS as WORDS
from .phrases import Message as Message
from .phrases import Piece as Piece
from .phrases import (
    blind,
    chosen,
    inner,
    is_return,
    joined,
    line,
    names_of,
    reactions,
    title_of,
    voices,
    when,
)
from .wording import WORDINGS, Language, Wording

LONGEST_PREFIX = 40


def compose(alert: Alert, language: Language = "en", words: int = WORDS, prefix: str = "") -> Message:
    """What to say of an alert, with at most `words` characters of each quotation, and fewer lines of a digest.

    `prefix` stands before the title.
    """
    wording = WORDINGS[language]
    topic, _, status = alert.type.partition(".")
    if topic == "departure" and status in wording.titles:
        message = _departure(alert, status, wording, words)
    else:
        message = notice_message.told(alert, language, words)
    shown = line(prefix, LONGEST_PREFIX)
    title = f"{shown} {message.title}" if shown else message.title
    return message._replace(title=title, foot=_foot(alert, wording))


def _departure(alert: Alert, status: str, wording: Wording, words: int) -> Message:
    case, data = alert.data.case, alert.data
    person, names = data.person or {}, names_of(alert, case, wording)
    role = line(person.get("role"), 80) or (wording.unlisted if person.get("listed") is False else "")
    told = _facts(case, wording) if case and status in RANK else ""
    notes = [told, reactions(data.reaction, wording), blind(case.blind if case else [], wording)]
    title = title_of(case, status, names, wording)
    return Message(
        kind=status,
        title=wording.lowered.format(title=title) if _lowers(alert, status) else title,
        who=" · ".join(part for part in (names["name"], role, names["organisation"]) if part),
        standing=_standing(alert, status, names, wording),
        pieces=[_piece(one, wording, words) for one in chosen(case, status)],
        notes=[note for note in notes if note],
    )


def _standing(alert: Alert, status: str, names: dict[str, str], wording: Wording) -> str:
    """How sure it is and by whom, what was before, and of a correction what it takes back."""
    case, data = alert.data.case, alert.data
    last = case.history[-1] if case and case.history else None
    key = "dismissed" if case and case.status == "dismissed" else status
    rule = last.rule.partition(" ")[0] if last else ""
    by = f"{status} by {rule if is_return(case) else rule.partition('.')[0]}"
    counted = voices(case.voices if case else 0, wording)
    lines = [wording.standing.get(by, wording.standing[key]).format(**names, voices=counted)]
    told = data.previous_status
    if status not in RANK:
        lines.append((wording.ends if is_return(case) else wording.takes_back).format(**names))
        told = _told(told, case.history if case else [])
    elif _lowers(alert, status):
        lines.append(wording.lowers)
    if told:
        lines.append(wording.before.format(state=wording.states[told]))
    if last and last.note:
        lines.append(wording.note.format(note=inner(clip(plain(last.note), WORDS))))
    return joined(lines, wording)


def _lowers(alert: Alert, status: str) -> bool:
    """Does it say less than was said before, and yet that somebody leaves?"""
    return status in RANK and RANK.get(alert.data.previous_status or "", 0) > RANK[status]


def _facts(case: Case, wording: Wording) -> str:
    """When, whereto and who follows, where the evidence tells; the names are others' words, so quoted."""
    at = case.occurred_at.astimezone(UTC) if case.occurred_at else None
    told = {
        # The first of a month stands for the month where no day is named.
        "occurred_at": f"{at:%Y-%m}" if at and at.day == 1 else f"{at:%Y-%m-%d}" if at else "",
        "destination": inner(line(case.destination, 80)),
        "replacement": inner(line(case.replacement, 80)),
    }
    facts = [wording.facts[key].format(value=value) for key, value in told.items() if value]
    return wording.facts[""].format(facts=wording.comma.join(facts)) if facts else ""


def _told(previous: Status | None, history: Sequence[Change]) -> Status | None:
    """The last status that said that somebody leaves."""
    statuses = [previous, *(status for change in reversed(history) for status in (change.to, change.from_))]
    return next((status for status in statuses if status in RANK), None)


def _piece(evidence: Evidence, wording: Wording, words: int) -> Piece:
    where = link(evidence.url)
    handle = line((evidence.author.handle or "").removeprefix("@"), 60)
    author = f"@{handle}" if handle else line(evidence.author.name, 60) or (where.host if where else "")
    rule = evidence.rule.partition(" ")[0]
    what = wording.origins.get(rule) or wording.claims[evidence.claim]
    said = inner(clip(plain(evidence.excerpt), words)) if words else ""
    parts = (line(evidence.source, 64), clip(author, 80), when(evidence.created_at), what)
    return Piece(f"“{said}”" if said else "", " · ".join(part for part in parts if part), where)


def _foot(alert: Alert, wording: Wording) -> str:
    case = alert.data.case
    id = wording.case.format(id=line(case.id, 160)) if case else line(alert.id, 160)
    return f"monitor · {when(alert.timestamp)} · {id}"  # A keyword that a bot may ask for: always there.
