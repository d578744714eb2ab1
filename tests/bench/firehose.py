"""What it costs to read the whole of Bluesky: CPU of `monitor run` at a steady rate of invented frames.

    python -m tests.bench.firehose
    python -m tests.bench.firehose --rate 500 --seconds 10
    python -m tests.bench.firehose --people 8 --seconds 600      # does the memory stay flat?

A server of its own process sends the frames, each by itself; the service (with its embedded store) and a script of an
evening (aiohttp, json.loads, one regex alternation of all names, nothing else) read the same stream at the same time.
Two posts a second name somebody: from when the server sends one to when its reaction is in the store is the lag.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from statistics import mean, quantiles
from typing import Any

import aiohttp
import yaml
from aiohttp import web

from monitor.embedded import socket_of
from monitor.keys import Keys
from monitor.stream import Stream, id_ms
from tests.bench import texts
from tests.conftest import opened
from tests.running import Running

POST, PROFILE = "app.bsky.feed.post", "app.bsky.actor.profile"
TICK = os.sysconf("SC_CLK_TCK")
KINDS = {"post": 74, "delete": 11, "profile": 5, "identity": 6, "account": 2, "update": 2}
CID = "bafyreib" + "7" * 51
NAMING = 2  # posts a second that name somebody


def templates(count: int, seed: int = 3) -> list[tuple[str, list[str]]]:
    """Kind and pieces of frames; between the pieces stand a time, a revision, a key and a date."""
    rng = random.Random(seed)
    found = []
    for kind in rng.choices(list(KINDS), list(KINDS.values()), k=count):
        text = json.dumps(frame(rng, kind), ensure_ascii=False, separators=(",", ":"))
        found.append((kind, re.split("7000000000000001|@REV@|@KEY@|@DATE@", text)))
    return found


def frame(rng: random.Random, kind: str, text: str | None = None) -> dict[str, Any]:
    """One event; the sizes and the mix are those of a busy hour."""
    did = texts.address(rng)
    event: dict[str, Any] = {"did": did, "time_us": 7000000000000001, "kind": "commit"}
    if kind in ("identity", "account"):
        body = {"did": did, "seq": rng.getrandbits(34), "time": "@DATE@"}
        return {**event, "kind": kind, kind: {**body, "active": True} if kind == "account" else body}
    commit: dict[str, Any] = {"rev": "@REV@", "operation": "create", "collection": POST, "rkey": "@KEY@"}
    if kind == "delete":
        return {**event, "commit": {**commit, "operation": "delete"}}
    lang = rng.choice(list(texts.LANGUAGES)) if text is None else "en"
    record: dict[str, Any] = {"$type": POST, "createdAt": "@DATE@", "langs": [lang]}
    record["text"] = text or texts.filler(rng, lang)
    if kind == "profile":
        record = {"$type": PROFILE, "displayName": texts.filler(rng, lang, 3), "description": record["text"]}
        record |= {
            "avatar": {"$type": "blob", "ref": {"$link": CID}, "mimeType": "image/jpeg", "size": 91234}
        }
        commit |= {"operation": "update", "collection": PROFILE, "rkey": "self", "record": record, "cid": CID}
        return {**event, "commit": commit}
    if rng.random() < 0.45:
        links = [{"cid": CID, "uri": f"at://{texts.address(rng)}/{POST}/3m{n:011d}"} for n in range(2)]
        record["reply"] = {"parent": links[0], "root": links[1]}
    if rng.random() < 0.3:
        image = {"$type": "blob", "ref": {"$link": CID}, "mimeType": "image/jpeg", "size": 412345}
        images = [{"alt": texts.filler(rng, lang), "aspectRatio": {"height": 1, "width": 2}, "image": image}]
        record["embed"] = {"$type": "app.bsky.embed.images", "images": images * rng.randint(1, 3)}
    if rng.random() < 0.2:
        tag = {"$type": "app.bsky.richtext.facet#tag", "tag": "photo"}
        record["facets"] = [{"features": [tag], "index": {"byteEnd": 12, "byteStart": 3}}]
    commit |= {"operation": "update" if kind == "update" else "create", "record": record, "cid": CID}
    return {**event, "commit": commit}


def filled(pieces: list[str], kind: str, number: int) -> str:
    """A frame with the time of now."""
    now = time.time_ns() // 1000
    date = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now / 1e6)) + f".{now % 1_000_000 // 1000:03d}Z"
    if kind in ("identity", "account"):
        return pieces[0] + str(now) + pieces[1] + date + pieces[2]
    rev = f"3m{number:011d}"
    if kind == "profile":
        return pieces[0] + str(now) + pieces[1] + rev + pieces[2]
    if kind == "delete":
        return pieces[0] + str(now) + pieces[1] + rev + pieces[2] + rev + pieces[3]
    return pieces[0] + str(now) + pieces[1] + rev + pieces[2] + rev + pieces[3] + date + pieces[4]


class Sender:
    """Sends every frame by itself, evenly, to all who are connected, from /go on."""

    def __init__(self, rate: int, name: str) -> None:
        self.rate, self.sent, self.bytes = rate, 0, 0
        self.going = asyncio.Event()
        self.sockets: set[web.WebSocketResponse] = set()
        self.frames = templates(20_000)
        rng = random.Random(5)
        about = frame(rng, "post", f"Thanks to {name} for the talk")
        about["commit"]["record"].pop("embed", None)
        text = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
        self.naming = re.split("7000000000000001|@REV@|@KEY@|@DATE@", text)

    async def subscribe(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        self.sockets.add(socket)
        async for _ in socket:
            pass
        self.sockets.discard(socket)
        return socket

    async def go(self, request: web.Request) -> web.Response:
        self.going.set()
        return web.Response()

    async def stats(self, request: web.Request) -> web.Response:
        return web.json_response({"sent": self.sent, "bytes": self.bytes, "connected": len(self.sockets)})

    async def run(self) -> None:
        await self.going.wait()
        begun = time.monotonic()
        every = self.rate // NAMING
        while True:
            due = int((time.monotonic() - begun) * self.rate)
            while self.sent < due:
                self.sent += 1
                kind, pieces = self.frames[self.sent % len(self.frames)]
                if self.sent % every == 0:
                    kind, pieces = "post", self.naming
                text = filled(pieces, kind, self.sent)
                self.bytes += len(text.encode())
                for socket in list(self.sockets):
                    try:
                        await socket.send_str(text)
                    except ConnectionError:
                        self.sockets.discard(socket)
            await asyncio.sleep(max(0.0, begun + (self.sent + 1) / self.rate - time.monotonic()))


async def serve(rate: int, name: str) -> None:
    """The server's process: prints its port."""
    sender = Sender(rate, name)
    app = web.Application()
    app.router.add_get("/subscribe", sender.subscribe)
    app.router.add_get("/go", sender.go)
    app.router.add_get("/stats", sender.stats)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(site._server.sockets[0].getsockname()[1], flush=True)  # type: ignore[union-attr]
    await sender.run()


