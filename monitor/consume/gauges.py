"""What the metrics say of the cases."""

from __future__ import annotations

from collections.abc import Sequence

from ..casefile import RANK, File
from ..model import STATUSES
from ..telemetry import Telemetry


def count_cases(telemetry: Telemetry, files: Sequence[File]) -> None:
    """monitor_departure_* as the cases stand; a person's newest episode speaks for the person."""
    for status in STATUSES:
        telemetry.departure_cases[status].set(sum(file.case.status == status for file in files))
    for person in telemetry.departure_at.keys() - {file.case.person for file in files}:
        for status in STATUSES:
            telemetry.departure_status[person, status].set(0)
        telemetry.departure_at[person].set(0)
        telemetry.departure_detected_at[person].set(0)
    for file in sorted(files, key=lambda file: file.case.episode):
        case = file.case
        if case.person not in telemetry.departure_at:
            continue
        for status in STATUSES:
            telemetry.departure_status[case.person, status].set(case.status == status)
        departed = case.status in RANK
        at = case.occurred_at or case.first_seen
        telemetry.departure_at[case.person].set(at.timestamp() if departed else 0)
        telemetry.departure_detected_at[case.person].set(case.first_seen.timestamp() if departed else 0)
