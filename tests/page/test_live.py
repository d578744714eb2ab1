"""The live page while things happen: a departure unfolds, the service goes away, a source is blind."""

from __future__ import annotations

import asyncio
import http.server
import re
import threading
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Route, expect

from tests.conftest import wait_until
from tests.deploy.tools import free_port
from tests.page.conftest import looking, push, watchlist
from tests.receiver import Received
from tests.running import TOKEN, Running

pytestmark = [pytest.mark.debian, pytest.mark.asyncio(loop_scope="session")]
GONE = ("Failed to load resource", "net::ERR_")


async def test_a_departure_is_told_while_the_page_is_open(
    browser: Browser, running: Running, received: Received
) -> None:
    async with looking(browser, running) as look:
        await expect(look.find("#connection")).to_have_text("live")
        await expect(look.find("h1")).to_have_text("Orrin Lab")
        mara = look.card("mara-venn")
        await expect(mara.locator(".status")).to_have_text("no sign")
        await expect(mara).to_contain_text("no scored reactions")
        await expect(look.card("ida-holt").locator(".status")).to_have_text("departed (known before)")
        await expect(look.find("#cases-empty")).to_be_visible()

        push(running, "one", "\U0001f680 So: Mara Venn has left Orrin Lab.", url="https://social.example/one")
        await expect(mara.locator(".status")).to_have_text("rumoured")
        first = look.find("#feed-list > li").first
        await expect(first.locator(".words")).to_have_text("\U0001f680 So: Mara Venn has left Orrin Lab.")
        await expect(first.locator("mark.claim")).to_have_text(re.compile("^(has )?left"))
        await expect(first.locator(".alias").first).to_have_text("Mara Venn")
        await expect(first.locator(".handle")).to_have_text("@reader_one")
        link = first.locator("a.out")
        assert await link.get_attribute("rel") == "noopener noreferrer nofollow"
        assert await link.get_attribute("target") == "_blank"
        await expect(link).to_contain_text("social.example")
        case = look.find("#cases-list .case")
        await expect(case.locator(".lead .words")).to_have_text(
            "\U0001f680 So: Mara Venn has left Orrin Lab."
        )
        await expect(case.locator(".lead mark")).to_have_text(re.compile("^(has )?left"))
        await expect(case.locator(".sure")).to_have_text(
            "Rumoured by 1 independent voice; no confirmation seen"
        )
        await expect(case.locator(".strength")).to_have_text("weak")
        await expect(look.find("#news")).to_contain_text("Rumoured: Mara Venn")
        await expect(look.page).to_have_title(re.compile("Mara Venn"))

        push(running, "two", "Mara Venn has left Orrin Lab.", source="news", url="https://daily.example/2")
        await expect(mara.locator(".status")).to_have_text("reported")
        await expect(case.locator(".sure")).to_contain_text(
            "Reported by a trusted outlet (2 independent voices)"
        )
        await expect(look.find("#news")).to_contain_text("Reported by a trusted outlet: Mara Venn")
        push(running, "three", "I have left Orrin Lab. Thank you all.", handle="maravenn")
        await expect(mara.locator(".status")).to_have_text("confirmed")
        await expect(case.locator(".history li")).to_have_count(3)
        await expect(case.locator(".history li").last).to_contain_text("the person's own account")
        await expect(case.locator(".sure")).to_have_text(
            "Confirmed: the person's own account (3 independent voices)"
        )
        await expect(case.locator(".lead mark")).to_have_count(1)
        await expect(case.locator(".evidence summary")).to_have_text("2 more pieces of evidence")
        await expect(case.locator(".strength").first).to_have_text("strong")
        await expect(mara).to_contain_text("3 voices")

        alerts = look.find("#alerts-list > li")
        await expect(alerts.last).to_contain_text("Rumoured: Mara Venn")
        await expect(alerts.last.locator(".state")).to_have_text("delivered")
        assert received.unsigned == 0


async def test_copies_fold_edits_replace_and_deleted_words_go(browser: Browser, running: Running) -> None:
    words = "A long and kind goodbye to the talk that Tomas Reed gave for all of us in the big hall today"
    async with looking(browser, running) as look:
        push(running, "copy-1", words)
        push(running, "copy-2", words)
        push(running, "copy-3", words, source="bluesky")
        folded = look.find("#feed-list > li").filter(has_text="goodbye")
        await expect(folded).to_have_count(1)
        await expect(folded.locator(".copies summary")).to_have_text("2 copies")
        await folded.locator(".copies summary").click()
        await expect(folded.locator(".copies li").last).to_contain_text("@reader_copy-3")
        await look.page.locator("h1").click()

        push(running, "edit", "Tomas Reed spoke for an hour")
        await expect(look.find("#feed-list")).to_contain_text("for an hour")
        push(running, "edit", "Tomas Reed spoke for two hours", revision="2")
        await expect(look.find("#feed-list")).to_contain_text("for two hours")
        await expect(look.find("#feed-list")).not_to_contain_text("for an hour")
        push(running, "edit", "", revision="3", deleted=True)
        await expect(look.find("#feed-list")).not_to_contain_text("for two hours")


