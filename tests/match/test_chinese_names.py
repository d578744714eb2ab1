"""Chinese names: typing errors of sound and shape, names that begin inside a word, and namesakes of other trades."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor import watchlist
from monitor.match.names import Matcher
from monitor.match.sounds import alike
from monitor.model import Author, Post

MATCHER = Matcher(watchlist.load(str(Path(__file__).parent.parent / "detect" / "data" / "watchlist.yaml")))


def about(text: str) -> set[str]:
    post = Post(
        source="x",
        id="1",
        text=text,
        author=Author(handle="someone", name="Someone"),
        created_at=datetime(2026, 3, 10, tzinfo=UTC),
    )
    return {match.person for match in MATCHER.find(post)}


@pytest.mark.parametrize("name", ["松维宇", "宋唯宇", "宋维羽", "宋维雨"])
def test_a_letter_of_the_same_sound_is_a_typing_error(name: str) -> None:
    assert about(f"{name}从奥林离职了") == {"weiyu-song"}
    assert about(f"{name}离职了") == set()


def test_a_letter_of_nearly_the_same_shape_is_a_typing_error() -> None:
    assert about("高呜从奥林离职了") == {"ming-gao"}


@pytest.mark.parametrize("name", ["宋维杰", "高明", "白文山", "余维宇"])
def test_another_name_is_no_typing_error(name: str) -> None:
    assert about(f"{name}从奥林离职了") == set()


def test_letters_are_alike_by_sound_or_shape_and_not_otherwise() -> None:
    assert {"阳", "扬"} <= alike("旸") and not {"杰", "旸"} & alike("旸")


@pytest.mark.parametrize("text", ["奥林的告白文学大赛", "奥林发布会汽笛高鸣三声"])
def test_a_name_inside_other_words_is_none(text: str) -> None:
    assert about(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "小提琴首席高鸣退休了，不是奥林那个高鸣",
        "唱歌那位高鸣宣布退出乐坛，奥林的粉丝别慌",
        "教语文的白文学退休了，不是做后训练那位",
        "高鸣卸任乐团首席（不是奥林高鸣）",
    ],
)
def test_a_namesake_of_another_trade_is_set_apart(text: str) -> None:
    assert about(text) == set()


def test_the_watched_person_is_meant_where_the_namesake_is_ruled_out() -> None:
    assert about("不是拉琴的那个，是奥林的高鸣走了") == {"ming-gao"}
    assert about("别再@写小说那位了，从奥林离职的是做后训练的白文学，同名同姓不同命") == {"wenxue-bai"}


@pytest.mark.parametrize("text", ["The River Orrin is rising", "Uncle Orrin left", "Orrin Falls, 3 miles"])
def test_waters_and_relatives_are_not_the_organisation(text: str) -> None:
    assert MATCHER._organisation.spans(text.lower()) == []
