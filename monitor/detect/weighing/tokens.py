"""A folded text as tokens, and word classes over them: one walk through a trie of phrases, linear in the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..regex import regex
from ..vocabulary import words

_TOKEN = regex(r"[a-z]+(?:'[a-z]+)?|\d+|[\u3400-\u9fff]|\n|[^\w\s]|[^\W\d_]+|\S")
_SLOT = regex(r"\{(poss|num|n|org|who)\}")
_FORM = regex(rf"{_SLOT.pattern}|{_TOKEN.pattern}")
_POSS = words("my your ur his her their our its the a an this that")
_NUM = words("one two three four five six seven eight nine ten several many few couple")
_PRONOUNS = words("he she they him her them i you me we us")
Rows = list[tuple[str, str]]


# One word, Chinese character, number or sign: the folded text, or what stands for a name (NAME ...), start, end.
Token = tuple[str, int, int]


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
        found.append((form, low, high))
        at = high
    return found + _plain(text, at, len(text))


def _plain(text: str, low: int, high: int) -> list[Token]:
    found: list[Token] = []
    for form in _TOKEN.findall(text, low, high):  # only white space is left out
        start = text.find(form, low)
        low = start + len(form)
        found.append(("¶" if form == "\n" else form, start, low))
    return found


class Lexicon:
    """Phrases with their classes; a phrase may hold slots ({poss}, {num}, {n}, {org}, {who}) for one token."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._root = _Node([])
        self._root.rows = list(rows)
        self._root.lay_out()
        self._openings = lru_cache(maxsize=4096)(self._nodes_of)

    def tag(self, tokens: Sequence[Token]) -> list[Tagged]:
        """The longest phrases from left to right; none overlaps another."""
        found: list[Tagged] = []
        forms = [form for form, _, _ in tokens]
        at, openings, end = 0, self._openings, len(forms)
        forms.append("")
        while at < end:
            last, tag, behind = at, "", forms[at + 1]
            for node in openings(forms[at]):
                if node.rows or node.tag or node.slots or behind in node.plain:
                    last, tag = _longest(node, forms, at + 1, last, tag)
            if tag:
                found.append(Tagged(tag, at, last))
                at = last
            else:
                at += 1
        return found

    def _nodes_of(self, form: str) -> list[_Node]:
        """Where phrases go on behind a first token: what it is taken for (a slot), then the token itself."""
        plain = self._root.plain
        return [plain[opening] for opening in (*_slots(form), form) if opening in plain]


class _Node:
    """A place in the trie of phrases; what follows is laid out when a text first comes here, for most is never met."""

    __slots__ = ("plain", "rows", "slots", "tag")

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.tag = ""
        self.plain: dict[str, _Node] = _NONE
        self.slots: dict[str, _Node] = _NONE

    def lay_out(self) -> None:
        """Takes the next form off all phrases; of two that are the same the first counts."""
        rows, self.rows = self.rows, []
        found: dict[str, Rows] = {}
        for tag, phrase in rows:
            m = _FORM.search(phrase)
            if m is None:
                self.tag = self.tag or tag
            else:
                found.setdefault(m[0], []).append((tag, phrase[m.end() :]))
        if found:
            self.plain = {form: _Node(more) for form, more in found.items()}
        slots = {form: node for form, node in self.plain.items() if form[0] == "{" and len(form) > 1}
        self.slots = slots or _NONE


_NONE: dict[str, _Node] = {}


def _longest(node: _Node, forms: list[str], at: int, last: int, tag: str) -> tuple[int, str]:
    """Where the longest phrase that goes on at `at` ends, and its class; slots make it look in several places.

    Behind the last of the forms stands an empty one, with which nothing goes on.
    """
    while True:
        if node.rows:
            node.lay_out()
        if node.tag and at > last:
            last, tag = at, node.tag
        form, plain = forms[at], node.plain
        if node.slots:
            for slot in _slots(form):
                if slot in node.slots:
                    last, tag = _longest(node.slots[slot], forms, at + 1, last, tag)
        if form not in plain:
            return last, tag
        node = plain[form]
        at += 1


@lru_cache(maxsize=4096)
def _slots(form: str) -> tuple[str, ...]:
    """The slots that a token fills; none that is empty."""
    found: list[str] = []
    if not form:
        return ()
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
