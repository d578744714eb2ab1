"""Chinese departures: each cue becomes an event, by the frame of its row in the table.

The readers see the text with the organisation written as § and the persons as ¤, at the same offsets.
"""

from __future__ import annotations

import re

import ahocorasick_rs

from . import chinese_people as people
from .chinese_cues import CUES, ChineseCue
from .chinese_standing import doubted_text, standing
from .english_cues import Cue
from .events import Event, Site
from .scene import Mention, Scene
from .vocabulary import COMPANIES_ZH, OTHER_UNITS_ZH

__all__ = ["doubted_text", "events", "has_cue"]

_AUTOMATON = ahocorasick_rs.AhoCorasick(
    [cue.word for cue in CUES], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
)
_FORMER_OF = re.compile(r"(?!端|沿|后|線|线|进|景|途|面|缀|言|台|瞻|锋|[\s,。])")
_NOTHING = re.compile("")
_OBJECT = re.compile(
    r"[—….\-]{0,6}了?(?:效力|工作|供职|任职|奋斗|待|服务)?(?:了?[一二三四五六七八九十两多\d]{1,3}年)?的?[\"“「@ ]{0,2}(?:了?原?(?:所在)?的?)?(?P<ours>§+)|"
    r"了?(?:公司|团队|團隊|大厂|大廠|老东家|老東家|岗位|崗位|职位|職位|职务|职场|实验室|部门|项目组|东家|任职|这家公司|这个团队|核心团队|管理层|一线)"
)
_ROOM = re.compile(
    r"的?(?:微信|钉钉|飞书|火锅|内部|粉丝|用户|技术|开发者)?(?:群|聊天|大会|会场|會場|会议|發佈會|发布会|办公室|大楼|园区|食堂|总部|展台|直播|论坛|俱乐部|球队|峰会|酒店|现场|年会|聚餐|平台|app|接口|模型|订阅|会员|套餐|云服务|商家|店|评论区|实习|地区|晚宴|饭局|沙龙|讲台|舞台|课|夏令营)"
)
_OPEN = re.compile(
    r"(?:了|啦|后|後|之后|之後|前|之前|的|时|時|已|吗|嗎|吧|呢|是|这|對|对|一事|消息|传闻|背后|原因|以来|我们|咱们|我們|让|讓|，|[\W_]|§|¤|$)"
)
_PLACE_AFTER_LE = re.compile(
    r"了?(?:会场|會場|现场|座位|台|舞台|房间|中国|北京|上海|杭州|深圳|美国|这个世界|世界|人世|我们的世界|群|城市|那个)"
)


def has_cue(folded: str) -> bool:
    """Does a folded text hold any cue of the table? 'Former' alone, before a word that is no name, is none."""
    return any(
        CUES[i].frame != "former" or _FORMER_OF.match(folded, end)
        for i, _, end in _AUTOMATON.find_matches_as_indexes(folded)
    )


def events(scene: Scene) -> list[Event]:
    """All departures that the Chinese words of a text speak of, in order."""
    hits = _AUTOMATON.find_matches_as_indexes(scene.text)
    if not hits:
        return []
    scene = scene._replace(mentions=sorted([*scene.mentions, *people.titled_names(scene)]))
    marked = people.marked(scene)
    found: list[Event] = []
    for index, start, end in hits:
        one = _event(scene, marked, CUES[index], start, end, found)
        if one is not None:
            found.append(one)
    return found


def _event(
    scene: Scene, marked: str, cue: ChineseCue, start: int, end: int, earlier: list[Event]
) -> Event | None:
    low, high = scene.sentences[scene.sentence_of(start)]
    site = Site(scene, Cue(cue.word, _NOTHING, cue.frame, cue.rule), start, end, low, high)
    read = _READERS[cue.frame](site, marked)
    if read is None or not read[0]:
        return None
    persons, scope = read
    sure = standing(site, marked, _window(site, persons, earlier))
    if cue.frame in ("stay", "back"):
        sure = {"asserted": "denied", "weakly_denied": "asserted"}.get(sure, sure)  # type: ignore[assignment]
    if cue.frame == "state":
        sure = {"weakly_denied": "asserted"}.get(sure, sure)  # type: ignore[assignment]
    return None if sure == "none" else Event(persons, start, end, sure, cue.rule, scope)


def _window(site: Site, persons: list[Mention], earlier: list[Event]) -> int:
    """From where hedges before the cue count: behind what the sentence has said of somebody else."""
    keys = {m.key for m in persons}
    ends = [e.end for e in earlier if site.low <= e.start and not keys & {m.key for m in e.persons}]
    return max([site.low, *ends])


Reading = tuple[list[Mention], str] | None


