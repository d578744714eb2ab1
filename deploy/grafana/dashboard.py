"""Writes dashboards/monitor.json: `python deploy/grafana/dashboard.py [FILE]`.

It is in Grafana's classic model, which Grafana 10 to 13 take. max by (...) without the instance: with
several processes each shows every person, and only the one with the role that counts knows more than 0.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from panels import (
    DATASOURCE,
    Json,
    bars,
    heatmap,
    lay_out,
    limits,
    lines,
    mapped,
    now,
    quantile,
    rate,
    series,
    stat,
    states,
    table,
    target,
)

OUT = Path(__file__).parent / "dashboards" / "monitor.json"
WHO = 'person=~"$person"'
WINDOW = 'window=~"$window"'
UP = mapped({0: ("down", "red"), 1: ("up", "green")})
STATUSES = {
    "rumoured": "yellow",
    "reported": "orange",
    "confirmed": "red",
    "denied": "blue",
    "retracted": "purple",
    "dismissed": "#5a6b7b",
}
KNOWN = mapped(
    {0: ("nothing known", "#3d4450")}
    | {code: (status, colour) for code, (status, colour) in enumerate(STATUSES.items(), 1)}
)


def each(label: str, metric: str, *matchers: str) -> str:
    """The one value that counts among all processes."""
    return f"max by ({label}) ({series(metric, *matchers)})"


def total(label: str, metric: str, *matchers: str) -> str:
    """A counter a second, of all processes together."""
    return f"sum by ({label}) ({rate(metric, *matchers)})"


def person(metric: str, *matchers: str) -> str:
    return each("person", metric, WHO, *matchers)


def status_code() -> str:
    """0 where nothing is known, else the place of the person's status in STATUSES."""
    parts = [person("monitor_departure_status", f'status="{status}"') for status in STATUSES]
    return " + ".join(f"{code} * {part}" for code, part in enumerate(parts, 1))


def people() -> list[Json]:
    in_window = "in the chosen window, by event time"
    shares = (
        f"sum by (label) (({each('person, label', 'monitor_window_label_ratio', WHO, WINDOW)} >= 0)"
        f" * on (person) group_left () {person('monitor_window_reactions', WINDOW)})"
    )
    return [
        stat(
            "Where each person stands",
            "The status of the newest case: a rumour is one voice or hedged words; reported rests on a trusted outlet, a"
            " changed bio or two voices; confirmed on the person, the organisation or an operator.",
            [now(status_code(), "{{person}}")],
            size=(12, 5),
            unit="none",
            mappings=KNOWN,
        ),
        table(
            "Departures",
            "When it is said to have happened (event time), and when this service first saw a sign of it.",
            [
                now(f"{person('monitor_departure_timestamp_seconds')} * 1000 > 0"),
                now(f"{person('monitor_departure_detected_timestamp_seconds')} * 1000 > 0"),
            ],
            columns={"person": "person", "Value #A": "said to be at", "Value #B": "first seen at"},
            size=(12, 5),
            unit="dateTimeAsIso",
            noValue="nobody",
        ),
        states(
            "Status over time",
            "How the status of each person moved. A rise to confirmed and a fall to denied or retracted are both here.",
            [target(status_code(), "{{person}}")],
            KNOWN,
            size=(18, 6),
        ),
        bars(
            "Cases by status",
            "All cases as they stand now, those of people who are not on the watchlist too.",
            [now(each("status", "monitor_departure_cases"), "{{status}}")],
            size=(6, 6),
        ),
        lines(
            "Reactions in the window",
            f"Live reactions about each person {in_window}: duplicates too, the person's own not.",
            [target(person("monitor_window_reactions", WINDOW), "{{person}}")],
            size=(12, 8),
            min=0,
        ),
        lines(
            "Mean sentiment in the window",
            f"From -1 to 1, over the scored reactions {in_window}. A gap: there was none to score.",
            [target(person("monitor_window_sentiment_mean", WINDOW), "{{person}}")],
            size=(12, 8),
            min=-1,
            max=1,
        ),
        lines(
            "Voices in the window",
            f"Distinct authors {in_window}; near-duplicates are one voice. Many reactions of few voices are a campaign.",
            [target(person("monitor_window_voices", WINDOW), "{{person}}")],
            min=0,
        ),
        lines(
            "Labels in the window",
            f"How reactions about the chosen people divide {in_window}; unscored are those in a script or language that"
            " the scorer does not read.",
            [target(shares, "{{label}}")],
            stack="percent",
            colours={"positive": "green", "neutral": "#8e9aab", "negative": "red", "unscored": "#3d4450"},
        ),
        lines(
            "Surge",
            "The window's reactions over the mean of the seven windows before it. 1 is as always; from 3 on something is"
            " happening.",
            [target(person("monitor_window_surge", WINDOW), "{{person}}")],
            unit="none",
            min=0,
            thresholds=limits((None, "green"), (3, "orange")),
        ),
        heatmap(
            "Sentiment of new reactions",
            "How many reactions came with which sentiment, -1 to 1, by arrival. Each row is up to the value beside it.",
            f"sum by (le) (increase({series('monitor_reaction_sentiment_bucket', WHO)}[$__rate_interval]))",
        ),
        lines(
            "New reactions",
            "Reactions published, by arrival. Beside the window above, which goes by event time, it shows late posts.",
            [target(f"60 * {total('person', 'monitor_reactions_total', WHO)}", "{{person}}")],
            unit="cpm",
            min=0,
        ),
        lines(
            "Claims found",
            "Words of departure in posts about the chosen people, by what they claim. A claim is no case yet.",
            [target(f"60 * {total('claim', 'monitor_claims_total', WHO)}", "{{claim}}")],
            unit="cpm",
            min=0,
            stack="normal",
            style="bars",
        ),
    ]


