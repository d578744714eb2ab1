"""Quiet hours and moments of the day by the clocks of places, also where these are put forward or back."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.endpoint import Endpoint
from monitor.quiet import after_quiet, last_moment, outside

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "America/St_Johns", "Asia/Shanghai", "Asia/Kathmandu"]
    + ["Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "America/Sao_Paulo", "Pacific/Chatham"]
)
# From before the year in which Samoa left out a day to after what the zones' tables list.
MOMENTS = st.floats(1.29e9, 2.2e9)


def moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


@pytest.mark.parametrize(
    ("due", "hours", "zone", "then"),
    [
        ("2026-05-04T12:00:00+00:00", "22:00-07:00", "UTC", "2026-05-04T12:00:00+00:00"),
        ("2026-05-04T21:59:59+00:00", "22:00-07:00", "UTC", "2026-05-04T21:59:59+00:00"),
        ("2026-05-04T22:00:00+00:00", "22:00-07:00", "UTC", "2026-05-05T07:00:00+00:00"),
        ("2026-05-05T06:59:59+00:00", "22:00-07:00", "UTC", "2026-05-05T07:00:00+00:00"),
        ("2026-05-05T07:00:00+00:00", "22:00-07:00", "UTC", "2026-05-05T07:00:00+00:00"),
        ("2026-05-04T15:00:00+00:00", "22:00-07:00", "Asia/Shanghai", "2026-05-04T23:00:00+00:00"),
        ("2026-05-04T12:30:00+00:00", "12:00-13:30", "UTC", "2026-05-04T13:30:00+00:00"),
        ("2026-05-04T12:30:00+00:00", "12:31-12:30", "UTC", "2026-05-04T12:30:00+00:00"),
        # The night in which the clock goes from 2:00 to 3:00, and that in which 2:00 to 3:00 comes twice.
        ("2026-03-28T23:00:00+01:00", "22:00-07:00", "Europe/Berlin", "2026-03-29T07:00:00+02:00"),
        ("2026-03-28T23:00:00+01:00", "22:00-02:30", "Europe/Berlin", "2026-03-29T03:00:00+02:00"),
        ("2026-03-28T23:00:00+01:00", "03:10-02:30", "Europe/Berlin", "2026-03-29T03:00:00+02:00"),
        ("2026-10-24T23:00:00+02:00", "22:00-07:00", "Europe/Berlin", "2026-10-25T07:00:00+01:00"),
        ("2026-10-25T02:10:00+02:00", "22:00-02:30", "Europe/Berlin", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T02:10:00+01:00", "22:00-02:30", "Europe/Berlin", "2026-10-25T02:30:00+01:00"),
    ],
)
def test_what_is_due_in_quiet_hours_is_due_at_their_end(due: str, hours: str, zone: str, then: str) -> None:
    endpoint = Endpoint(name="chat", url="https://c.example/KEY", format="slack", quiet=hours, timezone=zone)
    assert after_quiet(endpoint, moment(due)) == moment(then)


def test_without_quiet_hours_nothing_moves() -> None:
    endpoint = Endpoint(name="chat", url="https://c.example/KEY", format="slack")
    assert after_quiet(endpoint, 1.5) == 1.5


@settings(max_examples=600, deadline=None)
@given(MOMENTS, st.integers(0, 1439), st.integers(1, 22 * 60), ZONES)
def test_never_in_quiet_hours_never_earlier_at_most_a_day_later(
    due: float, begin: int, minutes: int, name: str
) -> None:
    zone, over = ZoneInfo(name), (begin + minutes) % 1440
    start, end = time(begin // 60, begin % 60), time(over // 60, over % 60)
    then = outside(due, start, end, zone)
    clock = datetime.fromtimestamp(then, zone).time()
    quiet = start <= clock < end if start < end else clock >= start or clock < end
    assert not quiet
    assert due <= then <= due + 86400
    assert outside(then, start, end, zone) == then
    if then > due:
        # Not a minute too late, either.
        assert outside(then - 1, start, end, zone) == then


@settings(max_examples=300, deadline=None)
@given(MOMENTS, st.integers(0, 1439), ZONES)
def test_a_time_of_day_comes_once_a_day(at: float, minute: int, name: str) -> None:
    zone, of_day = ZoneInfo(name), time(minute // 60, minute % 60)
    now = datetime.fromtimestamp(at, UTC)
    last = last_moment(of_day, zone, now)
    # Samoa once left out a whole day.
    assert timedelta(0) <= now - last <= timedelta(hours=49)
    assert last_moment(of_day, zone, last) == last
    before = last_moment(of_day, zone, last - timedelta(seconds=1))
    assert timedelta(hours=22) <= last - before <= timedelta(hours=26) or name == "Pacific/Apia"


def test_a_time_that_comes_twice_or_not_at_all() -> None:
    def last(clock: str, now: str) -> str:
        found = last_moment(time.fromisoformat(clock), BERLIN, datetime.fromisoformat(now))
        return found.astimezone(BERLIN).isoformat()

    assert last("02:30", "2026-03-29T12:00:00+02:00") == "2026-03-29T03:30:00+02:00"
    assert last("02:30", "2026-10-25T12:00:00+01:00") == "2026-10-25T02:30:00+02:00"
    assert last("08:00", "2026-05-04T07:59:59+02:00") == "2026-05-03T08:00:00+02:00"
    assert last("08:00", "2026-05-04T08:00:00+02:00") == "2026-05-04T08:00:00+02:00"
