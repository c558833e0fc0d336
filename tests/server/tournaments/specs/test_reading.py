"""Specs read from settings: what is usual, what is refused, and that a description is enough."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.contests.league import league_log
from game_rules.errors import InvalidInput, RulesError
from game_rules.log.events import MatchCreated
from game_rules.scenario.scenario import Scenario
from game_rules.strategies import strategies
from server.tournaments.specs.reading import USUAL_REPETITIONS, USUAL_TURNS, read_spec
from server.tournaments.specs.settings import TournamentKind
from server.tournaments.specs.spec import TournamentSpec, spec_of
from tests.server.tournament_scenes import ENTRANTS, a_spec, own_bots, played

TWO = {"entrants": ["tit_for_tat", "defector"]}


def again(spec: TournamentSpec) -> TournamentSpec:
    """Read a spec back from its description."""
    return spec_of(json.loads(json.dumps(spec.description)), spec.own)


def test_little_needs_to_be_said() -> None:
    spec = read_spec(TWO)
    assert (spec.kind, spec.game, spec.turns) == (
        TournamentKind.ROUND_ROBIN,
        "prisoners_dilemma",
        USUAL_TURNS,
    )
    assert spec.contest.game.row == spec.contest.game.column
    corners = spec.contest.game.row
    assert (corners.R, corners.P, corners.S, corners.T) == (3, 1, 0, 5)


def test_only_where_chance_plays_things_are_repeated() -> None:
    assert read_spec(TWO).repetitions == 1
    assert read_spec({**TWO, "noise": 0.1}).repetitions == USUAL_REPETITIONS
    assert read_spec({**TWO, "continuation": 0.9}).repetitions == USUAL_REPETITIONS
    assert read_spec({"entrants": ["random"]}).repetitions == USUAL_REPETITIONS
    assert read_spec({**TWO, "noise": 0.1, "repetitions": 3}).repetitions == 3


def test_what_is_exact_is_not_repeated() -> None:
    assert read_spec({**TWO, "noise": 0.1, "exact": True, "repetitions": 7}).repetitions == 1


def test_populations_of_table_bots_live_by_expected_points() -> None:
    assert read_spec({**TWO, "kind": "moran"}).is_exact
    assert not read_spec({"entrants": ENTRANTS, "kind": "ecological"}).is_exact
    assert not read_spec({**TWO, "kind": "ecological", "exact": False}).is_exact


def test_the_usual_size_goes_with_the_graph() -> None:
    assert read_spec({**TWO, "kind": "moran"}).options["size"] == (100,)
    assert read_spec({**TWO, "kind": "moran", "graph": "lattice"}).options["size"] == (10, 10)
    assert read_spec({**TWO, "kind": "spatial"}).options["size"] == (50, 50)
    assert read_spec({**TWO, "kind": "spatial", "graph": "ring"}).options["size"] == (100,)


def test_a_scenario_of_many_is_a_league() -> None:
    spec = read_spec({**TWO, "game": "south_china_sea"})
    assert spec.kind is TournamentKind.LEAGUE
    assert isinstance(spec.stage, Scenario)
    assert spec.repetitions == USUAL_REPETITIONS


def test_an_entrant_may_be_named_twice() -> None:
    assert read_spec({"entrants": "tit_for_tat,tit_for_tat"}).entrants == ("tit_for_tat",) * 2


def test_all_and_families_are_entrants_too() -> None:
    assert len(read_spec({"entrants": "all"}).entrants) == len(strategies())
    family = read_spec({"entrants": "family:cycler,defector"}).entrants
    assert family[-1] == "defector"
    assert {"alternator", "cycler_ccd"} <= {*family}


def test_names_are_read_as_people_write_them() -> None:
    assert read_spec({"entrants": ["TitForTat", "tit for tat"]}).entrants == ("tit_for_tat",) * 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, r"entrants: nobody is named; `detente strategies`"),
        ({"entrants": []}, r"entrants: 0 names; give 1 to"),
        ({"entrants": 5}, r"entrants: 5 does not fit; give a list of names"),
        ({"entrants": ["tit_for_tatt"]}, r"entrants: .*tit_for_tatt.*did you mean tit_for_tat"),
        ({"entrants": ["family:x"]}, r"entrants: 'x' is no family"),
        ({**TWO, "turns": 0}, r"turns: 0 does not fit; give a whole number from 1"),
        ({**TWO, "turns": 2.5}, r"turns: 2.5 does not fit"),
        ({**TWO, "turns": True}, r"turns: True does not fit"),
        ({**TWO, "noise": 1.2}, r"noise: 1.2 does not fit; give a chance from 0 up to 1"),
        ({**TWO, "noise": 1}, r"noise: 1 does not fit"),
        ({**TWO, "noise": -0.1}, r"noise: -0.1 does not fit"),
        ({**TWO, "noise": float("nan")}, r"noise: nan does not fit"),
        ({**TWO, "continuation": 1.0}, r"continuation: 1.0 does not fit"),
        ({**TWO, "continuation": 0.9999999}, r"continuation 0.9999999 without turns"),
        ({**TWO, "turns": 5, "continuation": 0.9}, r"turns and continuation were both given"),
        ({**TWO, "repetitions": 10**9}, r"repetitions: 1000000000 does not fit"),
        (
            {**TWO, "noise": 0.1, "repetitions": 10**7, "entrants": ["random"] * 4},
            r"at most|most is",
        ),
        ({**TWO, "seed": ""}, r"seed: '' does not fit"),
        ({**TWO, "kind": "round_robn"}, r"kind: .*did you mean round_robin"),
        ({**TWO, "game": "chickn"}, r"game: .*did you mean chicken"),
        ({**TWO, "game": "chicken", "payoffs": "3,3 0,5; 5,0 1,1"}, r"payoffs: and game were both"),
        ({**TWO, "payoffs": "3,3"}, r"payoffs: 1 rows, not 2"),
        ({**TWO, "kind": "knockout", "game": "south_china_sea"}, r"game: .*play it as a league"),
        ({**TWO, "game": "south_china_sea", "turns": 5}, r"turns: a league .* has no such setting"),
        ({**TWO, "generations": 3}, r"generations: a round robin has no such setting"),
        ({**TWO, "tunrs": 3}, r"tunrs: is no key here; did you mean turns"),
        ({"entrants": ENTRANTS, "exact": True}, r"exact: gradual is no table bot"),
        ({"entrants": ENTRANTS, "kind": "evolve"}, r"entrants: gradual is no table bot"),
        ({**TWO, "kind": "evolve", "survivors": 99}, r"survivors: 99 survivors of 40"),
        ({**TWO, "kind": "moran", "size": "1x"}, r"size: '1x' does not fit"),
        ({**TWO, "kind": "moran", "size": 10**9}, r"size: 1000000000 does not fit"),
        ({**TWO, "kind": "moran", "size": "9x9"}, r"size: '9x9' is no complete; give one number"),
        ({**TWO, "kind": "spatial", "size": 9}, r"size: 9 is no lattice_8; give two sides of 3"),
        ({**TWO, "kind": "moran", "mutation": "x"}, r"mutation: 'x' does not fit"),
        ({**TWO, "kind": "spatial", "caution": 0}, r"caution: 0 does not fit; give a number above"),
        ({**TWO, "self_play": 1}, r"self_play: 1 does not fit; give true or false"),
        ({**TWO, "game": 7}, r"game: 7 does not fit; give a text"),
        ({"entrants": "tit_for_tat", "self_play": False}, r"nobody meets anybody"),
        ({"entrants": "tit_for_tat", "game": "south_china_sea"}, r"entrants: .*at least 2"),
    ],
)
def test_what_cannot_be_played_is_refused_by_its_key(given: dict[str, Any], said: str) -> None:
    with pytest.raises(RulesError, match=said) as refused:
        read_spec(given)
    assert "\n" not in str(refused.value)


def test_errors_call_keys_what_the_asker_called_them() -> None:
    with pytest.raises(InvalidInput, match=r"^--turns: 0"):
        read_spec({**TWO, "turns": 0}, lambda key: f"--{key}")


def test_a_description_is_all_that_it_takes() -> None:
    for spec in (
        a_spec(noise=0.05, turns=50, payoffs="3,4 0,5; 5,0 1,2"),
        a_spec(continuation=0.9),
        a_spec(kind="spatial", size="9x7", generations=3),
        a_spec(kind="ecological"),
        a_spec(game="south_china_sea"),
        read_spec({**TWO, "kind": "evolve"}),
    ):
        assert again(spec) == spec
        assert again(spec).id == spec.id


def test_a_description_of_rules_that_nobody_knows_is_refused() -> None:
    described = {**a_spec().description, "rules_version": 99}
    with pytest.raises(InvalidInput, match="rules version 99; this program checks 1, 2"):
        spec_of(described)


def test_a_tournament_of_rules_1_is_read_played_and_told_by_rules_1() -> None:
    """What was stored before rules 2 stays, under its id; a league plays its very matches."""
    league = read_spec({**TWO, "game": "south_china_sea"})
    old = spec_of({**league.description, "rules_version": 1})
    assert (old.description["rules_version"], old.league.version) == (1, 1)
    assert old.id != league.id
    assert again(old) == old
    created = league_log(old.league, 0)[0]
    assert isinstance(created, MatchCreated)
    assert created.rules_version == 1
    plain = spec_of({**a_spec(turns=3).description, "rules_version": 1})
    assert played(plain)["rules_version"] == 1


@given(st.sampled_from(["turns", "noise", "seed", "repetitions", "self_play"]), st.data())
def test_another_setting_is_another_tournament(key: str, data: st.DataObject) -> None:
    values = {"turns": 7, "noise": 0.25, "seed": "8", "repetitions": 2, "self_play": False}
    usual = {"noise": 0.5, "repetitions": 3}
    assert a_spec(**{**usual, key: values[key]}).id != a_spec(**usual).id
    assert a_spec(**usual).id == a_spec(**usual).id


def test_entrants_are_found_by_name_and_by_place() -> None:
    spec = a_spec()
    assert [spec.place(name) for name in ("random", "WinStayLoseShift", "0")] == [2, 1, 0]
    with pytest.raises(InvalidInput, match="did not take part; those who did: tit_for_tat"):
        spec.place("grudger")
    with pytest.raises(InvalidInput, match=r"no strategy .nobody."):
        spec.place("nobody")


def test_a_file_is_entered_only_where_files_are_taken(tmp_path: Path) -> None:
    entrant = f"{own_bots(tmp_path)}:Kind"
    spec = read_spec({"entrants": [entrant, "defector"]}, takes_files=True)
    assert spec.entrants == ("bots.py:Kind", "defector")
    with pytest.raises(RulesError, match="Kind"):
        read_spec({"entrants": [entrant, "defector"]})


def test_a_league_and_a_search_take_built_in_bots(tmp_path: Path) -> None:
    given = {"entrants": [f"{own_bots(tmp_path)}:Kind", "defector"]}
    for more in ({"game": "south_china_sea"}, {"kind": "evolve"}):
        with pytest.raises(InvalidInput, match=r"its author's own, and .*; let it "):
            read_spec({**given, **more}, takes_files=True)


def test_two_files_may_not_have_the_same_bot(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        folder.mkdir()
    paths = [own_bots(first), own_bots(second)]
    Path(paths[1]).write_text(Path(paths[1]).read_text() + "\n# another\n")
    with pytest.raises(InvalidInput, match=r"two files have a bot bots.py:Kind"):
        read_spec({"entrants": [f"{path}:Kind" for path in paths]}, takes_files=True)
