"""A seat's view of a match, set as a test wants it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from game_rules import RULES_VERSION
from game_rules.doctrines.seat_view import SeatView
from game_rules.games.stage_games import LIBRARY, Action, C
from game_rules.log.events import Phase
from game_rules.roles import Seat
from game_rules.scenario.pacts import Binding, Breach, Pact, PactTerms, Pledge
from game_rules.scenario.parameters import Consequences, StandingParameters
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_scenario, an_arena

ALL = (CHN, JPN, PHL)


def a_dyad(
    game: str = "stag_hunt",
    *,
    exclusive: float = 0.0,
    version: int = RULES_VERSION,
    **changes: Any,
) -> Table:
    """Start a match of one game of two; PHL sits beside it, and nobody is a rival."""
    arena = replace(an_arena("dyad", (CHN, JPN), LIBRARY[game]), exclusive=exclusive)
    plain = {"arenas": (arena,), "rivals": (), "rounds": 9}
    table = Table(a_scenario(**{**plain, **changes}), version=version)
    return table.start().skip_to(Phase.NEGOTIATION)


def institutions_at(strength: float) -> dict[str, Any]:
    """Let institutions begin with a strength, by whatever rules."""
    return {
        "standing": StandingParameters(institution_at_start=strength),
        "consequences": Consequences(institution_at_start=strength),
    }


def terms(
    *parties: Seat,
    arena: str = "dyad",
    binding: Binding = Binding.TREATY,
    stake: float = 0.0,
    rounds: int = 2,
    action: Action = C,
    **changes: Any,
) -> PactTerms:
    """Make terms by which all parties pledge the same."""
    pledges = tuple(Pledge(seat, arena, action) for seat in parties)
    whole = PactTerms(tuple(parties), pledges, (), rounds, binding, stake)
    return replace(whole, **changes)


def see(
    table: Table,
    seat: Seat = CHN,
    *,
    trust: Mapping[Seat, float] | None = None,
    affinity: Mapping[Seat, float] | None = None,
    pacts: tuple[PactTerms, ...] = (),
    breakers: tuple[Seat, ...] = (),
    **changes: Any,
) -> SeatView:
    """Show a seat the match, with trust, affinity, pacts and breakers as a test has them."""
    position, standing = table.position, table.position.standing
    faith = {seat: {other: (t, 1.0 - t) for other, t in (trust or {}).items()}}
    rows = {**standing.faith, seat: {**standing.faith.get(seat, {}), **faith[seat]}}
    liking = {**standing.affinity, seat: {**standing.affinity.get(seat, {}), **(affinity or {})}}
    held = tuple(
        Pact(number, each, position.round, position.round + each.rounds - 1, breakers)
        for number, each in enumerate(pacts, 1)
    )
    standing = replace(standing, faith=rows, affinity=liking)
    return SeatView(position.but(standing=standing, pacts=held, **changes), seat)


def a_breach(seat: Seat, arena: str = "dyad") -> Breach:
    """Make a public breach."""
    return Breach(1, ALL, seat, arena, 0.0, is_public=True)
