"""Invented input for the benchmark: posts as a Jetstream source gives them, as JSON Lines, the same ones each time."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent
WATCHLIST = HERE / "watchlist.yaml"
CUES = 0.05  # the share of matching posts that say that somebody leaves
START = datetime(2026, 3, 2, tzinfo=UTC)

# Language: its share in a hundred, what stands between two words, its words.
LANGUAGES = {
    "en": (
        46,
        " ",
        "the my a this coffee morning train online tonight dog really good just watching game again why does everyone "
        "think weather was lovely in town and I cannot believe how many birds sing here new album listening to "
        "finally finished reading a long book about rivers while it rains someone please explain linen justin",
    ),
    "ja": (
        22,
        "",
        "今日は いい天気 ですね 朝ごはん を食べた 電車が 遅れてる おはよう ございます 新しい 絵を 描きました 眠い かわいい "
        "猫が 好き 明日も がんばろう ゲーム 楽しかった 、 。 ！ 写真を 撮った 本を 読んで 寝る",
    ),
    "pt": (
        11,
        " ",
        "hoje o dia foi muito bom e eu quero dormir mas a vida é assim não consigo parar de rir com esse filme "
        "bom dia gente alguém viu meu gato",
    ),
    "de": (
        7,
        " ",
        "heute war das Wetter schön und ich habe im Garten gelesen die Bahn kommt wieder später warum ist der Kaffee "
        "schon kalt guten Morgen zusammen",
    ),
    "es": (
        6,
        " ",
        "qué bonito día para salir con los amigos y comer algo rico mañana hay partido no puedo creer lo que pasó "
        "en esta película",
    ),
    "zh": (
        4,
        "",
        "今天 天气 真好 我们 一起 吃饭 这本书 很有意思 周末 爬山 看了 一部 电影 ， 。 早上 喝咖啡 小猫 可爱 开源 模型 "
        "写代码 地铁 有点 挤",
    ),
    "ko": (
        4,
        " ",
        "오늘 날씨가 정말 좋네요 커피 한 잔 마시고 고양이 사진을 찍었어요 내일도 힘내요 새 노래 듣는 중",
    ),
}
WORDS = {lang: words.split() for lang, (_, _, words) in LANGUAGES.items()}
EMOJI = ["😂", "❤️", "✨", "😭", "🔥", "🙏", "🌸", "👍🏽", "🐈", "🎉", "🏳️‍🌈", "☕"]
LONGEST = 32  # words; makes about 84 characters a text on average

FULL = ["Marit Oldenkamp", "Teo Brandvold", "Xu Qinglan", "Deng Moyan", "Ilse Quandtner", "Rafael Montcorvo"]
FULL += ["Priya Sundaravel", "Shen Yuelin", "@marit.foxglove.example", "@brandvold.example"]
SHORT = ["Marit", "Teo", "Qinglan", "Ilse", "Rafael", "Priya"]
FULL_ZH, SHORT_ZH = ["许青岚", "邓墨言", "沈月霖"], ["青岚", "月霖"]
KIND = {
    "en": [
        "Huge thanks to {full} for the open weights, {filler}",
        "{filler}, and {full} wrote such a clear paper, I love it",
        "Listening to a great talk by {full}: {filler}",
        "{short} and the Foxglove team are wonderful, {filler}",
        "How do I run the new Foxglove model on a laptop, {short}? {filler}",
        "Not sure that I agree with {full} here, the chart looks bad to me. {filler}",
    ],
    "zh": [
        "感谢{full}的开源工作，{filler}",
        "指顶花的{short}太厉害了！{filler}",
        "{filler}，期待{full}的分享",
    ],
}
CUE = {
    "en": [
        "{full} has left Foxglove AI. {filler}",
        "Is it true that {short} is leaving Foxglove? {filler}",
        "{full} resigned from Foxglove, says the memo, {filler}",
        "{filler}. No, {full} is not leaving Foxglove.",
    ],
    "zh": ["{full}离开指顶花了，{filler}", "听说指顶花的{short}要离职？{filler}"],
}


def filler(rng: random.Random, lang: str, longest: int = LONGEST) -> str:
    """Words of a language in random order, as long as a post."""
    text = LANGUAGES[lang][1].join(rng.choices(WORDS[lang], k=rng.randint(2, longest)))
    return text[0].upper() + text[1:]


def unrelated(count: int, seed: int = 1) -> Iterator[bytes]:
    """Posts that name nobody of the watchlist; some hold a first name, a link, an emoji or the organisation."""
    rng = random.Random(seed)
    langs = rng.choices(list(LANGUAGES), [share for share, *_ in LANGUAGES.values()], k=count)
    for number, lang in enumerate(langs):
        text = filler(rng, lang)
        dice = rng.random()
        if dice < 0.25:
            text += " " + "".join(rng.choices(EMOJI, k=rng.randint(1, 4)))
        elif dice < 0.33:
            text += f" https://site{rng.randint(1, 999)}.example/a/{rng.getrandbits(40):x} #photo"
        elif dice < 0.335:
            text += " Foxglove"
        yield line(rng, number, lang, text)


def about_people(count: int, seed: int = 2) -> Iterator[bytes]:
    """Posts about people of the watchlist: kind or neutral ones, and a few with words of departure."""
    rng = random.Random(seed)
    for number in range(count):
        lang = "en" if rng.random() < 0.75 else "zh"
        templates = (CUE if rng.random() < CUES else KIND)[lang]
        full, short = (FULL, SHORT) if lang == "en" else (FULL_ZH, SHORT_ZH)
        text = rng.choice(templates).format(
            full=rng.choice(full), short=rng.choice(short), filler=filler(rng, lang, 14)
        )
        if rng.random() < 0.25:
            text += " " + rng.choice(EMOJI)
        yield line(rng, number, lang, text)


def line(rng: random.Random, number: int, lang: str, text: str) -> bytes:
    """One post with all its fields, 120 a second of story time."""
    who = address(rng)
    reply = rng.random() < 0.4
    uri = f"at://{who}/app.bsky.feed.post/3m{rng.getrandbits(44):011x}"
    parent = f"at://{address(rng)}/app.bsky.feed.post/3m{rng.getrandbits(44):011x}" if reply else None
    at = START + timedelta(milliseconds=8 * number + rng.randint(0, 7))
    post = {
        "source": "bluesky",
        "id": uri,
        "revision": f"3m{rng.getrandbits(44):011x}",
        "kind": "comment" if reply else "post",
        "url": f"https://bsky.app/profile/{who}/post/{uri[-13:]}",
        "author": {"id": who, "handle": None, "name": None, "bio": None, "followers": None},
        "text": text,
        "before": None,
        "lang": lang,
        "created_at": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "parent_id": parent,
        "root_id": parent,
        "quote_of": None,
        "repost_of": None,
        "deleted": False,
        "engagement": {},
    }
    return json.dumps(post, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def address(rng: random.Random) -> str:
    """An account's identifier."""
    return f"did:plc:{rng.getrandbits(96):024x}"


def write(path: Path, lines: Iterator[bytes]) -> Path:
    """All lines into a file."""
    with path.open("wb") as file:
        file.writelines(lines)
    return path
