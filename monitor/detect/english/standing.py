"""How sure an English text is of a departure: asserted, rumoured, denied, or only imagined (none)."""

from __future__ import annotations

import re

from ...simplified import simplified
from ..chinese import standing as chinese_standing
from ..events import Site, Standing
from ..regex import regex
from ..scene import Mention
from . import beyond, denials, hedges, turns
from .dates import _PAST as _PAST
from .dates import dated_before
from .questions import asked_about, asks_if
from .sources import unsourced
from .unreal import IMAGINED, IMAGINED_AFTER, risky, twisted, would

_HANZI = regex("[\u4e00-\u9fff]")

_SAID = r"(?:says?|said|told|tells|writes?|wrote|announce[sd]?|confirm(?:s|ed)?|informed|promised)"

_NOT_BEFORE = regex(
    r"(?:\bnot|n't|\bnever|\bno longer|\bnary|\bno (?:immediate |current |particular |real |such )?(?:plans?|intentions?|desire|reason|interest|thoughts?|wish|need|hurry|desires|mood|appetite|inclination|urge|rush|question|talk|chance|way|sign|word) (?:to|of|in|for|that|he|she|they|he's|she's)(?: (?:he|she|they)(?:'s| is| are)?)?|\bhavent|\barent|\bwasnt|\bwerent|\bdoesnt|\btalked out of|\bdissuaded from|\bwithout|\bcategorically not|\baint|\bisnt|\bwont|\bdidnt|\bhasnt|\bnobody|\bdenies|\bdenied|\bdenying|\bdismisses|\bnowhere near|\bfar from|\brules out|\bruled out)(?:\s(?:actually|really|going to|gonna|planning to|"
    r"planning on|yet|be|been|being|in fact|about to|be going to|have|thinking (?:of|about)|considering|even|got|get|getting|going|to|on|voluntarily|anywhere near|close to|in fact|currently|ever|been|at all|looking to|trying to|set to|the one|interested in|any plans to|he is|she is|he's|she's|having))*\s*$"
)

# One of these is in all that _NOT_BEFORE finds.
_NOT_WORDS = (
    "n't",
    "no",
    "never",
    "nary",
    "nt ",
    "without",
    "out of",
    "from",
    "deni",
    "deny",
    "dismiss",
    "rule",
)

_FACTIVE_NOT = regex(
    r"(?:can't|cannot|can not|couldn't|don't|still can't) (?:\w+ )?(?:believe|imagine|wait|get over|blame)|not surpris|not even|not only|not just"
)

_VOWED = regex(rf"\b{_SAID}\b|\b(?:vow|pledg|insist|swear|swore)\w*")

_HABIT = regex(r"\w+s\b(?: [\w']+){0,2} (?:before|without|until|early|on time|hungry)\b")

_WOULD_NOT = regex(r"\b(?:would never|would not|wouldn't|'d never)(?: \w+)? $")

# 'Pay him whatever he wants so that he never leaves': a wish.
_SO_THAT_NEVER = regex(
    r"\b(?:so|so that|make sure|making sure|ensures?|see to it)(?: that)? (?:[\w@'-]+ ){1,3}never $"
)

_OR_NOT = regex(r"\bor (?:may |might |has |is |was |did |have )?not(?: \w+){0,3}\s*$")

_CONFIRMED = regex(
    r"\b(?:rumou?rs?|it|that) (?:is|was|were|are|turned out|turns out)(?: \w+)? (?:true|right|confirmed)|\bconfirmed:|\bofficially|\bit's official|\bit is official|\bit's true|\bit is true|\bno longer a rumou?r|(?<!not )(?<!n't )(?<!never )(?<!nobody )(?<!yet )\bconfirm(?:s|ing|ed)(?: that)? (?:[\w@'-]+ ){0,5}$|\bturns out not\b|\breally (?:is|did|has)\b"
)

_CONFIRM_WORDS = ("confirm", "true", "right", "official", "really", "rumour", "rumor", "turns out")


def _confirmed(before: str) -> bool:
    return any(word in before for word in _CONFIRM_WORDS) and _CONFIRMED.search(before) is not None


def standing(site: Site) -> Standing:
    """What the words round a cue make of the departure that it names."""
    before, after = _segment(site)
    if turns.joked(site):
        return "none"
    negated = _negated(site, before)
    if negated is not None:
        return negated
    if _undone(site, before, after) or turns.mocked(site) or _denied(site, before, after):
        return "denied"
    asked = asks_if(before)
    if twisted(site) or (not asked and _unreal(site, before, after)) or dated_before(site):
        return "none"
    if beyond.leads_us(site):
        return "none"
    if unsourced(site.scene.text, site.low, site.start, site.end, site.high):
        return "rumoured"
    if _confirmed(before):
        return "asserted"
    why = _ASKED_WHY.search(before)
    if asked or hedges.hedged(site, before[why.end() :] if why else before, after):
        return "denied" if turns.seen_at_work(site) else "rumoured"
    return "rumoured" if asked_about(site, before, after) else _said_in_chinese(site)


