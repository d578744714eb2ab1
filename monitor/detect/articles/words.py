"""Words that tell across the sentences of an article (article.py)."""

from __future__ import annotations

from ..regex import regex

_MONTH = r"january|february|march|april|may|june|july|august|september|october|november|december"
YEAR = regex(r"(?<![\d.,$€£])((?:19|20)\d\d)(?![\d%]|,\d| (?:users|gpus|people|staff|cards))")
THAT_YEAR = regex(
    r"\b(?:that|the same|the following|the next) year\b|\b(?:a|one|two|three|four|five|six|\d+) (?:years|months) later\b|\b(?:year|months) later\b|\bthen\b"
    r"|那次|那时|当时|當時|当年|當年|同年|次年|翌年|那一年|那年|[一两二三四五六七八九十\d]年后|年底前后"
)
# A year that opens its sentence frames what follows: "2024年是...", "In 2024 ...".
FRAME = regex(
    r"(?:^|[.。!?:\"] ?|\n)(?:(?:in|by|the year|during|back in|early in|late in|on \d+ \w+)(?: \w+){0,2} ?)?$"
)
NOW = regex(
    r"\b(?:now|today|yesterday|tomorrow|tonight|this (?:week|month|year|morning|spring|summer|autumn|fall|winter)|last (?:week|month|friday|monday)|has|have|will|is|are)\b"
    r"|近日|日前|本周|本月|昨|今(?:日|天|年|早|晚)|现已|將|将|正式"
)
RECENT = regex(
    rf"{NOW.pattern}|\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|{_MONTH})\b|(?<!年)\d{{1,2}}月|上周|上月|上週"
)
LEFT_IN = regex(
    r"\b(?:left|quit|resigned|departed|stepped down|moved on|gone|went)\b[^.,;\n]{0,30}\b(?:in|of|by) (?:\w+ )?((?:19|20)\d\d)\b"
    r"|\bin (?:\w+ )?((?:19|20)\d\d),? (?:he|she|they) (?:left|quit|resigned|departed|stepped down|moved on|went)\b"
    r"|((?:19|20)\d\d)年[^。,]{0,8}(?:离|離|辞|辭|退出|转投|轉投|走)"
)
# Verbs of moving, and what shows that somebody only leaves a room.
MOVES = ("en.verb.leave", "en.verb.left", "en.verb.go", "en.verb.walk", "en.verb.depart")
PHYSICAL = regex(
    r" (?:early|before (?:the|he|she|any|questions|dessert|dinner)|for (?:the )?(?:airport|station|train|lunch|day|night|weekend)|through|by (?:the )?(?:back|side|door)|the (?:room|stage|building|hall|party|meeting|call|table|podium|dinner|ceremony|conference|event|court)\b)"
)
REPLACED = ("en.replace", "en.successor", "zh.replace", "art.")
DATED = regex(r"\W{0,2}(?:(?:in|until|of|during|by|back in|early in|late in) )?(?:\w+ )?((?:19|20)\d\d)\b")
OWN_WORD = regex(
    r"\b(?:said|says|told|wrote|writes|insist(?:s|ed)|confirm(?:s|ed)|announced|repl(?:ies|ied)|stated|assur(?:es|ed)|promis(?:es|ed)|pledg(?:es|ed)|vow(?:s|ed))\b"
)
QUESTION = regex(r"\W*(?:so,? |but |and )?(?:is|are|was|has|have|had|did|does|will|would|could|can|should)\b")

