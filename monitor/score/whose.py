"""Whose words and feelings they are: what a text lets the person say or feel is no reaction to the person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .cues import Cue
from .marked import Marked
from .words import ORGANISATION, PERSON

_MOST = 50  # quotations read of a text
_NEAR = 120  # characters around a quotation that tell whose it is
_OPENINGS = {'"': '"', "“": "”", "「": "」", "『": "』", "«": "»"}
_OPENING = re.compile(f"[{''.join(_OPENINGS)}]")
_SAID = (
    "(?:said|says|saying|wrote|writes|writing|posted|posts|tweeted|tweets|announced|announces|added|adds|shared|shares|"
    "declared|replied|responded|explained|explains|signed off|concluded|stated|admitted|confirmed|told|tells|put it)"
)
_HER = f"(?:{PERSON}|she|he)"
_ASIDE = r'(?:,[^".!?\n]{1,60},)?(?:,? who)?(?: (?:has|had|have|also|then|just|later|is|was|simply|only|once|now|publicly))*'
# Nobody else begins to speak in between.
_ON = (
    r'(?:(?! (?:and|but|as|while|everyone|everybody|fans|people|colleagues|users|critics|many|some|others|i|we) )[^".!?\n])'
    "{0,60}"
)
_LETTER = (
    "(?:farewell|goodbye|good bye|statement|note|letter|messages?|posts?|tweet|words?|announcement|memo|e?mail|thread|bio|"
    "speech|reply|answer|quote|line)"
)
_SAID_ZH = "(?:说|道|表示|称|写|发文|宣布|坦言|回应|告别|留言|感慨|直言|透露)"
_LETTER_ZH = "(?:告别信|公开信|声明|原话|离职信|推文|微博|朋友圈|帖子|发言|留言|签名|全文|辞职信|内部信|简介)"
_IN_ZH = '[^「“",.!?，。！？\n]'
_OTHERS_ZH = '(?![^"「“\n]*(?:被|网友|大家|同事|粉丝|有人|人们|人|我))'
# What stands before a quotation of the person's.
_BEFORE = re.compile(
    rf"(?:(?P<name>{PERSON})(?: on [^.!?:\"\n]{{1,60}})?: ?"
    rf"|(?P<said>{_HER}){_ASIDE} {_SAID}\b{_ON}"
    rf"|(?P<whose>{PERSON})s (?:[a-z]+ ){{0,3}}{_LETTER}\b{_ON}"
    rf"|\b{_LETTER} (?:from|by) (?P<by>{PERSON}){_ON}"
    rf"|(?P<zh>{PERSON}|[她他]){_OTHERS_ZH}{_IN_ZH}{{0,12}}?{_SAID_ZH}{_IN_ZH}{{0,8}}"
    rf"|(?P<zhs>{PERSON})的?{_IN_ZH}{{0,6}}{_LETTER_ZH}{_IN_ZH}{{0,4}})$"
)
# What stands behind it: she wrote; said Mara Venn; - Mara Venn.
_AFTER = re.compile(
    rf" ?[,.!?，。]? ?(?:(?P<said>{_HER}){_ASIDE} {_SAID}\b"
    rf"|{_SAID} (?:(?!(?:about|of|to|on|no|nobody|for|and|everyone)\b)[a-z{ORGANISATION}]+,? ){{0,5}}?(?P<name>{PERSON})"
    rf"|[-—–~]{{1,2}} ?(?P<signed>{PERSON})(?= ?(?:$|[,.(\n]))"
    rf"|(?P<zh>{PERSON}|[她他]){_IN_ZH}{{0,8}}?{_SAID_ZH})"
)
_GOES_ON = re.compile(r'[^".!?。！？\n]{0,40}[.,:;。，]? ?')
_RETOLD = re.compile(f" ?rt @?(?P<name>{PERSON}) ?: ?")
# Whoever is spoken to, or of, does not speak.
_SPOKEN_TO = re.compile(
    r"(?:\b(?:to|for|about|on|of|with|tell|told|thank|thanks|dear|hey|hi|bye|goodbye|rip|against|at|toward|towards|miss|love|"
    r"asked|ask|and|congrats|congratulations)|[对向跟和给祝致送问谢]|告诉|关于|评价|怀念) ?@?(?:the )?$"
)

_FELT = frozenset({"anger", "worry", "surprise", "sadness", "gratitude", "praise"})
_FEELS = re.compile(
    rf"{PERSON}(?<!ing .)(?<!to .)(?<!of .)(?<!on .)(?<!for .)(?<!by .)(?<!with .)(?<!without .)(?<!about .)"
    r"(?: (?:(?:is|was|isnt|wasnt|seems|seemed|feels|felt|looks|looked|sounds|sounded|got|gets|remains|remained|became|"
    r"has been|had been|(?:said|says|admits|admitted) (?:she|he)(?: is| was|s)?|very|so|really|also|still|deeply|reportedly|quite|too|not|"
    r"just|now|extremely|clearly|visibly|said to be|publicly|has|had)\b))*"
    r"(?: (?:angry|furious|livid|mad|upset|annoyed|frustrated|irritated|fuming|outraged|worried|concerned|anxious|afraid|scared|nervous|"
    r"surprised|shocked|stunned|amazed|heartbroken|devastated|sad|saddened|grateful|thankful|disappointed|disgusted|worries|fears|feared|"
    r"thanked|praised|mourned|lamented|missed)(?! (?:you|her|him)\b)"
    rf"| (?:thanks|praises|mourns|misses|laments) (?:the|her|his|all|every[a-z]*|colleagues|fans|users|those|{PERSON}|{ORGANISATION}))(?![a-z])"
)
_FEELS_ZH = re.compile(
    rf"{PERSON}(?<![对向为替给因跟和于].)(?<!失去.)(?<!没有.)(?<!没了.)(?<!看到.)(?<!听到.)(?<!离开.)(?<!告别.)(?<!少了.)(?<!想到.)(?<!提到.)"
    r"(?:也|还|再次|曾|已|在|特别|非常|十分|很|有点|真的|对此|感到|表示|一直|都|就|最近|[对向][^，。,.!?！？\n]{1,10}){0,4}"
    rf"(?:(?:感谢|感激)(?:了|过|全体|团队|大家|同事|所有|公司|她的|他的|自己|家人|各位|粉丝|用户|{PERSON}|{ORGANISATION})"
    "|致谢|道谢|生气|愤怒|担心|担忧|忧虑|难过|伤心|惊讶|震惊(?!了|我|全|业|圈)|失望|不满|焦虑|害怕)"
)
_STARTLED = re.compile("surpris|shock|stun|astonish|amaz|意外|惊")
_BETWEEN = "is|was|are|were|be|been|at all|really|that|even|too|very|all|particularly|exactly|entirely|should|will|would"
_UNMOVED = re.compile(
    rf"(?<![a-z])(?:not|isnt|wasnt|arent|werent|aint|nobody|no one|noone|none of us|hardly|never|no|cant say i|cannot say i|dont|didnt)"
    rf"(?: (?:{_BETWEEN}|seems|seemed|feel|feeling|find|an?|any|big|huge|much|here|im|am))* $"
    r"|(?:(?<!得)不(?!得不)|没人|没有人|无人|没有?什么|没有?多少|没(?!想到))(?:感到|觉得|会|太|怎么|是|算|很|再|令人|让人|什么){0,2}$"
)


class Speech(NamedTuple):
    """The words text[at:to] of a marked text that a watched person says."""

    at: int
    to: int
    person: str


def told(marked: Marked, found: list[Cue]) -> list[Cue]:
    """Without what the person says or feels: what somebody says of others stays, and the surprise that is denied goes."""
    if not found:
        return found
    said, felt = speeches(marked), _felt(marked)
    kept = []
    for cue in found:
        speakers = {one.person for one in said if one.at <= cue.at < one.to}
        if speakers:
            people = tuple(person for person in cue.people if person not in speakers)
            if people:
                kept.append(cue._replace(people=people))
        elif "surprise" in cue.kinds and _is_denied(marked.text, cue):
            kinds = tuple(kind for kind in cue.kinds if kind != "surprise")
            kept += [cue._replace(kinds=kinds)] if kinds or cue.toward else []
        elif _FELT.isdisjoint(cue.kinds) or not any(at < cue.to and cue.at < to for at, to in felt):
            kept.append(cue)
    return kept


def unsaid(marked: Marked, text: str) -> str:
    """The text, as long as before, without what watched people say or feel in it."""
    for begin, end in [*((one.at, one.to) for one in speeches(marked)), *_felt(marked)]:
        at, to = marked.original(begin), min(len(text), marked.original(end))
        text = text[:at] + " " * (to - at) + text[to:]
    return text


def _felt(marked: Marked) -> list[tuple[int, int]]:
    """Where it is told what a person feels, from behind the name on."""
    if not marked.names:
        return []
    shapes = (_FEELS, _FEELS_ZH)
    return [(one.start() + 1, one.end()) for shape in shapes for one in shape.finditer(marked.text)]


def speeches(marked: Marked) -> list[Speech]:
    """The quotations of watched people's own words, in order."""
    text = marked.text
    if not marked.names:
        return []
    if retold := _RETOLD.match(text):
        person = _speaker(marked, retold.start("name"))
        return [Speech(retold.end(), len(text), person)] if person else []
    found: list[Speech] = []
    at, ending = 0, -1  # `ending`: where the "she said" behind the quotation before this one ends
    for _ in range(_MOST):
        opening = _OPENING.search(text, at)
        if opening is None:
            break
        begin = opening.end()
        end = text.find(_OPENINGS[opening[0]], begin)
        end = end if end >= 0 else len(text)
        after = _AFTER.match(text, end + 1, end + 1 + _NEAR)
        goes_on = ending >= 0 and _GOES_ON.fullmatch(text, ending, begin - 1) is not None
        people = [_speaker(marked, _place(after))] if after else []
        people += [found[-1].person] if goes_on else []
        people += _before(marked, at, begin - 1)
        if people and people[0]:
            found.append(Speech(begin, end, people[0]))
        ending = after.end() if after and people[0] else -1
        at = end + 1
    return found


def _before(marked: Marked, start: int, to: int) -> Iterator[str | None]:
    """Who speaks by what stands right before a quotation."""
    at = max(start, to - _NEAR)
    while found := _BEFORE.search(marked.text, at, to):
        at = _place(found)
        if " who " in found[0] or not _SPOKEN_TO.search(marked.text, max(0, at - 20), at):
            yield _speaker(marked, at)
        at += 1


def _place(found: re.Match[str]) -> int:
    return max(found.start(group) for group in found.re.groupindex)


def _speaker(marked: Marked, at: int) -> str | None:
    """Who is named at a place; for a "she" there who was named last before it, else who is named first."""
    before = [name.person for name in marked.names if name.at <= at]
    return before[-1] if before else marked.names[0].person


def _is_denied(text: str, cue: Cue) -> bool:
    """ "Not surprised", "nobody is surprised"."""
    if not _STARTLED.search(text, cue.at, cue.to):
        return False
    return _UNMOVED.search(text, max(0, cue.at - 60), cue.at) is not None
