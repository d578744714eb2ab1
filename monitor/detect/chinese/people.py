"""Who leaves, in Chinese: the subject before a verb, also an unlisted name; the object behind it."""

from __future__ import annotations

import re

from ..events import Site
from ..regex import regex
from ..scene import LONG, Mention, Scene, quote_around, quote_speaker, retold_speaker
from . import whose
from .unlisted import names_a_person
from .words import ADVERBS

_OTHERS = regex(
    r"(?<!¤)(?:徒弟|师弟|师妹|师兄|师姐|前任|导师|同事|室友|助理|老师)|上司|手下|下属|副手|接班人|继任者|老婆|老公|同门|搭档|朋友(?!圈|们)|家人(?!们)|弟子|网友|網友|团队|團隊|员工|員工|同事(?!们)|研究员(?!¤)|工程师(?!¤)|(?<!被)用户|商家|实习生|新人|应届|前辈|老员工|高层|中层|人才(?!¤)|分之|部分|一些|不少|许多|公司(?=[^,。]{0,6}$)|组员|小伙|姑娘|下属|后辈|股东|投资人|三个人|两个人|几个人|多人|很多人|有人|核心成员|骨干(?!¤)|高管(?!¤)|其他人|别人|大家|学生|老板(?!鱿)|女友|组长(?!¤)|女儿|儿子|孩子|闺女|娃|(?<=的)[猫狗鸟车]|膝盖|头发|钱包|电脑|手机|显卡|服务器|妻子|粉丝|竞争对手|模型|版本|机构|资本|(?<!下)(?<!上)(?<!第)[一二三四五六七八九十两几多\d]+[名位个](?!都|也|字|词|句|标点|表情|礼拜|多|问号|版本|模型|方向|项目|数字|班|季|工作日|钟|半|月|小时|星期|[\"「『])"
)
# "ahead of me", "for me": I am not the subject.
_AFTER_WHOM = frozenset("先比替帮给对向问陪")
# A description that stands for the one named last.
_THIS_ONE = regex(
    r"(?:这位|这名|该名|此)[^,。]{0,8}(?:负责人|掌门|一号位|研究员|工程师|科学家|主管|高管|干将|大将|人|老将|大佬|大神)"
)
_COMPANY_OF = regex(
    r"[^,。]{0,6}?(?:和|与|跟|及|带着|带领|率|携|连同|以及|带走)(?:他|她|其|[一二两三四五六七八九十几\d])"
)
# "three have left, among them X".
_AMONG = regex(r"[^,。¤]{0,6},?(?:其中)?(?:包括了?|就有|分别是|分别为|他们是|她们是|即)\s?¤")
# "X, the girl who laughs so much, ...": the same person.
_BESIDE = regex(
    r"[,(][^,。]{0,16}(?:那个|那位|这位|那名|这个|之一|元老|第[一二三四五六七八九十]个)[^,。]{0,10}[,)]"
)
# "X, they all say, ...": who talks does not leave.
_TOLD_BY = regex(
    r"(?:大家|有人|别人|很多人|不少人|同事们?|朋友们?|网友们?|员工们?|老员工|群友|邻居|前同事|知情人)[^,。¤]{0,6}(?:说|传|猜|讲|称|爆料|透露|议论|问|以为|知道|确认|证实|看到|看见|目击|发现)"
)
_NEAR_TITLE = regex(
    r"[了的\s\"“@:]{0,3}(?:§|前|原|的|那个|那位|这位|做|搞|管|训练|推理|评测|组|部|那边|这边|技术|核心|代码|模型|大模型|后训练|預訓練|预训练|语音|视觉|多模态|算法|团队|團隊|负责人|負責人|研究员|研究員|工程师|工程師|科学家|首席|主管|总监|高管|大将|主帅|大佬|大神|一号位|掌门|掌門|灵魂|人物|骨干|"
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


def subject(site: Site, signs: str) -> list[Mention]:
    """The persons before the verb who leave; the author or the topic when nobody is named."""
    scene = site.scene
    before = [m for m in scene.mentions if site.low <= m.start and m.end <= site.start and m.key]
    before = [m for m in before if m.kind != "first" or signs[m.start - 1 : m.start] not in _AFTER_WHOM]
    quote = quote_around(scene, site.start)
    if quote is not None:
        before = [m for m in before if m.kind != "first" or m.start >= quote[0]]
        if site.cue.frame in ("finish", "party") and not re.search("[我§]", signs[slice(*quote)]):
            before = [m for m in before if m.start >= quote[0] and m.kind == "name"]
    if quote is not None and re.search("[你您]", signs[quote[0] : site.start]):
        before = [m for m in before if m.start >= quote[0]]
        if not before:
            return []
    if before:
        nearest = before[-1]
        if others_leave(signs, nearest.end, site.start) or (
            scene.author_watched and _third_object(signs, nearest)
        ):
            return []
        return group(scene, signs, nearest, site.low)
    behind_verb = re.match(r"了?的(?:是|正是|还有|也有)?[^,。]{0,10}?¤", signs[site.end : site.high])
    listed = (
        _AMONG.match(signs, site.end, site.high)
        or re.match(r"[^,。]{0,6}[:：]\s?[^,。]{0,10}?¤", signs[site.end : site.high])
        or re.match(r"(?:传闻|传言|风波|疑云|谣言|风声)[^,。¤]{0,6},\s?¤", signs[site.end : site.high])
    )
    if behind_verb or listed:
        first = next((m for m in scene.mentions if m.start >= site.end and m.kind == "name"), None)
        return following(scene, signs, first) if first else []
    return left_out(site, signs)


def near_subject(site: Site, signs: str) -> list[Mention]:
    """The persons who stay: named in the clause of the verb, or before it when the clause has no subject of its own."""
    cut = max(site.low, *(signs.rfind(mark, site.low, site.start) + 1 for mark in ",:;"))
    clause = signs[cut : site.start]
    if any(m.start >= cut and m.end <= site.start for m in site.scene.mentions):
        return subject(site, signs)
    if "§" in clause and not re.search(r"(?:在|给|跟|和|为|与|从|到|回|留)§+[^,。]{0,6}$", clause):
        return []
    if "§" not in clause and len(clause) > 2 and not only_adverbs(clause):
        return []
    return subject(site, signs)


def others_leave(signs: str, start: int, end: int) -> bool:
    """Does somebody else stand between a person and the verb, and not in their company?"""
    if _COMPANY_OF.match(signs, start, end):
        return False
    beside = _BESIDE.match(signs, start, end)
    start = beside.end() if beside else start
    told = _TOLD_BY.search(signs, start, end)
    if told and signs[start : start + 1] != "的":
        start = told.end()
    # What follows the last word counts too, so the text is not cut at `end`.
    m = _OTHERS.search(signs, start, min(len(signs), end + 8))
    return m is not None and m.end() <= end


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
    return bool(clause) and ADVERBS.strip(clause, len(clause)) == 0


def subject_close(site: Site, signs: str) -> list[Mention]:
    """The persons right before the verb, with only adverbs between."""
    scene = site.scene
    before = [m for m in scene.mentions if site.low <= m.start and m.end <= site.start and m.key]
    if not before:
        return []
    if before[-1].end < ADVERBS.strip(signs, site.start, before[-1].end):
        return []
    return group(scene, signs, before[-1], site.low)


def group(scene: Scene, signs: str, mention: Mention, low: int) -> list[Mention]:
    """A mention with those listed right before it, or named as the one before: '继X之后，Y也'."""
    found = [mention]
    first = re.search(r"继[^,。]{0,24}(?:之后|后)", signs[low : mention.start])
    if first:
        return found + [
            m for m in scene.mentions if low + first.start() <= m.start and m.end <= low + first.end()
        ]
    for one in reversed([m for m in scene.mentions if m.end <= mention.start and m.start >= low]):
        if (
            one.end < found[-1].start
            and not re.fullmatch(
                r"\s?(?:要|也|都|会|将|想|带着|拉着)?(?:[、,&和与與跟及/]|以及|还有|還有|and|\+|带着|拉着|连同|伙同|跟着|跟随|追随|随着?)\s?(?:§|负责人|研究员|的){0,8}",
                signs[one.end : found[-1].start],
            )
        ) or (found[-1].kind == "first" and signs[found[-1].start - 1 : found[-1].start] == ","):
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


def _signed(scene: Scene, signs: str, quote: tuple[int, int]) -> Mention | None:
    """Who has put their name under a quotation."""
    m = re.search(r"[-—]{1,2} ?¤+$", signs[quote[0] : quote[1]])
    return next((one for one in scene.mentions if one.end == quote[1]), None) if m else None


def left_out(site: Site, signs: str) -> list[Mention]:
    """The subject of a verb without one: the one quoted, the watched author, the topic, else the author."""
    scene = site.scene
    quote = quote_around(scene, site.start)
    if quote is not None and re.search("[你您他她]", signs[quote[0] : site.start]):
        return []
    if quote is not None or retold_speaker(scene) is not None:
        speaker = (
            (_signed(scene, signs, quote) or quote_speaker(scene, quote)) if quote else retold_speaker(scene)
        )
        vague = (
            quote is not None and site.cue.frame == "finish" and not re.search("[我§]", signs[slice(*quote)])
        )
        return [speaker] if speaker and speaker.key and not vague else []
    unread = whose.unread_name(scene, signs, site.low, site.start) if quote is None else None
    if unread is not None:
        return [Mention(*unread, scene.letters[unread[0] : unread[1]], "name", False)]
    clause = re.split(r"[,。:]", signs[site.low : site.start])[-1]
    bare = only_adverbs(clause) or len(clause) < 2
    if re.search("[他她]", clause) or (quote is not None and re.search("[你您]", clause)):
        return []
    others = whose.whose(scene, signs, site.low, site.start, site.end, site.high) == "other"
    own = bare or len(clause) < 8 or (len(clause) < 20 and not _OTHERS.search(clause) and "¤" not in clause)
    if scene.author and scene.author_watched and own and not others:
        return [Mention(site.start, site.start, scene.author, "first", True)]
    earlier = [m for m in scene.mentions if m.end <= site.low and m.key]
    if earlier:
        if _THIS_ONE.search(signs, site.low, site.start):
            return [earlier[-1]] if site.low - earlier[-1].end < 160 else []
        far = site.low - earlier[-1].end >= (20 if len(scene.text) > LONG else 60)
        return [] if far or _OTHERS.search(signs, site.low, site.end + 4) else [earlier[-1]]
    if site.cue.frame in ("back", "thing") and (told := re.match(r"¤+", signs[site.high :])):
        return [m for m in scene.mentions if m.end == site.high + told.end()]
    signed = (
        scene.author is not None
        and not any(m.kind == "name" for m in scene.mentions)
        and len(clause) < 16
        and names_a_person(scene.author)
    )
    # 'the laptop is back, and so is the badge': what is handed in beside a thing leaves nobody else.
    said = clause if site.cue.frame == "thing" else signs[site.low : site.start]
    if (
        scene.author
        and (bare or signed)
        and not others
        and not _OTHERS.search(said + site.cue.stem[-1] + signs[site.end : site.end + 4])
    ):
        return [Mention(site.start, site.start, scene.author, "first", False)]
    return []
