"""What an answer looks like: a value as JSON, or {"error": one line}."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

import msgspec
from aiohttp import ClientPayloadError, web
from aiohttp.http_exceptions import HttpProcessingError

from ...model import encode

WORTH_PACKING = 1024
WORTH_A_THREAD = 8192
LONGEST_ERROR = 300


class Refused(Exception):
    """A request that cannot be answered: its status, and one line that says why."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status = status


async def body_of(request: web.Request) -> bytes:
    """What a request holds, unpacked; raises Refused (400) where it is not packed as it says."""
    try:
        return await request.read()
    except (HttpProcessingError, ClientPayloadError, web.RequestPayloadError, zlib.error) as error:
        raise Refused(400, "the body is not what its Content-Encoding says") from error


def answer(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """A value as JSON, packed where that is worth it and the client takes it."""
    body = encode(value) + b"\n"
    response = web.Response(
        body=body,
        status=status,
        content_type="application/json",
        headers=headers,
        zlib_executor_size=WORTH_A_THREAD,
    )
    if len(body) > WORTH_PACKING:
        response.enable_compression()
    return response


def listed(items: Sequence[object], next: str | None = None) -> web.Response:
    """A list as design section 7 wants it; `next` is the cursor of what follows."""
    return answer({"items": items, "next": next})


def fault(status: int, error: str, headers: Mapping[str, str] | None = None, **more: object) -> web.Response:
    """{"error": one line} with whatever names the place; what a client said in it does no harm."""
    line = " ".join(error.split())[:LONGEST_ERROR].encode("utf-8", "replace").decode()
    return answer({"error": line, **more}, status, headers)


def with_field(encoded: bytes, name: str, value: object) -> msgspec.Raw:
    """A JSON object (not an empty one) with one field more, in front."""
    return msgspec.Raw(b"{" + encode(name) + b":" + encode(value) + b"," + encoded[1:])
