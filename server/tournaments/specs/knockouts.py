"""Knockouts: the loser of a tie is eliminated."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from game_rules import RULES_VERSION
from game_rules.contests.knockout import knock_out
from server.tournaments.guests.table import playing
from server.tournaments.specs.pieces import Piece, pack_json, unpack_json
from server.tournaments.specs.spec import TournamentSpec


def pieces(spec: TournamentSpec) -> tuple[Piece, ...]:
    """Return a single piece, because a round depends on the round before."""
    ties = len(spec.entrants) - 1
    return (Piece(0, 0, 1, ties * spec.repetitions * spec.contest.expected_turns()),)


def play(spec: TournamentSpec, piece: Piece) -> bytes:
    """Play all rounds."""
    with playing(piece.spent):
        bracket = knock_out(spec.contest)
    return pack_json([[asdict(tie) for tie in ties] for ties in bracket.rounds])


def document(spec: TournamentSpec, played: Sequence[bytes]) -> dict[str, Any]:
    """Return every tie of every round, the final last; the round reached is the rank."""
    contest = spec.contest
    (packed,) = played
    rounds = unpack_json(packed)
    return {
        "rules_version": RULES_VERSION,
        "seed": spec.seed,
        "turns": contest.turns,
        "continuation": contest.continuation,
        "noise": contest.noise,
        "repetitions": contest.repetitions,
        "entrants": list(spec.entrants),
        "rounds": rounds,
        "standings": _standings(spec, rounds),
    }


def _standings(spec: TournamentSpec, rounds: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Rank entrants; those eliminated in the same round share a rank."""
    wins = [0] * len(spec.entrants)
    for tie in (tie for ties in rounds for tie in ties):
        wins[tie["winner"]] += 1
    order = sorted(range(len(wins)), key=lambda place: -wins[place])
    return [
        {
            "strategy": spec.entrants[place],
            "score": wins[place],
            "ci95": None,
            "rank": 1 + sum(other > wins[place] for other in wins),
            "tied_with": [p for p in order if p != place and wins[p] == wins[place]],
            "place": place,
        }
        for place in order
    ]
