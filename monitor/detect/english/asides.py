"""English words of leaving that are done to another, or name a release, an event, leave of absence or the end of a day.

Unlike english/things.py it asks who stands before or behind them.
"""

from __future__ import annotations

from ..regex import regex
from ..scene import Scene
from ..vocabulary import COMPANIES

_REACH = 300  # characters before the words that are looked at
# 'goodbye to ORG 3', and not 'leaves ORG 3 years after'
_NUMBERED = regex(
    r"[ -]?v?(?!(?:19|20)\d\d\b)\d+(?:\.\d+)*(?=\s*(?:$|[.,!;:\"]| (?:is|was|has|had|and|today|now|we|you|behind|beta|base|mini|pro|max|family|models?)\b))"
)
_LAST_DAY = regex(
    r"(?:(?:today|tomorrow|it) (?:is|was) |it's )?(?:(?:the|our|this) )?(?:very )?(?:last|final) (?:day|week) (?:"
    r"to (?:register|apply|vote|submit|sign up|buy|get|enter|book|save)\b"
    r"|(?:of|at|for) (?:(?:the|our|this|my|your) )?(?:@?[\w'-]+ ){0,3}?(?:summit|conference|camp|course|school|workshop|hackathon|tutorials?|sale|ama|expo|tour|trip|retreat|off-?site|events?|festival|fair|lectures?|beta|voting|registration|applications?|bootcamp|neurips|icml|iclr|acl|gtc|ces)\b)"
)
# 'back from leave'
_LEAVE = regex(
    r"\b(?:from|on|during|after)(?: (?:his|her|their|my|a|an|the))?(?: (?:unpaid|paid|long|short|extended|brief|research|study|compassionate))* $"
)
# 'second from left', 'on the far left'
_SIDE = regex(
    r"\b(?:(?:from|on|to|at) (?:(?:the|my|your|his|her) )?(?:(?:far|top|bottom|upper|lower|back|front) )?|(?:far|top|bottom|upper|lower) )$"
)
_BARE = regex(r"(?:left|leave|leaves|leaving|quit|quits|resign|resigned|exit|exits|depart|departed)")
# 'leaves ORG every day at five'
_DAILY = regex(
    r"(?: (?:hq|office|work))?,? (?:every (?:single )?(?:day|night|evening|afternoon|friday|monday|time)\b|each (?:day|night|evening)\b|daily\b|at (?:\d{1,2}(?::\d\d| ?[ap]m\b)|night\b|dusk\b)|on time\b)"
)
_NOT_AT_NIGHT = regex(
    r"no longer (?:works?|working) (?:on )?(?:weekends?|nights?|late|evenings?|sundays?|saturdays?|fridays?|mondays?|overtime|remotely|from home|part-time)\b"
)
_BY_KIN = regex(
    r"(?:(?:was|got|getting|been|get|just) )*(?:fired|sacked|dismissed|demoted|laid off|let go|made redundant|replaced) (?:by|from) (?:my|his|her|our|their) (?:\w+-old )?(?:daughters?|sons?|kids?|toddler|children|wife|husband|mother|mum|mom|father|dad|cat|dog|nephews?|nieces?|grand\w+|book club|band|choir|gym|guild)\b"
)
# 'X dismissed the idea', and not 'X was dismissed'
_DISMISSED = regex(
    r"dismiss(?:es|ed|ing)? (?:(?:the|an?|my|his|her|their|our|this|that|all|any|those|these|such|[\w-]+'s?) )?(?:[\w'-]+ ){0,3}?(?:ideas?|claims?|suggestions?|concerns?|criticism|complaints?|case|lawsuit|reviews?|worries|fears|notion|theory|objections?|questions?|accusations?|alerts?|notifications?|bugs?|issues?|pull request|pr|appeal)\b"
)
_BE = regex(r"\b(?:was|is|were|are|been|be|being|got|gets?|getting)\s(?:\w+ )?$")
_TRIED = regex(
    r"\b(?:tr(?:y|ied|ies|ying)|attempt(?:s|ed|ing)?|fail(?:s|ed|ing)?|want(?:s|ed|ing)?|hop(?:es?|ed|ing)|declin\w+|refus\w+) to (?:\w+ly )?$"
)
_HIRE = regex(r"(?:poach|hire|lure|recruit|snatch|steal)\b")
_MANAGED = regex(
    r"\b(?:succe\w+|finally|eventually|in the end|managed|got (?:him|her|them)|and did|has now|have now|won|said yes|accepted)\b"
)
# 'six months later ORG', 'turned in his badge photo', 'a farewell speech for our receptionist'
_TIME = regex(r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|moments?|much|while) $")
_OF_THING = regex(r" (?:photo|picture|form|request|application|design|sticker|survey|reimbursement)s?\b")
_FAREWELL = regex(
    r"(?:an? )?farewell (?:speech|party|toast|address|lunch|dinner|drinks?|cake|card|note|letter) (?:for|to (?:our|the|his|her|their) (?:departing|retiring|outgoing|leaving|last)) "
)
# 'X removed the label': X is the one who does it.
_DID = regex(r"(?:removed|dismissed|dropped|fired|axed|replaced)\b")
_TO_WHAT = regex(r" (?:the|their|his|her|its|an?|my|our|your|all|some|two|three|\d+)\b")
_THINGS_OF = regex(
    r"'s (?:voice|luggage|suitcase|bike|flight|train|hat|car|wallet|microphone|mic|slides|patience|cat|dog|lunch|talk|keynote|session|slot|paper|preprint|draft|poster|tweet|video|branch|hair|beard)(?: (?:is|was|are|were|has|have|had))? $"
)
_GONE = regex(r"(?:(?:is|was|are|were|has|have) )?(?:gone|out|off|left|missing|over|dropped|pulled|cut|axed)")
_COMPANY_LOSES = regex(r"(?:the )?(?:departures?|exits?|resignations?|exodus) of (?:the )?(?P<name>[\w.]+)")
_LOSS_FOR_ALL = regex(
    r"an? (?:\w+ )?loss for (?:all|everyone|us all|the (?:field|industry|world|community))\b"
)
_ROLE = r"(?:(?:co-)?founders?|ceo|cto|cfo|coo|chief(?: [\w-]+){0,2} officer|chiefs?|chair(?:man|woman|person)?|heads?|directors?|presidents?|managers?|executives?|colleagues?|co-?workers?|team-?mates?|employees?|staff(?:ers)?|engineers?|researchers?|scientists?|interns?|receptionist|janitor|cleaner|boss|leads?|leaders?)"
_ANOTHER = regex(
    rf"(?:departing|outgoing|retiring|exiting|departed|sacked|fired|ousted|dismissed|ex-?|former) ?(?:[\w&'-]+ ){{0,3}}?{_ROLE}\b"
)
_DONE_TO = regex(
    r"\b(?:thank\w*|prais\w+|salut\w+|honou?r(?:s|ed)|mourn\w*|remember\w*|congratulat\w*|hir(?:es?|ed|ing)|welcom\w+|meets?|met|interview(?:s|ed)|sue[sd]?|toast\w*|speech for|drinks for|party for|cake for)(?: (?:the|its|their|our|his|her|an?|two|three|four))? $"
)
_SOME = regex(r"(?:^|[.;!?]\s)(?:two|three|four|five|six|seven|several|some|many) $")
_AMONG = regex(r"\b(?:including|among|namely|like|such as)\b|[:—–]|\be\.g\.")
_OFFICER = regex(
    r"\b(?:cfo|coo|chief (?:financial|risk|legal|operating|marketing|people|compliance|human resources) officer|general counsel|spokes(?:man|woman|person)|finance chief|hr chief|board member|treasurer) (?:(?:abruptly|suddenly|also|just|has|had|is|to|will) )*$"
)
_GOES = regex(
    r"(?:quit|quits|leaves|left|leaving|resigns|resigned|departs|departed|exits|exited|steps down|stepped down)"
)


