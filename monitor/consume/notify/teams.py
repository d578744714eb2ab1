"""Workflows of Microsoft Teams (format: teams): an Adaptive Card of text runs, which read no marks."""

from __future__ import annotations

import re
from typing import Any

from ...http import Response
from ...model import encode
from .answers import reason
from .attempt import Attempt, Request
from .hostile import clip, twin
from .message import Message, Piece
from .policy import LATER, Answer, chat
from .rows import Room, fitted

LARGEST = 28_000
TITLE = 150
COLOURS = {
    "rumoured": "Default",
    "reported": "Warning",
    "confirmed": "Attention",
    "denied": "Accent",
    "retracted": "Accent",
    "test": "Good",
    "notice": "Warning",
}
# Runs of text know no Markdown, but dates, and perhaps templates and mentions, are put in anywhere.
_OPENS = re.compile(r"\{(?=\s*\{)|\$(?=\s*\{)|<(?=[\s/]*at\b)|\](?=\s*\()", re.IGNORECASE)
# What the older connectors say under status 200.
_FAILED = re.compile(rb"^\s*<|delivery failed|\berror\b", re.IGNORECASE)
_STATUS = re.compile(rb"HTTP error ([0-9]{3})", re.IGNORECASE)


def request(attempt: Attempt) -> Request:
    """The message of one card."""
    return Request(attempt.url, {"content-type": "application/json"}, fitted(attempt, _body, _fits))


def read(response: Response, now: float) -> Answer:
    """Any 2xx is taken; but a connector says 200 even where Teams refused, and tells the status in words."""
    failed = _FAILED.search(response.body[:1000])
    told = _STATUS.search(response.body[:1000])
    status = int(told[1]) if told else 0
    busy = response.status < 300 and (status in LATER or status >= 500)
    accepted = not failed and not told and (response.complete or bool(response.body))
    refused = not response.body.lstrip().startswith(b"<")
    return chat(response, now, accepted, busy, reason(response), refused)


def card(message: Message, room: Room) -> dict[str, Any]:
    """The message as a card."""
    colour = COLOURS.get(message.kind, "Default")
    body = [_text(clip(message.title, TITLE), size="Large", weight="Bolder", color=colour)]
    body += [_text(clip(message.who, room.row), weight="Bolder")] if message.who else []
    body += [_text(clip(message.standing, room.row))] if message.standing else []
    body += [_piece(piece, room) for piece in message.pieces]
    body += [_faint(clip(note, room.row)) for note in message.notes]
    return {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.2",
        "body": [*body[: room.rows], _faint(clip(message.foot, room.row))],
        "msteams": {"width": "Full"},
    }


def _body(message: Message, room: Room) -> bytes:
    kind = "application/vnd.microsoft.card.adaptive"
    attachment = {"contentType": kind, "contentUrl": None, "content": card(message, room)}
    return encode({"type": "message", "attachments": [attachment]})


def _fits(body: bytes) -> bool:
    """Teams counts what it keeps in two bytes a unit, the flow before it in UTF-8."""
    return max(len(body), len(body.decode().encode("utf-16-le"))) <= LARGEST


def _piece(piece: Piece, room: Room) -> dict[str, Any]:
    items = [_text(clip(piece.words, room.row))] if piece.words else []
    link = piece.link if piece.link and len(piece.link.url) <= room.link else None
    items.append(_faint(clip(piece.by, room.row)))
    if link:
        action = {"type": "Action.OpenUrl", "title": link.host, "url": link.url}
        items.append({"type": "ActionSet", "actions": [action]})
    return {"type": "Container", "style": "emphasis", "items": items}


def _text(line: str, **look: Any) -> dict[str, Any]:
    run = {"type": "TextRun", "text": _OPENS.sub(lambda found: twin(found[0]), line), **look}
    return {"type": "RichTextBlock", "inlines": [run]}


def _faint(line: str) -> dict[str, Any]:
    return _text(line, size="Small", isSubtle=True)
