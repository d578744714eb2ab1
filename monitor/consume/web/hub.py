"""One reader of the streams for all who look on: each entry is encoded once and handed to every client."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress

import msgspec

from ...errors import StoreDown
from ...model import Reaction, encode
from ...outage import Outage
from ...revision import without_words
from ...stream import BLOCK_MS, Entry, Stream, id_order
from .answers import with_field
from .history import Row, standing

log = logging.getLogger(__name__)
MOST_CLIENTS = 50
MOST_WAITING = 1_000
MOST_BYTES = 8_000_000


class Client:
    """One who looks on: the events that wait to be sent, bounded; whoever is too slow for that is cut."""

    def __init__(self, cut: Callable[[], None], gone: Callable[[], bool]) -> None:
        self._cut = cut
        self.gone = gone
        self._events: deque[bytes] = deque()
        self._size = 0
        self._news = asyncio.Event()
        self._over = False

    def put(self, event: bytes) -> None:
        """One event more; it is shared by all clients."""
        if self._over:
            return
        self._events.append(event)
        self._size += len(event)
        self._news.set()
        if len(self._events) > MOST_WAITING or self._size > MOST_BYTES:
            self._events.clear()
            self.end()
            self._cut()

    def end(self) -> None:
        self._over = True
        self._news.set()

    async def take(self, seconds: float) -> bytes | None:
        """What waits; b"" when nothing came for so many seconds, None when it is over."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()
        if self._over:
            return None
        self._news.clear()
        waiting = b"".join(self._events)
        self._events.clear()
        self._size = 0
        return waiting


class Hub:
    """Follows all partitions from now on; `at` is the last entry of each that the clients have been handed."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._clients: set[Client] = set()
        self._someone = asyncio.Event()
        self._closed = False
        self.at: dict[str, str] = {}
        self.ready = False

    def __len__(self) -> int:
        return len(self._clients)

    async def run(self) -> None:
        """Until cancelled; then every client's stream ends. A store that is away is waited for."""
        outage = Outage(log, "page: the store does not answer (%s)")
        try:
            while True:
                try:
                    await self._follow()
                except StoreDown as error:
                    self.ready = False
                    outage.tell(error.reason)
                    await asyncio.sleep(0.5)
        finally:
            self._closed = True
            for client in self._clients:
                client.end()

    async def someone(self) -> None:
        """Wait until there is a client."""
        await self._someone.wait()

    def join(self, client: Client) -> dict[str, str] | None:
        """From the entry after the returned place on, the client gets all; None when there is no room."""
        if len(self._clients) >= MOST_CLIENTS:
            self._let_go()
        if self._closed or not self.at or len(self._clients) >= MOST_CLIENTS:
            return None
        self._clients.add(client)
        self._someone.set()
        return dict(self.at)

    def leave(self, client: Client) -> None:
        self._clients.discard(client)
        if not self._clients:
            self._someone.clear()

    def tell(self, event: bytes) -> None:
        """Hand an event to every client."""
        for client in self._clients:
            client.put(event)

    async def _follow(self) -> None:
        if not self.at:
            self.at = {tag: await self._stream.last_id(tag) for tag in self._stream.keys.tags()}
        self.ready = True
        while True:
            for tag in self.at:
                block = BLOCK_MS // len(self.at)
                if entries := await self._stream.read(tag, self.at[tag], block_ms=block):
                    await self._hand_on(tag, entries)
                else:
                    await self._rewind(tag)
            self._let_go()

    def _let_go(self) -> None:
        """Make room: end the streams of those who are gone."""
        for client in [client for client in self._clients if client.gone()]:
            client.end()
            self.leave(client)

    async def _hand_on(self, tag: str, entries: list[Entry]) -> None:
        """The place and the clients move together, after the last wait: nobody who joins misses one."""
        rows = [Row((*id_order(entry.id), 0), tag, entry.id, entry.reaction, 0) for entry in entries]
        stands = await standing(self._stream, rows) if self._clients else []
        if not self._clients:
            self.at[tag] = entries[-1].id
            return
        for row, newest in zip(rows, stands or [True] * len(rows), strict=True):
            self.at[tag] = row.id
            if row.reaction is not None and newest:
                self.tell(reaction_event(row, self.at))

    async def _rewind(self, tag: str) -> None:
        """A store that was rolled back behind us (G6): go back with it, and let the clients read anew."""
        at = await self._stream.resume_at(tag, self.at[tag])
        if at != self.at[tag]:
            self.at[tag] = at
            self.tell(event("reset", b"{}", self.at))


def event(name: str, data: bytes, at: Mapping[str, str] | None = None) -> bytes:
    """One event as it goes over the wire; `at` makes its id."""
    id = f"id: {','.join(at.values())}\n" if at else ""
    return f"{id}event: {name}\ndata: ".encode() + data + b"\n\n"


def reaction_event(row: Row, at: Mapping[str, str]) -> bytes:
    """A reaction, an edit or a delete; what is about nobody any more is shown as deleted."""
    reaction = row.reaction
    assert reaction is not None
    return event("reaction", with_field(encode(_shown(reaction)), "id", row.id), at)


def _shown(reaction: Reaction) -> Reaction:
    if reaction.about or reaction.claims or reaction.post.deleted:
        return reaction
    post = msgspec.structs.replace(without_words(reaction.post), deleted=True)
    return msgspec.structs.replace(reaction, post=post)
