"""Fog: what is seen may be wrong, what was played stays, and nobody is shown more than it saw."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from game_rules.bots.bot_match import play_bot_match
from game_rules.games.stage_games import C
from game_rules.log import events as e
from game_rules.log.evolve import fold
from game_rules.match.visibility import redact
from game_rules.records.codec import dumps
from game_rules.records.record import Record, verify
from game_rules.roles import ARCHIVE, FACILITATOR, PUBLIC, Seat, Viewer, seated
from game_rules.scenario.scenario import Arena
from game_rules.standing.standing import Standing
from tests.game_rules.scenes import (
    CHN,
    JPN,
    PHL,
    QUICK,
    a_scenario,
    a_tense_scenario,
    viewers,
)

ROUNDS = 60
BOTS = {CHN: "random", JPN: "random", PHL: "random"}


def a_match(bots: dict[Seat, str] = BOTS, **changes: Any) -> tuple[e.Event, ...]:
    plain = {"seconds": QUICK, "rounds": ROUNDS, "monitoring": 0.7, "rivals": ()}
    return play_bot_match(a_scenario(**{**plain, **changes}), bots, "7")


def rounds_of(log: tuple[e.Event, ...]) -> list[e.RoundResolved]:
    return [event for event in log if isinstance(event, e.RoundResolved)]


def shown(event: e.RoundResolved, viewer: Viewer) -> e.RoundResolved:
    seen = redact(event, viewer, a_scenario(monitoring=0.7))
    assert isinstance(seen, e.RoundResolved)
    return seen


def pairs(log: tuple[e.Event, ...], seat: Seat, other: Seat) -> list[bool]:
    """Whether a seat saw another as it was, arena by arena and round by round."""
    return [
        seen.actions[other] is played.actions[other]
        for event in rounds_of(log)
        for seen, played in zip(shown(event, seated(seat)).results, event.results, strict=True)
        if other in played.actions
    ]


def with_arenas(log: tuple[e.Event, ...]) -> Iterator[tuple[e.RoundResolved, Sequence[Arena]]]:
    """Give every round with the arenas that were in force in it."""
    position = fold(log[:1])
    for event in log[1:]:
        if isinstance(event, e.RoundResolved):
            yield event, position.arenas
        position = fold([event], position)


def test_without_fog_nothing_is_seen_wrongly_and_all_is_shown():
    log = a_match(monitoring=1.0)
    for event in rounds_of(log):
        assert event.sightings == ()
        seen = redact(event, PUBLIC, a_scenario())
        assert isinstance(seen, e.RoundResolved)
        assert replace(seen, change=event.change) == event, "but for what others think"


def test_an_action_is_seen_right_with_the_quality_of_monitoring():
    log = a_match(rounds=200)
    rights = pairs(log, CHN, JPN) + pairs(log, JPN, CHN) + pairs(log, PHL, CHN)
    assert sum(rights) / len(rights) == pytest.approx(0.7, abs=0.04)


def test_nobody_is_wrong_about_itself():
    log = a_match()
    assert all(pairs(log, CHN, CHN))


def test_observers_err_apart():
    log = a_match()
    assert pairs(log, CHN, JPN) != pairs(log, PHL, JPN)


def test_misperception_never_changes_what_is_played_and_paid():
    """Bots that look at nothing play the same in fog."""
    bots = {CHN: "cooperator", JPN: "defector", PHL: "alternator"}
    foggy, clear = (rounds_of(a_match(bots, monitoring=q)) for q in (0.6, 1.0))
    assert [event.results for event in foggy] == [event.results for event in clear]


def test_trust_follows_what_was_seen():
    log = a_match({CHN: "cooperator", JPN: "cooperator", PHL: "cooperator"})
    event = fold(log).history[0]
    seen = shown(event, seated(CHN))
    saw_c = [result.actions[JPN] is C for result in seen.results]
    good, bad = saw_c.count(True) / 2, saw_c.count(False) / 2
    assert event.standing.faith[CHN][JPN] == (0.9 + good, 0.9 + 2 * bad)


def test_all_c_in_fog_is_trusted_less_than_in_the_open():
    bots = dict.fromkeys(BOTS, "cooperator")
    foggy, clear = (fold(a_match(bots, monitoring=q)).standing for q in (0.7, 1.0))
    assert foggy.integration is not None
    assert clear.integration is not None
    assert foggy.integration.trust < clear.integration.trust


def test_a_seat_is_shown_points_that_follow_from_what_it_saw():
    for event, arenas in with_arenas(a_match()):
        seen = shown(event, seated(CHN))
        for arena, result in zip(arenas, seen.results, strict=True):
            paid = arena.game.payoffs(tuple(result.actions.values()))
            assert tuple(result.payoffs.values()) == paid
        assert seen.gains[CHN] == sum(result.payoffs[CHN] for result in seen.results)


def test_who_is_not_in_an_arena_sees_it_through_the_publics_eyes():
    for event in rounds_of(a_match()):
        strait, _ = shown(event, seated(PHL)).results
        public, _ = shown(event, PUBLIC).results
        assert (strait.actions, strait.payoffs) == (public.actions, public.payoffs)


def test_a_seat_gets_its_own_impressions_and_no_figure_of_what_was_played():
    log = a_match()
    whole, standing = fold(log).standing, standing_seen(log, seated(CHN))
    assert standing.faith == {CHN: whole.faith[CHN]}
    assert standing.affinity == {CHN: whole.affinity[CHN]}
    assert (standing.dependency, standing.norms, standing.rivals) == ({}, {}, ())
    assert (standing.integration, standing.produced) == (None, {})
    assert standing_seen(log, PUBLIC).faith == {}


def standing_seen(log: tuple[e.Event, ...], viewer: Viewer) -> Standing:
    """Give the standing that a viewer makes out of what it is shown."""
    seen = (redact(event, viewer, a_scenario(monitoring=0.7)) for event in log)
    return fold(event for event in seen if event is not None).standing


def test_whose_order_was_missing_is_no_way_to_see_through_fog():
    event = rounds_of(a_match())[0]
    strait, forum = shown(event, seated(CHN)).results
    assert set(strait.sources) == set(forum.sources) == {CHN}


def test_a_crisis_is_seen_by_all_without_its_figures():
    hostile = dict.fromkeys(BOTS, "defector")
    tense = a_tense_scenario(0.78, rivals=((CHN, JPN),))
    log = a_match(hostile, rivals=tense.rivals, starts=tense.starts, standing=tense.standing)
    event = next(event for event in rounds_of(log) if event.incidents)
    assert event.incidents[0].figures
    assert [incident.figures for incident in shown(event, PUBLIC).incidents] == [{}]


def test_the_facilitator_and_the_archive_see_through_fog():
    for event in rounds_of(a_match()):
        assert shown(event, FACILITATOR) is event
        assert shown(event, ARCHIVE) is event


def test_what_was_played_makes_no_difference_to_who_did_not_see_it():
    """Two rounds that differ in an action, and in the sights that hide it, look alike."""
    event = next(
        event
        for event in rounds_of(a_match())
        if {x.observer for x in event.sightings if x.result.arena == "strait"} == {CHN, None}
    )
    lie = next(x.result for x in event.sightings if x.observer == CHN)
    others = tuple(x for x in event.sightings if x.observer not in (CHN, None))
    assert shown(event, seated(CHN)).results[0].actions == lie.actions
    assert dumps(event.results[0].actions) not in dumps(shown(event, seated(CHN)).results[0])
    assert all(x.result.arena != "strait" for x in others)


def test_a_foggy_record_holds_and_every_view_of_it_folds():
    log = a_match(rounds=12)
    verify(Record("test", log))
    for viewer in viewers(a_scenario()):
        seen = [redact(event, viewer, a_scenario(monitoring=0.7)) for event in log]
        assert fold(event for event in seen if event is not None).is_over


def test_the_same_seed_gives_the_same_fog():
    assert a_match(rounds=5) == a_match(rounds=5)
