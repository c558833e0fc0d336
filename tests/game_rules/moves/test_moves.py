"""Moves: made in secret, opened with the orders, in force from the next round on."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.errors import ArenaNotYours, MoveNotAllowed, NotNow, NotYours, TooLate, WrongRound
from game_rules.games.stage_games import LIBRARY, C, D, GameClass, collective
from game_rules.log import events as e
from game_rules.match import commands as c
from game_rules.moves.kinds import KINDS
from game_rules.records.record import read_record, verify, write_record
from game_rules.roles import Actor, Role, Seat
from game_rules.rounds.fog import in_fog
from game_rules.scenario.moves import NO_MOVES, Effect, Move, MoveKind, MoveRules
from game_rules.scenario.pacts import Binding, PactTerms, Pledge
from game_rules.scenario.scenario import FigureStatus, Override, PhaseSeconds
from game_rules.scenario_files.scenarios import load_scenario
from game_rules.standing.standing import main_supplier, trust
from tests.game_rules.drawn import logs
from tests.game_rules.scenes import CHN, JPN, PHL, TERMS, Table, a_scenario, an_arena, deadline_of

ROUNDS = PhaseSeconds(briefing=0, negotiation=30, decision=20, reveal=0)
TREATY = replace(an_arena("treaty", (JPN, PHL), collective((1, 1), TERMS)), exclusive=0.2)
OPEN = an_arena("trade", (CHN, JPN), collective((1, 1), TERMS))


def a_table(**changes: Any) -> Table:
    """A match of three bots in the decision of round 1, with a treaty and a trade forum."""
    plain = a_scenario(seconds=ROUNDS, rounds=9, **changes)
    arenas = changes.get("arenas", (*plain.arenas, TREATY, OPEN))
    return Table(replace(plain, arenas=arenas)).bots(CHN, JPN, PHL).start()


def move(table: Table, seat: Seat, kind: str, *about: Any) -> tuple[e.Event, ...]:
    """Make a move for a seat."""
    made = Move(MoveKind(kind), *about)
    return table.do(c.MakeMove(table.position.round, made), Actor(Role.PLAYER, seat))


def play(table: Table, **played: str) -> e.RoundResolved:
    """Give the bots' orders, which ends the round: letters in member order, else all C."""
    number = table.position.round
    for seat in table.position.scenario.seats:
        actions = {
            arena.name: played.get(arena.name, "C" * 9)[arena.member(seat)]
            for arena in table.position.arenas_of(seat)
        }
        table.order(seat, False, **actions)
    assert len(table.position.history) == number
    return table.position.history[-1]


def arena(table: Table, name: str):
    """Give an arena as it is in force."""
    return next(each for each in table.position.arenas if each.name == name)


# --- making and taking back ---------------------------------------------------------------------


def test_a_move_stands_until_it_is_replaced_or_taken_back():
    table = a_table()
    restraint, funding = Move(MoveKind.RESTRAINT, "strait"), Move(MoveKind.FUND, "forum")
    assert move(table, CHN, "restraint", "strait") == (e.MoveMade(1, CHN, restraint, table.now_ms),)
    assert table.position.moves == {CHN: restraint}
    move(table, CHN, "fund", "forum")
    assert table.position.moves == {CHN: funding}
    table.do(c.TakeBackMove(1), Actor(Role.PLAYER, CHN))
    assert table.position.moves == {}
    with pytest.raises(NotNow, match="CHN has made no move in round 1; nothing to take back"):
        table.do(c.TakeBackMove(1), Actor(Role.PLAYER, CHN))


def test_a_move_is_as_late_as_an_order():
    table = a_table()
    table.now_ms = deadline_of(table)
    with pytest.raises(TooLate, match="0 ms after the deadline"):
        move(table, CHN, "fund", "forum")


def test_a_move_is_for_the_open_round_of_a_seat_that_is_held():
    table = a_table()
    with pytest.raises(WrongRound):
        table.do(c.MakeMove(2, Move(MoveKind.FUND, "forum")), Actor(Role.PLAYER, CHN))
    with pytest.raises(NotYours):
        table.do(c.MakeMove(1, Move(MoveKind.FUND, "forum")), Actor(Role.PLAYER))


