"""The rules of cases in one object, as the consumer and the backtest use them (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from ..casefile import ActKind, File, Plan, Transition
from ..model import Mood, Reaction
from ..settings import AlertSettings
from ..watchlist import Watchlist
from . import alerts, cases
from .claims import ClaimReader
from .evidence import case_id

MOST_UNLISTED = 1000


class CaseRules:
    """Evidence, status, transition and alert for one watchlist and one set of endpoints."""

    def __init__(self, watchlist: Watchlist, settings: AlertSettings) -> None:
        self._watchlist = watchlist
        self._settings = settings
        self._reader = ClaimReader(watchlist)

    def targets(self, reaction: Reaction, files: Mapping[str, File]) -> list[tuple[str, int | None]]:
        """The cases that a reaction bears on: (case id, number of the claim, or None to take back).

        With MOST_UNLISTED cases of people who are not on the watchlist no further one is opened.
        """
        claimed: list[tuple[str, int | None]] = []
        for number, claim in enumerate(reaction.claims):
            id = case_id(claim, self._watchlist)
            if id in files or self._watchlist.person(claim.person) or not self._is_crowded(files):
                claimed.append((id, number))
        if not (reaction.post.deleted or reaction.post.revision):
            return claimed
        stand = {id for id, _ in claimed} | self._still_said(reaction)
        return [(id, None) for id in cases.changed_by(reaction, files.values()) if id not in stand] + claimed

    def _still_said(self, reaction: Reaction) -> set[str]:
        """The cases of which a profile says still what it said before: no claim, and none taken back."""
        post = reaction.post
        if post.kind != "profile" or post.deleted or post.before is None:
            return set()
        claims = self._reader.read(msgspec.structs.replace(post, before=None), reaction.matches)
        return {case_id(claim, self._watchlist) for claim in claims}

    def _is_crowded(self, files: Mapping[str, File]) -> bool:
        return sum(not self._watchlist.person(f.case.person) for f in files.values()) >= MOST_UNLISTED

    def decide(
        self, was: File | None, reaction: Reaction, claim: int | None, now: datetime
    ) -> tuple[File | None, Transition | None]:
        """The case after one claim of a reaction, or after the reaction took its older words back."""
        if claim is not None:
            return cases.add(was, reaction, claim, self._watchlist, now)
        return cases.take_back(was, reaction, now) if was else (None, None)

    def plan(self, transition: Transition, mood: Mood, now: datetime) -> Plan:
        """Whom to tell of a transition, and when."""
        return alerts.plan(transition, self._watchlist, self._settings, mood, now)

    def operate(self, file: File, kind: ActKind, note: str, now: datetime) -> tuple[File, Transition | None]:
        """The case after an operator's act."""
        trigger = now if kind == "confirm" else cases.newest(file) or now
        return cases.settle(cases.act(file, kind, note, now), now, None, trigger, None, note)
