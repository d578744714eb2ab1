"""Whatever happens to a case and however fast: in the end each endpoint knows what is true, and nothing twice."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.casefile import RANK
from monitor.detect.rules import CaseRules
from monitor.endpoint import AlertSettings
from monitor.model import Reaction
from tests.detect.life import OPS, SURE, Life, claimed, edit
from tests.lab import LAB, at, post

CHAT = {**OPS, "name": "chat", "min_status": "reported"}
ALL = CaseRules(LAB, AlertSettings.model_validate({"endpoints": [OPS, CHAT, SURE], "max_age": "400d"}))
# What a speaker may say in one post that is edited again and again.
SPEAKERS: dict[str, tuple[dict[str, Any], list[str | None]]] = {
    "own": ({"handle": "maravenn"}, ["self_announced", "rumoured", "denied", None]),
    "bio": ({"handle": "maravenn", "kind": "profile"}, ["profile_changed", "denied", None]),
    "outlet": ({"url": "https://daily.example/a"}, ["reported", "rumoured", None]),
    "one": ({"handle": "reader_one"}, ["reported", "rumoured", None]),
    "two": ({"handle": "reader_two"}, ["reported", None]),
}
MOVES: list[tuple[str, str | None]] = [
    *((name, kind) for name, (_, kinds) in SPEAKERS.items() for kind in kinds),
    ("operator", "confirm"), ("operator", "dismiss"), ("operator", "reopen"),
]  # fmt: skip
# Minutes between two moves: within the hold, just round it, hours, days.
PAUSES = st.sampled_from([1 / 60, 0.05, 0.1, 0.15, 0.2, 1, 300, 1441])


def told(moves: list[tuple[tuple[str, str | None], float]]) -> Life:
    life, minute = Life(ALL), 0.0
    for revision, ((who, what), pause) in enumerate(moves, 1):
        minute += pause
        if who == "operator":
            if life.files:
                life.act(what, minute)
            continue
        fields = {"url": None, **SPEAKERS[who][0]}
        one: Reaction = claimed(
            post(who, f"{who} says {what}, dear all", minute=minute, **fields), "rumoured"
        )
        life.feed(edit(one, revision, *([what] if what else []), minute=minute))  # type: ignore[list-item]
    return life


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(MOVES), PAUSES), max_size=14))
def test_each_endpoint_knows_in_the_end_what_is_true(
    moves: list[tuple[tuple[str, str | None], float]],
) -> None:
    life = told(moves)
    status = life.status or ""
    rank = RANK.get(status, 0)
    for name, least in (("ops", 1), ("chat", 2), ("sure", 3)):
        heard = life.heard(name)
        # Twice in a row only what corrects a delivery that was withdrawn when it might have been on its way.
        assert sum(one == other for one, other in pairwise(heard)) <= life.late
        last = heard[-1] if heard else ""
        if rank >= least or (rank and RANK.get(last, 0)):
            assert last == status
        if not rank:
            assert last in ("", "denied", "retracted")
        assert not heard or RANK.get(heard[0], 0) >= least, "no correction without an alert before it"


FLIPS = [("bio", "profile_changed"), ("bio", None), ("outlet", "reported"), ("outlet", None)]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FLIPS), st.sampled_from([0.1, 30, 300])), max_size=40))
def test_few_rises_by_the_same_voices_within_a_day(
    moves: list[tuple[tuple[str, str | None], float]],
) -> None:
    life = told(moves)
    for name in ("ops", "chat"):
        got = sorted((due.due, id) for id, due in life.due.items() if due.endpoint == name)
        rises = [due for due, id in got if life.types[id] == "departure.reported"]
        # The profile and the outlet may each be news once, and one of them be there again; then it is damped.
        assert all(later - first >= 86400 for first, later in zip(rises, rises[3:], strict=False))
    assert at(0).timestamp() < 2**31


def test_a_second_voice_may_be_old_where_the_first_one_is_new() -> None:
    """The alert is as new as the newest evidence that carries the status, not as what came last."""
    week = AlertSettings.model_validate({"endpoints": [OPS, CHAT, SURE], "max_age": "7d"})
    day = 1440.0

    def voice(id: str, age: float, **more: Any) -> Reaction:
        one = claimed(post(id, f"{id} " * 9 + "says so", minute=-age * day, **more), "reported")
        return edit(one, 1, "reported", minute=0)

    life = Life(CaseRules(LAB, week)).feed(voice("new", 0)).feed(voice("old", 8))
    assert life.heard("chat") == ["reported"]
    life = Life(CaseRules(LAB, week)).feed(voice("older", 9)).feed(voice("old", 8))
    assert life.status == "reported" and life.told("ops") == life.told("chat") == []
    life.feed(voice("own", 60, handle="orrin_lab"))
    assert life.status == "confirmed" and life.told("sure") == []
