"""Makes monitor/score/models/tongue.weights: python deploy/train/tongues.py OUT CLDR TWEETS.jsonl.gz

Needs numpy, Django 5.2 and Faker 40.54, for training only; the latter two are not run, their data are read. CLDR is the
unpacked npm package cldr-annotations-full 48.2 (its folder `annotations`); TWEETS holds English ones, {"text"} a line.
Each example is a few words in a row of a text, or drawn by how frequent they are; a name stands among some.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from monitor.score.grams import words_of
from monitor.score.leaning import BUCKETS, STEP, buckets, pack, spelled

EXAMPLES = 120_000  # of each kind of English; of the other languages in proportion
LENGTHS = (1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 10)
ROUNDS, RATE, PRIOR = 70, 0.12, 3e-6
LATIN = "ca cs da de en es fi fil fr hu id is it lt lv ms nb nl pl pt ro sh sk sl sv tr vi"
OTHERS = "ru uk bg el hi bn ta ja ko"  # as they are written in Latin letters
ACCENTED = "cs sk pl ro tr hu sh sl es fr pt vi lv lt fi sv de"  # people leave the accents out
NON_LATIN = (
    "ar be bg ckb el fa he hy ja ka kk km kn ko ku ky mk ml mn mr my ne os pa ru ta te tg th ug uk ur zh"
)
_MSG = re.compile(r'^msg(id|str(?:\[\d\])?) ((?:".*"\n?)+)', re.M)
_BLANKS = re.compile(r"%\([^)]*\)\w|%\w|\\n|\{[^}]*\}")
_CYRILLIC = dict(zip("абвгдезийклмнопрстуфыэіїєґё", "abvgdeziiklmnoprstufyeiiege", strict=True))
_CYRILLIC |= {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya"}
_GREEK = dict(zip("αβγδεζηικλμνξοπρσςτυφχω", "avgdeziiklmnxoprsstyfxo", strict=True)) | {"θ": "th", "ψ": "ps"}
_HEPBURN = {"si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji", "du": "zu", "wo": "o"}
_PINYIN = (
    "ai an bai bin bo bowen cai chang chao chen cheng chong chun da dan ding dong fan fang fei feng fu gang gao guang guo"
    " hai han hao he hong hou hua huang hui ji jia jian jiang jie jin jing jun kai kang ke kong lan lei li lian liang lin"
    " ling liu long lu luo ma mei meng min ming mo na nan ning pan pei peng ping qi qian qiang qin qing rong ru rui shan"
    " shao shen sheng shi shu shun song su sun tang tao tian ting tong wang wei wen wu xi xia xiang xiao xie xin xing xiong"
    " xu xue yan yang yao ye yi yin ying yong you yu yuan yue yun zhang zhao zhen zheng zhi zhong zhou zhu zi zong"
)
# What stands in posts of any language.
LABS = (
    "qwen alibaba tongyi deepseek moonshot kimi minimax zhipu glm baidu ernie tencent hunyuan bytedance doubao seed stepfun"
    " baichuan openai chatgpt gpt sora google deepmind gemini gemma meta llama fair"
    " mistral mixtral xai grok nvidia nemotron cohere reka stability midjourney perplexity huggingface github discord reddit"
    " twitter bluesky mastodon youtube tiktok microsoft phi apple amazon nova llm llms agi ai vlm moe rlhf gpu cuda"
    " pytorch transformers vllm ollama lora arxiv neurips icml iclr acl beijing hangzhou shanghai shenzhen"
)

Words = list[str]


def plain(word: str) -> str:
    """Without its accents."""
    loose = word.translate(str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ß": "ss"}))
    return "".join(
        letter for letter in unicodedata.normalize("NFD", loose) if not unicodedata.combining(letter)
    )


def romanised(word: str) -> str:
    """A word of another script as people spell it in Latin letters, roughly; "" for what is none."""
    if any(letter in _CYRILLIC for letter in word):
        return "".join(_CYRILLIC.get(letter, "") for letter in word)
    if any(letter in _GREEK for letter in plain(word)):
        return "".join(_GREEK.get(letter, "") for letter in plain(word))
    found = ""
    for letter in unicodedata.normalize("NFC", word):
        name = unicodedata.name(letter, "")
        last = name.split(" ")[-1].lower()
        if name.startswith("HANGUL SYLLABLE"):
            found += last
        elif name.startswith(("HIRAGANA", "KATAKANA LETTER")):
            found = found[:-1] + last if "SMALL Y" in name else found + _HEPBURN.get(last, last)
            found = found.removesuffix("tsu") if "SMALL TU" in name else found
        elif "VOWEL SIGN" in name or "VIRAMA" in name:
            found = found.removesuffix("a") + ("" if "VIRAMA" in name else last)
        elif " LETTER " in name:
            found += {"ca": "cha", "cha": "chha"}.get(last, last)
        elif "ANUSVARA" in name or "CANDRABINDU" in name:
            found += "n"
    indic = any(unicodedata.name(letter, "").startswith(("DEVANAGARI", "BENGALI")) for letter in word)
    found = (
        re.sub(r"([a-z])\1+", r"\1", found) if indic or "TAMIL" in unicodedata.name(word[0], "") else found
    )
    return (
        found[:-1]
        if indic and len(found) > 3 and found.endswith("a") and " LETTER " in unicodedata.name(word[-1], "")
        else found
    )


def phrases(cldr: Path) -> dict[str, list[Words]]:
    """Names of emoji and messages of Django, by language; those of OTHERS spelled in Latin letters."""
    found: defaultdict[str, list[Words]] = defaultdict(list)
    for path in sorted(cldr.glob("*/annotations.json")):
        language = path.parent.name.split("-")[0]
        held = json.loads(path.read_text("utf-8"))["annotations"].get("annotations", {})
        texts = dict.fromkeys(text for row in held.values() for one in row.values() for text in one)
        latin = [
            words
            for text in (_latin(language, text) for text in texts)
            if 2 * len("".join(words := spelled(words_of(text)))) >= len(text) > 2
        ]
        if len(latin) >= 400 and language != "pcm":
            found[language] += latin
    for path in sorted(_folder("django").rglob("LC_MESSAGES/django*.po")):
        language = path.parent.parent.name.split("_")[0]
        unread = set(NON_LATIN.split()) - set(OTHERS.split())
        if path.parent.parent.name.startswith("en_") or language in unread:
            continue
        for kind, quoted in _MSG.findall(path.read_text("utf-8")):
            text = _latin(language, _BLANKS.sub(" ", "".join(re.findall(r'"(.*)"', quoted))))
            if (kind == "id") == (language == "en") and (words := spelled(words_of(text))):
                found[language].append(words)
    return {language: held for language, held in sorted(found.items()) if len(held) >= 400}


def _latin(language: str, text: str) -> str:
    return " ".join(map(romanised, text.split())) if language in OTHERS.split() else text


def frequencies(texts: list[Words]) -> dict[str, float]:
    """The most frequent words of texts, with their counts."""
    counts = Counter(word for words in texts for word in words)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:20_000])


class Examples:
    """Labelled texts: the buckets of their words, 1 for English, and what each counts for."""

    def __init__(self) -> None:
        self.dice = random.Random(7)
        self.rows: list[list[int]] = []
        self.labels: list[int] = []
        self.counts: list[float] = []
        self._known: dict[str, list[int]] = {}
        files = sorted((_folder("faker") / "providers" / "person").glob("*_*/__init__.py"))
        pinyin = _PINYIN.split()
        pairs = (first + last for first in pinyin for last in pinyin)
        found = {
            name.lower() for path in files for name in re.findall(r'"([A-Z][a-z]+)"', path.read_text("utf-8"))
        }
        self.names = sorted({*found, *pairs, *pinyin}) + 20 * LABS.split()

    def add(self, words: Words, english: int, count: float = 1.0) -> None:
        """One text; a quarter of them get a name, so that names say little."""
        words = list(words)
        if self.dice.random() < 0.25:
            words.insert(self.dice.randrange(len(words) + 1), self.dice.choice(self.names))
        for word in words:
            if word not in self._known:
                self._known[word] = buckets(word)
        self.rows.append([bucket for word in words for bucket in self._known[word]])
        self.labels.append(english)
        self.counts.append(count)

    def part(self, words: Words) -> Words:
        """A few words in a row."""
        length = self.dice.choice(LENGTHS)
        first = self.dice.randrange(max(1, len(words) - length + 1))
        return words[first : first + length]

    def drawn(self, shares: dict[str, float], power: float, times: int) -> Iterator[Words]:
        """Words by their frequency to that power."""
        words = list(shares)
        sums = np.cumsum(np.array(list(shares.values())) ** power).tolist()
        for _ in range(times):
            yield self.dice.choices(words, cum_weights=sums, k=self.dice.choice(LENGTHS))


def english(examples: Examples, tweets: Path, texts: list[Words]) -> None:
    """English: parts of tweets, frequent words, slang, names alone, VADER's words, phrases."""
    with gzip.open(tweets, "rt", encoding="utf-8") as lines:
        posts = [words for line in lines if (words := spelled(words_of(json.loads(line)["text"])))]
    for _ in range(EXAMPLES // 2):
        examples.add(examples.part(examples.dice.choice(posts)), 1)
    shares = frequencies([*posts, *texts])
    for power in (0.9, 0.6, 0.35):
        for words in examples.drawn(shares, power, EXAMPLES // 5):
            examples.add(words, 1)
    slang = (Path(__file__).parent / "slang.txt").read_text("utf-8").split()
    for _ in range(EXAMPLES // 4):
        examples.add(examples.dice.choices(slang, k=examples.dice.choice((1, 1, 2, 2, 3, 4))), 1)
    for _ in range(EXAMPLES // 25):
        examples.add(examples.dice.choices(examples.names, k=examples.dice.choice((1, 2, 2))), 1)
    for words in [*texts, *([word] for word in SentimentIntensityAnalyzer().lexicon if word.isalpha())]:
        examples.add(words, 1)


def foreign(examples: Examples, texts: dict[str, list[Words]]) -> None:
    """The other languages, with and without their accents."""
    for language in (LATIN + " " + OTHERS).split():
        shares = frequencies(texts[language]) if language != "en" and language in texts else {}
        bare: defaultdict[str, float] = defaultdict(float)
        for word, share in shares.items():
            bare[plain(word)] += share
        for held in (shares, dict(bare) if language in ACCENTED.split() else {}):
            for power in (0.9, 0.6) if held else ():
                for words in examples.drawn(held, power, EXAMPLES // 50):
                    examples.add(words, 0)
    for language, held in texts.items():
        for _ in range(min(len(held), EXAMPLES // 40) if language != "en" else 0):
            words = examples.part(examples.dice.choice(held))
            examples.add(list(map(plain, words)) if examples.dice.random() < 0.4 else words, 0)


def fit(examples: Examples) -> array[int]:
    """Logistic regression by Adam on all examples at once; the two sides weigh the same."""
    labels, counts = np.array(examples.labels, float), np.array(examples.counts)
    counts[labels == 0] *= counts[labels == 1].sum() / counts[labels == 0].sum()
    counts /= counts.sum()
    lengths = np.array([len(row) for row in examples.rows])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    places = np.concatenate([np.array(row) for row in examples.rows])
    weights, mean, spread = (np.zeros(BUCKETS + 1) for _ in range(3))
    for number in range(ROUNDS):
        sums = np.add.reduceat(weights[places], starts) + weights[-1]
        wrong = counts * (1 / (1 + np.exp(-sums)) - labels)
        slope: Any = PRIOR * weights
        slope[:-1] += np.bincount(places, np.repeat(wrong, lengths), BUCKETS)
        slope[-1] = wrong.sum()
        mean, spread = 0.9 * mean + 0.1 * slope, 0.99 * spread + 0.01 * slope * slope
        step = mean / (1 - 0.9 ** (number + 1)) / (np.sqrt(spread / (1 - 0.99 ** (number + 1))) + 1e-8)
        weights -= RATE * (1 - number / ROUNDS) * step
    # Towards zero: the many that say little are left out, and the file is half as large.
    return array("b", np.clip(np.trunc(weights / STEP), -127, 127).astype(np.int8).tobytes())


def _folder(package: str) -> Path:
    found = find_spec(package)
    if found is None or found.origin is None:
        raise SystemExit(f"{package} is not installed")
    return Path(found.origin).parent


def main() -> None:
    """Reads, fits, writes."""
    out, cldr, tweets = map(Path, sys.argv[1:])
    texts = phrases(cldr)
    examples = Examples()
    english(examples, tweets, texts["en"])
    foreign(examples, texts)
    packed = pack(fit(examples))
    out.write_bytes(packed)
    print(f"{len(examples.rows)} examples, {len(texts)} languages of phrases, {len(packed)} bytes")


if __name__ == "__main__":
    main()
