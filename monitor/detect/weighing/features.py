"""What a text holds about one person, as named features: word classes in their order, and words near the person.

A short text is one window; of a long one each sentence that speaks of the person is a window of its own. The
features of a window are strings, so that a weight can be read and a claim can say what carried it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..scene import Mention, Scene
from ..vocabulary import ARMS, COMPANIES, OTHER_UNITS_ZH, words
from .tokens import COMPANY, NAME, ORGANISATION, Lexicon, Tagged, Token, tokens_of

SHORT = 400
SHORT_ZH = 160
PERSON, OTHER = "<p>", "<o>"
_KIND = {"name": "", "first": "1", "second": "2", "third": "3", "who": "w"}
_KEPT = frozenset(',.;:?!"()¶…—–。')
_LINKS = words("but and or who which that if when before after because so while though 但 而 可 却 因")


class Window(NamedTuple):
    """A stretch of a folded text that is judged by itself."""

    start: int
    end: int


class Sign(NamedTuple):
    """One element of a window's order: a word class, a name, a mark; start and end in the folded text."""

    tag: str
    start: int
    end: int


class Laid(NamedTuple):
    """A text as tokens with their word classes; the names in it are one token each. The same for all its persons."""

    tokens: list[Token]
    tagged: dict[int, Tagged]
    pronouns: dict[int, Mention]
    names: dict[int, str]
    long: bool


def lay(scene: Scene, lexicon: Lexicon) -> Laid:
    """The tokens of a text, and whom its names and pronouns mean, by where they start."""
    names = [m for m in scene.mentions if m.kind == "name" and m.end > m.start]
    places = [(m.start, m.end, NAME) for m in names] + [(s, e, ORGANISATION) for s, e in scene.organisation]
    tokens = [
        token._replace(form=COMPANY) if token.form in COMPANIES else token
        for token in tokens_of(scene.text, sorted(places, key=lambda place: (place[0], -place[1])))
    ]
    return Laid(
        tokens,
        {one.first: one for one in lexicon.tag(tokens)},
        {m.start: m for m in scene.mentions if m.kind != "name"},
        {m.start: m.key for m in names},
        len(scene.text) > SHORT or (len(scene.text) > SHORT_ZH and _share(scene.text) > 0.3),
    )


def _share(text: str) -> float:
    """How much of a text is written in Chinese letters."""
    sample = text[:400]
    return 0.0 if text.isascii() else sum("\u4e00" <= c <= "\u9fff" for c in sample) / max(1, len(sample))


def windows(scene: Scene, laid: Laid, mentions: Sequence[Mention]) -> list[Window]:
    """The whole of a short text; the sentences of a long one in which the person is spoken of."""
    if not laid.long:
        return [Window(0, len(scene.text))]
    numbers = sorted({scene.sentence_of(m.start) for m in mentions})
    return [Window(*scene.sentences[number]) for number in numbers]


def signs_of(laid: Laid, key: str, window: Window) -> tuple[list[Token], list[Sign]]:
    """A window as tokens and as the order of its word classes, names and marks, as one person sees them."""
    first = bisect_left(laid.tokens, window.start, key=lambda token: token.start)
    last = bisect_left(laid.tokens, window.end, key=lambda token: token.start)
    tokens = laid.tokens[first:last]
    signs: list[Sign] = []
    at = gap = 0
    while at < len(tokens):
        sign, step = _sign(laid, tokens, at, laid.tagged.get(first + at), key)
        if sign is None:
            gap += 1
        else:
            if gap:
                signs.append(Sign("_" if gap <= 2 else "~", tokens[at].start, tokens[at].start))
            gap = 0
            signs.append(sign)
            signs += _names_within(laid, tokens, at, at + step, key)
        at += step
    seen = [
        t._replace(form=PERSON if laid.names.get(t.start) == key else OTHER) if t.form == NAME else t
        for t in tokens
    ]
    return seen, signs


def _names_within(laid: Laid, tokens: Sequence[Token], first: int, last: int, key: str) -> list[Sign]:
    """The names that a phrase with slots for them, 'life after {who}', holds."""
    if last - first < 2:
        return []
    return [
        sign
        for at in range(first, min(last, len(tokens)))
        if tokens[at].form in (NAME, ORGANISATION)
        and (sign := _sign(laid, tokens, at, None, key)[0]) is not None
    ]


def _sign(
    laid: Laid, tokens: Sequence[Token], at: int, tagged: Tagged | None, key: str
) -> tuple[Sign | None, int]:
    form, start, end = tokens[at]
    if tagged is not None and tagged.last - tagged.first > 1:
        length = tagged.last - tagged.first
        return Sign(tagged.tag, start, tokens[min(at + length, len(tokens)) - 1].end), length
    if form == NAME:
        return Sign("P" if laid.names.get(start) == key else "O", start, end), 1
    if form == ORGANISATION:
        return Sign("UNIT" if _is_arm(tokens, at) else "ORG", start, end), 1
    if form == COMPANY:
        return Sign("CO", start, end), 1
    pronoun = laid.pronouns.get(start)
    if pronoun is not None:
        return Sign(("P" if pronoun.key == key else "O") + _KIND[pronoun.kind], start, end), 1
    if tagged is not None:
        return Sign(tagged.tag, start, end), 1
    return (Sign("'" + form, start, end) if form in _KEPT or form in _LINKS else None), 1


def _is_arm(tokens: Sequence[Token], at: int) -> bool:
    """Is the organisation's name that of another part of its group: 'X Pay', 'X's grocery chain', 'X影业'?"""
    behind = [t.form for t in tokens[at + 1 : at + 5]]
    if behind[:2] == ["'", "s"]:
        behind = behind[2:]
    return bool(behind) and (behind[0] in ARMS or "".join(behind).startswith(OTHER_UNITS_ZH))


def features(tokens: Sequence[Token], signs: Sequence[Sign]) -> set[str]:
    """The names of all features of a window: a letter for the kind, and what stands there.

    c: a run of word classes and names; p: the same with marks; o: one class somewhere before another; w: a run of
    words; a, b: a word after or before the person.
    """
    plain = [s.tag for s in signs if s.tag not in ("_", "~")]
    core = [tag for tag in plain if tag[0] != "'"]
    forms = ["0" if t.form.isdigit() else t.form for t in tokens]
    found = {f"w {form}" for form in forms}
    for size in (2, 3):
        found.update(f"w {' '.join(run)}" for run in _runs(forms, size))
    found.update(f"w {' '.join(run)}" for run in _runs(forms, 4) if "\u3400" <= run[0] <= "\u9fff")
    if core:
        edged = ["<", *core, ">"]
        found.update(f"c {' '.join(run)}" for size in (1, 2, 3, 4) for run in _runs(edged, size))
        found.update(f"o {one}>{other}" for at, one in enumerate(core) for other in core[at + 1 : at + 7])
    if plain:
        edged = ["<", *plain, ">"]
        found.update(f"p {' '.join(run)}" for size in (1, 2, 3) for run in _runs(edged, size))
    for at, form in enumerate(forms):
        if form == PERSON:
            found.update(f"b {near}" for near in forms[max(0, at - _BEHIND) : at])
            found.update(f"a {near}" for near in forms[at + 1 : at + 1 + _AHEAD])
    return found


# How many words before and after a name stand near it.
_BEHIND, _AHEAD = 6, 8


def _runs(items: list[str], size: int) -> Iterator[tuple[str, ...]]:
    return zip(*(items[at:] for at in range(size)), strict=False)
