"""Tells of sources that cannot be seen: once when that has lasted for a while, and once when it is over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, NoReturn

from ...alert import Alert, AlertData
from ...endpoint import AlertSettings
from ...errors import StoreDown
from ...keys import Keys
from ...model import Blind
from ...quiet import after_quiet
from ...sight import Sight
from ...store import Store
from .outbox import Outbox

log = logging.getLogger(__name__)
EVERY = 15.0
MOST_BLIND = 10
# A source that was seen for less than this between two gaps was out of sight all the time.
SEEN_FOR = timedelta(seconds=60)
Sights = Callable[[], Awaitable[Mapping[str, Sight]]]


class Stretch(NamedTuple):
    """The last time that a source was out of sight. `lasts`: it is now; `end` is None until it is over for good."""

    begin: datetime
    end: datetime | None
    lasts: bool
    reason: str


def last_stretch(sight: Sight, now: datetime) -> Stretch | None:
    """The last stretch without sight, `sight` being as it is shown; one that ended just now may go on."""
    gaps = sorted((gap for gap in sight.gaps if not gap.lost), key=lambda gap: gap.from_)
    if not gaps:
        return None
    last, begin = gaps[-1], gaps[-1].from_
    for gap in reversed(gaps[:-1]):
        if gap.to is not None and begin - gap.to >= SEEN_FOR:
            break
        begin = gap.from_
    # Whoever has taken a source over has not seen it before it is open.
    tried = sight.since if sight.state == "opening" else None
    lasts = last.to is None or (tried is not None and tried - last.to < SEEN_FOR)
    over = last.to is not None and not lasts and now - last.to >= SEEN_FOR
    return Stretch(begin, last.to if over else None, lasts, last.reason)


def blind_spots(sights: Mapping[str, Sight], now: datetime) -> list[Blind]:
    """The newest of what the service cannot see now, or of the last day will never see; at most MOST_BLIND.

    What it cannot see now is one stretch, also over restarts.
    """
    spots = [
        Blind(source=name, from_=gap.from_, to=gap.to)
        for name, sight in sights.items()
        for gap in sight.gaps
        if gap.lost and gap.to and gap.to > now - timedelta(days=1)
    ]
    for name, sight in sights.items():
        stretch = last_stretch(sight, now)
        if stretch and stretch.lasts:
            spots.append(Blind(source=name, from_=stretch.begin))
    return sorted(spots, key=lambda spot: spot.from_)[-MOST_BLIND:]


def notices(
    sights: Mapping[str, Sight],
    told: Mapping[str, datetime],
    alerts: AlertSettings,
    now: datetime,
) -> list[tuple[str, Alert]]:
    """The alerts to give now, with their sources; `told` has the begin of what was told and is not over."""
    endpoints = [one.name for one in alerts.endpoints if "source" in one.events]
    found = []
    for name, sight in sights.items() if endpoints else ():
        stretch, begin = last_stretch(sight, now), told.get(name)
        blind: Blind | None = None
        if begin is None:
            if stretch and stretch.lasts and now - stretch.begin >= timedelta(seconds=alerts.blind_after):
                blind = Blind(source=name, from_=stretch.begin)
        elif stretch is None or stretch.end is not None:
            end = stretch.end if stretch and stretch.end else now
            blind = Blind(source=name, from_=begin, to=max(begin, end))
        if blind:
            found.append((name, _alert(blind, stretch.reason if stretch else "", endpoints, now)))
    return found


def _alert(blind: Blind, reason: str, endpoints: Sequence[str], now: datetime) -> Alert:
    id = f"{_kind(blind.source)}{blind.from_.astimezone(UTC):%Y%m%dT%H%M%S}"
    if blind.to is None:
        said = f"{blind.source}: not seen since {blind.from_:%Y-%m-%d %H:%M:%S} UTC: {reason}"
    else:
        id += "-over"
        said = f"{blind.source}: not seen from {blind.from_:%Y-%m-%d %H:%M:%S} to {blind.to:%Y-%m-%d %H:%M:%S} UTC"
    data = AlertData(message=said, source=blind)
    return Alert(id=id, type="source.blind", timestamp=now, data=data, endpoints=list(endpoints))


def _kind(source: str) -> str:
    """How the ids of what is told of a source begin."""
    return f"source-{source}-".replace(".", "-")


async def tell_blindness(
    sights: Sights,
    outbox: Outbox,
    store: Store,
    keys: Keys,
    alerts: AlertSettings,
    written: Callable[[Alert], None],
    every: float = EVERY,
) -> NoReturn:
    """Look at the sources every so often and tell of them, until cancelled.

    `sights` are those of all configured sources; `written` is called with each alert that was new.
    """
    starts = True
    while True:
        try:
            if starts:
                await drop_removed(sights, store, keys)
                starts = False
            else:
                await tell_once(sights, outbox, store, keys, alerts, written, datetime.now(UTC))
        except StoreDown as error:
            log.debug("blindness: the store does not answer (%s)", error.reason)
        # A start looks after a while: a source that is just being opened is not out of sight.
        await asyncio.sleep(every)


async def drop_removed(sights: Sights, store: Store, keys: Keys) -> None:
    """Sources that are not in the settings any more are no longer noted as out of sight, and nobody is told that
    they are seen again, for they are not. Raises StoreDown."""
    noted = {name.decode() for name in await store.call("HKEYS", keys.blind)}
    if removed := sorted(noted - (await sights()).keys()):
        await store.call("HDEL", keys.blind, *removed)
        log.info("not in the settings, so no longer noted as out of sight: %s", ", ".join(removed))


async def tell_once(
    sights: Sights,
    outbox: Outbox,
    store: Store,
    keys: Keys,
    alerts: AlertSettings,
    written: Callable[[Alert], None],
    now: datetime,
) -> None:
    """One look. The alert is written before the note that it was: who is killed in between writes it again,
    which does nothing (its id). Raises StoreDown."""
    seen, flat = await sights(), await store.call("HGETALL", keys.blind)
    told = {
        name.decode(): datetime.fromtimestamp(int(ms) / 1000, UTC)
        for name, ms in zip(flat[::2], flat[1::2], strict=True)
    }
    for name, alert in notices(seen, told, alerts, now):
        blind = alert.data.source
        assert isinstance(blind, Blind)
        dues = _dues(alerts, now.timestamp(), over=blind.to is not None)
        if await outbox.announce(alert, dues, after=_kind(name)):
            log.warning(
                "source %s", "is seen again" if blind.to else "is out of sight", extra={"source": name}
            )
            written(alert)
        if blind.to is None:
            await store.call("HSET", keys.blind, name, round(blind.from_.timestamp() * 1000))
        else:
            await store.call("HDEL", keys.blind, name)


def _dues(alerts: AlertSettings, now: float, over: bool) -> dict[str, float]:
    """When endpoints in their quiet hours hear of it; what is over comes after what it ends."""
    dues = {one.name: after_quiet(one, now) for one in alerts.endpoints if "source" in one.events}
    return {name: due + over for name, due in dues.items() if due > now}
