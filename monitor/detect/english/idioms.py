"""More English wordings of leaving, being sent away, being taken, hinting at it and staying, field by field.

Each row is stem, pattern from the stem on, frame, rule, as in english_cues. A rule that starts with `hint` can make
a departure rumoured, never asserted.
"""

from __future__ import annotations

_OWN = r"(?:his|her|their|my|your|the|a|an|its)"
_LETTER = r"(?:resignation(?: letter)?|letter(?: of resignation)?|notice|papers|notcie|resignaton|badge|pass|laptop|key ?card|keys|lanyard|id card|access card)"
_TIME = r"(?:time|tenure|stint|career|chapter|run|years|journey|spell|days|adventure|stay)"
_JOB = r"(?:job|role|position|post|gig|offer|chair|professorship|seat)"
_ROOM = r"(?:site|website|homepage|cv|resume|signature|bio|profile|linkedin|page|header|description|tagline|handle)"

Row = tuple[str, str, str, str]


def _rows(frame: str, rule: str, *patterns: str) -> tuple[Row, ...]:
    """Rows of one frame and rule; before the first bar of each stands its stem, nothing if it opens with a choice."""
    return tuple((stem, body, frame, rule) for pattern in patterns for stem, body in _stems(pattern))


def _stems(pattern: str) -> list[tuple[str, str]]:
    stem, _, body = pattern.partition("|")
    if stem:
        return [(stem, body)]
    choices, _, rest = body.removeprefix("(?:").partition(")")
    return [(word + rest[:1].strip("(\\[?"), word + rest) for word in choices.split("|")]


