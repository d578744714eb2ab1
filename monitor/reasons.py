"""Why a claim weighs what it weighs, and why the status of a case changed, in words (pure)."""

from __future__ import annotations

from typing import Literal

from .casefile import RANK
from .model import Change, Status

Taken = Literal["deleted", "edited"]

# By the first word of a rule; the page has the same ones (words.js).
REASONS: dict[str, str] = {
    "person.announcement": "the person's own account",
    "person.profile": "the person's own profile changed",
    "person.denial": "the person's own account denies it",
    "person.return": "the person's own account says that they are back",
    "organisation.statement": "the organisation itself says so",
    "organisation.denial": "the organisation denies it",
    "organisation.return": "the organisation says that they are back",
    "third-party.denial": "somebody else denies it",
    "third-party.return": "somebody else says that they are back",
    "outlet.report": "a trusted outlet reports it",
    "outlet.return": "a trusted outlet reports the return",
    "one-voice": "one voice",
    "two-voices": "two independent voices",
    "hedged": "hedged words",
    "operator.confirm": "an operator confirmed it",
    "operator.dismiss": "an operator dismissed it",
    "operator.reopen": "an operator reopened it",
    "evidence.deleted": "the only evidence was deleted",
    "evidence.edited": "the only evidence was edited and says it no more",
    "no-evidence": "no evidence stands",
}


def reason(rule: str) -> str:
    """A rule of evidence or of a change in words; one that nobody knows as it is."""
    first = rule.partition(" ")[0]
    return REASONS.get(first, first)


def why(change: Change, taken: Taken | None = None) -> str:
    """Why a status changed; `taken` where a post that it rested on was taken back."""
    if not fell(change.from_, change.to):
        return reason(change.rule)
    cause = f"evidence was {taken}" if taken else "some evidence fell away"
    return f"{cause}; what stands: {reason(change.rule)}"


def fell(before: Status | None, after: Status) -> bool:
    """Is somebody's departure less certain than before, yet still claimed?"""
    return 0 < RANK.get(after, 0) < RANK.get(before or "", 0)
