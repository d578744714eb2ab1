"""Every trap of redis-py and of the servers that was met, against real servers."""

from __future__ import annotations

import asyncio
import random
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

import monitor.store
from monitor.embedded import binary
from monitor.errors import ReplyError, StoreDown, UserError
from monitor.store import Store

from .conftest import opened, proxy, serve, wait_until


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
        done, _ = await asyncio.wait([task], timeout=60)
        assert done and task.cancelled()


async def test_a_callers_timeout_is_never_swallowed(store: Store, prefix: str) -> None:
    for _ in range(60):
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                while time.monotonic() < began + 60:
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
    async with opened(store_url, timeout=5) as store:
        reader = store.reader()
        began = time.monotonic()
        assert await reader.call("XREAD", "BLOCK", 5300, "STREAMS", prefix, "$", timeout=60) is None
        assert time.monotonic() - began > 5.2
        assert await store.alive()
        await reader.close()


async def test_a_blocked_read_delays_nobody_and_sees_what_comes(store: Store, prefix: str) -> None:
    reader = store.reader()
    assert reader.server == store.server
    id = await reader.call("CLIENT", "ID")
    waits = ("XREAD", "BLOCK", 60_000, "STREAMS", prefix, "$")
    read = asyncio.ensure_future(reader.call(*waits, timeout=90))

    async def is_read() -> bool:
        return b"cmd=xread " in await store.call("CLIENT", "LIST", "ID", id)

    await wait_until(is_read, what="the reader waits")
    entry = await store.call("XADD", prefix, "*", "d", "\N{SNOWMAN}")
    assert await read == [[prefix.encode(), [[entry, [b"d", "\N{SNOWMAN}".encode()]]]]]
    await reader.close()


async def test_a_frozen_server_is_a_timeout_within_the_deadline(either_server: str, tmp_path: Path) -> None:
    async with serve(either_server, tmp_path) as server, opened(server.url) as store:
        store._timeout = 0.4
        server.process.send_signal(signal.SIGSTOP)
        began = time.monotonic()
        assert await reason(store.call("XADD", "s", "*", "d", "1")) == "timeout"
        assert not await store.alive()
        assert 0.7 < time.monotonic() - began < 30
        server.process.send_signal(signal.SIGCONT)
        store._timeout = 5.0
        await wait_until(store.alive, what="the server answers again")


# Connections that break


@pytest.mark.parametrize("way", ["url", "unix"])
async def test_a_connection_that_was_closed_while_idle_is_replaced(
    either_server: str, way: str, tmp_path: Path
) -> None:
    async with serve(either_server, tmp_path) as server:
        url = getattr(server, way)
        async with opened(url) as store, opened(url) as killer:
            await asyncio.wait([asyncio.ensure_future(store.call("PING")) for _ in range(3)])
            assert await killer.call("CLIENT", "KILL", "TYPE", "normal") >= 3

            async def alone() -> bool:
                return (await killer.call("CLIENT", "LIST")).count(b"\n") == 1

            await wait_until(alone, what="they are closed")
            assert await store.call("INCR", "n") == 1


async def test_a_server_that_closes_idle_connections_does_no_harm(tmp_path: Path) -> None:
    async with serve(binary(), tmp_path, "--timeout", "1") as server, opened(server.url) as store:

        async def closed() -> bool:
            async with opened(server.unix) as other:
                clients = await other.call("CLIENT", "LIST")
                return clients.count(b"\n") == 1

        await wait_until(closed, what="the server closed the idle connection")
        assert await store.call("INCR", "n") == 1


async def test_a_lost_reply_is_not_sent_again(either_server: str, tmp_path: Path) -> None:
    async with (
        serve(either_server, tmp_path) as server,
        proxy(server.port) as (port, cut),
        opened(f"redis://127.0.0.1:{port}") as store,
    ):
        cut.set()
        assert await reason(store.call("XADD", "s", "*", "d", "1")) == "unreachable"
        assert await reason(store.many([("XADD", "m", "*", "d", "1")] * 3)) == "unreachable"
        cut.clear()
        assert await store.many([("XLEN", "s"), ("XLEN", "m")]) == [1, 3]


