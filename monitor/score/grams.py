"""What the models see of a text: hashed word and letter sequences, and VADER's figures. The trainer sees the same."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from zlib import crc32

from ..simplified import simplified
from .valence import Valence

# A longer text is read to here, so that a megabyte costs no more than this does.
MAX_CHARACTERS = 20_000
DENSE = 12  # figures of VADER's for an English text
# What stands in a text beyond these many features is averaged: an article is no louder than a post.
FULL = {"en": 100, "zh": 250}

_WORD = re.compile(
    r"https?://\S+|@\w+|#?[a-z\u00df-\u024f\u1e00-\u1eff]+(?:'[a-z]+)*|[0-9]+|[!?.]+|[:;=]['\-]?[)(dp/\\|\]\[o3*]+|<3|[^\s\w]"
)
_DRAWN_OUT = re.compile(r"([a-z!?.])\1{2,}")
_THRICE = [
    letter * 3 for letter in "abcdefghijklmnopqrstuvwxyz!?."
]  # the same, and faster where there is none
_DRAWN_OUT_ZH = re.compile(r"(.)\1{2,}", re.S)
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
# To look whether any stands in a text is faster than to translate it.
_TRADITIONAL = frozenset(letter for letter in map(chr, range(0x3400, 0xA000)) if simplified(letter) != letter)


class Features(NamedTuple):
    """32-bit hashes of what stands in a text, VADER's figures (DENSE for English, none for Chinese), the hashes' weight."""

    hashes: list[int]
    dense: tuple[float, ...]
    scale: float


def words_of(text: str) -> list[str]:
    """Lower-case words, punctuation runs, emoticons and emoji; links, handles and numbers as one sign each."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("\u2019", "'")
    text = text.lower()
    if "&" in text:
        text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'")
    if any(map(text.__contains__, _THRICE)):
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


def english(text: str, words: list[str], valence: Valence) -> Features:
    """Words, pairs of words and words behind a negation. `words`: words_of(text)."""
    encoded = " ".join(words).encode().split(b" ") if words else []
    single = list(map(crc32, encoded))
    hashes = single + list(map(crc32, encoded[1:], single))
    if not _NEGATIONS.isdisjoint(words):
        hashes += _behind_negations(words, encoded)
    return Features(hashes, _dense(text, valence), _scale(len(hashes), FULL["en"]))


def chinese(text: str) -> Features:
    """Letters and pairs of letters of the text in simplified, half-width form."""
    text = unicodedata.normalize("NFKC", text).lower()[:MAX_CHARACTERS]
    if not _TRADITIONAL.isdisjoint(text):
        text = simplified(text)
    if "http" in text:
        text = _LINK.sub("", text)
    if "@" in text:
        text = _HANDLE.sub("@", text)
    text = _DRAWN_OUT_ZH.sub(r"\1\1", _NUMBER.sub("0", text))
    letters = list(map(str.encode, f"^{text}$"))
    single = list(map(crc32, letters))
    hashes = single + list(map(crc32, letters[1:], single))
    return Features(hashes, (), _scale(len(hashes), FULL["zh"]))


def _behind_negations(words: list[str], encoded: list[bytes]) -> list[int]:
    found: list[int] = []
    for at, word in enumerate(words):
        if word in _NEGATIONS:
            for behind in range(at + 1, min(at + 1 + _REACH, len(words))):
                if not words[behind][0].isalpha():
                    break
                found.append(crc32(encoded[behind], _NEGATED))
    return found


def _dense(text: str, valence: Valence) -> tuple[float, ...]:
    scores = valence.scores(text)
    compound = scores.compound
    strongest = (compound >= 0.5, compound <= -0.5)
    present = (compound >= 0.05, compound <= -0.05)
    marks = (text.count("!") > 0, text.count("?") > 0, "#" in text, len(text) > 140)
    return (scores.neg, scores.neu, scores.pos, compound, *map(float, (*present, *strongest, *marks)))


def _scale(count: int, full: int) -> float:
    return 1.0 if count <= full else full / count
