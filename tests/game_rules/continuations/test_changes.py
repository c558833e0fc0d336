"""One thing is otherwise: an order, a move, an answer, a proposal, news. All may react to it."""

from dataclasses import replace

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.continuations.changes import (
    AnswerChange,
    Counterfactual,
    MoveChange,
    NewsLeftOut,
    NewsOpened,
    OrderChange,
    ProposalChange,
)
from game_rules.continuations.continuation import Continued, changed, continued
from game_rules.continuations.going_on import AS_PLAYED
from game_rules.continuations.trunk import Trunk, trunk_of
from game_rules.errors import InvalidInput, MoveNotAllowed, NotYours
from game_rules.games.stage_games import C, D
from game_rules.log.events import (
    BotSeated,
    InjectOpened,
    MessageSaid,
    MoveMade,
    PactConcluded,
    Phase,
    ProposalAnswered,
    ProposalMade,
)
from game_rules.match import commands as c
from game_rules.roles import Seat
from game_rules.scenario.moves import Move, MoveKind
from game_rules.scenario_files.scenarios import load_scenario
from tests.game_rules.rulesets.second.wild import wild_match
from tests.game_rules.scenes import CHN, JPN, PHL, Table, person

SEA = load_scenario("south_china_sea")
NEWS = SEA.deck[0]
DOCTRINES = ("realist", "liberal", "constructivist", "hedger", "diplomat", "realist")


@pytest.fixture(scope="module")
def sea() -> Trunk:
    return trunk_of(play_bot_match(SEA, dict(zip(SEA.seats, DOCTRINES, strict=True)), "7"))


def first(trunk: Trunk, kind: type) -> tuple[int, object]:
    """Find the first event of a kind, and its place."""
    return next((x, event) for x, event in enumerate(trunk.log) if isinstance(event, kind))


def kinds(other: Continued, start: int, kind: type) -> list:
    """List the events of a kind from a place on."""
    return [event for event in other.log[start:] if isinstance(event, kind)]


def test_a_proposal_that_nobody_made(sea: Trunk) -> None:
    place, made = first(sea, ProposalMade)
    assert isinstance(made, ProposalMade)
    other = changed(sea, ProposalChange(made.round, made.number, None))
    assert other.shared == place
    assert made not in other.log
    assert other.position.is_over


def test_a_proposal_of_other_terms(sea: Trunk) -> None:
    place, made = first(sea, ProposalMade)
    assert isinstance(made, ProposalMade)
    terms = replace(made.terms, rounds=made.terms.rounds + 1)
    other = changed(sea, ProposalChange(made.round, made.number, terms))
    assert other.shared == place
    assert other.log[place] == replace(made, terms=terms)


def test_a_pact_that_was_declined(sea: Trunk) -> None:
    place, answered = first(sea, ProposalAnswered)
    assert isinstance(answered, ProposalAnswered)
    accepts = not answered.accepts
    change = AnswerChange(answered.round, answered.seat, answered.number, accepts)
    other = changed(sea, change)
    assert other.shared == place
    assert other.log[place] == replace(answered, accepts=accepts)
    pacts = [x.pact.number for x in kinds(other, place, PactConcluded)]
    assert accepts or answered.number not in pacts


def test_a_move_that_nobody_made(sea: Trunk) -> None:
    place, made = first(sea, MoveMade)
    assert isinstance(made, MoveMade)
    other = changed(sea, MoveChange(made.round, made.seat, None))
    assert other.shared == place
    opened = other.position.history[made.round - 1].moves
    assert [x.seat for x in opened if x.seat == made.seat] == []


def test_a_move_that_somebody_made_is_no_change(sea: Trunk) -> None:
    _, made = first(sea, MoveMade)
    assert isinstance(made, MoveMade)
    assert changed(sea, MoveChange(made.round, made.seat, made.move)).log == sea.log


def test_a_move_that_is_not_allowed_is_refused(sea: Trunk) -> None:
    with pytest.raises(MoveNotAllowed):
        changed(sea, MoveChange(1, Seat("USA"), Move(MoveKind.FUND, "code_of_conduct")))


def test_a_move_of_a_seat_that_made_none(sea: Trunk) -> None:
    rounds = {resolved.round: {x.seat for x in resolved.moves} for resolved in sea.last.history}
    number, seat = next((n, x) for n, did in rounds.items() for x in SEA.seats if x not in did)
    kind = Move(MoveKind.FUND, sea.last.arenas_of(seat)[0].name)
    other = changed(sea, MoveChange(number, seat, kind))
    made = [x.move for x in other.position.history[number - 1].moves if x.seat == seat]
    assert made == [kind]


@pytest.mark.slow(measured=True)
def test_news_that_came(sea: Trunk) -> None:
    other = changed(sea, NewsOpened(3, NEWS))
    start = sea.acts[sea.start_of(3)].place
    assert other.shared == start
    assert isinstance(other.log[start], InjectOpened)
    assert NewsOpened(3, NEWS).turned(sea.acts[-1]) is sea.acts[-1].command


