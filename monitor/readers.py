"""What is read of a post: match, claim and score for one watchlist, without store or network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import msgspec

from .detect import profile
from .detect.claims import ClaimReader
from .identity import post_key
from .match.names import Matcher
from .match.threads import by_thread, references
from .model import Claim, Match, Post, Reaction, Sentiment
from .revision import change_of, copy_of, without_words
from .sametext import text_digest
from .score.kinds import Kind
from .score.reader import Asks, Known, ReactionReader, Told
from .score.scorers import Scorer, Text, is_late, scorer
from .settings import Settings
from .watchlist import Watchlist

READ_CHARACTERS = 100_000


class Reading(NamedTuple):
    """What a post says of whom, before it is scored."""

    post: Post
    about: list[str]
    matches: list[Match]
    claims: list[Claim]
    text: bytes

    @property
    def matched(self) -> bool:
        return bool(self.about or self.claims)


class Readers:
    """Match, claim and score for one watchlist: pure, without store or network."""

    def __init__(self, watchlist: Watchlist, *, claims: bool = True, scores: Scorer | None = None) -> None:
        """`scores`: what scores the texts, the default scorer if not given."""
        self.watchlist = watchlist
        # Whoever opted out is recognised, so that nobody else is taken for them, and passed over in reading().
        self._matcher = Matcher(watchlist.everyone)
        self._claims = ClaimReader(watchlist.everyone) if claims else None
        self._reactions = ReactionReader(watchlist, scores or scorer())

    def match(self, post: Post) -> list[Match]:
        """Whom the words name; a text is read up to READ_CHARACTERS."""
        return self._matcher.find(_readable(post))

    def _watched(self, people: Sequence[str]) -> list[str]:
        """Those who are (still) on the watchlist: the thread index outlives a change of it."""
        return [person for person in people if self.watchlist.person(person)]

    def claim(self, post: Post, matches: Sequence[Match]) -> list[Claim]:
        """What the words claim, within the same bounds; of a profile, what it did not claim before."""
        if self._claims is None:
            return []
        return profile.news(self._claims, _readable(post), matches, self._matcher.find)

    def set_aside(self, post: Post) -> list[tuple[str, str]]:
        """Of whom the words seem to claim something that is not taken so, and why."""
        if self._claims is None:
            return []
        told = self._claims.set_aside(_readable(post), self.match(post))
        return [(person, why) for person, why in told if not self.watchlist.is_opted_out(person)]

    def reading(
        self, post: Post, matches: list[Match], claims: list[Claim], threads: Mapping[str, Sequence[str]]
    ) -> Reading:
        """`threads` maps post keys to the people that those posts are about. A delete keeps no word."""
        if post.deleted:
            people = self._watched(threads.get(post_key(post.source, post.id), ()))
            return Reading(without_words(post), people, [], [], b"")
        matches = [match for match in matches if self.watchlist.person(match.person)]
        claims = [self._spared(claim) for claim in claims if not self.watchlist.is_opted_out(claim.person)]
        matches = [*matches, *self._claimed(claims, {match.person for match in matches})]
        about = {match.person for match in matches}
        if threads and (refs := references(post)):
            keys = {id: post_key(post.source, id) for id in refs}
            found = {id: self._watched(threads[key]) for id, key in keys.items() if key in threads}
            matches = [*matches, *by_thread(post, found, about)]
            about = {match.person for match in matches}
        text = text_digest(post.text) if about or claims else b""
        return Reading(post, sorted(about), matches, claims, text)

    def _claimed(self, claims: Sequence[Claim], about: set[str]) -> list[Match]:
        """Watched people of whom a post claims something without naming them: who writes of themself without an I."""
        people = {one.person: one for one in claims if one.person not in about}
        found = [(one, self.watchlist.person(id)) for id, one in people.items()]
        return [Match(one.id, one.name, claim.start, claim.end, "author") for claim, one in found if one]

    def _spared(self, claim: Claim) -> Claim:
        """A claim that names nobody who opted out as the one who follows, or as where the person goes."""
        named = {"destination": claim.destination, "replacement": claim.replacement}
        blank = {field: None for field, name in named.items() if name and self.watchlist.is_opted_out(name)}
        return msgspec.structs.replace(claim, **blank) if blank else claim

    def kinds(self, reaction: Reaction) -> list[Kind]:
        """The kinds of a reaction with the words that show them."""
        return self._reactions.kinds_of(reaction.post, reaction.matches)

    def said_of(self, person: str, reaction: Reaction) -> list[Kind]:
        """The words of a reaction that are warm or cold toward a person."""
        return self._reactions.said_of(person, reaction.post, reaction.matches)

    def asks(self, reaction: Reaction) -> list[Text]:
        """The texts that a scorer has to read for a reaction; rescored() takes what it says of them."""
        asks = Asks()
        self._reactions.read(reaction.post, reaction.about, reaction.matches, reaction.claims, asks)
        return asks.texts

    def rescored(
        self, reaction: Reaction, scores: Mapping[Text, Sentiment], now: datetime
    ) -> Reaction | None:
        """A reaction with the scores of another scorer; None where that does not read the text."""
        known, one = Known(scores), reaction
        copied = one.duplicate_of is not None
        told = self._reactions.read(one.post, one.about, one.matches, one.claims, known, copied)
        if told.sentiment.compound is None:
            return None
        return msgspec.structs.replace(one, sentiment=told.sentiment, toward=told.toward, scored_at=now)

    def react(self, reading: Reading, via: str, first: str | None, now: datetime) -> Reaction:
        """A reading with its score; what matched nobody stays unscored. `first`: see copy_of."""
        post = reading.post
        told = Told(Sentiment(lang=post.lang), {}, [])
        source, copy_id = copy_of(first, post)
        if reading.matched:
            copied = copy_id is not None
            told = self._reactions.read(post, reading.about, reading.matches, reading.claims, copied=copied)
        return Reaction(
            post=post,
            via=via,
            about=reading.about,
            matches=reading.matches,
            sentiment=told.sentiment,
            toward=told.toward,
            kinds=told.kinds,
            claims=reading.claims,
            duplicate_of=copy_id,
            duplicate_source=source if source != post.source else None,
            scored_at=now,
        )


def readers_of(settings: Settings, watchlist: Watchlist, *, live: bool = False) -> Readers:
    """Readers as the settings want them; live ones do not wait for a late scorer.

    Raises UserError for a scorer that is not to be had.
    """
    name, model = settings.sentiment.scorer, settings.sentiment.model
    scores = scorer() if live and is_late(name) else scorer(name, model)
    return Readers(watchlist, claims=settings.claims, scores=scores)


def _readable(post: Post) -> Post:
    if len(post.text) <= READ_CHARACTERS and len(post.before or "") <= READ_CHARACTERS:
        return post
    before = post.before and post.before[:READ_CHARACTERS]
    return msgspec.structs.replace(post, text=post.text[:READ_CHARACTERS], before=before)


@dataclass
class Run:
    """One offline run (analyze, backtest): the indexes are what the run has seen."""

    readers: Readers
    threads: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[bytes, str] = field(default_factory=dict)
    bios: dict[str, str] = field(default_factory=dict)

    def change_of(self, post: Post) -> Post | None:
        """A post as the pipeline would take it: a profile with the text before, none that says the same."""
        if post.kind != "profile" or post.deleted:
            return post
        return change_of(post, self.bios.get(post_key(post.source, post.id)), polled=False)

    def react(self, post: Post, via: str, now: datetime) -> Reaction:
        matches = self.readers.match(post)
        reading = self.readers.reading(post, matches, self.readers.claim(post, matches), self.threads)
        key = post_key(post.source, post.id)
        if post.kind == "profile" and (reading.matched or key in self.bios):
            self.bios[key] = post.text
        if not reading.matched:
            return self.readers.react(reading, via, None, now)
        if reading.about:
            self.threads[key] = reading.about
        first = self.texts.setdefault(reading.text, key) if reading.text else None
        return self.readers.react(reading, via, first, now)
