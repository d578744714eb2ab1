"""The cases on the page: the words, how sure, what they tell, whom nobody watches, and what was forgotten."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from monitor import strictyaml
from monitor.model import encode
from monitor.watchlist import parse
from tests.consume.test_notify_golden import FACTS, ONE, OWN, REPORT, RETURN, RUMOUR, TWO, case
from tests.page.conftest import Look, looking, push, watchlist
from tests.running import Running

pytestmark = [pytest.mark.debian, pytest.mark.asyncio(loop_scope="session")]
RUN = "window.ran=1"
MARKUP = f"<img src=x onerror={RUN}>"


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service of which the tests of this file show made-up cases too."""
    folder = tmp_path_factory.mktemp("cases")
    running = Running(folder, watchlist=watchlist(folder), sources={"push": {"kind": "push"}})
    yield running.start()
    running.stop()


async def show(look: Look, *cases: dict[str, Any]) -> None:
    """Let the page read these cases in place of the service's."""
    await look.page.route(
        "**/api/cases", lambda route: route.fulfill(json={"items": list(cases), "next": None})
    )
    await look.page.reload()
    await look.find("#cases-list .case, #suggested-list .case").first.wait_for()


def made(*path: Any, evidence: list[Any], voices: int = 2, **more: Any) -> dict[str, Any]:
    value = json.loads(encode(case(*path, evidence=evidence, voices=voices, note=more.pop("note", ""))))
    return {**value, "listed": True, **more}


async def test_a_card_says_how_sure_when_whereto_and_who_follows(browser: Browser, quiet: Running) -> None:
    facts = json.loads(encode({**FACTS, "destination": f"Northwell {MARKUP}"}))
    one = made(ONE, TWO, evidence=[REPORT, RUMOUR], **facts, episode=2)
    one["evidence"][0] |= {"start": 41, "end": 49}
    async with looking(browser, quiet) as look:
        await show(look, one)
        card = look.find("#cases-list .case")
        await expect(card.locator(".sure")).to_have_text(
            "Reported by a trusted outlet (2 independent voices); no confirmation seen"
        )
        await expect(card.locator(".lead mark")).to_have_text("has left")
        await expect(card.locator(".known")).to_contain_text("31 May 2026")
        await expect(card.locator(".known")).to_contain_text(f"“Northwell {MARKUP}”")
        await expect(card.locator(".known")).to_contain_text("Ilse Danner")
        await expect(card.locator(".about-case")).to_contain_text("episode 2")
        await expect(card.locator(".evidence summary")).to_have_text("1 more piece of evidence")
        assert await look.page.evaluate("window.ran") is None


@pytest.mark.parametrize(
    ("path", "evidence", "sure", "lead"),
    [
        ([ONE], [RUMOUR], "Rumoured by 1 independent voice; no confirmation seen", 1),
        ([("reported", "two-voices")], [REPORT], "Reported by 1 independent voice; no confirmation seen", 1),
        ([("reported", "person.profile x")], [OWN], "Reported by the person's own profile (1", 1),
        (
            [TWO, ("denied", "outlet.return x")],
            [REPORT, RETURN],
            "Said to be back: a trusted outlet reports the",
            1,
        ),
        (
            [TWO, ("denied", "person.denial x")],
            [REPORT, RETURN],
            "Denied: the person's own account denies it",
            1,
        ),
        (
            [TWO, ("denied", "outlet.return x"), ("denied", "operator.reopen")],
            [REPORT, RETURN],
            "Said to be back: a trusted outlet reports the",
            1,
        ),
        (
            [("reported", "outlet.report x"), ("reported", "operator.reopen")],
            [REPORT],
            "Reported by a trusted outlet (1",
            1,
        ),
        ([TWO, ("retracted", "evidence.deleted")], [], "Withdrawn: the only evidence was deleted", 0),
        ([TWO, ("dismissed", "operator.dismiss")], [REPORT], "Dismissed: an operator dismissed it", 0),
        ([TWO, ONE], [RUMOUR], "Rumoured by 1 independent voice", 1),
    ],
)
async def test_how_sure_it_is_by_status(
    browser: Browser, quiet: Running, path: Any, evidence: Any, sure: str, lead: int
) -> None:
    async with looking(browser, quiet) as look:
        await show(look, made(*path, evidence=evidence, voices=1))
        card = look.find("#cases-list .case")
        await expect(card.locator(".sure")).to_contain_text(sure)
        await expect(card.locator(".lead")).to_have_count(lead)
        if evidence[-1:] == [RETURN] and path[-1][1].startswith("outlet.return"):
            await expect(card.locator("h3 .status")).to_have_text("said to be back")
            await expect(card.locator(".lead .claimed")).to_have_text("says they are back")
            await expect(look.card("mara-venn").locator(".standing")).to_have_text("said to be back")
        if len(path) > 1 and path[1] is ONE:
            await expect(card.locator(".history li").last).to_contain_text(
                "some evidence fell away; what stands: hedged words"
            )


