"""Words that the browser cannot do without: for refusals, moves and figures."""

import re
from pathlib import Path

import pytest

from game_rules.log.sentences import FORMS, Form, Sentence, Voice
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


def _spoken() -> dict[str, Form]:
    """Give every key of a sentence, in each voice and without one, and the form it belongs to."""
    voices = ("", *(f".{voice}" for voice in Voice))
    return {f"sentence.{name}{voice}": form for name, form in FORMS.items() for voice in voices}


@pytest.mark.slow
def test_every_sentence_of_the_rules_has_the_same_words_in_the_browser() -> None:
    wanted = {f"sentence.{name}": form.english for name, form in FORMS.items()} | {
        f"sentence.{name}.{voice}": words
        for name, form in FORMS.items()
        for voice, words in form.voices.items()
    }
    assert wanted.keys() == _spoken().keys()
    assert set(FORMS) == set(Sentence)
    assert {key: words("en").get(key) for key in wanted} == wanted


def test_every_sentence_is_there_in_every_language_and_voice_with_the_same_arguments() -> None:
    for language in ("en", "ur"):
        said = {key: text for key, text in words(language).items() if key.startswith("sentence.")}
        assert said.keys() == _spoken().keys()
        for key, form in _spoken().items():
            named = re.findall(r"\{(?:[Tt]he )?(\w+)\}", said[key])
            assert sorted(named) == sorted(form.takes), f"{key} in {language}"


@pytest.mark.slow
def test_no_sentence_inflects_what_it_is_about() -> None:
    """A title, an action or a level stands apart: each language may set it where it likes.

    In English after it comes no verb that must agree with it, in Urdu no postposition.
    """
    apart = re.compile(r"\{(arena|binding|action)\}(?![:.,:،۔])")
    for language in ("en", "ur"):
        for key in _spoken():
            assert not apart.search(words(language)[key]), f"{key} in {language}"
