"""Examples of sections 4 and 9: standing by rules 2, and by rules 1."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import takewhile
from typing import Any

from game_rules.games.joint import efficiency, joint_range
from game_rules.games.replies import curve, gain_at, reply_class
from game_rules.games.stage_games import LIBRARY, Action, StageGame
from game_rules.roles import Seat
from game_rules.rulesets.first.aftermath import next_standing as next_of_first
from game_rules.rulesets.second.aftermath import begin, next_standing
from game_rules.rulesets.second.blocs import shadows
from game_rules.rulesets.second.crises import stakes_of
from game_rules.rulesets.second.effort import effort
from game_rules.rulesets.second.index import BANDS, outlook
from game_rules.rulesets.second.ladder import at_rung, rivals_after
from game_rules.rulesets.second.leaning import autonomy_of, leaning, leverage
from game_rules.rulesets.second.rules import losses_outside
from game_rules.rulesets.second.sight import monitoring
from game_rules.scenario_files.scenarios import load_scenario
from game_rules.standing.integration import index_of
from game_rules.standing.round_effects import RoundEffects
from game_rules.standing.standing import RivalPair, Standing, first_standing, trust
from tests.game_rules.regions import a_dyad, a_region, played
from tests.game_rules.rulesets.second.regions import AUS, CHN, IDN, USA, at_rungs, opened
from tests.game_rules.scenes import Table
from tests.rules_page.page import Examples, Results
from tests.rules_page.quads import SUMMIT, only_root, quad, terms_of

C, D = Action.C, Action.D

EXAMPLES = Examples()
example = EXAMPLES.example


# 4. Standing


@example("4.1")
def blocs_and_the_summit(belief: float) -> Results:
    found: list[float] = []
    for blocs in ((), ("quad",), ("quad", "aukus")):
        produced = dict.fromkeys(blocs, 1.0)
        arena = opened(quad(), replace(begin(quad()), produced=produced))[SUMMIT]
        corners, member = arena.game.corners(arena.member(CHN)), arena.member(CHN)
        shadow = shadows(quad(), quad().arenas, (), produced).get(CHN)
        gain = gain_at(curve(arena.game, member), belief)
        found += [shadow.z] if shadow else []
        found += [terms_of(arena, CHN).c]
        found += [] if shadow else [corners.greed, corners.fear]
        found += [only_root(arena.game, member), gain]
    table = Table(quad(), version=2)
    acted = [(arena, dict.fromkeys(arena.members, C)) for arena in quad().arenas]
    lost = losses_outside(table.position.but(arenas=quad().arenas), acted)
    return *found, lost[CHN]


@example("4.2")
def commitments(**counts: float) -> Results:
    return [effort(quad(), USA, int(count)) for count in counts.values()]


@example("4.3")
def the_ladder(t: float, crisis: float) -> Results:
    def rise(tension: float, own: str, militia: str) -> Iterator[RivalPair]:
        scenario = load_scenario("india_pakistan")
        standing = begin(scenario)
        (pair,) = standing.rivals
        pair = at_rung(replace(pair, tension=tension), scenario.consequences)
        acted = [
            (x, {s: Action(militia if s == "MIL" else own) for s in x.members})
            for x in scenario.arenas
        ]
        nothing = dict.fromkeys([x.name for x in scenario.arenas], 0.0)
        while True:
            before = replace(standing, rivals=(pair,))
            ((pair,), _) = rivals_after(before, acted, nothing, (), scenario)
            yield pair

    quiet, loud, back = rise(t, "D", "C"), rise(t, "D", "D"), rise(crisis, "C", "C")
    up = [next(quiet) for _ in range(3)], [next(loud) for _ in range(2)]
    assert all([x.is_in_crisis for x in some] == [False] * (len(some) - 1) + [True] for some in up)
    strained = list(takewhile(lambda pair: pair.rung > 0, back))
    return *(x.tension for some in up for x in some), len(strained) + 1


@example("4.4")
def stakes() -> Results:
    pair = (CHN, USA)
    usual, brink = (at_rungs(begin(quad()), {pair: rung}) for rung in (2, 3))
    backed = stakes_of(replace(brink, produced={"aukus": 1.0}), quad(), pair)
    plain = [stakes_of(standing, quad(), pair).row.P for standing in (usual, brink)]
    return *plain, backed.column.P, backed.row.P


@example("4.5")
def an_alliance() -> Results:
    def aukus(rung: int, seat: Seat) -> tuple[StageGame, int]:
        arena = opened(quad(), at_rungs(begin(quad()), {(CHN, USA): rung}))["aukus"]
        return arena.game, arena.member(seat)

    calm = aukus(0, AUS)
    corners = calm[0].corners(calm[1])
    roots = [only_root(*each) for each in (calm, aukus(2, AUS), aukus(2, USA))]
    return corners.T, corners.R, corners.P, corners.S, *roots, reply_class(*aukus(3, AUS))


@example("4.6")
def dependence(s: float, returned: float, share: float) -> Results:
    rows = {IDN: {CHN: s}, CHN: {IDN: returned}}
    standing = replace(begin(quad()), dependency=rows)
    acted = [(x, dict.fromkeys(x.members, D)) for x in quad().arenas]
    cost = leverage(standing, quad().seats, acted, quad().consequences)[IDN]
    moved = after_one("CC", lambda x: replace(x, dependency={ROW: {COLUMN: s}, COLUMN: {}}))
    assert DILEMMA.arenas[0].game.weight(1) == share
    lean = leaning(rows, IDN, quad().seats)[1]
    return lean, autonomy_of(rows, IDN), cost[1], moved.dependency[ROW][COLUMN]


DILEMMA = load_scenario("prisoners_dilemma")
ROW, COLUMN = DILEMMA.seats


def after_one(
    letters: str,
    change: Callable[[Standing], Standing] = lambda standing: standing,
    **effects: Any,
) -> Standing:
    """Play one round of the library's dilemma."""
    (arena,) = DILEMMA.arenas
    standing, _ = next_standing(
        change(begin(DILEMMA)),
        DILEMMA,
        [played(arena, letters)],
        RoundEffects(**effects),
        arenas=DILEMMA.arenas,
    )
    return standing


