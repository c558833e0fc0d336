"""Records of matches that nobody could have played."""

from dataclasses import replace

import pytest

from game_rules.errors import RecordError
from game_rules.games.stage_games import Terms, collective
from game_rules.log import events as e
from game_rules.log.events import Phase
from game_rules.match.decide import create_match
from game_rules.records.record import (
    LARGEST_RECORD,
    Record,
    read_record,
    verify,
)
from game_rules.roles import PersonId, Seat
from game_rules.scenario.scenario import PhaseSeconds, Scenario
from tests.game_rules.records.forged import LOG, check, forge, place_of
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    START_MS,
    Table,
    a_scenario,
    an_arena,
)

WILD = Terms(1e308, 1e308, 1e308, 1e308, 1e308, 1e308)


XXX = Seat("XXX")


FORUM = a_scenario().arenas[1].game


ALONE = replace(collective((1, 1), WILD), weights=(1.0,))


def created(scenario: Scenario) -> e.MatchCreated:
    """Begin a log as the rules would, as far as they can."""
    try:
        (event,) = create_match(scenario, "7", 1.0, START_MS)
    except (LookupError, ValueError):
        return e.MatchCreated(1, scenario, "7", 1.0, START_MS)
    assert isinstance(event, e.MatchCreated)
    return event


@pytest.mark.parametrize(
    "scenario",
    [
        a_scenario(seconds=PhaseSeconds(10**400, 1, 1, 1)),
        a_scenario(arenas=(an_arena("a", (CHN, JPN, PHL), a_scenario().arenas[0].game),)),
        a_scenario(arenas=(an_arena("a", (CHN, XXX), a_scenario().arenas[0].game),)),
        a_scenario(arenas=(an_arena("a", (CHN, JPN), collective((1, 1), WILD)),)),
        a_scenario(arenas=(an_arena("a", (CHN,), ALONE),)),
        a_scenario(arenas=(an_arena("a", (), FORUM),)),
        a_scenario(arenas=(an_arena("a", (CHN, CHN, CHN), FORUM),)),
        a_scenario(arenas=(), players=()),
        a_scenario(rivals=((XXX, XXX),)),
        a_scenario(rivals=((XXX, CHN), (CHN, XXX))),
    ],
)
def test_a_scenario_that_cannot_be_played_is_the_records_fault(scenario: Scenario):
    log = (
        created(scenario),
        e.PhaseOpened(0, Phase.BRIEFING, START_MS, None),
        e.PhaseOpened(1, Phase.DECISION, START_MS, None),
        e.RoundResolved(1, (), {}, START_MS),
    )
    with pytest.raises(RecordError):
        verify(Record("v", log))


def test_a_scenario_that_stumbles_when_played_is_named():
    scenario = a_scenario(arenas=(an_arena("a", (CHN, JPN, PHL), a_scenario().arenas[0].game),))
    table = Table(scenario).start().skip_to(Phase.DECISION)
    resolved = e.RoundResolved(1, (), {}, START_MS)
    with pytest.raises(RecordError, match="cannot be played") as found:
        verify(Record("v", (*table.log, resolved)))
    assert found.value.line == len(table.log) + 2


def test_a_log_begins_with_the_standing_that_its_scenario_has():
    first = LOG[0]
    assert isinstance(first, e.MatchCreated)
    forged = replace(first, standing=replace(first.standing, rounds=5))
    with pytest.raises(RecordError, match="standing") as found:
        check(forge([forged, *LOG[1:]]))
    assert found.value.line == 2


def test_a_person_is_the_same_person_throughout():
    taken = e.SeatTaken(PHL, PersonId("CHN"), "Ms CHN", LOG[-1].at_ms)
    with pytest.raises(RecordError):
        check(forge([*LOG[:-2], taken, *LOG[-2:]]))


def test_a_log_that_breaks_off_before_what_follows_by_itself_is_found():
    resolved = place_of(e.RoundResolved)
    with pytest.raises(RecordError, match=r"breaks off; the rules give .*phase_opened") as found:
        check(forge(LOG[: resolved + 1]))
    assert found.value.line == resolved + 3


def unplayable(scenario: Scenario) -> bytes:
    """Forge a match of a bot that nobody waits for, whose start would play every round at once."""
    alone = replace(scenario, arenas=(), seconds=PhaseSeconds(0, 0, 5, 0))
    (created,) = create_match(alone, "7", None, START_MS)
    return forge((created, e.BotSeated(CHN, "grudger", START_MS), opened_briefing()))


def opened_briefing() -> e.PhaseOpened:
    """What a start writes first."""
    return e.PhaseOpened(0, Phase.BRIEFING, START_MS, None)


def test_a_record_of_more_rounds_than_any_match_is_refused_before_they_are_played():
    """Each of them would be decided within one command, and kept."""
    with pytest.raises(RecordError, match="1000000000 rounds; no match has more than 200") as found:
        check(unplayable(a_scenario(rounds=10**9)))
    assert found.value.line == 2
    with pytest.raises(RecordError, match=r"the log breaks off|says otherwise"):
        check(unplayable(a_scenario(rounds=200)))


def test_a_record_of_more_players_or_meetings_than_any_match_is_refused():
    many = tuple(Seat(f"S{number}") for number in range(1000))
    (player, *_) = a_scenario().players
    crowd = replace(a_scenario(), players=tuple(replace(player, seat=seat) for seat in many))
    with pytest.raises(RecordError, match="1000 players; no match has more than 100"):
        check(forge(create_match(crowd, "7", None, START_MS)))
    (arena, *_) = a_scenario().arenas
    meeting = a_scenario(arenas=(replace(arena, members=many),))
    created = e.MatchCreated(1, meeting, "7", None, START_MS)
    with pytest.raises(RecordError, match="499500 pairs of members; no match has more than 129024"):
        check(forge([created]))


def test_a_file_larger_than_any_match_is_refused_before_it_is_read():
    with pytest.raises(RecordError, match=str(LARGEST_RECORD)):
        read_record(b"{" * (LARGEST_RECORD + 1))


def test_a_record_of_a_scenario_that_no_rules_can_play_is_refused():
    created = LOG[0]
    assert isinstance(created, e.MatchCreated)
    strangers = (Seat("AAA"), Seat("BBB"))
    forged = replace(created, scenario=replace(created.scenario, rivals=(strangers,), starts=()))
    with pytest.raises(RecordError, match="cannot be played") as found:
        check(forge((forged,)))
    assert found.value.line == 2
