"""A kit for bots: write one method, play it locally, then send it to a live match.

A bot runs in its author's own process. The kit knows the rules, and of the server only the
protocol. docs/bots.md is its guide.
"""

from client.bot.bot import Bot, Reply, Words
from client.bot.local import LocalMatch, run_locally
from game_rules.advice.move_offers import MoveOffer
from game_rules.games.stage_games import Action, C, D
from game_rules.log.events import Act, MessageSaid, ProposalMade, RoundResolved
from game_rules.match.talk import Say
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario.pacts import Binding, PactTerms, Pledge, Transfer
from game_rules.strategies import ArenaView

__all__ = [
    "Act",
    "Action",
    "ArenaView",
    "Binding",
    "Bot",
    "C",
    "D",
    "LocalMatch",
    "MessageSaid",
    "Move",
    "MoveKind",
    "MoveOffer",
    "PactTerms",
    "Pledge",
    "ProposalMade",
    "Reply",
    "RoundResolved",
    "Say",
    "Transfer",
    "Words",
    "run_locally",
]
