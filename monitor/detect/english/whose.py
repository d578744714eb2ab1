"""Whose leaving English words tell of: the author's own, or somebody else's, whom no name need tell."""

from __future__ import annotations

import re

from ..people import Whose
from ..regex import regex
from ..scene import Scene
from ..vocabulary import MONTHS

_CLAUSE = regex(r"[,:;()]\s|\s[-–—]+\s|\n|\s(?:but|because|so|while|though|and|then)\s")
_SELF = r"(?:i|i'm|im|i've|ive|i'll|i'd|me|myself)"
_THEY = r"(?:he|she|they|you(?! can\b)|he's|she's|they're|they've|he'll|she'll|they'll|he'd|she'd|they'd|you've|you're)"
_PEOPLE = (
    r"(?:ex-?)?(?:colleagues?|co-?workers?|friends?|managers?|boss(?:es)?|leads?|leaders?|engineers?|researchers?|scientists?|"
    r"students?|interns?|wife|husband|spouse|sisters?|brothers?|sons?|daughters?|mother|father|mum|mom|dad|partner|girlfriend|"
    r"boyfriend|teammates?|team-mates?|mentors?|mentees?|advis[oe]rs?|supervisor|people|folks|guys?|woman|women|man|men|girls?|"
    r"boys?|lads?|crew|team|group|members?|staff|staffers|employees?|neighbou?rs?|cousin|uncle|aunt|nephew|niece|room-?mates?|"
    r"flat-?mates?|class-?mates?|kids?|dude|developers?|devs?|designers?|deputy|successor|predecessor|co-?founders?|founders?|"
    r"person|desk-?mate|report|reports|everyone|everybody|someone|somebody|nobody|anyone|anybody|half|others|rest|lot|couple|"
    r"head|chief|director|assistant|recruiter|fianc[eé]e?|in-law|pal|buddy|mate|who|whoever)"
)
_PERSON = regex(
    rf"\b{_THEY}\b|\b{_PEOPLE}\b(?!'s? (?:asked|told)\b)|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|many|most|some|several|few|all|each|both) of\b"
    r"|^\W*(?:two|three|four|five|six|seven|eight|many|most|several|some|few|others) (?:[\w-]+ )?"
)
_I = regex(rf"\b{_SELF}\b")
# 'everyone I knew', 'the people who hired me': 'I' is not the subject.
_WHOM_I = regex(
    rf"\b{_PEOPLE} (?:(?:that|who|whom) )?(?:i|i've|i'd) (?:ever |once |have |had )?(?:kn[eo]w|known|worked|hired|trained|taught|mentored|met|"
    r"supervised|managed|advised|sat|liked|loved|shared|respected|admired|looked|reported|joined|started)\b"
)
_SPOKEN_TO = regex(
    r"\b(?:told|tell|telling|asked|emailed|informed|messaged|thank|thanks|thanking|thanked|hugged|hug|love|loved|miss|with|to|from|for|by|at|of|dear|hi|hello|hey)"
    r" (?:you )?(?:to )?(?:(?:my|the|our|all|every|each|dear|lovely|wonderful|amazing|brilliant|old|a|an) )*$"
)
_WHO_ME = regex(rf"\b{_PEOPLE} (?:that|who) (?:\w+ ){{1,3}}(?:me|myself)\b")
# 'his last day', 'Wei's last day', right before what is owned.
_OWNED = regex(
    r"(?:\b(?:his|her|their|your|whose)|\b(?!(?:to|yester)?day's|tomorrow's|(?:mon|tues|wednes|thurs|fri|satur|sun)day's|it's|that's|there's|here's|what's|this's|let's)[\w-]+(?:'s|s'))"
    r" (?:(?:very|last|final|first|own|official|actual|absolute|farewell|whole|entire) )*$"
)
_MINE = regex(r"\bmy (?:[\w-]+ ){0,2}$|\bmine (?:\w+ )?$")
_BESIDE_NAME = regex(
    r"^(?P<name>(?:[A-Z]\. ?)*[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}), (?:(?:one|two|some) of |an? |the |our |my |who )[^.!?;:]{0,80}, (?:has |had |have |is |just |also )*$"
)
_DOES = regex(
    r"(?: of (?:mine|ours|us|his|hers|theirs))? (?:has|had|is|was|will|just|quit|left|resigned|went|walked|told|says|said|texted|called|who)\b"
)
_NAMED = regex(
    r"^(?P<name>[A-Z][a-zà-ÿ'’-]+)(?: [A-Z][\w'’-]+)?(?: and [A-Z][\w'’-]+)? (?:has |had |have |is |was |will |just |also |finally |now |officially |recently |quietly )*$"
)
_NO_NAME = frozenset(
    [
        "today",
        "tomorrow",
        "yesterday",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "just",
        "finally",
        "officially",
        "also",
        "now",
        "yes",
        "no",
        "yep",
        "yeah",
        "so",
        "well",
        "welp",
        "ok",
        "okay",
        "hey",
        "friends",
        "folks",
        "after",
        *MONTHS,
        "life",
        "news",
        "update",
        "personal",
        "thread",
        "gonna",
        "time",
        "goodbye",
        "bye",
        "farewell",
        "happy",
        "sad",
        "thrilled",
        "excited",
        "proud",
        "it",
        "this",
        "that",
        "here",
        "there",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "resigned",
        "left",
        "leaving",
        "decided",
        "planning",
        "going",
        "about",
        "will",
        "have",
        "has",
        "been",
        "am",
        "recently",
        "quietly",
        "suddenly",
        "really",
        "actually",
        "soon",
        "tonight",
        "how",
        "why",
        "when",
        "what",
        "if",
        "since",
        "before",
        "once",
        "never",
        "not",
        "done",
        "moving",
        "thanks",
        "thank",
    ]
)
# 'last day at ORG for kaixin'
_FOR_WHOM = regex(
    r"(?: (?:at|with|in|of) [\w -]{2,24})? for (?!me\b|us\b|myself|now\b|good\b|ever\b|real\b|sure\b|work\b|today\b|once\b|\d)(?:our |my |dear )*[\w@]{2,20}\W*(?:$|[.,!;])"
)
_RETOLD = regex(r"(?:^|\s)(?:rt|via) @\w+ ?:")


