"""The one module that speaks Redis streams: a source's batches in, reactions out (G1, G2, G5, G6)."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

from .errors import Fenced, ReplyError
from .identity import post_key
from .indexes import Indexes
from .model import Post, Reaction, encode
from .revision import bare, supersedes
from .sight import Sight, shown
from .store import Store

LEASE_MS = 10_000
BLOCK_MS = 500
FIRST_CHUNK = 16
MOST_ENTRIES = 500
MOST_BYTES = 8_000_000
_reaction = msgspec.json.Decoder(Reaction)
_sight_decoder = msgspec.json.Decoder(Sight)


@dataclass(slots=True, eq=False)
class Hold:
    """A source that this process has claimed: its fence, the last step's number, and the cursor.

    `sight` is what its last reader wrote down, `alive` until when there was one; `gone` is set when it is
    ours no longer.
    """

    source: str
    epoch: int
    seq: int
    cursor: str | None
    sight: Sight = field(default_factory=Sight)
    alive: datetime | None = None
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def lost(self) -> bool:
        return self.gone.is_set()


class Entry(NamedTuple):
    """One reaction as it lies in a stream, and its bytes; None where it was trimmed or cannot be read."""

    id: str
    reaction: Reaction | None
    size: int = 0


def digest(post: Post, late: str = "") -> bytes:
    """Sixteen bytes that are the same for the same post, revision and state; `late`: who scored it once more."""
    state = "deleted" if post.deleted else f"late {late}" if late else ""
    text = "\0".join((post.source, post.id, post.revision, state))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def id_ms(id: str) -> int:
    """The milliseconds in a stream id."""
    return int(id.partition("-")[0])


def id_order(id: str) -> tuple[int, int]:
    """A stream id as something that compares."""
    ms, _, number = id.partition("-")
    return int(ms), int(number or 0)


class Stream(Indexes):
    """Reactions in and out of the store, and what its indexes know of posts."""

    _chunk = FIRST_CHUNK

    async def claim(self, source: str, owner: str) -> Hold | float:
        """Take a source; or the seconds after which to ask again, when another process reads it."""
        reply = await self.store.run("claim", [self.keys.cursor(source)], [owner, LEASE_MS])
        if reply[0] == b"HELD":
            return float(reply[1]) / 1000
        cursor = reply[3].decode() or None
        return Hold(source, int(reply[1]), int(reply[2]), cursor, _sight(reply[4]), _instant(reply[5]))

    async def renew(self, hold: Hold, lease_ms: int = LEASE_MS, sight: Sight | None = None) -> None:
        """Keep the lease of a quiet source, or give it up with 0; sets hold.gone if it is no longer ours.

        `sight` is written down with it.
        """
        args = [hold.epoch, lease_ms, encode(sight) if sight else ""]
        if not await self.store.run("renew", [self.keys.cursor(hold.source)], args):
            hold.gone.set()

    async def sights(self, names: Sequence[str]) -> dict[str, Sight]:
        """What is seen of each of these configured sources, whichever process reads it."""
        fields = ("sight", "lease", "at", "total")
        look = [["HMGET", self.keys.cursor(name), *fields] for name in names]
        *rows, (seconds, micros) = await self.store.many([*look, ["TIME"]])
        now = datetime.fromtimestamp(int(seconds) + int(micros) / 1e6, UTC)  # leases are by the store's clock
        found = {}
        for name, (stored, lease, at, total) in zip(names, rows, strict=True):
            one = msgspec.structs.replace(_sight(stored), last_at=_instant(at), stored=int(total or 0))
            found[name] = shown(one, _instant(lease), now)
        return found

    def step(
        self, hold: Hold, reactions: Sequence[Reaction], cursor: str | None, texts: Sequence[bytes] = ()
    ) -> Step:
        """A batch made ready: sent again as it is until its outcome is known.

        Without `texts` the reactions are late scores of posts that are stored already.
        """
        now = time.time()
        tag = self.keys.tag(hold.source)
        seen, before = self.keys.buckets(tag, "seen", now, self.retention)
        entries = self.keys.buckets(tag, "entries", now, self.retention)
        keys = [
            self.keys.reactions(tag),
            self.keys.cursor(hold.source),
            seen,
            before,
            self.keys.buckets(tag, "threads", now, self.thread_window).current,
            self.keys.buckets(tag, "texts", now, self.thread_window).current,
            *entries,
            self.keys.buckets(tag, "authors", now, self.retention).current,
            *self.keys.buckets(tag, "forgotten", now, self.retention),
        ]
        oldest = f"{max(0, int((now - self.retention) * 1000))}-0"
        head: list[Any] = [hold.epoch, hold.seq + 1, secrets.token_hex(8), cursor or "", LEASE_MS, oldest]
        head += [int(2 * self.retention) + 60, int(2 * self.thread_window) + 60]
        nothing: list[bytes | None] = [None] * len(reactions)
        for reaction, text in zip(reactions, texts or nothing, strict=True):
            head += self._fields(reaction, text)
        return Step(self.store, hold, keys, head, cursor)

    def _fields(self, reaction: Reaction, text: bytes | None) -> list[Any]:
        post = reaction.post
        if text is None:
            key = post_key(post.source, post.id)
            return ["late", digest(post, reaction.sentiment.scorer), encode(reaction), key, "", b"", ""]
        op = "delete" if post.deleted else "profile" if post.kind == "profile" else "add"
        people = ",".join(reaction.about)
        author = post_key(post.source, post.author.id) if post.author.id else ""
        return [op, digest(post), encode(reaction), post_key(post.source, post.id), people, text, author]

    async def last_texts(self, source: str, keys: Sequence[str]) -> dict[str, str]:
        """Post keys to the text of their newest entry in the stream of a source; none for a deleted post."""
        places = await self.places(keys, [self.keys.tag(source)], most=1)
        entries = await self.entries([place for found in places.values() for place in found])
        last = zip(places, (entry.reaction for entry in entries), strict=True)
        return {key: one.post.text for key, one in last if one and not one.post.deleted}

    async def superseded(self, tag: str, entry: Entry) -> bool:
        """Does the stream hold a newer revision of an entry's post, or its delete, or was it forgotten?"""
        assert entry.reaction is not None
        post = entry.reaction.post
        key = post_key(post.source, post.id)
        if not post.deleted and post.kind != "profile" and await self.forgotten([key]):
            return True
        places = (await self.places([key], [tag])).get(key, [])
        others = [one.reaction for one in await self.entries([p for p in places if p[1] != entry.id])]
        return not post.deleted and any(_replaces(other.post, post) for other in others if other)

    async def entries(self, places: Sequence[tuple[str, str]]) -> list[Entry]:
        """The entries at these places (partition and id); one that is gone says nothing."""
        rows = await self.store.many([["XRANGE", self.keys.reactions(tag), id, id] for tag, id in places])
        found = zip(rows, places, strict=True)
        return [_entry(row[0]) if row else Entry(id, None) for row, (_, id) in found]

    async def back(self, tag: str, first: str, last: str, count: int) -> list[Entry]:
        """Up to `count` entries from one bound back to another, newest first; bounds as XREVRANGE takes them."""
        rows = await self.store.call("XREVRANGE", self.keys.reactions(tag), first, last, "COUNT", count)
        return [_entry(row) for row in rows]

    async def read(
        self, tag: str, after: str, *, count: int | None = None, block_ms: int | None = None
    ) -> list[Entry]:
        """Up to `count` entries after an id; waits up to block_ms for the first one.

        Without a count it begins with few and goes on with what makes MOST_BYTES.
        """
        count = count or self._chunk
        wait: list[Any] = ["BLOCK", block_ms] if block_ms else []
        timeout = 5 + (block_ms or 0) / 1000
        command: list[Any] = ["XREAD", "COUNT", count, *wait, "STREAMS", self.keys.reactions(tag), after]
        rows = await self.store.call(*command, timeout=timeout)
        if not rows:
            return []
        entries = [_entry(row) for row in rows[0][1]]
        self._chunk = next_chunk(entries, count, MOST_BYTES)
        return entries

    async def last_id(self, tag: str) -> str:
        """The id of the newest entry that the stream has ever held ("0-0" when there is none)."""
        try:
            info = await self.store.call("XINFO", "STREAM", self.keys.reactions(tag))
        except ReplyError:
            return "0-0"
        pairs = dict(zip(info[::2], info[1::2], strict=True)) if isinstance(info, list) else info
        return str(pairs[b"last-generated-id"].decode())

    async def resume_at(self, tag: str, checkpoint: str) -> str:
        """A checkpoint, or the stream's end where the stream was rolled back behind it (G6)."""
        last = await self.last_id(tag)
        return min(checkpoint, last, key=id_order)

    async def length(self, tag: str) -> int:
        return int(await self.store.call("XLEN", self.keys.reactions(tag)))

    async def pending(self, tag: str, after: str) -> int:
        """How many entries stand behind a position, counted up to 10,000."""
        return int(await self.store.run("pending", [self.keys.reactions(tag)], [after]))

    async def probe(self) -> None:
        """Write something small: a store that is full or read-only answers every question, too."""
        await self.store.call("SET", self.keys.probe, int(time.time()), "EX", 60)

    async def alerts_length(self) -> int:
        return int(await self.store.call("XLEN", self.keys.alerts))


