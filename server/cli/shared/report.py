"""A match as one JSON document: the same position gives the same bytes everywhere."""

from typing import Any

from game_rules.games.stage_games import C
from game_rules.log.events import ArenaResult, RoundResolved
from game_rules.log.position import Position
from game_rules.records.codec import to_json


def match_report(position: Position, software_version: str) -> dict[str, Any]:
    """Describe what a position knows of its match: who played, every round, the sums.

    bots: the strategy by seat, null where the viewer is not told. Points are the scenario's own;
    gains are payoffs less what incidents and moves cost, and what pacts moved (settlements). In
    rules 2, lines hold all that gains have beside payoffs, line by line.
    integration: the index, its parts and the outlook; null where they are not known.
    cooperation: shares of C among all actions, not weighted, from 0 to 1; null before any round.
    """
    rounds = position.history
    return {
        "rules_version": position.rules_version,
        "software_version": software_version,
        "scenario": position.scenario.name,
        "seed": position.seed,
        "bots": {s: holder.strategy for s, holder in position.holders.items() if holder.is_bot},
        "rounds": [_round(resolved) for resolved in rounds],
        "totals": to_json(position.totals),
        "integration": to_json(position.standing.integration),
        "cooperation": {
            "overall": cooperation(*(result for row in rounds for result in row.results)),
            "by_round": [cooperation(*row.results) for row in rounds],
        },
    }


def cooperation(*results: ArenaResult) -> float | None:
    """Give the share of C among all actions; None if there are none."""
    actions = [action for result in results for action in result.actions.values()]
    return sum(action is C for action in actions) / len(actions) if actions else None


def _round(resolved: RoundResolved) -> dict[str, Any]:
    arenas = {
        result.arena: {"actions": to_json(result.actions), "payoffs": to_json(result.payoffs)}
        for result in resolved.results
    }
    return {
        "round": resolved.round,
        "arenas": arenas,
        "moves": to_json(resolved.moves),
        "incidents": to_json(resolved.incidents),
        "breaches": to_json(resolved.breaches),
        "settlements": to_json(resolved.settlements),
        "lines": to_json(resolved.lines),
        "gains": to_json(resolved.gains),
    }
