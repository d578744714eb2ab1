"""Prometheus' settings and rules, judged by promtool: valid, and every alert fires and clears."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.tools import PROMETHEUS, RULES, alert_names, load, rules, run
from tests.running import TOKEN

TESTS = sorted((RULES / "tests").glob("*.yml"))
SEVERITIES = {"news", "critical", "warning"}
NEWER = {"scrape_protocols", "fallback_scrape_protocol", "query_offset", "scrape_native_histograms"}


@pytest.mark.debian
def test_the_settings_are_valid(tmp_path: Path) -> None:
    secret = tmp_path / "http_token"
    secret.write_text(TOKEN)
    text = (PROMETHEUS / "prometheus.yml").read_text()
    assert "credentials_file: /run/secrets/http_token\n" in text
    (tmp_path / "prometheus.yml").write_text(text.replace("/run/secrets/http_token", str(secret)))
    shutil.copytree(RULES, tmp_path / "rules")
    said = run("promtool", "check", "config", "--lint-fatal", tmp_path / "prometheus.yml")
    assert said.count("rules found") == len(list(RULES.glob("*.yml")))


def test_the_settings_are_those_of_the_containers() -> None:
    config = load(PROMETHEUS / "prometheus.yml")
    jobs = {job["job_name"]: job for job in config["scrape_configs"]}
    assert jobs["monitor"]["static_configs"][0]["targets"] == ["monitor:8420"]
    assert {"sample_limit", "label_limit", "label_value_length_limit", "body_size_limit"} <= set(
        jobs["monitor"]
    )
    assert config["rule_files"] == ["rules/*.yml"]
    assert config["alerting"]["alertmanagers"][0]["static_configs"][0]["targets"] == ["alertmanager:9093"]
    assert not NEWER & (set(config["global"]) | {key for job in jobs.values() for key in job})


@pytest.mark.debian
def test_the_rules_are_clean() -> None:
    run("promtool", "check", "rules", "--lint-fatal", *sorted(RULES.glob("*.yml")))


@pytest.mark.debian
def test_the_rules_do_what_their_tests_say() -> None:
    run("promtool", "test", "rules", *TESTS, cwd=RULES / "tests")


@cache
def expectations() -> dict[str, list[bool]]:
    """By alert, in the order of their tests: is it expected to fire?"""
    found: dict[str, list[bool]] = {}
    for path in TESTS:
        for test in load(path)["tests"]:
            for one in test.get("alert_rule_test", []):
                found.setdefault(one["alertname"], []).append(bool(one["exp_alerts"]))
            for one in test.get("promql_expr_test", []):
                for name in alert_names():
                    if f'alertname="{name}"' in one["expr"]:
                        found.setdefault(name, []).append(bool(one["exp_samples"]))
    return found


@pytest.mark.parametrize("alert", sorted(alert_names()))
def test_every_alert_fires_and_clears_in_a_test(alert: str) -> None:
    expected = expectations().get(alert, [])
    assert True in expected, "no test in which it fires"
    assert False in expected[expected.index(True) :], "no test in which it clears"


def test_an_idle_service_is_tried_with_every_rule() -> None:
    tried = {name.removeprefix("../") for name in load(RULES / "tests" / "idle.yml")["rule_files"]}
    assert tried == {path.name for path in RULES.glob("*.yml")}


@pytest.mark.parametrize("alert", [r.body for r in rules() if "alert" in r.body], ids=lambda a: a["alert"])
def test_an_alert_says_what_it_means_and_what_to_do(alert: dict[str, Any]) -> None:
    assert alert["labels"].keys() == {"severity"}
    assert alert["labels"]["severity"] in SEVERITIES
    assert alert["annotations"].keys() == {"summary", "description", "runbook"}
    assert len(alert["annotations"]["summary"]) < 80
    assert all(text.strip() for text in alert["annotations"].values())
    assert alert["annotations"]["description"].rstrip().endswith(".")
    assert alert["annotations"]["runbook"].rstrip().endswith(".")


def test_recording_rules_are_ratios_of_operation() -> None:
    recorded = [rule for rule in rules() if "record" in rule.body]
    assert {rule.file for rule in recorded} == {"ratios.yml"}
    for rule in recorded:
        level, metric, operation = rule.name.split(":")
        assert level in ("source", "endpoint", "instance", "job")
        assert metric.startswith("monitor_") and not metric.startswith("monitor_window")
        assert "rate" in operation or "ratio" in operation
