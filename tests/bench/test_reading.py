"""The cost of reading a post: that it is measured, and that a post without a cue costs far less than one with."""

from __future__ import annotations

from monitor.model import Post, decode_post
from tests.bench import reading, texts


def test_figures() -> None:
    assert reading.figures([4.0, 1.0, 2.0, 3.0]) == (2.5, 3.0, 4.0, 4.0)


def test_a_post_without_a_cue_costs_a_fraction_of_one_with() -> None:
    posts: list[Post] = [decode_post(line) for line in texts.about_people(600)]
    plain = [p for p in posts if "thanks to" in p.text or "great talk" in p.text]
    telling = [p for p in posts if "has left" in p.text or "resigned" in p.text]
    assert len(plain) > 20 and len(telling) > 5
    people = str(texts.WATCHLIST)
    cheap, dear = reading.measured(people, plain), reading.measured(people, telling)
    assert reading.figures(cheap["claims"])[1] * 5 < reading.figures(dear["claims"])[1]
