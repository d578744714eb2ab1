"""ntfy (format: ntfy): a title and plain text, sent as JSON to the root of the server."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from ...http import Response
from ...model import encode
from .answers import coded, json_object, reason
from .attempt import Attempt, Request
from .hostile import clip
from .message import Message
from .policy import Answer, chat
from .rows import Marks, Room, escaped, first_link, fitted, in_bytes, rows, unlinked

# A longer message becomes a file, and a longer body is refused.
LARGEST, BODY = 4096, 8192
TITLE = 150
# How loud it rings (1 to 5), and the emoji before its title.
TELLING = {
    "rumoured": (2, "speech_balloon"),
    "reported": (3, "newspaper"),
    "confirmed": (4, "loudspeaker"),
    "denied": (3, "no_entry_sign"),
    "retracted": (3, "leftwards_arrow_with_hook"),
    "test": (3, "test_tube"),
    "notice": (3, "warning"),
}


def request(attempt: Attempt) -> Request:
    """The message to the topic that ends the path of the URL; a secret is the token of who may write there."""
    root, topic = server(attempt.url)
    headers = {"content-type": "application/json; charset=utf-8"}
    for secret in attempt.endpoint.secret[:1]:
        headers["authorization"] = f"Bearer {secret.get_secret_value()}"
        root = _nobody(root)
    made = fitted(attempt, lambda message, room: content(message, room, topic), _fits)
    return Request(root, headers, encode(made))


def read(response: Response, now: float) -> Answer:
    """ntfy answers 200 with the message that it keeps, or a code and words."""
    answer = json_object(response.body)
    accepted = response.status == 200 and answer is not None and "id" in answer
    code, said = coded(response.body, ["code"], ["error"])
    why = reason(response, code, said)
    return chat(response, now, accepted, busy=False, reason=why, refused=code is not None)


def server(url: str) -> tuple[str, str]:
    """The root of the server, with the query of the URL, and the topic."""
    parts = urlsplit(url)
    before, _, topic = parts.path.rstrip("/").rpartition("/")
    return urlunsplit(parts._replace(path=f"{before}/")), unquote(topic)


def _nobody(url: str) -> str:
    """The URL without name and password: with a token there can be no other credentials."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def content(message: Message, room: Room, topic: str) -> dict[str, Any]:
    """What is posted. A tap opens the first link."""
    marks = Marks(_safe, strong="{}", quote="{}", anchor="{url}", joint="\n")
    lines = [*rows(message, marks, room), _safe(message.foot, room.row)]
    priority, tag = TELLING.get(message.kind, TELLING["notice"])
    made: dict[str, Any] = {
        "topic": topic,
        "title": unlinked(clip(message.title, TITLE)),
        "message": "\n".join(lines),
    }
    made |= {"priority": priority, "tags": [tag]}
    url = first_link(message, room)
    return made | ({"click": url} if url else {})


def _fits(made: dict[str, Any]) -> bool:
    return in_bytes(made["message"]) <= LARGEST and len(encode(made)) <= BODY


def _safe(line: str, room: int) -> str:
    return unlinked(escaped(line, room, {}, in_bytes))
