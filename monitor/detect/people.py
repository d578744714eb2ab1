"""People in a text beyond the watchlist: names with capitals, and pronouns."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ..organisation import Span
from .regex import regex
from .vocabulary import COMPANIES, NOT_NAMES, words

# Of a departure that a text tells of: its author's, somebody else's, or not said.
Whose = Literal["own", "other", "open"]


class Speaker(NamedTuple):
    """The author as a person: watched id or written name, None where no person is known to speak."""

    key: str | None
    watched: bool


class Mention(NamedTuple):
    """A place that stands for a person. `key` is a watched id or a name; kind is name, first, second, third or who."""

    start: int
    end: int
    key: str
    kind: str
    watched: bool


_PART = r"[A-ZÀ-ÖØ-ÞŁŚŠŽČĆŞİĐ][a-zà-ÿāăąćčďđěęğīłńňőřśşšťūůűźżž'’]{1,20}(?:-[A-Z]?[a-zà-ÿ]{1,20})?"
_NAME = regex(rf"(?<![\w@#/.-]){_PART}(?:(?: (?:de|van|von|der|den|la|el|bin|al))? {_PART}){{1,3}}(?![\w])")
_PRONOUN = regex(
    r"(?<![\w@-])(?<!\w')(?:(?P<first>i|i'm|im|i've|ive|i'll|i'd|me|my|mine|myself)"
    r"|(?P<second>you|you're|you've|you'll|your|ur|u(?![.-]))"
    r"|(?P<third>he|he's|he'll|he'd|she|she's|she'll|she'd|they|they're|they've|they'll|him|her|them|his|their|both(?! (?:sides|parties|teams|companies|labs|firms|of (?:us|you|these|those)|the|models|products|papers|games|times|cases|days|languages|versions|options|repos|accounts|of the)\b))"
    r"|(?P<who>who|who's|whose))(?![\w-])"
    r"|(?P<first_zh>我(?!们|們|司|国|國|家的)|本人|老子|俺|咱(?!们|們))|(?P<second_zh>[你您](?!们|們))|(?P<third_zh>[他她佢](?!们|們|人|哋)|其(?=[工职職位]))"
)
# How they begin: finding that first is much faster.
_MAYBE_PRONOUN = regex(r"[imyuhstwb](?<![\w@-].)(?<!\w'.)|[我本老俺咱你您他她佢其]")
# Words with capitals that stand in headlines, datelines and names of places, and in no name of a person.
_NO_NAMES = NOT_NAMES | words(
    """jan feb mar apr jun jul aug sep sept oct nov dec published updated posted written edited interview interviewed
    photograph photographs photo editor editors reporting additional platform blog release version enterprise seed
    round series middle north south east west northern southern eastern western asia europe africa america united
    states kingdom european asian american african british french german japanese korean indian swiss canadian
    street square road avenue city island islands bay port harbour harbor ledger wire magazine weekly tribune
    gazette newsletter podcast episode transcript issue chapter part section labs systems robotics technologies
    networks bank ministry minister government parliament court act bill prize award conference summit forum
    association society committee council foundation federation agency authority commission board department
    head-of vice chief series exclusive analysis explainer correspondent reporter columnist morning evening
    spring summer autumn winter christmas easter monday's friday's prime dean professors doctor"""
)
# Words that open a sentence right before a name: 'Remember Mara Venn?'.
_OPENERS = words(
    """remember sharing gave give giving meet meeting asked ask saw seen met hear heard hearing read reading call called calling
    thanking missing wishing poor dear dearest sweet old little big lucky brave genius legend hero prof rip rt via by
    with without after before since even only just maybe like unlike about for from of to at on in how why when where what
    who is was were are has have had did does do would could should might then now so and but or nor yes no
    did didn't isn't wasn't hasn't let lets imagine suppose consider introducing presenting featuring starring quoting per
    send sending tell telling told ping pinged follow following unfollow block mute tag tagging cc shoutout kudos props
    bye goodbye farewell adieu ciao hello hi hey yo oh ah wow whoa lol lmao welp well ok okay sure right wrong breaking
    confirmed denied rumour rumor report reports sources insiders friends colleagues sellers signed wanted hiring fired
    sacked poached lured hired bought sold lost losing replacing succeeding warden captain coach chef nurse judge mayor
    gang lads guys folks team chat everyone somebody nobody anyone someone another every each both neither either"""
)
_OUTLET = words(
    """wire daily weekly monthly post magazine news newswire ledger journal review times press media report reports
    digest bulletin gazette herald tribune letter newsletter podcast radio tv channel desk brief briefing watch insider
    economy observer chronicle standard mail record stack proof bench log letters notes voice voices business
    technology tech politics finance markets research institute labs street weekly's cloud platform official team"""
)