def sources() -> list[Json]:
    lag = "monitor_source_lag_seconds"
    return [
        states(
            "In sight",
            "Whether each source is read. Red: what is said there comes late, or not at all if it cannot replay.",
            [target(each("source", "monitor_source_up"), "{{source}}")],
            mapped({0: ("blind", "red"), 1: ("in sight", "green")}),
            size=(14, 7),
        ),
        bars(
            "Time since the last post",
            "How long ago each source brought its newest post. Long is normal for push and for a replay that is done.",
            [
                now(
                    f"time() - ({each('source', 'monitor_source_last_post_timestamp_seconds')} > 0)",
                    "{{source}}",
                )
            ],
            size=(10, 7),
            unit="s",
        ),
        lines(
            "Posts read",
            "All posts that a source brings, matching or not, by arrival.",
            [target(total("source", "monitor_posts_collected_total"), "{{source}}")],
            unit="cps",
            min=0,
        ),
        lines(
            "Lag",
            "From created_at to arrival: half of the posts, and 19 of 20, are faster. A polled source is as late as it is"
            " asked seldom; pushed and replayed posts are as old as they are.",
            [
                target(quantile(0.5, lag, "source"), "{{source}} half"),
                target(quantile(0.95, lag, "source"), "{{source}} 19 of 20"),
            ],
            unit="s",
            min=0,
        ),
        lines(
            "Time without sight",
            "The share of time that a source was out of sight. It is added when the source is back or fails again.",
            [target(total("source", "monitor_source_blind_seconds_total"), "{{source}}")],
            unit="percentunit",
            min=0,
        ),
        lines(
            "Drops by reason",
            "What came and was no post that can be taken. unknown_delete: of a post that never matched, which is normal.",
            [
                target(
                    f"60 * {total('source, reason', 'monitor_posts_dropped_total')} > 0",
                    "{{source}}: {{reason}}",
                )
            ],
            unit="cpm",
            min=0,
            style="bars",
            noValue="none",
        ),
        lines(
            "Errors by reason",
            "Failures to read a source. fenced: another process reads it now; store: the store did not answer.",
            [
                target(
                    f"60 * {total('source, reason', 'monitor_source_errors_total')} > 0",
                    "{{source}}: {{reason}}",
                )
            ],
            unit="cpm",
            min=0,
            style="bars",
            noValue="none",
        ),
        lines(
            "Posts that the store had",
            "Posts that came again: after a restart, a reconnection, or because somebody pushed them twice.",
            [target(f"60 * {total('source', 'monitor_posts_duplicate_total')}", "{{source}}")],
            unit="cpm",
            min=0,
        ),
    ]


