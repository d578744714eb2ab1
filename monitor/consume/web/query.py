"""The parameters of a request, checked: what is not known or not possible is a 400 that names it."""

from __future__ import annotations

import re
from typing import Annotated, TypeVar

import msgspec
from aiohttp import web
from msgspec import Meta, Struct

from ...model import KINDS, LABELS, STATUSES, Instant, Kind, Label, Status
from .answers import Refused

Word = Annotated[str, Meta(min_length=1, max_length=512)]
Limit = Annotated[int, Meta(ge=1, le=200)]
T = TypeVar("T", bound=Struct)

# In a query a plus stands for a blank, so an offset that was not escaped comes with a blank in front.
_OFFSET = re.compile(r" (?=\d\d:\d\d$)", re.ASCII)
_CURSOR = re.compile(r"(\d{1,20})-(\d{1,20})(?:\.(\d{1,2}))?", re.ASCII)
LARGEST = 2**64 - 1
_CLOSED: dict[str, tuple[str, ...]] = {"label": LABELS, "kind": KINDS, "status": STATUSES}


class Nothing(Struct, forbid_unknown_fields=True):
    """No parameters."""


class OfWindows(Struct, forbid_unknown_fields=True):
    person: Word | None = None
    source: Word | None = None


class OfSeries(Struct, forbid_unknown_fields=True):
    person: Word | None = None
    span: Word = "1h"


class OfReactions(Struct, forbid_unknown_fields=True):
    person: Word | None = None
    source: Word | None = None
    label: Label | None = None
    kind: Kind | None = None
    since: Instant | None = None
    limit: Limit = 50
    cursor: Word | None = None


class OfCases(Struct, forbid_unknown_fields=True):
    person: Word | None = None
    status: Status | None = None


class OfAlerts(Struct, forbid_unknown_fields=True):
    limit: Limit = 50


class OfStream(Struct, forbid_unknown_fields=True):
    after: Annotated[str, Meta(max_length=4096)] | None = None


def read_query(request: web.Request, kind: type[T]) -> T:
    """The parameters as one of the structs above; raises Refused (400)."""
    given = request.query
    for name in given:
        if len(given.getall(name)) > 1:
            raise Refused(400, f"{name}: given twice")
    values = {name: _OFFSET.sub("+", value) if name == "since" else value for name, value in given.items()}
    for name, known in _CLOSED.items():
        if name in values and name in kind.__struct_fields__ and values[name] not in known:
            raise Refused(400, f"{name}: {values[name]!r:.80} is none of {', '.join(known)}")
    try:
        query = msgspec.convert(values, kind, strict=False)
    except (msgspec.ValidationError, OverflowError) as error:
        raise Refused(400, str(error)) from error
    for name in given:
        if getattr(query, name) is None:  # msgspec reads the word "null" as nothing
            raise Refused(400, f"{name}: null is no value, leave it out")
    return query


def read_cursor(text: str) -> tuple[int, int, int]:
    """A `next` of /api/reactions: milliseconds, number and partition of the last entry; raises Refused."""
    found = _CURSOR.fullmatch(text)
    if not found or max(int(found[1]), int(found[2])) > LARGEST:
        raise Refused(400, "cursor: give the `next` of an earlier answer")
    return int(found[1]), int(found[2]), int(found[3] or 0)


def read_position(text: str, partitions: int) -> list[str] | None:
    """The id of an event, one stream id a partition; None when it is of another number of partitions."""
    ids = text.split(",")
    if not all((found := _CURSOR.fullmatch(id)) and not found[3] and _fits(found) for id in ids):
        raise Refused(400, "after: give the id of an event")
    return ids if len(ids) == partitions else None


def _fits(found: re.Match[str]) -> bool:
    return max(int(found[1]), int(found[2])) <= LARGEST
