"""A branch is seated as its trunk is, whatever happened to the seats after the cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.errors import RuleViolation
from game_rules.log.events import AutopilotReason
from game_rules.log.evolve import fold
from game_rules.log.position import Position
from game_rules.match import commands as c
from game_rules.match.carry_over import carry_over
from game_rules.records.record import read_record, verify, write_record
from game_rules.roles import THE_CLOCK, THE_FACILITATOR, Actor, PersonId, Seat
from tests.game_rules.scenes import CHN, JPN, PHL, Table, a_scenario, person

Asked = tuple[c.Command, Actor]

NAMES = ("ann", "bo", "cy", "dee")
PEOPLE, PLACES = st.sampled_from(NAMES), st.sampled_from((CHN, JPN, PHL))


def hosts(command: c.Command) -> Asked:
    """Ask as the facilitator."""
    return command, THE_FACILITATOR


SEATINGS: st.SearchStrategy[Asked] = st.one_of(
    st.builds(lambda who, seat: (c.TakeSeat(seat, who), person(who)), PEOPLE, PLACES),
    st.builds(lambda who: (c.LeaveSeat(), person(who)), PEOPLE),
    st.builds(lambda who, seat: hosts(c.Reseat(PersonId(who), seat, who)), PEOPLE, PLACES),
    st.builds(lambda who: hosts(c.RemovePerson(PersonId(who))), PEOPLE),
    st.builds(lambda who: hosts(c.PassPen(PersonId(who))), PEOPLE),
    st.builds(lambda seat: hosts(c.ClearSeat(seat)), PLACES),
    st.builds(
        lambda seat, bot: hosts(c.SeatBot(seat, bot)),
        PLACES,
        st.sampled_from(("grudger", "tit_for_tat")),
    ),
    st.builds(
        lambda seat, actor: (c.EngageAutopilot(seat), actor),
        PLACES,
        st.sampled_from((THE_FACILITATOR, THE_CLOCK)),
    ),
    st.builds(lambda seat: hosts(c.ReleaseAutopilot(seat)), PLACES),
)


def happen(table: Table, asked: list[Asked]) -> None:
    """Let happen what the rules allow."""
    for command, actor in asked:
        try:
            table.do(command, actor)
        except RuleViolation:
            continue


def branch_of(trunk: Table, seq: int) -> Table:
    """Let a trunk go on from an earlier place, seated as it is now."""
    branch = Table(trunk.position.scenario)
    branch.log, branch.now_ms = trunk.log[:seq], trunk.now_ms
    branch.position = fold(branch.log)
    branch.do(c.BranchMatch("trunk", seq), THE_CLOCK)
    for command, actor in carry_over(branch.position, trunk.position):
        branch.do(command, actor)
    return branch


def seating(position: Position) -> tuple[object, set[PersonId]]:
    """Say who sits where, and who may not come back."""
    return {**position.holders}, {*position.removed}


@given(st.lists(SEATINGS, max_size=12), st.lists(SEATINGS, max_size=12), st.integers(1, 3))
def test_a_branch_is_seated_as_its_trunk_is_now(
    before: list[Asked], after: list[Asked], delegates: int
):
    trunk = Table(a_scenario(delegates=delegates)).start()
    happen(trunk, before)
    seq = len(trunk.log)
    happen(trunk, after)
    branch = branch_of(trunk, seq)
    assert seating(branch.position) == seating(trunk.position)
    cut = fold(trunk.log[:seq])
    assert (branch.position.phase, branch.position.round) == (cut.phase, cut.round)
    assert verify(read_record(write_record(branch.log, "v").encode())) == branch.position


def test_nothing_is_done_where_nobody_has_moved():
    trunk = Table(a_scenario(delegates=2)).seat(CHN).bots(JPN).start()
    trunk.do(c.EngageAutopilot(CHN), THE_CLOCK)
    assert list(carry_over(trunk.position, trunk.position)) == []


@pytest.mark.parametrize(
    ("actor", "reason"),
    [(THE_CLOCK, AutopilotReason.ABSENT), (THE_FACILITATOR, AutopilotReason.FACILITATOR)],
)
def test_an_autopilot_goes_on_for_the_same_reason(actor: Actor, reason: AutopilotReason):
    trunk = Table().seat(CHN, JPN).start()
    seq = len(trunk.log)
    trunk.do(c.EngageAutopilot(CHN), actor)
    assert branch_of(trunk, seq).position.holders[CHN].autopilot_reason is reason


def test_two_who_changed_places_change_them_in_the_branch_too():
    trunk = Table().seat(CHN, JPN).start()
    seq = len(trunk.log)
    trunk.do(c.Reseat(PersonId("CHN"), PHL))
    trunk.do(c.Reseat(PersonId("JPN"), CHN))
    trunk.do(c.Reseat(PersonId("CHN"), JPN))
    position = branch_of(trunk, seq).position
    people = {seat: holder.person for seat, holder in position.holders.items()}
    assert people == {Seat("CHN"): "JPN", Seat("JPN"): "CHN"}


def test_who_is_back_at_the_table_is_not_played_for_in_the_branch():
    trunk = Table().seat(CHN, JPN).start()
    trunk.do(c.EngageAutopilot(CHN), THE_CLOCK)
    seq = len(trunk.log)
    trunk.do(c.ReleaseAutopilot(CHN), person("CHN"))
    branch = branch_of(trunk, seq)
    assert fold(trunk.log[:seq]).holders[CHN].autopilot is not None
    assert branch.position.holders[CHN].autopilot is None
    assert verify(read_record(write_record(branch.log, "v").encode())) == branch.position
