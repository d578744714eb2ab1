"""Whom a post is about: one pass over the folded text for all names, then a few tests on what it found."""

from __future__ import annotations

import re
from typing import NamedTuple

import ahocorasick_rs

from ..fold import Folded, fold, fold_for_search, fold_with_offsets
from ..identity import bare_handle
from ..model import Match, Post
from ..organisation import OrganisationFinder, Span, stands_alone
from ..simplified import written_forms
from ..watchlist import Person, Watchlist
from . import apart, namesakes, typos, words
from .aliases import Alias, aliases_of, glued
from .author import speaks_of_self
from .joined import Named, Surnames
from .refusal import Refusal

_LONG = 20_000
# Nobody needs more places than this to know whom a text is about; it bounds the work on a hostile one.
_MOST = 300
# The parts of a display name: runs of Chinese letters, runs of Latin words.
_SCRIPTS = re.compile("[\u4e00-\u9fff]+|[a-z][a-z '-]*")
_GLUED_BEFORE = "@/_#-."
# What a sign of fold_for_search, which leaves some as they are, may fold to.
_SIGN = re.compile("[〒十卄卅]")
_WHY = {"name": "a full name", "short": "a short name with context", "handle": "a known handle"}

# Which of the automaton's words, start, end.
Place = tuple[int, int, int]
# The places of names, those of the organisation's words, and whether words are there that tell namesakes apart.
Seen = tuple[list[Place], list[Place], tuple[bool, bool, bool]]


class Candidate(NamedTuple):
    """A place that may mean a person, in code points of post.text, and why it does or not. `taken`: see Refusal."""

    person: str
    alias: str
    start: int
    end: int
    rule: str
    accepted: bool
    why: str
    taken: bool = False


