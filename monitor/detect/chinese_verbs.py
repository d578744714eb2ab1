"""Chinese verbs and idioms of leaving: who is said to go, and what they leave."""

from __future__ import annotations

import re

from . import chinese_people as people
from .events import Reading, Site
from .vocabulary import COMPANIES_ZH, OTHER_UNITS_ZH

_OBJECT = re.compile(
    r"[—….\-]{0,6}了?(?:效力|工作|供职|任职|奋斗|待|服务)?(?:了?[一二三四五六七八九十两多\d]{1,3}年)?的?[\"“「@ ]{0,2}(?:了?原?(?:所在)?的?)?(?P<ours>§+)|"
    r"了?(?:公司(?![^,。的]{0,8}(?:队|群|协会|俱乐部|食堂|宿舍|大楼|年会|邮箱|班车|社|健身房|内网|论坛|合唱团|乐队|楼|门口|大门|园区))|团队(?!群|建)|團隊|大厂|大廠|老东家|老東家|岗位|崗位|职位|職位|职务|职场|实验室|部门|项目组|东家|任职|这家公司|这个团队|核心团队|管理层|一线)"
)


ROOM = re.compile(
    r"的(?:用户|人|员工|客户|商家|研究员|工程师|年轻人)|的?(?:微信|钉钉|飞书|火锅|内部|粉丝|用户|技术|开发者)?(?:群|聊天|大会|会场|會場|会议|發佈會|发布会|办公室|大楼|园区|食堂|总部|展台|直播|论坛|俱乐部|球队|峰会|酒店|现场|年会|聚餐|平台|app|接口|模型|订阅|会员|套餐|云服务|商家|店|评论区|实习|地区|晚宴|饭局|沙龙|讲台|舞台|课|夏令营)"
)


_OPEN = re.compile(
    r"(?:了|啦|后|後|之后|之後|前|之前|的|时|時|已|吗|嗎|吧|呢|是|这|對|对|一事|消息|传闻|背后|原因|以来|(?:我们|咱们|我們)(?=[,。!?]|$)|让|讓|，|[\W_]|§|¤|$)"
)


_PLACE_AFTER_LE = re.compile(
    r"了?(?:会场|會場|现场|座位|台|舞台|房间|中国|北京|上海|杭州|深圳|美国|这个世界|世界|人世|我们的世界|群|城市|那个)"
)


def verb(site: Site, marked: str) -> Reading:
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
        r"§*[^,。§]{0,10}(?:社长|球社|棋社|社团|队长|领队|主席|召集人|主编|评审|主持人|协会|委员|俱乐部|校友会|秘书长|商会|工会|会长|会员|顾问|客座|兼职|董事|学会|校队|球队|理事|合唱团|业委会|评委|班长|群主|版主)",
        after,
    ) or re.search(r"(?:协会|委员会|俱乐部|学会|校队|球队|合唱团|业委会|剧组|乐团)", clause[-12:]):
        return None
    return people.subject(site, marked), "ours" if "§" in before[-40:] or re.match(r"了?§", after) else "open"


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


# Leaving the building for the day, and not the organisation.
_CLOCK = re.compile(
    r"[一二三四五六七八九十\d]点(?:[半多钟整]|就|才|,|$)|下班|早退|打车|地铁|班车|锁门|关灯|停车场|楼下等|加班"
)


def go(site: Site, marked: str) -> Reading:
    after = marked[site.end : site.end + 30]
    if re.match(r"的(?:那|这)?一?(?:场|间|座|节|群|首|部|款|次直播|次会)", after):
        return None
    if (
        _CLOCK.search(marked, max(site.low, site.start - 24), min(site.high, site.end + 24))
        and "最后" not in marked[site.low : site.high]
    ):
        return None
    bye = site.cue.stem in ("告别", "告別", "挥别", "揮別", "作别", "作別", "再见", "再見", "拜拜", "阔别")
    if site.cue.stem in ("退出", "离开", "離開", "脱离", "脫離") and re.search(
        r"(?:不|没)?(?:可|能|得)$", marked[: site.start][-2:]
    ):
        return None
    m = _OBJECT.match(after)
    if m:
        if ROOM.match(after[m.end() :]) or after[m.end() :].startswith(OTHER_UNITS_ZH):
            return None
        return people.subject(site, marked), "ours" if m.group("ours") else "job"
    before = re.split(r"[,。;!?\n:]", marked[site.low : site.start])[-1]
    from_us = re.search(r"(?:从|從|自|与|和|跟|同|向|对)?§+[^,]{0,6}$", before)
    if bye:
        near = re.match(r"[,!。 ~]{0,2}§", after) or re.search(
            r"§[^,。!?§]{0,12}$", marked[max(0, site.start - 16) : site.start]
        )
        if near and ROOM.search(near.group()):
            return None
        return (people.subject(site, marked), "ours") if near else None
    if (
        _PLACE_AFTER_LE.match(after)
        or not _OPEN.match(after.removeprefix("了"))
        or _names_other(before, site)
    ):
        return None
    return people.subject(site, marked), "ours" if from_us else "open"


