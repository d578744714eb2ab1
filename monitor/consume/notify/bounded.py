"""What machines are sent of an alert, within the size that Standard Webhooks advises. Pure."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from ...alert import Alert, AlertData
from ...model import Case, Evidence, encode
from .phrases import best_first

# The whole body stays under 20 kB: this leaves room for what stands round the data.
LARGEST = 16_000


class Room(NamedTuple):
    """How much is sent: how many of each, and JSON bytes of an excerpt, of a URL, and of any other text."""

    evidence: int
    words: int
    link: int
    text: int
    changes: int
    cases: int = 30


# The cases of a digest give way after their evidence.
ROOMS = (
    *(Room(20, 900, 1000, 400, 20), Room(12, 600, 600, 300, 10), Room(8, 400, 400, 250, 8)),
    *(Room(5, 300, 300, 200, 8), Room(3, 240, 200, 200, 5), Room(1, 240, 200, 200, 3)),
    *(Room(1, 160, 160, 160, 2, 20), Room(1, 160, 160, 160, 2, 10), Room(1, 100, 100, 120, 1, 5)),
    Room(1, 100, 100, 120, 1, 1),
)


def bounded(alert: Alert) -> Any:
    """The data of an alert as it is, or the same fields with less in them: at most 16,000 bytes of JSON.

    The best evidence and the newest changes stay, in their order; texts and ids are cut, with an ellipsis, a URL
    that is too long is null. `voices` counts all.
    """
    if len(encode(alert.data)) <= LARGEST:
        return alert.data
    for room in ROOMS:
        data = _clipped(msgspec.to_builtins(_fewer(alert.data, room)), room)
        if len(encode(data)) <= LARGEST:
            break
    return data


def _fewer(data: AlertData, room: Room) -> AlertData:
    if data.case is not None:
        data = replace(data, case=_case(data.case, room))
    if data.digest is not UNSET:
        cases, all = [_case(case, room) for case in data.digest.cases[: room.cases]], data.digest
        left_out = len(all.cases) - len(cases)
        data = replace(data, digest=replace(all, cases=cases, more=all.more + left_out))
    return data


def _case(case: Case, room: Room) -> Case:
    best = {id(one) for one in best_first(case.evidence, case.status)[: room.evidence]}
    kept = [_evidence(one, room) for one in case.evidence if id(one) in best]
    return replace(case, evidence=kept, history=case.history[-room.changes :], blind=case.blind[-10:])


def _evidence(one: Evidence, room: Room) -> Evidence:
    """With its words as far as there is room; where they stand too far back the excerpt begins with them."""
    start, end = one.start or 0, one.end or 0
    begin = start if _cost(one.excerpt[:end]) > room.words else 0
    excerpt = _cut(one.excerpt[begin:], room.words)
    url = one.url if one.url is None or _cost(one.url) <= room.link else None
    if one.start is None or one.end is None:
        return replace(one, url=url, excerpt=excerpt)
    return replace(one, url=url, excerpt=excerpt, start=start - begin, end=min(end - begin, len(excerpt)))


def _clipped(value: Any, room: Room, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _clipped(inner, room, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_clipped(inner, room, key) for inner in value]
    if isinstance(value, str) and key not in ("excerpt", "url"):
        return _cut(value, room.text)
    return value


def _cut(text: str, room: int) -> str:
    """As hostile.clip, but made for many long texts: a character takes at least a byte."""
    if len(text) <= room and _cost(text) <= room:
        return text
    fits = bisect_right(range(room + 1), room - _cost("…"), key=lambda end: _cost(text[:end])) - 1
    return text[:fits].rstrip(" \u200d") + "…"


def _cost(text: str) -> int:
    """The bytes of a text in JSON."""
    return len(encode(text)) - 2
