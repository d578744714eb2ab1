"""The default scorer: what it reads and what it leaves unscored; its files; texts of any length."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from monitor.errors import UserError
from monitor.score.blend import MODELS, Blend
from monitor.score.grams import MAX_CHARACTERS, chinese, english, once, words_of
from monitor.score.language import tongue_of
from monitor.score.scorers import Scorer, scorer
from monitor.score.weights import LARGEST_BYTES, Odds, load

FOREIGN = {
    "ja": "マーラさんが辞めるなんて、とても悲しいです",
    "ko": "마라가 떠난다니 정말 슬프네요",
    "ru": "Очень жаль, что Мара уходит из лаборатории",
    "ar": "خبر محزن جدا للجميع في المختبر",
    "hi": "यह बहुत दुखद समाचार है",
    "th": "เสียใจมากที่มาราลาออก",
    "de": "Das ist wirklich schade, Mara war immer sehr nett",
    "fr": "C'est une triste nouvelle pour nous, merci Mara",
    "es": "Qué noticia más triste para todos los que la conocen",
    "id": "Sedih banget, Mara sudah tidak di lab ini lagi",
    "tr": "Bu çok üzücü bir haber, Mara için teşekkürler",
    "vi": "Tôi rất buồn khi Mara không còn ở đây",
    "it": "Che brutta notizia, Mara non è più con noi",
    "pt": "Muito triste, você não está mais aqui, obrigado Mara",
    "nl": "Wat jammer dat Mara niet meer bij ons is",
    "pl": "To jest bardzo smutne, że nie ma już Mary",
}


@pytest.fixture(scope="module")
def blend() -> Blend:
    return Blend()


@pytest.mark.parametrize("lang", FOREIGN)
def test_a_language_that_no_model_reads_is_unscored_and_never_0(blend: Blend, lang: str) -> None:
    for hint in (None, lang):
        found = blend.score(FOREIGN[lang], hint)
        assert (found.compound, found.label, found.lang) == (None, "unscored", lang)


@pytest.mark.parametrize(
    ("text", "lang", "label"),
    [
        ("I love this, thank you so much Mara!", "en", "positive"),
        ("This is terrible news and I am so sad", "en", "negative"),
        ("The meeting is on Tuesday at the lab", "en", "neutral"),
        ("太感动了，谢谢你，祝你幸福", "zh", "positive"),
        ("太難過了，真的好生氣", "zh", "negative"),
        ("ｇｒｅａｔ ｗｏｒｋ， ａｍａｚｉｎｇ", "en", "positive"),
        ("Orrin 太强了，好喜欢 amazing", "zh", "positive"),
        ("such a great day at the lab, i love it 加油", "en", "positive"),
    ],
)
def test_english_and_chinese_are_read(blend: Blend, text: str, lang: str, label: str) -> None:
    found = blend.score(text)
    assert (found.label, found.lang, found.scorer) == (label, lang, "blend")


@pytest.mark.parametrize("text", ["", "   ", "2024", "...", "https://lab.example", "\x00\ud800"])
def test_where_nothing_is_said_nothing_is_scored(blend: Blend, text: str) -> None:
    assert blend.score(text).label in ("unscored", "neutral") or text.startswith("http")


def test_emoji_alone_are_read(blend: Blend) -> None:
    assert blend.score("😍😍").label == "positive"


def test_the_sources_hint_counts_where_the_words_do_not_tell() -> None:
    assert tongue_of("Danke Mara", "de-DE").lang == "de"
    assert tongue_of("Mara is not the one who would leave", "de").lang == "en"
    assert tongue_of("Esta noticia es muy triste para todos", "en").lang == "es"
    assert tongue_of("今日", "ja").lang == "ja"


def test_compound_is_the_odds_of_positive_less_those_of_negative(blend: Blend) -> None:
    for text in ("gutted", "so happy for her", "很好", "he left", *FOREIGN.values()):
        found = blend.score(text)
        if found.compound is not None:
            assert -1 <= found.compound <= 1
            assert not (found.label == "positive" and found.compound < 0)
            assert not (found.label == "negative" and found.compound > 0)


def test_probabilities_sum_to_one() -> None:
    weights = load(MODELS / "zh.weights", "zh")
    for text in ("", "好", "坏" * 100_000, "，。！"):
        odds = weights.probabilities(chinese(text))
        assert abs(sum(odds) - 1) < 1e-9
        assert all(0 <= one <= 1 for one in odds)


@pytest.mark.parametrize("unit", ["good day ", "太好了，", "good 太好 ", "😀", "a", "!", "ﷺ", "¡é"])
def test_a_megabyte_is_read_to_a_stated_length(blend: Blend, unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    whole, start = blend.score(text), blend.score(text[:MAX_CHARACTERS])
    assert (whole.compound, whole.label, whole.lang, whole.cut) == (
        start.compound,
        start.label,
        start.lang,
        MAX_CHARACTERS,
    )


def test_words_about_somebody_weigh_more_there(blend: Blend) -> None:
    text = "Mara Venn was wonderful, brilliant and kind. The company is a horrible, awful, disgusting mess."
    good = blend.score_about(text, [(0, 9)]).compound
    bad = blend.score_about(text, [(text.index("company"), text.index("company") + 7)]).compound
    assert good is not None and bad is not None and good > bad
    assert blend.score_about(text, []) == blend.score(text)
    assert blend.score_about(FOREIGN["ko"], [(0, 2)]).compound is None


def test_words_of_a_text_hold_no_name_of_a_handle_or_link() -> None:
    assert words_of("@mara_v soooo good!!!! https://x.example/1 42") == [
        "@user",
        "soo",
        "good",
        "!!",
        "http:",
        "0",
    ]


@pytest.mark.parametrize("kind", ["en", "zh"])
def test_a_model_file_is_small_and_its_damage_is_seen(tmp_path: Path, kind: str) -> None:
    whole = (MODELS / f"{kind}.weights").read_bytes()
    assert len(whole) < LARGEST_BYTES
    for name in ("en", "zh"):
        shutil.copy(MODELS / f"{name}.weights", tmp_path)
    assert Blend(tmp_path).score("good").scorer == "blend"
    path = tmp_path / f"{kind}.weights"
    flipped = whole[:-100] + bytes([whole[-100] ^ 1]) + whole[-99:]
    for damaged in (b"", b"{}\n", whole[:1000], flipped, b"[]" + whole, whole + b"x", b"\xff\xfe\n"):
        path.write_bytes(damaged)
        with pytest.raises(UserError, match=rf"sentiment\.model: .*{kind}\.weights "):
            Blend(tmp_path)
    path.unlink()
    assert Blend(tmp_path).score("good").scorer == "blend", "the package's own stands in"
    other = {"en": "zh", "zh": "en"}[kind]
    shutil.copy(tmp_path / f"{other}.weights", path)
    with pytest.raises(UserError, match=f"is no {kind} model"):
        Blend(tmp_path)
    with pytest.raises(UserError, match=r"has neither of en\.weights, zh\.weights"):
        Blend(tmp_path / "nowhere")


def test_a_damaged_model_of_the_package_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(MODELS, tmp_path / "models")
    (tmp_path / "models" / "zh.weights").write_bytes(b"rubbish")
    monkeypatch.setattr("monitor.score.blend.MODELS", tmp_path / "models")
    monkeypatch.setattr("monitor.score.weights.MODELS", tmp_path / "models")
    with pytest.raises(UserError, match=r"sentiment\.scorer: blend: .*reinstall monitor.*vader"):
        Blend()


class Flat:
    """A scorer of a user's."""

    name = "flat"

    def score(self, text: str, lang: str | None = None) -> object:
        return None


