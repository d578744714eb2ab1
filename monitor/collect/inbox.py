"""Between sources and the pipeline: batches, bounded, of one source each."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field

from ..errors import Fenced, TryLater
from ..late import Late
from ..model import Arrival
from ..stream import Hold

ROOM = 2000
MOST_POSTS = 256
MOST_CHARACTERS = 4_000_000
MOMENT = 0.01


@dataclass(slots=True, eq=False)
class Batch:
    """Arrivals of one source that are stored in one step; `stored` is told how it went (push waits).

    `full`: it is an account that is gone, which stands for thousands of deletes, also of posts just before,
    or late scores (`late`) in place of arrivals.
    """

    source: str
    hold: Hold
    arrivals: list[Arrival]
    stored: asyncio.Future[None] | None = None
    characters: int = 0
    full: bool = False
    late: list[Late] = field(default_factory=list)

    def has_room(self) -> bool:
        """A batch stays small enough for one step: 256 posts, 4 million characters, or one account."""
        small = len(self.arrivals) < MOST_POSTS and self.characters < MOST_CHARACTERS
        return small and self.stored is None and not self.full

    def is_small(self) -> bool:
        """Is it worth waiting for more? Nobody waits for its answer, and a step could hold far more."""
        return self.stored is None and len(self.arrivals) < MOST_POSTS // 4

    def add(self, arrival: Arrival) -> None:
        self.arrivals.append(arrival)
        self.full = arrival.account is not None
        if (post := arrival.post) is not None:
            self.characters += len(post.text) + len(post.before or "") + len(post.author.bio or "")

    def settle(self, error: Exception | None) -> None:
        """Tell whoever waits for it; it may have gone."""
        if self.stored and not self.stored.done():
            if error:
                self.stored.set_exception(error)
            else:
                self.stored.set_result(None)


@dataclass(slots=True)
class Inbox:
    """The bounded hand-over between sources and the pipeline: a full one makes its source wait.

    `stuck`: the store does not take what is read from it.
    """

    _batches: deque[Batch] = field(default_factory=deque)
    _size: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _room: asyncio.Event = field(default_factory=asyncio.Event)
    _last: float = 0.0
    closed: bool = False
    stuck: bool = False

    def __len__(self) -> int:
        return self._size

    async def put(self, source: str, hold: Hold, arrival: Arrival) -> None:
        """Add one arrival; it joins the newest waiting batch of its source. Raises Fenced if it is lost."""
        while self._size >= ROOM:
            self._room.clear()
            await self._room.wait()
        if hold.lost:
            raise Fenced(source)
        last = self._batches[-1] if self._batches else None
        if last and last.hold is hold and last.has_room() and arrival.account is None:
            last.add(arrival)
        else:
            self._batches.append(Batch(source, hold, []))
            self._batches[-1].add(arrival)
        self._size += 1
        self._news.set()

    def submit(self, source: str, hold: Hold, arrivals: list[Arrival]) -> list[asyncio.Future[None]]:
        """Batches of their own, all or none; each future ends when its batch is stored.

        Raises TryLater when too much waits already.
        """
        if self._size and self._size + len(arrivals) > 4 * ROOM:
            raise TryLater("rate_limited", 1.0)
        loop = asyncio.get_running_loop()
        batches: list[Batch] = []
        for arrival in arrivals:
            if not batches or not batches[-1].has_room():
                batches.append(Batch(source, hold, []))
            batches[-1].add(arrival)
        for batch in batches:
            batch.stored = loop.create_future()
        self._batches.extend(batches)
        self._size += len(arrivals)
        self._news.set()
        return [batch.stored for batch in batches if batch.stored]

    def late(self, source: str, hold: Hold, updates: list[Late]) -> None:
        """Late scores of posts of a source, as a batch of their own."""
        self._batches.append(Batch(source, hold, [], full=True, late=updates))
        self._news.set()

    async def get(self) -> Batch | None:
        """The next batch; None when the inbox is closed and empty.

        A batch that follows on the last one's heels waits a moment, so that a busy source fills it.
        """
        while not self._batches:
            if self.closed:
                return None
            self._news.clear()
            await self._news.wait()
        moment = self._last + MOMENT - time.monotonic()
        if moment > 0 and len(self._batches) == 1 and self._batches[0].is_small():
            await asyncio.sleep(moment)
        self._last = time.monotonic()
        return self._batches.popleft()

    def done(self, batch: Batch) -> None:
        """The batch has left the pipeline: there is room again."""
        self._size -= len(batch.arrivals)
        self._room.set()

    def close(self) -> None:
        self.closed = True
        self._news.set()
