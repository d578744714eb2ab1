"""One author under all the names that an account has: id, handles, and a name where there is no more (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from .errors import UserError
from .identity import bare_handle

_WITH_SOURCE = re.compile(r"(?!did:)([\w.-]{1,64}):(?!//)(.+)")

Account = tuple[str, str]  # platform, bare id or handle


class Named(Protocol):
    """Who wrote a post, as posts and evidence have it."""

    @property
    def id(self) -> str | None: ...
    @property
    def handle(self) -> str | None: ...
    @property
    def name(self) -> str | None: ...


class Authors:
    """Whoever is meant by [SOURCE:]HANDLE_OR_ID; `learn` must see all posts before `wrote` is asked."""

    def __init__(self, given: str) -> None:
        """Raises UserError where no name is left."""
        found = _WITH_SOURCE.fullmatch(given.strip())
        self.source = found[1] if found else None
        self.name = bare_handle(found[2] if found else given) or ""
        if not self.name:
            raise UserError("author: write a handle or an id, like @name or x:name")
        self.ids: set[Account] = set()
        self.handles: set[Account] = set()

    def learn(self, source: str, who: Named) -> None:
        """Take in under which id and handle the author stands."""
        if self._is_given(source, who):
            self.ids |= {(source, id) for id in (bare_handle(who.id),) if id}
            self.handles |= {(source, handle) for handle in (bare_handle(who.handle),) if handle}

    def wrote(self, source: str, who: Named) -> bool:
        """Is this the author? A known handle counts where there is no id to tell two accounts apart."""
        if self._is_given(source, who):
            return True
        id, handle = bare_handle(who.id), bare_handle(who.handle)
        return (source, id) in self.ids if id else (source, handle) in self.handles

    def has_id(self, source: str, id: str) -> bool:
        bare = bare_handle(id) or ""
        return (source, bare) in self.ids or (bare == self.name and self.source in (None, source))

    @property
    def sources(self) -> list[str]:
        """The platforms on which the author was met."""
        given = {self.source} if self.source else set[str]()
        return sorted(given | {source for source, _ in self.ids | self.handles})

    def known(self) -> dict[str, list[Account]]:
        """What was learnt, to be kept while the work is under way."""
        return {"ids": sorted(self.ids), "handles": sorted(self.handles)}

    def recall(self, known: dict[str, Iterable[Account]]) -> None:
        self.ids |= {(source, id) for source, id in known["ids"]}
        self.handles |= {(source, handle) for source, handle in known["handles"]}

    def _is_given(self, source: str, who: Named) -> bool:
        if self.source not in (None, source):
            return False
        names = [bare_handle(who.id), bare_handle(who.handle)]
        if names == [None, None]:
            names = [bare_handle(who.name)]
        return self.name in names
