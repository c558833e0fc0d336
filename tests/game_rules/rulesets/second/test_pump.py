"""No seat gains by a move alone more than it could: sources cost, and arenas cannot be founded."""

import pytest

from game_rules.games.exact import profiles
from game_rules.games.stage_games import Collective
from game_rules.log.position import Position
from game_rules.moves.preview import Attempt
from game_rules.roles import Seat
from game_rules.rounds.arenas_in_force import arenas_in_force
from game_rules.rulesets.chosen import ruleset_of
from game_rules.scenario.moves import Effect, MoveKind
from game_rules.scenario.scenario import Arena
from tests.game_rules.rulesets.second.regions import SecondTable
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
