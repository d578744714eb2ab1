"""What the tests of delivery share: an outbox of their own, a receiver, and the tasks that deliver to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

import monitor.consume.notify.deliver as deliver
from monitor.consume.notify.breaker import Breaker
from monitor.consume.notify.outbox import Outbox
from monitor.http import Http
from monitor.keys import Keys
from monitor.store import Store

from .receiver import Receiver, Runner


@pytest.fixture
def keys(prefix: str) -> Keys:
    return Keys(prefix)


@pytest.fixture
def outbox(store: Store, keys: Keys) -> Outbox:
    return Outbox(store, keys)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with Receiver().running() as running:
        yield running


@pytest.fixture
async def run(store: Store, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Runner]:
    # Attempts at receivers that hang are cut off as a test ends.
    monkeypatch.setattr(deliver, "GRACE", 0.3)
    async with Http() as http:
        runner = Runner(http)
        yield runner
        await runner.end()


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds of rest after each failure of an endpoint, as its breaker gave them."""
    given: list[float] = []
    real = Breaker.failed

    def failed(self: Breaker, now: float, asked: float = 0.0) -> Breaker:
        after = real(self, now, asked)
        given.append(after.wait(now))
        return after

    monkeypatch.setattr(Breaker, "failed", failed)
    return given
