"""What the other endpoints are told when one of them does not get its alerts. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from ...alert import Alert, AlertData, Undelivered
from ...endpoint import Endpoint
from ...quiet import after_quiet

SPAN = 600
# Whose own end is not told of: telling it would go round in circles.
SILENT = ("delivery.dead", "endpoint.disabled", "monitor.test")

DueOf = Callable[[Endpoint, float], float]


class Notice(NamedTuple):
    """An alert to write beside the outcome of a delivery, and when each endpoint is due to hear it (POSIX seconds)."""

    alert: Alert
    due: Mapping[str, float]


@dataclass(frozen=True)
class Notices:
    """All endpoints of the settings; `due` gives the first moment from one on at which an endpoint may be told."""

    endpoints: Sequence[Endpoint] = ()
    due: DueOf = after_quiet

    def dead(self, about: Undelivered, now: float) -> Notice | None:
        """That a delivery was given up: one an endpoint in ten minutes, for all that it did not get in them."""
        if about.type in SILENT:
            return None
        message = f"An alert could not be delivered to {about.endpoint} and was given up: {about.reason or 'no reason'}."
        return self._notice(f"dead-{about.endpoint}-{int(now // SPAN)}", "delivery.dead", about, message, now)

    def disabled(self, about: Undelivered, now: float) -> Notice | None:
        """That an endpoint answered 410 and gets nothing more."""
        message = f"The endpoint {about.endpoint} answered that it is gone (410) and is disabled."
        return self._notice(f"disabled-{about.endpoint}-{int(now)}", "endpoint.disabled", about, message, now)

    def _notice(self, id: str, type: str, about: Undelivered, message: str, now: float) -> Notice | None:
        told = [one for one in self.endpoints if "delivery" in one.events and one.name != about.endpoint]
        if not told:
            return None
        alert = Alert(
            id=id,
            type=type,
            timestamp=datetime.fromtimestamp(now, UTC),
            data=AlertData(message=message, delivery=about),
            endpoints=[one.name for one in told],
        )
        return Notice(alert, {one.name: self.due(one, now) for one in told})


def undelivered(endpoint: str, webhook_id: str, type: str, attempts: int, reason: str) -> Undelivered:
    """What a notice says of a delivery, without the receiver's own words: they may quote what it was sent."""
    short = reason.partition(":")[0].strip()
    if re.fullmatch("http 2..", short):
        short += ", but not accepted"
    return Undelivered(endpoint=endpoint, webhook_id=webhook_id, type=type, attempts=attempts, reason=short)


def case_of(alert: Alert, ids: Collection[str]) -> str | None:
    """Which of these cases an alert is of, or was the alert that it says was not delivered."""
    if alert.data.case:
        return alert.data.case.id if alert.data.case.id in ids else None
    if not isinstance(alert.data.delivery, Undelivered):
        return None
    told = alert.data.delivery.webhook_id.rpartition("-v")[0]
    return next((id for id in ids if id.replace(".", "-") == told), None)