def test_a_move_is_for_negotiation_and_decision():
    table = Table().seat(CHN, JPN).start()
    with pytest.raises(NotNow, match="moves are for negotiation and decision; it is briefing"):
        table.do(c.MakeMove(0, Move(MoveKind.FUND, "forum")), Actor(Role.PLAYER, CHN))


def test_moves_are_opened_with_the_orders_and_gone_in_the_next_round():
    table = a_table()
    move(table, PHL, "fund", "forum")
    move(table, CHN, "restraint", "strait")
    opened = play(table).moves
    assert [(x.seat, x.move.kind, x.cost, x.takes_effect) for x in opened] == [
        (CHN, MoveKind.RESTRAINT, 0.0, True),
        (PHL, MoveKind.FUND, 1.0, True),
    ]
    assert table.position.moves == {}


def test_costs_are_taken_from_the_gains():
    table, other = a_table(), a_table()
    move(table, PHL, "fund", "forum")
    assert play(table).gains[PHL] == play(other).gains[PHL] - 1.0
    assert table.position.totals[PHL] == other.position.totals[PHL] - 1.0


def test_in_fog_a_seat_still_sees_what_it_paid():
    table, other = a_table(monitoring=0.6), a_table(monitoring=0.6)
    move(table, PHL, "fund", "forum")
    paid, free = play(table), play(other)
    assert in_fog(paid, PHL).gains[PHL] == in_fog(free, PHL).gains[PHL] - 1.0


def test_a_move_that_fits_no_more_when_the_round_ends_is_dropped():
    table = a_table()
    move(table, CHN, "restraint", "strait")
    closed = tuple(x for x in table.position.arenas if x.name != "strait")
    assert KINDS.opened(table.position.but(arenas=closed)) == ()


# --- what is refused ----------------------------------------------------------------------------

REFUSED = [
    ("fund", ("nowhere",), "no arena nowhere is played now; choose among strait, forum, treaty"),
    ("fund", ("treaty",), "CHN is not in treaty; choose an arena of its own"),
    ("restraint", ("treaty",), "CHN is not in treaty"),
    ("exercise", ("treaty",), "CHN is not in treaty"),
    ("mediation", ("treaty",), "CHN is not in treaty"),
    ("restraint", ("strait", "forum"), "restraint with other_arena forum; leave out"),
    ("link", ("strait",), "link with other_arena None; give a second arena"),
    ("link", ("strait", "strait"), "strait is linked to itself; name another arena"),
    ("link", ("strait", "treaty"), "treaty is no arena of CHN; choose among strait, forum, trade"),
    ("link", ("treaty", "strait"), "CHN is not in treaty"),
    ("fund", ("forum", None, (JPN,)), "fund names JPN; leave seats out"),
    ("exercise", ("strait",), "strait is open to all; an exercise is for an exclusive arena"),
    ("exercise", ("treaty", None, (JPN,)), "JPN is no rival outside treaty; invite CHN"),
    ("diversify", ("trade", None, (JPN, JPN)), "seats JPN, JPN; name each once"),
    ("diversify", ("strait",), "CHN is in strait already; join another"),
    ("diversify", ("treaty",), "treaty is exclusive; join an arena that is open to all"),
    ("diversify", ("strait", None, (PHL,)), "strait is a game of two; take over the terms"),
    ("diversify", ("treaty", None, (PHL,)), "CHN is not in treaty"),
    ("diversify", ("forum", None, (CHN,)), "CHN is no other seat; found an arena with others"),
    ("diversify", ("forum", None, (Seat("XXX"),)), "XXX is no other seat"),
    ("confidence", ("strait",), "monitoring is 1, and confidence lifts it to 0.97"),
]


@pytest.mark.parametrize(("kind", "about", "problem"), REFUSED)
def test_a_move_that_makes_no_sense_is_refused(kind: str, about: tuple[Any, ...], problem: str):
    with pytest.raises(MoveNotAllowed, match=problem):
        move(a_table(), CHN, kind, *about)


def test_a_scenario_says_which_moves_there_are():
    table = a_table(moves=MoveRules(allowed=(MoveKind.FUND, MoveKind.LINK)))
    with pytest.raises(MoveNotAllowed, match="restraint is no move of this scenario; choose among"):
        move(table, CHN, "restraint", "strait")
    with pytest.raises(MoveNotAllowed, match="restraint is no move of this scenario; it has no"):
        move(a_table(moves=NO_MOVES), CHN, "restraint", "strait")


