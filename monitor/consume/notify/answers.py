"""What services say in the bodies of their answers: a code and words in JSON, or anything else. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from ...http import Response


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


def reason(response: Response, code: int | None = None, said: str = "") -> str:
    """Why it failed, in short: the service's code and words, or else status and body."""
    if code is not None:
        return f"code {code}: {said}"
    text = response.body.decode("utf-8", "replace").strip()
    return f"http {response.status}" + (f": {text}" if text else "")
