"""Which of two revisions stands, whatever the source calls them."""

from __future__ import annotations

import itertools

import pytest

from monitor.revision import supersedes

HASH, OTHER = "c0ffee0123456789", "0123456789abcdef"


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("", "1"),
        ("", HASH),
        ("", "2026-05-04T12:00:00Z"),
        ("2026-05-04T12:00:00Z", "2026-05-04T12:00:00.5Z"),
        ("2026-05-04T20:00:00+08:00", "2026-05-04T12:30:00Z"),
        ("2026-05-04 12:00:00+00:00", "2026-05-04T12:00:01Z"),
        ("3lbxp", "3lbxq"),
        ("9", "10"),
    ],
)
def test_the_newer_one_stands_in_whatever_order_they_come(older: str, newer: str) -> None:
    assert supersedes(newer, older) and not supersedes(older, newer)


def test_a_content_hash_has_no_order_but_that_of_arrival() -> None:
    """A feed whose items have a date at one time and none at another: what came last stands."""
    for new, old in itertools.permutations([HASH, OTHER, "2026-05-04T12:00:00Z", "7"], 2):
        if {new, old} != {"2026-05-04T12:00:00Z", "7"}:
            assert supersedes(new, old), (new, old)
    assert not supersedes("", HASH)


@pytest.mark.parametrize("rubbish", ["2026-99-99T99:99:99Z", "2026-05-04T12:00", "0001-01-01T00:00:00+14:00"])
def test_what_looks_like_a_time_and_is_none_compares_as_text(rubbish: str) -> None:
    assert supersedes("2026-99", "2026-05") and supersedes(rubbish, rubbish)
    assert supersedes("3lbxq", rubbish)
