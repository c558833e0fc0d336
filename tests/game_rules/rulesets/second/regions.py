"""Regions for the laws of rules 2: the Quad and the Summit, and a border that quarrels."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from game_rules.games.corners import Corners
from game_rules.games.stage_games import Action, Terms, collective
from game_rules.log.position import Position
from game_rules.roles import Seat
from game_rules.rounds.arenas_in_force import arenas_in_force
from game_rules.scenario.moves import SECOND_MOVES
from game_rules.scenario.scenario import (
    Arena,
    Domain,
    Figure,
    FigureStatus,
    Influence,
    PairStart,
    Player,
    PlayerKind,
    PowerMeasure,
    Scenario,
)
from game_rules.standing.standing import RivalPair, Standing
from tests.game_rules.scenes import QUICK, Table, a_scenario, an_arena

C, D = Action.C, Action.D
USA, JPN, IND, AUS, CHN, IDN, RED, PAK, MIL = map(
    Seat, ("USA", "JPN", "IND", "AUS", "CHN", "IDN", "RED", "PAK", "MIL")
)
GBR, FRA, NZL, PHL, THA = map(Seat, ("GBR", "FRA", "NZL", "PHL", "THA"))
LOWY = {
    USA: 81.7, JPN: 38.9, IND: 39.1, AUS: 31.9, CHN: 72.7, IDN: 22.3, RED: 4.0, PAK: 14.6, MIL: 4.0,
    GBR: 37.0, FRA: 35.0, NZL: 16.0, PHL: 14.0, THA: 20.0,
}  # fmt: skip
PACT = Terms(b=7, c=2, e=1.5, g=2, d=1, sigma=0)

Own = Mapping[Seat, Mapping[str, float]]


def an_open(
    name: str,
    members: Sequence[Seat],
    terms: Terms,
    theta: float = 0.0,
    own: Own | None = None,
    **changes: Any,
) -> Arena:
    """Make a collective arena by Lowy's weights; own: terms that differ for a member."""
    each = [replace(terms, **(own or {}).get(seat, {})) for seat in members]
    game = collective([LOWY[seat] for seat in members], each, theta)
    return replace(an_arena(name, tuple(members), game), **changes)


def a_pact(name: str, first: Seat, second: Seat, exclusive: float) -> Arena:
    """Make an alliance: a pact of equals that holds if both hold."""
    game = collective((1, 1), PACT, theta=1)
    arena = an_arena(name, (first, second), game)
    return replace(arena, exclusive=exclusive, is_alliance=True)


def a_second(
    arenas: Sequence[Arena], starts: Mapping[tuple[Seat, Seat], float], **changes: Any
) -> Scenario:
    """Make a scenario of rules 2."""
    named = {seat: None for arena in arenas for seat in arena.members}
    plain = a_scenario(
        players=tuple(_player(seat) for seat in named),
        arenas=tuple(arenas),
        rivals=tuple(starts),
        starts=tuple(
            PairStart(pair, tension, "A test.", FigureStatus.ASSUMED)
            for pair, tension in starts.items()
        ),
        moves=SECOND_MOVES,
        power=PowerMeasure.LOWY,
        rounds=8,
        seconds=QUICK,
    )
    return replace(plain, **changes)


def with_player(scenario: Scenario, seat: Seat, **changes: Any) -> Scenario:
    """Change one player of a scenario."""
    players = (replace(x, **changes) if x.seat == seat else x for x in scenario.players)
    return replace(scenario, players=tuple(players))


def quad(**changes: Any) -> Scenario:
    """Make the Quad, AUKUS, the East Asia Summit and disaster relief."""
    four = (USA, JPN, IND, AUS)
    six = (*four, CHN, IDN)
    summit = Terms(b=7, c=2, e=2, g=1.5, d=1.5, sigma=0.4)
    relief = Terms(b=4, c=0.6, e=0.2, g=0.5, d=0, sigma=0.5)
    arenas = (
        an_open("quad", four, Terms(b=7, c=1.6, e=1.5, g=1.5, d=1, sigma=0.5), exclusive=0.5),
        a_pact("aukus", USA, AUS, 0.3),
        an_open("east_asia_summit", six, summit, 0.84, {CHN: {"g": 2.3}}),
        an_open("disaster_relief", (*six, RED), relief, domain=Domain.HUMANITARIAN),
    )
    starts = {(CHN, USA): 0.3, (CHN, JPN): 0.25, (CHN, IND): 0.25}
    scenario = a_second(arenas, starts, **changes)
    calming = Influence((CHN, USA), of_d=0.0, of_c=0.02, source="A test.")
    return with_player(scenario, RED, kind=PlayerKind.NON_STATE, influence=calming)


