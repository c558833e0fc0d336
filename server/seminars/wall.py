"""What the wall shows of a class: who has come, and each table as the public sees it. Pure.

A table's card is built from the position that the public folds from what it may see. So it holds
no secret of anybody, whatever is added to positions later. There are two exceptions. Where the
scenario tells facilitators alone who is ready, they may have the wall tell it to the class. And
once a match has ended, its cooperation and index are the true ones, as on the facilitators' card.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from game_rules.log.events import Phase
from game_rules.log.people import Names, named
from game_rules.log.position import Holder, Position
from game_rules.roles import Seat
from server.seminars.overview import SeminarCard, cooperation_of, indices_of
from server.seminars.seminar import SeminarMatch
from server.seminars.store import Roster

Ready = Mapping[Seat, bool]


@dataclass(frozen=True, slots=True)
class WallCard:
    """A class on the wall. names: of its people, in the order in which they came.

    scenario, title: None while some of its tables play under neutral names.
    """

    seminar: str
    code: str
    name: str
    scenario: str | None
    title: str | None
    is_together: bool
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeatWaitedFor:
    """A seat that the others wait for. country: its name. names: the holder of the pen first."""

    seat: Seat
    country: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableCard:
    """A table on the wall. cooperation: the share of C per round; index: 0 to 100 per round.

    players: its seats with people who play. waited_for: those of them who are not ready; None where
    it is kept secret, or the phase waits for nobody. waits_for: the numbers of the
    tables without which it would open its next round now.
    """

    match: str
    number: int
    phase: Phase
    round: int
    rounds: int
    opened_at_ms: int
    deadline_ms: int | None
    paused_at_ms: int | None
    players: int
    waited_for: tuple[SeatWaitedFor, ...] | None
    cooperation: tuple[float, ...]
    index: tuple[float, ...]
    waits_for: tuple[int, ...]


def wall_card(card: SeminarCard, roster: Roster) -> WallCard:
    """Build the card of a class."""
    is_hidden = roster.seminar.hides_names
    return WallCard(
        seminar=card.seminar,
        code=card.code,
        name=card.name,
        scenario=None if is_hidden else card.scenario,
        title=None if is_hidden else card.title,
        is_together=card.is_together,
        names=tuple(member.name for member in roster.people),
    )


def table_card(
    known: SeminarMatch,
    position: Position,
    names: Names,
    waits_for: tuple[int, ...] = (),
    ready: Ready | None = None,
    truth: Position | None = None,
) -> TableCard:
    """Build the card of a table. position: as the public sees it. names: of its people.

    ready: who is, where the wall may tell it whatever the scenario says; None: as it says.
    truth: the whole position; it is counted from once the match has ended, when fog hides no more.
    """
    ended = position.phase is Phase.DEBRIEF
    counted = truth if ended and truth is not None else position
    shown = position.ready if position.scenario.shows_ready else ready
    position = named(position, names)
    return TableCard(
        match=known.match,
        number=known.number,
        phase=position.phase,
        round=position.round,
        rounds=position.scenario.rounds,
        opened_at_ms=position.opened_at_ms,
        deadline_ms=position.deadline_ms,
        paused_at_ms=position.paused_at_ms,
        players=sum(_plays(holder) for holder in position.holders.values()),
        waited_for=None if shown is None else _waited_for(position, shown),
        cooperation=tuple(cooperation_of(resolved) for resolved in counted.history),
        index=indices_of(counted),
        waits_for=waits_for,
    )


def _waited_for(position: Position, ready: Ready) -> tuple[SeatWaitedFor, ...] | None:
    if position.phase in (Phase.LOBBY, Phase.DEBRIEF):
        return None
    return tuple(
        SeatWaitedFor(player.seat, player.name, tuple(x.name for x in holder.people))
        for player in position.scenario.players
        if _plays(holder := position.holders.get(player.seat, Holder()))
        and not ready.get(player.seat, False)
    )


def _plays(holder: Holder) -> bool:
    """Tell whether a person plays a seat, rather than a program or nobody."""
    return holder.person is not None and holder.autopilot is None
