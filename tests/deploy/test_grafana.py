"""The dashboard as a file: written by its script, free of the faults that dashboard-linter looks for.

That its queries have answers is seen in test_live.py.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.tools import DASHBOARD, GRAFANA, PROMETHEUS, load, panels

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
UNITS = {"short", "none", "s", "percentunit", "bytes", "cps", "cpm", "dateTimeAsIso"}
EXCEPTIONS = {
    entry["panel"]
    for rule in load(DASHBOARD.parent / ".lint")["exclusions"].values()
    for entry in rule["entries"]
}
SELECTOR = re.compile(r"([a-zA-Z_:][\w:]*)\{([^{}]*)\}")
MATRIX = re.compile(r"(\w+)\(\s*[\w:]+\{[^{}]*\}\[([^\]]*)\]")


@pytest.fixture(scope="module")
def dashboard() -> dict[str, Any]:
    return json.loads(DASHBOARD.read_text())


def targets() -> list[Any]:
    return [
        pytest.param(panel, target, id=f"{panel['title']} {target['refId']}")
        for panel in panels()
        for target in panel["targets"]
    ]


each_panel = pytest.mark.parametrize("panel", panels(), ids=lambda panel: panel["title"])
each_target = pytest.mark.parametrize(("panel", "target"), targets())


def test_the_script_writes_the_same_bytes_again(tmp_path: Path) -> None:
    again = tmp_path / "monitor.json"
    command = [sys.executable, "-B", GRAFANA / "dashboard.py", again]
    subprocess.run(command, check=True, timeout=300)
    assert again.read_bytes() == DASHBOARD.read_bytes()


def test_it_is_a_classic_dashboard_that_nobody_edits_in_place(dashboard: dict[str, Any]) -> None:
    assert 39 <= dashboard["schemaVersion"] <= 42
    assert dashboard["editable"] is False
    assert (dashboard["uid"], dashboard["title"]) == ("monitor", "monitor")
    assert dashboard.get("id") is None


def test_ids_and_titles_are_unique(dashboard: dict[str, Any]) -> None:
    ids = [panel["id"] for panel in dashboard["panels"]]
    titles = [panel["title"] for panel in dashboard["panels"]]
    assert len(set(ids)) == len(ids)
    assert len(set(titles)) == len(titles)


def test_no_panel_lies_on_another(dashboard: dict[str, Any]) -> None:
    places = [(panel["title"], panel["gridPos"]) for panel in dashboard["panels"]]
    for _, at in places:
        assert at["x"] >= 0 and at["x"] + at["w"] <= 24 and at["h"] > 0
    for (one, a), (other, b) in combinations(places, 2):
        beside = a["x"] + a["w"] <= b["x"] or b["x"] + b["w"] <= a["x"]
        above = a["y"] + a["h"] <= b["y"] or b["y"] + b["h"] <= a["y"]
        assert beside or above, (one, other)


def test_every_row_is_filled_from_edge_to_edge(dashboard: dict[str, Any]) -> None:
    lines: dict[int, int] = {}
    for panel in dashboard["panels"]:
        at = panel["gridPos"]
        for y in range(at["y"], at["y"] + at["h"]):
            lines[y] = lines.get(y, 0) + at["w"]
    assert {y: width for y, width in lines.items() if width != 24} == {}
    assert sorted(lines) == list(range(len(lines)))


def test_the_data_source_is_one_variable(dashboard: dict[str, Any]) -> None:
    found = [v for v in dashboard["templating"]["list"] if v["type"] == "datasource"]
    assert [(v["name"], v["label"], v["query"]) for v in found] == [
        ("datasource", "Data source", "prometheus")
    ]


@pytest.mark.parametrize("name", ["job", "instance", "person", "window"])
def test_a_variable_is_asked_of_prometheus(dashboard: dict[str, Any], name: str) -> None:
    (variable,) = [v for v in dashboard["templating"]["list"] if v["name"] == name]
    assert variable["type"] == "query"
    assert variable["label"] == name
    assert variable["datasource"] == DATASOURCE
    assert variable["refresh"] == 2
    assert re.fullmatch(rf"label_values\(.*, {name}\)", variable["query"]["query"])
    if name != "window":  # sums over windows mean nothing
        assert variable["multi"] and variable["includeAll"] and variable["allValue"] == ".+"


def test_exceptions_name_panels() -> None:
    assert {panel["title"] for panel in panels()} >= EXCEPTIONS


@each_panel
def test_a_panel_says_what_it_shows(panel: dict[str, Any]) -> None:
    assert 0 < len(panel["title"]) < 40
    assert panel["description"].endswith(".")
    assert panel["datasource"] == DATASOURCE
    assert panel["targets"]
    assert panel["fieldConfig"]["defaults"]["unit"] in UNITS
    assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])


@each_target
def test_a_query_keeps_to_the_chosen_job_and_instance(panel: dict[str, Any], target: dict[str, Any]) -> None:
    assert target["datasource"] == DATASOURCE
    if panel["title"] in EXCEPTIONS:
        return
    selectors = SELECTOR.findall(target["expr"])
    assert selectors
    for metric, matchers in selectors:
        assert 'job=~"$job"' in matchers and 'instance=~"$instance"' in matchers, metric
    bare = SELECTOR.sub("", target["expr"])
    assert not re.search(r"\b(monitor|process|scrape)_\w+", bare), "a metric without a selector"


@each_target
def test_a_rate_is_over_the_rate_interval_and_of_a_counter(
    panel: dict[str, Any], target: dict[str, Any]
) -> None:
    expr = target["expr"]
    for function, span in MATRIX.findall(expr):
        if function in ("rate", "irate"):
            assert span == "$__rate_interval"
        assert span in ("$__rate_interval", "$__range")
    for counted in re.finditer(r"[\w:]+_(?:total|bucket|sum|count)\{", expr):
        assert re.search(r"\b(?:rate|irate|increase)\($", expr[: counted.start()]), counted.group()
    for gauge in re.findall(r"\b(?:rate|irate|increase)\(([\w:]+)", expr):
        assert gauge.endswith(("_total", "_bucket", "_sum")), gauge


@each_target
def test_sentiment_has_neither_sum_nor_quantiles(panel: dict[str, Any], target: dict[str, Any]) -> None:
    if "monitor_reaction_sentiment" in target["expr"]:
        assert panel["type"] == "heatmap"
        assert target["format"] == "heatmap"
        assert "histogram_quantile" not in target["expr"]


def test_annotations_are_read_by_grafana_10_to_13(dashboard: dict[str, Any]) -> None:
    marks = {mark["name"]: mark for mark in dashboard["annotations"]["list"]}
    for mark in marks.values():
        assert mark["datasource"] == DATASOURCE
        assert {"expr", "step", "titleFormat", "textFormat", "tagKeys", "useValueForTime"} <= mark.keys()
        assert mark["useValueForTime"] == mark["expr"].endswith("* 1000")
    assert marks["Departures"]["enable"] and marks["Blind"]["enable"]


def test_grafana_finds_data_source_and_dashboard() -> None:
    (source,) = [
        one
        for one in load(GRAFANA / "provisioning" / "datasources" / "prometheus.yml")["datasources"]
        if one["type"] == "prometheus"
    ]
    assert source["url"] == "http://prometheus:9090"
    assert source["isDefault"] and source["uid"] and not source["editable"]
    pace = load(PROMETHEUS / "prometheus.yml")["global"]["scrape_interval"]
    assert source["jsonData"]["timeInterval"] == pace
    (provider,) = load(GRAFANA / "provisioning" / "dashboards" / "monitor.yml")["providers"]
    assert provider["options"]["path"] == "/var/lib/grafana/dashboards"
    assert provider["allowUiUpdates"] is False
