"""What was said about one person step by step: counts that are added to and taken from, never rescanned."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from ...model import LABELS

SCALE = 1_000_000
# A span as asked for: its length and that of a step, both in seconds.
SPANS = {"5m": (300, 5), "1h": (3600, 60), "24h": (86_400, 900), "7d": (604_800, 7200)}

Said = tuple[int, int, int | None]  # event second, label, score in millionths


class Point(Struct, frozen=True):
    """The reactions of one step that begins at `at` (POSIX seconds); the mean is NaN where none is scored."""

    at: int
    count: int
    mean: float
    labels: dict[str, int]


class Series:
    """Sums for each step of each span, by the step's number; a sum that comes to nothing goes."""

    def __init__(self) -> None:
        self._steps: dict[int, dict[int, list[int]]] = {step: {} for _, step in SPANS.values()}

    def add(self, second: int, label: int, score: int | None, sign: int) -> None:
        """Count a reaction in (1) or out (-1); the score is in millionths."""
        for step, sums in self._steps.items():
            number = second // step
            one = sums.get(number)
            if one is None:
                one = sums[number] = [0] * (len(LABELS) + 2)
            one[label] += sign
            if score is not None:
                one[-2] += sign
                one[-1] += sign * score
            if sign < 0 and not any(one):
                del sums[number]

    def read(self, span: str, now: int, ahead: Sequence[Said] = ()) -> list[Point]:
        """Every step of a span, oldest first; the last one holds the second `now`.

        `ahead` is what was counted in with a second after `now`, and does not count yet.
        """
        length, step = SPANS[span]
        last = now // step
        sums = self._steps[step]
        points = [sums.get(number) for number in range(last - length // step + 1, last + 1)]
        points[-1] = _without(points[-1], [said for said in ahead if said[0] // step == last])
        return [_point((last - len(points) + 1 + i) * step, one) for i, one in enumerate(points)]

    def forget(self, until: int) -> None:
        """Drop the steps that ended at a second or before."""
        for step, sums in self._steps.items():
            for number in [n for n in sums if (n + 1) * step <= until]:
                del sums[number]


def _without(sums: list[int] | None, ahead: Sequence[Said]) -> list[int] | None:
    if sums is None or not ahead:
        return sums
    left = list(sums)
    for _, label, score in ahead:
        left[label] -= 1
        if score is not None:
            left[-2] -= 1
            left[-1] -= score
    return left


def _point(at: int, sums: list[int] | None) -> Point:
    if sums is None:
        return Point(at, 0, math.nan, dict.fromkeys(LABELS, 0))
    *labels, scored, score = sums
    mean = score / scored / SCALE if scored else math.nan
    return Point(at, sum(labels), mean, dict(zip(LABELS, labels, strict=True)))
