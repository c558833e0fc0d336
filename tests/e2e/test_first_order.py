"""Somebody scans the code with a phone in class: how long and how many taps to a first order."""

import re
import time
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.conftest import PHONE, NewPerson
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import Line, ServerProcess

MOST_S, MOST_TAPS = 20, 3
ARENA = "Code of Conduct"
IS_TOUCHED = {"viewport": PHONE, "is_mobile": True, "has_touch": True}


class Thumb:
    """What somebody does on a phone: typing a name is typing; everything else is a tap."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    async def tap(self, button: Locator) -> None:
        """Tap once."""
        self.taps += 1
        await button.tap()

    def button(self, name: str) -> Locator:
        """Find a button by its name."""
        return self.page.get_by_role("button", name=name, exact=True)


@pytest.mark.slow
async def test_a_scanned_code_leads_to_a_first_order_in_three_taps(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, **IS_TOUCHED) as phone,
    ):
        code, host = await _running_match(server)
        thumb, began_s = Thumb(phone), time.perf_counter()
        await phone.goto(f"/#/join/{code}")
        await phone.get_by_label("Your name").fill("Ben")
        await thumb.tap(phone.locator("form button[type=submit]"))
        await thumb.tap(thumb.button("Sit here: Vietnam"))
        await _order(thumb)
        assert time.perf_counter() - began_s <= MOST_S
        assert thumb.taps <= MOST_TAPS
        await host.close()


@pytest.mark.slow
async def test_a_seminars_code_leads_to_a_first_order_in_three_taps(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, **IS_TOUCHED) as phone,
    ):
        code = await _running_seminar(server)
        thumb, began_s = Thumb(phone), time.perf_counter()
        await phone.goto(f"/#/join/{code}")
        await phone.get_by_label("Your name").fill("Ben")
        await thumb.tap(phone.locator("form button[type=submit]"))
        await thumb.tap(phone.get_by_role("button", name=re.compile("^Continue as ")))
        await _order(thumb)
        assert time.perf_counter() - began_s <= MOST_S
        assert thumb.taps <= MOST_TAPS


async def _order(thumb: Thumb) -> None:
    """Choose in the first arena; it counts once the server has said so."""
    button = thumb.button(f"Cooperate in {ARENA}")
    await thumb.tap(button)
    await expect(button).to_have_attribute("aria-pressed", "true")
    await expect(button).not_to_have_attribute("aria-busy", "true")


async def _running_match(server: ServerProcess) -> tuple[str, Line]:
    """Give the code of a match in its first decision, and the facilitator's line to it."""
    body = {"scenario": "south_china_sea", "pace": None, "seed": "7", "is_repeatable": True}
    match = await server.post("/api/matches", body, await server.host_token())
    host = Line(server, match["token"])
    await host.open()
    await host.do({"type": "start_match"})
    for number, phase in ((0, "briefing"), (1, "negotiation")):
        done = await host.do({"type": "skip_phase", "round": number, "phase": phase})
        assert done["type"] == "ack", done
    return match["code"], host


async def _running_seminar(server: ServerProcess) -> str:
    """Give the code of a seminar whose one match is in its first decision."""
    body = {"name": "A class", "scenario": "south_china_sea", "pace": None}
    led = await server.post("/api/seminars", body, await server.host_token())
    seminar, token = f"/api/seminars/{led['seminar']}", led["token"]
    first = await server.post("/api/join", {"code": led["code"], "name": "Ada"})
    await server.post(f"{seminar}/deal", {}, token)
    place = await server.post("/api/seminars/place", {}, first["seminar"]["token"])
    commands = (
        {"type": "start_match"},
        {"type": "skip_phase", "round": 0, "phase": "briefing"},
        {"type": "skip_phase", "round": 1, "phase": "negotiation"},
    )
    for number, command in enumerate(commands):
        one = {"match": place["match"], "id": str(number), "command": command}
        outcomes = await server.post(f"{seminar}/commands", {"commands": [one]}, token)
        assert outcomes[0]["ok"], outcomes  # ty: ignore
    return led["code"]
