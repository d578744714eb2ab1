"""A case with all that its next decision needs, and what a decision gives: shared by rules and store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from msgspec import Struct

from .alert import Alert, Mood
from .identity import post_key
from .model import Case, Change, Evidence, Reaction, Status

ActKind = Literal["confirm", "dismiss", "reopen"]
RANK: dict[str, int] = {"rumoured": 1, "reported": 2, "confirmed": 3}


class Item(Struct, frozen=True, kw_only=True):
    """Evidence with what the status rules need beside it. `seen_at` is the time of arrival.

    `words` is the digest of the text, equal for copies ("" in cases stored before there was one, where
    `copy_of` tells), `sketch` that of its single words (nearly.py), by which copies with a word more or less are
    known; the last four are those of the claim.
    """

    evidence: Evidence
    revision: str = ""
    voice: str
    copy_of: str | None = None
    words: str = ""
    sketch: str = ""
    seen_at: datetime
    occurred_at: datetime | None = None
    destination: str | None = None
    replacement: str | None = None
    returned: bool = False

    @property
    def key(self) -> str:
        return post_key(self.evidence.source, self.evidence.post_id)


class Act(Struct, frozen=True):
    """What an operator did."""

    kind: ActKind
    at: datetime
    note: str = ""


class Told(Struct, frozen=True):
    """What an endpoint was last told of a case: delivery, status, when it is due (POSIX s), what was before.

    `held`: it was not due at once; until it is, `heard` is the status that the endpoint knows. `rises`: it says
    more than was known; `rose`: when the last one before it that did so was due. `repeats`: it does so by the
    same voices as before, within a day; `flips`: so did one before it.
    """

    delivery: str
    status: str
    due: float
    before: str = ""
    held: bool = False
    heard: str = ""
    rises: bool = False
    rose: float = 0.0
    repeats: bool = False
    flips: bool = False


class File(Struct, frozen=True, kw_only=True):
    """A case with all that its next decision needs. `rev` counts every write.

    `since`: the return after which this episode begins. `risen`: marks of the voices by whose evidence the
    case has risen, with the highest rank that it rose to.
    """

    case: Case
    items: list[Item] = []
    acts: list[Act] = []
    told: dict[str, Told] = {}
    rev: int = 0
    since: datetime | None = None
    risen: dict[str, int] = {}


class Bearing(NamedTuple):
    """How a reaction bears on one case; opaque to those who only pass it on from `targets` to `decide`.

    `claim` is the number of the claim; `here`: it is evidence of this very case, not only a reason to change it.
    `brought` comes in from the episode before, where its keys are `lost`.
    """

    claim: int
    episode: int = 1
    here: bool = True
    since: datetime | None = None
    brought: tuple[Item, ...] = ()
    lost: frozenset[str] = frozenset()


class Transition(NamedTuple):
    """A case before and after one change of status."""

    file: File
    before: Status | None
    change: Change
    trigger: datetime
    by_operator: bool = False


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

    def targets(self, reaction: Reaction, files: Mapping[str, File]) -> list[tuple[str, Bearing | None]]:
        """The cases that a reaction bears on, in the order to write them, and how; None: it takes words back."""
        ...

    def decide(
        self, was: File | None, reaction: Reaction, bearing: Bearing | None, now: datetime
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
