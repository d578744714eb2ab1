"""Whose leaving Chinese words tell of: the author's own, or somebody else's, whom no name need tell."""

from __future__ import annotations

import re

from ..people import Whose
from ..regex import regex
from ..scene import Scene
from ..vocabulary import SURNAMES
from .persons import names_in
from .words import ADVERBS

# What somebody else wrote and the author passes on.
_RETOLD = regex(r"(?:^|\s)(?:rt|via) @\w+ ?:")
_KIN = (
    r"(?:师弟|师妹|师兄|师姐|学弟|学妹|学长|学姐|(?<!和)(?<!与)(?<!跟)(?:前?同事|同学|队友|战友)|同桌|室友|舍友|闺蜜|发小|老婆|老公|媳妇|妻子|丈夫|对象|女友|男友|女朋友|男朋友|爸|妈|哥们|姐们|"
    r"表哥|表弟|表姐|表妹|堂哥|堂弟|大哥|二哥|姐姐|妹妹|哥哥|弟弟|儿子|女儿|闺女|孩子|朋友(?!圈)|邻居|徒弟|导师|老板|老大|领导|上司|主管|组长|mentor|leader|下属|手下|"
    r"实习生|校招生|新人|应届生|员工|前辈|后辈|搭档|伙伴|兄弟|学生|网友|战略官|工程师|研究员|科学家|骨干|高管|负责人|小伙|姑娘|家属|亲戚|舅舅|叔叔|阿姨|侄子)(?!的?身份)"
)
_KIN_ZH = regex(_KIN)
_OF_MINE_ZH = regex(
    rf"(?:我|俺|咱)(?:的|那|有|们)?(?:个|位|一个|一位|几个|两个)?(?:前|大学|高中|老|好)?{_KIN}(?!们?[^,]{{0,6}}我)"
)
_SELF_ZH = regex(r"我(?!们|司|国|的(?!最后|一|离|辞|工|电脑))|本人|俺|咱(?!们)|鄙人|自己|老子|笔者")
_THIRD_ZH = regex(
    r"[他她](?!们?的?(?:说|问|讲|知道))|有(?:一|两|三|几|好几|不少|很多)?[个位名]?人|又有|别人|人家|谁|某"
)
_COUNTED_ZH = regex(
    r"[一二两三四五六七八九十几多半\d]+[名位](?!数)|[两三四五六七八九十几]个人|[一那这]个(?:人|哥|姐|小)"
)
_FAMILIAR = regex(
    rf"(?:^|[^大变减缩胆从古到老小])[小老阿](?:[{''.join(s for s in SURNAMES if len(s) == 1)}]|[明强刚红丽华军伟杰辉敏])(?![一-鿿]?(?:时|板|师))"
)
# Said behind the cue, it makes a thing or another person of whoever leaves.
_OF_OTHERS_ZH = regex(rf"了?[^,。!?¤]{{0,10}}的(?:那?[一两三几]?[位名个])?(?:前|老)?{_KIN}")
_VERSION = regex(r"\s?(?:了)?\s?§+\s?(?:[\d.]+|[vV]\d|旧|老|版|模型|api|app|会员|免费)")
_VERSION_SHOWN = regex(r"[a-z]\d|\d$")
# 'ORG 3 goes off line today, so long'
_RETIRED = regex(
    r"§\s?v?\d[\d.]{0,4}[^,。;!?¤我]{0,8}(?:下线|停服|退役|谢幕|停更|下架|关停|停止服务)(?=[^我]*$)"
)
_OCCASION = regex(
    r"§(?:开源)?(?:周(?!报|会)|节|大会|峰会|训练营|活动|比赛|内测|公测|展|沙龙|开放日|黑客松|培训)[^,。]{0,6}$"
)
_SENT_OFF = regex(
    r"(?:欢送|送别|送走|送送|恭送|恭喜|祝贺|祝福?|祝愿)了?(?:我们)?(?:的)?(?:一位|两位|几位)?[^,。]{0,2}(?:¤|[小老阿][一-鿿])"
)
_SPLIT_ZH = regex(r"[,。:;!?\n~…—]|\s(?=[^\x00-\x7f])")


