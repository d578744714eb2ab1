"""Every metric of the service, created at start with all its label sets, and the set-up of the log."""

from __future__ import annotations

import asyncio
import json
import logging
import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import NoReturn, Protocol, TextIO, TypeVar, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.samples import Sample

from .model import DROP_REASONS, KINDS, LABELS, STATUSES, ClaimKind

UNLISTED = "unlisted"
CLAIMS: tuple[str, ...] = get_args(ClaimKind)
ERROR_REASONS = (
    *("unreachable", "timeout", "http_4xx", "http_5xx", "rate_limited"),
    *("protocol", "fenced", "store", "other"),
)
OUTCOMES = ("delivered", "retry", "dead")
STAGES = ("match", "score", "claim", "publish")
STREAMS = ("reactions", "alerts")
CONSUMERS = ("cases", "windows")
ALERT_TYPES = (
    *(f"departure.{status}" for status in ("rumoured", "reported", "confirmed", "denied", "retracted")),
    *("monitor.test", "source.blind", "delivery.dead", "endpoint.disabled", "monitor.digest"),
)

_SPAN = " Window w at t: floor(t)-w < floor(created_at, or arrival if earlier) <= floor(t), as known at the scrape."
_WINDOW_GAUGES: tuple[tuple[str, ...], ...] = (
    ("reactions", "Live reactions, duplicates too, without the person's own."),
    ("voices", "Distinct authors, near-duplicates as one."),
    ("sentiment_mean", "Mean sentiment towards the person, -1..1, over the scored; NaN without one."),
    ("label_ratio", "Share of a label, 0..1, over all, unscored included; NaN when empty.", "label"),
    ("surge", "Reactions over the mean (at least 1) of the seven windows before."),
)


class _Signed(Histogram):
    """OpenMetrics allows no sum, and so no count, where a bucket is negative: le="+Inf" is the count."""

    def _child_samples(self) -> Iterable[Sample]:
        return [sample for sample in super()._child_samples() if sample.name == "_bucket"]


M = TypeVar("M", Counter, Gauge, Histogram)
Kind = Callable[..., M]
_Latency = partial(Histogram, buckets=(0.0001, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30))
_Lateness = partial(Histogram, buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 300, 1800, 7200, 86400))
_Polarity = partial(_Signed, buckets=tuple(n / 10 for n in range(-9, 11)))


class WindowLike(Protocol):
    """One rolling window as a scrape shows it; consume.windows.state.Window is one."""

    @property
    def count(self) -> int: ...
    @property
    def voices(self) -> int: ...
    @property
    def mean(self) -> float: ...
    @property
    def ratios(self) -> Mapping[str, float]: ...
    @property
    def surge(self) -> float: ...


ReadWindows = Callable[[], Mapping[tuple[str, str], WindowLike]]


@dataclass(frozen=True)
class SourceMetrics:
    """The series of one configured source; times are POSIX seconds, spans seconds."""

    collected: Counter
    duplicate: Counter
    dropped: Mapping[str, Counter]  # by model.DROP_REASONS
    errors: Mapping[str, Counter]  # by ERROR_REASONS
    up: Gauge
    last_post: Gauge
    lag: Histogram
    blind: Counter


@dataclass(frozen=True)
class EndpointMetrics:
    """The series of one configured endpoint; `seconds` is from the alert to its delivery."""

    deliveries: Mapping[str, Counter]  # by OUTCOMES
    seconds: Histogram
    dead_letters: Gauge
    up: Gauge
    overdue: Gauge


