"""A store that is away for long does not fill the log."""

from __future__ import annotations

import logging

import pytest

from monitor.outage import AGAIN, Outage


def test_each_reason_is_told_at_once_and_then_now_and_then(caplog: pytest.LogCaptureFixture) -> None:
    outage = Outage(logging.getLogger("outage"), "it is away (%s)")
    with caplog.at_level(logging.WARNING):
        for half in range(240):
            outage.tell("unreachable", half / 2)
        outage.tell("full", 119.5)
    assert len(caplog.messages) == 120 / AGAIN + 1
    assert caplog.messages[-1] == "it is away (full)"
