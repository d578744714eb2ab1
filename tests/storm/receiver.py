"""A receiver for the storm: one port an endpoint, each fails in its own seeded way and keeps a log of all.

It lives in a thread of the test, so it outlives every kill of the service and of the store, and its clock is
the one by which the test notes its kills (time.monotonic).
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import formatdate

from standardwebhooks import Webhook

# How it answers, and how often. Failures are a third of all.
ANSWERS = {
    "ok": 54,
    "late": 8,
    "cut": 5,  # the head of a 2xx, and then a reset
    "500": 12,
    "503": 3,
    "429": 2,  # with Retry-After, as seconds or as a date
    "reset unread": 6,
    "reset read": 6,
    "torn": 2,  # half a status line, and then a reset
    "slow reset": 2,
    "hang": 1,
}
GOOD = ("ok", "late")
Moment = Callable[[str], None]


@dataclass
class Attempt:
    """One connection: `id` is "" where it was reset unread; `answered` is when the last byte was handed over."""

    endpoint: str
    arrived: float
    kind: str
    id: str = ""
    answered: float | None = None

    @property
    def accepted(self) -> bool:
        """A whole 2xx went out."""
        return self.answered is not None and self.kind in GOOD


@dataclass
class Hook:
    """One endpoint: `secrets` must each verify; none: like Slack, which says `ok` and knows no id.

    `in_a_row`: so many failures follow one another at most. `hangs`: how often it says nothing at all.
    """

    name: str
    choose: random.Random
    secrets: Sequence[str] = ()
    in_a_row: int = 4
    hangs: int = 1
    port: int = 0
    failed: int = 0

    def next(self) -> str:
        kind = self.choose.choices(list(ANSWERS), list(ANSWERS.values()))[0]
        if kind == "hang" and not self.hangs:
            kind = "slow reset"
        self.failed = 0 if kind in GOOD else self.failed + 1
        if self.failed > self.in_a_row:
            self.failed, kind = 0, "ok"
        self.hangs -= kind == "hang"
        return kind


@dataclass
class Storm:
    """What came in. `moment` is called once with each "arrived" and "answered", in the receiver's thread."""

    hooks: Sequence[Hook]
    name_of: Callable[[str], str]
    attempts: list[Attempt] = field(default_factory=list)
    unsigned: list[str] = field(default_factory=list)
    bodies: dict[tuple[str, str], set[bytes]] = field(default_factory=dict)
    moment: Moment | None = None

    def accepted(self, cut: Sequence[str] = ()) -> dict[str, Counter[str]]:
        """How often each id was answered by a whole 2xx, by endpoint; of webhooks also by one of `cut`."""
        found: dict[str, Counter[str]] = {hook.name: Counter() for hook in self.hooks}
        signed = {hook.name for hook in self.hooks if hook.secrets}
        for one in list(self.attempts):
            if one.accepted or (one.answered is not None and one.kind in cut and one.endpoint in signed):
                found[one.endpoint][one.id] += 1
        return found

    def came(self, what: str) -> None:
        if self.moment:
            self.moment(what)

    async def serve(self, hook: Hook, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        one = Attempt(hook.name, time.monotonic(), hook.next())
        self.attempts.append(one)
        try:
            if one.kind == "reset unread":
                reset(writer)
            else:
                await self._take(hook, one, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # The service was killed, or had enough.
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _take(
        self, hook: Hook, one: Attempt, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        headers = {k.lower(): v for k, v in re.findall(r"(?m)^([^:\r\n]+): *([^\r\n]*)", head)}
        body = await reader.readexactly(int(headers["content-length"]))
        one.id = headers["webhook-id"] if hook.secrets else self.name_of(json.loads(body)["text"])
        self.bodies.setdefault((hook.name, one.id), set()).add(body)
        for secret in hook.secrets:
            try:
                Webhook(secret).verify(body, headers)
            except Exception as error:
                self.unsigned.append(f"{hook.name} {one.id}: {error!r}")
        self.came("arrived")
        await self._answer(hook, one, reader, writer)

    async def _answer(
        self, hook: Hook, one: Attempt, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        kind = one.kind
        if kind == "hang":
            await reader.read(1)  # until the other side has had enough
            return
        if kind in ("late", "slow reset"):
            await asyncio.sleep(hook.choose.uniform(0.05, 0.8))
        if kind in GOOD:
            if reader.at_eof():
                return  # Whoever asked is gone: this is no answer.
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            one.answered = time.monotonic()
            self.came("answered")
            await writer.drain()
        elif kind == "cut":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
            one.answered = time.monotonic()
            reset(writer)
        elif kind == "torn":
            writer.write(b"HTTP/1.1 20")
            reset(writer)
        elif "reset" in kind:
            reset(writer)
        else:
            after = hook.choose.choice(["1", formatdate(time.time() + 1, usegmt=True)])
            waits = f"Retry-After: {after}\r\n" if kind == "429" else ""
            writer.write(f"HTTP/1.1 {kind} No\r\n{waits}Content-Length: 0\r\n\r\n".encode())
            await writer.drain()


def reset(writer: asyncio.StreamWriter) -> None:
    """End a connection by RST."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@contextmanager
def storming(storm: Storm) -> Iterator[Storm]:
    """Run the receiver in a thread of its own until the block ends."""
    loop = asyncio.new_event_loop()

    async def listen() -> list[asyncio.Server]:
        servers = []
        for hook in storm.hooks:
            serve = lambda reader, writer, hook=hook: storm.serve(hook, reader, writer)  # noqa: E731
            servers.append(await asyncio.start_server(serve, "127.0.0.1", 0))
            hook.port = servers[-1].sockets[0].getsockname()[1]
        return servers

    async def end(servers: list[asyncio.Server]) -> None:
        for server in servers:
            server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        if others:
            await asyncio.wait(others, timeout=5)

    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    servers = asyncio.run_coroutine_threadsafe(listen(), loop).result(60)
    try:
        yield storm
    finally:
        asyncio.run_coroutine_threadsafe(end(servers), loop).result(60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
