"""The tables of words that reactions are read by: english.txt and chinese.txt, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from ...fold import fold

PERSON, ORGANISATION = "\ue000", "\ue001"
_HEAD = re.compile(
    r"\[(?P<kinds>[a-z,]*) ?(?P<toward>warm|cold|blame|laugh|sarcasm|harm|own)? ?(?P<weight>\d(?:\.\d+)?)?(?: (?P<way>victim|opener|faint))?\]"
)
_INNER = re.compile(r"\{([^{}]*)\}")
_MACROS = {
    "P": "{X,him,her,them,you,u,ya}",
    "S": "{X,he,she,they,you}",
    "O": f"{{{ORGANISATION},the company,management,leadership,the board,the execs}}",
    "X": PERSON,
}
_FILES = {
    "english.txt": _MACROS,
    "chinese.txt": {
        "P": "{X,他,她,你}",
        "S": "{X,他,她,你}",
        "O": f"{{{ORGANISATION},公司,管理层}}",
        "X": PERSON,
    },
}
_MACRO = re.compile(r"(?<![A-Za-z])[PSOX](?=s?(?![A-Za-z]))")


class Word(NamedTuple):
    """What a phrase shows: kinds of model.KINDS, and what it says of the person it is said of, -1..1.

    `way`: "blame" is cold to whoever it is aimed at, the person or the organisation; "laugh" is cold only where
    nothing is warm; "sarcasm": praise beside it is not meant; "victim": the person whom others treat badly or lose;
    "opener": meant only where nothing bad is told beside it ("nice one", "oh great"); "harm": something bad that was
    done; "faint": counts only where nothing else is said of the person; "own": the writer's own trouble, so that grief beside it is not over the person.
    """

    kinds: tuple[str, ...]
    toward: float
    way: str


HARMLESS = Word((), 0.0, "")


@cache
def table() -> dict[str, Word]:
    """Every phrase as it stands in a marked text (see marked.py); one with * at the end may go on."""
    found: dict[str, Word] = {}
    for name, macros in _FILES.items():
        text = (resources.files(__name__) / name).read_text("utf-8")
        for phrase, word in _read(text, macros):
            known = found.get(phrase)
            found[phrase] = word if known is None else _both(known, word)
    return found


def _read(text: str, macros: Mapping[str, str]) -> Iterator[tuple[str, Word]]:
    word = HARMLESS
    for line in text.splitlines():
        if line.startswith("[") and line.endswith("]"):
            word = _head(line)
        elif line.strip() and not line.startswith("#"):
            for entry in filter(None, map(str.strip, line.split(";"))):
                for phrase in _expanded(entry, macros):
                    yield phrase, word


def _head(line: str) -> Word:
    head = _HEAD.fullmatch(line)
    if head is None:
        raise ValueError(f"no section of a word table: {line}")
    kinds = tuple(filter(None, head["kinds"].split(",")))
    weight = float(head["weight"] or 0)
    way = head["way"] or (head["toward"] if head["toward"] not in ("warm", "cold") else None)
    return Word(kinds, weight if head["toward"] == "warm" else -weight, way or "")


def _both(one: Word, two: Word) -> Word:
    """A phrase of section [] is harmless; one of two other sections has the kinds of both; what it says of the person, where they differ, is nothing."""
    if HARMLESS in (one, two):
        return HARMLESS
    kinds = tuple(dict.fromkeys([*one.kinds, *two.kinds]))
    if one.toward * two.toward < 0:
        return Word(kinds, 0.0, "")
    return Word(kinds, max(one.toward, two.toward, key=abs), one.way or two.way)


def _expanded(entry: str, macros: Mapping[str, str]) -> list[str]:
    while _MACRO.search(entry):
        entry = _MACRO.sub(lambda m: macros[m[0]], entry)
    phrases = [entry]
    while any("{" in phrase for phrase in phrases):
        phrases = [one for phrase in phrases for one in _once(phrase)]
    return [fold(" ".join(phrase.split())) for phrase in phrases]


def _once(phrase: str) -> list[str]:
    choice = _INNER.search(phrase)
    if choice is None:
        return [phrase]
    return [phrase[: choice.start()] + one + phrase[choice.end() :] for one in choice[1].split(",")]
