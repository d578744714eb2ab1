"""English words by which people without a name are said to know."""

from __future__ import annotations

from ..regex import regex

# Who is said to know without a name, and the words by which they tell it.
_UNNAMED = (
    r"(?:(?:an?|one|two|three|four|five|six|several|some|multiple|many|a few|\d+) )?(?:[a-z-]+ )?"
    r"(?:persons?|people|sources?|insiders?|employees|staffers|executives|officials|someone|somebody)"
    r"(?: (?:who (?:is|are|was|were) )?(?:directly )?(?:familiar with|close to|briefed on|with (?:[a-z-]+ )?knowledge of|who (?:asked|declined|wished|requested))[^.;!?\"]{0,80}?)"
)
_TOLD_BY = regex(
    rf"(?:[^.,;:!?\"]|\.(?=\d)){{0,70}}(?:,|—|–| -)? ?(?:according to {_UNNAMED}|{_UNNAMED} (?:said|say|says|told|tell|tells|confirmed))"
)
_TELL = regex(
    rf"(?:^|[.,;:]) ?{_UNNAMED} (?:said|say|says|told (?:[a-z]+ ){{1,3}}?|tell (?:[a-z]+ ){{1,3}}?)(?:that )?[^.;:!?\"]{{0,60}}$"
)
_TELLERS = (
    "familiar with",
    "close to",
    "briefed on",
    "knowledge of",
    "who asked",
    "who declined",
    "who wished",
    "who requested",
)


def unsourced(text: str, low: int, start: int, end: int, high: int) -> bool:
    """Do only people without a name say what stands at start..end of a sentence: '..., a person close to X said'?"""
    sentence = text[low : min(high, end + 260)]
    if not any(word in sentence for word in _TELLERS):
        return False
    return (
        _TOLD_BY.match(text, end, min(high, end + 260)) is not None
        or _TELL.search(text[max(low, start - 200) : start]) is not None
    )
