"""One request for a feed: validators out, redirects followed with every hop checked anew."""

from __future__ import annotations

import hashlib
import time
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from ..addresses import Allow
from ..errors import TryLater
from ..http import Response
from .feed_cursor import Cursor, name_of

ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
MAX_BODY = 8 * 1024 * 1024
TIMEOUT = 30.0
MOST_REDIRECTS = 5


class Got(NamedTuple):
    """An answer: from which URL, where the feed has moved for good, and whether validators were sent."""

    response: Response
    url: str
    moved: str
    asked: bool
    digest: str


async def fetch(http: Any, url: str, state: Cursor, allow: Allow) -> Got:
    """GET with at most MOST_REDIRECTS hops, within TIMEOUT; raises TryLater and Blocked."""
    end = time.monotonic() + TIMEOUT
    moved, for_good = url, True
    for _ in range(MOST_REDIRECTS + 1):
        headers = {"Accept": ACCEPT, **_conditions(state, url)}
        rest = max(0.01, end - time.monotonic())
        response = await http.request(
            "GET", url, headers=headers, allow_private=allow, timeout=rest, max_body=MAX_BODY
        )
        if response.status not in (301, 302, 303, 307, 308):
            digest = hashlib.sha256(response.body).hexdigest()[:16]
            return Got(response, url, moved, len(headers) > 1, digest)
        url = _next(url, response.headers.get("Location", ""))
        for_good = for_good and response.status in (301, 308)
        moved = url if for_good else moved
    raise TryLater("protocol", None, f"more than {MOST_REDIRECTS} redirects")


def _next(url: str, location: str) -> str:
    """Where a redirect leads, without a fragment and without anybody's credentials."""
    try:
        parts = urlsplit(urljoin(url, location.strip()))
        if location.strip() and parts.scheme in ("http", "https") and parts.hostname:
            target = parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()
            if len(target) <= 2048 and target.isprintable():
                return target
    except ValueError:
        pass
    raise TryLater("protocol", None, "a redirect that leads nowhere")


def _conditions(state: Cursor, url: str) -> dict[str, str]:
    """The validators, verbatim, for the URL that gave them."""
    if state.at != name_of(url):
        return {}
    pairs = (("If-None-Match", state.etag), ("If-Modified-Since", state.modified))
    return {name: value for name, value in pairs if value}
