"""Reads RSS and Atom with feedparser, as a program of its own: document in, JSON for feed_items out.

A document of 40 kB can hold feedparser in one regular expression for minutes (and with it every thread of
the process); a process can be ended. It imports nothing of ours, so that it starts in a tenth of a second.
The first line of its input is the Content-Type, all else the document.
"""

from __future__ import annotations

import calendar
import codecs
import contextlib
import io
import json
import re
import resource
import sys
from typing import Any

MOST_ITEMS = 500
MOST_CHARACTERS = 24_000_000
MEMORY = 1 << 30
CPU_SECONDS = 20

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs"}
# These decode whatever it is, so they prove nothing: the guess ends with them.
_ANYTHING = (
    "",
    "iso-8859-1",
    "iso8859-1",
    "latin1",
    "latin-1",
    "windows-1252",
    "cp1252",
    "us-ascii",
    "ascii",
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
_DECLARED = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z][\w.:-]{0,39})[\"']")
_COMMON = "的一是在不了有和人中大上年来國国这這为為们們"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read(body: bytes, content_type: str) -> dict[str, Any]:
    """A document as feed_items.Document wants it; raises ValueError for what is no feed."""
    import feedparser  # type: ignore[import-untyped]  # Only in the process that reads with it.

    text = _NOT_XML.sub("", _without_declaration(decoded(body, content_type)))
    found = feedparser.parse(
        io.BytesIO(text.encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not found.get("version"):
        raise ValueError("neither RSS nor Atom")
    lang = _text(found.feed.get("language"))
    items = newest([_item(entry, lang) for entry in found.entries])
    if sum(len(item["title"]) + len(item["body"]) for item in items) > MOST_CHARACTERS:
        raise ValueError("too much text")
    return {"items": items, "ttl": _minutes(found.feed.get("ttl")), "whole": not found.bozo}


def newest(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The newest items, oldest first: by their dates, or where one has none by their order, newest first."""
    whens = [item["published"] if item["published"] is not None else item["updated"] for item in items]
    if all(when is not None for when in whens):
        order = sorted(range(len(items)), key=lambda at: (whens[at], -at))
    else:
        order = list(reversed(range(len(items))))
    return [items[at] for at in order[-MOST_ITEMS:]]


def decoded(body: bytes, content_type: str) -> str:
    """The text of a document whose charset may be declared wrongly.

    Bytes that are UTF-8 are hardly ever anything else; then what the header says, and the document.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for start, name in _UNMARKED:
        if body.startswith(start):
            return body.decode(name, "replace")
    header, own = _CHARSET.search(content_type), _DECLARED.search(body[:400])
    names = ["utf-8", header[1] if header else "", own[1].decode() if own else ""]
    candidates = [_WIDER.get(name.casefold(), name) for name in names if name.casefold() not in _ANYTHING]
    for errors in ("strict", "replace"):
        for name in candidates:
            text = _decode(body, name, errors)
            if text is not None and (errors == "strict" or _is_readable(text[:200_000])):
                return text
    return _guessed(body)


def _is_readable(text: str) -> bool:
    """Are the characters that a wrong charset would have broken whole, but for a few?"""
    broken = text.count("\ufffd")
    return broken * 20 <= sum(character > "\x7f" for character in text) - broken


def _decode(body: bytes, name: str, errors: str) -> str | None:
    try:
        return body.decode(name, errors)
    except (UnicodeError, LookupError, ValueError):
        return None


def _guessed(body: bytes) -> str:
    """Chinese where its most frequent characters come out, else the charset of western Windows."""
    texts = [text for name in ("gb18030", "big5hkscs") if (text := _decode(body, name, "strict"))]
    best = max(texts, key=lambda text: sum(map(text.count, _COMMON)), default="")
    if sum(map(best.count, _COMMON)) >= 3:
        return best
    return body.decode("windows-1252", "replace")


def _without_declaration(text: str) -> str:
    """Decoded text has no encoding to declare; and what stands before the declaration is no XML."""
    text = text.lstrip("\ufeff \t\r\n")
    end = text.find("?>", 0, 400) if text.startswith("<?xml") else -1
    return "<?xml version='1.0' encoding='utf-8'?>\n" + (text[end + 2 :] if end >= 0 else text)


def _item(entry: Any, lang: str) -> dict[str, Any]:
    title = entry.get("title_detail") or {}
    body = _body(entry)
    return {
        "id": _text(entry.get("id")),
        "link": _text(entry.get("link")),
        "title": _text(title.get("value")),
        "title_html": "html" in (title.get("type") or ""),
        "body": _text(body.get("value"), 200_000),
        "body_html": "html" in (body.get("type") or ""),
        "author": _text(entry.get("author")),
        "lang": _text(body.get("language") or title.get("language")) or lang,
        "published": _seconds(dict.get(entry, "published_parsed")),
        "updated": _seconds(dict.get(entry, "updated_parsed")),
    }


def _body(entry: Any) -> Any:
    """The longest of content and summary that is text."""
    parts = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    texts = [
        part for part in parts if str(part.get("type") or "text/").startswith(("text/", "application/xh"))
    ]
    return max(texts, key=lambda part: len(part.get("value") or ""), default={})


def _text(value: Any, most: int = 20_000) -> str:
    return value[:most].encode("utf-8", "ignore").decode() if isinstance(value, str) else ""


def _seconds(value: Any) -> float | None:
    """A time in UTC as feedparser gives it, in seconds since 1970; None for one that cannot be."""
    try:
        return float(calendar.timegm(value)) if value else None
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _minutes(value: Any) -> float:
    """The ttl of a channel, written in minutes, in seconds."""
    text = _text(value).strip()
    return float(text) * 60 if re.fullmatch("[0-9]{1,7}", text) else 0.0


def answer_of(body: bytes, content_type: str) -> bytes:
    """What `read` gives, as JSON; {"error": ...} for what is no feed. Never raises."""
    try:
        answer = read(body, content_type)
    except Exception as error:
        # feedparser raises what it likes on rubbish; whatever it is, this document cannot be read.
        answer = {"error": str(error)[:200] if type(error) is ValueError else type(error).__name__}
    return json.dumps(answer).encode()


def main() -> None:
    """stdin to stdout, within bounds of memory and time that hold even if nobody waits any longer."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    content_type, _, body = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.buffer.write(answer_of(body, content_type.decode("latin-1")))


if __name__ == "__main__":
    main()
