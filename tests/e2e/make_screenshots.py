"""Make the pictures of the README, of docs/facilitators.md and of links in chats.

    uv run python -m tests.e2e.make_screenshots [README | class | link]

Plays South China Sea with two people and four bots on a real server, in a real browser, and
writes docs/images/play.png and docs/images/replay.png; leads a class through three rounds, and
writes its waiting room, console, comparison and projector.
"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright

from tests.e2e.chromium import FLAGS, chromium
from tests.e2e.class_pictures import fit, picture_a_class
from tests.e2e.conftest import WIDE
from tests.e2e.table import Person
from tests.e2e.unhurried import SCENARIOS, of_rounds
from tests.live_server import Line, ServerProcess

IMAGES = Path(__file__).parents[2] / "docs" / "images"
BOTS = {"VNM": "tit_for_tat", "MYS": "go_by_majority", "IDN": "cooperator", "USA": "grudger"}
SHOWN_IN, ROUNDS = 4, 8
PUBLIC = IMAGES.parents[1] / "client" / "web" / "public"
LINK: ViewportSize = {"width": 1200, "height": 630}
ALONE = """
    header, .join, .hero .row, .hero .small, .hero + * { display: none !important }
    .hero { display: grid !important; block-size: 630px; place-content: end start }
    .hero .title { scale: 1.6; transform-origin: 0 100%; margin: 0 0 48px 48px; inline-size: 30rem }
"""
"""The name and the map fill the picture."""
MOST_BYTES = 150_000
SETTLE_MS = 800
"""Fonts, and the map's last transition."""


async def main(which: str) -> None:
    """Play, and take the pictures. which: README, class, link, or nothing for all."""
    path, environment = await asyncio.to_thread(chromium)
    with tempfile.TemporaryDirectory() as folder:
        sea = (SCENARIOS / "south_china_sea.toml").read_text(encoding="utf-8")
        (Path(folder) / "south_china_sea.toml").write_text(of_rounds(sea, ROUNDS), encoding="utf-8")
        async with (
            ServerProcess(Path(folder), Path(folder)) as server,
            async_playwright() as playwright,
        ):
            browser = await playwright.chromium.launch(
                executable_path=path, args=list(FLAGS), env={**os.environ, **environment}
            )
            if which in ("README", ""):
                await _picture_a_match(server, browser)
            if which in ("class", ""):
                await picture_a_class(server, browser, _picture_small)
            if which in ("link", ""):
                await _picture_a_link(server, browser)
            await browser.close()


async def _picture_a_link(server: ServerProcess, browser: Browser) -> None:
    """Show the name of the game on its map, as chats show a link."""
    page = await browser.new_page(
        base_url=server.url, viewport=LINK, locale="en-GB", bypass_csp=True
    )
    await page.goto("/")
    await page.get_by_role("heading", name="Détente").wait_for()
    await page.add_style_tag(content=ALONE)
    await _picture_small(page, "share")
    (IMAGES / "share.png").replace(PUBLIC / "share.png")


async def _picture_a_match(server: ServerProcess, browser: Browser) -> None:
    page = await browser.new_page(
        base_url=server.url, viewport=WIDE, locale="en-GB", reduced_motion="reduce"
    )
    await _play(server, page)


async def _play(server: ServerProcess, page: Page) -> None:
    body = {"scenario": "south_china_sea", "pace": 1.0, "seed": "7", "is_repeatable": True}
    match = await server.post("/api/matches", body, await server.host_token())
    philippines = Person(page, "PHL")
    await philippines.join(match["code"], "Ben", "Philippines")
    host, china = Line(server, match["token"]), await _seat_china(server, match["code"])
    await host.open()
    for seat, strategy in BOTS.items():
        await host.do({"type": "seat_bot", "seat": seat, "strategy": strategy})
    await host.do({"type": "start_match"})
    await _skip(host, 0, "briefing")
    for number in range(1, ROUNDS + 1):
        await _play_round(page, host, china, number)
    await page.goto(f"/#/replay/{match['match']}?at=r3")
    await page.get_by_role("slider").wait_for()
    await _picture(page, "replay")


async def _play_round(page: Page, host: Line, china: Line, number: int) -> None:
    if number == 1:
        await china.do({"type": "say", "room": [], "text": "We will keep the code if you do."})
    if number == SHOWN_IN:
        words = "You pressed us in round 2. Was that a mistake?"
        await china.do({"type": "say", "room": ["PHL"], "text": words, "act": "threaten"})
    await _skip(host, number, "negotiation")
    action = "D" if number == SHOWN_IN - 1 else "C"
    actions = {"code_of_conduct": action, "encounters_at_sea": "C", "fisheries": "C"}
    order = {"type": "save_order", "round": number, "actions": actions}
    await china.do({**order, "is_ready": True})
    await page.locator("[data-arena]").first.wait_for()
    for title in ("Code of Conduct", "US-Philippines treaty", "Fisheries"):
        deed = "Defect" if number == 2 and title == "Code of Conduct" else "Cooperate"
        await page.get_by_role("button", name=f"{deed} in {title}", exact=True).click()
    if number == SHOWN_IN:
        await _picture(page, "play")
    await _skip(host, number, "decision")
    await _skip(host, number, "reveal")


async def _seat_china(server: ServerProcess, code: str) -> Line:
    joined = await server.post("/api/join", {"code": code, "name": "Ada"})
    line = Line(server, joined["token"])
    await line.open()
    await line.do({"type": "take_seat", "seat": "CHN", "name": "Ada"})
    return line


async def _skip(host: Line, number: int, phase: str) -> None:
    answer = await host.do({"type": "skip_phase", "round": number, "phase": phase})
    assert answer["type"] == "ack", answer


async def _picture(shown: Page | Locator, name: str) -> Path:
    await (shown if isinstance(shown, Page) else shown.page).wait_for_timeout(SETTLE_MS)
    IMAGES.mkdir(parents=True, exist_ok=True)
    path = IMAGES / f"{name}.png"
    await shown.screenshot(path=path)
    print(path)
    return path


async def _picture_small(shown: Page | Locator, name: str) -> None:
    fit(await _picture(shown, name), MOST_BYTES)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else ""))
