"""monitor alerts: what became of the alerts, a test, and what is sent again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TextIO

from ...endpoint import Endpoint
from ...errors import UserError
from ...quiet import after_quiet
from ...terminal import table
from .ledger import Ledger
from .records import Delivery, Disabled, mark_of

# So long a test waits for its outcome, in seconds.
PATIENCE = 10.0


async def command(
    outbox: Ledger, endpoints: Sequence[Endpoint], action: str, what: str | None, sink: TextIO
) -> int:
    """monitor alerts list | test ENDPOINT | replay ID | dead [ENDPOINT]; 1 where a test failed."""
    if action == "test":
        return await _test(outbox, endpoints, what, sink)
    if action == "replay":
        if what is None:
            raise UserError("alerts replay: which one? `monitor alerts dead` shows the dead letters")
        await _replay(outbox, endpoints, what, sink)
    elif action == "dead":
        await _dead(outbox, endpoints, what, sink)
    elif what is not None:
        raise UserError(f"alerts list: it lists all, and takes no {what!r}")
    else:
        await _list(outbox, sink)
    return 0


async def _test(outbox: Ledger, endpoints: Sequence[Endpoint], what: str | None, sink: TextIO) -> int:
    """Queue a test and say what comes of its first attempt."""
    names = [endpoint.name for endpoint in endpoints]
    if what not in names:
        wrong = "which endpoint?" if what is None else f"{what!r} is no endpoint;"
        raise UserError(f"alerts test: {wrong} there are: {', '.join(names) or 'none'}")
    id = await outbox.test(what)
    sink.write(f"queued {id}\n")
    sink.flush()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = await outbox.delivery(id)
        if found is None or found.state == "delivered":
            sink.write("delivered\n")
            return 0
        if found.attempts or found.state == "dead":
            again = "" if found.state == "dead" else "; it is tried a few times"
            sink.write(f"failed: {found.last_error or 'no reason'}{again}\n")
            return 1
        await asyncio.sleep(0.1)
    sink.write(
        "still waiting; `monitor alerts list` shows what comes of it (does a process with the role notify run?)\n"
    )
    return 0


async def _dead(outbox: Ledger, endpoints: Sequence[Endpoint], what: str | None, sink: TextIO) -> None:
    found = [one for one in await outbox.dead() if what in (None, one.endpoint)]
    if not found and what is not None and what not in (endpoint.name for endpoint in endpoints):
        raise UserError(f"alerts dead: {what!r} is no endpoint")
    rows = [[d.id, d.endpoint, d.attempts, d.last_status or "-", d.last_error or "-"] for d in found]
    table(["DELIVERY", "ENDPOINT", "ATTEMPTS", "STATUS", "ERROR"], rows, sink)


async def _list(outbox: Ledger, sink: TextIO) -> None:
    rows = [
        [
            f"{one.alert.timestamp:%Y-%m-%d %H:%M:%S}",
            one.alert.id,
            one.alert.type,
            ", ".join(_stand(d) for d in one.deliveries) or "nobody",
        ]
        for one in await outbox.list()
    ]
    table(["AT", "ALERT", "TYPE", "DELIVERIES"], rows, sink)


async def _replay(outbox: Ledger, endpoints: Sequence[Endpoint], what: str, sink: TextIO) -> None:
    """Dead letters are due again, and what waits for its retry is due now."""
    sooner = await outbox.hasten(what)
    is_named = what in (endpoint.name for endpoint in endpoints)
    try:
        again = await outbox.replay(what)
    except UserError:
        if not (sooner or is_named):
            raise
        again = []
    if not (sooner or again):
        sink.write(f"{what}: nothing to send again; it has arrived, is on its way, or was told anew\n")
    disabled = await outbox.disabled()
    for word, ids in (("now, and not later", sooner), ("again", [id for id in again if id not in sooner])):
        for id in ids:
            sink.write(f"due {word}: {id}\n")
            sink.write(_hindrance(endpoints, id.rpartition(":")[2], disabled))


def _stand(delivery: Delivery) -> str:
    """Where a delivery stands, as a few words."""
    stand = f"{delivery.endpoint}: {delivery.state}"
    if delivery.state == "due" and delivery.next_at and delivery.next_at > datetime.now(UTC):
        stand += f" {delivery.next_at:%Y-%m-%d %H:%M:%S}"
    if delivery.state == "delivered" or not delivery.last_error:
        return stand
    return f"{stand} ({delivery.last_error.partition(':')[0]}, {delivery.attempts} tried)"


def _hindrance(endpoints: Sequence[Endpoint], name: str, disabled: Mapping[str, Disabled]) -> str:
    """What keeps a delivery from its endpoint, as a line; "" if nothing does."""
    endpoint = next((one for one in endpoints if one.name == name), None)
    if endpoint is None:
        return f"  but no endpoint {name} is in the settings\n"
    if found := why_disabled(endpoint, disabled):
        return f"  but {name} is {found}\n"
    end = after_quiet(endpoint, now := time.time())
    return f"  but {name} is quiet until {datetime.fromtimestamp(end, UTC):%H:%M} UTC\n" if end > now else ""


def why_disabled(endpoint: Endpoint, disabled: Mapping[str, Disabled]) -> str:
    """Since when and why an endpoint is disabled, and what enables it; "" while it is not."""
    found = disabled.get(endpoint.name)
    if found is None or found.mark != mark_of(endpoint):
        return ""
    cure = f"mend its URL, or run `monitor alerts test {endpoint.name}`"
    return f"disabled since {found.at:%Y-%m-%d %H:%M:%S} (answer 410: {found.reason or 'gone'}); {cure}"
