"""A model's weights from its file: one line of JSON (what it is), then compressed bytes. Nothing but the standard library."""

from __future__ import annotations

import json
import math
import zlib
from array import array
from operator import mul
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import UserError
from .grams import Features

FORMAT = 1
LARGEST_BYTES = 500_000
# Two sums run in one integer, the upper one this many bits higher: one look-up a feature instead of two.
_HIGH = 40
_LOW_MASK, _LOW_HALF = (1 << _HIGH) - 1, 1 << (_HIGH - 1)


class Weights(NamedTuple):
    """A logistic regression over negative, neutral, positive, with neutral as the zero of the other two."""

    kind: str  # "en" or "zh"
    version: int
    table: array[int]  # by bucket, a power of two of them: the negative weight plus the positive one << _HIGH
    unit: float  # what one of a table's weights is worth
    dense: tuple[tuple[float, ...], tuple[float, ...]]  # negative, positive: VADER's figures, then the bias

    def probabilities(self, features: Features) -> tuple[float, float, float]:
        """(negative, neutral, positive), which sum to 1."""
        table, last = self.table, len(self.table) - 1
        whole = sum(map(table.__getitem__, map(last.__and__, features.hashes)))
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
    body = zlib.compress(steps, 9)
    about = {"format": FORMAT, "kind": kind, "version": version, "buckets": len(steps) // 2, "unit": unit}
    about |= {"dense": dense, "bytes": len(body), "crc32": zlib.crc32(body)}
    return json.dumps(about, sort_keys=True).encode() + b"\n" + body


def load(path: Path, kind: str) -> Weights:
    """Reads and checks a model file. UserError if it is missing, damaged or of another kind."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UserError(_complaint(path, error.strerror or "cannot be read")) from None
    line, _, body = raw.partition(b"\n")
    try:
        about = json.loads(line)
        if about["format"] != FORMAT or about["kind"] != kind:
            raise UserError(_complaint(path, f"is no {kind} model of format {FORMAT}"))
        return _unpacked(about, body)
    except (ValueError, KeyError, TypeError, zlib.error):
        raise UserError(_complaint(path, "is damaged")) from None


def _unpacked(about: dict[str, Any], body: bytes) -> Weights:
    buckets = int(about["buckets"])
    if len(body) != about["bytes"] or zlib.crc32(body) != about["crc32"]:
        raise ValueError("checksum")
    opened = zlib.decompressobj()
    steps = array("b", opened.decompress(body, 2 * buckets))
    if buckets < 1 or buckets & (buckets - 1) or len(steps) != 2 * buckets or opened.unconsumed_tail:
        raise ValueError("length")
    squares = [
        step * abs(step) for step in (*range(128), *range(-128, 0))
    ]  # by the step as it indexes from behind
    pairs = zip(
        map(squares.__getitem__, steps[:buckets]), map(squares.__getitem__, steps[buckets:]), strict=True
    )
    table = array("q", [low + (high << _HIGH) for low, high in pairs])
    against, towards = (tuple(map(float, row)) for row in about["dense"])
    return Weights(about["kind"], int(about["version"]), table, float(about["unit"]), (against, towards))


def _complaint(path: Path, what: str) -> str:
    return f"sentiment.scorer: blend: {path} {what}; reinstall monitor, or set sentiment.scorer to vader"