def is_aside(scene: Scene, start: int, end: int, key: str) -> bool:
    """Do the words of leaving at start..end speak of somebody or something else than the person `key`?"""
    text, (low, high) = scene.text, scene.sentences[scene.sentence_of(start)]
    said, before = text[start:end], text[max(low, start - _REACH) : start]
    if _is_manner(text, start, high, said, before) or _is_of_lab(scene, start, end, high, said):
        return True
    named = any(m.key == key and m.kind == "name" for m in scene.named(low, start))
    if not named and _OFFICER.search(before) and _GOES.fullmatch(said):
        return True
    if _HIRE.match(said) and _TRIED.search(before):
        return _MANAGED.search(text, end, min(len(text), end + 160)) is None
    doer = next((m for m in scene.mentions if m.key == key and m.kind == "name" and m.start == start), None)
    if doer and _DID.match(text, doer.end + 1, end) and _TO_WHAT.match(text, end):
        return True
    party = _FAREWELL.match(text, start, high)
    another = party or _ANOTHER.match(text, start, high)
    if another is None or any(m.key == key and start <= m.start <= another.end() + 3 for m in scene.mentions):
        return False
    if named and (party or _DONE_TO.search(before)):
        return True
    return (
        bool(_SOME.search(text[max(0, low - 2, start - _REACH) : start]))
        and _AMONG.search(text, another.end(), high) is None
    )


def _is_manner(text: str, start: int, high: int, said: str, before: str) -> bool:
    """Do the words by themselves mean something else?"""
    end = start + len(said)
    if _BARE.fullmatch(said) and text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
        return True
    if (said.startswith("later ") and _TIME.search(before)) or (
        said.endswith(("badge", "pass", "laptop", "card")) and _OF_THING.match(text, end)
    ):
        return True
    if said == "left" and _SIDE.search(before):
        return True
    if said == "leave" and _LEAVE.search(before):
        return True
    if _GONE.fullmatch(said) and _THINGS_OF.search(before):
        return True
    if _DISMISSED.match(text, start, high) and not _BE.search(before):
        return True
    company = _COMPANY_LOSES.match(text, start, high)
    if company and company["name"].removesuffix("'s") in COMPANIES:
        return True
    return any(one.match(text, start, high) for one in (_LAST_DAY, _NOT_AT_NIGHT, _BY_KIN, _LOSS_FOR_ALL))


def _is_of_lab(scene: Scene, start: int, end: int, high: int, said: str) -> bool:
    """Is a release of the organisation left, or the organisation for the night?"""
    span = next((s for s in scene.organisation if start <= s[0] <= end + 4), None)
    if span is None:
        return False
    if _NUMBERED.match(scene.text, span[1], high):
        return True
    return said.startswith(("leaves", "leave ")) and _DAILY.match(scene.text, span[1], high) is not None
