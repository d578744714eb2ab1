"""Posts to reactions: match, score, claim, publish. The only file but app.py that knows these stages."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from .detect import profile
from .detect.claims import ClaimReader
from .errors import Fenced, StoreDown
from .identity import post_key
from .match.duplicates import text_digest
from .match.names import Matcher
from .match.threads import by_thread, references
from .model import Claim, Match, Post, Reaction, Sentiment
from .revision import change_of, copy_of, deletes, without_words
from .score.reader import ReactionReader, Told
from .score.vader import Vader
from .tally import count
from .watchlist import Watchlist

if TYPE_CHECKING:
    from .collect.inbox import Batch, Inbox
    from .stream import Stream
    from .telemetry import Telemetry

log = logging.getLogger(__name__)
T = TypeVar("T")
S = TypeVar("S")
READ_CHARACTERS = 100_000
LONGEST_STRETCH = 0.01


class Reading(NamedTuple):
    """What a post says of whom, before it is scored."""

    post: Post
    about: list[str]
    matches: list[Match]
    claims: list[Claim]
    text: bytes

    @property
    def matched(self) -> bool:
        return bool(self.about or self.claims)


class Readers:
    """Match, claim and score for one watchlist: pure, without store or network."""

    def __init__(self, watchlist: Watchlist, *, claims: bool = True) -> None:
        self.watchlist = watchlist
        # Whoever opted out is recognised, so that nobody else is taken for them, and passed over in reading().
        self._matcher = Matcher(watchlist.everyone)
        self._claims = ClaimReader(watchlist.everyone) if claims else None
        self._reactions = ReactionReader(watchlist, Vader())

    def match(self, post: Post) -> list[Match]:
        """Whom the words name; a text is read up to READ_CHARACTERS."""
        return self._matcher.find(_readable(post))

    def _watched(self, people: Sequence[str]) -> list[str]:
        """Those who are (still) on the watchlist: the thread index outlives a change of it."""
        return [person for person in people if self.watchlist.person(person)]

    def claim(self, post: Post, matches: Sequence[Match]) -> list[Claim]:
        """What the words claim, within the same bounds; of a profile, what it did not claim before."""
        if self._claims is None:
            return []
        return profile.news(self._claims, _readable(post), matches, self._matcher.find)

    def reading(
        self, post: Post, matches: list[Match], claims: list[Claim], threads: Mapping[str, Sequence[str]]
    ) -> Reading:
        """`threads` maps post keys to the people that those posts are about. A delete keeps no word."""
        if post.deleted:
            people = self._watched(threads.get(post_key(post.source, post.id), ()))
            return Reading(without_words(post), people, [], [], b"")
        matches = [match for match in matches if self.watchlist.person(match.person)]
        claims = [self._spared(claim) for claim in claims if not self.watchlist.is_opted_out(claim.person)]
        about = {match.person for match in matches}
        if threads and (refs := references(post)):
            keys = {id: post_key(post.source, id) for id in refs}
            found = {id: self._watched(threads[key]) for id, key in keys.items() if key in threads}
            matches = [*matches, *by_thread(post, found, about)]
            about = {match.person for match in matches}
        text = text_digest(post.text) if about or claims else b""
        return Reading(post, sorted(about), matches, claims, text)

    def _spared(self, claim: Claim) -> Claim:
        """A claim that names nobody who opted out as the one who follows, or as where the person goes."""
        named = {"destination": claim.destination, "replacement": claim.replacement}
        blank = {field: None for field, name in named.items() if name and self.watchlist.is_opted_out(name)}
        return msgspec.structs.replace(claim, **blank) if blank else claim

    def react(self, reading: Reading, via: str, first: str | None, now: datetime) -> Reaction:
        """A reading with its score; what matched nobody stays unscored. `first`: see copy_of."""
        post = reading.post
        told = Told(Sentiment(lang=post.lang), {}, [])
        if reading.matched:
            told = self._reactions.read(post, reading.about, reading.matches, reading.claims)
        source, copy_id = copy_of(first, post)
        return Reaction(
            post=post,
            via=via,
            about=reading.about,
            matches=reading.matches,
            sentiment=told.sentiment,
            toward=told.toward,
            kinds=told.kinds,
            claims=reading.claims,
            duplicate_of=copy_id,
            duplicate_source=source if source != post.source else None,
            scored_at=now,
        )


def _readable(post: Post) -> Post:
    if len(post.text) <= READ_CHARACTERS and len(post.before or "") <= READ_CHARACTERS:
        return post
    before = post.before and post.before[:READ_CHARACTERS]
    return msgspec.structs.replace(post, text=post.text[:READ_CHARACTERS], before=before)


@dataclass
class Run:
    """One offline run (analyze, backtest): the indexes are what the run has seen."""

    readers: Readers
    threads: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[bytes, str] = field(default_factory=dict)
    bios: dict[str, str] = field(default_factory=dict)

    def change_of(self, post: Post) -> Post | None:
        """A post as the pipeline would take it: a profile with the text before, none that says the same."""
        if post.kind != "profile" or post.deleted:
            return post
        return change_of(post, self.bios.get(post_key(post.source, post.id)), polled=False)

    def react(self, post: Post, via: str, now: datetime) -> Reaction:
        matches = self.readers.match(post)
        reading = self.readers.reading(post, matches, self.readers.claim(post, matches), self.threads)
        key = post_key(post.source, post.id)
        if post.kind == "profile" and (reading.matched or key in self.bios):
            self.bios[key] = post.text
        if not reading.matched:
            return self.readers.react(reading, via, None, now)
        if reading.about:
            self.threads[key] = reading.about
        first = self.texts.setdefault(reading.text, key) if reading.text else None
        return self.readers.react(reading, via, first, now)


class Pipeline:
    """The one loop over batches. A store that is down makes it wait, and so every source behind it."""

    def __init__(
        self,
        readers: Readers,
        stream: Stream,
        telemetry: Telemetry,
        published: Callable[[str, Post], None] = lambda source, post: None,
    ) -> None:
        self._published = published
        self._readers = readers
        self._stream = stream
        self._telemetry = telemetry
        self._drops: set[tuple[str, str]] = set()

    async def run(self, inbox: Inbox) -> None:
        """Until the inbox is closed and empty."""
        while batch := await inbox.get():
            self._telemetry.queue_posts.set(len(inbox))
            try:
                await self._take(batch)
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
        for reaction, mark in zip(reactions, marks, strict=True):
            if mark == "a":
                self._published(batch.source, reaction.post)
        self._log_drops(batch)

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
        """One stage over a batch, with a pause for the loop wherever it has taken long enough."""
        begun = pause = time.perf_counter()
        done = []
        for item in items:
            done.append(work(item))
            if time.perf_counter() - pause > LONGEST_STRETCH:
                await asyncio.sleep(0)
                pause = time.perf_counter()
        self._telemetry.stage_seconds[stage].observe(time.perf_counter() - begun)
        return done

    async def _up(self, call: Callable[[], Awaitable[T]]) -> T:
        """Call the store until it answers: collection waits meanwhile, and nothing is dropped (G4)."""
        delay = 0.05
        while True:
            try:
                return await call()
            except StoreDown as error:
                self._telemetry.store_up.set(0)
                log.warning("the store does not take posts (%s); waiting", error.reason)
                await asyncio.sleep(delay)
                delay = min(delay * 2, 2.0)
