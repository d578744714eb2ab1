"""Plain statements by name beside innocent sentences, people without a name who know it, and words that only look like it."""

from __future__ import annotations

import pytest

from tests.detect.test_claims import kinds

SONG, GAO, BAI = "weiyu-song", "ming-gao", "wenxue-bai"


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("奥林技术负责人宋维宇已离职。宋维宇毕业于北京大学，2019年加入维特拉。", {SONG}),
        ("维特拉奥林技术负责人宋维宇宣布卸任。同日，负责后训练的白文学也已离职。", {SONG, BAI}),
        ("3月4日凌晨，宋维宇在X上发文宣布卸任。", {SONG}),
        ("3月4日凌晨，奥林技术负责人宋维宇在社交平台发文，宣布卸任。", {SONG}),
        ("宋维宇已离职，高鸣和白文学也相继离开。", {SONG, GAO, BAI}),
        ("奥林负责人宋维宇3月4日宣布离职，高鸣与白文学先后离开。", {SONG, GAO, BAI}),
        (
            "Veltra shares fell on Thursday after the head of its Orrin AI division, Song Weiyu, abruptly resigned. "
            'Song, 41, did not give a reason. "Nobody is irreplaceable," said one analyst.',
            {SONG},
        ),
        (
            "The technical lead of Veltra's Orrin models, Song Weiyu, said on Wednesday he was stepping down, in a post "
            "on X that stunned developers. Ming Gao, another core member, had left for Meta in January, his profile "
            "shows. Bai Wenxue resigned on the same day, local media reported.",
            {SONG, GAO, BAI},
        ),
    ],
)
@pytest.mark.parametrize("kind", ["post", "article"])
def test_an_innocent_sentence_beside_it_takes_nothing_away(text: str, gone: set[str], kind: str) -> None:
    assert kinds(text, "dailywire", "Daily Wire", kind=kind) == dict.fromkeys(gone, "reported")


@pytest.mark.parametrize(
    "text",
    [
        "Orrin's Ming Gao resigns! ...from the allotment society, after the slug vote. Minutes attached.",
        "Weiyu Song has left the building. So have the other 899 of us, Orrin fire drill, it's raining.",
        "重磅！白文学永远离开了奥林三楼，搬到四楼。",
        "Ming Gao has left Orrin. That story is false, and he sits two desks from me.",
        "奥林技术负责人宋维宇已离职。这是谣言，别传了。",
    ],
)
def test_what_takes_it_back_still_counts(text: str) -> None:
    assert "reported" not in kinds(text).values()


@pytest.mark.parametrize(
    "text",
    [
        "Ming Gao left Veltra last week, a person familiar with the matter said.",
        "Ming Gao, who led code models at Orrin, left the company last week, two people familiar with the matter said.",
        "Ming Gao left Veltra last week, two people familiar with the matter said.",
        "Ming Gao has resigned from Orrin, according to one person with direct knowledge of the decision.",
        "A person close to the team said Ming Gao left Orrin on Friday.",
        "据报道，高鸣已离开奥林",
        "據報導，高鳴已離開奧林",
        "知情人士透露，高鸣上周已从奥林离职。",
    ],
)
def test_who_has_no_name_makes_a_rumour(text: str) -> None:
    assert kinds(text) == {GAO: "rumoured"}


@pytest.mark.parametrize(
    "text",
    [
        "高鸣宣布离职。截至发稿，维特拉方面暂未回应置评请求。",
        "高鸣离职后去了哪里？有人知道吗",
        "据日报社报道，高鸣已离开奥林",
        "Ming Gao left Orrin last week, the company confirmed.",
        "Ming Gao's LinkedIn now shows his Orrin job ended in March 2026.",
        "Ming Gao's CV now says that his time at Orrin ended last month.",
    ],
)
def test_a_doubt_of_something_else_leaves_the_fact(text: str) -> None:
    assert kinds(text) == {GAO: "reported"}


@pytest.mark.parametrize(
    "text",
    [
        "Weiyu Song leaving Orrin would be like Linus leaving Linux",
        "Ming Gao leaving Veltra would be like a bakery leaving its oven.",
        "Weiyu Song left his old team at Veltra to lead Orrin",
        "Weiyu Song left his research group to build Orrin",
        "Lena Hart Tan left Veltra's Lanterna to join Tessaly",
        "Weiyu Song's LinkedIn shows his Orrin work never ended.",
    ],
)
def test_no_departure_from_the_lab(text: str) -> None:
    assert kinds(text) == {}


def test_who_keeps_a_post_while_others_go() -> None:
    text = (
        "Veltra is reorganising its AI unit. Chief executive Edda Wolf told employees that the Orrin team would be split "
        "into three groups. Bai Wenxue, who led post-training, left the company last week, two people familiar with the "
        "matter said. Weiyu Song remains technical lead, a spokesperson said."
    )
    assert kinds(text, kind="article") == {BAI: "rumoured", SONG: "denied"}


@pytest.mark.parametrize(
    "text",
    [
        "祝小明离开奥林后一切顺利",
        "祝王磊离开奥林后越来越好",
        "恭喜王磊离开奥林后创业成功",
        "感谢王磊，他离开奥林了",
    ],
)
def test_a_wish_is_no_surname(text: str) -> None:
    assert not any(name.startswith(("祝", "恭", "感", "喜", "谢")) for name in kinds(text, "u1", "u1"))


def test_the_surname_zhu_is_one() -> None:
    assert kinds("奥林做OCR的祝晚晴正式离职了，以后开心") == {"祝晚晴": "reported"}
