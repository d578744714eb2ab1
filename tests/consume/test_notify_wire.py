"""The formats for machines: CloudEvents, Alertmanager (the real one too), apprise, and keys that change over."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from hypothesis import example, given, settings
from standardwebhooks import Webhook, WebhookVerificationError

from monitor.alert import Alert, AlertData, Digest, Undelivered
from monitor.consume.notify import alertmanager, apprise, cloudevents, prose, standard
from monitor.consume.notify.attempt import Attempt, Request
from monitor.consume.notify.formats import FORMATS
from monitor.consume.notify.outbox import Outbox
from monitor.consume.notify.policy import Answer
from monitor.endpoint import Endpoint
from monitor.errors import UserError
from monitor.http import Http, Response
from monitor.keys import Keys
from monitor.model import Blind, encode
from monitor.store import Store

from ..conftest import debian, wait_until
from ..deploy.tools import Api, free_port, server
from ..lab import LAB, NOW, at
from ..receiver import Received
from ..receiver import receiver as listening
from .receiver import Receiver, Runner, settled, status
from .test_notify_formats import HOSTILE
from .test_notify_golden import ALERTS, OWN
from .test_notify_outbox import write

SECRETS = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_" + "b3RoZXIh" * 4]
MACHINES = ["standard", "cloudevents"]
CASE: Any = ALERTS["confirmed"].data.case
BLIND = Blind(source="bluesky", from_=at(-30))
LOST = Undelivered(
    endpoint="press", webhook_id="orrin-lab-mara-venn-1-v3", type="departure.confirmed", attempts=11
)


def notice(type: str, id: str = "n-1", **data: Any) -> Alert:
    return Alert(id=id, type=type, timestamp=NOW, data=AlertData(message="Something is to be told.", **data))


NOTICES = {
    "blind": notice("source.blind", source=BLIND),
    "seen": notice("source.blind", source=msgspec.structs.replace(BLIND, to=at(-2))),
    "dead": notice("delivery.dead", delivery=LOST),
    "disabled": notice("endpoint.disabled", delivery=Undelivered(endpoint="press", reason="gone")),
    "digest": notice("monitor.digest", digest=Digest(from_=at(-1440), to=NOW, cases=[CASE], more=2)),
}
EVERY = {**ALERTS, **NOTICES}


def attempt(
    form: str, one: Alert, now: float | None = None, url: str = "https://in.example/a/b?k=KEY", **more: Any
) -> Attempt:
    endpoint = Endpoint(name="ops", url=url, format=form, **more)
    return Attempt(one.id, one, endpoint, NOW.timestamp() if now is None else now)


def made(form: str, one: Alert, **more: Any) -> Request:
    return FORMATS[form].request(attempt(form, one, **more))


@pytest.mark.parametrize("form", MACHINES)
@pytest.mark.parametrize("secrets", [SECRETS[:1], SECRETS[1:], SECRETS, SECRETS[::-1]])
def test_every_secret_of_a_rotation_verifies(form: str, secrets: list[str]) -> None:
    request = made(form, ALERTS["confirmed"], now=time.time(), secret=secrets)
    assert len(request.headers["webhook-signature"].split()) == len(secrets)
    for secret in secrets:
        assert Webhook(secret).verify(request.body, request.headers) == json.loads(request.body)
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + base64.b64encode(b"x" * 32).decode()).verify(request.body, request.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(secrets[0]).verify(request.body + b" ", request.headers)


def test_the_published_vector_of_standard_webhooks() -> None:
    key = base64.b64decode(SECRETS[0].removeprefix("whsec_"))
    headers = standard.headers(
        "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}', [key, b"k" * 24]
    )
    first, second = headers["webhook-signature"].split()
    assert first == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert re.fullmatch("v1,[A-Za-z0-9+/]{43}=", second) and second != first


def assert_is_an_event(event: dict[str, Any]) -> None:
    """The rules of CloudEvents 1.0 for structured JSON: what must be there, names, and types."""
    assert {"specversion", "id", "source", "type"} <= set(event)
    assert event["specversion"] == "1.0"
    for name, value in event.items():
        assert re.fullmatch("[a-z0-9]{1,20}", name)
        assert name == "data" or (isinstance(value, str) and value)
        if name != "data":
            assert not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef]", value), name
    assert re.fullmatch(r"[A-Za-z0-9%/._~-]+", event["source"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", event["time"])
    assert event["datacontenttype"] == "application/json"


@pytest.mark.parametrize("name", EVERY)
def test_an_event_holds_what_standard_holds(name: str) -> None:
    one = EVERY[name]
    request = made("cloudevents", one)
    event, body = json.loads(request.body), json.loads(standard.body(one))
    assert_is_an_event(event)
    assert (event["type"], event["time"], event["data"]) == (body["type"], body["timestamp"], body["data"])
    assert event["id"] == one.id
    assert request.headers == {"content-type": "application/cloudevents+json; charset=utf-8"}
    assert request.url == "https://in.example/a/b?k=KEY" and "KEY" not in repr(request)


def test_what_an_event_is_about() -> None:
    def about(name: str) -> tuple[str, str | None]:
        event = json.loads(made("cloudevents", EVERY[name]).body)
        return event["source"], event.get("subject")

    assert about("confirmed") == ("/monitor/orrin-lab", "orrin-lab-mara-venn-1")
    assert about("blind") == ("/monitor", "bluesky")
    assert about("dead") == about("disabled") == ("/monitor", "press")
    assert about("test") == about("digest") == ("/monitor", None)
    data = AlertData(person={"id": "mara-venn"}, organisation={"id": "Ä b/c?"})
    event = json.loads(
        cloudevents.body("x", Alert(id="x", type="departure.reported", timestamp=NOW, data=data))
    )
    assert (event["source"], event["subject"]) == ("/monitor/%C3%84%20b%2Fc%3F", "mara-venn")


LATER = [301, 302, 400, 401, 403, 404, 408, 409, 413, 422, 425, 429, 500, 502, 503, 504]


@pytest.mark.parametrize("form", MACHINES)
@pytest.mark.parametrize("status", [200, 201, 202, 204, 410, *LATER])
def test_what_a_status_means_to_a_machine(form: str, status: int) -> None:
    answer = FORMATS[form].read(Response(status, {"Retry-After": "9"}, b"no"), 0)
    outcome = "delivered" if status < 300 else "gone" if status == 410 else "retry"
    assert (answer.outcome, answer.status) == (outcome, status)
    assert answer.retry_after == (9.0 if outcome == "retry" else None)


@pytest.mark.parametrize("form", [*MACHINES, "alertmanager"])
def test_a_wait_is_a_number_or_a_date(form: str) -> None:
    def wait(text: str) -> float | None:
        return FORMATS[form].read(Response(503, {"Retry-After": text}, b""), NOW.timestamp()).retry_after

    assert wait("7") == 7.0 and wait("0") == 1.0 and wait("99999999") == 3600.0
    assert wait(format_datetime(NOW + timedelta(seconds=50), usegmt=True)) == 50.0
    assert wait(format_datetime(NOW - timedelta(days=5), usegmt=True)) == 1.0
    assert wait("soon") is None and wait("") is None


TAKES = {
    "standard": {"secret": SECRETS},
    "cloudevents": {"secret": SECRETS},
    "alertmanager": {"secret": "sesame"},
    "apprise": {},
}


@pytest.mark.parametrize("form", TAKES)
async def test_a_courier_brings_it(
    form: str, run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    """Over a real store: it fails once, and arrives with the next attempt."""
    receiver.answers = [status(503)]
    if form == "apprise":
        pytest.importorskip("apprise")
        await asyncio.to_thread(apprise._package)  # long to import, and no part of the attempt
        receiver.url = "json" + receiver.url.removeprefix("http")
    await write(store, keys, msgspec.structs.replace(ALERTS["confirmed"], endpoints=["ops"]))
    run(outbox, receiver, format=form, allow_private=True, **TAKES[form])
    (delivery,) = await settled(outbox)
    assert delivery.attempts == 2 and run.counted() == {"delivered": 1, "retry": 1, "dead": 0}
    (first, _, _), (last, body, _) = receiver.got
    assert "Mara Venn" in body.decode() and first["content-type"] == last["content-type"]
    if form in MACHINES:
        assert first["webhook-id"] == last["webhook-id"] == ALERTS["confirmed"].id
        assert [Webhook(secret).verify(body, last) for secret in SECRETS]
    assert last.get("authorization") == ("Bearer sesame" if form == "alertmanager" else None)


# Alertmanager.


def posted(one: Alert, **more: Any) -> dict[str, Any]:
    (value,) = json.loads(made("alertmanager", one, **more).body)
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        ("https://am.example", "https://am.example/api/v2/alerts"),
        ("https://am.example/", "https://am.example/api/v2/alerts"),
        ("https://am.example/am//?x=1#/alerts", "https://am.example/am/api/v2/alerts?x=1"),
        ("https://am.example/api/v2/alerts", "https://am.example/api/v2/alerts"),
        ("https://am.example:9093/p/api/v2/alerts/", "https://am.example:9093/p/api/v2/alerts"),
    ],
)
def test_the_address_is_that_of_the_api(url: str, leads_to: str) -> None:
    assert made("alertmanager", ALERTS["test"], url=url).url == leads_to


def test_a_secret_is_a_bearer() -> None:
    assert "authorization" not in made("alertmanager", ALERTS["test"]).headers
    request = made("alertmanager", ALERTS["test"], secret="sesame")
    assert request.headers["authorization"] == "Bearer sesame"
    assert "sesame" not in repr(request)


def test_every_version_of_a_case_is_one_alert() -> None:
    names = ("rumoured", "reported", "confirmed", "denied", "returned", "retracted")
    every = [posted(ALERTS[name]) for name in names]
    assert all(one["labels"] == every[0]["labels"] for one in every)
    assert every[0]["labels"] == {
        "alertname": "Departure",
        "severity": "news",
        "organisation": "orrin-lab",
        "person": "mara-venn",
        "case": "orrin-lab-mara-venn-1",
    }
    assert [one["annotations"]["status"] for one in every] == [
        *("rumoured", "reported", "confirmed", "denied", "denied", "retracted")
    ]
    ends = [datetime.fromisoformat(one["endsAt"]) - NOW for one in every]
    assert ends == [timedelta(hours=24)] * 3 + [timedelta(0)] * 3


def test_what_changes_is_in_the_annotations() -> None:
    notes = posted(ALERTS["confirmed"], prefix="[lab]")["annotations"]
    assert notes["summary"].startswith("[lab] ") and "Mara Venn" in notes["summary"]
    assert notes["voices"] == "3" and notes["webhook_id"] == "orrin-lab-mara-venn-1-v3"
    assert len(notes["words"].split("\n")) == 3 and "hearing that Mara Venn" in notes["words"]
    assert notes["links"].split("\n")[0] == "https://x.example/maravenn/status/7"
    assert "<" not in notes["description"] and "](" not in notes["description"]
    assert notes["links"].split("\n")[2] in notes["description"].split("\n")


@pytest.mark.parametrize(
    ("name", "labels", "hours"),
    [
        ("blind", {"alertname": "MonitorSourceBlind", "severity": "warning", "source": "bluesky"}, 168),
        ("dead", {"alertname": "MonitorDeliveryDead", "severity": "critical", "endpoint": "press"}, 24),
        (
            "disabled",
            {"alertname": "MonitorEndpointDisabled", "severity": "critical", "endpoint": "press"},
            24,
        ),
        ("digest", {"alertname": "DepartureDigest", "severity": "news", "id": "n-1"}, 24),
        ("test", {"alertname": "MonitorTest", "severity": "warning", "id": "test-ops-0123456789ab"}, 1 / 12),
        ("seen", {"alertname": "MonitorSourceBlind", "severity": "warning", "source": "bluesky"}, -1 / 30),
    ],
)
def test_a_notice_has_labels_of_its_own(name: str, labels: dict[str, str], hours: float) -> None:
    value = posted(EVERY[name])
    assert value["labels"] == labels
    assert datetime.fromisoformat(value["endsAt"]) - NOW == timedelta(hours=hours)
    assert value["annotations"]["summary"] and value["annotations"]["description"]


def test_an_end_is_never_before_its_start() -> None:
    """Whatever clocks say: Alertmanager refuses such an alert, and it would be lost."""
    for one in EVERY.values():
        for now in (at(-100_000), at(-31), NOW, at(100_000)):
            starts, ends = alertmanager.span(one, now)
            assert starts <= now and starts <= ends
            over = (
                one.type.endswith((".denied", ".retracted")) or one.data.source == NOTICES["seen"].data.source
            )
            assert (ends <= now) is over or one.type == "monitor.test"


@settings(deadline=None, max_examples=100)
@given(HOSTILE)
@example(ALERTS["confirmed"])
def test_alertmanager_gets_whole_texts_that_open_nothing(one: Alert) -> None:
    value = posted(one)
    assert value["labels"]["alertname"]
    for name, text in [*value["labels"].items(), *value["annotations"].items()]:
        assert text and re.fullmatch("[a-z_]+", name)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\ud800-\udfff]", text)
    for name, text in value["labels"].items():
        assert len(text) <= 200 and "\n" not in text, name
    for text in value["annotations"].values():
        if text != value["annotations"].get("webhook_id"):
            assert not re.search(r"[<>]|\]\s*\(|@(channel|here|everyone|all)", text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, "delivered"),
        (400, "dead"),
        (401, "dead"),
        (404, "dead"),
        (422, "dead"),
        (410, "gone"),
    ]
    + [(status, "retry") for status in (302, 408, 425, 429, 500, 502, 503)],
)
def test_what_alertmanager_says(status: int, outcome: str) -> None:
    body = b'"start time must be before end time"\n'
    answer = alertmanager.read(Response(status, {"Retry-After": "5"}, body), 0)
    assert (answer.outcome, answer.status) == (outcome, status)
    assert answer.retry_after == (5.0 if outcome == "retry" else None)
    if outcome == "dead":
        assert answer.reason == f'http {status}: "start time must be before end time"'


class Real:
    """Debian's Alertmanager, who tells what it is told to a receiver."""

    def __init__(self, api: Api, told: Received) -> None:
        self.api, self.told = api, told
        self.url = f"http://127.0.0.1:{api.port}"

    def tell(self, *alerts: Alert, **more: Any) -> None:
        """Deliver them now, as a courier would."""

        async def deliver() -> None:
            async with Http() as http:
                for one in alerts:
                    request = made(
                        "alertmanager", one, now=time.time(), url=self.url, allow_private=True, **more
                    )
                    answer = await http.request(
                        "POST", request.url, headers=request.headers, data=request.body, allow_private=True
                    )
                    assert alertmanager.read(answer, time.time()) == Answer("delivered", "", 200), answer

        asyncio.run(deliver())

    def alerts(self) -> list[dict[str, Any]]:
        """What fires, by its name."""
        return sorted(self.api.get("/api/v2/alerts"), key=lambda one: sorted(one["labels"].items()))

    def messages(self) -> list[dict[str, Any]]:
        with self.told.lock:
            return [body for bodies in self.told.accepted.values() for body in bodies]

    def said(self, status: str, **labels: str) -> dict[str, Any] | None:
        """The last alert with this status and labels that the receiver was told of."""
        found = [
            one
            for message in self.messages()
            for one in message["alerts"]
            if one["status"] == status and labels.items() <= one["labels"].items()
        ]
        return found[-1] if found else None


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Real]:
    debian("prometheus-alertmanager")
    with listening() as told:
        config = {
            "route": {
                "receiver": "all",
                "group_by": ["alertname", "organisation"],
                "group_wait": "1s",
                "group_interval": "1s",
                "repeat_interval": "1h",
            },
            "receivers": [{"name": "all", "webhook_configs": [{"url": told.url, "send_resolved": True}]}],
        }
        (tmp_path / "am.yml").write_text(json.dumps(config))
        port = free_port()
        options = [
            f"--config.file={tmp_path / 'am.yml'}",
            f"--storage.path={tmp_path / 'am'}",
            f"--web.listen-address=127.0.0.1:{port}",
            "--cluster.listen-address=",
        ]
        with server("prometheus-alertmanager", port, tmp_path / "am.log", *options) as api:
            yield Real(api, told)


