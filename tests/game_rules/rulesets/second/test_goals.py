"""What a seat's goals say is good for it: orders of payoffs, checked by the engine.

A goal that says what is best or worst in an arena is a row here: the seat, the arena, the payoffs
from best to worst at the start, and how the line begins. With `held`, every bloc held last round.
"""

import re
from itertools import combinations

import pytest

from game_rules.games.replies import ReplyClass, reply_class
from game_rules.games.stage_games import Collective
from game_rules.roles import Seat
from game_rules.rounds.arenas_in_force import arenas_in_force
from game_rules.rulesets.second.aftermath import begin
from game_rules.rulesets.second.leaning import leaning
from game_rules.scenario.scenario import Arena
from tests.game_rules.rulesets.second.regions import (
    CHN,
    USA,
    C,
    D,
    SecondTable,
    at_rungs,
    opened,
)
from tests.game_rules.rulesets.second.shipped import (
    NAMES,
    arena_of,
    corners,
    rounds_to_crisis,
    says,
    shipped,
)

ORDERS = """
taiwan_strait us_taiwan USA,TWN R>T>P>S In your tie|In both ties
taiwan_strait us_japan USA,JPN R>T>P>S In your tie|In both ties
taiwan_strait strait CHN,TWN,USA,JPN T>R>S>P In the strait
taiwan_strait supply_chain CHN,JPN R>?>?>? In chips
taiwan_strait supply_chain FAB R>T>P>S You gain most when every door stays open
korean_peninsula six_party_talks PRK,USA,CHN R>T>P>S The talks are best for you when everybody
korean_peninsula six_party_talks KOR,JPN,RUS T>R>P>S You gain most when the others settle
korean_peninsula six_party_talks PRK,KOR,CHN,JPN,RUS ?>?>P>S The worst for you is to take your step
korean_peninsula us_rok_alliance KOR,USA R>T>P>S In the alliance
korean_peninsula food_aid AID R>T>P>S You gain most when everybody helps
quad_and_eas quad JPN,IND,AUS R>T>P>S In the Quad
quad_and_eas aukus USA,AUS R>T>P>S In AUKUS
quad_and_eas east_asia_summit USA,JPN,IND,AUS,CHN,IDN R>T>P>S In the Summit
quad_and_eas disaster_relief RED R>T>P>S You gain most when everybody sends ships
south_china_sea code_of_conduct CHN R>T>P>S The code is best for you
south_china_sea code_of_conduct PHL,VNM,MYS,IDN T>R>P>S In the code you gain most
south_china_sea us_philippines_treaty USA,PHL R>T>P>S In the treaty
south_china_sea encounters_at_sea CHN,USA R>T>P>S At sea
south_china_sea fisheries VNM,MYS,IDN R>T>P>S In fisheries
india_pakistan nuclear_restraint IND,PAK T>R>P>S In restraint you gain most
india_pakistan rivers_and_trade IND,PAK R>T>P>S Rivers and trade are best
india_pakistan line_of_control MIL P>R>S>T You gain most when both states fire
asean_confidence_building confidence_building IDN,VNM,PHL,SGP,THA,MYS R>T>P>S In confidence
asean_confidence_building haze_and_relief IDN,VNM,PHL,THA R>T>P>S In haze and relief
asean_confidence_building haze_and_relief SEC R>T>P>S You gain most when everybody helps
sco_central_asia counter_terrorism RUS,KAZ,IND,PAK T>R>P>S In counter-terrorism you gain most
sco_central_asia agenda CHN,RUS T>S>?>? On the agenda the best for you is your own
sco_central_asia water_and_grids RUS,KAZ,PAK R>T>P>S In water and grids
bri_corridors corridor CHN,PAK,KAZ,MYS,IDN R>T>P>S In the corridor
bri_corridors other_finance MYS,IDN,KAZ R>T>P>S In other finance
bri_corridors clean_power PAK,JPN R>T>P>S In clean power
seato_1954_1977 manila_pact GBR,FRA,AUS,NZL,PAK,PHL,THA T>R>P>S In the pact you gain most
seato_1954_1977 us_thailand USA,THA R>T>P>S In your alliance|In both alliances
seato_1954_1977 us_pakistan USA,PAK R>T>P>S In your alliance|In both alliances
seato_1954_1977 colombo_aid GBR,AUS,NZL,PAK,PHL,THA R>T>P>S In aid
"""

