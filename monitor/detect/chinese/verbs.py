"""Chinese verbs and idioms of leaving: who is said to go, and what they leave."""

from __future__ import annotations

import re

from ..events import Reading, Site
from ..regex import regex
from ..vocabulary import OTHER_UNITS_ZH, words
from . import people
from .others import TITLED, of_others, of_the_evening
from .places import CLUB, MOVED, POSTING, ROOM, joins_us, names_other

_OBJECT = regex(
    r"[—….\-]{0,6}了?(?:效力|工作|供职|任职|奋斗|待|服务)?(?:了?[一二三四五六七八九十两多\d]{1,3}年)?的?[\"“「@ ]{0,2}(?:了?原?(?:所在)?的?)?(?P<ours>§+)|"
    r"了?(?:公司(?![^,。的]{0,8}(?:队|群|协会|俱乐部|食堂|宿舍|大楼|年会|邮箱|班车|社|健身房|内网|论坛|合唱团|乐队|楼|门口|大门|园区))|团队(?!群|建)|團隊|大厂|大廠|老东家|老東家|岗位|崗位|职位|職位|职务|职场|实验室|部门|项目组|东家|任职|这家公司|这个团队|核心团队|管理层|一线)"
)


_OPEN = regex(
    r"(?:第|以后|以前|那天|那|啊|呀|已成|得|也|都|就|而|去|回|以|转|改|自|单|创|加|到|了|啦|后|後|之后|之後|前|之前|的|时|時|已|吗|嗎|吧|呢|是|这|對|对|一事|消息|传闻|背后|原因|以来|(?:我们|咱们|我們)(?=[,。!?]|$)|让|讓|，|[\W_]|§|¤|$)"
)


_PLACE_AFTER_LE = regex(
    r"了?(?:会场|會場|现场|座位|台|舞台|房间|中国|北京|上海|杭州|深圳|美国|这个世界|世界|人世|我们的世界|群|城市|那个)"
)


def verb(site: Site, marked: str) -> Reading:
    """The subject leaves; a person right behind 'who left' is meant first."""
    before, after = marked[site.low : site.start], marked[site.end : site.end + 24]
    clause = re.split(r"[,。;!?\n:]", before)[-1]
    if names_other(clause, site) or joins_us(site, marked) or MOVED.search(marked, site.end, site.high):
        return None
    if (
        TITLED.match(marked, site.end)
        or of_others(site, marked, clause, after)
        or of_the_evening(site, marked, clause)
    ):
        return None
    if site.cue.rule == "zh.verb.walk_out" and _SOME_DAYS.match(
        marked, site.end, min(len(marked), site.end + 40)
    ):
        return None
    far = _DAY_OF.match(marked, site.end, site.high) if "¤" not in clause else None
    if far:
        who = people.behind(site._replace(end=far.end()), marked)
        if who:
            return who, "ours" if "§" in marked[site.low : site.high] else "open"
    of = re.match(r"了?的", after)
    if of:
        who = people.behind(site._replace(end=site.end + of.end()), marked)
        if who:
            return who, "ours" if "§" in marked[site.low : site.high] else "open"
        if _SOMEBODYS.search(before) or (
            _WITH_ONE.search(before) and not _ABOUT.match(marked, site.end + of.end())
        ):
            return None
    return people.subject(site, marked), "ours" if "§" in before[-40:] or re.match(r"了?§", after) else "open"


# 'who on the day that they left still mended it for us, X'
_DAY_OF = regex(
    r"(?:前|后|当天|那天|当晚|之前|之后|以后|时)[^,。;!?¤]{0,36}的(?:那位|那个|那名|这位|前)?(?=¤)"
)
# 'took his bag and went - to the sea, for ten days'
_SOME_DAYS = regex(
    r"[^。!?;\n¤]{0,14}?(?:(?:去|到|飞|回)[^,。¤§]{1,8}(?:玩|浪|逛|歇|住|待|旅游|旅行|度假)[^,。]{0,2}(?:[一二两三四五六七八九十几半\d]+[天日周]|个?周末)|[休请]了?[^,。]{0,3}(?:年假|假(?!装))|度假|(?:周[一二三]|下周[一二三]?|节后|过完节)[^,。]{0,4}(?:回来|见|照常|接着|上班))"
)
# 'had dinner with somebody who has left'
_WITH_ONE = regex(r"(?:和|跟|与|同|给|找|请|问|采访|面试|约|见|见了|见到|遇到|碰到)[^,。¤§]{0,8}$")
_ABOUT = regex(
    r"时候|时|消息|原因|那天|事|决定|传闻|想法|打算|念头|流程|手续|具体|细节|真相|当天|第|日子|后果|影响|证据|理由"
)
_SOMEBODYS = regex(r"(?:接替|接任|为|给|替|帮|送|致|留|面试|采访|问)(?:已|刚刚|刚)?$")
# Leaving the building for the day, and not the organisation.
_CLOCK = regex(
    r"几点|[一二三四五六七八九十\d]点(?:[半多钟整]|就|才|,|$)|下班|早退|打车|地铁|班车|锁门|关灯|停车场|楼下等"
)


