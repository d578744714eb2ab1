"""What is left of a phrase after the words before it: negations, those that strengthen, and what others are said to say."""

from __future__ import annotations

import re

from .words import ORGANISATION, PERSON, Word

_CAN = "believe|wait|stop|help|get|be more|have been more|agree more|ask for|wish for|imagine|overstate|even"
_NOT = re.compile(
    r"(?<![a-z])(?:not(?! (?:gonna|going to) lie)|no|never(?! forget)|without|hardly|isnt|arent|wasnt|werent|wont|wouldnt|"
    r"dont(?! (?:forget|know how|hesitate))|doesnt|didnt(?! (?:think|know how|reali[sz]e how))|aint|nobody|none|neither|nor|nothing|"
    rf"(?:cant|cannot|can not|couldnt|could not)(?! (?:{_CAN})))(?: (?!only|just|merely)[a-z\ue000]+){{0,3}} $"
)
# "Never met a kinder person": no more of it elsewhere, so there is much of it here.
_BEYOND = re.compile(
    r"(?:never (?:had|have|been|met|seen|known|read|heard|worked|felt)|nobody|none|nothing|no(?! longer)|couldnt|cant|hardly)\b(?:.*? )?"
    r"(?:more|better|such|so|as|this|kinder|smarter|nicer|finer|greater|sharper|braver|wiser|prouder|happier|humbler|warmer|clearer|worse)\b"
)
_ENOUGH = re.compile(r"[^.!?;\n]{0,60}\benough\b")
# "Don't trust that fraud": the word itself is not denied.
_DENIED = re.compile(
    r"\b(?:trust|believe|listen to|follow|hire|forgive|like|defend|miss|need|want|work with|work for|support)"
    r"(?: (?:that|this|the|another|such an?))? $"
)
# "I don't think X did a good job": what is denied stands behind the one who judges and the person.
_JUDGED = re.compile(
    rf"(?:\b(?:dont|do not|doesnt|didnt|did not|wouldnt|would not|cant|cannot|couldnt|never|nobody|no one|hardly anyone|not|wont)"
    rf"(?: (?:really|actually|honestly|even|personally|necessarily|exactly|quite|going to|gonna|ever|have))?"
    rf" (?:think|thinks|thought|believe|believes|say|says|said|call|consider|considered|find|found|feel|felt|agree|sure|convinced|persuaded)|"
    rf"\b(?:i|we|who|anyone|many|seriously|really|highly) (?:seriously |really |highly |strongly )?(?:doubt|doubts|doubted|question|questions))"
    rf"(?: that| if| whether)? (?:{PERSON}s?|he|she|hes|shes|him|her)(?! (?:gets?|got|receives?|could|can) )"
    rf"(?: (?!only|just|merely|because|not|isnt|never|this|such|anything|nothing)[a-z{ORGANISATION}]+){{0,8}} $"
)
_JUDGED_ZH = re.compile(
    rf"(?<!你)(?<!你们)(?<!难道)(?<!大家)(?:不|没|没有|从不|并不|从没)(?:觉得|认为|感觉|相信|看出|觉着|同意|承认)(?:说|过)?"
    rf"(?:{PERSON}|他|她)[^，。！？,.!?不没]{{0,10}}$"
)
_NOT_ZH = re.compile(
    r"(?:不|没|没有|别|未|并非|绝非|无|非)(?:是|算|很|太|怎么|那么|这么|会|再|够|上|什么|个|一个|那种|这种|所谓的?|你们?说的|他们说的|大家说的|曾|过|"
    r"[让令使叫](?:人们?|我们?|大家|咱们?|谁|你们?|他们|任何人|粉丝|读者|同事|团队)?(?:感到|觉得)?){0,4}$"
)
# Two negations, or a question that knows its answer.
_YES_ZH = re.compile(
    r"(?:不得不|不能不|无法不|没法不|没人不|没有人不|无人不|谁不|无不|难道不是|不就是|还不是|可不是|不正是|岂不是)(?:个|一个|很|太)?$"
)
_ASKED_ZH = re.compile(r"(?:吗|么|嘛|又?是什么|还是什么|还能是)")
_OF_ME = tuple(
    ["my ", "im a ", "i am a ", "im an ", "im such a ", "i was a ", "i feel like a "]
    + ["我的", "我这个", "我这种", "我这", "我是", "我就是", "像我"]
)
_ALWAYS = (("report",), ("surprise",))
# What others are said to say is not the writer's word.
_CLAIMED = re.compile(
    r"(?:^|[^a-z])(?:anyone|anybody|whoever|everyone|people|those|they|you|stop|quit|haters|folks|guys|some|no one gets|nobody gets|dare)(?: [a-z]+){0,2}? "
    r"(?:call|calls|calling|called|say|says|saying|said|think|thinks|thinking|thought)(?: that)? "
    r"(?:\ue000|he|she|him|her|hes|shes)(?: (?:is|was|an?|the|just|so|some kind of)){0,3} $"
)
# "I used to admire X", "used to think X was a genius": not any more, unless the text goes on with "still".
_FORMER = re.compile(
    rf"\bused to (?:(?:really|actually|truly|genuinely|even|kind of|sort of|just) )*(?P<said>(?:think|believe|say|find|consider|call|see|be)(?: that)?"
    rf"(?: (?:{PERSON}s?|he|she|her|him|hes|shes|you))?(?: (?:is|was|were|as|the|an?|my|our|such|so|very|really|quite|one of|to be))* )?$"
)
_ESTEEM = re.compile("admir|respect|idoli|worship|look|believe|trust|stan|fan|defend|root|ador|rever|like")
_STILL = re.compile(r"[^.!?\n]{0,60}\b(?:still|always will|even more|now more)\b")
_FORMER_ZH = re.compile(
    rf"(?:以前|曾经|过去|原来|之前|本来|原本|原先|当初|还)(?:我|还|也|都|挺|很|真的?|蛮|特别|一直|总)*(?P<said>(?:觉得|以为|认为)(?:{PERSON}|他|她)?)?"
    r"(?:是|很|真|挺|个|一个|位|一位|那么|多|有多)*$"
)
_NOW_ZH = re.compile(r"[^。！？\n]{0,20}(?:现在|如今|后来)(?!.{0,8}(?:更|还是|依|仍|越|才|走|离|去世|没了))")
_ESTEEM_ZH = re.compile("崇拜|佩服|尊敬|敬佩|仰慕|喜欢|相信|看好|信任|欣赏|膜拜")
_CLAIMED_ZH = re.compile(r"(?:说|骂|喷|黑)(?:\ue000|他|她)(?:是|就是|很|太)?(?:个|一个|什么)?$")


