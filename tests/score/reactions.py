"""Measures kinds and toward on labelled reactions: python -m tests.score.reactions FILE [-v] (-v shows the texts)."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from monitor.model import KINDS, Match
from monitor.organisation import OrganisationFinder
from monitor.score import kinds as reaction_kinds
from monitor.score.toward import toward
from monitor.score.vader import Vader
from tests.lab import LAB

DATA = Path(__file__).parent / "data"
CLASSES = ("warm", "neutral", "cold")
EDGE = 0.15
IDS = {person.name: person.id for person in LAB.people}
_FINDER = OrganisationFinder(LAB)

Row = dict[str, Any]


def read_file(name: str) -> list[Row]:
    """The records of a file of tests/score/data, or of a path."""
    path = Path(name) if "/" in name else DATA / name
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def matches_of(row: Row) -> list[Match]:
    """Where a labelled text names its people: in full, as a handle, or by a part of the name."""
    found = []
    for name in row["toward"]:
        parts = name.split()
        spellings = [name, "".join(parts), parts[0], parts[1]]
        for spelling in spellings:
            places = list(re.finditer(rf"(?i)(?<![A-Za-z]){re.escape(spelling)}(?![A-Za-z])", row["text"]))
            found += [Match(IDS[name], spelling, m.start(), m.end(), "name") for m in places]
    kept = {(m.start, m.person): m for m in sorted(found, key=lambda m: m.end - m.start)}
    spans = sorted(kept.values(), key=lambda m: (m.start, -m.end))
    named = {match.person for match in spans}
    return [*spans, *(Match(IDS[n], "1", 0, 0, "thread") for n in row["toward"] if IDS[n] not in named)]


def read(row: Row) -> tuple[list[str], dict[str, float | None]]:
    """The kinds, and toward by the name of each labelled person."""
    matches = matches_of(row)
    reading = reaction_kinds.read(row["text"], matches, _FINDER.spans)
    found = toward(reading, row["text"], [IDS[name] for name in row["toward"]], matches, SCORER)
    kinds = [one.kind for one in reaction_kinds.kinds(reading, row["text"])]
    return kinds, {name: found.get(IDS[name]) for name in row["toward"]}


SCORER = Vader()


def class_of(value: float | None) -> str:
    if value is None or abs(value) < EDGE:
        return "neutral"
    return "warm" if value > 0 else "cold"


def measure(rows: Iterable[Row]) -> dict[str, float]:
    """Recalls of the three classes and their mean; F1 of each kind with a label, their mean, and the pooled F1."""
    told: Counter[tuple[str, str]] = Counter()
    hits, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        kinds, values = read(row)
        for name, label in row["toward"].items():
            told[label, class_of(values[name])] += 1
        hits.update(set(kinds) & set(row["kinds"]))
        wrong.update(set(kinds) - set(row["kinds"]))
        missed.update(set(row["kinds"]) - set(kinds))
    figures = {}
    for label in CLASSES:
        figures[f"toward {label}"] = told[label, label] / max(1, sum(told[label, one] for one in CLASSES))
    figures["toward macro-recall"] = sum(figures.values()) / 3
    figures["toward opposite"] = (told["warm", "cold"] + told["cold", "warm"]) / max(1, sum(told.values()))
    each = {k: 2 * hits[k] / max(1, 2 * hits[k] + wrong[k] + missed[k]) for k in KINDS}
    figures |= {f"kind {kind}": value for kind, value in each.items()}
    figures["kinds macro-F1"] = sum(each.values()) / len(each)
    total = 2 * hits.total()
    figures["kinds micro-F1"] = total / max(1, total + wrong.total() + missed.total())
    return figures


def main(arguments: list[str]) -> None:
    rows = read_file(arguments[0])
    if "-v" in arguments:
        for row in rows:
            kinds, values = read(row)
            classes = {name: class_of(value) for name, value in values.items()}
            if set(kinds) != set(row["kinds"]) or classes != row["toward"]:
                print(f"{row['id']} {row['text']}\n    {row['toward']} {row['kinds']} -> {values} {kinds}")
    for langs in (("en", "zh", "mixed"), ("en",), ("zh", "mixed")):
        part = [row for row in rows if row["lang"] in langs]
        figures = measure(part)
        print("+".join(langs), len(part), " ".join(f"{name} {value:.3f};" for name, value in figures.items()))


if __name__ == "__main__":
    main(sys.argv[1:])
