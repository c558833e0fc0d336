"""Advice of rules 2: from the whole reply pattern, on the terms in force."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from game_rules.advice.advice_json import advice_json
from game_rules.advice.advisor import advise, beliefs_of, by_its_equilibria
from game_rules.advice.patterns import (
    advise_by_pattern,
    advise_on,
    circumstances,
    steps,
)
from game_rules.advice.reply_patterns import Circumstances, Horizon
from game_rules.doctrines.doctrine import Doctrine
from game_rules.doctrines.hedger import mix
from game_rules.doctrines.seat_view import SeatView
from game_rules.doctrines.situation import firmness
from game_rules.games.corners import Corners
from game_rules.games.exact import profiles
from game_rules.games.payoff_text import parse_payoffs
from game_rules.games.replies import (
    ReplyClass,
    critical_discount_in_fog,
    gain_at,
    reply_class,
)
from game_rules.games.replies import curve as curve_of
from game_rules.games.stage_games import LIBRARY, Bimatrix, C, Collective, D, Terms, collective
from game_rules.lenses.lensed_games import bare_lensed_game, lensed_game
from game_rules.lenses.lenses import Lens
from game_rules.log.position import Position
from game_rules.scenario.moves import Effect, MoveKind
from game_rules.scenario.terms import Cause
from game_rules.scenario_files.scenarios import shipped_scenario
from game_rules.standing.standing import Standing, trusts
from server.hosting.advice import advice_for
from tests.game_rules.rulesets.first import shipped as first
from tests.game_rules.rulesets.second.regions import (
    CHN,
    IDN,
    JPN,
    RED,
    USA,
    SecondTable,
    border,
    quad,
)
from tests.game_rules.rulesets.second.shipped import NAMES, shipped
from tests.game_rules.scenes import Table, a_scenario

PLAIN = Circumstances()
Q_ONE = Circumstances(continuation=0.9)
OPEN = Circumstances(quality=0.9, continuation=0.9)
CODE = first.shipped("south_china_sea").arenas[0]
"""As rules 1 has it, where the straight line is most wrong."""


def trusting(position: Position, chance: Random) -> Position:
    """Let everybody trust everybody else as chance has it."""
    faith = {}
    for seat, row in position.standing.faith.items():
        faith[seat] = {other: (p, 1.0 - p) for other in row for p in (chance.random(),)}
    return position.but(standing=replace(position.standing, faith=faith))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_card_advisor_and_bots_never_contradict_each_other(name: str):
    """About the better action at the same beliefs, over random beliefs, as rounds change terms."""
    chance, table, bot = Random(name), SecondTable(shipped(name)), Doctrine()
    for letter in ("C", "D", "C"):
        for _ in range(2):
            position = trusting(table.position, chance)
            for seat in position.scenario.seats:
                view = SeatView(position, seat)
                for told in advise_on(position, seat):
                    arena = next(x for x in view.arenas if x.name == told.arena)
                    weighed, advice = bot.over_profiles(view, arena), told.advice
                    assert advice.gain is not None
                    if abs(advice.gain) < 1e-9:
                        continue
                    is_c = advice.gain > 0
                    assert advice.best_reply == ((C,) if is_c else (D,))
                    assert (weighed.gain > 0) == is_c
                    assert (firmness(weighed) > 0.5) == is_c
                    assert (mix(weighed) > 0.5) == is_c
        table.round(letter)


@pytest.mark.slow
@pytest.mark.parametrize("name", LIBRARY)
def test_in_the_classic_games_card_command_and_bots_agree(name: str):
    """Card: what the server answers; command: what `detente advise` tells of the bare game."""
    chance, game, bot = Random(name), LIBRARY[name], Doctrine()
    position = SecondTable(shipped_scenario(name)).position
    for _ in range(4):
        trusted = trusting(position, chance)
        for member, seat in enumerate(position.scenario.seats):
            (card,), (told,) = advice_for(trusted, seat), advise_on(trusted, seat)
            bare = by_its_equilibria(game, advise(game, member, told.advice.beliefs))
            weighed = bot.over_profiles(SeatView(trusted, seat), trusted.arenas[0])
            assert card["best_reply"]["gain"] == told.advice.gain
            assert told.advice.gain == pytest.approx(bare.gain, abs=1e-9)
            assert weighed.gain == pytest.approx(bare.gain, abs=1e-9)
            if abs(bare.gain or 0.0) > 1e-9:
                better = ["C"] if weighed.gain > 0 else ["D"]
                assert card["best_reply"]["actions"] == [*bare.best_reply] == better
            assert card["class"] == bare.situation
            assert card["z_star"] == pytest.approx(float(bare.escrow))
            by_chance = advise_by_pattern(game, member, told.advice.beliefs, Q_ONE)
            assert by_chance.discount is None or bare.discount is not None
            assert float(by_chance.discount or 0) == pytest.approx(float(bare.discount or 0))


def test_in_a_game_of_two_that_differ_each_has_the_patience_of_its_own_payoffs():
    game = parse_payoffs("3,3 0,4; 5,0 1,1")
    told = [by_its_equilibria(game, advise(game, x, has_mediation=False)) for x in (0, 1)]
    assert [x.discount for x in told] == [Fraction(1, 2), Fraction(1, 3)]
    assert {x.common_discount for x in told} == {Fraction(1, 2)}


@pytest.mark.slow
def test_patience_in_a_bare_game_of_two_that_differ_goes_by_its_own_equilibria():
    """300 games of small whole numbers: as rules 2 has it without fog."""
    chance, unlike = Random(4), 0
    for _ in range(300):
        rows = [Corners(*(chance.randint(-3, 5) for _ in range(4))) for _ in range(2)]
        game = Bimatrix(*rows)
        old = advise(game, has_mediation=False)
        told = by_its_equilibria(game, old)
        each = [critical_discount_in_fog(game, member, 1.0) for member in range(2)]
        known = [x for x in each if x is not None]
        expected = max(known) if len(known) == 2 else None
        for one, other in ((told.discount, each[0]), (told.common_discount, expected)):
            assert (one is None) == (other is None), (game, one, other)
            assert float(one or 0) == pytest.approx(float(other or 0)), game
        unlike += told.discount != old.discount
    assert unlike >= 3


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_card_is_true_of_every_member_of_every_arena(name: str):
    """Class, cases, curve and tipping points against every profile, at beliefs of all alike."""
    position, chance = SecondTable(shipped(name)).position, Random(name)
    for arena in position.arenas:
        for seat in arena.members:
            game, member = arena.game, arena.member(seat)
            for belief in (chance.random(), 0.05, 0.95):
                alike = (belief,) * game.size
                advice = advise_by_pattern(game, member, alike, circumstances(position, arena))
                seen = advice.pattern
                assert seen is not None
                assert seen.curve is not None
                assert seen.tipping_points is not None
                assert advice.gain == pytest.approx(gain_at(curve_of(game, member), belief))
                below = [x for x in seen.tipping_points if x.belief < belief]
                above = [x for x in seen.tipping_points if x.belief > belief]
                is_c = advice.best_reply == (C,)
                assert not below or below[-1].is_c_above == is_c
                assert not above or above[0].is_c_above != is_c
            gains = [by_profile(game, member, others) for others in profiles(game.size - 1)]
            assert seen.best_in == sum(gain > 1e-12 for gain in gains)
            assert seen.cases == len(gains)
            assert float(advice.escrow) == pytest.approx(max(0.0, -min(gains)), abs=1e-9)
            expected = [gain_at(curve_of(game, member), p / 20) for p in range(21)]
            assert list(seen.curve) == pytest.approx(expected, abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_card_is_true_on_terms_that_rounds_have_changed(name: str):
    """Under shadows of blocs, on every rung and in crises: cases and z* of every profile."""
    table, changed = SecondTable(shipped(name)), 0
    for letter in "CDDD":
        table.round(letter)
        position = table.position
        for seat in position.scenario.seats:
            for told in advise_on(position, seat):
                arena = next(x for x in position.arenas if x.name == told.arena)
                game, member = arena.game, arena.member(seat)
                gains = [by_profile(game, member, x) for x in profiles(game.size - 1)]
                assert float(told.advice.escrow) == pytest.approx(max(0, -min(gains)), abs=1e-9)
                assert told.advice.pattern is not None
                assert told.advice.pattern.best_in == sum(gain > 1e-12 for gain in gains)
                changed += bool(told.steps)
    assert changed > 0


def by_profile(game, member: int, others) -> float:
    with_c, with_d = (
        game.payoffs((*others[:member], mine, *others[member:]))[member] for mine in (C, D)
    )
    return with_c - with_d


def test_china_in_the_code_is_told_the_true_figures():
    """Shown by the line: trust 78 %. True: C is best from 22 % on."""
    china = CODE.members.index(CHN)
    advice = advise_by_pattern(CODE.game, china, (0.5,) * CODE.game.size, PLAIN)
    assert float(advice.tipping_point or 0) == pytest.approx(0.219, abs=0.001)
    assert advice.best_reply == (C,)
    old = advise(CODE.game, china, (0.5,) * CODE.game.size, has_mediation=False)
    assert float(old.tipping_point or 0) == pytest.approx(0.78, abs=0.005)


def test_f_star_is_told_alone_only_where_it_is_the_one_belief_to_cooperate_from():
    chicken = advise_by_pattern(LIBRARY["chicken"], 0, (1, 0.5), PLAIN)
    assert chicken.tipping_point is None
    assert chicken.pattern is not None
    assert [x.is_c_above for x in chicken.pattern.tipping_points or ()] == [False]
    dilemma = advise_by_pattern(LIBRARY["prisoners_dilemma"], 0, (1, 0.5), PLAIN)
    assert dilemma.tipping_point is None


def test_an_arena_is_named_by_its_pattern_and_a_matrix_as_before():
    needed = collective((1, 1, 1), Terms(b=9, c=2, e=0, g=2, d=0, sigma=0.9), theta=0.6)
    assert (
        advise_by_pattern(needed, 0, (0.5,) * 3, PLAIN).situation is ReplyClass.VOLUNTEERS_DILEMMA
    )
    lopsided = Bimatrix(Corners(5, 3, 1, 0), Corners(3, 4, 2, 0))
    old = advise(lopsided, 0, has_mediation=False)
    assert advise_by_pattern(lopsided, 0, (0.5, 0.5), PLAIN).situation == old.situation
    seen = bare_lensed_game(Lens.REALISM, LIBRARY["stag_hunt"])
    assert advise_by_pattern(seen, 0, (0.5, 0.5), PLAIN).situation == "prisoners_dilemma"


@pytest.mark.parametrize(
    ("game", "horizon"),
    [
        ("prisoners_dilemma", Horizon.UNRAVELS),
        ("stag_hunt", Horizon.CAN_HOLD),
        ("chicken", Horizon.CAN_HOLD),
    ],
)
def test_at_a_known_end_no_discount_is_told(game: str, horizon: Horizon):
    advice = advise_by_pattern(LIBRARY[game], 0, (0.5, 0.5), PLAIN)
    assert advice.pattern is not None
    assert (advice.pattern.horizon, advice.discount, advice.common_discount) == (
        horizon, None, None,
    )  # fmt: skip


def test_where_nobody_can_rest_the_end_tells_nothing():
    pennies = Bimatrix(Corners(T=1, R=0, P=0, S=1), Corners(T=0, R=1, P=1, S=0))
    advice = advise_by_pattern(pennies, 0, (0.5, 0.5), PLAIN)
    assert advice.pattern is not None
    assert (advice.pattern.horizon, advice.pattern.worst) == (Horizon.NO_EQUILIBRIUM, None)
    assert advise_by_pattern(pennies, 0, (0.5, 0.5), OPEN).common_discount is None


def test_by_chance_the_discount_counts_fog_and_whoever_needs_most():
    dilemma = LIBRARY["prisoners_dilemma"]
    advice = advise_by_pattern(dilemma, 0, (0.5, 0.5), OPEN)
    assert float(advice.discount or 0) == pytest.approx(0.654, abs=0.001)
    both = Bimatrix(dilemma.row, LIBRARY["stag_hunt"].row)
    of_all = advise_by_pattern(both, 1, (0.5, 0.5), OPEN)
    assert of_all.discount == 0
    assert float(of_all.common_discount or 0) == critical_discount_in_fog(both, 0, 0.9)


def test_the_round_before_which_nothing_ends_is_told_while_it_is_to_come():
    scenario = replace(quad(), continuation=0.9, least_rounds=3, monitoring=0.9)
    position = SecondTable(scenario).position
    arena = position.arenas[2]
    told = circumstances(position, arena)
    assert (told.continuation, told.no_end_before) == (0.9, 3)
    assert told.quality == pytest.approx(0.91)
    assert circumstances(position.but(round=3), arena).no_end_before == 0
    assert circumstances(SecondTable(quad()).position, arena) == Circumstances()


def test_of_more_than_twelve_members_only_what_can_be_computed_is_told():
    crowd = collective((1,) * 20, Terms(b=40, c=2, e=1, g=1, d=1, sigma=0.5), theta=0.5)
    advice = advise_by_pattern(crowd, 0, (0.9,) * 20, OPEN)
    seen = advice.pattern
    assert seen is not None
    assert (advice.situation, seen.best_in, seen.curve, seen.tipping_points) == (None,) * 4
    assert (seen.is_bound, seen.worst, seen.horizon, advice.discount) == (True, None, None, None)
    assert (advice.pure, advice.levers, seen.cases) == (None, (), 2**19)
    assert advice.gain is not None
    assert advice.best_reply == ((C,) if advice.gain > 0 else (D,))
    assert advice.escrow > 0
    document = advice_json(advice)
    assert document["class"] is None
    assert document["pattern"]["z_is_bound"]


@pytest.mark.slow
def test_levers_change_the_class_of_the_whole_pattern_as_they_say():
    chance, found = Random(2), 0
    for _ in range(30):
        size = chance.randint(2, 5)
        terms = [Terms(*(chance.uniform(0, 6) for _ in range(5)), 0.3) for _ in range(size)]
        game = collective([chance.uniform(1, 4) for _ in range(size)], terms, chance.random())
        for lever in advise_by_pattern(game, 0, (0.5,) * size, PLAIN).levers:
            found += 1
            way = 1 if lever.is_up else -1
            value = lever.now + lever.change + way * 1e-6 * lever.is_beyond
            own = game.terms[0]
            changed = (
                replace(game, theta=value)
                if lever.parameter == "theta"
                else replace(
                    game, terms=(replace(own, **{lever.parameter: value}), *game.terms[1:])
                )
            )
            assert reply_class(changed, 0) == lever.game_class.value
    assert found > 20


def test_levers_of_a_matrix_stay_and_those_through_a_lens_are_judged_through_it():
    dilemma = LIBRARY["prisoners_dilemma"]
    kept = advise_by_pattern(dilemma, 0, (0.5, 0.5), PLAIN).levers
    assert kept == advise(dilemma, 0, has_mediation=False).levers
    seen = bare_lensed_game(Lens.LIBERALISM, dilemma)
    assert advise_by_pattern(seen, 0, (0.5, 0.5), PLAIN).levers
    summit = SecondTable(quad()).position.arenas[2]
    context = SeatView(SecondTable(quad()).position, CHN).context
    through = lensed_game(Lens.REALISM, summit, context)
    for lever in advise_by_pattern(through, 0, (0.5,) * 6, PLAIN).levers:
        assert lever.parameter in {"b", "c", "e", "g", "d", "sigma", "theta"}


def test_terms_are_told_step_by_step_with_their_reasons():
    table = SecondTable(quad())
    table.round("C")
    position = table.position
    summit = next(x for x in position.arenas if x.name == "east_asia_summit")
    told = [x for x in steps(position, summit, CHN) if x.parameter == "c"]
    assert [(x.cause, x.because) for x in told] == [
        (Cause.INSTITUTION, ()),
        (Cause.SHADOW, ("quad", "aukus")),
    ]
    assert told[0].before == 2.0
    assert told[0].after == told[1].before
    assert isinstance(summit.game, Collective)
    assert told[1].after == pytest.approx(summit.game.terms[summit.member(CHN)].c)
    assert [x for x in steps(position, summit, USA) if x.cause is Cause.SHADOW] == []


def test_who_joined_starts_from_the_common_terms_and_a_strange_arena_has_no_steps():
    table = SecondTable(quad())
    joined = Effect(MoveKind.DIVERSIFY, (RED,), "east_asia_summit", 1, None)
    position = table.position.but(effects=(joined,))
    plain = position.arenas[2]
    summit = replace(plain, members=(*plain.members, RED))
    (exposed, dear) = steps(position, summit, RED)
    assert (exposed.parameter, exposed.before, dear.parameter, dear.before) == ("e", 2.0, "c", 2.0)
    assert steps(position, replace(plain, name="elsewhere"), USA) == ()
    central = SecondTable(shipped("sco_central_asia")).position
    matrix = next(x for x in central.arenas if isinstance(x.game, Bimatrix))
    assert steps(central, matrix, matrix.members[0]) == ()


def sure(position: Position, trust: float) -> Position:
    standing: Standing = position.standing
    faith = {x: dict.fromkeys(row, (trust, 1 - trust)) for x, row in standing.faith.items()}
    return position.but(standing=replace(standing, faith=faith))


def test_one_more_commitment_has_a_price_and_advice_says_which_to_give_up():
    """The United States is for C in all four arenas, and can honour three."""
    position = sure(SecondTable(quad()).position, 0.95)
    told = {x.arena: x for x in advise_on(position, USA)}
    assert all(x.advice.best_reply == (C,) for x in told.values())
    efforts = {name: x.effort for name, x in told.items()}
    assert {x.price for x in efforts.values() if x is not None} == {1.5}
    dropped = [name for name, x in efforts.items() if x is not None and x.is_given_up]
    assert dropped == [min(told, key=lambda name: told[name].advice.gain or 0.0)]
    ordered = Doctrine().order(SeatView(position, USA), lambda _: 0.0)
    assert [name for name, action in ordered.items() if action is D] == dropped
    for seat in (JPN, IDN):
        assert not any(x.effort and x.effort.is_given_up for x in advise_on(position, seat))


def test_a_crisis_is_no_commitment():
    table = SecondTable(border())
    table.round("D")
    table.round("D")
    seat = table.position.scenario.seats[0]
    efforts = {x.arena: x.effort for x in advise_on(table.position, seat)}
    assert efforts["crisis_ind_pak"] is None
    assert efforts["line_of_control"] is not None


def test_in_rules_1_the_advice_is_what_it_was():
    position = Table(a_scenario(), version=1).start().position
    held = trusts(position.standing)
    for told in advise_on(position, CHN):
        arena = next(x for x in position.arenas if x.name == told.arena)
        beliefs = beliefs_of(arena, CHN, held)
        member = arena.member(CHN)
        assert told.advice == advise(arena.game, member, beliefs, has_mediation=False)
        assert (told.steps, told.effort, told.advice.pattern) == ((), None, None)
        assert "pattern" not in advice_json(told.advice)