def of_tomas(one: Alert) -> Alert:
    assert one.data.case
    tomas = LAB.people[1]
    case = msgspec.structs.replace(
        one.data.case, id="orrin-lab-tomas-reed-1", person=tomas.id, name=tomas.name
    )
    person = {**(one.data.person or {}), "id": tomas.id, "name": tomas.name}
    data = msgspec.structs.replace(one.data, case=case, person=person)
    return msgspec.structs.replace(one, id="orrin-lab-tomas-reed-1-v2", data=data)


@pytest.mark.debian
async def test_the_real_alertmanager_fires_groups_and_resolves(real: Real) -> None:
    tell, said = real.tell, real.said
    await asyncio.to_thread(tell, ALERTS["reported"], of_tomas(ALERTS["reported"]))
    # The first goes at once, for its case was opened long ago; the group has both.
    await wait_until(lambda: len((real.messages() or [{"alerts": []}])[-1]["alerts"]) == 2, what="both")
    group = real.messages()[-1]
    assert (group["status"], group["groupLabels"]["organisation"]) == ("firing", "orrin-lab")
    assert {one["labels"]["person"] for one in group["alerts"]} == {"mara-venn", "tomas-reed"}
    assert {one["annotations"]["status"] for one in group["alerts"]} == {"reported"}

    prints = [one["fingerprint"] for one in real.alerts()]
    await asyncio.to_thread(tell, ALERTS["confirmed"])
    assert [one["fingerprint"] for one in real.alerts()] == prints and len(prints) == 2
    assert [one["annotations"]["status"] for one in real.alerts()] == ["confirmed", "reported"]

    await asyncio.to_thread(tell, ALERTS["denied"])
    over = await wait_until(lambda: said("resolved", person="mara-venn"), what="it is resolved")
    assert over["annotations"]["status"] == "denied" and over["fingerprint"] == prints[0]
    assert said("resolved", person="tomas-reed") is None
    assert [one["labels"]["person"] for one in real.alerts()] == ["tomas-reed"]

    # It may be opened again, and taken back again.
    await asyncio.to_thread(tell, ALERTS["confirmed"])
    again = await wait_until(lambda: len(real.alerts()) == 2 and said("firing", person="mara-venn"))
    assert again["fingerprint"] == prints[0]


