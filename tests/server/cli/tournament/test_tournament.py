"""`detente tournament`: one line of JSON, a table, files, and one line for every mistake."""

import csv
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from server.cli import main
from server.tournaments import store
from tests.server.cli.conftest import Run
from tests.server.tournament_scenes import own_bots

DUEL = ("--game", "prisoners_dilemma", "--entrants", "tit_for_tat,alternator", "--turns", "5")


def run_json(detente: Run, *arguments: str) -> dict:
    ran = detente("tournament", "run", *arguments, "--json")
    assert (ran.code, ran.err, ran.out.count("\n")) == (0, "", 1)
    return json.loads(ran.out)


def test_the_duel_of_the_literature(detente: Run) -> None:
    document = run_json(detente, *DUEL, "--actions")
    assert document["entrants"] == ["tit_for_tat", "alternator"]
    assert document["rules_version"] == 2
    (duel,) = [match for match in document["matches"] if match["a"] != match["b"]]
    assert (duel["a"], duel["b"], duel["repetition"]) == ("tit_for_tat", "alternator", 0)
    assert (duel["actions_a"], duel["actions_b"]) == ("CCDCD", "CDCDC")
    assert (duel["score_a"], duel["score_b"]) == (13, 13)
    assert document["payoff_matrix"] == [[3.0, 2.6], [2.6, 2.2]]
    for row in document["standings"]:
        assert {"strategy", "score", "ci95", "rank", "tied_with"} <= {*row}


def test_an_entrant_named_twice_meets_itself(detente: Run) -> None:
    document = run_json(detente, "--entrants", "grudger,grudger", "--turns", "3", "--actions")
    assert document["entrants"] == ["grudger", "grudger"]
    assert len(document["matches"]) == 3
    assert document["payoff_matrix"] == [[3, 3], [3, 3]]


def test_exact_points_of_a_whole_match_are_there(detente: Run) -> None:
    exact = ("--exact", "--noise", "0.05", "--turns", "100")
    document = run_json(detente, "--entrants", "tit_for_tat,win_stay_lose_shift", *exact)
    own = [document["score_matrix"][i][i] for i in range(2)]
    assert own == pytest.approx([232.934, 277.821], abs=5e-4)
    listed = {(m["a"], m["b"]): m["score_a"] for m in document["matches"]}
    assert listed["tit_for_tat", "tit_for_tat"] == pytest.approx(232.934, abs=5e-4)


@pytest.mark.slow
def test_the_engine_changes_nothing(detente: Run) -> None:
    arguments = ("--entrants", "tit_for_tat,random,gradual", "--noise", "0.1", "--seed", "7")
    here = run_json(detente, *arguments)
    assert run_json(detente, *arguments, "--engine", "processes", "--workers", "2") == here
    assert run_json(detente, *arguments, "--workers", "3") == here


def test_without_a_seed_one_is_drawn_and_told(detente: Run) -> None:
    arguments = ("--entrants", "random", "--turns", "9")
    first, second = run_json(detente, *arguments), run_json(detente, *arguments)
    assert first["seed"] != second["seed"]
    assert run_json(detente, *arguments, "--seed", first["seed"]) == first


def test_payoffs_of_ones_own_may_differ_by_side(detente: Run) -> None:
    payoffs = ("--payoffs", "3,4 0,5; 5,0 1,2")
    document = run_json(detente, "--entrants", "cooperator", *payoffs, "--turns", "2")
    assert document["game"]["column"]["R"] == 4
    assert document["payoff_matrix"] == [[3.5]]


def test_matches_may_end_by_chance(detente: Run) -> None:
    arguments = ("--entrants", "cooperator", "--continue", "0.9", "--repetitions", "40")
    document = run_json(detente, *arguments, "--actions", "--seed", "7")
    lengths = [len(match["actions_a"]) for match in document["matches"]]
    assert len({*lengths}) > 10
    assert document["turns"] is None


