"""The base class of bots: subclass it and write one method.

Types are imported for checkers only: a contest starts a process for every bot, and a bot of
contests needs none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from game_rules.roles import Seat

if TYPE_CHECKING:
    from game_rules.advice.move_offers import MoveOffer
    from game_rules.games.stage_games import Action
    from game_rules.log.events import MessageSaid, ProposalMade, RoundResolved
    from game_rules.match.talk import Say, SaySentence
    from game_rules.scenario.moves import Move
    from game_rules.scenario.pacts import PactTerms
    from game_rules.scenario.scenario import Scenario
    from game_rules.strategies import ArenaView

Words: TypeAlias = "str | Say | SaySentence | None"
"""What a bot says: a text to everyone, a `Say` or `SaySentence` to some seats, or nothing."""

Reply: TypeAlias = "bool | PactTerms | None"
"""A bot's reply to a proposal: accept, decline, counter with other terms, or ignore it."""


class Bot:
    """A player of one seat in one match. Subclass it and write `choose`.

    One object plays the whole match and keeps its attributes between rounds. seat: its seat.
    scenario: what is played. arena: the name of the arena that `choose` is asked about. In a
    contest of two there is no seat, and all three are empty.
    """

    seat: Seat = Seat("")
    scenario: Scenario | None = None
    arena: str = ""

    def choose(self, view: ArenaView) -> Action:
        """Return C or D for one arena and the round that the view shows."""
        raise NotImplementedError(f"{type(self).__name__} has no choose(self, view)")

    def say(self) -> Words:
        """Say something when a negotiation opens; once per round, before the choices."""
        return None

    def move(self, offers: tuple[MoveOffer, ...]) -> Move | None:
        """Make the single move of a round, before the choice.

        offers: the legal moves with cost and effect. Not called if there is none.
        """
        return None

    def on_proposal(self, proposal: ProposalMade) -> Reply:
        """Answer terms that another seat proposes to this one and possibly to others."""
        return None

    def on_message(self, message: MessageSaid) -> Words:
        """Receive a message of another seat or the facilitator; return the reply."""
        return None

    def on_reveal(self, resolved: RoundResolved) -> None:
        """Receive the result of a round: every seat's actions and points."""
