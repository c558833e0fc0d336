"""The story of a table: firsts once, who left, and the end; nothing before round 1."""

from game_rules.log import events as e
from game_rules.log.control_events import AutopilotEngaged, AutopilotReason
from game_rules.log.pact_events import PactConcluded
from game_rules.roles import PersonId, Seat
from game_rules.scenario.pacts import Binding, Breach, Pact, PactTerms
from game_rules.standing.incidents import Concept, Incident
from server.seminars.story import MOST_LEFT, StoryItem, StoryKind, story_of

PHL, CHN = Seat("PHL"), Seat("CHN")


def opened(number: int) -> e.Event:
    return e.PhaseOpened(number, e.Phase.NEGOTIATION, deadline_ms=None, at_ms=number * 10)


def resolved(number: int, *, broken: bool | None = None, concept: Concept | None = None) -> e.Event:
    """A round; broken: whether a public pledge was, or one that few know; None: none was."""
    breach = Breach(1, (PHL, CHN), CHN, "reef", forfeited=0.0, is_public=bool(broken))
    return e.RoundResolved(
        number,
        (),
        {},
        at_ms=number * 10 + 5,
        breaches=() if broken is None else (breach,),
        incidents=(Incident(concept, number, (PHL, CHN), None, {}, ""),) if concept else (),
    )


def pact(number: int, binding: Binding) -> e.Event:
    terms = PactTerms((PHL, CHN), (), (), rounds=2, binding=binding)
    return PactConcluded(number, Pact(1, terms, number, number + 1), at_ms=number * 10 + 1)


def sat(seat: Seat) -> e.Event:
    return e.SeatTaken(seat, PersonId("p1"), "", at_ms=0)


def kinds(*events: e.Event) -> list[tuple[StoryKind, int]]:
    return [(item.kind, item.round) for item in story_of(events)]


def test_the_first_broken_treaty_is_told_once_and_who_broke_it_stands_first():
    told = story_of([opened(2), resolved(2, broken=True), opened(3), resolved(3, broken=True)])
    assert told == (StoryItem(StoryKind.BROKEN_TREATY, 2, (CHN, PHL), at_ms=25),)


def test_a_broken_word_that_is_not_public_is_no_story():
    assert kinds(opened(1), resolved(1, broken=False)) == []


def test_the_first_crisis_is_told_and_other_incidents_are_not():
    quiet = resolved(1, concept=Concept.SPIRAL)
    first, second = resolved(2, concept=Concept.CRISIS), resolved(3, concept=Concept.BRINK)
    log = opened(1), quiet, opened(2), first, opened(3), second
    assert kinds(*log) == [(StoryKind.CRISIS, 2)]


def test_the_first_pact_that_binds_by_more_than_a_word_is_told():
    weak, strong = pact(1, Binding.TREATY), pact(2, Binding.ESCROW)
    assert kinds(opened(1), weak, opened(2), strong, pact(2, Binding.EXECUTED)) == [
        (StoryKind.STRONG_PACT, 2)
    ]
    assert kinds(opened(1), pact(1, Binding.EXECUTED)) == [(StoryKind.STRONG_PACT, 1)]


def test_whoever_leaves_a_table_that_plays_is_told():
    before = e.SeatVacated(PHL, at_ms=1)
    gone = e.SeatVacated(PHL, at_ms=12)
    absent = AutopilotEngaged(CHN, "tit_for_tat", AutopilotReason.ABSENT, at_ms=13)
    asked = AutopilotEngaged(CHN, "tit_for_tat", AutopilotReason.FACILITATOR, at_ms=14)
    told = story_of([sat(PHL), before, opened(1), gone, absent, asked])
    assert [(item.kind, item.seats) for item in told] == [
        (StoryKind.LEFT, (PHL,)),
        (StoryKind.LEFT, (CHN,)),
    ]
    many = story_of([sat(PHL), opened(1), *(e.SeatVacated(PHL, at_ms=x) for x in range(11, 40))])
    assert len(many) == MOST_LEFT
    assert many[-1].at_ms == 39


def test_a_bot_that_goes_leaves_no_story():
    bot = e.BotSeated(PHL, "tit_for_tat", at_ms=1)
    assert kinds(sat(PHL), bot, opened(1), e.SeatVacated(PHL, at_ms=12)) == []


def test_the_end_is_told_even_in_the_lobby_and_the_story_is_in_order():
    end = e.MatchEnded(e.EndReason.FACILITATOR, seed="7", at_ms=99)
    assert kinds(end) == [(StoryKind.ENDED, 0)]
    assert kinds(
        sat(PHL), opened(1), e.SeatVacated(PHL, at_ms=12), resolved(1, broken=True), end
    ) == [
        (StoryKind.LEFT, 1),
        (StoryKind.BROKEN_TREATY, 1),
        (StoryKind.ENDED, 1),
    ]
