"""Names that are words lend a text no feeling."""

from __future__ import annotations

from time import process_time

import pytest

from monitor.model import Match
from monitor.readers import Readers, Run
from monitor.score.blend import Blend
from monitor.score.grams import MASK, chinese, english, words_of
from monitor.score.names import NameMask, chinese_word_names, word_names
from monitor.score.reader import Asks, ReactionReader
from monitor.score.vader import Vader
from monitor.score.valence import Valence
from monitor.watchlist import Watchlist, parse
from tests.lab import LAB, NOW, post

GRACES: Watchlist = parse(
    {
        "organisation": {"id": "orrin-lab", "name": "Orrin Lab"},
        "people": [
            {"id": "grace-venn", "name": "Grace Venn", "short_names": ["Grace"]},
            {"id": "rob-rich", "name": "Rob Rich", "handles": {"x": "robrich"}},
            {"id": "mara-venn", "name": "Mara Venn"},
        ],
    },
    "graces",
)
GRACE = Match("grace-venn", "Grace Venn", 0, 10, "name")
BLANK = "x" + 4 * MASK


def test_the_check_warns_of_names_that_are_words() -> None:
    found = [(one.person, one.word) for one in word_names(GRACES)]
    assert found == [("grace-venn", "Grace"), ("rob-rich", "Rob"), ("rob-rich", "Rich")]
    assert word_names(LAB) == []
    assert all(one.compound for one in word_names(GRACES))


def test_the_name_is_blanked_wherever_it_stands_and_the_word_stays() -> None:
    text = "Grace Venn left. Grace wrote it with grace, gracefully"
    masked = NameMask(GRACES).masked(text, [GRACE])
    assert masked == f"{BLANK} Venn left. {BLANK} wrote it with grace, gracefully"
    assert len(masked) == len(text)


def test_only_names_of_those_it_is_about() -> None:
    assert NameMask(GRACES).masked("Rob met Grace Venn", [GRACE]) == f"Rob met {BLANK} Venn"
    assert NameMask(GRACES).masked("Rich in Grace", []) == "Rich in Grace"


def test_a_full_name_counts_in_any_case_and_a_single_word_does_not() -> None:
    mask = NameMask(GRACES)
    assert mask.masked("grace venn left", [GRACE]) == f"{BLANK} venn left"
    assert mask.masked("GRACE VENN left", [GRACE]) == f"X{BLANK[1:]} VENN left"
    short = Match("grace-venn", "Grace", 0, 5, "short")
    assert mask.masked("grace left", [short]) == "grace left"


def test_a_masked_name_scores_nothing() -> None:
    vader, text = Vader(), "Grace Venn moved to a desk by the door"
    assert (vader.score(text).compound or 0) > 0
    told = ReactionReader(GRACES, vader).read(post("1", text), ["grace-venn"], [GRACE], [])
    assert told.sentiment.compound == 0 and told.toward == {"grace-venn": 0.0}


def test_a_blank_is_in_no_lexicon() -> None:
    vader = Vader()
    for length in range(1, 20):
        for word in ("x" + MASK * length, "X" + MASK * length):
            assert vader.score(f"it is {word} there").compound == 0


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "Grace Venn and Rob Rich met. Grace spoke, Rob Rich wrote.",
            "Mabel Venn and Tom Lane met. Mabel spoke, Tom Lane wrote.",
        ),
        (
            "Rob Rich left Kestrel today. Rob was head of data. Rob starts elsewhere.",
            "Tom Lane left Kestrel today. Tom was head of data. Tom starts elsewhere.",
        ),
        ("ROB RICH IS OUT. What a great day", "TOM LANE IS OUT. What a great day"),
        ("ROB RICH IS GREAT", "TOM LANE IS GREAT"),
        ("Rob Rich IS GREAT", "Tom Lane IS GREAT"),
    ],
)
def test_a_masked_name_says_no_more_than_a_plain_one(text: str, plain: str) -> None:
    found = ((one, text.find(one)) for one in ("Grace Venn", "Rob Rich", "ROB RICH"))
    matches = [
        Match(one.lower().replace(" ", "-"), one, at, at + len(one), "name") for one, at in found if at >= 0
    ]
    masked, valence, blend = NameMask(GRACES).masked(text, matches), Valence(), Blend()
    assert len(masked) == len(text) and masked != text
    assert valence.scores(masked) == valence.scores(plain), "VADER's figures, its capitals too"
    scores = [blend.score(one).compound for one in (masked, plain)]
    assert None not in scores and abs((scores[0] or 0) - (scores[1] or 0)) < 0.15


