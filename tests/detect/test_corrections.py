"""A case that falls: everyone who was told hears it, nobody else does; and one that flips is no nuisance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from monitor.casefile import Told
from monitor.detect.claims import ClaimReader
from monitor.detect.rules import CaseRules
from monitor.endpoint import AlertSettings
from monitor.match.names import Matcher
from monitor.model import ClaimKind, Post, Reaction
from monitor.readers import Readers
from tests.detect.life import (
    BIO,
    DENIAL,
    HEDGE,
    LATER,
    OPS,
    ORG,
    ORG_DENIAL,
    OUTLET,
    SELF,
    SURE,
    VOICE,
    VOICE2,
    Life,
    claimed,
    edit,
    gone,
    live,
)  # fmt: skip
from tests.lab import LAB, NOW, at, post

CHAT = {**OPS, "name": "chat", "min_status": "reported"}
DEAF = {**OPS, "name": "deaf", "events": ["source"]}
ALL = CaseRules(LAB, AlertSettings.model_validate({"endpoints": [OPS, CHAT, SURE, DEAF]}))
NAMES = ("ops", "chat", "sure", "deaf")
HOUR = 60.0
DAY = 24 * HOUR


def back(**by: Any) -> Reaction:
    return claimed(post("back", "Mara Venn is at Orrin again", minute=20, **by), "denied", returned=True)


# What was told before, what makes it fall, the status after, what is said of it to whoever was told.
FALLS: list[tuple[str, Sequence[Reaction], Reaction | str, str, str]] = [
    ("the person denies a rumour", [VOICE], DENIAL, "denied", "denied"),
    ("the person denies a report", [OUTLET], DENIAL, "denied", "denied"),
    ("the person takes it back", [SELF], DENIAL, "denied", "denied"),
    ("the organisation denies", [OUTLET], ORG_DENIAL, "denied", "denied"),
    ("the organisation denies what the person said", [SELF], ORG_DENIAL, "denied", "denied"),
    ("the person is back", [SELF], back(handle="maravenn"), "denied", "denied"),
    ("the organisation has the person back", [ORG], back(handle="orrin_lab"), "denied", "denied"),
    ("an outlet has the person back", [OUTLET], back(url="https://daily.example/b"), "denied", "denied"),
    ("the only post is deleted", [SELF], gone(SELF), "retracted", "retracted"),
    ("the only report is deleted", [OUTLET], gone(OUTLET), "retracted", "retracted"),
    ("the only rumour is deleted", [HEDGE], gone(HEDGE), "retracted", "retracted"),
    ("the post is edited and says nothing", [SELF], edit(SELF, 2), "retracted", "retracted"),
    ("the post is edited into a denial", [SELF], edit(SELF, 2, "denied"), "denied", "denied"),
    ("the post is edited into a hedge", [SELF], edit(SELF, 2, "rumoured"), "rumoured", "rumoured"),
    ("the report is edited into a hedge", [OUTLET], edit(OUTLET, 2, "rumoured"), "rumoured", "rumoured"),
    ("one of two voices is deleted", [VOICE, VOICE2], gone(VOICE2), "rumoured", "rumoured"),
    ("the best evidence is deleted", [OUTLET, SELF], gone(SELF), "reported", "reported"),
    ("the bio is changed back", [BIO], edit(BIO, 2), "retracted", "retracted"),
    ("the operator dismisses", [SELF], "dismiss", "dismissed", "retracted"),
]


@pytest.mark.parametrize(
    ("before", "fall", "status", "word"), [f[1:] for f in FALLS], ids=[f[0] for f in FALLS]
)
def test_exactly_those_who_were_told_hear_that_it_falls(
    before: Sequence[Reaction], fall: Reaction | str, status: str, word: str
) -> None:
    life = Life(ALL)
    for one in before:
        life.feed(one)
    known = {name: life.heard(name, 29) for name in NAMES}
    life = life.act(fall, 30) if isinstance(fall, str) else life.feed(fall, at(30))
    assert life.status == status
    for name in NAMES:
        assert life.heard(name, 31) == known[name] + ([word] if known[name] else [])
    alert = life.plans[-1].alert
    assert alert is not None and alert.data.case is not None
    assert (
        alert.data.case.id == "orrin-lab-mara-venn-1"
        and alert.id == f"orrin-lab-mara-venn-1-v{len(life.plans)}"
    )
    assert not known["deaf"]


@pytest.mark.parametrize(
    ("fall", "word"), [f[2::2] for f in FALLS if f[1] == [OUTLET] or f[0].endswith("dismisses")]
)
def test_what_is_still_held_is_withdrawn_when_the_case_falls(fall: Reaction | str, word: str) -> None:
    """A rumour was sent, the report is held for ten seconds, and in between the case falls."""
    life = Life(ALL).feed(VOICE, at(10))
    life.feed(OUTLET, at(10) + timedelta(seconds=2))
    if not isinstance(fall, str) and fall.post.id == OUTLET.post.id:
        life.feed(gone(VOICE), at(10) + timedelta(seconds=3))
    held = life.plans[1].dues
    assert [(due.endpoint, due.due - at(10).timestamp()) for due in held] == [("ops", 10), ("chat", 2)]
    minute = 10 + 5 / 60
    life = life.act(fall, minute) if isinstance(fall, str) else life.feed(fall, at(minute))
    assert life.plans[-1].withdrawn == [("orrin-lab-mara-venn-1-v2:ops", "ops")]
    wanted = [] if word == "rumoured" else [word]
    assert life.heard("ops") == ["rumoured", *wanted]
    assert life.heard("chat") == ["reported", word] and life.heard("sure") == []


def test_a_rise_that_nobody_heard_is_taken_back_without_a_word() -> None:
    life = Life(ALL).feed(VOICE, at(10)).feed(OUTLET, at(10) + timedelta(seconds=2))
    life.feed(gone(OUTLET), at(10) + timedelta(seconds=4))
    assert life.status == "rumoured"
    assert life.heard("ops") == ["rumoured"] and life.heard("chat") == ["reported", "rumoured"]
    life.feed(SELF, at(11))
    assert life.heard("ops", 12) == ["rumoured", "confirmed"]
    assert life.plans[-1].dues[0].before == "orrin-lab-mara-venn-1-v1:ops", (
        "it waits for the one that was sent"
    )


def test_what_may_be_on_its_way_is_corrected_and_not_only_withdrawn() -> None:
    life = Life(ALL).feed(VOICE, at(10)).feed(OUTLET, at(10) + timedelta(seconds=2))
    life.feed(gone(OUTLET), at(10) + timedelta(seconds=9))
    assert [due.endpoint for due in life.plans[-1].dues] == ["ops", "chat"]


def flips(life: Life, times: int, every: float, begin: float = 0.0) -> Life:
    """The person's own bio says that they left, and says it no more, and so on."""
    for turn in range(times):
        kinds: list[ClaimKind] = ["profile_changed"] if turn % 2 == 0 else []
        minute = begin + turn * every
        life.feed(edit(BIO, int(minute) + 2, *kinds, minute=minute))
    return life


