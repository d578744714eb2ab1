"""English words behind or round a departure that turn it: into a joke, a holiday, a mockery of the rumour."""

from __future__ import annotations

import re

from ..events import Site
from ..regex import regex
from ..scene import Mention, quote_around
from . import denials
from .words import Phrases

# How far behind the cue a turn is looked for.
_REACH = 170
_WHEN = (
    r"(?: (?:today|tonight|now|already|finally|again|this (?:morning|week|afternoon)|last night|yesterday))?"
)
_NOT_A_JOB = (
    r"(?!(?:[\w'-]+ ){0,3}(?:company|lab|labs|team|job|role|post|position|firm|place|org|group|employer|office|startup|start-up|"
    r"one|guy|man|woman|person|boss|head|lead|leader|chief|engineer|researcher|scientist|legend|goat|who|best|former|ex|first|last|second|third|man|good|real|now|ever|personal|family|health|record)\b)"
)
_AFTERTHOUGHT = regex(
    rf"{_WHEN}\s*(?:[.!?…:,—–-]+\s*)?(?:"
    rf"[(\[]\s*(?:(?:of|from|for|to|off|at|in) )?(?:the|a|an|my|his|her|our|their|its|this|some) {_NOT_A_JOB}[\w'-]+"
    rf"|[(\[]\s*(?:of|off) {_NOT_A_JOB}[\w'-]+"
    r"|[(\[]\s*(?:sugar|coffee|caffeine|smoking|vaping|meat|gluten|dairy|bread|chocolate|beer|wine|alcohol|twitter|instagram|facebook|tiktok|wordle|chess|golf|crossfit|running|yoga|tinder|duolingo)\b)"
    rf"|{_WHEN}\s*(?:[.!…]+|[—–])\s*(?:of|off) {_NOT_A_JOB}(?!to\b|on\b|course\b|all\b|sorts\b)[\w'-]+"
    r"|\s*(?:[.!…]+|[—–])\s*(?:to|on|from|for|onto|into) (?:slide|page|chapter|level|round|table|room|step|line|section|item|question|desk|row|floor|part|episode|season|phase|seat|plan|door|dessert|decaf|tea)s? ?(?:\d|[a-z]\b|one|two|three|four|\.|,|$)"
    r"|\s*(?:[.!…]+|[—–])\s*(?:for|to get|to grab|to find|to buy|to fetch) (?:an?|some|the|more|his|her|my)? ?(?:lunch|coffee|dinner|breakfast|tea|boba|noodles|dumplings|sandwich\w*|snacks?|pizza|walk|smoke|nap|haircut|dentist|day|night|weekend|half an hour|hour|minute|five minutes|ten minutes)\b"
    r"|\s*(?:[.!…]+|[—–])\s*at (?:a |an )?(?:reasonable|decent|normal|sane|human|civili[sz]ed|sensible|godly|respectable|\d|noon|five|six|seven|eight|nine|ten|dawn|midnight)\b"
)
_NOT_THE_LAB = regex(
    r"\W*(?:(?:i|we) mean\W+)?(?:no,? )?not (?:from |as |of |at )?(?:the|his|her|my|their|that|our) (?:lab|company|job|team|role|firm|person|man|woman|human|people|researcher|engineer)\b|"
    r"\W*(?:the|his|her|my|our|their) (?:[\w'-]+ )?(?:cat|dog|hamster|goldfish|cactus|plant|fern|car|bike|kettle|sourdough|chair|robot|roomba)(?=\W*(?:[.!?)]|$))"
)
_LEAVE_OF_ABSENCE = regex(
    r"\b(?:maternity|paternity|parental|parenting|sabbatical|holidays?|vacation|honeymoon|annual leave|sick leave|medical leave|family leave|jury duty|surgery|staycation|half-term|school run)\b"
)
_COMES_BACK = regex(
    r"\b(?:back|returns?|returning|until|till|til|see you|for (?:a|one|two|three|four|five|six|\d+) (?:days?|weeks?|months?))\b|\bon (?:\w+ )?(?:holidays?|vacation|honeymoon|sabbatical|(?:maternity|paternity|parental|annual|sick|medical|family) leave)\b"
)
_BEFORE_REST = regex(
    r" before (?:[\w']+ ){0,3}?(?:holidays?|vacation|break|weekend|leave|sabbatical|christmas|xmas|new year|easter|half-term|honeymoon|surgery|move|trip|wedding)\b"
)
_NOT_BACK = regex(
    r"\b(?:not|never|n't|won't|no) (?:\w+ ){0,3}(?:back|return)|\bfor good\b|\bafter (?:\w+ )?(?:maternity|paternity|parental|sick|medical|family)? ?(?:leave|sabbatical|holiday|vacation)"
)
_RESTING = frozenset(
    {"state", "strict", "out", "day", "week", "farewell", "near", "me", "offish", "idiom", "anymore", "time"}
)

