"""Days that a text names, in English and Chinese, as dates relative to the day of the text (pure, linear)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from ..english.words import Phrases
from ..regex import regex
from ..vocabulary import MONTHS, WEEKDAYS
from .words import OTHER_DAYS, SHORT_MONTHS

Tense = Literal["past", "future", "unknown"]


class Day(NamedTuple):
    """A place that names a day. `kind` says how far the words around it may be trusted to tie it to a deed."""

    start: int
    end: int
    day: date | None
    kind: str


_MONTH = {name: i + 1 for i, name in enumerate(MONTHS)}
_MONTH |= {name: _MONTH[next(m for m in MONTHS if m.startswith(name[:3]))] for name in SHORT_MONTHS}
_WEEKDAY = {name: i for i, name in enumerate(WEEKDAYS)}
_MON = rf"(?P<MON>{'|'.join(MONTHS)}|(?:{'|'.join(sorted(SHORT_MONTHS, reverse=True))})(?![a-z])\.?)"


def _mon(group: str) -> str:
    return _MON.replace("MON", group)


_YEAR = r"(?:,? ?(?P<{}>20\d\d)(?!\d))?"
_ENGLISH = regex(
    r"(?<![\w./-])(?:"
    r"(?P<iso>(?P<iy>20\d\d)[-/.](?P<im>\d{1,2})[-/.](?P<id>\d{1,2})(?![\d/-]))"
    r"|(?P<num>(?P<n1>\d{1,2})[/.](?P<n2>\d{1,2})[/.](?P<ny>20\d\d)(?!\d))"
    r"|(?P<pair>(?<=on )(?P<p1>\d{1,2})/(?P<p2>\d{1,2})(?![\d/]))"
    rf"|(?P<dm>(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_mon('m1')}(?![a-z]){_YEAR.format('y1')})"
    rf"|(?P<end>(?:the )?(?:end|last day) of (?:the month|this month|next month|{_mon('m3')}(?![a-z])){_YEAR.format('y3')}|month's end|month-end)"
    rf"|(?P<md>{_mon('m2')} (?:the )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:%,.]?\d){_YEAR.format('y2')})"
    rf"|(?P<month>(?:in|at|during) (?:the )?(?:early|mid|late|(?:start|beginning|middle|first half|second half|first week|last week|second week|third week|first days|last days) of)?[- ]?{_mon('m4')}(?![a-z]){_YEAR.format('y4')})"
    rf"|(?P<week>(?P<which>last |next |this |this coming |this past )?(?P<wd>{'|'.join(WEEKDAYS)})(?!s|\w|,? (?:the )?(?:\d|(?:{'|'.join(sorted({m[:3] for m in MONTHS}))})[a-z]*\.? \d)))"
    r"|(?P<ago>(?P<count>\d|two|three|four|five|six) days ago)"
    r"|(?P<rel>the day before yesterday|today|tonight|this morning|this afternoon|this evening|yesterday|tomorrow)(?!'|\w)"
    r"|(?P<span>(?:last|next|this) (?:week|month))(?!'|\w)"
    r")"
)
# Without one of these no form above can be there.
_NAMED = Phrases(";".join([*MONTHS, *SHORT_MONTHS, *WEEKDAYS, *OTHER_DAYS]))
# "has left, effective 1 May": the day has a time of its own.
_EFFECTIVE = regex(r"(?:effective|effect|as of)(?: on| from)?(?: the)? $")
# "hired to replace Y, who left on Monday": the verb beside the day says that it is over.
_DONE = regex(
    r"(?<!\w)(?:who|he|she|they|has|had|who just|[a-z]+ed,) (?:left|quit|resigned|departed|retired|exited|stepped down|walked out)(?: (?!to |and |but |after |before )[a-z]+){0,3}(?: on| in| at)?(?: the)? $"
)
_LAST_DAY = regex(r"(?<!\w)(?:last|final)(?: working| official)? day(?P<was>[^.;]{0,24}\bwas\b)?[^.;]{0,16}$")
_NUMBERS = regex(r"\d[-/.]\d")
_COUNT = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_RELATIVE = {"the day before yesterday": -2, "yesterday": -1, "tomorrow": 1}


def has_english_days(text: str, start: int, end: int) -> bool:
    """Might text[start:end] name a day? Far cheaper than looking for one."""
    part = text[start:end]
    return _NUMBERS.search(part) is not None or _NAMED.search(part) is not None


def english_days(text: str, start: int, end: int, today: date, tense: Tense) -> Iterator[Day]:
    """The days of text[start:end] of a folded text; `day` is None where the words leave it open."""
    for m in _ENGLISH.finditer(text, start, end):
        kind = next(k for k in _READERS if m.group(k) is not None)
        yield Day(m.start(), m.end(), _READERS[kind](m, today, _own_tense(m, start) or tense), kind)


def _own_tense(m: re.Match[str], low: int) -> Tense | None:
    """The tense of a day that has one apart from the verb: 'I have resigned, my last day is 12 June'."""
    begin = max(low, m.start() - 50)
    if _EFFECTIVE.search(m.string, begin, m.start()):
        return "unknown"
    if _DONE.search(m.string, begin, m.start()):
        return "past"
    last = _LAST_DAY.search(m.string, begin, m.start())
    return None if last is None else "past" if last["was"] else "future"


def _of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def in_year(year: int | None, month: int, day: int, today: date, tense: Tense) -> date | None:
    """A day without a year in the year that fits the tense, at most eleven months away."""
    if year is not None:
        return _of(year, month, day)
    near = [one for y in (-1, 0, 1) if (one := _of(today.year + y, month, day))]
    if tense == "past":
        near = [one for one in near if -335 <= (one - today).days <= 1]
    elif tense == "future":
        near = [one for one in near if -1 <= (one - today).days <= 335]
    else:
        near = [one for one in near if abs((one - today).days) <= 150]
    return near[0] if len(near) == 1 else None


def month_start(year: int | None, month: int, today: date, tense: Tense) -> date | None:
    """The first day of a month, this month's included for the past and the future."""
    if year is not None:
        return _of(year, month, 1)
    ahead = (month - today.month) % 12
    if tense == "unknown":
        return in_year(year, month, 1, today, tense) if ahead else today.replace(day=1)
    return shifted(today, ahead - 12 if ahead and tense == "past" else ahead)