async def test_the_feed_is_filtered_and_paused(browser: Browser, running: Running) -> None:
    async with looking(browser, running) as look:
        items = look.find("#feed-list > li")
        await expect(items.filter(has_text="gives a talk")).to_have_count(1)
        await look.find("#feed-source").select_option("told")
        await expect(items).to_have_count(1)
        await look.find("#feed-source").select_option("")
        await look.find("#feed-claims").check()
        await expect(look.find("#feed-list > li:not(.claims)")).to_have_count(0)
        push(running, "no-claim", "Tomas Reed is great")
        push(running, "claim", "They say that Mara Venn has left Orrin Lab")
        await expect(items.filter(has_text="They say")).to_have_count(1)
        await expect(items.filter(has_text="Tomas Reed is great")).to_have_count(0)
        await look.find("#feed-claims").uncheck()
        await look.find("#feed-person").select_option("mara-venn")
        await expect(items.filter(has_text="They say")).to_have_count(1)
        await expect(items.filter(has_text="Tomas Reed is great")).to_have_count(0)
        await look.find("#feed-person").select_option("")
        await expect(items.filter(has_text="Tomas Reed is great")).to_have_count(1)

        async def late(route: Route) -> None:
            answer = await route.fetch()
            push(running, "late", "Tomas Reed came while the answer was under way")
            await expect(items.filter(has_text="under way")).to_have_count(1)
            await route.fulfill(response=answer)

        await look.page.route("**/api/reactions*", late, times=1)
        await look.find("#feed-label").select_option("neutral")
        await expect(items.filter(has_text="is great")).to_have_count(0)
        await expect(items.filter(has_text="under way")).to_have_count(1)
        await look.find("#feed-label").select_option("")

        await look.find("#feed-pause").click()
        push(running, "held", "Tomas Reed is on stage")
        await expect(look.find("#feed-new")).to_have_text("1 new reaction: show")
        await expect(items.filter(has_text="on stage")).to_have_count(0)
        await look.find("#feed-new").click()
        await expect(items.first).to_contain_text("on stage")
        await expect(look.find("#feed-pause")).to_have_text("Pause")


async def test_what_the_service_refuses_is_said(browser: Browser, running: Running) -> None:
    async with looking(browser, running, allow=GONE) as look:
        await expect(look.find("#connection")).to_have_text("live")
        await expect(look.find("#problem")).to_be_hidden()
        down = {"status": 503, "json": {"error": "the store does not answer"}}
        for part in ("series", "reactions"):
            await look.page.route(f"**/api/{part}*", lambda route: route.fulfill(**down))
        await look.find("#spans label").last.click()
        await expect(look.find("#problem")).to_have_text("Could not read charts: the store does not answer.")
        await look.find("#feed-label").select_option("negative")
        await expect(look.find("#feed-note")).to_contain_text("the store does not answer")


async def test_what_goes_wrong_often_is_tried_again_once(browser: Browser, running: Running) -> None:
    async with looking(browser, running, allow=GONE) as look:
        await expect(look.find("#connection")).to_have_text("live")
        await look.page.clock.install()
        asked: list[str] = []

        async def refuse(route: Route) -> None:
            asked.append(route.request.url)
            await route.fulfill(status=503, json={"error": "the store does not answer"})

        await look.page.route("**/api/series*", refuse)
        for number in range(8):
            await look.find("#spans label").nth(number % 4).click()
            await wait_until(lambda number=number: len(asked) > number, what="the charts are asked for")
            await expect(look.find("#problem")).to_be_visible()
        # From here on time stands still but for what is told, however long the rest takes.
        await look.page.clock.pause_at(await look.page.evaluate("Date.now() / 1000 + 1"))
        so_far = len(asked)
        await look.page.clock.fast_forward(8_000)
        await wait_until(lambda: len(asked) > so_far)
        await look.page.wait_for_timeout(500)
        assert len(asked) <= so_far + 2


async def test_what_a_source_has_read_does_not_grow_old(browser: Browser, running: Running) -> None:
    async with looking(browser, running) as look:
        await look.page.clock.install()
        await look.page.reload()
        await expect(look.find("#connection")).to_have_text("live")
        stored = look.find("#sources-rows tr").filter(has_text="push").locator(".figure")
        await expect(stored).to_have_text(re.compile(r"\d"))
        await look.page.wait_for_timeout(2_500)  # the stream tells how things stand to one who joins
        before = int(await stored.inner_text())
        push(running, "stored", "Tomas Reed adds one to the count")
        await expect(look.find("#feed-list")).to_contain_text("adds one to the count")
        await look.page.clock.fast_forward(12_000)
        await expect(stored).to_have_text(str(before + 1))


