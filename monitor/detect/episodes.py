"""Which episode a piece of evidence belongs to: who left, came back and leaves again has two cases (pure).

A return, told by the person, the organisation or a trusted outlet, parts two episodes where evidence of a
departure follows it; the return itself ends the first. Where a departure is known first-hand, an outlet's word
that the person is back parts it only from what is first-hand again and no repetition. Evidence belongs to the side on which its date lies,
whatever the order of arrival: a return that comes late takes what is dated after it along into the next episode.
Once there, an episode stays: neither a deleted return nor an even later one renumbers the cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from ..casefile import File, Item
from .verdict import after, is_confirmed, names_later, when

# How long after an outlet's return first-hand evidence may still repeat the departure that is known first-hand.
_REPEATED = timedelta(days=14)


class Place(NamedTuple):
    """The episode of one piece of evidence; where it begins a new one, after what and what comes along."""

    episode: int
    since: datetime | None = None
    moved: tuple[Item, ...] = ()


def place(episodes: Sequence[File], item: Item) -> Place:
    """Where evidence belongs, with the person's episodes so far in order.

    With `since`, the last episode is to be parted there: `moved` (the new item among them or not) goes on into
    the next one, and `episode` is the one that it is parted from.
    """
    at = _holder(episodes, item)
    if at is None:
        at = _dated(episodes, item)
    number = episodes[at].case.episode if episodes else 1
    if at < len(episodes) - 1:
        return Place(number)
    others = [one for one in episodes[-1].items if one.key != item.key] if episodes else []
    items = [*others, item]
    since = parted_at(items, bool(episodes) and is_confirmed(episodes[-1].acts))
    if since is None:
        return Place(number)
    return Place(number, since, tuple(one for one in items if after(one, since)))


def parted_at(items: Sequence[Item], confirmed: bool = False) -> datetime | None:
    """The return that parts two episodes within the evidence: the last one before the first new departure.

    `confirmed`: an operator said that the departure before is a fact.
    """
    returns = [(one, confirmed or _is_sure(items, one)) for one in items if is_return(one)]
    first: tuple[datetime, datetime] | None = None
    for item in items if returns else ():
        if item.evidence.claim == "denied":
            continue
        at = when(item)
        heeded = [one.evidence.created_at for one, sure in returns if _is_heeded(one, sure, item)]
        back = max((one for one in heeded if one < at), default=None)
        if back and after(item, back) and (first is None or at < first[0]):
            first = at, back
    return first[1] if first else None


def _is_sure(items: Sequence[Item], back: Item) -> bool:
    """Is a departure before a return known first-hand, and no first-hand return after it?"""
    strong = [one for one in items if one.evidence.strength == "strong"]
    said = back.evidence.created_at
    left = max(
        (at for one in strong if one.evidence.claim != "denied" and (at := when(one)) < said), default=None
    )
    returns = (one.evidence.created_at for one in strong if one.returned)
    return left is not None and not any(left < at <= said for at in returns)


def _is_heeded(back: Item, sure: bool, item: Item) -> bool:
    """Can a return part this evidence from what was before? An outlet's may be wrong where that is sure."""
    if not sure or back.evidence.strength == "strong":
        return True
    said = back.evidence.created_at
    again = names_later(item, said) or when(item) - said > _REPEATED
    return item.evidence.strength == "strong" and again


def is_return(item: Item) -> bool:
    """Does somebody say that the person is back, whose word counts?"""
    return item.returned and item.evidence.strength in ("strong", "medium")


def doubled(episodes: Sequence[File]) -> dict[int, frozenset[str]]:
    """The posts that an episode holds beside the one after it, by number: they belong to the later one."""
    found: dict[int, frozenset[str]] = {}
    for before, file in pairwise(episodes):
        both = frozenset(one.key for one in before.items) & {one.key for one in file.items}
        if both:
            found[before.case.episode] = both
    return found


def _holder(episodes: Sequence[File], item: Item) -> int | None:
    """Which episode has this very revision of a post already."""
    held = (item.key, item.revision)
    at = range(len(episodes) - 1, -1, -1)
    return next((n for n in at if any((i.key, i.revision) == held for i in episodes[n].items)), None)


def _dated(episodes: Sequence[File], item: Item) -> int:
    """On which side of the known returns the evidence lies."""
    for n in range(len(episodes) - 1, 0, -1):
        before, file = episodes[n - 1], episodes[n]
        returns = [one.evidence.created_at for one in before.items if is_return(one)]
        if file.since is None or not after(item, max([file.since, *returns])):
            continue
        # A return that is told once more, before anything happened, is still that of the episode before.
        if not is_return(item) or any(_departs_before(one, item) for one in file.items):
            return n
    return 0


def _departs_before(one: Item, back: Item) -> bool:
    return one.evidence.claim != "denied" and when(one) <= back.evidence.created_at
