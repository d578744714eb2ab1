"""When two claims are nearly the same words: a copy with a word more or less is no other voice (pure).

Compared are the words of the claim's sentence and a few round it, each as a short digest, without names, fillers, links
and numbers: names are in every report of a case, and fillers are what a copier puts on.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from .fold import fold
from .sametext import plain, undressed

# Of the shorter text so much must stand in the longer one.
MOSTLY = 0.8
_NEAR = 400  # code points read on either side of the claim, and of the claim
_INSIDE = (12, 24, 12)  # words kept of the sentence: before, in and behind the claim
_AROUND = 8  # words kept of the sentences before, and of those behind
# Half words (a Chinese character is half a word). A shorter text is no copy if a word differs: two who say that somebody
# left have few words for it.
_LONG = 8
_DIGEST = 4  # characters of the digest of a word; of a Chinese character it begins with ~
_END = re.compile(r"[.!?;…]+(?=\s|$)|[。！？；\n\r]+")
_HAN = "\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_HAN}]|[^\W\d_{_HAN}]+|\d+")
_FILLER_WORDS = """
    breaking update exclusive confirmed scoop alert urgent just now in omg wow lol lmao rofl wtf smh fyi psa damn ugh whoa woah
    haha hahaha yikes oof sad shocking shocked insane crazy unbelievable incredible huge big major massive news today hey guys
    folks everyone everybody people look listen ok okay well hm hmm rip and but yes yeah oh the a an has have had s ve via rt
    repost reposted retweet cc source link links thread x twitter bluesky mastodon reddit weibo wechat linkedin hn discord please
    pls share read more
"""
_FILLER_PHRASES = (
    "big if true", "no way", "can t believe it", "can t believe this", "what a day", "it s official", "this is huge", "this is big",
    "this is crazy", "this is wild", "this is insane", "h t", "hat tip", "seen on", "spotted on", "posted on", "found on", "saw this on",
)  # fmt: skip
_FILLERS = re.compile(rf"\b(?:{'|'.join([*_FILLER_PHRASES, *_FILLER_WORDS.split()])})\b")
_HAN_FILLERS = re.compile(
    "快讯|突发|刚刚|重磅|独家|最新|消息|速报|注意|震惊|天哪|天啊|我的天|卧槽|哇|哈哈+|呜呜+|唉|啊|吧|呢|呀|转发|转自|来自|转|看到|"
    "微博|微信|推特|知乎|小红书|大新闻|大消息|不敢相信|太突然了|今天|的|了|已经|已|刚"
)


def sketch(text: str, start: int, end: int, names: Collection[str] = ()) -> str:
    """The words of a claim (code points `start` to `end` of the text) and round it, as digests of 24 bits each.

    `names` are the person's and the organisation's. At most some 260 characters; takes no longer for a longer text.
    """
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    *_, begin = [0, *(m.end() for m in _END.finditer(before))]
    stop = next((m.start() for m in _END.finditer(after)), len(after))
    known = _known(frozenset(names))
    inside = [_words(part, known) for part in (before[begin:], text[start:end][:_NEAR], after[:stop])]
    sentence = inside[0][-_INSIDE[0] :] + inside[1][: _INSIDE[1]] + inside[2][: _INSIDE[2]]
    parts = [_words(before[:begin], known)[-_AROUND:], sentence, _words(after[stop:], known)[:_AROUND]]
    return "|".join("".join(map(_digest, part)) for part in parts)


@lru_cache(maxsize=256)
def _known(names: frozenset[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Names as their words, and those without gaps, the longest first."""
    folded = [plain(fold(name)) for name in names]
    words = frozenset(word for name in folded for word in _WORD.findall(name))
    han = sorted((name for name in folded if re.search(f"[{_HAN}]", name)), key=len, reverse=True)
    return frozenset(word for word in words if not re.match(f"[{_HAN}]", word)), tuple(han)


def _words(text: str, known: tuple[frozenset[str], tuple[str, ...]]) -> list[str]:
    if not text:
        return []
    names, han = known
    folded = plain(undressed(fold(text)))
    for name in han:
        folded = folded.replace(name, " ")
    if not folded.isascii():
        folded = _HAN_FILLERS.sub(" ", folded)
    said = _FILLERS.sub(" ", " ".join(word for word in _WORD.findall(folded) if word not in names))
    return [word for word in said.split() if not word.isdecimal()]


@lru_cache(maxsize=1 << 14)
def _digest(word: str) -> str:
    made = b64encode(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=3).digest()).decode()
    return f"~{made[1:]}" if re.match(f"[{_HAN}]", word) else made


class _Words(NamedTuple):
    """Digests of words, each once, and how many half words they are."""

    each: frozenset[str]
    weight: int


@lru_cache(maxsize=1 << 15)
def nearly(one: str, other: str) -> bool:
    """Are two sketches of the same words but for a few? Which is which does not count."""
    (sentence, whole), (other_sentence, other_whole) = _read(one), _read(other)
    if min(sentence.weight, other_sentence.weight) >= _LONG and _within(sentence, other_sentence):
        return True
    return _within(whole, other_whole)


@lru_cache(maxsize=1 << 11)
def _read(sketch: str) -> tuple[_Words, _Words]:
    """The sentence of a claim, and all that is known of its text."""
    parts = [[part[n : n + _DIGEST] for n in range(0, len(part), _DIGEST)] for part in sketch.split("|")]
    found = [parts[1] if len(parts) > 1 else [], [word for part in parts for word in part]]
    sentence, whole = (_Words(words, _weight(words)) for words in map(frozenset, found))
    return sentence, whole


def _weight(words: Iterable[str]) -> int:
    """In half words."""
    return sum(1 if word[0] == "~" else 2 for word in words)


def _within(one: _Words, other: _Words) -> bool:
    """Does the longer text hold what the shorter one says? In whatever order: to heed it costs too much."""
    small = min(one.weight, other.weight)
    common = one.each & other.each
    if small < _LONG:
        return one.each == other.each
    return 2 * len(common) >= MOSTLY * small and _weight(common) >= MOSTLY * small


@lru_cache(maxsize=64)
def leaders(texts: frozenset[tuple[str, str]]) -> dict[str, str]:
    """The digests of texts, given with their sketches, to the digest of the text of which each is a copy.

    The shortest lead, so that it does not matter which came first; "" as a sketch is like no other.
    """
    led: dict[str, str] = {}
    heads: list[tuple[str, str]] = []
    for words, drawn in sorted(texts, key=lambda text: (len(text[1]), text[1], text[0])):
        if words not in led:
            head = next((head for head, of in heads if drawn and nearly(of, drawn)), words)
            led[words] = head
            heads += [(words, drawn)] if head == words and drawn else []
    return led
