"""A model's weights from its file: one line of JSON (what it is), compressed bytes, and the checksum of both.

Nothing but the standard library. What any file of models/ is read by is here too: see `read`.
"""

from __future__ import annotations

import json
import math
import zlib
from array import array
from collections.abc import Callable
from operator import mul
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from ..errors import UserError
from .grams import DENSE, Features

FORMAT = 2
LARGEST_BYTES = 500_000
_MOST_BUCKETS, _STEEPEST = 1 << 20, 1000.0
_FIGURES = {"en": DENSE + 1, "zh": 1}  # by kind: those of VADER and the bias
MODELS = Path(__file__).parent / "models"  # those of the package
# Two sums run in one integer, the upper one this many bits higher: one look-up a feature instead of two.
_HIGH = 40
_LOW_MASK, _LOW_HALF = (1 << _HIGH) - 1, 1 << (_HIGH - 1)

Model = TypeVar("Model")
Odds = tuple[float, float, float]  # of negative, neutral, positive; they sum to 1


class Weights(NamedTuple):
    """A logistic regression over negative, neutral, positive, with neutral as the zero of the other two."""

    kind: str  # "en" or "zh"
    version: int
    table: array[int]  # by bucket, a power of two of them: the negative weight plus the positive one << _HIGH
    unit: float  # what one of a table's weights is worth
    dense: tuple[tuple[float, ...], tuple[float, ...]]  # negative, positive: VADER's figures, then the bias

    def probabilities(self, features: Features) -> Odds:
        """The odds of a text with these features."""
        table, last = self.table, len(self.table) - 1
        whole = sum([table[one & last] for one in features.hashes])
        low = ((whole + _LOW_HALF) & _LOW_MASK) - _LOW_HALF
        step = self.unit * features.scale
        negative, positive = low * step, ((whole - low) >> _HIGH) * step
        against, towards = self.dense
        negative += against[-1] + sum(map(mul, against, features.dense))
        positive += towards[-1] + sum(map(mul, towards, features.dense))
        top = max(negative, positive, 0.0)
        parts = math.exp(negative - top), math.exp(-top), math.exp(positive - top)
        total = sum(parts)
        return parts[0] / total, parts[1] / total, parts[2] / total


def pack(kind: str, version: int, unit: float, dense: list[list[float]], steps: bytes) -> bytes:
    """The bytes of a model file. `steps`: a signed byte a bucket for negative, then the same for
    positive; a weight is `unit` times the step's square, with its sign."""
    about = {"format": FORMAT, "kind": kind, "version": version, "buckets": len(steps) // 2, "unit": unit}
    whole = json.dumps(about | {"dense": dense}, sort_keys=True).encode() + b"\n" + zlib.compress(steps, 9)
    return whole + checksum(whole)


def load(path: Path, kind: str) -> Weights:
    """Reads and checks a model file of `pack`. UserError if it is missing, damaged or of another kind."""

    def parsed(raw: bytes) -> Weights:
        line, _, body = checked(raw[:-4], raw[-4:]).partition(b"\n")
        about = json.loads(line)
        if about["format"] != FORMAT or about["kind"] != kind:
            raise UserError(complaint(path, f"is no {kind} model of format {FORMAT}"))
        return _unpacked(about, body)

    return read(path, parsed, f"is damaged, or no model of format {FORMAT}")


def read(path: Path, parsed: Callable[[bytes], Model], damage: str = "is damaged") -> Model:
    """What `parsed` makes of a model file's bytes. UserError if it is missing; with `damage` where `parsed` fails."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UserError(complaint(path, error.strerror or "cannot be read")) from None
    try:
        return parsed(raw)
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError, zlib.error):
        raise UserError(complaint(path, damage)) from None


def checksum(part: bytes) -> bytes:
    """The four bytes that a model file holds beside its rest."""
    return zlib.crc32(part).to_bytes(4)


def checked(part: bytes, told: bytes) -> bytes:
    """The part of a model file. ValueError if the file tells another checksum of it."""
    if checksum(part) != told:
        raise ValueError("checksum")
    return part


def inflated(body: bytes, size: int) -> array[int]:
    """So many signed bytes out of compressed ones. ValueError or zlib.error if there are more or fewer."""
    opened = zlib.decompressobj()
    steps = array("b", opened.decompress(body, size + 1))
    if len(steps) != size or not opened.eof or opened.unused_data:
        raise ValueError("length")
    return steps


def _unpacked(about: dict[str, Any], body: bytes) -> Weights:
    buckets, unit = int(about["buckets"]), float(about["unit"])
    against, towards = (tuple(map(float, row)) for row in about["dense"])
    if not 1 <= buckets <= _MOST_BUCKETS or buckets & (buckets - 1):
        raise ValueError("buckets")
    if {len(against), len(towards)} != {_FIGURES[about["kind"]]}:
        raise ValueError("figures")
    if not (0 < unit <= 1 and all(-_STEEPEST <= one <= _STEEPEST for one in (*against, *towards))):
        raise ValueError("no weight")  # NaN is within no bounds
    steps = inflated(body, 2 * buckets)
    squares = [
        step * abs(step) for step in (*range(128), *range(-128, 0))
    ]  # by the step as it indexes from behind
    pairs = zip(
        map(squares.__getitem__, steps[:buckets]), map(squares.__getitem__, steps[buckets:]), strict=True
    )
    table = array("q", [low + (high << _HIGH) for low, high in pairs])
    return Weights(about["kind"], int(about["version"]), table, unit, (against, towards))


def complaint(path: Path, what: str) -> str:
    """What is said of a model file that cannot be used, and the way out."""
    if path.parent != MODELS:
        return f"sentiment.model: {path} {what}"
    return f"sentiment.scorer: blend: {path} {what}; reinstall monitor, or set sentiment.scorer to vader"
