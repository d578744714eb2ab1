"""Is a name in a text the watched person's, or a namesake's? Each test gives a reason, or nothing."""

from __future__ import annotations

import re
from typing import NamedTuple

import ahocorasick_rs

from ..organisation import Span, is_word
from . import words
from .refusal import Refusal

_SIGNS = ahocorasick_rs.AhoCorasick(words.NAMESAKE_SIGNS)
# Without one of these a text holds no sign that people share a name; without one of those, no other trade in Chinese.
SIGNS = (*words.NAMESAKE_SIGNS, "另", "不是一个人", "not the ")
WALKS = (*words.WALKS_ZH, *sorted(words.WALKS))
TRADES = (*words.WALKS_ZH, *words.DOING_ZH)
_ENDS = ".!?。!?\n;；"
_ANOTHER = re.compile("另一[个位個](?=叫|姓|同)")
_ANOTHER_BEFORE = re.compile("另一[个位個]")
# "Not the one who builds models" sets a namesake apart; "not the one to blame" and "not the one leaving" do not.
_NOT_THE = re.compile(
    r"not the (?:ai |tech |researcher|guy |lab"
    r"|one(?=[.,!?;:)]|$| (?:from|of|behind|you(?! should| have to| want)|we (?:all )?(?:know|follow|use)|everybody|everyone)\b"
    r"| (?:at|in|on)\b(?! (?:charge|fault|trouble|trial|the (?:wheel|wrong|top|helm|way)))"
    r"| (?:who|that) (?:is|was|works?|worked|builds?|built|makes?|leads?|led|runs?|heads?|trains?|trained|writes?|codes?|does)\b))"
)
# "The two are not one person", and not "this is not one person's work".
_NOT_ONE = re.compile(
    r"(?:^|[,。.!?;:\s(]|[和跟与與同俩兩两][^,。.!?;]{0,16})(?:可|并|完全|根本|都|其实)?不是一个人(?=$|[\s,。.!?;)吧啊呀哦喔哈嘛呢哟啦])"
)
# How far a word that tells namesakes apart reaches: an article speaks of many things.
_REACH = 300


class Setting(NamedTuple):
    """What the tests read: the folded text, the original letters at the same offsets, the organisation's places.

    `signed`, `walked` and `traded`: it holds one of SIGNS, of WALKS and of TRADES.
    """

    folded: str
    letters: str
    organisation: list[Span]
    namesake_signs: list[int]
    signed: bool
    walked: bool
    traded: bool


def title_case(letters: str) -> bool:
    """Are most words of the text capitalised, so that a capital says nothing?"""
    tokens = [t for t in letters.split()[:40] if t[0].isascii() and t[0].isalpha() and len(t) > 3]
    return len(tokens) > 2 and sum(t[0].isupper() for t in tokens) * 10 >= len(tokens) * 7


def sentence_around(text: str, start: int, end: int, limit: int = 200) -> tuple[int, int]:
    """The bounds of the sentence that holds text[start:end], at most `limit` characters to each side."""
    low, high = max(0, start - limit), min(len(text), end + limit)
    for i in range(start - 1, low - 1, -1):
        if text[i] in _ENDS and not (text[i] == "." and i + 1 < len(text) and is_word(text[i + 1])):
            low = i + 1
            break
    for i in range(end, high):
        if text[i] in _ENDS and not (text[i] == "." and i + 1 < len(text) and is_word(text[i + 1])):
            high = i
            break
    return low, high


def word_before(text: str, start: int) -> str:
    """The Latin word that ends right before `start`, over one space; empty over punctuation."""
    if start < 2 or text[start - 1] != " ":
        return ""
    i = start - 1
    word = text[text.rfind(" ", max(0, start - 30), i) + 1 : i]
    if word.isalnum() and len(word) < 30:
        return word  # as mostly; else letter by letter
    while i and start - i < 40 and (text[i - 1].isalnum() or text[i - 1] in "'-"):
        i -= 1
    return text[i : start - 1]


def word_after(text: str, end: int) -> str:
    """The Latin word that starts one space or hyphen behind `end`."""
    if end + 1 >= len(text) or text[end] not in " -":
        return ""
    i = end + 1
    word = text[i : max(i, text.find(" ", i, end + 30))]
    if word.isalnum():
        return word
    while i < len(text) and i - end < 40 and (text[i].isalnum() or text[i] in "'-"):
        i += 1
    return text[end + 1 : i]


# "Praying Lin stays": a capital where a sentence begins, and no name.
_WORD_FIRST = re.compile(r"\w+(?:ing|ed|ly) ")


