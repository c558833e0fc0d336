"""A class of seven tables on the console: a row each, by keyboard, its story, and its scores."""

import re
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from tests.e2e.classroom import PATIENCE_MS
from tests.e2e.conftest import NewPerson
from tests.e2e.gallery import violations
from tests.e2e.hands import Hands
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import ServerProcess

TABLES = 7


async def _class_of_pairs(server: ServerProcess) -> str:
    """Seven pairs play a round; the last pair is at its end. Give a facilitator's link."""
    body = {"name": "Pairs", "scenario": "chicken", "pace": None, "pairing": "fixed"}
    made = await server.post("/api/seminars", body, await server.host_token())
    path, token = f"/api/seminars/{made['seminar']}", made["token"]
    for number in range(2 * TABLES):
        await server.post("/api/join", {"code": made["code"], "name": f"Person {number}"})
    await server.post(f"{path}/deal", {"matches": TABLES}, token)
    held = await server.get("/api/matches", await server.host_token())
    matches = [each["match"] for each in held]

    numbers = count(1)

    async def command(to: list[str], **asked: Any) -> None:
        commands = [{"match": x, "id": f"c{next(numbers)}", "command": asked} for x in to]
        outcomes: Any = await server.post(f"{path}/commands", {"commands": commands}, token)
        assert all(outcome["ok"] for outcome in outcomes), outcomes

    await command(matches, type="start_match")
    for number, phase in (0, "briefing"), (1, "decision"):
        await command(matches, type="skip_phase", round=number, phase=phase)
    await command(matches[:1], type="end_match")
    link = await server.post(f"{path}/facilitators", {"name": "Dr Co"}, token)
    return link["secret"]


@pytest.mark.slow
async def test_many_tables_are_rows_with_their_story_and_scores(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with UnhurriedServer(tmp_path) as server, new_person(server.url) as page:
        secret = await _class_of_pairs(server)
        lead = Hands(page)
        await lead.listen()
        await page.goto(f"/#/lead/{secret}")
        rows = page.locator("tr[data-match]")
        await expect(rows).to_have_count(TABLES, timeout=PATIENCE_MS)
        over = int(
            await rows.filter(has_text="Debrief").get_attribute("data-match", timeout=PATIENCE_MS)
            or 0
        )
        await lead.key("2")
        await lead.stands_on('tr[data-match="2"]')
        await lead.key("ArrowDown")
        await lead.stands_on('tr[data-match="3"]')
        await lead.key("ArrowUp")
        playing = 1 if over != 1 else 2
        mark = await lead.mark()
        await lead.pick(playing, "Pause")
        await lead.hears(f"Table {playing}: paused.", mark)
        await lead.stands_on(f'tr[data-match="{playing}"]')
        resume = page.get_by_role("button", name=f"Resume: table {playing}")
        await expect(resume).to_be_visible(timeout=PATIENCE_MS)
        await _menu_closes(lead, playing)
        scores = page.get_by_role("region", name="Same seat, other tables", exact=True)
        await expect(scores.locator("tr[data-duplicate]")).to_have_count(2 * TABLES)
        await expect(scores.locator("tr[data-duplicate]").first).to_contain_text(f"1 of {TABLES}")
        assert await violations(page) == []
        await lead.press("link", f"Table {over}: finished")
        await expect(page.get_by_role("slider")).to_be_visible(timeout=PATIENCE_MS)
        assert re.search(r"\?at=(t\d+|r1(\.\d+)?)$", page.url)


async def _menu_closes(lead: Hands, table: int) -> None:
    """Escape gives the focus back to the button; a letter in the menu is no key of the page."""
    await lead.press("button", f"More actions: table {table}")
    menu = lead.page.get_by_role("menu")
    await lead.key("s")
    await expect(menu.get_by_role("menuitem", name="Seats")).to_be_focused()
    await lead.key("Escape")
    await expect(menu).to_have_count(0)
    button = lead.page.get_by_role("button", name=f"More actions: table {table}")
    await expect(button).to_be_focused()
