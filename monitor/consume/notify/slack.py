"""Slack's incoming webhooks (format: slack): blocks whose quoted words are plain_text, never mrkdwn."""

from __future__ import annotations

import re
from typing import Any

from ...http import Response
from ...model import encode
from .answers import reason
from .attempt import Attempt, Request, message_of
from .hostile import EVERYBODY, Link, clip, wide
from .message import Message, Piece
from .policy import Answer, chat

TITLE, TEXT, BLOCKS = 150, 3000, 50
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# The fallback text is mrkdwn, and other services that take Slack's format read marks of Markdown in it.
_WIDE = wide("*_~`[]#@|")
_BUSY = re.compile(
    "rate_?limit|rollup_error|(internal|fatal|service)_error|service_unavailable|(request|gateway)_timeout",
    re.IGNORECASE,
)

# One word, or what its API says; a page of HTML is of something in between.
_REFUSAL = re.compile(r'[a-z_]{2,60}|\{.*"ok" *: *false.*\}', re.IGNORECASE | re.DOTALL)


def request(attempt: Attempt) -> Request:
    """The message; nothing in it is unfurled, so that no link of a post is opened by Slack."""
    message = message_of(attempt)
    content = {"text": fallback(message), "blocks": blocks(message), "mrkdwn": False}
    body = encode({**content, "unfurl_links": False, "unfurl_media": False})
    return Request(attempt.url, {"content-type": "application/json; charset=utf-8"}, body)


def read(response: Response, now: float) -> Answer:
    """Slack says `ok`, or one word about what was wrong."""
    said = response.body.decode("utf-8", "replace").strip()
    busy = bool(_BUSY.search(said[:100]))
    refused = bool(_REFUSAL.fullmatch(said))
    return chat(response, now, said == "ok", busy, reason(response), refused)


def fallback(message: Message) -> str:
    """What stands in a notification: title, status and the first link."""
    lines = [message.title, message.who, message.standing]
    shown = [_escape(line.translate(_WIDE), TEXT // 3 - 1) for line in lines if line]
    links = [one for piece in message.pieces if (one := _anchor(piece.link))]
    return "\n".join([*shown, *links[:1]])


def blocks(message: Message) -> list[dict[str, Any]]:
    """The message as Block Kit blocks; of more than 50 the last ones before the foot are left out."""
    said = "\n".join(line for line in (message.who, message.standing) if line)
    made: list[dict[str, Any]] = [{"type": "header", "text": _plain(message.title, TITLE)}]
    if said:
        made.append({"type": "section", "text": _plain(said)})
    for piece in message.pieces:
        made += _piece(piece)
    made += [_context(_plain(note)) for note in message.notes]
    return [*made[: BLOCKS - 1], _context(_plain(message.foot))]


def _piece(piece: Piece) -> list[dict[str, Any]]:
    words = [{"type": "section", "text": _plain(piece.words)}] if piece.words else []
    anchor = _anchor(piece.link)
    where = [{"type": "mrkdwn", "text": anchor}] if anchor else []
    return [*words, _context(_plain(piece.by), *where)]


def _context(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "context", "elements": list(elements)}


def _plain(text: str, room: int = TEXT) -> dict[str, Any]:
    return {"type": "plain_text", "text": _escape(EVERYBODY.sub("＠", text), room), "emoji": False}


def _anchor(link: Link | None) -> str:
    """A link under the name of its host; a URL of ours (hostile.link) holds no < > | to end it early."""
    text = f"<{link.url.replace('&', '&amp;')}|{link.host}>" if link else ""
    return text if len(text) <= TEXT else ""


def _escape(text: str, room: int) -> str:
    """Slack's three entities, and at most `room` UTF-16 units; no entity and no character is cut in two."""
    cut = clip(text, room, lambda char: len(ENTITIES.get(char, char).encode("utf-16-le")) // 2)
    return re.sub("[&<>]", lambda found: ENTITIES[found[0]], cut)
