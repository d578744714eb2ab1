"""How English the words of a text look: a logistic regression over words and letter sequences, English against the rest.

models/tongue.weights holds a signed byte a bucket, in steps of STEP; deploy/train/tongues.py makes it.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from .weights import MODELS, checked, checksum, inflated, read

FILE = MODELS / "tongue.weights"
STEP = 0.15  # in log-odds
BUCKETS = 1 << 17
_SEQUENCES = (2, 3, 4)  # bytes of UTF-8
_MANY, _LONG = 24, 40  # words read of a text, characters of a word
_FOREIGN = -20  # steps: no single word, a name for one, says more against English
_KNOWN = 1 << 13  # words whose sums are kept


def english_odds(words: Iterable[str]) -> float:
    """The log-odds that a text is English; 0 where no word is spelled out. `words`: as grams.words_of cuts them."""
    read = spelled(words)[:_MANY]
    return STEP * (sum(map(_weight, read)) + weights()[BUCKETS]) if read else 0.0


def spelled(words: Iterable[str]) -> list[str]:
    """Those that are spelled out: no sign, link or handle; a hashtag without its mark."""
    bare = [word[1:_LONG] if word[0] == "#" else word[:_LONG] for word in words]
    return [word for word in bare if word[:1].isalpha() and word != "http:"]


def buckets(word: str) -> list[int]:
    """Where a word's weights stand: of the whole, of its letter sequences, of the letters that English lacks."""
    whole = word.encode("utf-8", "replace")
    framed = b" %b " % whole
    parts = [whole]
    for length in _SEQUENCES:
        parts += [framed[at : at + length] for at in range(len(framed) - length + 1)]
    if not word.isascii():
        parts += [3 * letter.encode("utf-8", "replace") for letter in sorted(set(word)) if letter > "\x7f"]
    return [zlib.crc32(part) % BUCKETS for part in parts]


@lru_cache(_KNOWN)
def _weight(word: str) -> int:
    return max(_FOREIGN, sum(map(weights().__getitem__, buckets(word))))


@cache
def weights() -> array[int]:
    """The model, read once. UserError if its file is missing or damaged."""
    return load(FILE)


def pack(table: array[int]) -> bytes:
    """The bytes of a model file: a checksum of the rest, then by bucket a signed byte, and the bias."""
    body = zlib.compress(table.tobytes(), 9)
    return checksum(body) + body


def load(path: Path) -> array[int]:
    """Reads and checks a model file. UserError if it is missing or damaged."""
    return read(path, lambda raw: inflated(checked(raw[4:], raw[:4]), BUCKETS + 1))
