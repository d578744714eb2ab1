"""Whether the words of leaving in a post speak of its author or of somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from ..organisation import Span
from .chinese import whose as chinese
from .english import whose as english
from .people import Whose
from .regex import regex
from .scene import Scene

_HANZI = regex(r"[\u3400-\u9fff]")


def of_others(scene: Scene, signs: str, places: Sequence[Span], beside: Sequence[Span] = ()) -> bool:
    """Do all the words of leaving at `places`, (start, end), speak of somebody else than the author?

    A clause without a subject goes on about whom its sentence has told of before, there or in the words `beside`.
    """
    last, asked = -1, set(places)
    for start, end in sorted({*places, *beside}):
        number = scene.sentence_of(start)
        said = _whose(scene, signs, start, end)
        if said == "other":
            last = number
        elif (start, end) in asked and (said == "own" or number != last):
            return False
    return last >= 0


def of_author(scene: Scene, signs: str, places: Sequence[Span], own: Sequence[Span], key: str) -> bool:
    """Do the words of leaving at `places` speak of the author, and none of the person `key` who is named beside?

    `own` are the places where the author is read as the one who leaves. Words without a subject count for neither, unless
    the person is named before them in the sentence.
    """
    found = False
    for start, end in places:
        said = _whose(scene, signs, start, end)
        if said == "other" or any(low <= start < high for low, high in scene.quotes):
            return False
        low = scene.sentences[scene.sentence_of(start)][0]
        before = [m for m in scene.mentions if low <= m.start < end]
        if said == "own":
            # 'I hear that X has left'
            if any(m.key == key for m in before) and before[-1].kind != "first":
                return False
            found = True
        elif any(m.key == key for m in before):
            return False
        elif any(low < end and start < high for low, high in own):
            found = True
    return found


def _whose(scene: Scene, signs: str, start: int, end: int) -> Whose:
    low, high = scene.sentences[scene.sentence_of(start)]
    if quoted_of_another(scene, start):
        return "other"
    if _HANZI.search(scene.text, start, end):
        return chinese.whose(scene, signs, low, start, end, high)
    return english.whose(scene, low, start, end)


_ME = regex(r"\b(?:i|i'm|i've|i'd|i'll|me|my|mine|myself)\b|[我俺]")
_FROM_ANOTHER = regex(
    r"\b(?:from|by|says|said|writes|wrote|tells|told|posts|posted|texts|texted|hear(?:ing)?|read(?:ing)?|seeing|saw)\b|看到|读到|收到|听到|说|写道|发的|的(?:信|朋友圈|消息|邮件|微博|帖)"
)


def quoted_of_another(scene: Scene, at: int) -> bool:
    """Does offset `at` lie in words that the author quotes, and does what stands round them say that they are another's?"""
    for low, high in scene.quotes:
        if low <= at < high:
            if _is_signed(scene, high):
                return True
            round_it = scene.text[max(0, low - 80) : low] + " " + scene.text[high : high + 80]
            return _FROM_ANOTHER.search(round_it) is not None and _ME.search(round_it) is None
    return False


# '"Last day at ORG" - Zoe, my best intern'
_SIGNED = regex(r"[\"”]?\s?(?:-{1,2}|[–—]|~)\s?(?P<name>@?[A-Z][\w'-]+)(?: [A-Z][\w'-]+)?\s*(?:$|[,.!;(\n])")


def _is_signed(scene: Scene, at: int) -> bool:
    """Does another name than the author's stand under a quotation that ends at `at`?"""
    signed = _SIGNED.match(scene.letters, at)
    own = f"{scene.post.author.name or ''} {scene.post.author.handle or ''}".casefold()
    return signed is not None and signed["name"].lstrip("@").casefold() not in own
