"""How sure a Chinese text is of a departure: asserted, rumoured, denied, or only imagined (none)."""

from __future__ import annotations

import re

from .events import Site, Standing

_NOT = re.compile(
    r"(?:没有?|沒有?|未|并未|並未|并没有?|並沒有?|不会|不會|不可能|不打算|从未|從未|从没|從沒|没想过|没想過|没想着|无意|無意|不想|(?<!怕)(?<!该)(?<!會)(?<!会)不是要?|并非|並非|暂不|不肯|不准备|不準備|绝不|絕不|没说要?|没打算|毫无)"
    r"(?:真的|打算|考虑|考慮|想|要|正式|主动|主動|提出|会|會|从|從|被|§|¤|公司|过|過|因此|任何|计划|計劃){0,4}$"
)
_SIMPLE_NOT = re.compile(r"(?<![要是])不$")
_HEDGE = re.compile(
    r"听说|听(?:我|同事|朋友|人|群里|一个|内部|前|某|友商|猎头)[^,。]{0,6}[说讲]|听来的?|传出|八成|十有八九|多半|估摸|搞不好|说不定|没准|保不齐|不排除|有可能|有意(?!思|义|见)|拟(?=离|辞|卸|退|出)|风闻|耳闻|有迹象|迹象|苗头|据爆|深夜爆|知情者|熟悉.{0,4}人士|有(?:朋友|同事|员工|网友|人|猎头)(?:称|说|透露|爆)|传了?(?:好久|很久)|盛传|推测|猜想|揣测|目测|盲猜|押|直觉|预感|据说|據說|网传|網傳|有传|有傳|盛传|盛傳|传闻|傳聞|传言|傳言|据传|據傳|谣传|風傳|风传|疑似|疑(?=已|将|从|離|离)|或将|或將|或(?=从|離|离|已|要|于|被)|恐(?=将|將|已|要|怕|离)|可能|也许|也許|或许|或許|大概|大概率|估计|估計|"
    r"好像|似乎|貌似|看来|看來|感觉|感覺|怀疑|懷疑|是不是|是否|有没有|有沒有|会不会|會不會|真的假的|求证|求證|求辟谣|有人说|有人說|有人爆料|爆料|消息称|消息稱|消息人士|消息说|消息指|知情人|内部人士|內部人士|"
    r"内部消息|小道消息|坊间|(?:脉脉|微博|群里|网上|论坛|圈内|业内|热搜|知乎|小红书)(?:上|里)?(?:都|都在|有人|在)?(?:说|传|爆|热议|流传)|坊間|据悉|據悉|据了解|有消息|考虑(?:离|辞|走|是否|跳|要)|考慮(?:離|辭|走)|(?:在|正|曾)考[虑慮]|想要?离|不知道|不知|不确定|不確定|不清楚|未必|猜|八卦|吃瓜|据可靠|据内部|接近.{1,8}人士|匿名|朋友说|朋友說|我朋友|同学说|群友|被曝|被爆|有望|怕不是|怕是|蹲一个|萌生|酝酿|打听|难道|難道|莫非|据传闻|某员工|有员工称|"
    r"(?:说|說)是(?:要|已)|传(?=¤|§|他|她|将|將|要|已|奥)|傳(?=¤|§|他|她|將|要|已)|该不会|該不會|不会是|不會是|要是真|据称|據稱|据报道|據報導|i heard|hearing|may |might |rumou?r|reportedly|allegedly"
)
_HEDGE_AFTER = re.compile(
    r"^§{0,12}的?(?:消息|新闻|事儿?)[^,。]{0,4}(?:传|流传|满天飞|刷屏)|^[^,。]{0,4}传(?:了|开|得)|^[^,。!?;]{0,10}(?:吗|嗎|(?<!什)么[?。,!]|(?<!什)麼|没有?\?|了没|了沒|传闻|傳聞|传言|傳言|疑云|疑雲|猜测|猜測|风声|風聲|的说法|的消息是真|真的假的|吧\?)|^[^。!?]{0,16}(?:真假|真的吗|真的嗎|是真的\?|未经证实|未經證實|未获证实|未獲證實|待证实|待證實|不保真|待确认|有待确认|属实\?|真的假的|有人知道|求证|存疑|没有官宣|尚未官宣)"
)
_TEXT_DOUBT = re.compile(
    r"未经证实|未經證實|未获证实|未獲證實|尚未证实|尚未證實|不保真|真假未知|真假不知|待证实|真的假的|求辟谣|求证|有无知情|等官宣|等官方|尚无官方|真实性未|没有官方确认|官方未回应|未予置评|未置评|暂无回应|暂未回应|暫無回應|有人知道吗|慎信|不保熟|仅供吃瓜|看个乐|真伪难辨|未核实|没实锤|无实锤|等实锤|坐等|信不信由你|信一半|当瓜看|无法核实|未能核实|无法证实|未能证实|尚未核实|不愿置评|不予置评|拒绝置评|没有正面回应|未正面回应|未作回应|未回复|一手消息没有|消息待核实|真伪"
)
_IMAGINED = re.compile(
    r"如果|要是(?!真)|假如|假设|假設|万一|萬一|倘若|若是|(?<![倘似宛般])若(?!干|有所)|除非|希望|但愿|梦见|夢見|梦到|夢到|梦里|梦中|做梦|个梦|做梦|梦到|想象|想像|假想|脑补|担心|擔心|害怕|生怕|哪天|有朝一日|一旦|等到|千万别|"
    r"不要|(?<![特级区个告性派])别(?=走|离|離|辞|让|再)|愚人节|小说|剧本|段子|玩笑|风险|風險|赌|宁可|只要|就算|哪怕|即使|除非|假使|设若|如若|试想|虚构|科幻|番外|脑洞|整活|若有一天|真有一天|有一天|以为|以為|差点|本想|曾想"
)
_DENIAL = re.compile(
    r"假的|假消息|假新闻|谣言|謠言|辟谣|闢謠|不实|不實|造谣|造謠|瞎编|瞎編|编的|編的|子虚乌有|子虛烏有|否认|否認|无稽|無稽|没有的事|沒有的事|胡说|胡說|扯淡|误传|誤傳|误会|誤會|"
    r"别信|別信|乌龙|烏龍|纯属|純屬|捏造|不属实|不屬實|并非事实|鬼扯|瞎说|瞎說|以讹传讹|假料|不是真的|P的|p的|p图|P图|碰瓷|带节奏|別傳|别传|别造|谁说|誰說|哪来的|沒這回事|没这回事|才没|作罢|撤回|收回|反悔|没走成|没离成|走不了|走不成|黄了|取消了|变卦|澄清|不属实|没影的事|没影儿|无中生有|凭空|瞎传|瞎猜|乱传|胡诌|虚假|假新闻|张冠李戴|断章取义|标题党|别瞎|别听|别乱|不攻自破|打脸|更正|致歉|道歉|撤稿|删稿|不可信|没谱|扯吧|假料|编故事|伪造|误读|系伪|造假|没这事|搞错了|认错|弄错|传错"
)
_SARCASM = re.compile(r"^[\s\"]*(?:对对对|是是是|嗯嗯|哦对|好好好|行行行|可不是|呵呵)")
_WHY = re.compile(
    r"为什么|為什麼|为何|為何|怎么会|怎么就|怎麼|去哪|何去何从|意味|谁来|誰來|由谁|什么时候|凭什么|怎么办|怎麼辦|啥|咋|到底.{0,4}(?:什么|何)|原因|幕后|会怎样|何时|下一个|影响|谁能|又怎样"
)
_YEAR = re.compile(r"((?:19|20)\d\d) ?年?")
_LONG_AGO = re.compile(
    r"去年|前年|多年前|[一二三四五六七八九十两几]年前|当年|當年|早年|十年前|大学时|读书时|学生时代|年轻时"
)
_CONFIRMED = re.compile(
    r"^[^。!?]{0,14}(?<![未没待求有])(?:确认属实|证实属实|(?:公司|官方|本人|方面)(?:已|均|现已)?(?:确认|证实)|消息属实)(?!吗|\?)"
)
_RUMOUR_NOUN = re.compile(
    r"^(?:的)?(?:传闻|傳聞|传言|傳言|谣言|謠言|疑云|猜测|猜測|流言|谣传|小道|風聲|风声)"
)


