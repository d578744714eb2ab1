"""When somebody leaves by the text: the day that belongs to the departure and to nothing else."""

from __future__ import annotations

import re
from datetime import date

from ..english.words import Phrases
from ..regex import regex
from . import words as table
from .days import Day, Tense, chinese_days, english_days, has_english_days
from .ground import Ground

_OTHER_DEEDS = Phrases(table.OTHER_DEEDS)
_STILL_LEAVING = Phrases(table.STILL_LEAVING)
_ANNOUNCED = Phrases(table.ANNOUNCED)
_FUTURE = regex(
    r"(?<!\w)(?:will|'ll|shall|would|may|might|could|can|to|plans|intends|set|is|are|am|'s|'m|'re|i'm|i'll|she's|he's|be)(?: \w+){0,2} $"
)
_MODAL = regex(
    r"(?:(?:^|\W)(?:will|'ll|would|to|may|might|could)|[a-z]'ll)(?: (?:soon|also|then|now|\w+ly|be|have))? $"
)
_HAS = regex(r"(?<!\w)(?:has|have|had|was|were|'ve|'d|been|did)(?: \w+)? $")
_WORD = regex(r"[a-z]+")
# What ties a day to the departure even behind a noun or the verb of an announcement.
_STRONG = regex(
    r"(?:effective|effective on|effective from|as of|with effect from|takes effect|take effect|taking effect|takes effect on|take effect on|starting|until|day is|day will be|day was)(?: the)? $"
)
_BAD_BEFORE = regex(
    r"(?:before|after|since|around|between|about|than|by|ago|times?|not|not on|not in|like|for|until|till|and|following|of|a|every|this|last|through) $"
)
_UNTIL = regex(r"(?:stay|stays|remain|remains|staying|remaining|on|here|there|around) until $")
# What may stand before a day that opens a clause.
_OPENING = regex(
    r"(?:^|[,;:—(\n-] ?|\b(?:and|but|so|well|just|that) )(?:(?:and|but|so|well|late|earlier|early|sadly|from|on|at|in|effective|as of|just|only) )*(?:the )?$"
)


def occurred(ground: Ground) -> date | None:
    """The day of the departure, before others the one that it takes effect, by the sentence that tells of it or, where one goes on about it, the next."""
    text = ground.text
    if not has_english_days(text, ground.low, ground.next_end):
        return None
    tense = _tense(ground)
    later: Tense = "past" if _WAS.search(text, ground.high, ground.next_end) else "future"
    best: tuple[int, date] | None = None
    for day in (
        # "on Mar. 11": a full stop within the day ends a sentence too.
        *english_days(text, ground.low, min(ground.high + 8, ground.last), ground.today, tense),
        *english_days(text, ground.high, ground.next_end, ground.today, later),
    ):
        if day.day is not None and _is_ours(ground, day):
            best = _nearer(best, ground, day, day.day)
    return best[1] if best else None


_WAS = regex(r"(?<!\w)(?:was|left|took|went|had)(?!\w)")


def _nearer(best: tuple[int, date] | None, ground: Ground, day: Day, at: date) -> tuple[int, date]:
    gap = min(abs(day.start - ground.end), abs(ground.start - day.end))
    if _STRONG.search(ground.text[max(ground.low, day.start - 24) : day.start]):
        gap -= 1000
    return (gap, at) if best is None or gap < best[0] else best


def _tense(ground: Ground) -> Tense:
    before, cue = ground.text[max(ground.low, ground.start - 30) : ground.start], _cue(ground)
    if isinstance(cue, str):
        return "past" if " was " in ground.text[ground.end : ground.end + 40] else "future"
    past = any(word in table.PAST or word.endswith("ed") for word in cue)
    if _MODAL.search(before):
        return "future"
    if "longer" in cue or "out" in cue:
        return "unknown"
    if past or _HAS.search(before):
        return "past"
    if table.LEAVES.intersection(cue) and not table.NOMINAL.issuperset(cue):
        return "future"
    return "future" if _FUTURE.search(before) else "unknown"


def _cue(ground: Ground) -> list[str] | str:
    words = ground.text[ground.start : ground.end]
    return words if words.endswith(("last day", "final day")) else _WORD.findall(words)


