"""Words that the browser cannot do without: for refusals, moves and figures."""

import re
from pathlib import Path

from game_rules.log.sentences import FORMS, Sentence
from game_rules.moves.preview import Changed
from game_rules.scenario.moves import MoveKind
from tests.client.translations import words

API = Path(__file__).parents[2] / "server" / "api"


def test_every_refusal_of_the_server_has_words() -> None:
    refusals = "".join(file.read_text(encoding="utf8") for file in API.glob("*.py"))
    codes = set(re.findall(r'Refusal\(\s*\d+,\s*"(\w+)"', refusals))
    assert codes
    assert {f"reason.{code}" for code in codes} - set(words("en")) == set()


def test_every_move_and_every_figure_that_it_changes_has_words() -> None:
    wanted = {f"move.figure.{figure}" for figure in Changed} | {f"move.{kind}" for kind in MoveKind}
    assert wanted - set(words("en")) == set()


def test_every_sentence_of_the_rules_has_the_same_words_in_the_browser() -> None:
    wanted = {f"sentence.{sentence}": form.english for sentence, form in FORMS.items()}
    assert wanted.keys() == {f"sentence.{sentence}" for sentence in Sentence}
    assert {key: words("en").get(key) for key in wanted} == wanted
