"""Choices and seats are never lost silently: one student's hour, on a phone, in a dealt match."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.e2e.conftest import PHONE, NewPerson
from tests.e2e.names import the
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import Line, ServerProcess

IS_PHONE: Mapping[str, Any] = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
CHOSEN, LEFT = "code_of_conduct", "us_philippines_treaty"


class Led:
    """A seminar of one match, led over HTTP."""

    def __init__(self, server: ServerProcess, seminar: str, code: str, token: str) -> None:
        self.server, self.path, self.code = server, f"/api/seminars/{seminar}", code
        self.token, self.match, self._count = token, "", 0

    async def do(self, **command: Any) -> None:
        """Do something in the match."""
        self._count += 1
        one = {"match": self.match, "id": str(self._count), "command": command}
        (outcome,) = await self.server.post(
            f"{self.path}/commands", {"commands": [one]}, self.token
        )
        assert outcome["ok"], outcome  # ty: ignore

    async def move(self, person: str, seat: str) -> None:
        """Give somebody another seat of the match."""
        path = f"{self.path}/people/{person}/move"
        await self.server.post(path, {"match": self.match, "seat": seat}, self.token)


@pytest.mark.slow
async def test_no_choice_and_no_seat_is_lost_silently(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, **IS_PHONE) as ada,
        new_person(server.url, **IS_PHONE) as late,
    ):
        led = await _opened(server)
        await _come(ada, led.code, "Ada")
        await expect(ada.get_by_text("Keep this page open")).to_be_visible()
        place = await _deal(led, ada)
        await _seats_are_fixed(ada)
        await _to_the_decision(led, 1)
        await _done_asks(ada)
        await _omission_is_called_one(ada)
        await _brief_is_read_again(ada)
        await led.do(type="skip_phase", round=1, phase="reveal")
        await _late_is_told_who_they_are(late, led)
        await _undo_is_told(ada, led)
        await _private_line_stays_private(ada, led, place["token"])


async def _opened(server: ServerProcess) -> Led:
    body = {"name": "Monday", "scenario": "south_china_sea", "pace": None, "bot": "cooperator"}
    return Led(server, **await server.post("/api/seminars", body, await server.host_token()))


async def _come(page: Page, code: str, name: str) -> None:
    await page.goto(f"/#/join/{code}")
    await page.get_by_label("Your name").fill(name)
    await page.locator("form button[type=submit]").tap()


async def _deal(led: Led, ada: Page) -> dict[str, Any]:
    """Ada is dealt a seat and moved to the one of two arenas, before the start."""
    await led.server.post(f"{led.path}/deal", {}, led.token)
    await expect(ada).to_have_url(re.compile("#/m/"))
    places = await ada.evaluate("JSON.parse(localStorage['detente.places'])")
    led.match = places[0]["match"]
    cards = await led.server.get(f"/api/matches/{led.match}/look", led.token)
    (taken,) = [event for event in cards["events"] if event["type"] == "seat_taken"]
    if taken["seat"] != "PHL":
        await led.move(taken["person"], "PHL")
    await expect(ada.get_by_role("region", name="Philippines")).to_contain_text("You are")
    return places[0]


async def _seats_are_fixed(ada: Page) -> None:
    await expect(ada.get_by_text("only the facilitator can change it")).to_be_visible()
    await expect(ada.get_by_role("main").get_by_role("button")).to_have_count(0)


async def _to_the_decision(led: Led, number: int) -> None:
    await led.do(type="start_match")
    await led.do(type="skip_phase", round=0, phase="briefing")
    await led.do(type="skip_phase", round=number, phase="negotiation")


async def _done_asks(ada: Page) -> None:
    """The first press shows the choice that is left; only the second goes on without."""
    arenas = (ada.locator(f"[data-arena={name}]") for name in (CHOSEN, LEFT))
    chosen, left = (arena.locator(".choice.cooperate") for arena in arenas)
    await ada.get_by_role("button", name="Decide").tap()
    await chosen.tap()
    await expect(chosen).to_have_attribute("aria-pressed", "true")
    await ada.get_by_role("button", name="Cooperate in Fisheries").tap()
    await expect(left).not_to_be_in_viewport()
    await ada.get_by_role("button", name="Done choosing").tap()
    await expect(ada.locator(".ask")).to_contain_text("1 choice left: ")
    await expect(left).to_be_in_viewport(ratio=1)
    await expect(ada.locator(f"[data-arena={LEFT}]")).to_be_focused()
    again = ada.get_by_role("button", name="Continue without")
    await again.tap()  # too quick to be meant: it does nothing
    await ada.wait_for_timeout(800)
    await again.tap()  # nobody else is waited for: the round is opened


async def _omission_is_called_one(ada: Page) -> None:
    summary = ada.locator("section.reveal p.mine")
    await expect(summary).to_contain_text("You chose nothing: counted as Defect")
    await expect(summary).to_contain_text("You cooperated")
    tile = ada.locator("li.mine", has=ada.locator(f"[data-payoff='{LEFT}:PHL']"))
    await expect(tile).to_contain_text("Chose nothing")


async def _brief_is_read_again(ada: Page) -> None:
    await ada.get_by_role("button", name="My brief").tap()
    sheet = ada.locator("dialog[open]")
    await expect(sheet.get_by_role("heading", name="Philippines", exact=True)).to_be_visible()
    await sheet.get_by_role("button", name="Continue as the Philippines").tap()
    await expect(sheet).to_have_count(0)


async def _late_is_told_who_they_are(late: Page, led: Led) -> None:
    """A first sheet with one button; after a move another one, and a word of the move."""
    await _come(late, led.code, "Cem")
    sheet = late.locator("dialog[open]")
    await expect(sheet).to_contain_text("This is your country")
    await sheet.get_by_role("button", name=re.compile("^Continue as")).tap()
    await late.reload()
    await expect(late.get_by_role("button", name="My brief")).to_be_visible()
    await expect(sheet).to_have_count(0)
    log = await led.server.get(f"/api/matches/{led.match}/look", led.token)
    cem = [event for event in log["events"] if event["type"] == "seat_taken"][-1]
    seat, country = ("VNM", "Vietnam") if cem["seat"] != "VNM" else ("MYS", "Malaysia")
    await led.move(cem["person"], seat)
    await expect(sheet).to_contain_text(f"You are {the(country)} now.")
    await sheet.get_by_role("button", name=f"Continue as {the(country)}").tap()
    await expect(late.get_by_text(f"You are {the(country)} now.")).not_to_be_visible()


async def _undo_is_told(ada: Page, led: Led) -> None:
    went_back = ada.get_by_text("The facilitator went back to round 1, Reveal.")
    await expect(went_back).to_have_count(0)
    branch = await led.server.post(f"/api/matches/{led.match}/branch", {}, led.token)
    led.match = branch["match"]
    sheet = ada.locator("dialog[open]")
    await expect(sheet).to_contain_text("The facilitator went back to round 1, Reveal.")
    await sheet.get_by_role("button", name="Continue as the Philippines").tap()
    await expect(went_back).not_to_be_visible()


async def _private_line_stays_private(ada: Page, led: Led, token: str) -> None:
    """What a seat tells the facilitator stands in the replay as that."""
    line = Line(led.server, token)
    await line.open()
    await led.do(type="resume_match")
    said = await line.do({"type": "say", "room": ["PHL"], "text": "I am lost.", "act": None})
    assert said["type"] == "ack", said
    await line.close()
    await led.do(type="end_match")
    await ada.goto(f"/#/replay/{led.match}")
    await ada.get_by_role("slider").wait_for()
    await ada.keyboard.press("End")
    await ada.get_by_role("button", name="Talk").tap()
    words = ada.locator("article", has_text="I am lost.")
    await expect(words).to_contain_text("To the facilitator only")
