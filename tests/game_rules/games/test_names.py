"""Names: the published counts, the library, relabelling, and games with ties."""

from collections import Counter
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.errors import InvalidInput
from game_rules.games.best_responses import BestResponseClass, best_response_class
from game_rules.games.corners import Corners
from game_rules.games.equilibria import pure_equilibria
from game_rules.games.exact import two_by_two
from game_rules.games.names import classify, side_of
from game_rules.games.ordinal_types import ORDERS, Familiar, Family, OrdinalType
from game_rules.games.stage_games import LIBRARY, Action, Bimatrix, collective, symmetric
from tests.game_rules.scenes import TERMS

small = st.integers(-2, 2)
sides = st.builds(Corners, small, small, small, small)
bimatrices = st.builds(Bimatrix, sides, sides)


def laid_out(row, column) -> Bimatrix:
    """Build a game from the usual layout: CC, CD, DC, DD of each player."""
    (rcc, rcd, rdc, rdd), (ccc, ccd, cdc, cdd) = row, column
    return Bimatrix(Corners(R=rcc, S=rcd, T=rdc, P=rdd), Corners(R=ccc, T=ccd, S=cdc, P=cdd))


def in_order(order: str) -> Corners:
    """Give ranks 4 to 1 in the order named."""
    return Corners(**{name: 4 - place for place, name in enumerate(order)})


def all_strict_games() -> list[Bimatrix]:
    orders = [Corners(*ranks) for ranks in permutations(range(1, 5))]
    return [Bimatrix(row, column) for row in orders for column in orders]


def rows_swapped(game: Bimatrix) -> Bimatrix:
    row, column = game.row, game.column
    return Bimatrix(
        Corners(T=row.R, R=row.T, P=row.S, S=row.P),
        Corners(T=column.P, R=column.S, P=column.T, S=column.R),
    )


def players_swapped(game: Bimatrix) -> Bimatrix:
    return Bimatrix(game.column, game.row)


@pytest.fixture(scope="module")
def normal_games() -> dict[str, Bimatrix]:
    """One game of each name, with both players' best payoffs against C."""
    return {
        f"{row.abbreviation}{column.abbreviation}": Bimatrix(in_order(first), in_order(second))
        for (first, row), (second, column) in product(ORDERS.items(), repeat=2)
    }


def test_the_576_strict_games_have_144_names_four_each():
    counts = Counter(classify(game).abbreviation for game in all_strict_games())
    assert len(counts) == 144
    assert set(counts.values()) == {4}


def test_a_games_name_is_the_rows_type_and_the_columns_type(normal_games):
    assert all(classify(game).abbreviation == name for name, game in normal_games.items())


def test_108_games_have_one_pure_equilibrium_18_two_and_18_none(normal_games):
    counts = Counter(len(pure_equilibria(game)) for game in normal_games.values())
    assert counts == {1: 108, 2: 18, 0: 18}


def test_families_have_their_published_sizes(normal_games):
    families = {name: classify(game).family for name, game in normal_games.items()}
    assert Counter(families.values()) == {
        Family.WIN_WIN: 36,
        Family.BIASED: 44,
        Family.SECOND_BEST: 12,
        Family.UNFAIR: 19,
        Family.TRAGIC: 15,
        Family.CYCLIC: 18,
    }


def test_twelve_tragic_games_end_3_2_and_three_end_2_2(normal_games):
    tragic = [game for game in normal_games.values() if classify(game).family is Family.TRAGIC]
    ends = Counter(
        tuple(sorted(game.payoffs(profile), reverse=True))
        for game in tragic
        for profile in pure_equilibria(game)
    )
    assert ends == {(3, 2): 12, (2, 2): 3}


def test_cyclic_games_are_those_without_a_pure_equilibrium(normal_games):
    for game in normal_games.values():
        assert (classify(game).family is Family.CYCLIC) == (pure_equilibria(game) == ())


def test_seven_games_have_a_single_inferior_equilibrium(normal_games):
    inferior = set()
    for name, game in normal_games.items():
        found = pure_equilibria(game)
        if len(found) == 1 and any(
            all(a > b for a, b in zip(game.payoffs(other), game.payoffs(found[0]), strict=True))
            for other in product(Action, repeat=2)
        ):
            inferior.add(name)
    assert inferior == {"PdPd", "PdSh", "ShPd", "PdAs", "AsPd", "PdCo", "CoPd"}


@pytest.mark.parametrize(
    ("name", "abbreviation"),
    [
        ("prisoners_dilemma", "PdPd"),
        ("stag_hunt", "ShSh"),
        ("chicken", "ChCh"),
        ("deadlock", "DlDl"),
        ("harmony", "NcNc"),
        ("battle_of_the_sexes", None),
        ("zero_sum", None),
    ],
)
def test_the_library_has_its_names(name, abbreviation):
    assert classify(LIBRARY[name]).abbreviation == abbreviation


