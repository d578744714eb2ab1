"""Chinese departures by dismissal, loss, replacement or a former title; and those who stay."""

from __future__ import annotations

import re

from ..events import Reading, Site
from ..regex import regex
from ..vocabulary import OTHER_UNITS_ZH, words
from . import people
from .places import ROOM

_ADVERBS = regex(r"(?:直接|也|都|给|全|从|§|当场|突然|就这么|老师|同学|大佬|一起|连夜|悄悄|[\s\"”])*")

# 'driven mad by the model': no person and no company does it.
_THING_DOES = regex(
    r"(?:模型|产品|系统|编译器|评测|客服|算法|接口|机器人|bot|代码|甲方|孩子|老婆|导航|自己)[^,。]{0,4}$"
)

_NO_POACHING = regex(r"出|掘|苦|坑|空|坟|到|矿|料")
_NO_FRYING = regex(r"作|热|起|高|上|成|糊|火")
_BY = regex(
    r"(?:被|遭|给人|让人|叫人|让一家|让隔壁|让友商|让对手|给§+(?=[^,。被]{0,2}$))(?!迫)[^,。被]{0,16}$"
)
_SACKED = ("炒", "辞退", "解雇", "解聘", "开除", "优化", "劝退", "清退", "裁了", "裁掉", "扫地", "踢")
# Words that need a passive or 'takes X' before them: their object may be anything.
_BARE = words("开了 请出 优化 裁员 免职 撤职 拿下")

# 'Hired away to ORG'.
_BROUGHT_TO_US = regex(r"(?:角|墙角|脚)?(?:来|到|去|进|进了|到了|来了|去了)§")


def out(site: Site, marked: str) -> Reading:
    """Somebody is dismissed or poached: the subject of a passive, else the object."""
    word, before, after = site.cue.stem, marked[site.low : site.start], marked[site.end : site.high]
    if (word.endswith("挖") and (_NO_POACHING.match(after) or _BROUGHT_TO_US.match(after))) or (
        word == "被炒" and _NO_FRYING.match(after)
    ):
        return None
    if word == "裁" and not re.search(r"(?:被|遭)[^,。总剪仲体独副]{0,14}$", before):
        return None
    if ROOM.match(re.sub(r"^(?:了|出)?§+", "", after[:16])):
        return None
    scope = "ours" if "§" in marked[site.low : site.high] else "open"
    passive = _BY.search(before)
    if passive and (not passive.group().startswith("给§") or word.startswith(_SACKED)):
        return _passive(site, marked, passive, after)
    whose = re.match(r"(?:走|掉|了)*的(?=[^,。]{0,12}¤)", after)
    if whose and word.startswith(("被", "遭", "惨遭")):
        who = people.behind(site._replace(end=site.end + whose.end()), marked)
        if who:
            return who, scope
    sacks = word.startswith("炒") and re.match(r"(?:掉|了)?(?:§+|公司|老板|东家)", after)
    if sacks or (len(word) > 1 and word.startswith(("被", "遭", "获", "惨遭", "给"))):
        return people.subject(site, marked), "open"
    if word.endswith("到我"):
        return people.left_out(site, marked), "open"
    link = re.match(r"(?:走|掉|了|的|到)*(?:是|正是|竟是|居然是)", after) or re.match(
        r"[^。¤]{0,10}?,?(?:名单(?:上|里|中)?|其中)(?:赫然)?(?:有|包括|就有|出现了?|写着|列着)", after
    )
    if link:
        who = people.behind(site._replace(end=site.end + link.end()), marked)
        return (who, scope) if who else None
    return _taken(site, marked, before, scope)


# 'X broke the rules and is to be dismissed'
_SENTENCED = regex(r"(?:予以|给予|作出|做出|处以)(?:了)?(?:立即|直接)?$")
_IN_VAIN = regex(r"失败|未果|无效|无果|不成|没成功?")
_NO_SACKING = regex(r"工人|职工|员工|女工|再就业(?:中心|培训)|潮|证|津贴|[的者]")


def off_duty(site: Site, marked: str) -> Reading:
    """'is out of work': who is named, or writes 'I', and not a model that is switched off."""
    if _NO_SACKING.match(marked, site.end):
        return None
    clause = re.split(r"[,。;!?\n]|(?<!\d):", marked[site.low : site.start])[-1].removesuffix("光荣")
    own = re.search(r"[我¤]|本人", clause)
    bare = not clause or people.only_adverbs(clause)
    if re.search(r"[让把叫使令][^,。¤]{1,8}$", clause) or not (own or bare):
        return None
    who = people.subject(site, marked)
    return [m for m in who if m.start < m.end or own], "ours" if "§" in marked[
        site.low : site.high
    ] else "open"


def _passive(site: Site, marked: str, by: re.Match[str], after: str) -> Reading:
    """'X is dismissed by ORG', 'dismissed by ORG was X'."""
    if _THING_DOES.search(by.group()):
        return None
    whose = re.match(r"(?:走|掉|了)*的", after)
    who = people.behind(site._replace(end=site.end + whose.end()), marked) if whose else []
    return who or people.subject(site._replace(start=site.low + by.start()), marked), "open"


