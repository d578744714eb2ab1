"""Labelled texts, and how well they were read: precision, recall and F1 by person (pure)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .model import ASSERTED, Claim, Post, post_of

GROUPS = ("about", "asserted", "rumoured", "denied")
# When a labelled text without a date was said, and where one without a source.
NOW = datetime(2026, 3, 20, tzinfo=UTC)
SOURCE = "x"

Record = Mapping[str, Any]
Read = Callable[[Post], tuple[Iterable[str], Iterable[Claim]]]


@dataclass
class Count:
    """Hits, false finds and misses of one group, over persons."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def add(self, wanted: set[Any], found: set[Any]) -> None:
        self.right += len(wanted & found)
        self.false += len(found - wanted)
        self.missed += len(wanted - found)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.false + self.missed
        return 2 * self.right / total if total else 1.0


@dataclass
class Figures:
    """Counts by group and of exact (person, claim) pairs; how many texts without an asserted claim got one."""

    groups: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in GROUPS})
    exact: Count = field(default_factory=Count)
    texts: int = 0
    harmless: int = 0
    harmed: int = 0
    # Not shown: a failing test of an exam must not show its texts.
    errors: list[tuple[Record, list[str], dict[str, str]]] = field(default_factory=list, repr=False)

    @property
    def harmless_rate(self) -> float:
        return self.harmed / self.harmless if self.harmless else 0.0

    def add(self, record: Record, about: Iterable[str], claims: Iterable[Claim]) -> None:
        """Count one labelled text with what was read of it."""
        found = {claim.person.casefold(): str(claim.claim) for claim in claims}
        wanted = {claim["person"].casefold(): claim["claim"] for claim in record["claims"]}
        people, labelled = set(about), set(record["about"])
        self.texts += 1
        self.groups["about"].add(labelled, people)
        self.groups["asserted"].add(_asserted(wanted), _asserted(found))
        for name in ("rumoured", "denied"):
            self.groups[name].add(_of(wanted, name), _of(found, name))
        self.exact.add(set(wanted.items()), set(found.items()))
        if not _asserted(wanted):
            self.harmless += 1
            self.harmed += bool(_asserted(found))
        if wanted != found or people != labelled:
            self.errors.append((record, sorted(people), found))


def _asserted(claims: dict[str, str]) -> set[str]:
    return {person for person, claim in claims.items() if claim in ASSERTED}


def _of(claims: dict[str, str], kind: str) -> set[str]:
    return {person for person, claim in claims.items() if claim == kind}


def measure(records: Iterable[Record], read: Read) -> Figures:
    """Reads every record with `read` (post -> people, claims) and counts by person."""
    figures = Figures()
    for record in records:
        figures.add(record, *read(labelled_post(record)))
    return figures


def labelled_post(record: Record) -> Post:
    """A labelled record as a post; without a date it is one of NOW, without a source one of x.

    Raises Malformed("bad_field") that names the field; of the author only handle, name and bio count.
    """
    author = record.get("author") or {}
    known = {key: author[key] for key in ("handle", "name", "bio") if author.get(key)}
    value = {key: record[key] for key in Post.__struct_fields__ if key in record}
    return post_of({"source": SOURCE, "created_at": NOW, **value, "author": known})


def is_labelled(record: Any) -> bool:
    """Is it a text with labels: "about" [person ids] and "claims" [{"person", "claim"}]?"""
    if not isinstance(record, dict) or "text" not in record or "id" not in record:
        return False
    about, claims = record.get("about"), record.get("claims")
    if not isinstance(about, list) or not isinstance(claims, list):
        return False
    told = [claim.get(key) for claim in claims if isinstance(claim, dict) for key in ("person", "claim")]
    return len(told) == 2 * len(claims) and all(isinstance(one, str) for one in [*about, *told])


def read_file(path: str | Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file that is known to be good."""
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines() if line.strip()]


def table(figures: Figures) -> str:
    """The figures as lines for a terminal."""
    lines = [f"{'':10}{'right':>6}{'false':>6}{'missed':>7}{'prec':>7}{'recall':>7}{'f1':>7}"]
    for name, c in [*figures.groups.items(), ("exact", figures.exact)]:
        lines.append(
            f"{name:10}{c.right:6}{c.false:6}{c.missed:7}{c.precision:7.3f}{c.recall:7.3f}{c.f1:7.3f}"
        )
    lines.append(f"harmless texts with an asserted claim: {figures.harmed} of {figures.harmless}")
    return "\n".join(lines)


def as_json(figures: Figures) -> dict[str, Any]:
    """The figures as plain values, rates from 0 to 1."""
    counts = {**figures.groups, "exact": figures.exact}
    return {
        "texts": figures.texts,
        **{name: _count(count) for name, count in counts.items()},
        "harmless": {
            "texts": figures.harmless,
            "harmed": figures.harmed,
            "rate": round(figures.harmless_rate, 4),
        },
    }


def _count(count: Count) -> dict[str, float]:
    rates = {name: round(getattr(count, name), 4) for name in ("precision", "recall", "f1")}
    return {"right": count.right, "false": count.false, "missed": count.missed, **rates}
