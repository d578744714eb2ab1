"""Everyday Chinese wordings of a departure, and those that only look like one; by cause, of both kinds."""

from __future__ import annotations

import pytest

from monitor.detect.chinese.persons import names_in
from monitor.detect.chinese.unlisted import chinese_names, names_a_person
from tests.detect.test_claims import kinds

SONG, GAO, BAI = "weiyu-song", "ming-gao", "wenxue-bai"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # For how long: 'will not be here by', 'does not come any more'.
        ("听说老宋在奥林待不到五一了，消息来源是打菜阿姨", {SONG: "rumoured"}),
        ("老宋做不到五一的活儿，奥林找了外包", {}),
        ("匿名投稿：白文学这个月就不来奥林了", {BAI: "rumoured"}),
        ("白文学下周不来奥林了，他去日本玩", {}),
        ("高鸣明天不来奥林开会了，改线上", {}),
        ("Wenxue Bai 休完最后的年假就不再回奥林", {BAI: "reported"}),
        ("高鸣交接完了，以后不是奥林的人了", {GAO: "reported"}),
        # Dismissed, in the words of a notice.
        ("维特拉内部通报：白文学违反报销制度，予以辞退", {BAI: "reported"}),
        ("维特拉对造谣者予以开除，高鸣负责调查", {}),
        ("高鸣下岗了，奥林这波裁得狠", {GAO: "reported"}),
        ("奥林宋维宇：先让我的闹钟下岗", {}),
        ("宋維宇俾奧林炒咗，成個圈都嘩然。", {SONG: "reported"}),
        ("高鸣给奥林开了个好头", {}),
        ("白文學或遭維特拉解僱，公司今晚開會", {BAI: "rumoured"}),
        # The place that somebody leaves empty.
        ("奥林hr说宋维宇空出来的位置在招人，年薪七位数起", {SONG: "reported"}),
        ("奥林hr说宋维宇组里空出来一个位置在招人", {}),
        ("高鸣旁边空出来的位置，奥林放了台打印机。", {}),
        # To another house, and from one to ours.
        ("高鸣投奔了字节", {GAO: "reported"}),
        ("听说高鸣要去别家，奥林在谈挽留", {GAO: "rumoured"}),
        ("高鸣带着奥林团队去别家吃火锅", {}),
        ("前谷歌研究员柴雨桐加盟奥林，离职前负责搜索", {}),
        # Away for some days, or in jest.
        ("维特拉那个搞代码的高鸣，拎包走人了——去敦煌玩十天", {}),
        ("维特拉那个搞代码的高鸣，拎包走人了，连椅子都不要了", {GAO: "reported"}),
        ("震惊！奥林宋维宇宣布离开……他坐了三年的那把椅子", {}),
        ("高鸣宣布离开……奥林，全场安静", {GAO: "reported"}),
        ("高鸣出走的话，奥林损失大了", {}),
        ("高鸣离开奥林的话题上热搜了", {GAO: "reported"}),
        ("奥林真怕高鸣跑路", {}),
        ("营销号：高鸣已离开奥林。高鸣：（在奥林机房跟我抢卡）", {GAO: "denied"}),
        # Stays.
        ("更正：白文學無走，奧林人事部話封信係人哋P出嚟嘅", {BAI: "denied"}),
        ("高鸣把辞职信撕了，决定留在奥林", {GAO: "denied"}),
        ("哪来的假消息，高鸣在奥林待得好好的", {GAO: "denied"}),
        ("又在亂傳宋維宇直播翻車，人家昨天在奧林的直播好好的，影片還在", {}),
        # Another post beside the job.
        ("公告：白文学下月起不再兼任奥林教育组组长，专职带后训练", {}),
        ("高鸣不再担任奥林代码负责人", {GAO: "reported"}),
        # The last bus is no last day.
        ("维特拉前台的付小雨今天值晚班，最后一班地铁都赶不上了", {}),
    ],
)
def test_wordings(text: str, said: dict[str, str]) -> None:
    assert kinds(text, "passer_by", "路人甲") == said


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("本人声明：课没有，奥林没离，头发没了，就这样。", {GAO: "denied"}),
        ("今日起，奥林与我再无瓜葛", {GAO: "self_announced"}),
        ("各位，我提的年假奥林批了，五一前后都不在。", {}),
    ],
)
def test_words_of_a_watched_author(text: str, own: dict[str, str]) -> None:
    assert kinds(text, "tidepoolg", "Ming Gao") == own


@pytest.mark.parametrize(
    ("text", "name", "own"),
    [
        ("今天正式 off-board from Orrin, 电脑还了, 朋友圈背景换了", "Ximena 杜", "self_announced"),
        ("今天把奥林的电脑还了，工牌也交了", "何听澜", "self_announced"),
        ("报告组织：邬晚同志已于今日18:00光荣下岗。维特拉的免费酸奶，来世再会。", "邬晚", "self_announced"),
        ("我得离开奥林几天，回去照顾爸妈", "何听澜", None),
        ("我同事今天离开奥林了，有点难过", "何听澜", None),
    ],
)
def test_words_of_staff_who_are_not_watched(text: str, name: str, own: str | None) -> None:
    assert kinds(text, "zzz", name) == ({name: own} if own else {})


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("奥林评测组空出来一个坑，前任佟岳上月走的", ["佟岳"]),
        ("奥林客服小编方圆圆离职了", ["方圆圆"]),
        ("奥林安全组的林可颂试用期没过，已经离岗", ["林可颂"]),
        ("奥林财务负责人尤佳因个人原因辞职", ["尤佳"]),
        ("奥林的谢雨桐、马千里、左宁三人离职", ["谢雨桐", "马千里", "左宁"]),
        ("people moves: 尹舒 jumped ship from 奥林", ["尹舒"]),
        ("祝贺谢雨桐从奥林毕业", ["谢雨桐"]),
    ],
)
def test_names_stand_between_their_edges(text: str, names: list[str]) -> None:
    at = text.index("奥林")
    assert [text[start:end] for start, end in chinese_names(text, [], [(at, at + 2)])] == names


@pytest.mark.parametrize(
    "text", ["奥林工位坐得稳稳的", "闹钟还是六点半，谢谢关心", "谢谢奥林五年的收留", "高鸣辞任董事"]
)
def test_words_of_the_office_are_no_names(text: str) -> None:
    taken = [(at, at + 2) for name in ("奥林", "高鸣") if (at := text.find(name)) >= 0]
    assert names_in(text, taken) == []


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Kevin 张", True),
        ("张小北 Kevin", True),
        ("张小北(Kevin)", True),
        ("Kevin 小屋", False),
        ("AI 张", False),
    ],
)
def test_a_persons_name_in_two_scripts(name: str, person: bool) -> None:
    assert names_a_person(name) is person