def is_outlet(name: str) -> bool:
    """Is an author's name that of a paper, a newsletter or a team, and not of a person: 'The Corner Gazette'?"""
    plain = name.lower().split()
    return bool(plain) and (plain[0] == "the" or any(part.strip("&.,") in _OUTLET for part in plain))


def pronouns(text: str) -> list[tuple[int, int, str]]:
    """(start, end, kind) of the pronouns of a folded text; kind is first, second, third or who."""
    found: list[tuple[int, int, str]] = []
    end = 0
    for begun in _MAYBE_PRONOUN.finditer(text):
        start = begun.start()
        m = _PRONOUN.match(text, start) if start >= end else None
        if m is not None:
            end = m.end()
            found.append((start, end, str(m.lastgroup).removesuffix("_zh")))
    return found


def latin_names(letters: str, organisation: list[Span]) -> list[tuple[int, int, str]]:
    """(start, end, name) of what looks like a person's full name, by its capitals."""
    found = []
    for m in _NAME.finditer(letters):
        for start, end in _runs(letters, m.start(), m.end(), organisation):
            found.append((start, end, letters[start:end]))
    return found


def _runs(letters: str, start: int, end: int, organisation: list[Span]) -> list[Span]:
    """The parts of a run of capitalised words that are no titles, organisations or common words."""
    parts: list[list[Span]] = [[]]
    for word in re.finditer(r"\S+", letters[start:end]):
        low, high = start + word.start(), start + word.end()
        plain = word.group().lower()
        if plain.endswith(("'s", "’s")):
            plain, high = plain[:-2], high - 2
            ends = True
        else:
            ends = False
        if (
            plain in _NO_NAMES
            or (word.start() == 0 and plain in _OPENERS)
            or plain in COMPANIES
            or any(s < high and low < e for s, e in organisation)
        ):
            parts.append([])
            continue
        parts[-1].append((low, high))
        if ends:
            parts.append([])
    return [(part[0][0], part[-1][1]) for part in parts if 2 <= len(part) <= 3]


def later_surnames(letters: str, named: list[Mention]) -> list[Mention]:
    """Later places where one part of a full Latin name that the text has given stands alone."""
    parts: dict[str, Mention] = {}
    watched = {letters[one.start : one.end].split()[-1] for one in named if one.watched}
    for one in named:
        name = letters[one.start : one.end].split()
        # Whoever bears a watched surname in front, and is named first, is meant by it too.
        own = name if one.watched or name[0] in watched else name[1:]
        for part in own if len(name) > 1 else ():
            if part[0].isupper() and len(part) > 1 and part.isalpha() and part.lower() not in NOT_NAMES:
                parts.setdefault(part, one)
    if not parts:
        return []
    found = []
    for m in re.finditer(r"(?<![\w@#/.-])[A-ZÀ-ÖØ-Þ][^\W\d_A-Z]+(?!\w)", letters):
        source = parts.get(m.group())
        if source is not None and source.end <= m.start():
            found.append(Mention(*m.span(), source.key, "name", source.watched))
    return found
