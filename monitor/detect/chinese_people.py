"""Who leaves, in Chinese: the subject before a verb, also an unlisted name; the object behind it."""

from __future__ import annotations

import re

from .events import Site
from .people import chinese_name_before
from .scene import Mention, Scene, quote_around, quote_speaker, retold_speaker
from .vocabulary import SURNAMES

_VERBS = r"加入|離|离|已|将|將|从|從|自|宣布|被|辞|辭|卸|出走|跳槽|正式|也|和|与|、|的|确认|證實|证实|要|或|疑|称|表示|回应|发文|提|上周|本周|今|昨|近日|走|退|转投|接|因|创业|毕业|不再|还|仍|没|未|并|真|是不是|可能|于|[\W_]|$"
_SURNAME = "[" + "".join(s for s in sorted(SURNAMES) if len(s) == 1) + "]"
_TITLED = re.compile(
    rf"(?:负责人|負責人|研究员|研究員|工程师|工程師|科学家|科學家|成员|员工|主管|总监|總監|总裁|专家|專家|架构师|组长|同事|大佬|算法|骨干|高管|(?<=[离離]职的))({_SURNAME}[\u4e00-\u9fff]{{1,2}}?)(?={_VERBS})"
)
_THROUGH = re.compile(
    r"(?:就|说了?|说声|說了?|道|确实|果真|果然|已经|已經|已|将于|將於|将|將|正式|刚刚|剛剛|刚|剛|也|都|均|双双|雙雙|相继|相繼|先后|先後|陆续|陸續|从|從|自|由|向|与|與|跟|和|§|于|今日|昨日|今天|昨天|明天|今晚|昨晚|上周|上週|本周|这周|下周|月底|月初|近日|日前|"
    r"宣布|宣佈|官宣|确认|確認|证实|證實|主动|主動|突然|要|即将|即將|或将|或將|或|疑似|疑|据传|網傳|网传|被曝|被|回应|回應|因个人原因|因|提出|选择|選擇|决定|決定|可能|会|會|真的|真|好像|似乎|貌似|恐|将要|准备|打算|计划|正在|正|"
    r"在|这回|这次|这下|提前|自己|跟§说的?|人家|这次|其实|早就|早已|全都|竟然|居然|忽然|陪|同样|一样|干脆|索性|直接|当场|终于|最终|最后|彻底|真要|快要|就要|马上|很快|下个月|这个月|本月|下月|年底|年后|年前|节后|五一后|国庆后|给|为|继续|至今|如今|现在|目前|依旧|提前|悄悄|悄然|低调|火速|闪电|集体|一起|同时|也要|又|再|还|還|了|是|不是|没有|没|沒|未|并未|並未|并|不会|不會|不|的|在|不知道|不确定|有没有|有沒有|听说|聽說|据说|據說|传闻|怕|该|您|这一|這一|一|这就|老师|老師|同学|大佬|总|哥|姐|[一二三四五六七八九十\d]+[月日号年天周](?:底|初|中)?|月|[:,\s\"“”]|上|下|个|这|那)*$"
)
_OTHERS = re.compile(
    r"徒弟|上司|手下|下属|副手|助理|师弟|师妹|师兄|室友|前任|接班人|继任者|老婆|老公|导师|同门|搭档|朋友(?!圈)|家人|弟子|网友|網友|团队|團隊|员工|員工|同事|研究员(?!¤)|工程师(?!¤)|(?<!被)用户|商家|股东|投资人|三个人|两个人|几个人|多人|很多人|有人|核心成员|骨干(?!¤)|高管(?!¤)|其他人|别人|大家|学生|老板|女友|妻子|粉丝|竞争对手|模型|版本|机构|资本|[一二三四五六七八九十两几多\d]+[名位个]"
)
_NEAR_TITLE = re.compile(
    r"[了的\s\"“@:]{0,3}(?:§|前|原|的|技术|核心|代码|模型|大模型|后训练|預訓練|预训练|语音|视觉|多模态|算法|团队|團隊|负责人|負責人|研究员|研究員|工程师|工程師|科学家|首席|主管|总监|高管|大将|主帅|大佬|大神|一号位|掌门|掌門|灵魂|人物|骨干|"
    r"员工|同事|已|离任|離任|离职|離職|刚刚|刚|卸任|出走|一员|位置|工作|老师|[\s\"“:、])*"
)


def marked(scene: Scene) -> str:
    """The text with each letter of the organisation as § and of a named person as ¤, at the same offsets."""
    letters = list(scene.text)
    for start, end in scene.organisation:
        letters[start:end] = "§" * (end - start)
    for m in scene.mentions:
        if m.kind == "name":
            letters[m.start : m.end] = "¤" * (m.end - m.start)
    return "".join(letters)


def titled_names(scene: Scene) -> list[Mention]:
    """Chinese names behind a title, which nobody has found yet."""
    found = []
    for m in _TITLED.finditer(scene.text):
        start, end = m.span(1)
        if not any(one.start < end and start < one.end for one in scene.mentions):
            found.append(Mention(start, end, scene.letters[start:end], "name", False))
    return found


def subject(site: Site, signs: str) -> list[Mention]:
    """The persons before the verb who leave; the author or the topic when nobody is named."""
    scene = site.scene
    close = _unlisted_before(site, signs)
    if close is not None:
        return [close, *_listed_before(site, signs, close)]
    before = [m for m in scene.mentions if site.low <= m.start and m.end <= site.start and m.key]
    if before:
        nearest = before[-1]
        if _OTHERS.search(signs[nearest.end : site.start]) or (
            scene.author_watched and _third_object(signs, nearest)
        ):
            return []
        return group(scene, signs, nearest, site.low)
    behind_verb = re.match(r"了?的(?:是|正是|还有|也有)?[^,。]{0,10}?¤", signs[site.end : site.high])
    listed = re.match(r"[^,。]{0,6}[:：]\s?[^,。]{0,10}?¤", signs[site.end : site.high]) or re.match(
        r"(?:传闻|传言|风波|疑云|谣言|风声)[^,。¤]{0,6},\s?¤", signs[site.end : site.high]
    )
    if behind_verb or listed:
        first = next((m for m in scene.mentions if m.start >= site.end and m.kind == "name"), None)
        return following(scene, signs, first) if first else []
    return left_out(site, signs)


