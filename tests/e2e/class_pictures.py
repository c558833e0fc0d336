"""The pictures of docs/facilitators.md: a class that waits, its console, and the wall."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, expect

from client.rehearsal.rehearsal import Script, rehearse
from tests.e2e.classroom import PATIENCE_MS, Lead, Student
from tests.e2e.conftest import WIDE
from tests.live_server import ServerProcess

BOTS, ROUNDS = 15, 3
CONDITIONS = "Open talk", "No talk"

Take = Callable[[Page | Locator, str], Awaitable[None]]


async def picture_a_class(server: ServerProcess, browser: Browser, take: Take) -> None:
    """Lead sixteen people through three rounds under two conditions, and take four pictures."""
    console, player = await _page(server, browser), await _page(server, browser)
    lead, ada = Lead(console), Student(player, "Ada")
    await lead.plan_seminar(server.secret, "Asian security, Tuesday", CONDITIONS)
    await lead.field("Talk").nth(1).select_option("none")
    await lead.confirm("Open the seminar")
    code = await lead.code()
    script = Script(bots=BOTS, seed="7", think_s=1, longest_s=300)
    bots = asyncio.create_task(rehearse(f"{server.url}/#/join/{code}", script, lambda _: None))
    await ada.wait(code)
    await expect(console.get_by_text(f"{BOTS + 1} people").first).to_be_visible(timeout=PATIENCE_MS)
    await expect(player.get_by_text(f"{BOTS + 1} people wait")).to_be_visible(timeout=PATIENCE_MS)
    await take(player, "waiting-room")
    await _play(lead, ada)
    await console.mouse.move(0, 0)
    await take(console, "console")
    await take(console.locator("section[aria-labelledby=console-compare]"), "compare")
    hall = await _page(server, browser)
    await hall.goto(await _wall(lead))
    await expect(hall.locator(".projector")).to_be_visible(timeout=PATIENCE_MS)
    await take(hall, "projector")
    await lead.press("End all")
    await lead.confirm("End it")
    await bots


async def _page(server: ServerProcess, browser: Browser) -> Page:
    return await browser.new_page(
        base_url=server.url, viewport=WIDE, locale="en-GB", reduced_motion="reduce"
    )


async def _play(lead: Lead, ada: Student) -> None:
    """Deal, start, and go through so many rounds; the match without Ada may be ahead."""
    await lead.page.get_by_role("button", name="Make tables").click()
    await expect(lead.dialog).to_contain_text("2 tables", timeout=PATIENCE_MS)
    await lead.confirm("Make them")
    await lead.press("Start all")
    here = await lead.match_of("Ada")
    for number in range(1, ROUNDS + 1):
        await ada.decide()
        await ada.ready("Done choosing")
        reveal = lead.match(here).locator(".standing")
        await expect(reveal).to_contain_text(f"Round {number} of", timeout=PATIENCE_MS)
        await expect(reveal).to_contain_text("Reveal", timeout=PATIENCE_MS)
        if number < ROUNDS:
            await ada.ready("Next round")


async def _wall(lead: Lead) -> str:
    """The address of the projector of Ada's match."""
    here = lead.match(await lead.match_of("Ada"))
    link = here.locator("a[href*='#/show/']")
    return await link.get_attribute("href") or ""


def fit(path: Path, most_bytes: int) -> None:
    """Write a picture with the colours of a palette, and no larger than this."""
    from PIL import Image  # comes with the plots

    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
    size = path.stat().st_size
    assert size <= most_bytes, f"{path.name} has {size} bytes; {most_bytes} at most"