def test_there_may_be_nobody_to_invite():
    with pytest.raises(MoveNotAllowed, match="PHL is no rival outside treaty; there is none to"):
        move(a_table(rivals=()), JPN, "exercise", "treaty", None, (PHL,))


def test_a_game_of_two_cannot_be_joined():
    with pytest.raises(MoveNotAllowed, match="strait is a game of two; join an arena with terms"):
        move(a_table(), PHL, "diversify", "strait")


def test_an_arena_is_founded_with_three_others_at_most():
    others = tuple(Seat(f"S{n}") for n in range(4))
    with pytest.raises(MoveNotAllowed, match="4 partners; found an arena with 1 to 3"):
        move(a_table(), CHN, "diversify", "forum", None, others)


def test_a_seat_without_a_figure_of_power_joins_nothing():
    table = a_table(power=load_scenario("south_china_sea").power)
    with pytest.raises(MoveNotAllowed, match="has no figure for lowy"):
        move(table, PHL, "diversify", "trade")
    with pytest.raises(MoveNotAllowed, match="has no figure for lowy"):
        move(table, CHN, "diversify", "forum", None, (JPN,))


def test_large_arenas_have_no_mediator():
    sea = Table(replace(load_scenario("south_china_sea"), seconds=ROUNDS)).bots(CHN).start()
    with pytest.raises(MoveNotAllowed, match="code_of_conduct has 5 members; a mediator takes 3"):
        move(sea, CHN, "mediation", "code_of_conduct")


def test_a_crisis_has_no_institution():
    table = a_table(standing=replace(a_scenario().standing, tension_at_start=0.9))
    assert arena(table, "crisis_chn_jpn").members == (CHN, JPN)
    with pytest.raises(MoveNotAllowed, match="crisis_chn_jpn has no institution"):
        move(table, CHN, "fund", "crisis_chn_jpn")


# --- restraint: visibly lowers one's own g for two rounds ---------------------------------------


def test_restraint_lowers_ones_own_temptation_for_two_rounds():
    table = a_table()
    move(table, CHN, "restraint", "forum")
    play(table)
    for _ in range(2):
        assert [x.g for x in arena(table, "forum").game.terms] == [0.0, 1.0, 1.0]
        play(table)
    assert arena(table, "forum") == table.position.scenario.arenas[1]


def test_restraint_in_a_dilemma_makes_it_an_assurance_game():
    """The library's Prisoner's Dilemma has greed 2; Jervis 1978: lowering g is a way out."""
    table = a_table(moves=MoveRules(restraint_temptation=2.5))
    move(table, CHN, "restraint", "strait")
    play(table)
    classes = [arena(table, "strait").game.corners(i).game_class for i in (0, 1)]
    assert classes == [GameClass.STAG_HUNT, GameClass.PRISONERS_DILEMMA]


def test_restraint_made_again_lasts_longer_and_goes_no_deeper():
    table = a_table()
    move(table, CHN, "restraint", "strait")
    play(table)
    move(table, CHN, "restraint", "strait")
    play(table)
    assert arena(table, "strait").game.corners(0).T == 4.0
    (effect,) = table.position.effects
    assert (effect.first_round, effect.last_round) == (3, 4)


# --- joint exercise: b + 1 in an exclusive arena, tension + 0.1 unless the rival is invited -----


def tension(table: Table) -> float:
    (pair,) = table.position.standing.rivals
    return pair.tension


def test_an_exercise_raises_the_benefit_of_all_members_for_two_rounds():
    table = a_table()
    move(table, PHL, "exercise", "treaty")
    play(table)
    for _ in range(2):
        assert [x.b for x in arena(table, "treaty").game.terms] == [7.0, 7.0]
        play(table)
    assert arena(table, "treaty") == TREATY


def test_an_exercise_worries_the_rival_outside_unless_it_is_invited():
    quiet, loud, invited = a_table(), a_table(), a_table()
    move(loud, JPN, "exercise", "treaty")
    move(invited, JPN, "exercise", "treaty", None, (CHN,))
    for table in (quiet, loud, invited):
        play(table)
    assert tension(loud) == pytest.approx(tension(quiet) + 0.1)
    assert tension(invited) == tension(quiet)


