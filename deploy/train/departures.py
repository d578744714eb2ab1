"""Makes monitor/detect/weighing/lexicon/weights.tsv from labelled texts: python deploy/train/departures.py [OUT].

A logistic regression beside a small hidden layer, fitted together by AdaGrad (Duchi, Hazan, Singer 2011) in a fixed
order, so that two runs give the same bytes. Of each text a part of the features is left out each time, another one, and
now and then all of a family, so that none alone is relied on (dropout); nets from several beginnings are averaged. Needs
numpy. What the rules found counts as a feature only in the texts that nobody had read while writing the rules
(UNSEEN): elsewhere the rules are right more often than they will be.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from monitor import watchlist as watchlists
from monitor.detect.claims import ClaimReader
from monitor.detect.weighing.weights import BIAS, HIDDEN, STANDINGS, UNIT, ZERO
from monitor.match.names import Matcher
from monitor.model import ASSERTED
from tests.detect.figures import post_of

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "tests" / "detect" / "data"
SEEN = (
    "build.jsonl",
    "second_build.jsonl",
    "third_build.jsonl",
    "fourth_build.jsonl",
    "articles_build.jsonl",
)
UNSEEN = ("train.jsonl", "articles_train.jsonl", "old_exams.jsonl")
# The quotes of the seeds, which say how real news words it; they are few, so they count several times.
SEEDS, AGAIN = ("quotes.jsonl", "statements.jsonl"), 5
# Chosen by cross-validation over the texts that nobody had read.
NETS, UNITS, EPOCHS, BATCH = 3, 8, 8, 8
RATE, UNIT_RATE, DECAY, BEGINNING = 0.2, 0.2, 1e-4, 0.1
LEFT_OUT, FAMILIES_LEFT_OUT = 0.1, 0.4
# By the first letter of a feature's name: the rules, runs of words, runs of signs, and what else there is.
FAMILIES = {"r": 0, "w": 1, "c": 2, "p": 2, "o": 2}
LEAST = 5  # so many windows hold a feature that has a weight
SILENT = 0.01  # a unit is left out that moves a window's sums by less on average
LETTERS = 46  # a hidden weight is a letter so far before or behind ZERO at most

Example = tuple[list[str], int]


def main() -> None:
    """Reads the texts, fits, writes the file."""
    out = (
        Path(sys.argv[1])
        if len(sys.argv) > 1
        else ROOT / "monitor" / "detect" / "weighing" / "lexicon" / "weights.tsv"
    )
    found = [e for name in SEEN for e in examples(DATA / name, rules=False)]
    found += [e for name in UNSEEN for e in examples(DATA / name, rules=True)]
    found += [e for name in SEEDS for e in examples(ROOT / "seeds" / name, rules=True, people="qwen")] * AGAIN
    out.write_text(fit(found), "utf-8")


def examples(path: Path, *, rules: bool, people: str = "") -> Iterator[Example]:
    """(features, standing) of every window of every person in a file of labelled texts."""
    watched = watchlists.load(people or str(DATA / "watchlist.yaml"))
    matcher, reader = Matcher(watched), ClaimReader(watched)
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        record |= record.get("expected", {})
        if "claims" not in record:
            continue
        post = post_of(record)
        wanted = {claim["person"].casefold(): claim for claim in record["claims"]}
        for scene, key, _, weighed in reader.weighed(post, matcher.find(post)):
            told = wanted.get(key.casefold())
            for one in weighed:
                standing = _standing(record["text"], told, scene.folded.original(*one.window), len(weighed))
                if standing is not None:
                    yield (
                        [f for f in one.features if rules or not f.startswith("r ")],
                        STANDINGS.index(standing),
                    )


def _standing(text: str, told: dict[str, str] | None, place: tuple[int, int], count: int) -> str | None:
    """What a window of the text says of a person; None where the label does not say in which window it stands."""
    if told is None:
        return "none"
    claim = told["claim"]
    standing = "asserted" if claim in ASSERTED else claim
    if count == 1:
        return standing
    at = text.find(told.get("evidence") or "\0")
    if at < 0:
        return None
    return standing if place[0] < at + len(told["evidence"]) and at < place[1] else "none"


class Net(NamedTuple):
    """Weights by feature (those of the standings, then those of the hidden units), biases, what the units count for."""

    weights: Any
    bias: Any
    counts: Any


def fit(found: list[Example]) -> str:
    """The text of a weights file."""
    held = Counter(feature for row, _ in found for feature in row)
    names = sorted(feature for feature, count in held.items() if count >= LEAST)
    ids = {feature: at for at, feature in enumerate(names)}
    # In one order whatever the sets' own is: the sums, and so the bytes, must not hang on the process's hash seed.
    rows = [np.array(sorted(ids[f] for f in row if f in ids), dtype=np.int64) for row, _ in found]
    told = [at for at, row in enumerate(rows) if len(row)]
    standings = np.array([found[at][1] for at in told])
    families = np.array([FAMILIES.get(feature[0], 3) for feature in names])
    nets = [fitted([rows[at] for at in told], standings, families, seed) for seed in range(NETS)]
    return text(names, nets)


def fitted(rows: list[Any], standings: Any, families: Any, seed: int) -> Net:
    """A net fitted to rows of feature numbers, none empty, and the number of each one's standing."""
    chance = np.random.default_rng(seed)
    size, width = len(families), 4 + UNITS
    weights = np.zeros((size, width), dtype=np.float32)
    weights[:, 4:] = BEGINNING * chance.standard_normal((size, UNITS))
    bias = np.zeros(width, dtype=np.float32)
    counts = (0.5 * chance.standard_normal((UNITS, 4))).astype(np.float32)
    # What AdaGrad has seen of each weight's slopes; a hidden one begins slower.
    squares = np.full_like(weights, 1e-3)
    squares[:, :4] = 1e-6
    bias_squares, count_squares = np.full_like(bias, 1e-3), np.full_like(counts, 1e-3)
    rates = np.array([RATE] * 4 + [UNIT_RATE] * UNITS, dtype=np.float32)
    order = np.arange(len(rows))
    for _ in range(EPOCHS):
        chance.shuffle(order)
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            left = [(at, thinned(rows[at], families, chance)) for at in batch]
            batch, kept = [at for at, row in left if len(row)], [row for _, row in left if len(row)]
            if not kept:
                continue
            sizes = np.array([len(row) for row in kept])
            numbers = np.concatenate(kept)
            scales = (1 / np.sqrt(sizes)).astype(np.float32)[:, None]
            sums = np.add.reduceat(weights[numbers], np.cumsum(sizes) - sizes, axis=0) * scales + bias
            hidden = np.maximum(sums[:, 4:], 0)
            slopes = probabilities(sums[:, :4] + (hidden[:, :, None] * counts).sum(axis=1))
            slopes[np.arange(len(batch)), standings[batch]] -= 1
            unit_slopes = (slopes[:, None, :] * counts).sum(axis=2) * (hidden > 0)
            count_slopes = (hidden[:, :, None] * slopes[:, None, :]).sum(axis=0)
            every = np.concatenate((slopes, unit_slopes), axis=1)
            bias_slopes = every.sum(axis=0)
            # One slope for each feature of the batch, in how many of its texts it may stand.
            ordered = np.argsort(numbers, kind="stable")
            begins = np.flatnonzero(np.diff(numbers[ordered], prepend=-1))
            moved = numbers[ordered][begins]
            each = np.repeat(np.arange(len(batch)), sizes)[ordered]
            slope = np.add.reduceat((every * scales)[each], begins, axis=0)
            squares[moved] += slope * slope
            weights[moved] -= rates * (slope + DECAY * weights[moved]) / np.sqrt(squares[moved])
            bias_squares += bias_slopes * bias_slopes
            bias -= rates * bias_slopes / np.sqrt(bias_squares)
            count_squares += count_slopes * count_slopes
            counts -= UNIT_RATE * (count_slopes + DECAY * counts) / np.sqrt(count_squares)
    return alive(Net(weights, bias, counts), rows)