def _is_ours(ground: Ground, day: Day) -> bool:
    text = ground.text
    if day.start < ground.end and ground.start < day.end:
        return True
    if _modifies(text, day):
        return False
    if text[ground.end : day.start] == " since ":
        return True
    low, _ = ground.sentence(day.start)
    before = text[max(low, day.start - 24) : day.start]
    strong = _STRONG.search(before) is not None
    if not strong and _BAD_BEFORE.search(before) and not _UNTIL.search(before):
        return False
    if day.start >= ground.high:
        return _goes_on(ground, day, low)
    if day.start >= ground.end:
        return _behind(ground, day, strong)
    return _ahead(ground, day, low)


def _modifies(text: str, day: Day) -> bool:
    """'The March 3 release' is no day of a departure."""
    word = re.match(r"(?:'s)? ?-?(\w+)", text[day.end : day.end + 20])
    return word is not None and (word.group().startswith("'s") or word[1] in table.AFTER_DATE)


def _behind(ground: Ground, day: Day, strong: bool) -> bool:
    if day.start - ground.end > 100 or _other_between(ground, ground.end, day.start):
        return False
    between = ground.text[ground.end : day.start]
    if "," in between and _SUBJECT.match(ground.text, day.end):
        return False
    if strong and (len(between) <= 40 or not ground.holds(_OTHER_DEEDS, ground.end, day.start - 12)):
        return True
    if ground.holds(_OTHER_DEEDS, ground.end, day.start) or not _same_clause(ground, day.start):
        return False
    words = set(_WORD.findall(ground.text[ground.start : ground.end]))
    if "announced" in words or "announces" in words:
        return False
    if words & table.NOMINAL:
        before = max(ground.low, ground.start - 40)
        return not ground.holds(_ANNOUNCED, before, ground.start)
    return True


# "..., version 3 on 1 March was the last": the day belongs to something else.
_SUBJECT = regex(r" (?:was|is|were|will|has|had)(?!\w)")
# "March 12 (Daily) - X has left": the line of a news agency.
_DATELINE = regex(r"\s*(?:\([^)]{1,30}\)\s*)?(?:[-–—|·:]|/)")


def _same_clause(ground: Ground, at: int) -> bool:
    """Behind a comma only a bare day goes on about the departure, or one that says so."""
    marks = list(_CLAUSE.finditer(ground.text, ground.end, at))
    if not marks or _BARE.fullmatch(ground.text, marks[-1].end(), at):
        return True
    if table.LEFT & set(_WORD.findall(ground.text[marks[-1].end() : at])):
        return True
    return ground.holds(_STILL_LEAVING, marks[-1].end(), at)


_CLAUSE = regex(r"[,;(—–]|: | - ")
_BARE = regex(r" ?(?:(?:on|in|at|the|from|with|his|her|their|my|late|early|just|after|only|and|this|that) )*")


def _other_between(ground: Ground, start: int, end: int) -> bool:
    """Does somebody else's name stand between the departure and the day?"""
    if any(start <= s and e <= end for s, e in ground.others):
        last = max((s for s, e in ground.leaver if e <= end and s >= start), default=-1)
        return last < max(s for s, e in ground.others if start <= s and e <= end)
    named_behind = [s for s, e in ground.leaver if s >= ground.end]
    if named_behind and not any(ground.low <= s < ground.start for s, _ in ground.leaver):
        return end < named_behind[0] and any(ground.low <= s < ground.start for s, _ in ground.others)
    return False


def _ahead(ground: Ground, day: Day, low: int) -> bool:
    text = ground.text
    if ground.start - day.end > 120 or not _OPENING.search(text[max(low, day.start - 24) : day.start]):
        return False
    if day.kind != "rel" and _DATELINE.match(text, day.end):
        return False
    if day.start - low <= 24 or not ground.holds(_OTHER_DEEDS, max(low, day.start - 30), day.start):
        if ground.holds(_OTHER_DEEDS, day.end, ground.start) or _STOPS.search(text, day.end, ground.start):
            return False
        others = [s for s, e in ground.others if day.end <= s and e <= ground.start]
        return not others or ground.subject_is_leaver(ground.start)
    return False


_STOPS = regex(r";|: ")


def _goes_on(ground: Ground, day: Day, low: int) -> bool:
    if low > ground.high or any(low <= s and e <= day.start for s, e in ground.others):
        return False
    if ground.holds(_OTHER_DEEDS, low, day.start):
        return False
    if _IS_LAST.match(ground.text, day.end) and not ground.text[low : day.start].strip():
        return True
    return ground.holds(_STILL_LEAVING, low, day.start)


