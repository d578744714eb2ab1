"""Reactions to feed to a case, and a case that keeps whom it told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from monitor.alert import Mood
from monitor.casefile import Due, File, Plan, Transition, delivery_id
from monitor.detect.alerts import SURE as SURE_SECONDS
from monitor.detect.rules import CaseRules
from monitor.endpoint import AlertSettings
from monitor.model import Case, Claim, ClaimKind, Post, Reaction
from tests.lab import LAB, at, post, reaction

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
        self.due: dict[str, Due] = {}
        self.types: dict[str, str] = {}
        self.late = 0

    def feed(self, one: Reaction, now: datetime | None = None) -> Life:
        for id, claim in self.rules.targets(one, self.files):
            moment = now or one.scored_at
            self._keep(id, self.rules.decide(self.files.get(id), one, claim, moment), moment)
        return self

    def act(self, kind: Any, minute: float, note: str = "") -> Life:
        """An operator's act on the newest case."""
        id, file = list(self.files.items())[-1]
        self._keep(id, self.rules.operate(file, kind, note, at(minute)), at(minute))
        return self

    def _keep(self, id: str, decided: tuple[File | None, Transition | None], now: datetime) -> None:
        file, transition = decided
        if transition:
            plan = self.rules.plan(transition, Mood(), now)
            self.plans.append(plan)
            self._deliver(plan, now)
            file = plan.file
        if file:
            self.files[id] = file

    def case(self, id: str = "orrin-lab-mara-venn-1") -> Case:
        return self.files[id].case

    def _deliver(self, plan: Plan, now: datetime) -> None:
        """Keep what endpoints get as the outbox does: a delivery that is withdrawn before it is due is gone."""
        for id, endpoint in plan.withdrawn:
            due = self.due.get(id)
            assert due is not None and due.endpoint == endpoint, "it was held"
            if due.due > now.timestamp():
                self.late += due.due - now.timestamp() <= SURE_SECONDS
                del self.due[id]
        for due in plan.dues:
            assert plan.alert is not None
            self.due[delivery_id(plan.alert.id, due.endpoint)] = due
            self.types[delivery_id(plan.alert.id, due.endpoint)] = plan.alert.type

    def heard(self, endpoint: str, minute: float = 1e6) -> list[str]:
        """What an endpoint has got by then: case's number and status, in the order of its deliveries."""
        until = at(minute).timestamp()
        got = [(due.due, id) for id, due in self.due.items() if due.endpoint == endpoint and due.due <= until]
        return [self.types[id].removeprefix("departure.") for _, id in sorted(got, key=lambda one: one[0])]

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


def claimed(one: Post, kind: ClaimKind, **more: Any) -> Reaction:
    """A reaction with one claim of which all fields may be given; arrives when it was said."""
    person = more.pop("person", "mara-venn")
    claim = Claim(person, kind, 0, len(one.text), "test", **more)
    return Reaction(post=one, via="test", about=[person], claims=[claim], scored_at=one.created_at)


def edit(one: Reaction, revision: int, *kinds: ClaimKind, minute: float = 30) -> Reaction:
    """A later revision of the same post, with other claims or none."""
    post = msgspec.structs.replace(one.post, revision=str(revision))
    claims = [msgspec.structs.replace(claimed(post, kind).claims[0], person=one.about[0]) for kind in kinds]
    return msgspec.structs.replace(one, post=post, claims=claims, scored_at=at(minute))