def _verb(site: Site, marked: str) -> Reading:
    before = marked[site.low : site.start]
    clause = re.split(r"[,。;!?\n:]", before)[-1]
    if _names_other(clause, site):
        return None
    if re.match(r"(?:手续|率|潮|证明|补偿|面谈|流程|交接|党|员工|人数)", marked[site.end :]):
        return None
    after = marked[site.end : site.end + 24]
    if (
        site.cue.stem in ("辞去", "辭去", "辞掉", "辭掉")
        and "§" not in after
        and not re.search(r"职|職|负责人|工作|ceo|cto", after)
    ):
        return None
    if re.match(
        r"[^,。§]{0,10}(?:协会|委员|俱乐部|董事|学会|校队|球队|理事|合唱团|业委会|评委|班长|群主|版主)", after
    ) or re.search(r"(?:协会|委员会|俱乐部|学会|校队|球队|合唱团|业委会|剧组|乐团)", clause[-12:]):
        return None
    return people.subject(site, marked), "ours" if "§" in before[-40:] or "§" in after[:12] else "open"


def _names_other(clause: str, site: Site) -> bool:
    """Is another organisation what is left: 'from OTHER', 'OTHER's vice president X'?"""
    near = re.split(r"¤", clause)[-1] if "¤" in clause else clause
    if any(name in near for name in COMPANIES_ZH) and "§" not in near:
        return True
    m = re.search(r"(?:从|從|自)([^从從自§]{1,10})$", near)
    return (
        bool(m)
        and not re.search(r"公司|团队|岗位|职位|今|明|上|本|下|大厂", m.group(1) if m else "")
        and len(m.group(1) if m else "") > 1
        and not re.match(r"[正已就]", m.group(1) if m else "")
    )


def _go(site: Site, marked: str) -> Reading:
    after = marked[site.end : site.end + 30]
    bye = site.cue.stem in ("告别", "告別", "挥别", "揮別", "作别", "作別", "再见", "再見", "拜拜", "阔别")
    if site.cue.stem in ("退出", "离开", "離開", "脱离", "脫離") and re.search(
        r"(?:不|没)?(?:可|能|得)$", marked[: site.start][-2:]
    ):
        return None
    m = _OBJECT.match(after)
    if m:
        if _ROOM.match(after[m.end() :]) or after[m.end() :].startswith(OTHER_UNITS_ZH):
            return None
        return people.subject(site, marked), "ours" if m.group("ours") else "job"
    before = re.split(r"[,。;!?\n:]", marked[site.low : site.start])[-1]
    from_us = re.search(r"(?:从|從|自|与|和|跟|同|向|对)?§+[^,]{0,6}$", before)
    if bye:
        near = re.match(r"[,!。 ~]{0,2}§", after) or re.search(
            r"§[^。!?§]{0,6}$", marked[max(0, site.start - 10) : site.start]
        )
        return (people.subject(site, marked), "ours") if near else None
    if _PLACE_AFTER_LE.match(after) or not _OPEN.match(after) or _names_other(before, site):
        return None
    return people.subject(site, marked), "ours" if from_us else "open"


def _walk(site: Site, marked: str) -> Reading:
    """'走' means leaving only right behind a person, and not as a way of walking."""
    before, after = marked[site.low : site.start], marked[site.end : site.end + 8]
    if (
        site.cue.stem in ("走", "走的")
        and not re.match(r"的?(?:是|人是)", after)
        and not re.match(r"(?:[,。!?;\n\" )]|$|了|后|是|吗|嗎|的(?:消息|传闻|事|那天)|不走)", after)
    ):
        return None
    if re.search(r"[跑行逃出游带帶拿偷抢飞飛溜送好赶拐领撤退暴竞慢快先奔叫]$", before) or re.match(
        r"(?:[一二三四五六七八九十两几\d])|路|秀|红|紅|势|勢|访|訪|廊|向|进|進|到|在|神|心|一", after
    ):
        return None
    listed = re.match(r"的(?:是|人是|正是|那位是|就是)\s?", marked[site.end : site.high])
    if listed:
        who = people.behind(site._replace(end=site.end + listed.end()), marked)
        return (who, "ours" if "§" in before else "open") if who else None
    clause = re.split(r"[,。;:]", before)[-1]
    who = people.subject(site, marked) if people.only_adverbs(clause) else people.subject_close(site, marked)
    return (who, "open") if who else None


def _state(site: Site, marked: str) -> Reading:
    after = marked[site.end : site.end + 20]
    if site.cue.stem == "不在":
        m = re.match(r"(?:§+)(?!的?(?:群|会|办公室))", after)
        if not m or not re.search(
            r"了|任职|工作|已|供职", after[m.end() :] + marked[site.low : site.start][-4:]
        ):
            return None
    elif not re.search(r"§|负责人|負責人|职务|主管|技术|团队|ceo|cto|lead|职|一号位|掌门", after):
        return None
    return people.subject(site, marked), "ours" if "§" in after or "§" in marked[
        site.low : site.start
    ] else "open"


