"""Every trap of redis-py and of the servers that was met, against real servers."""

from __future__ import annotations

import asyncio
import random
import re
import shutil
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

import monitor.store
from monitor.embedded import binary
from monitor.errors import StoreDown, UserError
from monitor.store import ReplyError, Store, redacted

from .conftest import debian, opened, serve, wait_until

BOTH = ["valkey", pytest.param("redis", marks=pytest.mark.debian)]
both_servers = pytest.mark.parametrize("kind", BOTH)


def server_of(kind: str) -> str | Path:
    return debian("redis-server") if kind == "redis" else binary()


async def reason(call: Awaitable[object]) -> str:
    """The reason of the StoreDown that the call must end with."""
    with pytest.raises(StoreDown) as down:
        await call
    assert down.value.reason in monitor.store.REASONS
    return down.value.reason


# Cancelling and deadlines


async def test_one_cancel_ends_a_task_that_calls_in_a_loop(store: Store, prefix: str) -> None:
    async def loop() -> None:
        while True:
            await store.call("GET", prefix)

    for _ in range(60):
        task = asyncio.ensure_future(loop())
        await asyncio.sleep(random.uniform(0, 0.01))
        task.cancel()
        done, _ = await asyncio.wait([task], timeout=1)
        assert done and task.cancelled()


async def test_a_callers_timeout_is_never_swallowed(store: Store, prefix: str) -> None:
    for _ in range(60):
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                while time.monotonic() < began + 1:
                    await store.call("GET", prefix)


async def test_a_cancelled_call_leaves_no_reply_for_another(store: Store) -> None:
    async def echo(number: int) -> None:
        for turn in range(20):
            assert await store.call("ECHO", f"{number} {turn}") == f"{number} {turn}".encode()

    tasks = [asyncio.ensure_future(echo(number)) for number in range(60)]
    await asyncio.sleep(0.02)
    for task in tasks[::2]:
        task.cancel()
        await asyncio.sleep(0.002)
    await asyncio.wait(tasks)
    assert not [task for task in tasks if not task.cancelled() and task.exception()]
    assert not any(task.cancelled() for task in tasks[1::2])


async def test_a_blocked_read_may_last_longer_than_any_default(store_url: str, prefix: str) -> None:
    async with opened(store_url, timeout=0.2) as store:
        reader = store.reader()
        began = time.monotonic()
        assert await reader.call("XREAD", "BLOCK", 5300, "STREAMS", prefix, "$", timeout=7) is None
        assert time.monotonic() - began > 5.2
        assert await store.alive()
        await reader.close()


async def test_a_blocked_read_delays_nobody_and_sees_what_comes(store: Store, prefix: str) -> None:
    reader = store.reader()
    assert reader.server == store.server
    read = asyncio.ensure_future(reader.call("XREAD", "BLOCK", 1000, "STREAMS", prefix, "$"))
    await asyncio.sleep(0.05)
    entry = await store.call("XADD", prefix, "*", "d", "\N{SNOWMAN}")
    assert await read == [[prefix.encode(), [[entry, [b"d", "\N{SNOWMAN}".encode()]]]]]
    await reader.close()


@both_servers
async def test_a_frozen_server_is_a_timeout_within_the_deadline(kind: str, tmp_path: Path) -> None:
    async with serve(server_of(kind), tmp_path) as server, opened(server.url, timeout=0.4) as store:
        server.process.send_signal(signal.SIGSTOP)
        began = time.monotonic()
        assert await reason(store.call("XADD", "s", "*", "d", "1")) == "timeout"
        assert not await store.alive()
        assert 0.7 < time.monotonic() - began < 1.2
        server.process.send_signal(signal.SIGCONT)
        await wait_until(store.alive, 2, "the server answers again")


# Connections that break


@both_servers
@pytest.mark.parametrize("way", ["url", "unix"])
async def test_a_connection_that_was_closed_while_idle_is_replaced(
    kind: str, way: str, tmp_path: Path
) -> None:
    async with serve(server_of(kind), tmp_path) as server:
        url = getattr(server, way)
        async with opened(url) as store, opened(url) as killer:
            await asyncio.wait([asyncio.ensure_future(store.call("DEBUG", "SLEEP", 0)) for _ in range(3)])
            assert await killer.call("CLIENT", "KILL", "TYPE", "normal") >= 3
            await asyncio.sleep(0.05)
            assert await store.call("INCR", "n") == 1


async def test_a_server_that_closes_idle_connections_does_no_harm(tmp_path: Path) -> None:
    async with serve(binary(), tmp_path, "--timeout", "1") as server, opened(server.url) as store:

        async def closed() -> bool:
            async with opened(server.unix) as other:
                clients = await other.call("CLIENT", "LIST")
                return clients.count(b"\n") == 1

        await wait_until(closed, 5, "the server closed the idle connection")
        assert await store.call("INCR", "n") == 1


