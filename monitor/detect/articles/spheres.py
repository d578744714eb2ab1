"""Which organisation the sentences of an article speak of: ours, another one, a club or committee, or none."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from .. import layout
from ..events import Event
from ..regex import regex
from ..scene import Mention, Scene
from ..vocabulary import COMPANIES, COMPANIES_ZH, MONTHS, WEEKDAYS

# Bodies that one leaves without leaving one's job.
_BODY = (
    r"\b(?:committees?|board(?! (?:member )?told)|boards|association|society|council|club|choir|orchestra|philharmonic|league|federation|foundation|"
    r"conference|programme chairs?|program chairs?|working group|standards? (?:body|group)|jury|parish|union|guild|alumni|trustees?|chairmanship|chairmans?|treasurer|secretariat|university|college|faculty|academy|"
    r"postdoc\w*|doctora\w+|fellowship|phd|internship|dean|professorship|band|ensemble|theatre|church|charity|juror|volunteer\w*|maintainers?hip)\b"
)
_BODY_ZH = (
    r"(?:学会|學會|协会|協會|乐团|樂團|委员会|委員會|理事会|理事會|理事|基金会|基金會|俱乐部|俱樂部|合唱团|秘书长|秘書長|监事|監事|董事会|董事會|独立董事|獨立董事|独董|业委会|联盟|聯盟|大学|大學|学院|學院|研究院|博士后|读博|實習|实习|"
    r"编委|评委|评审|工作组|志愿者|家委会|商会|球队|社团|主席团|程序委员)"
)
_BODIES = regex(f"{_BODY}|{_BODY_ZH}")
# Companies that no list holds, by the words that Chinese names of companies end in and by what stands round Latin ones.
_FIRM_ZH = regex(
    r"(?<![\u4e00-\u9fff])?[\u4e00-\u9fff]{2,4}(?:智能|科技|集团|集團|资本|資本|银行|銀行|汽车|汽車|半导体|证券|證券|电商|游戏|传媒|数据公司|云计算)(?!公司的技术)"
)
_FIRM_BEFORE = regex(
    r"(?:\b(?:at|from|of|joined|joins|join|joining|rival|rivals|start-up|startup|company|lab|maker|developer|chipmaker|bank|firm|called|founded)|\bhired by|\brecruited by) $"
)
_FIRM_AFTER = regex(
    r"(?: (?:ai|labs?|inc|corp|ltd|technologies|systems|capital|robotics|group|partners|bank|networks|health)\b|'s (?:chief|head|lead|boss|cloud|ceo|cto|research|code|model))"
)
_CAPITAL = regex(r"(?<![\w@#/.'’-])[A-Z][A-Za-z]{2,20}(?![\w@])")
_NO_FIRM = frozenset(
    [
        *MONTHS,
        *WEEKDAYS,
        "london",
        "paris",
        "berlin",
        "singapore",
        "beijing",
        "shanghai",
        "hangzhou",
        "suzhou",
        "shenzhen",
        "china",
        "europe",
        "asia",
        "america",
        "france",
        "germany",
        "japan",
        "korea",
        "india",
        "the",
        "this",
        "that",
        "his",
        "her",
        "its",
        "their",
        "our",
        "all",
        "least",
        "first",
        "last",
        "best",
        "once",
        "home",
        "work",
        "school",
        "university",
        "college",
        "christmas",
        "easter",
        "spring",
        "summer",
        "autumn",
        "winter",
        "chinese",
        "english",
        "python",
        "university",
    ]
)


def firms(scene: Scene) -> frozenset[str]:
    """Folded Latin names of companies beside ours that the text itself shows to be such: 'joined Corvane', 'Halden AI'."""
    taken = [(m.start, m.end) for m in scene.mentions if m.kind == "name"] + scene.organisation
    return _firms(scene.letters, scene.text, tuple(sorted(taken)))


@lru_cache(maxsize=4)
def _firms(letters: str, text: str, taken: tuple[tuple[int, int], ...]) -> frozenset[str]:
    found: set[str] = set()
    for m in _CAPITAL.finditer(letters):
        word = m.group().lower()
        if word in _NO_FIRM or word in found:
            continue
        at = bisect_right(taken, (m.start(), 1 << 40)) - 1
        if at >= 0 and m.start() < taken[at][1]:
            continue
        if _FIRM_BEFORE.search(text, max(0, m.start() - 16), m.start()) or _FIRM_AFTER.match(text, m.end()):
            found.add(word)
    return frozenset(found)


def names_other(words: str, known: frozenset[str] = frozenset()) -> bool:
    """Do folded words name another company, of the lists or of those that the text has shown?"""
    return (
        any(word in COMPANIES or word in known for word in re.findall(r"[a-z.]+", words))
        or any(name in words for name in COMPANIES_ZH)
        or _FIRM_ZH.search(words) is not None
    )


def nearer_other(scene: Scene, low: int, high: int, known: frozenset[str]) -> bool:
    """Is another company named last between two offsets, behind the last place that names us?"""
    ours = max((span[1] for span in scene.organisation if low <= span[0] < high), default=low)
    return names_other(scene.text[ours:high], known)


def names_body(words: str) -> bool:
    """Do folded words name a club, committee, board or school?"""
    return _BODIES.search(words) is not None


def headline(scene: Scene) -> tuple[int, int]:
    """The bounds of the first line."""
    end = scene.text.find("\n")
    return 0, end if 0 < end < 240 else scene.sentences[0][1]


def of_a_body(scene: Scene) -> bool:
    """Is an article about a club, committee or board, by a headline that does not name us?"""
    low, high = headline(scene)
    return scene.organisation_in(low, high) is None and names_body(scene.text[low:high])


def about_us(scene: Scene) -> bool:
    """Is an article about our organisation, by its headline or first lines?"""
    low, high = headline(scene)
    if scene.organisation_in(low, high) is not None:
        return True
    behind = scene.sentences[min(len(scene.sentences) - 1, 3)][1]
    return scene.organisation_in(high, behind) is not None and not names_other(
        scene.text[low:high], firms(scene)
    )


_LEAVING = regex(
    r"\b(?:fires?|fired|dismiss\w*|sacks|sacked|exits?|quits?|leav\w+|left|los(?:es?|ing|t)|depart\w*|resign\w*|ousts?|ousted|goodbye|farewell|steps? down|out)\b|离|離|辞|辭|卸任|出走|挖"
)


def headline_leaves(scene: Scene) -> bool:
    """Does the headline name us and then speak of leaving: 'ORG loses ...', 'ORG's tech lead quits'?"""
    low, high = headline(scene)
    ours = scene.organisation_in(low, high)
    return ours is not None and _LEAVING.search(scene.text, ours[1], high) is not None


