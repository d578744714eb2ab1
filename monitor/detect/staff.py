"""Words that only staff writes of a departure, and those of users, interns and holders of stock."""

from __future__ import annotations

from .regex import regex

STAFF = regex(
    r"\b(?:team|colleagues?|teammates|crew|group|lab|office|badge|laptop|desk|manager|my (?:last|final|role|job|desk|notice|resignation|time)|last day|"
    r"final day|years|months|decade|role|job|resign\w*|notice|joining|joined|chapter|adventure|grateful|thankful|proud|honou?red|worked|"
    r"working with|coworkers|hired|research(?:er)?|engineer|scientist|internship|on-call|farewell|what's next|next stop|"
    r"next thing|what comes next|my next|i'll be next|time off|summer off|personal news|life update|more soon|dms? (?:are )?open|decided to leave|open to work|looking for work|my (?:dad|mum|mom|family|kids?|health|wife|husband)|thanks? (?:to )?(?:everyone|everybody|all)|thank you all|laid off|goodbyes?|learned|built|shipped|unemployed|free agent|new gig|gig|company|employer|gpus|cluster)\b"
)
_USER = regex(
    r"\b(?:api|subscription|subscrib\w+|pricing|price|prices|(?:dollars|bucks|euros|worth) of (?:api |output |input )?tokens|context caching|prompt caching|tokens? (?:price|cost|limit)|credits?|(?:pro|paid|free|monthly|max|team|starter|annual) plan|billing|invoice|customer|users?|merchant|sellers?|shop|"
    r"store|refund|switch(?:ed|ing)? (?:to|from|back)|moving (?:to|over to)|alternative|support ticket|support is|rate limits?|cheaper|"
    r"(?:please|pls|plz|,) hire me|hiring me|apply|applied|my application|cancel\w*|uninstall\w*|prompts?|local models?|self-host\w*|chatbot|app|fees?|as a (?:user|customer)|cli|endpoint|bills?|(?:euros?|dollars?|bucks|quid|usd|eur|\d) (?:a|per) (?:month|year|seat|million)|per seat|the (?:free|paid|pro) tier|outages?|latency|hallucinat\w+|workflow|our stack|my stack|autocomplete|claude|chatgpt|gpt\S*|llama|copilot|cursor|sonnet|opus|grok|context window|gemma|gemini|mixtral|codestral|kimi k?\d\S*|tool calling|quants?|gguf|ollama|vllm|lm studio|(?:runs?|works?|performs?) (?:much |far |so much |way )?(?:better|faster|fine|great|well)|just works|on my (?:laptop|mac|phone|machine)|(?:my|our) (?:side )?(?:project|codebase|repo)s?|(?:free|paid|pro) (?:[\w-]+ ){1,2}(?:tier|plan)|hello [a-z]\w+(?=[.!]*$)|(?:van keys|van driver|truck|delivery|driving|courier|warehouse|depot|parcels?|forklift|cashier|(?:the|a|my) till|pallets)\b|my startup|costs?|bucks|dashboard|instances?|migrat\w+)\b"
)
_INTERN = regex(
    r"\b(?:internship|intern|interned|placement|working student|summer school)\b(?! (?:i |who|whom|we))"
)
_STOCK = regex(
    r"\b(?:shares|share price|stocks?|portfolio|position at a loss|sold (?:all|my|half|everything)|dividends?|holdings?|calls and puts|bagholders?|at a loss|ticker|short(?:ed|ing)|bull(?:ish)?|bear(?:ish)?)\b"
)
_USER_ZH = (
    "考研",
    "进不去",
    "求收",
    "想进",
    "应聘",
    "割肉",
    "仓位",
    "股票",
    "股价",
    "套牢",
    "清仓",
    "概念股",
    "持股",
    "涨停",
    "跌停",
    "基金",
    "亏了",
    "配送",
    "客服",
    "开发票",
    "订阅",
    "会员",
    "套餐",
    "卸载",
    "接口",
    "用户",
    "商家",
    "店铺",
    "开店",
    "续费",
    "退款",
    "价格",
    "换成",
    "改用",
    "转用",
    "云服务器",
    "迁移",
)
SURELY_STAFF = regex(STAFF.pattern.replace("goodbyes?|", ""))
# What a user has not, whatever else of the product a text speaks of.
OF_A_JOB = regex(
    r"\b(?:resign(?:ed|ing|ation)?|notice|colleagues|coworkers|badge|hugged)\b|辞职|离职|工号|工牌"
)


def of_a_user(text: str) -> bool:
    """Does a folded text speak of the product, a stake or an internship?"""
    return bool(
        _USER.search(text)
        or _INTERN.search(text)
        or _STOCK.search(text)
        or any(word in text for word in _USER_ZH)
    )
