"""`monitor analyze`: Post JSON Lines to Reaction JSON Lines, on all cores where there is much to read.

Match, claim and score of a post need nobody else, so other processes may do them. Threads and copies
need what came before: they are looked up here, in order, and a post that has any is done again here.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import select
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence, Sized
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from multiprocessing.pool import Pool
from typing import BinaryIO, NamedTuple

from .errors import Malformed
from .identity import post_key
from .match.threads import references
from .model import MAX_POST_BYTES, decode_post, encode
from .readers import Readers, Run, readers_of
from .score.scorers import is_late
from .settings import Settings
from .watchlist import load

READ = 1 << 18
SLICE = 200
AHEAD = 16
WORTH_IT = 0.2
Line = bytes | None
Slices = Callable[[Sized], Iterator[list[Line]]]


class Draft(NamedTuple):
    """A line's answer as far as it needs no other line; `error` in place of it for what is no post."""

    out: bytes = b""
    error: str = ""
    key: str = ""
    refs: Sequence[str] = ()
    about: Sequence[str] = ()
    text: bytes = b""


_readers: Readers | None = None


def analyze(settings: Settings, source: BinaryIO, sink: BinaryIO) -> int:
    """One Reaction (or {"error", "line"}) a line, in order; 1 if any line was no post."""
    global _readers
    _readers = readers_of(settings, load(settings.watchlist))
    gc.freeze()
    gc.set_threshold(50_000)
    answers = _Answers(_readers, sink)
    cores = os.cpu_count() or 1
    slices = partial(_slices, source.fileno())
    # A late scorer's model may hold threads, which a fork would not take along.
    if cores < 2 or is_late(settings.sentiment.scorer) or sys.platform != "linux":
        for lines in slices(()):
            answers.write(lines, _draft(lines))
    else:
        with ExitStack() as opened:
            _on_all_cores(partial(_pool, opened, cores), slices, answers)
    return 1 if answers.wrong else 0


def _pool(opened: ExitStack, cores: int) -> Pool:
    return opened.enter_context(multiprocessing.get_context("fork").Pool(cores, _in_worker))


def _on_all_cores(open_pool: Callable[[], Pool], slices: Slices, answers: _Answers) -> None:
    """Slices in which many posts match go to other processes; the answers come back in order.

    A post that matches nobody costs less to read than to hand over.
    """
    pool: Pool | None = None
    pending: deque[tuple[list[Line], Callable[[], list[Draft]]]] = deque()
    for lines in slices(pending):
        if lines and answers.matching > WORTH_IT and len(lines) > SLICE // 4:
            pool = pool or open_pool()
            pending.append((lines, pool.apply_async(_draft, (lines,)).get))
        elif lines:
            pending.append((lines, partial(_draft, lines)))
        if pending and (not lines or len(pending) > AHEAD or answers.matching <= WORTH_IT):
            waiting, drafts = pending.popleft()
            answers.write(waiting, drafts())


def _in_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _draft(lines: Sequence[Line]) -> list[Draft]:
    now = datetime.now(UTC)
    return [_one(line, now) for line in lines]


def _one(line: Line, now: datetime) -> Draft:
    assert _readers is not None
    try:
        if line is None:
            raise Malformed("too_large", f"a post is at most {MAX_POST_BYTES} bytes")
        post = decode_post(line)
    except Malformed as error:
        return Draft(error=f"{error.reason}: {error}")
    matches = _readers.match(post)
    reading = _readers.reading(post, matches, _readers.claim(post, matches), {})
    out = encode(_readers.react(reading, "stdin", None, now))
    own = [post.id] if post.deleted else []
    refs = [post_key(post.source, id) for id in (*references(post), *own)]
    if not reading.matched:
        return Draft(out, refs=refs)
    return Draft(out, "", post_key(post.source, post.id), refs, reading.about, reading.text)


class _Answers:
    """Completes drafts with threads and copies, and writes them in order."""

    def __init__(self, readers: Readers, sink: BinaryIO) -> None:
        self._run = Run(readers)
        self._sink = sink
        self._number = 0
        self.wrong = 0
        self.matching = 0.0

    def write(self, lines: Sequence[Line], drafts: Sequence[Draft]) -> None:
        """`matching` is then the share of posts in the slice that are about somebody."""
        out = [self._answer(line, draft) for line, draft in zip(lines, drafts, strict=True)]
        self._sink.write(b"\n".join(out) + b"\n")
        self._sink.flush()
        self.matching = sum(bool(draft.key) for draft in drafts) / len(drafts)

    def _answer(self, line: Line, draft: Draft) -> bytes:
        self._number += 1
        if draft.error:
            self.wrong += 1
            return encode({"error": draft.error, "line": self._number})
        threads, texts = self._run.threads, self._run.texts
        copied = draft.text and texts.setdefault(draft.text, draft.key) != draft.key
        if copied or any(ref in threads for ref in draft.refs):
            assert line is not None
            return encode(self._run.react(decode_post(line), "stdin", datetime.now(UTC)))
        if draft.about:
            threads[draft.key] = list(draft.about)
        return draft.out


def _slices(source: int, pending: Sized) -> Iterator[list[Line]]:
    """The input in slices; an empty one each time that there is nothing to read while answers are due."""
    for lines in _chunks(source):
        for at in range(0, len(lines), SLICE):
            yield lines[at : at + SLICE]
        while pending and not select.select([source], [], [], 0)[0]:
            yield []
    while pending:
        yield []


def _chunks(source: int) -> Iterator[list[Line]]:
    """Whatever lines have come in, as soon as they are there; None for a line that is too long."""
    rest, skipping = b"", False
    while chunk := os.read(source, READ):
        first, *more = chunk.split(b"\n")
        if not more:
            if not skipping:
                rest += first
                skipping = len(rest) > MAX_POST_BYTES
                rest = b"" if skipping else rest
            continue
        lines: list[Line] = [None if skipping else rest + first, *more[:-1]]
        rest, skipping = more[-1], False
        yield lines
    if rest or skipping:
        yield [None if skipping else rest]
