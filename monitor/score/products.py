"""Cold words that are said of a model, its documents or its service, and not of the person whom the text names."""

from __future__ import annotations

import re

from .words import ORGANISATION, PERSON

_REACH = 80  # characters before the words in which their subject stands
_NOUN = (
    r"(?:models?|checkpoints?|release|versions?|apis?|docs?|documentation|weights|tokenizers?|repo|library|app|website|server|"
    r"endpoint|demo|ui|chatbot|notebook|installer|sdk|benchmarks?|datasets?|quants?|license)"
)
_HOW = (
    "is|are|was|were|has been|have been|keeps|still|just|so|really|totally|absolutely|literally|such|an?|the|very|too|always|again|now|"
    "honestly|completely|pretty|kinda|looks?|feels?|seems?|got|gets|also|at best|currently|basically"
)
# "The new model is", before the words; "X's model is" blames whoever made it.
_SUBJECT = re.compile(
    rf"(?:^ |(?:^|[^a-z{PERSON}])(?<!{PERSON}s )(?<!{PERSON} )(?:the|this|that|these|those|your|their|our|its|all|{ORGANISATION}s?)"
    rf"(?: (?!(?:of|who|that|by|about|with|for)\b)[a-z0-9.-]+){{0,2}}? ){_NOUN}(?: (?:{_HOW}))* $"
    rf"|^{PERSON} (?:the|this|that|your) (?:[a-z0-9.-]+ ){{0,2}}?{_NOUN}(?: (?:{_HOW}))+ $"
)
_NOUN_ZH = "(?:模型|版本|新版|接口|api|文档|代码|权重|服务器?|app|demo|网页|官网|推理|checkpoint|tokenizer)"
_WHICH_ZH = f"(?:这个?|那个?|该|新|旧|大|你们?家?的?|他们家?的?|{ORGANISATION}的?)"
_HOW_ZH = "(?:真的|实在|居然|竟然|怎么|这么|那么|简直|完全|经常|已经|有点|一直|老是|总是|又|也|都|就|还|太|真|老|总|好|很|是)"
_SUBJECT_ZH = re.compile(
    rf"(?<!{PERSON})(?<!{PERSON}的)(?<!{PERSON}家)(?<!{PERSON}家的)(?:^|{_WHICH_ZH}){_WHICH_ZH}{{0,2}}{_NOUN_ZH}{_HOW_ZH}{{0,4}}$"
    rf"|你们?家?的?{_WHICH_ZH}?{_NOUN_ZH}{_HOW_ZH}{{0,4}}$"
)
_WARE_ZH = ("模型", "api", "代码")
# Whose doing it is said to be.
_MAKER = re.compile(
    rf"[^.!?\n。！？]{{0,40}}(?:because of|thanks to|due to|courtesy of|since|after|under|blame|by|怪|因为|拜|自从) ?{PERSON}"
)


def is_of_product(text: str, begin: int, at: int, to: int) -> bool:
    """Are the cold words text[at:to] of a clause that starts at `begin` said of a product?"""
    start = max(begin, at - _REACH)
    before = ("" if start == begin else "…") + text[start:at].lstrip(" ，,")
    if not before or PERSON in text[at:to]:
        found = None
    elif "\u2e80" <= text[at] < PERSON:
        found = _SUBJECT_ZH.search(before)
    else:
        found = _SUBJECT.search(before if before[0] == PERSON else f" {before}")
    of_ware = text[at:to].endswith(_WARE_ZH) and PERSON not in text[begin:at]
    return (found is not None or of_ware) and _MAKER.match(text, to) is None
