"""English words that date a departure before the year of the post."""

from __future__ import annotations

import re

from ..events import Site
from ..regex import regex

_PAST = regex(
    r"\b(?:in|back in|during|of|since|until|by|early|late|mid|(?:january|february|march|april|may|june|july|august|september|october|november|december|summer|spring|autumn|winter|fall),?) ?(?:of )?((?:19|20)\d\d)\b|\((?:\d{4} ?[-–] ?)?((?:19|20)\d\d)\)"
)
_LONG_AGO = regex(
    r"\b(?:last year|years? ago|decades? ago|years before|years earlier|back then|long ago|(?:before|prior to) (?:(?:he|she|they|i) )?(?:joining|joined|coming (?:to|here)|came (?:to|here)|starting at|started at|moving to|moved to|arriving|arrived)|(?:previous|earlier|former|first|old) (?:job|company|employer|startup|lab|gig) (?:at|in)\b|earlier in (?:his|her|their) career|as a student|in college|in those days)\b"
)
_NEXT_CLAUSE = regex(
    r"[,;] (?:and|but|now|then)\b|\band (?:now|then|founded|joined)\b|\b(?:i|he|she|they|who|that|where|because|which) "
)
_STARTED = regex(
    r"\b(?:joined|joining|founded|since|launched|started|hired|built|ran|run|led|began|phd|born)\b(?! \w+ left)[^,;]*$|\bfrom (?:\w+ )?(?:in )?(?:\d{4})?$"
)
_THAT_WAS = regex(
    r"^\W*(?:\w+, )?(?:that|this|it|which|he left|she left|they left)(?: was|'s| is| happened|)(?: (?:back|all|way|already|like|over|about|nearly|almost|more than|two|three|four|five|six|a few|several|many|in|last|\w+)){0,3}? (?:in )?(?:((?:19|20)\d\d)|(?:years|decades) (?:ago|back)|last year|old news)\b"
)


def _that_was_before(site: Site, year: int) -> bool:
    """'People ask why X left. That was October 2024.'"""
    scene, number = site.scene, site.scene.sentence_of(site.start)
    if number + 1 >= len(scene.sentences):
        return False
    m = _THAT_WAS.match(scene.text[slice(*scene.sentences[number + 1])])
    return m is not None and (m.group(1) is None or int(m.group(1)) < year)


_OF_A_YEAR = regex(
    r"\b(?:my|his|her|old|the|an?|from) (?:\w+ )?((?:19|20)\d\d) (?:diary|journal|notebook|calendar|memo|e-?mail|archive|photo|post|tweet|thread|screenshot|article|notes?)\b"
)


_AHEAD_OF = ("before ", "prior to ", "pre-", "pre ")


def dated_before(site: Site) -> bool:
    """Is the departure dated to a calendar year before the post's?"""
    year = site.scene.post.created_at.year
    numbered = "20" in site.scene.text or "19" in site.scene.text
    old = _OF_A_YEAR.search(site.scene.text, 0, site.start) if numbered else None
    if old and int(old.group(1)) < year:
        return True
    near = site.before[-50:] + " # " + _NEXT_CLAUSE.split(site.after[:80])[0]
    if numbered and any(
        int(m.group(1) or m.group(2)) < year
        for m in _PAST.finditer(near)
        if not _STARTED.search(near[max(0, m.start() - 40) : m.start() + 5])
    ):
        return True
    if _that_was_before(site, year):
        return True
    if any(
        low >= site.low
        and high <= site.start
        and site.scene.text.endswith(_AHEAD_OF, site.low, low)
        and re.match(r"\s*[,.;)!:]", site.scene.text[high : high + 3])
        for low, high in site.scene.organisation
    ):
        return True
    return bool(_LONG_AGO.search(site.before[-60:]) or _LONG_AGO.search(site.after[:50]))
