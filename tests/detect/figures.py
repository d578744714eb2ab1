"""Scores Matcher and ClaimReader on labelled texts: python -m tests.detect.figures FILE [WATCHLIST] [-v]."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from monitor import labels
from monitor import watchlist as watchlists
from monitor.labels import GROUPS, NOW, Count, Figures, read_file, table
from monitor.labels import labelled_post as post_of
from monitor.model import Claim, Post
from monitor.readers import Readers
from monitor.watchlist import Watchlist

__all__ = ["GROUPS", "NOW", "Count", "Figures", "measure", "post_of", "read_file", "table"]


def measure(records: Iterable[dict[str, Any]], watchlist: Watchlist) -> Figures:
    """Reads every record and counts by person."""
    readers = Readers(watchlist)

    def read(post: Post) -> tuple[set[str], list[Claim]]:
        matches = readers.match(post)
        reading = readers.reading(post, matches, readers.claim(post, matches), {})
        return set(reading.about), reading.claims

    return labels.measure(records, read)


def main(arguments: list[str]) -> None:
    """Prints the figures of one file, with -v also what was read wrongly."""
    plain = [a for a in arguments if a != "-v"]
    figures = measure(read_file(plain[0]), watchlists.load(plain[1] if len(plain) > 1 else "qwen"))
    if "-v" in arguments:
        for record, about, claims in figures.errors:
            wanted = {c["person"]: c["claim"] for c in record["claims"]}
            print(f"{record['id']} {record.get('phenomenon', '')}: {record['text'][:300]!r}")
            print(f"    about {record['about']} -> {about}; claims {wanted} -> {claims}")
    print(table(figures))


if __name__ == "__main__":
    main(sys.argv[1:])
