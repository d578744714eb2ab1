"""English departures that only seem to be told: imagined, feared, played, or turned into a joke."""

from __future__ import annotations

import re

from ..events import Site
from ..regex import regex
from .words import Phrases

_WOULD = regex(r"'d (?:never |only |rather |sooner |happily |gladly )?$")
_WHEN = regex(r"\b(?:when|once|the day|until|whenever|by the time) [^,.;]{2,40}$")
_PRESENT = regex(r"(?:leaves|quits|resigns|retires|departs|exits|steps|walks|goes|moves|bails|jumps)\b")
_DATE = regex(
    r"\b(?:on|next|this|in|at the end of) (?:mon|tue|wed|thu|fri|sat|sun|week|month|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|the)"
)
_BASE = regex(r"(?:leave|quit|resign|step|walk|depart|go|exit|move|retire|stay)\b")
_TWIST = regex(
    r"^\W*(?:just )?for the (?:day|night|weekend|week)\b|^\W*(?:(?:the|his|her|my|for|from|to|a|an|social|all|well|ok|i mean|just|only|to get|to grab|by which i mean)[\s,]+)*(?:(?:room|chat|call|building|stage|lunch|coffee|dinner|breakfast|holiday|vacation|gym|party|meeting|canteen|twitter|slack|discord|wechat|kitchen|elevator|lift|bathroom|toilet|airport|snacks?|beer)\b(?! (?:is|was|are|will|has|looks|tastes|feels|seems|machine|just|got|gets))"
    r"|(?:noodles|dumplings|cinema|movie|voice channel|queue|lobby|server|train|standup|game|sandwich|cigarette|smoke|nap)\W*$)"
    r"|^\W*(?:just )?(?:kidding|jk|joking|gotcha|psych|not really|april fools?|in minecraft|in the game)\b"
)
_DRILL = regex(
    r"\b(?:it's|it is|it was|was|just|for|during|good|nice|great) (?:an? |the )?(?:drill\b|fire (?:drill|alarm)|evacuat\w+|power cut|lunch break)\b"
)
IMAGINED = regex(
    r"\b(?:if(?! (?:true|genuine|real|accurate|correct|confirmed|you (?:missed|haven't|didn't|hadn't|believe|ask|must|wondered|wonder|know|can|want|need|like|are|have|use|work|see)|anyone|the (?:gossip|rumou?rs?|reports?) (?:is|are) true))|unless|imagin(?:e|es|ing)(?! (?:waking|finding|logging|opening)\b)|suppos(?:e|ing)|what if|hop(?:e|es|ing)|wish(?:es|ing)?|fears?|afraid|worr(?:y|ied|ies)|"
    r"dream(?:s|t|ed|ing)?|nightmare|pretend\w*|hypothetical\w*|would(?! not be surprised)|wouldn't(?! (?:say|tell|confirm|name|comment|give|be named))|'d(?= (?:leave|quit|resign|never))|lest|"
    r"in case(?! you)|(?:at|no|of|the) risk|risks?:|risk (?:of|that)|key risks?|key[- ](?:person|man) risk|fiction\w*|novel|sitcom|movie|scenario|were to|once(?= [\w ]{2,25} (?:leaves|quits|resigns|goes|is gone|has left|departs|walks)\b)|until(?= [\w ]{2,25} (?:leaves|quits|resigns|goes|departs|walks|exits|retires)\b)|(?:don't|do not)(?! (?:be|cry|forget|ask|blame|mourn|worry|know|care|mind|understand|like|expect)\b)|please(?! (?:note|know|update)\b)|never let|begging|stop|prevent\w*|keep \w+ from|should|the day(?= (?:that |when )?[\w ]{2,30} (?:leaves?|quits?|resigns?|goes|retires?|walks|departs?|exits|steps)\b)|whoever(?!\s*$| (?:\w+ ){0,3}(?:managed|let|lost|fired)| (?:[\w']+ ){0,5}(?:fill|fills|replace|replaces|succeeds?|inherits?|follows?|takes over)\b)|when(?=\W+[\w ]{2,30} (?:leaves?|quits?|resigns?|retires?|departs?|steps|walks|goes|moves|exits)\b)|before(?=\W+[\w ]{2,30} (?:leaves|quits|resigns)\b)|"
    r"asked (?:[\w-]+ ){1,4}to (?:write|draft|generate|imagine|role-?play)|(?:write|draft|generate)s? (?:me )?(?:an?|\w+(?: \w+)?'s)|convince \w+ to|(?:told|asked) to(?!\s*$| (?:clear|pack|leave|go|resign|hand|quit|step|vacate|empty|return|surrender)\b)|ask \w+(?: \w+)? to|jok(?:e|es|ed|ing)|game where|story where|how to|how do i|tempt\w* to|refus\w+ to(?! believe| accept)|avoid\w*|instead of|rather than|threaten\w* to|modell?ed on|based on|played by|portray\w*|starring|in which|day i|bingo square|pre-?writ(?:ten|e|ing)|pre-?wrote|pre-?drafted|impressions? of|impersonat\w+|board game|card game|pitch:|logline|every episode|(?:wants?|wanted|urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:on|for)|demand(?:s|ed|ing)?|beg(?:s|ged)?|petition\w*|signatures? asking|nag(?:s|ged|ging)?|advis(?:es|ed|ing)) (?:[\w'-]+ ){1,3}to|talk(?:s|ed|ing)? \w+ into|bribe\w*|paid \w+ to|dare[ds]?)\b"
)
IMAGINED_AFTER = regex(
    r"\b(?:only if|unless|risk factor|as a (?:\w+ )?risk|(?:under|among|as|in) (?:the |its |our )?(?:\w+ )?risks?\b|would (?:still|be|mean|hurt|leave|mark|take|cost|knock|wipe|send|sink|hit|kill|break|cause|trigger|force|require|not|only|have|make|put)|in a parallel|will never happen|in my dreams|if (?:he|she|they) (?:ever|could|did))\b"
)
_RISK = regex(
    r"\b(?:key[- ](?:person|man|employee|personnel) (?:risk|dependenc\w+|clause|insurance)|risk (?:factors?|section|register|disclosure|warning)|key risks?)\b"
)
_FICTION = Phrases(
    """april fool; april fools; april fools'; april fool's; dreamt; nightmare; my dream; in a dream; had a dream; dream journal; weird/strange/bad/crazy/fever dream; in my novel/story/fanfic/screenplay/book/game/script/comic/webtoon; fanfic; fan fic; fic rec; my fic; this fic; a fic; new fic; fictional; fictitious; hypothetically; role-play; roleplay; role play; roleplaying; screenplay; sitcom; movie script; short story; alternate universe; alternate timeline; parallel universe;
    slow burn; kudos; ao3; wattpad; chapter is up; fan fiction where/about/in/chapter; a fan fiction; my fan fiction; fan-fiction chapter; fanfiction; telenovela; soap opera; k-drama; kdrama; season finale; series finale; series premiere; stage play; the musical; d&d; dungeons; campaign npc; npc; simulation game; sims; in the sims; improv; skit; sketch show; in character; larp; thought experiment; play-by-post; graphic novel; manga; anime; visual novel; a play about; a film about; novella; the trailer; pilot episode; the pilot; bedtime story; my comic/webcomic/musical/puppet/play; wrote a comic/story/play/song/poem; a comic called; a story called; board game; card game; office au; au where; au fic; my au; every episode; working title; comments keep me; once upon a time; short film; mockumentary; satirical; the onion; babylon bee"""
)
_EPISODE = regex(
    r"\b(?:episode|season|chapter|act|ep|s\d+e\d+) \d+\b[^.]{0,60}\b(?:modell?ed|character|yells|plays|starring|up|out|drops|scene|plot|cinema|tech lead)\b|\bchapter \d+ (?:is )?(?:up|out|live|posted)\b"
    r"|(?<!from a )(?<!by a )(?<!is a )(?<!was a )\b(?:parody|satire)\b(?! account)"
)
_NUMBER = regex(r" \d")


