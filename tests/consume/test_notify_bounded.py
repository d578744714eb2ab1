"""However much posts hold, what machines are sent stays small, whole and by the published schema."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from monitor.alert import Alert, AlertData, Digest
from monitor.consume.notify import cloudevents, standard
from monitor.consume.notify.bounded import bounded
from monitor.model import Blind, Case, Change, Evidence, Who

from ..deploy.test_schema import EVENT, WEBHOOK, wrong
from ..lab import NOW
from .test_notify_golden import ALERTS

CASE: Any = ALERTS["confirmed"].data.case
FILLS = ["a", "林", "😀", "\x01", '"', "\\\n\x7f"]


def evidence(number: int, fill: str, **more: Any) -> Evidence:
    """One post at the limits of model.py."""
    excerpt = (fill * 280)[:280]
    fields: dict[str, Any] = {
        "source": (fill * 64)[:64],
        "post_id": f"{number} " + (fill * 2048)[:2040],
        "url": "https://daily.example/" + (fill * 4096)[:4000],
        "author": Who((fill * 512)[:512], (fill * 512)[:512], (fill * 512)[:512]),
        "claim": "reported",
        "excerpt": excerpt,
        "start": 270,
        "end": 280,
        "created_at": NOW - timedelta(minutes=number),
        "rule": "outlet.report",
    }
    return Evidence(**{**fields, **more})


def full(fill: str, count: int = 40, **more: Any) -> Case:
    long = (fill * 512)[:512]
    change = Change(at=NOW, from_=None, to="reported", rule="outlet.report", post_id=(fill * 2048)[:2048])
    fields: dict[str, Any] = {
        "name": long,
        "destination": long,
        "replacement": long,
        "voices": 45,
        "history": [msgspec.structs.replace(change, note=long) for _ in range(50)],
        "evidence": [evidence(number, fill) for number in range(count)],
        "blind": [Blind(source=(fill * 64)[:64], from_=NOW) for _ in range(10)],
    }
    return msgspec.structs.replace(CASE, **{**fields, **more})


def of_case(case: Case, fill: str) -> Alert:
    person = {"id": None, "name": (fill * 512)[:512], "role": (fill * 512)[:512], "listed": False}
    organisation = {"id": case.organisation, "name": "Orrin Lab"}
    mood = ALERTS["confirmed"].data.reaction
    data = AlertData(case=case, person=person, organisation=organisation, reaction=mood, message=fill * 3000)
    return Alert(id="c-1-v1", type=f"departure.{case.status}", timestamp=NOW, data=data)


def of_day(case: Case) -> Alert:
    digest = Digest(from_=NOW, to=NOW, cases=[case] * 30, more=4)
    return Alert(
        id="digest-ops-1", type="monitor.digest", timestamp=NOW, data=AlertData(message="m", digest=digest)
    )


def assert_holds(one: Alert) -> dict[str, Any]:
    """Its body of both formats; they are small, by the schema, and the same bytes every time."""
    body, event = standard.body(one), cloudevents.body(one.id, one)
    for made, schema in ((body, WEBHOOK), (event, EVENT)):
        assert len(made) < 20_000
        assert wrong(json.loads(made), schema) == []
    assert isinstance(WEBHOOK, Draft202012Validator)
    assert (body, event) == (standard.body(one), cloudevents.body(one.id, one))
    value: dict[str, Any] = json.loads(body)
    assert json.loads(event)["data"] == value["data"]
    return value


@pytest.mark.parametrize("fill", FILLS)
def test_a_case_of_posts_at_their_limits(fill: str) -> None:
    case = assert_holds(of_case(full(fill), fill))["data"]["case"]
    assert case["voices"] == 45 and case["id"] == CASE.id and case["evidence"]
    for one in case["evidence"]:
        assert one["url"] is None and 0 <= one["start"] < one["end"] <= len(one["excerpt"])


@pytest.mark.parametrize("fill", FILLS)
def test_a_day_of_them(fill: str) -> None:
    digest = assert_holds(of_day(full(fill, 3)))["data"]["digest"]
    assert digest["cases"] and len(digest["cases"]) + digest["more"] == 34


def test_the_best_evidence_stays_in_its_order() -> None:
    found = [evidence(number, "a", strength="weak", url=None) for number in range(40)]
    found[7] = msgspec.structs.replace(found[7], strength="strong", claim="self_announced")
    found[30] = msgspec.structs.replace(found[30], strength="medium")
    value = assert_holds(of_case(full("a", evidence=found), "a"))
    kept = [int(one["post_id"].split()[0]) for one in value["data"]["case"]["evidence"]]
    assert kept == sorted(kept) and {0, 1, 7, 30} <= set(kept)
    denial = msgspec.structs.replace(found[39], claim="denied", strength="strong")
    case = full("a", evidence=[*found[:39], denial], status="denied")
    value = assert_holds(of_case(case, "a"))
    assert value["data"]["case"]["evidence"][-1]["claim"] == "denied"


def test_what_is_small_goes_as_it_is() -> None:
    for one in ALERTS.values():
        assert bounded(one) is one.data
