"""The chat formats by themselves: hostile texts open nothing, limits hold, and what answers mean."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, get_args
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.alert import Alert, AlertData, Mood
from monitor.consume.notify import feishu, slack
from monitor.consume.notify.attempt import Attempt
from monitor.consume.notify.formats import FORMATS, SENDERS
from monitor.consume.notify.policy import Answer, presentable
from monitor.endpoint import Endpoint
from monitor.http import Response
from monitor.model import STATUSES, Blind, Case, Change, ClaimKind, Evidence, Who

from ..lab import NOW
from .test_notify_golden import ALERTS, FORMS, endpoint, posted

NASTY = [
    *(
        "<!channel>",
        "<!here|here>",
        "@channel",
        "@here",
        "@everyone",
        "<@U123>",
        "<https://evil.example|bank>",
    ),
    *("<at id=all></at>", "< at id='all'>", '<AT user_id="all">', "</at>", "[bank](https://evil.example)"),
    *(
        "*bold*",
        "_it_",
        "~no~",
        "`code`",
        "```",
        "\n> quote",
        "\n# head",
        "&amp;",
        "&",
        "<",
        ">",
        "&lt;!channel&gt;",
    ),
    *(
        "\u202e",
        "\u2066",
        "\x00",
        "\x1b[2J",
        "\u200b",
        "\ufeff",
        "\ud800",
        "\U0001f469\u200d\U0001f680",
        "“",
        "”",
    ),
    *("](http://evil.example)", "https://evil.example", "{{DATE(2020-01-01T00:00:00Z)}}", "${x}", "<@all>"),
    *("||spoiler||", "1. ", "- ", "+ ", ":smile:", "<t:1:R>", '<font color="warning">', "www.evil.example"),
    *("{name}", "{0}", "%s", '"', "\\", "\\u003c", "𠮷" * 40, "e" + "\u0301" * 20, "林俊旸"),
]
TEXT = st.builds(
    lambda parts, times: "".join(parts) * times,
    st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=20)), max_size=12),
    st.sampled_from([1, 1, 1, 40, 400]),
)
TIMES = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))
URLS = st.one_of(st.none(), TEXT, st.builds(lambda text: "https://daily.example/" + text, TEXT))
EVIDENCE = st.builds(
    Evidence,
    source=TEXT,
    post_id=TEXT,
    url=URLS,
    author=st.builds(Who, st.none(), st.none() | TEXT, st.none() | TEXT),
    claim=st.sampled_from(get_args(ClaimKind)),
    excerpt=TEXT,
    created_at=TIMES,
    strength=st.sampled_from(["strong", "medium", "weak", "none"]),
    rule=st.sampled_from(["", "hedged might", "person.announcement x", "outlet.report"]) | TEXT,
)
CHANGES = st.builds(
    Change,
    at=TIMES,
    from_=st.none() | st.sampled_from(STATUSES),
    to=st.sampled_from(STATUSES),
    rule=st.sampled_from(["person.denial", "operator.dismiss", ""]) | TEXT,
    note=TEXT,
)
CASES = st.builds(
    Case,
    id=TEXT,
    version=st.integers(1, 9),
    person=TEXT,
    name=TEXT,
    organisation=TEXT,
    status=st.sampled_from(STATUSES),
    opened_at=TIMES,
    changed_at=TIMES,
    first_seen=TIMES,
    voices=st.integers(0, 10**9),
    history=st.lists(CHANGES, max_size=3),
    evidence=st.lists(EVIDENCE, max_size=5),
    blind=st.lists(st.builds(Blind, source=TEXT, from_=TIMES, to=st.none() | TIMES), max_size=7),
)
THINGS = st.none() | st.fixed_dictionaries({"name": TEXT, "role": st.none() | TEXT, "listed": st.booleans()})
TYPES = [*(f"departure.{status}" for status in STATUSES), "monitor.test", "source.blind", "other"]
HOSTILE = st.builds(
    Alert,
    id=TEXT,
    type=st.sampled_from(TYPES),
    timestamp=TIMES,
    data=st.builds(
        AlertData,
        case=st.none() | CASES,
        previous_status=st.none() | st.sampled_from(STATUSES),
        person=THINGS,
        organisation=THINGS,
        reaction=st.none()
        | st.builds(Mood, st.integers(0, 10**9), st.none() | st.floats(-1, 1), st.integers(0, 9)),
        message=st.none() | TEXT,
    ),
)
LANGUAGES = st.sampled_from(["en", "zh"])


def strings(value: Any) -> Iterator[str]:
    """All the text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


def assert_visible(text: str) -> None:
    assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    assert not re.search("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]", text)