LEAVING = (
    *_rows(
        "near", "idiom.free",
        r"a free|a free (?:man|woman|agent|bird|person)\b",
        r"accept|accept(?:s|ed|ing)? (?:an?|the|another) (?:[\w-]+ ){0,2}" + _JOB + r" (?:elsewhere|at|from|with|outside)\b",
        r"|(?:took|taken|takes|taking) (?:an?|the|another) (?:[\w-]+ ){0,2}" + _JOB + r" (?:elsewhere|at|from|with|outside)\b",
        r"new|new (?:job|role|gig|position) (?:elsewhere|outside)\b",
        r"out the|(?<!first )(?<!last )out the door\b",
        r"out of the|(?<!first )(?<!last )out of the door\b(?! (?:first|last|early|late|by|before|at (?:\d|five|six|seven|eight|nine)|every))",
        r"out of here|out of here\b",
        r"pack|pack(?:s|ed|ing)? it in\b",
        r"went solo|went solo\b", r"gone solo|gone solo\b", r"going solo|going solo\b", r"goes solo|goes solo\b",
        r"went off|went off to (?:found|start|build|do|join|teach|run|write|study|work)\b",
        r"gone off|gone off to (?:found|start|build|do|join)\b",
        r"going off|going off to (?:found|start|build|do|join)\b",
        r"str|str(?:ikes?|iking|uck) out on (?:his|her|their|my) own\b",
        r"went |went (?:his|her|their|my) (?:own|separate) ways?\b",
        r"|(?:go|goes|going|gone) (?:his|her|their|my|our|its) (?:own|separate) ways?\b",
        r"flew the|flew the nest\b", r"flown the|flown the (?:nest|coop)\b",
        r"threw in|threw in the towel\b", r"throws in|throws in the towel\b", r"thrown in|thrown in the towel\b",
        r"punched out|punched out (?:for the last time|for good)\b",
        r"logg|logg(?:ed|ing) off (?:for the last time|for good|one last time)\b",
        r"sign|sign(?:ed|ing|s) off (?:for the last time|for good|one last time)\b",
        r"offboard|offboard(?:ed|ing|s)?\b", r"off-board|off-board(?:ed|ing|s)?\b",
    ),
    *_rows(
        "idiom", "idiom.notice",
        r"submit|submit(?:s|ted|ting)? (?:" + _OWN + r" )?(?:\w+ ){0,2}" + _LETTER,
        r"tender|tender(?:s|ed|ing)? (?:" + _OWN + r" )?(?:\w+ ){0,2}resignation\b",
        r"fil|fil(?:e|es|ed|ing) (?:" + _OWN + r" )?(?:\w+ ){0,1}(?:resignation|notice)\b",
        r"giv|giv(?:es?|en|ing) (?:(?:his|her|their|my) )?notice\b",
        r"hand|hand(?:s|ed|ing)? (?:in|over|back) (?:" + _OWN + r" )?(?:\w+ ){0,2}" + _LETTER + r"\b",
        r"drop|drop(?:s|ped|ping)? off (?:his|her|their|my) (?:\w+ )?" + _LETTER + r"\b",
        r"surrender|surrender(?:s|ed|ing)? (?:his|her|their|my) (?:\w+ )?" + _LETTER + r"\b",
        *(
            stem + "|" + pattern + r" (?:his|her|their|my) (?:\w+ ){0,2}" + _LETTER + r" (?:in|back|over|to (?:reception|hr|security|the (?:front desk|lady|guard|reception\w*|man|desk|lobby)))\b"
            for stem, pattern in (("hand", "hand(?:s|ed|ing)?"), ("turn", "turn(?:s|ed|ing)?"), ("", "(?:gave|give|gives|given|giving)"), ("left", "left"), ("sent", "sent"))
        ),
        r"|(?:made|make|makes|making) (?:(?:his|her|their|my) |a )(?:\w+ )?exit\b",
        r"|(?:took|takes|taken|taking) (?:his|her|their|my) leave (?:of|from)\b",
    ),
    *_rows(
        "quit", "verb.cut_ties",
        r"cut|cut(?:s|ting)? (?:all |his |her |their |my )?ties\b",
        r"sever|sever(?:s|ed|ing)? (?:all |his |her |their |my )?ties\b",
        r"retir|retir(?:es|ed|ing)(?= (?:from|as)\b)",
        r"defect|defect(?:s|ed|ing)?\b",
        r"bolt|bolt(?:s|ed|ing)(?= (?:from|for)\b|[.,!]|$)",
        r"rage|rage-?quit(?:s|ted|ting)?\b",
        r"break|break(?:s|ing)? away\b", r"broke away|broke away\b", r"broken away|broken away\b",
        r"split|split(?:s|ting)?(?= (?:from|with)\b)",
        r"stand|stands aside\b", r"stood aside|stood aside\b",
        r"step|step(?:s|ped|ping)? back(?= (?:from|as|at)\b|[.,!]|$)",
    ),
    *_rows(
        "strict", "idiom.wraps_up",
        *(
            stem + "|" + pattern + r" (?:" + _OWN + r" )?(?:[\w-]+ ){0,3}" + _TIME + r"\b(?= (?:at|in|with|on|as|here)\b)"
            for stem, pattern in (
                ("wrap", "wrap(?:s|ped|ping)? up"), ("call", "call(?:s|ed|ing)? time on"), ("draw", "draw(?:s|ing|n)? (?:a line under|to a close)"),
                ("drew", "drew a line under"), ("conclud", "conclud(?:es|ed|ing)"), ("finish", "finish(?:es|ed|ing)?"),
                ("end", "end(?:s|ed|ing)?"), ("complet", "complet(?:es|ed|ing)"), ("put", "put(?:s|ting)? an end to"), ("clos", "clos(?:es|ed|ing)(?: the book on)?"),
            )
        ),
        r"|(?:chose|chooses|choosing|chosen) [\w ]{1,30}? over\b",
        r"swap|swap(?:s|ped|ping)\b(?= [^.;]{0,30}\bfor\b)",
        r"trad|trad(?:es|ed|ing)\b(?= [^.;]{0,30}\bfor\b)",
        r"used to|used to (?:work|lead|run|head|be)\b",
        r"life |life (?:after|beyond)\b",
        r"yeet|yeet(?:ed|s)? (?:himself|herself|themsel\w+|myself)?(?: out)?(?: of)?\b",
    ),
    *_rows(
        "state", "state.no_more",
        r"no more|no more (?:an?|part of|at|with)\b",
        *(s + "|" + p + r" be (?:at|with|part of|around|here|there)\b(?![^.;]{0,20}\b(?:today|tomorrow|tonight|this (?:week|morning|afternoon)|next week|until|till|on (?:monday|tuesday|wednesday|thursday|friday)|for (?:a|the|two|three)|booth|office|meeting|conference))" for s, p in (("won't", "won't"), ("will not", "will not"), ("wont", "wont"))),
        r"no longer|no longer (?:the |our |its )?(?:[\w-]+ ){0,3}(?:head|lead|leader|chief|boss|employee|researcher|scientist|engineer|director|member|colleague)\b",
        r"no longer|no longer (?:an?|one of|your|signs?|holds?|reports?|has|have|on (?:the|our)|calls?|under|affiliated|associated|represents?|oversees|manages|directs)\b",
        r"not with|not with\b(?= [^.]{0,20}(?:any ?more|any longer|now))",
        r"stopp|stopp(?:ed|ing) (?:being|working) (?:at|for|with|in)\b",
        r"ceas|ceas(?:es|ed) to (?:be|work|lead)\b",
    ),
    *_rows(
        "owned", "idiom.profile_ended",
        *(
            stem + "|" + stem + r"(?: page| profile| headline)? (?:now |already )?(?:shows?|says?|lists?|states?|has|gives?)(?: that)? (?:(?:his|her|their|the|a) )?(?:[\w'-]+ ){0,4}?(?:job|role|position|post|stint|time|tenure|employment|work)(?: (?!not\b|never\b)[\w'-]+){0,4}? (?:ended|ending|ends|end|concluded|finished|over)\b"
            for stem in ("linkedin", "profile", "cv", "resume")
        ),
    ),
    *_rows(
        "noun", "noun.role_cut",
        r"role|role (?:[\w-]+ ){0,4}?(?:eliminated|cut|made redundant|impacted|abolished|terminated|axed)\b",
        r"position|position (?:[\w-]+ ){0,4}?(?:eliminated|cut|made redundant|impacted|abolished|terminated|axed)\b",
        r"job|job (?:[\w-]+ ){0,4}?(?:eliminated|cut|made redundant|impacted|abolished|terminated|axed)\b",
        r"contract|contract (?!with)(?:[\w-]+ ){0,4}?(?:terminated|ended|not (?:be )?(?:renewed|extended))\b",
        r"stepping|stepping down\b",
        *(stem + "|" + stem + r" (?:job|post|seat|team|chair|desk|office|role|position|title|corner office)\b" for stem in ("vacated", "vacant")),
    ),
    *_rows("until", "state.until",
        r"until|until (?:very )?(?:last|this|yesterday|recently|now|monday|tuesday|wednesday|thursday|friday|saturday|sunday|the end|january|february|march|april|may|june|july|\d)",
        r"till|till (?:last|this|yesterday|recently|monday|tuesday|wednesday|thursday|friday)",
    ),
    *_rows("shoes", "replace.shoes",
        r"fill|fill(?:s|ed|ing)?\b", r"step|step(?:s|ped|ping)? into\b", r"inherit|inherit(?:s|ed|ing)?\b", r"|(?:take|takes|taken|taking|took) (?:over )?(?=@?\w+(?: \w+)?'s? )", r"in |in (?=@?\w+(?: \w+)?'s? (?:place|stead))",
    ),
    *_rows("loss", "lose.farewell",
        r"farewell to|farewell to\b", r"goodbye to|goodbye to\b", r"adieu to|adieu to\b", r"life |life (?:after|without|beyond)\b",
    ),
)  # fmt: skip