def pipeline() -> list[Json]:
    stage = "monitor_stage_seconds"
    return [
        lines(
            "Time of a batch by stage",
            "19 of 20 batches are faster than this. publish is the store's.",
            [target(quantile(0.95, stage, "stage"), "{{stage}}")],
            unit="s",
            min=0,
        ),
        lines(
            "Load by stage",
            "The share of time that a stage is at work. All together near 100 %: the pipeline takes no more.",
            [target(total("stage", f"{stage}_sum"), "{{stage}}")],
            unit="percentunit",
            min=0,
            stack="normal",
        ),
        lines(
            "Waiting posts",
            "Posts in the inbox. At 2,000 the sources are made to wait.",
            [target(series("monitor_queue_posts"), "{{instance}}")],
            min=0,
        ),
        lines(
            "Waiting for a consumer",
            "Reactions in the stream that a consumer has not taken yet. For cases: departures that nobody is told of.",
            [target(each("consumer", "monitor_stream_pending"), "{{consumer}}")],
            size=(12, 7),
            min=0,
        ),
        lines(
            "Entries in the streams",
            "What the store holds: reactions up to store.retention, alerts.",
            [target(each("stream", "monitor_stream_length"), "{{stream}}")],
            size=(12, 7),
            min=0,
        ),
        states(
            "Store",
            "Whether the store answers and takes writes. While it is down collection waits; nothing is lost that a source"
            " can replay.",
            [target(series("monitor_store_up"), "{{instance}}")],
            UP,
            size=(8, 6),
        ),
        lines(
            "Lateness of the event loop",
            "How late the loop is at 99 of 100 looks.",
            [target(quantile(0.99, "monitor_loop_stall_seconds", "instance"), "{{instance}}")],
            unit="s",
            min=0,
            size=(8, 6),
        ),
        lines(
            "Time that the loop is late",
            "The share of time that everything waits for one long piece of work. From 20 % on it is overloaded.",
            [target(rate("monitor_loop_stall_seconds_sum"), "{{instance}}")],
            unit="percentunit",
            min=0,
            size=(8, 6),
            thresholds=limits((None, "green"), (0.2, "red")),
        ),
    ]


def alerts() -> list[Json]:
    delivery = "monitor_delivery_seconds"
    written = f"sum by (type) (increase({series('monitor_alerts_total')}[$__range])) > 0.5"
    return [
        bars(
            "Alerts written",
            "In the time that the dashboard shows, by type. One is written for each rise, and for each correction.",
            [now(written, "{{type}}")],
        ),
        lines(
            "From post to alert",
            "From created_at of the post that decides to its alert being written: half, and 19 of 20, are faster.",
            [
                target(quantile(0.5, "monitor_detection_seconds"), "half"),
                target(quantile(0.95, "monitor_detection_seconds"), "19 of 20"),
            ],
            unit="s",
            min=0,
        ),
        bars(
            "Dead letters",
            "Deliveries that were given up and not replayed: somebody was not told. `monitor alerts dead` lists them.",
            [now(each("endpoint", "monitor_dead_letters"), "{{endpoint}}")],
            bad_from=1,
        ),
        lines(
            "Attempts to deliver",
            "By endpoint and outcome. retry: it failed and will be tried again; dead: it was given up.",
            [
                target(
                    f"60 * {total('endpoint, outcome', 'monitor_deliveries_total')}",
                    "{{endpoint}}: {{outcome}}",
                )
            ],
            unit="cpm",
            min=0,
            style="bars",
            stack="normal",
        ),
        lines(
            "From alert to delivery",
            "Half, and 19 of 20, of the deliveries that succeeded were faster.",
            [
                target(quantile(0.5, delivery, "endpoint"), "{{endpoint}} half"),
                target(quantile(0.95, delivery, "endpoint"), "{{endpoint}} 19 of 20"),
            ],
            unit="s",
            min=0,
        ),
        table(
            "Firing in Prometheus",
            "What the rules of deploy/prometheus say now: news of people, and whatever needs somebody's hand.",
            [now('ALERTS{alertstate="firing",job=~"$job|prometheus|alertmanager"}')],
            columns={
                name: name
                for name in ("alertname", "severity", "person", "status", "source", "endpoint", "instance")
            },
            noValue="nothing",
        ),
    ]


def service() -> list[Json]:
    build, settings = series("monitor_build_info"), series("monitor_config_hash_info")
    return [
        states(
            "Scraped",
            "Whether Prometheus reaches the service.",
            [target(series("up"), "{{instance}}")],
            UP,
            size=(12, 5),
        ),
        table(
            "What runs",
            "Version, and a hash of the settings in force: it changes when any of them does.",
            [now(f"{build} * on (job, instance) group_left (hash) {settings}")],
            columns={"instance": "instance", "version": "version", "hash": "settings"},
            size=(8, 5),
        ),
        stat(
            "Restarts",
            "How often the service started again in the time that the dashboard shows.",
            [now(f"changes({series('process_start_time_seconds')}[$__range])", "{{instance}}")],
            size=(4, 5),
            thresholds=limits((None, "green"), (1, "orange"), (3, "red")),
        ),
        lines(
            "Memory",
            "Resident memory of the service, without the store's.",
            [target(series("process_resident_memory_bytes"), "{{instance}}")],
            unit="bytes",
            min=0,
        ),
        lines(
            "Processor time",
            "1 is one core, and about as much as one process can use.",
            [target(rate("process_cpu_seconds_total"), "{{instance}}")],
            unit="none",
            min=0,
        ),
        lines(
            "Series in a scrape",
            "What /metrics holds. Prometheus refuses it from 5,000 on (sample_limit in prometheus.yml).",
            [target(series("scrape_samples_post_metric_relabeling"), "{{instance}}")],
            min=0,
        ),
    ]


