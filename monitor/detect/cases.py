"""The life of a case: evidence comes and goes, and with it the status (pure; `now` is passed in)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from statistics import median_low

import msgspec

from ..casefile import Act, ActKind, Bearing, File, Item, Transition
from ..identity import post_key
from ..model import ASSERTED, Case, Change, Claim, Evidence, Reaction
from ..nearly import leaders
from ..revision import supersedes
from ..watchlist import Watchlist
from .evidence import case_id, case_person, display_name, item_of, opted_out
from .facts import facts
from .verdict import Verdict, carriers, independent, verdict

SHOWN = 20
KEPT = 200
# Of one text and of one voice: below KEPT by so much that a full case holds two voices for certain.
KEPT_ALIKE = 20
HISTORY = 100


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


def act(file: File, kind: ActKind, note: str, now: datetime) -> tuple[File, Transition | None]:
    """The case after an operator's act, which stands in its history with its note, whatever comes of it."""
    file = msgspec.structs.replace(file, acts=[*file.acts, Act(kind, now, note)][-HISTORY:])
    trigger = now if kind == "confirm" else newest(file) or now
    rule = f"operator.{kind}"
    settled, transition = settle(file, now, None, trigger, None, note)
    if transition and transition.change.rule == rule:
        return settled, transition._replace(by_operator=True)
    status = file.case.status
    line = Change(at=now, from_=status, to=status, rule=rule, note=note)
    noted = msgspec.structs.replace(
        file.case, version=file.case.version + 1, history=[*file.case.history, line][-HISTORY:]
    )
    file = msgspec.structs.replace(file, case=noted)
    settled, transition = settle(file, now, None, trigger, None, note)
    return settled, transition._replace(by_operator=True) if transition else None


def bear(
    file: File | None, reaction: Reaction, bearing: Bearing, watchlist: Watchlist, now: datetime
) -> tuple[File | None, Transition | None]:
    """A case with what a reaction means for it; None where it opens none (a denial by a third party)."""
    claim = reaction.claims[bearing.claim]
    item = item_of(reaction, claim, watchlist)
    if opted_out(claim, watchlist):
        return file, None
    if file is None:
        if not bearing.brought and (item.evidence.strength == "none" or not bearing.here):
            return None, None
        file = _opened(claim, bearing, watchlist, now)
    file = _named(file, claim, watchlist)
    was = file.items
    items = [one for one in was if one.key not in bearing.lost]
    for one in [*bearing.brought, *([item] if bearing.here else [])]:
        items = _with(items, one)
    if items == was and file.case.version:
        return file, None
    file = msgspec.structs.replace(file, items=items)
    return settle(file, now, reaction.post.id, None, None)


def _opened(claim: Claim, bearing: Bearing, watchlist: Watchlist, now: datetime) -> File:
    watched = watchlist.person(claim.person)
    case = Case(
        id=case_id(claim, watchlist, bearing.episode),
        version=0,
        person=watched.id if watched else claim.person,
        name=display_name(claim, watched),
        organisation=watchlist.organisation.id,
        episode=bearing.episode,
        status="retracted",
        opened_at=now,
        changed_at=now,
        first_seen=now,
    )
    return File(case=case, since=bearing.since)


def _named(file: File, claim: Claim, watchlist: Watchlist) -> File:
    """A case of which the name was forgotten (consume/ending.py) has it again when somebody else tells it."""
    if watchlist.person(claim.person) or file.case.name != case_person(claim, watchlist):
        return file
    return msgspec.structs.replace(
        file, case=msgspec.structs.replace(file.case, person=claim.person, name=claim.person)
    )


def _with(items: list[Item], item: Item) -> list[Item]:
    """One item a post: the newest revision stands. What a flood adds to enough of its kind is left out."""
    old = next((one for one in items if one.key == item.key), None)
    if old is not None:
        if not supersedes(item.revision, old.revision):
            return items
        if _says(old) == _says(item):
            # The same words again are not news: an edit of a comma does not undo what an operator decided.
            item = msgspec.structs.replace(item, seen_at=min(old.seen_at, item.seen_at))
        return [item if one is old else one for one in items]
    alike = [one for one in items if _sort(one) == _sort(item)]
    if item.evidence.strength == "strong":
        return [*_thinned(items, alike), item]
    return items if len(alike) >= KEPT or _is_abundant(alike, item) else [*items, item]


def _is_abundant(alike: list[Item], item: Item) -> bool:
    """Is there enough of this voice or this text, near copies of it among them?"""
    *alike, item = copies_as_one([*alike, item])
    return any(
        sum(getattr(one, name) == getattr(item, name) for one in alike) >= KEPT_ALIKE
        for name in ("voice", "words", "copy_of")
        if getattr(item, name)
    )


def copies_as_one(items: Iterable[Item]) -> list[Item]:
    """The evidence with near copies of one text under the digest of one of them, whatever the order of arrival."""
    items = list(items)
    led = leaders(frozenset((item.words, item.sketch) for item in items if item.words))
    return [msgspec.structs.replace(item, words=led[item.words]) if item.words else item for item in items]


def _thinned(items: list[Item], alike: list[Item]) -> list[Item]:
    """First-hand evidence is never left out: where there is too much, one from the middle of its time goes."""
    if len(alike) < KEPT:
        return items
    middle = median_low((one.evidence.created_at, one.key) for one in alike)
    return [one for one in items if (one.evidence.created_at, one.key) != middle]


def _says(item: Item) -> tuple[str, str, bool]:
    return item.evidence.claim, item.evidence.strength, item.returned


def _sort(item: Item) -> tuple[str, bool, bool]:
    evidence = item.evidence
    return evidence.strength, evidence.claim in ASSERTED, evidence.claim == "denied"


def newest(file: File) -> datetime | None:
    """When the newest live claim of a departure was made."""
    claims = (item.evidence for item in file.items if item.evidence.claim != "denied")
    return max((evidence.created_at for evidence in claims), default=None)


def settle(
    file: File, now: datetime, post_id: str | None, trigger: datetime | None, rule: str | None, note: str = ""
) -> tuple[File, Transition | None]:
    """The case with the status that its evidence gives now, and the transition if that is another one.

    Without `trigger` that is as new as the newest evidence which carries the status.
    """
    found = verdict(_judged(file.items), file.acts)
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
        history=[*case.history, change][-HISTORY:],
    )
    moved = msgspec.structs.replace(file, case=case)
    carried = (item.evidence.created_at for item in carriers(file.items, status))
    return moved, Transition(moved, before, change, trigger or max(carried, default=now))


def _judged(items: Iterable[Item]) -> list[Item]:
    """The evidence as it is judged: what says that somebody left, without hedge, with its copies as one."""
    told: dict[bool, list[Item]] = {True: [], False: []}
    for item in items:
        told[item.evidence.claim in ASSERTED].append(item)
    return [*copies_as_one(told[True]), *told[False]]


def _described(file: File) -> Case:
    live = sorted((item.evidence for item in file.items), key=lambda e: (e.created_at, e.source, e.post_id))
    shown = live if len(live) <= 2 * SHOWN else live[:SHOWN] + live[-SHOWN:]
    known = facts(file.items)
    return msgspec.structs.replace(
        file.case,
        evidence=list[Evidence](shown),
        voices=independent(copies_as_one(i for i in file.items if i.evidence.claim != "denied")),
        occurred_at=known.occurred_at,
        destination=known.destination,
        replacement=known.replacement,
        first_seen=min([file.case.first_seen, *(item.seen_at for item in file.items)]),
    )
