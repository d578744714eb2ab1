"""The formats that an endpoint may ask for: one file each, and its line here."""

from __future__ import annotations

from typing import Protocol

from ...http import Response
from . import (
    alertmanager,
    apprise,
    cloudevents,
    dingtalk,
    discord,
    feishu,
    ntfy,
    slack,
    standard,
    teams,
    wecom,
)
from .attempt import Attempt, Request
from .policy import Answer


class Format(Protocol):
    """How alerts look to one kind of receiver, and what its answers mean. Pure."""

    def request(self, attempt: Attempt) -> Request:
        """What this attempt posts; made anew for each, so that times and signatures are those of now."""
        ...

    def read(self, response: Response, now: float) -> Answer:
        """What an answer of any status means; `now` (POSIX seconds) is for a Retry-After that is a date."""
        ...


class Sender(Protocol):
    """A format that makes its own connections."""

    async def send(self, attempt: Attempt) -> Answer:
        """One attempt, and what came of it; it may be cancelled at any moment."""
        ...


FORMATS: dict[str, Format] = {
    "standard": standard,
    "cloudevents": cloudevents,
    "alertmanager": alertmanager,
    "slack": slack,
    "discord": discord,
    "feishu": feishu,
    "dingtalk": dingtalk,
    "wecom": wecom,
    "teams": teams,
    "ntfy": ntfy,
}
SENDERS: dict[str, Sender] = {
    "apprise": apprise,
}
