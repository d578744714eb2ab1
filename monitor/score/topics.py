"""Is a cold word said of a person, or is it what they work on, fight or suffer?

A cold noun ("fraud", "abuse", "garbage") is said of somebody as predicate, apposition, address or insult: "X is a
fraud", "that fraud X", "X, you fraud", "X's lies", "fraud!". Elsewhere it is a topic.
"""

from __future__ import annotations

import re

from .topics_chinese import is_chinese_topic
from .words import ORGANISATION, PERSON

_X = PERSON
# Words that name a thing as often as they blame: cold only in a frame that says them of somebody.
_THING = re.compile(
    r"(?:abus|fraud|garbage|trash|toxic|scam|criminal|crime|harass|bully|bullies|corrupt|misconduct|plagiari|theft|"
    r"thief|thieves|crook|liars|cheaters|decepti|misleading|racis|sexis|misogyn|poisoned|greed$|negligence|nepotism|"
    r"predatory|intimidation|hypocrisy|lies$|lying$|propaganda|evil$|monster$|cheating$|manipulative|dishonest$)"
)
# Those and words of the trade: no blame where they are plainly the matter of work.
_MATTER = re.compile(
    _THING.pattern + r"|hallucinat|overfit|underfit|data leakage|contaminated|goodhart|trained? on|benchmark|"
    r"bottleneck|hype|vaporware|snake oil|misinfo|fabricat|cherry|gaslight|deceiv|mislead|cover|liar|steal|stole|lie$|"
    r"cheat|stunt|boring|ego|sabotag|buzzword|clickbait|rage|anger|hate|sociopath|psychopath|narcissis|dictator|tyrant|"
    r"clown|idiot|coward|traitor|betray|stupid|insult|ai generated|word salad|humble brag|cringe|reckless|cruel|shame|injustice|discriminat|unfair"
)
# What somebody does, rather than a thing: said of who stands before it.
_VERBAL = re.compile(r"(?:ed|lies|lying|bullies|harasses|abuses|scams|cheats(?: on| in| at)?)$")
_DESCRIBED = re.compile(
    r"\b(?:of|for|from|with|help\w*|rescue[sd]?|about) (?:[a-z]+ )?$"
)  # "a shelter for abused dogs"
_ADJECTIVE = re.compile(
    r"garbage|trash|toxic|abusive|criminal$|corrupt$|racist|evil|predatory|misleading|poisoned|fraudulent"
)
_HEAD = re.compile(
    r"(?:s|ing|[a-z]*)?(?:[ -](?!(?:who|that|and|with|of|is|like|at|in|on|about|those|these|the|an?|his|her|to|for|from|because|while|whose)\b)[a-z]+){0,2}[ -](?:detect\w*|classif\w*|filter\w*|datasets?|corpus|"
    r"benchmarks?|prevent\w*|mitigat\w*|moderat\w*)\b|"
    r"(?:s|ing)?(?:[ -](?:and|or|language|speech|content|text|comments?|code|data|images?|e?mail|messages?|posts?|pattern|"
    r"detection|prevention|justice)){0,2}[ -](?:detect\w*|classif\w*|collect(?:ion|ions|or|ors|ed|ing)|filter\w*|prevent\w*|"
    r"mitigat\w*|moderat\w*|datasets?|corpus|corpora|benchmarks?|research\w*|stud(?:y|ies)|surveys?|taxonomy|justice|"
    r"investigat\w*|victims?|survivors?|awareness|hotline|charges?|cases?|trials?|laws?|lawyers?|attorneys?|reporters?|journalists?|correspondents?|scholars?|consultants?|officers?|advis[eo]rs?|"
    r"court|statistics|rates|reports?|reporting|polic(?:y|ies)|unit|squad|experts?|analy\w+|examiners?|bins?|trucks?|disposal|"
    r"shelters?|charit(?:y|ies)|warnings?|alerts?|rings?|networks|patterns|waste|chemicals?|assets?|gradients?|in,? (?:\w+ )?out|"
    r"can|bags?|lawsuits?|allegations?|risks?|scores?|scoring|labels?|annotations?|robustness|fighters?|code of|proof)\b"
)
# What is called "garbage" is mostly meant so.
_JUNK = re.compile(r"garbage|trash|fraudulent|misleading|evil|corrupt$")
_HEAD_OF_JUNK = re.compile(
    r"[ -](?:collect\w*|trucks?|bins?|disposal|cans?|bags?|in,? (?:\w+ )?out|sorting|patch|chute|day|heap|pile|detect\w*|"
    r"(?:data|code|text|image) (?:detect\w*|filter\w*|classif\w*))\b"
)
# Behind a noun these make a compound too; behind "garbage" or "toxic" they are what is called so.
_HEAD_OF_NOUN = re.compile(
    r"s?[ -](?:models?|modelling|modeling|systems?|tools?|engine|pipeline|app|bots?|tasks?|challenge|competition|team|lab|"
    r"workshop|course|tutorial|lecture|class|seminar|talk|panel|paradox|dice|puzzle|papers?|book|thesis|attacks?|calls|centers?|centres?)\b"
)
_OF_WORK = (
    r"papers?|books?|stud(?:y|ies)|surveys?|talks?|articles?|thesis|lectures?|courses?|reports?|essays?|blogs?|posts?|"
    r"threads?|tutorials?|reviews?|interviews?|benchmarks?|datasets?|classifiers?|detectors?|models?|documentary|podcasts?|"
    r"tools?|software|apps?|panels?|class(?:es)?|committees?|chapters?|victims?|survivors?|histor(?:y|ies)|theor(?:y|ies)|cases?|charges?|fight|war|campaign|laws?|workshops?|research|work|"
    r"experts?|speech|hearings?|investigations?|allegations?|evidence|film|novel|story|stories|series|filters?"
)
_BREAK = (
    rf"(?!(?:is|was|are|were|s|{_X}|{_X}s|she|he|shes|hes|you|her|his|who|but|because|how|such|like)\b|{_X})"
)
_WHILE = rf"(?:[ ,]+{_BREAK}[a-z{ORGANISATION}-]+){{0,8}}[ ,]*$"
_DONE = (
    r"(?:detect|investigat|expos|report|study|studi|research|discuss|explain|fight|fought|combat|prevent|stopping|"
    r"condemn|denounc|oppos|suffer|surviv|endur|fac(?:es|ed|ing)\b|document|analy[sz]|measur|classif|filter|moderat|address|tackl|"
    r"reduc|cover(?:s|ed|ing)\b|handl|flag|warn|identif|uncover|experienc|escap|describ|mention|survey|benchmark|prosecut|"
    r"spot|catch|mitigat|testif|work(?:s|ed|ing) on|fix|debug|reproduc|criticis|criticiz|decr|challeng|debunk|unmask|avoid|end(?:s|ed|ing)?\b|"
    r"call(?:s|ed|ing)? out|(?:caught|chased|arrested|met|interviewed) (?:an?|the|some|two)|banned|bans|removes|removed|track|predict|simulat|quantif|understand|confront|resist|reject)[a-z]*"
)
_GOVERNED = re.compile(
    rf"(?:\b(?:how to|to) (?:stop|spot|fight|report|avoid|detect|prevent|recogni[sz]e|end|handle)|{_X}s?(?: (?:has|had|is|was|also|just|once|will|often|"
    rf"works|worked|new|latest|team|group|lab|{_OF_WORK}|to|and|keeps|been|helps|helped|the|[a-z]+ly))* {_DONE}|(?:^|[.!?:\n] ?){_DONE.replace('[a-z]*', '')}ing|"
    rf"\b(?:{_OF_WORK}) (?:(?:that|which) [a-z]+|about|on|of|against|for|into|over|around|in)|{_X}s?[^.!?\n]{{0,60}}? (?:about|against|anti|(?<!based )(?<!built )(?<!lives )(?<!relies )(?<!runs )on)|"
    rf"\b(?:victims?|survivors?) of|\banti[ -]?|\b(?:not|doesnt|dont|never|wont) (?:tolerat\w*|accept|allow|condone|stand for)|\b(?:wrote|writes|writing|talks?|talked|spoke|speaks|warns?|warned|posts|posted|"
    rf"tweets?|tweeted|lectures?) (?:about|on|against)){_WHILE}"
)
_STOP = (
    r"on|about|of|for|against|in|to|from|with|by|at|into|over|through|without|despite|anti|stud[a-z]+|investigat[a-z]+|fight[a-z]*|"
    r"detect[a-z]+|victims?|who|that|when|where|because|after|before|during"
)
_STRONG = (
    r"an?|the|this|that|such|total|totally|complete|completely|absolute|absolutely|utter|utterly|fucking|freaking|damn|bloody|"
    r"massive|huge|big|biggest|real|pure|actual|literal|old|lying|little|fake|most|more|very|so|just|really|proven|known|"
    r"serial|notorious|stupid|dirty|filthy|shameless|disgusting|corrupt|toxic|greedy|arrogant|you|and|same|such|kind|sort|bit|"
    r"pathetic|worst|ugly|plain|straight|up|narcissistic|nasty|horrible|terrible|awful|sad|cheap|petty|his|her|their|all|"
    r"some|any|own|endless|constant|blatant|shameful|vile|outright|nothing|but"
)
_AFTER_ING = (
    r"(?![a-z]+ing\b(?<!fucking)(?<!lying)(?<!freaking)(?<!thieving)(?<!scheming)(?<!cheating)(?<!being))"
)
_PREDICATE = re.compile(
    r"(?:\b(?:(?<!there )(?:is|was|are|were|be|been|being|am)|becom\w+|became|turned out|turns out|remains|seems?|looks?|sounds?|acts?|feels?|"
    r"such an?|what an?|as an?|how|so|like|pure|total|complete|absolute|utter|fucking|freaking|nothing but|full of|guilty of|"
    rf"youre|hes|shes|theyre|its)|{_X}s(?= an?))(?: (?!(?:{_STOP})\b){_AFTER_ING}[a-z]+){{0,5}} ?$"
)
# "X真的很toxic"
_MIXED = re.compile("(?:很|太|好|超|真|巨|特别|非常|有点|是|这么|那么|最|挺|是个|个) ?$")
_OWNED = re.compile(
    rf"(?:{_X}s?|\b(?:her|his|your|their))(?: (?!(?:{_STOP}|{_OF_WORK})\b){_AFTER_ING}[a-z]+ly)?(?: (?:{_STRONG}))* $"
)
_BESIDE = re.compile(
    rf"{_X}(?: (?:from|at|of) [a-z{ORGANISATION}]+)?[ ,:=\-]{{1,3}}(?:(?:{_STRONG}|is|s) )*$"
)
_BYLINE = re.compile(rf" (?:[a-z]+ ){{1,3}}(?:from|by) {_X}")
_DOES = re.compile(
    r"\b(?:commit\w*|runs?|ran|running|pull(?:s|ed)|writes?|wrote|posts?|posted|publish\w*|produc\w*|ships?|shipped|sells?|sold|"
    r"spread\w*|spout\w*|spew\w*|tweets?|talk(?:s|ing)?|push(?:es|ed|ing)?|peddl\w*|creat\w*|built|builds|makes?|made|foster\w*|"
    r"tolerat\w*|enabl\w*|excus\w*|normali[sz]\w*|into|complicit in|admitted|admits|known for|caught|says?|said|defend\w*|"
    rf"protect\w*|tells?|told|telling|keeps?|stop|quit|enough of|tired of|sick of|engag\w+ in|cut the)(?: (?:{_STRONG}))* $"
)
_NAMED = re.compile(
    rf" (?:called |named |like )?{_X}(?!s)(?! (?:suffer|fac|report|describ|investigat|stud|discover|expos|found|uncover|fight|fought|warn|receiv|got|gets|endur|wrote|mention)\w*)"
)
_ALONE = re.compile(
    rf"[\"“ ]*(?:(?:{_STRONG}|wow|ugh|lol|oh|omg|also|honestly|yeah|no|well|yes|what|how|or|tbh|ok|still|just|once|always|"
    r"but|like|nothing|full|of) )*$"
)
_ENDS = re.compile(
    r"(?:s|y)?(?: (?:as [a-z]+|to the (?:core|bone)|honestly|lol|imo|tbh|ngl|really|human(?: being)?|person|boss|behaviou?r|move|man|woman|guy|stuff|"
    r"take|again|period|lmao|everywhere|from (?:start|day|top)[a-z ]*|of (?:an?|the) [a-z]+|alert|vibes|and (?:a |an )?[a-z]+|at best|company|"
    r"place|people|workplace|culture|environment))*[\"” ]*(?:[.!?,;:…\n]|$|[\U0001f300-\U0001faff])"
)
_WHOSE = re.compile(
    r" (?:boss|manager|leader|person|guy|man|woman|colleague|coworker|human|piece|influence|ego|attitude|"
    r"behaviou?r|personality|presence|mess|environment|culture|workplace|relationship|energy|trait|leadership|management|style)"
)
_DONE_TO = re.compile(r"(?:[a-z ]*(?:ed|misled|lied to|stolen|lied|ripped off|gaslit))$")
# "Why people lie": what others do.
_BARE = ("lie", "cheat", "steal", "lie to", "insult", "yell", "hallucinate")
_PLURAL = re.compile(
    r"\b(?:people|children|we|[a-z]+[^s\W]s) (?:[a-z]+ly |will |can |may |might |would |often |to )?$"
)
_PASSIVE = re.compile(
    rf"{_X}(?: (?:from|at) [a-z{ORGANISATION}]+)?(?: (?:has|had|have|just|also|once|is|was|were|got|gets|been|being|getting|keeps|repeatedly|[a-z]+ly))*"
    r" (?:is|was|were|got|gets|been|being|getting)(?: (?:once|also|just|again|[a-z]+ly))* $"
)
# "X was hired by a fake recruiter": said of whoever did it.
_BY = re.compile(
    rf"{_X}(?: (?:has|had|been|was|got|is|were))+ (?:[a-z]+ly )?[a-z]+(?:ed|en) (?:[a-z]+ ){{0,3}}by (?:an?|the|some|two|several) (?:[a-z]+ ){{0,2}}$"
)
_VERB = re.compile(
    r"stole|steal|lied|lying|lies|cheat|scam|robb|conn|harass|bull(?:y|ie)|abus|betray|deceiv|defraud|plagiar|insult|intimidat|misle|ghosted|threaten|screw|attack"
)
_AT_THEM = re.compile(
    rf"(?: (?:of|to|from|at|against|on|off|toward|towards|directed at|aimed at|by targeting))? ?(?:poor )?{_X}| (?:that )?{_X} (?:got|gets|receiv|suffer|fac|endur|has to|had to|takes|is getting)"
)