# 'leaves ... the breakfast chat': three dots, and then something small.
_TWIST = regex(
    r"了?§*[ \"]*(?:\.{2,}|…+)[^。]{0,12}?(?:[那这](?:把|张|间|座|条|件|款|双|台|辆|副|盏|只|部|杯|碗|盘|床|顶)|群|赛|减肥|微博|游戏|会员|窗口|食堂|单身|榜|频道|歌单|排位|聊天|队|宿舍|床|被窝|购物车)"
)
_BYE = words("告别 挥别 作别 再见 再会 拜拜 掰掰 bye 撒由那拉 阔别 惜别 说再见 走出")


# 'I have to leave ORG for a week'
_FOR_DAYS = regex(
    r"(?:§+|公司)?(?:[一二两三四五六七八九十几半\d]+(?:天|周|个?星期|个?小时|分钟)|一会儿?|一下|一阵子?|一段时间|片刻)(?!了|后|前|多|来|以|之|内|的时|就)"
)
_MUST = regex(r"(?:要|会|得|将|先|暂时|暂|需要|打算|准备)(?:再|先)?$")


def go(site: Site, marked: str) -> Reading:
    """The subject goes; what is left must be the organisation or the job, or nothing may be named."""
    after = marked[site.end : site.end + 30].lstrip()
    if re.match(r"的(?:那|这)?一?(?:场|间|座|节|群|首|部|款|次直播|次会)", after):
        return None
    clock = _CLOCK.search(marked, max(site.low, site.start - 24), min(site.high, site.end + 24))
    if clock and "最后" not in marked[site.low : site.high]:
        return None
    if (
        site.cue.stem == "离开"
        and _FOR_DAYS.match(after)
        and _MUST.search(marked, max(site.low, site.start - 6), site.start)
    ):
        return None
    if site.cue.stem in ("退出", "离开", "脱离") and re.search(r"(?:可|能|得)$", marked[: site.start][-1:]):
        return None
    taken = re.search(r"把[^,。]{1,14}$", marked[site.low : site.start])
    if taken and CLUB.search(taken.group()):
        return None
    if _TWIST.match(after):
        return None
    if site.cue.stem == "出来的":
        who = people.behind(site, marked) if re.search(r"从§+$", marked[: site.start]) else []
        return (who, "ours") if who else None
    owned = re.search(r"¤+(?:老师|本人)?的$", marked[site.low : site.start])
    if (
        owned
        and site.cue.stem in ("离开", "退出")
        and not ROOM.match(after)
        and not _PLACE_AFTER_LE.match(after)
    ):
        return people.subject(site, marked), "ours" if "§" in marked[site.low : site.high] else "open"
    m = _OBJECT.match(after)
    if m:
        return _object_left(site, marked, after, m)
    if MOVED.search(marked, site.low, site.high):
        return None
    return _goodbye(site, marked, after) if site.cue.stem in _BYE else _nothing_named(site, marked, after)


def _object_left(site: Site, marked: str, after: str, m: re.Match[str]) -> Reading:
    """'left ORG', and 'X, who left ORG'."""
    rest = after[m.end() :]
    if m.group("ours") and re.match(r"的(?:前|原)?[^,。§¤]{0,8}¤", rest):
        begin = site.end + len(marked[site.end : site.end + 30]) - len(rest) + 1
        return people.behind(site._replace(end=begin), marked), "ours"
    if ROOM.match(re.sub(r"[.… ]+", "", rest)) or rest.startswith(OTHER_UNITS_ZH):
        return None
    return people.subject(site, marked), "ours" if m.group("ours") else "job"


