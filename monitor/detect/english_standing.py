"""How sure an English text is of a departure: asserted, rumoured, denied, or only imagined (none)."""

from __future__ import annotations

import re

from . import chinese_standing
from .chinese_letters import simplified
from .english_unreal import twisted, would
from .events import Site, Standing

_HANZI = re.compile("[\u4e00-\u9fff]")
_SAID = r"(?:says?|said|told|tells|writes?|wrote|announce[sd]?|confirm(?:s|ed)?|informed|promised)"
_NOT_BEFORE = re.compile(
    r"(?:\bnot|n't|\bnever|\bno plans? (?:to|of)|\bno intention (?:to|of)|\baint|\bisnt|\bwont|\bdidnt|\bhasnt|\bnobody|\bdenies|\bdenied|\bdenying|\bdismisses|\bnowhere near|\bfar from|\brules out|\bruled out)(?:\s(?:actually|really|going to|gonna|planning to|"
    r"planning on|yet|be|been|being|in fact|about to|be going to|have|thinking (?:of|about)|considering|even|got|get|getting|going|to|on|voluntarily|anywhere near|close to|in fact|currently|ever|been|at all|looking to|trying to|set to|the one|interested in|any plans to|he is|she is|he's|she's|having))*\s*$"
)
_FACTIVE_NOT = re.compile(
    r"(?:can't|cannot|can not|couldn't|don't|still can't) (?:\w+ )?(?:believe|imagine|wait|get over|blame)|not surpris|not even|not only|not just"
)
_HEDGE_BEFORE = re.compile(
    r"\b(?:(?:sources?|rumou?rs?|gossip|unconfirmed|leaks?|hearing)(?=:)|reportedly|allegedly|supposedly|purportedly|apparently|seemingly|maybe|perhaps|possibly|probably|prob|prolly|likely|"
    r"might(?! not be surprising)|could(?!n't| not)|may(?= (?:or|be|have|already|soon|well|also|leave|quit|resign|step|depart|exit|move|join|walk|lose|part|go|not)\b)|"
    r"seems?|appears?|looks? like|sounds like|feels like|word (?:is|on the street|has it)|gossip\w*|whispers?|"
    r"unconfirmed|unverified|said to|believed to|thought to|expected to|understood to|tipped to|rumou?r(?!s? (?:is|are|was|were) (?:true|confirmed))\w*|"
    r"(?<!to )(?:hear|hearing|heard)(?! (?:it )?from (?:him|her))|people familiar|insiders?|tipsters?|consider(?:s|ed|ing)?|"
    r"weigh(?:s|ed|ing)|mull(?:s|ed|ing)?|think(?:s|ing)? (?:about|of)|thought about|i think|i guess|i bet|i suspect|guessing|speculat\w+|claims?|"
    r"swears|if (?:true|genuine|real|accurate|correct|confirmed)|not (?:\w+ )?sure|nobody (?:\w+ )?sure|no one (?:\w+ )?sure|(?:my|safe|good) bet|bets? (?:is|are|on|that)|betting|i'd (?:bet|wager|guess|say)|my money|hunch|gut feeling|my theory|theory is|the tea|conceivabl\w+|plausibl\w+|is this about|could be|might be|floated|a (?:person|source|man|woman|colleague|recruiter|insider|contact)(?: \w+){0,4} (?:says?|said|claims?|claimed|told|tells|swears|insists)|leaked \w+|overheard|word (?:around|at|in|from|reached)|heard (?:from|that|it)|hears|they're saying|(?:don't|do not) ask (?:me )?how i know|seeing (?:lots of|a lot of|many|some|these|posts|tweets)|the talk (?:is|of)|lips|murmurs?|mutter\w*|mooted|touted|linked (?:to|with)|tipped|set tongues|fuels?|sparks?|raises? (?:questions|doubts)|hinted|hints|cryptic|suspected|suspects?|question marks?|no (?:word|news) (?:on|about|yet)|unanswered|might as well|unsure|unclear (?:if|whether)|no idea (?:if|whether)|wonder(?:s|ing)?|whether|(?:know|sure|confirm|ask(?:ed|ing)?|tell(?: me)?|clear|see) if|any(?:one|body) know|is it true|"
    r"can (?:some|any)(?:one|body)|any truth|in talks|contemplat\w+|tempted|toying with|eyeing|eyes|potential|possible|open to|a friend|"
    r"my cousin|(?:people|they|folks|everyone|everybody|some|many)(?: [\w' ]{0,24})? (?:think|believe|assume|suspect|reckon)|(?:some(?:one|body)|people|they|a (?:newsletter|blog|tabloid|bot|thread)|(?:newsletter|blog|tabloid|twitter|reddit|x)) (?:writes?|has|claims?|tweets?|posts?|keeps?|thinks?)|some(?:one|body) (?:told|said|at|inside|claims|says)|told me|tells me|telling me|little bird|chatter|suggests?|hints? at|"
    r"on the verge of|close to|rumoured|rumored|buzz|supposed to|presumably|must have|smells like|signs? (?:that|of)|"
    r"speculation|there is talk|there's talk|talk (?:of|that)|they say|people (?:are )?say(?:ing)?|some say|scuttlebutt|grapevine|"
    r"according to (?:\w+ ){0,4}(?:sources|people|insiders|employees|friends)|(?<!open )(?<!open-)sources (?:say|said|tell|told|close|claim|inside|at|with)|source (?:says|said|close|inside)|"
    r"(?:two|three|four|five|several|some|multiple|many|a few|\d+) (?:\w+ )?(?:people|sources|employees|insiders|engineers|colleagues|staffers)(?: \w+){0,4} (?:say|said|tell|told|claim))\b"
)
_HEDGE_AFTER = re.compile(
    r"(?:,|\(|-|—|–|\.\.\.)?\s*\b(?:(?:two |three |several |some |multiple )?(?:sources|insiders|people familiar)[^.]{0,30}(?:say|said|claim)|sources?|according to (?:\w+ ){0,4}(?:sources|people|insiders|reports?|rumou?rs?|employees)|"
    r"(?:i|we) hear|i heard|rumou?r has it|so they say|they say|people say|unconfirmed|unverified|if true|supposedly|or so\b.{0,20}|reportedly|allegedly|apparently|"
    r"i think|i guess|probably|maybe|right\?|no\?|or what|report says|reports say|rumou?rs?|word is|is the rumou?r|is the gossip|per rumou?rs?)\s*[\"')]?\s*(?:[.!?]|$)"
)
_OR_NOT = re.compile(r"\bor (?:may |might |has |is |was |did |have )?not(?: \w+){0,3}\s*$")
_ELLIPSIS = re.compile(
    r"^[\W]*(?:no[,.]? )?(?:(?:he|she|they)\b|i\b|that(?='s| is)|it(?='s| is)|\w+(?: \w+)?)(?: has not| hasn't| have not| haven't| did not| didn't| is not| isn't| are not| aren't|'s not|'s not true| does not| doesn't)[.!,]?\W*$"
)
_NOT_NAMED = re.compile(
    r"according to (?:\w+ ){0,4}(?:sources|people|insiders|employees|colleagues)|\b(?:sources|insiders|people familiar)\b[^.]{0,30}\b(?:said|say)\b|"
    r"(?:asked|wished|wanted|declin\w+|not authori[sz]ed) (?:not )?to (?:be )?(?:named|identified|speak)|condition of anonymity"
)
_TEXT_HEDGE = re.compile(
    r"grain of salt|tell me (?:this|it|that)(?: is|'s| isn't)\b|(?:draw|make) your own conclusions|what you will\b|as you will\b|take (?:it|this) as|could not be (?:independently )?(?:verified|confirmed)|couldn't (?:verify|confirm)|(?:have|has|had) not (?:been able to )?(?:verif|confirm)|not (?:been )?(?:independently )?verified|do your own research|no idea if (?:this|it) is|hope (?:it's|it is|this is|i'm) (?:not true|wrong|false)|awaiting confirmation|someone confirm|somebody confirm|anyone else (?:hear|hearing|heard)|pinch of salt|big if true|\bunconfirmed\b|can(?:not|'t) confirm (?!where|why|when|what)|not (?:been )?confirmed|no (?:official )?confirmation|can any(?:one|body) confirm|"
    r"is (?:this|that|it) (?:true|real)\b|don't quote me|treat as (?:a )?rumou?r|half the time|take it with|could be wrong|might be wrong|may be wrong|"
    r"just (?:a )?rumou?r|only a rumou?r|trust me bro|^rumou?rs?:|rumou?r mill|declin\w+ to comment on (?:reports|rumou?rs|whether)|nothing official|waiting for (?:an )?official|has not responded to (?:reports|rumou?rs)|unverified|"
    r"(?:what|all) i('ve)? hear|fake or real|real or fake|true or (?:false|fake)"
)
_IMAGINED = re.compile(
    r"\b(?:if(?! (?:true|genuine|real|accurate|correct|confirmed|you (?:missed|haven't|didn't|hadn't)))|unless|imagin(?:e|es|ing)|suppos(?:e|ing)|what if|hop(?:e|es|ing)|wish(?:es|ing)?|fears?|afraid|worr(?:y|ied|ies)|"
    r"dream(?:s|t|ed|ing)?|nightmare|pretend\w*|hypothetical\w*|would(?! not be surprised)|wouldn't|'d(?= (?:leave|quit|resign|never))|lest|"
    r"in case(?! you)|risk|fiction\w*|novel|sitcom|movie|scenario|were to|once|until|poll|don't|do not|please|never let|begging|stop|prevent\w*|keep \w+ from|should|the day(?! (?:after|before|(?:\w+ ){1,3}(?:left|quit|resigned)))|whoever|when(?=\W+[\w ]{2,30} (?:leaves?|quits?|resigns?|retires?|departs?|steps|walks|goes|moves|exits)\b)|before(?=\W+[\w ]{2,30} (?:leaves|quits|resigns)\b)|"
    r"asked (?:[\w-]+ ){1,4}to (?:write|draft|generate|imagine|role-?play)|(?:write|draft|generate)s? (?:me )?(?:an?|\w+(?: \w+)?'s)|convince \w+ to|told to|asked to|ask \w+(?: \w+)? to|jok(?:e|es|ed|ing)|game where|story where|how to|how do i|tempt\w* to|refus\w+ to(?! believe| accept)|avoid\w*|instead of|rather than|threaten\w* to)\b"
)
_IMAGINED_AFTER = re.compile(
    r"\b(?:only if|unless|risk factor|as a risk|would (?:be|mean|hurt|leave|mark)|in a parallel|will never happen|in my dreams|if (?:he|she|they) (?:ever|could|did))\b"
)
_ASKED_IF = re.compile(
    r"\bif (?:the|this|that|these) (?:\w+ )?(?:leaks?|reports?|rumou?rs?|tweets?|posts?|news|screenshots?|sources?) (?:is|are) (?:right|true|real|accurate|correct|to be believed)|"
    r"(?:wouldn't|would not|won't|not) (?:be (?:surprised|shocked|surprising)|shock me|surprise (?:me|anyone)) if|(?:no surprise|curious) if|\bthe (?:corridor|grapevine|internet|timeline|rumou?r mill) (?:says|thinks|has)\b|my money is on|"
    r"\b(?:ask(?:s|ed|ing)?|know|knows|sure|wonder(?:s|ing)?|unclear|clear|tell|confirm|see|idea|say|says) (?:me )?(?:if|whether)\b"
)
_CONFIRMED = re.compile(
    r"\b(?:rumou?rs?|it|that) (?:is|was|were|are|turned out)(?: \w+)? (?:true|right|confirmed)|confirmed:|officially|it's official|it's true|it is true|no longer a rumou?r"
)
_DENIAL = re.compile(
    r"(?<!not )(?<!n't )(?<!to )(?:\b(?:denie[sd]|denying|false(?!-)|(?<!or )fake(?! or)|untrue|not true|isn't true|wasn't true|aren't true|debunk(?:s|ed)|refut(?:es|ed)|nonsense|"
    r"bogus|hoax|baseless|unfounded|made[- ]up|fabricat(?:ed|ion)|invented|bullshit|no truth|not the case|rubbish|garbage|inaccurate|"
    r"photoshopped|doctored|misinformation|disinformation|clickbait|exaggerated|premature|quash(?:es|ed)|dispel(?:s|led)?|shot down|"
    r"shoots down|contrary to|was wrong|were wrong|got (?:it|that) wrong|dismiss(?:es|ed) (?:the )?(?:rumou?rs|reports|talk|claims|speculation)|rejects? (?:the )?(?:rumou?rs|reports|talk|claims)|"
    r"rejected (?:the )?(?:rumou?rs|reports|talk|claims)|no basis|not a word of it|invention|lie|lies|laugh(?:s|ed|ing)? (?:off|about|at)|no,? (?:he|she) (?:hasn't|didn't|isn't)|nothing to it|bs|(?:from|by|is|was) a (?:parody|satire|satirical|troll)|mistaken|erroneous|erroneously|in error|not so|no such thing|wide of the mark|fake news|scotch(?:es|ed)|(?:pours?|poured|pouring) cold water|knock(?:s|ed) down|(?:put|puts|laid|lays) (?:\w+ ){1,3}to (?:rest|bed)|squash(?:es|ed)|rebut(?:s|ted)|disput(?:es|ed)|hogwash|drivel|tosh|concocted|(?:made|making|makes) (?:it|this|that|stuff|things) up|never happened|(?:didn't|did not) happen|ai[- ]generated|deepfake|forged|forgery|correction|retract(?:s|ed|ion)|we regret|we apologi[sz]e|no foundation|without foundation|groundless|to the contrary|set(?:s|ting)? the record straight|not (?:a word|one word) (?:of it )?(?:is )?true|is not true|are wrong|is wrong|got it wrong|jumped the gun|not real|isn't real|wasn't real|ridiculous|absurd|silly (?:rumou?rs?|gossip|season)|cap|stop spreading|stop (?:\w+ )?(?:rumou?rs|it with)|don't (?:believe|buy|fall for) (?:the|any|every|that|this|these|what)|no (?:credible|reliable) (?:source|evidence)|generated by an?)\b)"
)
_PLEA = re.compile(
    r"\b(?:tell me|say|pray|hope|hoping|please let|praying)(?: that)? (?:this|it|that)(?: is|'s)(?: just)? (?:a )?(?:fake|false|not true|untrue|joke|hoax|rumou?r)\b"
)
_OVER_AND_OVER = re.compile(r"for the \w+ (?:time|week|month|day)\b.*\bfor the \w+ (?:time|week|month|day)\b")
_CONTRARY = re.compile(
    r"\b(?:(?:just |has |have )?(?:signed (?:for|on|a new)|renewed|extended|re-?signed)|staying|no way|nope|nah|lol no|please\.?$|still (?:here|at|there|on)|come on|not happening|saw (?:him|her)|had lunch)\b"
)
_GIVEN = re.compile(r"^\W*(?:with|after|now that|since|following)\b")
_OR_WHAT = re.compile(
    r"^\W*(?:so |wait,? |but |and )?(?:did|does) (?!not|nothing)|^\W*(?:so |wait,? |hey,? |ok,? |but )?(?:is|did|has|was|are|have)\b.{0,120}\bor (?:what|not|is|are|did|nah|no)\b"
)
_SARCASM = re.compile(
    r"^[\s\"']*(?:sure|oh sure|oh yes|yeah|yeah right|yes yes|right|riiight|of course|totally|suuure|ah yes|uh huh)\b"
)
_PUNCHLINE = re.compile(
    r"that'?s why|which is why|and i'?m? (?:am )?(?:the|a|an)\b|and pigs|as if|must be why|explains why|and my \w+ is|and the moon|and elvis|wearing his|from his desk"
)
_FACT_QUESTION = re.compile(
    r"\b(?:why|how|where|when|(?:you know|guess|know) who|who will|who's going|what will|what does|what now|now what|what exactly|what then|what happens|what next|who now|and now)\b"
)
_GOES_ON = re.compile(r"[^?,]{0,60}, (?:and|but|so|then) ")
_WH_SENTENCE = re.compile(
    r"^[\W]*(?:(?:so|and|but|ok|okay|wait|hm+|now|well|right|wow|damn|then|also|serious question|question)[\s,:]+){0,3}(?:who(?!se idea| says| said| told| else| started| knows?| heard| thinks)|what(?! are the odds| are the chances| if)|why|how(?! (?:likely|true|sure))|where|which)\b"
)
_OPENS_QUESTION = re.compile(
    r"^[\s\"'@\w]{0,18}?\b(?:did|does|do|is|are|has|have|was|were|will|can|could|wait|so)\b"
)
_PAST = re.compile(
    r"\b(?:in|back in|during|of|since|until|by|early|late|mid|(?:january|february|march|april|may|june|july|august|september|october|november|december|summer|spring|autumn|winter|fall),?) ?(?:of )?((?:19|20)\d\d)\b|\((?:\d{4} ?[-–] ?)?((?:19|20)\d\d)\)"
)
_LONG_AGO = re.compile(
    r"\b(?:last year|years? ago|decades? ago|years before|years earlier|back then|long ago|(?:before|prior to) (?:(?:he|she|they|i) )?(?:joining|joined|coming (?:to|here)|came (?:to|here)|starting at|started at|moving to|moved to|arriving|arrived)|(?:previous|earlier|former|first|old) (?:job|company|employer|startup|lab|gig) (?:at|in)\b|earlier in (?:his|her|their) career|as a student|in college|in those days)\b"
)
FICTION = re.compile(
    r"\b(?:april fools?'?|dreamt|nightmare|my dream|a dream|(?<!from a )(?<!by a )(?<!is a )(?<!was a )(?:parody|satire)(?! account)|in my (?:novel|story|fanfic|screenplay|book|game)|fan ?fic(?:tion)?|fictional|hypothetically|role-?play|screenplay|sitcom|movie script|short story|alternate (?:universe|timeline))\b"
)


