"""What is told beside departures, as messages: sources out of sight, endpoints that fail, digests, tests. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import UNSET

from ...alert import Alert, Digest, Undelivered
from ...casefile import RANK
from ...model import Blind, Case, Status
from .hostile import Link, clip, link, plain
from .notice_wording import NOTICE_WORDINGS, NoticeWording
from .phrases import (
    WORDS,
    Message,
    Piece,
    blind,
    chosen,
    inner,
    is_return,
    joined,
    line,
    names_of,
    reactions,
    rule_of,
    title_of,
    voices,
    when,
)
from .wording import WORDINGS, Language, Wording

LONGEST_NOTICE = 1500
LONGEST_REASON = 200
# The cases that a digest shows where there is room for WORDS characters of a quotation, and the fewest.
MOST_CASES, FEWEST_CASES = 15, 3
_DAY = re.compile(r"digest-.+-(\d{4})(\d{2})(\d{2})(?:T\d+)?")


def told(alert: Alert, language: Language, words: int = WORDS) -> Message:
    """The message of an alert that is of no departure; its foot is still empty."""
    wording, data = NOTICE_WORDINGS[language], alert.data
    if alert.type == "monitor.test":
        return _notice(wording.titles[alert.type], wording.said[alert.type])._replace(kind="test")
    if alert.type == "source.blind" and data.source is not UNSET:
        return _source(data.source, wording)
    if alert.type in ("delivery.dead", "endpoint.disabled") and data.delivery is not UNSET:
        return _delivery(alert.type, data.delivery, wording, WORDINGS[language])
    if alert.type == "monitor.digest" and data.digest is not UNSET:
        return _digest(alert, data.digest, wording, WORDINGS[language], words)
    return _notice(wording.titles[""], clip(plain(data.message or ""), LONGEST_NOTICE))


def _notice(title: str, standing: str, *notes: str) -> Message:
    return Message("notice", title, "", standing, [], [note for note in notes if note])


def _source(gap: Blind, wording: NoticeWording) -> Message:
    """Since when a source cannot be seen, or from when to when it could not."""
    key = "source.over" if gap.to else "source.blind"
    values = {"source": line(gap.source, 64), "start": when(gap.from_), "end": gap.to and when(gap.to)}
    return _notice(wording.titles[key].format(**values), wording.said[key].format(**values))


def _delivery(type: str, lost: Undelivered, notices: NoticeWording, wording: Wording) -> Message:
    """What an endpoint did not get and why, or that it gets nothing more, and what to do about it."""
    values = {
        "endpoint": line(lost.endpoint, 64),
        "webhook_id": line(lost.webhook_id, 200),
        "type": line(lost.type, 40),
        "attempts": lost.attempts,
    }
    key = "delivery.one" if type == "delivery.dead" and lost.attempts == 1 else type
    says = [notices.said[key].format(**values)]
    reason = inner(line(lost.reason, LONGEST_REASON))
    if reason and type == "delivery.dead":
        says.append(notices.said["reason"].format(reason=reason))
    return _notice(
        notices.titles[type].format(**values), joined(says, wording), notices.does[type].format(**values)
    )


def _digest(alert: Alert, digest: Digest, notices: NoticeWording, wording: Wording, words: int) -> Message:
    """A line a case with the link of its best evidence, as many as there is room for."""
    room = max(FEWEST_CASES, min(MOST_CASES, MOST_CASES * words // WORDS))
    lines = [_line(alert, case, digest, notices, wording) for case in digest.cases[:room]]
    more = digest.more + len(digest.cases) - len(lines)
    notes = [notices.more.format(count=more)] if more else []
    if alert.data.reaction is not None:
        notes.append(reactions(alert.data.reaction, wording))
        if len({case.person for case in digest.cases}) > 1 and alert.data.reaction.count_1h:
            notes[-1] = joined([notes[-1], notices.counted], wording)
    notes.append(blind(_gaps(digest.cases), wording))
    said = notices.said["monitor.digest"].format(start=when(digest.from_), end=when(digest.to))
    message = _notice(notices.titles["monitor.digest"].format(day=_day(alert, digest)), said, *notes)
    return message._replace(pieces=lines)


def _gaps(cases: Sequence[Case]) -> list[Blind]:
    """What could not be seen as these cases changed, each stretch once, and with its end where one knows it."""
    gaps = sorted((gap for case in cases for gap in case.blind), key=lambda gap: gap.to is not None)
    found = {(gap.source, gap.from_): gap for gap in gaps}
    return sorted(found.values(), key=lambda gap: (gap.from_, gap.source))


def _line(alert: Alert, case: Case, digest: Digest, notices: NoticeWording, wording: Wording) -> Piece:
    """A case as its single alert would have it in its title, and what stood before."""
    status = "retracted" if case.status == "dismissed" else case.status
    before = stood(case, digest)
    facts = [_basis(case, notices, wording)]
    if before and before != case.status:
        facts.append(notices.before.format(state=wording.states[before]))
    facts += [_corrects(case, before, notices), when(case.changed_at)]
    shown = notices.line.format(
        title=title_of(case, status, names_of(alert, case, wording), wording),
        facts=wording.comma.join(fact for fact in facts if fact),
    )
    return Piece("", shown, _link(case, status))


def stood(case: Case, digest: Digest) -> Status | None:
    """How a case stood when the time of a digest began."""
    return next((one.to for one in reversed(case.history) if one.at <= digest.from_), None)


def _basis(case: Case, notices: NoticeWording, wording: Wording) -> str:
    """What a status rests on, where the title does not say it."""
    rule = rule_of(case)
    if rule.startswith("operator."):
        return notices.operator
    basis = "" if case.status in ("rumoured", "reported") else wording.origins.get(rule, "")
    counted = voices(case.voices, wording) if case.status in RANK else ""
    return wording.comma.join(part for part in (basis, counted) if part)


def _corrects(case: Case, before: Status | None, notices: NoticeWording) -> str:
    """What a digest says of a case that says less than was told before."""
    if case.status not in RANK:
        return notices.corrects["ends" if is_return(case) else ""]
    return notices.corrects["lowers"] if RANK.get(before or "", 0) > RANK[case.status] else ""


def _link(case: Case, status: str) -> Link | None:
    return next((found for one in chosen(case, status) if (found := link(one.url))), None)


def _day(alert: Alert, digest: Digest) -> str:
    """The day of a digest where it is read, which its id has; else by UTC."""
    whose = (alert.data.organisation or {}).get("id", "")
    found = _DAY.fullmatch(alert.id.removesuffix(f"-{whose}"))
    return "-".join(found.groups()) if found else f"{digest.to:%Y-%m-%d}"
