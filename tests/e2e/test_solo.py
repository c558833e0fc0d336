"""A whole match alone, from the home page to the debrief and on: by touch alone, by keys alone."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, ViewportSize, expect

from tests.e2e.conftest import NewPerson
from tests.e2e.gallery import violations
from tests.e2e.keyboard import Hand
from tests.e2e.unhurried import UnhurriedServer

PHONE: ViewportSize = {"width": 390, "height": 844}
ROUNDS = 5


@pytest.mark.slow
async def test_a_whole_match_is_played_by_touch_alone(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, viewport=PHONE, is_mobile=True, has_touch=True) as phone,
        new_person(server.url) as friend,
    ):
        await phone.goto("/")
        await _button(phone, "Play now").tap()
        for number in range(1, ROUNDS + 1):
            await _button(phone, "Done talking").tap()
            await _choose_by_touch(phone)
            await _button(phone, "Done choosing").tap()
            await _button(phone, "Next round" if number < ROUNDS else "Go to the debrief").tap()
        await _is_over(phone)
        assert await violations(phone) == []
        await _button(phone, "Share").tap()
        await expect(_button(phone, "Link copied")).to_be_visible()
        played = re.sub(r".*#/m/([^/]+)/.*", r"\1", phone.url)
        await friend.goto(f"/#/replay/{played}")
        await expect(friend.get_by_role("slider")).to_be_visible()
        await _button(phone, "Play again").tap()
        await _begins(phone, "Philippines")
        assert played not in phone.url


async def _choose_by_touch(phone: Page) -> None:
    """Cooperate on the card in sight, and on each that the button at the thumb leads to."""
    onward = phone.get_by_role("button", name=re.compile("^Next choice"))
    while True:
        choice = await _in_sight(phone)
        await choice.tap()
        await _is_locked(choice)
        if await onward.count() == 0:
            return
        at = await phone.locator("[data-choice][aria-current=true]").get_attribute("data-choice")
        await onward.tap()
        here = phone.locator(f"[data-choice='{at}']")
        await expect(here).not_to_have_attribute("aria-current", "true")


@pytest.mark.slow
async def test_a_whole_match_is_played_by_keys_alone(tmp_path: Path, new_person: NewPerson) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, viewport=PHONE) as page,
    ):
        hand = await Hand.at(page, "Kay")
        await page.goto("/")
        await hand.use(_button(page, "Choose a match"))
        dialog = page.get_by_role("dialog", name="Choose a match")
        await hand.pick(dialog.get_by_role("radio", name=re.compile("^Malaysia")))
        assert await violations(page) == []
        await hand.go(dialog.get_by_role("combobox").last)
        await hand.press("ArrowDown")
        await hand.use(dialog.get_by_role("button", name="Play", exact=True))
        await _begins(page, "Malaysia")
        for number in range(1, ROUNDS + 1):
            await expect(_button(page, "Done talking")).to_be_visible()
            await hand.press("Enter")
            await _choose_by_keys(hand)
            await hand.press("Enter")
            await expect(page.get_by_text(f"Round {number} results").first).to_be_visible()
            await hand.press("Enter")
        await _is_over(page)
        await hand.use(_button(page, "Play another seat"))
        await hand.pick(page.get_by_role("radio", name=re.compile("^Vietnam")))
        await hand.use(page.get_by_role("dialog").get_by_role("button", name="Play", exact=True))
        await _begins(page, "Vietnam")


async def _choose_by_keys(hand: Hand) -> None:
    """C on each card, and N to the next."""
    picks = hand.page.locator("[data-choice]")
    await expect(_button(hand.page, "Done choosing")).to_be_visible()
    for left in reversed(range(await picks.count())):
        choice = await _in_sight(hand.page)
        await hand.press("c")
        await _is_locked(choice)
        if left:
            await hand.press("n")


async def _in_sight(page: Page) -> Locator:
    """Find the button *Cooperate* of the card in sight."""
    here = page.locator("[data-choice][aria-current=true]")
    arena = await here.get_attribute("data-choice")
    return page.locator(f"[data-arena='{arena}'] .choice.cooperate")


async def _is_locked(choice: Locator) -> None:
    await expect(choice).to_have_attribute("aria-pressed", "true")
    await expect(choice).not_to_have_attribute("aria-busy", "true")


async def _begins(page: Page, country: str) -> None:
    """Wait for the first negotiation of a match, in a seat."""
    await expect(page.locator(".me strong")).to_have_text(country)
    await expect(_button(page, "Done talking")).to_be_visible()


async def _is_over(page: Page) -> None:
    await expect(page.get_by_role("heading", name="The match is over")).to_be_in_viewport()


def _button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)
