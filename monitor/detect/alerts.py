"""Which endpoints hear of a transition, and when (pure): no first alert waits, no correction is missed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec

from ..alert import Alert, AlertData, Mood
from ..casefile import RANK, Due, File, Plan, Told, Transition, delivery_id, webhook_id
from ..endpoint import AlertSettings, Endpoint
from ..model import Status
from ..quiet import after_quiet
from ..watchlist import Person, Watchlist
from .verdict import carriers

HOLD = 10.0
# A case that rises again by the same voices is told after the hold, once: one that flips on is told so often at most.
AGAIN = 86400.0
# A held delivery is taken back without a word only while it is this far off: another clock may send it.
SURE = 2.0
MOST_RISEN = 100


def plan(
    transition: Transition, watchlist: Watchlist, alerts: AlertSettings, mood: Mood, now: datetime
) -> Plan:
    """The alert of a transition with its deliveries; `withdrawn` are (delivery id, endpoint) still held.

    Endpoints with a digest are left out: that tells them of corrections, too.
    """
    case = transition.file.case
    person = watchlist.person(case.person)
    is_news = _is_news(transition, person, alerts, now)
    endpoints = [one for one in alerts.endpoints if "departure" in one.events and one.digest is None]
    if not is_news:
        endpoints = [one for one in endpoints if one.name in transition.file.told]
    endpoints += _deaf(transition.file, alerts)
    file, dues, withdrawn = _tell(transition, endpoints, now.timestamp())
    if not dues and not is_news:
        return Plan(file, None, [], withdrawn)
    alert = Alert(
        id=webhook_id(case.id, case.version),
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
    return Plan(file, alert, dues, withdrawn)


def _deaf(file: File, alerts: AlertSettings) -> list[Endpoint]:
    """Endpoints that are to hear of departures no more, by their `events` or as the settings name them no more, and
    believe more than is true.

    Who is not named may come back: until then what corrects it waits, as does what it has not got yet.
    """
    named, rank = {one.name: one for one in alerts.endpoints}, RANK.get(file.case.status, 0)
    hear = {name for name, one in named.items() if "departure" in one.events}
    believe = [name for name, told in file.told.items() if RANK.get(told.status, 0) > rank]
    return [named.get(name) or Endpoint.model_construct(name=name) for name in believe if name not in hear]


def _tell(
    transition: Transition, endpoints: Sequence[Endpoint], now: float
) -> tuple[File, list[Due], list[tuple[str, str]]]:
    """The file with what these endpoints are told, the deliveries of that, and those that are taken back."""
    file, case = transition.file, transition.file.case
    id, again = webhook_id(case.id, case.version), rises_again(transition)
    told = dict(file.told)
    dues: list[Due] = []
    withdrawn: list[tuple[str, str]] = []
    for endpoint in endpoints:
        name, old = endpoint.name, told.get(endpoint.name)
        at = _due(case.status, endpoint, old, again, now)
        changes = old is not None and (at is not None or old.status != case.status)
        goes = old is not None and changes and _may_go(old, case.status, now)
        if old and goes:
            withdrawn.append((old.delivery, name))
            told[name] = _taken_back(old, now)
            if not (told[name].status or told[name].delivery):
                # It never heard of the case, so that it is not owed more than at the beginning.
                del told[name]
        if at is not None:
            at = after_quiet(endpoint, at)
            dues.append(Due(name, at, _before(old, goes)))
            told[name] = _told(delivery_id(id, name), case.status, dues[-1], old, again, now)
    return msgspec.structs.replace(file, told=told, risen=_risen(transition)), dues, withdrawn


def rises_again(transition: Transition) -> bool:
    """Has the case risen so far before, by the evidence of no other voices than now?

    First-hand evidence is news every time, unless it is only a profile; an operator's act is, too.
    """
    file, status = transition.file, transition.file.case.status
    if transition.by_operator or status not in RANK:
        return False
    evidence = carriers(file.items, status)
    if any(i.evidence.strength == "strong" and i.evidence.claim != "profile_changed" for i in evidence):
        return False
    return bool(evidence) and all(file.risen.get(_mark(i.voice), 0) >= RANK[status] for i in evidence)


def _risen(transition: Transition) -> dict[str, int]:
    """The marks of the voices that have carried the case, with these."""
    file, status = transition.file, transition.file.case.status
    if RANK.get(status, 0) <= RANK.get(transition.before or "", 0):
        return file.risen
    marks = {_mark(item.voice) for item in carriers(file.items, status)}
    risen = {mark: rank for mark, rank in file.risen.items() if mark not in marks}
    risen |= {mark: max(RANK[status], file.risen.get(mark, 0)) for mark in sorted(marks)}
    return dict(list(risen.items())[-MOST_RISEN:])


def _mark(voice: str) -> str:
    """A voice as the file of a case remembers it when its evidence is gone: not by its name."""
    return hashlib.blake2b(voice.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _is_news(transition: Transition, person: Person | None, alerts: AlertSettings, now: datetime) -> bool:
    """May this transition open a conversation with an endpoint that has not heard of the case?"""
    case = transition.file.case
    if case.status not in RANK:
        return False
    if person is None:
        return alerts.unlisted
    if person.departed and case.episode == 1:
        return False
    return (now - transition.trigger).total_seconds() <= alerts.max_age


def _due(status: Status, endpoint: Endpoint, told: Told | None, again: bool, now: float) -> float | None:
    """When to tell an endpoint: at once, after a while (a further rise, or one more), or never (None)."""
    rank = RANK.get(status, 0)
    high_enough = rank >= RANK[endpoint.min_status]
    if told is None:
        return now if high_enough else None
    heard = RANK.get(_heard(told, now), 0)
    if rank <= heard:
        return now if rank < heard else None
    if not heard and not high_enough:
        return None
    if again:
        return _after_pause(told, now)
    return _after_hold(told, now) if heard else now


def _after_pause(told: Told, now: float) -> float:
    """A post that was deleted and is there again is told soon; when that happens once more, a day after."""
    rose = _rose(told, now)
    if now >= rose + AGAIN:
        return now
    return rose + AGAIN if _flips(told, now) else now + HOLD


def _after_hold(told: Told, now: float) -> float:
    if now >= told.due + HOLD or told.due > now + HOLD:
        return now
    return told.due if _is_held(told, now) else told.due + HOLD


def _is_held(told: Told, now: float) -> bool:
    return told.held and told.due > now


def _heard(told: Told, now: float) -> str:
    """The status that an endpoint knows, or will know before anybody can take it back."""
    return told.heard if _is_held(told, now + SURE) else told.status


def _rose(told: Told, now: float) -> float:
    """When an endpoint was last told more than it knew."""
    return told.due if told.rises and not _is_held(told, now) else told.rose


def _flips(told: Told, now: float) -> bool:
    """Was an endpoint told of a rise by the same voices within a day after the one before?"""
    return told.flips or (told.repeats and not _is_held(told, now))


def _may_go(told: Told, status: Status, now: float) -> bool:
    """May a delivery be withdrawn? A first alert that may be on its way stays: what corrects it needs it."""
    falls = RANK.get(status, 0) < RANK.get(told.status, 0)
    return _is_held(told, now + SURE if falls and not told.heard else now)


def _before(told: Told | None, withdrawn: bool) -> str:
    """The delivery that must be over first; one that is withdrawn passes its own on."""
    if told is None:
        return ""
    return told.before if withdrawn else told.delivery


def _told(delivery: str, status: Status, due: Due, old: Told | None, again: bool, now: float) -> Told:
    heard = _heard(old, now) if old else ""
    rises = RANK.get(status, 0) > RANK.get(heard, 0)
    repeats = old is not None and again and rises
    after_a_day = old is not None and repeats and now >= _rose(old, now) + AGAIN
    return Told(
        delivery,
        status,
        due.due,
        due.before,
        held=due.due > now,
        heard=heard,
        rises=rises,
        rose=_rose(old, now) if old else 0.0,
        repeats=repeats and not after_a_day,
        flips=old is not None and not after_a_day and _flips(old, now),
    )


def _taken_back(told: Told, now: float) -> Told:
    """What an endpoint was told when the delivery that is still held is withdrawn for good."""
    return Told(told.before, _heard(told, now), min(now, told.due - HOLD), rose=told.rose, flips=told.flips)


def _person(id: str, name: str, person: Person | None) -> dict[str, object]:
    if person is None:
        return {"id": None, "name": name, "listed": False}
    return {"id": person.id, "name": person.name, "role": person.role, "listed": True}
