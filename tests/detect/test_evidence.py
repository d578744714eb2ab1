"""What one claim of one post weighs, and what is shown of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.detect.evidence import excerpt, weigh
from monitor.model import Claim
from tests.lab import LAB, post


@pytest.mark.parametrize(
    ("url", "strength"),
    [
        ("https://daily.example/x", "medium"),
        ("https://m.daily.example:443/x", "medium"),
        ("https://daily.example.evil.test/x", "weak"),
        ("https://daily.example@evil.test/x", "weak"),
        ("https://notdaily.example/x", "weak"),
        ("javascript://daily.example/x", "weak"),
        ("https://[daily.example/x", "weak"),
        (None, "weak"),
    ],
)
def test_only_the_host_of_a_url_makes_an_outlet(url: str | None, strength: str) -> None:
    claim = Claim("mara-venn", "reported", 0, 4, "test")
    assert weigh(claim, post("p", url=url), LAB)[0] == strength


def test_an_excerpt_holds_the_words_and_at_most_280_characters() -> None:
    text = "a " * 500 + "Mara Venn has left" + " b" * 500
    start = text.index("Mara")
    part, begin, end = excerpt(text, start, start + 18)
    assert part[begin:end] == "Mara Venn has left"
    assert len(part) <= 280
    assert excerpt("short", 0, 5) == ("short", 0, 5)
    part, begin, end = excerpt("a" * 300, 290, 300)
    assert (part[begin:end], len(part)) == ("a" * 10, 279), "up to the last character"


@given(
    st.text(alphabet="a \n\u3000字", min_size=1, max_size=900),
    st.integers(0, 900),
    st.integers(1, 900),
)
def test_an_excerpt_marks_the_words_wherever_they_stand(around: str, start: int, length: int) -> None:
    text = around * 2
    start = min(start, len(text) - 1)
    end = min(len(text), start + length)
    part, begin, stop = excerpt(text, start, end)
    assert len(part) <= 280
    words = text[start:end][:278].strip()
    assert part[begin:stop].strip() == words or end - start > 270
    assert 0 <= begin <= stop <= len(part)
