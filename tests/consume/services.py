"""What Discord, Teams, DingTalk, WeCom and ntfy do with a message: their checks of it, and their answers."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from .receiver import Answers


async def discord(request: web.Request) -> web.StreamResponse:
    """204, or with ?wait=true the message that is kept; 400 names what is too long."""
    try:
        message = await request.json()
        assert message["allowed_mentions"] == {"parse": []}
        assert 0 < len(message["embeds"]) <= 10
        total = 0
        for embed in message["embeds"]:
            texts = (embed["title"], embed.get("description", "-"), embed["footer"]["text"])
            for text, limit in zip(texts, (256, 4096, 2048), strict=True):
                assert 0 < len(text) <= limit
                total += len(text)
        assert total <= 6000
    except (ValueError, KeyError, AssertionError):
        return web.json_response({"message": "Invalid Form Body", "code": 50035, "errors": {}}, status=400)
    if request.query.get("wait") != "true":
        return web.Response(status=204)
    return web.json_response({"id": "1290", "type": 0, "channel_id": "7", "embeds": message["embeds"]})


async def teams(request: web.Request) -> web.StreamResponse:
    """202 at once for a message of cards; what does not fit the trigger is told as JSON."""
    body = await request.read()
    try:
        message = json.loads(body)
        assert message["type"] == "message" and len(body) <= 28 * 1024
        for attachment in message["attachments"]:
            assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
            card = attachment["content"]
            assert card["type"] == "AdaptiveCard" and card["version"] and card["body"]
    except (ValueError, KeyError, AssertionError):
        error = {"code": "TriggerInputSchemaMismatch", "message": "The input body does not match its schema."}
        return web.json_response({"error": error}, status=400)
    return web.Response(status=202)


def dingtalk(secret: str | None = None, clock: Callable[[], float] = time.time) -> Answers:
    """A bot: it checks signature and clock in the query, then the message, and answers 200 whatever it thinks."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if secret is not None and not _is_signed(request, secret, clock()):
            return _coded(310000, "sign not match, more: [https://ding.example/faq]")
        body = await request.read()
        message = json.loads(body)
        if len(body) > 20_000 or message["msgtype"] != "markdown":
            return _coded(40035, "invalid message")
        if not message["markdown"]["title"] or not message["markdown"]["text"]:
            return _coded(40035, "empty message")
        return _coded(0, "ok")

    return answer


async def wecom(request: web.Request) -> web.StreamResponse:
    """A bot: it counts the bytes of the content, and answers 200 whatever it thinks."""
    message = await request.json()
    if message["msgtype"] != "markdown":
        return _coded(40008, "invalid message type")
    if not 0 < len(message["markdown"]["content"].encode()) <= 4096:
        return _coded(40058, "markdown.content exceed max length 4096")
    return _coded(0, "ok")


def ntfy(token: str | None = None) -> Answers:
    """A server: JSON only to its root, a token where it asks for one, and the message as its answer."""

    async def answer(request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if token is not None and request.headers.get("Authorization") != f"Bearer {token}":
            return _refused(401, 40101, "unauthorized")
        if len(body) > 8192:
            return _refused(413, 41303, "JSON body too large")
        message: dict[str, Any] = json.loads(body)
        if not request.path.endswith("/") or not message.get("topic"):
            return _refused(400, 40017, "invalid request: request body must be valid JSON")
        if len(message["message"].encode()) > 4096 or not 1 <= message["priority"] <= 5:
            return _refused(400, 40007, "invalid priority")
        kept = {"id": "sPs71M8A2T", "time": 1643935928, "event": "message", **message}
        return web.json_response(kept)

    return answer


def _coded(code: int, words: str) -> web.Response:
    return web.json_response({"errcode": code, "errmsg": words})


def _refused(status: int, code: int, words: str) -> web.Response:
    return web.json_response({"code": code, "http": status, "error": words}, status=status)


def _is_signed(request: web.Request, secret: str, now: float) -> bool:
    at = request.query.get("timestamp", "")
    digest = hmac.new(secret.encode(), f"{at}\n{secret}".encode(), hashlib.sha256).digest()
    near = at.isdigit() and abs(now * 1000 - int(at)) <= 3_600_000
    return near and request.query.get("sign") == base64.b64encode(digest).decode()
