"""One window as it is shown, and the running sums behind it."""

from __future__ import annotations

import math
from typing import NamedTuple

from msgspec import Struct

from ...model import LABELS
from .series import SCALE

BASELINE = 7

PostKey = tuple[str, str]  # source (the platform), id


class Window(Struct, frozen=True):
    """What was said about one person in one window; mean and ratios are NaN when it is empty.

    `mean` is -1..1 over the scored; `ratios` has every label of model.LABELS, 0..1 over all;
    `surge` is the count over the mean count (at least 1) of the seven windows before.
    """

    count: int
    voices: int
    mean: float
    ratios: dict[str, float]
    surge: float


EMPTY = Window(0, 0, math.nan, dict.fromkeys(LABELS, math.nan), 0.0)


class Entry(NamedTuple):
    """One live reaction on the timeline of one person, in order of event second, then serial."""

    second: int
    serial: int
    label: int
    score: int | None  # in millionths: integers add and subtract without drift
    author: str
    copy_of: PostKey | None
    source: str
    via: str


class Cell:
    """Running sums of one person's window (at - length, at]; `at` moves only when it is read."""

    __slots__ = ("at", "labels", "length", "score", "scored", "voices")

    def __init__(self, length: int) -> None:
        self.length = length
        self.at = 0
        self.labels = [0] * len(LABELS)
        self.scored = 0
        self.score = 0
        self.voices: dict[str, int] = {}

    def add(self, entry: Entry, sign: int) -> None:
        self.labels[entry.label] += sign
        if entry.score is not None:
            self.scored += sign
            self.score += sign * entry.score


def window_of(cell: Cell, before: int) -> Window:
    """The sums as a window; `before` is the count of the seven windows before it."""
    count = sum(cell.labels)
    if not count:
        return EMPTY
    return Window(
        count,
        len(cell.voices),
        cell.score / cell.scored / SCALE if cell.scored else math.nan,
        {label: n / count for label, n in zip(LABELS, cell.labels, strict=True)},
        count / max(1.0, before / BASELINE),
    )
