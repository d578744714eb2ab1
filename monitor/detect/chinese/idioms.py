"""Chinese readers of idioms: those that need the organisation near, farewell meals, hints."""

from __future__ import annotations

import re

from ..events import Reading, Site
from ..regex import regex
from ..scene import LONG
from . import people
from .places import MOVED

_REACH = 48


def ours_near(site: Site, marked: str) -> bool:
    """Is the organisation named in the sentence or the ones beside it?"""
    return "§" in marked[max(0, site.low - _REACH) : site.high + _REACH]


_NOT_QUIT = regex(r"活|净|净|涉|扰|预|掉|杯|不净|系|部")
_GIFT = regex(r"新年|春节|中秋|端午|开工|入职|节日|生日|七夕|福利|抽奖|圣诞|会员")


def near(site: Site, marked: str) -> Reading:
    """Idioms that mean a departure only where the organisation is named beside them."""
    word, after = site.cue.stem, marked[site.end : site.end + 8]
    around = marked[max(site.low, site.start - 16) : site.end + 10]
    if word == "不干" and _NOT_QUIT.match(after):
        return None
    if word == "分手" and _LOVE.search(marked, max(0, site.low - 20), min(len(marked), site.high + 20)):
        return None
    if word in ("大礼包", "n+1") and (_GIFT.search(around) or "被" in after[:2]):
        return None
    if MOVED.search(marked, site.low, site.high + 40) or _ON_LEAVE.search(marked, site.low, site.high):
        return None
    if len(marked) > LONG and not site.scene.named(site.low, site.high):
        return None
    if word == "最后一次" and not re.match(
        r"(?:从§|以§|刷§|走出|刷开|走进|踏出|[^,。]{0,6}(?:打卡|下班|刷工牌|刷卡))",
        marked[site.end : site.end + 16],
    ):
        return None
    if word in ("任教", "回学校", "去高校", "回高校", "在谈") and re.search(
        r"曾|之前|此前|讲座|客座|招聘|宣讲|演讲|交流", around
    ):
        return None
    if word == "先走一步" and not _FAREWELL.search(marked, max(0, site.start - 40), site.end + 12):
        return None
    if word.endswith("别家") and not _FOR_A_JOB.match(marked, site.end):
        return None
    if not ours_near(site, marked) and not site.scene.author_watched:
        return None
    return people.subject(site, marked), "ours" if "§" in marked[site.low : site.high] else "open"


# With 'I go ahead' a letter of farewell, and no way home.
_FAREWELL = regex(
    r"(?:内部|告别|公开|全员|离职|辞职|感谢)信|(?:告别|离职)(?:邮件|长文|贴|帖)|(?:感谢|谢谢|再见|再会|保重)[,,]?§|§[^,。]{0,8}(?:保重|珍重|再见|再会)|江湖|珍重|各位保重|后会有期|办完手续|交了工牌|离开"
)
# 'to another house': to work there, and not to dine.
_FOR_A_JOB = regex(
    r"(?:公司|大厂|那边)?(?:上班|高就|发展|干|做|当|任职)?了?(?:吗|吧|的(?:传闻|消息|说法))?(?:[,。!?;\n]|$)|(?:公司|大厂)?(?:上班|高就|发展|任职)"
)
_LOVE = regex(
    r"§(?:楼下|门口|食堂|旁边|附近|对面|隔壁)|女友|男友|女朋友|男朋友|对象|恋|感情|情侣|老婆|老公|老板娘|前任|婚|被甩|情人|cp"
)
# What happens to a badge or a letter when its owner goes.
_THING_GONE = regex(
    r"(?:的照片)?[\"”」』]?(?:也|都|已经|已|刚|刚刚|全|早就|今天|昨天|昨晚|今早|今晚|下午|上午|中午|周[一二三四五六日]|[一二三四五六七八九十\d]+[月日号点]|终于|被|就|便|突然|忽然|居然|直接|和[^,。!?]{1,6}|跟[^,。!?]{1,6}|、[^,。!?]{1,6}|,?电脑|正式| |我|他|她|¤|一并|统统|hr|给|向§|§)*"
    r"(?P<what>交(?!接|流|往|易|作业)|还(?!在|是|有|没|能|可|挂|写|要|原)|退|缴|上交|归还|收走|收回|回收|注销|失效|作废|剪|摘|办(?!公)|走完|批|准了|递|签|到手|拿到|下来|生效|return|拍在|甩|放在|放回|送达|寄|换了|坐了|给了|空|清|腾|搬|没人)(?!没|不)"
)
_GIVEN = regex(
    r"(?:交|还|退|缴|上交|归还|交还|交出|放回|留在|returned|return|handed in|turned in|handed back|gave back|handed over|turned over|surrendered|submitted|tendered)(?:了|出|回|掉|完| )*(?:my |the |我的|他的|她的|自己的|那张|张|这张|§+的|§+| )*$"
)
_THINGS = {
    "zh.idiom.badge": "交 还 退 缴 上交 归还 收走 收回 回收 注销 失效 作废 剪 摘 return 拍在 放在 放回 甩",
    "zh.idiom.letter": "交 办 走完 批 准了 递 签 到手 拿到 下来 生效 拍在 甩 送达 寄",
    "zh.idiom.seat": "换了 坐了 给了 空 清 腾 搬 没人",
}


