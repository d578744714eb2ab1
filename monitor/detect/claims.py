"""Which departures a text claims: one claim a person at most (departures guide).

The rules (english/, chinese/, articles/, bio/) find who is said to leave by which words; the model (weighing/) weighs each
person that they name with all the words round them, and decides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import NamedTuple

import msgspec

from ..fold import fold_for_search
from ..model import Claim, ClaimKind, Match, Post
from ..organisation import OrganisationFinder
from ..watchlist import Watchlist
from . import set_aside
from .admit import admitted
from .articles.reading import reread
from .bio import reading as bio
from .chinese import reading as chinese
from .chinese.persons import names_in
from .english import reading as english
from .english.hedges import doubted_text
from .events import Event
from .gate import gate
from .namesakes import namesakes_of
from .particulars.reading import facts
from .people import Speaker
from .scene import Mention, Scene, lay_out
from .ties import works_there
from .vocabulary import words
from .weighing.features import SHORT, lay
from .weighing.judge import NOTHING, Finding, Verdict, Weighed, judge, weigh
from .weighing.lexicon import LEAVING, TELLING, lexicon
from .weighing.weights import weights

_ORDER = ("denied", "asserted", "rumoured", "weakly_denied")


class Candidate(NamedTuple):
    """A person of a text with all places that mean them and what the rules found."""

    key: str
    mentions: list[Mention]
    finding: Finding
    span: tuple[int, int] | None  # of the folded text


class ClaimReader:
    """Reads departure claims out of posts."""

    def __init__(self, watchlist: Watchlist) -> None:
        self._watchlist = watchlist
        self._organisation = OrganisationFinder(watchlist)
        self._is_namesake = namesakes_of(watchlist)
        # Read now and not at the first post: it takes most of a second.
        self._weights, self._lexicon, self._gate = weights(), lexicon(), gate()

    def read(self, post: Post, matches: Sequence[Match]) -> list[Claim]:
        """The claims of a post, by start; `matches` are the places that mean watched people."""
        judged = self._judged(post, matches)
        found = [_claim(scene, one, verdict) for scene, one, verdict, why in judged if why is None]
        return sorted(found, key=lambda claim: (claim.start, claim.person))

    def set_aside(self, post: Post, matches: Sequence[Match]) -> list[tuple[str, str]]:
        """Whom words seem to say that they leave, which are not taken so, and why."""
        return [(one.key, why) for _, one, _, why in self._judged(post, matches) if why is not None]

    def _judged(
        self, post: Post, matches: Sequence[Match]
    ) -> Iterator[tuple[Scene, Candidate, Verdict, str | None]]:
        if not self._may_claim(post, matches):
            return
        parody = set_aside.parody(post.author) if post.kind != "profile" else None
        found = list(self._candidates(post, matches))
        author = next((one.finding for scene, one, _ in found if one.key == scene.author), NOTHING)
        for scene, one, weighed in found:
            verdict = judge(weighed, one.finding, self._weights)
            if verdict is not None and not self._is_namesake(one.key):
                told = scene, one.key, one.finding, verdict, _words(one, verdict)[:2], author
                yield scene, one, verdict, parody or set_aside.reason(*told)

    def weighed(
        self, post: Post, matches: Sequence[Match]
    ) -> Iterator[tuple[Scene, str, Finding, list[Weighed]]]:
        """What `read` judges: a text's persons, what the rules found of each, and the features of their windows."""
        if self._may_claim(post, matches):
            for scene, candidate, weighed in self._candidates(post, matches):
                yield scene, candidate.key, candidate.finding, weighed

    def _may_claim(self, post: Post, matches: Sequence[Match]) -> bool:
        if post.deleted or not (matches or self._organisation.mentioned(post.text) or self._of_staff(post)):
            return False
        return post.kind == "profile" or self._gate.opens(fold_for_search(post.text))

    def _candidates(
        self, post: Post, matches: Sequence[Match]
    ) -> Iterator[tuple[Scene, Candidate, list[Weighed]]]:
        profile = post.kind == "profile"
        scene = lay_out(post, matches, self._organisation, self._speaker(post, matches))
        found = _of_profile(scene, matches) if profile else _of_text(scene)
        scene = scene._replace(text=chinese.simplified(scene.text))
        if not profile and len(scene.text) <= SHORT and scene.organisation and not scene.text.isascii():
            scene, more = _more_names(scene)
            found += more
        laid = lay(scene, self._lexicon)
        for candidate in found:
            weighed = weigh(scene, laid, candidate.key, candidate.mentions, candidate.finding)
            if weighed:
                yield scene, candidate, weighed

    def _of_staff(self, post: Post) -> bool:
        """Does an author's bio or handle place them at the organisation? Then they speak as one who is watched does."""
        return post.kind in ("post", "comment") and works_there(post.author, self._organisation)

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
        return Speaker(name, self._of_staff(post))


def _of_profile(scene: Scene, matches: Sequence[Match]) -> list[Candidate]:
    """The owner of a profile, with what the rules of profiles say."""
    if scene.author is None:
        return []
    ruled = next(iter(bio.claims(scene, matches)), None)
    own = [m for m in scene.mentions if m.key == scene.author] or [
        Mention(0, 0, scene.author, "first", scene.author_watched)
    ]
    if ruled is None:
        plain = scene._replace(post=msgspec.structs.replace(scene.post, before=None))
        if scene.post.before and bio.claims(plain, matches):
            return []  # The text before said so too.
        return [Candidate(scene.author, own, Finding("none", "", []), None)]
    standing = "asserted" if ruled.claim == "profile_changed" else ruled.claim
    return [Candidate(scene.author, own, Finding(standing, ruled.rule, []), _folded(scene, ruled))]


