"""A webhook receiver on loopback that misbehaves on demand, and what delivers to it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import web

import monitor.http
from monitor.consume.notify.deliver import deliver
from monitor.consume.notify.outbox import Delivery, Outbox
from monitor.consume.notify.signal import Signal
from monitor.consume.notify.undelivered import Notices
from monitor.consume.notify.wording import Language
from monitor.endpoint import Endpoint
from monitor.http import Http
from monitor.telemetry import Telemetry

from ..conftest import wait_until
from .test_notify import SECRET

QUICK = [0.02] * 5
Answers = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Receiver:
    """Answers each request with the next of `answers`, and by `otherwise` when there are none left."""

    def __init__(self) -> None:
        self.answers: list[Answers] = []
        self.otherwise: Answers = status(200)
        self.got: list[tuple[dict[str, str], bytes, float]] = []
        self.url = ""

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _, _ in self.got]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.got.append((headers, await request.read(), time.monotonic()))
        return await (self.answers.pop(0) if self.answers else self.otherwise)(request)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Receiver]:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.answer)
        runner = web.AppRunner(app, shutdown_timeout=0.05)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook/KEY?token=KEY"
        try:
            yield self
        finally:
            await runner.cleanup()


def status(code: int, **headers: str) -> Answers:
    async def answer(request: web.Request) -> web.StreamResponse:
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=code, headers=more, text="no")

    return answer


def text(code: int, body: str, kind: str = "text/html", **headers: str) -> Answers:
    async def answer(request: web.Request) -> web.StreamResponse:
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=code, headers=more, text=body, content_type=kind)

    return answer


async def slack(request: web.Request) -> web.StreamResponse:
    """What Slack does with a message: its checks of the payload, and `ok`."""
    try:
        message = await request.json()
        assert 0 < len(message["text"]) <= 40_000
        assert 0 < len(message["blocks"]) <= 50
        for block in message["blocks"]:
            limit = 150 if block["type"] == "header" else 3000
            texts = block["elements"] if block["type"] == "context" else [block["text"]]
            assert 0 < len(texts) <= 10
            for one in texts:
                assert one["type"] in ("plain_text", "mrkdwn") and 0 < len(one["text"]) <= limit
                assert "emoji" not in one or one["type"] == "plain_text"
    except (ValueError, KeyError, AssertionError):
        return web.Response(status=400, text="invalid_payload")
    return web.Response(text="ok")


def feishu(secret: str | None = None, clock: Callable[[], float] = time.time) -> Answers:
    """What a bot of Feishu does: it checks signature, clock and size, and answers 200 whatever it thinks."""

    async def answer(request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if len(body) > 20 * 1024:
            return web.json_response({"code": 11246, "msg": "message too large", "data": {}})
        message = json.loads(body)
        if secret is not None and not _is_signed(message, secret, clock()):
            words = "sign match fail or timestamp is not within one hour from current time"
            return web.json_response({"code": 19021, "msg": words, "data": {}})
        if message["msg_type"] != "interactive" or not message["card"]["elements"]:
            return web.json_response({"code": 9499, "msg": "Bad Request", "data": {}})
        return web.json_response({"StatusCode": 0, "StatusMessage": "success", "code": 0, "data": {}})

    return answer


def _is_signed(message: dict[str, Any], secret: str, now: float) -> bool:
    at = message.get("timestamp", "")
    key = f"{at}\n{secret}".encode()
    sign = base64.b64encode(hmac.new(key, digestmod=hashlib.sha256).digest()).decode()
    return at.isdigit() and abs(now - int(at)) <= 3600 and message.get("sign") == sign


async def hangs(request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(60)
    return web.Response()


def hangs_too_long(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """It hangs, and with that the time of the attempt is over; no other attempt runs out of time on a slow machine."""
    limits: list[asyncio.Timeout] = []

    def timeout(seconds: float) -> asyncio.Timeout:
        limits.append(asyncio.timeout(seconds))
        return limits[-1]

    async def answer(request: web.Request) -> web.StreamResponse:
        limits[-1].reschedule(asyncio.get_running_loop().time())
        return await hangs(request)

    noting = SimpleNamespace(**{**vars(asyncio), "timeout": timeout})
    monkeypatch.setattr(monitor.http, "asyncio", noting)
    return answer


async def resets(request: web.Request) -> web.StreamResponse:
    assert request.transport
    request.transport.abort()
    return web.Response()


async def breaks_off(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "100"})
    await response.prepare(request)
    await response.write(b"o")
    return await resets(request)


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"x" * 65536)


class Runner:
    """Starts deliver tasks, one an endpoint, and ends them."""

    def __init__(self, http: Http) -> None:
        self.http = http
        self.wake = Signal()
        names = ["ops", "chat"]
        self.telemetry = Telemetry(
            people=[], sources=[], windows=[], endpoints=names, config_hash="", version=""
        )
        self.tasks: list[asyncio.Task[None]] = []

    def __call__(
        self,
        outbox: Outbox,
        receiver: Receiver,
        name: str = "ops",
        schedule: Sequence[float] = QUICK,
        instance: str = "one",
        language: Language = "en",
        notices: Notices | None = None,
        proxy: str | None = None,
        **more: Any,
    ) -> asyncio.Task[None]:
        secret = [] if "format" in more else [SECRET]
        given = {"secret": secret, "allow_private": ["127.0.0.0/8"], **more}
        endpoint = Endpoint(name=name, url=receiver.url, **given)
        call = deliver(
            *(endpoint, outbox, self.http, self.telemetry, schedule, self.wake, instance, language),
            proxy=proxy,
            notices=notices,
        )
        self.tasks.append(asyncio.create_task(call))
        return self.tasks[-1]

    async def end(self) -> None:
        """Each task ends by being cancelled and by nothing else, before an attempt that hangs would be over."""
        for task in self.tasks:
            task.cancel()
        if self.tasks:
            await asyncio.wait(self.tasks, timeout=10)
        ended = [task for task in self.tasks if task.done() and not task.cancelled()]
        assert not ended, [task.exception() for task in ended]
        assert all(task.cancelled() for task in self.tasks)

    def counted(self, name: str = "ops") -> dict[str, float]:
        """deliveries_total of an endpoint by outcome."""
        metrics = self.telemetry.endpoint[name]
        return {outcome: counter._value.get() for outcome, counter in metrics.deliveries.items()}

    def is_up(self, name: str = "ops") -> bool:
        return bool(self.telemetry.endpoint[name].up._value.get())

    def dead_letters(self) -> float:
        gauge = self.telemetry.endpoint["ops"].dead_letters
        return float(gauge._value.get())


async def deliveries(outbox: Outbox) -> list[Delivery]:
    return [delivery for sent in await outbox.list(500) for delivery in sent.deliveries]


async def settled(outbox: Outbox, state: str = "delivered", timeout: float = 180.0) -> list[Delivery]:
    """The deliveries once all of them are in this state."""

    async def there() -> list[Delivery] | None:
        found = await deliveries(outbox)
        return found if found and all(delivery.state == state for delivery in found) else None

    found: list[Delivery] = await wait_until(there, timeout, f"all {state}")
    return found
