"""The debrief has the same words in each language, for everything that it may say."""

import json
import re
from pathlib import Path
from string import Formatter

import pytest

import server.debrief
from game_rules.continuations.breaches import BreachEffect
from game_rules.continuations.reasons import ReasonKind
from game_rules.debrief import class_exhibits, class_forecasts, exhibits
from game_rules.debrief.debrief import PLANS, RECOMMENDED
from game_rules.debrief.remarks import Remark, points, seats, share
from game_rules.games.corners import GameClass
from game_rules.games.stage_games import Action
from game_rules.scenario.moves import MoveKind
from game_rules.scenario.pacts import Binding
from game_rules.scenario_files.scenarios import load_scenario
from game_rules.standing.incidents import Concept
from game_rules.standing.integration import Outlook
from server.debrief.words import LANGUAGES, Words, keys
from tests.client.translations import words

FOLDER = Path(server.debrief.__file__).parent / "languages"
SAID = {
    *(f"incident.{x.value}" for x in Concept),
    *(f"reason.{x.value}" for x in ReasonKind),
    *(f"breach.{x.value}" for x in BreachEffect),
    *(f"word.effect.{x.value}" for x in BreachEffect),
    *(f"word.class.{x.value}" for x in GameClass),
    *(f"word.move.{x.value}" for x in MoveKind),
    *(f"word.level.{x.value}" for x in Binding),
    *(f"word.outlook.{x.value}" for x in Outlook),
    *(f"word.action.{x.value}" for x in Action),
    *(f"plan.{step.kind}" for plan in PLANS for step in plan.steps),
    *(f"ask.{name}" for name in RECOMMENDED),
    *(f"ask.{name}.unused" for name, kinds in RECOMMENDED.items() if kinds),
    *(f"column.{name}" for name in (*exhibits.TOTALS, *exhibits.ROUNDS, *exhibits.SEATS)),
    *(f"column.{name}" for name in (*exhibits.ARENAS, *exhibits.PAIRS, *exhibits.MOMENTS)),
    *(f"column.{name}" for name in (*class_exhibits.CLASS_TOTALS, *class_exhibits.CLASS_TABLES)),
    *(
        f"column.{name}"
        for name in (
            *class_exhibits.SAME_SEAT,
            *class_exhibits.CLASS_SEATS,
            *class_exhibits.CONDITIONS,
            *class_forecasts.CLASS_FORECASTS,
        )
    ),
    *(f"column.{name}" for name in (*exhibits.PACTS, *exhibits.COMPASS, *exhibits.AUDIT)),
}


def read(language: str) -> dict[str, str]:
    return json.loads((FOLDER / f"{language}.json").read_text("utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_words_for_everything(language: str):
    assert SAID - keys(language) == set()


def test_languages_have_the_same_keys_and_values_put_in():
    english, urdu = read("en"), read("ur")
    assert english.keys() == urdu.keys()
    for key, text in english.items():
        assert sorted(fields(text)) == sorted(fields(urdu[key])), key


def fields(text: str) -> list[tuple[str, str]]:
    """Give what is put in; an article is English alone."""
    ways = Formatter().parse(text)
    return [(name, "" if way in ("the", "The") else way or "") for _, name, way, _ in ways if name]


def said(language: str, remark: Remark) -> str:
    scenario = load_scenario("south_china_sea")
    pieces = Words(language, scenario, scenario.arenas).sentence(remark)
    return "".join(piece.text for piece in pieces)


def test_names_have_their_articles_in_a_sentence():
    pair = {"pair": seats(("PHL", "USA")), "first": share(0.5), "last": share(0.25)}
    tension = Remark("realism.tension.down", (), pair)
    between = "Tension fell most between the Philippines and the United States: from 50%"
    assert said("en", tension).startswith(between)
    most = {"seats": seats(("PHL", "CHN", "USA")), "points": points(3.0)}
    begun = "The Philippines, China, the United States gained the most points"
    assert said("en", Remark("verdict.most", (), most)).startswith(begun)
    assert "the" not in said("ur", tension)


def test_a_seat_in_a_sentence_has_its_article_and_in_a_label_none():
    labels = re.compile(r"people|compare\.class$")
    for key, text in read("en").items():
        for _, name, way, _ in Formatter().parse(text):
            if name in ("seat", "seats", "pair", "ahead", "behind") and not labels.match(key):
                assert way in ("the", "The"), key


def test_names_with_an_article_are_those_of_the_browser():
    assert read("en")["names.the"] == words("en")["country.the"]
    assert read("ur")["names.the"] == ""


def test_names_are_those_of_the_browser():
    catalogue = words("ur")
    named = re.compile(
        r"arena\.[a-z0-9_]+|country\.[A-Z]+|strategy\.[a-z0-9_]+|scenario\.\w+\.title"
    )
    wanted = {key: text for key, text in catalogue.items() if named.fullmatch(key)}
    wanted["seat.player"] = catalogue["seat.player"]
    assert json.loads((FOLDER / "names.ur.json").read_text("utf-8")) == wanted


def test_cooperation_in_vain_has_the_words_of_the_browser():
    for language in LANGUAGES:
        said_there = words(language)["board.reason.in_vain"]
        assert said_there.startswith(read(language)["reason.in_vain"][:-1])