def test_a_file_says_the_same_and_options_win(detente: Run, tmp_path: Path) -> None:
    (tmp_path / "contest.toml").write_text(
        'game = "chicken"\nentrants = ["tit_for_tat", "defector"]\nturns = 7\nnoise = 0.1\n'
        "seed = 7\nrepetitions = 2\nself_play = false\n"
    )
    document = run_json(detente, "contest.toml", "--turns", "9")
    assert (document["game_name"], document["turns"], document["seed"]) == ("chicken", 9, "7")
    assert document["payoff_matrix"][0][0] is None
    by_chance = run_json(detente, "contest.toml", "--continue", "0.5", "--game", "stag_hunt")
    assert (by_chance["turns"], by_chance["continuation"]) == (None, 0.5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('turns = 0\nentrants = ["random"]\n', "bad.toml: turns: 0 does not fit"),
        ("tunrs = 5\n", "bad.toml: tunrs: is no key here; did you mean turns?"),
        ("turns = \n", r"bad.toml: line 1, column \d+: is not TOML"),
        ('entrants = "x"\n', "bad.toml: entrants: "),
    ],
)
def test_a_bad_file_names_the_place(detente: Run, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "bad.toml").write_text(text)
    ran = detente("tournament", "run", "bad.toml")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert re.search(said, ran.err)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("", "--entrants: nobody is named; `detente strategies` lists"),
        ("--entrants ,", "detente: --entrants: 0 names; give 1 to"),
        ("--entrants tit_for_tat --engine dask://", "'' is no address; write dask://HOST:PORT"),
        ("--entrants tit_for_tat --engine dask://a:b", "'a:b' is no address; write dask://HOST"),
        ("--entrants tit_for_tatt", "did you mean tit_for_tat"),
        ("--entrants tit_for_tat --noise 1.2", "--noise: 1.2 does not fit; give a chance from 0"),
        ("--entrants tit_for_tat --turns 0", "--turns: 0 does not fit"),
        ("--entrants tit_for_tat --turns five", "--turns: 'five' does not fit"),
        ("--entrants tit_for_tat --turns 5 --continue 0.9", "--turns and --continue were both"),
        ("--entrants random --self-play --kind knockout", "--self-play: a knock-out has no such"),
        ("--entrants tit_for_tat --engine dusk", "engine 'dusk' is not known"),
        ("--entrants tit_for_tat --workers 0", "--workers: 0 does not fit"),
        ("--entrants tit_for_tat --engine dask://127.0.0.1:9 --workers 2", "leave --workers out"),
        ("--entrants tit_for_tat --plot x.pdf", "end the name in .png or .svg"),
        ("--entrants tit_for_tat --table x --csv x", "--table: 'x' is no table"),
        ("--entrants tit_for_tat --actions", "--actions: is for machines; add --json"),
        ("--entrants all --actions --json --repetitions 9", "leave --actions out"),
        ("--resume abcdef --turns 5", "--resume: continues a stopped tournament"),
        ("--resume abcdef", "tournament: none begins with 'abcdef'"),
        ("contest.json", "contest.json: is no tournament file; give a path that ends in .toml"),
        ("none.toml", "none.toml: cannot be read"),
        ("--entrants none.py:Bot", "none.py"),
        ("--entrants tit_for_tat --csv no/folder.csv", "no/folder.csv: there is no folder no"),
        ("--entrants tit_for_tat --tunrs 5", "--tunrs is no option here; did you mean --turns"),
        ("--entrants defector --kind moran --game chicken --turns 4", "fitness can fall"),
    ],
)
def test_a_mistake_is_one_line(detente: Run, arguments: str, said: str) -> None:
    ran = detente("tournament", "run", *arguments.split())
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert said in ran.err


TALKER = """
from client.bot import C, Bot
print("here I am")


class Talker(Bot):
    def choose(self, view):
        print("thinking")
        return C
"""


@pytest.mark.parametrize("engine", ["local", pytest.param("processes", marks=pytest.mark.slow)])
def test_what_a_bot_prints_does_not_get_into_the_document(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, engine: str
) -> None:
    monkeypatch.setenv("DETENTE_DATABASE", f"sqlite:///{tmp_path}/none.sqlite3")
    path = tmp_path / "talker.py"
    path.write_text(TALKER)
    arguments = ("--entrants", f"{path}:Talker", "--turns", "2", "--repetitions", "2", "--actions")
    assert main(("tournament", "run", *arguments, "--engine", engine, "--json")) == 0
    told = capfd.readouterr()
    (played, _) = json.loads(told.out)["matches"]
    assert (played["actions_a"], "thinking" in told.err) == ("CC", True)
    tournament = json.loads(told.out)["id"]
    assert main(("tournament", "match", tournament, "0", "0", "--json")) == 0
    assert json.loads(capfd.readouterr().out)["actions_a"] == "CC"


def test_a_bot_that_raises_forfeits_and_is_told(detente: Run, tmp_path: Path) -> None:
    entrants = f"{own_bots(tmp_path)}:Breaks,tit_for_tat"
    ran = detente("tournament", "run", "--entrants", entrants, "--turns", "5", "--json")
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "bots.py:Breaks forfeits in 30 matches, the first at turn 3: RuntimeError" in ran.err
    assert len(json.loads(ran.out)["standings"]) == 2


