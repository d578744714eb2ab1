"""Every metric of the design is there from the start, at 0, in a form that promtool and OpenMetrics accept."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import logging
import math
import subprocess
import time
from itertools import product

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_openmetrics
from prometheus_client.parser import text_string_to_metric_families as parse_text

from monitor import telemetry
from monitor.consume.windows.state import Window
from monitor.model import DROP_REASONS, LABELS, STATUSES
from monitor.telemetry import Telemetry, set_up_logging
from tests.conftest import debian

PEOPLE, SOURCES, SPANS, ENDPOINTS = ("ann", "bob"), ("bluesky", "push"), ("5m", "1h", "24h"), ("ops", "team")
KINDS = ("farewell", "joke")
ALL_PEOPLE = (*PEOPLE, "unlisted")
OPENMETRICS = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5"
LABEL_SETS = {
    "source": SOURCES,
    "window": SPANS,
    "endpoint": ENDPOINTS,
    "label": LABELS,
    "kind": KINDS,
    "status": STATUSES,
    "claim": ("self_announced", "reported", "profile_changed", "rumoured", "denied"),
    "outcome": ("delivered", "retry", "dead"),
    "stage": telemetry.STAGES,
    "stream": telemetry.STREAMS,
    "consumer": telemetry.CONSUMERS,
    "type": telemetry.ALERT_TYPES,
    "hash": ("abc",),
    "version": ("1.2",),
}
# Name, type, labels, as in section 8 of the design.
METRICS = [
    ("monitor_posts_collected", "counter", "source"),
    ("monitor_posts_dropped", "counter", "source reason"),
    ("monitor_posts_duplicate", "counter", "source"),
    ("monitor_reactions", "counter", "person label"),
    ("monitor_reactions_kind", "counter", "person kind"),
    ("monitor_reaction_sentiment", "histogram", "person"),
    ("monitor_window_reactions", "gauge", "person window"),
    ("monitor_window_voices", "gauge", "person window"),
    ("monitor_window_sentiment_mean", "gauge", "person window"),
    ("monitor_window_label_ratio", "gauge", "person window label"),
    ("monitor_window_surge", "gauge", "person window"),
    ("monitor_departure_cases", "gauge", "status"),
    ("monitor_departure_status", "gauge", "person status"),
    ("monitor_departure_timestamp_seconds", "gauge", "person"),
    ("monitor_departure_detected_timestamp_seconds", "gauge", "person"),
    ("monitor_claims", "counter", "person claim"),
    ("monitor_detection_seconds", "histogram", ""),
    ("monitor_source_up", "gauge", "source"),
    ("monitor_source_last_post_timestamp_seconds", "gauge", "source"),
    ("monitor_source_lag_seconds", "histogram", "source"),
    ("monitor_source_errors", "counter", "source reason"),
    ("monitor_source_blind_seconds", "counter", "source"),
    ("monitor_stage_seconds", "histogram", "stage"),
    ("monitor_queue_posts", "gauge", ""),
    ("monitor_stream_length", "gauge", "stream"),
    ("monitor_stream_pending", "gauge", "consumer"),
    ("monitor_alerts", "counter", "type"),
    ("monitor_deliveries", "counter", "endpoint outcome"),
    ("monitor_delivery_seconds", "histogram", "endpoint"),
    ("monitor_dead_letters", "gauge", "endpoint"),
    ("monitor_delivery_overdue_seconds", "gauge", "endpoint"),
    ("monitor_endpoint_up", "gauge", "endpoint"),
    ("monitor_store_up", "gauge", ""),
    ("monitor_config_hash", "info", "hash"),
    ("monitor_build", "info", "version"),
    ("monitor_loop_stall_seconds", "histogram", ""),
]
WITH_UNLISTED = {
    "monitor_reactions",
    "monitor_reactions_kind",
    "monitor_reaction_sentiment",
    "monitor_claims",
}
GOOD = ("monitor_endpoint_up",)  # What nobody has tried yet is not down.
SUFFIX = {"counter": "_total", "gauge": "", "info": "_info", "histogram": "_bucket"}


@pytest.fixture
def metrics() -> Telemetry:
    return Telemetry(
        people=PEOPLE,
        sources=SOURCES,
        windows=SPANS,
        endpoints=ENDPOINTS,
        config_hash="abc",
        version="1.2",
        kinds=KINDS,
    )


def families(metrics: Telemetry):
    return {family.name: family for family in parse_openmetrics(metrics.render(OPENMETRICS)[0].decode())}


def value(metrics: Telemetry, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)


def fill(metrics: Telemetry) -> None:
    source = metrics.source["bluesky"]
    source.collected.inc(3)
    source.dropped["bad_json"].inc()
    source.errors["timeout"].inc()
    source.up.set(1)
    source.lag.observe(0.4)
    source.blind.inc(2.5)
    metrics.reactions["ann", "positive"].inc()
    metrics.reaction_sentiment["ann"].observe(-0.55)
    metrics.detection_seconds.observe(0.7)
    metrics.endpoint["ops"].deliveries["delivered"].inc()
    metrics.endpoint["ops"].seconds.observe(0.2)
    metrics.read_windows_with(lambda: {(p, w): SAMPLE for p, w in product(PEOPLE, SPANS)})


SAMPLE = Window(4, 3, math.nan, {"positive": 0, "neutral": 0, "negative": 0, "unscored": 1}, 2.5)


def expected_label_sets(name: str, labels: str) -> set[tuple[tuple[str, str], ...]]:
    sets = dict(LABEL_SETS, person=ALL_PEOPLE if name in WITH_UNLISTED else PEOPLE)
    sets["reason"] = DROP_REASONS if name == "monitor_posts_dropped" else telemetry.ERROR_REASONS
    names = labels.split()
    return {tuple(sorted(zip(names, row, strict=True))) for row in product(*(sets[n] for n in names))}


@pytest.mark.parametrize(("name", "kind", "labels"), METRICS)
def test_metric_is_there_from_the_start(metrics, name, kind, labels):
    family = families(metrics)[name]
    assert family.type == kind
    assert family.documentation
    samples = [s for s in family.samples if s.name == name + SUFFIX[kind]]
    found = {tuple(sorted((k, v) for k, v in s.labels.items() if k != "le")) for s in samples}
    assert found == expected_label_sets(name, labels)
    undefined = name in ("monitor_window_sentiment_mean", "monitor_window_label_ratio")
    for sample in samples:
        assert math.isnan(sample.value) if undefined else sample.value == (kind == "info" or name in GOOD)


def test_nothing_else_is_exposed(metrics):
    ours = {name for name in families(metrics) if name.startswith("monitor_")}
    assert ours == {name for name, _, _ in METRICS}
    assert {"process_cpu_seconds", "python_info", "python_gc_collections"} <= families(metrics).keys()


def test_window_gauges_are_read_at_the_scrape(metrics):
    fill(metrics)
    labels = {"person": "bob", "window": "24h"}
    assert value(metrics, "monitor_window_reactions", **labels) == 4
    assert value(metrics, "monitor_window_voices", **labels) == 3
    assert value(metrics, "monitor_window_surge", **labels) == 2.5
    assert value(metrics, "monitor_window_label_ratio", label="unscored", **labels) == 1
    text = metrics.render("")[0].decode()
    assert 'monitor_window_sentiment_mean{person="bob",window="24h"} NaN' in text


def test_help_states_clock_and_window(metrics):
    documented = families(metrics)["monitor_window_reactions"].documentation
    assert "floor(t)-w < floor(created_at" in documented
    assert "scrape" in documented


@pytest.mark.parametrize(
    ("accept", "content_type", "parse"),
    [
        ("", "text/plain; version=0.0.4", parse_text),
        ("*/*", "text/plain; version=0.0.4", parse_text),
        (OPENMETRICS, "application/openmetrics-text; version=1.0.0", parse_openmetrics),
    ],
)
def test_render_negotiates(metrics, accept, content_type, parse):
    fill(metrics)
    body, got = metrics.render(accept)
    assert got.startswith(content_type)
    names = {sample.name for family in parse(body.decode()) for sample in family.samples}
    assert "monitor_posts_collected_total" in names
    assert not any(name.endswith("_created") for name in names)


def test_two_services_in_one_process_do_not_share(metrics):
    other = Telemetry(
        people=PEOPLE, sources=SOURCES, windows=SPANS, endpoints=(), config_hash="d", version="1"
    )
    fill(metrics)
    assert value(metrics, "monitor_posts_collected_total", source="bluesky") == 3
    assert value(other, "monitor_posts_collected_total", source="bluesky") == 0


@pytest.mark.debian
def test_promtool_finds_nothing(metrics):
    promtool = debian("promtool")
    fill(metrics)
    for accept in ("", "text/plain;version=0.0.4"):
        body = metrics.render(accept)[0]
        run = subprocess.run([promtool, "check", "metrics"], input=body, capture_output=True, timeout=30)
        assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")


async def test_a_blocked_loop_shows(metrics):
    watch = asyncio.create_task(metrics.watch_loop(0.01))
    await asyncio.sleep(0.02)
    time.sleep(0.15)
    await asyncio.sleep(0.02)
    watch.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await watch
    counted = value(metrics, "monitor_loop_stall_seconds_count")
    assert counted - value(metrics, "monitor_loop_stall_seconds_bucket", le="0.1") >= 1


def test_cost_of_a_count(metrics, capsys):
    counter, lag = metrics.reactions["ann", "positive"], metrics.source["push"].lag
    n = 100_000
    started = time.process_time()
    for _ in range(n):
        counter.inc()
    counted = time.process_time()
    for _ in range(n):
        lag.observe(0.3)
    observed = time.process_time()
    metrics.render(OPENMETRICS)
    rendered = time.process_time()
    with capsys.disabled():
        print(
            f"\ntelemetry: inc {(counted - started) / n * 1e6:.2f} us,"
            f" observe {(observed - counted) / n * 1e6:.2f} us, scrape {(rendered - observed) * 1e3:.1f} ms"
        )


@pytest.fixture
def log():
    root, stream = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    root.handlers[:] = []
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


def test_log_is_one_json_object_a_line(log):
    set_up_logging(log, tty=False)
    set_up_logging(log, tty=False)
    logger = logging.getLogger("monitor.collect")
    logger.debug("unseen")
    logger.info("reads %s", "林俊旸\nfake", extra={"source": "bluesky", "where": {1}})
    try:
        raise ValueError("broken \ud800")
    except ValueError:
        logger.exception("failed")
    first, second = (json.loads(line) for line in log.getvalue().splitlines())
    assert list(first)[:4] == ["time", "level", "logger", "message"]
    assert first["time"].endswith("Z")
    assert (first["level"], first["logger"]) == ("INFO", "monitor.collect")
    assert (first["message"], first["source"], first["where"]) == ("reads 林俊旸\nfake", "bluesky", "{1}")
    assert "ValueError: broken" in second["error"]


def test_an_extra_does_not_hide_the_message(log):
    set_up_logging(log, tty=False)
    logging.getLogger("a").info("said", extra={"time": "x", "level": "y", "logger": "z"})
    assert json.loads(log.getvalue())["level"] == "INFO"


def test_log_on_a_terminal_is_short_and_free_of_control_characters(log):
    set_up_logging(log, tty=True)
    logging.getLogger("monitor.collect").warning("gone \x1b[2J\n林俊旸", extra={"source": "push"})
    line = log.getvalue()
    assert line[8:] == " WARNING monitor.collect: gone \\x1b[2J\\x0a林俊旸 source=push\n"
