"""Persons whom an article means by what they are: 'the head of code models', 'the 39-year-old', '这位负责人'."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from ..people import Mention
from ..regex import regex

if TYPE_CHECKING:
    from ..scene import Scene

_OFFICE = r"(?:(?:head|chief|leader|director|vice[- ]president|manager|architect|lead) (?:of|for) (?:[a-z-]+ ?){1,3}|(?:[a-z-]+ )?(?:tech(?:nical|nology)? lead(?:er)?|chief scientist|research chief|code chief|safety lead|team lead)|(?:[a-z-]+ )(?:chief|boss|head))"
# The office beside a name: 'X, head of code models at ORG', 'tech lead X', 'X, who is the head of speech'.
_BEHIND_NAME = regex(
    rf"(?: \([^)\n]{{1,20}}\))?,? (?:who (?:is|was|has been|serves as) |is |was |has been |as )?(?:the |its |their |an? )?(?:[a-z]+'s )?(?P<office>{_OFFICE})(?=[,.;:\s]|$)"
)
_AGE_BEHIND = regex(r"(?: \([^)\n]{1,20}\))?, (?P<age>\d\d),")
_PLAIN = regex(
    rf"\b(?:the|its|the (?:lab|company|group|firm)'s) (?:(?:former|outgoing|departing) )?(?:(?P<age>\d\d)-year-old|(?P<office>{_OFFICE}))(?=[,.;\s]|$)"
)
_NEXT_NAME = regex(r"\W{0,4}(?:mr |ms |dr )?$")
_HOLDS = regex(
    r",? (?:who (?:has )?(?:held|run|runs|ran|led|leads|took)|did not|didn't|could not|declined|joined|was (?:hired|appointed)|has (?:held|run|led))\b"
)
_THIS_ONE_ZH = regex(
    r"(?:这位|这名|该名|该|这一|上述)(?:前|原)?(?:技术|代码|后训练|预训练|研究|团队|评测|数据|安全|语音|模型)?(?:负责人|主管|高管|掌门人|研究员|科学家|工程师|总监|副总裁)(?!们|士)"
)
_MOST = 40


def by_office(scene: Scene) -> list[Mention]:
    """Mentions, of the kind third, for offices and ages that stand for somebody whom the article has named so."""
    names = [m for m in scene.mentions if m.kind == "name"]
    if not names:
        return []
    offices, ages = _offices(scene, names)
    found: list[Mention] = []
    starts = [m.start for m in names]
    for number, m in enumerate(_PLAIN.finditer(scene.text)):
        if number >= _MOST:
            break
        at = bisect_left(starts, m.start())
        if at < len(names) and names[at].start <= m.end() + 3:
            continue
        if at and scene.text[names[at - 1].end : m.start()].strip(" ,") in ("", "is", "was", "as"):
            continue
        who = ages.get(m.group("age") or "") if m.group("age") else _holder(scene, m, offices, names)
        if who is not None and (not m.group("age") or who.start < m.start()):
            found.append(Mention(m.start(), m.end(), who.key, "third", who.watched))
    return found + _this_one(scene, names)


def _offices(scene: Scene, names: list[Mention]) -> tuple[dict[str, Mention | None], dict[str, Mention]]:
    offices: dict[str, Mention | None] = {}
    ages: dict[str, Mention] = {}
    for one in names:
        age = _AGE_BEHIND.match(scene.text, one.end)
        if age:
            ages.setdefault(age.group("age"), one)
        office = _BEHIND_NAME.match(scene.text, one.end)
        if office:
            word = _bare(office.group("office"))
            before = offices.get(word, one)
            offices[word] = one if before is not None and before.key == one.key else None
    return offices, ages


def _bare(office: str) -> str:
    """'head of code models at orrin' as 'head of code models'."""
    return re.split(
        r" (?:at|in|for|and|since|until|who|from|with|there|has|have|had|is|was|will|may|might|could)\b",
        office.strip(),
    )[0]


def _holder(
    scene: Scene, m: re.Match[str], offices: dict[str, Mention | None], names: list[Mention]
) -> Mention | None:
    """Who holds an office: who was introduced with it, else who opens the next sentence as its holder."""
    office = _bare(m.group("office"))
    if office in offices:
        return offices[office]
    number = scene.sentence_of(m.start())
    low, high = scene.sentences[number]
    if (
        scene.text[low : m.start()].strip(" \n\"'")
        or number + 1 >= len(scene.sentences)
        or "\n\n" in scene.text[high - 2 : high]
    ):
        return None
    first = next((one for one in names if one.start >= high), None)
    if (
        first is None
        or scene.text[high : first.start].strip(" \n\"'")
        or not _HOLDS.match(scene.text, first.end)
    ):
        return None
    return first


def _this_one(scene: Scene, names: list[Mention]) -> list[Mention]:
    found = []
    for number, m in enumerate(_THIS_ONE_ZH.finditer(scene.text)):
        if number >= _MOST:
            break
        before = [one for one in names if one.end <= m.start() and m.start() - one.end < 160]
        behind = next((one for one in names if m.end() <= one.start <= m.end() + 1), None)
        if before and behind is None:
            found.append(Mention(m.start(), m.end(), before[-1].key, "third", before[-1].watched))
    return found
