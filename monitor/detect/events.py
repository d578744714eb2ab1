"""What a reader finds in a text before it is weighed: one departure of some persons at one place."""

from __future__ import annotations

from typing import Literal, NamedTuple

from .english.cues import Cue
from .scene import Mention, Scene

Standing = Literal["asserted", "rumoured", "denied", "weakly_denied", "none"]


class Site(NamedTuple):
    """One cue in one sentence (low..high), at start..end of the folded text."""

    scene: Scene
    cue: Cue
    start: int
    end: int
    low: int
    high: int

    @property
    def before(self) -> str:
        return self.scene.text[self.low : self.start]

    @property
    def after(self) -> str:
        return self.scene.text[self.end : self.high]


class Event(NamedTuple):
    """Persons who leave (or stay, when denied) by the words from start to end of the folded text."""

    persons: list[Mention]
    start: int
    end: int
    standing: Standing
    rule: str
    scope: str


# Who leaves, and what: "ours" (the organisation), "job", "open" (nothing said), "bye" (goodbye to the organisation), "other".
Reading = tuple[list[Mention], str] | None
