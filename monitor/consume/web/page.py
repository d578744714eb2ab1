"""The page and what belongs to it: the files beside this one, by names and types of a closed set."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from aiohttp import web

from .answers import fault

FOLDER = Path(__file__).parent / "static"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}
PACKED = frozenset({".html", ".css", ".js", ".svg"})
# An inline script or style, a frame, a form or a foreign address: none of it runs.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}(\.[A-Za-z0-9_-]{1,20}){1,3}")


class _File(NamedTuple):
    body: bytes
    packed: bytes | None
    tag: str


async def index(request: web.Request) -> web.Response:
    """GET /"""
    return await _serve(request, "index.html")


async def static(request: web.Request) -> web.Response:
    """GET /static/NAME"""
    return await _serve(request, request.match_info["name"])


async def _serve(request: web.Request, name: str) -> web.Response:
    suffix = Path(name).suffix
    path = FOLDER / name
    if not _NAME.fullmatch(name) or suffix not in TYPES or not path.is_file():
        return fault(404, "there is no such file")
    stands = path.stat()
    file = await asyncio.to_thread(_read, path, stands.st_mtime_ns, stands.st_size)
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache", "ETag": f'"{file.tag}"'}
    headers |= {"Vary": "Accept-Encoding"}
    if any(tag.value in (file.tag, "*") for tag in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    headers["Content-Type"] = TYPES[suffix]
    if file.packed and "gzip" in request.headers.get("Accept-Encoding", "").lower():
        return web.Response(body=file.packed, headers={**headers, "Content-Encoding": "gzip"})
    return web.Response(body=file.body, headers=headers)


@lru_cache(maxsize=64)
def _read(path: Path, changed: int, size: int) -> _File:
    """A file as it is sent; one that has changed since is another one."""
    body = path.read_bytes()
    packed = gzip.compress(body, 9, mtime=0) if path.suffix in PACKED else None
    return _File(body, packed, hashlib.sha256(body).hexdigest()[:32])
