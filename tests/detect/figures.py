"""Scores Matcher and ClaimReader on labelled texts: python -m tests.detect.figures FILE [WATCHLIST] [-v]."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor import watchlist as watchlists
from monitor.detect.claims import ClaimReader
from monitor.match.names import Matcher
from monitor.model import ASSERTED, Author, Post
from monitor.watchlist import Watchlist

GROUPS = ("about", "asserted", "rumoured", "denied")
NOW = datetime(2026, 3, 20, tzinfo=UTC)


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
    """Counts by group, and how many texts without an asserted claim were given one."""

    groups: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in GROUPS})
    harmless: int = 0
    harmed: int = 0
    errors: list[tuple[dict[str, Any], list[str], dict[str, str]]] = field(default_factory=list)

    @property
    def harmless_rate(self) -> float:
        return self.harmed / self.harmless if self.harmless else 0.0


def post_of(record: dict[str, Any]) -> Post:
    """A labelled record as a post of March 2026; without a source of its own it is one of x."""
    author = {k: v for k, v in record["author"].items() if k in ("handle", "name", "bio") and v}
    return Post(
        source=record.get("source", "x"),
        id=record["id"],
        kind=record.get("kind", "post"),
        author=Author(**author),
        text=record["text"],
        url=record.get("url"),
        before=record.get("before"),
        created_at=NOW,
    )


def measure(records: Iterable[dict[str, Any]], watchlist: Watchlist) -> Figures:
    """Reads every record and counts by person."""
    matcher, reader = Matcher(watchlist), ClaimReader(watchlist)
    figures = Figures()
    for record in records:
        post = post_of(record)
        matches = matcher.find(post)
        about = sorted({match.person for match in matches})
        claims = {claim.person.casefold(): claim.claim for claim in reader.read(post, matches)}
        _count(figures, record, about, claims)
    return figures


def _count(figures: Figures, record: dict[str, Any], about: list[str], claims: dict[str, str]) -> None:
    wanted = {claim["person"].casefold(): claim["claim"] for claim in record["claims"]}
    figures.groups["about"].add(set(record["about"]), set(about))
    figures.groups["asserted"].add(_asserted(wanted), _asserted(claims))
    for name in ("rumoured", "denied"):
        figures.groups[name].add(_of(wanted, name), _of(claims, name))
    if not _asserted(wanted):
        figures.harmless += 1
        figures.harmed += bool(_asserted(claims))
    if wanted != claims or set(about) != set(record["about"]):
        figures.errors.append((record, about, claims))


def _asserted(claims: dict[str, str]) -> set[str]:
    return {person for person, claim in claims.items() if claim in ASSERTED}


def _of(claims: dict[str, str], kind: str) -> set[str]:
    return {person for person, claim in claims.items() if claim == kind}


def read_file(path: str | Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file."""
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines() if line.strip()]


def table(figures: Figures) -> str:
    """The figures as lines for a terminal."""
    lines = [f"{'':10}{'right':>6}{'false':>6}{'missed':>7}{'prec':>7}{'recall':>7}{'f1':>7}"]
    for name, c in figures.groups.items():
        lines.append(
            f"{name:10}{c.right:6}{c.false:6}{c.missed:7}{c.precision:7.3f}{c.recall:7.3f}{c.f1:7.3f}"
        )
    lines.append(f"harmless texts with an asserted claim: {figures.harmed} of {figures.harmless}")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Prints the figures of one file, with -v also what was read wrongly."""
    plain = [a for a in arguments if a != "-v"]
    figures = measure(read_file(plain[0]), watchlists.load(plain[1] if len(plain) > 1 else "qwen"))
    if "-v" in arguments:
        for record, about, claims in figures.errors:
            wanted = {c["person"]: c["claim"] for c in record["claims"]}
            print(f"{record['id']} {record.get('phenomenon', '')}: {record['text'][:300]!r}")
            print(f"    about {record['about']} -> {about}; claims {wanted} -> {claims}")
    print(table(figures))


if __name__ == "__main__":
    main(sys.argv[1:])
