"""`detente advise`: any game of two, any seat of any scenario, for people and for programs."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from game_rules.games.by_name import game_names
from game_rules.lenses.lenses import Lens
from game_rules.log.events import Phase
from game_rules.roles import Seat
from game_rules.scenario_files.scenarios import scenario_names, shipped_scenario
from server.hosting.advice import advice_for
from tests.game_rules.scenes import Table
from tests.server.cli.conftest import Run

DILEMMA = "3,3 0,5; 5,0 1,1"


def asked(detente: Run, *arguments: str) -> dict:
    ran = detente("advise", *arguments, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("\n") == 1
    return json.loads(ran.out)


def test_the_dilemma_is_answered_as_the_rules_say(detente: Run) -> None:
    answer = asked(detente, "--payoffs", DILEMMA)
    assert {
        "class": "prisoners_dilemma",
        "row_type": "prisoners_dilemma",
        "column_type": "prisoners_dilemma",
        "greed": 2,
        "fear": 1,
        "equilibria": [{"row": ["0", "1"], "column": ["0", "1"]}],
        "delta_star": "1/2",
        "z_star": 2,
        "seat": "row",
        "lens": None,
    }.items() <= answer.items()
    assert answer["correlated"]["values"] == ["1", "1"]
    assert answer["lenses"] == {
        "realism": "prisoners_dilemma",
        "liberalism": "chicken",
        "constructivism": "prisoners_dilemma",
    }


def test_a_name_and_its_payoffs_get_the_same_answer(detente: Run) -> None:
    assert asked(detente, "prisoners_dilemma") == asked(detente, "--payoffs", DILEMMA)
    assert asked(detente, "PD") == asked(detente, "Prisoner's Dilemma")


@pytest.mark.parametrize(
    ("payoffs", "name", "situation", "found"),
    [
        ("3,2 0,0; 0,0 2,3", "Battle of the Sexes", "battle_of_the_sexes", 3),
        ("1,-1 -1,1; -1,1 1,-1", "Matching Pennies", "matching_pennies", 1),
        ("2,2 0,4; 4,0 -1,-1", "Chicken", "chicken", 3),
        ("4,4 0,3; 3,0 2,2", "Stag Hunt", "stag_hunt", 3),
        ("1,-1 3,-3; -2,2 0,0", "Deadlock × Prisoner's Dilemma", "constant_sum", 1),
        ("0,0 0,0; 0,0 0,0", "Null", "indifference", 4),
        ("1,1 1,1; 1,1 0,0", "Daredevil", "weak_harmony", 3),
    ],
)
def test_games_are_named_ties_and_all(
    detente: Run, payoffs: str, name: str, situation: str, found: int
) -> None:
    answer = asked(detente, "--payoffs", payoffs)
    assert (answer["name"], answer["class"]) == (name, situation)
    assert len(answer["equilibria"]) == answer["equilibria_found"] == found


def test_fractions_are_taken_and_given(detente: Run) -> None:
    answer = asked(detente, "--payoffs", "1/3,1/3 0,1/7; 1/7,0 1/9,1/9")
    assert answer["equilibria"][1]["row"] == ["7/19", "12/19"]
    assert Fraction(answer["f_star"]) == Fraction(7, 19)


def test_the_column_is_advised_on_its_own_side(detente: Run) -> None:
    answer = asked(detente, "PdCh", "--seat", "COLUMN")
    assert (answer["seat"], answer["class"]) == ("column", "chicken")
    assert (answer["row_type"], answer["column_type"]) == ("prisoners_dilemma", "chicken")


def test_realists_see_a_dilemma_in_a_stag_hunt(detente: Run) -> None:
    answer = asked(detente, "stag_hunt", "--lens", "realism")
    assert (answer["class"], answer["lens"]) == ("prisoners_dilemma", "realism")
    assert asked(detente, "stag_hunt", "--lens", "liberalism")["class"] == "stag_hunt"


def test_one_seat_of_one_arena_is_one_document(detente: Run) -> None:
    answer = asked(detente, "south_china_sea", "--seat", "CHN", "--arena", "code_of_conduct")
    assert (answer["class"], answer["seat"], answer["arena"]) == (
        "stag_hunt",
        "CHN",
        "code_of_conduct",
    )
    assert float(answer["f_star"]) == pytest.approx(0.448, abs=0.0005)
    assert answer["correlated"]["is_exact"]
    assert answer["members"] == ["CHN", "PHL", "VNM", "MYS", "IDN"]
    assert answer["goals"] == list(shipped_scenario("south_china_sea").player(Seat("CHN")).goals)


def test_a_scenario_is_advised_as_a_seat_is_when_its_first_round_opens(detente: Run) -> None:
    """In class, figures, terms and effort, whatever the command line adds to it."""
    scenario = shipped_scenario("taiwan_strait")
    table = Table(scenario).start().skip_to(Phase.NEGOTIATION)
    for seat in scenario.seats:
        for card in json.loads(json.dumps(advice_for(table.position, seat))):
            told = asked(detente, "taiwan_strait", "--seat", seat, "--arena", card["arena"])
            assert {key: told[key] for key in card} == {**card, "correlated": told["correlated"]}


def test_what_a_mediator_can_reach_is_what_one_of_these_rules_does(detente: Run) -> None:
    """Of more than three members one of the best equilibria is drawn, and nothing better."""
    answer = asked(detente, "taiwan_strait", "--seat", "CHN", "--arena", "strait")
    profiles = {"".join(x["profile"]) for x in answer["correlated"]["recommendations"]}
    listed = [each["members"] for each in answer["equilibria"]]
    pure = {"".join("C" if x[0] == "1" else "D" for x in each) for each in listed}
    assert profiles <= pure


@pytest.mark.parametrize("name", scenario_names())
def test_without_a_seat_every_member_of_every_arena_is_advised(detente: Run, name: str) -> None:
    answer = asked(detente, name) if name not in game_names() else {"advice": [{}, {}]}
    shown = detente("advise", name)
    assert (shown.code, shown.err) == (0, "")
    assert max(map(len, shown.out.splitlines())) <= 80
    assert len(answer["advice"]) >= 2


def test_another_measure_of_power_changes_the_class(detente: Run) -> None:
    def classes(*more: str) -> list[str]:
        return [each["class"] for each in asked(detente, "south_china_sea", *more)["advice"]]

    assert classes("--power", "equal") != classes("--power", "lowy") == classes()


@pytest.mark.parametrize("lens", [None, *Lens])
@pytest.mark.parametrize("name", game_names())
def test_every_game_is_told_in_80_columns(detente: Run, name: str, lens: str | None) -> None:
    ran = detente("advise", name, *(["--lens", lens] if lens else []))
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80


def test_a_sheet_says_in_words_what_the_figures_mean(detente: Run) -> None:
    shown = " ".join(detente("advise", "stag_hunt").out.split())
    for words in (
        "cooperating is best if the others do, and unsafe if they may not",
        "row C 2/3, column C 2/3: pays 8/3, 8/3",
        "2/3: cooperate if the others are at least so likely to",
        "D, by 0.5 over C if others are trusted by 50%",
        "the temptation T up from 3 past 4: then it is Prisoner's Dilemma",
        "realism: Prisoner's Dilemma; liberalism: Stag Hunt",
    ):
        assert words in shown


def test_degenerate_games_tell_what_lies_between(detente: Run) -> None:
    shown = " ".join(detente("advise", "--payoffs", "0,0 0,0;0,1/3 0,0").out.split())
    assert "and all between: chances of C row 1, column 0 to 1" in shown
    assert "by best replies: Dress" in shown
    assert "the temptation T up from 0, by however little: then it is Weak Deadlock" in shown
    assert "1/3 to Column" in shown


def test_figures_that_only_a_solver_vouches_for_are_called_rounded(detente: Run) -> None:
    huge = "1e9,1e9 0,1e-9; 1e-9,0 1e9,1e9"
    is_exact = asked(detente, "--payoffs", huge)["correlated"]["is_exact"]
    shown = detente("advise", "--payoffs", huge).out
    assert ("(rounded)" in shown) == (not is_exact)
    assert "(rounded)" not in detente("advise", "stag_hunt").out


def test_a_side_that_no_patience_holds_is_told(detente: Run) -> None:
    shown = " ".join(detente("advise", "matching pennies").out.split())
    assert "for somebody else no patience is enough" in shown
    column = " ".join(detente("advise", "matching pennies", "--seat", "column").out.split())
    assert "no patience is enough: breaking off would be no threat" in column


def test_a_seats_sheet_names_the_countries(detente: Run) -> None:
    shown = " ".join(detente("advise", "south_china_sea", "--seat", "PHL").out.split())
    assert "Code of Conduct for Philippines" in shown
    assert "US-Philippines treaty for Philippines" in shown
    seen = " ".join(detente("advise", "seato_1954_1977", "--seat", "USA").out.split())
    assert "only United States cooperates" in seen
    most = " ".join(detente("advise", "south_china_sea", "--seat", "CHN").out.split())
    assert "for the member that needs the most patience" in most


@pytest.mark.parametrize(
    ("scenario", "seat", "words"),
    [
        (
            "south_china_sea",
            "PHL",
            (
                "What is good for Philippines - In the treaty the best for you is",
                "Volunteer's Dilemma: cooperating is best in 3 of 16 cases",
                "Terms the exposure e from 2 to 1.8: the institution",
                "0.24: the chance of a next round from which breaking off deters; "
                "the match cannot end before round 4, and it counts from then on",
            ),
        ),
        (
            "taiwan_strait",
            "USA",
            (
                "defect if you trust each of the others more than that",
                "the number of rounds is known; there are several equilibria",
                "Effort 1.5 beside what is best elsewhere",
                "0: C is best as it is",
            ),
        ),
        ("sco_central_asia", "PAK", ("it is Prisoner's Dilemma in 18% of cases",)),
        ("india_pakistan", "IND", ("0: there is no greed to hold back z*",)),
        ("seato_1954_1977", "GBR", ("the number of rounds is known and there is one equilibrium",)),
    ],
)
def test_a_seats_sheet_tells_the_whole_pattern(
    detente: Run, scenario: str, seat: str, words: tuple[str, ...]
) -> None:
    shown = " ".join(detente("advise", scenario, "--seat", seat).out.split())
    assert [each for each in words if each not in shown] == []


def test_the_table_marks_trust_below_which_c_pays(detente: Run) -> None:
    shown = detente("advise", "taiwan_strait").out
    (japan, *_) = [line.split() for line in shown.splitlines() if line.startswith("Japan")]
    assert (japan[1], japan[4][0], japan[5]) == ("Chicken", "<", "-")


CROWD = """
title = "Crowd"
summary = "Thirteen at one table."
briefing = ["C or D."]
rounds = 1
{players}
[[arenas]]
name = "crowd"
title = "Crowd"
about = "A crowd."
members = [{members}]
[arenas.terms]
b = {b}
c = 1.5
e = 0
g = {g}
d = {d}
sigma = {sigma}
theta = 0.5
"""


def crowd(path: Path, size: int, **terms: float) -> str:
    seats = [f"S{number}" for number in range(size)]
    players = "".join(f'[[players]]\nseat="{s}"\nname="N{s}"\nbrief="x"\n' for s in seats)
    members = ", ".join(f'"{seat}"' for seat in seats)
    given = {"b": 10, "g": 0, "d": 0, "sigma": 1, **terms}
    path.write_text(CROWD.format(players=players, members=members, **given))
    return path.name


def test_of_a_crowd_the_rest_is_told(detente: Run, tmp_path: Path) -> None:
    shown = " ".join(detente("advise", crowd(tmp_path / "c.toml", 13), "--seat", "S0").out.split())
    assert "too many members to try every profile" in shown
    assert "Class Not known: not known: too many members to try every case" in shown
    assert "with more in escrow C is best in any case; less may do" in shown
    assert "Best reply C, by 0.09 over D if others are trusted by 50%" in shown
    table = detente("advise", "c.toml").out
    row = next(line for line in table.splitlines() if line.startswith("NS0")).split()
    assert row[1:3] == ["Not", "known"]
    checked = detente("scenario", "check", "c.toml").out
    assert next(x for x in checked.splitlines() if x.startswith("NS0")).split()[-1] == "-"


def test_of_many_equilibria_some_are_told(detente: Run, tmp_path: Path) -> None:
    shown = " ".join(detente("advise", crowd(tmp_path / "c.toml", 8), "--seat", "S0").out.split())
    assert "and 65 more" in shown


def test_an_arena_without_a_pure_equilibrium_says_so(detente: Run, tmp_path: Path) -> None:
    name = crowd(tmp_path / "c.toml", 2, b=3, sigma=0)
    text = (tmp_path / name).read_text().replace("theta = 0.5", "theta = 1")
    text += "".join(
        f'[[arenas.overrides]]\nmember="S0"\nparameter="{what}"\nvalue=4\n'
        'source="Assumption"\nstatus="assumed"\n'
        for what in "gd"
    )
    (tmp_path / name).write_text(text)
    shown = " ".join(detente("advise", name, "--seat", "S0").out.split())
    assert "Equilibria none in pure actions" in shown


def test_a_contest_is_called_one_whatever_else_it_is(detente: Run) -> None:
    shown = detente("advise", "--payoffs", "1,-1 3,-3; -2,2 0,0").out
    assert "Constant-sum contest" in shown.splitlines()[0]


def test_a_file_that_is_no_scenario_of_ours_can_be_advised(detente: Run, tmp_path: Path) -> None:
    answer = asked(detente, crowd(tmp_path / "mine.toml", 3))
    assert (answer["scenario"], len(answer["advice"])) == ("mine", 3)


def test_what_people_did_is_told_beside_theory(detente: Run) -> None:
    payoffs = ("--payoffs", "40,40 12,50; 50,12 25,25")
    answer = asked(detente, *payoffs, "--continue", "0.5")
    assert answer["people"] == {
        "first_round": 0.260444,
        "low": 0.055444,
        "high": 0.465444,
        "basin": 0.722222,
        "delta_rd": 0.605263,
    }
    assert answer["people_reason"] is None
    noisy = asked(detente, *payoffs, "--continue", "0.5", "--noise", "0.125")
    assert noisy["people"]["first_round"] < answer["people"]["first_round"]
    seen = asked(detente, *payoffs, "--continue", "0.5", "--lens", "realism")
    assert seen["people"] == answer["people"]
    printed = detente("advise", *payoffs, "--continue", "0.5").out
    assert "about 26% cooperated in round 1" in printed
    assert "Vorobeychik" in printed


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("stag_hunt", "--continue", "0.9"), "not_a_dilemma"),
        (("--payoffs", DILEMMA), "no_continuation"),
        (("--payoffs", DILEMMA, "--continue", "1"), "known_length"),
        (("--payoffs", "3,3 0,5; 5,-1 1,1", "--continue", "0.9"), "not_symmetric"),
        (("south_china_sea", "--seat", "PHL", "--arena", "code_of_conduct"), "not_a_pair"),
    ],
)
def test_where_nothing_is_known_of_people_the_reason_is_told(
    detente: Run, arguments: tuple[str, ...], reason: str
) -> None:
    answer = asked(detente, *arguments)
    assert (answer["people"], answer["people_reason"]) == (None, reason)


@pytest.mark.parametrize("option", ["--continue", "--noise"])
def test_a_scenario_has_a_continuation_of_its_own(detente: Run, option: str) -> None:
    ran = detente("advise", "taiwan_strait", option, "0.25")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip() == f"detente: {option} 0.25: a scenario has its own; leave it out"


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--continue", "1.5", "1.5 does not fit; give a chance from 0 to 1"),
        ("--continue", "nan", "nan does not fit; give a chance from 0 to 1"),
        ("--noise", "0.75", "0.75 does not fit; give a chance from 0 to 0.5"),
        ("--noise", "often", "'often' is no number; give a chance from 0 to 0.5"),
    ],
)
def test_a_chance_is_from_0_on(detente: Run, option: str, value: str, told: str) -> None:
    ran = detente("advise", "--payoffs", DILEMMA, option, value)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip() == f"detente: {option}: {told}"
