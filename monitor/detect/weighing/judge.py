"""Whether a text says that one person leaves: the windows that speak of the person, weighed.

What the rules found stands among the features (names that start with `r`), so that the model decides when to
believe them; a window in which nothing tells is not weighed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..events import Event
from ..scene import Mention, Scene
from .features import Laid, Sign, Window, features, signs_of, windows
from .lexicon import LEAVING, TELLING
from .plain import by_author, by_pronoun, fixed, framed, idle, plain_sentences, unsourced
from .weights import STANDINGS, Scores, Weights


class Finding(NamedTuple):
    """What the rules found about a person: the standing that they give, and their events, admitted or not."""

    standing: str
    rule: str
    events: list[tuple[Event, Mention, bool]]


class Weighed(NamedTuple):
    """A window as one person sees it, before it is judged: its words and signs, and the names of its other features.

    `plain`: a rule reads it plainly. `framed`: a fixed frame ('X announced her resignation.') says it. `unsourced`: only
    people without a name say it. `idle`: it is only thought through. `fixed`: words that mean nothing else give the
    rules' standing. `alone`: its sentences in which a rule reads plainly, each as a window of its own, where no other
    sentence takes anything back.
    """

    window: Window
    signs: list[Sign]
    forms: list[str]
    named: list[str]
    plain: bool = False
    framed: bool = False
    unsourced: bool = False
    idle: bool = False
    fixed: bool = False
    alone: Sequence[Weighed] = ()

    @property
    def features(self) -> set[str]:
        """The names of all its features, as a model learns from them."""
        return features(self.forms, self.signs) | set(self.named)

    def scores(self, model: Weights) -> Scores:
        """How likely each standing is."""
        return model.scores(self.forms, [tag for tag, _, _ in self.signs], self.named)


class Verdict(NamedTuple):
    """A standing with the window that gives it, and what carries it."""

    standing: str
    scores: Scores
    weighed: Weighed


NOTHING = Finding("none", "", [])


def weigh(
    scene: Scene, laid: Laid, key: str, mentions: Sequence[Mention], finding: Finding = NOTHING
) -> list[Weighed]:
    """The windows of a text that speak of a person, with all features; those in which nothing tells are left out."""
    if not (laid.telling or finding.events or finding.standing != "none"):
        return []
    watched = any(m.watched for m in mentions) or (key == scene.author and scene.author_watched)
    places = [*mentions, *(m._replace(start=e.start, end=e.start) for e, m, _ in finding.events)]
    found = []
    for window in windows(scene, laid, places):
        forms, signs = signs_of(laid, key, window)
        if not _tells(signs, finding):
            continue
        one = Weighed(window, signs, forms, _named(scene, laid, key, watched, window, mentions, finding))
        found.append(_with_plain(one, scene, laid, key, mentions, finding))
    return found


def _with_plain(
    one: Weighed, scene: Scene, laid: Laid, key: str, mentions: Sequence[Mention], finding: Finding
) -> Weighed:
    """A window with what is plain in it: whether a fixed frame says it, and the sentences that do by themselves."""
    if finding.standing == "none":
        return one._replace(idle=idle(scene, one.window))
    if finding.standing in ("denied", "rumoured"):
        told_of = [(e, m) for e, m, tied in finding.events if tied]
        one = one._replace(fixed=fixed(scene, told_of, finding.standing, one.window))
    if finding.standing == "rumoured":
        return one._replace(unsourced=any(unsourced(scene, e) for e, _, tied in finding.events if tied))
    plain = _plain_places(finding, one.window)
    tied = [(e, m) for e, m, tied in finding.events if tied]
    named = [*plain, *by_pronoun(scene, tied, finding.standing)]
    told = named or (list(by_author(scene, tied, finding.standing)) if key == scene.author else [])
    if not told:
        return one
    alone = []
    # Of a long text each sentence is a window already.
    for low, high in () if laid.long else plain_sentences(scene, laid, key, told):
        if (low, high) != one.window:
            window = Window(low, high)
            forms, signs = signs_of(laid, key, window)
            own = [m for m in mentions if low <= m.start < high]
            alone.append(
                Weighed(window, signs, forms, _named(scene, laid, key, bool(named), window, own, finding))
            )
    in_frame = any(framed(scene, e, m) for e, m in named)
    return one._replace(plain=bool(plain) or in_frame, framed=in_frame, alone=alone)


def _named(
    scene: Scene,
    laid: Laid,
    key: str,
    watched: bool,
    window: Window,
    mentions: Sequence[Mention],
    finding: Finding,
) -> list[str]:
    return _setting(scene, laid, key, watched, window, len(mentions)) + _by_rules(finding, window, watched)


def _plain_places(finding: Finding, window: Window) -> list[tuple[Event, Mention]]:
    """The events of a window by which a rule reads plainly that a watched person, by name, leaves or stays."""
    if finding.standing not in ("asserted", "denied"):
        return []
    return [
        (e, m)
        for e, m, tied in finding.events
        if tied
        and e.standing == finding.standing
        and m.watched
        and m.kind in ("name", "who")
        and window.start <= e.start < window.end
    ]


def _tells(signs: Sequence[Sign], finding: Finding) -> bool:
    """Does a window hold any word that may speak of leaving, or did the rules find something?"""
    return bool(finding.events) or finding.standing != "none" or any(tag in TELLING for tag, _, _ in signs)


def _setting(scene: Scene, laid: Laid, key: str, watched: bool, window: Window, mentions: int) -> list[str]:
    """What is known of the post and the person beside the words."""
    kind = scene.post.kind
    author = "self" if key == scene.author else "other"
    near = any(window.start <= start < window.end for start, _ in scene.organisation)
    return [
        f"x kind {kind}", f"x watched {watched}", f"x author {author} {kind}", f"x author {author} {watched}",
        f"x lab {bool(scene.organisation)}", f"x lab here {near}", f"x long {laid.long}",
        f"x mentions {min(3, mentions)}",
    ]  # fmt: skip


def _by_rules(finding: Finding, window: Window, watched: bool) -> list[str]:
    """What the rules say, of the whole text and of this window."""
    found = [f"r {finding.standing}", f"r {finding.standing} {watched}"]
    if finding.rule:
        found += [f"r rule {finding.rule}", f"r rule {finding.standing} {finding.rule}"]
    for event, mention, admitted in finding.events:
        if window.start <= event.start < window.end:
            tied = "tied" if admitted else "loose"
            found += [
                f"r {event.standing} {tied}", f"r {event.standing} {event.scope} {tied}", f"r cue {event.rule}",
                f"r cue {event.rule} {event.standing}", f"r {event.standing} {mention.kind} {watched}",
            ]  # fmt: skip
    return found


_ORDER = ("denied", "asserted", "rumoured")
# What is asserted is believed from this probability on: a false "has left" harms the named.
SURE = 0.5
# Where a rule reads it plainly of a watched person's name, from this one on.
PLAIN = 0.4
# In a fixed frame already from this one on.
FRAMED = 0.05
# Where no rule found it, from this one on.
SURE_ALONE = 0.6
# And of a watched author's own words.
SURE_OWN = 0.85
# And of a profile, which is short, and mostly says where somebody was before.
SURE_PROFILE = 0.95


def judge(weighed: Sequence[Weighed], finding: Finding, model: Weights) -> Verdict | None:
    """The verdict on a person: a denial before what is asserted, and that before a rumour; None where nothing is said."""
    found: dict[str, Verdict] = {}
    for one in weighed:
        scores = one.scores(model)
        best = (
            finding.standing if one.fixed else "asserted" if _plain(one, finding, scores) else scores.best()
        )
        if best == "none" and finding.standing == "denied" and scores.denied >= NOT_NOTHING:
            best = "denied"
        if best in ("none", "rumoured") and not one.fixed and (clear := _clearest(one, finding, model)):
            scores, best = clear, finding.standing
        elif best == "asserted" and (one.unsourced or _doubted(finding, scores)):
            best = "rumoured"
        elif (one.idle and best != "none") or (
            best == "asserted"
            and (scores.asserted < _sure(one, finding, scores) or not _says_so(one, finding))
        ):
            continue
        old = found.get(best)
        if old is None or getattr(scores, best) > getattr(old.scores, best):
            found[best] = Verdict(best, scores, one)
    return next((found[standing] for standing in _ORDER if standing in found), None)


# Where a rule reads that somebody stays, the model does not make nothing of it from this probability on.
NOT_NOTHING = 0.15
# Where a rule doubts it, the model must be surer than it of anything else.
SURE_OVER = 0.75
# A plain sentence by itself is believed from this probability on.
CLEAR = 0.6


def _clearest(one: Weighed, finding: Finding, model: Weights) -> Scores | None:
    """The scores of the plain sentence that speaks most clearly by itself; None where none is clear."""
    said = STANDINGS.index(finding.standing) if one.alone else 0
    found = [alone.scores(model) for alone in one.alone]
    return max((s for s in found if s[said] >= CLEAR), key=lambda s: s[said], default=None)


def _plain(one: Weighed, finding: Finding, scores: Scores) -> bool:
    """Does a rule read plainly in this window that a watched person leaves, by name, and the model not rule it out?"""
    return (
        finding.standing == "asserted"
        and scores.asserted >= (FRAMED if one.framed else PLAIN)
        and scores.asserted * (4 if one.framed else 1) > max(scores.rumoured, scores.denied)
        and one.plain
    )


def _sure(one: Weighed, finding: Finding, scores: Scores) -> float:
    """From which probability on an assertion is believed: a person's own word confirms, so it must be clear."""
    if _plain(one, finding, scores):
        return FRAMED
    if finding.standing == "asserted":
        return SURE
    if "x kind profile" in one.named:
        return SURE_PROFILE
    return SURE_OWN if "x author self True" in one.named else SURE_ALONE


def _doubted(finding: Finding, scores: Scores) -> bool:
    """Does a rule doubt what the model is not sure of, and would yet believe?"""
    english = finding.standing == "rumoured" and finding.rule.startswith("en.")
    return english and SURE_ALONE <= scores.asserted < SURE_OVER


def _says_so(one: Weighed, finding: Finding) -> bool:
    """Does anything but the run of the words say that somebody leaves: a rule, or a phrase of leaving?"""
    return (
        finding.standing != "none" or bool(finding.events) or any(tag in LEAVING for tag, _, _ in one.signs)
    )
