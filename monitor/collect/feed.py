"""RSS, Atom and JSON Feed: one document, asked for again and again, politely."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import re
import sys
import threading
import time
from collections.abc import AsyncGenerator, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from msgspec.structs import replace
from pydantic import AliasChoices, BeforeValidator, Field, PrivateAttr, ValidationInfo, field_validator

from ..addresses import Blocked
from ..errors import Malformed, TryLater
from ..http import Response, retry_after
from ..model import Arrival
from ..values import Duration, Private, is_loopback
from . import feed_cursor, feed_items, feed_json
from .base import Source
from .feed_cursor import Cursor, Seen
from .feed_fetch import MAX_BODY, Got, fetch
from .feed_items import Document, Draft, Origin
from .hosts import allow_of

log = logging.getLogger(__name__)
PARSING = 20.0
PROOFS = 3
HOUR = 3600.0
DAY = 86400.0
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.I)
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


def _only_one(value: Any) -> Any:
    if isinstance(value, list):
        if len(value) != 1:
            raise ValueError("a feed has exactly one URL; each further one is a source of its own")
        return value[0]
    return value


class Feed(Source):
    """One feed. `every` is how often it is asked for, in seconds; `platform` is what Post.source says.

    allow_private: whether (or in which networks) a host's name may resolve to a private address. An
    address in the URL itself, or localhost, was named by whoever runs the service and needs no more.
    """

    url: Annotated[str, BeforeValidator(_only_one)] = Field(validation_alias=AliasChoices("url", "urls"))
    every: Duration = 300.0
    platform: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")] = "news"
    allow_private: Private = False
    _faults: int = PrivateAttr(default=0)

    @field_validator("cursor")
    @classmethod
    def _is_a_cursor(cls, value: str | None) -> str | None:
        if value is not None:
            feed_cursor.decode(value)
        return value

    @field_validator("url")
    @classmethod
    def _is_a_url(cls, value: str) -> str:
        value = value.strip().partition("#")[0]
        try:
            parts = urlsplit(value)
            good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            good = False
        if not good or len(value) > 2048 or not value.isprintable() or " " in value:
            raise ValueError("no http(s) URL")
        return value

    @field_validator("every")
    @classmethod
    def _is_polite(cls, value: float, info: ValidationInfo) -> float:
        least = 0.05 if is_loopback(urlsplit(info.data.get("url", "")).hostname or "") else 30
        if value < least:
            raise ValueError(f"at least {least:g}s, out of respect for the server")
        return value

    async def posts(self, http: Any, cursor: str | None) -> AsyncGenerator[Arrival, None]:
        """New and changed items, oldest first; after each document an Arrival that says it is read."""
        state = feed_cursor.resumed(cursor, self.url)
        while True:
            got = await self._ask(http, state)
            state = _moved(state, got, self.url)
            if got.response.status != 304 and got.digest == state.body:
                state = _with_validators(state, got, bool(state.at))
            elif got.response.status != 304:
                drafts, document = await self._read(got)
                seen, state = feed_cursor.seen_of(state), replace(state, ttl=document.ttl)
                for arrival in _news(drafts, state, seen, datetime.now(UTC)):
                    yield arrival
                    await asyncio.sleep(0)  # Each one packs the whole cursor.
                feed_cursor.forget(seen, len(drafts), state.held)
                state = replace(feed_cursor.with_seen(state, seen), held=len(drafts))
                state = _with_validators(state, got, document.whole)
                del drafts, document, seen
            self._faults = 0
            yield Arrival(None, feed_cursor.encode(state))
            pause = self._pause(state, got.response.headers)
            del got  # Nothing of a document is kept while we wait: it may be megabytes.
            await asyncio.sleep(pause)

    def _pause(self, state: Cursor, headers: Mapping[str, str]) -> float:
        """Seconds until the next poll: as long as the feed asks for, up to an hour, and no less than ours."""
        age = _MAX_AGE.search(headers.get("Cache-Control", ""))
        asked = max(state.ttl, float(age[1]) if age else 0.0, retry_after(headers, time.time()) or 0.0)
        return _about(max(self.every, min(asked, HOUR)))

    def _later(self, reason: str, detail: str, after: float | None = None) -> TryLater:
        """A fault that counts: each one in a row doubles the wait, up to an hour."""
        self._faults += 1
        own = min(max(HOUR, self.every), self.every * 2 ** min(self._faults - 1, 20))
        return TryLater(reason, max(_about(own), after or 0.0), detail)

    async def _ask(self, http: Any, state: Cursor) -> Got:
        """One answer that can be used: 200, or 304 where it was asked for; raises TryLater."""
        got = await self._answer(http, state)
        status, headers = got.response.status, got.response.headers
        if status == 304 and got.asked:
            return got
        if status == 200:
            if not got.response.complete:
                raise self._later("protocol", f"the feed is larger than {MAX_BODY} bytes")
            if not got.response.body.strip():
                raise self._later("protocol", "the answer is empty")
            return got
        if status == 410:
            raise TryLater("http_4xx", DAY, "the feed is over (410); it is asked for again in a day")
        after = retry_after(headers, time.time()) if status in (429, 503) else None
        raise self._later(_reason(status), f"status {status}", after)

    async def _answer(self, http: Any, state: Cursor) -> Got:
        """Of the URL that the feed has moved to; where that one fails, of the URL in the settings."""
        if state.url:
            with contextlib.suppress(TryLater):
                got = await self._get(http, state.url, state)
                if got.response.status < 400 or got.response.status in (429, 503):
                    return got
        return await self._get(http, self.url, state)

    async def _get(self, http: Any, url: str, state: Cursor) -> Got:
        """Follow redirects; each hop may lead to public addresses and those that the settings allow."""
        try:
            return await fetch(http, url, state, allow_of(self.url, self.allow_private))
        except Blocked as error:
            raise self._later("unreachable", str(error)) from None
        except TryLater as error:
            if error.reason == "protocol":
                raise self._later("protocol", str(error)) from None
            raise TryLater(_KNOWN.get(error.reason, error.reason), None, str(error)) from None

    async def _read(self, got: Got) -> tuple[list[Draft], Document]:
        """The document's posts; raises TryLater for what is no feed. All heavy work is off the loop."""
        body, kind = got.response.body, got.response.headers.get("Content-Type", "")
        origin = Origin(self.platform, self.url, got.url)
        given_up = threading.Event()
        try:
            async with _turn(), asyncio.timeout(PARSING):
                if feed_json.is_json(body, kind):
                    document = await asyncio.to_thread(feed_json.json_document, body)
                else:
                    document = feed_items.document_of(await _parsed(body, kind))
                now = datetime.now(UTC)
                drafts = await asyncio.to_thread(feed_items.drafts_of, document, origin, now, given_up.is_set)
        except Malformed as error:
            raise self._later("protocol", str(error)) from None
        except TimeoutError:
            raise self._later("protocol", "the feed takes too long to read") from None
        finally:
            given_up.set()
        return drafts, document


