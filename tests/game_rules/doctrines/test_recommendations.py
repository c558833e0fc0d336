"""The paper's five recommendations as doctrines of rules 2 play them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from game_rules.advice.move_offers import moves_open_to
from game_rules.bots.bot_match import play_bot_match
from game_rules.bots.negotiators import Negotiator
from game_rules.doctrines.constructivist import Constructivist
from game_rules.doctrines.diplomat import Diplomat
from game_rules.doctrines.doctrine import Doctrine
from game_rules.doctrines.hedger import Hedger
from game_rules.doctrines.liberal import Liberal
from game_rules.doctrines.move_choices import (
    confidences,
    domain_links,
    in_turn,
    lotteries,
    resiliences,
)
from game_rules.doctrines.realist import Realist
from game_rules.doctrines.seat_view import SeatView
from game_rules.games.stage_games import LIBRARY, C, D
from game_rules.log import events as e
from game_rules.log.events import Sighting
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match.visibility import redact
from game_rules.roles import Seat, seated
from game_rules.rulesets.chosen import ruleset_of
from game_rules.rulesets.second.leaning import independence, leaning, leaning_known, leans_on
from game_rules.rulesets.second.mediation import lottery
from game_rules.scenario.moves import Effect, Move, MoveKind, OpenedMove
from game_rules.scenario.pacts import Binding, Pact, PactTerms, Pledge
from game_rules.scenario.scenario import Scenario
from tests.game_rules.rulesets.second.regions import (
    AUS,
    CHN,
    IDN,
    IND,
    JPN,
    PAK,
    RED,
    USA,
    SecondTable,
    at_rungs,
    border,
    quad,
)
from tests.game_rules.rulesets.second.shipped import NAMES, shipped
from tests.game_rules.scenes import an_arena

KINDS: dict[type[Doctrine], set[MoveKind]] = {
    Realist: {MoveKind.DIVERSIFY, MoveKind.EXERCISE},
    Liberal: {MoveKind.FUND, MoveKind.LINK, MoveKind.CONFIDENCE, MoveKind.MEDIATION},
    Constructivist: {MoveKind.CONFIDENCE, MoveKind.RESTRAINT, MoveKind.FUND},
    Hedger: {MoveKind.DIVERSIFY, MoveKind.CONFIDENCE, MoveKind.LINK},
    Diplomat: {
        MoveKind.LINK, MoveKind.MEDIATION, MoveKind.CONFIDENCE, MoveKind.RESTRAINT, MoveKind.FUND,
    },
}  # fmt: skip
ALL = tuple(KINDS)


def in_fog(scenario: Scenario) -> Scenario:
    return replace(scenario, monitoring=0.9)


def a_view(seat: Seat, scenario: Scenario | None = None, **changes: Any) -> SeatView:
    position = SecondTable(scenario or in_fog(quad())).position
    return SeatView(position.but(**changes), seat)


def named(moves: Iterable[Move]) -> list[str]:
    return [move.arena for move in moves]


def effect(kind: MoveKind, arena: str, other: str | None = None) -> Effect:
    return Effect(kind, (CHN,), arena, 1, 5, other)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_doctrines_move_only_as_offered_and_in_their_own_way(name: str):
    """What a doctrine does was offered to its seat, as it saw the match."""
    scenario = shipped(name)
    bots = {seat: ALL[place % len(ALL)] for place, seat in enumerate(scenario.seats)}
    log = play_bot_match(scenario, {seat: x.name for seat, x in bots.items()}, "7", 2)
    for place, event in enumerate(log):
        if isinstance(event, e.MoveMade) and event.round in (2, 5):
            seen = [redact(x, seated(event.seat), scenario) for x in log[:place]]
            position = fold([x for x in seen if x is not None])
            assert event.move in [x.move for x in moves_open_to(position, event.seat)]
            assert event.move.kind in KINDS[bots[event.seat]]


def test_in_rules_1_doctrines_make_the_moves_that_they_made():
    table = SecondTable(quad())
    first = table.position.but(rules_version=1)
    assert not ruleset_of(first).plays_recommendations
    listed = [*Liberal().moves(SeatView(first, USA))]
    assert Liberal().move(SeatView(first, USA), lambda _: True) == listed[0]
    assert Doctrine().move(SeatView(first, USA), lambda _: True) is None
    assert Doctrine().move(SeatView(table.position, USA), lambda _: True) is None


def test_another_kind_comes_first_each_round_and_only_what_is_allowed():
    fund, link, clear = (
        Move(MoveKind.FUND, "a"),
        Move(MoveKind.LINK, "a", "b"),
        Move(MoveKind.CONFIDENCE, "a"),
    )
    later = Move(MoveKind.FUND, "b")
    moves = [fund, later, link, clear]
    assert [in_turn(moves, lambda _: True, x) for x in (1, 2, 3, 4)] == [fund, link, clear, fund]
    assert in_turn(moves, lambda x: x is not fund, 1) == later
    assert in_turn(moves, lambda _: False, 1) is None


def test_members_of_a_bloc_open_its_doors_in_turn_where_it_worries_a_rival():
    first = [seat for seat in (USA, JPN, IND, AUS) if "quad" in named(confidences(a_view(seat)))]
    assert first == [JPN]
    second = [x for x in (USA, JPN, IND, AUS) if "quad" in named(confidences(a_view(x, round=2)))]
    assert second == [IND]
    lasting = (effect(MoveKind.CONFIDENCE, "quad"),)
    assert "quad" not in named(confidences(a_view(JPN, effects=lasting)))
    friends = replace(quad(), rivals=(), starts=(), monitoring=0.9)
    for seat in (USA, JPN, IND, AUS):
        assert "quad" not in named(confidences(a_view(seat, friends)))


def test_open_arenas_are_cleared_after_blocs():
    names = named(confidences(a_view(AUS, round=3)))
    assert names == ["quad", "aukus", "east_asia_summit", "disaster_relief"]


def leaning_so(share: float, scenario: Scenario | None = None) -> Position:
    table = SecondTable(scenario or border())
    rows = {seat: {IND: share} if seat == PAK else {} for seat in table.position.scenario.seats}
    standing = replace(table.position.standing, dependency=rows)
    return table.position.but(standing=standing)


def test_who_leans_finds_a_second_source_first_where_it_gains_most():
    (first, *more) = resiliences(SeatView(leaning_so(0.3), PAK))
    assert first == Move(MoveKind.DIVERSIFY, "nuclear_restraint", None, (IND,))
    assert [x.arena for x in more] == ["rivers_and_trade", "line_of_control"]
    assert not [*resiliences(SeatView(leaning_so(0.09), PAK))]
    assert not [*resiliences(SeatView(leaning_so(0.3), IND))]


def test_who_leans_joins_another_arena_only_within_its_capacity():
    scenario = quad()
    table = SecondTable(scenario)
    rows = {seat: {USA: 0.3} if seat in (RED, JPN) else {} for seat in scenario.seats}
    position = table.position.but(standing=replace(table.position.standing, dependency=rows))
    joined = [x.arena for x in resiliences(SeatView(position, RED)) if not x.seats]
    assert joined == ["east_asia_summit"]
    extra = replace(scenario.arenas[2], name="forum", members=(CHN, IDN), exclusive=0.0)
    wider = position.but(arenas=(*position.arenas, extra))
    assert not [x for x in resiliences(SeatView(wider, JPN)) if not x.seats]


def at_peace() -> Scenario:
    """A border without rivals, and so without a militia that stirs them."""
    scenario = replace(border(), rivals=(), starts=())
    players = tuple(replace(x, influence=None) for x in scenario.players)
    return replace(scenario, players=players)


def seen_by(table: SecondTable, seat: Seat) -> Position:
    """The position as a seat sees it."""
    told = [redact(x, seated(seat), table.position.scenario) for x in table.log]
    return fold([x for x in told if x is not None])


def test_in_fog_a_seat_leans_by_what_it_saw_and_the_server_judges_alike():
    table = SecondTable(in_fog(border()), seed="11")
    for _ in range(4):
        table.round("C")
    assert any(x.sightings for x in table.position.history)
    for seat in (IND, PAK):
        told = leaning_known(seen_by(table, seat), seat)
        assert told == leaning_known(table.position, seat)
    assert not seen_by(table, PAK).standing.dependency
    assert leans_on(seen_by(table, PAK), PAK) == IND
    assert Move(MoveKind.DIVERSIFY, "rivers_and_trade", None, (IND,)) in [
        x.move for x in moves_open_to(seen_by(table, PAK), PAK)
    ]
    assert 0.5 < independence(seen_by(table, PAK), PAK) < 0.9


def test_what_is_made_out_is_the_dependence_itself_where_nothing_is_misread():
    """In a border without strain nobody's b changes: fog that hides nothing tells the same."""
    clear = SecondTable(at_peace())
    for letters in ("CC", "DC", "CD", "CC"):
        clear.round("C", rivers_and_trade=letters, nuclear_restraint="DD")
    foggy = clear.position.but(scenario=in_fog(clear.position.scenario))
    for seat in (IND, PAK):
        true = leaning(clear.position.standing.dependency, seat, clear.position.scenario.seats)
        told = leaning_known(foggy, seat)
        assert told == (true[0], pytest.approx(true[1]))


