"""The benchmark's inputs are what it says they are."""

from __future__ import annotations

import json

from monitor import watchlist
from monitor.match.names import Matcher
from monitor.model import Post, decode_post
from tests.bench import texts


def decoded(lines: list[bytes]) -> list[Post]:
    return [decode_post(line) for line in lines]


def test_inputs_are_the_same_each_time() -> None:
    assert list(texts.unrelated(300)) == list(texts.unrelated(300))
    assert list(texts.about_people(300)) == list(texts.about_people(300))


def test_unrelated_posts_have_the_size_of_a_stream_s() -> None:
    lines = list(texts.unrelated(4000))
    assert 500 <= sum(map(len, lines)) / len(lines) <= 870
    assert 76 <= sum(len(json.loads(line)["text"]) for line in lines) / len(lines) <= 92
    assert {post.lang for post in decoded(lines)} == set(texts.LANGUAGES)
    assert len({post.id for post in decoded(lines)}) == len(lines)


def test_posts_are_about_whom_they_should_be() -> None:
    matcher = Matcher(watchlist.load(str(texts.WATCHLIST)))
    assert not [post.text for post in decoded(list(texts.unrelated(2000))) if matcher.find(post)]
    posts = decoded(list(texts.about_people(1000)))
    assert sum(bool(matcher.find(post)) for post in posts) >= 0.98 * len(posts)
