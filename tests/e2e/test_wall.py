"""A class on the room's projector, 25 tables on one screen of 1280 by 720; and one match on it.

Pictures go to the folder that DETENTE_PICTURES names, if it is set. DETENTE_REGIONS=all leads a
class in every region.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Page, expect
from websockets.asyncio.client import connect

from tests.e2e.conftest import ROOM, NewPerson
from tests.e2e.fit import beyond_one_screen
from tests.e2e.gallery import violations
from tests.e2e.regions import regions
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import HOST, PLAIN, ServerProcess

PATIENCE_MS = 20_000
TABLES = 25
NAMES = (
    *("Ada", "Zara Ahmed", "Omar", "Maximiliane Schwarzenberg-Hohenlohe", "عائشہ", "Lê Thị Hoa"),
    *(f"Student {number}" for number in range(6, 2 * TABLES)),
)


WIDEST = "document.querySelector('.code').lastChild.data = 'WWWW-MWMW'"
"""A code of the widest letters: codes are drawn at random."""


class Wall:
    """Screens of one room: each is one screen, in whatever it shows."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = pages

    async def sees(self, text: str, where: str = "body") -> None:
        """Wait until all show a text."""
        for page in self.pages:
            await expect(page.locator(where)).to_contain_text(text, timeout=PATIENCE_MS)

    async def look(self, name: str, *, is_to_axe: bool = False) -> None:
        """Find nothing beyond the screen, or that keeps people out; take the pictures."""
        for number, page in enumerate(self.pages):
            beyond = await beyond_one_screen(page)
            if folder := os.environ.get("DETENTE_PICTURES"):
                await page.screenshot(path=Path(folder, f"wall-{name}-{number}.png"))
            assert beyond == [], f"{name} {number}"
            if is_to_axe:
                assert await violations(page) == [], f"{name} {number}"


class Class:
    """A class that is led over HTTP."""

    def __init__(self, server: ServerProcess, led: dict[str, Any]) -> None:
        self.server, self.led = server, led
        self.path = f"/api/seminars/{led['seminar']}"
        self.matches: list[str] = []

    async def come(self, names: Sequence[str]) -> None:
        """Let people join by the code."""
        for name in names:
            await self.server.post("/api/join", {"code": self.led["code"], "name": name})

    async def deal(self, matches: int) -> None:
        """Make so many tables."""
        await self.server.post(f"{self.path}/deal", {"matches": matches}, self.led["token"])
        self.matches = await numbered(self.server, self.led["token"], matches)

    async def do(self, matches: Sequence[str], **command: Any) -> None:
        """Command some tables."""
        commands = [{"match": match, "id": uuid4().hex, "command": command} for match in matches]
        body = {"commands": commands}
        outcomes: Any = await self.server.post(f"{self.path}/commands", body, self.led["token"])
        assert all(outcome["ok"] for outcome in outcomes), outcomes

    async def skip(self, number: int, *phases: str, matches: Sequence[str] | None = None) -> None:
        """End phases of a round, at some tables or all."""
        for phase in phases:
            await self.do(matches or self.matches, type="skip_phase", round=number, phase=phase)


async def numbered(server: ServerProcess, token: str, count: int) -> list[str]:
    """Give the ids of the matches of a class, in the order of their numbers."""
    socket = await connect(f"ws://{HOST}:{server.port}/api/seminars/live", **PLAIN)
    await socket.send(json.dumps({"type": "hello", "protocol": 1, "token": token}))
    cards: dict[int, str] = {}
    while len(cards) < count:
        message = json.loads(await socket.recv())
        for frame in message if isinstance(message, list) else [message]:
            if frame["type"] == "match":
                cards[frame["card"]["number"]] = frame["card"]["match"]
    await socket.close()
    return [cards[number] for number in sorted(cards)]


@pytest.mark.slow
@pytest.mark.parametrize("scenario", regions("south_china_sea"))
async def test_a_class_of_25_tables_fits_one_screen_in_every_phase(
    tmp_path: Path, new_person: NewPerson, scenario: str
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, viewport=ROOM) as english,
        new_person(server.url, viewport=ROOM, locale="ur-PK", color_scheme="dark") as urdu,
    ):
        wanted = {
            "name": "IR 301, Tuesday",
            "scenario": scenario,
            "is_together": True,
            "is_waiting_named": True,
        }
        led = await server.post("/api/seminars", wanted, await server.host_token())
        room = Class(server, led)
        granted = await server.post(f"{room.path}/wall", {}, led["token"])
        wall = Wall((english, urdu))
        for page in wall.pages:
            await page.goto(f"/#/wall/{led['seminar']}/{granted['token']}")
            await expect(page.get_by_text(led["code"]).first).to_be_visible(timeout=PATIENCE_MS)
        await room.come(NAMES)
        await wall.sees(NAMES[-1])
        for page in wall.pages:
            await page.evaluate(WIDEST)
        await wall.look("door", is_to_axe=True)
        await room.deal(TABLES)
        await room.do(room.matches, type="start_match")
        await wall.sees("25", "[data-table='25']")
        await wall.look("briefing")
        await room.skip(0, "briefing")
        await room.skip(1, "negotiation", matches=room.matches[:-1])
        await expect(english.locator(".moment")).to_have_count(TABLES)
        await wall.look("apart")
        await room.skip(1, "negotiation", matches=room.matches[-1:])
        await wall.look("decision", is_to_axe=True)
        await room.skip(1, "decision")
        for page in wall.pages:
            await expect(page.locator(".reveal")).to_be_visible(timeout=PATIENCE_MS)
        await wall.look("results", is_to_axe=True)
        await english.keyboard.press("ArrowRight")
        await expect(english.get_by_role("heading", name="Table 2")).to_be_visible()
        await room.skip(1, "reveal")
        await room.skip(2, "negotiation", "decision")
        await room.do(room.matches, type="end_match")
        await expect(urdu.locator(".curve")).to_be_visible(timeout=PATIENCE_MS)
        await english.get_by_role("radio", name="Curves").check()
        await wall.look("curve", is_to_axe=True)
        for view in ("Code", "Tables", "Results"):
            await english.get_by_role("radio", name=view).check()
            await Wall((english,)).look(f"over-{view.lower()}")
