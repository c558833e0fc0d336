"""Examples of sections 1 to 3 and 5: games, lenses, what is agreed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from game_rules.games.corners import Corners
from game_rules.games.replies import (
    cases,
    critical_discount_in_fog,
    critical_escrow_of_all,
    reply_class,
    worst_equilibrium,
)
from game_rules.games.stage_games import LIBRARY, Action, StageGame, Terms, collective, symmetric
from game_rules.games.supergame import linked_discount
from game_rules.games.tipping_points import tipping_points
from game_rules.lenses.expected import expected
from game_rules.lenses.lensed_games import bare_lensed_game, corners_seen
from game_rules.lenses.lenses import (
    Lens,
    LensParameters,
    Regard,
    constructivist,
    liberal,
    realist,
    utility,
)
from game_rules.rulesets.second.aftermath import begin
from game_rules.rulesets.second.blocs import exclusivity
from game_rules.rulesets.second.mediation import mediated
from game_rules.scenario.moves import Effect, MoveKind
from game_rules.scenario_files.scenarios import load_scenario
from tests.game_rules.rulesets.second.regions import CHN, JPN, PHL, opened
from tests.rules_page.page import Examples, Results
from tests.rules_page.quads import SUMMIT, only_root, quad, terms_of

C, D = Action.C, Action.D

EXAMPLES = Examples()
example = EXAMPLES.example


# 1. The repeated game


@example("1.1")
def patience(t: float, r: float, p: float, s: float, **qualities: float) -> Results:
    game = symmetric(t, r, p, s)
    needed = [critical_discount_in_fog(game, 0, q) for q in (1.0, *qualities.values())]
    return worst_equilibrium(game, 0), *needed


@example("1.2")
def linkage(hunts: float) -> Results:
    own = [LIBRARY[x].row for x in ("prisoners_dilemma", *["stag_hunt"] * int(hunts))]
    return (linked_discount(own),)


# 2. Stage games


def three(w: Sequence[float], theta: float, **terms: float) -> StageGame:
    return collective(w, Terms(**terms), theta)


@example("2.1")
def a_payoff(profile: str, **about: Any) -> Results:
    return three(**about).payoffs([Action(x) for x in profile])


@example("2.2")
def greed_and_fear(**about: Any) -> Results:
    game = three(**about)
    found = game.corners(0)
    four = (found.T, found.R, found.P, found.S)
    return *four, found.greed, found.fear, reply_class(game, 0)


@example("2.3")
def levers(harsher: float, **about: float) -> Results:
    usual, worse = (three(w=(1, 1), theta=1.0, **{**about, "d": d}) for d in (about["d"], harsher))
    greed, fear = usual.corners(0).greed, usual.corners(0).fear
    return greed, fear, reply_class(usual, 0), worse.corners(0).fear, reply_class(worse, 0)


@example("2.4")
def tipping(**corners: float) -> Results:
    return (only_root(symmetric(*(corners[x] for x in "trps")), 0),)


@example("2.5")
def tipping_with_a_threshold(**about: Any) -> Results:
    game = three(**about)
    return only_root(game, 0), game.corners(0).tipping_point


@example("2.6")
def the_code_of_conduct() -> Results:
    arena = opened(load_scenario("south_china_sea"))["code_of_conduct"]
    game, phl, chn = arena.game, arena.member(PHL), arena.member(CHN)
    every = cases(game, phl)
    best = sum(each.gain > 0 for each in every)
    escrow = critical_escrow_of_all(game, phl)
    names = reply_class(game, phl), reply_class(game, chn)
    return names[0], best, len(every), escrow, names[1], only_root(game, chn)


# 3. Lenses


@example("3.1")
def realists_see_a_dilemma(k: float, edge: float) -> Results:
    seen, at_edge = (
        bare_lensed_game(Lens.REALISM, LIBRARY["stag_hunt"], LensParameters(k=x)).corners(0)
        for x in (k, edge)
    )
    return seen.greed, seen.fear, seen.game_class, at_edge.greed


@example("3.2")
def threats_are_shared_out(threats: Sequence[float], k: float) -> Results:
    found = realist((0.0, *threats), k)
    return *found.toward[1:], found.own


@example("3.3")
def mutual_cooperation_seen(m: float, i: float, a: float, n: float) -> Results:
    usual = LensParameters()
    regards = liberal((0.0, m), i, usual), constructivist((0.0, a), n, 0, usual)
    paid = LIBRARY["prisoners_dilemma"].payoffs((C, C))
    return [utility(each, 0, paid, C) for each in regards]


@example("3.4")
def a_weight_on_the_other(first: float, second: float) -> Results:
    seen = [
        corners_seen(LIBRARY["prisoners_dilemma"], 0, Regard(1.0, (0.0, q)))
        for q in (first, second)
    ]
    return seen[0].fear, seen[1].greed


# 5. Negotiation and moves


@example("5.1")
def escrow(z: float) -> Results:
    game = LIBRARY["prisoners_dilemma"]
    own = game.row
    staked = Corners(own.T - z, own.R, own.P - z, own.S)
    held = symmetric(staked.T, staked.R, staked.P, staked.S)
    return critical_escrow_of_all(game, 0), reply_class(held, 0)


@example("5.2")
def moves_in_force() -> Results:
    arenas = {x.name: x for x in quad().arenas}
    exercise, doors = (
        Effect(kind, (JPN,), "quad", 1, 2) for kind in (MoveKind.EXERCISE, MoveKind.CONFIDENCE)
    )
    link = Effect(MoveKind.LINK, (JPN,), SUMMIT, 1, 4, "disaster_relief")
    standing = replace(begin(quad()), produced={"disaster_relief": 1.0})
    plain = opened(quad(), standing)[SUMMIT]
    linked = opened(quad(), standing, effects=(link,))[SUMMIT]
    return (
        arenas["quad"].exclusive,
        exclusivity(arenas["quad"], CHN, (exercise,), quad().moves),
        opened(quad(), effects=(doors,))["quad"].exclusive,
        terms_of(arenas["disaster_relief"], JPN).b,
        terms_of(plain, JPN).g - terms_of(linked, JPN).g,
    )


@example("5.3")
def mediation() -> Results:
    found: list[float] = []
    for name in ("battle_of_the_sexes", "chicken"):
        (mix,) = tipping_points(LIBRARY[name], 0)
        told_to = mediated(LIBRARY[name])
        assert told_to is not None
        found += [expected(LIBRARY[name], 0, (0.0, mix.belief)).with_c, told_to / 2]
    return found
