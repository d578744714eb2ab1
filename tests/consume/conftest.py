"""What the tests of delivery share: an outbox of their own, a receiver, and the tasks that deliver to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

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
async def run(store: Store, receiver: Receiver) -> AsyncIterator[Runner]:
    async with Http() as http:
        runner = Runner(http)
        yield runner
        await runner.end()