SENT_AWAY = (
    *_rows(
        "oust", "oust.relieved",
        r"reliev|reliev(?:es|ed|ing)\b(?= (?:\w+ ){0,6}of )", r"stripp|stripped of (?:his|her|their|my)\b",
        r"cut|cut(?= (?:from|by|in|at|loose|today|yesterday)\b|[.,!]|$)", r"boot|boot(?:ed|s)\b(?! up)",r"purg|purg(?:es|ed)\b", r"eject|eject(?:s|ed)\b",
        r"discharg|discharg(?:es|ed)(?= (?:from|by|of)\b)",r"edged out|edged out\b",
r"ushered out|ushered out\b",r"defenestrat|defenestrat(?:es|ed)\b",
        r"given |given (?:his|her|their|my|the|a) (?:marching orders|pink slip|p45|cards|heave-ho|elbow)\b",
        r"got |got (?:his|her|their|my|the|a) (?:marching orders|pink slip|p45|cards|heave-ho|elbow|push)\b",
        r"handed |handed (?:his|her|their|my|a) (?:marching orders|pink slip|p45|cards)\b",
r"shown out|shown out\b",r"got rid|got rid of\b", r"gets rid|gets rid of\b",
        r"affected by|affected by (?:the|this|today's|last) (?:\w+ )?(?:layoffs?|cuts|restructuring|reorg)\b",
        r"impacted by|impacted by (?:the|this|today's|last) (?:\w+ )?(?:layoffs?|cuts|restructuring|reorg)\b",
        r"suspended from|suspended from (?:his|her|their) (?:job|post|duties)\b",
    ),
    *_rows(
        "hire", "oust.hires_away",
        r"hir|hir(?:es?|ed|ing) away\b", r"recruit|recruit(?:s|ed|ing)?\b", r"sign|sign(?:s|ed|ing)?\b", r"land|land(?:s|ed|ing)?\b",
        r"|(?:steal|steals|stealing|stole|stolen)\b", r"pick|pick(?:s|ed|ing)? (?:up|off)\b", r"scoop|scoop(?:s|ed|ing)?(?: up)?\b",
        r"woo|woo(?:s|ed|ing)?\b", r"tempt|tempt(?:s|ed|ing)?\b", r"|(?:pry|pries|pried|prise|prises|prised|prising)\b", r"entic|entic(?:es?|ed|ing)\b",
        r"tak|tak(?:es|en|ing)\b", r"took|took\b", r"nick|nick(?:s|ed)\b",
    ),
)  # fmt: skip

