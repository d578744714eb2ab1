"""Who left, came back and leaves again: a second case, with its own history and its own alerts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from monitor.detect import episodes
from monitor.model import ClaimKind, Reaction
from tests.detect.life import Life, claimed, gone, live
from tests.lab import at, post

FIRST, SECOND, THIRD = (f"orrin-lab-mara-venn-{number}" for number in (1, 2, 3))
DAY = 1440.0
OWN, ORG, OUTLET = {"handle": "maravenn"}, {"handle": "orrin_lab"}, {"url": "https://daily.example/a"}
# Alerts are for news of the last week: here everything arrives on the day that it is dated.


def says(id: str, day: float, kind: ClaimKind = "self_announced", **more: Any) -> Reaction:
    claim = {k: more.pop(k) for k in ("returned", "occurred_at", "person") if k in more}
    return claimed(post(id, f"words of {id}, no more", minute=day * DAY, **(more or OWN)), kind, **claim)


LEFT = says("left", 0)
BACK = says("back", 10, "denied", returned=True)
LEFT_AGAIN = says("again", 40)


def told(life: Life, endpoint: str = "ops") -> list[str]:
    return [
        f"{p.alert.id[-4]} {p.alert.type[10:]}"
        for p in life.plans
        if p.alert and endpoint in p.alert.endpoints
    ]


def test_leaving_again_is_a_second_case() -> None:
    life = live(LEFT, BACK, LEFT_AGAIN)
    assert list(life.files) == [FIRST, SECOND]
    first, second = life.case(FIRST), life.case(SECOND)
    assert (first.status, first.episode, first.history[-1].rule) == ("denied", 1, "person.return test")
    assert (second.status, second.episode, second.version) == ("confirmed", 2, 1)
    assert [change.to for change in second.history] == ["confirmed"]
    assert [one.post_id for one in second.evidence] == ["again"]
    assert [p.alert.id for p in life.plans if p.alert] == [f"{FIRST}-v1", f"{FIRST}-v2", f"{SECOND}-v1"]
    assert life.heard("sure") == ["confirmed", "denied", "confirmed"]


@pytest.mark.parametrize(
    ("by", "status"), [(OWN, "denied"), (ORG, "denied"), (OUTLET, "confirmed"), ({"handle": "fan"}, "confirmed")]
)  # fmt: skip
def test_who_may_say_that_somebody_is_back(by: dict[str, Any], status: str) -> None:
    """An outlet's word parts two episodes, but takes nothing from what the person said; a stranger's does nothing."""
    life = live(LEFT, says("back", 10, "denied", returned=True, **by), LEFT_AGAIN)
    assert life.case(FIRST).status == status
    assert set(life.files) == ({FIRST} if "handle" in by and by["handle"] == "fan" else {FIRST, SECOND})


def test_an_outlets_return_answers_what_was_only_reported() -> None:
    reported = says("report", 0, "reported", **OUTLET)
    life = live(reported, says("back", 10, "denied", returned=True, **OUTLET))
    assert (life.status, life.case().history[-1].rule) == ("denied", "outlet.return test")
    assert life.heard("ops") == ["reported", "denied"]
    plain = live(reported, says("no", 10, "denied", **OUTLET))
    assert plain.status == "reported", "a third party's denial changes nothing"
    assert live(
        reported, says("back", 10, "denied", returned=True, **OUTLET), says("own", 10.5)
    ).files.keys() == {
        FIRST,
        SECOND,
    }


@pytest.mark.parametrize(
    ("by", "days", "episode"),
    [
        ({"handle": "gossip"}, 29, 1), ({"handle": "gossip"}, 31, 2), (OUTLET, 2, 1), (OUTLET, 13, 1),
        (OUTLET, 15, 2), (ORG, 0.1, 2), (OWN, 0.1, 2),
    ],
)  # fmt: skip
def test_talk_of_the_first_departure_is_no_second_one(by: dict[str, Any], days: float, episode: int) -> None:
    life = live(LEFT, BACK, says("talk", 10 + days, "reported" if by != OWN else "self_announced", **by))
    assert len(life.files) == episode
    assert life.case(FIRST).status == "denied"


@pytest.mark.parametrize("by", [OUTLET, {"handle": "gossip"}])
def test_a_text_that_dates_the_departure_after_the_return_counts_at_once(by: dict[str, Any]) -> None:
    new = says("new", 12, "reported", occurred_at=at(11 * DAY), **by)
    assert set(live(LEFT, BACK, new).files) == {FIRST, SECOND}
    foretold = says("foretold", 9, "reported", occurred_at=at(11 * DAY), **by)
    assert set(live(LEFT, BACK, foretold).files) == {FIRST}, "it was said before the return"


def test_a_changed_profile_is_no_talk() -> None:
    bio = claimed(post("bio", "ex-Orrin", minute=12 * DAY, **OWN, kind="profile"), "profile_changed")
    assert live(LEFT, BACK, bio).case(SECOND).status == "reported"


OUTLETS_BACK = says("back", 2, "denied", returned=True, **OUTLET)


@pytest.mark.parametrize("days", [2, 40])
def test_an_outlets_return_parts_no_talk_from_a_departure_that_is_known_first_hand(days: float) -> None:
    talk = says("talk", 2 + days, "reported", **OUTLET)
    for order in ([LEFT, OUTLETS_BACK, talk], [LEFT, talk, OUTLETS_BACK], [OUTLETS_BACK, LEFT, talk]):
        life = live(*order)
        assert set(life.files) == {FIRST} and life.status == "confirmed"
        assert life.heard("sure") == ["confirmed"]


def test_an_outlets_return_parts_no_talk_from_what_an_operator_confirmed() -> None:
    report, talk = says("report", 0, "reported", **OUTLET), says("talk", 40, "reported", **OUTLET)
    life = live(report).act("confirm", 60).feed(OUTLETS_BACK).feed(talk)
    assert set(life.files) == {FIRST} and life.status == "confirmed"
    assert set(live(report, OUTLETS_BACK, talk).files) == {FIRST, SECOND}


@pytest.mark.parametrize(
    ("day", "more", "episodes"), [(8, {}, 1), (20, {}, 2), (8, {"occurred_at": at(7 * DAY)}, 2)]
)
def test_first_hand_evidence_soon_after_an_outlets_return_repeats(
    day: float, more: dict[str, Any], episodes: int
) -> None:
    life = live(LEFT, OUTLETS_BACK, says("own", day, **more))
    assert len(life.files) == episodes
    assert life.heard("sure") == ["confirmed"] * episodes


def test_after_a_first_hand_return_an_outlets_return_parts_again() -> None:
    later = says("back too", 12, "denied", returned=True, **OUTLET)
    assert set(live(LEFT, BACK, later, says("report", 40, "reported", **OUTLET)).files) == {FIRST, SECOND}


def test_a_text_that_dates_the_departure_before_the_return_belongs_there() -> None:
    late = says("retro", 30, "reported", occurred_at=at(-10 * DAY), **OUTLET)
    life = live(LEFT, BACK, late)
    assert set(life.files) == {FIRST} and life.status == "denied"
    own = says("memoir", 30, occurred_at=at(-10 * DAY))
    assert live(LEFT, BACK, own).status == "denied", "nor does the person's own memory lift the return"


@pytest.mark.parametrize("kind", ["retracted", "denied"])
def test_a_false_alarm_is_no_episode(kind: str) -> None:
    fall = gone(LEFT, 60) if kind == "retracted" else says("no", 10, "denied")
    life = live(LEFT, fall)
    assert life.status == kind
    life.feed(LEFT_AGAIN)
    assert set(life.files) == {FIRST} and life.status == "confirmed"
    assert life.heard("sure") == ["confirmed", kind, "confirmed"]


def test_older_evidence_goes_to_the_first_episode_whenever_it_comes() -> None:
    life = live(LEFT, BACK, LEFT_AGAIN)
    life.feed(says("old", 1, "reported", **OUTLET), at(50 * DAY))
    life.feed(says("older", -1, "reported", **ORG), at(50 * DAY))
    assert [one.post_id for one in life.case(FIRST).evidence] == ["older", "left", "old", "back"]
    assert [one.post_id for one in life.case(SECOND).evidence] == ["again"]
    assert life.case(FIRST).status == "denied"


def test_a_return_that_comes_late_takes_along_what_is_dated_after_it() -> None:
    life = live(LEFT, says("once more", 40, "reported", **ORG), LEFT_AGAIN)
    assert set(life.files) == {FIRST}
    life.feed(BACK, at(41 * DAY))
    assert life.case(FIRST).status == "denied" and life.case(SECOND).status == "confirmed"
    assert [one.post_id for one in life.case(FIRST).evidence] == ["left", "back"]
    assert [one.post_id for one in life.case(SECOND).evidence] == ["again", "once more"]
    assert told(life) == ["1 confirmed", "2 confirmed", "1 denied"]
    before = dict(life.files)
    assert life.feed(BACK, at(42 * DAY)).files == before, "the same again changes nothing"


def test_nothing_is_lost_between_the_writes_of_two_episodes() -> None:
    """The new episode is written first: done again after a crash between the two, it ends the same."""
    life = live(LEFT, LEFT_AGAIN)
    (id, bearing), *_ = targets = life.rules.targets(BACK, life.files)
    assert [target for target, _ in targets] == [SECOND, FIRST]
    file, _ = life.rules.decide(None, BACK, bearing, at(41 * DAY))
    assert file is not None
    life.files[id] = file
    life.feed(BACK, at(42 * DAY))
    whole = live(LEFT, LEFT_AGAIN).feed(BACK, at(42 * DAY))
    for one in (FIRST, SECOND):
        assert [i.key for i in life.files[one].items] == [i.key for i in whole.files[one].items]
        assert life.case(one).status == whole.case(one).status


def test_several_people_tell_of_the_same_return() -> None:
    again = says("report", 40, "reported", **OUTLET)
    late = says("org back", 12, "denied", returned=True, **ORG)
    for order in ([LEFT, BACK, late, again], [LEFT, BACK, again, late], [LEFT, again, late, BACK]):
        life = live(*order)
        assert {id: file.case.status for id, file in life.files.items()} == {
            FIRST: "denied",
            SECOND: "reported",
        }


def test_a_third_episode() -> None:
    life = live(LEFT, BACK, LEFT_AGAIN, says("back2", 60, "denied", returned=True), says("third", 90))
    assert [file.case.status for file in life.files.values()] == ["denied", "denied", "confirmed"]
    assert list(life.files) == [FIRST, SECOND, THIRD]


def test_a_deleted_return_leaves_the_second_case_alone() -> None:
    life = live(LEFT, BACK, LEFT_AGAIN, gone(BACK, 41 * DAY))
    assert life.case(FIRST).status == "confirmed" and life.case(SECOND).status == "confirmed"
    assert live(LEFT, BACK, gone(BACK, 11 * DAY), LEFT_AGAIN).files.keys() == {FIRST}


def test_an_edit_that_says_another_day_moves_with_its_words() -> None:
    wrong = says("edit", 40, "reported", **OUTLET)
    life = live(LEFT, BACK, wrong)
    assert life.case(SECOND).status == "reported"
    from msgspec.structs import replace

    post = replace(wrong.post, revision="2")
    life.feed(replace(wrong, post=post, claims=[replace(wrong.claims[0], occurred_at=at(-10 * DAY))]))
    assert life.case(SECOND).status == "retracted" and life.case(FIRST).status == "denied"
    assert [one.post_id for one in life.case(FIRST).evidence] == ["left", "back", "edit"]


def test_a_known_departure_raises_no_alert_but_the_next_one_does() -> None:
    ida = {"person": "ida-holt"}
    site = {"url": "https://orrin.example/news"}
    known = says("ida", 0, "reported", **ida, **site)
    life = live(known)
    assert life.status == "confirmed" and life.told("ops") == []
    assert life.case("orrin-lab-ida-holt-1").evidence[0].post_id == "ida"
    life.feed(says("ida back", 10, "denied", returned=True, **ida, **site))
    assert life.case("orrin-lab-ida-holt-1").status == "denied" and life.told("ops") == []
    life.feed(says("ida again", 40, "reported", **ida, **site))
    assert life.case("orrin-lab-ida-holt-2").status == "confirmed"
    assert life.told("ops") == life.told("sure") == ["confirmed"]


def test_a_known_departure_without_a_case_and_a_return_by_an_outlet() -> None:
    ida = {"person": "ida-holt"}
    life = live(says("ida back", 10, "denied", returned=True, **ida, **OUTLET))
    assert life.status == "denied" and life.told("ops") == []
    life.feed(says("ida again", 40, "reported", **ida, **OUTLET))
    assert life.heard("ops") == ["reported"]


def test_somebody_unlisted_has_episodes_too() -> None:
    otto = {"person": "Otto Brandt"}
    site = {"url": "https://orrin.example/news"}
    life = live(
        says("o1", 0, "reported", **otto, **site), says("o2", 10, "denied", returned=True, **otto, **site),
        says("o3", 40, "reported", person="OTTO BRANDT", **site),
    )  # fmt: skip
    assert [id.rsplit("-")[-1] for id in life.files] == ["1", "2"]


def test_the_oldest_case_may_be_gone() -> None:
    life = live(LEFT, BACK, LEFT_AGAIN)
    del life.files[FIRST]
    life.feed(says("more", 41, "reported", **ORG))
    assert set(life.files) == {SECOND} and len(life.case(SECOND).evidence) == 2


def test_dates_at_the_ends_of_time_part_nothing_wrongly() -> None:
    item = live(LEFT).files[FIRST].items[0]
    from msgspec.structs import replace

    for year in (1, 9999):
        when = at(0).replace(year=year)
        far = replace(item, evidence=replace(item.evidence, created_at=when), occurred_at=when - timedelta(0))
        assert episodes.place([], far) == episodes.Place(1)
        back = replace(far, returned=True, evidence=replace(far.evidence, claim="denied"))
        assert episodes.parted_at([item, back, far]) in (None, when)