ALWAYS = """
korean_peninsula food_aid USA Food aid is good for you whatever
korean_peninsula food_aid CHN Food aid is good for you whatever
quad_and_eas quad USA To do your share in the Quad is good
quad_and_eas disaster_relief CHN Relief is good for you whatever
south_china_sea fisheries CHN Fisheries are good for you whatever
india_pakistan line_of_control IND,PAK A quiet line is good
sco_central_asia counter_terrorism CHN Counter-terrorism and water are good
sco_central_asia water_and_grids CHN Counter-terrorism and water are good
sco_central_asia water_and_grids IND Water and grids are good
bri_corridors other_finance JPN Other finance is good
bri_corridors clean_power CHN Clean power is good
seato_1954_1977 manila_pact USA At first the pact is good
seato_1954_1977 colombo_aid USA Aid is good
"""
"""Cooperation is best whatever the others do, at the start."""

LEFT_ALONE = """
quad_and_eas disaster_relief CHN
south_china_sea fisheries CHN
korean_peninsula food_aid CHN
"""
"""And no longer so once every bloc has held."""


def rows(table: str) -> list[list[str]]:
    return [row.split(maxsplit=4) for row in table.splitlines() if row]


def each_seat(table: str) -> list[tuple[str, str, str, list[str]]]:
    return [
        (name, arena, seat, rest)
        for name, arena, seats, *rest in rows(table)
        for seat in seats.split(",")
    ]


def weights_of(name: str, arena: str) -> dict[str, float]:
    found = arena_of(name, arena)
    assert isinstance(found.game, Collective)
    return {seat: found.game.weight(i) for i, seat in enumerate(found.members)}


def least_enough(name: str, arena: str) -> list[set[str]]:
    return least_of(arena_of(name, arena))


def least_of(arena: Arena) -> list[set[str]]:
    """Find the groups that reach an arena's threshold and would not without one member."""
    game = arena.game
    assert isinstance(game, Collective)
    weights = {str(seat): game.weight(i) for i, seat in enumerate(arena.members)}
    enough = [
        set(some)
        for size in range(1, len(weights) + 1)
        for some in combinations(weights, size)
        if sum(weights[seat] for seat in some) >= game.theta
    ]
    return [some for some in enough if not any(other < some for other in enough)]


def strained(name: str, *pairs: tuple[str, str]):
    """Open the arenas with pairs of rivals one rung up."""
    rungs = {(Seat(a), Seat(b)): 1 for a, b in pairs}
    return opened(shipped(name), at_rungs(begin(shipped(name)), rungs))


def class_of(name: str, arena: str, seat: str, *, held: bool = False) -> ReplyClass:
    found = arena_of(name, arena, held=held)
    return reply_class(found.game, found.member(Seat(seat)))


@pytest.mark.parametrize(("name", "arena", "seat", "rest"), each_seat(ORDERS))
def test_an_order_that_a_goal_states_is_the_order_of_payoffs(name, arena, seat, rest):
    order, line = rest
    assert says(name, seat, line)
    paid = corners(name, arena, seat)
    found = sorted("TRPS", key=lambda corner: -getattr(paid, corner))
    assert [x if said != "?" else "?" for x, said in zip(found, order.split(">"), strict=True)] == (
        order.split(">")
    )


@pytest.mark.parametrize(("name", "arena", "seat", "rest"), each_seat(ALWAYS))
def test_what_a_goal_calls_good_whatever_others_do_is_always_the_best_reply(
    name, arena, seat, rest
):
    assert says(name, seat, " ".join(rest))
    assert class_of(name, arena, seat) is ReplyClass.HARMONY


@pytest.mark.parametrize(("name", "arena", "seat"), rows(LEFT_ALONE))
def test_blocs_that_held_end_what_was_always_the_best_reply(name, arena, seat):
    assert class_of(name, arena, seat) is ReplyClass.HARMONY
    assert class_of(name, arena, seat, held=True) is not ReplyClass.HARMONY


@pytest.mark.parametrize(
    ("name", "arena", "seat"),
    [
        ("korean_peninsula", "six_party_talks", "PRK"),
        ("south_china_sea", "code_of_conduct", "CHN"),
    ],
)
def test_under_a_shadow_holding_back_pays_nearly_as_much(name, arena, seat):
    held = corners(name, arena, seat, held=True)
    assert 0 < held.R - held.T <= 0.5


