"""Forgetting an author or a person in everything that is stored, while the service runs.

Every step may be cut off and taken again: a second run goes on where the first one stopped.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Collection
from typing import Any

import msgspec

from ..alert import Alert
from ..authors import Authors
from ..forgotten import Forgotten, Left
from ..identity import post_key
from ..model import Case, Claim, Evidence, Reaction
from ..optout import OptOut
from ..store import Store
from ..stream import Stream, id_order
from .cases import CaseBook
from .ending import end_cases, own_cases
from .erase import Dropped, case_unnamed, drop, take_evidence, unname_replacements
from .notify.scrub import alert_without, amend, cases_of, evidence_key, with_cases, written
from .notify.undelivered import case_of

JOB_TTL = 86_400
READERS_TAKE = 1.5
LONGEST_WAIT = 4.0


class Removed(msgspec.Struct):
    """How much went, or would go."""

    posts: int = 0
    changed: int = 0
    cases: int = 0
    evidence: int = 0
    alerts: int = 0
    deliveries: int = 0
    open: int = 0

    def add(self, dropped: Dropped) -> None:
        self.cases += dropped.cases
        self.alerts += dropped.alerts
        self.deliveries += dropped.deliveries
        self.open += dropped.open


class People:
    """Persons by their ids and by all written forms of their names."""

    def __init__(self, ids: Collection[str], names: OptOut) -> None:
        self.ids = frozenset(ids)
        self._names = names

    def has(self, person: str) -> bool:
        return person in self.ids or self._names.has(person)

    def _unnamed(self, claim: Claim) -> Claim:
        return (
            msgspec.structs.replace(claim, replacement=None) if self.has(claim.replacement or "") else claim
        )

    def alert_of_other(self, alert: Alert) -> Alert:
        """An alert that does not say of these people that they follow somebody; a digest without their cases."""
        return with_cases(alert, self._case_of_other)

    def _case_of_other(self, case: Case) -> Case | None:
        return None if self.has(case.person) or self.has(case.name) else case_unnamed(case, self.has)

    def left_of(self, reaction: Reaction) -> Left:
        """What of a reaction is about others: all, nothing, or the reaction without these people."""
        claims = [self._unnamed(claim) for claim in reaction.claims if not self.has(claim.person)]
        about = [person for person in reaction.about if not self.has(person)]
        if claims == reaction.claims and len(about) == len(reaction.about):
            return "keep"
        if not claims and not about:
            return "gone"
        matches = [match for match in reaction.matches if not self.has(match.person)]
        toward = {person: score for person, score in reaction.toward.items() if not self.has(person)}
        parts = {"claims": claims, "about": about, "matches": matches, "toward": toward}
        return msgspec.structs.replace(reaction, **parts)


class Forgetting:
    """One run of the command, or of the service at its start."""

    def __init__(
        self, stream: Stream, book: CaseBook, read: Callable[[int], None] = lambda entries: None
    ) -> None:
        self.removed = Removed()
        self._stream, self._book = stream, book
        self._posts = Forgotten(stream, read)

    @property
    def _store(self) -> Store:
        return self._stream.store

    async def count_author(self, authors: Authors) -> Removed:
        """What `author` would remove."""
        await self._learn(authors)

        def wrote(evidence: Evidence) -> bool:
            return authors.wrote(evidence.source, evidence.author)

        found = await self._count(
            lambda one: "gone" if authors.wrote(one.post.source, one.post.author) else "keep"
        )
        for file in self._book.files.values():
            pieces = sum(wrote(item.evidence) for item in file.items)
            found.cases += pieces > 0
            found.evidence += pieces
        async for chunk in written(self._store, self._stream.keys):
            found.alerts += sum(alert_without(one.alert, wrote) is not one.alert for one in chunk)
        return found

    async def count_people(self, people: People) -> Removed:
        """What `people` would remove."""
        await self._begin()
        found = await self._count(people.left_of, by_newest=True)
        cases = set(self._cases_of(people))
        found.cases = len(cases)
        async for chunk in written(self._store, self._stream.keys):
            mine = [one for one in chunk if case_of(one.alert, cases)]
            found.alerts += len(mine)
            found.deliveries += sum(len(one.deliveries) for one in mine)
        return found

    async def author(self, authors: Authors) -> Removed:
        """Take out every post of an author, and what rests on them; who was told of a case is told again."""
        job = self._stream.keys.forgetting(_digest(f"{authors.source}:{authors.name}"))
        begun: dict[str, Any] = {}
        if known := await self._store.call("GET", job):
            authors.recall(begun := msgspec.json.decode(known))
        await self._learn(authors)
        quoted = await self._quoted(authors)

        def is_gone(evidence: Evidence) -> bool:
            return authors.wrote(evidence.source, evidence.author) or evidence_key(evidence) in quoted

        own = own_cases(self._book.files.values(), is_gone) | set(begun.get("cases", []))
        noted = {**authors.known(), "cases": sorted(own)}
        await self._store.call("SET", job, msgspec.json.encode(noted), "EX", JOB_TTL)
        await self._take_evidence(authors, is_gone, own)
        for tag in self._posts.tags:
            gone, _ = await self._posts.change(
                tag, lambda one: "gone" if authors.wrote(one.post.source, one.post.author) else "keep"
            )
            self.removed.posts += gone
            await self._posts.take_out(tag, [], quoted)
            await self._posts.unname(tag, authors.has_id)
        await self._finish()
        await self._take_evidence(authors, is_gone, own)
        ids = {id for _, id in (key.split("\x1f", 1) for key in quoted)}
        ids |= await self._forgotten_ids(authors, await self._alerted_ids())
        self.removed.alerts += await amend(
            self._store, self._stream.keys, lambda alert: alert_without(alert, is_gone, ids)
        )
        await end_cases(self._book, self._store, self._stream.keys, own, LONGEST_WAIT)
        await self._sweep()
        await self._store.call("DEL", job)
        return self.removed

    async def people(self, people: People) -> Removed:
        """Take out the cases of people, and what was said of nobody else."""
        await self._begin()
        await self._drop(people)
        for tag in self._posts.tags:
            gone, changed = await self._posts.change(tag, people.left_of, by_newest=True)
            self.removed.posts += gone
            self.removed.changed += changed
        await self._finish(sorted(people.ids))
        await self._book.load()
        await self._drop(people)
        await unname_replacements(self._book, people.has)
        await amend(self._store, self._stream.keys, people.alert_of_other)
        await self._sweep()
        return self.removed

    async def _begin(self) -> None:
        await self._posts.look()
        await self._book.load()

    async def _count(self, left_of: Callable[[Reaction], Left], by_newest: bool = False) -> Removed:
        found = Removed()
        for tag in self._posts.tags:
            async for judged in self._posts.judged(tag, left_of, by_newest):
                said = [left for _, left in judged]
                found.posts += said.count("gone")
                found.changed += sum(isinstance(left, Reaction) for left in said)
        return found

    async def _learn(self, authors: Authors) -> None:
        await self._begin()
        for tag in self._posts.tags:
            async for chunk in self._posts.entries(tag):
                for one in chunk:
                    if one.reaction:
                        authors.learn(one.reaction.post.source, one.reaction.post.author)
        for file in self._book.files.values():
            for item in file.items:
                authors.learn(item.evidence.source, item.evidence.author)
        async for alerts in written(self._store, self._stream.keys):
            for evidence in (piece for one in alerts for piece in _evidence(one.alert)):
                authors.learn(evidence.source, evidence.author)

    async def _quoted(self, authors: Authors) -> set[str]:
        """The posts of an author that cases and alerts quote, by their keys."""
        found = {
            evidence_key(item.evidence)
            for file in self._book.files.values()
            for item in file.items
            if authors.wrote(item.evidence.source, item.evidence.author)
        }
        async for chunk in written(self._store, self._stream.keys):
            pieces = [piece for one in chunk for piece in _evidence(one.alert)]
            found |= {evidence_key(one) for one in pieces if authors.wrote(one.source, one.author)}
        return found

    async def _take_evidence(
        self, authors: Authors, is_gone: Callable[[Evidence], bool], own: Collection[str]
    ) -> None:
        await self._book.load()
        files = self._book.files.values()
        copies = {item.copy_of for file in files for item in file.items if item.copy_of}
        posts = await self._stream.forgotten(sorted(copies)) | {
            copy for copy in copies if authors.has_id(*_owner(copy))
        }
        named = [change.post_id for file in files for change in file.case.history if change.post_id]
        ids = await self._forgotten_ids(authors, named)
        cases, pieces = await take_evidence(self._book, is_gone, posts, ids, own)
        self.removed.cases += cases if pieces else 0
        self.removed.evidence += pieces

    async def _alerted_ids(self) -> list[str]:
        found: set[str] = set()
        async for chunk in written(self._store, self._stream.keys):
            cases = [case for one in chunk for case in cases_of(one.alert)]
            found |= {change.post_id for case in cases for change in case.history if change.post_id}
        return sorted(found)

    async def _forgotten_ids(self, authors: Authors, named: list[str]) -> set[str]:
        """Which of these post ids, of whatever platform of the author's, were forgotten."""
        keys = {post_key(source, id) for source in authors.sources for id in named}
        return {key.split("\x1f", 1)[1] for key in await self._stream.forgotten(sorted(keys))}

    def _cases_of(self, people: People) -> list[str]:
        cases = [file.case for file in self._book.files.values()]
        return [case.id for case in cases if people.has(case.person) or people.has(case.name)]

    async def _drop(self, people: People) -> None:
        self.removed.add(await drop(self._store, self._stream.keys, self._cases_of(people)))

    async def _finish(self, people: Collection[str] = ()) -> None:
        """The indexes, and time for the readers to see what went."""
        for tag in self._posts.tags:
            await self._posts.sweep_indexes(tag, list(people))
        if self.removed.posts or self.removed.changed:
            await self._readers()

    async def _readers(self) -> None:
        """Wait until the cases have read all, and long enough for windows and pages, which read at once."""
        begun = time.monotonic()
        last = {tag: await self._stream.last_id(tag) for tag in self._stream.keys.tags()}
        while (passed := time.monotonic() - begun) < LONGEST_WAIT:
            read = [await self._has_read(tag, id) for tag, id in last.items()]
            if passed >= READERS_TAKE and all(read):
                return
            await asyncio.sleep(0.1)

    async def _has_read(self, tag: str, id: str) -> bool:
        at = await self._store.call("HGET", self._stream.keys.case_reader(tag), "id")
        return at is None or id_order(at.decode()) >= id_order(id)

    async def _sweep(self) -> None:
        for tag in self._posts.tags:
            await self._posts.sweep_references(tag)
            await self._posts.sweep_tombstones(tag)
            await self._posts.compact(tag)


def _evidence(alert: Alert) -> list[Evidence]:
    return [piece for case in cases_of(alert) for piece in case.evidence]


def _owner(key: str) -> tuple[str, str]:
    """Platform and, of an at:// id, the account in it."""
    source, _, id = key.partition("\x1f")
    return source, id.removeprefix("at://").partition("/")[0]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
