"""A case with all that its next decision needs, and what a decision gives: shared by rules and store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from msgspec import Struct

from .identity import post_key
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
        return post_key(self.evidence.source, self.evidence.post_id)


class Act(Struct, frozen=True):
    """What an operator did."""

    kind: ActKind
    at: datetime
    note: str = ""


class Told(Struct, frozen=True):
    """What an endpoint was last told of a case: delivery, status, when it is due (POSIX s), what was before."""

    delivery: str
    status: str
    due: float
    before: str = ""


class File(Struct, frozen=True, kw_only=True):
    """A case with all that its next decision needs. `rev` counts every write."""

    case: Case
    items: list[Item] = []
    acts: list[Act] = []
    told: dict[str, Told] = {}
    rev: int = 0


class Transition(NamedTuple):
    """A case before and after one change of status."""

    file: File
    before: Status | None
    change: Change
    trigger: datetime


class Due(NamedTuple):
    """One delivery to write: its endpoint, when it is due (POSIX seconds), and the delivery before it."""

    endpoint: str
    due: float
    before: str = ""


class Plan(NamedTuple):
    """What one transition writes beside the case; alert is None where nobody is to be told."""

    file: File
    alert: Alert | None
    dues: list[Due]
    withdrawn: list[tuple[str, str]]


class Rules(Protocol):
    """The decisions on cases (detect/rules.py), as the consumer that stores them sees them."""

    def targets(self, reaction: Reaction, files: Mapping[str, File]) -> list[tuple[str, int | None]]:
        """The cases that a reaction bears on: (case id, number of the claim, or None to take back)."""
        ...

    def decide(
        self, was: File | None, reaction: Reaction, claim: int | None, now: datetime
    ) -> tuple[File | None, Transition | None]: ...

    def plan(self, transition: Transition, mood: Mood, now: datetime) -> Plan: ...

    def operate(
        self, file: File, kind: ActKind, note: str, now: datetime
    ) -> tuple[File, Transition | None]: ...


def webhook_id(case_id: str, version: int) -> str:
    """The idempotency key of an alert: the same for each attempt at each endpoint."""
    return f"{case_id}-v{version}".replace(".", "-")


def delivery_id(webhook_id: str, endpoint: str) -> str:
    """The id of the delivery of an alert to an endpoint."""
    return f"{webhook_id}:{endpoint}"