_FAKE = regex(
    r"[^。]{0,24}[。,!]?[^。,]{0,8}(?:假的|伪造|p的|不是我写|不是他写|不是她写|不是本人|ai写的|编的|杜撰|代笔)"
)


def thing(site: Site, marked: str) -> Reading:
    """A badge or a letter of resignation, and behind it what became of it: 'the badge is handed in'."""
    if re.match(r"生成|模板|模仿|文学|体|大赛|表情|合集|写作", marked[site.end :]):
        return None
    if site.cue.rule == "zh.idiom.letter" and _FAKE.match(marked, site.end) and site.scene.author_watched:
        return people.left_out(site, marked), "open"
    if _GIVEN.search(marked[max(site.low, site.start - 16) : site.start]) and site.cue.rule in (
        "zh.idiom.badge",
        "zh.idiom.letter",
    ):
        return people.subject(site, marked), "ours" if ours_near(site, marked) else "open"
    if site.cue.rule == "zh.idiom.letter" and re.search(
        r"¤+(?:老师|总|哥|姐)?(?:的|那封|这封|写的|发的)*$|(?:批准|接受|同意|收到|签了|准了|接到|批了)了?[^,。¤]{0,8}¤+的?$",
        marked[max(site.low, site.start - 24) : site.start],
    ):
        return people.subject(site, marked), "ours" if ours_near(site, marked) else "open"
    wrote = re.match(r"[,:]?[^,。¤]{0,4}¤+(?:只?写|发|留下|念|贴)了?", marked[site.end : site.end + 16])
    if site.cue.rule == "zh.idiom.letter" and wrote and not people.near_subject(site, marked):
        return site.scene.named(site.end, site.end + wrote.end())[:1], "ours" if ours_near(
            site, marked
        ) else "open"
    m = _THING_GONE.match(marked, site.end, min(site.high, site.end + 40))
    if m is None or m.group("what") not in _THINGS[site.cue.rule].split():
        return None
    if re.match(r"了?(?:没|不)", marked[m.end() : m.end() + 3]):
        return None
    if site.cue.rule == "zh.idiom.seat" and not ours_near(site, marked):
        return None
    if re.match(r"[^,。]{0,6}(?:补办|丢|找|忘|新)", marked[site.end :]) or re.search(
        r"(?:补办|新|忘带|捡)[^,。]{0,4}$", marked[: site.start][-8:]
    ):
        return None
    return people.subject(site, marked), "ours" if ours_near(site, marked) else "open"


_WIPED = regex(
    r"[^。!?]{0,24}?(?:删|没了|不见|去掉|拿掉|抹掉|抹了|空了|空白|撤|隐藏|下了|只剩|消失|灰了|grey|灰|搜不|找不|查无|清空|没有他|没有她|没他|没她|刷不)"
)


def profile(site: Site, marked: str) -> Reading:
    """A profile or a list of staff from which the organisation, or the person, is gone."""
    if not _WIPED.match(marked, site.end, site.high) or not ours_near(site, marked):
        return None
    return [m for m in people.subject(site, marked) if m.kind != "first"], "ours"


_STILL = regex(
    r"[^,。!?;]{0,8}?(?:在§|任§|任职|是§|负责|主持|带|管|领导|掌管|掌舵|担任|坐镇|上班|打卡|开会|加班|履职|在岗|在职|留任|全职|效力|供职|为§)"
)


def still(site: Site, marked: str) -> Reading:
    """'goes on leading', 'is at work as before'."""
    if re.match(r"[^,。!?;]{0,4}(?:未|没|不|需|待|可|要)", marked[site.end :]) or not _STILL.match(
        marked, site.end, site.high
    ):
        return None
    if not ours_near(site, marked) or re.search(
        r"升任|晋升|荣升|出任|任命|获任", marked[site.low : site.high]
    ):
        return None
    return people.near_subject(site, marked), "open"


_HANDED_IN = regex(
    r"离职|辞职|老板|hr|签字|批了|工牌|交接|last day|走人|人力|最后|月底|解脱|下家|不干|挽留|留我|没拦|没留|没批|当场"
)


def said(site: Site, marked: str) -> Reading:
    """'提了' alone, 'handed it in', where the text goes on about leaving."""
    after = marked[site.end : site.end + 60]
    if not re.match(r"[,。!~…;\n]|$", after) or not (
        _HANDED_IN.search(after) or _HANDED_IN.search(marked[site.low : site.start])
    ):
        return None
    clause = re.split(r"[,。;!?\n]", marked[site.low : site.start])[-1]
    if clause and not people.only_adverbs(clause) and not re.search(r"[¤我他她]", clause):
        return None
    return people.subject(site, marked), "ours" if ours_near(site, marked) else "open"