def _negated(site: Site, before: str) -> Standing | None:
    """What a negation right before the cue makes of it; None where there is none."""
    adjacent = before[-60:]
    if _OR_NOT.search(adjacent):
        return "rumoured"
    if adjacent.endswith("never ") and _HABIT.match(site.scene.text, site.start):
        return "none"
    if _SO_THAT_NEVER.search(adjacent):
        return "none"
    if _WOULD_NOT.search(adjacent) and not _VOWED.search(before):
        return "none"
    if not any(word in adjacent for word in _NOT_WORDS):
        return None
    if _FACTIVE_NOT.search(adjacent) or not _NOT_BEFORE.search(adjacent):
        return None
    return "none" if IMAGINED.search(before[:-12]) and "hope" in before else "weakly_denied"


def _undone(site: Site, before: str, after: str) -> bool:
    """Is a resignation taken back: 'withdrew his resignation', 'shelved plans to leave'?"""
    if denials.UNDONE.search(before) and (site.cue.frame == "noun" or before.endswith(" to ")):
        return True
    return site.cue.frame in ("noun", "idiom") and denials.UNDONE_AFTER.match(after) is not None


def _unreal(site: Site, before: str, after: str) -> bool:
    """Is the departure only imagined, feared or listed as a risk?"""
    if site.cue.frame == "noun" and _GIVEN.search(before):
        return False
    return _imagined(before) or would(site) or IMAGINED_AFTER.search(after) is not None or risky(site)


def _said_in_chinese(site: Site) -> Standing:
    """English words in a Chinese sentence: its hedges and negations count."""
    sentence = site.scene.text[site.low : site.high]
    if sentence.isascii() or not _HANZI.search(sentence):
        return "asserted"
    return chinese_standing.standing(site, simplified(site.scene.text), site.low)


_CONTRASTS = (" but ", " while ", " whereas ", "; ", ", though ", " although ")

_ANOTHER = regex(r"(?:[,;:.|/•☑☐✅❌→·\n-]|\band|\bor|\bplus)(?: and| but| or| then)?[\s@\"'(]*$")

# What a clause set off by commas says is told for sure: 'may follow Y, who left'.
_WHO = regex(r", who (?:\w+ ){0,2}$")
_GIVEN = regex(r"\b(?:after|since|following|given|despite|in the wake of) [^,.;]{0,30}$")


def _segment(site: Site) -> tuple[str, str]:
    """The words before and after the cue that speak of its person: up to a contrast or to the next person's clause."""
    before, after = site.before[-220:], site.after[:220]
    who = _WHO.search(before)
    if who:
        before = before[who.start() :]
    cut = max(before.rfind(mark) for mark in _CONTRASTS)
    if cut >= 0:
        before = before[cut + 2 :]
    before = _own_part(site, before)
    ends = [i for i in (after.find(mark) for mark in _CONTRASTS[:-2]) if i >= 0]
    return before, _until_another(site, after[: min(ends)] if ends else after)


def _own_part(site: Site, before: str) -> str:
    """Of 'it is said that A ..., B may ..., C': what stands before A, and what stands from C on."""
    begin = site.start - len(before)
    names = [m for m in site.scene.mentions if begin <= m.start and m.end <= site.start and m.kind == "name"]
    if not names or names[-1].key == names[0].key:
        return before
    own = names[-1]
    while not _ANOTHER.search(site.scene.text, begin, own.start):
        earlier = [m for m in names if m.end <= own.start]
        if not earlier:
            return before
        own = earlier[-1]
    if own.key == names[0].key or _listed(site, names, own):
        return before
    return site.scene.text[begin : names[0].start] + " " + site.scene.text[own.start : site.start]


def _listed(site: Site, names: list[Mention], own: Mention) -> bool:
    """Do only commas and 'and' stand between this name and the one before: 'A, B and C'?"""
    last = [m for m in names if m.end <= own.start][-1]
    return re.fullmatch(r"(?:[\s,&+/@]|and|or|both)*", site.scene.text[last.end : own.start]) is not None


def _until_another(site: Site, after: str) -> str:
    for m in site.scene.mentions:
        if site.end < m.start < site.end + len(after) and m.kind == "name":
            lead = after[: m.start - site.end]
            if _ANOTHER.search(lead) and not re.fullmatch(r"[\s,&+/@:–—-]*(?:and|or)?[\s@]*", lead):
                return lead
    return after


_SAYS_WHY = regex(
    r"\b(?:say|explain|know|ask(?:ed|ing)?|tell|told|understand|discuss|disclose|reveal|answer|comment on|wonder\w*) (?:me |us |you |on |exactly |publicly )?why\b"
)

# What people ask the reason of is a fact.
_ASKED_WHY = regex(r"\b(?:ask(?:s|ed|ing)?|wonder(?:s|ed|ing)?) (?:me |us |him |her |them )?why\b")

