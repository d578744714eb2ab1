"""What an alert says in words: never more than its status, and a correction says what it takes back."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from monitor.alert import Alert, AlertData, Mood
from monitor.consume.notify.hostile import clip, link, plain
from monitor.consume.notify.message import compose
from monitor.consume.notify.wording import CHINESE, ENGLISH, WORDINGS, Language
from monitor.detect.rules import CaseRules
from monitor.endpoint import AlertSettings
from monitor.model import Blind, ClaimKind, Reaction, Who

from ..lab import LAB, NOW, at, post, reaction
from .test_notify_golden import ALERTS, DENIAL, ONE, OWN, REPORT, RUMOUR, TWO, alert, case


def test_an_unconfirmed_report_reads_as_such() -> None:
    for name, words in (
        ("rumoured", ("Rumoured, unconfirmed", "传闻，未经证实")),
        ("reported", ("not confirmed", "尚未确认")),
    ):
        for language, word in zip(("en", "zh"), words, strict=True):
            message = compose(ALERTS[name], language)  # type: ignore[arg-type]
            assert word in message.title
            assert not message.title.startswith(("Confirmed", "已确认"))
    assert "no confirmation by Mara Venn or Orrin Lab seen" in compose(ALERTS["reported"]).standing


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ([ONE], "Rumoured, unconfirmed, 2 independent voices"),
        ([TWO], "a trusted outlet"),
        ([("reported", "person.profile x")], "own profile, which has changed"),
        ([("reported", "two-voices")], "Reported by 2 independent voices"),
        ([("confirmed", "person.announcement")], "Confirmed by Mara Venn's own account"),
        ([("confirmed", "organisation.statement")], "Confirmed by Orrin Lab itself"),
        ([("confirmed", "operator.confirm")], "Confirmed by the operator"),
        ([("confirmed", "of some kind")], "Confirmed first-hand"),
        ([TWO, ("denied", "organisation.denial")], "Orrin Lab itself denies it. This takes back"),
        ([TWO, ("denied", "outlet.return x")], "outlet reports that Mara Venn is back. The earlier alerts"),
        ([TWO, ("denied", "person.return x")], "own account says that they are back. The earlier alerts"),
        ([TWO, ("denied", "organisation.return x")], "Orrin Lab itself says that Mara Venn is back."),
        ([TWO, ("dismissed", "operator.dismiss")], "dismissed it. This takes back"),
        ([TWO, ("retracted", "evidence.edited")], "stood at: reported, not confirmed"),
        ([TWO, ("denied", "person.denial"), ("retracted", "x")], "stood at: reported, not confirmed"),
        ([("denied", "person.denial")], "This takes back"),
        ([TWO, ONE], "less is certain now. Before this the case stood at: reported"),
        ([("denied", "person.denial"), ("confirmed", "operator.confirm")], "stood at: denied"),
    ],
)
def test_how_sure_and_by_whom(path: list, words: str) -> None:  # type: ignore[type-arg]
    one = alert(case(*path, evidence=[RUMOUR, REPORT, DENIAL], voices=2))
    assert words in compose(one).standing
    assert compose(one, "zh").standing


def test_who_is_back_was_not_denied() -> None:
    back, denied = compose(ALERTS["returned"]), compose(ALERTS["denied"])
    assert back.kind == denied.kind == "denied"
    assert back.title == "Said to be back: Mara Venn at Orrin Lab"
    assert "denied" not in back.standing.lower() and "takes back" not in back.standing
    assert back.pieces[0].by.endswith("a trusted outlet reports the return")
    chinese = compose(ALERTS["returned"], "zh")
    assert "回归" in chinese.title and "否认" not in chinese.standing


@pytest.mark.parametrize("language", ["en", "zh"])
def test_when_whereto_and_who_follows(language: Language) -> None:
    whole = case(TWO, evidence=[REPORT], voices=1)
    told = {"destination": "North\u202ewell” is sure. “", "replacement": "R" * 300}
    one = msgspec.structs.replace(whole, occurred_at=NOW.replace(day=1), **told)
    note = compose(alert(one), language).notes[0]
    assert "2026-05" in note and "2026-05-01" not in note
    assert "“Northwell’ is sure. ‘”" in note and "R" * 79 + "…”" in note
    later = msgspec.structs.replace(whole, occurred_at=NOW)
    assert "2026-05-04" in compose(alert(later), language).notes[0]
    assert len(compose(alert(whole), language).notes) == 1
    for status, rule in (("denied", "person.denial"), ("retracted", "evidence.deleted")):
        fallen = msgspec.structs.replace(case(TWO, (status, rule), evidence=[], voices=0), **told)  # type: ignore[arg-type]
        assert not any("well" in note for note in compose(alert(fallen), language).notes)


def test_the_strongest_words_come_first_and_copies_once() -> None:
    copy = msgspec.structs.replace(RUMOUR, post_id="2", excerpt=RUMOUR.excerpt.upper())
    other = msgspec.structs.replace(RUMOUR, post_id="3", excerpt="older", created_at=at(-90))
    many = [other, RUMOUR, copy, REPORT, OWN, DENIAL]
    pieces = compose(alert(case(("confirmed", "x"), evidence=many, voices=3))).pieces
    assert [piece.by.partition(" ")[0] for piece in pieces] == ["x", "news", "bluesky"]
    assert pieces[0].words.startswith("“今天")
    (denial,) = compose(alert(case(TWO, ("denied", "x"), evidence=many, voices=3))).pieces
    assert denial.words == f"“{DENIAL.excerpt}”"


def test_words_that_are_taken_back_are_not_repeated() -> None:
    gone = alert(case(TWO, ("dismissed", "operator.dismiss"), evidence=[REPORT], voices=1, note="a “joke”"))
    message = compose(gone)
    assert message.pieces == []
    assert "Operator's note: “a ‘joke’”" in message.standing


def test_a_lookalike_is_no_own_account() -> None:
    fake = msgspec.structs.replace(
        OWN, strength="weak", rule="one-voice last-day", author=Who("9", "marаvenn", "Mara Venn")
    )
    (piece,) = compose(alert(case(ONE, evidence=[fake], voices=1))).pieces
    assert "own account" not in piece.by and "one voice" in piece.by
    unknown = msgspec.structs.replace(fake, rule="")
    assert "account not known" in compose(alert(case(ONE, evidence=[unknown], voices=1))).pieces[0].by


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        (None, "No reactions yet."),
        (Mood(), "No reactions yet."),
        (Mood(3, None, 2), "3, none scored"),
        (Mood(3, -0.456, 2), "3, mean sentiment -0.46"),
    ],
)
def test_how_people_react(mood: Mood | None, words: str) -> None:
    one = ALERTS["rumoured"]
    one = msgspec.structs.replace(one, data=msgspec.structs.replace(one.data, reaction=mood))
    assert words in compose(one).notes[0]


def test_what_was_out_of_sight() -> None:
    gaps = [Blind(source=f"s{n}", from_=at(n), to=at(n + 1)) for n in range(8)]
    (_, note) = compose(alert(case(ONE, evidence=[], voices=1), blind=gaps)).notes
    assert "s7 from 2026-05-04 12:07 UTC to 2026-05-04 12:08 UTC; 3 more." in note
    assert "s2 " not in note


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "type", ["monitor.test", "source.blind", "delivery.dead", "endpoint.disabled", "departure.unheard", "x"]
)
def test_the_other_types(type: str, language: Language) -> None:
    one = Alert(id="a-1", type=type, timestamp=NOW, data=AlertData(message="bluesky\nis out of sight"))
    message = compose(one, language)
    assert message.title and "departure" not in message.title
    assert message.kind == ("test" if type == "monitor.test" else "notice")
    if type == "monitor.test":
        assert ("test" if language == "en" else "测试") in message.title.lower()
        assert ("Nothing has happened" if language == "en" else "没有发生任何事情") in message.standing
    else:
        assert message.standing == "bluesky is out of sight"
    assert message.foot.endswith("a-1")


def test_an_alert_without_a_case_is_shown_too() -> None:
    bare = Alert(id="a-1", type="departure.reported", timestamp=NOW, data=AlertData())
    assert (
        compose(bare).title
        == "Reported by no independent voice, not confirmed: somebody leaves the organisation"
    )
    data = AlertData(person={"name": "Joe Doe", "listed": False}, previous_status="rumoured")
    assert "not on the watchlist" in compose(msgspec.structs.replace(bare, data=data)).who


def test_both_languages_know_the_same_keys() -> None:
    for one, other in zip(ENGLISH, CHINESE, strict=True):
        assert not isinstance(one, dict) or (isinstance(other, dict) and list(one) == list(other))
        assert isinstance(one, dict) or type(one) is type(other)
    assert set(WORDINGS) == {"en", "zh"}


def test_every_rule_of_the_cases_has_its_words() -> None:
    """The names that detect/ gives to evidence and changes are those that the wording knows."""
    settings = {"endpoints": [{"name": "chat", "url": "https://c.example/KEY", "format": "slack"}]}
    rules = CaseRules(LAB, AlertSettings.model_validate(settings))

    def told(claim: ClaimKind, **fields: str) -> tuple[str, str]:
        one: Reaction = reaction(post("1", **fields), claim)  # type: ignore[arg-type]
        ((_, number),) = rules.targets(one, {})
        file, transition = rules.decide(None, one, number, NOW)
        assert file and transition
        message = compose(rules.plan(transition, Mood(), NOW).alert or alert(file.case))
        return message.standing, message.pieces[0].by

    standing, by = told("self_announced", handle="maravenn")
    assert "own account; one voice" in standing and "own account" in by
    standing, by = told("reported", handle="orrin_lab")
    assert "Orrin Lab itself" in standing and "from the organisation" in by
    standing, by = told("reported", url="https://daily.example/1")
    assert "trusted outlet (one voice)" in standing and "trusted outlet" in by
    standing, by = told("profile_changed", handle="maravenn", kind="profile")
    assert "own profile" in standing and "own profile" in by
    assert told("rumoured")[1].endswith("rumour")
    assert told("reported")[1].endswith("claim of one voice")
    standing, by = told("denied", handle="maravenn")
    assert "own account denies" in standing and "denial from the person's own account" in by


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb\u2066c\ufeffd\u200be", "abcde"),
        ("a\r\n\tb\x00c\u2028d\x85e\x1b[31m", "a b c d e [31m"),
        ("\ud83d", ""),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 3),
        ("👩\u200d🚀 می\u200cروم ❤\ufe0f", "👩\u200d🚀 می\u200cروم ❤\ufe0f"),
        ("\U000e0068\U000e0069", ""),
    ],
)
def test_only_what_can_be_seen(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_cut_shows() -> None:
    assert clip("abc", 3) == "abc"
    assert clip("abcd", 3) == "ab…"
    assert clip("ab cd", 4) == "ab…"
    assert clip("<<<", 9, lambda char: 4 if char == "<" else 1) == "<<…"
    assert clip("abcd", 0) == ""


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://daily.example/a?b=c#d", ("https://daily.example/a?b=c#d", "daily.example")),
        (
            "HTTPS://Daily.Example:8443/新闻",
            ("https://daily.example:8443/%E6%96%B0%E9%97%BB", "daily.example:8443"),
        ),
        ("https://аpple.example/", ("https://xn--pple-43d.example/", "xn--pple-43d.example")),
        ("https://a.example/<b>|c\"d'e", ("https://a.example/%3Cb%3E%7Cc%22d%27e", "a.example")),
        ("javascript:alert(1)", None),
        ("at://did:plc:x/app.bsky.feed.post/1", None),
        ("https://daily.example@evil.example/", None),
        ("https://daily.example\\@evil.example/", None),
        ("https://a b.example/", None),
        ("https://a.example/\u202egnp", None),
        ("https://<!channel>/", None),
        ("https://[::1]/", None),
        ("https://a.example:99999/", None),
        ("https:///x", None),
        ("https://a.example/" + "x" * 3000, None),
        ("", None),
        (None, None),
    ],
)
def test_links_of_the_web_with_their_host(url: str | None, shown: tuple[str, str] | None) -> None:
    assert link(url) == shown


def test_times_are_told_in_utc() -> None:
    later = msgspec.structs.replace(ALERTS["test"], timestamp=NOW + timedelta(minutes=1))
    assert "2026-05-04 12:01 UTC" in compose(later).foot
