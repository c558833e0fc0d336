"""Mediation: the anchors of the rules, an exact oracle, and obedience."""

import random
from fractions import Fraction
from itertools import combinations

import pytest

from game_rules.errors import InvalidInput
from game_rules.games.corners import Corners
from game_rules.games.correlated import MOST_MEMBERS, Recommendation, mediate, obeys
from game_rules.games.equilibria import equilibria, values
from game_rules.games.exact import payoff_table
from game_rules.games.stage_games import LIBRARY, Action, Bimatrix, Terms, collective, symmetric
from tests.game_rules.scenes import TERMS

C, D = Action.C, Action.D


def drawn(mediation) -> dict[str, str]:
    return {"".join(each.profile): str(each.chance) for each in mediation.recommendations}


def random_bimatrix(rng: random.Random) -> Bimatrix:
    reach = rng.choice((1, 2, 5))
    return Bimatrix(*(Corners(*(rng.randint(-reach, reach) for _ in "TRPS")) for _ in "ab"))


def solved(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """Solve four equations in four unknowns; None if they are not independent."""
    rows = [list(row) for row in rows]
    for place in range(4):
        pivot = next((r for r in range(place, 4) if rows[r][place]), None)
        if pivot is None:
            return None
        rows[place], rows[pivot] = rows[pivot], rows[place]
        rows[place] = [x / rows[place][place] for x in rows[place]]
        for r in range(4):
            if r != place:
                times = rows[r][place]
                rows[r] = [x - times * y for x, y in zip(rows[r], rows[place], strict=True)]
    return [row[4] for row in rows]


def best_welfare(game: Bimatrix) -> Fraction:
    """Try every vertex of the set of correlated equilibria: the oracle."""
    table = payoff_table(game)
    cells = list(table)
    limits = [[Fraction(cell == other) for other in cells] for cell in cells]
    for member in (0, 1):
        for told in Action:
            row = []
            for cell in cells:
                other = (*cell[:member], told.other, *cell[member + 1 :])
                gain = table[cell][member] - table[other][member]
                row.append(gain if cell[member] is told else Fraction())
            limits.append(row)
    welfares: list[Fraction] = []
    for tight in combinations(limits, 3):
        point = solved([*[[*row, Fraction()] for row in tight], [Fraction(1)] * 5])
        if point is None:
            continue
        if all(sum(a * x for a, x in zip(row, point, strict=True)) >= 0 for row in limits):
            each = (x * sum(table[cell]) for x, cell in zip(point, cells, strict=True))
            welfares.append(sum(each, Fraction()))
    return max(welfares)


def test_mediation_lifts_battle_of_the_sexes_from_1_2_to_2_5():
    battle = LIBRARY["battle_of_the_sexes"]
    mixed = next(each for each in equilibria(battle) if 0 not in each.row)
    assert values(battle, mixed) == (Fraction("1.2"), Fraction("1.2"))
    mediation = mediate(battle)
    assert mediation.values == (Fraction("2.5"), Fraction("2.5"))
    assert drawn(mediation) == {"CD": "1/2", "DC": "1/2"}


def test_mediation_lifts_chicken_from_2_33_to_3():
    chicken = LIBRARY["chicken"]
    mixed = next(each for each in equilibria(chicken) if 0 not in each.row)
    assert values(chicken, mixed) == (Fraction(7, 3), Fraction(7, 3))
    mediation = mediate(chicken)
    assert mediation.mean == 3
    assert drawn(mediation) == {"CC": "1/2", "CD": "1/4", "DC": "1/4"}


def test_a_mediator_cannot_save_a_prisoners_dilemma():
    assert drawn(mediate(LIBRARY["prisoners_dilemma"])) == {"DD": "1"}


def test_welfare_is_the_best_that_any_vertex_has():
    rng = random.Random(7)
    for _ in range(30):
        game = random_bimatrix(rng)
        mediation = mediate(game)
        assert mediation.is_exact
        assert mediation.welfare == best_welfare(game)
        assert obeys(game, mediation.recommendations)
        assert sum(each.chance for each in mediation.recommendations) == 1


def test_no_nash_equilibrium_is_better_for_all_together():
    rng = random.Random(8)
    for _ in range(20):
        game = random_bimatrix(rng)
        welfare = mediate(game).welfare
        assert all(sum(values(game, each)) <= welfare for each in equilibria(game))


def test_a_symmetric_game_is_mediated_evenly():
    first, second = mediate(symmetric(7, 6, 0, 2)).values
    assert first == second


def test_collective_arenas_are_mediated():
    chicken = collective([1, 1, 1], Terms(b=6, c=2, e=2, g=6, d=7, sigma=0.4))
    mediation = mediate(chicken)
    assert obeys(chicken, mediation.recommendations)
    assert mediation.welfare > 3 * Fraction("-7")


def test_too_many_members_are_refused():
    game = collective([1] * (MOST_MEMBERS + 1), TERMS)
    with pytest.raises(InvalidInput, match=f"9 members; mediation .* up to {MOST_MEMBERS}"):
        mediate(game)


def test_a_recommendation_worth_breaking_is_not_obeyed():
    assert not obeys(LIBRARY["chicken"], (Recommendation((C, C), Fraction(1)),))
    assert obeys(LIBRARY["chicken"], (Recommendation((C, D), Fraction(1)),))


def test_payoffs_within_a_solvers_rounding_of_each_other_are_not_called_exact():
    row = Corners(-1e-9, 0.999999999, 0, -1.99999999)
    mediation = mediate(Bimatrix(row, Corners(1.00000001, 1.0000000003, 2.000000001, 2.000000001)))
    assert not mediation.is_exact
    assert sum(float(each.chance) for each in mediation.recommendations) == pytest.approx(1)


def test_a_game_of_nothing_is_mediated():
    assert mediate(symmetric(0, 0, 0, 0)).welfare == 0