class Telemetry:
    """All metrics of one service on a registry of its own; attributes hold children, bound once.

    `windows` are as written in the settings ("5m"); the other sequences are names. A series with two
    labels is found by a pair: `reactions[person, label].inc()`.
    """

    def __init__(
        self,
        *,
        people: Sequence[str],
        sources: Sequence[str],
        windows: Sequence[str],
        endpoints: Sequence[str],
        config_hash: str,
        version: str,
        kinds: Sequence[str] = KINDS,
    ) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self._declare_reactions([*people, UNLISTED], kinds)
        self._declare_departures(people)
        self._declare_service()
        self.source = self._sources(sources)
        self.endpoint = self._endpoints(endpoints)
        Info("monitor_config_hash", "Settings in force.", registry=self.registry).info({"hash": config_hash})
        Info("monitor_build", "Version of monitor.", registry=self.registry).info({"version": version})
        self._windows = _WindowCollector(people, windows)
        self.registry.register(self._windows)
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)

    def read_windows_with(self, read: ReadWindows) -> None:
        """From now on a scrape shows what `read()` returns: {(person, window as written): window}."""
        self._windows.read = read

    def render(self, accept: str) -> tuple[bytes, str]:
        """The body and its content type: OpenMetrics or text, as the Accept header asks."""
        encode, content_type = choose_encoder(accept)
        return encode(self.registry), content_type

    async def watch_loop(self, interval: float = 0.1) -> NoReturn:
        """Measures how late the loop is, in seconds, every `interval` seconds until it is cancelled."""
        while True:
            due = time.monotonic() + interval
            await asyncio.sleep(interval)
            self.loop_stall.observe(max(0.0, time.monotonic() - due))

    def _declare_reactions(self, people: Sequence[str], kinds: Sequence[str]) -> None:
        each, pairs = self._each, self._pairs
        help = "Reactions published, by sentiment and by arrival."
        self.reactions = pairs(Counter, "reactions_total", help, person=people, label=LABELS)
        help = "Reactions published, by what they do."
        self.reactions_kind = pairs(Counter, "reactions_kind_total", help, person=people, kind=kinds)
        help = "Sentiment of scored reactions, -1..1, by arrival."
        self.reaction_sentiment = each(_Polarity, "reaction_sentiment", help, person=people)
        self.claims = pairs(Counter, "claims_total", "Claims found in posts.", person=people, claim=CLAIMS)

    def _declare_departures(self, people: Sequence[str]) -> None:
        each = self._each
        self.departure_cases = each(Gauge, "departure_cases", "Cases in a status now.", status=STATUSES)
        help = "1 for the status of the person's newest case, else 0."
        self.departure_status = self._pairs(Gauge, "departure_status", help, person=people, status=STATUSES)
        help = "Event time of the person's newest departure; 0 without one."
        self.departure_at = each(Gauge, "departure_timestamp_seconds", help, person=people)
        help = "When the person's newest departure was first seen, by this service's clock; 0 without one."
        self.departure_detected_at = each(Gauge, "departure_detected_timestamp_seconds", help, person=people)
        help = "From created_at of the post that decides to its alert being written."
        self.detection_seconds = self._one(_Lateness, "detection_seconds", help)
        self.alerts = each(Counter, "alerts_total", "Alerts written.", type=ALERT_TYPES)

    def _declare_service(self) -> None:
        one, each = self._one, self._each
        self.store_up = one(Gauge, "store_up", "1 while the store answers and takes writes.")
        self.queue_posts = one(Gauge, "queue_posts", "Posts that wait to be matched.")
        self.loop_stall = one(_Latency, "loop_stall_seconds", "Lateness of the event loop.")
        self.stage_seconds = each(_Latency, "stage_seconds", "Time of a batch in a stage.", stage=STAGES)
        self.stream_length = each(Gauge, "stream_length", "Entries of all partitions.", stream=STREAMS)
        help = "Entries that a consumer has yet to take."
        self.stream_pending = each(Gauge, "stream_pending", help, consumer=CONSUMERS)

    def _sources(self, names: Sequence[str]) -> dict[str, SourceMetrics]:
        each, pairs = self._each, self._pairs
        collected = each(Counter, "posts_collected_total", "Posts read, by arrival.", source=names)
        duplicate = each(Counter, "posts_duplicate_total", "Posts that the store had.", source=names)
        dropped = pairs(Counter, "posts_dropped_total", "Posts not taken.", source=names, reason=DROP_REASONS)
        errors = pairs(Counter, "source_errors_total", "Failed reads.", source=names, reason=ERROR_REASONS)
        up = each(Gauge, "source_up", "1 while the source is read.", source=names)
        help = "Arrival of the newest post; 0 before the first."
        last = each(Gauge, "source_last_post_timestamp_seconds", help, source=names)
        lag = each(_Lateness, "source_lag_seconds", "From created_at to arrival.", source=names)
        blind = each(Counter, "source_blind_seconds_total", "Time without sight of it.", source=names)
        return {
            n: SourceMetrics(
                collected[n], duplicate[n], _of(n, dropped), _of(n, errors), up[n], last[n], lag[n], blind[n]
            )
            for n in names
        }

    def _endpoints(self, names: Sequence[str]) -> dict[str, EndpointMetrics]:
        help = "Attempts to deliver, by outcome."
        tries = self._pairs(Counter, "deliveries_total", help, endpoint=names, outcome=OUTCOMES)
        seconds = self._each(_Lateness, "delivery_seconds", "From alert to delivery.", endpoint=names)
        dead = self._each(Gauge, "dead_letters", "Deliveries given up and not replayed.", endpoint=names)
        up = self._each(Gauge, "endpoint_up", "0 while disabled or given a rest, else 1.", endpoint=names)
        for gauge in up.values():
            gauge.set(1)
        late = self._each(Gauge, "delivery_overdue_seconds", "Since the oldest one was due.", endpoint=names)
        return {n: EndpointMetrics(_of(n, tries), seconds[n], dead[n], up[n], late[n]) for n in names}

    def _one(self, kind: Kind[M], name: str, help: str, /, *labels: str) -> M:
        return kind(f"monitor_{name}", help, labels, registry=self.registry)

    def _each(self, kind: Kind[M], name: str, help: str, /, **label: Sequence[str]) -> dict[str, M]:
        family = self._one(kind, name, help, *label)
        (values,) = label.values()
        return {value: family.labels(value) for value in values}

    def _pairs(
        self, kind: Kind[M], name: str, help: str, /, **labels: Sequence[str]
    ) -> dict[tuple[str, str], M]:
        family = self._one(kind, name, help, *labels)
        first, second = labels.values()
        return {(a, b): family.labels(a, b) for a in first for b in second}


