"""Chinese words of leaving that speak of some duties, of years ago, of another who was there, or of a guest."""

from __future__ import annotations

from ..regex import regex
from ..scene import Scene

# 'gives up some of his posts'
_PART = regex(
    r"了?[其她他]?(?:所)?(?:兼任|兼|部分|一部分|一些|某些|其中[一两]?[项个]?)的?§*(?:管理|行政|工会|社会)?(?:职务|职位|职责|工作|兼职|头衔)"
)
# 'three years after leaving ORG'
_YEARS = regex(
    r"了?§*(?:公司|团队)?的?(?:已经?|都|快)?(?:[一二两三四五六七八九十]|\d{1,2})年(?:半|多)?(?:之后|以后|后|来|了)"
)
_FORMER = regex(
    r"§+\s?(?:的)?前[^,。;:!?¤的]{0,8}?(?:员工|雇员|同事|高管|首席\w{0,6}官|c[efto]o|负责人|实习生|董事|副总裁|总裁|总监|工程师|研究员|主管)"
)
_GUEST = regex(r"¤+来?(?:到场)?(?:站台|助阵|演讲|做客|代言|主持|出席|分享|捧场|讲课|授课|开讲|当评委|剪彩)")
_MEETING = regex(
    r"[^,。;:!?¤]{0,2}?(?:聊|谈|见面|会面|交谈|会谈|吃|喝|开会|合影|握手|讨论|交流|寒暄)[^,。;:!?¤]{0,14}?(?:后|之后|就|便|才|,)"
)
_TOGETHER = regex(r"一起|一同|双双|先后|都|均|同时|也")


def is_aside(scene: Scene, signs: str, start: int, end: int, key: str) -> bool:
    """Do the words of leaving at start..end say nothing of the person `key`? `signs`: see chinese.people.marked."""
    low, high = scene.sentences[scene.sentence_of(start)]
    if _PART.match(signs, end, high) or _YEARS.match(signs, end, high):
        return True
    if signs.startswith("请来", start) and _GUEST.match(signs, end, high):
        return True
    cut = max(low, *(signs.rfind(mark, low, start) + 1 for mark in ",;:"))
    before = [m for m in scene.named(cut, start) if m.key == key]
    former = _FORMER.match(signs, start, high)
    if former and key != scene.author:
        behind = any(m.key == key and former.end() <= m.start <= former.end() + 2 for m in scene.mentions)
        apposed = cut > low and signs[cut - 1] == "," and signs[cut - 2] == "¤"
        return not (before or behind or apposed)
    return bool(before) and _is_met(signs, cut, before[-1].start, before[-1].end, start)


def _is_met(signs: str, cut: int, first: int, last: int, start: int) -> bool:
    """'..., talked with X for an hour and left': is X only who the one that leaves was with?"""
    return (
        first == cut + 1
        and signs[cut] in "和与跟同"
        and _MEETING.match(signs, last, start) is not None
        and _TOGETHER.search(signs, last, start) is None
    )
