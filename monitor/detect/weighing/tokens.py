"""A folded text as tokens, and word classes over them: one walk through a trie of phrases, linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ..vocabulary import words

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[\u3400-\u9fff]|\n|[^\w\s]|[^\W\d_]+|\S")
_SLOT = re.compile(r"\{(poss|num|n|org|who)\}")
_POSS = words("my your ur his her their our its the a an this that")
_NUM = words("one two three four five six seven eight nine ten several many few couple")
_PRONOUNS = words("he she they him her them i you me we us")
# Beside the forms that go on, a node of the trie holds the class of the phrase that ends there, and whether a slot
# goes on. No token has such a form.
_TAG, _SLOTTED = "\x00", "\x01"
Node = dict[str, Any]


class Token(NamedTuple):
    """One word, Chinese character, number or sign; `form` is the folded text, or stands for a name (NAME ...)."""

    form: str
    start: int
    end: int


class Tagged(NamedTuple):
    """A phrase of the lexicon in a text: its class and the tokens first..last (exclusive)."""

    tag: str
    first: int
    last: int


NAME, ORGANISATION, COMPANY = "<name>", "<org>", "<co>"


def tokens_of(text: str, names: Sequence[tuple[int, int, str]] = (), start: int = 0) -> list[Token]:
    """The tokens of a folded text from `start` on; `names` are (start, end, form) of places that are one token."""
    found: list[Token] = []
    at = start
    for low, high, form in names:
        if low < at:
            continue
        found += _plain(text, at, low)
        found.append(Token(form, low, high))
        at = high
    return found + _plain(text, at, len(text))


def _plain(text: str, low: int, high: int) -> list[Token]:
    return [
        Token("¶" if m.group() == "\n" else m.group(), m.start(), m.end())
        for m in _TOKEN.finditer(text, low, high)
    ]


class Lexicon:
    """Phrases with their classes; a phrase may hold slots ({poss}, {num}, {n}, {org}, {who}) for one token."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._root: Node = {}
        for tag, phrase in rows:
            node = self._root
            for form in _forms(phrase):
                if form[0] == "{":
                    node[_SLOTTED] = {}
                node = node.setdefault(form, {})
            node.setdefault(_TAG, tag)

    def tag(self, tokens: Sequence[Token]) -> list[Tagged]:
        """The longest phrases from left to right; none overlaps another."""
        found: list[Tagged] = []
        forms = [token.form for token in tokens]
        at, root = 0, self._root
        while at < len(forms):
            last, tag = _longest(root, forms, at, at, "")
            if tag:
                found.append(Tagged(tag, at, last))
                at = last
            else:
                at += 1
        return found


def _longest(node: Node, forms: list[str], at: int, last: int, tag: str) -> tuple[int, str]:
    """Where the longest phrase that goes on at `at` ends, and its class; slots make it look in several places."""
    while at < len(forms):
        form = forms[at]
        if _SLOTTED in node:
            for slot in _slots(form):
                child = node.get(slot)
                if child is not None:
                    further = _step(child, forms, at + 1, last, tag)
                    if further[0] > last:
                        last, tag = further
        child = node.get(form)
        if child is None:
            break
        at += 1
        node = child
        ends = node.get(_TAG)
        if ends is not None and at > last:
            last, tag = at, ends
    return last, tag


def _step(node: Node, forms: list[str], at: int, last: int, tag: str) -> tuple[int, str]:
    ends = node.get(_TAG)
    if ends is not None and at > last:
        last, tag = at, ends
    return _longest(node, forms, at, last, tag)


def _forms(phrase: str) -> Iterator[str]:
    at = 0
    for m in _SLOT.finditer(phrase):
        yield from (t.form for t in _plain(phrase, at, m.start()))
        yield m.group()
        at = m.end()
    yield from (t.form for t in _plain(phrase, at, len(phrase)))


@lru_cache(maxsize=4096)
def _slots(form: str) -> tuple[str, ...]:
    """The slots that a token fills."""
    found = []
    if form in _POSS:
        found.append("{poss}")
    if form.isdigit() or form in _NUM:
        found.append("{num}")
    if form == NAME or form in _PRONOUNS:
        found.append("{who}")
    if form == ORGANISATION:
        found.append("{org}")
    if form[0].isalpha():
        found.append("{n}")
    return tuple(found)
