"""A case with all that its next decision needs, and what a decision gives: shared by rules and store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from msgspec import Struct

from .model import Alert, Case, Change, Evidence, Mood, Reaction, Status

ActKind = Literal["confirm", "dismiss", "reopen"]
RANK: dict[str, int] = {"rumoured": 1, "reported": 2, "confirmed": 3}


class Item(Struct, frozen=True, kw_only=True):
    """Evidence with what the status rules need beside it. `seen_at` is the time of arrival."""

    evidence: Evidence
    revision: str = ""
    voice: str
    copy_of: str | None = None
    seen_at: datetime

    @property
    def key(self) -> str:
        return f"{self.evidence.source}:{self.evidence.post_id}"


class Act(Struct, frozen=True):
    """What an operator did."""

    kind: ActKind
    at: datetime
    note: str = ""


class Told(Struct, frozen=True):
    """What an endpoint was last told of a case: the webhook-id, its status, and when it is due (POSIX s)."""

    webhook_id: str
    status: str
    due: float


class File(Struct, frozen=True, kw_only=True):
    """A case with all that its next decision needs. `rev` counts every write."""

    case: Case
    items: list[Item] = []
    acts: list[Act] = []
    more: int = 0
    told: dict[str, Told] = {}
    rev: int = 0


class Transition(NamedTuple):
    """A case before and after one change of status."""

    file: File
    before: Status | None
    change: Change
    trigger: datetime


class Due(NamedTuple):
    """One delivery to write: its endpoint and when it is due (POSIX seconds)."""

    endpoint: str
    due: float


class Plan(NamedTuple):
    """What one transition writes beside the case; alert is None where nobody is to be told."""

    file: File
    alert: Alert | None
    dues: list[Due]
    withdrawn: list[tuple[str, str]]


class Rules(Protocol):
    """The decisions on cases (detect/rules.py), as the consumer that stores them sees them."""

    def targets(self, reaction: Reaction, files: Iterable[File]) -> list[tuple[str, int | None]]:
        """The cases that a reaction bears on: (case id, number of the claim, or None to take back)."""
        ...

    def decide(
        self, was: File | None, reaction: Reaction, claim: int | None, now: datetime
    ) -> tuple[File | None, Transition | None]: ...

    def plan(self, transition: Transition, mood: Mood, now: datetime) -> Plan: ...

    def operate(
        self, file: File, kind: ActKind, note: str, now: datetime
    ) -> tuple[File, Transition | None]: ...
