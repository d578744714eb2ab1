"""Near-duplicates, for now by equal normalised text: copies of one text are one voice."""

from __future__ import annotations

import hashlib
import unicodedata


def text_digest(text: str) -> bytes:
    """Sixteen bytes, equal for texts with the same letters and digits (NFKC, casefold); b"" without any."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = "".join(filter(str.isalnum, folded))
    if not letters:
        return b""
    return hashlib.blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=16).digest()
