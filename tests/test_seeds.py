"""The seeds through the whole service: replay, store, consumers, receiver; every `expected` must hold."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml

from monitor.embedded import socket_of
from monitor.keys import Keys
from monitor.stream import Stream
from monitor.watchlist import load
from tests.conftest import opened
from tests.receiver import SECRET, Received, receiver
from tests.running import Running
from tests.test_kill import judged

SEEDS = Path(__file__).parent.parent / "seeds"


def seeds() -> list[dict[str, Any]]:
    lines = [
        line
        for name in ("quotes", "statements")
        for line in (SEEDS / f"{name}.jsonl").read_text().splitlines()
    ]
    return sorted(map(json.loads, lines), key=lambda post: post["created_at"])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def told(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Running, Received]]:
    """The service after it has read all seeds, by the demo's watchlist, as if they came in now."""
    folder = tmp_path_factory.mktemp("seeds")
    watchlist = load("qwen").model_dump(mode="json", by_alias=True)
    watchlist["outlets"].append("news.example")
    (folder / "watchlist.yaml").write_text(yaml.safe_dump(watchlist, allow_unicode=True))
    (folder / "seeds.jsonl").write_text("".join(json.dumps(post) + "\n" for post in seeds()))
    with receiver() as received:
        endpoint = {"name": "ops", "url": received.url, "secret": SECRET, "allow_private": True}
        running = Running(
            folder,
            watchlist=str(folder / "watchlist.yaml"),
            sources={"story": {"kind": "replay", "path": str(folder / "seeds.jsonl"), "rebase": True}},
            alerts={"endpoints": [{**endpoint, "min_status": "rumoured"}]},
        ).start()
        collected = 'monitor_posts_collected_total{source="story"}'
        running.until(lambda: running.metric(collected) == len(seeds()), "all are stored")
        await judged(running)
        running.until(lambda: len(received.alerts()) >= 3, "three alerts")
        yield running, received
        assert running.stop() == 0


async def reactions(running: Running) -> dict[str, Any]:
    async with opened(f"unix://{socket_of(running.data)}") as store:
        stream = Stream(store, Keys("monitor"), retention=3600, thread_window=3600)
        entries = await stream.read("p0", "0-0", count=1000)
        return {entry.reaction.post.id: entry.reaction for entry in entries if entry.reaction}


async def test_every_expectation_of_the_seeds_holds(told: tuple[Running, Received]) -> None:
    found = await reactions(told[0])
    for post in seeds():
        reaction, expected = found.get(post["id"]), post["expected"]
        claims = [{"person": c.person, "claim": c.claim} for c in reaction.claims] if reaction else []
        assert claims == expected["claims"], post["id"]
        if "about" in expected:
            assert (reaction.about if reaction else []) == expected["about"], post["id"]


async def test_two_transcriptions_are_one_voice_and_replies_go_by_the_thread(
    told: tuple[Running, Received],
) -> None:
    found = await reactions(told[0])
    assert (found["seed-001"].duplicate_of, found["seed-002"].duplicate_of) == (None, "seed-001")
    for id in ("seed-003", "seed-004", "seed-005"):
        assert [match.rule for match in found[id].matches] == ["thread"]
        assert found[id].matches[0].alias == "seed-001"


def test_the_cases_end_as_the_facts_say(told: tuple[Running, Received]) -> None:
    running, _ = told
    facts = json.loads((SEEDS / "facts.json").read_text())
    for person in facts["people"]:
        status = person["departure"]["expected_status"]
        line = f'monitor_departure_status{{person="{person["id"]}",status="{status}"}}'
        assert running.metric(line) == 1, person["id"]
    cases = sum(
        running.metric(f'monitor_departure_cases{{status="{status}"}}')
        for status in ("rumoured", "reported", "confirmed", "denied", "dismissed", "retracted")
    )
    assert cases == 3, "nobody else has a case"


def test_each_departure_is_told_once_signed_and_with_its_words(told: tuple[Running, Received]) -> None:
    _, received = told
    alerts = {alert["data"]["case"]["person"]: alert for alert in received.alerts()}
    assert {person: alert["type"] for person, alert in alerts.items()} == {
        "junyang-lin": "departure.confirmed",
        "binyuan-hui": "departure.reported",
        "bowen-yu": "departure.reported",
    }
    assert received.unsigned == 0
    assert all(len(bodies) == 1 for bodies in received.accepted.values())
    first = alerts["junyang-lin"]["data"]
    assert first["case"]["evidence"][0]["excerpt"] == "me stepping down. bye my beloved qwen"
    assert first["previous_status"] is None
    assert first["organisation"]["id"] == "alibaba-qwen"
    assert set(first["reaction"]) == {"count_1h", "mean_1h", "voices_1h"}


def test_seed_one_and_two_count_as_one_voice_in_the_case(told: tuple[Running, Received]) -> None:
    _, received = told
    lin = next(a for a in received.alerts() if a["data"]["case"]["person"] == "junyang-lin")
    assert lin["data"]["case"]["voices"] == 1
