"""The store's side of delivery: what is due, under whose lease, and how it went.

Whoever writes an alert writes its deliveries in the same step: for each endpoint a record (hash `delivery:ID`
with alert, webhook_id, endpoint, attempts, state, created) and its place in the endpoint's due index. Times
are taken from the server's clock, so that processes on several machines agree on when a lease ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from ...alert import Alert
from ...casefile import delivery_id
from ...errors import UserError
from ...keys import Keys
from ...model import encode
from ...store import Store
from .ledger import KEEP_DELIVERED, Ledger, test_of
from .policy import Verdict
from .records import Delivery as Delivery
from .records import Disabled as Disabled
from .records import Sent as Sent
from .records import alert_of, disabled_of
from .undelivered import Notice

# What a process that was killed had in hand goes to another after so long. It outlasts every attempt, however late
# that began (LATEST and TIMEOUT of deliver.py): two processes never make the same one.
LEASE = 30.0
KEEP_ALERTS = 365 * 86400
KEEP_ANNOUNCED = 32 * 86400
# An endpoint that no process has had for so long is taken as removed from the settings.
REMOVED = 7 * 86400.0
LONGEST_ERROR = 200
# What is due within so many seconds needs nobody to hasten it.
SOON = 10.0
# So far two servers' clocks may be apart, seconds: more is a clock that was set.
SKEW = 5.0
# A further rise is held for ten seconds; what is held for longer is so until a time of day.
HELD = 11.0


class Lease(NamedTuple):
    """One delivery that is ours to attempt, after `failed` attempts; `alert` is None when it is lost.

    `steps` of the schedule were used up by them; `left`: the seconds until the schedule's own time, if this is before.
    """

    id: str
    endpoint: str
    owner: str
    fence: int
    webhook_id: str
    failed: int
    alert: Alert | None
    steps: int = 0
    left: float = 0.0


class Taken(NamedTuple):
    """What there is to do for an endpoint: a lease, or the seconds until the next delivery is due."""

    lease: Lease | None
    wait: float | None
    disabled: Disabled | None = None


class Settled(NamedTuple):
    """A delivery that is written down: the seconds since it was created, and whether its notice is new."""

    age: float
    told: bool = False


class Outbox(Ledger):
    """Alerts and their deliveries under one prefix. Each method raises StoreDown; all may be repeated.

    `organisation` (id and name) is whose alerts they are: it stands in those that are of no case, and in their ids,
    so that one receiver may serve several organisations.
    """

    def __init__(
        self,
        store: Store,
        keys: Keys,
        lease: float | None = None,
        organisation: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(store, keys)
        self._organisation = dict(organisation or {})
        self._lease_ms = round((LEASE if lease is None else lease) * 1000)

    async def lease(self, endpoint: str, owner: str, *, only_test: bool = False) -> Taken:
        """The delivery that has been due longest, now ours, and the seconds until the next one is due.

        `only_test`: none but a test that was not tried yet, however much else is due.
        """
        keys = [self._keys.due(endpoint), self._keys.alerts, self._keys.disabled]
        begins = test_of(endpoint) if only_test else ""
        args: Sequence[Any] = [self._record, owner, self._lease_ms, 1, endpoint, begins]
        wait, disabled, *taken = await self._store.run("lease", keys, args)
        if taken and len(taken[0]) == 1:
            # News of a case whose last message failed: that goes first, so that it is tried now.
            await self._hasten(endpoint, behind=taken[0][0].decode())
            wait, disabled, *taken = await self._store.run("lease", keys, args)
        lease = next((_lease(row, endpoint, owner) for row in taken if len(row) > 1), None)
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
        mark: str = "",
    ) -> Settled | None:
        """Write down how an attempt went, and in the same step what follows for its endpoint and the others.

        `attempted`: an attempt was made and counts. None, and nothing is written, when the lease is no longer
        ours or it was settled before. A notice that was written before, or of an endpoint that is disabled
        already, is not written again. `mark`: of the settings with which it was made.
        """
        outcome = "dead" if verdict.outcome == "gone" else verdict.outcome
        state = "enable" if enable else encode(disable) if disable else ""
        keys = [self._keys.delivery(lease.id), self._keys.due(lease.endpoint), self._keys.dead]
        keys += [self._keys.disabled, self._keys.alerts, self._keys.endpoints]
        args: list[Any] = [lease.id, lease.owner, lease.fence, outcome, "" if status is None else status]
        args += [verdict.reason[:LONGEST_ERROR], round(verdict.after * 1000), KEEP_DELIVERED]
        args += [lease.endpoint, int(attempted), state]
        own = round(max(verdict.own or verdict.after, 0.0) * 1000)
        made = [int(attempted and not verdict.early), own, mark]
        if notice:
            notice = notice._replace(alert=self._signed(notice.alert))
            more, told = _deliveries(self._keys, notice.alert, notice.due)
            keys += [self._keys.announced(notice.alert.id), *more]
            args += [encode(notice.alert), notice.alert.id, KEEP_ANNOUNCED, *made, *told]
        else:
            args += ["", "", 0, *made]
        age, new = await self._store.run("settle", keys, args)
        return None if age < 0 else Settled(age / 1000, bool(new))

    async def announce(self, alert: Alert, due: Mapping[str, float] | None = None, after: str = "") -> bool:
        """Write an alert that no case writes, with a delivery for each of its endpoints; was it new?

        By its id: one that is announced again within 32 days of the last time is written once. `due` has
        POSIX seconds by endpoint; who is not in it is due now. `after`: it waits until the last one whose id is
        this and a date is delivered or given up.
        """
        alert = self._signed(alert)
        more, told = _deliveries(self._keys, alert, due or {})
        keys = [self._keys.announced(alert.id), self._keys.alerts, self._keys.endpoints, *more]
        args = [encode(alert), alert.id, KEEP_ANNOUNCED, after, *told]
        return bool(await self._store.run("announce", keys, args))

    async def announced(self, id: str) -> Alert | None:
        """The alert that was announced under an id, as long as that is remembered; None for none."""
        whole = self._named(id)
        if not await self._store.call("EXISTS", self._keys.announced(whole)):
            return None
        try:
            return (await self._find(whole))[0]
        except UserError:
            return None

    def _named(self, id: str) -> str:
        return f"{id}-{self._organisation['id']}" if self._organisation else id

    def _signed(self, alert: Alert) -> Alert:
        """With whose it is, in its id at the end: those of one kind begin alike."""
        if not self._organisation:
            return alert
        data = alert.data
        if data.organisation is None:
            data = replace(data, organisation=self._organisation)
        return replace(alert, id=self._named(alert.id), data=data)

    async def take_back(self, endpoint: str, owner: str, mark: str = "") -> int:
        """What an earlier run of this owner had leased is due now; how many. So is what failed with settings of
        another mark: somebody has mended them."""
        return int(await self._store.run("takeback", [self._keys.due(endpoint)], [self._record, owner, mark]))

    async def set_back(self, at_most: int = 1000) -> int:
        """Where the store's clock was ahead and was set right: what was put off by it waits as long as was meant, from
        now on. How many are due sooner."""
        count = 0
        for name in await self._store.call("ZRANGE", self._keys.endpoints, 0, -1):
            args: list[Any] = [self._record, self._lease_ms, round(SKEW * 1000), round(HELD * 1000), at_most]
            count += int(await self._store.run("setback", [self._keys.due(name.decode())], args))
        return count

    async def answers(self, endpoint: str, rest: float = 0.0) -> Sequence[str]:
        """An endpoint has taken something: what failed before, and what waits behind it, is due in `rest` seconds."""
        return await self._hasten(endpoint, soon=SOON, rest=rest)

    async def trim(self, at_most: int = 1000) -> int:
        """Forget alerts older than KEEP_ALERTS, but none from the oldest unfinished on; how many."""
        keys = [self._keys.alerts, self._keys.dead, self._keys.endpoints]
        return int(await self._store.run("trim", keys, [self._record, round(KEEP_ALERTS * 1000), at_most]))

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

    async def enable(self, endpoint: str, was: Disabled) -> bool:
        """Enable an endpoint again, unless it was disabled anew; did it?"""
        return bool(await self._store.run("enable", [self._keys.disabled], [endpoint, encode(was)]))


def _lease(row: Sequence[Any], endpoint: str, owner: str) -> Lease:
    id, fence, webhook_id, failed, steps, left, alert = row
    left = max(0, left or 0) / 1000
    return Lease(
        id.decode(), endpoint, owner, fence, webhook_id.decode(), failed, alert_of(alert), steps, left
    )


def _deliveries(keys: Keys, alert: Alert, due: Mapping[str, float]) -> tuple[list[str], list[str | int]]:
    """The keys and arguments by which a script writes the deliveries of an alert."""
    names: list[str] = []
    args: list[str | int] = []
    for endpoint in alert.endpoints:
        id = delivery_id(alert.id, endpoint)
        names += [keys.delivery(id), keys.due(endpoint)]
        args += [id, endpoint, int(due[endpoint] * 1000) if endpoint in due else ""]
    return names, args
