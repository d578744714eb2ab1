"""In which language a text is: by its script, and in Latin script by small words and by how English the words look.

Only English and Chinese are scored: a text that is neither must not be taken for one of them, and is `und` where
nothing tells which it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from .grams import words_of
from .han import is_japanese
from .leaning import english_odds

# Words that hardly stand in another of these languages; what several share (die, a, is, in, on, no) is left out.
_SMALL_WORDS = {
    "en": "the and of to you it that this with was are have for my so i'm it's be your what just but not at they we"
    " from has can about how his her she who when if there don't like get been would will or by more which were their on all out up day good great",
    "de": "und der das ist nicht ich ein eine den mit zu auf für sich auch dem wie noch aber wir sie nur wird sehr bei"
    " oder dass kein mehr schon immer über nach war haben heute danke",
    "fr": "le les des une est et pas je vous dans qui pour sur avec ce cette mais nous il elle sont plus très c'est"
    " j'ai aux merci fait tout être ça qu'il leur",
    "es": "el los las una que por con para pero muy como está esta este es del al lo más sus yo tú mi todo gracias"
    " siempre ahora también porque hay nada",
    "pt": "não uma você os com para mais muito isso ele ela meu minha são foi por que da do em um também já eu obrigado"
    " vai está aqui",
    "it": "il che di non una per gli sono con della anche più è questo ma come mi alla nel ha ho grazie molto perché",
    "nl": "het een van niet dat ik en de zijn voor met ook maar hij wij nog wel heb dit naar geen bij bedankt",
    "sv": "och att det är som inte jag på en för med av han hon ett så har om vi till tack",
    "no": "og det er ikke jeg på en som til av med har vi så jag den takk meg deg",
    "da": "og det er ikke jeg på en som til af med har vi så den tak mig dig",
    "fi": "ja ei se että hän ovat mutta niin olen minä kun nyt kiitos tämä mitä",
    "pl": "nie się jest na to że do jak ale już tylko przez tak dla był czy jestem dziękuję",
    "cs": "je se na že to ale jsem jako tak pro by když jsou děkuji není už",
    "ro": "și este nu în cu pe sunt care pentru din mai că foarte mulțumesc",
    "hu": "és nem hogy egy az van meg ez csak már volt köszönöm nagyon",
    "tr": "ve bir bu çok için ama ile değil ben daha gibi ne var olarak sonra kadar teşekkürler şey",
    "id": "yang dan di ini itu tidak dengan untuk dari ada saya kamu aku bisa akan sudah juga karena banget nggak gak"
    " kita mereka terima kasih",
    "tl": "ang mga ng sa ako ikaw siya hindi naman lang ko mo po ito salamat kung",
    "vi": "và của là không có được cho một những người tôi này đã với các rất cảm ơn trong",
    "ca": "els amb una que és per no molt això gràcies",
}
_OF: dict[str, tuple[str, ...]] = {}
for _language, _words in _SMALL_WORDS.items():
    for _word in _words.split():
        _OF[_word] = (*_OF.get(_word, ()), _language)

_NEVER_ENGLISH = frozenset(word for word, languages in _OF.items() if "en" not in languages)
# What others borrow no more than any word, and hardly a post of some length is without.
_PLAIN_WORDS = (
    "the and you it that this with are have i'm it's your what not they from about how she who when there don't would more"
    " which were their because could should before after every never only people right much being those these them then"
    " than where while without through though again going doing having makes made took said says think know want wanted"
    " looking can't didn't doesn't isn't won't that's i've i'll i'd you're we're they're he's she's tomorrow tonight"
    " yesterday today monday tuesday wednesday thursday friday saturday sunday morning years night always everyone"
    " something nothing anything someone another against"
)
_PLAIN_ENGLISH = frozenset(_PLAIN_WORDS.split())
# Log-odds: from what a text is taken for English (chosen on the build half of tests/score/data/languages.jsonl), what
# the source's word adds, what another language's small word takes off, and what a name adds, which says nothing by
# itself but looks foreign.
_ENGLISH, _SAID_ENGLISH, _SMALL_WORD, _NAME, _NAMES = -0.4, 2.0, 1.5, 0.7, 3
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
# Han letters among signs, numbers and emoji: most Chinese posts.
_ONLY_HAN = re.compile(
    "[\x00-@\\[-`{-\xa9\u2010-\u2bff\u3000-\u3020\u3400-\u9fff\ufe0f\uff01-\uff20\U0001f000-\U0001faff]*"
)
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_LATIN = re.compile("[a-zA-Z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
_LATIN_WORD = re.compile("(?<![a-zA-Z])[a-z][a-z']+")  # without names
_BEYOND_ENGLISH = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
_CAPITALISED = re.compile(r"\s[A-Z][a-z]+")
_HANDLE = re.compile(r"@[\w.-]+")
_SCRIPTS = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "THAI": "th", "CYRILLIC": "ru", "ARABIC": "ar",
    "DEVANAGARI": "hi", "GREEK": "el", "HEBREW": "he",
}  # fmt: skip
_MANY = 2000  # characters that tell the language
# Hints by which words in Latin letters may be English. zh: what reads Han letters cannot read these.
_SILENT = (None, "en", "zh", "und", "mul", "zxx")


class Tongue(NamedTuple):
    """`lang` is None where nothing tells; `han` and `latin` are letters and words: what a mixed text is made of."""

    lang: str | None
    han: int = 0
    latin: int = 0


def tongue_of(text: str, hint: str | None = None, words: Sequence[str] | None = None) -> Tongue:
    """The language a text is in. `hint`: what the source says (a code, any case); `words`: words_of(text), if at hand."""
    text = text[:_MANY]
    hint = _code(hint)
    if text.isascii():
        has_letters = text.islower() or text.isupper() or any(map(str.isalpha, text))
        return Tongue(_by_words(text, hint, words) if has_letters else None)
    if _ONLY_HAN.fullmatch(text) and _HAN.search(text) and hint != "ja":
        return Tongue("ja" if is_japanese(text, len(text)) else "zh", len(text))
    letters = sum(map(str.isalpha, text))
    if letters == 0:
        return Tongue(None)
    latin, han, kana = len(_LATIN.findall(text)), len(_HAN.findall(text)), len(_KANA.findall(text))
    others = letters - latin - han - kana
    if kana * 10 > han + kana or (hint == "ja" and han + kana):
        return Tongue("ja" if latin <= 2 * (han + kana) else _by_words(text, hint, words))
    if han == 0 or others > han:
        return Tongue(_by_words(text, hint, words) if latin > 2 * others else _by_script(text, hint))
    # A Han letter says about as much as two thirds of an English word.
    spelled = len(_LATIN_WORD.findall(text))
    if spelled * 3 > 2 * han:
        return Tongue(_by_words(text, hint, words), han, spelled)
    return Tongue("ja" if is_japanese(text, han) else "zh", han, spelled)


def is_foreign(hint: str | None) -> bool:
    """Whether the source says that a text is neither English nor Chinese."""
    return _code(hint) not in _SILENT


def _code(hint: str | None) -> str | None:
    return (hint or "").replace("_", "-").split("-")[0].lower() or None


def _by_words(text: str, hint: str | None, words: Sequence[str] | None) -> str:
    """English, or the language that most of the small words and the source's hint say, or "und"."""
    words = words_of(text) if words is None else words
    silent = hint in _SILENT
    if silent and _is_english(text, words, hint):
        return "en"
    counts: dict[str, float] = {}
    for word in filter(_OF.__contains__, words):
        for language in _OF[word]:
            counts[language] = counts.get(language, 0) + 1
    english = counts.pop("en", 0)
    other, most = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=("und", 0))
    if silent:
        return other
    assert hint is not None
    counts[hint] = counts.get(hint, 0) + (1.5 if hint in _SMALL_WORDS else 2)
    if counts[hint] >= most:
        other, most = hint, counts[hint]
    if not text.isascii():
        marked = len(set(map(str.lower, _BEYOND_ENGLISH.findall(text))))
        most += 0.5 * min(marked, 4)
    return other if most > english else "en"


