"""Which addresses the HTTP client connects to, and its other pure parts by table."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.utils import formatdate

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.addresses import Blocked, is_allowed
from monitor.http import Http, retry_after
from monitor.values import redact

from .test_http import OK, listening, says

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


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    async with Http() as opened:
        yield opened


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses_are_refused(address: str) -> None:
    assert not is_allowed(address, False)
    assert not is_allowed(address, False)
    assert not is_allowed(address, [])
    assert is_allowed(address, True)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses_pass(address: str) -> None:
    assert is_allowed(address, False)
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


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_judged_as_itself(ip: object) -> None:
    assert is_allowed(str(ip), False) is is_allowed(f"::ffff:{ip}", False)


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
        (formatdate(NOW + 90), 90.0),  # -0000
        (datetime.fromtimestamp(NOW + 90, UTC).strftime("%a %b %d %H:%M:%S %Y"), 90.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("\u0661\u0662", None),
        ("nan", None),
        ("inf", None),
    ],
)
def test_retry_after(monkeypatch: pytest.MonkeyPatch, text: str, wait: float | None) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")  # A date is in UTC wherever we are.
    time.tzset()
    try:
        assert wait == retry_after({"Retry-After": text}, NOW)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_no_retry_after() -> None:
    assert retry_after({}, NOW) is None


@settings(deadline=None)
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