def _taken(site: Site, marked: str, before: str, scope: str) -> Reading:
    """'takes X away', 'takes the boss's place away' (and so leaves), or 'took X'."""
    if re.search(r"(?:把|将)(?:§+|公司|老板|东家|老东家)(?:直接|也|都|给)*$", before):
        return people.subject(site, marked), scope
    taken = re.search(r"(?:把|将)([^,。被]{1,14})$", before)
    if taken:
        who = people.behind(site._replace(end=site.low + taken.start() + 1), marked)
        if not who or not _ADVERBS.fullmatch(marked[who[-1].end : site.start]):
            return None
        return who, scope
    behind = people.behind(site, marked)
    if not behind and _SENTENCED.search(before):
        return [m for m in people.subject(site, marked) if m.kind in ("name", "third")], scope
    return None if site.cue.stem in _BARE else (behind, scope)


def lose(site: Site, marked: str) -> Reading:
    who = people.behind(site, marked)
    if site.cue.stem == "挽留" and not (who and _IN_VAIN.match(marked, who[-1].end)):
        return None
    return who, "ours" if "§" in marked[site.low : site.high] else "open"


_TRANSFER = regex(
    r"休假|升任|晋升|荣升|提拔|升职|升为|调任|转岗|调往|兼任|高升|升迁|轮岗|请假|产假|病假|陪产|婚假|暂时|临时|代为主持|出差|访学|住院|手术|养病|坐月子|例会|周会|值班|轮值|替班|代班|主持人|读书会|评委|直播间|站会"
)

# 'Y, who took over the team': behind the cue stands the successor.
_HEIR_OF = regex(r"^(?![^¤]*(?:离|辞|卸|前|原|走))[^,。¤]{0,8}的$")


def replace(site: Site, marked: str) -> Reading:
    before = marked[site.low : site.start]
    if _TRANSFER.search(marked[site.low : site.high]) or re.search(
        "主持|直播|播客|连麦|圆桌|出席|发言|演讲", marked[site.end : site.high]
    ):
        return None
    m = re.search(r"(?:由|被)[^,。由被]{1,14}$", before)
    after = people.behind(site, marked)
    if after and _HEIR_OF.search(marked[site.end : after[0].start]):
        return None
    if m and after:
        return after, "ours" if "§" in marked[site.low : site.high] else "open"
    if m:
        return people.subject(site._replace(start=site.low + m.start()), marked), "open"
    return people.behind(site, marked), "ours" if "§" in marked[site.low : site.high] else "open"


# 'the place that X left empty'
_LEFT_EMPTY = ("空出", "腾出", "让出", "留下")
_TAKES = regex(
    r"(?:接(?:任|手|替|过|下|了|管|掌|班)?|顶(?:替|了|上)?|坐(?:上|了)?|补|填|填补|取代|继承|代理|暂代)了?$"
)

_IN_OFFICE = regex(
    r"负责人|岗|位|主管|lead|一栏|署名|接口人|owner|组长|老大|头衔|掌门|一号位|总监|经理|审批人|汇报|上级|管理员|主持"
)


def swap(site: Site, marked: str) -> Reading:
    """'the head of ORG changes from X to Y': X is gone from the post."""
    m = re.search(
        r"(?:由|从|把)[^,。;¤]{0,10}¤+(?:老师|同学)?(?:正式|已经?|悄悄|悄然|直接)?$",
        marked[site.low : site.start],
    )
    if (
        m is None
        or not _IN_OFFICE.search(marked, site.low, site.end + 12)
        or _TRANSFER.search(marked, site.low, site.high)
    ):
        return None
    who = [
        one
        for one in site.scene.mentions
        if one.kind == "name" and site.low + m.start() <= one.start < site.start
    ]
    return (who[-1:], "ours" if "§" in marked[site.low : site.high] else "open") if who else None


def post(site: Site, marked: str) -> Reading:
    """'Y takes X's place', 'X's place goes to Y'."""
    owner = [m for m in site.scene.mentions if m.end == site.start and m.key]
    if not owner or _TRANSFER.search(marked[site.low : site.high]):
        return None
    after = marked[site.end : site.end + 16]
    takes = _TAKES.search(marked[max(site.low, owner[0].start - 4) : owner[0].start])
    given = re.match(
        r"(?:已经|已|暂时|暂|将|会|要|就)?(?:由|让|给|归|交给|交到|有人接|空着|空了|空缺|空出|没人接|谁来接|谁接|悬空|招人|挂出)",
        after,
    )
    named = re.match(
        r"(?:已经?|面试|面到|正在|是|为|:|叫|人选|名单|浮出|敲定|未定|还没定|尚未|已定|上任|到任|到岗|来自)",
        after,
    )
    left = site.cue.stem.removeprefix("的").startswith(_LEFT_EMPTY)
    heir = left or site.cue.stem in (
        "的接替者",
        "的接替人",
        "的继任者",
        "的接班人",
        "的继任",
        "的继任人选",
        "的接任者",
        "的空缺",
        "的遗缺",
    )
    if not (takes or given or left or (heir and (named or not after or after[0] in ",。!?"))):
        return None
    if left and re.match(r"(?:很|也|都)?(?:大|小|脏|乱|臭)|上(?!个?[月周])|旁|边", after):
        return None
    if given and "工作" in site.cue.stem:
        return None
    return owner, "ours" if "§" in marked[site.low : site.high] else "open"


