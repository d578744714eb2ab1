"""Sends what is due, one task an endpoint, so that a dead endpoint delays no other.

An alert is delivered at least once, always with the same webhook-id (G3): an attempt whose outcome could not
be written down is made again.
"""

from __future__ import annotations

import asyncio
import logging
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NoReturn

from msgspec import UNSET

from ...alert import Alert
from ...endpoint import Endpoint
from ...errors import StoreDown
from ...http import Http
from ...quiet import after_quiet
from ...telemetry import Telemetry
from .attempt import Attempt
from .breaker import Breaker, of_schedule
from .outbox import Disabled, Lease, Outbox
from .policy import Answer, Verdict, clamped, judge, presentable
from .records import mark_of, shape_of
from .sending import send
from .signal import Signal
from .tend import insist, show_dead
from .undelivered import Notice, Notices, undelivered
from .wording import Language

log = logging.getLogger(__name__)
TIMEOUT = 15.0
# Whoever comes to an attempt later than this after it asked for the lease leaves it: it might outlast the lease.
LATEST = 10.0
LONGEST_IDLE = 1.0
# So long an attempt may go on when the service ends, which has ten seconds for all: one whose outcome nobody wrote
# down is made again.
GRACE = 3.5
DISABLED = "endpoint disabled"
# Somebody waits for what a test says: one that fails is not tried for days.
TEST_TRIES = 3


async def deliver(
    endpoint: Endpoint,
    outbox: Outbox,
    http: Http,
    telemetry: Telemetry,
    schedule: Sequence[float],
    wake: Signal,
    instance: str,
    language: Language = "en",
    *,
    proxy: str | None = None,
    notices: Notices | None = None,
) -> NoReturn:
    """Deliver to one endpoint until cancelled; `schedule` holds the delays in seconds after failures.

    `instance` owns the leases: a restart under the same name takes them back at once. `notices`: who is told of
    what this endpoint does not get; None: nobody. A store that is down is waited for.
    """
    courier = _Courier(
        endpoint, outbox, http, telemetry, schedule, wake, instance, language, proxy, notices or Notices()
    )
    await courier.run()


