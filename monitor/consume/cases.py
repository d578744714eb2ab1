"""Reactions to cases: reads every stream from its checkpoint, writes case, alert and deliveries as one."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from ..alert import Mood
from ..casefile import ActKind, Bearing, File, Plan, Rules, Transition, delivery_id
from ..errors import StoreDown, UserError
from ..keys import Keys
from ..model import Blind, Case, Reaction, encode
from ..outage import Outage
from ..store import Store
from ..stream import BLOCK_MS, Entry, Stream, id_order
from ..telemetry import Telemetry
from .gauges import count_cases
from .notify.blindness import blind_spots
from .notify.scrub import Scrubber
from .numbering import numbered

log = logging.getLogger(__name__)
REFRESH = 2.0
# Whoever writes a case stamps it by its own clock, which may be this much behind, seconds.
OVERLAP = 60.0
_file = msgspec.json.Decoder(File)
MoodOf = Callable[[str, float], Mood]


def _no_mood(person: str, now: float) -> Mood:
    return Mood()


class CaseBook:
    """The cases as they lie in the store; every write is checked against the revision that was read."""

    def __init__(self, store: Store, keys: Keys, rules: Rules) -> None:
        self._store = store
        self._keys = keys
        self.rules = rules
        self.files: dict[str, File] = {}
        self._read_at = 0.0

    async def refresh(self, every: float) -> bool:
        """Take in what other processes changed, if the last time is `every` seconds ago; did it read?"""
        now = time.time()
        # A clock that was set back must not keep what others wrote out of sight until it has caught up.
        if 0 <= now - self._read_at < every:
            return False
        await self.load(max(0, int((min(now, self._read_at) - OVERLAP) * 1000)) if self._read_at else 0)
        self._read_at = now
        return True

    async def load(self, since_ms: int = 0) -> None:
        """Read the cases that changed since then (all by default)."""
        ids = await self._store.call("ZRANGEBYSCORE", self._keys.case_index, since_ms, "+inf")
        rows = await self._store.many([["HGET", self._keys.case(id.decode()), "s"] for id in ids])
        for id, row in zip(ids, rows, strict=True):
            if row is not None:
                self.files[id.decode()] = _file.decode(row)
        if len(self.files) > int(await self._store.call("ZCARD", self._keys.case_index)):
            left = {id.decode() for id in await self._store.call("ZRANGE", self._keys.case_index, 0, -1)}
            self.files = {id: file for id, file in self.files.items() if id in left}

    async def reload(self, id: str) -> File | None:
        row = await self._store.call("HGET", self._keys.case(id), "s")
        if row is None:
            self.files.pop(id, None)
            return None
        self.files[id] = _file.decode(row)
        return self.files[id]

    async def write(
        self, file: File, made: Plan | None, now: float, checkpoint: tuple[str, str] | None
    ) -> bool:
        """Write one step; False when another writer was first (the case is read again)."""
        before = file.rev
        file = msgspec.structs.replace(file, rev=before + 1)
        keys, args = _step(self._keys, file, before, made, now, checkpoint)
        reply = await self._store.run("transition", keys, args)
        if reply[0] == b"CONFLICT":
            await self.reload(file.case.id)
            return False
        self.files[file.case.id] = file
        return True

    async def operate(
        self, id: str, kind: ActKind, note: str, mood_of: MoodOf = _no_mood
    ) -> tuple[Case, Plan | None]:
        """Confirm, dismiss or reopen a case; raises UserError when there is none with this id."""
        while True:
            file = await self.reload(id)
            if file is None:
                raise UserError(f"no case {id}")
            now = datetime.now(UTC)
            file, transition = self.rules.operate(file, kind, note, now)
            mood = mood_of(file.case.person, now.timestamp())
            made = self.rules.plan(transition, mood, now) if transition else None
            if await self.write(made.file if made else file, made, now.timestamp(), None):
                return self.files[id].case, made


def _step(
    keys: Keys, file: File, before: int, made: Plan | None, now: float, checkpoint: tuple[str, str] | None
) -> tuple[list[str], list[Any]]:
    """KEYS and ARGV of transition.lua."""
    case = file.case
    alert = made.alert if made else None
    dues = made.dues if made else []
    withdrawn = made.withdrawn if made else []
    tag, at = checkpoint or ("p0", "")
    names = [keys.case(case.id), keys.case_index, keys.case_reader(tag), keys.alerts]
    args: list[Any] = [before, file.rev, encode(case), encode(file), case.id, int(now * 1000), at]
    args += [encode(alert) if alert else "", case.person, case.status]
    args += [alert.timestamp.isoformat() if alert else "", len(dues), len(withdrawn)]
    for endpoint, due, before_it in dues:
        assert alert is not None
        id = delivery_id(alert.id, endpoint)
        names += [keys.delivery(id), keys.due(endpoint)]
        args += [id, alert.id, endpoint, int(due * 1000), before_it]
    for id, endpoint in withdrawn:
        names += [keys.delivery(id), keys.due(endpoint)]
        args.append(id)
    return names, args


class Cases:
    """The consumer: one loop a partition, exactly-once by the checkpoint that moves with each case."""

    def __init__(
        self,
        book: CaseBook,
        stream: Stream,
        store: Store,
        keys: Keys,
        telemetry: Telemetry,
        wake: Callable[[], None],
        mood_of: MoodOf = _no_mood,
        sources: Sequence[str] = (),
    ) -> None:
        self._sources = sources
        self._blind: list[Blind] = []
        self._book = book
        self._stream = stream
        self._store = store
        self._keys = keys
        self._telemetry = telemetry
        self._wake = wake
        self._mood_of = mood_of
        self._scrubber = Scrubber(store, keys)
        self.at: dict[str, str] = {}
        self.ready = False
        self._crowded = False

    async def run(self) -> None:
        """Until cancelled; a store that is down makes it wait and begin again at its checkpoint."""
        outage = Outage(log, "cases: the store does not answer (%s)")
        while True:
            try:
                await self._follow()
            except StoreDown as error:
                self.ready = False
                outage.tell(error.reason)
                await asyncio.sleep(0.5)

    async def _follow(self) -> None:
        self.at = at = {tag: await self._checkpoint(tag) for tag in self._keys.tags()}
        await self._refresh(every=0)
        self.ready = True
        while True:
            for tag in at:
                block = BLOCK_MS // len(at)
                entries = await self._stream.read(tag, at[tag], block_ms=block)
                for entry in entries:
                    await self._take(tag, entry)
                    # At once: what the next entry writes moves the checkpoint past this one.
                    if entry.reaction:
                        await self._scrubber.deleted(entry.reaction)
                if entries:
                    at[tag] = entries[-1].id
                    await self._store.call("HSET", self._keys.case_reader(tag), "id", at[tag])
                else:
                    at[tag] = await self._stream.resume_at(tag, at[tag])
            await self._refresh()

    async def operate(self, id: str, kind: ActKind, note: str) -> Case:
        """An operator's act; see CaseBook.operate."""
        case, made = await self._book.operate(id, kind, note, self._mood_of)
        self._count()
        self._alerted(made)
        return case

    async def caught_up(self, tag: str) -> bool:
        """Has everything in a partition's stream been judged?"""
        stored = await self._store.call("HGET", self._keys.case_reader(tag), "id")
        last = await self._stream.last_id(tag)
        return last == "0-0" or (stored is not None and id_order(stored.decode()) >= id_order(last))

    async def _checkpoint(self, tag: str) -> str:
        stored = await self._store.call("HGET", self._keys.case_reader(tag), "id")
        return await self._stream.resume_at(tag, stored.decode() if stored else "0-0")

    async def _refresh(self, every: float = REFRESH) -> None:
        """Take in what operators changed through another process, and what cannot be seen now."""
        if await self._book.refresh(every):
            self._blind = blind_spots(await self._stream.sights(self._sources), datetime.now(UTC))
            self._count()

    async def _take(self, tag: str, entry: Entry) -> None:
        if entry.reaction is None:
            return
        targets = self._book.rules.targets(entry.reaction, self._book.files)
        taken = {bearing.claim for _, bearing in targets if bearing}
        if len(taken) < len(entry.reaction.claims) and not self._crowded:
            self._crowded = True
            log.warning("cases: too many people who are not on the watchlist; no more are taken in")
        if targets and await self._stream.superseded(tag, entry):
            return
        # Where another writer was first, what was done already is found done.
        while not await self._apply_all(tag, entry, entry.reaction, targets):
            targets = self._book.rules.targets(entry.reaction, self._book.files)

    async def _apply_all(
        self, tag: str, entry: Entry, reaction: Reaction, targets: Sequence[tuple[str, Bearing | None]]
    ) -> bool:
        for id, bearing in targets:
            if not await self._apply((tag, _before(entry.id)), reaction, id, bearing):
                return False
        return True

    async def _apply(
        self, checkpoint: tuple[str, str], reaction: Reaction, id: str, bearing: Bearing | None
    ) -> bool:
        """One case; False when another writer was first."""
        now = datetime.now(UTC)
        was = self._book.files.get(id)
        file, transition = self._book.rules.decide(was, reaction, bearing, now)
        if file is None or file == was:
            return True
        made = None
        if transition:
            transition = await numbered(self._store, self._keys, transition)
            transition = _with_blind_spots(transition, self._blind)
            mood = self._mood_of(file.case.person, now.timestamp())
            made = self._book.rules.plan(transition, mood, now)
        written = await self._book.write(made.file if made else file, made, now.timestamp(), checkpoint)
        if written:
            self._written(made, transition, reaction, now)
        return written

    def _written(
        self, made: Plan | None, transition: Transition | None, reaction: Reaction, now: datetime
    ) -> None:
        if transition:
            case = transition.file.case
            log.info("%s: %s -> %s (%s)", case.id, transition.before, case.status, transition.change.rule)
            self._count(case.person)
        if made and made.alert:
            late = (now - reaction.post.created_at).total_seconds()
            self._telemetry.detection_seconds.observe(max(0.0, late))
        self._alerted(made)

    def _alerted(self, made: Plan | None) -> None:
        if made and made.alert:
            self._telemetry.alerts[made.alert.type].inc()
            self._wake()

    def _count(self, changed: str | None = None) -> None:
        """Set the gauges of all cases, or of those of one person."""
        count_cases(self._telemetry, list(self._book.files.values()), changed)


def _with_blind_spots(transition: Transition, blind: list[Blind]) -> Transition:
    file = transition.file
    case = msgspec.structs.replace(file.case, blind=blind)
    return transition._replace(file=msgspec.structs.replace(file, case=case))


def _before(id: str) -> str:
    """The id just before one: the entry itself is not finished until all its claims are."""
    ms, _, number = id.partition("-")
    if int(number):
        return f"{ms}-{int(number) - 1}"
    return f"{int(ms) - 1}-{2**63}"
