"""English phrase lists that are searched all at once, as whole words, in time linear in the text."""

from __future__ import annotations

import re
from itertools import product

import ahocorasick_rs

from ...organisation import Span, stands_alone
from .forms import forms


class Phrases:
    """A list of phrases, one a line or between semicolons; `a/b` gives choices, `{tell}` every form of the verb."""

    def __init__(self, text: str) -> None:
        found = [" ".join(phrase.split()) for phrase in re.split(r"[;\n]", text)]
        self.words = sorted({one for phrase in found if phrase for one in _expanded(phrase)})
        self._automaton = ahocorasick_rs.AhoCorasick(self.words)

    def spans(self, text: str) -> list[Span]:
        """Where a folded text holds one of the phrases, as whole words, in order."""
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return sorted([(start, end) for _, start, end in hits if stands_alone(text, start, end)])

    def search(self, text: str) -> Span | None:
        """One of the spans, mostly the first."""
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return next(((start, end) for _, start, end in hits if stands_alone(text, start, end)), None)


def _expanded(phrase: str) -> list[str]:
    choices = []
    for token in phrase.split():
        words: list[str] = []
        for part in token.split("/"):
            words.extend(forms(part[1:-1]) if part.startswith("{") else [part.replace("_", " ")])
        choices.append(words)
    return [" ".join(parts) for parts in product(*choices)]
