"""Alerts to receivers that behave like the chat services, over a real store: delivered, tried again, dead."""

from __future__ import annotations

import json
import logging
import time
from typing import Any

import msgspec
import pytest

from monitor.alert import Alert
from monitor.consume.notify.outbox import Delivery, Outbox
from monitor.keys import Keys
from monitor.store import Store

from ..conftest import wait_until
from . import services
from .receiver import (
    Answers,
    Receiver,
    Runner,
    breaks_off,
    endless,
    feishu,
    hangs_too_long,
    resets,
    settled,
    slack,
    status,
    text,
)
from .test_notify_deliver import tried
from .test_notify_golden import ALERTS
from .test_notify_outbox import write

SECRET = "not base64, as Feishu gives it"
HTML = "<html><body><h1>503</h1>\x1b[31m backend of /hook/KEY?token=KEY is away\x00</body></html>"


def sent(name: str, id: str = "c1-v1") -> Alert:
    return msgspec.structs.replace(ALERTS[name], id=id, endpoints=["ops"])


def code(number: int, words: str) -> Answers:
    return text(200, json.dumps({"code": number, "msg": words, "data": {}}), "application/json")


SERVICES: dict[str, tuple[Answers, dict[str, Any]]] = {
    "slack": (slack, {}),
    "feishu": (feishu(SECRET), {"secret": SECRET}),
    "feishu unsigned": (feishu(), {}),
    "discord": (services.discord, {}),
    "teams": (services.teams, {}),
    "dingtalk": (services.dingtalk(SECRET), {"secret": SECRET}),
    "dingtalk unsigned": (services.dingtalk(), {}),
    "wecom": (services.wecom, {}),
    "ntfy": (services.ntfy(SECRET), {"secret": SECRET}),
    "ntfy open": (services.ntfy(), {}),
}


@pytest.fixture(params=list(SERVICES))
def form(request: pytest.FixtureRequest, receiver: Receiver) -> dict[str, Any]:
    """What an endpoint of this format needs, with a receiver that behaves so."""
    receiver.otherwise, more = SERVICES[request.param]
    return {"format": request.param.partition(" ")[0], **more}


UNSIGNED = {
    "slack": slack,
    "feishu": feishu(),
    "discord": services.discord,
    "teams": services.teams,
    "dingtalk": services.dingtalk(),
    "wecom": services.wecom,
    "ntfy": services.ntfy(),
}


def errcode(number: int, words: str) -> Answers:
    return text(200, json.dumps({"errcode": number, "errmsg": words}), "application/json")


TEAMS_FAILED = "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error {}"


async def one(outbox: Outbox, state: str) -> Delivery:
    (delivery,) = await settled(outbox, state)
    return delivery


@pytest.mark.parametrize("name", list(ALERTS))
async def test_each_alert_is_taken_once(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver, form: dict[str, Any], name: str
) -> None:
    await write(store, keys, sent(name))
    run(outbox, receiver, language="zh", **form)
    delivery = await one(outbox, "delivered")
    taken = 202 if form["format"] == "teams" else 200
    assert (delivery.attempts, delivery.last_status, delivery.last_error) == (1, taken, "")
    ((headers, body, _),) = receiver.got
    assert headers["content-type"].startswith("application/json")
    assert "webhook-signature" not in headers
    assert ("测试" if name == "test" else "Mara Venn") in body.decode()
    assert run.counted() == {"delivered": 1, "retry": 0, "dead": 0}


async def test_the_command_reaches_a_chat(
    run: Runner, outbox: Outbox, receiver: Receiver, form: dict[str, Any]
) -> None:
    await outbox.test("ops")
    run(outbox, receiver, **form)
    await wait_until(lambda: run.counted()["delivered"] == 1)
    assert "Test: monitor's alerts arrive here" in receiver.got[0][1].decode()


