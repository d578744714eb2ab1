"""Persons by what they do and where: 'the head of ORG's coder team', 'X of ORG's data team'."""

from __future__ import annotations

import re

from ..events import Site
from ..regex import regex
from ..scene import Mention, Scene

_ROLE = regex(
    r"^\W*(?:(?:[\w'-]+ )?(?:and|as|after|so|but|breaking|update|news|report) ?:? )?(?:the |its |their |our |\w+'s )(?:[\w-]+ ){0,3}?(?:head|chief|lead|leader|boss|architect|director|founder|brain|brains|mastermind|face|man|woman|guy|engineer|person|scientist)\b(?: (?:of|behind|at|for|in|on|who) [\w' -]{0,70})? (?:(?:has|have|had|is|was|will|may|might|could|soon|just|also|now|already|finally|quietly|abruptly|to|be|been|about|suddenly|reportedly) )*$"
)


def by_role(site: Site) -> list[Mention]:
    """'The head of ORG's team has left ... X joined in 2021': the only watched person whom the text names soon after."""
    scene = site.scene
    if scene.organisation_in(site.low, site.start) is None or not _ROLE.match(site.before):
        return []
    number = scene.sentence_of(site.start)
    low, high = (
        scene.sentences[max(0, number - 1)][0],
        scene.sentences[min(len(scene.sentences) - 1, number + 1)][1],
    )
    named = [m for m in scene.named(low, high) if m.kind == "name" and m.watched]
    if len({m.key for m in named}) != 1:
        return []
    return [named[0]._replace(start=site.start, end=site.start)]


_UNIT = regex(
    r"(?:'s)?(?: (?!has|have|had|is|was|just|who)[\w&-]+){0,3}? (?:team|group|lab|side|unit|division|org|crew|department|squad|house|office)\b"
)
_TO_PLACE = regex(r",? (?:over )?(?:of|from|at|in|on|with|for) (?:the |our )?(?:[\w&-]+ ){0,2}")


def without_place(scene: Scene, begin: int, end: int) -> str:
    """The words from a person to the verb, without where the person works: 'X of ORG's data team has left'."""
    span = scene.organisation_in(begin, end)
    if span is None or not _TO_PLACE.fullmatch(scene.text, begin, span[0]):
        return scene.text[begin:end]
    unit = _UNIT.match(scene.text, span[1], end)
    if unit is None and scene.text.startswith("'s", span[1]):
        return scene.text[begin:end]
    return scene.text[unit.end() if unit else span[1] : end]


# Somebody else speaks of himself between the person named and the verb.
I_SPEAK = regex(r"\b(?:i|i'm|i've|i'll|i am|im)\b(?: \w+){0,3} $")
_SOMEBODY_WHO = regex(
    r"(?:\b(?:about|of|by|with|from|for|to|than|like|on|after|and|met|hired|saw|knows?|ask(?:s|ed)?) |^)(?:the|an?|another|one|his|her|some|every|our) (?:[\w-]+ ){0,3}[a-z-]+,? $"
)


THING_LEAVES = regex(
    r"\b(?:account|profile|website|page|repo|funds?|capital|partners|ventures|holdings|investments|trust|securities|equity|pension)(?: (?:is|has|was|just|now|already|will|also))* $"
)


def is_object(site: Site, mention: Mention) -> bool:
    """'Y, bless him, has left': a pronoun that cannot be the subject, nor of 'told him to go'."""
    word = site.scene.text[mention.start : mention.end]
    return word in ("him", "them", "me") and not re.match(
        r" (?:to|go|leave|quit|out)\b", site.scene.text[mention.end : site.end]
    )


def another_who(scene: Scene, mention: Mention) -> bool:
    """'asked X about the OTHER researcher who left': who is not X."""
    if mention.kind != "who":
        return False
    return _SOMEBODY_WHO.search(scene.text, max(0, mention.start - 60), mention.start) is not None