def _goodbye(site: Site, marked: str, after: str) -> Reading:
    farewell = re.search(r"向[^,。¤]{0,6}¤+(?:老师|同学)?(?:正式|挥手)?$", marked[site.low : site.start])
    if (
        farewell
        and "¤" not in marked[site.low : site.low + farewell.start()]
        and "§" in marked[site.low : site.start]
    ):
        return people.subject(site, marked), "ours"
    if re.search(r"(?:和|跟|与|同|向)[^,。§¤]{1,12}$", marked[site.low : site.start]):
        return None
    alone = re.search(r"(?:^|[,。!?;:\"「\s])§+[,、 ]$", marked[: site.start])
    if alone and re.match(r"[,。!?~\s]|$", after):
        return people.subject(site, marked), "ours"
    near = re.match(r"[,!。 ~]{0,2}§", after) or re.search(
        r"§[^,。!?§:的]{0,10}$", marked[max(0, site.start - 16) : site.start]
    )
    if near is None or ROOM.search(near.group()):
        return None
    if not near.group().endswith("§") and not re.match(r"(?:了|后|之后|的(?!那)|时|[,。!?:\"\s]|$)", after):
        return None
    return people.subject(site, marked), "ours"


def _nothing_named(site: Site, marked: str, after: str) -> Reading:
    before = re.split(r"[,。;!?\n:]", marked[site.low : site.start])[-1]
    room = re.search(r"§+([^,。§]{1,8})$", before)
    if room and ROOM.match(room.group(1)):
        return None
    out_of = re.search(r"(?:从|由|自)§+[^,]{0,6}$", before)
    if site.cue.stem in ("退出", "脱离", "出来了", "出来啦") and not out_of:
        return None
    if _PLACE_AFTER_LE.match(after) or not _OPEN.match(after.removeprefix("了")) or names_other(before, site):
        return None
    return people.subject(site, marked), "ours" if re.search(r"§+[^,]{0,6}$", before) else "open"


# Who is away for some days 'goes' too.
_AWAY = regex(
    r"年假|休假|请假|请了[^,。]{0,6}假|病假|产假|婚假|育儿假|事假|探亲|度假|旅游|出差|培训|开会去|出国开会|打饭|厕所|洗手间|鞠躬|讲完|灯关|关灯|锁门|关门|下班|接孩子|接娃|赶飞机|赶高铁|赶地铁|吃饭去"
)
_HIMSELF = regex(r"(?:人|本人)(?:也|都|已经|已|早就|早|真|要|就)*")
# 'because of the money', between the one who goes and the verb.
_CAUSE = regex(r"(?:因为|由于|为了|因|为)[^,。§¤他她]{1,10}$")


def _reach(site: Site, marked: str) -> int:
    """How far an errand behind 'goes' is looked for: 'I have to go. To lunch.'"""
    denied = re.search("[没不未]", marked[max(site.low, site.start - 2) : site.end])
    return site.high if denied else min(len(marked), max(site.high, site.end + 24))


def _walks(site: Site, before: str, after: str, marked: str) -> bool:
    """Is it a way of walking, a word in quotes, or something taken away?"""
    if marked[site.start - 1 : site.start] in ('"', "「", "『") and after[:1] in ('"', "」", "』"):
        return True
    if re.match(r"了?[一二两三四五六七八九十几\d]+[张个件份本只条套把台瓶杯盒块]", after):
        return True
    if (
        site.cue.stem in ("走", "走的")
        and not re.match(r"的?(?:是|人是)", after)
        and not re.match(
            r"(?:[,。!?;\n\" )]|$|了|啊|呀|呢|哦|哈|嘛|后|是|吗|嗎|得(?:很|太|这么|那么|突然|匆|干脆|挺|真)|的(?:消息|传闻|事|那天)|不走)",
            after,
        )
    ):
        return True
    manner = re.search(r"[跑行逃出游带帶拿偷抢飞飛溜送好赶拐领撤退暴竞慢先奔叫]$", before) or re.match(
        r"(?:[一二三四五六七八九十两几半\d])+(?!天|周|个|年|月|日|小时|多|来)|路|秀|红|紅|势|勢|访|訪|廊|就是|走(?!停停|了)|的路|的流程|的程序|的弯|的道|的时候记得|向|进|出|下|上|回|销|资|稿|诉|展|离|帖|单|起来|过|到|在|神|心|一(?!年|周|个)",
        after,
    )
    return manner is not None


