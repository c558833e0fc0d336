"""A round's aftermath: each formula of rules section 4 by example and by law."""

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.games.corners import GameClass
from game_rules.games.stage_games import LIBRARY, Action, collective, symmetric
from game_rules.records.codec import dumps
from game_rules.rulesets.first.aftermath import next_standing
from game_rules.rulesets.first.crises import crisis_arena
from game_rules.rulesets.first.rules import FIRST
from game_rules.standing.incidents import Concept, costs
from game_rules.standing.integration import Outlook
from game_rules.standing.round_effects import RoundEffects
from game_rules.standing.standing import (
    RivalPair,
    StandingParameters,
    autonomy,
    first_standing,
    trust,
)
from tests.game_rules.drawn import scenarios
from tests.game_rules.regions import (
    TERMS,
    a_dyad,
    a_forum,
    a_region,
    after,
    played,
    seats,
    the_index,
)

A, B, C, D = seats(4)
DYAD = a_region((a_dyad("dyad", A, B),), rivals=((A, B),))


def concepts(incidents) -> list[Concept]:
    return [incident.concept for incident in incidents]


# Trust and affinity


def test_one_c_lifts_trust_and_one_d_counts_double():
    loyal, _ = after(DYAD, "C")
    betrayed, _ = after(DYAD, {"dyad": "CD"})
    assert trust(loyal, A, B) == pytest.approx(1.9 / 2.8)
    assert trust(betrayed, A, B) == pytest.approx(0.9 / 3.8)
    assert trust(betrayed, B, A) == pytest.approx(1.9 / 2.8)


def test_old_rounds_fade_by_a_tenth():
    standing, _ = after(DYAD, "C", rounds=2)
    assert standing.faith[A][B] == (pytest.approx(0.9 * 1.9 + 1), pytest.approx(0.81))


def test_a_breach_costs_twice_the_trust():
    effects = RoundEffects(breaches=frozenset({("dyad", B)}))
    broken, _ = after(DYAD, {"dyad": "CD"}, effects=effects)
    assert broken.faith[A][B] == (pytest.approx(0.9), pytest.approx(0.9 + 4))


def test_shared_arenas_count_alike_and_together_as_one_round():
    region = a_region((a_dyad("trade", A, B), a_dyad("border", A, B)))
    standing, _ = after(region, {"trade": "CC", "border": "CD"})
    assert standing.faith[A][B] == (pytest.approx(0.9 + 0.5), pytest.approx(0.9 + 1))


def test_a_misread_action_changes_what_is_thought_and_nothing_else():
    sightings = {"dyad": {A: {B: Action.D}}}
    misled, _ = after(DYAD, "C", effects=RoundEffects(sightings=sightings))
    clear, _ = after(DYAD, "C")
    assert trust(misled, A, B) < trust(clear, A, B)
    assert misled.affinity[A][B] == pytest.approx(-0.6)
    assert misled.faith[B] == clear.faith[B]
    assert misled.dependency == clear.dependency
    assert misled.rivals == clear.rivals


def test_affinity_grows_by_practice_and_falls_faster_by_betrayal():
    mutual, _ = after(DYAD, "C")
    betrayed, _ = after(DYAD, {"dyad": "CD"})
    hostile, _ = after(DYAD, "D")
    assert mutual.affinity[A][B] == pytest.approx(-0.45)
    assert betrayed.affinity[A][B] == pytest.approx(-0.6)
    assert betrayed.affinity[B][A] == pytest.approx(-0.5)
    assert hostile.affinity[A][B] == pytest.approx(-0.5)


def test_affinity_stays_between_enemy_and_friend():
    friends, _ = after(DYAD, "C", rounds=60)
    enemies, _ = after(DYAD, {"dyad": "CD"}, rounds=60)
    assert friends.affinity[A][B] == 1.0
    assert enemies.affinity[A][B] == -1.0


