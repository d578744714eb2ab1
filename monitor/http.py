"""The one HTTP client, for webhooks and feeds: no redirects, bounded bodies, public addresses only.

The address is checked where the socket is made, so for every resolved address and for literals alike, and
a name that resolves differently the next time gains nothing. Behind a proxy this check sees the proxy's
address only, so the proxy variables of the environment are not read: a proxy is used where the settings
name one, and what names lead to is then its matter.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import NamedTuple, Self, TypeVar, cast

import aiohttp
from aiohttp.abc import AbstractCookieJar, AbstractResolver, ResolveResult
from yarl import URL

from . import __version__
from .addresses import Allow, Blocked, is_allowed, named
from .errors import TryLater

USER_AGENT = f"monitor/{__version__}"
REASONS = ("unreachable", "timeout", "reset", "tls", "protocol")

T = TypeVar("T")


class Response(NamedTuple):
    """An answer of any status. `complete` is false when the body was longer than asked for or broke off."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    complete: bool = True


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """The seconds that Retry-After asks for (a number or a date), within 1 s .. 1 h; None without one."""
    text = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]+(\.[0-9]*)?", text):
        wait = float(text)
    else:
        try:
            at = parsedate_to_datetime(text)
            # A date of HTTP is in UTC, whether or not it says so.
            wait = (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - now
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return min(max(wait, 1.0), 3600.0)


class Http:
    """Open it with `async with`; then one pool of connections for each set of allowed networks."""

    def __init__(self) -> None:
        self._sessions: dict[bool | tuple[str, ...], aiohttp.ClientSession] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for session in self._sessions.values():
            await session.close()
        self._sessions.clear()

    def session(self, allow_private: Allow = False) -> aiohttp.ClientSession:
        """The aiohttp session behind `request`, for streams and WebSockets.

        It has no time limits of its own, and follows redirects unless told not to (each hop is checked).
        """
        key = allow_private if isinstance(allow_private, bool) else tuple(allow_private)
        if key not in self._sessions:
            self._sessions[key] = _session(key)
        return self._sessions[key]

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        data: bytes | str | None = None,
        allow_private: Allow = False,
        timeout: float = 15,
        max_body: int = 65536,
        status_is_enough: bool = False,
        proxy: str | None = None,
    ) -> Response:
        """One request and its answer, whatever the status; at most `max_body` bytes of body are read.

        `timeout` (s) covers all of it. A body that breaks off is an error, unless the status is enough.
        `proxy`: the URL of a proxy, which may be private; an address in the URL must be allowed all the same.
        Raises TryLater with one of REASONS, or with what is wrong with the proxy, and Blocked; neither names the URL.
        """
        got: Response | None = None
        if proxy is not None:
            _refuse_literal(url, allow_private)
        session = self.session(allow_private if proxy is None else True)
        try:
            with _faults():
                async with (
                    asyncio.timeout(timeout),
                    session.request(
                        method, url, headers=headers, data=data, allow_redirects=False, proxy=proxy
                    ) as answer,
                ):
                    got = Response(answer.status, answer.headers, b"", complete=False)
                    body = await _read(answer.content, max_body + 1)
                    got = got._replace(body=body[:max_body], complete=len(body) <= max_body)
        except TryLater:
            if got is None or not status_is_enough:
                raise
        assert got is not None
        return got


def _refuse_literal(url: str, allow: Allow) -> None:
    try:
        # As the client reads it, to whom "１２７。0。0。1" is 127.0.0.1, too.
        host = URL(url).host or ""
    except ValueError:
        raise Blocked("the URL cannot be used") from None
    if "%" in host and ":" not in host:  # A proxy may read escapes; the zone of an IPv6 address is none.
        raise Blocked("the URL cannot be used")
    address = named(host)
    if address and not is_allowed(address, allow):
        raise Blocked


def as_sent(url: str) -> str:
    """A URL as it goes out, its escapes written in one way; as it is where the client takes it for none."""
    try:
        return str(URL(url))
    except ValueError:
        return url


def _session(allow: bool | tuple[str, ...]) -> aiohttp.ClientSession:
    def connectable(info: tuple[int, int, int, str, tuple[object, ...]]) -> socket.socket:
        family, kind, protocol, _, where = info
        if not is_allowed(str(where[0]), allow):
            raise Blocked
        return socket.socket(family, kind, protocol)

    no_limits = aiohttp.ClientTimeout(total=None, sock_connect=None)
    no_cookies: AbstractCookieJar = aiohttp.DummyCookieJar()
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(socket_factory=connectable, resolver=_Resolver()),
        headers={"User-Agent": USER_AGENT},
        timeout=no_limits,
        cookie_jar=no_cookies,
        trust_env=False,
    )


class _Resolver(AbstractResolver):
    """Looks names up in threads that nobody waits for: asyncio's own would hold up our end for as long as
    a name server does not answer."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        infos = await _in_thread(
            lambda: socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
        )
        numeric = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
        return [
            ResolveResult(
                hostname=host, host=str(where[0]), port=port, family=kind, proto=protocol, flags=numeric
            )
            for kind, _, protocol, _, where in infos
        ]

    async def close(self) -> None:
        """There is nothing to close."""


async def _in_thread(call: Callable[[], T]) -> T:
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def settle(value: T | None, error: Exception | None) -> None:
        if answer.done():
            return
        if error:
            answer.set_exception(error)
        else:
            answer.set_result(cast(T, value))

    def work() -> None:
        value, error = None, None
        try:
            value = call()
        except (OSError, UnicodeError) as raised:
            error = raised
        with suppress(RuntimeError):  # The loop may be closed by now.
            loop.call_soon_threadsafe(settle, value, error)

    threading.Thread(target=work, name="resolve", daemon=True).start()
    return await answer


async def _read(content: aiohttp.StreamReader, limit: int) -> bytes:
    body = bytearray()
    while len(body) < limit:
        chunk = await content.read(limit - len(body))
        if not chunk:
            break
        body += chunk
    return bytes(body)


@contextmanager
def _faults() -> Iterator[None]:
    """Turns what aiohttp and sockets raise into TryLater and Blocked, without the URL that they name."""
    try:
        yield
    except (aiohttp.ClientError, OSError, UnicodeError) as error:
        raise _fault(error) from None


def _fault(error: Exception) -> Exception:
    if isinstance(error, aiohttp.InvalidURL | aiohttp.NonHttpUrlClientError):
        return Blocked("the URL cannot be used")
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, Blocked):
        return Blocked()
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        return TryLater("the proxy is unreachable")
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return TryLater(f"the proxy answered {error.status}")
    return TryLater(next((reason for kind, reason in _KINDS if isinstance(error, kind)), "reset"))


_KINDS: list[tuple[type[Exception] | tuple[type[Exception], ...], str]] = [
    ((aiohttp.ClientSSLError, ssl.SSLError), "tls"),
    (TimeoutError, "timeout"),
    ((aiohttp.ClientConnectorError, UnicodeError), "unreachable"),
    (aiohttp.ClientResponseError, "protocol"),
]
