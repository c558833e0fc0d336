"""Somebody reads on the cards of rules 2 why a number changed, and finds it on map and scores."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.e2e.conftest import NewPerson
from tests.e2e.gallery import Gallery
from tests.e2e.table import Person
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import Line

SCENARIO = "quad_and_eas"
BOTS = ("USA", "JPN", "IND", "AUS", "IDN", "RED")
NAME = "Ada"


@pytest.mark.slow
async def test_a_card_of_the_quad_says_why_a_number_changed(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with UnhurriedServer(tmp_path) as server, new_person(server.url) as page:
        body = {"scenario": SCENARIO, "pace": None, "seed": "7", "is_repeatable": True}
        match = await server.post("/api/matches", body, await server.host_token())
        host = Line(server, match["token"])
        await host.open()
        china = Person(page, "CHN")
        await china.join(match["code"], NAME, "China")
        for seat in BOTS:
            await host.do({"type": "seat_bot", "seat": seat, "strategy": "cooperator"})
        await host.do({"type": "start_match"})
        await _play_a_round(page, host)
        summit = page.locator("[data-arena=east_asia_summit]")
        await expect(summit.locator("[data-in-force]")).to_contain_text(
            re.compile(r"the cost of cooperating: [\d.]+, now [\d.]+, because .*you are outside")
        )
        await _look_at_the_map(page)
        gallery = Gallery((NAME,))
        await gallery.look_at_table(page, "second", ("map", "decide"))
        assert gallery.complaints == []
        await host.close()


async def _play_a_round(page: Page, host: Line) -> None:
    """Let round 1 pass, in which China says nothing, up to the choices of round 2."""
    phases = ((0, "briefing"), (1, "negotiation"), (1, "decision"), (1, "reveal"))
    for number, phase in phases:
        done = await host.do({"type": "skip_phase", "round": number, "phase": phase})
        assert done["type"] == "ack", done
        if phase == "decision":
            await expect(page.locator("[data-rules='2'], .reveal").first).to_be_visible()
    await expect(page.locator("[data-arena=east_asia_summit]")).to_be_visible()


async def _look_at_the_map(page: Page) -> None:
    """Find the shadow, and whom it falls on, in words; and the pairs of rivals."""
    lines = page.get_by_role("group", name="Lines on the map")
    await lines.get_by_role("radio", name="Blocs").check()
    await expect(
        page.get_by_text(re.compile("The shadow of .*Quad.* falls on you"))
    ).to_be_visible()
    await lines.get_by_role("radio", name="Tension").check()
    await expect(page.get_by_text("You and the United States:")).to_be_visible()
