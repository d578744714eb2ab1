"""Sixty labelled pairs: a copy dressed up with a word more or less is one voice, a report of its own is another."""

from __future__ import annotations

import itertools
import random

import pytest

from monitor.detect.evidence import item_of
from monitor.nearly import leaders, nearly, sketch
from monitor.readers import Readers
from tests.cost import assert_linear
from tests.lab import LAB, post, reaction

NAMES = ["Mara Venn", "Orrin Lab", "Orrin"]
READERS = Readers(LAB)
COPIES = {
    "BREAKING: Mara Venn has left Orrin Lab, according to an internal note.": [
        "BREAKING: Mara Venn has left Orrin Lab, according to an internal note. omg wow lol",
        "huge news today BREAKING: Mara Venn has left Orrin Lab, according to an internal note.",
        "Mara Venn has left Orrin Lab, according to an internal note.",
        "“BREAKING: Mara Venn has left Orrin Lab, according to an internal note.” seen on X",
        "BREAKING: Mara Venn has left Orrin Lab, according to an internal note. (via @daily)",
        "can't believe it!! Mara Venn has left Orrin Lab according to an internal note",
        "According to an internal note, Mara Venn has left Orrin Lab",
        "Mara Venn left Orrin Lab, according to an internal company note",
        "Mara Venn has really left Orrin Lab, according to an internal note, banana",
        "purple elephant telephone Mara Venn has left Orrin Lab, according to an internal note #news",
        "Just saw this. No idea what to think. BREAKING: Mara Venn has left Orrin Lab, according to an internal note.",
        "Mara Venn has left Orrin Lab, acording to an internal note 17",
        "This field will never be the same. Mara Venn has left Orrin Lab, according to an internal note. My heart is broken for the team.",
    ],
    "Mara Venn left Orrin Lab": [
        "OMG Mara Venn left Orrin Lab",
        "Mara Venn just left Orrin Lab",
        "Mara Venn left Orrin Lab lol",
        "Mara Venn has left Orrin Lab",
        "Mara Venn left Orrin Lab!! Unbelievable. Huge.",
        "Breaking news: Mara Venn has now left Orrin Lab",
        "Mara Venn left Orrin Lab, big if true",
    ],
    "据内部邮件，Mara Venn 已经离开 Orrin Lab": [
        "快讯：据内部邮件，Mara Venn 已经离开 Orrin Lab",
        "突发！据内部邮件，Mara Venn 离开了 Orrin Lab！！",
        "刚刚看到消息 据内部邮件，Mara Venn 已离开 Orrin Lab 😭",
        "据内部邮件，Mara Venn 已经离开 Orrin Lab（转自微博）",
        "天哪，据内部的邮件，Mara Venn 已经离开 Orrin Lab 啊啊啊",
    ],
    "Mara Venn 从 Orrin Lab 离职了": [
        "快讯：Mara Venn 从 Orrin Lab 离职了",
        "刚刚，Mara Venn 从 Orrin Lab 离职了，哈哈哈",
        "Mara Venn 已从 Orrin Lab 离职",
    ],
}  # fmt: skip
APART = [
    ("Mara Venn left Orrin Lab", "wow so Mara Venn has left Orrin"),
    ("Mara Venn left Orrin Lab", "Mara Venn left Orrin Lab banana"),
    ("Mara Venn has left Orrin Lab", "My friend Mara Venn quit Orrin Lab yesterday"),
    ("BREAKING: Mara Venn has left Orrin Lab", "BREAKING: Mara Venn has left Orrin Lab said very surely"),
    ("Mara Venn has left Orrin Lab.", "so Mara Venn is gone"),
    ("Mara Venn has left Orrin Lab", "Mara Venn quit Orrin Lab"),
    ("Mara Venn has left Orrin Lab", "Mara Venn resigned from Orrin Lab"),
    ("Mara Venn has left Orrin Lab.", "It is true: Mara Venn has left Orrin Lab."),
    ("Mara Venn has left Orrin Lab.", "Mara Venn left Orrin Lab for Acme"),
    ("Mara Venn has left Orrin Lab to found a robotics startup in Geneva", "Mara Venn has left Orrin Lab after a dispute over compute budgets"),
    ("Mara Venn left Orrin Lab. She told friends in Geneva.", "Mara Venn left Orrin Lab. My cousin works there and her desk is empty."),
    ("Mara Venn left Orrin Lab last week, I hear.", "Mara Venn has left Orrin Lab, two people told me."),
    ("Two people at the company say Mara Venn has left Orrin Lab", "I can report that Mara Venn departed Orrin Lab on Friday after a meeting with the board"),
    ("Mara Venn has left Orrin Lab, according to an internal note.", "According to two of her colleagues, Mara Venn has left Orrin Lab and will join a university"),
    ("Mara Venn has left Orrin Lab, according to an internal note.", "Mara Venn has left Orrin Lab"),
    ("Sources: Mara Venn is out at Orrin Lab", "Mara Venn is no longer at Orrin Lab, her badge was returned on Monday"),
    ("Mara Venn's last day at Orrin Lab was Friday", "Mara Venn told her team on Friday that she leaves Orrin Lab"),
    ("Mara Venn leaves Orrin Lab after seven years", "After seven years in the team, Mara Venn said goodbye to Orrin Lab colleagues over lunch"),
    ("Confirmed by three people: Mara Venn left Orrin Lab", "Mara Venn left Orrin Lab and her team is being merged, per a person with knowledge"),
    ("Mara Venn has left Orrin Lab, where she led research on speech", "Mara Venn, who led speech research, has left Orrin Lab and is said to be in Zurich now"),
    ("Our team lead Mara Venn quit Orrin Lab this morning", "Mara Venn quit Orrin Lab, an HR mail says"),
    ("I spoke to Mara Venn: she left Orrin Lab in March", "Orrin Lab removed Mara Venn from its site; she left in March"),
    ("据内部邮件，Mara Venn 已经离开 Orrin Lab", "听同事说 Mara Venn 上周从 Orrin Lab 辞职了"),
    ("Mara Venn 从 Orrin Lab 离职了", "Mara Venn 离开 Orrin Lab"),
    ("Mara Venn 从 Orrin Lab 离职了", "朋友说 Mara Venn 周五最后一天，以后不在 Orrin Lab 工作了"),
    ("Mara Venn 离开 Orrin Lab 加入高校任教", "Mara Venn 离开 Orrin Lab，准备在日内瓦创业做机器人"),
    ("知情人士称 Mara Venn 已从 Orrin Lab 离职", "Mara Venn 的团队今天收到通知，她不再负责 Orrin Lab 的项目"),
    ("Orrin Lab loses Mara Venn", "Mara Venn has left Orrin Lab"),
    ("Mara Venn is leaving Orrin Lab, she told me at dinner", "She wrote to the whole staff: Mara Venn is leaving Orrin Lab at the end of the month"),
    ("Mara Venn has left", "Mara Venn is gone from Orrin"),
    ("Mara Venn out. Orrin Lab has lost its best researcher, and her group of nine was told today", "Mara Venn departed Orrin Lab, as seen in the commit log where her account was removed"),
    ("Mara Venn has left Orrin Lab. Nobody replaces her for the moment.", "Mara Venn has left Orrin Lab. The speech group goes to Tomas Reed, says a mail of HR."),
]  # fmt: skip


