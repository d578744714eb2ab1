"""What each format sends for each status, as files that people can read and review.

`GOLDEN=write pytest tests/consume/test_notify_golden.py` writes them anew.
"""

from __future__ import annotations

import base64
import itertools
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from monitor.alert import Alert, AlertData, Digest, Mood, Undelivered
from monitor.consume.notify import apprise
from monitor.consume.notify.attempt import Attempt
from monitor.consume.notify.formats import FORMATS
from monitor.consume.notify.wording import Language
from monitor.endpoint import Endpoint, FormatName
from monitor.model import Blind, Case, Change, Evidence, Status, Who

from ..lab import LAB, NOW, at

GOLDEN = Path(__file__).parent / "golden"
SECRET = "test-secret"
FORMS = ("slack", "feishu", "discord", "teams", "dingtalk", "wecom", "ntfy")
SIGNING = ("feishu", "dingtalk", "ntfy")
QUIET = Mood()
MARA = LAB.people[0]

RUMOUR = Evidence(
    source="bluesky",
    post_id="at://did:example:ida/post/1",
    url="https://bsky.example/profile/idaholt/post/1",
    author=Who("did:example:ida", "idaholt.example", "Ida Holt"),
    claim="rumoured",
    excerpt="hearing that Mara Venn might be on her way out of Orrin?",
    created_at=at(-30),
    strength="weak",
    rule="hedged might",
)
REPORT = Evidence(
    source="news",
    post_id="daily-1",
    url="https://www.daily.example/tech/mara-venn?from=front&x=<1>",
    author=Who(None, None, "The Daily"),
    claim="reported",
    excerpt="Mara Venn, a research lead at Orrin Lab, has left, two people told The Daily: “she is gone” & *that* is it.",
    created_at=at(-10),
    strength="medium",
    rule="outlet.report has-left",
)
OWN = Evidence(
    source="x",
    post_id="7",
    url="https://x.example/maravenn/status/7",
    author=Who("1", "@maravenn", "Mara Venn"),
    claim="self_announced",
    excerpt="今天是我在 Orrin 的最后一天。\nThank you all <3 — <!channel> <at id=all></at> [more](https://evil.example)",
    created_at=at(-1),
    strength="strong",
    rule="person.announcement last-day",
)
DENIAL = msgspec.structs.replace(
    OWN,
    post_id="8",
    claim="denied",
    excerpt="No, I am not leaving Orrin. Back to work.",
    rule="person.denial",
)
RETURN = msgspec.structs.replace(
    REPORT,
    post_id="daily-2",
    claim="denied",
    excerpt="Mara Venn is back at Orrin Lab after two months, The Daily has learned.",
    rule="outlet.return back-at",
)


def case(*path: tuple[Status, str], evidence: list[Evidence], voices: int, note: str = "") -> Case:
    """A case that went this way: (status, the rule that brought it there), a minute apart."""
    before: list[Status | None] = [None, *(status for status, _ in path)]
    history = [
        Change(at=at(n - len(path)), from_=before[n], to=status, rule=rule)
        for n, (status, rule) in enumerate(path)
    ]
    history[-1] = msgspec.structs.replace(history[-1], note=note)
    return Case(
        id="orrin-lab-mara-venn-1",
        version=len(path),
        person=MARA.id,
        name=MARA.name,
        organisation=LAB.organisation.id,
        status=path[-1][0],
        opened_at=history[0].at,
        changed_at=history[-1].at,
        first_seen=history[0].at,
        voices=voices,
        history=history,
        evidence=evidence,
    )


def alert(case: Case, mood: Mood = QUIET, blind: list[Blind] | None = None) -> Alert:
    case = msgspec.structs.replace(case, blind=blind or [])
    return Alert(
        id=f"{case.id}-v{case.version}",
        type=f"departure.{'retracted' if case.status == 'dismissed' else case.status}",
        timestamp=NOW,
        data=AlertData(
            case=case,
            previous_status=case.history[-1].from_,
            person={"id": MARA.id, "name": MARA.name, "role": "Research lead", "listed": True},
            organisation={"id": LAB.organisation.id, "name": LAB.organisation.name},
            reaction=mood,
        ),
    )


ONE: tuple[Status, str] = ("rumoured", "hedged might")
TWO: tuple[Status, str] = ("reported", "outlet.report has-left")
UNTIL: datetime = at(-5)
FACTS: dict[str, Any] = {
    "occurred_at": datetime(2026, 5, 31, tzinfo=UTC),
    "destination": "Northwell “Labs” <!here>",
    "replacement": "Ilse Danner",
}
ALERTS = {
    "rumoured": alert(case(ONE, evidence=[RUMOUR], voices=1)),
    "reported": alert(
        case(ONE, TWO, evidence=[RUMOUR, REPORT], voices=2),
        Mood(42, 0.314, 30),
        [Blind(source="hackernews", from_=at(-60), to=UNTIL), Blind(source="x", from_=at(-20))],
    ),
    "confirmed": alert(
        msgspec.structs.replace(
            case(ONE, TWO, ("confirmed", "person.announcement"), evidence=[RUMOUR, REPORT, OWN], voices=3),
            **FACTS,
        ),
        Mood(512, -0.05, 400),
    ),
    "denied": alert(
        case(ONE, TWO, ("denied", "person.denial"), evidence=[RUMOUR, REPORT, DENIAL], voices=2),
        Mood(7, None, 7),
    ),
    "returned": alert(
        case(ONE, TWO, ("denied", "outlet.return back-at"), evidence=[RUMOUR, REPORT, RETURN], voices=2),
        Mood(9, 0.5, 9),
    ),
    "retracted": alert(case(ONE, TWO, ("retracted", "evidence.deleted"), evidence=[], voices=0)),
    "test": Alert(
        id="test-ops-0123456789ab",
        type="monitor.test",
        timestamp=NOW,
        data=AlertData(message="This is a test of monitor's alerts. Nothing has happened."),
    ),
}


