"""A real browser before a real service: what it logs, what it asks for and what the policy refuses is kept."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
import yaml
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from tests.conftest import debian
from tests.deploy.tools import free_port
from tests.lab import LAB
from tests.receiver import SECRET, Received, receiver
from tests.running import TOKEN, Running

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
KEEP_REFUSALS = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""

expect.set_options(timeout=60_000)  # a guard against hanging, no measure of speed


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium, once for all tests."""
    path = debian("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


class Look:
    """One page and all that went wrong on it. `allow` are words of console errors that a test provokes."""

    def __init__(self, page: Page, allow: tuple[str, ...] = ()) -> None:
        self.page = page
        self.allow = allow
        self.faults: list[str] = []
        self.hosts: set[str] = set()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("dialog", lambda dialog: self.faults.append(f"a dialog: {dialog.message}"))
        page.on("popup", lambda popup: self.faults.append(f"a window: {popup.url}"))
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).hostname or request.url[:80]))

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning") and not any(words in message.text for words in self.allow):
            self.faults.append(f"{message.type}: {message.text}")

    def find(self, selector: str, **more: Any) -> Locator:
        return self.page.locator(selector, **more)

    def card(self, person: str) -> Locator:
        return self.find(f'.card[data-person="{person}"]')

    async def overflow(self) -> list[str]:
        """The elements that stick out on the right, if the page can be scrolled sideways."""
        found: list[str] = await self.page.evaluate(
            """() => document.documentElement.scrollWidth <= innerWidth ? [] :
            [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
              .slice(0, 5).map((e) => `${e.tagName}.${e.className}#${e.id}`)"""
        )
        return found

    async def check(self) -> None:
        """Nothing was refused, nothing failed, nobody else was asked."""
        assert await self.page.evaluate("window.refused") == []
        assert self.faults == []
        assert self.hosts <= {"127.0.0.1"}
        assert await self.overflow() == []


@asynccontextmanager
async def looking(
    browser: Browser,
    running: Running,
    *,
    size: tuple[int, int] = (1440, 900),
    scheme: Any = "light",
    allow: tuple[str, ...] = (),
    before: str = "",
) -> AsyncIterator[Look]:
    """Open the page, wait until it is live (or asks for the token), and check it at the end.

    `before` is a script that runs before those of the page.
    """
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.set_default_timeout(60_000)
    await context.add_init_script(KEEP_REFUSALS + before)
    look = Look(await context.new_page(), allow)
    try:
        await look.page.goto(f"http://127.0.0.1:{running.port}/")
        await look.find('#connection:not([data-state="opening"])').wait_for()
        yield look
        await look.check()
    finally:
        await context.close()


def watchlist(folder: Path) -> str:
    """The invented lab as a file."""
    path = folder / "lab.yaml"
    path.write_text(yaml.safe_dump(LAB.model_dump(mode="json", by_alias=True), allow_unicode=True))
    return str(path)


def stamp() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


def push(running: Running, id: str, text: str, **fields: Any) -> None:
    """One post of now, over HTTP."""
    handle = fields.pop("handle", f"reader_{id}")
    post = {
        "source": "x",
        "id": id,
        "text": text,
        "created_at": stamp(),
        "author": {"handle": handle},
        **fields,
    }
    assert running.push(json.dumps(post).encode()) == (202, {"stored": 1})


@pytest.fixture(scope="module")
def received() -> Iterator[Received]:
    with receiver() as received:
        yield received


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, received: Received) -> Iterator[Running]:
    """One service for the tests of a file: push and replay, and an endpoint that takes all alerts."""
    folder = tmp_path_factory.mktemp("page")
    told = {"source": "mastodon", "id": "told", "text": "Tomas Reed gives a talk", "created_at": stamp()}
    (folder / "told.jsonl").write_text(json.dumps(told) + "\n")
    endpoint = {"name": "ops", "url": received.url, "secret": SECRET, "min_status": "rumoured"}
    running = Running(
        folder,
        http={"port": free_port(), "token": TOKEN},
        watchlist=watchlist(folder),
        sources={"push": {"kind": "push"}, "told": {"kind": "replay", "path": str(folder / "told.jsonl")}},
        alerts={"endpoints": [{**endpoint, "allow_private": True}]},
    )
    yield running.start()
    running.stop()
