"""What is left: the watched organisation ("ours"), a job without its name ("job"), nothing said ("open"), or
something else ("other")."""

from __future__ import annotations

import re

from ..events import Site
from ..regex import regex
from ..vocabulary import ARMS, COMPANIES, words

SOFT = regex(
    r"(?:\s*(?:(?:a|an|one|two|three|four|five|six|several|\d+|some|barely|just)(?: few| couple of| mere| whole)? (?:seconds?|minutes?|hours?|days?|nights?|fortnights?|weeks?|months?|quarters?|moments?|while) (?:ago|back|earlier|later|after|before)|officially|formally|quietly|suddenly|abruptly|recently|today|yesterday|just|finally|already|voluntarily|"
    r"permanently|reportedly|for good|this (?:week|morning|afternoon|month)|over the (?:weekend|holidays|summer|break)|last (?:week|month|night|friday|monday)|on "
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|as of \w+|effective \w+)\b,?)*"
)
_TO_ORGANISATION = regex(
    r"[\s\"'@#*(]*(?:(?:from|at|with|of|as|in|on|out|behind|to|the|his|her|their|my|our|your|this|both|all|beloved|dear|mighty|old|"
    r"head|lead|leader|chief|boss|tech|technical|technology|director|manager|vp|cto|ceo|president|founder|role|post|position|job|team|"
    r"member|group|lab|unit|division|company|giant|ai|chinese|parent|leading|heading|running|building|working|research|"
    r"researcher|scientist|engineer|mts|swe|technical staff|senior|principal|star|code|coder|model|models|product|project|years|year|weeks|"
    r"multimodal|post-training|pre-training|vision|speech|data|safety|infra|\d+|one|two|three|four|five|six|seven|eight|ten|"
    r"crew|floor|leadership|helm|person|people|duties|staff|core|entire|whole|former|for|after|wonderful|great|happy|long|"
    r"good|crazy|amazing|almost|nearly|over|more|than|and|a|an|co-lead|responsibilities|employment|contract|family|gang|folks)[\s,\"'@-]+)*"
)
HEAD = regex(
    r"(?:'s)?[\s\"-]+(?:(?!(?:over|amid|despite|following|against|about|because|and|but|who|which|that) )[\w-]+ )?(?:chat|discord|slack|channel|server|offices?|building|party|(?:poker|game|games|trivia|quiz|karaoke|movie|film|pizza) night|family day|raffle|gala|ceremony|show|concert|awards|banquet|festival|premiere|meetup|stage|booth|stand|pavilion|summit|conference|event|"
    r"call|meeting|room|wechat|subreddit|store|app|api|cli|desk|workstation|website|site|kitchen|dinner|lunch|hq|headquarters|campus|"
    r"lobby|hackathon|demo|webinar|livestream|podcast|newsletter|thread|repo|playlist|choir|band|league|tournament|"
    r"marathon|workshop|panel|keynote|talk|sale|stock|shares|stake|subscription|running|alone|open overnight|overnight|county|prefecture|plateau|"
    r"tab|notebook|default|temperature|benchmark|leaderboard|report|papers?|slides|deck|release notes|blog|draft|survey|interview|poster|tutorial|course|class|homework|exam|manual|evals?|checkpoint|ticket|issue|migration|credits?|tokens|quota|stickers|merch|api key|key|shuttle|rota|roster|picnic|forum|football|basketball|chess|club|committee|elevator|parking|cafeteria|canteen|gym|afterparty|retreat|internship|review|stream|livestream|queue|waitlist|beta|docs)\b"
)
_LEADS_AWAY = regex(r"\b(?:as|to|for|after|and|than|more)[\s\"'@]+$")
_IN_HANDS = regex(r" (?:in|to) [^.,;]{0,30}\bhands\b")
_PRODUCT = regex(r"[ -]?v?\d|-(?!based|wide)\w+(?! (?:team|lab|group|crew|project|lead|head|unit)s?\b)")
JOB = regex(
    r"\s*(?:(?:from|at|with|of|as|in|out of|on|behind) )?(?:(?:the|his|her|their|my|our|this|that|a|an|its) )?(?:[\w'-]+ ){0,3}?"
    r"(?:company|firm|lab|team|jobs?|roles?|post|position|employer|organi[sz]ation|unit|division|helm|tech giant|e-commerce giant|giant|"
    r"tech lead|technical lead|team lead|lead|leader|head|chief|boss|cto|ceo|vp|director|co-?founder|chief scientist|scientist|researcher|engineer|"
    r"duties|leadership|us(?=\s*(?:$|[.,!?])|\s+(?:for|today|behind)\b)|them(?=\s*(?:$|[.,!?]))|crew|mothership|day job|there|here|group|building(?! (?:through|via|by|at|with|for)))\b(?! (?:chat|of the (?:club|choir|band)|board|dinner|call))"
)
NOT_JOB = regex(
    r"\b(?:board|committee|club|choir|orchestra|society|association|council|league|band|union|church|parish|internship|"
    r"intern|phd|university|college|school|faculty|treasurer|chair|chairman|captain|mentor|reviewer|moderator|coach|"
    r"organi[sz]er|judge|jury|panel|advis[eo]r|advisory|maintainer|foundation|condo|tenants?|neighbou?rhood|alumni|programme|"
    r"program|hackathon|national|football|basketball|chess|running|climbing|debate|startup|podcast|charity|editor|trustee|quiz|book|school|parents|homeowners|squad)\b"
)
_OPEN = regex(
    r"\s*(?:$|[^\w\s'#@]|(?:for|to|after|in|on|at|as|because|due|amid|over|(?:this|last|next) (?:week|month|morning|afternoon|evening|spring|summer|autumn|fall|winter|year|quarter|time|friday|monday|tuesday|wednesday|thursday|weekend|january|february|march|april|may|june|july|august|september|october|november|december)|today|yesterday|tonight|tomorrow|and|but|while|"
    r"when|with|without|so|before|by|effective|earlier|recently|abruptly|suddenly|quietly|again|too|already|officially|"
    r"voluntarily|now|lol|lmao\w*|lmfao|omg|wtf|since|soon|from|following|within|just|is|are|was|were|has|will|would|days|weeks|months|"
    r"hours|behind|(?:huge|big) (?:shoes|hole|void|gap)|a (?:(?:huge|big|gaping|massive) )?(?:week|day|month|hole|void|gap|vacuum)|permanently|there|or|then|who|what|which|the same|the (?:day|week)|immediately|early (?:this|in|last|next|on)|w|bc|cuz|fr|rip|if)\b)"
)
_TRIP = regex(
    r"\s*(?:for|to|on|in|at|early|from)\b (?:(?:the|his|her|their|a|an|some|my|another|get|grab|catch|fetch|attend|take|walk|feed|pick up|two-week|short|long|well-deserved) )*(?:[\w-]+ )?"
    r"(?:lunch|coffee|day|weekend|airport|vacation|holidays?|trip|dinner|home|train|flight|station|gym|beach|conference|"
    r"meeting|summit|tour|break|meetup|dentist|doctor|mountains|bathroom|night|event|paternity|maternity|parental|sick|leave|sabbatical|honeymoon|kids?|dog|party|standup|bed|stage|breakfast|beer|neurips|icml|iclr|acl|keynote|hospital|hotel)\b"
)
_ASIDE = regex(
    r"\s*(?:\.\.\.+|[—–])\s*(?:(?=(?:the|his|her|my|their|a|an|from|social|all)\b)|(?=[\w-]+\s*(?:[.!]|$)))"
)
_FOR_PLACE = regex(r"\s*(?:today |tonight |tomorrow )?for (?=\w)")
_LAB_LIKE = regex(
    r"\s*(?:today |tonight |tomorrow )?for (?:an? |another|his|her|their|the|good|academia|rival|greener|pastures|new|personal|health|family|unknown|reasons|real|now|ever|startups?|start-up|what|that|medical|something)"
)
_ERRAND = regex(
    r"[\s.…—–,-]{1,6}to (?:get|grab|buy|fetch|pick up|eat|have|walk|feed|catch|find|make|order|drink|pee) (?:a|an|the|some|his|her|their|my|more|lunch|coffee|noodles|dumplings|food)\b"
    r"|[\s.…—–,-]{1,6}(?:(?:for|to|to get|to grab|to catch|early for|on a|at the) )(?:(?:a|an|the|his|her|some|quick) ){0,2}(?:lunch|coffee|dinner|breakfast|day|weekend|airport|gym|home|night|dentist|doctor|standup|beer|walk|bathroom|train|flight|snacks?)\b"
    r"|[\s.…—–,-]{1,6}(?:for|to get|to grab) (?:(?:a|an|the|some|his|her) )?(?:\w+ )?(?:sandwich|burger|pizza|tea|boba|bubble tea|noodles|dumplings|bao|ramen|kebab|cigarette|smoke|nap|ice cream|hotpot|donut|bagel|croissant|swim|haircut)\b"
)
_AT_HOUR = regex(r"\s(?:at|around) (?:\d{1,2}(?::\d\d)? ?(?:am|pm|sharp|o'clock)|midnight|dawn)\b")
_LEFT_LYING = regex(
    r"\s*(?:this|it|that|these|those|them|some [\w ]{1,20}|an? [\w ]{1,20}|my [\w ]{1,20}) (?:right )?(?:here|there)\b"
)
_WORKS = regex(r"\b(?:works?|working|worked|employed)$")
# "the ORG crowd": the name only says which crowd, unless what follows is a part of the organisation.
_DETERMINER = regex(r"\b(?:the|an?|this|that|his|her|their|my|our|its|every|another)\s$")
_THING = regex(
    r" (?!(?:for|after|to|in|on|and|but|or|today|yesterday|tomorrow|tonight|this|last|next|with|without|because|at|as|by|when|while|who|which|is|was|has|had|will|over|amid|early|late|now|so|then|since|before|from|until|just|already|again|too|lol|fr|effective|immediately|permanently)\b)"
    r"(?!(?:[\w-]+ ){0,3}(?:team|teams|lab|labs|group|unit|project|org|organisation|organization|crew|family|gang|folks|people|squad|side|division|effort|programme|program|leadership|helm|train|ship|boat|mothership|job|role|post|position|gig|payroll|roster|reins|department|outfit|world|life|hype|ride|rollercoaster|bubble|machine|empire|house|circus|grind|treadmill|lead|leader|head|chief|boss|seat|chair|floor|office|building|campus|career|journey|chapter|time|days|years|tenure|stint|story|adventure|contract|desk|duties|employment|association|laptop|badge|lanyard|keycard|keys|hoodie|notice)s?\b)[a-z]"
)


