"""Words that seem to say that somebody leaves: a tale only where it frames them, leave for the day, thanks by who leaves."""

from __future__ import annotations

import pytest

from monitor.detect.claims import ClaimReader
from monitor.match.names import Matcher
from monitor.model import Author, Post
from tests.detect.test_claims import WATCHLIST, kinds
from tests.lab import NOW

OWN = "MarcusSong88", "Weiyu Song"
STRANGER = "zoe_k", "Zoe Kern"
STRANGER_ZH = "lm", "李墨"
FILLER = "The group has released a hundred open models, and many people build on them every day. " * 8
REPORT = "Weiyu Song, the tech lead of the Orrin models, has resigned from the company. "

REAL = [
    "Weiyu Song has left Orrin. Kudos to him for all he built",
    "Weiyu Song quit Orrin. This soap opera never ends",
    "My worst nightmare came true: Weiyu Song quit Orrin",
    "What a nightmare: Weiyu Song has left Orrin",
    "Not an April Fools joke: Weiyu Song has left Orrin",
    "April Fools' Day aside, Weiyu Song really has left Orrin",
    "Weiyu Song left Orrin, not satirical, real",
    "Weiyu Song has left Orrin. No, this is not from The Onion.",
    "I write fanfic for fun, but this is real: Weiyu Song resigned from Orrin today",
    "Weiyu Song has left Orrin and designs a board game now",
    "We look for a manga translator. Also: Weiyu Song has left Orrin",
    FILLER + REPORT + "In his free time he watches anime.",
    REPORT + FILLER + "Read also: the trailer for the new Matrix film.",
    "宋维宇从奥林离职了。他平时喜欢写科幻小说",
    "不是愚人节玩笑：宋维宇已经离开奥林",
    "宋维宇宣布离开奥林，4月1日生效",
]
TALES = [
    "in my fanfic Weiyu Song leaves Orrin and opens a bakery",
    "New chapter is up on ao3: Weiyu Song quits Orrin and becomes a pirate",
    "had the weirdest dream last night. Weiyu Song left Orrin and I cried",
    "I wrote a short story about Weiyu Song leaving Orrin",
    "In the new season of my k-drama, Weiyu Song leaves Orrin and becomes a chef",
    "Satire: Weiyu Song has left Orrin to sell noodles",
    "Weiyu Song has left Orrin. April fools!",
    "短篇小说：宋维宇离开奥林那天，下雪了",
    "宋维宇离开奥林了，愚人节快乐",
]
TAKEN_BACK = [
    "april fools! i am not leaving orrin",
    "lol april fools, of course i stay at orrin",
    "that was an april fools joke, i'm still at orrin",
    "愚人节快乐，我没有离开奥林",
    "i am at orrin. don't believe the news",
    "guys i'm still here. orrin 4 soon",
]
GOES_ON = [
    "i'm out. good night everyone, orrin eval continues",
    "i'm gone for today, orrin folks, back on monday",
    "so long, and thanks for all the stars. orrin hits 100k on github",
    "我先撤了，明天继续调奥林的数据",
    "要走了，再见，奥林的小伙伴们杭州见",
    "so long bro. last day at orrin for kaixin",
    '"today is my last day at Orrin" - hard to read this from Kaixin…',
    "“今天是我在奥林的最后一天”——看到小林这条朋友圈好难过",
]
LEAVES = [
    "I'm out of Orrin. good night",
    "so long, and thanks for all the fish, orrin",
    "I'm leaving Orrin. See you in Lisbon next month!",
    "last day at orrin for me. thank you all",
    "goodbye orrin. tomorrow i start something new",
    "我走了，奥林再见，各位珍重",
    "me stepping down. bye my beloved orrin. kudos to the team",
]
THANKED = [
    "I left Orrin last week. Thank you Weiyu Song for everything you taught me.",
    "I'm leaving Orrin to start a company. Weiyu Song gave me his blessing.",
    "My last day at Veltra! Ming Gao was the best mentor one could ask for.",
    "It's my last week at Orrin. So many people to thank: Weiyu Song, Ming Gao, Wenxue Bai…",
    "Leaving Orrin today. @MarcusSong88 taught me everything I know.",
    "I've resigned from Orrin. Weiyu Song tried to keep me, but it was time to go.",
    "I have left Orrin to join Mistral. Weiyu Song remains a friend and an inspiration.",
]
THANKED_ZH = [
    "今天从奥林离职，工牌交了，感谢维宇带我入门",
    "今天是我在奥林的最后一天，感谢维宇和高鸣一路照顾",
    "离开奥林了，最舍不得的是和宋维宇一起改代码的日子",
    "感谢宋维宇，感谢高鸣，我今天正式从奥林毕业",
]


