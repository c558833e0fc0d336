"""Replay of one match of a tournament, from its seed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from game_rules.contests.contest import Contest
from game_rules.contests.loop import PlayedMatch, match_turns, replay
from game_rules.contests.randomness import match_key
from game_rules.errors import InvalidInput
from server.tournaments.specs import knockouts
from server.tournaments.specs.pieces import PlayedPiece, Table, unpack_counts
from server.tournaments.specs.settings import TournamentKind
from server.tournaments.specs.spec import TournamentSpec

MOST_LISTED = 20_000
MOST_LISTED_TURNS = 5_000_000
NO_DYADS = "has no matches of a pair to show"


@dataclass(frozen=True, slots=True)
class ShownMatch:
    """A match of two in the order of the request. places: in the spec. payoffs: by turn."""

    match: int
    places: tuple[int, int]
    repetition: int
    actions: tuple[str, str]
    scores: tuple[float, float]
    payoffs: tuple[tuple[float, ...], tuple[float, ...]]
    faults: tuple[str, ...]


KeptPiece = Callable[[int], tuple[int, bytes] | None]
"""Finds the piece in which a match was played, and its first match, where pieces are kept."""


def nothing_is_kept(match: int) -> None:
    """Find no piece."""


def find_match(
    spec: TournamentSpec,
    a: int,
    b: int,
    repetition: int = 0,
    most_turns: int | None = None,
    kept: KeptPiece = nothing_is_kept,
) -> ShownMatch:
    """Play the match of two entrants again, or read it where a guest played.

    repetition: from 0. most_turns: a longer match is refused. Raises InvalidInput for that, or if
    there is no such match.
    """
    require_dyads(spec)
    if not 0 <= repetition < spec.repetitions:
        raise InvalidInput(f"repetition {repetition}; they go from 0 to {spec.repetitions - 1}")
    table = _table_of(spec, a, b)
    contest = table.contest
    for pair in ((a, b), (b, a)):
        meeting = tuple(map(table.places.index, pair))
        if meeting in contest.meetings:
            match = contest.meetings.index(meeting) * contest.repetitions + repetition
            _require_short(spec, contest, match, most_turns)
            return _turned(_again(spec, table, match, kept), is_turned=pair != (a, b))
    names = f"{spec.entrants[a]} and {spec.entrants[b]}"
    raise InvalidInput(f"{names} did not meet; without self-play nobody meets itself")


def every_match(spec: TournamentSpec, played: Sequence[bytes]) -> list[dict[str, Any]]:
    """List all matches with their actions. Raises InvalidInput for more than can be listed.

    played: the results of the pieces, from which the matches of guests are read.
    """
    require_listable(spec)
    parts = [unpack_counts(packed) for packed in played] if spec.keeps_pieces else []
    kept = {number: part for part in parts for number in part.actions}
    return [
        _row(spec, table, _read(table, match, kept) or replay(table.contest, match))
        for table in _tables(spec, parts)
        for match in range(table.contest.match_count)
    ]


def require_listable(spec: TournamentSpec) -> None:
    """Refuse more matches than can be listed. Raises InvalidInput."""
    require_dyads(spec)
    count = _match_count(spec)
    turns = count * spec.contest.expected_turns()
    if count > MOST_LISTED or turns > MOST_LISTED_TURNS:
        raise InvalidInput(
            f"{count} matches of {turns:.0f} turns in all; at most {MOST_LISTED} "
            f"and {MOST_LISTED_TURNS} are listed: leave --actions out, or repeat less often"
        )


def require_dyads(spec: TournamentSpec) -> None:
    """Refuse kinds that have no matches between two entrants to show."""
    if spec.kind in (TournamentKind.LEAGUE, TournamentKind.EVOLVE):
        raise InvalidInput(f"a tournament of kind {spec.kind} {NO_DYADS}")


def _match_count(spec: TournamentSpec) -> int:
    is_knockout = spec.kind is TournamentKind.KNOCKOUT
    return knockouts.match_count(spec) if is_knockout else spec.contest.match_count


def _whole(spec: TournamentSpec) -> Table:
    return Table(spec.contest, range(len(spec.entrants)), 0)


def _tables(spec: TournamentSpec, parts: Iterable[PlayedPiece]) -> list[Table]:
    """List the tables of all who met. parts: of a knockout, all that was played."""
    if spec.kind is not TournamentKind.KNOCKOUT:
        return [_whole(spec)]
    met = dict.fromkeys(pair for part in parts for pair in part.pairs)
    return [knockouts.tie_of(spec, *pair) for pair in met]


def _table_of(spec: TournamentSpec, a: int, b: int) -> Table:
    """Find where two entrants meet, if they do: everybody at one table, or the two of a tie."""
    return knockouts.tie_of(spec, a, b) if spec.kind is TournamentKind.KNOCKOUT else _whole(spec)


def _again(spec: TournamentSpec, table: Table, match: int, kept: KeptPiece) -> ShownMatch:
    """Play a match again. A guest never plays twice: its match is read."""
    contest = table.contest
    guests = [place for place in contest.seats_of(match) if contest.entrants[place].is_foreign]
    number, is_knockout = table.first + match, spec.kind is TournamentKind.KNOCKOUT
    stored = kept(number) if guests or is_knockout else None
    piece = None if stored is None else unpack_counts(stored[1])
    if is_knockout:
        _require_met(spec, table, piece)
    if not guests:
        return _shown(spec, table, replay(contest, match))
    found = None if piece is None else _read(table, match, {number: piece})
    if found is None:
        name = contest.entrants[guests[0]].name
        problem = f"{name} is its author's own, and this match was not kept"
        raise InvalidInput(f"{problem}; run the tournament again")
    return _shown(spec, table, found)


def _require_met(spec: TournamentSpec, table: Table, piece: PlayedPiece | None) -> None:
    """Refuse a pair that was never drawn against each other. piece: in which they would have."""
    if piece is None:
        raise InvalidInput("this match was not kept; run the tournament again")
    if tuple(table.places) not in piece.pairs:
        names = " and ".join(spec.entrants[place] for place in table.places)
        raise InvalidInput(f"{names} did not meet; in a knock-out only winners advance")


def _read(table: Table, match: int, kept: Mapping[int, PlayedPiece]) -> PlayedMatch | None:
    """Read a match of a table in which guests played. kept: pieces by the numbers of matches."""
    contest, number = table.contest, table.first + match
    piece = kept.get(number)
    if piece is None or number not in piece.actions:
        return None
    (row, column), (rows, columns) = contest.seats_of(match), piece.actions[number]
    faults = (fault for fault in piece.faults if fault.match == number)
    return PlayedMatch(
        match=match,
        row=row,
        column=column,
        repetition=contest.repetition_of(match),
        actions_row=rows,
        actions_column=columns,
        faults=tuple(replace(fault, place=table.places.index(fault.place)) for fault in faults),
    )


def _require_short(
    spec: TournamentSpec, contest: Contest, match: int, most_turns: int | None
) -> None:
    turns = match_turns(contest, match_key(contest.key, match))
    if most_turns is not None and turns > most_turns:
        remedy = f"see: detente tournament match {spec.id}"
        raise InvalidInput(f"the match has {turns} turns; at most {most_turns} are shown: {remedy}")


def _row(spec: TournamentSpec, table: Table, played: PlayedMatch) -> dict[str, Any]:
    score_a, score_b = played.scores(spec.contest)
    return {
        "a": spec.entrants[table.places[played.row]],
        "b": spec.entrants[table.places[played.column]],
        "repetition": played.repetition,
        "actions_a": played.actions_row,
        "actions_b": played.actions_column,
        "score_a": score_a,
        "score_b": score_b,
    }


def _shown(spec: TournamentSpec, table: Table, played: PlayedMatch) -> ShownMatch:
    game = spec.contest.game
    rows, columns = played.actions_row, played.actions_column
    outcomes = list(zip(rows, columns, strict=True))
    gains = {(a, b): _gains(game, a, b) for a in "CD" for b in "CD"}
    name = lambda fault: spec.entrants[table.places[fault.place]]  # noqa: E731
    faults = (f"{name(f)}, turn {f.turn}: {f.problem}" for f in played.faults)
    return ShownMatch(
        match=table.first + played.match,
        places=(table.places[played.row], table.places[played.column]),
        repetition=played.repetition,
        actions=(rows, columns),
        scores=played.scores(spec.contest),
        payoffs=(
            tuple(gains[outcome][0] for outcome in outcomes),
            tuple(gains[outcome][1] for outcome in outcomes),
        ),
        faults=tuple(faults),
    )


def _gains(game: Any, a: str, b: str) -> tuple[float, float]:
    by_outcome = {"CC": "R", "CD": "S", "DC": "T", "DD": "P"}
    return getattr(game.row, by_outcome[a + b]), getattr(game.column, by_outcome[b + a])


def _turned(shown: ShownMatch, *, is_turned: bool) -> ShownMatch:
    if not is_turned:
        return shown
    return ShownMatch(
        match=shown.match,
        places=shown.places[::-1],
        repetition=shown.repetition,
        actions=shown.actions[::-1],
        scores=shown.scores[::-1],
        payoffs=shown.payoffs[::-1],
        faults=shown.faults,
    )
