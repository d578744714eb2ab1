"""Whoever a text calls by a watched person's name without meaning that person: nobody is claimed to leave."""

from __future__ import annotations

from collections.abc import Callable

from ..optout import comparable_forms
from ..watchlist import Watchlist


def namesakes_of(watchlist: Watchlist) -> Callable[[str], bool]:
    """Tells whether a claim's person is no watched one, and is called by the full name of one, in any form or order."""
    ids = {one.id for one in watchlist.people}
    names = {form for one in watchlist.people for name in one.full_names for form in comparable_forms(name)}
    return lambda key: key not in ids and not names.isdisjoint(comparable_forms(key))
