"""When it happens, whereto, and who follows: by the best evidence of the case that says so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from monitor.consume.gauges import count_cases
from monitor.model import Case, ClaimKind, Reaction
from monitor.telemetry import Telemetry
from tests.detect.life import BIO, DENIAL, SELF, VOICE, Life, claimed, gone, live
from tests.lab import at, post

MARCH = datetime(2027, 3, 31, tzinfo=UTC)
JANUARY = datetime(2026, 1, 1, tzinfo=UTC)
APRIL = datetime(2026, 4, 1, tzinfo=UTC)


def said(id: str, kind: ClaimKind, minute: float = 5, **more: Any) -> Reaction:
    claim = {k: more.pop(k) for k in ("occurred_at", "destination", "replacement", "returned") if k in more}
    return claimed(post(id, f"the words of {id} here", minute=minute, **more), kind, **claim)


def own(**claim: Any) -> Reaction:
    return said("own", "self_announced", handle="maravenn", **claim)


def outlet(id: str = "outlet", minute: float = 5, **claim: Any) -> Reaction:
    return said(id, "reported", minute, url="https://daily.example/a", **claim)


def voice(id: str = "voice", minute: float = 5, **claim: Any) -> Reaction:
    return said(id, "reported", minute, **claim)


def case(*reactions: Reaction) -> Case:
    return live(*reactions).case()


@pytest.mark.parametrize(
    ("reactions", "occurred"),
    [
        ([own(occurred_at=MARCH)], MARCH),
        ([outlet(occurred_at=JANUARY)], JANUARY),
        ([outlet(occurred_at=JANUARY), own(occurred_at=MARCH)], MARCH),
        ([outlet(occurred_at=JANUARY), own()], JANUARY),
        ([voice(occurred_at=JANUARY), outlet(occurred_at=APRIL)], APRIL),
        ([outlet("b", 6, occurred_at=APRIL), outlet("a", 5, occurred_at=JANUARY)], JANUARY),
        ([said("hedge", "rumoured", occurred_at=MARCH)], MARCH),
        ([said("hedge", "rumoured", 1, occurred_at=MARCH), voice(occurred_at=JANUARY)], JANUARY),
        ([voice("b", 7), voice("a", 6)], at(6)),
        ([said("hedge", "rumoured")], None),
        ([own(occurred_at=datetime(1, 1, 1, tzinfo=UTC))], at(5)),
        ([own(occurred_at=datetime(9999, 12, 31, tzinfo=UTC))], at(5)),
        ([own(occurred_at=MARCH), DENIAL], MARCH),
    ],
)
def test_the_time_is_that_of_the_best_evidence(reactions: list[Reaction], occurred: datetime | None) -> None:
    for order in (reactions, reactions[::-1]):
        assert case(*order).occurred_at == occurred


def test_the_time_goes_with_the_evidence_that_named_it() -> None:
    named = own(occurred_at=MARCH)
    assert case(VOICE, named, gone(named)).occurred_at == VOICE.post.created_at


@pytest.mark.parametrize("year", [1, 1970, 2014])
def test_a_post_with_an_impossible_date_says_nothing_of_the_time(year: int) -> None:
    old = replace(VOICE.post, created_at=VOICE.post.created_at.replace(year=year))
    strange = replace(VOICE, post=old, scored_at=at(5))
    assert case(strange).occurred_at is None
    assert case(strange, BIO).occurred_at == BIO.post.created_at


def test_whereto_and_who_follows() -> None:
    told = [
        outlet(destination="Somewhere Else", replacement="Pia Lund"), own(destination=" Harrow Works "),
        voice(destination="the moon", replacement="x" * 999),
    ]  # fmt: skip
    for order in (told, told[::-1]):
        found = case(*order)
        assert (found.destination, found.replacement) == ("Harrow Works", "Pia Lund")
    assert len(case(told[2]).replacement or "") == 200
    assert case(own(destination=" ")).destination is None
    assert case(own(), said("no", "denied", 9, handle="maravenn", destination="nowhere")).destination is None


def metrics(life: Life) -> tuple[float, float, dict[str, float]]:
    telemetry = Telemetry(
        people=["mara-venn", "tomas-reed", "ida-holt"], sources=[], windows=["1h"], endpoints=[], config_hash="",
        version="",
    )  # fmt: skip
    count_cases(telemetry, list(life.files.values()))
    at, seen = telemetry.departure_at["mara-venn"], telemetry.departure_detected_at["mara-venn"]
    status = {
        name: gauge._value.get()
        for (person, name), gauge in telemetry.departure_status.items()
        if person == "mara-venn"
    }
    return at._value.get(), seen._value.get(), status


def test_the_gauges_of_one_person_are_set_alone_and_the_sums_are_of_all() -> None:
    telemetry = Telemetry(
        people=["mara-venn", "tomas-reed", "ida-holt"], sources=[], windows=["1h"], endpoints=[], config_hash="",
        version="",
    )  # fmt: skip
    files = list(live(own(occurred_at=MARCH)).files.values())
    count_cases(telemetry, files, "tomas-reed")
    at, sums = telemetry.departure_at["mara-venn"]._value, telemetry.departure_cases["confirmed"]._value
    assert at.get() == 0 and sums.get() == 1
    count_cases(telemetry, files, "mara-venn")
    assert at.get() == MARCH.timestamp()
    count_cases(telemetry, [], "somebody-unlisted")
    assert at.get() == MARCH.timestamp() and sums.get() == 0
    count_cases(telemetry, [])
    assert at.get() == 0


@pytest.mark.parametrize(
    ("life", "seconds"),
    [
        (live(own(occurred_at=MARCH)), MARCH.timestamp()),
        (live(own(occurred_at=JANUARY)), JANUARY.timestamp()),
        (live(own(occurred_at=datetime(9999, 12, 31, tzinfo=UTC))), at(5).timestamp()),
        (live(own(), DENIAL), 0),
        (
            live(replace(VOICE, post=replace(VOICE.post, created_at=datetime(1, 1, 1, tzinfo=UTC)))),
            at(5).timestamp(),
        ),
    ],
)
def test_the_metric_follows_and_stays_sane(life: Life, seconds: float) -> None:
    assert metrics(life)[0] == seconds


def test_the_newest_episode_speaks_for_the_person() -> None:
    returned = said("back", "denied", 20, handle="maravenn", returned=True)
    again = said("again", "self_announced", 40, handle="maravenn")
    for turned in (False, True):
        life = live(SELF, returned, again)
        life.files = dict(reversed(life.files.items())) if turned else life.files
        occurred, seen, status = metrics(life)
        assert (occurred, seen) == (at(40).timestamp(), at(40).timestamp())
        assert status["confirmed"] == 1 and status["denied"] == 0