def test_a_bio_that_flips_is_told_once_a_day() -> None:
    twice = ["reported", "retracted"] * 2
    life = flips(Life(ALL), 20, HOUR)
    assert life.status == "retracted"
    assert life.heard("ops") == life.heard("chat") == twice
    life = flips(Life(ALL), 21, HOUR)
    told = DAY + 2 * HOUR + 1 / 6
    assert life.heard("ops", told - 1 / 60) == twice
    assert life.heard("ops", told) == [*twice, "reported"], "what stays is told in the end"
    life.feed(edit(BIO, 9999, minute=DAY + 3 * HOUR))
    assert life.heard("ops") == [*twice, "reported", "retracted"]


@pytest.mark.parametrize("seconds", [4, 30, 3600])
def test_a_post_that_is_deleted_and_there_again_is_told_soon(seconds: float) -> None:
    """An outlet takes its post down to mend a word; whoever was told of that is told that it stands."""
    again = claimed(
        post("again", "Mara Venn quits", url="https://daily.example/b", minute=10 + seconds / 60), "reported"
    )
    life = Life(ALL).feed(OUTLET, at(3)).feed(gone(OUTLET), at(10)).feed(again)
    stands = at(10) + timedelta(seconds=seconds + 10)
    assert {due.endpoint: due.due for due in life.plans[-1].dues} == dict.fromkeys(
        ("ops", "chat"), stands.timestamp()
    )
    assert life.heard("ops") == ["reported", "retracted", "reported"]
    life.feed(gone(again), stands - timedelta(seconds=5))
    assert life.heard("ops") == ["reported", "retracted"], "one that falls within the hold is not told"
    once_more = claimed(
        post("third", "Mara Venn quits!", url="https://daily.example/c", minute=200), "reported"
    )
    assert len(life.feed(once_more).heard("ops", 201)) == 3, "and takes no turn from one that stands"