@pytest.mark.debian
async def test_the_real_alertmanager_takes_notices_and_hostile_words(real: Real) -> None:
    await asyncio.to_thread(real.tell, NOTICES["blind"], NOTICES["dead"], NOTICES["disabled"], ALERTS["test"])
    for name in ("MonitorSourceBlind", "MonitorDeliveryDead", "MonitorEndpointDisabled", "MonitorTest"):
        await wait_until(lambda name=name: real.said("firing", alertname=name), what=name)
    await asyncio.to_thread(real.tell, NOTICES["seen"])
    await wait_until(lambda: real.said("resolved", alertname="MonitorSourceBlind"), what="it sees again")
    assert len(real.alerts()) == 3

    nasty = [
        *(
            '<!channel> "quoted" \\ {{ .Labels }} [a](https://evil.example)',
            "\x00\u202e𠮷" * 400,
            "林俊旸 <at id=all>",
        ),
        *("e" + "\u0301" * 90, "\ud800 lone", "=~ {a=b}", "\n\n"),
    ]
    for number, text in enumerate(nasty):
        evidence = [msgspec.structs.replace(OWN, excerpt=text, url=f"https://daily.example/%zz/{number}")]
        case = msgspec.structs.replace(CASE, id=f"c{number}", name=text, person=text, evidence=evidence)
        data = AlertData(case=case, person={"name": text}, organisation={"name": text})
        one = Alert(id=f"c{number}-v1", type="departure.confirmed", timestamp=NOW, data=data)
        await asyncio.to_thread(real.tell, one)
    assert len(real.alerts()) == 3 + len(nasty)


