"""Bots of WeCom groups (format: wecom): markdown of at most 4096 bytes in which quoted words hold no mark."""

from __future__ import annotations

import re

from ...http import Response
from ...model import encode
from .answers import by_errcode
from .attempt import Attempt, Request
from .hostile import wide
from .message import Message
from .policy import Answer
from .rows import Marks, Room, fitted, flat, in_bytes, rows

LARGEST = 4096
TITLE = 600
# 20 messages a minute.
TOO_FAST, A_MINUTE = (45009, 45033), 60.0
_OFTEN = re.compile(r"freq|too many|rate.?limit|concurren|system busy|频率|频繁|限流|系统繁忙", re.IGNORECASE)
# There are no escapes: <@name> mentions somebody and <font> colours, so the marks give way to their twins.
_WIDE = wide("\\*~`[]<>&@|")


def request(attempt: Attempt) -> Request:
    """The message; its URL holds the key, and nothing is signed."""
    content = fitted(attempt, text, lambda text: in_bytes(text) <= LARGEST)
    body = encode({"msgtype": "markdown", "markdown": {"content": content}})
    return Request(attempt.url, {"content-type": "application/json; charset=utf-8"}, body)


def read(response: Response, now: float) -> Answer:
    """By the code in the body."""
    return by_errcode(response, now, TOO_FAST, A_MINUTE, _OFTEN)


def text(message: Message, room: Room) -> str:
    """The message as WeCom's markdown, a line a row."""
    marks = Marks(_safe, by="> {}", faint='<font color="comment">{}</font>')
    head = "### " + _safe(message.title, TITLE)
    foot = marks.faint.format(_safe(message.foot, room.row))
    return "\n".join([head, *rows(message, marks, room), foot])


def _safe(line: str, room: int) -> str:
    return flat(line, room, _WIDE)
