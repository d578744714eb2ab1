"""The embedded store: nothing acknowledged is lost, and no process or descriptor outlives its owner."""

from __future__ import annotations

import asyncio
import os
import platform
import random
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import pytest

import monitor.embedded
from monitor.embedded import Embedded, binary, running, socket_of
from monitor.errors import StoreDown, UserError
from monitor.store import Store

from .conftest import exists, opened, server_pid, wait_until

# A service in miniature: it starts the store, says so, and does what the test asks.
SERVICE = """
import asyncio, signal, sys
from pathlib import Path
from monitor import embedded as module
from monitor.store import Store

async def main(folder, task):
    if task == "watched":
        module._LAUNCH = module._LAUNCH.replace("prctl", "missing")
    embedded = module.Embedded(Path(folder))
    await embedded.start()
    store = await Store.open(embedded.url)
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, ended.set)
    print("ready", flush=True)
    number = 0
    while not ended.is_set():
        await store.call("XADD", "numbers", "*", "n", number)
        print(number, flush=True)
        number += 1
        if task == "interrupted":
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
    await store.call("SET", "drained", "yes")
    await store.close()
    await embedded.stop()
    print("stopped", flush=True)

asyncio.run(main(*sys.argv[1:]))
"""


@asynccontextmanager
async def started(folder: Path, max_memory: str = "512mb") -> AsyncIterator[tuple[Embedded, Store]]:
    embedded = Embedded(folder, max_memory)
    await embedded.start()
    try:
        async with opened(embedded.url) as store:
            yield embedded, store
    finally:
        await embedded.stop()


@contextmanager
def service(folder: Path, task: str = "") -> Iterator[subprocess.Popen[str]]:
    """A process of its own that holds the store of the folder; killed at the end."""
    command = [sys.executable, "-c", SERVICE, str(folder), task]
    root, pipe = Path(__file__).parents[1], subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, text=True, cwd=root, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.kill()


async def numbers(store: Store) -> set[int]:
    return {int(fields[1]) for _, fields in await store.call("XRANGE", "numbers", "-", "+")}


async def test_data_outlives_a_stop_of_a_small_server(tmp_path: Path) -> None:
    async with started(tmp_path / "new" / "folder") as (embedded, store):
        assert embedded.url == f"unix://{tmp_path}/new/folder/store.sock"
        await store.call("SET", "k", "v")
        pid = await server_pid(store)
        assert int(Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()[0]) < 30_000
        assert running(tmp_path / "new/folder")
    assert not exists(pid)
    assert not running(tmp_path / "new/folder")
    async with started(tmp_path / "new/folder") as (_, store):
        assert await store.call("GET", "k") == b"v"


async def test_only_its_user_may_read_or_connect(tmp_path: Path) -> None:
    folder = tmp_path / "private"
    async with started(folder) as (_, store):
        await store.call("SET", "k", "v")
        private = [folder, folder / "store.sock", *(folder / "appendonlydir").iterdir()]
        assert not [path for path in private if path.stat().st_mode & 0o077]
        assert await store.call("CONFIG", "GET", "maxmemory") == [b"maxmemory", b"536870912"]
        assert await store.call("CONFIG", "GET", "port") == [b"port", b"0"]
        # With everysec, kill -9 loses what was acknowledged whenever the disk is busy.
        assert await store.call("CONFIG", "GET", "appendfsync") == [b"appendfsync", b"no"]


async def test_kill_9_of_the_server_loses_nothing_acknowledged(tmp_path: Path) -> None:
    async with started(tmp_path) as (embedded, store):
        watch = asyncio.ensure_future(embedded.watch())
        acknowledged: set[int] = set()

        async def write() -> None:
            number = 0
            while True:
                number += 1
                try:
                    await store.call("XADD", "numbers", "*", "n", number)
                    acknowledged.add(number)
                except StoreDown:
                    await asyncio.sleep(0.01)

        writer = asyncio.ensure_future(write())
        for _ in range(3):
            enough = len(acknowledged) + 500
            await wait_until(lambda enough=enough: len(acknowledged) > enough, what="writes are acknowledged")
            pid = await server_pid(store)
            os.kill(pid, signal.SIGKILL)
            await wait_until(lambda pid=pid: not exists(pid), what="the server is gone")
            await wait_until(store.alive, what="the server is started again")
        writer.cancel()
        watch.cancel()
        await asyncio.wait([writer, watch])
        assert acknowledged <= await numbers(store)
        assert writer.cancelled() and watch.cancelled()