def stuck_to_name(setting: Setting, start: int, end: int, own: frozenset[str]) -> Refusal | None:
    """A short Latin name beside another capitalised name is somebody else's; `own` are the person's names."""
    if not setting.letters[start].isupper() or setting.letters.isupper():
        return None
    before, after = word_before(setting.letters, start), word_after(setting.letters, end)
    if before and _is_name(before, own) and not _in_spans(setting.organisation, start - 2):
        name = f"{before} {setting.letters[start:end]}"
        return Refusal(f"belongs to the name {name}", taken=_WORD_FIRST.match(name) is None)
    if after and not setting.folded.startswith("'s", end) and _is_name(after, own):
        verb_like = _headline_verb if title_case(setting.letters) else _verb_like
        verbal = setting.letters[end] == " " and verb_like(after.lower())
        if not verbal and not _in_spans(setting.organisation, end + 1):
            return Refusal(f"belongs to the name {setting.letters[start:end]} {after}", taken=True)
    return None


def _is_name(word: str, own: frozenset[str]) -> bool:
    plain = word.lower().removesuffix("'s")
    if not word[0].isupper() or (word.isupper() and len(word) > 1):
        return False
    return not word.endswith(("'s", "'")) and plain not in words.COMMON_CAPITALISED and plain not in own


def _verb_like(word: str) -> bool:
    return word in words.COMMON_CAPITALISED or (len(word) > 4 and word.endswith(("ed", "es")))


def _headline_verb(word: str) -> bool:
    return _verb_like(word) or (len(word) > 4 and word.endswith(("s", "ed")))


def _in_spans(spans: list[Span], index: int) -> bool:
    return any(start <= index < end for start, end in spans)


_TRADE_ENDS = frozenset(word[-1] for word in words.OCCUPATIONS_ZH)
_TRADE_BEGINS = frozenset(word[0] for word in words.OCCUPATIONS_ZH)
_THAT_ENDS = frozenset("位个個名")


def occupation_beside(setting: Setting, start: int, end: int) -> str | None:
    """An occupation right before or after the name: 'chef X', 'X, a violinist'."""
    folded = setting.folded
    before = word_before(folded, start)
    if before in words.OCCUPATIONS:
        return f"'{before}' stands before it"
    last = folded[start - 1 : start]
    if (last in _TRADE_ENDS and folded.endswith(words.OCCUPATIONS_ZH, 0, start)) or (
        folded[end : end + 1] in _TRADE_BEGINS and folded.startswith(words.OCCUPATIONS_ZH, end)
    ):
        return "an occupation stands beside it"
    if (
        last in _THAT_ENDS
        and folded.endswith(("那位", "那个", "那個", "那名"), 0, start)
        and folded[: start - 2].rstrip("的").endswith(words.DOING_ZH)
    ):
        return "another trade stands before it"
    behind = folded[end : end + 30]
    if behind.startswith((", ", " (", " is ", " - ", " the ")):
        near = behind[1:].lstrip(",( -").split()[:4]
        if near and near[0] in ("a", "an", "the", "our", "is", "local", "violinist", "chef"):
            for token in near[:3]:
                if token.strip(",.()") in words.OCCUPATIONS:
                    return f"'{token}' stands after it"
    return None


def watchlist_says(setting: Setting, start: int, end: int, not_words: list[str]) -> str | None:
    """The watchlist's `not` words: one over the name counts there, any other where no organisation is near."""
    if not not_words:
        return None
    folded = setting.folded
    low, high = max(0, start - _REACH), end + _REACH
    for word in not_words:
        at = folded.find(word, low, high)
        while at >= 0:
            over = at <= start and at + len(word) >= end
            if over and _is_capital_within(setting, at, start):
                pass
            elif over or (_whole(folded, at, at + len(word)) and not _organisation_near(setting, start, end)):
                return f"'{word}' marks a namesake"
            at = folded.find(word, at + 1, high)
    return None


def _is_capital_within(setting: Setting, at: int, start: int) -> bool:
    """Does a name begin with a capital behind words that have none: 'that Song', and not 'that song'?"""
    letters = setting.letters
    return at < start and letters[at].islower() and letters[start].isupper()


def _organisation_near(setting: Setting, start: int, end: int) -> bool:
    low, high = sentence_around(setting.folded, start, end)
    return any(low <= s < high for s, _ in setting.organisation)