class Step:
    """One batch on its way into the store. send() may be called until it returns."""

    def __init__(
        self, store: Store, hold: Hold, keys: list[str], args: list[Any], cursor: str | None
    ) -> None:
        self._store, self._hold, self._keys, self._args, self._cursor = store, hold, keys, args, cursor

    async def send(self) -> str:
        """Apply the step once; a letter for each reaction: a added, d duplicate, u unknown delete.

        Raises StoreDown (outcome unknown: send again) or Fenced (claim again).
        """
        try:
            reply = await self._store.run("ingest", self._keys, self._args)
        except ReplyError as error:
            if error.code in ("FENCED", "SEQGAP", "SEQCLASH"):
                self._hold.gone.set()
                raise Fenced(str(error)) from error
            raise
        self._hold.seq += 1
        self._hold.cursor = self._cursor
        return str(reply[1].decode())


def _sight(stored: bytes | None) -> Sight:
    try:
        return _sight_decoder.decode(stored) if stored else Sight()
    except msgspec.MsgspecError:
        return Sight()  # Another version's words are no reason not to start.


def _instant(ms: bytes | None) -> datetime | None:
    return datetime.fromtimestamp(float(ms) / 1000, UTC) if ms else None


def _replaces(other: Post, post: Post) -> bool:
    """Is another entry of the same post its delete, or a newer revision? No late score is: it has the same words."""
    newer = bare(other.revision) != bare(post.revision) and supersedes(other.revision, post.revision)
    return other.deleted or newer


def next_chunk(entries: Sequence[Entry], count: int, most_bytes: int) -> int:
    """How many to read after `count` were asked for: few where entries are large, else twice as many."""
    size = sum(entry.size for entry in entries) // len(entries)
    return max(1, min(MOST_ENTRIES, 2 * count, most_bytes // max(1, size)))


def _entry(row: Any) -> Entry:
    id, fields = row[0].decode(), row[1] or ()
    data = dict(zip(fields[::2], fields[1::2], strict=True)).get(b"d", b"")
    try:
        return Entry(id, _reaction.decode(data), len(data))
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return Entry(id, None, len(data))
