"""The messages of a WebSocket in bursts: where many come, waking up for each costs more than reading it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from types import TracebackType
from typing import Self

import aiohttp

MOST_MESSAGES = 500
MOST_CHARACTERS = 8_000_000
# Above so many messages a second, the socket rests between bursts; an immediate answer takes no time.
BUSY = 150.0
REST = 0.02
AT_ONCE = 0.00005


class Bursts:
    """Reads a WebSocket in a task of its own; `next` hands over all that has come.

    A message waits REST longer at most, and only while more than BUSY come in a second. The last message
    is the one that is no text: the socket is closed, broken, or speaks another protocol.
    """

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._messages: list[aiohttp.WSMessage] = []
        self._characters = 0
        self._news, self._room = asyncio.Event(), asyncio.Event()
        self.heard = time.monotonic()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._fill())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])

    async def next(self, timeout: float) -> list[aiohttp.WSMessage]:
        """What has come since the last call; [] when nothing does within `timeout` seconds."""
        if not self._messages:
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(timeout):
                    await self._news.wait()
            if self._task.done():
                self._task.result()
        messages, self._messages, self._characters = self._messages, [], 0
        self._room.set()
        return messages

    async def _fill(self) -> None:
        rate = _Rate()
        before = time.monotonic()
        while True:
            message = await self._receive()
            self.heard = time.monotonic()
            self._messages.append(message)
            if message.type is not aiohttp.WSMsgType.TEXT:
                self._news.set()
                return
            self._characters += len(message.data)
            # A message that had to be waited for was the only one: let more of them come together.
            if rate.of(self.heard) > BUSY and self.heard - before > AT_ONCE:
                await self._rest()
            self._news.set()
            while len(self._messages) >= MOST_MESSAGES or self._characters >= MOST_CHARACTERS:
                self._room.clear()
                await self._room.wait()
            before = time.monotonic()

    async def _receive(self) -> aiohttp.WSMessage:
        try:
            return await self._socket.receive()
        except (aiohttp.ClientError, OSError) as error:
            return aiohttp.WSMessage(aiohttp.WSMsgType.ERROR, error, None)

    async def _rest(self) -> None:
        """Stop reading the socket for REST, and take up what has come before anybody is told."""
        transport = _transport(self._socket)
        if transport is not None:
            transport.pause_reading()
        try:
            await asyncio.sleep(REST)
        finally:
            if transport is not None:
                transport.resume_reading()
        # The first turn of the loop sees that there is something to read, the second one has read it.
        await asyncio.sleep(0)
        await asyncio.sleep(0)


class _Rate:
    """Messages a second, over the last quarter of one."""

    def __init__(self) -> None:
        self._since, self._count, self._rate = 0.0, 0, 0.0

    def of(self, now: float) -> float:
        self._count += 1
        if now - self._since > 0.25:
            self._rate = self._count / (now - self._since)
            self._since, self._count = now, 0
        return self._rate


def _transport(socket: aiohttp.ClientWebSocketResponse) -> asyncio.Transport | None:
    """aiohttp shows it nowhere; without it the socket is read all the time, which only costs more."""
    connection = getattr(getattr(socket, "_response", None), "connection", None)
    return getattr(connection, "transport", None)
