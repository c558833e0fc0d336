"""People in laboratories, as a strategy with a memory of one round."""

from game_rules.games.laboratory import first_cooperation, replies
from game_rules.games.stage_games import C, D
from game_rules.strategies.kit.family import StrategyFamily
from game_rules.strategies.kit.play import Conditions, Play
from game_rules.strategies.kit.sources import NAY_2016

people = StrategyFamily("people")


@people.routine("Laboratory Person", NAY_2016, memory=1, is_stochastic=True)
def laboratory_person(conditions: Conditions) -> Play:
    """Plays as people did in laboratories: at first by risk, then by the last round of both.

    It is no table, for a table knows the payoffs but neither the match's length nor its noise. A
    known number of rounds counts as the continuation of that mean length.
    """
    rounds = conditions.rounds
    continuation = conditions.continuation if rounds is None else 1 - 1 / rounds
    chance = first_cooperation(conditions.corners, continuation, conditions.noise).share
    after, turn = replies(conditions.noise), 0
    while True:
        turn += 1
        own, other = yield C if conditions.draw(turn) < chance else D
        chance = after[2 * (own is D) + (other is D)]
