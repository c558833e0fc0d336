"""The page of the rules says what the engine computes: its examples, tables and sections."""

import re

import pytest

from game_rules.games.replies import (
    reply_class,
)
from game_rules.games.stage_games import (
    LIBRARY,
)
from game_rules.scenario.moves import SECOND_MOVES
from game_rules.scenario_files.scenarios import load_scenario
from tests.rules_page import games, standing
from tests.rules_page.page import PAGE, ROOT, agrees, inputs, told

EXAMPLES = {**games.EXAMPLES, **standing.EXAMPLES}


@pytest.mark.parametrize(
    ("printed", "found"), [("0.65", 0.656), ("1/2", 0.51), ("Chicken", "harmony"), ("none", 0.5)]
)
def test_a_wrong_result_is_noticed(printed: str, found: float | str):
    if isinstance(found, str) or printed != "none":
        assert not agrees(printed, found)
    else:
        with pytest.raises(ValueError, match="none"):
            agrees(printed, found)


def test_every_example_of_the_page_is_computed():
    assert set(told()) == set(EXAMPLES)


@pytest.mark.parametrize("number", sorted(EXAMPLES))
def test_an_example_says_what_the_engine_computes(number: str):
    text = told()[number]
    found = EXAMPLES[number](**inputs(text))
    printed = re.findall(r"\*\*(.+?)\*\*", text)
    assert len(printed) == len(found), (printed, found)
    wrong = [pair for pair in zip(printed, found, strict=True) if not agrees(pair[0], pair[1])]
    assert wrong == []


def rows(width: int) -> list[list[str]]:
    """Give the rows of the page's tables of so many cells, code marks left out."""
    lines = re.findall(r"^\| (.+) \|$", PAGE, re.MULTILINE)
    cells = [[x.strip("` ") for x in line.split(" | ")] for line in lines]
    return [each for each in cells if len(each) == width]


def test_the_library_is_that_of_the_engine():
    shown = {name: rest for name, *rest in rows(6) if name in LIBRARY}
    assert set(shown) == set(LIBRARY)
    for name, (*points, named) in shown.items():
        corners = LIBRARY[name].row
        assert [float(x.replace("−", "-")) for x in points] == [
            corners.T, corners.R, corners.P, corners.S,
        ]  # fmt: skip
        assert agrees(named.replace("-", "_"), reply_class(LIBRARY[name], 0).value)


def test_the_prices_of_moves_are_those_of_the_engine():
    shown = {name: float(price) for name, _, price, _ in rows(4) if re.fullmatch(r"[\d.]+", price)}
    assert shown == {
        "confidence": SECOND_MOVES.confidence_cost,
        "restraint": SECOND_MOVES.restraint_cost,
        "exercise": SECOND_MOVES.exercise_cost,
        "diversify: join": SECOND_MOVES.diversify_cost,
        "diversify: second source": SECOND_MOVES.second_cost,
        "link": SECOND_MOVES.link_cost,
        "fund": SECOND_MOVES.fund_cost,
        "mediation": 0,
    }


def test_the_scenarios_are_as_listed():
    shown = {name: rest for name, *rest in rows(7) if "_" in name}
    assert len(shown) == 9
    for name, (rounds, delta, q, arenas, pairs, _) in shown.items():
        found = load_scenario(name)
        chance = f"{found.continuation:g}" if found.continuation < 1 else "–"
        assert (rounds, delta, q) == (str(found.rounds), chance, f"{found.monitoring:g}")
        assert (arenas, pairs) == (str(len(found.arenas)), str(len(found.rivals)))


@pytest.mark.slow
def test_every_section_that_code_cites_is_there():
    sections = set(re.findall(r"^## (\d)\. ", PAGE, re.MULTILINE))
    assert sections == set("123456789")
    cited = {}
    for folder in ("game_rules", "server", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            text = " ".join(path.read_text("utf-8").split())
            for found in re.findall(r"[Rr]ules,? sections? (\d+(?:(?:,| and| to) \d+)*)", text):
                cited.setdefault(path.name, set()).update(re.findall(r"\d+", found))
    assert {name: lost for name, found in cited.items() if (lost := found - sections)} == {}
    assert len(cited) > 50