def clause_end(site: Site, limit: int = 90) -> int:
    """Where the clause behind the cue ends, at most `limit` characters on."""
    text = site.scene.text
    stop = re.compile(
        r"(?<!\.)[.!?;:\n](?=\s|$|[\"')])| - | — |, (?:and|but|so|while|who|which|he|she|they|i)\b| but | while "
    )
    m = stop.search(text, site.end, min(site.high, site.end + limit))
    return m.start() if m else min(site.high, site.end + limit)


def organisation_behind(site: Site) -> str | None:
    """ "ours" when the words behind the cue lead to the organisation, "other" when to one of its rooms or things."""
    span = site.scene.organisation_in(site.end, min(site.high, site.end + 90))
    if span is None:
        return None
    text = site.scene.text
    soft = SOFT.match(text, site.end, span[0])
    begin = soft.end() if soft else site.end
    way = _TO_ORGANISATION.match(text, begin, span[0])
    if way is None or way.end() != span[0]:
        return None
    if _LEADS_AWAY.search(text, begin, span[0]) and not _WORKS.search(text, site.start, site.end):
        return None
    end = span[1]
    for low, high in site.scene.organisation:
        if end < low <= end + 3 and "," not in text[end:low]:
            end = high
    tail = text[end : end + 40]
    if _DETERMINER.search(text, begin, span[0]) and _THING.match(tail):
        return "other"
    if (
        HEAD.match(tail)
        or _ERRAND.match(tail)
        or (site.cue.frame == "go" and site.cue.rule != "en.verb.quit" and _AT_HOUR.match(tail))
        or _PRODUCT.match(tail)
        or _IN_HANDS.match(tail)
        or _first_word(tail) in ARMS
        or _names_an_arm(site, end)
    ):
        return "other"
    return "ours"


