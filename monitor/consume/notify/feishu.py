"""Bots of Feishu and Lark groups (format: feishu): a card of plain_text elements, signed where the bot asks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from typing import Any

import msgspec

from ...http import Response
from ...model import encode
from .attempt import Attempt, Request
from .hostile import clip
from .message import Message, Piece, compose
from .policy import Answer, chat

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
    body = b""
    for words in (280, 140, 40, 0):  # The words give way first: title, status and links stay.
        message = compose(attempt.alert, attempt.language, words)
        body = encode({**signed, "msg_type": "interactive", "card": card(message)})
        if len(body) <= LARGEST:
            break
    return Request(attempt.url, {"content-type": "application/json; charset=utf-8"}, body)


def read(response: Response, now: float) -> Answer:
    """Feishu answers 200 to nearly all; what counts is `code` in the body (StatusCode in old answers)."""
    code, said = _code(response.body)
    if code is None:
        text = response.body.decode("utf-8", "replace").strip()
        reason = f"http {response.status}" + (f": {text}" if text else "")
    else:
        reason = f"code {code}: {said}"
    busy = code == FREQUENCY or (code == BAD_REQUEST and bool(_OFTEN.search(said)))
    return chat(response, now, accepted=code == 0, busy=busy, reason=reason)


def _code(body: bytes) -> tuple[int | None, str]:
    try:
        answer = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None, ""
    if not isinstance(answer, dict):
        return None, ""
    code = answer.get("code", answer.get("StatusCode"))
    said = answer.get("msg", answer.get("StatusMessage", ""))
    return (code if type(code) is int else None), str(said)


def sign(secret: str, timestamp: int) -> str:
    """Feishu's signature: the text is the key, and the message is empty."""
    key = f"{timestamp}\n{secret}".encode()
    return base64.b64encode(hmac.digest(key, b"", hashlib.sha256)).decode()


def card(message: Message) -> dict[str, Any]:
    """The message as a card."""
    elements = [_text(line) for line in (message.who, message.standing) if line]
    for piece in message.pieces:
        elements += _piece(piece)
    elements.append({"tag": "hr"})
    elements += [_note(line) for line in (*message.notes, message.foot)]
    title = _plain(clip(message.title, TITLE))
    header = {"title": title, "template": COLOURS.get(message.kind, "grey")}
    return {"config": {"wide_screen_mode": True}, "header": header, "elements": elements}


def _piece(piece: Piece) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = [{"tag": "hr"}]
    if piece.words:
        made.append(_text(piece.words))
    made.append(_note(piece.by))
    if piece.link:
        button = {"tag": "button", "text": _plain(piece.link.host), "type": "default", "url": piece.link.url}
        made.append({"tag": "action", "actions": [button]})
    return made


def _text(line: str) -> dict[str, Any]:
    return {"tag": "div", "text": _plain(line)}


def _note(line: str) -> dict[str, Any]:
    return {"tag": "note", "elements": [_plain(line)]}


def _plain(line: str) -> dict[str, Any]:
    return {"tag": "plain_text", "content": _MARKDOWN_LINK.sub("］", _MENTION.sub("＜", line))}
