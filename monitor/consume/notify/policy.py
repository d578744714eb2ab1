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
# 407 is the word of a proxy.
LATER = (407, 408, 425, 429)
GONE = 410
LONGEST_REASON = 200
LONGEST_ASKED = 3600.0
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
    """What follows. `after` is the wait in seconds until a retry; `reason` says what was wrong.

    `own`: the seconds until the schedule's own retry, where `after` is sooner. `early`: the attempt was made
    before the schedule's own time for it, and uses up no step of it.
    """

    outcome: Outcome
    after: float = 0.0
    reason: str = ""
    own: float = 0.0
    early: bool = False


def judge(
    answer: Answer, failed: int, schedule: Sequence[float], chance: float, early: int = 0, left: float = 0.0
) -> Verdict:
    """The verdict on an attempt, by what was before it.

    `failed`: how many steps of the schedule were used up; `early`: how many attempts were made beside it; `left`: the
    seconds until the schedule's own time for this one. `schedule` holds the delays in seconds after each failure,
    `chance` is random in 0..1 and makes a delay up to 20 % longer or shorter.

    A wait that the receiver asked for is taken as it is, but a short one does not bring the end nearer: nothing is
    given up before the schedule's whole time is over. Each early attempt is further from the one before it, as a
    receiver that always asks for a second would be sent a hundred thousand in that time.
    """
    if answer.outcome in ("delivered", "gone"):
        return Verdict(answer.outcome, reason=answer.reason)
    is_early = left > 0
    if answer.outcome == "dead" or (failed >= len(schedule) and not is_early):
        return Verdict("dead", reason=answer.reason)
    own = left if is_early else schedule[failed] * (1 - JITTER + 2 * JITTER * chance)
    if answer.retry_after is None:
        return Verdict("retry", own, answer.reason, early=is_early)
    after = max(clamped(answer.retry_after), apart(early + is_early))
    return Verdict("retry", after, answer.reason, own if own > after else 0.0, is_early)


def apart(early: int) -> float:
    """How far an attempt before its time is at least from the one before it, after so many of them: 1 s .. 1 h."""
    return float(min(LONGEST_ASKED, 2 ** min(early, 12)))


def clamped(seconds: float) -> float:
    """A wait that a receiver asked for, within 1 s .. 1 h."""
    return min(LONGEST_ASKED, max(1.0, seconds)) if seconds == seconds else 1.0


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
    """A reason for people to read: no control characters, at most 200 others, no secret, of the URL only its host."""
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
