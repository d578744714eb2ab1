"""The four scores of vaderSentiment 3.3.2, bit for bit, in time that grows with the text's length.

The package is the oracle and its tables are ours: lexicon, emoji, boosters, negations and idioms are read from it, and
every sum is made of the same numbers in the same order. Only the way there differs: each word is looked up once, and
the rules for the words around a lexicon word run only where one of them has a part in a rule.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import compress, count
from math import sqrt
from string import punctuation
from typing import NamedTuple

from vaderSentiment import vaderSentiment as package

from .writing import Capitals, emphasis_of, spelling

REACH = 3  # up to so many words before a lexicon word change what it is worth
FADING = (1.0, 0.95, 0.9)  # what a booster counts for, by its distance
LOUD, AGAINST = package.C_INCR, package.N_SCALAR  # what capitals add; the factor of a negation
NEVER = 1.25  # the factor of "never so good"
ALPHA = 15  # of the compound's norm
SO, AT_VERY, OR_NOR = frozenset({"so", "this"}), ("at", "very"), ("or", "nor")


class Scores(NamedTuple):
    """The package's four: shares of the text (0..1, three digits) and the compound (-1..1, four digits)."""

    neg: float
    neu: float
    pos: float
    compound: float


EMPTY, NEUTRAL = Scores(0.0, 0.0, 0.0, 0.0), Scores(0.0, 1.0, 0.0, 0.0)


class Valence:
    """Scores texts. Nothing changes after the tables are read, so threads may share one."""

    def __init__(self) -> None:
        analyzer = package.SentimentIntensityAnalyzer()
        self._spell = spelling({key: name for key, name in analyzer.emojis.items() if len(key) == 1})
        self._lexicon: dict[str, float] = dict(analyzer.lexicon)
        self._boosters: dict[str, float] = dict(package.BOOSTER_DICT)
        self._negations = frozenset(package.NEGATE)
        self._idioms: dict[str, float] = dict(package.SPECIAL_CASES)
        phrases = [phrase for phrase in (*self._boosters, *self._idioms) if " " in phrase]
        # The longest word of each: none of the phrases is there without one of these.
        self._keys = frozenset(max(phrase.split(), key=len) for phrase in phrases)
        actors = {*self._boosters, *self._negations, *self._keys, *SO, "no", "least"}
        self._actors = frozenset(word.strip(punctuation) for word in actors)
        # By bare word what it is worth by itself; None where only a look at it and around it can tell.
        self._worth: dict[str, float | None] = {}
        entangled = {"no", "kind", *(word for phrase in phrases for word in phrase.split())}
        for word, worth in self._lexicon.items():
            bare = word.strip(punctuation)
            if bare == word or len(bare) < 3:  # No word is looked up as the others.
                self._worth[bare] = None if word in entangled or len(bare) < 3 else worth

    def scores(self, text: str) -> Scores:
        """The same four figures as polarity_scores of the package."""
        text = self._spell(text)
        valences, words = self._valences(text)
        if not valences:
            return NEUTRAL if words else EMPTY
        emphasis = emphasis_of(text)
        positive, negative, neutral = 0.0, 0.0, words
        for valence in valences:
            if valence > 0:
                positive += valence + 1.0
                neutral -= 1
            elif valence < 0:
                negative += valence - 1.0
                neutral -= 1
        if positive > -negative:
            positive += emphasis
        elif positive < -negative:
            negative -= emphasis
        total = positive - negative + neutral
        return Scores(
            _thousandths(-negative / total) if negative else 0.0,
            _thousandths(neutral / total),
            _thousandths(positive / total) if positive else 0.0,
            _compound(valences, emphasis),
        )

    def compound(self, text: str) -> float:
        """Only the compound, which is what a label needs."""
        text = self._spell(text)
        valences, _ = self._valences(text)
        return _compound(valences, emphasis_of(text)) if valences else 0.0

    def _valences(self, text: str) -> tuple[list[float], int]:
        """What the words that may be of the lexicon are worth, in their order, and the number of all words."""
        if not text.isascii():
            # The one letter that is longer in lower case, and is in no table; the one that becomes one of ASCII's.
            text = text.replace("İ", "À").replace("\N{KELVIN SIGN}", "K")
        small = text.lower()
        lower = small.split()
        bare = [word.strip(punctuation) for word in lower]
        places = list(compress(count(), map(self._worth.__contains__, bare)))
        if not places:
            return [], len(bare)
        valences = self._weighed(places, lower, bare, Capitals(text), "n't" in small)
        if "but" in small and "but" in bare:
            valences = _turned(valences, places, bare.index("but"))
        return valences, len(bare)

    def _weighed(
        self, places: list[int], lower: list[str], bare: list[str], capitals: Capitals, contracted: bool
    ) -> list[float]:
        """What the words at these places are worth; bare: without outer punctuation, however little is left."""
        worth, lexicon, actors = self._worth, self._lexicon, self._actors
        valences = []
        for place in places:
            word = bare[place]
            if len(word) < 3 and lower[place] not in lexicon:
                valences.append(0.0)
                continue
            valence = worth[word]
            before = bare[place - REACH if place > REACH else 0 : place]
            if valence is None or not actors.isdisjoint(before) or (contracted and "n't" in " ".join(before)):
                valence = self._in_context(place, lower, bare, capitals)
            elif capitals.stress(word, place):
                valence += LOUD if valence > 0 else -LOUD
            valences.append(valence)
        return valences

    def _in_context(self, place: int, lower: list[str], bare: list[str], capitals: Capitals) -> float:
        """What one word is worth after all rules."""
        lexicon = self._lexicon
        first = place - REACH if place > REACH else 0
        # A word counts with its punctuation where fewer than three characters would remain without.
        window = [
            word if len(word) > 2 else lower[number]
            for number, word in enumerate(bare[first : place + REACH], first)
        ]
        at = place - first
        word, before, after = window[at], window[:at][::-1], window[at + 1 : at + 2]
        if word not in lexicon or (word == "kind" and after == ["of"]):
            return 0.0
        valence = lexicon[word]
        if "no" in before[:2] or (before[2:] == ["no"] and before[0] in OR_NOR):
            valence *= AGAINST
        elif word == "no" and after and after[0] in lexicon:
            valence = 0.0
        if capitals.stress(word, place):
            valence += LOUD if valence > 0 else -LOUD
        for distance, modifier in enumerate(before):
            if modifier in lexicon:
                continue
            if modifier in self._boosters:
                stress = capitals.stress(modifier, place - distance - 1)
                valence += _boost(self._boosters[modifier], valence, stress) * FADING[distance]
            if distance == 2 and before[0] in SO:  # For "never" the package asks only in the other order.
                valence *= NEVER
            elif modifier in self._negations or "n't" in modifier:
                valence *= _denial(modifier, before[:distance])
            if distance == 2 and not self._keys.isdisjoint(window):
                valence = self._idiomatic(window, at, valence)
        if before[:1] == ["least"] and (at == 1 or before[1] not in AT_VERY):
            valence *= AGAINST
        return valence

    def _idiomatic(self, window: list[str], at: int, valence: float) -> float:
        """An idiom around the word replaces its value; then boosters of two words before it add theirs."""
        third, second, near, word = window[at - 3 : at + 1]
        earlier = (f"{third} {second} {near}", f"{third} {second}", f"{second} {near}")
        for idiom in (f"{near} {word}", f"{second} {near} {word}", earlier[2], earlier[0], earlier[1]):
            if idiom in self._idioms:
                valence = self._idioms[idiom]
                break
        for end in (at + 2, at + 3):
            if end <= len(window):
                valence = self._idioms.get(" ".join(window[at:end]), valence)
        for idiom in earlier:
            valence += self._boosters.get(idiom, 0)
        return valence


