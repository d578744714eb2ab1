"""What it costs to read one post: microseconds of CPU for whom it is about, and for what it claims.

    python -m tests.bench.reading

Three kinds: posts that name somebody, as a stream has them (texts.py), texts with words of departure, and articles.
Each post is read a few times and its quickest counts, so that a busy machine disturbs little.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from monitor import watchlist
from monitor.detect.claims import ClaimReader
from monitor.labels import labelled_post, read_file
from monitor.match.names import Matcher
from monitor.model import Post, decode_post
from tests.bench import texts

LABELLED = Path(__file__).parent.parent / "detect" / "data"
ROUNDS = 3


def main() -> None:
    """Prints a row for each kind and each of the two readers."""
    stream = [decode_post(line) for line in texts.about_people(4000)]
    kinds = [("matching posts", texts.WATCHLIST, stream)]
    for name, file in (("cue texts", "train.jsonl"), ("articles", "articles_train.jsonl")):
        posts = [labelled_post(record) for record in read_file(LABELLED / file)]
        kinds.append((name, LABELLED / "watchlist.yaml", posts))
    print(f"{'us a post':<16}{'reader':<8}{'mean':>9}{'p50':>9}{'p95':>9}{'max':>9}")
    for name, people, posts in kinds:
        for reader, taken in measured(str(people), posts).items():
            print(f"{name:<16}{reader:<8}" + "".join(f"{figure:>9.1f}" for figure in figures(taken)))
    print(f"\nPython {sys.version.split()[0]}")


def measured(people: str, posts: Sequence[Post]) -> dict[str, list[float]]:
    """Microseconds by reader, for each post."""
    watched = watchlist.load(people)
    matcher, reader = Matcher(watched), ClaimReader(watched)
    matches = [matcher.find(post) for post in posts]
    gc.freeze()
    return {
        "about": quickest(matcher.find, [(post,) for post in posts]),
        "claims": quickest(reader.read, list(zip(posts, matches, strict=True))),
    }


def quickest(read: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> list[float]:
    """Microseconds of CPU of each call, the best of a few rounds."""
    best = [float("inf")] * len(calls)
    for _ in range(ROUNDS):
        for at, call in enumerate(calls):
            begun = time.thread_time_ns()
            read(*call)
            best[at] = min(best[at], (time.thread_time_ns() - begun) / 1000)
    return best


def figures(taken: Sequence[float]) -> tuple[float, float, float, float]:
    """Mean, median, 95th percentile, maximum."""
    ranked = sorted(taken)
    return sum(ranked) / len(ranked), ranked[len(ranked) // 2], ranked[int(len(ranked) * 0.95)], ranked[-1]


if __name__ == "__main__":
    main()