def test_those_who_do_not_meet_think_of_each_other_as_before():
    region = a_region((a_dyad("dyad", A, B), a_dyad("other", C, D)))
    start, _ = after(region, "C")
    standing, _ = next_standing(start, region, [played(region.arenas[0], "DD")])
    assert standing.faith[C] == start.faith[C]
    assert standing.affinity[C] == start.affinity[C]


# Dependency


def test_benefits_are_credited_to_those_who_cooperated_by_weight():
    forum = a_forum("forum", (A, B, C), weights=(1, 2, 1))
    standing, _ = after(a_region((forum,)), {"forum": "CCD"})
    assert standing.dependency[C] == {A: pytest.approx(0.2 / 3), B: pytest.approx(0.4 / 3)}
    assert standing.dependency[A] == {B: pytest.approx(0.4 / 3)}
    assert standing.dependency[B] == {A: pytest.approx(0.2 / 3)}


def test_dependency_fades_by_a_fifth_where_nothing_is_produced():
    forum = a_forum("forum", (A, B), theta=0.9)
    once, _ = after(a_region((forum,)), "C")
    then, _ = after(a_region((forum,)), {"forum": "CD"}, start=once)
    assert then.dependency[A][B] == pytest.approx(0.8 * once.dependency[A][B])


def test_a_larger_benefit_elsewhere_makes_for_less_dependency_here():
    rich = collective((1, 1), replace(TERMS, b=18))
    region = a_region((a_forum("small", (A, B)), a_dyad("large", A, C, rich)))
    standing, _ = after(region, "C")
    assert standing.dependency[A][C] == pytest.approx(3 * standing.dependency[A][B])


def test_a_free_rider_depends_by_what_spills_over():
    """σ = 1/2 of one half produced, against all of one produced: 1/4 to 1."""
    region = a_region((a_forum("ridden", (A, B)), a_forum("joined", (A, C))))
    standing, _ = after(region, {"ridden": "DC", "joined": "CC"})
    riding, joining = 0.5 * 0.5, 1.0
    assert standing.dependency[A] == {
        B: pytest.approx(0.2 * riding / (riding + joining)),
        C: pytest.approx(0.2 * 0.5 * joining / (riding + joining)),
    }


def test_two_players_of_a_bimatrix_share_what_both_made():
    region = a_region((a_dyad("dyad", A, B, LIBRARY["prisoners_dilemma"]),))
    both, _ = after(region, "C")
    exploited, _ = after(region, {"dyad": "CD"})
    assert both.dependency[A] == {B: pytest.approx(0.1)}
    assert exploited.dependency == {A: {}, B: {A: pytest.approx(0.2)}}


def test_cooperation_that_is_worth_nothing_makes_nobody_dependent():
    region = a_region((a_dyad("dyad", A, B, symmetric(0, 0, 5, 5)),))
    standing, _ = after(region, "C")
    assert standing.dependency[A] == {}


# Tension, crisis, spiral


def tension(standing) -> float:
    return standing.rivals[0].tension


def test_tension_falls_by_cooperation_and_rises_by_defection():
    assert tension(after(DYAD, "C")[0]) == pytest.approx(0.27 - 0.12)
    assert tension(after(DYAD, {"dyad": "CD"})[0]) == pytest.approx(0.27 + 0.05)
    assert tension(after(DYAD, "D")[0]) == pytest.approx(0.27 + 0.10)


def test_tension_stays_between_zero_and_one():
    assert tension(after(DYAD, "C", rounds=5)[0]) == 0.0
    strained = RoundEffects(strains={(B, A): 5.0})
    assert tension(after(DYAD, "D", effects=strained)[0]) == 1.0


