"""Near-duplicates, for now by equal normalised text: copies of one text are one voice."""

from __future__ import annotations

import hashlib

from ..fold import fold


def text_digest(text: str) -> bytes:
    """Sixteen bytes, equal for texts with the same letters and digits whatever their form and case.

    b"" for a text without any. Folding goes by the character: Unicode's own normalisation of a whole
    text takes quadratic time where somebody strings combining marks together.
    """
    letters = "".join(filter(str.isalnum, fold(text)))
    if not letters:
        return b""
    return hashlib.blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=16).digest()
