"""Evolutionary search for machines that do well against the entrants."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from game_rules.evolution.evolution import Search, breed
from game_rules.strategies.kit.machine import Machine
from server.tournaments.specs.pieces import Piece, pack_json, unpack_json
from server.tournaments.specs.spec import TournamentSpec


def search_of(spec: TournamentSpec) -> Search:
    """Build the search. Raises InvalidInput for entrants that cannot be bred."""
    keys = ("states", "population", "survivors", "mutation")
    chosen = {key: spec.options[key] for key in keys}
    return Search(spec.contest, **chosen, meets_its_own=spec.options["meets_own"])


def pieces(spec: TournamentSpec) -> tuple[Piece, ...]:
    """Return a single piece, because a generation depends on the one before."""
    options = spec.options
    meetings = options["population"] * len(spec.entrants)
    turns = options["generations"] * meetings * spec.contest.expected_turns()
    return (Piece(0, 0, 1, turns),)


def play(spec: TournamentSpec, piece: Piece) -> bytes:
    """Breed all generations."""
    bred = list(islice(breed(search_of(spec)), spec.options["generations"] + 1))
    path = [{"best": g.scores[0], "mean": sum(g.scores) / len(g.scores)} for g in bred]
    return pack_json({"path": path, "best": _written(bred[-1].machines[0])})


def document(spec: TournamentSpec, played: Sequence[bytes]) -> dict[str, Any]:
    """Return the scores of the generations, and the best machine of the last one."""
    contest = spec.contest
    (packed,) = played
    return {
        "rules_version": spec.rules_version,
        "seed": spec.seed,
        "turns": contest.turns,
        "continuation": contest.continuation,
        "noise": contest.noise,
        "entrants": list(spec.entrants),
        **unpack_json(packed),
    }


def _written(machine: Machine) -> dict[str, Any]:
    """Describe a machine without coins: its start, and each state's action and next states.

    Next states are those after CC, CD, DC and DD, the machine's own action first.
    """
    states = zip(machine.actions, machine.after, strict=True)
    return {
        "start": machine.start,
        "states": [{"action": faces[0].value, "after": list(moves[:4])} for faces, moves in states],
    }