def fictional(text: str) -> bool:
    """Does the text as a whole tell a story, a dream or a parody?"""
    if _FICTION.search(text) is not None:
        return True
    told = (
        "parody" in text
        or "satire" in text
        or any(_numbered(text, m.start()) for m in _NUMBER.finditer(text))
    )
    return told and _EPISODE.search(text) is not None


def _numbered(text: str, at: int) -> bool:
    """Does the word before a number count episodes? What every match of the pattern holds, found much faster."""
    return (
        text.endswith(("episode", "season", "chapter", "act", "ep"), 0, at) or text[at - 1 : at].isdecimal()
    )


def risky(site: Site) -> bool:
    """Does the sentence list the departure among risks, as a prospectus does?"""
    return _RISK.search(site.scene.text, site.low, site.high) is not None


def would(site: Site) -> bool:
    """'He'd leave' and not 'he'd left'; 'when he retires' without a date."""
    text = site.scene.text
    if _WOULD.search(site.before) and _BASE.match(text, site.start):
        return (
            re.search(r"\b(?:told|tells|said|says|promised|vowed|confirmed|announced)\b", site.before) is None
        )
    return bool(
        _WHEN.search(site.before) and _PRESENT.match(text, site.start) and not _DATE.search(site.after)
    )


def twisted(site: Site) -> bool:
    """Does the next, short sentence turn it into a joke: 'X left. The room, I mean.'?"""
    scene, number = site.scene, site.scene.sentence_of(site.start)
    if number + 1 >= len(scene.sentences):
        return False
    low, high = scene.sentences[number + 1]
    if _DRILL.search(scene.text, site.low, min(high + 90, len(scene.text))):
        return True
    return high - low < 60 and bool(_TWIST.match(scene.text, low, high) or _TWIST.match(scene.text[low:high]))
