"""The life of a case: evidence to status, status to transition (pure; `now` is passed in).

The status is a function of the set of live evidence and of the operator's acts, so the order in which
posts arrive does not change where a case ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from ..casefile import Act, ActKind, File, Item, Transition
from ..identity import post_key
from ..model import ASSERTED, Case, Change, Claim, Evidence, Reaction, Status
from ..revision import supersedes
from ..watchlist import Watchlist
from .evidence import case_id, display_name, item_of, opted_out

SHOWN = 20
KEPT = 200
KEPT_COPIES = 20


class Verdict(NamedTuple):
    """A status and the rule that gives it."""

    status: Status
    rule: str


def verdict(items: Iterable[Item], acts: Sequence[Act] = ()) -> Verdict | None:
    """The status that evidence and acts give (design section 5); None where nothing was ever claimed."""
    items = list(items)
    departures = [item for item in items if item.evidence.claim != "denied"]
    strong = [item for item in departures if item.evidence.strength == "strong"]
    dismissed = _dismissed_at(acts)
    if dismissed and not any(item.seen_at > dismissed for item in strong):
        return Verdict("dismissed", "operator.dismiss")
    confirmed = [act.at for act in acts if act.kind == "confirm"]
    denied = max((i.evidence.created_at for i in items if _is_denial(i)), default=None)
    lifting = [*(item.evidence.created_at for item in strong), *confirmed]
    if denied and not any(at > denied for at in lifting):
        return Verdict("denied", next(i.evidence.rule for i in items if _is_denial(i)))
    if strong:
        return Verdict("confirmed", strong[0].evidence.rule)
    if confirmed:
        return Verdict("confirmed", "operator.confirm")
    medium = next((i for i in departures if i.evidence.strength == "medium"), None)
    if medium:
        return Verdict("reported", medium.evidence.rule)
    if len(voices(i for i in departures if i.evidence.claim in ASSERTED)) >= 2:
        return Verdict("reported", "two-voices")
    return Verdict("rumoured", departures[0].evidence.rule) if departures else None


def _is_denial(item: Item) -> bool:
    return item.evidence.claim == "denied" and item.evidence.strength == "strong"


def _dismissed_at(acts: Sequence[Act]) -> datetime | None:
    """When the case was dismissed, if no later act took that back."""
    return acts[-1].at if acts and acts[-1].kind == "dismiss" else None


def voices(items: Iterable[Item]) -> set[str]:
    """Distinct voices: authors, where copies speak with the voice of the first post that has their text."""
    items = list(items)
    by_key = {item.key: item.voice for item in items}
    return {by_key.get(i.copy_of, f"copy of {i.copy_of}") if i.copy_of else i.voice for i in items}


def changed_by(reaction: Reaction, files: Iterable[File]) -> list[str]:
    """The cases whose evidence a delete or a newer revision of a post takes back."""
    return [file.case.id for file in files if _older(file, reaction)]


def _older(file: File, reaction: Reaction) -> bool:
    """Does the case rest on an older revision of this post?"""
    post = reaction.post
    return any(
        item.evidence.post_id == post.id
        and item.evidence.source == post.source
        and (post.deleted or supersedes(post.revision, item.revision))
        for item in file.items
    )


def take_back(file: File, reaction: Reaction, now: datetime) -> tuple[File, Transition | None]:
    """The case without what an older revision of this post, or a post now deleted, said."""
    key = post_key(reaction.post.source, reaction.post.id)
    items = [item for item in file.items if item.key != key]
    rule = "evidence.deleted" if reaction.post.deleted else "evidence.edited"
    file = msgspec.structs.replace(file, items=items)
    return settle(file, now, reaction.post.id, newest(file) or now, rule)


def act(file: File, kind: ActKind, note: str, now: datetime) -> File:
    return msgspec.structs.replace(file, acts=[*file.acts, Act(kind, now, note)])


def add(
    file: File | None, reaction: Reaction, claim_index: int, watchlist: Watchlist, now: datetime
) -> tuple[File | None, Transition | None]:
    """A case with one more claim; None where the claim opens none (a denial by a third party)."""
    claim = reaction.claims[claim_index]
    item = item_of(reaction, claim, watchlist)
    if opted_out(claim, watchlist):
        return file, None
    if file is None:
        if item.evidence.strength == "none":
            return None, None
        file = _opened(claim, watchlist, now)
    if any(one.key == item.key and not supersedes(item.revision, one.revision) for one in file.items):
        return file, None
    file = _with(file, item)
    return settle(file, now, reaction.post.id, item.evidence.created_at, None)


def _opened(claim: Claim, watchlist: Watchlist, now: datetime) -> File:
    watched = watchlist.person(claim.person)
    organisation = watchlist.organisation.id
    case = Case(
        id=case_id(claim, watchlist),
        version=0,
        person=watched.id if watched else claim.person,
        name=display_name(claim, watched),
        organisation=organisation,
        status="retracted",
        opened_at=now,
        changed_at=now,
        first_seen=now,
    )
    return File(case=case)


def _with(file: File, item: Item) -> File:
    """One item a post: the newest revision stands. What a flood adds to enough of its kind is left out."""
    items = [one for one in file.items if one.key != item.key]
    if item.evidence.strength != "strong" and _is_flood(items, item):
        return file
    return msgspec.structs.replace(file, items=[*items, item])


def _is_flood(items: Sequence[Item], item: Item) -> bool:
    if item.copy_of and sum(one.copy_of == item.copy_of for one in items) >= KEPT_COPIES:
        return True
    return sum(_sort(one) == _sort(item) for one in items) >= KEPT


def _sort(item: Item) -> tuple[str, bool, bool]:
    evidence = item.evidence
    return evidence.strength, evidence.claim in ASSERTED, evidence.claim == "denied"


def newest(file: File) -> datetime | None:
    """When the newest live claim of a departure was made."""
    claims = (item.evidence for item in file.items if item.evidence.claim != "denied")
    return max((evidence.created_at for evidence in claims), default=None)


def settle(
    file: File, now: datetime, post_id: str | None, trigger: datetime, rule: str | None, note: str = ""
) -> tuple[File, Transition | None]:
    """The case with the status that its evidence gives now, and the transition if that is another one."""
    found = verdict(file.items, file.acts)
    status, why = found or Verdict("retracted", rule or "no-evidence")
    before = file.case.status if file.case.version else None
    case = _described(file)
    if status == before or (before is None and found is None):
        return msgspec.structs.replace(file, case=case), None
    change = Change(at=now, from_=before, to=status, rule=why, post_id=post_id, note=note)
    case = msgspec.structs.replace(
        case,
        version=case.version + 1,
        status=status,
        changed_at=now,
        history=[*case.history, change][-100:],
    )
    moved = msgspec.structs.replace(file, case=case)
    return moved, Transition(moved, before, change, trigger)


def _described(file: File) -> Case:
    live = sorted((item.evidence for item in file.items), key=lambda e: (e.created_at, e.source, e.post_id))
    shown = live if len(live) <= 2 * SHOWN else live[:SHOWN] + live[-SHOWN:]
    asserted = [e.created_at for e in live if e.claim in ASSERTED]
    count = len(voices(item for item in file.items if item.evidence.claim != "denied"))
    return msgspec.structs.replace(
        file.case,
        evidence=list[Evidence](shown),
        voices=count,
        occurred_at=asserted[0] if asserted else None,
        first_seen=min([file.case.first_seen, *(item.seen_at for item in file.items)]),
    )
