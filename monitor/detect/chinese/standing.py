"""How sure a Chinese text is of a departure: asserted, rumoured, denied, or only imagined (none)."""

from __future__ import annotations

import re

from ..events import Site, Standing
from ..regex import regex
from ..scene import LONG
from .denied import ASKED_BEFORE, SURE, denied
from .sources import IF_TRUE, doubts, next_denies
from .words import (
    FILLER,
    HEDGES,
    HEDGES_AFTER,
    IMAGINED,
    LONG_AGO,
    NOT,
    SARCASM,
    TALE_AFTER,
    WEAK_NOT,
    WHY,
)

_REACH = 60
_CONFIRMED = regex(
    r"^[^。!?]{0,14}(?<![未没待求有不等可获经])(?:确认属实|证实属实|(?:公司|官方|本人|方面)(?:已|均|现已|也)?(?:确认|证实)|消息属实|,?(?:实锤|石锤|锤了|已官宣|官宣了|属实[,。!]|已证实|已确认|板上钉钉|confirmed)|[^。!?]{0,6},[^,。!?]{0,8}(?:终于|总算|正式)被?(?:官宣|证实|坐实|落地|成真|确认))(?!吗|\?)"
)
# A doubt behind the cue that is about something else.
_OTHER_DOUBT = regex(
    r"去哪|去向|下家|下一站|原因|为什么|为何|谁接|接任|继任|接手|签字费|薪|动机|内幕|去处|新东家|至于|下一步|往后|[说传]?因为|估值|怎么|影响|未来|接下来"
)
_RUMOUR_NOUN = regex(
    r"[\"“”」』]?(?:的|等)?(?:网络|不实)?(?:传闻|传言|谣言|疑云|猜测|流言|谣传|小道|风声|大?瓜(?!分)|八卦|说法)"
)
# Somebody who speaks behind the cue is not the next one who leaves.
_SPEAKS = regex(
    r"(?:本人|自己|官方|方面|今日|昨日|今天|昨天|今晚|晚间|随后|则|亲口|对此|也|都|已|已经|刚刚|紧急|火速|在[^,。]{0,8}){0,4}(?:否认|回应|辟谣|澄清|说|称|讲|表示|答复|告诉|:|发声|发文|发微博|发博|回复|发话)"
)
# 'or is it that': one of two guesses.
_EITHER = regex(r"(?:是|到底|究竟)[^。!?]{1,24}还是[^。!?]{0,12}$")
_OR_ELSE = regex(r"[^。!?]{0,14}(?:还是|定是|抑或)[^。!]{0,12}(?:\?|不知|不好|不清|说法|难说|没人|谁)")
# 'I hear from a friend': who told it stands between.
_HEARD = regex(
    r"听[^,。!?]{1,8}(?:说|讲|聊|提到|透露)(?!话)|[一二两三几多\d][名位个][^,。:]{0,10}(?:员工|人士|同事|高管|知情者|工程师|消息源|信源|朋友|猎头)(?:[^,。:]{0,6}(?::|称|表示|透露|告诉)|[^。:]{0,16}?说)|接近[^,。:]{1,10}的(?:人|人士|高层)|有[^,。!?有]{1,10}(?:爆料|透露|称|说|传)|(?:脉脉|微博|群里|网上|论坛|圈内|业内|知乎|小红书|贴吧|推特|朋友圈|豆瓣|ptt|板上|连登)[^,。!?]{0,5}(?:都说|在说|有人说|有人传|在传|都传|疯传|爆料|热议|流传|在聊|说(?!了))"
)
# 'after X had left': the question is about something else.
_AFTERWARDS = regex(
    r"了?(?:后|前|之后|以后|那天|的那天|的第|那会儿|的时候|当天|这件事|这事|以来|至今)(?!的?(?:传闻|消息是))"
)
_YES = regex(r"[^。?!]{0,10}\?[\"” ]*(?:是的|对的?|没错|真的|属实|确实|千真万确|嗯|是真的|yes|yep)[,。!~ ]")
# 'it was rumoured for months, and at last': no rumour any more.
_AT_LAST = regex(r",[^,]{0,12}(?:终于|总算|到底还是|果然|真的|真)[^,]{0,6}$")
# 'if X goes'
_IF_SO = regex(r"[^,。!?;:]{0,6}(?<![说讲留写听])的话(?![题语术筒剧柄])")
_YEAR = regex(r"(?<!\d)((?:19|20)\d\d) ?年?")
_HANZI_YEAR = regex(r"(?:一九|二[〇零○])[〇零○一二三四五六七八九]{2}(?=年)")
_SHORT_YEAR = regex(r"(?<!\d)([012]\d)年(?=初|底|末|春|夏|秋|冬|\d|就从|从|那)")