def walk(site: Site, marked: str) -> Reading:
    """'走' means leaving only right behind a person, and not as a way of walking."""
    before, after = marked[site.low : site.start], marked[site.end : site.end + 8]
    if (
        site.cue.stem in ("走", "走的")
        and not re.match(r"的?(?:是|人是)", after)
        and not re.match(
            r"(?:[,。!?;\n\" )]|$|了|后|是|吗|嗎|得(?:很|太|这么|那么|突然|匆|干脆|挺|真)|的(?:消息|传闻|事|那天)|不走)",
            after,
        )
    ):
        return None
    if re.search(r"[跑行逃出游带帶拿偷抢飞飛溜送好赶拐领撤退暴竞慢快先奔叫]$", before) or re.match(
        r"(?:[一二三四五六七八九十两几\d])|路|秀|红|紅|势|勢|访|訪|廊|向|进|進|到|在|神|心|一", after
    ):
        return None
    listed = re.match(r"的?(?:是|人是|正是|那位是|就是)\s?", marked[site.end : site.high])
    if listed:
        who = people.behind(site._replace(end=site.end + listed.end()), marked)
        return (who, "ours" if "§" in before else "open") if who else None
    clause = re.split(r"[,。;:]", before)[-1]
    who = people.subject(site, marked) if people.only_adverbs(clause) else people.subject_close(site, marked)
    return (who, "open") if who else None


def state(site: Site, marked: str) -> Reading:
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


_SCHOOL = re.compile(r"大学|大學|硕士|博士|本科|学校|研究生|浙大|清华|北大|高中|小学|驾校")
_NO_GRADUATE = re.compile(r"于|於|生|季|论文|典礼|照|设计|快乐")
_TOO_VAGUE = frozenset(("下一站", "新的开始", "翻篇", "结束了", "結束了", "落幕", "退休", "上岸"))
_ENDS_A_STORY = frozenset(
    ("画上句号", "畫上句號", "到此为止", "到此為止", "告一段落", "划上句号", "画了句号")
)


def finish(site: Site, marked: str) -> Reading:
    """Idioms that mean a departure only where the organisation stands near."""
    word, before = site.cue.stem, marked[max(0, site.start - 40) : site.start]
    around = before + marked[site.start : site.end + 20]
    if "§" not in around or word in _TOO_VAGUE or ROOM.match(before.rsplit("§", 1)[-1]):
        return None
    school = _NO_GRADUATE.match(marked, site.end) or _SCHOOL.search(marked, site.low, site.end + 12)
    if word in ("毕业", "畢業") and school:
        return None
    if word in _ENDS_A_STORY and not re.search(r"我|生涯|旅程|故事|时光|之旅|职业|征程|岁月", around):
        return None
    return people.subject(site, marked), "ours"


_COMPANY = re.compile(
    r"了?(?:某|一家|另一家|一个|隔壁|友商|竞争对手)?[^,。;!?§¤\s]{0,8}?(?:科技|公司|集团|智能|机器人|实验室|大学|大厂|研究院|资本|网络|芯片|初创|友商|对手|竞对)(?:公司)?"
    r"|了? ?[a-z][a-z0-9]{2,15}(?: (?:compute|labs?|ai|robotics|systems|research|technologies))?(?= ?(?:[,。!;?\n]|$|担任|任|出任|当|做))"
)
_EVENT = re.compile(
    r"群|直播|节目|播客|讨论|会议|论坛|大会|评委|podcast|panel|workshop|slack|discord|twitter|顾问|董事"
)


def _company_name(words: str) -> str | None:
    """The name of an organisation by its make, at the start of words in which ours stands as a sign."""
    m = _COMPANY.match(words)
    return m.group() if m and not _EVENT.search(m.group()) else None


def elsewhere(site: Site, marked: str) -> Reading:
    """A watched person who has gone to another company."""
    after = marked[site.end : site.end + 16]
    name = next((n for n in COMPANIES_ZH if after.startswith(n)), None) or _company_name(
        marked[site.end : site.end + 24]
    )
    if name is None or not re.match(
        r"(?:[,。!;?\n]|$|担任|任|出任|负责|带|当|做)", marked[site.end + len(name) :]
    ):
        return None
    if re.search(
        r"曾|当年|之前|此前|以前|早年|毕业后|入职前", marked[max(site.low, site.start - 10) : site.start]
    ):
        return None
    return [m for m in people.subject(site, marked) if m.watched], "job"