def whose(scene: Scene, signs: str, low: int, start: int, end: int, high: int) -> Whose:
    """The same of a Chinese cue at start..end in a sentence low..high; `signs` marks organisation and people."""
    cut = low
    for mark in _SPLIT_ZH.finditer(signs, low, start):
        cut = mark.end()
    clause, behind = signs[cut:start], signs[end:high]
    if signs.startswith(("身份", "的身份"), start):
        clause = _KIN_ZH.sub("", clause)
    if scene.text.startswith("rt @") or _RETOLD.search(scene.text, 0, start):
        return "other"
    if (
        _VERSION.match(behind)
        or _RETIRED.search(signs, low, end)
        or _release(scene, end)
        or _OCCASION.search(clause)
    ):
        return "other"
    if _OF_OTHERS_ZH.match(behind) and "是" not in signs[start:end]:
        return "other"
    if _OF_MINE_ZH.search(clause):
        return "other"
    self_at = max((m.start() for m in _SELF_ZH.finditer(clause)), default=-1)
    other_at = max((m.start() for m in (*_others_in(clause),)), default=-1)
    if self_at >= 0 or other_at >= 0:
        return "own" if self_at > other_at else "other"
    taken = [span for span in scene.organisation if span[1] > cut and span[0] < start]
    if names_in(signs, taken, cut, min(high, start + 1)) and "§" not in clause[:1]:
        return "other"
    if named_before(signs, cut, start):
        return "other"
    earlier = signs[low:cut]
    if re.search(r"(?:^|[,。:;])[他她](?!的)", earlier) or _SENT_OFF.search(earlier):
        return "open" if _SELF_ZH.search(earlier) else "other"
    return "open"


def named_before(signs: str, low: int, start: int) -> tuple[int, int] | None:
    """A full Chinese name right before a verb and its adverbs that the readers of names took for a word: '高远航今天从...'."""
    end = ADVERBS.strip(signs, start, low)
    m = _NAME_ZH.search(signs[low:end])
    return (low + m.start("name"), end) if m else None


_NAME_ZH = regex(
    rf"(?:^|(?<=[§的,。:;!?\n师员家长总管人 ]))(?P<name>[{''.join(s for s in SURNAMES if len(s) == 1)}][一-鿿]{{2}})$"
)


def _others_in(clause: str) -> list[re.Match[str]]:
    return [
        m
        for pattern in (_KIN_ZH, _THIRD_ZH, _COUNTED_ZH, _FAMILIAR)
        for m in pattern.finditer(clause)
        if not re.search(r"(?:感谢|谢谢|和|与|跟|给|对|向|同)[^,]{0,3}$", clause[: m.start()])
    ]


def _release(scene: Scene, end: int) -> bool:
    """Is a numbered model what is left: 'goodbye ORG 2, hello ORG 3'?"""
    span = next((s for s in scene.organisation if end <= s[0] <= end + 2), None)
    if span is None:
        return False
    tail = scene.text[span[1] : span[1] + 6]
    return (
        re.match(r"[ -]?\d", tail) is not None
        or _VERSION_SHOWN.search(scene.text[span[0] : span[1]]) is not None
    )


_ROLE_BEFORE = regex(
    r"(?:工程师|研究员|科学家|负责人|总监|员工|同事|专家|主管|经理|组长|架构师|团队的|组的|部门的|团队)$"
)


def unread_name(scene: Scene, signs: str, low: int, start: int) -> tuple[int, int] | None:
    """Where such a name stands behind the organisation and a job, the leaver of the verb at `start`."""
    cut = max((m.end() for m in _SPLIT_ZH.finditer(signs, low, start)), default=low)
    span = named_before(signs, cut, start)
    if span is None or not _ROLE_BEFORE.search(signs, cut, span[0]) or "§" not in signs[cut : span[0]]:
        return None
    return span
