"""What an answer to an attempt means: delivered, again later, given up, or an endpoint that is gone. Pure."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from ...http import Response, as_sent, retry_after
from .hostile import plain

JITTER = 0.2
LATER = (408, 425, 429)
GONE = 410
LONGEST_REASON = 200
LONG = 8

# gone: the receiver wants nothing more, whoever it is from; its endpoint is disabled.
Outcome = Literal["delivered", "retry", "dead", "gone"]


class Answer(NamedTuple):
    """How an attempt went by itself, and why; `status` is None where no answer came.

    `retry_after` is what the receiver asked for, in seconds, clamped by http.retry_after.
    """

    outcome: Outcome
    reason: str = ""
    status: int | None = None
    retry_after: float | None = None


class Verdict(NamedTuple):
    """What follows. `after` is the wait in seconds until a retry; `reason` says what was wrong."""

    outcome: Outcome
    after: float = 0.0
    reason: str = ""


def judge(answer: Answer, failed: int, schedule: Sequence[float], chance: float) -> Verdict:
    """The verdict on an attempt before which `failed` attempts had failed.

    `schedule` holds the delays in seconds after each failure, `chance` is random in 0..1: the delay
    is taken by 20 % more or less, but a wait that the receiver asked for is taken as it is.
    """
    if answer.outcome in ("delivered", "gone"):
        return Verdict(answer.outcome, reason=answer.reason)
    if answer.outcome == "dead" or failed >= len(schedule):
        return Verdict("dead", reason=answer.reason)
    if answer.retry_after is not None:
        return Verdict("retry", clamped(answer.retry_after), answer.reason)
    return Verdict("retry", schedule[failed] * (1 - JITTER + 2 * JITTER * chance), answer.reason)


def clamped(seconds: float) -> float:
    """A wait that a receiver asked for, within 1 s .. 1 h."""
    return min(3600.0, max(1.0, seconds)) if seconds == seconds else 1.0


def machine(response: Response, now: float) -> Answer:
    """The answer of a receiver of webhooks: the status alone counts, and nothing but 410 is final.

    All other failures may pass, for receivers are often just not set up yet; a redirect is none to follow.
    """
    status = response.status
    if 200 <= status < 300:
        return Answer("delivered", "", status)
    if status == GONE:
        return Answer("gone", "gone", status)
    return Answer("retry", f"http {status}", status, retry_after(response.headers, now))


def chat(
    response: Response, now: float, accepted: bool, busy: bool, reason: str, refused: bool = True
) -> Answer:
    """The answer of a chat service: `accepted`, `busy` and `refused` are what its body says, `reason` in short.

    What the service refuses it would refuse again, as do other 4xx: dead at once. An answer below 400 that is no word
    of the service comes from something in between and passes, as what is busy does; 410 says that the webhook is no more.
    """
    status = response.status
    if accepted and 200 <= status < 300:
        return Answer("delivered", "", status)
    if status == GONE:
        return Answer("gone", reason, status)
    if 200 <= status < 300 and not response.complete and not response.body:
        return Answer("retry", "the answer broke off", status)
    later = (
        busy or status in LATER or status >= 500 or (status < 400 and not (refused and 200 <= status < 300))
    )
    after = retry_after(response.headers, now) if later else None
    return Answer("retry" if later else "dead", reason, status, after)


def presentable(reason: str, url: str, secrets: Iterable[str] = ()) -> str:
    """A reason for people to read: no control characters, 200 at most, nothing of the secrets and of the URL but its host."""
    reason = plain(reason)
    # A part is masked by as many stars, and before the cut, so that no cut leaves the half of a key.
    keys = {*_keys(url), *_keys(as_sent(url)), *(one for one in secrets if one)}
    for part in sorted(keys, key=len, reverse=True):
        flags = re.IGNORECASE if len(part) >= LONG else 0
        reason = re.sub(re.escape(part), lambda found: "*" * len(found[0]), reason, flags=flags)
    return reason[:LONGEST_REASON].strip()


def _keys(url: str) -> set[str]:
    """What of a URL may be, or hold, a key: short words of its path are none."""
    parts = urlsplit(url)
    words = [word for word in parts.path.split("/") if len(word) >= LONG or not re.fullmatch("[a-z]*", word)]
    given = [pair.partition("=")[2] or pair for pair in parts.query.split("&")]
    found = {*words, *given, parts.path, parts.query, parts.username or "", parts.password or ""}
    if parts.username:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        found.add(base64.b64encode(login.encode()).decode())
    return {form for one in found for form in (one, unquote(one)) if len(form) >= 3}
