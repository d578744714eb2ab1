"""Posts to reactions: match, score, claim, publish. With readers.py and app.py it knows these stages."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from .errors import Fenced, StoreDown
from .identity import post_key
from .match.threads import references
from .model import Post, Reaction
from .outage import Outage
from .readers import Readers, Reading
from .revision import change_of, deletes
from .tally import count

if TYPE_CHECKING:
    from .collect.inbox import Batch, Inbox
    from .late import LateScores
    from .stream import Stream
    from .telemetry import Telemetry

log = logging.getLogger(__name__)
T = TypeVar("T")
S = TypeVar("S")
# A stage that takes longer than this over a batch goes on in a thread, in seconds.
LONGEST_STRETCH = 0.01


class Pipeline:
    """The one loop over batches. A store that is down makes it wait, and so every source behind it."""

    def __init__(
        self,
        readers: Readers,
        stream: Stream,
        telemetry: Telemetry,
        published: Callable[[str, Post], None] = lambda source, post: None,
        late: LateScores | None = None,
    ) -> None:
        self._late = late
        self._published = published
        self._readers = readers
        self._stream = stream
        self._telemetry = telemetry
        self._drops: set[tuple[str, str]] = set()
        self._inbox: Inbox | None = None

    async def run(self, inbox: Inbox) -> None:
        """Until the inbox is closed and empty."""
        self._inbox = inbox
        while batch := await inbox.get():
            self._telemetry.queue_posts.set(len(inbox))
            try:
                await (self._take_late(batch) if batch.late else self._take(batch))
                batch.settle(None)
            except Fenced:
                batch.hold.gone.set()
                batch.settle(StoreDown("fenced"))
            finally:
                inbox.done(batch)
                self._telemetry.queue_posts.set(len(inbox))

    async def _take(self, batch: Batch) -> None:
        if batch.hold.lost:
            raise Fenced(batch.source)
        posts = await self._posts(batch)
        readings = await self._read(posts, batch.source)
        texts = [reading.text for reading in readings]
        firsts = await self._up(lambda: self._stream.first_of([text for text in texts if text]))
        now = datetime.now(UTC)

        def react(reading: Reading) -> Reaction:
            key = post_key(reading.post.source, reading.post.id)
            first = firsts.setdefault(reading.text, key) if reading.text else None
            return self._readers.react(reading, batch.source, first, now)

        reactions = await self._each("score", readings, react)
        step = self._stream.step(batch.hold, reactions, batch.arrivals[-1].cursor, texts)
        begun = time.perf_counter()
        marks = await self._up(step.send)
        self._telemetry.store_up.set(1)
        self._telemetry.stage_seconds["publish"].observe(time.perf_counter() - begun)
        count(self._telemetry, batch.source, batch.arrivals, reactions, marks)
        if self._late:
            self._late.take(batch.source, batch.hold, reactions, marks)
        for reaction, mark in zip(reactions, marks, strict=True):
            if mark == "a":
                self._published(batch.source, reaction.post)
        self._log_drops(batch)

    async def _take_late(self, batch: Batch) -> None:
        """Late scores as new entries of their posts; what was edited or deleted since stays as it is."""
        assert self._late
        standing = [late for late in batch.late if self._late.stands(late)]
        marks = "-" * len(standing)
        try:
            if batch.hold.lost:
                raise Fenced(batch.source)
            step = self._stream.step(batch.hold, [late.update for late in standing], batch.hold.cursor)
            marks = await self._up(step.send)
        finally:
            for late, mark in zip(standing, marks, strict=True):
                self._late.settle(late, {"a": "stored", "-": "given_up"}.get(mark, "stale"))

    def _log_drops(self, batch: Batch) -> None:
        """One line for the first drop of a kind: hostile input must not fill the log."""
        for arrival in batch.arrivals:
            kind = (batch.source, arrival.dropped or "")
            if arrival.dropped and kind not in self._drops:
                self._drops.add(kind)
                log.warning(
                    "%s: dropped at %s: %s; more of it is only counted", kind[0], arrival.cursor, kind[1]
                )

    async def _posts(self, batch: Batch) -> list[Post]:
        """What the arrivals say: a profile with the text before, an account that is gone as its posts' deletes."""
        arrivals = batch.arrivals
        accounts = [arrival.account for arrival in arrivals if arrival.account]
        profiles = [
            post_key(a.post.source, a.post.id) for a in arrivals if a.post and a.post.kind == "profile"
        ]
        gone = await self._up(lambda: self._stream.of_authors(batch.source, accounts)) if accounts else {}
        texts = await self._up(lambda: self._stream.last_texts(batch.source, profiles)) if profiles else {}
        posts: list[Post] = []
        for arrival in arrivals:
            if arrival.account:
                posts += deletes(arrival.account, gone.get(arrival.account, []), datetime.now(UTC))
            elif arrival.post and arrival.post.kind == "profile" and not arrival.post.deleted:
                key = post_key(arrival.post.source, arrival.post.id)
                changed = change_of(arrival.post, texts.get(key), arrival.polled)
                posts += [changed] if changed else []
                texts[key] = arrival.post.text
            elif arrival.post:
                posts.append(arrival.post)
        return posts

    async def _read(self, posts: list[Post], source: str) -> list[Reading]:
        """The readings that go on: those that match, and edits and deletes of what is stored."""
        again = [post_key(post.source, post.id) for post in posts if post.revision or post.deleted]
        refs = [post_key(post.source, id) for post in posts for id in references(post)]
        known = await self._up(lambda: self._stream.known(source, again))
        threads = await self._up(lambda: self._stream.about([*refs, *known]))
        matches = await self._each("match", posts, self._readers.match)
        pairs = list(zip(posts, matches, strict=True))
        claims = await self._each("claim", pairs, lambda pair: self._readers.claim(*pair))
        readings = []
        for (post, found), claimed in zip(pairs, claims, strict=True):
            key = post_key(post.source, post.id)
            reading = self._readers.reading(post, found, claimed, threads)
            if reading.about:
                threads[key] = reading.about
            if reading.matched or ((post.revision or post.deleted) and key in known):
                known.add(key)
                readings.append(reading)
            elif post.deleted:
                self._telemetry.source[source].dropped["unknown_delete"].inc()
        return readings

    async def _each(self, stage: str, items: Sequence[S], work: Callable[[S], T]) -> list[T]:
        """One stage over a batch; off the event loop once it has taken long enough to be worth it.

        A thread, not a process: to send posts and readings to and fro costs as much as it saves, and most batches
        hold few posts about somebody.
        """
        begun = time.perf_counter()
        done = []
        rest = iter(items)
        for item in rest:
            done.append(work(item))
            if time.perf_counter() - begun > LONGEST_STRETCH:
                done += await self._aside(rest, work)
        self._telemetry.stage_seconds[stage].observe(time.perf_counter() - begun)
        return done

    async def _aside(self, items: Iterator[S], work: Callable[[S], T]) -> list[T]:
        """The same in a thread, which ends after the item in hand when it is no longer waited for."""
        over = threading.Event()
        try:
            return await asyncio.to_thread(lambda: [work(item) for item in items if not over.is_set()])
        finally:
            over.set()

    async def _up(self, call: Callable[[], Awaitable[T]]) -> T:
        """Call the store until it answers: collection waits meanwhile, and nothing is dropped (G4)."""
        delay = 0.05
        outage = Outage(log, "the store does not take posts (%s); waiting")
        while True:
            try:
                found = await call()
                self._stuck(False)
                return found
            except StoreDown as error:
                self._stuck(True)
                self._telemetry.store_up.set(0)
                outage.tell(error.reason)
                await asyncio.sleep(delay)
                delay = min(delay * 2, 2.0)

    def _stuck(self, stuck: bool) -> None:
        if self._inbox:
            self._inbox.stuck = stuck