HINTS = _rows(
    "near", "hint.unsettled",
r"interviewing|interviewing\b(?! (?:for (?:interns|candidates)|candidates|people|new))", r"job|job[- ]?hunting\b",
    *(s + "|" + p + r" (?:up )?(?:his|her|their|my) (?:cv|resume|linkedin)\b" for s, p in (("polish", "polish(?:es|ed|ing)?"), ("updat", "updat(?:es|ed|ing)"), ("dust", "dust(?:s|ed|ing) off"), ("brush", "brush(?:es|ed|ing)"))),
r"talking to|talking to (?:recruiters|headhunters|rivals|other labs|competitors|investors about)\b", r"shopping around|shopping around\b",
    r"looking|looking (?:elsewhere|for (?:a new job|something new|the exit|the door|other jobs))\b",
r"days |days (?:at|with|in) [^.;]{0,24}are numbered\b",
    r"offer|offers? on the table\b", r"sitting on|sitting on (?:an?|two|three|several|multiple) (?:\w+ )?offers?\b", r"|(?:has|had|having) (?:an?|two|three|several|multiple|competing) (?:\w+ )?offers? (?:from|in)\b",
    r"follow|follow(?:s|ing)? (?=@?\w+(?: \w+)?(?:,| out\b| to the (?:door|exit)))",
r"opentowork|opentowork\b",
    r"account|account (?:has been |is |was |got )?(?:deactivated|disabled|deleted|suspended)\b", r"|(?:email|e-mail) (?:\w+ ){0,3}bounc(?:es|ed|ing)\b",
    *(s + "|" + p + r" (?:[\w.-]+ ){1,5}from (?:his|her|their) (?:\w+ )?" + _ROOM + r"\b" for s, p in (("remov", "remov(?:es|ed|ing)"), ("scrub", "scrub(?:s|bed|bing)"), ("delet", "delet(?:es|ed|ing)"), ("dropp", "dropp(?:ed|ing)"), ("eras", "eras(?:es|ed|ing)"), ("wip", "wip(?:es|ed|ing)"), ("", "(?:took|taken|takes)"))),
)  # fmt: skip