class Nameless:
    """No scorer."""


def test_a_scorer_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert scorer("blend").name == "blend"
    assert scorer("tests.score.test_blend:Flat").name == "flat"
    assert isinstance(scorer("vader"), Scorer)
    monkeypatch.setattr("monitor.score.blend.MODELS", tmp_path)
    with pytest.raises(UserError):
        scorer("blend")
    assert scorer("vader").score("good day").label == "positive"


@pytest.mark.parametrize(
    "name",
    [
        "bert",
        "",
        ":",
        "no.such.module:Class",
        "tests.score.test_blend:No",
        "tests.score.test_blend:Nameless",
        "..:X",
    ],
)
def test_no_such_scorer(name: str) -> None:
    with pytest.raises(UserError, match=r"sentiment\.scorer"):
        scorer(name)


@pytest.mark.parametrize("folder", ["~no-such-user-here/models", "/tmp/" + "long" * 100])
def test_a_folder_that_cannot_be_is_named(folder: str) -> None:
    with pytest.raises(UserError, match=r"sentiment\.model"):
        scorer("blend", Path(folder))


@pytest.mark.parametrize(
    "odds", [(0.4, 0.2, 0.4), (1 / 3, 1 / 3, 1 / 3), (0.35002, 0.3, 0.34998), (0.4, 0.4, 0.2)]
)
def test_what_is_tied_is_neutral(monkeypatch: pytest.MonkeyPatch, odds: Odds) -> None:
    blend = Blend()
    monkeypatch.setattr(blend, "_read", lambda *_: (odds, "en"))
    assert blend.score("so so").label == "neutral"


@pytest.mark.parametrize(
    "text", ["Mara left " + "," * 50, "Mara left " + ", " * 50, "Mara left " + "x " * 100, "left " * 200]
)
def test_what_is_said_often_is_said_once(blend: Blend, text: str) -> None:
    assert abs(blend.score(text).compound or 0) < 0.6
    words = words_of(text)
    found = once(english(text, words, blend._valence))
    assert len(found.hashes) == len(set(found.hashes))
    assert found.hashes and sorted(found.hashes) == sorted(once(found).hashes)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("D ❤️❤️❤️", "positive"),
        ("D ❤️‍🔥", "positive"),
        ("D 👍🏽", "positive"),
        ("D 👏👏", "positive"),
        ("D 👎", "negative"),
        ("D 🤮", "negative"),
        ("D 💔", "negative"),
        ("D 😔", "negative"),
    ],
)
def test_emoji_that_vader_misreads_are_read(blend: Blend, text: str, label: str) -> None:
    assert blend.score(text).label == label


def test_no_score_is_minus_nought(monkeypatch: pytest.MonkeyPatch) -> None:
    blend = Blend()
    monkeypatch.setattr(blend, "_read", lambda *_: ((0.30002, 0.4, 0.29998), "en"))
    assert str(blend.score("so so").compound) == "0.0"
