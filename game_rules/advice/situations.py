"""The class of an arena for a member, as the rules of a match name it."""

from game_rules.games.corners import GameClass, game_class
from game_rules.games.exact import MOST_MEMBERS
from game_rules.games.replies import ReplyClass, reply_class
from game_rules.games.stage_games import Collective, StageGame
from game_rules.rulesets.ruleset import Ruleset


def situation_in(rules: Ruleset, game: StageGame, member: int) -> GameClass | ReplyClass | None:
    """Name what a member is in: by its whole reply pattern where the rules read it.

    A game by a matrix keeps the name that its four payoffs have, ties included. None of more
    members than can be tried. Source: Taylor & Ward 1982.

    >>> from game_rules.games.stage_games import LIBRARY
    >>> from game_rules.rulesets.chosen import ruleset
    >>> print(situation_in(ruleset(), LIBRARY["chicken"], 0))
    chicken
    """
    if not rules.reads_all_profiles or not isinstance(game, Collective):
        return game_class(game, member)
    return reply_class(game, member) if game.size <= MOST_MEMBERS else None
