"""Several who leave, told one after the other: 'two have left ORG. They are A and B', 'it began with A. B followed'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .. import layout
from ..events import Event, Standing
from ..regex import regex
from ..scene import Mention, Scene
from . import spheres

_SOME = regex(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|both|several|a (?:pair|trio|handful|group|number) of|at least \w+)\b(?: (?!have|has|are|were|of)[\w'-]+){0,6}? (?:from [\w ]{2,30} |at [\w ]{2,30} )?"
    r"(?:(?:have|has|had) (?:now |also |already |since )?(?:left|quit|resigned|departed|gone|stepped down|moved on|been (?:laid off|dismissed|let go|fired))|are leaving|are (?:preparing|planning|expected|about|likely|set|considering|poised) (?:to )?(?:leav\w+|go|quit|resign|depart)|will leave|left|quit|resigned|departed|were (?:dismissed|let go|laid off|fired))\b"
)
_ARE = regex(
    r"[\s\"]*(?:they|the (?:two|three|four|five|pair|trio|others?)|both|those|these|among them|one|the first|the (?:two|three|four) who (?:left|quit|resigned|are leaving))(?: (?:who (?:left|quit|resigned|are leaving)))? (?:are|is|were|was)\b"
)
_UNSURE = regex(
    r"\b(?:preparing|planning|expected|likely|considering|poised|reportedly|rumou?red|may|might|could|according to (?:\w+ )?(?:people|sources|persons)|people (?:familiar|close)|sources)\b"
)
# Who lets people go, and whom: "the company has lost two of its best: A and B", "laid off 14 people, including its head, C".
_LOST = regex(
    r"\b(?:lost|loses|is losing|parted (?:ways|company) with|has laid off|laid off|let go of|dismissed|has fired|fired|sacked)\b (?P<whom>[^.\n;]{3,80}?)(?:, including (?:its |the |their )?(?:\w+,? ){0,4}|: |, among them |, )$"
)
_AMONG = regex(r"(?:,|:| –| —)? ?\(?(?:among them|including|namely|they are|:)(?: (?:are|is))? ")
_BEGAN = regex(
    r"\b(?:departures?|exodus|exits?|resignations?|losses|drain|walk-?outs?)\b[^.\n]{0,40}\b(?:began|started|opened|begins|starts)\b[^.\n]{0,24}\bwith "
    r"|\bfirst to (?:leave|go|quit|resign|depart)\b[^.\n]{0,16}\b(?:was|is) |\b(?:next|last|latest) to (?:leave|go|quit|resign|depart)\b[^.\n]{0,16}\b(?:was|is) |\b(?:was|is) (?:then |next |now )?the turn of "
)
_FOLLOWED = regex(
    r"(?:, [^,.\n]{3,60},)? (?:then |soon |also |himself |herself )?followed (?:(?:him|her|them|suit) ?)?(?=in |on |a |two |three |four |last |this |soon|shortly|days|weeks|months|[.,])"
)
_SHADE = regex(r"\b(?:of|by|under|to|with|from|for|than) (?:the )?$")
_MOST = 12


def series(scene: Scene, events: Sequence[Event]) -> Iterator[Event]:
    """The departures of a row of people that the sentence rules leave out."""
    if not scene.long or scene.text.find(" ") < 0:
        return
    for m in _SOME.finditer(scene.text):
        if layout.within(scene.aside, m.start()):
            continue
        low, high = scene.sentences[scene.sentence_of(m.start())]
        if not _of_ours(scene, low, high):
            continue
        among = _AMONG.search(scene.text, m.end(), high)
        if among is not None:
            yield from _each(scene, among.end(), high, m)
        elif (
            high < len(scene.text)
            and "\n\n" not in scene.text[high - 2 : high + 1]
            and _ARE.match(scene.text, high)
        ):
            yield from _each(scene, high, scene.sentences[scene.sentence_of(high)][1], m)
    yield from _let_go(scene)
    yield from _one_by_one(scene, events)


def _let_go(scene: Scene) -> Iterator[Event]:
    """'ORG has lost two of its best: A and B', 'the company parted ways with its head of data, C'."""
    found: dict[int, list[Mention]] = {}
    for one in scene.mentions:
        if one.kind != "name" or layout.within(scene.aside, one.start):
            continue
        low, _ = scene.sentences[scene.sentence_of(one.start)]
        begin = max(low, one.start - 150)
        listed = found.get(low)
        if listed and re.fullmatch(
            r"(?:, [^,.;]{3,50})?,? ?(?:and|,) ", scene.text[listed[-1].end : one.start]
        ):
            listed.append(one)
            continue
        m = _LOST.search(scene.text, begin, one.start)
        if m is None or scene.named(m.start(), one.start - 1) or not _PEOPLE.search(m.group("whom")):
            continue
        subject = scene.text[low : m.start()]
        if _of_ours(scene, low, m.start()) and not re.search(
            r"\b(?:not|never|no|if|would|could|game|match|case)\b|n't", subject
        ):
            found[low] = [one]
    for who in found.values():
        yield Event(_distinct(who)[:_MOST], who[0].start, who[0].end, "asserted", "art.let_go", "ours")


_PEOPLE = regex(
    r"\b(?:its|their|the (?:head|chief)|people|staff|employees|researchers|engineers|figures|executives|scientists|leaders|members|founders)\b"
)


def _of_ours(scene: Scene, low: int, high: int) -> bool:
    if scene.organisation_in(low, high) is not None:
        return True
    return spheres.about_us(scene) and not spheres.names_other(scene.text[low:high], spheres.firms(scene))


def _each(scene: Scene, low: int, high: int, cue: re.Match[str]) -> Iterator[Event]:
    named = [
        m
        for m in scene.mentions
        if m.kind == "name"
        and low <= m.start < high
        and not (m.start > low + 12 and _SHADE.search(scene.text, m.start - 10, m.start))
    ]
    if named:
        sentence = scene.text[slice(*scene.sentences[scene.sentence_of(cue.start())])]
        sure: Standing = "rumoured" if _UNSURE.search(sentence) else "asserted"
        yield Event(_distinct(named)[:_MOST], named[0].start, named[0].end, sure, "art.series", "ours")


def _distinct(named: Sequence[Mention]) -> list[Mention]:
    first: dict[str, Mention] = {}
    for m in named:
        first.setdefault(m.key, m)
    return list(first.values())


def _one_by_one(scene: Scene, events: Sequence[Event]) -> Iterator[Event]:
    """'The departures began with A. B followed in April. In May it was the turn of C.'"""
    if not spheres.about_us(scene) and not scene.organisation:
        return
    told: list[int] = [e.end for e in events if e.standing == "asserted"]
    for m in _BEGAN.finditer(scene.text):
        who = next(
            (one for one in scene.mentions if one.kind == "name" and m.end() <= one.start < m.end() + 30),
            None,
        )
        if who is not None and "." not in scene.text[m.end() : who.start]:
            told.append(who.end)
            yield Event([who], m.start(), m.end(), "asserted", "art.series", "job")
    for one in scene.mentions:
        if one.kind != "name" or not any(
            0 < one.start - at < 260 and "\n" not in scene.text[at : one.start] for at in told
        ):
            continue
        followed = _FOLLOWED.match(scene.text, one.end)
        if followed is not None:
            told.append(followed.end())
            yield Event([one], one.end, followed.end(), "asserted", "art.series", "job")


_LISTED_ZH = regex(
    r"[、,和与與及](?:[\u4e00-\u9fff§]{0,8}(?:负责人|負責人|主管|总监|總監|研究员|研究員|经理|經理|科学家|科學家|工程师|工程師|专家|專家|副总裁|副總裁|架构师|架構師))?"
)


def with_listed(scene: Scene, event: Event) -> Event:
    """'语音负责人A、评测负责人B先后离职': A too."""
    if not event.rule.startswith("zh") or event.standing != "asserted" or len(event.persons) != 1:
        return event
    low = scene.sentences[scene.sentence_of(event.start)][0]
    found = list(event.persons)
    for one in reversed([m for m in scene.named(low, found[0].start) if m.kind == "name"]):
        if not _LISTED_ZH.fullmatch(scene.text, one.end, found[-1].start):
            break
        if scene.text[one.end] == "," and not re.search(
            r"先后|相继|双双|分别|都|均", scene.text[found[0].end : event.start]
        ):
            break
        found.append(one)
    return event._replace(persons=found)