def variable(name: str, label: str, metric: str, *, of: str, many: bool = True, **fields: object) -> Json:
    asked = f"label_values({metric}, {of})"
    every = {"text": ["All"], "value": ["$__all"]} if many else {}
    return {
        "type": "query",
        "name": name,
        "label": label,
        "datasource": DATASOURCE,
        "definition": asked,
        "query": {"query": asked, "refId": "StandardVariableQuery"},
        "refresh": 2,
        "sort": 1,
        "multi": many,
        "includeAll": many,
        "current": every,
        "options": [],
        "regex": "",
        "hide": 0,
        "skipUrlSync": False,
        **({"allValue": ".+"} if many else {}),
        **fields,
    }


def variables() -> list[Json]:
    job, both = 'job=~"$job"', 'job=~"$job",instance=~"$instance"'
    datasource = {
        "type": "datasource",
        "name": "datasource",
        "label": "Data source",
        "query": "prometheus",
        "current": {},
        "options": [],
        "regex": "",
        "refresh": 1,
        "includeAll": False,
        "multi": False,
        "hide": 0,
        "skipUrlSync": False,
    }
    return [
        datasource,
        variable("job", "job", "monitor_build_info", of="job"),
        variable("instance", "instance", f"monitor_build_info{{{job}}}", of="instance"),
        variable("person", "person", f"monitor_departure_timestamp_seconds{{{both}}}", of="person"),
        variable(
            "window",
            "window",
            f"monitor_window_reactions{{{both}}}",
            of="window",
            many=False,
            current={"text": "1h", "value": "1h"},
        ),
    ]


def annotation(
    name: str, expr: str, colour: str, title: str, text: str, *, on: bool = True, **more: object
) -> Json:
    """Every value above 0 is a mark; with useValueForTime the value is its time in milliseconds."""
    return {
        "name": name,
        "datasource": DATASOURCE,
        "enable": on,
        "hide": False,
        "iconColor": colour,
        "expr": expr,
        "step": "60s",
        "titleFormat": title,
        "textFormat": text,
        "tagKeys": "",
        "useValueForTime": False,
        **more,
    }


def annotations() -> list[Json]:
    return [
        annotation(
            "Departures",
            f"{person('monitor_departure_timestamp_seconds')} * 1000",
            "red",
            "{{person}}",
            "said to have left at this time",
            tagKeys="person",
            useValueForTime=True,
        ),
        annotation(
            "First seen",
            f"{person('monitor_departure_detected_timestamp_seconds')} * 1000",
            "orange",
            "{{person}}",
            "first sign of a departure seen by this service",
            tagKeys="person",
            useValueForTime=True,
        ),
        annotation(
            "Blind",
            f"1 - {each('source', 'monitor_source_up')} > 0",
            "#5a6b7b",
            "{{source}} out of sight",
            "posts of this time may be missing",
            tagKeys="source",
        ),
        annotation(
            "Starts of the service",
            f"{series('process_start_time_seconds')} * 1000",
            "blue",
            "{{instance}} started",
            "",
            on=False,
            useValueForTime=True,
        ),
    ]


def dashboard() -> Json:
    rows = {
        "People": people(),
        "Alerts and deliveries": alerts(),
        "Sources": sources(),
        "Pipeline": pipeline(),
        "Service": service(),
    }
    return {
        "uid": "monitor",
        "title": "monitor",
        "description": "What is said about the people of an organisation, who leaves it, and how well the watching works.",
        "tags": ["monitor"],
        "schemaVersion": 39,
        "version": 1,
        "editable": False,
        "graphTooltip": 1,
        "refresh": "30s",
        "time": {"from": "now-24h", "to": "now"},
        "timezone": "browser",
        "templating": {"list": variables()},
        "annotations": {"list": annotations()},
        "links": [],
        "panels": list(lay_out(rows)),
    }


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    out.write_text(json.dumps(dashboard(), indent=1, ensure_ascii=False) + "\n")