def test_a_misread_action_changes_what_a_seat_makes_out():
    table = SecondTable(at_peace())
    table.round("C")
    (resolved,) = table.position.history
    rivers = next(x for x in resolved.results if x.arena == "rivers_and_trade")
    wrong = Sighting(PAK, replace(rivers, actions={IND: D, PAK: C}))
    misread = replace(resolved, sightings=(wrong,))
    foggy = table.position.but(scenario=in_fog(table.position.scenario))
    right = leaning_known(foggy, PAK)[1]
    assert leaning_known(foggy.but(history=(misread,)), PAK)[1] < right
    gone = tuple(x for x in foggy.arenas if x.name == "rivers_and_trade")
    assert leaning_known(foggy.but(arenas=gone), IND) == (None, 0.0)


def test_domains_are_linked_once_and_first_where_most_can_be_withheld():
    table = SecondTable(quad())
    table.round("C")
    view = SeatView(table.position, CHN)
    assert [*domain_links(view)] == [Move(MoveKind.LINK, "east_asia_summit", "disaster_relief")]
    lasting = (effect(MoveKind.LINK, "disaster_relief", "east_asia_summit"),)
    assert not [*domain_links(SeatView(table.position.but(effects=lasting), CHN))]
    matrix = replace(an_arena("pact", (IND, PAK), LIBRARY["stag_hunt"]), exclusive=0.0)
    rows = SecondTable(replace(border(), arenas=(*border().arenas, matrix))).round("C")
    links = [*domain_links(SeatView(rows, IND))]
    assert {(x.arena, x.other_arena) for x in links} == {
        ("nuclear_restraint", "rivers_and_trade"),
        ("line_of_control", "rivers_and_trade"),
    }


