"""Who is shown what, and under which number."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.games.stage_games import C
from game_rules.log.events import Event, MessageSaid, OrderSaved
from game_rules.log.evolve import fold
from game_rules.match.visibility import redact
from game_rules.records.codec import dumps, loads
from game_rules.roles import FACILITATOR, PUBLIC, Viewer, seated
from game_rules.scenario.scenario import Scenario
from server.hosting.fanout import MANY, Fanout, LoggedEvent, Parts
from tests.game_rules.drawn import logs
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_scenario, viewers


class Ear:
    """A listener that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[int, list[str]]] = []

    def tell(self, first_seq: int, payloads: Sequence[str]) -> None:
        """Take the audience's next events."""
        self.told.append((first_seq, list(payloads)))


def logged(log: Sequence[Event]) -> list[LoggedEvent]:
    """Number a log as a host does."""
    return [LoggedEvent(n, event, dumps(event)) for n, event in enumerate(log, 1)]


ORDER = OrderSaved(1, CHN, {"strait": C}, 0)
HELLO = MessageSaid(1, None, (), "Hello", None, 0)


@pytest.fixture
def fanout() -> Fanout:
    """A match in its lobby, seen through several eyes."""
    return Fanout(a_scenario())


LOBBY = logged(Table().log)


def test_an_audience_that_forms_late_is_shown_the_log_so_far(fanout: Fanout):
    log = logged([*Table().log, HELLO])
    assert fanout.audience(PUBLIC, log).seq == 2


def test_all_who_see_the_same_are_one_audience(fanout: Fanout):
    assert fanout.audience(PUBLIC, LOBBY) is fanout.audience(PUBLIC, ())
    assert fanout.audience(seated(CHN), LOBBY) is not fanout.audience(seated(JPN), LOBBY)


def test_what_is_hidden_has_no_number(fanout: Fanout):
    public, chn = fanout.audience(PUBLIC, LOBBY), fanout.audience(seated(CHN), LOBBY)
    ears = {public: Ear(), chn: Ear()}
    for audience, ear in ears.items():
        audience.listeners.add(ear)
    log = logged([*Table().log, ORDER, HELLO])
    fanout.publish(log[:2])
    fanout.publish(log)
    assert [first for first, _ in ears[public].told] == [2]
    assert [first for first, _ in ears[chn].told] == [2, 3]


def test_where_nothing_is_hidden_the_stored_text_itself_is_shown(fanout: Fanout):
    log = logged([*Table().log, ORDER, HELLO])
    chn = fanout.audience(seated(CHN), log)
    assert chn.payloads[1] is log[1].payload
    assert chn.payloads[0] != log[0].payload


def test_a_place_in_the_log_is_told_in_the_audiences_own_count(fanout: Fanout):
    log = logged([*Table().log, ORDER, HELLO])
    public = fanout.audience(PUBLIC, log)
    assert [public.seq_after(seq) for seq in (0, 1, 2, 3, 9)] == [0, 1, 1, 2, 2]


def test_a_listener_may_leave_while_being_told(fanout: Fanout):
    public = fanout.audience(PUBLIC, LOBBY)

    class Leaver(Ear):
        def tell(self, first_seq: int, payloads: Sequence[str]) -> None:
            super().tell(first_seq, payloads)
            public.listeners.discard(self)

    leaver, stays = Leaver(), Ear()
    public.listeners.update((leaver, stays))
    log = logged([*Table().log, HELLO, HELLO])
    fanout.publish(log[:2])
    fanout.publish(log)
    assert (len(leaver.told), len(stays.told)) == (1, 2)


def test_a_seat_does_not_look_at_what_is_for_other_seats_alone():
    """A hundred seats that each looked at a hundred orders took 9 ms a round."""
    orders = [OrderSaved(1, seat, {"strait": C}, 0) for seat in (CHN, JPN, JPN)]
    parts = Parts(logged([HELLO, *orders, HELLO]), a_scenario())
    assert [entry.seq for entry in parts.of(seated(CHN))] == [1, 2, 5]
    assert [entry.seq for entry in parts.of(seated(PHL))] == [1, 5]
    assert [entry.seq for entry in parts.of(FACILITATOR)] == [1, 2, 3, 4, 5]


