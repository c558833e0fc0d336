"""A kit for bots: write one method, play it here, then send it to a seat of a live match.

It runs in its author's own process and knows the rules; of the server it knows the protocol only.
docs/bots.md is its guide.
"""

from client.bot.bot import Bot, Words
from client.bot.local import LocalMatch, run_locally
from game_rules.commands import Say
from game_rules.events import Act, MessageSaid, RoundResolved
from game_rules.games import Action, C, D
from game_rules.strategies import ArenaView

__all__ = [
    "Act",
    "Action",
    "ArenaView",
    "Bot",
    "C",
    "D",
    "LocalMatch",
    "MessageSaid",
    "RoundResolved",
    "Say",
    "Words",
    "run_locally",
]
