"""A short way to write English phrases as rows of the cue table: verbs with all their forms, gaps and choices.

In a phrase `{give}` stands for every form of the verb, `OWN` for a possessive, `NAME` for a person, `NAMES` for
"a person's", `~` for up to two words, `a/b` for
either word (`a_b` for two words), `(a)` for a word that may be missing; everything else stands for itself.
"""

from __future__ import annotations

import re

from ..regex import regex
from ..vocabulary import IRREGULAR

OWN = "(?:his|her|their|my|your|our|its)"
_GAP = '(?:["]?[\\w\'@.-]+["]? ){0,2}'
_NAME = "(?:@?[\\w.'-]+ ){1,3}?"
_OWNER = "(?:@?[\\w.-]+ ){0,2}@?[\\w.-]+'s? "
_VOWELS = "aeiou"
# One syllable that ends in one vowel and one consonant: the consonant is doubled.
_SHORT = regex(r"[^aeiou]*(?:qu)?[aeiou][^aeiouwxy]")

_OPEN = {"~": _GAP, "NAME": _NAME, "NAMES": _OWNER}

Row = tuple[str, str, str, str]


def forms(verb: str) -> tuple[str, ...]:
    """The forms of an English verb, the plain one first: walk, walks, walked, walking."""
    if verb in IRREGULAR:
        return (verb, *IRREGULAR[verb])
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    if verb.endswith(("s", "x", "z", "ch", "sh")):
        return verb, verb + "es", verb + "ed", verb + "ing"
    if _SHORT.fullmatch(verb):
        return verb, verb + "s", verb + verb[-1] + "ed", verb + verb[-1] + "ing"
    return verb, verb + "s", verb + "ed", verb + "ing"


def typos(word: str) -> set[str]:
    """The word with two neighbours exchanged or one inner letter missing or doubled."""
    inner = range(1, len(word) - 1)
    found = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in inner}
    found |= {word[:i] + word[i + 1 :] for i in inner}
    found |= {word[:i] + word[i] + word[i:] for i in inner}
    return found - {word}


def rows(frame: str, rule: str, *phrases: str) -> tuple[Row, ...]:
    """The rows (stem, pattern, frame, rule) of some phrases; each choice of the first word has its own."""
    found = []
    for phrase in phrases:
        head, *rest = phrase.split()
        for word in _choices(head):
            found.append((*_row(word.replace("_", " "), rest), frame, rule))
    return tuple(found)


def _choices(token: str) -> list[str]:
    return [form for part in token.split("/") for form in _words(part)]


def _words(part: str) -> tuple[str, ...]:
    return forms(part[1:-1]) if part.startswith("{") else (part,)


def _row(first: str, rest: list[str]) -> tuple[str, str]:
    """The stem, as long as the words are plain, and the pattern; each piece brings the space behind it."""
    stem = first
    plain = [token.isalpha() and token.islower() for token in rest]
    known = plain.index(False) if False in plain else len(rest)
    for token in rest[:known]:
        stem += " " + token
    stem += " " * (known < len(rest))
    pattern = "".join([_escaped(first) + " ", *map(_piece, rest)]).rstrip()
    return stem, pattern + r"\b"


def _piece(token: str) -> str:
    if token in _OPEN:
        return _OPEN[token]
    if token.startswith("("):
        return f"(?:{_any(token[1:-1])} )?"
    return _any(token) + " "


def _any(token: str) -> str:
    words = [OWN if word == "OWN" else _escaped(word).replace("_", " ") for word in _choices(token)]
    return words[0] if len(words) == 1 else f"(?:{'|'.join(words)})"


def _escaped(word: str) -> str:
    return word if word.isalnum() else re.escape(word)