def test_after_a_quiet_day_it_is_told_at_once_and_soon_again() -> None:
    life = flips(Life(ALL), 4, HOUR)
    life = flips(life, 3, HOUR, begin=3 * DAY)
    assert life.heard("ops", 3 * DAY) == [*["reported", "retracted"] * 2, "reported"]
    assert life.heard("ops") == ["reported", "retracted"] * 3 + ["reported"]
    assert life.plans[-1].dues[0].due == at(3 * DAY + 2 * HOUR).timestamp() + 10


def test_a_bio_that_flips_for_a_week_is_two_messages_a_day() -> None:
    life = flips(Life(ALL), 7 * 24 * 2, HOUR / 2)
    assert len(life.heard("ops")) <= 2 * 7 + 2
    assert len(life.heard("ops")) == len(life.heard("chat"))


def test_it_is_held_too_where_a_rumour_stays() -> None:
    """Between rumoured and reported a flip is a nuisance as well."""
    life = flips(Life(ALL).feed(HEDGE, at(-60)), 20, HOUR)
    assert life.status == "rumoured"
    assert life.heard("ops") == ["rumoured", *["reported", "rumoured"] * 2]


@pytest.mark.parametrize(
    ("news", "heard"),
    [
        (LATER, ["confirmed"]), (ORG, ["confirmed"]), (VOICE, ["rumoured"]), (OUTLET, ["reported"]),
        (edit(BIO, 9, "profile_changed"), []), ("confirm", ["confirmed"]),
    ],
)  # fmt: skip
def test_other_evidence_goes_at_once(news: Reaction | str, heard: list[str]) -> None:
    life = flips(Life(ALL), 4, 5)
    assert life.heard("ops") == ["reported", "retracted"] * 2
    life = life.act(news, 40) if isinstance(news, str) else life.feed(news, at(40))
    assert life.heard("ops", 41) == ["reported", "retracted", "reported", "retracted", *heard]


def test_first_hand_news_overtakes_what_is_held() -> None:
    life = flips(Life(ALL), 5, 5).feed(LATER, at(40))
    assert life.heard("ops") == ["reported", "retracted", "reported", "retracted", "confirmed"]
    assert life.plans[-1].withdrawn == [
        ("orrin-lab-mara-venn-1-v5:ops", "ops"),
        ("orrin-lab-mara-venn-1-v5:chat", "chat"),
    ]


