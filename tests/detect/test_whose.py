"""Whose leaving a post tells of: its author's own, somebody else's, or a user's of the product."""

from __future__ import annotations

import pytest

from monitor.detect.claims import ClaimReader
from monitor.detect.ties import works_there
from monitor.match.names import Matcher
from monitor.model import Author
from monitor.organisation import OrganisationFinder
from tests.detect.test_claims import WATCHLIST, kinds
from tests.lab import LAB, post

OWN = "MarcusSong88", "Weiyu Song"
MATCHER, READER = Matcher(LAB), ClaimReader(LAB)
FINDER = OrganisationFinder(WATCHLIST)

OF_OTHERS = [
    "She left Orrin last week. We will miss her.",
    "He left Veltra for a startup.",
    "Yes. She left Veltra last week.",
    "RT @someone: today I left Orrin. thanks @MarcusSong88",
    "RT @lena_codes: So, I quit Orrin.",
    "Good luck to Tim, he left Orrin today",
    "Everyone I knew at Orrin has left",
    "Nobody I hired in 2023 is still here, they have all left Orrin.",
    "A former colleague quit Orrin last week. We miss him.",
    "Tomorrow is Wei's last day at Orrin",
    "It was his last day at Orrin today. We had cake.",
    "her last week at Veltra, so much cake",
    "Tim, one of our best engineers, left Orrin today.",
    "They've all left Orrin, I am the last one here",
    "Two of my students quit Veltra this spring to found their own companies.",
    "Three people from the eval team quit Orrin on the same day.",
    "My desk neighbour left Veltra this week, the office is too quiet now.",
    "The engineer who taught me CUDA left Orrin yesterday.",
    "So proud of Lena! She quit Orrin and founded her own lab.",
    "Our first intern is leaving Orrin tomorrow. We'll throw a party.",
    "再见Orrin2.5，你好Orrin3",
    "告别Orrin2，迎接Orrin3",
    "师弟上个月从维特拉离职，创业去了",
    "小明昨天离开奥林了",
    "隔壁组的小李上周从奥林离职了",
    "今天送别一位离开奥林的同事",
    "又一位老同事离开了奥林，祝前程似锦",
    "有同事从奥林离职，我请大家吃饭",
    "我老婆上个月从维特拉离职了，现在在家带娃",
    "我徒弟今天从奥林毕业了，替他高兴",
    "我同桌昨天从奥林裸辞了",
    "今天是小明在奥林的最后一天",
    "高远航今天从维特拉离职了，祝一切顺利",
    "今天奥林周最后一天，大家辛苦了",
    "欢送老周，他在奥林干了六年，今天正式离职",
    "她今天离开奥林了，舍不得",
    "小王毕业了，奥林少了一员大将",
]  # fmt: skip
OF_ONESELF = [
    "Leaving Orrin today. Thank you all.",
    "me stepping down. bye my beloved orrin",
    "Left Orrin last week, resting now",
    "Yesterday I left Orrin. Thank you, friends.",
    "Quit Orrin. Sleeping for a week.",
    "With a heavy heart, leaving Orrin today.",
    "Friday is my last day at Orrin. My team is in great hands.",
    "Told my team this morning: I'm leaving Orrin.",
    "My colleagues threw me a party. I leave Orrin on Friday.",
    "She asked me to stay but I quit Orrin today.",
    "to all my friends at Orrin: today I leave. stay in touch",
    "My time at Orrin has come to an end.",
    "今天离职了，感谢奥林的每一位",
    "从维特拉毕业了",
    "最后一天，再见奥林",
    "正式离开奥林，江湖再见",
    "各位同事，今天我从奥林离职了",
    "感谢老板和同事们，正式从维特拉离职",
    "我和两位同事今天一起离开了奥林",
    "老婆支持我，所以我从奥林辞职了",
    "同事们问我是不是真的，是的，我离开奥林了",
    "在维特拉工作六年之后，我决定离开奥林",
]
OF_STRANGERS = [
    "she left Orrin",
    "Everyone I knew at Orrin has left",
    "My husband left Orrin in March and now bakes bread.",
    "my brother resigned from Orrin last month",
    "their whole speech group has quit Orrin",
    "A former colleague quit Orrin last week",
    "我老公上个月从维特拉离职了，现在在创业做机器人",
    "我表哥从维特拉离职了，天天在家打游戏",
    "我闺蜜上周从奥林离职，回老家开咖啡馆了",
    "室友昨天离开了奥林",
]  # fmt: skip
OF_USERS = [
    "I switched from Orrin to Gemma last week. Leaving Orrin was the right decision for my project.",
    "Finally quit Orrin. Gemma runs better on my laptop.",
    "Goodbye Orrin, hello Gemma.",
    "I've moved on from Orrin.",
    "today is my last day with the free Orrin tier",
    "left Orrin for Mistral, tool calling just works there",
    "Cancelled my Orrin plan, goodbye Orrin",
    "从奥林换到别的模型了，再见奥林",
]
STAFF_BIOS = [
    "Researcher at Orrin",
    "Compilers @ Orrin",
    "@Veltra_Orrin",
    "NLP @ Veltra Orrin. Views mine.",
    "Runner | engineer, Orrin | two cats",
    "奥林 算法工程师",
]
OTHER_BIOS = [
    "",
    "ex-Orrin",
    "previously Orrin, now Meadow",
    "Former researcher at Orrin",
    "Orrin fan, views mine",
    "Building apps on Orrin",
    "Researcher at Meadow",
    "Reporter. I cover Orrin.",
    "前奥林研究员",
    "Joining Orrin soon",
]
LAST_WORDS = ["I resigned today.", "Today was my last day. Thank you all!", "今天离职了，感谢大家"]


