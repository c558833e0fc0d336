"""Words that the browser cannot do without: for refusals, moves and figures."""

import re
from pathlib import Path

from game_rules.advice.move_offers import Changed
from game_rules.scenario.moves import MoveKind
from tests.client.web import WEB

API = Path(__file__).parents[2] / "server" / "api"


def test_every_refusal_of_the_server_has_words() -> None:
    pages = (WEB / "src" / "i18n").glob("*en.ts")
    text = "".join(page.read_text(encoding="utf8") for page in pages)
    refusals = "".join(file.read_text(encoding="utf8") for file in API.glob("*.py"))
    codes = set(re.findall(r'Refusal\(\s*\d+,\s*"(\w+)"', refusals))
    assert codes
    assert codes - set(re.findall(r'"reason\.(\w+)"', text)) == set()


def test_every_move_and_every_figure_that_it_changes_has_words() -> None:
    pages = (WEB / "src" / "i18n").glob("*.en.ts")
    text = "".join(page.read_text(encoding="utf8") for page in pages)
    wanted = {f"move.figure.{figure}" for figure in Changed} | {f"move.{kind}" for kind in MoveKind}
    assert wanted - set(re.findall(r'^  "([\w.]+)":', text, re.MULTILINE)) == set()
