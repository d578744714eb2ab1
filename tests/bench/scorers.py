"""Posts a CPU second of the scorers, beside the vaderSentiment package, on the same invented texts.

    python -m tests.bench.scorers
    python -m tests.bench.scorers --rounds 1 --share 0.1

In every round each scorer reads each kind of text in turn, so that a busy machine slows all. Cold: its tables are just
read and it has seen none of the texts; warm: the same texts once more. The package has no cache, nor has ours.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from monitor.score.blend import Blend
from monitor.score.vader import Vader
from monitor.score.valence import Valence
from tests.bench import naive
from tests.bench.texts import EMOJI, LANGUAGES

# What opinions are said with; about one word in twelve, as in posts. The rest are the words of the benchmark's texts.
FEELING = ["good", "great", "love", "happy", "thanks", "best", "proud", "hope", "fun", "nice", "win"]
FEELING += ["bad", "sad", "worst", "hate", "lost", "wrong", "fear", "war", "sorry"]
TURNS = ["not", "never", "very", "really", "but", "so", "no", "don't", "kind of", "more", "least", "without"]
SMALL = [
    "of",
    "to",
    "and",
    "in",
    "on",
    "for",
    "with",
    "at",
    "from",
    "by",
    "it",
    "that",
    "the",
    "we",
    "you",
    "was",
]
CHINESE = [*LANGUAGES["zh"][2].split(), "难过", "感谢", "生气", "喜欢", "再见"]
PLAIN = [*LANGUAGES["en"][2].split(), *SMALL]

Score = Callable[[str], object]
SCORERS: dict[str, Callable[[], Score]] = {
    "package": lambda: SentimentIntensityAnalyzer().polarity_scores,
    "all four": lambda: Valence().scores,
    "vader": lambda: Vader().score,
    "blend": lambda: Blend().score,
    "naive": lambda: partial(naive.scored, SentimentIntensityAnalyzer()),
}
# Fewest and most words, texts. The package and vader read no Chinese: they only find that out.
KINDS = {"tweets": (8, 30, 4000), "articles": (250, 700, 150), "chinese": (8, 30, 4000)}


def posts(kind: str, share: float = 1.0) -> list[str]:
    """Texts of the length of tweets (some 19 words) or of articles; the same ones each time."""
    fewest, most, number = KINDS[kind]
    rng = random.Random(kind)
    if kind == "chinese":
        lengths = [rng.randint(fewest, most) for _ in range(max(1, int(number * share)))]
        return ["".join(rng.choices(CHINESE, k=length)) for length in lengths]
    return [" ".join(words(rng, rng.randint(fewest, most))) for _ in range(max(1, int(number * share)))]


def words(rng: random.Random, number: int) -> Iterator[str]:
    """Sentences with opinions, turns, capitals, marks and links; an emoji now and then."""
    until = 0
    for place in range(number):
        word = rng.choice(rng.choices([PLAIN, FEELING, TURNS], [84, 8, 8])[0])
        if place == until:
            word, until = word.capitalize(), place + rng.randint(6, 16)
        elif rng.random() < 0.02:
            word = word.upper()
        if place == number - 1 or place + 1 == until:
            word += rng.choices(
                [".", "!", "?", "!!", " 😂", " https://site.example/a/1", " @marit"], [8, 2, 1, 1, 1, 1, 1]
            )[0]
        elif rng.random() < 0.06:
            word = rng.choice(
                [word + ",", word + ":", f"({word})", f"#{word}", f"{word} {rng.choice(EMOJI)}", f"{word}’s"]
            )
        yield word


def measured(score: Score, texts: list[str]) -> float:
    """Posts a CPU second."""
    began = time.process_time()
    for text in texts:
        score(text)
    return len(texts) / (time.process_time() - began)


Rates = dict[tuple[str, str, str], list[float]]


def measure(rounds: int, share: float) -> Rates:
    """Posts a CPU second by kind of text, scorer, and cold or warm, one figure a round."""
    rates: Rates = {}
    for kind in KINDS:
        texts = posts(kind, share)
        for _ in range(rounds):
            for name, made in SCORERS.items():
                score = made()
                for pass_ in ("cold", "warm"):
                    rates.setdefault((kind, name, pass_), []).append(measured(score, texts))
    return rates


def report(rates: Rates) -> None:
    """A row for each scorer: medians, and the median of each round's ratio to the package."""
    print(f"{'posts a CPU second':<20}{'scorer':<10}{'cold':>10}{'warm':>10}{'x cold':>8}{'x warm':>8}")
    for kind in KINDS:
        for name in SCORERS:
            found = [rates[kind, name, pass_] for pass_ in ("cold", "warm")]
            beside = [rates[kind, "package", pass_] for pass_ in ("cold", "warm")]
            ratios = [
                median(a / b for a, b in zip(*pair, strict=True)) for pair in zip(found, beside, strict=True)
            ]
            figures = "".join(f"{median(figure):>10,.0f}" for figure in found)
            print(f"{kind:<20}{name:<10}{figures}" + "".join(f"{ratio:>8.1f}" for ratio in ratios))
    print(f"Python {sys.version.split()[0]}")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="scorers", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--share", type=float, default=1.0, help="of the texts, for a quick look")
    options = parser.parse_args()
    report(measure(options.rounds, options.share))


if __name__ == "__main__":
    main()