def notice(id: str, type: str, **about: Any) -> Alert:
    return Alert(id=id, type=type, timestamp=NOW, data=AlertData(**about))


LOST = Undelivered(
    endpoint="chat",
    webhook_id="orrin-lab-mara-venn-1-v2",
    type="departure.reported",
    attempts=11,
    reason="http 503: <h1>*away*</h1> @all",
)
SUMMED_UP = Digest(
    from_=at(-1440),
    to=NOW,
    cases=[
        one for name in ("confirmed", "denied", "rumoured") if (one := ALERTS[name].data.case) is not None
    ],
    more=2,
)
NOTICES = {
    "blind": notice(
        "source-hackernews-20260504T114000",
        "source.blind",
        source=Blind(source="hackernews", from_=at(-20)),
    ),
    "dead": notice("dead-chat-2962432", "delivery.dead", delivery=LOST),
    "disabled": notice("disabled-chat-1777896000", "endpoint.disabled", delivery=LOST),
    "digest": notice("digest-ops-20260504", "monitor.digest", digest=SUMMED_UP),
}
SHOWN = {**ALERTS, **NOTICES}


def endpoint(form: str, **more: Any) -> Endpoint:
    return Endpoint(name="ops", url="https://chat.example/services/T0/B0/KEY", format=form, **more)


def posted(form: str, one: Alert, language: Language = "en") -> Any:
    """The JSON that a format posts for an alert, at the moment of the published signature."""
    more = {"secret": SECRET} if form in SIGNING else {}
    request = FORMATS[form].request(Attempt(one.id, one, endpoint(form, **more), 1599360473.9, language))
    return json.loads(request.body)


@pytest.mark.parametrize(("form", "name", "language"), [*itertools.product(FORMS, SHOWN, ["en", "zh"])])
def test_it_is_the_golden_message(form: str, name: str, language: Language) -> None:
    path = GOLDEN / f"{form}-{name}-{language}.json"
    message = posted(form, SHOWN[name], language)
    if os.environ.get("GOLDEN") == "write":
        path.write_text(json.dumps(message, ensure_ascii=False, indent=2) + "\n", "utf-8")
    assert message == json.loads(path.read_text("utf-8"))


def test_no_golden_file_is_left_over() -> None:
    names = {f"{f}-{n}-{lang}.json" for f in (*FORMS, *TOLD) for n in SHOWN for lang in ("en", "zh")}
    names |= {f"{f}-{n}.json" for f in MACHINES for n in SHOWN}
    assert {path.name for path in GOLDEN.iterdir()} == names


# What machines get is the same in every language; Alertmanager and apprise pass on what people read.
MACHINES = ("standard", "cloudevents")
TOLD = ("alertmanager", "apprise")
KEYS = [f"whsec_{base64.b64encode(letter * 24).decode()}" for letter in (b"a", b"b")]


def sent(form: str, one: Alert, language: Language = "en") -> Any:
    """What goes out in these formats, at the moment of the alerts: headers and body, or what apprise is handed."""
    more = {"apprise": {"allow_private": True}, "alertmanager": {"secret": "token"}}.get(
        form, {"secret": KEYS}
    )
    attempt = Attempt(one.id, one, endpoint(form, **more), NOW.timestamp(), language)
    if form == "apprise":
        return apprise.handed(attempt)._asdict()
    request = FORMATS[form].request(attempt)
    return {"url": request.url, "headers": request.headers, "body": json.loads(request.body)}


@pytest.mark.parametrize(
    ("form", "name", "language"),
    [*itertools.product(MACHINES, SHOWN, [""]), *itertools.product(TOLD, SHOWN, ["en", "zh"])],
)
def test_it_is_the_golden_request(form: str, name: str, language: Language) -> None:
    path = GOLDEN / f"{form}-{name}{'-' if language else ''}{language}.json"
    message = sent(form, SHOWN[name], language or "en")
    if os.environ.get("GOLDEN") == "write":
        path.write_text(json.dumps(message, ensure_ascii=False, indent=2) + "\n", "utf-8")
    assert message == json.loads(path.read_text("utf-8"))
    if not language:
        assert message == sent(form, SHOWN[name], "zh")


def test_every_format_has_golden_files() -> None:
    assert {*FORMS, *MACHINES, *TOLD} == set(get_args(FormatName))
