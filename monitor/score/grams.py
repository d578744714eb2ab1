"""What the models see of a text: hashed word and letter sequences, and VADER's figures. The trainer sees the same."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from ..simplified import simplified
from .valence import Scores, Valence

# A longer text is read to here, so that a megabyte costs no more than this does.
MAX_CHARACTERS = 20_000
DENSE = 12  # figures of VADER's for an English text
# What stands in a text beyond these many features is averaged: an article is no louder than a post.
FULL = 100
# A Chinese text's features weigh the more, the fewer there are: a post of one clause says as much as one of ten.
USUAL_ZH, LOUDNESS_ZH = 120, 0.7

_LETTERS = "[a-z\u00df-\u024f\u1e00-\u1eff]"
_WORD = re.compile(
    rf"https?://\S+|{_LETTERS}++(?:'[a-z]+)*+|@\w+|#{_LETTERS}++(?:'[a-z]+)*+|[0-9]+|[!?.]+"
    r"|[:;=]['\-]?[)(dp/\\|\]\[o3*]+|<3|[^\s\w]"
)
_DRAWN_OUT = re.compile(r"([a-z!?.])\1\1+")
_DRAWN_OUT_ZH = re.compile(r"(.)\1\1+", re.S)
_NUMBER, _LINK, _HANDLE = (
    re.compile("[0-9]+"),
    re.compile(r"https?://[\x21-\x7e]+"),
    re.compile(r"@[\w-]{2,30}"),
)
_NEGATION_WORDS = (
    "not no never cannot without nor neither nothing nobody none hardly dont cant wont didnt doesnt isnt wasnt"
    " ain't aren't can't couldn't didn't doesn't don't hadn't hasn't haven't isn't mightn't mustn't needn't shan't"
    " shouldn't wasn't weren't won't wouldn't"
)
_NEGATIONS = frozenset(_NEGATION_WORDS.split())
_NEGATED, _REACH = 0x6E6F74, 3  # the seed of a word's other meaning behind a negation, and how far that goes
# Behind an X stands one of these for each further letter of a name that is not to count (names.py), or one for each Han
# letter: VADER takes that for a word that it does not know, and the models leave it out, with the pairs and triples that
# it is part of.
MASK = "\x1a"
MASKED = re.compile(f"(?<![A-Za-z])[xX]{MASK}+|{MASK}+")
# VADER reads the words of an emoji's name. Of some these say nothing or the contrary: others are read in their place.
# The marks that may stand behind an emoji hide its name's last word.
_READ_AS = (("😁", "👍👏🙌💪💯🔥"), ("❤", "🤍🩷🫶🤩"), ("☹", "👎🙄😒🤡💩"), ("😞", "🤮🤢🖕🤬😡💔😔😥"))
_EMOJI = {"\u200d": "", "\ufe0f": "", **{one: known for known, several in _READ_AS for one in several}}
_UNREAD = re.compile(f"[{''.join(_EMOJI)}]")


class Features(NamedTuple):
    """32-bit hashes of what stands in a text, VADER's figures (DENSE for English, none for Chinese), the hashes' weight."""

    hashes: list[int]
    dense: tuple[float, ...]
    scale: float


def words_of(text: str) -> list[str]:
    """Lower-case words, punctuation runs, emoticons and emoji; links, handles and numbers as one sign each."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("\u2019", "'")
    if MASK in text:
        text = MASKED.sub(MASK, text)
    text = text.lower()
    if "&" in text:
        text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'")
    if _DRAWN_OUT.search(text):
        text = _DRAWN_OUT.sub(r"\1\1", text)
    found = _WORD.findall(text)
    if "@" not in text and "://" not in text:
        return [word if word[0] > "9" or word[0] < "0" else "0" for word in found]
    return [word if word[0] > "@" and word[0] != "h" else _sign(word) for word in found]


