"""`monitor demo`: the whole service over the built-in story, on a store of its own, with a receiver."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from aiohttp import web

from .app import Service
from .consume.notify import standard
from .model import Arrival, Case, encode
from .offline import table
from .settings import Settings, SettingsAlone, build
from .story import seeds, story
from .telemetry import set_up_logging
from .watchlist import load

SPEED = 190.0
SPEED_ONCE = 2600.0
PATIENCE = 30.0


class Demo:
    """Tells the story once; keeps going on a terminal until it is interrupted."""

    def __init__(self, speed: float | None, once: bool) -> None:
        self._speed = speed or (SPEED_ONCE if once else SPEED)
        self._once = once
        self._tty = sys.stdout.isatty()
        self._handed: dict[str, float] = {}
        self._posts = 0
        self._delivered: dict[str, dict[str, Any]] = {}
        self._key = secrets.token_bytes(32)
        self._complete = False

    def main(self, until_signal: Callable[[Any], int]) -> int:
        """Exit status: 0 when everything was delivered."""
        set_up_logging(sys.stderr, sys.stderr.isatty())
        logging.getLogger().setLevel(logging.WARNING)
        until_signal(self._run)
        return 0 if self._complete or not self._once else 1

    async def _run(self, stop: asyncio.Event, started: asyncio.Event) -> None:
        async with AsyncExitStack() as opened:
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="monitor-demo-")))
            port = await self._receiver(opened)
            service = Service(self._settings(folder, port), self._seen, self._received)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(service.run(stop, started), name="service")
                await started.wait()
                if not (self._tty or self._once):  # A log is told where the page is, too.
                    print(f"monitor demo  {_url(service)}", flush=True)
                elif not self._once and can_show():
                    _show(_url(service))
                screen = tasks.create_task(self._screen(service), name="screen")
                told = tasks.create_task(self._told(service), name="story")
                ended = tasks.create_task(stop.wait(), name="ended")
                await asyncio.wait((told, ended), return_when=asyncio.FIRST_COMPLETED)
                for task in (told, screen):
                    task.cancel()
                if stop.is_set():
                    return
                await self._draw(service)
                print(json.dumps(await self._summary(service)), flush=True)
                if self._once or not self._tty:
                    stop.set()
                await stop.wait()

    def _settings(self, folder: Path, port: int) -> Settings:
        watchlist = load("qwen").model_dump(mode="json", by_alias=True)
        watchlist["outlets"].append("news.example")
        (folder / "watchlist.yaml").write_text(yaml.safe_dump(watchlist, allow_unicode=True), "utf-8")
        lines = [json.dumps(post, ensure_ascii=False) for post in story(seeds(), self._speed)]
        (folder / "story.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        secret = "whsec_" + base64.b64encode(self._key).decode()
        receiver: dict[str, Any] = {"name": "demo", "url": f"http://127.0.0.1:{port}/", "secret": secret}
        receiver |= {"min_status": "rumoured", "allow_private": True}
        replay = {"kind": "replay", "path": str(folder / "story.jsonl"), "speed": 1, "rebase": True}
        return build(
            {
                "watchlist": str(folder / "watchlist.yaml"),
                "data_dir": str(folder / "data"),
                "http": {"port": 0 if self._once else _free(8420)},
                "sources": {"story": replay},
                "alerts": {"endpoints": [receiver]},
            },
            "demo",
            SettingsAlone,
        )

    async def _receiver(self, opened: AsyncExitStack) -> int:
        app = web.Application()
        app.router.add_post("/", self._receive)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        opened.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return int(runner.addresses[0][1])

    async def _receive(self, request: web.Request) -> web.Response:
        """What a receiver has to do: check the signature, know the id, answer 2xx."""
        body = await request.read()
        id, at = request.headers["webhook-id"], int(request.headers["webhook-timestamp"])
        if (
            standard.headers(id, at, body, [self._key])["webhook-signature"]
            != request.headers["webhook-signature"]
        ):
            return web.Response(status=401)
        alert = json.loads(body)
        history = alert["data"]["case"]["history"]
        handed = self._handed.get(history[-1]["post_id"] if history else "", time.monotonic())
        alert["seconds"] = time.monotonic() - handed
        alert["at"] = datetime.now(UTC)
        if id not in self._delivered and not self._tty:
            print(_told_line(alert), flush=True)
        self._delivered.setdefault(id, alert)
        return web.Response(status=204)

    def _received(self) -> list[dict[str, Any]]:
        """What came in, the newest first, as the page shows it; what is not signed as agreed is not taken."""
        return [_receipt(id, alert) for id, alert in reversed(self._delivered.items())]

    def _seen(self, arrival: Arrival) -> None:
        self._posts += arrival.post is not None
        if arrival.post:
            self._handed[arrival.post.id] = time.monotonic()

    async def _told(self, service: Service) -> None:
        """Until the story has been read, stored and judged, and every alert is delivered."""
        deadline = None
        while True:
            await asyncio.sleep(0.05)
            if not await service.settled("story"):
                continue
            deadline = deadline or time.monotonic() + PATIENCE
            sent = await service.outbox.list(1000)
            states = [delivery.state for one in sent for delivery in one.deliveries]
            if not {"due", "sending"} & set(states):
                self._complete = "dead" not in states
                return
            if time.monotonic() > deadline:
                return

    async def _summary(self, service: Service) -> dict[str, Any]:
        took = [round(alert["seconds"], 4) for alert in self._delivered.values()]
        sent = [one for one in await service.outbox.list(1000) if one.deliveries]
        return {
            "posts": self._posts,
            "reactions": await service.opened.stream.length(service.opened.keys.tags()[0]),
            "cases": {case.person: case.status for case in _cases(service)},
            "alerts": len(sent),
            "deliveries": len(self._delivered),
            "post_to_delivery_seconds": {
                "p50": statistics.median(took) if took else None,
                "max": max(took, default=None),
            },
        }

    async def _screen(self, service: Service) -> None:
        if not self._tty:
            return
        sys.stdout.write("\x1b[2J")
        while True:
            await self._draw(service)
            await asyncio.sleep(0.5)

    async def _draw(self, service: Service) -> None:
        if not self._tty:
            return
        sys.stdout.write("\x1b[H\x1b[J")
        print(f"monitor demo  {_url(service)}  {self._posts} posts\n")
        windows, status = service.windows.read(), {case.person: case.status for case in _cases(service)}
        rows = []
        for person in service.watchlist.people:
            now = windows[person.id, "1h"]
            mean = "-" if now.mean != now.mean else f"{now.mean:+z.2f}"
            rows.append([person.name, status.get(person.id, "-"), now.count, now.voices, mean])
        table(["PERSON", "STATUS", "REACTIONS", "VOICES", "MEAN"], rows, sys.stdout)
        print("\nDelivered to the built-in receiver, signed:")
        for alert in self._delivered.values():
            print("  " + _told_line(alert))
        sys.stdout.flush()


def _cases(service: Service) -> list[Case]:
    return [file.case for file in service.book.files.values()]


def _url(service: Service) -> str:
    return f"http://127.0.0.1:{service.port}/"


def can_show() -> bool:
    """Is there a graphical session that a browser could open a window in?"""
    return sys.platform == "darwin" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _show(url: str) -> None:
    """Open the page by webbrowser.open, in a process that has no terminal for a text browser to take.

    A browser that is slow to start, or never returns, keeps nothing waiting.
    """
    command = [sys.executable, "-I", "-m", "webbrowser", url]
    environ = {name: value for name, value in os.environ.items() if name != "TERM"}
    null = subprocess.DEVNULL
    options = {"env": environ, "stdin": null, "stdout": null, "stderr": null, "start_new_session": True}
    threading.Thread(target=subprocess.run, args=(command,), kwargs=options, daemon=True).start()


def _receipt(id: str, alert: dict[str, Any]) -> dict[str, Any]:
    case = alert["data"]["case"]
    named = {"webhook_id": id, "type": alert["type"], "case": case["id"], "name": case["name"]}
    return {
        **named,
        "status": case["status"],
        "verified": True,
        "at": alert["at"],
        "seconds": round(alert["seconds"], 4),
    }


def _told_line(alert: dict[str, Any]) -> str:
    case = alert["data"]["case"]
    words = encode(case["evidence"][-1]["excerpt"][:60] if case["evidence"] else "").decode()
    voices = "1 voice" if case["voices"] == 1 else f"{case['voices']} voices"
    seconds = f"{alert['seconds'] * 1000:.0f} ms after the post"
    return f"{alert['type']}: {case['name']}, {voices}, {words}, {seconds}"


def _free(port: int) -> int:
    """The port if nobody listens there, else any."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
    return port
