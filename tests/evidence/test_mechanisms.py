"""Laboratory persons under a mechanism: what each does is what its page says."""

import pytest

from game_rules.games.laboratory import BASE, REPLIES, first_cooperation
from game_rules.games.stage_games import LIBRARY, C, D
from game_rules.log.events import OrderSaved, PactConcluded
from game_rules.scenario.pacts import Binding
from game_rules.scenario.pairings import Pairing
from tests.evidence.mechanisms import (
    BEYOND,
    DILEMMA,
    mechanisms,
    mechanisms_in,
    mediated,
    observed,
    pairs,
    plain,
)
from tests.evidence.persons import (
    CONTINUATION,
    GAMES,
    SEATS,
    Mechanism,
    PersonsTable,
    played_by_persons,
    single_round,
    terms_with,
    wants_to_sign,
    worth,
)
from tests.evidence.runs import Runs, scenario_of

HARD, MIDDLE, EASY = (game.row for game in GAMES.values())


def table(mechanism: Mechanism, seed: str = "1", game: str = DILEMMA) -> PersonsTable:
    played = PersonsTable(scenario_of(game), mechanism, seed)
    played.play()
    return played


def share(mechanism: Mechanism, seeds: int = 40) -> float:
    rows = [played_by_persons(scenario_of(DILEMMA), mechanism, x) for x in range(1, seeds + 1)]
    return sum(x.cooperation for x in rows) / seeds


def named(label: str, game: str = "R 40") -> Mechanism:
    return next(x for x in mechanisms_in(game) if x.label == label)


@pytest.mark.parametrize("game", GAMES.values())
def test_a_single_round_of_a_dilemma_is_played_as_foretold_of_laboratories(game):
    assert single_round(game.row) == pytest.approx(BASE)
    assert single_round(game.row) == pytest.approx(first_cooperation(game.row, 0.0).share)


def test_enough_in_escrow_turns_who_errs_around():
    assert single_round(terms_with(MIDDLE, 13.1)) == pytest.approx(1 - BASE)
    assert BASE < single_round(terms_with(EASY, 6.5)) < 1 - BASE
    assert worth(MIDDLE, 0.0) == MIDDLE.P
    assert worth(LIBRARY["stag_hunt"].row, 1.0) == 4


@pytest.mark.parametrize(
    ("corners", "binding", "stake", "expected"),
    [
        (HARD, Binding.EXECUTED, 0.0, True),
        (MIDDLE, Binding.ESCROW, 16.25, True),
        (MIDDLE, Binding.ESCROW, 6.5, False),
        (EASY, Binding.ESCROW, 6.5, True),
        (LIBRARY["deadlock"].row, Binding.EXECUTED, 0.0, False),
    ],
)
def test_a_person_signs_what_it_expects_more_of(corners, binding, stake, expected):
    assert wants_to_sign(corners, binding, stake) is expected


@pytest.mark.slow
def test_strangers_play_every_round_as_a_single_one():
    assert share(plain("R 48")) == pytest.approx(BASE, abs=0.02)


def test_pairs_that_stay_are_the_bots_own_play():
    stay = table(pairs("R 40"))
    assert all(x.strategy == "laboratory_person" for x in stay.position.holders.values())
    assert stay.position.scenario.population is not None
    assert stay.position.scenario.population.pairing is Pairing.FIXED
    assert stay._share_of_c(stay.position, stay.position.arenas[0].members[0], _any(stay)) is None


def _any(played: PersonsTable):
    return played.position.arenas[0]


def test_a_record_is_answered_as_if_it_had_been_done_to_oneself():
    played = next(
        x for seed in range(1, 30) if len((x := table(named("reputation"), str(seed))).log) > 80
    )
    seen = played.position
    did = {who: act for x in seen.history[-1].results for who, act in x.actions.items()}
    for arena in seen.arenas:
        for seat, other in (arena.members, arena.members[::-1]):
            expected = REPLIES[0][1][2 * (did[seat] is D) + (did[other] is D)]
            assert played._share_of_c(seen, seat, arena) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("label", "delta"), [("reputation", CONTINUATION), ("reputation, not foreseen", 0.0)]
)
def test_who_foresees_the_record_begins_by_the_shadow_of_the_future(label: str, delta: float):
    fresh = PersonsTable(scenario_of(DILEMMA), named(label), "1")
    arena = _any(fresh)
    found = fresh._share_of_c(fresh.position, arena.members[0], arena)
    assert found == pytest.approx(first_cooperation(MIDDLE, delta).share)


def test_a_mediator_has_nothing_to_say_in_a_dilemma_and_changes_nothing_there():
    rows = [
        [played_by_persons(scenario_of(DILEMMA), each("R 40"), seed) for seed in range(1, 6)]
        for each in (pairs, mediated)
    ]
    assert [x.reached for x in rows[1]] == [0] * 5
    assert [x.cooperation for x in rows[0]] == [x.cooperation for x in rows[1]]


@pytest.mark.slow
@pytest.mark.parametrize("game", BEYOND)
def test_elsewhere_a_mediator_speaks(game: str):
    rows = [played_by_persons(scenario_of(game), mediated(None), seed) for seed in range(1, 25)]
    assert sum(x.reached for x in rows) > 0


def test_the_engine_plays_what_both_signed_and_only_that():
    played = table(named("contract: executed"), "4")
    signed = {
        (event.round, pledge.seat)
        for event in played.log
        if isinstance(event, PactConcluded)
        for pledge in event.pact.terms.pledges
    }
    assert signed
    for resolved in played.position.history:
        acted = {who: act for x in resolved.results for who, act in x.actions.items()}
        assert all(act is C for who, act in acted.items() if (resolved.round, who) in signed)
        assert len(acted) == SEATS
    assert any(isinstance(event, OrderSaved) for event in played.log)


def test_a_stake_is_lost_by_who_breaks_it_and_counted_in_points():
    found = [table(named("contract: escrow 1¼ z*"), str(seed)) for seed in range(1, 12)]
    breaches = [y for x in found for r in x.position.history for y in r.breaches]
    assert breaches
    assert {x.forfeited for x in breaches} == {16.25}


def test_figures_of_people_are_those_of_the_same_dilemma():
    rates = [observed(game.row).cooperation for game in GAMES.values()]
    assert rates == [0.2025, 0.5871, 0.7642]


@pytest.mark.slow
def test_the_tables_name_every_mechanism_in_every_dilemma(capsys):
    mechanisms(Runs(None, share=0.01))
    told = capsys.readouterr().out
    for game in GAMES:
        assert f"| none | {game} |" in told
        assert all(f"| {x.label} | {game} |" in told for x in mechanisms_in(game))
    assert all(f"| {game} |" in told for game in BEYOND)