def party(site: Site, marked: str) -> Reading:
    """'X's farewell dinner': who is named before it, else right behind it."""
    if MOVED.search(marked, 0, site.start) or _ON_LEAVE.search(marked, site.low, site.high):
        return None
    if re.search(r"(?:没有?|无|不办|取消|谢绝)$", marked[: site.start][-3:]):
        return None
    if _TO_US.search(marked, site.low, site.start):
        return None
    before = [
        m
        for m in site.scene.mentions
        if site.low <= m.start
        and m.end <= site.start
        and m.key
        and (m.kind != "first" or m.end > site.start - 6)
    ]
    if before:
        if people.others_leave(marked, before[-1].end, site.start):
            return None
        if re.search("[给为替](?!我)", marked[before[-1].end : site.start]):
            return None
        return people.group(site.scene, marked, before[-1], site.low), "open"
    behind = [m for m in site.scene.mentions if site.end <= m.start < min(site.high, site.end + 14)]
    return (behind[:1], "open") if behind else (people.left_out(site, marked), "open")


# Somebody comes to us, and the feast is that of another company.
_TO_US = regex(r"(?:去|来|加入|入职|投奔|跳到|跳槽到|转投|转会)了? ?§")
_ON_LEAVE = regex(r"陪产|产假|休假|请假|病假|年假|婚假|出差|住院|手术|发烧|感冒|外派")


_FOR_GOOD = regex(r"(?:以后|再也|从此|往后|今后|永远|从今)[^,。]{0,4}$")


def for_good(site: Site, marked: str) -> bool:
    """Is it said to be for good: 'will not come to work any more'?"""
    return site.cue.stem.startswith("不") and _FOR_GOOD.search(marked, site.low, site.start) is not None


_HIRES = regex(r"(?:天天|每天|整天|一直|忙着|疯狂|亲自|还|也|都)$|(?:走了|少了|缺)[^。!?]{0,12},[^,。!?]*$")


def hint(site: Site, marked: str) -> Reading:
    """What makes people talk: a profile without its title, interviews elsewhere."""
    if not ours_near(site, marked) or _ON_LEAVE.search(marked, site.low, site.high):
        return None
    if site.cue.stem.endswith("不到") and not _TILL.match(marked, site.end):
        return None
    # Who interviews day by day hires.
    if site.cue.stem in ("在面", "在面试") and _HIRES.search(marked, site.low, site.start):
        return None
    if site.cue.stem in ("在谈", "谈薪") and not re.match(
        r"[,。;!?了]|下家|$|离|条件|待遇|跳|新", marked[site.end : site.end + 2]
    ):
        return None
    return [m for m in people.subject(site, marked) if m.kind != "first"], "ours"


# 'will not be here by the end of the year'
_TILL = regex(
    r"(?:今年|明年|下|这|本|过|到)?(?:[一二三四五六七八九十两半\d]+个?[月年周]|月[底末中初]?|年[底末中后关]?|季度?末?|周[一二三四五六日末]|[春暑寒]|五一|国庆|元旦|端午|中秋|清明|双|618|退休|上市|期满)"
)


def since(site: Site, marked: str) -> Reading:
    """'X之后,ORG ...', '后X时代的ORG': a title that presupposes the departure."""
    before, after = marked[site.low : site.start], marked[site.end : site.end + 6]
    opens = re.fullmatch(r"[\W]*后?¤+", before)
    if opens is None or ("后" in before) != (site.cue.stem == "时代") or not re.match(r"[,:]?的?§", after):
        return None
    who = [m for m in site.scene.mentions if m.end == site.start]
    return (who, "ours") if who else None


def lack(site: Site, marked: str) -> Reading:
    """'没了X的ORG': the departure is presupposed."""
    if site.cue.stem in ("不叫", "不姓"):
        gone = people.behind(site, marked)
        post = re.search(r"负责人|主管|组长|lead|老大|掌门|一号位|头儿?$|老板", marked[site.low : site.start])
        return (gone, "ours") if gone and post and marked[gone[-1].end :].startswith("了") else None
    if marked[site.end : site.end + 1] in ("他", "她") and "§" in marked[site.low : site.high]:
        return [m for m in site.scene.mentions if m.start == site.end and m.kind == "third"], "ours"
    who = people.behind(site, marked)
    if (
        who
        and marked[site.start - 1 : site.start] == "§"
        and re.match(r"[,。!?]|$", marked[who[-1].end : who[-1].end + 1])
    ):
        return who, "ours"
    if not who or not re.match(
        r"(?:之后|以后|后)?的?§|(?:之后|以后),?§|,§", marked[who[-1].end : who[-1].end + 8]
    ):
        return None
    return who, "ours"