def test_two_exercises_in_one_arena_are_one_and_an_invitation_of_either_counts():
    once, twice, half = a_table(), a_table(), a_table()
    move(once, JPN, "exercise", "treaty")
    for seat in (JPN, PHL):
        move(twice, seat, "exercise", "treaty")
    move(half, JPN, "exercise", "treaty")
    move(half, PHL, "exercise", "treaty", None, (CHN,))
    for table in (once, twice, half):
        play(table)
    assert tension(twice) == tension(once)
    assert arena(twice, "treaty") == arena(once, "treaty")
    assert tension(half) == pytest.approx(tension(once) - 0.1)
    assert twice.position.effects[0].makers == (JPN, PHL)


def test_an_exercise_in_a_game_of_two_raises_what_both_get_together():
    alliance = replace(an_arena("alliance", (JPN, PHL), LIBRARY["stag_hunt"]), exclusive=0.1)
    table = a_table(arenas=(*a_scenario().arenas, alliance))
    move(table, JPN, "exercise", "alliance")
    play(table)
    assert [arena(table, "alliance").game.corners(i).R for i in (0, 1)] == [5.0, 5.0]


def test_rivals_inside_or_outside_together_are_not_worried():
    table, quiet = a_table(rivals=((JPN, PHL),)), a_table(rivals=((JPN, PHL),))
    move(table, JPN, "exercise", "treaty")
    play(table)
    play(quiet)
    assert tension(table) == tension(quiet)


# --- confidence-building: q to 0.97 in an arena for two rounds ----------------------------------


def errors_in(name: str, monitoring: float, kind: str | None, rounds: int = 60) -> int:
    """Count what was seen wrongly in an arena over many seeds, in the round after a move."""
    wrong = 0
    for seed in range(rounds):
        plain = a_scenario(seconds=ROUNDS, monitoring=monitoring)
        table = Table(plain, seed=str(seed)).bots(CHN, JPN, PHL).start()
        if kind is not None:
            move(table, CHN, kind, name)
        play(table)
        wrong += sum(
            seen != truth
            for sighting in play(table).sightings
            if sighting.result.arena == name
            for seen, truth in zip(sighting.result.actions.values(), "CCC", strict=False)
        )
    return wrong


def test_confidence_clears_the_fog_of_its_arena_alone():
    """Seven looks a round at the forum: two others each for three members, and the public's."""
    looks = 60 * (3 * 2 + 3)
    foggy, clear = errors_in("forum", 0.6, None), errors_in("forum", 0.6, "confidence")
    assert foggy / looks == pytest.approx(0.4, abs=0.06)
    assert clear / looks == pytest.approx(0.03, abs=0.025)
    assert errors_in("strait", 0.6, "confidence") < errors_in("strait", 0.6, None)


def test_confidence_lasts_two_rounds():
    table = a_table(monitoring=0.6)
    move(table, PHL, "confidence", "forum")
    play(table)
    (effect,) = table.position.effects
    assert effect == Effect(MoveKind.CONFIDENCE, (PHL,), "forum", 2, 3)
    play(table)
    assert table.position.effects == (effect,)
    play(table)
    assert table.position.effects == ()


# --- diversify: join or found another arena; moves dependency -----------------------------------


def test_joining_an_open_arena_is_for_good_and_shares_the_weights_anew():
    table = a_table()
    move(table, PHL, "diversify", "trade")
    assert play(table).moves[0].cost == 2.0
    joined = arena(table, "trade")
    assert joined.members == (CHN, JPN, PHL)
    assert joined.game == collective((1, 1, 1), TERMS)
    for _ in range(3):
        play(table)
    assert arena(table, "trade") == joined
    assert table.position.history[-1].results[3].actions[PHL] is C