_AGAIN = regex(
    r"[^.!?;]{0,40}\bfor the (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|nth|umpteenth|hundredth|millionth|\d+(?:st|nd|rd|th)) time (?:this|today|since|in (?:a|one|two|as many)|already)\b"
)
_AGAIN_BEFORE = regex(
    r"\b(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|nth|umpteenth|hundredth|\d+(?:rd|th)) time (?:this|today|since|in (?:a|one|two|as many))[\w ,']{0,40}$"
)
_SPOILER = regex(
    r"\bspoiler\b[^.!?]{0,60}\b(?:didn'?t|hasn'?t|isn'?t|did not|has not|is not|still)\b|"
    r"\b(?:lol|nope|nah|no|ha|haha|except|only|but),? (?:he|she|they) (?:didn'?t|hasn'?t|isn'?t|wasn'?t|did not|has not|is not|was not)\b"
)
_MOCKS = regex(
    r"\b(?:which (?:is|must be|would be|will be) why|which (?:explains|would explain) (?:why|how|the)|that'?(?:ll| will| must| would)? ?(?:be |is |'?s )?(?:why|how)\b|that explains|must be (?:his|her|their|an?|the) (?:\w+ )?(?:twin|ghost|clone|hologram|double|stunt double|impostor|lookalike|avatar|doppelg\w+)|so (?:thoroughly|completely|hard|gone|departed|left|quit|fired|absent|resigned)\b|(?:funny|strange|odd|weird|curious|impressive|remarkable|bold)(?:ly)?,? (?:because|how|that|then|since|given|considering)|from beyond|from the (?:grave|beyond)|very much (?:here|there|alive|in)|(?:his|her) (?:evil twin|ghost|hologram))\b"
)
# One of these is in all that _MOCKS finds.
_MOCKING = (
    "which ",
    "that",
    "must be",
    "so ",
    "funn",
    "strang",
    "odd",
    "weird",
    "curious",
    "impressi",
    "remark",
    "bold",
    "beyond",
    "grave",
    "very much",
    "twin",
    "ghost",
    "hologram",
)
_PRESENT = regex(
    r"\b(?:as i (?:type|write|post)|as we speak|(?:i'?m|he'?s|she'?s|i am|he is|she is|who is|who's) (?:still |literally |right now |currently |just )?(?:sat|sitting|standing|seated|perched) |(?:he'?s|she'?s|he is|she is) (?:still |literally |right |currently |just |back )*(?:at (?:his|her)|in (?:there|here|our|my|the)|next to|opposite|behind|eating|shouting|typing|reviewing|merging|on the|on our|here|there)|"
    r"(?:reviewed|reviewing|merged|merging|approved|approving|bounced|rejected) (?:my|our|this|a|the|\d+)\b|(?:commented on|pinged|assigned|answered|closed|beat|emailed|messaged|handed|asked|held|stole|ate|sat|eats?|sits?) (?:my|me|beside me|next to me|opposite me)\b|held the (?:\w+ )?(?:door|lift|elevator)\b|(?:running|chairing|leading|hosting|reviewing|merging) (?:our|my|this morning's|today's) |in (?:our|my|this morning's|today's) (?:standup|stand-up|meeting|call|channel|slack|1:1|review|retro|sync|office)\b|(?:his|her) (?:calendar|badge|coat|bike|mug) (?:still|is|has))\b"
)
_PERFECT = regex(
    r"(?:left|quit\b|resigned|gone|out\b|fired|sacked|escorted|walked|stormed|departed|let go|laid off|dismissed|ousted|axed|stepped|jumped|no longer|poached|removed|pushed|exited|bailed|defected)"
)
_HEARD = Phrases(
    """apparently; reportedly; allegedly; supposedly; rumour has it; rumor has it; rumour is; rumor is; word is; i hear; i heard; i read; i see; just read; just heard; just learned/learnt; learned/learnt from/that; {read} that; reading that; i've read; i have read; to read that; to learn that; to hear that; to learn/discover/find/read/hear; to find out; {hear} that; heard i/i'm/i've; news that; read with interest/great; read on; according to this/that/the/a/some/reddit/twitter/weibo/x/blind/maimai/tiktok/youtube/my/one/an;
    whoever told; told you i've/i; they say; people say; people saying; everyone says; internet says; internet thinks; internet has decided; twitter says; reddit says; somebody wrote/tweeted/posted/says; someone wrote/tweeted/posted/says; a blog says; the rumour that/is; the rumor that/is; rumours/rumors that/of/about/say; reports that/say/of; gossip that/is/says; claims that; headline says/that; seeing tweets/posts; recruiters who/asking; asking if/why/whether; asked if/why/whether; congratulations on; condolences on; obituaries of/for"""
)
_TOLD_BY = regex(
    r"\b(?:hr|human resources|manager|boss|director|vp|ceo|e-?mail|letter|meeting|calendar invite|zoom|slack message|phone call|the company|badge|lawyer|memo)\b"
)


