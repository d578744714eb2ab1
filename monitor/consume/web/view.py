"""What the page shows, read from the rest of the service and put into the shapes of the API."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from ... import __version__
from ...casefile import File
from ...errors import StoreDown
from ...model import Case, encode
from ...settings import Settings
from ...stream import Stream
from ...watchlist import Person, Watchlist
from ..cases import CaseBook
from ..notify.outbox import Outbox, Sent
from ..notify.records import mark_of
from ..windows.cell import Window
from ..windows.consumer import WindowConsumer
from ..windows.series import SPANS, Point
from .answers import with_field

READ_AGAIN = 1.0

Item = dict[str, Any]


@dataclass
class View:
    """The parts of the service that the page reads.

    `kept` tells whether this process keeps the book of cases, and whether it stands as in the store; None:
    it does not, and the book is read from the store when it is asked for. `received` is what the demo's own
    receiver has got.
    """

    settings: Settings
    watchlist: Watchlist
    windows: WindowConsumer
    book: CaseBook
    outbox: Outbox
    stream: Stream
    kept: Callable[[], bool] | None = None
    received: Callable[[], Sequence[Item]] | None = None

    def __post_init__(self) -> None:
        self.started_at = datetime.now(UTC)
        self.people = {person.id for person in self.watchlist.people}

    def service(self, now: datetime) -> Item:
        """What this process is."""
        settings, organisation = self.settings, self.watchlist.organisation
        return {
            "version": __version__,
            "organisation": {"id": organisation.id, "name": organisation.name},
            "windows": settings.windows,
            "spans": self.windows.state.spans(),
            "roles": settings.roles,
            "demo": self.received is not None,
            "operate": settings.http.token is not None and "cases" in settings.roles,
            "started_at": self.started_at,
            "now": now,
        }

    async def windows_of(self, source: str | None, now: float) -> list[Item]:
        """Every window of every person; raises StoreDown while they are not what the stream says."""
        if not self.windows.ready:
            raise StoreDown("unreachable", "the windows are being rebuilt")
        found = self.windows.read(now) if source is None else await self.windows.read_of(source, now)
        return [window_item(*key, window, now) for key, window in found.items()]

    async def series(self, only: str | None, span: str, now: float) -> list[Item]:
        """The steps of one person, or of every one; raises StoreDown while they are not what the stream says.

        For many people it takes a while, and lets others have their turn.
        """
        if not self.windows.ready:
            raise StoreDown("unreachable", "the windows are being rebuilt")
        state, items = self.windows.state, []
        for person in self.watchlist.people:
            if only in (None, person.id):
                points = [point_item(point) for point in state.series(person.id, span, now)]
                items.append({"person": person.id, "span": span, "step": SPANS[span][1], "points": points})
                await asyncio.sleep(0)
        return items

    async def files(self) -> Mapping[str, File]:
        """The cases by id; raises StoreDown when they cannot be had."""
        if self.kept is not None:
            if not self.kept():
                raise StoreDown("unreachable", "the cases are not up to date")
            return self.book.files
        await self.book.refresh(READ_AGAIN)
        return self.book.files

    async def persons(self, now: float) -> list[Item]:
        """Every watched person with the status of the newest case and all windows."""
        windows: dict[str, list[Item]] = {}
        for item in await self.windows_of(None, now):
            windows.setdefault(item.pop("person"), []).append(item)
        newest = newest_cases(file.case for file in (await self.files()).values())
        return [
            person_item(person, newest.get(person.id), windows[person.id]) for person in self.watchlist.people
        ]

    def case_item(self, case: Case) -> msgspec.Raw:
        """A case, and whether its person is on the list."""
        return with_field(encode(case), "listed", case.person in self.people)

    async def sources(self) -> list[Item]:
        """Every configured source as whoever reads it has written it down."""
        names = list(self.settings.sources)
        sights = await self.stream.sights(names)
        return [
            {"name": name, "kind": self.settings.sources[name].kind, **msgspec.to_builtins(sights[name])}
            for name in names
        ]

    async def endpoints(self) -> list[Item]:
        """Every configured endpoint, and since when and why one is disabled; where they lead stays here."""
        disabled, dead = await self.outbox.disabled(), await self.outbox.dead_letters()
        return [
            {
                "name": one.name,
                "format": one.format,
                "dead_letters": dead[one.name],
                "disabled": {"at": found.at, "reason": found.reason}
                if (found := disabled.get(one.name)) and found.mark == mark_of(one)
                else None,
            }
            for one in self.settings.alerts.endpoints
        ]


def newest_cases(cases: Iterable[Case]) -> dict[str, Case]:
    """Each person's newest case."""
    newest: dict[str, Case] = {}
    for case in sorted(cases, key=lambda case: (case.episode, case.changed_at)):
        newest[case.person] = case
    return newest


def person_item(person: Person, case: Case | None, windows: list[Item]) -> Item:
    departed = person.departed
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role,
        "status": case.status if case else None,
        "case": case.id if case else None,
        "occurred_at": case.occurred_at if case else None,
        "changed_at": case.changed_at if case else None,
        "departed": {"status": departed.status, "at": departed.at} if departed else None,
        "windows": windows,
    }


def window_item(person: str, written: str, window: Window, now: float) -> Item:
    """A window as design section 7 has it; what is not a number is null."""
    return {
        "person": person,
        "window": written,
        "count": window.count,
        "voices": window.voices,
        "mean": _known(window.mean),
        "ratios": {label: _known(ratio) for label, ratio in window.ratios.items()},
        "surge": window.surge,
        "as_of": datetime.fromtimestamp(math.floor(now), UTC),
    }


def point_item(point: Point) -> Item:
    at = datetime.fromtimestamp(point.at, UTC)
    return {"at": at, "count": point.count, "mean": _known(point.mean), **point.labels}


def alert_item(sent: Sent) -> Item:
    """An alert with its deliveries; where they go stays here."""
    return {"stream_id": sent.stream_id, "alert": sent.alert, "deliveries": sent.deliveries}


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
