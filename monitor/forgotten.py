"""Forgetting in the streams and their indexes: posts go, tombstones tell the readers and then go as well.

Whatever is called here may be called again: it goes on where an earlier run was cut off.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Literal

import msgspec

from .identity import post_key
from .indexes import key_digest
from .model import NOBODY, Post, Reaction, encode
from .stream import Entry, Stream, id_order

SWEPT_TTL = 2 * 86400
AT_ONCE = 200
# The server does nothing else while a stream is written anew: 10 to 17 us an entry.
MOST_COMPACTED = 30_000

Left = Reaction | Literal["keep", "gone"]


class Forgotten:
    """All partitions of one prefix, those of earlier settings too."""

    def __init__(self, stream: Stream, read: Callable[[int], None] = lambda entries: None) -> None:
        self.stream = stream
        self._read = read
        self._buckets: dict[str, dict[str, list[str]]] = {}

    async def look(self) -> None:
        """Find the partitions and the buckets of their indexes."""
        found: dict[str, dict[str, list[str]]] = {tag: {} for tag in self.stream.keys.tags()}
        start, cursor = f"{self.stream.keys.prefix}:{{", b"0"
        while True:
            cursor, names = await self.stream.store.call("SCAN", cursor, "MATCH", f"{start}p*", "COUNT", 1000)
            for name in names:
                tag, _, rest = name.decode("utf-8", "replace").removeprefix(start).partition("}:")
                index, _, bucket = rest.partition(":")
                if bucket.isdecimal():
                    full = f"{start}{tag}}}:{rest}"
                    found.setdefault(tag, {}).setdefault(index, []).append(full)
                elif index == "reactions":
                    found.setdefault(tag, {})
            if cursor == b"0":
                break
        for buckets in found.values():
            for index, full_names in buckets.items():
                # The newest first, and each once: SCAN may name a key twice.
                buckets[index] = sorted({*full_names}, key=_number, reverse=True)
        self._buckets = found

    @property
    def tags(self) -> list[str]:
        return sorted(self._buckets)

    async def entries(self, tag: str) -> AsyncIterator[list[Entry]]:
        """Everything in a partition's stream as it stands now, oldest first, in chunks of bounded size."""
        at, last = "0-0", await self.stream.last_id(tag)
        while id_order(at) < id_order(last) and (chunk := await self.stream.read(tag, at)):
            at = chunk[-1].id
            self._read(len(chunk))
            yield [one for one in chunk if id_order(one.id) <= id_order(last)]

    async def judged(
        self, tag: str, left_of: Callable[[Reaction], Left], by_newest: bool = False
    ) -> AsyncIterator[list[tuple[Entry, Left | Literal["old"]]]]:
        """What is to be left of each entry.

        `by_newest`: a post of which the newest revision stays is not gone; an older one of it that would be is
        "old". Without it every revision speaks for its post.
        """
        async for chunk in self.entries(tag):
            known = [one for one in chunk if one.reaction is not None and not _is_tombstone(one.reaction)]
            said = [(one, left_of(one.reaction)) for one in known if one.reaction]
            gone = [one for one, left in said if left == "gone"] if by_newest else []
            old = await self._outlived(tag, gone, left_of)
            yield [(one, "old" if one.id in old else left) for one, left in said]

    async def _outlived(
        self, tag: str, entries: Sequence[Entry], left_of: Callable[[Reaction], Left]
    ) -> set[str]:
        """Which of these entries, by their ids, have a newer revision that stays."""
        keys = {one.id: _key(one.reaction) for one in entries if one.reaction}
        places = await self.stream.places(sorted({*keys.values()}), [tag], most=1) if keys else {}
        newest = await self.stream.entries([place for found in places.values() for place in found])
        staying = {
            _key(one.reaction): one.id
            for one in newest
            if one.reaction and not one.reaction.post.deleted and left_of(one.reaction) != "gone"
        }
        return {id for id, key in keys.items() if staying.get(key, id) != id}

    async def change(
        self, tag: str, left_of: Callable[[Reaction], Left], by_newest: bool = False
    ) -> tuple[int, int]:
        """Take out or rewrite what a judge of reactions says; how many posts went, how many entries changed."""
        gone = changed = 0
        async for judged in self.judged(tag, left_of, by_newest):
            old = [one for one, left in judged if left == "old"]
            await self._rewrite(tag, [(one, None) for one in old])
            gone += await self.take_out(tag, [one for one, left in judged if left == "gone"])
            rewritten = [(one, left) for one, left in judged if isinstance(left, Reaction)]
            changed += await self._rewrite(tag, rewritten)
        return gone, changed

    async def take_out(self, tag: str, entries: Sequence[Entry], keys: Iterable[str] = ()) -> int:
        """Take out the posts of these entries, and such of which only the key is known; how many had one."""
        args: list[str | bytes] = []
        now = datetime.now(UTC)
        for entry in entries:
            assert entry.reaction is not None
            key = _key(entry.reaction)
            args += [key, entry.id, encode(_tombstone(key, entry.reaction.via, now))]
        for key in keys:
            args += [key, "", encode(_tombstone(key, key.partition("\x1f")[0], now))]
        gone = 0
        for n in range(0, len(args), 3 * AT_ONCE):
            gone += await self._take_out(tag, args[n : n + 3 * AT_ONCE])
        return gone

    async def _take_out(self, tag: str, args: Sequence[str | bytes]) -> int:
        stream, buckets = self.stream, self._buckets.get(tag, {})
        entries, threads = buckets.get("entries", []), buckets.get("threads", [])
        now = stream.keys.buckets(tag, "forgotten", time.time(), stream.retention).current
        keys = [stream.keys.reactions(tag), now, *entries, *threads]
        return int(
            await stream.store.run("forget", keys, [int(2 * stream.retention) + 60, len(entries), *args])
        )

    async def _rewrite(self, tag: str, judged: Sequence[tuple[Entry, Reaction | None]]) -> int:
        """Put these in the place of entries; one for which there is none only goes. How many were rewritten."""
        keys = [self.stream.keys.reactions(tag), *self._buckets[tag].get("entries", [])]
        done = 0
        for n in range(0, len(judged), AT_ONCE):
            args: list[str | bytes] = []
            for entry, left in judged[n : n + AT_ONCE]:
                assert entry.reaction is not None
                args += [_key(entry.reaction), entry.id, encode(left) if left else b""]
            done += int(await self.stream.store.run("rewrite", keys, args))
        return done

    async def sweep_references(self, tag: str) -> int:
        """Take the ids of forgotten posts out of what others say in answer to them; how many entries."""
        changed = 0
        async for chunk in self.entries(tag):
            asked = {key for one in chunk if one.reaction for key in references(one.reaction)}
            if not (gone := await self.stream.forgotten(sorted(asked))):
                continue
            judged = [
                (one, without_references(one.reaction, gone))
                for one in chunk
                if one.reaction and not _is_tombstone(one.reaction) and references(one.reaction) & gone
            ]
            changed += await self._rewrite(tag, judged)
        return changed

    async def sweep_tombstones(self, tag: str) -> None:
        """Take the tombstones out: an id may name its author."""
        note, stream = self.stream.keys.swept(tag), self.stream.keys.reactions(tag)
        async for chunk in self.entries(tag):
            stones = [
                (_key(one.reaction), one.id) for one in chunk if one.reaction and _is_tombstone(one.reaction)
            ]
            gone = await self.stream.forgotten([key for key, _ in stones])
            if ids := [id for key, id in stones if key in gone]:
                await self.stream.store.run("sweep", [stream, note], [SWEPT_TTL, *ids])

    async def compact(self, tag: str) -> None:
        """Take deleted entries out of the server's memory too, where the stream is not too long for that."""
        if await self.stream.length(tag) <= MOST_COMPACTED:
            keys = [self.stream.keys.reactions(tag), self.stream.keys.compacted(tag)]
            await self.stream.store.run("compact", keys, [], timeout=30)

    async def sweep_indexes(self, tag: str, people: Sequence[str] = ()) -> None:
        """Take forgotten posts, and people, out of the indexes of threads and of first texts."""
        for bucket in self._buckets[tag].get("texts", []):
            async for page in self._fields(bucket):
                gone = await self.stream.forgotten(sorted({key for _, key in page}))
                await self._unset(bucket, [field for field, key in page if key in gone])
        for bucket in self._buckets[tag].get("threads", []) if people else ():
            async for page in self._fields(bucket):
                for field, stored in page:
                    left = [one for one in stored.split(",") if one not in people]
                    if len(left) == len(stored.split(",")):
                        continue
                    if left:
                        await self.stream.store.call("HSET", bucket, field, ",".join(left))
                    else:
                        await self._unset(bucket, [field])

    async def unname(self, tag: str, is_one: Callable[[str, str], bool]) -> list[str]:
        """Take authors (platform, id) out of the index of authors; the keys of their posts."""
        keys: list[str] = []
        for bucket in self._buckets[tag].get("authors", []):
            async for page in self._fields(bucket):
                named = [(field, stored) for field, stored in page if is_one(*_author(field))]
                for _, stored in named:
                    known = stored.split("\x1e")
                    await self.take_out(tag, [], known)
                    keys += known
                await self._unset(bucket, [field for field, _ in named])
        return keys

    async def _fields(self, bucket: str) -> AsyncIterator[list[tuple[bytes, str]]]:
        cursor = b"0"
        while True:
            cursor, flat = await self.stream.store.call("HSCAN", bucket, cursor, "COUNT", 500)
            if flat:
                values = [value.decode("utf-8", "surrogatepass") for value in flat[1::2]]
                yield list(zip(flat[::2], values, strict=True))
            if cursor == b"0":
                return

    async def _unset(self, bucket: str, fields: Sequence[bytes]) -> None:
        if fields:
            await self.stream.store.call("HDEL", bucket, *fields)


