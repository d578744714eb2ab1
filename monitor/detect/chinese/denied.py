"""Chinese words round a departure that deny it: answers, ridicule, who is seen at work, and what is called false."""

from __future__ import annotations

import re

from ..regex import regex
from .words import DENIALS

SURE = regex(
    r"(?<![未没待求有不等可法])(?:确认|证实|官宣|实锤|石锤|坐实|锤了|敲定|尘埃落定|已成定局|靴子落地|板上钉钉|果然|属实|落地)(?!吗|\?|之前|前|的话)"
)
ASKED_BEFORE = regex(r"(?:有没有|是不是|会不会|是否|是咪|系咪)[^,。]{0,12}$")
_SEEN = regex(
    r"(?:人家|他|她|本人)?(?:这会儿|现在|刚刚|刚才|今天|今早|今晨|昨晚|明明|此刻|目前|刚)[^,。!?]{0,4}(?:还|都|正|才)?(?:在|坐|跟|和|给|带|主持|往|从)[^。!?]{0,4}(?:§|我|周会|例会|工位|食堂|会议室|群里|组里|公司)"
)
# The question is answered at once: 'did I go? No.'
_ANSWER = regex(
    r"[^。?!]{0,10}\?[\"” ]*(?:没有|没|并没有|不是|不|怎么可能|哪有|没有啊|当然没|想多了|nope|no)[,。!~ ]"
)
# 'for the third time this month': who says so is laughed at.
_RIDICULE = regex(
    r"(?:笑死|笑了|哈哈|好笑)[^。]{0,6}又(?:话|说|传|被|有人|把|让)|第[一二三四五六七八九十百\d]+[回次](?:了|[说传\"“把被])[^。]{0,16}$"
)
# The news repeated as a question, and what speaks against it.
_ECHO = regex(
    r"[^。?!,]{0,8}\?+[\"” ]*[^。?]{0,24}(?:好好的|对面|刚跟|刚和|刚给|还在§|正(?:在)?(?:跟|和|给|骂|改|写|开会|吃|喝|讲|训|调|坐|忙)|还坐|天天见|那(?:现在|此刻|今天|正)[^。?]{0,20}是谁)"
)
# 'those who say that I have left should see a doctor'
_SAYING_SO = regex(r"(?:传|说|讲|造谣|编|写)(?:我|¤+)(?:要|已经?|从§+)?[^,。¤]{0,3}$")
_WHO_SAYS_SO = regex(
    r"(?:§+|了)*的(?:人|号|朋友|博主|媒体|各位|那位|那些人?|都)?(?:[,:。]|麻烦|建议|请|可以|去|出来|散)"
)
# 'has dropped the thought of leaving'
_DROPS = regex(r"(?:打消|放弃|断|断绝|收回|取消|撤销|搁置)了?(?:要|想|自己)?[^,。¤§]{0,3}(?:从?§+)?$")
_THE_THOUGHT = regex(r"(?:§+|公司)?[^,。¤§]{0,6}?的?(?:念头|想法|打算|心思|主意|计划|决定)")
# 'They say that X has left. X: (sits in our meeting)'
_SKIT = regex(
    r"[^。!?:]{0,12}[。!?,]?[\"”」]?\s*(?:¤+|本人|当事人)(?:本人|老师)?:\s?\((?:(?:此刻|现在|正|还|一边|刚刚?|仍|默默|继续)*(?:在|坐|跟|和|忙|打卡|开会|上班|改|写|吃|喝))"
)
# 'has had X resign five times this month': who says so laughs at it.
_MANY_TIMES = regex(
    r"(?:给|替|帮|让|把)¤+[^,。¤]{0,4}(?:办|安排|写|编|离|递|提|发|整)[^,。¤]{0,3}(?:[两三四五六七八九十\d]+|好几|无数)(?:次|回|遍|封|份)的?$"
    r"|第[二三四五六七八九十百\d]+[次回](?:给|替|帮)¤+(?:办理?|安排|写|编|宣布)?了?$"
)


def denied(before: str, own: str) -> bool:
    """Do the words before a cue, or those behind it up to the next person, take its departure back?"""
    return _taken_back(before, own) or _seen(before, own) or _RIDICULE.search(before) is not None


def _taken_back(before: str, own: str) -> bool:
    if re.search(r"在不在[^,。?!]{0,4}$", before[-8:] + own[:6]) and re.match(
        r"[^。?!]{0,8}[。?!]在[。,!]", own
    ):
        return True
    if re.match(r"了?(?:第?[一二两三四五六七八九十百千\d]+)(?:回|次|遍)(?!后|之)", own):
        return True
    if _ANSWER.match(own) or _ECHO.match(own) or _SKIT.match(own) or _MANY_TIMES.search(before):
        return True
    if (_SAYING_SO.search(before) and _WHO_SAYS_SO.match(own)) or (
        _DROPS.search(before) and _THE_THOUGHT.match(own)
    ):
        return True
    if ASKED_BEFORE.search(before) and re.match(
        r"[^。?!]{0,6}[,。?!](?:没有|没|不是|假的)(?:哈|啊|呀|呢|的|哦)?[,。!]", own
    ):
        return True
    if re.match(r"(?:[^,。!?]{0,4})?(?:是|那是|这是)?(?:不可能|没可能|假新闻|假消息)", own):
        return True
    m = DENIALS.first(own)
    if (
        m
        and not re.search(r"[^?。!]*[。!].*[。!]", own[: m[0]])
        and not re.search(r"(?:不是|并非|没有|没|未|吗|还是)$|\bor |\?[^。!]{0,8}(?:还是|定是)", own[: m[0]])
    ):
        return True
    m = DENIALS.first(before)
    return (
        m is not None
        and not re.search(r"(?:不是|并非|没有|没|未|求|请|等)$", before[: m[0]])
        and "¤" not in before[m[1] + 12 :]
        and not SURE.search(before[m[1] :])
        and not (before[m[0] : m[1]] in ("谁说", "谁讲") and "," in before[m[1] :])
    )


def _seen(before: str, own: str) -> bool:
    """Is the one who is said to have left seen at work: 'and he sits in our meeting right now'?"""
    m = _SEEN.search(own)
    return m is not None and bool(
        re.search(r"[\"“」]|又[把说传被]|回了|天天|都说|网上|总有人|公众号|营销号", before + own[: m.start()])
    )
