"""The commands that need no store and no network: backtest and match (analyze has a file of its own)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, TextIO

from .casefile import File
from .detect.rules import CaseRules
from .errors import Malformed, UserError
from .match.names import Matcher
from .model import Change, Mood, Post, decode_post, encode, post_of
from .pipeline import Readers, Run
from .settings import Settings
from .watchlist import load


def backtest(settings: Settings, files: Sequence[Path], form: str, sink: TextIO) -> int:
    """Every transition that these posts would have caused, by a clock that is each post's own time."""
    posts, wrong = _posts(files)
    watchlist = load(settings.watchlist)
    run, rules = Run(Readers(watchlist, claims=settings.claims)), CaseRules(watchlist, settings.alerts)
    cases: dict[str, File] = {}
    rows = []
    for post in filter(None, map(run.change_of, posts)):
        reaction = run.react(post, "backtest", post.created_at)
        for id, claim in rules.targets(reaction, cases):
            file, transition = rules.decide(cases.get(id), reaction, claim, post.created_at)
            alerted = False
            if transition:
                made = rules.plan(transition, Mood(), post.created_at)
                file, alerted = made.file, made.alert is not None
                rows.append((transition.file.case.person, transition.change, alerted))
            if file:
                cases[id] = file
    _show(rows, form, sink)
    return 1 if wrong else 0


def _posts(files: Sequence[Path]) -> tuple[list[Post], int]:
    posts, wrong = [], 0
    for path in files:
        try:
            with path.open("rb") as file:
                for number, line in enumerate(file, 1):
                    try:
                        if line.strip():
                            posts.append(decode_post(line.strip()))
                    except Malformed as error:
                        wrong += 1
                        print(f"{path}:{number}: {error.reason}: {error}", file=sys.stderr)
        except OSError as error:
            raise UserError(f"{path}: {error.strerror}") from error
    return sorted(posts, key=lambda post: post.created_at), wrong


def _show(rows: Sequence[tuple[str, Change, bool]], form: str, sink: TextIO) -> None:
    if form == "json":
        for person, change, _ in rows:
            value = {"at": change.at, "person": person, "from": change.from_, "to": change.to}
            value |= {"post_id": change.post_id, "rule": change.rule}
            sink.write(encode(value).decode() + "\n")
        return
    table(
        ["AT", "PERSON", "FROM", "TO", "ALERT", "POST", "RULE"],
        [
            [f"{c.at:%Y-%m-%d %H:%M:%S}", person, c.from_ or "-", c.to, "yes" if alerted else "-"]
            + [c.post_id or "-", c.rule]
            for person, c, alerted in rows
        ],
        sink,
    )


def explain(
    settings: Settings,
    text: str,
    source: str | None,
    kind: str | None,
    author: tuple[str | None, str | None],
    sink: TextIO,
) -> int:
    """Each name or handle that stands in the text, whether it counts and why; then the claims."""
    handle, name = author
    value: dict[str, Any] = {"source": source or "text", "id": "text", "text": text, "kind": kind}
    value |= {"created_at": datetime.now(UTC), "author": {"handle": handle, "name": name}}
    try:
        post = post_of(value)
    except Malformed as error:
        raise UserError(f"match: {error}") from error
    watchlist = load(settings.watchlist)
    reaction = Run(Readers(watchlist, claims=settings.claims)).react(post, "match", post.created_at)
    candidates = Matcher(watchlist).candidates(post)
    rows = [
        [c.person, c.alias, f"{c.start}-{c.end}", c.rule, "yes" if c.accepted else "no", c.why]
        for c in candidates
    ]
    table(["PERSON", "ALIAS", "SPAN", "RULE", "COUNTS", "WHY"], rows, sink)
    sink.write(f"about: {', '.join(reaction.about) or 'nobody'}\n")
    for claim in reaction.claims:
        words = printable(text[claim.start : claim.end])
        sink.write(f"claim: {claim.person} {claim.claim} by {claim.rule}: “{words}”\n")
    if not reaction.claims:
        sink.write("claim: none\n")
    return 0


def table(head: Sequence[str], rows: Sequence[Sequence[object]], sink: IO[str]) -> None:
    """Columns as wide as their widest cell."""
    cells = [list(head), *[[printable(str(cell)) for cell in row] for row in rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    for row in cells:
        sink.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        sink.write("\n")


def printable(text: str) -> str:
    """Text without what would steer a terminal: a post is hostile."""
    return "".join(c if c.isprintable() else " " for c in text)
