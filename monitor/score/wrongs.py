"""Who wronged whom: "X drove her out", "X被Y排挤". The one who did it is to blame, the other is not."""

from __future__ import annotations

import re
from typing import NamedTuple

from .words import PERSON, Word

# Said of whom it was done to; the deed itself may be no more than news.
_DONE, _SUFFERED = Word((), 0.5, "victim"), Word(("anger",), 0.5, "victim")

# What may stand between a subject and its verb.
BETWEEN = (
    r"(?: (?:has|have|had|just|then|also|basically|literally|really|deliberately|personally|apparently|actually|finally|simply|"
    r"even|always|still|clearly|slowly|publicly|systematically|constantly|repeatedly|effectively|eventually|quietly|later|"
    r"first|once|now|is the one who|was the one who))*"
)
# "her" as an object, and not as in "fired her team".
_HER = (
    r"her(?! (?!(?:all|and|or|out|away|off|aside|after|before|for|when|while|because|at|in|on|so|over|under|to|the|an?|this|that|by|"
    r"from|with|without|like|until|as|if|too|again|badly|today|yesterday|last|years|anyway|down|since|then|but|just|i|we|she|"
    r"he|they|it|lol|smh|every|right|even|through|into|once|twice|up|constantly|repeatedly|publicly|daily|dirty|cry|fired|sacked|quit|resign|suffer|miserable|so)\b)[a-z])"
)
OBJECT = re.compile(rf"(?<![a-z])(?:him|them|{_HER})(?![a-z])")
_WHOM = rf"(?P<whom>{PERSON}(?!s )|(?:him|{_HER}|you|me|us)(?![a-z]))"
_MINE = rf"(?:her|his|their|my|our|{PERSON}s)"
_WHOMS = _WHOM.replace("him|", "him|them(?: all)?|")
_OUT = (
    r"(?:push(?:ed|es)|forc(?:ed|es)|drove|drives|squeez(?:ed|es)|froze|freezes|edg(?:ed|es)|chas(?:ed|es)|bull(?:ied|ies)|"
    r"kick(?:ed|s)|hound(?:ed|s)|muscled|shoved|threw)"
)
_FIRED = r"(?:fire[sd]|sack(?:ed|s)|axed|oust(?:ed|s)|laid off|demoted)"
_HURT = (
    r"(?:betray|undermin|humiliat|bull(?=y|i)|harass|mistreat|belittl|silenc|sidelin|wrong|abus|smear|exploit|sabotag|shaft|lowball|"
    r"hound|torment|threaten|fail|backstabb|muzzl|scapegoat|degrad|persecut|terrori[sz]|disrespect|blackmail|insult|deceiv|"
    r"manipulat|gaslight)(?:e?d|e?s|ied|ies)|gaslit|(?:lied to|turned on|stabbed|ruined|screwed)"
)
_SNUBBED = r"(?:ignore[sd]|snubbed|mocked|attacked|dumped|discarded|punished|wasted|undervalued|burned)"
_TREATED = (
    r"(?:treat(?:ed|s) %s (?:like (?:an? )?(?:dirt|shit|crap|garbage|trash|dog|nobody|nothing|criminal|slave)|(?:so )?(?:badly|terribly|"
    r"horribly|poorly|awfully))|threw %s under|did %s (?:so )?dirty|let %s (?:go|walk|slip away|down))"
)


def _treated(whom: str) -> str:
    """The pattern with its object at each place; a group may stand only once."""
    plain = whom.replace("?P<whom>", "?:")
    return _TREATED.replace("%s", plain)