def with_blocks(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for block in value["blocks"]:
        yield from block["elements"] if block["type"] == "context" else [block["text"]]


ANCHOR = re.compile(r"<(https?://[!-;=?-{}~]+)\|([a-z0-9.-]+(:[0-9]+)?)>")


@settings(deadline=None, max_examples=150)
@given(HOSTILE, LANGUAGES)
@example(ALERTS["confirmed"], "en")
def test_slack_shows_hostile_texts_and_opens_nothing(one: Alert, language: Any) -> None:
    message = posted("slack", one, language)
    for text in strings(message):
        assert_visible(text)
    assert 2 <= len(message["blocks"]) <= 50
    assert message["blocks"][0]["type"] == "header"
    assert len(message["blocks"][0]["text"]["text"].encode("utf-16-le")) <= 300
    for text in with_blocks(message):
        said = text["text"]
        assert 0 < len(said.encode("utf-16-le")) <= 6000
        if text["type"] == "mrkdwn":
            assert (anchor := ANCHOR.fullmatch(said))
            assert urlsplit(html.unescape(anchor[1])).netloc == anchor[2]
        else:
            assert text["type"] == "plain_text" and text["emoji"] is False
            assert not re.search("[<>]|&(?!amp;|lt;|gt;)", said)
            assert not re.search("@(channel|here|everyone|all)", said, re.IGNORECASE)
    *lines, last = message["text"].split("\n")
    lines += [] if ANCHOR.fullmatch(last) else [last]
    assert len(lines) <= 3 and len(message["text"]) < 6000
    for line in lines:
        assert not re.search(r"[<>*_~`@\[\]|]|&(?!amp;|lt;|gt;)", line)
    assert lines[0]


def test_slack_quotes_what_was_said() -> None:
    said = "R&D <3 *really* _gone_, they `quit` @channel"
    evidence = Evidence(source="x", post_id="1", claim="rumoured", excerpt=said, created_at=NOW)
    data = ALERTS["rumoured"].data
    assert data.case
    one = Alert(
        id="a",
        type="departure.rumoured",
        timestamp=NOW,
        data=AlertData(case=Case(**{**as_fields(data.case), "evidence": [evidence]})),
    )
    shown = [html.unescape(text["text"]) for text in with_blocks(posted("slack", one))]
    assert f"“{said.replace('@channel', '＠channel')}”" in shown


def as_fields(struct: Any) -> dict[str, Any]:
    return {name: getattr(struct, name) for name in struct.__struct_fields__}


@settings(deadline=None, max_examples=150)
@given(HOSTILE, LANGUAGES)
@example(ALERTS["confirmed"], "en")
def test_feishu_shows_hostile_texts_and_opens_nothing(one: Alert, language: Any) -> None:
    request = FORMATS["feishu"].request(Attempt(one.id, one, endpoint("feishu"), 0, language))
    assert len(request.body) <= 20_000
    message = json.loads(request.body)
    assert set(message) == {"msg_type", "card"}
    for text in strings(message):
        assert_visible(text)
        assert "\n" not in text
        assert not re.search(r"<[\s/]*at\b|\]\s*\(", text, re.IGNORECASE)
    assert message["card"]["header"]["title"]["content"]
    for element in message["card"]["elements"]:
        assert element["tag"] in ("div", "note", "hr", "action")
        inner = (
            element.get("elements") or element.get("actions") or [element["text"]] if len(element) > 1 else []
        )
        for part in inner:
            if part["tag"] == "button":
                assert part["text"]["tag"] == "plain_text"
                assert part["url"].isascii() and urlsplit(part["url"]).netloc == part["text"]["content"]
                assert part["url"].startswith(("https://", "http://"))
            else:
                assert part["tag"] == "plain_text" and part["content"]


def test_feishu_cuts_the_words_first() -> None:
    """Four bytes a character, three pieces with the longest links, and the JSON of quotation marks."""
    evidence = [
        Evidence(
            source="news" * 16,
            post_id=str(n),
            url=f"https://{'a' * 60}.example/{n}" + "x" * 1900,
            author=Who(None, "𠮷" * 512),
            claim="reported",
            excerpt=f"{n}" + '"𠮷' * 140,
            created_at=NOW,
        )
        for n in range(3)
    ]
    data = ALERTS["reported"].data
    assert data.case
    note = Change(at=NOW, from_=None, to="reported", rule="x", note="𠮷" * 900)
    fields = {**as_fields(data.case), "evidence": evidence, "name": "𠮷" * 600, "history": [note]}
    fields["blind"] = [Blind(source="𠮷" * 64, from_=NOW)] * 9
    one = Alert(id="a", type="departure.reported", timestamp=NOW, data=AlertData(case=Case(**fields)))
    request = feishu.request(Attempt("a", one, endpoint("feishu"), 0))
    assert 10_000 < len(request.body) <= 20_000
    text = request.body.decode()
    assert text.count('"button"') == 3 and "not confirmed" in text
    assert 0 < text.count("𠮷…”") <= 6


def test_where_room_is_short_title_status_and_links_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = json.loads(feishu.request(Attempt("a", ALERTS["confirmed"], endpoint("feishu"), 0)).body)
    sizes = []
    for largest in (2400, 2200, 1900):
        monkeypatch.setattr(feishu, "LARGEST", largest)
        body = feishu.request(Attempt("a", ALERTS["confirmed"], endpoint("feishu"), 0)).body
        message = json.loads(body)
        assert message["card"]["header"] == whole["card"]["header"]
        assert message["card"]["elements"][:2] == whole["card"]["elements"][:2]
        assert body.count(b'"button"') == 3
        sizes.append(len(body))
    assert sizes[0] > sizes[1] > sizes[2]
    assert not any(words in body.decode() for words in ("最后一天", "hearing that", "research lead at"))


def test_feishus_published_signature() -> None:
    assert feishu.sign("test-secret", 1599360473) == "wSds2BzzFIIGf/WrhUO+NI1q/9j+FRJd3JNHKAq0NZY="


def test_feishu_signs_only_with_a_secret_and_each_attempt_anew() -> None:
    bare = feishu.request(Attempt("a", ALERTS["test"], endpoint("feishu"), 7.5))
    assert "sign" not in json.loads(bare.body) and "timestamp" not in json.loads(bare.body)
    signed = [
        json.loads(feishu.request(Attempt("a", ALERTS["test"], endpoint("feishu", secret="s"), at)).body)
        for at in (7.9, 8.0)
    ]
    assert [message["timestamp"] for message in signed] == ["7", "8"]
    assert signed[0]["sign"] != signed[1]["sign"]
    assert signed[0]["card"] == signed[1]["card"]


def test_every_format_of_the_settings_is_registered() -> None:
    assert set(FORMATS) | set(SENDERS) == set(get_args(Endpoint.model_fields["format"].annotation))
    assert "KEY" not in repr(FORMATS["slack"].request(Attempt("a", ALERTS["test"], endpoint("slack"), 0)))


def read(form: str, status: int, body: Any = b"", **headers: str) -> Answer:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return FORMATS[form].read(Response(status, given, content), 0)


BOTH = [
    (400, "dead"),
    (401, "dead"),
    (403, "dead"),
    (404, "dead"),
    (410, "gone"),
    (413, "dead"),
    (301, "retry"),
    (302, "retry"),
    (408, "retry"),
    (425, "retry"),
    (429, "retry"),
    (500, "retry"),
    (502, "retry"),
    (503, "retry"),
    (504, "retry"),
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "body", [b"", b"<html>oops</html>", b"ok", b'{"code":0}', b"\xff\xfe", b"[" * 60_000]
)
@pytest.mark.parametrize(("status", "outcome"), BOTH)
def test_what_a_status_means_in_a_chat(form: str, body: bytes, status: int, outcome: str) -> None:
    answer = read(form, status, body, Retry_After="9")
    assert (answer.outcome, answer.status) == (outcome, status)
    assert answer.retry_after == (9.0 if outcome == "retry" else None)
    assert answer.reason


@pytest.mark.parametrize(
    ("body", "outcome", "reason"),
    [
        (b"ok", "delivered", ""),
        (b"ok\n", "delivered", ""),
        (b"", "retry", "http 200"),
        (b"okay", "dead", "http 200: okay"),
        (b"invalid_payload", "dead", "http 200: invalid_payload"),
        (b"no_service", "dead", "http 200: no_service"),
        (b"channel_is_archived", "dead", "http 200: channel_is_archived"),
        (b"rate_limited", "retry", "http 200: rate_limited"),
        (b"rollup_error", "retry", "http 200: rollup_error"),
        (b'{"ok":false,"error":"ratelimited"}', "retry", 'http 200: {"ok":false,"error":"ratelimited"}'),
        (b"service_unavailable", "retry", "http 200: service_unavailable"),
        (b"<html>sign in</html>", "retry", "http 200: <html>sign in</html>"),
    ],
)
def test_what_slack_says(body: bytes, outcome: str, reason: str) -> None:
    answer = slack.read(Response(200, {}, body), 0)
    assert (answer.outcome, answer.reason) == (outcome, reason)


@pytest.mark.parametrize(
    ("status", "body", "outcome", "reason"),
    [
        (200, {"code": 0, "msg": "success", "data": {}}, "delivered", ""),
        (200, {"StatusCode": 0, "StatusMessage": "success"}, "delivered", ""),
        (200, {"Extra": None, "StatusCode": 0, "code": 0}, "delivered", ""),
        (200, {"code": 19021, "msg": "sign match fail"}, "dead", "code 19021: sign match fail"),
        (200, {"code": 19022, "msg": "Ip Not Allowed"}, "dead", "code 19022: Ip Not Allowed"),
        (200, {"code": 19024, "msg": "Key Words Not Found"}, "dead", "code 19024: Key Words Not Found"),
        (200, {"code": 19001, "msg": "token invalid"}, "dead", "code 19001: token invalid"),
        (200, {"StatusCode": 19001, "StatusMessage": "x"}, "dead", "code 19001: x"),
        (200, {"StatusCode": 0, "code": 19024, "msg": "x"}, "dead", "code 19024: x"),
        (200, {"code": 11232, "msg": "frequency limited psm"}, "retry", "code 11232: frequency limited psm"),
        (200, {"code": 9499, "msg": "too many request"}, "retry", "code 9499: too many request"),
        (400, {"code": 9499, "msg": "frequency limit"}, "retry", "code 9499: frequency limit"),
        (200, {"code": 9499, "msg": "Bad Request"}, "dead", "code 9499: Bad Request"),
        (400, {"code": 9499, "msg": "Bad Request"}, "dead", "code 9499: Bad Request"),
        (500, {"code": 19021, "msg": "x"}, "retry", "code 19021: x"),
        (500, {"code": 0, "msg": "x"}, "retry", "code 0: x"),
        (200, {"code": False}, "retry", 'http 200: {"code": false}'),
        (200, {"code": "0"}, "retry", 'http 200: {"code": "0"}'),
        (200, {}, "retry", "http 200: {}"),
        (200, [0], "retry", "http 200: [0]"),
        (200, b"<html>", "retry", "http 200: <html>"),
        (200, b"ok", "retry", "http 200: ok"),
        (200, b"", "retry", "http 200"),
    ],
)
def test_what_feishu_says(status: int, body: Any, outcome: str, reason: str) -> None:
    answer = read("feishu", status, body)
    assert (answer.outcome, answer.reason) == (outcome, reason)


@pytest.mark.parametrize("form", FORMS)
def test_an_answer_that_breaks_off_says_nothing(form: str) -> None:
    answer = FORMATS[form].read(Response(200, {}, b"", complete=False), 0)
    assert (answer.outcome, answer.reason) == ("retry", "the answer broke off")
    assert FORMATS[form].read(Response(404, {}, b"", complete=False), 0).outcome == "dead"


URL = "https://hooks.example/services/T0AB/B0CD/sEcReTkEyOfTheHook?token=Tk1&at=long%2Fvalue"


@pytest.mark.parametrize(
    "echo",
    [
        URL,
        URL.removeprefix("https://hooks.example"),
        URL.upper(),
        URL.replace("/", "\\/"),
        URL.replace("&", "&amp;"),
        "no route to /services/T0AB/B0CD/sEcReTkEyOfTheHook",
        "token=Tk1 and long/value",
        "x" * 190 + "sEcReTkEyOfTheHook",
        "sEcReT\x00kEy".replace("\x00", "") + "OfTheHook\u202e",
        "\n" * 60_000 + URL,
    ],
)
def test_a_reason_never_holds_what_is_secret_in_the_url(echo: str) -> None:
    shown = presentable(f"http 404: {echo}", URL)
    assert len(shown) <= 200
    assert shown.startswith("http 404")
    for secret in ("T0AB", "B0CD", "sEcReT", "Tk1", "long/value", "long%2Fvalue"):
        assert secret.casefold() not in shown.casefold()
    assert_visible(shown)


@pytest.mark.parametrize(
    ("url", "secret", "echo", "kept"),
    [
        ("https://ntfy.example/lab", "tk_Abc123", "Authorization: Bearer tk_Abc123", "Bearer *********"),
        ("https://ops.example/x1", "kUrz9", "token kurz9, kUrz9", "kurz9, *****"),
        ("https://u:pA55@ops.example/x1", "", "Basic dTpwQTU1 of pA55", "Basic ******** of ****"),
        ("https://d.example/send?access_token=A%2Bb%2Fc", "", "no A%2Bb/c here", "no ******* here"),
        ("https://d.example/send?access_token=A%2Bb%2Fc", "", "no A+b/c here", "no ***** here"),
    ],
)
def test_a_reason_holds_neither_a_token_nor_a_login_nor_the_url_as_it_was_sent(
    url: str, secret: str, echo: str, kept: str
) -> None:
    shown = presentable(f"http 401: {echo}", url, [secret])
    assert shown.endswith(kept)


def test_a_reason_keeps_its_words() -> None:
    url = "https://open.example/open-apis/bot/v2/hook/0a1b2c3d-1111-2222-3333-444455556666"
    assert presentable("code 19001: bot hook not found", url) == "code 19001: bot hook not found"
