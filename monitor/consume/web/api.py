"""The reading routes of the API (design section 7)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from aiohttp import web

from ...errors import StoreDown
from .answers import Refused, answer, fault, listed
from .query import Nothing, OfAlerts, OfCases, OfReactions, OfSeries, OfWindows, read_query
from .reactions import page_of
from .view import View, alert_item

STORE_WAIT = 3.0
AGAIN = {"Retry-After": "5"}
Route = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guarded(route: Route) -> Route:
    """A refusal and a store that is away as the answers that stand for them."""

    async def guard(request: web.Request) -> web.StreamResponse:
        try:
            async with asyncio.timeout(STORE_WAIT):
                return await route(request)
        except Refused as error:
            return fault(error.status, str(error))
        except (StoreDown, TimeoutError):
            return fault(503, "the store does not answer", AGAIN)

    return guard


class Api:
    """GET /api/..., from what this process knows and from the store."""

    def __init__(self, view: View) -> None:
        self._view = view

    def routes(self) -> list[web.RouteDef]:
        named: dict[str, Route] = {
            "/api/service": self.service,
            "/api/people": self.people,
            "/api/windows": self.windows,
            "/api/series": self.series,
            "/api/reactions": self.reactions,
            "/api/cases": self.cases,
            "/api/cases/{id}": self.case,
            "/api/alerts": self.alerts,
            "/api/sources": self.sources,
            "/api/endpoints": self.endpoints,
            "/api/received": self.received,
        }
        return [web.get(path, guarded(route)) for path, route in named.items()]

    async def service(self, request: web.Request) -> web.Response:
        read_query(request, Nothing)
        return answer(self._view.service(datetime.now(UTC)))

    async def people(self, request: web.Request) -> web.Response:
        read_query(request, Nothing)
        return listed(await self._view.persons(time.time()))

    async def windows(self, request: web.Request) -> web.Response:
        query = read_query(request, OfWindows)
        self._know(query.person)
        items = await self._view.windows_of(query.source, time.time())
        return listed([item for item in items if query.person in (None, item["person"])])

    async def series(self, request: web.Request) -> web.Response:
        query = read_query(request, OfSeries)
        self._know(query.person)
        spans = self._view.windows.state.spans()
        if query.span not in spans:
            raise Refused(400, f"span: one of {', '.join(spans)}")
        return listed(await self._view.series(query.person, query.span, time.time()))

    async def reactions(self, request: web.Request) -> web.Response:
        query = read_query(request, OfReactions)
        return listed(*await page_of(self._view.stream, query, self._view.people))

    async def cases(self, request: web.Request) -> web.Response:
        query = read_query(request, OfCases)
        cases = [
            file.case
            for file in (await self._view.files()).values()
            if query.person in (None, file.case.person) and query.status in (None, file.case.status)
        ]
        cases.sort(key=lambda case: case.changed_at, reverse=True)
        return listed([self._view.case_item(case) for case in cases])

    async def case(self, request: web.Request) -> web.Response:
        read_query(request, Nothing)
        file = (await self._view.files()).get(request.match_info["id"])
        if file is None:
            raise Refused(404, "there is no such case")
        return answer(self._view.case_item(file.case))

    async def alerts(self, request: web.Request) -> web.Response:
        query = read_query(request, OfAlerts)
        return listed([alert_item(sent) for sent in await self._view.outbox.list(query.limit)])

    async def sources(self, request: web.Request) -> web.Response:
        read_query(request, Nothing)
        return listed(await self._view.sources())

    async def endpoints(self, request: web.Request) -> web.Response:
        read_query(request, Nothing)
        return listed(await self._view.endpoints())

    async def received(self, request: web.Request) -> web.Response:
        read_query(request, Nothing)
        if self._view.received is None:
            raise Refused(404, "only `monitor demo` has a receiver of its own")
        return listed(self._view.received())

    def _know(self, person: str | None) -> None:
        if person is not None and person not in self._view.people:
            raise Refused(400, f"person: one of {', '.join(sorted(self._view.people))}")
