"""Whom the service watches: one organisation, its people, their names and handles (a YAML file)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    model_validator,
)

from . import strictyaml
from .errors import UserError
from .identity import bare_handle
from .model import Author
from .optout import OptOut, comparable_forms

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, Field(min_length=1, max_length=200)]


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Handles = dict[Text, Annotated[list[Text], BeforeValidator(_one_or_many)]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Departed(_Strict):
    """A departure that was known before the start: it raises no alert."""

    status: Literal["rumoured", "reported", "confirmed"] = "confirmed"
    at: datetime | None = None


class Organisation(_Strict):
    """The watched organisation: every word in `names` makes a context for short names."""

    id: Slug
    name: Text
    aliases: list[Text] = []
    handles: Handles = {}
    domains: list[Text] = []

    @property
    def names(self) -> list[str]:
        return [self.name, *self.aliases]


class Person(_Strict):
    """One watched person. `not_` (in YAML: not) lists words that mark a namesake."""

    id: Slug
    name: Text
    names: list[Text] = []
    short_names: list[Text] = []
    handles: Handles = {}
    role: str = ""
    not_: list[Text] = Field(default=[], alias="not")
    departed: Departed | None = None

    @property
    def full_names(self) -> list[str]:
        return list(dict.fromkeys([self.name, *self.names]))


class Watchlist(_Strict):
    """What stands in a watchlist file; see watchlists/qwen.yaml for one.

    Whoever of the people is named under `optout` stands in `people` no more: only `everyone` has them, so
    that their names are recognised and passed over.
    """

    organisation: Organisation
    people: list[Person] = Field(min_length=1)
    outlets: list[Text] = []
    optout: list[Text] = []

    _hidden: list[Person] = PrivateAttr(default_factory=list)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Watchlist:
        ids = [person.id for person in self.people]
        if "unlisted" in ids:
            raise ValueError("person id 'unlisted' stands for everybody who is not on the list")
        for one in set(ids):
            if ids.count(one) > 1:
                raise ValueError(f"person id {one!r} is given twice")
        out = OptOut(self.optout)
        self._hidden = [one for one in self.people if any(map(out.has, one.full_names))]
        self.people[:] = [one for one in self.people if one not in self._hidden]
        return self

    @cached_property
    def everyone(self) -> Watchlist:
        """The same list with those who opted out, to recognise them by."""
        return Watchlist.model_construct(
            organisation=self.organisation,
            people=[*self.people, *self._hidden],
            outlets=self.outlets,
            optout=[],
        )

    @cached_property
    def opted_out(self) -> OptOut:
        """All names of those who opted out."""
        return OptOut([*self.optout, *(name for one in self._hidden for name in one.full_names)])

    def is_opted_out(self, person: str) -> bool:
        """Did a person, as an id of the list or a name as written, opt out?"""
        return any(one.id == person for one in self._hidden) or self.opted_out.has(person)

    def optout_mark(self) -> str:
        """A text that is another one when others have opted out."""
        names = {form for name in self.optout for form in comparable_forms(name)}
        return "\n".join(sorted({*names, *(f"={one.id}" for one in self._hidden)}))

    @cached_property
    def _people(self) -> dict[str, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def _authors(self) -> dict[str, dict[str, Person]]:
        """Platform and bare handle to person."""
        found: dict[str, dict[str, Person]] = {}
        for person in self.people:
            for source, handles in person.handles.items():
                for handle in handles:
                    found.setdefault(source, {}).setdefault(bare_handle(handle) or handle, person)
        return found

    def person(self, id: str) -> Person | None:
        return self._people.get(id)

    def author_person(self, source: str, author: Author) -> Person | None:
        """The watched person whose known handle on that platform wrote it, else None."""
        platform = self._authors.get(source)
        if not platform:
            return None
        known = platform.get(_compared(author.handle)) if author.handle else None
        return known or (platform.get(_compared(author.id)) if author.id else None)

    def is_organisation(self, source: str, author: Author) -> bool:
        """Did the organisation's known handle on that platform write it?"""
        return is_known(self.organisation.handles, source, author)


def is_known(handles: Handles, source: str, author: Author) -> bool:
    """Is the author's handle (or id) one of the given ones on that platform? A display name never is."""
    known = {bare_handle(handle) for handle in handles.get(source, ())} - {None}
    return bool(known) and (_compared(author.handle) in known or _compared(author.id) in known)


def _compared(handle: str | None) -> str:
    """A handle to look up, "" for none; one that becomes plain letters only by folding is a look-alike."""
    if not handle:
        return ""
    bare = bare_handle(handle) or ""
    return bare if handle.isascii() or bare.isascii() == handle.strip().isascii() else ""


def on_domain(url: str | None, domains: Iterable[str]) -> bool:
    """Is the host of an http(s) URL one of the domains or a subdomain of one?"""
    try:
        parts = urlsplit(url or "")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host:
        return False
    return any(host == d or host.endswith("." + d) for d in (d.casefold() for d in domains))


def builtin_names() -> list[str]:
    """The watchlists that ship with the package."""
    folder = resources.files("monitor") / "watchlists"
    return sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml"))


def load(name: str) -> Watchlist:
    """A built-in watchlist by name, or one from a path; raises UserError that names file and field."""
    if name in builtin_names():
        text = (resources.files("monitor") / "watchlists" / f"{name}.yaml").read_text("utf-8")
        return parse(strictyaml.load(text, f"{name}.yaml"), f"{name}.yaml")
    path = Path(name).expanduser()
    if not path.exists():
        raise UserError(f"watchlist: no file {name}, and the built-in ones are {', '.join(builtin_names())}")
    return parse(strictyaml.load_file(path), str(path))


def parse(value: dict[str, Any], name: str) -> Watchlist:
    """A mapping as it stands in a file to a Watchlist; raises UserError."""
    try:
        return Watchlist.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UserError(f"{name}: {where or 'watchlist'}: {first['msg']}") from error