def references(reaction: Reaction) -> set[str]:
    """The keys of the posts that a reaction points to."""
    post = reaction.post
    ids = (post.parent_id, post.root_id, post.quote_of, post.repost_of)
    found = {post_key(post.source, id) for id in ids if id}
    if reaction.duplicate_of:
        found.add(post_key(reaction.duplicate_source or post.source, reaction.duplicate_of))
    return found


def without_references(reaction: Reaction, gone: set[str]) -> Reaction:
    """The reaction without the ids of these posts; copies of one text stay copies of one."""
    post = reaction.post
    names = ("parent_id", "root_id", "quote_of", "repost_of")
    cut: dict[str, None] = {
        name: None for name in names if (id := getattr(post, name)) and post_key(post.source, id) in gone
    }
    post = msgspec.structs.replace(post, **cut)
    first = reaction.duplicate_of
    if first and (key := post_key(reaction.duplicate_source or post.source, first)) in gone:
        first = key_digest(key)
    matches = [
        msgspec.structs.replace(one, alias="")
        if one.rule == "thread" and post_key(post.source, one.alias) in gone
        else one
        for one in reaction.matches
    ]
    return msgspec.structs.replace(reaction, post=post, matches=matches, duplicate_of=first)


def _tombstone(key: str, via: str, now: datetime) -> Reaction:
    """What the readers need to let go of a post: nothing but which one it was."""
    source, _, id = key.partition("\x1f")
    post = Post(source=source, id=id, text="", created_at=now, deleted=True)
    return Reaction(post=post, via=via, scored_at=now)


def _is_tombstone(reaction: Reaction) -> bool:
    post = reaction.post
    return post.deleted and post.author == NOBODY and post.url is None and not reaction.matches


def _key(reaction: Reaction) -> str:
    return post_key(reaction.post.source, reaction.post.id)


def _author(field: bytes) -> tuple[str, str]:
    source, _, id = field.decode("utf-8", "surrogatepass").partition("\x1f")
    return source, id


def _number(bucket: str) -> int:
    return int(bucket.rpartition(":")[2])
