"""Bots of DingTalk groups (format: dingtalk): markdown in which quoted words hold no mark, signed in the URL."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from ...http import Response
from ...model import encode
from .answers import by_errcode
from .attempt import Attempt, Request
from .hostile import wide
from .message import Message
from .policy import Answer
from .rows import Marks, Room, escaped, fitted, flat, rows, unlinked

LARGEST = 20_000
TITLE = 150
# Who sends more than 20 messages a minute is shut out for ten.
TOO_FAST, SHUT_OUT = (130101, 410100, 90018), 600.0
_OFTEN = re.compile(r"too fast|frequen|too many|rate.?limit|系统繁忙|频率|频繁|限流", re.IGNORECASE)
# DingTalk knows no escapes that all its clients keep to, so the marks give way to their full-width twins.
_WIDE = wide("\\*~`[]<>&@|$")
_TITLE = wide("<>@")


def request(attempt: Attempt) -> Request:
    """The message, with the signature of this moment in the URL where the endpoint has a secret."""
    body = fitted(attempt, _body, lambda body: len(body) <= LARGEST)
    url = attempt.url
    for secret in attempt.endpoint.secret[:1]:
        url = signed(url, secret.get_secret_value(), int(attempt.now * 1000))
    return Request(url, {"content-type": "application/json; charset=utf-8"}, body)


def read(response: Response, now: float) -> Answer:
    """By the code in the body."""
    return by_errcode(response, now, TOO_FAST, SHUT_OUT, _OFTEN)


def signed(url: str, secret: str, timestamp: int) -> str:
    """The URL with `timestamp` (milliseconds) and `sign` after what its query has."""
    parts = urlsplit(url)
    added = f"timestamp={timestamp}&sign={sign(secret, timestamp)}"
    return urlunsplit(parts._replace(query="&".join(part for part in (parts.query, added) if part)))


def sign(secret: str, timestamp: int) -> str:
    """DingTalk's signature, quoted for a query: the secret is the key, and is in the message too."""
    digest = hmac.digest(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256)
    return quote(base64.b64encode(digest), safe="")


def text(message: Message, room: Room) -> str:
    """The message as markdown; a blank line ends each row."""
    marks = Marks(_safe)
    head = "### " + _safe(message.title, TITLE * 4)
    return "\n\n".join([head, *rows(message, marks, room), _safe(message.foot, room.row)])


def _body(message: Message, room: Room) -> bytes:
    # The title is shown in the list of chats, as it is; the marks of a keyword in the prefix stay.
    title = unlinked(escaped(message.title, TITLE, _TITLE))
    content: dict[str, Any] = {"title": title, "text": text(message, room)}
    return encode({"msgtype": "markdown", "markdown": content, "at": {"isAtAll": False}})


def _safe(line: str, room: int) -> str:
    return flat(line, room, _WIDE)
