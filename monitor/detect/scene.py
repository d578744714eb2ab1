"""A text laid out for reading: sentences, quotations, the organisation's places, and who stands where."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from ..fold import Folded, fold, fold_with_offsets
from ..model import Match, Post
from ..organisation import OrganisationFinder, Span
from . import layout, people
from .articles.referents import with_pronouns
from .articles.voices import LONG, is_long, quote_around, quote_speaker, retold_speaker
from .chinese.unlisted import chinese_names
from .layout import Turn, split_sentences
from .people import Mention
from .regex import regex

__all__ = [
    "LONG", "Mention", "Scene", "lay_out", "quote_around", "quote_speaker", "retold_speaker", "split_sentences",
]  # fmt: skip

LONGEST = 8_000
_AROUND = 400
_QUOTE = regex(
    r"\"([^\"\n]{2,600})\"|「([^」\n]{2,600})」|『([^』\n]{2,600})』|《([^》\n]{2,200})》|(?<!\w)'(?=[^\s'])((?:[^'\n]|'(?=\w)){2,300})'(?!\w)"
)


class Scene(NamedTuple):
    """What the readers read; all offsets are those of the folded text."""

    post: Post
    folded: Folded
    letters: str
    text: str
    sentences: list[Span]
    quotes: list[Span]
    organisation: list[Span]
    mentions: list[Mention]
    author: str | None
    author_watched: bool
    aside: list[Span] = []
    turns: list[Turn] = []

    @property
    def long(self) -> bool:
        """Is the text an article, which speaks of many people and things?"""
        return is_long(self.text)

    def sentence_of(self, at: int) -> int:
        """The index of the sentence that holds offset `at`."""
        return max(0, bisect_left(self.sentences, (at + 1,)) - 1)

    def named(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie within an interval, in order."""
        return [m for m in self.mentions if start <= m.start and m.end <= end]

    def organisation_in(self, start: int, end: int) -> Span | None:
        """The first place within an interval that names the organisation."""
        return next((span for span in self.organisation if start <= span[0] and span[1] <= end), None)


def lay_out(
    post: Post, matches: Sequence[Match], finder: OrganisationFinder, author: people.Speaker
) -> Scene:
    """A post and its matches to a Scene; of a very long text only what stands around the matches is kept."""
    folded = _without_claps(_folded(post.text, matches))
    letters = post.text if folded.offsets is None else "".join(post.text[i] for i in folded.offsets)
    text = folded.text
    long = is_long(text)
    organisation = finder.spans(text)
    aside = layout.furniture(text) if long else []
    named = [
        m for m in (_placed(match, folded) for match in matches if match.rule != "author") if m is not None
    ]
    latin = [Mention(s, e, key, "name", False) for s, e, key in people.latin_names(letters, organisation)]
    if long:
        latin = [m for m in latin if not (layout.within(aside, m.start) or _outlet(post, m.key))]
    named = _by_place(named + latin)
    named = _by_place(named + people.later_surnames(letters, named))
    if not text.isascii():
        taken = [(m.start, m.end) for m in named]
        spans = [s for s in chinese_names(text, taken, organisation) if not layout.within(aside, s[0])]
        named = _by_place(named + [Mention(s, e, letters[s:e], "name", False) for s, e in spans])
    named = _one_key(named)
    speaker = _known_author(post, author, text, named)
    quotes = [m.span(m.lastindex or 0) for m in _QUOTE.finditer(text)]
    scene = Scene(
        post,
        folded,
        letters,
        text,
        split_sentences(text),
        quotes,
        organisation,
        named,
        speaker.key,
        speaker.watched,
        aside,
        layout.turns(text) if long else [],
    )
    return scene._replace(mentions=with_pronouns(scene))


def _outlet(post: Post, name: str) -> bool:
    """Is a name a part of the author's, who is a paper and no person?"""
    author = post.author.name or ""
    return name.casefold() in author.casefold() and people.is_outlet(author)


def _one_key(named: list[Mention]) -> list[Mention]:
    """Of an unlisted person whom a text names in full and by the end of the name ('de Wit'), one key."""
    full: dict[str, Mention] = {}
    kept = []
    for m in named:
        same = None if m.watched else full.get(m.key.casefold())
        kept.append(m if same is None else m._replace(key=same.key, watched=same.watched))
        if same is None and " " in m.key:
            parts = m.key.casefold().split()
            for first in range(1, len(parts) - 1):
                full.setdefault(" ".join(parts[first:]), m)
    return kept


_I_AM = regex(r"(?:\bi am|\bi'm|\bmy name is|\bmy name's|我是|我叫|本人是) ?$")


def _known_author(post: Post, author: people.Speaker, text: str, named: Sequence[Mention]) -> people.Speaker:
    """The author; a watched person where the text says 'I am X', or signs with the watched name that the author bears."""
    if author.watched or post.kind == "title":
        return author
    name = fold(post.author.name or "")
    for m in named:
        if m.watched and m.end - m.start > 2 and text[m.start : m.end] == name:
            return people.Speaker(m.key, True)
        if m.watched and m.end - m.start > 2 and _I_AM.search(text, max(0, m.start - 14), m.start):
            around = text.rfind('"', 0, m.start)
            if around < 0 or '"' in text[around + 1 : m.start] or "\n" in text[around : m.start]:
                return people.Speaker(m.key, True)
    return author


_CLAP = "👏"


def _without_claps(folded: Folded) -> Folded:
    """'X 👏 HAS 👏 LEFT' without the claps; offsets lead back to the original."""
    text = folded.text
    if _CLAP not in text:
        return folded
    kept: list[int] = []
    for at, letter in enumerate(text):
        if letter == _CLAP or (letter == " " and kept and text[kept[-1]] == " "):
            continue
        kept.append(at)
    offsets = kept if folded.offsets is None else [folded.offsets[at] for at in kept]
    return Folded("".join(text[at] for at in kept), offsets, folded.length)


def _folded(text: str, matches: Sequence[Match]) -> Folded:
    if len(text) <= LONGEST:
        return fold_with_offsets(text)
    keep: list[Span] = [(0, 2 * _AROUND)]
    for match in sorted(matches, key=lambda m: m.start)[: LONGEST // (2 * _AROUND)]:
        start, end = max(0, match.start - _AROUND), min(len(text), match.end + _AROUND)
        if start <= keep[-1][1]:
            keep[-1] = (keep[-1][0], max(end, keep[-1][1]))
        else:
            keep.append((start, end))
    places = [i for start, end in keep for i in range(start, min(end, len(text)))]
    short = "".join(text[i] for i in places)
    inner = fold_with_offsets(short)
    return Folded(inner.text, [places[i] for i in (inner.offsets or range(len(short)))], len(text))


def _placed(match: Match, folded: Folded) -> Mention | None:
    if folded.offsets is None:
        return Mention(match.start, match.end, match.person, "name", True)
    start, end = bisect_left(folded.offsets, match.start), bisect_left(folded.offsets, match.end)
    if start >= len(folded.offsets) or folded.offsets[start] >= match.end:
        return None
    return Mention(start, end, match.person, "name", True)


def _by_place(found: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for one in sorted(found, key=lambda m: (not m.watched, m.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept)
