"""Where somebody goes, who follows and who is back, by the Chinese words of a text."""

from __future__ import annotations

import re

from ...organisation import Span
from ..regex import regex
from ..vocabulary import COMPANIES_ZH, SURNAMES
from .dates import clause_of
from .ground import Ground
from .people import full_name
from .places import LONGEST, named

_TO = regex(
    "(?:加盟|加入|入职|跳槽(?:到|至|去)?|跳去|跳到|投奔|转投|转战|被挖(?:到|去|走去)|去了|去往|前往|下一站|next stop|新东家|下家|去向|创办|创立|成立|创建|join(?:s|ed|ing)?|去(?=[a-z0-9]))"
    '(?:了|到|至|去|是|为|[:： “"「『])*'
)
_FOUND = ("创办", "创立", "成立", "创建")
_SURE = ("加盟", "投奔", "转投", "入职", "跳槽到", "跳槽至", "跳槽去", "下一站", "新东家", "创办", "创立")
_TAKEN = regex(
    "被(?P<by>[^,，。;；!！?？\n被]{2,20}?)(?:高薪|成功|重金)?(?:挖走|挖角|挖去|挖了|挖|撬走|抢走|招走)"
)
_TAKES = regex(
    "(?:^|[,，。;；!！?？\n:：])(?P<by>[^,，。;；!！?？\n:：]{2,16}?)(?:高薪|成功|重金|又|已|把)*(?:挖走|挖角|挖来|撬走|抢走)了?"
)
_STOP = regex(
    "[,，。;；!！?？\n、:：()（）“”\"'《》「」]|担任|出任|任职|任|做|当(?!当)|负责|的|后|并|和|与|及|来|继续|工作|上班|吧|啊|呢|吗|嘛|了|这|那|去|带|搞|从事|开始|旗下|成为|是|不|也|就|则|又|之前|前|以|为|另|(?<![a-z])(?:as|and|from|as)(?![a-z])"
)
_THING = regex(
    "(?:一[家个所间]|自己的|自己创办的)[^,，。;；!！?？\n]{0,14}?(?:公司|实验室|机构|企业|工作室|基金|团队|startup|创企)"
)
_SUFFIX = (
    "科技", "智能", "公司", "实验室", "研究院", "研究所", "大学", "学院", "集团", "资本", "创投", "基金", "网络", "数据", "机器人", "银行", "医疗", "汽车",
)  # fmt: skip
_NO_NAME = regex(
    "哪|谁|什么|我|你|他|她|它|大家|新|别|其他|另|对手|某|群|自己|友商|创业|职|世|年|向|留|处|国|美|欧|队|党|行列|战|一|两|海|讨论|阵营|竞|大厂|外企|学校|高校|还|没|未|待|保密|再说|暂|先|回家|旅|环游|休息|躺平|睡"
)
_HANZI = regex("[\u4e00-\u9fff]")
_DOUBT = regex(
    "没|未|不|非|否认|拒|辟谣|无意|或|可能|疑|网传|传闻|盛传|据传|据说|听说|有人说|似乎|也许|大概|考虑|有意|想|是否|猜|打算|假|曾|此前|早年|之前|当年|先后|毕业|年前|原本|如果|若|接触|洽谈"
)
_YEAR = regex(r"((?:19|20)\d\d)年")


def destination(ground: Ground) -> str | None:
    """The employer that the Chinese words name; the text of the ground has simplified letters."""
    text = ground.text
    for pattern in (_TAKEN, _TAKES):
        for m in pattern.finditer(text, ground.low, ground.high):
            if m.start("by") <= ground.end + 20 and (
                span := _place(ground, m.start("by"), True, m.end("by"))
            ):
                whole = span[1] == m.end("by") or not _HANZI.match(text[span[1] : m.end("by")].strip() or "x")
                if whole and (pattern is _TAKES or ground.subject_is_leaver(m.start())):
                    return ground.letters[span[0] : span[1]]
    for m in _TO.finditer(text, ground.low, ground.last):
        found = _place(ground, m.end(), m.group().startswith(_SURE), ground.last)
        if found and _is_theirs(ground, m):
            return ground.letters[found[0] : found[1]]
    return None