# "left ORG's Lazada to join": a business of its own name, where the text does not write every word with a capital.
_NAMED_ARM = regex(
    r"'s (?P<arm>[A-Z][a-z]{2,}|[A-Z][a-z]+[A-Z]\w*)(?: to (?:join|become|start|lead|run|found)\b|[.,;!?]|$)"
)
_OF_THE_LAB = words(
    "team lab labs group unit research engineering leadership management family office cloud headquarters"
)


def _names_an_arm(site: Site, end: int) -> bool:
    letters = site.scene.letters
    m = _NAMED_ARM.match(letters, end, min(len(letters), end + 40))
    if m is None or m["arm"].lower() in _OF_THE_LAB or site.scene.organisation_in(*m.span("arm")):
        return False
    who = site.scene.named(site.low, site.start)
    plain = letters[site.start : site.start + 1].islower()
    return plain and bool(who) and not any(one.watched for one in who)


def _first_word(tail: str) -> str:
    m = re.match(r"(?:'s)? (\w+)", tail)
    return m.group(1) if m else ""


def other_company(words: str) -> bool:
    return any(word in COMPANIES for word in re.findall(r"[\w.]+", words))


_STAKE = regex(
    r"\s*(?:my|his|her|their|our|the|all|an?)? ?(?:\w+ )?(?:stakes?|holdings?|bets?|trades?|shares|stock|positions? (?:on|in))\b"
)


