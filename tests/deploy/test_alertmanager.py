"""Alertmanager's settings, judged by amtool: valid, and each alert goes where it should."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.deploy.tools import ALERTMANAGER, alert_names, load, rules, run


@pytest.mark.debian
def test_the_settings_are_valid() -> None:
    assert "SUCCESS" in run("amtool", "check-config", ALERTMANAGER)


@pytest.mark.debian
def test_the_example_of_a_webhook_is_valid(tmp_path: Path) -> None:
    """The first one, which 0.25 knows too; uncommented as somebody would."""
    text, count = re.subn(
        r"(?m)^    # (webhook_configs:)\n    # (  - url: .*)\n    # (    send_resolved: .*)\n",
        r"    \1\n    \2\n    \3\n",
        ALERTMANAGER.read_text(),
    )
    assert count == 1
    (tmp_path / "alertmanager.yml").write_text(text)
    run("amtool", "check-config", tmp_path / "alertmanager.yml")
    receivers = {one["name"]: one for one in load(tmp_path / "alertmanager.yml")["receivers"]}
    assert receivers["departures"]["webhook_configs"][0]["url"] == "https://example.org/hook"


@pytest.mark.debian
@pytest.mark.parametrize(
    ("labels", "receiver"),
    [
        ("alertname=DepartureDetected severity=news status=rumoured person=mara-venn", "rumours"),
        ("alertname=DepartureDetected severity=news status=reported person=mara-venn", "departures"),
        ("alertname=DepartureDetected severity=news status=confirmed person=mara-venn", "departures"),
        ("alertname=DepartureStatusChanged severity=news status=denied person=mara-venn", "departures"),
        ("alertname=MonitorDown severity=critical job=monitor", "urgent"),
        ("alertname=DeadLetters severity=critical endpoint=ops", "urgent"),
        ("alertname=EndpointDown severity=critical endpoint=ops", "urgent"),
        ("alertname=NoPosts severity=critical", "urgent"),
        # What monitor itself sends, by format alertmanager.
        ("alertname=Departure severity=news person=mara-venn case=orrin-lab-mara-venn-1", "cases"),
        ("alertname=DepartureDigest severity=news id=digest-ops-20260504", "cases"),
        ("alertname=MonitorTest severity=warning id=test-ops-1", "service"),
        ("alertname=MonitorSourceBlind severity=warning source=bluesky", "service"),
        ("alertname=MonitorDeliveryDead severity=critical endpoint=ops", "urgent"),
        ("alertname=MonitorEndpointDisabled severity=critical endpoint=ops", "urgent"),
        ("alertname=SourceBlind severity=warning source=bluesky", "service"),
        ("alertname=SomethingElse severity=none", "nobody"),
    ],
)
def test_an_alert_goes_to_its_receiver(labels: str, receiver: str) -> None:
    options = (f"--config.file={ALERTMANAGER}", f"--verify.receivers={receiver}")
    run("amtool", "config", "routes", "test", *options, *labels.split())


@pytest.mark.debian
def test_every_alert_has_a_receiver_of_its_severity() -> None:
    receivers = {"critical": "urgent", "warning": "service", "news": "departures"}
    for rule in (rule for rule in rules() if "alert" in rule.body):
        severity = rule.body["labels"]["severity"]
        options = (f"--config.file={ALERTMANAGER}", f"--verify.receivers={receivers[severity]}")
        run("amtool", "config", "routes", "test", *options, f"alertname={rule.name}", f"severity={severity}")


def test_nobody_is_told_until_an_address_is_given() -> None:
    assert [set(receiver) for receiver in load(ALERTMANAGER)["receivers"]] == [{"name"}] * 6


def test_inhibition_names_alerts_that_exist() -> None:
    for rule in load(ALERTMANAGER)["inhibit_rules"]:
        for matcher in rule["source_matchers"] + rule["target_matchers"]:
            pattern = re.fullmatch(r'alertname(?:=|!=|=~|!~)"(.*)"', matcher)
            assert pattern, matcher
            for alternative in pattern.group(1).split("|"):
                assert any(re.fullmatch(alternative, name) for name in alert_names()), alternative
        assert "job" in rule["equal"]