def scoped(text: str, begin: int, at: int, to: int, word: Word) -> tuple[tuple[str, ...], float]:
    """Kinds and direction of a phrase, after a negation right before it."""
    if not (word.kinds or word.toward) or word.kinds in _ALWAYS or at == begin:
        return word.kinds, word.toward
    before = text[max(begin, at - 70) : at]
    if before.endswith("是不是"):
        return (), 0.0
    if word.toward < 0 and word.way != "laugh":
        said = _CLAIMED_ZH if _is_han(text, at) else _CLAIMED
        if before.endswith(_OF_ME) or said.search(before):
            return (), 0.0
    if not _is_negated(text, before, at, to, word):
        return word.kinds, word.toward
    if word.way == "faint" and word.toward > 0 and (_JUDGED.search(before) or _JUDGED_ZH.search(before)):
        return (), -word.toward
    if "praise" in word.kinds or (word.way in ("", "blame") and word.toward < 0):
        return (), -word.toward / 2
    return (), 0.0


def _is_han(text: str, at: int) -> bool:
    """Is the phrase Chinese? A name's sign at its beginning tells nothing."""
    at += text[at] in (PERSON, ORGANISATION)
    return "\u2e80" <= text[at : at + 1] < "\ue000"


def _is_negated(text: str, before: str, at: int, to: int, word: Word) -> bool:
    if _is_han(text, at):
        no = _NOT_ZH.search(before)
        no = no or _JUDGED_ZH.search(before)
        if no is None and word.toward > 0 and _is_former_zh(text, before, at, to):
            return True
        return no is not None and not _YES_ZH.search(before) and not _ASKED_ZH.match(text, to)
    if word.toward < 0 and _DENIED.search(before):
        return False
    if _is_former(text, before, at, to, word):
        return True
    if _JUDGED.search(before):
        return not _BEYOND.search(before)
    found = _NOT.search(before)
    if found is None or _BEYOND.search(found[0]):
        return False
    return not (found[0][:3] in ("can", "cou", "nev") and _ENOUGH.match(text, to))


def _is_former(text: str, before: str, at: int, to: int, word: Word) -> bool:
    former = _FORMER.search(before)
    if former is None or "sadness" in word.kinds or _STILL.match(text, to):
        return False
    return former["said"] is not None or _ESTEEM.match(text, at) is not None


def _is_former_zh(text: str, before: str, at: int, to: int) -> bool:
    former = _FORMER_ZH.search(before)
    if former is None or not _NOW_ZH.match(text, to):
        return False
    return former["said"] is not None or _ESTEEM_ZH.search(text, at, to) is not None