async def test_what_passes_is_tried_again(
    run: Runner,
    outbox: Outbox,
    store: Store,
    keys: Keys,
    receiver: Receiver,
    form: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hung = hangs_too_long(monkeypatch)
    caplog.set_level(logging.DEBUG)
    receiver.answers = [text(503, HTML), resets, hung, breaks_off, status(408), status(502)]
    await write(store, keys, sent("confirmed"))
    run(outbox, receiver, schedule=[0.02] * 10, **form)
    delivery = await one(outbox, "delivered")
    assert (delivery.attempts, len(receiver.got)) == (7, 7)
    assert run.counted() == {"delivered": 1, "retry": 6, "dead": 0}
    assert "KEY" not in str([vars(record) for record in caplog.records if record.name.startswith("monitor")])


async def test_the_signature_is_that_of_the_attempt(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    receiver.otherwise = feishu(SECRET)
    receiver.answers = [status(500)]
    await write(store, keys, sent("reported"))
    run(outbox, receiver, schedule=[1.3], format="feishu", secret=SECRET)
    await one(outbox, "delivered")
    first, second = (json.loads(body) for _, body, _ in receiver.got)
    assert int(first["timestamp"]) < int(second["timestamp"])
    assert first["sign"] != second["sign"]


@pytest.mark.parametrize(
    ("form", "answer"),
    [
        ("slack", text(429, "rate_limited", Retry_After="1")),
        ("feishu", text(429, '{"code":99991400,"msg":"x"}', "application/json", Retry_After="1")),
        ("discord", text(429, '{"message":"x","retry_after":1.02}', "application/json")),
        ("teams", text(429, "", Retry_After="1")),
        ("ntfy", text(429, '{"code":42901,"error":"limit"}', "application/json", Retry_After="1")),
    ],
)
async def test_a_chat_that_asks_for_quiet_gets_it(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver, form: str, answer: Answers
) -> None:
    receiver.otherwise = UNSIGNED[form]
    receiver.answers = [answer]
    for number in range(2):
        await write(store, keys, sent("reported", f"c{number}-v1"))
    run(outbox, receiver, format=form)
    await settled(outbox)
    times = [at for _, _, at in receiver.got]
    assert len(times) == 3 and times[1] - times[0] > 0.99


@pytest.mark.parametrize(
    ("form", "busy"),
    [
        ("feishu", code(11232, "frequency limited psm")),
        ("feishu", code(9499, "too many request")),
        ("slack", text(200, "rate_limited")),
        ("teams", text(200, TEAMS_FAILED.format(429))),
        ("dingtalk", text(200, '{"errcode":-1,"errmsg":"系统繁忙"}', "application/json")),
        ("wecom", text(200, '{"errcode":-1,"errmsg":"system busy"}', "application/json")),
    ],
)
async def test_a_limit_in_the_body_is_waited_out(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver, form: str, busy: Answers
) -> None:
    receiver.otherwise = UNSIGNED[form]
    receiver.answers = [busy, busy]
    await write(store, keys, sent("reported"))
    run(outbox, receiver, format=form)
    assert (await one(outbox, "delivered")).attempts == 3


@pytest.mark.parametrize(
    ("form", "answer", "status", "reason"),
    [
        ("slack", text(400, "invalid_blocks"), 400, "http 400: invalid_blocks"),
        ("slack", text(403, "action_prohibited"), 403, "http 403: action_prohibited"),
        ("slack", text(404, "no_service"), 404, "http 404: no_service"),
        ("feishu", code(19021, "sign match fail"), 200, "code 19021: sign match fail"),
        ("feishu", code(19022, "Ip Not Allowed"), 200, "code 19022: Ip Not Allowed"),
        ("feishu", code(19024, "Key Words Not Found"), 200, "code 19024: Key Words Not Found"),
        ("feishu", code(9499, "Bad Request"), 200, "code 9499: Bad Request"),
        (
            "feishu",
            text(404, HTML),
            404,
            "http 404: <html><body><h1>503</h1> [31m backend of *********?********* is away",
        ),
        (
            "discord",
            text(404, '{"message":"Unknown Webhook KEY","code":10015}', "application/json"),
            404,
            "code 10015: Unknown Webhook ***",
        ),
        ("teams", text(200, TEAMS_FAILED.format(413)), 200, "http 200: Webhook message delivery failed"),
        ("teams", text(400, '{"error":{"code":"X"}}', "application/json"), 400, "http 400: "),
        ("dingtalk", errcode(310000, "sign not match"), 200, "code 310000: sign not match"),
        ("wecom", errcode(93000, "invalid webhook url"), 200, "code 93000: invalid webhook url"),
        ("ntfy", text(403, '{"code":40301,"error":"forbidden"}'), 403, "code 40301: forbidden"),
    ],
)
async def test_what_does_not_pass_is_dead_at_once(
    run: Runner,
    outbox: Outbox,
    store: Store,
    keys: Keys,
    receiver: Receiver,
    caplog: pytest.LogCaptureFixture,
    form: str,
    answer: Answers,
    status: int,
    reason: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    receiver.answers = [answer]
    await write(store, keys, sent("reported"))
    run(outbox, receiver, format=form)
    delivery = await one(outbox, "dead")
    assert (delivery.attempts, delivery.last_status) == (1, status)
    assert delivery.last_error.startswith(reason)
    assert len(delivery.last_error) <= 200
    assert "KEY" not in delivery.last_error and "\x1b" not in delivery.last_error
    await wait_until(lambda: run.counted()["dead"] == 1 and run.dead_letters() == 1)
    assert len(receiver.got) == 1
    assert "KEY" not in str([vars(record) for record in caplog.records if record.name.startswith("monitor")])
    receiver.otherwise = UNSIGNED[form]
    await outbox.replay("c1-v1")
    await one(outbox, "delivered")


@pytest.mark.parametrize(
    ("form", "answer", "status", "reason"),
    [
        (
            "slack",
            text(200, "<html>sign in at /hook/KEY</html>"),
            200,
            "http 200: <html>sign in at *********</html>",
        ),
        ("slack", status(302, Location="/elsewhere"), 302, "http 302: no"),
        ("feishu", text(200, "ok"), 200, "http 200: ok"),
        ("slack", endless, 200, "http 200: " + "x" * 190),
        ("feishu", endless, 200, "http 200: " + "x" * 190),
        ("discord", text(200, "<html>sign in"), 200, "http 200: <html>sign in"),
        ("discord", status(302, Location="/elsewhere"), 302, "http 302: no"),
        ("dingtalk", endless, 200, "http 200: " + "x" * 190),
        ("wecom", text(200, "ok"), 200, "http 200: ok"),
        ("ntfy", endless, 200, "http 200: " + "x" * 190),
    ],
)
async def test_what_is_no_word_of_the_service_is_tried_again(
    run: Runner,
    outbox: Outbox,
    store: Store,
    keys: Keys,
    receiver: Receiver,
    form: str,
    answer: Answers,
    status: int,
    reason: str,
) -> None:
    """A login page, a redirect, a proxy's empty answer: what stands in between goes away."""
    receiver.answers = [answer] * 2
    await write(store, keys, sent("reported"))
    run(outbox, receiver, format=form, schedule=[0.01])
    delivery = await one(outbox, "dead")
    assert (delivery.attempts, delivery.last_status) == (2, status)
    assert delivery.last_error.startswith(reason)


@pytest.mark.parametrize(
    ("secret", "clock"),
    [("another", time.time), (SECRET, lambda: time.time() + 4000), (SECRET, lambda: time.time() - 4000)],
)
async def test_feishu_refuses_a_wrong_secret_and_a_wrong_clock(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver, secret: str, clock: Any
) -> None:
    receiver.otherwise = feishu(SECRET, clock)
    await write(store, keys, sent("reported"))
    run(outbox, receiver, format="feishu", secret=secret)
    delivery = await one(outbox, "dead")
    assert (delivery.attempts, delivery.last_status) == (1, 200)
    assert delivery.last_error.startswith("code 19021: sign match fail")


@pytest.mark.parametrize(
    ("secret", "clock"),
    [("another", time.time), (SECRET, lambda: time.time() + 4000), (SECRET, lambda: time.time() - 4000)],
)
async def test_dingtalk_refuses_a_wrong_secret_and_a_wrong_clock(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver, secret: str, clock: Any
) -> None:
    receiver.otherwise = services.dingtalk(SECRET, clock)
    await write(store, keys, sent("reported"))
    run(outbox, receiver, format="dingtalk", secret=secret)
    delivery = await one(outbox, "dead")
    assert (delivery.attempts, delivery.last_status) == (1, 200)
    assert delivery.last_error.startswith("code 310000: sign not match")


async def test_ntfy_refuses_a_wrong_token(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    receiver.otherwise = services.ntfy(SECRET)
    await write(store, keys, sent("reported"))
    run(outbox, receiver, format="ntfy", secret="another")
    delivery = await one(outbox, "dead")
    assert (delivery.last_status, delivery.last_error) == (401, "code 40101: unauthorized")


@pytest.mark.parametrize("form", list(UNSIGNED))
async def test_a_channel_that_is_gone_is_asked_no_more(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver, form: str
) -> None:
    receiver.otherwise = text(410, "channel_is_archived")
    await write(store, keys, sent("reported"))
    run(outbox, receiver, format=form)
    delivery = await one(outbox, "dead")
    assert (delivery.last_status, delivery.last_error) == (410, "http 410: channel_is_archived")
    await write(store, keys, sent("confirmed", "c1-v2"))
    await wait_until(lambda: run.dead_letters() == 2)
    assert len(receiver.got) == 1


async def test_after_the_last_delay_a_chat_is_dead_too(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    receiver.answers = [text(500, "fatal_error")] * 3
    await write(store, keys, sent("reported"))
    run(outbox, receiver, schedule=[0.02, 0.02], format="slack")
    delivery = await one(outbox, "dead")
    assert (delivery.attempts, delivery.last_error) == (3, "http 500: fatal_error")


async def test_the_url_is_in_no_record(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    """Nothing under the prefix holds the key: neither the delivery nor the alert."""
    receiver.answers = [text(400, f"cannot post to {receiver.url}")]
    await write(store, keys, sent("reported"))
    run(outbox, receiver, format="slack")
    delivery = await one(outbox, "dead")
    assert delivery.last_error.startswith("http 400: cannot post to http://127.0.0.1:")
    found = await store.call("KEYS", f"{keys.prefix}:*")
    assert found
    for key in found:
        assert b"KEY" not in await store.call("DUMP", key)


async def test_a_waiting_alert_says_why(
    run: Runner, outbox: Outbox, store: Store, keys: Keys, receiver: Receiver
) -> None:
    receiver.answers = [text(503, HTML, Retry_After="100")]
    await write(store, keys, sent("reported"))
    run(outbox, receiver, format="feishu")
    (delivery,) = await wait_until(lambda: tried(outbox))
    assert delivery.last_error.startswith("http 503: <html><body><h1>503</h1> [31m backend of ***")
    assert 98 < (delivery.next_at - delivery.last_at).total_seconds() < 102
