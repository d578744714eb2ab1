"""The model counts a window's features without spelling them out: the sums are those of the features by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor import watchlist
from monitor.detect.claims import ClaimReader
from monitor.detect.weighing.weights import Weights, weights
from monitor.labels import labelled_post, read_file
from monitor.match.names import Matcher

DATA = Path(__file__).parent / "data"
MANY = 400


@pytest.mark.parametrize("file", ["train.jsonl", "articles_train.jsonl"])
def test_scores_are_those_of_the_named_features(file: str) -> None:
    watched = watchlist.load(str(DATA / "watchlist.yaml"))
    matcher, reader, model = Matcher(watched), ClaimReader(watched), weights()
    windows = 0
    for record in read_file(DATA / file)[:MANY]:
        post = labelled_post(record)
        for _, _, _, weighed in reader.weighed(post, matcher.find(post)):
            for one in weighed:
                windows += 1
                assert one.scores(model) == model.of_named(one.features)
    assert windows > MANY / 4


def test_a_feature_that_stands_twice_counts_once() -> None:
    one = 1 << 128  # a feature with the weights 0, 5, 0, 0
    model = Weights({"bias": 0, "w left": one + (5 << 32), "w left orrin": one + (7 << 32)})
    once = model.scores(["left"], [], [])
    assert model.scores(["left", "left"], [], []) == once == model.of_named({"w left", "w gone"})
    assert model.scores(["left", "orrin"], [], []) == model.of_named({"w left", "w left orrin"})
