"""What stands behind words of leaving and makes them mean something else: another place, a move inside, an errand."""

from __future__ import annotations

import re

from ..events import Site
from ..regex import regex
from . import scope as scopes

_PLACE = regex(r"\s*(?:at|from|with|of|as|in) ")
_WITHIN = regex(
    r"[\s,]+(?:and )?(?:to|for)\s(?:become|be|lead|run|head|head up|join|take over|take on|start|oversee|build|helm|chair)?\s?(?:the |our |its |a new |another |as )?$"
)
_SISTER = regex(
    r"\b(?:for|to|into) (?:its|another|the (?:other|sister|new)|our|their) (?!own|rival)(?:[\w-]+ ){0,2}(?:team|group|unit|division|side|arm|department)\b"
)


def moves_within(site: Site) -> bool:
    """Is it a move inside the organisation: 'leaves the speech desk to become ORG's chief scientist'?"""
    text = site.scene.text
    ours = [span for span in site.scene.organisation if site.end <= span[0] < site.high]
    if len(ours) > 1 and re.search(
        r"(?<!according )(?<!thanks )(?<!back )\b(?:in)?to (?:the |our )?$", text[ours[0][1] : ours[1][0]]
    ):
        return True
    if _SISTER.search(text, site.end, site.high):
        return True
    for low, high in site.scene.organisation:
        if site.end < low < site.high and re.match(
            r"'s |-\w| \w+ (?:team|group|unit|division|lab)\b", text[high : high + 24]
        ):
            m = re.search(r"\b(?:to|for)\b[\w ,]{0,30}$", text[site.end : low])
            if m and _WITHIN.search(" " + text[site.end + m.start() : low]):
                return True
    return False


def joins_us(site: Site) -> bool:
    """Is the organisation where they go to: 'quits OTHER for ORG', 'left her job to join ORG'?"""
    ours = [span for span in site.scene.organisation if site.end <= span[0] < site.high]
    if not ours or site.scene.organisation_in(site.low, site.start):
        return False
    way = site.scene.text[site.end : ours[0][0]]
    if re.search(r"[:;?]\s", way):
        return False
    return bool(
        re.search(
            r"\b(?:for|join|joins|joining|joined|to work (?:at|for|on)|to go to|to come to|moves? to|goes to|went to) (?:the |our )?$",
            way,
        )
    ) and bool(re.search(r"\w", way.rsplit("for", 1)[0]))


# What an idiom of leaving may go on with; "packed his bags for the offsite" goes on with something else.
_CARRIES_ON = regex(r"\s*(?:for|on|from|to|in|that|of|into)\b")
_FITS = regex(
    r"\s*(?:for (?:good|ever|the last time|now|real|academia|another|family|personal|health|greener|pastures|unknown|(?:an? |the )?(?:\w+ )?(?:rival|competitor|start-?up|bank|job|role|new|vineyard|farm|university|life|chair|band|better|bigger|place|lab|company|sabbatical|sea|coast|mountains|hills|reasons?))|"
    r"to (?:spend|start|found|launch|join|pursue|become|be|run|open|write|teach|build|take|focus|look|work|care|raise|move|do|go|sail|study|farm|make|find|help|lead|grow|play|tour|security|hr|reception|the (?:front|guard|boss|ceo|board|company|lab|team)|his|her|their|my|follow|chase|try|live|travel|sleep|rest|bake|brew|learn|set up|return|get (?:a|some) (?:life|rest))|"
    r"(?:on|in|with|by|of) (?:(?:the|a|an|his|her|their|my|early|late|mid-?) ?)*(?:mon|tues|wednes|thurs|fri|satur|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|fall|winter|\d|good|bad|great|own|high|week|month|day|year|end|coming|next|last|protest|anger|disgust|silence|tears|style|peace|person|public|immediate|effect|regret|pride|grace|hurry|huff|dispute|row|noon|lunch|midnight|morning|time|smile|shrug|hug|word|note|tweet|single|two|three|one|no |few|mutual|e-?mail|law|them|him|her|us|everyone|desk|table|company|lab|team|firm|job|role|hr|security|reception|head|line|middle|wake|quarter)|"
    r"that (?:morning|day|week|afternoon|very|same|is|was)|from (?:the (?:company|lab|team|firm|job|role|group|unit|project|post|whole|top)|his|her|their|my|all|every|today|monday|tuesday|wednesday|thursday|friday|now)|into (?:the sunset|retirement))"
)


