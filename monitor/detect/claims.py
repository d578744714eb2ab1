"""Which departures a text claims: one claim a person at most (departures guide)."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Claim, Match, Post
from ..watchlist import Watchlist


class ClaimReader:
    """Reads departure claims out of posts."""

    def __init__(self, watchlist: Watchlist) -> None:
        self._watchlist = watchlist

    def read(self, post: Post, matches: Sequence[Match]) -> list[Claim]:
        """The claims of a post, by start; `matches` are the places that mean watched people."""
        return []
