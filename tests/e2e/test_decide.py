"""The two buttons of a choice lie in sight and under the thumb, at every size and light.

DETENTE_REGIONS=all looks at every region.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, ViewportSize, expect

from tests.e2e.conftest import NewPerson
from tests.e2e.fit import misfits
from tests.e2e.gallery import LANGUAGES, Gallery, speak
from tests.e2e.names import the
from tests.e2e.regions import busiest_seat, regions
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import Line, ServerProcess

SIZES: tuple[ViewportSize, ...] = (
    {"width": 390, "height": 844},
    {"width": 360, "height": 740},
    {"width": 1366, "height": 768},
)
NEWS: dict[str, Any] = {
    "name": "survey",
    "title": "A survey ship at the reef",
    "text": "A survey ship works near the reef, and fishing boats gather around it.",
    "rounds": 2,
    "round": None,
    "effects": [],
}

HIDDEN = """(name) => {
  const card = document.querySelector(`[data-arena="${name}"]`);
  const wrong = [];
  if (scrollY > 0) wrong.push(`the page is scrolled by ${scrollY}`);
  for (const choice of card.querySelectorAll(".choice")) {
    const box = choice.getBoundingClientRect();
    const inset = 6;
    for (const [x, y] of [
      [box.left + inset, box.top + inset],
      [box.right - inset, box.top + inset],
      [box.left + inset, box.bottom - inset],
      [box.right - inset, box.bottom - inset],
      [(box.left + box.right) / 2, (box.top + box.bottom) / 2],
    ]) {
      const found = document.elementFromPoint(x, y);
      if (!choice.contains(found))
        wrong.push(`${choice.ariaLabel} at ${Math.round(x)}, ${Math.round(y)} is under ${
          found ? `${found.tagName}.${found.className.baseVal ?? found.className}` : "the edge"}`);
    }
    for (const part of choice.querySelectorAll(".outcome, .deed")) {
      const inner = part.getBoundingClientRect();
      if (inner.height < 12 || inner.bottom > box.bottom || inner.top < box.top
          || inner.left < box.left || inner.right > box.right)
        wrong.push(`${choice.ariaLabel} does not hold: ${part.textContent}`);
    }
    if (choice.querySelectorAll(".outcome").length !== 2) wrong.push("what it brings is not said");
  }
  return wrong;
}"""
"""Where a finger on a button would hit something else, and what is said outside of it."""

RESTS = """(at) => {
  const [card] = [...document.querySelectorAll("[data-arena]")].slice(at);
  const { left } = card.closest(".track").getBoundingClientRect();
  return Math.abs(card.getBoundingClientRect().left - left) < 6;
}"""
"""Whether a card has come to where it stays."""

BLANK = """(at) => {
  const [card] = [...document.querySelectorAll("[data-arena]")].slice(at);
  const { bottom } = card.closest(".track").getBoundingClientRect();
  return Math.round(bottom - card.getBoundingClientRect().bottom);
}"""
"""How far the place for the cards goes on below a card, in pixels."""


@pytest.mark.slow
async def test_both_buttons_of_every_choice_lie_at_the_thumb(
    tmp_path: Path, new_person: NewPerson
) -> None:
    wrong: list[str] = []
    gallery = Gallery(("Ben", NEWS["title"], NEWS["text"]))
    async with UnhurriedServer(tmp_path) as server:
        for scenario in regions("south_china_sea", "seato_1954_1977"):
            seat, count = busiest_seat(scenario)
            async with new_person(server.url, has_touch=True) as page:
                host = await _to_the_decision(server, page, scenario, seat.name)
                await page.locator(".choice.cooperate").first.click()
                await expect(page.locator(".choice.locked")).to_be_visible()
                for language in LANGUAGES:
                    await speak(page, language)
                    wrong += await _sights(page, f"{scenario} {language}", count, gallery)
                await host.close()
    assert "\n".join(wrong) == ""


@pytest.mark.slow
async def test_a_question_about_what_is_left_moves_no_choice(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, viewport={"width": 1440, "height": 900}) as page,
    ):
        host = await _to_the_decision(server, page, "south_china_sea", "China")
        choice = page.locator(".choice.cooperate").first
        before = await choice.bounding_box()
        await page.get_by_role("button", name="Done choosing").click()
        await expect(page.get_by_role("button", name="Continue without")).to_be_visible()
        assert await choice.bounding_box() == before
        assert await misfits(page) == []
        await host.close()


@pytest.mark.slow
async def test_no_card_leaves_a_blank_where_a_longer_one_would_end(
    tmp_path: Path, new_person: NewPerson
) -> None:
    wrong = []
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, viewport=SIZES[0], has_touch=True) as page,
    ):
        seat, count = busiest_seat("quad_and_eas")
        host = await _to_the_decision(server, page, "quad_and_eas", seat.name)
        picks = page.locator("[data-choice]")
        await expect(picks).to_have_count(count)
        for at in [*range(count), *reversed(range(count))]:
            await picks.nth(at).click()
            await page.wait_for_function(RESTS, arg=at)
            blank = await page.evaluate(BLANK, at)
            if abs(blank) > 12:
                wrong.append(f"under card {at + 1} there are {blank} pixels")
        await host.close()
    assert wrong == []


@pytest.mark.slow
async def test_a_new_round_begins_at_the_first_choice_and_shows_its_card(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, viewport=SIZES[0], has_touch=True) as page,
    ):
        seat, count = busiest_seat("taiwan_strait")
        host = await _to_the_decision(server, page, "taiwan_strait", seat.name)
        picks = page.locator("[data-choice]")
        await picks.nth(count - 1).click()
        await page.wait_for_function(RESTS, arg=count - 1)
        for number, phase in ((1, "decision"), (1, "reveal"), (2, "negotiation")):
            done = await host.do({"type": "skip_phase", "round": number, "phase": phase})
            assert done["type"] == "ack", done
        for tab in ("Talk", "Decide", "Map", "Decide"):
            await _tab(page, tab).click()
            if tab == "Decide":
                await expect(picks.nth(0)).to_have_attribute("aria-current", "true")
                await page.wait_for_function(RESTS, arg=0)
        await picks.nth(count - 1).click()
        await _tab(page, "Talk").click()
        await _tab(page, "Decide").click()
        await expect(picks.nth(count - 1)).to_have_attribute("aria-current", "true")
        await page.wait_for_function(RESTS, arg=count - 1)
        await host.close()


def _tab(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation").get_by_role("button", name=re.compile(f"^{name}"))


async def _sights(page: Page, name: str, count: int, gallery: Gallery) -> list[str]:
    """Look at every card at every size, by day and by night."""
    wrong = []
    for size in SIZES:
        await page.set_viewport_size(size)
        for light in ("light", "dark"):
            await page.emulate_media(color_scheme=light)
            where = f"{name} {size['width']} {light}"
            wrong += [f"{where}: {each}" for each in await _cards(page, where, count, gallery)]
    return wrong


async def _cards(page: Page, where: str, count: int, gallery: Gallery) -> list[str]:
    picks = page.locator("[data-choice]")
    await expect(picks).to_have_count(count)
    wrong = []
    for at in range(count):
        await picks.nth(at).click()
        await page.evaluate("scrollTo(0, 0)")
        arena = await picks.nth(at).get_attribute("data-choice")
        await expect(picks.nth(at)).to_have_attribute("aria-current", "true")
        wrong += [f"{arena}: {each}" for each in await page.evaluate(HIDDEN, arena)]
        wrong += await misfits(page)
        if gallery.folder:
            await page.screenshot(path=f"{gallery.folder}/{where.replace(' ', '-')}-{at}.png")
    return wrong


async def _to_the_decision(server: ServerProcess, page: Page, scenario: str, country: str) -> Line:
    """Sit down, and come to the first decision with news in force; give the facilitator's line."""
    body = {"scenario": scenario, "pace": 1.0, "seed": "7", "is_repeatable": True}
    match = await server.post("/api/matches", body, await server.host_token())
    host = Line(server, match["token"])
    await host.open()
    await page.goto(f"/#/join/{match['code']}")
    await page.get_by_label("Your name").fill("Ben")
    await page.locator("form button[type=submit]").click()
    await page.get_by_role("button", name=f"Sit here: {country}").click()
    await expect(
        page.get_by_role("button", name=f"Leave the seat of {the(country)}")
    ).to_be_visible()
    for command in (
        {"type": "start_match"},
        {"type": "skip_phase", "round": 0, "phase": "briefing"},
        {"type": "open_inject", "inject": NEWS},
        {"type": "skip_phase", "round": 1, "phase": "negotiation"},
    ):
        done = await host.do(command)
        assert done["type"] == "ack", done
    return host
