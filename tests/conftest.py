"""What all tests share: a real store, names of their own in it, and waiting without sleeping."""

from __future__ import annotations

import asyncio
import inspect
import os
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

from monitor.embedded import Embedded, binary
from monitor.store import Store

# How long it takes to think of examples tells of the machine, not of the tests.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

# These wait for minutes; begun last they would be waited for alone.
LONG = (
    "test_container.py", "test_alerts_storm.py", "test_kill.py", "test_spoofs.py", "test_late_service.py",
    "test_late.py", "test_alerts_kill.py", "test_jetstream_cuts.py", "test_forget.py", "test_retention.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONG)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def store_url(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """One embedded store for all tests: keep to keys under `prefix`, and change no setting of it."""
    embedded = Embedded(tmp_path_factory.mktemp("store"))
    await embedded.start()
    yield embedded.url
    await embedded.stop()


@pytest_asyncio.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    async with opened(store_url) as store:
        yield store


@pytest.fixture
def prefix() -> str:
    """A start of keys that no other test has."""
    return f"test-{uuid.uuid4().hex[:12]}"


@asynccontextmanager
async def opened(url: str, **limits: float) -> AsyncIterator[Store]:
    """A store that is closed with the block; takes what Store.open takes. Waits a minute where nothing is said."""
    store = await Store.open(url, **{"timeout": 60.0, **limits})
    try:
        yield store
    finally:
        await store.close()


@pytest.fixture(params=["valkey", pytest.param("redis", marks=pytest.mark.debian)])
def either_server(request: pytest.FixtureRequest) -> str:
    """The program of each server that we support, for `serve`: the embedded Valkey, and Debian's Redis."""
    return debian("redis-server") if request.param == "redis" else str(binary())


class Server:
    """A store server of a test's own: its process, and how to reach it over TCP and the socket."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, path: Path) -> None:
        self.process = process
        self.port = port
        self.url = f"redis://127.0.0.1:{port}"
        self.unix = f"unix://{path}"


@contextmanager
def held_port() -> Iterator[int]:
    """A port of loopback that no other test gets while the block lasts, for a server that is started on it.

    It is bound here, and nobody listens: a server that sets SO_REUSEADDR, as all of ours do, takes it all the same.
    """
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


@asynccontextmanager
async def serve(server: str | Path, folder: Path, *options: str) -> AsyncIterator[Server]:
    """Run valkey-server or redis-server with options like "--maxmemory", "3mb" until the block ends."""
    path = Path(tempfile.mkdtemp(prefix="monitor-")) / "s"
    with held_port() as port:
        places = ("--port", str(port), "--unixsocket", str(path), "--dir", str(folder))
        process = subprocess.Popen(
            [server, *places, "--save", "", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            await wait_until(lambda: _listens(path), what=f"{server} listens")
            yield Server(process, port, path)
        finally:
            process.kill()
            process.wait()
            shutil.rmtree(path.parent)


def _listens(path: Path) -> bool:
    """Its socket is there a moment before it takes connections."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


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


async def server_pid(store: Store) -> int:
    """The process of the server behind the store."""
    info = (await store.call("INFO", "server")).decode()
    return int(info.split("process_id:")[1].split()[0])


def exists(pid: int) -> bool:
    """Whether a process runs; one that has ended may still wait for its parent to take note."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


async def wait_until(
    predicate: Callable[[], Any | Awaitable[Any]], timeout: float = 180.0, what: str = "it"
) -> Any:
    """The first true value of `predicate`, plain or async; the test fails after `timeout` seconds."""
    deadline = time.monotonic() + timeout
    while True:
        value = predicate()
        if inspect.isawaitable(value):
            value = await value
        if value:
            return value
        if time.monotonic() > deadline:
            pytest.fail(f"{what}: not within {timeout:g} s")
        await asyncio.sleep(0.01)


def debian(tool: str) -> str:
    """The path of a tool of Debian's packages; without it the test is skipped, or fails if REQUIRE_ALL=1."""
    path = shutil.which(tool)
    if path is None:
        missing = pytest.fail if os.environ.get("REQUIRE_ALL") == "1" else pytest.skip
        missing(f"{tool} is not installed: it comes with Debian's package of that name")
    return path
