"""Everyday wordings of leaving and staying, each beside texts that only look like it."""

from __future__ import annotations

import pytest

from tests.detect.test_claims import kinds

SONG, GAO, BAI = "weiyu-song", "ming-gao", "wenxue-bai"


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        # What a dismissal was over is no thing of the lab's.
        ("Ming Gao fired from Orrin over benchmark row, court papers show", {GAO: "reported"}),
        ("Ming Gao fired by Orrin over expense claims, filing shows", {GAO: "reported"}),
        ("Ming Gao fired up over Orrin's new benchmark, fans say", {}),
        ("Ming Gao's lawyer said his firing by Orrin was unlawful", {GAO: "reported"}),
        ("Hearing notes: his lawyer said Ming Gao was dismissed from Orrin in May.", {GAO: "reported"}),
        # A surname beside another name that is known, or in a text with the full name.
        ("Gao and Bai may both bow out of Orrin, insiders claim", {GAO: "rumoured", BAI: "rumoured"}),
        ("Bai and Gao have left Orrin, the company confirmed", {GAO: "reported", BAI: "reported"}),
        ("Bai has left Orrin, says Veltra. Wenxue Bai ran post-training.", {BAI: "reported"}),
        ("Gao and Bai Ling have left: Gao from Orrin, Bai Ling from a bank", {GAO: "reported"}),
        ("Song & Bai Partners sues Orrin", {}),
        # Notice.
        ("Ming Gao gave Orrin two weeks' notice on Monday", {GAO: "reported"}),
        ("Ming Gao gave Orrin customers two weeks' notice of the price rise", {}),
        # These days, walked, called it a day.
        ("Ming Gao isn't at Orrin these days, he runs a bakery", {GAO: "reported"}),
        ("Ming Gao isn't on Twitter these days, ask the Orrin forum", {}),
        (
            "the fourth think-piece since Weiyu Song walked and not one of them has talked to anybody at Orrin",
            {SONG: "reported"},
        ),
        ("Weiyu Song walked us through the Orrin roadmap", {}),
        ("Weiyu Song of Orrin has called it a day after six years", {SONG: "reported"}),
        ("The power went out and Ming Gao has called it a day, Orrin demo moves to tomorrow", {}),
        ("Today is Gao-san's graduation from Orrin. Everybody gave flowers.", {GAO: "reported"}),
        (
            "Whoever Orrin hires to fill the hole Ming Gao left needs to like legacy parsers",
            {GAO: "reported"},
        ),
        # Who says so.
        ("Ming Gao has left Orrin, according to Veltra", {GAO: "reported"}),
        ("Ming Gao has left Orrin, according to someone at the lab", {GAO: "rumoured"}),
        ("calling it now, Marcus is gonna leave Orrin before the summer release", {SONG: "rumoured"}),
        ("The Gao-leaving-Orrin thing does not stand up. The screenshot was from a novel.", {GAO: "denied"}),
        ("Marcus quit Orrin for all of two days lol. welcome back", {SONG: "denied"}),
        ('we keep a pre-written "Weiyu Song leaves Orrin" story in the CMS', {}),
    ],
)
def test_everyday_wordings(text: str, claims: dict[str, str]) -> None:
    assert kinds(text, "reader1", "Some Reader") == claims


@pytest.mark.parametrize(
    "text",
    [
        'Readers ask why we left Weiyu Song out of our "40 Orrin people to know" list.',
        "We leave Ming Gao off the list of Orrin speakers this year",
        '"Wenxue Bai leaves Orrin staff in stitches" is a headline I\'m proud of',
        "Weiyu Song leaves Orrin fans wondering what comes next",
        "Ming Gao left a hole in the Orrin fence with his bike",
        "Ming Gao of Veltra Orrin severs ties with his publisher, statement from his agent says",
        "Hearing notes: tribunal has dismissed the complaint against Ming Gao and Orrin. Both sides leave without costs.",
        "oh @MarcusSong88 you can't quit sourdough NOW, Orrin friday bake-off is in two days",
        "Emailed Weiyu Song at Orrin and it bounced. Turns out I can't spell weiyu",
        "Ming Gao is hosting drinks at Orrin on the 17th for departing interns",
        "Greta Moll was made redundant by Salesforce this week. Orrin recruiters, you're up",
        "Veltra said that Weiyu Song, who led Orrin, would take a two-month sabbatical and return in August.",
    ],
)
def test_what_is_left_is_something_else(text: str) -> None:
    assert kinds(text, "reader1", "Some Reader") == {}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Ming Gao left Orrin in tears", {GAO: "reported"}),
        ("Ming Gao leaves Orrin with a heavy heart", {GAO: "reported"}),
        ("Ming Gao has cut ties with Veltra", {GAO: "reported"}),
        ("Ming Gao left. Out of respect Orrin said nothing.", {GAO: "reported"}),
        ("Weiyu Song leaves Orrin after his sabbatical", {SONG: "reported"}),
    ],
)
def test_and_what_is_left_is_the_lab(text: str, claims: dict[str, str]) -> None:
    assert kinds(text, "reader1", "Some Reader") == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("I work at Orrin and will be working at Orrin on Monday. Have a nice weekend.", {GAO: "denied"}),
        ("I work at Orrin and will be speaking at NeurIPS next week", {}),
        (
            "Weiyu has left Orrin, I'm staying in my chair, and the coffee machine is still broken.",
            {SONG: "reported", GAO: "denied"},
        ),
        ("Weiyu has left Orrin. I'm staying in Lisbon this week.", {SONG: "reported"}),
        ("Weiyu has left Orrin, yes. I'm not following him out.", {SONG: "reported", GAO: "denied"}),
        ("Weiyu continues in post at Orrin. There is no search for a successor.", {SONG: "denied"}),
    ],
)
def test_who_stays(text: str, claims: dict[str, str]) -> None:
    assert kinds(text, "tidepoolg", "Ming Gao") == claims


@pytest.mark.parametrize(
    ("text", "name", "gone"),
    [
        ("I've given Orrin my four weeks' notice. Yes, on good terms.", "Kofi Mensah", True),
        ("I handed my Orrin laptop back this morning. Six years. Thank you all.", "Farida Noori", True),
        (
            "I handed my Orrin laptop back this morning and they gave me one with less battery.",
            "Farida Noori",
            False,
        ),
        ("I gave Orrin notice that the API returns garbage", "Tia Moss", False),
    ],
)
def test_own_words(text: str, name: str, gone: bool) -> None:
    assert kinds(text, "somebody_1", name) == ({name: "self_announced"} if gone else {})


def test_a_display_name_in_two_scripts() -> None:
    assert kinds("I officially 离开 Orrin 了, 其他的 no comment", "wx_b", "白文学 Wenxue") == {
        BAI: "self_announced"
    }
    assert kinds("I officially 离开 Orrin 了", "wx_b", "张三 Wenxue").get(BAI) is None
