"""The whole of Bluesky, from a Jetstream (v1 wire): posts, answers, profiles, deletes; no key.

The cursor is the highest time_us that was seen. After a break, the stream is asked for from OVERLAP before it, since
its events are not quite in order; what is handed over again, the store knows by its revision.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from pydantic import Field, PrivateAttr, ValidationInfo, field_validator
from yarl import URL

from ..errors import TryLater
from ..http import Http, retry_after
from ..model import MAX_POST_BYTES, Arrival, Post
from ..values import Duration, Private, redact
from ..watchlist import Watchlist
from .base import Source
from .bluesky import Authors, look_up
from .bluesky_records import POST, PROFILE, REPOST
from .bursts import Bursts
from .hosts import allow_of, checked_url
from .tape import OVERLAP, Handed, Tape

HOSTS = [f"wss://jetstream{n}.us-{side}.bsky.network/subscribe" for n in (1, 2) for side in ("east", "west")]
APPVIEW = "https://public.api.bsky.app"
CONNECT = 10.0
HEARTBEAT = 30.0
MOST_BYTES = 4 * 1024 * 1024
TICK = 1.0
# What was said while nobody read is late as it is: it waits so long for the known handles, once.
KNOWN = 2.0
_OURS = frozenset({"cursor", "compress", "requireHello", "maxMessageSizeBytes"})
# The codes with which our own end refuses a frame: the next connection would come upon it again.
_UNREADABLE = {1009: "too_large", 1007: "bad_text"}


class Jetstream(Source):
    """`urls`: hosts that say the same, taken in turn after faults. `appview`: where authors are looked up;
    null: nowhere. `quiet`: so long the stream is never without an event unless something is wrong; null: for
    a stream that may be silent."""

    allow_private: Private = False
    urls: list[str] = Field(default=HOSTS, min_length=1)
    appview: str | None = APPVIEW
    quiet: Duration | None = 60.0
    reposts: bool = False
    _authors: Authors = PrivateAttr(default_factory=Authors)
    _handed: Handed = PrivateAttr(default_factory=Handed)
    _polled: list[Post] = PrivateAttr(default_factory=list)
    _turn: int = PrivateAttr(default=0)
    _stuck: tuple[str, int] | None = PrivateAttr(default=None)

    @field_validator("cursor")
    @classmethod
    def _is_a_time(cls, value: str | None) -> str | None:
        if value is not None and _micros(value) is None:
            raise ValueError("the cursor of a jetstream is a time in unix microseconds")
        return value

    @field_validator("urls")
    @classmethod
    def _are_streams(cls, value: list[str], info: ValidationInfo) -> list[str]:
        return [_with_path(checked_url(url, "wss", "ws", info.data.get("allow_private"))) for url in value]

    @field_validator("appview")
    @classmethod
    def _is_a_host(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return None
        return str(checked_url(value, "https", "http", info.data.get("allow_private"))).rstrip("/")

    def watch(self, watchlist: Watchlist) -> None:
        """The known handles of the watchlist are looked up, and again every few hours."""
        self._authors = Authors(watchlist)

    def told(self) -> str:
        """How many hosts, and where authors are looked up."""
        hosts = f"{len(self.urls)} hosts" if len(self.urls) > 1 else redact(self.urls[0])
        return f"{hosts}, authors from {redact(self.appview)}" if self.appview else hosts

    def published(self, post: Post) -> None:
        """Its author is looked up, so that later posts carry a handle, a name and a bio."""
        if self.appview and not post.deleted:
            self._authors.want(post.author.id, time.monotonic())

    async def posts(self, http: Http, cursor: str | None) -> AsyncGenerator[Arrival, None]:
        """Events from OVERLAP before the cursor on, or from now. Raises TryLater when the host fails."""
        url = self.urls[self._turn % len(self.urls)]
        tape, asked = self._tape(cursor)
        try:
            async with (
                self._looking_up(http) as looking,
                self._connected(http, url, cursor, asked) as socket,
                Bursts(socket) as bursts,
            ):
                yield tape.here()
                while True:
                    messages = await bursts.next(TICK)
                    for message in messages:
                        if message.type is not aiohttp.WSMsgType.TEXT:
                            reason = self._unreadable(message, tape)
                            if reason is not None:
                                yield tape.here(dropped=reason or None)
                            raise _closed(message, socket.close_code, redact(url))
                        arrival = tape.take(message.data)
                        if tape.gap is not None:
                            yield tape.here()
                        if arrival is not None:
                            yield arrival
                    while self._polled:
                        yield tape.here(self._polled.pop())
                    if tape.is_ahead(time.monotonic()):
                        yield tape.here()
                    self._check(None if messages else bursts.heard, looking)
        except TryLater:
            self._turn += 1
            raise

    def _tape(self, cursor: str | None) -> tuple[Tape, int | None]:
        """Where to go on, and from when to ask the host: behind a frame that it cannot get past, if need be."""
        at = _micros(cursor)
        if at is not None and at > _now() + 86_400_000_000:
            at = None
        self._handed.forget(at)
        tape = Tape(at, self._handed, self._authors, self.quiet)
        if at is not None and self._stuck is not None and self._stuck[0] == str(at):
            step = self._stuck[1]
            tape.skip(at + step)
            self._stuck = (str(at + step), step)
            return tape, at + step
        return tape, None if at is None else at - OVERLAP

    def _unreadable(self, message: aiohttp.WSMessage, tape: Tape) -> str | None:
        """Did our own end refuse the frame, and why ("" when it is the one of the last connection again)?

        Then the next connection begins behind it, further each time.
        """
        error = message.data
        reason = _UNREADABLE.get(error.code) if isinstance(error, aiohttp.WebSocketError) else None
        if reason is None or tape.cursor is None:
            return reason
        if self._stuck is not None and self._stuck[0] == tape.cursor:
            self._stuck = tape.cursor, self._stuck[1] * 4
            return ""
        self._stuck = tape.cursor, 1000
        return reason

    def _check(self, silent_since: float | None, looking: asyncio.Task[None]) -> None:
        """Is it too long since the last event, or has a look-up met a bug?"""
        if looking.done():
            looking.result()
        if self.quiet and silent_since is not None and time.monotonic() - silent_since > self.quiet:
            raise TryLater("timeout", None, f"no event for {self.quiet:g} s")

    @asynccontextmanager
    async def _looking_up(self, http: Http) -> AsyncIterator[asyncio.Task[None]]:
        """Look-ups go on beside the stream, and end with it."""
        looking = asyncio.create_task(self._look_up(http))
        try:
            yield looking
        finally:
            looking.cancel()
            await asyncio.wait([looking])

    async def _look_up(self, http: Http) -> None:
        if self.appview is None:
            return
        looked_up = look_up(http, self.appview, allow_of(self.appview, self.allow_private), self._authors)
        async with contextlib.aclosing(looked_up) as batches:
            async for posts in batches:
                self._polled += posts

    @asynccontextmanager
    async def _connected(
        self, http: Http, url: str, cursor: str | None, asked: int | None
    ) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        if cursor is not None and self.appview:
            await self._authors.known(KNOWN)
        wanted = [POST, PROFILE, *([REPOST] if self.reposts else [])]
        query = [("wantedCollections", name) for name in wanted]
        query.append(("maxMessageSizeBytes", str(MAX_POST_BYTES)))
        query += [] if asked is None else [("cursor", str(asked))]
        session = http.session(allow_of(url, self.allow_private))
        closing = aiohttp.ClientWSTimeout(ws_close=0.5)
        try:
            async with asyncio.timeout(CONNECT):
                socket = await session.ws_connect(
                    URL(url).extend_query(query),
                    heartbeat=HEARTBEAT,
                    max_msg_size=MOST_BYTES,
                    timeout=closing,
                )
        except (aiohttp.ClientError, OSError) as error:
            raise _refused(error, redact(url), alone=len(self.urls) == 1) from None
        async with socket:
            yield socket


def _now() -> int:
    return time.time_ns() // 1000


def _micros(cursor: str | None) -> int | None:
    """A cursor as a time; None for what is none (a sequence number is a thousand times smaller)."""
    if cursor is None or not (cursor.isascii() and cursor.isdecimal() and 16 <= len(cursor) <= 18):
        return None
    return int(cursor)


def _with_path(url: URL) -> str:
    """The path may be left out, and what we ask for is not for the URL to say."""
    if taken := sorted(_OURS & set(url.query)):
        raise ValueError(f"{taken[0]} is not for the URL to set")
    return str(url if url.path not in ("", "/") else url.with_path("/subscribe", keep_query=True))


def _refused(error: Exception, host: str, *, alone: bool) -> TryLater:
    """Why a host could not be opened; what it says of when is for those who know no other host."""
    if isinstance(error, aiohttp.WSServerHandshakeError):
        status, after = error.status, retry_after(error.headers or {}, time.time()) if alone else None
        if status == 429:
            return TryLater("rate_limited", after, f"{host}: status 429")
        kinds = {4: "http_4xx", 5: "http_5xx"}
        return TryLater(kinds.get(status // 100, "protocol"), after, f"{host}: status {status}")
    if isinstance(error, TimeoutError):
        return TryLater("timeout", None, f"{host} does not answer")
    cause = getattr(error, "os_error", None) or error
    return TryLater(
        "unreachable", None, f"{host}: {getattr(cause, 'strerror', None) or type(cause).__name__}"
    )


def _closed(message: aiohttp.WSMessage, code: int | None, host: str) -> TryLater:
    """Why a stream has ended: 1001 and 1006 are a host that went, all else is a quarrel."""
    if message.type is aiohttp.WSMsgType.BINARY:
        return TryLater("protocol", None, f"{host} sent a binary frame")
    if isinstance(message.data, aiohttp.ServerTimeoutError):
        return TryLater("timeout", None, f"{host} answers no ping")
    gone = message.type is not aiohttp.WSMsgType.ERROR and code in (None, 1000, 1001, 1005, 1006, 1012, 1013)
    return TryLater("unreachable" if gone else "protocol", None, f"{host} closed the stream ({code})")
