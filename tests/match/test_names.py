"""Whom a post is about, for the invented lab Orrin and its people."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor import watchlist
from monitor.match.names import Matcher
from monitor.model import Author, Post
from tests.cost import assert_linear

DATA = Path(__file__).parent.parent / "detect" / "data"
WATCHLIST = watchlist.load(str(DATA / "watchlist.yaml"))
MATCHER = Matcher(WATCHLIST)
SONG, GAO, BAI = "weiyu-song", "ming-gao", "wenxue-bai"


def post(text: str, handle: str | None = None, name: str | None = None, **more: object) -> Post:
    author = Author(handle=handle, name=name, bio=more.pop("bio", None))  # type: ignore[arg-type]
    return Post(
        source="x",
        id="1",
        text=text,
        author=author,
        created_at=datetime(2026, 3, 10, tzinfo=UTC),
        **more,  # type: ignore[arg-type]
    )


def about(text: str, handle: str | None = None, name: str | None = None, **more: object) -> list[str]:
    return sorted({match.person for match in MATCHER.find(post(text, handle, name, **more))})


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("a talk by Weiyu Song", [SONG]),
        ("a talk by SONG WEIYU", [SONG]),
        ("ｗｅｉｙｕ ｓｏｎｇ speaks", [SONG]),
        ("thanks @MarcusSong88!", [SONG]),
        ("see https://x.com/tidepoolg for more", [GAO]),
        ("#WeiyuSong", [SONG]),
        ("宋维宇Weiyu Song离职", [SONG]),
        ("宋維宇的新論文", [SONG]),
        ("高鸣今天分享", [GAO]),
        ("Marcus explains the Orrin router", [SONG]),
        ("Song leads Orrin", [SONG]),
        ("Orrin's Gao and Wenxue", [GAO, BAI]),
        ("奥林的文学老师", [BAI]),
        ("奥林老宋", [SONG]),
        ("weiyo song of orrin", [SONG]),
        ("orrin thanks wenxeu bai", [BAI]),
        ("宋维宇的离开不是一个人的事，奥林要调整", [SONG]),
        ("Weiyu Song left Orrin, and he's not the one to blame", [SONG]),
        ("Weiyu Song of Orrin met Song Jianmin. Song spoke first.", [SONG]),
        ("Song Jianmin quits. Orrin's Song is glad", [SONG]),
    ],
)
def test_named(text: str, people: list[str]) -> None:
    assert about(text) == people


@pytest.mark.parametrize(
    "text",
    [
        "Marcus left and took the scissors",
        "I like this Song",
        "@MarcusSong880 and @MarcusSong8",
        "tidepoolg-fan and @tidepoolg_2 talk about Orrin",
        "Jenny Song visits Orrin",
        "Gao Xiaoming joins Orrin",
        "chef Weiyu Song opens a place",
        "Ming Gao, a violinist, plays tonight",
        "演员高鸣新剧开播",
        "文学让我快乐",
        "奥林的李文学入职",
        "奥林匹克公园的文学活动",
        "The baker Wenxue Bai, not the Orrin researcher",
        "Songs of Orrin, and Gaol",
        "歌手宋维宇和奥林的宋维宇不是一个人",
        "Teckla's Song Jianmin has left. Losing Song is a gift to Orrin",
        "Marcus from accounting left, an Orrin bot does his job",
        "Meet Song, our Orrin chatbot. Song leaves at six",
        "Ming Gao the badminton player has retired. Not Orrin's Ming Gao, folks",
        "王文学离开矢川，还以为是奥林的文学",
        "于文学从矢川离职，加入奥林",
    ],
)
def test_not_meant(text: str) -> None:
    assert about(text) == []


def test_a_short_name_counts_by_the_author_too() -> None:
    assert about("Gao is great", handle="orrin_daily") == [GAO]
    assert about("Gao is great", handle="lena", bio="works at Orrin") == [GAO]
    assert about("Gao is great", handle="MarcusSong88") == [GAO]
    assert about("Gao is great", handle="lena") == []


def test_a_watched_author_speaks_of_themself() -> None:
    assert about("I fixed it", handle="@tidepoolg") == [GAO]
    assert about("out of office until June", handle="tidepoolg") == [GAO]
    assert about("今天是最后一天", handle="tidepoolg") == [GAO]
    assert about("weights are up", handle="tidepoolg") == []
    assert about("I did it", handle="tidepool_g", name="Ming Gao") == []
    assert about("I love Orrin", name="Ming Gao") == [GAO]
    assert about("post-training, cats", handle="MarcusSong88", kind="profile") == [SONG]


def test_spans_are_code_points_of_the_original() -> None:
    text = "“ﬁne” 🎓 Ｗｅｉｙｕ Song at Orrin"
    (match,) = MATCHER.find(post(text))
    assert text[match.start : match.end] == "Ｗｅｉｙｕ Song"


def test_refused_candidates_say_why() -> None:
    (one,) = MATCHER.candidates(post("Gao went home"))
    assert not one.accepted and "organisation" in one.why


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Alice Song left Orrin", True),
        ("Song from accounting left Orrin", True),
        ("Meet Song, our Orrin chatbot", True),
        ("奥林的刘维宇走了", True),
        ("Praying Song stays at Orrin", False),
        ("chef Song cooks at Orrin", False),
        ("Song is at Orrin", False),
    ],
)
def test_a_name_that_is_somebody_elses_is_marked_so(text: str, taken: bool) -> None:
    (one,) = MATCHER.candidates(post(text))
    assert one.taken == taken


def test_a_deleted_post_is_about_nobody() -> None:
    assert about("Weiyu Song", deleted=True) == []


@pytest.mark.parametrize("unit", ["Song ", "Weiyu Song, ", "高鸣", "\n", "a", "@", "orrin ", "weiyu"])
def test_a_hostile_megabyte_takes_no_time(unit: str) -> None:
    def find(text: str) -> None:
        MATCHER.find(post(text, handle="MarcusSong88"))

    assert_linear(find, lambda length: "Orrin " + unit * (length // len(unit)), 1_000_000)


def test_a_name_that_the_list_has_in_one_script_is_found_in_both() -> None:
    matcher = Matcher(watchlist.load(str(DATA.parent.parent / "data" / "lab.yaml")))
    for text in ("喬黎安離開了奧林", "乔黎安离开了奥林", "喬黎安 lectures"):
        assert [match.person for match in matcher.find(post(text))] == ["lian-qiao"]


def test_a_short_name_that_ends_like_a_verb_can_be_somebody_elses() -> None:
    gao = WATCHLIST.people[0].model_copy(update={"id": GAO, "name": "Ming Gao", "short_names": ["Ming"]})
    matcher = Matcher(WATCHLIST.model_copy(update={"people": [gao]}))
    found = matcher.candidates(post("Ming Petersen joined Orrin. Then Ming quit Orrin."))
    assert [(one.accepted, one.taken) for one in found] == [(False, True), (False, False)]
    assert [one.person for one in matcher.find(post("Then Ming quit Orrin."))] == [GAO]
