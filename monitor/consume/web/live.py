"""GET /api/stream: what a client missed, then everything as it happens, as Server-Sent Events."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from aiohttp import web

from ...stream import Stream, id_ms, id_order
from .answers import Refused, fault
from .api import AGAIN, guarded
from .history import History, Row, standing
from .hub import Client, Hub, event, reaction_event
from .news import News
from .query import OfStream, read_position, read_query
from .reactions import take

RETRY = b"retry: 2000\n\n"
PING = b": ping\n\n"
PING_EVERY = 15.0
MOST_MISSED = 1_000
MOST_MISSED_BYTES = 8_000_000
LONGEST_MISSED = 24 * 3600
OVERLAP_MS = 10_000
HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
}


class Live:
    """The route; `headers` are those of every answer."""

    def __init__(self, stream: Stream, hub: Hub, news: News, headers: Mapping[str, str]) -> None:
        self._stream, self._hub, self._news = stream, hub, news
        self._headers = {**headers, **HEADERS}

    def route(self) -> web.RouteDef:
        return web.get("/api/stream", self.answer, allow_head=False)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Events until the client goes, is too slow, or the service stops; 503 when there are too many."""
        client = Client(cut=lambda: _abort(request), gone=lambda: _is_gone(request))
        at = self._hub.join(client)
        if at is None:
            return fault(503, "too many are looking on, or the service stops", AGAIN)
        try:
            # What is told from here on waits for the client, so this is the time to see how things stand.
            return await self._stream_to(client, at, self._news.greeting(), request)
        finally:
            self._hub.leave(client)

    async def _stream_to(
        self, client: Client, at: dict[str, str], greeting: bytes, request: web.Request
    ) -> web.StreamResponse:
        head = bytearray()

        async def begin(request: web.Request) -> web.StreamResponse:
            head.extend(await self._head(*_after(request, len(at)), at) + greeting)
            return web.StreamResponse(headers=self._headers)

        response = await guarded(begin)(request)
        if isinstance(response, web.Response):
            return response
        try:
            await response.prepare(request)
            await response.write(bytes(head))
            while (waiting := await client.take(PING_EVERY)) is not None:
                await response.write(waiting or PING)
        except ConnectionError:
            pass
        return response

    async def _head(self, after: Sequence[str] | None, whole: bool, at: dict[str, str]) -> bytes:
        """What a client gets first: what it missed, and what has changed since."""
        since, missed = int(time.time() * 1000), list[bytes]()
        if after is not None:
            missed, whole = await missed_events(self._stream, after, at, time.time())
            since = min(id_ms(id) for id in after) if whole else since
        reset = b"" if whole else event("reset", b"{}")
        changed = await self._news.since(since - OVERLAP_MS)
        return b"".join([RETRY, reset, *missed, _place(at), changed])


async def missed_events(
    stream: Stream, after: Sequence[str], at: Mapping[str, str], now: float
) -> tuple[list[bytes], bool]:
    """The reactions after one place up to another, oldest first, and whether that is all of them.

    It is not where more than a thousand, or more than a day, was missed, the stream was rolled back, or posts
    were forgotten.
    """
    oldest = f"{int((now - LONGEST_MISSED) * 1000)}-0"
    whole, since = True, []
    for (tag, until), id in zip(at.items(), after, strict=True):
        begin = min(until, max(id, oldest, key=id_order), key=id_order)
        since.append(begin)
        if id_order(id) > id_order(until) or id_order(id) < id_order(await stream.swept(tag)):
            whole = False
        elif id != begin:
            whole = whole and not await stream.back(tag, begin, f"({id}", 1)
    bounds = [(until, f"({id}") for id, until in zip(since, at.values(), strict=True)]
    rows: list[Row] = []
    history, size = History(stream, bounds), 0
    while found := await take(history, 250):
        rows += found
        size += sum(row.size for row in found)
        if len(rows) > MOST_MISSED or size > MOST_MISSED_BYTES:
            rows, whole = rows[:MOST_MISSED], False
            break
    rows.reverse()
    place = dict(zip(at, since, strict=True))
    events = []
    for row, stands in zip(rows, await standing(stream, rows), strict=True):
        place[row.tag] = row.id
        if stands:
            events.append(reaction_event(row, place))
    return events, whole


def _after(request: web.Request, partitions: int) -> tuple[list[str] | None, bool]:
    """The place that a client has reached, if any, and whether it is one of this service's."""
    given = read_query(request, OfStream).after
    header = request.headers.get("Last-Event-ID")
    try:
        place = read_position(given or header or "", partitions) if given or header else None
    except Refused:
        if given:
            raise
        place = None
    return place, place is not None or not (given or header)


def _place(at: Mapping[str, str]) -> bytes:
    return f"id: {','.join(at.values())}\n\n".encode()


def _abort(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


def _is_gone(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()
