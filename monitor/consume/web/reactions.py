"""GET /api/reactions: pages through the streams, newest first, with bounded work a request."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime

import msgspec

from ...model import Reaction, encode
from ...stream import Stream
from ...telemetry import UNLISTED
from .answers import with_field
from .history import History, Row, before, standing
from .query import OfReactions, read_cursor

MOST_SCANNED = 5_000
MOST_AT_ONCE = 250
LARGEST_PAGE = 4_000_000
# The clocks of two processes may differ by this much, seconds.
SKEW = 60.0


async def page_of(
    stream: Stream, query: OfReactions, people: Set[str]
) -> tuple[list[msgspec.Raw], str | None]:
    """The items of one page and the cursor of the next; `people` are the ids of the watchlist."""
    since = query.since.timestamp() if query.since else 0.0
    start = read_cursor(query.cursor) if query.cursor else None
    oldest = f"{max(0, int((since - SKEW) * 1000))}-0"
    history = History(stream, [(before(start, n), oldest) for n in range(stream.keys.partitions)])
    items: list[msgspec.Raw] = []
    scanned = size = 0
    while scanned < MOST_SCANNED:
        rows = await take(history, min(MOST_AT_ONCE, max(64, 2 * query.limit), MOST_SCANNED - scanned))
        if not rows:
            return items, None
        scanned += len(rows)
        wanted = [row for row in rows if row.reaction and is_wanted(row.reaction, query, people)]
        for row, stands in zip(wanted, await standing(stream, wanted), strict=True):
            if not stands:
                continue
            items.append(item_of(row))
            size += row.size
            if len(items) == query.limit or size > LARGEST_PAGE:
                return items, _cursor(row)
        if sum(row.size for row in rows) > LARGEST_PAGE:
            break
    return items, _cursor(rows[-1])


async def take(history: History, count: int) -> list[Row]:
    """The next rows, at most `count`, fewer where they are large; none when there are no more."""
    rows: list[Row] = []
    size = 0
    while len(rows) < count and size <= LARGEST_PAGE and (row := await history.next()):
        rows.append(row)
        size += row.size
    return rows


def is_wanted(reaction: Reaction, query: OfReactions, people: Set[str]) -> bool:
    """Is it somebody's reaction, and the one that was asked for?"""
    post = reaction.post
    if post.deleted or not (reaction.about or reaction.claims):
        return False
    if query.source and query.source not in (post.source, reaction.via):
        return False
    if query.label and query.label != reaction.sentiment.label:
        return False
    if query.kind and query.kind not in reaction.kinds:
        return False
    if query.since and _event_time(reaction) < query.since:
        return False
    return query.person is None or concerns(reaction, query.person, people)


def concerns(reaction: Reaction, person: str, people: Set[str]) -> bool:
    """Is it about a person, or, for "unlisted", does it claim something of somebody not on the list?"""
    claimed = {claim.person for claim in reaction.claims}
    if person == UNLISTED:
        return bool(claimed - people)
    return person in reaction.about or person in claimed


def item_of(row: Row) -> msgspec.Raw:
    """A reaction with its stream id, as JSON."""
    return with_field(encode(row.reaction), "id", row.id)


def _event_time(reaction: Reaction) -> datetime:
    return min(reaction.post.created_at, reaction.scored_at)


def _cursor(row: Row) -> str:
    return f"{row.id}.{row.order[2]}" if row.order[2] else row.id
