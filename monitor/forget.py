"""monitor forget, and those who opted out at the start of the service."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

from . import watchlist
from .authors import Authors
from .consume.cases import CaseBook
from .consume.forgetting import Forgetting, People, Removed
from .detect.rules import CaseRules
from .errors import ReplyError, StoreDown, UserError
from .operate import attached
from .optout import OptOut
from .settings import Settings
from .stream import Stream
from .watchlist import Watchlist

log = logging.getLogger(__name__)
REFUSED = 60.0


async def forget(
    settings: Settings, author: str | None, person: str | None, dry_run: bool, yes: bool, sink: TextIO
) -> int:
    """monitor forget --author [SOURCE:]HANDLE_OR_ID | --person ID_OR_FULL_NAME, in the running service's store.

    On a terminal it changes nothing without `yes`. Raises UserError.
    """
    named = watchlist.load(settings.watchlist)
    authors = Authors(author) if author else None
    async with attached(settings) as (store, keys):
        days, window = settings.store.retention, settings.thread_window
        stream = Stream(store, keys, retention=days, thread_window=window)
        work = Forgetting(stream, CaseBook(store, keys, CaseRules(named, settings.alerts)), _progress())
        people = people_called(person or "", named)
        if dry_run or (sys.stdin.isatty() and not yes):
            found = await (work.count_author(authors) if authors else work.count_people(people))
            sink.write(f"would remove {told(found)}\n")
            if not dry_run:
                raise UserError("forget: nothing was removed; say --yes to remove it")
            return 0
        removed = await (work.author(authors) if authors else work.people(people))
        if settings.store.url is None:
            with suppress(ReplyError, StoreDown):
                await store.call("BGREWRITEAOF")  # Until then the file of the store holds what is gone.
    sink.write(f"removed {told(removed)}\n")
    if not authors and (note := _found_again(people, named)):
        sink.write(f"{note}\n")
    return 0


def people_called(given: str, named: Watchlist) -> People:
    """A person by id or full name, of the list or not."""
    everyone = named.everyone.people
    found = [one for one in everyone if given == one.id or any(map(OptOut([given]).has, one.full_names))]
    names = [given, *(name for one in found for name in one.full_names)]
    return People([one.id for one in found], OptOut(names))


def told(removed: Removed) -> str:
    """The counts as one line."""
    parts = [
        f"{removed.posts} posts",
        f"{removed.cases} cases",
        f"{removed.evidence} pieces of evidence",
        f"{removed.alerts} alerts",
        f"{removed.deliveries} deliveries ({removed.open} unfinished)",
        f"the person from {removed.changed} posts about others" if removed.changed else "",
    ]
    return ", ".join(filter(None, parts))


def _found_again(people: People, named: Watchlist) -> str:
    listed = [one for one in named.people if one.id in people.ids]
    if people.ids and not listed:
        return ""
    if not listed:
        return (
            "What is posted from now on is found again, unless the name stands under optout in the watchlist."
        )
    return (
        f"{listed[0].name} stands on the watchlist and will be found again: put the name under optout, or take "
        "it off the list, and restart the service."
    )


def _progress() -> Callable[[int], None]:
    """Shows on a terminal how many entries were read."""
    count = 0

    def read(entries: int) -> None:
        nonlocal count
        count += entries
        if sys.stderr.isatty():
            sys.stderr.write(f"\rread {count} entries")

    return read


async def forget_opted_out(
    named: Watchlist, stream: Stream, book: CaseBook, settled: asyncio.Event | None = None
) -> None:
    """Once for each change of `optout`: what is stored of those people goes.

    `settled` is set as soon as nothing of them is left, or the store refuses to remove it: no alert goes out before.
    A store that is away or refuses is waited for.
    """
    settled = settled or asyncio.Event()
    mark = hashlib.sha256(named.optout_mark().encode()).hexdigest()[:16]
    store, keys, refused = stream.store, stream.keys, False
    while True:
        try:
            if ((await store.call("GET", keys.optout)) or b"").decode() != mark:
                if named.opted_out:
                    removed = await Forgetting(stream, book).people(opted_out(named))
                    log.info("optout: removed %s", told(removed))
                await store.call("SET", keys.optout, mark)
            settled.set()
            return
        except StoreDown:
            await asyncio.sleep(1.0)
        except ReplyError as error:
            if not refused:
                log.warning("optout: nothing is removed, the store refused a command (%s)", error.code)
            refused = True
            settled.set()
            await asyncio.sleep(REFUSED)


def opted_out(named: Watchlist) -> People:
    """All who opted out."""
    ids = {one.id for one in named.everyone.people} - {one.id for one in named.people}
    return People(ids, named.opted_out)