async def naive(url: str, watchlist: str) -> None:
    """The script of an evening."""
    people = yaml.safe_load(Path(watchlist).read_text("utf-8"))["people"]
    names = [name for one in people for name in (one["name"], *one.get("names", []))]
    pattern = re.compile("|".join(map(re.escape, names)), re.IGNORECASE)
    matched = 0
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        async for message in socket:
            event = json.loads(message.data)
            if event["kind"] != "commit" or event["commit"]["operation"] == "delete":
                continue
            record = event["commit"]["record"]
            if pattern.search(record.get("text") or record.get("description") or ""):
                matched += 1


def cpu(pid: int) -> float:
    """CPU seconds of a process so far, without its children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def resident(pid: int) -> int:
    """Megabytes of a process that are its own and in memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("RssAnon:")[2].split()[0]) // 1000


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def watchlist_of(folder: Path, people: int) -> Path:
    """The benchmark's watchlist, filled up with further invented people."""
    value = yaml.safe_load(texts.WATCHLIST.read_text("utf-8"))
    rng = random.Random(11)
    part = ("ba", "lo", "mi", "ren", "tak", "vo", "sel", "dur", "nya", "quo", "fen", "gri")
    while len(value["people"]) < people:
        name = " ".join("".join(rng.choices(part, k=3)).title() for _ in range(2))
        person = {"id": f"person-{len(value['people'])}", "name": name, "short_names": [name.split()[0]]}
        value["people"].append({**person, "handles": {"bluesky": f"{name.split()[1].lower()}.example"}})
    path = folder / f"watchlist-{people}.yaml"
    path.write_text(yaml.safe_dump(value, allow_unicode=True))
    return path


async def lags(data: Path, since_ms: int) -> list[float]:
    """Milliseconds from created_at to the entry in the store."""
    async with opened(f"unix://{socket_of(data)}") as store:
        stream = Stream(store, Keys("monitor"), retention=3600, thread_window=3600)
        at, found = f"{since_ms}-0", []
        while entries := await stream.read("p0", at, count=1000):
            at = entries[-1].id
            found += [
                id_ms(entry.id) - entry.reaction.post.created_at.timestamp() * 1000
                for entry in entries
                if entry.reaction
            ]
        return found


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return bytes(answer.read())


