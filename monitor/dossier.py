"""A case for people to read: status, why, who follows, each piece of evidence with its words marked (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from .model import Case, Change, Evidence
from .reasons import reason, why
from .terminal import Quote, day, marked, printable
from .watchlist import Watchlist

SAYS = {
    "self_announced": "announces it",
    "reported": "reports it",
    "profile_changed": "profile changed",
    "rumoured": "hints at it",
    "denied": "denies it",
}


def told(case: Case, watchlist: Watchlist) -> Iterator[str]:
    """The lines; below confirmed they say who reports it, never that somebody has left."""
    organisation = watchlist.organisation
    where = organisation.name if organisation.id == case.organisation else case.organisation
    private = "" if watchlist.person(case.person) else ", a private person who is not on the watchlist"
    yield f"{printable(case.name)}, {where}{private}"
    last = case.history[-1] if case.history else None
    yield f"  status       {case.status}" + (f": {why(last)}" if last else "")
    yield f"  voices       {case.voices} independent"
    yield f"  case         {case.id}, version {case.version}, episode {case.episode}"
    yield f"  first seen   {_when(case.first_seen)}"
    if case.occurred_at:
        yield f"  said of      {day(case.occurred_at)}"
    if case.destination:
        yield f"  to           {printable(case.destination)}"
    if case.replacement:
        yield f"  followed by  {printable(case.replacement)}"
    for gap in case.blind:
        until = _when(gap.to) if gap.to else "now"
        yield f"  not readable {printable(gap.source)} from {_when(gap.from_)} to {until}"
    yield "history"
    for change in case.history:
        yield from _change(change)
    yield f"evidence ({len(case.evidence)})" if case.evidence else "evidence: none stands"
    for one in case.evidence:
        yield from _evidence(one)


def _change(change: Change) -> Iterator[str]:
    moved = f"{change.from_} -> {change.to}" if change.from_ else change.to
    by = f", by {printable(change.post_id)}" if change.post_id else ""
    yield f"  {_when(change.at)}  {moved}: {why(change)}{by}"
    if change.note:
        yield f"    note: “{printable(change.note)}”"


def _evidence(one: Evidence) -> Iterator[str]:
    handle = f"@{one.author.handle.removeprefix('@')}" if one.author.handle else None
    who = printable(handle or one.author.name or one.author.id or "author unknown")
    weight = "no weight" if one.strength == "none" else one.strength
    yield f"  {_when(one.created_at)}  {printable(one.source)} {who} {SAYS[one.claim]}: {weight}, {reason(one.rule)}"
    spot = (one.start, one.end) if one.start is not None and one.end is not None else None
    words = marked(Quote(one.excerpt, *spot)) if spot else printable(one.excerpt)
    yield f"    {words}"
    if one.url:
        yield f"    {printable(one.url)}"


def _when(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