@pytest.mark.parametrize("task", ["", "watched"], ids=["by the kernel", "by a watcher"])
async def test_kill_9_of_the_owner_ends_the_server(
    tmp_path: Path, task: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(monitor.embedded, "ENDING_SECONDS", 60.0)
    with service(tmp_path, task) as owner:
        async with opened(f"unix://{socket_of(tmp_path)}") as store:
            pid = await server_pid(store)
        await wait_until(lambda: owner.stdout.readline() > "2", what="numbers are written")
        owner.kill()
        written = [int(line) for line in owner.stdout.read().split() if line.isdigit()]
        # Nobody has waited for the owner yet: it is a zombie, and must not pass for alive.
        async with started(tmp_path) as (_, store):
            await wait_until(lambda: not exists(pid), what="the first server is gone")
            assert set(written) <= await numbers(store)
    await wait_until(lambda: not watchers(tmp_path), what="the watcher ends")


def watchers(folder: Path) -> list[str]:
    found = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in found.splitlines() if "os.getppid()" in line and str(folder) in line]


async def test_a_second_process_is_told_of_the_first(tmp_path: Path) -> None:
    with service(tmp_path) as owner:
        with pytest.raises(UserError, match=f"^data_dir: {tmp_path} is in use by process {owner.pid}$"):
            await Embedded(tmp_path).start()
        assert owner.poll() is None
        assert running(tmp_path)


async def test_an_interrupt_of_the_group_leaves_time_to_drain(tmp_path: Path) -> None:
    with service(tmp_path, "interrupted") as owner:
        os.killpg(owner.pid, signal.SIGINT)
        assert owner.stdout.read().endswith("stopped\n")
        assert owner.wait(60) == 0
    async with started(tmp_path) as (_, store):
        assert await store.call("GET", "drained") == b"yes"


async def test_what_a_power_cut_leaves_behind(tmp_path: Path) -> None:
    async with started(tmp_path) as (_, store):
        await store.many([("XADD", "numbers", "*", "n", number) for number in range(1000)])
    log = tmp_path / "appendonlydir" / "appendonly.aof.1.incr.aof"
    for cut in sorted(random.sample(range(log.stat().st_size), 3), reverse=True):
        os.truncate(log, min(cut, log.stat().st_size))  # the server cuts off what is half written
        (tmp_path / "store.sock").touch()
        (tmp_path / "lock").write_text("4194305")
        async with started(tmp_path) as (_, store):
            left = await numbers(store)
            assert left == set(range(len(left)))


async def test_a_long_data_dir(tmp_path: Path) -> None:
    folder = tmp_path / ("ü" * 60) / 'a "quoted" \\ name with spaces'
    async with started(folder) as (embedded, store):
        assert len(os.fsencode(socket_of(folder))) < 100
        assert socket_of(folder).parent.stat().st_mode & 0o077 == 0
        assert await store.call("SET", "k", "v") == b"OK"
        assert running(folder)
        assert embedded.url == f"unix://{socket_of(folder)}"
    assert not socket_of(folder).exists()
    assert (folder / "appendonlydir").exists()


