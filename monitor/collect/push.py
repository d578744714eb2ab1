"""Posts that other programs send to POST /api/posts; each request is stored before it is answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from ..errors import StoreDown
from ..model import Arrival, Post
from .base import Source, Supervisor
from .inbox import Inbox


class Push(Source):
    """Nothing to set but a name: http.token opens it."""

    async def posts(self, http: Any, cursor: str | None) -> AsyncGenerator[Arrival, None]:
        """Says that it is open, and no more: requests go into the inbox by themselves, under its claim."""
        yield Arrival(None, cursor)
        await asyncio.Event().wait()


async def submit(supervisor: Supervisor, inbox: Inbox, posts: list[Post]) -> None:
    """Returns when all posts are stored; StoreDown when this process may not store them now."""
    hold = supervisor.hold
    if hold is None or hold.lost:
        raise StoreDown("fenced")
    waiting = inbox.submit(supervisor.name, hold, [Arrival(post, None) for post in posts])
    try:
        for stored in waiting:
            await stored
    finally:
        for stored in waiting:
            stored.cancel()