HIRES = regex(
    r"\b(?:hires?|hired|recruit(?:s|ed|ing)?|poach(?:es|ed|ing)?|lur(?:es?|ed|ing)(?: away)?|signs?|signed|snaps? up|snapped up|snapping up|taps|tapped|lands|landed|picks? up|picked up|brings? in|"
    r"brought in|appoints?|appointed|names|named|adds|added|nabs?|nabbed|grabs?|grabbed|bags|bagged|wins over|won over)\b"
)
OF_US = regex(
    r"(?:,? (?:who|the|a|an|its|until \w+|until recently|formerly|previously|currently|long-time|longtime|leads?|led|ran|runs|heads?|headed|was|is|has been|had been|[\w-]+){0,9}?)?,? ?(?:[\w-]+ ){0,8}?(?:away )?(?:at|of|from|for|with) (?:the )?(?:[\w-]+ ){0,3}"
)
JOINS = regex(
    r"\b(?:is joining|are joining|joins|has joined|have joined|will join|is to join|is moving to|moves to|is heading to|heads to|(?:has|have) been (?:hired|recruited|poached|lured away) by|(?:was|were) (?:recruited|poached|lured away) by|has signed with|is going to|is off to)\b"
)
NO_JOB = regex(
    r"\b(?:board|committee|advisory|advis[eo]r|forces|consortium|alliance|call|conference|event|panel|talks?)\b"
)
SUCCEEDS = regex(
    r"\b(?:takes?|took|taking|taken) over (?:as [^.,;\n]{3,50} )?(?:(?:the|his|her|their|that) (?:[\w-]+ ){0,3}(?:position|role|post|job|reins|team|group|lab|baton|helm)(?: [^.,;\n]{0,30}?)? )?from(?= )"
    r"|\b(?:inherits?|inherited|assumes?|assumed|picks? up|picked up) (?:the |that )?[\w -]{2,40}? from(?= )"
    r"|\b(?:succeeds|succeeded|succeeding|to succeed|will succeed|replaces|to replace|will replace|in place of|steps? into the (?:shoes|role|post|job) of|(?:role|post|position|seat|job|vacancy|chair) (?:left(?: vacant| open| empty)?|vacated|given up|previously held|formerly held|once held) by)(?= (?!by\b))"
)
POST_FILLED = regex(
    r"(?:\b(?:his|her|their)|(?<=\w)'s?) (?:[\w-]+ )?(?:post|role|position|job|seat|duties|responsibilities|chair)s? (?:(?:has|have) (?:been|now been|already been)|was|were|will be|is being|are being|is|are) "
    r"(?:filled(?! with)|taken over|advertised|taken by|assumed|handed to|passed to|to be filled|divided|split)|(?:\b(?:his|her)|(?<=\w)'s?) (?:[\w-]+ )?(?:responsibilities|duties|work|role|post|job) (?:pass(?:es)?|passed|goes|go|went|falls?) to\b"
)
STAND_IN = regex(
    r"\b(?:temporar\w*|while (?:he|she) is|on leave|leave of absence|sabbatical|parental|maternity|paternity|sick|holiday|keynote|panel|on stage|chair of|committee|board)\b|休假|产假|病假"
)
PROMOTED = regex(
    r"\b(?:promot\w+|elevated|moves? up|moved up|steps? up to|becomes? (?:chief|senior|executive|vice|president|cto|ceo)|transfers?|transferred|moves? (?:from [\w -]{3,30} )?to (?:a|an|another|the|its) (?:new )?(?:[\w-]+ ){0,2}(?:group|team|unit|project|role)|new role (?:at|within|in) the (?:company|lab|group)|another role|will remain|stays? (?:on|with)|senior vice[- ]president|executive committee)\b"
    r"|升任|擢升|晋升|晉升|调任|調任|转任|轉任|升职|升職|另有任用|兼任"
)
ITEM = regex(
    r"(?: \([^)\n]{1,30}\))?(?::| [-–—]) (?P<not>not )?(?:(?:out|gone|leaving|left|departed|quit|resigned)|(?P<stay>staying|stays|in|still (?:in|here|there)))(?: (?:too|as well|also))?(?=[.!,;\n]|$)"
)
MAY_LEAVE = regex(
    r"\b(?:considering|weighing|mulling|entertaining|fielding|has received|had received) (?:an? |several |other |outside |rival )*(?:[\w-]+ )?(?:offers?|approach(?:es)?|move|exit|departure)\b"
    r"|\b(?:in|held|holding|opened|open|having|had|begun|started) (?:[\w-]+ )?(?:talks|discussions|conversations) (?:with|about)\b[^.;\n]{0,70}\b(?:competitors?|rivals?|start-?ups?|compan(?:y|ies)|investors?|funds|labs?|move|joining|exit|leaving|own)\b"
    r"|\btalking (?:to|with) (?:[\w-]+ )?(?:investors|rivals|competitors|recruiters|other labs)\b"
    r"|\b(?:expected|likely|poised|rumou?red|believed|tipped|thought|reported) to (?:go|leave|depart|follow (?:him|her|them|suit)|quit|resign|step down|exit|move on)\b"
    r"|\b(?:may|could|might) (?:also |soon |well |yet )?(?:leave|depart|quit|resign|move on|be (?:next|leaving|out|gone|on (?:his|her|the) way out)|have (?:left|quit|resigned|gone))\b(?! (?:the )?(?:room|building|stage|open|behind|it))"
    r"|\b(?:halfway|half way|one foot) out (?:of )?the door\b"
)
MAY_LEAVE_ZH = regex(
    r"(?:与|和|跟|同)[^,。\n]{0,14}(?:公司|投资人|投资机构|基金|资本|猎头|创始人|团队)[^,。\n]{0,8}(?:接触|洽谈|面谈|见过面|谈过)|不排除[^,。\n]{0,6}(?:离开|离职|离任|出走|另谋)"
    r"|(?:拿到|收到|接了|签了)[^,。\n]{0,14}(?:录用函|录取函|聘书|offer)|(?:考虑|有意|打算|准备|计划)(?:离开|离职|出走|另起炉灶|换个环境|新的机会)|(?:在看|看)(?:新的?|外部|外面的?)?机会(?!成本)"
)
# A whole sentence that calls what was said before it false.
FALSE = regex(
    r"\b(?:none of (?:it|this|that)|not a word of (?:it|this|that)|neither) (?:is|was) true\b|\b(?:is|are|was|were|'s|isn't|wasn't|aren't|weren't) (?:also |all |both |simply |plainly |just |plain |completely |entirely |not |a |an )*(?:true(?<=not true)|true(?<=n't true)|untrue|false|made up|nonsense|fabricated|fabrication|invented|fake|hoax|wrong|incorrect|baseless|unfounded|fiction|rubbish)\b|\b(?:no truth|never happened)\b|^\W*(?:nonsense|false|rubbish|untrue|not true)\W*$|不实|不属实|假的|谣言|谣传|捏造|没有这回事|没这回事|子虚乌有|不是真的|并无此事|造谣|虚构"
)
FALSE_ALONE = regex(
    r"[\W_]*(?:(?:[a-z]+|[\u4e00-\u9fff]{2,4})\s?:\s?[*\"]*)?(?:(?:no|well|but|and|so|again|look|verdict),? )*(?:it|it's|that|that's|this|these|those|they|none of (?:it|this|that)|not a word of (?:it|this|that)|all of (?:it|this|that)|the (?:report|reports|story|stories|rumou?rs?|claims?|letter|screenshot|posts?|image|news|message|account)|there|both|neither|verdict|false|nonsense|untrue|not true|rubbish|fabricated)\b"
    r"|[\W_]*(?:[\u4e00-\u9fff]{2,4}:)?(?:这|该|此|上述|以上|相关|有关|网传|都是|全是|纯属|消息|传闻|内容|没有|没这|不实|假的|谣言|不是)"
)
REPORT_FALSE = regex(
    r"\b(?:reports?|rumou?rs?|claims?|stor(?:y|ies)|letters?|screenshots?|posts?|talk|speculation)\b[^.\n]{0,90}\b(?:resign\w*|leav\w+|left|quit\w*|depart\w*|exit\w*|packing|packed|off to|gone|going|out|defect\w*)\b[^.\n]{0,60}(?:\b(?:is|are|was|were|as|call(?:s|ed)(?: \w+)?|be) ?,? ?\"?(?:simply |entirely |completely |all |a |pure |totally |plainly )?(?:false|fakes?|forgery|hoax|fabricat\w+|untrue|baseless|unfounded|made up|invented|not true|nonsense|wrong))"
    r"|\bresignation (?:letter|note|e-?mail|memo)\b[^.\n]{0,60}\b(?:is|was) (?:a )?(?:fake|forgery|hoax|forged|fabricat\w+|false)"
)
HEARSAY = regex(
    r"\b(?:rumou?r\w*|report(?:s|ed|edly)?|claim\w*|stor(?:y|ies)|read|heard|hear|said|says|saying|post\w*|screenshot|letter|speculat\w*|convinced|apparently|headline|talk|gossip|whisper\w*|account|image|viral|circulat\w*|allege\w*)\b|\?|网传|传闻|传言|听说|据说|流传|有消息|爆料|截图|自媒体|帖子|发文称"
)
