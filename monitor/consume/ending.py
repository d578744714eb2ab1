"""Cases that end with their author: who told only of themself, and is forgotten, leaves no case with their name."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial

import msgspec

from ..alert import Alert
from ..casefile import File
from ..keys import Keys
from ..model import Evidence
from ..store import Store
from .cases import CaseBook
from .erase import alerts_of, digest_without, drop_one, mark_of, nameless
from .notify.scrub import Written, amend

_ASK_AGAIN = 0.2


def own_cases(files: Iterable[File], is_gone: Callable[[Evidence], bool]) -> set[str]:
    """The cases of people off the watchlist that rest on nothing but what they, who go, said themselves."""
    return {file.case.id for file in files if _is_own(file, is_gone)}


def _is_own(file: File, is_gone: Callable[[Evidence], bool]) -> bool:
    if file.case.person != file.case.name or not all(is_gone(item.evidence) for item in file.items):
        return False
    return any(item.voice == f"self {mark_of(file.case)}" for item in file.items)


async def end_cases(book: CaseBook, store: Store, keys: Keys, ids: Collection[str], wait: float) -> None:
    """Drop cases that have lost all evidence, with their alerts, as soon as whoever is to be told of it is told.

    What is not delivered after `wait` seconds goes out later, without the name. Whoever spoke meanwhile keeps a case.
    """
    until = time.monotonic() + wait
    while ids := [id for id in sorted(ids) if await _is_empty(book, id)]:
        last = time.monotonic() >= until
        # First: a run that is cut off after a case is gone finds no more what belonged to it.
        await amend(store, keys, partial(_spared, ids=ids, last=last))
        found = await alerts_of(store, keys, ids)
        for id in ids:
            alerts = found.get(id, [])
            gone = [one for one in alerts if not last or one is not _telling(alerts)]
            await drop_one(
                store, keys, id, str(book.files[id].rev).encode(), gone, None if last else time.time()
            )
        if last:
            return
        await asyncio.sleep(_ASK_AGAIN)


async def _is_empty(book: CaseBook, id: str) -> bool:
    file = await book.reload(id)
    return file is not None and not file.items


def _telling(alerts: Sequence[Written]) -> Written | None:
    """The alert that tells how the case ends."""
    return next((one for one in reversed(alerts) if one.alert.type == "departure.retracted"), None)


def _spared(alert: Alert, ids: Collection[str], last: bool) -> Alert:
    """A digest without these cases, and at the end an alert of one without the name."""
    alert, case = digest_without(alert, ids), alert.data.case
    if not last or case is None or case.id not in ids:
        return alert
    case = nameless(case)
    person = {**(alert.data.person or {}), "id": case.person, "name": case.name}
    return msgspec.structs.replace(alert, data=msgspec.structs.replace(alert.data, case=case, person=person))
