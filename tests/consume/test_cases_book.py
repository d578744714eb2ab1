"""The cases as several processes read them from one store."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.consume import cases
from monitor.consume.cases import CaseBook
from monitor.detect.rules import CaseRules
from monitor.keys import Keys
from monitor.settings import AlertSettings
from monitor.store import Store
from tests.lab import LAB, post, reaction

RULES = CaseRules(LAB, AlertSettings())


async def test_a_clock_that_is_set_back_hides_no_case(
    store: Store, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, now = Keys(prefix), 1_800_000_000.0
    monkeypatch.setattr(cases.time, "time", lambda: now)
    writer, reader = CaseBook(store, keys, RULES), CaseBook(store, keys, RULES)
    assert await reader.refresh(1.0) and reader.files == {}

    now -= 3600
    said = reaction(post("one"), "reported", arrived=datetime.fromtimestamp(now, UTC))
    ((id, claim),) = RULES.targets(said, {})
    file, _ = RULES.decide(None, said, claim, datetime.fromtimestamp(now, UTC))
    assert file is not None and await writer.write(file, None, now, None)
    now += 2
    assert await reader.refresh(1.0) and set(reader.files) == {id}
    assert not await reader.refresh(1.0)