def test_a_bloc_that_holds_one_rival_and_not_the_other_raises_tension_as_it_cooperates():
    bloc = a_forum("bloc", (A, B), exclusive=0.2)
    region = a_region((bloc,), rivals=((A, C), (A, B), (C, D)))
    standing, _ = after(region, {"bloc": "CD"})
    outside, within, apart = (pair.tension for pair in standing.rivals)
    assert outside == pytest.approx(0.27 + 0.2 * 0.5)
    assert within == pytest.approx(0.27 + 0.05)
    assert apart == pytest.approx(0.27)


def test_a_strain_from_elsewhere_adds_to_tension():
    standing, _ = after(DYAD, "C", effects=RoundEffects(strains={(A, B): 0.1}))
    assert tension(standing) == pytest.approx(0.27 - 0.12 + 0.1)


def tense(level: float):
    return first_standing(DYAD, tensions={(A, B): level})


def test_a_crisis_opens_at_eight_tenths_and_is_told_once():
    opened, incidents = after(DYAD, "D", start=tense(0.79))
    assert opened.rivals[0].is_in_crisis
    assert concepts(incidents) == [Concept.CRISIS]
    assert incidents[0].seats == (A, B)
    _, later = after(DYAD, "D", start=opened)
    assert Concept.CRISIS not in concepts(later)


def test_below_eight_tenths_there_is_no_crisis():
    standing, incidents = after(DYAD, "D", start=tense(0.77))
    assert (FIRST.crisis_arenas(standing, DYAD), incidents) == ((), ())


def test_a_crisis_is_a_chicken_between_the_two():
    opened, _ = after(DYAD, "D", start=tense(0.79))
    (arena,) = FIRST.crisis_arenas(opened, DYAD)
    assert arena == crisis_arena(opened, DYAD, (A, B))
    assert arena.members == (A, B)
    assert arena.title == "Crisis: Country A – Country B"
    assert arena.game.corners(0).game_class is GameClass.CHICKEN


def test_stepping_back_in_the_crisis_ends_it():
    opened, _ = after(DYAD, "D", start=tense(0.79))
    arenas = (*DYAD.arenas, *FIRST.crisis_arenas(opened, DYAD))
    results = [played(arena, "CC") for arena in arenas]
    calmer, _ = next_standing(opened, DYAD, results, arenas=arenas)
    assert not calmer.rivals[0].is_in_crisis
    assert calmer.norms["crisis_a_b"] == pytest.approx(0.6)


def test_three_rounds_of_arming_under_rising_tension_are_a_spiral():
    heard = [concepts(after(DYAD, "D", rounds=rounds)[1]) for rounds in (1, 2, 3, 4)]
    assert heard == [[], [], [Concept.SPIRAL], []]


def test_one_round_of_restraint_breaks_a_spiral():
    armed, _ = after(DYAD, "D", rounds=2)
    paused, _ = after(DYAD, {"dyad": "CD"}, start=armed)
    assert paused.rivals[0].arming_rounds == 0


def test_arming_without_rising_tension_is_no_spiral():
    standing, _ = after(DYAD, "D", start=tense(1.0))
    assert standing.rivals[0] == RivalPair((A, B), 1.0, is_in_crisis=True, arming_rounds=0)


# Abandonment, entrapment, fragmentation


FORUM = a_region((a_forum("forum", (A, B, C), weights=(1, 8, 1)),), rivals=((B, D),))


def leaning(scenario=FORUM, tensions=None):
    """Let A lean on B by 0.6."""
    return replace(first_standing(scenario, tensions=tensions), dependency={A: {B: 0.6}})


def test_a_main_supplier_that_defects_abandons():
    _, incidents = after(FORUM, {"forum": "CDC"}, start=leaning())
    (incident,) = incidents
    assert (incident.concept, incident.seats) == (Concept.ABANDONMENT, (A, B))
    assert (incident.round, incident.arena) == (1, "forum")
    assert incident.explanation == "incident.abandonment"
    assert incident.figures == {"dependency": 0.6, "cost": 1.2}
    assert costs(incidents) == {A: 1.2}