def border(**changes: Any) -> Scenario:
    """Make India and Pakistan, a militia between them, and their rivers and trade."""
    pair = (IND, PAK)
    militia = {"b": 1.0, "c": 0.5, "e": 0.0, "g": -1.5, "d": -2.0}
    line = Terms(b=4, c=1, e=1, g=1, d=1, sigma=0.4)
    rivers = Terms(b=5, c=1, e=1, g=1, d=0.5, sigma=0.2)
    arenas = (
        an_open("nuclear_restraint", pair, Terms(b=5, c=2, e=3, g=5, d=1, sigma=0.5), 1.0),
        an_open("line_of_control", (*pair, MIL), line, own={MIL: militia}),
        an_open("rivers_and_trade", pair, rivers, 1.0, domain=Domain.ENVIRONMENTAL),
    )
    stakes = Corners(T=1, R=0, P=-9, S=-2)
    scenario = a_second(arenas, {pair: 0.4}, stakes=stakes, **changes)
    spoiling = Influence(pair, of_d=0.06, of_c=0.0, source="A test.")
    return with_player(scenario, MIL, kind=PlayerKind.NON_STATE, influence=spoiling)


def seato(**changes: Any) -> Scenario:
    """Make the Manila pact, two ties of the United States and aid: the largest region.

    It has no rivals; so that all that can cost time does, Pakistan and Thailand are taken for two.
    """
    eight = (USA, GBR, FRA, AUS, NZL, PAK, PHL, THA)
    aided = (USA, GBR, AUS, NZL, PAK, PHL, THA)
    pact, aid = Terms(b=6, c=2, e=1, g=2.5, d=0.5, sigma=0.5), Terms(4, 0.8, 0.3, 0.5, 0, 0.4)
    arenas = (
        an_open("manila_pact", eight, pact, 0.6, exclusive=0.3),
        a_pact("us_thailand", USA, THA, 0.2),
        a_pact("us_pakistan", USA, PAK, 0.2),
        an_open("colombo_aid", aided, aid, domain=Domain.ECONOMIC),
    )
    return a_second(arenas, {(PAK, THA): 0.3}, **changes)


class SecondTable(Table):
    """A match of rules 2 that a test plays round by round, with bots in every seat."""

    def __init__(self, scenario: Scenario, seed: str = "7") -> None:
        super().__init__(scenario, seed, None, version=2)
        self.bots(*scenario.seats).start()

    def round(self, letter: str = "C", **actions: str) -> Position:
        """Play a round: every seat one letter, but for arenas whose letters are given."""
        number = self.position.round
        for seat in self.position.scenario.seats:
            self.order(seat, False, **self._orders(seat, letter, actions))
        assert len(self.position.history) == number
        return self.position

    def _orders(self, seat: Seat, letter: str, actions: Mapping[str, str]) -> dict[str, str]:
        found = {}
        for arena in self.position.arenas_of(seat):
            letters = actions.get(arena.name, letter * len(arena.members))
            found[arena.name] = letters[arena.member(seat)]
        return found


def opened(
    scenario: Scenario, standing: Standing | None = None, **changes: Any
) -> dict[str, Arena]:
    """Give the arenas of the next round by name, after a standing or at the start."""
    table = Table(scenario, version=2)
    position = table.position.but(standing=standing or table.position.standing, **changes)
    return {arena.name: arena for arena in arenas_in_force(position, 1)}


def at_rungs(standing: Standing, rungs: Mapping[tuple[Seat, Seat], int]) -> Standing:
    """Put pairs of rivals on rungs of the ladder."""
    tensions = (0.3, 0.6, 0.85, 0.9)
    pairs = (
        RivalPair(x.seats, tensions[rung], rung >= 2, 0, rung)
        for x in standing.rivals
        for rung in (rungs.get(x.seats, 0),)
    )
    return replace(standing, rivals=tuple(pairs))


def _player(seat: Seat) -> Player:
    figure = Figure(LOWY[seat], "points", None, "A test.", FigureStatus.ASSUMED)
    return Player(seat, f"Country {seat}", "", {"lowy": figure})
