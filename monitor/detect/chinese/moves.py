"""Chinese idioms of an end, moves to another company, and English verbs in a Chinese sentence."""

from __future__ import annotations

import re

from ..events import Reading, Site
from ..regex import regex
from ..vocabulary import COMPANIES, COMPANIES_ZH, words
from . import people
from .places import POSTING, ROOM, joins_us

_SCHOOL = regex(
    r"大学|答辩|学位|幼儿园|母校|校友|毕业证|毕业照片|硕士|博士|本科|学校|研究生|浙大|清华|北大|高中|小学|驾校"
)
_NO_GRADUATE = regex(
    r"于|生|[一二两三四五六七八九十百\d]*周年|[一二两三四五六七八九十\d]+年|以来|院校|设计|季|论文|典礼|照|设计|快乐"
)
_TOO_VAGUE = words(
    "下一站 新的开始 翻篇 翻篇了 翻过去了 结束了 已结束 落幕 退休 上岸 谢幕 散场 收官 杀青 为止 到头了 走完了 交卷 交卷了 打烊 打烊了 到站 到站了 到站下车 退役 下线 下课 收摊 道别 退圈 脱坑 退坑 出坑 解套 封笔"
)
_ENDS_A_STORY = frozenset(
    (
        "画上句号",
        "画下句号",
        "画上了句号",
        "画下了句号",
        "到此为止",
        "告一段落",
        "划上句号",
        "划下句号",
        "画了句号",
        "画上休止符",
        "画下休止符",
    )
)


# Leaving a vehicle, and not the company.
_VEHICLE = regex(
    r"地铁|公交|出租|打车|高铁|车站|站台|路口|司机|滴滴|班车|停车|两站|捎了|捎上|后备箱|靠边|轮渡|晕"
)
_SPAN_ENDS = regex(
    r"§的?[^,。§]{0,10}(?:年|月|天|日子|时代|篇章|章节|任期|履历|职业|时光|旅程|生涯|故事|征程|页|这章|岁月|青春|缘分|打工|班)[^。§]{0,12}$"
)


def finish(site: Site, marked: str) -> Reading:
    """Idioms that mean a departure only where the organisation stands near."""
    word, before = site.cue.stem, marked[max(0, site.start - 40) : site.start]
    around = before + marked[site.start : site.end + 20]
    span = _SPAN_ENDS.search(before)
    if "§" not in around or (word in _TOO_VAGUE and not span) or ROOM.match(before.rsplit("§", 1)[-1]):
        return None
    school = _NO_GRADUATE.match(marked, site.end) or _SCHOOL.search(marked, site.low, site.end + 12)
    if word == "为止" and _UNTIL_NOW.search(before):
        return None
    if word in ("下车", "下船") and _VEHICLE.search(marked, site.low, site.high):
        return None
    if word == "毕业" and re.search(
        r"(?:论文|模型|项目|课题|产品|学生|实习生|博士生|孩子|徒弟|闺女|儿子|女儿)[^,。§]{0,4}$", before
    ):
        return None
    if word == "结业" and re.search(r"(?:班|营|课|培训|计划)[^,。§]{0,3}$", before):
        return None
    if (word in ("毕业", "结业") and school) or _NOW_ONE_CAN.search(before):
        return None
    if (
        word in _ENDS_A_STORY
        and not span
        and not re.search(r"我|生涯|旅程|故事|时光|之旅|职业|征程|岁月", around)
    ):
        return None
    return people.subject(site, marked), "ours"


# 'Now I can retire in peace': what a happy author says.
_NOW_ONE_CAN = regex(r"可以(?:安心|放心|直接|原地|光荣|圆满)?地?$")
_UNTIL_NOW = regex(r"(?:目前|迄今|至今|到现在|截至[^,。]{0,6}|此)$")
_COMPANY = regex(
    r"了?(?:某|一家|另一家|一个|隔壁|友商|竞争对手)?[^,。;!?§¤\s]{0,8}?(?:科技|公司|集团|智能|机器人|实验室|大学|大厂|研究院|资本|网络|芯片|初创|友商|对手|竞对)(?:公司)?|了?(?:别家|别处|下家|对家)(?:公司|大厂)?(?=了|[,。!?;]|$)"
    r"|了? ?[a-z][a-z0-9]{2,15}(?: (?:compute|labs?|ai|robotics|systems|research|technologies))?(?= ?(?:[,。!;?\n]|$|担任|任|出任|当|做))"
)
_EVENT = regex(
    r"群|直播|节目|播客|讨论|会议|论坛|大会|评委|podcast|panel|workshop|slack|discord|twitter|顾问|董事"
)


def _company_name(words: str) -> str | None:
    """The name of an organisation by its make, at the start of words in which ours stands as a sign."""
    m = _COMPANY.match(words)
    return m.group() if m and not _EVENT.search(m.group()) else None


_INSIDE = regex(r"[^,。]{0,8}(?:办公|组|部|线|赛道|业务|方向|分部|园区)")
_JUMPS = ("跳", "转", "投")
_EARLIER = regex(
    r"曾|当年|之前|此前|以前|早年|毕业后|入职前|如果|要是|假如|参观|出差|开会|面试|旅游|讲座|采访"
)
_JOINED = regex(
    r"了?(?:研究院|公司|那边|大模型|种子|seed|集团|总部)?(?:[,。!;?\n\" ]|$|担任|任|出任|负责|带|当|做|的|后|啊|呀|吧|吗|嘛|啦|这|是|怀抱|麾下|就职|上班|报到|首日|首周|第一天|了)"
)


