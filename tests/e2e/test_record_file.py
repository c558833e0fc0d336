"""A record is opened from a file, in the language of the page, and its hashes are looked at."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from game_rules.bots.bot_match import play_bot_match
from game_rules.records.record import write_record
from game_rules.scenario_files.scenarios import load_scenario
from tests.e2e.conftest import NewPerson
from tests.e2e.gallery import speak, violations
from tests.e2e.unhurried import UnhurriedServer


@pytest.mark.slow
async def test_a_record_is_opened_from_a_file(tmp_path: Path, new_person: NewPerson) -> None:
    scenario = load_scenario("prisoners_dilemma")
    log = play_bot_match(scenario, dict.fromkeys(scenario.seats, "tit_for_tat"), "7")
    sound, forged, strange = (tmp_path / f"{name}.jsonl" for name in ("sound", "forged", "strange"))
    sound.write_text(write_record(log, "test"))
    forged.write_text(sound.read_text().replace('"seed":"7"', '"seed":"8"', 1))
    strange.write_text("not a record")
    async with UnhurriedServer(tmp_path) as server, new_person(server.url) as page:
        await page.goto("/#/replay/file")
        await _choose(page, "Choose a file", strange)
        await expect(page.get_by_role("alert")).to_contain_text("Line 1 is not part of a record")
        await expect(page.get_by_text("strange.jsonl")).to_be_visible()
        assert await violations(page) == []
        await _choose(page, "Choose a file", forged)
        await expect(page.get_by_text("was changed")).to_be_visible()
        await page.goto("/")
        await page.goto("/#/replay/file")
        await speak(page, "ur")
        await _choose(page, "فائل چنیں", sound)
        await speak(page, "en")
        await expect(page.get_by_text("All hashes of this record match:")).to_be_visible()


async def _choose(page: Page, button: str, file: Path) -> None:
    """Press the button by key, and choose in the browser's own window."""
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name=button).press("Enter")
    await (await chooser.value).set_files(file)