_DEEDS = (
    (rf"{_OUT} {_WHOMS} (?:out|away|off|aside)\b", _DONE),
    (rf"{_FIRED} {_WHOMS}", _DONE),
    (
        rf"(?:forced|pushed|pressured) {_WHOMS} (?:to (?:quit|resign|leave|go|step)|into (?:quit|resign|leav))",
        _DONE,
    ),
    (
        rf"(?:got {_WHOMS} (?:fired|sacked|banned)|made {_MINE} life (?:hell|miserable|a nightmare)|(?:took|takes|stole|steals) (?:the |all )?(?:credit for )?{_MINE} "
        r"(?:[a-z0-9-]+ ){0,2}?(?:work|ideas?|credit|paper|code|results?|project|job|research|fix|design|models?|dataset|thesis|kernels?|experiments?)\b)",
        _SUFFERED,
    ),
    (rf"made {_WHOMS} (?:cry|quit|miserable|suffer|sick|leave)", _SUFFERED),
    (
        rf"(?:did|has done) to {_WHOMS}(?=[^.!?\n]{{0,20}} (?:disgust|sham|awful|terribl|horribl|unforgiv|cruel|vile|evil|wrong|sick|gross|criminal|"
        r"unaccept|disgrac|inexcus|brutal|dirty))",
        _SUFFERED,
    ),
    (rf"(?:{_HURT}) {_WHOMS}", _SUFFERED),
    (rf"{_SNUBBED} {_WHOM}", _DONE),
    (_treated(_WHOMS), _SUFFERED),
)
# The subject: a name right before, or what is told of a name: "X is a vain manager who ...".
_BY = (
    rf"(?P<doer>{PERSON})(?:(?: from| at) [a-z\ue001]+|,? who| and (?:his|her|their) [a-z]+)?"
    rf"(?: (?:is|was)(?: just)? (?:an?|the|that|such an?) [^.!?;\n{PERSON}]{{0,60}}?\b(?:who|that))?"
)
_ACTIVE = [(re.compile(rf"{_BY}{BETWEEN} (?P<deed>{deed})"), word) for deed, word in _DEEDS]
_SUFFER = re.compile(
    rf"(?P<whom>{PERSON})(?: (?:was|were|got|gets|is|being|been|has|have|had|just|basically|literally))+ "
    rf"(?P<deed>(?:(?:pushed|forced|driven|squeezed|frozen|edged|chased|kicked|hounded|thrown)(?: out| away| off| aside)|{_FIRED}|{_HURT}|"
    rf"{_SNUBBED})(?: out| away)? by (?:that |the )?(?P<doer>{PERSON}))"
)
_VERB_ZH = (
    r"(?:逼走|气走|挤走|赶走|整走|轰走|踢走|排挤|排斥|架空|欺负|欺凌|霸凌|针对|陷害|开掉|裁掉|背刺|出卖|孤立|羞辱|侮辱|打压|pua|"
    r"算计|边缘化|冷落|诬陷|抹黑|骂哭|骚扰|压榨|剥削|背叛|逼|赶|挤|踢)(?:走|出去|出)?"
)
_WHOM_ZH = rf"(?P<whom>{PERSON}|他们?|她们?|我们?|大家|同事|员工|学生)"
_GAP_ZH = rf"[^，。,.!！?？;；\n{PERSON}\ue001没不别未说被遭公领高他她管老板上吗]{{0,6}}?"
_ZH = [
    re.compile(rf"(?P<doer>{PERSON})(?P<deed>{_GAP_ZH}{_VERB_ZH}[了过着]?{_WHOM_ZH})"),
    re.compile(rf"(?P<doer>{PERSON})(?P<deed>{_GAP_ZH}[把将]{_WHOM_ZH}(?:都|给|全)?{_VERB_ZH})"),
    re.compile(
        rf"(?P<whom>{PERSON}|他|她){_GAP_ZH}(?P<deed>[被遭让](?P<doer>{PERSON})[^，。,.!！?？\n]{{0,4}}?{_VERB_ZH})"
    ),
]
_HAN = re.compile("[\u4e00-\u9fff]")


NOBODY = -2
_OTHER = ("him", "her", "them", "them all", "you", "他", "她", "他们", "她们")


class Wrong(NamedTuple):
    """A deed at text[at:to] of a marked text, and where its doer and its victim are named (-1: by a pronoun; NOBODY)."""

    at: int
    to: int
    word: Word
    doer: int
    victim: int


def wrongs(text: str) -> list[Wrong]:
    """What people who are named did to others, in a marked text."""
    if PERSON not in text:
        return []
    found = [_wrong(one, word) for pattern, word in _ACTIVE for one in pattern.finditer(text)]
    found += [_wrong(one, _SUFFERED) for one in _SUFFER.finditer(text)]
    if _HAN.search(text):
        found += [_wrong(one, _SUFFERED) for pattern in _ZH for one in pattern.finditer(text)]
    return found


def _wrong(found: re.Match[str], word: Word) -> Wrong:
    whom = found.groupdict().get("whom") or "her"
    victim = found.start("whom") if whom == PERSON else -1 if whom in _OTHER else NOBODY
    return Wrong(*found.span("deed"), word, found.start("doer"), victim)
