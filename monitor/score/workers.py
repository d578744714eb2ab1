"""Processes in which a slow scorer reads: never in the stream's way, made anew when they die, gone with the service.

Each speaks over its standard input and output: four bytes of length, then JSON; its first message says that it is
ready. It ends when its input does, so that none outlives a service that was killed.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import struct
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from ..model import Sentiment
from .scorers import Text, batches, is_sound

log = logging.getLogger(__name__)
LARGEST = 64 * 1024 * 1024
START, ANSWER = 120.0, 60.0  # seconds that a scorer may take to be made, and for one batch
PATIENCE = 30.0  # the longest pause before a process is made anew
_LENGTH = struct.Struct(">I")
_START = "from monitor.score.workers import serve; serve()"
_answers = msgspec.json.Decoder(list[Sentiment])


class Worker:
    """One process, made when there is something to read. `name` and `model` are the settings'."""

    def __init__(self, name: str, model: Path | None, *, answer: float = ANSWER) -> None:
        self._name, self._model, self._patience = name, model, answer
        self._process: asyncio.subprocess.Process | None = None
        self._pauses = _pauses()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def score(self, texts: Sequence[Text]) -> list[Sentiment] | None:
        """The scores in the texts' order; None where the process could not give them, not at the second try either."""
        for _ in range(2):
            try:
                process = self._process or await self._started()
                async with asyncio.timeout(self._patience):
                    await _send(process, msgspec.json.encode(texts))
                    found = _answers.decode(await _receive(process))
                if len(found) != len(texts):
                    raise ValueError(f"{len(found)} scores for {len(texts)} texts")
                if wrong := [one for one in found if not is_sound(one)]:
                    raise ValueError(f"{wrong[0]!r:.200} is no score")
                self._pauses = _pauses()
                return found
            except (OSError, EOFError, ValueError, TimeoutError, msgspec.MsgspecError) as error:
                log.warning("sentiment: a process of %s failed: %s", self._name, str(error) or "no answer")
                await self.close()
                await asyncio.sleep(next(self._pauses))
        return None

    async def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        # Its own kill() would reap one that is dead already, before the loop's watcher does, which then warns.
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
        if process.stdin:
            process.stdin.close()
        # Whoever cancels us now still wants no process left behind.
        await asyncio.shield(asyncio.ensure_future(process.wait()))

    async def _started(self) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        path = os.pathsep.join(folder or str(Path.cwd()) for folder in sys.path)
        args = [self._name, *([str(self._model)] if self._model else [])]
        self._process = process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-c", _START, *args),
            stdin=pipe,
            stdout=pipe,
            env={**os.environ, "PYTHONPATH": path},
        )
        async with asyncio.timeout(START):
            said = await _receive(process)
        if said != b"ready":
            raise ValueError(said.decode("utf-8", "replace"))
        return process


def _pauses() -> Iterator[float]:
    pause = 0.1
    while True:
        yield pause
        pause = min(PATIENCE, 2 * pause)


async def _send(process: asyncio.subprocess.Process, body: bytes) -> None:
    assert process.stdin
    process.stdin.write(_LENGTH.pack(len(body)) + body)
    await process.stdin.drain()


async def _receive(process: asyncio.subprocess.Process) -> bytes:
    assert process.stdout
    (length,) = _LENGTH.unpack(await process.stdout.readexactly(_LENGTH.size))
    if length > LARGEST:
        raise ValueError(f"an answer of {length} bytes")
    return await process.stdout.readexactly(length)


def serve() -> None:
    """The process itself: make the scorer, then answer until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which ends us.
    with contextlib.suppress(OSError):
        os.nice(5)
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # What a scorer prints is no answer.
    name, *model = sys.argv[1:]
    try:
        made = batches(name, Path(model[0]) if model else None)
    except Exception as error:
        _write(sink, " ".join(str(error).split()).encode("utf-8", "replace")[:1000])
        return
    _write(sink, b"ready")
    decoder = msgspec.json.Decoder(list[Text])
    while len(head := source.read(_LENGTH.size)) == _LENGTH.size:
        texts = decoder.decode(source.read(_LENGTH.unpack(head)[0]))
        _write(sink, msgspec.json.encode(list(made.batch(texts))))


def _write(sink: BinaryIO, body: bytes) -> None:
    sink.write(_LENGTH.pack(len(body)) + body)
    sink.flush()
