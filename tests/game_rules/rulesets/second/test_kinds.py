"""The moves of rules 2: when they are open, what they cost, and what they put in force."""

from dataclasses import replace

import pytest

from game_rules.advice.move_offers import moves_open_to, offer_of
from game_rules.errors import MoveNotAllowed
from game_rules.games.stage_games import LIBRARY, Collective, Terms
from game_rules.log.evolve import fold
from game_rules.match import commands as c
from game_rules.match.visibility import redact
from game_rules.moves.preview import Changed
from game_rules.roles import Actor, Role, seated
from game_rules.rulesets.second.blocs import exclusivity
from game_rules.rulesets.second.kinds import KINDS_OF_SECOND
from game_rules.rulesets.second.sight import monitoring
from game_rules.scenario.moves import Effect, Move, MoveKind
from game_rules.scenario.scenario import CRISIS
from game_rules.scenario.terms import Cause
from tests.game_rules.rulesets.second.regions import (
    AUS,
    CHN,
    IDN,
    IND,
    JPN,
    LOWY,
    MIL,
    PAK,
    RED,
    USA,
    SecondTable,
    an_open,
    border,
    quad,
)
from tests.game_rules.rulesets.second.shipped import shipped
from tests.game_rules.scenes import an_arena

FOG = quad(monitoring=0.8)


def make(table: SecondTable, seat, *about, **more) -> SecondTable:
    """Seal a move, and play the round that it is opened in."""
    kind, arena, *rest = about
    move = Move(MoveKind(kind), arena, *rest, **more)
    table.do(c.MakeMove(table.position.round, move), Actor(Role.PLAYER, seat))
    table.round("C")
    return table


def why_not(table: SecondTable, seat, *about, **more) -> str:
    with pytest.raises(MoveNotAllowed) as refusal:
        make(table, seat, *about, **more)
    return str(refusal.value)


def arena_of(table: SecondTable, name: str):
    return next(x for x in table.position.arenas if x.name == name)


def terms_of(table: SecondTable, name: str, seat):
    arena = arena_of(table, name)
    assert isinstance(arena.game, Collective)
    return arena.game.terms[arena.member(seat)]


def last_cost(table: SecondTable) -> float:
    return sum(x.cost for x in table.position.history[-1].moves)


def caused(table: SecondTable, name: str, cause: Cause):
    return [x for x in arena_of(table, name).changes if x.cause is cause]


# Confidence


def test_sight_is_cleared_by_an_institution_and_more_by_confidence():
    table = SecondTable(FOG)
    assert monitoring(table.position, "quad") == pytest.approx(0.8 + 0.2 * 0.5 * 0.2)
    make(table, CHN, "confidence", "east_asia_summit")
    assert monitoring(table.position, "east_asia_summit") == 0.97
    assert last_cost(table) == 0.5


def test_an_institution_may_see_further_than_confidence_does():
    table = SecondTable(quad(monitoring=0.98))
    make(table, CHN, "confidence", "east_asia_summit")
    assert monitoring(table.position, "east_asia_summit") > 0.98


def test_a_bloc_that_opens_its_doors_halves_its_shadow_at_a_price():
    table = make(SecondTable(quad()), USA, "confidence", "quad")
    assert arena_of(table, "quad").exclusive == 0.25
    assert terms_of(table, "quad", JPN).b == 6
    assert terms_of(table, "east_asia_summit", CHN).c == pytest.approx(
        2 * (1 - 0.25 * 0.18) + 3 * (0.25 + 0.3)
    )


def test_confidence_is_of_use_without_fog_where_rivals_meet_or_a_bloc_can_open():
    plain = SecondTable(border())
    assert why_not(plain, MIL, "confidence", "rivers_and_trade").startswith("MIL is not")
    apart = replace(border(), rivals=(), starts=())
    told = why_not(SecondTable(apart), IND, "confidence", "rivers_and_trade")
    assert "nothing is hidden and nobody is a rival" in told
    assert make(plain, IND, "confidence", "rivers_and_trade").position.effects


def test_in_a_bloc_by_a_matrix_doors_open_without_a_price():
    matrix = replace(an_arena("pact", (IND, PAK), LIBRARY["stag_hunt"]), exclusive=0.5)
    scenario = replace(border(), arenas=(*border().arenas, matrix))
    table = make(SecondTable(scenario), IND, "confidence", "pact")
    assert (arena_of(table, "pact").exclusive, arena_of(table, "pact").game) == (0.25, matrix.game)


# Restraint and exercise


