"""The pure parts of delivery: the signed message, what an answer means, and the signal."""

from __future__ import annotations

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from standardwebhooks import Webhook, WebhookVerificationError

from monitor.alert import Alert, AlertData
from monitor.consume.notify import standard
from monitor.consume.notify.policy import Answer, Verdict, judge
from monitor.consume.notify.signal import Signal
from monitor.http import Response
from monitor.values import signing_key

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_" + "b3RoZXIh" * 4
ALERT = Alert(
    id="qwen-junyang-lin-1-v2",
    type="departure.confirmed",
    timestamp=datetime(2026, 3, 4, 9, 30, tzinfo=timezone(timedelta(hours=8))).astimezone(UTC),
    data=AlertData(person={"id": "junyang-lin", "name": "林俊旸"}, previous_status="reported"),
    endpoints=["ops"],
)


def key(secret: str) -> bytes:
    return signing_key(SecretStr(secret))


def test_the_published_vector() -> None:
    signature = standard.sign(
        key(SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    )
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_body_is_type_timestamp_and_data() -> None:
    message = json.loads(standard.body(ALERT))
    assert set(message) == {"type", "timestamp", "data"}
    assert message["type"] == "departure.confirmed"
    assert message["timestamp"] == "2026-03-04T01:30:00Z"
    assert message["data"]["person"] == {"id": "junyang-lin", "name": "林俊旸"}
    assert message["data"]["previous_status"] == "reported"
    assert "ops" not in standard.body(ALERT).decode()


@pytest.mark.parametrize("secret", [SECRET, OTHER])
def test_either_of_two_secrets_verifies(secret: str) -> None:
    body = standard.body(ALERT)
    headers = standard.headers(ALERT.id, int(time.time()), body, [key(SECRET), key(OTHER)])
    assert headers["content-type"] == "application/json"
    assert len(headers["webhook-signature"].split()) == 2
    assert Webhook(secret).verify(body, headers) == json.loads(body)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body + b" ", headers)


@settings(deadline=None)
@given(st.binary(min_size=24, max_size=64), st.text(), st.integers(0, 2**31))
def test_signatures_are_those_of_the_reference(secret: bytes, text: str, at: int) -> None:
    text = text.encode("utf-8", "replace").decode()
    expected = Webhook(secret).sign("id", datetime.fromtimestamp(at, tz=UTC), text)
    assert standard.sign(secret, "id", at, text.encode()) == expected


SCHEDULE = [5.0, 30.0, 120.0]


def answered(status: int, **headers: str) -> Answer:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return standard.read(Response(status, given, b"no"), 0)


@pytest.mark.parametrize(
    ("answer", "failed", "verdict"),
    [
        (answered(200), 0, Verdict("delivered")),
        (answered(204), 9, Verdict("delivered")),
        (answered(299, Retry_After="5"), 0, Verdict("delivered")),
        (answered(199), 0, Verdict("retry", 5.0, "http 199")),
        (answered(302), 0, Verdict("retry", 5.0, "http 302")),
        (answered(400), 0, Verdict("retry", 5.0, "http 400")),
        (answered(404), 1, Verdict("retry", 30.0, "http 404")),
        (answered(500), 2, Verdict("retry", 120.0, "http 500")),
        (answered(500), 3, Verdict("dead", 0.0, "http 500")),
        (answered(410), 0, Verdict("gone", 0.0, "gone")),
        (answered(410, Retry_After="5"), 0, Verdict("gone", 0.0, "gone")),
        (answered(429, Retry_After="77"), 0, Verdict("retry", 77.0, "http 429")),
        (answered(503, Retry_After="1"), 2, Verdict("retry", 1.0, "http 503", 120.0)),
        (answered(503, Retry_After="1"), 3, Verdict("dead", 0.0, "http 503")),
        (Answer("retry", "timeout"), 0, Verdict("retry", 5.0, "timeout")),
        (Answer("retry", "reset"), 3, Verdict("dead", 0.0, "reset")),
    ],
)
def test_what_an_answer_means(answer: Answer, failed: int, verdict: Verdict) -> None:
    assert judge(answer, failed, SCHEDULE, 0.5) == verdict


def test_without_a_schedule_nothing_is_tried_again() -> None:
    assert judge(answered(500), 0, [], 0.5).outcome == "dead"


@settings(deadline=None)
@given(
    st.integers(100, 599), st.integers(0, 20), st.lists(st.floats(0.01, 1e6), max_size=12), st.floats(0, 1)
)
def test_the_wait_is_the_scheduled_one_by_a_fifth(
    status: int, failed: int, schedule: list[float], chance: float
) -> None:
    verdict = judge(answered(status), failed, schedule, chance)
    assert (verdict.outcome == "delivered") is (200 <= status < 300)
    assert (verdict.outcome == "retry") is (verdict.after > 0)
    if verdict.outcome == "retry":
        assert failed < len(schedule)
        assert 0.799 * schedule[failed] <= verdict.after <= 1.201 * schedule[failed]


async def test_a_signal_wakes_all_who_wait() -> None:
    signal = Signal()
    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        for _ in range(3):
            group.create_task(signal.wait(signal.count, 3600))
        await asyncio.sleep(0.01)
        signal.set()


async def test_a_signal_before_the_wait_is_not_lost() -> None:
    signal = Signal()
    seen = signal.count
    signal.set()
    async with asyncio.timeout(60):
        await signal.wait(seen, 3600)


async def test_a_wait_ends_by_itself_and_by_cancelling() -> None:
    signal = Signal()
    await signal.wait(signal.count, 0.01)
    for _ in range(50):
        task = asyncio.create_task(signal.wait(signal.count, 3600))
        await asyncio.sleep(0)
        signal.set()
        task.cancel()
        await asyncio.wait([task], timeout=60)
        assert task.cancelled()
