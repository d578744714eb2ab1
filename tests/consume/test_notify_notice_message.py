"""What is said of sources, endpoints and days, in both languages: whole texts, to be read and reviewed."""

from __future__ import annotations

import unicodedata
from typing import Any

import msgspec
import pytest

from monitor.alert import Alert, AlertData, Digest, Mood, Undelivered
from monitor.consume.notify.message import Message, compose
from monitor.consume.notify.notice_message import FEWEST_CASES, MOST_CASES
from monitor.consume.notify.notice_wording import CHINESE, ENGLISH, NOTICE_WORDINGS
from monitor.consume.notify.wording import WORDINGS, Language
from monitor.model import Blind, Case

from ..lab import LAB, NOW, at
from .test_notify_golden import ALERTS, DENIAL, ONE, OWN, REPORT, RETURN, RUMOUR, TWO, case

LOST = Undelivered(
    endpoint="ops",
    webhook_id="orrin-lab-mara-venn-1-v2",
    type="departure.reported",
    attempts=11,
    reason="http 500: “no”\n<b>never</b>\u202e " + "x" * 9000,
)


def notice(type: str, id: str = "a-1", **data: Any) -> Alert:
    return Alert(id=id, type=type, timestamp=NOW, data=AlertData(**data))


NOTICES = {
    "blind": notice("source.blind", source=Blind(source="bluesky", from_=at(-30))),
    "seen": notice("source.blind", source=Blind(source="bluesky", from_=at(-30), to=at(-1))),
    "dead": notice("delivery.dead", delivery=LOST),
    "disabled": notice("endpoint.disabled", delivery=msgspec.structs.replace(LOST, reason="http 410")),
}
SAID: dict[tuple[str, Language], tuple[str, str, list[str]]] = {
    ("blind", "en"): (
        "Monitor cannot see bluesky",
        "Not seen since 2026-05-04 11:30 UTC. What is said there comes late or not at all; that no alert comes"
        " does not mean that nothing happens.",
        [],
    ),
    ("blind", "zh"): (
        "monitor 看不到来源 bluesky",
        "自 2026-05-04 11:30 UTC 起看不到。那里的内容会迟到，或者收不到；没有提醒并不表示没有事情发生。",
        [],
    ),
    ("seen", "en"): (
        "Monitor sees bluesky again",
        "Not seen from 2026-05-04 11:30 UTC to 2026-05-04 11:59 UTC. What was said there meanwhile comes late,"
        " or not at all where the source no longer has it.",
        [],
    ),
    ("seen", "zh"): (
        "monitor 又能看到来源 bluesky",
        "2026-05-04 11:30 UTC 至 2026-05-04 11:59 UTC 期间看不到。其间的内容会迟到；来源不再提供的则收不到。",
        [],
    ),
    ("dead", "en"): (
        "Monitor could not deliver an alert to ops",
        "The alert orrin-lab-mara-venn-1-v2 (departure.reported) was given up after 11 attempts."
        " The last answer: “http 500: ‘no’ <b>never</b> " + "x" * 171 + "…”",
        ["When the endpoint works again: monitor alerts replay ops"],
    ),
    ("dead", "zh"): (
        "monitor 有一条提醒未能送达 ops",
        "提醒 orrin-lab-mara-venn-1-v2（departure.reported）尝试 11 次后放弃。"
        "最后的回答：“http 500: ‘no’ <b>never</b> " + "x" * 171 + "…”",
        ["接收端恢复后：monitor alerts replay ops"],
    ),
    ("disabled", "en"): (
        "Monitor has disabled the endpoint ops",
        "ops answered 410: its URL is gone for good. Nothing more is sent there; its alerts are kept as dead"
        " letters.",
        [
            "To enable it: mend its URL in the settings, or, where the URL is right, monitor alerts test ops."
            " What it missed: monitor alerts dead"
        ],
    ),
    ("disabled", "zh"): (
        "monitor 停用了接收端 ops",
        "ops 回答 410：其 URL 已永久失效。不再向它发送；它的提醒作为死信保留。",
        [
            "重新启用：改正设置中的 URL；若 URL 无误，运行 monitor alerts test ops。错过的提醒：monitor alerts dead"
        ],
    ),
}


