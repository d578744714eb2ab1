"""Takes words that may no longer be kept out of the alerts that lie in the store, sent or not.

An alert keeps its stream id, its webhook-id and its deliveries; only the evidence in it goes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from typing import NamedTuple

import msgspec
from msgspec import UNSET

from ...alert import Alert
from ...casefile import delivery_id
from ...identity import post_key
from ...indexes import key_digest
from ...keys import Keys
from ...model import Case, Evidence, Reaction, encode
from ...store import Store

AT_ONCE = 50
MOST_BYTES = 4_000_000
_decoder = msgspec.json.Decoder(Alert)


class Written(NamedTuple):
    """One alert as it lies in the stream."""

    id: str
    alert: Alert

    @property
    def deliveries(self) -> list[str]:
        return [delivery_id(self.alert.id, name) for name in self.alert.endpoints]


async def written(store: Store, keys: Keys, after: str = "-") -> AsyncIterator[list[Written]]:
    """The alerts after a stream id, oldest first, in chunks; what cannot be read is passed over."""
    while rows := await store.call("XRANGE", keys.alerts, after, "+", "COUNT", AT_ONCE):
        chunk = []
        for id, fields in rows:
            data = dict(zip(fields[::2], fields[1::2], strict=True)).get(b"d", b"")
            try:
                chunk.append(Written(id.decode(), _decoder.decode(data)))
            except (msgspec.DecodeError, UnicodeError, RecursionError):
                continue
        after = f"({rows[-1][0].decode()}"
        yield chunk


async def amend(store: Store, keys: Keys, left_of: Callable[[Alert], Alert]) -> int:
    """Put what a function leaves of each alert in its place; how many changed."""
    found: list[tuple[Written, bytes]] = []
    size = count = 0
    async for chunk in written(store, keys):
        for one in chunk:
            left = left_of(one.alert)
            if left != one.alert:
                found.append((one, encode(left)))
                size += len(found[-1][1])
        if size > MOST_BYTES:
            count += await _write(store, keys, found)
            found, size = [], 0
    return count + await _write(store, keys, found)


async def _write(store: Store, keys: Keys, found: Sequence[tuple[Written, bytes]]) -> int:
    if not found:
        return 0
    args: list[str | bytes | int] = [keys.delivery("")]
    for one, payload in found:
        args += [one.id, payload, len(one.deliveries), *one.deliveries]
    return int(await store.run("amend", [keys.alerts, keys.amended], args, timeout=30))


def without(case: Case, is_gone: Callable[[Evidence], bool], ids: Collection[str] = ()) -> Case:
    """A case without some of its evidence, and without these post ids in its history.

    What it says of the departure may rest on what goes, and goes with it.
    """
    history = [
        msgspec.structs.replace(change, post_id=None) if change.post_id in ids else change
        for change in case.history
    ]
    evidence = [one for one in case.evidence if not is_gone(one)]
    if history == case.history and len(evidence) == len(case.evidence):
        return case
    if len(evidence) < len(case.evidence):
        case = msgspec.structs.replace(case, occurred_at=None, destination=None, replacement=None)
    return msgspec.structs.replace(case, history=history, evidence=evidence)


def cases_of(alert: Alert) -> list[Case]:
    """The cases that an alert tells of: its own, and those of a digest."""
    digest = alert.data.digest
    return [*([alert.data.case] if alert.data.case else []), *(digest.cases if digest is not UNSET else [])]


def with_cases(alert: Alert, left_of: Callable[[Case], Case | None]) -> Alert:
    """An alert with what a function leaves of its cases; a digest loses those of which it leaves none."""
    data, digest = alert.data, alert.data.digest
    case = left_of(data.case) if data.case else None
    if digest is not UNSET:
        cases = [left for one in digest.cases if (left := left_of(one)) is not None]
        if cases != digest.cases:
            digest = msgspec.structs.replace(digest, cases=cases)
    if case == data.case and digest is data.digest:
        return alert
    return msgspec.structs.replace(alert, data=msgspec.structs.replace(data, case=case, digest=digest))


def alert_without(alert: Alert, is_gone: Callable[[Evidence], bool], ids: Collection[str] = ()) -> Alert:
    """An alert whose cases have lost some of their evidence."""
    return with_cases(alert, lambda case: without(case, is_gone, ids))


def evidence_key(evidence: Evidence) -> str:
    return post_key(evidence.source, evidence.post_id)


class Scrubber:
    """Follows the alerts to know which of them quote which post, so that a delete costs no search."""

    def __init__(self, store: Store, keys: Keys) -> None:
        self._store, self._keys = store, keys
        self._at = "-"
        self._quoting: dict[str, set[str]] = {}

    async def deleted(self, reaction: Reaction) -> int:
        """Take the words of a post, if it is deleted, out of every alert; how many changed.

        May be called again where the store was down.
        """
        if not reaction.post.deleted:
            return 0
        gone = post_key(reaction.post.source, reaction.post.id)
        await self._catch_up()
        if not self._quoting.get(key_digest(gone)):
            return 0
        changed = await amend(
            self._store,
            self._keys,
            lambda alert: alert_without(alert, lambda one: evidence_key(one) == gone),
        )
        del self._quoting[key_digest(gone)]
        return changed

    async def _catch_up(self) -> None:
        async for chunk in written(self._store, self._keys, self._at):
            for one in chunk:
                self._at = f"({one.id}"
                for evidence in (piece for case in cases_of(one.alert) for piece in case.evidence):
                    self._quoting.setdefault(key_digest(evidence_key(evidence)), set()).add(one.id)