@pytest.mark.parametrize("text", REAL)
def test_a_word_of_fiction_that_frames_nothing_silences_nothing(text: str) -> None:
    assert kinds(text) == {"weiyu-song": "reported"}


@pytest.mark.parametrize("text", TALES)
def test_a_tale_is_no_claim(text: str) -> None:
    assert kinds(text) == {}


@pytest.mark.parametrize("text", TAKEN_BACK)
def test_the_person_takes_it_back_whatever_the_day(text: str) -> None:
    assert kinds(text, *OWN) == {"weiyu-song": "denied"}


def test_the_organisation_takes_a_joke_back() -> None:
    by_org = kinds("april fools! Weiyu Song has not left Orrin", "Veltra_Orrin", "Orrin")
    assert by_org == {"weiyu-song": "denied"}


@pytest.mark.parametrize("text", GOES_ON)
def test_who_goes_for_the_day_or_quotes_another_announces_nothing(text: str) -> None:
    assert kinds(text, *OWN) == {}


@pytest.mark.parametrize("text", LEAVES)
def test_who_leaves_may_say_good_night(text: str) -> None:
    assert kinds(text, *OWN) == {"weiyu-song": "self_announced"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Weiyu Song is leaving Orrin", "self_announced"),
        ("After four years Weiyu Song steps down as tech lead of Orrin. Thank you all.", "self_announced"),
        ("宋维宇已从奥林离职，谢谢大家", "self_announced"),
        ("Apparently Weiyu Song is leaving Orrin", "rumoured"),
        ("Heard that Weiyu Song left Orrin? Nope, still here", "denied"),
        ("RT @zoe_k: Weiyu Song is leaving Orrin", None),
        ('"Weiyu Song is leaving Orrin" says who? lol', None),
    ],
)
def test_who_speaks_of_themselves_by_name(text: str, kind: str | None) -> None:
    assert kinds(text, *OWN) == ({"weiyu-song": kind} if kind else {})


@pytest.mark.parametrize("text", THANKED)
def test_who_is_thanked_by_a_leaver_does_not_leave(text: str) -> None:
    assert kinds(text, *STRANGER) == {"Zoe Kern": "self_announced"}


@pytest.mark.parametrize("text", THANKED_ZH)
def test_the_same_in_chinese(text: str) -> None:
    assert kinds(text, *STRANGER_ZH) == {"李墨": "self_announced"}


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("I've left Orrin. Ming Gao left as well.", {"Zoe Kern": "self_announced", "ming-gao": "reported"}),
        ("Sad news from my team: Weiyu Song is leaving Orrin", {"weiyu-song": "reported"}),
        ("I worked for Weiyu Song, who left Orrin today", {"weiyu-song": "reported"}),
        ("Thanks to Weiyu Song for everything. He left Orrin today.", {"weiyu-song": "reported"}),
        ("Weiyu Song wrote a farewell note for departing Orrin researcher Tia Bond", {}),
        ("K. Li, the Orrin vision researcher, has quit", {}),
    ],
)
def test_an_own_verb_counts(text: str, claimed: dict[str, str]) -> None:
    found = kinds(text, *STRANGER)
    assert {key: kind for key, kind in found.items() if key != "Tia Bond"} == claimed


def test_a_chief_of_ours_who_quit_is_not_the_author() -> None:
    assert kinds("我们组老大从奥林离职了，难受", *STRANGER_ZH) == {}


@pytest.mark.parametrize(
    ("bio", "is_parody"),
    [
        ("Parody account. Fan of AI", True),
        ("Satire, not news", True),
        ("This is a parody account", True),
        ("戏仿账号", True),
        ("Engineer. Not affiliated with any lab", False),
        ("I like satire and dogs", False),
        ("Writer of satire for a paper", False),
    ],
)
def test_an_author_is_a_parody_who_says_so(bio: str, is_parody: bool) -> None:
    author = Author(handle="sam", name="Sam Reed", bio=bio)
    text = "Weiyu Song has left Orrin"
    post = Post(source="x", id="1", text=text, author=author, created_at=NOW)
    reader, matches = ClaimReader(WATCHLIST), Matcher(WATCHLIST).find(post)
    assert bool(reader.read(post, matches)) is not is_parody
    assert bool(reader.set_aside(post, matches)) is is_parody