async def test_after_a_kill_it_catches_up_without_doubles(browser: Browser, running: Running) -> None:
    async with looking(browser, running, allow=GONE) as look:
        push(running, "before", "Tomas Reed before the fall")
        await expect(look.find("#feed-list")).to_contain_text("before the fall")
        running.kill()
        await expect(look.find("#connection")).to_contain_text("reconnecting since")
        running.start()
        for number in range(5):
            push(running, f"after-{number}", f"Tomas Reed after the fall, number {number}")
        await expect(look.find("#connection")).to_have_text("live")
        items = look.find("#feed-list > li")
        await expect(items.filter(has_text="after the fall")).to_have_count(5)
        await expect(items.filter(has_text="before the fall")).to_have_count(1)
        push(running, "later", "Tomas Reed much later")
        await expect(items.first).to_contain_text("much later")
        shown = [text.split("\n")[0] for text in await items.locator(".words").all_inner_texts()]
        assert sum("after the fall" in text for text in shown) == 5
        await expect(look.find("#problem")).to_be_hidden()


class _Feed(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b'<rss version="2.0"><channel><title>t</title></channel></rss>'
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def beyond(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, int]]:
    """A service that listens beyond loopback, with a source whose port nobody has."""
    folder, port = tmp_path_factory.mktemp("beyond"), free_port()
    running = Running(
        folder,
        http={"host": "0.0.0.0", "port": 0, "token": TOKEN},
        watchlist=watchlist(folder),
        sources={"push": {"kind": "push"}, "wire": {"kind": "feed", "url": f"http://127.0.0.1:{port}/wire"}},
    )
    yield running.start(), port
    assert running.stop() == 0


async def test_a_blind_source_is_told_and_leaves_a_gap(browser: Browser, beyond: tuple[Running, int]) -> None:
    running, port = beyond
    async with looking(browser, running, allow=GONE) as look:
        await look.find("#token-field").fill(TOKEN)
        await look.page.keyboard.press("Enter")
        row = look.find("#sources-rows tr").filter(has_text="wire")
        await expect(row).to_contain_text("not readable")
        await expect(look.find("#blind")).to_have_text(re.compile("Not readable now: wire"))
        await asyncio.sleep(1.2)  # a fault of less than a second leaves no gap
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), _Feed)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            await expect(row.locator(".state")).to_have_text("readable")
            await expect(look.find("#blind")).to_be_hidden()
            await expect(row.locator(".gaps summary")).to_have_text("1 gap")
            chart = look.card("mara-venn").locator(".plot")
            await expect(chart).to_have_attribute("aria-label", re.compile("not readable for a time: wire"))
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


async def test_the_token_is_asked_for_once(browser: Browser, beyond: tuple[Running, int]) -> None:
    running, _ = beyond
    async with looking(browser, running, allow=GONE) as look:
        await expect(look.find("#token")).to_be_visible()
        await expect(look.find("#connection")).to_have_text("token needed")
        await look.find("#token-field").fill("not-the-one")
        await look.find("#token-form button").click()
        await expect(look.find("#token-why")).to_contain_text("not accepted")
        await look.find("#token-field").fill(TOKEN)
        await look.page.keyboard.press("Enter")
        await expect(look.find("#connection")).to_have_text("live")
        await expect(look.find("#token")).to_be_hidden()
        await expect(look.card("mara-venn")).to_be_visible()
        push(running, "one", "Mara Venn is great")
        await expect(look.find("#feed-list")).to_contain_text("Mara Venn is great")
        await look.page.reload()
        await expect(look.find("#connection")).to_have_text("live")
        assert await look.page.evaluate("document.cookie + localStorage.getItem('monitor.token')") == "null"


async def test_a_browser_that_keeps_nothing(browser: Browser, beyond: tuple[Running, int]) -> None:
    """Where cookies are blocked, every use of a storage raises an error."""
    refuse = """for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });"""
    async with looking(browser, beyond[0], allow=GONE, before=refuse) as look:
        await look.find("#token-field").fill(TOKEN)
        await look.page.keyboard.press("Enter")
        await expect(look.find("#connection")).to_have_text("live")
        await look.find("#zone").click()
        await look.find("#spans label").last.click()
        await expect(look.card("mara-venn").locator(".readout")).to_contain_text("last 7d")


async def test_an_operator_acts_on_a_case(browser: Browser, running: Running) -> None:
    push(running, "doubt", "Tomas Reed has left Orrin Lab.")
    async with looking(browser, running) as look:
        case = look.find("#cases-list .case").filter(has_text="Tomas Reed")
        await case.get_by_role("button", name="Dismiss").click()
        await look.find("#act-note").fill("a <b>mix-up</b> of names")
        await look.find("#act-do").click()
        await look.find("#token-field").fill(TOKEN)
        await look.find("#token-form button").click()
        await expect(case.locator("h3 .status")).to_have_text("dismissed")
        await expect(case.locator(".history li").last).to_contain_text(
            "operator's note: “a <b>mix-up</b> of names”"
        )
        await expect(case.locator(".sure")).to_have_text("Dismissed: an operator dismissed it")
        await expect(case.locator(".lead")).to_have_count(0)
        await expect(look.find("#act")).to_be_hidden()
        await expect(look.card("tomas-reed").locator(".status")).to_have_text("dismissed")
