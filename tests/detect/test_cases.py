"""Every transition of a case, and whom it is told to: tables, with the clock passed in."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.casefile import File, Plan, Transition
from monitor.detect import rules
from monitor.detect.claims import ClaimReader
from monitor.detect.evidence import excerpt, weigh
from monitor.detect.rules import CaseRules
from monitor.match.names import Matcher
from monitor.model import Claim, Mood, Post, Reaction
from monitor.settings import AlertSettings
from tests.lab import LAB, NOW, at, post, reaction

SECRET = "whsec_" + "QUFB" * 8
OPS = {"name": "ops", "url": "https://ops.example/", "secret": SECRET, "min_status": "rumoured"}
SURE = {"name": "sure", "url": "https://sure.example/", "secret": SECRET, "min_status": "confirmed"}
RULES = CaseRules(LAB, AlertSettings.model_validate({"endpoints": [OPS, SURE]}))

SELF = reaction(post("own", "I am leaving Orrin", handle="@MaraVenn", minute=1), "self_announced")
ORG = reaction(post("org", handle="orrin_lab", minute=2), "reported")
SITE = reaction(post("site", url="https://news.orrin.example/a", minute=2), "reported")
OUTLET = reaction(post("outlet", url="https://www.daily.example/a", minute=3), "reported")
BIO = reaction(post("bio", "ex-Orrin", handle="maravenn", kind="profile", minute=4), "profile_changed")
VOICE = reaction(post("one", minute=5), "reported")
VOICE2 = reaction(post("two", "so Mara Venn is gone", minute=6), "reported")
COPY = reaction(post("copy", minute=6), "reported", duplicate_of="one")
ELSEWHERE = msgspec.structs.replace(
    reaction(post("far", source="y", minute=6), "reported", duplicate_of="one"), duplicate_source="x"
)
HEDGE = reaction(post("hedge", "maybe", minute=7), "rumoured")
HEDGE2 = reaction(post("hedge2", "perhaps", minute=8), "rumoured")
LOOKALIKE = reaction(post("fake", "I am leaving", handle="maravemn", minute=1), "self_announced")
OTHER_PLATFORM = reaction(post("elsewhere", handle="maravenn", source="y", minute=1), "self_announced")
DENIAL = reaction(post("no", "I am staying", handle="maravenn", minute=9), "denied")
ORG_DENIAL = reaction(post("orgno", "she stays", handle="orrin_lab", minute=9), "denied")
THIRD = reaction(post("third", "nonsense", minute=9), "denied")
LATER = reaction(post("later", "now I do leave", handle="maravenn", minute=20), "self_announced")
LATER_OUTLET = reaction(post("later2", url="https://daily.example/b", minute=20), "reported")


def gone(one: Reaction, minute: float = 30) -> Reaction:
    deleted = msgspec.structs.replace(one.post, deleted=True, text="")
    return msgspec.structs.replace(one, post=deleted, claims=[], scored_at=at(minute))


class Life:
    """A case fed with reactions; the alerts that came of it."""

    def __init__(self, rules: CaseRules = RULES) -> None:
        self.rules = rules
        self.files: dict[str, File] = {}
        self.plans: list[Plan] = []

    def feed(self, one: Reaction, now: datetime | None = None) -> Life:
        for id, claim in self.rules.targets(one, self.files):
            moment = now or one.scored_at
            self._keep(id, self.rules.decide(self.files.get(id), one, claim, moment), moment)
        return self

    def act(self, kind: Any, minute: float, note: str = "") -> Life:
        (id, file), *_ = self.files.items()
        self._keep(id, self.rules.operate(file, kind, note, at(minute)), at(minute))
        return self

    def _keep(self, id: str, decided: tuple[File | None, Transition | None], now: datetime) -> None:
        file, transition = decided
        if transition:
            plan = self.rules.plan(transition, Mood(), now)
            self.plans.append(plan)
            file = plan.file
        if file:
            self.files[id] = file

    @property
    def status(self) -> str | None:
        return next((file.case.status for file in self.files.values()), None)

    def told(self, endpoint: str) -> list[str]:
        return [
            p.alert.type.removeprefix("departure.")
            for p in self.plans
            if p.alert and endpoint in p.alert.endpoints
        ]


def live(*reactions: Reaction) -> Life:
    life = Life()
    for one in reactions:
        life.feed(one)
    return life


STATUSES: list[tuple[str, Sequence[Reaction], str | None]] = [
    ("own handle announces", [SELF], "confirmed"),
    ("organisation's handle says so", [ORG], "confirmed"),
    ("organisation's site says so", [SITE], "confirmed"),
    ("trusted outlet", [OUTLET], "reported"),
    ("own bio changed", [BIO], "reported"),
    ("one voice", [VOICE], "rumoured"),
    ("two voices", [VOICE, VOICE2], "reported"),
    ("a copy is no second voice", [VOICE, COPY], "rumoured"),
    ("copies alone are one voice", [COPY, COPY], "rumoured"),
    ("a copy on another platform is no second voice", [VOICE, ELSEWHERE], "rumoured"),
    ("hedges stay rumoured", [HEDGE, HEDGE2], "rumoured"),
    ("a hedge is no second voice", [VOICE, HEDGE], "rumoured"),
    ("look-alike handle", [LOOKALIKE], "rumoured"),
    ("known handle of another platform", [OTHER_PLATFORM], "rumoured"),
    ("rumoured, then reported", [VOICE, OUTLET], "reported"),
    ("reported, then confirmed", [OUTLET, SELF], "confirmed"),
    ("weaker evidence does not lower it", [SELF, HEDGE, OUTLET], "confirmed"),
    ("own denial", [OUTLET, DENIAL], "denied"),
    ("organisation's denial", [OUTLET, ORG_DENIAL], "denied"),
    ("a denial beats an earlier announcement", [SELF, DENIAL], "denied"),
    ("a third party's denial changes nothing", [OUTLET, THIRD], "reported"),
    ("a third party's denial opens no case", [THIRD], None),
    ("a denial without a case is kept", [DENIAL], "denied"),
    ("only later strong evidence lifts a denial", [OUTLET, DENIAL, LATER], "confirmed"),
    ("medium evidence does not lift a denial", [OUTLET, DENIAL, LATER_OUTLET], "denied"),
    ("the only evidence is deleted", [OUTLET, gone(OUTLET)], "retracted"),
    ("other evidence is left", [OUTLET, VOICE, gone(OUTLET)], "rumoured"),
    ("a deleted denial denies no more", [OUTLET, DENIAL, gone(DENIAL)], "reported"),
    ("evidence after a retraction", [VOICE, gone(VOICE), OUTLET], "reported"),
]


@pytest.mark.parametrize(("reactions", "status"), [row[1:] for row in STATUSES], ids=[r[0] for r in STATUSES])
def test_status(reactions: Sequence[Reaction], status: str | None) -> None:
    assert live(*reactions).status == status


@pytest.mark.parametrize(
    "reactions",
    [
        [VOICE, VOICE2, COPY, HEDGE],
        [OUTLET, DENIAL, LATER],
        [SELF, DENIAL, OUTLET],
        [OUTLET, ORG_DENIAL, LATER_OUTLET],
        [VOICE, COPY, THIRD, BIO],
    ],
)
def test_the_order_of_arrival_does_not_change_the_end(reactions: list[Reaction]) -> None:
    ends = {live(*order).status for order in itertools.permutations(reactions)}
    assert len(ends) == 1


def test_an_operator_confirms_dismisses_and_reopens() -> None:
    life = live(VOICE).act("confirm", 10, "seen the memo")
    assert life.status == "confirmed"
    assert life.files["orrin-lab-mara-venn-1"].case.history[-1].note == "seen the memo"
    assert live(VOICE).act("dismiss", 10).status == "dismissed"
    assert live(VOICE).act("dismiss", 10).feed(LATER_OUTLET).status == "dismissed"
    assert live(VOICE).act("dismiss", 10).feed(LATER).status == "confirmed"
    assert live(VOICE).act("dismiss", 10).act("reopen", 11).status == "rumoured"
    assert live(VOICE).act("dismiss", 10).act("confirm", 11).status == "confirmed"
    assert live(OUTLET, DENIAL).act("confirm", 10).status == "confirmed"


def test_each_status_is_told_once() -> None:
    life = live(VOICE, VOICE, VOICE2, OUTLET, SELF, SELF, HEDGE)
    assert life.told("ops") == ["rumoured", "reported", "confirmed"]
    assert life.told("sure") == ["confirmed"]


def test_corrections_go_to_exactly_those_who_were_told() -> None:
    life = live(OUTLET, DENIAL)
    assert life.told("ops") == ["reported", "denied"]
    assert life.told("sure") == []
    life = live(SELF, DENIAL)
    assert life.told("sure") == ["confirmed", "denied"]
    assert live(OUTLET, gone(OUTLET)).told("ops") == ["reported", "retracted"]
    assert live(OUTLET).act("dismiss", 10).told("ops") == ["reported", "retracted"]
    assert live(DENIAL).told("ops") == []
    assert live(SELF, DENIAL, LATER).told("sure") == ["confirmed", "denied", "confirmed"]


def test_a_fall_is_told_to_whoever_heard_the_higher_status() -> None:
    assert live(SELF, OUTLET, gone(SELF)).told("sure") == ["confirmed", "reported"]


def test_the_first_alert_goes_at_once_and_further_rises_are_held_and_merged() -> None:
    life = Life().feed(VOICE, at(0))
    life.feed(VOICE2, at(0) + timedelta(seconds=2)).feed(OUTLET, at(0) + timedelta(seconds=3))
    life.feed(SELF, at(0) + timedelta(seconds=5))
    first, second, third = life.plans
    start = at(0).timestamp()
    assert [d.due - start for d in first.dues] == [0]
    assert [(d.endpoint, d.due - start) for d in second.dues] == [("ops", 10)]
    assert [(d.endpoint, d.due - start) for d in third.dues] == [("ops", 10), ("sure", 5)]
    assert [d.before for d in third.dues] == ["orrin-lab-mara-venn-1-v1:ops", ""]
    assert third.withdrawn == [("orrin-lab-mara-venn-1-v2:ops", "ops")]


def test_webhook_ids_come_of_case_and_version_without_dots() -> None:
    ids = [plan.alert.id for plan in live(VOICE, OUTLET, SELF).plans if plan.alert]
    assert ids == [f"orrin-lab-mara-venn-1-v{n}" for n in (1, 2, 3)]


def test_old_evidence_opens_a_case_without_an_alert() -> None:
    life = Life().feed(OUTLET, NOW + timedelta(days=8))
    assert life.status == "reported"
    assert life.told("ops") == []
    life.feed(reaction(post("fresh", handle="maravenn", minute=60 * 24 * 8), "self_announced"))
    assert life.told("ops") == ["confirmed"]


@pytest.mark.parametrize("kind", ["dismiss", "reopen"])
def test_an_act_on_old_evidence_opens_no_conversation(kind: str) -> None:
    """Evidence that is a month old raised no alert; neither does its return by an operator."""
    month = 60 * 24 * 30
    life = Life().feed(OUTLET, at(month)).feed(SELF, at(month))
    life.act("dismiss", month + 1)
    if kind == "reopen":
        life.act("reopen", month + 2)
    else:
        life.feed(gone(SELF, month + 2))
    assert life.told("ops") == [] and life.told("sure") == []
    confirmed = ["confirmed"] if kind == "dismiss" else []
    assert life.act("confirm", month + 3).told("ops") == confirmed


def test_a_flood_of_hedges_hides_no_report() -> None:
    hedges = [reaction(post(f"h{n}", f"maybe {n}", minute=5), "rumoured") for n in range(220)]
    reports = [reaction(post(f"r{n}", f"she left {n}", minute=6), "reported") for n in range(3)]
    assert live(*hedges, *reports).status == live(*reports, *hedges).status == "reported"
    assert live(*hedges, *(gone(one) for one in hedges)).status == "retracted"


def test_min_status_holds_after_a_retraction_too() -> None:
    life = live(SELF, gone(SELF), HEDGE)
    assert life.told("sure") == ["confirmed", "retracted"]
    assert life.told("ops") == ["confirmed", "retracted", "rumoured"]


def test_invented_people_cannot_crowd_out_a_watched_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_UNLISTED", 3)
    life = Life()
    for number in range(9):
        life.feed(reaction(post(f"u{number}"), "reported", person=f"Otto Brandt{number}"))
    assert len(life.files) == 3
    life.feed(SELF)
    assert life.files["orrin-lab-mara-venn-1"].case.status == "confirmed"


def test_a_known_departure_raises_no_alert() -> None:
    life = Life().feed(reaction(post("ida", handle="orrin_lab"), "reported", person="ida-holt"))
    assert life.status == "confirmed"
    assert life.told("ops") == []


def test_somebody_unlisted_gets_a_case_but_no_alert_unless_asked_for() -> None:
    claim = reaction(post("u", url="https://daily.example/u"), "reported", person="Ｏｔｔｏ Brandt")
    life = Life().feed(claim)
    ((id, file),) = life.files.items()
    assert id.startswith("orrin-lab-") and len(id.split("-")[2]) == 12
    assert file.case.name == "Ｏｔｔｏ Brandt"
    assert life.told("ops") == []
    again = reaction(post("u2"), "reported", person="otto brandt")
    assert list(life.feed(again).files) == [id]
    asked = CaseRules(LAB, AlertSettings.model_validate({"endpoints": [OPS], "unlisted": True}))
    assert Life(asked).feed(claim).told("ops") == ["reported"]


def test_whoever_opted_out_gets_no_case() -> None:
    assert Life().feed(reaction(post("o"), "reported", person="nobody atall")).files == {}


def test_a_flood_of_copies_is_one_voice_and_stays_small() -> None:
    life = live(VOICE)
    for number in range(300):
        life.feed(reaction(post(f"c{number}", minute=6), "reported", duplicate_of="one"))
    (file,) = life.files.values()
    assert (life.status, file.case.voices) == ("rumoured", 1)
    assert len(file.items) < 50
    assert len(file.case.evidence) <= 40


def test_an_edit_takes_its_older_words_back() -> None:
    edited = msgspec.structs.replace(VOICE, post=msgspec.structs.replace(VOICE.post, revision="2"), claims=[])
    assert live(VOICE, edited).status == "retracted"
    older = msgspec.structs.replace(VOICE, post=msgspec.structs.replace(VOICE.post, revision="1"))
    again = msgspec.structs.replace(VOICE, post=msgspec.structs.replace(VOICE.post, revision="2"))
    assert live(again, older).status == "rumoured"
    silent = msgspec.structs.replace(edited, claims=[])
    life = live(again, msgspec.structs.replace(silent, post=older.post))
    assert life.status == "rumoured", "an older revision that comes late takes nothing back"


@pytest.mark.parametrize(
    ("url", "strength"),
    [
        ("https://daily.example/x", "medium"),
        ("https://m.daily.example:443/x", "medium"),
        ("https://daily.example.evil.test/x", "weak"),
        ("https://daily.example@evil.test/x", "weak"),
        ("https://notdaily.example/x", "weak"),
        ("javascript://daily.example/x", "weak"),
        ("https://[daily.example/x", "weak"),
        (None, "weak"),
    ],
)
def test_only_the_host_of_a_url_makes_an_outlet(url: str | None, strength: str) -> None:
    claim = Claim("mara-venn", "reported", 0, 4, "test")
    assert weigh(claim, post("p", url=url), LAB)[0] == strength


def test_an_excerpt_holds_the_words_and_at_most_280_characters() -> None:
    text = "a " * 500 + "Mara Venn has left" + " b" * 500
    start = text.index("Mara")
    part, begin, end = excerpt(text, start, start + 18)
    assert part[begin:end] == "Mara Venn has left"
    assert len(part) <= 280
    assert excerpt("short", 0, 5) == ("short", 0, 5)
    part, begin, end = excerpt("a" * 300, 290, 300)
    assert (part[begin:end], len(part)) == ("a" * 10, 279), "up to the last character"


@given(
    st.text(alphabet="a \n\u3000字", min_size=1, max_size=900),
    st.integers(0, 900),
    st.integers(1, 900),
)
def test_an_excerpt_marks_the_words_wherever_they_stand(around: str, start: int, length: int) -> None:
    text = around * 2
    start = min(start, len(text) - 1)
    end = min(len(text), start + length)
    part, begin, stop = excerpt(text, start, end)
    assert len(part) <= 280
    words = text[start:end][:278].strip()
    assert part[begin:stop].strip() == words or end - start > 270
    assert 0 <= begin <= stop <= len(part)


def test_a_bio_that_still_says_it_keeps_its_case() -> None:
    """A profile record comes whole with each change of anything in it."""
    left = profile("1", "Formerly Orrin Lab. Climbing.", before="Orrin Lab. Climbing.")
    still = profile("2", "Formerly Orrin Lab. Climbing and tea.", before="Formerly Orrin Lab. Climbing.")
    back = profile("3", "Orrin Lab again!", before="Formerly Orrin Lab. Climbing and tea.")
    rules = CaseRules(LAB, AlertSettings())
    files: dict[str, File] = {}
    statuses = []
    for one in (left, still, back):
        found = read(one)
        for id, claim in rules.targets(found, files):
            file, _ = rules.decide(files.get(id), found, claim, NOW)
            if file:
                files[id] = file
        statuses.append([file.case.status for file in files.values()])
    assert statuses == [["reported"], ["reported"], ["retracted"]]


def profile(revision: str, text: str, before: str) -> Post:
    fields = {"handle": "maravenn", "kind": "profile", "revision": revision, "before": before}
    return post("at://mara/profile", text, **fields)


def read(one: Post) -> Reaction:
    matches = Matcher(LAB).find(one)
    return Reaction(
        post=one, via="test", about=["mara-venn"], matches=matches,
        claims=ClaimReader(LAB).read(one, matches), scored_at=NOW,
    )  # fmt: skip
