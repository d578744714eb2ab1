"""POST /api/posts: a Post, a list of them, or JSON Lines; answered when all of it is stored."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from aiohttp import web
from prometheus_client import Counter

from ...errors import Malformed, StoreDown, TryLater
from ...model import MAX_POST_BYTES, Post, decode_json, decode_post, encode, post_of
from .answers import Refused, body_of, fault

MAX_POSTS = 5_000
TYPES = frozenset({"application/json", "application/x-ndjson", "application/jsonl", "application/json-lines"})
Submit = Callable[[list[Post]], Awaitable[None]]


class PostBody:
    """One request: read, checked as a whole, submitted, answered."""

    def __init__(self, request: web.Request, submit: Submit, dropped: Mapping[str, Counter]) -> None:
        self._request = request
        self._submit = submit
        self._dropped = dropped

    async def answer(self) -> web.Response:
        """202 only when stored; 413, 415, 422 (line and field), 429 and 503 with Retry-After."""
        if self._request.content_type not in TYPES:
            return fault(415, f"send {', '.join(sorted(TYPES))}")
        try:
            body = await body_of(self._request)
        except Refused as error:
            self._dropped["bad_text"].inc()
            return fault(error.status, str(error))
        except web.HTTPRequestEntityTooLarge:
            self._dropped["too_large"].inc()
            return fault(413, f"a request is at most {self._request.client_max_size} bytes")
        try:
            posts = posts_of(body)
        except _Wrong as error:
            self._dropped[error.reason].inc()
            return fault(error.status, str(error), line=error.line)
        return await self._store(posts)

    async def _store(self, posts: list[Post]) -> web.Response:
        try:
            await self._submit(posts)
        except StoreDown:
            return fault(503, "the store does not answer; send it again", {"Retry-After": "5"})
        except TryLater as error:
            after = {"Retry-After": str(int(error.after or 1))}
            return fault(429, "too many posts are waiting; send it again", after)
        return web.json_response({"stored": len(posts)}, status=202)


class _Wrong(Exception):
    def __init__(self, status: int, line: int, detail: str, reason: str = "bad_json") -> None:
        super().__init__(detail)
        self.reason = reason
        self.status = status
        self.line = line


def posts_of(body: bytes) -> list[Post]:
    """A body to posts. Raises _Wrong with the line (or place in the list) that is wrong."""
    stripped = body.strip()
    if not stripped:
        raise _Wrong(422, 1, "the body is empty")
    if stripped.startswith(b"["):
        return _listed(stripped)
    if stripped.count(b"\n") >= MAX_POSTS:
        raise _Wrong(413, 1, f"a request holds at most {MAX_POSTS} posts", "too_large")
    rows = [(number, line) for number, line in enumerate(stripped.split(b"\n"), 1) if line.strip()]
    try:
        return [_read(number, partial(decode_post, line)) for number, line in rows]
    except _Wrong:
        # One object may be spread over several lines.
        if len(rows) > 1 and _is_one_object(stripped):
            return [_read(1, partial(decode_post, stripped))]
        raise


def _listed(body: bytes) -> list[Post]:
    try:
        values = decode_json(body)
    except Malformed as error:
        raise _Wrong(422, 1, f"line 1: {error}", error.reason) from error
    if len(values) > MAX_POSTS:
        raise _Wrong(413, 1, f"a request holds at most {MAX_POSTS} posts", "too_large")
    return [_read(number, partial(_member, value)) for number, value in enumerate(values, 1)]


def _member(value: object) -> Post:
    if len(encode(value)) > MAX_POST_BYTES:
        raise Malformed("too_large", f"a post is at most {MAX_POST_BYTES} bytes")
    return post_of(value)


def _read(number: int, decode: Callable[[], Post]) -> Post:
    try:
        return decode()
    except Malformed as error:
        status = 413 if error.reason == "too_large" else 422
        raise _Wrong(status, number, f"line {number}: {error}", error.reason) from error


def _is_one_object(body: bytes) -> bool:
    try:
        return isinstance(decode_json(body), dict)
    except Malformed:
        return False
