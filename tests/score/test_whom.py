"""Whom words are said of: who wronged whom, short names in a thread, people who are not watched, the post that is answered."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from monitor.readers import Readers, Run
from monitor.watchlist import parse
from tests.lab import NOW, post

from .reactions import class_of

LAB = parse(yaml.safe_load((Path(__file__).parents[1] / "data" / "lab.yaml").read_text("utf-8")), "lab")
READERS = Readers(LAB)
IDS = {person.id.split("-")[0]: person.id for person in LAB.people}
ONE = "Mara Venn is leaving Orrin Lab"
TWO = "Mara Venn and Tomas Reed are both leaving Orrin Lab"
ZH = "乔黎安和郭文澜都要离开奥林实验室了"

# What is wanted (warm, cold, 0; !cold, !warm: anything but that) | the text.
ALONE = """
tomas=cold | Tomas Reed drove her out
tomas=cold | Tomas Reed fired him, disgusting
tomas=cold | Tomas Reed ignored her, what an idiot
tomas=cold mara=!cold | Tomas Reed bullied her for years. Poor Mara Venn
tomas=cold mara=!cold | Mara Venn is gone. Tomas Reed drove her out.
tomas=cold | Tomas Reed is a vain, incompetent manager who drove her out of the lab
tomas=cold | It was Tomas Reed who drove her out
tomas=cold | Tomas Reed took credit for her work
mara=cold tomas=!cold | Mara Venn took credit for Tomas Reed's kernel work
mara=cold tomas=!cold | Mara Venn bullied Tomas Reed for months and HR did nothing
mara=cold tomas=cold | Mara Venn and Tomas Reed drove her out
mara=!cold tomas=cold | Mara Venn was fired by Tomas Reed, an idiot
mara=warm | Orrin drove her out. Mara Venn was the best of them.
mara=warm | Mara Venn lost her job today, heartbroken for her
tomas=0 | Tomas Reed didn't drive her out
tomas=!cold | Tomas Reed drove her home after the party, so kind
tomas=warm | Tomas Reed pushed her to be better, great mentor
mara=warm | Mara Venn ignored them and shipped it. Legend
wen=cold lian=!cold | 郭文澜逼走了她,乔黎安太惨了
wen=cold lian=!cold | 郭文澜排挤乔黎安
wen=cold lian=!cold | 乔黎安被郭文澜逼走了,恶心
wen=!warm | 郭文澜没有排挤乔黎安
lian=!cold | 乔黎安说公司逼走了她
lian=warm wen=!warm | 郭文澜给乔黎安提鞋都不配
lian=cold wen=cold | 乔黎安和郭文澜一路货色
mara=0 | Mara Venn left and her replacement, Bob Krantz, is an idiot
mara=0 | Mara Venn's husband is a jerk
mara=0 | the guy who replaced Mara Venn is useless
mara=0 | Mara Venn interviewed Sam Harlow, what a liar that man is
mara=warm | Everyone who worked with Mara Venn is heartbroken
mara=warm | Mara Venn left Kestrel Works, what a legend
mara=cold | Mara Venn, formerly at Kestrel, is a fraud
mara=warm | My friend Anna says Mara Venn is the best
hana=warm juno=cold | Keep Hana Brook, she's great. Fire Juno Falk, he's a fraud
hana=warm juno=cold | Hana Brook, she's great. Juno Falk, he's a fraud
mara=!cold tomas=cold | Mara Venn > Tomas Reed, no contest. He's a hack.
mara=!cold tomas=cold | Mara Venn quit because of Tomas Reed, a bully
mara=0 tomas=0 | Mara Venn and Tomas Reed: one genius, one clown.
mara=warm tomas=warm | Mara Venn is leaving. Tomas Reed is leaving. Heartbroken
mara=!cold | "Mara Venn is a fraud" is the dumbest take I've read today
mara=!cold | Calling Mara Venn a fraud is the stupidest take today
ida=cold | Ida Holt talks a big game but ships nothing
ida=!cold | Leave Ida Holt alone you ghouls
ida=cold | Orrin got better the day Ida Holt left
tomas=cold | bye bye Tomas Reed 👋😂 don't let the door hit you
lian=cold | 少了乔黎安天塌不下来
lian=cold | 乔黎安哪里配得上首席
lian=cold | 乔黎安也就PPT做得好
lian=cold | 乔黎安卖国贼
"""
OF_ONE = """
tomas=cold mara=!cold | Tomas Reed pushed her out, the coward
mara=0 | Sam Harlow is a clown
mara=0 | the new CEO Bob Krantz is an idiot
mara=0 | Tomas is a fraud
mara=0 | stupid clickbait headline
mara=0 | this take is garbage
mara=0 | great thread, thanks for sharing
mara=0 | thanks for the scoop Anna
mara=0 | source? trust me bro lol
mara=0 | 标题党,垃圾
mara=warm | Mara is a legend
mara=warm | thank you for everything
mara=warm | I worked at Kestrel with her, brilliant mind
mara=warm | Legend is an understatement
mara=cold | what a fraud
mara=cold | nice article but she is a fraud
mara=cold | Great news, she was awful
"""
OF_TWO = """
mara=0 tomas=cold | Reed was useless
mara=0 tomas=warm | thank you Tomas!
mara=warm tomas=0 | heartbroken about mara
mara=cold tomas=warm | Venn is a fraud and Reed is a genius
mara=warm tomas=0 | @maravenn thank you for everything
mara=warm tomas=warm | thank you both
mara=0 tomas=0 | Mara Lopez is a clown
mara=0 tomas=0 | Bob Reed is a clown
tomas=!cold | great news, reed all about it
"""
OF_CHINESE = """
lian=warm wen=cold | 黎安走好,文澜滚
lian=0 wen=cold | 文澜就是个骗子
"""
ROWS = [
    (root, *map(str.strip, line.split("|", 1)))
    for root, rows in (("", ALONE), (ONE, OF_ONE), (TWO, OF_TWO), (ZH, OF_CHINESE))
    for line in rows.strip().splitlines()
]


@pytest.mark.parametrize(("root", "wanted", "text"), ROWS)
def test_each_gets_what_is_said_of_them(root: str, wanted: str, text: str) -> None:
    run, fields = Run(READERS), {}
    if root:
        run.react(post("1", root), "test", NOW)
        fields = {"parent_id": "1", "root_id": "1"}
    found = run.react(post("2", text, **fields), "test", NOW).toward
    for person, label in (pair.split("=") for pair in wanted.split()):
        label = "neutral" if label == "0" else label
        got = class_of(found.get(IDS[person]))
        assert (got != label[1:]) if label[0] == "!" else (got == label), (person, found)


def test_a_short_name_changes_nothing_of_whom_the_post_is_about() -> None:
    run = Run(READERS)
    run.react(post("1", TWO), "test", NOW)
    found = run.react(post("2", "Reed was useless", parent_id="1"), "test", NOW)
    assert found.about == ["mara-venn", "tomas-reed"] and {one.rule for one in found.matches} == {"thread"}
