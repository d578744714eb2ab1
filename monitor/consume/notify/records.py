"""How alerts, deliveries and disabled endpoints are written in the store, and how they read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Literal

import msgspec

from ...alert import Alert
from ...endpoint import Endpoint
from ...model import Instant, encode

# superseded: it was held back, or a dead letter, and a newer message of the case went in its place.
State = Literal["due", "sending", "delivered", "dead", "superseded"]

_alerts = msgspec.json.Decoder(Alert)


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One alert on its way to one endpoint; `next_at` is when it is tried again, or its lease ends."""

    id: str
    webhook_id: str
    endpoint: str
    state: State
    attempts: int
    created: Instant
    last_at: Instant | None = None
    last_status: int | None = None
    last_error: str = ""
    delivered_at: Instant | None = None
    next_at: Instant | None = None


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """An alert with its deliveries; one that was delivered more than 30 days ago is no longer listed."""

    stream_id: str
    alert: Alert
    deliveries: Sequence[Delivery]


class Disabled(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint that said that it is gone: since when, why, and the mark of its URL as it was then."""

    at: Instant
    reason: str = ""
    mark: str = ""


_disabled = msgspec.json.Decoder(Disabled)


def mark_of(endpoint: Endpoint) -> str:
    """What tells the URL of an endpoint from another, and nothing else of it."""
    return hashlib.sha256(endpoint.url.get_secret_value().encode("utf-8", "replace")).hexdigest()[:12]


def shape_of(endpoint: Endpoint, proxy: str | None = None) -> str:
    """What tells the way to an endpoint from another: where to, in which format, with which secrets."""
    secrets = [secret.get_secret_value() for secret in endpoint.secret]
    way = [endpoint.url.get_secret_value(), endpoint.format, secrets, endpoint.allow_private, proxy]
    return hashlib.sha256(encode(way)).hexdigest()[:12]


def disabled_of(record: bytes) -> Disabled | None:
    """What was written of a disabled endpoint; None for nothing, and for what cannot be read."""
    try:
        return _disabled.decode(record) if record else None
    except (msgspec.DecodeError, UnicodeError):
        return None


def alert_of(record: bytes) -> Alert | None:
    """An alert as it lies in the stream; None when it is lost."""
    try:
        return _alerts.decode(record)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def pairs(flat: Iterable[bytes]) -> dict[bytes, bytes]:
    """What HGETALL and a stream entry hold."""
    parts = iter(flat)
    return dict(zip(parts, parts, strict=True))


def delivery_of(id: str, record: dict[bytes, bytes], due: bytes | None) -> Delivery:
    """A delivery as its hash and its place in the due index tell."""
    text = {key.decode(): value.decode("utf-8", "replace") for key, value in record.items()}
    times = {key: _time(text[key]) for key in ("last_at", "delivered_at") if key in text}
    status = text.get("last_status")
    return Delivery(
        id=id,
        webhook_id=text["webhook_id"],
        endpoint=text["endpoint"],
        state=text["state"],  # type: ignore[arg-type]
        attempts=int(text["attempts"]),
        created=_time(text["created"]),
        last_status=int(status) if status else None,
        last_error=text.get("last_error", ""),
        next_at=_time(due) if due else None,
        **times,
    )


def _time(ms: str | bytes) -> datetime:
    return datetime.fromtimestamp(float(ms) / 1000, UTC)