def _tail(site: Site) -> int:
    """Where the words behind the cue begin, over the organisation where it follows at once."""
    span = site.scene.organisation_in(site.end, site.end + 28)
    if span is not None and re.fullmatch(
        r"\s*(?:(?:from|at|of|with|out of) )?(?:the )?", site.scene.text[site.end : span[0]]
    ):
        return span[1]
    return site.end


def joked(site: Site) -> bool:
    """Do the next words turn it into something else: 'X is out. Of oat milk.', 'back in October'?"""
    text, begin = site.scene.text, _tail(site)
    if _AFTERTHOUGHT.match(text, begin, begin + 90):
        return True
    number = site.scene.sentence_of(site.start)
    following = site.scene.sentences[number + 1 : number + 3]
    if any(_NOT_THE_LAB.match(text, low, min(high, low + 50)) for low, high in following):
        return True
    return _resting(site)


def _resting(site: Site) -> bool:
    """Is it only a holiday or a leave of absence?"""
    if site.cue.frame not in _RESTING:
        return False
    text = site.scene.text
    if _BEFORE_REST.match(text, site.end, site.high):
        return True
    high = min(site.high + 80, site.end + _REACH)
    rest = _LEAVE_OF_ABSENCE.search(text, site.low, high)
    return (
        rest is not None
        and _COMES_BACK.search(text, site.low, high) is not None
        and not _NOT_BACK.search(text, site.low, high)
    )


def mocked(site: Site) -> bool:
    """Does the text laugh at the report: 'X has "left"; that'll be why he just reviewed my patch'?"""
    text = site.scene.text
    if site.cue.frame in ("noun", "lose", "former", "replace", "successor", "stay", "back"):
        return False
    if _AGAIN.match(text, site.end, site.end + 110):
        return True
    high = min(len(text), site.end + _REACH)
    if _SPOILER.search(text, site.end, high):
        return True
    quoted = _scare_quoted(site)
    tail = text[site.end : high]
    if not quoted and not any(word in tail for word in _MOCKING):
        return False
    present = _PRESENT.search(text, site.end, high)
    if quoted and (
        _AGAIN_BEFORE.search(site.before) or present or denials.EVIDENCE.search(text, site.end, high)
    ):
        return True
    return present is not None and _MOCKS.search(text, site.end, present.end()) is not None


def _scare_quoted(site: Site) -> bool:
    """Does a quotation hold the words of leaving, and nobody's name: 'X "stormed out of ORG"'?"""
    quote = quote_around(site.scene, site.start)
    if quote is None or site.start - quote[0] > 16 or quote[1] - quote[0] > 60:
        return False
    if any(quote[0] <= m.start < quote[1] for m in site.scene.mentions):
        return False
    return (
        re.match(
            r"[\"'”’»]?,? (?:said|says|according|per|the (?:company|statement|memo)|a spokes|it said|[\w ]{2,24} (?:said|says|told))",
            site.scene.text[quote[1] : quote[1] + 40],
        )
        is None
    )


def seen_at_work(site: Site) -> bool:
    """A rumour that somebody has left, from a text that sees them at work."""
    if not _PERFECT.match(site.scene.text, site.start, site.end) or quote_around(site.scene, site.start):
        return False
    return _PRESENT.search(site.scene.text, site.end, site.end + _REACH) is not None


def told_of_oneself(site: Site, persons: list[Mention]) -> bool:
    """'I read that I have left ORG', 'apparently I no longer work here': a denial by the one it is told of."""
    if not persons or persons[0].kind != "first" or site.cue.frame in ("oust", "lose", "noun"):
        return False
    if quote_around(site.scene, site.start) is not None:
        return False
    text, low = site.scene.text, site.low
    own = persons[0].start if persons[0].end > persons[0].start else site.start
    head = text[max(low, own - 70) : own]
    if not head or _TOLD_BY.search(text, max(low, own - 70), min(site.high + 60, len(text))):
        return False
    return any(own - max(low, own - 70) - end < 34 for _, end in _HEARD.spans(head))
