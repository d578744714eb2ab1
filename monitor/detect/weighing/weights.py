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
# The person that is weighed, among the words of a window; and how many words before and after them stand near.
PERSON = "<p>"
BEHIND, AHEAD = 6, 8
# How far apart two signs are seen as a pair.
APART = 6
# Signs for words without class, a few and many.
GAPS = frozenset("_~")

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
    """Weights by feature, as `parse` gives them: runs of words and signs as tries, so that no feature is spelt out."""

    def __init__(self, rows: dict[str, int]) -> None:
        self._bias, _ = _unpacked(rows.pop(_BIAS, 0))
        self._named: dict[str, int] = {}
        self._first: dict[str, dict[str, int]] = {kind: {} for kind in "wcpoab"}
        self._more: dict[int, dict[str, int]] = {}
        self._values = [0]
        for name, packed in rows.items():
            kind, _, run = name.partition(" ")
            if kind in self._first:
                one = self._place(self._first[kind], run.split(">", 1) if kind == "o" else run.split(" "))
            else:
                one = self._named[name] = len(self._values)
                self._values.append(0)
            self._values[one] = packed

    def _place(self, known: dict[str, int], run: list[str]) -> int:
        """The number of a run of words or signs; what it begins with has one too."""
        one = 0
        for item in run:
            if one:
                known = self._more.setdefault(one, {})
            one = known.get(item, 0)
            if not one:
                one = known[item] = len(self._values)
                self._values.append(0)
        return one

    def scores(self, forms: list[str], tags: list[str], named: Iterable[str]) -> Scores:
        """Probabilities by a window's words, its signs and its other features; those of the first two are `features`'.

        A text of many features counts each of them less (by the root of their number).
        """
        held = set(filter(None, map(self._named.get, named)))
        first = self._first
        plain = [tag for tag in tags if tag not in GAPS]
        core = [tag for tag in plain if tag[0] != "'"]
        self._walk([*forms, ""], first["w"], held)
        if core:
            self._walk(["<", *core, ">", ""], first["c"], held)
            self._pairs(core, held)
        if plain:
            self._walk(["<", *plain, ">", ""], first["p"], held)
        if PERSON in forms:
            for at, form in enumerate(forms):
                if form == PERSON:
                    held.update(filter(None, map(first["b"].get, forms[max(0, at - BEHIND) : at])))
                    held.update(filter(None, map(first["a"].get, forms[at + 1 : at + 1 + AHEAD])))
        return self._judged(held)

    def of_named(self, features: Iterable[str]) -> Scores:
        """The same by the names of all features."""
        return self._judged({one for name in features if (one := self._number(name))})

    def _number(self, name: str) -> int:
        kind, _, run = name.partition(" ")
        if kind not in self._first:
            return self._named.get(name, 0)
        known, one = self._first[kind], 0
        for item in run.split(">", 1) if kind == "o" else run.split(" "):
            one = known.get(item, 0)
            known = self._more.get(one, {}) if one else {}
        return one

    def _judged(self, held: set[int]) -> Scores:
        totals, count = _unpacked(sum(map(self._values.__getitem__, held)))
        scale = UNIT / sqrt(max(1, count))
        sums = [UNIT * bias + scale * total for bias, total in zip(self._bias, totals, strict=True)]
        top = max(sums)
        parts = [exp(one - top) for one in sums]
        whole = sum(parts)
        return Scores(*(part / whole for part in parts))

    def _walk(self, items: list[str], first: dict[str, int], held: set[int]) -> None:
        """Adds all runs that have a weight; the last of the items is no item."""
        more = self._more
        for at, item in enumerate(items):
            one = first.get(item)
            while one is not None:
                held.add(one)
                behind = more.get(one)
                if behind is None:
                    break
                at += 1
                one = behind.get(items[at])

    def _pairs(self, core: list[str], held: set[int]) -> None:
        """Adds the weights of one class somewhere before another."""
        first, more = self._first["o"], self._more
        for at, tag in enumerate(core):
            one = first.get(tag)
            if one is not None:
                behind = more[one]
                for other in core[at + 1 : at + 1 + APART]:
                    if other in behind:
                        held.add(behind[other])


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