_BY_OTHERS = regex(
    r"\s*by (?:the |an? |his |her |their )?(?!(?:e-?mail|phone|video|text|fax|slack|letter|memo|tweet|zoom|message|note|sms|company|lab|boss|manager|hr|board|them|mutual|ceo|management|lunch|lunchtime|noon|monday|tuesday|wednesday|thursday|friday|surprise|mistake|post|courier|algorithm)\b)\w+"
)


def aside(site: Site) -> bool:
    """Do the words behind 'was let go' only say by whom, when or how: 'on a video call', 'by e-mail', 'over a tweet'?"""
    words = site.after[:60]
    if _BY_OTHERS.match(words) and site.scene.organisation_in(site.end, site.end + 24) is None:
        return False
    return bool(re.match(r"\s*(?:by|on|over|via|in|during|at|with|for)\b", words)) and not (
        scopes.other_company(words) or scopes.NOT_JOB.search(words)
    )


def _at_another(after: str) -> bool:
    """'at the bank', 'from my old school', and not 'at the weekend', 'with a smile', 'at the lab'."""
    m = re.match(r"\s*(?:at|from) (?:the|a|an|my|his|her|their|another) ", after)
    if m is None or scopes.JOB.match(after):
        return False
    return not re.match(
        r"(?:\w+ ){0,2}(?:end|weekend|start|beginning|last|same|first|meeting|all-hands|standup|top|time|moment|age|reception|front desk|desk|door|gate|party|party)\b",
        after[m.end() :],
    )


_FINDS = regex(
    r"[\w ']{0,30}(?:,| and| to| only to) (?:found|finds?|finding|discover\w*|unearth\w*|uncover\w*|rediscover\w*)\b"
)
_HANDED = frozenset({"en.idiom.notice", "en.idiom.handed_in", "en.idiom.post"})


def _to_us(site: Site) -> bool:
    """'handed my laptop back to ORG'."""
    m = re.match(r" to (?:the )?", site.after)
    span = site.scene.organisation_in(site.end, site.end + 40)
    return m is not None and span is not None and span[0] == site.end + m.end()


def _to_person_or_town(site: Site) -> bool:
    """'hands the reins to Y', 'for a start-up in Zurich'."""
    m = re.match(r"\s*(?:to|in|from|with|by) ", site.after)
    if m is None:
        return False
    begin = site.end + m.end()
    named = any(one.start == begin and one.kind == "name" for one in site.scene.mentions)
    town = site.after.startswith(" in ") and site.scene.letters[begin : begin + 1].isupper()
    return named or (town and site.scene.organisation_in(begin, begin + 20) is None)


def elsewhere(site: Site) -> str:
    """The scope of an idiom: "other" only where another company, or a club or board, stands behind it."""
    if (
        re.match(
            r" (?:\w+ ){0,4}(?:models?|checkpoints?|gpus?|repos?|codebase|tokenizers?|datasets?|benchmarks?)\b",
            site.after,
        )
        and site.cue.rule == "en.idiom.goes"
    ):
        return "other"
    if _FINDS.match(site.after) and "desk" in site.scene.text[site.start : site.end]:
        return "other"
    behind = scopes.organisation_behind(site)
    if behind is not None:
        return behind
    soft = scopes.SOFT.match(site.scene.text, site.end, site.high)
    after = site.scene.text[soft.end() if soft else site.end : scopes.clause_end(site)]
    if site.cue.rule in _HANDED and _to_us(site):
        return "ours"
    if _CARRIES_ON.match(after) and not (_FITS.match(after) or _to_person_or_town(site)):
        return "other"
    if _PLACE.match(after) and (
        scopes.other_company(after[:48]) or scopes.NOT_JOB.search(after[:48]) or _at_another(after)
    ):
        return "other"
    return "open"


# 'left his old team at ORG to lead ORG's models': the goal is the organisation itself.
_WITHIN = regex(
    r"[^.,;:!?]{0,60}? (?:to (?:lead|run|head|join|build|start|set up|work on|found|take over|move to)|for)(?: up)?(?: (?:the|a|its|their|our|all of|new|another))* ?$"
)


def leads_us(site: Site) -> bool:
    """Does somebody leave one team of the organisation for another of its own?"""
    text, low = site.scene.text, site.end
    if not re.match(
        r" (?:the |his |her |their |my |its )?(?:old |former |first |previous |own )?(?:[\w-]+ ){0,2}?(?:team|group|unit|desk|lab|department|division|role|post|job)\b",
        text[low : low + 60],
    ):
        return False
    return any(
        _WITHIN.fullmatch(text, low, start) is not None
        for start, _ in site.scene.organisation
        if low < start < min(site.high, low + 110)
    )
