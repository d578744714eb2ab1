"""Streams to rolling windows: rebuilt from the stream at every start, then kept up to date."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence

from ...alert import Mood
from ...errors import StoreDown
from ...outage import Outage
from ...stream import BLOCK_MS, Entry, Stream
from ...telemetry import Telemetry
from ...values import seconds
from ...watchlist import Watchlist
from .cell import Window
from .state import Windows

log = logging.getLogger(__name__)


class WindowConsumer:
    """One loop over all partitions. `lengths` are windows as written ("5m")."""

    def __init__(
        self, watchlist: Watchlist, lengths: Sequence[str], stream: Stream, tags: Sequence[str]
    ) -> None:
        self._watchlist = watchlist
        self._lengths = {written: int(seconds(written)) for written in lengths}
        self._people = [person.id for person in watchlist.people]
        self._stream = stream
        self._tags = tags
        self.state = self._empty()
        self.at: dict[str, str] = {}
        self.ready = False

    async def run(self) -> None:
        """Until cancelled; after a fault of the store the windows are rebuilt, and then take the old ones' place."""
        outage = Outage(log, "windows: the store does not answer (%s)")
        while True:
            try:
                await self._follow()
            except StoreDown as error:
                self.ready = False
                outage.tell(error.reason)
                await asyncio.sleep(0.5)

    async def _follow(self) -> None:
        state = self._empty()
        swept = {tag: await self._stream.swept(tag) for tag in self._tags}
        begin = f"{max(0, int((time.time() - state.horizon - 1) * 1000))}-0"
        self.at = at = dict.fromkeys(self._tags, begin)
        for tag in at:
            while entries := await self._stream.read(tag, at[tag]):
                at[tag] = _add(state, entries)
                await asyncio.sleep(0)
        if swept != {tag: await self._stream.swept(tag) for tag in self._tags}:
            return  # What was forgotten meanwhile may have been read, and its end not: once more.
        self.state, self.ready = state, True
        while True:
            for tag in at:
                if entries := await self._stream.read(tag, at[tag], block_ms=BLOCK_MS // len(at)):
                    at[tag] = _add(state, entries)
                elif at[tag] != begin:
                    at[tag] = await self._stream.resume_at(tag, at[tag])

    def _empty(self) -> Windows:
        return Windows(self._watchlist, sorted({*self._lengths.values(), 3600}))

    def read(self, now: float | None = None) -> dict[tuple[str, str], Window]:
        """Every window as it stands now, by person and window as written."""
        now = time.time() if now is None else now
        return {
            (person, written): self.state.read(person, length, now)
            for person in self._people
            for written, length in self._lengths.items()
        }

    async def read_of(self, source: str, now: float) -> dict[tuple[str, str], Window]:
        """The same of one source alone; it takes a while, and lets others have their turn."""
        found = {}
        for person in self._people:
            for written, length in self._lengths.items():
                found[person, written] = self.state.read_of(source, person, length, now)
                await asyncio.sleep(0)
        return found

    def mood(self, person: str, now: float) -> Mood:
        """The last hour's reactions to a watched person; empty for anybody else."""
        if person not in self._people:
            return Mood()
        window = self.state.read(person, 3600, now)
        return Mood(window.count, window.mean if window.mean == window.mean else None, window.voices)


def _add(state: Windows, entries: Sequence[Entry]) -> str:
    now = time.time()
    for entry in entries:
        if entry.reaction is not None:
            state.add(entry.reaction, now)
    return entries[-1].id


async def watch_streams(
    stream: Stream,
    tags: Sequence[str],
    telemetry: Telemetry,
    readers: Mapping[str, Callable[[], Mapping[str, str]]],
) -> None:
    """Keep monitor_stream_length and _pending true, until cancelled; `readers` tell where each consumer stands."""
    while True:
        try:
            await stream.probe()
            lengths = [await stream.length(tag) for tag in tags]
            for consumer, stands in readers.items():
                waiting = [await stream.pending(tag, at) for tag, at in stands().items()]
                telemetry.stream_pending[consumer].set(sum(waiting))
            telemetry.stream_length["reactions"].set(sum(lengths))
            telemetry.stream_length["alerts"].set(await stream.alerts_length())
            telemetry.store_up.set(1)
        except StoreDown:
            telemetry.store_up.set(0)
        await asyncio.sleep(2.0)
