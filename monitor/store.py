"""The one place that speaks redis-py: commands under a deadline, never resent, with errors of a closed set.

Replies are what the server sends in RESP2, unparsed: bytes, int, None, or lists of them. XREAD gives
[[stream, [[id, [field, value, ...]], ...]], ...], HGETALL a flat list, a status reply is b"OK".
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import re
import time
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NoReturn, Self, TypeAlias
from urllib.parse import urlsplit

import hiredis
from redis.asyncio.connection import Connection, parse_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeout

from .errors import ReplyError, StoreDown, UserError

Arg: TypeAlias = bytes | str | int | float

REASONS = ("unreachable", "timeout", "loading", "read_only", "full", "disk", "replicas")
CONNECTIONS = 16
SCRIPTS = files("monitor") / "scripts"

# Error codes that tell of the server's state, not of the command.
_STATES = {
    "LOADING": "loading",
    "BUSY": "timeout",
    "READONLY": "read_only",
    "UNBLOCKED": "read_only",
    "OOM": "full",
    "MISCONF": "disk",
    "NOREPLICAS": "replicas",
    "MASTERDOWN": "unreachable",
    "CLUSTERDOWN": "unreachable",
    "TRYAGAIN": "unreachable",
}
_OLDEST = {"Redis": 7, "Valkey": 8}


class Store:
    """A connected store; make one with `open`. Safe for use by many tasks of one loop."""

    def __init__(self, options: dict[str, Any], timeout: float, connections: int = CONNECTIONS) -> None:
        self.server = ""
        self._options = options
        self._timeout = timeout
        self._idle: list[Connection] = []
        self._slots = asyncio.Semaphore(connections)
        self._closed = False

    @classmethod
    async def open(cls, url: str, *, timeout: float = 5.0, wait: float = 60.0) -> Self:
        """Connect, check the version, and wait up to `wait` seconds while the server loads its data.

        `timeout` is the default deadline of a call in seconds. Raises UserError, one line that names
        store.url without its password.
        """
        store = cls(_options(url, timeout), timeout)
        try:
            store.server = _supported(await store.call("INFO", "server"))
            await store._loaded(wait)
        except BaseException as error:
            await store.close()
            if isinstance(error, StoreDown | ReplyError | UserError):
                raise UserError(f"store.url: {redacted(url)}: {error}") from None
            raise
        return store

    def reader(self) -> Store:
        """A Store with one connection of its own, for XREAD BLOCK; the caller closes it."""
        reader = Store(self._options, self._timeout, connections=1)
        reader.server = self.server
        return reader

    async def close(self) -> None:
        """Close all idle connections; one in use is closed when its call ends. May be called twice."""
        self._closed = True
        while self._idle:
            with contextlib.suppress(RedisError, OSError):
                await self._idle.pop().disconnect()

    async def call(self, *args: Arg, timeout: float | None = None) -> Any:
        """Send one command, once. `timeout` is in seconds and must be well above a BLOCK.

        Raises ReplyError, or StoreDown: then it is not known whether the command took effect.
        """
        return (await self.many([args], timeout))[0]

    async def many(self, commands: Sequence[Sequence[Arg]], timeout: float | None = None) -> list[Any]:
        """Send several commands in one round trip, not as a transaction; all are executed.

        Returns their replies in order. Raises the first ReplyError among them, or StoreDown.
        """
        if not commands:
            return []
        packed = b"".join([hiredis.pack_command(tuple(command)) for command in commands])  # type: ignore[arg-type]
        try:
            async with asyncio.timeout(self._timeout if timeout is None else timeout):
                replies = await self._exchange(packed, len(commands))
        except (RedisError, OSError) as error:
            await self._fail(error)
        for reply in replies:
            if isinstance(reply, ResponseError):
                await self._fail(reply)
        return replies

    async def run(
        self, script: str, keys: Sequence[str], args: Sequence[Arg], timeout: float | None = None
    ) -> Any:
        """Run monitor/scripts/{script}.lua. NOSCRIPT means that it did not run, so that EVAL is safe.

        Raises like `call`; what a script returns by redis.error_reply("FENCED 7") has the code FENCED.
        """
        source, sha = _script(script)
        try:
            return await self.call("EVALSHA", sha, len(keys), *keys, *args, timeout=timeout)
        except ReplyError as error:
            if error.code != "NOSCRIPT":
                raise
        return await self.call("EVAL", source, len(keys), *keys, *args, timeout=timeout)

    async def alive(self) -> bool:
        """Whether the server answers PING now; a server that is loading or cannot write does not."""
        try:
            return bool(await self.call("PING") == b"PONG")
        except (StoreDown, ReplyError):
            return False

    async def _exchange(self, packed: bytes, count: int) -> list[Any]:
        if self._closed:
            raise RuntimeError("the store is closed")
        async with self._slots:
            connection = await self._connected()
            try:
                await connection.send_packed_command(packed, check_health=False)
                replies = [await _reply(connection) for _ in range(count)]
            except BaseException:
                # A reply may still come, and nobody must take it for that of the next command.
                await connection.disconnect(nowait=True)
                raise
            if self._closed:
                await connection.disconnect(nowait=True)
            else:
                self._idle.append(connection)
            return replies

    async def _connected(self) -> Connection:
        while self._idle:
            connection = self._idle.pop()
            if not await connection.can_read():
                return connection
            # The server has closed it meanwhile.
            await connection.disconnect(nowait=True)
        connection = _connection(self._options)
        try:
            await connection.connect()  # type: ignore[no-untyped-call]
        except BaseException:
            await connection.disconnect(nowait=True)
            raise
        return connection

    async def _fail(self, error: Exception) -> NoReturn:
        failure = _failure(error)
        if isinstance(failure, StoreDown) and failure.reason in ("unreachable", "timeout", "read_only"):
            # After a failover the name may lead elsewhere: the next call connects anew.
            while self._idle:
                await self._idle.pop().disconnect(nowait=True)
        raise failure from error

    async def _loaded(self, wait: float) -> None:
        deadline = time.monotonic() + wait
        while await self._loading():
            if time.monotonic() > deadline:
                raise StoreDown("loading", f"still loading its data after {wait:g} s")
            await asyncio.sleep(0.1)

    async def _loading(self) -> bool:
        try:
            await self.call("PING")
        except StoreDown as error:
            if error.reason in ("unreachable", "timeout"):
                raise
            return error.reason == "loading"
        return False


def redacted(url: str) -> str:
    """The URL without user, password and password parameter, for messages."""
    return re.sub(r"(password=)[^&]*", r"\1***", re.sub(r"//.*@", "//***@", url))


def _options(url: str, timeout: float) -> dict[str, Any]:
    if url.startswith("redis+cluster://"):
        raise UserError("store.url: redis+cluster:// is not supported yet: give one node as redis://")
    try:
        parts = urlsplit(url)
        if not (parts.path if parts.scheme == "unix" else parts.hostname):
            raise ValueError
        if parts.scheme != "unix" and not re.fullmatch(r"(/\d*)?", parts.path):
            raise ValueError
        options: dict[str, Any] = {**parse_url(url), **_against_traps(timeout)}
        _connection(options)
    except (ValueError, TypeError, RedisError):
        # What the parser says may hold the password, as does a URL that cannot be read.
        raise UserError("store.url: not a URL like redis://host:6379/0, rediss:// or unix:///path") from None
    return options


def _against_traps(timeout: float) -> dict[str, Any]:
    """What redis-py must be told, whatever the URL says.

    A socket_timeout makes redis-py 8 use wait_for, which loses cancellations on Python 3.11; its retries
    send commands twice; RESP3 hands out connections that the server has closed.
    """
    return {
        "socket_timeout": None,
        "socket_connect_timeout": timeout,
        "retry": Retry(NoBackoff(), 0),
        "retry_on_timeout": False,
        "health_check_interval": 0,
        "protocol": 2,
        "decode_responses": False,
    }


def _connection(options: dict[str, Any]) -> Connection:
    kind: type[Connection] = options.get("connection_class", Connection)
    return kind(**{name: value for name, value in options.items() if name != "connection_class"})


async def _reply(connection: Connection) -> Any:
    try:
        return await connection.read_response()
    except ResponseError as error:
        return error


def _failure(error: Exception) -> StoreDown | ReplyError:
    if isinstance(error, TimeoutError | RedisTimeout):
        return StoreDown("timeout", "no answer in time")
    code, text = _code(error)
    if code in _STATES:
        return StoreDown(_STATES[code], f"{code} {text}")
    if isinstance(error, ResponseError):
        return ReplyError(code, text)
    return StoreDown("unreachable", str(error))


def _code(error: Exception) -> tuple[str, str]:
    """The code of an error reply and the rest of it; redis-py takes the codes it knows off the text."""
    code, text = getattr(error, "status_code", None), str(error)
    if code is None:
        code, _, text = text.partition(" ")
    if code == "ERR" and re.fullmatch("[A-Z]+", text):
        # A script said redis.error_reply("BADARG"): before a single word the server puts ERR.
        return text, ""
    return code, text


def _supported(info: bytes) -> str:
    """The server's name and version out of INFO, like "Valkey 9.1.2"; UserError if it is too old."""
    fields = dict(line.split(":", 1) for line in info.decode().splitlines() if ":" in line)
    name = "Valkey" if "valkey_version" in fields else "Redis"
    version = fields.get(f"{name.lower()}_version", "0")
    if int(re.sub(r"\D.*", "", version) or 0) < _OLDEST[name]:
        raise UserError(f"{name} {version} is too old: Redis 7 or Valkey 8 is needed")
    return f"{name} {version}"


@cache
def _script(name: str) -> tuple[bytes, str]:
    source = (SCRIPTS / f"{name}.lua").read_bytes()
    return source, hashlib.sha1(source, usedforsecurity=False).hexdigest()
