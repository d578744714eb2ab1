"""JSON Feed (1 and 1.1) to items (pure)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from ..errors import Malformed
from ..model import decode_json
from .feed_items import Document, Item
from .feed_xml import newest

_JSON_FEED = re.compile(r"https?://(www\.)?jsonfeed\.org/version/1")


def is_json(body: bytes, content_type: str) -> bool:
    """Is this meant to be a JSON Feed? All begin like an object; some servers call XML JSON."""
    first = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return first == b"{" or ("json" in content_type.casefold() and first != b"<")


def json_document(body: bytes) -> Document:
    """A JSON Feed (1 or 1.1); raises Malformed. `next_url` is left: a poll reads the newest page."""
    value = decode_json(body.removeprefix(b"\xef\xbb\xbf"))
    if not isinstance(value, dict) or not _JSON_FEED.match(_word(value.get("version"))):
        raise Malformed("bad_field", "no JSON Feed")
    rows = value.get("items")
    if not isinstance(rows, list):
        raise Malformed("bad_field", "no list of items")
    lang = _word(value.get("language"))
    found = newest([_json_item(row, lang) for row in rows if isinstance(row, dict)])
    return Document([Item(**row) for row in found])


def _json_item(row: dict[str, Any], lang: str) -> dict[str, Any]:
    markup = _word(row.get("content_html"))
    authors = row.get("authors")
    author = authors[0] if isinstance(authors, list) and authors else row.get("author")
    return {
        "id": _word(row.get("id")),
        "link": _word(row.get("url")) or _word(row.get("external_url")),
        "title": _word(row.get("title")),
        "body": markup or _word(row.get("content_text")) or _word(row.get("summary")),
        "body_html": bool(markup),
        "author": _word(author.get("name")) if isinstance(author, dict) else "",
        "lang": _word(row.get("language")) or lang,
        "published": _moment(row.get("date_published")),
        "updated": _moment(row.get("date_modified")),
    }


def _word(value: Any) -> str:
    """A string; numbers are written out, for ids that are numbers."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _moment(value: Any) -> float | None:
    """An RFC 3339 time in seconds since 1970; one without a zone is taken as UTC."""
    try:
        at = datetime.fromisoformat(_word(value))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