def test_restraint_lowers_ones_own_temptation_but_not_below_nothing():
    table = make(SecondTable(border()), IND, "restraint", "line_of_control")
    assert terms_of(table, "line_of_control", IND).g == 0
    assert terms_of(table, "line_of_control", PAK).g == 1


def test_a_temptation_below_nothing_stays():
    scenario = border()
    militia = scenario.players[-1].seat
    table = make(SecondTable(scenario), militia, "restraint", "line_of_control")
    assert terms_of(table, "line_of_control", militia).g == -1.5
    assert caused(table, "line_of_control", Cause.RESTRAINT) == []


def test_an_exercise_helps_inside_and_darkens_outside_unless_the_rival_is_invited():
    table = make(SecondTable(quad()), USA, "exercise", "quad")
    assert terms_of(table, "quad", IND).b == 8
    assert exclusivity(arena_of(table, "quad"), CHN, table.position.effects, quad().moves) == 0.75
    invited = make(SecondTable(quad()), USA, "exercise", "quad", seats=(CHN,))
    assert (
        exclusivity(arena_of(invited, "quad"), CHN, invited.position.effects, quad().moves) == 0.5
    )
    assert table.position.standing.rivals == invited.position.standing.rivals


def test_an_exercise_of_two_seats_is_one_and_invites_whom_either_invites():
    table = SecondTable(quad())
    for seat, guests in ((USA, ()), (JPN, (CHN,))):
        move = Move(MoveKind.EXERCISE, "quad", None, guests)
        table.do(c.MakeMove(1, move), Actor(Role.PLAYER, seat))
    table.round("C")
    (effect,) = table.position.effects
    assert (effect.makers, effect.members) == ((USA, JPN), (CHN,))
    assert terms_of(table, "quad", IND).b == 8


@pytest.mark.parametrize("kind", ["restraint", "exercise"])
def test_a_game_by_a_matrix_has_no_terms_to_change(kind):
    matrix = replace(an_arena("pact", (IND, PAK), LIBRARY["stag_hunt"]), exclusive=0.5)
    scenario = replace(border(), arenas=(*border().arenas, matrix))
    assert "is a game by a matrix" in why_not(SecondTable(scenario), IND, kind, "pact")


# Diversification


def leaning_on_india(scenario=None) -> SecondTable:
    table = SecondTable(scenario or border())
    rows = {seat: {IND: 0.4} if seat == PAK else {} for seat in table.position.scenario.seats}
    standing = replace(table.position.standing, dependency=rows)
    table.position = table.position.but(standing=standing)
    return table


def test_each_way_to_diversify_is_offered_at_its_own_price():
    position = leaning_on_india().position
    source = Move(MoveKind.DIVERSIFY, "rivers_and_trade", seats=(IND,))
    assert offer_of(position, PAK, source).cost == position.scenario.moves.second_cost
    kind, rules = KINDS_OF_SECOND[MoveKind.DIVERSIFY], position.scenario.moves
    assert kind.price(rules, Move(MoveKind.DIVERSIFY, "relief")) == rules.diversify_cost


def test_a_second_source_costs_a_tenth_of_the_benefit_and_a_point_once():
    table = make(leaning_on_india(), PAK, "diversify", "rivers_and_trade", seats=(IND,))
    assert last_cost(table) == 1
    assert terms_of(table, "rivers_and_trade", PAK).b == pytest.approx(4.5)
    assert terms_of(table, "rivers_and_trade", IND).b == 5
    (change,) = caused(table, "rivers_and_trade", Cause.SECOND_SOURCE)
    assert (change.seats, change.because) == ((PAK,), (IND,))
    told = why_not(table, PAK, "diversify", "rivers_and_trade", seats=(IND,))
    assert "has a second source beside IND" in told


def test_a_second_source_never_raises_a_payoff_at_equal_play():
    plain, second = leaning_on_india(), leaning_on_india()
    make(second, PAK, "diversify", "rivers_and_trade", seats=(IND,))
    plain.round("C")
    for letters in ("CC", "CD", "DC", "DD"):
        one, other = (
            [x.payoffs[PAK] for x in table.round("C", rivers_and_trade=letters).history[-1].results]
            for table in (plain, second)
        )
        assert all(after <= before for before, after in zip(one, other, strict=True))


@pytest.mark.parametrize(
    ("seats", "told"),
    [
        ((IND, USA), "2 partners; a second source is found beside one"),
        ((PAK,), "PAK is no partner in rivers_and_trade; choose among IND"),
        ((USA,), "USA is no partner in rivers_and_trade; choose among IND"),
    ],
)
def test_a_second_source_is_found_beside_one_partner(seats, told):
    assert why_not(leaning_on_india(), PAK, "diversify", "rivers_and_trade", seats=seats) == told


