"""monitor backtest --labels: how well labelled texts are read, and how soon departures are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple, TextIO

import msgspec

from . import labels
from .backtest import Step, is_side_line, read_lines, replayed
from .casefile import RANK
from .errors import Malformed, UserError
from .model import Claim, Post, encode
from .readers import readers_of
from .settings import Settings
from .terminal import table
from .watchlist import load

MONTH = timedelta(days=365.25 / 12)


class Departure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A departure by the labels: `at` is the time of its first public sign."""

    person: str
    at: datetime


class Line(NamedTuple):
    """What a line of a labelled file holds: a text with labels, a post with a time, departures."""

    record: dict[str, Any] | None = None
    post: Post | None = None
    departures: list[Departure] | None = None


class Alarm(NamedTuple):
    """When a case was first alerted with at least a status."""

    person: str
    at: datetime
    status: str


class Timing(NamedTuple):
    """Of the alerts from one status on: how many departures they told, how late, and how many were false."""

    status: str
    told: int
    departures: int
    delays: list[float]
    false: int
    months: float

    @property
    def a_month(self) -> float:
        return self.false / self.months if self.months else float(self.false)


def score(settings: Settings, files: Sequence[Path], form: str, sink: TextIO) -> int:
    """The figures over labelled files, as tables or as one JSON object; 1 where a line is wrong."""
    lines, wrong = read_lines(files, _line)
    watchlist = load(settings.watchlist)
    records = [line.record for line in lines if line.record is not None]
    departures = [line.departures for line in lines if line.departures is not None]
    posts = [line.post for line in lines if line.post is not None]
    if not records and not departures:
        raise UserError(f"{files[0]}: no line carries labels (about and claims, or departures)")
    readers = readers_of(settings, watchlist)

    def read(post: Post) -> tuple[list[str], list[Claim]]:
        matches = readers.match(post)
        reading = readers.reading(post, matches, readers.claim(post, matches), {})
        return reading.about, reading.claims

    figures = labels.measure(records, read) if records else None
    timings: list[Timing] = []
    if departures and posts:
        known = [departure for line in departures for departure in line]
        timings = timings_of(alarms(replayed(settings, watchlist, posts)), known, _months(posts))
    if form == "json":
        sink.write(encode(_as_json(figures, timings)).decode() + "\n")
        return 1 if wrong else 0
    if figures:
        sink.write(f"{figures.texts} labelled texts\n{labels.table(figures)}\n")
    if timings:
        sink.write("\n" if figures else "")
        sink.write(f"{len(posts)} posts over {timings[0].months:.1f} months\n")
        _table(timings, sink)
    return 1 if wrong else 0


def _line(value: Any) -> Line:
    """One line; raises Malformed."""
    if is_side_line(value):
        try:
            return Line(departures=msgspec.convert(value["departures"], list[Departure]))
        except msgspec.ValidationError as error:
            raise Malformed("bad_field", f"departures: {error}") from error
    if not isinstance(value, dict):
        raise Malformed("bad_field", "a line is an object")
    labelled = labels.is_labelled(value)
    if not labelled and ("about" in value or "claims" in value):
        raise Malformed("bad_field", 'labels are "about" [id] and "claims" [{"person", "claim"}]')
    post = labels.labelled_post(value)
    return Line(value if labelled else None, post if "created_at" in value else None)


def alarms(steps: Iterable[Step]) -> list[Alarm]:
    """The first alert of each case with each status or a higher one."""
    found: list[Alarm] = []
    reached: dict[str, int] = {}
    for step in steps:
        case, rank = step.file.case, RANK.get(step.change.to, 0)
        if step.alerted and rank > reached.get(case.id, 0):
            found += [
                Alarm(case.person, step.change.at, status)
                for status, at in RANK.items()
                if reached.get(case.id, 0) < at <= rank
            ]
            reached[case.id] = rank
    return found


def timings_of(alarms: Sequence[Alarm], departures: Sequence[Departure], months: float) -> list[Timing]:
    """By status: an alarm tells the person's last departure before it; it is false where there is none, or where
    an alarm of an earlier case has told it."""
    found = []
    for status in RANK:
        first: dict[Departure, float] = {}
        false = 0
        for alarm in alarms:
            if alarm.status != status:
                continue
            departure = _told(alarm, departures)
            if departure is None or departure in first:
                false += 1
            else:
                first[departure] = (alarm.at - _utc(departure.at)).total_seconds()
        found.append(Timing(status, len(first), len(departures), sorted(first.values()), false, months))
    return found


def _told(alarm: Alarm, departures: Sequence[Departure]) -> Departure | None:
    own = [
        departure
        for departure in departures
        if departure.person.casefold() == alarm.person.casefold() and _utc(departure.at) <= alarm.at
    ]
    return max(own, key=lambda departure: _utc(departure.at), default=None)


def _utc(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _months(posts: Sequence[Post]) -> float:
    times = [post.created_at for post in posts]
    return (max(times) - min(times)) / MONTH


def _table(timings: Sequence[Timing], sink: TextIO) -> None:
    rows = [
        [t.status, f"{t.told} of {t.departures}", *_delays(t), t.false, f"{t.a_month:.2f}"] for t in timings
    ]
    head = ["ALERTS FROM", "DEPARTURES TOLD", "AFTER FIRST SIGN P50", "MAX", "FALSE ALARMS", "A MONTH"]
    table(head, rows, sink)


def _delays(timing: Timing) -> list[str]:
    if not timing.delays:
        return ["-", "-"]
    return [span(median(timing.delays)), span(timing.delays[-1])]


def span(seconds: float) -> str:
    """Seconds as people say them."""
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.0f} s"


def _as_json(figures: labels.Figures | None, timings: Sequence[Timing]) -> dict[str, Any]:
    alerts = {
        t.status: {
            "told": t.told,
            "departures": t.departures,
            "seconds_from_first_sign": {
                "p50": median(t.delays) if t.delays else None,
                "max": t.delays[-1] if t.delays else None,
            },
            "false_alarms": t.false,
            "false_alarms_a_month": round(t.a_month, 3),
        }
        for t in timings
    }
    found: dict[str, Any] = {"labels": labels.as_json(figures)} if figures else {}
    return found | ({"months": round(timings[0].months, 2), "alerts": alerts} if timings else {})