@example("4.7")
def trusting(q: float) -> Results:
    broken = [(DILEMMA.arenas[0].name, COLUMN)]
    rounds = after_one("CC"), after_one("CD"), after_one("CD", breaches=broken)
    allies = trust(begin(quad()), USA, AUS)
    return *(trust(each, ROW, COLUMN) for each in rounds), allies, faithful_in_fog(q)


def faithful_in_fog(q: float) -> float:
    """Mix what is seen of C, right with chance q, until the mean counts rest."""
    alpha, beta = 1.0, 1.0
    for _ in range(120):
        held = {ROW: {COLUMN: (alpha, beta)}, COLUMN: {ROW: (1.0, 1.0)}}
        seen = [
            after_one(letters, lambda x, held=held: replace(x, faith=held)).faith[ROW][COLUMN]
            for letters in ("CC", "CD")
        ]
        alpha, beta = (q * seen[0][i] + (1 - q) * seen[1][i] for i in (0, 1))
    return alpha / (alpha + beta)


@example("4.8")
def norms_and_affinity() -> Results:
    results = [played(x, "C" * len(x.members)) for x in quad().arenas]
    standing, _ = next_standing(
        begin(quad()), quad(), results, RoundEffects(), arenas=quad().arenas
    )
    return standing.norms[SUMMIT], standing.affinity[CHN][USA]


@example("4.9")
def institutions(half: float, i: float, q: float) -> Results:
    name = DILEMMA.arenas[0].name
    standing = after_one("CC", lambda x: replace(x, institutions={name: i}), funders={name: [ROW]})
    assert half == 1 / len(DILEMMA.seats)
    table = Table(replace(quad(), monitoring=q), version=2)
    known = replace(table.position.standing, institutions={SUMMIT: i})
    return standing.institutions[name], monitoring(table.position.but(standing=known), SUMMIT)


@example("4.10")
def the_index(parts: tuple[float, float, float, float, float], index: float) -> Results:
    game, contest = LIBRARY["prisoners_dilemma"], LIBRARY["battle_of_the_sexes"]
    span = joint_range(game)
    reached = efficiency(game, game.payoffs((C, D)))
    words = [outlook(index, 2, 2, band) for band in BANDS]
    yielded = efficiency(contest, contest.payoffs((C, C)))
    return span.best, span.corner, reached, index_of(parts), *words, yielded


# 9. Rules 1


@example("9.1")
def the_crisis_of_rules_1(t: float) -> Results:
    one, other = Seat("A"), Seat("B")
    region = a_region((a_dyad("pair", one, other),), rivals=((one, other),))
    standing, rounds = first_standing(region), 0
    assert standing.rivals[0].tension == t
    while not standing.rivals[0].is_in_crisis:
        standing, _ = next_of_first(standing, region, [played(region.arenas[0], "DD")])
        rounds += 1
    return (rounds,)
