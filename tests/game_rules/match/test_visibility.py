"""Who is shown what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import pytest
from hypothesis import example, given

from game_rules.games.stage_games import C
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match.visibility import owner, redact, shown, shown_to_each
from game_rules.roles import ARCHIVE, FACILITATOR, PUBLIC, PersonId, Role, Seat, Viewer, seated
from game_rules.rounds.fog import in_fog
from game_rules.scenario.injects import Inject
from game_rules.scenario.moves import Effect, Move, MoveKind, OpenedMove
from game_rules.scenario.pacts import Binding, Breach, Pact, PactTerms, Pledge
from game_rules.scenario.scenario import Press, Scenario
from game_rules.standing.standing import Standing
from tests.client.random_matches import random_log
from tests.game_rules.drawn import logs
from tests.game_rules.scenes import CHN, JPN, PHL, a_scenario, viewers

SCENARIO = a_scenario()
RESULT = e.ArenaResult("strait", {CHN: C}, {CHN: e.OrderSource.ORDERED}, {CHN: 1.0})

FOR_ALL = (
    e.SeatTaken(CHN, PersonId("ann"), "Ann", 0),
    e.SeatVacated(CHN, 0),
    e.ArenaOpened(1, SCENARIO.arenas[0], 0),
    e.ArenaClosed(1, "strait", 0),
    e.ArenaChanged(1, SCENARIO.arenas[0], 0),
    e.DelegateJoined(CHN, PersonId("ann"), "Ann", 0),
    e.DelegateLeft(CHN, PersonId("ann"), 0),
    e.PenPassed(CHN, PersonId("ann"), 0),
    e.AutopilotEngaged(CHN, "tit_for_tat", e.AutopilotReason.ABSENT, 0),
    e.AutopilotReleased(CHN, e.AutopilotReason.RETURNED, 0),
    e.InjectOpened(1, Inject("storm", "A storm", "It rains.", 1), 1, 1, 0),
    e.InjectClosed(2, "storm", 0),
    e.Branched("trunk", 9, None, 0),
    e.MatchSuperseded("branch", 0),
    e.PhaseOpened(1, Phase.DECISION, 0, None),
    e.MessageSaid(1, CHN, (), "Hello", None, 0),
    e.MessageSaid(1, None, (), "Welcome", None, 0),
    e.RoundResolved(1, (RESULT,), {CHN: 1.0}, 0),
    e.MatchPaused(0),
    e.MatchResumed(None, 0),
    e.DeadlineMoved(1, e.DeadlineReason.EXTENDED, 0),
    e.MatchEnded(e.EndReason.CHANCE, "seed", 0),
)

FACILITATORS_OWN = (
    e.FacilitatorActed(PersonId("co"), "Dr Co", "pause_match", 0),
    e.PersonRemoved(PersonId("ann"), 0),
)
ORDER = e.OrderSaved(1, CHN, {"strait": C}, 0)
FUND = Move(MoveKind.FUND, "strait")
SEALED = (
    ORDER,
    e.MoveMade(1, CHN, FUND, 0),
    e.MoveTakenBack(1, CHN, 0),
    e.ForecastSaved(1, CHN, "strait", {JPN: C}, 0),
)
TOLD = e.RecommendationGiven(2, "strait", CHN, C, 0)
READY = e.ReadySet(1, Phase.DECISION, CHN, True, 0)
BOT = e.BotSeated(CHN, "grudger", 0)
TERMS = PactTerms((CHN, JPN), (Pledge(CHN, "strait", C),), (), 2, Binding.COMMUNIQUE)
TREATY = replace(TERMS, binding=Binding.TREATY)
PROPOSED = e.ProposalMade(1, 5, CHN, TERMS, 0)
BARGAINING = (
    PROPOSED,
    e.ProposalCountered(1, 5, (CHN, JPN), JPN, 6, 0),
    e.ProposalAnswered(1, 5, (CHN, JPN), JPN, True, 0),
    e.PactConcluded(1, Pact(5, TERMS, 1, 2), 0),
)
CREATED = e.MatchCreated(1, SCENARIO, "seed", None, 0)


def who_sees(event: e.Event, scenario: Scenario = SCENARIO) -> set[str]:
    """Give the audiences that are shown an event, whole or in part."""
    return {v.key for v in viewers(scenario) if redact(event, v, scenario) is not None}


EVERYONE = {"observer", "facilitator", "seat:CHN", "seat:JPN", "seat:PHL"}


def test_every_type_of_event_is_named_here():
    every = (*FOR_ALL, *FACILITATORS_OWN, *SEALED, TOLD, READY, BOT, CREATED, *BARGAINING)
    named = {type(event) for event in every}
    assert named == set(e.Event.__args__)


@pytest.mark.parametrize("event", FOR_ALL, ids=lambda event: event.type)
def test_what_is_public_is_shown_whole_to_all(event: e.Event):
    assert all(redact(event, viewer, SCENARIO) is event for viewer in viewers(SCENARIO))


@pytest.mark.parametrize("event", BARGAINING, ids=lambda event: event.type)
def test_proposals_and_communiques_are_between_the_parties(event: e.Event):
    assert who_sees(event) == {"seat:CHN", "seat:JPN", "facilitator"}


@pytest.mark.parametrize("event", BARGAINING, ids=lambda event: event.type)
def test_where_all_talk_is_public_so_is_bargaining(event: e.Event):
    assert who_sees(event, a_scenario(press=Press.PUBLIC)) == EVERYONE


def test_a_treaty_is_public():
    assert who_sees(e.PactConcluded(1, Pact(5, TREATY, 1, 2), 0)) == EVERYONE


def test_a_round_tells_of_pacts_and_breaches_what_each_may_know():
    pacts = (Pact(5, TERMS, 1, 2), Pact(6, TREATY, 1, 2))
    breaches = tuple(
        Breach(x.number, x.terms.parties, CHN, "strait", 0.0, x.terms.binding.is_public)
        for x in pacts
    )
    event = e.RoundResolved(1, (RESULT,), {CHN: 1.0}, 0, breaches=breaches, pacts=pacts)
    seen = {v.key: redact(event, v, SCENARIO) for v in viewers(SCENARIO)}
    for key in ("seat:CHN", "seat:JPN", "facilitator"):
        assert seen[key] is event
    for key in ("seat:PHL", "observer"):
        assert seen[key] == replace(event, breaches=breaches[1:], pacts=pacts[1:])


@pytest.mark.parametrize("event", SEALED, ids=lambda event: event.type)
def test_what_is_sealed_is_shown_to_its_seat_alone(event: e.Event):
    assert who_sees(event) == {"seat:CHN"}
    assert redact(event, seated(CHN), SCENARIO) is event


def test_a_recommendation_is_told_to_its_seat_alone_and_the_facilitator():
    assert who_sees(TOLD) == {"seat:CHN", "facilitator"}


def test_a_round_tells_of_mediation_to_those_whom_it_concerns():
    asked = OpenedMove(CHN, Move(MoveKind.MEDIATION, "strait"), 0.0, True, (CHN, JPN))
    funded = OpenedMove(PHL, Move(MoveKind.FUND, "forum"), 1.0, True)
    effect = Effect(MoveKind.MEDIATION, (CHN,), "strait", 2, 2, audience=(CHN, JPN))
    event = e.RoundResolved(1, (), {}, 0, moves=(asked, funded), effects=(effect,))
    seen = {v.key: redact(event, v, SCENARIO) for v in viewers(SCENARIO)}
    for key in ("seat:CHN", "seat:JPN", "facilitator"):
        assert seen[key] == event
    for key in ("seat:PHL", "observer"):
        assert seen[key] == replace(event, moves=(funded,), effects=())


def test_who_is_ready_is_shown_to_the_seat_and_the_facilitator():
    assert who_sees(READY) == {"seat:CHN", "facilitator"}


@pytest.mark.parametrize("shows_ready", [False, True])
def test_what_is_shown_to_several_seats_is_what_is_shown_to_each(shows_ready: bool):
    scenario = a_scenario(shows_ready=shows_ready)
    done = replace(ORDER, ready_in=Phase.DECISION)
    events = (CREATED, BOT, *FOR_ALL, *FACILITATORS_OWN, *SEALED, *BARGAINING, ORDER, done, READY)

    told = shown_to_each(events, (CHN, JPN), scenario)

    assert told == {seat: shown(events, seat, scenario) for seat in (CHN, JPN)}
    assert ORDER not in shown_to_each(events, (PHL,), scenario)[PHL]


@pytest.mark.parametrize("shows_ready", [False, True])
def test_what_one_seat_owns_no_other_seat_sees(shows_ready: bool):
    scenario = a_scenario(shows_ready=shows_ready)
    done = replace(ORDER, ready_in=Phase.DECISION)
    events = (CREATED, BOT, *FOR_ALL, *FACILITATORS_OWN, *SEALED, *BARGAINING, done, READY, TOLD)
    owned = [event for event in events if owner(event, scenario) is not None]
    assert [event for event in (*SEALED, TOLD) if event not in owned] == []
    assert [event in owned for event in (done, READY)] == [not shows_ready] * 2
    for event in owned:
        others = {CHN, JPN, PHL} - {owner(event, scenario)}
        assert [redact(event, seated(seat), scenario) for seat in others] == [None, None]


def test_a_scenario_may_show_everyone_who_is_ready():
    assert who_sees(READY, a_scenario(shows_ready=True)) == EVERYONE


def test_a_room_is_heard_by_its_seats_and_the_facilitator():
    said = e.MessageSaid(1, CHN, (CHN, JPN), "Psst.", None, 0)
    assert who_sees(said) == {"seat:CHN", "seat:JPN", "facilitator"}


def test_the_facilitators_word_to_one_seat_is_heard_by_that_seat():
    assert who_sees(e.MessageSaid(1, None, (PHL,), "Psst.", None, 0)) == {"seat:PHL", "facilitator"}


def test_which_strategy_a_bot_plays_is_told_to_the_facilitator_alone():
    for viewer in viewers(SCENARIO):
        seen = redact(BOT, viewer, SCENARIO)
        is_told = viewer == FACILITATOR
        assert seen == (BOT if is_told else replace(BOT, strategy=None))


@pytest.mark.parametrize("event", FACILITATORS_OWN, ids=lambda event: event.type)
def test_who_acted_and_who_was_sent_away_is_for_the_facilitator(event: e.Event):
    assert who_sees(event) == {"facilitator"}


def test_what_is_still_in_the_deck_is_known_to_the_facilitator_alone():
    deck = (Inject("storm", "A storm", "It rains.", 1),)
    created = replace(CREATED, scenario=replace(SCENARIO, deck=deck))
    known = {viewer.key: redact(created, viewer, SCENARIO) for viewer in viewers(SCENARIO)}
    assert known.pop("facilitator") == replace(created, seed=None)
    assert set(map(repr, known.values())) == {repr(replace(CREATED, seed=None))}


def test_the_seed_is_told_to_nobody_while_the_match_runs():
    for viewer in viewers(SCENARIO):
        assert redact(CREATED, viewer, SCENARIO) == replace(CREATED, seed=None)


@pytest.mark.parametrize("event", [*FOR_ALL, ORDER, READY, BOT, CREATED], ids=lambda x: x.type)
def test_the_archive_sees_all(event: e.Event):
    assert redact(event, ARCHIVE, SCENARIO) is event


def test_a_new_type_of_event_is_shown_to_nobody():
    @dataclass(frozen=True)
    class SecretPactSigned:
        type: ClassVar[str] = "secret_pact_signed"
        seat: Seat = CHN

    assert who_sees(SecretPactSigned()) == set()  # ty: ignore[invalid-argument-type]


def test_a_seat_alone_makes_nobody_its_owner():
    """Whoever looks on in another role owns no seat, whatever is written beside the role."""
    for role in (Role.OBSERVER, Role.FACILITATOR, Role.CLOCK):
        assert redact(ORDER, Viewer(role, CHN), SCENARIO) is None


def test_audiences_are_named_after_what_they_see():
    assert [v.key for v in (PUBLIC, FACILITATOR, ARCHIVE)] == ["observer", "facilitator", "archive"]
    assert seated(JPN).key == "seat:JPN"


@given(logs())
@example(random_log(306357720, 11, 2))  # JPN has met nobody
def test_a_viewer_knows_the_position_without_what_is_hidden_from_it(log: Sequence[e.Event]):
    whole = fold(log)
    for viewer in viewers(whole.scenario):
        seen = fold(
            event for event in (redact(x, viewer, whole.scenario) for x in log) if event is not None
        )
        expected = replace(_masked(whole, viewer), proposals_made=seen.proposals_made)
        assert _without_changes(seen) == _without_changes(expected)


def _without_changes(position: Position) -> Position:
    """Leave out what led to a standing, which rounds of rules 2 tell beside it."""
    return replace(position, history=tuple(replace(x, change=None) for x in position.history))


def _of_own_standing(whole: Position, viewer: Viewer) -> Position:
    """In rules 2 keep own trust and affinity, and of dependence what a seat is part of."""
    if not whole.history or whole.rules_version == 1:
        return whole
    seat = viewer.seat

    def told(standing: Standing) -> Standing:
        return replace(
            standing,
            faith={i: row for i, row in standing.faith.items() if i == seat},
            affinity={i: row for i, row in standing.affinity.items() if i == seat},
            dependency={
                i: {j: x for j, x in row.items() if seat in (i, j)}
                for i, row in standing.dependency.items()
            },
        )

    rounds = tuple(replace(event, standing=told(event.standing)) for event in whole.history)
    return replace(whole, history=rounds, standing=told(whole.standing))


def _of_own_pacts(whole: Position, viewer: Viewer) -> Position:
    is_open = whole.scenario.press is Press.PUBLIC or viewer == FACILITATOR

    def knows(terms: PactTerms) -> bool:
        return is_open or viewer.seat in terms.parties

    def knows_pact(pact: Pact) -> bool:
        return knows(pact.terms) or pact.terms.binding is not Binding.COMMUNIQUE

    rounds = tuple(
        replace(
            event,
            pacts=tuple(filter(knows_pact, event.pacts)),
            breaches=tuple(
                x for x in event.breaches if is_open or x.is_public or viewer.seat in x.parties
            ),
        )
        for event in whole.history
    )
    return replace(
        whole,
        history=rounds,
        proposals=tuple(x for x in whole.proposals if knows(x.terms)),
        pacts=tuple(filter(knows_pact, whole.pacts)),
    )


def _of_own_moves(whole: Position, viewer: Viewer) -> Position:
    def knows(x: OpenedMove | Effect) -> bool:
        return not x.audience or viewer == FACILITATOR or viewer.seat in x.audience

    rounds = tuple(
        replace(
            event,
            moves=tuple(filter(knows, event.moves)),
            effects=tuple(filter(knows, event.effects)),
        )
        for event in whole.history
    )
    return replace(whole, history=rounds, effects=tuple(filter(knows, whole.effects)))


def _in_fog(whole: Position, viewer: Viewer) -> Position:
    rounds = tuple(in_fog(event, viewer.seat) for event in whole.history)
    totals = dict.fromkeys(whole.totals, 0.0)
    for event in rounds:
        totals = {seat: total + event.gains[seat] for seat, total in totals.items()}
    standing = rounds[-1].standing if rounds else whole.standing
    return replace(whole, history=rounds, totals=totals, standing=standing)


def _masked(whole: Position, viewer: Viewer) -> Position:
    """Say again, in one place and without events, what a viewer may know."""
    is_host = viewer == FACILITATOR
    sees_ready = is_host or whole.scenario.shows_ready
    whole = _of_own_moves(_of_own_pacts(whole, viewer), viewer)
    if whole.scenario.monitoring < 1 and not is_host:
        whole = _in_fog(whole, viewer)
    elif not is_host:
        whole = _of_own_standing(whole, viewer)
    return replace(
        whole,
        scenario=whole.scenario if is_host else replace(whole.scenario, deck=()),
        seed=whole.seed if whole.phase is Phase.DEBRIEF else None,
        removed=whole.removed if is_host else (),
        order_sources={s: x for s, x in whole.order_sources.items() if viewer == seated(s)},
        holders={
            seat: holder if is_host else replace(holder, strategy=None)
            for seat, holder in whole.holders.items()
        },
        orders={s: order for s, order in whole.orders.items() if viewer == seated(s)},
        moves={s: move for s, move in whole.moves.items() if viewer == seated(s)},
        forecasts=tuple(x for x in whole.forecasts if viewer == seated(x.seat)),
        recommendations={
            s: told for s, told in whole.recommendations.items() if is_host or viewer == seated(s)
        },
        ready={s: x for s, x in whole.ready.items() if sees_ready or viewer == seated(s)},
        messages=tuple(m for m in whole.messages if not m.room or is_host or viewer.seat in m.room),
    )
