"""Times of day by a place's clock: the end of quiet hours, and the moments of a daily digest (pure)."""

from __future__ import annotations

import math
from datetime import UTC, datetime, time, timedelta, tzinfo

from .endpoint import Endpoint

# Clocks are changed at a quarter of an hour, so that no change is stepped over.
_QUARTER = 900


def after_quiet(endpoint: Endpoint, due: float) -> float:
    """The first moment from `due` on that is outside an endpoint's quiet hours, both in POSIX seconds."""
    hours = endpoint.quiet_hours
    return due if hours is None else outside(due, *hours, endpoint.zone)


def outside(due: float, start: time, end: time, zone: tzinfo) -> float:
    """The first moment from `due` on when the clock of `zone` does not stand between `start` and `end`.

    Of an hour that the clock shows twice both are quiet, and one that it leaves out is over at once.
    """
    if not _between(_clock(due, zone), start, end):
        return due
    at = math.ceil(due)
    while _between(clock := _clock(at, zone), start, end):
        left = (_seconds(end) - _seconds(clock)) % 86400
        at += min(left, _QUARTER - at % _QUARTER)
    return float(at)


def last_moment(at: time, zone: tzinfo, now: datetime) -> datetime:
    """The last time, `now` or before it, that the clock of `zone` came to `at`, in UTC; once a day.

    A time that the clock leaves out on a day comes as much later, of one that it shows twice the first counts.
    """
    day = now.astimezone(zone).date()
    moments = (datetime.combine(day - timedelta(days=back), at, zone).astimezone(UTC) for back in range(4))
    return next(moment for moment in moments if moment <= now)


def _between(clock: time, start: time, end: time) -> bool:
    return start <= clock < end if start < end else clock >= start or clock < end


def _clock(at: float, zone: tzinfo) -> time:
    return datetime.fromtimestamp(at, zone).time()


def _seconds(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60 + clock.second
