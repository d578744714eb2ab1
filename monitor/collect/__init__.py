"""The outside world to posts: one file a source. A new source is one line here."""

from __future__ import annotations

from pydantic import ValidationError

from ..errors import UserError
from ..settings import SourceSettings
from .base import Source
from .feed import Feed
from .jetstream import Jetstream
from .push import Push
from .replay import Replay

SOURCES: dict[str, type[Source]] = {"feed": Feed, "jetstream": Jetstream, "replay": Replay, "push": Push}


def build(sources: dict[str, SourceSettings]) -> dict[str, Source]:
    """The configured sources by name; raises UserError that names the setting."""
    built: dict[str, Source] = {}
    for name, settings in sources.items():
        kind = SOURCES.get(settings.kind)
        if kind is None:
            known = ", ".join(sorted(SOURCES))
            raise UserError(f"sources.{name}.kind: {settings.kind!r} is none of {known}")
        try:
            built[name] = kind.model_validate(settings.rest)
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            message = "no such setting" if first["type"] == "extra_forbidden" else first["msg"]
            message = message.removeprefix("Value error, ")
            raise UserError(f"sources.{name}.{where}: {message}") from error
    if sum(isinstance(source, Push) for source in built.values()) > 1:
        raise UserError("sources: only one source of kind push is possible")
    return built
