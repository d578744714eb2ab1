"""English departures that only seem to be told: imagined, feared, played, or turned into a joke."""

from __future__ import annotations

import re

from ...organisation import Span
from ..events import Site
from ..regex import regex
from ..scene import Scene
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
    r"dream(?:s|t|ed|ing)?(?! (?:came|come|comes) true)|(?<!what a )nightmare(?!\W*(?:came|come|comes) true)|pretend\w*|hypothetical\w*|would(?! not be surprised)|wouldn't(?! (?:say|tell|confirm|name|comment|give|be named))|'d(?= (?:leave|quit|resign|never))|lest|"
    r"in case(?! you)|(?:at|no|of|the) risk|risks?:|risk (?:of|that)|key risks?|key[- ](?:person|man) risk|fiction\w*|novel|sitcom|movie|scenario|were to|once(?= [\w ]{2,25} (?:leaves|quits|resigns|goes|is gone|has left|departs|walks)\b)|until(?= [\w ]{2,25} (?:leaves|quits|resigns|goes|departs|walks|exits|retires)\b)|(?:don't|do not)(?! (?:be|cry|forget|ask|blame|mourn|worry|know|care|mind|understand|like|expect)\b)|please(?! (?:note|know|update)\b)|never let|begging|stop|prevent\w*|keep \w+ from|should|the day(?= (?:that |when )?[\w ]{2,30} (?:leaves?|quits?|resigns?|goes|retires?|walks|departs?|exits|steps)\b)|whoever(?!\s*$| (?:\w+ ){0,3}(?:managed|let|lost|fired)| (?:[\w']+ ){0,5}(?:fill|fills|replace|replaces|succeeds?|inherits?|follows?|takes over)\b)|when(?=\W+[\w ]{2,30} (?:leaves?|quits?|resigns?|retires?|departs?|steps|walks|goes|moves|exits)\b)|before(?=\W+[\w ]{2,30} (?:leaves|quits|resigns)\b)|"
    r"asked (?:[\w-]+ ){1,4}to (?:write|draft|generate|imagine|role-?play)|(?:write|draft|generate)s? (?:me )?(?:an?|\w+(?: \w+)?'s)|convince \w+ to|(?:told|asked) to(?!\s*$| (?:clear|pack|leave|go|resign|hand|quit|step|vacate|empty|return|surrender)\b)|ask \w+(?: \w+)? to|jok(?:e|es|ed|ing)|game where|story where|how to|how do i|tempt\w* to|refus\w+ to(?! believe| accept)|avoid\w*|instead of|rather than|threaten\w* to|modell?ed on|based on|played by|portray\w*|starring|in which|day i|bingo square|pre-?writ(?:ten|e|ing)|pre-?wrote|pre-?drafted|impressions? of|impersonat\w+|board game|card game|pitch:|logline|every episode|(?:wants?|wanted|urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:on|for)|demand(?:s|ed|ing)?|beg(?:s|ged)?|petition\w*|signatures? asking|nag(?:s|ged|ging)?|advis(?:es|ed|ing)) (?:[\w'-]+ ){1,3}to|talk(?:s|ed|ing)? \w+ into|bribe\w*|paid \w+ to|dare[ds]?)\b"
)
IMAGINED_AFTER = regex(
    r"\b(?:only if|unless|risk factor|as a (?:\w+ )?risk|(?:under|among|as|in) (?:the |its |our )?(?:\w+ )?risks?\b|would (?:still|be|mean|hurt|leave|mark|take|cost|knock|wipe|send|sink|hit|kill|break|cause|trigger|force|require|not|only|have|make|put)|in a parallel|will never happen|in my dreams|if (?:he|she|they) (?:ever|could|did))\b"
)
_RISK = regex(
    r"\b(?:key[- ](?:person|man|employee|personnel) (?:risk|dependenc\w+|clause|insurance)|risk (?:factors?|section|register|disclosure|warning)|key risks?)\b"
)
# What tells of a story, a dream or a game wherever it stands in a short text.
_TALES = Phrases(
    """dreamt; a/weird/weirdest/strange/strangest/bad/crazy/craziest/wild/wildest/fever dream; in my dream; my dream last; in a dream; had a dream; dream journal; had a nightmare; in my nightmare; nightmare last; nightmare where; in my novel/story/fanfic/screenplay/book/game/script/comic/webtoon; fanfic where/about/in/of; my fanfic; new fanfic; fanfic is; fan fic; fic rec; my fic; this fic; a fic; new fic; role-play; roleplay; role play; roleplaying; my screenplay; a screenplay; movie script; short story; in a/an/another/some alternate universe/timeline; alternate universe where; in the alternate timeline/universe; parallel universe;
    leave/leaving kudos; comments and kudos; kudos and comments; kudos appreciated/welcome; ao3; wattpad; chapter is up; fan fiction where/about/in/chapter; a fan fiction; my fan fiction; fan-fiction chapter; fanfiction; play-by-post; a play about; bedtime story; my comic/webcomic/musical/puppet/play; wrote/writing a comic/story/play/song/poem/novel/novella/screenplay; wrote/writing a short story; a comic called; a story called; office au; au where; au fic; my au; comments keep me; once upon a time; in the sims; larp; campaign npc; sketch show"""
)
# What does so only before the claim, in its sentence or the one that leads to it: a leaver may design a board game.
_LEADS = Phrases(
    "slow burn; thought experiment; board game; card game; every episode; working title; in character; hypothetically"
)
# What does so only where it frames the claim: 'in the season finale X quits', and not 'X quit. This soap opera never ends'.
_GENRES = Phrases(
    """fictional; fictitious; sitcom; telenovela; soap opera; k-drama; kdrama; season finale; series finale; series premiere; stage play; the musical; d&d; dungeons; npc; simulation game; sims; improv; skit; graphic novel; manga; anime; visual novel; novella; a film about; the trailer; pilot episode; the pilot; short film; mockumentary; satirical; the onion; babylon bee; fanfic; screenplay; parody; satire; spoof"""
)
_FRAME_BEFORE = regex(
    r"\b(?:in|from|during|for|of|new|my|our|pitch|wrote|writing|filming|directing|made|a|an|wait for|week's|night's) (?:(?:the|this|that|my|our|a|an|some|new|latest|last|first|next) )*(?:[\w'-]+ ){0,2}$|^\W*(?:the |[\w-]+: )?$"
)
_FRAME_AFTER = regex(
    r"\s*[:：]|[\w ]{0,20} (?:where|in which|about|idea|episode|scene|script|plot|pitch|called|titled|starring|version|assignment|news|headline|says|reports|:)|\W*$"
)
_EPISODE = regex(
    r"\b(?:episode|season|chapter|act|ep|s\d+e\d+) \d+\b[^.]{0,60}\b(?:modell?ed|character|yells|plays|starring|up|out|drops|scene|plot|cinema|tech lead)\b|\bchapter \d+ (?:is )?(?:up|out|live|posted)\b"
)
_LABEL = regex(r"^\W*(?:\[|\()?(?:parody|satire|spoof|fiction)\b(?! account)[^.!?\n:]{0,24}(?:[:\])|—–]| - )")
_APRIL = Phrases("april fool; april fools; april fools'; april fool's; aprilfools; 1st of april joke")
_APRIL_ZH = regex(r"(?<!不是)(?<!并非)(?<!非)(?<!以为是)愚人节")
# What makes a comparison, or the contrary, of such a word.
_REAL_BEFORE = regex(
    r"\b(?:not|no|isn't|isnt|ain't|aint|wasn't|never|unlike|than|like|as|if|without|real-life|beyond|thought|wish|thinking|beats|rivals)\b(?: [\w'’-]+){0,4} ?[\"'(]?$"
)
_REAL_AFTER = regex(
    r"[^.!?\n]{0,20}\b(?:came|come|comes|coming|made) (?:true|real)\b|\W{0,3}(?:day )?\W{0,2}(?:aside|apart|(?:is|are|was) (?:over|long gone|past))\b|[^.!?\n]{0,40}\bbut (?:this|it|that)(?: one)?(?:'s| is| really| has)\b"
)
_REAL = regex(
    r"\b(?:(?:this|it|that)(?:'s| is| one is)(?: actually| very| all| for| sadly| the)? real\b|for real\b|not (?:an? |some )?(?:\w+ ){0,2}(?:joke|drill)|i'm not (?:joking|kidding)|no joke\b|in real life|\birl\b|came true)"
)
_NUMBER = regex(r" \d")