def test_a_mediator_is_asked_where_somebody_gives_way_or_rivals_are_strained():
    table = SecondTable(in_fog(quad()))
    assert not [*lotteries(SeatView(table.position, CHN))]
    for _ in range(2):
        table.round("C", east_asia_summit="DDDDDD", disaster_relief="DDDDDDD")
    assert "east_asia_summit" in named(lotteries(SeatView(table.position, CHN)))
    crisis = SecondTable(border())
    crisis.round("D")
    crisis.round("D")
    position = crisis.position
    assert any(x.name.startswith("crisis") for x in position.arenas)
    asked = named(lotteries(SeatView(position, PAK)))
    assert "crisis_ind_pak" in asked
    terms = PactTerms((IND, PAK), (Pledge(PAK, "crisis_ind_pak", C),), (), 2, Binding.TREATY, 0.0)
    pledged = SeatView(position, PAK).with_pact(Pact(1, terms, position.round, position.round + 1))
    assert "crisis_ind_pak" not in named(lotteries(pledged))
    assert at_rungs(position.standing, {(IND, PAK): 2}).rivals[0].is_in_crisis


def crisis_told(seat: Seat, action: Any, **changes: Any) -> SeatView:
    crisis = SecondTable(border())
    crisis.round("D")
    crisis.round("D")
    told = {seat: {"crisis_ind_pak": action}}
    return SeatView(crisis.position.but(recommendations=told, **changes), seat)


def test_what_others_were_told_is_believed_like_a_communique():
    """In the crisis a mediator draws CC, CD and DC: who is told D knows that the other yields."""
    view = crisis_told(PAK, D)
    arena = next(x for x in view.arenas if x.name == "crisis_ind_pak")
    drawn = lottery(arena.game)
    assert sum(chance for _, chance in drawn) == pytest.approx(1)
    assert view.told(arena, IND) == 1.0
    trust = view.trust(IND)
    assert Diplomat().believes(view, arena, IND) == pytest.approx(1 - (1 - trust) ** 2)
    assert Realist().believes(view, arena, IND) == pytest.approx(trust)
    mixed = crisis_told(PAK, C)
    both = [x for x in drawn if x[0][1] is C]
    share = sum(p for profile, p in both if profile[0] is C) / sum(p for _, p in both)
    assert mixed.told(arena, IND) == pytest.approx(share)
    word = share * (1 - (1 - trust) ** 2) + (1 - share) * trust * (1 - trust)
    assert Diplomat().believes(mixed, arena, IND) == pytest.approx(word)


def test_nothing_is_inferred_without_a_mediator_or_from_what_it_cannot_have_said():
    silent = crisis_told(IND, C)
    arena = next(x for x in silent.arenas if x.name == "crisis_ind_pak")
    assert SeatView(silent.position, PAK).told(arena, IND) is None
    assert SeatView(silent.position.but(rules_version=1), IND).told(arena, PAK) is None


def test_of_four_and_more_a_mediator_draws_among_the_best_equilibria():
    summit = next(x for x in quad().arenas if x.name == "east_asia_summit")
    drawn = lottery(summit.game)
    assert sum(chance for _, chance in drawn) == pytest.approx(1)
    assert drawn[0][0] == (C,) * 6


def test_a_bot_in_a_match_of_rules_2_makes_one_move_a_round():
    table = SecondTable(in_fog(quad()))
    move = Negotiator(USA, "liberal", "7").move(table.position)
    assert move is not None
    assert move.move.kind is MoveKind.FUND
    moved = table.position.but(moves={USA: move.move})
    assert Negotiator(USA, "liberal", "7").move(moved) is None
    assert isinstance(OpenedMove(USA, move.move, 0.5, True), OpenedMove)
