"""What can be seen of a source: its state, and the stretches in which nobody saw it (pure)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

import msgspec
from msgspec import Struct

from .model import Instant

KEPT_GAPS = 50
SHORTEST = timedelta(seconds=1)
STOPPED_FOR = timedelta(seconds=15)


class Gap(Struct, frozen=True, kw_only=True):
    """A stretch without sight; `to` is null while it lasts. `lost`: what was said then will not come any more."""

    from_: Instant = msgspec.field(name="from")
    to: Instant | None = None
    reason: str
    lost: bool = False


class Sight(Struct, frozen=True, kw_only=True):
    """A source as its reader last wrote it down; `last_at` is its last stored step, `stored` counts reactions.

    `reason` is one of telemetry.ERROR_REASONS, or "stopped" where no process reads the source.
    """

    state: Literal["opening", "open", "blind", "done"] = "opening"
    since: Instant | None = None
    reason: str | None = None
    last_at: Instant | None = None
    stored: int = 0
    gaps: list[Gap] = []


def taken_over(before: Sight, alive: datetime | None, now: datetime) -> Sight:
    """As a source is claimed: the time since anybody was alive to read it is a gap, if it was long.

    A fault that was open when its reader ended goes on in that gap.
    """
    begin = alive
    if before.state == "blind" and before.since is not None:
        begin = before.since
    gaps = before.gaps
    if begin is not None and now - begin >= STOPPED_FOR and before.state != "done":
        gaps = _with(gaps, Gap(from_=begin, to=now, reason="stopped"))
    return msgspec.structs.replace(before, state="opening", since=now, reason=None, gaps=gaps)


def opened(sight: Sight, now: datetime) -> Sight:
    """The source is read; a fault that was open is over, and a gap unless it was over at once."""
    if sight.state == "open":
        return sight
    gaps = sight.gaps
    if sight.state == "blind" and sight.since and now - sight.since >= SHORTEST:
        gaps = _with(gaps, Gap(from_=sight.since, to=now, reason=sight.reason or "other"))
    return msgspec.structs.replace(sight, state="open", since=now, reason=None, gaps=gaps)


def blinded(sight: Sight, reason: str, now: datetime) -> Sight:
    """The source cannot be read; the first moment of a fault stands, its newest reason too."""
    since = sight.since if sight.state == "blind" else now
    return msgspec.structs.replace(sight, state="blind", since=since, reason=reason)


def ended(sight: Sight, now: datetime) -> Sight:
    """The source has no more to tell."""
    return msgspec.structs.replace(opened(sight, now), state="done", since=now)


def missed(sight: Sight, gap: tuple[datetime, datetime], now: datetime) -> Sight:
    """What was said between two moments is gone for good, as the source noticed `now`."""
    end = min(gap[1], now)
    lost = Gap(from_=min(gap[0], end), to=end, reason="missed", lost=True)
    return msgspec.structs.replace(sight, gaps=_with(sight.gaps, lost))


def shown(sight: Sight, alive_until: datetime | None, now: datetime) -> Sight:
    """As it is to be shown: a fault that lasts is an open gap, and a reader whose lease has ended is none."""
    if alive_until is not None and alive_until < now and sight.state != "done":
        since = sight.since if sight.state == "blind" and sight.since else alive_until
        sight = msgspec.structs.replace(sight, state="blind", since=since, reason="stopped")
    if sight.state == "blind" and sight.since is not None:
        return msgspec.structs.replace(
            sight, gaps=[*sight.gaps, Gap(from_=sight.since, reason=sight.reason or "other")]
        )
    return sight


def _with(gaps: list[Gap], gap: Gap) -> list[Gap]:
    return [*gaps, gap][-KEPT_GAPS:]
