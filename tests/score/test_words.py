"""How English is cut into words, and what must not change a text's score."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from monitor.score.blend import Blend
from monitor.score.grams import words_of

BLEND = Blend()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't #Stop #2 it's the lab's", ["don't", "#stop", "#", "0", "it's", "the", "lab's"]),
        ("sooo goooood!!!! wait...... ok??", ["soo", "good", "!!", "wait", "..", "ok", "??"]),
        ("@mara_v, see https://lab.example/a?b=1!", ["@user", ",", "see", "http:"]),
        ("naïve Œuvre 3rd :) :-( <3 ;p", ["naïve", "œuvre", "0", "rd", ":)", ":-(", "<3", ";p"]),
        ("a &amp; b &lt;3 &#39;x", ["a", "&", "b", "<3", "'", "x"]),
        ("http:no h https", ["http", ":", "no", "h", "https"]),
        ("great😂work", ["great", "😂", "work"]),
        (" \t", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_emoji_and_marks_do_not_change_the_language() -> None:
    for text in ("the best of us has left", "gutted for her", "ich bin so traurig und nicht froh"):
        plain = BLEND.score(text).lang
        assert BLEND.score(f"“{text}” — 😂… 💔").lang == plain
    assert BLEND.score("💔…").lang is None


def test_a_lone_surrogate_is_a_sign_like_any() -> None:
    assert BLEND.score("what a good day \ud800 for you").label == "positive"
    assert BLEND.score("今天真开心\ud800好喜欢").label == "positive"


def test_what_was_read_before_does_not_matter() -> None:
    texts = ["Mara was wonderful, the company is a horrible mess", "a horrible day", "很难过", "2024"]
    wanted = [(Blend().score(text), Blend().score_about(text, [(0, 4)])) for text in texts]
    for _ in range(2):
        assert [(BLEND.score(text), BLEND.score_about(text, [(0, 4)])) for text in texts] == wanted
    assert BLEND.score(texts[0], "de") == Blend().score(texts[0], "de")
    with ThreadPoolExecutor(4) as pool:
        assert all(found == wanted[0][0] for found in pool.map(BLEND.score, [texts[0], texts[0]] * 50))
        mixed = list(pool.map(BLEND.score, texts * 50))
    assert mixed == [whole for whole, _ in wanted] * 50