NEEDED = {
    "korean_peninsula": ("six_party_talks", {"PRK", "USA", "CHN"}, 1),
    "quad_and_eas": ("east_asia_summit", {"USA", "CHN"}, 1),
    "south_china_sea": ("code_of_conduct", {"CHN"}, 2),
}
"""By scenario: who is needed to reach the threshold, and how many of the others may stay out."""


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_those_are_needed_whom_the_briefing_names(name):
    arena, needed, spare = NEEDED[name]
    found = arena_of(name, arena)
    assert isinstance(found.game, Collective)
    weights = weights_of(name, arena)
    others = sorted(weight for seat, weight in weights.items() if seat not in needed)
    theta = found.game.theta
    assert all(1 - weights[Seat(seat)] < theta for seat in needed)
    assert 1 - sum(others[-spare:]) >= theta
    assert 1 - sum(others[: spare + 1]) < theta


def test_two_rounds_of_pressure_open_the_crisis_of_taiwan():
    for is_alone in (True, False):
        pair = shipped("taiwan_strait").rivals[0]
        assert rounds_to_crisis(shipped("taiwan_strait"), pair, is_alone=is_alone) == 2


SEA = "asean_confidence_building"
"""The region in which two neighbours are rivals and a secretariat is between them."""


@pytest.mark.parametrize("extra", [{"IDN"}, {"SGP"}, {"IDN", "SGP"}, set()])
def test_confidence_is_built_by_those_whom_the_goals_name(extra):
    found = arena_of(SEA, "confidence_building").game
    assert isinstance(found, Collective)
    weights = weights_of(SEA, "confidence_building")
    lighter = sorted(set(weights) - {"IDN", "SGP"})
    for fours in combinations(lighter, 4 - len(extra)):
        held = sum(weights[seat] for seat in (*fours, *extra))
        assert (held >= found.theta) == bool(extra)
    assert sum(sorted(weights.values())[-3:]) < found.theta


@pytest.mark.parametrize("seat", ["MYS", "SGP"])
def test_strain_makes_it_dearer_to_take_part_alone(seat):
    arena = strained(SEA, ("MYS", "SGP"))["confidence_building"]
    alone = arena.game.corners(arena.member(Seat(seat))).S
    assert alone == pytest.approx(corners(SEA, "confidence_building", seat).S - 1)
    assert says(SEA, seat, f"{'Singapore' if seat == 'MYS' else 'Malaysia'} is your rival. Once")


@pytest.mark.parametrize(("secretariat", "rounds"), [("D", 4), ("C", 5)])
def test_two_neighbours_who_defect_are_in_a_crisis_after_the_rounds_told(secretariat, rounds):
    told = "for four rounds" if rounds == 4 else "it takes five"
    assert any(told in part for part in shipped(SEA).briefing)
    table = SecondTable(shipped(SEA))
    for number in range(1, rounds + 1):
        position = table.round("D", haze_and_relief="DDDDDD" + secretariat)
        (pair,) = position.standing.rivals
        assert pair.is_in_crisis == (number == rounds)


STEPPE = "sco_central_asia"


@pytest.mark.parametrize(
    ("name", "arena", "seat", "pair"),
    [
        (STEPPE, "counter_terrorism", "CHN", ("CHN", "IND")),
        (STEPPE, "water_and_grids", "CHN", ("CHN", "IND")),
        (STEPPE, "water_and_grids", "IND", ("CHN", "IND")),
        (STEPPE, "water_and_grids", "IND", ("IND", "PAK")),
        ("bri_corridors", "clean_power", "CHN", ("CHN", "JPN")),
    ],
)
def test_strain_ends_what_was_always_the_best_reply(name, arena, seat, pair):
    found = strained(name, pair)[arena]
    assert reply_class(found.game, found.member(Seat(seat))) is not ReplyClass.HARMONY
    alone = found.game.corners(found.member(Seat(seat))).S
    assert alone == pytest.approx(corners(name, arena, seat).S - 1)


def test_those_are_enough_for_counter_terrorism_whom_the_texts_name():
    least = least_enough(STEPPE, "counter_terrorism")
    assert least == [{"CHN"}, {"RUS", "IND"}, {"KAZ", "IND", "PAK"}]


def test_no_agenda_is_worth_nothing():
    paid = corners(STEPPE, "agenda", "CHN")
    assert (paid.R, paid.P) == (0, 0)


@pytest.mark.parametrize("name", [STEPPE, "bri_corridors"])
def test_pressure_opens_a_crisis_within_the_rounds_told(name):
    assert any("within three rounds" in part for part in shipped(name).briefing)
    for start in shipped(name).starts:
        rounds = rounds_to_crisis(shipped(name), start.seats, is_alone=True)
        assert rounds is not None
        assert rounds <= 3


def test_one_round_of_defection_strains_india_and_pakistan():
    position = SecondTable(shipped(STEPPE)).round("D")
    assert [x.rung for x in position.standing.rivals if Seat("PAK") in x.seats] == [1]
    assert says(STEPPE, "PAK", "One round in which you and India both defect")


