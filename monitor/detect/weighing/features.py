"""What a text holds about one person, as named features: word classes in their order, and words near the person.

A short text is one window; of a long one each sentence that speaks of the person is a window of its own. The
features of a window are strings, so that a weight can be read and a claim can say what carried it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from operator import itemgetter
from typing import NamedTuple

from ..regex import regex
from ..scene import Mention, Scene
from ..vocabulary import ARMS, COMPANIES, OTHER_UNITS_ZH, words
from .lexicon import TELLING
from .tokens import COMPANY, NAME, ORGANISATION, Lexicon, Tagged, Token, tokens_of
from .weights import AHEAD, APART, BEHIND, GAPS, PERSON

SHORT = 400
SHORT_ZH = 160
OTHER = "<o>"
_KIND = {"name": "", "first": "1", "second": "2", "third": "3", "who": "w"}
_KEPT = frozenset(',.;:?!"()¶…—–。')
_HANZI = regex("[\u4e00-\u9fff]")
_LINKS = words("but and or who which that if when before after because so while though 但 而 可 却 因")


class Window(NamedTuple):
    """A stretch of a folded text that is judged by itself."""

    start: int
    end: int


# One element of a window's order: a word class, a name, a mark; start and end in the folded text.
Sign = tuple[str, int, int]


class Laid(NamedTuple):
    """A text as tokens with their word classes; the names in it are one token each. The same for all its persons.

    `telling`: some of its words may speak of leaving or staying.
    """

    tokens: list[Token]
    tagged: dict[int, Tagged]
    pronouns: dict[int, Mention]
    names: dict[int, str]
    long: bool
    telling: bool
    seen: dict[Window, Seen]


class Seen(NamedTuple):
    """A window before it is known for whom it is weighed: its forms and signs, and whom some of them mean."""

    forms: list[str]
    signs: list[Sign]
    named: list[tuple[int, str | None]]  # which forms are names, and whose
    meant: list[
        tuple[int, str | None, str]
    ]  # which signs are persons, whom they mean, and by which kind of word


def lay(scene: Scene, lexicon: Lexicon) -> Laid:
    """The tokens of a text, and whom its names and pronouns mean, by where they start."""
    names = [m for m in scene.mentions if m.kind == "name" and m.end > m.start]
    places = [(m.start, m.end, NAME) for m in names] + [(s, e, ORGANISATION) for s, e in scene.organisation]
    tokens = [
        (COMPANY, token[1], token[2]) if token[0] in COMPANIES else token
        for token in tokens_of(scene.text, sorted(places, key=lambda place: (place[0], -place[1])))
    ]
    tagged = lexicon.tag(tokens)
    return Laid(
        tokens,
        {one.first: one for one in tagged},
        {m.start: m for m in scene.mentions if m.kind != "name"},
        {m.start: m.key for m in names},
        len(scene.text) > SHORT or (len(scene.text) > SHORT_ZH and _share(scene.text) > 0.3),
        any([one.tag in TELLING for one in tagged]),
        {},
    )


def _share(text: str) -> float:
    """How much of a text is written in Chinese letters."""
    sample = text[:400]
    return 0.0 if text.isascii() else len(_HANZI.findall(sample)) / max(1, len(sample))


def windows(scene: Scene, laid: Laid, mentions: Sequence[Mention]) -> list[Window]:
    """The whole of a short text; the sentences of a long one in which the person is spoken of."""
    if not laid.long:
        return [Window(0, len(scene.text))]
    numbers = sorted({scene.sentence_of(m.start) for m in mentions})
    return [Window(*scene.sentences[number]) for number in numbers]


def signs_of(laid: Laid, key: str, window: Window) -> tuple[list[str], list[Sign]]:
    """A window as words and as the order of its word classes, names and marks, as one person sees them."""
    seen = laid.seen.get(window)
    if seen is None:
        seen = laid.seen[window] = _seen(laid, window)
    forms, signs = seen.forms.copy(), seen.signs.copy()
    for at, whose in seen.named:
        forms[at] = PERSON if whose == key else OTHER
    for at, whose, kind in seen.meant:
        _, start, end = signs[at]
        signs[at] = ("P" if whose == key else "O") + kind, start, end
    return forms, signs


def _seen(laid: Laid, window: Window) -> Seen:
    first = bisect_left(laid.tokens, window.start, key=_START) if window.start else 0
    last = bisect_left(laid.tokens, window.end, key=_START)
    tokens = laid.tokens[first:last]
    named = [(at, laid.names.get(token[1])) for at, token in enumerate(tokens) if token[0] == NAME]
    seen = Seen(["0" if form.isdigit() else form for form, _, _ in tokens], [], named, [])
    at = gap = 0
    while at < len(tokens):
        form, start, end = tokens[at]
        tagged = laid.tagged.get(first + at)
        step = 1 if tagged is None else tagged.last - tagged.first
        if tagged is not None and step > 1:
            _mark(seen, gap, (tagged.tag, start, tokens[min(at + step, len(tokens)) - 1][2]))
            gap = 0
            # The names that a phrase with slots for them, 'life after {who}', holds.
            for within in range(at, min(at + step, len(tokens))):
                if tokens[within][0] in (NAME, ORGANISATION):
                    _place(laid, seen, 0, tokens, within)
        elif form in _PLACES or start in laid.pronouns:
            _place(laid, seen, gap, tokens, at)
            gap = 0
        elif tagged is not None or form in _KEPT or form in _LINKS:
            _mark(seen, gap, ("'" + form if tagged is None else tagged.tag, start, end))
            gap = 0
        else:
            gap += 1
        at += step
    return seen


_START = itemgetter(1)
_PLACES = (NAME, ORGANISATION, COMPANY)


def _mark(seen: Seen, gap: int, sign: Sign) -> None:
    """A sign, behind one for the words without class before it."""
    if gap:
        seen.signs.append(("_" if gap <= 2 else "~", sign[1], sign[1]))
    seen.signs.append(sign)


def _place(laid: Laid, seen: Seen, gap: int, tokens: Sequence[Token], at: int) -> None:
    """The sign of a name, an organisation or a pronoun."""
    form, start, end = tokens[at]
    if form == ORGANISATION:
        _mark(seen, gap, ("UNIT" if _is_arm(tokens, at) else "ORG", start, end))
    elif form == COMPANY:
        _mark(seen, gap, ("CO", start, end))
    else:
        _mark(seen, gap, ("", start, end))
        pronoun = None if form == NAME else laid.pronouns[start]
        whose = laid.names.get(start) if pronoun is None else pronoun.key
        kind = "" if pronoun is None else _KIND[pronoun.kind]
        seen.meant.append((len(seen.signs) - 1, whose, kind))


def _is_arm(tokens: Sequence[Token], at: int) -> bool:
    """Is the organisation's name that of another part of its group: 'X Pay', 'X's grocery chain', 'X影业'?"""
    behind = [form for form, _, _ in tokens[at + 1 : at + 5]]
    if behind[:2] == ["'", "s"]:
        behind = behind[2:]
    return bool(behind) and (behind[0] in ARMS or "".join(behind).startswith(OTHER_UNITS_ZH))


def features(forms: list[str], signs: Sequence[Sign]) -> set[str]:
    """The names of all features of a window: a letter for the kind, and what stands there.

    c: a run of word classes and names; p: the same with marks; o: one class somewhere before another; w: a run of
    words; a, b: a word after or before the person. Those that have a weight are what Weights.scores counts.
    """
    plain = [tag for tag, _, _ in signs if tag not in GAPS]
    core = [tag for tag in plain if tag[0] != "'"]
    found = set(_runs("w", forms, 1, 2, 3))
    found.update(run for run in _runs("w", forms, 4) if "\u3400" <= run[2] <= "\u9fff")
    if core:
        found.update(_runs("c", ["<", *core, ">"], 1, 2, 3, 4))
        before = list(map("o ".__add__, core))
        for step in range(1, APART + 1):
            found.update(map(">".join, zip(before, core[step:], strict=False)))
    if plain:
        found.update(_runs("p", ["<", *plain, ">"], 1, 2, 3))
    for at, form in enumerate(forms):
        if form == PERSON:
            found.update(map("b ".__add__, forms[max(0, at - BEHIND) : at]))
            found.update(map("a ".__add__, forms[at + 1 : at + 1 + AHEAD]))
    return found


def _runs(kind: str, items: list[str], *sizes: int) -> Iterator[str]:
    """All runs of so many items, each with its kind before it."""
    shifted = [items[at:] for at in range(max(sizes))]
    return chain.from_iterable(
        map(" ".join, zip(repeat(kind), *shifted[:size], strict=False)) for size in sizes
    )
