"""What holds when the numbers of a scenario are a little different: names, equilibria, outlooks.

All points are assumptions, and figures of power are measured in several ways. So every term is
changed by up to 10 %, every figure of power by up to 5 %, many times over, and counted is how often
a label comes out otherwise. Source: local sensitivity by random draws, Saltelli et al. 2008.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from game_rules.chance import chance
from game_rules.games.equilibria import pure_equilibria
from game_rules.games.exact import MOST_MEMBERS
from game_rules.games.replies import reply_class
from game_rules.games.sensitivity import RANGE, factors, scaled
from game_rules.games.stage_games import Collective
from game_rules.log.evolve import fold
from game_rules.match.decide import create_match
from game_rules.rounds.arenas_in_force import arenas_in_force
from game_rules.scenario.scenario import Arena, Scenario
from tests.evidence.runs import scenario_of

DRAWS = 300
POWER_BY = 0.05
FRAGILE = 0.05
"""The share of draws with another label from which a label is called fragile."""

Label = tuple[str, str]
"""An arena, and a member of it, or `EQUILIBRIA` for all its pure equilibria together."""

EQUILIBRIA = "equilibria"


@dataclass(frozen=True, slots=True)
class Shaken:
    """How often a label came out otherwise: its name, the share of draws, and what it became."""

    label: Label
    name: str
    share: float
    instead: str


def with_terms_changed(scenario: Scenario, draw: str, by: float = RANGE) -> Scenario:
    """Multiply every term of every arena by a factor of its own, from 1 − by to 1 + by."""
    return replace(scenario, arenas=tuple(_shaken(x, draw, by) for x in scenario.arenas))


def with_power_changed(scenario: Scenario, draw: str, by: float = POWER_BY) -> Scenario:
    """Multiply every seat's weight by a factor of its own, the same in all its arenas."""
    return replace(scenario, arenas=tuple(_reweighed(x, draw, by) for x in scenario.arenas))


def labels(scenario: Scenario) -> Mapping[Label, str]:
    """Name each member's situation in each arena as round 1 opens, and the equilibria as a set."""
    position = fold(create_match(scenario, "1", None, 0, 2))
    found: dict[Label, str] = {}
    for arena in arenas_in_force(position, 1):
        if arena.game.size <= MOST_MEMBERS:
            for place, seat in enumerate(arena.members):
                found[arena.name, seat] = reply_class(arena.game, place).value
            known = ("".join(profile) for profile in pure_equilibria(arena.game))
            found[arena.name, EQUILIBRIA] = " ".join(sorted(known)) or "none"
    return found


def shaken_labels(region: str, change, draws: int = DRAWS) -> list[Shaken]:
    """List every label of a region with the share of draws in which it came out otherwise.

    change: `with_terms_changed` or `with_power_changed`.
    """
    scenario = scenario_of(region)
    plain = labels(scenario)
    others: dict[Label, Counter[str]] = {label: Counter() for label in plain}
    for draw in range(draws):
        for label, name in labels(change(scenario, str(draw))).items():
            if name != plain[label]:
                others[label][name] += 1
    return [
        Shaken(label, name, sum(found.values()) / draws, next(iter(found.most_common(1)), ("",))[0])
        for (label, name), found in zip(plain.items(), others.values(), strict=True)
    ]


def fragile(rows: Sequence[Shaken]) -> Iterator[Shaken]:
    """Yield what comes out otherwise in more than a twentieth of the draws."""
    return (row for row in rows if row.share > FRAGILE)


def _shaken(arena: Arena, draw: str, by: float) -> Arena:
    return replace(arena, game=scaled(arena.game, factors(f"{arena.name} {draw}", by)))


def _reweighed(arena: Arena, draw: str, by: float) -> Arena:
    game = arena.game
    if not isinstance(game, Collective):
        return arena
    raw = [
        weight * (1.0 + by * (2.0 * chance("power", seat, draw) - 1.0))
        for seat, weight in zip(arena.members, game.weights, strict=True)
    ]
    whole = sum(raw)
    return replace(arena, game=Collective(tuple(x / whole for x in raw), game.terms, game.theta))
