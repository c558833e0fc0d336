"""Negotiation on a phone: what comes is seen without a tap, and everything is one tap away."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, ViewportSize, expect

from tests.e2e.conftest import NewPerson
from tests.e2e.gallery import Gallery, violations
from tests.e2e.table import Person
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import Line, ServerProcess

PHONE: ViewportSize = {"width": 390, "height": 844}
CODE = "Code of Conduct"
TABS = ("Map", "Decide", "Scores")
DRAFT = "We could both"


@pytest.mark.slow
async def test_what_is_negotiated_is_seen_and_one_tap_away(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, viewport=PHONE, is_mobile=True, has_touch=True) as phone,
    ):
        match = await server.post(
            "/api/matches",
            {"scenario": "south_china_sea", "seed": "7", "is_repeatable": True},
            await server.host_token(),
        )
        ben = Person(phone, "PHL", is_phone=True)
        await ben.join(match["code"], "Ben", "Philippines")
        china = await _china(server, match["code"])
        lead = Line(server, match["token"])
        await lead.open()
        await _do(lead, {"type": "start_match"})
        await _do(lead, {"type": "skip_phase", "round": 0, "phase": "briefing"})
        await _sees_what_waits(phone, china)
        await _says_and_proposes_in_one_tap(phone)
        await _opens_private_lines(phone, ben)
        await _stays_while_writing(phone, lead)
        await lead.close()
        await china.close()


async def _sees_what_waits(phone: Page, china: Line) -> None:
    """The phone shows the talk by itself; the card and its answers stand in the window."""
    await expect(_log(phone)).to_be_visible()
    ask = {"arena": "code_of_conduct", "seat": "PHL"}
    await _do(china, {"type": "say_sentence", "room": [], "sentence": "ask", "arguments": ask})
    await _do(china, {"type": "propose", "round": 1, "terms": _terms()})
    card = phone.locator("[data-waiting]")
    await expect(card).to_contain_text("China proposes")
    for name in ("Accept", "Counter", "Decline"):
        await expect(card.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    await expect(_log(phone)).to_contain_text("China proposes a pact to you. Treaty:")
    await _keep(phone, "talk-waits")
    assert await violations(phone) == []
    for tab in TABS:
        await _tab(phone, tab).tap()
        strip = phone.get_by_role("button", name="China proposes a pact to you.")
        await expect(strip).to_be_in_viewport(ratio=1)
        await _keep(phone, f"talk-strip-{tab.lower()}")
        assert await violations(phone) == []
        await strip.tap()
        await expect(card).to_be_in_viewport(ratio=1)
    await card.get_by_role("button", name="Decline").tap()
    await expect(card).to_have_count(0)
    await expect(_log(phone)).to_contain_text("You have declined.")


async def _says_and_proposes_in_one_tap(phone: Page) -> None:
    """The question is answered first; a pact can be sent as it comes."""
    ready = phone.get_by_role("group", name="Say it in one tap")
    answer = ready.locator("[data-say]").first
    await expect(answer).to_contain_text(f"{CODE}: our choice in round 1: cooperate.")
    await answer.tap()
    said = _log(phone).get_by_role("article").last
    await expect(said).to_contain_text(f"{CODE}: our choice in round 1: cooperate.")
    await ready.get_by_role("button", name="Propose a pact").tap()
    dialog = phone.locator("dialog[open]")
    await expect(dialog).to_contain_text("you, China, Vietnam, Malaysia, and Indonesia")
    await _keep(phone, "talk-composer")
    assert await violations(phone) == []
    await dialog.get_by_role("button", name="Send the proposal").tap()
    await expect(_log(phone)).to_contain_text(f"Your proposal is sent. Treaty: {CODE}, 3 rounds.")


async def _opens_private_lines(phone: Page, ben: Person) -> None:
    """A tap on a chip, a country of the map or a row of the table opens the line to it."""
    box = phone.locator(".talk textarea")
    await phone.get_by_role("group", name="Rooms").get_by_role("button", name="Vietnam").tap()
    await expect(box).to_have_attribute("placeholder", "Say something to Vietnam")
    await ben.show("Map")
    await phone.locator(".map svg text", has_text="Malaysia").tap()
    await expect(box).to_have_attribute("placeholder", "Say something to Malaysia")
    await ben.show("Scores")
    await phone.get_by_role("rowheader").get_by_role("button", name="Indonesia").tap()
    await expect(box).to_have_attribute("placeholder", "Say something to Indonesia")
    await _keep(phone, "talk-private")


async def _stays_while_writing(phone: Page, lead: Line) -> None:
    """The decision leads to the choices, except whoever has begun to write."""
    await phone.locator(".talk textarea").fill(DRAFT)
    await _do(lead, {"type": "skip_phase", "round": 1, "phase": "negotiation"})
    await expect(phone.get_by_role("button", name="Done choosing")).to_be_visible()
    await expect(phone.locator(".talk textarea")).to_have_value(DRAFT)
    await expect(_tab(phone, "Talk")).to_have_attribute("aria-current", "true")
    await phone.locator(".talk textarea").fill("")
    await phone.evaluate("document.activeElement.blur()")
    for phase in ("decision", "reveal"):
        await _do(lead, {"type": "skip_phase", "round": 1, "phase": phase})
    await expect(_tab(phone, "Talk")).to_have_attribute("aria-current", "true")
    await phone.get_by_role("group", name="Rooms").get_by_role("button", name="Everyone").tap()
    await expect(_log(phone)).to_contain_text("Your proposal has expired.")
    await _tab(phone, "Map").tap()
    await _do(lead, {"type": "skip_phase", "round": 2, "phase": "negotiation"})
    await expect(_tab(phone, "Decide")).to_have_attribute("aria-current", "true")


def _log(phone: Page) -> Locator:
    return phone.get_by_role("log")


def _tab(phone: Page, name: str) -> Locator:
    tabs = phone.get_by_role("navigation", name="Parts of the table")
    return tabs.get_by_role("button", name=name)


def _terms() -> dict[str, Any]:
    parties = ["CHN", "PHL"]
    pledges = [{"seat": seat, "arena": "code_of_conduct", "action": "C"} for seat in parties]
    return {"parties": parties, "pledges": pledges, "transfers": [], "rounds": 3} | {
        "binding": "treaty",
        "stake": 0.0,
        "is_conditional": False,
    }


async def _china(server: ServerProcess, code: str) -> Line:
    joined = await server.post("/api/join", {"code": code, "name": "Ada"})
    line = Line(server, joined["token"])
    await line.open()
    await _do(line, {"type": "take_seat", "seat": "CHN", "name": "Ada"})
    return line


async def _do(line: Line, command: dict[str, Any]) -> None:
    answer = await line.do(command)
    assert answer["type"] == "ack", answer


async def _keep(phone: Page, name: str) -> None:
    await Gallery().keep(phone, name)
