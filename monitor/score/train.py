"""monitor train: makes the files of monitor/score/models from labelled texts.

A file is JSON Lines, plain or gzip: {"text", "label": negative|neutral|positive}; with "target" it is a sentence of news.
Multinomial logistic regression by L-BFGS (Liu, Nocedal 1989), classes balanced within each file. Needs numpy, for
training only (the extra `train`). One thread and one order throughout, so that two runs give the same bytes.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from ..errors import UserError
from .grams import DENSE, Features, chinese, english, words_of
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


PLANS = {
    "en": Plan(1 << 18, 0.03, 100.0, 2.0, 1.2),
    "zh": Plan(1 << 17, 0.05, 100.0, 1.0, 1.05, 60),
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

    `vectors`: an .npz of `words` and their `vectors` (see vectors.py); words that mean the like get the like weights.
    """
    if out.resolve() in {path.resolve() for path in (*files, *([vectors] if vectors else []))}:
        raise UserError(f"train: {out} is read: the model needs a file of its own")
    plan = plan or PLANS[kind]
    meanings = Meanings(vectors, plan) if vectors else None
    read = reader(kind, meanings)
    features, labels, weights = [], [], []
    for path in files:
        found = [(read(record["text"]), record) for record in records(path)]
        kept = [(one, record) for one, record in found if one.hashes]
        numbers = np.array([LABELS.index(record["label"]) for _, record in kept], dtype=np.int64)
        counts = np.maximum(np.bincount(numbers, minlength=3), 1)
        news = np.array([plan.news if "target" in record else 1.0 for _, record in kept])
        features += [one for one, _ in kept]
        labels.append(numbers)
        weights.append(news * len(kept) / (3 * counts[numbers]))
    if not features:
        raise UserError("train: there is no labelled text that can be read")
    chosen, weight = np.concatenate(labels), np.concatenate(weights)
    if missing := [label for number, label in enumerate(LABELS) if number not in chosen]:
        raise UserError(f"train: no text is labelled {' or '.join(missing)}: a model needs all three")
    weight = weight / weight.mean()
    fitted = fit(rows(features, plan.buckets), chosen, weight, plan)
    if meanings:
        # Words that share a bucket now disturb each other: fitted once more from there.
        plain = [one._replace(dense=one.dense[:DENSE]) for one in features]
        near = meanings.folded(fitted, plan)
        fitted = fit(rows(plain, plan.buckets), chosen, weight, plan, near)
    try:
        out.write_bytes(packed(kind, fitted, plan))
    except OSError as error:
        raise UserError(f"{out}: {error.strerror}") from None
    return len(features)


class Meanings:
    """Vectors of words. Their sum over a text stands beside VADER's figures while fitting; being linear, what it is
    worth is then added to the weights of the single words, so that the file holds no vectors."""

    def __init__(self, path: Path, plan: Plan) -> None:
        try:
            with np.load(path, allow_pickle=False) as held:
                words, vectors = [str(word) for word in held["words"]], held["vectors"].astype(np.float64)
        except (OSError, ValueError, KeyError) as error:
            raise UserError(f"{path}: no words and vectors: {error}") from None
        # The axes on which words differ most, the signs settled.
        centred = vectors - vectors.mean(axis=0)
        _, axes = np.linalg.eigh(_product(centred.T, centred))
        axes = axes[:, ::-1][:, : plan.axes]
        axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])
        placed = _product(centred, axes)
        self._placed = placed / np.abs(placed).std() * plan.reach
        self._rows = {word: row for row, word in enumerate(words)}

    def beside(self, features: Features, words: Sequence[str]) -> Features:
        """The features with the sum of the words' vectors behind the dense figures."""
        found = self._placed[[self._rows[word] for word in words if word in self._rows]].sum(axis=0)
        return features._replace(dense=(*features.dense, *(found * features.scale)))

    def folded(self, fitted: Any, plan: Plan) -> Any:
        """The fitted weights without the vectors' own, which went into the words' buckets."""
        first = len(fitted) - 1 - self._placed.shape[1]
        worth = _product(self._placed, fitted[first:-1])
        for word, row in self._rows.items():
            fitted[crc32(word.encode()) % plan.buckets] += worth[row]
        return np.concatenate([fitted[:first], fitted[-1:]])


def reader(kind: str, meanings: Meanings | None = None) -> Callable[[str], Features]:
    """What makes features of a text."""
    if kind == "zh":
        return chinese
    valence = Valence()

    def read(text: str) -> Features:
        words = words_of(text)
        features = english(text, words, valence)
        return meanings.beside(features, words) if meanings else features

    return read


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The labelled texts of a file, in its order. UserError that names the file and line of what is none."""
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise UserError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                record = json.loads(line)
                is_one = bool(record["text"].encode()) and record["label"] in LABELS
            except (ValueError, KeyError, TypeError, AttributeError):
                is_one = False
            if not is_one:
                raise UserError(f'{path}:{number}: no {{"text", "label": {"|".join(LABELS)}}}')
            yield record


def rows(features: Sequence[Features], buckets: int) -> Rows:
    """The features of all texts as arrays."""
    lengths = np.array([len(one.hashes) for one in features])
    return Rows(
        np.concatenate([[0], np.cumsum(lengths)[:-1]]),
        np.array([hashed % buckets for one in features for hashed in one.hashes], dtype=np.int64),
        np.repeat(np.array([one.scale for one in features]), lengths),
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
    prior[plan.buckets + DENSE : -1] = 1 / plan.vector_strength

    def slope(flat: Any) -> tuple[float, Any]:
        held = flat.reshape(-1, 3)
        sums = np.empty(wanted.shape)
        for at in range(3):
            column = np.ascontiguousarray(held[: plan.buckets, at])
            sums[:, at] = np.add.reduceat(column[data.buckets] * data.scales, data.starts)
        sums += _product(data.dense, held[plan.buckets :])
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
        found[plan.buckets :] += _product(data.dense.T, wrong)
        return float(loss + 0.5 * (prior * away * away).sum()), found.ravel()

    return descend(slope, middle.ravel(), plan.rounds).reshape(-1, 3)


def _product(left: Any, right: Any) -> Any:
    """A matrix product summed in numpy's own order: that of a BLAS hangs on the machine and its threads."""
    return np.einsum("ij,jk->ik", left, right, optimize=False)


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
