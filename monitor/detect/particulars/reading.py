"""What a text tells about a departure beside the fact: when, whereto, who follows, and whether they are back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from ...organisation import Span
from ...simplified import simplified
from ..english.words import Phrases
from . import chinese, dates, people, places, words
from .ground import Ground, ground


class Facts(NamedTuple):
    """`occurred_at` is UTC midnight of the day, of the first one where only a month or week is named.

    None for what the text does not say, or not clearly: a wrong one is worse than none.
    """

    occurred_at: datetime | None
    destination: str | None
    replacement: str | None
    returned: bool


# Without one of these no English words name who follows, and few where the one who leaves goes.
_TOLD = Phrases("\n".join((words.NAMED_AFTER, words.NAMED, words.FOLLOWS, words.JOIN, words.FOUND)))
# A post that claims to be of another age has no calendar to reckon by.
_YEARS = range(1970, 2200)


def facts(
    text: str,
    start: int,
    end: int,
    sentences: Sequence[Span],
    person: Sequence[Span],
    others: Sequence[Span],
    organisation: Sequence[Span],
    letters: str,
    created_at: datetime,
    denied: bool,
) -> Facts:
    """The facts of one claim in a folded text, whose words of departure are text[start:end].

    `person` are the places of the one who leaves, pronouns too, `others` those of other people's names, each in
    order as the sentences are; `letters` is the text as written, at the same offsets. Of a denied departure only
    `returned` is read. The cost does not grow with the text.
    """
    around = ground(
        text, letters, start, end, sentences, person, others, organisation, created_at.astimezone(UTC).date()
    )
    hanzi = not text[around.low : around.last].isascii()
    plain = around._replace(text=_simplified(around)) if hanzi else around
    if denied:
        return Facts(None, None, None, people.returned(around) or (hanzi and chinese.returned(plain)))
    told = around.holds(_TOLD, around.low, around.last)
    return Facts(
        _midnight(
            dates.occurred(around) or (dates.chinese_occurred(plain) if hanzi else None)
            if created_at.year in _YEARS
            else None
        ),
        places.destination(around, told) or (chinese.destination(plain) if hanzi else None),
        (people.replacement(around) if told else None) or (chinese.replacement(plain) if hanzi else None),
        False,
    )


def _simplified(around: Ground) -> str:
    low, last = around.low, around.last
    return around.text[:low] + simplified(around.text[low:last]) + around.text[last:]


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), UTC)