def _is_english(text: str, words: Sequence[str], hint: str | None) -> bool:
    """Whether the words are English by themselves: plainly, or by how they look."""
    plain = not _PLAIN_ENGLISH.isdisjoint(words)
    if plain and _NEVER_ENGLISH.isdisjoint(words):
        return True
    if plain and len(_PLAIN_ENGLISH.intersection(words)) > 2 * len(_NEVER_ENGLISH.intersection(words)):
        return True
    if "@" in text:
        words = words_of(_HANDLE.sub(" ", text))
    odds = english_odds(words) + (_SAID_ENGLISH if hint == "en" else 0)
    odds -= _SMALL_WORD * len(_NEVER_ENGLISH.intersection(words))
    if _ENGLISH - _NAME * _NAMES <= odds < _ENGLISH:
        odds += _NAME * min(len(_CAPITALISED.findall(text)), _NAMES)
    return odds >= _ENGLISH


def _by_script(text: str, hint: str | None) -> str | None:
    """The language of a script that one language has, else the hint."""
    for character in text:
        if character.isalpha() and not _LATIN.match(character):
            found = _SCRIPTS.get(unicodedata.name(character, "").split(" ")[0])
            return found if hint in (None, "en", "zh") or found in ("ko", "ja", "th", "el", "he") else hint
    return hint
