"""A Jetstream (v1 wire) on loopback with a log of invented events, that misbehaves as it is told; and an AppView."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

POST, PROFILE, LIKE = "app.bsky.feed.post", "app.bsky.actor.profile", "app.bsky.feed.like"
DIDS = [f"did:plc:{number:024d}".translate(str.maketrans("0189", "abcd")) for number in range(400)]


@dataclass(frozen=True)
class Event:
    """One line of the log; `collection` is None for identity and account events, which everybody gets."""

    time_us: int
    frame: str | bytes
    collection: str | None = None


class Log:
    """Events in the order in which a relay hands them on. Times go up, but for what a test says."""

    def __init__(self, start: int | None = None) -> None:
        self.events: list[Event] = []
        self.now = start or time.time_ns() // 1000
        self._numbers = itertools.count(1)

    def number(self) -> str:
        """A key of records and revisions that goes up."""
        return f"3m{next(self._numbers):011d}"

    def commit(
        self,
        did: str,
        collection: str,
        record: Any = None,
        *,
        operation: str = "create",
        rkey: str | None = None,
        rev: str | None = None,
        step: int = 1000,
    ) -> Event:
        self.now += step
        commit = {"rev": rev or self.number(), "operation": operation, "collection": collection}
        commit["rkey"] = rkey or self.number()
        if operation != "delete":
            commit |= {"record": record, "cid": "bafyreib" + "x" * 51}
        return self.add(
            {"did": did, "time_us": self.now, "kind": "commit", "commit": commit}, collection=collection
        )

    def post(
        self, text: str, did: str = DIDS[0], step: int = 1000, rkey: str | None = None, **more: Any
    ) -> Event:
        """`more` goes into the record, such as createdAt, langs, reply and embed."""
        operation = more.pop("operation", "create")
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime((self.now + step) / 1e6))
        record = {"$type": POST, "text": text, "createdAt": f"{at}.000Z", "langs": ["en"], **more}
        return self.commit(did, POST, record, rkey=rkey, step=step, operation=operation)

    def delete(self, rkey: str, did: str = DIDS[0], step: int = 1000) -> Event:
        return self.commit(did, POST, operation="delete", rkey=rkey, step=step)

    def profile(self, did: str, description: str | None, name: str = "Somebody", **more: Any) -> Event:
        record = {"$type": PROFILE, "displayName": name, "description": description}
        operation = more.pop("operation", "update")
        return self.commit(did, PROFILE, record, rkey="self", operation=operation, **more)

    def identity(self, did: str, handle: str | None = None) -> Event:
        """Without a handle, as the ones that were captured."""
        self.now += 1000
        identity = {"did": did, "seq": self.now, "time": "2026-05-04T12:00:00Z"}
        identity |= {"handle": handle} if handle else {}
        return self.add({"did": did, "time_us": self.now, "kind": "identity", "identity": identity})

    def account(self, did: str, status: str | None) -> Event:
        self.now += 1000
        account = {"active": status is None, "did": did, "seq": self.now, "time": "2026-05-04T12:00:00Z"}
        account |= {"status": status} if status else {}
        return self.add({"did": did, "time_us": self.now, "kind": "account", "account": account})

    def add(self, event: dict[str, Any], collection: str | None = None) -> Event:
        return self.raw(json.dumps(event, ensure_ascii=False), event["time_us"], collection)

    def raw(self, frame: str | bytes, time_us: int | None = None, collection: str | None = None) -> Event:
        self.events.append(Event(time_us or self.now, frame, collection))
        return self.events[-1]


@dataclass
class Act:
    """How the server behaves towards one connection."""

    status: int = 101
    headers: dict[str, str] = field(default_factory=dict)
    drop_after: int | None = None  # frames, then the transport is aborted
    close_after: tuple[int, int] | None = None  # frames and the code
    mute: bool = False  # pings only, and no matter how late they are answered
    clamp_to: int | None = None  # what is older is left out without a word
    twice: bool = False  # the last frames of the replay come again when it goes live
    pace: float = 0.0  # seconds between frames


class Server:
    """What is appended to `log` reaches all who are connected; `acts` are for the next connections, in order."""

    def __init__(self, log: Log | None = None) -> None:
        self.log = log or Log()
        self.acts: list[Act] = []
        self.otherwise = Act()
        self.asked: list[dict[str, Any]] = []
        self.sent = 0
        self.port = 0
        self._open: set[web.WebSocketResponse] = set()
        self._requests: dict[web.WebSocketResponse, web.Request] = {}

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    @property
    def connected(self) -> int:
        return len(self._open)

    def cut(self) -> None:
        """Every connection is lost without a word."""
        for socket in list(self._open):
            if transport := self._requests[socket].transport:
                transport.abort()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        query = request.query
        wanted = query.getall("wantedCollections", [])
        self.asked.append({"cursor": query.get("cursor"), "wanted": wanted, "query": dict(query)})
        act = self.acts.pop(0) if self.acts else self.otherwise
        if act.status != 101:
            return web.Response(status=act.status, headers=act.headers, text="service not ready, try later")
        cursor = query.get("cursor")
        bad = [name for name in wanted if not re.fullmatch(r"[a-z]+(\.[A-Za-z]+)+(\.\*)?", name)]
        if bad or (cursor is not None and not re.fullmatch(r"-?\d{1,18}", cursor)):
            return web.Response(status=400, text="invalid cursor or collection")
        socket = web.WebSocketResponse(heartbeat=None if act.mute else 30, compress=False, timeout=0.2)
        await socket.prepare(request)
        self._open.add(socket)
        self._requests[socket] = request
        listening = asyncio.create_task(self._listen(socket))
        try:
            await self._tell(request, socket, act, int(cursor) if cursor else None, set(wanted))
        except (ConnectionError, RuntimeError):
            pass
        finally:
            self._open.discard(socket)
            listening.cancel()
            await asyncio.wait([listening])
        return socket

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for _ in socket:
            pass
        self._open.discard(socket)

    async def _tell(
        self,
        request: web.Request,
        socket: web.WebSocketResponse,
        act: Act,
        cursor: int | None,
        wanted: set[str],
    ) -> None:
        """The replay, inclusive, then what comes."""
        events, sent = self.log.events, 0
        now = time.time_ns() // 1000
        at = len(events) if cursor is None or cursor > max(now, self.log.now) else 0
        live = len(events)
        oldest = max(cursor or 0, act.clamp_to or 0)
        repeat: list[Event] = []
        while socket in self._open:
            if act.mute:
                await socket.ping()
                await asyncio.sleep(0.1)
                continue
            if at >= len(events):
                await asyncio.sleep(0.002)
                continue
            event = events[at]
            at += 1
            if at <= live and event.time_us < oldest:
                continue
            if event.collection is not None and wanted and event.collection not in wanted:
                continue
            batch = [event]
            if act.twice and at == live:
                batch = [event, *repeat[-20:], event]
            repeat.append(event)
            for one in batch:
                await _send(socket, one.frame)
                sent += 1
                self.sent += 1
                if act.drop_after == sent and request.transport:
                    request.transport.abort()
                    return
                if act.close_after and act.close_after[0] == sent:
                    await socket.close(code=act.close_after[1], message=b"so it goes")
                    return
                if act.pace:
                    await asyncio.sleep(act.pace)

    async def shut(self) -> None:
        for socket in list(self._open):
            await socket.close(code=WSCloseCode.GOING_AWAY, message=b"server shutting down")


async def _send(socket: web.WebSocketResponse, frame: str | bytes) -> None:
    """Bytes go as a binary frame, behind "text:" as a text frame that is none."""
    if isinstance(frame, str):
        await socket.send_str(frame)
    elif frame.startswith(b"text:"):
        await socket.send_frame(frame[5:], WSMsgType.TEXT)
    else:
        await socket.send_bytes(frame)


@dataclass
class AppView:
    """Answers getProfiles from `accounts` (did to fields); `behave` may answer first."""

    accounts: dict[str, dict[str, Any]] = field(default_factory=dict)
    behave: Callable[[web.Request], Any] | None = None
    asked: list[list[str]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        actors = request.query.getall("actors", [])
        self.asked.append(actors)
        if self.behave and (answer := await self.behave(request)):
            return answer
        if not 0 < len(actors) <= 25:
            return web.json_response({"error": "InvalidRequest"}, status=400)
        rows = [
            {"did": did, **fields}
            for did, fields in self.accounts.items()
            if did in actors or fields["handle"] in actors
        ]
        return web.json_response({"profiles": rows})


@asynccontextmanager
async def listening(path: str, one: Server | AppView) -> AsyncIterator[None]:
    """Serve on a free port of loopback until the block ends."""
    app = web.Application()
    app.router.add_get(path, one.serve)
    runner = web.AppRunner(app, handle_signals=False, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", one.port)
    await site.start()
    one.port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    try:
        yield
    finally:
        if isinstance(one, Server):
            await one.shut()
        await runner.cleanup()


@asynccontextmanager
async def jetstream(server: Server | None = None, path: str = "/subscribe") -> AsyncIterator[Server]:
    server = server or Server()
    async with listening(path, server):
        yield server


@asynccontextmanager
async def appview(view: AppView | None = None) -> AsyncIterator[AppView]:
    view = view or AppView()
    async with listening("/xrpc/app.bsky.actor.getProfiles", view):
        yield view