def test_the_models_leave_a_masked_name_out() -> None:
    valence = Valence()

    def seen(text: str) -> set[int]:
        return set(english(text, words_of(text), valence).hashes)

    assert words_of(f"so {BLANK}, not {BLANK} too") == ["so", MASK, ",", "not", MASK, "too"]
    assert seen(f"so {BLANK}, not {BLANK} too") == seen("so") | seen(",") | seen("not") | seen("too") | seen(
        ", not"
    )
    assert not seen(BLANK)
    assert set(chinese(f"谢谢{BLANK}走了").hashes) <= set(chinese("谢谢").hashes) | set(
        chinese("走了").hashes
    )
    assert set(chinese(BLANK).hashes) < set(chinese("").hashes) | set(chinese("x").hashes)
    blend = Blend()
    said = "谢谢你陪我们走到今天"
    odds = [blend.score(text).compound or 0 for text in (f"{BLANK} {said} amazing", f"{said} amazing")]
    assert abs(odds[0] - odds[1]) < 0.05


def test_a_word_that_begins_a_sentence_stays() -> None:
    mask = NameMask(GRACES)
    assert mask.masked("Grace under fire: Grace Venn", [_at("Grace under fire: Grace Venn")]) == (
        f"Grace under fire: {BLANK} Venn"
    )
    text = "Grace and patience, that is Grace Venn. Grace left with grace."
    assert (
        mask.masked(text, [_at(text)])
        == f"Grace and patience, that is {BLANK} Venn. {BLANK} left with grace."
    )
    text = "Grace Venn is out. Grace, Mara and Tomas led it."
    assert mask.masked(text, [_at(text)]) == f"{BLANK} Venn is out. {BLANK}, Mara and Tomas led it."


def _at(text: str) -> Match:
    at = text.index("Grace Venn")
    return Match("grace-venn", "Grace Venn", at, at + 10, "name")


CHINESE: Watchlist = parse(
    {
        "organisation": {"id": "orrin-lab", "name": "Orrin Lab", "aliases": ["Orrin", "奥林"]},
        "people": [
            {"id": str(number), "name": name}
            for number, name in enumerate(
                ["高兴", "白悲伤", "李喜乐", "乔黎安", "王小明", "陈思远", "Mara Venn", "Ida Holt"]
            )
        ],
    },
    "chinese",
)


def test_the_check_warns_of_chinese_names_that_are_words() -> None:
    found = chinese_word_names(CHINESE)
    assert [one.name for one in found] == ["高兴", "白悲伤", "李喜乐"]
    assert [one.compound > 0 for one in found] == [True, False, True]
    assert chinese_word_names(LAB) == []


def test_no_name_counts_for_blend() -> None:
    run = Run(Readers(CHINESE))
    for text in ("{}", "{}加入奥林", "奥林的{}昨天发布公告", "{}离职了,奥林确认", "thank you {} for Orrin"):
        found = {
            run.react(post(f"{text} {name}", text.format(name)), "test", NOW).sentiment.compound
            for name in ("高兴", "白悲伤", "李喜乐", "乔黎安", "王小明")
        }
        assert len(found) == 1 and abs(found.pop() or 0) < (0.3 if "thank" not in text else 1), text


@pytest.mark.parametrize("name", ["Mara Venn", "Ida Holt", "乔黎安"])
@pytest.mark.parametrize("said", ["{} 💔", "{} 👏👏👏", "{} :)", "RIP {}", "wow {}", "{} 😭", "{}"])
@pytest.mark.parametrize("lang", [None, "en"])
def test_a_name_does_not_tell_the_language(name: str, said: str, lang: str | None) -> None:
    one = Run(Readers(CHINESE)).react(post("1", said.format(name), lang=lang), "test", NOW)
    assert one.sentiment.compound is not None and one.sentiment.lang in (lang, "en")


@pytest.mark.parametrize(
    "text", ["Danke {}", "Gracias {}", "{} ушла", "bahut dukh hua {}", "{} がやめた", "merci pour tout {} 💔"]
)
def test_another_language_beside_a_name_stays_unscored(text: str) -> None:
    one = Run(Readers(CHINESE)).react(post("1", text.format("Mara Venn")), "test", NOW)
    assert one.about and one.sentiment.label == "unscored"


def test_only_blend_is_spared_the_names_and_handles_stay() -> None:
    mask, mara = NameMask(CHINESE), Match("6", "Mara Venn", 0, 9, "name")
    text = "Mara Venn (@maravenn) left. Mara is a VENN, 乔黎安"
    blanks = mask.blanked(text, [mara])
    assert blanks.replace(MASK, "").split() == [
        "x",
        "x",
        "(@maravenn)",
        "left.",
        "x",
        "is",
        "a",
        "X,",
        "乔黎安",
    ]
    assert len(blanks) == len(text) and "Venn" not in blanks
    asked = Asks()
    ReactionReader(CHINESE, asked).read(post("1", text), ["6"], [mara], [])
    assert all(MASK not in text for text, _ in asked.texts) and asked.texts


def test_many_names_take_linear_time() -> None:
    mask = NameMask(GRACES)
    text = "Grace " * 170_000
    began = process_time()
    assert mask.masked(text, [Match("grace-venn", "1", 0, 0, "thread")]) == f"{BLANK} " * 170_000
    assert mask.masked("Grace" + " " * 100_000 + "Grace of", [GRACE])[:5] == BLANK
    assert process_time() - began < 3
