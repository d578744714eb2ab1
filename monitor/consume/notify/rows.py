"""A message as rows of text for services that read marks, each row escaped, and the whole within a limit. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from .attempt import Attempt, message_of
from .hostile import LONGEST_LINK, clip, twin
from .message import Message, Piece

T = TypeVar("T")
_BEGINNING = re.compile(r"^((?=[#+=-])|[0-9]+(?=[.)]))(.)")
_EDGE = re.compile("(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
_SCHEME = re.compile(":(?=//)")


class Room(NamedTuple):
    """How much is shown: characters of a quotation and of a link, units of a row, and how many rows."""

    words: int = 280
    link: int = LONGEST_LINK
    row: int = 6000
    rows: int = 200


# The words give way first: title, status and links stay as long as they can. But links so long that even
# without a word there is no room for them give way before the words, so that nobody silences others with one.
ROOMS = (
    *(Room(), Room(words=210), Room(words=140), Room(words=80), Room(words=40), Room(words=0)),
    *(Room(140, 600), Room(40, 600), Room(0, 600), Room(0, 400, 1500), Room(0, 400, 800)),
    *(
        Room(0, 400, 400),
        Room(0, 400, 400, 12),
        Room(0, 200, 200, 12),
        Room(0, 200, 200, 8),
        Room(0, 0, 100, 8),
    ),
)


class Marks(NamedTuple):
    """How a service writes things. `safe` escapes a line and keeps it within so many units; the others are
    templates of str.format, `anchor` with {host} and {url}, `joint` stands between an author and the link."""

    safe: Callable[[str, int], str]
    strong: str = "**{}**"
    quote: str = "> {}"
    faint: str = "{}"
    by: str = "{}"
    anchor: str = "[{host}]({url})"
    joint: str = " · "


def fitted(attempt: Attempt, make: Callable[[Message, Room], T], fits: Callable[[T], bool]) -> T:
    """The first of what is made in ever less room that fits, or the last."""
    for room in ROOMS:
        made = make(message_of(attempt, room.words), room)
        if fits(made):
            break
    return made


def rows(message: Message, marks: Marks, room: Room) -> list[str]:
    """All but title and foot: who, how sure, each piece of evidence with its author and link, the notes."""
    who, standing = (marks.safe(line, room.row) for line in (message.who, message.standing))
    made = [marks.strong.format(who)] if who else []
    made += [standing] if standing else []
    for piece in message.pieces:
        made += _piece(piece, marks, room)
    made += [marks.faint.format(marks.safe(note, room.row)) for note in message.notes]
    return made[: room.rows]


def _piece(piece: Piece, marks: Marks, room: Room) -> list[str]:
    words = [marks.quote.format(marks.safe(piece.words, room.row))] if piece.words else []
    parts = (marks.safe(piece.by, room.row), _link(piece, marks, room))
    return [*words, marks.by.format(marks.joint.join(part for part in parts if part))]


def _link(piece: Piece, marks: Marks, room: Room) -> str:
    """The link under the name of its host, or the host alone where there is no room for it."""
    if piece.link is None:
        return ""
    if len(piece.link.url) > room.link:
        return marks.safe(piece.link.host, room.row)
    return marks.anchor.format(host=piece.link.host, url=piece.link.url)


def first_link(message: Message, room: Room) -> str | None:
    """The URL of the strongest evidence that has one."""
    found = (piece.link.url for piece in message.pieces if piece.link)
    return next((url for url in found if len(url) <= room.link), None)


def escaped(text: str, room: int, table: dict[int, str], cost: Callable[[str], int] = len) -> str:
    """A text with some characters replaced, at most `room` in units of `cost`; no escape is cut in two."""
    return clip(text, room, lambda char: cost(table.get(ord(char), char))).translate(table)


def in_bytes(text: str) -> int:
    """The UTF-8 bytes of a text."""
    return len(text.encode())


def in_utf16(text: str) -> int:
    """The UTF-16 units of a text: what services that say "characters" count at most."""
    return len(text.encode("utf-16-le")) // 2


def unlinked(line: str) -> str:
    """A line in which no program finds a URL to make a link of."""
    return _SCHEME.sub("：", line)


def flat(line: str, room: int, table: dict[int, str]) -> str:
    """A line, at most about `room` bytes of it, for a service without escapes: no mark in it is one.

    An underscore within a word is none, and stays: names and commands are made of them.
    """
    line = _EDGE.sub("＿", unlinked(escaped(line, room, table, in_bytes)))
    return _BEGINNING.sub(lambda found: found[1] + twin(found[2]), line)
