"""The formats of services that read marks: hostile texts open nothing, limits hold, and what answers mean."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import example, given, settings
from yarl import URL as URL_OF

from monitor.alert import Alert, AlertData, Digest
from monitor.consume.notify import dingtalk, discord, feishu, ntfy, rows, slack
from monitor.consume.notify.attempt import Attempt, Request, message_of
from monitor.consume.notify.formats import FORMATS
from monitor.consume.notify.hostile import Link
from monitor.consume.notify.message import Message, Piece
from monitor.consume.notify.wording import Language
from monitor.endpoint import Endpoint
from monitor.http import Response
from monitor.model import Blind, Case, Change, Evidence, Who

from ..lab import NOW
from .test_notify_formats import HOSTILE, LANGUAGES, as_fields, assert_visible, read, strings
from .test_notify_golden import ALERTS, FORMS, NOTICES, SHOWN, SIGNING, endpoint, posted

MARKED = ("discord", "teams", "dingtalk", "wecom", "ntfy")
LIMITS = {"slack": 300_000, "feishu": 20_000, "teams": 28_000, "dingtalk": 20_000, "ntfy": 8192}
URL = r"https?://[!-'*-;=?-Z^-~]+"
HOST = r"[a-z0-9.-]+(?::[0-9]+)?"


def request(form: str, one: Alert, language: Language = "en", **more: Any) -> Request:
    return FORMATS[form].request(Attempt(one.id, one, endpoint(form, **more), 0, language))


def saying(words: str, name: str = "Mara Venn") -> Alert:
    """A rumour in these words, of somebody with this name, by somebody who calls himself so too."""
    data = ALERTS["rumoured"].data
    assert data.case
    evidence = Evidence(
        source="x",
        post_id="1",
        url="https://daily.example/1",
        author=Who(None, name, name),
        claim="rumoured",
        excerpt=words,
        created_at=NOW,
    )
    fields = {**as_fields(data.case), "evidence": [evidence], "name": name}
    return Alert(id="a", type="departure.rumoured", timestamp=NOW, data=AlertData(case=Case(**fields)))


def worst(kind: str = "reported") -> Alert:
    """Four bytes a character, marks that take an escape, and the longest of everything."""
    evidence = [
        Evidence(
            source="*_`" * 16,
            post_id=str(n),
            url=f"https://{'a' * 60}.example/{n}" + "x" * (1900 - 900 * (n == 2)),
            author=Who(None, "𠮷*" * 256),
            claim="denied" if kind == "denied" else "reported",
            excerpt=f"{n}" + '"𠮷\\' * 90 + "*_`[]<@:" * 9_999,
            created_at=NOW,
        )
        for n in range(3)
    ]
    data = ALERTS[kind].data
    assert data.case
    note = Change(at=NOW, from_="reported", to=data.case.status, rule="x", note="𠮷<" * 450)
    fields = {**as_fields(data.case), "evidence": evidence, "name": "𠮷*[" * 200, "history": [note]}
    fields |= {"blind": [Blind(source="𠮷_" * 32, from_=NOW)] * 9, "organisation": "@:x:" * 99}
    fields |= {"destination": "𠮷" * 90, "replacement": "𠮷" * 90, "id": "𠮷" * 999}
    thing = {"name": "@:x:𠮷" * 99, "role": "`" * 200, "listed": True}
    data = AlertData(case=Case(**fields), person=thing, organisation=thing)
    return Alert(id="a", type=f"departure.{kind}", timestamp=NOW, data=data)


def assert_within(form: str, body: bytes) -> None:
    """The limits of each service, counted the stricter way where it does not say how."""
    assert len(body) <= LIMITS.get(form, 20_000)
    message = json.loads(body)
    if form == "slack":
        assert len(message["blocks"]) <= 50
    elif form == "discord":
        (embed,) = message["embeds"]
        sizes = [
            len(text.encode("utf-16-le")) // 2
            for text in (embed["title"], embed.get("description", "x"), embed["footer"]["text"])
        ]
        assert (
            all(0 < size <= limit for size, limit in zip(sizes, (256, 4096, 2048), strict=True))
            and sum(sizes) <= 6000
        )
    elif form == "teams":
        assert len(body.decode().encode("utf-16-le")) <= 28 * 1024
    elif form == "wecom":
        assert 0 < len(message["markdown"]["content"].encode()) <= 4096
    elif form == "ntfy":
        assert 0 < len(message["message"].encode()) <= 4096


def assert_links(anchors: list[str], one: Alert) -> None:
    """Each link stands under the host that it leads to."""
    for anchor in anchors:
        found = re.fullmatch(rf"\[({HOST})\]\(({URL})\)", anchor)
        assert found and urlsplit(found[2]).netloc == found[1], anchor


ANCHOR = re.compile(r"(?<!\\)\[[^\]]*(?<!\\)\]\([^)]*\)$")


@settings(deadline=None, max_examples=100)
@given(HOSTILE, LANGUAGES)
@example(ALERTS["confirmed"], "en")
@example(worst(), "zh")
def test_discord_shows_hostile_texts_and_opens_nothing(one: Alert, language: Any) -> None:
    body = request("discord", one, language).body
    assert_within("discord", body)
    message = json.loads(body)
    assert set(message) == {"embeds", "allowed_mentions"}
    assert message["allowed_mentions"] == {"parse": []}
    (embed,) = message["embeds"]
    assert set(embed) <= {"title", "description", "color", "footer"}
    for text in strings(message):
        assert_visible(text)
    for number, line in enumerate([embed["title"], *embed.get("description", "").split("\n")]):
        anchors = ANCHOR.findall(line)
        assert_links(anchors, one)
        line = ANCHOR.sub("", line)
        line = re.sub(r"^(> |-# )", "", line)
        line = re.sub(r"^\*\*(.*)\*\*$", r"\1", line) if number == 1 else line
        assert not re.match(r"[#>+-]|[0-9]+[.)]", line)
        left = re.sub(r"\\[^0-9A-Za-z\s]", "·", line)
        assert not re.search(r"[\\*_~`|\[\]<@]|://|:[\w~+-]+:", left), line


def twins(line: str, one: Alert) -> None:
    """Not a mark is left in a row of DingTalk or WeCom but ours."""
    anchors = ANCHOR.findall(line)
    assert_links(anchors, one)
    left = ANCHOR.sub("", line)
    left = re.sub(r'^(### |> |\*\*(?=.*\*\*$)|<font color="comment">)', "", left)
    left = re.sub(r"(\*\*|</font>)$", "", left)
    assert not re.match(r"[#>+=-]|[0-9]+[.)]", left), line
    assert not re.search(r"[\\*~`\[\]<>&@|]|://|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])", left), line


@settings(deadline=None, max_examples=100)
@given(HOSTILE, LANGUAGES)
@example(ALERTS["confirmed"], "en")
@example(worst(), "zh")
def test_dingtalk_shows_hostile_texts_and_opens_nothing(one: Alert, language: Any) -> None:
    body = request("dingtalk", one, language).body
    assert_within("dingtalk", body)
    message = json.loads(body)
    assert set(message) == {"msgtype", "markdown", "at"} and message["at"] == {"isAtAll": False}
    title, text = message["markdown"]["title"], message["markdown"]["text"]
    assert title and len(title) <= 150 and not re.search("[<>@]", title)
    assert_visible(title)
    for line in text.split("\n\n"):
        assert_visible(line)
        assert line and "\n" not in line
        twins(line, one)


@settings(deadline=None, max_examples=100)
@given(HOSTILE, LANGUAGES)
@example(ALERTS["confirmed"], "en")
@example(worst(), "zh")
def test_wecom_shows_hostile_texts_and_opens_nothing(one: Alert, language: Any) -> None:
    body = request("wecom", one, language).body
    assert_within("wecom", body)
    message = json.loads(body)
    assert set(message) == {"msgtype", "markdown"} and set(message["markdown"]) == {"content"}
    for line in message["markdown"]["content"].split("\n"):
        assert_visible(line)
        assert line
        twins(line, one)


@settings(deadline=None, max_examples=100)
@given(HOSTILE, LANGUAGES)
@example(ALERTS["confirmed"], "en")
@example(worst(), "zh")
def test_ntfy_shows_hostile_texts_and_opens_nothing(one: Alert, language: Any) -> None:
    body = request("ntfy", one, language).body
    assert_within("ntfy", body)
    message = json.loads(body)
    assert set(message) - {"click"} == {"topic", "title", "message", "priority", "tags"}
    assert message["topic"] == "KEY" and 1 <= message["priority"] <= 5
    assert message["title"] and len(message["title"]) <= 150
    assert re.fullmatch(URL, message.get("click", "https://x.example/"))
    for text in strings(message):
        assert_visible(text)
    for line in message["message"].split("\n"):
        assert "://" not in line or re.fullmatch(URL, line)


def runs(value: Any) -> Iterator[dict[str, Any]]:
    """The text runs of a card; whatever else shows text is none of ours."""
    if isinstance(value, list):
        for one in value:
            yield from runs(one)
    elif isinstance(value, dict):
        kind = value.get("type")
        assert kind in (
            None,
            "message",
            "AdaptiveCard",
            "Container",
            "RichTextBlock",
            "TextRun",
            "ActionSet",
        ) or (kind == "Action.OpenUrl")
        if kind == "TextRun":
            yield value
        for inner in value.values():
            yield from runs(inner)


def buttons(value: Any) -> list[dict[str, Any]]:
    found = [item for box in value["body"] for item in box.get("items", []) if item["type"] == "ActionSet"]
    return [action for box in found for action in box["actions"]]


@settings(deadline=None, max_examples=100)
@given(HOSTILE, LANGUAGES)
@example(ALERTS["confirmed"], "en")
@example(worst(), "zh")
def test_teams_shows_hostile_texts_and_opens_nothing(one: Alert, language: Any) -> None:
    body = request("teams", one, language).body
    assert_within("teams", body)
    message = json.loads(body)
    ((attachment,),) = [message["attachments"]]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    shown = list(runs(message))
    assert len(shown) >= 2
    for run in shown:
        assert run["text"]
        assert_visible(run["text"])
        assert not re.search(r"\{\s*\{|\$\s*\{|<[\s/]*at\b|\]\s*\(", run["text"], re.IGNORECASE)
    for button in buttons(attachment["content"]):
        assert re.fullmatch(URL, button["url"]) and urlsplit(button["url"]).netloc == button["title"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["reported", "denied"])
@pytest.mark.parametrize("form", FORMS)
def test_the_worst_stays_within_the_limits(form: str, kind: str, language: Language) -> None:
    body = request(form, worst(kind), language).body
    assert_within(form, body)
    attempt = Attempt("a", worst(kind), endpoint(form), 0, language)
    standing = message_of(attempt).standing
    assert standing[:12] in body.decode()


@pytest.mark.parametrize("form", FORMS)
def test_a_message_of_many_lines_stays_within_the_limits(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    link = Link("https://daily.example/" + "x" * 1900, "daily.example")
    pieces = [Piece("“" + "𠮷" * 280, "*" * 200, link)] * 40
    much = Message("notice", "𠮷" * 300, "𠮷" * 300, "𠮷*" * 1500, pieces, ["[𠮷" * 150] * 80, "foot" * 90)
    for module in (rows, slack):
        monkeypatch.setattr(module, "message_of", lambda attempt, words=280: much)
    body = request(form, ALERTS["test"]).body
    assert_within(form, body)
    assert "footfoot" in body.decode()


@pytest.mark.parametrize("form", FORMS)
def test_the_words_give_way_before_the_rest(form: str) -> None:
    """A text of 100 kB is quoted in part; title, status and the link are whole."""
    body = request(form, saying("ab cd " * 17_000)).body.decode()
    assert_within(form, body.encode())
    assert "ab cd ab cd" in body and "https://daily.example/1" in body
    assert "is said to be leaving" in body and "Rumoured, unconfirmed, one voice" in body


SAID = {
    "discord": r"R&D \<3 \*really\* \_gone\_ 5 > 4, \@everyone \<\@12> \[x\](http\://evil.example) 10:30 \:a:",
    "teams": "R&D <3 *really* _gone_ 5 > 4, @everyone <@12> [x］(http://evil.example) 10:30 :a:",
    "dingtalk": "R＆D ＜3 ＊really＊ ＿gone＿ 5 ＞ 4, ＠everyone ＜＠12＞ ［x］(http：//evil.example) 10:30 :a:",
    "wecom": "R＆D ＜3 ＊really＊ ＿gone＿ 5 ＞ 4, ＠everyone ＜＠12＞ ［x］(http：//evil.example) 10:30 :a:",
    "ntfy": "R&D <3 *really* _gone_ 5 > 4, @everyone <@12> [x](http：//evil.example) 10:30 :a:",
}


@pytest.mark.parametrize("form", MARKED)
def test_what_was_said_is_quoted(form: str) -> None:
    said = "R&D <3 *really* _gone_ 5 > 4, @everyone <@12> [x](http://evil.example) 10:30 :a:"
    shown = "\n".join(strings(json.loads(request(form, saying(said)).body)))
    assert f"“{SAID[form]}”" in shown


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "name",
    [
        "Mara](http://evil.example) Venn",
        "[Mara](https://evil.example)",
        "<https://evil.example|Mara>",
        "1. Mara",
        "# Mara",
        "- Mara",
        "> Mara",
        "@everyone",
        "<@all>",
        "<at id=all></at>",
        "{{DATE(2020-01-01T00:00:00Z,SHORT)}}",
        "\u202eareM\u2066",
        "a\x00b\nc\x1b[2J",
    ],
)
def test_a_name_is_a_name(form: str, name: str) -> None:
    """In title and rows, at the beginning of them too, it is no link, mention, list, heading or date."""
    message = json.loads(request(form, saying("x", name)).body)
    for text in strings(message):
        assert_visible(text)
        assert "{{" not in text or form != "teams"
        if form in MARKED and not re.fullmatch(URL, text):
            assert form == "teams" or not re.search(r"(?<!\\)://evil", text)
            assert form == "ntfy" or not re.search(r"(?<!\\)<[\s/]*at\b", text, re.IGNORECASE)
            assert form in ("ntfy", "teams") or not re.search(r"(?<!\\)<@?all", text)
        if form in ("discord", "dingtalk", "wecom"):
            assert not re.search(r"^(#|-|>|1\.) Mara", text, re.MULTILINE)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["test", *NOTICES])
def test_notices_are_told_too(form: str, language: Language, name: str) -> None:
    one = SHOWN[name]
    body = request(form, one, language).body
    assert_within(form, body)
    message = message_of(Attempt(one.id, one, endpoint(form), 0, language))
    shown = "\n".join(strings(json.loads(body)))
    assert message.title in shown.replace("\\", "")
    assert one.id.split("-")[-1] in shown
    assert "@all" not in shown.replace("\\@", "＠") or form in ("slack", "feishu", "teams", "ntfy")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("form", FORMS)
def test_a_digest_of_the_worst_says_how_many_more(form: str, language: Language) -> None:
    """Where there is no room for all cases, fewer are shown, and the rest is counted."""
    case = worst().data.case
    assert case
    digest = Digest(from_=NOW, to=NOW, cases=[case] * 20, more=100)
    one = Alert(id="digest-ops-20260504", type="monitor.digest", timestamp=NOW, data=AlertData(digest=digest))
    body = request(form, one, language).body
    assert_within(form, body)
    shown = body.decode()
    assert any(str(100 + left) in shown for left in range(5, 18))


@pytest.mark.parametrize("form", FORMS)
def test_the_prefix_stands_before_the_title(form: str) -> None:
    shown = json.dumps(json.loads(request(form, ALERTS["reported"], prefix="Watch").body), ensure_ascii=False)
    assert "Watch Reported by" in shown
    assert "Watch" not in request(form, ALERTS["reported"]).body.decode()


# The requests beside their bodies.


def at_url(form: str, url: str, **more: Any) -> Request:
    one = Endpoint(name="ops", url=url, format=form, **more)
    return FORMATS[form].request(Attempt("a", ALERTS["test"], one, 1599360473.0005))


def test_dingtalks_published_signature() -> None:
    assert dingtalk.sign("SECtest", 1599360473000) == "9uMBwWNha8Pcr4QQCL9YQitwL0E0g2JIxycWz23gAkE%3D"


def test_feishus_published_signature() -> None:
    assert feishu.sign("test-secret", 1599360473) == "wSds2BzzFIIGf/WrhUO+NI1q/9j+FRJd3JNHKAq0NZY="


def test_dingtalk_signs_in_the_url() -> None:
    made = at_url("dingtalk", "https://d.example/robot/send?access_token=T%2B1", secret="SECtest")
    assert made.url == (
        "https://d.example/robot/send?access_token=T%2B1&timestamp=1599360473000"
        "&sign=9uMBwWNha8Pcr4QQCL9YQitwL0E0g2JIxycWz23gAkE%3D"
    )
    bare = at_url("dingtalk", "https://d.example/robot/send?access_token=T%2B1")
    assert bare.url == "https://d.example/robot/send?access_token=T%2B1"
    assert made.body == bare.body


def test_each_mark_of_a_signature_survives_the_url() -> None:
    """Base64 has + / and =, which a query would read as something else."""
    for at in range(1599360473000, 1599360473050):
        url = dingtalk.signed("https://d.example/send?access_token=T", "SECtest", at)
        digest = hmac.digest(b"SECtest", f"{at}\nSECtest".encode(), hashlib.sha256)
        query = URL_OF(url).query
        assert (query["access_token"], query["timestamp"]) == ("T", str(at))
        assert base64.b64decode(query["sign"]) == digest


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("", "?wait=true"),
        ("?thread_id=5", "?thread_id=5&wait=true"),
        ("?wait=true&thread_id=5", "?wait=true&thread_id=5"),
        ("?wait=false", "?wait=false"),
        ("?wait", "?wait"),
    ],
)
def test_discord_is_asked_to_wait(given: str, asked: str) -> None:
    url = "https://discord.example/api/webhooks/1/KEY"
    assert at_url("discord", url + given).url == url + asked
    assert discord.waiting(url + given) == url + asked


@pytest.mark.parametrize(
    ("url", "root", "topic"),
    [
        ("https://n.example/alerts", "https://n.example/", "alerts"),
        ("https://n.example:8443/alerts/", "https://n.example:8443/", "alerts"),
        ("https://n.example/base/al%20erts?auth=x", "https://n.example/base/?auth=x", "al erts"),
        ("https://me:pw@n.example/alerts", "https://me:pw@n.example/", "alerts"),
    ],
)
def test_ntfy_posts_to_the_root(url: str, root: str, topic: str) -> None:
    assert ntfy.server(url) == (root, topic)
    made = at_url("ntfy", url)
    assert (made.url, json.loads(made.body)["topic"]) == (root, topic)
    assert "authorization" not in made.headers
    made = at_url("ntfy", url, secret="tk_1")
    assert made.url == root.replace("me:pw@", "") and made.headers["authorization"] == "Bearer tk_1"


def test_ntfy_rings_by_status() -> None:
    loud = [posted("ntfy", ALERTS[name])["priority"] for name in ("rumoured", "reported", "confirmed")]
    assert loud == sorted(set(loud))
    assert "click" not in posted("ntfy", ALERTS["test"])
    assert posted("ntfy", ALERTS["confirmed"])["click"] == "https://x.example/maravenn/status/7"


@pytest.mark.parametrize("form", FORMS)
def test_no_key_shows_in_a_request(form: str) -> None:
    more = {"secret": "hush-hush"} if form in SIGNING else {}
    made = request(form, ALERTS["reported"], **more)
    assert "KEY" not in repr(made).replace('"topic":"KEY"', "") and "hush" not in repr(made)
    assert "hush" not in unquote(str(parse_qsl(made.url)))


# The answers.

DATE = format_datetime(datetime(1970, 1, 1, 0, 1, 30, tzinfo=UTC), usegmt=True)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 599])
@pytest.mark.parametrize(("asked", "wait"), [("7", 7.0), ("0.2", 1.0), ("99999", 3600.0), (DATE, 90.0)])
def test_retry_after_counts_in_both_forms(form: str, status: int, asked: str, wait: float) -> None:
    answer = read(form, status, b"<html>no", Retry_After=asked)
    assert (answer.outcome, answer.retry_after) == ("retry", wait)


@pytest.mark.parametrize("form", FORMS)
def test_a_redirect_is_not_followed_but_tried_again(form: str) -> None:
    for status in (301, 302, 303, 307, 308):
        assert read(form, status, b"", Location="https://elsewhere.example/").outcome == "retry"


@pytest.mark.parametrize(
    ("form", "status", "body", "outcome", "reason"),
    [
        ("discord", 204, b"", "delivered", ""),
        ("discord", 200, {"id": "1", "type": 0, "channel_id": "2", "content": ""}, "delivered", ""),
        ("discord", 200, b"", "retry", "http 200"),
        ("discord", 200, b"<html>sign in</html>", "retry", "http 200: <html>sign in</html>"),
        ("discord", 200, {"message": "x", "code": 0}, "dead", 'http 200: {"message": "x", "code": 0}'),
        (
            "discord",
            404,
            {"message": "Unknown Webhook", "code": 10015},
            "dead",
            "code 10015: Unknown Webhook",
        ),
        ("discord", 401, {"message": "Invalid Webhook Token", "code": 50027}, "dead", "code 50027: Invalid"),
        ("discord", 400, {"message": "Cannot send an empty message", "code": 50006}, "dead", "code 50006: "),
        ("discord", 400, {"embeds": ["0"]}, "dead", 'http 400: {"embeds": ["0"]}'),
        ("discord", 410, {"message": "Gone", "code": 0}, "gone", "http 410: "),
        ("discord", 500, {"message": "Internal Server Error", "code": 0}, "retry", "http 500: "),
        ("discord", 429, b"error code: 1015", "retry", "http 429: error code: 1015"),
        ("teams", 202, b"", "delivered", ""),
        ("teams", 200, b"1", "delivered", ""),
        ("teams", 200, b"", "delivered", ""),
        ("teams", 200, b"<!DOCTYPE html><html>Sign in", "retry", "http 200: <!DOCTYPE"),
        (
            "teams",
            200,
            b"Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with",
            "retry",
            "http 200: Webhook message",
        ),
        (
            "teams",
            200,
            b"Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 503",
            "retry",
            "http 200: Webhook message",
        ),
        (
            "teams",
            200,
            b"Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 413",
            "dead",
            "http 200: Webhook message",
        ),
        ("teams", 200, b"Webhook message delivery failed with error: Error contacting", "dead", "http 200: "),
        ("teams", 400, {"error": {"code": "TriggerInputSchemaMismatch"}}, "dead", "http 400: "),
        ("teams", 404, {"error": {"code": "WorkflowNotFound"}}, "dead", "http 404: "),
        ("teams", 410, b"", "gone", "http 410"),
        ("teams", 429, b"", "retry", "http 429"),
        ("dingtalk", 200, {"errcode": 0, "errmsg": "ok"}, "delivered", ""),
        (
            "dingtalk",
            200,
            {"errcode": 130101, "errmsg": "send too fast"},
            "retry",
            "code 130101: send too fast",
        ),
        ("dingtalk", 200, {"errcode": 410100, "errmsg": "发送速度太快而限流"}, "retry", "code 410100: "),
        ("dingtalk", 200, {"errcode": -1, "errmsg": "系统繁忙"}, "retry", "code -1: 系统繁忙"),
        ("dingtalk", 200, {"errcode": 310000, "errmsg": "sign not match"}, "dead", "code 310000: sign"),
        (
            "dingtalk",
            200,
            {"errcode": 310000, "errmsg": "keywords not in content"},
            "dead",
            "code 310000: key",
        ),
        ("dingtalk", 200, {"errcode": 300005, "errmsg": "token is not exist"}, "dead", "code 300005: "),
        ("dingtalk", 200, {"errcode": 400102, "errmsg": "机器人已停用"}, "dead", "code 400102: "),
        ("dingtalk", 200, {"errcode": "0"}, "retry", 'http 200: {"errcode": "0"}'),
        ("dingtalk", 200, {"errcode": False}, "retry", "http 200: "),
        ("dingtalk", 200, b"ok", "retry", "http 200: ok"),
        ("dingtalk", 200, b"", "retry", "http 200"),
        ("wecom", 200, {"errcode": 0, "errmsg": "ok"}, "delivered", ""),
        (
            "wecom",
            200,
            {"errcode": 45009, "errmsg": "api freq out of limit"},
            "retry",
            "code 45009: api freq",
        ),
        ("wecom", 200, {"errcode": -1, "errmsg": "system busy"}, "retry", "code -1: system busy"),
        ("wecom", 200, {"errcode": 93000, "errmsg": "invalid webhook url"}, "dead", "code 93000: invalid"),
        ("wecom", 200, {"errcode": 40058, "errmsg": "content exceed max length"}, "dead", "code 40058: "),
        ("wecom", 200, {}, "retry", "http 200: {}"),
        ("wecom", 200, [0], "retry", "http 200: [0]"),
        ("wecom", 200, b"<html>", "retry", "http 200: <html>"),
        ("ntfy", 200, {"id": "x", "time": 1, "event": "message", "topic": "t"}, "delivered", ""),
        ("ntfy", 200, b"<html>ntfy</html>", "retry", "http 200: <html>ntfy"),
        ("ntfy", 200, b"", "retry", "http 200"),
        (
            "ntfy",
            401,
            {"code": 40101, "http": 401, "error": "unauthorized"},
            "dead",
            "code 40101: unauthorized",
        ),
        ("ntfy", 403, {"code": 40301, "http": 403, "error": "forbidden"}, "dead", "code 40301: forbidden"),
        ("ntfy", 413, {"code": 41303, "http": 413, "error": "too large"}, "dead", "code 41303: too large"),
        ("ntfy", 429, {"code": 42908, "http": 429, "error": "limit reached"}, "retry", "code 42908: limit"),
        ("ntfy", 507, {"code": 50701, "http": 507, "error": "cannot"}, "retry", "code 50701: cannot"),
        ("ntfy", 404, b"404 page not found", "dead", "http 404: 404 page not found"),
    ],
)
def test_what_a_service_says(form: str, status: int, body: Any, outcome: str, reason: str) -> None:
    answer = read(form, status, body)
    assert (answer.outcome, answer.status) == (outcome, status)
    assert answer.reason.startswith(reason) and bool(answer.reason) == bool(reason)


@pytest.mark.parametrize(
    ("body", "headers", "wait"),
    [
        ({"message": "You are being rate limited.", "retry_after": 64.57, "global": False}, {}, 64.57),
        ({"retry_after": 64.57}, {"Retry_After": "65"}, 65.0),
        ({"retry_after": 3.5}, {"Retry_After": "2"}, 3.5),
        ({"retry_after": 0.05}, {}, 1.0),
        ({"retry_after": 1e300}, {}, 3600.0),
        ({"retry_after": -4}, {}, 1.0),
        ({"retry_after": True}, {}, None),
        ({"retry_after": "5"}, {"Retry_After": "2"}, 2.0),
        ([5], {}, None),
    ],
)
def test_discord_says_how_long_in_the_body_too(
    body: Any, headers: dict[str, str], wait: float | None
) -> None:
    answer = read("discord", 429, body, **headers)
    assert (answer.outcome, answer.retry_after) == ("retry", wait)


def test_who_limits_by_the_minute_gets_its_minutes() -> None:
    assert read("dingtalk", 200, {"errcode": 130101, "errmsg": "x"}).retry_after == 600
    assert read("dingtalk", 200, {"errcode": -1, "errmsg": "x"}).retry_after is None
    assert read("wecom", 200, {"errcode": 45009, "errmsg": "x"}).retry_after == 60
    assert read("wecom", 200, {"errcode": 45009, "errmsg": "x"}, Retry_After="5").retry_after == 5


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "body", [b"[" * 60_000, b'{"errcode":', b"\xff\xfe", b'{"code":1e400}', b'{"a":' * 9_999]
)
def test_a_broken_body_is_no_success(form: str, body: bytes) -> None:
    answer = FORMATS[form].read(Response(200, {}, body), 0)
    assert answer.outcome == ("delivered" if form == "teams" else "retry")
