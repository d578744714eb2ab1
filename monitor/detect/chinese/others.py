"""What a Chinese verb of leaving says of somebody else, of something else, or of an evening."""

from __future__ import annotations

import re

from ..events import Site
from ..regex import regex
from ..vocabulary import COMPANIES_ZH, words
from .places import CLUB
from .words import NOUN_AFTER

_ELSEWHERE_BEFORE = regex(
    r"[^,。§]{0,8}(?:大学|学校|学院|中学|小学|银行|医院|法院|政府|律所|出版社|报社|电视台|乐团|球队|剧团)"
)


def of_others(site: Site, marked: str, clause: str, after: str) -> bool:
    """Is it another post, a club, a subject of talk, or somebody who is not named?"""
    word = site.cue.stem
    if word in _TO_ELSEWHERE and not _ELSEWHERE.match(marked[site.end : site.high]):
        return True
    if _ELSEWHERE_BEFORE.match(after[:14]) or _OF_OTHERS.match(marked, site.end):
        return True
    if CLUB.search(re.split(r"[,。;!?\n]", after)[0]) or CLUB.search(clause[-12:]):
        return True
    if "§" in marked[site.end : site.high] and _PLAY.search(marked, site.end, min(site.high, site.end + 16)):
        return True
    taken = (
        re.search(r"把([^,。]{1,14})$", clause) if word in ("撤了", "辞掉", "辞了", "退了", "卸下") else None
    )
    if taken and not re.search(r"工作|职|老板|公司|东家|鱿鱼|工位|铺盖|§$", taken.group(1)):
        return True
    if word in ("卸下", "卸下了") and not _OFFICE.match(after):
        return True
    if word in ("辞去", "辞掉") and "§" not in after and not re.search(r"职|负责人|工作|ceo|cto", after):
        return True
    return after.lstrip('"”」').startswith(NOUN_AFTER) and not word.endswith("的")


def of_the_evening(site: Site, marked: str, clause: str) -> bool:
    """Is it a party, a stage, a last bus that is left?"""
    word = site.cue.stem
    if word in ("挥手告别", "挥手作别", "拜别", "谢幕") and _STAGE.search(marked, site.low, site.high):
        return True
    if word.endswith(_LAST_SPAN) and not re.search(r"[§¤他她]+的$", clause):
        return True
    if word.startswith("最后") and re.search(
        r"(?:今年|本年|本周|本月|今天|这周|年度|年前|节前|这个?月|这一年)[的]?$", marked[: site.start]
    ):
        return True
    if word.startswith(("最后", "最终", "倒数", "站好")):
        return _LAST_OF.search(marked, max(site.low, site.start - 14), site.end + 10) is not None
    if word in ("离场", "下台") and (
        clause.endswith(("走", "提前", "先行")) or not re.match(r"[,。!?]|后|$", marked[site.end :])
    ):
        return True
    return word in _CASUAL and _SOCIAL.search(marked, max(site.low, site.start - 24), site.start) is not None


_OFFICE = regex(r"了?[^,。]{0,14}?(?:职|任|担子|帅印|负责|岗|lead|头衔|一号位|工牌|§)")
# A quoted word that names a thing: a tool, a game.
TITLED = regex(
    r"[^,。\"」』]{0,6}[\"」』》]的?(?:小?工具|插件|功能|游戏|表情包?|模板|系列|专栏|主题|项目|彩蛋|课|歌|文章|程序|脚本|按钮|贴纸|两个字|二字|这个词|一词|这两个字|这俩字|周边|梗|段子|小说|短片|电影|播客|标签|话题|环节)"
)
# 'a colleague who left long ago': somebody else, who is not named.
_OF_OTHERS = regex(
    r"(?:了|很久|已久|多年|[^,。!?¤的]{0,3})的(?:前)?§*(?:同事|员工|人(?!是|物|心|¤)|朋友|工程师(?!¤)|研究员(?!¤)|同学|小伙伴|高管(?!¤)|朋友们|骨干(?!¤))(?!¤)"
)
# Only "X's last week" and "the last week at ORG" tell something.
_LAST_SPAN = ("一周", "一个月", "一星期", "一顿饭", "一餐", "一顿", "一晚")
# Games and feasts, of which a word of leaving may speak behind it.
_PLAY = regex(r"健身房|运动会|跑团|接力|减肥|单身|新郎|伴郎|字面意思|马拉松|斗地主")
# A farewell of an evening.
_STAGE = regex(r"发布会|演出|典礼|直播|论坛|晚会|音乐会|巡演|球迷|观众|晚宴|年会")
# The last day or bus of something else.
_LAST_OF = regex(
    r"租约|搬家|老办公室|旧办公室|飞机|地铁|航班|公交|高铁|轮渡|巴士|假期|年假|长假|春节|国庆|大会|展会|峰会|训练营|夏令营|黑客松|黑客马拉松|比赛|报名|优惠|免费|促销|打折|活动|投稿|deadline|截止|申报|考试|课程|出差|旅行|度假|隔离|展览|展期|试用|实习|内测|公测|直播|值班|发言|学期|寒假|暑假|双11|618"
)
# 'slipped away' from a party or a chat, and not from the job.
_CASUAL = words(
    "走人 溜了 溜得 溜之大吉 撤了 撤得 闪人 闪了 闪人了 开溜 离场 下台 润了 跑路 落跑 滚蛋 出局 退位"
)
_SOCIAL = regex(
    r"收工|大会|散场|红包|群里|群聊|吃完|喝完|开完会|开会|下班|会上|饭局|酒局|发完|讲完|早退|合影|签到|拍照|现场|酒店|机场|电梯|健身|外卖|发布会|散会|聚餐|团建|直播|签售|路演|答辩|圆桌|展台|报告|会议室|游戏|比赛|淘汰"
)
_TO_ELSEWHERE = frozenset(("转投", "改投", "另投", "转会"))
_ELSEWHERE = regex(
    r"了? ?(?:[a-z]|[,。!?;\n]|$|了|[^,。!?;§]{0,10}(?:公司|科技|智能|实验室|研究院|大学|高校|学界|学术|创业|门下|阵营|麾下|友商|对手|竞对|大厂|资本|基金|机器人|初创))|"
    + "了? ?(?:"
    + "|".join(COMPANIES_ZH)
    + ")"
)