def test_a_second_partner_moves_dependency():
    """Morrow 1991: who has another partner leans less on the first."""
    dyad = an_arena("dyad", (CHN, JPN), collective((1, 1), TERMS))
    other = an_arena("other", (JPN, PHL), collective((1, 1), TERMS))
    alone, wide = (a_table(arenas=(dyad, other), rivals=()) for _ in range(2))
    move(wide, CHN, "diversify", "other")
    for table in (alone, wide):
        for _ in range(6):
            play(table)
    before = main_supplier(alone.position.standing, CHN)
    after = main_supplier(wide.position.standing, CHN)
    assert before is not None
    assert after is not None
    assert (before[0], after[0]) == (JPN, JPN)
    assert after[1] < before[1]
    assert wide.position.standing.dependency[CHN][PHL] > 0


def test_an_arena_is_founded_when_every_partner_wants_it():
    table = a_table()
    move(table, CHN, "diversify", "forum", None, (PHL,))
    move(table, PHL, "diversify", "forum", None, (CHN,))
    opened = play(table).moves
    assert [(x.seat, x.cost, x.takes_effect) for x in opened] == [
        (CHN, 2.0, True),
        (PHL, 2.0, True),
    ]
    founded = arena(table, "founded_chn_phl")
    assert (founded.members, founded.exclusive) == ((CHN, PHL), 0.0)
    assert founded.game == collective((1, 1), TERMS, theta=0.5)
    (effect,) = table.position.effects
    assert (effect.makers, effect.other_arena, effect.last_round) == ((CHN, PHL), "forum", None)
    assert play(table).results[-1].payoffs == {CHN: 4.0, PHL: 4.0}
    with pytest.raises(MoveNotAllowed, match="CHN, PHL have founded an arena already"):
        move(table, CHN, "diversify", "forum", None, (PHL,))


@pytest.mark.parametrize(
    "answer",
    [None, ("fund", "forum"), ("diversify", "treaty", None, (CHN,)), ("diversify", "trade")],
)
def test_an_arena_that_not_all_want_is_not_founded_and_costs_nothing(
    answer: tuple[Any, ...] | None,
):
    table = a_table()
    move(table, CHN, "diversify", "forum", None, (PHL,))
    if answer:
        move(table, PHL, *answer)
    first = play(table).moves[0]
    assert (first.cost, first.takes_effect) == (0.0, False)
    assert "founded_chn_phl" not in [each.name for each in table.position.arenas]


def test_partners_must_name_the_same_founders():
    table = a_table()
    move(table, CHN, "diversify", "forum", None, (JPN, PHL))
    move(table, JPN, "diversify", "forum", None, (CHN, PHL))
    move(table, PHL, "diversify", "forum", None, (CHN,))
    assert [x.takes_effect for x in play(table).moves] == [False, False, False]
    for seat, others in ((CHN, (JPN, PHL)), (JPN, (CHN, PHL)), (PHL, (CHN, JPN))):
        move(table, seat, "diversify", "forum", None, others)
    assert [x.takes_effect for x in play(table).moves] == [True, True, True]
    assert arena(table, "founded_chn_jpn_phl").members == (CHN, JPN, PHL)


def test_a_founded_arena_takes_the_common_terms_and_not_a_members_own():
    own = replace(TERMS, g=5.0)
    override = Override(CHN, "g", 5.0, "Assumption", FigureStatus.ASSUMED)
    bent = replace(
        an_arena("bent", (CHN, PHL), collective((1, 1), (own, TERMS))), overrides=(override,)
    )
    all_bent = replace(bent, name="all", overrides=(override, replace(override, member=PHL)))
    for model, expected in ((bent, TERMS), (all_bent, own)):
        table = a_table(arenas=(*a_scenario().arenas, model))
        for seat, other in ((CHN, PHL), (PHL, CHN)):
            move(table, seat, "diversify", model.name, None, (other,))
        play(table)
        assert arena(table, "founded_chn_phl").game.terms == (expected, expected)


def test_nobody_joins_who_would_weigh_next_to_nothing():
    sea = load_scenario("south_china_sea")
    light = replace(sea.player(CHN).figures["lowy"], value=1e-5)
    players = tuple(
        replace(player, figures={"lowy": light}) if player.seat == "USA" else player
        for player in sea.players
    )
    table = Table(replace(sea, players=players, seconds=ROUNDS)).bots(Seat("USA")).start()
    with pytest.raises(
        MoveNotAllowed, match=r"code_of_conduct would have a member of .*; too light"
    ):
        move(table, Seat("USA"), "diversify", "code_of_conduct")


# --- link: a breach in one arena counts in the other --------------------------------------------


