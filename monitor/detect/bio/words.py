"""The words of profiles: what says that a job is over, that it is not, and what is a job; all folded."""

from __future__ import annotations

import re

from ..regex import regex


def phrases(text: str) -> list[str]:
    """The phrases of a text, one between two commas or line ends, longest first."""
    found = {one.strip() for line in text.splitlines() for one in line.split(",") if one.strip()}
    return sorted(found, key=lambda one: (-len(one), one))


def any_of(text: str) -> str:
    """A pattern of any phrase of the text: a Latin one stands as words of its own, spaces match any run."""
    return "|".join(_pattern(one) for one in phrases(text))


def _pattern(phrase: str) -> str:
    plain = re.escape(phrase).replace(r"\ ", r"\s+")
    left = r"(?<![\w-])" if phrase[0].isascii() and phrase[0].isalnum() else ""
    right = r"(?!\w)" if phrase[-1].isascii() and phrase[-1].isalnum() else ""
    return left + plain + right


# A list of employers or a job follows, and all of it is over.
PAST_LIST = any_of(
    """former, formerly, prev, prev., previous, previously, once of, once at, once with, once upon a time, once a, once the, past, past:, used to,
    was, were, until recently, till recently, late of, lately of, recovering, then, past life, past lives, former life, former lives, previous life,
    previous lives, other life, another life, earlier life, survivor of, refugee from, refugee of, escapee from, parolee of, defector from, fugitive from,
    emeritus, emerita, retd, earlier:, before:, before that, before this, previous:, nothing to do with, led, headed, in the past, back in the day, at one time, erstwhile, lapsed,
    sometime, quondam, onetime, one-time, alum, alumnus, alumna, alumni, ex-employee of, ex-member of, veteran of, graduate of, at various times,
    曾任, 曾在, 曾经, 曾是, 曾就职, 曾供职, 曾任职, 曾效力, 曾服务, 曾为, 曾带, 曾管, 曾负责, 曾主管, 曾主持, 曾领导, 曾于, 曾混, 曾待, 曾工作, 曾打工, 曾写, 曾做, 曾@, 曾 @, 曾 at,
    从前在, 从前是, 以前在, 以前是, 以前做, 过去在, 过去是, 此前在, 之前在, 昔日, 前半生在, 前东家, 前司, 上家, 老东家, 前雇主, 过往, 履历:"""
)
# One employer or title follows.
PAST_ONE = (
    r"(?<![\w-])ex[- :./@]{1,3}|(?<![\w-])ex$|(?<![\w-])post-(?!train|pre|doc|grad|prod|process)(?=\w)|(?<![\w-])after \w+ years (?:at|with)\b"
    r"|前(?!端|沿|后|線|线|进|景|途|面|缀|言|台|瞻|锋|半|任领|排|浪|年|天|女友|男友|妻|夫|额|列|者|方|所|辈)|原(?!创|创作|理|生|因|则|型|子|来|谅|本|味|神|地|版)"
)
# A verb of leaving, with the employer as its object.
PAST_VERB = any_of(
    """left, quit, departed, recently left, recently departed, just left, have left, resigned from, retired from, escaped, escaped from, fled, graduated from, graduated, free of,
    freed from, no longer, no longer at, no longer with, laid off, laid off by, laid off from, fired by, fired from, let go by, let go from, parted ways with, parted from, moved on from, walked out of,
    walked away from, stepped down from, stepped away from, on my way out of, on the run from, done with, finished with, retired, released from, survived, outgrew, bailed on, jumped from, poached from, exiled from,
    no more, not at, not with, 离开, 离开了, 已离开, 刚离开, 告别, 告别了, 作别, 毕业于, 脱离, 不再属于, 不属于, 逃离, 退出, 辞别, 挥别, 走出, 辞了, 辞去, 卸任, 逃出, 被裁于, 下岗于, 出走, 裸辞, 被"""
)
# What may stand between such a verb and its object.
BETWEEN = regex(
    r"(?:[\s@:\"'(]|(?:from|of|the|my|a|an|job|role|post|at|with|life|behind|by|old|dear|for good|being|working|position|seat|desk|team|employed|part|lab|affiliated|associated|big|company|called|了|大厂|老东家|前东家|东家|工作)(?![\w]))*"
)
# Behind the employer or the title: what says that it is over.
PAST_BEHIND = (
    r"(?:alum(?:nus|na|ni)?|veteran|refugee|survivor|escapee|parolee|retiree|dropout|defector|graduate|expat|emerit(?:us|a))(?![\w])"
    r"|[(\[](?:the )?(?:former|formerly|ex|prev|previously|past|past tense|past life|left|retd|retired|resigned|alum|until|till|done|lapsed|once|ended|gone|departed|quit|over|expired|deprecated|end of life|eol|"
    r"前|前任|卸任|已卸任|已离职|离职|已离|已退役|退役|已毕业|毕业|退休|已退休|过去式|过去时|曾经|旧|已走|已辞|辞职|已辞职)[^)\]]{0,16}[)\]]"
    r"|,? ?[-—]? ?(?:past tense|retd|lapsed|as was|no longer|no more|in a past life|in another life|in a former life|before that|before this|beforehand|back in the day|once upon a time|not any ?more)(?![\w])"
    r"|,? ?(?:until|till|'til|til) (?:recently|lately|this|last|the |just|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|20\d\d)"
    r"|出身(?!地)|校友|前员工|前同事|老兵"
)
# The same in Chinese, close behind: '奥林离职员工', '奥林前技术负责人'.
BEHIND_ZH = regex(
    r"[^,，。|｜;；/\s\d]{0,6}?(?:离职(?!率|潮|互助|群|博|文|交|流|手)|退役(?!的?只)|毕业(?!季|设|典|照|论)|下岗|卸任|辞职(?!信)|被裁|裁员幸存|逃兵|出逃|遗老|遗民|旧部|旧人|逃离)"
    r"|[^,，。|｜;；/\s]{0,8}?前任? ?(?:员工|负责人|技术|主管|总监|经理|研究|工程|科学|首席|成员|算法|产品|打工|一号位|掌门|高管|骨干|码农|程序|架构|tech|lead|engineer|researcher|head|staff|pm|小兵|小弟|社畜|搬砖|螺丝)"
    r"|[^|｜;；/]{0,16}?[,，。(（](?:那|这|都|已|这都)?(?:已经)?是?(?:从前|以前|过去|曾经|往事|前世|上辈子|历史|前尘|老黄历)(?:了|的事)?(?:[,，。!)）|｜;；]|$)"
    r"|[^|｜;；/,，。]{0,16}?[,，(（ ](?:现|已|刚|今|目前)?已?(?:离职|辞职|卸任|离开|离任|退役|毕业|退休|被优化|被裁|走人|离岗|退出|跑路)(?:了|中|状态)?(?:[,，。!)）|｜;；]|$)"
)
# '从奥林出来', '在奥林待过', '被奥林优化'.
OUT_OF_ZH = regex(
    r"[^,，。|｜;；]{0,5}?(?:出来|毕业|离开|离职|辞职|跑路|退役|下岗|逃|润|出走|裸辞|被裁|下车|上岸|退休|撤|滚)"
)
BEEN_ZH = regex(
    r"[^,，。|｜;；]{0,6}?(?:待|呆|干|混|做|写|带|管|训|打|搬|拧|熬|卷|修|上|工作|任职|供职|任|当|教|炼|效力|服务|奋斗|战斗|摸)过"
)
DID_ZH = regex(r"(?:主持|带|做|待|呆|干|供职|任职|就职|服务|领导|管|写|训|打工|效力|上班|参与|负责|领)过$")
BY_ZH = regex(r"(?:给|所)?(?:优化|裁|毕业|开|辞退|劝退|炒|踢|赶|扫)")
BEFORE_ZH = regex(r"(?:以前|之前|前)(?:在|于|是)?$")
# A plain past tense, which tells only beside what the owner does now.
DID = regex(
    r"\b(?:did|ran|built|wrote|worked|trained|taught|shipped|herded|managed|served|kept|fixed|tuned|made|looked after|helped|debugged|scaled|designed|coded|labelled|sold|bought|spent)\b[^.|;·•]{0,50}\b(?:at|for|with|in|inside|on)\s+(?:the )?$"
)
SPENT = regex(r"\bspent\b[^.|;·•]{0,40}\bat\s+$")
NOW = regex(
    r"\b(?:now|currently|these days|today|since then|presently|nowadays|afterwards|then|until|till|before|next)\b|现|如今|目前"
)
# Who speaks of the organisation without having worked there.
NOT_STAFF = regex(
    r"\b(?:intern|interns|internship|interned|user|users|fan|fans|customer|hater|visiting|contractor for a day|merchant|seller|shareholder|investor|enthusiast|critic|power user|subscriber|skeptic|sceptic|beta tester)\b"
    r"|\b(?:used to|i) (?:like|love|hate|use|pay|think|believe|trust|fear|prefer|review|cover|report on|write about|follow)\b"
    r"|实习|用户|粉丝|股东|商家|会员|重度|投资人|代理商"
)
# What is a job, and not a habit that somebody has given up.
JOB = regex(
    r"\b(?:lead|leader|head|boss|chief|director|manager|engineer\w*|research\w*|scientist|staff|member|models?|code|coder|coding|training|post-training|pre-training|infra|infrastructure|evals?|evaluations?|kernels?|compilers?|"
    r"data|speech|vision|robotics|product|team|inference|retrieval|multimodal|multilingual|safety|alignment|rl|rewards?|gpus?|clusters?|tokenizers?|tokens?|architect|developer|dev|programmer|pm|vp|cto|ceo|agents?|search|ops|tech|"
    r"technical|principal|senior|nlp|llms?|ml|ai|reasoning|design\w*|recruit\w*|employee|colleague|founder|analyst|comms|policy|systems|hardware|quantization|pretraining|posttraining|@\w+)\b"
    r"|负责人|工程师|研究员|科学家|主管|总监|经理|员工|模型|算法|训练|评测|推理|产品|技术|程序员|架构|数据|语音|视觉|打工|代码|组长|一号位|大学|公司|研究院|实验室|科技|银行"
)
# 'ex-smoker at ORG': no job, and so no former one.
HABIT = regex(
    r"(?:ex|former|formerly|previously|prev|recovering|lapsed|前)[\s:.-]*(?:an? )?(?:shy|fat|thin|tall|drummer|cool|young|human|happy|smoker|vegan|vegetarian|physicist|chemist|academic|optimist|pessimist|child|kid|night owl|insomniac|"
    r"cellist|violinist|gamer|hipster|cited|hausted|cellent|tra|pert|istential|perienced|pat|lawyer|barrister|banker|philosopher|mathematician|biologist|teacher|nurse|chef|barista|swimmer|runner|athlete|soldier|pilot|perfectionist|"
    r"overachiever|goth|googler|punk|poet|dancer|monk|introvert|extrovert|stand-up)\b"
)

