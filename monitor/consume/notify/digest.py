"""The daily digests: one message an endpoint and day in place of single alerts.

For each endpoint the store has a mark: the moment up to which it was told, and while a digest is being told
also the moment up to which that goes ("SINCE:UNTIL", POSIX ms). Who is killed in between leaves the second
form, and the digest of exactly that time is told again, which does nothing where it was told (its id).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NoReturn

from ...alert import Alert, AlertData, Digest, Mood
from ...endpoint import AlertSettings, Endpoint
from ...errors import StoreDown
from ...keys import Keys
from ...model import Case
from ...quiet import after_quiet, last_moment
from ...store import Store
from ...watchlist import Watchlist
from ..cases import CaseBook
from .daily import LAG, digest_of
from .outbox import Outbox

log = logging.getLogger(__name__)
EVERY = 15.0
Changed = Callable[[datetime], Awaitable[Iterable[Case]]]
MoodOf = Callable[[str, float], Mood]


@dataclass
class Digests:
    """What digests are made of. `changed` gives the cases whose status changed since a moment, and maybe more;
    `written` is called with each alert that was new; `mood_of` is None where no windows are kept."""

    alerts: AlertSettings
    watchlist: Watchlist
    outbox: Outbox
    store: Store
    keys: Keys
    changed: Changed
    written: Callable[[Alert], None]
    mood_of: MoodOf | None = None

    async def tell(self, endpoint: Endpoint, now: datetime) -> None:
        """Tell an endpoint of what changed, if its time of day has come since the last time. May be repeated.

        The first time nothing is told, but from then on. Raises StoreDown.
        """
        assert endpoint.digest_at is not None
        mark = await self._mark(endpoint.name)
        since, until = _span(mark)
        # Nor from a moment on that a clock came to which was set back since: until then nothing would be told.
        if since is None or (until is None and since > now + LAG):
            await self._move(endpoint.name, mark, _ms(now))
            return
        if until is None:
            until = last_moment(endpoint.digest_at, endpoint.zone, now)
            if until <= since:
                return
            told = f"{_ms(since)}:{_ms(until)}"
            if not await self._move(endpoint.name, mark, told):
                return
            mark = told
        await self._announce(endpoint, since, until, now)
        await self._move(endpoint.name, mark, _ms(until))

    async def _announce(self, endpoint: Endpoint, since: datetime, until: datetime, now: datetime) -> None:
        cases = await self.changed(since - LAG)
        digest = digest_of(cases, endpoint, (since, until), self.alerts, self.watchlist)
        if digest is None:
            return
        alert = self._alert(endpoint, digest, digest_id(endpoint, since, until), now)
        at = now.timestamp()
        due = {endpoint.name: after_quiet(endpoint, at)}
        if await self.outbox.announce(alert, due, after=f"digest-{endpoint.name}-"):
            log.info("digest of %d cases", len(digest.cases) + digest.more, extra={"endpoint": endpoint.name})
            self.written(alert)

    def _alert(self, endpoint: Endpoint, digest: Digest, id: str, now: datetime) -> Alert:
        organisation = self.watchlist.organisation
        count = len(digest.cases) + digest.more
        data = AlertData(
            organisation={"id": organisation.id, "name": organisation.name},
            reaction=self._mood(digest, now.timestamp()),
            message=f"Cases whose status changed since the last digest: {count}.",
            digest=digest,
        )
        return Alert(id=id, type="monitor.digest", timestamp=now, data=data, endpoints=[endpoint.name])

    def _mood(self, digest: Digest, now: float) -> Mood | None:
        """The last hour's reactions to those whom a digest names; the mean weighs each by its count."""
        if self.mood_of is None:
            return None
        moods = [self.mood_of(person, now) for person in sorted({case.person for case in digest.cases})]
        scored = [(mood.mean_1h, mood.count_1h) for mood in moods if mood.mean_1h is not None]
        weight = sum(count for _, count in scored)
        mean = sum(mean * count for mean, count in scored) / weight if weight else None
        return Mood(sum(mood.count_1h for mood in moods), mean, sum(mood.voices_1h for mood in moods))

    async def _mark(self, endpoint: str) -> str:
        return (await self.store.call("HGET", self.keys.digests, endpoint) or b"").decode()

    async def _move(self, endpoint: str, mark: str, new: str) -> bool:
        """Put a new mark in place of one; False when another process was first."""
        return bool(await self.store.run("mark", [self.keys.digests], [endpoint, mark, new]))


async def tell_digests(digests: Digests, every: float = EVERY) -> NoReturn:
    """Tell each endpoint that has a digest, at its time of day; what was missed at once. Until cancelled."""
    endpoints = [
        one for one in digests.alerts.endpoints if one.digest is not None and "departure" in one.events
    ]
    while True:
        for endpoint in endpoints:
            try:
                await digests.tell(endpoint, datetime.now(UTC))
            except StoreDown as error:
                log.debug("digest: the store does not answer (%s)", error.reason)
        await asyncio.sleep(every)


def changed_cases(open_book: Callable[[], CaseBook]) -> Changed:
    """Reads the cases that were written since a moment from the store, with a book of its own each time."""

    async def changed(since: datetime) -> list[Case]:
        book = open_book()
        await book.load(max(0, int(since.timestamp() * 1000)))
        return [file.case for file in book.files.values()]

    return changed


def digest_id(endpoint: Endpoint, since: datetime, until: datetime) -> str:
    """digest-ENDPOINT-YYYYMMDD by the endpoint's clock, with the time where this day had one before."""
    day, before = until.astimezone(endpoint.zone), since.astimezone(endpoint.zone)
    # A digest's moment is a whole minute; the moment of the very first start is not, and had no digest.
    again = before.date() == day.date() and not (before.second or before.microsecond)
    return f"digest-{endpoint.name}-{day:%Y%m%dT%H%M}" if again else f"digest-{endpoint.name}-{day:%Y%m%d}"


def _ms(moment: datetime) -> str:
    return str(round(moment.timestamp() * 1000))


def _span(mark: str) -> tuple[datetime | None, datetime | None]:
    """The two moments of a mark; None for one that is not there."""
    try:
        since, until = (
            datetime.fromtimestamp(int(part) / 1000, UTC) if part else None
            for part in (*mark.split(":"), "")[:2]
        )
    except ValueError:
        return None, None
    return since, until