def _out(site: Site, marked: str) -> Reading:
    before = marked[site.low : site.start]
    passive = re.search(r"被[^,。被]{0,14}$", before) or site.cue.stem.startswith("被")
    if passive:
        return people.subject(
            site._replace(start=site.low + passive.start()) if isinstance(passive, re.Match) else site, marked
        ), "open"
    if site.cue.stem in ("优化", "優化", "裁员", "下岗", "免职", "免職", "撤职"):
        return None
    return people.behind(site, marked), "ours" if "§" in marked[site.low : site.high] else "open"


def _lose(site: Site, marked: str) -> Reading:
    return people.behind(site, marked), "ours" if "§" in marked[site.low : site.high] else "open"


def _replace(site: Site, marked: str) -> Reading:
    before = marked[site.low : site.start]
    if re.search(r"休假|请假|产假|病假|暂时|临时|代为主持|出差", marked[site.low : site.high]):
        return None
    m = re.search(r"(?:由|被)[^,。由被]{1,14}$", before)
    if m:
        return people.subject(site._replace(start=site.low + m.start()), marked), "open"
    return people.behind(site, marked), "ours" if "§" in marked[site.low : site.high] else "open"


def _former(site: Site, marked: str) -> Reading:
    """'前ORG负责人X', or a description that now says '前ORG'."""
    if marked[site.start - 1 : site.start] in (
        "目",
        "之",
        "以",
        "此",
        "日",
        "先",
        "提",
        "空",
        "年",
        "月",
        "天",
        "周",
        "眼",
        "当",
        "生",
        "从",
        "超",
        "跟",
        "面",
        "走",
        "职",
        "開",
        "开",
    ):
        return None
    m = re.match(r"§+", marked[site.end : site.end + 24])
    if m is None:
        return None
    begin = site.end + m.end()
    if marked[begin:].startswith(OTHER_UNITS_ZH) or re.match(r"(?:实习|用户)", marked[begin:]):
        return None
    who = people.behind(site._replace(end=begin), marked)
    if who:
        return who, "ours"
    if re.search(r"简介|簡介|主页|主頁|签名|bio|资料|認證|认证", marked[site.low : site.start]):
        return people.subject(site, marked), "ours"
    return None


def _finish(site: Site, marked: str) -> Reading:
    """Idioms that mean a departure only where the organisation stands near."""
    around = marked[max(site.low - 40, 0, site.start - 40) : site.end + 20]
    if "§" not in around:
        return None
    word, after = site.cue.stem, marked[site.end : site.end + 8]
    if word in ("毕业", "畢業") and (
        re.match(r"于|於|生|季|论文|典礼|照|设计|快乐", after)
        or re.search(
            r"大学|大學|硕士|博士|本科|学校|研究生|浙大|清华|北大|高中|小学|驾校",
            marked[site.low : site.end + 12],
        )
    ):
        return None
    if word in ("下一站", "新的开始", "翻篇", "结束了", "結束了", "落幕", "退休", "上岸"):
        return None
    who = people.subject(site, marked)
    if word in (
        "画上句号",
        "畫上句號",
        "到此为止",
        "到此為止",
        "告一段落",
        "划上句号",
        "画了句号",
    ) and not re.search(r"我|生涯|旅程|故事|时光|之旅|职业|征程|岁月", around):
        return None
    return who, "ours"


def _stay(site: Site, marked: str) -> Reading:
    after = marked[site.end : site.end + 16]
    word = site.cue.stem
    if word in ("留任",):
        return people.subject(site, marked), "open"
    if word in ("还是", "仍是"):
        return (
            (people.subject(site, marked), "ours")
            if re.match(r"§+的?(?:技术)?(?:负责人|一号位|员工|人|lead|主管)", after)
            else None
        )
    if word == "留下":
        return (
            (people.subject(site, marked), "open")
            if re.match(r"(?:来|來)?(?:了)?(?:[,。!]|$)", after)
            else None
        )
    m = re.match(r"(?:§+|公司|团队|岗)", after)
    if m is None or _ROOM.match(after[m.end() :]):
        return None
    return people.subject(site, marked), "ours"


def _back(site: Site, marked: str) -> Reading:
    after = marked[site.end : site.end + 12]
    if "辞" in site.cue.stem or "辭" in site.cue.stem or "离职" in site.cue.stem:
        return people.subject(site, marked), "open"
    if not re.match(r"了?(?:老东家|团队)?§", after) or re.search(
        r"休假|假期|出差|旅行", marked[site.low : site.start]
    ):
        return None
    return people.subject(site, marked), "ours"


_READERS = {
    "verb": _verb,
    "go": _go,
    "walk": _walk,
    "state": _state,
    "out": _out,
    "lose": _lose,
    "replace": _replace,
    "former": _former,
    "finish": _finish,
    "stay": _stay,
    "back": _back,
}
