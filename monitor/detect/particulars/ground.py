"""The part of a text around a departure in which its particulars are looked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ...organisation import Span
from ..english.words import Phrases

# How far around the words of departure is read, in characters: it bounds the work on an endless sentence.
_BEFORE, _BEHIND = 240, 600


class Ground(NamedTuple):
    """`low..high` is the sentence of the departure `start..end`, `last` the end of the third one behind it."""

    text: str
    letters: str
    start: int
    end: int
    low: int
    high: int
    last: int
    sentences: list[Span]
    leaver: list[Span]
    others: list[Span]
    organisation: list[Span]
    everyone: Sequence[Span]
    today: date

    @property
    def next_end(self) -> int:
        """Where the sentence behind that of the departure ends."""
        return self.sentences[1][1] if len(self.sentences) > 1 else self.high

    def sentence(self, at: int) -> Span:
        """The sentence of the ground that holds offset `at`."""
        return next(((s, e) for s, e in self.sentences if s <= at < e), self.sentences[-1])

    def subject_is_leaver(self, at: int) -> bool:
        """Is the person named last before `at`, in its sentence, the one who leaves, or listed with them?

        True too where the sentence of the departure names nobody before `at`.
        """
        low = self.sentence(at)[0]
        last = max((span for span in self.leaver if low <= span[0] and span[1] <= at), default=None)
        behind = max(last[1] if last else low, low)
        between = [span for span in self.others if behind <= span[0] and span[1] <= at]
        if not between:
            return True
        if last is None:
            return self._listed_behind(between[-1], at)
        joints = [self.text[a[1] : b[0]] for a, b in zip([last, *between], between, strict=False)]
        return all(_joins(joint) for joint in joints)

    def _listed_behind(self, span: Span, at: int) -> bool:
        return any(_joins(self.text[span[1] : s]) and e <= at for s, e in self.leaver if s >= span[1])

    def touches_person(self, start: int, end: int) -> bool:
        """Does a span meet a place that stands for a person?"""
        return any(s < end and start < e for s, e in self.leaver + self.others)

    def touches_organisation(self, start: int, end: int) -> bool:
        """Does a span meet a name of the watched organisation?"""
        return any(s < end and start < e for s, e in self.organisation)

    def holds(self, phrases: Phrases, start: int, end: int) -> bool:
        """Does text[start:end] hold one of the phrases?"""
        return start < end and phrases.search(self.text[start:end]) is not None

    def spans(self, phrases: Phrases, start: int, end: int) -> list[Span]:
        """Where text[start:end] holds one of the phrases, longest first at each place, without overlaps."""
        found: list[Span] = []
        for s, e in sorted(phrases.spans(self.text[start:end]), key=lambda span: (span[0], -span[1])):
            if not found or start + s >= found[-1][1]:
                found.append((start + s, start + e))
        return found


def _joins(text: str) -> bool:
    return text.strip(" ,、") in ("", "and", "&", "和", "与", "及", "跟") and len(text) < 8


def ground(
    text: str,
    letters: str,
    start: int,
    end: int,
    sentences: Sequence[Span],
    person: Sequence[Span],
    others: Sequence[Span],
    organisation: Sequence[Span],
    today: date,
) -> Ground:
    """What lies around a departure; the cost does not grow with the length of the text."""
    first = max(0, bisect_right(sentences, start, key=lambda span: span[0]) - 1)
    low = max(sentences[first][0], start - _BEFORE) if sentences else max(0, start - _BEFORE)
    stop = min(len(text), end + _BEHIND)
    near = [(max(low, s), min(e, stop)) for s, e in sentences[first : first + 4] if s < stop]
    near = near or [(low, stop)]
    # Words of departure that reach over a full stop still are in one sentence.
    high = max(near[0][1], min(end, stop))
    last = near[-1][1]
    return Ground(
        text,
        letters,
        start,
        end,
        low,
        high,
        last,
        near,
        _within(person, low, last),
        _within(others, low, last),
        _within(organisation, low, last),
        others,
        today,
    )


def _within(spans: Sequence[Span], low: int, high: int) -> list[Span]:
    return list(spans[bisect_left(spans, (low, 0)) : bisect_left(spans, (high, 0))])
