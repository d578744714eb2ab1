"""monitor match: why a text matches or not, what it claims, and what that would do to a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TextIO

import msgspec

from .alert import Mood
from .detect.evidence import item_of
from .detect.rules import CaseRules
from .errors import Malformed, UserError
from .match.names import Matcher
from .model import Claim, Post, Reaction, post_of
from .readers import Readers, Run, readers_of
from .reasons import reason
from .score.kinds import Kind
from .settings import Settings
from .terminal import Quote, day, marked, printable, sentence
from .terminal import table as table
from .watchlist import Watchlist, load

BOLD = ("\x1b[1m", "\x1b[0m")
PLAIN = ("»", "«")
ROOM = 400


def explain(
    settings: Settings,
    text: str,
    source: str | None,
    kind: str | None,
    author: tuple[str | None, str | None],
    url: str | None,
    sink: TextIO,
) -> int:
    """Each name or handle that stands in the text, whether it counts and why; then the claims."""
    post = _post(text, source, kind, author, url)
    watchlist = load(settings.watchlist)
    run = Run(readers_of(settings, watchlist))
    reaction = run.react(post, "match", post.created_at)
    rows = [
        [c.person, c.alias, f"{c.start}-{c.end}", c.rule, "yes" if c.accepted else "no", c.why]
        for c in Matcher(watchlist).candidates(post)
    ]
    table(["PERSON", "ALIAS", "SPAN", "RULE", "COUNTS", "WHY"], rows, sink)
    sink.write(f"about: {', '.join(reaction.about) or 'nobody'}\n")
    sink.writelines(line + "\n" for line in _feelings(reaction, run.readers))
    rules, marks = CaseRules(watchlist, settings.alerts), BOLD if sink.isatty() else PLAIN
    for claim in reaction.claims:
        alone = msgspec.structs.replace(reaction, claims=[claim])
        for line in _claim_lines(alone, claim, rules, watchlist, marks):
            sink.write(line + "\n")
    if not reaction.claims:
        sink.write(f"claim: none; {_why_none(settings, watchlist, run.readers.set_aside(post))}\n")
    return 0


def _post(
    text: str,
    source: str | None,
    kind: str | None,
    author: tuple[str | None, str | None],
    url: str | None,
) -> Post:
    handle, name = author
    value: dict[str, Any] = {"source": source or "text", "id": "text", "text": text, "kind": kind, "url": url}
    value |= {"created_at": datetime.now(UTC), "author": {"handle": handle, "name": name}}
    try:
        return post_of(value)
    except Malformed as error:
        raise UserError(f"match: {error}") from error


def _claim_lines(
    alone: Reaction, claim: Claim, rules: CaseRules, watchlist: Watchlist, marks: tuple[str, str]
) -> list[str]:
    """A claim with its words, its weight, and the case that it would make by itself."""
    evidence = item_of(alone, claim, watchlist).evidence
    clause = marked(sentence(Quote(alone.post.text, claim.start, claim.end)), ROOM, marks)
    lines = [
        f"claim: {printable(claim.person)} {claim.claim} by {printable(claim.rule)}",
        f"  words: {clause}",
    ]
    facts = [
        f"when {day(claim.occurred_at)}" if claim.occurred_at else "",
        f"to {printable(claim.destination)}" if claim.destination else "",
        f"followed by {printable(claim.replacement)}" if claim.replacement else "",
        "back again" if claim.returned else "",
    ]
    if any(facts):
        lines.append(f"  says: {', '.join(fact for fact in facts if fact)}")
    lines.append(f"  evidence: {_weight(evidence.strength)} ({reason(evidence.rule)})")
    return [*lines, f"  alone: {_alone(alone, claim, rules, watchlist)}"]


def _feelings(reaction: Reaction, readers: Readers) -> list[str]:
    """How the text sounds, how it is toward each person, and what it does, with the words for that."""
    score = reaction.sentiment
    if not (reaction.about or reaction.claims):
        return []
    read_as = f", read as {printable(score.lang)}" if score.lang else ""
    cut = f", by its first {score.cut} characters" if score.cut else ""
    lines = [f"sentiment: {_figure(score.compound)} {score.label} by {printable(score.scorer)}{read_as}{cut}"]
    for person, figure in reaction.toward.items():
        said = _with_words(readers.said_of(person, reaction)) if figure is not None else ""
        lines.append(f"toward {printable(person)}: {_figure(figure)}{said and ': '}{said}")
    return [*lines, f"kinds: {_with_words(readers.kinds(reaction)) or 'none'}"]


def _with_words(found: Sequence[Kind]) -> str:
    return ", ".join(f"{one.kind} ({printable(' '.join(one.words.split()))})" for one in found)


def _figure(score: float | None) -> str:
    return "none" if score is None else f"{score:+z.2f}"


def _weight(strength: str) -> str:
    return "of no weight" if strength == "none" else strength


def _alone(alone: Reaction, claim: Claim, rules: CaseRules, watchlist: Watchlist) -> str:
    """The status that a case would get from this alone, and whether it would be told."""
    now = alone.scored_at
    for _, bearing in rules.targets(alone, {}):
        file, transition = rules.decide(None, alone, bearing, now)
        if file and transition:
            if rules.plan(transition, Mood(), now).alert:
                return f"{file.case.status}, with an alert"
            return f"{file.case.status}, without an alert: {_why_quiet(claim, file.case.status, watchlist)}"
    return "no case"


def _why_quiet(claim: Claim, status: str, watchlist: Watchlist) -> str:
    person = watchlist.person(claim.person)
    if status not in ("rumoured", "reported", "confirmed"):
        return "nothing was told that it would correct"
    if person is None:
        return "a private person, not on the watchlist (alerts.unlisted)"
    return "a departure known before" if person.departed else "too old (alerts.max_age)"


def _why_none(settings: Settings, watchlist: Watchlist, set_aside: Sequence[tuple[str, str]]) -> str:
    """What can be told for certain; why, where words that seemed to say it were taken otherwise."""
    if not settings.claims:
        return "claims are off (settings: claims)"
    why = "; ".join(printable(f"{person}: {cause}") for person, cause in set_aside)
    because = f", because of this: {why}" if why else ""
    return f"nothing here is taken as somebody's leaving {watchlist.organisation.name}{because}"
