"""The breaker of an endpoint: when it rests, how long, and what it never does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.consume.notify.breaker import FIRST, LONGEST, OPENS_AFTER, Breaker, of_schedule


def after(*failures_at: float, breaker: Breaker | None = None) -> Breaker:
    breaker = breaker or Breaker()
    for now in failures_at:
        breaker = breaker.failed(now)
    return breaker


def test_four_failures_hold_nothing_back() -> None:
    breaker = after(0, 0, 0, 0)
    assert not breaker.is_open
    assert breaker.wait(0) == 0


def test_it_opens_at_the_fifth_and_probes_ever_more_seldom() -> None:
    breaker, now, rests = after(0, 0, 0, 0), 0.0, []
    for _ in range(9):
        breaker = breaker.failed(now)
        assert breaker.is_open
        rests.append(breaker.wait(now))
        now += rests[-1]
        assert breaker.wait(now) == 0
    assert rests == [5, 10, 20, 40, 80, 160, 300, 300, 300]


def test_one_that_works_closes_it() -> None:
    breaker = after(*range(12)).answered()
    assert (breaker.is_open, breaker.wait(11.5)) == (False, 0)
    assert not after(20, 21, 22, 23, breaker=breaker).is_open


def test_the_quiet_that_was_asked_for() -> None:
    assert Breaker().failed(10, 77).wait(10) == 77
    assert not Breaker().failed(10, 77).is_open
    assert after(0, 0, 0, 0).failed(0, 2).wait(0) == FIRST
    assert after(0, 0, 0, 0).failed(0, 3600).wait(0) == 3600


@pytest.mark.parametrize(("schedule", "first"), [([], 5), ([5, 30], 5), ([60], 5), ([0.5, 60], 0.5)])
def test_short_schedules_rest_as_short(schedule: list[float], first: float) -> None:
    assert after(0, 0, 0, 0, 0, breaker=of_schedule(schedule)).wait(0) == first


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1000)), max_size=60))
def test_whatever_comes_it_never_rests_longer_than_five_minutes(steps: list[tuple[bool, float]]) -> None:
    breaker, now, row = Breaker(), 0.0, 0
    for works, later in steps:
        now += later
        row = 0 if works else row + 1
        breaker = breaker.answered() if works else breaker.failed(now)
        assert breaker.is_open is (row >= OPENS_AFTER)
        assert 0 <= breaker.wait(now) <= LONGEST
        assert (breaker.wait(now) > 0) is breaker.is_open


def test_after_an_idle_rest_one_more_failure_opens_it_again() -> None:
    breaker = after(0, 0, 0, 0, 0, 0).rested()
    assert (breaker.is_open, breaker.wait(0)) == (False, 0)
    assert breaker.failed(7).is_open and breaker.failed(7).wait(7) == FIRST
    assert not after(0, 0).rested().failed(1).is_open
