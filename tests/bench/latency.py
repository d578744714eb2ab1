"""How long an alert takes: from a post's arrival on an open stream to the receiver, with 1,000 others a second.

    python -m tests.bench.latency
    python -m tests.bench.latency --alerts 50 --rounds 1

A server of its own process sends the frames of the firehose benchmark and, at random moments between them, posts
that say of somebody else each that they have left; a receiver of its own process notes when it is called. The
clock starts just before such a frame is written to the socket. Beside it, in the same seconds and on the same
store: from an XADD to the answer of the XREADGROUP that waits for it, by a client that does nothing else.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import quantiles
from typing import Any, NamedTuple

import yaml
from aiohttp import web

from monitor.embedded import socket_of
from monitor.keys import Keys
from monitor.store import Store
from monitor.stream import Stream, id_ms
from tests.bench import firehose
from tests.conftest import opened
from tests.running import Running

# Frames a second: three in four of them are posts, so that a thousand posts flow.
RATE = 1330
PER_SECOND = 10
LIMIT_MS, TIMES = 250.0, 20.0
SECRET = "whsec_" + b64encode(b"only-for-this-benchmark!").decode()


class Told(NamedTuple):
    """One alert: POSIX seconds when its post was sent, its reaction and its alert stored (to the ms), and heard."""

    sent: float
    reaction: float
    alert: float
    heard: float


class Announcer(firehose.Sender):
    """The firehose, and between its frames one post about each of the people; GET /announced tells when."""

    def __init__(self, rate: int, people: Sequence[str]) -> None:
        super().__init__(rate, people[0])
        self.people = people[1:]
        self.announced: dict[str, float] = {}

    async def announce(self) -> None:
        await self.going.wait()
        await asyncio.sleep(3)
        rng = random.Random(17)
        for number, name in enumerate(self.people):
            # At random, so that they keep no step with anything that rests between two looks.
            await asyncio.sleep(rng.uniform(0.5, 1.5) / PER_SECOND)
            about = firehose.frame(rng, "post", f"{name} has left Foxglove AI.")
            about["commit"]["record"] = {
                k: v for k, v in about["commit"]["record"].items() if k not in ("embed", "reply", "facets")
            }
            text = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
            pieces = re.split("7000000000000001|@REV@|@KEY@|@DATE@", text)
            frame = firehose.filled(pieces, "post", 10**10 + number)
            self.announced[name] = time.time()
            for one in list(self.sockets):
                await one.send_str(frame)

    async def show(self, request: web.Request) -> web.Response:
        return web.json_response(self.announced)


async def serve(rate: int, people: Sequence[str]) -> None:
    """The server's process: prints its port."""
    sender = Announcer(rate, people)
    await listen(
        [
            web.get("/subscribe", sender.subscribe),
            web.get("/go", sender.go),
            web.get("/stats", sender.stats),
            web.get("/announced", sender.show),
        ]
    )
    announcing = asyncio.create_task(sender.announce())
    await sender.run()
    await announcing


async def receive() -> None:
    """The receiver's process: prints its port; GET /heard gives webhook-id -> when it came first."""
    heard: dict[str, float] = {}

    async def hook(request: web.Request) -> web.Response:
        heard.setdefault(request.headers["webhook-id"], time.time())
        await request.read()
        return web.Response(status=204)

    async def show(request: web.Request) -> web.Response:
        return web.json_response(heard)

    await listen([web.post("/hook", hook), web.get("/heard", show)])
    await asyncio.Event().wait()


async def listen(routes: Sequence[web.RouteDef]) -> None:
    app = web.Application()
    app.router.add_routes(routes)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(site._server.sockets[0].getsockname()[1], flush=True)  # type: ignore[union-attr]


