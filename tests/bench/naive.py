"""What a user would write in an evening: the yardstick of the benchmark.

    python -m tests.bench.naive REDIS_URL < posts.jsonl

One regex a person, VADER, one awaited XADD a post. No errors, duplicates, restarts, claims, Chinese scores or threads.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys

import redis.asyncio as redis
import yaml
from prometheus_client import Counter, Histogram
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from tests.bench.texts import WATCHLIST

POSTS = Counter("naive_posts", "Posts read.", ["source"])
REACTIONS = Counter("naive_reactions", "Reactions.", ["person", "label"])
SENTIMENT = Histogram("naive_sentiment", "Compound score.", ["person"], buckets=[-0.5, -0.05, 0.05, 0.5, 1])


def patterns() -> dict[str, re.Pattern[str]]:
    """One regex a person, of names and handles; the short names only where they stand alone."""
    people = yaml.safe_load(WATCHLIST.read_text(encoding="utf-8"))["people"]
    found = {}
    for person in people:
        names = [person["name"], *person.get("names", []), *person.get("short_names", [])]
        names += person.get("handles", {}).values()
        found[person["id"]] = re.compile(
            "|".join(rf"\b{re.escape(n)}\b" if n.isascii() else n for n in names), re.I
        )
    return found


def scored(scorer: SentimentIntensityAnalyzer, text: str) -> tuple[float, str]:
    """VADER's word on a text, whatever its language."""
    compound = scorer.polarity_scores(text)["compound"]
    return compound, "positive" if compound >= 0.05 else "negative" if compound <= -0.05 else "neutral"


async def main(url: str) -> None:
    """Reads all posts of stdin and writes those that match to a stream."""
    store, scorer, people = redis.from_url(url), SentimentIntensityAnalyzer(), patterns()
    count = matched = 0
    for line in sys.stdin:
        post = json.loads(line)
        count += 1
        POSTS.labels(post["source"]).inc()
        about = [person for person, pattern in people.items() if pattern.search(post["text"])]
        if not about:
            continue
        matched += 1
        compound, label = scored(scorer, post["text"])
        for person in about:
            REACTIONS.labels(person, label).inc()
            SENTIMENT.labels(person).observe(compound)
        reaction = json.dumps({"post": post, "about": about, "compound": compound, "label": label})
        await store.xadd("naive:reactions", {"d": reaction}, maxlen=50_000, approximate=True)
    await store.aclose()
    print(f"{count} posts, {matched} matched")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
