"""What stands in the outbox, for people: what became of each alert, and the ways to send one again."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from ...alert import Alert, AlertData
from ...casefile import delivery_id
from ...errors import UserError
from ...keys import Keys
from ...model import encode
from ...store import Store
from .records import Delivery, Disabled, Sent, alert_of, delivery_of, disabled_of, pairs
from .stale import letters

KEEP_DELIVERED = 30 * 86400


class Waiting(NamedTuple):
    """How many deliveries are open, and the seconds for which the one that is due longest has been due."""

    open: int
    overdue: float


class Ledger:
    """Alerts and their deliveries under one prefix. Each method raises StoreDown; all may be repeated."""

    def __init__(self, store: Store, keys: Keys) -> None:
        self._store = store
        self._keys = keys
        self._record = keys.delivery("")

    async def disabled(self) -> Mapping[str, Disabled]:
        """The endpoints that answered that they are gone, and were not enabled again."""
        rows = pairs(await self._store.call("HGETALL", self._keys.disabled))
        return {name.decode(): found for name, row in rows.items() if (found := disabled_of(row))}

    async def waiting(self) -> Mapping[str, Waiting]:
        """What each endpoint has still to get, whether it is in the settings or not."""
        names = [name.decode() for name in await self._store.call("ZRANGE", self._keys.endpoints, 0, -1)]
        counts = await self._store.many([("ZCARD", self._keys.due(name)) for name in names])
        first = await self._store.many(
            [("ZRANGE", self._keys.due(name), 0, 0, "WITHSCORES") for name in names]
        )
        seconds, micros = await self._store.call("TIME")
        now = int(seconds) + int(micros) / 1e6
        overdue = [max(0.0, now - float(row[1]) / 1000) if row else 0.0 for row in first]
        return {name: Waiting(*row) for name, *row in zip(names, counts, overdue, strict=True)}

    async def dead_letters(self) -> Counter[str]:
        """How many deliveries were given up and not replayed, by endpoint; a test is none that anybody misses."""
        ids = [(id, id.rpartition(":")[2]) for id in await self._dead_ids()]
        return Counter(name for id, name in ids if not id.startswith(test_of(name)))

    async def dead(self) -> Sequence[Delivery]:
        """The deliveries that were given up, oldest first."""
        return await self._read(await self._dead_ids())

    async def delivery(self, id: str) -> Delivery | None:
        """One delivery; None for one that is not there."""
        return next(iter(await self._read([id])), None)

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
        ids = _ids(alert)
        chosen = [id for id in ids if what == id]
        if what == alert.id:  # Whoever has it hears it again only by name.
            chosen = [one.id for one in await self._read(ids) if one.state != "delivered"]
        return [id for id in chosen if await self._queue(id, alert.id, stream_id)]

    async def hasten(self, what: str) -> Sequence[str]:
        """Make due now what waits for its retry: one delivery, those of an alert, or all of an endpoint, with what they
        wait behind. The ids of those that are due sooner; what is held back on purpose, or leased, is left alone."""
        try:
            alert, _ = await self._find(what)
        except UserError:
            return await self._hasten(what, asked=True)
        chosen = [id for id in _ids(alert) if what in (id, alert.id)]
        return [one for id in chosen for one in await self._hasten(_endpoint(id), [id], asked=True)]

    async def overtake(self, id: str) -> bool:
        """A dead letter is none any more, and never goes out; False where it was none."""
        keys = [self._keys.delivery(id), self._keys.dead]
        return bool(await self._store.run("overtaken", keys, [id, KEEP_DELIVERED]))

    async def test(self, endpoint: str) -> str:
        """Queue a `monitor.test` alert for one endpoint; the id of its delivery."""
        alert = Alert(
            id=f"{test_of(endpoint)}{secrets.token_hex(6)}",
            type="monitor.test",
            timestamp=datetime.now(UTC),
            data=AlertData(message="This is a test of monitor's alerts. Nothing has happened."),
            endpoints=[endpoint],
        )
        id = delivery_id(alert.id, endpoint)
        await self._queue(id, alert.id, "", alert=encode(alert))
        return id

    async def _hasten(
        self,
        endpoint: str,
        ids: Sequence[str] = (),
        *,
        asked: bool = False,
        soon: float = 0.0,
        rest: float = 0.0,
        behind: str = "",
    ) -> Sequence[str]:
        args: list[str | int] = [self._record, int(asked), round((rest + soon) * 1000), behind]
        args += [round(rest * 1000), *ids]
        return [id.decode() for id in await self._store.run("hasten", [self._keys.due(endpoint)], args)]

    async def _queue(
        self, id: str, webhook_id: str, stream_id: str | bytes, after: int = 0, alert: bytes = b""
    ) -> bool:
        endpoint = _endpoint(id)
        keys = [self._keys.delivery(id), self._keys.due(endpoint), self._keys.dead, self._keys.alerts]
        keys.append(self._keys.endpoints)
        return bool(await self._store.run("queue", keys, [id, webhook_id, endpoint, stream_id, alert, after]))

    async def _find(self, what: str) -> tuple[Alert, str]:
        """The newest alert of this webhook-id, or with this delivery, and its stream id."""
        end = "+"
        while entries := await self._store.call("XREVRANGE", self._keys.alerts, end, "-", "COUNT", 100):
            for id, fields in entries:
                alert = alert_of(pairs(fields).get(b"d", b""))
                if alert and what in (alert.id, *_ids(alert)):
                    return alert, id.decode()
            end = f"({entries[-1][0].decode()}"
        raise UserError(f"no alert or delivery {what!r}: `monitor alerts list` shows their ids")

    async def _dead_ids(self) -> Sequence[str]:
        return [id.decode() for id in await self._store.call("ZRANGE", self._keys.dead, 0, -1)]

    async def _read(self, ids: Sequence[str]) -> Sequence[Delivery]:
        if not ids:
            return []
        records = await self._store.many([("HGETALL", self._keys.delivery(id)) for id in ids])
        scores = await self._store.many([("ZSCORE", self._keys.due(_endpoint(id)), id) for id in ids])
        return [
            delivery_of(id, pairs(record), score)
            for id, record, score in zip(ids, records, scores, strict=True)
            if record
        ]


def _ids(alert: Alert) -> list[str]:
    """The ids of the deliveries of an alert."""
    return [delivery_id(alert.id, name) for name in alert.endpoints]


def _endpoint(id: str) -> str:
    """The endpoint of a delivery."""
    return id.rpartition(":")[2]


def test_of(endpoint: str) -> str:
    """How the ids of the tests of an endpoint begin."""
    return f"test-{endpoint}-"
