"""Chinese departures by dismissal, loss, replacement or a former title; and those who stay."""

from __future__ import annotations

import re

from . import chinese_people as people
from .chinese_verbs import ROOM
from .events import Reading, Site
from .vocabulary import OTHER_UNITS_ZH

_ADVERBS = re.compile(r"(?:直接|也|都|给|全|当场|突然|就这么|老师|同学|大佬|一起|连夜|悄悄|[\s\"”])*")


def out(site: Site, marked: str) -> Reading:
    before = marked[site.low : site.start]
    if site.cue.stem == "被炒" and re.match(r"作|热|起|高|上|成|糊|火", marked[site.end :]):
        return None
    passive = re.search(r"被[^,。被]{0,14}$", before) or site.cue.stem.startswith("被")
    if passive:
        return people.subject(
            site._replace(start=site.low + passive.start()) if isinstance(passive, re.Match) else site, marked
        ), "open"
    taken = re.search(r"(?:把|将)([^,。被]{1,14})$", before)
    if taken:
        who = people.behind(site._replace(end=site.low + taken.start() + 1), marked)
        if not who or not _ADVERBS.fullmatch(marked[who[-1].end : site.start]):
            return None
        return who, "ours" if "§" in marked[site.low : site.high] else "open"
    if site.cue.stem in ("开了", "请出") or site.cue.stem in (
        "优化",
        "優化",
        "裁员",
        "下岗",
        "免职",
        "免職",
        "撤职",
    ):
        return None
    return people.behind(site, marked), "ours" if "§" in marked[site.low : site.high] else "open"


def lose(site: Site, marked: str) -> Reading:
    return people.behind(site, marked), "ours" if "§" in marked[site.low : site.high] else "open"


def replace(site: Site, marked: str) -> Reading:
    before = marked[site.low : site.start]
    if re.search(
        r"休假|升任|晋升|荣升|提拔|升职|升为|调任|转岗|调往|兼任|高升|升迁|轮岗|请假|产假|病假|暂时|临时|代为主持|出差",
        marked[site.low : site.high],
    ):
        return None
    m = re.search(r"(?:由|被)[^,。由被]{1,14}$", before)
    if m:
        return people.subject(site._replace(start=site.low + m.start()), marked), "open"
    return people.behind(site, marked), "ours" if "§" in marked[site.low : site.high] else "open"


# Letters with which 前 means "before" or "ahead", and not "former".
_NOT_FORMER = frozenset("目之以此日先提空年月天周眼当生从超跟面走职開开")
_NOW_CALLED = re.compile(
    r"(?:是|成了|成为|变成|变回|沦为|¤[,(])$|简介|簡介|主页|主頁|签名|bio|资料|認證|认证|linkedin"
)


def former(site: Site, marked: str) -> Reading:
    """'前ORG负责人X', 'X, 前ORG成员', or a description that now says '前ORG'."""
    m = re.match(r"§+(?!实习|用户)", marked[site.end : site.end + 24])
    before = marked[site.start - 1 : site.start]
    if m is None and before == "§" and site.cue.stem == "前":
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
    after = marked[site.end : site.end + 16]
    word = site.cue.stem
    if word in ("留任",):
        return people.subject(site, marked), "open"
    if word in ("还是", "仍是", "仍为", "仍系", "依然是", "仍然是", "依旧是"):
        return (
            (people.subject(site, marked), "ours")
            if re.match(
                r"(?:我们|咱们)?§+[^,。]{0,8}(?:负责人|一号位|员工|人|lead|主管|成员|老大|头|掌门)", after
            )
            else None
        )
    if word == "留下":
        return (
            (people.subject(site, marked), "open")
            if re.match(r"(?:来|來)?(?:了)?(?:[,。!]|$)", after)
            else None
        )
    m = re.match(r"(?:§+|公司|团队|岗)", after)
    if m is None or ROOM.match(after[m.end() :]):
        return None
    return people.subject(site, marked), "ours"


def back(site: Site, marked: str) -> Reading:
    after = marked[site.end : site.end + 12]
    if "辞" in site.cue.stem or "辭" in site.cue.stem or "离职" in site.cue.stem:
        return people.subject(site, marked), "open"
    if not re.match(
        r"(?:到|了|来)?了?(?:老东家|团队)?§+(?!§|的?(?:日常|正题|话题|本质|生活))", after
    ) or re.search(r"休假|假期|出差|旅行", marked[site.low : site.start]):
        return None
    return people.subject(site, marked), "ours"