@pytest.mark.slow(measured=True)
def test_a_database_that_cannot_be_written_is_one_line(detente: Run, tmp_path: Path) -> None:
    detente("tournament", "run", *DUEL)
    (database,) = tmp_path.rglob("*.sqlite3")
    with closing(sqlite3.connect(database)) as connection:
        refuse = "BEGIN SELECT RAISE(ABORT, 'attempt to write a readonly database'); END"
        connection.execute(f"CREATE TRIGGER no BEFORE INSERT ON tournaments {refuse}")
    ran = detente("tournament", "run", *DUEL, "--seed", "8")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "cannot write" in ran.err
    assert "a readonly database; see that the file and its folder can be written" in ran.err


def test_a_file_without_that_class_is_one_line(detente: Run, tmp_path: Path) -> None:
    ran = detente("tournament", "run", "--entrants", f"{own_bots(tmp_path)}:Nobody")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "has no class 'Nobody'; known: " in ran.err


def test_the_table_fits_80_columns_and_tells_the_standings(detente: Run) -> None:
    entrants = "tit_for_tat,random,gradual,contrite_tit_for_tat,first_by_tideman_and_chieruzzi"
    ran = detente("tournament", "run", "--entrants", entrants, "--noise", "0.1", "--turns", "20")
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "20 turns, noise 0.1, 10 repetitions, seed" in ran.out
    for name in entrants.split(","):
        assert name[:24] in ran.out
    assert re.search(r"turns in \d+\.\d s, .* turns/s\nkept as [0-9a-f]{16}: detente", ran.err)


@pytest.fixture
def kept(detente: Run) -> str:
    """The id of a tournament that was played."""
    settings = ("--entrants", "tit_for_tat,random,gradual", "--turns", "12", "--seed", "7")
    return run_json(detente, *settings, "--noise", "0.1")["id"]


def test_what_was_played_is_listed_and_shown(detente: Run, kept: str) -> None:
    listed = json.loads(detente("tournament", "list", "--json").out)
    assert [(card["id"], card["progress"]) for card in listed] == [(kept, store.FINISHED)]
    ran = detente("tournament", "list")
    assert kept[:8] in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80
    shown = json.loads(detente("tournament", "show", kept[:6], "--json").out)
    assert shown["id"] == kept
    assert "gradual" in detente("tournament", "show", kept).out


def test_nothing_is_kept_with_no_store(detente: Run) -> None:
    run_json(detente, *DUEL, "--no-store")
    assert json.loads(detente("tournament", "list", "--json").out) == []


def test_a_result_is_not_lost_for_want_of_a_place(
    detente: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    url = f"sqlite:///{tmp_path}/file/x.sqlite3"
    ran = detente("tournament", "run", *DUEL, "--database", url)
    assert (ran.code, "give another --database" in ran.err) == (2, True)
    monkeypatch.delenv("DETENTE_DATABASE")
    monkeypatch.setattr("server.settings.default_database", lambda: url)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    ran = detente("tournament", "run", *DUEL, "--json")
    assert ran.code == 0
    assert "not kept: cannot prepare database" in ran.err
    assert json.loads(ran.out)["entrants"] == ["tit_for_tat", "alternator"]


def test_a_match_is_opened_again(detente: Run, kept: str) -> None:
    match = ("tournament", "match", kept)
    document = json.loads(detente(*match, "random", "gradual", "4", "--json").out)
    assert (document["a"], document["b"], document["repetition"]) == ("random", "gradual", 4)
    other_way = json.loads(detente(*match, "gradual", "1", "4", "--json").out)
    assert other_way["actions_a"] == document["actions_b"]
    shown = detente(*match, "random", "gradual", "4").out
    assert document["actions_a"] in shown
    assert f"{document['score_b']:g} points" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("random",), "a match is between two"),
        (("random", "nobody"), "no strategy 'nobody'"),
        (("random", "grudger"), "did not take part; those who did"),
        (("random", "gradual", "99"), "repetition 99; they go from 0 to 9"),
        (("random", "gradual", "x"), "repetition 'x' is no number"),
        (("random", "gradual", "--record", "m.jsonl"), "a record is for leagues"),
    ],
)
def test_a_match_that_was_not_played_is_refused(
    detente: Run, kept: str, arguments: tuple[str, ...], said: str
) -> None:
    ran = detente("tournament", "match", kept, *arguments)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert said in ran.err


@pytest.mark.slow
def test_files_are_written_now_or_later(detente: Run, kept: str) -> None:
    files = ("--csv", "s.csv", "--parquet", "s.parquet", "--plot", "s.png")
    assert detente("tournament", "show", kept, *files).code == 0
    assert Path("s.parquet").stat().st_size > 0
    assert Path("s.png").read_bytes().startswith(b"\x89PNG")
    with Path("s.csv").open() as file:
        assert [row["rank"] for row in csv.DictReader(file)] == ["1", "2", "3"]
    pairs = ("--csv", "p.csv", "--table", "pairs")
    assert detente("tournament", "show", kept, *pairs).code == 0
    assert len(Path("p.csv").read_text().splitlines()) == 10


