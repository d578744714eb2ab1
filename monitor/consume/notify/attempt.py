"""One attempt to deliver an alert, and the request that it becomes: what every format takes and gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ...alert import Alert
from ...endpoint import Endpoint
from .message import WORDS, Message, compose
from .wording import Language


class Attempt(NamedTuple):
    """An alert under its webhook-id on its way to an endpoint; `now` is in POSIX seconds."""

    id: str
    alert: Alert
    endpoint: Endpoint
    now: float
    language: Language = "en"

    @property
    def url(self) -> str:
        return self.endpoint.url.get_secret_value()

    @property
    def secrets(self) -> list[str]:
        return [secret.get_secret_value() for secret in self.endpoint.secret]


@dataclass(frozen=True)
class Request:
    """What is posted. The URL and the headers may hold a key, so they stay out of the text of this object."""

    url: str = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    body: bytes


def message_of(attempt: Attempt, words: int = WORDS) -> Message:
    """What to say, in the attempt's language and with the endpoint's prefix, quoting at most `words` characters."""
    return compose(attempt.alert, attempt.language, words, attempt.endpoint.prefix)
