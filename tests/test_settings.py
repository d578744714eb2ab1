"""A mistake in the settings is one line that names the setting and the place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from monitor import collect, watchlist
from monitor.errors import UserError
from monitor.settings import Settings, build, load
from monitor.values import seconds

SECRET = "whsec_" + "QUFB" * 8
OPS = f"name: ops, url: 'https://ops.example/', secret: {SECRET}"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("MONITOR_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def read(text: str, tmp_path: Path) -> Settings:
    path = tmp_path / "monitor.yaml"
    path.write_text(text)
    return load(path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nope: 1", "nope: no such setting"),
        ("store: {urll: x}", "store.urll: no such setting"),
        ("http: {port: x}", "http.port: "),
        ("http: {port: 70000}", "http.port: "),
        ("http: {port: 1}\nhttp: {port: 2}", "monitor.yaml:2: key 'http' is given twice"),
        ("http: {port: 1, port: 2}", "monitor.yaml:1: key 'port' is given twice"),
        ("http: {host: 0.0.0.0}", "http.token must be set"),
        ("http: {host: 192.0.2.1, token: ''}", "http.token: token is empty"),
        ("store: {retention: 5 parsecs}", "'5 parsecs' is no duration"),
        ("store: {max_memory: much}", "'much' is no size"),
        ("store: {prefix: 'a{b}'}", "store.prefix: "),
        ("store: hello", "store: "),
        ("a: [", "monitor.yaml:1: "),
        ("- 1", "expected a mapping"),
        ("roles: [cook]", "roles.0: "),
        ("windows: []", "windows: "),
        ("windows: [500ms]", "'500ms' is no window"),
        ("windows: [2600d]", "'2600d' is no window"),
        ("store: {retention: 36500d}", "store.retention: "),
        ("store: {retention: .inf}", "store.retention: "),
        ("sentiment: {scorer: magic}", "sentiment.scorer: "),
        ("alerts: {endpoints: [{name: a, url: 'ftp://x', secret: QUFB}]}", "url is no http(s) URL"),
        ("alerts: {endpoints: [{name: a, url: 'http://x/', secret: QUFB}]}", "https:// unless allow_private"),
        ("alerts: {endpoints: [{name: a, url: 'https://x/'}]}", "secret is missing"),
        (
            "alerts: {endpoints: [{name: a, url: 'https://x/', secret: 7}]}",
            "secret.0: Input should be a valid string",
        ),
        (
            "alerts: {endpoints: [{name: a, url: 'https://x/', format: slack, secret: x}]}",
            "slack signs nothing",
        ),
        ("alerts: {endpoints: [{name: a, url: 'https://x/', format: feishu, secret: [x, y]}]}", "takes one"),
        ("alerts: {endpoints: [{name: a, url: 'https://x/', secret: '~~'}]}", "whsec_ followed by base64"),
        (f"alerts: {{endpoints: [{{{OPS}, format: carrier-pigeon}}]}}", "alerts.endpoints.0.format: "),
        (f"alerts: {{endpoints: [{{{OPS}}}, {{{OPS}}}]}}", "'ops' is given twice"),
        (f"alerts: {{endpoints: [{{{OPS}, allow_private: [10.0.0.0/99]}}]}}", "allow_private: "),
        (
            "http: {token_file: /does/not/exist}",
            "token_file: the file that it names cannot be read: No such file",
        ),
    ],
)
def test_a_mistake_is_named(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        read(text, tmp_path)
    assert words in str(error.value)
    assert "\n" not in str(error.value)
    assert "QUFB" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("MONITOR_FOO", "1", "MONITOR_FOO: no such setting"),
        ("MONITOR_HTTP__PROT", "1", "MONITOR_HTTP__PROT: no such setting"),
        ("MONITOR_HTTP__PORT", "x", "http.port: "),
        ("MONITOR_ALERTS", "{", "MONITOR_ALERTS: a list or mapping in a variable is JSON"),
        ("MONITOR_ROLES", "web", "MONITOR_ROLES: a list"),
        ("MONITOR_HTTP__HOSTS", "a.example", "MONITOR_HTTP__HOSTS: a list"),
        ("MONITOR_SOURCES__X", "feed", "sources.x: Input should be a valid dictionary$"),
    ],
)
def test_a_wrong_variable_is_named(
    name: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UserError, match=words):
        load()


def test_variables_win_over_the_file_and_secrets_come_from_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text("from-a-file\n")
    (tmp_path / "hook").write_text(SECRET)
    monkeypatch.setenv("MONITOR_HTTP__PORT", "9999")
    monkeypatch.setenv("MONITOR_STORE__URL_FILE", str(tmp_path / "url"))
    (tmp_path / "url").write_text("redis://user:hunter2@127.0.0.1:1/0")
    settings = read(
        f"http: {{port: 1, hosts: [a.example], token_file: {tmp_path}/token}}\n"
        f"alerts: {{endpoints: [{{name: ops, url: 'https://x.example/', secret_file: {tmp_path}/hook}}]}}",
        tmp_path,
    )
    assert (settings.http.port, settings.http.hosts) == (9999, ["a.example"])
    assert settings.http.token and settings.http.token.get_secret_value() == "from-a-file"
    assert settings.alerts.endpoints[0].secret[0].get_secret_value() == SECRET
    shown = repr(settings) + settings.model_dump_json()
    assert not any(word in shown for word in ("hunter2", "from-a-file", "QUFB", "https://x.example"))


def test_the_defaults_are_those_of_the_design() -> None:
    settings = load()
    assert settings.windows == ["5m", "1h", "24h"]
    assert settings.thread_window == seconds("14d") == 14 * 86400
    assert settings.store.retention == 30 * 86400
    assert len(settings.alerts.retry) == 10 and settings.alerts.retry[1] == 30
    assert list(settings.roles) == ["collect", "cases", "notify", "web"]


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        (
            {"a": {"kind": "telepathy"}},
            "sources.a.kind: 'telepathy' is none of feed, jetstream, push, replay",
        ),
        ({"a": {"kind": "replay"}}, "sources.a.path: "),
        ({"a": {"kind": "replay", "path": "x", "sped": 1}}, "sources.a.sped: no such setting"),
        ({"a": {"kind": "push"}, "b": {"kind": "push"}}, "only one source of kind push"),
    ],
)
def test_a_wrong_source_is_named(sources: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError) as error:
        collect.build(build({"sources": sources}).sources)
    assert words in str(error.value)


PERSON = {"id": "a-b", "name": "A B"}
ORGANISATION = {"id": "lab", "name": "Lab"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"organisation": ORGANISATION, "people": []}, "people: "),
        ({"organisation": ORGANISATION, "people": [{"id": "A B", "name": "A B"}]}, "people.0.id: "),
        ({"organisation": ORGANISATION, "people": [PERSON, PERSON]}, "'a-b' is given twice"),
        ({"organisation": ORGANISATION, "people": [{**PERSON, "id": "unlisted"}]}, "everybody who is not on"),
        ({"organisation": ORGANISATION, "people": [PERSON], "persons": []}, "persons: "),
        ({"people": [PERSON]}, "organisation: "),
    ],
)
def test_a_wrong_watchlist_is_named(value: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError, match=r"w\.yaml: ") as error:
        watchlist.parse(value, "w.yaml")
    assert words in str(error.value)


def test_a_missing_watchlist_says_which_there_are() -> None:
    with pytest.raises(UserError, match="built-in ones are qwen"):
        watchlist.load("no-such-list")


def test_nobody_of_the_built_in_watchlist_has_departed() -> None:
    people = watchlist.load("qwen").people
    assert [person.id for person in people] == ["junyang-lin", "binyuan-hui", "bowen-yu"]
    assert all(person.departed is None for person in people)
