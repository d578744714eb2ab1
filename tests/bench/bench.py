"""Posts a second of `monitor analyze` beside a script of an evening (naive.py), on the same invented posts.

    make bench                            five rounds over 200,000 and 20,000 posts
    make bench ARGS="--rounds 1 --share 0.1"

Both run as processes of their own, in turn, so that a busy machine slows both. CPU seconds are the process's own with
its children (wait4); the naive script's store runs beside it and is not in them. `analyze` writes reactions to
/dev/null and needs no store, so the ratio says what reading a post costs, not what storing it does.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from monitor import embedded
from tests.bench import texts

ROOT = Path(__file__).parent.parent.parent
ANALYZE = [sys.executable, "-m", "monitor", "analyze"]
NAIVE = [sys.executable, "-m", "tests.bench.naive"]


class Load(NamedTuple):
    """One input file, the share of its posts that name somebody, and the posts a second asked for on two cores."""

    name: str
    path: Path
    posts: int
    naming: int
    goal: int


class Run(NamedTuple):
    """One process over one file: posts a second of the clock and of CPU time."""

    per_second: float
    per_cpu_second: float


def main() -> None:
    """Writes the inputs, tries them, measures in turn, prints two tables."""
    parser = argparse.ArgumentParser(prog="bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--share", type=float, default=1.0, help="of the posts, for a quick look")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, store(Path(folder)) as url:
        loads = inputs(Path(folder), options.share)
        for load in loads:
            trial(load)
        runs = measure(loads, {"analyze": ANALYZE, "naive": [*NAIVE, url]}, options.rounds)
    report(loads, runs)


def inputs(folder: Path, share: float) -> list[Load]:
    """Both files; the same bytes each time."""
    many, few = int(200_000 * share), int(20_000 * share)
    say(f"writing {many} posts about nobody and {few} about watched people")
    unrelated = texts.write(folder / "unrelated.jsonl", texts.unrelated(many))
    about = texts.write(folder / "about.jsonl", texts.about_people(few))
    return [Load("not matching", unrelated, many, 0, 36_000), Load("matching", about, few, 1, 5_000)]


@contextlib.contextmanager
def store(folder: Path) -> Iterator[str]:
    """A server for the naive script: Debian's redis-server, or the embedded one."""
    server = shutil.which("redis-server") or str(embedded.binary())
    path = folder / "store.sock"
    options = [
        "--port",
        "0",
        "--unixsocket",
        str(path),
        "--dir",
        str(folder),
        "--save",
        "",
        "--appendonly",
        "no",
    ]
    process = subprocess.Popen([server, *options], stdout=subprocess.DEVNULL)
    try:
        wait_for(path)
        yield f"unix://{path}"
    finally:
        process.terminate()
        process.wait(10)


def wait_for(path: Path) -> None:
    """Until something listens on the socket."""
    for _ in range(100):
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
            client.connect(str(path))
            return
        time.sleep(0.1)
    raise SystemExit("bench: the store does not start")


def environment() -> dict[str, str]:
    """Ours, without settings of the user's, and with the invented watchlist."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MONITOR_")}
    return {**kept, "MONITOR_WATCHLIST": str(texts.WATCHLIST), "PYTHONPATH": str(ROOT)}


def trial(load: Load, posts: int = 2000) -> None:
    """Fast and wrong does not count: a look at what `analyze` says of the first posts."""
    with load.path.open("rb") as file:
        head = b"".join(line for line, _ in zip(file, range(posts), strict=False))
    with tempfile.TemporaryDirectory(prefix="bench-") as empty:
        ran = subprocess.run(
            ANALYZE, input=head, stdout=subprocess.PIPE, env=environment(), cwd=empty, check=True
        )
    reactions = [json.loads(line) for line in ran.stdout.splitlines()]
    about = sum(bool(reaction["about"]) for reaction in reactions)
    claims = sum(bool(reaction["claims"]) for reaction in reactions)
    cues = texts.CUES * load.naming
    say(
        f"{load.name}: of the first {len(reactions)}, {about} about somebody, {claims} claims (cues in {cues:.0%})"
    )
    if len(reactions) != head.count(b"\n"):
        raise SystemExit("bench: analyze did not answer every line")
    if abs(about / len(reactions) - load.naming) > 0.02:
        raise SystemExit("bench: analyze does not find whom the posts are about")


def measure(
    loads: list[Load], commands: dict[str, list[str]], rounds: int
) -> dict[tuple[str, str], list[Run]]:
    """Each command over each file, in turn, round after round."""
    runs: dict[tuple[str, str], list[Run]] = {}
    for number in range(1, rounds + 1):
        for load in loads:
            for name, command in commands.items():
                say(f"round {number} of {rounds}: {name}, {load.name}")
                runs.setdefault((load.name, name), []).append(run(command, load))
    return runs


def run(command: list[str], load: Load) -> Run:
    """One process over one file, with its resource usage."""
    with load.path.open("rb") as stdin, tempfile.TemporaryDirectory(prefix="bench-") as empty:
        began = time.monotonic()
        process = subprocess.Popen(
            command, stdin=stdin, stdout=subprocess.DEVNULL, env=environment(), cwd=empty
        )
        _, status, usage = os.wait4(process.pid, 0)
        took = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"bench: {' '.join(command)} ended with {process.returncode}")
    return Run(load.posts / took, load.posts / (usage.ru_utime + usage.ru_stime))


def report(loads: list[Load], runs: dict[tuple[str, str], list[Run]]) -> None:
    """Two tables and the ratios, from all rounds."""
    for title, field in (("posts a second", 0), ("posts a CPU second", 1)):
        print(f"\n{title:<20}{'program':<10}{'min':>10}{'median':>10}{'max':>10}{'goal':>10}{'x naive':>10}")
        for load in loads:
            naive = median(found[field] for found in runs[load.name, "naive"])
            for program in ("analyze", "naive"):
                figures = [found[field] for found in runs[load.name, program]]
                row = "".join(f"{figure:>10,.0f}" for figure in (min(figures), median(figures), max(figures)))
                goal = f"{load.goal:>10,}" if program == "analyze" and field == 0 else " " * 10
                print(f"{load.name:<20}{program:<10}{row}{goal}{median(figures) / naive:>10.1f}")
    print(f"\n{os.cpu_count()} cores, Python {sys.version.split()[0]}; the goals are for 2 cores")


def say(what: str) -> None:
    """Progress, apart from the figures."""
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
