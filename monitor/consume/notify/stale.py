"""Which dead letters of an endpoint would say again what it has been told otherwise since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import UNSET

from ...alert import Alert
from ...casefile import delivery_id
from ...keys import Keys
from ...store import Store
from ...stream import id_order
from .scrub import written


class Letter(NamedTuple):
    """A dead letter: its delivery, the webhook-id, the stream id of its alert, and whether a newer message of the
    same case or source was delivered or is on its way."""

    id: str
    webhook_id: str
    entry: str
    overtaken: bool


async def letters(store: Store, keys: Keys, endpoint: str, dead: Sequence[tuple[str, str]]) -> list[Letter]:
    """An endpoint's dead letters, given by the ids of delivery and alert, in the order in which they were written.

    Raises StoreDown.
    """
    entries = await store.many([("HGET", keys.delivery(id), "alert") for id, _ in dead])
    rows = [(entry.decode(), id, alert) for entry, (id, alert) in zip(entries, dead, strict=True) if entry]
    rows.sort(key=lambda row: id_order(row[0]))
    overtaken = await _overtaken(store, keys, endpoint, rows[0][0]) if rows else set()
    return [Letter(id, alert, entry, entry in overtaken) for entry, id, alert in rows]


async def _overtaken(store: Store, keys: Keys, endpoint: str, first: str) -> set[str]:
    """The alerts from `first` on, by stream ids, after which this endpoint was told, or will be, of the same thing."""
    told: list[tuple[str, str, str]] = []
    async for chunk in written(store, keys, first):
        mine = [one for one in chunk if endpoint in one.alert.endpoints]
        told += [
            (one.id, what, delivery_id(one.alert.id, endpoint)) for one in mine if (what := _about(one.alert))
        ]
    states = await store.many([("HGET", keys.delivery(id), "state") for _, _, id in told])
    later, found = set(), set()
    for (entry, what, _), state in reversed(list(zip(told, states, strict=True))):
        if what in later:
            found.add(entry)
        # One that is not there any more was delivered long ago.
        if state not in (b"dead", b"superseded"):
            later.add(what)
    return found


def _about(alert: Alert) -> str | None:
    """What an alert tells the state of, so that a newer one of the same takes its place."""
    if alert.data.case is not None:
        return f"case {alert.data.case.id}"
    return f"source {alert.data.source.source}" if alert.data.source is not UNSET else None