def test_news_that_did_not_come() -> None:
    """Neither from the deck nor by the facilitator's hand."""
    scenario = replace(SEA, deck=(replace(NEWS, round=2),))
    trunk = trunk_of(play_bot_match(scenario, dict.fromkeys(SEA.seats, "tit_for_tat"), "7"))
    place, _ = first(trunk, InjectOpened)
    other = changed(trunk, NewsLeftOut(2, NEWS.name))
    assert other.shared == place
    assert kinds(other, 0, InjectOpened) == []


@pytest.mark.slow(measured=True)
def test_news_of_the_facilitator_that_did_not_come() -> None:
    trunk = trunk_of(wild_match(SEA, 2))
    place, news = first(trunk, InjectOpened)
    assert isinstance(news, InjectOpened)
    other = changed(trunk, NewsLeftOut(news.round, news.inject.name))
    assert other.shared == place
    same = [x for x in kinds(other, 0, InjectOpened) if x.inject.name == news.inject.name]
    assert same == []


@pytest.mark.parametrize(
    "change",
    [
        MoveChange(1, CHN, None),
        AnswerChange(1, Seat("USA"), 7, accepts=True),
        ProposalChange(1, 7, None),
        NewsLeftOut(1, "storm"),
    ],
)
def test_what_did_not_happen_is_not_changed(change: Counterfactual, mixed: Trunk) -> None:
    with pytest.raises(InvalidInput) as refusal:
        changed(mixed, change)
    assert str(refusal.value) == "round 1 has nothing of that kind; see its replay"


@pytest.fixture(scope="module")
def mixed() -> Trunk:
    """Play with China and Japan as people, and the Philippines as a bot."""
    table = Table().seat(CHN, JPN).bots(PHL).start()
    for number in (1, 2, 3):
        table.skip_to(Phase.NEGOTIATION, number)
        table.do(c.Say((), f"Round {number}.", None), person(CHN))
        table.skip_to(Phase.DECISION, number)
        table.order(PHL, forum="C")
        table.order(CHN, strait="C", forum="C")
        table.do(c.PauseMatch())
        table.do(c.ResumeMatch())
        table.order(JPN, strait="C", forum="C")
    table.skip_to(Phase.DEBRIEF, 3)
    table.do(c.Say((), "Well played.", None))
    return trunk_of(table.log)


def test_people_do_what_they_did(mixed: Trunk) -> None:
    other = changed(mixed, OrderChange(1, CHN, "forum", D))
    played = [x.results[1].actions for x in other.position.history]
    assert [x[CHN] for x in played] == [D, C, C]
    assert [x[JPN] for x in played] == [C, C, C]
    assert [x[PHL] for x in played] == [C, D, C]  # tit for tat among three
    texts = [x.text for x in other.log if isinstance(x, MessageSaid)]
    assert texts == ["Round 1.", "Round 2.", "Round 3.", "Well played."]


def test_people_may_go_by_a_strategy_from_there_on(mixed: Trunk) -> None:
    other = continued(mixed, 2, {CHN: "defector", PHL: AS_PLAYED})
    played = [x.results[1].actions for x in other.position.history]
    assert [x[CHN] for x in played] == [C, D, D]
    assert [x[PHL] for x in played] == [C, C, C]
    assert [x.seat for x in other.log if isinstance(x, BotSeated)] == [PHL, CHN]


def test_a_seat_that_nobody_holds_has_no_order_to_change(mixed: Trunk) -> None:
    with pytest.raises(NotYours):
        changed(mixed, OrderChange(1, Seat("IND"), "forum", D))


def test_a_match_that_is_paused_at_the_end_of_its_log_goes_on() -> None:
    table = Table().seat(CHN, JPN).bots(PHL).start().skip_to(Phase.REVEAL, 1)
    table.do(c.PauseMatch())
    other = continued(trunk_of(table.log), 1)
    assert other.position.is_over
    assert other.position.paused_at_ms is None


def test_a_lobby_has_nothing_to_go_on_with() -> None:
    with pytest.raises(InvalidInput, match="round 1 was not played"):
        continued(trunk_of(Table().seat(CHN).log), 1)


def test_an_autopilot_signs_nothing_and_moves_nothing() -> None:
    table = Table(replace(SEA, autopilot="liberal"), pace=None)
    for seat in SEA.seats:
        table.seat(seat)
    table.start()
    for seat in SEA.seats[:5]:
        table.do(c.EngageAutopilot(seat))
    table.skip_to(Phase.NEGOTIATION, 2)
    start = table.position.round
    assert start == 2
    other = continued(trunk_of(table.log), 1)
    assert other.position.is_over
    assert kinds(other, 0, ProposalMade) == []
    assert kinds(other, 0, MoveMade) == []


def test_a_match_without_talk_goes_on_without_pacts(sea: Trunk) -> None:
    other = continued(sea, 1, has_talk=False)
    assert kinds(other, sea.acts[sea.start_of(1)].place, ProposalMade) == []
    assert other.position.is_over
