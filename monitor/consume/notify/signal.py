"""Wakes the tasks that deliver as soon as there is something to deliver."""

from __future__ import annotations

import asyncio
from contextlib import suppress


class Signal:
    """A counter that tasks can wait on. Unlike an Event nobody has to clear it, so several tasks may
    wait; and a `set` that comes between reading `count` and `wait` is not lost."""

    def __init__(self) -> None:
        self.count = 0
        self._next = asyncio.Event()

    def set(self) -> None:
        """Wake every task that waits."""
        self.count += 1
        waiting, self._next = self._next, asyncio.Event()
        waiting.set()

    async def wait(self, seen: int, seconds: float) -> None:
        """Return when `count` is no longer `seen`, or after so many seconds."""
        if self.count == seen:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._next.wait()