_COMPANY_WORD = regex(
    r"\b(?:the|our|its) (?:company|lab|laboratory|group|developer|start-up|startup|firm|organi[sz]ation|team|model maker)\b|公司|该实验室|實驗室|集团|团队|團隊|\bthere\b|\bhere\b"
)
_GOES_TO = regex(r"(?:\b(?:to|for|join\w*)(?: the)?|加入|加盟|来到|转投) ?$")


_TRADE = regex(
    r"\b(?:ai|models?|llms?|lab|laboratory|post-training|pre-training|open[- ]weights?|machine learning)\b|模型|人工智能|实验室|算法|训练|开源"
)


def of_our_trade(scene: Scene, watched: bool) -> bool:
    """Does an article that never names us at least speak of our trade, so that a watched name is no namesake's?"""
    return watched and _TRADE.search(scene.text) is not None


def here(scene: Scene, event: Event, low: int, high: int) -> bool:
    """Does a sentence name our organisation, and not only as where somebody goes?"""
    return any(
        low <= start < high
        and not (start > event.end and _GOES_TO.search(scene.text, max(low, start - 14), start))
        for start, _ in scene.organisation
    )


_ANOTHER = regex(
    r"\b(?:another|a rival|a competing|a different) (?:\w+ )?(?:company|lab|firm|start-up|startup|maker)|另一家|另外一家|某(?:公司|厂|大厂|车企)|友商|竞争对手"
)


