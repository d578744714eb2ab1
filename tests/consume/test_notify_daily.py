"""Which cases are news once a day: as the single alerts would have it, with the changes between left out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from monitor.alert import Digest
from monitor.casefile import File
from monitor.consume.notify.daily import LAG, MOST_CASES, digest_of
from monitor.endpoint import AlertSettings, Endpoint
from monitor.model import Case, Change, Evidence, Status

from ..lab import LAB

# Digests are at 8:00 by a clock in UTC; day 0 begins at 8:00.
START = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
SAID = Evidence(
    source="x",
    post_id="1",
    claim="reported",
    excerpt="gone",
    created_at=START,
    strength="medium",
    rule="outlet",
)


def day(days: float) -> datetime:
    return START + timedelta(days=days)


def endpoint(**more: Any) -> Endpoint:
    chat = {"name": "chat", "url": "https://c.example/KEY", "format": "slack", "digest": "08:00"}
    return Endpoint.model_validate({**chat, "min_status": "reported", **more})


def settings(**more: Any) -> AlertSettings:
    return AlertSettings.model_validate({"max_age": "7d", **more})


def case(
    *path: tuple[Status, float], said: float | None = None, person: str = "mara-venn", **more: Any
) -> Case:
    """A case that came to each status on that day; what carries it was said then, or on another day."""
    history, before = [], None
    for status, days in path:
        rule = more.get("rule", "outlet.report")
        history.append(Change(at=day(days), from_=before, to=status, rule=rule))
        before = status
    spoken = [said] if said is not None else [days for _, days in path]
    evidence = [msgspec.structs.replace(SAID, created_at=day(days) - timedelta(hours=1)) for days in spoken]
    return Case(
        id=f"orrin-lab-{person}-1",
        version=len(path),
        person=person,
        name=person,
        organisation="orrin-lab",
        episode=more.get("episode", 1),
        status=path[-1][0],
        opened_at=history[0].at,
        changed_at=history[-1].at,
        first_seen=history[0].at,
        history=history,
        evidence=more.get("evidence", evidence),
    )


def told(*cases: Case, since: float = 0, until: float = 1, **more: Any) -> Digest | None:
    alerts = more.pop("alerts", settings())
    return digest_of(
        [File(case=one) for one in cases], endpoint(**more), (day(since), day(until)), alerts, LAB
    )


# The path of a case (status, day), and whether the digest of day 4 (since day 3) tells endpoints of it that
# take it from `rumoured` and from `reported` on.
PATHS: dict[str, tuple[list[tuple[Status, float]], bool, bool]] = {
    "new": ([("reported", 3.5)], True, True),
    "a rumour": ([("rumoured", 3.5)], True, False),
    "old": ([("reported", 2.5)], False, False),
    "changes after it": ([("reported", 3.5), ("confirmed", 4.5)], True, True),
    "falls after it and rises": ([("reported", 3.5), ("retracted", 4.1), ("reported", 4.5)], True, True),
    "rises": ([("rumoured", 2.5), ("reported", 3.5)], True, True),
    "rises twice": ([("rumoured", 3.1), ("reported", 3.2), ("confirmed", 3.3)], True, True),
    "denied": ([("reported", 2.5), ("denied", 3.5)], True, True),
    "retracted": ([("reported", 2.5), ("retracted", 3.5)], True, True),
    "dismissed": ([("reported", 2.5), ("dismissed", 3.5)], True, True),
    "a rumour denied": ([("rumoured", 2.5), ("denied", 3.5)], True, False),
    "lower": ([("reported", 2.5), ("rumoured", 3.5)], True, True),
    "a rumour after what was never told": (
        [("reported", 2.1), ("retracted", 2.2), ("rumoured", 3.5)], True, False,
    ),
    "up and down in a day": ([("reported", 3.3), ("retracted", 3.6)], False, False),
    "down and up in a day": ([("reported", 2.5), ("retracted", 3.3), ("reported", 3.6)], False, False),
    "fallen again, told before": (
        [("reported", 1.5), ("rumoured", 2.5), ("retracted", 3.5)], True, True,
    ),
    "two corrections": ([("reported", 1.5), ("denied", 2.5), ("retracted", 3.5)], False, False),
    "up again after a correction": ([("reported", 1.5), ("denied", 2.5), ("confirmed", 3.5)], True, True),
    "a rumour after a correction": ([("reported", 1.5), ("denied", 2.5), ("rumoured", 3.5)], True, False),
    "denied at once": ([("denied", 3.5)], False, False),
    "only in the last minute before": ([("reported", 4 - 0.0001)], False, False),
    "in the last minute before the one before": ([("reported", 3 - 0.0001)], True, True),
}  # fmt: skip


@pytest.mark.parametrize(("path", "all_of_it", "reported"), PATHS.values(), ids=PATHS)
def test_what_is_news(path: list[tuple[Status, float]], all_of_it: bool, reported: bool) -> None:
    for least, wanted in (("rumoured", all_of_it), ("reported", reported)):
        assert (told(case(*path), since=3, until=4, min_status=least) is not None) is wanted, least


def test_each_change_is_in_one_digest() -> None:
    """Over the days each status is told once, whenever in a day it came."""
    for hour in (0.0, 0.001, 0.3, 0.7, 0.9993, 0.9999):
        one = case(("reported", 1 + hour))
        days = [n for n in range(6) if told(one, since=n, until=n + 1)]
        assert len(days) == 1 and days[0] in (0, 1, 2)


@pytest.mark.parametrize(
    ("one", "alerts", "is_told"),
    [
        (case(("reported", 3.5), said=-4), settings(), False),
        (case(("reported", 3.5), said=-3.2), settings(), True),
        (case(("reported", 3.5), said=-4), settings(max_age="30d"), True),
        (case(("reported", 2.5), ("denied", 3.5), said=-9), settings(), False),
        (case(("reported", 2.5), ("confirmed", 3.5), said=2.5), settings(), True),
        (case(("confirmed", 3.5), said=-40, rule="operator.confirm"), settings(), True),
        (case(("reported", 3.5), person="ida-holt"), settings(), False),
        (case(("reported", 3.5), person="ida-holt", episode=2), settings(), True),
        (case(("reported", 3.5), person="Joe Doe"), settings(), False),
        (case(("reported", 3.5), person="Joe Doe"), settings(unlisted=True), True),
        (case(("reported", 2.5), ("retracted", 3.5), evidence=[]), settings(), True),
    ],
)
def test_old_news_known_departures_and_strangers(one: Case, alerts: AlertSettings, is_told: bool) -> None:
    assert (told(one, since=3, until=4, alerts=alerts) is not None) is is_told


def test_a_digest_that_was_missed_covers_all_since() -> None:
    one, other = case(("reported", 0.5)), case(("reported", 2.5), person="tomas-reed")
    found = told(one, other, since=0, until=3)
    assert found and [c.person for c in found.cases] == ["tomas-reed", "mara-venn"], "newest first"
    assert (found.from_, found.to, found.more) == (day(0) - LAG, day(3) - LAG, 0)
    assert told(since=0, until=3) is None


def test_a_digest_is_bounded() -> None:
    path: list[tuple[Status, float]] = [("reported", 3 + n / 1000) for n in range(100)]
    big = case(*path, evidence=[msgspec.structs.replace(SAID, excerpt=f"{n} says so") for n in range(40)])
    many = [msgspec.structs.replace(big, id=f"c-{n}") for n in range(MOST_CASES + 20)]
    found = told(*many, since=3, until=4)
    assert found and len(found.cases) == MOST_CASES and found.more == 20
    assert all(len(one.evidence) == 3 and len(one.history) <= 21 for one in found.cases)
    fallen = case(("reported", 2.5), ("dismissed", 3.5))
    (one,) = (told(fallen, since=3, until=4) or pytest.fail("no digest")).cases
    assert one.evidence == [], "the words that are taken back are not repeated"