def _folded(scene: Scene, ruled: Claim) -> tuple[int, int]:
    """Where in the folded text the words of a claim stand."""
    offsets = scene.folded.offsets
    if offsets is None:
        return ruled.start, ruled.end
    return bisect_left(offsets, ruled.start), bisect_left(offsets, ruled.end)


def _of_text(scene: Scene) -> list[Candidate]:
    """Everybody whom a text names, or who writes it, with what the rules say."""
    events = reread(scene, english.events(scene) + chinese.events(scene))
    places: dict[str, list[Mention]] = {}
    for mention in (*scene.mentions, *(m for event in events for m in event.persons)):
        if mention.key:
            places.setdefault(mention.key, []).append(mention)
    if scene.author:
        places.setdefault(scene.author, [])
    tied = {(m.key, one.start) for event in events for one in admitted(scene, event) for m in one.persons}
    # One doubt in an article is not about all that it tells.
    doubted = not scene.long and (doubted_text(scene.text) or chinese.doubted_text(scene.text))
    found = []
    for key, mentions in places.items():
        own = [(e, m, (key, e.start) in tied) for e in events for m in e.persons if m.key == key]
        finding, span = _finding(own, doubted)
        places_once = sorted(set(mentions))
        found.append(Candidate(key, places_once, finding, span))
    return found


def _more_names(scene: Scene) -> tuple[Scene, list[Candidate]]:
    """A short Chinese text with the names that no rule found: the model alone judges these people."""
    taken = [(m.start, m.end) for m in scene.mentions] + scene.organisation
    named = [
        Mention(start, end, scene.letters[start:end], "name", False)
        for start, end in names_in(scene.text, taken)
    ]
    known = {m.key for m in scene.mentions}
    fresh = {m.key: m for m in named if m.key not in known}
    scene = scene._replace(mentions=sorted([*scene.mentions, *named]))
    return scene, [Candidate(key, [m], NOTHING, None) for key, m in fresh.items()]


def _finding(own: list[tuple[Event, Mention, bool]], doubted: bool) -> tuple[Finding, tuple[int, int] | None]:
    """The rules' verdict on one person: a denial before what is asserted, and that before a rumour."""
    best: tuple[str, Event] | None = None
    for event, _, admitted_ in sorted(own, key=lambda one: one[0].start):
        standing: str = "rumoured" if doubted and event.standing == "asserted" else event.standing
        if admitted_ and (best is None or _ORDER.index(standing) < _ORDER.index(best[0])):
            best = (standing, event)
    if best is None:
        return Finding("none", "", own), None
    if best[0] == "asserted" and ".former." in best[1].rule and _left_open(own):
        return Finding("rumoured", best[1].rule, own), (best[1].start, best[1].end)
    verdict = "denied" if best[0] == "weakly_denied" else best[0]
    return Finding(verdict, best[1].rule, own), (best[1].start, best[1].end)


def _left_open(own: list[tuple[Event, Mention, bool]]) -> bool:
    """A profile says 'formerly', and the text says that it is unclear whether the person left: a rumour by the guide."""
    return any(event.standing == "rumoured" and ".verb." in event.rule for event, _, tied in own if tied)


def _claim(scene: Scene, candidate: Candidate, verdict: Verdict) -> Claim:
    kind: ClaimKind = "reported"
    if verdict.standing in ("denied", "rumoured"):
        kind = "denied" if verdict.standing == "denied" else "rumoured"
    elif scene.post.kind == "profile":
        kind = "profile_changed"
    elif candidate.key == scene.author:
        kind = "self_announced"
    start, end, rule = _words(candidate, verdict)
    told = facts(
        scene.text,
        start,
        end,
        scene.sentences,
        sorted((m.start, m.end) for m in candidate.mentions),
        sorted((m.start, m.end) for m in scene.mentions if m.key != candidate.key and m.kind == "name"),
        scene.organisation,
        scene.letters,
        scene.post.created_at,
        kind == "denied",
    )
    day = scene.post.created_at.astimezone(UTC).date()  # "Today" is told better by the post's own time.
    return Claim(
        candidate.key,
        kind,
        *scene.folded.original(start, end),
        rule,
        told.occurred_at if told.occurred_at and told.occurred_at.date() != day else None,
        told.destination,
        told.replacement,
        told.returned,
    )


def _words(candidate: Candidate, verdict: Verdict) -> tuple[int, int, str]:
    """The words that carry a verdict, and their rule."""
    if candidate.span is not None and candidate.finding.standing == verdict.standing:
        return *candidate.span, candidate.finding.rule
    return _carried(verdict)


# Which word classes carry a claim that no rule made: those of leaving, of a denial first those of staying.
_CARRY: dict[str, tuple[frozenset[str], ...]] = {
    "denied": (words("stay return deny"), TELLING),
    "rumoured": (LEAVING, TELLING),
    "asserted": (LEAVING, TELLING),
}


def _carried(verdict: Verdict) -> tuple[int, int, str]:
    """The words that carry a verdict which no rule gave: the phrase that tells it, nearest to the person."""
    signs = verdict.weighed.signs
    own = [at for at, (tag, _, _) in enumerate(signs) if tag.startswith("P")]
    for classes in _CARRY[verdict.standing]:
        telling = [at for at, (tag, _, _) in enumerate(signs) if tag in classes]
        if telling:
            at = min(telling, key=lambda one: min((abs(one - place) for place in own), default=0))
            tag, start, end = signs[at]
            return start, end, f"words.{tag}"
    return *verdict.weighed.window, "words"
