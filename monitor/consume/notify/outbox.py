"""The store's side of delivery: what is due, under whose lease, and how it went.

Whoever writes an alert writes its deliveries in the same step: for each endpoint a record (hash `delivery:ID`
with alert, webhook_id, endpoint, attempts, state, created) and its place in the endpoint's due index. Times
are taken from the server's clock, so that processes on several machines agree on when a lease ends.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

import msgspec

from ...alert import Alert, AlertData
from ...casefile import delivery_id
from ...errors import UserError
from ...keys import Keys
from ...model import Instant, encode
from ...store import Store
from .policy import Verdict

LEASE = 60.0
KEEP_DELIVERED = 30 * 86400
KEEP_ALERTS = 365 * 86400
LONGEST_ERROR = 200

# superseded: it was held back, and a newer message of the case came before it went out.
State = Literal["due", "sending", "delivered", "dead", "superseded"]

_alerts = msgspec.json.Decoder(Alert)


class Lease(NamedTuple):
    """One delivery that is ours to attempt, after `failed` attempts; `alert` is None when it is lost."""

    id: str
    endpoint: str
    owner: str
    fence: int
    webhook_id: str
    failed: int
    alert: Alert | None


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


class Outbox:
    """Alerts and their deliveries under one prefix. Each method raises StoreDown; all may be repeated."""

    def __init__(self, store: Store, keys: Keys, lease: float = LEASE) -> None:
        self._store = store
        self._keys = keys
        self._lease_ms = round(lease * 1000)
        self._record = keys.delivery("")

    async def lease(self, endpoint: str, owner: str) -> tuple[Lease | None, float | None]:
        """The delivery that has been due longest, now ours, and the seconds until the next one is due."""
        keys = [self._keys.due(endpoint), self._keys.alerts]
        wait, *taken = await self._store.run("lease", keys, [self._record, owner, self._lease_ms, 1])
        lease = next((_lease(row, endpoint, owner) for row in taken), None)
        return lease, None if wait == b"" else int(wait) / 1000

    async def settle(self, lease: Lease, verdict: Verdict, status: int | None) -> float | None:
        """Write down how an attempt went: the seconds since the delivery was created.

        None, and nothing is written, when the lease is no longer ours or it was settled before.
        """
        args = [
            *(lease.id, lease.owner, lease.fence, verdict.outcome),
            "" if status is None else status,
            verdict.reason[:LONGEST_ERROR],
            *(round(verdict.after * 1000), KEEP_DELIVERED),
        ]
        keys = [self._keys.delivery(lease.id), self._keys.due(lease.endpoint), self._keys.dead]
        age = int(await self._store.run("settle", keys, args))
        return None if age < 0 else age / 1000

    async def take_back(self, endpoint: str, owner: str) -> int:
        """What an earlier run of this owner had leased is due now; how many."""
        return int(await self._store.run("takeback", [self._keys.due(endpoint)], [self._record, owner]))

    async def trim(self, keep: float = KEEP_ALERTS, at_most: int = 1000) -> int:
        """Forget alerts older than `keep` seconds, but none from the oldest unfinished on; how many."""
        keys = [self._keys.alerts, self._keys.dead]
        return int(await self._store.run("trim", keys, [self._record, round(keep * 1000), at_most]))

    async def dead_letters(self) -> Counter[str]:
        """How many deliveries were given up and not replayed, by endpoint."""
        return Counter(id.rpartition(":")[2] for id in await self._dead_ids())

    async def dead(self) -> Sequence[Delivery]:
        """The deliveries that were given up, oldest first."""
        return await self._read(await self._dead_ids())

    async def list(self, limit: int = 50) -> Sequence[Sent]:
        """The newest alerts first, with what became of them."""
        entries = await self._store.call("XREVRANGE", self._keys.alerts, "+", "-", "COUNT", limit)
        alerts = [
            (id.decode(), alert) for id, fields in entries if (alert := _alert(_pairs(fields).get(b"d", b"")))
        ]
        ids = [delivery_id(alert.id, name) for _, alert in alerts for name in alert.endpoints]
        found = {delivery.id: delivery for delivery in await self._read(ids)}
        return [
            Sent(
                stream_id=stream_id,
                alert=alert,
                deliveries=[
                    found[id] for name in alert.endpoints if (id := delivery_id(alert.id, name)) in found
                ],
            )
            for stream_id, alert in alerts
        ]

    async def replay(self, what: str) -> Sequence[str]:
        """Make one delivery, or all of an alert by its webhook-id, due again; the ids of those that are.

        One that is still on its way is left alone. Raises UserError when there is no such alert.
        """
        alert, stream_id = await self._find(what)
        ids = [delivery_id(alert.id, name) for name in alert.endpoints]
        chosen = [id for id in ids if what in (alert.id, id)]
        return [id for id in chosen if await self._queue(id, alert.id, stream_id)]

    async def test(self, endpoint: str) -> str:
        """Queue a `monitor.test` alert for one endpoint; the id of its delivery."""
        alert = Alert(
            id=f"test-{endpoint}-{secrets.token_hex(6)}",
            type="monitor.test",
            timestamp=datetime.now(UTC),
            data=AlertData(message="This is a test of monitor's alerts. Nothing has happened."),
            endpoints=[endpoint],
        )
        id = delivery_id(alert.id, endpoint)
        await self._queue(id, alert.id, "", encode(alert))
        return id

    async def _queue(self, id: str, webhook_id: str, stream_id: str, alert: bytes = b"") -> bool:
        endpoint = id.rpartition(":")[2]
        keys = [self._keys.delivery(id), self._keys.due(endpoint), self._keys.dead, self._keys.alerts]
        return bool(await self._store.run("queue", keys, [id, webhook_id, endpoint, stream_id, alert]))

    async def _find(self, what: str) -> tuple[Alert, str]:
        """The newest alert of this webhook-id, or with this delivery, and its stream id."""
        end = "+"
        while entries := await self._store.call("XREVRANGE", self._keys.alerts, end, "-", "COUNT", 100):
            for id, fields in entries:
                alert = _alert(_pairs(fields).get(b"d", b""))
                if alert and what in (alert.id, *(delivery_id(alert.id, name) for name in alert.endpoints)):
                    return alert, id.decode()
            end = f"({entries[-1][0].decode()}"
        raise UserError(f"no alert or delivery {what!r}: `monitor alerts list` shows their ids")

    async def _dead_ids(self) -> Sequence[str]:
        return [id.decode() for id in await self._store.call("ZRANGE", self._keys.dead, 0, -1)]

    async def _read(self, ids: Sequence[str]) -> Sequence[Delivery]:
        if not ids:
            return []
        records = await self._store.many([("HGETALL", self._keys.delivery(id)) for id in ids])
        scores = await self._store.many([("ZSCORE", self._keys.due(id.rpartition(":")[2]), id) for id in ids])
        return [
            _delivery(id, _pairs(record), score)
            for id, record, score in zip(ids, records, scores, strict=True)
            if record
        ]


def _lease(row: Sequence[Any], endpoint: str, owner: str) -> Lease:
    id, fence, webhook_id, failed, alert = row
    return Lease(id.decode(), endpoint, owner, fence, webhook_id.decode(), failed, _alert(alert))


def _alert(record: bytes) -> Alert | None:
    try:
        return _alerts.decode(record)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def _pairs(flat: Iterable[bytes]) -> dict[bytes, bytes]:
    parts = iter(flat)
    return dict(zip(parts, parts, strict=True))


def _delivery(id: str, record: dict[bytes, bytes], due: bytes | None) -> Delivery:
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
