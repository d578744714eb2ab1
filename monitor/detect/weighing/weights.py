"""A small net over named features: the sums of the weights of what a window holds, as probabilities.

A feature has a weight for each standing, in fiftieths, and one for each hidden unit. What a hidden unit sums up, where
it is more than nothing, counts for and against the standings too: so one sign can turn what another one says. The file
(lexicon/weights.tsv) has the bias, a line a unit (its own bias, and what it counts for each standing), and a line a
feature: its name, four whole numbers, and a letter for each unit (how far behind ZERO it stands is the weight, in
the unit's own measure). It is made from the labelled texts of tests/detect/data by deploy/train/departures.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from math import exp, sqrt
from operator import mul
from struct import Struct
from typing import NamedTuple

STANDINGS = ("none", "asserted", "rumoured", "denied")
UNIT = 0.02
ZERO = 80  # the letter P; "!" is the least and "~" the most
BIAS, HIDDEN = "bias", "unit"
# The person that is weighed, among the words of a window; and how many words before and after them stand near.
PERSON = "<p>"
BEHIND, AHEAD = 6, 8
# How far apart two signs are seen as a pair.
APART = 6
# Signs for words without class, a few and many.
GAPS = frozenset("_~")

# The weights of a feature as one number, a field each: one sum makes all of them. First the four of the standings, then
# a one, which counts the features, then the letters of the hidden units.
_FIELD = 32
_HALF = 1 << (_FIELD - 1)
_ODD = sum(_HALF << _FIELD * at for at in range(4))  # lets the first four be less than nothing
_ONE = 1 << 4 * _FIELD
_LETTERS = 5 * _FIELD


class Scores(NamedTuple):
    """The probability of each standing, in the order of STANDINGS."""

    none: float
    asserted: float
    rumoured: float
    denied: float

    def best(self) -> str:
        """The likeliest standing."""
        return STANDINGS[max(range(4), key=lambda at: self[at])]


class Unit(NamedTuple):
    """A hidden unit: its bias, and what it counts for each standing."""

    bias: float
    counts: tuple[float, ...]


class Weights:
    """Weights by feature, as `parse` gives them: runs of words and signs as tries, so that no feature is spelt out."""

    def __init__(self, rows: dict[str, int], units: Sequence[Unit] = ()) -> None:
        self._fields = Struct(f"<{5 + len(units)}I")
        self._bias = [UNIT * one for one in _unpacked(rows.pop(BIAS, 0))]
        self._units = [unit.bias for unit in units]
        self._counts = [[unit.counts[at] for unit in units] for at in range(4)]
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
        whole = sum(map(self._values.__getitem__, held), _ODD)
        none, asserted, rumoured, denied, count, *letters = self._fields.unpack(
            whole.to_bytes(self._fields.size, "little")
        )
        scale = 1 / sqrt(max(1, count))
        nothing = ZERO * count
        hidden = [
            near if (near := bias + scale * (one - nothing)) > 0 else 0.0
            for bias, one in zip(self._units, letters, strict=True)
        ]
        scale *= UNIT
        sums = [
            bias + scale * (one - _HALF) + sum(map(mul, hidden, counts))
            for bias, one, counts in zip(
                self._bias, (none, asserted, rumoured, denied), self._counts, strict=True
            )
        ]
        top = max(sums)
        parts = [exp(one - top) for one in sums]
        all_ = sum(parts)
        return Scores(*(part / all_ for part in parts))

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


def _unpacked(packed: int) -> list[int]:
    """The weights of the four standings."""
    shifted = packed + _ODD
    return [(shifted >> _FIELD * at & (2 * _HALF - 1)) - _HALF for at in range(4)]


def packed(standings: Sequence[int], letters: str = "") -> int:
    """The weights of a feature in one number."""
    spread = bytearray(_FIELD // 8 * len(letters))
    spread[:: _FIELD // 8] = letters.encode("ascii")
    a, b, c, d = standings
    whole = a + (b << _FIELD) + (c << 2 * _FIELD) + (d << 3 * _FIELD)
    return whole + _ONE + (int.from_bytes(spread, "little") << _LETTERS)


def parse(text: str) -> tuple[dict[str, int], list[Unit]]:
    """The lines of a weights file: each feature with its weights in one number, and the hidden units."""
    rows: dict[str, int] = {}
    units: list[Unit] = []
    for line in text.splitlines():
        name, a, b, c, d, letters = line.split("\t")
        if name == HIDDEN:
            units.append(Unit(float(letters), (float(a), float(b), float(c), float(d))))
        else:
            rows[name] = packed((int(a), int(b), int(c), int(d)), letters)
    return rows, units


@cache
def weights() -> Weights:
    """The model of the package."""
    text = resources.files("monitor.detect.weighing.lexicon").joinpath("weights.tsv").read_text("utf-8")
    return Weights(*parse(text))