@pytest.mark.debian
async def test_what_the_real_alertmanager_refuses_is_given_up(real: Real) -> None:
    value = posted(ALERTS["confirmed"])
    async with Http() as http:
        for wrong in ({"endsAt": "2001-01-01T00:00:00Z"}, {"labels": {}}, {"labels": {"alert-name": "x"}}):
            answer = await http.request(
                "POST",
                real.url + alertmanager.PATH,
                headers={"content-type": "application/json"},
                data=encode([{**value, **wrong}]),
                allow_private=True,
            )
            assert answer.status == 400
            assert alertmanager.read(answer, 0).outcome == "dead"


# apprise.


@pytest.fixture(scope="module")
def loud() -> None:
    pytest.importorskip("apprise")


class Service:
    """What apprise's format json posts to: a status, after `seconds`; where it is a redirect, to `there`."""

    def __init__(self, status: int = 200, seconds: float = 0.0, there: str = "") -> None:
        self.got: list[tuple[str, Any]] = []
        released, got = threading.Event(), self.got
        self.released = released

        class Hook(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                got.append((self.path, json.loads(body)))
                released.wait(seconds)
                self.send_response(status)
                if there:
                    self.send_header("Location", there)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.url = f"json://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self) -> Service:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def loudly(one: Alert, url: str) -> Attempt:
    return attempt("apprise", one, url=url, allow_private=True, prefix="[lab]")


async def sent(one: Alert, url: str) -> Answer:
    return await apprise.send(loudly(one, url))


async def test_apprise_tells_it(loud: None) -> None:
    with Service() as service:
        assert await sent(ALERTS["confirmed"], service.url + "/KEY") == Answer("delivered")
    ((path, body),) = service.got
    assert path == "/KEY" and body["type"] == "warning"
    assert body["title"].startswith("[lab] ") and "Mara Venn" in body["title"]
    lines = body["message"].split("\n")
    assert "https://x.example/maravenn/status/7" in lines
    assert "<" not in body["message"] and "](" not in body["message"]
    assert any("＜!channel＞" in line for line in lines)


@pytest.mark.parametrize("status", [301, 307, 400, 404, 429, 500, 503])
async def test_apprise_says_no(loud: None, status: int) -> None:
    with Service() as other, Service(status, there=f"http{other.url[4:]}/other") as service:
        answer = await sent(ALERTS["test"], service.url + "/?redirect=yes&retry=3")
        assert answer == Answer("retry", "apprise said no")
        assert len(service.got) == 1 and not other.got


async def test_what_apprise_does_not_know_or_reach(loud: None) -> None:
    for url in ("nonsense://KEY", f"json://127.0.0.1:{free_port()}/KEY"):
        assert await sent(ALERTS["test"], url) == Answer("retry", "apprise said no")


async def test_apprise_waits_for_no_answer_for_long(loud: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apprise, "READ", 0.3)
    with Service(seconds=100) as service:
        assert await sent(ALERTS["test"], service.url) == Answer("retry", "apprise said no")


async def test_apprise_holds_up_nobody(loud: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apprise, "READ", 100.0)
    with Service(seconds=100) as service:
        url = service.url + "/?rto=100"
        tasks = [asyncio.create_task(sent(ALERTS["test"], url)) for _ in range(apprise.MOST_THREADS)]
        await wait_until(lambda: len(service.got) == apprise.MOST_THREADS, what="all of them wait")
        assert await sent(ALERTS["test"], url) == Answer("retry", "apprise is busy")
        tasks[0].cancel()
        await asyncio.wait(tasks[:1], timeout=60)
        assert tasks[0].cancelled() and not any(task.done() for task in tasks[1:])
        service.released.set()
        assert [await task for task in tasks[1:]] == [Answer("delivered")] * 3
        await wait_until(
            lambda: not [thread for thread in threading.enumerate() if thread.name == "apprise"],
            what="they end",
        )
    with Service() as service:
        assert await sent(ALERTS["test"], service.url) == Answer("delivered")


HANGS = """
import asyncio, pathlib, sys
from monitor.consume.notify import apprise
from tests.consume.test_notify_wire import ALERTS, loudly

async def main():
    apprise.READ = 100.0
    task = asyncio.create_task(apprise.send(loudly(ALERTS["test"], sys.argv[1])))
    while not pathlib.Path(sys.argv[2]).exists():
        await asyncio.sleep(0.02)
    task.cancel()

asyncio.run(main())
"""


async def test_an_end_does_not_wait_for_apprise(loud: None, tmp_path: Path) -> None:
    with Service(seconds=100) as service:
        url = service.url + "/?rto=100"
        run = [sys.executable, "-W", "error", "-c", HANGS, url, str(tmp_path / "end")]
        process = subprocess.Popen(run, cwd=Path(__file__).parent.parent.parent)
        try:
            await wait_until(lambda: service.got or process.poll() is not None, what="it asks")
            (tmp_path / "end").touch()
            assert process.wait(60) == 0  # It would wait for its answer for a hundred seconds.
        finally:
            process.kill()
            process.wait()
        assert len(service.got) == 1


def endpoints(*urls: str) -> list[Endpoint]:
    return [loudly(ALERTS["test"], url).endpoint for url in urls]


def test_a_start_says_what_apprise_lacks(loud: None, monkeypatch: pytest.MonkeyPatch) -> None:
    apprise.check(endpoints("json://localhost/KEY"))
    with pytest.raises(UserError) as error:
        apprise.check(endpoints("json://localhost/KEY", "nonsense://KEY"))
    assert "ops: url is none that apprise knows" in str(error.value) and "KEY" not in str(error.value)
    monkeypatch.setattr(apprise, "find_spec", lambda name: None)
    with pytest.raises(UserError, match=re.escape("pip install 'monitor[apprise]'")):
        apprise.check(endpoints("json://localhost/KEY"))
    apprise.check([attempt("slack", ALERTS["test"]).endpoint])


def test_apprise_is_imported_by_its_users_only() -> None:
    code = "import sys, monitor.app; sys.exit('apprise' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=300)


def test_a_tame_text_opens_nothing() -> None:
    assert (
        prose.tame("<!channel> <at id=all> [a] (b) [c](d) [e][f]")
        == "＜!channel＞ ＜at id=all＞ [a］ (b) [c］(d) [e］[f]"
    )
    assert prose.tame("@Everyone, @maravenn @here") == "＠Everyone, @maravenn ＠here"
    for piece in [*prose.lines(alertmanager.message_of(attempt("slack", ALERTS["reported"])))]:
        assert "<" not in piece or urlsplit(piece).netloc
