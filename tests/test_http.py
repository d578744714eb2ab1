"""The HTTP client against real servers on loopback that misbehave, and the pure parts by table."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email.utils import formatdate

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor import __version__
from monitor.errors import TryLater
from monitor.http import REASONS, Blocked, Http, is_allowed, is_public, redact, retry_after

PRIVATE = """
127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.1.1
169.254.169.254 100.64.0.1 100.127.255.255 192.0.0.1 192.0.0.8 192.0.0.170 192.0.2.1 192.88.99.1 198.18.0.1
198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:100.64.0.1
::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:0:7f00:1:: 2001:db8::1
2001:10::1 2002:7f00:1:: 2002:a00:1:: 2002:808:808:: 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%lo
fec0::1 ff02::1 ff0e::1
"""
PUBLIC = """
1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.15.255.255 172.32.0.1 192.0.1.1 193.0.0.1 223.255.255.254
::ffff:8.8.8.8 2606:4700:4700::1111 2a00:1450:4001:80b::200e 2001:4860:4860::8888 2400:cb00::1
"""

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


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses_are_refused(address: str) -> None:
    assert not is_public(address)
    assert not is_allowed(address, False)
    assert not is_allowed(address, [])
    assert is_allowed(address, True)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses_pass(address: str) -> None:
    assert is_public(address)
    assert is_allowed(address, ["10.0.0.0/8"])


@pytest.mark.parametrize(
    ("address", "networks", "allowed"),
    [
        ("10.1.2.3", ["10.0.0.0/8"], True),
        ("::ffff:10.1.2.3", ["10.0.0.0/8"], True),
        ("11.0.0.1", ["10.0.0.0/8"], True),
        ("192.168.1.1", ["10.0.0.0/8"], False),
        ("192.168.1.1", ["10.0.0.0/8", "192.168.1.0/24"], True),
        ("192.168.1.1", ["192.168.1.1"], True),
        ("::1", ["127.0.0.0/8"], False),
        ("::1", ["::1"], True),
        ("64:ff9b::a00:1", ["10.0.0.0/8"], False),
        ("fe80::1%lo", ["fe80::/10"], True),
        ("169.254.169.254", ["10.0.0.0/8"], False),
    ],
)
def test_networks_are_allowed(address: str, networks: list[str], allowed: bool) -> None:
    assert is_allowed(address, networks) is allowed


@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_judged_as_itself(ip: object) -> None:
    assert is_public(str(ip)) is is_public(f"::ffff:{ip}")


NOTATIONS = """
127.0.0.1 localhost [::1] 0x7f000001 2130706433 127.1 [::ffff:127.0.0.1] [::ffff:7f00:1] 0.0.0.0 [::]
169.254.169.254 10.0.0.1 100.64.0.1 [64:ff9b::7f00:1] [2002:7f00:1::] 224.0.0.1 [fe80::1] [::127.0.0.1]
0177.0.0.1 LOCALHOST
"""


@pytest.mark.parametrize("host", NOTATIONS.split())
async def test_no_notation_reaches_a_private_address(http: Http, host: str) -> None:
    asked = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(host)

    async with listening(talk, "::" if host == "[::1]" else "0.0.0.0") as port:
        with pytest.raises(Blocked):
            await http.request("POST", f"http://{host}:{port}/SECRET", data=b"{}")
    assert asked == []


@pytest.mark.parametrize("allow", [True, ["127.0.0.0/8"], ["10.0.0.0/8", "127.0.0.1"]])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f000001"])
async def test_an_allowed_network_is_reached(http: Http, host: str, allow: bool | list[str]) -> None:
    async with listening(says(OK)) as port:
        response = await http.request("GET", f"http://{host}:{port}/", allow_private=allow)
    assert (response.status, response.body, response.complete) == (200, b"ok", True)


async def test_one_endpoints_permission_is_not_anothers(http: Http) -> None:
    async with listening(says(OK)) as port:
        await http.request("GET", f"http://127.0.0.1:{port}/", allow_private=["127.0.0.0/8"])
        for allow in (False, [], ["10.0.0.0/8"]):
            with pytest.raises(Blocked):
                await http.request("GET", f"http://127.0.0.1:{port}/", allow_private=allow)


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["127.0.0.1", "10.0.0.1"], ["::1", "127.0.0.1"]])
async def test_a_name_that_resolves_to_private_addresses(
    http: Http, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    resolves_to(monkeypatch, addresses)
    async with listening(says(OK)) as port:
        with pytest.raises(Blocked):
            await http.request("GET", f"http://receiver.example:{port}/")
        if addresses == ["127.0.0.1"]:
            url = f"http://receiver.example:{port}/"
            assert (await http.request("GET", url, allow_private=["127.0.0.1"])).status == 200


def resolves_to(monkeypatch: pytest.MonkeyPatch, addresses: list[str]) -> None:
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *rest: object, **more: object) -> list[tuple[object, ...]]:
        if host != "receiver.example":
            return real(host, port, *rest, **more)  # type: ignore[arg-type]
        kinds = [
            (socket.AF_INET6, (a, port, 0, 0)) if ":" in a else (socket.AF_INET, (a, port)) for a in addresses
        ]
        return [(family, socket.SOCK_STREAM, 6, "", where) for family, where in kinds]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


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
            await http.request("GET", url, allow_private=True, timeout=0.3)
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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(TryLater) as caught:
        await http.request("GET", f"http://{host}:{port}/", allow_private=True)
    assert caught.value.reason == "unreachable"


@pytest.mark.parametrize("then", [hangs, says()])
async def test_the_status_may_be_enough(http: Http, then: Talk) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort")
        await then(reader, writer)

    async with listening(talk) as port:
        url = f"http://127.0.0.1:{port}/"
        response = await http.request(
            "POST", url, allow_private=True, timeout=0.2, status_is_enough=True, data=b"x"
        )
        assert (response.status, response.complete) == (200, False)
        with pytest.raises(TryLater):
            await http.request("POST", url, allow_private=True, timeout=0.2, data=b"x")


async def test_a_cancelled_request_ends_at_once(http: Http) -> None:
    async with listening(hangs) as port:
        for _ in range(20):
            task = asyncio.create_task(http.request("GET", f"http://127.0.0.1:{port}/", allow_private=True))
            await asyncio.sleep(0.01)
            task.cancel()
            begun = time.monotonic()
            await asyncio.wait([task], timeout=1)
            assert task.cancelled()
            assert time.monotonic() - begun < 0.1


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


NOW = 1_790_000_000.0


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("120", 120.0),
        (" 120 ", 120.0),
        ("0", 1.0),
        ("1.5", 1.5),
        ("7200", 3600.0),
        ("9" * 5000, 3600.0),
        (formatdate(NOW + 90, usegmt=True), 90.0),
        (formatdate(NOW - 90, usegmt=True), 1.0),
        (formatdate(NOW + 86400, usegmt=True), 3600.0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 1.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("\u0661\u0662", None),
        ("nan", None),
        ("inf", None),
    ],
)
def test_retry_after(text: str, wait: float | None) -> None:
    assert wait == retry_after({"Retry-After": text}, NOW)


def test_no_retry_after() -> None:
    assert retry_after({}, NOW) is None


@given(st.one_of(st.text(), st.from_regex(r"\w{3}, \d+ \w{3} \d+ \d+:\d+:\d+( \S+)?")), st.floats(0, 1e10))
@example("Mon, 99 Jan 99999 99:99:99 GMT", 0.0)
@example("Fri, 31 Dec 9999 23:59:59 -2359", 0.0)
@example("Mon, 01 Jan 0001 00:00:00 +2359", 0.0)
def test_retry_after_is_bounded(text: str, now: float) -> None:
    wait = retry_after({"Retry-After": text}, now)
    assert wait is None or 1 <= wait <= 3600


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://hooks.example.org/services/T0/SECRET?key=SECRET#SECRET", "https://hooks.example.org"),
        ("https://SECRET:SECRET@example.org:8443/SECRET", "https://example.org:8443"),
        ("http://[::1]:80/SECRET", "http://[::1]:80"),
        ("http://[::1", "(no URL)"),
        ("https://example.org:SECRET/", "(no URL)"),
    ],
)
def test_redact(url: str, shown: str) -> None:
    assert shown == redact(url)
