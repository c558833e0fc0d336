"""A whole match on the projector: what the room sees, and never a secret; pictures to look at.

Pictures go to the folder that DETENTE_PICTURES names, if it is set. DETENTE_REGIONS=all shows every
region on the projector, and not the largest alone.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from game_rules.scenario_files.scenarios import shipped_scenario
from tests.e2e.conftest import PHONE, ROOM, NewPerson
from tests.e2e.fit import beyond_one_screen
from tests.e2e.gallery import violations
from tests.e2e.regions import regions
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import Line, ServerProcess

PATIENCE_MS = 20_000
NEWS = {
    "name": "storm",
    "title": "A storm at sea",
    "text": "For two rounds nobody can patrol, and pressing pays less.",
    "rounds": 2,
    "effects": [{"arena": "code_of_conduct", "parameter": "g", "change": -1}],
}
ZOOMS = "[...document.querySelectorAll('.side [data-fitted] > *')].map((x) => +x.style.zoom)"
LEAST_ZOOM = 0.6
"""What a room reads is fitted into one screen, but never smaller than this."""
BOTS = {"VNM": "tit_for_tat", "MYS": "grudger", "IDN": "cooperator", "USA": "grudger"}


class Hall:
    """The projector in two languages, and on a phone."""

    def __init__(self, english: Page, urdu: Page, phone: Page | None = None) -> None:
        self.english, self.urdu, self.phone = english, urdu, phone
        self.pages = {"english": english, "urdu": urdu} | ({"phone": phone} if phone else {})

    async def look(self, name: str) -> None:
        """Find nothing that keeps people out, nothing wider than the page; take the pictures."""
        assert await self.misfits(name) == []
        for kind, page in self.pages.items():
            assert await violations(page) == [], f"{name} {kind}"
            wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{name} {kind} is {wide} px too wide"
        if self.phone:
            await self.picture(f"{name}-phone", self.phone)

    async def misfits(self, name: str) -> list[str]:
        """Tell what lies beyond the screens of rooms, and what is too small to be read."""
        found = []
        for kind, page in (("english", self.english), ("urdu", self.urdu)):
            found += [f"{name} {kind}: {each}" for each in await beyond_one_screen(page)]
            sizes = await page.evaluate(ZOOMS)
            if min(sizes, default=1) < LEAST_ZOOM:
                found.append(f"{name} {kind}: fitted to {min(sizes):.2f} of its size")
            await self.picture(f"{name}-{kind}", page)
        return found

    async def picture(self, name: str, page: Page) -> None:
        """Take a picture, if any is wanted."""
        if folder := os.environ.get("DETENTE_PICTURES"):
            await page.wait_for_timeout(600)
            await page.screenshot(path=Path(folder, f"projector-{name}.png"), full_page=True)

    async def sees(self, text: str) -> None:
        """Wait until all show a text."""
        for page in self.pages.values():
            await expect(page.get_by_text(text).first).to_be_visible(timeout=PATIENCE_MS)

    async def is_at(self, phase: str) -> None:
        """Wait until all show a phase."""
        for page in self.pages.values():
            await expect(page.locator(f".projector.{phase}")).to_be_visible(timeout=PATIENCE_MS)

    async def words(self) -> str:
        """Give all that stands on the pages."""
        return "\n".join([await page.locator("body").inner_text() for page in self.pages.values()])


@pytest.mark.slow
async def test_a_hall_follows_a_match_and_sees_no_secret(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, viewport=ROOM) as english,
        new_person(server.url, viewport=ROOM, locale="ur-PK", color_scheme="dark") as urdu,
        new_person(server.url, viewport=PHONE, is_mobile=True, has_touch=True) as phone,
    ):
        body = {"scenario": "south_china_sea", "pace": 5.0, "seed": "7", "is_repeatable": True}
        match = await server.post("/api/matches", body, await server.host_token())
        hall = Hall(english, urdu, phone)
        for page in hall.pages.values():
            await page.goto(f"/#/show/{match['code']}")
        await hall.sees(match["code"])
        host, ada = Line(server, match["token"]), await _seat(server, match["code"])
        await host.open()
        for seat, strategy in BOTS.items():
            await host.do({"type": "seat_bot", "seat": seat, "strategy": strategy})
        await hall.sees("Ada")
        await hall.look("lobby")
        await host.do({"type": "start_match"})
        await expect(english.locator(".projector.briefing")).to_be_visible(timeout=PATIENCE_MS)
        await hall.look("briefing")
        await _skip(host, 0, "briefing")
        title = re.compile(r"^\d+:\d\d Negotiation · South China Sea")
        await expect(hall.english).to_have_title(title)
        tick = hall.english.get_by_role("button", name="Tick at the end")
        await expect(tick).to_have_attribute("aria-pressed", "false")
        await tick.click()
        await expect(tick).to_have_attribute("aria-pressed", "true")
        secret = "Do not tell anybody about the islands"  # noqa: S105
        await ada.do({"type": "say", "room": ["VNM"], "text": secret})
        await ada.do({"type": "save_order", "round": 1, "actions": {"code_of_conduct": "D"}})
        await host.do({"type": "open_inject", "inject": NEWS})
        await host.do({"type": "say", "room": [], "text": "Ten minutes to go, colleagues."})
        await hall.sees("A storm at sea")
        await hall.sees("Ten minutes to go, colleagues.")
        await hall.look("negotiation")
        await _skip(host, 1, "negotiation")
        await _skip(host, 1, "decision")
        await expect(
            english.get_by_role("heading", name="Round 1", exact=False).last
        ).to_be_visible()
        await hall.look("reveal")
        await _skip(host, 1, "reveal")
        for phase in ("negotiation", "decision", "reveal"):
            await _skip(host, 2, phase)
        assert secret not in await hall.words()
        await _skip(host, 3, "negotiation")
        await hall.look("decision")
        await host.do({"type": "end_match"})
        await expect(english.get_by_role("table").last).to_be_visible(timeout=PATIENCE_MS)
        await hall.look("debrief")


@pytest.mark.slow
async def test_a_match_of_any_region_fits_one_screen(tmp_path: Path, new_person: NewPerson) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, viewport=ROOM) as english,
        new_person(server.url, viewport=ROOM, locale="ur-PK", color_scheme="dark") as urdu,
    ):
        await english.goto("/#/show/2222-2222")
        await expect(english.get_by_text("No match has the code").first).to_be_visible()
        hall = Hall(english, urdu)  # which come to the right page by the address alone
        found = [
            each
            for scenario in regions("quad_and_eas")
            for each in await _show(server, hall, scenario)
        ]
    assert found == []


async def _show(server: ServerProcess, hall: Hall, scenario: str) -> list[str]:
    """Look at every phase of a match of bots and a person who never acts; tell what is wrong."""
    body = {"scenario": scenario, "pace": 5.0, "seed": "7", "is_repeatable": True}
    match = await server.post("/api/matches", body, await server.host_token())
    for page in hall.pages.values():
        await page.goto(f"/#/show/{match['code']}")
    await hall.sees(match["code"])
    found = await hall.misfits(f"{scenario} lobby")
    first, *others = shipped_scenario(scenario).players
    host, ada = Line(server, match["token"]), await _seat(server, match["code"], first.seat)
    await host.open()
    for player in others:
        seated = await host.do({"type": "seat_bot", "seat": player.seat, "strategy": "grudger"})
        assert seated["type"] == "ack", seated
    assert (await host.do({"type": "start_match"}))["type"] == "ack"
    number = 0
    for phase in ("briefing", "negotiation", "decision", "reveal", "negotiation", "decision"):
        await hall.is_at(phase)
        found += await hall.misfits(f"{scenario} {phase} {number}")
        await _skip(host, number, phase)
        number += phase in ("briefing", "reveal")
    await host.do({"type": "end_match"})
    await expect(hall.english.get_by_role("table").last).to_be_visible(timeout=PATIENCE_MS)
    found += await hall.misfits(f"{scenario} end")
    await ada.close()
    await host.close()
    return found


async def _seat(server: ServerProcess, code: str, seat: str = "CHN") -> Line:
    joined = await server.post("/api/join", {"code": code, "name": "Ada"})
    line = Line(server, joined["token"])
    await line.open()
    await line.do({"type": "take_seat", "seat": seat, "name": "Ada"})
    return line


async def _skip(host: Line, number: int, phase: str) -> None:
    answer = await host.do({"type": "skip_phase", "round": number, "phase": phase})
    assert answer["type"] == "ack", answer