@pytest.mark.parametrize(("name", "language"), SAID)
def test_a_notice_reads_like_this(name: str, language: Language) -> None:
    message = compose(NOTICES[name], language)
    assert (message.title, message.standing, message.notes) == SAID[name, language]
    assert message.kind == "notice" and message.who == "" and message.pieces == []
    assert message.foot == "monitor · 2026-05-04 12:00 UTC · a-1"


def test_one_attempt_is_one() -> None:
    one = msgspec.structs.replace(LOST, attempts=1, reason="")
    message = compose(notice("delivery.dead", delivery=one))
    assert message.standing.endswith("was given up after one attempt.")


def of(name: str, number: int, one: Case) -> Case:
    return msgspec.structs.replace(one, id=f"{one.id}-{number}", person=name.lower(), name=name)


CASES = [
    of("Ann", 1, case(ONE, evidence=[RUMOUR], voices=1)),
    of("Ben", 2, case(ONE, TWO, evidence=[RUMOUR, REPORT], voices=2)),
    of("Cid", 3, case(TWO, ("confirmed", "person.announcement last-day"), evidence=[REPORT, OWN], voices=2)),
    of("Dan", 4, case(("confirmed", "operator.confirm"), evidence=[RUMOUR], voices=1)),
    of("Eve", 5, case(TWO, ("denied", "person.denial"), evidence=[REPORT, DENIAL], voices=1)),
    of("Flo", 6, case(TWO, ("denied", "outlet.return back-at"), evidence=[REPORT, RETURN], voices=1)),
    of("Gus", 7, case(TWO, ("retracted", "evidence.deleted"), evidence=[], voices=0)),
    of("Hal", 8, case(TWO, ("dismissed", "operator.dismiss"), evidence=[REPORT], voices=1)),
    of("Ivo", 9, case(TWO, ONE, evidence=[RUMOUR], voices=1)),
]
# What the cases with two changes said before this moment is what a digest before had told.
BEGIN = at(-1.5)
LINES = {
    "en": [
        "Rumoured, unconfirmed: Ann is said to be leaving Orrin Lab (one voice; 2026-05-04 11:59 UTC)",
        "Reported by a trusted outlet, not confirmed: Ben leaves Orrin Lab (2 independent voices;"
        " before: rumoured, unconfirmed; 2026-05-04 11:59 UTC)",
        "Confirmed: Cid leaves Orrin Lab (from the person's own account; 2 independent voices;"
        " before: reported, not confirmed; 2026-05-04 11:59 UTC)",
        "Confirmed: Dan leaves Orrin Lab (by the operator of this monitor; 2026-05-04 11:59 UTC)",
        "Denied: the claim that Eve leaves Orrin Lab (denial from the person's own account;"
        " before: reported, not confirmed; this takes back what was told before; 2026-05-04 11:59 UTC)",
        "Said to be back: Flo at Orrin Lab (a trusted outlet reports the return;"
        " before: reported, not confirmed; what was told before holds no more; 2026-05-04 11:59 UTC)",
        "Correction: the alert that Gus leaves Orrin Lab is withdrawn (before: reported, not confirmed;"
        " this takes back what was told before; 2026-05-04 11:59 UTC)",
        "Correction: the alert that Hal leaves Orrin Lab is withdrawn (by the operator of this monitor;"
        " before: reported, not confirmed; this takes back what was told before; 2026-05-04 11:59 UTC)",
        "Rumoured, unconfirmed: Ivo is said to be leaving Orrin Lab (one voice; before: reported, not confirmed;"
        " this takes back a part of what was told before; 2026-05-04 11:59 UTC)",
    ],
    "zh": [
        "传闻，未经证实：据称 Ann 将离开 Orrin Lab（一个信源；2026-05-04 11:59 UTC）",
        "据可信媒体报道，尚未确认：Ben 离开 Orrin Lab（2 个独立信源；此前：传闻，未经证实；2026-05-04 11:59 UTC）",
        "已确认：Cid 离开 Orrin Lab（本人账号；2 个独立信源；此前：有报道，尚未确认；2026-05-04 11:59 UTC）",
        "已确认：Dan 离开 Orrin Lab（本监测的管理员；2026-05-04 11:59 UTC）",
        "已被否认：Eve 离开 Orrin Lab 的说法（本人账号否认；此前：有报道，尚未确认；更正：收回此前的提醒；"
        "2026-05-04 11:59 UTC）",
        "据称回归：Flo 回到 Orrin Lab（可信媒体报道其回归；此前：有报道，尚未确认；此前的提醒不再有效；"
        "2026-05-04 11:59 UTC）",
        "更正：撤回“Gus 离开 Orrin Lab”的提醒（此前：有报道，尚未确认；更正：收回此前的提醒；2026-05-04 11:59 UTC）",
        "更正：撤回“Hal 离开 Orrin Lab”的提醒（本监测的管理员；此前：有报道，尚未确认；更正：收回此前的提醒；"
        "2026-05-04 11:59 UTC）",
        "传闻，未经证实：据称 Ivo 将离开 Orrin Lab（一个信源；此前：有报道，尚未确认；更正：此前的提醒部分收回；"
        "2026-05-04 11:59 UTC）",
    ],
}