class Matcher:
    """Finds the people of a watchlist in posts."""

    def __init__(self, watchlist: Watchlist) -> None:
        self._watchlist = watchlist
        self._people = {person.id: person for person in watchlist.people}
        self._organisation = OrganisationFinder(watchlist)
        self._aliases = [alias for person in watchlist.people for alias in aliases_of(person)]
        patterns = sorted({alias.text for alias in self._aliases})
        self._by_text: dict[str, list[Alias]] = {text: [] for text in patterns}
        for alias in self._aliases:
            self._by_text[alias.text].append(alias)
        self._patterns = patterns
        # The names first: a hit from len(patterns) on is of a word that only the organisation has.
        others = sorted({*self._organisation.words} - {*patterns})
        self._sought = [*patterns, *others]
        # Behind them stand the words by which namesakes are told apart.
        self._signs_end = len(self._sought) + len(namesakes.SIGNS)
        self._walks_end = self._signs_end + len(namesakes.WALKS)
        apart = (*namesakes.SIGNS, *namesakes.WALKS, *namesakes.TRADES)
        self._any = ahocorasick_rs.AhoCorasick([*self._sought, *apart])
        # Words that full-width punctuation cannot stand in for.
        self._plain = {
            at for at, text in enumerate(self._sought) if text.isalnum() and not _SIGN.search(text)
        }
        self._shared = {at for at, text in enumerate(patterns) if text in self._organisation.words}
        self._not = {p.id: [fold(word) for word in p.not_] for p in watchlist.people}
        self._own = {
            p.id: frozenset(" ".join([*p.full_names, *p.short_names]).casefold().split())
            for p in watchlist.people
        }
        self._author_handles = {
            bare_handle(h) for p in watchlist.people for hs in p.handles.values() for h in hs
        }
        names = [(person, fold(name)) for person in watchlist.people for name in person.full_names]
        self._full_names = {form: person for person, name in names for form in written_forms(name)}
        self._typos = typos.TypoFinder(watchlist)
        self._surnames = Surnames(watchlist)

    def find(self, post: Post) -> list[Match]:
        """The places of post.text that mean a watched person, by start; [] when it is about nobody."""
        if post.deleted:
            return []
        folded = fold_with_offsets(post.text)
        seen = self._seen(folded.text)
        if not (self._is_sought(post.text, folded, seen) or self._by_known_author(post)):
            return []
        found = self._candidates(post, folded, seen)
        return [Match(c.person, c.alias, c.start, c.end, c.rule) for c in found if c.accepted]

    def candidates(self, post: Post) -> list[Candidate]:
        """Every place that might mean a watched person, by start, with the reason for or against."""
        folded = fold_with_offsets(post.text)
        return self._candidates(post, folded, self._seen(folded.text))

    def _candidates(self, post: Post, folded: Folded, seen: Seen) -> list[Candidate]:
        if len(post.text) > 10 * _LONG and not self._is_sought(post.text, folded, seen):
            return []
        names, ours, signs = seen
        hits = self._hits(folded.text, names) if names else []
        organisation = self._organisation.kept(folded.text, ours) if ours else []
        author = self.watched_author(post, organisation)
        context = bool(organisation) or author is not None or self._organisation.by_author(post.author)
        found: list[Candidate] = []
        if hits:
            setting = _setting(folded, post.text, organisation, signs)
            found = [self._judge(alias, start, end, setting, context) for alias, start, end in hits]
            if not all(one.accepted for one in found):
                found = apart.without_namesakes(found, setting)
            named = [Named(c.start, c.end, c.person, c.rule == "name") for c in found if c.accepted]
            if named and context:
                why = "a surname beside a name that is known"
                found += [Candidate(*one, "short", True, why) for one in self._surnames.find(setting, named)]
        if context:
            errors = self._typos.find(folded.text, [(c.start, c.end) for c in found if c.accepted])
            why = "one typing error away from a full name"
            found += [Candidate(*one, "typo", True, why) for one in errors]
        if folded.offsets is not None:
            found = [_in_original(c, folded) for c in found]
        if author is not None:
            found += _by_author(post, author, found)
        return found if len(found) < 2 else sorted(found, key=lambda c: (c.start, c.end, c.person))

    def watched_author(self, post: Post, organisation: list[tuple[int, int]]) -> Person | None:
        """The watched person who speaks: by handle, or by full name where nothing speaks against it."""
        known = self._watchlist.author_person(post.source, post.author)
        if known is not None or not post.author.name:
            return known
        person = self._person_called(fold(post.author.name))
        if person is None:
            return None
        told = fold(f"{post.text[:_LONG]} {post.author.bio or ''}")
        if any(word in told for word in self._not[person.id]):
            return None
        placed = bool(organisation) or self._organisation.by_author(post.author)
        return person if placed or not post.author.handle else None

    def _is_sought(self, text: str, folded: Folded, seen: Seen) -> bool:
        """Does a text hold a name or a word of the organisation, as fold_for_search has it?"""
        names, ours, _ = seen
        if text.isascii() or not (names or ours):
            return bool(names or ours)
        found = {at for at, _, _ in (*names, *ours)}
        if folded.offsets is None and not found.isdisjoint(self._plain):
            return True
        searched = fold_for_search(text)
        return any(self._sought[at] in searched for at in found)

    def _seen(self, folded: str) -> Seen:
        """What the automaton finds in a folded text, also within longer words."""
        names: list[Place] = []
        ours: list[Place] = []
        signed = walked = traded = False
        for place in self._any.find_matches_as_indexes(folded, overlapping=True):
            at = place[0]
            if at < len(self._patterns):
                names.append(place)
                if at in self._shared:
                    ours.append(place)
            elif at < len(self._sought):
                ours.append(place)
            elif at < self._signs_end:
                signed = True
            elif at < self._walks_end:
                walked = True
            else:
                traded = True
        return names, ours, (signed, walked, traded)

    def _by_known_author(self, post: Post) -> bool:
        author = post.author
        if (
            bare_handle(author.handle) in self._author_handles
            or bare_handle(author.id) in self._author_handles
        ):
            return True
        return bool(author.name) and self._person_called(fold(author.name or "")) is not None

    def _person_called(self, name: str) -> Person | None:
        """Whose full name, or one and another name in two scripts, a folded display name is."""
        plain = name.strip()
        known = self._full_names.get(plain)
        if known is not None or plain.isascii() or len(plain) > 60:
            return known
        parts = _SCRIPTS.findall(plain)
        owners = [self._full_names.get(part.strip()) for part in parts]
        known = next((one for one in owners if one is not None), None)
        if known is None or len(owners) < 2:
            return None
        short = {fold(name) for name in known.short_names}
        own = [one is known or part.strip() in short for one, part in zip(owners, parts, strict=True)]
        return known if all(own) else None

    def _hits(self, folded: str, places: list[Place]) -> list[tuple[Alias, int, int]]:
        whole = [hit for hit in places[:_MOST] if stands_alone(folded, hit[1], hit[2])]
        return [
            (alias, start, end)
            for index, start, end in _longest(whole)
            for alias in self._by_text[self._patterns[index]]
        ]

    def _judge(
        self, alias: Alias, start: int, end: int, setting: namesakes.Setting, context: bool
    ) -> Candidate:
        refusal = self._refusal(alias, start, end, setting, context)
        why, taken = refusal or (_WHY[alias.rule], False)
        return Candidate(alias.person, alias.shown, start, end, alias.rule, refusal is None, why, taken)

    def _refusal(
        self, alias: Alias, start: int, end: int, setting: namesakes.Setting, context: bool
    ) -> Refusal | None:
        why = _bad_edges(alias, setting.folded, start, end)
        if why is None and alias.rule == "short":
            if not context:
                return Refusal("a short name needs the organisation in text, handle or author")
            if (refusal := self._short_refused(alias, setting, start, end)) is not None:
                return refusal
        if why is None and alias.rule != "handle":
            why = (
                namesakes.occupation_beside(setting, start, end)
                or namesakes.watchlist_says(setting, start, end, self._not[alias.person])
                or (namesakes.ruled_out(setting, start, end) if setting.signed else None)
                or (namesakes.set_apart(setting, start, end) if setting.traded else None)
                or (namesakes.another_walk(setting) if setting.walked and not context else None)
            )
        return None if why is None else Refusal(why)

    def _short_refused(
        self, alias: Alias, setting: namesakes.Setting, start: int, end: int
    ) -> Refusal | None:
        if alias.latin:
            stuck = namesakes.stuck_to_name(setting, start, end, self._own[alias.person])
            return stuck or apart.somebody_else(setting, end)
        before = setting.folded[start - 1 : start]
        if setting.folded.endswith(words.THANKS_ZH, 0, start):
            return None
        if before in words.SURNAMES_ZH and len(alias.text) == 2 and alias.text[0] not in "老小阿":
            return Refusal(f"belongs to the name {before}{alias.text}", taken=True)
        return apart.surname_opens(setting, start) if len(alias.text) == 2 else None


