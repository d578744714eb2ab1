"""An invented lab and posts about it, for tests that need a watchlist and reactions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.model import Claim, ClaimKind, Post, Reaction, post_of
from monitor.watchlist import Watchlist, parse

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
LAB: Watchlist = parse(
    {
        "organisation": {
            "id": "orrin-lab",
            "name": "Orrin Lab",
            "aliases": ["Orrin"],
            "handles": {"x": "orrin_lab"},
            "domains": ["orrin.example"],
        },
        "people": [
            {"id": "mara-venn", "name": "Mara Venn", "names": ["Venn Mara"], "handles": {"x": "maravenn"}},
            {"id": "tomas-reed", "name": "Tomas Reed", "handles": {"x": ["tomreed", "treed"]}},
            {"id": "ida-holt", "name": "Ida Holt", "departed": {"status": "confirmed"}},
        ],
        "outlets": ["daily.example"],
        "optout": ["Nobody Atall"],
    },
    "lab",
)


def at(minutes: float) -> datetime:
    """A moment so many minutes after the test's beginning."""
    return NOW + timedelta(minutes=minutes)


def post(id: str, text: str = "Mara Venn has left Orrin Lab.", *, minute: float = 0, **fields: Any) -> Post:
    handle = fields.pop("handle", f"reader_{id}")
    value = {"source": "x", "id": id, "text": text, "created_at": at(minute), "author": {"handle": handle}}
    return post_of({**value, **fields})


def reaction(
    one: Post,
    *claims: ClaimKind,
    person: str = "mara-venn",
    duplicate_of: str | None = None,
    arrived: datetime | None = None,
) -> Reaction:
    return Reaction(
        post=one,
        via="test",
        about=[person] if person in {p.id for p in LAB.people} else [],
        claims=[Claim(person, claim, 0, len(one.text), "test") for claim in claims],
        duplicate_of=duplicate_of,
        scored_at=arrived or one.created_at,
    )
