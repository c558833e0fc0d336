"""Replay of one match of a tournament, from its seed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from game_rules.contests.contest import Contest
from game_rules.contests.loop import PlayedMatch, match_turns, replay
from game_rules.contests.randomness import match_key
from game_rules.errors import InvalidInput
from server.tournaments.specs.pieces import unpack_counts
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
    contest = spec.contest
    if not 0 <= repetition < contest.repetitions:
        raise InvalidInput(f"repetition {repetition}; they go from 0 to {contest.repetitions - 1}")
    for pair in ((a, b), (b, a)):
        if pair in contest.meetings:
            match = contest.meetings.index(pair) * contest.repetitions + repetition
            _require_short(spec, match, most_turns)
            return _turned(_shown(spec, _again(spec, match, kept)), is_turned=pair != (a, b))
    names = f"{spec.entrants[a]} and {spec.entrants[b]}"
    raise InvalidInput(f"{names} did not meet; without self-play nobody meets itself")


def every_match(spec: TournamentSpec, played: Sequence[bytes]) -> list[dict[str, Any]]:
    """List all matches with their actions. Raises InvalidInput for more than can be listed.

    played: the results of the pieces, from which the matches of guests are read.
    """
    require_listable(spec)
    contest = spec.contest
    known: dict[int, PlayedMatch] = {}
    for packed in played if spec.own else ():
        known |= _guest_matches(contest, packed)
    count = range(contest.match_count)
    return [_row(spec, known.get(match) or replay(contest, match)) for match in count]


def require_listable(spec: TournamentSpec) -> None:
    """Refuse more matches than can be listed. Raises InvalidInput."""
    require_dyads(spec)
    contest = spec.contest
    turns = contest.match_count * contest.expected_turns()
    if contest.match_count > MOST_LISTED or turns > MOST_LISTED_TURNS:
        raise InvalidInput(
            f"{contest.match_count} matches of {turns:.0f} turns in all; at most {MOST_LISTED} "
            f"and {MOST_LISTED_TURNS} are listed: leave --actions out, or repeat less often"
        )


def require_dyads(spec: TournamentSpec) -> None:
    """Refuse kinds that have no matches between two entrants to show."""
    if spec.kind in (TournamentKind.LEAGUE, TournamentKind.KNOCKOUT, TournamentKind.EVOLVE):
        raise InvalidInput(f"a tournament of kind {spec.kind} {NO_DYADS}")


def _again(spec: TournamentSpec, match: int, kept: KeptPiece) -> PlayedMatch:
    """Play a match again. A guest never plays twice: its match is read."""
    guests = [place for place in spec.contest.seats_of(match) if spec.strategies[place].is_foreign]
    if not guests:
        return replay(spec.contest, match)
    piece = kept(match)
    found = None if piece is None else _guest_matches(spec.contest, piece[1]).get(match)
    if found is None:
        problem = f"{spec.entrants[guests[0]]} is its author's own, and this match was not kept"
        raise InvalidInput(f"{problem}; run the tournament anew")
    return found


def _guest_matches(contest: Contest, packed: bytes) -> dict[int, PlayedMatch]:
    """Read the matches of a piece in which guests played, by their numbers."""
    piece = unpack_counts(packed)
    return {
        match: PlayedMatch(
            match=match,
            row=contest.seats_of(match)[0],
            column=contest.seats_of(match)[1],
            repetition=contest.repetition_of(match),
            actions_row=row,
            actions_column=column,
            faults=tuple(fault for fault in piece.faults if fault.match == match),
        )
        for match, (row, column) in piece.actions.items()
    }


def _require_short(spec: TournamentSpec, match: int, most_turns: int | None) -> None:
    contest = spec.contest
    turns = match_turns(contest, match_key(contest.key, match))
    if most_turns is not None and turns > most_turns:
        remedy = f"see: detente tournament match {spec.id}"
        raise InvalidInput(f"the match has {turns} turns; at most {most_turns} are shown: {remedy}")


def _row(spec: TournamentSpec, played: PlayedMatch) -> dict[str, Any]:
    score_a, score_b = played.scores(spec.contest)
    return {
        "a": spec.entrants[played.row],
        "b": spec.entrants[played.column],
        "repetition": played.repetition,
        "actions_a": played.actions_row,
        "actions_b": played.actions_column,
        "score_a": score_a,
        "score_b": score_b,
    }


def _shown(spec: TournamentSpec, played: PlayedMatch) -> ShownMatch:
    game = spec.contest.game
    rows, columns = played.actions_row, played.actions_column
    outcomes = list(zip(rows, columns, strict=True))
    gains = {(a, b): _gains(game, a, b) for a in "CD" for b in "CD"}
    faults = (f"{spec.entrants[f.place]}, turn {f.turn}: {f.problem}" for f in played.faults)
    return ShownMatch(
        match=played.match,
        places=(played.row, played.column),
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