def measure(folder: Path, people: int, rate: int, seconds: float) -> dict[str, float]:
    """One round: a server, the service and the naive script."""
    watchlist = watchlist_of(folder, people)
    name = yaml.safe_load(watchlist.read_text("utf-8"))["people"][0]["name"]
    command = [sys.executable, "-m", "tests.bench.firehose"]
    server = subprocess.Popen([*command, "--serve", name, "--rate", str(rate)], stdout=subprocess.PIPE)
    assert server.stdout is not None
    port = int(server.stdout.readline())
    url = f"ws://127.0.0.1:{port}/subscribe"
    (folder / str(people)).mkdir()
    source = {"kind": "jetstream", "urls": [url], "appview": None}
    running = Running(folder / str(people), watchlist=str(watchlist), sources={"bluesky": source}).start()
    other = subprocess.Popen([*command, "--naive", url, str(watchlist)])
    try:
        assert running.process is not None
        pid = running.process.pid
        store = children(pid)[0]
        running.until(
            lambda: json.loads(get(f"http://127.0.0.1:{port}/stats"))["connected"] == 2, "both read"
        )
        idle = cpu(pid), time.monotonic()
        time.sleep(3)
        idle_share = (cpu(pid) - idle[0]) / (time.monotonic() - idle[1])
        get(f"http://127.0.0.1:{port}/go")
        time.sleep(3)
        return {"idle": idle_share, **window(running, store, other.pid, port, seconds)}
    finally:
        for process in (other, server):
            process.kill()
            process.wait()
        server.stdout.close()
        running.stop()


def window(running: Running, store: int, other: int, port: int, seconds: float) -> dict[str, float]:
    """What happens in so many seconds at the full rate."""
    assert running.process is not None
    pids = {"monitor": running.process.pid, "valkey": store, "naive": other}
    line = 'monitor_posts_collected_total{source="bluesky"}'

    def look() -> tuple[dict[str, float], float, dict[str, Any], float]:
        stats = json.loads(get(f"http://127.0.0.1:{port}/stats"))
        return {name: cpu(pid) for name, pid in pids.items()}, time.monotonic(), stats, running.metric(line)

    before, since_ms = look(), time.time_ns() // 1_000_000
    memory = {name: [resident(pids[name])] for name in ("monitor", "valkey")}
    for _ in range(10):
        time.sleep(seconds / 10)
        for name, sizes in memory.items():
            sizes.append(resident(pids[name]))
    after = look()
    took = after[1] - before[1]
    sent = after[2]["sent"] - before[2]["sent"]
    found = {name: (after[0][name] - before[0][name]) / took for name in pids}
    late = asyncio.run(lags(running.data, since_ms))
    found |= {"rate": sent / took, "size": (after[2]["bytes"] - before[2]["bytes"]) / sent}
    found |= {"posts": (after[3] - before[3]) / took, "naming": len(late) / took}
    hundredths = quantiles(late, n=100) if len(late) > 1 else [0.0] * 99
    found |= {"lag p50": hundredths[49], "lag p99": hundredths[98], "lag mean": mean(late or [0.0])}
    return {**found, **memory_row(memory)}


def memory_row(memory: dict[str, list[int]]) -> dict[str, float]:
    """Megabytes at the beginning, after each tenth of the time: 'monitor MB 3' is after three tenths."""
    return {f"{name} MB {n}": size for name, sizes in memory.items() for n, size in enumerate(sizes)}


def report(rows: Iterator[tuple[int, dict[str, float]]], rate: int) -> None:
    wanted = sum(share for kind, share in KINDS.items() if kind not in ("identity", "account")) / 100
    print(
        f"{rate} frames a second asked for, of which {wanted:.0%} posts, profiles and deletes; CPU in % of one core"
    )
    head = ("people", "frames/s", "bytes", "taken/s", "naming/s", "monitor", "(idle)", "valkey", "naive")
    print("".join(f"{name:>10}" for name in (*head, "lag p50", "lag p99")))
    for people, row in rows:
        cells = [f"{row[name] * 100:>9.1f}%" for name in ("monitor", "idle", "valkey", "naive")]
        figures = "".join(f"{row[name]:>10.0f}" for name in ("rate", "size", "posts", "naming"))
        late = "".join(f"{row[name]:>7.0f} ms" for name in ("lag p50", "lag p99"))
        print(f"{people:>10}{figures}{''.join(cells)}{late}")
        for name in ("monitor", "valkey"):
            sizes = " ".join(f"{row[f'{name} MB {n}']:.0f}" for n in range(11))
            print(f"{'':>10}{name}: MB at each tenth of the time: {sizes}", flush=True)
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="firehose", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rate", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--people", type=int, nargs="*", default=[8, 200])
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    parser.add_argument("--naive", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        asyncio.run(serve(options.rate, options.serve))
    elif options.naive:
        asyncio.run(naive(*options.naive))
    else:
        with tempfile.TemporaryDirectory(prefix="firehose-") as folder:
            rows = (
                (people, measure(Path(folder), people, options.rate, options.seconds))
                for people in options.people
            )
            report(rows, options.rate)


if __name__ == "__main__":
    main()