def tale(scene: Scene, at: int) -> Span | None:
    """The words that make a story, a dream, a game or a parody of what the text tells at offset `at`.

    In a short text a plain mark of a tale counts anywhere; else it counts in that sentence and in the one that leads to it.
    """
    text, number = scene.text, scene.sentence_of(at)
    low, high = scene.sentences[max(0, number - 1)][0], scene.sentences[number][1]
    label = _LABEL.search(text)
    if label and (not scene.long or number < 2):
        return label.span()
    told = [*_TALES.spans(text), *(m.span() for m in _episodes(text))]
    marks = [span for span in told if not scene.long or low <= span[0] < high or span[1] < _OPENING]
    marks += [span for span in _LEADS.spans(text[:at]) if span[0] >= low]
    marks += [
        (start, end)
        for start, end in _GENRES.spans(text[:high])
        if start >= low
        and _FRAME_AFTER.match(text, end, high)
        and _FRAME_BEFORE.search(text[max(low, start - _NEAR) : start])
    ]
    return _unless_real(scene, marks, low, high)


# Of an article so many letters at its head say what it is.
_OPENING = 60
# So far before a mark its frame is looked for.
_NEAR = 80


def _episodes(text: str) -> list[re.Match[str]]:
    told = any(_numbered(text, m.start()) for m in _NUMBER.finditer(text))
    return list(_EPISODE.finditer(text)) if told else []


def hoax(scene: Scene, at: int) -> Span | None:
    """The words that make a joke of the first of April of what the text tells at offset `at`."""
    number, last = scene.sentence_of(at), len(scene.sentences) - 1
    low, high = scene.sentences[max(0, number - 1)][0], scene.sentences[min(last, number + 1)][1]
    told = [*_APRIL.spans(scene.text), *(m.span() for m in _APRIL_ZH.finditer(scene.text))]
    spans = [span for span in told if not scene.long or low <= span[0] < high]
    return _unless_real(scene, spans, low, high)


def _unless_real(scene: Scene, marks: list[Span], low: int, high: int) -> Span | None:
    if not marks or _REAL.search(scene.text, low, high) or any(_is_real(scene, span) for span in marks):
        return None
    return min(marks)


def _is_real(scene: Scene, span: Span) -> bool:
    """Does the text compare with a tale, or say there that it is none: 'not a joke', 'my nightmare came true'?"""
    start = scene.sentences[scene.sentence_of(span[0])][0]
    return bool(
        _REAL_BEFORE.search(scene.text[max(start, span[0] - _NEAR) : span[0]])
        or _REAL_AFTER.match(scene.text, span[1])
    )


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
