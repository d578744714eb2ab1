"""What an answer to an attempt means: delivered, again later, or given up. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

JITTER = 0.2


class Answer(NamedTuple):
    """How an attempt went: the HTTP status, or the reason why there is none.

    `retry_after` is what the receiver asked for, in seconds, clamped by http.retry_after.
    """

    status: int | None = None
    error: str = ""
    retry_after: float | None = None


class Verdict(NamedTuple):
    """What follows. `after` is the wait in seconds until a retry; `reason` says what was wrong."""

    outcome: Literal["delivered", "retry", "dead"]
    after: float = 0.0
    reason: str = ""


def judge(answer: Answer, failed: int, schedule: Sequence[float], chance: float) -> Verdict:
    """The verdict on an attempt before which `failed` attempts had failed.

    `schedule` holds the delays in seconds after each failure, `chance` is random in 0..1: the delay
    is taken by 20 % more or less, but a wait that the receiver asked for is taken as it is.
    """
    if answer.status is not None and 200 <= answer.status < 300:
        return Verdict("delivered")
    if answer.status == 410:
        return Verdict("dead", reason="gone")
    reason = answer.error if answer.status is None else f"http {answer.status}"
    if failed >= len(schedule):
        return Verdict("dead", reason=reason)
    if answer.retry_after is not None:
        return Verdict("retry", answer.retry_after, reason)
    return Verdict("retry", schedule[failed] * (1 - JITTER + 2 * JITTER * chance), reason)
