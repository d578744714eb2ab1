"""How the words sound that are about a person: apart from the event, and from whoever else is blamed for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, cast

from ..model import Claim, Match, Sentiment
from .cues import Cue
from .kinds import FEELING, Reading

# What the scorer's word on the clauses counts for where the tables say nothing of the person.
BY_SCORER = 0.15
# The same where they say what the writer feels, though not of whom.
BY_SCORER_BESIDE = 0.05
# What words before a "but" count.
BEFORE_BUT = 0.3
# How cold it is to say that somebody wronged another.
WRONGED = 0.7
_BUT = re.compile(r"\b(?:but|yet|however|though|except)\b|但|可是|不过|然而|结果")


class Scores(Protocol):
    """What is needed of a scorer."""

    def score(self, text: str, lang: str | None = None) -> Sentiment: ...


class ScoresAbout(Protocol):
    """A scorer that can also tell how a text speaks of what stands at spans (code points, end exclusive)."""

    def score_about(
        self, text: str, spans: Sequence[tuple[int, int]], lang: str | None = None
    ) -> Sentiment: ...


def toward(
    reading: Reading,
    text: str,
    about: Sequence[str],
    matches: Sequence[Match],
    scorer: Scores,
    claims: Sequence[Claim] = (),
    lang: str | None = None,
) -> dict[str, float | None]:
    """Person to -1..1, None where nothing can be read. Whoever speaks of themself is not in it."""
    selves = {match.person for match in matches if match.rule == "author"}
    own = {claim.person for claim in claims if claim.claim == "self_announced"} & selves
    return {
        person: _of(reading, text, person, matches, scorer, lang)
        for person in about
        if person not in selves | own
    }


def _of(
    reading: Reading, text: str, person: str, matches: Sequence[Match], scorer: Scores, lang: str | None
) -> float | None:
    marked, _, cues = reading
    people = {name.person for name in marked.names}
    if people and person not in people:
        return 0.0 if cues else None
    if cues and all(cue.kinds == ("report",) for cue in cues):
        return 0.0
    plain = bool(cues) and all(
        (cue.word.way == "victim" and not cue.kinds) or cue.kinds == ("report",) for cue in cues
    )
    told = any(cue.kinds for cue in cues)
    accused = not told and any(person in cue.doers for cue in cues)
    if plain and not accused and len(people) < 2 and not FEELING.search(marked.text):
        return 0.0  # A headline's "loses" and "pushed out" are no feeling of the writer.
    warm, cold = _sums(reading, person)
    if warm or cold:
        return round(max(-1.0, min(1.0, warm - cold)), 4)
    compound = _scored(reading, text, person, matches, scorer, lang).compound
    if compound is None:
        return 0.0 if cues else None
    return round(compound * (BY_SCORER_BESIDE if cues else BY_SCORER), 4)


def _sums(reading: Reading, person: str) -> tuple[float, float]:
    """The warm and the cold words about a person, both from 0; what stands before a "but" counts less."""
    said = [cue for cue in reading.cues if cue.toward and person in cue.people]
    doers = WRONGED * sum(person in cue.doers for cue in reading.cues)
    if not said:
        return 0.0, doers
    said = [cue for cue in said if cue.word.way != "faint"] or said
    turn = _turn(reading, said)
    victim = any(cue.word.way == "victim" for cue in said)
    warm, cold = 0.0, 0.0
    for cue in said:
        if cue.toward > 0:
            warm += cue.toward * (BEFORE_BUT if cue.at < turn else 1)
    for cue in said:
        if cue.toward < 0 and not _is_aside(cue.word.way, victim, warm):
            cold -= cue.toward * (BEFORE_BUT if cue.at < turn else 1)
    return warm, cold + doers


def _turn(reading: Reading, said: list[Cue]) -> int:
    """Where the last "but" stands that has words about the person on both sides, else 0."""
    if len(said) < 2 or not (said[0].toward < 0 < said[-1].toward or said[-1].toward < 0 < said[0].toward):
        return 0
    buts = [found.end() for found in _BUT.finditer(reading.marked.text, said[0].to, said[-1].at + 1)]
    return buts[-1] if buts else 0


def _scored(
    reading: Reading, text: str, person: str, matches: Sequence[Match], scorer: Scores, lang: str | None
) -> Sentiment:
    """What the scorer makes of the clauses about the person, beside the whole text where it is of nobody else."""
    if len({name.person for name in reading.marked.names}) < 2 and hasattr(scorer, "score_about"):
        spans = [(match.start, match.end) for match in matches if match.person == person and match.end > 0]
        return cast(ScoresAbout, scorer).score_about(text, spans, lang)
    return scorer.score(_words(reading, text, person), lang)


def _is_aside(way: str, victim: bool, warm: float) -> bool:
    """Blame of somebody who was lost or driven away is meant for others; a laugh beside warm words is none at them."""
    return (way == "blame" and victim) or (way == "laugh" and warm > 0)


def _words(reading: Reading, text: str, person: str) -> str:
    """The clauses that are about the person."""
    marked, plan = reading.marked, reading.plan
    people = {name.person for name in marked.names}
    if len(people) < 2:
        return text[: marked.original(len(marked.text))]
    ends = [*plan.begins[1:], len(marked.text)]
    spans = [
        (begin, end)
        for begin, end, names in zip(plan.begins, ends, plan.names, strict=True)
        if any(name.person == person for name in names)
    ]
    return " ".join(text[marked.original(begin) : marked.original(end)] for begin, end in spans)
