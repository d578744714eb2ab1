"""The HTTP client against real servers on loopback that misbehave."""

from __future__ import annotations

import asyncio
import gzip
import socket
import sys
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from monitor import __version__
from monitor.addresses import Blocked
from monitor.errors import TryLater
from monitor.http import REASONS, Http, Response

from .conftest import held_port

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    async with Http() as opened:
        yield opened


@asynccontextmanager
async def listening(talk: Talk, host: str = "127.0.0.1") -> AsyncIterator[int]:
    """A server that reads a request's head (but no TLS), then does what `talk` does; its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if talk is not speaks_plain:
                await reader.readuntil(b"\r\n\r\n")
            await talk(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, host, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()


def says(*parts: bytes) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()

    return talk


async def speaks_plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(OK)


async def hangs(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


async def test_redirects_are_not_followed(http: Http) -> None:
    asked = []

    async def elsewhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(1)

    async with listening(elsewhere) as other:
        moved = f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{other}/\r\nContent-Length: 0\r\n\r\n"
        async with listening(says(moved.encode())) as port:
            response = await http.request("GET", f"http://127.0.0.1:{port}/", allow_private=True)
    assert (response.status, asked) == (302, [])


async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(b"x" * 65536)
        await writer.drain()


@pytest.mark.parametrize("max_body", [0, 1000, 65536])
async def test_an_endless_body_is_cut(http: Http, max_body: int) -> None:
    async with listening(endless) as port:
        response = await http.request(
            "GET", f"http://127.0.0.1:{port}/", allow_private=True, max_body=max_body
        )
    assert (max_body, False) == (len(response.body), response.complete)


async def test_a_body_of_just_the_size_is_complete(http: Http) -> None:
    async with listening(says(OK)) as port:
        response = await http.request("GET", f"http://127.0.0.1:{port}/", allow_private=True, max_body=2)
    assert (response.body, response.complete) == (b"ok", True)


async def test_a_compressed_bomb_is_cut(http: Http) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    async with listening(says(head, bomb)) as port:
        response = await http.request("GET", f"http://127.0.0.1:{port}/", allow_private=True, max_body=1000)
    assert (bytes(1000), False) == (response.body, response.complete)


async def resets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    writer.transport.abort()


@pytest.mark.parametrize(
    ("talk", "scheme", "reason"),
    [
        (resets, "http", "reset"),
        (says(), "http", "reset"),
        (says(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"), "http", "reset"),
        (says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno chunk"), "http", "protocol"),
        (says(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok"), "http", "reset"),
        (says(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "http", "protocol"),
        (says(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n"), "http", "protocol"),
        (speaks_plain, "https", "tls"),
        (hangs, "http", "timeout"),
        (hangs, "https", "timeout"),
    ],
)
async def test_faults_have_a_reason_and_name_no_secret(
    http: Http, talk: Talk, scheme: str, reason: str
) -> None:
    async with listening(talk) as port:
        url = f"{scheme}://127.0.0.1:{port}/SECRET"
        with pytest.raises(TryLater) as caught:
            await http.request("GET", url, allow_private=True, timeout=0.3 if reason == "timeout" else 60)
    assert reason == caught.value.reason
    assert reason in REASONS
    assert "SECRET" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "url", ["https://[::1/SECRET", "https:///SECRET", "ftp://example.org/SECRET", "SECRET"]
)
async def test_a_url_that_cannot_be_used_is_blocked(http: Http, url: str) -> None:
    with pytest.raises(Blocked) as caught:
        await http.request("GET", url)
    assert "SECRET" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("host", ["127.0.0.1", "nowhere.example", "x" * 64 + ".example"])
async def test_a_host_that_is_not_there(http: Http, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    if host == "nowhere.example":

        def resolve(*args: object, **more: object) -> None:
            raise socket.gaierror(-2, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with held_port() as port, pytest.raises(TryLater) as caught:
        await http.request("GET", f"http://{host}:{port}/", allow_private=True)
    assert caught.value.reason == "unreachable"


@pytest.mark.parametrize("then", [hangs, says()])
async def test_the_status_may_be_enough(http: Http, then: Talk) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort")
        await then(reader, writer)

    async with listening(talk) as port:
        url = f"http://127.0.0.1:{port}/"

        async def patiently(timeout: float) -> Response:
            """The status comes at once, but for a machine that is busy."""
            try:
                return await http.request(
                    "POST", url, allow_private=True, timeout=timeout, status_is_enough=True, data=b"x"
                )
            except TryLater:
                if timeout > 10:
                    raise
                return await patiently(8 * timeout)

        response = await patiently(0.2)
        assert (response.status, response.complete) == (200, False)
        with pytest.raises(TryLater):
            await http.request("POST", url, allow_private=True, timeout=0.2, data=b"x")


async def test_a_cancelled_request_ends_at_once(http: Http) -> None:
    async with listening(hangs) as port:
        for _ in range(20):
            task = asyncio.create_task(http.request("GET", f"http://127.0.0.1:{port}/", allow_private=True))
            await asyncio.sleep(0.01)
            task.cancel()
            await asyncio.wait([task], timeout=60)
            assert task.cancelled()


async def test_who_we_are_and_what_we_leave_alone(http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    heads: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    for _ in range(2):
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        assert (await http.request("GET", url, allow_private=True)).status == 200
    server.close()
    assert f"user-agent: monitor/{__version__}".encode() in heads[1].lower()
    assert b"cookie" not in heads[1].lower()


STUCK = """
import asyncio, socket, time
from monitor.http import Http

async def main():
    socket.getaddrinfo = lambda *args, **more: time.sleep(3600)
    async with Http() as http:
        task = asyncio.create_task(http.request("GET", "http://receiver.example/"))
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.wait([task])

asyncio.run(main())
"""


async def test_a_name_server_that_is_silent_does_not_hold_up_the_end() -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", STUCK)
    try:
        async with asyncio.timeout(100):
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_a_proxy_is_asked_for_the_whole_url_and_may_be_private(http: Http) -> None:
    asked: list[bytes] = []

    async def proxied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(proxied, "127.0.0.1", 0)
    async with server:
        proxy = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        response = await http.request("POST", "http://receiver.example/hook?k=1", data=b"{}", proxy=proxy)
    assert response.status == 200
    assert asked == [b"POST http://receiver.example/hook?k=1 HTTP/1.1\r\n"]


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "2130706433", "0x7f.1", "[::1]", "10.1", "localhost", "a.localhost."),
        *("１２７.0.0.1", "127。0。0。1", "①②⑦.⓪.⓪.①", "ⓛocalhost", "localhost。", "LOCALHOST"),
        *("%31%32%37.0.0.1", "loc%61lhost", "127.0.0.1%2e"),
    ],
)
async def test_behind_a_proxy_too_no_private_address_is_named(http: Http, host: str) -> None:
    async with listening(says(OK)) as port:
        with pytest.raises(Blocked):
            await http.request("POST", f"http://{host}/", data=b"{}", proxy=f"http://127.0.0.1:{port}")


async def test_a_proxy_that_is_gone_or_refuses_is_tried_again_later(http: Http) -> None:
    with pytest.raises(TryLater) as raised:
        await http.request("POST", "http://receiver.example/", proxy="http://127.0.0.1:1")
    assert raised.value.reason == "the proxy is unreachable"
    refuses = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    async with listening(says(refuses)) as port:
        with pytest.raises(TryLater) as raised:
            await http.request("POST", "https://receiver.example/", proxy=f"http://127.0.0.1:{port}")
    assert raised.value.reason == "the proxy answered 407"
