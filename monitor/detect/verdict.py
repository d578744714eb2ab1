"""From evidence to status (pure): a function of the set of live evidence and of the operator's acts.

The order in which posts arrive does not count, with these bounds: an operator's act stands against what had
arrived by then (`seen_at`); of a flood only so much is kept (cases.py), which changes no status unless what was
kept is deleted; and a post dated into the future has the time of its arrival.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from ..casefile import Act, Item
from ..model import ASSERTED, Evidence, Status

# How long after a return less than first-hand evidence is still taken for talk of the departure before it.
_TALK = {"medium": timedelta(days=14), "weak": timedelta(days=30)}
# A profile is no talk: it says that something is different from now on.
_PROFILE = timedelta(days=1)


class Verdict(NamedTuple):
    """A status and the rule that gives it."""

    status: Status
    rule: str


def verdict(items: Iterable[Item], acts: Sequence[Act] = ()) -> Verdict | None:
    """The status that evidence and acts give (design section 5); None where nothing was ever claimed.

    Of the acts the last one counts: reopen leaves it to the evidence again.
    """
    items = sorted(items, key=lambda i: (i.evidence.created_at, i.key))
    departures = [item for item in items if item.evidence.claim != "denied"]
    strong = [item for item in departures if item.evidence.strength == "strong"]
    last = max(acts, key=lambda act: act.at, default=None)
    if last and last.kind == "dismiss" and not any(item.seen_at > last.at for item in strong):
        return Verdict("dismissed", "operator.dismiss")
    confirmed = last.at if last and last.kind == "confirm" else None
    denials = [item for item in items if _is_denial(item)]
    if denials and not _is_lifted(denials, strong, confirmed):
        return Verdict("denied", denials[-1].evidence.rule)
    if strong:
        return Verdict("confirmed", strong[0].evidence.rule)
    if confirmed:
        return Verdict("confirmed", "operator.confirm")
    return _unconfirmed(items, departures)


def _unconfirmed(items: list[Item], departures: list[Item]) -> Verdict | None:
    """Without first-hand evidence: a trusted outlet's word that somebody is back answers what was before it."""
    back = next((i for i in reversed(items) if i.returned and i.evidence.strength == "medium"), None)
    if back:
        departures = [item for item in departures if after(item, back.evidence.created_at)]
        if not departures:
            return Verdict("denied", back.evidence.rule)
    medium = next((i for i in departures if i.evidence.strength == "medium"), None)
    if medium:
        return Verdict("reported", medium.evidence.rule)
    if independent(i for i in departures if i.evidence.claim in ASSERTED) >= 2:
        return Verdict("reported", "two-voices")
    return Verdict("rumoured", departures[0].evidence.rule) if departures else None


def _is_denial(item: Item) -> bool:
    return item.evidence.claim == "denied" and item.evidence.strength == "strong"


def _is_lifted(denials: list[Item], strong: list[Item], confirmed: datetime | None) -> bool:
    """Does first-hand evidence come after all denials, and speak of a departure after all returns?"""
    if confirmed and confirmed > denials[-1].evidence.created_at:
        return True
    denied = max((one.evidence.created_at for one in denials if not one.returned), default=None)
    back = max((one.evidence.created_at for one in denials if one.returned), default=None)
    return any(
        (denied is None or item.evidence.created_at > denied) and (back is None or when(item) > back)
        for item in strong
    )


def when(item: Item) -> datetime:
    """Of when a post speaks: its own time, or the end of the day or month before it that it names."""
    said, named = item.evidence.created_at, item.occurred_at
    if named is None or named >= said:
        return said
    return min(said, named + timedelta(days=31 if named.day == 1 else 1))


def after(item: Item, back: datetime) -> bool:
    """Is a post about what came after a return, and not late talk of the departure before it?"""
    if item.evidence.claim == "denied":
        return item.evidence.created_at > back
    return names_later(item, back) or when(item) - back > _talk(item.evidence)


def names_later(item: Item, back: datetime) -> bool:
    """Does a post that was made after a return date the departure after it, too?"""
    return item.occurred_at is not None and min(item.occurred_at, item.evidence.created_at) > back


def _talk(evidence: Evidence) -> timedelta:
    if evidence.claim == "profile_changed" and evidence.strength == "medium":
        return _PROFILE
    return _TALK.get(evidence.strength, timedelta(0))


def is_confirmed(acts: Sequence[Act]) -> bool:
    """Is it an operator's last word that the person left?"""
    last = max(acts, key=lambda act: act.at, default=None)
    return last is not None and last.kind == "confirm"


def carriers(items: Iterable[Item], status: Status) -> list[Item]:
    """The evidence of departure on which a status rests."""
    departures = [item for item in items if item.evidence.claim != "denied"]
    for wanted, strength in (("confirmed", "strong"), ("reported", "medium")):
        found = [item for item in departures if item.evidence.strength == strength]
        if status == wanted and found:
            return found
    if status == "rumoured":
        return departures
    return [item for item in departures if item.evidence.claim in ASSERTED]


def independent(items: Iterable[Item]) -> int:
    """How many voices there are: the most authors that can each be given a text of their own.

    So many copies of one text are one voice, and many texts of one author too; and it does not matter who
    was first to say what others repeated.
    """
    items = list(items)
    by_key = {item.key: item for item in items}
    said: dict[str, set[str]] = {}
    for item in items:
        said.setdefault(item.voice, set()).add(_text(item, by_key))
    taken: dict[str, str] = {}

    def seated(voice: str, tried: set[str]) -> bool:
        for text in said[voice] - tried:
            tried.add(text)
            if text not in taken or seated(taken[text], tried):
                taken[text] = voice
                return True
        return False

    return sum(seated(voice, set()) for voice in said)


def _text(item: Item, by_key: dict[str, Item]) -> str:
    """What makes a text the same one; in cases that an older version stored, the first post that has it."""
    first = by_key.get(item.copy_of or "")
    if first is not None and not first.words:
        return first.key
    return item.words or item.copy_of or item.key
