"""The store's side of delivery: what is due, under whose lease, and how it went.

Whoever writes an alert writes its deliveries in the same step: for each endpoint a record (hash `delivery:ID`
with alert, webhook_id, endpoint, attempts, state, created) and its place in the endpoint's due index. Times
are taken from the server's clock, so that processes on several machines agree on when a lease ends.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from ...alert import Alert, AlertData
from ...casefile import delivery_id
from ...errors import UserError
from ...keys import Keys
from ...model import encode
from ...store import Store
from .policy import Verdict
from .records import Delivery as Delivery
from .records import Disabled as Disabled
from .records import Sent as Sent
from .records import alert_of, delivery_of, disabled_of, pairs
from .stale import letters
from .undelivered import Notice

# What a process that was killed had in hand goes to another after so long. It outlasts every attempt, however late
# that began (LATEST and TIMEOUT of deliver.py): two processes never make the same one.
LEASE = 30.0
KEEP_DELIVERED = 30 * 86400
KEEP_ALERTS = 365 * 86400
KEEP_ANNOUNCED = 32 * 86400
# An endpoint that no process has had for so long is taken as removed from the settings.
REMOVED = 7 * 86400.0
LONGEST_ERROR = 200


class Lease(NamedTuple):
    """One delivery that is ours to attempt, after `failed` attempts; `alert` is None when it is lost."""

    id: str
    endpoint: str
    owner: str
    fence: int
    webhook_id: str
    failed: int
    alert: Alert | None


class Taken(NamedTuple):
    """What there is to do for an endpoint: a lease, or the seconds until the next delivery is due."""

    lease: Lease | None
    wait: float | None
    disabled: Disabled | None = None


class Settled(NamedTuple):
    """A delivery that is written down: the seconds since it was created, and whether its notice is new."""

    age: float
    told: bool = False


class Outbox:
    """Alerts and their deliveries under one prefix. Each method raises StoreDown; all may be repeated."""

    def __init__(self, store: Store, keys: Keys, lease: float | None = None) -> None:
        self._store = store
        self._keys = keys
        self._lease_ms = round((LEASE if lease is None else lease) * 1000)
        self._record = keys.delivery("")

    async def lease(self, endpoint: str, owner: str, *, only_test: bool = False) -> Taken:
        """The delivery that has been due longest, now ours, and the seconds until the next one is due.

        `only_test`: none but a test that was not tried yet, however much else is due.
        """
        keys = [self._keys.due(endpoint), self._keys.alerts, self._keys.disabled]
        begins = _test_of(endpoint) if only_test else ""
        args: Sequence[Any] = [self._record, owner, self._lease_ms, 1, endpoint, begins]
        wait, disabled, *taken = await self._store.run("lease", keys, args)
        lease = next((_lease(row, endpoint, owner) for row in taken), None)
        return Taken(lease, None if wait == b"" else int(wait) / 1000, disabled_of(disabled))

    async def settle(
        self,
        lease: Lease,
        verdict: Verdict,
        status: int | None,
        *,
        attempted: bool = True,
        notice: Notice | None = None,
        disable: Disabled | None = None,
        enable: bool = False,
    ) -> Settled | None:
        """Write down how an attempt went, and in the same step what follows for its endpoint and the others.

        `attempted`: an attempt was made and counts. None, and nothing is written, when the lease is no longer
        ours or it was settled before. A notice that was written before, or of an endpoint that is disabled
        already, is not written again.
        """
        outcome = "dead" if verdict.outcome == "gone" else verdict.outcome
        state = "enable" if enable else encode(disable) if disable else ""
        keys = [self._keys.delivery(lease.id), self._keys.due(lease.endpoint), self._keys.dead]
        keys += [self._keys.disabled, self._keys.alerts, self._keys.endpoints]
        args: list[Any] = [lease.id, lease.owner, lease.fence, outcome, "" if status is None else status]
        args += [verdict.reason[:LONGEST_ERROR], round(verdict.after * 1000), KEEP_DELIVERED]
        args += [lease.endpoint, int(attempted), state]
        if notice:
            more, told = _deliveries(self._keys, notice.alert, notice.due)
            keys += [self._keys.announced(notice.alert.id), *more]
            args += [encode(notice.alert), notice.alert.id, KEEP_ANNOUNCED, *told]
        else:
            args += ["", "", 0]
        age, new = await self._store.run("settle", keys, args)
        return None if age < 0 else Settled(age / 1000, bool(new))

    async def announce(self, alert: Alert, due: Mapping[str, float] | None = None, after: str = "") -> bool:
        """Write an alert that no case writes, with a delivery for each of its endpoints; was it new?

        By its id: one that is announced again within 32 days of the last time is written once. `due` has
        POSIX seconds by endpoint; who is not in it is due now. `after`: it waits until the last one whose id is
        this and a date is delivered or given up.
        """
        more, told = _deliveries(self._keys, alert, due or {})
        keys = [self._keys.announced(alert.id), self._keys.alerts, self._keys.endpoints, *more]
        args = [encode(alert), alert.id, KEEP_ANNOUNCED, after, *told]
        return bool(await self._store.run("announce", keys, args))

    async def take_back(self, endpoint: str, owner: str) -> int:
        """What an earlier run of this owner had leased is due now; how many."""
        return int(await self._store.run("takeback", [self._keys.due(endpoint)], [self._record, owner]))

    async def trim(self, keep: float = KEEP_ALERTS, at_most: int = 1000) -> int:
        """Forget alerts older than `keep` seconds, but none from the oldest unfinished on; how many."""
        keys = [self._keys.alerts, self._keys.dead, self._keys.endpoints]
        return int(await self._store.run("trim", keys, [self._record, round(keep * 1000), at_most]))

    async def seen(self, endpoints: Collection[str]) -> None:
        """Say that these endpoints are in the settings of a process."""
        if endpoints:
            seconds, micros = await self._store.call("TIME")
            at = int(seconds) * 1000 + int(micros) // 1000
            await self._store.call(
                "ZADD", self._keys.endpoints, *(word for name in endpoints for word in (at, name))
            )

    async def abandon(self, removed: float = REMOVED, at_most: int = 1000) -> Counter[str]:
        """Give up what has been due for `removed` seconds at endpoints that nobody has had for as long.

        How many became dead letters, by endpoint.
        """
        given_up: Counter[str] = Counter()
        for name in await self._store.call("ZRANGE", self._keys.endpoints, 0, -1):
            keys = [self._keys.due(name.decode()), self._keys.dead]
            keys += [self._keys.endpoints, self._keys.disabled]
            args = [self._record, name, round(removed * 1000), at_most]
            given_up[name.decode()] = int(await self._store.run("abandon", keys, args))
        return +given_up

    async def disabled(self) -> Mapping[str, Disabled]:
        """The endpoints that answered that they are gone, and were not enabled again."""
        rows = pairs(await self._store.call("HGETALL", self._keys.disabled))
        return {name.decode(): found for name, row in rows.items() if (found := disabled_of(row))}

    async def enable(self, endpoint: str, was: Disabled) -> bool:
        """Enable an endpoint again, unless it was disabled anew; did it?"""
        return bool(await self._store.run("enable", [self._keys.disabled], [endpoint, encode(was)]))

    async def dead_letters(self) -> Counter[str]:
        """How many deliveries were given up and not replayed, by endpoint; a test is none that anybody misses."""
        ids = [(id, id.rpartition(":")[2]) for id in await self._dead_ids()]
        return Counter(name for id, name in ids if not id.startswith(_test_of(name)))

    async def dead(self) -> Sequence[Delivery]:
        """The deliveries that were given up, oldest first."""
        return await self._read(await self._dead_ids())

    async def list(self, limit: int = 50) -> Sequence[Sent]:
        """The newest alerts first, with what became of them."""
        entries = await self._store.call("XREVRANGE", self._keys.alerts, "+", "-", "COUNT", limit)
        alerts = [
            (id.decode(), alert)
            for id, fields in entries
            if (alert := alert_of(pairs(fields).get(b"d", b"")))
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
        """Make one delivery, those of an alert that did not arrive, or all dead letters of an endpoint due again.

        The ids of those that are; one that is still on its way is left alone. Of an endpoint's dead letters those
        are not sent after which it was told something newer of the same case or source; they are none any more.
        Raises UserError when there is no such alert.
        """
        dead = [(one.id, one.webhook_id) for one in await self.dead() if one.endpoint == what]
        if dead:
            found = await letters(self._store, self._keys, what, dead)
            for one in found:
                if one.overtaken:
                    await self.overtake(one.id)
            left = [one for one in found if not one.overtaken]
            queue = self._queue
            return [one.id for n, one in enumerate(left) if await queue(one.id, one.webhook_id, one.entry, n)]
        alert, stream_id = await self._find(what)
        ids = [delivery_id(alert.id, name) for name in alert.endpoints]
        chosen = [id for id in ids if what == id]
        if what == alert.id:  # Whoever has it hears it again only by name.
            chosen = [one.id for one in await self._read(ids) if one.state != "delivered"]
        return [id for id in chosen if await self._queue(id, alert.id, stream_id)]

    async def overtake(self, id: str) -> bool:
        """A dead letter is none any more, and never goes out; False where it was none."""
        keys = [self._keys.delivery(id), self._keys.dead]
        return bool(await self._store.run("overtaken", keys, [id, KEEP_DELIVERED]))

    async def test(self, endpoint: str) -> str:
        """Queue a `monitor.test` alert for one endpoint; the id of its delivery."""
        alert = Alert(
            id=f"{_test_of(endpoint)}{secrets.token_hex(6)}",
            type="monitor.test",
            timestamp=datetime.now(UTC),
            data=AlertData(message="This is a test of monitor's alerts. Nothing has happened."),
            endpoints=[endpoint],
        )
        id = delivery_id(alert.id, endpoint)
        await self._queue(id, alert.id, "", alert=encode(alert))
        return id

    async def _queue(
        self, id: str, webhook_id: str, stream_id: str | bytes, after: int = 0, alert: bytes = b""
    ) -> bool:
        endpoint = id.rpartition(":")[2]
        keys = [self._keys.delivery(id), self._keys.due(endpoint), self._keys.dead, self._keys.alerts]
        keys.append(self._keys.endpoints)
        return bool(await self._store.run("queue", keys, [id, webhook_id, endpoint, stream_id, alert, after]))

    async def _find(self, what: str) -> tuple[Alert, str]:
        """The newest alert of this webhook-id, or with this delivery, and its stream id."""
        end = "+"
        while entries := await self._store.call("XREVRANGE", self._keys.alerts, end, "-", "COUNT", 100):
            for id, fields in entries:
                alert = alert_of(pairs(fields).get(b"d", b""))
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
            delivery_of(id, pairs(record), score)
            for id, record, score in zip(ids, records, scores, strict=True)
            if record
        ]


def _test_of(endpoint: str) -> str:
    """How the ids of the tests of an endpoint begin."""
    return f"test-{endpoint}-"


def _lease(row: Sequence[Any], endpoint: str, owner: str) -> Lease:
    id, fence, webhook_id, failed, alert = row
    return Lease(id.decode(), endpoint, owner, fence, webhook_id.decode(), failed, alert_of(alert))


def _deliveries(keys: Keys, alert: Alert, due: Mapping[str, float]) -> tuple[list[str], list[str | int]]:
    """The keys and arguments by which a script writes the deliveries of an alert."""
    names: list[str] = []
    args: list[str | int] = []
    for endpoint in alert.endpoints:
        id = delivery_id(alert.id, endpoint)
        names += [keys.delivery(id), keys.due(endpoint)]
        args += [id, endpoint, int(due[endpoint] * 1000) if endpoint in due else ""]
    return names, args
