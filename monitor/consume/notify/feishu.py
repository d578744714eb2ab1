"""Bots of Feishu and Lark groups (format: feishu): a card of plain_text elements, signed where the bot asks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from typing import Any

from ...http import Response
from ...model import encode
from .answers import coded, reason
from .attempt import Attempt, Request
from .hostile import clip
from .message import Message, Piece
from .policy import Answer, chat
from .rows import Room, fitted

LARGEST = 20_000
TITLE = 150
FREQUENCY, BAD_REQUEST = 11232, 9499
COLOURS = {
    "rumoured": "grey",
    "reported": "orange",
    "confirmed": "red",
    "denied": "blue",
    "retracted": "blue",
    "test": "turquoise",
    "notice": "yellow",
}
# A plain_text element is shown as it is; should a client read marks in one, these still open nothing.
_MENTION = re.compile(r"<(?=[\s/]*at\b)", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\](?=\s*\()")
_OFTEN = re.compile(r"frequen|too many|rate.?limit|频率|频繁|限流", re.IGNORECASE)


def request(attempt: Attempt) -> Request:
    """The card, with the signature of this moment where the endpoint has a secret."""
    signed: dict[str, Any] = {}
    for secret in attempt.endpoint.secret[:1]:
        at = int(attempt.now)
        signed = {"timestamp": str(at), "sign": sign(secret.get_secret_value(), at)}
    body = fitted(
        attempt,
        lambda message, room: encode({**signed, "msg_type": "interactive", "card": card(message, room)}),
        lambda body: len(body) <= LARGEST,
    )
    return Request(attempt.url, {"content-type": "application/json; charset=utf-8"}, body)


def read(response: Response, now: float) -> Answer:
    """Feishu answers 200 to nearly all; what counts is `code` in the body (StatusCode in old answers)."""
    code, said = coded(response.body, ["code", "StatusCode"], ["msg", "StatusMessage"])
    busy = code == FREQUENCY or (code == BAD_REQUEST and bool(_OFTEN.search(said)))
    return chat(response, now, code == 0, busy, reason(response, code, said), refused=code is not None)


def sign(secret: str, timestamp: int) -> str:
    """Feishu's signature: the text is the key, and the message is empty."""
    key = f"{timestamp}\n{secret}".encode()
    return base64.b64encode(hmac.digest(key, b"", hashlib.sha256)).decode()


def card(message: Message, room: Room) -> dict[str, Any]:
    """The message as a card."""
    elements = [_text(clip(line, room.row)) for line in (message.who, message.standing) if line]
    for piece in message.pieces:
        elements += _piece(piece, room)
    elements.append({"tag": "hr"})
    elements += [_note(clip(line, room.row)) for line in message.notes]
    title = _plain(clip(message.title, TITLE))
    header = {"title": title, "template": COLOURS.get(message.kind, "grey")}
    elements = [*elements[: room.rows], _note(clip(message.foot, room.row))]
    return {"config": {"wide_screen_mode": True}, "header": header, "elements": elements}


def _piece(piece: Piece, room: Room) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = [{"tag": "hr"}]
    if piece.words:
        made.append(_text(clip(piece.words, room.row)))
    made.append(_note(clip(piece.by, room.row)))
    if piece.link and len(piece.link.url) <= room.link:
        button = {"tag": "button", "text": _plain(piece.link.host), "type": "default", "url": piece.link.url}
        made.append({"tag": "action", "actions": [button]})
    return made


def _text(line: str) -> dict[str, Any]:
    return {"tag": "div", "text": _plain(line)}


def _note(line: str) -> dict[str, Any]:
    return {"tag": "note", "elements": [_plain(line)]}


def _plain(line: str) -> dict[str, Any]:
    return {"tag": "plain_text", "content": _MARKDOWN_LINK.sub("］", _MENTION.sub("＜", line))}
