"""What a profile newly says. A profile record comes whole with each change of anything in it, so one rule holds:

a claim in it is news unless the text before made it too, or listed the same words as former already; and what
it claimed once stands as long as its text makes the claim, news or not. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import msgspec

from ..fold import fold
from ..model import Claim, Match, Post, Reaction


class Reader(Protocol):
    """Reads the claims of a post (ClaimReader)."""

    def read(self, post: Post, matches: Sequence[Match]) -> list[Claim]: ...


def news(
    reader: Reader, post: Post, matches: Sequence[Match], match: Callable[[Post], Sequence[Match]]
) -> list[Claim]:
    """What a post claims; of a profile, what the text before it did not claim. `match` finds the people."""
    claims = reader.read(post, matches)
    if not claims or post.kind != "profile" or not post.before:
        return claims
    earlier = msgspec.structs.replace(post, text=post.before, before=None)
    old = {(claim.person, claim.claim) for claim in reader.read(earlier, match(earlier))}
    return [claim for claim in claims if (claim.person, claim.claim) not in old]


def listed_before(before: str | None, words: Iterable[str], lists: Callable[[str], Iterable[str]]) -> bool:
    """Did the text before list one of these (folded) words as former? `lists` gives such lists of a text."""
    if not before:
        return False
    words = set(words)
    return any(word in part for part in lists(fold(before)) for word in words)


def still_said(reader: Reader, reaction: Reaction) -> list[Claim]:
    """What a profile that changed claims whatever it said before; [] for anything else."""
    post = reaction.post
    if post.kind != "profile" or post.deleted or post.before is None:
        return []
    return reader.read(msgspec.structs.replace(post, before=None), reaction.matches)
