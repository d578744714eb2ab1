"""What others wrote, made fit to be shown: plain lines, cut where nothing breaks, links with their host. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote, urlsplit

LONGEST_LINK = 2000

# Unseen characters that turn the reading direction, hide text or carry it unseen. The joiners U+200C and
# U+200D stay: Persian and emoji need them.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
# Marks that pile up over the lines above and below.
_PILE = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u20d0-\u20f0]{3})(?:[\u0300-\u036f\u0483-\u0489\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u20d0-\u20f0])+"
)

# A mention of all who are there, in any service that knows one.
EVERYBODY = re.compile("@(?=channel|here|everyone|all)", re.IGNORECASE)


class Link(NamedTuple):
    """An http or https URL in plain ASCII, and the host that it leads to."""

    url: str
    host: str


def plain(text: str) -> str:
    """One line of visible characters: controls and white space become blanks, unseen ones go."""
    seen = _PILE.sub(r"\1", _UNSEEN.sub("", text))
    kept = (" " if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") else char for char in seen)
    return " ".join("".join(kept).split())


def twin(mark: str) -> str:
    """The full-width twin of an ASCII mark, which no parser reads as one."""
    return chr(ord(mark) + 0xFEE0)


def wide(marks: str) -> dict[int, str]:
    """A table that puts its twin in the place of each mark."""
    return {ord(mark): twin(mark) for mark in marks}


def clip(text: str, room: int, cost: Callable[[str], int] = len) -> str:
    """At most `room` of a text, with an ellipsis for what is cut; `cost` is what one character takes."""
    if sum(cost(char) for char in text) <= room:
        return text
    used, end = cost("…"), 0
    for char in text:
        used += cost(char)
        if used > room:
            break
        end += 1
    return text[:end].rstrip(" \u200d") + "…" if room >= cost("…") else ""


def link(url: str | None) -> Link | None:
    """A URL that can be shown and followed; None for any that is not plainly one of the web."""
    if not url or len(url) > LONGEST_LINK or plain(url) != url or re.search(r"[\s\\]", url):
        return None
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
        host = (parts.hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return None
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", host):
        return None
    rest = quote(parts.path, safe="/%:@!$&+,;=~-._")
    if parts.query:
        rest += "?" + quote(parts.query, safe="/%:@!$&+,;=~-._?")
    if parts.fragment:
        rest += "#" + quote(parts.fragment, safe="/%:@!$&+,;=~-._?")
    made = f"{parts.scheme}://{host}{port}{rest}"
    return Link(made, host + port) if len(made) <= LONGEST_LINK else None
