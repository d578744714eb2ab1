"""Folding for comparison, and the way back to the original offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fold import fold, fold_for_search, fold_with_offsets


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Orrin", "orrin"),
        ("Ｏｒｒｉｎ", "orrin"),
        ("Ján\u0301 O\u200brrin", "jan orrin"),
        ("it’s", "it's"),
        ("Straße ﬁne", "strasse fine"),
        ("奥林，高鸣", "奥林,高鸣"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=60), st.data())
def test_spans_lead_back(text: str, data: st.DataObject) -> None:
    folded = fold_with_offsets(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    low, high = folded.original(start, end)
    assert 0 <= low <= high <= len(text)
    if end > start:
        assert folded.text[start:end] in fold(text[low:high])


@given(st.text(max_size=80))
def test_the_quick_fold_finds_the_same_letters(text: str) -> None:
    quick = {c for c in fold_for_search(text) if c.isalnum()}
    assert quick == {c for c in fold(text) if c.isalnum()}