def direct_object(site: Site) -> str:
    """The scope of a verb that takes what is left as its object."""
    if _STAKE.match(site.after):
        return "other"
    behind = organisation_behind(site)
    if behind is not None:
        return behind
    soft = SOFT.match(site.scene.text, site.end, site.high)
    begin = soft.end() if soft else site.end
    after = site.scene.text[begin : clause_end(site)]
    if _LEFT_LYING.match(after) or re.match(
        r"\s*again (?:before|without|after|to|for|at)\b|\s*(?:x|threads|bsky|insta)(?=\s*[.,;!?]|$)", after
    ):
        return "other"
    job = JOB.match(after)
    if job and not after.startswith((" for ", " to ")):
        whole = after[: job.end()] + re.split(r",| and | but ", after[job.end() : job.end() + 24])[0]
        return "other" if NOT_JOB.search(whole) or other_company(whole) else "job"
    if re.match(r"\s*(?:on|in|with|of)\b", after) and not TIMES.match(after):
        return "other"
    if re.match(r"\s*behind (?:his|her|their|my|an?|the|some|on|at|in|under|by|\w+s)\b", after):
        return "other"
    if re.match(r"\s*it(?=\s*(?:[.,!;]|$))", after) and site.scene.organisation_in(
        max(0, site.low - 120), site.start
    ):
        return "open"
    aside = _ASIDE.match(after)
    if aside:
        after = after[aside.end() :]
    if not _OPEN.match(after) or _TRIP.match(after):
        return "other"
    if _FOR_PLACE.match(after) and not _LAB_LIKE.match(after) and not other_company(after[:40]):
        return "other"
    return _open_or_other(after)


_FROM_WHEN = regex(
    r"\s*from (?:today|now|tomorrow|monday|tuesday|wednesday|thursday|friday|next|the \d|\d|jan|feb|mar|apr|may|june|july|aug|sep|oct|nov|dec|here|there|then)"
)


def _open_or_other(after: str) -> str:
    if after.startswith(" from ") and not _FROM_WHEN.match(after) and not JOB.match(after):
        return "other"
    m = re.match(r"\s*(?:from|at|as) (?:the |a |his |her )?((?:[\w'-]+ ?){1,4})", after)
    if m and (NOT_JOB.search(m.group(1)) or other_company(m.group(1))):
        return "other"
    return "open"


TIMES = regex(
    r"\s*(?:(?:on|in|with|of) (?:the |a |an |his |her |their |my |early |late |very |same |mid-?)*(?:\d|mon|tues|wednes|thurs|fri|satur|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|fall|winter|good|bad|great|short|own|high|week|weeks|month|months|day|days|year|years|end|coming|next|last|two|three|four|five|six|immediate|effect|protest|anger|disgust|silence|tears|style|peace|person|public|immediately|course|heavy|regret|pride|grace|hurry|huff|dispute|row|wake|middle|quarter|q\d|time|favou?r|order|principle|terms|us|everyone|him|her|them|me))"
)


def prepositional(site: Site) -> str:
    """The scope of a verb that names what is left behind 'from', 'as', 'at' ..., or not at all."""
    behind = organisation_behind(site)
    if behind is not None:
        return behind
    soft = SOFT.match(site.scene.text, site.end, site.high)
    begin = soft.end() if soft else site.end
    after = site.scene.text[begin : max(begin, clause_end(site))]
    m = re.match(r"\s*(?:from|as|at|of|with|out of|in|on)\b", after)
    if m and re.match(r"\s*(?:on|with|in|of)\b", after) and not TIMES.match(after):
        return "job" if JOB.match(after) and not NOT_JOB.search(after[:60]) else "other"
    if m:
        if NOT_JOB.search(after[:60]) or other_company(after[:40]):
            return "other"
        if JOB.match(after):
            return "job"
        return "open" if re.match(r"\s*(?:at|in|on|with|as of)\b", after) else "other"
    if re.match(r"\s*(?:to|for)\b", after):
        return "other" if _TRIP.match(after) else "open"
    if re.match(r"\s+(?:the|his|her|a|an|my|their) (?!same|day|week|night|month|year|hour)", after):
        return "other"
    return "open"


def strict(site: Site) -> str:
    """The scope of slang: the organisation must be there, or the clause end at once."""
    behind = organisation_behind(site)
    if behind is not None:
        return behind
    soft = SOFT.match(site.scene.text, site.end, site.high)
    return (
        "open"
        if re.match(
            r"\s*(?:$|[.,!?:;)\"\n—–-]|and\b|but\b|so\b|because\b|after\b|before\b|lol\b|lmao|today\b|yesterday\b|too\b|as well\b|on us\b|too\b|again\b|already\b)",
            site.scene.text[soft.end() if soft else site.end : site.high],
        )
        else "other"
    )
