"""topics.py for Chinese: is a cold word the matter of work, or something suffered, and not said of a person?"""

from __future__ import annotations

import re

from .words import PERSON

_THING = re.compile(
    r"垃圾|骗|诈|抄袭|造假|剽窃|谎|霸凌|欺|小人|作弊|流氓|强盗|恶心|歧视|腐败|忽悠|割韭菜|打压|毒瘤|虚伪|pua|压榨|剥削|内斗|内耗|官僚|过拟合|幻觉|数据造假|灌水|水军|网暴|偷|学术"
)
_HEAD = re.compile(
    r"(?:回收|邮件|短信|分类|检测|识别|过滤|信息|评论|处理|焚烧|桶|箱|车|袋|话术|团伙|电话|案|犯罪|集团|网站|链接|号码|"
    r"治理|问题|现象|手法|套路|防范|预警|宣传|讲座|广告|场|发电|收集|内容|清运|站|行为|事件|受害者|风险|分子|语料|数据集)"
)
_GOVERNED = re.compile(
    r"(?:(?<!的)研究|讲解|讲述|介绍|(?<!的)讨论|(?<!的)分析|(?<!的)检测|识别|打击|举报|揭露|揭穿|警惕|防范|防止|预防|反对|(?<!适)反(?!正|而|复|映|应|倒)|"
    r"对抗|对付|曝光|批评|谴责|调查|关于|有关|解释|抵制|拒绝|遭遇|遭到|受到|处理|过滤|清理|呼吁|针对|治理|应对|远离|痛斥|"
    r"怒斥|抗议|起诉|识破|拆穿|提醒|警告|避免|杜绝|扔|捡|碰到|遇到|采访|报道|指认|关注|受害|抓|怎么防)"
    rf"(?:(?![是像说太真很都就这他她你]|{PERSON})[\u4e00-\u9fff、,，和与 ]){{0,10}}$"
)
_TALKED = re.compile(
    rf"(?<!的)(?:讲了?讲?|谈了?谈?|聊了?聊?)(?:(?![是像太真很都就这他她你一]|{PERSON})[\u4e00-\u9fff、和与]){{0,8}}$"
)
_PASSIVE = re.compile(
    rf"{PERSON}(?:也|曾经?|差点|又|居然|竟然|都|去年|今天|昨天|不幸|还|最近|以前|小时候|从小|在学校|上学时)*(?:被(?!爆|曝|指|发现|揭|扒|查|证|举报|质疑|骂|称|批|锤)|遭(?!到?举报))"
    rf"(?:(?!{PERSON})[^，。！？,.!?\n]){{0,10}}$"
)
_OF_US = re.compile(r"(?:我们?|大家|用户|学生|员工|投资人)[都也又全]*被$")
_VERB = re.compile(r"骗|欺|霸凌|打压|剥削|压榨|偷|坑")


def is_chinese_topic(text: str, begin: int, at: int, to: int) -> bool:
    """Is the cold phrase text[at:to] of a clause that starts at `begin` a topic and not said of the person?"""
    word = text[at:to]
    if not _THING.search(word):
        return False
    before, after = text[max(begin, at - 30) : at], text[to : to + 6]
    if word[0] in "骗偷" and before.endswith("被") and not _OF_US.search(before):
        return True
    if _HEAD.match(after) or _PASSIVE.search(before):
        return True
    if after.startswith(PERSON):
        return bool(_VERB.match(word)) and word[-1] not in "子贼货" and PERSON not in before
    if _GOVERNED.search(before) or before.endswith(("倒", "丢", "扫")):
        return True
    return word[0] not in "谎忽造吹" and PERSON in before and _TALKED.search(before) is not None
