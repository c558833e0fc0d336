"""Somebody who has no facilitator, no account and no code plays at once."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import PHONE, NewPerson
from tests.e2e.gallery import Gallery
from tests.e2e.unhurried import UnhurriedServer

IS_TOUCHED = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
SOON_MS = 3000
"""How long the first words of a bot may take; on a quiet machine they are there at once."""


@pytest.mark.slow
async def test_from_the_home_page_to_words_of_bots_and_a_first_choice_in_three_taps(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, **IS_TOUCHED) as phone,
    ):
        await phone.goto("/")
        play = phone.get_by_role("button", name="Play now", exact=True)
        await expect(play).to_be_visible()
        await expect(
            phone.get_by_text("no clock").filter(has_text="South China Sea")
        ).to_be_visible()
        await play.tap()
        done = phone.get_by_role("button", name="Done talking")
        await expect(done).to_be_visible()
        words = phone.get_by_role("log").get_by_role("article").last
        await expect(words).to_be_in_viewport(timeout=SOON_MS)
        await Gallery().keep(phone, "play-now-talk")
        await done.tap()
        choice = phone.get_by_role("button", name="Cooperate in ").first
        await choice.tap()
        await expect(choice).to_have_attribute("aria-pressed", "true")


@pytest.mark.slow
async def test_a_claim_of_the_paper_leads_to_a_match_that_plays_it(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, **IS_TOUCHED) as phone,
    ):
        await phone.goto("/#/about")
        claim = phone.get_by_role("listitem").filter(has_text="game theory in policy")
        await claim.get_by_role("link").tap()
        dialog = phone.get_by_role("dialog", name="Choose a match")
        await expect(dialog.get_by_role("combobox").first).to_have_value("taiwan_strait")
        await dialog.get_by_role("button", name="Play", exact=True).tap()
        await expect(phone.get_by_role("button", name="Done talking")).to_be_visible()