@both_servers
async def test_a_lost_reply_is_not_sent_again(kind: str, tmp_path: Path) -> None:
    async with (
        serve(server_of(kind), tmp_path) as server,
        proxy(server.port) as (port, cut),
        opened(f"redis://127.0.0.1:{port}") as store,
    ):
        cut.set()
        assert await reason(store.call("XADD", "s", "*", "d", "1")) == "unreachable"
        assert await reason(store.many([("XADD", "m", "*", "d", "1")] * 3)) == "unreachable"
        cut.clear()
        assert await store.many([("XLEN", "s"), ("XLEN", "m")]) == [1, 3]


Relay = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(serve_one: Relay) -> AsyncIterator[int]:
    """A port on loopback; at the end every connection to it is over and closed."""
    tasks = []

    async def serve_and_close(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.append(asyncio.current_task())
        await serve_one(reader, writer)
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(serve_and_close, "127.0.0.1", 0) as listener:
        yield listener.sockets[0].getsockname()[1]
        for task in tasks:
            await task


@asynccontextmanager
async def proxy(target: int) -> AsyncIterator[tuple[int, asyncio.Event]]:
    """A port that leads to the target; while the event is set, an XADD arrives but its reply is lost."""
    cut = asyncio.Event()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        replies, onward = await asyncio.open_connection("127.0.0.1", target)
        lost = False

        async def back() -> None:
            while (reply := await replies.read(65536)) and not lost:
                writer.write(reply)
            writer.close()

        answering = asyncio.ensure_future(back())
        while request := await reader.read(65536):
            lost = cut.is_set() and b"XADD" in request
            onward.write(request)
        onward.close()
        await onward.wait_closed()
        await answering

    async with listening(relay) as port:
        yield port, cut


async def test_a_server_that_is_gone_and_comes_back(tmp_path: Path) -> None:
    async with serve(binary(), tmp_path) as server, opened(server.url) as store:
        server.process.kill()
        server.process.wait()
        for _ in range(3):
            assert await reason(store.call("PING")) == "unreachable"
        again = subprocess.Popen(
            [binary(), "--port", str(server.port)], stdout=subprocess.DEVNULL, cwd=tmp_path
        )
        await wait_until(store.alive, 5, "the store answers again")
        again.kill()
        again.wait()


# What the server says about itself


async def test_loading_is_waited_for(tmp_path: Path) -> None:
    async with serve(binary(), tmp_path) as server, opened(server.url) as store:
        await store.many([("SET", f"k{n}", random.randbytes(2000)) for n in range(40)])
        await store.call("SAVE")
    slowly = ("--key-load-delay", "20000", "--loading-process-events-interval-bytes", "1024")
    async with serve(binary(), tmp_path, *slowly) as server:
        with pytest.raises(UserError, match="still loading its data after"):
            await Store.open(server.url, wait=0.1)
        async with opened(server.url) as store:
            assert await store.call("DBSIZE") == 40


@both_servers
async def test_each_state_has_its_reason(kind: str, tmp_path: Path) -> None:
    options = ("--busy-reply-threshold", "50")
    async with serve(server_of(kind), tmp_path, *options) as server, opened(server.url, timeout=1) as store:
        add = ("XADD", "s", "*", "d", "1")
        script = ("EVAL", "#!lua\nreturn redis.call('XADD', KEYS[1], '*', 'd', '1')", 1, "s")
        assert await store.call(*add)

        async def refused_with(expected: str) -> None:
            assert await reason(store.call(*add)) == expected
            assert await reason(store.call(*script)) == expected
            assert await reason(store.many([("GET", "n"), add])) == expected

        await store.call("CONFIG", "SET", "maxmemory", "1")
        await refused_with("full")
        await store.call("CONFIG", "SET", "maxmemory", "0", "min-replicas-to-write", "1")
        await refused_with("replicas")
        await store.call("CONFIG", "SET", "min-replicas-to-write", "0")
        busy = asyncio.ensure_future(store.call("EVAL", "while true do end", 0, timeout=5))
        await asyncio.sleep(0.1)
        assert await reason(store.call(*add)) == "timeout"
        await store.call("SCRIPT", "KILL")
        with pytest.raises(ReplyError):
            await busy
        assert await store.call("XLEN", "s") == 1


@both_servers
async def test_a_disk_that_fails_is_named(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    async with serve(server_of(kind), folder, "--save", "3600 1") as server, opened(server.url) as store:
        shutil.rmtree(folder)
        await store.call("SET", "k", "1")
        await store.call("BGSAVE")

        async def misconf() -> bool:
            try:
                await store.call("SET", "k", "2")
            except StoreDown as down:
                return down.reason == "disk"
            return False

        await wait_until(misconf, 5, "the failed save stops writes")
        assert await store.call("GET", "k")
        async with opened(server.url) as other:
            assert not await other.alive()


@both_servers
async def test_after_a_failover_the_next_call_connects_anew(kind: str, tmp_path: Path) -> None:
    async with serve(server_of(kind), tmp_path) as server, opened(server.url) as store:
        before = await store.call("CLIENT", "ID")
        await store.call("REPLICAOF", "127.0.0.1", "1")
        assert await reason(store.call("XADD", "s", "*", "d", "1")) == "read_only"
        assert await store.call("CLIENT", "ID") > before
        await store.call("REPLICAOF", "NO", "ONE")
        assert await store.call("XADD", "s", "*", "d", "1")


# Commands and scripts


async def test_replies_are_as_sent(store: Store, prefix: str) -> None:
    assert store.server.startswith("Valkey 9")
    big = random.randbytes(300_000)
    assert await store.call("HSET", prefix, "a", 1, b"b", 1.5, "c", big) == 3
    assert await store.call("HGETALL", prefix) == [b"a", b"1", b"b", b"1.5", b"c", big]
    assert await store.many([("HGET", prefix, "x"), ("PING",), ("TYPE", prefix)]) == [None, b"PONG", b"hash"]
    assert await store.many([]) == []


async def test_an_error_reply_has_its_code_and_the_rest_is_done(store: Store, prefix: str) -> None:
    with pytest.raises(ReplyError, match=r"^NOGROUP No such key") as refused:
        await store.call("XREADGROUP", "GROUP", "g", "c", "STREAMS", prefix, ">")
    assert refused.value.code == "NOGROUP"
    with pytest.raises(ReplyError) as refused:
        await store.many([("SET", prefix, "1"), ("XLEN", prefix), ("NONSENSE",), ("INCR", prefix)])
    assert refused.value.code == "WRONGTYPE"
    assert await store.call("GET", prefix) == b"2"


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Put a script where the store looks for it; gives its name."""
    monkeypatch.setattr(monitor.store, "SCRIPTS", tmp_path)

    def write(source: str) -> str:
        name = f"script{random.getrandbits(64)}"
        (tmp_path / f"{name}.lua").write_text(source)
        return name

    return write


@both_servers
async def test_a_script_runs_once_also_after_it_was_forgotten(
    kind: str, tmp_path: Path, scripts: Callable[[str], str]
) -> None:
    script = scripts("#!lua\nreturn redis.call('INCRBY', KEYS[1], ARGV[1])")
    async with serve(server_of(kind), tmp_path) as server, opened(server.url) as store:
        assert await store.run(script, ["n"], [1]) == 1
        assert await store.run(script, ["n"], [1]) == 2
        await store.call("SCRIPT", "FLUSH")
        assert await store.run(script, ["n"], [1]) == 3
        stats = (await store.call("INFO", "commandstats")).decode()
        assert re.search(r"cmdstat_eval:calls=2,", stats)


@both_servers
async def test_the_errors_of_scripts_have_codes(
    kind: str, tmp_path: Path, scripts: Callable[[str], str]
) -> None:
    async with serve(server_of(kind), tmp_path) as server, opened(server.url) as store:
        for said, code in (("FENCED 7", "FENCED"), ("BADARG", "BADARG"), ("-SEQGAP 2", "SEQGAP")):
            with pytest.raises(ReplyError) as refused:
                await store.run(scripts(f"return redis.error_reply('{said}')"), [], [])
            assert refused.value.code == code
        with pytest.raises(ReplyError) as refused:
            await store.run(scripts("return redis.call('NONSENSE')"), [], [])
        assert refused.value.code == "ERR"


async def test_a_closed_store_stays_closed(store_url: str) -> None:
    store = await Store.open(store_url)
    last = asyncio.ensure_future(store.call("PING"))
    await asyncio.sleep(0)
    await store.close()
    await store.close()
    assert await last == b"PONG"
    with pytest.raises(RuntimeError):
        await store.call("PING")


# What a user may get wrong


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


@both_servers
async def test_a_wrong_password_is_named_not_shown(kind: str, tmp_path: Path) -> None:
    async with serve(server_of(kind), tmp_path, "--requirepass", "right") as server:
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
    async with serve(debian("redis-server"), tmp_path, *tls) as server, opened(server.url) as plain:
        port = server.port + 1
        await plain.call("CONFIG", "SET", "tls-port", port)
        async with opened(f"rediss://localhost:{port}?ssl_ca_certs={crt}") as store:
            assert await store.call("INCR", "n") == 1
        with pytest.raises(UserError, match="CERTIFICATE_VERIFY_FAILED"):
            await Store.open(f"rediss://localhost:{port}")
