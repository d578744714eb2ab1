"""`monitor check` on endpoints of every format: what is weak is said, and nothing that is secret."""

from __future__ import annotations

import io
import zoneinfo
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.endpoint import AlertSettings
from monitor.operate import check

CONFIG = """
data_dir: {folder}
sources: {{push: {{kind: push}}}}
alerts:
  endpoints:
    - {{name: ops, url: "https://ops.example/KEY", secret: whsec_c2hvcnQ=}}
    - {{name: team, url: "https://hooks.slack.example/services/KEY", format: slack, min_status: rumoured}}
    - {{name: open, url: "https://open.feishu.example/hook/KEY", format: feishu}}
    - {{name: signed, url: "https://open.feishu.example/hook/KEY", format: feishu, secret: "SECRET, no base64"}}
"""


async def test_check_takes_every_format(tmp_path: Path) -> None:
    path = tmp_path / "monitor.yaml"
    path.write_text(CONFIG.format(folder=tmp_path / "data"))
    sink = io.StringIO()
    assert await check(path, sink) == 0, sink.getvalue()
    shown = sink.getvalue()
    assert "KEY" not in shown and "SECRET" not in shown
    lines = {line.split()[1]: line for line in shown.splitlines() if line.startswith("endpoint")}
    assert "its secret is short" in lines["ops"]
    assert lines["team"].rstrip().endswith("slack to https://hooks.slack.example from rumoured")
    assert lines["open"].rstrip().endswith("feishu to https://open.feishu.example from reported; not signed")
    assert lines["signed"].rstrip().endswith("feishu to https://open.feishu.example from reported")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"events": []}, "events"),
        ({"url": "https://127.0.0.1/KEY"}, "endpoint 'a': its url names a private address"),
        ({"url": "https://localhost./KEY"}, "names a private address"),
        ({"url": "https://１２７。０。０。１/KEY"}, "names a private address"),
        ({"url": "https://ⓛocalhost/KEY"}, "names a private address"),
        ({"url": "https://%31%32%37.0.0.1/KEY"}, "names a private address"),
        ({"url": "http://10.1.2.3/KEY", "allow_private": ["192.168.0.0/16"]}, "names a private address"),
        ({"url": "https://team.example/ KEY"}, "url has a blank in it"),
        ({"digest": "08:00", "events": ["source"]}, "events is without departure"),
        ({"format": "feishu", "secret": ""}, "secret is empty"),
        ({"format": "alertmanager", "secret": " "}, "secret is empty"),
        ({"format": "ntfy", "secret": "tk_KEY\r\nX-Evil: 1"}, "takes a token"),
        ({"format": "ntfy", "secret": "tk_KEYü"}, "takes a token"),
        (
            {"format": "alertmanager", "url": "https://u:KEY@am.example/", "secret": "t"},
            "only one of the two can be sent",
        ),
    ],
)
def test_what_could_never_arrive_is_a_mistake_in_the_settings(given: dict[str, object], words: str) -> None:
    endpoint = {"name": "a", "url": "https://team.example/KEY", "format": "slack", **given}
    with pytest.raises(ValueError, match="endpoints") as raised:
        AlertSettings.model_validate({"endpoints": [endpoint]})
    told = "; ".join(one["msg"] + str(one["loc"]) for one in raised.value.errors())  # type: ignore[attr-defined]
    assert words in told and "KEY" not in told


@pytest.mark.parametrize(
    "given",
    [
        {"url": "http://127.0.0.1/KEY", "allow_private": True},
        {"url": "http://127.0.0.1/KEY", "allow_private": ["127.0.0.0/8"]},
        {"url": "https://1.1.1.1/KEY"},
        {"url": " https://team.example/KEY\n"},
        {"format": "ntfy", "secret": "tk_AbC-._~+/="},
        {"format": "alertmanager", "url": "https://u:KEY@am.example/"},
    ],
)
def test_what_may_arrive_is_taken(given: dict[str, object]) -> None:
    AlertSettings.model_validate(
        {"endpoints": [{"name": "a", "url": "https://x.example/KEY", "format": "slack", **given}]}
    )


def test_the_default_needs_no_database_of_time_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "monitor.endpoint.ZoneInfo", lambda name: zoneinfo.ZoneInfo.no_cache(f"absent/{name}")
    )
    endpoint = {"name": "a", "url": "https://x.example/KEY", "format": "slack", "digest": "08:00"}
    (made,) = AlertSettings.model_validate({"endpoints": [endpoint]}).endpoints
    assert made.zone.utcoffset(None) == timedelta(0)