async def test_a_server_that_is_gone_and_comes_back(tmp_path: Path) -> None:
    async with serve(binary(), tmp_path) as server, opened(server.url) as store:
        server.process.kill()
        server.process.wait()
        for _ in range(3):
            assert await reason(store.call("PING")) == "unreachable"
        again = subprocess.Popen(
            [binary(), "--port", str(server.port)], stdout=subprocess.DEVNULL, cwd=tmp_path
        )
        try:
            await wait_until(store.alive, what="the store answers again")
        finally:
            again.kill()
            again.wait()


# What the server says about itself


async def test_loading_is_waited_for(tmp_path: Path) -> None:
    async with serve(binary(), tmp_path) as server, opened(server.url) as store:
        await store.many([("SET", f"k{n}", random.randbytes(2000)) for n in range(40)])
        await store.call("SAVE")
    slowly = ("--key-load-delay", "300000", "--loading-process-events-interval-bytes", "1024")
    async with serve(binary(), tmp_path, *slowly) as server:
        with pytest.raises(UserError, match="still loading its data after"):
            await Store.open(server.url, wait=0.1)
        _, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"CONFIG SET key-load-delay 0\r\n")
        await writer.drain()
        async with opened(server.url) as store:
            assert await store.call("DBSIZE") == 40
        writer.close()


async def test_each_state_has_its_reason(either_server: str, tmp_path: Path) -> None:
    options = ("--busy-reply-threshold", "50")
    async with serve(either_server, tmp_path, *options) as server, opened(server.url) as store:
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
        busy = asyncio.ensure_future(store.call("EVAL", "while true do end", 0))

        async def is_busy() -> bool:
            return not await store.alive()

        await wait_until(is_busy, what="the script runs")
        assert await reason(store.call(*add)) == "timeout"
        await store.call("SCRIPT", "KILL")
        with pytest.raises(ReplyError):
            await busy
        assert await store.call("XLEN", "s") == 1


async def test_a_disk_that_fails_is_named(either_server: str, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    async with serve(either_server, folder, "--save", "3600 1") as server, opened(server.url) as store:
        shutil.rmtree(folder)
        await store.call("SET", "k", "1")
        await store.call("BGSAVE")

        async def misconf() -> bool:
            try:
                await store.call("SET", "k", "2")
            except StoreDown as down:
                return down.reason == "disk"
            return False

        await wait_until(misconf, what="the failed save stops writes")
        assert await store.call("GET", "k")
        async with opened(server.url) as other:
            assert not await other.alive()


async def test_after_a_failover_the_next_call_connects_anew(either_server: str, tmp_path: Path) -> None:
    async with serve(either_server, tmp_path) as server, opened(server.url) as store:
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


async def test_a_script_runs_once_also_after_it_was_forgotten(
    either_server: str, tmp_path: Path, scripts: Callable[[str], str]
) -> None:
    script = scripts("#!lua\nreturn redis.call('INCRBY', KEYS[1], ARGV[1])")
    async with serve(either_server, tmp_path) as server, opened(server.url) as store:
        assert await store.run(script, ["n"], [1]) == 1
        assert await store.run(script, ["n"], [1]) == 2
        await store.call("SCRIPT", "FLUSH")
        assert await store.run(script, ["n"], [1]) == 3
        stats = (await store.call("INFO", "commandstats")).decode()
        assert re.search(r"cmdstat_eval:calls=2,", stats)


async def test_the_errors_of_scripts_have_codes(
    either_server: str, tmp_path: Path, scripts: Callable[[str], str]
) -> None:
    async with serve(either_server, tmp_path) as server, opened(server.url) as store:
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
