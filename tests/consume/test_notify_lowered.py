"""What a message says when a status falls and somebody is still said to leave."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.alert import Alert
from monitor.consume.notify.message import compose
from monitor.consume.notify.wording import Language
from monitor.detect.rules import CaseRules
from monitor.endpoint import AlertSettings
from tests.detect.life import OPS, Life, claimed, edit
from tests.lab import LAB, post

RULES = CaseRules(LAB, AlertSettings.model_validate({"endpoints": [OPS], "max_age": "400d"}))


def fallen(*others: dict[str, Any]) -> Alert:
    """Others report it, the person's own account confirms it, and takes that back."""
    life = Life(RULES)
    words = ["Heard it at lunch.", "Their boss told everybody.", "It stands in the paper."]
    for n, (text, fields) in enumerate(zip(words, others, strict=False)):
        life.feed(claimed(post(f"other{n}", text, minute=n, **fields), "reported"))
    own = claimed(post("own", "I have left Orrin Lab.", minute=10, handle="maravenn"), "self_announced")
    life.feed(own)
    life.feed(edit(own, 2, minute=20))
    alert = life.plans[-1].alert
    assert alert is not None
    return alert


@pytest.mark.parametrize(
    ("others", "language", "title", "standing"),
    [
        (
            [{"url": "https://daily.example/a"}],
            "en",
            "Correction, less certain now. Reported by a trusted outlet, not confirmed: Mara Venn leaves Orrin Lab",
            "Reported by a trusted outlet (one voice)",
        ),
        (
            [{"url": "https://daily.example/a"}],
            "zh",
            "更正，确定程度降低。据可信媒体报道，尚未确认：Mara Venn 离开 Orrin Lab",
            "据可信媒体报道（一个信源）",
        ),
        (
            [{"handle": "reader_one"}, {"handle": "reader_two"}],
            "en",
            "Correction, less certain now. Reported by 2 independent voices, not confirmed: Mara Venn leaves Orrin Lab",
            "Reported by 2 independent voices",
        ),
        (
            [{"handle": "reader_one"}],
            "en",
            "Correction, less certain now. Rumoured, unconfirmed: Mara Venn is said to be leaving Orrin Lab",
            "Rumoured, unconfirmed, one voice",
        ),
    ],
)
def test_a_fall_is_a_correction_and_names_what_is_left(
    others: list[dict[str, Any]], language: Language, title: str, standing: str
) -> None:
    message = compose(fallen(*others), language)
    assert message.title == title
    assert message.standing.startswith(standing)
