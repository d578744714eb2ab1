"""Articles: page furniture, voices, pronouns across sentences, other organisations, and what sentences tell together."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor import watchlist
from monitor.detect.admit import admitted
from monitor.detect.articles.reading import reread
from monitor.detect.chinese import reading as chinese
from monitor.detect.english import reading as english
from monitor.detect.layout import furniture, split_sentences, turns
from monitor.detect.people import Speaker, is_outlet, latin_names
from monitor.detect.scene import Scene, lay_out
from monitor.match.names import Matcher
from monitor.model import Author, Post
from monitor.organisation import OrganisationFinder
from tests.cost import assert_linear

LAB = watchlist.load(str(Path(__file__).parent / "data" / "watchlist.yaml"))
MATCHER, FINDER = Matcher(LAB), OrganisationFinder(LAB)
SONG, GAO, BAI = "weiyu-song", "ming-gao", "wenxue-bai"
_ORDER = ("denied", "asserted", "rumoured", "weakly_denied")

PAD = (
    "The company was founded in 2019 and has offices in Suzhou and Singapore. It employs about nine hundred people. "
    "Its models are downloaded several million times a month, and the source code of its tools is public. The lab "
    "released a new series of models in the spring, and customers in Europe have been testing them since then. Prices "
    "did not change. Two banks and a telecoms operator use the models in call centres, according to the company's own "
    "figures. Demand for computing capacity has been growing more quickly than supply in most of Asia."
)
PAD_ZH = (
    "该系列模型今年春天发布，已有多家银行和运营商接入使用，价格与上一代持平。公司表示，算力供应仍然偏紧，下半年将在苏州启用新的数据中心，"
    "预计可以缓解一部分排队的压力。业内人士认为，企业客户对开源模型的接受程度正在提高，但付费意愿仍有待观察，行业的竞争重点正在从参数规模转向稳定性和成本。"
    "另据介绍，开发者大会定于十一月举行，届时将展示新的工具链和评测结果，并邀请多所高校参加。公司去年服务了超过四百家企业客户，覆盖金融、制造和医疗等行业。"
    "该公司在公告中说，未来会继续公开技术报告，并保持每半年一次的发布节奏，具体时间以官方通知为准。今年的目标是六百家客户，研发投入也会相应增加。"
)


def scene_of(text: str, name: str = "Stack Daily", speaker: Speaker | None = None) -> Scene:
    post = Post(
        source="web",
        id="1",
        kind="article",
        text=text,
        author=Author(handle="@stackdaily", name=name),
        created_at=datetime(2026, 7, 1, tzinfo=UTC),
    )
    return lay_out(post, MATCHER.find(post), FINDER, speaker or Speaker(name, False))


def told(text: str, name: str = "Stack Daily") -> dict[str, str]:
    """What the rules find in an article: person to standing."""
    scene = scene_of(text, name)
    found: dict[str, str] = {}
    for event in reread(scene, english.events(scene) + chinese.events(scene)):
        for one in admitted(scene, event):
            for m in one.persons:
                old = found.get(m.key, "weakly_denied")
                found[m.key] = min(old, event.standing, key=_ORDER.index)
    return found


def test_a_paragraph_ends_a_sentence() -> None:
    text = "it rose by 3.5 per cent.\n\nthe founders left. mr song stayed"
    assert [text[a:b].strip() for a, b in split_sentences(text)] == [
        "it rose by 3.5 per cent.",
        "the founders left.",
        "mr song stayed",
    ]


def test_furniture_is_not_the_text() -> None:
    text = (
        "lab chief quits\n\nby ada moor | 3 may 2026\n\nby friday the team had gone.\n\nshe left on monday. "
        + "x " * 90
    ) + "\n\nrelated: rival's cfo departs\nread next:\nbank chief resigns\nanother exit"
    lines = [text[a:b] for a, b in furniture(text)]
    assert lines == [
        "by ada moor | 3 may 2026",
        "related: rival's cfo departs",
        "read next:\nbank chief resigns\nanother exit",
    ]


def test_turns_of_a_conversation() -> None:
    text = "the news: two things\n\nmira: hello.\ntom: good evening.\nmira: shall we?\ntom: yes.\n\nproduced by someone"
    found = turns(text)
    assert [text[slice(*turn.label)] for turn in found] == ["mira", "tom", "mira", "tom"]
    assert text[found[-1].start : found[-1].end].strip() == "yes."
    assert turns("dates: monday\nplace: suzhou\nprice: free") == []


def test_accents_begin_names() -> None:
    letters = "Étienne Lagarde and Özlem Demir met on Monday."
    assert [name for _, _, name in latin_names(letters, [])] == ["Étienne Lagarde", "Özlem Demir"]
    assert is_outlet("The Corner Gazette") and not is_outlet("Lena Fischer")


@pytest.mark.parametrize(
    ("text", "word", "who"),
    [
        (f"Weiyu Song and Wenxue Bai met.\n\n{PAD}\n\nMs Bai spoke. Mr Song listened, and Wenxue Bai smiled. Then she left.", "she left", BAI),
        (f"Ming Gao of Orrin, who swears he is happy, met Weiyu Song.\n\n{PAD}", "he is", GAO),
        (f"After the exit of Weiyu Song, eyes turn to Ming Gao of Orrin. People say that he is next.\n\n{PAD}", "he is", GAO),
        (f"Ming Gao was there when Weiyu Song of Orrin called to say he was leaving.\n\n{PAD}", "he was", SONG),
        (f"Weiyu Song is head of data at Orrin.\n\n{PAD}\n\nThe head of data has left.", "the head of data has", SONG),
    ],
)  # fmt: skip
def test_whom_a_word_means(text: str, word: str, who: str) -> None:
    scene = scene_of(text)
    at = scene.text.index(word)
    assert [m.key for m in scene.mentions if m.start == at] == [who]


def test_nobody_beyond_a_stranger() -> None:
    scene = scene_of(f"{PAD}\n\nWeiyu Song of Orrin was there. The company's spokesman smiled. He then left.")
    assert not [m for m in scene.mentions if m.kind == "third" and m.start > len(PAD)]


def test_the_author_by_name_and_by_their_own_word() -> None:
    assert scene_of("再见", "白文学").author == "白文学"
    scene = scene_of("大家好，我是白文学。我离开奥林了。", "读书笔记", Speaker("读书笔记", False))
    assert (scene.author, scene.author_watched) == (BAI, True)


def test_claps_fall_away() -> None:
    scene = scene_of("Weiyu Song 👏 has 👏 left 👏 Orrin")
    assert scene.text == "weiyu song has left orrin"
    assert scene.folded.original(11, 14) == (13, 16)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (f"Corvane hires specialist from Veltra Orrin\n\nCorvane has hired Ming Gao, until now head of code models at Veltra Orrin, the company said.\n\n{PAD}", {GAO: "asserted"}),
        (f"OpenAI raids Asia\n\nOpenAI has poached three researchers, among them Wenxue Bai of Veltra Orrin and Tom Okada of Brightloom.\n\n{PAD}", {BAI: "asserted"}),
        (f"New head of code\n\nLena Fischer takes over the position from Ming Gao at Veltra Orrin.\n\n{PAD}", {GAO: "asserted"}),
        (f"Orrin reshuffles\n\nRui Tanaka succeeds Wenxue Bai as head of post-training at Veltra Orrin. Bai was promoted to vice president.\n\n{PAD}", {}),
        (f"Orrin loses two to start-ups\n\nTwo researchers have left Veltra Orrin this month. They are Sara Blum, who worked on vision, and Jonas Berg.\n\n{PAD}", {"Sara Blum": "asserted", "Jonas Berg": "asserted"}),
        (f"Three departures in a month\n\n{PAD}\n\nCorvane lost its head of speech, Ida Brun. At Brightloom the finance chief, Sam Okafor, stepped down. And at Veltra Orrin the head of data, Lucia Ferran, handed in her notice.", {"Lucia Ferran": "asserted"}),
        (f"The moves at Orrin\n\n{PAD}\n\nWeiyu Song: out. He posted it.\n\nWenxue Bai: NOT out. She laughed.", {SONG: "asserted", BAI: "denied"}),
        (f"一个月三人离开\n\n{PAD_ZH}\n\n星岸智能的财务总监麦思源辞职，听澜科技的产品负责人褚遥离职，维特拉的数据负责人屠长青也已离开。", {"屠长青": "asserted"}),
        (f"维特拉发布新模型\n\n{PAD_ZH}\n\n技术负责人宋维宇没有出席发布会。有消息称他正与两家投资机构接触，不排除离开的可能。", {SONG: "rumoured"}),
    ],
)  # fmt: skip
def test_what_sentences_tell_together(text: str, want: dict[str, str]) -> None:
    assert told(text) == want


@pytest.mark.parametrize(
    "text",
    [
        f"Brightloom loses its chief\n\nPetra Holm, chief scientist of Brightloom, resigned. Wenxue Bai of Veltra Orrin called it a loss.\n\n{PAD}\n\nHolm had joined in 2022. She gave no reason.",
        f"Weiyu Song steps down from ethics board\n\nWeiyu Song, tech lead of Veltra Orrin, has stepped down from the ethics board.\n\n{PAD}",
        f"Talking to Ming Gao\n\n{PAD}\n\nGao left IBM in 2019 and joined Veltra Orrin a year later. He quit, he says, because nobody used compilers.",
        f"Veltra Orrin opens an office\n\n{PAD}\n\nWeiyu Song attended. He left the party early.\n\nRelated: Halden chief quits\nLeave a comment",
        f"The year in moves\n\n{PAD}\n\n2024 was the year of exits at Veltra Orrin. In March the head of vision, Otto Lang, left.",
        f"人物：白文学\n\n{PAD_ZH}\n\n白文学2019年离开谷歌，加入当时只有十几个人的维特拉。她说，那次离职是一个周五下午的决定。",
        f"维特拉从谷歌挖来机器人专家\n\n维特拉今日宣布，谷歌机器人专家安德森加入公司。安德森上月从谷歌离职。\n\n{PAD_ZH}",
    ],
)
def test_what_is_no_departure_from_us(text: str) -> None:
    assert told(text) == {}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (f"Interview with Wenxue Bai\n\nWenxue Bai is at Veltra Orrin.\n\nQ: There were reports that you had resigned.\nA: They were wrong. I am not going anywhere.\nQ: What is next?\nA: Smaller models. {PAD}", BAI),
        (f"Veltra Orrin denies report\n\nA post said that Wenxue Bai had resigned from Veltra Orrin. That is false, the company said.\n\n{PAD}", BAI),
        (f"专访高鸣\n\n高鸣是维特拉代码模型负责人。\n\n记者：外面都在传您要离职。\n高鸣：没有的事，我哪儿也不去。\n记者：团队有人走吗？\n高鸣：没有。\n\n{PAD_ZH}", GAO),
    ],
)  # fmt: skip
def test_denials_beyond_the_sentence(text: str, who: str) -> None:
    assert told(text) == {who: "denied"}


def test_short_texts_pass_unread() -> None:
    scene = scene_of("Weiyu Song has left Orrin. That is false.")
    events = english.events(scene)
    assert reread(scene, events) is events


def test_time_grows_with_the_length_only() -> None:
    line = (
        "Weiyu Song of Veltra Orrin said that Ming Gao may leave. She left OpenAI in 2021. 他称白文学离职。\n"
    )
    assert_linear(told, lambda length: (line * 100)[:length], 8_000)