@given(st.sampled_from(all_strict_games()))
def test_a_name_does_not_depend_on_how_actions_are_labelled(game):
    name = classify(game)
    assert classify(rows_swapped(game)) == name
    swapped = classify(players_swapped(rows_swapped(players_swapped(game))))
    assert swapped == name


@given(bimatrices)
def test_with_ties_too_a_name_does_not_depend_on_labels(game):
    assert classify(rows_swapped(game)) == classify(game)


@given(bimatrices)
def test_swapping_the_players_swaps_the_types(game):
    name, swapped = classify(game), classify(players_swapped(game))
    assert (swapped.row_type, swapped.column_type) == (name.column_type, name.row_type)
    assert (swapped.familiar, swapped.best_response) == (name.familiar, name.best_response)


@pytest.mark.parametrize(
    ("full_name", "row", "column"),
    [
        ("Battle of the Sexes", (3, 0, 0, 2), (2, 0, 0, 3)),
        ("Battle of the Sexes", (0, 3, 2, 0), (0, 2, 3, 0)),
        ("Stag Hunt", (4, 0, 3, 3), (4, 3, 0, 3)),
        ("Matching Pennies", (1, -1, -1, 1), (-1, 1, 1, -1)),
        ("Constant-sum contest", (0, -2, 2, 0), (0, 2, -2, 0)),
        ("Coordination", (1, 0, 0, 1), (1, 0, 0, 1)),
        ("Daredevil", (3, 0, 5, 0), (3, 5, 0, 0)),
        ("Null", (0, 0, 0, 0), (0, 0, 0, 0)),
        ("Prisoner's Dilemma × Chicken", (3, 1, 4, 2), (3, 4, 2, 1)),
    ],
)
def test_games_are_called_what_readers_call_them(full_name, row, column):
    assert classify(laid_out(row, column)).full_name == full_name


def test_the_librarys_battle_of_the_sexes_is_named_though_it_has_ties():
    name = classify(LIBRARY["battle_of_the_sexes"])
    assert name.familiar is Familiar.BATTLE_OF_THE_SEXES
    assert (name.row_type, name.column_type, name.family) == (None, None, None)
    assert name.best_response is BestResponseClass.COORDINATION


def test_ties_of_one_side_leave_the_other_side_its_type():
    name = classify(Bimatrix(Corners(T=5, R=3, P=1, S=0), Corners(T=4, R=1, P=1, S=0)))
    assert name.row_type is not None
    assert name.column_type is None
    assert name.abbreviation is None


def test_the_81_patterns_of_best_replies_fall_into_15_classes():
    counts: Counter[BestResponseClass] = Counter()
    for a, b, c, d in product((-1, 0, 1), repeat=4):
        counts[best_response_class(two_by_two(laid_out((a, b, 0, 0), (c, 0, d, 0))))] += 1
    assert set(counts) == set(BestResponseClass)
    assert counts.total() == 81


def test_a_class_of_best_replies_survives_relabelling():
    for a, b, c, d in product((-1, 0, 1), repeat=4):
        game = laid_out((a, b, 0, 0), (c, 0, d, 0))
        name = best_response_class(two_by_two(game))
        assert best_response_class(two_by_two(rows_swapped(game))) is name
        assert best_response_class(two_by_two(players_swapped(game))) is name


def test_only_games_of_two_are_named():
    with pytest.raises(InvalidInput, match="3 members"):
        classify(collective((1, 1, 1), TERMS))


def test_one_side_is_named_by_its_order_alone():
    for order, side in ORDERS.items():
        assert side_of(in_order(order)) is side


@pytest.mark.parametrize("corners", [Corners(T=5, R=3, P=1, S=1), Corners(T=1, R=2, P=3, S=4)])
def test_a_side_with_ties_or_a_best_s_has_no_type(corners):
    assert side_of(corners) is None


def test_chicken_goes_by_other_names_too():
    assert OrdinalType.CHICKEN.aliases == ("Hawk-Dove", "Snowdrift")
    assert OrdinalType.PEACE.aliases == ()


def test_every_type_has_a_name_and_two_letters():
    assert len({each.full_name for each in OrdinalType}) == 12
    assert {len(each.abbreviation) for each in OrdinalType} == {2}


def test_symmetric_games_of_the_rules_table_share_class_and_type():
    assert classify(symmetric(4, 2, 1, 3)).row_type is OrdinalType.BATTLE
