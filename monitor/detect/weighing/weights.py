"""A linear model over named features: the sum of the weights of what a window holds, as probabilities.

The file (lexicon/weights.tsv) has a line a feature: its name and one weight for each standing, in fiftieths. It is
made from the labelled texts of tests/detect/data by deploy/train/departures.py, the same bytes each time.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from math import exp, sqrt
from typing import NamedTuple

STANDINGS = ("none", "asserted", "rumoured", "denied")
UNIT = 0.02
_BIAS = "bias"

Row = tuple[int, int, int, int]


class Scores(NamedTuple):
    """The probability of each standing, in the order of STANDINGS."""

    none: float
    asserted: float
    rumoured: float
    denied: float

    def best(self) -> str:
        """The likeliest standing."""
        return STANDINGS[max(range(4), key=lambda at: self[at])]


class Weights:
    """Weights by feature."""

    def __init__(self, rows: dict[str, Row]) -> None:
        self._bias = rows.pop(_BIAS, (0, 0, 0, 0))
        self._rows = rows

    def scores(self, features: Iterable[str]) -> Scores:
        """Probabilities; a text of many features counts each of them less (by the root of their number)."""
        rows = [row for row in map(self._rows.get, features) if row is not None]
        scale = UNIT / sqrt(max(1, len(rows)))
        sums = [
            UNIT * bias + scale * total
            for bias, total in zip(
                self._bias, map(sum, zip(*rows, strict=True)) if rows else (0, 0, 0, 0), strict=True
            )
        ]
        top = max(sums)
        parts = [exp(one - top) for one in sums]
        whole = sum(parts)
        return Scores(*(part / whole for part in parts))


def parse(text: str) -> dict[str, Row]:
    """The lines of a weights file."""
    rows: dict[str, Row] = {}
    for line in text.splitlines():
        name, *numbers = line.split("\t")
        none, asserted, rumoured, denied = map(int, numbers)
        rows[name] = (none, asserted, rumoured, denied)
    return rows


@cache
def weights() -> Weights:
    """The model of the package."""
    return Weights(
        parse(resources.files("monitor.detect.weighing.lexicon").joinpath("weights.tsv").read_text("utf-8"))
    )
