"""What a matched post's words say: how it sounds, how it is toward each person, and what it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from ..model import Claim, Match, Post, Sentiment
from ..organisation import OrganisationFinder
from ..watchlist import Watchlist
from . import kinds
from .grams import MAX_CHARACTERS
from .names import NameMask
from .scorers import Text
from .shorts import ShortNames
from .toward import Scores, toward
from .whose import unsaid


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
        self._shorts = ShortNames(watchlist)
        self._organisation = OrganisationFinder(watchlist)
        kinds.read("", [], self._organisation.spans)  # The tables are read now, not within the loop.

    def read(
        self,
        post: Post,
        about: Sequence[str],
        matches: Sequence[Match],
        claims: Sequence[Claim],
        scorer: Scores | None = None,
        copied: bool = False,
    ) -> Told:
        """`toward` has everybody of `about` but the author, whose own words are no reaction to them.

        `scorer`: another one for this time. `copied`: others said the same words before; a repost says no more than
        they did, and nothing toward whom it does not name: it may well be that person's own farewell.
        """
        scorer = scorer or self._scorer
        text = self._mask.masked(post.text, matches)
        if getattr(scorer, "takes_blanks", False):
            text = self._mask.blanked(text, matches)
        own = self._watchlist.author_person(post.source, post.author)
        others = [person for person in about if not post.deleted and (own is None or person != own.id)]
        matches = self._shorts.added(post.text, matches)
        reading = self._reading(post, matches)
        sentiment = scorer.score(text, post.lang)
        foreign = _is_foreign(sentiment)
        said = _signs(reading) if foreign and sentiment.lang != "und" else reading
        found = toward(said, unsaid(reading.marked, text), others, matches, scorer, claims, post.lang)
        if sentiment.compound is not None:  # Read, and nothing said of somebody: neutral toward them.
            found = {person: value or 0.0 for person, value in found.items()}
        elif foreign:  # A word that two languages share is no proof that nothing was felt.
            found = {person: value or None for person, value in found.items()}
        if copied and post.repost_of:
            named = {match.person for match in matches if match.rule != "thread"}
            found = {person: value if person in named else 0.0 for person, value in found.items()}
        return Told(
            sentiment,
            found,
            [one.kind for one in kinds.kinds(reading, post.text)],
        )

    def kinds_of(self, post: Post, matches: Sequence[Match]) -> list[kinds.Kind]:
        """The kinds that hold, each with its words."""
        return kinds.kinds(self._reading(post, self._shorts.added(post.text, matches)), post.text)

    def said_of(self, person: str, post: Post, matches: Sequence[Match]) -> list[kinds.Kind]:
        """The words that are "warm" or "cold" toward a person; none where the scorer alone decides."""
        reading = self._reading(post, self._shorts.added(post.text, matches))
        return kinds.said_of(reading, post.text, person)

    def _reading(self, post: Post, matches: Sequence[Match]) -> kinds.Reading:
        return kinds.read(post.text, matches, self._organisation.spans)


def _is_foreign(sentiment: Sentiment) -> bool:
    """Is it in a language that neither the scorer nor the tables of words read?"""
    lang = (sentiment.lang or "en").lower()
    return sentiment.compound is None and not lang.startswith(("en", "zh"))


def _signs(reading: kinds.Reading) -> kinds.Reading:
    """With only what any language writes: emoji and the like. Its words may mean something else."""
    text = reading.marked.text
    return reading._replace(
        cues=[cue for cue in reading.cues if not any(map(str.isalpha, text[cue.at : cue.to]))]
    )


class Asks:
    """In a scorer's place: notes what it is asked."""

    def __init__(self) -> None:
        self.texts: list[Text] = []

    def score(self, text: str, lang: str | None = None) -> Sentiment:
        self.texts.append((text[:MAX_CHARACTERS], lang))
        return Sentiment()


class Known:
    """In a scorer's place: what was found out before."""

    def __init__(self, scores: Mapping[Text, Sentiment]) -> None:
        self._scores = scores

    def score(self, text: str, lang: str | None = None) -> Sentiment:
        found = self._scores.get((text[:MAX_CHARACTERS], lang), Sentiment())
        return found if len(text) <= MAX_CHARACTERS else msgspec.structs.replace(found, cut=MAX_CHARACTERS)
