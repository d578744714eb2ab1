"""The consumer that keeps the windows, on a real store."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from monitor import stream as stream_module
from monitor.consume.windows.consumer import WindowConsumer
from monitor.store import Store
from monitor.stream import Entry
from tests.conftest import wait_until
from tests.lab import LAB, post, reaction

from .test_web_history import Writer, stream_of


async def test_a_rebuild_reads_few_where_they_are_large(
    store: Store, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream_module, "MOST_BYTES", 8_000)
    stream = stream_of(store, prefix)
    for begin in range(0, 90, 30):
        await Writer(stream).put(
            *(
                reaction(post(f"{n}", "Mara Venn " + ("x" * 990 if n < 60 else "")))
                for n in range(begin, begin + 30)
            )
        )
    read, sizes = stream.read, []

    async def noted(*args: Any, **options: Any) -> list[Entry]:
        entries = await read(*args, **options)
        sizes.append(len(entries))
        return entries

    monkeypatch.setattr(stream, "read", noted)
    windows = WindowConsumer(LAB, ["1h"], stream, ["p0"])
    task = asyncio.create_task(windows.run())
    await wait_until(lambda: windows.ready)
    task.cancel()
    await asyncio.wait([task])
    assert sizes[0] == stream_module.FIRST_CHUNK and sizes[1:9] == [5] * 8
    assert sum(sizes) == 90 and max(sizes[10:]) > 5
