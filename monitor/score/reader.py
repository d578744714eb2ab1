"""What a matched post's words say: how it sounds, how it is toward each person, and what it does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..model import Claim, Match, Post, Sentiment
from ..organisation import OrganisationFinder
from ..watchlist import Watchlist
from . import kinds
from .names import NameMask
from .toward import Scores, toward


class Told(NamedTuple):
    """The parts of a reaction that its words give."""

    sentiment: Sentiment
    toward: dict[str, float | None]
    kinds: list[str]


class ReactionReader:
    """Scores and reads posts for one watchlist: pure, without store or network."""

    def __init__(self, watchlist: Watchlist, scorer: Scores) -> None:
        self._watchlist = watchlist
        self._scorer = scorer
        self._mask = NameMask(watchlist)
        self._organisation = OrganisationFinder(watchlist)

    def read(
        self, post: Post, about: Sequence[str], matches: Sequence[Match], claims: Sequence[Claim]
    ) -> Told:
        """`toward` has everybody of `about` but the author, whose own words are no reaction to them."""
        text = self._mask.masked(post.text, matches)
        own = self._watchlist.author_person(post.source, post.author)
        others = [person for person in about if not post.deleted and (own is None or person != own.id)]
        reading = kinds.read(post.text, matches, self._organisation.spans)
        return Told(
            self._scorer.score(text, post.lang),
            toward(reading, text, others, matches, self._scorer, claims, post.lang),
            [one.kind for one in kinds.kinds(reading, post.text)],
        )
