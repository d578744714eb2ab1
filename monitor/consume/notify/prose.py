"""A message as plain text, for formats that hand it on to services that are not known here. Pure."""

from __future__ import annotations

import re

from .hostile import EVERYBODY, Link, wide
from .message import Message, Piece

_WIDE = wide("<>")
_MASKED = re.compile(r"\](?=\s*[(\[])")


def tame(text: str) -> str:
    """A text in which no chat service finds a tag, a mention of everybody, or a link under other words.

    Who hands it on may know no escaping at all, so the marks themselves give way to their look-alikes.
    """
    return _MASKED.sub("］", EVERYBODY.sub("＠", text.translate(_WIDE)))


def lines(message: Message) -> list[str]:
    """Everything below the title, tame; each link is a line of its own."""
    said = [message.who, message.standing]
    shown = [tame(line) for line in said if line]
    for piece in message.pieces:
        shown += [line for line in (quoted(piece), anchor(piece.link)) if line]
    return shown + [tame(line) for line in (*message.notes, message.foot)]


def quoted(piece: Piece) -> str:
    """A piece of evidence: the words, who said them, when and what."""
    return " — ".join(tame(part) for part in (piece.words, piece.by) if part)


def anchor(link: Link | None) -> str:
    """The URL by itself."""
    return EVERYBODY.sub("%40", link.url) if link else ""
