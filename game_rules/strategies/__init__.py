"""The built-in strategies, one family per file, each with its source."""

from game_rules.strategies.kit.definition import Strategy
from game_rules.strategies.kit.play import Conditions, Play
from game_rules.strategies.kit.view import ArenaView, MemberView, arena_view, coin
from game_rules.strategies.registry import strategies, strategy

__all__ = [
    "ArenaView",
    "Conditions",
    "MemberView",
    "Play",
    "Strategy",
    "arena_view",
    "coin",
    "strategies",
    "strategy",
]
