"""English questions: whether somebody left is a rumour; why, or what comes next, takes the departure for granted."""

from __future__ import annotations

import re

from ..events import Site
from ..regex import regex

_ASKED_PERSON = regex(r"\bask(?:s|ed|ing)?\b[^.?!:;]{0,60}\b(?:if|whether)\b")
_GIVEN = regex(r"^\W*(?:with|after|now that|since|following)\b")
_OR_WHAT = regex(
    r"^\W*(?:so |wait,? |but |and )?(?:did|does) (?!not|nothing)|^\W*(?:so |wait,? |hey,? |ok,? |but )?(?:is|did|has|was|are|have)\b.{0,120}\bor (?:what|not|is|are|did|nah|no)\b"
)
_ASKED_IF = regex(
    r"\bif (?:the|this|that|these) (?:\w+ )?(?:leaks?|reports?|rumou?rs?|tweets?|posts?|news|screenshots?|sources?) (?:is|are) (?:right|true|real|accurate|correct|to be believed)|"
    r"(?:wouldn't|would not|won't|not) (?:be (?:surprised|shocked|surprising)|shock me|surprise (?:me|anyone)) if|(?:no surprise|curious) if|"
    r"\b(?:ask(?:s|ed|ing)?|know|knows|sure|wonder(?:s|ing)?|unclear|clear|tell|confirm|see|idea|say|says) (?:me )?(?:if|whether)\b"
)
_FACT_QUESTION = regex(
    r"\b(?:why|how|where|when|(?:you know|guess|know) who|who will|who's going|what will|what does|what now|now what|what exactly|what then|what happens|what next|who now|and now)\b"
)
_SHOCK = regex(r"\?\?\?|!\?|\?!|\bnobody told me\b|\b(?:what do you mean|how did i miss)\b")
_GOES_ON = regex(r"[^?,]{0,60}, (?:and|but|so|then) ")
_WH_SENTENCE = regex(
    r"^[\W]*(?:(?:so|and|but|ok|okay|wait|hm+|now|well|right|wow|damn|then|also|serious question|question)[\s,:]+){0,3}(?:who(?!se idea| says| said| told| else| started| knows?| heard| thinks)|what(?! are the odds| are the chances| if)|why|how(?! (?:likely|true|sure))|where|which)\b"
)
_OPENS_QUESTION = regex(r"^[\s\"'@\w]{0,18}?\b(?:did|does|do|is|are|has|have|was|were|will|can|could)\b")


def asks_if(before: str) -> bool:
    """Do the words before a cue ask or wonder whether it is so?"""
    if "if" not in before and "whether" not in before:
        return False
    return _ASKED_IF.search(before) is not None or _ASKED_PERSON.search(before) is not None


def asked_about(site: Site, before: str, after: str) -> bool:
    """Is it a question whether somebody left (and not why, or what now)?"""
    sentence = site.scene.text[site.low : site.high].rstrip(" \"')")
    if site.cue.frame == "without" and not _OPENS_QUESTION.match(before):
        return False
    if _OR_WHAT.match(sentence):
        return True
    if _GIVEN.match(sentence) and "," in after:
        return False
    if _GOES_ON.match(after) and not _OPENS_QUESTION.match(before):
        return False
    if not sentence.endswith("?") or (_SHOCK.search(sentence) and not _OPENS_QUESTION.match(before)):
        return False
    if _WH_SENTENCE.match(sentence) or _FACT_QUESTION.search(before):
        return False
    tail = re.search(r"[,.;:)—-]\s*(.*)$", after.rstrip(" ?\"')"))
    if tail and _FACT_QUESTION.search(tail.group(1)) and not _OPENS_QUESTION.match(before):
        return False
    return not (
        tail
        and re.match(
            r"(?:.{0,30}(?:谁|誰|怎么|怎麼|为什么|為什麼|去哪|何)|who|what|how|where|why|anyone|any)\b",
            tail.group(1),
        )
    )
