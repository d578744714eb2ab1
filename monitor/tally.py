"""What the metrics say of one stored batch."""

from __future__ import annotations

import time

from .model import Arrival, Reaction
from .telemetry import Telemetry


def count(
    telemetry: Telemetry, source: str, arrivals: list[Arrival], reactions: list[Reaction], marks: str
) -> None:
    """The metrics of one stored batch; `marks` is what the store did with each reaction."""
    metrics = telemetry.source[source]
    now = time.time()
    posts = [arrival.post for arrival in arrivals if arrival.post]
    if posts:
        metrics.collected.inc(len(posts))
        metrics.last_post.set(now)
    for post in posts:
        metrics.lag.observe(max(0.0, now - post.created_at.timestamp()))
    for arrival in arrivals:
        if arrival.dropped:
            metrics.dropped[arrival.dropped].inc()
    metrics.duplicate.inc(marks.count("d"))
    metrics.dropped["unknown_delete"].inc(marks.count("u"))
    for reaction, mark in zip(reactions, marks, strict=True):
        if mark == "a" and not reaction.post.deleted:
            _count_reaction(telemetry, reaction)


def _count_reaction(telemetry: Telemetry, reaction: Reaction) -> None:
    compound = reaction.sentiment.compound
    nobody = ["unlisted"] if reaction.claims else []
    for person in reaction.about or nobody:
        telemetry.reactions[person, reaction.sentiment.label].inc()
        if compound is not None:
            telemetry.reaction_sentiment[person].observe(compound)
        for kind in reaction.kinds:
            if (person, kind) in telemetry.reactions_kind:
                telemetry.reactions_kind[person, kind].inc()
    for claim in reaction.claims:
        person = claim.person if (claim.person, claim.claim) in telemetry.claims else "unlisted"
        telemetry.claims[person, claim.claim].inc()