@dataclass
class _Courier:
    endpoint: Endpoint
    outbox: Outbox
    http: Http
    telemetry: Telemetry
    schedule: Sequence[float]
    wake: Signal
    instance: str
    language: Language
    proxy: str | None
    notices: Notices
    failing: bool = False
    disabled: Disabled | None = None
    breaker: Breaker = field(init=False)
    shape: str = field(init=False)

    def __post_init__(self) -> None:
        self.shape = shape_of(self.endpoint, self.proxy)
        self.breaker = of_schedule(self.schedule)

    async def run(self) -> NoReturn:
        name, instance = self.endpoint.name, self.instance
        while True:
            # Also after a call that got no answer: it may have leased what we know nothing of.
            await insist(lambda: self.outbox.take_back(name, instance, self.shape))
            try:
                while True:
                    await self._round()
            except StoreDown:
                await asyncio.sleep(0.1)

    async def _round(self) -> None:
        seen = self.wake.count
        # A test is a person's act, who waits for it: it goes through a rest of all else.
        rest = self.breaker.wait(asked := time.monotonic())
        lease, next_due, disabled = await self.outbox.lease(
            self.endpoint.name, self.instance, only_test=rest > 0
        )
        self.disabled = await self._still(disabled)
        self._show(idle=lease is None and not rest and next_due is None)
        if lease is None:
            idle = rest or (LONGEST_IDLE if next_due is None else next_due)
            await self.wake.wait(seen, min(LONGEST_IDLE, idle))
        elif lease.alert is None:
            await self._settle(lease, Verdict("dead", reason="the alert is lost"))
        elif self.disabled and lease.alert.type != "monitor.test":
            await self._settle(lease, Verdict("dead", reason=DISABLED))
        elif _says_nothing(lease.alert):
            await insist(lambda: self.outbox.settle(lease, Verdict("dead"), None, attempted=False))
            await insist(lambda: self.outbox.overtake(lease.id))
        elif lease.alert.type != "monitor.test" and (rest := self._quiet()):
            await insist(lambda: self.outbox.settle(lease, Verdict("retry", rest), None, attempted=False))
        elif time.monotonic() - asked > LATEST:
            await insist(lambda: self.outbox.take_back(self.endpoint.name, self.instance))
        else:
            await self._attempt(lease)

    def _quiet(self) -> float:
        """The seconds of quiet hours that are left: what was due before them may be late, or tried again in them."""
        now = time.time()
        return math.ceil((after_quiet(self.endpoint, now) - now) * 1000) / 1000

    async def _still(self, disabled: Disabled | None) -> Disabled | None:
        """Another URL than the one that answered 410 enables the endpoint."""
        if disabled is None or disabled.mark == mark_of(self.endpoint):
            return disabled
        await insist(lambda: self.outbox.enable(self.endpoint.name, disabled))
        log.info("another URL: the endpoint is enabled again", extra={"endpoint": self.endpoint.name})
        return None

    async def _attempt(self, lease: Lease) -> None:
        attempt = asyncio.ensure_future(self._send(lease))
        try:
            await asyncio.shield(attempt)
        except asyncio.CancelledError:
            try:
                await asyncio.wait([attempt], timeout=GRACE)
            finally:
                attempt.cancel()
            raise

    async def _send(self, lease: Lease) -> None:
        assert lease.alert is not None
        begun = time.monotonic()
        attempt = Attempt(lease.webhook_id, lease.alert, self.endpoint, time.time(), self.language)
        answer = await send(attempt, self.http, TIMEOUT, self.proxy)
        answer = answer._replace(reason=presentable(answer.reason, attempt.url, attempt.secrets))
        if lease.alert.type == "monitor.test":
            self.telemetry.alerts["monitor.test"].inc(lease.failed == 0)
            if answer.outcome == "retry" and lease.failed + 1 >= TEST_TRIES:
                answer = answer._replace(outcome="dead")
        left = lease.left - (time.monotonic() - begun)
        verdict = judge(answer, lease.steps, self.schedule, random.random(), lease.failed - lease.steps, left)
        self._learn(answer, in_rest=self.breaker.wait(begun) > 0)
        if verdict.outcome == "delivered":
            # First: whoever is killed in between sends this again, and hastens again.
            await insist(lambda: self.outbox.answers(lease.endpoint, self._quiet()))
        await self._settle(lease, verdict, answer)

    def _learn(self, answer: Answer, in_rest: bool) -> None:
        """An endpoint that is gone is disabled, which is more than a rest; one that fails in its rest rests on as it did."""
        if answer.outcome in ("delivered", "gone"):
            self.breaker = self.breaker.answered()
            return
        if in_rest:
            return
        # It asks for quiet: other alerts sent meanwhile would only use up their attempts.
        asks = answer.outcome == "retry" and answer.retry_after is not None
        asked = clamped(answer.retry_after or 0.0) if asks else 0.0
        self.breaker = self.breaker.failed(time.monotonic(), asked)

    async def _settle(self, lease: Lease, verdict: Verdict, answer: Answer | None = None) -> None:
        now = time.time()
        test = lease.alert is not None and lease.alert.type == "monitor.test"
        gone = Disabled(
            at=datetime.fromtimestamp(now, UTC), reason=verdict.reason, mark=mark_of(self.endpoint)
        )
        disable = gone if verdict.outcome == "gone" else None
        enable = test and verdict.outcome == "delivered"
        notice = self._notice(lease, verdict, lease.failed + (answer is not None), now)
        settled = await insist(
            lambda: self.outbox.settle(
                lease,
                verdict,
                answer.status if answer else None,
                attempted=answer is not None,
                notice=notice,
                disable=disable,
                enable=enable,
                mark=self.shape,
            )
        )
        if disable:
            self.disabled = self.disabled or disable
        elif enable:
            self.disabled = None
        if settled and settled.told and notice:
            self.telemetry.alerts[notice.alert.type].inc()
            self.wake.set()
        await self._count(verdict, settled.age if settled else None, attempted=answer is not None)
        self._log(lease, verdict)

    def _notice(self, lease: Lease, verdict: Verdict, attempts: int, now: float) -> Notice | None:
        if verdict.outcome not in ("dead", "gone") or verdict.reason == DISABLED:
            return None
        kind = lease.alert.type if lease.alert else ""
        about = undelivered(self.endpoint.name, lease.webhook_id, kind, attempts, verdict.reason)
        return (
            self.notices.dead(about, now) if verdict.outcome == "dead" else self.notices.disabled(about, now)
        )

    async def _count(self, verdict: Verdict, age: float | None, attempted: bool) -> None:
        metrics = self.telemetry.endpoint[self.endpoint.name]
        dead = verdict.outcome in ("dead", "gone")
        if attempted:
            metrics.deliveries["dead" if dead else verdict.outcome].inc()
        if verdict.outcome == "delivered" and age is not None:
            metrics.seconds.observe(age)
        if dead:
            await insist(lambda: show_dead(self.outbox, self.telemetry))
        self._show()

    def _show(self, idle: bool = False) -> None:
        if idle and self.failing:  # What failed here, another process has delivered, or it was given up.
            log.info("nothing waits for the endpoint any more", extra={"endpoint": self.endpoint.name})
            self.failing, self.breaker = False, self.breaker.rested()
        up = self.telemetry.endpoint[self.endpoint.name].up
        up.set(0 if self.disabled or self.breaker.is_open else 1)

    def _log(self, lease: Lease, verdict: Verdict) -> None:
        about = {"endpoint": self.endpoint.name, "webhook_id": lease.webhook_id, "reason": verdict.reason}
        if verdict.outcome == "gone":
            log.error("the endpoint is gone (410) and is disabled: dead letter", extra=about)
        elif verdict.outcome == "dead":
            log.error("delivery given up: dead letter", extra=about)
        elif verdict.outcome == "retry" and not self.failing:
            host = self.endpoint.place
            log.warning("delivery failed, will be tried again", extra={**about, "host": host})
        elif verdict.outcome == "delivered" and self.failing:
            log.info("delivery works again", extra={"endpoint": self.endpoint.name})
        self.failing = verdict.outcome != "delivered"


def _says_nothing(alert: Alert) -> bool:
    """A digest out of which all was taken, by those who opted out."""
    digest = alert.data.digest
    return digest is not UNSET and not digest.cases and not digest.more
