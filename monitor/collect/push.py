"""Posts that other programs send to POST /api/posts; each request is stored before it is answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

from ..errors import StoreDown
from ..model import Arrival, Post
from .base import Source, Supervisor
from .inbox import Inbox

# After so many seconds somebody who waits is told if it is the store that keeps them waiting.
STORE_WAIT = 5.0


class Push(Source):
    """Nothing to set but a name: http.token opens it."""

    async def posts(self, http: Any, cursor: str | None) -> AsyncGenerator[Arrival, None]:
        """Says that it is open, and no more: requests go into the inbox by themselves, under its claim."""
        yield Arrival(None, cursor)
        await asyncio.Event().wait()


async def submit(
    supervisor: Supervisor, inbox: Inbox, alive: Callable[[], Awaitable[bool]], posts: list[Post]
) -> None:
    """Returns when all posts are stored; StoreDown when this process may not store them now, or the store is down.

    Thousands of posts take longer to read than anybody waits for a store: so it is the store that is asked after.
    """
    hold = supervisor.hold
    if hold is None or hold.lost:
        raise StoreDown("fenced")
    waiting = inbox.submit(supervisor.name, hold, [Arrival(post, None) for post in posts])
    try:
        for stored in waiting:
            while not (await asyncio.wait([stored], timeout=STORE_WAIT))[0]:
                if inbox.stuck or not await alive():
                    raise StoreDown("timeout")
            stored.result()
    finally:
        for stored in waiting:
            stored.cancel()
