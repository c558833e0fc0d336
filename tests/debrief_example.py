"""The example of `docs/examples`: a South China Sea match in notation, its debrief, and pictures.

    uv run python -m tests.debrief_example

writes all of it again: the match from its seed, the pages in both languages from the match, and
the pictures from the pages. A test holds the pages to the match.
"""

import os
from functools import cache
from pathlib import Path

from game_rules.bots.bot_match import play_bot_match
from game_rules.bots.casts import DOCTRINE_MIX, cast_on
from game_rules.continuations.trunk import trunk_of
from game_rules.debrief.course import Course
from game_rules.debrief.debrief import Debrief
from game_rules.debrief.debrief import debriefed as debrief_from
from game_rules.log.evolve import fold
from game_rules.notation.notation import read_notation, write_notation
from game_rules.scenario_files.scenarios import load_scenario
from server.debrief.page import write_page
from server.debrief.words import LANGUAGES
from server.version import SOFTWARE_VERSION
from tests.e2e.chromium import FLAGS, chromium

FOLDER = Path(__file__).parents[1] / "docs" / "examples"
MATCH = FOLDER / "south_china_sea.txt"
SEED = "10"
SCREENS = {"wide": (1366, 1000), "phone": (390, 844)}


def page_of(language: str) -> Path:
    """Give the path of the page in a language."""
    return FOLDER / f"south_china_sea.{language}.html"


def played() -> str:
    """Play the match, and write it in notation."""
    scenario = load_scenario("south_china_sea")
    bots = {seat: cast_on(DOCTRINE_MIX, scenario, seat) for seat in scenario.seats}
    return write_notation(play_bot_match(scenario, bots, SEED))


@cache
def course() -> Course:
    """Work out once how the match went: its course keeps what it was asked, which takes seconds."""
    return Course(trunk_of(read_notation(MATCH.read_text("utf-8"))))


@cache
def debrief() -> Debrief:
    """Make its debrief once."""
    return debrief_from(course())


def debriefed() -> dict[str, str]:
    """Write its debrief, by language."""
    holders = fold(read_notation(MATCH.read_text("utf-8"))).holders
    return {x: write_page(debrief(), x, SOFTWARE_VERSION, holders) for x in LANGUAGES}


def take_pictures() -> None:
    """Take a picture of each page, wide and on a phone."""
    from playwright.sync_api import sync_playwright

    path, environment = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=list(FLAGS), env={**os.environ, **environment}
        )
        for language in LANGUAGES:
            for name, (width, height) in SCREENS.items():
                page = browser.new_page(viewport={"width": width, "height": height})
                page.goto(page_of(language).as_uri())
                page.screenshot(path=FOLDER / f"south_china_sea.{language}.{name}.png")
        browser.close()


def main() -> None:
    """Write the match, its pages and their pictures."""
    FOLDER.mkdir(exist_ok=True)
    MATCH.write_text(played(), "utf-8")
    for language, page in debriefed().items():
        page_of(language).write_text(page, "utf-8")
    take_pictures()


if __name__ == "__main__":
    main()
