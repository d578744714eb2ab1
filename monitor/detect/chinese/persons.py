"""Chinese personal names in running text: a surname with one or two letters behind it that are no common word.

There is no segmenter: a name is believed where neither its own letters nor its edges make a common word of two
letters (weighing/lexicon/words_zh.txt) or a phrase of the lexicon.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

from ...organisation import Span
from ..regex import regex
from ..vocabulary import SURNAMES, words

# Letters that are hardly ever part of a given name.
_NEVER = frozenset(
    "的了在是和与及被从已将也都不没有说他她我你们这那个名位人员工后前上下再又向对就还要会能可把给让跟着过吗呢吧啊么什谁哪很太最更"
    "遭获曝去来到走离职辞退休裁撤换任聘岗组队部司厂群号楼年月日点周期次场份万亿元块岁届条件事儿喺咗嘅唔佢啲妳您咱它其此该某等但而且或如则因所为于由至比按"
    "做干搞带问答看听写发转评赞图字讲话传称表示回应透露否认证实确认宣布官爆料据网友系真假辟谣今昨明早晚刚才曾经正二三四五六七八九十两几多少半第每各全总"
)
_DOUBLE = frozenset(name for name in SURNAMES if len(name) == 2)
_SINGLE = frozenset(name for name in SURNAMES if len(name) == 1)
# What people are called behind their names.
_TITLES = (
    "学姐",
    "学长",
    "师姐",
    "师兄",
    "师妹",
    "师弟",
    "老师",
    "同学",
    "先生",
    "女士",
    "博士",
    "教授",
    "总监",
    "主管",
    "小姐",
)
# Words of offices and of our days that the dictionary lacks.
_NEW_WORDS = words(
    "辞任 仍任 现任 前任 继任 卸任 升任 转任 改任 调任 兼任 历任 接任 离任 留任 谢谢 祝贺 恭贺 工位 工牌 工号 工卡 车企 国企 央企 外企 民企 私企 房企 药企 这周 那周 这年 小编 高管 周报 周会 周更 官宣 官网 打卡 团建 年会 晨会 站会 例会 内推 "
    "跳槽 裸辞 前台 后台 前端 后端 开源 算力 显卡 机房 大厂 外包 校招 社招 路人 应届 温馨 云厂 简介 简历 时薪 时长 方向 强推 解约 解套 游民 包邮 连麦 连更 安全 高铁 高薪 万亿 夏令"
)
# Surnames that are links too: 'to the reporters', 'on this week's Monday'.
_LINKS = frozenset("向于和从与时常连关单都应满")
_BEFORE = frozenset("的了和与及跟同叫是把给被对向请让说称由替为找问谢挖送、给到")


# 'I wish X all the best': the word before the name is a surname too.
_WISH = regex(
    r"祝(?:福|愿)?[^,，。!?;\n]{1,24}?(?:顺利|前程|一切|成功|安好|幸福|好运|快乐|加油|早日|万事|如意|越来越|越走|未来可期|前途|平安|高就|大展|开心|一路|新的)"
)


def wishes(text: str, at: int) -> bool:
    """Does a good wish begin at an offset, and not a name?"""
    opens = text[at] == "祝" and (
        not at or not "\u3400" <= text[at - 1] <= "\u9fff" or text[at - 1] in "也就只都再先谨"
    )
    return opens and _WISH.match(text, at) is not None


@cache
def common_words() -> frozenset[str]:
    """Common Chinese words of two letters."""
    text = resources.files("monitor.detect.weighing.lexicon").joinpath("words_zh.txt").read_text("utf-8")
    return frozenset(text.split()) | _NEW_WORDS


def names_in(text: str, taken: Sequence[Span], low: int = 0, high: int | None = None) -> list[Span]:
    """Where a simplified, folded text holds what looks like a Chinese name, outside the places that are taken."""
    high = len(text) if high is None else high
    covered = {at for start, end in taken if start < high and end > low for at in range(start, end)}
    found: list[Span] = []
    at = low
    while at < high - 1:
        end = _name_end(text, at, high, covered) if text[at] in _SINGLE and at not in covered else 0
        if end:
            found.append((at, end))
            at = end
        else:
            at += 1
    return found


def _name_end(text: str, at: int, high: int, covered: set[int]) -> int:
    """Where a name that starts at `at` ends, 0 if none does."""
    if not _may_start(text, at, covered) or wishes(text, at):
        return 0
    given = at + (2 if text[at : at + 2] in _DOUBLE else 1)
    if not _may_continue(text, given, high, covered):
        return 0
    words = common_words()
    if given == at + 1 and text[at : given + 1] in words:
        return 0
    if text[at] in _LINKS and text[given : given + 2] in words:
        return 0
    if _may_continue(text, given + 1, high, covered) and not _starts_word(text, given + 1, high):
        return (
            0 if text[given : given + 2] in words and not _ends(text, given + 2, high, covered) else given + 2
        )
    return given + 1 if _ends(text, given + 1, high, covered) else 0


def _ends(text: str, at: int, high: int, covered: set[int]) -> bool:
    """Is there an edge: the end, a mark, a phrase, or a letter that is no part of a name?"""
    if at >= high or at in covered or not "\u3400" <= text[at] <= "\u9fff" or text[at] in _NEVER:
        return True
    return text.startswith(_TITLES, at)


def _may_start(text: str, at: int, covered: set[int]) -> bool:
    if at == 0 or at - 1 in covered or not "\u3400" <= text[at - 1] <= "\u9fff":
        return True
    if text[at - 1] in _BEFORE and text[at - 1 : at + 1] != "谢谢":
        return True
    return text[at - 1 : at + 1] not in common_words() and (
        at < 2 or text[at - 2 : at] in common_words() or text[at - 1] in _NEVER
    )


def _may_continue(text: str, at: int, high: int, covered: set[int]) -> bool:
    return at < high and at not in covered and "\u3400" <= text[at] <= "\u9fff" and text[at] not in _NEVER


def _starts_word(text: str, at: int, high: int) -> bool:
    """Does a common word start here, so that the letter is no part of the name?"""
    if text.startswith(_TITLES, at):
        return True
    return at + 1 < high and text[at + 1] not in _NEVER and text[at : at + 2] in common_words()
