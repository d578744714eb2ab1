"""One claim of one reaction to the evidence that it is, and how much it weighs (pure)."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from ..casefile import Item
from ..fold import fold
from ..identity import author_key, post_key
from ..model import ASSERTED, Claim, Evidence, Post, Reaction, Who
from ..nearly import sketch
from ..revision import bare
from ..sametext import claim_digest
from ..simplified import simplified
from ..watchlist import Person, Watchlist, is_known, on_domain

EXCERPT = 280
LONGEST_NAME = 200
OLDEST = datetime(2015, 1, 1, tzinfo=UTC)
MOST_YEARS_AHEAD = 5


def item_of(reaction: Reaction, claim: Claim, watchlist: Watchlist) -> Item:
    """Weigh a claim by who makes it and where (design section 5, Evidence)."""
    post = reaction.post
    strength, rule = weigh(claim, post, watchlist)
    words, start, end = excerpt(post.text, claim.start, claim.end)
    evidence = Evidence(
        source=post.source,
        post_id=post.id,
        url=post.url,
        author=Who(post.author.id, post.author.handle, post.author.name),
        claim=claim.claim,
        excerpt=words,
        start=start,
        end=end,
        created_at=min(post.created_at, reaction.scored_at),
        strength=strength,
        rule=f"{rule} {claim.rule}",
    )
    outlet = next((d for d in watchlist.outlets if on_domain(post.url, [d])), None)
    return Item(
        evidence=evidence,
        revision=bare(post.revision),
        voice=f"outlet {outlet}" if outlet else _voice(claim, post, watchlist),
        copy_of=_original(reaction),
        words=claim_digest(post.text).hex(),
        sketch=sketch(post.text, claim.start, claim.end, _names(claim, watchlist)),
        seen_at=reaction.scored_at,
        occurred_at=_possible(claim.occurred_at, evidence.created_at),
        destination=_name(claim.destination),
        replacement=_name(claim.replacement),
        returned=claim.returned and claim.claim == "denied",
    )


def _names(claim: Claim, watchlist: Watchlist) -> list[str]:
    """What every report of a case names."""
    person, organisation = watchlist.person(claim.person), watchlist.organisation
    names = [*person.full_names, *person.short_names] if person else [claim.person]
    return [*names, *organisation.names]


def _voice(claim: Claim, post: Post, watchlist: Watchlist) -> str:
    """Who speaks. All accounts that only call themselves by the person's name are one voice."""
    person = watchlist.person(claim.person)
    if person and is_known(person.handles, post.source, post.author):
        return author_key(post)
    names = person.full_names if person else [claim.person]
    if claim.claim in ("self_announced", "profile_changed") or _is_called(post.author.name, names):
        return f"self {case_person(claim, watchlist)}"
    return author_key(post)


def _is_called(name: str | None, names: Sequence[str]) -> bool:
    return bool(name) and fold(name or "").strip() in {fold(one) for one in names}


def _possible(at: datetime | None, said: datetime) -> datetime | None:
    """When it happens by the text, unless that is out of all reason."""
    return at if at and at >= OLDEST and at.year <= said.year + MOST_YEARS_AHEAD else None


def _name(told: str | None) -> str | None:
    return told.strip()[:LONGEST_NAME] or None if told else None


def _original(reaction: Reaction) -> str | None:
    if reaction.duplicate_of is None:
        return None
    return post_key(reaction.duplicate_source or reaction.post.source, reaction.duplicate_of)


def weigh(
    claim: Claim, post: Post, watchlist: Watchlist
) -> tuple[Literal["strong", "medium", "weak", "none"], str]:
    """Strength and the rule that gives it. A known handle counts only on its own platform."""
    person = watchlist.person(claim.person)
    own = person is not None and is_known(person.handles, post.source, post.author)
    organisation = watchlist.is_organisation(post.source, post.author) or on_domain(
        post.url, watchlist.organisation.domains
    )
    if claim.claim == "denied":
        what = "return" if claim.returned else "denial"
        if own or organisation:
            return "strong", f"{'person' if own else 'organisation'}.{what}"
        if claim.returned and on_domain(post.url, watchlist.outlets):
            return "medium", "outlet.return"
        return "none", f"third-party.{what}"
    if claim.claim in ASSERTED:
        if own and claim.claim == "self_announced":
            return "strong", "person.announcement"
        if organisation:
            return "strong", "organisation.statement"
        if own and claim.claim == "profile_changed":
            return "medium", "person.profile"
        if on_domain(post.url, watchlist.outlets):
            return "medium", "outlet.report"
    return "weak", "hedged" if claim.claim == "rumoured" else "one-voice"


def excerpt(text: str, start: int, end: int) -> tuple[str, int, int]:
    """At most 280 code points round the words, and where in them the words stand."""
    if len(text) <= EXCERPT:
        return text, start, end
    end = min(end, start + EXCERPT - 2)
    room = EXCERPT - 2 - (end - start)
    left = max(0, min(start - room // 2, len(text) - EXCERPT + 2))
    right = min(len(text), left + EXCERPT - 2)
    part = text[left:right].lstrip()
    begun = right - len(part)
    words = ("…" if left else "") + part.rstrip() + ("…" if right < len(text) else "")
    shift = begun - bool(left)
    stop = max(0, min(len(words), end - shift))
    return words, min(max(0, start - shift), stop), stop


def case_person(claim: Claim, watchlist: Watchlist) -> str:
    """The person's part of a case id: the watched id, or 12 hex digits for somebody unlisted."""
    if watchlist.person(claim.person):
        return claim.person
    name = simplified(unicodedata.normalize("NFKC", claim.person).casefold().strip())
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def case_id(claim: Claim, watchlist: Watchlist, episode: int = 1) -> str:
    """Organisation, person and episode."""
    return f"{watchlist.organisation.id}-{case_person(claim, watchlist)}-{episode}"


def opted_out(claim: Claim, watchlist: Watchlist) -> bool:
    """Did the person ask not to be watched?"""
    return watchlist.is_opted_out(claim.person)


def display_name(claim: Claim, person: Person | None) -> str:
    return person.name if person else claim.person