def standing(site: Site) -> Standing:
    """What the words round a cue make of the departure that it names."""
    before, after = _segment(site)
    adjacent = before[-60:]
    if _OR_NOT.search(adjacent):
        return "rumoured"
    if not _FACTIVE_NOT.search(adjacent) and _NOT_BEFORE.search(adjacent):
        return "none" if _IMAGINED.search(before[:-12]) and "hope" in before else "weakly_denied"
    if _denied(site, before, after):
        return "denied"
    if twisted(site):
        return "none"
    asked = _ASKED_IF.search(before)
    if not asked and (_imagined(before) or would(site) or _IMAGINED_AFTER.search(after)):
        return "none"
    if dated_before(site):
        return "none"
    if _CONFIRMED.search(before):
        return "asserted"
    if asked or _HEDGE_BEFORE.search(before) or _HEDGE_AFTER.match(after) or _late_hedge(after):
        return "rumoured"
    return "rumoured" if asked_about(site, before, after) else _said_in_chinese(site)


def _said_in_chinese(site: Site) -> Standing:
    """English words in a Chinese sentence: its hedges and negations count."""
    sentence = site.scene.text[site.low : site.high]
    if sentence.isascii() or not _HANZI.search(sentence):
        return "asserted"
    return chinese_standing.standing(site, simplified(site.scene.text), site.low)


