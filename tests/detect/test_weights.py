"""The model counts a window's features without spelling them out: the sums are those of the features by name."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from monitor import watchlist
from monitor.detect.claims import ClaimReader
from monitor.detect.weighing.weights import BIAS, ZERO, Unit, Weights, packed, parse, weights
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
    model = Weights({BIAS: 0, "w left": packed((0, 5, 0, 0)), "w left orrin": packed((0, 7, 0, 0))})
    once = model.scores(["left"], [], [])
    assert model.scores(["left", "left"], [], []) == once == model.of_named({"w left", "w gone"})
    assert model.scores(["left", "orrin"], [], []) == model.of_named({"w left", "w left orrin"})


def net(bias: float, **letters: int) -> Weights:
    """A net of one hidden unit that speaks against an assertion; `letters`: each word's weight for it."""
    rows = {f"w {word}": packed((0, 50, 0, 0), chr(ZERO + weight)) for word, weight in letters.items()}
    return Weights({BIAS: packed((0, 0, 0, 0), chr(ZERO)), **rows}, [Unit(bias, (0.0, -1.0, 0.0, 0.0))])


def test_a_hidden_unit_counts_where_it_is_more_than_nothing() -> None:
    model = net(0.0, left=-3, parking=8, permit=1)
    alone = model.of_named(["w left"])
    # By hand: a weight of 50 fiftieths is 1; the unit is below nothing, so it does not count.
    assert alone.asserted == pytest.approx(math.e / (3 + math.e))
    both = model.of_named(["w left", "w parking"])
    raised = (2 - 5) / math.sqrt(2)
    assert both.asserted == pytest.approx(math.exp(raised) / (3 + math.exp(raised)))
    assert both.none == both.rumoured == both.denied > alone.none


def test_a_units_bias_stands_for_itself() -> None:
    assert net(-9.0, parking=8).of_named(["w parking"]).asserted == pytest.approx(math.e / (3 + math.e))
    assert net(2.0).of_named([]).asserted == pytest.approx(math.exp(-2) / (3 + math.exp(-2)))


def test_sums_of_many_features_do_not_run_into_each_other() -> None:
    many = 50_000
    rows = {f"w {at}": packed((-9_000, 9_000, -1, 0), "!~") for at in range(many)}
    units = [Unit(0.0, (1.0, 0.0, 0.0, 0.0)), Unit(0.0, (0.0, 0.0, 0.0, 0.0001))]
    found = Weights({BIAS: packed((0, 0, 0, 0), "PP"), **rows}, units).of_named(rows)
    assert found.asserted == 1.0 and found.none == 0.0


def test_a_file_gives_features_and_units() -> None:
    rows, units = parse(
        "bias\t1\t-2\t0\t0\tP~\nunit\t0.5\t0\t0\t-1\t-0.25\nunit\t0\t0\t0\t0\t0\nw left\t-3\t4\t0\t0\tQ!\n"
    )
    assert units == [Unit(-0.25, (0.5, 0.0, 0.0, -1.0)), Unit(0.0, (0.0,) * 4)]
    assert rows == {BIAS: packed((1, -2, 0, 0), "P~"), "w left": packed((-3, 4, 0, 0), "Q!")}
