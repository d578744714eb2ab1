"""The Standard Webhooks message: body, signature and headers (format: standard)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence

from ...alert import Alert
from ...http import Response
from ...model import encode
from ...values import signing_key
from .attempt import Attempt, Request
from .bounded import bounded
from .policy import Answer, machine


def request(attempt: Attempt) -> Request:
    """The alert, signed with each secret of the endpoint."""
    content = body(attempt.alert)
    keys = [signing_key(secret) for secret in attempt.endpoint.secret]
    return Request(attempt.url, headers(attempt.id, int(attempt.now), content, keys), content)


def read(response: Response, now: float) -> Answer:
    """The status alone counts."""
    return machine(response, now)


def body(alert: Alert) -> bytes:
    """The JSON object {"type", "timestamp", "data"}, under 20 kB; the timestamp is that of the event."""
    return encode({"type": alert.type, "timestamp": alert.timestamp, "data": bounded(alert)})


def sign(key: bytes, id: str, timestamp: int, body: bytes) -> str:
    """One signature, "v1," and base64; `timestamp` is in POSIX seconds."""
    signed = b"%b.%d.%b" % (id.encode(), timestamp, body)
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def headers(id: str, timestamp: int, body: bytes, keys: Sequence[bytes]) -> dict[str, str]:
    """The headers of one attempt; with two keys (while they rotate) it carries both signatures."""
    return {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(sign(key, id, timestamp, body) for key in keys),
    }
