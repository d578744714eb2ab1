"""monitor train: makes the files of monitor/score/models from labelled texts.

A file is JSON Lines, plain or gzip: {"text", "label": negative|neutral|positive}; with "target" it is a sentence of news.
Multinomial logistic regression by L-BFGS (Liu, Nocedal 1989), classes balanced within each file. Needs numpy, for
training only (the extra `train`). One thread and one order throughout, so that two runs give the same bytes.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ..errors import UserError
from .blend import around
from .grams import DENSE, Features, chinese, english, plain, words_of
from .meanings import Meanings, product, spans_of
from .valence import Valence
from .weights import LARGEST_BYTES, pack

VERSION = 1
LABELS = ("negative", "neutral", "positive")


class Plan(NamedTuple):
    """How a language's model is fitted; chosen on validation sets."""

    buckets: int  # a power of two
    strength: float  # of the weights' prior: its variance
    dense_strength: float
    news: float  # what a sentence of news counts for, beside a post
    temperature: float
    rounds: int = 80
    axes: int = 64  # of the words' vectors, and how far these reach beside the words themselves
    reach: float = 0.05
    vector_strength: float = 1.0
    figures: int = DENSE  # beside the buckets, before the vectors' axes
    seldom: int = 1  # what stands in fewer texts than this is not learned
    stretch: int = 0  # so many texts of a file in a row are balanced by themselves; 0: the file as a whole


PLANS = {
    "en": Plan(1 << 18, 0.03, 100.0, 2.0, 1.2),
    "zh": Plan(1 << 19, 0.03, 100.0, 1.0, 1.05, 80, reach=0.012, figures=0, seldom=3, stretch=1000),
}


class Rows(NamedTuple):
    """Texts as a sparse matrix of buckets (each counted as often as it stands there) beside a dense one."""

    starts: Any
    buckets: Any
    scales: Any
    dense: Any


def train(
    kind: str, files: Sequence[Path], out: Path, plan: Plan | None = None, vectors: Path | None = None
) -> int:
    """Fits the model of a language ("en", "zh") to the labelled files, writes `out`, and says how many texts there were.

    `vectors`: an .npz of `words` and their `vectors` (see deploy/train/vectors.py); words that mean the like get the like weights.
    """
    for path in (*files, *([vectors] if vectors else [])):
        if out.resolve() == path.resolve() or (out.exists() and path.exists() and out.samefile(path)):
            raise UserError(f"train: {out} is read: the model needs a file of its own")
    if not out.parent.is_dir():
        raise UserError(f"train: {out.parent} is no directory")
    if out.is_dir() or not os.access(out if out.exists() else out.parent, os.W_OK):
        raise UserError(f"train: {out} cannot be written")
    plan = plan or PLANS[kind]
    meanings = Meanings(vectors, plan.axes, plan.reach) if vectors else None
    read = reader(kind, meanings)
    features, labels, weights = [], [], []
    for path in files:
        found = [(of_target(record, read), record) for record in records(path)]
        kept = [(one, record) for one, record in found if one.hashes]
        numbers = np.array([LABELS.index(record["label"]) for _, record in kept], dtype=np.int64)
        news = np.array([plan.news if "target" in record else 1.0 for _, record in kept])
        features += [one for one, _ in kept]
        labels.append(numbers)
        weights.append(news * balanced(numbers, plan.stretch))
    if not features:
        raise UserError("train: there is no labelled text that can be read")
    chosen, weight = np.concatenate(labels), np.concatenate(weights)
    if missing := [label for number, label in enumerate(LABELS) if number not in chosen]:
        raise UserError(f"train: no text is labelled {' or '.join(missing)}: a model needs all three")
    weight = weight / weight.mean()
    learned = often(features, plan)
    fitted = fit(rows(features, plan.buckets, learned), chosen, weight, plan)
    if meanings:
        # Words that share a bucket now disturb each other: fitted once more from there.
        bare = [one._replace(dense=one.dense[: plan.figures]) for one in features]
        near = meanings.folded(fitted, plan.buckets)
        fitted = fit(rows(bare, plan.buckets, learned), chosen, weight, plan, near)
    try:
        out.write_bytes(packed(kind, fitted, plan))
    except OSError as error:
        raise UserError(f"{out}: {error.strerror}") from None
    return len(features)


