"""Which departures a text claims: one claim a person at most (departures guide)."""

from __future__ import annotations

from collections.abc import Sequence

from ..fold import fold_for_search
from ..model import Claim, ClaimKind, Match, Post
from ..organisation import OrganisationFinder
from ..watchlist import Watchlist
from . import bio, chinese, english
from .admit import admitted
from .english_standing import FICTION, doubted_text
from .events import Event
from .people import Speaker
from .scene import Scene, lay_out

_ORDER = ("denied", "asserted", "rumoured", "weakly_denied")


class ClaimReader:
    """Reads departure claims out of posts."""

    def __init__(self, watchlist: Watchlist) -> None:
        self._watchlist = watchlist
        self._organisation = OrganisationFinder(watchlist)
        self._names = {person.id: {n.casefold() for n in person.full_names} for person in watchlist.people}

    def read(self, post: Post, matches: Sequence[Match]) -> list[Claim]:
        """The claims of a post, by start; `matches` are the places that mean watched people."""
        if not matches and not self._organisation.mentioned(post.text):
            return []
        profile = post.kind == "profile"
        if post.deleted or not (profile or _has_cue(fold_for_search(post.text))):
            return []
        scene = lay_out(post, matches, self._organisation, self._speaker(post, matches))
        if profile:
            return bio.claims(scene, matches)
        if FICTION.search(scene.text) or _is_parody(post):
            return []
        found = [event for event in english.events(scene) + chinese.events(scene)]
        return self._claims(scene, [one for event in found for one in admitted(scene, event)])

    def _speaker(self, post: Post, matches: Sequence[Match]) -> Speaker:
        """The author, unless it is the organisation's own account."""
        known = self._watchlist.author_person(post.source, post.author)
        if known is not None:
            return Speaker(known.id, True)
        for match in matches:
            if match.rule == "author":
                return Speaker(match.person, True)
        name = (post.author.name or "").strip()
        if not name or post.kind == "title" or self._watchlist.is_organisation(post.source, post.author):
            return Speaker(None, False)
        return Speaker(name, False)

    def _claims(self, scene: Scene, events: list[Event]) -> list[Claim]:
        best: dict[str, tuple[str, Event]] = {}
        doubted = doubted_text(scene.text) or chinese.doubted_text(scene.text)
        for event in sorted(events, key=lambda e: e.start):
            standing = "rumoured" if doubted and event.standing == "asserted" else event.standing
            for person in event.persons:
                old = best.get(person.key.casefold())
                if old is None or _ORDER.index(standing) < _ORDER.index(old[0]):
                    best[person.key.casefold()] = (standing, event._replace(persons=[person]))
        found = [_claim(scene, standing, event) for standing, event in best.values()]
        return sorted(found, key=lambda claim: (claim.start, claim.person))


def _has_cue(folded: str) -> bool:
    return bool(english.cues(folded)) or (not folded.isascii() and chinese.has_cue(folded))


def _claim(scene: Scene, standing: str, event: Event) -> Claim:
    person = event.persons[0]
    kind: ClaimKind = "reported"
    if standing in ("denied", "weakly_denied"):
        kind = "denied"
    elif standing == "rumoured":
        kind = "rumoured"
    elif person.key == scene.author and person.kind == "first":
        kind = "self_announced"
    start, end = scene.folded.original(event.start, event.end)
    return Claim(person.key, kind, start, end, event.rule)


def _is_parody(post: Post) -> bool:
    told = f"{post.author.name or ''} {post.author.handle or ''} {post.author.bio or ''}".casefold()
    return any(word in told for word in ("parody", "satire", "not affiliated", "恶搞", "戏仿"))
