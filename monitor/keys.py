"""Every key of the store in one place, with who writes it, what bounds it, and its slot.

Keys with the same text in braces share one cluster slot, so that one script may write them together.

| key                              | type   | writer                 | bound                                  |
|----------------------------------|--------|------------------------|----------------------------------------|
| {pN}:reactions                   | stream | ingest.lua             | MINID: store.retention                 |
| {pN}:cursor:SOURCE               | hash   | claim, ingest, renew   | one a configured source                |
| {pN}:seen:BUCKET                 | set    | ingest.lua             | two buckets, TTL                       |
| {pN}:threads:BUCKET              | hash   | ingest.lua             | two buckets of thread_window, TTL      |
| {pN}:texts:BUCKET                | hash   | ingest.lua             | two buckets of thread_window, TTL      |
| {pN}:entries:BUCKET              | hash   | ingest.lua             | two buckets of store.retention, TTL    |
| {pN}:authors:BUCKET              | hash   | ingest.lua             | two buckets of store.retention, TTL    |
| {pN}:forgotten:BUCKET            | set    | forget.lua             | two buckets of store.retention, TTL    |
| {pN}:swept                       | string | sweep.lua              | TTL of two days                        |
| {pN}:compacted                   | stream | compact.lua            | within one step                        |
| {cases}:case:ID                  | hash   | transition.lua         | one a case, cases.retention            |
| {cases}:index                    | zset   | transition.lua         | one entry a case                       |
| {cases}:reader:pN                | hash   | transition.lua         | one a partition                        |
| {cases}:alerts                   | stream | transition, outbox     | trim: a year, never past an open one   |
| {cases}:delivery:ID              | hash   | transition, outbox     | TTL once sent, else with its alert     |
| {cases}:due:ENDPOINT             | zset   | transition, outbox     | open deliveries only                   |
| {cases}:endpoints                | zset   | transition, outbox     | a week after an endpoint was last seen |
| {cases}:disabled                 | hash   | settle, enable         | one an endpoint that answered 410      |
| {cases}:announced:ID             | string | announce, settle       | TTL of 32 days                         |
| {cases}:digests                  | hash   | mark.lua               | one an endpoint that has a digest      |
| {cases}:blind                    | hash   | tell_blindness         | one a source that is out of sight      |
| {cases}:probe                    | string | watch_streams          | TTL of a minute                        |
| {cases}:dead                     | zset   | outbox                 | until replayed, else with its alert    |
| {cases}:amended                  | stream | amend.lua              | within one step                        |
| {cases}:version:DIGEST           | string | drop.lua               | TTL of two years                       |
| {cases}:forgetting:DIGEST        | string | forget                 | TTL of a day, gone when it is done     |
| {cases}:optout                   | string | forget                 | one digest                             |

Within a field: at most 1,500 bytes of entry ids a post, 100 kB of post keys an author and bucket.
outbox: the scripts lease, settle, takeback, hasten, queue, announce, abandon, overtaken and trim of consume/notify.
What is forgotten goes by forget, rewrite, sweep, compact, amend and drop.lua.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import NamedTuple


class Buckets(NamedTuple):
    """The bucket that is written now and the one before it; an index lives in these two."""

    current: str
    previous: str


class Keys:
    """The keys under one prefix."""

    def __init__(self, prefix: str, partitions: int = 1) -> None:
        self.prefix = prefix
        self.partitions = partitions
        self.cases = f"{prefix}:{{cases}}"
        self.alerts = f"{self.cases}:alerts"
        self.case_index = f"{self.cases}:index"
        self.dead = f"{self.cases}:dead"
        self.disabled = f"{self.cases}:disabled"
        self.endpoints = f"{self.cases}:endpoints"
        self.digests = f"{self.cases}:digests"
        self.blind = f"{self.cases}:blind"
        self.probe = f"{self.cases}:probe"
        self.amended = f"{self.cases}:amended"
        self.optout = f"{self.cases}:optout"

    def tag(self, source: str) -> str:
        """The partition that a configured source belongs to."""
        return f"p{zlib.crc32(source.encode()) % self.partitions}"

    def tags(self) -> list[str]:
        return [f"p{number}" for number in range(self.partitions)]

    def reactions(self, tag: str) -> str:
        return f"{self.prefix}:{{{tag}}}:reactions"

    def cursor(self, source: str) -> str:
        return f"{self.prefix}:{{{self.tag(source)}}}:cursor:{source}"

    def buckets(self, tag: str, index: str, now: float, span: float) -> Buckets:
        """The two rotating buckets of an index (seen, threads, texts, entries ...), each of `span` seconds."""
        number = int(now // span)
        base = f"{self.prefix}:{{{tag}}}:{index}"
        return Buckets(f"{base}:{number}", f"{base}:{number - 1}")

    def swept(self, tag: str) -> str:
        return f"{self.prefix}:{{{tag}}}:swept"

    def compacted(self, tag: str) -> str:
        return f"{self.prefix}:{{{tag}}}:compacted"

    def forgetting(self, digest: str) -> str:
        return f"{self.cases}:forgetting:{digest}"

    def version(self, id: str) -> str:
        """Where the last version of a case that is gone is kept, by a digest of its id, which may name the person."""
        digest = hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return f"{self.cases}:version:{digest}"

    def case(self, id: str) -> str:
        return f"{self.cases}:case:{id}"

    def case_reader(self, tag: str) -> str:
        return f"{self.cases}:reader:{tag}"

    def delivery(self, id: str) -> str:
        return f"{self.cases}:delivery:{id}"

    def due(self, endpoint: str) -> str:
        return f"{self.cases}:due:{endpoint}"

    def announced(self, id: str) -> str:
        return f"{self.cases}:announced:{id}"
