"""Discord's webhooks (format: discord): one embed, every mark in it escaped, nobody mentioned."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from ...http import Response, retry_after
from ...model import encode
from .answers import coded, json_object, reason
from .attempt import Attempt, Request
from .hostile import clip
from .message import Message
from .policy import Answer, chat
from .rows import Marks, Room, fitted, in_utf16, rows

TITLE, DESCRIPTION, FOOTER, ALL = 256, 4096, 2048, 6000
COLOURS = {
    "rumoured": 0x95A5A6,
    "reported": 0xE67E22,
    "confirmed": 0xE74C3C,
    "denied": 0x3498DB,
    "retracted": 0x3498DB,
    "test": 0x1ABC9C,
    "notice": 0xF1C40F,
}
_ESCAPES = {ord(mark): "\\" + mark for mark in "\\*_~`|[]<@"}
# What begins a list, a heading or a quotation; the colon of a URL, and those around the name of an emoji.
_BEGINS = re.compile(r"^((?=[#>+-])|[0-9]+(?=[.)]))")
_COLON = re.compile(r"(?=:(?://|[\w~+-]+:))")


def request(attempt: Attempt) -> Request:
    """The embed. The receiver is asked to answer only when the message is kept, unless the URL says otherwise."""
    made = fitted(attempt, embed, _fits)
    body = encode({"embeds": [made], "allowed_mentions": {"parse": []}})
    return Request(waiting(attempt.url), {"content-type": "application/json"}, body)


def read(response: Response, now: float) -> Answer:
    """204, or 200 with the message; a limit is told in the body too, to the fraction of a second."""
    code, said = coded(response.body, ["code"], ["message"])
    answer = json_object(response.body)
    accepted = response.status == 204 or (response.status == 200 and answer is not None and "id" in answer)
    why = reason(response, code or None, said)
    got = chat(response, now, accepted, busy=False, reason=why, refused=code is not None)
    wait = (answer or {}).get("retry_after")
    if got.outcome != "retry" or type(wait) not in (int, float):
        return got
    asked = retry_after({"Retry-After": f"{wait:.3f}"}, now) or 1.0
    return got._replace(retry_after=max(asked, got.retry_after or 1.0))


def waiting(url: str) -> str:
    """The URL with wait=true: without it Discord answers before it knows that the message can be kept."""
    parts = urlsplit(url)
    if any(name == "wait" for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        return url
    return urlunsplit(parts._replace(query="&".join(part for part in (parts.query, "wait=true") if part)))


def embed(message: Message, room: Room) -> dict[str, Any]:
    """The message as an embed; its footer is plain text, in which no mark counts."""
    marks = Marks(_safe, faint="-# {}")
    made: dict[str, Any] = {"title": _safe(message.title, TITLE - 1)}
    if lines := rows(message, marks, room):
        made["description"] = "\n".join(lines)
    made["color"] = COLOURS.get(message.kind, COLOURS["notice"])
    made["footer"] = {"text": clip(message.foot, FOOTER, in_utf16)}
    return made


def _fits(made: dict[str, Any]) -> bool:
    sizes = [in_utf16(text) for text in (made["title"], made.get("description", ""), made["footer"]["text"])]
    return sizes[1] <= DESCRIPTION and sum(sizes) <= ALL


def _safe(line: str, room: int) -> str:
    """Escaped; all colons are counted as if they were, and what a row begins with is not counted."""
    kept = clip(line, room, lambda mark: in_utf16(mark) + (mark == ":" or ord(mark) in _ESCAPES))
    return _COLON.sub(r"\\", _BEGINS.sub(r"\1\\", kept.translate(_ESCAPES)))
