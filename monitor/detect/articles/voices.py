"""Who speaks in a text: quotations, retold posts, the turns of a conversation, interviews."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from .. import layout, people
from ..layout import Turn
from ..people import Mention
from ..regex import regex

if TYPE_CHECKING:
    from ...organisation import Span
    from ..scene import Scene

# From this length on a text is an article: it speaks of many people and things.
LONG = 600
# The same for a text in Chinese, whose letters are words.
_LONG_ZH = 320
_HANZI = regex("[\u4e00-\u9fff]+")


@lru_cache(maxsize=4)
def is_long(text: str) -> bool:
    """Is a folded text an article, which speaks of many people and things?"""
    if len(text) > LONG or len(text) <= _LONG_ZH or text.isascii():
        return len(text) > LONG
    return sum(map(len, _HANZI.findall(text))) > len(text) // 2


def quote_around(scene: Scene, at: int) -> Span | None:
    """The quotation that holds offset `at`, without its marks."""
    return next(((s, e) for s, e in scene.quotes if s <= at < e), None)


def quote_speaker(scene: Scene, quote: Span) -> Mention | None:
    """Who is quoted: the last one named shortly before the quotation, else the first one shortly after it."""
    before = [m for m in scene.mentions if m.kind == "name" and quote[0] - 90 <= m.end <= quote[0]]
    after = [m for m in scene.mentions if m.kind == "name" and quote[1] <= m.start <= quote[1] + 60]
    inside_line = [m for m in before if "\n" not in scene.text[m.end : quote[0]]]
    before, inside_line = (
        [m for m in some if not _IN_SHADE.search(scene.text, max(0, m.start - 14), m.start)]
        for some in (before, inside_line)
    )
    after = [m for m in after if "\n\n" not in scene.text[quote[1] : m.start]]
    if scene.long:
        inside_line = _telling(scene, inside_line, after, quote)
    if inside_line:
        return inside_line[-1]
    return after[0] if after else (before[-1] if before else None)


# Of 'her farewell to X' X is not the one who speaks on.
_IN_SHADE = regex(
    r"\b(?:farewells?|goodbyes?|tributes?|thanks|praise|replies|reply|answer|message|note|letter) to $"
)
_SAID_AFTER = regex(
    r"[\"'”,.\s]*(?:said|says|wrote|writes|told|added|adds|recalled|explained|joked|replied|answered|(?:he|she) (?:said|says|wrote|added|told))\b"
)
_TELLS = regex(
    r"(?:said|says|wrote|writes|told|tells|adds|added|asked|replied|answered|说|說|称|稱|表示|写道|寫道|回应|回應|透露|坦言|告诉|告訴|指出|指|形容|认为|認為|,|:)[^.。]{0,40}$"
)


def _telling(scene: Scene, before: list[Mention], after: list[Mention], quote: Span) -> list[Mention]:
    """The names before a quotation, unless a full stop parts them from it and the name behind it speaks."""
    if not before:
        return before
    gap = scene.text[before[-1].end : quote[0]]
    if not re.search(r"[.!?。]", gap):
        return before
    tail = scene.text[quote[1] : quote[1] + 60]
    if after and (_SAID_AFTER.match(tail) or scene.text[quote[1] - 1] in ",?!") and "\n" not in tail[:3]:
        return []
    return before


def retold_speaker(scene: Scene) -> Mention | None:
    """For 'RT @somebody: ...' and its like: the one whose words the whole text repeats."""
    if not scene.text.startswith(("rt ", "rt@", "qt ", "via ")):
        return None
    first = scene.mentions[0] if scene.mentions else None
    return first if first is not None and first.start < 8 else Mention(0, 0, "", "name", False)


def announced_speaker(scene: Scene, at: int) -> Mention | None:
    """For 'X answers: I ...': who is named before the last colon of the sentence."""
    low = scene.sentences[scene.sentence_of(at)][0]
    told = re.search(r"(?:说|說|表示|回应|回應|回复|写道|寫道)[\s,]*$", scene.text[low:at])
    if told:
        before = [m for m in scene.named(low, low + told.start()) if m.kind == "name"]
        return before[-1] if before else None
    colon = scene.text.rfind(":", low, at)
    named = [m for m in scene.named(low, colon) if m.kind == "name"]
    if not named or _TOWARD.search(scene.text, low, named[-1].start):
        return None
    return named[-1] if colon - named[-1].end < 24 else None


# 'After X: I ...', 'to X: I ...': X does not speak.
_TOWARD = regex(r"\b(?:following|after|like|to|with|joining|dear|hi|hey) @?$")


def turn_around(scene: Scene, at: int) -> Turn | None:
    """The turn of a conversation that holds offset `at`."""
    number = bisect_left([turn.start for turn in scene.turns], at + 1) - 1
    if number < 0 or at >= scene.turns[number].end:
        return None
    return scene.turns[number]


def voice(scene: Scene, turn: Turn) -> Mention | None:
    """Who speaks in a turn, by its label: a name, a part of a name, or the one who is interviewed."""
    if layout.asks(scene.text, turn.label):
        return None
    if layout.answers(scene.text, turn.label):
        return _guest(scene)
    names = [m for m in scene.mentions if m.kind == "name"]
    within = next((m for m in names if turn.label[0] <= m.start and m.end <= turn.label[1]), None)
    if within is not None:
        return within
    label = scene.text[slice(*turn.label)].strip()
    return next((m for m in names if label in scene.text[m.start : m.end].split()), None)


def _guest(scene: Scene) -> Mention | None:
    """Whom an interview is with: the watched person, else whoever is named most often in it, if its head names them."""
    named = [m for m in scene.mentions if m.kind == "name" and not layout.within(scene.aside, m.start)]
    early = [m for m in named if m.start < LONG]
    if not early or not layout.is_interview(scene.text):
        return None
    often = Counter(m.key for m in named)
    return max(early, key=lambda m: (m.watched, often[m.key], -m.start))


def answering(scene: Scene, turn: Turn | None) -> Mention | None:
    """Whom a question of a conversation is put to: the voice of the next turn."""
    if turn is None:
        return None
    number = scene.turns.index(turn)
    return voice(scene, scene.turns[number + 1]) if number + 1 < len(scene.turns) else None


def interviewed(scene: Scene, at: int) -> Mention | None:
    """In an interview without labels, who answers: 'I' in the paragraph behind a question to 'you'."""
    if (
        not scene.long
        or scene.turns
        or scene.author_watched
        or not layout.is_interview(scene.text)
        or (scene.author is not None and not people.is_outlet(scene.author))
    ):
        return None
    start = scene.text.rfind("\n", 0, at) + 1
    asked = scene.text[scene.text.rfind("\n", 0, max(0, start - 2)) + 1 : start].strip()
    if not asked.endswith("?") and not re.search(r"\byou\b|\byour\b|[你您]", asked):
        return None
    return _guest(scene)