_FAR_IMAGINED = regex(
    r"if|unless|imagin|suppos|what if|wish|dream|nightmare|pretend|hypothetical|would|'d|lest|in case|fiction|novel|sitcom|movie|scenario|were to|poll|jok|game|story|write|draft|generate|asked|the day|fear|afraid|worr|whoever"
)


def _imagined(before: str) -> bool:
    found = list(IMAGINED.finditer(before))
    if not found or _SAYS_WHY.search(before):
        return False
    m = found[-1]
    word = m.group()
    if (
        word == "would"
        and not before.startswith(" have", m.end())
        and (re.search(rf"\b{_SAID}\b", before[: m.start()]) or hedges.BEFORE.search(before[: m.start()]))
    ):
        return False
    return not (not _FAR_IMAGINED.match(word) and re.search(r"[,.:]", before[m.end() :]))


# 'The X-leaves-ORG story does not hold up', 'the claim that X left ORG doesn't check out'.
_FAILS = regex(
    r"(?:[^.!?;,]{0,24}?\b(?P<what>thing|story|rumou?r|claim|report|tale|talk|news|headline|theory|stuff)s?|[^.!?;,]{0,24}?) (?:doesn't|does not|didn't|did not|don't|do not) (?:hold up|hold water|stand up|add up|check out)\b"
)
_TOLD_THAT = regex(rf"\b{denials.SAYING} (?:that|of|about|saying|claiming)\b")
# 'was gone for all of two days. Welcome back!'
_BRIEFLY = regex(
    r"[^.!?]{0,40}?\bfor (?:all of |(?:an? )?(?:grand |sum )?total of |exactly |only |just |about |barely |a whole |like |approximately )*"
    r"(?:an?|one|two|three|four|five|six|\d+)(?: whole| entire)? (?:seconds?|minutes?|hours?|days?|afternoon|weekends?|weeks?)\b[^.!?]{0,40}[.!?,…]* ?[^.!?]{0,20}?"
    r"\b(?:welcome back|(?:he|she|they)(?:'s|'re| is| are) back|and (?:came|went) back|back already|already back|back at (?:his|her|their) desk)\b"
)
# Of somebody else says an author this: 'X has left. No, I am not going with him.'
_NOT_I = regex(
    r"\W*no\b,? (?:i am|i'm|im|i|we|we're) (?:not|staying|going|leaving|won't|will not|don't|haven't|have no)\b"
)
_TIMES = ("for the ", "th ", "rd ")


def _denied(site: Site, before: str, after: str) -> bool:
    text = site.scene.text
    if denials.PLEA.search(text, site.low, site.high + 80):
        return False
    if denials.denies(before) or denials.denies(after) or denials.IF_SO_WHO.match(text[site.low : site.high]):
        return True
    if denials.SARCASM.search(text[site.low : site.low + 24]) and (
        denials.PUNCHLINE.search(text[site.end : site.end + 200])
        or denials.EVIDENCE.search(text[site.end : site.end + 200])
    ):
        return True
    if hedges.quoted_post(site) and denials.EVIDENCE.search(text[site.end : site.end + 160]):
        return True
    fails = _FAILS.match(after)
    if fails and (fails["what"] or _TOLD_THAT.search(before)):
        return True
    if "back" in text[site.end : site.end + 120] and _BRIEFLY.match(text, site.end):
        return True
    sentence = text[site.low : min(site.high, site.low + 400)]
    if any(word in sentence for word in _TIMES) and denials.OVER_AND_OVER.search(sentence):
        return True
    return not _confirmed(before) and _denied_nearby(site, before)


def _denied_nearby(site: Site, before: str) -> bool:
    """Does a sentence beside the cue's call it untrue: 'X has left. Nonsense.'?"""
    text, number, sentences = site.scene.text, site.scene.sentence_of(site.start), site.scene.sentences
    if number + 1 < len(sentences) and denials.ELLIPSIS.match(text[slice(*sentences[number + 1])]):
        return True
    asked = text[site.low : site.high].rstrip().endswith("?") or asks_if(before)
    for other in (number - 1, number + 1, number + 2, number + 3):
        if not 0 <= other < len(sentences):
            continue
        low, high = sentences[other]
        if other > number + 1 and low - site.high > 40:
            break
        reply = text[low : min(high, low + 60)]
        if _NOT_I.match(reply) and not any(m.kind == "first" for m in site.scene.named(site.low, site.start)):
            continue
        if other > number and asked and (denials.CONTRARY.search(reply) or denials.EVIDENCE.search(reply)):
            return True
        if other > number and any(m.kind == "name" for m in site.scene.named(low, high)):
            continue
        replied = other == number + 1 and denials.OPENS_REPLY.match(text[low : low + 40])
        if (
            (high - low < 75 or replied)
            and denials.denies(text[low : min(high, low + 75)])
            and not site.scene.organisation_in(low, high)
        ):
            return True
    return False


_DENIAL = denials.WORDS
