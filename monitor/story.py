"""The story of the demo: the seeds by time with invented reactions between, told faster than it happened."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

LEFT_OUT = frozenset({"seed-008"})
LONGEST_GAP = 3600.0


def seeds() -> Path:
    """The folder of the seeds: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / "seeds"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "seeds"


def story(folder: Path, speed: float) -> list[dict[str, Any]]:
    """The posts in order, `created_at` as they come when the story is told `speed` times as fast."""
    told = [p for name in ("quotes", "statements") for p in _lines(folder / f"{name}.jsonl")]
    told = [post for post in told if post["id"] not in LEFT_OUT]
    times = sorted({_time(post) for post in told})
    extra = _lines(folder / "invented.jsonl") if (folder / "invented.jsonl").exists() else []
    posts = sorted([*told, *extra], key=_time)
    for post in posts:
        at = datetime.fromtimestamp(times[0], UTC) + timedelta(seconds=shortened(_time(post), times) / speed)
        post["created_at"] = at.isoformat().replace("+00:00", "Z")
    return posts


def shortened(at: float, times: Sequence[float]) -> float:
    """Seconds since the first of `times`, where no gap between them lasts over an hour."""
    place = max(1, min(bisect_right(times, at), len(times) - 1))
    before = sum(min(b - a, LONGEST_GAP) for a, b in pairwise(times[:place]))
    a, b = times[place - 1], times[place]
    share = (at - a) / (b - a)
    return max(0.0, before + min(share, 1.5) * min(b - a, LONGEST_GAP))


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _time(post: dict[str, Any]) -> float:
    return datetime.fromisoformat(post["created_at"].replace("Z", "+00:00")).timestamp()
