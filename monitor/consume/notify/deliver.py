"""Sends what is due, one task an endpoint, so that a dead endpoint delays no other.

An alert is delivered at least once, always with the same webhook-id (G3): an attempt whose outcome could not
be written down is made again.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from ...addresses import Blocked
from ...alert import Alert
from ...endpoint import Endpoint
from ...errors import StoreDown, TryLater
from ...http import Http, redact
from ...telemetry import Telemetry
from .attempt import Attempt
from .formats import FORMATS
from .outbox import Lease, Outbox
from .policy import Answer, Verdict, judge, presentable
from .signal import Signal
from .wording import Language

log = logging.getLogger(__name__)
TIMEOUT = 15.0
LONGEST_IDLE = 1.0
TEND_EVERY = 15.0
LONGEST_BACKOFF = 5.0

T = TypeVar("T")


async def deliver(
    endpoint: Endpoint,
    outbox: Outbox,
    http: Http,
    telemetry: Telemetry,
    schedule: Sequence[float],
    wake: Signal,
    instance: str,
    language: Language = "en",
) -> NoReturn:
    """Deliver to one endpoint until cancelled; `schedule` holds the delays in seconds after failures.

    `instance` owns the leases: a restart under the same name takes them back at once. A store that is
    down is waited for.
    """
    await _Courier(endpoint, outbox, http, telemetry, schedule, wake, instance, language).run()


async def tend(outbox: Outbox, telemetry: Telemetry, every: float = TEND_EVERY) -> NoReturn:
    """Keep the gauges of dead letters true and the alerts stream bounded, until cancelled."""
    while True:
        await _insist(lambda: _show_dead(outbox, telemetry))
        await _insist(outbox.trim)
        await asyncio.sleep(every)


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
    failing: bool = False

    async def run(self) -> NoReturn:
        name, instance = self.endpoint.name, self.instance
        while True:
            # Also after a call that got no answer: it may have leased what we know nothing of.
            await _insist(lambda: self.outbox.take_back(name, instance))
            try:
                while True:
                    await self._round()
            except StoreDown:
                await asyncio.sleep(0.1)

    async def _round(self) -> None:
        seen = self.wake.count
        lease, next_due = await self.outbox.lease(self.endpoint.name, self.instance)
        if lease is None:
            await self.wake.wait(seen, LONGEST_IDLE if next_due is None else min(LONGEST_IDLE, next_due))
            return
        if lease.alert is None:
            await self._settle(lease, None, Verdict("dead", reason="the alert is lost"))
            return
        answer = await self._attempt(lease.webhook_id, lease.alert)
        verdict = judge(answer, lease.failed, self.schedule, random.random())
        await self._settle(lease, answer.status, verdict)
        if answer.status in (429, 503) and answer.retry_after is not None:
            # It asks for quiet: other alerts sent meanwhile would only use up their attempts.
            await asyncio.sleep(answer.retry_after)

    async def _attempt(self, id: str, alert: Alert) -> Answer:
        try:
            answer = await self._post(id, alert)
        except (TryLater, Blocked) as error:
            return Answer("retry", error.reason)
        return answer._replace(reason=presentable(answer.reason, self.endpoint.url.get_secret_value()))

    async def _post(self, id: str, alert: Alert) -> Answer:
        form = FORMATS[self.endpoint.format]
        request = form.request(Attempt(id, alert, self.endpoint, time.time(), self.language))
        response = await self.http.request(
            "POST",
            request.url,
            # Alerts are rare: a connection kept from the last one would often be closed by now.
            headers={**request.headers, "connection": "close"},
            data=request.body,
            allow_private=self.endpoint.allow_private,
            timeout=TIMEOUT,
            status_is_enough=True,
        )
        return form.read(response, time.time())

    async def _settle(self, lease: Lease, status: int | None, verdict: Verdict) -> None:
        age = await _insist(lambda: self.outbox.settle(lease, verdict, status))
        metrics = self.telemetry.endpoint[self.endpoint.name]
        metrics.deliveries[verdict.outcome].inc()
        if verdict.outcome == "delivered" and age is not None:
            metrics.seconds.observe(age)
        if verdict.outcome == "dead":
            await _insist(lambda: _show_dead(self.outbox, self.telemetry))
        self._log(lease, verdict)

    def _log(self, lease: Lease, verdict: Verdict) -> None:
        about = {"endpoint": self.endpoint.name, "webhook_id": lease.webhook_id, "reason": verdict.reason}
        if verdict.outcome == "dead":
            log.error("delivery given up: dead letter", extra=about)
        elif verdict.outcome == "retry" and not self.failing:
            host = redact(self.endpoint.url.get_secret_value())
            log.warning("delivery failed, will be tried again", extra={**about, "host": host})
        elif verdict.outcome == "delivered" and self.failing:
            log.info("delivery works again", extra={"endpoint": self.endpoint.name})
        self.failing = verdict.outcome != "delivered"


async def _show_dead(outbox: Outbox, telemetry: Telemetry) -> None:
    dead = await outbox.dead_letters()
    for name, metrics in telemetry.endpoint.items():
        metrics.dead_letters.set(dead[name])


async def _insist(call: Callable[[], Awaitable[T]]) -> T:
    """Repeat a call that may be repeated until the store answers."""
    wait = 0.1
    while True:
        try:
            return await call()
        except StoreDown:
            await asyncio.sleep(random.uniform(wait / 2, wait))
            wait = min(LONGEST_BACKOFF, wait * 2)
