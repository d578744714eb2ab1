"""Which of two revisions stands, whatever the source calls them."""

from __future__ import annotations

import itertools

import pytest

from monitor.revision import bare, late_of, supersedes

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


@pytest.mark.parametrize(
    ("revision", "next"),
    [
        ("", "1"),
        ("", HASH),
        ("", "2026-05-04T12:00:00Z"),
        ("2026-05-04T12:00:00Z", "2026-05-04T12:00:00.5Z"),
        ("2026-05-04T20:00:00+08", "2026-05-04T12:30:00Z"),
        ("3lbxp", "3lbxq"),
        ("9", "10"),
        (HASH, OTHER),
    ],
)
def test_a_late_score_is_above_what_it_scores_and_below_the_next_edit(revision: str, next: str) -> None:
    late = late_of(revision)
    assert late > revision and bare(late) == revision and late_of(late) == late
    assert supersedes(late, revision) and not supersedes(revision, late) and supersedes(late, late)
    assert supersedes(next, late) and supersedes(late_of(next), late) and supersedes(late_of(next), next)
    if revision != HASH:
        assert not supersedes(late, next) and not supersedes(late, late_of(next))


def test_a_revision_that_fills_its_room_stays_as_it_is() -> None:
    assert late_of("9" * 512) == "9" * 512 and supersedes("9" * 512, "9" * 512)
    assert len(late_of("9" * 507)) == 512
