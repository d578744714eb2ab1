"""Words of a deleted post go from the alerts in the store, whatever happens on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from monitor.alert import Alert
from monitor.consume.cases import CaseBook, Cases
from monitor.consume.notify.scrub import Scrubber, without, written
from monitor.errors import StoreDown
from monitor.keys import Keys
from monitor.model import Reaction
from monitor.store import Store
from monitor.stream import Entry, Stream
from monitor.telemetry import Telemetry
from tests.lab import at, reaction
from tests.lab import post as said_by

from .test_cases_book import FIRST, RULES, take


class Amending:
    """A store that fails so many times when alerts are to be amended, and notes which scripts it runs."""

    def __init__(self, store: Store, failures: int = 0) -> None:
        self._store, self.failures, self.ran = store, failures, list[str]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def run(self, script: str, *args: Any, **more: Any) -> Any:
        if script == "amend" and self.failures:
            self.failures -= 1
            raise StoreDown("full")
        self.ran.append(script)
        return await self._store.run(script, *args, **more)


def deleted(one: Reaction) -> Reaction:
    post = msgspec.structs.replace(one.post, deleted=True, text="")
    return msgspec.structs.replace(one, post=post, claims=[], scored_at=at(5))


async def alerts(store: Any, keys: Keys) -> list[Alert]:
    return [one.alert async for chunk in written(store, keys) for one in chunk]


async def test_a_store_that_was_down_is_asked_again(store: Store, prefix: str) -> None:
    keys, said = Keys(prefix), reaction(said_by("a", "Mara Venn has left."), "reported")
    await take(CaseBook(store, keys, RULES), said)
    away: Any = Amending(store, failures=1)
    scrubber = Scrubber(away, keys)
    with pytest.raises(StoreDown):
        await scrubber.deleted(deleted(said))
    assert await scrubber.deleted(said) == 0
    assert await scrubber.deleted(deleted(said)) == 1
    assert await scrubber.deleted(deleted(said)) == 0 and away.ran == ["amend"]
    (alert,) = await alerts(store, keys)
    assert alert.data.case and alert.data.case.evidence == []


async def test_what_may_rest_on_the_words_goes_with_them(store: Store, prefix: str) -> None:
    book = CaseBook(store, Keys(prefix), RULES)
    await take(book, reaction(said_by("a"), "reported"))
    case = msgspec.structs.replace(
        book.files[FIRST].case, destination="Elsewhere", replacement="Ada Private", occurred_at=at(0)
    )
    left = without(case, lambda one: one.post_id == "a")
    assert (left.evidence, left.destination, left.replacement, left.occurred_at) == ([], None, None, None)
    assert without(case, lambda one: False) is case
    only = without(case, lambda one: False, {"a"})
    assert only.replacement == "Ada Private" and only.history[0].post_id is None


async def test_words_go_before_the_next_entry_is_taken(store: Store, prefix: str) -> None:
    """A store that fails then leaves the checkpoint before the delete, so that it is read again."""
    keys = Keys(prefix)
    first = reaction(said_by("a", "Mara Venn has left."), "reported")
    other = reaction(said_by("t", "Tomas Reed has left."), "reported", person="tomas-reed")
    away: Any = Amending(store, failures=1)
    book = CaseBook(away, keys, RULES)
    await take(book, first, first.scored_at + timedelta(seconds=1))
    telemetry = Telemetry(
        people=["mara-venn", "tomas-reed", "ida-holt"], sources=[], windows=["1h"], endpoints=["ops"],
        config_hash="", version="",
    )  # fmt: skip
    stream = Stream(away, keys, retention=86400.0, thread_window=3600.0)
    consumer = Cases(book, stream, away, keys, telemetry, lambda: None)
    batch = [Entry("5-1", deleted(first)), Entry("6-1", other)]

    async def read(tag: str, after: str, **more: Any) -> list[Entry]:
        return batch

    stream.read = read  # type: ignore[assignment]
    with pytest.raises(StoreDown):
        await consumer._follow()
    assert "orrin-lab-tomas-reed-1" not in book.files
    assert await store.call("HGET", keys.case_reader("p0"), "id") == b"5-0"
