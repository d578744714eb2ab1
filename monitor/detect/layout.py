"""The outer shape of a folded text: sentences, the furniture of a page, and the turns of a conversation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import ahocorasick_rs

from ..organisation import Span
from .regex import regex
from .vocabulary import words

_BREAK = regex(r"[.!?。;\n☑☐✅❌•▪▶]+[\"')\]」』]*|\s\|\s")
_ABBREVIATIONS = words("mr mrs ms dr prof st vs prev ex inc corp ltd jr sr no u.s u.k e.g i.e approx")


class Turn(NamedTuple):
    """What one voice of a conversation says: the label that names it, and the words from start to end."""

    label: Span
    start: int
    end: int


def split_sentences(text: str) -> list[Span]:
    """The bounds of the sentences of a folded text, without gaps."""
    found: list[Span] = []
    start = 0
    for m in _BREAK.finditer(text):
        if m.group().startswith(".") and not _full_stop(text, m):
            continue
        if m.end() - start > 1:
            found.append((start, m.end()))
            start = m.end()
    if start < len(text):
        found.append((start, len(text)))
    return found or [(0, len(text))]


def _full_stop(text: str, m: re.Match[str]) -> bool:
    if "\n" in m.group():
        return True
    if m.group().startswith("..") or (
        m.end() < len(text) and text[m.end()].isalnum() and text[m.end()].isascii()
    ):
        return False
    word = re.search(r"[a-z.]*$", text[max(0, m.start() - 8) : m.start()])
    return word is None or (
        word.group() not in _ABBREVIATIONS and not (len(word.group()) == 1 and word.group() != "i")
    )


# Who wrote and made a page, in a short line of its own.
_BYLINE = regex(
    r"[\s([*【_—–-]*(?:(?:by|posted by|written by|words by|text by|story by|interview by|edited by|published by|photo(?:graph)?s? by|"
    r"(?:additional )?reporting by|compiled by|illustrations? by|translated by|interviewer|editors?|author|posted|published|updated|last updated|first published|"
    r"source|photo|image|credit|contact|copyright|©|produced by|filed under|tags|topics|follow the topics|share this|subscribe)\b"
    r"|(?:责任编辑|責任編輯|责编|责编|编辑|編輯|作者|撰文|文字|文|图|圖|摄影|攝影|校对|校對|审核|審核|来源|來源|题图|排版|监制|出品|采写|採寫|编译|实习生)\s?[|/:丨·│/](?!\S{0,8}[:?])|(?:记者|記者)\s?[|/:丨·│/]\s?\S{2,4}\s*$"
    r"|(?:编辑|編輯|责编|校对|记者|記者|本报记者)\s\S{2,4}(?:\s|$)|\((?:记者|記者|编辑|本文|完|来源))"
)
_LONGEST_BYLINE = 130
# "By Friday the team had gone." is a sentence.
_WHOLE = regex(r"(?!.{0,3}(?:copyright|©|subscribe|additional|reporting|share)).*[a-z][.!?][\"']?\s*$")
# A line that opens a list of other pages; what stands behind it, up to the end of the text, is no part of the text.
_ELSEWHERE = regex(
    r"[\s*#★【\[▼>»—–-]*(?:(?:read (?:next|more|also|this next)|related(?: (?:stories|articles|coverage|news|posts|reading|links|topics))?|more (?:from|stories|on|news|like this)\b[^:\n]{0,30}|"
    r"recommended(?: (?:reading|stories|for you))?|(?:most|what to) (?:read|popular|viewed)(?: (?:today|next|now|this week))?|what to read next|see also|also in this issue|in (?:this|other) (?:issue|news)|"
    r"recent (?:announcements|posts|news|stories)|previous(?: (?:post|issue|article|stories))?|older(?: posts?)?|newer|next(?: (?:post|up|issue))?|trending(?: now)?|top stories|latest(?: news| stories)?|you (?:may|might) also like|"
    r"editor'?s picks|popular(?: now)?|sponsored|comments(?: \(\d+\))?|comment \(\d+\)|\d+ comments?|leave a (?:comment|reply)|share this article|don't miss|from the archives?|up next|keep reading|further reading)"
    r"|(?:相关|相關|延伸|热门|熱門|推荐|推薦|更多|往期|其他|其它|最新|精彩|近期)(?:阅读|閱讀|新闻|新聞|文章|报道|報道|報導|精彩|推荐|回顾|回顧|通知|消息|内容|內容|资讯)|大家都在看|猜你喜欢|本期其他[^\n]{0,8}|上一篇|下一篇|评论(?: ?\(\d+\))?|留言|热评|網友留言|网友评论)"
    r"\s*(?:[:|/]|$|(?=\())"
)
# What pages say of themselves at the foot, in any line.
_FOOT = regex(
    r"^[^\n]{0,160}?(?:\bunsubscribe\b|\brss feed\b|\brss [·|]|[·|] rss\b|\ball rights reserved\b|^copyright\b|\bsubscribe (?:to|now|here|for|and)\b|\bsign up (?:to|for)\b|\bfree trial\b|\bour standards:|\bcomments are closed\b|"
    r"\bgot a tip\b|\bhave a tip\b|\bview in browser\b|\byou are receiving this\b|\bprivacy (?:notice|policy)\b|\bleave a comment\b|\bshare (?:this|on|it)\b|"
    r"未经许可|未经授权|不得转载|版权所有|版權所有|免责声明|不构成(?:任何)?投资建议|扫码|关注我们|点击“?阅读原文|下載[^\n]{0,12}app|打开[^\n]{0,12}app|阅读 ?\d|点赞 ?\d)"
)
# One of these is in all that it matches.
_FOOT_WORDS = ahocorasick_rs.AhoCorasick(
    ["subscribe", "rss", "all rights reserved", "copyright", "sign up", "free trial", "our standards:", "comments are closed",
     "a tip", "view in browser", "you are receiving this", "privacy", "leave a comment", "share ",
     "未经许可", "未经授权", "不得转载", "版权所有", "版權所有", "免责声明", "投资建议", "扫码", "关注我们", "阅读", "app", "点赞"]
)  # fmt: skip


@lru_cache(maxsize=2)
def furniture(text: str) -> list[Span]:
    """The lines of an article that are not its text: bylines, lists of other pages, footers; in order, none overlap."""
    found: list[Span] = []
    lines = [m.span() for m in re.finditer(r"[^\n]+", text)]
    late = len(text) * 0.55
    for number, (start, end) in enumerate(lines):
        line = text[start:end]
        if start > late and _ELSEWHERE.match(line):
            if re.search(r"[:|]\s*\S", line) is None and number + 1 < len(lines):
                found.append((start, len(text)))
                return found
            found.append((start, end))
        elif (end - start <= _LONGEST_BYLINE and _BYLINE.match(line) and not _WHOLE.match(line)) or (
            start > late
            and end - start < 240
            and _FOOT_WORDS.find_matches_as_indexes(line)
            and _FOOT.match(line)
        ):
            found.append((start, end))
    return found


def within(spans: list[Span], at: int) -> bool:
    """Does offset `at` lie in one of the ordered spans?"""
    number = bisect_right(spans, (at, 1 << 40)) - 1
    return number >= 0 and at < spans[number][1]


_LABEL = regex(
    r"(?:(?<=\n)|^)[ \t]*(?:\[?\d{1,2}:\d\d(?::\d\d)?\]?\s*)?[*_]*(?P<label>[^\W\d_][^:\n|*\"]{0,23}?)[*_]*\s?:[*_]*(?=\s*\S)"
)
_ASKER = frozenset(
    ("q", "question", "记者", "記者", "问", "問", "提问", "主持人", "interviewer", "host", "提問")
)
_ANSWERER = frozenset(("a", "answer", "答", "嘉宾", "受访者", "guest", "受訪者", "回答"))
# A conversation has at least so many labelled lines.
_LEAST = 3


def turns(text: str) -> list[Turn]:
    """The turns of an interview or transcript whose lines begin with who speaks; [] for any other text."""
    found = list(_labels(text))
    often = Counter(_plain(text, span) for span, _ in found)
    told = [(s, at) for s, at in found if often[_plain(text, s)] > 1 or asks(text, s) or answers(text, s)]
    if len(told) < _LEAST or len({_plain(text, span) for span, _ in told}) < 2:
        return []
    ends = [span[0] for span, _ in told[1:]]
    last = text.find("\n\n", told[-1][1])
    return [
        Turn(span, at, end)
        for (span, at), end in zip(told, [*ends, last if last >= 0 else len(text)], strict=True)
    ]


def _labels(text: str) -> Iterator[tuple[Span, int]]:
    aside = furniture(text)
    for m in _LABEL.finditer(text):
        if not within(aside, m.start("label")):
            yield m.span("label"), m.end()


def _plain(text: str, span: Span) -> str:
    return text[slice(*span)].strip()


def asks(text: str, label: Span) -> bool:
    """Does a label only say that somebody asks: 'Q', '记者'?"""
    return _plain(text, label) in _ASKER


def answers(text: str, label: Span) -> bool:
    """Does a label only say that somebody answers: 'A', '答'?"""
    return _plain(text, label) in _ANSWERER


_INTERVIEW = regex(
    r"\b(?:interview(?!ed (?:for|by the))|conversation with|in conversation|talks to|speaks to|spoke (?:to|with|at)|sat down|q ?& ?a|questions (?:for|to|with)|we (?:met|spoke|talked)|our conversation|transcript)\b"
    r"|专访|專訪|对话|對話|访谈|訪談|问答|問答|采访|採訪|对谈"
)
_HEAD = 900


def is_interview(text: str) -> bool:
    """Do the first lines of an article say that it is an interview?"""
    return _INTERVIEW.search(text, 0, _HEAD) is not None