def test_the_table_of_matches_is_there_when_they_are(detente: Run, kept: str) -> None:
    matches = ("--csv", "m.csv", "--table", "matches")
    run_json(detente, "--entrants", "tit_for_tat,random", "--turns", "3", *matches)
    assert len(Path("m.csv").read_text().splitlines()) == 1 + 3 * 10
    ran = detente("tournament", "show", kept, *matches, "--overwrite")
    assert (ran.code, "only when they have just been played" in ran.err) == (2, True)


def test_a_league_is_played_listed_and_opened(detente: Run) -> None:
    entrants = ("--entrants", "tit_for_tat,grudger,random", "--repetitions", "2", "--seed", "7")
    ran = detente("tournament", "run", "--game", "asean_confidence_building", *entrants)
    assert (ran.code, "openskill" in ran.out) == (0, True)
    (card,) = json.loads(detente("tournament", "list", "--json").out)
    assert (card["kind"], card["game"]) == ("league", "asean_confidence_building")
    opened = detente("tournament", "match", card["id"], "4", "--record", "m.jsonl")
    assert opened.code == 0
    assert detente("verify", "m.jsonl").code == 0
    assert json.loads(detente("tournament", "match", card["id"], "4", "--json").out)["rounds"]
    for arguments, said in (("9",), "they go from 0 to 5"), (("1", "2"), "has many sides"):
        refused = detente("tournament", "match", card["id"], *arguments)
        assert (refused.code, said in refused.err) == (2, True)


def test_a_knock_out_shows_its_ties(detente: Run) -> None:
    entrants = ("--entrants", "tit_for_tat,grudger,defector", "--kind", "knockout")
    ran = detente("tournament", "run", *entrants)
    assert ran.code == 0
    assert "Round 1" in ran.out
    assert "advances with a bye" in ran.out
    assert "Final" in ran.out


@pytest.mark.parametrize("kind", ["search", "ecological", "moran", "spatial"])
def test_evolve_is_the_same_in_few_words(detente: Run, kind: str) -> None:
    settings = ["--entrants", "tit_for_tat,defector", "--turns", "10", "--seed", "7"]
    settings += ["--generations", "3"]
    sizes = {"search": ["--population", "9", "--survivors", "3"], "spatial": ["--size", "9x9"]}
    settings += sizes.get(kind, [])
    ran = detente("evolve", kind, *settings, "--json")
    assert (ran.code, ran.err) == (0, "")
    name = {"search": "evolve"}.get(kind, kind)
    assert json.loads(ran.out) == run_json(detente, "--kind", name, *settings)
    shown = detente("evolve", kind, *settings)
    assert ("The best machine" if kind == "search" else "The population") in shown.out
    if kind == "moran":
        assert "Fixation" in detente("evolve", kind, *settings, "--runs", "5").out


def test_another_way_to_evolve_is_refused(detente: Run) -> None:
    ran = detente("evolve", "morn", "--entrants", "tit_for_tat")
    assert (ran.code, "did you mean moran" in ran.err) == (2, True)


def test_the_ladder_is_climbed_by_every_tournament(detente: Run) -> None:
    for seed, game in (("1", "prisoners_dilemma"), ("2", "prisoners_dilemma"), ("3", "chicken")):
        entrants = ("--entrants", "tit_for_tat,defector,defector", "--no-self-play")
        detente("tournament", "run", *entrants, "--seed", seed, "--game", game)
    rungs = json.loads(detente("tournament", "ladder", "--game", "prisoners_dilemma", "--json").out)
    assert [(rung["strategy"], rung["tournaments"]) for rung in rungs] == [
        ("defector", 2),
        ("tit_for_tat", 2),
    ]
    assert rungs[0]["level"] > 25 > rungs[1]["level"]
    everything = detente("tournament", "ladder")
    assert re.search(r"defector .* 3 *$", everything.out, re.MULTILINE)
    assert json.loads(detente("tournament", "ladder", "--game", "x", "--json").out) == []


def test_an_id_must_name_one_tournament(detente: Run, kept: str) -> None:
    for prefix in (kept[:3], "zzzz"):
        ran = detente("tournament", "show", prefix)
        assert (ran.code, "none begins with" in ran.err) == (2, True)


def test_help_names_every_part(detente: Run) -> None:
    ran = detente("tournament")
    for command in ("run", "list", "show", "match"):
        assert command in ran.out
    assert detente("tournament", "rnu").err.count("did you mean run") == 1
