"""Which scorer reads the texts: blend, vader, or a class of the user's by its dotted path."""

from __future__ import annotations

import importlib
from typing import Protocol, runtime_checkable

from ..errors import UserError
from ..model import Sentiment

DEFAULT = "blend"


@runtime_checkable
class Scorer(Protocol):
    """A scorer may also have batch(texts) and score_about(text, spans, lang), as Blend has."""

    @property
    def name(self) -> str: ...

    def score(self, text: str, lang: str | None = None) -> Sentiment: ...


def scorer(name: str = DEFAULT) -> Scorer:
    """ "blend", "vader", or "package.module:Class", made without arguments. UserError if there is no such scorer."""
    if name == "blend":
        from .blend import Blend

        return Blend()
    if name == "vader":
        from .vader import Vader

        return Vader()
    return _made(name)


def _made(name: str) -> Scorer:
    module, colon, attribute = name.partition(":")
    if not (module and colon and attribute) or module.startswith("."):
        raise UserError(f"sentiment.scorer: {name!r} is none of blend, vader, package.module:Class")
    try:
        found = importlib.import_module(module)
    except (ImportError, ValueError) as error:
        raise UserError(f"sentiment.scorer: {name}: {error}") from None
    if not callable(kind := getattr(found, attribute, None)):
        raise UserError(f"sentiment.scorer: {name}: {module} has no class {attribute}")
    made = kind()
    if not isinstance(made, Scorer) or not isinstance(made.name, str) or not callable(made.score):
        raise UserError(f"sentiment.scorer: {name}: needs name and score(text, lang)")
    return made
