"""Where a folded text names the watched organisation, and where the same letters mean something else."""

from __future__ import annotations

import ahocorasick_rs

from .fold import fold, fold_for_search
from .identity import bare_handle
from .model import Author
from .simplified import written_forms
from .watchlist import Watchlist

Span = tuple[int, int]

# Chinese names of organisations are short and occur inside place names ("... prefecture") and in foreign
# names written by sound; what follows tells them apart.
_PLACE_AFTER = (
    "郎", "地区", "地區", "高原", "山", "州", "县", "縣", "村", "镇", "鎮", "机场", "機場", "草原", "转山", "轉山",
    "无人区", "無人區", "牧民", "牧区", "匹克", "匹亞", "匹亚",
)  # fmt: skip
_PLACE_BEFORE = ("西藏", "藏北", "拳王", "穆罕默德", "后藏", "後藏", "·", "・")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A Latin name is also that of waters, roads and relatives.
_NATURE_BEFORE = _words(
    "river lake mount mt loch glen cape saint st uncle aunt auntie grandpa grandma granddad grandad cousin baby rio isle"
)
_NATURE_AFTER = _words(
    "river valley lake falls creek street avenue lane county island islands parish waterfall estuary gorge meadow meadows dam"
)
_SOUND_AFTER = frozenset("扎斯尔爾亚亞奥德娜卡塞")
WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


def is_word(character: str) -> bool:
    """Does this folded character continue a Latin word, number or handle?"""
    return character in WORD


def stands_alone(text: str, start: int, end: int) -> bool:
    """Are the Latin letters of text[start:end] a word of their own? CJK neighbours are no obstacle."""
    if start and text[start] in WORD and text[start - 1] in WORD:
        return False
    return not (end < len(text) and text[end - 1] in WORD and text[end] in WORD)


class OrganisationFinder:
    """Finds the names, handles and domains of the watched organisation."""

    def __init__(self, watchlist: Watchlist) -> None:
        organisation = watchlist.organisation
        handles = [handle for one in organisation.handles.values() for handle in one]
        words = [*organisation.names, *handles, *organisation.domains]
        self.words = sorted({form for word in words for form in written_forms(fold(word).removeprefix("@"))})
        self._automaton = ahocorasick_rs.AhoCorasick(self.words)
        self._handles = {bare_handle(handle) for handle in handles}

    def mentioned(self, text: str) -> bool:
        """Might a text name the organisation? Cheap, and true for its homonyms too."""
        return bool(self._automaton.find_matches_as_indexes(fold_for_search(text)))

    def spans(self, folded: str) -> list[Span]:
        """The places in a folded text that name the organisation, longest first at each, in order."""
        hits = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        return self.kept(folded, hits) if hits else []

    def kept(self, folded: str, hits: list[tuple[int, int, int]]) -> list[Span]:
        """The same, of all places (number, start, end) where one of `words` stands."""
        found: list[Span] = []
        for _, start, end in hits if len(hits) < 2 else sorted(hits, key=_longest_first):
            if found and start < found[-1][1]:
                continue
            if self._names_it(folded, start, end):
                found.append((start, end))
        return found

    def by_author(self, author: Author) -> bool:
        """Does the author's handle, name or bio name the organisation?"""
        told = " ".join(part for part in (author.handle, author.name, author.bio) if part)
        if not told or not self.mentioned(told):
            return False
        folded = fold(told).replace("_", " ")
        return bool(self.spans(folded)) or bare_handle(author.handle) in self._handles

    def _names_it(self, folded: str, start: int, end: int) -> bool:
        if folded[start] in WORD:
            return _latin_word(folded, start, end)
        after, before = folded[end : end + 3], folded[max(0, start - 4) : start]
        if after.startswith(_PLACE_AFTER) or before.endswith(_PLACE_BEFORE):
            return False
        return end - start > 2 or after[:1] not in _SOUND_AFTER


def _longest_first(hit: tuple[int, int, int]) -> tuple[int, int]:
    return hit[1], -hit[2]


def _latin_word(folded: str, start: int, end: int) -> bool:
    """A Latin name ends at a letter; a version may follow at once (orrin3, orrin-max)."""
    if start and folded[start - 1] in WORD:
        return False
    if _of_nature(folded, start, end):
        return False
    return end >= len(folded) or not (folded[end].isascii() and (folded[end].isalpha() or folded[end] == "_"))


def _of_nature(folded: str, start: int, end: int) -> bool:
    """'the River X', 'Uncle X', 'X Falls': the name of something else."""
    before = folded[max(0, start - 12) : start]
    if before.endswith(" ") and before.strip().rpartition(" ")[2].rpartition("\n")[2] in _NATURE_BEFORE:
        return True
    after = folded[end : end + 14]
    return after.startswith(" ") and after[1:].partition(" ")[0].rstrip(".,;:!?)'\"") in _NATURE_AFTER