def digest(
    *cases: Case, id: str = "digest-my-ops-20260505", more: int = 0, mood: Mood | None = None
) -> Alert:
    organisation = {"id": LAB.organisation.id, "name": LAB.organisation.name}
    told = Digest(from_=BEGIN, to=NOW, cases=list(cases), more=more)
    return notice("monitor.digest", id, organisation=organisation, digest=told, reaction=mood)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_digest_reads_like_this(language: Language) -> None:
    message = compose(digest(*CASES, mood=Mood(42, 0.314, 30)), language)
    assert "2026-05-05" in message.title, "the day by the reader's clock, which the id has"
    assert [piece.by for piece in message.pieces] == LINES[language]
    assert {piece.words for piece in message.pieces} == {""}
    hosts = [piece.link and piece.link.host for piece in message.pieces]
    assert hosts[:3] == ["bsky.example", "www.daily.example", "x.example"]
    assert hosts[4:8] == ["x.example", "www.daily.example", None, None], "what is withdrawn is not linked to"
    assert "42" in message.notes[0] and len(message.notes) == 1
    assert message.kind == "notice" and message.standing.startswith("From 2026-05-04 11:58") is (
        language == "en"
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_below_confirmed_no_line_says_that_somebody_has_left(language: Language) -> None:
    for piece, one in zip(compose(digest(*CASES), language).pieces, CASES, strict=True):
        assert "has left" not in piece.by and "已离开" not in piece.by and "已离职" not in piece.by
        if one.status != "confirmed":
            assert not piece.by.startswith(("Confirmed", "已确认"))
    # The title of a line is that of the single alert.
    for name in ("rumoured", "reported", "confirmed", "denied", "returned", "retracted"):
        single = ALERTS[name]
        assert single.data.case is not None
        (piece,) = compose(digest(single.data.case), language).pieces
        assert piece.by.startswith(compose(single, language).title)


def test_what_an_operator_noted_is_no_basis() -> None:
    """An act that changed no status stands last in the history."""
    one = case(ONE, TWO, ("reported", "operator.reopen"), evidence=[REPORT], voices=1)
    (piece,) = compose(digest(one)).pieces
    assert piece.by.startswith("Reported by a trusted outlet, not confirmed")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_digest_has_so_many_lines_at_most(language: Language) -> None:
    many = [of(f"Person {n}", n, CASES[1]) for n in range(MOST_CASES + 5)]
    message = compose(digest(*many, more=7), language)
    assert len(message.pieces) == MOST_CASES and " 12 " in message.notes[0]
    fewer = [len(compose(digest(*many), language, words).pieces) for words in (140, 40, 0)]
    assert fewer == sorted(fewer, reverse=True) and fewer[0] < MOST_CASES and fewer[-1] == FEWEST_CASES
    assert compose(digest(*many[:2]), language, 0).notes == []


def test_reactions_to_several() -> None:
    one = compose(digest(CASES[0], mood=Mood(3, None, 2))).notes
    assert one == ["Reactions in the last hour: 3, none scored."]
    (both,) = compose(digest(CASES[0], CASES[1], mood=Mood(3, None, 2))).notes
    assert both.endswith("counts for both.")
    assert compose(digest(*CASES, mood=Mood())).notes == ["No reactions yet."]


def test_what_could_not_be_seen_meanwhile() -> None:
    gap, over = Blind(source="x", from_=at(-30)), Blind(source="x", from_=at(-30), to=at(-20))
    other = Blind(source="bluesky", from_=at(-10))
    one, two = (
        msgspec.structs.replace(CASES[n], blind=gaps) for n, gaps in ((0, [over, other]), (1, [gap, other]))
    )
    assert compose(digest(one, two)).notes == [
        "Monitor could not see: x from 2026-05-04 11:30 UTC to 2026-05-04 11:40 UTC; bluesky since 2026-05-04 11:50 UTC."
    ]


def hostile(one: Case) -> Case:
    bad = "Eve\u202e\x00\n<!channel> [x](http://evil.example) “has left” \u2028@everyone " + "z" * 100_000
    last = msgspec.structs.replace(one.history[-1], note=bad)
    return msgspec.structs.replace(
        one, name=bad, person=bad, organisation=bad, id=bad, history=[*one.history[:-1], last],
        destination=bad, replacement=bad,
    )  # fmt: skip


def shown(message: Message) -> list[str]:
    return [
        *(message.title, message.who, message.standing, *message.notes, message.foot),
        *(text for piece in message.pieces for text in (piece.words, piece.by)),
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_words_are_plain_and_clipped(language: Language) -> None:
    bad = "a\u202e\x00\nb\u2028" + "y" * 100_000
    lost = Undelivered(endpoint=bad, webhook_id=bad, type=bad, attempts=2, reason=bad)
    alerts = [
        digest(*map(hostile, CASES), id="digest-" + bad),
        msgspec.structs.replace(
            digest(hostile(CASES[0])), data=AlertData(digest=Digest(from_=BEGIN, to=NOW))
        ),
        notice("source.blind", bad, source=Blind(source=bad, from_=BEGIN)),
        notice("delivery.dead", bad, delivery=lost),
        notice("endpoint.disabled", bad, delivery=lost),
        notice("of.another.kind", bad, message=bad),
    ]
    for one in alerts:
        message = compose(one, language, prefix=bad)
        for text in shown(message):
            assert len(text) <= 1600
            assert not any(unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") for char in text)
        assert len(message.title) <= 200
        for piece in message.pieces:
            assert len(piece.by) <= 400


def test_a_prefix_stands_before_every_title() -> None:
    for one in (*ALERTS.values(), *NOTICES.values(), digest(*CASES)):
        title = compose(one).title
        assert compose(one, prefix="[lab]\n").title == f"[lab] {title}"
        assert compose(one, prefix=" \u202e").title == title


def test_what_nobody_knows_is_shown_as_it_is() -> None:
    for type in ("source.blind", "delivery.dead", "endpoint.disabled", "monitor.digest", "x"):
        message = compose(notice(type, message="bluesky\nis out of sight"), "en")
        assert message.title == "Notice from monitor" and message.standing == "bluesky is out of sight"


def test_both_languages_know_the_same_keys() -> None:
    for one, other in zip(ENGLISH, CHINESE, strict=True):
        assert type(one) is type(other)
        assert not isinstance(one, dict) or list(one) == list(other)
    assert set(NOTICE_WORDINGS) == set(WORDINGS)


def test_the_day_is_that_of_utc_where_the_id_tells_none() -> None:
    assert "2026-05-04" in compose(digest(*CASES, id="digest-x")).title
    assert "2026-05-05" in compose(digest(*CASES, id="digest-my-ops-20260505T1800")).title
    for end in ("", "T1800", "T1777906800000"):  # At the end of an id stands whose it is.
        id = f"digest-my-ops-20260505{end}-{LAB.organisation.id}"
        assert "2026-05-05" in compose(digest(*CASES, id=id)).title
    assert "20260504" not in compose(digest(*CASES, id="digest-20260505-20260504")).title
