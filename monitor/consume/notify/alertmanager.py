"""Alertmanager's API, version 2 (format: alertmanager): an alert a case, which fires while the case stands.

Its labels say which alert it is, so they stay the same for every version of a case: a rise in status changes
the annotations, and a denial ends it. An alert without an end would be taken for over after five minutes, and
with one it ends by itself.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

from msgspec import UNSET

from ...alert import Alert
from ...casefile import RANK
from ...http import Response
from ...model import encode
from .attempt import Attempt, Request, message_of
from .hostile import clip, plain
from .message import Message
from .policy import Answer, chat
from .prose import anchor, lines, quoted, tame

PATH = "/api/v2/alerts"
STANDS = timedelta(hours=24)
TRIED = timedelta(minutes=5)
BLIND = timedelta(days=7)  # Its end is told, so it should not seem over before.
LABEL = 200
# alertname and severity of what is of no case; the names of cases and digests begin with Departure.
NAMES = {
    "monitor.test": ("MonitorTest", "warning"),
    "source.blind": ("MonitorSourceBlind", "warning"),
    "delivery.dead": ("MonitorDeliveryDead", "critical"),
    "endpoint.disabled": ("MonitorEndpointDisabled", "critical"),
    "monitor.digest": ("DepartureDigest", "news"),
}


def request(attempt: Attempt) -> Request:
    """A list of one alert; the endpoint's URL is that of Alertmanager, with or without the path of its API."""
    now = datetime.fromtimestamp(attempt.now, UTC)
    starts, ends = span(attempt.alert, now)
    alert = {
        "labels": labels(attempt.alert),
        "annotations": notes(attempt.alert, message_of(attempt)),
        "startsAt": starts,
        "endsAt": ends,
    }
    headers = {"content-type": "application/json"}
    for secret in attempt.endpoint.secret:
        headers["authorization"] = f"Bearer {secret.get_secret_value()}"
    return Request(address(attempt.url), headers, encode([alert]))


def read(response: Response, now: float) -> Answer:
    """Alertmanager says 200 and nothing else; what it calls wrong it would call wrong again."""
    said = response.body.decode("utf-8", "replace").strip()
    reason = f"http {response.status}" + (f": {said}" if said else "")
    return chat(response, now, accepted=True, busy=False, reason=reason)


def address(url: str) -> str:
    """The URL of its API under a URL that may be that of its page."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/").removesuffix(PATH)
    return urlunsplit(parts._replace(path=path + PATH, fragment=""))


def labels(alert: Alert) -> dict[str, str]:
    """What tells this alert from others, and what receivers are chosen by; no value is empty."""
    data, case = alert.data, alert.data.case
    name, severity = NAMES.get(alert.type, ("Departure", "news"))
    found = {"alertname": name, "severity": severity}
    organisation = (data.organisation or {}).get("id") or (case.organisation if case else "")
    found["organisation"] = str(organisation or "")
    if case is not None:
        found |= {"person": case.person, "case": case.id}
    elif data.source is not UNSET:
        found["source"] = data.source.source
    elif data.delivery is not UNSET:
        found["endpoint"] = data.delivery.endpoint
    else:
        found["id"] = alert.id
    return {key: said for key, value in found.items() if (said := clip(plain(value), LABEL))}


def notes(alert: Alert, message: Message) -> dict[str, str]:
    """What changes: the message by its parts, for templates that show some of them; none is empty."""
    case = alert.data.case
    found = {
        "summary": tame(message.title),
        "description": "\n".join(lines(message)),
        "status": alert.type.partition(".")[2] if case else "",
        "voices": str(case.voices) if case else "",
        "words": "\n".join(quoted(piece) for piece in message.pieces),
        "links": "\n".join(anchor(piece.link) for piece in message.pieces if piece.link),
        "webhook_id": clip(plain(alert.id), LABEL),
    }
    return {key: value for key, value in found.items() if value}


def span(alert: Alert, now: datetime) -> tuple[datetime, datetime]:
    """From when to when it fires; an end that is not after `now` (UTC) says that it is over."""
    case, source = alert.data.case, alert.data.source
    topic, _, status = alert.type.partition(".")
    starts = case.opened_at if case else source.from_ if source is not UNSET else alert.timestamp
    starts = min(starts, now)
    if source is not UNSET and source.to is not None:
        return starts, max(starts, min(source.to, now))
    if topic == "departure" and status not in RANK:
        return starts, now
    return starts, now + {"monitor.test": TRIED, "source.blind": BLIND}.get(alert.type, STANDS)
