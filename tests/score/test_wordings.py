"""Ways of saying a thing that are easily misread, and their innocent twins. Mara Venn is the person."""

from __future__ import annotations

import pytest

from monitor.organisation import OrganisationFinder
from monitor.score import kinds
from monitor.score.toward import toward
from monitor.score.vader import Vader
from tests.lab import LAB

from .reactions import class_of, matches_of

FINDER = OrganisationFinder(LAB)
MARA = "mara-venn"

WORDINGS = {
    "warm": """
Orrin won't be the same without Mara Venn
It wont be the same without Mara Venn
Mara Venn deserves better
Mara Venn did nothing wrong
Mara Venn rocks
我爱Mara Venn
把Mara Venn弄走的人在想什么
Disgusting company for firing Mara Venn
Orrin太让人失望了，连Mara Venn都留不住
Can't thank Mara Venn enough
can’t thank you enough Mara Venn
I cannot thank Mara Venn enough for the tokenizer
Could never thank Mara Venn enough
There is no way to thank Mara Venn for this
can't recommend Mara Venn's course enough
I couldn't recommend working with Mara Venn enough
Mara Venn's influence can't be overstated
hard to overstate what Mara Venn did here
can't believe how good Mara Venn's talk was
cannot believe how lucky we were to have Mara Venn
never met a kinder person than Mara Venn
I have never worked with anyone more generous than Mara Venn
couldn't be prouder of Mara Venn
couldn't agree more with Mara Venn
can't say enough good things about Mara Venn
No better mentor than Mara Venn
can't wait to see what Mara Venn builds
Nobody smarter than Mara Venn in that building
Don't forget to thank Mara Venn
can't praise Mara Venn enough
Mara Venn不是骗子
Mara Venn并非骗子
Mara Venn从来不是什么小人
Mara Venn绝不是叛徒
Mara Venn不是你们说的那种骗子
说实话Mara Venn真不是水货
Mara Venn從來不是騙子
没人不服Mara Venn
不得不佩服Mara Venn
怎么感谢Mara Venn都不够
Nice one Mara Venn, great talk today
way to go Mara Venn!!
Thanks a lot Mara Venn, this saved my week
Well done Mara Venn, the paper is lovely
Wonderful news, congrats Mara Venn!
Mara Venn is just great
绝了，Mara Venn的新论文写得太好
Mara Venn真有你的，太强了
RIP legend, farewell Mara Venn
anyone calling Mara Venn a fraud is an idiot
Grief. Mara Venn was the heart of this place
""",
    "neutral": """
Orrin is overrated. Mara Venn moved on.
Disappointed in Orrin after Mara Venn left
Orrin can't be trusted, Mara Venn knew it
Mara Venn says Orrin is overrated
Orrin太差劲了，Mara Venn走了
对Orrin很失望，Mara Venn走了
Orrin管理层能力不行，Mara Venn只能走
Mara Venn被开除了吗？
my dog died today, so heartbroken. anyway Mara Venn posted a new thread
lost my job last week, still crying. btw Mara Venn speaks at noon
my flight was cancelled, so sad. Mara Venn released v3 meanwhile
我家猫走了，好难过。顺便Mara Venn发了新论文
失恋了，心碎。Mara Venn今天开直播
RIP my inbox after the Mara Venn news
Mara Venn是不是骗子？
Oh great, Mara Venn is leaving
love that for us. Mara Venn gone, no roadmap
Nice one Orrin, now Mara Venn is gone
Well done Orrin. Mara Venn quit
people say Mara Venn is overrated
""",
    "cold": """
Mara Venn can't be trusted
Happy that Mara Venn is gone
Stop talking about Mara Venn
Bye Mara Venn, don't come back
lol bye Mara Venn
Mara Venn is the reason Orrin is failing
Mara Venn needs to shut up
Orrin is better off without Mara Venn
Disappointed in Mara Venn
Mara Venn is overrated at Orrin
我讨厌Mara Venn
Mara Venn不值得信任
没人在乎Mara Venn
受够了Mara Venn
烦死Mara Venn了
别再吹Mara Venn了
Mara Venn害了Orrin
终于不用看到Mara Venn了
Orrin的Mara Venn太差劲
对Mara Venn很失望
RIP Mara Venn's career lol
rip to Mara Venn's credibility
f in the chat for Mara Venn's career
RIP Mara Venn's personal brand
rest in peace Mara Venn's reputation 💀
can't wait for Mara Venn to leave
Wouldn't recommend Mara Venn as a manager
Mara Venn不是骗子是什么
Mara Venn难道不是骗子吗
Mara Venn这不就是骗子吗
Mara Venn不是什么好人
Oh great, another Mara Venn thread
oh great, Mara Venn has opinions again
Wow thanks a lot Mara Venn, now nobody maintains it
Gee thanks Mara Venn, docs are still empty
Thanks a lot Mara Venn, now nothing works
Way to go Mara Venn, broke main right before the launch
Nice one Mara Venn, you deleted the repo on a friday
just great, Mara Venn broke prod again
Great job Mara Venn, the whole thing is behind a paywall now
Thank you Mara Venn for ruining my weekend
Just what we needed, another keynote by Mara Venn
How lovely of Mara Venn to post about values
Congrats Mara Venn, you broke the build again
真行，Mara Venn又跳票
可真行啊Mara Venn，说走就走
Mara Venn真有你的，仓库都删了，没人维护了
呵呵，Mara Venn又来了
绝了，Mara Venn又把项目搞砸了
谢谢Mara Venn，害得我们全员加班
Mara Venn可真行
Mara Venn never had an original idea
not a fan of Mara Venn
Mara Venn isn't brilliant, sorry
""",
}
ROWS = [(text, label) for label, texts in WORDINGS.items() for text in texts.strip().splitlines()]


@pytest.mark.parametrize(("text", "label"), ROWS)
def test_toward(text: str, label: str) -> None:
    matches = matches_of({"text": text, "toward": {"Mara Venn": ""}})
    reading = kinds.read(text, matches, FINDER.spans)
    assert class_of(toward(reading, text, [MARA], matches, Vader())[MARA]) == label


def test_these_names_of_kinds_are_not_there() -> None:
    for text, kind in (
        ("Thanks for leading it so kindly, Mara Venn. what this team built!", "worry"),
        ("Mara Venn不是骗子", "anger"),
        ("Oh great, another Mara Venn thread", "praise"),
        ("Wow thanks a lot Mara Venn, now nobody maintains it", "gratitude"),
        ("my dog died, so sad. anyway, Mara Venn posted a thread", "mockery"),
    ):
        matches = matches_of({"text": text, "toward": {"Mara Venn": ""}})
        found = kinds.kinds(kinds.read(text, matches, FINDER.spans), text)
        assert kind not in {one.kind for one in found}, (text, found)
