"""English words that may say that somebody leaves: stem, pattern from the stem on, frame, rule.

The frame says who leaves, and by which function of english.FRAMES it is read: go (the subject; a direct object must be
the organisation or the job), quit (the subject; 'from' or 'as' something), idiom (the subject, unless another place
follows), ours (common verbs: the organisation must follow), strict (the organisation, or the end of the clause), near
(the organisation must be near), time and me (who says I), state (the subject is said to be gone), day, week and thing
(whose last day or last commit it is), oust (the object, or the subject of the passive), inside and ends (the person
within the cue), lose (the object), noun and owned (whose departure or badge), noun_ours, notice_to and job_day (the organisation must stand by), former (the person so called), replace and
shoes (whose place is filled), farewell (who says it to the organisation), until (who held a post until now), join, off,
bare_to and bound (who goes elsewhere), stay, anywhere, back, contract and retain (the subject does not leave), and those
of english._AFTER_OTHERS (the subject does, or undoes, what was said before).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..regex import regex
from ..vocabulary import COMPANIES
from .idioms import ROWS
from .phrases import PHRASES
from .phrases_more import ROWS as MORE_ROWS
from .phrases_stay import PHRASES as STAY_PHRASES

_OWN = r"(?:his|her|their|my|your|the|a)"
_TOKENS = r"(?:notice|badge|pass|resignation|laptop|keys?|key ?card|lanyard|id card|papers|access card|company phone)"


class Cue(NamedTuple):
    """One row of the table; `pattern` is matched where the stem stands, None: the stem itself is a whole word."""

    stem: str
    pattern: re.Pattern[str] | None
    frame: str
    rule: str


def _row(stem: str, pattern: str, frame: str, rule: str) -> Cue:
    plain = pattern == re.escape(stem) + r"\b" and (stem[-1].isalnum() or stem[-1] == "_")
    return Cue(stem, None if plain else regex(pattern), frame, f"en.{rule}")


CUES = (
    _row("leav", r"leav(?:e|es|ed|ing)\b", "go", "verb.leave"),
    _row("left", r"left\b(?!-)", "go", "verb.left"),
    _row("quit", r"quit(?:s|ting|ted)?\b", "go", "verb.quit"),
    _row("depart", r"depart(?:s|ed|ing)?\b", "go", "verb.depart"),
    _row("exit", r"exit(?:s|ed|ing)?\b", "go", "verb.exit"),
    _row("ditch", r"ditch(?:es|ed|ing)\b", "go", "verb.ditch"),
    _row("abandon", r"abandon(?:s|ed|ing)\b", "go", "verb.abandon"),
    _row("vacat", r"vacat(?:es|ed|ing)\b", "go", "verb.vacate"),
    _row("relinquish", r"relinquish(?:es|ed|ing)?\b", "go", "verb.relinquish"),
    _row("renounc", r"renounc(?:es|ed|ing) (?:to )?(?:his|her|their|my) (?:post|position|role|job)\b", "idiom", "verb.give_up"),
    _row("gave up", r"gave up (?:leading|heading|running)\b", "go", "verb.give_up"),
    _row("giv", r"giv(?:e|es|en|ing) up (?:leading|heading|running|(?:his|her|the|their) (?:post|role|job|position))\b", "idiom", "verb.give_up"),
    _row("gave up", r"gave up (?:his|her|the|their|my) (?:\w+ ){0,2}(?:post|role|job|position|place|seat|spot|desk)\b", "idiom", "verb.give_up"),
    _row("resi", r"resi(?:gn(?:s|ed|ing)?|nged|gend|gnd)\b(?! (?:(?:him|her|them|my)sel|look|sigh|smile|shrug|tone|face|voice|expression|air|grin|(?:in|after|on) (?:move|\d+|\w+ moves)|to the fact|to (?:\w+ing|his|her|my|their|the|a|it|this|that|these|those|all|what|never|being|losing|fate|life|defeat)\b))", "quit", "verb.resign"),
    _row("step", r"step(?:s|ped|ping)? (?:down|aside|away|back(?= from))\b(?! (?:off|on|onto|into|out|to the (?!side|post)\w+|from (?:the|a|his|her|my) (?:\w+ )?(?:stage|ladder|podium|bus|train|plane|treadmill|keyboard|screen|mic|microphone|lectern|scale|scales|chair|camera)))", "quit", "verb.step_down"),
    _row("pushed", r"pushed(?= (?:him|her|them)\s*(?:[.,;!?]|$|out\b|with\b|over\b|off\b|to (?:go|leave|quit|resign)))|(?<=s )pushed(?=[.,;!?]|$| out\b)|(?<=n't )pushed(?=[.,;!?]|$)", "oust", "oust.pushed"),
    _row("jumped", r"jumped(?=[.,;!?]|$)", "near", "idiom.jumped"),
    _row("bolt", r"bolt(?:s|ed|ing)?(?=[.,;!?]|$)", "near", "verb.bolt"),
    *(_row(stem, rf"{stem}(?=[.,!;]|$| \w+day\b| now\b)", "me", "state.off") for stem in ("i'm off", "im off", "i am off", "i'm outta here", "i'm out", "im out", "i am out", "i'm gone", "i am going", "that's me done", "thats me done", "that's me out", "that's me", "i'm done here")),
    *(_row(stem, rf"{stem} (?:on|at the end|in|after) (?:the \d|\d|mon|tue|wed|thu|fri|sat|sun|april|may|june|july|august|march|of)", "me", "state.i_go") for stem in ("i go", "i leave", "i'm off", "i am off", "i'm gone", "i'm out", "out")),
    _row("trad", r"trad(?:es|ed|ing) (?:in )?[\w ]{2,24}? for (?:an? |the )?(?:\w+ )?(?:start-?up|academia|academe|teaching|university|rival|vineyard|bakery|farm|chair|professorship|sabbatical|venture|competitor)\b", "near", "idiom.trades"),
    *(_row(f"{arrow} {company}", rf"{arrow} {re.escape(company)}\b", "bare_to", "join.arrow") for arrow in ("→", "->", "➡") for company in sorted(COMPANIES)),
    _row("stood down", r"stood down\b", "quit", "verb.step_down"),
    _row("stand", r"stand(?:s|ing) down\b", "quit", "verb.step_down"),
    _row("walk", r"walk(?:s|ed|ing)? (?:out|away)\b(?! (?:into|onto|to\b|halfway|midway|half|during|mid|before the|in the middle|early|five|ten|unharmed|unscathed|with a)| on(?:to)? (?:the |a )?stage| (?:of|from) the (?:room|meeting|stage|building(?! for (?:good|the last))|gym|interview|talk|panel|store|accident)| with | to (?:applause|cheers|a standing))", "quit", "verb.walk_out"),
    _row("walked", r"walked(?= (?:today|yesterday|last|and (?:not|no|nobody|none|now|the|everyone|everybody|we|nothing|still))\b|[.!,]|$)", "strict", "verb.walked"),
    _row("mov", r"mov(?:e|es|ed|ing) on\b(?! with (?:my|our|your|the|his|her) (?:day|lives|life|evening|morning|weekend|week)| (?:folks|people|everyone|please|nothing)| to (?!new|another|pastures|bigger|other|his|her|my|the next (?:chapter|adventure|thing|challenge|role|job|company)|a new (?:chapter|adventure|challenge|role|job|company)))", "quit", "verb.move_on"),
    _row("part", r"part(?:s|ed|ing) ways\b", "quit", "verb.part_ways"),
    _row("part", r"part(?:s|ed|ing)(?: company)? with\b", "lose", "verb.part_with"),
    _row("part", r"part(?:s|ed|ing)? company\b", "quit", "verb.part_ways"),
    _row("bow", r"bow(?:s|ed|ing) out\b", "quit", "verb.bow_out"),
    _row("nope", r"noped? (?:\w+ )?(?:out|off)\b", "quit", "slang.noped_out"),
    _row("peace", r"peaced out\b", "quit", "slang.peaced_out"),
    _row("dip", r"dip(?:s|ped|ping)\b", "strict", "slang.dipped"),
    _row("bail", r"bail(?:s|ed|ing)\b", "strict", "slang.bailed"),
    _row("bounc", r"bounc(?:es|ed|ing)\b", "strict", "slang.bounced"),
    _row("peac", r"peacing out\b", "quit", "slang.peaced_out"),
    _row("drop", r"drop(?:s|ped) out\b", "strict", "verb.drop_out"),
    _row("check", r"checked out of\b", "strict", "slang.checked_out"),
    _row("call", r"call(?:s|ed|ing)? it quits\b", "quit", "idiom.calls_it_quits"),
    _row("call", r"call(?:s|ed|ing)? it a day at\b", "strict", "idiom.calls_it_a_day"),
    _row("called it a day", r"(?<=has )called it a day(?= (?:at (?!\d)|after|with)|\s*[.!\n]|\s*$)", "job_day", "idiom.calls_it_a_day"),
    *(
        _row(stem, rf"{stem} (?:[\w-]+ ){{1,3}}?(?:(?:his|her|their|my|our) )?(?:(?:\w+|\d+)[ -](?:days?|weeks?|months?)'? )?notice\b(?! (?:that|of|about|when|whenever|if)\b)", "notice_to", "idiom.notice")
        for stem in ("give", "gives", "gave", "given", "giving", "handed", "hands", "served", "serves")
    ),
    _row("these days", r"these days\b", "anymore", "state.anymore"),
    _row("graduation", r"graduation (?:from|out of)\b", "noun_ours", "noun.graduation"),
    *(_row(stem, rf"{stem} (?:at|for|with) [\w-]+(?: [\w-]+)? and will (?:(?:keep|continue|go on) (?:on )?(?:to )?(?:work|lead|run|do)\w*|still|be working|(?:keep|continue) (?:at|on)|be (?:here|there|in the office) (?:tomorrow|next|on|for))\b", "stay", "stay.says") for stem in ("work", "am", "i'm", "works", "is")),
    *(_row(stem, rf"{stem} be working (?:at|for|with|in|there|here)\b(?![^.;!?]{{0,30}}\b(?:today|tomorrow|tonight|this|next|until|till|on|for (?:a|the|two|three))\b)", "state", "state.no_more") for stem in ("won't", "will not", "wont", "no longer")),
    _row("hand", rf"hand(?:s|ed|ing)? (?:in|over|back) (?:{_OWN} )?(?:\w+ ){{0,2}}{_TOKENS}\b", "idiom", "idiom.handed_in"),
    _row("turn", rf"turn(?:s|ed|ing)? in (?:{_OWN} )?(?:\w+ ){{0,2}}{_TOKENS}\b", "idiom", "idiom.handed_in"),
    _row("time for me", r"time for me to (?:go|leave|move on|say goodbye)\b", "idiom", "idiom.time_to_go"),
    _row("put in", rf"put in {_OWN} (?:notice|papers|resignation)\b", "idiom", "idiom.notice"),
    _row("gave", rf"gave (?:{_OWN} )?notice\b", "idiom", "idiom.notice"),
    _row("clear", rf"clear(?:s|ed|ing)? (?:out )?{_OWN} (?:\w+ )?(?:desk|office|locker)\b", "idiom", "idiom.desk"),
    _row("empt", rf"empt(?:ies|ied|ying) (?:out )?{_OWN} (?:\w+ )?(?:desk|office|locker)\b", "idiom", "idiom.desk"),
    _row("pack", rf"pack(?:s|ed|ing)? (?:up )?{_OWN} (?:\w+ )?(?:bags|desk|boxes|things|stuff)\b", "idiom", "idiom.packed"),
    _row("packing", r"packing(?: up)?(?= (?:as well|too|his bags|up)\b|[.,!]|$)", "strict", "idiom.packed"),
    _row("hung up", rf"hung up {_OWN} (?:\w+ )?(?:boots|keyboard|hat|gloves|lanyard)\b", "idiom", "idiom.hung_up"),
    _row("hang", rf"hang(?:s|ing) up {_OWN} (?:\w+ )?(?:boots|keyboard|hat|gloves|lanyard)\b", "idiom", "idiom.hung_up"),
    _row("head", r"head(?:s|ed|ing) (?:for|to) the (?:exits?|door)\b", "idiom", "idiom.heads_for_exit"),
    _row("asked to", r"asked to (?:leave|go|resign|step down)\b", "oust", "oust.asked_to"),
    *(
        _row(stem, rf"{stem} (?:is |was )?(?:returned|handed (?:in|over|back)|turned in)\b", "idiom", "idiom.handed_in")
        for stem in ("laptop", "badge", "keycard", "key card", "lanyard", "keys")
    ),
    *(
        _row(stem, rf"{stem} (?:party|drinks|dinner|lunch|cake|do|post|letter|e-?mail|note|message|speech|toast|gift|card|tour|tweet|thread)\b", "noun", "noun.farewell")
        for stem in ("farewell", "leaving", "going-away", "goodbye", "resignation", "departure")
    ),
    *(
        _row(stem, rf"{stem} (?:even )?work(?:ing)? (?:at|for|with)\b", "state", "state.does_not_work")
        for stem in ("doesn't", "does not", "don't", "isn't", "is not")
    ),
    *(
        _row(stem, rf"{stem} worked (?:at|for|with|in|there|here)\b", "idiom", "state.does_not_work")
        for stem in ("hasn't", "has not", "haven't", "have not", "not")
    ),
    _row("offers", r"offers (?:elsewhere|from (?:rivals|other|a rival))\b", "future", "state.considers_future"),
    _row("off to", r"off to\b", "off", "join.off_to"),
    _row("mov", r"mov(?:e|es|ed|ing) to\b", "off", "join.moved_to"),
    _row("went to", r"went to\b", "off", "join.went_to"),
    _row("head", r"head(?:s|ed|ing) to\b(?! the)", "off", "join.heads_to"),
    *(
        _row(stem, rf"{stem}(?=[.!,;]|$)", "not_same", "same.did_not")
        for stem in ("did not", "didn't", "has not", "hasn't", "have not", "haven't", "is not", "isn't", "will not", "won't", "does not", "doesn't")
    ),
    _row("future", r"future\b", "future", "state.considers_future"),
    _row("no longer", r"no longer (?:at|with|in|works?|working|employed|part of|leads?|leading|heads?|heading|runs?|running|a member of|on the|belongs?|there)\b", "state", "state.no_longer"),
    _row("anymore", r"anymore\b", "anymore", "state.anymore"),
    _row("any more", r"any more\b", "anymore", "state.anymore"),
    _row("any longer", r"any longer\b", "anymore", "state.anymore"),
    _row("gone", r"gone\b(?=\W*$|\W*[.,!?;:)\"\n]|\W+(?:from|for good|forever|as of|by|since|now|today|tomorrow|yesterday|this|after|already|too|and|but|in (?:a|one|two|the|march|april|may|june)|just like|without|with (?:him|her|immediate)|effective|next|last|so|who|because|lol|lmao|w|at|is|are|with)\b|\W*[^\w\s\"'(])(?! (?:till|until|back soon|and back))", "state", "state.gone"),
    _row("was going", r"was going(?=[.!,]| for good\b|$)", "state", "state.going"),
    _row("will go", r"will go(?=[.!,]| in (?:a|the|april|may|june|july)| on the \d|$)", "state", "state.going"),
    _row("hang", rf"hang(?:s|ing)? up {_OWN} (?!phone|call|coat|jacket|headphones|laundry|poster|picture)(?:\w+ ){{0,2}}\w+(?= for good| at| in|[.,!]|$)", "idiom", "idiom.hung_up"),
    _row("hung", rf"hung up {_OWN} (?!phone|call|coat|jacket|headphones|laundry|poster|picture)(?:\w+ ){{0,2}}\w+(?= for good| at| in|[.,!]|$)", "idiom", "idiom.hung_up"),
    _row("is going", r"is going(?=[.!]| for good\b|$)", "state", "state.going"),
    _row("out", r"out\b(?= (?:at|of|as|from)\b|[.!),]|$| after \w+ years)", "out", "state.out"),
    _row("done", r"done (?:at|with|w|there)\b", "strict", "state.done"),
    _row("on ", r"on (?:his|her|their|the|my) way out\b", "state", "state.way_out"),
    _row("won't be", r"won't be (?:at|with|on the)\b", "strict", "state.wont_be"),
    _row("through with", r"through with\b", "strict", "state.done"),
    _row("last day", r"last day\b(?!s)", "day", "day.last_day"),
    _row("last working", r"last working day\b", "day", "day.last_day"),
    _row("last ever", r"last ever (?:day|shift)\b", "day", "day.last_day"),
    _row("final", r"final (?:working )?(?:day|shift|week|hours)\b", "day", "day.last_day"),
    *(
        _row(stem, rf"{stem} (?:at|with|in|on|there)\b[^.!?;]{{0,45}}?\b(?:ends?|ended|ending|is over|is up|is done|to an end|to a close|concludes|concluded|finished|closes|closed)\b", "day", "day.time_ended")
        for stem in ("time", "chapter", "journey", "run", "stint", "tenure", "days", "years", "adventure", "ride", "story")
    ),
    *(
        _row(stem, rf"{stem} (?:ends|ended|is ending|is over|came to an end|comes to an end|has ended|draws to a close|drew to a close|concludes)\b", "day", "day.time_ended")
        for stem in ("time", "journey", "run", "stint", "tenure", "adventure", "story", "career")
    ),
    *(
        _row(stem, rf"{stem} (?:the|this|my|his|her|their|that) (?:\w+ ){{0,2}}(?:chapter|one|book)\b", "chapter", "day.chapter")
        for stem in ("close", "closing", "closed", "closes", "end", "ending", "ended")
    ),
    _row("goodbye", r"goodbye\b", "farewell", "farewell.goodbye"),
    _row("good bye", r"good bye\b", "farewell", "farewell.goodbye"),
    _row("bye", r"bye\b(?:[ -]bye\b)?", "farewell", "farewell.bye"),
    _row("farewell", r"farewell\b", "farewell", "farewell.farewell"),
    _row("so long", r"so long\b", "farewell", "farewell.so_long"),
    _row("adieu", r"adieu\b", "farewell", "farewell.adieu"),
    *(
        _row(stem, pattern, "oust", f"oust.{stem.strip()}")
        for stem, pattern in (
            ("fir", r"fir(?:e|es|ed|ing)\b(?! (?:back|up|off|at|on|drill|alarm))"),
            ("sack", r"sack(?:s|ed|ing)?\b"),
            ("dismiss", r"dismiss(?:es|ed|ing)\b(?! (?:as|the|all|any|reports?|rumou?rs?|talk|claims|it|this|speculation|suggestions)\b)"),
            ("oust", r"oust(?:s|ed|ing)?\b"),
            ("axe", r"axe[sd]\b"),
            ("let go", r"let(?:s|ting)? go\b"),
            ("lets", r"lets \w+(?: \w+)? go\b"),
            ("let ", r"let \w+(?: \w+)? go\b"),
            ("laid off", r"laid off\b"),
            ("lays off", r"lays off\b"),
            ("terminat", r"terminat(?:es|ed)\b"),
            ("got the", r"got the (?:boot|axe|sack|chop)\b"),
            ("given the", r"given the (?:boot|axe|sack|chop|push)\b"),
            ("shown the door", r"shown the door\b"),
            ("shows", r"shows \w+(?: \w+)? the door\b"),
            ("pushed out", r"pushed out\b"),
            ("forced out", r"forced out\b"),
            ("forces out", r"forces out\b"),
            ("kicked out", r"kicked out\b"),
            ("made redundant", r"made redundant\b"),
            ("escorted", r"escorted (?:out|off)\b"),
            ("remov", r"remov(?:es|ed) (?:from|as)\b|removed(?= (?:after|by|following|over|amid|this|last|on)\b|[.,!]|$)"),
            ("canned", r"canned\b"),
            ("poach", r"poach(?:es|ed|ing)?(?: away)?\b"),
            ("lur", r"lur(?:es|ed|ing)(?: away)?\b"),
            ("hired away", r"hired away\b"),
            ("snatch", r"snatch(?:es|ed)\b"),
            ("snap", r"snap(?:s|ped) up\b"),
            ("snag", r"snag(?:s|ged)\b"),
            ("nab", r"nab(?:s|bed)\b"),
            ("headhunt", r"headhunt(?:s|ed)\b"),
        )
    ),
    _row("hires ", r"hires\b", "hire", "oust.hires"),
    _row("hired ", r"hired\b(?! away)", "hire", "oust.hires"),
    _row("los", r"los(?:e|es|t|ing)\b", "lose", "lose.lose"),
    _row("fumbl", r"fumbl(?:e|es|ed|ing)\b", "lose", "lose.fumble"),
    _row("news is", r"news is (?:true|real|legit)\b", "news", "hint.news"),
    _row("new ", r"new (?:role|job|gig|position|post|adventure|chapter) (?:at|with)\b", "new_job", "join.new_job"),
    _row("without", r"without\b", "without", "lose.without"),
    _row("after", r"after\b", "without", "lose.after"),
    _row("minus", r"minus\b", "without", "lose.without"),
    *(
        _row(stem, rf"{stem}\b(?! (?:time|lounge|flight|gate|interview|poll|code|strategy|hall|sign|point|row|door|ramp|status|velocity|tax|velocities)\b)", "noun", f"noun.{stem}")
        for stem in ("departure", "departures", "exit", "exits", "resignation", "resignations", "ouster", "dismissal", "firing", "sacking", "defection", "exodus", "removal")
    ),
    _row("loss of", r"loss of\b", "noun", "noun.loss"),
    _row("ex-", r"ex-", "former", "former.ex"),
    _row("ex ", r"ex ", "former", "former.ex"),
    _row("former", r"former(?:ly)?\b", "former", "former.former"),
    _row("previously", r"previously\b", "former", "former.former"),
    _row("prev ", r"prev\b\.?", "former", "former.former"),
    _row("late of", r"late of\b", "former", "former.former"),
    _row("one-time", r"one-time\b", "former", "former.former"),
    _row("erstwhile", r"erstwhile\b", "former", "former.former"),
    _row("replac", r"replac(?:e|es|ed|ing)\b", "replace", "replace.replace"),
    _row("succe", r"succe(?:ed|eds|eded|eding)\b", "replace", "replace.succeed"),
    _row("tak", r"tak(?:e|es|en|ing) over (?:from|for)\b", "replace", "replace.take_over"),
    _row("took over", r"took over (?:from|for)\b", "replace", "replace.take_over"),
    _row("successor", r"successor\b", "successor", "replace.successor"),
    _row("replacement", r"replacement\b", "successor", "replace.successor"),
    _row("join", r"join(?:s|ed|ing)?\b", "join", "join.join"),
    _row("signed", r"signed (?:with|for)\b", "join", "join.sign"),
    _row("starts at", r"starts at\b", "join", "join.start"),
    _row("see ", r"see (?:you|him|her|them|[\w@]+(?: \w+)?) (?:go|leave|depart)\b(?! (?:to|on|from|through|viral|home|for|a|the))", "see", "idiom.see_go"),
    _row("next", r"next(?=[.,!?]|$)", "next", "same.next"),
    _row("did likewise", r"did likewise\b", "same", "same.likewise"),
    _row("did the same", r"did the same\b", "same", "same.likewise"),
    _row("did too", r"did too\b", "same", "same.likewise"),
    _row("followed", r"followed\b(?! (?:by|up)\b)", "same", "same.followed"),
    _row("so did", r"so did\b", "same_after", "same.so_did"),
    _row("so has", r"so has\b", "same_after", "same.so_did"),
    _row("so is", r"so is\b", "same_after", "same.so_did"),
    _row("as did", r"as did\b", "same_after", "same.so_did"),
    _row("as has", r"as has\b", "same_after", "same.so_did"),
    _row("following", r"(?<=[\w.)] )following(?= (?:an? |two |three |\d )?(?:days?|weeks?|months?|hours?|suit|later|soon|shortly|the (?:next|same)|him|her|them)\b)", "same", "same.with"),
    _row("stay", r"stay(?:s|ing|ed)?\b(?= (?:at|with|put|on|in (?:his|her|the|my|their) (?:role|post|job|position))\b|[.,!;:)\"]|$| right| \"| because| until| to (?!the|a|my)\w+| after (?:they|we|the|he|she)| through)", "stay", "stay.stay"),
    _row("remain", r"remain(?:s|ed|ing)? (?:at|with|in (?:his|her|their) (?:role|post|job|position)|(?:the )?(?:\w+ ){0,3}(?:lead|head|chief|boss)|in charge)\b", "stay", "stay.remain"),
    _row("still", r"still (?:at|with|works?(?: at| for| there| here)?|working (?:at|for)|leads?|leading|employed|on the (?:team|payroll)|in charge|running|runs|part of|an? \w+ employee|there|here|the (?:\w+ )?(?:lead|head|boss))\b", "stay", "stay.still"),
    _row("going anywhere", r"going anywhere\b", "anywhere", "stay.anywhere"),
    _row("back at", r"back at\b", "back", "stay.back"),
    _row("rejoin", r"rejoin(?:s|ed|ing)?\b", "back", "stay.back"),
    *(_row(stem, rf"{stem}(?:es?|ed|ing)\b", "rehire", "stay.rehired") for stem in ("rehir", "re-hir", "reinstat")),
    *(_row(stem, rf"{stem} (?:@?[\w.'-]+ ){{1,3}}?back\b", "rehire", "stay.rehired") for stem in ("takes", "took", "taken", "brings", "brought", "hires", "hired", "wins", "won", "lures", "lured", "welcomes", "welcomed", "gets", "got")),
    _row("came back", r"c(?:ame) back to\b", "back", "stay.back"),
    _row("come back", r"come back to\b", "back", "stay.back"),
    _row("coming back", r"coming back to\b", "back", "stay.back"),
    _row("comes back", r"comes back to\b", "back", "stay.back"),
    _row("resignation", r"resignation (?:has been |was |is )?withdrawn\b", "stay", "stay.withdrew"),
    _row("un-", r"un-(?:resigns?|resigned|quits?)\b", "stay", "stay.withdrew"),
    *(_row(*row) for row in ROWS),
    *(_row(*row) for row in (*PHRASES, *MORE_ROWS, *STAY_PHRASES)),
)  # fmt: skip
