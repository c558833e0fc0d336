"""What is declared of a tournament's document is what the kinds write."""

import json
from typing import Any

import pytest
from pydantic import ConfigDict, TypeAdapter, ValidationError

from server.tournaments.documents import (
    Ranked,
    TournamentDocument,
    matrices_text,
    without_figures,
)
from server.tournaments.specs.reading import read_spec
from server.tournaments.specs.settings import TournamentKind
from tests.server.tournament_scenes import own_bots, played

DECLARED = TypeAdapter(list[TournamentDocument], config=ConfigDict(strict=True, extra="forbid"))
TWO = {"entrants": ["tit_for_tat", "defector"], "seed": "7"}
PLANS: tuple[dict[str, Any], ...] = (
    {"turns": 9, "noise": 0.1, "repetitions": 3},
    {"turns": 9, "exact": True},
    {"kind": "knockout", "turns": 9},
    {"kind": "league", "game": "south_china_sea"},
    {"kind": "ecological", "turns": 9, "generations": 20},
    {"kind": "moran", "turns": 9, "size": 12, "generations": 5, "runs": 4},
    {"kind": "spatial", "turns": 9, "size": "5x5", "generations": 3, "imitate": "chance"},
    {"kind": "evolve", "turns": 9, "generations": 2, "population": 6, "survivors": 2},
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Play every kind, and one with a bot that raises, and read the documents back."""
    raises = [f"{own_bots(tmp_path_factory.mktemp('bots'))}:Breaks", "tit_for_tat"]
    specs = [*({**TWO, **more} for more in PLANS), {"entrants": raises, "turns": 9}]
    return [json.loads(json.dumps(played(read_spec(given, takes_files=True)))) for given in specs]


@pytest.mark.slow
def test_every_kind_writes_what_is_declared(written: list[dict[str, Any]]) -> None:
    assert {document["kind"] for document in written} == set(TournamentKind)
    DECLARED.validate_json(json.dumps(written))


@pytest.mark.slow
def test_every_declared_key_is_written_by_some_kind(written: list[dict[str, Any]]) -> None:
    assert set().union(*written) == set(TournamentDocument.__annotations__)
    rows = [row for document in written for row in document.get("standings", ())]
    assert set().union(*rows) == set(Ranked.__annotations__)
    assert any(document.get("faults") for document in written)


@pytest.mark.parametrize("change", [{"more": 1}, {"seed": 7}, {"faults": [{"turn": 1}]}])
def test_anything_else_would_be_noticed(written: list[dict[str, Any]], change: Any) -> None:
    with pytest.raises(ValidationError):
        DECLARED.validate_json(json.dumps([{**written[0], **change}]))


def test_matrices_are_cut_out_of_a_text_whatever_else_it_says() -> None:
    """It is cut unread; a name that looks like a matrix is none, for its quotes are escaped."""
    odd = 'x","payoff_matrix":[[9]],"wins_matrix":[[9]]'
    document = {
        "entrants": [odd, "b"],
        "payoff_matrix": [[1.234567, None], [2, 1e-7]],
        "cooperation_matrix": [[1.0, 0.33333], [None, 0]],
        "wins_matrix": [[1, 2], [3, 4]],
        "standings": [{"strategy": odd, "tied_with": ["b"], "tied_places": [1]}],
    }
    text = json.dumps(document, separators=(",", ":"))
    standings = [{"strategy": odd, "tied_with": [], "tied_places": [1]}]
    assert without_figures(text) == {"entrants": [odd, "b"], "standings": standings}
    assert json.loads(matrices_text(text) or "") == {
        "payoff_matrix": [[1.2346, None], [2, 0]],
        "cooperation_matrix": [[1, 0.3333], [None, 0]],
    }
    assert matrices_text('{"entrants":["payoff_matrix"]}') is None