@pytest.mark.parametrize(("name", "seat"), [(STEPPE, "KAZ"), (STEPPE, "PAK")])
def test_cooperation_makes_a_seat_lean_on_china_as_its_goals_say(name, seat):
    table, leant = SecondTable(shipped(name)), [0.0]
    for _ in range(5):
        standing = table.round("C").standing
        partner, much = leaning(standing.dependency, Seat(seat), shipped(name).seats)
        assert partner == CHN
        leant.append(much)
    assert leant == sorted(leant)
    assert leant[-1] >= shipped(name).consequences.supplier_share
    assert says(name, seat, "The longer all cooperate, the more you lean on China")


def test_the_corridor_needs_china_and_any_one_borrower():
    least = least_enough("bri_corridors", "corridor")
    assert least == [{"CHN", borrower} for borrower in ("PAK", "KAZ", "MYS", "IDN")]


def test_pakistan_leans_on_china_most_of_all_borrowers_after_five_rounds():
    scenario = shipped("bri_corridors")
    table = SecondTable(scenario)
    for _ in range(5):
        standing = table.round("C").standing
    found = {
        str(seat): leaning(standing.dependency, seat, scenario.seats)
        for seat in map(Seat, ("PAK", "KAZ", "MYS", "IDN"))
    }
    assert {partner for partner, _ in found.values()} == {CHN}
    assert max(found, key=lambda seat: found[seat][1]) == "PAK"
    assert found["PAK"][1] >= scenario.consequences.supplier_share


def seato_in(number: int):
    """Open the Manila Pact of a round that follows rounds of cooperation."""
    table = SecondTable(shipped("seato_1954_1977"))
    for _ in range(number - 1):
        table.round("C")
    (pact,) = (x for x in arenas_in_force(table.position, number) if x.name == "manila_pact")
    return pact


@pytest.mark.parametrize(
    ("number", "least"), [(5, [{"USA"}]), (6, [{"USA", "GBR"}, {"USA", "FRA"}])]
)
def test_the_pact_needs_whom_the_briefing_names(number, least):
    assert least_of(seato_in(number)) == least


def test_from_round_10_the_pact_needs_two_and_more_and_to_hold_back_pays_everybody():
    pact = seato_in(10)
    assert all({"USA", "GBR"} < some for some in least_of(pact))
    classes = {reply_class(pact.game, i) for i in range(len(pact.members))}
    assert classes == {ReplyClass.PRISONERS_DILEMMA}


@pytest.mark.parametrize("number", [6, 7])
@pytest.mark.parametrize(("seat", "out"), [("GBR", "FRA"), ("FRA", "GBR")])
def test_either_of_two_gains_by_its_share_if_the_other_stays_out(number, seat, out):
    pact = seato_in(number)
    held, back = (
        pact.game.payoffs([D if x in outside else C for x in pact.members])
        for outside in ((out,), (out, seat))
    )
    mine = pact.member(Seat(seat))
    assert held[mine] > back[mine]
    assert says("seato_1954_1977", seat, "In rounds 6 and 7")


def test_every_member_leans_on_the_united_states_as_its_goals_say():
    scenario = shipped("seato_1954_1977")
    table = SecondTable(scenario)
    for _ in range(4):
        standing = table.round("C").standing
    for seat in scenario.seats[1:]:
        partner, much = leaning(standing.dependency, seat, scenario.seats)
        assert partner == USA
        assert much >= scenario.consequences.supplier_share
        assert says(scenario.name, seat, "You lean on the United States")


def test_seato_has_no_rivals_as_its_briefing_says():
    assert shipped("seato_1954_1977").rivals == ()
    assert any("no two members are rivals" in x for x in shipped("seato_1954_1977").briefing)


WRITTEN = [name for name in NAMES if any(player.goals for player in shipped(name).players)]
"""The scenarios whose texts are written for players."""

MOST_WORDS = 25


@pytest.mark.parametrize("name", WRITTEN)
def test_every_seat_has_two_to_four_goals(name):
    assert {len(player.goals) for player in shipped(name).players} <= {2, 3, 4}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_players_read_is_in_short_sentences(name):
    scenario = shipped(name)
    texts = [scenario.summary, *scenario.briefing, *scenario.questions]
    texts += [text for player in scenario.players for text in (player.brief, *player.goals)]
    texts += [arena.about for arena in scenario.arenas] + [card.text for card in scenario.deck]
    sentences = [x for text in texts for x in re.split(r"(?<=[.?!:;])\s+", text)]
    assert [x for x in sentences if len(x.split()) > MOST_WORDS] == []
