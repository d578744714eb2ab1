"""Chinese words that put a text's news in doubt: people without a name who know it, and what nobody confirms."""

from __future__ import annotations

from ..events import Site
from ..regex import regex
from .words import HEDGES, TEXT_DOUBT

# Who is said to know without a name: 'it is reported', 'people who know'.
_UNNAMED = regex(
    r"(?<![\u4e00-\u9fff])据(?:多家|有关|相关|部分|外部|国内|当地|境外|海外|知名)?(?:外媒|媒体)?(?:报道|报导)(?:称|说|指)?[,，:：]?[^。!?！？;；\n]{0,40}$"
    r"|(?:知情人士?|知情者|消息人士|内部人士|业内人士|圈内人士|匿名人士|不具名人士|接近[^,，。]{1,12}的?人士?)[^,，。:：]{0,12}(?:透露|称|表示|说|爆料|指出|证实)[^。!?！？;；\n]{0,40}$"
)


def unsourced(text: str, low: int, start: int) -> bool:
    """Does a simplified sentence give only people without a name for what stands at `start`?"""
    return _UNNAMED.search(text[max(low, start - 70) : start]) is not None


# Nobody answers, or somebody asks where to and why: that does not touch what is told as a fact.
_NO_ANSWER = regex(r"回应|置评|回复")
_KNOWS = regex(
    r"(?:去哪|哪里|哪儿|哪家|下家|下一站|去向|为什么|为何|为啥|原因|谁接)[^。!?]{0,8}[?。,!]*\s*有人知道吗"
)
_TOLD = regex(
    r"(?:宣布|官宣|确认|证实|发文|公告|内部信|公开信)[^,。!?;]{0,16}?(?:离职|卸任|辞职|离任|离开|请辞|辞去|辞任)"
)


def doubts(text: str) -> bool:
    """Does a short text, or a part of one, call its news unconfirmed?"""
    found = TEXT_DOUBT.first(text)
    if found is None:
        return False
    word = text[found[0] : found[1]]
    if word == "有人知道吗":
        return _KNOWS.search(text) is None
    if _NO_ANSWER.search(word) and _TOLD.search(text) and HEDGES.first(text) is None:
        return TEXT_DOUBT.first(text[found[1] :]) is not None and doubts(text[found[1] :])
    return True


# 'If it is true that X has left': a rumour.
IF_TRUE = regex(r"[^。!?]{0,8}(?:属实|是真的|为真|坐实)")
# 'Y denies leaving' denies nothing of X's leaving.
_OWN_DENIAL = regex(
    r"¤+(?:本人|自己|则|随后|也|已|今日|今天){0,2}(?:否认|回应说?|澄清|表示|称)(?:自己|本人)?(?:要|会|将|已|也|没有?|不|打算|准备|计划){0,2}(?:离职|离开|辞职|跳槽|出走|走|离任|留)"
)


def next_denies(site: Site, marked: str, reach: int) -> int | None:
    """Where, behind the cue, somebody else than those before it speaks of their own leaving; None if nobody does."""
    named = {m.key for m in site.scene.named(site.low, site.start) if m.kind == "name"}
    for m in site.scene.named(site.end, min(len(marked), site.end + reach)) if named else ():
        if m.kind == "name" and m.key not in named and _OWN_DENIAL.match(marked, m.start):
            return m.start - site.end
    return None
