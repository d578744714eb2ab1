"""When two texts are the same words: what copies of a post share, however they were dressed up (pure)."""

from __future__ import annotations

import hashlib
import re

from .fold import fold

# What a copier varies without saying anything else: links, mentions, hashtags.
_DRESS = re.compile(r"[@#][^\s@#]+|https?://\S+|www\.\S+")
_FEW = 12  # bytes: four Chinese characters, two English words
_NO_LETTERS = re.compile(r"[\W_]+")
_LOOKALIKES = str.maketrans(
    "авекмнорстухіјѕԁԛԝһӏǀοανρτυχικɑɡıｌ",
    "abekmhopctyxijsdqwhlloavptuxikagil",
)


def text_digest(text: str) -> bytes:
    """Sixteen bytes, equal for texts with the same words whatever their form and case; b"" for none.

    Links, mentions, hashtags, signs and emoji do not count, nor do Cyrillic and Greek letters that look like
    Latin ones; but in a text of hardly a word beside them they do, as then they are what is said. Takes linear
    time: folding goes by the character, as Unicode's own normalisation of a whole text is quadratic where
    somebody strings combining marks together.
    """
    return _digest(fold(text), numbered=True)


def claim_digest(text: str) -> bytes:
    """Like text_digest, for texts that claim a departure: here a number at the end makes no other text either."""
    return _digest(fold(text), numbered=False)


def _digest(folded: str, *, numbered: bool) -> bytes:
    plain = _letters(undressed(folded))
    letters = (plain if numbered else plain.rstrip("0123456789")).encode("utf-8", "surrogatepass")
    if len(letters) < _FEW:
        letters = _NO_LETTERS.sub("", folded).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(letters, digest_size=16).digest() if letters else b""


def undressed(folded: str) -> str:
    """A folded text without links, mentions and hashtags."""
    if "@" in folded or "#" in folded or "://" in folded or "www." in folded:
        return _DRESS.sub(" ", f" {folded}".replace(" rt @", " @"))
    return folded


def _letters(folded: str) -> str:
    return plain(_NO_LETTERS.sub("", folded))


def plain(folded: str) -> str:
    """A folded text with Latin letters for those that look like them."""
    return folded if folded.isascii() else folded.translate(_LOOKALIKES)