def test_many_events_at_once_are_shown_as_one_by_one(fanout: Fanout):
    log = logged([*Table().log, *[ORDER, HELLO] * MANY])
    chn, one_by_one = fanout.audience(seated(CHN), LOBBY), Fanout(a_scenario())
    chn.listeners.add(Ear())
    fanout.publish(log, fanout.sights(log[len(LOBBY) :]))
    assert chn.payloads == one_by_one.audience(seated(CHN), log).payloads


def test_an_audience_that_nobody_listened_to_is_shown_what_it_missed(fanout: Fanout):
    public, log = fanout.audience(PUBLIC, LOBBY), logged([*Table().log, HELLO, HELLO])
    fanout.publish(log)
    assert public.seq == 1
    public.listeners.add(ear := Ear())
    assert fanout.audience(PUBLIC, log).seq == 3
    fanout.publish(log)
    assert [first for first, _ in ear.told] == [2]


def test_what_was_written_before_it_was_stored_is_told_after_it(fanout: Fanout):
    """Also to who came in between, for whom nothing was written."""
    log = logged([*Table().log, ORDER, HELLO])
    early, late = fanout.audience(seated(CHN), LOBBY), fanout.audience(seated(JPN), LOBBY)
    early.listeners.add(first := Ear())
    sights = fanout.sights(log[len(LOBBY) :])
    late.listeners.add(second := Ear())
    assert not first.told
    fanout.publish(log, sights)
    told = Fanout(a_scenario())
    assert [len(first.told), len(second.told)] == [1, 1]
    for audience in (early, late):
        assert audience.payloads == told.audience(audience.viewer, log).payloads
    assert {*sights} == {early}


def test_somebody_listens_or_nobody_does(fanout: Fanout):
    public = fanout.audience(PUBLIC, LOBBY)
    fanout.audience(FACILITATOR, LOBBY)
    assert not fanout.has_listeners
    public.listeners.add(Ear())
    assert fanout.has_listeners


def in_one(log: Sequence[Event], viewer: Viewer, scenario: Scenario) -> list[str]:
    """Give what a viewer may see of a log, written in one go."""
    seen = (redact(event, viewer, scenario) for event in log)
    return [dumps(event) for event in seen if event is not None]


@given(logs(), st.data())
def test_however_a_log_is_cut_every_viewer_is_told_it_once_and_without_a_gap(
    log: list[Event], data: st.DataObject
):
    scenario = fold(log).scenario
    entries, fanout, ears = logged(log), Fanout(scenario), dict[Viewer, tuple[int, Ear]]()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(log)), max_size=6)))
    for end in [*cuts, len(log)]:
        fanout.publish(entries[:end])
        for viewer in viewers(scenario):
            if viewer not in ears and data.draw(st.booleans()):
                audience, ear = fanout.audience(viewer, entries[:end]), Ear()
                audience.listeners.add(ear)
                ears[viewer] = audience.seq, ear
    for viewer, (since, ear) in ears.items():
        whole = in_one(log, viewer, scenario)
        next_seq = since + 1
        for first_seq, payloads in ear.told:
            assert first_seq == next_seq
            assert payloads == whole[first_seq - 1 : first_seq - 1 + len(payloads)]
            next_seq += len(payloads)
        assert next_seq == len(whole) + 1


@given(logs())
def test_an_audience_folds_to_the_position_that_its_viewer_may_know(log: list[Event]):
    scenario = fold(log).scenario
    fanout = Fanout(scenario)
    for viewer in viewers(scenario):
        read = [loads(Event, text) for text in fanout.audience(viewer, logged(log)).payloads]
        seen = (redact(event, viewer, scenario) for event in log)
        assert fold(read) == fold(event for event in seen if event is not None)