def is_topic(text: str, begin: int, end: int, at: int, to: int) -> bool:
    """Is the cold phrase text[at:to] of the clause text[begin:end] a topic and not said of the person?"""
    word = text[at:to]
    if PERSON in word:
        return False
    if "\u2e80" <= word[0] < PERSON:
        return is_chinese_topic(text, begin, at, to)
    if not word[0].isalpha():
        return False
    if _BY.search(text, max(begin, at - 80), at):
        return True
    while to < end and "a" <= text[to] <= "z" and to - at < 40:
        to += 1
    word = text[at:to]
    if not (_MATTER.match(word) or _VERB.match(word)):
        return False
    before, inside, after = text[max(0, at - 120) : at], text[max(begin, at - 120) : at], text[to : to + 60]
    if _is_done_to(word, inside, after) or (word in _BARE and _PLURAL.search(inside)):
        return True
    if _is_compound(word, before, after[: max(0, end - to)]):
        return True
    if _PREDICATE.search(inside) or _OWNED.search(inside) or _MIXED.search(inside):
        return False
    if not _NAMED.match(after) and _GOVERNED.search(_sentence(before)):
        return True
    return bool(_THING.match(word)) and not (_VERBAL.search(word) or _is_said(word, before, inside, after))


def _is_compound(word: str, before: str, after: str) -> bool:
    """ "Fraud detection", "garbage collector", "anti-fraud", "abused dogs": the name of something else."""
    if word.endswith("ed") and _DESCRIBED.search(before):
        return True
    if _VERBAL.search(word):
        return False
    if before.endswith(("anti ", "anti-")):
        return True
    if _JUNK.match(word):
        return _HEAD_OF_JUNK.match(after) is not None
    if _HEAD.match(after):
        return True
    return not _ADJECTIVE.match(word) and _HEAD_OF_NOUN.match(after) is not None


def _is_said(word: str, before: str, inside: str, after: str) -> bool:
    """Apposition, address, insult, or what somebody does: "that fraud X", "X, you fraud", "fraud!", "X posts garbage"."""
    if _NAMED.match(after) or _BESIDE.search(before) or _DOES.search(inside):
        return True
    if _ADJECTIVE.match(word) and _WHOSE.match(after):
        return True
    if _JUNK.match(word) and _BYLINE.match(after):
        return True
    return bool(_ALONE.match(inside) and _ENDS.match(after))


def _is_done_to(word: str, inside: str, after: str) -> bool:
    """Is it done to the person: "X was scammed", "stole X's laptop", "the abuse of X"?"""
    if _DONE_TO.match(word) and _PASSIVE.search(inside):
        return True
    return (
        PERSON not in inside
        and bool(_VERB.match(word))
        and _AT_THEM.match(after) is not None
        and not (
            _NAMED.match(after) and not _DONE_TO.match(word) and word not in ("stole", "steals", "steal")
        )
    )


def _sentence(before: str) -> str:
    """What of the text before a word belongs to its sentence."""
    return re.split(r"[.!?;\n…。！？；]", before)[-1]
