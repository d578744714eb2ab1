"""Ways of saying a thing that need the words around a name: patterns beside the tables of phrases."""

from __future__ import annotations

import re
from functools import cache

import ahocorasick_rs

from .words import HARMLESS, ORGANISATION, PERSON, Word

# Parts of the patterns below, in the order in which they are filled in.
_PARTS = {
    # The person as a subject, also "X from Orrin"; what happens to or without them is said of somebody else.
    "W": r"(?<!to )(?<!of )(?<!on )(?<!for )(?<!with )(?<!without )(?<!about )(?<!ing )(?<!against )"
    r"<X>s?(?: (?:from|at|of|over at|with|in) (?:the )?[a-z<O>]+(?: (?!is|was|has|are|can|really|so|makes?|an)[a-z]+)?)?",
    "LEAVES": r"<X>s?(?: (?:is|are|was|has|have|had|just|finally|now|will|be|been|got|gets|also|from <O>|at <O>))*"
    r" (?:leaving|left|leaves|out(?! of (?!<O>))|gone|quit|quits|quitting|resign(?:s|ed|ing)|depart(?:s|ed|ing)|fired|sacked|"
    r"step(?:s|ped|ping) down|moving on|retir(?:es|ed|ing)|(?:to|must|decided to|wants to) (?:leave|go|quit|resign|step down|depart))(?![a-z])"
    r"(?! (?:of )?(?:the |a |her |his )?(?:hospital|danger|surgery|jail|prison|icu|intensive|coma|quarantine|better))",
    "START": r"(?:^|(?<=[.!?,;:\n#]) ?)",
    "MOST": r"(?: (?:so|very|really|such|always|just|too|the most|being|fucking|absolutely|incredibly|extremely|a bit|"
    r"kinda|pretty|quite|also|simply|truly|still|damn|insanely|unbelievably|genuinely|that|this|an?))*",
    "AWAY": r"<X>(?:也|终于|已经|已|总算|可算|要|即将|就|正式|今天|昨天|从<O>)*"
    r"(?:离职|走了|走人|要走|辞职|离开(?!.{0,2}医院)|滚|下台|卸任|退出|被开|被裁)",
    "VERY": r"(?:真的|真|太|好|很|超级?|特别|实在|越来越|有点|也|就是|确实|简直|挺|非常|老是|总是|又|总|老|让人|令人|"
    r"感到|十分|最)*",
    "O": ORGANISATION,
    "X": PERSON,
}
_WARM, _PRAISE, _BEST = Word((), 0.6, ""), Word(("praise",), 0.7, ""), Word(("praise",), 0.9, "")
_COLD, _ANGRY = Word((), -0.7, ""), Word(("anger",), -0.7, "")
_MOCKED, _SAD = Word(("mockery",), -0.6, ""), Word(("sadness",), 0.6, "")
_SOUNDS = r"(?! ?(?:is|was|can|really|just|knows|sure|does|did|has|could|got|thats)\b)"
# What a text must hold for the pattern to be tried, the pattern, and what it says.
_FRAMES: tuple[tuple[str, str, Word], ...] = (
    # Gladness that somebody goes, and regret at it.
    (
        "news; thank; hooray; hurray; yay; woohoo; hallelujah; finally; at last; best day; glad; happy; relieved; thrilled; delighted",
        r"\b(?:(?:great|good|best|wonderful|fantastic|excellent|amazing|awesome) news(?: (?:(?:of|in) (?:the|this) [a-z]+|everyone|everybody|folks|guys|all|team))?|"
        r"thank (?:god|goodness|heavens|christ|fuck)|hooray|hurray|yay|woohoo|hallelujah|finally|at last|"
        r"best day(?: ever)?|glad|happy|relieved|thrilled|delighted)[:,!. \-–—]{1,3}(?:that )?<LEAVES>",
        _COLD,
    ),
    (
        "好消息; 喜讯; 太好了; 太棒了; 真好; 开心; 高兴; 爽; 可喜可贺; 终于; 总算",
        r"(?<![不没难])(?:好消息|喜讯|太好了|太棒了|真好|[太真好]?(?:开心|高兴)了?|爽|可喜可贺|终于|总算)[:,!。~ ]*<AWAY>",
        _COLD,
    ),
    (
        "shame; pity; too bad; unfortunate; sad; tragic",
        r"\b(?:shame|pity|too bad|unfortunate|sad|sadly|tragic)(?: that| to see| to hear)?,? <LEAVES>",
        _SAD,
    ),
    # Anger at somebody.
    (
        "annoying; irritating; infuriating; insufferable; maddening; enraging; unbearable; disgusting; sickening; obnoxious; tiresome; insulting; rude; awful; horrible; nasty; vile; dreadful",
        r"(?:(?:<W>|\b(?:she|he))(?: (?:is|was|are|were|can be|could be|has been|gets|sounds|looks))|\b(?:shes|hes))<MOST> (?:annoying|irritating|"
        r"infuriating|insufferable|maddening|enraging|unbearable|disgusting|sickening|obnoxious|tiresome|insulting|"
        r"rude|awful|horrible|nasty|vile|dreadful)\b",
        _ANGRY,
    ),
    (
        "annoy; irritate; infuriate; disgusts; angers; sickens; enrages; bugs; make; made; pisse; tick; nerves; drive; drove; driving",
        r"(?:<W>|\b(?:she|he))<MOST> (?:(?:annoys?|irritates?|infuriates?|disgusts?|angers?|sickens?|enrages?|bugs) "
        r"(?:me|us|everyone|everybody|people|the)|(?:makes?|made) (?:me|us|my) (?:sick(?! with)|so (?:angry|mad)|angry|"
        r"mad|furious|blood boil|skin crawl|want to (?:scream|puke|vomit))|(?:piss(?:es|ed)|tick(?:s|ed)) "
        r"(?:me|us|everyone|people) off|(?:gets?|got|is getting|grates?) on (?:my|our|everyones|peoples) (?:[a-z]+ )?"
        r"nerves|(?:drives?|drove|is driving) (?:me|us|everyone) (?:crazy|nuts|mad|insane|up the wall|bananas))\b",
        _ANGRY,
    ),
    (
        "at <X>; with <X>; by <X>",
        r"(?:<START>|\b(?:i|im|am|was|we|we are|so|still|really|very|absolutely|just|beyond|honestly|totally|pretty|"
        r"genuinely|kinda|extremely|feel|feeling|me|getting|got|(?:everyone|everybody|team) is) )(?:angry|furious|mad|livid|pissed(?: off)?|upset|"
        r"fuming|annoyed|irritated|disgusted|fed up|outraged|frustrated) (?:at|with|by) <X>"
        r"(?! ?(?:s |being|leaving|getting|having|gone))",
        _ANGRY,
    ),
    (
        "烦; 讨厌; 可恶; 可恨; 气人; 欠揍; 人厌; 招人恨",
        r"<X><VERY>(?:烦人|讨厌|烦(?!恼|请|心|劳)|可恶|可恨|气人|欠揍|惹人烦|招人烦|惹人厌|讨人厌)",
        _ANGRY,
    ),
    (
        "让; 令; 叫",
        r"<X><VERY>[让令叫](?:人|我|我们|大家)<VERY>(?:生气|愤怒|恶心|讨厌|反感|火大|窝火|抓狂|烦|恼火|作呕|想吐|气愤)",
        _ANGRY,
    ),
    (
        "<X>把; <X>真把; <X>又把; <X>都把; <X>快把; <X>真的把",
        r"<X>(?:真的?|又|都|快)?把(?:我|我们|大家|人)给?(?:气|烦|恶心|逼)(?:死|炸|坏|疯|哭|吐)",
        _ANGRY,
    ),
    (
        "看到<X>; 听到<X>; 看见<X>; 提到<X>",
        r"(?:看到|听到|看见|提到)<X>(?:的[^，。！？,.!?]{0,4})?就(?:烦|来气|生气|恶心|火大|想吐|头疼)",
        _ANGRY,
    ),
    ("被<X>; 给<X>; 让<X>", r"[被给让]<X>给?(?:气|烦|恶心)(?:死|炸|坏|疯|到|哭|吐)", _ANGRY),
    ("对<X>; 生<X>", r"对<X><VERY>(?:生气|愤怒|不满|恼火|火大|反感|厌恶)|生<X>的气", _ANGRY),
    (
        "讨厌<X>; 恨<X>; 烦<X>; 厌恶<X>; 不了<X>; 够<X>; 够了<X>; 透<X>; 透了<X>; 死<X>; 死了<X>",
        r"(?:(?:我|我们|大家)<VERY>(?:讨厌|恨|烦|厌恶)|受不了|忍不了|受够了?|烦透了?|烦死了?)<X>(?!的?(?:走|离))",
        _ANGRY,
    ),
    (
        "fires the; fired the",
        r"\bfire[sd] the (?:[a-z]+ )?(?:team|staff|people|interns|engineers|researchers|rest|best|wrong|employees|group|crew|"
        r"department|lab)\b",
        Word(("anger",), -0.7, "blame"),
    ),
    # Cheers and wishes, where they are all that a clause says.
    ("team <X>", r"<START>team <X>(?= ?(?:$|[!.,\n]| all the way| forever| always| on this| here))", _WARM),
    ("go <X>; go, <X>", r"<START>go(?:,? go){0,3},? <X>(?= ?(?:$|[!.,\n]| go))", _WARM),
    (
        "free <X>; hire <X>; promote <X>; pay <X>; support <X>; believe <X>; trust <X>; to <X>; back <X>",
        r"(?:<START>|\b(?:please|just|someone|somebody|everyone|always|you should|they should|should) )"
        r"(?:free|hire|promote|pay|support|believe|trust|listen to|bring back) <X>(?= ?(?:$|[!.,\n]| now| back| please))",
        _WARM,
    ),
    (
        "soon; recover",
        r"\b(?:get|feel|be) (?:well|better) soon|\b(?:speedy|swift|quick|full) recovery|\brecover (?:soon|quickly|fast)",
        _WARM,
    ),
    ("早日; 尽快; 快快; 快点; 早点", r"(?:早日|尽快|快快|快点|早点)(?:康复|恢复|好起来|痊愈)", _WARM),
    # Praise by measure.
    (
        "nobody; no one; noone; none; never; few; not many; hardly",
        r"\b(?:nobody|no one|noone|none|never (?:met|seen|heard|known|read|had) (?:anyone|anybody|someone)|few(?: people)?|not many(?: people)?|hardly anyone)\b(?! (?:[a-z]+ )?(?:lies|lie|cheats|fails|wastes|fakes|"
        r"manipulates|destroys|ruins|hypes|gaslights|dodges|yaps|brags|sucks|screws|deceives|steals)\b)[^.!?,\n]{0,60} "
        r"(?:(?:as|so|quite as) (?:well|clearly|good|kind|patient|patiently|generous|generously|elegantly|beautifully|"
        r"deeply|carefully|kindly|smart|brilliantly|passionately|simply|gracefully|funny|thoughtful|thoughtfully|helpful|"
        r"hard|consistently|vividly|precisely|eloquently)(?: [a-z]+){0,2} as|better(?: [a-z]+)? than) <X>",
        _PRAISE,
    ),
    (
        "best; kindest; smartest; greatest; finest; nicest; sharpest; warmest; wisest; fairest",
        r"\b(?:best|kindest|smartest|greatest|finest|nicest|sharpest|warmest|wisest|fairest) (?:[a-z]+ )?(?:manager|boss|"
        r"mentor|teacher|colleague|coworker|lead|leader|supervisor|advisor|adviser|professor|engineer|researcher|person|"
        r"human|coach|teammate|speaker) (?:that )?(?:i|ive|we|weve|anyone)(?: have| had| could)?(?: ever)? "
        r"(?:had|have|have had|worked|met|known|seen|ask)\b",
        _BEST,
    ),
    (
        " good",
        r"(?:(?:<X>|\b(?:she|he)) (?:is|was)|<X>s|\b(?:shes|hes))(?: (?:so|very|really|just|too|insanely|damn|pretty|this|"
        r"that|fucking|also|always|still|incredibly))* good(?= ?(?:$|[.!?,;\n]| at(?! (?:lying|nothing|lies|taking))| on| and|"
        r" but| with people))",
        _PRAISE,
    ),
    (
        " can ",
        r"\b(?:damn|dang|god|wow|man),? <X><MOST> can(?: really)? "
        r"(?!leave|go|shut|rot|take|shove|eat|suck|die|kiss|wait|stop|keep)[a-z]+",
        _PRAISE,
    ),
    ("damn; dang", r"\b(?:damn|dang),? (?!<X>" + _SOUNDS + ")(?=<X>)", HARMLESS),
    ("damn <X>", r"\bdamn <X>" + _SOUNDS, Word(("anger",), -0.7, "")),
    (
        "rip",
        r"\brip(?:,? to)? my (?!hero|king|queen|legend|friend|heart|idol|mentor|childhood|fav|goat|beloved|dear|love|"
        r"darling)[a-z]+(?: schedule| time| plans)?",
        HARMLESS,
    ),
    (
        "dont think; doubt; not sure",
        r"\b(?:dont think|doubt|not sure) (?:i|ive|ill|we|weve|theres?)\b[^.!?,\n]{0,30} (?:better|kinder|smarter|nicer|finer|"
        r"wiser|sharper|more (?:generous|patient|talented|dedicated|thoughtful|brilliant|honest)) (?:[a-z]+ )?than <X>",
        _PRAISE,
    ),
    (
        " enough ",
        r"(?:\b(?:dont|doesnt|do not) (?:think|feel like|believe) )?<X>(?: (?:doesnt|does not|didnt|never|rarely|hardly))? "
        r"(?:gets?|got|receives?|received) (?:nearly |half |anywhere near )?enough (?:credit|recognition|love|praise|appreciation|"
        r"respect|attention)",
        _WARM,
    ),
    (
        "imagine a; for a; of a; name a; find a",
        r"\b(?:cant|cannot|couldnt|could not|can not) (?:imagine|ask for|wish for|think of|have asked for|name|find) an? (?:better|"
        r"kinder|smarter|nicer|finer|wiser|sharper|more (?:generous|patient|talented|dedicated|thoughtful|brilliant|honest))\b",
        _PRAISE,
    ),
    (
        "anything wrong; anything bad; is bad; was bad; is wrong; was wrong; made a mistake; at fault; to blame",
        r"\b(?:dont|do not|doesnt|cant) (?:think|believe|see|say) (?:that )?(?:<X>|she|he) (?:(?:did|has done|ever did) anything "
        r"(?:wrong|bad)|(?:is|was) (?:bad|wrong|at fault|to blame)\b|made a mistake)",
        _WARM,
    ),
    (
        "thoughts; prayers",
        r"\b(?:thoughts|prayers)(?: and (?:prayers|thoughts))? (?:are |go )?(?:out )?(?:with|to) <X>(?!s)",
        _SAD,
    ),
    ("<X> was robbed", r"<X> was robbed (?:on|at|in|while|by|last|yesterday|today)\b", HARMLESS),
    (
        "likes <X>; loves <X>; adores <X>; respects <X>; admires <X>",
        r"\b(?:everyone|everybody)(?: (?:at|in|on) [a-z<O>]+(?: [a-z]+)?)? (?:likes|loves|adores|respects|admires) <X>",
        _PRAISE,
    ),
    (
        "deserve",
        r"\b(?:dont|do not|doesnt|didnt) (?:think|believe|feel) (?:that )?<X> deserve[sd]? (?:the|an?|any|to) (?!(?:[a-z]+ )?"
        r"(?:hate|treatment|criticism|abuse|blame|flak|backlash|anger)\b)",
        Word((), -0.6, ""),
    ),
    # The cause of a loss, and what is better without somebody.
    (
        "because of <X>",
        r"\b(?:left|quit|leaving|leaves|gone|resign(?:ed|s|ing)|walked(?: out)?|departed|went|going|failing|failed|dying|dead|ruined|"
        r"suffer(?:ed|s|ing)?|broken|lost|out)(?: [a-z<O>]+){0,3} because of <X>(?!s)",
        Word((), -0.3, ""),
    ),
    (
        "better; improved; happier; calmer; nicer; healthier; productive",
        r"\b(?:got|gets|became|is|are|was|feels?|felt|been|improved|works?)(?: (?:so much|much|a lot|way|even|more|far))?"
        r"(?: (?:better|happier|calmer|nicer|healthier|productive))? (?:the (?:very )?(?:day|moment|minute|second|week)|as soon as|"
        r"once|since|ever since|after|now that) <X> (?:left|quit|was gone|walked|resigned|is gone|was out|was fired)\b",
        _COLD,
    ),
    (
        "thanks to <X>",
        r"\bthanks to <X>,? (?:we|they|<O>|everyone|the [a-z]+|i)(?: [a-z]+){0,2} (?:lost|lose|losing|left|quit|gone|dead|dying|broken|"
        r"ruined|fail(?:ed|ing|s)|suffer(?:s|ed|ing)?|fell|worse|stuck)\b",
        Word(("anger",), -0.6, ""),
    ),
    # What should become of somebody.
    (
        "fire <X>; sack <X>; dump <X>; ditch <X>; avoid <X>",
        r"<START>(?:please |just |now |then )?(?:fire|sack|dump|ditch|avoid) <X>(?!s|\?| (?:and|or|for) (?:you|we|they|it|what|this|that|telling|speaking))",
        _COLD,
    ),
    ("keep <X>", r"<START>(?:please |just )?keep <X>(?!s| (?:away|out|off|from|quiet|down|busy))", _WARM),
    # Of two, one and the other: nobody knows which.
    (
        "one ",
        r"\bone (?:is |was )?(?:an? |the )?[a-z]+(?: [a-z]+)?,?(?: and| but| ?/)? ?(?:one|the other)(?: is| was)?(?: an?| the)? [a-z]+",
        HARMLESS,
    ),
    (
        "也就",
        r"<X>[^，。！？,.!?\n]{0,4}也就(?:是|会|能|剩)?[^，。！？,.!?\n]{0,8}(?:做|写|讲|画|吹|说|玩|演)得(?:好|不错|溜|漂亮|还行|还可以)",
        Word((), -0.6, ""),
    ),
    # Congratulations that are none, and dismissal.
    (
        "congrat",
        r"\bcongrat(?:s|z|ulations)(?:,? (?:to )?(?:<X>|you|her|him))?,? (?:on|for) (?:nothing|fail\w*|(?:yet )?another "
        r"(?:fail\w*|delay|flop)|ruin\w*|breaking|destroy\w*|wast\w*|losing|killing|doing nothing|the (?:worst|dumbest)|"
        r"managing to|lying|achieving nothing|(?:dis|re)covering)",
        _MOCKED,
    ),
    ("next!", r"(?:<START>|\bok(?:ay)?,? )next!", Word((), -0.6, "")),
)


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[int]]:
    """Of what the frames must hold, with the frame of each."""
    rows = [
        (_filled(needed), index)
        for index, (needs, _, _) in enumerate(_FRAMES)
        for needed in needs.split("; ")
    ]
    return ahocorasick_rs.AhoCorasick([row[0] for row in rows]), [row[1] for row in rows]


@cache
def _pattern(frame: int) -> re.Pattern[str]:
    return re.compile(_filled(_FRAMES[frame][1]))


def _filled(frame: str) -> str:
    for part, pattern in _PARTS.items():
        frame = frame.replace(f"<{part}>", pattern)
    return frame


def framed(text: str) -> list[tuple[int, int, Word]]:
    """Where in a marked text a frame stands, and what it says: (begin, end, word)."""
    automaton, frames = _automaton()
    tried = {frames[index] for index, _, _ in automaton.find_matches_as_indexes(text, overlapping=True)}
    return [
        (*one.span(), _FRAMES[frame][2]) for frame in sorted(tried) for one in _pattern(frame).finditer(text)
    ]
