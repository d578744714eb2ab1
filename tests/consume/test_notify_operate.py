"""What the commands on alerts and endpoints say of a service whose endpoint is gone."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.consume.notify.outbox import Disabled, Outbox
from monitor.consume.notify.policy import Verdict
from monitor.consume.notify.records import mark_of
from monitor.endpoint import Endpoint
from monitor.errors import UserError
from monitor.keys import Keys
from monitor.operate import alerts, check
from monitor.settings import Settings, load
from monitor.store import Store

from .test_notify import SECRET
from .test_notify_outbox import DEAD, GONE, RETRY, alert, taken, write

URL = "https://ops.example/KEY"


@pytest.fixture
def path(tmp_path: Path, store_url: str, prefix: str) -> Path:
    file = tmp_path / "monitor.yaml"
    file.write_text(
        f"""
data_dir: {tmp_path / "data"}
store: {{url: "{store_url}", prefix: {prefix}}}
sources: {{push: {{kind: push}}}}
alerts:
  endpoints:
    - {{name: ops, url: "{URL}", secret: {SECRET}}}
    - {{name: chat, url: "https://hooks.slack.example/KEY", format: slack}}
"""
    )
    return file


@pytest.fixture
def settings(path: Path) -> Settings:
    return load(path)


def gone(url: str = URL) -> Disabled:
    mark = mark_of(Endpoint(name="ops", url=url, secret=SECRET))
    return Disabled(at=datetime(2026, 3, 1, 12, tzinfo=UTC), reason="gone", mark=mark)


async def told(settings: Settings, action: str, what: str | None = None) -> str:
    sink = io.StringIO()
    assert await alerts(settings, action, what, sink) == 0
    assert "KEY" not in sink.getvalue()
    return sink.getvalue()


async def test_check_says_since_when_and_why(path: Path, outbox: Outbox, store: Store, keys: Keys) -> None:
    await write(store, keys, alert("c1-v1"))
    await outbox.settle(await taken(outbox), GONE, 410, disable=gone())
    sink = io.StringIO()
    assert await check(path, sink) == 1
    (line,) = [row for row in sink.getvalue().splitlines() if row.split()[:2] == ["endpoint", "ops"]]
    assert "WRONG" in line and "disabled since 2026-03-01 12:00:00 (answer 410: gone)" in line
    assert "monitor alerts test ops" in line and "KEY" not in sink.getvalue()
    (line,) = [row for row in sink.getvalue().splitlines() if row.split()[:2] == ["endpoint", "chat"]]
    assert " ok " in line


async def test_check_knows_that_another_url_enables(
    path: Path, outbox: Outbox, store: Store, keys: Keys
) -> None:
    await write(store, keys, alert("c1-v1"))
    await outbox.settle(await taken(outbox), GONE, 410, disable=gone("https://ops.example/OLD"))
    sink = io.StringIO()
    assert await check(path, sink) == 0, sink.getvalue()


async def test_the_list_says_where_each_delivery_stands(
    settings: Settings, outbox: Outbox, store: Store, keys: Keys
) -> None:
    await write(store, keys, alert("c1-v1", ["ops", "chat", "left"]))
    await outbox.settle(await taken(outbox), DEAD._replace(reason="http 400: said"), 400)
    await outbox.settle(await taken(outbox, endpoint="chat"), RETRY._replace(after=3600), 500)
    (line,) = [row for row in (await told(settings, "list")).splitlines() if "c1-v1" in row]
    assert re.search(
        r"ops: dead \(http 400, 1 tried\), chat: due 2\d{3}-\d\d-\d\d \d\d:\d\d:\d\d \(http 500, 1 tried\), left: due$",
        line,
    )


async def test_replay_says_what_is_in_its_way(
    settings: Settings, outbox: Outbox, store: Store, keys: Keys
) -> None:
    await write(store, keys, alert("c1-v1", ["ops", "chat", "left"]))
    for name in ("ops", "chat", "left"):
        lease = await taken(outbox, endpoint=name)
        await outbox.settle(lease, GONE, 410, disable=gone() if name == "ops" else None)
    assert len((await told(settings, "dead")).splitlines()) == 4
    first, hint = (await told(settings, "replay", "ops")).splitlines()
    assert first == "due again: c1-v1:ops"
    assert hint.strip().startswith("but ops is disabled since 2026-03-01 12:00:00")
    lines = (await told(settings, "replay", "c1-v1")).splitlines()
    assert lines == [
        "due again: c1-v1:chat",
        "due again: c1-v1:left",
        "  but no endpoint left is in the settings",
    ]


async def test_what_there_is_nothing_of_is_said(
    settings: Settings, outbox: Outbox, store: Store, keys: Keys
) -> None:
    await write(store, keys, alert("c1-v1"))
    assert (await told(settings, "replay", "c1-v1")).startswith("c1-v1: nothing to send again")
    await outbox.settle(await taken(outbox), Verdict("dead"), None)
    (_, line) = (await told(settings, "dead")).splitlines()
    assert line.split() == ["c1-v1:ops", "ops", "1", "-", "-"]


async def test_check_warns_of_dead_letters_but_not_of_a_test(
    path: Path, outbox: Outbox, store: Store, keys: Keys
) -> None:
    async def shown() -> list[str]:
        sink = io.StringIO()
        assert await check(path, sink) == 0, sink.getvalue()
        return next(
            row.split() for row in sink.getvalue().splitlines() if row.split()[:2] == ["endpoint", "ops"]
        )

    await outbox.test("ops")
    await outbox.settle(await taken(outbox), DEAD, 400)
    assert (await shown())[2] == "ok" and not await outbox.dead_letters()
    assert len(await outbox.dead()) == 1
    await write(store, keys, alert("c1-v1"))
    await outbox.settle(await taken(outbox), DEAD, 400)
    assert (row := await shown())[2] == "warning" and "letters: 1," in " ".join(row)


async def test_dead_letters_of_many_cases_go_in_the_order_of_time(
    outbox: Outbox, store: Store, keys: Keys
) -> None:
    ids = [f"c{number}-v1" for number in (9, 3, 7, 1, 8, 2)]
    for id in ids:
        await write(store, keys, alert(id))
        await outbox.settle(await taken(outbox), DEAD, 400)
    await outbox.replay("ops")
    due = await store.call("ZRANGE", keys.due("ops"), 0, -1, "WITHSCORES")
    assert [one.decode() for one in due[::2]] == [f"{id}:ops" for id in ids]
    assert len(set(due[1::2])) == len(ids), "by the clock, not by their names"


async def test_replay_brings_forward_what_waits_and_says_so(
    settings: Settings, outbox: Outbox, store: Store, keys: Keys
) -> None:
    await write(store, keys, alert("c1-v1"))
    await outbox.settle(await taken(outbox), RETRY._replace(after=72_000.0), 503)
    assert await told(settings, "replay", "c1-v1") == "due now, and not later: c1-v1:ops\n"
    await outbox.settle(await taken(outbox), RETRY._replace(after=72_000.0), 503)
    await write(store, keys, alert("c2-v1"))
    await outbox.settle(await taken(outbox), DEAD, 400)
    assert (await told(settings, "replay", "ops")).splitlines() == [
        "due now, and not later: c1-v1:ops",
        "due again: c2-v1:ops",
    ]


async def test_replay_of_an_endpoint_to_which_all_has_gone_is_no_mistake(settings: Settings) -> None:
    assert (await told(settings, "replay", "ops")).startswith("ops: nothing to send again")
    with pytest.raises(UserError, match="no alert or delivery 'left'"):
        await told(settings, "replay", "left")