def alive(net: Net, rows: list[Any]) -> Net:
    """A net without the units that fitting has silenced: such are below nothing in nearly all rows."""
    means = [net.weights[row, 4:].sum(axis=0) / math.sqrt(len(row)) + net.bias[4:] for row in rows]
    worth = np.maximum(np.array(means), 0).mean(axis=0) * np.abs(net.counts).max(axis=1)
    kept = np.flatnonzero(worth >= SILENT)
    columns = np.concatenate((np.arange(4), 4 + kept))
    return Net(net.weights[:, columns], net.bias[columns], net.counts[kept])


def thinned(row: Any, families: Any, chance: Any) -> Any:
    """A row without the families and the single features that are left out this time."""
    row = row[(chance.random(4) >= FAMILIES_LEFT_OUT)[families[row]]]
    return row[chance.random(len(row)) >= LEFT_OUT]


def probabilities(sums: Any) -> Any:
    """Of each standing; by the C library's exp, for numpy's differs from machine to machine."""
    parts = np.array([[math.exp(one - max(row)) for one in row] for row in sums.tolist()], dtype=np.float32)
    return parts / parts.sum(axis=1, keepdims=True)


def text(names: list[str], nets: list[Net]) -> str:
    """The nets as one: the mean of the standings' weights, and all hidden units side by side."""
    plain = sum(net.weights[:, :4] for net in nets) / len(nets)
    hidden = np.concatenate([net.weights[:, 4:] for net in nets], axis=1)
    # A unit's measure: that its largest weight is the last letter.
    measures = np.maximum(np.abs(hidden).max(axis=0), 1e-6) / LETTERS
    letters = np.rint(hidden / measures).astype(np.int64) + ZERO
    bias = np.concatenate([net.bias[4:] for net in nets]) / measures
    counts = np.concatenate([net.counts for net in nets]) * measures[:, None] / len(nets)
    lines = [_line(BIAS, sum(net.bias[:4] for net in nets) / len(nets), chr(ZERO) * hidden.shape[1])]
    lines += [
        "\t".join([HIDDEN, *(f"{one:.5g}" for one in (*count, own))])
        for count, own in zip(counts.tolist(), bias.tolist(), strict=True)
    ]
    lines += [
        _line(name, row, bytes(spelt).decode("ascii"))
        for name, row, spelt in zip(names, plain.tolist(), letters.tolist(), strict=True)
    ]
    return "\n".join(lines) + "\n"


def _line(name: str, weights: list[float], letters: str) -> str:
    return "\t".join([name, *(str(round(float(one) / UNIT)) for one in weights), letters])


if __name__ == "__main__":
    main()
