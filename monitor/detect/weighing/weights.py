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

# The four weights of a feature as one number, a field each, and a one behind them: one sum makes all four, and counts.
_FIELD = 32
_HALF = 1 << (_FIELD - 1)
_ODD = sum(_HALF << _FIELD * at for at in range(4))  # lets a field be less than nothing


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
    """Weights by feature, as `parse` gives them."""

    def __init__(self, rows: dict[str, int]) -> None:
        self._bias, _ = _unpacked(rows.pop(_BIAS, 0))
        self._rows = rows

    def scores(self, features: Iterable[str]) -> Scores:
        """Probabilities; a text of many features counts each of them less (by the root of their number)."""
        totals, count = _unpacked(sum(filter(None, map(self._rows.get, features))))
        scale = UNIT / sqrt(max(1, count))
        sums = [UNIT * bias + scale * total for bias, total in zip(self._bias, totals, strict=True)]
        top = max(sums)
        parts = [exp(one - top) for one in sums]
        whole = sum(parts)
        return Scores(*(part / whole for part in parts))


def _unpacked(packed: int) -> tuple[list[int], int]:
    """The sums of four weights, and of how many features."""
    shifted = packed + _ODD
    return [(shifted >> _FIELD * at & (2 * _HALF - 1)) - _HALF for at in range(4)], shifted >> 4 * _FIELD


def parse(text: str) -> dict[str, int]:
    """The lines of a weights file, each feature with its weights in one number."""
    rows: dict[str, int] = {}
    for line in text.splitlines():
        name, a, b, c, d = line.split("\t")
        rows[name] = (
            (1 << 4 * _FIELD) + int(a) + (int(b) << _FIELD) + (int(c) << 2 * _FIELD) + (int(d) << 3 * _FIELD)
        )
    return rows


@cache
def weights() -> Weights:
    """The model of the package."""
    text = resources.files("monitor.detect.weighing.lexicon").joinpath("weights.tsv").read_text("utf-8")
    return Weights(parse(text))