def _late_hedge(after: str) -> bool:
    if _NOT_NAMED.search(after):
        return True
    m = _HEDGE_AFTER.search(after[-90:])
    return m is not None and (
        m.group(0).lstrip()[:1] in ",(-—–" or "sources" in m.group(0) or "people" in m.group(0)
    )


def _segment(site: Site) -> tuple[str, str]:
    """The words before and after the cue, up to a contrast."""
    before, after = site.before[-220:], site.after[:220]
    cut = max(before.rfind(mark) for mark in (" but ", " while ", " whereas ", "; ", ", though "))
    if cut >= 0:
        before = before[cut + 2 :]
    ends = [i for i in (after.find(mark) for mark in (" but ", " while ", " whereas ", "; ")) if i >= 0]
    return before, after[: min(ends)] if ends else after


_SAYS_WHY = re.compile(
    r"\b(?:say|explain|know|ask(?:ed|ing)?|tell|told|understand|discuss|disclose|reveal|answer|comment on|wonder\w*) (?:me |us |you |on |exactly |publicly )?why\b"
)
_FAR_IMAGINED = re.compile(
    r"if|unless|imagin|suppos|what if|wish|dream|nightmare|pretend|hypothetical|would|'d|lest|in case|fiction|novel|sitcom|movie|scenario|were to|poll|jok|game|story|write|draft|generate|asked|the day|fear|afraid|worr|whoever"
)


