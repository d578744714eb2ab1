"""English departures that only seem to be told: 'he'd leave', 'when he retires', 'left. The room, I mean.'"""

from __future__ import annotations

import re

from .events import Site

_WOULD = re.compile(r"'d (?:never |only |rather |sooner |happily |gladly )?$")
_WHEN = re.compile(r"\b(?:when|once|the day|until) [^,.;]{2,40}$")
_PRESENT = re.compile(r"(?:leaves|quits|resigns|retires|departs|exits|steps|walks)\b")
_DATE = re.compile(
    r"\b(?:on|next|this|in|at the end of) (?:mon|tue|wed|thu|fri|sat|sun|week|month|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|the)"
)
_BASE = re.compile(r"(?:leave|quit|resign|step|walk|depart|go|exit|move|retire|stay)\b")
_TWIST = re.compile(
    r"^\W*(?:(?:the|his|her|my|for|from|to|a|an|social|all|well|ok|i mean|just|only|to get|to grab|by which i mean)[\s,]+)*(?:room|chat|call|building|stage|lunch|coffee|dinner|breakfast|holiday|vacation|gym|party|meeting|canteen|twitter|slack|discord|wechat|kitchen|elevator|lift|bathroom|toilet|airport|weekend|night|day|snacks?|beer)\b"
    r"|^\W*(?:just )?(?:kidding|jk|joking|gotcha|psych|not really|april fools?)\b"
)


def would(site: Site) -> bool:
    """'He'd leave' and not 'he'd left'; 'when he retires' without a date."""
    text = site.scene.text
    if _WOULD.search(site.before) and _BASE.match(text, site.start):
        return True
    return bool(
        _WHEN.search(site.before) and _PRESENT.match(text, site.start) and not _DATE.search(site.after)
    )


def twisted(site: Site) -> bool:
    """Does the next, short sentence turn it into a joke: 'X left. The room, I mean.'?"""
    scene, number = site.scene, site.scene.sentence_of(site.start)
    if number + 1 >= len(scene.sentences):
        return False
    low, high = scene.sentences[number + 1]
    return high - low < 60 and bool(_TWIST.match(scene.text, low, high) or _TWIST.match(scene.text[low:high]))
