"""monitor backtest: what these posts would have caused, and when, by a clock that is each post's own time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TextIO, TypeVar

from .alert import Mood
from .casefile import File
from .detect.rules import CaseRules
from .errors import Malformed, UserError
from .identity import post_key
from .model import MAX_POST_BYTES, Change, Evidence, Post, decode_json, encode, post_of
from .readers import Run, readers_of
from .reasons import Taken, why
from .settings import Settings
from .terminal import Quote, marked, sentence, table
from .watchlist import Watchlist, load

ROOM = 80
T = TypeVar("T")


class Step(NamedTuple):
    """One transition. `evidence` is what the post says, unless it took its words back (`taken`)."""

    file: File
    change: Change
    alerted: bool
    evidence: Evidence | None
    taken: Taken | None


def backtest(settings: Settings, files: Sequence[Path], form: str, sink: TextIO) -> int:
    """Every transition that these posts would have caused; 1 where a line is no post."""
    posts, wrong = read_lines(files, _post)
    steps = replayed(settings, load(settings.watchlist), filter(None, posts))
    if form == "json":
        for step in steps:
            sink.write(encode(row_of(step)).decode() + "\n")
    else:
        _table(list(steps), sink)
    return 1 if wrong else 0


def _post(value: Any) -> Post | None:
    return None if is_side_line(value) else post_of(value)


def is_side_line(value: Any) -> bool:
    """Does a line hold the labels of a whole file, and no post?"""
    return isinstance(value, dict) and set(value) == {"departures"}


def read_lines(files: Sequence[Path], read: Callable[[Any], T]) -> tuple[list[T], int]:
    """What `read` makes of each line of these JSON Lines files, and how many lines were wrong.

    A line that raises Malformed is told on stderr with its file and number; raises UserError for a file
    that cannot be read.
    """
    found: list[T] = []
    wrong = 0
    for path in files:
        try:
            with path.open("rb") as file:
                for number, line in enumerate(file, 1):
                    try:
                        if len(line) > MAX_POST_BYTES:
                            raise Malformed("too_large", f"a post is at most {MAX_POST_BYTES} bytes")
                        if line.strip():
                            found.append(read(decode_json(line.strip())))
                    except Malformed as error:
                        wrong += 1
                        print(f"{path}:{number}: {error.reason}: {error}", file=sys.stderr)
        except OSError as error:
            raise UserError(f"{path}: {error.strerror}") from error
    return found, wrong


def replayed(settings: Settings, watchlist: Watchlist, posts: Iterable[Post]) -> Iterator[Step]:
    """The transitions of all cases, in the order of the posts' times."""
    run, rules = Run(readers_of(settings, watchlist)), CaseRules(watchlist, settings.alerts)
    cases: dict[str, File] = {}
    in_order = sorted(posts, key=lambda post: post.created_at)
    for post in filter(None, map(run.change_of, in_order)):
        reaction = run.react(post, "backtest", post.created_at)
        for id, bearing in rules.targets(reaction, cases):
            file, transition = rules.decide(cases.get(id), reaction, bearing, post.created_at)
            if transition:
                made = rules.plan(transition, Mood(), post.created_at)
                file = made.file
                evidence = None if bearing is None else _said(file, post)
                taken: Taken = "deleted" if post.deleted else "edited"
                yield Step(
                    file, transition.change, made.alert is not None, evidence, None if evidence else taken
                )
            if file:
                cases[id] = file


def _said(file: File, post: Post) -> Evidence | None:
    """What a post says in a case."""
    key = post_key(post.source, post.id)
    return next((item.evidence for item in file.items if item.key == key), None)


def row_of(step: Step) -> dict[str, Any]:
    """A transition as JSON: the contract's fields (design section 3), and beside them why."""
    change, evidence = step.change, step.evidence
    value = {"at": change.at, "person": step.file.case.person, "from": change.from_, "to": change.to}
    value |= {"post_id": change.post_id, "rule": change.rule}
    value |= {"why": why(change, step.taken), "voices": step.file.case.voices, "alert": step.alerted}
    value |= {"excerpt": evidence.excerpt if evidence else None}
    value |= {"start": evidence.start if evidence else None, "end": evidence.end if evidence else None}
    return value


def _table(steps: Sequence[Step], sink: TextIO) -> None:
    rows = [
        [f"{c.at:%Y-%m-%d %H:%M:%S}", step.file.case.person, c.from_ or "-", c.to]
        + ["yes" if step.alerted else "-", step.file.case.voices, why(c, step.taken)]
        + [c.post_id or "-", c.rule, quoted(step.evidence, ROOM) or "-"]
        for step in steps
        for c in [step.change]
    ]
    table(["AT", "PERSON", "FROM", "TO", "ALERT", "VOICES", "WHY", "POST", "RULE", "WORDS"], rows, sink)


def quoted(evidence: Evidence | None, room: int | None = None) -> str:
    """The sentence of a piece of evidence with the words marked; "" for none."""
    if evidence is None:
        return ""
    if evidence.start is None or evidence.end is None:
        return marked(Quote(evidence.excerpt, 0, 0), room, ("", ""))
    return marked(sentence(Quote(evidence.excerpt, evidence.start, evidence.end)), room)
