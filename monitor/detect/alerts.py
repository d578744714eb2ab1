"""Which endpoints hear of a transition, and when (pure): no first alert waits, no correction is missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from ..casefile import RANK, Due, Plan, Told, Transition, delivery_id, webhook_id
from ..model import Alert, AlertData, Mood
from ..settings import AlertSettings, Endpoint
from ..watchlist import Person, Watchlist

HOLD = 10.0


def plan(
    transition: Transition, watchlist: Watchlist, alerts: AlertSettings, mood: Mood, now: datetime
) -> Plan:
    """The alert of a transition with its deliveries; `withdrawn` are (delivery id, endpoint) still held."""
    file, case = transition.file, transition.file.case
    person = watchlist.person(case.person)
    at = now.timestamp()
    dues = _dues(transition, alerts.endpoints, at)
    if not _is_news(transition, person, alerts, now):
        dues = [due for due in dues if due.endpoint in file.told]
    if not dues and not _is_news(transition, person, alerts, now):
        return Plan(file, None, [], [])
    id = webhook_id(case.id, case.version)
    held = {name: told for name, told in file.told.items() if told.due > at}
    withdrawn = [(held[due.endpoint].delivery, due.endpoint) for due in dues if due.endpoint in held]
    telling = {d.endpoint: Told(delivery_id(id, d.endpoint), case.status, d.due, d.before) for d in dues}
    alert = Alert(
        id=id,
        type=f"departure.{'retracted' if case.status == 'dismissed' else case.status}",
        timestamp=now,
        data=AlertData(
            case=case,
            previous_status=transition.before,
            person=_person(case.person, case.name, person),
            organisation={"id": watchlist.organisation.id, "name": watchlist.organisation.name},
            reaction=mood,
        ),
        endpoints=[due.endpoint for due in dues],
    )
    return Plan(msgspec.structs.replace(file, told={**file.told, **telling}), alert, dues, withdrawn)


def _is_news(transition: Transition, person: Person | None, alerts: AlertSettings, now: datetime) -> bool:
    """May this transition open a conversation with an endpoint that has not heard of the case?"""
    case = transition.file.case
    if case.status not in RANK:
        return False
    if person is None:
        return alerts.unlisted
    if person.departed:
        return False
    return (now - transition.trigger).total_seconds() <= alerts.max_age


def _dues(transition: Transition, endpoints: Sequence[Endpoint], now: float) -> list[Due]:
    dues = []
    for endpoint in endpoints:
        if "departure" in endpoint.events:
            due = _due(transition, endpoint, now)
            if due is not None:
                dues.append(Due(endpoint.name, due, _before(transition.file.told.get(endpoint.name), now)))
    return dues


def _before(told: Told | None, now: float) -> str:
    """The delivery that must be over first; one that is withdrawn passes its own on."""
    if told is None:
        return ""
    return told.before if told.due > now else told.delivery


def _due(transition: Transition, endpoint: Endpoint, now: float) -> float | None:
    """When to tell an endpoint: at once, after the hold (a further rise), or never (None)."""
    status = transition.file.case.status
    told = transition.file.told.get(endpoint.name)
    if told is None or (told.status not in RANK and status in RANK):
        high_enough = RANK.get(status, 0) >= RANK[endpoint.min_status]
        return now if high_enough else None
    if told.status == status:
        return None
    if status not in RANK:
        return now if told.status in RANK else None
    rises = told.status in RANK and RANK[told.status] < RANK[status]
    if not rises or now >= told.due + HOLD:
        return now
    return told.due if told.due > now else told.due + HOLD


def _person(id: str, name: str, person: Person | None) -> dict[str, object]:
    if person is None:
        return {"id": None, "name": name, "listed": False}
    return {"id": person.id, "name": person.name, "role": person.role, "listed": True}
