"""The daily digests: one message an endpoint and day in place of single alerts.

For each endpoint the store has a mark: the moment up to which it was told, and while a digest is being told
also the moment up to which that goes ("SINCE:UNTIL", POSIX ms). Who is killed in between leaves the second
form, and the digest of exactly that time is told again, which does nothing where it was told (its id).

Where `digest` is taken out of the settings, what the endpoint knows by its digests is noted with the cases, in the
way of single alerts, which go on from there; what changed since the last digest goes out at once.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NoReturn, cast

import msgspec

from ...alert import Alert, AlertData, Digest, Mood
from ...casefile import File, Plan, Told, Transition
from ...endpoint import AlertSettings, Endpoint
from ...errors import StoreDown
from ...keys import Keys
from ...model import Status
from ...quiet import after_quiet, last_moment
from ...store import Store
from ...watchlist import Watchlist
from ..cases import CaseBook
from .daily import LAG, digest_of, heard_of, is_news, last_change
from .outbox import Outbox

log = logging.getLogger(__name__)
EVERY = 15.0
# Of a single alert of a case: the id of its delivery.
SINGLE = re.compile(r"-v[0-9]+:")
MoodOf = Callable[[str, float], Mood]


@dataclass(frozen=True)
class Changed:
    """Gives the cases that were written since a moment as they lie in the store, out of a book of its own each time.

    What an endpoint knows of them is written down with such a book too.
    """

    open_book: Callable[[], CaseBook]

    async def __call__(self, since: datetime) -> Iterable[File]:
        book = self.open_book()
        await book.load(max(0, int(since.timestamp() * 1000)))
        return list(book.files.values())


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
        # What is on its way from a time of single alerts goes first: what arrives last must be what is true.
        if any(SINGLE.search(id) for id in await self._open(endpoint.name)):
            return
        await self._announce(endpoint, since, until, now)
        await self._move(endpoint.name, mark, _ms(until))

    async def end(self, endpoint: Endpoint, now: datetime) -> None:
        """Go over to single alerts, once, where an endpoint that had digests has none any more. May be repeated.

        Raises StoreDown.
        """
        if not (mark := await self._mark(endpoint.name)):
            return
        since, until = _span(mark)
        if last := until or since:
            at = last.astimezone(endpoint.zone)
            had = endpoint.model_copy(update={"digest": f"{at:%H:%M}"})
            if since and until:
                await self._announce(had, since, until, now)
            before = max(
                (id for id in await self._open(endpoint.name) if id.startswith("digest-")), default=""
            )
            book = self.changed.open_book()
            await book.load()
            for id in list(book.files):
                while (file := book.files.get(id)) and not await self._note(
                    book, file, had, last, before, now
                ):
                    pass
        await self._move(endpoint.name, mark, "")

    async def _note(
        self, book: CaseBook, file: File, had: Endpoint, last: datetime, before: str, now: datetime
    ) -> bool:
        """Note what an endpoint knows of a case, and tell it what it does not; False where another writer was first."""
        name, case, told = had.name, file.case, file.told.get(had.name)
        if told and told.due > last.timestamp():
            return True
        by = (had, last - LAG, self.alerts, self.watchlist)
        made, heard = None, heard_of(case, told, *by)
        if heard and (told is None or told.status != heard):
            known = Told(before, heard, last.timestamp())
            file = msgspec.structs.replace(file, told={**file.told, name: known})
        if is_news(case, told, *by):
            mood = self.mood_of(case.person, now.timestamp()) if self.mood_of else Mood()
            step = Transition(file, cast(Status | None, heard or None), last_change(case), now)
            made = _only(name, file, book.rules.plan(step, mood, now))
        if made is None and told == file.told.get(name):
            return True
        written = await book.write(made.file if made else file, made, now.timestamp(), None)
        if written and made and made.alert:
            self.written(made.alert)
        return written

    async def _open(self, endpoint: str) -> list[str]:
        """The ids of the deliveries that an endpoint has not got yet."""
        return [id.decode() for id in await self.store.call("ZRANGE", self.keys.due(endpoint), 0, -1)]

    async def _announce(self, endpoint: Endpoint, since: datetime, until: datetime, now: datetime) -> None:
        files = await self.changed(since - LAG)
        digest = digest_of(files, endpoint, (since, until), self.alerts, self.watchlist)
        if digest is None:
            return
        alert = self._alert(endpoint, digest, digest_id(endpoint, since, until), now)
        if await self._is_other(alert.id, digest):
            alert = msgspec.structs.replace(alert, id=digest_id(endpoint, since, until, once_more=True))
        at = now.timestamp()
        due = {endpoint.name: after_quiet(endpoint, at)}
        if await self.outbox.announce(alert, due, after=f"digest-{endpoint.name}-"):
            log.info("digest of %d cases", len(digest.cases) + digest.more, extra={"endpoint": endpoint.name})
            self.written(alert)

    async def _is_other(self, id: str, digest: Digest) -> bool:
        """Has this id a digest of another time? A clock that was ahead came to the same day before."""
        alert = await self.outbox.announced(id)
        told = alert.data.digest if alert else msgspec.UNSET
        return told is not msgspec.UNSET and (told.from_, told.to) != (digest.from_, digest.to)

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
    """Tell each endpoint that has a digest, at its time of day; what was missed at once. Until cancelled.

    An endpoint that has none any more goes over to single alerts as this starts, also one that is to hear of
    departures no more: of what it was told it hears the corrections.
    """
    while True:
        for endpoint in digests.alerts.endpoints:
            try:
                if endpoint.digest is None:
                    await digests.end(endpoint, datetime.now(UTC))
                else:
                    await digests.tell(endpoint, datetime.now(UTC))
            except StoreDown as error:
                log.debug("digest: the store does not answer (%s)", error.reason)
        await asyncio.sleep(every)


def digest_id(endpoint: Endpoint, since: datetime, until: datetime, once_more: bool = False) -> str:
    """digest-ENDPOINT-YYYYMMDD by the endpoint's clock, with the time where what it tells of began on this day.

    `once_more`: such an id is there for another time; then with the moment from which on this one tells.
    """
    day, before = until.astimezone(endpoint.zone), since.astimezone(endpoint.zone)
    if once_more:
        return f"digest-{endpoint.name}-{day:%Y%m%d}T{_ms(since)}"
    # Also where it is the first: it may have had one before, with another time of day, and none in between.
    again = before.date() == day.date()
    return f"digest-{endpoint.name}-{day:%Y%m%dT%H%M}" if again else f"digest-{endpoint.name}-{day:%Y%m%d}"


def _only(name: str, file: File, made: Plan) -> Plan | None:
    """What of a plan is one endpoint's; the others stay as they are in `file`."""
    if made.alert is None or name not in made.alert.endpoints:
        return None
    told = {**file.told, name: made.file.told[name]}
    return Plan(
        msgspec.structs.replace(file, told=told),
        msgspec.structs.replace(made.alert, endpoints=[name]),
        [due for due in made.dues if due.endpoint == name],
        [],
    )


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