async def test_a_private_person_is_a_suggestion_to_copy(browser: Browser, quiet: Running) -> None:
    names = [
        "Pétra Lindahl",
        "林小雨",
        'Ann "x": [1]\n- id: y',
        MARKUP,
        "Unlisted",
        *(f"Nn Mm{n:02}" for n in range(30)),
    ]
    cases = []
    for number, name in enumerate(names):
        said = {**json.loads(encode(OWN)), "author": {"handle": '@pl"x', "name": name}, "strength": "weak"}
        fields = {"listed": False, "person": name, "name": name, "id": f"orrin-lab-{number:012x}-1"}
        fields["changed_at"] = f"2026-05-04T11:{59 - number:02}:00Z"
        cases.append({**made(("rumoured", "one-voice x"), evidence=[said], voices=1), **fields})
    async with looking(browser, quiet) as look:
        await show(look, *cases)
        section = look.find("#suggested")
        await expect(section.locator("h2")).to_have_text("Not on the watchlist")
        await expect(section).to_contain_text("no alert is sent unless alerts.unlisted")
        await expect(section.locator(".case")).to_have_count(20)
        await expect(look.find("#suggested-more")).to_have_text("15 more, of whom something was said earlier")
        await expect(look.find("#cases-empty")).to_be_visible()
        snippets = section.locator(".snippet")
        await snippets.first.locator("summary").click()
        await expect(snippets.first.locator("pre")).to_be_visible()
        texts = await section.locator(".snippet pre").all_text_contents()
        ids = []
        for text, name in zip(texts, names, strict=False):
            (person,) = strictyaml.load("people:\n" + text, "snippet")["people"]
            assert person["name"].split() == name.split() and set(person) == {"id", "name"}
            lab = {"organisation": {"id": "l", "name": "L"}, "people": [person]}
            ids.append(parse(lab, "snippet").people[0].id)
        assert ids[:2] == ["petra-lindahl", "person-000000000001"]
        assert ids[4] == "person-000000000004"
        assert '# handles: {"x": "pl\\"x"}' in texts[0]
        assert await look.page.evaluate("window.ran") is None
        await snippets.first.get_by_role("button").click()
        await expect(snippets.first.get_by_role("button")).to_have_text(
            re.compile("^(Copied|Selected: copy it)$")
        )
        assert "petra-lindahl" in await look.page.evaluate("getSelection().toString()")


async def test_what_was_forgotten_goes_from_the_open_page(browser: Browser, quiet: Running) -> None:
    async with looking(browser, quiet) as look:
        author = {"name": "Joe Doane", "handle": "jdoane"}
        push(quiet, "own", "I have left Orrin Lab today.", author=author)
        push(quiet, "tomas", "Tomas Reed has left Orrin Lab.")
        await expect(look.find("#suggested-list .case")).to_contain_text("Joe Doane")
        await expect(look.find("#news")).to_contain_text("Tomas Reed")
        await expect(look.find("#alerts-list")).to_contain_text("Tomas Reed")
        for person in ("Joe Doane", "tomas-reed"):
            await asyncio.to_thread(forget, quiet, person)
        await expect(look.find("#suggested")).to_be_hidden()
        await expect(look.find("#cases-list .case")).to_have_count(0)
        await expect(look.find("#alerts-list")).not_to_contain_text("Tomas Reed")
        await expect(look.find("#news")).not_to_contain_text("Tomas Reed")
        await expect(look.find("#feed-list")).not_to_contain_text("Joe Doane")


def forget(running: Running, person: str) -> None:
    argv = [sys.executable, "-m", "monitor", "forget", "--person", person, "--yes"]
    argv += ["--config", str(running.config)]
    subprocess.run(argv, check=True, capture_output=True, timeout=300)