def _imagined(before: str) -> bool:
    found = list(_IMAGINED.finditer(before))
    if not found or _SAYS_WHY.search(before):
        return False
    m = found[-1]
    word = m.group()
    if word == "would" and re.search(rf"\b{_SAID}\b", before[: m.start()]):
        return False
    return not (not _FAR_IMAGINED.match(word) and re.search(r"[,.:]", before[m.end() :]))


def _denied(site: Site, before: str, after: str) -> bool:
    if _PLEA.search(site.scene.text, site.low, site.high + 80):
        return False
    if _DENIAL.search(before) or _DENIAL.search(after):
        return True
    text, number = site.scene.text, site.scene.sentence_of(site.start)
    if _SARCASM.search(text[site.low : site.low + 20]) and (
        _PUNCHLINE.search(text[site.end : site.end + 200])
    ):
        return True
    if number + 1 < len(site.scene.sentences) and _ELLIPSIS.match(
        text[slice(*site.scene.sentences[number + 1])]
    ):
        return True
    if _OVER_AND_OVER.search(text[site.low : min(site.high, site.low + 400)]):
        return True
    for other in (number - 1, number + 1, number + 2, number + 3):
        if 0 <= other < len(site.scene.sentences):
            low, high = site.scene.sentences[other]
            if other > number + 1 and high - site.high > 50:
                break
            if (
                other > number
                and text[site.low : site.high].rstrip().endswith("?")
                and _CONTRARY.search(text[low:high])
            ):
                return True
            if len({m.key for m in site.scene.named(low, high) if m.kind == "name"}) > 0 and other > number:
                continue
            if (
                high - low < 75
                and _DENIAL.search(text[low:high])
                and not site.scene.organisation_in(low, high)
            ):
                return True
    return False


