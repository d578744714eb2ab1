"""Cold words that are aimed at no one in particular: at the organisation, its bosses, a crowd, or at what was done.

One other person, or the post that is answered, is for strangers.py: cues.py asks it of what is left.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter

from .layout import Layout
from .marked import Marked
from .words import ORGANISATION, PERSON, Word

# Whom words of blame are aimed at stands so near, in characters.
_NEAR = 200

_PLACE = attrgetter("at")
# Said of several: not of the one person who is named.
_MANY = frozenset(
    [
        "idiots",
        "clowns",
        "cowards",
        "fools",
        "morons",
        "liars",
        "frauds",
        "rats",
        "crooks",
        "traitors",
        "jerks",
    ]
    + ["assholes", "bastards", "hypocrites", "thieves", "snakes", "bozos", "amateurs", "vultures", "bullies"]
    + ["weasels", "sellouts", "imbeciles", "scammers", "grifters", "fuckers", "monsters", "scumbags"]
)
_ORGANISATION = re.compile(ORGANISATION)
_OTHERS = re.compile(
    f"{ORGANISATION}|\\b(?:company|companies|management|managers|leadership|board|execs?|executives?|bosses|hr|lab|they(?! come)|those|place|"
    "corporate|corp|suits|firm|employer|whoever|industry)\\b|公司|管理层|高层|领导层?|上层|上头|老板|资本|资方|董事|平台|大厂|hr|他们"
)
# The organisation as the subject of what follows, or as the object of what is felt.
_BEING = "is|are|was|were|has been|have been|looks?|seems?"
_HOW = "so|very|just|really|such|an?|the|too|totally|always|now"
_HOW_ZH = "真的|真|太|很|就|都|也|实在|确实|越来越|已经|好|挺|让人|令人|是|的"
_SUBJECT = re.compile(
    rf"(?:{_OTHERS.pattern})(?:s?(?: [a-z]+)? (?:{_BEING})(?: (?:{_HOW}))* |(?:{_HOW_ZH})*)$"
    rf"|对(?:{_OTHERS.pattern})(?:很|太|真|非常|好|挺|有点)*$"
)
_SUBJECT_ALONE = re.compile(rf"(?:{_OTHERS.pattern}) $")
# "X from Orrin": the organisation tells only which person is meant.
_FROM = re.compile(
    f"{PERSON},? (?:from|at|of|over at|here at|with|in|who works (?:at|for)) (?:the )?{ORGANISATION}"
)
_BELONGS = re.compile(
    f"(?:{_FROM.pattern.removesuffix(ORGANISATION)}|{PERSON}s |\\b(?:about|to) (?:our|my|the|this) |{PERSON} (?:has |had )?(?:ran|runs|built|"
    "builds|created|made|led|leads|running) (?:[a-z]+ ){1,3})$"
)
# "What they did to X is ...": said of what was done.
_EVENT = re.compile(
    rf"\b(?:(?:what|how|the way)\b[^.!?,\n]{{0,30}} (?:to|with|treat(?:s|ed)?|handled|used|dumped|discarded|fired)|"
    rf"(?:treatment|sacking|ousting|firing|removal|loss|harassment|abuse|bullying) of|(?:treating|firing|sacking|removing|losing|ousting)|"
    rf"(?:attacks?|hate|pile on) (?:on|against|for|toward|towards)) {PERSON}[^.!?,\n]{{0,20}} (?:is|was|are|were|has been)(?: [a-z]+){{0,2}} $"
)
_OBJECT = re.compile(rf" (?:in|with|by) (?:the )?(?:{_OTHERS.pattern})")
_FELT = ("disappointed", "ashamed", "unimpressed", "embarrassed")
_VERBS = ("cant be", "cannot be", "can not be", "should", "could", "did nothing")
_WITHOUT = ("better", "free")  # "Orrin is better off": without the person.
# Who has nothing to do with it, as the subject of the blame.
_OUTSIDERS = re.compile(
    r"\b(?:moderators?|mods|reporters?|journalists?|commenters|headline|driver|landlord|neighbou?rs?|recruiters?|vcs?|"
    r"shareholders|politicians?|reply guys|trolls)\b|记者|小编|网友|评论区|营销号|司机|房东|猎头|友商"
)
_CROWD = re.compile(
    r"\b(?:anyone|anybody|whoever|everyone|people|those|haters|trolls|folks|some of you) (?:who|that|still|celebrat|cheer|call|say|blam|"
    r"attack|mock|dunk|making|laugh|claim|hating|piling)|(?:骂|喷|黑|嘲|笑话|说|攻击|质疑)(?:\ue000|他|她)[^，。！？,.!?]{0,8}的(?:人|都|是|$)|喷子|黑子|键盘侠"
)
_WHO = re.compile(
    r"\b(?:he|she|him|her|hes|shes|his|this (?:guy|man|woman|dude|person|clown)|that (?:guy|man|woman|dude)|dude|you)\b|他(?!们)|她(?!们)|这人|此人|这货|这种人|你"
)


def is_of_crowd(
    marked: Marked, plan: Layout, clause: int, span: tuple[int, int], word: Word, several: bool
) -> bool:
    """Is the word at a span of a clause aimed at no one in particular? `several`: people whom the clause names."""
    if word.way == "blame" and _is_blamed(marked, plan, clause, span, _OTHERS, several):
        return True
    if "mockery" in word.kinds and _is_blamed(marked, plan, clause, span, _ORGANISATION, several):
        return True
    if word.toward >= 0:
        return False
    if word.way == "" and _is_told_of_others(marked, plan, clause, span):
        return True
    begin = max(plan.begins[clause], span[0] - _NEAR)
    return bool(plan.names[clause]) and _EVENT.search(marked.text, begin, span[0]) is not None


def _is_blamed(
    marked: Marked,
    plan: Layout,
    clause: int,
    span: tuple[int, int],
    others: re.Pattern[str],
    several: bool,
) -> bool:
    """Are words of blame aimed at the organisation, or at people who are not named? `several`: people of the clause."""
    does = marked.text.startswith(f"{PERSON} ", max(0, span[0] - 2))  # "X bullies the staff"
    said = marked.text[span[0] : span[1]]
    if said in _MANY and not (several or does):
        return True
    if said.startswith("you ") and said.endswith("s") and plan.names[clause]:
        return True  # "Leave X alone, you ghouls"
    if _is_called(marked, plan, clause):
        return True
    begin = max(plan.begins[clause], span[0] - _NEAR)
    end = min(plan.ends[clause], span[1] + _NEAR)
    near = [
        _distance(span, *found.span())
        for found in others.finditer(marked.text, begin, end)
        if not _BELONGS.search(marked.text, max(begin, found.start() - 48), found.start())
    ]
    own = [_distance(span, *found.span()) for found in _WHO.finditer(marked.text, begin, end)]
    names = plan.names[clause]
    after = bisect_left(names, span[0], key=_PLACE)
    own += [_distance(span, name.at, name.at + 1) for name in names[max(0, after - 1) : after + 1]]
    if near:
        return min(near) < min(own, default=1000)
    if _CROWD.search(marked.text, begin, end) or _OUTSIDERS.search(marked.text, begin, span[0]):
        return True
    if own or _FROM.search(marked.text, max(0, begin - 40), begin):
        return False
    return bool(others.search(marked.text, max(0, begin - _NEAR), begin))


def _is_told_of_others(marked: Marked, plan: Layout, clause: int, span: tuple[int, int]) -> bool:
    """Does the organisation stand right before or behind the words, as what they are said of?"""
    text, (at, to) = marked.text, span
    if text.startswith(_FELT, at):
        first = plan.names[clause][:1]
        return not (first and first[0].at < at) and _OBJECT.match(text, to) is not None
    if text.startswith(_WITHOUT, at):
        return False
    before = text[max(plan.begins[clause], at - 40) : at]
    if _FROM.search(before):
        return False
    return (_SUBJECT_ALONE if text.startswith(_VERBS, at) else _SUBJECT).search(before) is not None


def _is_called(marked: Marked, plan: Layout, clause: int) -> bool:
    """Does the clause name nobody and stand beside the organisation's name in address: "Orrin, you ...", "..., Orrin."?"""
    if plan.names[clause]:
        return False
    begin, end = plan.begins[clause], plan.ends[clause]
    called = marked.text[max(0, begin - 3) : begin].rstrip(" ,，:：").endswith(ORGANISATION)
    after = marked.text[end : end + 4].lstrip(" @")
    called = called and not _FROM.search(marked.text, max(0, begin - 40), begin)
    return called or (
        after.startswith(ORGANISATION) and after[1:2] in ("", ".", "!", "?", "。", "！", "？", "\n")
    )


def _distance(span: tuple[int, int], at: int, to: int) -> int:
    return max(at - span[1], span[0] - to, 0)
