"""What is told to endpoints: an alert, of a case, a source, a delivery, or of a day (design section 7)."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

from .model import Blind, Case, Instant, Status


class Mood(Struct, frozen=True):
    """How people reacted in the hour before an alert; the mean is null where nothing was scored."""

    count_1h: int = 0
    mean_1h: float | None = None
    voices_1h: int = 0


class Undelivered(Struct, frozen=True, kw_only=True):
    """An alert that an endpoint did not get; `reason` is its last answer in short."""

    endpoint: str
    webhook_id: str = ""
    type: str = ""
    attempts: int = 0
    reason: str = ""


class Digest(Struct, frozen=True, kw_only=True):
    """The cases whose status changed between two moments, newest first; `more` further ones are left out."""

    from_: Instant = msgspec.field(name="from")
    to: Instant
    cases: list[Case] = []
    more: int = 0


class AlertData(Struct, frozen=True, kw_only=True):
    """What an alert is about: a case (departure.*), a source (source.blind), an endpoint or delivery that fails
    (delivery.dead, endpoint.disabled), or the cases of a day (monitor.digest). The last three are left out of the JSON
    where they are not what it is about."""

    case: Case | None = None
    previous_status: Status | None = None
    person: dict[str, Any] | None = None
    organisation: dict[str, Any] | None = None
    reaction: Mood | None = None
    message: str | None = None
    source: Blind | UnsetType = UNSET
    delivery: Undelivered | UnsetType = UNSET
    digest: Digest | UnsetType = UNSET


class Alert(Struct, frozen=True, kw_only=True):
    """One message to the endpoints. `id` is the webhook-id: case id and version, without a dot."""

    id: str
    type: str
    timestamp: Instant
    data: AlertData
    endpoints: list[str] = []
