"""The published schema of the webhook's body: it is what its generator makes, and it holds for what is sent."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from monitor.consume.notify import cloudevents, standard
from monitor.telemetry import ALERT_TYPES
from tests.consume.test_notify_wire import EVERY
from tests.deploy.tools import DEPLOY

ROOT = DEPLOY.parent
FILE = DEPLOY / "webhook.schema.json"
MAKES = DEPLOY / "schema" / "webhook.py"
SCHEMA = json.loads(FILE.read_text("utf-8"))
WEBHOOK = Draft202012Validator(SCHEMA)
EVENT = Draft202012Validator({"$ref": "#/$defs/CloudEvent", "$defs": SCHEMA["$defs"]})


def wrong(value: Any, validator: Draft202012Validator = WEBHOOK) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]


def body(name: str) -> Any:
    return json.loads(standard.body(EVERY[name]))


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_file_is_what_the_models_make_of_it(tmp_path: Path, seed: str) -> None:
    """`python deploy/schema/webhook.py` writes it anew; the bytes are the same in every process."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
    out = tmp_path / "schema.json"
    subprocess.run([sys.executable, MAKES, out], check=True, timeout=300, env=environ)
    assert out.read_bytes() == FILE.read_bytes()


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(SCHEMA["properties"]["type"]["enum"]) == set(ALERT_TYPES)
    for name, part in SCHEMA["$defs"].items():
        assert part["description"] and "\n" not in part["description"], name
        assert "default" not in json.dumps(part) and "additionalProperties" not in part


def test_every_type_has_an_example_here() -> None:
    assert {one.type for one in EVERY.values()} == set(ALERT_TYPES)


@pytest.mark.parametrize("name", EVERY)
def test_what_is_sent_is_what_it_says(name: str) -> None:
    assert wrong(body(name)) == []
    assert wrong(json.loads(cloudevents.body("id", EVERY[name])), EVENT) == []


@pytest.mark.parametrize("name", EVERY)
def test_unknown_fields_are_no_fault(name: str) -> None:
    """A receiver that checks what it gets goes on when a later version says more."""

    def with_more(value: Any) -> Any:
        if isinstance(value, dict):
            return {**{key: with_more(one) for key, one in value.items()}, "later": [1]}
        return [with_more(one) for one in value] if isinstance(value, list) else value

    assert wrong(with_more(body(name))) == []


Break = Callable[[dict[str, Any]], object]
BROKEN: list[tuple[str, str, Break]] = [
    ("no type", "reported", lambda one: one.pop("type")),
    ("no timestamp", "reported", lambda one: one.pop("timestamp")),
    ("no data", "reported", lambda one: one.pop("data")),
    ("a type of its own", "reported", lambda one: one.update(type="departure.wished")),
    ("no time", "reported", lambda one: one.update(timestamp="yesterday")),
    ("a time of elsewhere", "reported", lambda one: one.update(timestamp="2026-05-04T12:00:00+02:00")),
    ("seconds", "reported", lambda one: one.update(timestamp=1777896000)),
    ("no case", "reported", lambda one: one["data"].update(case=None)),
    ("another status", "reported", lambda one: one["data"]["case"].update(status="confirmed")),
    ("another type", "reported", lambda one: one.update(type="departure.denied")),
    ("no person", "denied", lambda one: one["data"].update(person=None)),
    ("a person without a name", "denied", lambda one: one["data"]["person"].pop("name")),
    ("no reaction", "confirmed", lambda one: one["data"].update(reaction=None)),
    ("voices in words", "confirmed", lambda one: one["data"]["case"].update(voices="three")),
    ("a case without history", "confirmed", lambda one: one["data"]["case"].pop("history")),
    ("evidence of no kind", "confirmed", lambda one: one["data"]["case"]["evidence"][0].update(claim="x")),
    ("evidence without words", "confirmed", lambda one: one["data"]["case"]["evidence"][0].pop("excerpt")),
    ("a test of nothing", "test", lambda one: one["data"].update(message=None)),
    ("blind, but who", "blind", lambda one: one["data"].pop("source")),
    ("blind, but since when", "blind", lambda one: one["data"]["source"].pop("from")),
    ("dead, but what", "dead", lambda one: one["data"].pop("delivery")),
    ("disabled, but who", "disabled", lambda one: one["data"]["delivery"].pop("endpoint")),
    ("a day of nothing", "digest", lambda one: one["data"].pop("digest")),
    ("a day's broken case", "digest", lambda one: one["data"]["digest"]["cases"][0].update(status="left")),
]


@pytest.mark.parametrize(("what", "name", "spoil"), BROKEN, ids=[what for what, _, _ in BROKEN])
def test_what_is_broken_is_told(what: str, name: str, spoil: Break) -> None:
    value = body(name)
    spoil(value)
    assert wrong(value)
    event = json.loads(cloudevents.body("id", EVERY[name]))
    renamed = copy.deepcopy(event)
    renamed["timestamp"] = renamed.pop("time")
    spoil(renamed)
    if "timestamp" in renamed:
        renamed["time"] = renamed.pop("timestamp")
    assert wrong(renamed, EVENT)


@pytest.mark.parametrize("missing", ["specversion", "id", "source", "type", "time", "data"])
def test_an_event_without_its_attributes_is_none(missing: str) -> None:
    event = json.loads(cloudevents.body("id", EVERY["confirmed"]))
    del event[missing]
    assert wrong(event, EVENT)
