"""Writes seeds/invented.jsonl: kind reactions by invented accounts, for the demo and for tests.

    python seeds/invent.py [FILE]

No text states a fact about anybody or says that somebody goes; tests/test_invented.py holds it to that.
The same seed gives the same bytes.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sentences as say

HERE = Path(__file__).parent
SEED = 20260303
POSTS, REPLIES, ANSWERS, COPIES = 400, 24, 34, 9
BEFORE = 62  # posts before the announcement
START = datetime(2026, 3, 2, 18, 10, tzinfo=UTC)
ANNOUNCED = datetime(2026, 3, 3, 16, 30, tzinfo=UTC)
STOP = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)


class Deck:
    """Deals its cards in random order, all of them before any comes again."""

    def __init__(self, rng: random.Random, cards: list[str]) -> None:
        self._rng, self._cards, self._left = rng, cards, list[str]()

    def deal(self) -> str:
        """The next card."""
        if not self._left:
            self._left = self._rng.sample(self._cards, len(self._cards))
        return self._left.pop()


class Writer:
    """Writes texts of one language, never the same one twice."""

    def __init__(self, rng: random.Random, lang: str) -> None:
        self._rng, self._lang = rng, lang
        self._posts = Deck(
            rng, [f"{who}\t{line}" for who, lines in say.POSTS[lang].items() for line in lines]
        )
        self._replies = Deck(rng, say.REPLIES[lang])
        self._answers = Deck(rng, say.ANSWERS[lang])
        self._slots = {slot: Deck(rng, cards) for slot, cards in say.SLOTS[lang].items()}
        self._written: set[str] = set()

    def post(self) -> str:
        """A text that names whom it is about."""
        return self._new(self._draw_post)

    def reply(self) -> str:
        """A text that stands under the announcement."""
        return self._new(lambda: self._filled(self._replies.deal(), "lin"))

    def answer(self) -> str:
        """A text that stands under another invented one and names nobody; it may come twice."""
        return self._filled(self._answers.deal(), "lin")

    def _new(self, draw: Callable[[], str]) -> str:
        while (text := draw()) in self._written:
            pass
        self._written.add(text)
        return text

    def _draw_post(self) -> str:
        person, line = self._posts.deal().split("\t")
        if person == "any":
            person = self._rng.choices(("lin", "hui", "yu"), (5, 2, 2))[0]
        text = self._filled(line, person)
        if self._chance(0.22):
            text = self._joined(text, self._filled(self._rng.choice(say.MORE[self._lang]), person))
        if self._lang == "en" and "{short}" not in line and self._chance(0.1):
            text = text.lower()
        if self._chance(0.33):
            text += " " + self._rng.choice(say.EMOJI)
        if self._chance(0.07):
            text += " " + self._rng.choice(say.TAGS)
        return text

    def _joined(self, text: str, more: str) -> str:
        stop, gap = (".", " ") if self._lang == "en" else ("。", "")
        return text + ("" if text[-1] in ".!?)。！？" else stop) + gap + more

    def _chance(self, share: float) -> bool:
        return self._rng.random() < share

    def _filled(self, line: str, person: str) -> str:
        slots = {slot: deck.deal() for slot, deck in self._slots.items() if "{" + slot + "}" in line}
        for slot, forms in say.NAMES[self._lang][person].items():
            slots[slot] = self._rng.choice(forms)
        text = " ".join(line.format(n=self._rng.randint(6, 60), **slots).split())
        return re.sub(r"\s+(?=[，。！？、])|(?<=[，。！？、])\s+", "", text)


def accounts(rng: random.Random, lang: str) -> Iterator[dict[str, Any]]:
    """Accounts without end, under the reserved domain .example; some of them come again."""
    first, second = say.ACCOUNTS[lang]
    pairs = Deck(rng, [f"{a}\t{b}" for a in first for b in second])
    known: list[dict[str, Any]] = []
    while True:
        if known and rng.random() < 0.25:
            yield rng.choice(known)
            continue
        a, b = pairs.deal().split("\t")
        handle = f"{first[a]}-{second[b]}{rng.randint(2, 99)}.example"
        name = f"{a} {b}" if lang == "en" else a + b
        known.append({"handle": handle, "name": name, "followers": int(10 ** rng.uniform(0.5, 3.8))})
        yield known[-1]


def times(rng: random.Random, count: int, after: datetime) -> list[datetime]:
    """Sorted instants in whole seconds: few before the announcement, most soon after it."""
    found = [START + (ANNOUNCED - START) * rng.random() for _ in range(BEFORE if after < ANNOUNCED else 0)]
    found = found[:count]
    while len(found) < count:
        at = ANNOUNCED + timedelta(hours=rng.expovariate(1 / 11), seconds=40)
        if at < STOP:
            found.append(at)
    return sorted(at.replace(microsecond=0) for at in found)


def posts(seed: int = SEED) -> list[dict[str, Any]]:
    """All records, sorted by time."""
    rng = random.Random(seed)
    writers = {lang: Writer(rng, lang) for lang in ("en", "zh")}
    people = {lang: accounts(rng, lang) for lang in ("en", "zh")}

    def record(at: datetime, lang: str, text: str, **more: Any) -> dict[str, Any]:
        when = min(at, STOP).isoformat().replace("+00:00", "Z")
        post = {
            "id": "",
            "source": "invented",
            "kind": "comment" if more else "post",
            "author": next(people[lang]),
        }
        return {**post, "text": text, "lang": lang, "created_at": when, **more}

    def soon_after(post: dict[str, Any]) -> datetime:
        return datetime.fromisoformat(post["created_at"]) + timedelta(minutes=rng.randint(1, 50))

    langs = rng.choices(("en", "zh"), (3, 2), k=POSTS)
    first = times(rng, POSTS - REPLIES - ANSWERS - COPIES, START)
    found = [record(at, lang, writers[lang].post()) for at, lang in zip(first, langs, strict=False)]
    copied, answered = rng.sample(found, COPIES), rng.sample(found, ANSWERS)
    found += [record(soon_after(post), post["lang"], post["text"]) for post in copied]
    for post in answered:
        found.append(record(soon_after(post), post["lang"], writers[post["lang"]].answer(), parent_id=post))
    for at, lang in zip(times(rng, REPLIES, ANNOUNCED), reversed(langs), strict=False):
        found.append(record(at, lang, writers[lang].reply(), parent_id={"id": "seed-001"}))
    return numbered(found)


def numbered(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sorted by time, with ids; the parents become the ids of the parents."""
    found.sort(key=lambda post: str(post["created_at"]))
    for number, post in enumerate(found, 1):
        post["id"] = f"invented-{number:04}"
    for post in found:
        if "parent_id" in post:
            post["parent_id"] = post["parent_id"]["id"]
    return found


def lines() -> str:
    """The file's content."""
    return "".join(json.dumps(post, ensure_ascii=False) + "\n" for post in posts())


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "invented.jsonl"
    path.write_text(lines(), encoding="utf-8")