def _boost(boost: float, valence: float, stress: bool) -> float:
    """What "very" adds and "hardly" takes, more so in capitals."""
    if valence < 0:
        boost = -boost
    if stress:
        boost += LOUD if valence > 0 else -LOUD
    return boost


def _denial(negation: str, between: list[str]) -> float:
    """The factor of a negation, by the words between it and the lexicon word."""
    if negation == "never" and not SO.isdisjoint(between):
        return NEVER
    return 1 if negation == "without" and "doubt" in between else AGAINST


def _turned(valences: list[float], places: list[int], turn: int) -> list[float]:
    """Halves what stands before "but" and adds half to what follows, with the package's slip.

    The package changes not the value that it looks at but the first equal one of the moment, so one value may be
    changed twice and its twin never. A heap of places for each value finds that first one.
    """
    found = list(valences)
    holding: dict[float, list[int]] = {}
    for number, valence in enumerate(valences):
        if valence == 0:
            continue
        equal = holding.setdefault(valence, [])
        heappush(equal, number)
        first = heappop(equal)
        found[first] = valence * (0.5 if places[first] < turn else 1.5)
        heappush(holding.setdefault(found[first], []), first)
    return found


def _thousandths(share: float) -> float:
    """round(share, 3) in half its time: only near the middle of two thousandths does it take the long way."""
    scaled = share * 1000
    below = int(scaled)
    rest = scaled - below
    if rest < 0.499:
        return below / 1000
    return (below + 1) / 1000 if rest > 0.501 else round(share, 3)


def _compound(valences: list[float], emphasis: float) -> float:
    """The sum, drawn further out by the emphasis and normed."""
    total = float(sum(valences))
    if total > 0:
        total += emphasis
    elif total < 0:
        total -= emphasis
    return round(total / sqrt((total * total) + ALPHA), 4)
