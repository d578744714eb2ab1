"""The rules of cases in one object, as the consumer and the backtest use them (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ..alert import Mood
from ..casefile import ActKind, Bearing, File, Plan, Transition
from ..endpoint import AlertSettings
from ..model import Claim, Reaction
from ..revision import bare
from ..watchlist import Watchlist
from . import alerts, cases, profile
from .claims import ClaimReader
from .episodes import doubled, place
from .evidence import case_id, item_of

MOST_UNLISTED = 1000


class CaseRules:
    """Evidence, status, transition and alert for one watchlist and one set of endpoints."""

    def __init__(self, watchlist: Watchlist, settings: AlertSettings) -> None:
        self._watchlist = watchlist
        self._settings = settings
        self._reader = ClaimReader(watchlist)

    def targets(self, reaction: Reaction, files: Mapping[str, File]) -> list[tuple[str, Bearing | None]]:
        """The cases that a reaction bears on, in the order to write them, and how; None: it takes words back.

        With MOST_UNLISTED cases of people who are not on the watchlist no further one is opened.
        """
        claimed: list[tuple[str, Bearing | None]] = []
        for number, claim in enumerate(reaction.claims):
            known = self._watchlist.person(claim.person) or self._episodes(claim, files)
            if known or not self._is_crowded(files):
                claimed += self._claimed(reaction, number, files)
        if not (reaction.post.deleted or bare(reaction.post.revision)):
            return claimed
        stand = {id for id, _ in claimed} | self._still_said(reaction, files)
        changed = [id for id in cases.changed_by(reaction, files.values()) if id not in stand]
        return [*[(id, None) for id in changed], *claimed]

    def _claimed(
        self, reaction: Reaction, number: int, files: Mapping[str, File]
    ) -> list[tuple[str, Bearing]]:
        """The case of one claim; where it parts two episodes, the new one first: nothing may be lost between."""
        claim = reaction.claims[number]
        item = item_of(reaction, claim, self._watchlist)
        episodes = self._episodes(claim, files)
        episode, since, moved = place(episodes, item)
        keys = frozenset(one.key for one in moved)
        found = {episode: Bearing(number, episode, item.key not in keys, lost=keys)}
        if since is not None:
            brought = tuple(one for one in moved if one.key != item.key)
            following = Bearing(number, episode + 1, item.key in keys, since, brought)
            found = {episode + 1: following, **found}
        for old, lost in doubled(episodes).items():
            # Only one of the two was written when the service was killed.
            bearing = found.get(old, Bearing(number, old, here=False))
            found[old] = bearing._replace(lost=bearing.lost | lost)
        return [(case_id(claim, self._watchlist, one), bearing) for one, bearing in found.items()]

    def _episodes(self, claim: Claim, files: Mapping[str, File]) -> list[File]:
        """The cases of a claim's person, in order; the oldest may be gone by now."""
        stem = case_id(claim, self._watchlist, 0)[:-1]
        found = [file for id, file in files.items() if id.startswith(stem) and id[len(stem) :].isdecimal()]
        return sorted(found, key=lambda file: file.case.episode)

    def _still_said(self, reaction: Reaction, files: Mapping[str, File]) -> set[str]:
        """The cases of which a profile says still what it said before: no claim, and none taken back."""
        said = profile.still_said(self._reader, reaction)
        return {file.case.id for claim in said for file in self._episodes(claim, files)}

    def _is_crowded(self, files: Mapping[str, File]) -> bool:
        return sum(not self._watchlist.person(f.case.person) for f in files.values()) >= MOST_UNLISTED

    def decide(
        self, was: File | None, reaction: Reaction, bearing: Bearing | None, now: datetime
    ) -> tuple[File | None, Transition | None]:
        """The case after one claim of a reaction, or after the reaction took its older words back."""
        if bearing is None:
            return cases.take_back(was, reaction, now) if was else (None, None)
        return cases.bear(was, reaction, bearing, self._watchlist, now)

    def plan(self, transition: Transition, mood: Mood, now: datetime) -> Plan:
        """Whom to tell of a transition, and when."""
        return alerts.plan(transition, self._watchlist, self._settings, mood, now)

    def operate(self, file: File, kind: ActKind, note: str, now: datetime) -> tuple[File, Transition | None]:
        """The case after an operator's act."""
        return cases.act(file, kind, note, now)
