"""Short names of the people a post is about: in its thread, or beside the full name, a first name or surname will do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from ..model import Match
from ..watchlist import Person, Watchlist
from .marked import MAX_CHARACTERS, named


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MOST = 100
_HAN = re.compile("[\u4e00-\u9fff]{3,4}")
_LATIN = re.compile(r"[A-Z][A-Za-z'-]+")
_LOWER = 4  # letters of a name that is known in small letters too
# Names that are words in small letters, or parts of a language's most common names.
_WORDS = _set(
    """will mark rose bill june april august sunny drew chase grant dean earl gene jean wade lance miles pierce cliff dale glen
    brook brooke lane chip buck reed strand bell penny ruby pearl holly iris lily daisy violet amber jade crystal faith hope grace
    rich frank dawn summer autumn skip jack robin wren long young song tang hang gong chance major king prince early bond bright
    field ford hill lake land moon north south page park price rain sage shine star stone wells west winter wise wood woods
    carol dolly ginger heather jasmine jersey josh mercy misty olive patience pepper poppy prudence rusty sandy stormy victor
    virginia chase clay colt cole dick duke ernest flint hunter mason norm pete rock rocky roman sterling todd trip wally ward
    cooper carter porter parker baker cook shen chen zhang wang ning ming jing qing ping ling ying"""
)
_OPENERS = (
    r"(?:Poor|Thanks|Thank|Bye|Goodbye|Farewell|Dear|Hey|Hi|Hello|And|But|So|Miss|Missing|Love|Congrats|Bravo|Rip|Fuck|Screw|Damn|"
    r"Even|Only|With|Without|For|To|By|From|If|When|As|Is|Was|Did|Does|Will|Go|Keep|Fire|Hire|Losing|The|Yes|No|Not|Because|While|"
    r"Good|Great|Dr|Mr|Ms|Mrs|Prof|Professor|Boss|King|Queen|Legend|Unlike|Heartbroken|Shame|Free|Team|Welcome|About|Why|How|What)"
)
_OTHER = r"(?! (?!(?:%s|And|But|Is|Was|Has|Did|You|We|I|The|Or)\b)[A-Z][a-z]+)"


class ShortNames:
    """The short names of a watchlist's people."""

    def __init__(self, watchlist: Watchlist) -> None:
        self._people = {person.id: _Names(person) for person in watchlist.people}

    def added(self, text: str, matches: Sequence[Match]) -> Sequence[Match]:
        """The matches and, with rule "short", where else the text calls these people by a name that only one of them has."""
        people = dict.fromkeys(match.person for match in matches if match.rule != "author")
        names = [self._people[person] for person in people if person in self._people]
        text = text[:MAX_CHARACTERS]
        for match in named(matches):  # One sign for each, so that places stay.
            text = f"{text[: match.start]}{'_' * (match.end - match.start)}{text[match.end :]}"
        found = []
        for one in names:
            for place in one.places(text):
                if not any(place[0].lower() in other.parts for other in names if other is not one):
                    found.append(Match(one.person, place[0], *place.span(), "short"))
        return [*matches, *found] if found else matches


class _Names:
    def __init__(self, person: Person) -> None:
        self.person = person.id
        self._given, self._family, self._exact = set[str](), set[str](), set[str]()
        for name in person.full_names:
            words = name.split()
            if _HAN.fullmatch(name):
                self._exact.add(name[-2:])
            elif sorted(words) == sorted(person.name.split()) and name != person.name:
                continue  # The surname first.
            elif len(words) > 1 and all(map(_LATIN.fullmatch, words)):
                self._given.add(words[0])
                self._family.add(words[-1])
        for name in person.short_names:
            (self._given if _LATIN.fullmatch(name) else self._exact).add(name)
        self._given -= self._family
        self._handles = {handle.lstrip("@") for known in person.handles.values() for handle in known}
        self._clues = {"@", *self._given, *self._family, *self._exact, *(one.lower() for one in self._given)}
        self.parts = {part.lower() for part in self._given | self._family | self._exact}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        own = "|".join(map(re.escape, sorted(self._given | self._family))) or "(?!)"
        other = _OTHER % own
        small = [name.lower() for name in self._given if len(name) >= _LOWER and name.lower() not in _WORDS]
        kinds = (
            (self._handles, r"(?<![\w@])@(?i:%s)(?![\w])"),
            (self._exact, "%s"),
            (self._given, rf"(?<![\w@#/.-])%s(?![A-Za-z0-9_-]){other}"),
            (small, r"(?<![\w@#/.-])%s(?![\w-])"),
            (self._family, rf"(?<![\w@#/.-])%s(?![A-Za-z0-9_-]){other}"),
        )
        parts = [
            pattern % f"(?:{'|'.join(map(re.escape, sorted(some, key=len, reverse=True)))})"
            for some, pattern in kinds
            if some
        ]
        return re.compile("|".join(parts) or "(?!)")

    def places(self, text: str) -> Iterator[re.Match[str]]:
        if not any(clue in text for clue in self._clues):
            return
        for count, found in enumerate(self._pattern.finditer(text)):
            if count == _MOST:
                return
            if found[0] not in self._family or not _of_another(text, found.start(), self._given):
                yield found


_BEFORE = re.compile(r"([A-Z][a-z]+) $")
_OPENER = re.compile(_OPENERS)


def _of_another(text: str, at: int, given: set[str]) -> bool:
    """Does another first name stand before a surname at text[at:]?"""
    before = _BEFORE.search(text, max(0, at - 20), at)
    return before is not None and before[1] not in given and not _OPENER.fullmatch(before[1])
