"""What stands on the page: hostile words as words, every size and scheme, many people, many reactions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from playwright.async_api import Browser, expect

from tests.conftest import wait_until
from tests.lab import LAB
from tests.page.conftest import Look, looking, push, stamp
from tests.running import Running

pytestmark = [pytest.mark.debian, pytest.mark.asyncio(loop_scope="session")]
RUN = "window.ran=(window.ran||0)+1"
MARKUP = f"<script>{RUN}</script><img src=x onerror={RUN}><svg onload={RUN}></svg></li></bdi>"
HOSTILE = {
    "markup": f"Tomas Reed {MARKUP} <a href=javascript:{RUN}>x</a>",
    "turned": "Tomas Reed \u202egpj.exe\u202c \u2066turned\u2069 \u0007\u001b[31m end",
    "endless": "Tomas Reed " + "W" * 100_000,
    "stacked": "Tomas Reed " + "Z" + "\u0336\u0337\u0334\u0351" * 400,
    "chinese": "Tomas Reed " + "很长的中文没有空格" * 120,
}


async def test_hostile_words_stay_words(browser: Browser, running: Running) -> None:
    async with looking(browser, running) as look:
        for id, text in HOSTILE.items():
            author = {"handle": f"@{MARKUP}"[:500], "name": f"\u202e{MARKUP}"[:500], "id": MARKUP[:500]}
            push(running, f"{id}{MARKUP}", text, author=author, url=f"javascript:{RUN}", source="<b>x</b>")
        claim = f"Tomas Reed has left Orrin Lab. {MARKUP} \u202e"
        push(running, f"claim{MARKUP}", claim, url="https://a@b.example:8/<script>", author={"name": MARKUP})
        items = look.find("#feed-list > li")
        await expect(items).to_have_count(len(HOSTILE) + 2)
        assert await look.page.evaluate("window.ran") is None
        made = "#feed-list :is(script, img, b b, svg), #cases-list :is(script, img), .platform b, bdi :is(*)"
        await expect(look.find(made)).to_have_count(0)
        await expect(items.filter(has_text="<script>").first).to_be_visible()
        hrefs = await look.page.eval_on_selector_all("a[href]", "all => all.map((a) => a.protocol)")
        assert set(hrefs) <= {"http:", "https:"}
        turned = items.filter(has_text="gpj.exe").locator(".words")
        await expect(turned).to_contain_text("[U+202E]gpj.exe[U+202C]")
        await expect(turned).to_contain_text("\u2407\u241b[31m end")
        assert "\u202e" not in await look.page.inner_text("body")
        endless = items.filter(has_text="WWWW").locator(".words")
        assert len(await endless.inner_text()) < 700
        await endless.get_by_role("button", name="more").click()
        assert len(await endless.inner_text()) > 10_000
        assert await look.overflow() == []
        await expect(look.find("#cases-list mark")).to_have_text("left")
        await expect(look.find("#cases-list .lead a.out")).to_contain_text("b.example:8")


async def test_offsets_are_code_points_and_events_come_in_any_pieces(
    browser: Browser, running: Running
) -> None:
    async with looking(browser, running) as look:
        found = await look.page.evaluate(
            """async () => {
            const { marked, link } = await import("/static/text.js");
            const { parser } = await import("/static/sse.js");
            const claim = { start: 5, end: 9, kind: "claim", title: "" };
            const deep = { start: 3000, end: 3004, kind: "claim", title: "" };
            const far = marked("x".repeat(3000) + "left" + "y".repeat(3000), [deep]);
            const got = [];
            const feed = parser((message) => got.push([message.event, message.id ?? null, message.data]));
            const wire = ": ping\\n\\nid: 1-0\\n\\nevent: case\\r\\ndata: {\\r\\ndata: }\\r\\n\\r\\nid: 2-0\\ndata: x\\n\\n";
            for (const letter of wire) feed(letter);
            return {
              mark: marked("\U0001f680\U0001f469\\u200d\U0001f680 left", [claim]).querySelector("mark").textContent,
              deep: far.querySelector("mark").textContent,
              folded: far.textContent.length,
              links: ["ftp://a.example/", "data:text/html,x", "//a.example", "https:", "x"].map((url) => link(url)),
              got,
            };
            }"""
        )
    assert found["mark"] == "left"
    assert found["deep"] == "left"
    assert found["folded"] < 700
    assert found["links"] == [None] * 5
    assert found["got"] == [["message", "1-0", None], ["case", None, "{\n}"], ["message", "2-0", "x"]]


async def test_the_feed_orders_bounds_and_folds(browser: Browser, running: Running) -> None:
    async with looking(browser, running) as look:
        found = await look.page.evaluate(
            """async () => {
            const { FeedList } = await import("/static/feed-list.js");
            const item = (n, more = {}, post = {}) =>
              ({ id: `${1000 + n}-0`, post: { source: "x", id: `p${n}`, text: `${n}`, ...post }, claims: [], ...more });
            const many = new FeedList();
            for (let n = 0; n < 300; n += 1) many.take(item((n * 7) % 300));
            for (let n = 0; n < 300; n += 1) many.take(item(n));
            const list = new FeedList();
            list.take(item(5, { duplicate_of: "p1" }));
            list.take(item(6, { duplicate_of: "p1", duplicate_source: "x" }));
            const orphan = list.groups.map((one) => [one.item.post.id, one.orphan, one.copies.size]);
            list.take(item(1));
            const whole = list.groups.map((one) => [one.item.post.id, one.orphan, one.copies.size]);
            list.take(item(9, {}, { id: "p1", deleted: true, text: "" }));
            const after = list.groups.map((one) => [one.item.post.id, one.orphan, one.copies.size]);
            const ids = many.groups.map((one) => Number(one.item.post.id.slice(1)));
            return { many: many.groups.length, sorted: ids.every((id, at) => id === 299 - at), orphan, whole, after };
            }"""
        )
    assert found["many"] == 200
    assert found["sorted"]
    assert found["orphan"] == [["p5", True, 1]]
    assert found["whole"] == [["p1", False, 2]]
    assert found["after"] == [["p6", True, 1]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(390, 844), (1440, 900)], ids=lambda size: str(size[0]))
async def test_every_size_and_scheme(
    browser: Browser, running: Running, tmp_path: Path, size: tuple[int, int], scheme: str
) -> None:
    async with looking(browser, running, size=size, scheme=scheme) as look:
        await expect(look.find("#feed-list > li").first).to_be_visible()
        await expect(look.card("mara-venn").locator("canvas")).to_be_visible()
        await look.page.screenshot(path=tmp_path / f"page-{size[0]}-{scheme}.png")
        assert (tmp_path / f"page-{size[0]}-{scheme}.png").stat().st_size > 20_000
        for width in (320, 360, 640, 1039, 1040, 1600):
            await look.page.set_viewport_size({"width": width, "height": 800})
            await wait_until(lambda: fits(look), what=f"all has room in {width} px")


async def fits(look: Look) -> bool:
    """The charts take their new width with the next frame."""
    return await look.overflow() == []


async def test_the_keyboard_reaches_what_the_mouse_reaches(browser: Browser, running: Running) -> None:
    async with looking(browser, running) as look:
        await look.find("#spans input").first.wait_for()
        await look.find("#spans input:checked").focus()
        await look.page.keyboard.press("ArrowRight")
        await expect(look.find("#spans input:checked")).to_have_value("24h")
        await expect(look.card("mara-venn").locator(".readout")).to_contain_text("last 24h")
        await look.find("#zone").press("Enter")
        await look.find("#zone").press("Enter")
        await expect(look.find("#zone")).to_have_text("UTC")
        assert (
            await look.page.evaluate("document.getElementById('feed-list').getAttribute('aria-live')")
            == "off"
        )
        assert (
            await look.page.evaluate("document.getElementById('news').getAttribute('aria-live')") == "polite"
        )


async def list_fits(look: Look) -> bool:
    """No column of the list is cut, and a name is not one letter a line."""
    found: bool = await look.page.evaluate(
        """() => { const list = document.querySelector("#people-list .scroll");
        return list.scrollWidth <= list.clientWidth && list.querySelector("tbody th").offsetWidth > 60; }"""
    )
    return found


async def test_without_a_script_nothing_is_said_of_departures(browser: Browser, running: Running) -> None:
    context = await browser.new_context(java_script_enabled=False)
    try:
        page = await context.new_page()
        await page.goto(f"http://127.0.0.1:{running.port}/")
        await expect(page.locator("noscript p")).to_contain_text("needs JavaScript")
        await expect(page.locator("main")).to_be_hidden()
        await expect(page.locator("#connection")).to_be_hidden()
    finally:
        await context.close()


async def test_two_hundred_people_and_a_flood(browser: Browser, tmp_path: Path) -> None:
    lab = LAB.model_dump(mode="json", by_alias=True)
    names = [f"Quill {chr(65 + n // 26)}{chr(97 + n % 26)}rowan" for n in range(197)]
    lab["people"] += [{"id": f"person-{n}", "name": name} for n, name in enumerate(names)]
    (tmp_path / "lab.yaml").write_text(yaml.safe_dump(lab))
    running = Running(
        tmp_path, watchlist=str(tmp_path / "lab.yaml"), sources={"push": {"kind": "push"}}
    ).start()
    async with looking(browser, running) as look:
        await expect(look.find("#people-rows tr")).to_have_count(200)
        await expect(look.find(".card")).to_have_count(1)
        wide = look.page.viewport_size
        await look.page.set_viewport_size({"width": 390, "height": 844})
        await wait_until(lambda: list_fits(look), what="the list has room on a phone")
        assert wide
        await look.page.set_viewport_size(wide)
        await look.find("#people-filter").fill("tomas")
        await expect(look.find("#people-rows tr")).to_have_count(1)
        await look.find("#people-rows button").click()
        await expect(look.card("tomas-reed").locator("canvas")).to_be_visible()
        for second in range(4):
            posts = [
                {
                    "source": "x",
                    "id": f"{second}-{n}",
                    "created_at": stamp(),
                    "text": f"Tomas Reed, {second} {n}!",
                }
                for n in range(75)
            ]
            assert running.push(json.dumps(posts).encode())[0] == 202
            await expect(look.find("#feed-list > li").first).to_contain_text(f"{second} 74!")
            await look.page.evaluate("new Promise((done) => requestAnimationFrame(() => done()))")
        await expect(look.find("#feed-list > li")).to_have_count(200)
    assert running.stop() == 0
