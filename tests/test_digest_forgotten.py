"""What is forgotten goes out of digests, too: a deleted post's words, a person, an author, an old case."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import msgspec
import pytest

from monitor.alert import Alert, AlertData, Digest
from monitor.authors import Authors
from monitor.consume.cases import CaseBook
from monitor.consume.erase import drop
from monitor.consume.forgetting import Forgetting, People
from monitor.consume.notify.outbox import Outbox
from monitor.consume.notify.scrub import Scrubber
from monitor.keys import Keys
from monitor.model import Case, Who
from monitor.optout import OptOut
from monitor.store import Store
from monitor.stream import Stream

from .consume.test_notify_daily import SAID, case
from .lab import post, reaction
from .test_forget import RULES


def of(person: str, words: str, handle: str) -> Case:
    said = msgspec.structs.replace(SAID, post_id=person, excerpt=words, author=Who(handle, handle))
    return case(("reported", 0.5), person=person, evidence=[said])


MARA, TOMAS = of("mara-venn", "the first words", "one"), of("tomas-reed", "the other words", "two")


@pytest.fixture
def keys(prefix: str) -> Keys:
    return Keys(prefix)


@pytest.fixture
async def outbox(store: Store, keys: Keys) -> Outbox:
    """With a digest of two cases that waits to be sent."""
    now = datetime.now(UTC)
    data = AlertData(digest=Digest(from_=now, to=now, cases=[MARA, TOMAS]))
    outbox = Outbox(store, keys)
    one = Alert(id="digest-ops-1", type="monitor.digest", timestamp=now, data=data, endpoints=["ops"])
    assert await outbox.announce(one)
    return outbox


async def left(outbox: Outbox) -> list[tuple[str, list[str]]]:
    ((one),) = await outbox.list()
    assert [delivery.state for delivery in one.deliveries] == ["due"]
    digest = one.alert.data.digest
    assert digest is not msgspec.UNSET
    return [(case.person, [piece.excerpt for piece in case.evidence]) for case in digest.cases]


BOTH = [("mara-venn", ["the first words"]), ("tomas-reed", ["the other words"])]


async def test_a_deleted_post(outbox: Outbox, store: Store, keys: Keys) -> None:
    scrubber = Scrubber(store, keys)
    kept = reaction(post("else"))
    assert await scrubber.deleted(kept) == 0 and await left(outbox) == BOTH
    gone = msgspec.structs.replace(post("mara-venn"), deleted=True, text="")
    assert await scrubber.deleted(reaction(gone)) == 1
    assert await left(outbox) == [("mara-venn", []), BOTH[1]]


async def test_a_case_that_is_dropped(outbox: Outbox, store: Store, keys: Keys) -> None:
    await store.call("HSET", keys.case(MARA.id), "rev", 1)
    await store.call("ZADD", keys.case_index, 1, MARA.id)
    assert (await drop(store, keys, [MARA.id])).cases == 1
    assert await left(outbox) == BOTH[1:]


async def test_a_person_and_an_author(outbox: Outbox, store: Store, keys: Keys) -> None:
    stream = Stream(store, keys, retention=86400.0, thread_window=86400.0)
    await Forgetting(stream, CaseBook(store, keys, RULES)).people(People(["mara-venn"], OptOut([])))
    assert await left(outbox) == BOTH[1:]
    removed = await Forgetting(stream, CaseBook(store, keys, RULES)).author(Authors("x:two"))
    assert removed.alerts == 1 and await left(outbox) == [("tomas-reed", [])]
    raw = json.dumps([str(row) for row in await store.call("XRANGE", keys.alerts, "-", "+")])
    assert "words" not in raw and "mara-venn" not in raw
