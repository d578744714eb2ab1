"""Does a post of a watched author speak about the author?"""

from __future__ import annotations

import re

from ..fold import fold
from ..model import Post
from . import words

_FIRST = re.compile(r"(?<![\w@'-])(?:i|i'm|im|i've|ive|i'll|i'd|me|my|mine|myself)(?![\w-])(?!'s\b)")
_START = re.compile(r"(?:^|[.!?\n;:])[\s\"'(]{0,4}([a-z][a-z'-]*)")


def speaks_of_self(post: Post, names_others: bool) -> tuple[int, int] | None:
    """Where the author comes in, in code points: a word of the first person, or (0, 0) when it is left out."""
    if post.kind == "profile":
        return 0, 0
    text = fold(post.text[:20_000])
    quoted = text.startswith(("rt @", "qt @", "rt:"))
    first = None if quoted else _FIRST.search(text)
    if first is not None:
        start = min(first.start(), len(post.text))
        return start, min(first.end(), len(post.text))
    return None if quoted or names_others else _left_out(text)


def _left_out(text: str) -> tuple[int, int] | None:
    for word in words.FIRST_ZH:
        at = text.find(word)
        if at >= 0:
            return at, at + len(word)
    if any(phrase in text for phrase in words.DROPPED_PHRASES):
        return 0, 0
    if any(m.group(1) in words.DROPPED_START for m in _START.finditer(text)):
        return 0, 0
    return (0, 0) if any(phrase in text for phrase in words.DROPPED_ZH) else None
