"""The seats of a branch: held by the people in the trunk now, not at the cut."""

from collections.abc import Iterator

from game_rules.log.events import AutopilotReason
from game_rules.log.position import Holder, Position
from game_rules.match import commands as c
from game_rules.roles import THE_CLOCK, THE_FACILITATOR, Actor, Seat

NOBODY = Holder()


def carry_over(branch: Position, trunk: Position) -> Iterator[tuple[c.Command, Actor]]:
    """Yield the commands that seat a branch as its trunk is seated now, in order.

    Seats, pens, bots and autopilots are the trunk's, and whoever was removed stays so. Seats whose
    people change are freed first, so that none of them is too full on the way.
    """
    changed = [seat for seat in branch.totals if not _may_stay(branch, trunk, seat)]
    for seat in changed:
        if seat in branch.holders:
            yield c.ClearSeat(seat), THE_FACILITATOR
    for person in trunk.removed:
        if person not in branch.removed:
            yield c.RemovePerson(person), THE_FACILITATOR
    for seat in branch.totals:
        old = NOBODY if seat in changed else branch.holders.get(seat, NOBODY)
        yield from _filled(seat, old, trunk.holders.get(seat, NOBODY))


def _may_stay(branch: Position, trunk: Position, seat: Seat) -> bool:
    """Tell whether the trunk's seat equals the branch's, apart from additional delegates."""
    old, new = branch.holders.get(seat, NOBODY), trunk.holders.get(seat, NOBODY)
    if old.is_bot or new.is_bot or not new.people:
        return (old.is_bot, old.strategy, old.people) == (new.is_bot, new.strategy, new.people)
    return new.people[: len(old.people)] == old.people


def _filled(seat: Seat, old: Holder, new: Holder) -> Iterator[tuple[c.Command, Actor]]:
    """Seat missing people, the holder of the pen first, and engage the trunk's autopilot."""
    if new.is_bot and not old.is_bot:
        yield c.SeatBot(seat, new.strategy or ""), THE_FACILITATOR
    for delegate in new.people[len(old.people) :]:
        yield c.Reseat(delegate.person, seat, delegate.name), THE_FACILITATOR
    if (old.autopilot, old.autopilot_reason) == (new.autopilot, new.autopilot_reason):
        return
    if old.autopilot is not None:
        yield c.ReleaseAutopilot(seat), THE_FACILITATOR
    if new.autopilot is not None:
        is_absent = new.autopilot_reason is AutopilotReason.ABSENT
        yield c.EngageAutopilot(seat), THE_CLOCK if is_absent else THE_FACILITATOR
