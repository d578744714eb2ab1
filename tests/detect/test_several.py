"""Texts about several people, about somebody of the same name, and about those who came back."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor import watchlist
from monitor.detect.claims import ClaimReader
from monitor.match.names import Matcher
from monitor.model import Claim
from tests.lab import post

WATCHLIST = watchlist.load(str(Path(__file__).parent / "data" / "watchlist.yaml"))
READER, MATCHER = ClaimReader(WATCHLIST), Matcher(WATCHLIST)
SONG, GAO, BAI = "weiyu-song", "ming-gao", "wenxue-bai"
LEFT, STAYS, MAYBE = "reported", "denied", "rumoured"


def claims(text: str, handle: str = "somebody") -> list[Claim]:
    one = post("1", text, author={"handle": handle})
    return READER.read(one, MATCHER.find(one))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ming Gao is staying at Orrin, Weiyu Song is not.", {GAO: STAYS, SONG: LEFT}),
        ("Ming Gao will stay at Orrin; Weiyu Song won't.", {GAO: STAYS, SONG: LEFT}),
        ("Ming Gao has left Orrin, Weiyu Song has not.", {GAO: LEFT, SONG: STAYS}),
        ("Ming Gao leaves, Weiyu Song stays: what now for Orrin?", {GAO: LEFT, SONG: STAYS}),
        ("宋维宇和高鸣离开奥林，白文学否认离职", {SONG: LEFT, GAO: LEFT, BAI: STAYS}),
        ("网传宋维宇离开奥林，宋维宇否认离职", {SONG: STAYS}),
        ("Ming Gao has left Orrin and so has Weiyu Song", {GAO: LEFT, SONG: LEFT}),
        ("Ming Gao quit Orrin, as did Weiyu Song", {GAO: LEFT, SONG: LEFT}),
        ("Ming Gao left Orrin, with Weiyu Song following a day later", {GAO: LEFT, SONG: LEFT}),
        ("Not just Ming Gao: Weiyu Song has left Orrin too", {GAO: LEFT, SONG: LEFT}),
        ("高鸣跟着宋维宇一起离开了奥林", {GAO: LEFT, SONG: LEFT}),
    ],
)
def test_each_has_a_word_of_their_own(text: str, told: dict[str, str]) -> None:
    assert {claim.person: claim.claim for claim in claims(text)} == told


@pytest.mark.parametrize(
    ("text", "handle", "returned"),
    [
        ("I'm back at Orrin!", "MarcusSong88", True),
        ("I have rejoined Orrin", "MarcusSong88", True),
        ("Weiyu Song, who resigned from Orrin in March and returned in June, spoke on Monday.", "a", True),
        ("When Weiyu Song quit Orrin this spring I was sad. Glad he came back.", "a", True),
        ("Orrin rehired Weiyu Song a month after he quit", "a", True),
        ("We retract our story about Weiyu Song's exit from Orrin.", "a", False),
    ],
)
def test_who_is_back_has_not_left(text: str, handle: str, returned: bool) -> None:
    (one,) = claims(text, handle)
    assert (one.person, one.claim, one.returned) == (SONG, STAYS, returned)


@pytest.mark.parametrize(
    "text",
    [
        "Weiyu Song resigned from Orrin in March and returned to academia in June",
        "Weiyu Song quit Orrin. Hope he comes back.",
        "Weiyu Song, who left Orrin in March, never came back",
    ],
)
def test_who_goes_back_elsewhere_has_left(text: str) -> None:
    assert [(one.person, one.claim) for one in claims(text)] == [(SONG, LEFT)]


@pytest.mark.parametrize(
    "text",
    [
        "Weiyu Song, no relation to the researcher, has left Orrin Cloud as its cook",
        "维特拉的歌手宋维宇离职了，跟奥林那位不是一个人",
        "Song Weiyu, not the one at Orrin, resigned today",
    ],
)
def test_a_namesake_is_nobody(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("宋维宇转发了我的奥林教程！今天可以安心退休了哈哈哈", {}),
        ("用奥林写完了离职信，宋维宇知道吗哈哈", {}),
        ("奥林毕业答辩现场：宋维宇当评委，三个实习生顺利毕业", {}),
        ("宋维宇被挖来奥林的故事", {}),
        ("奥林又走了一个算法，宋维宇天天在面试", {}),
        ("Weiyu Song is no longer just a tech lead, he's the face of Orrin", {}),
        ("Weiyu Song in talks with the city about Orrin for schools", {}),
        ("Orrin should pay Weiyu Song whatever he wants so he never leaves Orrin", {}),
        ("罗永回应宋维宇离职：奥林路线不变", {SONG: LEFT}),
        ("People keep asking me why Weiyu Song left Orrin. I don't know.", {SONG: LEFT}),
        ("How do you fumble Weiyu Song, Orrin? HOW", {SONG: LEFT}),
        ("Congrats to Ming Gao on the new role at Anthropic! Huge loss for Orrin", {GAO: LEFT}),
        ("if the Weiyu Song news is true orrin is cooked", {SONG: MAYBE}),
        ("如果宋维宇离职属实，奥林要慌了", {SONG: MAYBE}),
    ],
)
def test_turns_of_speech(text: str, told: dict[str, str]) -> None:
    assert {claim.person: claim.claim for claim in claims(text)} == told
