"""What services say in the bodies of their answers: a code and words in JSON, or anything else. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from ...http import Response
from .policy import Answer, chat

SYSTEM_BUSY = -1  # errcode of a service that is busy itself


def json_object(body: bytes) -> dict[str, Any] | None:
    """The JSON object that a body is, if it is one."""
    try:
        answer = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def coded(body: bytes, code: Sequence[str], words: Sequence[str]) -> tuple[int | None, str]:
    """The code and the words of a body, each under the first of its names that is there; None without a code."""
    answer = json_object(body)
    if answer is None:
        return None, ""
    number = next((answer[name] for name in code if name in answer), None)
    said = next((answer[name] for name in words if name in answer), "")
    return (number if type(number) is int else None), str(said)


def by_errcode(
    response: Response, now: float, too_fast: Sequence[int], rest: float, often: re.Pattern[str]
) -> Answer:
    """Of a service that answers 200 to nearly all: what counts is `errcode` in the body.

    `too_fast`: its codes for too many messages, after which it wants `rest` seconds; `often`: its words for that.
    """
    code, said = coded(response.body, ["errcode"], ["errmsg"])
    busy = code in (SYSTEM_BUSY, *too_fast) or (code not in (None, 0) and bool(often.search(said)))
    answer = chat(response, now, code == 0, busy, reason(response, code, said), refused=code is not None)
    if answer.outcome == "retry" and code in too_fast and answer.retry_after is None:
        return answer._replace(retry_after=rest)
    return answer


def reason(response: Response, code: int | None = None, said: str = "") -> str:
    """Why it failed, in short: the service's code and words, or else status and body."""
    if code is not None:
        return f"code {code}: {said}"
    text = response.body.decode("utf-8", "replace").strip()
    return f"http {response.status}" + (f": {text}" if text else "")