def reader(kind: str, meanings: Meanings | None = None) -> Callable[[str], Features]:
    """What makes features of a text."""
    valence = Valence()

    def read_english(text: str) -> Features:
        words = words_of(text)
        features = english(text, words, valence)
        return meanings.beside(features, words) if meanings else features

    def read_chinese(text: str) -> Features:
        features = chinese(text)
        features = features._replace(hashes=sorted(features.hashes))  # a set's order is no order
        return meanings.beside(features, spans_of(plain(text))) if meanings else features

    return read_chinese if kind == "zh" else read_english


def of_target(record: dict[str, Any], read: Callable[[str], Features]) -> Features:
    """The features of a text; of a sentence of news half are of the clause about its target, which the label is about."""
    text, target = record["text"], record.get("target") or "\0"
    whole, at = read(text), text.find(target)
    if at < 0:
        return whole
    near = read(around(text, [(at, at + len(target))]))
    dense = tuple((one + other) / 2 for one, other in zip(whole.dense, near.dense, strict=True))
    return Features(whole.hashes + near.hashes, dense, (whole.scale + near.scale) / 4)


def balanced(numbers: Any, stretch: int) -> Any:
    """What each text counts for, so that the labels weigh the same in each stretch of the file. A file put together of
    several sets has each in its own place, and with other shares of the labels."""
    whole = np.maximum(np.bincount(numbers, minlength=3), 1)
    found = len(numbers) / (3 * whole[numbers])
    for at in range(0, len(numbers) if stretch else 0, stretch or 1):
        part = numbers[at : at + stretch]
        counts = np.bincount(part, minlength=3)
        if counts.min() * 20 >= len(part) >= min(stretch, 100):
            found[at : at + stretch] = len(part) / (3 * counts[part])
    return found


