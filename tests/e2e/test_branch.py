"""The facilitator goes back while people are at the table: everybody lands in the branch."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import NewPerson
from tests.e2e.table import Person
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import Line

PATIENCE_MS = 20_000


@pytest.mark.slow
async def test_whoever_is_at_the_table_lands_in_the_branch_unaided(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url) as page,
        new_person(server.url) as hall,
    ):
        body = {"scenario": "chicken", "pace": 10.0, "seed": "7", "is_repeatable": True}
        match = await server.post("/api/matches", body, await server.host_token())
        await hall.goto(f"/#/show/{match['code']}")
        await Person(page, "ROW").join(match["code"], "Ada", "Row")
        host = Line(server, match["token"])
        await host.open()
        await host.do({"type": "seat_bot", "seat": "COLUMN", "strategy": "tit_for_tat"})
        await host.do({"type": "start_match"})
        for number, phase in ((0, "briefing"), (1, "decision")):
            await host.do({"type": "skip_phase", "round": number, "phase": phase})
        for looker in (page, hall):
            await expect(looker.get_by_text("Reveal").first).to_be_visible(timeout=PATIENCE_MS)
        undo = {"round": 1, "phase": "reveal"}
        branch = await server.post(f"/api/matches/{match['match']}/branch", undo, match["token"])
        await page.wait_for_url(f"**/m/{branch['match']}/player", timeout=PATIENCE_MS)
        for looker in (page, hall):
            await expect(looker.get_by_text("Paused").first).to_be_visible(timeout=PATIENCE_MS)
        await page.get_by_role("button", name="Continue as Row").click(timeout=PATIENCE_MS)
        lead = Line(server, match["token"])
        await lead.open()
        assert (await lead.do({"type": "resume_match"}))["type"] == "ack"
        button = page.get_by_role("button", name="Cooperate in", exact=False).first
        await button.click(timeout=PATIENCE_MS)
        await expect(button).to_have_attribute("aria-pressed", "true", timeout=PATIENCE_MS)
        await lead.do({"type": "end_match"})
        for name, kind in (("Watch the replay", "replay"), ("Debrief sheet", "debrief")):
            way = page.get_by_role("link", name=name)
            await expect(way).to_have_attribute("href", f"#/{kind}/{branch['match']}")


@pytest.mark.slow
async def test_whoever_reads_the_debrief_is_back_at_the_table_when_the_end_is_undone(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with UnhurriedServer(tmp_path) as server, new_person(server.url) as page:
        body = {"scenario": "chicken", "pace": 10.0, "seed": "7", "is_repeatable": True}
        match = await server.post("/api/matches", body, await server.host_token())
        await Person(page, "ROW").join(match["code"], "Ada", "Row")
        host = Line(server, match["token"])
        await host.open()
        await host.do({"type": "seat_bot", "seat": "COLUMN", "strategy": "tit_for_tat"})
        await host.do({"type": "start_match"})
        await host.do({"type": "skip_phase", "round": 0, "phase": "briefing"})
        button = page.get_by_role("button", name="Cooperate in", exact=False).first
        await expect(button).to_be_visible(timeout=PATIENCE_MS)
        await host.do({"type": "end_match"})
        await expect(button).to_be_hidden(timeout=PATIENCE_MS)
        branch = await server.post(f"/api/matches/{match['match']}/branch", {}, match["token"])
        await page.wait_for_url(f"**/m/{branch['match']}/player", timeout=PATIENCE_MS)
        await expect(page.get_by_text("Paused").first).to_be_visible(timeout=PATIENCE_MS)
        await page.get_by_role("button", name="Continue as Row").click(timeout=PATIENCE_MS)
        lead = Line(server, match["token"])
        await lead.open()
        assert (await lead.do({"type": "resume_match"}))["type"] == "ack"
        await button.click(timeout=PATIENCE_MS)
        await expect(button).to_have_attribute("aria-pressed", "true", timeout=PATIENCE_MS)
