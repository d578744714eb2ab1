"""Copies of a text in another dress are the same words; other words are not."""

from __future__ import annotations

import pytest

from monitor.sametext import claim_digest, text_digest
from tests.cost import assert_linear

TEXT = "Mara Venn has left Orrin Lab"


@pytest.mark.parametrize(
    "copy",
    [
        TEXT.upper(), f"  {TEXT}!! ", f"{TEXT} 🎉🎉", f"{TEXT} https://t.co/abc1", f"www.x.example/1 {TEXT}",
        f"RT @somebody: {TEXT}", f">> rt @somebody {TEXT} @you", f"@you @me {TEXT} #news #ai",
        "M\u0430ra V\u0435nn has left \u039frrin Lab", "Ma\u200bra Venn has\u2066 left Orrin Lab",
        "\uff2d\uff41\uff52\uff41 Venn has left Orrin Lab", "Mara Venn has left\n\nOrrin-Lab", "Ma\u0301ra Venn has left Orrin Lab",
    ],
)  # fmt: skip
def test_a_copy_in_another_dress(copy: str) -> None:
    assert text_digest(copy) == text_digest(TEXT) != b""
    assert claim_digest(copy) == claim_digest(TEXT)


@pytest.mark.parametrize(
    "end", ["4711", " (3)", " 1\ufe0f\u20e3", " \u2460", " 12 https://t.co/x 🎉", " @you 5"]
)
def test_a_number_at_the_end_makes_no_other_claim(end: str) -> None:
    assert claim_digest(TEXT + end) == claim_digest(TEXT) == text_digest(TEXT)
    assert text_digest(TEXT + end) != text_digest(TEXT), "but it may make another text"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TEXT, "Mara Venn has not left Orrin Lab"), (TEXT, "Tomas Reed has left Orrin Lab"), ("wow #one", "wow #two"),
        ("@maravenn why?", "why?"), ("林俊旸离职了", "林俊旸没离职"), ("2025", "2026"), ("https://a.example/1", "https://a.example/2"),
        ("yes 1", "yes 2"), ("She is leaving. Report: @one", "She is leaving. Rumour: @one"),
    ],
)  # fmt: skip
def test_other_words_are_another_text(one: str, other: str) -> None:
    assert text_digest(one) != text_digest(other)
    assert claim_digest(one) != claim_digest(other)


def test_no_words_at_all() -> None:
    assert [text_digest(text) for text in ("", " 🎉 !!", "\u200b")] == [b"", b"", b""]
    assert len(text_digest("\ud800 lone, and more of it")) == 16


@pytest.mark.parametrize(
    "piece", ["@", "#", "http://", "rt @", "www.", "a\u0301\u0327", "1", "https://x @y #z "]
)
def test_it_takes_linear_time(piece: str) -> None:
    for digest in (text_digest, claim_digest):
        assert_linear(digest, lambda length: piece * (length // len(piece)), 400_000)