def _whole(text: str, start: int, end: int) -> bool:
    left = start and is_word(text[start - 1]) and is_word(text[start])
    right = end < len(text) and is_word(text[end]) and is_word(text[end - 1]) and text[end] != "s"
    return not left and not right


_WORDS = re.compile(r"[a-z][a-z'-]+")
# In a longer text one word of another walk of life says nothing of the person.
_LONGEST_NOTE = 500


def another_walk(setting: Setting) -> str | None:
    """Does a short text that names no organisation speak of another walk of life: of an orchestra, a clinic, a match?"""
    folded = setting.folded
    if setting.organisation or len(folded) > _LONGEST_NOTE or not setting.walked:
        return None
    found = set(_WORDS.findall(folded))
    if found & words.TRADE or any(word in folded for word in words.TRADE_ZH):
        return None
    sign = min(found & words.WALKS, default=None) or next((w for w in words.WALKS_ZH if w in folded), None)
    return f"'{sign}' is of another walk of life" if sign else None


def set_apart(setting: Setting, start: int, end: int) -> str | None:
    """Does a short text of another walk of life name the organisation only to say that it is not meant?"""
    folded = setting.folded
    if not setting.traded or len(folded) > _LONGEST_NOTE:
        return None
    denied = [span for span in setting.organisation if _not_meant(folded, *span)]
    if not denied and not _NOT_THE_MAKER.search(folded):
        return None
    low = max(folded.rfind(mark, 0, start) for mark in ",，。;；!！?？\n") + 1
    ours = [span for span in setting.organisation if low <= span[0] < end + 8 and span not in denied]
    if ours or _IS_THE.search(folded, low, start):
        return None
    return "the text says that the organisation's is not meant"


# "not the one who makes models", before the name of a singer.
_NOT_THE_MAKER = re.compile(
    r"(?:不是|并非|跟|和|与)[做搞写管](?:后训练|预训练|模型|ai|代码|技术|算法|大模型)"
)
_IS_THE = re.compile(r"(?<!不)是[做搞写管](?:后训练|预训练|模型|ai|代码|技术|算法|大模型)")
_NOTHING_TO_DO = re.compile(
    r"[^。!?]{0,14}?(?:无关|没关系|没有关系|同名|重名|不是一|不是同一|两回事|两码事|不相干|没半点|撞名)"
)


def _not_meant(folded: str, start: int, end: int) -> bool:
    """'is not ORG's', 'has nothing to do with ORG'."""
    before = re.sub("[那个位的做在]+$", "", folded[max(0, start - 6) : start])
    if before.endswith(("不是", "并非", "並非", "非")):
        return True
    return before.endswith(("跟", "和", "与", "與", "同")) and _NOTHING_TO_DO.match(folded, end) is not None


def ruled_out(setting: Setting, start: int, end: int) -> str | None:
    """Is the person named only to say that somebody else of the same name is meant?"""
    folded = setting.folded
    low = max(0, start - 8)
    another = folded.find("另", low, start) >= 0 and _ANOTHER_BEFORE.search(folded, low, start)
    if not another and not any(start - _REACH <= sign <= end + _REACH for sign in setting.namesake_signs):
        return None
    before = folded[max(0, start - 60) : start]
    for span_start, span_end in setting.organisation:
        if span_end <= start and span_end >= start - 40:
            before = folded[max(0, span_start - 60) : span_start]
            break
    told = folded[max(0, start - 24) : start]
    meant = "的是" in told and any(start - 24 <= s < start for s, _ in setting.organisation)
    if not meant and re.match(
        r"[\s((,]{1,2}(?:同名|重名|撞名|another|no relation|a namesake|different)", folded[end : end + 16]
    ):
        return "the text calls it a namesake"
    before = before.rstrip(" '\"")
    for sign in words.RULED_OUT_BEFORE:
        if before.endswith(sign):
            return f"'{sign}' rules the watched one out"
    low, high = sentence_around(folded, start, end, 120)
    if (
        not any(low <= s < high for s, _ in setting.organisation)
        or "not the" in folded[end:high]
        or "不是" in folded[end:high]
    ):
        return "the text sets a namesake apart"
    return None


def namesake_signs(folded: str) -> list[int]:
    """Where the text says that two people share a name."""
    found = [start for _, start, _ in _SIGNS.find_matches_as_indexes(folded)]
    if "另" in folded:
        found += [m.start() for m in _ANOTHER.finditer(folded)]
    if "不是一个人" in folded:
        found += [m.end() for m in _NOT_ONE.finditer(folded)]
    if "not the " in folded:
        found += [m.start() for m in _NOT_THE.finditer(folded)]
    return found
