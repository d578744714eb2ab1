"""Departure claims: each rule of the guide has a case, and hostile text costs nothing. The figures: test_exam.py."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor import watchlist
from monitor.detect.claims import ClaimReader
from monitor.match.names import Matcher
from monitor.model import Author, Claim, Post, post_of
from monitor.readers import Readers
from tests.cost import assert_linear
from tests.detect.figures import read_file

DATA = Path(__file__).parent / "data"
WATCHLIST = watchlist.load(str(DATA / "watchlist.yaml"))
MATCHER, READER, READERS = Matcher(WATCHLIST), ClaimReader(WATCHLIST), Readers(WATCHLIST)


def read(text: str, handle: str | None = None, name: str | None = None, **more: object) -> list[Claim]:
    post = Post(
        source="x",
        id="1",
        text=text,
        author=Author(handle=handle, name=name),
        created_at=datetime(2026, 3, 10, tzinfo=UTC),
        **more,  # type: ignore[arg-type]
    )
    return READER.read(post, MATCHER.find(post))


def kinds(text: str, handle: str | None = None, name: str | None = None, **more: object) -> dict[str, str]:
    return {claim.person: claim.claim for claim in read(text, handle, name, **more)}


def test_claims_are_about_people_whom_the_post_is_about() -> None:
    ids = {person.id for person in WATCHLIST.people}
    for record in read_file(DATA / "exam.jsonl"):
        author = Author(handle=record["author"]["handle"], name=record["author"]["name"])
        post = Post(
            source="x",
            id="1",
            kind=record["kind"],
            text=record["text"],
            author=author,
            created_at=datetime(2026, 3, 10, tzinfo=UTC),
        )
        matches = READERS.match(post)
        reading = READERS.reading(post, matches, READERS.claim(post, matches), {})
        assert {claim.person for claim in reading.claims} & ids <= set(reading.about), record["text"]


def test_the_span_carries_the_claim() -> None:
    text = "🎓🎓 Weiyu Song has left Orrin"
    (claim,) = read(text)
    assert text[claim.start : claim.end] == "left" and claim.rule == "en.verb.left"


def test_a_year_before_the_posts_is_no_news() -> None:
    assert kinds("Weiyu Song left Orrin in 2025") == {}
    assert kinds("Weiyu Song left Orrin in 2026") == {"weiyu-song": "reported"}


def test_a_profile_that_said_so_before_is_no_change() -> None:
    bio = {"kind": "profile", "handle": "tidepoolg", "name": "Ming Gao"}
    assert kinds("ex-Orrin, sailing", **bio) == {"ming-gao": "profile_changed"}
    assert kinds("ex-Orrin, sailing", **bio, before="ex-Orrin, asleep") == {}
    assert kinds("ex-Orrin, sailing", **bio, before="Orrin, asleep") == {"ming-gao": "profile_changed"}


def test_the_organisations_account_speaks_of_nobody_as_i() -> None:
    assert kinds("leaving Orrin lobby now, great team", handle="Veltra_Orrin", name="Orrin") == {}


def test_deleted_posts_and_texts_without_people_claim_nothing() -> None:
    assert kinds("Weiyu Song has left Orrin", deleted=True) == {}
    assert kinds("he has left") == {}


@pytest.mark.parametrize(
    "unit",
    [
        "left ",
        "Weiyu Song left Orrin. ",
        "宋维宇离开奥林，",
        "走",
        '"',
        "if ",
        "and ",
        "Song, ",
        "my last day of the ",
        "...",
        "\n",
        "ex-",
        "time at orrin ",
    ],
)
@pytest.mark.parametrize("kind", ["post", "profile"])
def test_a_hostile_megabyte_takes_time_in_proportion_to_its_length(unit: str, kind: str) -> None:
    assert_linear(
        lambda text: kinds(text, "MarcusSong88", "Weiyu Song", kind=kind),
        lambda length: "Weiyu Song of Orrin " + unit * (length // len(unit)),
        1_000_000,
    )


def test_a_long_bio_takes_linear_time() -> None:
    """Two edits of a stranger's profile must not hold the service: both texts are theirs to choose."""
    fields = {"source": "x", "id": "1", "kind": "profile", "created_at": "2026-05-04T12:00:00Z"}

    def read(before: str) -> None:
        text = "ex-" + "Orrin " * (len(before) // 6)
        READER.read(post_of({**fields, "text": text, "before": before, "author": {"name": "Ann Lee"}}), [])

    assert_linear(read, lambda length: "ex-acme " * (length // 8), 6_400)
