"""What of the words found is meant: praise that sarcasm turns, grief over something else, words at arm's length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .cues import Cue
from .layout import Layout
from .marked import Marked
from .words import ORGANISATION, Word

# In a text of up to so many characters a mark of sarcasm is about all of it.
SHORT = 280
_TURNED = ("opener", "faint")
_LEAVES = re.compile(
    r"\b(?:leav(?:e|es|ing)|left|quit|quits|gone|resign\w*|is out|los(?:e|es|t|ing)|depart\w*|step\w* down|goodbye|farewell|walk(?:s|ed)? (?:out|away))\b"
    r"|走|离|辞|再见|卸任"
)
_FAREWELL = re.compile("(?:good)?bye|farewell|so long|adieu|拜拜|再见|走好")
_QUOTES = frozenset('"「『“”')
# A word or three in quotation marks that are nobody's speech and no title.
_SCARE = re.compile(
    r"(?<!said )(?<!says )(?<!wrote )(?<!called )(?<!titled )(?<!word )(?<![说称道写叫为题:：《])"
    r"(?:[\"“][a-z]+(?: [a-z]+){0,2}[.,]?[\"”]|“[\u4e00-\u9fff]{2,6}”|「[\u4e00-\u9fff]{2,6}」)"
)
_SCARED = Word(("mockery",), -0.4, "")


def meant(marked: Marked, plan: Layout, found: list[Cue], thread: Sequence[str] = ()) -> list[Cue]:
    """Without what the writer does not mean: praise turned by sarcasm or scare quotes, grief over something else."""
    told = len(marked.text) > SHORT or any(cue.kinds == ("report",) for cue in found)
    if not any(cue.toward > 0 or cue.word.way in _TURNED for cue in found):
        return found + _scare(marked, plan, found, thread)
    ways: dict[str, list[Cue]] = {}
    for cue in found:
        way = "sarcasm" if cue.word.way == "opener" and cue.word.toward <= 0 else cue.word.way
        way = "cold" if way == "" and cue.toward <= -0.5 else way
        if len(ways.setdefault(way, [])) < 20:
            ways[way].append(cue)
    result = [_as_meant(marked, plan, cue, ways) for cue in found if not (told and cue.word.way == "faint")]
    return result + _scare(marked, plan, result, thread)


def _as_meant(marked: Marked, plan: Layout, cue: Cue, ways: dict[str, list[Cue]]) -> Cue:
    """`ways`: the first cues by Word.way, those of no way that are cold as "cold"."""
    if cue.toward <= 0 or cue.word.way == "victim":
        if (
            cue.word.way == "opener"
            and cue.word.toward <= 0
            and (ways.get("victim") or _tells_of_leaving(marked.text))
        ):
            return cue._replace(toward=0.0)  # Bitter about the event.
        return cue
    if cue.kinds[:1] == ("sadness",):
        if _FAREWELL.match(marked.text, cue.at) and any(
            set(one.people) & set(cue.people) for one in ways.get("cold", ())
        ):
            return cue._replace(kinds=("mockery",), toward=0.0)
        own = ways.get("own", ())
        elsewhere = not plan.names[cue.clause] and any(abs(one.clause - cue.clause) < 3 for one in own)
        return cue._replace(toward=0.0) if elsewhere else cue
    short = len(marked.text) <= SHORT
    if any(
        (short or abs(one.clause - cue.clause) < 3) and set(one.people) & set(cue.people)
        for one in ways.get("sarcasm", ())
    ):
        return cue._replace(kinds=("mockery",), toward=-0.5)
    if "praise" in cue.kinds and _is_quoted(marked.text, cue):
        return cue._replace(kinds=("mockery",), toward=-0.5)
    if cue.kinds == ("praise",) and any(_is_under(one, cue) for one in ways.get("cold", ())):
        return cue._replace(kinds=(), toward=0.0)
    near = [one for one in ways.get("harm", ()) if 0 <= one.clause - cue.clause < 3]
    if cue.word.way == "opener":
        to_lab = marked.text[cue.to : cue.to + 3].lstrip(" ,@").startswith(ORGANISATION)
        if (ways.get("victim") and _is_exclaimed(marked, plan, cue)) or (
            to_lab and (near or _tells_of_leaving(marked.text))
        ):
            return cue._replace(kinds=("mockery",), toward=0.0)
        if not to_lab and _scare_quoted(marked.text):
            return cue._replace(kinds=("mockery",), toward=-0.5)
    if near and ("praise" in cue.kinds or "gratitude" in cue.kinds):
        return cue._replace(kinds=("mockery",), toward=-0.5)
    return cue


# Asked again for each phrase of a text.
@lru_cache(maxsize=2)
def _tells_of_leaving(text: str) -> bool:
    return _LEAVES.search(text) is not None


@lru_cache(maxsize=2)
def _scare_quoted(text: str) -> re.Match[str] | None:
    return _SCARE.search(text)


def _is_under(cold: Cue, praise: Cue) -> bool:
    """ "Sick of hearing how brilliant she is": praise that the same clause has spoken against."""
    return (
        cold.clause == praise.clause and cold.at < praise.at and bool(set(cold.people) & set(praise.people))
    )


def _is_exclaimed(marked: Marked, plan: Layout, cue: Cue) -> bool:
    """Is the cue all that its clause says?"""
    begin = plan.begins[cue.clause]
    end = plan.begins[cue.clause + 1] if cue.clause + 1 < len(plan.begins) else len(marked.text)
    return end - begin - (cue.to - cue.at) < 6


def _scare(marked: Marked, plan: Layout, found: list[Cue], thread: Sequence[str]) -> list[Cue]:
    """Words in quotation marks that keep them at arm's length, where nothing warm or plainly told stands beside them."""
    if len(marked.text) > SHORT or _QUOTES.isdisjoint(marked.text) or any(_is_plain(cue) for cue in found):
        return []
    people = tuple(dict.fromkeys(name.person for name in marked.names)) or tuple(thread)
    quoted = _scare_quoted(marked.text)
    if quoted is None or len(people) != 1:
        return []
    at = quoted.start() + 1
    kinds = () if any("anger" in cue.kinds for cue in found) else _SCARED.kinds
    return [Cue(_SCARED, at, quoted.end() - 1, plan.clause(at), kinds, _SCARED.toward, people)]


def _is_plain(cue: Cue) -> bool:
    return (cue.toward > 0 and cue.word.way != "faint") or cue.kinds == ("report",)


def _is_quoted(text: str, cue: Cue) -> bool:
    return text[cue.at - 1 : cue.at] in _QUOTES and cue.at > 0 and text[cue.to : cue.to + 1] in _QUOTES
