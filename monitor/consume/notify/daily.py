"""What a digest says: the cases that are news to an endpoint which hears of them once a day (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import msgspec

from ...alert import Digest
from ...casefile import RANK, File, Told
from ...endpoint import AlertSettings, Endpoint
from ...model import ASSERTED, Case, Change, Evidence, Status
from ...quiet import last_moment
from ...watchlist import Watchlist
from .phrases import chosen

# A case is stamped before it is written, and by another clock: what is younger may not be there yet.
LAG = timedelta(seconds=60)
MOST_CASES = 30
MOST_CHANGES = 20


def digest_of(
    files: Iterable[File],
    endpoint: Endpoint,
    span: tuple[datetime, datetime],
    alerts: AlertSettings,
    watchlist: Watchlist,
) -> Digest | None:
    """The digest of the time between two of an endpoint's moments; None where nothing changed for it.

    Cases come without what a digest does not show: the evidence but the best of it, the history before.
    """
    since, until = (moment - LAG for moment in span)
    stood = [(one, file.told.get(endpoint.name)) for file in files if (one := _as_of(file.case, until))]
    found = [
        case
        for case, told in stood
        if since < case.changed_at and is_news(case, told, endpoint, since, alerts, watchlist)
    ]
    if not found:
        return None
    found.sort(key=lambda case: (case.changed_at, case.id), reverse=True)
    shown = [_shown(case, since) for case in found[:MOST_CASES]]
    return Digest(from_=since, to=until, cases=shown, more=len(found) - len(shown))


def _as_of(case: Case, moment: datetime) -> Case | None:
    """A case as it stood at a moment: what came later the next digest tells, and only then does it count as heard."""
    if case.changed_at <= moment:
        return case
    history = [change for change in case.history if change.at <= moment]
    if not history:
        return None
    last = history[-1]
    return msgspec.structs.replace(case, status=last.to, changed_at=last.at, history=history)


def is_news(
    case: Case,
    told: Told | None,
    endpoint: Endpoint,
    since: datetime,
    alerts: AlertSettings,
    watchlist: Watchlist,
) -> bool:
    """Does an endpoint that had its last digest at `since` hear of a case's status, as of single alerts?

    `told` is what it was told last by single alerts, from before it had a digest.
    """
    heard = heard_of(case, told, endpoint, since, alerts, watchlist)
    return _hears(heard, case.status, endpoint, _opens(case, last_change(case), alerts, watchlist))


def heard_of(
    case: Case,
    told: Told | None,
    endpoint: Endpoint,
    since: datetime,
    alerts: AlertSettings,
    watchlist: Watchlist,
) -> str:
    """The status of a case that an endpoint knows, which had its last digest at `since`; "" where it knows of none."""
    heard = told.status if told else ""
    changes = [change for change in _untold(case, told) if change.at <= since]
    for change, ends in pairwise([*changes, None]):
        assert change is not None
        if ends is None or _stood_at_a_digest(change, ends.at, endpoint):
            opens = _opens(case, change, alerts, watchlist)
            heard = change.to if _hears(heard, change.to, endpoint, opens) else heard
    return heard


def _untold(case: Case, told: Told | None) -> Sequence[Change]:
    """What changed after what a single alert told."""
    for number, change in reversed(list(enumerate(case.history, 1))):
        if told and change.to == told.status and change.at.timestamp() <= told.due:
            return case.history[number:]
    return case.history


def _hears(heard: str, status: str, endpoint: Endpoint, opens: bool) -> bool:
    """Is a status told to an endpoint that knows of another one ("": of none)?"""
    rank, known = RANK.get(status, 0), RANK.get(heard, 0)
    if rank == known:
        return False
    if known:
        return True
    return rank >= RANK[endpoint.min_status] and (opens or heard != "")


def _stood_at_a_digest(change: Change, end: datetime, endpoint: Endpoint) -> bool:
    """Did a digest come while a case stood as after a change, which was until `end`?"""
    assert endpoint.digest_at is not None
    just_before = end + LAG - timedelta(microseconds=1)
    return last_moment(endpoint.digest_at, endpoint.zone, just_before) - LAG >= change.at


def _opens(case: Case, change: Change, alerts: AlertSettings, watchlist: Watchlist) -> bool:
    """May a change be the first thing that is told of a case? Known departures and old news may not."""
    person = watchlist.person(case.person)
    if person is None:
        return alerts.unlisted
    if person.departed and case.episode == 1:
        return False
    if change.rule == "operator.confirm":
        return True
    made = [one.created_at for one in _carriers(case.evidence, change.to) if one.created_at <= change.at]
    return not made or (change.at - max(made)).total_seconds() <= alerts.max_age


def _carriers(evidence: Sequence[Evidence], status: Status) -> list[Evidence]:
    """The evidence on which a status rests, as far as the case shows it."""
    departures = [one for one in evidence if one.claim != "denied"]
    strength = {"confirmed": "strong", "reported": "medium"}.get(status)
    best = [one for one in departures if one.strength == strength]
    if status == "rumoured" or best:
        return best or departures
    return [one for one in departures if one.claim in ASSERTED]


def last_change(case: Case) -> Change:
    """The change that gave a case its status."""
    found = (one for one in reversed(case.history) if one.to == case.status and one.from_ != one.to)
    return next(found, Change(at=case.changed_at, from_=None, to=case.status, rule=""))


def _shown(case: Case, since: datetime) -> Case:
    before = [change for change in case.history if change.at <= since][-1:]
    later = [change for change in case.history if change.at > since][-MOST_CHANGES:]
    status = "retracted" if case.status == "dismissed" else case.status
    return msgspec.structs.replace(case, evidence=chosen(case, status), history=[*before, *later])
