"""The phrases that the reader knows, by class: en.tsv and zh.tsv, a class and a phrase a line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from sys import intern

from ...regex import regex
from ...vocabulary import words
from ..tokens import Lexicon

# The classes that say by themselves or with the lab beside them that somebody leaves.
LEAVING = words("dep_strong dep_move dep_noun dep_last dep_object oust lose replace former elsewhere")
# The classes that may speak of somebody leaving, or not leaving; a text without any of them is not read further.
TELLING = LEAVING | words("stay return")


def lexicon() -> Lexicon:
    """Both languages in one; where both know a phrase, English decides."""
    return _read()[0]


def openings() -> list[str]:
    """Words without which no telling phrase stands in a text, in simplified letters; they must stand alone."""
    return _read()[1]


@cache
def _read() -> tuple[Lexicon, list[str]]:
    known = list(rows())
    found = {_opening(tag, phrase) for tag, phrase in known if tag in TELLING}
    return Lexicon(known), sorted(one for one in found if one)


def rows() -> Iterator[tuple[str, str]]:
    """(class, phrase) of every line."""
    for name in ("en.tsv", "zh.tsv"):
        for line in resources.files(__name__).joinpath(name).read_text("utf-8").splitlines():
            tag, _, phrase = line.partition("\t")
            yield intern(tag), phrase


_SLOT = regex(r"\{\w+\}")
# Single letters and words of many uses, which would let every second text through.
OF_MANY_USES = words("finished done over complete completed closed wrapped was")
_TOO_COMMON = words("former elsewhere replace return stay")


def _opening(tag: str, phrase: str) -> str | None:
    """The words of a telling phrase, of one with slots those before the first; None where they tell nothing."""
    first, *more = (part.strip() for part in _SLOT.split(phrase)) if "{" in phrase else (phrase,)
    plain = first if first or not more else more[0]
    if not plain or plain in OF_MANY_USES:
        return None
    short = len(plain) < 2 or (plain.isascii() and " " not in plain)
    vague = bool(more) and (tag in _TOO_COMMON or short or (plain.isascii() and plain.count(" ") < 2))
    return None if vague or (short and tag in _TOO_COMMON) else plain