@contextlib.contextmanager
def process(*words: str) -> Iterator[str]:
    """One of the processes above; gives where it listens."""
    command = [sys.executable, "-m", "tests.bench.latency", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as one:
        assert one.stdout is not None
        try:
            yield f"127.0.0.1:{int(one.stdout.readline())}"
        finally:
            one.kill()


class RoundTrips(threading.Thread):
    """Asks the store all the time: seconds from an XADD to the answer of a blocked XREADGROUP."""

    def __init__(self, path: Path, every: float = 0.05) -> None:
        super().__init__(daemon=True)
        self.path, self.every = path, every
        self.ended = threading.Event()
        self.took: list[float] = []

    def run(self) -> None:
        with socket.socket(socket.AF_UNIX) as adds, socket.socket(socket.AF_UNIX) as reads:
            adds.connect(str(self.path))
            reads.connect(str(self.path))
            ask(adds, b"XGROUP CREATE bench:trips all $ MKSTREAM\r\n")
            while not self.ended.wait(self.every):
                reads.sendall(b"XREADGROUP GROUP all one BLOCK 5000 COUNT 1 NOACK STREAMS bench:trips >\r\n")
                time.sleep(0.002)
                begun = time.perf_counter()
                adds.sendall(b"XADD bench:trips MAXLEN 10 * d " + b"x" * 400 + b"\r\n")
                reads.recv(4096)
                self.took.append(time.perf_counter() - begun)
                adds.recv(4096)
            ask(adds, b"DEL bench:trips\r\n")


def ask(to: socket.socket, command: bytes) -> bytes:
    to.sendall(command)
    return to.recv(4096)


def measure(folder: Path, alerts: int, rate: int = RATE) -> tuple[list[Told], list[float]]:
    """One round: every alert, and the round trips of the store meanwhile."""
    watchlist = firehose.watchlist_of(folder, alerts + 8)
    everyone = yaml.safe_load(watchlist.read_text("utf-8"))["people"]
    people = [one["name"] for one in (everyone[0], *everyone[8:])]
    named = folder / "people.json"
    named.write_text(json.dumps(people))
    ids = {f"foxglove-{one['id']}-1-v1": one["name"] for one in everyone}
    with process("--serve", str(named), "--rate", str(rate)) as server, process("--receive") as receiver:
        running = Running(folder, watchlist=str(watchlist), **settings(server, receiver)).start()
        trips = RoundTrips(socket_of(running.data))

        def heard() -> dict[str, float]:
            return dict(json.loads(firehose.get(f"http://{receiver}/heard")))

        try:
            stats = f"http://{server}/stats"
            running.until(lambda: json.loads(firehose.get(stats))["connected"], "it reads")
            firehose.get(f"http://{server}/go")
            trips.start()
            time.sleep(3 + alerts / PER_SECOND)
            running.until(lambda: len(heard()) >= alerts, f"{alerts} alerts", 60)
            trips.ended.set()
            trips.join()
            sent = json.loads(firehose.get(f"http://{server}/announced"))
            stored = asyncio.run(stages(running.data, ids))
            told = {ids[id]: at for id, at in heard().items() if id in ids}
            return [Told(sent[name], *stored[name], at) for name, at in told.items()], trips.took
        finally:
            trips.ended.set()
            running.stop()


def settings(server: str, receiver: str) -> dict[str, Any]:
    endpoint = {"name": "ops", "url": f"http://{receiver}/hook", "secret": SECRET}
    endpoint |= {"allow_private": True, "min_status": "rumoured"}  # type: ignore[dict-item]
    source = {"kind": "jetstream", "urls": [f"ws://{server}/subscribe"], "appview": None}
    return {"sources": {"bluesky": source}, "alerts": {"endpoints": [endpoint]}}


async def stages(data: Path, ids: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Name -> when the reaction and when the alert was stored, by their ids in the streams."""
    async with opened(f"unix://{socket_of(data)}") as store:
        keys = Keys("monitor")
        reactions = await reaction_times(store, keys)
        alerts = await store.call("XRANGE", keys.alerts, "-", "+")
        found = {}
        for id, fields in alerts:
            case = json.loads(fields[fields.index(b"d") + 1])["data"]["case"]
            post = case["evidence"][0]["post_id"]
            found[case["name"]] = (reactions[post], id_ms(id.decode()) / 1000)
        return found


async def reaction_times(store: Store, keys: Keys) -> dict[str, float]:
    stream = Stream(store, keys, retention=3600, thread_window=3600)
    at, found = "0-0", {}
    while entries := await stream.read("p0", at, count=1000):
        at = entries[-1].id
        found |= {one.reaction.post.id: id_ms(one.id) / 1000 for one in entries if one.reaction}
    return found


class Figures(NamedTuple):
    """Milliseconds: p50, p99 and the greatest."""

    p50: float
    p99: float
    most: float

    def __str__(self) -> str:
        return f"p50 {self.p50:8.2f}  p99 {self.p99:8.2f}  max {self.most:8.2f} ms"


def figures(seconds: Sequence[float]) -> Figures:
    hundredths = quantiles(seconds, n=100, method="inclusive")
    return Figures(1000 * hundredths[49], 1000 * hundredths[98], 1000 * max(seconds))


def report(told: Sequence[Told], trips: Sequence[float]) -> tuple[Figures, Figures]:
    """Print one round: the whole way, its stages, and the store beside it."""
    rows = {
        "post to receiver": [one.heard - one.sent for one in told],
        "  sent to reaction stored": [one.reaction - one.sent for one in told],
        "  reaction to alert stored": [one.alert - one.reaction for one in told],
        "  alert stored to receiver": [one.heard - one.alert for one in told],
        "XADD to XREADGROUP": trips,
    }
    for name, seconds in rows.items():
        print(f"{name:<26}{figures(seconds)}   n {len(seconds)}")
    whole, trip = figures(rows["post to receiver"]), figures(trips)
    print(
        f"p99 is {whole.p99 / trip.p50:.0f} of the store's round trips of the middle, and"
        f" {whole.p99 / trip.p99:.0f} of its own p99 (goal: below {TIMES:.0f}, and {LIMIT_MS:.0f} ms)"
    )
    return whole, trip


def main() -> None:
    parser = argparse.ArgumentParser(prog="latency", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--alerts", type=int, default=250)
    parser.add_argument("--rate", type=int, default=RATE)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    parser.add_argument("--receive", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        asyncio.run(serve(options.rate, json.loads(Path(options.serve).read_text("utf-8"))))
    elif options.receive:
        asyncio.run(receive())
    else:
        for _ in range(options.rounds):
            with tempfile.TemporaryDirectory(prefix="latency-") as folder:
                report(*measure(Path(folder), options.alerts, options.rate))
        load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
        print(f"{os.cpu_count()} cores, load {load}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
