"""Which episode a piece of evidence belongs to: who left, came back and leaves again has two cases (pure).

A return, told by the person, the organisation or a trusted outlet, parts two episodes where evidence of a
departure follows it; the return itself ends the first. Evidence belongs to the side on which its date lies,
whatever the order of arrival: a return that comes late takes what is dated after it along into the next episode.
Once there, an episode stays: neither a deleted return nor an even later one renumbers the cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from ..casefile import File, Item
from .verdict import after, when


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
    since = parted_at(items)
    if since is None:
        return Place(number)
    return Place(number, since, tuple(one for one in items if after(one, since)))


def parted_at(items: Sequence[Item]) -> datetime | None:
    """The return that parts two episodes within the evidence: the last one before the first new departure."""
    returns = sorted(item.evidence.created_at for item in items if is_return(item))
    first: tuple[datetime, datetime] | None = None
    for item in items if returns else ():
        if item.evidence.claim == "denied":
            continue
        at = when(item)
        back = max((one for one in returns if one < at), default=None)
        if back and after(item, back) and (first is None or at < first[0]):
            first = at, back
    return first[1] if first else None


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