def drawn(text: str) -> str:
    """The sketch of a text as evidence has it: of the claim that is read there, else of all."""
    one = post("a", text)
    claims = READERS.claim(one, READERS.match(one))
    if not claims:
        return sketch(text, 0, len(text), NAMES)
    return item_of(reaction(one), claims[0], LAB).sketch


def test_there_are_sixty_pairs() -> None:
    assert (sum(map(len, COPIES.values())), len(APART)) == (28, 32)


@pytest.mark.parametrize(("text", "copy"), [(text, copy) for text, found in COPIES.items() for copy in found])
def test_a_dressed_copy_is_nearly_the_same(text: str, copy: str) -> None:
    assert nearly(drawn(text), drawn(copy)) and nearly(drawn(copy), drawn(text))


@pytest.mark.parametrize(("one", "other"), APART)
def test_a_report_in_other_words_is_not(one: str, other: str) -> None:
    assert not nearly(drawn(one), drawn(other)) and not nearly(drawn(other), drawn(one))


def test_copies_find_the_same_leader_in_any_order() -> None:
    texts = [*itertools.chain(COPIES, *COPIES.values()), *(one for pair in APART for one in pair)]
    found = [(str(number), drawn(text)) for number, text in enumerate(texts)]
    first = dict(leaders(frozenset(found)))
    random.Random(3).shuffle(found)
    leaders.cache_clear()
    assert leaders(frozenset(found)) == first
    assert all(first[head] == head for head in first.values())


def test_a_text_of_which_nothing_is_known_is_like_no_other() -> None:
    assert leaders(frozenset([("1", ""), ("2", ""), ("3", "||")])) == {"1": "1", "2": "2", "3": "3"}


def test_a_sketch_holds_no_names_and_is_short() -> None:
    text = "Mara Venn of Orrin Lab " + "said that this and that happened over there " * 1000
    assert len(sketch(text, 0, 9, NAMES)) <= 260 and len(sketch(text, 20_000, 20_010, NAMES)) <= 260
    assert sketch("Mara Venn, Orrin", 0, 9, NAMES) == "||"
    assert sketch("林小满离开了", 0, 6, ["林小满"]) == sketch("离开", 0, 2)
    assert sketch("\ud800 lone", 0, 4)


@pytest.mark.parametrize("piece", ["@", "a ", "a\u0301", ". ", "离", "big if ", "#x "])
def test_it_takes_no_longer_than_linear_time(piece: str) -> None:
    assert_linear(
        lambda text: sketch(text, len(text) // 2, len(text)), lambda n: piece * (n // len(piece)), 400_000
    )
