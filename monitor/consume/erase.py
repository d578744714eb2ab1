"""Takes cases, or evidence out of them, away for good: forgotten people and authors, and what is too old."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, NoReturn

import msgspec

from ..alert import Alert, Mood
from ..casefile import File, Item
from ..errors import ReplyError, StoreDown
from ..identity import post_key
from ..indexes import key_digest
from ..keys import Keys
from ..model import Case, Evidence, Post, Reaction
from ..store import Store
from .cases import CaseBook
from .notify.scrub import Written, amend, with_cases, without, written
from .notify.undelivered import case_of

log = logging.getLogger(__name__)
SELDOMEST = 600.0
AT_ONCE = 100
# How long the last version of a case that is gone is kept, in seconds.
VERSION_TTL = 2 * 366 * 86400


class Numbered(msgspec.Struct):
    """Of a case as it is stored: how many versions it had."""

    version: int


class Dropped(NamedTuple):
    """How many cases, alerts and deliveries went; `open` of the deliveries had still to be made."""

    cases: int = 0
    alerts: int = 0
    deliveries: int = 0
    open: int = 0

    def __add__(self, other: object) -> Dropped:
        assert isinstance(other, Dropped)
        return Dropped(*(a + b for a, b in zip(self, other, strict=True)))


async def drop(store: Store, keys: Keys, ids: Sequence[str], until: float | None = None) -> Dropped:
    """Drop cases with their alerts and deliveries.

    `until` (POSIX seconds): only those that were written up to then and of which all is delivered; without it
    whatever is on its way is given up. A case that is written at the same time stays.
    """
    if not ids:
        return Dropped()
    # Before the alerts are read: a case that is written after that keeps an alert that was not seen.
    revs = await store.many([["HGET", keys.case(id), "rev"] for id in ids])
    alerts = await alerts_of(store, keys, set(ids))
    dropped = Dropped()
    gone = set()
    for id, rev in zip(ids, revs, strict=True):
        one = await drop_one(store, keys, id, rev or b"", alerts.get(id, []), until)
        dropped += one
        gone |= {id} if one.cases else set()
    if gone:
        # A digest tells of other cases, too, so that only these go out of it.
        await amend(store, keys, lambda alert: digest_without(alert, gone))
    return dropped


def digest_without(alert: Alert, ids: Collection[str]) -> Alert:
    """A digest that does not tell of these cases; any other alert as it is."""
    if alert.data.case is not None:
        return alert
    return with_cases(alert, lambda case: None if case.id in ids else case)


async def drop_one(
    store: Store, keys: Keys, id: str, rev: bytes, alerts: Sequence[Written], until: float | None
) -> Dropped:
    """Drop one case as it was read (`rev`), with these of its alerts.

    Its last version stays, so that the next case under its id sends no webhook-id again.
    """
    row = await store.call("HGET", keys.case(id), "d")
    version = msgspec.json.decode(row, type=Numbered).version if row else 0
    names = [keys.case(id), keys.case_index, keys.alerts, keys.dead, keys.version(id)]
    args: list[str | bytes | int] = [id, rev, "" if until is None else int(until * 1000)]
    args += [version, VERSION_TTL, keys.delivery(""), keys.due(""), len(alerts)]
    args += [one.id for one in alerts]
    args += [delivery for one in alerts for delivery in one.deliveries]
    return Dropped(*await store.run("drop", names, args))


async def alerts_of(store: Store, keys: Keys, ids: Collection[str]) -> Mapping[str, list[Written]]:
    """The alerts of cases, oldest first, without what they say."""
    found: dict[str, list[Written]] = {}
    async for chunk in written(store, keys):
        for one in chunk:
            if id := case_of(one.alert, ids):
                # Which deliveries it has is all that is still needed of it.
                bare = msgspec.structs.replace(
                    one.alert, data=msgspec.structs.replace(one.alert.data, case=None)
                )
                found.setdefault(id, []).append(Written(one.id, bare))
    return found


async def expire(store: Store, keys: Keys, keep: float, now: float) -> Dropped:
    """Drop the cases that nothing has changed for `keep` seconds, but none with an unfinished delivery."""
    until, dropped, start = now - keep, Dropped(), 0
    while True:
        rows = await store.call(
            "ZRANGEBYSCORE", keys.case_index, "-inf", int(until * 1000), "LIMIT", start, AT_ONCE
        )
        done = await drop(store, keys, [id.decode() for id in rows], until)
        dropped += done
        start += len(rows) - done.cases
        if len(rows) < AT_ONCE:
            return dropped


async def keep_cases(store: Store, keys: Keys, keep: float) -> NoReturn:
    """Let go of old cases now and then, until cancelled; a store that refuses it is asked again."""
    refused = False
    while True:
        try:
            dropped = await expire(store, keys, keep, time.time())
            if dropped.cases:
                log.info("cases: %d were not changed for cases.retention and are gone", dropped.cases)
        except StoreDown:
            pass  # Whoever needs the store says so; this can wait.
        except ReplyError as error:
            if not refused:
                log.warning("cases: old ones stay, the store refused a command (%s)", error.code)
            refused = True
        await asyncio.sleep(min(SELDOMEST, max(1.0, keep / 10)))


async def take_evidence(
    book: CaseBook,
    is_gone: Callable[[Evidence], bool],
    posts: Collection[str],
    ids: Collection[str],
    own: Collection[str] = (),
) -> tuple[int, int]:
    """Take evidence out of every case, as if its posts had been deleted; cases changed, pieces taken.

    Beside what `is_gone` says, the posts with these keys and ids go from wherever else a case names them. Whoever was
    told of a case is told when it falls. Of the cases in `own` the name stays in that alert only.
    """
    changed = pieces = 0
    for id in list(book.files):
        while file := book.files.get(id):
            count = sum(is_gone(item.evidence) for item in file.items)
            if await _take_from(book, file, is_gone, posts, ids, own):
                changed += book.files[id].rev != file.rev
                pieces += count
                break
    return changed, pieces


async def _take_from(
    book: CaseBook,
    was: File,
    is_gone: Callable[[Evidence], bool],
    posts: Collection[str],
    ids: Collection[str],
    own: Collection[str],
) -> bool:
    """One case; False when another writer was first."""
    now = datetime.now(UTC)
    gone = [item for item in was.items if is_gone(item.evidence)]
    told = {item.evidence.post_id for item in gone} | set(ids)

    def bare(file: File) -> File:
        items = [_without_original(item, posts) for item in file.items]
        case = without(file.case, is_gone, told)
        return msgspec.structs.replace(file, case=case, items=items)

    file, transition = was, None
    if gone:
        # All but one go first: what falls step by step would be told step by step.
        rest = [item for item in was.items if not is_gone(item.evidence)]
        last = msgspec.structs.replace(was, items=[*rest, gone[-1]])
        left, transition = book.rules.decide(last, _delete_of(gone[-1], now), None, now)
        file = left or was
    file = bare(file)
    if file == was and not (was.case.id in own and was.case.name != mark_of(was.case)):
        return True
    made = None
    if transition:
        transition = transition._replace(
            file=bare(transition.file), change=msgspec.structs.replace(transition.change, post_id=None)
        )
        made = book.rules.plan(transition, Mood(), now)
        file = made.file
    if file.case.id in own and not file.items:
        file = msgspec.structs.replace(file, case=nameless(file.case))
    return await book.write(file, made, now.timestamp(), None)


async def unname_replacements(book: CaseBook, has: Callable[[str], bool]) -> None:
    """Take people out of the cases of others, where they are said to follow."""
    for id in list(book.files):
        while file := book.files.get(id):
            left = _unnamed(file, has)
            if left == file or await book.write(left, None, time.time(), None):
                break


def _unnamed(file: File, has: Callable[[str], bool]) -> File:
    items = [
        msgspec.structs.replace(item, replacement=None) if has(item.replacement or "") else item
        for item in file.items
    ]
    return msgspec.structs.replace(file, case=case_unnamed(file.case, has), items=items)


def case_unnamed(case: Case, has: Callable[[str], bool]) -> Case:
    """A case that does not say of these people that they follow."""
    return msgspec.structs.replace(case, replacement=None) if has(case.replacement or "") else case


def mark_of(case: Case) -> str:
    """The person's part of a case id: of who is not on the watchlist, a digest of the name."""
    return case.id.removeprefix(f"{case.organisation}-").rpartition("-")[0]


def nameless(case: Case) -> Case:
    """A case that names its person only as its id does."""
    return msgspec.structs.replace(case, person=mark_of(case), name=mark_of(case))


def _delete_of(item: Item, now: datetime) -> Reaction:
    evidence = item.evidence
    post = Post(source=evidence.source, id=evidence.post_id, text="", created_at=now, deleted=True)
    return Reaction(post=post, via=evidence.source, scored_at=now)


def _without_original(item: Item, posts: Collection[str]) -> Item:
    """Copies of a forgotten post stay copies of one, by its digest."""
    if item.copy_of is None or item.copy_of not in posts:
        return item
    source, _, _ = item.copy_of.partition(post_key("", ""))
    return msgspec.structs.replace(item, copy_of=post_key(source, key_digest(item.copy_of)))
