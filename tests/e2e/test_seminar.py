"""A class in real browsers: code, waiting room, matches with one click, and the console.

Pictures of every screen go to the folder that DETENTE_PICTURES names, if it is set.
"""

import asyncio
import os
import re
import sys
import time
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.e2e.classroom import pick
from tests.e2e.conftest import PHONE, NewPerson
from tests.e2e.gallery import violations
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import ServerProcess

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
BOTS = 9
ARRIVAL_MS = 20_000
FIRST_ORDER_WITHIN_S, FIRST_ORDER_TAPS = 20, 3


class Phone:
    """Somebody with a phone who counts taps."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name, self.taps = page, name, 0

    async def tap(self, name: str | re.Pattern[str]) -> None:
        """Tap a button."""
        await self.page.get_by_role("button", name=name).first.tap(timeout=ARRIVAL_MS)
        self.taps += 1

    async def come(self, code: str) -> None:
        """Open the scanned address, type a name, come in."""
        await self.page.goto(f"/#/join/{code}")
        await expect(self.page.get_by_label("Your name")).to_be_focused()  # before any tap
        await self.page.keyboard.type(self.name)
        await self.tap("Join")


async def looked_at(page: Page, name: str, *, has_languages: bool = False) -> None:
    """Find nothing that keeps people out, nothing wider than the page; take a picture."""
    for language in ("en", "ur") if has_languages else ("en",):
        if language == "ur":
            await page.get_by_role("button", name="اردو").click()
        assert await violations(page) == [], f"{name} {language}"
        wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name} {language} is {wide} px too wide"
        if folder := os.environ.get("DETENTE_PICTURES"):
            await page.wait_for_timeout(400)
            picture = Path(folder, f"seminar-{name}-{language}.png")
            await page.screenshot(path=picture, full_page=True)
    if has_languages:
        await page.get_by_role("button", name="English").click()


async def opened(host: Page, secret: str) -> str:
    """Open a seminar with two conditions and give its code."""
    await host.goto(f"/#/host/{secret}")
    await host.get_by_role("link", name="Seminars").click()
    await host.get_by_role("button", name="New seminar").click()
    await host.get_by_label("Name of the class").fill("Monday")
    for number, name in enumerate(("Talk", "Silence")):
        await host.get_by_role("button", name="Add a condition").click()
        await host.get_by_label("Name of the condition").nth(number).fill(name)
    await host.get_by_role("combobox", name="Talk").nth(1).select_option("none")
    await looked_at(host, "new")
    await host.get_by_role("button", name="Open the seminar").click()
    found = CODE.search(await host.locator("p.code").first.inner_text())
    assert found is not None
    return found[0]


async def bots(server: ServerProcess, code: str) -> asyncio.subprocess.Process:
    """Send rehearsing bots by the same code; they take their time, as people do."""
    command = ["-m", "server.cli", "rehearse", f"{server.url}/#/join/{code}"]
    options = ["--bots", str(BOTS), "--think", "60000"]
    return await asyncio.create_subprocess_exec(
        sys.executable, *command, *options, stdout=asyncio.subprocess.DEVNULL
    )


def match(host: Page, number: int):
    return host.locator(f"[data-match='{number}']")


@pytest.mark.slow
async def test_a_class_is_led_from_one_screen(tmp_path: Path, new_person: NewPerson) -> None:
    phone_options = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url) as host,
        new_person(server.url, **phone_options) as first,
        new_person(server.url, **phone_options) as other_device,
        new_person(server.url, **phone_options) as second,
        new_person(server.url) as co_host,
    ):
        code = await opened(host, server.secret)
        amna, late = Phone(first, "Amna"), Phone(second, "Bilal")
        await amna.come(code)
        await expect(first.get_by_text("Keep this page open")).to_be_visible()
        key = await first.locator(".key p.figure").inner_text()
        await looked_at(first, "waiting-360", has_languages=True)
        rehearsal = await bots(server, code)
        await expect(host.get_by_text(f"{BOTS + 1} people")).to_be_visible(timeout=ARRIVAL_MS)
        await host.get_by_role("button", name="Make tables").click()
        await expect(
            host.get_by_text(
                "2 tables. Students per table: 5. Seats per table: 6. Bots in total: 2."
            )
        ).to_be_visible()
        await host.get_by_role("button", name="Make them").click()
        await expect(first).to_have_url(re.compile("#/m/"))
        await expect(match(host, 2).get_by_text("Silence")).to_be_visible()

        await host.get_by_role("button", name="Start all").click()
        await expect(match(host, 1).get_by_text("Briefing")).to_be_visible()
        await _one_match_is_paused_by_key(host)
        await host.get_by_role("button", name="End phase in all").click()
        await _first_order_of_who_comes_late(late, code)
        await _comes_back_on_another_device(other_device, code, key)
        await _news_changes_payoffs(host, first)
        await _is_moved(host, first)
        await _a_second_facilitator_leads_too(host, co_host)
        await _a_seats_view_is_seen(co_host)
        await _a_phase_is_undone(host)
        await host.get_by_role("button", name="End all").click()
        await host.get_by_role("button", name="End it").click()
        await expect(match(host, 2).get_by_role("link", name="Replay: table 2")).to_be_visible()
        await looked_at(host, "console-1440", has_languages=True)
        await host.set_viewport_size(PHONE)
        await looked_at(host, "console-360", has_languages=True)
        await rehearsal.wait()


async def _one_match_is_paused_by_key(host: Page) -> None:
    await host.keyboard.press("2")
    await expect(match(host, 2)).to_be_focused()
    await host.keyboard.press("p")
    await expect(match(host, 2).get_by_text("Paused")).to_be_visible()
    await expect(match(host, 1).get_by_text("Paused")).not_to_be_visible()
    await host.keyboard.press("p")
    await expect(match(host, 2).get_by_text("Paused")).not_to_be_visible()
    await host.keyboard.press("0")


async def _first_order_of_who_comes_late(late: Phone, code: str) -> None:
    """From the scanned code to a first order, counted and timed."""
    begun = time.monotonic()
    await late.come(code)
    await late.tap(re.compile("^Continue as"))
    await late.tap(re.compile("^Cooperate in"))
    chosen = late.page.get_by_role("button", name=re.compile("^Cooperate in")).first
    await expect(chosen).to_have_attribute("aria-pressed", "true", timeout=ARRIVAL_MS)
    assert late.taps <= FIRST_ORDER_TAPS
    assert time.monotonic() - begun < FIRST_ORDER_WITHIN_S
    await looked_at(late.page, "first-order-360")


async def _comes_back_on_another_device(page: Page, code: str, key: str) -> None:
    device = Phone(page, "Amna")
    await device.come(code)
    await page.get_by_label("Your key").fill(key.lower())
    await device.tap("Join")
    await expect(page).to_have_url(re.compile("#/m/"))


async def _news_changes_payoffs(host: Page, player: Page) -> None:
    await host.get_by_role("button", name="Inject", exact=True).first.click()
    await host.get_by_label("From the deck").select_option(label="Written on the spot")
    await host.get_by_label("Headline").fill("A storm")
    await host.get_by_label("News text").fill("A storm has sunk a patrol boat.")
    await looked_at(host, "inject")
    await host.get_by_role("button", name="Add the news").click()
    await expect(host.get_by_role("button", name="Add the news")).not_to_be_visible()


async def _is_moved(host: Page, player: Page) -> None:
    """A player's page follows to the other match by itself."""
    before = player.url
    await host.get_by_role("button", name="Move: Amna", exact=True).click()
    dialog = host.locator("dialog[open]")
    here = await _number_of(host)
    await dialog.get_by_label("To table").select_option(label=f"Table {3 - here}")
    await dialog.get_by_role("button", name="Move", exact=True).click()
    await expect(player).not_to_have_url(before, timeout=ARRIVAL_MS)
    await expect(player).to_have_url(re.compile("#/m/"), timeout=ARRIVAL_MS)
    await expect(match(host, 3 - here).get_by_text("Amna", exact=True)).to_be_visible()