def _news(drafts: list[Draft], state: Cursor, seen: Seen, now: datetime) -> Iterator[Arrival]:
    """What is new or changed, each with the cursor that stands after it, so that a kill skips nothing."""
    for draft in drafts:
        post = feed_cursor.revised(draft, seen, now)
        if post is not None:
            after = feed_cursor.encode(feed_cursor.with_seen(state, seen))
            yield Arrival(post, after) if post.text else Arrival(None, after, dropped="bad_field")


def _with_validators(state: Cursor, got: Got, whole: bool) -> Cursor:
    """After a document is read: what a server may be asked with. A mended one is fetched again."""
    etag, modified = (_header(got.response, name) if whole else "" for name in ("ETag", "Last-Modified"))
    return replace(
        state, at=feed_cursor.name_of(got.url) if whole else "", etag=etag, modified=modified, body=got.digest
    )


def _header(response: Response, name: str) -> str:
    value = response.headers.get(name, "")
    return value if len(value) <= 1000 and value.isprintable() else ""


def _moved(state: Cursor, got: Got, url: str) -> Cursor:
    """A permanent redirect is followed for good once it has led to an answer PROOFS times in a row."""
    begun = state.url or url
    if got.moved in (begun, url):
        return replace(state, url="" if got.moved == url else state.url, moved="", times=0)
    times = state.times + 1 if got.moved == state.moved else 1
    if times < PROOFS:
        return replace(state, moved=got.moved, times=times)
    log.info("the feed of %s has moved to another URL for good", feed_items.host_of(url))
    return replace(state, url=got.moved, moved="", times=0)


_KNOWN = {"reset": "unreachable", "tls": "unreachable"}


def _reason(status: int) -> str:
    if status == 429:
        return "rate_limited"
    return "http_5xx" if status >= 500 else "http_4xx" if status >= 400 else "protocol"


def _about(seconds: float) -> float:
    return seconds * random.uniform(0.9, 1.1)


def _turn() -> asyncio.Semaphore:
    """Two documents are read at a time, however many feeds there are."""
    return _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(2))


async def _parsed(body: bytes, content_type: str) -> bytes:
    """What feed_xml says of a document, from a process that is gone when this is over."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", str(Path(__file__).with_name("feed_xml.py"))),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        head = content_type.encode("latin-1", "replace").replace(b"\n", b" ")[:200]
        answer, _ = await process.communicate(head + b"\n" + body)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return answer
