"""What rules 2 promises without chance: ladders, China's reply, profiles of all rounds alike."""

from dataclasses import replace
from itertools import product

from game_rules.games.replies import curve, gain_at
from game_rules.roles import Seat
from game_rules.rulesets.second.aftermath import begin
from game_rules.scenario.scenario import Scenario
from game_rules.standing.standing import Pair
from tests.evidence.parts import MEMBERS, QUAD, Bar
from tests.evidence.runs import Runs, scenario_of
from tests.game_rules.rulesets.second.regions import SecondTable, opened
from tests.game_rules.rulesets.second.shipped import NAMES, rounds_to_crisis

EARLIEST, LATEST = 2, 5
LONGEST_CALM = 30
CALM_AFTER = range(4, 7)
SUMMIT = "east_asia_summit"
HELD = {"neither": {}, "Quad": {"quad": 1.0}, "Quad and AUKUS": {"quad": 1.0, "aukus": 1.0}}
BELIEF = 0.8
CHN = Seat("CHN")


def ladders(runs: Runs) -> list[Bar]:
    """Count the rounds of pressure that open each pair's crisis, and those back to calm."""
    late, uneasy = [], []
    print("| region | pair | start | all D | this pair D | calm from .8, no blocs | blocs held |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for region in NAMES:
        scenario = scenario_of(region)
        for pair in scenario.rivals:
            start = next(x.tension for x in scenario.starts if {*x.seats} == {*pair})
            found = [rounds_to_crisis(scenario, pair, is_alone=x) for x in (False, True)]
            calm = [rounds_to_calm(scenario, pair, are_held=x) for x in (False, True)]
            told = (str(x or "never") for x in (*found, *calm))
            print(f"| {region} | {'-'.join(pair)} | {start} | {' | '.join(told)} |")
            is_in_time = all(x is not None and EARLIEST <= x <= LATEST for x in found)
            who = f"{'-'.join(pair)} in {region}"
            late += [] if is_in_time else [who]
            uneasy += [] if calm[0] in CALM_AFTER else [who]
    wanted = {
        f"pressure opens every pair's crisis between rounds {EARLIEST} and {LATEST}": late,
        "without blocs 4 to 6 rounds of cooperation lead back to calm": uneasy,
    }
    return [Bar(what, ", ".join(x) or "every pair", not x) for what, x in wanted.items()]


def rounds_to_calm(scenario: Scenario, pair: Pair, *, are_held: bool) -> int | None:
    """Count the rounds of cooperation from a tension of .8 back to calm, all others calm.

    are_held: whether blocs hold meanwhile; else nothing is done in them. None: never.
    """
    starts = tuple(
        replace(x, tension=0.8 if {*x.seats} == {*pair} else 0.0) for x in scenario.starts
    )
    long = replace(
        scenario, starts=starts, monitoring=1.0, continuation=1.0, rounds=LONGEST_CALM, deck=()
    )
    table = SecondTable(long)
    blocs = {x.name: "D" * len(x.members) for x in scenario.arenas if x.exclusive > 0}
    while not table.position.is_over:
        table.round("C", **({} if are_held else blocs))
        if not any(x.rung for x in table.position.standing.rivals if {*x.seats} == {*pair}):
            return len(table.position.history)
    return None


def reply(runs: Runs) -> list[Bar]:
    """Tell what C gains China in the Summit by what the blocs produced last year."""
    scenario, gains = scenario_of(QUAD), {}
    print("| blocs last year | China's gain of C at belief .7 | .8 | .9 | 1 |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, produced in HELD.items():
        summit = opened(scenario, replace(begin(scenario), produced=produced))[SUMMIT]
        known = curve(summit.game, summit.member(CHN))
        gains[name] = gain_at(known, BELIEF)
        told = " | ".join(f"{gain_at(known, p):+.2f}" for p in (0.7, BELIEF, 0.9, 1.0))
        print(f"| {name} | {told} |")
    flips = gains["neither"] > 0 > max(gains["Quad"], gains["Quad and AUKUS"])
    figure = " → ".join(f"{x:+.2f}" for x in gains.values())
    return [Bar("Quad: China's best reply in the Summit turns from C to D", figure, flips)]


def profiles(runs: Runs) -> list[Bar]:
    """Play every profile of Quad, AUKUS (both or none) and Summit in all rounds alike, no fog."""
    scenario = replace(scenario_of(QUAD), monitoring=1.0, deck=())
    found = []
    for quad, pact, summit in product(_letters(4), ("CC", "DD"), _letters(6)):
        table = SecondTable(scenario)
        while not table.position.is_over:
            table.round("C", quad=quad, aukus=pact, east_asia_summit=summit)
        standing, totals = table.position.standing, table.position.totals
        assert standing.integration is not None
        rounds = len(table.position.history)
        members = sum(totals[x] for x in MEMBERS) / len(MEMBERS) / rounds
        china = totals[CHN] / rounds
        found.append((standing.integration.index, members, china, f"{quad} {pact} {summit}"))
    told = {
        "best index": max(found),
        "best for members": max(found, key=lambda x: x[1]),
        "best for China": max(found, key=lambda x: x[2]),
        "all C": next(x for x in found if x[3] == "CCCC CC CCCCCC"),
        "blocs held, China out": next(x for x in found if x[3] == "CCCC CC CCCCDC"),
        "no blocs, Summit all C": next(x for x in found if x[3] == "DDDD DD CCCCCC"),
    }
    print("| profile | Quad, AUKUS, Summit | index | members a round | China |")
    print("| --- | --- | ---: | ---: | ---: |")
    for name, (index, members, china, letters) in told.items():
        print(f"| {name} | {letters} | {index:.1f} | {members:.1f} | {china:.1f} |")
    best, all_c = told["best index"], told["all C"]
    figure = f"{best[3]} {best[0]:.1f}, all C {all_c[0]:.1f}"
    return [Bar("Quad: the index-best profile is not all C", figure, best[0] > all_c[0])]


def _letters(count: int) -> list[str]:
    return ["".join(each) for each in product("CD", repeat=count)]