def with_treaties(table: Table, binding: Binding = Binding.TREATY, **conditional: bool) -> None:
    """Let CHN and JPN pledge C in trade, and JPN and CHN another pact in the forum."""
    for name in ("trade", "forum"):
        pledges = tuple(Pledge(seat, name, C) for seat in (CHN, JPN))
        terms = PactTerms((CHN, JPN), pledges, (), 9, binding, 0.0, conditional.get(name, False))
        table.do(c.Propose(1, terms), Actor(Role.PLAYER, CHN))
        number = table.position.proposals[-1].number
        table.do(c.AnswerProposal(1, number, True), Actor(Role.PLAYER, JPN))


def test_a_breach_counts_in_the_linked_arena_from_the_next_round_on():
    """JPN breaks its word in trade; PHL, who is not in trade, sees it keep the forum."""
    linked, plain = a_table(), a_table()
    for table in (linked, plain):
        with_treaties(table)
    move(linked, CHN, "link", "trade", "forum")
    for table in (linked, plain):
        assert play(table).breaches == ()
        assert len(play(table, trade="CD").breaches) == 1
    trusts = [trust(table.position.standing, PHL, JPN) for table in (linked, plain)]
    assert trusts[0] < trusts[1]
    assert linked.position.standing.affinity[PHL][JPN] < plain.position.standing.affinity[PHL][JPN]


def test_a_link_is_over_after_four_rounds():
    table = a_table()
    move(table, CHN, "link", "trade", "forum")
    play(table)
    (effect,) = table.position.effects
    assert (effect.first_round, effect.last_round, effect.other_arena) == (2, 5, "forum")
    for _ in range(4):
        play(table)
    assert table.position.effects == ()


def test_the_same_link_the_other_way_round_is_the_same_link():
    table = a_table()
    move(table, CHN, "link", "trade", "forum")
    move(table, JPN, "link", "forum", "trade")
    play(table)
    (effect,) = table.position.effects
    assert effect.makers == (CHN, JPN)


def test_a_private_breach_counts_nowhere_else():
    linked, plain = a_table(), a_table()
    for table in (linked, plain):
        with_treaties(table, Binding.COMMUNIQUE)
    move(linked, CHN, "link", "trade", "forum")
    for table in (linked, plain):
        play(table)
        assert len(play(table, trade="CD").breaches) == 1
    assert linked.position.standing.faith == plain.position.standing.faith


def test_a_breach_frees_the_others_of_conditional_pacts_in_the_linked_arena():
    """JPN defects in trade, so CHN is no longer bound in the forum in the round after."""
    freed = []
    for is_linked in (True, False):
        table = a_table()
        with_treaties(table, forum=True)
        if is_linked:
            move(table, CHN, "link", "trade", "forum")
        play(table)
        play(table, trade="CD")
        forum = next(x for x in table.position.pacts if x.terms.pledges[0].arena == "forum")
        freed.append((forum.breakers, forum.binds(CHN, 3), forum.binds(JPN, 3)))
    assert freed == [((JPN,), False, True), ((), True, True)]


def test_links_of_the_scenario_count_from_the_first_round():
    table, plain = a_table(links=(("trade", "forum"),)), a_table()
    for each in (table, plain):
        with_treaties(each)
        play(each, trade="CD")
    assert trust(table.position.standing, PHL, JPN) < trust(plain.position.standing, PHL, JPN)


def test_a_chain_of_links_is_not_followed():
    table = a_table(links=(("trade", "strait"), ("strait", "forum")))
    plain = a_table()
    for each in (table, plain):
        with_treaties(each)
        play(each, trade="CD")
    assert trust(table.position.standing, PHL, JPN) == trust(plain.position.standing, PHL, JPN)


# --- fund the institution -----------------------------------------------------------------------


def test_funding_strengthens_the_institution_by_the_share_of_members_that_pay():
    """I ← 0.8 I + 0.2·(share), from 0.3: two of three members pay, then nobody."""
    table = a_table()
    for seat in (CHN, PHL):
        move(table, seat, "fund", "forum")
    play(table)
    strength = table.position.standing.institutions
    assert strength["forum"] == pytest.approx(0.8 * 0.3 + 0.2 * 2 / 3)
    assert strength["strait"] == pytest.approx(0.8 * 0.3)
    assert table.position.effects == ()
    play(table)
    assert table.position.standing.institutions["forum"] == pytest.approx(
        0.8 * (0.8 * 0.3 + 0.4 / 3)
    )