@pytest.mark.parametrize("text", OF_OTHERS)
def test_a_watched_person_who_speaks_of_others_announces_nothing(text: str) -> None:
    assert "weiyu-song" not in kinds(text, *OWN)


@pytest.mark.parametrize("text", OF_ONESELF)
def test_their_own_announcement_needs_no_subject(text: str) -> None:
    assert kinds(text, *OWN) == {"weiyu-song": "self_announced"}


@pytest.mark.parametrize("text", OF_STRANGERS + OF_USERS)
@pytest.mark.parametrize("name", ["Rosa Field", "许小雨"])
def test_who_is_not_of_the_lab_does_not_leave_it(text: str, name: str) -> None:
    assert kinds(text, "zz7", name) == {}


@pytest.mark.parametrize("place", ["奥林工程师", "维特拉研究员", "奥林团队的"])
def test_a_job_and_a_name_before_the_verb_are_the_leavers(place: str) -> None:
    told = kinds(f"{place}高远航上个月从维特拉离职，现在在创业做机器人", "u14", "小许")
    assert told == {"高远航": "reported"}


@pytest.mark.parametrize("text", LAST_WORDS)
@pytest.mark.parametrize("bio", STAFF_BIOS)
def test_a_bio_that_names_the_lab_ties_its_owner_to_it(bio: str, text: str) -> None:
    one = post_by("annab", "Anna Brandt", bio, text)
    assert one == {"Anna Brandt": "self_announced"}


@pytest.mark.parametrize("text", LAST_WORDS)
@pytest.mark.parametrize("bio", OTHER_BIOS)
def test_a_former_employer_or_a_liking_in_the_bio_is_no_tie(bio: str, text: str) -> None:
    assert post_by("annab", "Anna Brandt", bio, text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "My sister resigned today.",
        "He left last week. We miss him.",
        "Left my laptop on the train again",
        "师弟离职了",
    ],
)
def test_staff_by_bio_speak_of_others_too(text: str) -> None:
    assert post_by("annab", "Anna Brandt", "Researcher at Orrin", text) == {}


@pytest.mark.parametrize(
    ("handle", "name", "tied"),
    [
        ("anna_orrinlab", "Anna Brandt", True),
        ("orrin_anna", "Anna Brandt", True),
        ("anna_orrin_lab", "Anna Brandt", True),
        ("orrin_news", "Anna Brandt", False),
        ("anna_orrinlabs", "Anna Brandt", False),
        ("anna_orrinlab", "anna", False),
        ("anna_orrinlab", "Orrin Daily", False),
        ("annabrandt", "Anna Brandt", False),
        (None, "Anna Brandt", False),
    ],
)
def test_a_handle_of_ones_own_name_and_the_lab_is_a_tie(handle: str | None, name: str, tied: bool) -> None:
    assert works_there(Author(handle=handle, name=name), OrganisationFinder(LAB)) is tied
    one = post("1", "I resigned today.", author={"handle": handle or "x", "name": name})
    told = {claim.person: claim.claim for claim in READER.read(one, MATCHER.find(one))}
    assert told == ({name: "self_announced"} if tied else {})


def test_a_bio_of_any_length_is_read_up_to_a_bound() -> None:
    assert not works_there(Author(handle="a", name="Anna Brandt", bio="x " * 400_000 + "Orrin"), FINDER)


def post_by(handle: str, name: str, bio: str, text: str) -> dict[str, str]:
    one = post("1", text, author={"handle": handle, "name": name, "bio": bio})
    reader, matcher = _READ
    return {claim.person: claim.claim for claim in reader.read(one, matcher.find(one))}


_READ = ClaimReader(WATCHLIST), Matcher(WATCHLIST)