def _third_object(signs: str, mention: Mention) -> bool:
    """Is the person only spoken to or of: '感谢X', '祝X', '问X'?"""
    return (
        bool(
            re.search(r"(?:感谢|感謝|祝福?|致敬|@|问|採訪|采访)(?:了|一下)?\s?$", signs[: mention.start][-4:])
        )
        and mention.kind == "name"
        and bool(re.search(r"[,。]", signs[mention.end : mention.end + 12]))
    )


def only_adverbs(clause: str) -> bool:
    """Does a clause up to its verb hold nothing but adverbs, so that its subject stands before it?"""
    m = _THROUGH.search(clause)
    return bool(clause) and m is not None and len(m.group()) == len(clause)


def subject_close(site: Site, signs: str) -> list[Mention]:
    """The persons right before the verb, with only adverbs between."""
    scene = site.scene
    close = _unlisted_before(site, signs)
    if close is not None:
        return [close]
    before = [m for m in scene.mentions if site.low <= m.start and m.end <= site.start and m.key]
    if not before:
        return []
    through = _THROUGH.search(signs[max(site.low, site.start - 40) : site.start])
    reach = site.start - (len(through.group()) if through else 0)
    if before[-1].end < reach:
        return []
    return group(scene, signs, before[-1], site.low)


def _unlisted_before(site: Site, signs: str) -> Mention | None:
    window = signs[max(site.low, site.start - 40) : site.start]
    through = _THROUGH.search(window)
    openings = {end for _, end in site.scene.organisation} | {site.low}
    length = len(through.group()) if through else 0
    for cut in range(length, -1, -1):
        end = site.start - cut
        if end <= site.low:
            continue
        if signs[end - 1] in "§¤":
            if signs[end - 1] == "¤":
                return None
            continue
        name = chinese_name_before(signs, end, openings)
        if name is not None and name[0] >= site.low:
            return Mention(name[0], name[1], site.scene.letters[name[0] : name[1]], "name", False)
    return None


def _listed_before(site: Site, signs: str, close: Mention) -> list[Mention]:
    m = re.search(r"[、和与及,]\s?$", signs[site.low : close.start])
    if m is None:
        return []
    before = [one for one in site.scene.mentions if one.end == site.low + m.start()]
    return group(site.scene, signs, before[0], site.low) if before else []


def group(scene: Scene, signs: str, mention: Mention, low: int) -> list[Mention]:
    """A mention with those listed right before it, or named as the one before: '继X之后，Y也'."""
    found = [mention]
    first = re.search(r"继[^,。¤]{0,8}(¤+)(?:之后|之後|后|後)", signs[low : mention.start])
    if first:
        return found + [m for m in scene.mentions if m.start == low + first.start(1)]
    for one in reversed([m for m in scene.mentions if m.end <= mention.start and m.start >= low]):
        if not re.fullmatch(
            r"\s?(?:要|也|都|会|将|想|带着|拉着)?(?:[、,&和与與跟及/]|以及|还有|還有|and|\+|带着|拉着|连同|伙同)\s?(?:§|负责人|研究员|的){0,8}",
            signs[one.end : found[-1].start],
        ):
            break
        found.append(one)
    return found


def following(scene: Scene, signs: str, mention: Mention) -> list[Mention]:
    """A mention with those listed right behind it."""
    found = [mention]
    for one in (m for m in scene.mentions if m.start >= mention.end and m.kind == "name"):
        if not re.fullmatch(r"\s?(?:[、,&和与與跟及/]|以及|还有|and)\s?", signs[found[-1].end : one.start]):
            break
        found.append(one)
    return found


def behind(site: Site, signs: str) -> list[Mention]:
    """The persons right behind the verb, over titles and the organisation."""
    m = _NEAR_TITLE.match(signs, site.end, site.high)
    begin = m.end() if m else site.end
    first = next((one for one in site.scene.mentions if one.kind == "name" and one.start == begin), None)
    if first is None:
        return []
    return following(site.scene, signs, first)


def left_out(site: Site, signs: str) -> list[Mention]:
    """The subject of a verb without one: the one quoted, the watched author, the topic, else the author."""
    scene = site.scene
    quote = quote_around(scene, site.start)
    if quote is not None and re.search("[你您他她]", signs[quote[0] : site.start]):
        return []
    if quote is not None or retold_speaker(scene) is not None:
        speaker = quote_speaker(scene, quote) if quote else retold_speaker(scene)
        return [speaker] if speaker and speaker.key else []
    clause = re.split(r"[,。:]", signs[site.low : site.start])[-1]
    bare = only_adverbs(clause) or len(clause) < 2
    if re.search("[他她]", clause) or (quote is not None and re.search("[你您]", clause)):
        return []
    if scene.author and scene.author_watched and (bare or len(clause) < 8):
        return [Mention(site.start, site.start, scene.author, "first", True)]
    earlier = [m for m in scene.mentions if m.end <= site.low and m.key]
    if earlier:
        return [earlier[-1]] if site.low - earlier[-1].end < 60 else []
    if scene.author and bare and not _OTHERS.search(signs[site.low : site.end + 4]):
        return [Mention(site.start, site.start, scene.author, "first", False)]
    return []
