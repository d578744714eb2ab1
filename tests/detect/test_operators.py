"""What an operator does: it stands in the history with its note, and evidence has its say again on reopening."""

from __future__ import annotations

import pytest

from monitor.detect.cases import HISTORY
from tests.detect.life import DENIAL, LATER, LATER_OUTLET, OUTLET, SELF, VOICE, Life, edit, gone, live
from tests.lab import at

Line = tuple[str | None, str, str, str]


def lines(life: Life) -> list[Line]:
    return [(line.from_, line.to, line.rule, line.note) for line in life.case().history]


@pytest.mark.parametrize(
    ("life", "act", "wanted"),
    [
        (live(VOICE), "confirm", [("rumoured", "confirmed", "operator.confirm", "why")]),
        (live(SELF), "confirm", [("confirmed", "confirmed", "operator.confirm", "why")]),
        (live(VOICE), "dismiss", [("rumoured", "dismissed", "operator.dismiss", "why")]),
        (live(VOICE), "reopen", [("rumoured", "rumoured", "operator.reopen", "why")]),
        (live(SELF, DENIAL), "reopen", [("denied", "denied", "operator.reopen", "why")]),
        (live(VOICE).act("dismiss", 8), "dismiss", [("dismissed", "dismissed", "operator.dismiss", "why")]),
        (
            live(VOICE).act("dismiss", 8), "reopen",
            [("dismissed", "dismissed", "operator.reopen", "why"), ("dismissed", "rumoured", "one-voice test", "why")],
        ),
        (
            live(SELF).act("dismiss", 8), "confirm",
            [
                ("dismissed", "dismissed", "operator.confirm", "why"),
                ("dismissed", "confirmed", "person.announcement test", "why"),
            ],
        ),
    ],
)  # fmt: skip
def test_each_act_stands_in_the_history(life: Life, act: str, wanted: list[Line]) -> None:
    before, alerts, version = lines(life), len(life.plans), life.case().version
    life.act(act, 10, "why")
    assert lines(life) == before + wanted
    assert life.case().version == version + len(wanted)
    changes = sum(line[0] != line[1] for line in wanted)
    assert len(life.plans) == alerts + changes, "an act that changes nothing is told to nobody"


def test_confirm_dismiss_and_reopen() -> None:
    assert live(VOICE).act("confirm", 10).status == "confirmed"
    assert live(VOICE).act("dismiss", 10).status == "dismissed"
    assert live(VOICE).act("dismiss", 10).feed(LATER_OUTLET).status == "dismissed"
    assert live(VOICE).act("dismiss", 10).feed(LATER).status == "confirmed"
    assert live(VOICE).act("dismiss", 10).act("reopen", 11).status == "rumoured"
    assert live(VOICE).act("dismiss", 10).act("confirm", 11).status == "confirmed"
    assert live(OUTLET, DENIAL).act("confirm", 10).status == "confirmed"


def test_reopen_gives_what_the_evidence_gives() -> None:
    life = live(VOICE).act("confirm", 10).act("dismiss", 11)
    assert life.act("reopen", 12).status == "rumoured", "the confirmation is gone as well"
    assert live(VOICE).act("confirm", 10).act("reopen", 11).status == "rumoured"
    assert live(OUTLET).act("dismiss", 10).feed(LATER_OUTLET).act("reopen", 30).status == "reported"
    assert live(VOICE).act("dismiss", 10).feed(gone(VOICE)).act("reopen", 40).status == "retracted"


def test_the_same_words_once_more_do_not_undo_a_dismissal() -> None:
    """A late score or an edited comma is an entry of the same post: what was seen before the act stays seen."""
    life = live(SELF).act("dismiss", 10).feed(edit(SELF, 2, "self_announced"))
    assert life.status == "dismissed"
    assert life.feed(LATER).status == "confirmed"


def test_a_denial_after_a_confirmation_counts_and_one_before_it_does_not() -> None:
    assert live(VOICE).act("confirm", 8).feed(DENIAL).status == "denied"
    assert live(VOICE).act("confirm", 10).feed(DENIAL, at(11)).status == "confirmed"


def test_a_dismissal_is_sent_as_retracted_to_those_who_were_told() -> None:
    life = live(OUTLET).act("dismiss", 10, "a namesake")
    assert life.heard("ops") == ["reported", "retracted"] and life.heard("sure") == []
    alert = life.plans[-1].alert
    assert alert is not None and alert.data.case is not None
    assert (alert.type, alert.data.case.status) == ("departure.retracted", "dismissed")
    assert alert.data.case.history[-1].note == "a namesake"


def test_the_history_is_bounded() -> None:
    life = live(VOICE)
    for number in range(2 * HISTORY):
        life.act("reopen", 10 + number, f"note {number}")
    assert len(life.case().history) == HISTORY == len(next(iter(life.files.values())).acts)
