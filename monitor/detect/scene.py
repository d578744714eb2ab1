"""A text laid out for reading: sentences, quotations, the organisation's places, and who stands where."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from ..fold import Folded, fold_with_offsets
from ..model import Match, Post
from ..organisation import OrganisationFinder, Span
from . import people
from .chinese_unlisted import chinese_names
from .vocabulary import NOT_NAMES, words

LONGEST = 8_000
# From this length on a text is an article: it speaks of many people and things.
LONG = 600
_AROUND = 400
_BREAK = re.compile(r"[.!?。;\n]+[\"')\]」』]*")
_ABBREVIATIONS = words("mr mrs ms dr prof st vs prev ex inc corp ltd jr sr no u.s u.k e.g i.e approx")
_QUOTE = re.compile(
    r"\"([^\"\n]{2,600})\"|「([^」\n]{2,600})」|『([^』\n]{2,600})』|《([^》\n]{2,200})》|(?<!\w)'(?=[^\s'])((?:[^'\n]|'(?=\w)){2,300})'(?!\w)"
)


class Mention(NamedTuple):
    """A place that stands for a person. `key` is a watched id or a name; kind is name, first, second, third or who."""

    start: int
    end: int
    key: str
    kind: str
    watched: bool


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
    folded = _folded(post.text, matches)
    letters = post.text if folded.offsets is None else "".join(post.text[i] for i in folded.offsets)
    text = folded.text
    organisation = finder.spans(text)
    named = [
        m for m in (_placed(match, folded) for match in matches if match.rule != "author") if m is not None
    ]
    named = _by_place(
        named + [Mention(s, e, key, "name", False) for s, e, key in people.latin_names(letters, organisation)]
    )
    named = _by_place(named + _surnames(letters, named))
    if not text.isascii():
        taken = [(m.start, m.end) for m in named]
        spans = chinese_names(text, taken, organisation)
        named = _by_place(named + [Mention(s, e, letters[s:e], "name", False) for s, e in spans])
    sentences = split_sentences(text)
    quotes = [m.span(m.lastindex or 0) for m in _QUOTE.finditer(text)]
    scene = Scene(
        post, folded, letters, text, sentences, quotes, organisation, named, author.key, author.watched
    )
    return scene._replace(mentions=_with_pronouns(scene))


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


def _surnames(letters: str, named: list[Mention]) -> list[Mention]:
    """Later places where one part of a full Latin name that the text has given stands alone."""
    parts: dict[str, Mention] = {}
    for one in named:
        name = letters[one.start : one.end].split()
        for part in name[1:] if not one.watched else name if len(name) > 1 else ():
            if part[0].isupper() and len(part) > 1 and part.isalpha() and part.lower() not in NOT_NAMES:
                parts.setdefault(part, one)
    if not parts:
        return []
    found = []
    for m in re.finditer(r"(?<![\w@#/.-])[A-Z][a-z]+(?!\w)", letters):
        source = parts.get(m.group())
        if source is not None and source.end <= m.start():
            found.append(Mention(*m.span(), source.key, "name", source.watched))
    return found


def _by_place(found: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for one in sorted(found, key=lambda m: (not m.watched, m.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept)


def split_sentences(text: str) -> list[Span]:
    """The bounds of the sentences of a folded text, without gaps."""
    found: list[Span] = []
    start = 0
    for m in _BREAK.finditer(text):
        if m.group().startswith(".") and not _full_stop(text, m):
            continue
        if m.end() - start > 1:
            found.append((start, m.end()))
            start = m.end()
    if start < len(text):
        found.append((start, len(text)))
    return found or [(0, len(text))]


def _full_stop(text: str, m: re.Match[str]) -> bool:
    if "\n" in m.group():
        return True
    if m.group().startswith("..") or (
        m.end() < len(text) and text[m.end()].isalnum() and text[m.end()].isascii()
    ):
        return False
    word = re.search(r"[a-z.]*$", text[max(0, m.start() - 8) : m.start()])
    return word is None or (
        word.group() not in _ABBREVIATIONS and not (len(word.group()) == 1 and word.group() != "i")
    )


def _with_pronouns(scene: Scene) -> list[Mention]:
    """The named mentions together with the pronouns that could be resolved."""
    found = list(scene.mentions)
    chain: list[Mention] = []
    for start, end, kind in people.pronouns(scene.text):
        if any(m.start < end and start < m.end for m in scene.mentions):
            continue
        one = _resolved(scene, start, end, kind, chain)
        if one is not None:
            found.append(one)
            if kind == "third":
                chain.append(one)
    return sorted(found)


def _resolved(scene: Scene, start: int, end: int, kind: str, chain: list[Mention]) -> Mention | None:
    quote = quote_around(scene, start)
    if kind == "first" and scene.text[start:end] == "本人":
        same = [
            m
            for m in scene.mentions
            if scene.sentences[scene.sentence_of(start)][0] <= m.start and m.end <= start
        ]
        if same:
            return _as(same[-1], start, end, "third")
    if kind == "first":
        if quote is not None:
            return _as(quote_speaker(scene, quote), start, end, kind)
        speaker = retold_speaker(scene) or _announced_speaker(scene, start)
        if speaker is not None:
            return _as(speaker, start, end, kind)
        return Mention(start, end, scene.author, kind, scene.author_watched) if scene.author else None
    if kind == "second":
        if quote is not None:
            return None
        return _as(_addressed(scene, start), start, end, kind)
    return _as(_antecedent(scene, start, kind, chain), start, end, kind)


def _as(source: Mention | None, start: int, end: int, kind: str) -> Mention | None:
    return None if source is None else Mention(start, end, source.key, kind, source.watched)


def quote_around(scene: Scene, at: int) -> Span | None:
    """The quotation that holds offset `at`, without its marks."""
    return next(((s, e) for s, e in scene.quotes if s <= at < e), None)


def quote_speaker(scene: Scene, quote: Span) -> Mention | None:
    """Who is quoted: the last one named shortly before the quotation, else the first one shortly after it."""
    before = [m for m in scene.mentions if m.kind == "name" and quote[0] - 90 <= m.end <= quote[0]]
    after = [m for m in scene.mentions if m.kind == "name" and quote[1] <= m.start <= quote[1] + 60]
    inside_line = [m for m in before if "\n" not in scene.text[m.end : quote[0]]]
    if inside_line:
        return inside_line[-1]
    return after[0] if after else (before[-1] if before else None)


def retold_speaker(scene: Scene) -> Mention | None:
    """For 'RT @somebody: ...' and its like: the one whose words the whole text repeats."""
    if not scene.text.startswith(("rt ", "rt@", "qt ", "via ")):
        return None
    first = scene.mentions[0] if scene.mentions else None
    return first if first is not None and first.start < 8 else Mention(0, 0, "", "name", False)


def _announced_speaker(scene: Scene, at: int) -> Mention | None:
    """For 'X answers: I ...': who is named before the last colon of the sentence."""
    low = scene.sentences[scene.sentence_of(at)][0]
    told = re.search(r"(?:说|說|表示|回应|回應|回复|写道|寫道)[\s,]*$", scene.text[low:at])
    if told:
        before = [
            m for m in scene.mentions if m.kind == "name" and low <= m.start and m.end <= low + told.start()
        ]
        return before[-1] if before else None
    colon = scene.text.rfind(":", low, at)
    named = [m for m in scene.mentions if m.kind == "name" and low <= m.start and m.end <= colon]
    return named[-1] if named and colon - named[-1].end < 24 else None


def _addressed(scene: Scene, at: int) -> Mention | None:
    names = [m for m in scene.mentions if m.kind == "name"]
    if not names:
        return None
    before = [m for m in names if m.end <= at]
    high = scene.sentences[min(len(scene.sentences) - 1, scene.sentence_of(at) + 1)][1]
    return before[-1] if before else (names[0] if names[0].start < high else None)


# A person who is not named, as the subject of a sentence: a pronoun behind it means them.
_SOMEBODY = re.compile(
    r"(?:^|[\n.!?;:\"] ?)(?:(?:the|a|an|his|her|its|their|one|another|our|my) (?:[\w'-]+ ){0,3}"
    r"(?:manager|chief|spokes\w+|founder|boss|officer|director|executive|analyst|colleague|engineer|researcher|professor|"
    r"minister|judge|mother|father|wife|husband|brother|sister|friend|student|investor|lawyer|reporter|man|woman|president|"
    r"chair|chairman|chairwoman|head|lead|partner|owner|author|witness|customer|user|scientist|recruiter)\b|(?:mr|mrs|ms|dr|prof)\.? [a-z])"
)
# How many sentences back a pronoun looks in a long text; each that it is found in carries it on.
_BACK = 2


def _antecedent(scene: Scene, at: int, kind: str, chain: list[Mention]) -> Mention | None:
    names = [m for m in scene.mentions if m.kind == "name"]
    before = [m for m in names if m.end <= at]
    if kind == "who":
        return before[-1] if before and at - before[-1].end < 60 else None
    number = scene.sentence_of(at)
    low, high = scene.sentences[number]
    same = [m for m in before if m.start >= low]
    if same:
        clause = max(scene.text.rfind(mark, low, at) for mark in (",", ";", ":"))
        return next((m for m in same if m.start > clause), same[0])
    if before:
        first = scene.sentences[scene.sentence_of(before[-1].start)][0]
        found = next(m for m in before if m.start >= first)
        if len(scene.text) <= LONG:
            return found
        carried = chain[-1].end if chain and chain[-1].key == found.key else found.end
        if number - scene.sentence_of(carried) > _BACK or _SOMEBODY.search(scene.text, carried, at):
            return None
        return found
    return next((m for m in names if at < m.start < high), None)