def test_nobody_is_abandoned_who_defected_too_or_leans_on_nobody_much():
    light = replace(leaning(), dependency={A: {B: 0.34}})
    assert after(FORUM, {"forum": "DDC"}, start=leaning())[1] == ()
    assert after(FORUM, {"forum": "CDC"}, start=light)[1] == ()
    assert after(FORUM, {"forum": "CCC"}, start=leaning())[1] == ()


def test_a_seat_that_stands_by_a_supplier_in_crisis_with_an_outsider_is_entrapped():
    start = leaning(tensions={(B, D): 0.9})
    _, incidents = after(FORUM, "C", start=start)
    assert concepts(incidents) == [Concept.ENTRAPMENT]
    assert incidents[0].seats == (A, B, D)
    assert incidents[0].cost == pytest.approx(1.2)


def test_a_crisis_among_the_members_entraps_nobody():
    region = a_region(FORUM.arenas, rivals=((C, B),))
    start = leaning(region, tensions={(C, B): 0.9})
    assert Concept.ENTRAPMENT not in concepts(after(region, "C", start=start)[1])


def test_a_supplier_may_abandon_and_entrap_in_the_same_round():
    start = leaning(tensions={(B, D): 0.9})
    _, incidents = after(FORUM, {"forum": "CDC"}, start=start)
    assert concepts(incidents) == [Concept.ABANDONMENT, Concept.ENTRAPMENT]
    assert costs(incidents) == {A: pytest.approx(2.4)}


def test_incidents_without_a_cost_cost_nobody():
    _, incidents = after(DYAD, "D", start=tense(0.79))
    assert costs(incidents) == {}


SPLIT = a_region((a_forum("bloc", (A, B), exclusive=0.1), a_forum("forum", (A, B, C, D))))


def test_two_rounds_of_closed_ranks_and_little_across_are_fragmentation():
    closed = {"bloc": "CC", "forum": "DDCD"}
    heard = [concepts(after(SPLIT, closed, rounds=rounds)[1]) for rounds in (1, 2, 3)]
    assert heard == [[], [Concept.FRAGMENTATION], []]


@pytest.mark.parametrize(("across", "fragmented"), [("CCDD", 2), ("CDCD", 0), ("CDCC", 0)])
def test_less_than_half_across_of_what_there_is_inside_is_fragmentation(across, fragmented):
    """Of the ten ends of meetings across, A and B hold two each, C and D three each."""
    standing, _ = after(SPLIT, {"bloc": "CC", "forum": across}, rounds=2)
    assert standing.fragmented_rounds == fragmented


def test_where_one_bloc_holds_everybody_nothing_can_fragment():
    standing, _ = after(a_region((a_forum("union", (A, B, C), exclusive=0.1),)), "C")
    assert standing.fragmented_rounds == 0


def test_without_blocs_nothing_can_fragment():
    standing, incidents = after(DYAD, "D", rounds=2)
    assert (standing.fragmented_rounds, incidents) == (0, ())


# Institutions, norms, the index


def test_institutions_live_by_those_who_fund_them():
    funded, _ = after(SPLIT, "C", effects=RoundEffects(funders={"forum": (A, B, C)}))
    assert funded.institutions["forum"] == pytest.approx(0.8 * 0.3 + 0.2 * 0.75)
    assert funded.institutions["bloc"] == pytest.approx(0.8 * 0.3)


def test_the_norm_follows_the_weight_that_cooperates():
    standing, _ = after(FORUM, {"forum": "DCD"})
    assert standing.norms["forum"] == pytest.approx(0.8 * 0.5 + 0.2 * 0.8)


def test_all_c_is_optimistic_after_two_rounds():
    first, _ = after(SPLIT, "C")
    second, _ = after(SPLIT, "C", start=first)
    assert the_index(first).outlook is Outlook.CONTESTED
    assert the_index(second).outlook is Outlook.OPTIMISTIC
    assert the_index(second).index > 65