# Who says this and then 'I have not left' takes a joke back.
_JOKE = regex(r"愚人节|玩笑|段子|整活")


def standing(site: Site, marked: str, low: int) -> Standing:
    """What the words round a cue make of its departure; `marked` is the text with its names as signs."""
    before = marked[max(low, site.start - _REACH) : site.start]
    after = marked[site.end : site.end + _REACH]
    if site.cue.stem.endswith(("后", "前")):
        after = site.cue.stem[-1] + after
    own = _until_next(after[: next_denies(site, marked, _REACH)])
    clause = re.split(r"[,。;!?\n:]", before)[-1].rstrip()
    if marked[site.low : site.low + 8].lstrip(' "“').startswith(SARCASM):
        return "denied"
    if denied(before, own):
        return "denied"
    if site.cue.rule == "zh.verb.or_not" or ASKED_BEFORE.search(clause):
        return "rumoured"
    no = _negation(clause)
    if re.match(r"有(?:人|的)?说", clause) or (clause.endswith("是") and re.match("了?还是", own)):
        return "rumoured"
    if no and site.cue.frame == "out":
        return "weakly_denied"
    if clause.endswith(("比", "非")) or (no and re.match(r"的时候|之前|前|时(?!隔)|那会|那阵", own)):
        return "none"
    if no and not (clause.endswith("不是") and re.match(r"[^。]{0,12}[,;]是", own)):
        if IMAGINED.first(_JOKE.sub("", before[-16:])):
            return "none"
        return "weakly_denied" if no in WEAK_NOT else "denied"
    if IMAGINED.first(before) and IF_TRUE.match(own):
        return "rumoured"
    if (
        IMAGINED.first(before)
        or TALE_AFTER.first(own)
        or _IF_SO.match(own)
        or dated_before(before[-26:], own, site.scene.post.created_at.year)
    ):
        return "none"
    return _believed(before, marked[site.start], after, own, _doubted_near(site, marked))


def staying(site: Site, marked: str, low: int) -> Standing:
    """What a text makes of somebody's staying, as a claim of departure: denied, or asserted if they do not stay."""
    before = marked[max(low, site.start - _REACH) : site.start]
    clause = re.split(r"[,。;!?\n:]", before)[-1].rstrip()
    if re.search(r"(?:就当|当作|假装|仿佛|以为)[^,。]{0,4}$", clause):
        return "none"
    if _negation(clause):
        return "asserted"
    if IMAGINED.first(before) or LONG_AGO.first(before[-24:]):
        return "none"
    if (
        HEDGES.first(clause)
        or ASKED_BEFORE.search(clause)
        or _asked(before, marked[site.end : site.end + _REACH])
    ):
        return "rumoured"
    if re.match(r"[^,。!?;]{0,12}(?:吗|(?<![什怎多这那要])么(?=[?。,!]))", marked[site.end : site.end + 24]):
        return "rumoured"
    return "denied"


def _believed(before: str, cue: str, after: str, own: str, doubted: bool) -> Standing:
    if _CONFIRMED.search(own) or _YES.match(own):
        return "asserted"
    hedges = [end for _, end in HEDGES.all(before + cue)] + [m.end() for m in _HEARD.finditer(before)]
    if hedges and not SURE.search(before[max(hedges) :]) and not _AT_LAST.search(before[max(hedges) :]):
        return "rumoured"
    if (
        re.search(r"(?:是不是|会不会是?|难不成是|莫非是|不会是)$", own)
        and after[len(own) : len(own) + 1] == "¤"
    ):
        return "rumoured"
    if _RUMOUR_NOUN.match(own) or _EITHER.search(before) or _OR_ELSE.match(own):
        return "rumoured"
    if doubted or _doubted_behind(own) or _asked(before, after):
        return "rumoured"
    return "asserted"


