"""Scores that come late: reactions wait here, bounded, for a scorer that the stream does not wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

import msgspec
from prometheus_client import CollectorRegistry, Counter

from .identity import post_key
from .model import Reaction, Sentiment
from .revision import late_of
from .stream import Hold

ROOM = 2000  # reactions that wait, are read or are on their way into the store
MOST_CHARACTERS = 8_000_000  # of their posts
MOST_TEXTS = 16  # in a batch
# stored: the reaction was updated; given_up: too many waited, or the source was lost; stale: edited or deleted
# meanwhile; failed: the scorer gave no answer; unscored: it does not read the text, so the first score stands.
OUTCOMES = ("stored", "given_up", "stale", "failed", "unscored")
Text = tuple[str, str | None]
Key = tuple[str, str]


class Late(NamedTuple):
    """A reaction as it was published, and with the late score."""

    source: str
    first: Reaction
    update: Reaction


class Rereads(Protocol):
    """What makes a reaction anew with other scores; readers.Readers does."""

    def asks(self, reaction: Reaction) -> list[Text]: ...

    def rescored(
        self, reaction: Reaction, scores: Mapping[Text, Sentiment], now: datetime
    ) -> Reaction | None: ...


class Scores(Protocol):
    """A process that scores: score.workers.Worker."""

    async def score(self, texts: Sequence[Text]) -> list[Sentiment] | None: ...

    async def close(self) -> None: ...


class LateScores:
    """Takes what was published, and hands on updates. What is not read when the service ends keeps its first score."""

    def __init__(
        self,
        workers: Sequence[Scores],
        readers: Rereads,
        hand_on: Callable[[str, Hold, list[Late]], None],
        registry: CollectorRegistry,
        room: int = ROOM,
    ) -> None:
        self._workers, self._readers, self._hand_on, self._room = workers, readers, hand_on, room
        help = "Reactions whose score was to come late."
        counter = Counter("monitor_late_scores_total", help, ["outcome"], registry=registry)
        self.outcomes = {outcome: counter.labels(outcome) for outcome in OUTCOMES}
        self._holds: dict[str, Hold] = {}
        self._newest: dict[Key, Reaction] = {}  # by source and post, until its update is stored or given up
        self._waiting: dict[Key, Reaction] = {}  # of these, what nobody reads yet, oldest first
        self._characters = 0
        self._news = asyncio.Event()

    @property
    def pending(self) -> int:
        """How many reactions wait, are read, or are on their way into the store."""
        return len(self._newest)

    def take(self, source: str, hold: Hold, reactions: Sequence[Reaction], marks: str) -> None:
        """Reactions as they were stored; `marks` is what the store did with each."""
        self._holds[source] = hold
        for reaction, mark in zip(reactions, marks, strict=True):
            if mark != "a":
                continue
            key = _key(source, reaction)
            if key in self._newest:
                self._drop(key, "stale")
            if not reaction.post.deleted and (reaction.about or reaction.claims):
                self._newest[key] = self._waiting[key] = reaction
                self._characters += len(reaction.post.text)
        while self._waiting and (len(self._newest) > self._room or self._characters > MOST_CHARACTERS):
            self._drop(next(iter(self._waiting)), "given_up")
        self._news.set()

    def stands(self, late: Late) -> bool:
        """Is the reaction still what was last said of its post? To be asked right before it is stored."""
        return self._newest.get(_key(late.source, late.first)) is late.first

    def settle(self, late: Late, outcome: str) -> None:
        """What became of an update that was handed on; one that no longer stands was counted then."""
        if self.stands(late):
            self._drop(_key(late.source, late.first), outcome)

    async def run(self) -> None:
        """Until it is cancelled; the processes end with it."""
        try:
            async with asyncio.TaskGroup() as group:
                for worker in self._workers:
                    group.create_task(self._read(worker), name="late scores")
        finally:
            for worker in self._workers:
                await worker.close()

    async def _read(self, worker: Scores) -> None:
        while True:
            while not self._waiting:
                self._news.clear()
                await self._news.wait()
            batch = [(key, self._waiting.pop(key)) for key in list(self._waiting)[:MOST_TEXTS]]
            scores = await self._scored(worker, batch)
            if scores is not None or len(batch) == 1:
                self._hand(batch, scores)
                continue
            for one in batch:  # One of them may have been too much for it.
                self._hand([one], await self._scored(worker, [one]))

    async def _scored(
        self, worker: Scores, batch: Sequence[tuple[Key, Reaction]]
    ) -> dict[Text, Sentiment] | None:
        asked = [self._readers.asks(reaction) for _, reaction in batch]
        texts = list(dict.fromkeys(text for one in asked for text in one))
        found = await worker.score(texts)
        return None if found is None else dict(zip(texts, found, strict=True))

    def _hand(self, batch: Sequence[tuple[Key, Reaction]], scores: dict[Text, Sentiment] | None) -> None:
        made: dict[str, list[Late]] = {}
        for key, first in batch:
            if self._newest.get(key) is not first:
                continue
            update = None if scores is None else self._readers.rescored(first, scores, datetime.now(UTC))
            if update is None:
                self._drop(key, "failed" if scores is None else "unscored")
            else:
                made.setdefault(key[0], []).append(Late(key[0], first, _as_update(update)))
        for source, updates in made.items():
            self._hand_on(source, self._holds[source], updates)

    def _drop(self, key: Key, outcome: str) -> None:
        reaction = self._newest.pop(key)
        self._waiting.pop(key, None)
        self._characters -= len(reaction.post.text)
        self.outcomes[outcome].inc()


def _as_update(reaction: Reaction) -> Reaction:
    """With a revision by which whoever reads the stream sees that it stands in the first one's place."""
    post = msgspec.structs.replace(reaction.post, revision=late_of(reaction.post.revision))
    return msgspec.structs.replace(reaction, post=post)


def _key(source: str, reaction: Reaction) -> Key:
    return source, post_key(reaction.post.source, reaction.post.id)
