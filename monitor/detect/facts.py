"""What a case says of the departure itself: when, whereto, who follows; by the best evidence that says so (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from ..casefile import Item
from ..model import ASSERTED
from .evidence import OLDEST

_RANK = {"strong": 0, "medium": 1, "weak": 2, "none": 3}


class Facts(NamedTuple):
    """None for what nobody says."""

    occurred_at: datetime | None
    destination: str | None
    replacement: str | None


def facts(items: Sequence[Item]) -> Facts:
    """Strong evidence before medium before weak, assertions before rumours, then the earliest.

    Where nobody names a time it is that of the earliest assertion; one with an impossible date says nothing.
    """
    best = sorted((item for item in items if item.evidence.claim != "denied"), key=_weight)
    said = [i.evidence.created_at for i in best if i.evidence.claim in ASSERTED]
    return Facts(
        occurred_at=next((i.occurred_at for i in best if i.occurred_at), None)
        or min((at for at in said if at >= OLDEST), default=None),
        destination=next((i.destination for i in best if i.destination), None),
        replacement=next((i.replacement for i in best if i.replacement), None),
    )


def _weight(item: Item) -> tuple[int, bool, datetime, str]:
    evidence = item.evidence
    return _RANK[evidence.strength], evidence.claim not in ASSERTED, evidence.created_at, item.key
