"""Which scorer reads the texts: blend, vader, or a class of the user's by its dotted path.

A class with `late = True` is slow: the service scores with blend at once, and has the class's `batch` read the same
texts in processes of its own (workers.py); what it says comes as an update. Elsewhere it is waited for.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from ..errors import UserError
from ..model import LABELS, Sentiment

log = logging.getLogger(__name__)
DEFAULT = "blend"
Text = tuple[str, str | None]  # what is to be read, and the source's hint at its language


@runtime_checkable
class Scorer(Protocol):
    """A scorer may also have score_about(text, spans, lang), as Blend has."""

    @property
    def name(self) -> str: ...

    def score(self, text: str, lang: str | None = None) -> Sentiment: ...


class Batches(Protocol):
    """What a class with `late = True` makes. It may have a class method check(model) that raises ValueError."""

    @property
    def name(self) -> str: ...

    def batch(self, texts: Sequence[Text]) -> Sequence[Sentiment]: ...


class Waits:
    """A late scorer where nothing is lost by waiting."""

    def __init__(self, batches: Batches) -> None:
        self.name, self._batches = batches.name, batches

    def score(self, text: str, lang: str | None = None) -> Sentiment:
        found = self._batches.batch([(text, lang)])
        if len(found) != 1:
            raise ValueError(f"{len(found)} scores for 1 text")
        return found[0]


class Sound:
    """A scorer of somebody else's: where it raises, or its answer is no score, the text is unscored; warned of once."""

    def __init__(self, made: Scorer) -> None:
        self.name, self._made, self._warned = made.name, made, False
        if callable(about := getattr(made, "score_about", None)):
            self.score_about = lambda text, spans, lang=None: self._sound(
                lambda: about(text, spans, lang), lang
            )

    def score(self, text: str, lang: str | None = None) -> Sentiment:
        return self._sound(lambda: self._made.score(text, lang), lang)

    def _sound(self, ask: Callable[[], Sentiment], lang: str | None) -> Sentiment:
        try:
            found = ask()
            if is_sound(found):
                return found
            said = f"{found!r:.200} is no score"
        except Exception as error:  # a text that is too much for it must not stop the stream
            said = f"{type(error).__name__}: {error}"
        if not self._warned:
            self._warned = True
            log.warning("sentiment: %s: %s; such texts are unscored", self.name, said)
        return Sentiment(scorer=self.name, lang=lang)


def is_sound(found: object) -> bool:
    """Is it a Sentiment within its bounds: a label and -1..1, or unscored and None?"""
    if not isinstance(found, Sentiment) or found.label not in LABELS:
        return False
    if found.compound is None or found.label == "unscored":
        return found.compound is None and found.label == "unscored"
    return isinstance(found.compound, int | float) and -1 <= found.compound <= 1


def scorer(name: str = DEFAULT, model: Path | None = None) -> Scorer:
    """ "blend", "vader", or "package.module:Class"; blend and a class are made with `model` where it is given. UserError if that cannot be."""
    if name == "blend":
        from .blend import Blend

        return Blend(model)
    if name == "vader":
        from .vader import Vader

        return Vader()
    if is_late(name):
        return Sound(Waits(batches(name, model)))
    made = _made(name, model)
    if not isinstance(made, Scorer) or not isinstance(made.name, str) or not callable(made.score):
        raise UserError(f"sentiment.scorer: {name}: needs name and score(text, lang)")
    return Sound(made)


def is_late(name: str) -> bool:
    """Is it a class that must not be waited for? UserError if there is no such class."""
    return ":" in name and getattr(_kind(name), "late", False) is True


def check(name: str, model: Path | None) -> None:
    """Can it be made, as far as is to be seen without making it? UserError if not."""
    look = getattr(_kind(name), "check", None)
    try:
        if callable(look):
            look(model)
    except Exception as error:  # whatever a class of somebody else's does
        raise UserError(f"sentiment.scorer: {name}: {error}") from None


def batches(name: str, model: Path | None) -> Batches:
    """A late scorer, made. UserError if it cannot be."""
    check(name, model)
    made = _made(name, model)
    if not isinstance(getattr(made, "name", None), str) or not callable(getattr(made, "batch", None)):
        raise UserError(f"sentiment.scorer: {name}: needs name and batch(texts)")
    return made  # type: ignore[no-any-return]


def _made(name: str, model: Path | None) -> Any:
    kind = _kind(name)
    try:
        return kind() if model is None else kind(model)
    except Exception as error:
        raise UserError(f"sentiment.scorer: {name}: {type(error).__name__}: {error}") from error


def _kind(name: str) -> Any:
    module, colon, attribute = name.partition(":")
    if not (module and colon and attribute) or module.startswith("."):
        raise UserError(f"sentiment.scorer: {name!r} is none of blend, vader, package.module:Class")
    try:
        found = importlib.import_module(module)
    except Exception as error:  # whatever a module of somebody else's does when it is read
        raise UserError(f"sentiment.scorer: {name}: {error}") from None
    if not callable(kind := getattr(found, attribute, None)):
        raise UserError(f"sentiment.scorer: {name}: {module} has no class {attribute}")
    return kind
