"""Quiet hours and digests: what waits is one message in the end, what was never heard is not taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.casefile import RANK
from monitor.detect.rules import CaseRules
from monitor.endpoint import AlertSettings
from monitor.model import Reaction
from monitor.quiet import after_quiet
from tests.detect.life import BIO, DENIAL, OPS, OUTLET, SELF, SURE, VOICE, VOICE2, Life, edit, gone
from tests.detect.test_told import MOVES, PAUSES, SPEAKERS, claimed
from tests.lab import LAB, NOW, at, post

# The lab's clock shows 12:00 at minute 0; quiet from 12:30 to 20:00 (minute 480).
QUIET = {**OPS, "name": "quiet", "quiet": "12:30-20:00"}
CHAT = {**QUIET, "name": "chat", "min_status": "reported"}
DAILY = {**OPS, "name": "daily", "digest": "08:00"}
SETTINGS = AlertSettings.model_validate({"endpoints": [OPS, QUIET, CHAT, SURE, DAILY], "max_age": "400d"})
RULES = CaseRules(LAB, SETTINGS)
END = 480.0
Step = tuple[Reaction | str, float]


def lived(*steps: Step) -> Life:
    life = Life(RULES)
    for what, minute in steps:
        life = life.act(what, minute) if isinstance(what, str) else life.feed(what, at(minute))
    return life


# What happens and when; what the endpoint `quiet` hears while it is quiet, and what in all.
NIGHTS: dict[str, tuple[Sequence[Step], list[str], list[str]]] = {
    "an alert waits for the end": ([(OUTLET, 60)], [], ["reported"]),
    "before the quiet hours it goes at once": ([(OUTLET, 29)], ["reported"], ["reported"]),
    "at their end it goes at once": ([(OUTLET, END)], [], ["reported"]),
    "what rises meanwhile is one message": ([(VOICE, 60), (OUTLET, 70), (SELF, 90)], [], ["confirmed"]),
    "what falls a little is the lower one": ([(OUTLET, 60), (VOICE, 61), (gone(OUTLET), 90)], [], ["rumoured"]),
    "what nobody heard falls without a word": ([(OUTLET, 60), (gone(OUTLET), 90)], [], []),
    "a denial of it, too": ([(OUTLET, 60), (DENIAL, 90)], [], []),
    "and an operator's dismissal": ([(OUTLET, 60), ("dismiss", 90)], [], []),
    "then it comes anew": ([(OUTLET, 60), (gone(OUTLET), 90), (SELF, 120)], [], ["confirmed"]),
    "heard before and risen": ([(VOICE, 10), (OUTLET, 60)], ["rumoured"], ["rumoured", "reported"]),
    "heard before and denied": ([(OUTLET, 10), (DENIAL, 60)], ["reported"], ["reported", "denied"]),
    "risen and then denied": (
        [(VOICE, 10), (OUTLET, 60), (DENIAL, 70)], ["rumoured"], ["rumoured", "denied"],
    ),
    "risen and fallen back": ([(VOICE, 10), (OUTLET, 60), (gone(OUTLET), 70)], ["rumoured"], ["rumoured"]),
    "denied and lifted again": (
        [(OUTLET, 10), ("dismiss", 60), ("reopen", 70)], ["reported"], ["reported"],
    ),
    "denied, and deleted then": (
        [(OUTLET, 10), (DENIAL, 60), (gone(DENIAL), 61), (gone(OUTLET), 62)], ["reported"], ["reported", "retracted"],
    ),
    "risen in the last second of all": ([(VOICE, 60), (OUTLET, END - 1 / 60)], [], ["reported"]),
    "fallen when it may be on its way": (
        [(OUTLET, 60), (gone(OUTLET), END - 1 / 60)], [], ["reported", "retracted"],
    ),
    "fallen well before": ([(OUTLET, 60), (gone(OUTLET), END - 0.1)], [], []),
    "risen again within ten seconds": (
        [(VOICE, 60), (OUTLET, END + 0.05)], [], ["rumoured", "reported"],
    ),
    "evidence alone": ([(OUTLET, 60), (VOICE, 70), (VOICE2, 80)], [], ["reported"]),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "in_quiet", "in_all"), NIGHTS.values(), ids=NIGHTS.keys())
def test_a_night(steps: Sequence[Step], in_quiet: list[str], in_all: list[str]) -> None:
    life = lived(*steps)
    assert life.heard("quiet", END - 0.001) == in_quiet
    assert life.heard("quiet") == in_all


def test_what_waits_is_due_at_the_end_and_a_rise_after_it_is_held_as_ever() -> None:
    life = lived((OUTLET, 60))
    assert {due.endpoint: due.due for due in life.plans[0].dues} == {
        "ops": at(60).timestamp(), "quiet": at(END).timestamp(), "chat": at(END).timestamp()
    }  # fmt: skip
    life.feed(SELF, at(END) + timedelta(seconds=4))
    dues = {due.endpoint: due.due - at(END).timestamp() for due in life.plans[1].dues}
    assert dues["quiet"] == dues["chat"] == 10 and dues["ops"] == 4
    last = {due.endpoint: due.before for due in life.plans[1].dues}
    assert last["quiet"] == "orrin-lab-mara-venn-1-v1:quiet", "a correction overtakes nothing"


def test_a_hold_that_runs_into_the_quiet_hours() -> None:
    life = lived((VOICE, 30 - 5 / 60), (OUTLET, 30 - 4 / 60))
    dues = {due.endpoint: due.due for due in life.plans[1].dues}
    assert dues["quiet"] == at(END).timestamp()
    assert dues["ops"] == at(30).timestamp() + 5
    assert dues["chat"] == at(30).timestamp() - 4


def test_what_was_never_heard_does_not_make_old_news_new() -> None:
    """A report that fell in the night leaves no open conversation for evidence that is too old to open one."""
    rules = CaseRules(LAB, AlertSettings.model_validate({"endpoints": [OPS, QUIET]}))
    life = Life(rules).feed(OUTLET, at(60)).feed(gone(OUTLET), at(90))
    old = post("old", url="https://daily.example/old", minute=-20 * 1440)
    life.feed(claimed(old, "reported"), at(END + 60))
    assert life.heard("ops") == ["reported", "retracted", "reported"], "it knows of the case"
    assert life.heard("quiet") == []


def test_a_profile_that_flips_at_night() -> None:
    life = Life(RULES)
    for turn in range(8):
        life.feed(edit(BIO, turn + 2, *(["profile_changed"] if turn % 2 == 0 else []), minute=60 + turn))
    assert life.status == "retracted" and life.heard("quiet") == life.heard("chat") == []
    assert life.heard("ops") == ["reported", "retracted"] * 2


def test_an_endpoint_with_a_digest_gets_no_single_alerts() -> None:
    life = lived((VOICE, 0), (OUTLET, 5), (SELF, 30), (DENIAL, 60))
    assert life.heard("daily") == [] and all("daily" not in plan.file.told for plan in life.plans)
    only = CaseRules(LAB, AlertSettings.model_validate({"endpoints": [DAILY]}))
    plan = Life(only).feed(OUTLET).plans[0]
    assert plan.alert and plan.alert.endpoints == [] and plan.dues == []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(MOVES), PAUSES), max_size=14), st.sampled_from([0.0, 300.0, 479.5]))
def test_in_the_end_each_endpoint_knows_what_is_true_and_nothing_comes_in_quiet_hours(
    moves: list[tuple[tuple[str, str | None], float]], minute: float
) -> None:
    life = Life(RULES)
    for revision, ((who, what), pause) in enumerate(moves, 1):
        minute += pause
        if who == "operator":
            if life.files:
                life.act(what, minute)
            continue
        fields: dict[str, Any] = {"url": None, **SPEAKERS[who][0]}
        one = claimed(post(who, f"{who} says {what}, dear all", minute=minute, **fields), "rumoured")
        life.feed(edit(one, revision, *([what] if what else []), minute=minute))  # type: ignore[list-item]
    status = life.status or ""
    rank = RANK.get(status, 0)
    for endpoint in SETTINGS.endpoints[1:3]:
        least = RANK[endpoint.min_status]
        for due in life.due.values():
            if due.endpoint == endpoint.name:
                assert after_quiet(endpoint, due.due) == due.due >= NOW.timestamp()
        heard = life.heard(endpoint.name)
        assert sum(one == other for one, other in pairwise(heard)) <= life.late
        last = heard[-1] if heard else ""
        if rank >= least or (rank and RANK.get(last, 0)):
            assert last == status
        if not rank:
            assert last in ("", "denied", "retracted")
        assert not heard or RANK.get(heard[0], 0) >= least, "no correction without an alert before it"