# That the owner is still there, in plain words.
NOT_GONE = regex(
    r"(?:\b(?:have|has|did|do|am|is|are|was|were|will|won|haven|hasn|didn|don|ain|isn|aren|wasn)?['’]?(?:\s?not|n't|n’t|t)|\bnever|\bno one) (?:actually |yet |been |even |yet actually )?(?:left|quit|resigned?|leav(?:e|ing)|gone|departed?|fired|poached|retired|going anywhere|moved on|an ex)"
    r"(?= (?:anywhere|yet)|\s*(?:[.,;:!|)…—–-]|$)|(?: from| the lab| my (?:job|team))?)"
)
NOT_EX = regex(
    r"\bnot (?:an )?ex\b|\bno ex-|\bgoing nowhere\b|\bnot going anywhere\b|\bremain(?:s|ing)? at\b|\bstaying (?:put|at)\b"
)
NOT_GONE_END = regex(
    r" ?(?:anywhere|yet|either|at all|though|orrin)?\s*(?:[.,;:!?|)…—–/·•]|-|$|stop|despite|whatever|contrary|no matter)"
)
SET_RIGHT = regex(
    r"\b(?:contrary to|despite|rumou?rs?|newsletters?|forums?|headlines?|gossip|whatever (?:the|you)|no matter what|regardless of|fake news|stop (?:asking|dming|emailing|calling|messaging)|for the last time|yes, (?:really|still|today)|in case you)\b"
)
STILL = regex(
    r"\bstill (?:at|with|in|on the payroll|employed|here|work(?:ing)? (?:at|for)|around)\b|\bstill(?: the)?(?: \w+){0,1} (?:lead|head|boss|chief|engineer|researcher|manager|tech lead)\b"
)
STILL_ALONE = regex(r"(?:^|[.!?;|] ?)(?:yes,? )?still(?: here)?(?=[.!;|]|$)")
NOT_GONE_ZH = regex(
    r"(?:(?<!还)(?<!尚)(?:没有?|未)|并未|从没|从未|并没有?|不曾|还没(?!毕)|不会|不打算|没打算|没想)(?:被|要|有)?(?:走(?!样|神|红|丢|心|眼|到|进|过|上|下|出|遍|完|火|失|散)|离职|离开|离任|跳槽|跑路?|润|被?挖|被?裁|被?开|辞职?|创业|卸任|退休|换工作|换东家|毕业|失业|下岗|另谋|出走)(?:掉|了|走|过|成)?(?=[,，。!！|｜;；、…~\s]|$|§|吗|啊|呢|哦|勿|别|再|都|,)"
)
STILL_ZH = regex(
    r"(?:还|仍|仍然|依然|依旧|一直)在(?=§|岗|职|呢|啊|[,，。!！|｜;；]|$)|人(?:还|仍)?在§|[不没]走[,，。!]"
)
SET_RIGHT_ZH = regex(r"谣|辟谣|营销号|别信|勿信|别传|别问|再问|勿念|打听|假的|不实|传闻")
BYE = regex(r"rumou?rs? of|reports of|离职.{0,6}(?:谣|假|不实)|没离职|未离职")
