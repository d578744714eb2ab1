"""Dead letters that are sent again: in their order, and none after what has corrected it since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from monitor.alert import Alert, AlertData
from monitor.consume.notify.outbox import Outbox
from monitor.consume.notify.policy import Verdict
from monitor.keys import Keys
from monitor.model import Blind
from monitor.store import Store

from .receiver import deliveries
from .test_notify_daily import case
from .test_notify_outbox import DEAD, DELIVERED, alert, outbox, taken, write

__all__ = ["outbox"]


def of_case(version: int, person: str = "mara-venn") -> Alert:
    one = case(("reported", 0.5), person=person)
    data = AlertData(case=one)
    return msgspec.structs.replace(alert(f"{one.id}-v{version}"), data=data)


async def end(outbox: Outbox, verdict: Verdict) -> None:
    assert await outbox.settle(await taken(outbox), verdict, 500)


async def states(outbox: Outbox) -> dict[str, str]:
    return {one.webhook_id.rpartition("-")[2]: one.state for one in await deliveries(outbox)}


async def test_what_was_corrected_since_is_not_said_again(outbox: Outbox, store: Store, keys: Keys) -> None:
    for version, verdict in ((1, DEAD), (2, DELIVERED), (3, DEAD)):
        await write(store, keys, of_case(version))
        await end(outbox, verdict)
    await write(store, keys, of_case(1, "tomas-reed"))
    await end(outbox, DEAD)
    assert await outbox.replay("ops") == ["orrin-lab-mara-venn-1-v3:ops", "orrin-lab-tomas-reed-1-v1:ops"]
    found = {one.id: one.state for one in await deliveries(outbox)}
    assert found["orrin-lab-mara-venn-1-v1:ops"] == "superseded"
    assert await outbox.dead() == [] and await outbox.dead_letters() == {}


async def test_nor_where_the_correction_is_on_its_way(outbox: Outbox, store: Store, keys: Keys) -> None:
    await write(store, keys, of_case(1))
    await end(outbox, DEAD)
    await write(store, keys, of_case(2))
    assert await outbox.replay("ops") == []
    assert await states(outbox) == {"v1": "superseded", "v2": "due"}


async def test_nor_where_it_was_delivered_so_long_ago_that_nobody_knows(
    outbox: Outbox, store: Store, keys: Keys
) -> None:
    await write(store, keys, of_case(1))
    await end(outbox, DEAD)
    await write(store, keys, of_case(2))
    await end(outbox, DELIVERED)
    await store.call("DEL", keys.delivery("orrin-lab-mara-venn-1-v2:ops"))
    assert await outbox.replay("ops") == []


async def test_one_that_is_named_goes_all_the_same(outbox: Outbox, store: Store, keys: Keys) -> None:
    for version, verdict in ((1, DEAD), (2, DELIVERED)):
        await write(store, keys, of_case(version))
        await end(outbox, verdict)
    assert await outbox.replay("orrin-lab-mara-venn-1-v1") == ["orrin-lab-mara-venn-1-v1:ops"]


async def test_a_source_that_is_seen_again_is_not_out_of_sight(
    outbox: Outbox, store: Store, keys: Keys
) -> None:
    now = datetime.now(UTC)
    for id, to, verdict in (("source-x-1", None, DEAD), ("source-x-1-over", now, DELIVERED)):
        data = AlertData(source=Blind(source="x", from_=now - timedelta(hours=1), to=to))
        await outbox.announce(Alert(id=id, type="source.blind", timestamp=now, data=data, endpoints=["ops"]))
        await end(outbox, verdict)
    assert await outbox.replay("ops") == []


@pytest.mark.parametrize("versions", [(9, 10), (1, 2, 3)])
async def test_all_go_in_the_order_in_which_they_were_written(
    outbox: Outbox, store: Store, keys: Keys, versions: Sequence[int]
) -> None:
    """Given up in one step they have one moment, and v10 is before v9 by its letters."""
    for version in versions:
        await write(store, keys, of_case(version))
    old = 8 * 86400_000
    await store.call("ZADD", keys.endpoints, 1, "ops")
    for version in versions:
        await store.call("ZADD", keys.due("ops"), 1, f"orrin-lab-mara-venn-1-v{version}:ops")
    assert (await outbox.abandon(old / 1000))["ops"] == len(versions)
    assert await outbox.replay("ops") == [f"orrin-lab-mara-venn-1-v{version}:ops" for version in versions]
