"""What holds when the numbers of a scenario are a little different: names, equilibria, outlooks.

All points are assumptions, and figures of power are measured in several ways. So every term is
changed by up to 10%, every figure of power by up to 5%, many times over, and counted is how often
a label comes out otherwise. Source: local sensitivity by random draws, Saltelli et al. 2008.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from game_rules.chance import chance
from game_rules.games.equilibria import pure_equilibria
from game_rules.games.exact import MOST_MEMBERS
from game_rules.games.replies import reply_class
from game_rules.games.sensitivity import FRAGILE_FROM
from game_rules.games.stage_games import Collective
from game_rules.log.evolve import fold
from game_rules.match.decide import create_match
from game_rules.rounds.arenas_in_force import arenas_in_force
from game_rules.scenario.scenario import Arena, Scenario
from tests.evidence.intervals import interval
from tests.evidence.parts import Bar
from tests.evidence.runs import Runs, Want, scenario_of
from tests.evidence.treatments import AS_IT_IS, SHAKEN, with_terms_changed
from tests.game_rules.rulesets.second.shipped import NAMES

DRAWS, SHAKEN_MATCHES = 300, 100
POWER_BY = 0.05
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


Change = Callable[[Scenario, str], Scenario]


def with_power_changed(scenario: Scenario, draw: str, by: float = POWER_BY) -> Scenario:
    """Multiply every seat's weight by a factor of its own, the same in all its arenas."""
    return replace(scenario, arenas=tuple(_reweighed(x, draw, by) for x in scenario.arenas))


def sensitivity(runs: Runs) -> list[Bar]:
    """Shake terms and power: list the labels that are fragile, and the outlooks that change."""
    seeds = runs.seeds(SHAKEN_MATCHES)
    runs.play(Want(region, each, seeds) for region in NAMES for each in (AS_IT_IS, SHAKEN))
    print("| region | fragile | by | stands for | otherwise, of draws | most often |")
    print("| --- | --- | --- | --- | ---: | --- |")
    counted = robust = 0
    for region in NAMES:
        for what, change in {"terms": with_terms_changed, "power": with_power_changed}.items():
            rows = shaken_labels(region, change, len(runs.seeds(DRAWS)))
            weak = list(fragile(rows))
            counted, robust = counted + len(rows), robust + len(rows) - len(weak)
            for row in weak:
                label = " ".join(row.label)
                told = f"{label} | {what} | {row.name} | {100 * row.share:.0f}%"
                print(f"| {region} | {told} | {row.instead} |")
    print(f"\n{robust} of {counted} labels hold.\n")
    print("| region | another outlook: terms ± 10% | at other thresholds |\n| --- | ---: | ---: |")
    for region in NAMES:
        plain, shaken = (runs.rows(region, each, seeds) for each in (AS_IT_IS, SHAKEN))
        pairs = zip(plain, shaken, strict=True)
        other = interval([x.outlooks[0] != y.outlooks[0] for x, y in pairs])
        between = interval([len(set(x.outlooks)) > 1 for x in plain])
        told = " | ".join(f"{100 * x.mean:.0f} ± {100 * x.width:.0f}%" for x in (other, between))
        print(f"| {region} | {told} |")
    return []


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


def shaken_labels(region: str, change: Change, draws: int = DRAWS) -> list[Shaken]:
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
    return (row for row in rows if row.share > FRAGILE_FROM)


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