def test_all_d_is_pessimistic_at_once():
    standing, _ = after(SPLIT, "D")
    assert (the_index(standing).index, the_index(standing).outlook) == (0, Outlook.PESSIMISTIC)


def test_an_open_crisis_is_pessimistic_whatever_the_index():
    start = first_standing(DYAD, tensions={(A, B): 1.0})
    patient = StandingParameters(relief_of_cooperation=0.0)
    standing, _ = after(DYAD, "C", start=start, parameters=patient)
    assert the_index(standing).index > 30
    assert the_index(standing).outlook is Outlook.PESSIMISTIC


def test_half_hearted_regions_are_contested():
    standing, _ = after(SPLIT, {"bloc": "CD", "forum": "CCDD"}, rounds=4)
    assert the_index(standing).outlook is Outlook.CONTESTED


def test_the_index_is_shown_with_its_five_parts():
    standing, _ = after(DYAD, "C")
    parts = the_index(standing)
    assert (parts.cooperation, parts.cross_bloc) == (1, 1)
    assert parts.trust == pytest.approx(1.9 / 2.8)
    assert parts.autonomy == pytest.approx(1 - 0.1**2)
    assert parts.calm == pytest.approx(0.85)
    product = parts.trust * parts.autonomy * parts.calm
    assert parts.index == pytest.approx(100 * product**0.2)


def test_where_one_bloc_holds_everybody_cooperation_stands_for_that_across():
    union = a_region((a_forum("union", (A, B, C), exclusive=0.1),))
    standing, _ = after(union, {"union": "CCD"})
    assert the_index(standing).cross_bloc == the_index(standing).cooperation


# Laws over whatever is drawn


def rounds_of(scenario, data, count: int = 3):
    """Play random rounds; give every standing."""
    standings, standing = [], first_standing(scenario)
    for _ in range(count):
        results = [
            played(arena, [data.draw(st.sampled_from(Action)) for _ in arena.members])
            for arena in scenario.arenas
        ]
        standing, _ = next_standing(standing, scenario, results)
        standings.append(standing)
    return standings


@given(scenarios(), st.data())
def test_every_figure_stays_in_its_range(scenario, data):
    for standing in rounds_of(scenario, data):
        for row in standing.dependency.values():
            assert sum(row.values()) <= 1 + 1e-9
            assert all(share >= 0 for share in row.values())
        for seat in scenario.seats:
            assert 0 <= autonomy(standing, seat) <= 1
        assert all(0 <= x <= 1 for x in (*standing.norms.values(), *standing.institutions.values()))
        assert all(0 <= pair.tension <= 1 for pair in standing.rivals)
        assert 0 <= the_index(standing).index <= 100


@given(scenarios(), st.data())
def test_seeing_c_never_lowers_trust_and_seeing_d_never_raises_it(scenario, data):
    arena = scenario.arenas[0]
    start = first_standing(scenario)
    actions = [data.draw(st.sampled_from(Action)) for _ in arena.members]
    standing, _ = next_standing(start, scenario, [played(arena, actions)])
    for seat, action in zip(arena.members, actions, strict=True):
        for other in arena.members:
            if other != seat:
                change = trust(standing, other, seat) - trust(start, other, seat)
                assert change > 0 if action is Action.C else change < 0


def test_the_same_rounds_give_the_same_figures_on_every_python():
    """A digest of the text: one other rounding anywhere, on any machine, changes it."""
    region = a_region(SPLIT.arenas, rivals=((A, D), (B, C)))
    standing = first_standing(region)
    for number in range(40):
        letters = {
            arena.name: ["CD"[(number * 7 + i * 3) % 5 % 2] for i, _ in enumerate(arena.members)]
            for arena in region.arenas
        }
        results = [played(arena, letters[arena.name]) for arena in region.arenas]
        standing, _ = next_standing(standing, region, results)
    assert sha256(dumps(standing).encode()).hexdigest()[:16] == "2d6f7757d7456a61"
