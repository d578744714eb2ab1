"""kill -9 of the service in the middle of a replay: each post is in the stream once, none is missing."""

from __future__ import annotations

import collections
import json
import os
import random
import time
from pathlib import Path

import pytest

from monitor.embedded import socket_of
from monitor.keys import Keys
from monitor.stream import Stream, id_order
from tests.conftest import opened, wait_until
from tests.lab import LAB
from tests.running import Running

MORE = 3 if os.environ.get("CHAOS") == "1" else 1
POSTS = 40_000 * MORE
KILLS = 10 * MORE
SLOWLY = 0.3  # 450 posts a second until the last kill has fallen, however long the starts take


def write_posts(path: Path, count: int) -> None:
    """Posts that match, 1,500 to a second of their own time."""
    words = [
        "benchmark",
        "paper",
        "release",
        "thanks",
        "kernel",
        "dataset",
        "talk",
        "weights",
        "demo",
        "question",
    ]
    choose = random.Random(7)
    with path.open("w") as file:
        for number in range(count):
            text = f"Mara Venn on the {choose.choice(words)} {number}"
            at = f"2026-05-01T10:00:{number // 1500:02}.{number % 1500 * 666:06}Z"
            post = {"source": "x", "id": f"p{number}", "text": text, "created_at": at}
            file.write(json.dumps({**post, "author": {"handle": f"reader{number % 997}"}}) + "\n")


def write_watchlist(path: Path) -> str:
    path.write_text(LAB.model_dump_json(by_alias=True))
    return str(path)


async def ids_in(running: Running) -> list[str]:
    async with opened(f"unix://{socket_of(running.data)}") as store:
        stream = Stream(store, Keys("monitor"), retention=3600, thread_window=3600)
        at, ids = "0-0", []
        while entries := await stream.read("p0", at, count=1000):
            at = entries[-1].id
            ids += [entry.reaction.post.id for entry in entries if entry.reaction]
        return ids


async def judged(running: Running, prefix: str = "monitor") -> None:
    """Until the cases have read all that is stored."""
    async with opened(f"unix://{socket_of(running.data)}") as store:
        keys = Keys(prefix)
        stream = Stream(store, keys, retention=3600, thread_window=3600)

        async def read() -> bool:
            at = await store.call("HGET", keys.case_reader("p0"), "id")
            return at is not None and id_order(at.decode()) >= id_order(await stream.last_id("p0"))

        await wait_until(read, what="the cases have read all")


@pytest.mark.timeout(600)
async def test_ten_kills_in_a_replay_of_forty_thousand(tmp_path: Path) -> None:
    write_posts(tmp_path / "posts.jsonl", POSTS)
    lab, story = write_watchlist(tmp_path / "lab.yaml"), str(tmp_path / "posts.jsonl")

    def replaying(speed: float) -> Running:
        return Running(
            tmp_path, watchlist=lab, sources={"story": {"kind": "replay", "path": story, "speed": speed}}
        )

    running = replaying(SLOWLY)
    choose = random.Random(os.getpid())
    for _ in range(KILLS):
        running.start()
        time.sleep(choose.uniform(0.02, 0.5))
        running.kill()
    running = replaying(0).start()
    try:
        running.until(lambda: b"has come to its end" in running.log.read_bytes(), "the replay ends", 300)
        async with opened(f"unix://{socket_of(running.data)}") as store:
            stream = Stream(store, Keys("monitor"), retention=3600, thread_window=3600)

            async def stored() -> bool:
                return await stream.length("p0") >= POSTS

            await wait_until(stored, what="all are stored")
        await judged(running)
        rest = running.metric('monitor_posts_collected_total{source="story"}')
        counts = collections.Counter(await ids_in(running))
    finally:
        assert running.stop() == 0
    assert rest > 0, "every kill was to fall into the replay"
    assert max(counts.values()) == 1
    assert len(counts) == POSTS
