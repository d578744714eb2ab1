"""Toward and kinds on their way: pipeline, metrics, windows, API."""

from __future__ import annotations

from monitor.consume.web.query import OfReactions
from monitor.consume.web.reactions import is_wanted
from monitor.consume.windows.state import Windows
from monitor.model import KINDS, Arrival, Post, Reaction
from monitor.readers import Readers, Run
from monitor.tally import count
from monitor.telemetry import Telemetry
from tests.lab import LAB, NOW, at, post

GRIEF = "Heartbroken. Mara Venn leaving Orrin Lab is an immense loss, a terrible and sad day"
MARA = "mara-venn"


def react(one: Post) -> Reaction:
    return Run(Readers(LAB)).react(one, "test", NOW)


def telemetry() -> Telemetry:
    return Telemetry(
        people=[MARA], sources=["test"], windows=["1h"], endpoints=[], config_hash="", version=""
    )


def test_a_reaction_carries_both_how_it_sounds_and_how_it_is_toward_the_person() -> None:
    one = react(post("1", GRIEF))
    assert (one.sentiment.compound or 0) < -0.5 and (one.toward[MARA] or 0) > 0.5
    assert "sadness" in one.kinds


def test_what_matches_nobody_has_neither() -> None:
    one = react(post("1", "heartbroken, such a loss"))
    assert one.toward == {} and one.kinds == []


def test_ones_own_farewell_is_no_reaction_to_oneself() -> None:
    own = react(post("1", "I am leaving Orrin Lab. bye my beloved lab, thank you all", handle="maravenn"))
    assert own.about == [MARA] and own.toward == {} and "gratitude" in own.kinds
    windows = Windows(LAB, [3600])
    windows.add(own, NOW.timestamp())
    windows.add(react(post("2", GRIEF)), NOW.timestamp())
    window = windows.read(MARA, 3600, NOW.timestamp())
    assert window.count == 1 and window.mean > 0.5


def test_a_reply_to_the_farewell_is_toward_its_author() -> None:
    run = Run(Readers(LAB))
    run.react(post("1", "I am leaving Orrin Lab.", handle="maravenn"), "test", NOW)
    answer = run.react(post("2", "gutted. we will miss you, legend", parent_id="1"), "test", NOW)
    assert (answer.toward[MARA] or 0) > 0.5 and {"sadness", "praise"} <= set(answer.kinds)
    back = run.react(post("3", "thank you!", handle="maravenn", parent_id="2"), "test", NOW)
    assert back.about == [MARA] and back.toward == {}


def test_the_kinds_are_counted_from_zero() -> None:
    metrics = telemetry()
    assert {kind for person, kind in metrics.reactions_kind if person == MARA} == set(KINDS)
    one = react(post("1", GRIEF, minute=-1))
    count(metrics, "test", [Arrival(one.post, None)], [one], "a")
    text = metrics.render("text/plain")[0].decode()
    assert f'monitor_reactions_kind_total{{kind="sadness",person="{MARA}"}} 1.0' in text
    assert f'monitor_reactions_kind_total{{kind="report",person="{MARA}"}} 0.0' in text


def test_the_api_can_ask_for_a_kind() -> None:
    one = react(post("1", GRIEF, minute=-1))
    assert is_wanted(one, OfReactions(kind="sadness", since=at(-5)), {MARA})
    assert not is_wanted(one, OfReactions(kind="report"), {MARA})
