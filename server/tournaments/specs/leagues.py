"""Leagues: whole matches of a scenario, every bot on every seat."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from game_rules.contests.league import LeagueMatch, league_table, play_league_matches
from server.tournaments.specs.pieces import Piece, pack_json, unpack_json
from server.tournaments.specs.spec import TournamentSpec

PIECE_ROUNDS = 400
"""Rounds of a scenario in a piece: about one second of work."""


def pieces(spec: TournamentSpec) -> tuple[Piece, ...]:
    """Cut the matches into pieces."""
    league = spec.league
    rounds = league.scenario.rounds
    step = max(1, PIECE_ROUNDS // (rounds * len(league.seats)))
    firsts = range(0, league.match_count, step)
    ends = [min(first + step, league.match_count) for first in firsts]
    return tuple(
        Piece(number, first, last, (last - first) * rounds)
        for number, (first, last) in enumerate(zip(firsts, ends, strict=True))
    )


def play(spec: TournamentSpec, piece: Piece) -> bytes:
    """Play the matches of a piece."""
    played = play_league_matches(spec.league, piece.first, piece.last)
    return pack_json([[match.places, match.points] for match in played])


def document(spec: TournamentSpec, played: Sequence[bytes]) -> dict[str, Any]:
    """Return the standings, and the seats of every match."""
    league = spec.league
    rows = [row for packed in played for row in unpack_json(packed)]
    matches = [LeagueMatch(n, tuple(p), tuple(g)) for n, (p, g) in enumerate(rows)]
    return {
        "rules_version": spec.rules_version,
        "seed": spec.seed,
        "seasons": league.seasons,
        "seats": list(league.seats),
        "entrants": list(spec.entrants),
        "standings": [_row(place) for place in league_table(league, matches)],
        "match_count": league.match_count,
    }


def _row(place: Any) -> dict[str, Any]:
    return {
        "strategy": place.strategy,
        "score": place.points,
        "ci95": None if place.interval is None else list(place.interval),
        "rank": place.rank,
        "tied_with": [],
        "place": place.place,
        "matches": place.matches,
        "rating": asdict(place.rating),
    }
