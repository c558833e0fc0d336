"""Guests at the gate: who is sent away, who stays, and who waits."""

import resource

import pytest

from server.edge.gate import LONGEST_ANSWER_S, Gate, raise_descriptor_limit


class Watch:
    """A clock that stands until it is moved."""

    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def gate(watch: Watch) -> Gate:
    return Gate(most=4, most_of_one=2, per_second=1, burst=2, clock=watch)


def _enter(gate: Gate, sent_away: list[str], *names: str):
    """Let connections in, called by their address and a letter."""
    return [gate.enter(name[:-1], lambda name=name: sent_away.append(name)) for name in names]


def test_the_longest_silent_one_of_an_address_makes_room_for_the_next(gate: Gate):
    sent_away: list[str] = []
    _enter(gate, sent_away, "xa", "ya", "xb", "xc", "xd", "yb")
    assert sent_away == ["xa", "xb"]


def test_the_longest_silent_one_of_all_makes_room_if_there_are_too_many(gate: Gate):
    sent_away: list[str] = []
    _enter(gate, sent_away, "va", "wa", "xa", "ya", "za")
    assert sent_away == ["va"]


def test_who_was_just_answered_is_silent_for_less_long(gate: Gate):
    sent_away: list[str] = []
    first, *_ = _enter(gate, sent_away, "va", "wa", "xa", "ya")
    gate.begin(first)
    gate.end(first)
    _enter(gate, sent_away, "za")
    assert sent_away == ["wa"]


def test_who_is_being_answered_stays_unless_it_does_not_read(gate: Gate, watch: Watch):
    sent_away: list[str] = []
    first, *_ = _enter(gate, sent_away, "va", "wa", "xa", "ya")
    gate.begin(first)
    _enter(gate, sent_away, "za")
    watch.now_s += LONGEST_ANSWER_S + 1
    _enter(gate, sent_away, "za")
    assert sent_away == ["wa", "va"]


def test_who_said_hello_is_no_guest(gate: Gate):
    sent_away: list[str] = []
    for guest in _enter(gate, sent_away, "xa", "xb"):
        gate.admit(guest)
        gate.admit(guest)
    guests = _enter(gate, sent_away, "xc", "xd")
    for guest in guests:
        gate.leave(guest)
    _enter(gate, sent_away, "xe", "xf")
    assert sent_away == []


def test_nobody_new_comes_in_once_descriptors_run_out_and_nobody_is_silent():
    gate, sent_away = Gate(most_connections=3), []
    first, *others = _enter(gate, sent_away, "va", "wa", "xa")
    for guest in (first, *others):
        gate.begin(guest)
    _enter(gate, sent_away, "ya")
    assert sent_away == ["ya"]
    gate.leave(first)
    _enter(gate, sent_away, "za")
    assert sent_away == ["ya"]


def test_known_ones_count_among_descriptors():
    gate, sent_away = Gate(most_connections=2), []
    for guest in _enter(gate, sent_away, "va", "wa"):
        gate.admit(guest)
    (late,) = _enter(gate, sent_away, "xa")
    gate.leave(late)  # its connection has ended
    assert sent_away == ["xa"]


def test_a_device_that_asks_too_much_waits_and_others_beside_it_do_not(gate: Gate):
    assert [gate.late_s("x", "script") for _ in range(4)] == [0, 0, 1, 2]
    assert gate.late_s("x", "phone") == 0
    assert gate.late_s("y", "script") == 0


def test_a_device_that_changes_its_name_has_its_address_s_share(gate: Gate):
    late = [gate.late_s("x", f"script {number}") for number in range(10)]
    assert late == [0] * 8 + [0.25, 0.5]


def test_what_a_device_asks_at_once_is_spread(watch: Watch):
    gate = Gate(per_second=2, burst=100, at_once=2, clock=watch)
    assert [gate.late_s("x", "phone") for _ in range(4)] == [0, 0, 0.25, 0.5]
    assert gate.late_s("x", "another") == 0
    assert [gate.late_s("x", f"{n}") for n in range(4)] == [0, 0, 0, 1 / 16]


def test_many_senders_are_forgotten(gate: Gate, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("server.edge.gate.MOST_BUCKETS", 10)
    for number in range(100):
        gate.late_s(str(number), "")
    assert len(gate._buckets) <= 10


def test_the_soft_limit_of_descriptors_is_raised():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
        most = raise_descriptor_limit()
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == min(hard, 65_536) > most > 256
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
