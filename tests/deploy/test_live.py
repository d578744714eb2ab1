"""A real service, Prometheus and Alertmanager on loopback: every query answers, and a departure arrives."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from prometheus_client.parser import text_string_to_metric_families

from monitor.model import encode
from tests.conftest import debian
from tests.deploy.tools import (
    DASHBOARD,
    RULES,
    Api,
    alertmanager_config,
    free_port,
    labels_in,
    load,
    metrics_in,
    panels,
    prometheus_config,
    questions,
    rules,
    server,
    until,
)
from tests.lab import post
from tests.receiver import SECRET, Received, receiver
from tests.running import TOKEN, Running
from tests.test_kill import write_watchlist

pytestmark = pytest.mark.debian

# Why a metric of the service stands in no panel and no rule.
UNSHOWN = {"monitor_reactions_kind_total": "has no series until reactions have kinds"}
# What Prometheus and Alertmanager add to what they scrape, or know themselves.
THEIRS = re.compile(r"up|ALERTS|process_.*|scrape_.*|prometheus_.*|alertmanager_.*")
THEIR_LABELS = {"job", "instance"}
OTHERS_LABELS = {"alertname", "alertstate", "severity", "rule_group", "integration"}
VALUES = {
    "$__rate_interval": "1m",
    "$__range": "10m",
    "$__interval": "10s",
    "$job": "monitor",
    "$instance": ".+",
    "$person": ".+",
    "$window": "1h",
}


class Live(NamedTuple):
    """What runs, and what was said to the receivers of monitor and of Alertmanager."""

    service: Running
    prometheus: Api
    alertmanager: Api
    told: Received
    before: set[tuple[str, str]]  # (alert, source) that were pending or firing before anything happened
    left_at: float

    def messages(self) -> list[dict[str, Any]]:
        """What Alertmanager sent; its webhooks carry no id of ours."""
        with self.told.lock:
            return [body for bodies in self.told.accepted.values() for body in bodies]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    for tool in ("prometheus", "prometheus-alertmanager"):
        debian(tool)
    folder = tmp_path_factory.mktemp("live")
    with ExitStack() as stack:
        ours, told = stack.enter_context(receiver()), stack.enter_context(receiver())
        service = Running(folder, **settings(folder, ours.url)).start()
        stack.callback(service.stop)
        ports = {"alertmanager": free_port(), "prometheus": free_port(), "monitor": service.port}
        alertmanager = stack.enter_context(alertmanager_on(ports["alertmanager"], folder, told.url))
        prometheus = stack.enter_context(prometheus_on(ports, folder))
        # Two looks at everything at rest, so that what comes is an increase, and the rules have seen it.
        until(lambda: prometheus.query("count_over_time(monitor_store_up[1m]) >= 2"), "two scrapes")
        before = {
            (row["metric"]["alertname"], row["metric"].get("source", ""))
            for row in prometheus.query("ALERTS")
        }
        left_at = happen(service)
        yield Live(service, prometheus, alertmanager, told, before, left_at)


def settings(folder: Path, url: str) -> dict[str, Any]:
    """Sources: push, a story that outlasts the tests, one that fails. Endpoints: one that works, one dead."""
    story = folder / "story.jsonl"
    begun = datetime.now(UTC) - timedelta(seconds=30)
    moods = ("is wonderful, I love it", "is a terrible disaster", "wrote a paper", "写了一篇论文")
    with story.open("wb") as file:
        for number in range(3000):
            text = f"Mara Venn {moods[number % 4]} {number}"
            one = json.loads(encode(post(f"s{number}", text, handle=f"reader{number % 7}")))
            at = (begun + timedelta(seconds=number / 10)).isoformat()
            file.write(json.dumps({**one, "created_at": at}).encode() + b"\n")
            file.write(b"no post\n" if number % 10 == 5 else b"")
    endpoint = {"secret": SECRET, "allow_private": True, "min_status": "rumoured"}
    return {
        "watchlist": write_watchlist(folder / "lab.yaml"),
        "sources": {
            "push": {"kind": "push"},
            "story": {"kind": "replay", "path": str(story), "speed": 1},
            "gone": {"kind": "replay", "path": str(folder / "gone.jsonl")},
        },
        "alerts": {
            "retry": ["200ms", "200ms"],
            "endpoints": [
                {"name": "ops", "url": url, **endpoint},
                {"name": "dead", "url": f"http://127.0.0.1:{free_port()}/hook", **endpoint},
            ],
        },
    }


def alertmanager_on(port: int, folder: Path, url: str) -> Any:
    config = alertmanager_config(folder, url, "departures", "rumours", "urgent")
    return server(
        "prometheus-alertmanager",
        port,
        folder / "alertmanager.log",
        f"--config.file={config}",
        f"--storage.path={folder / 'alertmanager'}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--cluster.listen-address=",
    )


def prometheus_on(ports: dict[str, int], folder: Path) -> Any:
    targets = {job: f"127.0.0.1:{port}" for job, port in ports.items()}
    return server(
        "prometheus",
        ports["prometheus"],
        folder / "prometheus.log",
        f"--config.file={prometheus_config(folder, targets, TOKEN)}",
        f"--storage.tsdb.path={folder / 'prometheus'}",
        f"--web.listen-address={targets['prometheus']}",
    )


def happen(service: Running) -> float:
    """Mara Venn says that she leaves, and somebody says that Tomas Reed has left; when she said so."""
    now = datetime.now(UTC)
    own = json.loads(encode(post("own", "I am leaving Orrin Lab today.", handle="maravenn")))
    said = json.loads(encode(post("said", "Tomas Reed has left Orrin Lab.", handle="someone")))
    for one in (own, said, said):
        assert service.push(json.dumps({**one, "created_at": now.isoformat()}).encode())[0] == 202
    return now.timestamp()


def fill_in(expr: str) -> str:
    for name, value in VALUES.items():
        expr = expr.replace(name, value)
    assert "$" not in expr, expr
    return expr


def firing(live: Live) -> set[tuple[str, str]]:
    """Alerts that fire, with the person or endpoint."""
    rows = [row["metric"] for row in live.prometheus.query('ALERTS{alertstate="firing"}')]
    return {(row["alertname"], row.get("person") or row.get("endpoint", "")) for row in rows}


def test_at_rest_nothing_is_to_be_said(live: Live) -> None:
    assert live.before <= {("SourceBlind", "gone")}


def test_everything_is_scraped(live: Live) -> None:
    def last() -> dict[str, tuple[str, str]]:
        targets = live.prometheus.get("/api/v1/targets")["data"]["activeTargets"]
        return {one["labels"]["job"]: (one["health"], one["lastError"]) for one in targets}

    jobs = ("monitor", "prometheus", "alertmanager")
    until(lambda: last() == dict.fromkeys(jobs, ("up", "")), "all are scraped")
    (samples,) = live.prometheus.query('scrape_samples_scraped{job="monitor"}')
    assert int(samples["value"][1]) < 2500


def test_a_departure_fires_and_arrives_grouped_by_person(live: Live) -> None:
    wanted = {("DepartureDetected", "mara-venn"), ("DepartureDetected", "tomas-reed")}
    until(lambda: wanted <= firing(live), "the alerts fire")
    until(
        lambda: {"departures", "rumours", "urgent"} <= {m["receiver"] for m in live.messages()},
        "the alerts arrive",
    )
    messages = live.messages()
    about = {m["receiver"]: m for m in messages if m["receiver"] != "urgent"}
    assert about["departures"]["groupLabels"] == {"job": "monitor", "person": "mara-venn"}
    (alert,) = about["departures"]["alerts"]
    assert alert["labels"] == {
        "alertname": "DepartureDetected",
        "job": "monitor",
        "person": "mara-venn",
        "severity": "news",
        "status": "confirmed",
    }
    assert alert["annotations"]["summary"] == "mara-venn: departure confirmed"
    assert about["rumours"]["groupLabels"] == {"job": "monitor", "person": "tomas-reed"}
    assert about["rumours"]["commonLabels"]["status"] == "rumoured"
    urgent = [alert["labels"] for m in messages if m["receiver"] == "urgent" for alert in m["alerts"]]
    assert {(labels["alertname"], labels["endpoint"]) for labels in urgent} == {("DeadLetters", "dead")}
    assert "<error" not in json.dumps(messages)


def test_what_has_a_cause_that_is_told_is_held_back(live: Live) -> None:
    until(lambda: ("DeliveriesFailing", "dead") in firing(live), "the cause fires")

    def held() -> Any:
        alerts = live.alertmanager.get("/api/v2/alerts", filter='alertname="DeliveriesFailing"')
        return alerts and alerts[0]["status"]["inhibitedBy"]

    until(held, "it is inhibited")


def test_nothing_else_fires(live: Live) -> None:
    assert {name for name, _ in firing(live)} <= {"DepartureDetected", "DeadLetters", "DeliveriesFailing"}


def test_every_rule_is_evaluated(live: Live) -> None:
    groups = live.prometheus.get("/api/v1/rules")["data"]["groups"]
    seen = {rule["name"]: rule for group in groups for rule in group["rules"]}
    assert seen.keys() == {rule.name for rule in rules()}
    assert {name: rule.get("lastError", "") for name, rule in seen.items() if rule["health"] != "ok"} == {}
    (failures,) = live.prometheus.query("sum(prometheus_rule_evaluation_failures_total)")
    assert failures["value"][1] == "0"


def unanswered(live: Live) -> list[tuple[str, str]]:
    """The queries of the dashboard that yield no number."""
    empty = []
    for where, expr, instant in questions():
        # This source fails twice a minute: the test does not wait for an increase that is above 0.
        asked = expr.replace(" > 0", " >= 0") if "monitor_source_errors_total" in expr else expr
        query = fill_in(asked)
        rows = live.prometheus.query(query) if instant else live.prometheus.query_range(query, 30)
        values = [float(v) for row in rows for _, v in (row.get("values") or [row["value"]])]
        if not any(map(math.isfinite, values)):
            empty.append((where, expr))
    return empty


def test_every_query_of_the_dashboard_has_an_answer(live: Live) -> None:
    assert len(questions()) > 40
    deadline = time.monotonic() + 60
    while (empty := unanswered(live)) and time.monotonic() < deadline:
        time.sleep(0.5)
    assert empty == []


def test_every_variable_of_the_dashboard_has_values(live: Live) -> None:
    for variable in json.loads(DASHBOARD.read_text())["templating"]["list"]:
        if variable["type"] == "query":
            metric, label = re.fullmatch(r"label_values\((.*), (\w+)\)", variable["query"]["query"]).groups()
            answer = live.prometheus.get(f"/api/v1/label/{label}/values", match__=fill_in(metric))
            assert answer["status"] == "success" and answer["data"], variable["name"]
            if variable["name"] == "window":
                assert variable["current"]["value"] in answer["data"]


def test_a_departure_is_marked_at_its_time(live: Live) -> None:
    marks = json.loads(DASHBOARD.read_text())["annotations"]["list"]
    (mark,) = [mark for mark in marks if mark["name"] == "Departures"]
    rows = live.prometheus.query(fill_in(mark["expr"]) + " > 0")
    at = {row["metric"]["person"]: float(row["value"][1]) / 1000 for row in rows}
    assert at == {person: pytest.approx(live.left_at, abs=0.01) for person in ("mara-venn", "tomas-reed")}


def exposed(live: Live) -> dict[str, set[str]]:
    """The labels of each series' name that the service shows."""
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(live.service.get("/metrics")[1].decode()):
        found.setdefault(family.name + ("_total" if family.type == "counter" else ""), set())
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return {name: labels for name, labels in found.items() if name.startswith("monitor_")}


