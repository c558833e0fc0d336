"""Names stand beside the log in rules 2: no event holds one, and a person can be forgotten."""

import pytest

from game_rules.errors import NoSuchPerson, RuleViolation
from game_rules.log.events import DelegateJoined, FacilitatorActed, MessageSaid, SeatTaken
from game_rules.log.evolve import fold
from game_rules.log.people import called, known_in, named, with_names
from game_rules.match import commands as c
from game_rules.match.decide import decide
from game_rules.match.seating import introduced
from game_rules.records.codec import dumps
from game_rules.records.record import read_record, verify, write_record
from game_rules.roles import Actor, PersonId, Role
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_scenario, person

P1, P2, P3, CO = map(PersonId, ("p1", "p2", "p3", "f00d"))
AMNA, BASHIR, CHANDA, DARA = "Amna Khan", "Bashir Gul", "Chanda Bibi", "Dr Dara"
NAMES = {P1: AMNA, P2: BASHIR, P3: CHANDA, CO: DARA}
LEAD = Actor(Role.FACILITATOR, None, CO, DARA)


def a_match(version: int) -> Table:
    """Play a match in which everything happens that ever held somebody's name."""
    table = Table(a_scenario(rivals=(), delegates=2), version=version)
    table.do(c.TakeSeat(CHN, AMNA), person("p1"))
    table.do(c.TakeSeat(CHN, BASHIR), person("p2"))
    table.do(c.Reseat(P3, JPN, CHANDA), LEAD)
    table.do(c.Say((), "Good morning."), person("p2"))
    table.do(c.PassPen(P2), person("p1"))
    table.do(c.Reseat(P1, PHL), LEAD)
    table.do(c.StartMatch(), LEAD)
    table.do(c.RemovePerson(P1), LEAD)
    table.do(c.LeaveSeat(), person("p2"))
    table.do(c.EndMatch(), LEAD)
    return table


def test_no_event_of_rules_2_holds_a_name():
    written = "".join(dumps(event) for event in a_match(2).log)
    assert [name for name in NAMES.values() if name in written] == []
    assert all(name in "".join(map(dumps, a_match(1).log)) for name in NAMES.values())


def test_the_same_things_happen_with_names_in_the_log_or_beside_it():
    first, second = a_match(1), a_match(2)
    assert [type(x) for x in first.log] == [type(x) for x in second.log]
    told = with_names(second.log, NAMES)
    naming = (SeatTaken, DelegateJoined, FacilitatorActed, MessageSaid)
    assert [x for x in told if isinstance(x, naming)] == [
        x for x in first.log if isinstance(x, naming)
    ]
    assert with_names(first.log, {}) == tuple(first.log)


def test_a_record_without_names_is_verified():
    table = a_match(2)
    record = read_record(write_record(table.log, "test").encode())
    assert verify(record) == fold(table.log)


def test_whoever_is_forgotten_goes_by_a_number_and_the_rest_stay():
    names = {person: name for person, name in NAMES.items() if person != P2}
    told = with_names(a_match(2).log, names)
    assert [x.name for x in told if isinstance(x, DelegateJoined)] == ["Person 2"]
    assert [x.speaker for x in told if isinstance(x, MessageSaid)] == ["Person 2"]
    assert [x.name for x in told if isinstance(x, SeatTaken)] == [AMNA, CHANDA, AMNA]
    assert called(PersonId("0a1b"), {}) == "A person"
    assert with_names((), {}) == ()


def test_only_those_whom_a_log_holds_are_known_in_it():
    assert known_in(a_match(2).log, {**NAMES, PersonId("p9"): "Nobody"}) == NAMES
    assert known_in(a_match(2).log[:2], NAMES) == {P1: AMNA}


def test_a_command_brings_the_names_of_who_sits_down_and_of_a_co_facilitator():
    assert introduced(c.TakeSeat(CHN, AMNA), person("p1")) == {P1: AMNA}
    assert introduced(c.Reseat(P3, JPN, CHANDA), LEAD) == {P3: CHANDA, CO: DARA}
    assert introduced(c.Reseat(P3, JPN), Actor(Role.FACILITATOR)) == {}
    assert introduced(c.LeaveSeat(), person("p1")) == {}
    assert introduced(c.TakeSeat(CHN, AMNA), Actor(Role.PLAYER)) == {}


def test_refusals_of_rules_2_name_people_by_number_or_as_the_position_calls_them():
    table = Table(a_scenario(rivals=(), delegates=2), version=2)
    for one in ("p1", "p2"):
        table.do(c.TakeSeat(CHN, AMNA), person(one))
    asked = (
        (c.TakeSeat(CHN, CHANDA), person("p3"), "CHN is held by {} and {}; choose another seat"),
        (c.PassPen(P1), LEAD, "{} holds the pen of CHN already"),
    )
    for command, actor, told in asked:
        for position, people in (
            (table.position, ("Person 1", "Person 2")),
            (named(table.position, {P1: AMNA, P2: CHANDA}), (AMNA, CHANDA)),
        ):
            with pytest.raises(RuleViolation) as refused:
                decide(position, command, actor, table.now_ms)
            assert str(refused.value) == told.format(*people)


def test_refusals_of_rules_2_say_no_id_of_who_holds_no_seat():
    table = Table(a_scenario(rivals=(), delegates=2), version=2).seat(JPN)
    table.do(c.RemovePerson(P3))
    asked = (
        (c.PassPen(P2), "that person is no delegate here; choose one of the seat's own"),
        (c.Reseat(P3, CHN), "that person was removed from this match; let them join again"),
        (c.RemovePerson(P3), "that person was removed already; nothing to do"),
    )
    for command, told in asked:
        with pytest.raises(NoSuchPerson) as refused:
            table.do(command)
        assert str(refused.value) == told


def test_a_position_is_given_names_too_and_keeps_those_that_it_has():
    table = Table(a_scenario(rivals=(), delegates=2), version=2)
    for one in ("p1", "p2"):
        table.do(c.TakeSeat(CHN, AMNA), person(one))
    table.bots(JPN)
    told = named(table.position, {P1: AMNA, P2: None})
    assert [x.name for x in told.holders[CHN].people] == [AMNA, "Person 2"]
    assert told.holders[JPN] == table.position.holders[JPN]
    assert named(table.position, {}) is table.position
    first = Table(version=1).seat(CHN).position
    assert named(first, {PersonId("CHN"): "Another"}).holders == first.holders