def _sign(word: str) -> str:
    first = word[0]
    if first == "@" and len(word) > 1:
        return "@user"
    if "0" <= first <= "9":
        return "0"
    return "http:" if word.startswith(("http://", "https://")) else word


def with_known_emoji(text: str) -> str:
    """The text as VADER is to read it for the models: emoji that it misreads stand as others that mean the like."""
    return text if text.isascii() else _UNREAD.sub(lambda found: _EMOJI[found[0]], text)


def once(features: Features) -> Features:
    """English features as a model reads them: each once, so that a sign that stands there fifty times is not fifty times
    as loud. The trainer counts them all: on the validation sets that is the better of the two there, and this here."""
    hashes = list(set(features.hashes))
    return Features(hashes, features.dense, _scale(len(hashes), FULL))


def english(text: str, words: list[str], valence: Valence) -> Features:
    """Words, pairs of words and words behind a negation. `words`: words_of(text)."""
    encoded = " ".join(words).encode("utf-8", "replace").split(b" ") if words else []
    single = list(map(crc32, encoded))
    pairs = list(map(crc32, encoded[1:], single))
    if MASK in words:
        pairs = [one for one, pair in zip(pairs, pairwise(words), strict=True) if MASK not in pair]
        single = [one for one, word in zip(single, words, strict=True) if word != MASK]
    hashes = single + pairs
    if not _NEGATIONS.isdisjoint(words):
        hashes += _behind_negations(words, encoded)
    scores = valence.scores(with_known_emoji(text))
    return Features(hashes, _figures(scores, text), _scale(len(hashes), FULL))


def chinese(text: str) -> Features:
    """Letters, pairs and triples of letters of the text in its plain form, each once."""
    framed = f"^{plain(text)}$"
    if MASK in framed:
        hashes = list(set().union(*map(_sequences, MASKED.split(framed))))
    else:
        hashes = list(_sequences(framed))
    return Features(hashes, (), (USUAL_ZH / len(hashes)) ** LOUDNESS_ZH)


def _sequences(text: str) -> set[int]:
    try:
        letters = list(map(str.encode, text))
    except UnicodeEncodeError:  # half of a pair
        letters = list(map(str.encode, text.encode("utf-8", "replace").decode()))
    single = list(map(crc32, letters))
    pairs = list(map(crc32, letters[1:], single))
    return {*single, *pairs, *map(crc32, letters[2:], pairs)}


def plain(text: str) -> str:
    """A Chinese text in simplified, half-width, lower-case letters; links, handles, numbers and runs made short."""
    text = unicodedata.normalize("NFKC", text).lower()[:MAX_CHARACTERS]
    text = simplified(text)
    if "http" in text:
        text = _LINK.sub("", text)
    if "@" in text:
        text = _HANDLE.sub("@", text)
    text = _NUMBER.sub("0", text)
    return _DRAWN_OUT_ZH.sub(r"\1\1", text) if _DRAWN_OUT_ZH.search(text) else text


def _behind_negations(words: list[str], encoded: list[bytes]) -> list[int]:
    found: list[int] = []
    for at, word in enumerate(words):
        if word in _NEGATIONS:
            for behind in range(at + 1, min(at + 1 + _REACH, len(words))):
                if not words[behind][0].isalpha():
                    break
                found.append(crc32(encoded[behind], _NEGATED))
    return found


def _figures(scores: Scores, text: str) -> tuple[float, ...]:
    """DENSE figures: VADER's of the text, and what marks stand in it."""
    compound = scores.compound
    return (
        *scores,
        1.0 if compound >= 0.05 else 0.0,
        1.0 if compound <= -0.05 else 0.0,
        1.0 if compound >= 0.5 else 0.0,
        1.0 if compound <= -0.5 else 0.0,
        1.0 if "!" in text else 0.0,
        1.0 if "?" in text else 0.0,
        1.0 if "#" in text else 0.0,
        1.0 if len(text) > 140 else 0.0,
    )


def _scale(count: int, full: int) -> float:
    return 1.0 if count <= full else full / count
