"""What changes beside the reactions: people, cases, alerts and sources, told when they changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from ...errors import StoreDown
from ...model import Case, encode
from ...stream import id_ms
from ..notify.outbox import Sent
from ..notify.signal import Signal
from .hub import Hub, event
from .view import Item, View, alert_item

EVERY = 1.0
PEOPLE_EVERY = 2.0
NEWEST_ALERTS = 50


class News:
    """Looks at the state once a second while there is a client, and costs nothing while there is none."""

    def __init__(self, view: View, hub: Hub) -> None:
        self._view = view
        self._hub = hub
        self._signal = Signal()
        self._forget()

    def _forget(self) -> None:
        self._people: tuple[object, bytes] | None = None
        self._sources: tuple[object, bytes] | None = None
        self._cases: dict[str, int] | None = None
        self._alerts: dict[str, bytes] | None = None
        self._people_at = -PEOPLE_EVERY  # monotonic

    def nudge(self) -> None:
        """Something was changed here: look at once."""
        self._signal.set()

    async def run(self) -> NoReturn:
        """Until cancelled."""
        while True:
            if not len(self._hub):
                self._forget()
            await self._hub.someone()
            seen = self._signal.count
            for look in (
                self._look_at_cases,
                self._look_at_people,
                self._look_at_alerts,
                self._look_at_sources,
            ):
                try:
                    await look()
                except StoreDown:
                    continue
            await self._signal.wait(seen, EVERY)

    def greeting(self) -> bytes:
        """People and sources as they stand, for one who joins."""
        return b"".join(told[1] for told in (self._people, self._sources) if told)

    async def since(self, ms: int) -> bytes:
        """The cases that changed and the alerts that moved since then, for one who comes back."""
        files = (await self._view.files()).values()
        cases = [file.case for file in files if file.case.changed_at.timestamp() * 1000 >= ms]
        sent = [one for one in await self._view.outbox.list(NEWEST_ALERTS) if _moved_at(one) >= ms]
        return b"".join([*map(self._case, cases), *(_alert(one) for one in reversed(sent))])

    async def _look_at_people(self) -> None:
        now = time.monotonic()
        if now - self._people_at >= PEOPLE_EVERY:
            self._people_at = now
            items = await self._view.persons(time.time())
            self._people = self._if_new("people", self._people, items, _without_time)

    async def _look_at_sources(self) -> None:
        self._sources = self._if_new("sources", self._sources, await self._view.sources(), _without_counts)

    async def _look_at_cases(self) -> None:
        files = await self._view.files()
        known, self._cases = self._cases, {id: file.rev for id, file in files.items()}
        if known is not None and known.keys() - files.keys():
            self._hub.tell(event("reset", b"{}"))
        for id, file in files.items():
            if known is not None and known.get(id) != file.rev:
                self._hub.tell(self._case(file.case))

    async def _look_at_alerts(self) -> None:
        sent = await self._view.outbox.list(NEWEST_ALERTS)
        known, self._alerts = self._alerts, {one.stream_id: _state(one) for one in sent}
        for one in reversed(sent):
            if known is not None and known.get(one.stream_id) != self._alerts[one.stream_id]:
                self._hub.tell(_alert(one))

    def _case(self, case: Case) -> bytes:
        return event("case", encode(self._view.case_item(case)))

    def _if_new(
        self,
        name: str,
        told: tuple[object, bytes] | None,
        items: list[Item],
        essence: Callable[[Item], Mapping[str, Any]],
    ) -> tuple[object, bytes]:
        """Tell a list when what counts of it is not what was told."""
        now = [essence(item) for item in items]
        if told is not None and told[0] == now:
            return told
        made = event(name, encode({"items": items}))
        self._hub.tell(made)
        return now, made


def _without_time(person: Item) -> Item:
    windows = [{k: v for k, v in window.items() if k != "as_of"} for window in person["windows"]]
    return {**person, "windows": windows}


def _without_counts(source: Item) -> Item:
    return {k: v for k, v in source.items() if k not in ("last_at", "stored")}


def _state(sent: Sent) -> bytes:
    """What counts of an alert: its deliveries, and how much of its evidence is left."""
    case = sent.alert.data.case
    return encode((sent.deliveries, len(case.evidence) if case else 0))


def _alert(sent: Sent) -> bytes:
    return event("alert", encode(alert_item(sent)))


def _moved_at(sent: Sent) -> float:
    """The milliseconds at which an alert was written, or a delivery of it last changed."""
    times = [t for one in sent.deliveries for t in (one.created, one.last_at, one.delivered_at) if t]
    return max([float(id_ms(sent.stream_id)), *(t.timestamp() * 1000 for t in times)])