_IS_LAST = regex(r" (?:is|was|will be) (?:his|her|my|their) (?:last|final) (?:working )?day")
_ZH_OTHER = regex(
    "加入|入职|发布|报道|消息|宣布|官宣|表示|透露|公告|发文|上线|成立|创立|创办|出生|获悉|讯|举行|召开|升|传开|晋升|接替|接任|接手|发微博|发帖|爆料|传出|曝|回应|任命|毕业于|融资|加盟|生日|报到|就职|履新|更新|以来|起担任|开始负责|至今"
)
_ZH_STILL = regex("最后一天|最后工作日|最后一个工作日|生效|离任|离职|离开|last day|离岗|办完手续|正式走")
_ZH_LAST_DAY = regex("最后一天|最后工作日|最后一个工作日|last day")
_ZH_CLAUSE = regex("[,，;；。!！?？\n:：]")
_ZH_UNTIL = regex("(?:任职|工作|干|待|呆|做|上班|留任|留)(?:到|至)$")
_ZH_SINCE = ("后", "前", "以", "起", "至", "到")
_ZH_FUTURE = regex("将|要|拟|即将|准备|打算|计划|会|明年")
_ZH_PAST = regex("已|了|曾|刚|去年|才")


def chinese_occurred(ground: Ground) -> date | None:
    """The same for the Chinese words; the text of the ground has simplified letters."""
    text = ground.text
    clause = clause_of(ground, ground.start)
    tense: Tense = "unknown"
    if _ZH_FUTURE.search(text, clause[0], ground.end):
        tense = "future"
    elif _ZH_PAST.search(text, clause[0], min(ground.end + 2, clause[1])):
        tense = "past"
    best: tuple[int, date] | None = None
    for day in (
        *chinese_days(text, ground.low, clause[0], ground.today, "unknown"),
        *chinese_days(text, clause[0], clause[1], ground.today, tense),
        *chinese_days(text, clause[1], ground.next_end, ground.today, "unknown"),
    ):
        if day.day is not None and _is_ours_zh(ground, day, clause):
            best = _nearer(best, ground, day, day.day)
    return best[1] if best else None


def clause_of(ground: Ground, at: int) -> tuple[int, int]:
    """The bounds of the Chinese clause that holds offset `at`, within its sentence."""
    low, high = ground.sentence(at)
    start = max((m.end() for m in _ZH_CLAUSE.finditer(ground.text, low, at)), default=low)
    stop = _ZH_CLAUSE.search(ground.text, max(at, start), high)
    return start, stop.start() if stop else high


def _is_ours_zh(ground: Ground, day: Day, clause: tuple[int, int]) -> bool:
    text = ground.text
    if _ZH_UNTIL.search(text, max(0, day.start - 4), day.start):
        return not _zh_others(ground, *clause_of(ground, day.start))
    since = text.startswith("起", day.end) and 0 <= ground.start - day.end <= 3
    if not since and (
        text[day.end : day.end + 1] in _ZH_SINCE or text[day.start - 1 : day.start] in ("自", "从", "到")
    ):
        return False
    low, high = clause_of(ground, day.start)
    if (low, high) != clause:
        if high < ground.start and _ZH_LAST_DAY.search(text, low, high):
            return not _zh_others(ground, low, high)
        if day.end >= high and high < ground.start:
            return (
                high + 1 == clause[0]
                and not _ZH_OTHER.search(text, low, ground.start)
                and day.start - low < 2
            )
        tied = low > ground.start and ground.sentence(low)[0] <= ground.high
        return tied and bool(_ZH_STILL.search(text, low, high)) and not _zh_others(ground, low, high)
    begin, end = sorted((min(day.start, ground.start), max(day.end, ground.end)))
    if _ZH_OTHER.search(text, begin, ground.start if day.start < ground.start else end):
        return False
    behind = text[day.end : ground.start] if day.end <= ground.start else ""
    return "," not in behind and not _somebody_else(ground, day)


def _zh_others(ground: Ground, low: int, high: int) -> bool:
    return bool(_ZH_OTHER.search(ground.text, low, high)) or any(low <= s < high for s, _ in ground.others)


def _somebody_else(ground: Ground, day: Day) -> bool:
    inner = sorted((day.start, ground.start))
    between = [s for s, e in ground.others if inner[0] <= s and e <= inner[1]]
    return bool(between) and not ground.subject_is_leaver(inner[1])
