"""The benchmark of an alert's latency runs, and what it measures adds up."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import latency


def test_every_alert_is_timed_at_each_stage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told, trips = latency.measure(tmp_path, 8, rate=200)
    whole, trip = latency.report(told, trips)
    assert len(told) == 8 and len(trips) > 5
    for one in told:
        # The store's times are cut to the millisecond.
        assert one.sent - 0.002 < one.reaction <= one.alert <= one.heard
    assert 0 < trip.p50 <= trip.p99 <= trip.most and 0 < whole.p50 <= whole.p99 <= whole.most
    assert "post to receiver" in capsys.readouterr().out


def test_the_figures_are_percentiles() -> None:
    found = latency.figures([number / 1000 for number in range(101)])
    assert found.p50 == pytest.approx(50) and found.p99 == pytest.approx(99) and found.most == 100