def asked_about(site: Site, before: str, after: str) -> bool:
    """Is it a question whether somebody left (and not why, or what now)?"""
    sentence = site.scene.text[site.low : site.high].rstrip(" \"')")
    if _OR_WHAT.match(sentence):
        return True
    if _GIVEN.match(sentence) and "," in after:
        return False
    if _GOES_ON.match(after) and not _OPENS_QUESTION.match(before):
        return False
    if not sentence.endswith("?") or "????" in sentence:
        return False
    if _WH_SENTENCE.match(sentence) or _FACT_QUESTION.search(before):
        return False
    tail = re.search(r"[,.;:)—-]\s*(.*)$", after.rstrip(" ?\"')"))
    if tail and _FACT_QUESTION.search(tail.group(1)) and not _OPENS_QUESTION.match(before):
        return False
    return not (tail and re.match(r"(?:who|what|how|where|why|anyone|any)\b", tail.group(1)))


def dated_before(site: Site) -> bool:
    """Is the departure dated to a calendar year before the post's?"""
    year = site.scene.post.created_at.year
    near = (
        site.before[-50:]
        + " # "
        + re.split(r"[,;] (?:and|but|now|then)\b|\band (?:now|then|founded|joined)\b", site.after[:80])[0]
    )
    if any(
        int(m.group(1) or m.group(2)) < year
        for m in _PAST.finditer(near)
        if "joined" not in near[: m.start()][-30:]
    ):
        return True
    if any(
        low >= site.low
        and high <= site.start
        and re.search(r"\b(?:before|prior to|pre-) ?$", site.scene.text[site.low : low])
        and re.match(r"\s*[,.;)!:]", site.scene.text[high : high + 3])
        for low, high in site.scene.organisation
    ):
        return True
    return bool(_LONG_AGO.search(site.before[-60:]) or _LONG_AGO.search(site.after[:50]))


def doubted_text(text: str) -> bool:
    """Does the text as a whole call its news unconfirmed?"""
    return bool(_TEXT_HEDGE.search(text))