def often(features: Sequence[Features], plan: Plan) -> Any:
    """By bucket, whether something in it stands in plan.seldom texts or more; None: all buckets are learned."""
    least = min(plan.seldom, 1 + len(features) // 2000)  # of few texts all is taken
    if least < 2:
        return None
    found, counts = np.unique([one for each in features for one in set(each.hashes)], return_counts=True)
    held = np.zeros(plan.buckets, dtype=bool)
    held[found[counts >= least] % plan.buckets] = True
    return held


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The labelled texts of a file, in its order. UserError that names the file and line of what is none."""
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise UserError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                record = json.loads(line)
                is_one = bool(record["text"].encode()) and record["label"] in LABELS
                is_one = is_one and isinstance(record.get("target"), str | None)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                is_one = False
            if not is_one:
                raise UserError(f'{path}:{number}: no {{"text", "label": {"|".join(LABELS)}}}')
            yield record


def rows(features: Sequence[Features], buckets: int, learned: Any = None) -> Rows:
    """The features of all texts as arrays. `learned`: the buckets that may have a weight; None: all."""
    lengths = np.array([len(one.hashes) for one in features])
    held = np.array([hashed % buckets for one in features for hashed in one.hashes], dtype=np.int64)
    scales = np.repeat(np.array([one.scale for one in features]), lengths)
    return Rows(
        np.concatenate([[0], np.cumsum(lengths)[:-1]]),
        held,
        scales if learned is None else scales * learned[held],
        np.array([[*one.dense, 1.0] for one in features]),
    )


def fit(data: Rows, labels: Any, weights: Any, plan: Plan, near: Any = None) -> Any:
    """A column of weights a label: by bucket, then for the dense figures, then the bias. `near`: where the prior's
    middle is, and the start; zero if there is none."""
    wanted = np.eye(3)[labels]
    lengths = np.diff([*data.starts, len(data.buckets)])
    prior = np.full((plan.buckets + data.dense.shape[1], 3), 1 / plan.strength)
    prior[plan.buckets :] = 1 / plan.dense_strength
    middle = np.zeros(prior.shape) if near is None else near
    prior[plan.buckets + plan.figures : -1] = 1 / plan.vector_strength

    def slope(flat: Any) -> tuple[float, Any]:
        held = flat.reshape(-1, 3)
        sums = np.empty(wanted.shape)
        for at in range(3):
            column = np.ascontiguousarray(held[: plan.buckets, at])
            sums[:, at] = np.add.reduceat(column[data.buckets] * data.scales, data.starts)
        sums += product(data.dense, held[plan.buckets :])
        sums -= sums.max(axis=1, keepdims=True)
        odds = np.exp(sums)
        whole = odds.sum(axis=1, keepdims=True)
        loss = -(weights * ((sums - np.log(whole)) * wanted).sum(axis=1)).sum()
        wrong = weights[:, None] * (odds / whole - wanted)
        away = held - middle
        found = away * prior
        for at in range(3):
            spread = np.repeat(wrong[:, at], lengths) * data.scales
            found[: plan.buckets, at] += np.bincount(data.buckets, spread, plan.buckets)
        found[plan.buckets :] += product(data.dense.T, wrong)
        return float(loss + 0.5 * (prior * away * away).sum()), found.ravel()

    return descend(slope, middle.ravel(), plan.rounds).reshape(-1, 3)


def descend(slope: Callable[[Any], tuple[float, Any]], at: Any, rounds: int, memory: int = 6) -> Any:
    """L-BFGS with a halving line search."""
    value, gradient = slope(at)
    steps: list[tuple[Any, Any, float]] = []
    for number in range(rounds):
        direction = _direction(gradient, steps)
        length = 1.0 if number else 1.0 / max(1.0, float(np.sqrt((gradient * gradient).sum())))
        downhill = float((gradient * direction).sum())
        for _ in range(20):
            tried = at + length * direction
            new_value, new_gradient = slope(tried)
            if new_value <= value + 1e-4 * length * downhill:
                break
            length /= 2
        else:
            return at
        moved, bent = tried - at, new_gradient - gradient
        curve = float((moved * bent).sum())
        if curve > 1e-12:
            steps = [*steps, (moved, bent, curve)][-memory:]
        small = value - new_value < 1e-7 * abs(value)
        at, value, gradient = tried, new_value, new_gradient
        if small:
            return at
    return at


def _direction(gradient: Any, steps: list[tuple[Any, Any, float]]) -> Any:
    found = -gradient
    shares = []
    for moved, bent, curve in reversed(steps):
        share = float((moved * found).sum()) / curve
        shares.append(share)
        found = found - share * bent
    if steps:
        _, bent, curve = steps[-1]
        found = found * (curve / float((bent * bent).sum()))
    for (moved, bent, curve), share in zip(steps, reversed(shares), strict=True):
        found = found + moved * (share - float((bent * found).sum()) / curve)
    return found


def packed(kind: str, fitted: Any, plan: Plan) -> bytes:
    """The model file: a signed byte for each weight, negative and positive against neutral."""
    against = (fitted[:, [0, 2]] - fitted[:, 1:2]) / plan.temperature
    weights, dense = against[: plan.buckets], against[plan.buckets :]
    # A step is the square root of a weight: fine for the many small ones, and far enough for the few large ones.
    unit = max(float(np.abs(weights).max()) / 127**2, 1e-9)
    steps = (np.sign(weights) * np.rint(np.sqrt(np.abs(weights) / unit))).astype(np.int8)
    found = pack(
        kind, VERSION, unit, [[round(float(w), 6) for w in row] for row in dense.T], steps.T.tobytes()
    )
    if len(found) > LARGEST_BYTES:
        raise UserError(f"train: a model of {len(found)} bytes; {LARGEST_BYTES} at most")
    return found