def test_a_seat_that_leans_on_nobody_has_nothing_to_replace():
    told = why_not(SecondTable(border()), PAK, "diversify", "rivers_and_trade", seats=(IND,))
    assert "does not lean on IND by 0.1 or more" in told


def test_a_second_source_takes_no_figure_of_power():
    """Only who founds or joins an arena is weighed."""
    bare = tuple(replace(player, figures={}) for player in border().players)
    table = leaning_on_india(replace(border(), players=bare))
    make(table, PAK, "diversify", "rivers_and_trade", seats=(IND,))
    assert last_cost(table) == 1


def test_sources_beside_two_partners_stand_side_by_side():
    table = make(leaning_on_india(), PAK, "diversify", "rivers_and_trade", seats=(IND,))
    also = leaning_on_india()
    also.position = also.position.but(effects=table.position.effects)
    make(also, PAK, "diversify", "line_of_control", seats=(IND,))
    assert [x.arena for x in also.position.effects] == ["rivers_and_trade", "line_of_control"]


def leaning_on_the_states(lean: float = 0.1) -> SecondTable:
    """The Quad, and aid of two others; the relief agency, outside of it, leans on one state."""
    aid = an_open("aid", (JPN, IDN), Terms(b=4, c=1, e=0.5, g=0.5, d=0.2, sigma=0.2))
    region = quad()
    table = SecondTable(replace(region, arenas=(*region.arenas, aid)))
    rows = {seat: {USA: lean} if seat == RED else {} for seat in region.seats}
    standing = replace(table.position.standing, dependency=rows)
    table.position = table.position.but(standing=standing)
    return table


def test_an_open_arena_without_the_partner_can_be_joined_on_its_common_terms():
    table = make(leaning_on_the_states(), RED, "diversify", "aid")
    assert last_cost(table) == 2
    for _ in range(3):
        joined = arena_of(table, "aid")
        assert joined.members == (JPN, IDN, RED)
        assert isinstance(joined.game, Collective)
        raw = [LOWY[seat] for seat in joined.members]
        assert joined.game.weights == pytest.approx([x / sum(raw) for x in raw])
        assert terms_of(table, "aid", RED).g == 0.5
        table.round("C")


def test_to_join_others_by_the_side_of_the_partner_is_no_diversification():
    assert why_not(leaning_on_the_states(), RED, "diversify", "east_asia_summit") == (
        "RED leans on USA, who is in east_asia_summit; join an arena without it"
    )


def test_a_seat_that_leans_on_nobody_joins_no_arena():
    assert why_not(leaning_on_the_states(0.09), RED, "diversify", "aid") == (
        "RED leans on nobody by 0.1 or more; it has no need of another source"
    )


def test_a_bloc_is_closed_to_whoever_would_join():
    assert why_not(leaning_on_the_states(), RED, "diversify", "quad") == (
        "quad is exclusive; join an arena that is open to all"
    )


# Links and funds


def test_a_link_takes_half_of_what_the_other_arena_yields_from_temptation():
    table = make(SecondTable(quad()), CHN, "link", "east_asia_summit", "disaster_relief")
    assert last_cost(table) == 0.5
    assert terms_of(table, "east_asia_summit", CHN).g == pytest.approx(2.3 - 2)
    assert terms_of(table, "disaster_relief", IDN).g == pytest.approx(0.5 - 3.5)
    assert terms_of(table, "disaster_relief", RED).g == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("quad", "are both security; link two domains"),
        ("east_asia_summit", "is linked to itself"),
        ("agenda", "is a game by a matrix; link arenas with terms"),
    ],
)
def test_a_link_joins_two_domains_with_terms(other, told):
    agenda = an_arena("agenda", (USA, AUS), LIBRARY["battle_of_the_sexes"])
    scenario = replace(quad(), arenas=(*quad().arenas, agenda))
    assert told in why_not(SecondTable(scenario), USA, "link", "east_asia_summit", other)


def test_an_institution_grows_by_the_share_that_funds_it_and_never_above_one():
    table = make(SecondTable(border()), IND, "fund", "rivers_and_trade")
    strengths = table.position.standing.institutions
    assert strengths["rivers_and_trade"] == pytest.approx(0.9 * 0.2 + 0.3 * 0.5)
    assert strengths["line_of_control"] == pytest.approx(0.18)
    assert last_cost(table) == 0.5
    full = replace(table.position.standing, institutions={"rivers_and_trade": 1.0})
    table.position = table.position.but(standing=full)
    for seat in (IND, PAK):
        fund = c.MakeMove(2, Move(MoveKind.FUND, "rivers_and_trade"))
        table.do(fund, Actor(Role.PLAYER, seat))
    table.round("C")
    assert table.position.standing.institutions["rivers_and_trade"] == 1