# --- what always holds --------------------------------------------------------------------------


@given(logs())
def test_every_effect_was_a_move_that_was_opened(log: list[e.Event]):
    made = [x for x in log if isinstance(x, e.MoveMade)]
    resolved = [x for x in log if isinstance(x, e.RoundResolved)]
    for event in resolved:
        assert len({x.seat for x in event.moves}) == len(event.moves)
        for opened in event.moves:
            assert (event.round, opened.seat, opened.move) in [
                (x.round, x.seat, x.move) for x in made
            ]
    for before, after in pairwise(resolved):
        for effect in after.effects:
            assert effect in before.effects or effect.first_round == after.round + 1
            assert effect.last_round is None or effect.last_round > after.round


@given(logs())
def test_moves_change_nobodys_payoffs_in_their_own_round(log: list[e.Event]):
    for event in log:
        if isinstance(event, e.RoundResolved):
            paid = sum(x.cost for x in event.moves)
            material = sum(sum(r.payoffs.values()) for r in event.results)
            lost = sum(incident.cost for incident in event.incidents)
            moved = sum(event.settlements.values())
            assert sum(event.gains.values()) == pytest.approx(material - lost - paid + moved)


def test_a_match_with_moves_verifies():
    table = a_table(monitoring=0.8)
    with_treaties(table)
    move(table, CHN, "link", "trade", "forum")
    move(table, JPN, "exercise", "treaty", None, (CHN,))
    move(table, PHL, "diversify", "trade")
    play(table)
    move(table, CHN, "mediation", "strait")
    move(table, JPN, "fund", "forum")
    table.do(c.TakeBackMove(2), Actor(Role.PLAYER, JPN))
    table.do(c.SaveForecast(2, "strait", {CHN: D}), Actor(Role.PLAYER, JPN))
    play(table)
    play(table)
    table.do(c.EndMatch())
    text = write_record(table.log, "test")
    assert verify(read_record(text.encode())) == table.position


# --- forecasts ----------------------------------------------------------------------------------


def test_a_forecast_is_kept_in_member_order_and_replaced_by_a_later_one():
    table = a_table()
    asker = Actor(Role.PLAYER, PHL)
    table.do(c.SaveForecast(1, "forum", {JPN: D, CHN: C}), asker)
    (kept,) = table.position.forecasts
    assert list(kept.actions.items()) == [(CHN, C), (JPN, D)]
    table.do(c.SaveForecast(1, "forum", {PHL: C}), asker)
    assert [x.actions for x in table.position.forecasts] == [{PHL: C}]
    play(table)
    table.do(c.SaveForecast(2, "forum", {CHN: D}), asker)
    assert [(x.round, x.actions) for x in table.position.forecasts] == [
        (1, {PHL: C}),
        (2, {CHN: D}),
    ]
    table.do(c.SaveForecast(2, "forum", {}), asker)
    assert [x.round for x in table.position.forecasts] == [1]


def test_a_forecast_is_about_the_members_of_ones_own_arena():
    table = a_table()
    with pytest.raises(ArenaNotYours, match="strait is no arena of PHL; choose among forum, treat"):
        table.do(c.SaveForecast(1, "strait", {CHN: C}), Actor(Role.PLAYER, PHL))
    with pytest.raises(ArenaNotYours, match="CHN is not in treaty; forecast JPN, PHL alone"):
        table.do(c.SaveForecast(1, "treaty", {CHN: C}), Actor(Role.PLAYER, PHL))


@given(st.sampled_from(tuple(MoveKind)))
def test_every_kind_has_a_cost_that_is_never_below_nothing(kind: MoveKind):
    assert KINDS[kind].cost(MoveRules()) >= 0


def test_a_rival_pair_keeps_its_tension_within_bounds():
    table = a_table(standing=replace(a_scenario().standing, tension_at_start=0.75))
    for _ in range(4):
        move(table, JPN, "exercise", "treaty")
        play(table, strait="DD")
        assert 0 < tension(table) <= 1
    assert tension(table) == 1.0
