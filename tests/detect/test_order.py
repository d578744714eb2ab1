"""The same evidence in any order of arrival ends in the same cases.

For this part of the evidence: posts of any speaker, claim and date up to their arrival, each with its edits and
its delete behind it (the stream sees to that), as many as a case keeps. Episodes are the same where there is one
return and no departure is taken back: a second episode that has once been opened stays, with what is dated into it,
and a return that arrives after departures on both sides of an older one leaves their numbers as they are. An
outlet's return parts less where a departure before it is known first-hand: by what has arrived until then. An
operator's act stands where it stands: what arrives before it may come in any order, and what arrives after it.
"""

from __future__ import annotations

import random
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import Claim, Post, Reaction
from tests.detect.life import Life
from tests.lab import LAB, at, post

DAY = 1440.0
SPEAKERS: dict[str, dict[str, Any]] = {
    "own": {"handle": "maravenn"},
    "organisation": {"handle": "orrin_lab"},
    "site": {"url": "https://orrin.example/news"},
    "outlet": {"url": "https://daily.example/news"},
    "one": {"handle": "reader_one"},
    "two": {"handle": "reader_two"},
    "three": {"handle": "reader_three"},
    "impostor": {"handle": "maravemn", "name": "Mara Venn"},
}
KINDS = ["self_announced", "reported", "profile_changed", "rumoured", "denied", None]
TEXTS = [
    "Mara Venn has left", "Mara Venn is gone from Orrin", "no more Mara Venn here", "that is it, then",
    "OMG Mara Venn just left lol", "Mara Venn left banana", "left kiwi Mara Venn, banana",  # each like the one before it
    "Mara Venn left for Acme, her team hears", "her team hears: Mara Venn left for Acme with two others of the team",
]  # fmt: skip
EDITS = st.sampled_from([*KINDS, "delete"])
ONE = st.tuples(
    st.sampled_from(sorted(SPEAKERS)), st.sampled_from(KINDS), st.sampled_from(TEXTS),
    st.integers(0, 60), st.lists(EDITS, max_size=2),
)  # fmt: skip
SEED = st.integers(0, 2**32)


def entries(number: int, one: tuple[Any, ...]) -> list[Reaction]:
    """A post and what becomes of it, in the order of its revisions."""
    speaker, kind, text, day, edits = one
    first = post(f"p{number}", text, minute=day * DAY, **SPEAKERS[speaker])
    found = [said(first, kind)]
    for revision, edit in enumerate(edits, 1):
        later = msgspec.structs.replace(first, revision=str(revision))
        if edit == "delete":
            found.append(said(msgspec.structs.replace(later, deleted=True, text=""), None))
            break
        found.append(said(later, edit))
    return found


def said(one: Post, kind: Any, **more: Any) -> Reaction:
    claims = [Claim("mara-venn", kind, 0, len(one.text), "test", **more)] if kind else []
    return Reaction(post=one, via="test", about=["mara-venn"], claims=claims, scored_at=one.created_at)


def fed(life: Life, posts: list[list[Reaction]], seed: int, begin: float) -> Life:
    """All entries in an order of chance, but those of one post in theirs."""
    turns = [number for number, one in enumerate(posts) for _ in one]
    random.Random(seed).shuffle(turns)
    waiting = [list(one) for one in posts]
    for arrival, number in enumerate(turns):
        life.feed(msgspec.structs.replace(waiting[number].pop(0), scored_at=at(begin + arrival)))
    return life


def end(life: Life) -> dict[int, tuple[str | None, Any, Any]]:
    cases = [file.case for file in life.files.values()]
    return {case.episode: (case.status, case.voices, case.occurred_at) for case in cases}


@settings(max_examples=300, deadline=None)
@given(st.lists(ONE, min_size=1, max_size=7), SEED, SEED)
def test_any_order_ends_in_the_same_status(posts: list[tuple[Any, ...]], one: int, other: int) -> None:
    lists = [entries(number, post) for number, post in enumerate(posts)]
    ends = [end(fed(Life(), lists, seed, 100 * DAY)) for seed in (one, other)]
    # A case that opens only to lose its evidence may also not have opened at all.
    assert ends[0] == ends[1] or {row[0] for found in ends for row in found.values()} <= {"retracted"}


@settings(max_examples=300, deadline=None)
@given(
    st.lists(ONE, min_size=1, max_size=7), st.sampled_from(["own", "site", "outlet"]), st.integers(0, 60), SEED,
    SEED,
)  # fmt: skip
def test_any_order_ends_in_the_same_episodes(
    posts: list[tuple[Any, ...]], speaker: str, day: int, one: int, other: int
) -> None:
    posts = [(*post[:-1], post[-1][:1] if post[1] == "denied" else []) for post in posts]
    lists = [entries(number, post) for number, post in enumerate(posts)]
    back = post("back", "I am back at Orrin", minute=day * DAY + 30, **SPEAKERS[speaker])
    sure = [one for one in lists if speaker == "outlet" and _may_be_sure(one, back)]
    rest = [*(one for one in lists if one not in sure), [said(back, "denied", returned=True)]]
    ends = []
    for seed in (one, other):
        ends.append(end(fed(fed(Life(), sure, seed, 90 * DAY), rest, seed, 100 * DAY)))
    assert ends[0] == ends[1]


def _may_be_sure(entries: list[Reaction], back: Post) -> bool:
    """Is a post one that may tell first-hand of a departure before a return?"""
    post = entries[0].post
    known = post.author.handle in ("maravenn", "orrin_lab") or "orrin.example" in (post.url or "")
    return known and post.created_at < back.created_at


@settings(max_examples=200, deadline=None)
@given(
    st.lists(ONE, max_size=5), st.sampled_from(["confirm", "dismiss", "reopen"]), st.lists(ONE, max_size=5),
    SEED, SEED,
)  # fmt: skip
def test_operators_acts_stand_in_their_time(
    before: list[tuple[Any, ...]], act: str, after: list[tuple[Any, ...]], one: int, other: int
) -> None:
    early = [entries(number, post) for number, post in enumerate(before)]
    late = [entries(number + 100, post) for number, post in enumerate(after)]
    sure = [[said(post("sure", "says a stranger", minute=1, handle="stranger"), "rumoured")]]
    ends = []
    for seed in (one, other):
        life = fed(Life(), [*sure, *early], seed, 100 * DAY).act(act, 200 * DAY)
        ends.append(end(fed(life, late, seed, 300 * DAY)))
    assert ends[0] == ends[1]


def test_the_lab_is_that_of_the_speakers() -> None:
    assert LAB.people[0].handles == {"x": ["maravenn"]} and LAB.outlets == ["daily.example"]