async def _a_seats_view_is_seen(lead: Page) -> None:
    await pick(lead, 1, "Seats")
    await lead.get_by_role("link", name="See table 1 as China does").click()
    await expect(lead.get_by_role("slider")).to_be_visible(timeout=ARRIVAL_MS)


async def _a_phase_is_undone(host: Page) -> None:
    await pick(host, 2, "Undo")
    await host.get_by_role("button", name="Go back").click()
    await expect(match(host, 2).get_by_text("Paused")).to_be_visible(timeout=ARRIVAL_MS)


async def _number_of(host: Page) -> int:
    return 1 if await match(host, 1).get_by_text("Amna", exact=True).count() else 2


async def _a_second_facilitator_leads_too(host: Page, other: Page) -> None:
    await host.get_by_role("button", name="More", exact=True).click()
    await host.get_by_label("Name of the co-facilitator").fill("Dr Co")
    await host.get_by_role("button", name="Make a link").click()
    link = await host.locator("dialog[open] p.link").inner_text()
    await host.locator("dialog[open]").get_by_role("button", name="Close").click()
    await other.goto(link)
    await expect(match(other, 1)).to_be_visible(timeout=ARRIVAL_MS)
    assert "lead" not in other.url
    await expect(other.get_by_text("You lead as Dr Co")).to_be_visible()
    await _acts_are_signed(host, other)
    await _what_is_the_creators_is_not_theirs(other)
    await _the_link_opens_once(other, link)


async def _acts_are_signed(host: Page, other: Page) -> None:
    await pick(other, 1, "Pause")
    for page in (host, other):
        signed = match(page, 1).get_by_text("Last by Dr Co: paused")
        await expect(signed).to_be_visible(timeout=ARRIVAL_MS)
    await other.get_by_role("button", name="Resume: table 1").click()
    await expect(match(host, 1).get_by_text("Last by Dr Co: resumed")).to_be_visible(
        timeout=ARRIVAL_MS
    )


async def _what_is_the_creators_is_not_theirs(other: Page) -> None:
    await other.get_by_role("button", name="More", exact=True).click()
    dialog = other.locator("dialog[open]")
    await expect(dialog).to_contain_text("Only the creator of the seminar")
    for button in ("Make a link", "Rename", "Archive"):
        await expect(dialog.get_by_role("button", name=button)).to_have_count(0)
    await dialog.get_by_role("button", name="Close").click()


async def _the_link_opens_once(other: Page, link: str) -> None:
    console = other.url
    await other.goto(link)
    await expect(other.get_by_role("heading")).to_have_text("This link does not work")
    await expect(other.locator("main")).to_contain_text("used already")
    await other.goto(console)
    await expect(match(other, 1)).to_be_visible(timeout=ARRIVAL_MS)
