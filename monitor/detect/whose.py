"""Whether the words of leaving in a post speak of its author or of somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from ..organisation import Span
from .chinese import whose as chinese
from .english import whose as english
from .regex import regex
from .scene import Scene

_HANZI = regex(r"[\u3400-\u9fff]")


def of_others(scene: Scene, signs: str, places: Sequence[Span], beside: Sequence[Span] = ()) -> bool:
    """Do all the words of leaving at `places`, (start, end), speak of somebody else than the author?

    A clause without a subject goes on about whom its sentence has told of before, there or in the words `beside`.
    """
    last, asked = -1, set(places)
    for start, end in sorted({*places, *beside}):
        number = scene.sentence_of(start)
        low, high = scene.sentences[number]
        zh = _HANZI.search(scene.text, start, end) is not None
        said = (
            chinese.whose(scene, signs, low, start, end, high)
            if zh
            else english.whose(scene, low, start, end)
        )
        if said == "other":
            last = number
        elif (start, end) in asked and (said == "own" or number != last):
            return False
    return last >= 0