def whose(scene: Scene, low: int, start: int, end: int) -> Whose:
    """Whose leaving the words at start..end tell, by those from `low` where their sentence begins."""
    head, cue = scene.text[low:start], scene.text[start:end]
    if scene.text.startswith("rt @") or _RETOLD.search(scene.text, 0, start):
        return "other"
    if re.search(rf"\b(?:{_SELF}|my)\b", cue):
        return "own"
    if re.search(r"\b(?:his|her|their|he|she|they)\b|^your\b", cue):
        return "other"
    if "last" in cue and _FOR_WHOM.match(scene.text, end):
        return "other"
    if re.match(rf"(?:an?|one|another) (?:[\w-]+ )?{_PEOPLE}$", cue) and _DOES.match(scene.text, end):
        return "other"
    if _BESIDE_NAME.match(scene.letters[low:start]):
        return "other"
    cut = 0
    for mark in _CLAUSE.finditer(head):
        cut = mark.end()
    clause = head[cut:]
    if not _people_in(clause) and head[:cut].endswith((" and ", " then ")) and not _MINE.search(clause):
        joined = list(_CLAUSE.finditer(head, 0, cut - 5))
        cut = joined[-1].end() if joined else 0
        clause = head[cut:]
    return _by_clause(scene, low + cut, clause)


def _people_in(clause: str) -> bool:
    return bool(_I.search(clause) or _PERSON.search(clause) or _OWNED.search(clause))


def _by_clause(scene: Scene, low: int, clause: str) -> Whose:
    mine = max((m.start() for m in _I.finditer(clause)), default=-1)
    if _OWNED.search(clause) and not _is_ours(scene, low, clause):
        return "other"
    if _WHOM_I.search(clause) or _WHO_ME.search(clause):
        return "other"
    if _MINE.search(clause) and not re.search(rf"\b{_PEOPLE} $", clause):
        return "own"
    told = [m for m in _PERSON.finditer(clause) if not _SPOKEN_TO.search(clause[: m.start()])]
    other = max((m.start() for m in told), default=-1)
    if mine >= 0 or other >= 0:
        return "own" if mine > other else "other"
    named = _NAMED.match(scene.letters[low : low + len(clause)].lstrip("\"'“ "))
    if named and not scene.organisation_in(low, low + len(clause)):
        return (
            "open" if named["name"].lower() in _NO_NAME or named["name"].endswith(("ly", "ed")) else "other"
        )
    return "open"


def _is_ours(scene: Scene, low: int, clause: str) -> bool:
    """Is it the organisation that owns: 'ORG's last day of ...'?"""
    owner = re.search(r"([\w-]+)'s [\w ]*$", clause)
    return owner is not None and scene.organisation_in(low, low + owner.end(1)) is not None