def _longest(hits: list[Place]) -> list[Place]:
    """Drops the hits that lie inside a longer one."""
    if len(hits) < 2:
        return hits
    kept: list[Place] = []
    for hit in sorted(hits, key=lambda h: (h[1], -h[2])):
        if not kept or hit[2] > kept[-1][2]:
            kept.append(hit)
    return kept


def _setting(
    folded: Folded, text: str, organisation: list[Span], apart: tuple[bool, bool, bool]
) -> namesakes.Setting:
    letters = text if folded.offsets is None else "".join([text[i] for i in folded.offsets])
    signs = namesakes.namesake_signs(folded.text) if apart[0] else []
    return namesakes.Setting(folded.text, letters, organisation, signs, *apart)


def _bad_edges(alias: Alias, folded: str, start: int, end: int) -> str | None:
    """Letters, digits and signs that make the place a part of something else."""
    if not alias.latin:
        if folded[start - 1 : start + 1] in words.WORDS_OVER_ZH and start:
            return f"begins in the word {folded[start - 1 : start + 1]}"
        heard = len(alias.text) == 2 and folded.startswith(words.SOUNDS_AFTER_ZH, end)
        return "a sound, and nobody" if heard else None
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if alias.rule == "handle":
        if before in ("_", "-", ".") or (
            before == "/" and not re.search(r"(?:\.com|\.co|\.org)/@?$", folded[max(0, start - 12) : start])
        ):
            return "part of another handle"
        goes_on = after and after in "_-" and folded[end + 1 : end + 2].isalnum()
        return "part of another handle" if goes_on else None
    if before and before in _GLUED_BEFORE and not (before == "#" and glued(alias)):
        return None if before in "-." and alias.rule == "name" else "part of a handle, tag or address"
    return "part of a handle" if after == "_" else None


def _in_original(candidate: Candidate, folded: Folded) -> Candidate:
    start, end = folded.original(candidate.start, candidate.end)
    return candidate._replace(start=start, end=end)


def _by_author(post: Post, author: Person, found: list[Candidate]) -> list[Candidate]:
    span = speaks_of_self(post, any(c.accepted and c.person != author.id for c in found))
    why = "the author speaks of " + ("something else" if span is None else "themself")
    return [Candidate(author.id, author.name, *(span or (0, 0)), "author", span is not None, why)]