async def test_loading_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with started(tmp_path) as (_, store):
        await store.many([("SET", f"k{number}", "v") for number in range(4000)])
    plain, answering, delay = Embedded._config, Embedded._answering, 200
    monkeypatch.setattr(Embedded, "_config", lambda self: f"{plain(self)}key-load-delay {delay}\n")
    began = time.monotonic()
    async with started(tmp_path) as (_, store):
        assert time.monotonic() - began > 0.5
        assert await store.call("DBSIZE") == 4000

    async def once_it_loads(self: Embedded) -> None:
        log = tmp_path / "store.log"
        await wait_until(lambda: b"DB loaded from base" in log.read_bytes(), what="it loads")
        await answering(self)

    delay = 20_000
    monkeypatch.setattr(Embedded, "_answering", once_it_loads)
    monkeypatch.setattr(monitor.embedded, "START_SECONDS", 0.0)
    with pytest.raises(UserError, match=r"^data_dir: the store in .* does not start: .*DB loaded from base"):
        await Embedded(tmp_path).start()
    assert not running(tmp_path)


async def test_a_start_that_is_cancelled_leaves_nothing(tmp_path: Path) -> None:
    for wait in (0, 0.01, 0.03):
        embedded = Embedded(tmp_path)
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await embedded.start()
            await embedded.stop()  # so fast a machine was not to be cancelled in time
    async with started(tmp_path):
        assert running(tmp_path)


async def test_what_was_written_is_synced_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced, looks, look = [], [], monitor.embedded._synced
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.readlink(f"/proc/self/fd/{file}")))
    monkeypatch.setattr(monitor.embedded, "_synced", lambda *given: looks.append(look(*given)) or looks[-1])
    async with started(tmp_path) as (embedded, store):
        watch = asyncio.ensure_future(embedded.watch())
        await store.call("SET", "k", "v")
        await wait_until(lambda: len(looks) >= 2, what="it has looked twice")
        assert synced == [f"{tmp_path}/appendonlydir/appendonly.aof.1.incr.aof"]
        watch.cancel()


async def test_a_server_that_does_not_stop_is_killed(tmp_path: Path) -> None:
    before = set(os.listdir("/proc/self/fd"))
    embedded = Embedded(tmp_path)
    await embedded.start()
    async with opened(embedded.url) as store:
        pid = await server_pid(store)
    os.kill(pid, signal.SIGSTOP)
    await embedded.stop(timeout=0.2)
    await embedded.stop()
    assert not exists(pid)
    assert not (tmp_path / "store.sock").exists()
    await wait_until(lambda: set(os.listdir("/proc/self/fd")) == before, what="every descriptor is closed")


async def test_a_server_that_cannot_start_is_tried_again_ever_more_slowly(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with started(tmp_path) as (embedded, store):
        watch = asyncio.ensure_future(embedded.watch())
        manifest = tmp_path / "appendonlydir" / "appendonly.aof.manifest"
        good = manifest.read_bytes()
        manifest.write_bytes(b"nonsense\n")
        os.kill(await server_pid(store), signal.SIGKILL)
        await wait_until(lambda: len(caplog.messages) >= 3, what="three attempts")
        assert "again in 0.1 s" in caplog.messages[0]
        assert "again in 0.4 s" in caplog.messages[2]
        assert "nonsense" in caplog.messages[2]
        manifest.write_bytes(good)
        await wait_until(store.alive, what="the server is back")
        await embedded.stop()
        async with asyncio.timeout(60):
            await watch


@pytest.mark.parametrize("folder", ["/proc/monitor", "/dev/null/monitor", "/dev/null"])
async def test_a_data_dir_that_cannot_be(folder: str) -> None:
    with pytest.raises(UserError, match=f"^data_dir: {folder}: [A-Z][a-z ]+$"):
        await Embedded(Path(folder)).start()


async def test_data_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "appendonlydir").mkdir()
    (tmp_path / "appendonlydir" / "appendonly.aof.manifest").write_text("nonsense\n")
    with pytest.raises(UserError, match=r"^data_dir: the store in .* does not start: .*manifest") as told:
        await Embedded(tmp_path).start()
    assert "\n" not in str(told.value)


def test_a_size_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"^store.max_memory: 'half' is not a size like 512mb$"):
        Embedded(tmp_path, "half")


def test_a_platform_without_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    assert binary().is_file()
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    with pytest.raises(UserError, match=r"^store.url: there is no embedded store for linux-riscv64: set a"):
        binary()
