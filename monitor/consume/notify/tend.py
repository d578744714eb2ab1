"""Keeps the outbox in order, whatever is sent: gauges, bounds, and what is for endpoints that nobody has any more."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from typing import NoReturn, TypeVar

from ...errors import StoreDown
from ...telemetry import Telemetry
from .outbox import Outbox
from .undelivered import Notices, undelivered

log = logging.getLogger(__name__)
TEND_EVERY = 15.0
LONGEST_BACKOFF = 5.0
# So long the processes of a start have to say which endpoints they have.
SETTLE_IN = 600.0

T = TypeVar("T")


async def tend(
    outbox: Outbox,
    telemetry: Telemetry,
    every: float = TEND_EVERY,
    settle_in: float = SETTLE_IN,
    notices: Notices | None = None,
) -> NoReturn:
    """Keep the gauges of dead letters true and the alerts stream bounded, until cancelled.

    What was for endpoints that no process has had for a week is given up, first after `settle_in` seconds; again
    so long after a machine that slept, or a store that was away: other processes wake up later. `notices`: who is
    told of that.
    """
    begun, looked = time.monotonic(), time.time()
    await insist(lambda: _warn(outbox, telemetry))
    while True:
        await insist(lambda: outbox.seen(list(telemetry.endpoint)))
        if sooner := await insist(outbox.set_back):
            log.warning("the store's clock was set back: %d deliveries are due sooner", sooner)
        if time.time() - looked > max(settle_in, 2 * every):
            begun = time.monotonic()
        looked = time.time()
        if time.monotonic() - begun >= settle_in:
            await insist(lambda: _abandon(outbox, notices or Notices()))
        await insist(lambda: show_dead(outbox, telemetry))
        await insist(outbox.trim)
        await asyncio.sleep(every)


async def watch_due(outbox: Outbox, telemetry: Telemetry, every: float = TEND_EVERY) -> NoReturn:
    """Keep monitor_delivery_overdue_seconds true, until cancelled: also where no process has the role that sends."""
    while True:
        waiting = await insist(outbox.waiting)
        for name, metrics in telemetry.endpoint.items():
            metrics.overdue.set(waiting[name].overdue if name in waiting else 0)
        await asyncio.sleep(every)


async def _warn(outbox: Outbox, telemetry: Telemetry) -> None:
    """Say what waits for endpoints that these settings do not name: one may have been renamed."""
    for name, waiting in (await outbox.waiting()).items():
        if name not in telemetry.endpoint and waiting.open:
            text = "%d deliveries wait for an endpoint that is not in the settings"
            log.warning(text, waiting.open, extra={"endpoint": name})


async def _abandon(outbox: Outbox, notices: Notices) -> None:
    for name, count in (await outbox.abandon()).items():
        log.error(
            "%d deliveries given up: endpoint removed from the settings", count, extra={"endpoint": name}
        )
        last = [one for one in await outbox.dead() if one.endpoint == name][-1:]
        for one in last:
            about = undelivered(name, one.webhook_id, "alert", one.attempts, one.last_error)
            if notice := notices.dead(about, time.time()):
                await outbox.announce(notice.alert, notice.due)


async def show_dead(outbox: Outbox, telemetry: Telemetry) -> None:
    dead = await outbox.dead_letters()
    for name, metrics in telemetry.endpoint.items():
        metrics.dead_letters.set(dead[name])


async def insist(call: Callable[[], Awaitable[T]]) -> T:
    """Repeat a call that may be repeated until the store answers."""
    wait = 0.1
    while True:
        try:
            return await call()
        except StoreDown:
            await asyncio.sleep(random.uniform(wait / 2, wait))
            wait = min(LONGEST_BACKOFF, wait * 2)
