"""The one HTTP application: metrics, health, push, the operator's acts on cases, and the page with its API."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from prometheus_client import Counter

from ...casefile import ActKind
from ...errors import Malformed, StoreDown, UserError
from ...model import decode_json
from ...settings import HttpSettings
from ...telemetry import Telemetry
from ...values import is_loopback
from . import page
from .answers import Refused, answer, body_of, fault
from .api import STORE_WAIT, Api
from .hub import Hub
from .live import Live
from .news import News
from .push import PostBody, Submit
from .view import View

log = logging.getLogger(__name__)
OPEN_PATHS = frozenset({"/healthz", "/readyz"})
MAX_BODY = 8 * 1024 * 1024
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
Operate = Callable[[str, ActKind, str], Awaitable[object]]
Failing = Callable[[], Awaitable[Sequence[str]]]


@dataclass
class Parts:
    """What the application asks of the rest of the service; None where this process has no such part."""

    telemetry: Telemetry
    failing: Failing
    submit: Submit | None = None
    dropped: Mapping[str, Counter] = field(default_factory=dict)
    operate: Operate | None = None
    shown: Shown | None = None


class Shown(NamedTuple):
    """What a process with role web has for the page."""

    view: View
    hub: Hub
    news: News


def application(settings: HttpSettings, parts: Parts) -> web.Application:
    """The routes of design section 7."""
    app = web.Application(
        client_max_size=MAX_BODY,
        middlewares=[_headers, _host_of(settings), _token_of(settings)],
        handler_args={"max_line_size": 8190, "max_field_size": 8190},
    )
    routes = _Routes(parts)
    app.router.add_get("/healthz", routes.healthz)
    app.router.add_get("/readyz", routes.readyz)
    app.router.add_get("/metrics", routes.metrics)
    app.router.add_post("/api/posts", routes.push)
    app.router.add_post("/api/cases/{id}/{act:confirm|dismiss|reopen}", routes.operate)
    app.add_routes(_page_routes(parts.shown))
    return app


def _page_routes(shown: Shown | None) -> list[web.RouteDef]:
    """The page and what it reads, or a line that says why there is none."""
    if shown is None:
        return [web.get(path, _no_page) for path in ("/", "/static/{name}", "/api/{rest:.*}")]
    live = Live(shown.view.stream, shown.hub, shown.news, HEADERS)
    pages = [web.get("/", page.index), web.get("/static/{name}", page.static)]
    return [*pages, live.route(), *Api(shown.view).routes()]


async def _no_page(request: web.Request) -> web.Response:
    return fault(404, "this process has no role web: the page and its API are elsewhere")


class _Routes:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def healthz(self, request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(self, request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(STORE_WAIT):
                failing = list(await self._parts.failing())
        except TimeoutError:  # Whoever asks would not wait as long as a call to the store may take.
            failing = ["store"]
        return answer({"ready": not failing, "failing": failing}, 503 if failing else 200)

    async def metrics(self, request: web.Request) -> web.Response:
        body, content_type = self._parts.telemetry.render(request.headers.get("Accept", ""))
        return web.Response(body=body, headers={"Content-Type": content_type})

    async def push(self, request: web.Request) -> web.Response:
        if self._parts.submit is None:
            return fault(404, "this process takes no posts: no source of kind push, or no role collect")
        return await PostBody(request, self._parts.submit, self._parts.dropped).answer()

    async def operate(self, request: web.Request) -> web.Response:
        if self._parts.operate is None:
            return fault(404, "this process has no role cases")
        try:
            note = await _note(request)
            act = cast(ActKind, request.match_info["act"])
            case = await self._parts.operate(request.match_info["id"], act, note)
        except Refused as error:
            return fault(error.status, str(error))
        except Malformed as error:
            return fault(422, str(error))
        except UserError as error:
            return fault(404, str(error))
        except StoreDown:
            return fault(503, "the store does not answer", {"Retry-After": "5"})
        if self._parts.shown:
            self._parts.shown.news.nudge()
        return answer(case)


async def _note(request: web.Request) -> str:
    """The optional {"note": text} of an act."""
    body = await body_of(request)
    value = decode_json(body) if body.strip() else {}
    note = value.get("note", "") if isinstance(value, dict) else None
    if not isinstance(note, str):
        raise Malformed("bad_field", 'the body is {"note": text} or empty')
    return note[:2000]


@web.middleware
async def _headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        response = await handler(request)
    except web.HTTPException as error:
        response = fault(error.status, error.reason)
        for name in ("Allow", "WWW-Authenticate"):
            if name in error.headers:
                response.headers[name] = error.headers[name]
    if not response.prepared:
        response.headers.update({k: v for k, v in HEADERS.items() if k not in response.headers})
    return response


def _host_of(settings: HttpSettings) -> Middleware:
    """Refuse a Host header that is no loopback name and not in http.hosts (DNS rebinding)."""
    known = {host.casefold() for host in settings.hosts}

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        host = request.headers.get("Host", "").rsplit("@", 1)[-1]
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if request.path not in OPEN_PATHS and not (is_loopback(name) or name.casefold() in known):
            return fault(421, "this host is not one of http.hosts")
        return await handler(request)

    return check


def _is_page(request: web.Request) -> bool:
    """The page itself, which holds no data, by the route that answers."""
    return request.match_info.handler in (page.index, page.static)


def _token_of(settings: HttpSettings) -> Middleware:
    """A change needs the token always, reading needs it where the service listens beyond loopback."""
    token = settings.token.get_secret_value() if settings.token else None
    beyond = not is_loopback(settings.host)

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        changes = request.method not in ("GET", "HEAD")
        if request.path in OPEN_PATHS or _is_page(request) or not (changes or beyond):
            return await handler(request)
        if token is None:
            return fault(401, "http.token is not set, so nothing can be pushed or changed")
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), f"Bearer {token}".encode()):
            return fault(401, "a bearer token is needed", {"WWW-Authenticate": "Bearer"})
        return await handler(request)

    return check