# What a seat is told before


def offers(table: SecondTable, seat):
    return {
        (x.move.kind, x.move.arena, x.move.seats): x for x in moves_open_to(table.position, seat)
    }


def test_a_seat_is_told_what_each_move_would_change():
    table = SecondTable(FOG)
    found = offers(table, USA)
    sight, price = found[MoveKind.CONFIDENCE, "quad", ()].changes
    assert (sight.figure, sight.before, sight.after) == (
        Changed.MONITORING,
        pytest.approx(0.82),
        0.97,
    )
    assert (price.figure, price.before, price.after) == (Changed.BENEFIT, 7, 6)
    (more, *_) = found[MoveKind.EXERCISE, "quad", ()].changes
    assert (more.before, more.after) == (7, 8)
    (strength,) = found[MoveKind.FUND, "quad", ()].changes
    assert (strength.before, strength.after) == (
        pytest.approx(0.18),
        pytest.approx(0.18 + 0.3 / 4),
    )
    (one,) = offers(leaning_on_the_states(), RED)[MoveKind.DIVERSIFY, "aid", ()].changes
    assert (one.figure, one.before) == (Changed.WEIGHT, 0)


def test_a_second_source_and_a_link_are_told_too():
    table = leaning_on_india()
    found = offers(table, PAK)
    (less,) = found[MoveKind.DIVERSIFY, "rivers_and_trade", (IND,)].changes
    assert (less.before, less.after) == (5, 4.5)
    (freed,) = found[MoveKind.LINK, "nuclear_restraint", ()].changes
    assert freed.figure is Changed.TEMPTATION
    assert all(x.partners == () for x in found.values())


def test_a_seat_may_be_in_force_only_where_it_is_not_a_crisis():
    hot = replace(border(), starts=tuple(replace(x, tension=0.9) for x in border().starts))
    table = SecondTable(hot)
    kinds = {x.move.kind for x in moves_open_to(table.position, IND) if CRISIS in x.move.arena}
    assert kinds == {MoveKind.CONFIDENCE, MoveKind.MEDIATION}


def test_effects_of_kinds_that_change_no_terms_change_none():
    table = SecondTable(quad())
    asked = Effect(MoveKind.MEDIATION, (USA,), "quad", 1, 2)
    table.position = table.position.but(effects=(asked,))
    table.round("C")
    assert terms_of(table, "quad", USA).b == 7


@pytest.mark.slow
@pytest.mark.parametrize("region", [quad, border])
def test_in_fog_every_seat_is_offered_just_what_it_may_do(region):
    table = SecondTable(region(monitoring=0.9))
    for letter in "CD":
        table.round(letter)
    position = table.position
    for seat in position.scenario.seats:
        told = (redact(x, seated(seat), position.scenario) for x in table.log)
        seen = moves_open_to(fold(x for x in told if x is not None), seat)
        assert [x.move for x in seen] == [x.move for x in moves_open_to(position, seat)]
        links = [x for x in seen if x.move.kind is MoveKind.LINK]
        assert all(x.changes == () for x in links), "what the other arena produced is hidden"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["korean_peninsula", "taiwan_strait", "bri_corridors"])
def test_in_fog_an_offer_counts_the_terms_that_all_are_told(name):
    """Shadows and strained rivals as the arenas in force show them; a link's yield stays hidden."""
    table = SecondTable(shipped(name))
    for letter in "CDC":
        table.round(letter)
        position = table.position
        for seat in position.scenario.seats:
            told = (redact(x, seated(seat), position.scenario) for x in table.log)
            seen = moves_open_to(fold(x for x in told if x is not None), seat)
            for theirs, real in zip(seen, moves_open_to(position, seat), strict=True):
                if theirs.move.kind is not MoveKind.LINK:
                    assert (theirs.changes, theirs.classes) == (real.changes, real.classes)


def test_in_fog_a_link_in_force_is_counted_while_it_lasts():
    table = make(
        SecondTable(quad(monitoring=0.9)), CHN, "link", "east_asia_summit", "disaster_relief"
    )
    told = (redact(x, seated(CHN), table.position.scenario) for x in table.log)
    seen = fold(x for x in told if x is not None)
    move = Move(MoveKind.RESTRAINT, "east_asia_summit")
    theirs, real = (offer_of(each, CHN, move) for each in (seen, table.position))
    assert theirs == real
    assert any(x.cause is Cause.LINK for x in arena_of(table, "east_asia_summit").changes)