def standing(site: Site, marked: str, low: int) -> Standing:
    """What the words round a cue make of its departure; `marked` is the text with its names as signs."""
    before, after = (
        marked[max(low, site.start - 60) : site.start],
        marked[site.end : min(len(marked), site.end + 60)],
    )
    until_person = after.split("¤")[0]
    clause = re.split(r"[,。;!?\n]", before)[-1].rstrip()
    if _SARCASM.search(marked[site.low : site.low + 8]):
        return "denied"
    if _denied(before, until_person, site.scene.text[site.low : site.end]):
        return "denied"
    if site.cue.rule == "zh.verb.or_not":
        return "rumoured"
    if re.search(r"(?:有没有|有沒有|是不是|会不会|會不會)[^,。]{0,8}$", clause):
        return "rumoured"
    if (_NOT.search(clause) or _SIMPLE_NOT.search(clause)) and not _reason_follows(clause, until_person):
        return "none" if re.search(r"希望|但愿", before) else "weakly_denied"
    if _IMAGINED.search(before):
        return "none"
    if dated_before(before[-26:], until_person, site.scene.post.created_at.year):
        return "none"
    if _CONFIRMED.search(after):
        return "asserted"
    if _HEDGE.search(before) or _RUMOUR_NOUN.match(after) or _HEDGE_AFTER.search(after):
        return "rumoured"
    return "rumoured" if _asked(before, after) else "asserted"


def _reason_follows(clause: str, after: str) -> bool:
    return clause.endswith("不是") and bool(re.match(r"[^。]{0,12}[,;]是", after))


def _denied(before: str, after: str, sentence: str) -> bool:
    if re.match(r"(?:是|那是|这是|這是)?不可能", after):
        return True
    m = _DENIAL.search(after)
    if (
        m
        and not re.search(r"(?:不是|并非|没有|没|未)$|还是|\bor ", after[: m.start()])
        and not re.search(r"^[^?。!]*。.*。", after[: m.start()])
    ):
        return True
    m = _DENIAL.search(before)
    return (
        m is not None
        and not re.search(r"(?:不是|并非|没有|没|未|求|请)$", before[: m.start()])
        and "¤" not in before[m.end() + 12 :]
    )


def dated_before(clause: str, after: str, year: int) -> bool:
    """Is the departure dated to a calendar year before `year`?"""
    near = clause[-30:] + "#" + re.split(r"[,。;]", after)[0][:12]
    if any(
        int(m.group(1)) < year and "入职" not in near and "加入" not in near for m in _YEAR.finditer(near)
    ):
        return True
    return bool(_LONG_AGO.search(clause[-24:]))


def _asked(before: str, after: str) -> bool:
    m = re.search(r"[,。!?;\n]", after)
    ends = after[m.start()] if m else ""
    if ends == "?":
        return not (_WHY.search(before) or _WHY.search(after[: m.start() if m else 0]))
    return False


def doubted_text(text: str) -> bool:
    """Does the text as a whole call its news unconfirmed?"""
    return bool(_TEXT_DOUBT.search(text))
