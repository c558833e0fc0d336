"""A kit for bots: write one method, play it locally, then send it to a live match.

A bot runs in its author's own process. The kit knows the rules, and of the server only the
protocol. docs/bots.md is its guide. What a contest of two does not need is loaded when it is asked
for, because every bot of a contest starts a process.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from client.bot.bot import Bot, Reply, Words
from game_rules.games.stage_games import Action, C, D

if TYPE_CHECKING:
    from client.bot.local import LocalMatch, run_locally
    from game_rules.advice.move_offers import MoveOffer
    from game_rules.log.events import Act, MessageSaid, ProposalMade, RoundResolved
    from game_rules.log.sentences import Arguments, Sentence
    from game_rules.match.talk import Say, SaySentence
    from game_rules.scenario.moves import Move, MoveKind
    from game_rules.scenario.pacts import Binding, PactTerms, Pledge, Transfer
    from game_rules.strategies import ArenaView

_PLACES = {
    "client.bot.local": ("LocalMatch", "run_locally"),
    "game_rules.advice.move_offers": ("MoveOffer",),
    "game_rules.log.events": ("Act", "MessageSaid", "ProposalMade", "RoundResolved"),
    "game_rules.log.sentences": ("Arguments", "Sentence"),
    "game_rules.match.talk": ("Say", "SaySentence"),
    "game_rules.scenario.moves": ("Move", "MoveKind"),
    "game_rules.scenario.pacts": ("Binding", "PactTerms", "Pledge", "Transfer"),
    "game_rules.strategies": ("ArenaView",),
}
_PLACE_OF = {name: place for place, names in _PLACES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load what is asked for, once."""
    if name not in _PLACE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_PLACE_OF[name]), name)
    return found


__all__ = [
    "Act",
    "Action",
    "ArenaView",
    "Arguments",
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
    "SaySentence",
    "Sentence",
    "Transfer",
    "Words",
    "run_locally",
]