_GOAL = regex(
    r"\b(?:left|leaves|leaving|leave|moved|moves|moving|gone|went|goes|going|off|departed|quit|jumped|defected) (?:for|to) (?:\w+ ?){1,2}|\bjoin(?:s|ed|ing)? (?:\w+ ?){1,2}"
)


def affiliation(scene: Scene, key: str, known: frozenset[str]) -> str:
    """Whose person somebody is, by what stands beside their name in an article: "ours", "other" or ""."""
    ours = other = 0
    ours_topic = about_us(scene)
    for m in scene.mentions:
        if m.key != key or m.kind != "name" or layout.within(scene.aside, m.start):
            continue
        low, high = scene.sentences[scene.sentence_of(m.start)]
        begin, end = max(low, m.start - 70), min(high, m.end + 110)
        others = [one for one in scene.mentions if one.kind == "name" and one.key != key]
        begin = max([begin, *(one.end for one in others if one.end <= m.start)])
        end = min([end, *(one.start for one in others if one.start >= m.end)])
        near = _GOAL.sub(" ", scene.text[begin:end])
        if _ANOTHER.search(near):
            other += 3
        elif scene.organisation_in(begin, end) is not None:
            ours += 2
        elif names_other(near, known) and not _ONCE.search(near):
            other += 2
        elif ours_topic:
            ours += _by_paragraph(scene, m, known) or headline_leaves(scene)
    return "ours" if ours > other else "other" if other else ""


_ONCE = regex(
    r"(?:19|20)\d\d|\bpreviously\b|\bformerly\b|\bfound(?:s|ed|ing|er)\b|\bco-found\w+|曾|创办|创立|创始"
)


def _by_paragraph(scene: Scene, mention: Mention, known: frozenset[str]) -> int:
    """1 where the paragraph speaks of 'the company' or names us, and the other companies before the person are none."""
    begin = scene.text.rfind("\n", 0, mention.start) + 1
    end = scene.text.find("\n", mention.end)
    end = len(scene.text) if end < 0 else end
    last = max((span[1] for span in scene.organisation if begin <= span[0] < mention.start), default=begin)
    if names_other(scene.text[last : mention.end + 40], known):
        return 0
    named = scene.organisation_in(begin, end) is not None
    return 1 if named or _COMPANY_WORD.search(scene.text, begin, end) else 0


_WORK = ("en.oust", "en.idiom", "en.day.last", "en.noun", "en.state.no_longer", "en.verb.quit", "en.verb.resign", "en.stay", "en.replace",
         "en.successor", "zh.verb.resign", "zh.idiom", "zh.stay", "zh.replace", "zh.noun", "art.")  # fmt: skip


def of_work(event: Event) -> bool:
    """Do the words of an event speak of work by themselves: resigned, last day, not going anywhere?"""
    return event.rule.startswith(_WORK)


def clause(scene: Scene, event: Event, person: Mention) -> str:
    """The words round an event that say what is left: from the person, or the clause's start, to the clause's end."""
    low, high = scene.sentences[scene.sentence_of(event.start)]
    begin = max(low, event.start - 60)
    if low <= person.start < event.start and person.kind != "first":
        begin = max(begin, person.end)
    cut = max(scene.text.rfind(mark, begin, event.start) for mark in (";", "。", ", and ", ", but "))
    begin = max(begin, cut + 1)
    stop = re.compile(
        r"[;。]|, (?:and|but|while|who|which)\b| to (?:join|become|start|found|lead)\b|加入|加盟|转投|去了|创办"
    ).search(scene.text, event.end, min(high, event.end + 70))
    return scene.text[begin : stop.start() if stop else min(high, event.end + 70)]