def walk(site: Site, marked: str) -> Reading:
    """'走' means leaving only right behind a person, and not as a way of walking."""
    before, after = marked[site.low : site.start], marked[site.end : site.end + 8]
    if _walks(site, before, after, marked):
        return None
    if _AWAY.search(marked, site.low, _reach(site, marked)) and not re.search(
        "还是|有人|说是", marked[site.low : site.high]
    ):
        return None
    taken = re.search(r"把[^,。]{0,8}?¤+(?:给|都|也|直接|硬生生|硬)*[^,。¤]{1,2}$", before)
    if taken and site.cue.stem == "走了":
        return people.behind(site._replace(end=site.low + taken.start() + 1), marked), "open"
    if re.search(r"(?:最后|头|第一|倒数第[一二三])个$|最晚$|最早$|提前$", before) and not re.match(
        r"的?(?:是|人)", after
    ):
        return None
    lab = re.search(r"§[^,。;:§¤他她]{0,4}$", before)
    if (
        lab
        and not re.search(r"(?:从|由|自|离|在|的)§+$", marked[: site.low + lab.start() + 1][-12:])
        and site.cue.stem.startswith(("走了", "走掉", "跑了", "走"))
    ):
        gone = people.behind(site, marked)
        if gone or re.match(
            r"了?(?:[一二两三四五六七八九十几俩仨\d]|个|位|名|不少|很多|好多)", marked[site.end :]
        ):
            return (gone, "ours") if gone else None
    listed = re.match(r"的?(?:是|人是|正是|那位是|就是)\s?", marked[site.end : site.high])
    if listed:
        who = people.behind(site._replace(end=site.end + listed.end()), marked)
        if who:
            return who, "ours" if "§" in before else "open"
    named = re.match(r"了?,(?=¤+(?:[,。!?]|$))", marked[site.end :])
    clause = re.split(r"[,。;:]", before)[-1]
    if named and "¤" not in before:
        who = people.behind(site._replace(end=site.end + named.end()), marked)
        return (who, "open") if who else None
    free = not clause or _HIMSELF.fullmatch(clause) or people.only_adverbs(clause) or _CAUSE.search(clause)
    who = people.subject(site, marked) if free else people.subject_close(site, marked)
    return (who, "open") if who else None


def state(site: Site, marked: str) -> Reading:
    after = marked[site.end : site.end + 20].lstrip()
    if POSTING.match(after) or MOVED.search(marked, site.low, site.high):
        return None
    if CLUB.search(re.split(r"[,。;!?]", after)[0]):
        return None
    if re.search("不[在来]", site.cue.stem) and _AWAY.search(marked, site.low, site.high):
        return None
    if site.cue.stem.startswith("不再") and site.cue.stem[-1] in "来去返回":
        if not re.match(r"§+(?:上班|返工|工作|打卡)?了?(?:[,。!?;~…]|$)", after):
            return None
    elif site.cue.stem.endswith("不来"):
        soon = re.search(
            r"(?:[今明后]天|今晚|周[一二三四五六日末]|下周|这周|[上下]午|晚上|最近|暂时|先)(?!起|开始)[^,。起]{0,3}$",
            marked[site.low : site.start],
        )
        if soon or not re.match(r"§+(?:上班|工作|干活|打卡|办公)?了(?:[,。!?;~…]|$)", after):
            return None
    elif site.cue.stem == "不在":
        m = re.match(r"(?:§+)(?!的?(?:群|会|办公室|总部|北京|上海))", after)
        if not m or not (
            re.match(r"[^,。!?]{0,6}了(?:[,。!?;]|$)|任职|工作|供职|上班", after[m.end() :])
            or re.search(r"已|早|都|再也", marked[site.low : site.start][-4:])
        ):
            return None
    elif not re.search(
        r"^[,。!]|^$|§|^(?:我们|咱们?)?的人了|负责人|员工|同事|一员|成员|职员|职务|主管|工作|训练|业务|日常|模型|代码|组|部|方向|技术|团队|ceo|cto|lead|职|一号位|掌门",
        after,
    ):
        return None
    return people.subject(site, marked), "ours" if "§" in after or "§" in marked[
        site.low : site.start
    ] else "open"
