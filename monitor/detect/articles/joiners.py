"""Who comes to the watched organisation now, and so leaves another one."""

from __future__ import annotations

import re

from ..regex import regex
from ..scene import Scene

_HIRES = regex(
    r"^[^.]{0,24}\b(?:has |have |had )?(?:hire[sd]?|recruit(?:s|ed)?|lure[sd]?|poach(?:es|ed)?|tap(?:s|ped)|sign(?:s|ed)|brings? in|brought in|snap(?:s|ped) up|land(?:s|ed)|adds?|welcomes?|welcomed)\b"
)
_JOINS = regex(
    r"\b(?:joins|joining|will join|to join|has joined|have joined|moves to|move to|moving to|heads to|start(?:s|ing)? at|arrives? at)(?: the)? $"
    r"|(?<!年)(?:加入|加盟|入职|入職|转投|轉投|出任|来到)(?:了)?$"
)
_BIO_YEAR = regex(r"(?:19|20)\d\d")


def comes_to_us(scene: Scene, key: str) -> bool:
    """Is a person one who joins us now: 'ORG has hired X', 'X joins ORG', with no year beside it?"""
    for m in scene.mentions:
        if m.key != key or m.kind != "name":
            continue
        low, high = scene.sentences[scene.sentence_of(m.start)]
        for start, end in scene.organisation:
            if end <= m.start and start >= low and _HIRES.search(scene.text[end : m.start]):
                return not re.search(r"\bfrom (?:the )?$", scene.text[low:start])
            if m.end <= start < high and _JOINS.search(scene.text, m.end, start):
                return _BIO_YEAR.search(scene.text, max(low, start - 24), start) is None
    return False