def _of(first: str, pairs: Mapping[tuple[str, str], M]) -> dict[str, M]:
    return {second: child for (one, second), child in pairs.items() if one == first}


class _Empty:
    count = voices = 0
    mean = math.nan
    ratios: Mapping[str, float] = dict.fromkeys(LABELS, math.nan)
    surge = 0.0


class _WindowCollector:
    """The window gauges, read at each scrape: they move with time, not only with posts."""

    def __init__(self, people: Sequence[str], windows: Sequence[str]) -> None:
        empty: dict[tuple[str, str], WindowLike] = {(p, w): _Empty() for p in people for w in windows}
        self.read: ReadWindows = lambda: empty

    def describe(self) -> list[GaugeMetricFamily]:
        return [
            GaugeMetricFamily(f"monitor_window_{name}", help + _SPAN, labels=["person", "window", *more])
            for name, help, *more in _WINDOW_GAUGES
        ]

    def collect(self) -> list[GaugeMetricFamily]:
        families = self.describe()
        reactions, voices, mean, ratio, surge = families
        for key, window in self.read().items():
            reactions.add_metric(key, window.count)
            voices.add_metric(key, window.voices)
            mean.add_metric(key, window.mean)
            surge.add_metric(key, window.surge)
            for label in LABELS:
                ratio.add_metric([*key, label], window.ratios[label])
        return families


_PLAIN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}


class _Lines(logging.Formatter):
    """One JSON object a line, or, on a terminal, one short line; a traceback follows the short one."""

    def __init__(self, tty: bool) -> None:
        super().__init__()
        self._tty = tty

    def format(self, record: logging.LogRecord) -> str:
        extras = {k: v for k, v in vars(record).items() if k not in _PLAIN}
        at = datetime.fromtimestamp(record.created, UTC)
        error = self.formatException(record.exc_info) if record.exc_info else ""
        if self._tty:
            words = [record.getMessage(), *(f"{k}={v}" for k, v in extras.items())]
            line = f"{at.astimezone():%H:%M:%S} {record.levelname:<7} {record.name}: {' '.join(words)}"
            return line.translate(_CONTROL) + (error and "\n" + error)
        fixed = {"time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z")}
        fixed |= {"level": record.levelname, "logger": record.name, "message": record.getMessage()}
        return json.dumps({**fixed, **extras, **({"error": error} if error else {}), **fixed}, default=str)


def set_up_logging(stream: TextIO, tty: bool) -> None:
    """Everything of level INFO and above goes to `stream`, in place of what was set up before."""
    lines = logging.StreamHandler(stream)
    lines.setFormatter(_Lines(tty))
    logging.basicConfig(level=logging.INFO, handlers=[lines], force=True)
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)
