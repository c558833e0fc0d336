"""No seat gains by a move alone more than it could: sources cost, nobody rides along."""

from itertools import product

import pytest

from game_rules.games.exact import profiles
from game_rules.games.stage_games import Collective
from game_rules.log.position import Position
from game_rules.match.orders import MakeMove
from game_rules.moves.preview import Attempt
from game_rules.roles import Actor, Role, Seat
from game_rules.rounds.arenas_in_force import arenas_in_force
from game_rules.rulesets.chosen import ruleset_of
from game_rules.rulesets.second.leaning import leaning, leaning_known
from game_rules.scenario.moves import Effect, Move, MoveKind
from game_rules.scenario.scenario import Arena
from tests.game_rules.rulesets.second.regions import PAK, SecondTable
from tests.game_rules.rulesets.second.shipped import NAMES, shipped


def with_effect(position: Position, effect: Effect) -> tuple[Arena, ...]:
    return arenas_in_force(position.but(effects=(*position.effects, effect)), position.round + 1)


@pytest.mark.parametrize("name", NAMES)
def test_a_second_source_never_raises_a_payoff_at_equal_play(name: str):
    position = SecondTable(shipped(name)).round("C")
    plain = arenas_in_force(position, position.round + 1)
    for arena in (x for x in plain if isinstance(x.game, Collective)):
        maker, partner = arena.members[0], arena.members[-1]
        effect = Effect(MoveKind.DIVERSIFY, (maker,), arena.name, 1, None, members=(partner,))
        (changed,) = (x for x in with_effect(position, effect) if x.name == arena.name)
        for profile in profiles(len(arena.members)):
            before, after = arena.game.payoffs(profile), changed.game.payoffs(profile)
            assert after[0] <= before[0]
            assert after[1:] == before[1:]


@pytest.mark.parametrize("name", NAMES)
def test_no_move_founds_an_arena(name: str):
    """Founding was the money pump of rules 1: the same issue counted again in each new club."""
    position = SecondTable(shipped(name)).round("C")
    kinds = ruleset_of(position).kinds
    names = [arena.name for arena in arenas_in_force(position, position.round + 1)]
    for seat in position.scenario.seats:
        for move in kinds[MoveKind.DIVERSIFY].options(position, seat):
            if kinds.objection(position, Seat(seat), move) is None:
                effect = kinds[move.kind].effect(Attempt(position, Seat(seat), move))
                assert effect is not None
                assert [x.name for x in with_effect(position, effect)] == names


@pytest.mark.parametrize("letter", ["C", "D"])
@pytest.mark.parametrize("name", NAMES)
def test_nobody_joins_by_the_side_of_a_partner_that_it_leans_on(name: str, letter: str):
    """France by the side of the United States, or China at its rival's table, was a pump."""
    position = SecondTable(shipped(name)).round(letter)
    kinds = ruleset_of(position).kinds
    for seat, arena in product(position.scenario.seats, position.arenas):
        move = Move(MoveKind.DIVERSIFY, arena.name)
        if kinds.objection(position, seat, move) is None:
            partner, lean = leaning_known(position, seat)
            assert lean >= position.scenario.consequences.second_share
            assert partner not in arena.members


def test_who_joins_leans_less_and_takes_nothing_from_the_region():
    """Pakistan beside its one lender: at equal play it is freer, and the index is higher."""
    with_it, without = (SecondTable(shipped("bri_corridors")) for _ in range(2))
    for table in (with_it, without):
        table.round("C")
        table.round("C")
    number = with_it.position.round
    joining = Move(MoveKind.DIVERSIFY, "other_finance")
    with_it.do(MakeMove(number, joining), Actor(Role.PLAYER, PAK))
    ends = [table.round("C") and table.round("C") for table in (with_it, without)]
    assert PAK in next(x for x in ends[0].arenas if x.name == "other_finance").members
    freer, before = (leaning(x.standing.dependency, PAK, x.scenario.seats)[1] for x in ends)
    assert freer < before
    indices = [x.standing.integration.index for x in ends if x.standing.integration]
    assert indices[0] >= indices[1]


@pytest.mark.parametrize("name", NAMES)
def test_an_exercise_yields_its_maker_no_more_than_it_costs(name: str):
    """Of two rounds in force, as often as it is made: else blocs would pay for their own shadow."""
    position = SecondTable(shipped(name)).round("C")
    rules = position.scenario.moves
    plain = arenas_in_force(position, position.round + 1)
    for arena in (x for x in plain if x.exclusive > 0):
        effect = Effect(MoveKind.EXERCISE, (arena.members[0],), arena.name, 1, None)
        (changed,) = (x for x in with_effect(position, effect) if x.name == arena.name)
        for profile in profiles(len(arena.members)):
            pairs = zip(arena.game.payoffs(profile), changed.game.payoffs(profile), strict=True)
            more = max(after - before for before, after in pairs)
            assert more * rules.exercise_rounds <= rules.exercise_cost + 1e-9
