"""Every status of a case, every transition, and whom it is told to: tables, with the clock passed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import msgspec
import pytest

from monitor.detect import cases, rules
from monitor.detect.rules import CaseRules
from monitor.endpoint import AlertSettings
from monitor.model import Reaction
from tests.detect.life import (
    BIO,
    COPY,
    DENIAL,
    ELSEWHERE,
    HEDGE,
    HEDGE2,
    LATER,
    LATER_OUTLET,
    LOOKALIKE,
    OPS,
    ORG,
    ORG_DENIAL,
    OTHER_PLATFORM,
    OUTLET,
    SELF,
    SITE,
    THIRD,
    VOICE,
    VOICE2,
    Life,
    claimed,
    gone,
    live,
)  # fmt: skip
from tests.lab import LAB, NOW, at, post, reaction

STATUSES: list[tuple[str, Sequence[Reaction], str | None]] = [
    ("own handle announces", [SELF], "confirmed"),
    ("organisation's handle says so", [ORG], "confirmed"),
    ("organisation's site says so", [SITE], "confirmed"),
    ("trusted outlet", [OUTLET], "reported"),
    ("own bio changed", [BIO], "reported"),
    ("one voice", [VOICE], "rumoured"),
    ("two voices", [VOICE, VOICE2], "reported"),
    ("a copy is no second voice", [VOICE, COPY], "rumoured"),
    ("copies alone are one voice", [COPY, COPY], "rumoured"),
    ("a copy on another platform is no second voice", [VOICE, ELSEWHERE], "rumoured"),
    ("hedges stay rumoured", [HEDGE, HEDGE2], "rumoured"),
    ("a hedge is no second voice", [VOICE, HEDGE], "rumoured"),
    ("look-alike handle", [LOOKALIKE], "rumoured"),
    ("known handle of another platform", [OTHER_PLATFORM], "rumoured"),
    ("rumoured, then reported", [VOICE, OUTLET], "reported"),
    ("reported, then confirmed", [OUTLET, SELF], "confirmed"),
    ("weaker evidence does not lower it", [SELF, HEDGE, OUTLET], "confirmed"),
    ("own denial", [OUTLET, DENIAL], "denied"),
    ("organisation's denial", [OUTLET, ORG_DENIAL], "denied"),
    ("a denial beats an earlier announcement", [SELF, DENIAL], "denied"),
    ("a third party's denial changes nothing", [OUTLET, THIRD], "reported"),
    ("a third party's denial opens no case", [THIRD], None),
    ("a denial without a case is kept", [DENIAL], "denied"),
    ("only later strong evidence lifts a denial", [OUTLET, DENIAL, LATER], "confirmed"),
    ("medium evidence does not lift a denial", [OUTLET, DENIAL, LATER_OUTLET], "denied"),
    ("the only evidence is deleted", [OUTLET, gone(OUTLET)], "retracted"),
    ("other evidence is left", [OUTLET, VOICE, gone(OUTLET)], "rumoured"),
    ("a deleted denial denies no more", [OUTLET, DENIAL, gone(DENIAL)], "reported"),
    ("evidence after a retraction", [VOICE, gone(VOICE), OUTLET], "reported"),
]


@pytest.mark.parametrize(("reactions", "status"), [row[1:] for row in STATUSES], ids=[r[0] for r in STATUSES])
def test_status(reactions: Sequence[Reaction], status: str | None) -> None:
    assert live(*reactions).status == status


MARA = {"handle": "maravenn", "minute": 20}
STEPS: dict[str, Reaction] = {
    "hedge": reaction(post("s-hedge", "who knows", minute=20), "rumoured"),
    "voice": reaction(post("s-voice", "my friend Mara Venn quit", minute=20), "reported"),
    "outlet": LATER_OUTLET,
    "bio": reaction(post("s-bio", "ex-Orrin", kind="profile", **MARA), "profile_changed"),
    "self": LATER,
    "org": reaction(post("s-org", handle="orrin_lab", minute=20), "reported"),
    "denial": reaction(post("s-no", "I stay", **MARA), "denied"),
    "org denial": reaction(post("s-orgno", "she stays", handle="orrin_lab", minute=20), "denied"),
    "third party": reaction(post("s-third", "nonsense", minute=20), "denied"),
    "back": claimed(post("s-back", "I am back at Orrin", **MARA), "denied", returned=True),
    "outlet: back": claimed(
        post("s-outback", url="https://daily.example/back", minute=20), "denied", returned=True
    ),
}
STAYS = ""
# Per status before: how it came about, and after each step the status and who is told (of ops and sure).
GRID: dict[str, tuple[list[Reaction | str], dict[str, tuple[str | None, str]]]] = {
    "none": (
        [],
        {
            "hedge": ("rumoured", "ops"), "voice": ("rumoured", "ops"), "outlet": ("reported", "ops"),
            "bio": ("reported", "ops"), "self": ("confirmed", "ops sure"), "org": ("confirmed", "ops sure"),
            "denial": ("denied", ""), "org denial": ("denied", ""), "third party": (None, ""),
            "back": ("denied", ""), "outlet: back": ("denied", ""),
        },
    ),
    "rumoured": (
        [VOICE],
        {
            "hedge": (STAYS, ""), "voice": ("reported", "ops"), "outlet": ("reported", "ops"),
            "bio": ("reported", "ops"), "self": ("confirmed", "ops sure"), "org": ("confirmed", "ops sure"),
            "denial": ("denied", "ops"), "org denial": ("denied", "ops"), "third party": (STAYS, ""),
            "back": ("denied", "ops"), "outlet: back": ("denied", "ops"), "delete": ("retracted", "ops"),
            "confirm": ("confirmed", "ops sure"), "dismiss": ("dismissed", "ops"), "reopen": (STAYS, ""),
        },
    ),
    "reported": (
        [OUTLET],
        {
            "hedge": (STAYS, ""), "voice": (STAYS, ""), "outlet": (STAYS, ""), "bio": (STAYS, ""),
            "self": ("confirmed", "ops sure"), "org": ("confirmed", "ops sure"), "denial": ("denied", "ops"),
            "org denial": ("denied", "ops"), "third party": (STAYS, ""), "back": ("denied", "ops"),
            "outlet: back": ("denied", "ops"), "delete": ("retracted", "ops"),
            "confirm": ("confirmed", "ops sure"), "dismiss": ("dismissed", "ops"), "reopen": (STAYS, ""),
        },
    ),
    "confirmed": (
        [SELF],
        {
            "hedge": (STAYS, ""), "voice": (STAYS, ""), "outlet": (STAYS, ""), "bio": (STAYS, ""),
            "self": (STAYS, ""), "org": (STAYS, ""), "denial": ("denied", "ops sure"),
            "org denial": ("denied", "ops sure"), "third party": (STAYS, ""), "back": ("denied", "ops sure"),
            "outlet: back": (STAYS, ""), "delete": ("retracted", "ops sure"), "confirm": (STAYS, ""),
            "dismiss": ("dismissed", "ops sure"), "reopen": (STAYS, ""),
        },
    ),
    "denied": (
        [SELF, DENIAL],
        {
            "hedge": (STAYS, ""), "voice": (STAYS, ""), "outlet": (STAYS, ""), "bio": (STAYS, ""),
            "self": ("confirmed", "ops sure"), "org": ("confirmed", "ops sure"), "denial": (STAYS, ""),
            "org denial": (STAYS, ""), "third party": (STAYS, ""), "back": (STAYS, ""),
            "outlet: back": (STAYS, ""), "delete": (STAYS, ""), "confirm": ("confirmed", "ops sure"),
            "dismiss": ("dismissed", ""), "reopen": (STAYS, ""),
        },
    ),
    "retracted": (
        [SELF, gone(SELF, 2)],
        {
            "hedge": ("rumoured", "ops"), "voice": ("rumoured", "ops"), "outlet": ("reported", "ops"),
            "bio": ("reported", "ops"), "self": ("confirmed", "ops sure"), "org": ("confirmed", "ops sure"),
            "denial": ("denied", ""), "org denial": ("denied", ""), "third party": (STAYS, ""),
            "back": ("denied", ""), "outlet: back": ("denied", ""), "confirm": ("confirmed", "ops sure"),
            "dismiss": ("dismissed", ""), "reopen": (STAYS, ""),
        },
    ),
    "dismissed": (
        [SELF, "dismiss"],
        {
            "hedge": (STAYS, ""), "voice": (STAYS, ""), "outlet": (STAYS, ""), "bio": (STAYS, ""),
            "self": ("confirmed", "ops sure"), "org": ("confirmed", "ops sure"), "denial": (STAYS, ""),
            "org denial": (STAYS, ""), "third party": (STAYS, ""), "back": (STAYS, ""),
            "outlet: back": (STAYS, ""), "delete": (STAYS, ""), "confirm": ("confirmed", "ops sure"),
            "dismiss": (STAYS, ""), "reopen": ("confirmed", "ops sure"),
        },
    ),
}  # fmt: skip
ROWS = [(before, step) for before, (_, steps) in GRID.items() for step in steps]


@pytest.mark.parametrize(("before", "step"), ROWS, ids=[" + ".join(row) for row in ROWS])
def test_transition(before: str, step: str) -> None:
    """The status before, what comes, the status after, and exactly who is told what."""
    so_far, steps = GRID[before]
    after, told = steps[step]
    life = Life()
    for one in so_far:
        life = life.act(one, 10) if isinstance(one, str) else life.feed(one)
    assert life.status == (None if before == "none" else before)
    known = {name: life.heard(name, 25) for name in ("ops", "sure")}
    first = so_far[0] if so_far else None
    if step == "delete":
        assert isinstance(first, Reaction)
        life.feed(gone(first, 20))
    elif step in STEPS:
        life.feed(STEPS[step])
    else:
        life.act(step, 20)
    assert life.status == (before if after == STAYS else after)
    word = "retracted" if after == "dismissed" else after
    for name in ("ops", "sure"):
        assert life.heard(name, 25) == known[name] + ([word] if name in told.split() else [])
    assert set(life.files) <= {"orrin-lab-mara-venn-1"}


def test_the_grid_holds_every_status_and_every_step() -> None:
    acts = {"confirm", "dismiss", "reopen"}
    assert set(GRID) == {"none", "rumoured", "reported", "confirmed", "denied", "retracted", "dismissed"}
    for before, (_, steps) in GRID.items():
        wanted = STEPS.keys() | (acts if before != "none" else set())
        assert steps.keys() >= wanted, before


def test_each_status_is_told_once() -> None:
    life = live(VOICE, VOICE, VOICE2, OUTLET, SELF, SELF, HEDGE)
    assert life.told("ops") == ["rumoured", "reported", "confirmed"]
    assert life.told("sure") == ["confirmed"]


def test_corrections_go_to_exactly_those_who_were_told() -> None:
    life = live(OUTLET, DENIAL)
    assert life.told("ops") == ["reported", "denied"]
    assert life.told("sure") == []
    life = live(SELF, DENIAL)
    assert life.told("sure") == ["confirmed", "denied"]
    assert live(OUTLET, gone(OUTLET)).told("ops") == ["reported", "retracted"]
    assert live(OUTLET).act("dismiss", 10).told("ops") == ["reported", "retracted"]
    assert live(DENIAL).told("ops") == []
    assert live(SELF, DENIAL, LATER).told("sure") == ["confirmed", "denied", "confirmed"]


def test_a_fall_is_told_to_whoever_heard_the_higher_status() -> None:
    assert live(SELF, OUTLET, gone(SELF)).told("sure") == ["confirmed", "reported"]


def test_the_first_alert_goes_at_once_and_further_rises_are_held_and_merged() -> None:
    life = Life().feed(VOICE, at(0))
    life.feed(VOICE2, at(0) + timedelta(seconds=2)).feed(OUTLET, at(0) + timedelta(seconds=3))
    life.feed(SELF, at(0) + timedelta(seconds=5))
    first, second, third = life.plans
    start = at(0).timestamp()
    assert [d.due - start for d in first.dues] == [0]
    assert [(d.endpoint, d.due - start) for d in second.dues] == [("ops", 10)]
    assert [(d.endpoint, d.due - start) for d in third.dues] == [("ops", 10), ("sure", 5)]
    assert [d.before for d in third.dues] == ["orrin-lab-mara-venn-1-v1:ops", ""]
    assert third.withdrawn == [("orrin-lab-mara-venn-1-v2:ops", "ops")]


def test_webhook_ids_come_of_case_and_version_without_dots() -> None:
    ids = [plan.alert.id for plan in live(VOICE, OUTLET, SELF).plans if plan.alert]
    assert ids == [f"orrin-lab-mara-venn-1-v{n}" for n in (1, 2, 3)]


def test_old_evidence_opens_a_case_without_an_alert() -> None:
    life = Life().feed(OUTLET, NOW + timedelta(days=8))
    assert life.status == "reported"
    assert life.told("ops") == []
    life.feed(reaction(post("fresh", handle="maravenn", minute=60 * 24 * 8), "self_announced"))
    assert life.told("ops") == ["confirmed"]


@pytest.mark.parametrize("kind", ["dismiss", "reopen"])
def test_an_act_on_old_evidence_opens_no_conversation(kind: str) -> None:
    """Evidence that is a month old raised no alert; neither does its return by an operator."""
    month = 60 * 24 * 30
    life = Life().feed(OUTLET, at(month)).feed(SELF, at(month))
    life.act("dismiss", month + 1)
    if kind == "reopen":
        life.act("reopen", month + 2)
    else:
        life.feed(gone(SELF, month + 2))
    assert life.told("ops") == [] and life.told("sure") == []
    confirmed = ["confirmed"] if kind == "dismiss" else []
    assert life.act("confirm", month + 3).told("ops") == confirmed


def test_a_flood_of_hedges_hides_no_report() -> None:
    hedges = [reaction(post(f"h{n}", f"maybe {n} or so", minute=5), "rumoured") for n in range(220)]
    reports = [
        reaction(post(f"r{n}", text, minute=6), "reported")
        for n, text in enumerate(
            ["she left, says one of us", "my cousin works there: gone", "her desk is empty"]
        )
    ]
    assert live(*hedges, *reports).status == live(*reports, *hedges).status == "reported"
    assert live(*hedges, *(gone(one) for one in hedges)).status == "retracted"


def test_min_status_holds_after_a_retraction_too() -> None:
    life = live(SELF, gone(SELF), HEDGE)
    assert life.told("sure") == ["confirmed", "retracted"]
    assert life.told("ops") == ["confirmed", "retracted", "rumoured"]


def test_invented_people_cannot_crowd_out_a_watched_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_UNLISTED", 3)
    life = Life()
    for number in range(9):
        life.feed(reaction(post(f"u{number}"), "reported", person=f"Otto Brandt{number}"))
    assert len(life.files) == 3
    life.feed(SELF)
    assert life.files["orrin-lab-mara-venn-1"].case.status == "confirmed"


def test_a_known_departure_raises_no_alert() -> None:
    life = Life().feed(reaction(post("ida", handle="orrin_lab"), "reported", person="ida-holt"))
    assert life.status == "confirmed"
    assert life.told("ops") == []


def test_somebody_unlisted_gets_a_case_but_no_alert_unless_asked_for() -> None:
    claim = reaction(post("u", url="https://daily.example/u"), "reported", person="Ｏｔｔｏ Brandt")
    life = Life().feed(claim)
    ((id, file),) = life.files.items()
    assert id.startswith("orrin-lab-") and len(id.split("-")[2]) == 12
    assert file.case.name == "Ｏｔｔｏ Brandt"
    assert life.told("ops") == []
    again = reaction(post("u2"), "reported", person="otto brandt")
    assert list(life.feed(again).files) == [id]
    asked = CaseRules(LAB, AlertSettings.model_validate({"endpoints": [OPS], "unlisted": True}))
    assert Life(asked).feed(claim).told("ops") == ["reported"]


def test_whoever_opted_out_gets_no_case() -> None:
    assert Life().feed(reaction(post("o"), "reported", person="nobody atall")).files == {}


def test_a_flood_of_copies_is_one_voice_and_stays_small() -> None:
    life = live(VOICE)
    for number in range(300):
        life.feed(reaction(post(f"c{number}", minute=6), "reported", duplicate_of="one"))
    (file,) = life.files.values()
    assert (life.status, file.case.voices) == ("rumoured", 1)
    assert len(file.items) < 50
    assert len(file.case.evidence) <= 40


def test_an_edit_takes_its_older_words_back() -> None:
    edited = msgspec.structs.replace(VOICE, post=msgspec.structs.replace(VOICE.post, revision="2"), claims=[])
    assert live(VOICE, edited).status == "retracted"
    older = msgspec.structs.replace(VOICE, post=msgspec.structs.replace(VOICE.post, revision="1"))
    again = msgspec.structs.replace(VOICE, post=msgspec.structs.replace(VOICE.post, revision="2"))
    assert live(again, older).status == "rumoured"
    silent = msgspec.structs.replace(edited, claims=[])
    life = live(again, msgspec.structs.replace(silent, post=older.post))
    assert life.status == "rumoured", "an older revision that comes late takes nothing back"


def test_a_flood_of_first_hand_evidence_stays_bounded_and_the_newest_counts() -> None:
    says = [
        reaction(
            post(f"o{n}", f"word {n} of it", handle="orrin_lab", minute=n), "denied" if n % 2 else "reported"
        )
        for n in range(2 * cases.KEPT + 60)
    ]
    for order in (says, says[::-1]):
        life = Life()
        for one in order:
            life.feed(one, at(len(says)))
        (file,) = life.files.values()
        assert len(file.items) <= 2 * cases.KEPT
        assert life.status == "denied"
        assert file.case.evidence[0].post_id == "o0" and file.case.evidence[-1].post_id == says[-1].post.id
