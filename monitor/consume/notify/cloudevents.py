"""CloudEvents 1.0 in structured JSON (format: cloudevents), signed as Standard Webhooks where there is a secret."""

from __future__ import annotations

from urllib.parse import quote

from msgspec import UNSET

from ...alert import Alert
from ...http import Response
from ...model import encode
from ...values import signing_key
from . import standard
from .attempt import Attempt, Request
from .bounded import bounded
from .hostile import clip, plain
from .policy import Answer, machine

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
LONGEST = 200


def request(attempt: Attempt) -> Request:
    """The event; with a secret (or two, while they rotate) it carries the headers of Standard Webhooks."""
    content = body(attempt.id, attempt.alert)
    keys = [signing_key(secret) for secret in attempt.endpoint.secret]
    signed = standard.headers(attempt.id, int(attempt.now), content, keys) if keys else {}
    return Request(attempt.url, {**signed, "content-type": CONTENT_TYPE}, content)


def read(response: Response, now: float) -> Answer:
    """The status alone counts."""
    return machine(response, now)


def body(id: str, alert: Alert) -> bytes:
    """The JSON event: `id` is the webhook-id, `type` and `data` are those of format standard."""
    event = {
        "specversion": "1.0",
        "id": id,
        "source": _source(alert),
        "type": alert.type,
        "time": alert.timestamp,
        "datacontenttype": "application/json",
    }
    subject = clip(_subject(alert), LONGEST)
    return encode({**event, **({"subject": subject} if subject else {}), "data": bounded(alert)})


def _source(alert: Alert) -> str:
    """Who sends: a path, with the organisation where the alert is of one."""
    case, organisation = alert.data.case, alert.data.organisation or {}
    name = plain(str(organisation.get("id") or (case.organisation if case else "")))
    return f"/monitor/{quote(clip(name, LONGEST), safe='')}" if name else "/monitor"


def _subject(alert: Alert) -> str:
    """What it is about: a case, a person, a source, or an endpoint; "" where it is of nothing alone."""
    data = alert.data
    if data.case is not None:
        return plain(data.case.id)
    if data.source is not UNSET:
        return plain(data.source.source)
    if data.delivery is not UNSET:
        return plain(data.delivery.endpoint)
    return plain(str((data.person or {}).get("id") or ""))
