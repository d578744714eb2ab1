"""Chinese departures: each cue becomes an event, by the frame of its row in the table.

The readers see the text with the organisation written as § and the persons as ¤, at the same offsets.
"""

from __future__ import annotations

import ahocorasick_rs

from ...simplified import simplified
from ..english.cues import Cue
from ..events import Event, Site
from ..regex import regex
from ..scene import Mention, Scene
from . import idioms, moves, nouns, people, stays, verbs
from .cues import CUES, ChineseCue
from .standing import doubted_text, standing, staying
from .unlisted import names_a_person
from .words import FICTION, HEDGES

__all__ = ["doubted_text", "events", "has_cue", "simplified"]

_HAN = regex("[\u4e00-\u9fff]")
_AUTOMATON = ahocorasick_rs.AhoCorasick(
    [cue.word for cue in CUES], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
)
_FORMER_OF = regex(r"(?!端|沿|后|線|线|进|景|途|面|缀|言|台|瞻|锋|[\s,。])")
# A kind of tale that is told here, and not one that somebody likes to read or write.
_GENRE = regex(
    r"(?:^|[#【(\[]|我的|新|[一这那][篇部本]|写[了个着]?)(?:同人文|小说连载|短篇小说|科幻小说|微小说|短篇|连载)(?=第|[^,。!?;]{0,6}(?:[:《「\"“\])】]|里|中|更新|开坑)|$)"
)
# No text needs more cues than this; it bounds the work on a hostile one.
_MOST = 200
# Frames that say that somebody stays.
_STAYS = frozenset(("stay", "back", "settle", "still"))


def has_cue(folded: str) -> bool:
    """Does a folded text hold any cue of the table? 'Former' alone, before a word that is no name, is none."""
    return any(
        CUES[i].frame not in ("former", "since") or _FORMER_OF.match(folded, end)
        for i, _, end in _AUTOMATON.find_matches_as_indexes(simplified(folded))
    )


def events(scene: Scene) -> list[Event]:
    """All departures that the Chinese words of a text speak of, in order."""
    if scene.text.isascii() or not _HAN.search(scene.text):
        return []
    scene = scene._replace(text=simplified(scene.text))
    if FICTION.first(scene.text) or _GENRE.search(scene.text):
        return []
    marked = people.marked(scene)
    hits = _AUTOMATON.find_matches_as_indexes(marked)
    if not hits:
        return []
    found: list[Event] = []
    for index, start, end in hits[:_MOST]:
        one = _event(scene, marked, CUES[index], start, end, found)
        if one is not None:
            found.append(one)
    return found


def _event(
    scene: Scene, marked: str, cue: ChineseCue, start: int, end: int, earlier: list[Event]
) -> Event | None:
    low, high = scene.sentences[scene.sentence_of(start)]
    site = Site(scene, Cue(cue.word, None, cue.frame, cue.rule), start, end, low, high)
    read = _READERS[cue.frame](site, marked)
    if read is None or not read[0]:
        return None
    persons, scope = [m for m in read[0] if not _nickname(site, marked, m)], read[1]
    if not persons:
        return None
    low = _window(site, persons, earlier)
    if cue.frame in _STAYS:
        sure = staying(site, marked, low)
        return None if sure == "none" else Event(persons, start, end, sure, cue.rule, scope)
    sure = standing(site, marked, low)
    if cue.frame == "state":
        sure = "asserted" if sure == "weakly_denied" else sure
    if sure == "asserted" and cue.frame in ("hint", "profile") and not idioms.for_good(site, marked):
        sure = "rumoured"
    if sure == "asserted" and cue.rule == "zh.idiom.seat" and HEDGES.first(marked[end : end + 40]):
        sure = "rumoured"
    return None if sure == "none" else Event(persons, start, end, sure, cue.rule, scope)


def _nickname(site: Site, marked: str, person: Mention) -> bool:
    """Is this the author under a nickname, who does not say plainly that they leave?"""
    scene = site.scene
    if person.kind != "first" or person.watched or person.key != scene.author or names_a_person(person.key):
        return False
    return person.start == person.end or "§" not in marked[max(site.low, site.start - 20) : site.end + 12]


def _window(site: Site, persons: list[Mention], earlier: list[Event]) -> int:
    """From where hedges before the cue count: behind what the sentence has said of somebody else."""
    keys = {m.key for m in persons}
    ends = [e.end for e in earlier if site.low <= e.start and not keys & {m.key for m in e.persons}]
    return max([site.low, *ends])


_READERS = {
    "verb": verbs.verb,
    "go": verbs.go,
    "walk": verbs.walk,
    "state": verbs.state,
    "elsewhere": moves.elsewhere,
    "ends": moves.ends,
    "finish": moves.finish,
    "out": nouns.out,
    "off": nouns.off_duty,
    "lose": nouns.lose,
    "replace": nouns.replace,
    "former": nouns.former,
    "stay": nouns.stay,
    "back": nouns.back,
    "near": idioms.near,
    "thing": idioms.thing,
    "still": idioms.still,
    "post": nouns.post,
    "mixed": moves.mixed,
    "said": idioms.said,
    "party": idioms.party,
    "hint": idioms.hint,
    "profile": idioms.profile,
    "lack": idioms.lack,
    "swap": nouns.swap,
    "since": idioms.since,
    "settle": stays.settle,
}
