"""What the tests of deploy/ share: its files as data, PromQL taken apart, and real servers on loopback."""

from __future__ import annotations

import json
import re
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tests.conftest import debian, held_port

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
PROMETHEUS = DEPLOY / "prometheus"
RULES = PROMETHEUS / "rules"
ALERTMANAGER = DEPLOY / "alertmanager" / "alertmanager.yml"
GRAFANA = DEPLOY / "grafana"
DASHBOARD = GRAFANA / "dashboards" / "monitor.json"


def run(tool: str, *words: str | Path, **options: Any) -> str:
    """What a tool of Debian's packages says; the test fails unless it ends with 0."""
    argv = [debian(tool), *map(str, words)]
    ran = subprocess.run(argv, capture_output=True, text=True, timeout=300, **options)
    assert ran.returncode == 0, f"{argv}: {ran.stdout}{ran.stderr}"
    return ran.stdout + ran.stderr


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text())


class Rule(NamedTuple):
    """A rule and the file that has it."""

    file: str
    body: dict[str, Any]

    @property
    def name(self) -> str:
        return self.body.get("alert") or self.body["record"]

    @property
    def expr(self) -> str:
        return self.body["expr"]


@cache
def rules() -> list[Rule]:
    return [
        Rule(path.name, rule)
        for path in sorted(RULES.glob("*.yml"))
        for group in load(path)["groups"]
        for rule in group["rules"]
    ]


@cache
def alert_names() -> set[str]:
    return {rule.name for rule in rules() if "alert" in rule.body}


def panels() -> list[dict[str, Any]]:
    """The panels of the dashboard without its rows."""
    return [panel for panel in json.loads(DASHBOARD.read_text())["panels"] if panel["type"] != "row"]


class Question(NamedTuple):
    """A query of the dashboard, where it stands, and whether it asks for one moment or a range."""

    where: str
    expr: str
    instant: bool


def questions() -> list[Question]:
    """Every query of the dashboard: targets of panels and annotations."""
    marks = json.loads(DASHBOARD.read_text())["annotations"]["list"]
    found = [Question(f"annotation {mark['name']}", mark["expr"], False) for mark in marks]
    return found + [
        Question(f"{panel['title']} {target['refId']}", target["expr"], bool(target.get("instant")))
        for panel in panels()
        for target in panel["targets"]
    ]


_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_WORD = re.compile(r"(?<![\w:$])[a-zA-Z_:][\w:]*")
_GROUPING = re.compile(r"\b(by|without|on|ignoring|group_left|group_right)\s*\(([^()]*)\)")
_RANGE = re.compile(r"\[[^\]]*\]")
_SELECTOR = re.compile(r"([a-zA-Z_:][\w:]*)\s*\{([^{}]*)\}")
_MATCHER = re.compile(r'([a-zA-Z_]\w*)\s*(?:=~|!~|!=|=)\s*"')
_WORDS = {
    "and",
    "or",
    "unless",
    "bool",
    "offset",
    "by",
    "without",
    "on",
    "ignoring",
    "group_left",
    "group_right",
}


def metrics_in(expr: str) -> set[str]:
    """The metrics that an expression selects: its words that are no function, keyword, label or duration."""
    bare = _RANGE.sub(" ", _GROUPING.sub(" ", re.sub(r"\{[^{}]*\}", " ", _STRING.sub('""', expr))))
    words = {match for match in _WORD.finditer(bare) if not bare[match.end() :].lstrip().startswith("(")}
    return {match.group() for match in words} - _WORDS


def labels_in(expr: str) -> list[tuple[str | None, set[str]]]:
    """(metric, labels of its selector), and (None, labels that it is grouped or matched by)."""
    found: list[tuple[str | None, set[str]]] = [
        (metric, set(_MATCHER.findall(inside))) for metric, inside in _SELECTOR.findall(expr)
    ]
    grouped = {label.strip() for _, inside in _GROUPING.findall(expr) for label in inside.split(",")}
    return [*found, (None, grouped - {""})]


_HELD = ExitStack()


def free_port() -> int:
    """A port that nobody else gets while the tests run, also when the server that is started on it is away."""
    return _HELD.enter_context(held_port())


class Api:
    """A server's HTTP API."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str, **parameters: str) -> Any:
        """The JSON of an answer, or None where there was none; an error's too."""
        query = urllib.parse.urlencode(
            {name.replace("match__", "match[]"): v for name, v in parameters.items()}
        )
        url = f"http://127.0.0.1:{self.port}{path}{'?' + query if query else ''}"
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                return json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as error:
            with error:
                return json.loads(error.read())
        except (OSError, json.JSONDecodeError):
            return None

    def query(self, expr: str) -> list[dict[str, Any]]:
        """The result of an instant query; the test fails where it is an error."""
        answer = self.get("/api/v1/query", query=expr)
        assert answer and answer["status"] == "success", f"{expr}: {answer}"
        return list(answer["data"]["result"])

    def query_range(self, expr: str, seconds: float, step: str = "1") -> list[dict[str, Any]]:
        """The result over the last seconds."""
        end = time.time()
        span = {"start": str(end - seconds), "end": str(end), "step": step}
        answer = self.get("/api/v1/query_range", query=expr, **span)
        assert answer and answer["status"] == "success", f"{expr}: {answer}"
        return list(answer["data"]["result"])


@contextmanager
def server(tool: str, port: int, log: Path, *options: str) -> Iterator[Api]:
    """A tool that serves on a port of loopback, from its being ready until the block ends."""
    with log.open("wb") as out:
        process = subprocess.Popen([debian(tool), *options], stdout=out, stderr=out, cwd=log.parent)
        try:
            until(lambda: _answers(port, process, log), f"{tool} is ready")
            yield Api(port)
        finally:
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(port: int, process: subprocess.Popen[bytes], log: Path) -> bool:
    assert process.poll() is None, log.read_text()[-2000:]
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/-/ready", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def until(predicate: Any, what: str, timeout: float = 180.0) -> Any:
    """The first true value, or the test fails."""
    deadline = time.monotonic() + timeout
    while not (value := predicate()):
        if time.monotonic() > deadline:
            pytest.fail(f"{what}: not within {timeout:g} s")
        time.sleep(0.05)
    return value


def prometheus_config(folder: Path, targets: Mapping[str, str], token: str) -> Path:
    """prometheus.yml as it is but for addresses, paths and a faster pace; `targets` by job."""
    config = load(PROMETHEUS / "prometheus.yml")
    config["global"] = {"scrape_interval": "2s", "scrape_timeout": "2s", "evaluation_interval": "1s"}
    config["rule_files"] = [str(PROMETHEUS / path) for path in config["rule_files"]]
    for job in config["scrape_configs"]:
        job["static_configs"] = [{"targets": [targets[job["job_name"]]]}]
        if "authorization" in job:
            secret = folder / "http_token"
            secret.write_text(token + "\n")
            job["authorization"]["credentials_file"] = str(secret)
    config["alerting"]["alertmanagers"] = [{"static_configs": [{"targets": [targets["alertmanager"]]}]}]
    path = folder / "prometheus.yml"
    path.write_text(yaml.safe_dump(config))
    return path


def alertmanager_config(folder: Path, url: str, *receivers: str) -> Path:
    """alertmanager.yml as it is, with a webhook for these receivers."""
    config = load(ALERTMANAGER)
    for receiver in config["receivers"]:
        if receiver["name"] in receivers:
            receiver["webhook_configs"] = [{"url": url, "send_resolved": False}]
    path = folder / "alertmanager.yml"
    path.write_text(yaml.safe_dump(config))
    return path