def month_end(first: date | None) -> date | None:
    """The last day of the month of `first`."""
    return None if first is None else shifted(first, 1) - timedelta(days=1)


def shifted(day: date, months: int) -> date:
    """The first day of the month so many months from that of `day`."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _month_of(name: str) -> int:
    return _MONTH[name.rstrip(".")]


def _numbers(m: re.Match[str], today: date, tense: Tense) -> date | None:
    return _two(int(m["n1"]), int(m["n2"]), int(m["ny"]), today, tense)


def _two(first: int, second: int, year: int | None, today: date, tense: Tense) -> date | None:
    """Two numbers of which only one can be a month."""
    if (first > 12) == (second > 12) and first != second:
        return None
    day, month = (first, second) if first > 12 else (second, first)
    return in_year(year, month, day, today, tense)


def _end(m: re.Match[str], today: date, tense: Tense) -> date | None:
    if m["m3"]:
        # The end of this month lies ahead, whatever the tense of the verb.
        return month_end(month_start(_year(m["y3"]), _month_of(m["m3"]), today, tense))
    return month_end(shifted(today, 1 if "next" in m.group() else 0))


def _weekday(m: re.Match[str], today: date, tense: Tense) -> date | None:
    return weekday(_WEEKDAY[m["wd"]], (m["which"] or "").strip(), today, tense)


def weekday(wanted: int, which: str, today: date, tense: Tense) -> date | None:
    """'next Friday' only where the coming one and the one of the next week are the same; so for 'last'."""
    ahead = (wanted - today.weekday()) % 7
    behind = (today.weekday() - wanted) % 7
    week = today - timedelta(days=today.weekday())
    if which == "next":
        coming = today + timedelta(days=ahead or 7)
        return coming if coming >= week + timedelta(days=7) else None
    if which == "last":
        past = today - timedelta(days=behind or 7)
        return past if past < week else None
    if tense == "past" or which == "this past":
        return today - timedelta(days=behind)
    if tense == "future" or which in ("this", "this coming"):
        return today + timedelta(days=ahead) if ahead else None
    return None


def _relative(m: re.Match[str], today: date, tense: Tense) -> date:
    return today + timedelta(days=_RELATIVE.get(m["rel"], 0))


def _ago(m: re.Match[str], today: date, tense: Tense) -> date:
    return today - timedelta(days=_COUNT.get(m["count"]) or int(m["count"]))


def _span(m: re.Match[str], today: date, tense: Tense) -> date | None:
    which, what = m["span"].split()
    if what == "month":
        return shifted(today, {"last": -1, "this": 0, "next": 1}[which])
    week = today - timedelta(days=today.weekday())
    return {"last": week - timedelta(days=7), "next": week + timedelta(days=7)}.get(which)


_READERS = {
    "iso": lambda m, today, tense: _of(int(m["iy"]), int(m["im"]), int(m["id"])),
    "num": _numbers,
    "pair": lambda m, today, tense: _two(int(m["p1"]), int(m["p2"]), None, today, tense),
    "dm": lambda m, today, tense: in_year(_year(m["y1"]), _month_of(m["m1"]), int(m["d1"]), today, tense),
    "end": _end,
    "md": lambda m, today, tense: in_year(_year(m["y2"]), _month_of(m["m2"]), int(m["d2"]), today, tense),
    "month": lambda m, today, tense: month_start(_year(m["y4"]), _month_of(m["m4"]), today, tense),
    "week": _weekday,
    "ago": _ago,
    "rel": _relative,
    "span": _span,
}

_DIGITS = {c: i + 1 for i, c in enumerate("一二三四五六七八九")}
_N = r"(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})"
_CHINESE = regex(
    # The first letter of every form, so that others fail at once.
    r"(?=[\d一二三四五六七八九十今去明上下本这周星礼前昨后月])(?:(?P<iso>(?<!\d)(?P<iy>20\d\d)[-/.](?P<im>\d{1,2})[-/.](?P<id>\d{1,2})(?!\d))"
    rf"|(?<![\d一二三四五六七八九十])(?P<date>(?:(?P<y>20\d\d|今|去|明)年)?(?P<m>{_N.format()})月(?:(?P<d>{_N.format()})[日号號](?!线)|(?P<part>底|末|的?最后一天|初|中旬|上旬|下旬|份)|(?!天)))"
    r"|(?P<week>(?P<which>上上|上|下下|下|本|这)?(?:个)?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天])(?![年下上]))"
    r"|(?P<rel>前天|昨天|昨日|今天|今日|今早|今晚|明天|明日|后天)"
    r"|(?P<span>(?P<sw>上|下|本|这)个?(?P<what>周|月)(?P<last>底|末|的?最后一天)?)"
    r"|(?P<end>(?<![年个0-9一二三四五六七八九十])月(?:底|末)))"
)
_NEAR = {"前天": -2, "昨天": -1, "昨日": -1, "明天": 1, "明日": 1, "后天": 2}


def chinese_days(text: str, start: int, end: int, today: date, tense: Tense) -> Iterator[Day]:
    """The days that the Chinese words of text[start:end] name; the text has simplified letters."""
    for m in _CHINESE.finditer(text, start, end):
        own: Tense = "unknown" if text.startswith("起", m.end()) else tense
        yield Day(m.start(), m.end(), _chinese(m, today, own), m.lastgroup or "")


def _chinese(m: re.Match[str], today: date, tense: Tense) -> date | None:
    if m["iso"]:
        return _of(int(m["iy"]), int(m["im"]), int(m["id"]))
    if m["date"]:
        return _chinese_date(m, today, tense)
    if m["rel"]:
        return today + timedelta(days=_NEAR.get(m["rel"], 0))
    if m["end"]:
        return month_end(today)
    week = today - timedelta(days=today.weekday())
    weeks = {"上上": -14, "上": -7, "本": 0, "这": 0, "下": 7, "下下": 14}
    if m["week"]:
        day = "一二三四五六日".find(m["wd"].replace("天", "日"))
        if m["which"] is None:
            return weekday(day, "", today, tense) if tense != "unknown" else None
        return week + timedelta(days=weeks[m["which"]] + day)
    if m["what"] == "月":
        first = shifted(today, {"上": -1, "下": 1}.get(m["sw"], 0))
        return month_end(first) if m["last"] else first
    return None if m["last"] or not weeks[m["sw"]] else week + timedelta(days=weeks[m["sw"]])


def _chinese_date(m: re.Match[str], today: date, tense: Tense) -> date | None:
    named = {"今": today.year, "去": today.year - 1, "明": today.year + 1}
    year = None if m["y"] is None else named.get(m["y"]) or int(m["y"])
    month = _number(m["m"])
    if not 1 <= month <= 12:
        return None
    if m["d"]:
        return in_year(year, month, _number(m["d"]), today, tense)
    first = month_start(year, month, today, tense)
    return month_end(first) if m["part"] in ("底", "末", "最后一天", "的最后一天") else first


def _number(text: str) -> int:
    """12, 十二, 二十一 as a number; 0 where the letters are none."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
