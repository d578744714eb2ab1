"""A web server on loopback that says what a test tells it to, and misbehaves where it is told to."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, Self

from aiohttp import web

RSS = "application/rss+xml; charset=utf-8"
JSON = "application/feed+json"


class Asked(NamedTuple):
    """One request as it came in."""

    path: str
    headers: dict[str, str]


Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FeedServer:
    """Answers each path with what `say` has given it, one after the other; the last one stays."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self._answers: dict[str, list[Answer]] = {}
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *error: Any) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def url(self, path: str = "/feed", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def say(self, *answers: Answer, path: str = "/feed") -> None:
        """What the next requests of a path get, in place of what was left."""
        self._answers[path] = list(answers)

    def times(self, path: str = "/feed") -> int:
        return sum(asked.path == path for asked in self.asked)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(Asked(request.path, dict(request.headers)))
        answers = self._answers.get(request.path, [status(404)])
        return await (answers.pop(0) if len(answers) > 1 else answers[0])(request)


def page(body: bytes | str, kind: str = RSS, code: int = 200, **headers: str) -> Answer:
    """A body; names of headers with _ for -."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answer(request: web.Request) -> web.StreamResponse:
        data = body.encode() if isinstance(body, str) else body
        return web.Response(body=data, status=code, headers={"Content-Type": kind, **told})

    return answer


def status(code: int, **headers: str) -> Answer:
    return page(b"", "text/plain", code, **headers)


def moved(code: int, to: str) -> Answer:
    return status(code, Location=to)


def cached(body: str, etag: str, modified: str = "") -> Answer:
    """A body with validators: 304 to whoever sends them all back as they are."""
    full = page(body, ETag=etag, **({"Last_Modified": modified} if modified else {}))

    async def answer(request: web.Request) -> web.StreamResponse:
        same = request.headers.get("If-None-Match") == etag
        same = same and request.headers.get("If-Modified-Since", "") == modified
        return web.Response(status=304, headers={"ETag": etag}) if same else await full(request)

    return answer


def packed(data: bytes) -> Answer:
    """A body that is compressed already, with the header that says so."""
    return page(data, Content_Encoding="gzip")


def bomb(megabytes: int) -> bytes:
    """So many megabytes of spaces behind the head of a feed, as gzip, built in little memory."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(b"<rss version='2.0'><channel>")]
    parts += [packer.compress(b" " * 1_000_000) for _ in range(megabytes)]
    return b"".join((*parts, packer.flush()))


def plainly(text: str) -> bytes:
    return gzip.compress(text.encode())


async def broken(request: web.Request) -> web.StreamResponse:
    """Resets the connection in the middle of the body."""
    answer = await _begun(request, Content_Length="1000")
    assert request.transport is not None
    request.transport.abort()
    return answer


async def endless(request: web.Request) -> web.StreamResponse:
    answer = await _begun(request)
    try:
        while True:
            await answer.write(b"<item><title>more</title></item>" * 2000)
    except (ConnectionError, asyncio.CancelledError):
        return answer


async def slow(request: web.Request) -> web.StreamResponse:
    """A byte now and then, for longer than anybody waits."""
    answer = await _begun(request)
    try:
        for _ in range(200):
            await answer.write(b" ")
            await asyncio.sleep(0.02)
    except (ConnectionError, asyncio.CancelledError):
        pass
    return answer


async def _begun(request: web.Request, **headers: str) -> web.StreamResponse:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = web.StreamResponse(headers={"Content-Type": RSS, **told})
    await answer.prepare(request)
    await answer.write(b"<rss version='2.0'><channel>")
    return answer


def item(guid: str, title: str, body: str = "", at: str = "", link: str = "") -> str:
    """One item of RSS; `body` may be markup."""
    parts = [
        f"<guid isPermaLink='false'>{guid}</guid>" if guid else "",
        f"<title>{title}</title>",
        f"<link>{link}</link>" if link else "",
        f"<description><![CDATA[{body}]]></description>" if body else "",
        f"<pubDate>{at}</pubDate>" if at else "",
    ]
    return f"<item>{''.join(parts)}</item>"


def rss(*items: str, more: str = "") -> str:
    """A document with these items, the newest first as feeds have them."""
    head = (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'>"
    )
    return f"{head}<channel><title>Daily</title>{more}{''.join(items)}</channel></rss>"
