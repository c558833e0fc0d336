"""Evolutionary search: machines bred to do well against the entrants."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from game_rules import RULES_VERSION
from game_rules.evolution.evolution import Search, evolve
from game_rules.strategies.kit.machine import Machine
from server.tournaments.plans.pieces import Piece, pack_json, unpack_json
from server.tournaments.plans.plan import Plan


def search_of(plan: Plan) -> Search:
    """Build the search. Raises InvalidInput for what cannot be bred."""
    keys = ("states", "population", "survivors", "mutation")
    chosen = {key: plan.options[key] for key in keys}
    return Search(plan.contest, **chosen, meets_its_own=plan.options["meets_own"])


def pieces(plan: Plan) -> tuple[Piece, ...]:
    """One generation follows from the other: a single piece."""
    options = plan.options
    meetings = options["population"] * len(plan.entrants)
    turns = options["generations"] * meetings * plan.contest.expected_turns()
    return (Piece(0, 0, 1, turns),)


def play(plan: Plan, piece: Piece) -> bytes:
    """Breed all generations."""
    bred = list(islice(evolve(search_of(plan)), plan.options["generations"] + 1))
    path = [{"best": g.scores[0], "mean": sum(g.scores) / len(g.scores)} for g in bred]
    return pack_json({"path": path, "best": _written(bred[-1].machines[0])})


def document(plan: Plan, played: Sequence[bytes]) -> dict[str, Any]:
    """Say how the generations did, and give the best machine of the last."""
    contest = plan.contest
    (packed,) = played
    return {
        "rules_version": RULES_VERSION,
        "seed": plan.seed,
        "turns": contest.turns,
        "continuation": contest.continuation,
        "noise": contest.noise,
        "entrants": list(plan.entrants),
        **unpack_json(packed),
    }


def _written(machine: Machine) -> dict[str, Any]:
    """A machine without coins: its start, and by state the action and the four next states.

    Next states are those after CC, CD, DC and DD, the machine's own action first.
    """
    states = zip(machine.actions, machine.after, strict=True)
    return {
        "start": machine.start,
        "states": [{"action": faces[0].value, "after": list(moves[:4])} for faces, moves in states],
    }