def used() -> list[tuple[str, str]]:
    """(where, expression) of every rule, rule test and query."""
    found = [(f"rule {rule.name}", rule.expr) for rule in rules()]
    found += [(question.where, question.expr) for question in questions()]
    for path in (RULES / "tests").glob("*.yml"):
        for test in load(path)["tests"]:
            found += [(f"{path.name}: {test['name']}", one["series"]) for one in test["input_series"]]
            found += [
                (f"{path.name}: {test['name']}", one["expr"]) for one in test.get("promql_expr_test", [])
            ]
    return found


def test_every_name_in_rules_and_dashboard_is_one_of_the_service(live: Live) -> None:
    known, recorded = exposed(live), {rule.name for rule in rules() if "record" in rule.body}
    every = {label for labels in known.values() for label in labels} | THEIR_LABELS | OTHERS_LABELS
    for where, expr in used():
        for metric in metrics_in(expr) - recorded:
            assert metric in known or THEIRS.fullmatch(metric), f"{where}: {metric}"
        for metric, labels in labels_in(expr):
            allowed = known[metric] | THEIR_LABELS if metric in known else every
            assert labels <= allowed, f"{where}: {metric} {labels - allowed}"


def test_every_legend_is_a_label_of_its_query(live: Live) -> None:
    every = {label for labels in exposed(live).values() for label in labels} | THEIR_LABELS
    for panel in panels():
        for target in panel["targets"]:
            assert set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"])) <= every, panel["title"]


def test_metrics_of_others_in_the_rules_exist(live: Live) -> None:
    names = {metric for rule in rules() for metric in metrics_in(rule.expr) if THEIRS.fullmatch(metric)}
    for name in sorted(names):
        until(lambda name=name: live.prometheus.query(f"count({name})"), name)


def test_every_metric_of_the_service_is_shown_or_judged(live: Live) -> None:
    named = {metric for _, expr in used() for metric in metrics_in(expr)}
    roots = {re.sub(r"_(bucket|sum|count)$", "", metric) for metric in named} | named
    names = {name for name in exposed(live) if re.sub(r"_(bucket|sum|count)$", "", name) not in roots}
    assert names == UNSHOWN.keys()