def _until_next(after: str) -> str:
    """What follows a cue, up to the next person who does not only speak."""
    end = 0
    while (start := after.find("¤", end)) >= 0:
        end = start
        while end < len(after) and after[end] == "¤":
            end += 1
        if not _SPEAKS.match(after, end):
            return after[:start]
    return after


def _negation(clause: str) -> str:
    """The word that negates what follows a clause, '' if none does."""
    end = len(clause)
    for _ in range(7):
        length = NOT.at_end(clause, end)
        if length < 0:
            return ""
        if length:
            return _of_the_act(clause[end - length : end], clause[end:])
        if clause[:end].endswith("不") and not clause[:end].endswith(
            ("要不", "得不", "是不", "动不", "差不", "好不", "会不", "该不")
        ):
            return "不"
        step = FILLER.at_end(clause, end)
        if not step:
            return ""
        end -= step
    return ""


def _of_the_act(word: str, rest: str) -> str:
    """A negation, unless it is one of the cause or the manner: 'it is not because of the money that he left'."""
    manner = word in ("不是", "并不是", "并非", "也不是", "非") and re.match(
        r"(?:因|由于|为了|单纯|被|自愿|主动|闹|赌气)", rest
    )
    return "" if manner else word


def _doubted_behind(own: str) -> bool:
    """Does a doubt follow in the same sentence, which is not about the reason or where to?"""
    if _AFTERWARDS.match(own):
        return False
    sentence = re.split(r"[。!\n;]", own)[0][:28]
    for start, end in HEDGES_AFTER.all(sentence):
        between, word = sentence[:start], sentence[start:end]
        if _OTHER_DOUBT.search(between) or _OTHER_DOUBT.search(sentence[end : end + 8]):
            return False
        if word not in ("吗", "咩") or (len(between) <= 10 and "," not in between):
            return True
    return bool(re.match(r"[^,。!?;]{0,6}(?:(?<![什怎多这那要])么[?。,!]|没有?\?|了没[?,。]?$|吧\?)", own))


def dated_before(clause: str, after: str, year: int) -> bool:
    """Is the departure dated to a calendar year before `year`?"""
    clause = _HANZI_YEAR.sub(
        lambda m: "".join(
            str("〇一二三四五六七八九".index(c)) for c in m.group().replace("零", "〇").replace("○", "〇")
        ),
        clause,
    )
    near = clause[-30:] + "#" + re.split(r"[,。;]", after)[0][:12]
    years = [(int(m.group(1)), m.end()) for m in _YEAR.finditer(near)]
    years += [(2000 + int(m.group(1)), m.end()) for m in _SHORT_YEAR.finditer(near)]
    if any(
        one < year and not re.search(r"入职|加入|加盟|来到|创立|成立|起", near[end : end + 8])
        for one, end in years
    ):
        return True
    return LONG_AGO.first(clause[-24:]) is not None


def _asked(before: str, after: str) -> bool:
    if _AFTERWARDS.match(after):
        return False
    m = re.search(r"[,。!?;\n]", after)
    if m is None or after[m.start()] != "?":
        return False
    return not (WHY.first(before) or WHY.first(after[: m.start()]))


def _doubted_near(site: Site, marked: str) -> bool:
    """In an article or a list: does the sentence of the cue, or the next one, call the news unconfirmed?"""
    if not _many(marked):
        return False
    sentences, number = site.scene.sentences, site.scene.sentence_of(site.start)
    following = marked[slice(*sentences[min(number + 1, len(sentences) - 1)])]
    if len(marked) <= LONG and "¤" in following:
        following = ""
    return doubts(marked[site.low : site.high] + following)


def _many(text: str) -> bool:
    """Does a text speak of more than one thing, so that a doubt belongs to what stands beside it?"""
    return len(text) > LONG or sum(text.count(mark) for mark in "。;\n") > 1


def doubted_text(text: str) -> bool:
    """Does a text that is no article call its news unconfirmed as a whole?"""
    return not text.isascii() and not _many(text) and doubts(text)