def test_a_voice_that_says_it_again_is_held_and_another_voice_is_not() -> None:
    again = claimed(post("again", "Mara Venn quit, I say", minute=40, handle="reader_one"), "reported")
    life = Life(ALL).feed(VOICE).feed(gone(VOICE)).feed(again)
    assert life.status == "rumoured" and life.heard("ops", 40.1) == ["rumoured", "retracted"]
    life.feed(replace(VOICE2, scored_at=at(40.1)))
    assert life.status == "reported" and life.heard("ops", 60) == ["rumoured", "retracted", "reported"]


def test_an_operator_who_reopens_is_heard_at_once() -> None:
    life = Life(ALL).feed(VOICE).act("dismiss", 10).act("reopen", 11)
    assert life.heard("ops", 12) == ["rumoured", "retracted", "rumoured"]


def test_names_are_not_remembered_when_the_evidence_is_gone() -> None:
    life = Life(ALL).feed(VOICE).feed(gone(VOICE))
    (file,) = life.files.values()
    assert list(file.risen.values()) == [1] and "reader_one" not in str(file.risen)


def test_what_an_older_version_stored_is_corrected_as_ever() -> None:
    life = Life(ALL).feed(SELF)
    (id,) = life.files
    old = {"ops": Told(f"{id}-v1:ops", "confirmed", SELF.scored_at.timestamp())}
    life.files[id] = replace(
        life.files[id], told=old, items=[replace(i, words="") for i in life.files[id].items]
    )
    assert [due.endpoint for due in life.feed(DENIAL).plans[-1].dues] == ["ops"]


PROFILE = [
    ("Orrin Lab. Climbing.", "Formerly Orrin Lab. Climbing.", "reported"),
    ("Formerly Orrin Lab. Climbing.", "Formerly Orrin Lab. Climbing and tea.", "reported"),
    ("Formerly Orrin Lab. Climbing and tea.", "Orrin Lab again!", "retracted"),
]  # fmt: skip


@pytest.mark.parametrize("whole", [True, False])
def test_a_bio_that_still_says_it_keeps_its_case(whole: bool) -> None:
    """A profile record comes whole with each change of anything in it; readers and rules judge it alike."""
    readers, life = Readers(LAB), Life(ALL)
    for revision, (before, text, status) in enumerate(PROFILE, 1):
        one = post(
            "at://mara/profile",
            text,
            handle="maravenn",
            kind="profile",
            revision=str(revision),
            before=before,
        )
        matches = Matcher(LAB).find(one)
        claims = readers.claim(one, matches) if whole else ClaimReader(LAB).read(one, matches)
        life.feed(_reaction(one, matches, claims))
        assert life.status == status


def _reaction(one: Post, matches: Any, claims: Any) -> Reaction:
    return Reaction(post=one, via="test", about=["mara-venn"], matches=matches, claims=claims, scored_at=NOW)


@pytest.mark.parametrize("kept", [{"events": ["source"]}, {"events": ["source", "delivery"]}, None])
@pytest.mark.parametrize(
    ("change", "heard"),
    [
        (DENIAL, ["reported", "denied"]),
        (ORG_DENIAL, ["reported", "denied"]),
        (gone(OUTLET), ["reported", "retracted"]),
        ("dismiss", ["reported", "retracted"]),
        ("confirm", ["reported"]),
        (SELF, ["reported"]),
    ],
)
def test_who_is_to_hear_of_departures_no_more_hears_what_corrects_the_earlier_ones(
    kept: dict[str, Any] | None, change: Reaction | str, heard: list[str]
) -> None:
    """By its `events`, or as it is not in the settings now; nothing new is told, and no correction twice."""
    life = live(OUTLET)
    endpoints = [SURE] if kept is None else [{**OPS, **kept, "quiet": "03:00-04:00"}, SURE]
    life.rules = CaseRules(LAB, AlertSettings.model_validate({"endpoints": endpoints}))
    if isinstance(change, str):
        life.act(change, 40)
    else:
        life.feed(change, at(40))
    assert life.heard("ops") == heard
    life.feed(LATER, at(60)).feed(gone(LATER, 90), at(90))
    assert life.heard("ops") == heard
