"""A guest plays on from a round of a match, and sees the model beside the match afterwards."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import PHONE, NewPerson
from tests.e2e.gallery import Gallery
from tests.e2e.test_board import stored_match
from tests.e2e.unhurried import UnhurriedServer

PATIENCE_MS = 30_000
LEAST_MARGIN = 12
INDENT = "list => parseFloat(getComputedStyle(list).paddingInlineStart)"
IS_TOUCHED = {"viewport": PHONE, "is_mobile": True, "has_touch": True}


@pytest.mark.slow
async def test_a_guest_on_a_phone_plays_on_in_two_taps_and_compares_both(
    tmp_path: Path, new_person: NewPerson
) -> None:
    gallery = Gallery(["Row", "Column"])
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, **IS_TOUCHED) as guest,
    ):
        bots = {"ROW": "tit_for_tat", "COLUMN": "tit_for_tat"}
        match = await stored_match(server, bots, is_open_to_link=True)
        log = (await server.get(f"/api/matches/{match}/log"))["events"]
        last = max(x["round"] for x in log if x["type"] == "round_resolved")
        await guest.goto(f"/#/replay/{match}?at=r{last}&as=ROW")
        await guest.get_by_role("button", name="Play on from here").tap()
        dialog = guest.get_by_role("dialog")
        await expect(dialog.get_by_role("radio", checked=True)).to_have_value("ROW")
        await dialog.get_by_role("button", name="Play on", exact=True).tap()

        await expect(guest).to_have_url(re.compile("#/m/guest-"))
        await expect(guest.locator(f"[data-model='{last}']")).to_contain_text("This is a model")
        await expect(guest.locator("dialog[open]")).to_be_visible()  # the brief, for who comes late
        mark = await guest.locator(f"[data-model='{last}']").bounding_box()
        assert mark is not None
        assert mark["x"] >= LEAST_MARGIN
        await gallery.keep(guest, "model-table")
        await guest.keyboard.press("Escape")
        await guest.get_by_role("button", name="Defect in ").first.tap()
        await guest.get_by_role("button", name="Done choosing").tap()
        await guest.get_by_role("button", name="Go to the debrief").tap()
        await guest.get_by_role("link", name="Compare with the match").tap()

        told = guest.locator(f"[data-beside='{last}']")
        await expect(told).to_contain_text("chose Defect instead of", timeout=PATIENCE_MS)
        assert await told.evaluate(INDENT) >= LEAST_MARGIN
        await expect(guest.locator("figure svg, svg[role=img]").first).to_be_visible()
        await gallery.look(guest, "beside")
        assert gallery.complaints == []
        model = guest.url.rsplit("/", 1)[1]
        await guest.get_by_role("link", name="The match as played").tap()
        await expect(guest.get_by_role("slider")).to_be_visible()
        await expect(guest.get_by_text("This is a model")).to_have_count(0)
        await guest.goto(f"/#/replay/{model}?at=r{last}&as=COLUMN")
        await guest.get_by_role("button", name="Play on from here").tap()
        await expect(dialog.get_by_role("radio", checked=True)).to_have_value("ROW")  # it was held
