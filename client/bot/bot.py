"""What the author of a bot writes: a class with one method."""

from game_rules.advice.move_offers import MoveOffer
from game_rules.games.stage_games import Action
from game_rules.log.events import MessageSaid, ProposalMade, RoundResolved
from game_rules.match.talk import Say
from game_rules.roles import Seat
from game_rules.scenario.moves import Move
from game_rules.scenario.pacts import PactTerms
from game_rules.scenario.scenario import Scenario
from game_rules.strategies import ArenaView

Words = str | Say | None
"""What a bot says: a text to everyone, a `Say` to some, or nothing."""

Reply = bool | PactTerms | None
"""What a bot does with a proposal: accept, decline, put terms in its place, or let it lie."""


class Bot:
    """A player of one seat in one match. Subclass it and write `choose`.

    One object plays the whole match; whatever it keeps on itself, it has again in the next round.
    seat: whom it plays for. scenario: what is played. arena: the name of the arena that `choose`
    is asked about. In a contest of two there is no seat, and all three are empty.
    """

    seat: Seat = Seat("")
    scenario: Scenario | None = None
    arena: str = ""

    def choose(self, view: ArenaView) -> Action:
        """Give C or D for one arena and the round that the view shows."""
        raise NotImplementedError(f"{type(self).__name__} has no choose(self, view)")

    def say(self) -> Words:
        """Say something as a negotiation opens; once a round, before anybody chooses."""
        return None

    def move(self, offers: tuple[MoveOffer, ...]) -> Move | None:
        """Make the one move of a round, before the bot chooses.

        offers: what the seat may do, what each costs and what it would change. Not asked where
        there is none.
        """
        return None

    def on_proposal(self, proposal: ProposalMade) -> Reply:
        """Answer terms that another seat proposes to this one and to others."""
        return None

    def on_message(self, message: MessageSaid) -> Words:
        """Hear what another seat, or the facilitator, said; what is returned is the reply."""
        return None

    def on_reveal(self, resolved: RoundResolved) -> None:
        """Learn how a round came out: every seat's actions and points."""