def _is_theirs(ground: Ground, m: re.Match[str]) -> bool:
    text, start = ground.text, m.start()
    if not ground.subject_is_leaver(start):
        return False
    low, _ = clause_of(ground, start)
    year = _YEAR.search(text, low, start)
    if year and int(year[1]) < ground.today.year:
        return False
    begin = low if start < ground.start else max(low, ground.end)
    if ground.start <= start < ground.end or not _DOUBT.search(text, begin, start):
        later = ground.sentence(start)[0] >= ground.high
        return not (later and text[ground.sentence(start)[1] - 1] in "?？")
    return False


def _place(ground: Ground, at: int, sure: bool, stop: int) -> Span | None:
    text = ground.text
    while at < stop and text[at] == " ":
        at += 1
    thing = _THING.match(text, at, stop)
    if thing:
        return thing.span()
    stop = min(stop, at + LONGEST)
    cut = _STOP.search(text, at, stop)
    end = cut.start() if cut else stop
    met = [s for s, e in ground.leaver + ground.others + ground.organisation if at <= s < end or s <= at < e]
    if met:
        return None
    known = next((name for name in COMPANIES_ZH if text.startswith(name, at)), None)
    # "joins A and B": who can say.
    if cut and cut.group() in ("和", "与", "及"):
        return None
    word = text[at:end].rstrip()
    if known and len(word) > 10:
        word = known
    if not word or not (known or _is_name(ground, at, word, sure)):
        return None
    return at, at + len(word)


def _is_name(ground: Ground, at: int, word: str, sure: bool) -> bool:
    if not _HANZI.search(word):
        latin = named(ground, at)
        return latin is not None and latin[1] - at == len(word)
    if len(word) > 16 or word in _SUFFIX or _NO_NAME.match(word):
        return False
    if re.match("[a-z]", word):
        return named(ground, at) is not None and len(word) <= 24
    return word.endswith(_SUFFIX) or (sure and 2 <= len(word) <= 6 and not _NO_NAME.search(word))


_SURNAME = "".join(sorted(s for s in SURNAMES if len(s) == 1))
_WHO = f"(?P<who>¤+|[{_SURNAME}][\u4e00-\u9fff]{{1,2}}?)(?:[(（][^()（）]{{1,40}}[)）])?"
_AUX = "(?:将|已|已经|即将|会|则|正式|随后|暂时|暂|临时|来|全面|接下来|后续|同日|本人|亲自|火线)*"
_FOLLOWS = "暂代|代行|接任|接替|接手|接棒|接班|接管|继任|顶上|顶替|取代"
_TAKES_OVER = regex(_FOLLOWS)
_BY = regex(
    f"由(?:其?副手|原?副总裁|[\u4e00-\u9fff]{{0,10}}?(?:的|负责人|总监|主管|经理|专家|科学家|副总))?{_WHO}(?:担任|出任|兼任|全面|暂时|暂|来|临时|正式)*(?:{_FOLLOWS}|代理|代管|暂代|代其|代行|负责|掌舵|带领|领导|兼任|统管|执掌)(?!的)"
)
# Surnames that begin few other words: with one of them a clause may name somebody whom nothing else shows to be a person.
_PLAIN_SURNAME = "王李张刘陈杨赵黄周吴徐孙胡朱林郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏薛阎余潘杜戴汪姜姚谭廖邹熊陆郝崔邱秦顾侯邵孟段钱尹黎乔贺赖龚"
_DOES = regex(
    f"(?P<who>¤+|(?<=[,，。;；])[{_PLAIN_SURNAME}][\u4e00-\u9fff]{{1,2}}?){_AUX}(?:{_FOLLOWS})(?!的|者)"
)
_MADE = regex(
    f"(?P<who>¤+){_AUX}(?:被任命为|出任|担任|成为|就任|升任)新(?:任|的)?[\u4e00-\u9fff]{{0,8}}(?:负责人|主管|掌门|一号位)"
)
_IS = regex(
    f"(?:接任者|接任的|接班人|继任者|接替者|接棒者|后任|新任负责人|新负责人|新掌门|接替[他她其◇]+(?:职位|位置|工作)?的?人?)(?:将|会)?(?:为|是|:|：|则是|则为)*(?:(?:来自|出自|原|前|刚从|从)[^,，。;；的◇]{{1,16}}的)?{_WHO}(?![¤])"
)
_GIVES = regex(f"(?:交棒给|交棒|交给|交接给|移交给|移交|传给|让位于|让位给|转交给|转交|托付给)了?{_WHO}")
_NAMES = regex(f"(?:任命|委任|提拔|起用|启用){_WHO}(?:为|出任|担任|接|任|继)")
_NO_GIVEN = regex("[未无的是了不没谁在将为人由负责任代公司团队他她其待定]")
_HISTORY = regex("曾|此前|早年|当年|去年")
_UNSURE = regex("没|未|不|非|否|或|可能|疑|传|据说|听说|谁|也许|大概|有望|预计|猜|呼声")


