"""What a reaction does: thanks, mourns, praises, mocks, worries ..., each kind with the words that show it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..model import KINDS, Match
from .cues import Cue, cues
from .layout import Layout, layout
from .marked import FindSpans, Marked, mark
from .meant import meant
from .whose import speeches, told
from .words import ORGANISATION, PERSON

FEELING = re.compile(
    r"[!?！？🤔-🤯😀-🙏❤💔]|(?<!has )(?<!have )(?<!had )(?<!\ue000 )\bjust\b(?! (?:in|days|weeks|months|hours)\b)"
    r"|\bha(?:s|ve|d) no (?!comment|plans?\b)|\b(?:i|im|ive|my|me|we|our|lol|lmao|tbh|imo|imho|ngl|fr|tho|gonna|wanna|kinda|man|bro|dude|so|really|"
    r"ugh|surpris\w*|shocked|stunned|hmm|hm|guess|feel|feels|think|honestly|anyone|curious|hope|makes sense|maybe|btw)\b"
    r"|我|咱|吧|啊|呢|嘛|呀|啦|哦|吗|么$|了$|有人|谁|觉得|感觉|其实"
)
# From here on one word is praise beside grief and thanks too.
LAUDED = 0.9
_TENDER = frozenset({"sadness", "worry"})
_THANKS = re.compile("than|thx|ty|grat|apprec|kudos|owe|谢|恩|感激|🙏|cheers|bless")
_MOVED = frozenset({"😭", "qaq", "哭死", "我哭死", "泪目", "🥹", "😢"})
_OATHS = frozenset({"damn", "dang", "dang it"})
_FAINT = frozenset(
    [
        "居然",
        "竟然",
        "突然",
        "反转",
        "？？",
        "？？？",
        "??",
        "???",
        "????",
        "😱",
        "suddenly",
        "just like that",
    ]
)


class Kind(NamedTuple):
    """One kind that holds, and the words for it at post.text[start:end]."""

    kind: str
    start: int
    end: int
    words: str


class Reading(NamedTuple):
    """A text as the tables read it."""

    marked: Marked
    plan: Layout
    cues: list[Cue]


def read(text: str, matches: Sequence[Match], organisation: FindSpans) -> Reading:
    """The words that show something, without those that sarcasm turns, and without what people of the text say or feel
    themselves; for kinds() and for toward()."""
    marked = mark(text, matches, organisation)
    plan = layout(marked)
    thread = tuple(dict.fromkeys(match.person for match in matches))
    return Reading(marked, plan, told(marked, meant(marked, plan, cues(marked, plan, thread), thread)))


def kinds(reading: Reading, text: str) -> list[Kind]:
    """The kinds that hold, in the order of model.KINDS, each by its first words."""
    marked, _, found = reading
    first: dict[str, Cue] = {}
    warm, cold, angry, laughs = False, False, False, False
    for cue in found:
        way = cue.word.way
        if way == "laugh":
            laughs = True
        elif way != "faint":
            warm, cold = warm or cue.toward > 0, cold or cue.toward < 0
            angry = angry or "anger" in cue.kinds
    hushed = laughs and ((warm and not cold) or angry)
    for cue in found:
        if cue.kinds and not (hushed and cue.word.way == "laugh"):
            for kind in cue.kinds:
                first.setdefault(kind, cue)
    if len(first) > 1:
        _drop_faint(first, found, marked)
    if "report" in first and (len(first) > 1 or warm or cold or FEELING.search(_by_the_writer(marked))):
        del first["report"]
    return [_kind(kind, first[kind], marked, text) for kind in KINDS if kind in first]


def _by_the_writer(marked: Marked) -> str:
    """The text without what people say in it."""
    text = marked.text
    for one in reversed(speeches(marked)):
        text = text[: one.at] + text[one.to :]
    return text


def _drop_faint(first: dict[str, Cue], found: list[Cue], marked: Marked) -> None:
    """What belongs to another kind: one fond word in grief, thanks or worry, and the surprise of an angry "??"."""
    if "praise" in first and "sadness" in first:
        sad = {marked.text[cue.at : cue.to] for cue in found if "sadness" in cue.kinds}
        if sad <= _OATHS:
            del first["sadness"]
    if "praise" in first and not _TENDER.isdisjoint(first):
        praise = [cue for cue in found if "praise" in cue.kinds]
        if len(praise) == 1 and praise[0].toward < LAUDED:
            del first["praise"]
    if "surprise" in first and len(first.keys() - {"report"}) > 1:
        cue = first["surprise"]
        if marked.text[cue.at : cue.to] in _FAINT:
            del first["surprise"]
    if "sadness" in first and "gratitude" in first:
        said = marked.text[first["gratitude"].at : first["gratitude"].to]
        if marked.text[first["sadness"].at : first["sadness"].to] in _MOVED:
            del first["sadness"]
        elif not _THANKS.search(said):
            del first["gratitude"]


def said_of(reading: Reading, text: str, person: str) -> list[Kind]:
    """The words that are warm or cold toward a person."""
    found = [cue for cue in reading.cues if cue.toward and person in cue.people]
    found = [cue for cue in found if cue.word.way != "faint"] or found
    return [_kind("warm" if cue.toward > 0 else "cold", cue, reading.marked, text) for cue in found]


def _kind(kind: str, cue: Cue, marked: Marked, text: str) -> Kind:
    start, end = marked.original(cue.at), marked.original(cue.to - 1) + 1
    if marked.text[cue.to - 1] in (PERSON, ORGANISATION):
        end = marked.original(cue.to)
    return Kind(kind, start, end, text[start:end])
