"""What the commands print: tables, and other people's words made fit for a terminal (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import IO, NamedTuple

# Where a sentence ends: at a Latin stop only before a blank, so that "v2.5" stays whole.
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|[。！？；]+[”’」』）]*|[\r\n\u2028\u2029]+")


def day(at: datetime) -> str:
    """A day that a text names, in UTC; the first of a month stands for the month where no day is named."""
    return f"{at.astimezone(UTC):%Y-%m}" if at.astimezone(UTC).day == 1 else f"{at.astimezone(UTC):%Y-%m-%d}"


class Quote(NamedTuple):
    """Somebody's words; `start` and `end` are where in them the words that count stand (code points)."""

    text: str
    start: int
    end: int


def table(head: Sequence[str], rows: Sequence[Sequence[object]], sink: IO[str]) -> None:
    """Columns as wide as their widest cell."""
    cells = [list(head), *[[printable(str(cell)) for cell in row] for row in rows]]
    widths = [max(columns(row[at]) for row in cells) for at in range(len(head))]
    for row in cells:
        padded = [cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True)]
        sink.write("  ".join(padded).rstrip() + "\n")


def printable(text: str) -> str:
    """Text without what would steer a terminal: a post is hostile."""
    return "".join(c if c.isprintable() else " " for c in text)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(map(_width, text))


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def sentence(quote: Quote) -> Quote:
    """The sentence, or sentences, in which the words stand."""
    text, start, end = quote
    begin = max((found.end() for found in _END.finditer(text, 0, start)), default=0)
    stop = next((found.end() for found in _END.finditer(text, max(start, end - 1))), len(text))
    while begin < start and text[begin].isspace():
        begin += 1
    return Quote(text[begin:stop].rstrip(), start - begin, end - begin)


def marked(quote: Quote, room: int | None = None, marks: tuple[str, str] = ("»", "«")) -> str:
    """The words with those that count between marks, on one line of at most `room` columns."""
    text, start, end = quote
    before, words, after = (printable(part) for part in (text[:start], text[start:end], text[end:]))
    if room is not None and columns(before + words + after) + 2 > room:
        words = _clipped(words, max(8, room - 4))
        left = room - 2 - columns(words)
        tail = min(columns(after), max(left // 2, left - columns(before)))
        after = _clipped(after, tail)
        before = _clipped(before[::-1], left - columns(after))[::-1]
    return f"{before}{marks[0]}{words}{marks[1]}{after}"


def _clipped(text: str, room: int) -> str:
    """At most `room` columns, with an ellipsis for what is cut."""
    if columns(text) <= room:
        return text
    used, kept = 1, []
    for char in text:
        used += _width(char)
        if used > room:
            break
        kept.append(char)
    return "".join(kept) + "…" if room > 0 else ""
