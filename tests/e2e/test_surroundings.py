"""Browsers and networks as a class has them: each plays, or says what is in the way."""

import re
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.conftest import WIDE, NewPerson
from tests.e2e.gallery import violations
from tests.e2e.table import Person
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import Line, ServerProcess
from tests.proxy import Proxy, proxied

pytestmark = pytest.mark.slow

DENIED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("The operation is insecure.", "SecurityError"); } });"""
FULL = """Storage.prototype.setItem = () => {
  throw new DOMException("The quota has been exceeded.", "QuotaExceededError"); };"""
DAMAGED = """if (!sessionStorage.wasHere) for (const [key, text] of Object.entries({
    "detente.places": "[{\\"match\\":\\"m", "detente.seminars": "{\\"of\\":\\"another version\\"}",
    "detente.seen": "7", "detente.theme": "mauve", "detente.lang": "\\ufffd",
    "detente.shortcuts": "[]" }))
  localStorage.setItem(key, text);
sessionStorage.wasHere = "yes";"""
OTHER_VERSION = """if (!sessionStorage.wasHere) {
  localStorage.setItem("detente.places", JSON.stringify([{ id: 1 }, null, 7, { match: "m1",
    role: "player", token: "t", title: "Kept", scenario: "chicken", code: null, name: "Ada",
    atMs: 1, addedLater: true }]));
  localStorage.setItem("detente.seminars", "[{}]");
}
sessionStorage.wasHere = "yes";"""
TRANSLATOR = """() => {
  const translate = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode())
      if (walker.currentNode.data.trim() && !walker.currentNode.parentElement.closest("font"))
        texts.push(walker.currentNode);
    for (const text of texts) {
      const outer = document.createElement("font");
      outer.appendChild(document.createElement("font")).textContent = `«${text.data}»`;
      text.replaceWith(outer);
    }
  };
  translate();
  setInterval(translate, 700);
}"""
"""What a translator does to a page: two <font> in the place of every text, again and again."""

FORGETS = re.compile("This browser cannot remember your seat")
"""Looked for in the main part of the page: what is read aloud stands in the page a second time."""


@dataclass
class Table:
    """A match of two, and whoever leads it."""

    code: str
    host: Line

    async def go_on(self, number: int, phase: str) -> None:
        """End a phase."""
        done = await self.host.do({"type": "skip_phase", "round": number, "phase": phase})
        assert done["type"] == "ack", done


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[ServerProcess]:
    async with UnhurriedServer(tmp_path_factory.mktemp("surroundings")) as running:
        yield running


@pytest.fixture
async def table(server: ServerProcess) -> AsyncGenerator[Table]:
    body = {"scenario": "india_pakistan", "pace": 1, "seed": "7", "is_repeatable": True}
    match = await server.post("/api/matches", body, await server.host_token())
    host = Line(server, match["token"])
    await host.open()
    yield Table(match["code"], host)
    await host.close()


@asynccontextmanager
async def hostile(page: AbstractAsyncContextManager[Page], script: str) -> AsyncGenerator[Page]:
    """Open a page in which a script runs before ours does."""
    async with page as opened:
        await opened.add_init_script(script)
        yield opened


@pytest.mark.parametrize("script", [DENIED, FULL])
async def test_without_storage_one_joins_and_is_told_that_the_place_is_not_kept(
    server: ServerProcess, table: Table, new_person: NewPerson, script: str
) -> None:
    async with hostile(new_person(server.url), script) as page:
        await page.goto("/")
        await expect(page.get_by_role("heading", name="Détente")).to_be_visible()
        await expect(page.get_by_role("main").get_by_text(FORGETS)).to_have_count(0)
        await Person(page, "IND").join(table.code, "Amna", "India")
        await expect(page.get_by_role("main").get_by_text(FORGETS)).to_be_visible()
        assert await violations(page) == []
        await page.get_by_role("button", name="Close").click()
        await expect(page.get_by_role("main").get_by_text(FORGETS)).to_have_count(0)


@pytest.mark.parametrize("script", [DAMAGED, OTHER_VERSION])
async def test_what_is_damaged_or_of_another_version_is_left_out(
    server: ServerProcess, table: Table, new_person: NewPerson, script: str
) -> None:
    async with hostile(new_person(server.url), script) as page:
        await page.goto("/")
        await expect(page.get_by_text("Kept")).to_have_count(int("Kept" in script))
        await Person(page, "IND").join(table.code, "Amna", "India")
        await page.reload()
        await expect(page.get_by_role("button", name="Leave the seat of India")).to_be_visible()
        await expect(page.get_by_role("main").get_by_text(FORGETS)).to_have_count(0)


async def test_a_translated_page_shows_the_phase_and_the_clock_that_are(
    server: ServerProcess, table: Table, new_person: NewPerson
) -> None:
    async with new_person(server.url) as page:
        root = page.locator("html")
        await Person(page, "IND").join(table.code, "Amna", "India")
        await expect(root).to_have_attribute("translate", "no")
        await expect(page.locator('meta[name="google"][content="notranslate"]')).to_have_count(1)
        await table.host.do({"type": "start_match"})
        await expect(page.get_by_role("button", name="I have read it")).to_be_visible()
        await page.evaluate(TRANSLATOR)
        await expect(page.get_by_role("main").get_by_text("changes this page")).to_be_visible()
        clock = page.get_by_role("timer", name="Time left")
        before = await clock.inner_text()
        await expect(clock).not_to_have_text(before)
        await table.go_on(0, "briefing")
        await expect(page.get_by_role("button", name=re.compile("Done talking"))).to_be_visible()
        await expect(page.get_by_text(re.compile("I have read it"))).to_have_count(0)
        await table.go_on(1, "negotiation")
        choice = page.get_by_role("button", name=re.compile("^Cooperate in ")).first
        await choice.click()
        await expect(choice).to_have_attribute("aria-pressed", "true")
        await expect(page.get_by_text(re.compile("Done talking"))).to_have_count(0)
        await table.go_on(1, "decision")
        await expect(page.get_by_text(re.compile("Round 1 results")).first).to_be_visible()
        await expect(page.get_by_text(re.compile("Done choosing"))).to_have_count(0)


async def test_enter_that_ends_a_composition_sends_nothing(
    server: ServerProcess, table: Table, new_person: NewPerson
) -> None:
    async with new_person(server.url) as page:
        await Person(page, "IND").join(table.code, "あむな", "India")
        await table.host.do({"type": "start_match"})
        await table.go_on(0, "briefing")
        field = page.locator(".talk textarea")
        await field.fill("こんに")
        await field.evaluate("""(field) => {
          const enter = (more) => field.dispatchEvent(new KeyboardEvent("keydown",
            { key: "Enter", bubbles: true, cancelable: true, ...more }));
          const end = () => field.dispatchEvent(new CompositionEvent("compositionend",
            { data: "に", bubbles: true }));
          enter({ isComposing: true, keyCode: 229 });  // Chrome
          end();
          enter({ keyCode: 229 });  // Safari
          end();
          enter({ keyCode: 13 });  // some keyboards of phones
        }""")
        await expect(field).to_have_value("こんに")
        await page.wait_for_timeout(100)
        await field.press("Enter")
        await expect(page.get_by_role("log")).to_contain_text("こんに")
        await expect(field).to_have_value("")


async def test_a_plain_http_address_offers_what_works_there(
    server: ServerProcess, new_person: NewPerson
) -> None:
    """At such an address browsers take away the clipboard, digests and the wake lock."""
    url = f"http://class.example:{server.port}"
    async with new_person(url) as page:
        await page.goto(f"/#/host/{server.secret}")
        await page.get_by_role("button", name="Set up a match: Chicken").click()
        assert await page.evaluate("[isSecureContext, !navigator.clipboard, !crypto.subtle]") == [
            False,
            True,
            True,
        ]
        await page.get_by_role("button", name="Open the lobby").click()
        await page.get_by_role("button", name="Copy the link").click()
        await expect(page.get_by_role("button", name="Link copied")).to_be_visible()


@pytest.mark.parametrize("fault", [{"passes_sockets": False}, {"host": "upstream"}])
async def test_a_network_without_sockets_is_named_with_its_remedy(
    server: ServerProcess, table: Table, new_person: NewPerson, fault: dict
) -> None:
    async with proxied(Proxy(server, **fault)) as proxy, new_person(proxy.url) as page:
        await page.goto(f"/#/join/{table.code}")
        await page.get_by_label("Your name").fill("Amna")
        await page.get_by_role("button", name="Join", exact=True).click()
        told = page.locator(".banner").get_by_text("live connections are blocked")
        await expect(told).to_be_visible()
        await expect(page.get_by_text("Use another network")).to_be_visible()
        await expect(page.get_by_text("Everything that was locked in is stored")).to_have_count(0)
        await page.goto(f"/#/host/{server.secret}")
        await page.get_by_role("button", name="Set up a match: Chicken").click()
        await page.get_by_role("button", name="Open the lobby").click()
        await expect(told).to_be_visible()
        await expect(page.get_by_text("WebSocket")).to_be_visible()


@asynccontextmanager
async def breakable(browser: Browser, url: str) -> AsyncGenerator[Page]:
    """Open a page on which errors are expected."""
    context = await browser.new_context(base_url=url, viewport=WIDE)
    page = await context.new_page()
    yield page
    await context.close()


async def test_an_error_in_a_click_is_told_and_one_in_the_page_is_a_screen(
    server: ServerProcess, table: Table, browser: Browser
) -> None:
    async with breakable(browser, server.url) as page:
        await page.goto(f"/#/join/{table.code}")
        await page.get_by_label("Your name").fill("Amna")
        await page.evaluate("window.stringify = JSON.stringify; JSON.stringify = null")
        await page.get_by_role("button", name="Join", exact=True).click()
        await expect(
            page.get_by_role("alert").filter(has_text="That did not work")
        ).to_be_attached()
        await expect(page.get_by_role("button", name="Reload the page")).to_be_visible()
        await page.evaluate("JSON.stringify = window.stringify")
        await page.get_by_role("button", name="Join", exact=True).click()
        await expect(page.get_by_role("button", name="Sit here: India")).to_be_visible()
        await page.evaluate("void (Intl.DisplayNames = null)")
        await page.get_by_role("button", name="اردو").click()
        broken = page.get_by_role("heading", name="یہ صفحہ خراب ہو گیا")
        await expect(broken).to_be_visible()
        assert await violations(page) == []
        page.on("dialog", lambda dialog: dialog.accept())
        await page.get_by_role("button", name="اس براؤزر کا ریکارڈ مٹا دیں").click()
        await expect(page.get_by_role("heading", name="Détente")).to_be_visible()
        assert await page.evaluate("Object.keys(localStorage)") == []
