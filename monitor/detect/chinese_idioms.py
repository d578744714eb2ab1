"""Chinese readers of idioms: those that need the organisation near, farewell meals, hints, and those who settle down to stay."""

from __future__ import annotations

import re

from . import chinese_people as people
from .events import Reading, Site

_REACH = 48


def _ours_near(site: Site, marked: str) -> bool:
    """Is the organisation named in the sentence or the ones beside it?"""
    return "§" in marked[max(0, site.low - _REACH) : site.high + _REACH]


_NOT_QUIT = re.compile(r"活|净|净|涉|扰|预|掉|杯|不净|系|部")
_GIFT = re.compile(r"新年|春节|中秋|端午|开工|入职|节日|生日|七夕|福利|抽奖|圣诞|会员")


def near(site: Site, marked: str) -> Reading:
    """Idioms that mean a departure only where the organisation is named beside them."""
    word, after = site.cue.stem, marked[site.end : site.end + 8]
    around = marked[max(site.low, site.start - 16) : site.end + 10]
    if word == "不干" and _NOT_QUIT.match(after):
        return None
    if word in ("大礼包", "n+1") and (_GIFT.search(around) or "被" in after[:2]):
        return None
    if word == "最后一次" and not re.match(
        r"(?:从§|走出§|[^,。]{0,6}(?:打卡|下班|刷工牌|刷卡))", marked[site.end : site.end + 16]
    ):
        return None
    if word in ("任教", "回学校", "去高校", "回高校", "在谈") and re.search(
        r"曾|之前|此前|讲座|客座|招聘|宣讲|演讲|交流", around
    ):
        return None
    if not _ours_near(site, marked) and not site.scene.author_watched:
        return None
    return people.subject(site, marked), "ours" if "§" in marked[site.low : site.high] else "open"


_HANDED_IN = re.compile(
    r"离职|辞职|老板|hr|签字|批了|工牌|交接|last day|走人|人力|最后|月底|解脱|下家|不干|挽留|留我|没拦"
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
    return people.subject(site, marked), "ours" if _ours_near(site, marked) else "open"


def party(site: Site, marked: str) -> Reading:
    """'X's farewell dinner': who is named before it, else right behind it."""
    before = [m for m in site.scene.mentions if site.low <= m.start and m.end <= site.start and m.key]
    if before:
        return people.group(site.scene, marked, before[-1], site.low), "open"
    behind = [m for m in site.scene.mentions if site.end <= m.start < min(site.high, site.end + 14)]
    return (behind[:1], "open") if behind else (people.left_out(site, marked), "open")


def hint(site: Site, marked: str) -> Reading:
    """What makes people talk: a profile without its title, interviews elsewhere."""
    if not _ours_near(site, marked):
        return None
    if site.cue.stem in ("在谈", "谈薪") and not re.match(
        r"[,。;!?了]|下家|$|离|条件|待遇|跳|新", marked[site.end : site.end + 2]
    ):
        return None
    return [m for m in people.subject(site, marked) if m.watched and m.kind != "first"], "ours"


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


_CONTRACT = re.compile(r"§|公司|合同|劳动|[一二两三四五六七八九十\d]+年|到(?:20)?\d\d|$|[,。!]")
_NO_CONTRACT = re.compile(r"会员|订阅|租|房|广告|代言|套餐|云|域名|保险|健身|视频|命|杯|上")
_OFFERS = re.compile(r"offer|邀请|邀约|挖|猎头|高薪|公司|科技|大厂|橄榄枝|年薪|钱|股份|机会|对手|友商")


def settle(site: Site, marked: str) -> Reading:
    """'stays', 'has signed again', 'turned the offer down'."""
    word, after = site.cue.stem, marked[site.end : site.end + 24]
    clause = re.split(r"[,。;!?\n]", marked[site.low : site.start])[-1]
    if word.startswith("续") or word.startswith("签"):
        if _NO_CONTRACT.match(after) or not _CONTRACT.match(after):
            return None
        if not _ours_near(site, marked):
            return None
    elif word in ("婉拒", "回绝", "推掉", "拒绝了", "谢绝"):
        if not (_OFFERS.search(after[:16]) or _OFFERS.search(clause)):
            return None
    elif word.startswith(("还", "继续")):
        if not re.match(r"[^,。]{0,8}(?:§|团队|模型|组|队|项目|训练|工位|代码|位|下去|$)", after):
            return None
    elif "意" in word:
        if not re.search(r"离|走|辞|留", marked[site.low : site.high]):
            return None
    elif word == "留下来" and not re.match(r"(?:了|吧|[,。!]|$)", after):
        return None
    return people.subject(site, marked), "open"
