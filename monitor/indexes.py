"""What the store knows of posts by their keys: people, first texts, entries, authors. ingest.lua writes it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Sequence
from typing import Any

from .identity import post_key
from .keys import Keys
from .store import Store


def key_digest(key: str) -> str:
    """What is kept of the key of a forgotten post; the scripts make the same of it."""
    return hashlib.sha1(key.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


class Indexes:
    """Look-ups in the rotating buckets of all partitions. All spans are in seconds."""

    def __init__(self, store: Store, keys: Keys, *, retention: float, thread_window: float) -> None:
        self.store = store
        self.keys = keys
        self.retention = retention
        self.thread_window = thread_window

    async def about(self, refs: Sequence[str]) -> dict[str, list[str]]:
        """Post keys to the people that those posts are about, where the thread index has them."""
        found = await self._look_up("threads", self.thread_window, refs)
        return {ref: people.decode().split(",") for ref, people in found.items()}

    async def first_of(self, texts: Sequence[bytes]) -> dict[bytes, str]:
        """Text digests to the key of the first post with that text."""
        found = await self._look_up("texts", self.thread_window, texts)
        return {text: key.decode() for text, key in found.items()}

    async def known(self, source: str, keys: Sequence[str]) -> set[str]:
        """Which of these posts have an entry in the stream of a source."""
        return set(await self._look_up("entries", self.retention, keys, [self.keys.tag(source)]))

    async def of_authors(
        self, source: str, authors: Sequence[tuple[str, str]]
    ) -> dict[tuple[str, str], list[str]]:
        """Authors (platform, id) to the ids of their posts that a source has brought into the stream."""
        names = [post_key(*author) for author in authors]
        found: dict[tuple[str, str], list[str]] = {}
        for bucket in self._both("authors", self.retention, [self.keys.tag(source)]) if names else ():
            for author, keys in zip(authors, await self.store.call("HMGET", bucket, *names), strict=True):
                ids = [key.partition("\x1f")[2] for key in keys.decode().split("\x1e")] if keys else []
                found.setdefault(author, []).extend(ids)
        return {author: list(dict.fromkeys(ids)) for author, ids in found.items()}

    async def places(
        self, keys: Sequence[str], tags: Sequence[str] | None = None, most: int = 0
    ) -> dict[str, list[tuple[str, str]]]:
        """Post keys to the partition and id of their entries, oldest first in each partition.

        `most`: no more than so many of each, the newest; 0: all.
        """
        found: dict[str, list[tuple[str, str]]] = {}
        for tag in tags or self.keys.tags():
            for key, ids in (await self._look_up("entries", self.retention, keys, [tag])).items():
                kept = ids.decode().removeprefix("! ").split()[-most:]
                found.setdefault(key, []).extend((tag, id) for id in kept)
        return found

    async def forgotten(self, keys: Sequence[str]) -> set[str]:
        """Which of these posts were forgotten: only digests of their keys are kept."""
        names = [key_digest(key) for key in keys]
        buckets = self._both("forgotten", self.retention, self.keys.tags()) if names else []
        rows = await self.store.many([["SMISMEMBER", bucket, *names] for bucket in buckets])
        return {key for row in rows for key, is_one in zip(keys, row, strict=True) if is_one}

    async def swept(self, tag: str) -> str:
        """The newest entry that was taken out of a partition without a trace ("0-0" when there is none).

        Whoever has read up to an older one may still know what was forgotten, and must begin anew.
        """
        id = await self.store.call("GET", self.keys.swept(tag))
        return id.decode() if id else "0-0"

    async def _look_up(
        self, index: str, span: float, fields: Sequence[Any], tags: Iterable[str] | None = None
    ) -> dict[Any, bytes]:
        if not fields:
            return {}
        buckets = self._both(index, span, tags or self.keys.tags())
        rows = await self.store.many([["HMGET", bucket, *fields] for bucket in buckets])
        found: dict[Any, bytes] = {}
        for row in rows:
            for name, value in zip(fields, row, strict=True):
                if value is not None:
                    found.setdefault(name, value)
        return found

    def _both(self, index: str, span: float, tags: Iterable[str]) -> list[str]:
        """The two buckets of an index in each of these partitions."""
        now = time.time()
        return [bucket for tag in tags for bucket in self.keys.buckets(tag, index, now, span)]