STAYING = (
    *_rows(
        "stay", "stay.continues",
        r"continu|continu(?:es?|ed|ing) (?:to (?:work|lead|head|run|serve|be|hold|oversee)|as|at|leading|working|heading|running|in (?:(?:his|her|their|my|the) )?(?:role|post|job|position|office|place)|as before)\b",
        r"|(?:go|goes|going) on (?:working|leading|running|heading) (?:at|for|in|with)?",
        r"keep|keep(?:s|ing)? (?:working (?:at|for)|leading|running|heading)\b(?! (?:them|it|this|these|that|on|locally|into|out|late|up|down|away))",
        r"carry|carry(?:ing)? on (?:working|leading|running|heading|as|at)\b",
        r"remain|remain(?:s|ed|ing)? (?:in (?:post|place|charge|office|position|the job|the role)|our|tech lead|head of|lead of|employed|part of|fully|a full-time)\b",
r"recommitted|recommitted to\b", r"committed to|committed to (?:staying|the (?:team|lab|company))\b",
r"|(?:chose|chooses|chosen) to stay\b", r"second thoughts|second thoughts\b",
        *(s + "|" + p + r" (?:(?:his|her|their|my|the|that) )?(?:\w+ ){0,2}(?:resignation|notice|decision|departure|letter)\b" for s, p in (("retract", "retract(?:s|ed|ing)?"), ("revers", "revers(?:es|ed|ing)"), ("cancel", "cancel(?:s|led|ed)"), ("took back", "took back"), ("takes back", "takes back"), ("walk", "walk(?:s|ed) back"), ("tore up", "tore up"), ("pull", "pull(?:s|ed) (?:back )?"), ("withdr", "withdr(?:aws?|ew|awn|awing)"), ("rescind", "rescind(?:s|ed|ing)?"))),
    ),
    *_rows("retain", "stay.retained", r"keep|keeps\b", r"kept|kept\b", r"retain|retain(?:s|ed)\b", r"hold|holds on to\b", r"held on|held on to\b", r"hang|hangs on to\b"),
    *_rows(
        "contract", "stay.contract",
        *(s + "|" + p + r" (?:(?:an?|his|her|their|my|the|another) )?(?:[\w-]+ ){0,2}(?:contract|deal|extension)\b" for s, p in (("sign", "sign(?:s|ed|ing)?"), ("renew", "renew(?:s|ed|ing)?"), ("extend", "extend(?:s|ed|ing)?"), ("re-sign", "re-sign(?:s|ed|ing)?"))),
        r"renew|renew(?:s|ed)(?= (?:with|at|until|through|for)\b)",
        r"turn|turn(?:s|ed|ing)? down\b", r"rebuff|rebuff(?:s|ed)\b", r"reject|reject(?:s|ed) (?:an? |the )?(?:\w+ ){0,2}offers?\b", r"declin|declin(?:es|ed) (?:an? |the )?(?:\w+ ){0,2}offers?\b", r"spurn|spurn(?:s|ed)\b",
    ),
)  # fmt: skip

ELLIPSES = _rows(
    "same_fact",
    "same.already",
    r"already|already (?:has|did|is)(?=[.!,;]|$)",
    r"has already|has already(?=[.!,;]|$)",
)

ROWS: tuple[Row, ...] = (*LEAVING, *SENT_AWAY, *HINTS, *STAYING, *ELLIPSES)
