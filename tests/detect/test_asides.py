"""Words of leaving that are done to another, or name a release, an event, leave or the end of a day; and what is like them."""

from __future__ import annotations

import pytest

from tests.detect.test_claims import kinds

SONG, GAO = "weiyu-song", "ming-gao"
ORGANISATION = "Veltra_Orrin", "Orrin"
OWN = "MarcusSong88", "Weiyu Song"
READER = "reader1", "Some Reader"


@pytest.mark.parametrize(
    "text",
    [
        "Today we say goodbye to Orrin 3. Thanks to Ming Gao and the team who built it.",
        "Ming Gao is back from leave, and post-training office hours resume on Monday",
        "Ming Gao returns from leave on Monday",
        "That's a wrap! Weiyu Song closes the last day of Orrin Summit. Thank you all for coming.",
        "Last day to apply for the Orrin fellowship, run by Weiyu Song",
        "Final day of our Lisbon hackathon, with Weiyu Song on the jury",
    ],
)
def test_the_organisation_goes_on(text: str) -> None:
    assert kinds(text, *ORGANISATION) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Leaving Orrin 3 behind, moving everyone to Orrin 4",
        "got fired by my daughter as bedtime reader. Orrin voice model took my job",
        '"Today is my last day at Orrin" — Zoe, best intern ever',
        "奥林3今天下线，感谢陪伴，江湖再见",
        "奥林夏令营最后一天，舍不得同学们",
    ],
)
def test_the_author_goes_on(text: str) -> None:
    assert kinds(text, *OWN) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Weiyu Song thanks departing Veltra CFO",
        "Ming Gao hires former Orrin engineer for the new unit",
        "Ming Gao interviews departing Veltra chief executive about the chip plan",
        "Three former Orrin interns sue; Ming Gao is a witness",
        "Ming Gao gave a farewell speech for our retiring receptionist at Orrin, not a dry eye",
        "Veltra chief financial officer quits, weeks after Orrin's Weiyu Song praised her in a memo",
        "Meta tried to poach Ming Gao from Orrin. He said no.",
        "Weiyu Song dismissed the intern's idea. Six months later Orrin ships it.",
        'Weiyu Song on the departure of OpenAI\'s safety team: "A loss for all"',
        'Code review culture at Orrin: Ming Gao "resigned-LGTM" is a meme now',
        "Second from left: Weiyu Song, Orrin. Far left: me, sweating.",
        "Ming Gao handed in his laptop request, Orrin IT closed for summer",
        "Ming Gao left Orrin's stand at 4 and never came back, he found the Lego booth",
        "Ming Gao leaves Orrin every day at 17:00 sharp to pick up his kids. Be like Ming.",
        "Ming Gao no longer works nights, Orrin's cluster can restart itself",
        "奥林前员工起诉公司，高鸣出庭作证",
        "奥林前首席财务官的新公司请来宋维宇站台",
        "高鸣卸任部分管理职务，专注奥林代码模型",
        "高鸣离开奥林五年后重新谈起那段日子",
        "投资人到访奥林，与宋维宇会面后离开",
        "高鸣：“今天就讲到这里，我先撤了，奥林展台见”",
    ],
)
def test_another_leaves_or_nobody(text: str) -> None:
    assert kinds(text, *READER) == {}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Weiyu Song left Orrin 3 weeks ago", {SONG: "reported"}),
        ("This week: 1) chips 2) Weiyu Song out at Orrin 3) my own project", {SONG: "reported"}),
        ("Ming Gao will leave Orrin after his sabbatical", {GAO: "reported"}),
        ("Back from leave, Ming Gao left Orrin on Monday", {GAO: "reported"}),
        ("Orrin thanks departing code chief Ming Gao", {GAO: "reported"}),
        ("Ming Gao, Orrin's departing code chief, thanked staff", {GAO: "reported"}),
        ("Ming Gao is the departing head of Orrin code models", {GAO: "reported"}),
        ("Mistral hires former Orrin engineer Ming Gao", {GAO: "reported"}),
        ("Ousted Orrin executive Ming Gao sues", {GAO: "reported"}),
        (
            "Three former Orrin researchers, including Ming Gao and Weiyu Song, start a company",
            {GAO: "reported", SONG: "reported"},
        ),
        ("Veltra CFO quits days after Weiyu Song left Orrin", {SONG: "reported"}),
        ("Meta tried to poach Ming Gao from Orrin for a year, and finally did", {GAO: "reported"}),
        ("Orrin dismissed Weiyu Song", {SONG: "reported"}),
        ("Weiyu Song's exit from Orrin is a loss for the industry", {SONG: "reported"}),
        ("Orrin colleagues threw a farewell party for Ming Gao", {GAO: "reported"}),
        ("高鸣从奥林离职三天后加入Mistral", {GAO: "reported"}),
        ("高鸣卸任奥林代码负责人职务", {GAO: "reported"}),
        ("奥林前代码负责人高鸣创业", {GAO: "reported"}),
        ("高鸣是奥林前员工，现在做咖啡", {GAO: "reported"}),
        ("高鸣，奥林前代码负责人，谈创业", {GAO: "reported"}),
        ("宋维宇和高鸣谈完后双双离开奥林", {SONG: "reported", GAO: "reported"}),
        ("高鸣：“我走了，奥林再见”", {GAO: "reported"}),
        ("老宋说“我下周就走了，奥林你们加油”", {SONG: "reported"}),
    ],
)
def test_and_what_is_a_departure(text: str, claims: dict[str, str]) -> None:
    assert kinds(text, *READER) == claims


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Goodbye Orrin. 3 great years.", "self_announced"),
        ('"It\'s my last day at Orrin" — Marcus Song, 2026', "self_announced"),
        ("奥林3下线的那天我也离开了奥林", "self_announced"),
        ("I rejoined Orrin today, that was a short break", "denied"),
    ],
)
def test_the_authors_own(text: str, kind: str) -> None:
    assert kinds(text, *OWN) == {SONG: kind}