def elsewhere(site: Site, marked: str) -> Reading:
    """Somebody who has gone to another company: whoever jumps, else a person who is known to be ours."""
    word = site.cue.stem
    after = marked[site.end : site.end + 24]
    from_us = re.search(r"从§+[^,。§]{0,4}$", marked[site.low : site.start])
    if from_us and word.startswith(("转战", "转投", "投身", "跳")) and not _INSIDE.match(after):
        return people.subject(site, marked), "ours"
    name = (
        _named_in(word)
        or next((n for n in COMPANIES_ZH if after.removeprefix("了").startswith(n)), None)
        or _company_name(after)
    )
    begin = site.end + (after.startswith("了") and name in COMPANIES_ZH)
    rest = marked[site.end if _named_in(word) else begin + len(name or "") :]
    if name is None or not _JOINED.match(rest[:12]):
        return None
    clause = re.split(r"[,。;!?\n:]", marked[site.low : site.start])[-1]
    if (
        _EARLIER.search(marked[max(site.low, site.start - 10) : site.start])
        or "§" in re.split(r"[,。;!?\n]", rest[:6])[0]
    ):
        return None
    who = people.subject(site, marked)
    if word.startswith(_JUMPS) or "§" in clause:
        return who, "ours" if "§" in marked[site.low : site.high] else "open"
    return [m for m in who if m.watched and m.kind != "first"], "job"


def _named_in(word: str) -> str | None:
    """The company whose name ends a cue such as '去字节'."""
    return next((n for n in (*COMPANIES_ZH, "大厂") if word.endswith(n)), None) or (
        word if word[-1].isascii() else None
    )


_TERM = regex(
    r"了?(?:自己)?(?:和|与|跟|同|在)?了?(?:§+|公司|本公司|集团)[^,。!?;]{0,14}?(?:合约|合同|关系|旅程|生涯|任期|任职|征程|时光|日子|工作(?!坊|营|会)|打工|缘分|服务|雇佣|聘用|全职|岁月|合作关系|章节|履职)|(?:和|与|跟)?(?:公司|§+)?(?:劳动关系|劳动合同|雇佣关系|聘任)"
)


def ends(site: Site, marked: str) -> Reading:
    """'ended the contract with ORG', 'ended six years at ORG'."""
    after = marked[site.end : site.end + 34]
    if not _TERM.match(after) or POSTING.match(after):
        return None
    return people.subject(site, marked), "ours"


# 'left a comment', 'left the beta chat', 'leaves the meetup early for the airport'.
_NO_JOB = regex(
    r"(?:群|会议|评论|comment|message|聊天|a |an )|了?(?:一|两|三|几|好)?[个条句份张篇段] ?|[^,。!?§]{0,12}(?:群|频道|会议室|聊天|slack|discord|channel|chat)"
)
_OUTING = regex(r"meetup|聚餐|会场|赶飞机|赶高铁|赶车|接娃|接孩子|party|会议室|早退")


# Somebody of another house, of whom a person tells: 'X 转了 OTHER 某人的 leaving post'.
_HOUSE = regex(rf"(?<![a-z])(?:{'|'.join(sorted(COMPANIES))})(?![a-z])|{'|'.join(COMPANIES_ZH)}|某")


def mixed(site: Site, marked: str) -> Reading:
    """An English verb of leaving in a Chinese sentence: 'X 正式 quit 了 ORG'."""
    before, after = marked[site.low : site.start].rstrip(), marked[site.end : site.high].lstrip()
    if marked[site.end : site.end + 1].isascii() and marked[site.end : site.end + 1].isalpha():
        return None
    if site.start and marked[site.start - 1].isascii() and marked[site.start - 1].isalpha():
        return None
    if before and before[-1].isascii() and before[-1].isalpha() and before[-1] != "¤":
        return None
    tail = re.split(r"[,。;!?\n]", before)[-1].rsplit("¤", 1)[-1]
    if "§" not in tail and _HOUSE.search(tail):
        return None
    chinese = re.search(r"[\u4e00-\u9fff]$", before) or re.match(r"[\u4e00-\u9fff]", after)
    if not chinese or _NO_JOB.match(after) or _OUTING.search(marked, site.low, site.high):
        return None
    if site.cue.stem == "run" and not (
        re.match(r"了?路?了?[,。!? ]*(?:$|[,。!?])", after) and re.search(r"从 ?§+$|¤[^,。]{0,3}$", before)
    ):
        return None
    if site.cue.stem in ("quit", "leave", "left", "exit") and not re.match(
        r"(?:了|掉)?[ ,]*(?:from |the )?(?:§|吧|吗|去|的|这|是|confirmed|for |[^\x00-\x7f])|了[,。!? ]*$|了[,。!]",
        after,
    ):
        return None
    ours = re.search(r"§+", after[:16])
    if joins_us(site, marked) or (ours and ROOM.match(after[ours.end() :])):
        return None
    return people.subject(site, marked), "ours" if "§" in before + after[:12] else "open"
