"""Makes monitor/detect/weighing/lexicon/weights.tsv from labelled texts: python deploy/train/departures.py [OUT].

Multinomial logistic regression by AdaGrad (Duchi, Hazan, Singer 2011) in a fixed order, so that two runs give the same
bytes. What the rules found counts as a feature only in the texts that nobody had read while writing the rules
(UNSEEN): elsewhere the rules are right more often than they will be.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from monitor import watchlist as watchlists
from monitor.detect.claims import ClaimReader
from monitor.detect.weighing.weights import STANDINGS, UNIT
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
# Short lines in twins that one turn parts. They are harder than what people write, and many: a quarter of their pull was
# best on held-out hands of the others (3 folds; a half and an eighth were worse).
TWINS, PULL = "clauses.jsonl", 0.25
# The quotes of the seeds, which say how real news words it; they are few, so they count several times.
SEEDS, AGAIN = ("quotes.jsonl", "statements.jsonl"), 5
EPOCHS, RATE, DECAY, SEED, LEAST = 16, 0.2, 1e-4, 7, 12

# The features of a window, its standing, and how much it pulls.
Example = tuple[list[str], int, float]


def main() -> None:
    """Reads the texts, fits, writes the file."""
    out = (
        Path(sys.argv[1])
        if len(sys.argv) > 1
        else ROOT / "monitor" / "detect" / "weighing" / "lexicon" / "weights.tsv"
    )
    found = [e for name in SEEN for e in examples(DATA / name, rules=False)]
    found += [e for name in UNSEEN for e in examples(DATA / name, rules=True)]
    found += examples(DATA / TWINS, rules=True, pull=PULL)
    found += [e for name in SEEDS for e in examples(ROOT / "seeds" / name, rules=True, people="qwen")] * AGAIN
    out.write_text(fit(found), "utf-8")


def examples(path: Path, *, rules: bool, people: str = "", pull: float = 1.0) -> Iterator[Example]:
    """Every window of every person in a file of labelled texts."""
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
                        pull,
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


def fit(found: list[Example]) -> str:
    """The text of a weights file."""
    counts = Counter(feature for row, _, _ in found for feature in row)
    names = sorted(feature for feature, count in counts.items() if count >= LEAST)
    ids = {feature: at for at, feature in enumerate(names)}
    # In one order whatever the sets' own is: the sums, and so the bytes, must not hang on the process's hash seed.
    rows = [(sorted(ids[f] for f in row if f in ids), standing, pull) for row, standing, pull in found]
    weights = [[0.0] * len(names) for _ in STANDINGS]
    squares = [[1e-6] * len(names) for _ in STANDINGS]
    bias, bias_squares = [0.0] * 4, [1e-6] * 4
    order = random.Random(SEED)
    for _ in range(EPOCHS):
        order.shuffle(rows)
        for row, standing, pull in rows:
            scale = 1 / math.sqrt(max(1, len(row)))
            for at, slope in enumerate(_slopes(row, standing, weights, bias, scale)):
                part = pull * slope
                _move(weights[at], squares[at], row, part * scale)
                bias_squares[at] += part * part
                bias[at] -= RATE * part / math.sqrt(bias_squares[at])
    lines = [_line("bias", bias)]
    lines += [_line(name, [one[at] for one in weights]) for at, name in enumerate(names)]
    return "\n".join(lines) + "\n"


def _line(name: str, weights: list[float]) -> str:
    return "\t".join([name, *(str(round(one / UNIT)) for one in weights)])


def _slopes(
    row: list[int], standing: int, weights: list[list[float]], bias: list[float], scale: float
) -> list[float]:
    sums = [b + scale * sum([one[f] for f in row]) for one, b in zip(weights, bias, strict=True)]
    top = max(sums)
    parts = [math.exp(one - top) for one in sums]
    whole = sum(parts)
    return [part / whole - (at == standing) for at, part in enumerate(parts)]


def _move(weights: list[float], squares: list[float], row: list[int], slope: float) -> None:
    if abs(slope) < 1e-4:
        return
    square = slope * slope
    for f in row:
        squares[f] += square
        weights[f] -= RATE * (slope + DECAY * weights[f]) / math.sqrt(squares[f])


if __name__ == "__main__":
    main()
