"""Makes deploy/webhook.schema.json, what a receiver of alerts may rely on: python deploy/schema/webhook.py [OUT].

The shapes are those of the models, so that nobody writes them twice. More is said here: which part of `data` is there
for which type, and that what we write holds all of its fields. Unknown fields may come with a later version.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, get_args

import msgspec

from monitor.alert import AlertData
from monitor.model import Status
from monitor.telemetry import ALERT_TYPES

OUT = Path(__file__).parent.parent / "webhook.schema.json"
Json = dict[str, Any]

WEBHOOK = (
    "The body of a webhook of format standard. Its header webhook-id is the same for each attempt, webhook-signature "
    "signs it by Standard Webhooks. The body of format cloudevents is #/$defs/CloudEvent, with the same data."
)
# What is said of a departure, by its status in the type: a dismissed case is sent as retracted.
SAYS: dict[str, list[Status]] = {"retracted": ["retracted", "dismissed"]}
# What else `data` is about, by the type.
ABOUT = {
    "source.blind": "source",
    "delivery.dead": "delivery",
    "endpoint.disabled": "delivery",
    "monitor.digest": "digest",
    "monitor.test": "message",
}


def schema() -> Json:
    """The whole schema, draft 2020-12: #/$defs has each model by its name."""
    parts = models()
    time = {"$ref": "#/$defs/Instant"}
    types = {"enum": list(ALERT_TYPES)}
    data = {"$ref": "#/$defs/AlertData"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:monitor:webhook",
        "title": "Webhook",
        "description": WEBHOOK,
        "type": "object",
        "properties": {"type": types, "timestamp": time, "data": data},
        "required": ["type", "timestamp", "data"],
        "allOf": [{"$ref": "#/$defs/DataByType"}],
        "$defs": {
            **parts,
            "Instant": {
                "description": "A moment in UTC, RFC 3339.",
                "type": "string",
                "format": "date-time",
                "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$",
            },
            "DataByType": {
                "description": "What data holds for each type.",
                "oneOf": [by_type(name) for name in ALERT_TYPES],
            },
            "CloudEvent": cloud_event(types, time, data),
        },
    }


def models() -> dict[str, Json]:
    """The models that an alert is made of, as they are written: every field is there, and none has a default."""
    _, found = msgspec.json.schema_components([AlertData], ref_template="#/$defs/{name}")
    parts = {name: written(part) for name, part in found.items()}
    own = parts["AlertData"]["properties"]
    parts["Person"] = _object({"id": _maybe("string"), "name": _text(), "listed": {"type": "boolean"}})
    parts["Person"]["properties"]["role"] = _maybe("string")
    parts["Person"]["description"] = "Who is said to leave: with `id` and `role` if listed on the watchlist."
    parts["Organisation"] = _object({"id": _text(), "name": _text()})
    parts["Organisation"]["description"] = "The organisation that the watchlist is of."
    for name in ("person", "organisation"):
        own[name] = {"anyOf": [{"$ref": f"#/$defs/{name.capitalize()}"}, {"type": "null"}]}
    return dict(sorted(parts.items()))


def written(part: Json) -> Json:
    """A model without defaults: where one has them they are written too. What is left out of the JSON has none."""
    fields: dict[str, Json] = part["properties"]
    needed = [name for name, field in fields.items() if "default" in field or name in part["required"]]
    described = {"description": " ".join(part["description"].split())} if "description" in part else {}
    properties = {name: _plain(field) for name, field in fields.items()}
    return {**part, **described, "properties": properties, "required": needed}


def _plain(field: Any) -> Any:
    if isinstance(field, list):
        return [_plain(one) for one in field]
    if not isinstance(field, dict):
        return field
    if field.get("format") == "date-time":
        return {"$ref": "#/$defs/Instant"}
    return {name: _plain(one) for name, one in field.items() if name != "default"}


def by_type(name: str) -> Json:
    """A type, and what is needed of the data with it."""
    topic, _, status = name.partition(".")
    if topic == "departure":
        says = {"properties": {"status": {"enum": SAYS.get(status, [status])}}}
        about = {field: {"type": "object"} for field in ("person", "organisation", "reaction")}
        data = _object({"case": {"type": "object", **says}, **about}, type=False)
    else:
        field = ABOUT[name]
        data = _object({field: {"type": "string" if field == "message" else "object"}}, type=False)
    return {"properties": {"type": {"const": name}, "data": data}}


def cloud_event(types: Json, time: Json, data: Json) -> Json:
    """The envelope of CloudEvents 1.0 in structured mode."""
    required = {
        "specversion": {"const": "1.0"},
        "id": {**_text(), "minLength": 1, "description": "The webhook-id."},
        "source": {"type": "string", "format": "uri-reference", "pattern": "^/monitor(/[^/]+)?$"},
        "type": types,
        "time": time,
        "datacontenttype": {"const": "application/json"},
        "data": data,
    }
    event = _object(required)
    event["properties"]["subject"] = {**_text(), "minLength": 1}
    event["allOf"] = [{"$ref": "#/$defs/DataByType"}]
    return {"title": "CloudEvent", "description": "The body of a webhook of format cloudevents.", **event}


def _object(required: dict[str, Json], type: bool = True) -> Json:
    fields: Json = {"properties": dict(required), "required": list(required)}
    return {"type": "object", **fields} if type else fields


def _text() -> Json:
    return {"type": "string"}


def _maybe(kind: str) -> Json:
    return {"anyOf": [{"type": kind}, {"type": "null"}]}


def text() -> str:
    """The file's text, the same whenever it is made."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write it where the first argument says, or in its place."""
    assert {name for name in ALERT_TYPES if not re.match(r"departure\.", name)} == set(ABOUT)
    assert set(SAYS["retracted"]) <= set(get_args(Status))
    (Path(sys.argv[1]) if len(sys.argv) > 1 else OUT).write_text(text(), "utf-8")


if __name__ == "__main__":
    main()
