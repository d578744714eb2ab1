"""What the metrics say of the cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..casefile import RANK, File
from ..model import STATUSES
from ..telemetry import Telemetry


def count_cases(telemetry: Telemetry, files: Sequence[File], changed: str | None = None) -> None:
    """monitor_departure_* as the cases stand; a person's newest episode speaks for the person.

    `changed`: the one person whose cases are not what they were the last time; None: it may be anybody's.
    """
    of_each = Counter(file.case.status for file in files)
    for status in STATUSES:
        telemetry.departure_cases[status].set(of_each[status])
    people = telemetry.departure_at.keys() & ({changed} if changed else telemetry.departure_at.keys())
    files = [file for file in files if file.case.person in people]
    for person in people - {file.case.person for file in files}:
        for status in STATUSES:
            telemetry.departure_status[person, status].set(0)
        telemetry.departure_at[person].set(0)
        telemetry.departure_detected_at[person].set(0)
    for file in sorted(files, key=lambda file: file.case.episode):
        case = file.case
        for status in STATUSES:
            telemetry.departure_status[case.person, status].set(case.status == status)
        departed = case.status in RANK
        at = case.occurred_at or case.first_seen
        telemetry.departure_at[case.person].set(at.timestamp() if departed else 0)
        telemetry.departure_detected_at[case.person].set(case.first_seen.timestamp() if departed else 0)