def replacement(ground: Ground) -> str | None:
    """The name of the one who follows, by the Chinese words."""
    if not _ANY.search(ground.text, ground.low, ground.last):
        return None
    masked = _masked(ground)
    shift = ground.low
    for pattern in (_BY, _DOES, _MADE, _IS, _GIVES, _NAMES):
        for m in pattern.finditer(masked):
            start, end = m.start("who") + shift, m.end("who") + shift
            near = pattern is not _BY or ground.sentence(start)[0] <= ground.high
            if near and _is_successor(ground, m, masked, start):
                return full_name(ground, (start, end))
    return None


_ANY = regex("接|新|代|继任|由|任命|委任|交|让位|顶|取代|提拔|新任|新负责|后任|传给|起用|启用|托付|新掌门")


def _masked(ground: Ground) -> str:
    letters = list(ground.text[ground.low : ground.last])
    for spans, sign in ((ground.others, "¤"), (ground.leaver, "◇")):
        for start, end in spans:
            if end - start > 2 and ground.text[start] == "由":  # A surname too, but here the word for "by".
                start += 1
            if end - start > 2 and _TAKES_OVER.match(ground.text, end - 1):
                end -= 1
            letters[start - ground.low : end - ground.low] = sign * (min(end, ground.last) - start)
    return "".join(letters)


def _is_successor(ground: Ground, m: re.Match[str], masked: str, start: int) -> bool:
    # "A replaces B": B is the one who leaves.
    if masked[m.end() : m.end() + 2].lstrip("了").startswith("¤"):
        return False
    if masked[m.start("who")] != "¤" and _NO_GIVEN.search(m["who"]):
        return False
    low, high = clause_of(ground, start)
    year = _YEAR.search(ground.text, low, high)
    if year and int(year[1]) < ground.today.year:
        return False
    begin = max(low, ground.end) if start > ground.end else low
    return not _UNSURE.search(ground.text, begin, start) and not _HISTORY.search(ground.text, low, start)


_BACK = regex(
    "重新加入|回归|重返|(?:又|再次|再度|再)回到?|回来了|归队|回巢|重回|二进宫|吃回头草|重新入职|返回"
)
_STAYED = regex(
    "撤回|收回|撤销|休假|产假|出差|度假|请假|年假|病假|没离|从未|根本没|没走|没有离|没有走|出国|旅行|旅游|开会回|留任|不会回归|未回归|没有回"
)

_NOT_BACK = regex("传闻|传言|消息|谣|不实|无望|无期")
_MAYBE = regex("不|没|未|拒|否认|可能|或|想|希望|盼|传|何时|能否")


def returned(ground: Ground) -> bool:
    """Is the one who had left back, by the Chinese words?"""
    stop = ground.high
    if _STAYED.search(ground.text, ground.low, stop):
        return False
    found = _BACK.search(ground.text, ground.low, stop)
    cue = ground.text[ground.start : ground.end]
    if found is None:
        return cue == "回来"
    begin = max(ground.low, found.start() - 4)
    said = _NOT_BACK.search(ground.text, found.end(), found.end() + 6) or _MAYBE.search(
        ground.text, begin, found.start()
    )
    return said is None and ground.subject_is_leaver(found.start())
