"""What a user may get wrong about store.url, and how the store says it in one line."""

from __future__ import annotations

import asyncio
import re
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from monitor.errors import UserError
from monitor.store import Store, redacted

from .conftest import debian, held_port, listening, opened, serve


@pytest.mark.parametrize(
    "url",
    [
        *("http://secret@h", "redis://", "redis://h:secret", "redis://:secret:h:1", "redis://h/secret"),
        *("redis://h?socket_timeout=secret", "redis://h?secret=1", "unix://", "redis://[secret", "secret"),
    ],
)
async def test_a_url_that_cannot_be_read(url: str) -> None:
    with pytest.raises(UserError, match=r"^store.url: not a URL like") as wrong:
        await Store.open(url)
    assert "secret" not in str(wrong.value)


async def test_a_cluster_is_for_later() -> None:
    with pytest.raises(UserError, match=r"^store.url: redis\+cluster:// is not supported yet"):
        await Store.open("redis+cluster://host")


@pytest.mark.parametrize(
    "url",
    ["redis://u:secret@127.0.0.1:1", "unix://u:secret@/nowhere/s", "unix:///nowhere/s?password=secret"],
)
async def test_a_store_that_cannot_be_reached(url: str) -> None:
    with pytest.raises(UserError, match=r"^store.url: \w+://.*\*\*\*.*: Error .*connecting to") as wrong:
        await Store.open(url)
    assert "\n" not in str(wrong.value)
    assert "secret" not in str(wrong.value)


def test_a_url_is_shown_without_secrets() -> None:
    assert redacted("redis://h:1/0") == "redis://h:1/0"
    assert redacted("rediss://user:a@b:c@h:1/0?ssl_ca_certs=x") == "rediss://***@h:1/0?ssl_ca_certs=x"
    assert redacted("unix:///s?password=p&db=1") == "unix:///s?password=***&db=1"


async def test_a_wrong_password_is_named_not_shown(either_server: str, tmp_path: Path) -> None:
    async with serve(either_server, tmp_path, "--requirepass", "right") as server:
        address = f"127.0.0.1:{server.port}"
        async with opened(f"redis://:right@{address}") as store:
            assert await store.alive()
        wrong = (server.url, f"redis://:wrong@{address}", f"{server.unix}?password=wrong", server.unix)
        for url in wrong:
            with pytest.raises(
                UserError, match=r"^store.url: .*(Authentication required|invalid.*pass)"
            ) as told:
                await Store.open(url)
            assert "wrong" not in str(told.value)


@pytest.mark.parametrize(
    ("info", "said"),
    [
        ("redis_version:6.2.14", "Redis 6.2.14 is too old: Redis 7 or Valkey 8 is needed"),
        (
            "redis_version:7.2.4\r\nvalkey_version:7.2.5",
            "Valkey 7.2.5 is too old: Redis 7 or Valkey 8 is needed",
        ),
        ("nonsense:1", "Redis 0 is too old"),
    ],
)
async def test_a_server_that_is_too_old_is_named(info: str, said: str) -> None:
    async with pretender(info) as url:
        with pytest.raises(UserError, match=re.escape(said)):
            await Store.open(url)


async def test_the_oldest_servers_that_will_do() -> None:
    for info, server in (
        ("redis_version:7.0.0", "Redis 7.0.0"),
        ("redis_version:7.2.4\r\nvalkey_version:8.0.1", "Valkey 8.0.1"),
        ("redis_version:255.255.255", "Redis 255.255.255"),
    ):
        async with pretender(info) as url, opened(url) as store:
            assert store.server == server


@asynccontextmanager
async def pretender(info: str) -> AsyncIterator[str]:
    """A server that speaks RESP, answers INFO with this text, and all else with PONG."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while count := await reader.readline():
            words = []
            for _ in range(int(count[1:])):
                size = int((await reader.readline())[1:])
                words.append((await reader.readexactly(size + 2))[:-2])
            text = f"# Server\r\n{info}\r\n"
            writer.write(f"${len(text)}\r\n{text}\r\n".encode() if words[0] == b"INFO" else b"+PONG\r\n")

    async with listening(answer) as port:
        yield f"redis://127.0.0.1:{port}"


@pytest.mark.debian
async def test_tls(tmp_path: Path) -> None:
    key, crt = tmp_path / "key.pem", tmp_path / "crt.pem"
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    make = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", *names)
    subprocess.run(
        [debian("openssl"), *make, "-keyout", key, "-out", crt], check=True, stderr=subprocess.DEVNULL
    )
    tls = (
        "--tls-port",
        "0",
        "--tls-cert-file",
        str(crt),
        "--tls-key-file",
        str(key),
        "--tls-auth-clients",
        "no",
    )
    redis = debian("redis-server")
    with held_port() as port:
        async with serve(redis, tmp_path, *tls) as server, opened(server.url) as plain:
            await plain.call("CONFIG", "SET", "tls-port", port)
            async with opened(f"rediss://localhost:{port}?ssl_ca_certs={crt}") as store:
                assert await store.call("INCR", "n") == 1
            with pytest.raises(UserError, match="CERTIFICATE_VERIFY_FAILED"):
                await Store.open(f"rediss://localhost:{port}")