# Letters with which 前 means "before" or "ahead", and not "former".
_NOT_FORMER = frozenset("目之以此日先提空年月天周眼当生从超跟面走职開开")
_NOW_CALLED = regex(
    r"(?:改成|改为|换成|写着|挂着|标着|标注|变为|写的是|是|成了|成为|变成|变回|沦为|¤[,(])[ \"“「『【(‘']?$|简介|簡介|主页|主頁|签名|bio|资料|認證|认证|linkedin"
)


def former(site: Site, marked: str) -> Reading:
    """'前ORG负责人X', 'X, 前ORG成员', or a description that now says '前ORG'."""
    m = re.match(r"§+(?!实习|用户)", marked[site.end : site.end + 24])
    before = marked[site.start - 1 : site.start]
    if m is None and before == "§":
        titled = re.match(
            r"(?:的)?[^,。§¤]{0,8}(?:员|人|师|家|主管|总监|裁|官|骨干|高管)¤",
            marked[site.end : site.end + 16],
        )
        return (people.behind(site, marked), "ours") if titled else None
    if m is None or before in _NOT_FORMER:
        return None
    begin = site.end + m.end()
    if marked[begin:].startswith(OTHER_UNITS_ZH):
        return None
    who = people.behind(site._replace(end=begin), marked)
    if who:
        return who, "ours"
    called = _NOW_CALLED.search(marked[site.low : site.start])
    return (people.subject(site, marked), "ours") if called else None


def stay(site: Site, marked: str) -> Reading:
    after = marked[site.end : site.end + 16].lstrip()
    word = site.cue.stem
    if word in ("留任",):
        return people.near_subject(site, marked), "open"
    if word in ("仍为", "仍是", "仍系", "依然是", "依旧是") and re.match(
        r"[^,。]{0,8}(?:负责人|主管|一号位|总监|lead|掌门)", after
    ):
        near = marked[max(0, site.low - 20) : site.high]
        return people.near_subject(site, marked), "ours" if "§" in near else "open"
    if word in ("还是", "仍是", "仍为", "仍系", "依然是", "仍然是", "依旧是"):
        return (
            (people.near_subject(site, marked), "ours")
            if re.match(
                r"(?:我们|咱们)?§+[^,。]{0,8}(?:负责人|一号位|员工|人|lead|主管|成员|老大|头|掌门)", after
            )
            else None
        )
    if word == "留下":
        return (
            (people.near_subject(site, marked), "open")
            if re.match(r"(?:来|來)?(?:了)?(?:[,。!]|$)", after)
            else None
        )
    if word == "还在" and re.match(r"[,。!;]|$", after) and "§" in marked[max(0, site.low - 100) : site.high]:
        return people.subject_close(site, marked), "open"
    if word.endswith("任") and re.match(r"[^,。!?]{0,12}(?:负责人|主管|一号位|lead|总监|掌门|领头)", after):
        return people.near_subject(site, marked), "ours" if "§" in marked[
            max(0, site.low - 20) : site.high
        ] else "open"
    m = re.match(r"(?:§+|公司|团队|岗|工位|办公室|座位(?!上?没))", after)
    if m is None or ROOM.match(after[m.end() :]):
        return None
    return people.near_subject(site, marked), "ours"


def back(site: Site, marked: str) -> Reading:
    after = marked[site.end : site.end + 12]
    if site.cue.stem in ("撤回了", "撤了回来", "撤回去", "收回了", "撕了", "撕掉", "撕毁"):
        letter = re.search(
            "辞职信|辞呈|离职[单信]|辞职|离职申请|离职报告"
            if "撕" in site.cue.stem
            else "信|辞|离职|申请|报告|呈",
            marked[site.low : site.end + 8],
        )
        return (people.near_subject(site, marked), "open") if letter else None
    if re.search("辞|离职|去意", site.cue.stem):
        return people.near_subject(site, marked), "ours" if "§" in marked[site.low : site.high] else "open"
    if site.cue.stem.endswith("回来了"):
        left = re.search(r"离开|离职|辞|走了|走的|跑路|离任", marked)
        return (
            (people.near_subject(site, marked), "open")
            if left and "§" in marked[max(0, site.low - 30) : site.high + 30]
            else None
        )
    if not re.match(
        r"(?:到|了|来)?了?(?:老东家|团队)?§+(?!§|的?(?:日常|正题|话题|本质|生活))", after
    ) or re.search(r"休假|假期|出差|旅行", marked[site.low : site.start]):
        return None
    return people.near_subject(site, marked), "ours"
